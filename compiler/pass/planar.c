/* planar.c: operators on [N, C, L] and [N, C, D, H, W] become operators on [N, C, H, W], so that
 * planning and emission meet two spatial dimensions only. Views cost nothing.
 *
 * One dimension: [N, C, L] is [N, C, 1, L] for convolution, pooling and whatever works channel by
 * channel; element-wise operators, concat and slice follow where their input was made so.
 * Three dimensions: pooling and linear resizing go over height and width, then over depth, since
 * mean, maximum and interpolation over a box are separable; a convolution sees the kernel's depth
 * as input channels (depth_columns) and every depth of the result as a sample. */
#include "pass.h"

#include <string.h>

static void *copy_attr(Ctx *c, const Node *n) {
  void *copy = attr_defaults(c, n->op);
  if (n->attr) memcpy(copy, n->attr, op_table[n->op].attr_size);
  return copy;
}

/* ---- views -----------------------------------------------------------------------------------
 */

static const Shape *shape_of(const Graph *g, ValueId id) { return &graph_value(g, id)->shape; }

static ReshapeAttr *reshape_to(Ctx *c, const Shape *s) {
  ReshapeAttr *a = attr_defaults(c, OP_RESHAPE);
  a->shape.n = s->rank;
  for (int i = 0; i < s->rank; i++) a->shape.v[i] = s->dim[i];
  return a;
}

/* The value seen with another shape: what it was viewed from, or a new view; -1 after an error.
 */
static ValueId view_as(Ctx *c, Graph *g, Node *n, ValueId id, Shape want) {
  const Value *v = graph_value(g, id);
  if (shape_eq(&v->shape, &want)) return id;
  if (v->def && v->def->op == OP_RESHAPE && shape_eq(shape_of(g, v->def->in[0]), &want))
    return v->def->in[0];
  const char *name = graph_unique_name(c, g, str_fmt(c->arena, "%s.view", v->name));
  Node *r = node_insert(c, g, n, OP_RESHAPE, reshape_to(c, &want), &id, 1, name);
  return r ? r->out[0] : -1;
}

static bool become_view(Ctx *c, Graph *g, Node *n, const Node *made) {
  if (!made) return false;
  node_become(c, n, OP_RESHAPE, reshape_to(c, shape_of(g, n->out[0])), made->out[0]);
  return true;
}

/* ---- one dimension ----------------------------------------------------------------------------
 */

static Shape with_height(const Shape *s) { return SHAPE(s->dim[0], s->dim[1], 1, s->dim[2]); }

static Dims wide(const Dims *d, int64_t first) {
  return (Dims){2, {first, d->n ? d->v[0] : first}};
}

static Pads wide_pads(const Pads *p) { return (Pads){p->mode, 4, {0, p->v[0], 0, p->v[1]}}; }

/* The scales of two dimensions, where scales are given at all. */
static Reals two_scales(Ctx *c, const Reals *r, double first, double second) {
  double *v = arena_alloc(c->arena, 2 * sizeof *v);
  v[0] = first, v[1] = second;
  return r->n ? (Reals){2, v} : *r;
}

static double scale_of(const Reals *r, int i) { return r->n ? r->v[r->n == 1 ? 0 : i] : 1; }

