/* local.c: locally connected layers: convolution whose every output place has weights of its own.
 *
 * Inputs: x [N, C, (D, (H,)) W], weight [places, out, C·kernel], bias [places, out] unless
 * bias=false. Places count the output's rows and columns in order, a row of weights runs through
 * channels, then kernel rows, then kernel columns: each place is a dense layer on its window, as
 * im2col writes windows.
 */
#include "ops.h"

const AttrField local_attrs[] = {
    {"out", AT_INT, offsetof(LocalAttr, out), NULL, NULL, "output channels"},
    {"kernel", AT_DIMS, offsetof(LocalAttr, kernel), NULL, NULL, "window size"},
    {"stride", AT_DIMS, offsetof(LocalAttr, stride), "1", NULL, "step of the window"},
    {"pad", AT_PADS, offsetof(LocalAttr, pad), "0", NULL,
     "zeros around the input: one number, one per dimension, [top, left, bottom, right], same, "
     "valid"},
    {"dilation", AT_DIMS, offsetof(LocalAttr, dilation), "1", NULL,
     "distance of window elements"},
    {"bias", AT_BOOL, offsetof(LocalAttr, bias), "true", NULL,
     "add one number per place and output channel"},
    {0},
};

static WindowAttr window_attr(LocalAttr *a) {
  return (WindowAttr){&a->kernel, &a->stride, &a->dilation, &a->pad, false};
}

static bool local_shape(Ctx *c, const Graph *g, const Node *n, LocalAttr *a, Shape *y) {
  if (!check_inputs(c, g, n) || !check_rank(c, g, n, 3, 5)) return false;
  if (!check_range(c, g, n, "out", a->out, 1)) return false;
  const Shape *x = op_in(g, n, 0);
  *y = (Shape){.rank = x->rank, .dim = {x->dim[0], a->out}};
  return window_shape(c, g, n, window_attr(a), y);
}

int params_local(Ctx *c, const Graph *g, const Node *n, ParamSpec *specs) {
  LocalAttr a = *ATTR(n, LocalAttr);
  Shape y;
  if (!local_shape(c, g, n, &a, &y)) return -1;
  int64_t places = 1, taps = op_in(g, n, 0)->dim[1];
  for (int i = 0; i < a.kernel.n; i++) {
    places = sat_mul(places, y.dim[2 + i]);
    taps = sat_mul(taps, a.kernel.v[i]);
  }
  specs[0] = (ParamSpec){"weight", SHAPE(places, a.out, taps), taps, FILL_HE};
  specs[1] = (ParamSpec){"bias", SHAPE(places, a.out), 0, FILL_SMALL};
  return a.bias ? 2 : 1;
}

bool shape_local(Ctx *c, Graph *g, Node *n) {
  LocalAttr *a = ATTR(n, LocalAttr);
  Shape y;
  if (!local_shape(c, g, n, a, &y) || !check_params(c, g, n)) return false;
  window_warn_unread(c, g, n, window_attr(a));
  return set_output(c, g, n, 0, DT_F32, y);
}

/* Every weight is used once for each sample, padding counted. */
void cost_local(const Graph *g, const Node *n, Cost *cost) {
  const LocalAttr *a = ATTR(n, LocalAttr);
  const Shape *x = op_in(g, n, 0), *y = &graph_value(g, n->out[0])->shape;
  int64_t values = shape_count(y) / y->dim[0], weights = sat_mul(values, x->dim[1]);
  for (int i = 0; i < a->kernel.n; i++) weights = sat_mul(weights, a->kernel.v[i]);
  cost->params = sat_add(weights, a->bias ? values : 0);
  cost->macs = sat_mul(weights, y->dim[0]);
  cost->other = a->bias ? shape_count(y) : 0;
  cost->bytes = cost_bytes(g, n);
}

/* Σ over channels and taps of the window at (z, y, x) that fall on the input. */
static double window_sum(const Window *w, const float *in, const float *weight, int64_t channels,
                         const int64_t at[3]) {
  double sum = 0;
  for (int64_t ic = 0; ic < channels; ic++)
    for (int64_t i = 0; i < w->kernel[0]; i++)
      for (int64_t j = 0; j < w->kernel[1]; j++)
        for (int64_t k = 0; k < w->kernel[2]; k++, weight++) {
          int64_t z = at[0] * w->stride[0] - w->before[0] + i * w->dilation[0];
          int64_t y = at[1] * w->stride[1] - w->before[1] + j * w->dilation[1];
          int64_t x = at[2] * w->stride[2] - w->before[2] + k * w->dilation[2];
          bool inside =
              z >= 0 && z < w->in[0] && y >= 0 && y < w->in[1] && x >= 0 && x < w->in[2];
          if (inside)
            sum += (double)*weight * in[((ic * w->in[0] + z) * w->in[1] + y) * w->in[2] + x];
        }
  return sum;
}

bool ref_local(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  LocalAttr *a = ATTR(n, LocalAttr);
  Window w = window_of(&in->shape, &out->shape, window_attr(a));
  int64_t channels = in->shape.dim[1], size = w.in[0] * w.in[1] * w.in[2];
  int64_t places = w.out[0] * w.out[1] * w.out[2], taps = in[1].shape.dim[2];
#pragma omp parallel for
  for (int64_t i = 0; i < shape_count(&out->shape); i++) {
    int64_t p = i % places, o = i / places % a->out, image = i / places / a->out;
    int64_t at[3] = {p / w.out[2] / w.out[1], p / w.out[2] % w.out[1], p % w.out[2]};
    double sum = window_sum(&w, in->data + image * channels * size,
                            in[1].data + (p * a->out + o) * taps, channels, at);
    out->data[i] = (float)(sum + (a->bias ? in[2].data[p * a->out + o] : 0.0));
  }
  return true;
}
