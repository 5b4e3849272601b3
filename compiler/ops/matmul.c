/* matmul.c: products of matrices, and operators on the order and number of dimensions: transpose,
 * squeeze, unsqueeze, identity. The last three are reshapes and become such.
 */
#include "ops.h"

const AttrField transpose_attrs[] = {
    {"axes", AT_DIMS, offsetof(AxesAttr, axes), "[]", NULL,
     "the input's dimension at each place; reversed when not given"},
    {0},
};
const AttrField squeeze_attrs[] = {
    {"axes", AT_DIMS, offsetof(AxesAttr, axes), "[]", NULL,
     "dimensions of 1 to drop; every one but the batch when not given"},
    {0},
};
const AttrField unsqueeze_attrs[] = {
    {"axes", AT_DIMS, offsetof(AxesAttr, axes), NULL, NULL,
     "places of the new dimensions in the result"},
    {0},
};

/* ---- shapes -------------------------------------------------------------------------------- */

/* Makes axes of a tensor of `rank` dimensions positive and checks that none comes twice. */
static bool check_axes(Ctx *c, const Graph *g, const Node *n, Dims *axes, int rank, bool *seen) {
  for (int d = 0; d < MAX_RANK; d++) seen[d] = false;
  for (int i = 0; i < axes->n; i++) {
    int64_t at = axes->v[i] < 0 ? axes->v[i] + rank : axes->v[i];
    if (at < 0 || at >= rank || seen[at]) {
      Diag *d = op_error(c, g, n, DIAG_E0408, "axis %lld %s", (long long)axes->v[i],
                         at < 0 || at >= rank ? "does not exist" : "is given twice");
      op_show_input(c, g, n, d, 0);
      return false;
    }
    seen[at] = true;
    axes->v[i] = at;
  }
  return true;
}

bool shape_transpose(Ctx *c, Graph *g, Node *n) {
  if (!check_inputs(c, g, n)) return false;
  const Value *v = graph_value(g, n->in[0]);
  Dims *axes = &ATTR(n, AxesAttr)->axes;
  bool seen[MAX_RANK];
  if (!axes->n)
    for (; axes->n < v->shape.rank; axes->n++) axes->v[axes->n] = v->shape.rank - 1 - axes->n;
  if (axes->n != v->shape.rank) {
    Diag *d = op_error(c, g, n, DIAG_E0412, "%d axes for %d dimensions", axes->n, v->shape.rank);
    op_show_input(c, g, n, d, 0);
    return false;
  }
  if (!check_axes(c, g, n, axes, v->shape.rank, seen)) return false;
  Shape y = {.rank = axes->n};
  for (int d = 0; d < y.rank; d++) y.dim[d] = v->shape.dim[axes->v[d]];
  return set_output(c, g, n, 0, v->type, y);
}

bool shape_squeeze(Ctx *c, Graph *g, Node *n) {
  if (!check_inputs(c, g, n)) return false;
  const Value *v = graph_value(g, n->in[0]);
  Dims *axes = &ATTR(n, AxesAttr)->axes;
  bool seen[MAX_RANK];
  if (!check_axes(c, g, n, axes, v->shape.rank, seen)) return false;
  Shape y = {0};
  for (int d = 0; d < v->shape.rank; d++) {
    bool gone = axes->n ? seen[d] : d > 0 && v->shape.dim[d] == 1;
    if (gone && v->shape.dim[d] != 1) {
      Diag *e = op_error(c, g, n, DIAG_E0409, "dimension %d is %lld, not 1", d,
                         (long long)v->shape.dim[d]);
      op_show_input(c, g, n, e, 0);
      return false;
    }
    if (!gone) y.dim[y.rank++] = v->shape.dim[d];
  }
  return set_output(c, g, n, 0, v->type, y.rank ? y : SHAPE(1));
}

bool shape_unsqueeze(Ctx *c, Graph *g, Node *n) {
  if (!check_inputs(c, g, n)) return false;
  const Value *v = graph_value(g, n->in[0]);
  Dims *axes = &ATTR(n, AxesAttr)->axes;
  bool seen[MAX_RANK];
  Shape y = {.rank = v->shape.rank + axes->n};
  if (y.rank > MAX_RANK) {
    op_error(c, g, n, DIAG_E0412, "the result would have %d dimensions, at most %d are possible",
             y.rank, MAX_RANK);
    return false;
  }
  if (!check_axes(c, g, n, axes, y.rank, seen)) return false;
  for (int d = 0, at = 0; d < y.rank; d++) y.dim[d] = seen[d] ? 1 : v->shape.dim[at++];
  return set_output(c, g, n, 0, v->type, y);
}

