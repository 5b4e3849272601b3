/* ast.c: builds the syntax tree for the grammar's actions.
 *
 * One function per kind of node, called from grammars/net.y and from nowhere else. Each sets the
 * node's span to the bytes it was written in. Nesting is bounded here, because everything that
 * walks the tree afterwards recurses.
 */
#include "front.h"

#include <string.h>

#include "net.h"

#define ARENA (ps->ctx->arena)

static Span span_of(const Token *a, const Token *b) { return span_join(a->span, b->span); }

/* ---- expressions ------------------------------------------------------------------------- */

static Expr *make(Parser *ps, ExprKind kind, Span span) {
  Expr *e = NEW(ARENA, Expr);
  e->kind = kind;
  e->span = span;
  return e;
}

/* Counts a child's depth in; a tree too deep to walk becomes a leaf, reported once. */
static void hold_depth(Parser *ps, Expr *parent, int depth) {
  if (depth < parent->depth) return;
  parent->depth = depth + 1;
  if (parent->depth <= MAX_DEPTH) return;
  if (!ps->too_deep) parse_too_deep(ps, parent->span);
  parent->kind = EX_BAD;
  parent->depth = 0;
}

static void hold(Parser *ps, Expr *parent, const Expr *child) {
  if (child) hold_depth(ps, parent, child->depth);
}

Expr *ex_leaf(Parser *ps, ExprKind kind, const Token *t) {
  Expr *e = make(ps, kind, t->span);
  e->i = kind == EX_BOOL ? t->kind == TK_TRUE : t->i;
  e->r = t->r;
  e->name = (Name){t->text, t->span};
  return e;
}

Expr *ex_name(Parser *ps, const Token *t) { return ex_leaf(ps, EX_NAME, t); }

Expr *ex_unary(Parser *ps, const Token *op, Expr *a) {
  Expr *e = make(ps, EX_UNARY, span_join(op->span, a->span));
  e->op = op->kind;
  e->name.span = op->span;
  e->a = a;
  hold(ps, e, a);
  return e;
}

Expr *ex_binary(Parser *ps, const Token *op, Expr *a, Expr *b) {
  Expr *e = make(ps, EX_BINARY, span_join(a->span, b->span));
  e->op = op->kind;
  e->name.span = op->span;
  e->a = a;
  e->b = b;
  hold(ps, e, a);
  hold(ps, e, b);
  return e;
}

Expr *ex_index(Parser *ps, Expr *a, Expr *b, const Token *end) {
  Expr *e = make(ps, EX_INDEX, span_join(a->span, end->span));
  e->a = a;
  e->b = b;
  hold(ps, e, a);
  hold(ps, e, b);
  return e;
}

Expr *ex_field(Parser *ps, Expr *a, const Token *name) {
  Expr *e = make(ps, EX_FIELD, span_join(a->span, name->span));
  e->a = a;
  e->name = (Name){name->text, name->span};
  hold(ps, e, a);
  return e;
}

Expr *ex_call(Parser *ps, const Token *name, const Args *args, const Token *end) {
  Expr *e = make(ps, EX_CALL, span_of(name, end));
  e->name = (Name){name->text, name->span};
  if (args) e->args = *args;
  for (int i = 0; i < e->args.at.len; i++) hold(ps, e, e->args.at.at[i].value);
  return e;
}

Expr *ex_list(Parser *ps, ExprKind kind, const Token *first, const Exprs *list,
              const Token *last) {
  Expr *e = make(ps, kind, span_of(first, last));
  e->name.span = first->span;
  if (list) e->list = *list;
  for (int i = 0; i < e->list.at.len; i++) hold(ps, e, e->list.at.at[i]);
  return e;
}

Expr *ex_paren(Expr *a, const Token *first, const Token *last) {
  a->span = span_of(first, last); /* errors underline the parentheses too */
  return a;
}

Expr *ex_pipe(Parser *ps, Expr *pipe, Expr *stage) {
  if (!pipe || pipe->kind != EX_PIPE) {
    Expr *e = make(ps, EX_PIPE, pipe ? pipe->span : stage->span);
    if (pipe) vec_push(ARENA, &e->list.at, pipe);
    hold(ps, e, pipe);
    pipe = e;
  }
  vec_push(ARENA, &pipe->list.at, stage);
  pipe->span = span_join(pipe->span, stage->span);
  hold(ps, pipe, stage);
  return pipe;
}

