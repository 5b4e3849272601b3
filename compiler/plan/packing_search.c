/* packing_search.c: the exact search for a packing within a capacity.
 *
 * Items are placed bottom-up, each on what lies below it. Branching is schedule-or-postpone: an
 * item is placed where it comes to lie now, or else some item that shares time with it must be
 * placed before it. That reaches every packing in which nothing can drop, so nothing is missed.
 * A node is given up when
 *  - in some clique, items taken by the lowest offset each can still have exceed the capacity;
 *  - a postponed item has no neighbour left that could reach into the place it was denied;
 *  - the item would leave a gap below itself into which a neighbour fits that nothing disturbs.
 * Where the rest falls apart into parts that share no time, each is searched on its own. The
 * next item comes from the clique with the lowest floor; ties go to the cliques that failed most
 * often (to mix in the fewest choices or the least room left instead solved fewer of the hard
 * problems). Runs are restarted with other orders after ever more steps (Luby's sequence), and as
 * soon as one run ends by itself, the question is answered.
 * Canonical packings, clique bounds and dominance after Moffitt, "MiniMalloc", ASPLOS 2023;
 * schedule-or-postpone after Le Pape et al. 1994.
 */
#include "packing.h"

#include <string.h>

enum { FIRST_LIMIT = 500 }; /* nodes of the shortest run */

typedef struct Raise { /* how to take back a raised offset */
  int item;
  int64_t before;
} Raise;

/* Of one clique, at the node at hand: computed by sweep(). */
typedef struct Level {
  int64_t top;         /* where its items end at the earliest */
  int64_t low, second; /* lowest offsets of its two lowest items */
  int lowest;          /* the item of `low`, -1: nothing is left here */
} Level;

typedef struct Search {
  Pieces *p;
  int64_t capacity;
  int **near, *nnear; /* items that share time with an item */
  bool *placed, *postponed;
  int64_t *floor; /* by item: top of what has been placed under it */
  int64_t *start; /* by item: lowest offset it can still have */
  int *rank;      /* by item: order of preference in this run */
  Level *level;
  int *sorted;   /* the items of the node at hand by start */
  double *tried; /* by clique: how often it exceeded the capacity, newer failures weigh more */
  double weight;
  Raise *raised;
  int *history, *toggled, *pool;
  int nraised, nhistory, ntoggled, npool;
  int64_t nodes, limit;
  bool stopped;
} Search;

/* ---- moves and how to take them back -------------------------------------------------------
 */

typedef struct Mark {
  int history, raised, toggled;
} Mark;

static Mark mark(const Search *s) { return (Mark){s->nhistory, s->nraised, s->ntoggled}; }

static void toggle(Search *s, int item) {
  s->postponed[item] = !s->postponed[item];
  s->toggled[s->ntoggled++] = item;
}

static void take_back(Search *s, Mark m) {
  while (s->nraised > m.raised) {
    s->nraised--;
    s->floor[s->raised[s->nraised].item] = s->raised[s->nraised].before;
  }
  while (s->nhistory > m.history) s->placed[s->history[--s->nhistory]] = false;
  while (s->ntoggled > m.toggled) {
    int item = s->toggled[--s->ntoggled];
    s->postponed[item] = !s->postponed[item];
  }
}

static void place(Search *s, int b) {
  int64_t top = s->floor[b] + s->p->size[b];
  s->placed[b] = true;
  s->history[s->nhistory++] = b;
  s->p->offset[b] = s->floor[b];
  for (int i = 0; i < s->nnear[b]; i++) {
    int c = s->near[b][i];
    if (s->placed[c]) continue;
    if (s->postponed[c]) toggle(s, c);
    if (s->floor[c] >= top) continue;
    s->raised[s->nraised++] = (Raise){c, s->floor[c]};
    s->floor[c] = top;
  }
}

/* ---- what a node looks like ----------------------------------------------------------------
 */

/* Lowest offsets: a postponed item lies above some neighbour. False if nothing can be in its
 * place any more. */
static bool find_starts(Search *s, const int *item, int n) {
  for (int i = 0; i < n; i++) {
    int b = item[i];
    s->start[b] = s->floor[b];
    if (!s->postponed[b]) continue;
    s->p->steps += s->nnear[b];
    int64_t above = INT64_MAX, lowest = INT64_MAX;
    for (int j = 0; j < s->nnear[b]; j++) {
      int c = s->near[b][j];
      if (s->placed[c]) continue;
      if (s->floor[c] < lowest) lowest = s->floor[c];
      if (s->floor[c] + s->p->size[c] < above) above = s->floor[c] + s->p->size[c];
    }
    if (lowest >= s->floor[b] + s->p->size[b]) return false;
    if (above > s->start[b]) s->start[b] = above;
  }
  for (int i = 0; i < n; i++) {
    int k = i;
    for (; k > 0 && s->start[s->sorted[k - 1]] > s->start[item[i]]; k--)
      s->sorted[k] = s->sorted[k - 1];
    s->sorted[k] = item[i];
  }
  return true;
}

