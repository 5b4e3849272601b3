/* parse.c: drives the generated parser and words its errors.
 *
 * In: tokens. Out: the tree, or reports. Before each token the automaton is asked whether it
 * fits; if not, the error names what was expected, the stack is popped to the innermost place
 * where a statement, branch or item may stand, BAD is put there, and reading goes on behind the
 * next newline. So one run reports several errors and none of them follows from another.
 */
#include "front.h"

#include <string.h>

#include "net.h"

void parse_too_deep(Parser *ps, Span at) {
  ps->too_deep = true;
  Diag *d = diag_error(ps->ctx, DIAG_E0204, at, "nested more than %d deep", MAX_DEPTH);
  diag_help(ps->ctx, d, "give parts of it names, in statements of their own");
}

/* ---- wording ------------------------------------------------------------------------------- */

static bool is_operator(int kind) {
  static const int ops[] = {TK_OR, TK_AND,   TK_EQ,   TK_NE,    TK_LT,     TK_LE,      TK_GT,
                            TK_GE, TK_MINUS, TK_PLUS, TK_SLASH, TK_DSLASH, TK_PERCENT, TK_STAR};
  for (int i = 0; i < COUNT_OF(ops); i++)
    if (ops[i] == kind) return true;
  return false;
}

/* Starts an expression and nothing else that is worth naming. */
static bool starts_expression(int kind) {
  static const int first[] = {TK_INT, TK_REAL, TK_TRUE,  TK_FALSE, TK_NOT,    TK_MINUS, TK_LP,
                              TK_LB,  TK_IF,   TK_LTEXT, TK_LOPEN, TK_CONCAT, TK_NAME};
  for (int i = 0; i < COUNT_OF(first); i++)
    if (first[i] == kind) return true;
  return false;
}

static void add_expected(StrBuf *out, const char *what, int *n) {
  sb_puts(out, *n == 0 ? "" : ", ");
  sb_puts(out, what);
  ++*n;
}

/* "`)`, `,`, an operator": what the automaton would take now. */
static const char *expected_text(Parser *ps, void *parser) {
  StrBuf out = {.arena = ps->ctx->arena};
  int n = 0;
  bool expression = net_parser_accepts(parser, TK_INT) && net_parser_accepts(parser, TK_LB);
  bool operators = net_parser_accepts(parser, TK_PLUS);
  bool label = net_parser_accepts(parser, TK_LTEXT);
  if (expression) add_expected(&out, "an expression", &n);
  for (int kind = 0; kind < net_parser_tokens(); kind++) {
    if (kind == TK_BAD || kind == TK_START || kind == TK_LOPEN || kind == TK_STRING) continue;
    if (kind == TK_NET || kind == TK_INCLUDE || kind == TK_SEQUENTIAL || kind == TK_REAL)
      continue;
    if (expression && (starts_expression(kind) || kind == TK_REPEAT || kind == TK_IN)) continue;
    if (operators && (is_operator(kind) || kind == TK_LB || kind == TK_DOT)) continue;
    if (kind == TK_COMMA && n > 3) continue;
    if ((kind == TK_REPEAT || kind == TK_IN) && net_parser_accepts(parser, TK_NAME) &&
        !net_parser_accepts(parser, TK_RETURN))
      continue; /* only as a name */
    if (kind == TK_LTEXT && !label) continue;
    if (net_parser_accepts(parser, kind)) add_expected(&out, token_kind_text(kind), &n);
  }
  if (operators) add_expected(&out, "an operator", &n);
  return sb_str(&out);
}

static const char *found_text(Parser *ps, const Token *t) {
  const Source *s = ctx_source(ps->ctx, t->span.file);
  int n = (int)(t->span.end - t->span.begin);
  if (n <= 0 || n > 40) return token_kind_text(t->kind);
  return str_fmt(ps->ctx->arena, "`%.*s`", n, s->text + t->span.begin);
}

static bool is_reserved(int kind) {
  return kind == TK_BLOCK || kind == TK_MODEL || kind == TK_CONST || kind == TK_RETURN ||
         kind == TK_IF || kind == TK_ELSE || kind == TK_TRUE || kind == TK_FALSE ||
         kind == TK_AND || kind == TK_OR || kind == TK_NOT;
}

