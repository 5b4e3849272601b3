/* check.c: names that nothing reads.
 *
 * In: the syntax tree. Out: warnings W0301 and W0302. Works on the text alone, not on one
 * expansion of it, so a block that only another model of the file uses counts as used.
 */
#include "elab.h"

typedef struct Uses {
  Ctx *ctx;
  Map read;    /* names read anywhere in this declaration */
  Map defined; /* name -> index into names */
  Names names;
  Map *global; /* names read or called anywhere in the file */
} Uses;

static void walk_stmts(Uses *u, const Stmts *s);

static void use(Uses *u, const char *name) {
  ++*map_put(u->ctx->arena, &u->read, name, 0);
  ++*map_put(u->ctx->arena, u->global, name, 0);
}

static void define(Uses *u, const Name *name) {
  int n = u->names.at.len;
  if (*map_put(u->ctx->arena, &u->defined, name->text, n) == n)
    vec_push(u->ctx->arena, &u->names.at, *name);
}

static void walk(Uses *u, const Expr *x) {
  if (!x) return;
  if (x->kind == EX_NAME) use(u, x->name.text);
  if (x->kind == EX_CALL) ++*map_put(u->ctx->arena, u->global, x->name.text, 0);
  walk(u, x->a);
  walk(u, x->b);
  for (int i = 0; i < x->list.at.len; i++) walk(u, x->list.at.at[i]);
  for (int i = 0; i < x->args.at.len; i++) walk(u, x->args.at.at[i].value);
  walk_stmts(u, &x->body);
}

static void walk_stmts(Uses *u, const Stmts *body) {
  for (int i = 0; i < body->at.len; i++) {
    const Stmt *s = body->at.at[i];
    walk(u, s->value);
    walk(u, s->last);
    for (int j = 0; j < s->names.at.len; j++) define(u, &s->names.at.at[j]);
    walk_stmts(u, &s->body);
    for (int j = 0; j < s->arms.at.len; j++) {
      walk(u, s->arms.at.at[j].test);
      walk_stmts(u, &s->arms.at.at[j].body);
    }
  }
}

static void warn_unread(Uses *u) {
  for (int i = 0; i < u->names.at.len; i++) {
    const Name *n = &u->names.at.at[i];
    if (n->text[0] == '_' || map_find(&u->read, n->text)) continue;
    Diag *d = diag_warning(u->ctx, DIAG_W0301, n->span, "`%s` is never read", n->text);
    diag_help(u->ctx, d, "remove it, or call it `_%s`", n->text);
  }
}

static void check_item(Ctx *c, const Item *it, Map *global) {
  Uses u = {.ctx = c, .global = global};
  for (int i = 0; i < it->params.at.len; i++) {
    define(&u, &it->params.at.at[i].name);
    walk(&u, it->params.at.at[i].value);
  }
  for (int i = 0; i < it->inputs.at.len; i++) {
    const Input *in = &it->inputs.at.at[i];
    define(&u, &in->name);
    for (int j = 0; j < in->dims.at.len; j++) walk(&u, in->dims.at.at[j].value);
  }
  walk(&u, it->value);
  walk_stmts(&u, &it->body);
  for (int i = 0; i < it->outputs.at.len; i++) {
    use(&u, it->outputs.at.at[i].name.text);
    walk(&u, it->outputs.at.at[i].when);
  }
  warn_unread(&u);
}

void check_unused(Ctx *c, const Ast *ast, int32_t main_file) {
  Map global = {0};
  for (int i = 0; i < ast->items.len; i++) check_item(c, ast->items.at[i], &global);
  for (int i = 0; i < ast->items.len; i++) {
    const Item *it = ast->items.at[i];
    if (it->kind == IT_MODEL || it->span.file != main_file || it->name.text[0] == '_' ||
        map_find(&global, it->name.text))
      continue;
    diag_warning(c, DIAG_W0302, it->name.span, "%s `%s` is never used",
                 it->kind == IT_CONST ? "constant" : "block", it->name.text);
  }
}
