/* value.c: compile-time values, the names bound to them, and arithmetic.
 *
 * In: values. Out: values, or VAL_ERROR after a report. Integers are checked for overflow, `//`
 * and `%` round towards minus infinity, `/` always gives a real.
 */
#include "elab.h"

#include <math.h>

#include "net.h"

const char *val_kind_text(ValKind k) {
  static const char *const text[] = {"an error", "an integer", "a real",  "a truth value",
                                     "a word",   "a list",     "a tensor"};
  return text[k];
}

/* ---- maps and environments ------------------------------------------------------------------
 */

static struct MapSlot *map_slot(const Map *m, const char *key) {
  uint32_t i = (uint32_t)(((uintptr_t)key >> 4) * 2654435761u);
  for (;; i++) {
    struct MapSlot *s = &m->slot[i & (uint32_t)(m->cap - 1)];
    if (!s->key || s->key == key) return s;
  }
}

int *map_find(const Map *m, const char *key) {
  if (!m->cap) return NULL;
  struct MapSlot *s = map_slot(m, key);
  return s->key ? &s->value : NULL;
}

int *map_put(Arena *a, Map *m, const char *key, int if_absent) {
  if (m->len * 2 >= m->cap) {
    Map bigger = {.len = m->len, .cap = m->cap ? m->cap * 2 : 8};
    bigger.slot = NEWN(a, struct MapSlot, bigger.cap);
    for (int i = 0; i < m->cap; i++)
      if (m->slot[i].key) *map_slot(&bigger, m->slot[i].key) = m->slot[i];
    *m = bigger;
  }
  struct MapSlot *s = map_slot(m, key);
  if (!s->key) {
    *s = (struct MapSlot){key, if_absent};
    m->len++;
  }
  return &s->value;
}

Val *env_find(Env *e, const char *name) {
  for (; e; e = e->outer) {
    int *i = map_find(&e->index, name);
    if (i) return &e->at.at[*i].value;
  }
  return NULL;
}

void env_define(Arena *a, Env *e, const char *name, Val v) {
  int *i = map_put(a, &e->index, name, e->at.len);
  if (*i == e->at.len)
    vec_push(a, &e->at, (Binding){name, v});
  else
    e->at.at[*i].value = v;
}

void env_assign(Arena *a, Env *env, const char *name, Val v) {
  for (Env *e = env; e; e = e->frame ? NULL : e->outer)
    if (map_find(&e->index, name)) {
      env_define(a, e, name, v);
      return;
    }
  env_define(a, env, name, v);
}

/* ---- arithmetic -------------------------------------------------------------------------------
 */

static Val fault(Elab *e, Span at, const char *what) {
  elab_error(e, DIAG_E0312, at, "%s", what);
  return (Val){.span = at};
}

static Val of_int(int64_t i, Span at) { return (Val){.kind = VAL_INT, .span = at, .i = i}; }
static Val of_bool(bool b, Span at) { return (Val){.kind = VAL_BOOL, .span = at, .b = b}; }

static Val of_real(Elab *e, double r, Span at) {
  if (!isfinite(r)) return fault(e, at, "the result is too large for a real");
  return (Val){.kind = VAL_REAL, .span = at, .r = r};
}

static Val int_binary(Elab *e, int op, int64_t a, int64_t b, Span at) {
  int64_t r = 0;
  bool over = false;
  switch (op) {
  case TK_PLUS: over = __builtin_add_overflow(a, b, &r); break;
  case TK_MINUS: over = __builtin_sub_overflow(a, b, &r); break;
  case TK_STAR: over = __builtin_mul_overflow(a, b, &r); break;
  default: /* // and % */
    if (b == 0) return fault(e, at, "division by zero");
    if (b == -1) {
      over = op == TK_DSLASH && a == INT64_MIN;
      r = op == TK_DSLASH && !over ? -a : 0;
      break;
    }
    r = op == TK_DSLASH ? a / b : a % b;
    if (a % b != 0 && (a % b < 0) != (b < 0)) r += op == TK_DSLASH ? -1 : b;
  }
  if (over) return fault(e, at, "the result does not fit in 64 bits");
  return of_int(r, at);
}

static Val real_binary(Elab *e, int op, double a, double b, Span at) {
  switch (op) {
  case TK_PLUS: return of_real(e, a + b, at);
  case TK_MINUS: return of_real(e, a - b, at);
  case TK_STAR: return of_real(e, a * b, at);
  default: break;
  }
  if (b == 0) return fault(e, at, "division by zero");
  if (op == TK_SLASH) return of_real(e, a / b, at);
  if (op == TK_DSLASH) return of_real(e, floor(a / b), at);
  return of_real(e, a - b * floor(a / b), at);
}

