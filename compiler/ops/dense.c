/* dense.c: the fully connected layer, y = x · weightᵀ + bias.
 *
 * Inputs: x [N, features], weight [out, features] (PyTorch's order), bias [out] unless
 * bias=false.
 */
#include "ops.h"

const AttrField dense_attrs[] = {
    {"out", AT_INT, offsetof(DenseAttr, out), NULL, NULL, "output features"},
    {"bias", AT_BOOL, offsetof(DenseAttr, bias), "true", NULL, "add one number per output"},
    {0},
};

static bool dense_check(Ctx *c, const Graph *g, const Node *n) {
  return check_inputs(c, g, n) && check_rank(c, g, n, 2, 2) &&
         check_range(c, g, n, "out", ATTR(n, DenseAttr)->out, 1);
}

int params_dense(Ctx *c, const Graph *g, const Node *n, ParamSpec *specs) {
  if (!dense_check(c, g, n)) return -1;
  const DenseAttr *a = ATTR(n, DenseAttr);
  int64_t features = op_in(g, n, 0)->dim[1];
  specs[0] = (ParamSpec){"weight", SHAPE(a->out, features), features, FILL_HE};
  specs[1] = (ParamSpec){"bias", SHAPE(a->out), 0, FILL_SMALL};
  return a->bias ? 2 : 1;
}

bool shape_dense(Ctx *c, Graph *g, Node *n) {
  if (!dense_check(c, g, n) || !check_params(c, g, n)) return false;
  Shape y = SHAPE(op_in(g, n, 0)->dim[0], ATTR(n, DenseAttr)->out);
  return set_output(c, g, n, 0, DT_F32, y);
}

void cost_dense(const Graph *g, const Node *n, Cost *cost) {
  const DenseAttr *a = ATTR(n, DenseAttr);
  const Shape *x = op_in(g, n, 0);
  int64_t weights = sat_mul(x->dim[1], a->out);
  cost->params = sat_add(weights, a->bias ? a->out : 0);
  cost->macs = sat_mul(weights, x->dim[0]);
  cost->other = a->bias ? x->dim[0] * a->out : 0;
  cost->bytes = cost_bytes(g, n);
}

bool ref_dense(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  int64_t features = in[0].shape.dim[1], outs = ATTR(n, DenseAttr)->out;
  int64_t count = in[0].shape.dim[0] * outs;
  const float *bias = ATTR(n, DenseAttr)->bias ? in[2].data : NULL;
#pragma omp parallel for
  for (int64_t i = 0; i < count; i++) {
    const float *x = in[0].data + i / outs * features, *w = in[1].data + i % outs * features;
    double sum = bias ? bias[i % outs] : 0.0;
#pragma omp simd reduction(+ : sum)
    for (int64_t k = 0; k < features; k++) sum += (double)x[k] * w[k];
    out[0].data[i] = (float)sum;
  }
  return true;
}
