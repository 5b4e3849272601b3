/* pass.h: the graph passes between front end and planner.
 *
 * passes.def lists the pipeline, one pass per file; pass.c runs it: checks what each pass needs,
 * verifies the graph after each, dumps, times. A pass rewrites the graph in place, leaves
 * replaced nodes marked dead (the manager compacts), and logs every decision, taken or not.
 * After the last one every node that is not weight-time is an OP_GROUP.
 */
#ifndef NETCC_PASS_H
#define NETCC_PASS_H

#include "../ir/ir.h"

typedef struct PassOptions {
  const char *dump_after; /* comma list of names, or "all" */
  const char *stop_after; /* a name */
  const char *disable;    /* comma list */
  bool time;
  StrBuf *dump;   /* where dumps go; NULL: nowhere */
  StrBuf *timing; /* one line per pass */
} PassOptions;

typedef struct PassInfo {
  const char *name;
  const char *needs, *gives; /* facts about the graph, separated by spaces */
  const char *doc;
  bool (*run)(Ctx *c, Graph *g); /* false after reporting; NULL: the planner does it */
  bool optional;                 /* may be disabled */
  bool fuses;                    /* its decisions are candidates for fusion */
} PassInfo;

extern const PassInfo pass_table[]; /* in order; ends with a NULL name */

/* The list of passes to disable, with those that compute sums of another form than the network
 * as written: what --exact means. */
const char *passes_exact(Ctx *c, const char *disable);

/* Runs the pipeline. False after an error, which has been reported. NULL options: defaults. */
bool passes_run(Ctx *c, Graph *g, const PassOptions *opt);

#define PASS(name, function, needs, gives, optional, fuses, doc) bool function(Ctx *c, Graph *g);
#include "passes.def"
#undef PASS

/* ---- helpers of passes (rewrite.c) ----------------------------------------------------------
 */

enum { GROUP_MAX_EPILOGUE = 8, GROUP_MAX_IN = 64 };

/* The span of both if `b` follows `a` directly in a pipe, else that of `a`. */
Span span_pipe(const Ctx *c, Span a, Span b);
/* Renames a node and its result to "name.suffix", so that a node inserted for it can have the
 * name, which is returned. */
const char *node_take_name(Ctx *c, Graph *g, Node *n, const char *suffix);
/* A node of n's scope and span in front of it, without its warnings. NULL after an error. */
Node *node_insert(Ctx *c, Graph *g, Node *n, OpKind op, const void *attr, const ValueId *in,
                  int nin, const char *name);
/* The node keeps its place and its result, and computes it from `in` by another operator. */
void node_become(Ctx *c, Node *n, OpKind op, void *attr, ValueId in);
/* Bytes of a value in plain layout. */
double value_bytes(const Value *v);

/* ---- constants per channel (constants.c) -----------------------------------------------------
 */

/* x·scale + shift, both [C] and known when weights are packed. */
typedef struct Scaling {
  ValueId scale, shift; /* shift -1: none; scale -1: an error was reported */
} Scaling;
/* Is n's result its data scaled and shifted so? `known`: of the first nknown values, those that
 * are known when weights are packed. */
bool node_scales(const Graph *g, const bool *known, int nknown, const Node *n);
/* Which of n's operands is the data. */
int scaling_data(const bool *known, int nknown, const Node *n);
/* The numbers of a node that scales; what computes them is inserted in front of it. */
Scaling node_scaling(Ctx *c, Graph *g, const bool *known, int nknown, Node *n);
/* A constant of `count` times v, named after the node. */
ValueId value_filled(Ctx *c, Graph *g, const Node *n, const char *what, int64_t count, float v);
/* Weight-time nodes depend on nothing that runs: in front of all others they serve any of them. */
void weights_first(Ctx *c, Graph *g);

#endif
