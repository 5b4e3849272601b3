/* groupnorm.c: normalisation by statistics of the tensor itself: layernorm, groupnorm,
 * instancenorm, and local response normalisation.
 *
 * The first three cut each sample into segments that are contiguous in plain layout and make each
 * of them mean 0 and variance 1 (the biased one): the last dimensions, a group of channels, one
 * channel. Weight and bias follow, per element of the last dimensions or per channel.
 */
#include <math.h>

#include "ops.h"

#define EPS(T)                                                                                   \
  { "eps", AT_REAL, offsetof(T, eps), "1e-5", NULL, "added to the variance" }
#define AFFINE(T, preset)                                                                        \
  { "affine", AT_BOOL, offsetof(T, affine), preset, NULL, "multiply by weight and add bias" }

const AttrField layernorm_attrs[] = {
    {"dims", AT_INT, offsetof(LayerNormAttr, dims), "1", NULL, "how many of the last dimensions"},
    EPS(LayerNormAttr),
    AFFINE(LayerNormAttr, "true"),
    {0},
};
const AttrField groupnorm_attrs[] = {
    {"groups", AT_INT, offsetof(GroupNormAttr, groups), NULL, NULL, "parts of the channels"},
    EPS(GroupNormAttr),
    AFFINE(GroupNormAttr, "true"),
    {0},
};
const AttrField instancenorm_attrs[] = {EPS(GroupNormAttr), AFFINE(GroupNormAttr, "false"), {0}};
const AttrField lrn_attrs[] = {
    {"size", AT_INT, offsetof(LrnAttr, size), NULL, NULL, "channels summed over"},
    {"alpha", AT_REAL, offsetof(LrnAttr, alpha), "1e-4", NULL,
     "factor of the mean of the squares (Caffe divides by the size as well)"},
    {"beta", AT_REAL, offsetof(LrnAttr, beta), "0.75", NULL, "exponent"},
    {"k", AT_REAL, offsetof(LrnAttr, k), "1.0", NULL, "added to it"},
    {0},
};

/* ---- shapes and parameters ----------------------------------------------------------------- */

static bool layernorm_check(Ctx *c, const Graph *g, const Node *n) {
  const LayerNormAttr *a = ATTR(n, LayerNormAttr);
  return check_inputs(c, g, n) && check_rank(c, g, n, 2, MAX_RANK) &&
         check_range(c, g, n, "dims", a->dims, 1) &&
         check_range(c, g, n, "dimensions before them", op_in(g, n, 0)->rank - a->dims, 1);
}

int params_layernorm(Ctx *c, const Graph *g, const Node *n, ParamSpec *specs) {
  const LayerNormAttr *a = ATTR(n, LayerNormAttr);
  if (!layernorm_check(c, g, n)) return -1;
  if (!a->affine) return 0;
  const Shape *x = op_in(g, n, 0);
  Shape s = {.rank = (int)a->dims};
  for (int d = 0; d < s.rank; d++) s.dim[d] = x->dim[x->rank - s.rank + d];
  specs[0] = (ParamSpec){"weight", s, 0, FILL_AROUND_ONE};
  specs[1] = (ParamSpec){"bias", s, 0, FILL_SMALL};
  return 2;
}

bool shape_layernorm(Ctx *c, Graph *g, Node *n) {
  if (!layernorm_check(c, g, n) || !check_params(c, g, n)) return false;
  return set_output(c, g, n, 0, DT_F32, *op_in(g, n, 0));
}

static bool groupnorm_check(Ctx *c, const Graph *g, const Node *n) {
  bool grouped = n->op == OP_GROUPNORM;
  if (!check_inputs(c, g, n) || !check_rank(c, g, n, grouped ? 2 : 3, MAX_RANK)) return false;
  int64_t groups = grouped ? ATTR(n, GroupNormAttr)->groups : 1;
  if (!check_range(c, g, n, "groups", groups, 1)) return false;
  if (op_in(g, n, 0)->dim[1] % groups == 0) return true;
  Diag *d = op_error(c, g, n, DIAG_E0405, "%lld groups do not divide %lld channels",
                     (long long)groups, (long long)op_in(g, n, 0)->dim[1]);
  op_show_input(c, g, n, d, 0);
  return false;
}

int params_groupnorm(Ctx *c, const Graph *g, const Node *n, ParamSpec *specs) {
  if (!groupnorm_check(c, g, n)) return -1;
  if (!ATTR(n, GroupNormAttr)->affine) return 0;
  Shape s = SHAPE(op_in(g, n, 0)->dim[1]);
  specs[0] = (ParamSpec){"weight", s, 0, FILL_AROUND_ONE};
  specs[1] = (ParamSpec){"bias", s, 0, FILL_SMALL};
  return 2;
}

