/* choose_dense.c: applicability, tile and predicted time of fully connected layers.
 *
 * One sample: every weight is used once, so the time is that of streaming them; tiles are high
 * enough to keep the multiply-adds independent, and read their weights as several streams side by
 * side, which memory delivers faster than one (23 against 26 GB/s where it was measured). Several
 * samples: a register tile of blocks x samples, as in a 1x1 convolution, in passes over the
 * features. A flatten in front vanishes: the kernel walks the input as it lies in memory and the
 * weight columns are packed in that order.
 */
#include "plan.h"

enum {
  STREAM_BLOCKS = 8,
  STREAM_UNITS = 4,
  MAX_HIGH = 12,
  MIN_UNITS = 4,   /* of the split: where groups make fewer, samples are shared out too */
  UNIT_GROUPS = 8, /* of outputs, for which samples are packed once */
  MAX_SAMPLES = 6, /* of a tile: their features lie in the same sets of the first cache */
};

#define STREAMS_SHARE 0.65
#define REST_COST     0.01 /* of the time: tile functions of their own for what is left over */

/* Batch 1: groups of 5 to 8 blocks, those that threads can share most evenly, then those without
 * a rest; few blocks are shared out. */
static int stream_nb(int64_t blocks) {
  int best = STREAM_BLOCKS;
  double least = 0;
  if (blocks < STREAM_UNITS * STREAM_BLOCKS) return (int)ceil_div(blocks, STREAM_UNITS);
  for (int nb = STREAM_BLOCKS; nb > 4; nb--) {
    double cost = unevenness(1, parts_of(1, 1), parts_of(blocks, nb));
    if (blocks % nb) cost += REST_COST;
    if (least == 0 || cost < least) least = cost, best = nb;
  }
  return best;
}

static int samples_of(const Target *t, int nb) {
  int px = widest_tile(t, nb);
  return px < MAX_SAMPLES ? px : MAX_SAMPLES;
}

/* Cycles of one input feature for nb blocks and all samples: the tiles' own, and one for each
 * vector of weights, which every tile streams through the first cache again. */
static double group_cycles(const Target *t, int nb, int64_t samples) {
  int64_t sizes[MAX_PX + 1];
  double cycles = split_row(t, nb, samples_of(t, nb), samples, sizes);
  for (int p = 1; p <= MAX_PX; p++) cycles += (double)(sizes[p] * nb);
  return cycles;
}

static double step_cycles(const Target *t, int nb, int64_t blocks, int64_t samples) {
  int rest = (int)(blocks % nb);
  double cycles = (double)(blocks / nb) * group_cycles(t, nb, samples);
  if (rest) cycles = 1.01 * (cycles + group_cycles(t, rest, samples));
  return cycles;
}

static int batch_nb(const Target *t, int64_t blocks, int64_t samples) {
  int best = 1;
  double least = 0;
  for (int nb = 1; nb <= MAX_HIGH && nb <= blocks; nb++) {
    if (!widest_tile(t, nb)) continue;
    double cycles = step_cycles(t, nb, blocks, samples);
    if (least == 0 || cycles < least) least = cycles, best = nb;
  }
  return best;
}

int64_t dense_stream(const Target *t, int64_t samples, int nb) {
  if (samples > 1 || t->lanes == 1) return (int64_t)nb * t->lanes;
  return nb % 2 ? t->lanes : 2 * t->lanes;
}

/* Features of one pass, whose weights stay in the first cache while all tiles of samples go by; 0
 * where there is nothing to keep or everything stays. A multiple of what tiles unroll. */
static int pass_features(const Target *t, int64_t block, int64_t in, int64_t tiles) {
  enum { UNROLLED = 24 };
  int64_t fit = t->l1 / 2 / (4 * block) / UNROLLED * UNROLLED;
  if (tiles < 2 || in <= fit || fit == 0) return 0;
  return (int)(ceil_div(ceil_div(in, ceil_div(in, fit)), UNROLLED) * UNROLLED);
}

/* [output group][stream][input features as they lie in memory][outputs of a stream] */
static Layout dense_weights(const GroupView *v, int64_t block, int64_t stream, int64_t out,
                            int64_t in) {
  const Value *x = view_in(v, 0);
  int64_t lanes = layout_channel_block(&x->layout, &x->shape), groups = ceil_div(out, block);
  if (x->shape.rank != 4 || lanes < 2) {
    LayoutAxis plain[] = {
        {0, block, groups, 0}, {0, stream, block / stream, 0}, {1, 1, in, 0}, {0, 1, stream, 0}};
    return layout_axes(plain, COUNT_OF(plain));
  }
  int64_t map = x->shape.dim[2] * x->shape.dim[3];
  LayoutAxis axes[] = {{0, block, groups, 0},
                       {0, stream, block / stream, 0},
                       {1, map * lanes, ceil_div(x->shape.dim[1], lanes), 0},
                       {1, 1, map, 0},
                       {1, map, lanes, 0},
                       {0, 1, stream, 0}};
  return layout_axes(axes, COUNT_OF(axes));
}

