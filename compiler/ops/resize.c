/* resize.c: upsampling and resizing of maps, nearest and bilinear.
 *
 * A step on the result is a step of r = in/out on the input, or of 1/scale where a scale is given,
 * also where size · scale is no whole number and the two differ: as PyTorch and ONNX have it.
 * Nearest takes element floor(o·r). Bilinear takes the two neighbours of
 *   (o + 1/2)·r - 1/2, not below 0            by default, corners of the outer pixels aligned,
 *   o·(in - 1)/(out - 1)                      with align_corners, centres aligned,
 * in each dimension; in one or three dimensions it is linear or trilinear.
 */
#include "ops.h"

#include <math.h>

#define MODE_FIELDS                                                                              \
  {"mode",                                                                                       \
   AT_NAME,                                                                                      \
   offsetof(ResizeAttr, mode),                                                                   \
   "nearest",                                                                                    \
   "nearest bilinear",                                                                           \
   "nearest element, or linear interpolation in each dimension"},                                \
      {"align_corners",                                                                          \
       AT_BOOL,                                                                                  \
       offsetof(ResizeAttr, align_corners),                                                      \
       "false",                                                                                  \
       NULL,                                                                                     \
       "bilinear: first and last elements fall on first and last elements"},                     \
  {                                                                                              \
    0                                                                                            \
  }

const AttrField upsample_attrs[] = {{"scale", AT_REALS, offsetof(ResizeAttr, scale), NULL, NULL,
                                     "ratio of the sizes: one number, or one per dimension"},
                                    MODE_FIELDS};
const AttrField resize_attrs[] = {
    {"size", AT_DIMS, offsetof(ResizeAttr, size), NULL, NULL, "output size"},
    {"scale", AT_REALS, offsetof(ResizeAttr, scale), "[]", NULL,
     "as of upsample, where it is not the ratio of the sizes; floor(input * scale) is the size"},
    MODE_FIELDS};

/* The fraction of smallest terms that is x to twelve digits, by continued fractions. */
static Ratio fraction(double x) {
  Ratio last = {1, 0}, r = {(int64_t)x, 1};
  double rest = x - floor(x);
  while (fabs((double)r.num - x * (double)r.den) > 1e-12 * x * (double)r.den) {
    double next = floor(1 / rest);
    Ratio more = {0};
    if (!(next * (double)r.num + (double)last.num < 1 << 28) ||
        !(next * (double)r.den + (double)last.den < 1 << 28))
      break;
    more.num = (int64_t)next * r.num + last.num, more.den = (int64_t)next * r.den + last.den;
    rest = 1 / rest - next;
    last = r, r = more;
  }
  return r;
}

Ratio resize_step(const ResizeAttr *a, int i, int64_t in, int64_t out) {
  double scale = a->scale.n ? a->scale.v[a->scale.n == 1 ? 0 : i] : 0;
  if (a->scale.n == 0 || (double)in * scale == (double)out) return (Ratio){in, out};
  Ratio r = fraction(scale);
  return r.num ? (Ratio){r.den, r.num} : (Ratio){in, out};
}

/* floor(size · scale) for each spatial dimension. */
static bool scaled_size(Ctx *c, const Graph *g, const Node *n, ResizeAttr *a, int rank) {
  const Shape *x = op_in(g, n, 0);
  if (a->scale.n != 1 && a->scale.n != rank) {
    op_error(c, g, n, DIAG_E0412, "scale has %d values, must have 1 or %d", a->scale.n, rank);
    return false;
  }
  Dims given = a->size;
  a->size.n = rank;
  for (int i = 0; i < rank; i++) {
    double size = (double)x->dim[2 + i] * a->scale.v[a->scale.n == 1 ? 0 : i];
    if (!(size >= 1 && size <= INT32_MAX)) {
      Diag *d = op_error(c, g, n, DIAG_E0403, "scale makes a size of %g out of %lld", size,
                         (long long)x->dim[2 + i]);
      op_show_input(c, g, n, d, 0);
      return false;
    }
    a->size.v[i] = (int64_t)size;
    if (n->op == OP_RESIZE && a->size.v[i] != given.v[i]) {
      op_error(c, g, n, DIAG_E0403, "scale makes a size of %lld, not %lld",
               (long long)a->size.v[i], (long long)given.v[i]);
      return false;
    }
  }
  return true;
}