Expr *ex_label(Parser *ps, const Exprs *parts, Expr *a) {
  Span at = span_join(parts->at.at[0]->span, parts->at.at[parts->at.len - 1]->span);
  Expr *e = make(ps, EX_LABEL, span_join(at, a->span));
  e->name.span = at;
  e->list = *parts;
  e->a = a;
  for (int i = 0; i < parts->at.len; i++) hold(ps, e, parts->at.at[i]);
  hold(ps, e, a);
  return e;
}

Expr *ex_note(Parser *ps, const Note *note, Expr *a) {
  Expr *e = make(ps, EX_NOTE, span_join(note->span, a->span));
  e->note = *note;
  e->a = a;
  hold(ps, e, a);
  return e;
}

Expr *ex_if(Parser *ps, const Exprs *arms, Expr *otherwise) {
  Expr *e = make(ps, EX_IF, span_join(arms->at.at[0]->span, otherwise->span));
  e->list = *arms;
  vec_push(ARENA, &e->list.at, otherwise);
  for (int i = 0; i < e->list.at.len; i++) hold(ps, e, e->list.at.at[i]);
  return e;
}

Expr *ex_sequential(Parser *ps, const Token *first, const Stmts *body, const Token *last) {
  Expr *e = make(ps, EX_SEQUENTIAL, span_of(first, last));
  e->name.span = first->span;
  e->body = *body;
  for (int i = 0; i < body->at.len; i++) hold_depth(ps, e, body->at.at[i]->depth);
  return e;
}

/* ---- lists -----------------------------------------------------------------------------------
 */

Exprs exprs_add(Parser *ps, Exprs list, Expr *e) {
  vec_push(ARENA, &list.at, e);
  return list;
}

Arg arg_make(const Token *name, Expr *value) {
  Arg a = {.value = value, .span = value ? value->span : name->span};
  if (name) a.name = (Name){name->text, name->span};
  if (name) a.span = span_join(name->span, a.span);
  return a;
}

Args args_add(Parser *ps, Args list, Arg a) {
  vec_push(ARENA, &list.at, a);
  return list;
}

Names names_add(Parser *ps, Names list, const Token *name) {
  vec_push(ARENA, &list.at, (Name){name->text, name->span});
  return list;
}

Stmts stmts_add(Parser *ps, Stmts list, Stmt *s) {
  vec_push(ARENA, &list.at, s);
  return list;
}

Arms arms_add(Parser *ps, Arms list, Expr *test, const Stmts *body) {
  vec_push(ARENA, &list.at, (Arm){test, *body});
  return list;
}

Inputs inputs_add(Parser *ps, Inputs list, const Input *in) {
  vec_push(ARENA, &list.at, *in);
  return list;
}

Input input_make(const Token *name, const Token *type, const Args *dims, const Token *end,
                 const Token *order) {
  Input in = {.name = {name->text, name->span}, .type = {type->text, type->span}};
  in.dims = *dims;
  if (order) in.order = (Name){order->text, order->span};
  in.span = span_of(name, order ? order : end);
  return in;
}

/* ---- statements -------------------------------------------------------------------------- */

static Stmt *make_stmt(Parser *ps, StmtKind kind, Span span) {
  Stmt *s = NEW(ARENA, Stmt);
  s->kind = kind;
  s->span = span;
  return s;
}

/* A statement is as deep as what it holds. */
static void hold_expr(Stmt *s, const Expr *e) {
  if (e && e->depth >= s->depth) s->depth = e->depth + 1;
}
static void hold_body(Stmt *s, const Stmts *body) {
  for (int i = 0; i < body->at.len; i++)
    if (body->at.at[i]->depth >= s->depth) s->depth = body->at.at[i]->depth + 1;
}

Stmt *st_assign(Parser *ps, const Names *names, Expr *value) {
  Stmt *s = make_stmt(ps, ST_ASSIGN, span_join(names->at.at[0].span, value->span));
  s->names = *names;
  s->value = value;
  hold_expr(s, value);
  return s;
}

/* `return a, b` returns a list. */
Stmt *st_return(Parser *ps, const Token *first, const Exprs *values) {
  Expr *value = values->at.at[0];
  if (values->at.len > 1) {
    Token from = {.span = value->span}, to = {.span = values->at.at[values->at.len - 1]->span};
    value = ex_list(ps, EX_LIST, &from, values, &to);
  }
  Stmt *s = make_stmt(ps, ST_RETURN, span_join(first->span, value->span));
  s->value = value;
  hold_expr(s, value);
  return s;
}

