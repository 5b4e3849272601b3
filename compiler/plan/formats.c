/* formats.c: which layout each value has, over the whole graph.
 *
 * In: the ways in which each group can run (modes.c). Out: one way for each, so that the sum of
 * predicted times, changes of layout included, is least. It is dynamic programming in execution
 * order: a state says, for every value that is still to be read, in which formats it exists; what
 * led there is forgotten but for the cheapest. Few values are alive at once, so few states are
 * told apart, and those that a faster way could reach by changing layouts are dropped. So the
 * result is the optimum unless there were more than `width` of them. A value is rewritten when the
 * first reader wants it, and then stays in both formats.
 * Values whose format makes no difference to anybody are not part of a state.
 */
#include "formats.h"

#include <stdlib.h>
#include <string.h>

enum { COVERS = 8 }; /* ways that others are compared with */

typedef struct Way { /* to a state, behind some step */
  uint64_t *has;     /* two bits for each slot: exists plain, exists blocked */
  double seconds;
  int parent, mode; /* in the step before; of this step */
} Way;

typedef struct Trace {
  int parent, mode;
} Trace;

typedef struct Search {
  const Problem *p;
  Change forbidden;
  int width, words;
  int *slot;      /* by value: where in a state, -1: not part of it */
  int *last;      /* by value: the position of its last reader, -1: none */
  double *change; /* by value: seconds to rewrite it */
  ValueId *holds; /* by slot: whose it is at present */
  Way *now, *next;
  int nnow, nnext;
  int *table; /* hash table over next: index + 1 */
  int ntable;
  Trace **trace; /* by step: of the ways that were kept */
  bool exact;
} Search;

/* ---- what a state consists of --------------------------------------------------------------- */

/* Does it matter to a reader how the value is stored? */
static bool matters(const Problem *p, const Value *x, Format want) {
  if (want == FMT_ANY || x->shape.rank != 4 || p->t->lanes == 1 || is_weight(p, x->id))
    return false;
  return x->kind != V_INPUT || want == FMT_BLOCKED; /* the caller's is plain */
}

/* Where both formats are the same addresses, it takes a name, which is avoided all the same. */
static bool is_renamed(const Problem *p, const Value *x) {
  return x->kind == V_RESULT && formats_agree(p->t, &x->shape);
}

#define RENAMED 1e-9 /* seconds */

static void find_readers(Search *s) {
  const Problem *p = s->p;
  for (int v = 0; v < p->g->values.len; v++) s->slot[v] = s->last[v] = -1;
  for (int i = 0; i < p->n; i++)
    for (int j = 0; j < p->order[i]->nin; j++) {
      const Value *x = graph_value(p->g, p->order[i]->in[j]);
      s->last[x->id] = i;
      for (int m = 0; m < p->modes[i].at.len && s->slot[x->id] < 0; m++)
        if (matters(p, x, p->modes[i].at.at[m].in[j])) s->slot[x->id] = 0;
      s->change[x->id] = is_renamed(p, x) ? RENAMED : change_seconds(p->t, x);
    }
}

/* Slots are used again once nobody reads the value any more. */
static void number_slots(Search *s) {
  const Problem *p = s->p;
  int *spare = NEWN(p->c->arena, int, p->g->values.len + 1), nspare = 0, slots = 0;
  for (int i = 0; i < p->g->inputs.len; i++)
    if (s->slot[p->g->inputs.at[i]] >= 0) s->slot[p->g->inputs.at[i]] = slots++;
  for (int i = 0; i < p->n; i++) {
    const Node *n = p->order[i];
    ValueId y = n->out[0];
    if (s->slot[y] >= 0) s->slot[y] = nspare ? spare[--nspare] : slots++;
    for (int j = 0; j < n->nin; j++) {
      bool again = false;
      for (int k = 0; k < j; k++) again |= n->in[k] == n->in[j];
      if (!again && s->slot[n->in[j]] >= 0 && s->last[n->in[j]] == i)
        spare[nspare++] = s->slot[n->in[j]];
    }
  }
  s->words = (2 * slots + 63) / 64 + 1;
  s->holds = NEWN(p->c->arena, ValueId, slots + 1);
}

