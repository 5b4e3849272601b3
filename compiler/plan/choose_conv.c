/* choose_conv.c: applicability, register tiles, blocking and predicted time of the vector
 * convolution kernels.
 *
 * All of them keep a register tile of nb output channel blocks x px output pixels in named
 * accumulators while they run over input channels and kernel elements. What the choice decides
 * is the tile (by the cycle model of tile_cycles), the cut of the input channels into passes
 * (so that a pass's weights stay in the first cache) and the cut of the rows into chunks.
 */
#include "plan.h"

#include <string.h>

enum {
  MAX_NB = 12,
  SPLIT_EXACT = 240,     /* pixels that split_row divides by dynamic programming */
  PASS_BYTES = 16 << 10, /* weights of one pass: half of the smallest first cache */
  MIN_UNITS = 16,        /* parts of the parallel split worth having: depthwise */
};

/* ---- geometry ---------------------------------------------------------------------------- */

bool conv_shape(const GroupView *v, ConvShape *s) {
  const Shape *x = &view_in(v, 0)->shape, *y = &view_out(v)->shape;
  if (v->anchor->op != OP_CONV || x->rank != 4 || y->rank != 4) return false;
  const ConvAttr *a = ATTR(v->anchor, ConvAttr);
  *s = (ConvShape){.n = x->dim[0], .c = x->dim[1] / a->groups, .h = x->dim[2], .w = x->dim[3]};
  s->o = y->dim[1], s->oh = y->dim[2], s->ow = y->dim[3];
  s->kh = a->kernel.v[0], s->kw = a->kernel.v[1];
  s->sy = a->stride.v[0], s->sx = a->stride.v[1];
  s->dy = a->dilation.v[0], s->dx = a->dilation.v[1];
  s->top = a->pad.v[0], s->left = a->pad.v[1];
  s->groups = a->groups, s->by_rows = v->by_rows;
  return true;
}

bool conv_is_flat(const ConvShape *s) {
  return !s->by_rows && s->kh == 1 && s->kw == 1 && s->sy == 1 && s->sx == 1 && !s->top &&
         !s->left && s->oh == s->h && s->ow == s->w;
}

void conv_kernel_rows(const ConvShape *s, int64_t oy, int64_t *lo, int64_t *hi) {
  int64_t first = oy * s->sy - s->top; /* input row of kernel row 0 */
  *lo = first < 0 ? ceil_div(-first, s->dy) : 0;
  *hi = first < s->h ? min64(s->kh, ceil_div(s->h - first, s->dy)) : 0;
  if (*lo > *hi) *lo = *hi;
}

/* ---- register tiles ---------------------------------------------------------------------- */

/* Two FMAs and two loads a cycle, four cycles of latency. Measured beyond that: compilers spill
 * with more than 3/4 of the registers as accumulators, and at 4 x 3 on 16 registers; tiles that
 * are higher than wide read so many weights that they reach four fifths of the rate. */
double tile_cycles(const Target *t, int nb, int px) {
  int acc = nb * px, held = nb < px ? nb : px;
  if (nb < 1 || px < 1 || px > MAX_PX) return 0;
  if (acc * 4 > t->registers * 3 || acc + held + 1 > t->registers) return 0;
  if (t->registers < 32 && nb > 3 && px > 2) return 0;
  double loads = nb + px, cycles = acc / 2.0;
  if (cycles < loads / 2) cycles = loads / 2;
  if (cycles < 4) cycles = 4;
  if (acc + held + 1 == t->registers) cycles *= 1.02;
  if (nb > px && px > 1) cycles *= t->registers < 32 ? 1.2 : 1.05;
  return cycles + 0.15 + 0.01 * loads;
}

int widest_tile(const Target *t, int nb) {
  int px = 0;
  while (tile_cycles(t, nb, px + 1) > 0) px++;
  return px;
}

