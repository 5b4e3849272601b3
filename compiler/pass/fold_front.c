/* fold_front.c: a scale and shift per channel in front of a convolution or dense layer goes into
 * its weights and bias:  W·(s·x + t) + b = (W·s)·x + (b + W·t).
 *
 * A shift needs the layer to pad nothing: at the border it would have to be another for every
 * position. Behind a nonlinearity (DenseNet: batchnorm, relu, convolution) there is nothing to
 * fold. Sums are then added up in another order than written, so --exact leaves it out. */
#include "pass.h"

typedef struct Facts {
  const bool *known; /* by ValueId of the graph before the pass */
  const int *uses;
  int values;
} Facts;

static bool is_known(const Facts *f, ValueId id) { return id >= f->values || f->known[id]; }

static bool depthwise(const Graph *g, const Node *conv) {
  const Shape *w = &graph_value(g, conv->in[1])->shape;
  return w->dim[1] == 1 && ATTR(conv, ConvAttr)->groups == w->dim[0];
}

static bool pads(const Node *conv) {
  const Pads *p = &ATTR(conv, ConvAttr)->pad;
  for (int i = 0; i < p->n; i++)
    if (p->v[i]) return true;
  return false;
}

static bool shifts(const Node *n) {
  const ScaleAttr *a = n->op == OP_SCALE ? ATTR(n, ScaleAttr) : NULL;
  return a ? a->shift < 0 || a->shift > 0 : n->op != OP_MUL && n->op != OP_DIV;
}

static const char *refusal(Ctx *c, const Graph *g, const Facts *f, const Node *n,
                           const Node *layer) {
  ValueId y = n->out[0];
  if (g->mode == MODE_TRAINING) return "weights change in training";
  if (graph_is_output(g, y)) return "graph output";
  if (f->uses[y] > 1) return str_fmt(c->arena, "%d consumers", f->uses[y]);
  for (int i = 1; i < layer->nin; i++)
    if (!is_known(f, layer->in[i])) return "the weights are computed by the network";
  if (layer->op == OP_DENSE) return NULL;
  if (ATTR(layer, ConvAttr)->groups > 1 && !depthwise(g, layer)) return "groups of channels";
  if (!str_eq(ATTR(layer, ConvAttr)->pad_mode, "zero") && pads(layer)) return "it pads otherwise";
  return shifts(n) && pads(layer) ? "the layer pads with zeros behind the shift" : NULL;
}

static ValueId made(Ctx *c, Graph *g, Node *layer, OpKind op, const void *attr, const ValueId *in,
                    int nin, const char *what) {
  const char *name = graph_unique_name(c, g, str_fmt(c->arena, "%s.%s", layer->name, what));
  Node *n = node_insert(c, g, layer, op, attr ? attr : attr_defaults(c, op), in, nin, name);
  return n ? n->out[0] : -1;
}

/* The layer's weights, each times the number of its input channel; -1 after an error. */
static ValueId times_channel(Ctx *c, Graph *g, Node *layer, ValueId k, const char *what) {
  const Shape *w = &graph_value(g, layer->in[1])->shape;
  ReshapeAttr along = {.shape = {.n = w->rank}};
  for (int d = 0; d < w->rank; d++) along.shape.v[d] = 1;
  bool first = layer->op == OP_CONV && depthwise(g, layer);
  along.shape.v[!first] = graph_value(g, k)->shape.dim[0];
  k = made(c, g, layer, OP_RESHAPE, &along, &k, 1, "channels");
  return k < 0 ? k : made(c, g, layer, OP_MUL, NULL, (ValueId[]){layer->in[1], k}, 2, what);
}

/* What the shift adds to each output. */
static ValueId shifted_bias(Ctx *c, Graph *g, Node *layer, ValueId shift) {
  const Shape *w = &graph_value(g, layer->in[1])->shape;
  ReduceAttr all = {.axes = {.n = w->rank - 1}};
  for (int d = 1; d < w->rank; d++) all.axes.v[d - 1] = d;
  ValueId sum = times_channel(c, g, layer, shift, "shifts");
  if (sum >= 0) sum = made(c, g, layer, OP_REDUCE_SUM, &all, &sum, 1, "sums");
  if (sum < 0 || layer->nin < 3) return sum;
  return made(c, g, layer, OP_ADD, NULL, (ValueId[]){sum, layer->in[2]}, 2, "bias_folded");
}

static bool fold(Ctx *c, Graph *g, const Facts *f, Node *n, Node *layer) {
  Scaling s = node_scaling(c, g, f->known, f->values, n);
  if (s.scale < 0) return false;
  ValueId *in = NEWN(c->arena, ValueId, 3);
  in[0] = n->in[scaling_data(f->known, f->values, n)];
  in[1] = times_channel(c, g, layer, s.scale, "weight_folded");
  in[2] = s.shift >= 0 ? shifted_bias(c, g, layer, s.shift) : layer->nin > 2 ? layer->in[2] : -1;
  if (in[1] < 0 || (s.shift >= 0 && in[2] < 0)) return false;
  layer->in = in;
  layer->nin = in[2] >= 0 ? 3 : 2;
  *(layer->op == OP_DENSE ? &ATTR(layer, DenseAttr)->bias : &ATTR(layer, ConvAttr)->bias) =
      in[2] >= 0;
  n->dead = true;
  return true;
}

bool pass_fold_front(Ctx *c, Graph *g) {
  Facts f = {graph_weight_time(c, g), graph_use_counts(c, g), g->values.len};
  for (int i = 0; i < g->nodes.len; i++) {
    Node *layer = g->nodes.at[i];
    if (layer->dead || (layer->op != OP_CONV && layer->op != OP_DENSE)) continue;
    Value *x = graph_value(g, layer->in[0]);
    for (Node *n = x->def; n && node_scales(g, f.known, f.values, n); n = x->def) {
      const char *why = refusal(c, g, &f, n, layer);
      log_decision(
          c, g,
          (Decision){.pass = "fold_front",
                     .node = n->name,
                     .other = layer->name,
                     .span = n->span,
                     .span2 = layer->span,
                     .taken = !why,
                     .what = str_fmt(c->arena, "%s into the weights of %s", n->name, layer->name),
                     .reason = why ? why : "only consumer, and constants",
                     .bytes = 2 * value_bytes(x)});
      if (why) break;
      if (!fold(c, g, &f, n, layer)) return false;
      x = graph_value(g, layer->in[0]);
    }
    while (g->nodes.at[i] != layer) i++;
  }
  weights_first(c, g);
  return true;
}
