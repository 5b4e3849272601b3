/* remap.c: operators that rearrange the elements of one tensor: pad, shuffles of pixels and
 * channels, windows as columns, nearest upsampling, and the rearrangements that passes make.
 *
 * remap_of describes each of them once, as one formula per input coordinate. The reference kernel
 * below evaluates the formulas; the emitted kernel prints them.
 * depth_columns sees a three-dimensional convolution as a two-dimensional one: sample n·D' + d
 * holds, channel after channel of a group, the kernel's depth slices that output depth d reads.
 */
#include <string.h>

#include "ops.h"

#define FACTOR(name, doc)                                                                        \
  { name, AT_INT, offsetof(FactorAttr, factor), NULL, NULL, doc }

const AttrField pixel_shuffle_attrs[] = {FACTOR("factor", "pixels of a cell's side"), {0}};
const AttrField channel_shuffle_attrs[] = {FACTOR("groups", "parts of the channels"), {0}};
const AttrField repeat_attrs[] = {FACTOR("times", "copies of each channel"), {0}};
const AttrField im2col_attrs[] = {
    {"kernel", AT_DIMS, offsetof(ColumnsAttr, kernel), NULL, NULL, "window size"},
    {"stride", AT_DIMS, offsetof(ColumnsAttr, stride), "1", NULL, "step of the window"},
    {"pad", AT_PADS, offsetof(ColumnsAttr, pad), "0", NULL,
     "zeros around the input: one number, one per dimension, [top, left, bottom, right]"},
    {"dilation", AT_DIMS, offsetof(ColumnsAttr, dilation), "1", NULL,
     "distance of window elements"},
    {0},
};
const AttrField depth_attrs[] = {
    {"kernel", AT_INT, offsetof(DepthAttr, kernel), "1", NULL, "kernel's depth"},
    {"stride", AT_INT, offsetof(DepthAttr, stride), "1", NULL, "step along the depth"},
    {"dilation", AT_INT, offsetof(DepthAttr, dilation), "1", NULL, "distance of kernel elements"},
    {"before", AT_INT, offsetof(DepthAttr, before), "0", NULL, "zeros in front"},
    {"out", AT_INT, offsetof(DepthAttr, out), NULL, NULL, "depth of the result"},
    {"groups", AT_INT, offsetof(DepthAttr, groups), "1", NULL, "groups of the convolution"},
    {0},
};

/* ---- shapes -----------------------------------------------------------------------------------
 */

static bool check_divides(Ctx *c, const Graph *g, const Node *n, const char *attr, int64_t by,
                          int dim) {
  const Shape *x = op_in(g, n, 0);
  if (x->dim[dim] % by == 0) return true;
  Diag *d = op_error(c, g, n, DIAG_E0405, "%s, %lld, does not divide %lld, the %s", attr,
                     (long long)by, (long long)x->dim[dim], dim_name(x->rank, dim));
  op_show_input(c, g, n, d, 0);
  return false;
}

static bool shape_pixels(Ctx *c, const Graph *g, const Node *n, Shape *y) {
  int64_t r = ATTR(n, FactorAttr)->factor;
  if (!check_rank(c, g, n, 4, 4) || !check_range(c, g, n, "factor", r, 1)) return false;
  if (r > 1 << 15) return check_range(c, g, n, "factor", INT64_MAX, 1);
  if (n->op == OP_PIXEL_SHUFFLE) {
    if (!check_divides(c, g, n, "factor squared", r * r, 1)) return false;
    y->dim[1] /= r * r;
    for (int d = 2; d < 4; d++) y->dim[d] = sat_mul(y->dim[d], r);
    return true;
  }
  for (int d = 2; d < 4; d++) {
    if (!check_divides(c, g, n, "factor", r, d)) return false;
    y->dim[d] /= r;
  }
  y->dim[1] = sat_mul(y->dim[1], r * r);
  return true;
}

