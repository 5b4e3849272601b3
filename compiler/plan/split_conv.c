/* split_conv.c: how the output rows of a convolution are cut into chunks. A unit of the parallel
 * split is one chunk of one sample for one group of output blocks, and threads take equal numbers
 * of units, chunk by chunk. Few chunks read the weights few times; enough of them keep the rows
 * of a pass in the second cache and give all threads the same to do. */
#include "plan.h"

enum { TRIED = 64 }; /* chunks; more where the cache asks for more */

/* Teams whose balance counts, and how much. */
static const struct {
  int threads;
  double weight;
} teams[] = {{2, 0.4}, {4, 0.3}, {8, 0.2}, {16, 0.1}};

typedef struct Rows {
  int64_t n;       /* rows, or tiles of a flat map */
  int64_t *before; /* work of all rows before each, and of all */
  int64_t bytes;   /* of input and output that one of them adds to a pass */
  int64_t samples, groups;
} Rows;

int64_t conv_rows(const Target *t, const ConvShape *s, const Choice *k) {
  int64_t sizes[MAX_PX + 1], n = 0;
  if (!conv_is_flat(s)) return s->oh;
  split_row(t, k->nb, k->px, s->oh * s->ow, sizes);
  for (int p = 1; p <= k->px; p++) n += sizes[p];
  return n;
}

static Rows rows_of(Ctx *c, const Target *t, const ConvShape *s, const Choice *k,
                    int64_t channels) {
  Rows r = {.n = conv_rows(t, s, k), .samples = s->n};
  int64_t block = (int64_t)k->nb * t->lanes;
  r.before = NEWN(c->arena, int64_t, r.n + 1);
  if (!conv_is_flat(s)) {
    for (int64_t oy = 0; oy < r.n; oy++) {
      int64_t lo, hi;
      conv_kernel_rows(s, oy, &lo, &hi);
      r.before[oy + 1] = r.before[oy] + hi - lo;
    }
    r.bytes = 4 * (s->sy * s->w * channels + s->ow * block);
    return r;
  }
  int64_t sizes[MAX_PX + 1];
  split_row(t, k->nb, k->px, s->oh * s->ow, sizes);
  int64_t at = 0;
  for (int p = k->px; p >= 1; p--)
    for (int64_t i = 0; i < sizes[p]; i++, at++) r.before[at + 1] = r.before[at] + p;
  r.bytes = 4 * k->px * (channels + block);
  return r;
}

/* Work of the busiest of n threads over their mean. Samples that are a thread's as a whole count
 * at once: the time it takes does not grow with the batch. */
static double imbalance(const Rows *r, int64_t chunks, int n) {
  int64_t sample = chunks * r->groups, units = r->samples * sample, all = r->before[r->n];
  double most = 0;
  for (int64_t t = 0; t < n; t++) {
    double own = 0;
    for (int64_t u = t * units / n, end = (t + 1) * units / n; u < end;) {
      if (u % sample == 0 && end - u >= sample) {
        int64_t whole = (end - u) / sample;
        own += (double)(whole * r->groups) * (double)all;
        u += whole * sample;
        continue;
      }
      int64_t q = u / r->groups, next = min64(end, (q + 1) * r->groups);
      int64_t chunk = q % chunks;
      own += (double)(next - u) *
             (double)(r->before[(chunk + 1) * r->n / chunks] - r->before[chunk * r->n / chunks]);
      u = next;
    }
    if (own > most) most = own;
  }
  return all ? most * n / (double)(all * r->samples * r->groups) : 1;
}

int64_t conv_chunk_rows(Ctx *c, const Target *t, const ConvShape *s, Choice *k, int64_t channels,
                        int64_t groups) {
  Rows r = rows_of(c, t, s, k, channels);
  r.groups = groups;
  int64_t fit = max64(1, t->l2 / 2 / max64(1, r.bytes));
  int64_t fewest = ceil_div(r.n, fit), best = fewest;
  double weights = (double)(s->o * s->c * s->kh * s->kw), least = 0;
  double macs = (double)(s->n * s->oh * s->ow) * weights;
  /* reading the weights once more is hidden but for about half of it */
  double reading = 0.5 * 4 * weights / t->memory_bandwidth / (2 * macs / t->peak);
  for (int64_t chunks = fewest; chunks <= min64(r.n, max64(TRIED, fewest + 8)); chunks++) {
    if (ceil_div(r.n, ceil_div(r.n, chunks)) != chunks) continue;
    double cost = (reading + 0.002) * (double)chunks;
    for (int i = 0; i < COUNT_OF(teams); i++)
      cost += teams[i].weight * imbalance(&r, chunks, teams[i].threads);
    if (least == 0 || cost < least) least = cost, best = chunks;
  }
  k->share = imbalance(&r, best, 2) / 2;
  return ceil_div(r.n, best);
}
