/* eltwise.c: element-wise operators of one input, and softmax.
 *
 * The reference kernels compute each element in double and round once. Comparisons are written
 * so that NaN stays NaN.
 */
#include <math.h>
#include <string.h>

#include "ops.h"

const AttrField no_attrs[] = {{0}};
const AttrField leaky_attrs[] = {
    {"slope", AT_REAL, offsetof(LeakyAttr, slope), "0.01", NULL, "factor for negative elements"},
    {0},
};
const AttrField clip_attrs[] = {
    {"min", AT_REAL, offsetof(ClipAttr, min), NULL, NULL, "lower bound"},
    {"max", AT_REAL, offsetof(ClipAttr, max), NULL, NULL, "upper bound"},
    {0},
};
const AttrField scale_attrs[] = {
    {"factor", AT_REAL, offsetof(ScaleAttr, factor), "1.0", NULL, "multiplies every element"},
    {"shift", AT_REAL, offsetof(ScaleAttr, shift), "0.0", NULL, "is added to the product"},
    {0},
};
const AttrField softmax_attrs[] = {
    {"axis", AT_INT, offsetof(AxisAttr, axis), "1", NULL, "the dimension that sums to 1"},
    {0},
};

/* ---- shape rules ------------------------------------------------------------------------------
 */

static bool check_same(Ctx *c, Graph *g, Node *n) {
  if (n->op == OP_CLIP && !(ATTR(n, ClipAttr)->min <= ATTR(n, ClipAttr)->max)) {
    op_error(c, g, n, DIAG_E0403, "min=%g is not below max=%g", ATTR(n, ClipAttr)->min,
             ATTR(n, ClipAttr)->max);
    return false;
  }
  return n->op != OP_BATCHNORM || check_rank(c, g, n, 2, 5);
}

/* One output of the input's shape; operators that only pass data on keep its type as well. */
bool shape_same(Ctx *c, Graph *g, Node *n) {
  if (!check_inputs(c, g, n) || !check_same(c, g, n) || !check_params(c, g, n)) return false;
  const Value *x = graph_value(g, n->in[0]);
  bool keeps = (op_table[n->op].flags & (OPF_VIEW | OPF_WEIGHT)) || n->op == OP_REORDER;
  return set_output(c, g, n, 0, keeps ? x->type : DT_F32, x->shape);
}

bool shape_softmax(Ctx *c, Graph *g, Node *n) {
  if (!check_inputs(c, g, n) || !check_axis(c, g, n, &ATTR(n, AxisAttr)->axis)) return false;
  return set_output(c, g, n, 0, DT_F32, *op_in(g, n, 0));
}

/* ---- reference kernels ------------------------------------------------------------------------
 */

typedef double UnaryFn(double x, const void *attr);

static bool map(const Node *n, const Tensor *in, Tensor *out, UnaryFn *f) {
  int64_t count = shape_count(&in->shape);
#pragma omp parallel for
  for (int64_t i = 0; i < count; i++) out->data[i] = (float)f(in->data[i], n->attr);
  return true;
}

static double relu(double x, const void *attr) { return x <= 0 ? 0 : x; }
static double relu6(double x, const void *attr) { return x <= 0 ? 0 : x >= 6 ? 6 : x; }
static double leaky(double x, const void *attr) {
  return x < 0 ? ((const LeakyAttr *)attr)->slope * x : x;
}
static double sigmoid(double x, const void *attr) { return 1 / (1 + exp(-x)); }
static double tanh_of(double x, const void *attr) { return tanh(x); }
static double clip(double x, const void *attr) {
  const ClipAttr *a = attr;
  return x < a->min ? a->min : x > a->max ? a->max : x;
}
static double scale(double x, const void *attr) {
  const ScaleAttr *a = attr;
  return x * a->factor + a->shift;
}

#define UNARY(column, f)                                                                         \
  bool column(Ctx *c, const Node *n, const Tensor *in, Tensor *out) { return map(n, in, out, f); }
UNARY(ref_relu, relu)
UNARY(ref_relu6, relu6)
UNARY(ref_leaky, leaky)
UNARY(ref_sigmoid, sigmoid)
UNARY(ref_tanh, tanh_of)
UNARY(ref_clip, clip)
UNARY(ref_scale, scale)

/* exp(x - max) / Σ exp(x - max): the maximum is taken off so that exp cannot overflow. */
static bool softmax(const Node *n, const Tensor *in, Tensor *out, bool logarithm) {
  const Shape *s = &in->shape;
  int64_t axis = ATTR(n, AxisAttr)->axis, len = s->dim[axis], inner = 1;
  for (int d = (int)axis + 1; d < s->rank; d++) inner *= s->dim[d];
  int64_t lines = shape_count(s) / len;
#pragma omp parallel for
  for (int64_t i = 0; i < lines; i++) {
    const float *x = in->data + i / inner * inner * len + i % inner;
    float *y = out->data + (x - in->data);
    double top = -INFINITY, sum = 0;
    for (int64_t k = 0; k < len; k++) top = fmax(top, x[k * inner]);
    for (int64_t k = 0; k < len; k++) sum += exp(x[k * inner] - top);
    for (int64_t k = 0; k < len; k++) {
      double above = x[k * inner] - top;
      y[k * inner] = (float)(logarithm ? above - log(sum) : exp(above) / sum);
    }
  }
  return true;
}

bool ref_softmax(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  return softmax(n, in, out, false);
}

bool ref_log_softmax(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  return softmax(n, in, out, true);
}
