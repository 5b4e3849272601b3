/* cmd_ops.c: netcc ops: what the operator table says, to read, for documents and for editors. */
#include "cli.h"

static bool is_hidden(const OpInfo *op) { return op->flags & OPF_INTERNAL; }

static void print_operator(const OpInfo *op) {
  printf("%s: %s\n", op->name, op->doc);
  for (const AttrField *f = op->attrs; f->name; f++)
    printf("  %-10s %-10s %s%s%s%s\n", f->name, preset_text(f), f->doc, f->words ? " (" : "",
           f->words ? f->words : "", f->words ? ")" : "");
}

static int print_all(void) {
  for (int i = 0, n = 0; i < OP_COUNT; i++) {
    if (is_hidden(&op_table[i])) continue;
    if (n++) putchar('\n');
    print_operator(&op_table[i]);
  }
  return EXIT_OK;
}

static int print_what(Ctx *c, const char *what) {
  StrBuf out = {.arena = c->arena};
  bool ok = true;
  if (str_eq(what, "markdown"))
    operators_markdown(&out);
  else
    ok = str_eq(what, "vim") ? editor_vim(&out) : editor_textmate(&out);
  fputs(sb_str(&out), stdout);
  return ok ? EXIT_OK : EXIT_FAILED;
}

int cmd_ops(Ctx *c, Options *o) {
  const char *names[OP_COUNT];
  int n = 0;
  if (o->what) return print_what(c, o->what);
  if (o->all) return print_all();
  for (int i = 0; i < OP_COUNT; i++) {
    if (is_hidden(&op_table[i])) continue;
    names[n++] = op_table[i].name;
    if (!o->files.len) printf("%-18s %s\n", op_table[i].name, op_table[i].doc);
  }
  for (int i = 0; i < o->files.len; i++) {
    OpKind op;
    if (op_find(o->files.at[i], &op)) {
      print_operator(&op_table[op]);
      continue;
    }
    Diag *d = diag_error(c, DIAG_E0611, NO_SPAN, "no operator '%s'", o->files.at[i]);
    const char *near = str_nearest(o->files.at[i], names, n);
    if (near) diag_help(c, d, "did you mean '%s'?", near);
  }
  return EXIT_OK;
}