/* Stacks the items of every clique [lo, hi] by their starts. False if one gets too high. */
static bool sweep(Search *s, int n, int lo, int hi) {
  for (int k = lo; k <= hi; k++) s->level[k] = (Level){0, INT64_MAX, INT64_MAX, -1};
  for (int i = 0; i < n; i++) {
    int b = s->sorted[i];
    int64_t start = s->start[b];
    s->p->steps += s->p->hi[b] - s->p->lo[b] + 2;
    for (int k = s->p->lo[b]; k <= s->p->hi[b]; k++) {
      Level *l = &s->level[k];
      l->top = (l->top > start ? l->top : start) + s->p->size[b];
      if (l->top > s->capacity) {
        s->tried[k] += s->weight;
        return false;
      }
      if (l->lowest < 0)
        l->lowest = b, l->low = start;
      else if (l->second == INT64_MAX)
        l->second = start;
    }
  }
  return true;
}

static bool better_clique(const Search *s, int k, int than) {
  const Level *a = &s->level[k], *b = &s->level[than];
  return a->low != b->low ? a->low < b->low : s->tried[k] > s->tried[than];
}

static bool better_item(const Search *s, int a, int b) {
  if (b < 0 || s->floor[a] != s->floor[b]) return b < 0 || s->floor[a] < s->floor[b];
  return s->rank[a] < s->rank[b];
}

/* The item to decide on next, -1: all are postponed. */
static int choose(Search *s, int n, int lo, int hi) {
  int clique = -1, inside = -1, any = -1;
  for (int k = lo; k <= hi; k++)
    if (s->level[k].lowest >= 0 && (clique < 0 || better_clique(s, k, clique))) clique = k;
  for (int i = 0; i < n; i++) {
    int b = s->sorted[i];
    if (s->postponed[b]) continue;
    if (better_item(s, b, any)) any = b;
    if (s->p->lo[b] <= clique && clique <= s->p->hi[b] && better_item(s, b, inside)) inside = b;
  }
  return inside < 0 ? any : inside;
}

/* Would a neighbour of x fit below it where nothing else can come in between? Then the packing
 * in which it lies there is no worse. */
static bool wastes(const Search *s, int x) {
  s->p->steps += s->nnear[x];
  for (int i = 0; i < s->nnear[x]; i++) {
    int y = s->near[x][i];
    int64_t top = s->floor[y] + s->p->size[y];
    if (s->placed[y] || top > s->floor[x]) continue;
    bool alone = true;
    for (int k = s->p->lo[y]; k <= s->p->hi[y] && alone; k++) {
      const Level *l = &s->level[k];
      alone = (l->lowest == y ? l->second : l->low) >= top;
    }
    if (alone) return true;
  }
  return false;
}

/* ---- the search -----------------------------------------------------------------------------
 */

static bool descend(Search *s, const int *item, int n, int lo, int hi);

/* Searches the items without `x`, part by part: cliques [lo, hi] fall apart where no item
 * reaches from one to the next. */
static bool descend_parts(Search *s, const int *item, int n, int x, int lo, int hi) {
  int base = s->npool, *reach = s->pool + base; /* by clique: last clique an item there reaches */
  s->npool += hi - lo + 1;
  for (int k = lo; k <= hi; k++) reach[k - lo] = k;
  for (int i = 0; i < n; i++)
    if (item[i] != x && s->p->hi[item[i]] > reach[s->p->lo[item[i]] - lo])
      reach[s->p->lo[item[i]] - lo] = s->p->hi[item[i]];
  bool ok = true;
  for (int from = lo, to; ok && from <= hi; from = to + 1) {
    to = from;
    for (int k = from; k <= to; k++)
      if (reach[k - lo] > to) to = reach[k - lo];
    int *part = s->pool + s->npool, size = 0;
    for (int i = 0; i < n; i++)
      if (item[i] != x && s->p->lo[item[i]] >= from && s->p->lo[item[i]] <= to)
        part[size++] = item[i];
    s->npool += size;
    if (size) ok = descend(s, part, size, from, to);
    s->npool -= size;
  }
  s->npool = base;
  return ok;
}

static bool descend(Search *s, const int *item, int n, int lo, int hi) {
  Mark before = mark(s);
  for (;;) {
    if (++s->nodes > s->limit || (s->nodes % 64 == 0 && pieces_spent(s->p))) s->stopped = true;
    if (s->stopped || !find_starts(s, item, n) || !sweep(s, n, lo, hi)) break;
    int x = choose(s, n, lo, hi);
    if (x < 0) break;
    if (!wastes(s, x)) {
      Mark here = mark(s);
      place(s, x);
      if (descend_parts(s, item, n, x, lo, hi)) return true;
      take_back(s, here);
    }
    toggle(s, x); /* something else comes first */
  }
  take_back(s, before);
  return false;
}