static bool shape_channels(Ctx *c, const Graph *g, const Node *n, Shape *y) {
  int64_t factor = ATTR(n, FactorAttr)->factor;
  bool shuffle = n->op == OP_CHANNEL_SHUFFLE;
  if (!check_rank(c, g, n, 2, 5)) return false;
  if (!check_range(c, g, n, shuffle ? "groups" : "times", factor, 1)) return false;
  if (shuffle) return check_divides(c, g, n, "groups", factor, 1);
  y->dim[1] = sat_mul(y->dim[1], factor);
  return true;
}

bool columns_windows(Ctx *c, const Graph *g, const Node *n, const Shape *image, int64_t *rows,
                     int64_t *count) {
  ColumnsAttr *a = ATTR(n, ColumnsAttr);
  bool ok = dims_expand(c, g, n, "kernel", &a->kernel, 2, 1);
  ok &= dims_expand(c, g, n, "stride", &a->stride, 2, 1);
  ok &= dims_expand(c, g, n, "dilation", &a->dilation, 2, 1);
  ok &= pads_expand(c, g, n, &a->pad, 2);
  if (!ok) return false;
  if (a->pad.mode == PAD_SAME) {
    op_error(c, g, n, DIAG_E0403, "pad=same is not known here: give numbers");
    return false;
  }
  a->pad.mode = PAD_EXPLICIT;
  *rows = sat_mul(image->dim[1], sat_mul(a->kernel.v[0], a->kernel.v[1]));
  *count = 1;
  for (int i = 0; i < 2; i++) {
    int64_t out = window_out(image->dim[2 + i], a->kernel.v[i], a->stride.v[i], a->dilation.v[i],
                             a->pad.v[i], a->pad.v[2 + i], false);
    if (out < 1) {
      Diag *d = op_error(c, g, n, DIAG_E0404, "a window of %lld does not fit %lld",
                         (long long)a->kernel.v[i], (long long)image->dim[2 + i]);
      op_show_input(c, g, n, d, 0);
      return false;
    }
    *count = sat_mul(*count, out);
  }
  return true;
}

static bool shape_im2col(Ctx *c, const Graph *g, const Node *n, Shape *y) {
  const Shape *x = op_in(g, n, 0);
  int64_t rows, count;
  if (!check_rank(c, g, n, 4, 4) || !columns_windows(c, g, n, x, &rows, &count)) return false;
  *y = SHAPE(x->dim[0], rows, count);
  return true;
}

static bool shape_depth(Ctx *c, const Graph *g, const Node *n, Shape *y) {
  const DepthAttr *a = ATTR(n, DepthAttr);
  const Shape *x = op_in(g, n, 0);
  bool columns = n->op == OP_DEPTH_COLUMNS;
  if (!check_rank(c, g, n, columns ? 5 : 4, columns ? 5 : 4)) return false;
  if (columns)
    *y = SHAPE(sat_mul(x->dim[0], a->out), sat_mul(x->dim[1], a->kernel), x->dim[3], x->dim[4]);
  else
    *y = SHAPE(x->dim[0] / a->out, x->dim[1], a->out, x->dim[2], x->dim[3]);
  return true;
}

/* Result of an interleave: channels over phases; the size is given. */
static bool shape_interleave(Ctx *c, const Graph *g, const Node *n, Shape *y) {
  const PhasesAttr *a = ATTR(n, PhasesAttr);
  for (int i = 0; i < a->stride.n; i++) {
    if (!check_divides(c, g, n, "the number of phases", a->stride.v[i], 1)) return false;
    y->dim[1] /= a->stride.v[i];
    y->dim[2 + i] = a->size.v[i];
  }
  return true;
}

