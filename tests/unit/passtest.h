/* passtest.h: graph text before and after a pass, what it refuses and why, and which operators end
 * up in one group. */
#ifndef PASSTEST_H
#define PASSTEST_H

#include "tests/unit/kernelbench.h"

static inline Graph *read_text(Ctx *c, const char *text) {
  Graph *g = graph_read(c, ctx_add_source(c, "test.graph", text, strlen(text)));
  StrBuf b = {.arena = c->arena};
  if (!g) diag_render(c, &b, false);
  cr_assert(g, "%s", sb_str(&b));
  return g;
}

static inline const char *print_text(Ctx *c, const Graph *g) {
  StrBuf b = {.arena = c->arena};
  graph_print(c, g, &b);
  return sb_str(&b);
}

typedef bool PassFn(Ctx *c, Graph *g);

/* One pass and what no longer matters removed, compared as text. */
static inline void check_pass(PassFn *pass, const char *before, const char *after) {
  Ctx *c = ctx_new(arena_new(0));
  Graph *g = read_text(c, before);
  cr_assert(pass(c, g) && pass_dce(c, g));
  graph_compact(c, g);
  cr_assert(graph_verify(c, g, "test"));
  cr_expect_str_eq(print_text(c, g), print_text(c, read_text(c, after)));
  arena_free(c->arena);
}

/* The pass leaves the graph alone and says why. */
static inline void check_refused(PassFn *pass, const char *text, const char *reason) {
  Ctx *c = ctx_new(arena_new(0));
  Graph *g = read_text(c, text);
  bool said = false;
  cr_assert(pass(c, g));
  for (int i = 0; i < g->log->at.len; i++)
    said |= !g->log->at.at[i].taken && strstr(g->log->at.at[i].reason, reason);
  cr_expect(said, "not refused because '%s'", reason);
  cr_expect_str_eq(print_text(c, g), print_text(c, read_text(c, text)));
  arena_free(c->arena);
}

#define HEAD           "graph 1.0 t inference input x: f32[1, 4, 8, 8]\n"
#define W(name, shape) " param " name ": f32" shape

/* "conv add relu | softmax": the operators of each group after the whole pipeline; the anchor of
 * several has a star. */
static inline void check_groups(const char *text, const char *groups) {
  Ctx *c = ctx_new(arena_new(0));
  Graph *g = read_text(c, text);
  StrBuf b = {.arena = c->arena};
  cr_assert(passes_run(c, g, NULL));
  for (int i = 0; i < g->nodes.len; i++) {
    const Node *n = g->nodes.at[i];
    if (n->op != OP_GROUP) continue;
    if (b.len) sb_puts(&b, " | ");
    for (int j = 0; j < n->body->nodes.len; j++)
      sb_printf(&b, "%s%s%s", j ? " " : "", op_table[n->body->nodes.at[j]->op].name,
                j == ATTR(n, GroupAttr)->anchor && n->body->nodes.len > 1 ? "*" : "");
  }
  cr_expect_str_eq(sb_str(&b), groups);
  arena_free(c->arena);
}

#endif
