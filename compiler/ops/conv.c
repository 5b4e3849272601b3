/* conv.c: convolution in one, two and three dimensions.
 *
 * Inputs: x [N, C, (D, (H,)) W], weight [out, C/groups, kernel…], bias [out] unless bias=false.
 * The reference kernel is the oracle of the compiled ones: it accumulates in double, where the
 * product of two floats is exact, and each output plane is computed by one thread in one order,
 * so the result does not depend on the number of threads.
 */
#include <string.h>

#include "ops.h"

const AttrField conv_attrs[] = {
    {"out", AT_INT, offsetof(ConvAttr, out), NULL, NULL, "output channels"},
    {"kernel", AT_DIMS, offsetof(ConvAttr, kernel), NULL, NULL, "kernel size"},
    {"stride", AT_DIMS, offsetof(ConvAttr, stride), "1", NULL, "step of the window"},
    {"pad", AT_PADS, offsetof(ConvAttr, pad), "0", NULL,
     "border around the input: one number, one per dimension, [top, left, bottom, right], same, "
     "valid"},
    {"dilation", AT_DIMS, offsetof(ConvAttr, dilation), "1", NULL, "distance of kernel elements"},
    {"groups", AT_INT, offsetof(ConvAttr, groups), "1", NULL,
     "parts that the channels are cut into; as many as channels: depthwise"},
    {"bias", AT_BOOL, offsetof(ConvAttr, bias), "true", NULL,
     "add one number per output channel"},
    {"flip", AT_BOOL, offsetof(ConvAttr, flip), "false", NULL,
     "turn the kernel by 180 degrees: true convolution"},
    {"pad_mode", AT_NAME, offsetof(ConvAttr, pad_mode), "zero", "zero reflect edge",
     "what the border holds: zeros, the input mirrored, or its nearest element"},
    {0},
};

static WindowAttr window_attr(ConvAttr *a) {
  return (WindowAttr){&a->kernel, &a->stride, &a->dilation, &a->pad, false};
}

/* Checks all that does not need the output size, so that the parameters' shapes follow. */
static bool conv_check(Ctx *c, const Graph *g, const Node *n, ConvAttr *a) {
  if (!check_inputs(c, g, n) || !check_rank(c, g, n, 3, 5)) return false;
  const Shape *x = op_in(g, n, 0);
  bool ok = check_range(c, g, n, "out", a->out, 1);
  ok &= check_range(c, g, n, "groups", a->groups, 1);
  ok &= dims_expand(c, g, n, "kernel", &a->kernel, x->rank - 2, 1);
  if (!ok) return false;
  return check_channel_groups(c, g, n, a->groups, a->out);
}

int params_conv(Ctx *c, const Graph *g, const Node *n, ParamSpec *specs) {
  ConvAttr a = *ATTR(n, ConvAttr);
  if (!conv_check(c, g, n, &a)) return -1;
  const Shape *x = op_in(g, n, 0);
  Shape w = {.rank = x->rank, .dim = {a.out, x->dim[1] / a.groups}};
  memcpy(&w.dim[2], a.kernel.v, (size_t)a.kernel.n * sizeof(int64_t));
  int64_t fan_in = w.dim[1];
  for (int i = 0; i < a.kernel.n; i++) fan_in = sat_mul(fan_in, a.kernel.v[i]);
  specs[0] = (ParamSpec){"weight", w, fan_in, FILL_HE};
  specs[1] = (ParamSpec){"bias", SHAPE(a.out), 0, FILL_SMALL};
  return a.bias ? 2 : 1;
}

bool shape_conv(Ctx *c, Graph *g, Node *n) {
  ConvAttr *a = ATTR(n, ConvAttr);
  if (!conv_check(c, g, n, a)) return false;
  const Shape *x = op_in(g, n, 0);
  Shape y = {.rank = x->rank, .dim = {x->dim[0], a->out}};
  bool ok = window_shape(c, g, n, window_attr(a), &y);
  if (!check_params(c, g, n) || !ok || !pads_mirror(c, g, n, a->pad_mode, &a->pad)) return false;
  window_warn_unread(c, g, n, window_attr(a));
  return set_output(c, g, n, 0, DT_F32, y);
}

