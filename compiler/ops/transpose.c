/* transpose.c: transposed convolution, and the weights that make it an ordinary one.
 *
 * Inputs: x [N, C, (D, (H,)) W], weight [C, out/groups, kernel…], bias [out] unless bias=false.
 * Element i of a dimension adds kernel element k at i·stride + k·dilation - pad of the result.
 * So the results at one phase, (o + pad) mod stride, are an ordinary convolution of stride 1 with
 * those kernel elements that fall on the phase: phase_weights gathers them, one set of output
 * channels per phase; `interleave` (remap.c) puts the phases side by side.
 */
#include <string.h>

#include "ops.h"

const AttrField conv_transpose_attrs[] = {
    {"out", AT_INT, offsetof(ConvTransposeAttr, out), NULL, NULL, "output channels"},
    {"kernel", AT_DIMS, offsetof(ConvTransposeAttr, kernel), NULL, NULL, "kernel size"},
    {"stride", AT_DIMS, offsetof(ConvTransposeAttr, stride), "1", NULL,
     "distance of neighbouring input elements in the result"},
    {"pad", AT_PADS, offsetof(ConvTransposeAttr, pad), "0", NULL,
     "elements cut off the result: one number, one per dimension, [top, left, bottom, right]"},
    {"output_pad", AT_DIMS, offsetof(ConvTransposeAttr, output_pad), "0", NULL,
     "elements more at the end of the result"},
    {"dilation", AT_DIMS, offsetof(ConvTransposeAttr, dilation), "1", NULL,
     "distance of kernel elements"},
    {"groups", AT_INT, offsetof(ConvTransposeAttr, groups), "1", NULL,
     "parts that the channels are cut into"},
    {"bias", AT_BOOL, offsetof(ConvTransposeAttr, bias), "true", NULL,
     "add one number per output channel"},
    {0},
};
const AttrField phases_attrs[] = {
    {"stride", AT_DIMS, offsetof(PhasesAttr, stride), NULL, NULL, "phases of each dimension"},
    {"dilation", AT_DIMS, offsetof(PhasesAttr, dilation), "[]", NULL,
     "distance of kernel elements"},
    {"cut", AT_DIMS, offsetof(PhasesAttr, cut), "[]", NULL, "elements dropped in front"},
    {"size", AT_DIMS, offsetof(PhasesAttr, size), "[]", NULL, "size of the result"},
    {"groups", AT_INT, offsetof(PhasesAttr, groups), "1", NULL, "groups of the convolution"},
    {0},
};

static bool transpose_check(Ctx *c, const Graph *g, const Node *n, ConvTransposeAttr *a) {
  if (!check_inputs(c, g, n) || !check_rank(c, g, n, 3, 5)) return false;
  const Shape *x = op_in(g, n, 0);
  int rank = x->rank - 2;
  bool ok = check_range(c, g, n, "out", a->out, 1);
  ok &= check_range(c, g, n, "groups", a->groups, 1);
  ok &= dims_expand(c, g, n, "kernel", &a->kernel, rank, 1);
  ok &= dims_expand(c, g, n, "stride", &a->stride, rank, 1);
  ok &= dims_expand(c, g, n, "dilation", &a->dilation, rank, 1);
  ok &= dims_expand(c, g, n, "output_pad", &a->output_pad, rank, 0);
  ok &= pads_expand(c, g, n, &a->pad, rank);
  if (!ok) return false;
  if (a->pad.mode == PAD_SAME) {
    op_error(c, g, n, DIAG_E0403, "pad=same has no meaning here: several sizes would fit");
    return false;
  }
  a->pad.mode = PAD_EXPLICIT;
  return check_channel_groups(c, g, n, a->groups, a->out);
}