/* [..., M, K] x [..., K, N]: dimensions in front broadcast. */
bool shape_matmul(Ctx *c, Graph *g, Node *n) {
  if (!check_inputs(c, g, n)) return false;
  const Shape *a = op_in(g, n, 0), *b = op_in(g, n, 1);
  bool ok = a->rank >= 2 && b->rank >= 2 && a->dim[a->rank - 1] == b->dim[b->rank - 2];
  Shape y = {.rank = a->rank > b->rank ? a->rank : b->rank};
  for (int d = 1; ok && d <= y.rank; d++) {
    int64_t p = d <= a->rank ? a->dim[a->rank - d] : 1,
            q = d <= b->rank ? b->dim[b->rank - d] : 1;
    ok = d <= 2 || p == q || p == 1 || q == 1;
    y.dim[y.rank - d] = d == 1 ? q : d == 2 ? p : p == 1 ? q : p;
  }
  if (ok) return set_output(c, g, n, 0, DT_F32, y);
  Diag *d = op_error(c, g, n, DIAG_E0406, "%s and %s do not fit together", shape_text(c, a),
                     shape_text(c, b));
  diag_help(c, d, "it multiplies [..., M, K] by [..., K, N]");
  op_show_input(c, g, n, d, 0);
  op_show_input(c, g, n, d, 1);
  return false;
}

void cost_matmul(const Graph *g, const Node *n, Cost *cost) {
  const Shape *a = op_in(g, n, 0);
  cost->macs = sat_mul(shape_count(&graph_value(g, n->out[0])->shape), a->dim[a->rank - 1]);
  cost->bytes = cost_bytes(g, n);
}

/* ---- lowering ------------------------------------------------------------------------------ */

/* The node becomes a reshape to the shape that it has. */
bool lower_to_reshape(Ctx *c, Graph *g, Node *n, bool *changed) {
  const Shape y = graph_value(g, n->out[0])->shape;
  n->op = OP_RESHAPE;
  ReshapeAttr *a = n->attr = attr_defaults(c, OP_RESHAPE);
  a->shape.n = y.rank;
  for (int d = 0; d < y.rank; d++) a->shape.v[d] = y.dim[d];
  *changed = true;
  return shape_reshape(c, g, n);
}

/* Where only dimensions of 1 change places nothing moves. */
bool lower_transpose(Ctx *c, Graph *g, Node *n, bool *changed) {
  const Shape *x = op_in(g, n, 0);
  int64_t last = -1;
  for (int d = 0; d < x->rank; d++) {
    int64_t from = ATTR(n, AxesAttr)->axes.v[d];
    if (x->dim[from] == 1) continue;
    if (from < last) return true;
    last = from;
  }
  return lower_to_reshape(c, g, n, changed);
}

/* ---- reference kernels --------------------------------------------------------------------- */

bool ref_transpose(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  const Dims *axes = &ATTR(n, AxesAttr)->axes;
  int64_t stride[MAX_RANK], count = shape_count(&in->shape);
  int rank = in->shape.rank;
  for (int d = rank - 1; d >= 0; d--)
    stride[d] = d == rank - 1 ? 1 : stride[d + 1] * in->shape.dim[d + 1];
  for (int64_t i = 0; i < count; i++) {
    int64_t from = 0, rest = i;
    for (int d = rank - 1; d >= 0; d--) {
      from += rest % out->shape.dim[d] * stride[axes->v[d]];
      rest /= out->shape.dim[d];
    }
    out->data[i] = in->data[from];
  }
  return true;
}

/* Where the matrix of x begins that belongs to matrix `m` of the result. */
static const float *matrix(const Tensor *x, const Shape *y, int64_t m) {
  const Shape *s = &x->shape;
  int64_t at = 0, stride = s->dim[s->rank - 1] * s->dim[s->rank - 2];
  for (int d = 3; d <= s->rank; d++) {
    if (s->dim[s->rank - d] > 1) at += m % y->dim[y->rank - d] * stride;
    stride *= s->dim[s->rank - d];
    m /= y->dim[y->rank - d];
  }
  return x->data + at;
}

bool ref_matmul(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  const Shape *y = &out->shape;
  int64_t rows = y->dim[y->rank - 2], cols = y->dim[y->rank - 1];
  int64_t depth = in->shape.dim[in->shape.rank - 1], count = shape_count(y);
#pragma omp parallel for
  for (int64_t i = 0; i < count; i++) {
    int64_t m = i / (rows * cols);
    const float *a = matrix(&in[0], y, m) + i / cols % rows * depth;
    const float *b = matrix(&in[1], y, m) + i % cols;
    double sum = 0;
    for (int64_t k = 0; k < depth; k++) sum += (double)a[k] * b[k * cols];
    out->data[i] = (float)sum;
  }
  return true;
}
