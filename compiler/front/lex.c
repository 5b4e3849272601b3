/* lex.c: text to tokens.
 *
 * In: a source. Out: tokens with spans, comments aside. It also decides what a newline means
 * (one that only continues a line is dropped), recognises labels as a whole by looking ahead to
 * their colon, and makes brackets match, so that the grammar needs no rule for any of the three.
 * Any bytes are fine: what is no token is reported and skipped.
 */
#include "front.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "net.h"

enum { MAX_LABEL = 256 };

typedef struct Lexer {
  Ctx *ctx;
  Tokens *out;
  int32_t file;
  const char *text;
  uint32_t size, at;
  VEC(Token) open; /* brackets not yet closed */
  bool newline;    /* one is pending: it becomes a token if the next token needs it */
  Span newline_span;
} Lexer;

static const struct {
  const char *word;
  int kind;
} keywords[] = {
    {"net", TK_NET},       {"const", TK_CONST},     {"block", TK_BLOCK},
    {"model", TK_MODEL},   {"return", TK_RETURN},   {"repeat", TK_REPEAT},
    {"in", TK_IN},         {"if", TK_IF},           {"else", TK_ELSE},
    {"concat", TK_CONCAT}, {"include", TK_INCLUDE}, {"sequential", TK_SEQUENTIAL},
    {"and", TK_AND},       {"or", TK_OR},           {"not", TK_NOT},
    {"true", TK_TRUE},     {"false", TK_FALSE},
};

static const struct {
  const char *text;
  int kind;
} symbols[] = {
    {"|>", TK_PIPE},  {"->", TK_ARROW}, {"//", TK_DSLASH}, {"==", TK_EQ},    {"!=", TK_NE},
    {"<=", TK_LE},    {">=", TK_GE},    {"..", TK_DOTDOT}, {"<", TK_LT},     {">", TK_GT},
    {"+", TK_PLUS},   {"-", TK_MINUS},  {"*", TK_STAR},    {"/", TK_SLASH},  {"%", TK_PERCENT},
    {"=", TK_ASSIGN}, {",", TK_COMMA},  {".", TK_DOT},     {":", TK_COLON},  {"(", TK_LP},
    {")", TK_RP},     {"[", TK_LB},     {"]", TK_RB},      {"{", TK_LBRACE}, {"}", TK_RBRACE},
    {";", TK_NL},     {"@", TK_AT},
};

const char *keyword_text(int i) { return i < COUNT_OF(keywords) ? keywords[i].word : NULL; }
const char *symbol_text(int i) { return i < COUNT_OF(symbols) ? symbols[i].text : NULL; }

const char *token_kind_text(int kind) {
  switch (kind) {
  case 0: return "the end of the file";
  case TK_NL: return "a new line";
  case TK_NAME: return "a name";
  case TK_INT:
  case TK_REAL: return "a number";
  case TK_STRING: return "a string";
  case TK_LTEXT:
  case TK_LOPEN: return "a label";
  case TK_LCLOSE: return "`}`";
  default: break;
  }
  static char quoted[COUNT_OF(keywords) + COUNT_OF(symbols)][16];
  for (int i = 0; i < COUNT_OF(keywords); i++)
    if (keywords[i].kind == kind) {
      snprintf(quoted[i], sizeof quoted[i], "`%s`", keywords[i].word);
      return quoted[i];
    }
  for (int i = 0; i < COUNT_OF(symbols); i++)
    if (symbols[i].kind == kind) {
      char *q = quoted[COUNT_OF(keywords) + i];
      snprintf(q, sizeof quoted[0], "`%s`", symbols[i].text);
      return q;
    }
  return "nothing";
}

/* ---- characters -----------------------------------------------------------------------------
 */

static int peek(const Lexer *l, uint32_t ahead) {
  return l->size - l->at > ahead ? (unsigned char)l->text[l->at + ahead] : -1;
}
static bool is_word(int c) { return c == '_' || (c > 0 && c < 128 && isalnum(c)); }
static bool is_label(int c) { return is_word(c) || c == '.' || c == '-'; }
static bool is_digit(int c) { return c >= '0' && c <= '9'; }
static Span span_from(const Lexer *l, uint32_t begin) { return (Span){l->file, begin, l->at}; }