bool shape_remap(Ctx *c, Graph *g, Node *n) {
  if (!check_inputs(c, g, n)) return false;
  Shape y = *op_in(g, n, 0);
  bool ok = false;
  switch (n->op) {
  case OP_PIXEL_SHUFFLE:
  case OP_PIXEL_UNSHUFFLE: ok = shape_pixels(c, g, n, &y); break;
  case OP_CHANNEL_SHUFFLE:
  case OP_REPEAT_CHANNELS: ok = shape_channels(c, g, n, &y); break;
  case OP_IM2COL: ok = shape_im2col(c, g, n, &y); break;
  case OP_INTERLEAVE: ok = shape_interleave(c, g, n, &y); break;
  default: ok = shape_depth(c, g, n, &y); break;
  }
  return ok && set_output(c, g, n, 0, graph_value(g, n->in[0])->type, y);
}

/* ---- where elements come from -----------------------------------------------------------------
 */

static void add_digit(Coord *at, Digit d) {
  if (!d.by) d.by = 1;
  if (!d.div) d.div = 1;
  if (!d.times) d.times = 1;
  at->digit[at->n++] = d;
}

static void same_index(Remap *r, int from, int to) {
  for (int d = from; d < to; d++) add_digit(&r->at[d], (Digit){.dim = d});
}

static void pixel_shuffle(Remap *r, int64_t f) {
  add_digit(&r->at[0], (Digit){.dim = 0});
  add_digit(&r->at[1], (Digit){.dim = 1, .times = f * f});
  add_digit(&r->at[1], (Digit){.dim = 2, .mod = f, .times = f});
  add_digit(&r->at[1], (Digit){.dim = 3, .mod = f});
  for (int d = 2; d < 4; d++) add_digit(&r->at[d], (Digit){.dim = d, .div = f});
}

static void pixel_unshuffle(Remap *r, int64_t f) {
  add_digit(&r->at[0], (Digit){.dim = 0});
  add_digit(&r->at[1], (Digit){.dim = 1, .div = f * f});
  add_digit(&r->at[2], (Digit){.dim = 2, .times = f});
  add_digit(&r->at[2], (Digit){.dim = 1, .div = f, .mod = f});
  add_digit(&r->at[3], (Digit){.dim = 3, .times = f});
  add_digit(&r->at[3], (Digit){.dim = 1, .mod = f});
}

static void channel_shuffle(Remap *r, const Shape *x, int64_t groups) {
  same_index(r, 0, x->rank);
  r->at[1].n = 0;
  add_digit(&r->at[1], (Digit){.dim = 1, .mod = groups, .times = x->dim[1] / groups});
  add_digit(&r->at[1], (Digit){.dim = 1, .div = groups});
}

static void im2col(Remap *r, const ColumnsAttr *a, const Shape *x) {
  int64_t width = window_out(x->dim[3], a->kernel.v[1], a->stride.v[1], a->dilation.v[1],
                             a->pad.v[1], a->pad.v[3], false);
  int64_t kw = a->kernel.v[1], kernel = a->kernel.v[0] * kw;
  add_digit(&r->at[0], (Digit){.dim = 0});
  add_digit(&r->at[1], (Digit){.dim = 1, .div = kernel});
  add_digit(&r->at[2], (Digit){.dim = 2, .div = width, .times = a->stride.v[0]});
  add_digit(&r->at[2],
            (Digit){.dim = 1, .div = kw, .mod = a->kernel.v[0], .times = a->dilation.v[0]});
  add_digit(&r->at[3], (Digit){.dim = 2, .mod = width, .times = a->stride.v[1]});
  add_digit(&r->at[3], (Digit){.dim = 1, .mod = kw, .times = a->dilation.v[1]});
  for (int i = 0; i < 2; i++) {
    r->at[2 + i].off = -a->pad.v[i];
    r->at[2 + i].bound = a->pad.v[i] || a->pad.v[2 + i] ? BOUND_FILL : BOUND_NONE;
  }
}

/* Element o + cut of the full result belongs to phase (o + cut) mod stride, whose channels follow
 * those of the phase before, group by group. */
