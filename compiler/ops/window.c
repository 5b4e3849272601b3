/* window.c: where the windows of convolution and pooling lie.
 *
 * In: kernel, stride, dilation and padding as the language writes them, and the input's shape.
 * Out: the same attributes with one number per spatial dimension and side, and the output size.
 * Convolution and pooling share it, and so do their reference kernels through Window.
 */
#include "ops.h"

static int64_t extent(int64_t kernel, int64_t dilation) { return dilation * (kernel - 1) + 1; }

int64_t window_out(int64_t in, int64_t kernel, int64_t stride, int64_t dilation, int64_t before,
                   int64_t after, bool ceil) {
  int64_t room = in + before + after - extent(kernel, dilation);
  if (room < 0) return 0;
  if (!ceil) return room / stride + 1;
  int64_t out = (room + stride - 1) / stride + 1;
  return (out - 1) * stride >= in + before ? out - 1 : out;
}

bool dims_expand(Ctx *c, const Graph *g, const Node *n, const char *attr, Dims *d, int rank,
                 int64_t lo) {
  if (d->n != 1 && d->n != rank) {
    const char * or = rank > 1 ? str_fmt(c->arena, " or %d", rank) : "";
    Diag *e = op_error(c, g, n, DIAG_E0412, "%s has %d values, must have 1%s", attr, d->n, or);
    op_show_input(c, g, n, e, 0);
    return false;
  }
  for (int i = 0; i < d->n; i++)
    if (!check_range(c, g, n, attr, d->v[i], lo)) return false;
  for (int i = d->n; i < rank; i++) d->v[i] = d->v[0];
  d->n = rank;
  return true;
}

bool pads_expand(Ctx *c, const Graph *g, const Node *n, Pads *p, int rank) {
  if (p->mode != PAD_EXPLICIT) p->n = 1, p->v[0] = 0;
  if (p->n != 1 && p->n != rank && p->n != 2 * rank) {
    const char * or = rank > 1 ? str_fmt(c->arena, "1, %d or %d", rank, 2 * rank) : "1 or 2";
    Diag *e = op_error(c, g, n, DIAG_E0412, "pad has %d values, must have %s", p->n, or);
    op_show_input(c, g, n, e, 0);
    return false;
  }
  for (int i = 0; i < p->n; i++)
    if (!check_range(c, g, n, "pad", p->v[i], 0)) return false;
  for (int i = p->n; i < 2 * rank; i++) p->v[i] = p->v[p->n == rank ? i - rank : 0];
  p->n = 2 * rank;
  return true;
}

bool pads_mirror(Ctx *c, const Graph *g, const Node *n, const char *mode, const Pads *p) {
  const Shape *x = op_in(g, n, 0);
  for (int i = 0; str_eq(mode, "reflect") && i < p->n; i++) {
    int64_t most = x->dim[2 + i % (x->rank - 2)] - 1;
    if (p->v[i] <= most) continue;
    Diag *d = op_error(c, g, n, DIAG_E0403, "reflect pads by %lld, must be at most %lld",
                       (long long)p->v[i], (long long)most);
    op_show_input(c, g, n, d, 0);
    return false;
  }
  return true;
}

/* Padding that keeps out = ceil(in / stride); an odd total has the larger half after the input,
 * as TensorFlow, ONNX's SAME_UPPER and PyTorch have it. */
static void pads_same(Pads *p, const Shape *x, const WindowAttr *a) {
  int rank = x->rank - 2;
  for (int i = 0; i < rank; i++) {
    int64_t in = x->dim[2 + i], s = a->stride->v[i];
    int64_t out = (in + s - 1) / s;
    int64_t total =
        (out - 1) * s + extent(a->kernel->v[i], a->dilation ? a->dilation->v[i] : 1) - in;
    if (total < 0) total = 0;
    p->v[i] = total / 2;
    p->v[rank + i] = total - total / 2;
  }
}

static void report_too_large(Ctx *c, const Graph *g, const Node *n, const WindowAttr *a) {
  const Shape *x = op_in(g, n, 0);
  Shape kernel = {.rank = x->rank - 2}, padded = kernel;
  int64_t missing = 0;
  for (int i = 0; i < kernel.rank; i++) {
    kernel.dim[i] = extent(a->kernel->v[i], a->dilation ? a->dilation->v[i] : 1);
    padded.dim[i] = x->dim[2 + i] + a->pad->v[i] + a->pad->v[kernel.rank + i];
    if (kernel.dim[i] - padded.dim[i] > missing) missing = kernel.dim[i] - padded.dim[i];
  }
  Diag *d = op_error(c, g, n, DIAG_E0404, "a window of %s does not fit the padded input of %s",
                     shape_text(c, &kernel), shape_text(c, &padded));
  op_show_input(c, g, n, d, 0);
  diag_help(c, d, "pad it by %lld more in all, or use a smaller kernel", (long long)missing);
}