/* ---- restarts ------------------------------------------------------------------------------
 */

static Search *search_new(Pieces *p, int64_t capacity) {
  Arena *a = p->c->arena;
  int n = p->n;
  size_t pairs = 0;
  Search *s = NEW(a, Search);
  s->p = p;
  s->capacity = capacity;
  s->weight = 1;
  s->near = NEWN(a, int *, n + 1);
  s->nnear = NEWN(a, int, n + 1);
  for (int i = 0; i < n; i++) {
    s->near[i] = NEWN(a, int, n);
    for (int j = 0; j < n; j++)
      if (i != j && pieces_overlap(p, i, j)) s->near[i][s->nnear[i]++] = j;
    pairs += (size_t)s->nnear[i];
  }
  s->placed = NEWN(a, bool, n + 1);
  s->postponed = NEWN(a, bool, n + 1);
  s->floor = NEWN(a, int64_t, n + 1);
  s->start = NEWN(a, int64_t, n + 1);
  s->rank = NEWN(a, int, n + 1);
  s->sorted = NEWN(a, int, n + 1);
  s->level = NEWN(a, Level, p->ncliques + 1);
  s->tried = NEWN(a, double, p->ncliques + 1);
  for (int k = 0; k < p->ncliques; k++) s->tried[k] = 1;
  s->history = NEWN(a, int, n + 1);
  s->raised = NEWN(a, Raise, pairs + 1);
  s->toggled = NEWN(a, int, 2 * pairs + (size_t)n * (size_t)(n + 1) + 1);
  s->pool = NEWN(a, int, (size_t)(n + 2) * (size_t)(n + p->ncliques + 2));
  return s;
}

static double fraction(Pieces *p) { return (double)pieces_random(p) * 0x1p-53; }

/* A preference among items that lie equally low: some key, disturbed. */
static void set_ranks(Search *s, bool disturbed) {
  Pieces *p = s->p;
  double amount = disturbed ? 1.5 * fraction(p) : 0;
  int which = (int)(pieces_random(p) % 5);
  for (int i = 0; i < p->n; i++) {
    double life = p->hi[i] - p->lo[i] + 1, size = (double)p->size[i];
    double crowd = (double)p->crowd[i];
    const double keys[] = {crowd * crowd * crowd * life, crowd * size * life, size * life, life,
                           size};
    p->key[i] = keys[which] * (1 + amount * fraction(p));
  }
  pieces_sort(p, s->sorted);
  for (int i = 0; i < p->n; i++) s->rank[s->sorted[i]] = i;
}

/* 1 1 2 1 1 2 4 1 1 2 1 1 2 4 8 … */
static int64_t luby(int64_t i) {
  int64_t k = 1;
  while ((k << 1) - 1 < i) k <<= 1;
  return (k << 1) - 1 == i ? k : luby(i - k + 1);
}

static void reset(Search *s) {
  size_t n = (size_t)s->p->n;
  memset(s->placed, 0, n * sizeof *s->placed);
  memset(s->postponed, 0, n * sizeof *s->postponed);
  memset(s->floor, 0, n * sizeof *s->floor);
  s->nhistory = s->nraised = s->ntoggled = s->npool = 0;
  s->nodes = 0;
  s->stopped = false;
  s->weight *= 1.1;
  if (s->weight < 1e100) return;
  for (int k = 0; k < s->p->ncliques; k++) s->tried[k] = 1 + s->tried[k] / s->weight;
  s->weight = 1;
}

Verdict search_pack(Pieces *p, int64_t capacity, int64_t steps) {
  int64_t effort = p->effort, end = p->steps + steps < effort ? p->steps + steps : effort;
  if (p->bound > capacity) return FITS_NOT;
  Search *s = search_new(p, capacity);
  int *all = NEWN(p->c->arena, int, p->n + 1);
  for (int i = 0; i < p->n; i++) all[i] = i;
  p->effort = end;
  bool fits = false;
  s->stopped = true;
  for (int64_t run = 1; !pieces_spent(p) && !fits; run++) {
    reset(s);
    s->limit = FIRST_LIMIT * luby(run);
    set_ranks(s, run > 1);
    fits = descend_parts(s, all, p->n, -1, 0, p->ncliques - 1);
    if (!fits && !s->stopped) break;
  }
  bool stopped = !fits && s->stopped;
  if (p->effort == end) p->effort = effort; /* otherwise the clock has run out */
  return fits ? FITS : stopped ? UNDECIDED : FITS_NOT;
}