bool shape_resize(Ctx *c, Graph *g, Node *n) {
  ResizeAttr *a = ATTR(n, ResizeAttr);
  if (!check_inputs(c, g, n) || !check_rank(c, g, n, 3, 5)) return false;
  Shape y = *op_in(g, n, 0);
  int rank = y.rank - 2;
  if (n->op == OP_RESIZE && !dims_expand(c, g, n, "size", &a->size, rank, 1)) return false;
  if ((n->op == OP_UPSAMPLE || a->scale.n) && !scaled_size(c, g, n, a, rank)) return false;
  for (int i = 0; i < rank; i++) y.dim[2 + i] = a->size.v[i];
  return set_output(c, g, n, 0, DT_F32, y);
}

/* Bilinear: in each dimension two products and a sum. */
void cost_resize(const Graph *g, const Node *n, Cost *cost) {
  const Shape *y = &graph_value(g, n->out[0])->shape;
  if (str_eq(ATTR(n, ResizeAttr)->mode, "bilinear"))
    cost->other = sat_mul(shape_count(y), 3 * (y->rank - 2));
  cost->bytes = cost_bytes(g, n);
}

typedef struct Between { /* elements at and at + 1 (both on the map), and the second's share */
  int64_t at, next;
  double share;
} Between;

static Between between(int64_t o, int64_t in, int64_t out, Ratio step, bool align) {
  int64_t num = align ? o * (in - 1) : (2 * o + 1) * step.num - step.den;
  int64_t den = align ? (out > 1 ? out - 1 : 1) : 2 * step.den;
  if (num < 0 || (align && out == 1)) num = 0;
  Between b = {num / den, num / den + 1, (double)(num % den) / (double)den};
  if (b.at >= in - 1) b.at = in - 1;
  if (b.next >= in) b.next = in - 1;
  return b;
}

static double sample(const float *plane, const int64_t in[3], const Between b[3]) {
  double sum = 0;
  for (int k = 0; k < 8; k++) {
    double w = 1;
    int64_t at = 0;
    for (int d = 0; d < 3; d++) {
      bool second = k >> d & 1;
      w *= second ? b[d].share : 1 - b[d].share;
      at = at * in[d] + (second ? b[d].next : b[d].at);
    }
    if (w != 0) sum += w * plane[at];
  }
  return sum;
}

bool ref_resize(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  const ResizeAttr *a = ATTR(n, ResizeAttr);
  if (str_eq(a->mode, "nearest")) return ref_remap(c, n, in, out);
  int64_t from[3] = {1, 1, 1}, to[3] = {1, 1, 1};
  Ratio step[3] = {{1, 1}, {1, 1}, {1, 1}};
  for (int i = 2; i < in->shape.rank; i++) {
    int d = i + 3 - in->shape.rank;
    from[d] = in->shape.dim[i], to[d] = out->shape.dim[i];
    step[d] = resize_step(a, i - 2, from[d], to[d]);
  }
  int64_t planes = in->shape.dim[0] * in->shape.dim[1];
  for (int64_t p = 0; p < planes; p++)
    for (int64_t i = 0; i < to[0] * to[1] * to[2]; i++) {
      int64_t o[3] = {i / to[2] / to[1], i / to[2] % to[1], i % to[2]};
      Between b[3];
      for (int d = 0; d < 3; d++) b[d] = between(o[d], from[d], to[d], step[d], a->align_corners);
      out->data[p * to[0] * to[1] * to[2] + i] =
          (float)sample(in->data + p * from[0] * from[1] * from[2], from, b);
    }
  return true;
}
