/* affine_batchnorm.c: a batchnorm that could not go into weights becomes y = scale·x + shift per
 * channel; scale and shift come from a bn_affine node that runs when weights are packed. */
#include "pass.h"

/* `known`: by ValueId, of the graph before the pass; no batchnorm reads what the pass adds. */
static const char *refusal(const Graph *g, const bool *known, const Node *n) {
  if (g->mode == MODE_TRAINING) return "statistics change in training";
  for (int i = 1; i < n->nin; i++)
    if (!known[n->in[i]]) return "its parameters are computed by the network";
  return NULL;
}

/* The node stays where it is, with its name and result, and becomes the affine. */
static bool rewrite(Ctx *c, Graph *g, Node *n) {
  const char *name = graph_unique_name(c, g, str_fmt(c->arena, "%s.affine", n->name));
  Node *s = graph_insert_node(c, g, n->id, OP_BN_AFFINE, n->attr, n->in + 1, 4, name, n->scope,
                              n->span);
  if (!s) return false;
  ValueId *in = NEWN(c->arena, ValueId, 3);
  in[0] = n->in[0];
  in[1] = s->out[0];
  in[2] = s->out[1];
  n->op = OP_AFFINE;
  n->attr = attr_defaults(c, OP_AFFINE);
  n->in = in;
  n->nin = 3;
  return true;
}

bool pass_affine_batchnorm(Ctx *c, Graph *g) {
  const bool *known = graph_weight_time(c, g);
  for (int i = 0; i < g->nodes.len; i++) {
    Node *n = g->nodes.at[i];
    if (n->dead || n->op != OP_BATCHNORM) continue;
    const char *why = refusal(g, known, n);
    log_decision(c, g,
                 (Decision){.pass = "affine_batchnorm",
                            .node = n->name,
                            .span = n->span,
                            .taken = !why,
                            .what = str_fmt(c->arena, "%s as scale and shift", n->name),
                            .reason = why ? why : "both are known when weights are packed"});
    if (why) continue;
    if (!rewrite(c, g, n)) return false;
    while (g->nodes.at[i] != n) i++;
  }
  return true;
}
