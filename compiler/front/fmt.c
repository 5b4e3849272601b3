/* fmt.c: `.net` text in canonical form.
 *
 * In: tokens and comments of a source that parses. Out: the same tokens with canonical spacing
 * and indentation. Works on tokens rather than on the tree, so comments and paragraphs stay and
 * the meaning cannot change. Line breaks inside a statement are the writer's, except that a
 * pipe which grows too long is broken before a stage. Formatting twice changes nothing.
 */
#include "front.h"

#include <string.h>

#include "net.h"

enum { WIDTH = 98, STEP = 2, CONTINUE = 4, MAX_ALIGN = 60 };

typedef struct Level { /* one open bracket, or the file */
  int kind;
  bool multiline; /* a brace whose contents stand on lines of their own */
  bool free;      /* no one-line brace around: lines may be broken here */
  int stmt;       /* column at which the current statement starts */
  int cont;       /* column of continued lines */
  int pipe;       /* column of the statement's first `|>`, -1: none yet */
  int choice;     /* column of its `if` */
} Level;

typedef struct Fmt {
  Ctx *ctx;
  StrBuf *out;
  const Source *src;
  const Tokens *tokens;
  bool *multiline; /* by token: an opening brace with a newline inside */
  int comment;     /* the next comment to write */
  uint32_t from;   /* where the token before ends: a gap of blanks and comments begins */
  int column;
  bool fresh; /* nothing on this line yet */
  VEC(Level) level;
} Fmt;

static Level *top(Fmt *f) { return &f->level.at[f->level.len - 1]; }

/* ---- which spaces ------------------------------------------------------------------------ */

static bool is_operand_end(int kind) {
  return kind == TK_NAME || kind == TK_INT || kind == TK_REAL || kind == TK_RP || kind == TK_RB ||
         kind == TK_TRUE || kind == TK_FALSE || kind == TK_RBRACE || kind == TK_IN ||
         kind == TK_NET || kind == TK_INCLUDE || kind == TK_REPEAT;
}
static bool is_tight(int kind) {
  return kind == TK_STAR || kind == TK_SLASH || kind == TK_DSLASH || kind == TK_PERCENT ||
         kind == TK_DOT || kind == TK_DOTDOT;
}

/* Is token i a minus sign rather than a subtraction? */
static bool is_sign(const Tokens *t, int i) {
  return t->at.at[i].kind == TK_MINUS && !is_operand_end(t->at.at[i - 1].kind);
}

/* Whether a space stands between tokens i - 1 and i of one line; `bracket` encloses them. */
static bool spaced(const Tokens *t, int i, int bracket) {
  int a = t->at.at[i - 1].kind, b = t->at.at[i].kind;
  if (a == TK_LP || a == TK_LB || a == TK_LOPEN || b == TK_RP || b == TK_RB) return false;
  if (b == TK_COMMA || b == TK_LCLOSE || b == TK_COLON || b == TK_NL) return false;
  if (a == TK_LTEXT || a == TK_LCLOSE) return false;
  if (a == TK_AT) return false;
  if (a == TK_COLON) return true;
  if (a == TK_LBRACE && b == TK_RBRACE) return false;
  if (a == TK_ASSIGN || b == TK_ASSIGN) return bracket != TK_LP && bracket != TK_LB;
  if (b == TK_LP && a == TK_NAME) return false;
  if (b == TK_LB) return !(a == TK_NAME || a == TK_RP || a == TK_RB);
  if (is_tight(a) || is_tight(b) || is_sign(t, i - 1)) return false;
  bool sum = a == TK_PLUS || a == TK_MINUS || b == TK_PLUS || b == TK_MINUS;
  if (bracket == TK_LOPEN && sum) return false;
  return true;
}

/* ---- measuring --------------------------------------------------------------------------- */

static bool has_newline(const Fmt *f, uint32_t from, uint32_t to) {
  return to > from && memchr(f->src->text + from, '\n', to - from) != NULL;
}

static int width_of(const Fmt *f, int i) {
  Span s = f->tokens->at.at[i].span;
  int n = 0;
  for (uint32_t k = s.begin; k < s.end; k++) n += (f->src->text[k] & 0xc0) != 0x80;
  return n;
}

static bool opens(int k) { return k == TK_LP || k == TK_LB || k == TK_LBRACE || k == TK_LOPEN; }
static bool closes(int k) { return k == TK_RP || k == TK_RB || k == TK_RBRACE || k == TK_LCLOSE; }