/* The node's attributes with a height of one in front; NULL if it has none to change. */
static void *widened(Ctx *c, const Node *n) {
  void *copy = copy_attr(c, n);
  ConvAttr *conv = copy;
  PoolAttr *pool = copy;
  AxisAttr *axis = copy;
  ResizeAttr *resize = copy;
  PhasesAttr *phases = copy;
  PoolForm form = pool_form(n->op, NULL);
  if (form == POOL_WINDOWS) {
    pool->kernel = wide(&pool->kernel, 1), pool->stride = wide(&pool->stride, 1);
    pool->pad = wide_pads(&pool->pad);
  } else if (form == POOL_ADAPTIVE) {
    ((AdaptiveAttr *)copy)->out = wide(&((AdaptiveAttr *)copy)->out, 1);
  }
  switch (n->op) {
  case OP_CONV:
    conv->kernel = wide(&conv->kernel, 1), conv->stride = wide(&conv->stride, 1);
    conv->dilation = wide(&conv->dilation, 1), conv->pad = wide_pads(&conv->pad);
    break;
  case OP_RESIZE:
    resize->size = wide(&resize->size, 1);
    resize->scale = two_scales(c, &resize->scale, 1, scale_of(&resize->scale, 0));
    break;
  case OP_PAD: ((PadAttr *)copy)->pad = wide_pads(&((PadAttr *)copy)->pad); break;
  case OP_CONCAT: axis->axis += axis->axis >= 2; break;
  case OP_SLICE: ((SliceAttr *)copy)->axis += ((SliceAttr *)copy)->axis >= 2; break;
  case OP_INTERLEAVE:
    phases->stride = wide(&phases->stride, 1), phases->cut = wide(&phases->cut, 0);
    phases->size = wide(&phases->size, 1);
    break;
  default: break;
  }
  return copy;
}

/* Works channel by channel, so a height in front changes nothing. */
static bool is_spatial(OpKind op) {
  if (pool_form(op, NULL) != POOL_NOT) return true;
  switch (op) {
  case OP_CONV:
  case OP_AFFINE:
  case OP_RESIZE:
  case OP_INTERLEAVE:
  case OP_REPEAT_CHANNELS: return true;
  default: return false;
  }
}

/* Inputs that are tensors of the node's own kind, not parameters. */
static int tensors(const Graph *g, const Node *n) {
  int count = 0;
  while (count < n->nin && shape_of(g, n->in[count])->rank == shape_of(g, n->in[0])->rank &&
         !(n->op == OP_CONV && count))
    count++;
  return count;
}

/* Any rank will do, and an input was made with a height: stay with it. */
static bool follows(const Graph *g, const Node *n) {
  int flags = op_table[n->op].flags;
  bool any = n->op == OP_CONCAT || n->op == OP_SLICE || n->op == OP_PAD ||
             n->op == OP_CHANNEL_SHUFFLE || ((flags & OPF_UNARY) && n->nin == 1);
  if (flags & OPF_BINARY) {
    any = true;
    for (int i = 1; i < n->nin; i++)
      any &= shape_eq(shape_of(g, n->in[i]), shape_of(g, n->in[0]));
  }
  for (int i = 0; any && i < n->nin; i++) {
    const Node *def = graph_value(g, n->in[i])->def;
    Shape tall = with_height(shape_of(g, n->in[i]));
    if (def && def->op == OP_RESHAPE && shape_eq(shape_of(g, def->in[0]), &tall)) return true;
  }
  return false;
}

static bool add_height(Ctx *c, Graph *g, Node *n) {
  ValueId *in = NEWN(c->arena, ValueId, n->nin);
  int data = tensors(g, n);
  for (int i = 0; i < n->nin; i++) {
    in[i] = n->in[i];
    bool weight = n->op == OP_CONV && i == 1;
    if (i < data || weight) in[i] = view_as(c, g, n, in[i], with_height(shape_of(g, in[i])));
    if (in[i] < 0) return false;
  }
  const char *name = node_take_name(c, g, n, "view");
  return become_view(c, g, n, node_insert(c, g, n, n->op, widened(c, n), in, n->nin, name));
}

/* ---- three dimensions -------------------------------------------------------------------------
 */

/* The node's attributes for two of the three dimensions, of which the first is number `first`;
 * `both`: the second is number first + 1, otherwise it is left alone (of size `rest`). */
