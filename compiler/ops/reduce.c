/* reduce.c: reductions over any axes: mean, sum, maximum, minimum, Euclidean norm, and argmax.
 *
 * Without keepdims the reduced dimensions vanish; where none is left the result has the shape
 * [1]. argmax gives indices as numbers of the tensor's type, f32: exact up to 2^24.
 */
#include <math.h>

#include "ops.h"

#define KEEPDIMS(T)                                                                              \
  { "keepdims", AT_BOOL, offsetof(T, keepdims), "false", NULL, "reduced dimensions stay as 1" }

const AttrField reduce_attrs[] = {
    {"axes", AT_DIMS, offsetof(ReduceAttr, axes), "[]", NULL,
     "one dimension or several, negative from the end; all when not given"},
    KEEPDIMS(ReduceAttr),
    {0},
};
const AttrField argmax_attrs[] = {
    {"axis", AT_INT, offsetof(ArgAttr, axis), "1", NULL, "the dimension searched"},
    KEEPDIMS(ArgAttr),
    {0},
};

/* ---- shapes -------------------------------------------------------------------------------- */

static Shape reduced_shape(const Shape *x, const bool *reduced, bool keepdims) {
  Shape y = {0};
  for (int d = 0; d < x->rank; d++)
    if (!reduced[d] || keepdims) y.dim[y.rank++] = reduced[d] ? 1 : x->dim[d];
  return y.rank ? y : SHAPE(1);
}

bool reduce_axes(const Node *n, int rank, bool reduced[MAX_RANK]) {
  for (int d = 0; d < MAX_RANK; d++) reduced[d] = false;
  if (n->op == OP_ARGMAX) {
    reduced[ATTR(n, ArgAttr)->axis] = true;
    return ATTR(n, ArgAttr)->keepdims;
  }
  const ReduceAttr *a = ATTR(n, ReduceAttr);
  for (int i = 0; i < a->axes.n; i++) reduced[a->axes.v[i]] = true;
  for (int d = 0; d < rank && !a->axes.n; d++) reduced[d] = true;
  return a->keepdims;
}

static bool finish_shape(Ctx *c, Graph *g, Node *n) {
  bool reduced[MAX_RANK];
  const Shape *x = op_in(g, n, 0);
  bool keepdims = reduce_axes(n, x->rank, reduced);
  return set_output(c, g, n, 0, DT_F32, reduced_shape(x, reduced, keepdims));
}

bool shape_reduce(Ctx *c, Graph *g, Node *n) {
  if (!check_inputs(c, g, n)) return false;
  Dims *axes = &ATTR(n, ReduceAttr)->axes;
  for (int i = 0; i < axes->n; i++) {
    if (!check_axis(c, g, n, &axes->v[i])) return false;
    for (int j = 0; j < i; j++)
      if (axes->v[j] == axes->v[i]) {
        op_error(c, g, n, DIAG_E0408, "axis %lld is given twice", (long long)axes->v[i]);
        return false;
      }
  }
  return finish_shape(c, g, n);
}

bool shape_argmax(Ctx *c, Graph *g, Node *n) {
  if (!check_inputs(c, g, n) || !check_axis(c, g, n, &ATTR(n, ArgAttr)->axis)) return false;
  return finish_shape(c, g, n);
}

/* One addition or comparison for every element. */
void cost_reduce(const Graph *g, const Node *n, Cost *cost) {
  cost->other = shape_count(op_in(g, n, 0));
  cost->bytes = cost_bytes(g, n);
}

/* ---- lowering ------------------------------------------------------------------------------ */

/* Mean and the like over the whole map are global pooling, which works in channel blocks. */
bool lower_reduce(Ctx *c, Graph *g, Node *n, bool *changed) {
  bool reduced[MAX_RANK];
  const Shape *x = op_in(g, n, 0);
  bool keepdims = reduce_axes(n, x->rank, reduced);
  if (x->rank != 4 || reduced[0] || reduced[1] || !reduced[2] || !reduced[3]) return true;
  PoolKind kind = n->op == OP_REDUCE_MAX   ? POOL_MAX
                  : n->op == OP_REDUCE_MIN ? POOL_MIN
                  : n->op == OP_REDUCE_L2  ? POOL_L2
                                           : POOL_MEAN;
  OpKind op = pool_operator(kind, POOL_GLOBAL);
  *changed = true;
  if (keepdims) {
    n->op = op;
    n->attr = attr_defaults(c, op);
    return shape_global_pool(c, g, n);
  }
  const char *name = graph_unique_name(c, g, str_fmt(c->arena, "%s.pool", n->name));
  Node *pool =
      graph_insert_node(c, g, n->id, op, NULL, n->in, 1, ctx_name(c, name), n->scope, n->span);
  if (!pool) return false;
  n->in[0] = pool->out[0];
  n->op = OP_RESHAPE;
  ReshapeAttr *a = n->attr = attr_defaults(c, OP_RESHAPE);
  a->shape = (Dims){.n = 2, .v = {x->dim[0], x->dim[1]}};
  return shape_reshape(c, g, n);
}

/* ---- reference kernels --------------------------------------------------------------------- */

typedef struct Best {
  double value;
  int64_t at;
} Best;

static void take(OpKind op, Best *b, double x, int64_t at) {
  switch (op) {
  case OP_REDUCE_L2: b->value += x * x; break;
  case OP_REDUCE_MIN:
    if (x < b->value || x != x) b->value = x;
    break;
  case OP_REDUCE_MAX:
    if (x > b->value || x != x) b->value = x;
    break;
  case OP_ARGMAX: /* the first of equal ones; NaN counts as largest */
    if (at == 0 || x > b->value || (x != x && b->value == b->value)) *b = (Best){x, at};
    break;
  default: b->value += x; break;
  }
}

bool ref_reduce(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  const Shape *s = &in->shape;
  bool reduced[MAX_RANK];
  reduce_axes(n, s->rank, reduced);
  int64_t count = shape_count(s), results = shape_count(&out->shape);
  double first = n->op == OP_REDUCE_MIN ? INFINITY : n->op == OP_REDUCE_MAX ? -INFINITY : 0;
  Best *best = NEWN(c->arena, Best, results);
  for (int64_t i = 0; i < results; i++) best[i].value = first;
  for (int64_t i = 0; i < count; i++) {
    int64_t to = 0, stride = 1, rest = i, along = 0;
    for (int d = s->rank - 1; d >= 0; d--) {
      int64_t index = rest % s->dim[d];
      rest /= s->dim[d];
      if (reduced[d])
        along = index; /* of argmax, which has one axis */
      else
        to += index * stride, stride *= s->dim[d];
    }
    take(n->op, &best[to], in->data[i], along);
  }
  for (int64_t i = 0; i < results; i++) {
    double v = best[i].value;
    if (n->op == OP_REDUCE_MEAN) v /= (double)(count / results);
    if (n->op == OP_REDUCE_L2) v = sqrt(v);
    out->data[i] = n->op == OP_ARGMAX ? (float)best[i].at : (float)v;
  }
  return true;
}
