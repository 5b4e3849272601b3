/* verify.c: every structural rule of the graph, checked after reading and after every pass.
 *
 * Ids match positions, names are unique, nodes stand in topological order, definitions and uses
 * agree, operand counts and parameter shapes fit the operator table, weight-time operators read
 * only parameters and constants, every stored shape is what the shape rule derives again (on a
 * copy, so the graph is not touched), layouts fit their shapes, and groups hold sound bodies.
 * Everything is checked before anything that relies on it, so a broken graph is reported, never
 * followed.
 */
#include "ir.h"

#include <stdlib.h>
#include <string.h>

typedef struct Verifier {
  Ctx *c;
  const Graph *g;
  const char *after;
  bool sound;
} Verifier;

static void fault(Verifier *v, Span at, const char *fmt, ...) PRINTF_LIKE(3, 4);
static void fault(Verifier *v, Span at, const char *fmt, ...) {
  StrBuf b = {.arena = v->c->arena};
  va_list ap;
  va_start(ap, fmt);
  sb_vprintf(&b, fmt, ap);
  va_end(ap);
  diag_error(v->c, DIAG_E0810, at, "after pass %s: %s", v->after, sb_str(&b));
  v->sound = false;
}

static const char *shown(const char *name) { return name ? name : "(no name)"; }

/* ---- values ------------------------------------------------------------------------------ */

static void check_value(Verifier *v, const Value *x, int i) {
  if (x->id != i)
    fault(v, x->span, "value '%s' is at %d but has id %d", shown(x->name), i, x->id);
  if (!x->name) fault(v, x->span, "value %d has no name", i);
  if (x->type < 0 || x->type >= DT_COUNT) fault(v, x->span, "value %d has no type", i);
  bool ok = x->shape.rank >= 0 && x->shape.rank <= MAX_RANK;
  for (int d = 0; ok && d < x->shape.rank; d++) ok = x->shape.dim[d] > 0;
  if (!ok) fault(v, x->span, "value '%s' has an impossible shape", shown(x->name));
  if (x->kind == V_CONST && !x->data)
    fault(v, x->span, "constant '%s' has no data", shown(x->name));
  if ((x->kind == V_RESULT) != (x->def != NULL))
    fault(v, x->span, "value '%s': only results have a producer", shown(x->name));
}

static int by_address(const void *a, const void *b) {
  uintptr_t x = (uintptr_t) * (const char *const *)a, y = (uintptr_t) * (const char *const *)b;
  return (x > y) - (x < y);
}

/* Names are interned, so equal names are equal pointers. */
static void check_unique(Verifier *v, const char **names, int n, const char *what) {
  if (n) qsort(names, (size_t)n, sizeof *names, by_address);
  for (int i = 1; i < n; i++)
    if (names[i] && names[i] == names[i - 1])
      fault(v, NO_SPAN, "two %s are called '%s'", what, names[i]);
}

static void check_values(Verifier *v) {
  const Graph *g = v->g;
  const char **names = NEWN(v->c->arena, const char *, g->values.len);
  int inputs = 0;
  for (int i = 0; i < g->values.len; i++) {
    check_value(v, g->values.at[i], i);
    names[i] = g->values.at[i]->name;
    inputs += g->values.at[i]->kind == V_INPUT;
  }
  check_unique(v, names, g->values.len, "values");
  if (inputs != g->inputs.len) fault(v, NO_SPAN, "%d inputs, %d listed", inputs, g->inputs.len);
  for (int i = 0; i < g->inputs.len; i++) {
    const Value *x = graph_value(g, g->inputs.at[i]);
    if (!x || x->kind != V_INPUT) fault(v, NO_SPAN, "graph input %d is no input value", i);
  }
  if (g->outputs.len != g->output_names.len) fault(v, NO_SPAN, "outputs and their names differ");
  for (int i = 0; i < g->outputs.len; i++)
    if (!graph_value(g, g->outputs.at[i])) fault(v, NO_SPAN, "graph output %d is no value", i);
}

/* ---- layouts ----------------------------------------------------------------------------- */

static int by_stride(const void *a, const void *b) {
  int64_t x = ((const LayoutAxis *)a)->stride, y = ((const LayoutAxis *)b)->stride;
  return (x > y) - (x < y);
}

/* Does every index of each dimension select its own combination of axis positions? The axes of
 * a dimension, by div, must continue each other and together reach the whole extent. */
static bool axes_cover(const Layout *l, const Shape *s) {
  for (int d = 0; d < s->rank; d++) {
    int64_t covered = 1;
    for (int step = 0; covered < s->dim[d] && step < l->naxes; step++)
      for (int i = 0; i < l->naxes; i++)
        if (l->axis[i].dim == d && l->axis[i].div == covered && l->axis[i].extent > 1) {
          covered *= l->axis[i].extent;
          break;
        }
    if (covered < s->dim[d]) return false;
  }
  return true;
}

/* NULL if no two elements share an address and all lie in [0, size). Sufficient, not necessary:
 * sorted by stride, each axis must step over everything the smaller ones reach. */