/* Integers compare as integers: a double cannot tell 2^53 from 2^53 + 1. */
static int compare(const Val *a, const Val *b) {
  if (a->kind == VAL_INT && b->kind == VAL_INT) return (a->i > b->i) - (a->i < b->i);
  return (val_real(a) > val_real(b)) - (val_real(a) < val_real(b));
}

bool val_equal(Elab *e, const Val *a, const Val *b) {
  if (!elab_step(e, a->span)) return false;
  if (val_is_number(a) && val_is_number(b)) return compare(a, b) == 0;
  if (a->kind != b->kind) return false;
  if (a->kind == VAL_BOOL) return a->b == b->b;
  if (a->kind == VAL_WORD) return a->word == b->word;
  if (a->kind == VAL_TENSOR) return a->tensor == b->tensor;
  if (a->kind != VAL_LIST || a->list.n != b->list.n) return false;
  for (int i = 0; i < a->list.n; i++)
    if (!val_equal(e, &a->list.at[i], &b->list.at[i])) return false;
  return true;
}

static Val list_join(Elab *e, const Val *a, const Val *b, Span at) {
  int n = a->list.n + b->list.n;
  if (n > MAX_LIST) {
    elab_limit(e, at, "a list of more than %d elements", MAX_LIST);
    return (Val){.span = at};
  }
  Val *v = NEWN(e->ctx->arena, Val, n);
  for (int i = 0; i < n; i++) v[i] = i < a->list.n ? a->list.at[i] : b->list.at[i - a->list.n];
  return (Val){.kind = VAL_LIST, .span = at, .list = {v, n}};
}

static Val no_operator(Elab *e, int op, const Val *a, const Val *b, Span at, Span op_at) {
  Diag *d = elab_error(e, DIAG_E0311, op_at, "%s does not work on %s and %s", token_kind_text(op),
                       val_kind_text(a->kind), val_kind_text(b->kind));
  diag_also(e->ctx, d, a->span, "%s", val_kind_text(a->kind));
  diag_also(e->ctx, d, b->span, "%s", val_kind_text(b->kind));
  if (a->kind == VAL_TENSOR || b->kind == VAL_TENSOR)
    diag_help(e->ctx, d, "tensors take `+`, `-`, `*` and `/` with tensors and numbers");
  return (Val){.span = at};
}

Val val_binary(Elab *e, int op, Val a, Val b, Span at, Span op_at) {
  Val error = {.span = at};
  if (a.kind == VAL_ERROR || b.kind == VAL_ERROR) return error;
  bool numbers = val_is_number(&a) && val_is_number(&b);
  if (op == TK_EQ || op == TK_NE) {
    if (!numbers && a.kind != b.kind) return no_operator(e, op, &a, &b, at, op_at);
    return of_bool(val_equal(e, &a, &b) == (op == TK_EQ), at);
  }
  if (op == TK_PLUS && a.kind == VAL_LIST && b.kind == VAL_LIST) return list_join(e, &a, &b, at);
  if (!numbers) return no_operator(e, op, &a, &b, at, op_at);
  switch (op) {
  case TK_LT: return of_bool(compare(&a, &b) < 0, at);
  case TK_LE: return of_bool(compare(&a, &b) <= 0, at);
  case TK_GT: return of_bool(compare(&a, &b) > 0, at);
  case TK_GE: return of_bool(compare(&a, &b) >= 0, at);
  default: break;
  }
  if (a.kind == VAL_INT && b.kind == VAL_INT && op != TK_SLASH)
    return int_binary(e, op, a.i, b.i, at);
  return real_binary(e, op, val_real(&a), val_real(&b), at);
}

Val val_unary(Elab *e, int op, Val a, Span at) {
  if (a.kind == VAL_ERROR) return a;
  if (op == TK_NOT && a.kind == VAL_BOOL) return of_bool(!a.b, at);
  if (op == TK_MINUS && a.kind == VAL_INT) return int_binary(e, TK_MINUS, 0, a.i, at);
  if (op == TK_MINUS && a.kind == VAL_REAL) return of_real(e, -a.r, at);
  elab_wrong_kind(e, &a, token_kind_text(op), op == TK_NOT ? "a truth value" : "a number");
  return (Val){.span = at};
}
