/* call.c: calls: blocks are expanded, functions computed, operators passed on.
 *
 * In: a call, what is piped into it, its label. Out: its value. A block's body sees its
 * parameters and the file's constants, nothing of its caller.
 */
#include "elab.h"

#include <math.h>

static Val error_at(Span at) { return (Val){.span = at}; }

/* ---- did you mean ------------------------------------------------------------------------ */

static const char *const functions[] = {"len", "min", "max", "abs", "int", "real", "split"};

const char *function_text(int i) { return i < COUNT_OF(functions) ? functions[i] : NULL; }

bool is_function(const char *name) {
  for (int i = 0; i < COUNT_OF(functions); i++)
    if (str_eq(functions[i], name)) return true;
  return false;
}

/* The nearest visible name; with `calls`, the nearest that can be called. */
const char *did_you_mean(Elab *e, const char *name, Env *env, bool calls) {
  VEC(const char *) known = {0};
  Arena *a = e->ctx->arena;
  for (; env && !calls; env = env->outer)
    for (int i = 0; i < env->at.len; i++) vec_push(a, &known, env->at.at[i].name);
  if (calls) {
    for (int i = 0; i < e->ast->items.len; i++)
      if (e->ast->items.at[i]->kind == IT_BLOCK)
        vec_push(a, &known, e->ast->items.at[i]->name.text);
    for (int i = 0; i < OP_COUNT; i++)
      if (!(op_table[i].flags & OPF_INTERNAL)) vec_push(a, &known, op_table[i].name);
    for (int i = 0; i < COUNT_OF(functions); i++) vec_push(a, &known, functions[i]);
  }
  return str_nearest(name, known.at, known.len);
}

/* ---- functions on numbers ---------------------------------------------------------------- */

static Val no_number(Elab *e, const Val *v, const char *function, Span at) {
  elab_wrong_kind(e, v, str_fmt(e->ctx->arena, "`%s`", function), "a number");
  return error_at(at);
}

/* The least or greatest of the arguments, or of the elements of one list. */
static Val extreme(Elab *e, const char *name, const Val *v, int n, Span at) {
  if (n == 1 && v[0].kind == VAL_LIST && v[0].list.n > 0) {
    n = v[0].list.n;
    v = v[0].list.at;
  }
  int best = 0;
  for (int i = 0; i < n; i++) {
    if (!val_is_number(&v[i])) return no_number(e, &v[i], name, at);
    double d = val_real(&v[i]) - val_real(&v[best]);
    if (str_eq(name, "max") ? d > 0 : d < 0) best = i;
  }
  Val r = v[best];
  r.span = at;
  return r;
}

static Val convert(Elab *e, const char *name, const Val *v, Span at) {
  if (!val_is_number(v)) return no_number(e, v, name, at);
  double r = val_real(v);
  if (str_eq(name, "real")) return (Val){.kind = VAL_REAL, .span = at, .r = r};
  if (str_eq(name, "abs") && v->kind == VAL_REAL)
    return (Val){.kind = VAL_REAL, .span = at, .r = fabs(r)};
  if (v->kind == VAL_REAL && fabs(r) >= 9.2e18) {
    elab_error(e, DIAG_E0312, at, "the result does not fit in 64 bits");
    return error_at(at);
  }
  int64_t i = v->kind == VAL_INT ? v->i : (int64_t)r;
  if (str_eq(name, "abs") && i < 0) {
    if (i == INT64_MIN) {
      elab_error(e, DIAG_E0312, at, "the result does not fit in 64 bits");
      return error_at(at);
    }
    i = -i;
  }
  return (Val){.kind = VAL_INT, .span = at, .i = i};
}

/* min, max and abs are operators as well: on tensors. */
static bool on_tensors(const Val *v, int n) {
  for (int i = 0; i < n; i++)
    if (v[i].kind == VAL_TENSOR) return true;
  return n == 1 && v->kind == VAL_LIST && v->list.n && v->list.at[0].kind == VAL_TENSOR;
}

static Val function_of_tensors(Elab *e, OpKind op, const Val *v, int n, Label label, Span at) {
  if (n == 1 && v->kind == VAL_LIST) n = v->list.n, v = v->list.at;
  ValueId *in = NEWN(e->ctx->arena, ValueId, n);
  for (int i = 0; i < n; i++) {
    if (v[i].kind != VAL_TENSOR) {
      elab_wrong_kind(e, &v[i], str_fmt(e->ctx->arena, "an input of %s", op_table[op].name),
                      "a tensor");
      return error_at(at);
    }
    in[i] = v[i].tensor;
  }
  return add_operator(e, op, NULL, in, n, label, NULL, NULL, 0, at);
}