bool window_shape(Ctx *c, const Graph *g, const Node *n, WindowAttr a, Shape *y) {
  const Shape *x = op_in(g, n, 0);
  int rank = x->rank - 2;
  bool ok = dims_expand(c, g, n, "kernel", a.kernel, rank, 1);
  ok &= dims_expand(c, g, n, "stride", a.stride, rank, 1);
  if (a.dilation) ok &= dims_expand(c, g, n, "dilation", a.dilation, rank, 1);
  ok &= pads_expand(c, g, n, a.pad, rank);
  if (!ok) return false;
  if (a.pad->mode == PAD_SAME) pads_same(a.pad, x, &a);
  a.pad->mode = PAD_EXPLICIT;
  for (int i = 0; i < rank; i++) {
    y->dim[2 + i] =
        window_out(x->dim[2 + i], a.kernel->v[i], a.stride->v[i],
                   a.dilation ? a.dilation->v[i] : 1, a.pad->v[i], a.pad->v[rank + i], a.ceil);
    if (y->dim[2 + i] >= 1) continue;
    report_too_large(c, g, n, &a);
    return false;
  }
  return true;
}

/* Elements after the last window's end that are input, not padding. */
static int64_t unread(int64_t in, int64_t kernel, int64_t stride, int64_t dilation,
                      int64_t before, int64_t after, bool ceil) {
  int64_t out = window_out(in, kernel, stride, dilation, before, after, ceil);
  int64_t end = (out - 1) * stride + extent(kernel, dilation) - before;
  return end < in ? in - end : 0;
}

void window_warn_unread(Ctx *c, const Graph *g, const Node *n, WindowAttr a) {
  if (annotations_silence(&n->notes, DIAG_W0401)) return;
  const Shape *x = op_in(g, n, 0);
  int rank = x->rank - 2;
  StrBuf lost = {.arena = c->arena};
  for (int i = 0; i < rank; i++) {
    int64_t in = x->dim[2 + i], k = a.kernel->v[i], s = a.stride->v[i];
    int64_t left = unread(in, k, s, a.dilation ? a.dilation->v[i] : 1, a.pad->v[i],
                          a.pad->v[rank + i], a.ceil);
    /* Windows with gaps between them drop input on purpose; a border line of a large map, as in
     * SqueezeNet's first layer, is not worth a word. */
    if (k < s || left * 32 < in) continue;
    sb_printf(&lost, "%s%lld of %lld in %s", lost.len ? ", " : "", (long long)left, (long long)in,
              dim_name(x->rank, 2 + i));
  }
  if (!lost.len) return;
  Diag *d = diag_warning(c, DIAG_W0401, n->span, "%s: no window reads the end of the input: %s",
                         op_table[n->op].name, sb_str(&lost));
  op_show_input(c, g, n, d, 0);
  diag_scope_trace(c, d, g, n->scope);
  diag_help(c, d, "%s",
            n->op == OP_CONV || n->op == OP_LOCAL
                ? "pad the end, or choose a stride that divides evenly"
                : "ceil=true adds a window for it; or pad the end");
}

Window window_of(const Shape *x, const Shape *y, WindowAttr a) {
  Window w;
  int rank = x->rank - 2, skip = 3 - rank;
  for (int i = 0; i < 3; i++) {
    int j = i - skip; /* spatial dimension, negative for the ones put in front */
    w.in[i] = j < 0 ? 1 : x->dim[2 + j];
    w.out[i] = j < 0 ? 1 : y->dim[2 + j];
    w.kernel[i] = j < 0 ? 1 : a.kernel->v[j];
    w.stride[i] = j < 0 ? 1 : a.stride->v[j];
    w.dilation[i] = j < 0 || !a.dilation ? 1 : a.dilation->v[j];
    w.before[i] = j < 0 ? 0 : a.pad->v[j];
    w.after[i] = j < 0 ? 0 : a.pad->v[rank + j];
  }
  return w;
}
