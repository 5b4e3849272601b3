/* memory.c: an offset in the arena for every buffer.
 * Offline dynamic storage allocation: buffers live over an interval of epochs and may overlap in
 * memory only if they do not in time. Several greedy orders (largest first, longest-lived first,
 * by start, by area) are packed first-fit and the lowest peak wins; the lower bound is the
 * largest sum of buffers live in one epoch.
 */
#include "plan.h"

#include <stdlib.h>

enum { ALIGNMENT = 64 };

typedef int64_t KeyFn(const Buffer *b);

/* Keys of two parts: epochs count first, then bytes, of which there are fewer than 2^46. */
#define EPOCH ((int64_t)1 << 40)

static int64_t by_bytes(const Buffer *b) { return b->bytes; }
static int64_t by_life(const Buffer *b) {
  return (b->last - b->first) * EPOCH + b->bytes / ALIGNMENT;
}
static int64_t by_start(const Buffer *b) { return -b->first * EPOCH + b->bytes / ALIGNMENT; }
static int64_t by_area(const Buffer *b) { return b->bytes * (b->last - b->first + 1); }

static const struct {
  const char *name;
  KeyFn *key;
} order_table[] = {
    {"largest first", by_bytes},
    {"longest-lived first", by_life},
    {"in order of birth", by_start},
    {"largest area first", by_area},
};

typedef struct Keyed {
  int64_t key;
  int buffer;
} Keyed;

static int descending(const void *a, const void *b) {
  const Keyed *x = a, *y = b;
  if (x->key != y->key) return x->key < y->key ? 1 : -1;
  return x->buffer - y->buffer; /* ties break the same way every time */
}

static bool in_time(const Buffer *a, const Buffer *b) {
  return a->first <= b->last && b->first <= a->last;
}

/* Lowest offset at which b fits beside the placed buffers; `placed` is sorted by offset. */
static int64_t first_fit(const Buffer *b, Buffer *const *placed, int n) {
  int64_t at = 0;
  for (int i = 0; i < n; i++) {
    if (!in_time(b, placed[i])) continue;
    if (placed[i]->offset - at >= b->bytes) break;
    int64_t end = placed[i]->offset + placed[i]->bytes;
    if (end > at) at = end;
  }
  return at;
}

static int64_t pack(Buffer *buffers, int n, const Keyed *order, Buffer **placed) {
  int64_t peak = 0;
  for (int i = 0; i < n; i++) {
    Buffer *b = &buffers[order[i].buffer];
    b->offset = first_fit(b, placed, i);
    if (b->offset + b->bytes > peak) peak = b->offset + b->bytes;
    int at = i;
    for (; at > 0 && placed[at - 1]->offset > b->offset; at--) placed[at] = placed[at - 1];
    placed[at] = b;
  }
  return peak;
}

static int64_t bound(const Plan *p) {
  int64_t most = 0;
  for (int e = 0; e < p->epochs; e++) {
    int64_t sum = 0;
    for (int i = 0; i < p->buffers.len; i++) {
      const Buffer *b = &p->buffers.at[i];
      if (b->first <= e && e <= b->last) sum += b->bytes;
    }
    if (sum > most) most = sum;
  }
  return most;
}

static void place_values(Plan *p) {
  for (int i = 0; i < p->g->values.len; i++) {
    Value *v = graph_value(p->g, i);
    if (p->buffer_of[i] < 0) continue;
    int64_t slice = v->layout.offset * dtype_size(v->type);
    v->place =
        (Place){PLACE_ARENA, p->buffer_of[i], p->buffers.at[p->buffer_of[i]].offset + slice};
  }
}

bool plan_memory(Ctx *c, Plan *p) {
  int n = p->buffers.len, best = 0;
  Keyed *order = NEWN(c->arena, Keyed, n);
  Buffer **placed = NEWN(c->arena, Buffer *, n);
  p->arena_bytes = INT64_MAX;
  for (int round = 0; round <= COUNT_OF(order_table); round++) {
    /* the last round repeats the best order, which leaves its offsets in place */
    int k = round < COUNT_OF(order_table) ? round : best;
    for (int i = 0; i < n; i++) order[i] = (Keyed){order_table[k].key(&p->buffers.at[i]), i};
    if (n) qsort(order, (size_t)n, sizeof *order, descending);
    int64_t peak = pack(p->buffers.at, n, order, placed);
    if (peak < p->arena_bytes) p->arena_bytes = peak, best = k;
  }
  p->lower_bound = bound(p);
  place_values(p);
  bool tight = p->arena_bytes == p->lower_bound;
  log_decision(
      c, p->g,
      (Decision){.pass = "memory",
                 .node = "",
                 .taken = true,
                 .what = str_fmt(c->arena, "%d buffers in %s bytes, %s", n,
                                 str_thousands(c->arena, p->arena_bytes), order_table[best].name),
                 .reason = tight ? "optimal: meets the lower bound"
                                 : str_fmt(c->arena, "lower bound %s bytes",
                                           str_thousands(c->arena, p->lower_bound)),
                 .bytes = 0});
  return true;
}
