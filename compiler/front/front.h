/* front.h: from `.net` text to the graph.
 *
 * Sections: the front end's four entry points, tokens (lex.c), the syntax tree (ast.c, dump.c,
 * fmt.c), the parser's helpers that grammars/net.y calls (parse.c).
 * The tree holds names as interned strings and every node's span; it knows nothing of operators.
 */
#ifndef NETCC_FRONT_H
#define NETCC_FRONT_H

#include "../ir/ir.h"

/* ---- entry points --------------------------------------------------------------------- */

typedef struct FrontOptions {
  const char *const *defines; /* "N=4": constants and symbolic dimensions set from outside */
  int ndefines;
  const char *model; /* NULL: the last or only one */
  bool trial;        /* made to see whether there are errors: none is to be helped */
} FrontOptions;

/* The graph of one model of a registered source, NULL after reporting errors. Text that starts
 * as graph_print's does is read by graph_read instead. `opt` may be NULL. */
Graph *front_compile(Ctx *c, int32_t file, const FrontOptions *opt);
/* The text in canonical form; comments and paragraphs stay. False after a syntax error. */
bool front_format(Ctx *c, int32_t file, StrBuf *out);
/* The syntax tree as indented text, without positions. False after a syntax error. */
bool front_dump_ast(Ctx *c, int32_t file, StrBuf *out);

/* ---- tokens ------------------------------------------------------------------------------ */

typedef struct Token {
  int kind; /* TK_…, from the generated net.h */
  Span span;
  const char *text; /* interned: names, keywords, label text, string contents */
  int64_t i;
  double r;
} Token;

typedef struct Tokens {
  VEC(Token) at;      /* TK_START first, kind 0 (end of text) last */
  VEC(Span) comments; /* for the formatter, in order */
  VEC(Span) repaired; /* from an unclosed bracket to where it was closed for it */
} Tokens;

/* Splits a source into tokens. Brackets in the result always match: what was unclosed or
 * surplus is reported and repaired. */
void lex(Ctx *c, int32_t file, Tokens *out);

/* ---- the syntax tree ------------------------------------------------------------------------
 */

typedef struct Expr Expr;
typedef struct Stmt Stmt;

typedef struct Exprs {
  VEC(Expr *) at;
} Exprs;
typedef struct Stmts {
  VEC(Stmt *) at;
} Stmts;

typedef struct Name {
  const char *text; /* interned */
  Span span;
} Name;
typedef struct Names {
  VEC(Name) at;
} Names;

/* A model's outputs; with a condition, an output only where that is true. */
typedef struct Output {
  Name name;
  struct Expr *when; /* NULL: always */
} Output;
typedef struct Outputs {
  VEC(Output) at;
} Outputs;

/* One argument, parameter or dimension: `3`, `k=3`, or (parameters only) a bare name. */
typedef struct Arg {
  Name name;   /* text NULL: positional */
  Expr *value; /* NULL: a parameter without default */
  Span span;
} Arg;
typedef struct Args {
  VEC(Arg) at;
} Args;

/* @name(word, …) */
typedef struct Note {
  Name name;
  Names words;
  Span span;
} Note;

typedef enum ExprKind {
  EX_INT,        /* i */
  EX_REAL,       /* r */
  EX_BOOL,       /* i */
  EX_NAME,       /* name */
  EX_LIST,       /* list */
  EX_UNARY,      /* op, a */
  EX_BINARY,     /* op, a, b */
  EX_INDEX,      /* a[b] */
  EX_FIELD,      /* a.name */
  EX_CALL,       /* name(args); as a pipe's stage perhaps without parentheses */
  EX_PIPE,       /* list[0] |> list[1] |> … */
  EX_LABEL,      /* label: a */
  EX_NOTE,       /* note a */
  EX_CONCAT,     /* concat { list } */
  EX_SEQUENTIAL, /* sequential { body of ST_STAGES, ST_REPEAT, ST_IF } */
  EX_IF,         /* list: condition, value, condition, value, …, value */
  EX_TEXT,       /* name: in a label */
  EX_BAD,        /* after a syntax error */
} ExprKind;

struct Expr {
  ExprKind kind;
  Span span;
  int depth; /* of nesting, bounded so that walks over the tree may recurse */
  int op;    /* token kind of the operator */
  int64_t i;
  double r;
  Name name;
  Expr *a, *b;
  Exprs list; /* EX_LABEL: its parts, EX_TEXT or any computed expression */
  Args args;
  Stmts body;
  Note note;
};

typedef enum StmtKind {
  ST_ASSIGN, /* names = value */
  ST_RETURN, /* return value */
  ST_REPEAT, /* repeat [names[0] in] value .. last { body } */
  ST_IF,     /* arms */
  ST_STAGES, /* in sequential: value is EX_PIPE of stages, without its source */
  ST_NOTE,   /* note body[0] */
  ST_BAD,
} StmtKind;

typedef struct Arm {
  Expr *test; /* NULL: else */
  Stmts body;
} Arm;
typedef struct Arms {
  VEC(Arm) at;
} Arms;

