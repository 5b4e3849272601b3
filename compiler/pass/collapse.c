/* collapse.c: two linear layers with nothing between them become one where that is cheaper.
 *
 * Convolution after convolution, one of them 1x1, or dense after dense: their product is a layer
 * of the same kind, whose weights a `collapse` node of the weight-time subgraph computes in
 * double. The sums are formed in another order than written, so `--exact` does without. */
#include "pass.h"

/* One group, and a kernel of 1 in every direction without stride, padding or dilation. */
static bool is_pointwise(const Graph *g, const Node *n) {
  if (n->op == OP_DENSE) return true;
  const ConvAttr *a = ATTR(n, ConvAttr);
  for (int i = 0; i < graph_value(g, n->in[0])->shape.rank - 2; i++)
    if (a->kernel.v[i] != 1 || a->stride.v[i] != 1) return false;
  for (int i = 0; i < a->pad.n; i++)
    if (a->pad.v[i]) return false;
  return true;
}

static bool has_padding(const Node *n) {
  if (n->op == OP_DENSE) return false;
  const Pads *p = &ATTR(n, ConvAttr)->pad;
  for (int i = 0; i < p->n; i++)
    if (p->v[i]) return true;
  return false;
}

static bool plain(const Node *n) {
  if (n->op == OP_DENSE) return true;
  const ConvAttr *a = ATTR(n, ConvAttr);
  return a->groups == 1 && !a->flip && str_eq(a->pad_mode, "zero");
}

static int64_t macs(const Graph *g, const Node *n) {
  Cost cost = {0};
  op_table[n->op].cost(g, n, &cost);
  return cost.macs;
}

/* Multiply-adds of the two as one: weights times output positions of the second, whose kernel is
 * the one that is not 1x1. */
static double macs_together(const Graph *g, const Node *first, const Node *second) {
  const Shape *w1 = &graph_value(g, first->in[1])->shape,
              *w2 = &graph_value(g, second->in[1])->shape;
  const Shape *y = &graph_value(g, second->out[0])->shape;
  double taps = (double)(shape_count(w1) / w1->dim[0] / w1->dim[1]) *
                (double)(shape_count(w2) / w2->dim[0] / w2->dim[1]);
  return (double)shape_count(y) * (double)w1->dim[1] * taps;
}

static const char *refusal(Ctx *c, const Graph *g, const int *uses, const bool *known, int nknown,
                           const Node *first, const Node *second) {
  ValueId between = first->out[0];
  if (g->mode == MODE_TRAINING) return "weights change in training";
  if (first->notes.kernel || second->notes.kernel) return "@kernel asks for one of its own";
  if (uses[between] > 1) return str_fmt(c->arena, "%d consumers", uses[between]);
  if (graph_is_output(g, between)) return "graph output";
  if (!plain(first) || !plain(second)) return "groups or padding that is not zero";
  if (!is_pointwise(g, first) && !is_pointwise(g, second)) return "neither is 1x1";
  if (first->nin > 2 && has_padding(second)) return "the first one's bias would not be padded";
  for (int i = 1; i < first->nin + second->nin - 1; i++) {
    ValueId id = i < first->nin ? first->in[i] : second->in[i - first->nin + 1];
    if (id < nknown && !known[id]) return "the weights are computed by the network";
  }
  double apart = (double)(macs(g, first) + macs(g, second)),
         one = macs_together(g, first, second);
  if (one >= apart)
    return str_fmt(c->arena, "together they take %.3g multiply-adds, apart %.3g", one, apart);
  return NULL;
}

/* The second layer computes both. Its kernel geometry is that of the one which is not 1x1. */
static bool merge(Ctx *c, Graph *g, const Node *first, Node *second) {
  CollapseAttr attr = {.first_bias = first->nin > 2, .second_bias = second->nin > 2};
  ValueId in[4] = {first->in[1], second->in[1]};
  int n = 2;
  if (attr.first_bias) in[n++] = first->in[2];
  if (attr.second_bias) in[n++] = second->in[2];
  const char *name = graph_unique_name(c, g, str_fmt(c->arena, "%s.collapse", second->name));
  Node *w = graph_insert_node(c, g, second->id, OP_COLLAPSE, &attr, in, n, name, second->scope,
                              second->span);
  if (!w) return false;
  if (second->op == OP_CONV) {
    ConvAttr *a = ATTR(second, ConvAttr);
    if (is_pointwise(g, second)) {
      int64_t out = a->out;
      *a = *ATTR(first, ConvAttr);
      a->out = out;
    }
    a->bias = true;
  } else {
    ATTR(second, DenseAttr)->bias = true;
  }
  ValueId *now = NEWN(c->arena, ValueId, 3);
  now[0] = first->in[0], now[1] = w->out[0], now[2] = w->out[1];
  second->in = now;
  second->nin = 3;
  return true;
}

bool pass_collapse(Ctx *c, Graph *g) {
  int *uses = graph_use_counts(c, g), nknown = g->values.len;
  const bool *known = graph_weight_time(c, g);
  for (int i = 0; i < g->nodes.len; i++) {
    Node *n = g->nodes.at[i];
    if (n->dead || (n->op != OP_CONV && n->op != OP_DENSE)) continue;
    Node *first = graph_value(g, n->in[0])->def;
    if (!first || first->op != n->op) continue;
    const char *why = refusal(c, g, uses, known, nknown, first, n);
    log_decision(c, g,
                 (Decision){.pass = "collapse",
                            .node = n->name,
                            .other = first->name,
                            .span = n->span,
                            .span2 = first->span,
                            .taken = !why,
                            .what = str_fmt(c->arena, "%s and %s as one", first->name, n->name),
                            .reason = why ? why : "fewer multiply-adds",
                            .bytes = 2 * value_bytes(graph_value(g, first->out[0]))});
    if (why) continue;
    if (!merge(c, g, first, n)) return false;
    first->dead = true;
    while (g->nodes.at[i] != n) i++;
  }
  return true;
}
