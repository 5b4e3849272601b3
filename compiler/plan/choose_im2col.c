/* choose_im2col.c: applicability, blocking and cost of convolution as a matrix product: windows
 * become the columns of a matrix in the thread's workspace, weights are its other factor. The
 * direct kernels do without the copy and usually win; asked for by @kernel(conv_im2col). Of the
 * choice, nb and px are the tile's channels and pixels, icb the depth of a pass, rows the pixels
 * of a chunk. */
#include "plan.h"

enum {
  DEPTH = 256,     /* of the matrices at a time: a tile's weights stay in the first cache */
  MIN_PIXELS = 48, /* of a chunk worth packing */
  MIN_UNITS = 8,   /* parts of the parallel split worth having */
};

/* Output channels x vectors of pixels: accumulators take three quarters of the registers. */
static void choose_tile(const Target *t, Choice *k) {
  int vectors = t->lanes == 1 ? 8 : t->registers < 32 ? 2 : 3;
  k->nb = t->lanes == 1 ? 4 : t->registers * 3 / 4 / vectors;
  k->px = vectors * t->lanes;
}

bool choose_conv_im2col(Ctx *c, const Target *t, const GroupView *v, Choice *k,
                        const char **why) {
  ConvShape s;
  if (v->anchor->op != OP_CONV) return refuse(why, "not a convolution");
  if (!conv_shape(v, &s)) return refuse(why, "not two-dimensional");
  if (ATTR(v->anchor, ConvAttr)->flip) return refuse(why, "flipped kernel not folded");
  if (view_in(v, 0)->type != DT_F32) return refuse(why, "input is not f32");
  if (s.groups > 1) return refuse(why, "grouped");
  choose_tile(t, k);
  int64_t depth = s.c * s.kh * s.kw, pixels = s.oh * s.ow;
  k->icb = (int)ceil_div(depth, ceil_div(depth, DEPTH));
  int64_t fit = max64(1, t->l2 / 2 / (4 * k->icb) / k->px) * k->px;
  int64_t parts =
      max64(ceil_div(pixels, fit), min64(ceil_div(pixels, MIN_PIXELS), ceil_div(MIN_UNITS, s.n)));
  k->rows = (int)(ceil_div(ceil_div(pixels, parts), k->px) * k->px);
  parts = s.n * ceil_div(pixels, k->rows);
  k->units = parts * min64(ceil_div(s.o, k->nb), ceil_div(MIN_UNITS, parts));
  k->workspace = 4 * ((int64_t)k->icb * k->rows + k->nb * k->px);
  for (int i = 0; i < v->group->nin; i++) k->in[i] = FMT_PLAIN;
  k->out = FMT_PLAIN;
  LayoutAxis axes[] = {{0, k->nb, ceil_div(s.o, k->nb), 0},
                       {1, 1, s.c, 0},
                       {2, 1, s.kh, 0},
                       {3, 1, s.kw, 0},
                       {0, 1, k->nb, 0}};
  k->pack[v->in[1]] = layout_axes(axes, COUNT_OF(axes));
  if (v->nin > 2) k->pack[v->in[2]] = layout_blocked(&view_in(v, 2)->shape, 0, k->nb);
  /* whole tiles at four fifths of the peak and a call each; a column's element in about a cycle,
   * once for each part of the channels; the output once more for every pass over the depth */
  double passes = (double)ceil_div(depth, k->icb);
  double tiles = (double)(s.n * ceil_div(s.o, k->nb) * ceil_div(pixels, k->px));
  double copies = (double)(k->units / parts * s.n * pixels * depth);
  double cycles =
      tiles * (0.62 * k->nb * k->px / t->lanes * (double)depth + 40 * passes) + copies;
  double outputs = 4.0 * (double)(s.n * s.o * pixels) * (1 + 2 * passes);
  k->seconds = cycles * 4 * t->lanes / t->peak + outputs / t->l2_bandwidth +
               4.0 * (double)(s.o * depth) / t->weight_bandwidth;
  return true;
}
