/* internal.c: operators that passes make: folded batchnorm, turned and packed weights, fused
 * groups; and the columns that stand for "none" and "not yet".
 */
#include <math.h>
#include <string.h>

#include "ops.h"

const AttrField group_attrs[] = {
    {"kernel", AT_NAME, offsetof(GroupAttr, kernel), NULL, NULL,
     "the kernel that runs the group"},
    {"anchor", AT_INT, offsetof(GroupAttr, anchor), NULL, NULL,
     "the node that decides the kernel"},
    {0},
};

const AttrField bn_fold_attrs[] = {
    {"eps", AT_REAL, offsetof(BnFoldAttr, eps), "1e-5", NULL, "added to the variance"},
    {"transposed", AT_INT, offsetof(BnFoldAttr, transposed), "0", NULL,
     "groups of a transposed convolution, whose output channels come second; 0: they come first"},
    {0},
};

/* ---- columns of operators that have nothing there ---------------------------------------- */

int params_none(Ctx *c, const Graph *g, const Node *n, ParamSpec *specs) { return 0; }

bool lower_none(Ctx *c, Graph *g, Node *n, bool *changed) { return true; }

bool grad_missing(Ctx *c, Graph *g, Node *n) {
  Diag *d =
      diag_error(c, DIAG_E0701, n->span, "no gradient for operator %s", op_table[n->op].name);
  diag_scope_trace(c, d, g, n->scope);
  return false;
}

/* ---- shape rules ------------------------------------------------------------------------- */

static bool misused(Ctx *c, const Graph *g, const Node *n, const char *what) {
  op_error(c, g, n, DIAG_E0417, "%s", what);
  return false;
}

/* Inputs first … nin-1 hold one element for each of `channels`. */
static bool check_vectors(Ctx *c, const Graph *g, const Node *n, int first, int64_t channels) {
  for (int i = first; i < n->nin; i++) {
    const Shape *s = op_in(g, n, i);
    if (s->rank != 1 || s->dim[0] != channels)
      return misused(c, g, n, "one element per channel expected");
  }
  return true;
}

static int64_t fold_channels(const Shape *w, int64_t transposed) {
  return transposed ? w->dim[1] * transposed : w->dim[0];
}

bool shape_bn_fold(Ctx *c, Graph *g, Node *n) {
  if (!check_inputs(c, g, n)) return false;
  Shape w = *op_in(g, n, 0);
  int64_t channels = fold_channels(&w, ATTR(n, BnFoldAttr)->transposed);
  if (!check_vectors(c, g, n, 1, channels)) return false;
  return set_output(c, g, n, 0, DT_F32, w) && set_output(c, g, n, 1, DT_F32, SHAPE(channels));
}

bool shape_bn_affine(Ctx *c, Graph *g, Node *n) {
  if (!check_inputs(c, g, n)) return false;
  Shape s = *op_in(g, n, 0);
  if (!check_vectors(c, g, n, 0, s.dim[0])) return false;
  return set_output(c, g, n, 0, DT_F32, s) && set_output(c, g, n, 1, DT_F32, s);
}

bool shape_group(Ctx *c, Graph *g, Node *n) {
  if (!check_inputs(c, g, n)) return false;
  const Graph *b = n->body;
  if (!b || b->inputs.len != n->nin) return misused(c, g, n, "body with other inputs");
  for (int i = 0; i < n->nin; i++)
    if (!shape_eq(op_in(g, n, i), &graph_value(b, b->inputs.at[i])->shape))
      return misused(c, g, n, "input of another shape than the body's");
  for (int i = 0; i < b->outputs.len; i++) {
    const Value *v = graph_value(b, b->outputs.at[i]);
    if (!set_output(c, g, n, i, v->type, v->shape)) return false;
  }
  return true;
}

/* ---- reference kernels ------------------------------------------------------------------- */

/* Weights of output channel k times s. A transposed convolution has them as [in, out/groups, …]:
 * one run for each input channel of k's group. */
static void scale_channel(const Tensor *w, float *to, int64_t k, double s, int64_t transposed) {
  int64_t out = transposed ? w->shape.dim[1] : 1, rows = w->shape.dim[0];
  int64_t len = shape_count(&w->shape) / rows / out;
  int64_t first = transposed ? k / out * (rows / transposed) : k;
  int64_t count = transposed ? rows / transposed : 1;
  for (int64_t r = first; r < first + count; r++) {
    int64_t at = (r * out + k % out) * len;
    for (int64_t i = at; i < at + len; i++) to[i] = (float)(w->data[i] * s);
  }
}

/* s = gamma / sqrt(var + eps); weight' = weight · s, bias' = (bias - mean) · s + beta, per output
 * channel; computed in double, rounded once. */
bool ref_bn_fold(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  const BnFoldAttr *a = ATTR(n, BnFoldAttr);
  const float *gamma = in[1].data, *beta = in[2].data, *mean = in[3].data, *var = in[4].data;
  const float *bias = n->nin > 5 ? in[5].data : NULL;
  for (int64_t k = 0; k < fold_channels(&in[0].shape, a->transposed); k++) {
    double s = gamma[k] / sqrt(var[k] + a->eps);
    scale_channel(&in[0], out[0].data, k, s, a->transposed);
    out[1].data[k] = (float)(((bias ? bias[k] : 0.0) - mean[k]) * s + beta[k]);
  }
  return true;
}

/* scale = gamma / sqrt(var + eps), shift = beta - mean · scale. */
bool ref_bn_affine(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  double eps = ATTR(n, BatchNormAttr)->eps;
  for (int64_t k = 0; k < in[0].shape.dim[0]; k++) {
    double s = in[0].data[k] / sqrt(in[3].data[k] + eps);
    out[0].data[k] = (float)s;
    out[1].data[k] = (float)(in[1].data[k] - in[2].data[k] * s);
  }
  return true;
}

/* Reversing every dimension of a row-major kernel reverses its elements. */
bool ref_flip(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  const Shape *s = &in->shape;
  int64_t len = 1, count = shape_count(s);
  for (int d = 2; d < s->rank; d++) len *= s->dim[d];
  for (int64_t i = 0; i < count; i++) out->data[i] = in->data[i / len * len + len - 1 - i % len];
  return true;
}

bool ref_group(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  Interp run;
  if (!interp_run(c, n->body, in, &run, NULL, NULL)) return false;
  for (int i = 0; i < n->nout; i++) {
    const Tensor *t = &run.value[n->body->outputs.at[i]];
    memcpy(out[i].data, t->data, (size_t)shape_count(&t->shape) * sizeof(float));
  }
  return true;
}
