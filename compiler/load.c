/* load.c: from a file name to a graph or a planned network, as the options say. */
#include "cli.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

int32_t load_source(Ctx *c, const Options *o) {
  size_t size;
  if (o->files.len > 1) {
    diag_error(c, DIAG_E0603, NO_SPAN, "one network at a time: what about '%s'?", o->files.at[1]);
    return 0;
  }
  const char *path = o->files.at[0], *text = io_read(c, path, &size);
  if (!text) return 0;
  return ctx_add_source(c, str_eq(path, "-") ? "<stdin>" : path, text, size);
}

static Graph *compile_source(Ctx *c, const Options *o, int32_t file) {
  FrontOptions front = {o->defines.at, o->defines.len, o->model, false};
  return front_compile(c, file, &front);
}

Graph *load_graph(Ctx *c, const Options *o) {
  int32_t file = load_source(c, o);
  Graph *g = file ? compile_source(c, o, file) : NULL;
  return c->errors ? NULL : g;
}

bool option_int(Ctx *c, const char *name, const char *text, int64_t preset, int64_t min,
                int64_t *out) {
  *out = preset;
  if (!text) return true;
  char *end;
  errno = 0;
  long long v = strtoll(text, &end, 10);
  if (errno || end == text || *end || v < min) {
    diag_error(c, DIAG_E0611, NO_SPAN, "--%s=%s: expected a whole number of at least %lld", name,
               text, (long long)min);
    return false;
  }
  *out = v;
  return true;
}

static bool option_scaled(Ctx *c, const char *name, const char *text, double thousand,
                          int64_t *out) {
  static const char units[] = "KMG";
  *out = 0;
  if (!text) return true;
  char *end;
  errno = 0;
  double v = strtod(text, &end);
  const char *unit = *end ? strchr(units, toupper((unsigned char)*end)) : NULL;
  for (const char *u = units; unit && u <= unit; u++) v *= thousand;
  if (unit) end++;
  if (!errno && end != text && !*end && v >= 1 && v <= 0x1p60) {
    *out = (int64_t)v;
    return true;
  }
  diag_error(c, DIAG_E0611, NO_SPAN, "--%s=%s: expected a number like 1000, 512K, 8M or 1.5G",
             name, text);
  return false;
}

bool option_bytes(Ctx *c, const char *name, const char *text, int64_t *out) {
  return option_scaled(c, name, text, 1024, out);
}

bool option_count(Ctx *c, const char *name, const char *text, int64_t *out) {
  return option_scaled(c, name, text, 1000, out);
}

/* Literal weights only: nothing is missing. */
static bool is_weightless(const Graph *g) {
  for (int i = 0; i < g->values.len; i++)
    if (graph_value(g, i)->kind == V_PARAM) return false;
  return true;
}

static bool bind_weights(Ctx *c, const Options *o, Network *n) {
  n->bound = is_weightless(n->source);
  if (o->weights && o->random_weights) {
    diag_error(c, DIAG_E0611, NO_SPAN, "--weights and --random-weights exclude each other");
    return false;
  }
  if (o->weights) {
    TensorFile file = {0};
    if (!safetensors_read(c, o->weights, &file) || !weights_bind(c, n->source, &file, false))
      return false;
    n->bound = true;
  }
  if (o->random_weights) {
    int64_t seed;
    if (!option_int(c, "random-weights", o->random_weights, 0, 0, &seed)) return false;
    weights_random(c, n->source, (uint64_t)seed);
    n->bound = true;
  }
  return true;
}

/* The planned graph is elaborated anew, so that the one as written stays for reference. */
static Graph *second_graph(Ctx *c, const Options *o, int32_t file, const Graph *first) {
  int warnings = c->warnings, diags = c->diags.len;
  Graph *g = compile_source(c, o, file);
  c->warnings = warnings; /* they were reported the first time */
  c->diags.len = diags;
  for (int i = 0; g && i < g->values.len; i++)
    graph_value(g, i)->data = graph_value(first, i)->data;
  return g;
}

/* The machine that --machine describes, whose target is --target if both are given. */
static const Target *load_machine(Ctx *c, const Options *o) {
  size_t size;
  const char *text = io_read(c, o->machine, &size);
  const Target *t = text ? machine_parse(c, ctx_add_source(c, o->machine, text, size)) : NULL;
  if (!t || !o->target || str_eq(o->target, t->name)) return t;
  diag_error(c, DIAG_E0611, NO_SPAN, "--target=%s, but %s describes a machine for %s", o->target,
             path_base(o->machine), t->name);
  return NULL;
}

const Target *load_target(Ctx *c, const Options *o) {
  if (o->machine && *o->machine) return load_machine(c, o);
  const char *name = o->target ? o->target : "native";
  const Target *t = target_find(name);
  if (t) return t;
  const char **names = NEWN(c->arena, const char *, target_count + 1);
  for (int i = 0; i < target_count; i++) names[i] = target_table[i].name;
  names[target_count] = "native";
  Diag *d = diag_error(c, DIAG_E0611, NO_SPAN, "no target '%s'", name);
  const char *near = str_nearest(name, names, target_count + 1);
  if (near) diag_help(c, d, "did you mean '%s'?", near);
  for (int i = 0; i < target_count; i++)
    diag_note(c, d, "%s: %s", target_table[i].name, target_table[i].doc);
  return NULL;
}

