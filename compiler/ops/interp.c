/* interp.c: the reference interpreter: runs a graph node by node through the plain kernels.
 *
 * In: a graph with its parameters bound and input tensors. Out: every value of the graph. It is
 * the oracle of the tests and is never optimised: no fusion, no reuse of memory, no layouts.
 */
#include "ops.h"

/* Parameters and constants stand in the graph; the interpreter reads them where they are. */
static Interp bind_values(Ctx *c, const Graph *g) {
  Interp run = {NEWN(c->arena, Tensor, g->values.len)};
  for (int i = 0; i < g->values.len; i++) {
    const Value *v = g->values.at[i];
    run.value[i] = (Tensor){v->shape, (float *)v->data};
  }
  return run;
}

static bool inputs_present(Ctx *c, const Graph *g, const Node *n, const Interp *run) {
  ParamSpec spec[MAX_PARAMS];
  int params = op_table[n->op].params(c, g, n, spec);
  bool ok = params == n->nin - op_data_inputs(n);
  if (!ok) op_error(c, g, n, DIAG_E0401, "its parameters are not attached");
  for (int i = 0; i < n->nin; i++) {
    if (run->value[n->in[i]].data) continue;
    Diag *d = op_error(c, g, n, DIAG_E0418, "%s has no data", graph_value(g, n->in[i])->name);
    op_show_input(c, g, n, d, i);
    ok = false;
  }
  return ok;
}

static bool run_node(Ctx *c, const Graph *g, const Node *n, Interp *run) {
  if (!inputs_present(c, g, n, run)) return false;
  Tensor *in = NEWN(c->arena, Tensor, n->nin), *out = NEWN(c->arena, Tensor, n->nout);
  for (int i = 0; i < n->nin; i++) in[i] = run->value[n->in[i]];
  for (int i = 0; i < n->nout; i++) {
    out[i].shape = graph_value(g, n->out[i])->shape;
    out[i].data = NEWN(c->arena, float, shape_count(&out[i].shape));
    run->value[n->out[i]] = out[i];
  }
  return op_table[n->op].ref(c, n, in, out);
}

bool interp_run(Ctx *c, const Graph *g, const Tensor *inputs, Interp *result,
                ProgressFn *progress, void *user) {
  int64_t done = 0, total = 0;
  for (int i = 0; i < g->nodes.len; i++)
    if (!g->nodes.at[i]->dead) total = sat_add(total, node_cost(g, g->nodes.at[i]).macs);
  *result = bind_values(c, g);
  for (int i = 0; i < g->inputs.len; i++) result->value[g->inputs.at[i]].data = inputs[i].data;
  for (int i = 0; i < g->nodes.len; i++) {
    const Node *n = g->nodes.at[i];
    if (n->dead) continue;
    if (!run_node(c, g, n, result)) return false;
    done = sat_add(done, node_cost(g, n).macs);
    if (progress) progress(user, done, total);
  }
  return true;
}

bool interp_weights(Ctx *c, const Graph *g, Interp *result) {
  const bool *weight_time = graph_weight_time(c, g);
  *result = bind_values(c, g);
  for (int i = 0; i < g->nodes.len; i++) {
    const Node *n = g->nodes.at[i];
    if (n->dead || n->nout == 0 || !weight_time[n->out[0]]) continue;
    if (!run_node(c, g, n, result)) return false;
  }
  return true;
}