static Val names_nothing(Elab *e, const Expr *x, Label label) {
  Diag *d = elab_error(e, DIAG_E0319, label.span, "the label `%s` names nothing", label.text);
  diag_also(e->ctx, d, x->name.span, "a function has no weights");
  return error_at(x->span);
}

static Val call_function(Elab *e, Env *env, const Expr *x, const Val *piped, Label label) {
  VEC(Val) v = {0};
  const char *name = x->name.text;
  if (piped) vec_push(e->ctx->arena, &v, *piped);
  for (int i = 0; i < x->args.at.len; i++) {
    const Arg *a = &x->args.at.at[i];
    if (a->name.text) {
      elab_error(e, DIAG_E0309, a->name.span, "`%s` has no named arguments", name);
      return error_at(x->span);
    }
    vec_push(e->ctx->arena, &v, eval(e, env, a->value));
    if (v.at[v.len - 1].kind == VAL_ERROR) return error_at(x->span);
  }
  OpKind op;
  if (on_tensors(v.at, v.len) && op_find(name, &op))
    return function_of_tensors(e, op, v.at, v.len, label, x->span);
  if (label.text) return names_nothing(e, x, label);
  bool many = str_eq(name, "min") || str_eq(name, "max");
  if (v.len == 0 || (v.len > 1 && !many)) {
    elab_error(e, v.len ? DIAG_E0308 : DIAG_E0307, x->span, "`%s` takes %s", name,
               many ? "numbers or one list of numbers" : "one argument");
    return error_at(x->span);
  }
  if (many) return extreme(e, name, v.at, v.len, x->span);
  if (!str_eq(name, "len")) return convert(e, name, &v.at[0], x->span);
  if (v.at[0].kind == VAL_LIST)
    return (Val){.kind = VAL_INT, .span = x->span, .i = v.at[0].list.n};
  elab_wrong_kind(e, &v.at[0], "`len`", "a list");
  return error_at(x->span);
}

/* ---- blocks ------------------------------------------------------------------------------ */

static int param_index(const Item *block, const char *name) {
  for (int i = 0; i < block->params.at.len; i++)
    if (block->params.at.at[i].name.text == name) return i;
  return -1;
}

static void unknown_param(Elab *e, const Item *block, const Arg *a) {
  VEC(const char *) known = {0};
  for (int i = 0; i < block->params.at.len; i++)
    vec_push(e->ctx->arena, &known, block->params.at.at[i].name.text);
  Diag *d = elab_error(e, DIAG_E0309, a->name.span, "block `%s` has no parameter `%s`",
                       block->name.text, a->name.text);
  const char *near = str_nearest(a->name.text, known.at, known.len);
  if (near) diag_help(e->ctx, d, "did you mean `%s`?", near);
  diag_also(e->ctx, d, block->name.span, "the block is declared here");
}

/* Puts one argument where it belongs; false after reporting. `next` counts positional ones. */
static bool place_arg(Elab *e, const Item *block, const Arg *a, Val v, Val *bound, int *next) {
  int n = block->params.at.len, i = *next;
  if (a && a->name.text) {
    i = param_index(block, a->name.text);
    if (i < 0) {
      unknown_param(e, block, a);
      return false;
    }
  } else if ((*next)++ >= n) {
    Diag *d =
        elab_error(e, DIAG_E0308, v.span, "block `%s` takes %d argument%s%s", block->name.text, n,
                   n == 1 ? "" : "s", a ? "" : ", the piped one included");
    diag_also(e->ctx, d, block->name.span, "the block is declared here");
    return false;
  }
  if (bound[i].span.file) {
    Diag *d = elab_error(e, DIAG_E0310, a ? a->span : v.span, "`%s` is given twice",
                         block->params.at.at[i].name.text);
    diag_also(e->ctx, d, bound[i].span, "the first time here");
    return false;
  }
  bound[i] = v;
  if (!v.span.file) bound[i].span = block->name.span;
  return v.kind != VAL_ERROR;
}