static int last_kind(const Lexer *l) { return l->out->at.at[l->out->at.len - 1].kind; }

/* ---- emitting: newlines ------------------------------------------------------------------ */

/* After these a line is not finished. */
static bool continues_after(int kind) {
  switch (kind) {
  case TK_START:
  case TK_NL:
  case TK_LBRACE:
  case TK_ASSIGN:
  case TK_COMMA:
  case TK_PIPE:
  case TK_ARROW:
  case TK_COLON:
  case TK_DOT:
  case TK_DOTDOT:
  case TK_LP:
  case TK_LB:
  case TK_LOPEN:
  case TK_AND:
  case TK_OR:
  case TK_NOT:
  case TK_PLUS:
  case TK_MINUS:
  case TK_STAR:
  case TK_SLASH:
  case TK_DSLASH:
  case TK_PERCENT:
  case TK_EQ:
  case TK_NE:
  case TK_LT:
  case TK_LE:
  case TK_GT:
  case TK_GE: return true;
  default: return false;
  }
}

/* Before these a newline only continues the line. */
static bool continues_before(int kind) {
  return kind == TK_PIPE || kind == TK_RBRACE || kind == TK_ELSE || kind == TK_ARROW ||
         kind == TK_LBRACE || kind == 0;
}

static void emit(Lexer *l, Token t) {
  if (l->newline && !continues_before(t.kind) && !continues_after(last_kind(l)))
    vec_push(l->ctx->arena, &l->out->at, (Token){.kind = TK_NL, .span = l->newline_span});
  l->newline = false;
  if ((t.kind == TK_RBRACE || t.kind == 0) && last_kind(l) == TK_NL) l->out->at.len--;
  if (t.kind == TK_NL && continues_after(last_kind(l))) return;
  vec_push(l->ctx->arena, &l->out->at, t);
}

/* ---- brackets ---------------------------------------------------------------------------- */

static int closer_of(int kind) {
  return kind == TK_LP ? TK_RP : kind == TK_LB ? TK_RB : kind == TK_LOPEN ? TK_LCLOSE : TK_RBRACE;
}

static int top_bracket(const Lexer *l) {
  return l->open.len ? l->open.at[l->open.len - 1].kind : TK_LBRACE;
}

/* Reports brackets above `keep` as never closed and closes them here, at `at`. */
static void close_down_to(Lexer *l, int keep, Span at) {
  while (l->open.len > keep) {
    Token t = l->open.at[--l->open.len];
    Diag *d = diag_error(l->ctx, DIAG_E0202, t.span, "%s is never closed",
                         token_kind_text(t.kind == TK_LOPEN ? TK_LBRACE : t.kind));
    if (at.begin > t.span.end)
      diag_also(l->ctx, d, (Span){at.file, at.begin, at.begin}, "%s expected before this",
                token_kind_text(closer_of(t.kind)));
    emit(l, (Token){.kind = closer_of(t.kind), .span = {at.file, at.begin, at.begin}});
    vec_push(l->ctx->arena, &l->out->repaired, (Span){at.file, t.span.begin, at.begin});
  }
}

/* The depth to which open brackets must be closed so that `kind` closes the next; -1: none. */
static int find_opener(const Lexer *l, int kind) {
  for (int i = l->open.len - 1; i >= 0; i--) {
    int closer = closer_of(l->open.at[i].kind);
    if (closer == kind || (closer == TK_LCLOSE && kind == TK_RBRACE)) return i;
  }
  return -1;
}

static bool open_bracket(Lexer *l, Token t) {
  if (l->open.len >= MAX_DEPTH) {
    Diag *d = diag_error(l->ctx, DIAG_E0204, t.span, "brackets are nested more than %d deep",
                         MAX_DEPTH);
    diag_note(l->ctx, d, "reading stops here");
    vec_push(l->ctx->arena, &l->out->repaired, (Span){l->file, t.span.begin, l->size});
    l->at = l->size;
    l->open.len = 0;
    return false;
  }
  emit(l, t);
  vec_push(l->ctx->arena, &l->open, t);
  return true;
}