static void *two_of(Ctx *c, const Node *n, int first, bool both, int64_t rest) {
  void *copy = copy_attr(c, n);
  PoolAttr *p = copy;
  int second = first + 1;
  if (pool_form(n->op, NULL) == POOL_WINDOWS) {
    const PoolAttr *a = n->attr;
    p->kernel = (Dims){2, {a->kernel.v[first], both ? a->kernel.v[second] : 1}};
    p->stride = (Dims){2, {a->stride.v[first], both ? a->stride.v[second] : 1}};
    p->pad = (Pads){a->pad.mode,
                    4,
                    {a->pad.v[first], both ? a->pad.v[second] : 0, a->pad.v[3 + first],
                     both ? a->pad.v[3 + second] : 0}};
    return copy;
  }
  if (n->op == OP_RESIZE) {
    Reals *s = &((ResizeAttr *)copy)->scale;
    *s = two_scales(c, s, scale_of(s, first), both ? scale_of(s, second) : 1);
  }
  Dims *size = n->op == OP_RESIZE ? &((ResizeAttr *)copy)->size : &((AdaptiveAttr *)copy)->out;
  *size = (Dims){2, {size->v[first], both ? size->v[second] : rest}};
  return copy;
}

/* Over height and width of all depths, then over the depth of all places. */
static bool separate(Ctx *c, Graph *g, Node *n) {
  Shape x = *shape_of(g, n->in[0]), y = *shape_of(g, n->out[0]);
  Shape planes = SHAPE(x.dim[0], x.dim[1] * x.dim[2], x.dim[3], x.dim[4]);
  int64_t places = y.dim[3] * y.dim[4];
  ValueId v = view_as(c, g, n, n->in[0], planes);
  if (v < 0) return false;
  const char *name = node_take_name(c, g, n, "view");
  const char *flat = graph_unique_name(c, g, str_fmt(c->arena, "%s.planes", name));
  Node *over = node_insert(c, g, n, n->op, two_of(c, n, 1, true, 0), &v, 1, flat);
  if (!over) return false;
  v = view_as(c, g, n, over->out[0], SHAPE(x.dim[0], x.dim[1], x.dim[2], places));
  if (v < 0) return false;
  Node *deep = node_insert(c, g, n, n->op, two_of(c, n, 0, false, places), &v, 1, name);
  return become_view(c, g, n, deep);
}

static bool affine(Ctx *c, Graph *g, Node *n) {
  const Shape *x = shape_of(g, n->in[0]);
  ValueId in[3] = {-1, n->in[1], n->in[2]};
  in[0] =
      view_as(c, g, n, n->in[0], SHAPE(x->dim[0], x->dim[1], x->dim[2] * x->dim[3], x->dim[4]));
  if (in[0] < 0) return false;
  const char *name = node_take_name(c, g, n, "view");
  return become_view(c, g, n, node_insert(c, g, n, n->op, n->attr, in, 3, name));
}

/* [before, axis, behind] */
static bool around_axis(Ctx *c, Graph *g, Node *n) {
  int axis = (int)(n->op == OP_CONCAT ? ATTR(n, AxisAttr)->axis : ATTR(n, SliceAttr)->axis);
  ValueId *in = NEWN(c->arena, ValueId, n->nin);
  for (int i = 0; i < n->nin; i++) {
    const Shape *x = shape_of(g, n->in[i]);
    Shape s = SHAPE(1, x->dim[axis], 1);
    for (int d = 0; d < x->rank; d++)
      if (d != axis) s.dim[d < axis ? 0 : 2] *= x->dim[d];
    in[i] = view_as(c, g, n, n->in[i], s);
    if (in[i] < 0) return false;
  }
  void *attr = copy_attr(c, n);
  *(n->op == OP_CONCAT ? &((AxisAttr *)attr)->axis : &((SliceAttr *)attr)->axis) = 1;
  const char *name = node_take_name(c, g, n, "view");
  return become_view(c, g, n, node_insert(c, g, n, n->op, attr, in, n->nin, name));
}

static Dims last_two(const Dims *d) { return (Dims){2, {d->v[1], d->v[2]}}; }

