/* receptive.c: how much of the input each value of a graph depends on.
 *
 * Follows the nodes in order: a window of extent e (dilation included) and stride s makes
 *   size' = size + (e - 1) · jump,  jump' = jump · s
 * per spatial dimension, from size = jump = 1 at the input (Araujo et al. 2019, "Computing
 * receptive fields of convolutional neural networks"). What makes maps larger divides the jump,
 * which is a fraction for that reason. Where an element's window depends on its place, as in a
 * transposed convolution, the widest counts. Fused groups are followed inside.
 */

#include "ops.h"

typedef struct Step {
  int64_t extent, stride, finer; /* finer: results for each element of the input */
} Step;

static int64_t gcd(int64_t a, int64_t b) { return b ? gcd(b, a % b) : a; }

/* Elements of which every ratio-th is read, or between which results are interpolated. */
static Step resized(int64_t extent, Ratio step) {
  int64_t d = gcd(step.num, step.den);
  return (Step){extent, step.num / d, step.den / d};
}

/* Operators that read the whole extent of spatial dimension i for each element. */
static bool reads_all(const Node *n, int rank, int i) {
  const Dims *axes = &ATTR(n, ReduceAttr)->axes;
  switch (n->op) {
  case OP_INSTANCENORM:
  case OP_GROUPNORM: return true;
  case OP_LAYERNORM: return 2 + i >= rank - ATTR(n, LayerNormAttr)->dims;
  case OP_SOFTMAX:
  case OP_LOG_SOFTMAX: return ATTR(n, AxisAttr)->axis == 2 + i;
  case OP_REDUCE_MEAN:
  case OP_REDUCE_SUM:
  case OP_REDUCE_MAX:
  case OP_REDUCE_MIN:
  case OP_REDUCE_L2:
    for (int k = 0; k < axes->n; k++)
      if (axes->v[k] == 2 + i) return true;
    return axes->n == 0;
  default: return false;
  }
}

static Step window(int64_t kernel, int64_t dilation, int64_t stride) {
  return (Step){dilation * (kernel - 1) + 1, stride, 1};
}

/* What the node reads of input k in spatial dimension i for an element of its result. */
static Step step_of(const Graph *g, const Node *n, int k, int i) {
  const Shape *x = op_in(g, n, k), *y = &graph_value(g, n->out[0])->shape;
  const ConvAttr *conv = ATTR(n, ConvAttr);
  const LocalAttr *local = ATTR(n, LocalAttr);
  const ConvTransposeAttr *up = ATTR(n, ConvTransposeAttr);
  const PoolAttr *pool = ATTR(n, PoolAttr);
  const ResizeAttr *resize = ATTR(n, ResizeAttr);
  const SliceAttr *slice = ATTR(n, SliceAttr);
  int64_t in = x->rank == y->rank ? x->dim[2 + i] : 1, out = y->dim[2 + i];
  PoolForm form = pool_form(n->op, NULL);
  if (form == POOL_WINDOWS) return window(pool->kernel.v[i], 1, pool->stride.v[i]);
  if (form != POOL_NOT) return (Step){(in + out - 1) / out, in / out > 0 ? in / out : 1, 1};
  switch (n->op) {
  case OP_CONV: return window(conv->kernel.v[i], conv->dilation.v[i], conv->stride.v[i]);
  case OP_LOCAL: return window(local->kernel.v[i], local->dilation.v[i], local->stride.v[i]);
  case OP_CONV_TRANSPOSE:
    return (Step){(up->kernel.v[i] - 1) * up->dilation.v[i] / up->stride.v[i] + 1, 1,
                  up->stride.v[i]};
  case OP_MAX_UNPOOL: /* the pooled map; then the map in whose windows it puts the values */
    return k == 0 ? (Step){1, 1, pool->stride.v[i]} : window(pool->kernel.v[i], 1, 1);
  case OP_UPSAMPLE:
  case OP_RESIZE:
    return resized(str_eq(resize->mode, "nearest") ? 1 : 2, resize_step(resize, i, in, out));
  case OP_PIXEL_SHUFFLE: return (Step){1, 1, ATTR(n, FactorAttr)->factor};
  case OP_PIXEL_UNSHUFFLE:
    return window(ATTR(n, FactorAttr)->factor, 1, ATTR(n, FactorAttr)->factor);
  case OP_SLICE: return (Step){1, slice->axis == 2 + i ? slice->step : 1, 1};
  default: return (Step){reads_all(n, x->rank, i) ? in : 1, 1, 1};
  }
}

