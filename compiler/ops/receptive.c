/* receptive.c: how much of the input each value of a graph depends on.
 *
 * Follows the nodes in order: a window of extent e (dilation included) and stride s makes
 *   size' = size + (e - 1) · jump,  jump' = jump · s
 * per spatial dimension, from size = jump = 1 at the input (Araujo et al. 2019, "Computing
 * receptive fields of convolutional neural networks"). Fused groups are followed inside.
 */

#include "ops.h"

typedef struct Step {
  int64_t extent, stride;
} Step;

/* Convolution, pooling and global pooling in spatial dimension i; everything else keeps it. */
static Step step_of(const Graph *g, const Node *n, int i) {
  const Shape *x = op_in(g, n, 0), *y = &graph_value(g, n->out[0])->shape;
  const ConvAttr *conv = ATTR(n, ConvAttr);
  const PoolAttr *pool = ATTR(n, PoolAttr);
  const LocalAttr *local = ATTR(n, LocalAttr);
  PoolForm form = pool_form(n->op, NULL);
  if (n->op == OP_CONV)
    return (Step){conv->dilation.v[i] * (conv->kernel.v[i] - 1) + 1, conv->stride.v[i]};
  if (n->op == OP_LOCAL)
    return (Step){local->dilation.v[i] * (local->kernel.v[i] - 1) + 1, local->stride.v[i]};
  if (form == POOL_WINDOWS) return (Step){pool->kernel.v[i], pool->stride.v[i]};
  if (form == POOL_NOT) return (Step){1, 1};
  int64_t in = x->dim[2 + i], out = y->dim[2 + i];
  return (Step){(in + out - 1) / out, in / out > 0 ? in / out : 1};
}

/* The union of what two inputs depend on. An input that is one pixel for all of the output's, as a
 * squeeze-and-excitation gate is, has no steps of its own. */
static void widen(Receptive *r, const Receptive *with, const Shape *x, const Shape *y) {
  r->whole |= with->whole;
  if (with->n > r->n) r->n = with->n;
  for (int i = 0; i < with->n; i++) {
    if (with->size[i] > r->size[i]) r->size[i] = with->size[i];
    bool spread = x->rank == y->rank && x->dim[2 + i] == 1 && y->dim[2 + i] > 1;
    if (r->jump[i] < 1) r->jump[i] = 1;
    if (!spread && with->jump[i] > r->jump[i]) r->jump[i] = with->jump[i];
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
    for (int k = 0; k < op_data_inputs(n); k++) widen(&r, &at[n->in[k]], op_in(g, n, k), y);
    int rank = y->rank - 2;
    if (r.n && (rank != r.n || n->op == OP_DENSE)) r = (Receptive){.whole = true};
    for (int d = 0; d < r.n; d++) {
      Step s = step_of(g, n, d);
      r.size[d] = sat_add(r.size[d], sat_mul(s.extent - 1, r.jump[d]));
      r.jump[d] = sat_mul(r.jump[d], s.stride);
    }
    for (int k = 0; k < n->nout; k++) at[n->out[k]] = r;
  }
}

Receptive *graph_receptive(Ctx *c, const Graph *g) {
  Receptive *at = NEWN(c->arena, Receptive, g->values.len);
  for (int i = 0; i < g->inputs.len; i++) {
    Receptive *r = &at[g->inputs.at[i]];
    r->n = graph_value(g, g->inputs.at[i])->shape.rank - 2;
    if (r->n < 0) r->n = 0;
    for (int d = 0; d < r->n; d++) r->size[d] = r->jump[d] = 1;
  }
  follow(c, g, at);
  return at;
}
