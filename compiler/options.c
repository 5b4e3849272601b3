/* options.c: the options of all commands, as one table, parsed by getopt_long. */
#include "cli.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

typedef enum OptionKind { TAKE_TEXT, TAKE_LIST, TAKE_FLAG, TAKE_WHAT, TAKE_DATASET } OptionKind;

typedef struct OptionRow {
  const char *name;
  char letter; /* 0: none */
  OptionKind kind;
  size_t offset;
  const char *argument, *doc;
} OptionRow;

#define AT(field) offsetof(Options, field)
static const OptionRow option_table[] = {
    {"output", 'o', TAKE_TEXT, AT(output), "DIR",
     "folder for the emitted files (default: .); of plan: the file"},
    {"define", 'D', TAKE_LIST, AT(defines), "NAME=VALUE",
     "set a symbolic dimension or a constant"},
    {"model", 0, TAKE_TEXT, AT(model), "NAME", "which model of the file (default: the last)"},
    {"target", 't', TAKE_TEXT, AT(target), "NAME",
     "c99, x86-64-v3, x86-64-v4 or native (default)"},
    {"prefix", 0, TAKE_TEXT, AT(prefix), "NAME",
     "of files and symbols (default: the model's name)"},
    {"weights", 'w', TAKE_TEXT, AT(weights), "FILE", "trained weights, safetensors"},
    {"random-weights", 0, TAKE_TEXT, AT(random_weights), "SEED",
     "He-scaled random weights instead"},
    {"embed", 0, TAKE_FLAG, AT(embed), NULL,
     "also write PREFIX_embed.c, which links the weights in"},
    {"with-runtime", 0, TAKE_FLAG, AT(with_runtime), NULL, "also write netrt.c and its headers"},
    {"no-selftest", 0, TAKE_FLAG, AT(no_selftest), NULL,
     "leave self-test data out of the weights"},
    {"in-place", 'i', TAKE_FLAG, AT(in_place), NULL, "rewrite the files"},
    {"check", 0, TAKE_FLAG, AT(check), NULL, "change nothing; exit 1 if a file is not canonical"},
    {"ast", 0, TAKE_WHAT, AT(what), NULL, "the syntax tree"},
    {"graph", 0, TAKE_WHAT, AT(what), NULL, "the graph as text that netcc reads back (default)"},
    {"dot", 0, TAKE_WHAT, AT(what), NULL, "the graph for Graphviz"},
    {"plan", 0, TAKE_WHAT, AT(what), NULL, "the graph after passes and planning"},
    {"plan-dot", 0, TAKE_WHAT, AT(what), NULL, "the same for Graphviz, fused groups as clusters"},
    {"input", 0, TAKE_LIST, AT(inputs), "[NAME=]FILE",
     "a PNG, PNM or .npy for an input; repeatable"},
    {"dataset", 0, TAKE_DATASET, AT(dataset), "KIND DIR",
     "mnist, fashion or cifar10 in DIR; prints the accuracy"},
    {"train", 0, TAKE_FLAG, AT(train_split), NULL, "the data set's training part"},
    {"mean", 0, TAKE_TEXT, AT(mean), "M,...", "subtracted from pixels in 0…1, per channel"},
    {"std", 0, TAKE_TEXT, AT(std), "S,...", "then divided by, per channel"},
    {"fit", 0, TAKE_TEXT, AT(fit), "HOW", "resize (PIL's bilinear, default), bilinear, or crop"},
    {"labels", 0, TAKE_TEXT, AT(labels), "FILE", "class names, one a line"},
    {"top", 0, TAKE_TEXT, AT(top), "K", "classes shown of an image (default: 5)"},
    {"softmax", 0, TAKE_FLAG, AT(softmax), NULL, "turn logits into probabilities first"},
    {"save", 0, TAKE_TEXT, AT(save), "FILE",
     "write the first output as .npy; DIR/: every output"},
    {"reference", 0, TAKE_FLAG, AT(reference), NULL, "run the reference interpreter instead"},
    {"threads", 0, TAKE_TEXT, AT(threads), "N",
     "threads (default: all; of report: those of the profile)"},
    {"limit", 0, TAKE_TEXT, AT(limit), "N", "only the first N images of the data set"},
    {"machine", 0, TAKE_TEXT, AT(machine), "FILE",
     "plan for the machine that FILE describes; bench without FILE: measure this one"},
    {"store", 0, TAKE_TEXT, AT(store), "FILE", "write the measured machine's description"},
    {"layers", 0, TAKE_FLAG, AT(layers), NULL, "a line for each layer"},
    {"runs", 0, TAKE_TEXT, AT(runs), "K", "timed runs (default: as many as take a second)"},
    {"advice", 0, TAKE_FLAG, AT(advice), NULL, "also what design guidelines would do otherwise"},
    {"from", 0, TAKE_TEXT, AT(from), "NETWORK",
     "lenet (default), resnet18 or another of netcc's examples"},
    {"all", 0, TAKE_FLAG, AT(all), NULL, "every operator with its attributes"},
    {"markdown", 0, TAKE_WHAT, AT(what), NULL, "the operators as a Markdown table"},
    {"textmate", 0, TAKE_WHAT, AT(what), NULL, "a TextMate grammar of the language"},
    {"vim", 0, TAKE_WHAT, AT(what), NULL, "a Vim syntax file"},
    {"json", 0, TAKE_FLAG, AT(json), NULL, "JSON instead (compiler/report/SCHEMA.md)"},
    {"decisions", 0, TAKE_FLAG, AT(decisions), NULL, "every decision of passes and planner"},
    {"fusion", 0, TAKE_FLAG, AT(fusion), NULL, "only the candidates for fusion, taken or not"},
    {"explain", 0, TAKE_TEXT, AT(explain), "NODE|SPAN",
     "what became of a layer, a block or FILE:LINE[:COLUMN]"},
    {"html", 0, TAKE_TEXT, AT(html), "FILE",
     "one interactive page; with '-' instead of the text"},
    {"profile", 0, TAKE_TEXT, AT(profile), "FILE", "measured times, of a model built to profile"},
    {"trace", 0, TAKE_TEXT, AT(trace), "FILE",
     "times for chrome://tracing or Perfetto: predicted, measured; of bench: every run"},
    {"left", 0, TAKE_TEXT, AT(left), "OPTIONS", "further options for the first, as one word"},
    {"right", 0, TAKE_TEXT, AT(right), "OPTIONS", "further options for the second"},
    {"svg", 0, TAKE_TEXT, AT(svg), "FILE", "draw the plan; with '-' instead of the text"},
    {"disable", 0, TAKE_TEXT, AT(pass.disable), "PASS,...", "leave out optional passes"},
    {"exact", 0, TAKE_FLAG, AT(exact), NULL,
     "no rewrites that add up in another order than written"},
    {"dump-after", 0, TAKE_TEXT, AT(pass.dump_after), "PASS",
     "print the graph after it, or 'all'"},
    {"stop-after", 0, TAKE_TEXT, AT(pass.stop_after), "PASS", "run no further pass"},
    {"time-passes", 0, TAKE_FLAG, AT(pass.time), NULL, "print how long each pass took"},
    {"capacity", 0, TAKE_TEXT, AT(capacity), "BYTES",
     "a peak within it will do; fail without one"},
    {"align", 0, TAKE_TEXT, AT(align), "BYTES", "alignment of offsets (default: 1)"},
    {"effort", 0, TAKE_TEXT, AT(effort), "STEPS",
     "of the search (default: 3000000000, some ten seconds)"},
    {"time", 0, TAKE_TEXT, AT(time), "SECONDS",
     "stop the search then; offsets may depend on the machine"},
    {"arena", 0, TAKE_TEXT, AT(arena), "KIND",
     "caller (default), or static: part of the object, runs take no other"},
    {"io", 0, TAKE_TEXT, AT(io), "PLACE",
     "of inputs and outputs: caller (default), or arena: planned with the rest, zero copy"},
    {"region", 0, TAKE_LIST, AT(regions), "NAME=BYTES",
     "one of several memories for activations, the fastest first; repeatable"},
    {"max-arena", 0, TAKE_TEXT, AT(max_arena), "BYTES", "fail if one thread's arena is larger"},
    {"max-weights", 0, TAKE_TEXT, AT(max_weights), "BYTES", "fail if packed weights are larger"},
    {"max-code", 0, TAKE_TEXT, AT(max_code), "BYTES", "fail if the emitted C is larger"},
    {"max-macs", 0, TAKE_TEXT, AT(max_macs), "NUMBER", "fail above so many multiply-adds"},
    {"diagnostics", 0, TAKE_TEXT, AT(diagnostics), "FORMAT", "text (default) or json, on stderr"},
};