/* `name` and `from` are NULL in `repeat to { … }`. */
Stmt *st_repeat(Parser *ps, const Token *first, const Token *name, Expr *from, Expr *to,
                const Stmts *body) {
  Stmt *s = make_stmt(ps, ST_REPEAT, span_join(first->span, to->span));
  if (name) s->names = names_add(ps, s->names, name);
  s->value = from;
  s->last = to;
  s->body = *body;
  hold_expr(s, from);
  hold_expr(s, to);
  hold_body(s, body);
  return s;
}

Stmt *st_if(Parser *ps, const Arms *arms) {
  Stmt *s = make_stmt(ps, ST_IF, arms->at.at[0].test->span);
  s->arms = *arms;
  for (int i = 0; i < arms->at.len; i++) {
    hold_expr(s, arms->at.at[i].test);
    hold_body(s, &arms->at.at[i].body);
  }
  return s;
}

Stmt *st_stages(Parser *ps, Expr *pipe) {
  Stmt *s = make_stmt(ps, ST_STAGES, pipe->span);
  s->value = pipe;
  hold_expr(s, pipe);
  return s;
}

Note note_make(const Token *at, const Token *name, const Names *words, const Token *end) {
  Note n = {.name = {name->text, span_of(at, name)}, .span = span_of(at, end)};
  if (words) n.words = *words;
  return n;
}

/* `@a @b … statement` nests, so the depth of what may follow is bounded here too. */
Stmt *st_note(Parser *ps, const Note *note, Stmt *on) {
  Stmt *s = make_stmt(ps, ST_NOTE, span_join(note->span, on->span));
  s->note = *note;
  s->body = stmts_add(ps, s->body, on);
  hold_body(s, &s->body);
  if (s->depth > MAX_DEPTH) {
    if (!ps->too_deep) parse_too_deep(ps, s->span);
    s->kind = ST_BAD;
    s->depth = 0;
  }
  return s;
}

Stmt *st_bad(Parser *ps, const Token *t) { return make_stmt(ps, ST_BAD, t->span); }

/* ---- items ------------------------------------------------------------------------------- */

static Item *add_item(Parser *ps, ItemKind kind, const Token *name) {
  Item *it = NEW(ARENA, Item);
  it->kind = kind;
  it->span = name->span;
  it->name = (Name){name->text, name->span};
  vec_push(ARENA, &ps->ast->items, it);
  return it;
}

void it_version(Parser *ps, const Token *first, const Token *version) {
  double v = version->kind == TK_INT ? (double)version->i : version->r;
  if (ps->ast->items.len || ps->versions++) {
    Diag *d = diag_error(ps->ctx, DIAG_E0206, span_of(first, version),
                         "`net` stands once, at the top of the file");
    diag_help(ps->ctx, d, "move or remove this line");
  } else if (v != 1.0) {
    Diag *d = diag_error(ps->ctx, DIAG_E0205, version->span,
                         "this netcc does not know version %s of the language",
                         version->kind == TK_INT ? str_fmt(ARENA, "%lld", (long long)version->i)
                                                 : str_real(ARENA, v));
    diag_help(ps->ctx, d, "write `net 1.0`");
  }
}

void it_include(Parser *ps, const Token *first, const Token *path) {
  add_item(ps, IT_INCLUDE, path)->span = span_of(first, path);
}

void it_const(Parser *ps, const Token *name, Expr *value) {
  add_item(ps, IT_CONST, name)->value = value;
}

void it_block(Parser *ps, const Token *name, const Args *params, const Stmts *body) {
  Item *it = add_item(ps, IT_BLOCK, name);
  it->params = *params;
  it->body = *body;
}

Outputs outputs_add(Parser *ps, Outputs list, const Token *name, Expr *when) {
  vec_push(ps->ctx->arena, &list.at, (Output){{name->text, name->span}, when});
  return list;
}

void it_model(Parser *ps, const Token *name, const Inputs *in, const Outputs *out,
              const Stmts *body) {
  Item *it = add_item(ps, IT_MODEL, name);
  it->inputs = *in;
  it->outputs = *out;
  it->body = *body;
}
