/* regroup.c: weights of convolutions in another shape, computed when they are packed.
 *
 * depth_weights: the kernel's depth becomes input channels, in the order of depth_columns
 * (remap.c).
 */
#include <string.h>

#include "ops.h"

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
