/* pass.c: runs the pipeline of passes.def.
 * Checks the options first (a wrong name is an error with a suggestion), then per pass: what it
 * needs, the pass itself, compaction, time, the verifier, the dump. */
#include "pass.h"

#include <string.h>
#include <time.h>

const PassInfo pass_table[] = {
#define PASS(name, function, needs, gives, optional, fuses, doc)                                 \
  {name, needs, gives, doc, function, optional, fuses},
#include "passes.def"
#undef PASS
#define PASS(name, function, needs, gives, optional, fuses, doc)
#define PLANNED(name, fuses, doc) {name, "", "", doc, NULL, true, fuses},
#include "passes.def"
#undef PASS
#undef PLANNED
    {0},
};

/* ---- lists of names ---------------------------------------------------------------------- */

/* Copies the next word of a list separated by commas or blanks; NULL at the end. */
static const char *next_word(Ctx *c, const char **list) {
  const char *p = *list + strspn(*list, ", ");
  size_t n = strcspn(p, ", ");
  *list = p + n;
  return n ? intern_n(c->names, p, n) : NULL;
}

static bool in_list(Ctx *c, const char *list, const char *name) {
  const char *word;
  while (list && (word = next_word(c, &list)))
    if (str_eq(word, name)) return true;
  return false;
}

/* Rewrites of the planner can be disabled, but the pipeline does not stop at them. */
static bool find_pass(const char *name, bool planned) {
  for (const PassInfo *p = pass_table; p->name; p++)
    if (str_eq(p->name, name) && (planned || p->run)) return true;
  return false;
}

static void unknown_pass(Ctx *c, const char *option, const char *name, bool planned) {
  VEC(const char *) names = {0};
  StrBuf all = {.arena = c->arena};
  for (const PassInfo *p = pass_table; p->name; p++) {
    if (!planned && !p->run) continue;
    vec_push(c->arena, &names, p->name);
    sb_printf(&all, "%s%s", p == pass_table ? "" : ", ", p->name);
  }
  Diag *d = diag_error(c, DIAG_E0820, NO_SPAN, "%s: there is no pass '%s'", option, name);
  const char *near = str_nearest(name, names.at, names.len);
  if (near) diag_help(c, d, "did you mean '%s'?", near);
  diag_note(c, d, "the passes are, in order: %s", sb_str(&all));
}

static bool check_names(Ctx *c, const char *option, const char *list, bool all, bool planned) {
  const char *word;
  bool ok = true;
  while (list && (word = next_word(c, &list))) {
    if ((all && str_eq(word, "all")) || find_pass(word, planned)) continue;
    unknown_pass(c, option, word, planned);
    ok = false;
  }
  return ok;
}

static bool check_disabled(Ctx *c, const char *list) {
  bool ok = true;
  for (const PassInfo *p = pass_table; p->name; p++) {
    if (p->optional || !in_list(c, list, p->name)) continue;
    Diag *d = diag_error(c, DIAG_E0821, NO_SPAN, "pass '%s' cannot be disabled", p->name);
    diag_note(c, d, "it %s; later stages rely on that", p->doc);
    ok = false;
  }
  return ok;
}

static bool check_options(Ctx *c, const PassOptions *o) {
  bool ok = check_names(c, "--dump-after", o->dump_after, true, false);
  ok &= check_names(c, "--stop-after", o->stop_after, false, false);
  ok &= check_names(c, "--disable", o->disable, false, true);
  return ok && check_disabled(c, o->disable);
}

/* ---- running ----------------------------------------------------------------------------- */

static bool check_needs(Ctx *c, const PassInfo *p, const char *facts) {
  const char *list = p->needs, *need;
  while ((need = next_word(c, &list))) {
    if (in_list(c, facts, need)) continue;
    diag_error(c, DIAG_E0821, NO_SPAN, "pass '%s' needs '%s', which no pass before it gives",
               p->name, need);
    return false;
  }
  return true;
}

static double milliseconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

/* A single dump is graph text as it is; several are told apart by comments. */
static void dump(Ctx *c, const Graph *g, const PassInfo *p, const PassOptions *o) {
  if (!o->dump || !o->dump_after) return;
  if (!in_list(c, o->dump_after, "all") && !in_list(c, o->dump_after, p->name)) return;
  if (strcmp(o->dump_after, p->name)) sb_printf(o->dump, "# after %s\n", p->name);
  graph_print(c, g, o->dump);
}

static bool run_pass(Ctx *c, Graph *g, const PassInfo *p, const PassOptions *o) {
  double start = milliseconds();
  if (!p->run(c, g)) return false;
  graph_compact(c, g);
  double passed = milliseconds() - start;
  if (!graph_verify(c, g, p->name)) return false;
  if (o->time && o->timing)
    sb_printf(o->timing, "%-18s %8.3f ms  %5d nodes\n", p->name, passed, g->nodes.len);
  dump(c, g, p, o);
  return true;
}

const char *passes_exact(Ctx *c, const char *disable) {
  static const char *const other_order = "collapse,fold_front";
  return disable ? str_fmt(c->arena, "%s,%s", disable, other_order) : other_order;
}

bool passes_run(Ctx *c, Graph *g, const PassOptions *opt) {
  PassOptions none = {0};
  const PassOptions *o = opt ? opt : &none;
  StrBuf facts = {.arena = c->arena};
  if (!check_options(c, o)) return false;
  g->disabled = o->disable;
  for (const PassInfo *p = pass_table; p->name; p++) {
    if (!p->run || in_list(c, o->disable, p->name)) continue;
    if (!check_needs(c, p, sb_str(&facts)) || !run_pass(c, g, p, o)) return false;
    sb_printf(&facts, " %s", p->gives);
    if (str_eq(o->stop_after, p->name)) break;
  }
  return true;
}