/* Multiply-adds: weights × output pixels, padding counted. */
void cost_conv(const Graph *g, const Node *n, Cost *cost) {
  const ConvAttr *a = ATTR(n, ConvAttr);
  const Shape *x = op_in(g, n, 0), *y = &graph_value(g, n->out[0])->shape;
  int64_t weights = sat_mul(a->out, x->dim[1] / a->groups), pixels = y->dim[0];
  for (int i = 0; i < a->kernel.n; i++) {
    weights = sat_mul(weights, a->kernel.v[i]);
    pixels = sat_mul(pixels, y->dim[2 + i]);
  }
  cost->params = sat_add(weights, a->bias ? a->out : 0);
  cost->macs = sat_mul(weights, pixels);
  cost->other = a->bias ? shape_count(y) : 0;
  cost->bytes = cost_bytes(g, n);
}

/* ---- lowering ---------------------------------------------------------------------------------
 */

/* A node of `op` between the convolution and its input. */
static bool insert_before(Ctx *c, Graph *g, Node *n, OpKind op, const void *attr,
                          const char *what) {
  const char *name = graph_unique_name(c, g, str_fmt(c->arena, "%s.%s", n->name, what));
  Node *m = graph_insert_node(c, g, n->id, op, attr, n->in, 1, name, n->scope, n->span);
  if (m) n->in[0] = m->out[0];
  return m;
}

/* The border as a pad node of its own. */
static bool lower_border(Ctx *c, Graph *g, Node *n, ConvAttr *a) {
  PadAttr *pad = attr_defaults(c, OP_PAD);
  pad->pad = a->pad;
  pad->mode = a->pad_mode;
  if (!insert_before(c, g, n, OP_PAD, pad, "pad")) return false;
  memset(a->pad.v, 0, sizeof a->pad.v);
  a->pad_mode = ctx_name(c, "zero");
  return true;
}

/* Padding other than zeros becomes a node; several filters on each channel become one filter on
 * each of several copies of the channel: the weights are the same. */
bool lower_conv(Ctx *c, Graph *g, Node *n, bool *changed) {
  ConvAttr *a = ATTR(n, ConvAttr);
  int64_t channels = op_in(g, n, 0)->dim[1];
  if (!str_eq(a->pad_mode, "zero")) {
    *changed = true;
    return lower_border(c, g, n, a);
  }
  if (channels == 1 || a->groups != channels || a->out == channels) return true;
  FactorAttr times = {.factor = a->out / channels};
  if (!insert_before(c, g, n, OP_REPEAT_CHANNELS, &times, "repeat")) return false;
  a->groups = a->out;
  *changed = true;
  return true;
}

/* ---- reference kernel ------------------------------------------------------------------------
 */

enum { COLS = 256 }; /* output columns at a time: their accumulators stay in the first cache */

typedef struct ConvRun {
  Window w;
  int64_t in_c, out_c, group_in, group_out; /* channels, and channels per group */
  const float *x, *weight, *bias;
  float *y;
  bool flip;
} ConvRun;

/* acc[i] += w · x[i·stride] */
static void tap(double *restrict acc, const float *restrict x, double w, int64_t n,
                int64_t stride) {
  if (stride == 1) {
#pragma omp simd
    for (int64_t i = 0; i < n; i++) acc[i] += w * x[i];
  } else {
    for (int64_t i = 0; i < n; i++) acc[i] += w * x[i * stride];
  }
}

/* Adds one kernel row `k` over one input row `x` to the columns [from, to) of an output row.
 * Column o reads x[o·stride - before + j·dilation]; columns that would read padding are left. */
static void kernel_row(const ConvRun *r, double *acc, const float *x, const float *k,
                       int64_t from, int64_t to) {
  int64_t width = r->w.in[2], stride = r->w.stride[2], kw = r->w.kernel[2];
  for (int64_t j = 0; j < kw; j++) {
    int64_t shift = j * r->w.dilation[2] - r->w.before[2];
    int64_t lo = ceil_div(max64(-shift, 0), stride),
            hi = ceil_div(max64(width - shift, 0), stride);
    if (lo < from) lo = from;
    if (hi > to) hi = to;
    if (lo >= hi) continue;
    tap(acc + (lo - from), x + lo * stride + shift, k[r->flip ? kw - 1 - j : j], hi - lo, stride);
  }
}

