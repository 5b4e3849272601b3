/* binary.c: element-wise operators of two or more inputs: add, sub, mul, div, min, max, pow.
 *
 * Shapes broadcast as NumPy's do: aligned at the last dimension, where a dimension is missing or
 * 1 its single element serves all. Each element is computed in double and rounded once.
 */
#include <math.h>

#include "ops.h"

/* The common shape of the inputs; false where dimension *at (from the right) of input *i does not
 * fit what the inputs before it have. */
static bool broadcast_shape(const Graph *g, const Node *n, Shape *y, int *i, int *at) {
  *y = *op_in(g, n, 0);
  for (*i = 1; *i < n->nin; ++*i) {
    const Shape *x = op_in(g, n, *i);
    Shape wide = {.rank = x->rank > y->rank ? x->rank : y->rank};
    for (*at = 1; *at <= wide.rank; ++*at) {
      int64_t a = *at <= y->rank ? y->dim[y->rank - *at] : 1;
      int64_t b = *at <= x->rank ? x->dim[x->rank - *at] : 1;
      if (a != b && a != 1 && b != 1) return false;
      wide.dim[wide.rank - *at] = a == 1 ? b : a;
    }
    *y = wide;
  }
  return true;
}

bool shape_binary(Ctx *c, Graph *g, Node *n) {
  if (!check_inputs(c, g, n)) return false;
  Shape y;
  int i, at;
  if (broadcast_shape(g, n, &y, &i, &at)) return set_output(c, g, n, 0, DT_F32, y);
  const Shape *x = op_in(g, n, i);
  Diag *d =
      op_error(c, g, n, DIAG_E0406, "%s and %s differ", shape_text(c, &y), shape_text(c, x));
  if (x->rank == y.rank)
    diag_under(c, d, "%lld against %lld in dimension %d (%s)", (long long)y.dim[y.rank - at],
               (long long)x->dim[x->rank - at], x->rank - at, dim_name(x->rank, x->rank - at));
  else
    diag_under(c, d, "%lld against %lld in dimension -%d", (long long)y.dim[y.rank - at],
               (long long)x->dim[x->rank - at], at);
  op_show_input(c, g, n, d, 0);
  op_show_input(c, g, n, d, i);
  return false;
}

/* ---- reference kernels --------------------------------------------------------------------- */

typedef double BinaryFn(double a, double b);

/* Element of x that broadcasting puts at element i of a tensor of shape y. */
static double element(const Tensor *x, const Shape *y, int64_t i) {
  int64_t at = 0, stride = 1;
  for (int d = 1; d <= x->shape.rank; d++) {
    int64_t extent = y->dim[y->rank - d], own = x->shape.dim[x->shape.rank - d];
    if (own > 1) at += i % extent * stride;
    stride *= own;
    i /= extent;
  }
  return x->data[at];
}

static bool combine(const Node *n, const Tensor *in, Tensor *out, BinaryFn *f) {
  int64_t count = shape_count(&out->shape);
#pragma omp parallel for
  for (int64_t i = 0; i < count; i++) {
    double a = element(&in[0], &out->shape, i);
    for (int k = 1; k < n->nin; k++) a = f(a, element(&in[k], &out->shape, i));
    out->data[i] = (float)a;
  }
  return true;
}

static double add(double a, double b) { return a + b; }
static double sub(double a, double b) { return a - b; }
static double mul(double a, double b) { return a * b; }
static double divide(double a, double b) { return a / b; }
static double least(double a, double b) { return b < a || b != b ? b : a; }
static double greatest(double a, double b) { return b > a || b != b ? b : a; }

#define BINARY(column, f)                                                                        \
  bool column(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {                            \
    return combine(n, in, out, f);                                                               \
  }
BINARY(ref_add, add)
BINARY(ref_sub, sub)
BINARY(ref_mul, mul)
BINARY(ref_div, divide)
BINARY(ref_min, least)
BINARY(ref_max, greatest)
BINARY(ref_pow, pow)