/* Arguments in the order of the parameters; those not given stay VAL_ERROR without a span. */
static bool bind_args(Elab *e, Env *env, const Item *block, const Expr *x, const Val *piped,
                      Val *bound) {
  int next = 0;
  bool ok = true;
  if (piped) ok &= place_arg(e, block, NULL, *piped, bound, &next);
  for (int i = 0; i < x->args.at.len; i++) {
    const Arg *a = &x->args.at.at[i];
    Val v = eval(e, env, a->value);
    ok &= place_arg(e, block, a, v, bound, &next);
  }
  for (int i = 0; i < block->params.at.len && ok; i++) {
    const Arg *p = &block->params.at.at[i];
    if (bound[i].span.file || p->value) continue;
    Diag *d = elab_error(e, DIAG_E0307, x->span, "block `%s` needs a value for `%s`",
                         block->name.text, p->name.text);
    diag_also(e->ctx, d, p->name.span, "this parameter has no default");
    ok = false;
  }
  return ok;
}

static bool may_enter(Elab *e, const Item *block, const Expr *x) {
  for (int i = 0; i < e->active.len; i++) {
    if (e->active.at[i] != block) continue;
    Diag *d = elab_error(e, DIAG_E0314, x->span, "block `%s` calls itself", block->name.text);
    diag_also(e->ctx, d, block->name.span, "the block is declared here");
    diag_help(e->ctx, d, "to apply a block several times, use `repeat n { x = …(x) }`");
    return false;
  }
  if (e->active.len < MAX_CALLS) return true;
  elab_limit(e, x->span, "block calls nested more than %d deep", MAX_CALLS);
  return false;
}

static Val expand(Elab *e, const Item *block, const Expr *x, const Val *bound) {
  Env inner = {.outer = &e->globals, .frame = true};
  Arena *a = e->ctx->arena;
  for (int i = 0; i < block->params.at.len; i++) {
    const Arg *p = &block->params.at.at[i];
    bool given = bound[i].span.file;
    Val v = given ? bound[i] : eval(e, &inner, p->value);
    if (v.kind == VAL_ERROR) return error_at(x->span);
    env_define(a, &inner, p->name.text, v);
  }
  Val result = error_at(x->span);
  bool unsure = e->unsure;
  e->unsure = false;
  Flow flow = exec(e, &inner, &block->body, &result);
  if (flow == FLOW_ON && !e->unsure && !e->stop) {
    Diag *d = elab_error(e, DIAG_E0317, block->name.span, "block `%s` returns nothing",
                         block->name.text);
    diag_help(e->ctx, d, "end it with `return …`");
  }
  e->unsure = unsure;
  result.span = x->span;
  return result;
}

static Val call_block(Elab *e, Env *env, const Item *block, const Expr *x, const Val *piped,
                      Label label) {
  Val *bound = NEWN(e->ctx->arena, Val, block->params.at.len);
  if (!bind_args(e, env, block, x, piped, bound) || !may_enter(e, block, x))
    return error_at(x->span);
  vec_push(e->ctx->arena, &e->active, block);
  int back = scope_push(e, label, block->name.text, x->span);
  Val v = expand(e, block, x, bound);
  e->scope = back;
  e->active.len--;
  return v;
}

/* ---- any call ---------------------------------------------------------------------------- */

static Val unknown_call(Elab *e, Env *env, const Expr *x) {
  const char *name = x->name.text;
  Diag *d = elab_error(e, DIAG_E0303, x->name.span, "unknown operator or block `%s`", name);
  const Val *v = env_find(env, name);
  const char *near = did_you_mean(e, name, env, true);
  if (near)
    diag_help(e->ctx, d, "did you mean `%s`?", near);
  else if (v)
    diag_note(e->ctx, d, "`%s` is %s here", name, val_kind_text(v->kind));
  else
    diag_help(e->ctx, d, "`netcc ops` lists the operators");
  return error_at(x->span);
}

Val call(Elab *e, Env *env, const Expr *x, const Val *piped, Label label) {
  const char *name = x->name.text;
  int *item = map_find(&e->items, name);
  if (item && e->ast->items.at[*item]->kind == IT_BLOCK)
    return call_block(e, env, e->ast->items.at[*item], x, piped, label);
  OpKind op;
  if (!is_function(name) && op_find(name, &op)) {
    if (!(op_table[op].flags & OPF_INTERNAL)) return call_operator(e, env, x, op, piped, label);
    Diag *d =
        elab_error(e, DIAG_E0306, x->name.span, "`%s` is made by the compiler's passes", name);
    diag_note(e->ctx, d, "it cannot be written in a network");
    return error_at(x->span);
  }
  if (!is_function(name)) return unknown_call(e, env, x);
  if (!str_eq(name, "split")) return call_function(e, env, x, piped, label);
  return label.text ? names_nothing(e, x, label) : call_split(e, env, x, piped);
}
