/* cli.h: what the subcommands of netcc share: options, loading a network, compiling it.
 * One file per subcommand (cmd_*.c) and the table of them in main.c.
 */
#ifndef NETCC_CLI_H
#define NETCC_CLI_H

#include "emit/emit.h"
#include "front/front.h"
#include "io/io.h"
#include "pass/pass.h"
#include "report/report.h"

enum { EXIT_OK = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

typedef struct Options {
  VEC(const char *) files;   /* arguments that are not options */
  VEC(const char *) defines; /* -D */
  VEC(const char *) regions; /* --region NAME=BYTES, the fastest first */
  VEC(const char *) inputs;  /* --input [NAME=]FILE */
  const char *model, *target, *output, *prefix;
  const char *weights, *random_weights;
  const char *what; /* dump: ast, graph, dot, plan, plan-dot */
  const char *dataset, *data_dir, *labels, *mean, *std, *save, *fit;
  const char *top, *threads, *limit, *diagnostics;
  const char *machine; /* a description's file; "": measure this machine */
  const char *store, *runs;
  const char *svg, *html, *trace, *profile, *explain;
  const char *left, *right;                     /* diff: options of one side */
  const char *from;                             /* new: the network to start from */
  const char *align, *capacity, *effort, *time; /* plan */
  const char *io, *arena, *max_arena, *max_weights, *max_code, *max_macs;
  bool train_split, softmax, reference;
  bool embed, with_runtime, no_selftest, in_place, check, decisions, json, advice, all, fusion;
  bool layers;
  PassOptions pass;
  bool exact;
} Options;

typedef struct Command {
  const char *name, *arguments, *doc;
  const char *options; /* the options it takes, separated by spaces */
  int (*run)(Ctx *c, Options *o);
} Command;

/* Parses argv into options the command takes; false after a usage error on stderr. */
bool options_parse(Ctx *c, const Command *cmd, int argc, char **argv, Options *o);
/* Explains a command's options on stdout. */
void options_help(const Command *cmd);

/* One option as documents show it. */
typedef struct OptionText {
  const char *name, *argument, *doc; /* argument NULL: takes none */
  char letter;                       /* 0: none */
  const char *between;               /* name and argument: "=" or " " */
} OptionText;
/* Row i of the option table. False behind the end; name NULL if the command does not take it. */
bool option_text(const Command *cmd, int i, OptionText *out);

/* The manual page and the completion for bash, on stdout (manual.c). */
int print_manual(const Command *commands, int n, const char *version);
int print_completion(const Command *commands, int n);

/* ---- loading and compiling (load.c) ------------------------------------------------------ */

/* One network on its way: the graph as written, and the plan made from a copy of it. */
typedef struct Network {
  const char *path;
  Graph *source;
  Plan *plan;
  bool bound; /* parameters have data, or there are none */
} Network;

/* The only file argument, read and registered as a source; its number, or 0 after an error. */
int32_t load_source(Ctx *c, const Options *o);
/* The target asked for; NULL after an error. */
const Target *load_target(Ctx *c, const Options *o);
/* Front end only. */
Graph *load_graph(Ctx *c, const Options *o);
/* Front end, weights (if given), passes, plan. False after an error. */
bool load_network(Ctx *c, const Options *o, Network *n);
/* The command line that makes the same code again, without paths or what does not matter. */
const char *command_text(Ctx *c, const Options *o, const Plan *p);
/* An integer option; `preset` when absent. False after an error. */
bool option_int(Ctx *c, const char *name, const char *text, int64_t preset, int64_t min,
                int64_t *out);
/* Columns that text on stdout may take: $COLUMNS, else the terminal's; 0: no limit. */
int terminal_width(void);
/* A number of bytes, with K, M or G behind it for 2^10, 2^20 or 2^30; 0 when absent. */
bool option_bytes(Ctx *c, const char *name, const char *text, int64_t *out);
/* The same for a count: K, M and G are powers of 1000. */
bool option_count(Ctx *c, const char *name, const char *text, int64_t *out);
/* Progress on stderr when it is a terminal and the work has taken a second. */
void progress_bar(void *user, int64_t done, int64_t total);

/* ---- the compiled model inside this process (module.c) ----------------------------------- */

/* A network emitted, compiled by the C compiler ($CC or cc) and loaded. */
typedef struct Module Module;
Module *module_build(Ctx *c, const Network *n, bool profiled);
void module_close(Module *m);
/* Runs `batch` inputs lying one after another; in and out by position in the signature. */
bool module_run(Ctx *c, Module *m, const float *const *in, float *const *out, int threads,
                size_t batch);

/* Are the limits of --max-arena and its like kept? (budget.c) False after errors. */
bool budgets_hold(Ctx *c, const Options *o, const Network *n, const Emitted *e);

/* Runs one input so often, after two runs that do not count, in a module built with profiles; the
 * profile as JSON (report/SCHEMA.md), NULL after an error. `trace`, if not NULL, takes every run
 * for chrome://tracing. */
const char *module_profile(Ctx *c, Module *m, const float *const *in, float *const *out,
                           int threads, int runs, const char **trace);
/* A C file compiled and loaded for dlsym and dlclose; NULL after an error. */
void *library_build(Ctx *c, const char *text);

/* ---- the machine (probe.c) --------------------------------------------------------------- */

enum { CACHE_LEVELS = 4 }; /* three caches and memory */

/* What was measured, and what the system says. */
typedef struct Machine {
  Target target; /* with this machine's numbers */
  const char *cpu;
  int cores;
  int peaks; /* by target that runs here: its name, operations a second of a core */
  const char *peak_name[8];
  double peak[8];
  double read[CACHE_LEVELS], copy[CACHE_LEVELS]; /* bytes a second of one core */
  double read_all[CACHE_LEVELS];                 /* of all, each with memory of its own */
  double peak_all;
} Machine;
/* Takes some seconds. False after an error. */
bool machine_measure(Ctx *c, const Target *t, Machine *m);
extern const char *const level_name[CACHE_LEVELS];

/* What so many threads reach together: operations a second and, if they were asked for, bytes,
 * read alone or as many written as read. */
typedef struct Speed {
  int threads;
  int64_t l1, l2, l3; /* bytes: of a core, of a core, of all */
  double peak;
  double read[CACHE_LEVELS], copy[CACHE_LEVELS];
} Speed;
/* False after an error. */
bool machine_speed(Ctx *c, const Target *t, int threads, bool moves, Speed *s);

/* ---- the least time of a layer (floor.c) -------------------------------------------------- */

typedef struct Floor {
  double seconds;
  double read, written; /* bytes: operands and result once each */
  const char *bound;    /* "peak", "weights", or the level in which the activations live */
} Floor;
/* macs: multiply-adds of the step. Needs the speed of moves. */
Floor step_floor(const Plan *p, const Step *st, const Speed *s, double macs);

int cmd_compile(Ctx *c, Options *o);
int cmd_bench(Ctx *c, Options *o);
int cmd_check(Ctx *c, Options *o);
int cmd_fmt(Ctx *c, Options *o);
int cmd_new(Ctx *c, Options *o);
int cmd_dump(Ctx *c, Options *o);
int cmd_run(Ctx *c, Options *o);
int cmd_report(Ctx *c, Options *o);
int cmd_diff(Ctx *c, Options *o);
int cmd_plan(Ctx *c, Options *o);
int cmd_ops(Ctx *c, Options *o);
int cmd_explain(Ctx *c, Options *o);

/* Writes netrt.c and netrt.h, which travel inside the compiler, into a folder. */
bool write_runtime(Ctx *c, const char *dir);

#endif