/* "fast=512K", the fastest first. The header makes macros of the names. */
static bool load_region(Ctx *c, const char *text, MemoryModel *m) {
  size_t n = strcspn(text, "=");
  const char *name = str_dup(c->arena, text, n);
  bool word = n && !isdigit((unsigned char)*name);
  for (size_t i = 0; i < n; i++) word &= isalnum((unsigned char)name[i]) || name[i] == '_';
  const char *why = !text[n]                    ? "expected NAME=BYTES"
                    : !word                     ? "its name is no identifier of C"
                    : m->regions == MAX_REGIONS ? "more than 8 regions"
                                                : NULL;
  for (int i = 0; i < m->regions; i++)
    if (strcasecmp(m->region[i].name, name) == 0) why = "another region is called so";
  if (why) {
    diag_error(c, DIAG_E0611, NO_SPAN, "--region=%s: %s", text, why);
    return false;
  }
  m->region[m->regions].name = name;
  return option_bytes(c, str_fmt(c->arena, "region=%s", name), text + n + 1,
                      &m->region[m->regions++].capacity);
}

/* Where activations may lie: --io, --region. */
static bool load_memory(Ctx *c, const Options *o, MemoryModel *m) {
  *m = (MemoryModel){.io_inside = o->io && str_eq(o->io, "arena")};
  for (int i = 0; i < o->regions.len; i++)
    if (!load_region(c, o->regions.at[i], m)) return false;
  if (!o->io || m->io_inside || str_eq(o->io, "caller")) return true;
  diag_error(c, DIAG_E0611, NO_SPAN, "--io=%s: expected caller or arena", o->io);
  return false;
}

bool load_network(Ctx *c, const Options *o, Network *n) {
  *n = (Network){.path = o->files.at[0]};
  MemoryModel memory;
  if (!load_memory(c, o, &memory)) return false;
  const Target *t = load_target(c, o);
  int32_t file = t ? load_source(c, o) : 0;
  n->source = file ? compile_source(c, o, file) : NULL;
  if (!n->source || c->errors || !bind_weights(c, o, n)) return false;
  Graph *g = second_graph(c, o, file, n->source);
  StrBuf dump = {.arena = c->arena}, timing = {.arena = c->arena};
  PassOptions pass = o->pass;
  if (o->exact) pass.disable = passes_exact(c, pass.disable);
  pass.dump = &dump;
  pass.timing = &timing;
  bool ok = g && passes_run(c, g, &pass);
  fputs(sb_str(&dump), stdout);
  fputs(sb_str(&timing), stderr);
  if (!ok || pass.stop_after) return false;
  n->plan = plan_make_in(c, g, t, &memory);
  return n->plan && !c->errors;
}

const char *command_text(Ctx *c, const Options *o, const Plan *p) {
  StrBuf b = {.arena = c->arena};
  sb_printf(&b, "netcc compile %s --target=%s", path_base(o->files.at[0]), p->target->name);
  for (int i = 0; i < o->defines.len; i++) sb_printf(&b, " -D %s", o->defines.at[i]);
  if (o->machine) sb_printf(&b, " --machine=%s", path_base(o->machine));
  if (o->model) sb_printf(&b, " --model=%s", o->model);
  if (o->prefix) sb_printf(&b, " --prefix=%s", o->prefix);
  if (o->io) sb_printf(&b, " --io=%s", o->io);
  for (int i = 0; i < o->regions.len; i++) sb_printf(&b, " --region=%s", o->regions.at[i]);
  if (o->arena) sb_printf(&b, " --arena=%s", o->arena);
  if (o->exact) sb_puts(&b, " --exact");
  if (o->pass.disable) sb_printf(&b, " --disable=%s", o->pass.disable);
  return sb_str(&b);
}

int terminal_width(void) {
  struct winsize size;
  const char *columns = getenv("COLUMNS");
  int n = columns ? atoi(columns) : 0;
  if (n > 0) return n < 1000 ? n : 0;
  if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size)) return 0;
  return size.ws_col;
}

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

void progress_bar(void *user, int64_t done, int64_t total) {
  enum { WIDTH = 40 };
  double *started = user;
  if (*started <= 0) *started = seconds();
  if (!isatty(2) || seconds() - *started < 1 || total <= 0) return;
  char bar[WIDTH + 1];
  int full = (int)((double)done / (double)total * WIDTH);
  for (int i = 0; i < WIDTH; i++) bar[i] = i < full ? '#' : '.';
  bar[WIDTH] = 0;
  fprintf(stderr, "\r%s %3d %%", bar, (int)(100.0 * (double)done / (double)total));
  if (done == total) fprintf(stderr, "\r%*s\r", WIDTH + 8, "");
}