double split_row(const Target *t, int nb, int px, int64_t width, int64_t sizes[MAX_PX + 1]) {
  double least[SPLIT_EXACT + 1] = {0};
  int last[SPLIT_EXACT + 1] = {0};
  memset(sizes, 0, (MAX_PX + 1) * sizeof *sizes);
  if (width > SPLIT_EXACT) sizes[px] = ceil_div(width - SPLIT_EXACT, px);
  int rest = (int)(width - sizes[px] * px);
  for (int i = 1; i <= rest; i++)
    for (int p = 1; p <= px && p <= i; p++) {
      double cost = least[i - p] + tile_cycles(t, nb, p);
      if (!last[i] || cost < least[i]) least[i] = cost, last[i] = p;
    }
  double cycles = (double)sizes[px] * tile_cycles(t, nb, px) + least[rest];
  for (int i = rest; i > 0; i -= last[i]) sizes[last[i]]++;
  return cycles;
}

/* Cycles of one step for all `blocks` output channel blocks over `width` pixels. */
static double row_cycles(const Target *t, int nb, int64_t blocks, int64_t width) {
  int64_t sizes[MAX_PX + 1];
  int rest = (int)(blocks % nb);
  double cycles = (double)(blocks / nb) * split_row(t, nb, widest_tile(t, nb), width, sizes);
  /* one percent more for the second set of tile functions */
  if (rest) cycles = 1.01 * (cycles + split_row(t, rest, widest_tile(t, rest), width, sizes));
  return cycles;
}

/* The tile height with the least cycles; `blocks` per group of the convolution. */
static int choose_nb(const Target *t, const ConvShape *s, int64_t blocks, int64_t width,
                     double *cycles) {
  int best = 1;
  *cycles = 0;
  for (int nb = 1; nb <= MAX_NB && nb <= blocks; nb++) {
    if (!widest_tile(t, nb) || (s->groups > 1 && blocks % nb)) continue;
    double cost = row_cycles(t, nb, blocks, width);
    if (*cycles == 0 || cost < *cycles) *cycles = cost, best = nb;
  }
  return best;
}

/* ---- blocking ---------------------------------------------------------------------------- */

/* Input channel blocks of one pass: equal passes with weights of at most PASS_BYTES. */
static int choose_icb(const ConvShape *s, int nb, int lanes, int li) {
  int64_t blocks = ceil_div(s->c, li);
  int64_t bytes = 4 * (int64_t)nb * lanes * li * s->kh * s->kw;
  int64_t fit = max64(1, PASS_BYTES / bytes);
  return (int)ceil_div(blocks, ceil_div(blocks, fit));
}

/* ---- what the vector convolutions have in common ------------------------------------------ */

bool vector_conv(const Target *t, const GroupView *v, ConvShape *s, const char **why) {
  if (v->anchor->op != OP_CONV) return refuse(why, "not a convolution");
  if (t->lanes == 1) return refuse(why, "needs vectors");
  if (!conv_shape(v, s)) return refuse(why, "not two-dimensional");
  if (ATTR(v->anchor, ConvAttr)->flip) return refuse(why, "flipped kernel not folded");
  if (view_in(v, 0)->type != DT_F32) return refuse(why, "input is not f32");
  return true;
}

void conv_operands(const GroupView *v, int64_t block, int lanes, Choice *k) {
  for (int i = 1; i < v->nin; i++) k->in[v->in[i]] = FMT_ANY;
  if (v->nin > 2) k->pack[v->in[2]] = layout_blocked(&view_in(v, 2)->shape, 0, block);
  for (int i = 0; i < v->nepilogue; i++)
    for (int j = 0; j < 2; j++) {
      int at = v->epilogue[i].operand[j];
      if (at < 0) continue;
      const Shape *s = &graph_value(v->g, v->group->in[at])->shape;
      bool vector = s->rank == 1;
      k->in[at] = vector ? FMT_ANY : FMT_BLOCKED;
      k->pack[at] = vector ? layout_blocked(s, 0, block) : layout_blocked(s, 1, lanes);
    }
}

/* [output group][input block][kernel row][input lane][kernel column][nb x lanes]; across samples
 * the kernel column is a loop like the kernel row: [...][kernel column][input lane][...] */
static Layout conv_weights(const Target *t, const ConvShape *s, const Choice *k, int li) {
  int64_t block = (int64_t)k->nb * t->lanes;
  LayoutAxis axes[] = {{0, block, ceil_div(s->o, block), 0},
                       {1, li, ceil_div(s->c, li), 0},
                       {2, 1, s->kh, 0},
                       {1, 1, li, 0},
                       {3, 1, s->kw, 0},
                       {0, 1, block, 0}};
  if (k->across) {
    LayoutAxis lane = axes[3];
    axes[3] = axes[4], axes[4] = lane;
  }
  return layout_axes(axes, COUNT_OF(axes));
}

