/* packing_greedy.c: first fit in several orders, then hill climbing over orders.
 * An item goes to the lowest gap that is free over its whole life. The climb takes an item that
 * sticks out above the goal and packs it earlier, or exchanges two; what sticks out in all is
 * the height it climbs down, and a late acceptance lets it cross plateaus.
 */
#include "packing.h"

#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 600, HISTORY = 60 };

typedef struct Climb {
  Pieces *p;
  int64_t goal;
  int *order, *saved, *placed;
  int64_t *best;
  int64_t peak; /* of best */
} Climb;

/* Lowest offset at which item b fits beside the placed ones, which are sorted by offset. */
static int64_t first_fit(const Pieces *p, int b, const int *placed, int n) {
  int64_t at = 0;
  for (int i = 0; i < n; i++) {
    int other = placed[i];
    if (!pieces_overlap(p, b, other)) continue;
    if (p->offset[other] - at >= p->size[b]) break;
    int64_t end = p->offset[other] + p->size[other];
    if (end > at) at = end;
  }
  return at;
}

/* Packs in order; returns the sum of what sticks out above the goal. */
static int64_t decode(Climb *k) {
  Pieces *p = k->p;
  int64_t excess = 0, peak = 0;
  for (int i = 0; i < p->n; i++) {
    int b = k->order[i], at = i;
    p->offset[b] = first_fit(p, b, k->placed, i);
    int64_t top = p->offset[b] + p->size[b];
    if (top > k->goal) excess += top - k->goal;
    if (top > peak) peak = top;
    for (; at > 0 && p->offset[k->placed[at - 1]] > p->offset[b]; at--)
      k->placed[at] = k->placed[at - 1];
    k->placed[at] = b;
  }
  p->steps += p->n * (int64_t)(p->n / 16 + 1);
  if (peak < k->peak) {
    k->peak = peak;
    memcpy(k->best, p->offset, (size_t)p->n * sizeof *k->best);
  }
  return excess;
}

typedef double KeyFn(const Pieces *p, int i);

static double by_size(const Pieces *p, int i) { return (double)p->size[i]; }
static double by_life(const Pieces *p, int i) {
  return (double)(p->hi[i] - p->lo[i]) * 1e15 + (double)p->size[i];
}
static double by_birth(const Pieces *p, int i) {
  return -(double)p->lo[i] * 1e15 + (double)p->size[i];
}
static double by_area(const Pieces *p, int i) {
  return (double)p->size[i] * (double)(p->hi[i] - p->lo[i] + 1);
}
static double by_crowd(const Pieces *p, int i) {
  return (double)p->crowd[i] * 1e6 + (double)(p->hi[i] - p->lo[i]);
}

static const struct {
  const char *name;
  KeyFn *key;
} order_table[] = {
    {"largest first", by_size},       {"longest-lived first", by_life},
    {"in order of birth", by_birth},  {"largest area first", by_area},
    {"most crowded first", by_crowd},
};

/* Moves one item forwards or exchanges two: mostly one that sticks out. */
static void disturb(Climb *k, const int64_t *top) {
  Pieces *p = k->p;
  int out = 0, from = (int)(pieces_random(p) % (uint64_t)p->n);
  for (int i = 0; i < p->n; i++) /* reservoir: one of those above the goal */
    if (top[k->order[i]] > k->goal && pieces_random(p) % (uint64_t)++out == 0) from = i;
  int item = k->order[from], to = (int)(pieces_random(p) % (uint64_t)p->n);
  if (to < from && pieces_random(p) % 2) {
    memmove(k->order + to + 1, k->order + to, (size_t)(from - to) * sizeof *k->order);
    k->order[to] = item;
  } else {
    k->order[from] = k->order[to];
    k->order[to] = item;
  }
}

static void note_tops(const Pieces *p, int64_t *top) {
  for (int i = 0; i < p->n; i++) top[i] = p->offset[i] + p->size[i];
}

/* From the best order on. True if the goal was met. */
static bool climb(Climb *k) {
  Pieces *p = k->p;
  size_t bytes = (size_t)p->n * sizeof *k->order;
  int64_t *top = NEWN(p->c->arena, int64_t, p->n + 1), history[HISTORY];
  int64_t now = decode(k);
  note_tops(p, top);
  for (int i = 0; i < HISTORY; i++) history[i] = now;
  for (int round = 0; round < ROUNDS && now && !pieces_spent(p); round++) {
    memcpy(k->saved, k->order, bytes);
    disturb(k, top);
    int64_t next = decode(k), *late = &history[round % HISTORY];
    if (next <= now || next <= *late) {
      now = next;
      note_tops(p, top);
    } else {
      memcpy(k->order, k->saved, bytes);
    }
    *late = now;
  }
  return !now;
}

int64_t greedy_pack(Pieces *p, int64_t goal, const char **method) {
  Arena *a = p->c->arena;
  Climb k = {
      p,    goal,     NEWN(a, int, p->n + 1), NEWN(a, int, p->n + 1), NEWN(a, int, p->n + 1),
      NULL, INT64_MAX};
  int64_t least = INT64_MAX;
  int best = 0;
  k.best = NEWN(a, int64_t, p->n + 1);
  for (int o = 0; o < COUNT_OF(order_table) && k.peak > goal && (!o || !pieces_spent(p)); o++) {
    for (int i = 0; i < p->n; i++) p->key[i] = order_table[o].key(p, i);
    pieces_sort(p, k.order);
    int64_t before = k.peak, excess = decode(&k);
    if (k.peak < before) *method = order_table[o].name;
    if (excess < least) least = excess, best = o;
  }
  int64_t before = k.peak;
  if (before > goal && !pieces_spent(p)) {
    for (int i = 0; i < p->n; i++) p->key[i] = order_table[best].key(p, i);
    pieces_sort(p, k.order);
    climb(&k);
    if (k.peak < before) *method = "hill climbing";
  }
  memcpy(p->offset, k.best, (size_t)p->n * sizeof *k.best);
  return k.peak;
}
