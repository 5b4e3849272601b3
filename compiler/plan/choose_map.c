/* choose_map.c: applicability and cost of the kernels that rearrange or resample maps: remap,
 * bilinear resizing, unpooling, col2im. They follow the format of their input where they can, and
 * are bound by bytes.
 */
#include "plan.h"

/* Every byte through the cache, and `cycles` for each element (or vector) of what is largest. */
static double move_seconds(const Target *t, const GroupView *v, double cycles, bool vectors) {
  double elements = (double)shape_count(&view_out(v)->shape);
  double move = stream_seconds(t, v), step = cycles * elements * 4 * t->lanes / t->peak;
  if (vectors) step /= t->lanes;
  return move > step ? move : step;
}

static bool bilinear(const Node *n) {
  return (n->op == OP_UPSAMPLE || n->op == OP_RESIZE) &&
         str_eq(ATTR(n, ResizeAttr)->mode, "bilinear");
}

/* The depth of a convolution in three dimensions ends up in channels, which the convolution
 * wants blocked. */
bool choose_remap(Ctx *c, const Target *t, const GroupView *v, Choice *k, const char **why) {
  const Node *n = v->anchor;
  if (!(op_table[n->op].flags & OPF_REMAP) || bilinear(n))
    return refuse(why, "no mere rearrangement");
  const Shape *y = &view_out(v)->shape;
  bool whole = is_blocked(view_in(v, 0)), blocked = whole || n->op == OP_DEPTH_COLUMNS;
  if (v->prefer != FMT_ANY) blocked = v->prefer == FMT_BLOCKED;
  k->in[v->in[0]] = FMT_ANY;
  k->out = y->rank == 4 && blocked ? FMT_BLOCKED : FMT_PLAIN;
  k->units = shape_count(y) / y->dim[y->rank - 1];
  bool vectors =
      whole && k->out == FMT_BLOCKED &&
      (n->op == OP_PAD || n->op == OP_UPSAMPLE || n->op == OP_RESIZE || n->op == OP_INTERLEAVE);
  bool lanes = whole && k->out == FMT_BLOCKED &&
               (n->op == OP_CHANNEL_SHUFFLE || n->op == OP_PIXEL_UNSHUFFLE);
  k->seconds = move_seconds(t, v, lanes ? 5 : 1, vectors || lanes);
  if (k->out == FMT_BLOCKED) /* lines of the cache are touched whole */
    k->seconds *= (double)(blocks_of(y->dim[1], t->lanes) * t->lanes) / (double)y->dim[1];
  return true;
}

bool choose_resize(Ctx *c, const Target *t, const GroupView *v, Choice *k, const char **why) {
  if (!bilinear(v->anchor)) return refuse(why, "no bilinear resizing");
  if (view_in(v, 0)->shape.rank != 4) return refuse(why, "not two-dimensional");
  bool blocked = is_blocked(view_in(v, 0));
  k->in[v->in[0]] = k->out = blocked ? FMT_BLOCKED : FMT_PLAIN;
  k->units = view_out(v)->shape.dim[0] * view_out(v)->shape.dim[1] * view_out(v)->shape.dim[2];
  if (blocked) k->units /= t->lanes;
  k->seconds = 4 * move_seconds(t, v, 1, blocked);
  return true;
}

bool choose_unpool(Ctx *c, const Target *t, const GroupView *v, Choice *k, const char **why) {
  if (v->anchor->op != OP_MAX_UNPOOL) return refuse(why, "no unpooling");
  bool blocked = is_blocked(view_in(v, 0)) || is_blocked(view_in(v, 1));
  for (int i = 0; i < v->nin; i++) k->in[v->in[i]] = blocked ? FMT_BLOCKED : FMT_PLAIN;
  k->out = k->in[v->in[0]];
  k->units = shape_count(&view_in(v, 0)->shape) / view_in(v, 0)->shape.dim[3];
  k->seconds = 2 * move_seconds(t, v, 1, false);
  return true;
}

bool choose_col2im(Ctx *c, const Target *t, const GroupView *v, Choice *k, const char **why) {
  if (v->anchor->op != OP_COL2IM) return refuse(why, "no columns");
  k->in[v->in[0]] = k->out = FMT_PLAIN;
  k->units = shape_count(&view_out(v)->shape) / view_out(v)->shape.dim[3];
  k->seconds = move_seconds(t, v, 1, false);
  return true;
}
