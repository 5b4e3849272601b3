/* packing.c: from a list of items to offsets: scales the problem, numbers time by maximal
 * cliques, bounds it, and drives the solvers: greedy orders and hill climbing first, then the
 * exact search at the lower bound, then bisection between what is proved and what is found.
 */
#include "packing.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static double clock_seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

bool pieces_spent(Pieces *p) {
  if (p->steps >= p->effort) return true;
  if (p->deadline <= 0 || clock_seconds() < p->deadline) return false;
  p->effort = p->steps; /* stay spent without asking the clock again */
  return true;
}

bool pieces_overlap(const Pieces *p, int a, int b) {
  return p->lo[a] <= p->hi[b] && p->lo[b] <= p->hi[a];
}

/* xorshift64 */
uint64_t pieces_random(Pieces *p) {
  p->random ^= p->random << 13;
  p->random ^= p->random >> 7;
  p->random ^= p->random << 17;
  return p->random >> 11;
}

int64_t pieces_peak(const Pieces *p) {
  int64_t peak = 0;
  for (int i = 0; i < p->n; i++)
    if (p->offset[i] + p->size[i] > peak) peak = p->offset[i] + p->size[i];
  return peak;
}

typedef struct Keyed {
  double key;
  int item;
} Keyed;

static int descending(const void *a, const void *b) {
  const Keyed *x = a, *y = b;
  if (x->key < y->key || x->key > y->key) return x->key < y->key ? 1 : -1;
  return x->item - y->item;
}

void pieces_sort(Pieces *p, int *order) {
  for (int i = 0; i < p->n; i++) p->keyed[i] = (Keyed){p->key[i], i};
  qsort(p->keyed, (size_t)p->n, sizeof *p->keyed, descending);
  for (int i = 0; i < p->n; i++) order[i] = p->keyed[i].item;
}

/* ---- the problem in cliques and units ------------------------------------------------------
 */

