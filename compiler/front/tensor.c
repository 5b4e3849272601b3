/* tensor.c: arithmetic in which a tensor takes part, and `split`.
 *
 * In: values of which at least one is a tensor. Out: nodes of the graph. A number beside a tensor
 * is known now, so sum, difference, product and quotient of the two become one `scale` node,
 * x · factor + shift, which fuses into whatever computes x; only number / tensor needs a real
 * division, by a constant of one element that broadcasts.
 */
#include "elab.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "net.h"

static Val error_at(Span at) { return (Val){.span = at}; }

static Val add_node(Elab *e, OpKind op, const void *attr, const ValueId *in, int nin, Span at) {
  return add_operator(e, op, attr, in, nin, (Label){0}, NULL, NULL, 0, at);
}

/* ---- a tensor and a number -------------------------------------------------------------------
 */

bool fits_float(Elab *e, double v, Span at) {
  if (fabs(v) <= (double)FLT_MAX) return true;
  elab_error(e, DIAG_E0312, at, "the number does not fit in a 32-bit float");
  return false;
}

static Val scaled(Elab *e, const Val *x, double factor, double shift, Span at) {
  ScaleAttr a = {factor, shift};
  if (!fits_float(e, factor, at) || !fits_float(e, shift, at)) return error_at(at);
  return add_node(e, OP_SCALE, &a, &x->tensor, 1, at);
}

/* number / tensor: the number as a constant of one element. */
static Val number_over(Elab *e, const Val *a, const Val *b, Span at) {
  double v = val_real(a);
  if (!fits_float(e, v, a->span)) return error_at(at);
  const char *name = name_numbered(e, "number", a->span);
  Value *c = graph_add_value(e->ctx, e->g, V_CONST, name, DT_F32, SHAPE(1), a->span);
  float *data = NEW(e->ctx->arena, float);
  *data = (float)v;
  c->data = data;
  ValueId in[2] = {c->id, b->tensor};
  return add_node(e, OP_DIV, NULL, in, 2, at);
}

static Val with_number(Elab *e, int op, const Val *a, const Val *b, Span at) {
  bool left = a->kind == VAL_TENSOR; /* the tensor stands on the left */
  const Val *x = left ? a : b;
  double v = val_real(left ? b : a);
  switch (op) {
  case TK_PLUS: return scaled(e, x, 1, v, at);
  case TK_MINUS: return left ? scaled(e, x, 1, -v, at) : scaled(e, x, -1, v, at);
  case TK_STAR: return scaled(e, x, v, 0, at);
  default: break;
  }
  if (!left) return number_over(e, a, b, at);
  if (v == 0) {
    elab_error(e, DIAG_E0312, at, "division by zero");
    return error_at(at);
  }
  return scaled(e, x, 1 / v, 0, at);
}

/* ---- any two ---------------------------------------------------------------------------------
 */

/* The operator for two tensors, -1 if there is none. */
static int operator_of(int op) {
  switch (op) {
  case TK_PLUS: return OP_ADD;
  case TK_MINUS: return OP_SUB;
  case TK_STAR: return OP_MUL;
  case TK_SLASH: return OP_DIV;
  default: return -1;
  }
}

bool tensor_takes(int op, const Val *a, const Val *b) {
  bool x = a->kind == VAL_TENSOR, y = b->kind == VAL_TENSOR;
  return operator_of(op) >= 0 && (x || y) && (x || val_is_number(a)) && (y || val_is_number(b));
}

Val tensor_binary(Elab *e, int op, Val a, Val b, Span at) {
  if (a.kind != b.kind) return with_number(e, op, &a, &b, at);
  ValueId in[2] = {a.tensor, b.tensor};
  return add_node(e, (OpKind)operator_of(op), NULL, in, 2, at);
}

Val tensor_negate(Elab *e, Val a, Span at) { return scaled(e, &a, -1, 0, at); }

/* ---- split -----------------------------------------------------------------------------------
 */

typedef struct Split {
  Val tensor, parts, sizes, axis; /* VAL_ERROR without a span: not given */
} Split;

static bool set_once(Elab *e, Val *slot, const Val *v, const Arg *a, const char *name) {
  if (slot->span.file) {
    Diag *d = elab_error(e, DIAG_E0310, a ? a->span : v->span, "`%s` is given twice", name);
    diag_also(e->ctx, d, slot->span, "the first time here");
    return false;
  }
  *slot = *v;
  return v->kind != VAL_ERROR;
}

/* By position: the tensor, then the number of parts or a list of their sizes, then the axis. */
static bool place(Elab *e, Split *s, const Arg *a, const Val *v) {
  const char *name = a->name.text;
  if (v->kind == VAL_ERROR) return false;
  if (!name && v->kind == VAL_TENSOR) return set_once(e, &s->tensor, v, a, "the tensor");
  if (!name && v->kind == VAL_LIST) return set_once(e, &s->sizes, v, a, "sizes");
  if (!name) {
    bool cut = s->parts.span.file || s->sizes.span.file;
    return set_once(e, cut ? &s->axis : &s->parts, v, a, cut ? "axis" : "parts");
  }
  if (str_eq(name, "parts")) return set_once(e, &s->parts, v, a, name);
  if (str_eq(name, "sizes")) return set_once(e, &s->sizes, v, a, name);
  if (str_eq(name, "axis")) return set_once(e, &s->axis, v, a, name);
  Diag *d = elab_error(e, DIAG_E0309, a->name.span, "split has no attribute `%s`", name);
  diag_note(e->ctx, d, "it has parts, sizes, axis");
  return false;
}

