/* elab.c: statements, and the walk from a file to the graph of one model.
 *
 * In: the syntax tree and the options of the command line. Out: the graph. Constants first, then
 * the model's inputs, then its body; `repeat` and `if` run now, nothing of them is left in the
 * graph.
 */
#include "elab.h"

#include <string.h>

/* ---- reports ---------------------------------------------------------------------------------
 */

Diag *elab_error(Elab *e, DiagCode code, Span at, const char *fmt, ...) {
  StrBuf text = {.arena = e->ctx->arena};
  va_list ap;
  va_start(ap, fmt);
  sb_vprintf(&text, fmt, ap);
  va_end(ap);
  e->faults++;
  Diag *d = diag_error(e->ctx, code, at, "%s", sb_str(&text));
  if (e->g) diag_scope_trace(e->ctx, d, e->g, e->scope);
  return d;
}

void elab_wrong_kind(Elab *e, const Val *v, const char *what, const char *expected) {
  if (v->kind == VAL_ERROR) return;
  Diag *d = elab_error(e, DIAG_E0311, v->span, "%s needs %s", what, expected);
  diag_under(e->ctx, d, "this is %s", val_kind_text(v->kind));
}

void elab_limit(Elab *e, Span at, const char *fmt, ...) {
  if (e->stop) return;
  StrBuf text = {.arena = e->ctx->arena};
  va_list ap;
  va_start(ap, fmt);
  sb_vprintf(&text, fmt, ap);
  va_end(ap);
  elab_error(e, DIAG_E0315, at, "the expansion is too large: %s", sb_str(&text));
  e->stop = true;
}

bool elab_step(Elab *e, Span at) {
  if (++e->steps > MAX_STEPS) elab_limit(e, at, "more than %d steps", MAX_STEPS);
  return !e->stop;
}

/* ---- statements -------------------------------------------------------------------------- */

static void assign_one(Elab *e, Env *env, const Name *name, Val v) {
  env_assign(e->ctx->arena, env, name->text, v);
}

static void exec_assign(Elab *e, Env *env, const Stmt *s) {
  Val v = eval(e, env, s->value);
  int n = s->names.at.len;
  if (n == 1) {
    assign_one(e, env, &s->names.at.at[0], v);
    return;
  }
  bool fits = v.kind == VAL_LIST && v.list.n == n;
  if (v.kind == VAL_LIST && !fits) {
    Diag *d = elab_error(e, DIAG_E0311, v.span, "%d names for a list of %d", n, v.list.n);
    diag_also(e->ctx, d, s->names.at.at[0].span, "the names start here");
  } else if (!fits) {
    elab_wrong_kind(e, &v, "assigning to several names", "a list");
  }
  for (int i = 0; i < n; i++)
    assign_one(e, env, &s->names.at.at[i], fits ? v.list.at[i] : (Val){.span = v.span});
}

static bool repeat_bound(Elab *e, Env *env, const Expr *x, int64_t *out) {
  Val v = eval(e, env, x);
  if (v.kind != VAL_INT) {
    elab_wrong_kind(e, &v, "`repeat`", "an integer");
    return false;
  }
  *out = v.i;
  return true;
}

/* `repeat n` runs n rounds; `repeat i in a..b` runs i = a, …, b - 1, like a range of C. */
bool repeat_range(Elab *e, Env *env, const Stmt *s, int64_t *from, int64_t *to) {
  *from = 0;
  bool ok = !s->value || repeat_bound(e, env, s->value, from);
  ok &= repeat_bound(e, env, s->last, to);
  if (!ok) return false;
  if (!s->value && *to < 0) {
    elab_error(e, DIAG_E0312, s->last->span, "cannot repeat %lld times", (long long)*to);
    return false;
  }
  if (*to > *from && (uint64_t)*to - (uint64_t)*from > MAX_ROUNDS) {
    elab_limit(e, s->span, "more than %d rounds", MAX_ROUNDS);
    return false;
  }
  return true;
}

/* What one round sees: its own level, with the counter in it. */
Env env_round(Elab *e, Env *env, const Stmt *s, int64_t i) {
  Env round = {.outer = env};
  if (s->names.at.len)
    env_define(e->ctx->arena, &round, s->names.at.at[0].text,
               (Val){.kind = VAL_INT, .span = s->names.at.at[0].span, .i = i});
  return round;
}

/* After a failed condition nobody knows the names that its body assigns: they become errors, so
 * that no report follows from them. Of a repeat's names only those live outside that are there.
 */
static void poison(Elab *e, Env *env, const Stmts *body, bool all) {
  e->unsure = true;
  for (int i = 0; i < body->at.len; i++) {
    const Stmt *s = body->at.at[i];
    for (int j = 0; j < s->names.at.len && s->kind == ST_ASSIGN; j++)
      if (all || env_find(env, s->names.at.at[j].text))
        assign_one(e, env, &s->names.at.at[j], (Val){.span = s->span});
    poison(e, env, &s->body, all && s->kind == ST_NOTE);
    for (int j = 0; j < s->arms.at.len; j++) poison(e, env, &s->arms.at.at[j].body, all);
  }
}

