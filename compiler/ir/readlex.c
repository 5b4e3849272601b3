/* readlex.c: tokens of graph text, for read.c.
 *
 * One token of look-ahead; every token carries its span. Attributes, layouts and reals are taken
 * as raw text instead, since attr.c and layout.c own their spelling. Positions only move forward
 * and never past the terminating NUL, whatever the text is. */
#include "read.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- tokens ------------------------------------------------------------------------------ */

uint32_t read_skip_blank(const char *text, uint32_t at) {
  while (isspace((unsigned char)text[at]) || text[at] == '#')
    if (text[at] == '#')
      at += (uint32_t)strcspn(text + at, "\n");
    else
      at++;
  return at;
}

static int hex_digit(char ch) {
  if (isdigit((unsigned char)ch)) return ch - '0';
  return ch >= 'a' && ch <= 'f' ? ch - 'a' + 10 : -1;
}

/* From behind the opening quote; leaves `at` behind the closing one. */
static bool lex_string(Reader *r, uint32_t *at, const char **out) {
  StrBuf b = {.arena = r->c->arena};
  const char *p = r->text + *at;
  for (; *p != '"'; p++) {
    if (!*p || *p == '\n') return false;
    if (*p != '\\') {
      sb_putc(&b, *p);
    } else if (p[1] == 'x') {
      int high = hex_digit(p[2]), low = high < 0 ? -1 : hex_digit(p[3]);
      if (low < 0 || !(high | low)) return false;
      sb_putc(&b, (char)(high * 16 + low));
      p += 3;
    } else if (p[1] == '"' || p[1] == '\\') {
      sb_putc(&b, *++p);
    } else {
      return false;
    }
  }
  *at = (uint32_t)(p + 1 - r->text);
  *out = ctx_name(r->c, sb_str(&b));
  return true;
}

static bool is_word(char ch) { return isalnum((unsigned char)ch) || ch == '_' || ch == '.'; }

void read_lex(Reader *r, uint32_t at) {
  const char *p = r->text;
  uint32_t begin = read_skip_blank(p, at), end = begin;
  TokenKind kind = T_PUNCT;
  const char *text = NULL;
  if (!p[begin]) {
    kind = T_END;
  } else if (p[begin] == '"') {
    end++;
    kind = lex_string(r, &end, &text) ? T_STRING : T_BAD;
  } else if (p[begin] == '-' && p[begin + 1] == '>') {
    kind = T_ARROW;
    end += 2;
  } else if (isalpha((unsigned char)p[begin]) || p[begin] == '_') {
    kind = T_NAME;
    while (is_word(p[end])) end++;
  } else if (isdigit((unsigned char)p[begin + (p[begin] == '-')])) {
    kind = T_NUMBER;
    for (end++; isdigit((unsigned char)p[end]);) end++;
  } else {
    end++;
  }
  if (!text) text = intern_n(r->c->names, p + begin, end - begin);
  r->t = (Token){kind, {r->file, begin, end}, text};
}

Token read_take(Reader *r) {
  Token t = r->t;
  r->end = t.span.end;
  read_lex(r, t.span.end);
  return t;
}

/* ---- small pieces ------------------------------------------------------------------------ */

bool read_fail(Reader *r, const char *wanted) {
  if (r->t.kind == T_END)
    diag_error(r->c, DIAG_E0801, r->t.span, "expected %s, but the text ends here", wanted);
  else
    diag_error(r->c, DIAG_E0801, r->t.span, "expected %s", wanted);
  return false;
}

bool read_is(const Reader *r, char ch) { return r->t.kind == T_PUNCT && r->t.text[0] == ch; }

bool read_accept(Reader *r, char ch) {
  if (!read_is(r, ch)) return false;
  read_take(r);
  return true;
}

bool read_expect(Reader *r, char ch) {
  char wanted[] = {'\'', ch, '\'', 0};
  return read_accept(r, ch) || read_fail(r, wanted);
}

static bool is_word_token(const Reader *r, const char *word) {
  return r->t.kind == T_NAME && !strcmp(r->t.text, word);
}

bool read_accept_word(Reader *r, const char *word) {
  if (!is_word_token(r, word)) return false;
  read_take(r);
  return true;
}

bool read_name(Reader *r, const char *what, Token *t) {
  if (r->t.kind != T_NAME && r->t.kind != T_STRING) return read_fail(r, what);
  *t = read_take(r);
  return true;
}

bool read_out_of_range(Reader *r, Span at, const char *what) {
  diag_error(r->c, DIAG_E0803, at, "%s out of range", what);
  return false;
}

bool read_number(Reader *r, const char *what, int64_t low, int64_t high, int64_t *v) {
  if (r->t.kind != T_NUMBER) return read_fail(r, what);
  Token t = read_take(r);
  errno = 0;
  *v = strtoll(t.text, NULL, 10);
  return (!errno && *v >= low && *v <= high) || read_out_of_range(r, t.span, what);
}

const char *read_raw(Reader *r, Span *span) {
  uint32_t begin = r->t.span.begin, at = begin;
  int depth = 0;
  for (; r->text[at]; at++) {
    char ch = r->text[at];
    if (ch == '[' || ch == '{')
      depth++;
    else if (!depth && (isspace((unsigned char)ch) || strchr(",)}]", ch)))
      break;
    else if (ch == ']' || ch == '}')
      depth--;
  }
  *span = (Span){r->file, begin, at};
  r->end = at;
  read_lex(r, at);
  return str_dup(r->c->arena, r->text + begin, at - begin);
}

bool read_unknown(Reader *r, const Token *t, const char *what, const char *const *names, int n) {
  Diag *d = diag_error(r->c, DIAG_E0802, t->span, "unknown %s '%s'", what, t->text);
  const char *near = str_nearest(t->text, names, n);
  if (near) diag_help(r->c, d, "did you mean '%s'?", near);
  return false;
}