static bool read_split(Elab *e, Env *env, const Expr *x, const Val *piped, Split *s) {
  bool ok = true;
  if (piped && piped->kind == VAL_TENSOR) s->tensor = *piped;
  for (int i = 0; i < x->args.at.len; i++) {
    Val v = eval(e, env, x->args.at.at[i].value);
    ok &= place(e, s, &x->args.at.at[i], &v);
  }
  if (piped && piped->kind != VAL_TENSOR)
    elab_wrong_kind(e, piped, "the input of split", "a tensor");
  if (!ok || (piped && piped->kind != VAL_TENSOR)) return false;
  if (!s->tensor.span.file) {
    Diag *d = elab_error(e, DIAG_E0318, x->span, "split needs 1 tensor, found 0");
    diag_help(e->ctx, d, "pipe one in: `a, b = x |> split(2)`");
    return false;
  }
  if (!s->parts.span.file != !s->sizes.span.file) return true;
  Diag *d = elab_error(e, s->parts.span.file ? DIAG_E0308 : DIAG_E0307, x->span,
                       "split needs either the number of parts or their sizes");
  diag_help(e->ctx, d, "write `split(2)` or `split(sizes=[16, 48])`");
  return false;
}

/* The dimension to cut, channels unless said otherwise; -1 after reporting. */
static int split_axis(Elab *e, const Split *s, const Shape *shape) {
  Val axis = s->axis.span.file ? s->axis : (Val){.kind = VAL_INT, .span = s->tensor.span, .i = 1};
  if (axis.kind != VAL_INT) {
    elab_wrong_kind(e, &axis, "`axis` of split", "an integer");
    return -1;
  }
  int64_t at = axis.i < 0 ? axis.i + shape->rank : axis.i;
  if (at >= 0 && at < shape->rank) return (int)at;
  Diag *d = elab_error(e, DIAG_E0408, axis.span, "axis %lld of a tensor with %d dimensions, %s",
                       (long long)axis.i, shape->rank, shape_text(e->ctx, shape));
  diag_help(e->ctx, d, "axes run from 0 to %d, or from -%d to -1", shape->rank - 1, shape->rank);
  return -1;
}

static bool bad_sizes(Elab *e, const Split *s, Span at, int64_t extent, const char *why) {
  Diag *d = elab_error(e, DIAG_E0403, at, "split: %s", why);
  diag_also(e->ctx, d, s->tensor.span, "%lld elements along the axis", (long long)extent);
  return false;
}

/* Where each part ends; false after reporting. */
static bool split_ends(Elab *e, const Split *s, int64_t extent, int64_t *n, int64_t **ends) {
  bool equal = s->parts.span.file != 0;
  const Val *v = equal ? &s->parts : &s->sizes;
  if (equal ? v->kind != VAL_INT : v->kind != VAL_LIST) {
    elab_wrong_kind(e, v, equal ? "`parts` of split" : "`sizes` of split",
                    equal ? "an integer" : "a list of integers");
    return false;
  }
  *n = equal ? v->i : v->list.n;
  if (*n < 1 || *n > extent || (equal && extent % *n))
    return bad_sizes(e, s, v->span, extent,
                     str_fmt(e->ctx->arena, "cannot cut into %lld %sparts", (long long)*n,
                             equal ? "equal " : ""));
  *ends = NEWN(e->ctx->arena, int64_t, *n);
  int64_t at = 0;
  for (int i = 0; i < *n; i++) {
    const Val *size = equal ? NULL : &v->list.at[i];
    if (size && size->kind != VAL_INT) {
      elab_wrong_kind(e, size, "a size of split", "an integer");
      return false;
    }
    int64_t part = size ? size->i : extent / *n;
    if (part < 1 || part > extent - at)
      return bad_sizes(e, s, size->span, extent,
                       part < 1 ? "a part is not empty" : "the parts are larger than the whole");
    (*ends)[i] = at += part;
  }
  if (at == extent) return true;
  return bad_sizes(e, s, v->span, extent,
                   str_fmt(e->ctx->arena, "the parts add up to %lld", (long long)at));
}

/* A list of slices, one for each part. */
Val call_split(Elab *e, Env *env, const Expr *x, const Val *piped) {
  Split s = {0};
  int64_t n, *ends;
  if (!read_split(e, env, x, piped, &s)) return error_at(x->span);
  const Shape shape = graph_value(e->g, s.tensor.tensor)->shape;
  int axis = split_axis(e, &s, &shape);
  if (axis < 0 || !split_ends(e, &s, shape.dim[axis], &n, &ends)) return error_at(x->span);
  Val *parts = NEWN(e->ctx->arena, Val, n);
  for (int i = 0; i < n; i++) {
    SliceAttr a = {.axis = axis, .start = i ? ends[i - 1] : 0, .stop = ends[i], .step = 1};
    parts[i] = add_node(e, OP_SLICE, &a, &s.tensor.tensor, 1, x->span);
    if (parts[i].kind == VAL_ERROR) return error_at(x->span);
  }
  return (Val){.kind = VAL_LIST, .span = x->span, .list = {parts, (int)n}};
}