typedef enum Takes { TAKES_NOT, TAKES, TAKES_OPTIONAL } Takes; /* "name?": argument optional */

static Takes takes(const Command *cmd, const char *name) {
  size_t n = strlen(name);
  if (str_eq(name, "diagnostics")) return TAKES; /* every command may report something */
  for (const char *s = cmd->options; (s = strstr(s, name)); s += n)
    if (s == cmd->options || s[-1] == ' ') {
      if (s[n] == ' ' || !s[n]) return TAKES;
      if (s[n] == '?') return TAKES_OPTIONAL;
    }
  return TAKES_NOT;
}

static void store(Ctx *c, Options *o, const OptionRow *r, const char *text) {
  char *field = (char *)o + r->offset;
  if (r->kind == TAKE_FLAG)
    *(bool *)field = true;
  else if (r->kind == TAKE_WHAT)
    *(const char **)(void *)field = r->name;
  else if (r->kind == TAKE_LIST && r->offset == AT(defines))
    vec_push(c->arena, &o->defines, text);
  else if (r->kind == TAKE_LIST && r->offset == AT(regions))
    vec_push(c->arena, &o->regions, text);
  else if (r->kind == TAKE_LIST)
    vec_push(c->arena, &o->inputs, text);
  else
    *(const char **)(void *)field = text ? text : "";
}

