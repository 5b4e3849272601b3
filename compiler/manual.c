/* manual.c: the manual page and the completion for bash, written from the tables of commands and
 * options, so that neither can fall behind. `make install` installs both.
 */
#include "cli.h"

#include <ctype.h>

/* ---- the manual page --------------------------------------------------------------------------
 */

/* Text for roff: hyphens that stay hyphens, no line that looks like a request. */
static void roff(const char *s) {
  if (*s == '.' || *s == '\'') fputs("\\&", stdout);
  for (; *s; s++) {
    if (*s == '-')
      fputs("\\-", stdout);
    else if (*s == '\\')
      fputs("\\e", stdout);
    else
      putchar(*s);
  }
}

static void roff_option(const OptionText *o) {
  fputs(".TP\n.B ", stdout);
  if (o->letter) printf("\\-%c, ", o->letter);
  fputs("\\-\\-", stdout);
  roff(o->name);
  if (o->argument) {
    printf("%s\\fI", *o->between == ' ' ? "\\ " : o->between);
    for (const char *s = o->argument; *s; s++)
      if (*s == ' ')
        fputs("\\ ", stdout);
      else
        putchar(*s);
    fputs("\\fR", stdout);
  }
  putchar('\n');
  roff(o->doc);
  putchar('\n');
}

static void roff_command(const Command *cmd) {
  OptionText o;
  printf(".SS netcc %s\n.B netcc %s\n[\\fIOPTION\\fR...] \\fI", cmd->name, cmd->name);
  roff(cmd->arguments);
  printf("\\fR\n.PP\n%c", toupper((unsigned char)*cmd->doc));
  roff(cmd->doc + 1);
  puts(".");
  for (int i = 0; option_text(cmd, i, &o); i++)
    if (o.name) roff_option(&o);
}

int print_manual(const Command *commands, int n, const char *version) {
  printf(".TH NETCC 1 \"\" \"netcc %s\"\n", version);
  puts(
      ".SH NAME\nnetcc \\- compile convolutional networks to standalone C\n"
      ".SH SYNOPSIS\n.B netcc\n.I COMMAND\n[\\fIOPTION\\fR...] \\fIARGUMENT\\fR...\n"
      ".SH DESCRIPTION\n"
      "A network is a short text file. netcc compiles it to one C file, one header and one file\n"
      "of packed weights, specialised to that network, which need a C compiler and libm. It "
      "also\n"
      "runs networks, and reports what it did to them and why. A file called \\- is standard\n"
      "input or output.\n.SH COMMANDS");
  for (int i = 0; i < n; i++) roff_command(&commands[i]);
  puts(".SH EXIT STATUS\n0 success, 1 errors in the input, 2 wrong usage. netcc diff: 0 the "
       "same, 1 different, 2\n"
       "trouble.\n"
       ".SH ENVIRONMENT\n.TP\n.B CC\nThe C compiler that netcc run calls (default: cc).\n"
       ".TP\n.B TMPDIR\nWhere netcc run keeps its files for a moment (default: /tmp).\n"
       ".TP\n.B OMP_NUM_THREADS, OMP_WAIT_POLICY\nThreads of netcc run and of compiled models.\n"
       ".SH EXAMPLES\n.nf\n"
       "netcc new digits \\-\\-from lenet && make \\-C digits\n"
       "netcc compile lenet.net \\-\\-weights lenet.safetensors \\-\\-with\\-runtime \\-o out\n"
       "netcc report lenet.net\n"
       "netcc check \\-\\-advice lenet.net\n.fi");
  return EXIT_OK;
}

/* ---- completion for bash ----------------------------------------------------------------------
 */

static void option_words(const Command *cmd) {
  OptionText o;
  for (int i = 0; option_text(cmd, i, &o); i++)
    if (o.name) printf(" --%s%s", o.name, *o.between == '=' ? "=" : "");
}

static void argument_words(const Command *cmd) {
  if (str_eq(cmd->name, "ops"))
    for (int i = 0; i < OP_COUNT; i++)
      if (!(op_table[i].flags & OPF_INTERNAL)) printf(" %s", op_table[i].name);
  if (str_eq(cmd->name, "explain"))
    for (int i = 0; i < DIAG_COUNT; i++) printf(" %s", diag_code_name((DiagCode)i));
}

int print_completion(const Command *commands, int n) {
  puts("# Completion of netcc for bash, written by `netcc --bash-completion`.\n"
       "_netcc() {\n"
       "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} options= "
       "words=\n"
       "  COMPREPLY=()\n"
       "  [[ $before == = ]] && before=${COMP_WORDS[COMP_CWORD-2]}\n"
       "  [[ $word == = ]] && word=\n"
       "  case $before in");
  printf("  --target|-t) words=\"native");
  for (int i = 0; i < target_count; i++) printf(" %s", target_table[i].name);
  puts("\" ;;\n"
       "  --diagnostics) words=\"text json\" ;;\n"
       "  --dataset) words=\"mnist fashion cifar10\" ;;\n"
       "  --fit) words=\"resize bilinear crop\" ;;\n"
       "  esac\n"
       "  if [[ -n $words ]]; then\n"
       "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
       "    return\n"
       "  fi\n"
       "  if ((COMP_CWORD == 1)); then");
  printf("    COMPREPLY=($(compgen -W \"--help --version");
  for (int i = 0; i < n; i++) printf(" %s", commands[i].name);
  puts("\" -- \"$word\"))\n    return\n  fi\n  case ${COMP_WORDS[1]} in");
  for (int i = 0; i < n; i++) {
    printf("  %s) options=\"--help", commands[i].name);
    option_words(&commands[i]);
    printf("\" words=\"");
    argument_words(&commands[i]);
    puts("\" ;;");
  }
  puts("  esac\n"
       "  if [[ $word == -* ]]; then words=$options; fi\n"
       "  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
       "  if [[ ${COMPREPLY[0]} == *= ]]; then compopt -o nospace; fi\n"
       "}\n"
       "complete -o default -F _netcc netcc");
  return EXIT_OK;
}