static const char *layout_fault(const Layout *l, const Shape *s) {
  LayoutAxis axis[MAX_AXES];
  int64_t reach = 0;
  if (l->naxes < 0 || l->naxes > MAX_AXES) return "too many axes";
  if (l->offset < 0) return "negative offset";
  memcpy(axis, l->axis, sizeof axis);
  for (int i = 0; i < l->naxes; i++) {
    if (axis[i].dim < 0 || axis[i].dim >= s->rank) return "axis of a dimension that is not there";
    if (axis[i].div < 1 || axis[i].extent < 1) return "empty axis";
  }
  if (!axes_cover(l, s)) return "the axes do not cover the shape";
  qsort(axis, (size_t)l->naxes, sizeof *axis, by_stride);
  for (int i = 0; i < l->naxes; i++) {
    int64_t step;
    if (axis[i].extent == 1) continue;
    if (axis[i].stride <= reach) return "two elements share an address";
    if (__builtin_mul_overflow(axis[i].extent - 1, axis[i].stride, &step)) return "too large";
    if (__builtin_add_overflow(reach, step, &reach)) return "too large";
  }
  return l->size < l->offset || reach >= l->size - l->offset ? "elements outside the buffer"
                                                             : NULL;
}

static void check_layouts(Verifier *v) {
  for (int i = 0; i < v->g->values.len; i++) {
    const Value *x = v->g->values.at[i];
    const char *why = x->layout.naxes ? layout_fault(&x->layout, &x->shape) : NULL;
    if (why)
      fault(v, x->span, "layout %s of '%s' (%s): %s", layout_text(v->c, &x->layout, &x->shape),
            shown(x->name), shape_text(v->c, &x->shape), why);
  }
}

/* ---- nodes: order, definitions, uses ----------------------------------------------------- */

static void check_node(Verifier *v, const Node *n, int i, bool *defined) {
  const Graph *g = v->g;
  const char *name = shown(n->name);
  if (n->id != i) fault(v, n->span, "node '%s' is at %d but has id %d", name, i, n->id);
  if (n->dead) fault(v, n->span, "node '%s' is dead but was left in the graph", name);
  if (!n->name) fault(v, n->span, "node %d has no name", i);
  if (n->scope < 0 || n->scope >= g->scopes.len)
    fault(v, n->span, "node '%s' has no scope", name);
  if ((n->op == OP_GROUP) != (n->body != NULL))
    fault(v, n->span, "node '%s': only groups have a body", name);
  for (int j = 0; j < n->nin; j++) {
    const Value *x = graph_value(g, n->in[j]);
    if (!x)
      fault(v, n->span, "input %d of '%s' is no value", j, name);
    else if (!defined[x->id])
      fault(v, n->span, "'%s' reads '%s' before it is computed", name, shown(x->name));
  }
  if (!n->nout) fault(v, n->span, "node '%s' has no result", name);
  for (int j = 0; j < n->nout; j++) {
    const Value *x = graph_value(g, n->out[j]);
    if (!x) {
      fault(v, n->span, "result %d of '%s' is no value", j, name);
      continue;
    }
    if (x->def != n || x->def_index != j)
      fault(v, n->span, "'%s' does not know '%s' as its producer", shown(x->name), name);
    defined[x->id] = true;
  }
}

static void check_nodes(Verifier *v) {
  const Graph *g = v->g;
  const char **names = NEWN(v->c->arena, const char *, g->nodes.len);
  bool *defined = NEWN(v->c->arena, bool, g->values.len);
  for (int i = 0; i < g->values.len; i++) defined[i] = g->values.at[i]->kind != V_RESULT;
  for (int i = 0; i < g->nodes.len; i++) {
    if (g->nodes.at[i]->op < 0 || g->nodes.at[i]->op >= OP_COUNT) {
      fault(v, g->nodes.at[i]->span, "node %d has no operator", i);
      continue;
    }
    check_node(v, g->nodes.at[i], i, defined);
    names[i] = g->nodes.at[i]->name;
  }
  check_unique(v, names, g->nodes.len, "nodes");
  for (int i = 0; i < g->values.len; i++)
    if (!defined[i])
      fault(v, NO_SPAN, "no node of the graph computes '%s'", shown(g->values.at[i]->name));
}

/* ---- operands ---------------------------------------------------------------------------- */

static bool operand_error(Ctx *c, const Node *n, const char *what) {
  diag_error(c, DIAG_E0806, n->span, "%s '%s': %s", op_table[n->op].name, shown(n->name), what);
  return false;
}