static Flow exec_repeat(Elab *e, Env *env, const Stmt *s, Val *result) {
  int64_t from, to;
  if (!repeat_range(e, env, s, &from, &to)) {
    poison(e, env, &s->body, false);
    return FLOW_ON;
  }
  for (int64_t i = from; i < to && !e->stop; i++) {
    Env round = env_round(e, env, s, i);
    int faults = e->faults;
    if (exec(e, &round, &s->body, result) == FLOW_RETURN) return FLOW_RETURN;
    if (e->faults == faults) continue;
    poison(e, env, &s->body, false); /* the next round would fail alike */
    break;
  }
  return FLOW_ON;
}

/* The body of the arm that is taken, NULL if none or after an error. */
static const Stmts *choose(Elab *e, Env *env, const Arms *arms, bool *failed) {
  for (int i = 0; i < arms->at.len; i++) {
    bool test = true;
    const Expr *x = arms->at.at[i].test;
    *failed = x && !eval_bool(e, env, x, "`if`", &test);
    if (*failed) return NULL;
    if (test) return &arms->at.at[i].body;
  }
  return NULL;
}

static Flow exec_one(Elab *e, Env *env, const Stmt *s, Val *result) {
  switch (s->kind) {
  case ST_ASSIGN: exec_assign(e, env, s); break;
  case ST_RETURN: *result = eval(e, env, s->value); return FLOW_RETURN;
  case ST_REPEAT: return exec_repeat(e, env, s, result);
  case ST_IF: {
    bool failed = false;
    const Stmts *body = choose(e, env, &s->arms, &failed);
    for (int i = 0; i < s->arms.at.len && failed; i++)
      poison(e, env, &s->arms.at.at[i].body, true);
    return body ? exec(e, env, body, result) : FLOW_ON;
  }
  case ST_NOTE: {
    Annotations before;
    note_enter(e, &s->note, NULL, &before);
    Flow flow = exec(e, env, &s->body, result);
    note_leave(e, before);
    return flow;
  }
  case ST_STAGES:
  case ST_BAD: break;
  }
  return FLOW_ON;
}

Flow exec(Elab *e, Env *env, const Stmts *body, Val *result) {
  Flow flow = FLOW_ON;
  if (++e->depth > MAX_RECURSION) elab_limit(e, NO_SPAN, "nested too deeply");
  for (int i = 0; i < body->at.len && flow == FLOW_ON; i++) {
    const Stmt *s = body->at.at[i];
    if (!elab_step(e, s->span)) break;
    flow = exec_one(e, env, s, result);
    if (s->kind == ST_RETURN && i + 1 < body->at.len) {
      Diag *d =
          elab_error(e, DIAG_E0328, body->at.at[i + 1]->span, "nothing runs after `return`");
      diag_also(e->ctx, d, s->span, "the block ends here");
    }
  }
  e->depth--;
  return flow;
}

/* ---- sequential -------------------------------------------------------------------------- */

/* Stages count from 0, each a scope of its own: PyTorch's names. A labelled stage is counted and
 * keeps its label. */
static Val run_stages(Elab *e, Env *env, const Expr *pipe, Val v, int *number) {
  for (int i = 0; i < pipe->list.at.len; i++) {
    const Expr *stage = pipe->list.at.at[i], *bare = stage;
    while (bare->kind == EX_NOTE) bare = bare->a;
    Label own = {NULL, stage->span};
    if (bare->kind != EX_LABEL)
      own.text = ctx_name(e->ctx, str_fmt(e->ctx->arena, "%d", *number));
    ++*number;
    v = eval_stage(e, env, stage, &v, own);
    if (v.kind == VAL_ERROR) break;
  }
  return v;
}

Val run_sequential(Elab *e, Env *env, const Stmts *body, Val v, int *number) {
  for (int i = 0; i < body->at.len && v.kind != VAL_ERROR && elab_step(e, v.span); i++) {
    const Stmt *s = body->at.at[i];
    int64_t from, to;
    if (s->kind == ST_STAGES) {
      v = run_stages(e, env, s->value, v, number);
    } else if (s->kind == ST_NOTE) {
      Annotations before;
      note_enter(e, &s->note, NULL, &before);
      v = run_sequential(e, env, &s->body, v, number);
      note_leave(e, before);
    } else if (s->kind == ST_IF) {
      bool failed = false;
      const Stmts *arm = choose(e, env, &s->arms, &failed);
      if (arm) v = run_sequential(e, env, arm, v, number);
      if (failed) v = (Val){.span = s->span};
    } else if (s->kind == ST_REPEAT) {
      if (!repeat_range(e, env, s, &from, &to)) return (Val){.span = s->span};
      for (; from < to && v.kind != VAL_ERROR && !e->stop; from++) {
        Env round = env_round(e, env, s, from);
        v = run_sequential(e, &round, &s->body, v, number);
      }
    }
  }
  return e->stop ? (Val){.span = v.span} : v;
}