/* ---- labels ------------------------------------------------------------------------------ */

/* Length of the label at the cursor without its colon, 0 if there is none: word characters,
 * dots, dashes and {…} on one line, then a colon. */
static uint32_t label_length(const Lexer *l) {
  uint32_t n = 0;
  int depth = 0;
  for (;; n++) {
    int c = peek(l, n);
    if (c < 0 || c == '\n' || n > MAX_LABEL) return 0;
    if (c == '{')
      depth++;
    else if (c == '}' && depth > 0)
      depth--;
    else if (depth == 0 && !is_label(c))
      break;
  }
  uint32_t blank = n;
  while (peek(l, blank) == ' ' || peek(l, blank) == '\t') blank++;
  return peek(l, blank) == ':' ? n : 0;
}

/* Dots stand between parts of a label, not at its ends or twice; dashes inside a part. */
static void check_label(Lexer *l, uint32_t n) {
  const char *s = l->text + l->at;
  bool bad = s[0] == '.' || s[n - 1] == '.' || s[n - 1] == '-';
  for (uint32_t i = 1; i < n; i++) bad |= s[i] == '.' && s[i - 1] == '.';
  if (!bad) return;
  Diag *d =
      diag_error(l->ctx, DIAG_E0105, (Span){l->file, l->at, l->at + n},
                 "a label's parts are separated by single dots and end in letters or digits");
  diag_help(l->ctx, d, "write `downsample.0: …`");
}

/* The next piece of a label at the cursor: text, an opening brace, or its colon. */
static void label_piece(Lexer *l) {
  uint32_t begin = l->at;
  while (is_label(peek(l, 0))) l->at++;
  if (l->at > begin) {
    const char *text = intern_n(l->ctx->names, l->text + begin, l->at - begin);
    emit(l, (Token){.kind = TK_LTEXT, .span = span_from(l, begin), .text = text});
    begin = l->at;
  }
  if (peek(l, 0) == '{') {
    l->at++;
    open_bracket(l, (Token){.kind = TK_LOPEN, .span = span_from(l, begin)});
    return;
  }
  while (peek(l, 0) == ' ' || peek(l, 0) == '\t') begin = ++l->at;
  if (peek(l, 0) != ':') return;
  l->at++;
  emit(l, (Token){.kind = TK_COLON, .span = span_from(l, begin)});
}

static bool lex_label(Lexer *l) {
  int c = peek(l, 0);
  if (!is_word(c) &&
      !(c == '{' && (continues_after(last_kind(l)) || l->newline || last_kind(l) == TK_RETURN)))
    return false;
  uint32_t n = label_length(l);
  if (n == 0) return false;
  check_label(l, n);
  label_piece(l);
  return true;
}

static void close_bracket(Lexer *l, Token t) {
  int depth = find_opener(l, t.kind);
  if (depth < 0) {
    Diag *d =
        diag_error(l->ctx, DIAG_E0203, t.span, "%s closes nothing", token_kind_text(t.kind));
    diag_help(l->ctx, d, "remove it, or open the bracket before it");
    return;
  }
  close_down_to(l, depth + 1, t.span);
  bool label = l->open.at[depth].kind == TK_LOPEN;
  l->open.len = depth;
  if (label) t.kind = TK_LCLOSE;
  emit(l, t);
  if (label) label_piece(l);
}

/* ---- words and numbers ------------------------------------------------------------------- */

static int keyword_kind(const char *text) {
  for (int i = 0; i < COUNT_OF(keywords); i++)
    if (str_eq(keywords[i].word, text)) return keywords[i].kind;
  return TK_NAME;
}

