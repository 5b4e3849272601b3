/* move.c: operators that only move data: concat, slice, pad (its kernel is in remap.c), flatten,
 * reshape, dropout.
 *
 * A tensor around an axis is seen as [outer, dim[axis], inner], so every rank and axis is one
 * loop of block copies.
 */
#include <string.h>

#include "ops.h"

const AttrField concat_attrs[] = {
    {"axis", AT_INT, offsetof(AxisAttr, axis), "1", NULL, "the dimension that grows"},
    {0},
};
const AttrField slice_attrs[] = {
    {"axis", AT_INT, offsetof(SliceAttr, axis), NULL, NULL, "the dimension that is cut"},
    {"start", AT_INT, offsetof(SliceAttr, start), NULL, NULL,
     "first element; negative: from the end"},
    {"stop", AT_INT, offsetof(SliceAttr, stop), "9223372036854775807", NULL,
     "element to stop before; negative: from the end; the end when not given"},
    {"step", AT_INT, offsetof(SliceAttr, step), "1", NULL, "distance of elements"},
    {0},
};
const AttrField pad_attrs[] = {
    {"pad", AT_PADS, offsetof(PadAttr, pad), "0", NULL,
     "spatial border: one number, one per dimension, or [top, left, bottom, right]"},
    {"channels", AT_DIMS, offsetof(PadAttr, channels), "[0, 0]", NULL,
     "channels added before and after"},
    {"value", AT_REAL, offsetof(PadAttr, value), "0", NULL, "what a border of mode zero holds"},
    {"mode", AT_NAME, offsetof(PadAttr, mode), "zero", "zero reflect edge",
     "zero: the value; reflect: mirrored, the border's elements once; edge: the nearest element"},
    {0},
};
const AttrField reshape_attrs[] = {
    {"shape", AT_DIMS, offsetof(ReshapeAttr, shape), NULL, NULL,
     "new dimensions; 0 keeps the one at its place, one -1 is computed"},
    {0},
};
const AttrField dropout_attrs[] = {
    {"p", AT_REAL, offsetof(DropoutAttr, p), "0.5", NULL,
     "share of elements dropped in training"},
    {0},
};

/* ---- shape rules ------------------------------------------------------------------------------
 */

bool shape_concat(Ctx *c, Graph *g, Node *n) {
  if (!check_inputs(c, g, n) || !check_axis(c, g, n, &ATTR(n, AxisAttr)->axis)) return false;
  int64_t axis = ATTR(n, AxisAttr)->axis;
  const Value *first = graph_value(g, n->in[0]);
  Shape y = first->shape;
  DType type = first->type;
  for (int i = 1; i < n->nin; i++) {
    const Shape *x = op_in(g, n, i);
    int at = 0;
    while (at < x->rank && at < y.rank && (at == axis || x->dim[at] == y.dim[at])) at++;
    if (x->rank != y.rank || at < y.rank) {
      Diag *d = op_error(c, g, n, DIAG_E0407, "%s and %s do not fit together along axis %lld",
                         shape_text(c, &first->shape), shape_text(c, x), (long long)axis);
      if (x->rank == y.rank)
        diag_under(c, d, "%lld against %lld in dimension %d (%s)", (long long)y.dim[at],
                   (long long)x->dim[at], at, dim_name(y.rank, at));
      op_show_input(c, g, n, d, 0);
      op_show_input(c, g, n, d, i);
      return false;
    }
    y.dim[axis] = sat_add(y.dim[axis], x->dim[axis]);
    if (graph_value(g, n->in[i])->type != type) type = DT_F32;
  }
  return set_output(c, g, n, 0, type, y);
}

/* Start and stop as Python has them: negative from the end, then clamped to the dimension. */
static int64_t clamp_index(int64_t i, int64_t dim) {
  if (i < 0) i += dim;
  return i < 0 ? 0 : i > dim ? dim : i;
}

bool shape_slice(Ctx *c, Graph *g, Node *n) {
  SliceAttr *a = ATTR(n, SliceAttr);
  if (!check_inputs(c, g, n) || !check_axis(c, g, n, &a->axis)) return false;
  if (!check_range(c, g, n, "step", a->step, 1)) return false;
  Shape y = *op_in(g, n, 0);
  int64_t dim = y.dim[a->axis], start = clamp_index(a->start, dim),
          stop = clamp_index(a->stop, dim);
  if (start >= stop) {
    Diag *d = op_error(c, g, n, DIAG_E0410, "[%lld, %lld) selects nothing of %lld elements",
                       (long long)a->start, (long long)a->stop, (long long)dim);
    op_show_input(c, g, n, d, 0);
    return false;
  }
  a->start = start;
  a->stop = stop;
  y.dim[a->axis] = (stop - start + a->step - 1) / a->step;
  return set_output(c, g, n, 0, graph_value(g, n->in[0])->type, y);
}

/* Channels are never mirrored. */
static bool check_mode(Ctx *c, const Graph *g, const Node *n, const PadAttr *a) {
  if (str_eq(a->mode, "zero")) return true;
  if (a->channels.v[0] || a->channels.v[1]) {
    op_error(c, g, n, DIAG_E0403, "channels are padded with a value, not with mode=%s", a->mode);
    return false;
  }
  return pads_mirror(c, g, n, a->mode, &a->pad);
}

