/* elab.h: inside the elaborator, which turns the syntax tree into the graph.
 *
 * Sections: values and names (value.c), expressions (eval.c), calls of blocks and functions
 * (call.c), calls of operators (opcall.c, literal.c), arithmetic on tensors (tensor.c), nodes and
 * their parameters (node.c), statements (elab.c), models (model.c). A failed expression gives
 * VAL_ERROR, which every consumer accepts in silence: one mistake, one message.
 */
#ifndef NETCC_ELAB_H
#define NETCC_ELAB_H

#include "front.h"

/* ---- values -------------------------------------------------------------------------------- */

typedef enum ValKind {
  VAL_ERROR,
  VAL_INT,
  VAL_REAL,
  VAL_BOOL,
  VAL_WORD, /* same, valid, and words that attributes list */
  VAL_LIST,
  VAL_TENSOR,
} ValKind;

typedef struct Val {
  ValKind kind;
  Span span; /* where it was written last */
  union {
    int64_t i;
    double r;
    bool b;
    const char *word;
    ValueId tensor;
    struct {
      const struct Val *at;
      int n;
    } list;
  };
} Val;

const char *val_kind_text(ValKind k); /* "an integer" */
static inline bool val_is_number(const Val *v) {
  return v->kind == VAL_INT || v->kind == VAL_REAL;
}
static inline double val_real(const Val *v) { return v->kind == VAL_INT ? (double)v->i : v->r; }

/* ---- names -----------------------------------------------------------------------------------
 */

/* Interned name -> number. */
typedef struct Map {
  struct MapSlot {
    const char *key;
    int value;
  } * slot;
  int len, cap;
} Map;
int *map_find(const Map *m, const char *key);                   /* NULL: absent */
int *map_put(Arena *a, Map *m, const char *key, int if_absent); /* the slot, made if absent */

typedef struct Binding {
  const char *name;
  Val value;
} Binding;

/* One level of visible names. An assignment reaches outward to the block's own level. */
typedef struct Env {
  struct Env *outer;
  bool frame; /* a block's or model's own level */
  Map index;
  VEC(Binding) at;
} Env;
Val *env_find(Env *e, const char *name);
void env_define(Arena *a, Env *e, const char *name, Val v);
void env_assign(Arena *a, Env *e, const char *name, Val v);

/* ---- the elaborator --------------------------------------------------------------------------
 */

enum { MAX_ROUNDS = 10000, MAX_NODES = 100000, MAX_CALLS = 100, MAX_LIST = 100000 };
enum { MAX_STEPS = 20000000, MAX_RECURSION = 1200 };

typedef struct Label {
  const char *text; /* NULL: none */
  Span span;
} Label;

typedef struct Owner { /* of a name in the graph */
  Span span;
  int scope;
} Owner;

typedef struct Override { /* -D NAME=VALUE */
  const Item *item;
  bool used;
} Override;

typedef struct Elab {
  Ctx *ctx;
  const Ast *ast;
  Graph *g;
  Env globals;
  Map items; /* name -> index into ast->items */
  Map owned; /* name of a node or value -> index into owners */
  VEC(Owner) owners;
  Map counters;             /* "path.relu" -> how many so far */
  VEC(const Item *) active; /* blocks being expanded */
  VEC(Override) overrides;
  int scope; /* index into g->scopes */
  int depth; /* of recursion in C */
  int64_t steps;
  int faults;  /* counted even where the same report was made before */
  bool unsure; /* a condition failed in this body: it may have returned */
  bool stop;   /* a limit was reached: everything fails in silence from here */
} Elab;

Diag *elab_error(Elab *e, DiagCode code, Span at, const char *fmt, ...) PRINTF_LIKE(4, 5);
/* "expected an integer, found a tensor" at the value. VAL_ERROR is silent. */
void elab_wrong_kind(Elab *e, const Val *v, const char *what, const char *expected);
void elab_limit(Elab *e, Span at, const char *fmt, ...) PRINTF_LIKE(3, 4);
bool elab_step(Elab *e, Span at); /* false: stop */

