/* choose_wide.c: applicability and cost of convolution with vectors along the row. */
#include "plan.h"

void conv_inner_columns(const ConvShape *s, int64_t *lo, int64_t *hi) {
  int64_t last = s->w - 1 + s->left - (s->kw - 1) * s->dx; /* of the last tap inside */
  *lo = s->left < s->ow ? s->left : s->ow;
  *hi = last + 1 < s->ow ? last + 1 : s->ow;
  if (*hi < *lo) *hi = *lo;
}

bool choose_conv_wide(Ctx *c, const Target *t, const GroupView *v, Choice *k, const char **why) {
  ConvShape s;
  if (v->anchor->op != OP_CONV) return refuse(why, "not a convolution");
  if (t->lanes == 1) return refuse(why, "needs vectors");
  if (!conv_shape(v, &s)) return refuse(why, "not two-dimensional");
  if (ATTR(v->anchor, ConvAttr)->flip) return refuse(why, "flipped kernel not folded");
  if (s.sx != 1) return refuse(why, "columns with a stride");
  if (s.kw > 16) return refuse(why, "kernel too wide to write out its taps");
  for (int i = 0; i < v->nepilogue; i++)
    if (!(op_table[v->epilogue[i].node->op].flags & OPF_UNARY) || v->epilogue[i].operand[0] >= 0)
      return refuse(why, "an epilogue with operands of its own");
  for (int i = 0; i < v->group->nin; i++) k->in[i] = FMT_PLAIN;
  k->out = FMT_PLAIN;
  k->units = s.n * s.o * s.oh;
  int64_t lo, hi;
  conv_inner_columns(&s, &lo, &hi);
  double vectors = hi - lo >= t->lanes ? (double)((hi - lo + t->lanes - 1) / t->lanes) : 0;
  double scalars = (double)(vectors > 0 ? s.ow - (hi - lo) : s.ow);
  /* a vector tap waits for its unaligned load, about one a cycle; a scalar one likewise */
  double taps = (double)(s.n * s.o * s.oh * s.c * s.kh * s.kw);
  double bytes = 4.0 * (double)(s.n * (s.c * s.groups * s.h * s.w * s.o + s.o * s.oh * s.ow));
  k->seconds = taps * (vectors + scalars) * 4 * t->lanes / t->peak + bytes / t->l2_bandwidth +
               4.0 * (double)(s.o * s.c * s.kh * s.kw) / t->weight_bandwidth;
  return true;
}