/* Columns that a pipe's stage starting at token i takes, up to the next `|>` beside it, the end
 * of the statement, or a line break inside. */
static int stage_width(const Fmt *f, int i) {
  const Tokens *t = f->tokens;
  int width = 0, depth = 0;
  for (int j = i; t->at.at[j].kind != 0; j++) {
    int k = t->at.at[j].kind;
    if (depth == 0 && j > i && (k == TK_PIPE || k == TK_NL || closes(k))) break;
    if (j > i && has_newline(f, t->at.at[j - 1].span.end, t->at.at[j].span.begin)) break;
    width += width_of(f, j) + (j > i && spaced(t, j, TK_LP));
    depth += opens(k) - closes(k);
  }
  return width;
}

/* ---- writing ----------------------------------------------------------------------------- */

static void new_line(Fmt *f, int column) {
  if (!f->fresh) sb_putc(f->out, '\n');
  f->fresh = true;
  f->column = column;
}

static void put_text(Fmt *f, const char *s, size_t n) {
  if (f->fresh) sb_printf(f->out, "%*s", f->column, "");
  f->fresh = false;
  sb_write(f->out, s, n);
  for (size_t i = 0; i < n; i++) f->column += (s[i] & 0xc0) != 0x80;
}

static void put_comment(Fmt *f, Span s) {
  const char *text = f->src->text + s.begin;
  size_t n = s.end - s.begin;
  while (n && (text[n - 1] == ' ' || text[n - 1] == '\t' || text[n - 1] == '\r')) n--;
  put_text(f, text, n);
}

/* An empty line, if the writer left one in [from, to) and it is wanted here. */
static void keep_paragraph(Fmt *f, uint32_t from, uint32_t to) {
  int newlines = 0;
  for (uint32_t i = from; i < to; i++) newlines += f->src->text[i] == '\n';
  bool opening = f->out->len >= 2 && f->out->at[f->out->len - 2] == '{';
  if (newlines > 1 && f->fresh && f->out->len && !opening) sb_putc(f->out, '\n');
}

/* Comments between `from` and the token at `to`, own ones at `column`. True if there were any,
 * so that the token must start a line. */
static bool put_comments(Fmt *f, uint32_t from, uint32_t to, int column, bool paragraphs) {
  const Tokens *t = f->tokens;
  bool any = false;
  for (; f->comment < t->comments.len && t->comments.at[f->comment].begin < to; f->comment++) {
    Span s = t->comments.at[f->comment];
    if (!f->fresh && !has_newline(f, from, s.begin)) {
      put_text(f, "  ", 2);
    } else {
      new_line(f, column);
      if (paragraphs) keep_paragraph(f, from, s.begin);
    }
    put_comment(f, s);
    new_line(f, column);
    from = s.end;
    any = true;
  }
  if (any && paragraphs) keep_paragraph(f, from, to);
  return any;
}

/* ---- where lines break ------------------------------------------------------------------- */

/* Column for a token that continues the statement on a new line. */
static int continued_column(Fmt *f, int kind) {
  Level *l = top(f);
  if (kind == TK_PIPE) return l->pipe >= 0 ? l->pipe : l->cont;
  if (kind == TK_ELSE) return l->choice;
  if (closes(kind)) return l->cont == l->stmt + CONTINUE ? l->stmt : l->cont;
  return l->cont;
}

static void start_statement(Fmt *f, int column) {
  Level *l = top(f);
  l->stmt = column;
  l->cont = column + CONTINUE;
  l->pipe = -1;
}

/* A new statement in a block, or the closing brace of one. */
static void break_statement(Fmt *f, int i, int column) {
  uint32_t from = f->from, to = f->tokens->at.at[i].span.begin;
  bool closing = f->tokens->at.at[i].kind == TK_RBRACE || f->tokens->at.at[i].kind == 0;
  int own = closing && f->tokens->at.at[i].kind ? column + STEP : column;
  bool comments = put_comments(f, from, to, own, !closing);
  if (!comments) new_line(f, column);
  if (!comments && !closing) keep_paragraph(f, from, to);
  f->column = column;
}

/* Inside a statement: the writer's break stays, comments force one, and a pipe too long for the
 * line gets one. */
