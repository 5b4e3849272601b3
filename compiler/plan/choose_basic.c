/* choose_basic.c: applicability and cost of the kernels that move more than they compute.
 * They work in plain and in channel-blocked layout alike (a plain tensor is one with a single
 * lane), follow the format of their input, and are bound by bytes or by scalar operations.
 */
#include "plan.h"

bool refuse(const char **why, const char *text) {
  *why = text;
  return false;
}

bool is_blocked(const Value *v) { return layout_channel_block(&v->layout, &v->shape) > 1; }

double cache_bandwidth(const Target *t, double bytes) {
  if (bytes <= (double)t->l2) return t->l2_bandwidth;
  return bytes <= (double)t->l3 ? t->l3_bandwidth : t->memory_bandwidth;
}

double basic_seconds(const Target *t, double bytes, double ops, int lanes) {
  double move = bytes / cache_bandwidth(t, bytes),
         compute = ops * 2 * t->lanes / (t->peak * lanes);
  return move > compute ? move : compute;
}

double stream_seconds(const Target *t, const GroupView *v) {
  double written = 4.0 * (double)shape_count(&view_out(v)->shape), bytes = group_bytes(v);
  if (v->anchor->op == OP_SLICE) bytes = 2 * written;
  if (bytes > (double)t->l2) bytes += written; /* fetched before it is written */
  return bytes / cache_bandwidth(t, bytes);
}

/* Half cycles that an element-wise operator takes for a vector, measured. */
static double unary_cost(const Node *n) {
  static const struct {
    OpKind op;
    int cost;
  } table[] = {{OP_EXP, 26},  {OP_SIGMOID, 34},   {OP_TANH, 40}, {OP_LOG, 45},   {OP_ELU, 35},
               {OP_SELU, 35}, {OP_SOFTPLUS, 130}, {OP_MISH, 90}, {OP_SWISH, 60}, {OP_GELU, 109},
               {OP_POW, 600}, {OP_DIV, 10},       {OP_SQRT, 12}};
  for (int i = 0; i < COUNT_OF(table); i++)
    if (table[i].op == n->op) return table[i].cost;
  return 2;
}

double operator_costs(const GroupView *v) {
  double cost = unary_cost(v->anchor) * (v->nin > 1 ? v->nin - 1 : 1);
  for (int i = 0; i < v->nepilogue; i++) cost += unary_cost(v->epilogue[i].node);
  return cost;
}

/* Elements through the group's operators, every byte through the cache. */
static double elements_seconds(const Target *t, const GroupView *v) {
  double stream = stream_seconds(t, v);
  double compute = operator_costs(v) * (double)shape_count(&view_out(v)->shape) * 2 / t->peak;
  return stream > compute ? stream : compute;
}

double group_bytes(const GroupView *v) {
  double bytes = 4.0 * (double)shape_count(&view_out(v)->shape);
  for (int i = 0; i < v->group->nin; i++)
    bytes += 4.0 * (double)shape_count(&graph_value(v->g, v->group->in[i])->shape);
  return bytes;
}

/* All inputs and the output in one format: the first input's, or that of any blocked one. */
static Format follow(const GroupView *v, Choice *k) {
  Format f = FMT_PLAIN;
  for (int i = 0; i < v->group->nin; i++) {
    const Value *x = graph_value(v->g, v->group->in[i]);
    if (x->shape.rank == 4 && is_blocked(x)) f = FMT_BLOCKED;
  }
  for (int i = 0; i < v->group->nin; i++) k->in[i] = f;
  k->out = f;
  return f;
}

int64_t row_units(const Target *t, const Shape *s, Format f) {
  if (s->rank != 4) return s->dim[0];
  int64_t blocks = f == FMT_BLOCKED ? blocks_of(s->dim[1], t->lanes) : s->dim[1];
  return s->dim[0] * blocks * s->dim[2];
}

/* Rows of a unit: enough units to share, few enough that setting out does not cost. */
static int unit_rows(const Target *t, const Shape *y, Format f) {
  enum { UNITS = 64 };
  int64_t maps = row_units(t, y, f) / y->dim[2], chunks = (UNITS + maps - 1) / maps;
  return (int)((y->dim[2] + chunks - 1) / chunks);
}

/* Columns of a window are shared by neighbours, in pairs of rows also the rows. Measured: cycles of
 * a step, and that moving the bytes hides half of the work or the other way round. */