/* A declaration at the start of a line ends whatever is still open. */
static void resync(Lexer *l, int kind, Span at) {
  if (!l->open.len) return;
  uint32_t from = l->out->at.at[l->out->at.len - 1].span.end;
  bool start = at.begin > from && memchr(l->text + from, '\n', at.begin - from);
  if (!start) return;
  if (kind == TK_BLOCK || kind == TK_MODEL || kind == TK_CONST) {
    close_down_to(l, 0, at);
  } else if (kind == TK_RETURN) {
    int keep = l->open.len;
    while (keep > 0 && l->open.at[keep - 1].kind != TK_LBRACE) keep--;
    close_down_to(l, keep, at);
  } else {
    return;
  }
  l->newline = true;
  l->newline_span = (Span){at.file, at.begin, at.begin};
}

static void lex_word(Lexer *l) {
  uint32_t begin = l->at;
  while (is_word(peek(l, 0))) l->at++;
  Token t = {.span = span_from(l, begin)};
  t.text = intern_n(l->ctx->names, l->text + begin, l->at - begin);
  t.kind = keyword_kind(t.text);
  resync(l, t.kind, t.span);
  emit(l, t);
}

static void bad_number(Lexer *l, uint32_t begin, const char *why, const char *instead) {
  while (is_word(peek(l, 0))) l->at++;
  Diag *d = diag_error(l->ctx, DIAG_E0102, span_from(l, begin), "malformed number");
  diag_under(l->ctx, d, "%s", why);
  diag_help(l->ctx, d, "%s", instead);
  emit(l, (Token){.kind = TK_INT, .span = span_from(l, begin), .i = 1});
}

static void number_value(Lexer *l, uint32_t begin, bool real) {
  Token t = {.kind = real ? TK_REAL : TK_INT, .span = span_from(l, begin)};
  char *text = str_dup(l->ctx->arena, l->text + begin, l->at - begin);
  errno = 0;
  if (real)
    t.r = strtod(text, NULL);
  else
    t.i = strtoll(text, NULL, 10);
  if (real ? !isfinite(t.r) : errno == ERANGE) {
    Diag *d = diag_error(l->ctx, DIAG_E0103, t.span, "number too large");
    diag_note(l->ctx, d, "integers have 64 bits, reals are IEEE doubles");
    t.r = 0;
  }
  emit(l, t);
}

static void lex_number(Lexer *l) {
  uint32_t begin = l->at;
  bool real = false;
  if (peek(l, 0) == '.') {
    l->at++;
    bad_number(l, begin, "a digit is needed before the point", "write `0.5`");
    return;
  }
  while (is_digit(peek(l, 0))) l->at++;
  if (peek(l, 0) == '.' && peek(l, 1) != '.') {
    real = true;
    l->at++;
    if (!is_digit(peek(l, 0))) {
      bad_number(l, begin, "digits are needed after the point", "write `1.0`");
      return;
    }
    while (is_digit(peek(l, 0))) l->at++;
  }
  if (peek(l, 0) == 'e' || peek(l, 0) == 'E') {
    uint32_t sign = peek(l, 1) == '+' || peek(l, 1) == '-';
    if (is_digit(peek(l, 1 + sign))) {
      real = true;
      l->at += 1 + sign;
      while (is_digit(peek(l, 0))) l->at++;
    }
  }
  if (is_word(peek(l, 0))) {
    bad_number(l, begin, "letters follow the digits", "names start with a letter or `_`");
    return;
  }
  number_value(l, begin, real);
}

static void lex_string(Lexer *l) {
  uint32_t begin = l->at++;
  while (peek(l, 0) >= 0 && peek(l, 0) != '"' && peek(l, 0) != '\n') l->at++;
  if (peek(l, 0) != '"') {
    diag_error(l->ctx, DIAG_E0104, span_from(l, begin), "string is not closed on its line");
    vec_push(l->ctx->arena, &l->out->repaired, span_from(l, begin));
    return;
  }
  Token t = {.kind = TK_STRING};
  t.text = intern_n(l->ctx->names, l->text + begin + 1, l->at - begin - 1);
  l->at++;
  t.span = span_from(l, begin);
  emit(l, t);
}

/* ---- symbols and the rest ---------------------------------------------------------------- */