/* Columns [from, to) of output row (d, h) of channel oc: bias + Σ over channels and taps. */
static void output_row(const ConvRun *r, int64_t image, int64_t oc, int64_t d, int64_t h,
                       int64_t from, int64_t to) {
  const Window *w = &r->w;
  int64_t kd = w->kernel[0], kh = w->kernel[1], kw = w->kernel[2];
  int64_t first = oc / r->group_out * r->group_in; /* the group's first input channel */
  double acc[COLS];
  for (int64_t i = 0; i < to - from; i++) acc[i] = r->bias ? r->bias[oc] : 0.0;
  for (int64_t ic = 0; ic < r->group_in; ic++) {
    const float *plane = r->x + (image * r->in_c + first + ic) * w->in[0] * w->in[1] * w->in[2];
    const float *kernel = r->weight + (oc * r->group_in + ic) * kd * kh * kw;
    for (int64_t i = 0; i < kd; i++) {
      int64_t z = d * w->stride[0] - w->before[0] + i * w->dilation[0];
      if (z < 0 || z >= w->in[0]) continue;
      for (int64_t j = 0; j < kh; j++) {
        int64_t y = h * w->stride[1] - w->before[1] + j * w->dilation[1];
        if (y < 0 || y >= w->in[1]) continue;
        int64_t row = r->flip ? (kd - 1 - i) * kh + kh - 1 - j : i * kh + j;
        kernel_row(r, acc, plane + (z * w->in[1] + y) * w->in[2], kernel + row * kw, from, to);
      }
    }
  }
  float *out = r->y + (((image * r->out_c + oc) * w->out[0] + d) * w->out[1] + h) * w->out[2];
  for (int64_t i = from; i < to; i++) out[i] = (float)acc[i - from];
}

/* A 1×1 window that visits every element once sees the map as one long row. */
static void join_rows(Window *w) {
  for (int d = 0; d < 3; d++)
    if (w->kernel[d] != 1 || w->stride[d] != 1 || w->in[d] != w->out[d]) return;
  for (int d = 0; d < 2; d++) {
    w->in[2] *= w->in[d];
    w->in[d] = w->out[d] = 1;
  }
  w->out[2] = w->in[2];
}

/* y[n, o, p] = bias[o] + Σ weight[o, c, k] · x[n, c, p·stride - before + k·dilation] over the
 * channels c of o's group and the kernel elements k that fall on the input. */
bool ref_conv(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  ConvAttr inner = *ATTR(n, ConvAttr), *a = &inner;
  Tensor x = in[0];
  if (!str_eq(a->pad_mode, "zero")) {
    x = remap_padded(c, &x, &(PadAttr){.pad = a->pad, .mode = a->pad_mode});
    memset(a->pad.v, 0, sizeof a->pad.v);
  }
  ConvRun r = {.w = window_of(&x.shape, &out[0].shape, window_attr(a)),
               .in_c = in[0].shape.dim[1],
               .out_c = a->out,
               .group_in = in[0].shape.dim[1] / a->groups,
               .group_out = a->out / a->groups,
               .x = x.data,
               .weight = in[1].data,
               .bias = a->bias ? in[2].data : NULL,
               .y = out[0].data,
               .flip = a->flip};
  int64_t planes = out[0].shape.dim[0] * a->out;
  join_rows(&r.w);
#pragma omp parallel for schedule(dynamic)
  for (int64_t p = 0; p < planes; p++)
    for (int64_t d = 0; d < r.w.out[0]; d++)
      for (int64_t h = 0; h < r.w.out[1]; h++)
        for (int64_t i = 0; i < r.w.out[2]; i += COLS)
          output_row(&r, p / a->out, p % a->out, d, h, i,
                     i + COLS < r.w.out[2] ? i + COLS : r.w.out[2]);
  return true;
}
