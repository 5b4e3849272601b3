/* eval.c: expressions.
 *
 * In: an expression and the names it sees. Out: its value; operators met on the way have become
 * nodes of the graph. One function per kind of expression.
 */
#include "elab.h"

#include "net.h"

static Val error_at(Span at) { return (Val){.span = at}; }

/* ---- names, lists, properties ------------------------------------------------------------ */

static Val eval_name(Elab *e, Env *env, const Expr *x) {
  const Val *found = env_find(env, x->name.text);
  if (found) {
    Val v = *found;
    v.span = x->span;
    return v;
  }
  const char *name = x->name.text;
  if (str_eq(name, "same") || str_eq(name, "valid"))
    return (Val){.kind = VAL_WORD, .span = x->span, .word = name};
  Diag *d = elab_error(e, DIAG_E0302, x->span, "unknown name `%s`", name);
  diag_under(e->ctx, d, "not visible here");
  const char *near = did_you_mean(e, name, env, false);
  OpKind op;
  int *item = map_find(&e->items, name);
  if (near)
    diag_help(e->ctx, d, "did you mean `%s`?", near);
  else if (item && e->ast->items.at[*item]->kind == IT_CONST)
    diag_help(e->ctx, d, "the constant is declared further down; move it up");
  else if (op_find(name, &op) || item)
    diag_help(e->ctx, d, "to call it, write `%s(…)`", name);
  return error_at(x->span);
}

static Val eval_list(Elab *e, Env *env, const Expr *x) {
  int n = x->list.at.len;
  Val *v = NEWN(e->ctx->arena, Val, n);
  bool ok = true;
  for (int i = 0; i < n; i++) {
    v[i] = eval(e, env, x->list.at.at[i]);
    ok &= v[i].kind != VAL_ERROR;
  }
  return ok ? (Val){.kind = VAL_LIST, .span = x->span, .list = {v, n}} : error_at(x->span);
}

static Val eval_index(Elab *e, Env *env, const Expr *x) {
  Val a = eval(e, env, x->a), b = eval(e, env, x->b);
  if (a.kind == VAL_ERROR || b.kind == VAL_ERROR) return error_at(x->span);
  if (a.kind != VAL_LIST) {
    elab_wrong_kind(e, &a, "indexing", "a list");
    return error_at(x->span);
  }
  if (b.kind != VAL_INT) {
    elab_wrong_kind(e, &b, "the index", "an integer");
    return error_at(x->span);
  }
  int64_t i = b.i < 0 ? b.i + a.list.n : b.i;
  if (i < 0 || i >= a.list.n) {
    Diag *d = elab_error(e, DIAG_E0313, x->b->span, "index %lld is out of range", (long long)b.i);
    diag_also(e->ctx, d, x->a->span, "a list of %d element%s", a.list.n,
              a.list.n == 1 ? "" : "s");
    return error_at(x->span);
  }
  Val v = a.list.at[i];
  v.span = x->span;
  return v;
}

/* Which dimension a property names, -1: none. `rank` includes batch and channels. */
static int property_dim(const char *name, int rank) {
  if (str_eq(name, "batch")) return 0;
  if (str_eq(name, "channels") || str_eq(name, "features")) return rank > 1 ? 1 : -1;
  if (str_eq(name, "width") || str_eq(name, "length")) return rank > 2 ? rank - 1 : -1;
  if (str_eq(name, "height")) return rank > 3 ? rank - 2 : -1;
  if (str_eq(name, "depth")) return rank > 4 ? rank - 3 : -1;
  return -1;
}

static Val tensor_property(Elab *e, const Expr *x, const Shape *s) {
  static const char *const known[] = {"batch",  "channels", "features", "width", "length",
                                      "height", "depth",    "rank",     "shape"};
  const char *name = x->name.text;
  int dim = property_dim(name, s->rank);
  if (dim >= 0) return (Val){.kind = VAL_INT, .span = x->span, .i = s->dim[dim]};
  if (str_eq(name, "rank")) return (Val){.kind = VAL_INT, .span = x->span, .i = s->rank};
  if (str_eq(name, "shape")) {
    Val *v = NEWN(e->ctx->arena, Val, s->rank);
    for (int i = 0; i < s->rank; i++)
      v[i] = (Val){.kind = VAL_INT, .span = x->span, .i = s->dim[i]};
    return (Val){.kind = VAL_LIST, .span = x->span, .list = {v, s->rank}};
  }
  Diag *d = elab_error(e, DIAG_E0325, x->name.span, "a tensor of shape %s has no property `%s`",
                       shape_text(e->ctx, s), name);
  const char *near = str_nearest(name, known, COUNT_OF(known));
  if (near && !str_eq(near, name)) diag_help(e->ctx, d, "did you mean `%s`?", near);
  return error_at(x->span);
}