bool shape_pad(Ctx *c, Graph *g, Node *n) {
  PadAttr *a = ATTR(n, PadAttr);
  if (!check_inputs(c, g, n) || !check_rank(c, g, n, 2, 5)) return false;
  Shape y = *op_in(g, n, 0);
  int rank = y.rank - 2;
  if (a->pad.mode == PAD_SAME) {
    op_error(c, g, n, DIAG_E0403, "pad=same has no meaning without a window");
    return false;
  }
  bool ok = rank == 0 || pads_expand(c, g, n, &a->pad, rank);
  ok &= dims_expand(c, g, n, "channels", &a->channels, 2, 0);
  if (!ok || !check_mode(c, g, n, a)) return false;
  a->pad.mode = PAD_EXPLICIT;
  y.dim[1] += a->channels.v[0] + a->channels.v[1];
  for (int i = 0; i < rank; i++) y.dim[2 + i] += a->pad.v[i] + a->pad.v[rank + i];
  return set_output(c, g, n, 0, graph_value(g, n->in[0])->type, y);
}

bool shape_flatten(Ctx *c, Graph *g, Node *n) {
  if (!check_inputs(c, g, n) || !check_rank(c, g, n, 2, MAX_RANK)) return false;
  const Value *x = graph_value(g, n->in[0]);
  Shape y = SHAPE(x->shape.dim[0], shape_count(&x->shape) / x->shape.dim[0]);
  return set_output(c, g, n, 0, x->type, y);
}

/* Replaces 0 by the input's dimension and one -1 by what remains; -1 after a report. */
static bool resolve_reshape(Ctx *c, Graph *g, Node *n, Shape *y) {
  const Shape *x = op_in(g, n, 0);
  const Dims *want = &ATTR(n, ReshapeAttr)->shape;
  int infer = -1;
  int64_t known = 1;
  for (int i = 0; i < want->n; i++) {
    y->dim[i] = want->v[i] == 0 && i < x->rank ? x->dim[i] : want->v[i];
    if (y->dim[i] == -1 && infer < 0)
      infer = i;
    else if (!check_range(c, g, n, "dimension", y->dim[i], 1))
      return false;
    else
      known = sat_mul(known, y->dim[i]);
  }
  int64_t count = shape_count(x);
  if (infer >= 0 && count % known == 0) y->dim[infer] = count / known;
  if (infer >= 0 ? count % known == 0 : count == known) return true;
  Diag *d = op_error(c, g, n, DIAG_E0409, "%s has %lld elements, the new dimensions %s%lld",
                     shape_text(c, x), (long long)count, infer >= 0 ? "a multiple of " : "",
                     (long long)known);
  op_show_input(c, g, n, d, 0);
  return false;
}

bool shape_reshape(Ctx *c, Graph *g, Node *n) {
  if (!check_inputs(c, g, n)) return false;
  Dims *shape = &ATTR(n, ReshapeAttr)->shape;
  if (shape->n < 1 || shape->n > MAX_RANK) {
    op_error(c, g, n, DIAG_E0412, "shape has %d dimensions, must be from 1 to %d", shape->n,
             MAX_RANK);
    return false;
  }
  Shape y = {.rank = shape->n};
  if (!resolve_reshape(c, g, n, &y)) return false;
  memcpy(shape->v, y.dim, (size_t)y.rank * sizeof(int64_t));
  return set_output(c, g, n, 0, graph_value(g, n->in[0])->type, y);
}

/* ---- reference kernels ------------------------------------------------------------------------
 */

/* Elements before and after an axis. */
static int64_t outer_of(const Shape *s, int64_t axis) {
  int64_t count = 1;
  for (int d = 0; d < axis; d++) count *= s->dim[d];
  return count;
}

static int64_t inner_of(const Shape *s, int64_t axis) {
  int64_t count = 1;
  for (int d = (int)axis + 1; d < s->rank; d++) count *= s->dim[d];
  return count;
}

static void copy(float *to, const float *from, int64_t count) {
  memcpy(to, from, (size_t)count * sizeof(float));
}

bool ref_view(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  copy(out->data, in->data, shape_count(&in->shape));
  return true;
}

bool ref_concat(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  int64_t axis = ATTR(n, AxisAttr)->axis, outer = outer_of(&out->shape, axis);
  float *to = out->data;
  for (int64_t o = 0; o < outer; o++)
    for (int k = 0; k < n->nin; k++) {
      int64_t block = in[k].shape.dim[axis] * inner_of(&in[k].shape, axis);
      copy(to, in[k].data + o * block, block);
      to += block;
    }
  return true;
}

bool ref_slice(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  const SliceAttr *a = ATTR(n, SliceAttr);
  int64_t outer = outer_of(&in->shape, a->axis), inner = inner_of(&in->shape, a->axis);
  int64_t from = in->shape.dim[a->axis], to = out->shape.dim[a->axis];
  for (int64_t o = 0; o < outer; o++)
    for (int64_t i = 0; i < to; i++)
      copy(out->data + (o * to + i) * inner,
           in->data + (o * from + a->start + i * a->step) * inner, inner);
  return true;
}
