/* collapse.c: the weights of two linear layers as those of one. Weight-time only; the pass of the
 * same name makes it.
 *
 *   first  [M, I, k1…], second [O, M, k2…], where k1 or k2 is 1 everywhere:
 *   weight [O, I, k…] = Σ over m of second[o, m] · first[m, i],
 *   bias   [O]        = second bias[o] + Σ over m and k2 of second[o, m, k2] · first bias[m].
 */
#include "ops.h"

const AttrField collapse_attrs[] = {
    {"first_bias", AT_BOOL, offsetof(CollapseAttr, first_bias), "false", NULL,
     "the first layer's bias is the third input"},
    {"second_bias", AT_BOOL, offsetof(CollapseAttr, second_bias), "false", NULL,
     "the second layer's bias is the last input"},
    {0},
};

static int64_t taps(const Shape *w) { return shape_count(w) / w->dim[0] / w->dim[1]; }

bool shape_collapse(Ctx *c, Graph *g, Node *n) {
  if (!check_inputs(c, g, n)) return false;
  const Shape *first = op_in(g, n, 0), *second = op_in(g, n, 1);
  const CollapseAttr *a = ATTR(n, CollapseAttr);
  bool fits = first->rank >= 2 && first->rank == second->rank &&
              second->dim[1] == first->dim[0] && (taps(first) == 1 || taps(second) == 1) &&
              n->nin == 2 + a->first_bias + a->second_bias;
  if (!fits) {
    op_error(c, g, n, DIAG_E0417, "weights of other layers");
    return false;
  }
  Shape w = taps(first) == 1 ? *second : *first;
  w.dim[0] = second->dim[0], w.dim[1] = first->dim[1];
  return set_output(c, g, n, 0, DT_F32, w) &&
         set_output(c, g, n, 1, DT_F32, SHAPE(second->dim[0]));
}

static double bias_of(const Tensor *second, const float *first_bias, int64_t o) {
  int64_t middle = second->shape.dim[1], t = taps(&second->shape);
  double sum = 0;
  for (int64_t m = 0; m < middle; m++)
    for (int64_t k = 0; k < t; k++)
      sum += (double)second->data[(o * middle + m) * t + k] * first_bias[m];
  return sum;
}

bool ref_collapse(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  const CollapseAttr *a = ATTR(n, CollapseAttr);
  const Tensor *first = &in[0], *second = &in[1];
  int64_t middle = first->shape.dim[0], inputs = first->shape.dim[1];
  int64_t t1 = taps(&first->shape), t2 = taps(&second->shape), t = t1 * t2;
  for (int64_t o = 0; o < second->shape.dim[0]; o++) {
    for (int64_t i = 0; i < inputs * t; i++) {
      int64_t k1 = t1 > 1 ? i % t : 0, k2 = t2 > 1 ? i % t : 0;
      double sum = 0;
      for (int64_t m = 0; m < middle; m++)
        sum += (double)second->data[(o * middle + m) * t2 + k2] *
               first->data[(m * inputs + i / t) * t1 + k1];
      out[0].data[o * inputs * t + i] = (float)sum;
    }
    double bias = a->second_bias ? in[n->nin - 1].data[o] : 0;
    if (a->first_bias) bias += bias_of(second, in[2].data, o);
    out[1].data[o] = (float)bias;
  }
  return true;
}
