/* formats.h: what select.c, modes.c and formats.c share: the ways in which a group can run, and
 * the choice of one for each group over the whole graph. */
#ifndef NETCC_PLAN_FORMATS_H
#define NETCC_PLAN_FORMATS_H

#include "plan.h"

/* A way to run a group: a kernel, the formats it reads and writes. */
typedef struct Mode {
  int kernel;
  Format assumed; /* of all activations, when the kernel was asked */
  Format prefer;  /* … of the result; FMT_ANY: as the kernel likes */
  Format *in;     /* by position in group->in; FMT_ANY: as it is stored */
  Format out;
  double seconds; /* predicted, without changes of layout */
} Mode;

/* All ways of a group, and for each kernel its least time or why it cannot run. */
typedef struct Modes {
  VEC(Mode) at;
  const Candidate *candidate;
  int ncandidate;
} Modes;

typedef struct CandidateList {
  const Candidate *at;
  int n;
} CandidateList;

enum { MAX_LISTS = 256 }; /* that are compared with new ones */

/* What all of it is about. */
typedef struct Problem {
  Ctx *c;
  Graph *g;
  const Target *t;
  Node **order; /* what runs, in execution order */
  int n;
  Modes *modes;       /* by position in order */
  const bool *weight; /* by ValueId: known before the network runs */
  int nweight;
  int *last_concat; /* by ValueId: the last group that joins the value with others, -1: none */
  bool io_inside;   /* inputs and outputs lie in the arena */
  VEC(CandidateList) lists;
} Problem;

/* ---- modes.c -------------------------------------------------------------------------------- */

/* Asks every kernel about order[i] in every format; false after reporting that none runs it. */
bool modes_find(Problem *p, int i);
/* Asks the mode's kernel again, as it was asked before; the choice is kept in the arena. */
Choice mode_choice(Problem *p, const Node *n, const Mode *m);

/* Is this value none of the activations? */
bool is_weight(const Problem *p, ValueId id);
/* Blocked and plain are the same addresses: one lane, or whole blocks of single pixels. */
bool formats_agree(const Target *t, const Shape *s);
Format format_of(const Value *v);
Layout layout_for(const Target *t, const Shape *s, Format f);
/* Seconds to rewrite a value in another layout. */
double change_seconds(const Target *t, const Value *v);
/* Does the group's result, if it is to have the format, lie in its operand's memory? For the
 * operand's layout as it is set. */
bool is_view(const Problem *p, const GroupView *v, Format out);

/* ---- formats.c ------------------------------------------------------------------------------ */

/* A change of a value's layout; id -1: none. */
typedef struct Change {
  ValueId id;
  Format to;
} Change;

/* A mode for each group. */
typedef struct Assignment {
  bool ok;    /* there is one */
  bool exact; /* no better one exists */
  const Mode **mode;
  double seconds; /* predicted, changes of layout included */
  VEC(Change) changes;
} Assignment;

/* The best assignment without the forbidden change, if at most `width` ways through the graph are
 * remembered at any step. Of width 1: each group takes what is best at its place. */
Assignment formats_assign(const Problem *p, int width, Change forbidden);

#endif
