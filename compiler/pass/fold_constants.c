/* fold_constants.c: a multiplication or addition of constants per channel, behind a layer with
 * weights, becomes a scale and a shift, which fold_batchnorm then takes into the weights. Behind
 * others it stays as it is, an epilogue. Not in training, where weights change with every step. */
#include "pass.h"

static bool has_weights(const Node *n) {
  return n->op == OP_CONV || n->op == OP_DENSE || n->op == OP_CONV_TRANSPOSE;
}

static bool folds(const Node *n) { return n->op == OP_AFFINE || n->op == OP_BATCHNORM; }

/* Why there are no weights for n to go into; NULL if there are. */
static const char *refusal(Ctx *c, const Graph *g, const int *uses, int values, const Value *x) {
  if (g->mode == MODE_TRAINING) return "weights change in training";
  const Node *layer = x->def;
  for (;; layer = x->def) {
    if (!layer) return "it follows an input of the network";
    if (graph_is_output(g, x->id)) return "graph output";
    if (x->id < values && uses[x->id] > 1) return str_fmt(c->arena, "%d consumers", uses[x->id]);
    if (!folds(layer)) break;
    x = graph_value(g, layer->in[0]);
  }
  if (has_weights(layer)) return NULL;
  return str_fmt(c->arena, "%s before it has no weights", op_table[layer->op].name);
}

static bool become_affine(Ctx *c, Graph *g, const bool *known, int nknown, Node *n) {
  int64_t channels = graph_value(g, n->out[0])->shape.dim[1];
  Scaling s = node_scaling(c, g, known, nknown, n);
  ValueId *in = NEWN(c->arena, ValueId, 3);
  in[0] = n->in[scaling_data(known, nknown, n)];
  in[1] = s.scale;
  in[2] = s.shift >= 0 ? s.shift : value_filled(c, g, n, "zero", channels, 0);
  if (s.scale < 0) return false;
  n->op = OP_AFFINE;
  n->attr = attr_defaults(c, OP_AFFINE);
  n->in = in;
  n->nin = 3;
  return true;
}

bool pass_fold_constants(Ctx *c, Graph *g) {
  const int *uses = graph_use_counts(c, g), values = g->values.len;
  const bool *known = graph_weight_time(c, g);
  if (graph_disables(g, "fold_batchnorm")) return true;
  for (int i = 0; i < g->nodes.len; i++) {
    Node *n = g->nodes.at[i];
    bool weight = n->nout && n->out[0] < values && known[n->out[0]];
    if (n->dead || weight || n->op == OP_AFFINE || !node_scales(g, known, values, n)) continue;
    const Value *x = graph_value(g, n->in[scaling_data(known, values, n)]);
    const char *why = refusal(c, g, uses, values, x);
    log_decision(
        c, g,
        (Decision){.pass = "fold_constants",
                   .node = n->name,
                   .other = x->def ? x->def->name : NULL,
                   .span = n->span,
                   .span2 = x->def ? x->def->span : NO_SPAN,
                   .taken = !why,
                   .what = str_fmt(c->arena, "%s as scale and shift of %s", n->name, x->name),
                   .reason = why ? why : "constants go into weights"});
    if (!why && !become_affine(c, g, known, values, n)) return false;
    while (g->nodes.at[i] != n) i++;
  }
  weights_first(c, g);
  return true;
}