static void operands(const GroupView *v, int64_t block, Choice *k) {
  for (int i = 0; i < v->group->nin; i++) k->in[i] = FMT_ANY;
  if (v->nin > 2) k->pack[v->in[2]] = layout_blocked(&view_in(v, 2)->shape, 0, block);
  for (int i = 0; i < v->nepilogue; i++)
    for (int j = 0; j < 2; j++) {
      int at = v->epilogue[i].operand[j];
      if (at < 0) continue;
      const Shape *s = &graph_value(v->g, v->group->in[at])->shape;
      if (s->rank == 1) k->pack[at] = layout_blocked(s, 0, block);
    }
}

/* Every weight is used once a sample: bound by memory. */
bool choose_local(Ctx *c, const Target *t, const GroupView *v, Choice *k, const char **why) {
  if (v->anchor->op != OP_LOCAL) return refuse(why, "not a locally connected layer");
  const Shape *y = &view_out(v)->shape, *w = &view_in(v, 1)->shape;
  k->in[v->in[0]] = k->out = FMT_PLAIN;
  LayoutAxis weight[] = {{1, 1, w->dim[1], 0}, {2, 1, w->dim[2], 0}, {0, 1, w->dim[0], 0}};
  LayoutAxis bias[] = {{1, 1, w->dim[1], 0}, {0, 1, w->dim[0], 0}};
  k->pack[v->in[1]] = layout_axes(weight, COUNT_OF(weight));
  if (v->nin > 2) k->pack[v->in[2]] = layout_axes(bias, COUNT_OF(bias));
  k->units = shape_count(y) / y->dim[y->rank - 1];
  k->seconds = 4.0 * (double)shape_count(w) / t->weight_bandwidth +
               basic_seconds(t, group_bytes(v), (double)(shape_count(y) * w->dim[2]), 1);
  return true;
}

bool choose_dense(Ctx *c, const Target *t, const GroupView *v, Choice *k, const char **why) {
  if (v->anchor->op != OP_DENSE) return refuse(why, "not a dense layer");
  const Value *x = view_in(v, 0);
  if (x->type != DT_F32) return refuse(why, "input is not f32");
  if (!v->prologue && x->shape.rank != 2) return refuse(why, "input is not [N, features]");
  int64_t n = x->shape.dim[0], in = shape_count(&x->shape) / n;
  int64_t out = view_out(v)->shape.dim[1], blocks = blocks_of(out, t->lanes);
  k->nb = n == 1 ? stream_nb(blocks) : batch_nb(t, blocks, n);
  k->px = n == 1 ? 1 : samples_of(t, k->nb);
  int64_t block = (int64_t)k->nb * t->lanes, sizes[MAX_PX + 1], tiles = 0;
  double cycles = step_cycles(t, k->nb, blocks, n) * (double)in;
  split_row(t, k->nb, k->px, n, sizes);
  for (int p = 1; p <= MAX_PX; p++) tiles += sizes[p];
  operands(v, block, k);
  k->pack[v->in[1]] = dense_weights(v, block, dense_stream(t, n, k->nb), out, in);
  k->out = FMT_PLAIN;
  int64_t groups = ceil_div(out, block), parts = tiles, chunks = groups;
  int64_t lanes = layout_channel_block(&x->layout, &x->shape); /* whole blocks go in passes */
  int64_t partial = x->shape.rank == 4 && lanes > 1 ? x->shape.dim[1] % lanes : 0;
  int64_t map = in / x->shape.dim[1], run = in - map * partial;
  k->icb = pass_features(t, block, run, tiles);
  if (k->icb) {
    k->rows = (int)min64(groups, UNIT_GROUPS);
    chunks = ceil_div(groups, k->rows), parts = min64(tiles, ceil_div(MIN_UNITS, chunks));
    int64_t sums = block * k->rows, packed = k->icb + (partial ? map * lanes : 0);
    k->workspace = 4 * k->px * ceil_div(tiles, parts) * (sums + packed);
  }
  k->units = chunks * parts;
  k->share = k->icb ? busiest_share(1, parts_of(chunks, 1), parts_of(parts, 1), 2)
                    : busiest_share(1, parts_of(blocks, k->nb), parts_of(tiles, 1), 2);
  double compute = cycles * 4 * t->lanes / t->peak;
  double stream = 4.0 * (double)in * (double)out / t->weight_bandwidth;
  double moves = 4.0 * (double)(n * (in + out)) / t->l2_bandwidth;
  /* side by side, streams of weights are faster than what is measured of one; between several
   * samples nothing fetches them ahead */
  if (n == 1) stream *= STREAMS_SHARE;
  k->seconds = moves + (n > 1 ? compute + stream : compute > stream ? compute : stream);
  return true;
}
