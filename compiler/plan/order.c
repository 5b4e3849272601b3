/* order.c: an order of the steps in which less memory is alive at once.
 * In: steps in an order that works, with buffers and in-place results as that order made them.
 * Of the steps whose operands are there, the one goes first that adds least to what is alive
 * when it is done (what it makes less what it is the last to need), again and again; where
 * several add the same, a generator with fixed seeds draws, and the best of some rounds counts.
 */
#include "plan.h"

#include <string.h>

enum { SEEDS = 12 };

typedef struct Search {
  Ctx *c;
  const Plan *p;
  int n;
  int *first, *to;     /* edges of step i: to[first[i]] … to[first[i + 1]] */
  int *need, *waiting; /* edges into a step, in all and still to come */
  int *users, *left;   /* steps that touch a buffer, likewise */
  bool *alive;         /* by buffer */
  int *ready, *order;
  uint64_t random;
} Search;

static const Node *node_of(const Search *s, int i) {
  return s->p->g->nodes.at[s->p->steps.at[i].node];
}

/* Buffers that a step touches, each once. */
static int touched(const Search *s, int i, int at[MAX_GROUP_IN + 1]) {
  const Node *n = node_of(s, i);
  int count = 0;
  if (s->p->steps.at[i].view) return 0;
  for (int j = 0; j <= n->nin; j++) {
    int b = s->p->buffer_of[j < n->nin ? n->in[j] : n->out[0]], k = 0;
    while (k < count && at[k] != b) k++;
    if (b >= 0 && k == count) at[count++] = b;
  }
  return count;
}

/* Does step b wait for step a? For its result, or to overwrite what a reads. */
static bool waits(const Search *s, int a, int b) {
  const Node *x = node_of(s, a), *y = node_of(s, b);
  int over = s->p->steps.at[b].in_place;
  for (int j = 0; j < y->nin; j++)
    if (y->in[j] == x->out[0]) return true;
  for (int j = 0; over && j < x->nin; j++)
    if (x->in[j] == y->in[over - 1]) return true;
  return false;
}

/* Edges lead forward in the present order, so there is no cycle. */
static void find_edges(Search *s) {
  VEC(int) to = {0};
  for (int a = 0; a < s->n; a++) {
    s->first[a] = to.len;
    for (int b = a + 1; b < s->n; b++) {
      if (!waits(s, a, b)) continue;
      vec_push(s->c->arena, &to, b);
      s->need[b]++;
    }
  }
  s->first[s->n] = to.len;
  s->to = to.at;
}

/* Bytes alive more when a step is done; *add: while it runs. */
static int64_t added(const Search *s, int i, int64_t *add) {
  int at[MAX_GROUP_IN + 1], count = touched(s, i, at);
  int64_t sum = 0;
  *add = 0;
  for (int k = 0; k < count; k++) {
    int64_t bytes = s->p->buffers.at[at[k]].bytes;
    if (!s->alive[at[k]]) *add += bytes, sum += bytes;
    if (s->left[at[k]] == 1) sum -= bytes;
  }
  return sum;
}

static uint32_t draw(Search *s) {
  s->random = s->random * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(s->random >> 33);
}

/* Which of the ready steps goes next; of equals the earliest, or one drawn. */
static int pick(Search *s, int nready, bool drawn) {
  int best = 0;
  int64_t least = 0, least_add = 0;
  uint32_t luck = 0;
  for (int i = 0; i < nready; i++) {
    int64_t add, sum = added(s, s->ready[i], &add);
    uint32_t mine = drawn ? draw(s) : (uint32_t)s->ready[i];
    bool less = sum != least ? sum < least : add != least_add ? add < least_add : mine < luck;
    if (i && !less) continue;
    best = i, least = sum, least_add = add, luck = mine;
  }
  return best;
}

/* An order in s->order; the most bytes alive at once in it. */
static int64_t find_order(Search *s, bool drawn) {
  int64_t live = 0, most = 0;
  int nready = 0, nbuffers = s->p->buffers.len;
  memcpy(s->waiting, s->need, (size_t)s->n * sizeof *s->need);
  memcpy(s->left, s->users, (size_t)nbuffers * sizeof *s->users);
  memset(s->alive, 0, (size_t)nbuffers * sizeof *s->alive);
  for (int i = 0; i < s->n; i++)
    if (!s->need[i]) s->ready[nready++] = i;
  for (int done = 0; nready; done++) {
    int64_t add;
    int at[MAX_GROUP_IN + 1], k = pick(s, nready, drawn), i = s->ready[k];
    int64_t sum = added(s, i, &add);
    if (live + add > most) most = live + add;
    live += sum;
    s->order[done] = i;
    s->ready[k] = s->ready[--nready];
    for (int b = touched(s, i, at) - 1; b >= 0; b--) s->alive[at[b]] = true, s->left[at[b]]--;
    for (int e = s->first[i]; e < s->first[i + 1]; e++)
      if (--s->waiting[s->to[e]] == 0) s->ready[nready++] = s->to[e];
  }
  return most;
}

bool plan_by_memory(Ctx *c, Plan *p) {
  int n = p->steps.len, nbuffers = p->buffers.len, at[MAX_GROUP_IN + 1];
  Search s = {.c = c, .p = p, .n = n, .random = 1};
  int **room[] = {&s.first, &s.need, &s.waiting, &s.ready, &s.order};
  for (int i = 0; i < COUNT_OF(room); i++) *room[i] = NEWN(c->arena, int, n + 1);
  s.users = NEWN(c->arena, int, nbuffers + 1);
  s.left = NEWN(c->arena, int, nbuffers + 1);
  s.alive = NEWN(c->arena, bool, nbuffers + 1);
  int *best = NEWN(c->arena, int, n + 1);
  find_edges(&s);
  for (int i = 0; i < n; i++)
    for (int k = touched(&s, i, at) - 1; k >= 0; k--) s.users[at[k]]++;
  int64_t least = -1;
  for (int round = 0; round < SEEDS; round++) {
    int64_t most = find_order(&s, round > 0);
    if (least >= 0 && most >= least) continue;
    least = most;
    memcpy(best, s.order, (size_t)n * sizeof *best);
  }
  bool moved = false;
  Step *was = NEWN(c->arena, Step, n + 1);
  memcpy(was, p->steps.at, (size_t)n * sizeof *was);
  for (int i = 0; i < n; i++) {
    p->steps.at[i] = was[best[i]];
    moved |= best[i] != i;
  }
  return moved;
}