static int ascending(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

/* Moments at which a maximal clique is alive: the last birth before each death that follows one.
 * Every pair of items that share time shares such a moment. */
static int clique_moments(Ctx *c, const Packing *p, int64_t *moment) {
  int n = p->n, count = 0, born = 0;
  int64_t *birth = NEWN(c->arena, int64_t, n + 1), *death = NEWN(c->arena, int64_t, n + 1);
  for (int i = 0; i < n; i++) birth[i] = p->at[i].lower, death[i] = p->at[i].upper;
  qsort(birth, (size_t)n, sizeof *birth, ascending);
  qsort(death, (size_t)n, sizeof *death, ascending);
  for (int died = 0; died < n; died++) {
    bool fresh = false;
    for (; born < n && birth[born] < death[died]; born++) fresh = true;
    if (fresh) moment[count++] = birth[born - 1];
  }
  return count;
}

/* First moment at or behind t. */
static int moment_from(const int64_t *moment, int n, int64_t t) {
  int lo = 0, hi = n;
  while (lo < hi) {
    int mid = (lo + hi) / 2;
    if (moment[mid] < t)
      lo = mid + 1;
    else
      hi = mid;
  }
  return lo;
}

static int64_t common_divisor(int64_t a, int64_t b) {
  while (b) {
    int64_t r = a % b;
    a = b;
    b = r;
  }
  return a;
}

static int64_t rounded(const Packing *p, int64_t size) {
  return (size + p->align - 1) / p->align * p->align;
}

static void measure(Pieces *q) {
  int64_t *sum = NEWN(q->c->arena, int64_t, q->ncliques + 1);
  for (int i = 0; i < q->n; i++)
    for (int k = q->lo[i]; k <= q->hi[i]; k++) sum[k] += q->size[i];
  for (int k = 0; k < q->ncliques; k++)
    if (sum[k] > q->bound) q->bound = sum[k];
  for (int i = 0; i < q->n; i++)
    for (int k = q->lo[i]; k <= q->hi[i]; k++)
      if (sum[k] > q->crowd[i]) q->crowd[i] = sum[k];
}

static Pieces *pieces_of(Ctx *c, const Packing *p) {
  Pieces *q = NEW(c->arena, Pieces);
  int n = p->n;
  int64_t *moment = NEWN(c->arena, int64_t, n + 1);
  *q = (Pieces){.c = c, .n = n, .random = 88175989907769663u, .effort = p->effort};
  q->deadline = p->seconds > 0 ? clock_seconds() + p->seconds : 0;
  q->size = NEWN(c->arena, int64_t, n + 1);
  q->crowd = NEWN(c->arena, int64_t, n + 1);
  q->offset = NEWN(c->arena, int64_t, n + 1);
  q->key = NEWN(c->arena, double, n + 1);
  q->keyed = NEWN(c->arena, Keyed, n + 1);
  q->lo = NEWN(c->arena, int, n + 1);
  q->hi = NEWN(c->arena, int, n + 1);
  q->ncliques = clique_moments(c, p, moment);
  for (int i = 0; i < n; i++) {
    q->size[i] = rounded(p, p->at[i].size);
    q->unit = common_divisor(q->size[i], q->unit);
    q->lo[i] = moment_from(moment, q->ncliques, p->at[i].lower);
    q->hi[i] = moment_from(moment, q->ncliques, p->at[i].upper) - 1;
  }
  if (!q->unit) q->unit = p->align;
  for (int i = 0; i < n; i++) q->size[i] /= q->unit;
  measure(q);
  return q;
}

/* ---- the drive ------------------------------------------------------------------------------
 */

typedef struct Drive {
  Packing *p;
  Pieces *q;
  int64_t *best;
  int64_t peak, proved; /* in units: the best found; no packing has a peak below `proved` */
} Drive;

static void keep(Drive *d, const char *method) {
  int64_t peak = pieces_peak(d->q);
  if (peak >= d->peak) return;
  d->peak = peak;
  d->p->method = method;
  memcpy(d->best, d->q->offset, (size_t)d->q->n * sizeof *d->best);
}

static Verdict try_within(Drive *d, int64_t capacity, int64_t steps) {
  Verdict v = search_pack(d->q, capacity, steps);
  if (v == FITS) keep(d, "exact search");
  if (v == FITS_NOT && d->proved < capacity + 1) d->proved = capacity + 1;
  return v;
}

/* Halves the space between a capacity that is out of reach and the best peak. */
static void bisect(Drive *d) {
  int64_t given_up = d->proved - 1; /* too low, or too hard */
  while (!pieces_spent(d->q) && d->peak > d->proved && d->peak - given_up > 1) {
    int64_t middle = given_up + (d->peak - given_up) / 2;
    int64_t share = (d->q->effort - d->q->steps) / 4;
    if (try_within(d, middle, share) != FITS) given_up = middle;
  }
}

static void drive(Drive *d) {
  Packing *p = d->p;
  Pieces *q = d->q;
  int64_t goal = p->capacity / q->unit > q->bound ? p->capacity / q->unit : q->bound;
  const char *method = "";
  d->proved = q->bound;
  greedy_pack(q, goal, &method);
  keep(d, method);
  if (d->peak <= goal || q->n > SEARCH_ITEMS) return;
  /* the rest lowers the peak if this fails */
  bool asked = p->capacity && p->capacity / q->unit >= q->bound;
  try_within(d, goal, (q->effort - q->steps) / 4 * (asked ? 3 : 2));
  if (asked && d->peak <= goal) return;
  bisect(d);
  /* what is left goes into a proof, or a last improvement */
  while (!pieces_spent(q) && d->peak > d->proved)
    if (try_within(d, d->peak - 1, q->effort - q->steps) != FITS) break;
}

void packing_solve(Ctx *c, Packing *p) {
  if (p->align < 1) p->align = 1;
  Pieces *q = pieces_of(c, p);
  Drive d = {p, q, NEWN(c->arena, int64_t, p->n + 1), INT64_MAX, 0};
  p->method = "nothing to pack";
  if (p->n)
    drive(&d);
  else
    d.peak = 0;
  for (int i = 0; i < p->n; i++) p->at[i].offset = d.best[i] * q->unit;
  p->peak = d.peak * q->unit;
  p->densest = q->bound * q->unit;
  p->bound = d.proved * q->unit;
  p->optimal = d.peak == d.proved;
  p->steps = q->steps;
}