int params_conv_transpose(Ctx *c, const Graph *g, const Node *n, ParamSpec *specs) {
  ConvTransposeAttr a = *ATTR(n, ConvTransposeAttr);
  if (!transpose_check(c, g, n, &a)) return -1;
  const Shape *x = op_in(g, n, 0);
  Shape w = {.rank = x->rank, .dim = {x->dim[1], a.out / a.groups}};
  memcpy(&w.dim[2], a.kernel.v, (size_t)a.kernel.n * sizeof(int64_t));
  int64_t fan_in = x->dim[1] / a.groups;
  for (int i = 0; i < a.kernel.n; i++)
    fan_in = sat_mul(fan_in, (a.kernel.v[i] + a.stride.v[i] - 1) / a.stride.v[i]);
  specs[0] = (ParamSpec){"weight", w, fan_in, FILL_HE};
  specs[1] = (ParamSpec){"bias", SHAPE(a.out), 0, FILL_SMALL};
  return a.bias ? 2 : 1;
}

bool shape_conv_transpose(Ctx *c, Graph *g, Node *n) {
  ConvTransposeAttr *a = ATTR(n, ConvTransposeAttr);
  if (!transpose_check(c, g, n, a)) return false;
  const Shape *x = op_in(g, n, 0);
  int rank = x->rank - 2;
  Shape y = {.rank = x->rank, .dim = {x->dim[0], a->out}};
  for (int i = 0; i < rank; i++) {
    int64_t s = a->stride.v[i], d = a->dilation.v[i], more = a->output_pad.v[i];
    if (more >= s && more >= d) {
      op_error(c, g, n, DIAG_E0403, "output_pad is %lld, must be less than stride or dilation",
               (long long)more);
      return false;
    }
    y.dim[2 + i] = sat_mul(x->dim[2 + i] - 1, s) + sat_mul(d, a->kernel.v[i] - 1) + 1 + more -
                   a->pad.v[i] - a->pad.v[rank + i];
  }
  return check_params(c, g, n) && set_output(c, g, n, 0, DT_F32, y);
}

/* Multiply-adds: weights × input pixels, what is cut off counted. */
void cost_conv_transpose(const Graph *g, const Node *n, Cost *cost) {
  const ConvTransposeAttr *a = ATTR(n, ConvTransposeAttr);
  const Shape *x = op_in(g, n, 0);
  int64_t weights = sat_mul(a->out / a->groups, x->dim[1]), pixels = x->dim[0];
  for (int i = 0; i < a->kernel.n; i++) {
    weights = sat_mul(weights, a->kernel.v[i]);
    pixels = sat_mul(pixels, x->dim[2 + i]);
  }
  cost->params = sat_add(weights, a->bias ? a->out : 0);
  cost->macs = sat_mul(weights, pixels);
  cost->other = a->bias ? shape_count(&graph_value(g, n->out[0])->shape) : 0;
  cost->bytes = cost_bytes(g, n);
}

/* ---- reference kernel -------------------------------------------------------------------------
 */

/* Adds one input plane times one kernel to the plane acc. */
static void scatter(const Window *w, const float *x, const float *kernel, double *acc) {
  int64_t taps = w->kernel[0] * w->kernel[1] * w->kernel[2];
  int64_t pixels = w->in[0] * w->in[1] * w->in[2];
  for (int64_t k = 0; k < taps; k++) {
    int64_t tap[3] = {k / w->kernel[2] / w->kernel[1], k / w->kernel[2] % w->kernel[1],
                      k % w->kernel[2]};
    for (int64_t i = 0; i < pixels; i++) {
      int64_t from[3] = {i / w->in[2] / w->in[1], i / w->in[2] % w->in[1], i % w->in[2]}, at = 0;
      for (int d = 0; d < 3 && at >= 0; d++) {
        int64_t o = from[d] * w->stride[d] + tap[d] * w->dilation[d] - w->before[d];
        at = o < 0 || o >= w->out[d] ? -1 : at * w->out[d] + o;
      }
      if (at >= 0) acc[at] += (double)x[i] * kernel[k];
    }
  }
}

