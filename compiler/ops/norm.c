/* norm.c: batch normalisation, normalisation by constants, and the affine map both become.
 *
 * All work per channel, dimension 1. Statistics are folded in double and rounded once.
 */
#include <math.h>

#include "ops.h"

const AttrField batchnorm_attrs[] = {
    {"eps", AT_REAL, offsetof(BatchNormAttr, eps), "1e-5", NULL, "added to the variance"},
    {0},
};
const AttrField normalise_attrs[] = {
    {"mean", AT_REALS, offsetof(NormaliseAttr, mean), NULL, NULL, "one per channel, or one"},
    {"std", AT_REALS, offsetof(NormaliseAttr, std), NULL, NULL, "one per channel, or one"},
    {0},
};

/* ---- parameters and shape rules ---------------------------------------------------------------
 */

int params_batchnorm(Ctx *c, const Graph *g, const Node *n, ParamSpec *specs) {
  if (!check_inputs(c, g, n) || !check_rank(c, g, n, 2, 5)) return -1;
  Shape s = SHAPE(op_in(g, n, 0)->dim[1]);
  specs[0] = (ParamSpec){"weight", s, 0, FILL_AROUND_ONE};
  specs[1] = (ParamSpec){"bias", s, 0, FILL_SMALL};
  specs[2] = (ParamSpec){"running_mean", s, 0, FILL_SMALL};
  specs[3] = (ParamSpec){"running_var", s, 0, FILL_POSITIVE};
  return 4;
}

static bool check_per_channel(Ctx *c, const Graph *g, const Node *n, const char *attr,
                              const Reals *r) {
  const Shape *x = op_in(g, n, 0);
  if (r->n == 1 || r->n == x->dim[1]) return true;
  Diag *d = op_error(c, g, n, DIAG_E0415, "%s has %d values, the tensor has %lld channels", attr,
                     r->n, (long long)x->dim[1]);
  op_show_input(c, g, n, d, 0);
  return false;
}

bool shape_normalise(Ctx *c, Graph *g, Node *n) {
  const NormaliseAttr *a = ATTR(n, NormaliseAttr);
  if (!check_inputs(c, g, n) || !check_rank(c, g, n, 2, 5)) return false;
  bool ok = check_per_channel(c, g, n, "mean", &a->mean);
  ok &= check_per_channel(c, g, n, "std", &a->std);
  for (int i = 0; i < a->std.n; i++)
    if (!(a->std.v[i] > 0)) {
      op_error(c, g, n, DIAG_E0403, "std is %g, must be positive", a->std.v[i]);
      return false;
    }
  return ok && set_output(c, g, n, 0, DT_F32, *op_in(g, n, 0));
}

bool shape_affine(Ctx *c, Graph *g, Node *n) {
  if (!check_inputs(c, g, n) || !check_rank(c, g, n, 2, 5)) return false;
  const Shape *x = op_in(g, n, 0);
  for (int i = 1; i < 3; i++) {
    const Shape *s = op_in(g, n, i);
    if (s->rank == 1 && s->dim[0] == x->dim[1]) continue;
    Diag *d = op_error(c, g, n, DIAG_E0415, "%s is %s, the tensor has %lld channels",
                       i == 1 ? "scale" : "shift", shape_text(c, s), (long long)x->dim[1]);
    op_show_input(c, g, n, d, 0);
    return false;
  }
  return set_output(c, g, n, 0, DT_F32, *x);
}

/* ---- lowering ---------------------------------------------------------------------------- */

/* A constant with one element per channel, named after the node. */
static ValueId channel_const(Ctx *c, Graph *g, const Node *n, const char *suffix, float *data,
                             int64_t channels) {
  const char *name = graph_unique_name(c, g, str_fmt(c->arena, "%s.%s", n->name, suffix));
  Value *v = graph_add_value(c, g, V_CONST, name, DT_F32, SHAPE(channels), n->span);
  v->data = data;
  return v->id;
}

/* (x - mean) / std = x · (1/std) + (-mean/std): the node becomes affine, its value and name stay.
 */
bool lower_normalise(Ctx *c, Graph *g, Node *n, bool *changed) {
  const NormaliseAttr *a = ATTR(n, NormaliseAttr);
  int64_t channels = op_in(g, n, 0)->dim[1];
  float *scale = NEWN(c->arena, float, channels), *shift = NEWN(c->arena, float, channels);
  for (int64_t i = 0; i < channels; i++) {
    double mean = a->mean.v[a->mean.n == 1 ? 0 : i], std = a->std.v[a->std.n == 1 ? 0 : i];
    scale[i] = (float)(1 / std);
    shift[i] = (float)(-mean / std);
  }
  ValueId *in = NEWN(c->arena, ValueId, 3);
  in[0] = n->in[0];
  in[1] = channel_const(c, g, n, "scale", scale, channels);
  in[2] = channel_const(c, g, n, "shift", shift, channels);
  n->op = OP_AFFINE;
  n->attr = attr_defaults(c, OP_AFFINE);
  n->in = in;
  n->nin = 3;
  *changed = true;
  return shape_affine(c, g, n);
}

/* ---- reference kernels ------------------------------------------------------------------- */

/* The rows of a tensor [N, C, …] in storage order: row i belongs to channel i % C. */
typedef struct Rows {
  int64_t count, len, channels;
} Rows;

static Rows rows_of(const Shape *s) {
  int64_t rows = s->dim[0] * s->dim[1];
  return (Rows){rows, shape_count(s) / rows, s->dim[1]};
}

bool ref_batchnorm(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  double eps = ATTR(n, BatchNormAttr)->eps;
  const float *gamma = in[1].data, *beta = in[2].data, *mean = in[3].data, *var = in[4].data;
  Rows r = rows_of(&in->shape);
#pragma omp parallel for
  for (int64_t i = 0; i < r.count; i++) {
    int64_t k = i % r.channels;
    double scale = gamma[k] / sqrt(var[k] + eps);
    for (int64_t j = i * r.len; j < (i + 1) * r.len; j++)
      out->data[j] = (float)((in->data[j] - (double)mean[k]) * scale + beta[k]);
  }
  return true;
}

bool ref_normalise(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  const NormaliseAttr *a = ATTR(n, NormaliseAttr);
  Rows r = rows_of(&in->shape);
#pragma omp parallel for
  for (int64_t i = 0; i < r.count; i++) {
    int64_t k = i % r.channels;
    double mean = a->mean.v[a->mean.n == 1 ? 0 : k], std = a->std.v[a->std.n == 1 ? 0 : k];
    for (int64_t j = i * r.len; j < (i + 1) * r.len; j++)
      out->data[j] = (float)((in->data[j] - mean) / std);
  }
  return true;
}

bool ref_affine(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  Rows r = rows_of(&in->shape);
#pragma omp parallel for
  for (int64_t i = 0; i < r.count; i++) {
    double scale = in[1].data[i % r.channels], shift = in[2].data[i % r.channels];
    for (int64_t j = i * r.len; j < (i + 1) * r.len; j++)
      out->data[j] = (float)(in->data[j] * scale + shift);
  }
  return true;
}
