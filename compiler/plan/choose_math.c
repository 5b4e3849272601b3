/* choose_math.c: applicability and cost of kernels over strided index spaces: broadcasting.
 * They take plain tensors of any rank; broadcasting also works in channel blocks where each
 * operand has all channels or a single one, as squeeze-and-excitation has.
 */
#include "plan.h"

static bool is_constant(const Value *v) { return v->kind == V_PARAM || v->kind == V_CONST; }

/* Can the operand meet an output of `channels` in channel blocks? Sets its format and packing. */
static bool block_operand(const Target *t, const Value *x, int64_t channels, Format *f,
                          Layout *pack) {
  const Shape *s = &x->shape;
  *f = FMT_PLAIN;
  if (s->rank < 3 || s->dim[s->rank - 3] == 1) return true; /* one element for all lanes */
  if (s->dim[s->rank - 3] != channels || (s->rank == 3 && !is_constant(x))) return false;
  *f = FMT_BLOCKED;
  *pack = layout_blocked(s, s->rank - 3, t->lanes);
  return true;
}

static bool follow_blocks(const Target *t, const GroupView *v, Choice *k) {
  const Shape *y = &view_out(v)->shape;
  bool any = false, prelu = v->anchor->op == OP_PRELU;
  if (t->lanes == 1 || y->rank != 4 || y->dim[1] == 1) return false;
  for (int i = 0; i < v->nin; i++) {
    const Value *x = view_in(v, i);
    int at = v->in[i];
    if (prelu && i == 1) { /* one weight, or one per channel */
      if (x->shape.dim[0] > 1) k->pack[at] = layout_blocked(&x->shape, 0, t->lanes);
      continue;
    }
    if (!block_operand(t, x, y->dim[1], &k->in[at], &k->pack[at])) return false;
    any |= is_blocked(x) && k->in[at] == FMT_BLOCKED;
  }
  return any;
}

/* Residuals have the result's shape, and lie as it does. */
static void set_residuals(const GroupView *v, Format f, Choice *k) {
  for (int i = 0; i < v->nepilogue; i++)
    for (int j = 0; j < 2 && v->epilogue[i].operand[j] >= 0; j++)
      k->in[v->epilogue[i].operand[j]] = f;
}

bool choose_broadcast(Ctx *c, const Target *t, const GroupView *v, Choice *k, const char **why) {
  if (!(op_table[v->anchor->op].flags & OPF_BINARY) && v->anchor->op != OP_PRELU)
    return refuse(why, "no broadcasting operator");
  const Shape *y = &view_out(v)->shape;
  bool equal = v->anchor->op != OP_PRELU;
  for (int i = 0; i < v->nin; i++) equal &= shape_eq(&view_in(v, i)->shape, y);
  if (equal) return refuse(why, "the operands' shapes are equal");
  k->out = FMT_BLOCKED;
  if (!follow_blocks(t, v, k)) {
    k->out = FMT_PLAIN;
    for (int i = 0; i < v->nin; i++) {
      k->in[v->in[i]] = FMT_PLAIN;
      k->pack[v->in[i]] = (Layout){0};
    }
  }
  set_residuals(v, k->out, k);
  k->units = row_units(t, y, k->out);
  double ops = operator_costs(v) * (double)shape_count(y), stream = stream_seconds(t, v);
  k->seconds = basic_seconds(t, 0, ops, t->lanes);
  if (k->seconds < stream) k->seconds = stream;
  return true;
}

/* ---- kernels of plain tensors of any rank ----------------------------------------------------
 */

static void all_plain(const GroupView *v, Choice *k) {
  for (int i = 0; i < v->group->nin; i++) k->in[i] = FMT_PLAIN;
  k->out = FMT_PLAIN;
}

/* Plain in and out, no epilogue, `ops` scalar operations for each element of the input. */
static bool plain_kernel(const Target *t, const GroupView *v, double ops, Choice *k,
                         const char **why) {
  if (v->nepilogue) return refuse(why, "takes no epilogue");
  all_plain(v, k);
  k->seconds =
      basic_seconds(t, group_bytes(v), ops * (double)shape_count(&view_in(v, 0)->shape), 1);
  return true;
}

bool choose_groupnorm(Ctx *c, const Target *t, const GroupView *v, Choice *k, const char **why) {
  OpKind op = v->anchor->op;
  if (op != OP_LAYERNORM && op != OP_GROUPNORM && op != OP_INSTANCENORM)
    return refuse(why, "no normalisation of segments");
  if (v->nepilogue) return refuse(why, "takes no epilogue");
  const Value *x = view_in(v, 0);
  bool maps = op != OP_LAYERNORM || ATTR(v->anchor, LayerNormAttr)->dims == 3;
  all_plain(v, k);
  k->units = x->shape.dim[0];
  if (t->lanes > 1 && is_blocked(x) && maps) {
    k->in[v->in[0]] = k->out = FMT_BLOCKED;
    for (int i = 1; i < v->nin; i++)
      k->pack[v->in[i]] = layout_blocked(&view_in(v, i)->shape, 0, t->lanes);
  }
  /* three times read, once written */
  k->seconds = basic_seconds(t, 2 * group_bytes(v), 8 * (double)shape_count(&x->shape), t->lanes);
  return true;
}