bool ref_conv_transpose(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  ConvTransposeAttr *a = ATTR(n, ConvTransposeAttr);
  Window w = window_of(&in[0].shape, &out[0].shape,
                       (WindowAttr){&a->kernel, &a->stride, &a->dilation, &a->pad, false});
  int64_t channels = in[0].shape.dim[1], group_in = channels / a->groups;
  int64_t group_out = a->out / a->groups, taps = w.kernel[0] * w.kernel[1] * w.kernel[2];
  int64_t size = w.out[0] * w.out[1] * w.out[2], pixels = w.in[0] * w.in[1] * w.in[2];
  double *acc = NEWN(c->arena, double, size);
  for (int64_t p = 0; p < in[0].shape.dim[0] * a->out; p++) {
    int64_t oc = p % a->out, first = oc / group_out * group_in;
    for (int64_t i = 0; i < size; i++) acc[i] = a->bias ? in[2].data[oc] : 0;
    for (int64_t ic = first; ic < first + group_in; ic++)
      scatter(&w, in[0].data + (p / a->out * channels + ic) * pixels,
              in[1].data + (ic * group_out + oc % group_out) * taps, acc);
    for (int64_t i = 0; i < size; i++) out[0].data[p * size + i] = (float)acc[i];
  }
  return true;
}

/* ---- weights for every phase ------------------------------------------------------------------
 */

bool shape_phase_weights(Ctx *c, Graph *g, Node *n) {
  PhasesAttr *a = ATTR(n, PhasesAttr);
  if (!check_inputs(c, g, n)) return false;
  Shape w = *op_in(g, n, 0);
  int64_t out = w.dim[1] * a->groups;
  w.dim[1] = w.dim[0] / a->groups;
  for (int i = 0; i < w.rank - 2; i++) {
    out = sat_mul(out, a->stride.v[i]);
    w.dim[2 + i] = (w.dim[2 + i] - 1) * a->dilation.v[i] / a->stride.v[i] + 1;
  }
  w.dim[0] = out;
  if (!set_output(c, g, n, 0, DT_F32, w)) return false;
  return n->nin == 1 || set_output(c, g, n, 1, DT_F32, SHAPE(out));
}

/* Offset in the kernel of the element that phase `phase` has at place `tap` of its own kernel
 * (shape y); -1 if there is none. Dimensions run from the last. */
static int64_t kernel_element(const PhasesAttr *a, const Shape *w, const Shape *y, int64_t phase,
                              int64_t tap) {
  int64_t at = 0, stride = 1;
  for (int i = w->rank - 3; i >= 0; i--) {
    int64_t s = a->stride.v[i], size = y->dim[2 + i];
    int64_t t = size - 1 - tap % size, far = phase % s + t * s; /* distance, dilation included */
    if (far % a->dilation.v[i] || far / a->dilation.v[i] >= w->dim[2 + i]) return -1;
    at += far / a->dilation.v[i] * stride;
    stride *= w->dim[2 + i];
    tap /= size;
    phase /= s;
  }
  return at;
}

bool ref_phase_weights(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  const PhasesAttr *a = ATTR(n, PhasesAttr);
  const Shape *w = &in[0].shape, *y = &out[0].shape;
  int64_t per = w->dim[1], kernel = 1, taps = 1;
  for (int i = 2; i < w->rank; i++) kernel *= w->dim[i], taps *= y->dim[i];
  int64_t phases = y->dim[0] / (per * a->groups);
  for (int64_t o = 0; o < y->dim[0]; o++) {
    int64_t group = o / (phases * per), phase = o / per % phases, oc = o % per;
    if (n->nin > 1) out[1].data[o] = in[1].data[group * per + oc];
    for (int64_t ic = 0; ic < y->dim[1]; ic++)
      for (int64_t t = 0; t < taps; t++) {
        int64_t k = kernel_element(a, w, y, phase, t);
        int64_t from = ((group * y->dim[1] + ic) * per + oc) * kernel + k;
        out[0].data[(o * y->dim[1] + ic) * taps + t] = k < 0 ? 0 : in[0].data[from];
      }
  }
  return true;
}
