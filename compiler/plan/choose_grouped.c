/* choose_grouped.c: applicability and cost of convolutions in groups of channels that are no
 * whole vectors (ResNeXt, ShuffleNet): lanes of one output block belong to several groups, or
 * groups begin in the middle of a block. Groups of whole blocks are conv_direct's. */
#include "plan.h"

bool conv_groups_shuffle(const ConvShape *s, int lanes) {
  return s->c == s->o / s->groups && s->c < lanes && lanes % s->c == 0;
}

int64_t conv_block_groups(const ConvShape *s, int lanes, int64_t block) {
  int64_t per = s->o / s->groups, first = block * lanes, last = min64(s->o, first + lanes) - 1;
  return last / per - first / per + 1;
}

/* Cycles of one pixel and kernel column of all output blocks, per input channel of a group. */
static double column_cycles(const Target *t, const ConvShape *s) {
  double blocks = (double)blocks_of(s->o, t->lanes), cycles = 0;
  if (conv_groups_shuffle(s, t->lanes)) return blocks * (0.55 + 0.4 / (double)s->kw);
  for (int64_t b = 0; b < blocks; b++) {
    int64_t parts = conv_block_groups(s, t->lanes, b);
    cycles += parts == 1 ? 0.57 : 0.3 + 0.5 * (double)parts;
  }
  return cycles;
}

bool choose_conv_grouped(Ctx *c, const Target *t, const GroupView *v, Choice *k,
                         const char **why) {
  ConvShape s;
  if (!vector_conv(t, v, &s, why)) return false;
  if (s.groups < 2) return refuse(why, "one group");
  if (s.c == 1 && s.o == s.groups) return refuse(why, "one filter per channel");
  if (s.c % t->lanes == 0 && s.o / s.groups % t->lanes == 0)
    return refuse(why, "groups of whole blocks");
  int64_t blocks = blocks_of(s.o, t->lanes), block = t->lanes;
  LayoutAxis axes[] = {
      {0, block, blocks, 0}, {2, 1, s.kh, 0}, {1, 1, s.c, 0}, {3, 1, s.kw, 0}, {0, 1, block, 0}};
  int64_t width = conv_is_flat(&s) ? s.oh * s.ow : s.ow;
  k->nb = 1;
  k->px = (int)min64(t->registers * 5 / 8, width); /* the rest: weights, inputs, masks */
  k->in[v->in[0]] = k->out = FMT_BLOCKED;
  k->pack[v->in[1]] = layout_axes(axes, COUNT_OF(axes));
  conv_operands(v, t->lanes, t->lanes, k);
  int64_t rows = conv_rows(t, &s, k);
  k->rows = (int)conv_chunk_rows(c, t, &s, k, t->lanes, blocks);
  k->units = s.n * blocks * ((rows + k->rows - 1) / k->rows);
  double pixels = (double)(s.n * s.oh * s.ow), taps = (double)(s.c * s.kh * s.kw);
  double cycles = pixels * (column_cycles(t, &s) * taps + (double)blocks * 3);
  double bytes = 4.0 * (pixels * (double)s.o + (double)(s.n * s.c * s.groups * s.h * s.w));
  k->seconds = cycles * 4 * t->lanes / t->peak + bytes / t->l2_bandwidth +
               4.0 * (double)max64(s.o, block) * taps / t->weight_bandwidth;
  return true;
}