bool choose_lrn(Ctx *c, const Target *t, const GroupView *v, Choice *k, const char **why) {
  if (v->anchor->op != OP_LRN) return refuse(why, "not local response normalisation");
  int64_t size = ATTR(v->anchor, LrnAttr)->size;
  const Value *x = view_in(v, 0);
  if (t->lanes == 1 || !is_blocked(x) || size / 2 > t->lanes)
    return plain_kernel(t, v, 8 + (double)size, k, why);
  if (v->nepilogue) return refuse(why, "takes no epilogue");
  k->in[v->in[0]] = k->out = FMT_BLOCKED;
  k->units = row_units(t, &x->shape, FMT_BLOCKED);
  double ops = (60 + (double)size) * (double)shape_count(&x->shape);
  k->seconds = basic_seconds(t, group_bytes(v), ops, t->lanes);
  return true;
}

/* Does it reduce the channels of a map, and nothing else? */
static bool over_channels(const Node *n) {
  const ReduceAttr *a = ATTR(n, ReduceAttr);
  return a->axes.n == 1 && a->axes.v[0] == 1;
}

bool choose_reduce(Ctx *c, const Target *t, const GroupView *v, Choice *k, const char **why) {
  OpKind op = v->anchor->op;
  if (op != OP_REDUCE_MEAN && op != OP_REDUCE_SUM && op != OP_REDUCE_MAX && op != OP_REDUCE_MIN &&
      op != OP_REDUCE_L2 && op != OP_ARGMAX)
    return refuse(why, "not a reduction");
  if (v->nepilogue) return refuse(why, "takes no epilogue");
  const Value *x = view_in(v, 0);
  double elements = (double)shape_count(&x->shape);
  bool lanes = op != OP_ARGMAX && t->lanes > 1 && is_blocked(x) && over_channels(v->anchor);
  all_plain(v, k);
  if (lanes) k->in[v->in[0]] = FMT_BLOCKED;
  k->units = shape_count(&view_out(v)->shape);
  /* half cycles: of a vector, and to exchange the lanes of a result */
  double ops =
      (op == OP_ARGMAX ? 13 : 4) * elements + (lanes ? 24.0 * t->lanes * (double)k->units : 0);
  k->seconds = basic_seconds(t, group_bytes(v), ops, t->lanes);
  return true;
}

/* Rows x vectors of a tile in three quarters of the registers; results narrower than a vector are
 * scalars. Of the choice, nb and px are the tile's rows and vectors, rows those of a unit, icb the
 * depth of a pass, whose rows of a tile's columns stay in the first cache. */
bool choose_matmul(Ctx *c, const Target *t, const GroupView *v, Choice *k, const char **why) {
  enum { UNITS = 8, DEPTH = 256 };
  if (v->anchor->op != OP_MATMUL) return refuse(why, "not a product of matrices");
  if (v->nepilogue) return refuse(why, "takes no epilogue");
  all_plain(v, k);
  const Shape *y = &view_out(v)->shape, *a = &view_in(v, 0)->shape;
  int64_t rows = y->dim[y->rank - 2], cols = y->dim[y->rank - 1], depth = a->dim[a->rank - 1];
  int64_t lanes = cols < t->lanes ? 1 : t->lanes, products = shape_count(y) / (rows * cols);
  k->px = lanes == 1 ? 2 : t->registers < 32 ? 2 : 3;
  k->nb = lanes == 1 ? 4 : t->registers * 3 / 4 / k->px;
  int64_t chunk = ceil_div(rows, ceil_div(UNITS, products));
  k->rows = (int)min64(rows, ceil_div(chunk, k->nb) * k->nb);
  k->icb = (int)ceil_div(depth, ceil_div(depth, DEPTH));
  k->units = products * ceil_div(rows, k->rows);
  double vectors = (double)(products * rows * ceil_div(cols, lanes)) * (double)depth;
  k->seconds = 0.62 * vectors * 4 * t->lanes / t->peak +
               group_bytes(v) / cache_bandwidth(t, group_bytes(v));
  return true;
}

bool choose_transpose(Ctx *c, const Target *t, const GroupView *v, Choice *k, const char **why) {
  if (v->anchor->op != OP_TRANSPOSE) return refuse(why, "not a transposition");
  return plain_kernel(t, v, 2, k, why);
}
