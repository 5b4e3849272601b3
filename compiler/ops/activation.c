/* activation.c: element-wise functions of one input beyond the simplest, and PReLU.
 *
 * Definitions and defaults are PyTorch's. Forms are chosen so that nothing cancels: 1 + tanh and
 * 1 + erf for negative arguments are written as what they amount to.
 */
#include <math.h>

#include "ops.h"

const AttrField elu_attrs[] = {
    {"alpha", AT_REAL, offsetof(EluAttr, alpha), "1.0", NULL, "limit of -y far below 0"},
    {0},
};
const AttrField gelu_attrs[] = {
    {"approximate", AT_NAME, offsetof(GeluAttr, approximate), "none", "none tanh",
     "tanh: x * sigmoid(1.5958 * (x + 0.044715 * x^3)) instead of the error function"},
    {0},
};
const AttrField softplus_attrs[] = {
    {"beta", AT_REAL, offsetof(SoftplusAttr, beta), "1.0", NULL, "sharpness of the bend"},
    {"threshold", AT_REAL, offsetof(SoftplusAttr, threshold), "20.0", NULL,
     "above it beta * x counts as log(1 + exp(beta * x))"},
    {0},
};
const AttrField prelu_attrs[] = {
    {"parameters", AT_INT, offsetof(PreluAttr, parameters), "1", NULL,
     "1, or the number of channels for a weight each"},
    {0},
};

/* ---- functions of one element -------------------------------------------------------------- */

typedef double UnaryFn(double x, const void *attr);

static bool map(const Node *n, const Tensor *in, Tensor *out, UnaryFn *f) {
  int64_t count = shape_count(&in->shape);
#pragma omp parallel for
  for (int64_t i = 0; i < count; i++) out->data[i] = (float)f(in->data[i], n->attr);
  return true;
}

static double clamp6(double x) { return x < 0 ? 0 : x > 6 ? 6 : x; }
static double elu(double x, const void *attr) {
  return x > 0 ? x : ((const EluAttr *)attr)->alpha * expm1(x);
}
static double selu(double x, const void *attr) {
  return 1.0507009873554804934193349852946 *
         (x > 0 ? x : 1.6732632423543772848170429916717 * expm1(x));
}
static double swish(double x, const void *attr) { return x / (1 + exp(-x)); }
static double gelu(double x, const void *attr) {
  if (str_eq(((const GeluAttr *)attr)->approximate, "none"))
    return 0.5 * x * erfc(-x * 0.70710678118654752440);
  return x / (1 + exp(-1.5957691216057307117 * (x + 0.044715 * x * x * x)));
}
static double softplus(double x, const void *attr) {
  const SoftplusAttr *a = attr;
  return x * a->beta > a->threshold ? x : log1p(exp(x * a->beta)) / a->beta;
}
static double mish(double x, const void *attr) { return x * tanh(log1p(exp(x))); }
static double hard_sigmoid(double x, const void *attr) { return clamp6(x + 3) / 6; }
static double hard_swish(double x, const void *attr) { return x * clamp6(x + 3) / 6; }
static double absolute(double x, const void *attr) { return fabs(x); }
static double neg(double x, const void *attr) { return -x; }
static double exp_of(double x, const void *attr) { return exp(x); }
static double log_of(double x, const void *attr) { return log(x); }
static double sqrt_of(double x, const void *attr) { return sqrt(x); }
static double square(double x, const void *attr) { return x * x; }
static double sign(double x, const void *attr) { return (x > 0) - (x < 0); }
static double step(double x, const void *attr) { return x >= 0; }

#define UNARY(column, f)                                                                         \
  bool column(Ctx *c, const Node *n, const Tensor *in, Tensor *out) { return map(n, in, out, f); }
UNARY(ref_elu, elu)
UNARY(ref_selu, selu)
UNARY(ref_swish, swish)
UNARY(ref_gelu, gelu)
UNARY(ref_softplus, softplus)
UNARY(ref_mish, mish)
UNARY(ref_hard_sigmoid, hard_sigmoid)
UNARY(ref_hard_swish, hard_swish)
UNARY(ref_abs, absolute)
UNARY(ref_neg, neg)
UNARY(ref_exp, exp_of)
UNARY(ref_log, log_of)
UNARY(ref_sqrt, sqrt_of)
UNARY(ref_square, square)
UNARY(ref_sign, sign)
UNARY(ref_step, step)

/* ---- PReLU --------------------------------------------------------------------------------- */

static bool prelu_check(Ctx *c, const Graph *g, const Node *n) {
  int64_t own = ATTR(n, PreluAttr)->parameters;
  if (!check_inputs(c, g, n) || !check_range(c, g, n, "parameters", own, 1)) return false;
  const Shape *x = op_in(g, n, 0);
  if (own == 1 || (x->rank >= 2 && x->dim[1] == own)) return true;
  Diag *d = op_error(c, g, n, DIAG_E0415, "%lld parameters, the tensor is %s", (long long)own,
                     shape_text(c, x));
  op_show_input(c, g, n, d, 0);
  return false;
}

int params_prelu(Ctx *c, const Graph *g, const Node *n, ParamSpec *specs) {
  if (!prelu_check(c, g, n)) return -1;
  specs[0] = (ParamSpec){"weight", SHAPE(ATTR(n, PreluAttr)->parameters), 0, FILL_SMALL};
  return 1;
}

bool shape_prelu(Ctx *c, Graph *g, Node *n) {
  if (!prelu_check(c, g, n) || !check_params(c, g, n)) return false;
  return set_output(c, g, n, 0, DT_F32, *op_in(g, n, 0));
}

void cost_prelu(const Graph *g, const Node *n, Cost *cost) {
  cost->params = ATTR(n, PreluAttr)->parameters;
  cost->other = sat_mul(2, shape_count(op_in(g, n, 0)));
  cost->bytes = cost_bytes(g, n);
}

bool ref_prelu(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  int64_t own = ATTR(n, PreluAttr)->parameters, count = shape_count(&in->shape), inner = 1;
  for (int d = 2; d < in->shape.rank; d++) inner *= in->shape.dim[d];
#pragma omp parallel for
  for (int64_t i = 0; i < count; i++) {
    double x = in->data[i], w = in[1].data[own > 1 ? i / inner % own : 0];
    out->data[i] = (float)(x < 0 ? w * x : x);
  }
  return true;
}