bool shape_groupnorm(Ctx *c, Graph *g, Node *n) {
  if (!groupnorm_check(c, g, n) || !check_params(c, g, n)) return false;
  return set_output(c, g, n, 0, DT_F32, *op_in(g, n, 0));
}

bool shape_lrn(Ctx *c, Graph *g, Node *n) {
  if (!check_inputs(c, g, n) || !check_rank(c, g, n, 3, MAX_RANK)) return false;
  if (!check_range(c, g, n, "size", ATTR(n, LrnAttr)->size, 1)) return false;
  return set_output(c, g, n, 0, DT_F32, *op_in(g, n, 0));
}

/* Sum, deviation, square, sum, scaling; weight and bias. */
void cost_groupnorm(const Graph *g, const Node *n, Cost *cost) {
  const Shape *x = op_in(g, n, 0);
  bool layer = n->op == OP_LAYERNORM;
  bool affine = layer ? ATTR(n, LayerNormAttr)->affine : ATTR(n, GroupNormAttr)->affine;
  int64_t own = layer ? 1 : x->dim[1];
  for (int d = 1; layer && d <= ATTR(n, LayerNormAttr)->dims; d++) own *= x->dim[x->rank - d];
  cost->params = affine ? 2 * own : 0;
  cost->other = sat_mul(shape_count(x), affine ? 7 : 5);
  cost->bytes = cost_bytes(g, n);
}

/* Square and addition for each channel of the window; scaling, addition, power, division. */
void cost_lrn(const Graph *g, const Node *n, Cost *cost) {
  cost->other = sat_mul(shape_count(op_in(g, n, 0)), 2 * ATTR(n, LrnAttr)->size + 4);
  cost->bytes = cost_bytes(g, n);
}

/* ---- reference kernels --------------------------------------------------------------------- */

Segments segments_of(const Node *n, const Shape *x) {
  Segments s = {.len = 1};
  int64_t count = shape_count(x);
  if (n->op == OP_LAYERNORM) {
    const LayerNormAttr *a = ATTR(n, LayerNormAttr);
    for (int d = 1; d <= a->dims; d++) s.len *= x->dim[x->rank - d];
    s = (Segments){s.len, count / s.len, 1, s.len, a->eps, a->affine};
  } else {
    const GroupNormAttr *a = ATTR(n, GroupNormAttr);
    int64_t groups = n->op == OP_GROUPNORM ? a->groups : x->dim[1], rows = x->dim[0] * groups;
    s = (Segments){count / rows, rows, groups, x->dim[1] / groups, a->eps, a->affine};
  }
  return s;
}

bool ref_groupnorm(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  Segments s = segments_of(n, &in->shape);
#pragma omp parallel for
  for (int64_t i = 0; i < s.count; i++) {
    const float *x = in->data + i * s.len;
    double mean = 0, var = 0;
    for (int64_t j = 0; j < s.len; j++) mean += x[j];
    mean /= (double)s.len;
    for (int64_t j = 0; j < s.len; j++) var += (x[j] - mean) * (x[j] - mean);
    double scale = 1 / sqrt(var / (double)s.len + s.eps);
    for (int64_t j = 0; j < s.len; j++) {
      int64_t k = i % s.parts * s.own + j / (s.len / s.own);
      double y = (x[j] - mean) * scale;
      out->data[i * s.len + j] = (float)(s.affine ? y * in[1].data[k] + in[2].data[k] : y);
    }
  }
  return true;
}

/* x / (k + alpha · mean of x² over `size` channels)^beta: PyTorch's and ONNX's alpha. An even
 * size has its larger half before the channel, as PyTorch has it; channels outside count as 0. */
bool ref_lrn(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  const LrnAttr *a = ATTR(n, LrnAttr);
  int64_t channels = in->shape.dim[1], planes = in->shape.dim[0] * channels;
  int64_t len = shape_count(&in->shape) / planes;
#pragma omp parallel for
  for (int64_t p = 0; p < planes; p++) {
    int64_t at = p % channels, lo = at - a->size / 2, hi = at + (a->size - 1) / 2;
    for (int64_t i = 0; i < len; i++) {
      double sum = 0;
      for (int64_t q = lo < 0 ? 0 : lo; q <= hi && q < channels; q++) {
        double x = in->data[(p - at + q) * len + i];
        sum += x * x;
      }
      double base = a->k + a->alpha / (double)a->size * sum;
      out->data[p * len + i] = (float)(in->data[p * len + i] / pow(base, a->beta));
    }
  }
  return true;
}