static Val eval_field(Elab *e, Env *env, const Expr *x) {
  Val a = eval(e, env, x->a);
  if (a.kind == VAL_ERROR) return error_at(x->span);
  if (a.kind == VAL_TENSOR) return tensor_property(e, x, &graph_value(e->g, a.tensor)->shape);
  if (a.kind == VAL_LIST && str_eq(x->name.text, "length"))
    return (Val){.kind = VAL_INT, .span = x->span, .i = a.list.n};
  Diag *d = elab_error(e, DIAG_E0325, x->name.span, "%s has no property `%s`",
                       val_kind_text(a.kind), x->name.text);
  diag_also(e->ctx, d, x->a->span, "%s", val_kind_text(a.kind));
  return error_at(x->span);
}

/* ---- operators --------------------------------------------------------------------------- */

static Val eval_binary(Elab *e, Env *env, const Expr *x) {
  Val a = eval(e, env, x->a);
  if (x->op == TK_AND || x->op == TK_OR) { /* the right side is evaluated only if it matters */
    const char *what = token_kind_text(x->op);
    if (a.kind == VAL_ERROR) return error_at(x->span);
    if (a.kind != VAL_BOOL) {
      elab_wrong_kind(e, &a, what, "a truth value");
      return error_at(x->span);
    }
    bool b = a.b;
    if (b == (x->op == TK_AND) && !eval_bool(e, env, x->b, what, &b)) return error_at(x->span);
    return (Val){.kind = VAL_BOOL, .span = x->span, .b = b};
  }
  Val b = eval(e, env, x->b);
  if (tensor_takes(x->op, &a, &b)) return tensor_binary(e, x->op, a, b, x->span);
  return val_binary(e, x->op, a, b, x->span, x->name.span);
}

static Val eval_unary(Elab *e, Env *env, const Expr *x) {
  Val a = eval(e, env, x->a);
  if (a.kind == VAL_TENSOR && x->op == TK_MINUS) return tensor_negate(e, a, x->span);
  return val_unary(e, x->op, a, x->span);
}

bool eval_bool(Elab *e, Env *env, const Expr *x, const char *what, bool *out) {
  Val v = eval(e, env, x);
  if (v.kind == VAL_BOOL) {
    *out = v.b;
    return true;
  }
  elab_wrong_kind(e, &v, what, "a truth value");
  return false;
}

static Val eval_if(Elab *e, Env *env, const Expr *x) {
  int n = x->list.at.len;
  for (int i = 0; i + 1 < n; i += 2) {
    bool test;
    if (!eval_bool(e, env, x->list.at.at[i], "`if`", &test)) return error_at(x->span);
    if (test) return eval(e, env, x->list.at.at[i + 1]);
  }
  return eval(e, env, x->list.at.at[n - 1]);
}

static Val eval_concat(Elab *e, Env *env, const Expr *x) {
  int n = x->list.at.len;
  ValueId *in = NEWN(e->ctx->arena, ValueId, n);
  bool ok = true;
  for (int i = 0; i < n; i++) {
    Val v = eval(e, env, x->list.at.at[i]);
    if (v.kind != VAL_TENSOR) elab_wrong_kind(e, &v, "a branch of `concat`", "a tensor");
    ok &= v.kind == VAL_TENSOR;
    in[i] = v.kind == VAL_TENSOR ? v.tensor : -1;
  }
  if (!ok) return error_at(x->span);
  return add_operator(e, OP_CONCAT, NULL, in, n, (Label){0}, NULL, NULL, 0, x->name.span);
}

/* ---- pipes and labels -------------------------------------------------------------------- */

static Val eval_pipe(Elab *e, Env *env, const Expr *x) {
  Val v = eval(e, env, x->list.at.at[0]);
  for (int i = 1; i < x->list.at.len; i++) {
    if (v.kind == VAL_ERROR) return error_at(x->span);
    v = eval_stage(e, env, x->list.at.at[i], &v, (Label){0});
  }
  if (v.kind != VAL_ERROR) v.span = x->span;
  return v;
}

/* The text of a label, behind an outer label's if labels follow each other. */
Label eval_label(Elab *e, Env *env, const Expr *x, Label outer) {
  StrBuf text = {.arena = e->ctx->arena};
  if (outer.text) sb_printf(&text, "%s.", outer.text);
  for (int i = 0; i < x->list.at.len; i++) {
    const Expr *part = x->list.at.at[i];
    if (part->kind == EX_TEXT) {
      sb_puts(&text, part->name.text);
      continue;
    }
    Val v = eval(e, env, part);
    if (v.kind != VAL_INT || v.i < 0) {
      if (v.kind != VAL_ERROR)
        elab_error(e, DIAG_E0327, part->span, "a label needs an integer of at least 0 here");
      return (Label){NULL, x->name.span};
    }
    sb_printf(&text, "%lld", (long long)v.i);
  }
  return (Label){ctx_name(e->ctx, sb_str(&text)), x->name.span};
}

