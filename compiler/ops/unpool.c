/* unpool.c: the ways back from windows: max_unpool, and col2im, which adds up overlapping ones.
 *
 * max_unpool finds the maxima again in the tensor that was pooled, so that pooling needs no
 * second output: y, x → y's elements where x has the first maximum of each window (of several
 * NaN the last), as PyTorch's indices say; the result has the size of x whatever the rounding.
 */
#include <math.h>
#include <string.h>

#include "ops.h"

const AttrField unpool_attrs[] = {
    {"kernel", AT_DIMS, offsetof(PoolAttr, kernel), NULL, NULL, "window size"},
    {"stride", AT_DIMS, offsetof(PoolAttr, stride), "[]", NULL,
     "step of the window; the kernel's size when not given"},
    {"pad", AT_PADS, offsetof(PoolAttr, pad), "0", NULL, "border around the pooled tensor"},
    {"ceil", AT_BOOL, offsetof(PoolAttr, ceil), "false", NULL,
     "the pooling rounded its output size up"},
    {0},
};
const AttrField col2im_attrs[] = {
    {"size", AT_DIMS, offsetof(ColumnsAttr, size), NULL, NULL, "height and width of the result"},
    {"kernel", AT_DIMS, offsetof(ColumnsAttr, kernel), NULL, NULL, "window size"},
    {"stride", AT_DIMS, offsetof(ColumnsAttr, stride), "1", NULL, "step of the window"},
    {"pad", AT_PADS, offsetof(ColumnsAttr, pad), "0", NULL,
     "what is cut off: one number, one per dimension, [top, left, bottom, right]"},
    {"dilation", AT_DIMS, offsetof(ColumnsAttr, dilation), "1", NULL,
     "distance of window elements"},
    {0},
};

bool shape_max_unpool(Ctx *c, Graph *g, Node *n) {
  PoolAttr *a = ATTR(n, PoolAttr);
  if (!check_inputs(c, g, n) || !check_rank(c, g, n, 4, 4)) return false;
  const Shape *y = op_in(g, n, 0), *x = op_in(g, n, 1);
  if (x->rank != 4) {
    Diag *d = op_error(c, g, n, DIAG_E0402, "the pooled tensor is %s", shape_text(c, x));
    op_show_input(c, g, n, d, 1);
    return false;
  }
  if (a->stride.n == 0) a->stride = a->kernel;
  Node pooling = *n; /* the window rule looks at input 0 */
  ValueId in[2] = {n->in[1], n->in[0]};
  pooling.in = in;
  Shape want = *x;
  WindowAttr w = {&a->kernel, &a->stride, NULL, &a->pad, a->ceil};
  if (!window_shape(c, g, &pooling, w, &want)) return false;
  for (int i = 0; i < 2; i++) {
    if (a->stride.v[i] >= a->kernel.v[i] && a->pad.v[i] < a->kernel.v[i]) continue;
    op_error(c, g, n, DIAG_E0403,
             "windows of %lld every %lld with padding %lld have no one place "
             "for a maximum",
             (long long)a->kernel.v[i], (long long)a->stride.v[i], (long long)a->pad.v[i]);
    return false;
  }
  if (shape_eq(&want, y)) return set_output(c, g, n, 0, DT_F32, *x);
  Diag *d = op_error(c, g, n, DIAG_E0406, "pooling %s gives %s, not %s", shape_text(c, x),
                     shape_text(c, &want), shape_text(c, y));
  op_show_input(c, g, n, d, 0);
  op_show_input(c, g, n, d, 1);
  return false;
}

/* One operation for each element of the larger side: of input 1, or of the columns. */
void cost_pool_input(const Graph *g, const Node *n, Cost *cost) {
  cost->other = shape_count(op_in(g, n, n->nin - 1));
  cost->bytes = cost_bytes(g, n);
}

