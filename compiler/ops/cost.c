/* cost.c: cost columns that are the same for many operators, and the cost of a node.
 *
 * Conventions: a multiply-add of a weight counts under `macs`, every other comparison, addition,
 * exp or division as one under `other`; bytes are those of plain tensors, each value once.
 */
#include "ops.h"

int64_t sat_mul(int64_t a, int64_t b) {
  int64_t r;
  return __builtin_mul_overflow(a, b, &r) ? INT64_MAX : r;
}

int64_t sat_add(int64_t a, int64_t b) {
  int64_t r;
  return __builtin_add_overflow(a, b, &r) ? INT64_MAX : r;
}

static int64_t value_bytes(const Graph *g, ValueId id) {
  const Value *v = graph_value(g, id);
  return sat_mul(shape_count(&v->shape), dtype_size(v->type));
}

int64_t cost_bytes(const Graph *g, const Node *n) {
  int64_t sum = 0;
  for (int i = 0; i < n->nout; i++) sum = sat_add(sum, value_bytes(g, n->out[i]));
  for (int i = 0; i < n->nin; i++) {
    bool seen = false;
    for (int j = 0; j < i; j++) seen |= n->in[j] == n->in[i];
    if (!seen) sum = sat_add(sum, value_bytes(g, n->in[i]));
  }
  return sum;
}

/* `ops` other operations for each element of output 0. */
static void per_element(const Graph *g, const Node *n, Cost *cost, int ops) {
  cost->other = sat_mul(shape_count(&graph_value(g, n->out[0])->shape), ops);
  cost->bytes = cost_bytes(g, n);
}

/* One comparison. */
void cost_unary(const Graph *g, const Node *n, Cost *cost) { per_element(g, n, cost, 1); }

/* exp, addition, division, change of sign or the like. */
void cost_unary_exp(const Graph *g, const Node *n, Cost *cost) { per_element(g, n, cost, 4); }

/* k inputs: k - 1 operations. */
void cost_binary(const Graph *g, const Node *n, Cost *cost) {
  per_element(g, n, cost, op_data_inputs(n) - 1);
}

/* Maximum, subtraction, exp, sum, division. */
void cost_softmax(const Graph *g, const Node *n, Cost *cost) { per_element(g, n, cost, 5); }

/* Multiplication and addition. The statistics are not counted as parameters, as PyTorch does
 * not: they are buffers, not trained. */
void cost_batchnorm(const Graph *g, const Node *n, Cost *cost) {
  per_element(g, n, cost, 2);
  cost->params = 2 * op_in(g, n, 0)->dim[1];
}

void cost_normalise(const Graph *g, const Node *n, Cost *cost) { per_element(g, n, cost, 2); }
void cost_affine(const Graph *g, const Node *n, Cost *cost) { per_element(g, n, cost, 2); }

/* Copies: bytes alone. */
void cost_move(const Graph *g, const Node *n, Cost *cost) { cost->bytes = cost_bytes(g, n); }

/* Nothing at run time. */
void cost_view(const Graph *g, const Node *n, Cost *cost) {}

/* Work of the whole body; bytes of what crosses the group's border. */
void cost_group(const Graph *g, const Node *n, Cost *cost) {
  for (int i = 0; n->body && i < n->body->nodes.len; i++) {
    const Node *inner = n->body->nodes.at[i];
    if (inner->dead) continue;
    Cost one = node_cost(n->body, inner);
    cost->params = sat_add(cost->params, one.params);
    cost->macs = sat_add(cost->macs, one.macs);
    cost->other = sat_add(cost->other, one.other);
  }
  cost->bytes = cost_bytes(g, n);
}

Cost node_cost(const Graph *g, const Node *n) {
  Cost cost = {0};
  op_table[n->op].cost(g, n, &cost);
  return cost;
}
