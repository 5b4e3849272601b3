/* read.h: what readlex.c offers to read.c: the tokens of graph text and single-token helpers.
 * Private to the graph reader. Functions that return bool return false after reporting E08xx. */
#ifndef NETCC_READ_H
#define NETCC_READ_H

#include "ir.h"

typedef enum TokenKind { T_END, T_NAME, T_STRING, T_NUMBER, T_ARROW, T_PUNCT, T_BAD } TokenKind;

typedef struct Token {
  TokenKind kind;
  Span span;
  const char *text; /* interned; strings without quotes, escapes resolved */
} Token;

typedef struct Reader {
  Ctx *c;
  int32_t file;
  const char *text;
  Graph *g;             /* the graph or body being read */
  uint32_t end;         /* where the last taken token ended */
  Token t;              /* the next token */
  int depth;            /* of nested bodies */
  VEC(int32_t) sources; /* number in the text - 1: number in Ctx */
} Reader;

/* The first position from `at` on that is neither blank nor comment. */
uint32_t read_skip_blank(const char *text, uint32_t at);
/* Makes the token behind byte `at` the next one. */
void read_lex(Reader *r, uint32_t at);
Token read_take(Reader *r);
/* Text up to the next blank, comma or '}' outside brackets: an attribute, a layout, a real. */
const char *read_raw(Reader *r, Span *span);

bool read_fail(Reader *r, const char *wanted);
bool read_out_of_range(Reader *r, Span at, const char *what);
/* Reports an unknown name with the nearest of `names`. */
bool read_unknown(Reader *r, const Token *t, const char *what, const char *const *names, int n);

bool read_is(const Reader *r, char ch);
bool read_accept(Reader *r, char ch);
bool read_expect(Reader *r, char ch);
bool read_accept_word(Reader *r, const char *word);
bool read_name(Reader *r, const char *what, Token *t);
/* An integer, low <= *v <= high. */
bool read_number(Reader *r, const char *what, int64_t low, int64_t high, int64_t *v);

#endif