/* Advice for the mistakes that people make. `t` is the token that did not fit. */
static void advise(Parser *ps, Diag *d, void *parser, const Token *t, const Token *before) {
  Ctx *c = ps->ctx;
  bool statement = net_parser_accepts(parser, TK_ASSIGN);
  if (is_reserved(t->kind) && net_parser_accepts(parser, TK_NAME))
    diag_note(c, d, "`%s` is a reserved word and cannot be a name", t->text);
  else if (t->kind == TK_ASSIGN && net_parser_accepts(parser, TK_EQ))
    diag_help(c, d, "equality is written `==`");
  else if (is_operator(t->kind) && net_parser_accepts(parser, TK_PIPE))
    diag_help(c, d, "put the pipe in parentheses: `(x |> relu) + y`");
  else if (statement && before->kind == TK_NAME)
    diag_help(c, d, "a statement names what it computes: `y = …`");
  else if (t->kind == TK_LBRACE && net_parser_accepts(parser, TK_ARROW))
    diag_help(c, d, "name the model's outputs: `-> (probs)`");
  else if (net_parser_accepts(parser, TK_LTEXT) && !net_parser_accepts(parser, TK_NAME))
    diag_help(c, d, "an input is written `x: f32[1, 3, 224, 224]`");
  else if (t->kind == TK_SEQUENTIAL)
    diag_help(c, d, "`sequential` is a stage of a pipe: `x |> sequential { … }`");
  else if (t->kind == TK_COLON)
    diag_help(c, d, "a label is letters, digits, `_`, `.` and `{…}`, then `:`");
}

/* A line that ends before its statement does: the caret stands behind what there is. */
static bool ends_early(Parser *ps, const Token *t, const Token *before) {
  if (t->kind == TK_NL || t->kind == 0) return true;
  const char *text = ctx_source(ps->ctx, t->span.file)->text;
  return t->kind == TK_RBRACE && t->span.begin > before->span.end &&
         memchr(text + before->span.end, '\n', t->span.begin - before->span.end);
}

static void syntax_error(Parser *ps, void *parser, const Token *t, const Token *before) {
  bool early = ends_early(ps, t, before);
  Span at = early ? (Span){t->span.file, before->span.end, before->span.end} : t->span;
  Diag *d;
  if (early)
    d = diag_error(ps->ctx, DIAG_E0201, at, "the %s ends too early", t->kind ? "line" : "file");
  else
    d = diag_error(ps->ctx, DIAG_E0201, at, "unexpected %s", found_text(ps, t));
  const char *expected = expected_text(ps, parser);
  if (*expected) diag_under(ps->ctx, d, "expected %s", expected);
  advise(ps, d, parser, t, before);
}

/* ---- recovery ---------------------------------------------------------------------------------
 */

/* The next token at which a statement may end: a newline, or the brace that closes us. */
static int skip_statement(const Tokens *t, int i) {
  for (int depth = 0; t->at.at[i].kind != 0; i++) {
    int kind = t->at.at[i].kind;
    if (kind == TK_LBRACE || kind == TK_LOPEN)
      depth++;
    else if (depth == 0 && (kind == TK_NL || kind == TK_RBRACE))
      break;
    else if (kind == TK_RBRACE || kind == TK_LCLOSE)
      depth -= depth > 0;
  }
  return i;
}

/* Puts BAD where a statement, branch or item may stand; returns where reading goes on. */
static int recover(Parser *ps, void *parser, const Tokens *t, int i) {
  while (!net_parser_accepts(parser, TK_BAD) && net_parser_pop(parser))
    ;
  Token *bad = NEW(ps->ctx->arena, Token);
  *bad = (Token){.kind = TK_BAD, .span = t->at.at[i].span};
  net_parser_feed(parser, bad);
  return skip_statement(t, i);
}

/* What follows an unclosed bracket fits nowhere; the bracket has been reported. */
static bool in_repair(const Tokens *t, const Token *at) {
  for (int i = 0; i < t->repaired.len; i++)
    if (at->span.begin >= t->repaired.at[i].begin && at->span.begin <= t->repaired.at[i].end)
      return true;
  return false;
}

Ast *parse_file(Ctx *c, int32_t file) {
  Tokens tokens = {0};
  int errors = c->errors;
  lex(c, file, &tokens);
  Parser ps = {.ctx = c, .ast = NEW(c->arena, Ast)};
  void *parser = net_parser_new(&ps);
  for (int i = 0; i < tokens.at.len && !ps.too_deep;) {
    const Token *t = &tokens.at.at[i];
    if (net_parser_accepts(parser, t->kind)) {
      net_parser_feed(parser, t);
      i++;
      continue;
    }
    if (!in_repair(&tokens, t)) syntax_error(&ps, parser, t, i ? t - 1 : t);
    int next = recover(&ps, parser, &tokens, i);
    if (!net_parser_accepts(parser, tokens.at.at[next].kind)) break;
    i = next;
  }
  return c->errors == errors ? ps.ast : NULL;
}