static double pool_seconds(const Target *t, const GroupView *v, bool extreme, bool vectors) {
  const PoolAttr *a = ATTR(v->anchor, PoolAttr);
  int64_t outputs = shape_count(&view_out(v)->shape);
  double columns = (double)min64(a->kernel.v[1], a->stride.v[1]);
  double steps = columns * (double)(a->kernel.v[0] - 1) + (double)(a->kernel.v[1] - 1);
  double step = a->stride.v[0] == 1 && a->kernel.v[0] > 1 ? 0.5 : extreme ? 0.8 : 0.6;
  double cycles = (step * steps + 1) * (double)outputs / (vectors ? t->lanes : 1);
  double compute = cycles * 4 * t->lanes / t->peak;
  double move = group_bytes(v) / cache_bandwidth(t, group_bytes(v));
  return 0.2e-6 + (move > compute ? move + compute / 2 : compute + move / 2);
}

bool choose_pool(Ctx *c, const Target *t, const GroupView *v, Choice *k, const char **why) {
  PoolKind kind;
  if (pool_form(v->anchor->op, &kind) != POOL_WINDOWS)
    return refuse(why, "not pooling over windows");
  if (view_in(v, 0)->shape.rank != 4) return refuse(why, "not two-dimensional");
  Format f = follow(v, k);
  const PoolAttr *a = ATTR(v->anchor, PoolAttr);
  const Shape *y = &view_out(v)->shape;
  k->rows = unit_rows(t, y, f);
  if (a->stride.v[0] == 1 && a->kernel.v[0] > 1) k->rows += k->rows % 2; /* rows go in pairs */
  k->units = row_units(t, y, f) / y->dim[2] * ceil_div(y->dim[2], k->rows);
  k->seconds = pool_seconds(t, v, kind == POOL_MAX || kind == POOL_MIN, f == FMT_BLOCKED);
  return true;
}

bool choose_adaptive(Ctx *c, const Target *t, const GroupView *v, Choice *k, const char **why) {
  if (pool_form(v->anchor->op, NULL) != POOL_ADAPTIVE) return refuse(why, "not adaptive pooling");
  if (view_in(v, 0)->shape.rank != 4) return refuse(why, "not two-dimensional");
  Format f = follow(v, k);
  k->units = row_units(t, &view_out(v)->shape, f);
  double ops = 2.0 * (double)shape_count(&view_in(v, 0)->shape);
  k->seconds = basic_seconds(t, group_bytes(v), ops, f == FMT_BLOCKED ? t->lanes : 1);
  return true;
}

bool choose_eltwise(Ctx *c, const Target *t, const GroupView *v, Choice *k, const char **why) {
  int flags = op_table[v->anchor->op].flags;
  if (!(flags & (OPF_UNARY | OPF_BINARY))) return refuse(why, "not element-wise");
  if (flags & OPF_VIEW) return refuse(why, "computes nothing");
  const Shape *y = &view_out(v)->shape;
  for (int i = 0; i < v->nin; i++)
    if (!shape_eq(&view_in(v, i)->shape, y)) return refuse(why, "the operands' shapes differ");
  Format f = follow(v, k);
  if (f == FMT_BLOCKED) /* operands that are constants */
    for (int i = 0; i < v->nin; i++) k->pack[v->in[i]] = layout_blocked(y, 1, t->lanes);
  k->units = row_units(t, &view_out(v)->shape, f);
  k->seconds = elements_seconds(t, v);
  return true;
}

bool choose_affine(Ctx *c, const Target *t, const GroupView *v, Choice *k, const char **why) {
  if (v->anchor->op != OP_AFFINE) return refuse(why, "not a scale and shift");
  const Shape *y = &view_out(v)->shape;
  if (y->rank != 4 && y->rank != 2) return refuse(why, "neither [N, C] nor [N, C, H, W]");
  Format f = follow(v, k);
  for (int i = 1; i < v->nin; i++) {
    const Shape *s = &view_in(v, i)->shape;
    k->in[v->in[i]] = FMT_ANY;
    if (f == FMT_BLOCKED && s->rank == 1) k->pack[v->in[i]] = layout_blocked(s, 0, t->lanes);
  }
  k->units = row_units(t, y, f);
  k->seconds = elements_seconds(t, v);
  return true;
}

