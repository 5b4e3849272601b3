/* main.c: the commands of netcc, and the boundary to which a failed allocation unwinds. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NETCC_VERSION "0.1.0"

#define NETWORK_OPTIONS "define model disable exact dump-after stop-after time-passes "

static const Command command_table[] = {
    {"new", "NAME", "start a network of your own: folder, program, Makefile", "from", cmd_new},
    {"compile", "FILE.net", "emit C for a network, and pack its weights",
     NETWORK_OPTIONS
     "output target machine prefix weights random-weights embed with-runtime no-selftest "
     "explain io region arena max-arena max-weights max-code max-macs",
     cmd_compile},
    {"check", "FILE.net...", "report errors and warnings only", NETWORK_OPTIONS "advice target",
     cmd_check},
    {"fmt", "FILE.net...", "print a network in canonical form", "in-place check", cmd_fmt},
    {"dump", "FILE.net", "print the syntax tree, the graph, a drawing or the planned graph",
     NETWORK_OPTIONS "ast graph dot plan plan-dot target machine io region", cmd_dump},
    {"run", "FILE.net", "run a network on images, arrays or a data set",
     NETWORK_OPTIONS
     "target machine weights random-weights input dataset train mean std fit labels top "
     "softmax save reference threads limit",
     cmd_run},
    {"report", "FILE.net", "show layers, kernels, fusion, layouts and the memory plan",
     NETWORK_OPTIONS
     "target machine decisions fusion explain json html svg profile threads trace io region",
     cmd_report},
    {"diff", "A [B]",
     "compare two reports (JSON) or networks: what became slower, larger, unfused",
     "define model disable exact target machine io region left right json", cmd_diff},
    {"plan", "FILE.csv", "pack buffers with given lifetimes into little memory",
     "output capacity align effort time json", cmd_plan},
    {"bench", "FILE.net", "measure a network, layer by layer, or the machine itself",
     NETWORK_OPTIONS
     "target machine? store weights random-weights layers threads runs json trace",
     cmd_bench},
    {"ops", "[OPERATOR]", "list the operators, or one with its attributes",
     "all markdown textmate vim", cmd_ops},
    {"explain", "CODE", "explain a diagnostic code such as E0401", "", cmd_explain},
};
static const int command_count = COUNT_OF(command_table);

static int help(void) {
  puts("netcc compiles convolutional networks, written as .net files, into standalone C.\n\n"
       "Usage: netcc COMMAND [OPTION...] ARGUMENT...\n\nCommands:");
  for (int i = 0; i < command_count; i++)
    printf("  %-8s %-13s %s\n", command_table[i].name, command_table[i].arguments,
           command_table[i].doc);
  puts(
      "\nnetcc COMMAND --help shows a command's options. '-' stands for standard input or "
      "output.\n"
      "netcc --man and netcc --bash-completion print what `make install` installs.\n"
      "Exit status: 0 success, 1 errors in the input, 2 wrong usage; diff: 0 same, 1 different,\n"
      "2 trouble.");
  return EXIT_OK;
}

static const Command *find_command(const char *name) {
  const char *names[COUNT_OF(command_table)];
  for (int i = 0; i < command_count; i++) {
    names[i] = command_table[i].name;
    if (str_eq(name, names[i])) return &command_table[i];
  }
  const char *near = str_nearest(name, names, command_count);
  fprintf(stderr, "netcc: no command '%s'", name);
  if (near) fprintf(stderr, "; did you mean '%s'?", near);
  fprintf(stderr, "\nTry 'netcc --help'.\n");
  return NULL;
}

static void print_diagnostics(Ctx *c, const Options *o) {
  StrBuf b = {.arena = c->arena};
  if (o->diagnostics && str_eq(o->diagnostics, "json")) {
    diag_render_json(c, &b);
    fputs(sb_str(&b), stderr);
  } else if (c->diags.len) {
    const char *plain = getenv("NO_COLOR"), *term = getenv("TERM");
    bool dumb = (plain && *plain) || (term && str_eq(term, "dumb"));
    diag_render(c, &b, isatty(2) && !dumb);
    fputs(sb_str(&b), stderr);
  }
}

static int run_command(Ctx *c, const Command *cmd, int argc, char **argv) {
  Options o = {0};
  if (argc > 0 && str_eq(argv[0], "--help")) {
    options_help(cmd);
    return EXIT_OK;
  }
  if (!options_parse(c, cmd, argc, argv, &o)) return EXIT_USAGE;
  int status = cmd->run(c, &o);
  print_diagnostics(c, &o);
  if (fflush(stdout) || ferror(stdout)) {
    fprintf(stderr, "netcc: cannot write to standard output\n");
    return EXIT_FAILED;
  }
  return c->errors && status == EXIT_OK ? EXIT_FAILED : status;
}

int main(int argc, char **argv) {
  if (argc < 2) {
    help();
    return EXIT_USAGE;
  }
  if (str_eq(argv[1], "--help") || str_eq(argv[1], "-h")) return help();
  if (str_eq(argv[1], "--man")) return print_manual(command_table, command_count, NETCC_VERSION);
  if (str_eq(argv[1], "--bash-completion")) return print_completion(command_table, command_count);
  if (str_eq(argv[1], "--version")) return puts("netcc " NETCC_VERSION) < 0;
  const Command *cmd = find_command(argv[1]);
  if (!cmd) return EXIT_USAGE;
  Arena *arena = arena_new(0);
  int status = EXIT_FAILED;
  if (!arena || setjmp(*arena_boundary(arena)))
    fprintf(stderr, "netcc: out of memory\n");
  else
    status = run_command(ctx_new(arena), cmd, argc - 2, argv + 2);
  arena_free(arena);
  return status;
}