static uint64_t bit_of(const Search *s, ValueId id, Format f, int *word) {
  int bit = 2 * s->slot[id] + (f == FMT_BLOCKED);
  *word = bit / 64;
  return (uint64_t)1 << (bit % 64);
}

static bool exists(const Search *s, const Way *w, ValueId id, Format f) {
  int word;
  uint64_t bit = bit_of(s, id, f, &word);
  return (w->has[word] & bit) != 0;
}

static void set(const Search *s, Way *w, ValueId id, Format f, bool on) {
  int word;
  uint64_t bit = bit_of(s, id, f, &word);
  w->has[word] = on ? w->has[word] | bit : w->has[word] & ~bit;
}

/* ---- steps ---------------------------------------------------------------------------------- */

static bool may_change(const Search *s, ValueId id, Format to) {
  return s->forbidden.id != id || s->forbidden.to != to;
}

/* The way goes on through mode m of step i; false if that is forbidden. Changes of layout are
 * added to those of `a`, unless that is NULL. */
static bool advance(const Search *s, Way *w, int i, const Mode *m, Assignment *a) {
  const Problem *p = s->p;
  const Node *n = p->order[i];
  w->seconds += m->seconds;
  for (int j = 0; j < n->nin; j++) {
    ValueId id = n->in[j];
    if (s->slot[id] < 0 || !matters(p, graph_value(p->g, id), m->in[j])) continue;
    if (exists(s, w, id, m->in[j])) continue;
    if (!may_change(s, id, m->in[j])) return false;
    w->seconds += s->change[id];
    set(s, w, id, m->in[j], true);
    if (a && !is_renamed(p, graph_value(p->g, id)))
      vec_push(p->c->arena, &a->changes, (Change){id, m->in[j]});
  }
  const Value *y = graph_value(p->g, n->out[0]);
  if (s->slot[y->id] >= 0) set(s, w, y->id, m->out, true);
  if (m->out == FMT_BLOCKED && y->shape.rank == 4 && p->t->lanes > 1 &&
      graph_is_output(p->g, y->id)) { /* the caller's buffer is plain */
    if (!may_change(s, y->id, FMT_PLAIN)) return false;
    w->seconds += change_seconds(p->t, y);
    if (a) vec_push(p->c->arena, &a->changes, (Change){y->id, FMT_PLAIN});
  }
  for (int j = 0; j < n->nin; j++)
    if (s->slot[n->in[j]] >= 0 && s->last[n->in[j]] == i)
      for (Format f = FMT_PLAIN; f <= FMT_BLOCKED; f++) set(s, w, n->in[j], f, false);
  return true;
}

/* Takes the way into `next`, unless a cheaper one leads to its state. */
static void offer(Search *s, const Way *w) {
  size_t bytes = (size_t)s->words * sizeof *w->has;
  int at = (int)(hash_bytes(w->has, bytes, 1) % (uint64_t)s->ntable);
  while (s->table[at] && memcmp(s->next[s->table[at] - 1].has, w->has, bytes) != 0)
    at = (at + 1) % s->ntable;
  Way *to = s->table[at] ? &s->next[s->table[at] - 1] : &s->next[s->nnext];
  if (s->table[at] && to->seconds <= w->seconds) return;
  if (!s->table[at]) s->table[at] = ++s->nnext;
  memcpy(to->has, w->has, bytes);
  to->seconds = w->seconds, to->parent = w->parent, to->mode = w->mode;
}

static int by_seconds(const void *a, const void *b) {
  const Way *x = a, *y = b;
  if (x->seconds != y->seconds) return x->seconds < y->seconds ? -1 : 1;
  return x->parent != y->parent ? x->parent - y->parent : x->mode - y->mode;
}

/* Can the way a, by changes of layout, come to all that b has, and be no dearer? */
static bool covers(const Search *s, const Way *a, const Way *b) {
  double seconds = a->seconds;
  for (int w = 0; w < s->words; w++) {
    uint64_t more = b->has[w] & ~a->has[w];
    for (int bit = 0; more; bit++, more >>= 1) {
      if (!(more & 1)) continue;
      ValueId id = s->holds[(w * 64 + bit) / 2];
      if (!may_change(s, id, bit % 2 ? FMT_BLOCKED : FMT_PLAIN)) return false;
      seconds += s->change[id];
    }
  }
  return seconds <= b->seconds;
}