static Val misplaced_label(Elab *e, const Expr *x, Label label) {
  Diag *d = elab_error(e, DIAG_E0319, label.span, "the label `%s` names nothing", label.text);
  diag_also(e->ctx, d, x->span, "no operator or block call");
  diag_help(e->ctx, d, "label one stage, or a whole pipe in parentheses: `%s: (x |> …)`",
            label.text);
  return error_at(x->span);
}

static Val eval_named(Elab *e, Env *env, const Expr *a, Label label);

/* label: expression, outside a pipe. */
static Val eval_labelled(Elab *e, Env *env, const Expr *x, Label outer) {
  Label label = eval_label(e, env, x, outer);
  return label.text ? eval_named(e, env, x->a, label) : error_at(x->span);
}

/* What a label names. */
static Val eval_named(Elab *e, Env *env, const Expr *a, Label label) {
  if (a->kind == EX_NOTE) {
    Annotations before;
    bool ok = note_enter(e, &a->note, a->a, &before);
    Val v = ok ? eval_named(e, env, a->a, label) : error_at(a->span);
    note_leave(e, before);
    return v;
  }
  if (a->kind == EX_CALL) return call(e, env, a, NULL, label);
  if (a->kind == EX_LABEL) return eval_labelled(e, env, a, label);
  if (a->kind != EX_PIPE && a->kind != EX_CONCAT && a->kind != EX_IF && a->kind != EX_BINARY)
    return misplaced_label(e, a, label);
  int back = scope_push(e, label, NULL, label.span);
  Val v = eval(e, env, a);
  e->scope = back;
  return v;
}

Val eval_stage(Elab *e, Env *env, const Expr *x, const Val *piped, Label label) {
  if (!elab_step(e, x->span)) return error_at(x->span);
  switch (x->kind) {
  case EX_CALL: return call(e, env, x, piped, label);
  case EX_LABEL: {
    Label own = eval_label(e, env, x, label);
    return own.text ? eval_stage(e, env, x->a, piped, own) : error_at(x->span);
  }
  case EX_NOTE: {
    Annotations before;
    bool ok = note_enter(e, &x->note, x->a, &before);
    Val v = ok ? eval_stage(e, env, x->a, piped, label) : error_at(x->span);
    note_leave(e, before);
    return v;
  }
  case EX_SEQUENTIAL: {
    int number = 0, back = scope_push(e, label, NULL, label.text ? label.span : x->name.span);
    Val v = run_sequential(e, env, &x->body, *piped, &number);
    e->scope = back;
    return v;
  }
  default: return error_at(x->span);
  }
}

/* ---- all kinds --------------------------------------------------------------------------- */

static Val eval_note(Elab *e, Env *env, const Expr *x) {
  Annotations before;
  bool ok = note_enter(e, &x->note, x->a, &before);
  Val v = ok ? eval(e, env, x->a) : error_at(x->span);
  note_leave(e, before);
  return v;
}

static Val eval_kind(Elab *e, Env *env, const Expr *x) {
  switch (x->kind) {
  case EX_INT: return (Val){.kind = VAL_INT, .span = x->span, .i = x->i};
  case EX_REAL: return (Val){.kind = VAL_REAL, .span = x->span, .r = x->r};
  case EX_BOOL: return (Val){.kind = VAL_BOOL, .span = x->span, .b = x->i != 0};
  case EX_NAME: return eval_name(e, env, x);
  case EX_LIST: return eval_list(e, env, x);
  case EX_UNARY: return eval_unary(e, env, x);
  case EX_BINARY: return eval_binary(e, env, x);
  case EX_INDEX: return eval_index(e, env, x);
  case EX_FIELD: return eval_field(e, env, x);
  case EX_CALL: return call(e, env, x, NULL, (Label){0});
  case EX_PIPE: return eval_pipe(e, env, x);
  case EX_LABEL: return eval_labelled(e, env, x, (Label){0});
  case EX_NOTE: return eval_note(e, env, x);
  case EX_CONCAT: return eval_concat(e, env, x);
  case EX_IF: return eval_if(e, env, x);
  case EX_SEQUENTIAL:
  case EX_TEXT:
  case EX_BAD: break;
  }
  return error_at(x->span);
}

Val eval(Elab *e, Env *env, const Expr *x) {
  if (!elab_step(e, x->span)) return error_at(x->span);
  if (++e->depth > MAX_RECURSION) elab_limit(e, x->span, "nested too deeply");
  Val v = e->stop ? error_at(x->span) : eval_kind(e, env, x);
  e->depth--;
  return v;
}
