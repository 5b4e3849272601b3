/* tally.c: parameters and operations summed over the layers and the scopes of a network.
 *
 * A scope is one call of a block, or one label around several layers; it counts what stands in it
 * and in the scopes within. Also the bytes of a value, with and without its layout's padding.
 */
#include "report.h"

#include "../ops/ops.h"

static void add(Tally *sum, const Tally *t) {
  sum->layers += t->layers;
  sum->weights = sat_add(sum->weights, t->weights);
  sum->bias = sat_add(sum->bias, t->bias);
  sum->macs = sat_add(sum->macs, t->macs);
  sum->other = sat_add(sum->other, t->other);
  sum->bytes = sat_add(sum->bytes, t->bytes);
  sum->results = sat_add(sum->results, t->results);
}

void tally_subtract(Tally *sum, const Tally *part) {
  sum->layers -= part->layers;
  sum->weights -= part->weights;
  sum->bias -= part->bias;
  sum->macs -= part->macs;
  sum->other -= part->other;
  sum->bytes -= part->bytes;
  sum->results -= part->results;
}

Tally tally_node(Ctx *c, const Graph *g, const Node *n) {
  ParamSpec specs[MAX_PARAMS];
  Cost cost = node_cost(g, n);
  Tally t = {1, cost.params, 0, cost.macs, cost.other, cost.bytes, 0};
  int nspecs = op_table[n->op].params(c, g, n, specs);
  for (int i = 0; i < nspecs; i++)
    if (str_eq(specs[i].name, "bias")) t.bias = sat_add(t.bias, shape_count(&specs[i].shape));
  t.weights -= t.bias;
  for (int i = 0; i < n->nout; i++)
    t.results = sat_add(t.results, logical_bytes(graph_value(g, n->out[i])));
  return t;
}

double tally_intensity(const Tally *t) {
  double operations = 2.0 * (double)t->macs + (double)t->other;
  return t->bytes > 0 ? operations / (double)t->bytes : 0;
}

int scope_parent(const Graph *g, int scope) {
  if (scope <= 0 || scope >= g->scopes.len) return -1;
  int parent = g->scopes.at[scope].parent;
  return parent >= 0 && parent < scope ? parent : 0;
}

bool scope_within(const Graph *g, int scope, int outer) {
  while (scope > outer) scope = scope_parent(g, scope);
  return scope == outer;
}

static int scope_of(const Graph *g, const Node *n) {
  return n->scope > 0 && n->scope < g->scopes.len ? n->scope : 0;
}

Tally *tally_scopes(Ctx *c, const Graph *g) {
  Tally *at = NEWN(c->arena, Tally, g->scopes.len + 1);
  for (int i = 0; i < g->nodes.len; i++) {
    const Node *n = g->nodes.at[i];
    if (n->dead) continue;
    Tally t = tally_node(c, g, n);
    for (int s = scope_of(g, n); s >= 0; s = scope_parent(g, s)) add(&at[s], &t);
  }
  return at;
}

Tally tally_directly(Ctx *c, const Graph *g, int scope) {
  Tally sum = {0};
  for (int i = 0; i < g->nodes.len; i++) {
    const Node *n = g->nodes.at[i];
    if (n->dead || scope_of(g, n) != scope) continue;
    Tally t = tally_node(c, g, n);
    add(&sum, &t);
  }
  return sum;
}

double *tally_seconds(Ctx *c, const Graph *source, const Plan *p) {
  double *at = NEWN(c->arena, double, source->scopes.len + 1);
  for (int i = 0; i < p->steps.len; i++) {
    const Step *st = &p->steps.at[i];
    const Node *n = p->g->nodes.at[st->node];
    if (st->view) continue;
    for (int s = scope_of(source, n); s >= 0; s = scope_parent(source, s))
      at[s] += st->choice.seconds;
  }
  return at;
}

int64_t plan_weight_bytes(const Plan *p) {
  int64_t n = 0;
  for (int i = 0; i < p->sections.len; i++) {
    const Value *v = graph_value(p->g, p->sections.at[i]);
    n += v->layout.naxes ? v->layout.size * dtype_size(v->type) : logical_bytes(v);
  }
  return n;
}

int64_t logical_bytes(const Value *v) {
  return sat_mul(shape_count(&v->shape), dtype_size(v->type));
}

int64_t padded_bytes(const Value *v) {
  int64_t n = 1;
  if (!v->layout.naxes) return logical_bytes(v);
  for (int i = 0; i < v->layout.naxes; i++) n = sat_mul(n, v->layout.axis[i].extent);
  return sat_mul(n, dtype_size(v->type));
}