/* Row-major place of the first maximum in window (oy, ox) of a plane. */
static int64_t first_maximum(const float *x, const Window *w, int64_t oy, int64_t ox) {
  int64_t at = -1;
  for (int64_t i = 0; i < w->kernel[1]; i++)
    for (int64_t j = 0; j < w->kernel[2]; j++) {
      int64_t iy = oy * w->stride[1] - w->before[1] + i,
              ix = ox * w->stride[2] - w->before[2] + j;
      if (iy < 0 || ix < 0 || iy >= w->in[1] || ix >= w->in[2]) continue;
      int64_t k = iy * w->in[2] + ix;
      if (at < 0 || x[k] > x[at] || isnan(x[k])) at = k;
    }
  return at;
}

bool ref_max_unpool(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  PoolAttr *a = ATTR(n, PoolAttr);
  Window w = window_of(&in[1].shape, &in[0].shape,
                       (WindowAttr){&a->kernel, &a->stride, NULL, &a->pad, a->ceil});
  int64_t planes = in[0].shape.dim[0] * in[0].shape.dim[1];
  int64_t size = w.in[1] * w.in[2], pooled = w.out[1] * w.out[2];
  memset(out->data, 0, (size_t)(planes * size) * sizeof(float));
  for (int64_t p = 0; p < planes; p++)
    for (int64_t o = 0; o < pooled; o++) {
      int64_t at = first_maximum(in[1].data + p * size, &w, o / w.out[2], o % w.out[2]);
      out->data[p * size + at] = in[0].data[p * pooled + o];
    }
  return true;
}

bool shape_col2im(Ctx *c, Graph *g, Node *n) {
  ColumnsAttr *a = ATTR(n, ColumnsAttr);
  if (!check_inputs(c, g, n) || !check_rank(c, g, n, 3, 3)) return false;
  const Shape *x = op_in(g, n, 0);
  if (!dims_expand(c, g, n, "size", &a->size, 2, 1)) return false;
  Shape y = SHAPE(x->dim[0], 1, a->size.v[0], a->size.v[1]);
  int64_t kernel, count;
  if (!columns_windows(c, g, n, &y, &kernel, &count)) return false;
  if (x->dim[1] % kernel || x->dim[2] != count) {
    Diag *d = op_error(c, g, n, DIAG_E0403,
                       "%lld windows of %lld elements a channel fit the size, not %s",
                       (long long)count, (long long)kernel, shape_text(c, x));
    op_show_input(c, g, n, d, 0);
    return false;
  }
  y.dim[1] = x->dim[1] / kernel;
  return set_output(c, g, n, 0, DT_F32, y);
}

/* Sum of the columns' elements that belong at (y, x) of one plane. */
static double folded(const Window *w, const float *columns, int64_t y, int64_t x) {
  int64_t count = w->out[1] * w->out[2];
  double sum = 0;
  for (int64_t i = 0; i < w->kernel[1]; i++)
    for (int64_t j = 0; j < w->kernel[2]; j++) {
      int64_t oy = y + w->before[1] - i * w->dilation[1];
      int64_t ox = x + w->before[2] - j * w->dilation[2];
      if (oy < 0 || ox < 0 || oy % w->stride[1] || ox % w->stride[2]) continue;
      oy /= w->stride[1], ox /= w->stride[2];
      if (oy >= w->out[1] || ox >= w->out[2]) continue;
      sum += columns[(i * w->kernel[2] + j) * count + oy * w->out[2] + ox];
    }
  return sum;
}

bool ref_col2im(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  ColumnsAttr *a = ATTR(n, ColumnsAttr);
  Shape windows = out->shape;
  for (int i = 0; i < 2; i++)
    windows.dim[2 + i] = window_out(out->shape.dim[2 + i], a->kernel.v[i], a->stride.v[i],
                                    a->dilation.v[i], a->pad.v[i], a->pad.v[2 + i], false);
  Window w = window_of(&out->shape, &windows,
                       (WindowAttr){&a->kernel, &a->stride, &a->dilation, &a->pad, false});
  int64_t planes = out->shape.dim[0] * out->shape.dim[1], size = w.in[1] * w.in[2];
  int64_t columns = w.kernel[1] * w.kernel[2] * w.out[1] * w.out[2];
  for (int64_t p = 0; p < planes; p++)
    for (int64_t i = 0; i < size; i++)
      out->data[p * size + i] =
          (float)folded(&w, in->data + p * columns, i / w.in[2], i % w.in[2]);
  return true;
}
