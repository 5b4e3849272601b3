/* cmd_front.c: the commands that only read a network: check, fmt, dump, explain. */
#include "cli.h"

#include <string.h>

int cmd_check(Ctx *c, Options *o) {
  Options one = *o;
  const Target *t = load_target(c, o);
  if (!t) return EXIT_FAILED;
  for (int i = 0; i < o->files.len; i++) {
    one.files.at = &o->files.at[i];
    one.files.len = 1;
    const Graph *g = load_graph(c, &one);
    if (g && o->advice) advise(c, g, t);
  }
  return EXIT_OK;
}

static bool format_file(Ctx *c, const Options *o, const char *path, bool *canonical) {
  size_t size;
  StrBuf out = {.arena = c->arena};
  const char *text = io_read(c, path, &size);
  int32_t file = text ? ctx_add_source(c, path, text, size) : 0;
  if (!file || !front_format(c, file, &out)) return false;
  bool same = out.len == size && !memcmp(sb_str(&out), text, size);
  *canonical &= same;
  if (o->check) {
    if (!same) printf("%s\n", path);
    return true;
  }
  if (!o->in_place) return fputs(sb_str(&out), stdout) >= 0;
  return same || io_write(c, path, sb_str(&out), out.len);
}

int cmd_fmt(Ctx *c, Options *o) {
  bool canonical = true;
  for (int i = 0; i < o->files.len; i++) format_file(c, o, o->files.at[i], &canonical);
  return o->check && !canonical ? EXIT_FAILED : EXIT_OK;
}

int cmd_dump(Ctx *c, Options *o) {
  StrBuf out = {.arena = c->arena};
  const char *what = o->what ? o->what : "graph";
  if (str_eq(what, "ast")) {
    int32_t file = load_source(c, o);
    if (!file || !front_dump_ast(c, file, &out)) return EXIT_FAILED;
  } else if (str_starts(what, "plan")) {
    Network n;
    if (!load_network(c, o, &n)) return c->errors ? EXIT_FAILED : EXIT_OK;
    if (str_eq(what, "plan"))
      graph_print(c, n.plan->g, &out);
    else
      graph_dot(c, n.plan->g, &out);
  } else {
    Graph *g = load_graph(c, o);
    if (!g) return EXIT_FAILED;
    if (str_eq(what, "dot"))
      graph_dot(c, g, &out);
    else
      graph_print(c, g, &out);
  }
  fputs(sb_str(&out), stdout);
  return EXIT_OK;
}

static void no_code(Ctx *c, const char *text) {
  const char *names[DIAG_COUNT];
  for (int i = 0; i < DIAG_COUNT; i++) names[i] = diag_code_name((DiagCode)i);
  Diag *d = diag_error(c, DIAG_E0611, NO_SPAN, "no diagnostic code '%s'", text);
  const char *near = str_nearest(text, names, DIAG_COUNT);
  if (near)
    diag_help(c, d, "did you mean '%s'?", near);
  else
    diag_help(c, d, "what became of a layer: netcc report FILE.net --explain=%s", text);
}

int cmd_explain(Ctx *c, Options *o) {
  for (int i = 0; i < o->files.len; i++) {
    DiagCode code;
    if (diag_code_find(o->files.at[i], &code))
      printf("%s: %s\n\n%s\n", diag_code_name(code), diag_code_title(code), diag_code_text(code));
    else
      no_code(c, o->files.at[i]);
  }
  return EXIT_OK;
}