static void interleave(Remap *r, const PhasesAttr *a, const Shape *y) {
  int64_t phases = 1, per = y->dim[1] / a->groups;
  for (int i = 0; i < a->stride.n; i++) phases *= a->stride.v[i];
  add_digit(&r->at[0], (Digit){.dim = 0});
  add_digit(&r->at[1], (Digit){.dim = 1});
  if (a->groups > 1 && phases > 1) /* what the other phases of the groups before take */
    add_digit(&r->at[1], (Digit){.dim = 1, .div = per, .times = (phases - 1) * per});
  Coord phase = {0};
  for (int i = 0, after = (int)phases; i < a->stride.n; i++) {
    int64_t s = a->stride.v[i];
    after /= (int)s;
    if (s > 1)
      add_digit(&phase,
                (Digit){.dim = 2 + i, .plus = a->cut.v[i], .mod = s, .times = after * per});
    add_digit(&r->at[2 + i], (Digit){.dim = 2 + i, .plus = a->cut.v[i] % s, .div = s});
    r->at[2 + i].off = a->cut.v[i] / s;
  }
  for (int i = 0; i < phase.n; i++) add_digit(&r->at[1], phase.digit[i]);
}

static void depth_columns(Remap *r, const DepthAttr *a, const Shape *x) {
  int64_t per = x->dim[1] / a->groups;
  add_digit(&r->at[0], (Digit){.dim = 0, .div = a->out});
  if (a->groups > 1)
    add_digit(&r->at[1], (Digit){.dim = 1, .div = a->kernel * per, .times = per});
  add_digit(&r->at[1], (Digit){.dim = 1, .mod = per});
  add_digit(&r->at[2], (Digit){.dim = 0, .mod = a->out, .times = a->stride});
  add_digit(&r->at[2], (Digit){.dim = 1, .div = per, .mod = a->kernel, .times = a->dilation});
  r->at[2].off = -a->before;
  r->at[2].bound = BOUND_FILL;
  add_digit(&r->at[3], (Digit){.dim = 2});
  add_digit(&r->at[4], (Digit){.dim = 3});
}

static void depth_rows(Remap *r, const DepthAttr *a) {
  add_digit(&r->at[0], (Digit){.dim = 0, .times = a->out});
  add_digit(&r->at[0], (Digit){.dim = 2});
  add_digit(&r->at[1], (Digit){.dim = 1});
  add_digit(&r->at[2], (Digit){.dim = 3});
  add_digit(&r->at[3], (Digit){.dim = 4});
}

static void pad(Remap *r, const PadAttr *a, const Shape *x) {
  same_index(r, 0, x->rank);
  bool zero = str_eq(a->mode, "zero");
  for (int i = 2; i < x->rank; i++) {
    int64_t before = a->pad.v[i - 2], after = a->pad.v[i - 2 + x->rank - 2];
    r->at[i].off = -before;
    if (before || after)
      r->at[i].bound = zero ? BOUND_FILL : str_eq(a->mode, "edge") ? BOUND_EDGE : BOUND_REFLECT;
  }
  r->at[1].off = -a->channels.v[0];
  if (a->channels.v[0] || a->channels.v[1]) r->at[1].bound = BOUND_FILL;
  r->fill = a->value;
}

/* Element o takes element floor(o · step). */
static bool nearest(Remap *r, const ResizeAttr *a, const Shape *x, const Shape *y) {
  if (!str_eq(a->mode, "nearest")) return false;
  same_index(r, 0, 2);
  for (int d = 2; d < x->rank; d++) {
    Ratio step = resize_step(a, d - 2, x->dim[d], y->dim[d]);
    Digit one = {.dim = d, .by = step.num, .div = step.den};
    if (one.div % one.by == 0) one.div /= one.by, one.by = 1;
    if (one.by && one.by % one.div == 0) one.times = one.by / one.div, one.by = one.div = 1;
    add_digit(&r->at[d], one);
  }
  return true;
}

