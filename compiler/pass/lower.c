/* lower.c: applies the operator table's `lower` column until nothing changes.
 * The rules themselves live with their operators (ops/): global pooling becomes pooling over the
 * whole map, normalise becomes affine. A rule may change the node or insert others before it. */
#include "pass.h"

enum { MAX_ROUNDS = 64 }; /* a chain of rewrites this long can only be two rules in a circle */

static bool lower_node(Ctx *c, Graph *g, Node *n, bool *changed) {
  OpKind before = n->op;
  const char *name = n->name;
  Span span = n->span;
  bool now = false;
  g->notes = n->notes; /* the operators it becomes keep its annotations */
  bool ok = op_table[before].lower(c, g, n, &now);
  g->notes = (Annotations){0};
  if (!ok) return false;
  if (!now) return true;
  *changed = true;
  const char *what =
      n->dead ? str_fmt(c->arena, "%s rewritten", op_table[before].name)
              : str_fmt(c->arena, "%s becomes %s", op_table[before].name, op_table[n->op].name);
  log_decision(c, g,
               (Decision){.pass = "lower",
                          .node = name,
                          .span = span,
                          .taken = true,
                          .what = what,
                          .reason = "the same, in simpler operators"});
  return true;
}

bool pass_lower(Ctx *c, Graph *g) {
  bool changed = true;
  for (int round = 0; changed && round < MAX_ROUNDS; round++) {
    changed = false;
    for (int i = 0; i < g->nodes.len; i++) {
      Node *n = g->nodes.at[i];
      if (n->dead) continue;
      if (!lower_node(c, g, n, &changed)) return false;
      while (g->nodes.at[i] != n) i++; /* nodes inserted before it are looked at next round */
    }
  }
  return true;
}
