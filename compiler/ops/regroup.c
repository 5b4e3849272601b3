/* regroup.c: weights of convolutions in another shape, computed when they are packed.
 *
 * block_diagonal: groups too small for a vector are put together, with zeros between channels
 * that were in different ones. depth_weights: the kernel's depth becomes input channels, in the
 * order of depth_columns (remap.c).
 */
#include <string.h>

#include "ops.h"

const AttrField block_diagonal_attrs[] = {
    {"factor", AT_INT, offsetof(FactorAttr, factor), NULL, NULL, "groups put together"},
    {"groups", AT_INT, offsetof(FactorAttr, groups), NULL, NULL, "groups there were"},
    {0},
};

bool shape_block_diagonal(Ctx *c, Graph *g, Node *n) {
  if (!check_inputs(c, g, n)) return false;
  Shape w = *op_in(g, n, 0);
  w.dim[1] = sat_mul(w.dim[1], ATTR(n, FactorAttr)->factor);
  return set_output(c, g, n, 0, DT_F32, w);
}

/* Row o, of group o / (rows / groups), has its weights at that group's place among `factor`. */
bool ref_block_diagonal(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  const FactorAttr *a = ATTR(n, FactorAttr);
  int64_t rows = in->shape.dim[0], len = shape_count(&in->shape) / rows;
  memset(out->data, 0, (size_t)shape_count(&out->shape) * sizeof(float));
  for (int64_t o = 0; o < rows; o++) {
    int64_t place = o / (rows / a->groups) % a->factor;
    memcpy(out->data + (o * a->factor + place) * len, in->data + o * len,
           (size_t)len * sizeof(float));
  }
  return true;
}

bool shape_depth_weights(Ctx *c, Graph *g, Node *n) {
  if (!check_inputs(c, g, n) || !check_rank(c, g, n, 5, 5)) return false;
  const Shape *w = op_in(g, n, 0);
  return set_output(c, g, n, 0, DT_F32,
                    SHAPE(w->dim[0], w->dim[1] * w->dim[2], w->dim[3], w->dim[4]));
}

bool ref_depth_weights(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  const Shape *w = &in->shape;
  int64_t len = w->dim[3] * w->dim[4], channels = w->dim[1], depth = w->dim[2];
  for (int64_t o = 0; o < w->dim[0]; o++)
    for (int64_t i = 0; i < channels * depth; i++) {
      const float *from = in->data + (o * channels * depth + i) * len;
      int64_t to = o * channels * depth + i % depth * channels + i / depth;
      memcpy(out->data + to * len, from, (size_t)len * sizeof(float));
    }
  return true;
}
