/* dump.c: the syntax tree as indented text, for `netcc dump --ast` and for tests.
 *
 * In: a tree. Out: one node a line, children indented, no positions: two sources that differ
 * only in spacing and comments print the same.
 */
#include "front.h"

#include "net.h"

typedef struct Dump {
  StrBuf *out;
  int indent;
} Dump;

static void put(Dump *d, const char *fmt, ...) PRINTF_LIKE(2, 3);
static void put(Dump *d, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  sb_printf(d->out, "%*s", 2 * d->indent, "");
  sb_vprintf(d->out, fmt, ap);
  sb_putc(d->out, '\n');
  va_end(ap);
}

static void put_expr(Dump *d, const Expr *e);
static void put_stmts(Dump *d, const Stmts *s);

static void put_args(Dump *d, const Args *args) {
  d->indent++;
  for (int i = 0; i < args->at.len; i++) {
    const Arg *a = &args->at.at[i];
    if (a->name.text) put(d, "%s%s", a->name.text, a->value ? " =" : "");
    d->indent += a->name.text != NULL;
    if (a->value) put_expr(d, a->value);
    d->indent -= a->name.text != NULL;
  }
  d->indent--;
}

static const char *op_text(int kind) { return token_kind_text(kind); }

static void put_list(Dump *d, const char *what, const Exprs *list) {
  put(d, "%s", what);
  d->indent++;
  for (int i = 0; i < list->at.len; i++) put_expr(d, list->at.at[i]);
  d->indent--;
}

static void put_note(Dump *d, const Note *n) {
  StrBuf b = {.arena = d->out->arena};
  for (int i = 0; i < n->words.at.len; i++) sb_printf(&b, " %s", n->words.at.at[i].text);
  put(d, "annotation %s%s", n->name.text, sb_str(&b));
}

static void put_children(Dump *d, const Expr *e) {
  d->indent++;
  if (e->a) put_expr(d, e->a);
  if (e->b) put_expr(d, e->b);
  d->indent--;
}

static void put_expr(Dump *d, const Expr *e) {
  switch (e->kind) {
  case EX_INT: put(d, "int %lld", (long long)e->i); break;
  case EX_REAL: put(d, "real %s", str_real(d->out->arena, e->r)); break;
  case EX_BOOL: put(d, "bool %s", e->i ? "true" : "false"); break;
  case EX_NAME: put(d, "name %s", e->name.text); break;
  case EX_TEXT: put(d, "text %s", e->name.text); break;
  case EX_BAD: put(d, "bad"); break;
  case EX_UNARY:
  case EX_BINARY:
    put(d, "%s %s", e->kind == EX_UNARY ? "unary" : "binary", op_text(e->op));
    put_children(d, e);
    break;
  case EX_INDEX:
    put(d, "index");
    put_children(d, e);
    break;
  case EX_FIELD:
    put(d, "field %s", e->name.text);
    put_children(d, e);
    break;
  case EX_CALL:
    put(d, "call %s", e->name.text);
    put_args(d, &e->args);
    break;
  case EX_LABEL:
    put_list(d, "label", &e->list);
    put_children(d, e);
    break;
  case EX_NOTE:
    put_note(d, &e->note);
    put_children(d, e);
    break;
  case EX_SEQUENTIAL:
    put(d, "sequential");
    put_stmts(d, &e->body);
    break;
  case EX_LIST: put_list(d, "list", &e->list); break;
  case EX_PIPE: put_list(d, "pipe", &e->list); break;
  case EX_CONCAT: put_list(d, "concat", &e->list); break;
  case EX_IF: put_list(d, "if", &e->list); break;
  }
}

static void put_names(Dump *d, const char *what, const Names *names) {
  sb_printf(d->out, "%*s%s", 2 * d->indent, "", what);
  for (int i = 0; i < names->at.len; i++) sb_printf(d->out, " %s", names->at.at[i].text);
  sb_putc(d->out, '\n');
}

static void put_nested(Dump *d, const Expr *e) {
  d->indent++;
  if (e) put_expr(d, e);
  d->indent--;
}

static void put_arms(Dump *d, const Arms *arms) {
  for (int i = 0; i < arms->at.len; i++) {
    put(d, i == 0 ? "if" : arms->at.at[i].test ? "else if" : "else");
    put_nested(d, arms->at.at[i].test);
    put_stmts(d, &arms->at.at[i].body);
  }
}

static void put_stmt(Dump *d, const Stmt *s) {
  switch (s->kind) {
  case ST_ASSIGN:
    put_names(d, "assign", &s->names);
    put_nested(d, s->value);
    break;
  case ST_RETURN:
    put(d, "return");
    put_nested(d, s->value);
    break;
  case ST_REPEAT:
    put_names(d, "repeat", &s->names);
    put_nested(d, s->value);
    put_nested(d, s->last);
    put_stmts(d, &s->body);
    break;
  case ST_IF: put_arms(d, &s->arms); break;
  case ST_STAGES:
    put(d, "stages");
    put_nested(d, s->value);
    break;
  case ST_NOTE:
    put_note(d, &s->note);
    put_stmts(d, &s->body);
    break;
  case ST_BAD: put(d, "bad"); break;
  }
}

static void put_stmts(Dump *d, const Stmts *s) {
  d->indent++;
  for (int i = 0; i < s->at.len; i++) put_stmt(d, s->at.at[i]);
  d->indent--;
}

static void put_inputs(Dump *d, const Inputs *in) {
  d->indent++;
  for (int i = 0; i < in->at.len; i++) {
    const Input *p = &in->at.at[i];
    put(d, "input %s %s%s%s", p->name.text, p->type.text, p->order.text ? " " : "",
        p->order.text ? p->order.text : "");
    put_args(d, &p->dims);
  }
  d->indent--;
}

static void put_outputs(Dump *d, const Outputs *out) {
  for (int i = 0; i < out->at.len; i++) {
    const Output *o = &out->at.at[i];
    put(d, "output %s%s", o->name.text, o->when ? " if" : "");
    put_nested(d, o->when);
  }
}

void ast_print(const Ast *ast, StrBuf *out) {
  Dump d = {out, 0};
  for (int i = 0; i < ast->items.len; i++) {
    const Item *it = ast->items.at[i];
    static const char *const word[] = {"const", "block", "model", "include"};
    put(&d, "%s %s", word[it->kind], it->name.text);
    put_nested(&d, it->value);
    put_args(&d, &it->params);
    put_inputs(&d, &it->inputs);
    d.indent++;
    put_outputs(&d, &it->outputs);
    put_stmts(&d, &it->body);
    d.indent--;
  }
}

bool front_dump_ast(Ctx *c, int32_t file, StrBuf *out) {
  const Ast *ast = parse_file(c, file);
  if (ast) ast_print(ast, out);
  return ast != NULL;
}