/* Arithmetic on numbers, truth values and lists (value.c). `op` is a token kind. */
Val val_binary(Elab *e, int op, Val a, Val b, Span at, Span op_at);
Val val_unary(Elab *e, int op, Val a, Span at);
bool val_equal(Elab *e, const Val *a, const Val *b);

/* eval.c */
Val eval(Elab *e, Env *env, const Expr *x);
Val eval_stage(Elab *e, Env *env, const Expr *stage, const Val *piped, Label label);
bool eval_bool(Elab *e, Env *env, const Expr *x, const char *what, bool *out);
Label eval_label(Elab *e, Env *env, const Expr *x, Label outer);

/* note.c: from here on nodes carry what the annotation of `on` (NULL: a statement) says, until
 * note_leave restores what was before. False after reporting; leave all the same. */
bool note_enter(Elab *e, const Note *n, const Expr *on, Annotations *before);
void note_leave(Elab *e, Annotations before);

/* tensor.c: + - * / of tensors, or of a tensor and a number; slices. */
bool tensor_takes(int op, const Val *a, const Val *b);
Val tensor_binary(Elab *e, int op, Val a, Val b, Span at);
Val tensor_negate(Elab *e, Val a, Span at);
Val call_split(Elab *e, Env *env, const Expr *x, const Val *piped);

/* call.c: `piped` may be NULL. */
bool is_function(const char *name);
Val call(Elab *e, Env *env, const Expr *x, const Val *piped, Label label);
const char *did_you_mean(Elab *e, const char *name, Env *env, bool calls);

/* opcall.c, node.c */
Val call_operator(Elab *e, Env *env, const Expr *x, OpKind op, const Val *piped, Label label);
/* A node on given tensors and attributes (NULL: defaults), named by label or number. */
Val add_operator(Elab *e, OpKind op, const void *attr, const ValueId *in, int nin, Label label,
                 const Val *literal, const Name *literal_name, int nliteral, Span at);
const char *scoped(Elab *e, const char *name); /* the scope's path, a dot, the name */
/* node.c: false if the name is taken. */
bool name_claim(Elab *e, const char *name, Span at);
/* A free name, kind and number within the scope, that is taken from now on. */
const char *name_numbered(Elab *e, const char *kind, Span at);
/* literal.c: a (nested) list as numbers. */
typedef struct Literal {
  int rank;
  int64_t dim[MAX_RANK + 1];
} Literal;
/* Reports a number beyond the range of f32. */
bool fits_float(Elab *e, double v, Span at);
bool literal_shape(Elab *e, const Val *v, Literal *out);
/* Data of a literal for a parameter of this shape; NULL after reporting. */
float *literal_data(Elab *e, const Val *v, const char *name, const Shape *shape);

/* elab.c */
typedef enum Flow { FLOW_ON, FLOW_RETURN } Flow;
Flow exec(Elab *e, Env *env, const Stmts *body, Val *result);
Val run_sequential(Elab *e, Env *env, const Stmts *body, Val piped, int *number);
/* Enters a scope; returns the one to go back to. */
int scope_push(Elab *e, Label label, const char *block, Span call);
/* Bounds of a repeat; false after reporting. */
bool repeat_range(Elab *e, Env *env, const Stmt *s, int64_t *from, int64_t *to);
Env env_round(Elab *e, Env *env, const Stmt *s, int64_t i);

/* ---- sizes (sizes.c) -------------------------------------------------------------------------
 */

/* After errors from diagnostic `first` on: the nearest sizes of the inputs at which the model
 * would have none, as a help line of the first error of shapes. */
void suggest_sizes(Elab *e, Env *env, const Item *model, int32_t file, const FrontOptions *opt,
                   int first);

#endif