/* Of the pairs of output row and kernel row, and of column and column, those on the map. */
static double share_on_map(const ConvShape *s) {
  ConvShape columns = {.h = s->w, .kh = s->kw, .sy = s->sx, .dy = s->dx, .top = s->left};
  int64_t rows = 0, across = 0, lo, hi;
  for (int64_t y = 0; y < s->oh; y++) conv_kernel_rows(s, y, &lo, &hi), rows += hi - lo;
  for (int64_t x = 0; x < s->ow; x++) conv_kernel_rows(&columns, x, &lo, &hi), across += hi - lo;
  return (double)rows * (double)across / (double)(s->oh * s->kh * s->ow * s->kw);
}

/* Work at the tile's rate, a call and one read and write of the accumulators a pass and tile,
 * weights from memory, activations through the second cache. */
static double conv_seconds(const Target *t, const ConvShape *s, const Choice *k, double cycles,
                           double passes) {
  double rows = (double)(s->n * s->oh);
  double steps = (double)(s->c * s->kh * s->kw);
  double tiles =
      rows * (double)(ceil_div(s->ow, k->px) * ceil_div(s->o, (int64_t)k->nb * t->lanes));
  double total = rows * cycles * steps * share_on_map(s) + tiles * passes * (10 + k->nb * k->px);
  double bytes = 4.0 * (double)(s->n * (s->c * s->groups * s->h * s->w + s->o * s->oh * s->ow));
  return total * 4 * t->lanes / t->peak + bytes / t->l2_bandwidth +
         4.0 * (double)s->o * steps / t->weight_bandwidth;
}

/* ---- across samples ------------------------------------------------------------------------ */

/* Seconds of reading the weights again for every sample but the first, as far as that is not
 * hidden behind the work: about half. */
static double reading_again(const Target *t, const ConvShape *s) {
  double bytes = 4.0 * (double)(s->o * s->c * s->kh * s->kw);
  if (bytes < (double)t->l2 / 2) return 0;
  return 0.5 * (double)(s->n - 1) * bytes / cache_bandwidth(t, bytes);
}

/* A batch of small maps: tiles of one sample's row would be narrow, and the weights would be read
 * once for each sample. Tiles across samples are as wide as the batch. A residual may lie in a
 * buffer whose samples are further apart than the output's. */
static bool choose_across(const Target *t, const GroupView *v, const ConvShape *s, double cycles,
                          int *nb, double *least) {
  enum { HANDICAP = 10 }; /* percent: pixels of a tile are far from each other */
  int64_t blocks = blocks_of(s->o / s->groups, t->lanes);
  if (s->n < 2 || s->by_rows) return false;
  for (int i = 0; i < v->nepilogue; i++)
    for (int j = 0; j < 2; j++) {
      int at = v->epilogue[i].operand[j];
      if (at >= 0 && graph_value(v->g, v->group->in[at])->shape.rank > 1) return false;
    }
  double steps = (double)(s->c * s->kh * s->kw * s->groups) * 4 * t->lanes / t->peak;
  int tile = choose_nb(t, s, blocks, s->n, least);
  *least *= (double)s->ow / (double)s->n; /* of a row of one sample */
  double rows = (double)(s->n * s->oh);
  double apart = rows * cycles * steps + reading_again(t, s);
  if (rows * *least * steps * (1 + HANDICAP / 100.0) >= apart) return false;
  *nb = tile;
  return true;
}

/* The map as the loops see it: across samples a row holds those of all samples. */
static ConvShape looped(const ConvShape *s, bool across) {
  ConvShape r = *s;
  if (across) r.w *= s->n, r.ow *= s->n, r.n = 1, r.by_rows = true;
  return r;
}