struct Stmt {
  StmtKind kind;
  Span span;
  int depth; /* as in Expr */
  Names names;
  Expr *value, *last;
  Stmts body;
  Arms arms;
  Note note;
};

typedef enum ItemKind { IT_CONST, IT_BLOCK, IT_MODEL, IT_INCLUDE } ItemKind;

typedef struct Input {
  Name name, type, order; /* order: "nhwc", text NULL if absent */
  Args dims;              /* `N=1` has a name and a value, `3` a value alone */
  Span span;
} Input;
typedef struct Inputs {
  VEC(Input) at;
} Inputs;

typedef struct Item {
  ItemKind kind;
  Span span;
  Name name;       /* include: the path as written */
  Expr *value;     /* const */
  Args params;     /* block */
  Inputs inputs;   /* model */
  Outputs outputs; /* model */
  Stmts body;
} Item;

typedef struct Ast {
  VEC(Item *) items;
} Ast;

/* Parses a source. NULL after reporting syntax errors. */
Ast *parse_file(Ctx *c, int32_t file);
/* The same with the declarations of all included files in the places of their lines. */
Ast *parse_with_includes(Ctx *c, int32_t file);
void ast_print(const Ast *ast, StrBuf *out);
/* Warns of names that nothing reads, and of constants and blocks of the main file (check.c). */
void check_unused(Ctx *c, const Ast *ast, int32_t main_file);

/* ---- what the grammar's actions call ---------------------------------------------------------
 */

enum { MAX_DEPTH = 200 }; /* of brackets and of expressions */

typedef struct Parser {
  Ctx *ctx;
  Ast *ast;
  int versions; /* `net` lines seen */
  bool too_deep;
} Parser;

Expr *ex_leaf(Parser *ps, ExprKind kind, const Token *t);
Expr *ex_name(Parser *ps, const Token *t);
Expr *ex_unary(Parser *ps, const Token *op, Expr *a);
Expr *ex_binary(Parser *ps, const Token *op, Expr *a, Expr *b);
Expr *ex_index(Parser *ps, Expr *a, Expr *b, const Token *end);
Expr *ex_field(Parser *ps, Expr *a, const Token *name);
Expr *ex_call(Parser *ps, const Token *name, const Args *args, const Token *end);
Expr *ex_list(Parser *ps, ExprKind kind, const Token *first, const Exprs *list,
              const Token *last);
Expr *ex_paren(Expr *a, const Token *first, const Token *last);
Expr *ex_pipe(Parser *ps, Expr *pipe, Expr *stage);
Expr *ex_label(Parser *ps, const Exprs *parts, Expr *a);
Expr *ex_note(Parser *ps, const Note *note, Expr *a);
Expr *ex_if(Parser *ps, const Exprs *arms, Expr *otherwise);
Expr *ex_sequential(Parser *ps, const Token *first, const Stmts *body, const Token *last);
Exprs exprs_add(Parser *ps, Exprs list, Expr *e);
Args args_add(Parser *ps, Args list, Arg a);
Arg arg_make(const Token *name, Expr *value);
Names names_add(Parser *ps, Names list, const Token *name);
Stmts stmts_add(Parser *ps, Stmts list, Stmt *s);
Arms arms_add(Parser *ps, Arms list, Expr *test, const Stmts *body);
Inputs inputs_add(Parser *ps, Inputs list, const Input *in);
Input input_make(const Token *name, const Token *type, const Args *dims, const Token *end,
                 const Token *order);
Stmt *st_assign(Parser *ps, const Names *names, Expr *value);
Stmt *st_return(Parser *ps, const Token *first, const Exprs *values);
Stmt *st_repeat(Parser *ps, const Token *first, const Token *name, Expr *from, Expr *to,
                const Stmts *body);
Stmt *st_if(Parser *ps, const Arms *arms);
Stmt *st_stages(Parser *ps, Expr *pipe);
Note note_make(const Token *at, const Token *name, const Names *words, const Token *end);
Stmt *st_note(Parser *ps, const Note *note, Stmt *on);
Stmt *st_bad(Parser *ps, const Token *t);
void it_version(Parser *ps, const Token *first, const Token *version);
void it_include(Parser *ps, const Token *first, const Token *path);
void it_const(Parser *ps, const Token *name, Expr *value);
void it_block(Parser *ps, const Token *name, const Args *params, const Stmts *body);
Outputs outputs_add(Parser *ps, Outputs list, const Token *name, Expr *when);
void it_model(Parser *ps, const Token *name, const Inputs *in, const Outputs *out,
              const Stmts *body);
void parse_too_deep(Parser *ps, Span at);

/* The generated parser, from net.y. */
void *net_parser_new(Parser *ps);
void net_parser_feed(void *parser, const Token *t);
bool net_parser_accepts(void *parser, int kind);
bool net_parser_pop(void *parser); /* false at the bottom */
int net_parser_tokens(void);       /* how many token kinds there are */
/* Keywords, symbols and built-in functions of the language, one after another; NULL at the end.
 */
const char *keyword_text(int i);
const char *symbol_text(int i);
const char *function_text(int i);
/* How a token kind is called in messages: "`|>`", "a name". */
const char *token_kind_text(int kind);

#endif