static void break_inside(Fmt *f, int i) {
  const Tokens *t = f->tokens;
  uint32_t from = f->from, to = t->at.at[i].span.begin;
  int kind = t->at.at[i].kind, before = t->at.at[i - 1].kind;
  int column = continued_column(f, kind);
  if (put_comments(f, from, to, column, false)) return;
  bool join = kind == TK_LBRACE || (kind == TK_ELSE && before == TK_RBRACE && !f->fresh &&
                                    f->out->len && f->column == top(f)->stmt + 1);
  bool wanted = has_newline(f, from, to) && !join;
  bool space = spaced(t, i, top(f)->kind);
  if (kind == TK_PIPE && top(f)->free && f->column > column &&
      f->column + 1 + stage_width(f, i) > WIDTH)
    wanted = true;
  if (wanted)
    new_line(f, column);
  else if (space)
    put_text(f, " ", 1);
}

static void before_token(Fmt *f, int i, bool statement) {
  const Tokens *t = f->tokens;
  Level *l = top(f);
  int kind = t->at.at[i].kind;
  bool lines = l->kind == 0 || (l->kind == TK_LBRACE && l->multiline);
  bool first = t->at.at[i - 1].kind == TK_LBRACE || i == 1;
  if (lines && (statement || first || kind == TK_RBRACE || kind == 0)) {
    bool out = kind == TK_RBRACE;
    break_statement(f, i, out ? l->stmt - STEP : l->stmt);
    if (!out) start_statement(f, l->stmt);
  } else if (statement) {
    put_text(f, "; ", 2);
    start_statement(f, l->stmt);
  } else {
    break_inside(f, i);
  }
}

/* ---- tokens
 * ------------------------------------------------------------------------------------------------
 */

static void open_level(Fmt *f, int i) {
  Level outer = *top(f), l = outer;
  l.kind = f->tokens->at.at[i].kind;
  l.multiline = f->multiline[i];
  l.pipe = -1;
  bool broken = has_newline(f, f->tokens->at.at[i].span.end, f->tokens->at.at[i + 1].span.begin);
  if (l.kind == TK_LBRACE) {
    l.stmt = outer.stmt + (l.multiline ? STEP : 0);
    l.cont = l.stmt + CONTINUE;
    l.free = outer.free && l.multiline;
  } else {
    l.cont = broken ? outer.stmt + CONTINUE : f->column;
  }
  vec_push(f->ctx->arena, &f->level, l);
}

static void put_token(Fmt *f, int i) {
  const Token *t = &f->tokens->at.at[i];
  Level *l = top(f);
  if (t->kind == TK_PIPE && l->pipe < 0) l->pipe = f->column <= MAX_ALIGN ? f->column : l->cont;
  if (t->kind == TK_IF && f->tokens->at.at[i - 1].kind != TK_ELSE) l->choice = f->column;
  put_text(f, f->src->text + t->span.begin, t->span.end - t->span.begin);
  if (opens(t->kind)) open_level(f, i);
}

/* Braces with a newline between them. */
static void find_multiline(Fmt *f) {
  VEC(int) open = {0};
  const Tokens *t = f->tokens;
  f->multiline = NEWN(f->ctx->arena, bool, t->at.len);
  for (int i = 0; i < t->at.len; i++) {
    if (opens(t->at.at[i].kind)) vec_push(f->ctx->arena, &open, i);
    if (!closes(t->at.at[i].kind) || !open.len) continue;
    int o = open.at[--open.len];
    f->multiline[o] = t->at.at[o].kind == TK_LBRACE &&
                      has_newline(f, t->at.at[o].span.end, t->at.at[i].span.begin);
  }
}

static void format_tokens(Fmt *f) {
  const Tokens *t = f->tokens;
  bool statement = false;
  vec_push(f->ctx->arena, &f->level, (Level){.free = true, .pipe = -1, .cont = CONTINUE});
  for (int i = 1; i < t->at.len; i++) {
    int kind = t->at.at[i].kind;
    if (kind == TK_NL) {
      statement = true;
      continue;
    }
    before_token(f, i, statement);
    statement = false;
    if (closes(kind)) f->level.len--;
    if (kind) put_token(f, i);
    f->from = t->at.at[i].span.end;
  }
  if (!f->fresh) sb_putc(f->out, '\n');
}

bool front_format(Ctx *c, int32_t file, StrBuf *out) {
  Tokens tokens = {0};
  if (!parse_file(c, file)) return false;
  lex(c, file, &tokens);
  Fmt f = {.ctx = c, .out = out, .src = ctx_source(c, file), .tokens = &tokens, .fresh = true};
  find_multiline(&f);
  format_tokens(&f);
  return true;
}