/* Fills the choice for input blocks of `li` channels. */
static void choose_tiles(Ctx *c, const Target *t, const GroupView *v, const ConvShape *s, int li,
                         Choice *k) {
  int64_t blocks = blocks_of(s->o / s->groups, t->lanes);
  bool flat = conv_is_flat(s);
  double cycles, across;
  k->nb = choose_nb(t, s, blocks, flat ? s->oh * s->ow : s->ow, &cycles);
  if (flat) cycles *= 1.0 / (double)s->oh;
  k->across = li > 1 && choose_across(t, v, s, cycles, &k->nb, &across);
  if (k->across) cycles = across;
  ConvShape loops = looped(s, k->across);
  k->px = widest_tile(t, k->nb);
  k->icb = choose_icb(s, k->nb, t->lanes, li);
  int64_t groups = s->groups * ceil_div(blocks, k->nb);
  int64_t rows = conv_rows(t, &loops, k);
  k->rows = (int)conv_chunk_rows(c, t, &loops, k, min64(s->c, (int64_t)k->icb * li), groups);
  k->units = loops.n * ceil_div(rows, k->rows) * groups;
  k->pack[v->in[1]] = conv_weights(t, s, k, li);
  conv_operands(v, (int64_t)k->nb * t->lanes, t->lanes, k);
  k->out = FMT_BLOCKED;
  double passes = (double)ceil_div(ceil_div(s->c, li), k->icb);
  k->seconds = conv_seconds(t, s, k, cycles * (double)s->groups, passes);
  if (!k->across) k->seconds += reading_again(t, s);
}

bool choose_conv_direct(Ctx *c, const Target *t, const GroupView *v, Choice *k,
                        const char **why) {
  ConvShape s;
  if (!vector_conv(t, v, &s, why)) return false;
  if (s.groups > 1 && (s.c % t->lanes || s.o / s.groups % t->lanes))
    return refuse(why, "channels of a group are no multiple of the vector");
  k->in[v->in[0]] = FMT_BLOCKED;
  choose_tiles(c, t, v, &s, t->lanes, k);
  return true;
}

bool choose_conv_first(Ctx *c, const Target *t, const GroupView *v, Choice *k, const char **why) {
  ConvShape s;
  if (!vector_conv(t, v, &s, why)) return false;
  if (s.groups > 1) return refuse(why, "grouped");
  k->in[v->in[0]] = FMT_PLAIN;
  choose_tiles(c, t, v, &s, 1, k);
  k->in[v->in[0]] = FMT_PLAIN; /* a residual that is the input itself is read blocked, though */
  for (int i = 0; i < v->nepilogue; i++)
    for (int j = 0; j < 2; j++)
      if (v->epilogue[i].operand[j] == v->in[0]) return refuse(why, "input is also the residual");
  k->seconds *= s.c <= 4 ? 1.0 : 1.1; /* a cache line a channel instead of one a block */
  return true;
}

/* ---- depthwise ---------------------------------------------------------------------------- */

bool choose_conv_depthwise(Ctx *c, const Target *t, const GroupView *v, Choice *k,
                           const char **why) {
  ConvShape s;
  if (!vector_conv(t, v, &s, why)) return false;
  if (s.groups < 2 || s.c != 1 || s.o != s.groups)
    return refuse(why, "not one filter per channel");
  int64_t blocks = blocks_of(s.o, t->lanes);
  LayoutAxis axes[] = {
      {0, t->lanes, blocks, 0}, {2, 1, s.kh, 0}, {3, 1, s.kw, 0}, {0, 1, t->lanes, 0}};
  k->nb = 1;
  k->px = (int)min64(8, s.ow);
  k->in[v->in[0]] = k->out = FMT_BLOCKED;
  k->pack[v->in[1]] = layout_axes(axes, COUNT_OF(axes));
  conv_operands(v, t->lanes, t->lanes, k);
  k->rows = (int)ceil_div(s.oh, min64(s.oh, ceil_div(4 * MIN_UNITS, blocks * s.n)));
  k->units = s.n * blocks * ceil_div(s.oh, k->rows);
  double pixels = (double)(s.n * blocks * s.oh * s.ow);
  double bytes = 4.0 * t->lanes * (pixels + (double)(s.n * blocks * s.h * s.w));
  double cycles = pixels * (0.7 * (double)(s.kh * s.kw) + 2); /* one load an FMA, partly shared */
  k->seconds = cycles * 4 * t->lanes / t->peak + bytes / t->l2_bandwidth;
  return true;
}