static bool check_group(Ctx *c, const Graph *g, const Node *n) {
  const Graph *body = n->body;
  int64_t anchor = ATTR(n, GroupAttr)->anchor;
  if (!body) return operand_error(c, n, "a group needs a body");
  if (body->inputs.len != n->nin) return operand_error(c, n, "the body has other inputs");
  if (!body->outputs.len) return operand_error(c, n, "the body has no outputs");
  if (anchor < 0 || anchor >= body->nodes.len) return operand_error(c, n, "no such anchor");
  for (int i = 0; i < n->nin; i++) {
    const Value *in = graph_value(g, n->in[i]), *inner = graph_value(body, body->inputs.at[i]);
    if (!inner || in->type != inner->type || !shape_eq(&in->shape, &inner->shape))
      return operand_error(c, n, str_fmt(c->arena, "input %d differs from the body's", i));
  }
  return true;
}

bool node_check_operands(Ctx *c, const Graph *g, const Node *n) {
  const OpInfo *op = &op_table[n->op];
  ParamSpec specs[MAX_PARAMS] = {0};
  if (n->nin < op->min_in) return operand_error(c, n, "too few inputs");
  int params = op->params(c, g, n, specs), data = n->nin - params;
  if (params < 0) return false;
  if (data < op->min_in) return operand_error(c, n, "inputs or parameters are missing");
  if (op->max_in >= 0 && data > op->max_in) return operand_error(c, n, "too many inputs");
  for (int i = 0; i < params; i++) {
    const Value *v = graph_value(g, n->in[data + i]);
    if (shape_eq(&v->shape, &specs[i].shape)) continue;
    return operand_error(c, n,
                         str_fmt(c->arena, "%s must be %s, is %s", specs[i].name,
                                 shape_text(c, &specs[i].shape), shape_text(c, &v->shape)));
  }
  return n->op != OP_GROUP || check_group(c, g, n);
}

/* ---- shapes, derived again --------------------------------------------------------------- */

static void compare_results(Verifier *v, const Graph *scratch, const Node *n, const Node *copy) {
  if (copy->nout != n->nout) {
    fault(v, n->span, "'%s' has %d results instead of %d", n->name, n->nout, copy->nout);
    return;
  }
  for (int j = 0; j < n->nout; j++) {
    const Value *have = graph_value(v->g, n->out[j]), *want = graph_value(scratch, copy->out[j]);
    if (have->type == want->type && shape_eq(&have->shape, &want->shape)) continue;
    fault(v, n->span, "'%s' is stored as %s %s, but %s makes it %s %s", have->name,
          dtype_name(have->type), shape_text(v->c, &have->shape), op_table[n->op].name,
          dtype_name(want->type), shape_text(v->c, &want->shape));
  }
}

/* Runs the rule on a copy of the node in a copy of the graph's tables. What the rule only warns
 * about has been said when the node was made. */
static void check_shape(Verifier *v, Graph *scratch, const Node *n) {
  Ctx *c = v->c;
  Node copy = *n;
  int values = scratch->values.len, diags = c->diags.len, warnings = c->warnings;
  copy.attr = arena_alloc(c->arena, op_table[n->op].attr_size);
  memcpy(copy.attr, n->attr, op_table[n->op].attr_size);
  copy.out = NULL;
  copy.nout = 0;
  if (!op_table[n->op].shape(c, scratch, &copy)) {
    fault(v, n->span, "the shape rule rejects '%s'", n->name);
  } else {
    c->diags.len = diags;
    c->warnings = warnings;
    compare_results(v, scratch, n, &copy);
  }
  scratch->values.len = values;
}

static void check_shapes(Verifier *v) {
  Graph scratch = *v->g;
  scratch.values.at = NEWN(v->c->arena, Value *, v->g->values.len + 8);
  scratch.values.cap = v->g->values.len + 8;
  if (v->g->values.len)
    memcpy(scratch.values.at, v->g->values.at, (size_t)v->g->values.len * sizeof(Value *));
  for (int i = 0; i < v->g->nodes.len; i++) {
    const Node *n = v->g->nodes.at[i];
    if (node_check_operands(v->c, v->g, n))
      check_shape(v, &scratch, n);
    else
      fault(v, n->span, "the operands of '%s' are wrong", n->name);
  }
}

static void check_weight_time(Verifier *v) {
  const bool *known = graph_weight_time(v->c, v->g);
  for (int i = 0; i < v->g->nodes.len; i++) {
    const Node *n = v->g->nodes.at[i];
    if (!(op_table[n->op].flags & OPF_WEIGHT)) continue;
    for (int j = 0; j < n->nin; j++)
      if (!known[n->in[j]])
        fault(v, n->span, "'%s' runs when weights are packed, but reads '%s'", n->name,
              graph_value(v->g, n->in[j])->name);
  }
}

/* Bodies first: what the group's own shape rule looks at must be sound. */
bool graph_verify(Ctx *c, const Graph *g, const char *after) {
  Verifier v = {c, g, after, true};
  check_values(&v);
  if (v.sound) check_nodes(&v);
  for (int i = 0; v.sound && i < g->nodes.len; i++)
    if (g->nodes.at[i]->body) v.sound = graph_verify(c, g->nodes.at[i]->body, after);
  if (!v.sound) return false;
  check_layouts(&v);
  check_weight_time(&v);
  check_shapes(&v);
  return v.sound;
}
