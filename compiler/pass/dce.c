/* dce.c: removes nodes that no output depends on, from the last to the first.
 * Inputs of the network stay even when unread; parameters go with their last reader. */
#include "pass.h"

static void release_inputs(const Node *n, int *uses) {
  for (int j = 0; j < n->nin; j++) uses[n->in[j]]--;
}

bool pass_dce(Ctx *c, Graph *g) {
  int *uses = graph_use_counts(c, g);
  for (int i = g->nodes.len - 1; i >= 0; i--) {
    Node *n = g->nodes.at[i];
    int read = 0;
    double bytes = 0;
    if (n->dead) continue;
    for (int j = 0; j < n->nout; j++) {
      read += uses[n->out[j]];
      bytes += value_bytes(graph_value(g, n->out[j]));
    }
    if (read) continue;
    log_decision(c, g,
                 (Decision){.pass = "dce",
                            .node = n->name,
                            .span = n->span,
                            .taken = true,
                            .what = str_fmt(c->arena, "%s removed", n->name),
                            .reason = "no output depends on it",
                            .bytes = bytes});
    n->dead = true;
    release_inputs(n, uses);
  }
  return true;
}
