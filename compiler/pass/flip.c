/* flip.c: a true convolution is a cross-correlation with the kernel turned by 180 degrees.
 * The turning happens once, when weights are packed; kernels know correlation only. */
#include "pass.h"

static bool flip_node(Ctx *c, Graph *g, Node *n) {
  const Value *w = graph_value(g, n->in[1]);
  bool packed = graph_weight_time(c, g)[w->id];
  const char *what = str_fmt(c->arena, "kernel of %s turned", n->name);
  log_decision(c, g,
               (Decision){.pass = "flip",
                          .node = n->name,
                          .span = n->span,
                          .taken = packed,
                          .what = what,
                          .reason = packed ? "when weights are packed, at no cost later"
                                           : "the kernel is computed by the network"});
  if (!packed) return true;
  const char *name = graph_unique_name(c, g, str_fmt(c->arena, "%s.flip", n->name));
  Node *f = graph_insert_node(c, g, n->id, OP_FLIP, NULL, &n->in[1], 1, name, n->scope, n->span);
  if (!f) return false;
  n->in[1] = f->out[0];
  ATTR(n, ConvAttr)->flip = false;
  return true;
}

bool pass_flip(Ctx *c, Graph *g) {
  for (int i = 0; i < g->nodes.len; i++) {
    Node *n = g->nodes.at[i];
    if (n->dead || n->op != OP_CONV || !ATTR(n, ConvAttr)->flip || n->nin < 2) continue;
    if (!flip_node(c, g, n)) return false;
  }
  return true;
}
