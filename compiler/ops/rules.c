/* rules.c: checks and reports that the shape rules of all families share.
 *
 * In: a node with its inputs in place. Out: true, or a diagnostic at the node's span that names
 * the operator, shows the shapes involved, points at where they come from, and lists the chain
 * of block calls. Wording lives here so that one fault reads the same for every operator.
 */
#include "ops.h"

#include <string.h>

/* 2^36 elements, 256 GiB: beyond any memory that one tensor gets; a larger one is a slip, and what
 * is counted per element would run long before memory ran out. */
#define MAX_ELEMENTS ((int64_t)1 << 36)

const Shape *op_in(const Graph *g, const Node *n, int i) {
  return &graph_value(g, n->in[i])->shape;
}

int op_data_inputs(const Node *n) {
  const OpInfo *op = &op_table[n->op];
  if (op->params == params_none || n->nin < op->max_in) return n->nin;
  return op->max_in;
}

Diag *op_error(Ctx *c, const Graph *g, const Node *n, DiagCode code, const char *fmt, ...) {
  StrBuf b = {.arena = c->arena};
  va_list ap;
  va_start(ap, fmt);
  sb_vprintf(&b, fmt, ap);
  va_end(ap);
  Diag *d = diag_error(c, code, n->span, "%s: %s", op_table[n->op].name, sb_str(&b));
  diag_scope_trace(c, d, g, n->scope);
  return d;
}

void op_show_input(Ctx *c, const Graph *g, const Node *n, Diag *d, int i) {
  const Value *v = graph_value(g, n->in[i]);
  const char *what = v->kind == V_INPUT ? "the input" : v->kind == V_RESULT ? "this" : v->name;
  bool deep = v->kind == V_RESULT && strchr(v->name, '.'); /* one of a block's several calls */
  diag_also(c, d, v->span, "%s is %s%s%s", what, shape_text(c, &v->shape), deep ? ", " : "",
            deep ? v->name : "");
}

const char *dim_name(int rank, int dim) {
  static const char *const names[MAX_RANK + 1][MAX_RANK] = {
      [1] = {"length"},
      [2] = {"batch", "features"},
      [3] = {"batch", "channels", "width"},
      [4] = {"batch", "channels", "height", "width"},
      [5] = {"batch", "channels", "depth", "height", "width"},
  };
  bool known = rank >= 1 && rank <= MAX_RANK && dim >= 0 && dim < rank;
  return known ? names[rank][dim] : "dimension";
}

bool check_inputs(Ctx *c, const Graph *g, const Node *n) {
  const OpInfo *op = &op_table[n->op];
  int have = op_data_inputs(n);
  if (have < op->min_in || (op->max_in >= 0 && have > op->max_in)) {
    const char *bound = op->max_in < 0 ? "at least " : op->min_in < op->max_in ? "from " : "";
    const char *upto = op->max_in > op->min_in ? str_fmt(c->arena, " to %d", op->max_in) : "";
    op_error(c, g, n, DIAG_E0401, "takes %s%d%s input%s, has %d", bound, op->min_in, upto,
             op->min_in == 1 && !*upto ? "" : "s", have);
    return false;
  }
  bool ok = true;
  for (int i = 0; i < n->nin; i++) {
    const Shape *s = op_in(g, n, i);
    for (int d = 0; d < s->rank && ok; d++)
      if (s->dim[d] < 1) {
        Diag *e =
            op_error(c, g, n, DIAG_E0416, "input %d has the shape %s", i + 1, shape_text(c, s));
        op_show_input(c, g, n, e, i);
        ok = false;
      }
  }
  return ok;
}

bool check_rank(Ctx *c, const Graph *g, const Node *n, int lo, int hi) {
  const Shape *s = op_in(g, n, 0);
  if (s->rank >= lo && s->rank <= hi) return true;
  const char *want =
      lo == hi ? str_fmt(c->arena, "%d", lo) : str_fmt(c->arena, "%d to %d", lo, hi);
  Diag *d = op_error(c, g, n, DIAG_E0402, "needs a tensor of %s dimensions, has %s", want,
                     shape_text(c, s));
  op_show_input(c, g, n, d, 0);
  if (s->rank > hi && hi == 2) diag_help(c, d, "flatten it first: … |> flatten |> …");
  return false;
}

bool check_range(Ctx *c, const Graph *g, const Node *n, const char *attr, int64_t value,
                 int64_t lo) {
  if (value >= lo && value <= INT32_MAX) return true;
  op_error(c, g, n, DIAG_E0403, "%s is %lld, must be %s%lld", attr, (long long)value,
           value < lo ? "at least " : "at most ",
           value < lo ? (long long)lo : (long long)INT32_MAX);
  return false;
}

bool check_channel_groups(Ctx *c, const Graph *g, const Node *n, int64_t groups, int64_t out) {
  int64_t in = op_in(g, n, 0)->dim[1];
  if (in % groups == 0 && out % groups == 0) return true;
  Diag *d = op_error(c, g, n, DIAG_E0405, "groups=%lld does not divide %lld %s channels",
                     (long long)groups, (long long)(in % groups ? in : out),
                     in % groups ? "input" : "output");
  op_show_input(c, g, n, d, 0);
  return false;
}

bool check_axis(Ctx *c, const Graph *g, const Node *n, int64_t *axis) {
  const Shape *s = op_in(g, n, 0);
  if (*axis >= -s->rank && *axis < s->rank) {
    if (*axis < 0) *axis += s->rank;
    return true;
  }
  Diag *d = op_error(c, g, n, DIAG_E0408, "axis %lld of a tensor with %d dimensions, %s",
                     (long long)*axis, s->rank, shape_text(c, s));
  diag_help(c, d, "axes run from 0 to %d, or from -%d to -1", s->rank - 1, s->rank);
  op_show_input(c, g, n, d, 0);
  return false;
}

bool check_params(Ctx *c, const Graph *g, const Node *n) {
  int data = op_data_inputs(n), given = n->nin - data;
  if (given == 0) return true; /* not attached yet */
  ParamSpec spec[MAX_PARAMS];
  int want = op_table[n->op].params(c, g, n, spec);
  if (want < 0) return false;
  if (given != want) {
    op_error(c, g, n, DIAG_E0401, "takes %d parameter%s, has %d", want, want == 1 ? "" : "s",
             given);
    return false;
  }
  bool ok = true;
  for (int i = 0; i < want; i++) {
    const Shape *s = op_in(g, n, data + i);
    if (shape_eq(s, &spec[i].shape)) continue;
    Diag *d = op_error(c, g, n, DIAG_E0413, "%s is %s, must be %s", spec[i].name,
                       shape_text(c, s), shape_text(c, &spec[i].shape));
    op_show_input(c, g, n, d, data + i);
    op_show_input(c, g, n, d, 0);
    ok = false;
  }
  return ok;
}

bool set_output(Ctx *c, Graph *g, Node *n, int i, DType type, Shape shape) {
  int64_t count = 1;
  for (int d = 0; d < shape.rank; d++) {
    if (shape.dim[d] < 1) {
      op_error(c, g, n, DIAG_E0416, "the result would be %s", shape_text(c, &shape));
      return false;
    }
    count = sat_mul(count, shape.dim[d]);
  }
  if (count > MAX_ELEMENTS) {
    Diag *e = op_error(c, g, n, DIAG_E0411, "the result would be %s", shape_text(c, &shape));
    diag_note(c, e, "a tensor holds at most 2^36 elements, 256 GiB");
    return false;
  }
  node_set_output(c, g, n, i, type, shape);
  return true;
}