bool remap_of(const Node *n, const Shape *x, const Shape *y, Remap *r) {
  *r = (Remap){0};
  switch (n->op) {
  case OP_PAD: pad(r, ATTR(n, PadAttr), x); return true;
  case OP_UPSAMPLE:
  case OP_RESIZE: return nearest(r, ATTR(n, ResizeAttr), x, y);
  case OP_PIXEL_SHUFFLE: pixel_shuffle(r, ATTR(n, FactorAttr)->factor); return true;
  case OP_PIXEL_UNSHUFFLE: pixel_unshuffle(r, ATTR(n, FactorAttr)->factor); return true;
  case OP_CHANNEL_SHUFFLE: channel_shuffle(r, x, ATTR(n, FactorAttr)->factor); return true;
  case OP_REPEAT_CHANNELS:
    same_index(r, 0, x->rank);
    r->at[1].digit[0].div = ATTR(n, FactorAttr)->factor;
    return true;
  case OP_IM2COL: im2col(r, ATTR(n, ColumnsAttr), x); return true;
  case OP_INTERLEAVE: interleave(r, ATTR(n, PhasesAttr), y); return true;
  case OP_DEPTH_COLUMNS: depth_columns(r, ATTR(n, DepthAttr), x); return true;
  case OP_DEPTH_ROWS: depth_rows(r, ATTR(n, DepthAttr)); return true;
  default: return false;
  }
}

/* ---- the reference kernel ---------------------------------------------------------------------
 */

/* The input coordinate of an output index; -1: the fill value. */
static int64_t coordinate(const Coord *at, const int64_t *index, int64_t dim) {
  int64_t i = at->off;
  for (int k = 0; k < at->n; k++) {
    const Digit *d = &at->digit[k];
    int64_t v = (index[d->dim] * d->by + d->plus) / d->div;
    i += (d->mod ? v % d->mod : v) * d->times;
  }
  switch (at->bound) {
  case BOUND_FILL: return i < 0 || i >= dim ? -1 : i;
  case BOUND_EDGE: return i < 0 ? 0 : i >= dim ? dim - 1 : i;
  case BOUND_REFLECT: return i < 0 ? -i : i >= dim ? 2 * (dim - 1) - i : i;
  default: return i;
  }
}

static void remap_run(const Remap *r, const Tensor *in, Tensor *out) {
  int64_t count = shape_count(&out->shape);
#pragma omp parallel for
  for (int64_t o = 0; o < count; o++) {
    int64_t index[MAX_RANK], rest = o, from = 0;
    for (int d = out->shape.rank - 1; d >= 0; d--) {
      index[d] = rest % out->shape.dim[d];
      rest /= out->shape.dim[d];
    }
    for (int d = 0; d < in->shape.rank && from >= 0; d++) {
      int64_t i = coordinate(&r->at[d], index, in->shape.dim[d]);
      from = i < 0 ? -1 : from * in->shape.dim[d] + i;
    }
    out->data[o] = from < 0 ? (float)r->fill : in->data[from];
  }
}

bool ref_remap(Ctx *c, const Node *n, const Tensor *in, Tensor *out) {
  Remap r;
  if (!remap_of(n, &in->shape, &out->shape, &r)) return false;
  remap_run(&r, in, out);
  return true;
}

Tensor remap_padded(Ctx *c, const Tensor *in, const PadAttr *a) {
  Tensor y = {.shape = in->shape};
  int rank = in->shape.rank - 2;
  for (int i = 0; i < rank; i++) y.shape.dim[2 + i] += a->pad.v[i] + a->pad.v[rank + i];
  y.data = NEWN(c->arena, float, shape_count(&y.shape));
  Remap r = {0};
  pad(&r, a, &in->shape);
  remap_run(&r, in, &y);
  return y;
}