static int build_getopt(const Command *cmd, struct option *longs, char *shorts) {
  int n = 0;
  for (int i = 0; i < COUNT_OF(option_table); i++) {
    const OptionRow *r = &option_table[i];
    Takes how = takes(cmd, r->name);
    if (!how) continue;
    int argument = !r->argument            ? no_argument
                   : how == TAKES_OPTIONAL ? optional_argument
                                           : required_argument;
    longs[n++] = (struct option){r->name, argument, NULL, 1000 + i};
    if (!r->letter) continue;
    *shorts++ = r->letter;
    if (r->argument) *shorts++ = ':';
  }
  longs[n] = (struct option){0};
  *shorts = 0;
  return n;
}

static const OptionRow *row_of(int code) {
  if (code >= 1000) return &option_table[code - 1000];
  for (int i = 0; i < COUNT_OF(option_table); i++)
    if (option_table[i].letter == code) return &option_table[i];
  return NULL;
}

/* After getopt's own message about `arg`. */
static void suggest(Ctx *c, const Command *cmd, const char *arg) {
  const char *names[COUNT_OF(option_table)];
  int n = 0;
  for (int i = 0; i < COUNT_OF(option_table); i++)
    if (takes(cmd, option_table[i].name)) names[n++] = option_table[i].name;
  const char *name =
      str_starts(arg, "--") ? str_dup(c->arena, arg + 2, strcspn(arg + 2, "=")) : "";
  const char *near = str_nearest(name, names, n);
  if (near && !str_eq(near, name)) fprintf(stderr, "Did you mean '--%s'?\n", near);
  fprintf(stderr, "Try 'netcc %s --help'.\n", cmd->name);
}

bool options_parse(Ctx *c, const Command *cmd, int argc, char **argv, Options *o) {
  struct option longs[COUNT_OF(option_table) + 1];
  char shorts[2 * COUNT_OF(option_table) + 1];
  build_getopt(cmd, longs, shorts);
  char **args = NEWN(c->arena, char *, argc + 2); /* getopt wants a program name */
  args[0] = str_fmt(c->arena, "netcc %s", cmd->name);
  for (int i = 0; i < argc; i++) args[i + 1] = argv[i];
  optind = 0;
  for (int code; (code = getopt_long(argc + 1, args, shorts, longs, NULL)) != -1;) {
    const OptionRow *r = row_of(code);
    if (!r) {
      suggest(c, cmd, args[optind - 1]);
      return false;
    }
    store(c, o, r, optarg);
    if (r->kind != TAKE_DATASET) continue;
    if (optind > argc || args[optind][0] == '-') {
      fprintf(stderr, "netcc %s: --dataset needs a kind and a folder\n", cmd->name);
      return false;
    }
    o->data_dir = args[optind++];
  }
  const char *format = o->diagnostics;
  if (format && !str_eq(format, "text") && !str_eq(format, "json")) {
    fprintf(stderr, "netcc %s: --diagnostics=%s: expected text or json\n", cmd->name, format);
    return false;
  }
  for (int i = optind; i <= argc; i++) vec_push(c->arena, &o->files, args[i]);
  bool measure = str_eq(cmd->name, "bench") && o->machine && !*o->machine;
  if (o->files.len || str_eq(cmd->name, "ops") || measure) return true;
  fprintf(stderr, "netcc %s: needs %s\nTry 'netcc %s --help'.\n", cmd->name, cmd->arguments,
          cmd->name);
  return false;
}

bool option_text(const Command *cmd, int i, OptionText *out) {
  if (i >= COUNT_OF(option_table)) return false;
  const OptionRow *r = &option_table[i];
  const char *between = r->kind == TAKE_DATASET ? " " : r->argument ? "=" : "";
  *out = (OptionText){r->name, r->argument, r->doc, r->letter, between};
  if (!takes(cmd, r->name)) out->name = NULL;
  return true;
}

void options_help(const Command *cmd) {
  OptionText o;
  printf("Usage: netcc %s [OPTION...] %s\n\n%c%s.\n", cmd->name, cmd->arguments,
         cmd->doc[0] - 'a' + 'A', cmd->doc + 1);
  puts("\nOptions:");
  for (int i = 0; option_text(cmd, i, &o); i++) {
    if (!o.name) continue;
    char text[64];
    snprintf(text, sizeof text, "--%s%s%s", o.name, o.between, o.argument ? o.argument : "");
    if (o.letter)
      printf("  -%c, %-26s %s\n", o.letter, text, o.doc);
    else
      printf("      %-26s %s\n", text, o.doc);
  }
}
