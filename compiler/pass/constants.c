/* constants.c: operators that multiply each channel by a number and add one, both known when
 * weights are packed: scale, affine, and sums, differences, products and quotients with constants
 * or parameters. What passes ask that fold them into weights. */
#include "pass.h"

static bool is_known(const bool *known, int nknown, ValueId id) {
  return id < nknown && known[id];
}

/* Does the tensor hold one number, or one for each channel of y? */
static bool is_per_channel(const Shape *k, const Shape *y) {
  if (shape_count(k) == 1) return true;
  int channel = k->rank - (y->rank - 1);
  return channel >= 0 && k->dim[channel] == y->dim[1] && shape_count(k) == y->dim[1];
}

bool node_scales(const Graph *g, const bool *known, int nknown, const Node *n) {
  const Value *y = n->nout == 1 ? graph_value(g, n->out[0]) : NULL;
  if (!y || y->shape.rank < 2 || n->notes.kernel) return false;
  if (n->op == OP_SCALE) return true;
  if (n->op == OP_AFFINE) {
    return is_known(known, nknown, n->in[1]) && is_known(known, nknown, n->in[2]);
  }
  if (n->nin != 2 || (n->op != OP_MUL && n->op != OP_ADD && n->op != OP_SUB && n->op != OP_DIV))
    return false;
  int at = scaling_data(known, nknown, n);
  const Shape *x = &graph_value(g, n->in[at])->shape;
  if (is_known(known, nknown, n->in[at]) || !is_known(known, nknown, n->in[1 - at])) return false;
  if (!shape_eq(x, &y->shape) || (n->op == OP_DIV && at == 1)) return false;
  return is_per_channel(&graph_value(g, n->in[1 - at])->shape, x);
}

int scaling_data(const bool *known, int nknown, const Node *n) {
  return n->nin == 2 && is_known(known, nknown, n->in[0]);
}

ValueId value_filled(Ctx *c, Graph *g, const Node *n, const char *what, int64_t count, float v) {
  const char *name = graph_unique_name(c, g, str_fmt(c->arena, "%s.%s", n->name, what));
  Value *x = graph_add_value(c, g, V_CONST, name, DT_F32, SHAPE(count), n->span);
  float *data = NEWN(c->arena, float, count);
  for (int64_t i = 0; i < count; i++) data[i] = v;
  x->data = data;
  return x->id;
}

/* A weight-time node in front of n; -1 after an error. */
static ValueId computed(Ctx *c, Graph *g, Node *n, OpKind op, const void *attr, const ValueId *in,
                        int nin, const char *what) {
  const char *name = graph_unique_name(c, g, str_fmt(c->arena, "%s.%s", n->name, what));
  Node *made = node_insert(c, g, n, op, attr ? attr : attr_defaults(c, op), in, nin, name);
  return made ? made->out[0] : -1;
}

/* k with one element for each channel. */
static ValueId spread(Ctx *c, Graph *g, Node *n, ValueId k, int64_t channels) {
  int64_t count = shape_count(&graph_value(g, k)->shape);
  ReshapeAttr flat = {.shape = {1, {count}}};
  if (graph_value(g, k)->shape.rank != 1)
    k = computed(c, g, n, OP_RESHAPE, &flat, &k, 1, "constant");
  if (k < 0 || count == channels) return k;
  ValueId in[2] = {value_filled(c, g, n, "ones", channels, 1), k};
  return computed(c, g, n, OP_MUL, NULL, in, 2, "spread");
}

Scaling node_scaling(Ctx *c, Graph *g, const bool *known, int nknown, Node *n) {
  int64_t channels = graph_value(g, n->out[0])->shape.dim[1];
  if (n->op == OP_AFFINE) return (Scaling){n->in[1], n->in[2]};
  if (n->op == OP_SCALE) {
    const ScaleAttr *a = ATTR(n, ScaleAttr);
    bool shifts = a->shift < 0 || a->shift > 0;
    return (Scaling){value_filled(c, g, n, "factor", channels, (float)a->factor),
                     shifts ? value_filled(c, g, n, "shift", channels, (float)a->shift) : -1};
  }
  int at = scaling_data(known, nknown, n);
  ValueId k = spread(c, g, n, n->in[1 - at], channels);
  ValueId one = value_filled(c, g, n, "one", channels, n->op == OP_SUB && at == 1 ? -1 : 1);
  if (n->op == OP_MUL) return (Scaling){k, -1};
  if (n->op == OP_DIV)
    return (Scaling){computed(c, g, n, OP_DIV, NULL, (ValueId[]){one, k}, 2, "inverse"), -1};
  if (n->op == OP_SUB && at == 0 && k >= 0)
    k = computed(c, g, n, OP_SCALE, &(ScaleAttr){-1, 0}, &k, 1, "negative");
  return (Scaling){one, k};
}

void weights_first(Ctx *c, Graph *g) {
  const bool *known = graph_weight_time(c, g);
  int n = g->nodes.len, at = 0;
  Node **order = NEWN(c->arena, Node *, n);
  for (int round = 0; round < 2; round++)
    for (int i = 0; i < n; i++) {
      Node *node = g->nodes.at[i];
      bool weight = node->nout && known[node->out[0]];
      if (weight == (round == 0)) order[at++] = node;
    }
  for (int i = 0; i < n; i++) g->nodes.at[i] = order[i], order[i]->id = i;
}
