/* poolref.c: reference kernels of pooling over windows, global and adaptive.
 *
 * Each output element reduces a box of its plane. The boxes are products of one range per
 * dimension, so every kind of pooling fills three lists of ranges and shares the reduction.
 * Conventions are PyTorch's.
 */
#include <math.h>

#include "ops.h"

/* The input elements [lo, hi) that one output index reduces, and the number of elements in the
 * window when padding counts (what hangs over the padded end, in ceil mode, does not). */
typedef struct Range {
  int64_t lo, hi, whole;
} Range;

static double combine(PoolKind kind, double a, double x) {
  switch (kind) {
  case POOL_MAX: return x > a || isnan(x) ? x : a;
  case POOL_MIN: return x < a || isnan(x) ? x : a;
  case POOL_L2: return a + x * x;
  default: return a + x;
  }
}

/* The box d × h × w of a plane in double; minimum and maximum keep NaN. */
static float reduce(const float *plane, const Window *win, Range d, Range h, Range w,
                    PoolKind kind, bool count_pad) {
  double a = kind == POOL_MAX ? -INFINITY : kind == POOL_MIN ? INFINITY : 0;
  for (int64_t i = d.lo; i < d.hi; i++)
    for (int64_t j = h.lo; j < h.hi; j++)
      for (int64_t k = w.lo; k < w.hi; k++)
        a = combine(kind, a, plane[(i * win->in[1] + j) * win->in[2] + k]);
  int64_t inside = (d.hi - d.lo) * (h.hi - h.lo) * (w.hi - w.lo);
  if (kind == POOL_MEAN) a /= (double)(count_pad ? d.whole * h.whole * w.whole : inside);
  return (float)(kind == POOL_L2 ? sqrt(a) : a);
}

static void reduce_planes(const Window *w, Range *const r[3], const Tensor *in, Tensor *out,
                          PoolKind kind, bool count_pad) {
  int64_t planes = in->shape.dim[0] * in->shape.dim[1];
  int64_t in_size = w->in[0] * w->in[1] * w->in[2];
  int64_t out_size = w->out[0] * w->out[1] * w->out[2];
#pragma omp parallel for
  for (int64_t p = 0; p < planes; p++)
    for (int64_t i = 0; i < out_size; i++) {
      int64_t x = i % w->out[2], y = i / w->out[2] % w->out[1], z = i / w->out[2] / w->out[1];
      out->data[p * out_size + i] =
          reduce(in->data + p * in_size, w, r[0][z], r[1][y], r[2][x], kind, count_pad);
    }
}

bool ref_pool(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  PoolKind kind;
  pool_form(n->op, &kind);
  PoolAttr *a = ATTR(n, PoolAttr);
  Window w = window_of(&in->shape, &out->shape,
                       (WindowAttr){&a->kernel, &a->stride, NULL, &a->pad, a->ceil});
  Range *r[3];
  for (int d = 0; d < 3; d++) {
    r[d] = NEWN(c->arena, Range, w.out[d]);
    for (int64_t o = 0; o < w.out[d]; o++) {
      int64_t begin = o * w.stride[d] - w.before[d];
      int64_t end = min64(begin + w.kernel[d], w.in[d] + w.after[d]);
      r[d][o] = (Range){begin < 0 ? 0 : begin, min64(end, w.in[d]), end - begin};
    }
  }
  reduce_planes(&w, r, in, out, kind, a->count_pad);
  return true;
}

/* Output o of dimension in → out reduces [floor(o·in/out), ceil((o+1)·in/out)); global pooling
 * is the case out = 1. */
bool ref_box_pool(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  PoolKind kind;
  pool_form(n->op, &kind);
  Window w = {{1, 1, 1}, {1, 1, 1}, {0}, {0}, {0}, {0}, {0}};
  int rank = in->shape.rank - 2;
  Range *r[3];
  for (int d = 0; d < 3; d++) {
    int j = d - (3 - rank);
    if (j >= 0) w.in[d] = in->shape.dim[2 + j], w.out[d] = out->shape.dim[2 + j];
    r[d] = NEWN(c->arena, Range, w.out[d]);
    for (int64_t o = 0; o < w.out[d]; o++)
      r[d][o] = (Range){o * w.in[d] / w.out[d], ((o + 1) * w.in[d] + w.out[d] - 1) / w.out[d], 0};
  }
  reduce_planes(&w, r, in, out, kind, false);
  return true;
}
