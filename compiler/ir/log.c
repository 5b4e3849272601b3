/* log.c: the decision log, and where a node came from.
 * Passes and the planner record what they decided here, taken or not; reports read it. Group
 * bodies share their graph's log, so the order is the order of decisions. */
#include "ir.h"

void log_decision(Ctx *c, Graph *g, Decision d) {
  if (!g->log) g->log = NEW(c->arena, Log);
  vec_push(c->arena, &g->log->at, d);
}

void diag_scope_trace(Ctx *c, Diag *d, const Graph *g, int scope) {
  while (scope > 0 && scope < g->scopes.len) {
    const Scope *s = &g->scopes.at[scope];
    if (s->block) diag_trace(c, d, s->call, "in block '%s', called here", s->block);
    if (s->parent >= scope) return;
    scope = s->parent;
  }
}