static bool convolve(Ctx *c, Graph *g, Node *n) {
  const ConvAttr *a = ATTR(n, ConvAttr);
  ConvAttr *flat = copy_attr(c, n);
  flat->kernel = last_two(&a->kernel), flat->stride = last_two(&a->stride);
  flat->dilation = last_two(&a->dilation);
  flat->pad = (Pads){a->pad.mode, 4, {a->pad.v[1], a->pad.v[2], a->pad.v[4], a->pad.v[5]}};
  DepthAttr *columns = attr_defaults(c, OP_DEPTH_COLUMNS),
            *rows = attr_defaults(c, OP_DEPTH_ROWS);
  *columns = (DepthAttr){a->kernel.v[0],
                         a->stride.v[0],
                         a->dilation.v[0],
                         a->pad.v[0],
                         shape_of(g, n->out[0])->dim[2],
                         a->groups};
  rows->out = columns->out;
  const char *name = node_take_name(c, g, n, "rows"),
             *base = str_fmt(c->arena, "%s.columns", name);
  Node *in =
      node_insert(c, g, n, OP_DEPTH_COLUMNS, columns, n->in, 1, graph_unique_name(c, g, base));
  base = str_fmt(c->arena, "%s.weight.flat", name);
  Node *w =
      node_insert(c, g, n, OP_DEPTH_WEIGHTS, NULL, n->in + 1, 1, graph_unique_name(c, g, base));
  if (!in || !w) return false;
  ValueId operands[3] = {in->out[0], w->out[0], n->nin > 2 ? n->in[2] : -1};
  Node *conv = node_insert(c, g, n, OP_CONV, flat, operands, n->nin, name);
  if (!conv) return false;
  node_become(c, n, OP_DEPTH_ROWS, rows, conv->out[0]);
  return true;
}

static bool remove_depth(Ctx *c, Graph *g, Node *n) {
  if (pool_form(n->op, NULL) != POOL_NOT) return separate(c, g, n);
  switch (n->op) {
  case OP_CONV: return convolve(c, g, n);
  case OP_AFFINE: return affine(c, g, n);
  case OP_CONCAT:
  case OP_SLICE: return around_axis(c, g, n);
  case OP_RESIZE: return str_eq(ATTR(n, ResizeAttr)->mode, "nearest") || separate(c, g, n);
  default: return true;
  }
}

/* ---- the pass ---------------------------------------------------------------------------------
 */

/* The size is known by now; the scale stays where it is not the ratio of the sizes. */
static void become_resize(Ctx *c, Graph *g, Node *n) {
  const Shape *x = shape_of(g, n->in[0]), *y = shape_of(g, n->out[0]);
  ResizeAttr *a = copy_attr(c, n);
  bool ratio = true;
  for (int i = 2; i < x->rank; i++)
    ratio &= (double)x->dim[i] * scale_of(&a->scale, i - 2) == (double)y->dim[i];
  if (ratio) a->scale = (Reals){0};
  n->op = OP_RESIZE, n->attr = a;
}

static bool rewrite(Ctx *c, Graph *g, Node *n) {
  int rank = shape_of(g, n->in[0])->rank;
  if (n->op == OP_UPSAMPLE) become_resize(c, g, n);
  if (rank == 3 && (is_spatial(n->op) || follows(g, n))) return add_height(c, g, n);
  return rank != 5 || remove_depth(c, g, n);
}

bool pass_planar(Ctx *c, Graph *g) {
  const bool *known = graph_weight_time(c, g);
  int values = g->values.len;
  for (int i = 0; i < g->nodes.len; i++) {
    Node *n = g->nodes.at[i];
    if (n->dead || !n->nin || !n->nout || (n->out[0] < values && known[n->out[0]])) continue;
    const char *name = n->name;
    OpKind op = n->op;
    if (!rewrite(c, g, n)) return false;
    while (g->nodes.at[i] != n) i++;
    if (n->op == op || n->op == OP_RESIZE) continue;
    log_decision(c, g,
                 (Decision){.pass = "planar",
                            .node = name,
                            .span = n->span,
                            .taken = true,
                            .what = str_fmt(c->arena, "%s over two dimensions", name),
                            .reason = "views of the same memory, or depth as channels"});
  }
  return true;
}
