/* optest.h: what the tests of the operators share: one-operator graphs built from text.
 *
 * A node is written as its operator's name and its attributes as the language writes them,
 * separated by semicolons: apply(t, "conv", "out=4; kernel=[3, 2]", x, …).
 */
#ifndef OPTEST_H
#define OPTEST_H

#include <criterion/criterion.h>
#include <string.h>

#include "compiler/ops/ops.h"

typedef struct Bench {
  Ctx *c;
  Graph *g;
} Bench;

static inline Bench bench_new(void) {
  Arena *a = arena_new(0);
  Bench b = {.c = ctx_new(a)};
  b.g = graph_new(b.c, "test");
  return b;
}

static inline void bench_free(Bench b) { arena_free(b.c->arena); }

/* All diagnostics as text, for the message of a failed test. */
static inline const char *bench_errors(Bench b) {
  StrBuf out = {.arena = b.c->arena};
  diag_render(b.c, &out, false);
  return sb_str(&out);
}

/* "1x3x4x4" */
static inline Shape shape_from(const char *text) {
  Shape s = {0};
  for (char *end; *text; text = *end ? end + 1 : end) s.dim[s.rank++] = strtoll(text, &end, 10);
  return s;
}

static inline ValueId bench_input(Bench b, Shape shape) {
  const char *name = graph_unique_name(b.c, b.g, "x");
  ValueId id = graph_add_value(b.c, b.g, V_INPUT, name, DT_F32, shape, NO_SPAN)->id;
  vec_push(b.c->arena, &b.g->inputs, id);
  return id;
}

static inline bool set_attr(Ctx *c, OpKind op, void *attr, const char *name, const char *text) {
  for (const AttrField *f = op_table[op].attrs; f->name; f++)
    if (str_eq(f->name, name)) return attr_parse(c, f, attr, text);
  return false;
}

/* "out=4; kernel=[3, 2]" over the operator's defaults. */
static inline void *attrs_from(Ctx *c, OpKind op, const char *text) {
  void *attr = attr_defaults(c, op);
  while (*text) {
    size_t name = strcspn(text, "="), len = strcspn(text, ";");
    bool ok = set_attr(c, op, attr, str_dup(c->arena, text, name),
                       str_dup(c->arena, text + name + 1, len - name - 1));
    cr_assert(ok, "attribute %s", text);
    text += len;
    text += strspn(text, "; ");
  }
  return attr;
}

/* NULL when the shape rule refused. */
static inline Node *apply_all(Bench b, const char *op_name, const char *attrs, const ValueId *in,
                              int nin) {
  OpKind op;
  cr_assert(op_find(op_name, &op), "operator %s", op_name);
  return graph_add_node(b.c, b.g, op, attrs_from(b.c, op, attrs), in, nin, NULL, 0, NO_SPAN);
}

/* One data input, parameters left out: enough for shapes and costs. */
static inline Node *apply(Bench b, const char *op, const char *attrs, ValueId x) {
  Node *n = apply_all(b, op, attrs, &x, 1);
  cr_assert(n, "%s %s: %s", op, attrs, bench_errors(b));
  return n;
}

static inline const Shape *out_shape(Bench b, const Node *n) {
  return &graph_value(b.g, n->out[0])->shape;
}

/* Runs the graph; the tensors are the graph's inputs in order. */
static inline Tensor bench_run(Bench b, const Node *n, const Tensor *in) {
  Interp run;
  cr_assert(interp_run(b.c, b.g, in, &run, NULL, NULL), "%s", bench_errors(b));
  return run.value[n->out[0]];
}

#endif