/* What an element of the result sees through one of the inputs. */
static Receptive advance(const Graph *g, const Node *n, int k, Receptive r) {
  for (int d = 0; d < r.n; d++) {
    Step s = step_of(g, n, k, d);
    int64_t more = sat_mul(s.extent - 1, r.jump[d]);
    r.size[d] = sat_add(r.size[d], more / r.finer[d] + (more % r.finer[d] > 0));
    int64_t jump = sat_mul(r.jump[d], s.stride), finer = sat_mul(r.finer[d], s.finer);
    int64_t common = gcd(jump, finer);
    r.jump[d] = jump / common;
    r.finer[d] = finer / common;
  }
  return r;
}

/* The union of what two inputs let see. An input that is one pixel for all of the output's, as a
 * squeeze-and-excitation gate is, has no steps of its own. */
static void widen(Receptive *r, const Receptive *with, const Shape *x, const Shape *y) {
  r->whole |= with->whole;
  if (with->n > r->n) r->n = with->n;
  for (int i = 0; i < with->n; i++) {
    if (with->size[i] > r->size[i]) r->size[i] = with->size[i];
    bool spread = x->rank == y->rank && x->dim[2 + i] == 1 && y->dim[2 + i] > 1;
    bool larger =
        (double)with->jump[i] * (double)r->finer[i] > (double)r->jump[i] * (double)with->finer[i];
    if (spread || (r->jump[i] && !larger)) continue;
    r->jump[i] = with->jump[i];
    r->finer[i] = with->finer[i];
  }
}

static void follow(Ctx *c, const Graph *g, Receptive *at);

/* The body's inputs start with what the group's inputs have. */
static void follow_group(Ctx *c, const Graph *g, const Node *n, Receptive *at) {
  const Graph *b = n->body;
  Receptive *inner = NEWN(c->arena, Receptive, b->values.len);
  for (int i = 0; i < n->nin; i++) inner[b->inputs.at[i]] = at[n->in[i]];
  follow(c, b, inner);
  for (int i = 0; i < n->nout; i++) at[n->out[i]] = inner[b->outputs.at[i]];
}

static void follow(Ctx *c, const Graph *g, Receptive *at) {
  for (int i = 0; i < g->nodes.len; i++) {
    const Node *n = g->nodes.at[i];
    if (n->dead || n->nout == 0) continue;
    if (n->body) {
      follow_group(c, g, n, at);
      continue;
    }
    Receptive r = {0};
    const Shape *y = &graph_value(g, n->out[0])->shape;
    int rank = y->rank - 2;
    for (int k = 0; k < op_data_inputs(n); k++) {
      Receptive in = at[n->in[k]];
      if (in.n && (rank != in.n || n->op == OP_DENSE)) in = (Receptive){.whole = true};
      in = advance(g, n, k, in);
      widen(&r, &in, op_in(g, n, k), y);
    }
    if (r.whole) r.n = 0;
    for (int d = 0; d < r.n; d++)
      if (!r.jump[d]) r.jump[d] = r.finer[d] = 1;
    for (int k = 0; k < n->nout; k++) at[n->out[k]] = r;
  }
}

Receptive *graph_receptive(Ctx *c, const Graph *g) {
  Receptive *at = NEWN(c->arena, Receptive, g->values.len);
  for (int i = 0; i < g->inputs.len; i++) {
    Receptive *r = &at[g->inputs.at[i]];
    r->n = graph_value(g, g->inputs.at[i])->shape.rank - 2;
    if (r->n < 0) r->n = 0;
    for (int d = 0; d < r->n; d++) r->size[d] = r->jump[d] = r->finer[d] = 1;
  }
  follow(c, g, at);
  return at;
}