bool choose_softmax(Ctx *c, const Target *t, const GroupView *v, Choice *k, const char **why) {
  if (v->anchor->op != OP_SOFTMAX && v->anchor->op != OP_LOG_SOFTMAX)
    return refuse(why, "not softmax");
  if (v->nepilogue) return refuse(why, "softmax takes no epilogue");
  const Shape *y = &view_out(v)->shape;
  int axis = (int)ATTR(v->anchor, AxisAttr)->axis;
  /* the caller reads plain layout, where vectors of pixels need no exchange between lanes */
  bool caller = graph_is_output(v->g, v->group->out[0]);
  Format f = caller ? FMT_PLAIN : follow(v, k);
  k->in[v->in[0]] = k->out = f;
  k->units = f == FMT_PLAIN ? shape_count(y) / y->dim[axis] : row_units(t, y, f);
  /* measured, in half cycles: 45 for a vector, or for one of the elements behind the last whole
   * one; 150 more to exchange the lanes of a pixel */
  int64_t len = y->dim[axis], inner = 1, lanes = t->lanes;
  for (int d = axis + 1; d < y->rank; d++) inner *= y->dim[d];
  int64_t side = inner > 1 ? inner : len; /* what vectors run along */
  double vectors = (double)(shape_count(y) / side * (side / lanes + side % lanes)), pixels = 0;
  if (f == FMT_BLOCKED && axis == 1) {
    pixels = (double)(shape_count(y) / len);
    vectors = pixels * (double)blocks_of(len, t->lanes);
  }
  k->seconds =
      basic_seconds(t, group_bytes(v), (45 * vectors + 150 * pixels) * (double)lanes, t->lanes);
  return true;
}

/* Only the caller's buffers have another type or order than the kernels know. */
bool choose_cast(Ctx *c, const Target *t, const GroupView *v, Choice *k, const char **why) {
  if (v->anchor->op != OP_CAST) return refuse(why, "not a cast");
  for (int i = 0; i < v->group->nin; i++) k->in[i] = FMT_ANY;
  k->in[v->in[0]] = k->out = FMT_PLAIN;
  const Shape *y = &view_out(v)->shape;
  k->units = shape_count(y) / y->dim[y->rank - 1];
  k->seconds = basic_seconds(t, group_bytes(v), (double)shape_count(y) * (1 + v->nepilogue), 1);
  return true;
}

bool choose_copy(Ctx *c, const Target *t, const GroupView *v, Choice *k, const char **why) {
  OpKind op = v->anchor->op;
  bool view = op == OP_FLATTEN || op == OP_RESHAPE, output = op == OP_REORDER;
  if (!view && !output && op != OP_CONCAT && op != OP_SLICE && op != OP_DROPOUT)
    return refuse(why, "does not merely move elements");
  if (v->nepilogue) return refuse(why, "a copy takes no epilogue");
  if (op == OP_PAD && view_out(v)->shape.rank > 4) return refuse(why, "pads five dimensions");
  Format f = follow(v, k);
  for (int i = 0; i < v->group->nin; i++) k->in[i] = FMT_ANY;
  if (v->prefer != FMT_ANY && view_out(v)->shape.rank == 4) k->out = f = v->prefer;
  if (view || output) k->out = f = FMT_PLAIN;
  k->units = row_units(t, &view_out(v)->shape, f);
  k->seconds = stream_seconds(t, v);
  return true;
}

bool choose_conv_plain(Ctx *c, const Target *t, const GroupView *v, Choice *k, const char **why) {
  if (v->anchor->op != OP_CONV) return refuse(why, "not a convolution");
  if (view_in(v, 0)->shape.rank != 4) return refuse(why, "not two-dimensional");
  for (int i = 0; i < v->group->nin; i++) k->in[i] = FMT_PLAIN;
  k->out = FMT_PLAIN;
  const Shape *x = &view_in(v, 0)->shape, *y = &view_out(v)->shape;
  const ConvAttr *a = ATTR(v->anchor, ConvAttr);
  double macs =
      (double)(shape_count(y) * (x->dim[1] / a->groups) * a->kernel.v[0] * a->kernel.v[1]);
  k->units = row_units(t, y, FMT_PLAIN);
  /* a multiply-add in about two cycles (the peak is two vectors of them a cycle), and the
   * weights from memory */
  k->seconds = macs * 2 * 4 * t->lanes / t->peak +
               4.0 * (double)shape_count(&view_in(v, 1)->shape) / t->weight_bandwidth;
  return true;
}