/* Of the ways to step i's states, in order of their time, those that no faster one covers. */
static void keep_best(Search *s) {
  int n = 0;
  for (int a = 0; a < s->nnext; a++) {
    bool covered = false;
    for (int b = 0; b < n && b < COVERS && !covered; b++)
      covered = covers(s, &s->next[b], &s->next[a]);
    if (covered) continue;
    if (n == s->width) {
      s->exact = false;
      break;
    }
    Way w = s->next[n]; /* each keeps room of its own */
    s->next[n++] = s->next[a], s->next[a] = w;
  }
  s->nnext = n;
}

static bool step(Search *s, int i) {
  const Modes *modes = &s->p->modes[i];
  Way w = {.has = NEWN(s->p->c->arena, uint64_t, s->words)};
  memset(s->table, 0, (size_t)s->ntable * sizeof *s->table);
  s->nnext = 0;
  ValueId y = s->p->order[i]->out[0];
  if (s->slot[y] >= 0) s->holds[s->slot[y]] = y;
  for (int a = 0; a < s->nnow; a++)
    for (int m = 0; m < modes->at.len; m++) {
      memcpy(w.has, s->now[a].has, (size_t)s->words * sizeof *w.has);
      w.seconds = s->now[a].seconds, w.parent = a, w.mode = m;
      if (advance(s, &w, i, &modes->at.at[m], NULL)) offer(s, &w);
    }
  qsort(s->next, (size_t)s->nnext, sizeof *s->next, by_seconds);
  keep_best(s);
  s->trace[i] = NEWN(s->p->c->arena, Trace, s->nnext + 1);
  for (int a = 0; a < s->nnext; a++) s->trace[i][a] = (Trace){s->next[a].parent, s->next[a].mode};
  Way *other = s->now;
  s->now = s->next, s->nnow = s->nnext, s->next = other;
  return s->nnow > 0;
}

/* ---- the search ----------------------------------------------------------------------------- */

static Way *ways(Search *s, int n) {
  Way *w = NEWN(s->p->c->arena, Way, n);
  for (int i = 0; i < n; i++) w[i].has = NEWN(s->p->c->arena, uint64_t, s->words);
  return w;
}

static Search search_new(const Problem *p, int width, Change forbidden) {
  Arena *a = p->c->arena;
  int values = p->g->values.len, modes = 1;
  Search s = {.p = p, .forbidden = forbidden, .width = width, .exact = true};
  s.slot = NEWN(a, int, values + 1), s.last = NEWN(a, int, values + 1);
  s.change = NEWN(a, double, values + 1), s.trace = NEWN(a, Trace *, p->n + 1);
  find_readers(&s);
  number_slots(&s);
  for (int i = 0; i < p->n; i++)
    if (p->modes[i].at.len > modes) modes = p->modes[i].at.len;
  s.ntable = 2 * width * modes + 1;
  s.table = NEWN(a, int, s.ntable);
  s.now = ways(&s, width * modes), s.next = ways(&s, width * modes);
  s.nnow = 1;
  return s;
}

static Way start(const Search *s) {
  Way w = {.has = NEWN(s->p->c->arena, uint64_t, s->words)};
  for (int i = 0; i < s->p->g->inputs.len; i++)
    if (s->slot[s->p->g->inputs.at[i]] >= 0) {
      set(s, &w, s->p->g->inputs.at[i], FMT_PLAIN, true);
      s->holds[s->slot[s->p->g->inputs.at[i]]] = s->p->g->inputs.at[i];
    }
  return w;
}

Assignment formats_assign(const Problem *p, int width, Change forbidden) {
  Search s = search_new(p, width, forbidden);
  s.now[0] = start(&s);
  Assignment a = {.mode = NEWN(p->c->arena, const Mode *, p->n + 1)};
  for (int i = 0; i < p->n; i++)
    if (!step(&s, i)) return a;
  a.ok = true, a.seconds = s.now[0].seconds;
  int at = 0;
  for (int i = p->n - 1; i >= 0; i--) {
    a.mode[i] = &p->modes[i].at.at[s.trace[i][at].mode];
    at = s.trace[i][at].parent;
  }
  a.exact = s.exact;
  Way w = start(&s);
  for (int i = 0; i < p->n; i++) advance(&s, &w, i, a.mode[i], &a);
  return a;
}
