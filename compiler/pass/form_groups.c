/* form_groups.c: every node that runs with the network becomes a group with that one node as its
 * anchor; `fuse` then merges groups. Weight-time nodes stay as they are, for the packer.
 *
 * A graph output that is no group's result (an input passed through, a parameter) or that is
 * already another output gets a copying group, so that every output has a buffer of its own. */
#include "pass.h"

static bool wrap(Ctx *c, Graph *g, Node *n) {
  Body b = body_new(c, g, n->name);
  ValueId *in = NEWN(c->arena, ValueId, n->nin);
  for (int i = 0; i < n->nin; i++) in[i] = body_input(c, &b, g, n->in[i]);
  Node *copy = body_copy_node(c, &b, g, n, in);
  return copy && body_close(c, g, &b, n->id, 0, copy->out[0], n, n->span, n);
}

static bool is_scaling(const Node *n) { return n->op == OP_SCALE || n->op == OP_AFFINE; }

/* The only reader of the node's result; NULL if there are several, or it is an output. */
static const Node *reader(const Graph *g, const int *uses, const Node *n) {
  if (uses[n->out[0]] != 1) return NULL;
  for (int i = n->id + 1; i < g->nodes.len; i++)
    for (int j = 0; j < g->nodes.at[i]->nin; j++)
      if (g->nodes.at[i]->in[j] == n->out[0]) return j ? NULL : g->nodes.at[i];
  return NULL;
}

/* Does the node begin the preparation of an image: scaled, normalised, then convolved? */
static bool prepares(const Graph *g, const int *uses, const Node *n) {
  const Value *x = n->nin ? graph_value(g, n->in[0]) : NULL;
  if (!x || x->kind != V_INPUT || x->shape.rank != 4 || !is_scaling(n)) return false;
  while (n && is_scaling(n) && !n->notes.kernel) n = reader(g, uses, n);
  return n && n->op == OP_CONV;
}

/* A cast in front makes one group of it all, which the convolution can take in. */
static bool cast_input(Ctx *c, Graph *g, Node *n) {
  Node *cast = node_insert(c, g, n, OP_CAST, NULL, n->in, 1,
                           graph_unique_name(c, g, str_fmt(c->arena, "%s.cast", n->name)));
  if (!cast) return false;
  n->in[0] = cast->out[0];
  return true;
}

static bool needs_copy(const Graph *g, int output) {
  ValueId id = g->outputs.at[output];
  const Node *def = graph_value(g, id)->def;
  for (int i = 0; i < output; i++)
    if (g->outputs.at[i] == id) return true;
  return !def || def->op != OP_GROUP;
}

static bool copy_output(Ctx *c, Graph *g, int output) {
  const Value *x = graph_value(g, g->outputs.at[output]);
  const char *name = graph_unique_name(c, g, str_fmt(c->arena, "%s.copy", x->name));
  int scope = x->def ? x->def->scope : 0;
  Node *n = graph_add_node(c, g, OP_REORDER, NULL, &x->id, 1, name, scope, x->span);
  if (!n) return false;
  log_decision(c, g,
               (Decision){.pass = "form_groups",
                          .node = name,
                          .span = x->span,
                          .taken = true,
                          .what = str_fmt(c->arena, "%s copied to output %s", x->name,
                                          g->output_names.at[output]),
                          .reason = "an output needs a buffer of its own",
                          .bytes = -2 * value_bytes(x)});
  g->outputs.at[output] = n->out[0];
  return wrap(c, g, n);
}

bool pass_form_groups(Ctx *c, Graph *g) {
  const bool *known = graph_weight_time(c, g);
  const int *uses = graph_use_counts(c, g);
  int values = g->values.len;
  for (int i = 0; i < g->nodes.len; i++) {
    Node *n = g->nodes.at[i];
    if (n->dead || !prepares(g, uses, n)) continue;
    if (!cast_input(c, g, n)) return false;
    while (g->nodes.at[i] != n) i++;
  }
  for (int i = 0; i < g->nodes.len; i++) {
    Node *n = g->nodes.at[i];
    if (n->dead || n->op == OP_GROUP || !n->nout) continue;
    if (n->out[0] < values && known[n->out[0]]) continue;
    if (!wrap(c, g, n)) return false;
  }
  for (int i = 0; i < g->outputs.len; i++)
    if (needs_copy(g, i) && !copy_output(c, g, i)) return false;
  return true;
}
