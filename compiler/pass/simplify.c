/* simplify.c: removes nodes that change nothing and shortens chains of views.
 * In inference dropout passes its input through; reshape, flatten, slice, pad and concat may turn
 * out to be identities once shapes are known; relu of relu is relu; a view of a view reads the
 * first one's input; a reshape that keeps the batch and makes rank 2 is a flatten, which the
 * dense layer behind it can absorb. One walk in order suffices, since producers come first. */
#include "pass.h"

static const Value *input(const Graph *g, const Node *n) { return graph_value(g, n->in[0]); }

static bool is_op(const Node *n, OpKind op) { return n && n->op == op; }

/* Why the node's result equals its first input; NULL if it may not. */
static const char *identity_reason(const Graph *g, const Node *n) {
  const Value *x = input(g, n), *y = graph_value(g, n->out[0]);
  if (x->type != y->type || !shape_eq(&x->shape, &y->shape)) return NULL;
  switch (n->op) {
  case OP_DROPOUT: return g->mode == MODE_INFERENCE ? "dropout does nothing in inference" : NULL;
  case OP_RESHAPE: return "the shape is already that";
  case OP_FLATTEN: return "its input is already flat";
  case OP_SLICE: return "it takes everything";
  case OP_PAD: return "it adds nothing";
  case OP_CONCAT: return n->nin == 1 ? "it has a single input" : NULL;
  case OP_RELU:
    return is_op(x->def, OP_RELU) || is_op(x->def, OP_RELU6) ? "its input is never negative"
                                                             : NULL;
  case OP_RELU6: return is_op(x->def, OP_RELU6) ? "its input is within [0, 6]" : NULL;
  default: return NULL;
  }
}

static void decide(Ctx *c, Graph *g, const Node *n, bool taken, const char *what,
                   const char *reason, double bytes) {
  log_decision(c, g,
               (Decision){.pass = "simplify",
                          .node = n->name,
                          .span = n->span,
                          .taken = taken,
                          .what = what,
                          .reason = reason,
                          .bytes = bytes});
}

static bool remove_identity(Ctx *c, Graph *g, Node *n) {
  const char *reason = identity_reason(g, n);
  if (!reason) return false;
  decide(c, g, n, true, str_fmt(c->arena, "%s removed", n->name), reason,
         2 * value_bytes(input(g, n)));
  graph_replace_uses(g, n->out[0], n->in[0]);
  n->dead = true;
  return true;
}

static bool is_view(const Node *n) { return is_op(n, OP_RESHAPE) || is_op(n, OP_FLATTEN); }

static void reshape_to_flatten(Ctx *c, Graph *g, Node *n) {
  const Shape *x = &input(g, n)->shape, *y = &graph_value(g, n->out[0])->shape;
  if (n->op != OP_RESHAPE || y->rank != 2 || x->rank < 2 || x->dim[0] != y->dim[0]) return;
  n->op = OP_FLATTEN;
  n->attr = attr_defaults(c, OP_FLATTEN);
  decide(c, g, n, true, str_fmt(c->arena, "%s is a flatten", n->name),
         "it keeps the batch and makes one dimension of the rest", 0);
}

/* view2(view1(x)) reads x: only the last shape counts. */
static void shorten_views(Ctx *c, Graph *g, Node *n) {
  Node *first = input(g, n)->def;
  if (!is_view(n) || !is_view(first)) return;
  const Shape *x = &input(g, first)->shape, *y = &graph_value(g, n->out[0])->shape;
  if (n->op == OP_FLATTEN && x->dim[0] != y->dim[0]) return;
  if (n->op == OP_RESHAPE) {
    Dims *d = &ATTR(n, ReshapeAttr)->shape;
    *d = (Dims){.n = y->rank};
    for (int i = 0; i < y->rank; i++) d->v[i] = y->dim[i];
  }
  n->in[0] = first->in[0];
  decide(c, g, n, true, str_fmt(c->arena, "%s past %s", n->name, first->name),
         "only the last of two views counts", 0);
}

bool pass_simplify(Ctx *c, Graph *g) {
  for (int i = 0; i < g->nodes.len; i++) {
    Node *n = g->nodes.at[i];
    if (n->dead || n->nin < 1 || n->nout != 1) continue;
    if (n->op == OP_DROPOUT && g->mode == MODE_TRAINING)
      decide(c, g, n, false, str_fmt(c->arena, "%s removed", n->name), "training needs it", 0);
    if (remove_identity(c, g, n)) continue;
    reshape_to_flatten(c, g, n);
    shorten_views(c, g, n);
    remove_identity(c, g, n);
  }
  return true;
}
