/* fold_batchnorm.c: batchnorm (or affine) behind a convolution or dense layer disappears into
 * its weights:  bn(W·x + b) = (s·W)·x + s·(b - mean) + beta,  s = gamma / sqrt(var + eps).
 *
 * The products are computed by a bn_fold node of the weight-time subgraph, in double and rounded
 * once. Affine with scale and shift is the same with mean 0, variance 1 and eps 0. Not in
 * training, where statistics change with every step. */
#include "pass.h"

/* What is folded: gamma, beta, mean, variance. */
typedef struct Fold {
  ValueId param[4];
  double eps;
} Fold;

/* The layer's bias attribute; NULL if it has no weights to fold into. */
static bool *bias_of(const Node *n) {
  switch (n->op) {
  case OP_CONV: return &ATTR(n, ConvAttr)->bias;
  case OP_CONV_TRANSPOSE: return &ATTR(n, ConvTransposeAttr)->bias;
  case OP_DENSE: return &ATTR(n, DenseAttr)->bias;
  default: return NULL;
  }
}

static bool computed_before(const Graph *g, ValueId id, const Node *n) {
  const Node *def = graph_value(g, id)->def;
  return !def || def->id < n->id;
}

/* What holds of the graph before the pass. Values that it adds, beyond `values`, are weights; a
 * layer's result gets the readers of the batchnorm's, as many as those had. */
typedef struct Facts {
  int *uses;        /* by ValueId */
  bool *known;      /* by ValueId: computed from weights alone */
  ValueId *instead; /* by ValueId: what its readers are to read */
  int values;
} Facts;

static Facts facts_of(Ctx *c, const Graph *g) {
  int n = g->values.len;
  Facts f = {graph_use_counts(c, g), graph_weight_time(c, g), NEWN(c->arena, ValueId, n), n};
  for (int i = 0; i < n; i++) f.instead[i] = i;
  return f;
}

static bool known(const Facts *f, ValueId id) { return id >= f->values || f->known[id]; }

/* Why n cannot go into the layer that computes its input; NULL if it can. */
static const char *refusal(Ctx *c, const Graph *g, const Facts *f, const Node *n) {
  const Value *x = graph_value(g, n->in[0]);
  const Node *layer = x->def;
  if (g->mode == MODE_TRAINING) return "statistics change in training";
  if (n->notes.kernel) return "@kernel asks for one of its own";
  if (!layer) return "it follows an input of the network";
  if (!bias_of(layer))
    return str_fmt(c->arena, "%s before it has no weights", op_table[layer->op].name);
  if (graph_is_output(g, x->id)) return "graph output";
  int uses = f->uses[x->id];
  if (uses > 1) return str_fmt(c->arena, "%d consumers", uses);
  for (int i = 1; i < layer->nin; i++)
    if (!known(f, layer->in[i])) return "the weights are computed by the network";
  for (int i = 1; i < n->nin; i++) {
    if (!known(f, n->in[i])) return "its parameters are computed by the network";
    if (!computed_before(g, n->in[i], layer)) return "its parameters are computed later";
  }
  return NULL;
}

static Fold fold_of(Ctx *c, Graph *g, const Node *n) {
  if (n->op == OP_BATCHNORM)
    return (Fold){{n->in[1], n->in[2], n->in[3], n->in[4]}, ATTR(n, BatchNormAttr)->eps};
  int64_t channels = shape_count(&graph_value(g, n->in[1])->shape);
  return (Fold){{n->in[1], n->in[2], value_filled(c, g, n, "zero", channels, 0),
                 value_filled(c, g, n, "one", channels, 1)},
                0.0};
}

static void set_weights(Ctx *c, Node *layer, const Node *fold) {
  ValueId *in = NEWN(c->arena, ValueId, 3);
  in[0] = layer->in[0];
  in[1] = fold->out[0];
  in[2] = fold->out[1];
  layer->in = in;
  layer->nin = 3;
  *bias_of(layer) = true;
}

static bool fold_node(Ctx *c, Graph *g, Node *n) {
  Node *layer = graph_value(g, n->in[0])->def;
  Fold f = fold_of(c, g, n);
  BnFoldAttr attr = {.eps = f.eps};
  if (layer->op == OP_CONV_TRANSPOSE) attr.transposed = ATTR(layer, ConvTransposeAttr)->groups;
  ValueId in[6] = {layer->in[1], f.param[0], f.param[1], f.param[2], f.param[3], -1};
  if (*bias_of(layer)) in[5] = layer->in[2];
  const char *name = graph_unique_name(c, g, str_fmt(c->arena, "%s.fold", layer->name));
  Node *fold = graph_insert_node(c, g, layer->id, OP_BN_FOLD, &attr, in, *bias_of(layer) ? 6 : 5,
                                 name, n->scope, n->span);
  if (!fold) return false;
  set_weights(c, layer, fold);
  layer->span = span_pipe(c, layer->span, n->span);
  n->dead = true;
  return true;
}

/* Readers stand behind what they read: each is told when its turn comes. */
static void redirect(const Facts *f, ValueId *id, int n) {
  for (int i = 0; i < n; i++)
    if (id[i] < f->values) id[i] = f->instead[id[i]];
}

bool pass_fold_batchnorm(Ctx *c, Graph *g) {
  Facts facts = facts_of(c, g);
  for (int i = 0; i < g->nodes.len; i++) {
    Node *n = g->nodes.at[i];
    redirect(&facts, n->in, n->nin);
    bool affine = n->op == OP_AFFINE && n->nin == 3;
    if (n->dead || !(n->op == OP_BATCHNORM || affine)) continue;
    const Value *x = graph_value(g, n->in[0]);
    const char *why = refusal(c, g, &facts, n);
    log_decision(
        c, g,
        (Decision){.pass = "fold_batchnorm",
                   .node = n->name,
                   .other = x->def ? x->def->name : NULL,
                   .span = n->span,
                   .span2 = x->def ? x->def->span : NO_SPAN,
                   .taken = !why,
                   .what = str_fmt(c->arena, "%s into the weights of %s", n->name, x->name),
                   .reason = why ? why : "only consumer",
                   .bytes = 2 * value_bytes(x)});
    if (why) continue;
    facts.uses[x->id] = facts.uses[n->out[0]];
    facts.instead[n->out[0]] = x->id;
    if (!fold_node(c, g, n)) return false;
    while (g->nodes.at[i] != n) i++;
  }
  redirect(&facts, g->outputs.at, g->outputs.len);
  return true;
}