static bool lex_symbol(Lexer *l) {
  for (int i = 0; i < COUNT_OF(symbols); i++) {
    uint32_t n = (uint32_t)strlen(symbols[i].text);
    if (l->size - l->at < n || memcmp(l->text + l->at, symbols[i].text, n)) continue;
    uint32_t begin = l->at;
    l->at += n;
    Token t = {.kind = symbols[i].kind, .span = span_from(l, begin)};
    if (t.kind == TK_LP || t.kind == TK_LB || t.kind == TK_LBRACE)
      open_bracket(l, t);
    else if (t.kind == TK_RP || t.kind == TK_RB || t.kind == TK_RBRACE)
      close_bracket(l, t);
    else
      emit(l, t);
    return true;
  }
  return false;
}

static void bad_character(Lexer *l) {
  uint32_t begin = l->at++;
  int first = (unsigned char)l->text[begin];
  bool multi = first >= 0x80;
  while (multi && peek(l, 0) >= 0x80) l->at++;
  bool control = first < 0x20 || first == 0x7f;
  Diag *d = diag_error(l->ctx, DIAG_E0101, span_from(l, begin), "unexpected character%s",
                       l->at - begin > 1 ? "s" : "");
  if (control)
    diag_note(l->ctx, d, "it is the control character 0x%02x", first);
  else if (first == '|')
    diag_help(l->ctx, d, "a pipe is written `|>`");
  else if (first == '!')
    diag_help(l->ctx, d, "negation is written `not`");
  else if (first == '&')
    diag_help(l->ctx, d, "conjunction is written `and`");
}

static void lex_newline(Lexer *l) {
  if (top_bracket(l) == TK_LBRACE && !l->newline) {
    l->newline = true;
    l->newline_span = (Span){l->file, l->at, l->at + 1};
  }
  l->at++;
}

static void lex_comment(Lexer *l) {
  uint32_t begin = l->at;
  while (peek(l, 0) >= 0 && peek(l, 0) != '\n') l->at++;
  vec_push(l->ctx->arena, &l->out->comments, span_from(l, begin));
}

/* `.5` is a malformed number, but in `x.5` the point follows a name. */
static bool starts_number(const Lexer *l) {
  if (is_digit(peek(l, 0))) return true;
  return peek(l, 0) == '.' && is_digit(peek(l, 1)) && continues_after(last_kind(l));
}

static void lex_one(Lexer *l) {
  int c = peek(l, 0);
  if (c == '\n')
    lex_newline(l);
  else if (c == ' ' || c == '\t' || c == '\r')
    l->at++;
  else if (c == '#')
    lex_comment(l);
  else if (lex_label(l))
    return;
  else if (starts_number(l))
    lex_number(l);
  else if (is_word(c))
    lex_word(l);
  else if (c == '"')
    lex_string(l);
  else if (!lex_symbol(l))
    bad_character(l);
}

/* Words that are keywords only in front of what makes them so: `concat {` and `sequential {`;
 * and any of the contextual ones is a name where it is assigned to. */
static void settle_words(Tokens *t) {
  for (int i = 0; i + 1 < t->at.len; i++) {
    Token *w = &t->at.at[i];
    int next = t->at.at[i + 1].kind;
    bool braced = w->kind == TK_CONCAT || w->kind == TK_SEQUENTIAL;
    bool contextual = w->kind == TK_REPEAT || w->kind == TK_NET || w->kind == TK_INCLUDE;
    if ((braced && next != TK_LBRACE) || (contextual && (next == TK_ASSIGN || next == TK_COMMA)))
      w->kind = TK_NAME;
  }
}

void lex(Ctx *c, int32_t file, Tokens *out) {
  const Source *s = ctx_source(c, file);
  Lexer l = {.ctx = c, .out = out, .file = file, .text = s->text, .size = (uint32_t)s->size};
  if (l.size >= 3 && !memcmp(l.text, "\xef\xbb\xbf", 3)) l.at = 3;
  vec_push(c->arena, &out->at, (Token){.kind = TK_START, .span = {file, 0, 0}});
  while (l.at < l.size) lex_one(&l);
  Span end = {file, l.size, l.size};
  close_down_to(&l, 0, end);
  emit(&l, (Token){.kind = 0, .span = end});
  settle_words(out);
}
