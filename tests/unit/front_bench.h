/* front_bench.h: what the tests of the front end share: one arena and context, compiling text
 * and files, looking at the graph that results.
 */
#ifndef FRONT_BENCH_H
#define FRONT_BENCH_H

#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE
#endif

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/front/front.h"

typedef struct Bench {
  Arena *arena;
  Ctx *c;
} Bench;

static inline Bench bench_new(void) {
  Bench b = {.arena = arena_new(0)};
  cr_assert(b.arena);
  b.c = ctx_new(b.arena);
  return b;
}

static inline const char *report(Bench *b) {
  StrBuf out = {.arena = b->arena};
  diag_render(b->c, &out, false);
  return sb_str(&out);
}

static inline int32_t add(Bench *b, const char *text) {
  return ctx_add_source(b->c, "test.net", str_dup(b->arena, text, strlen(text)), strlen(text));
}

static inline int32_t add_file(Bench *b, const char *path) {
  size_t size;
  char *text = file_read(b->arena, path, &size);
  cr_assert(text, "cannot read %s", path);
  return ctx_add_source(b->c, path, text, size);
}

/* Compiles; fails the test with the report if there is any error. */
static inline Graph *compile(Bench *b, int32_t file, const char *define) {
  FrontOptions opt = {.defines = &define, .ndefines = define != NULL};
  Graph *g = front_compile(b->c, file, &opt);
  cr_assert(g, "%s", report(b));
  cr_assert(graph_verify(b->c, g, "front"), "%s", report(b));
  return g;
}

static inline const Value *find(const Graph *g, const char *name) {
  for (int i = 0; i < g->values.len; i++)
    if (str_eq(g->values.at[i]->name, name)) return g->values.at[i];
  return NULL;
}

static inline void expect_shape(const Graph *g, const char *name, Shape s) {
  const Value *v = find(g, name);
  cr_assert(v, "no value %s", name);
  cr_assert(shape_eq(&v->shape, &s), "%s has another shape", name);
}

/* Files of a directory that end in `.net`, sorted by name. */
static inline int list(Bench *b, const char *dir, const char ***paths) {
  struct dirent **entry;
  int n = scandir(dir, &entry, NULL, alphasort), kept = 0;
  cr_assert(n >= 0, "no directory %s; run from the repository's root", dir);
  *paths = NEWN(b->arena, const char *, n);
  for (int i = 0; i < n; i++) {
    if (str_ends(entry[i]->d_name, ".net"))
      (*paths)[kept++] = path_join(b->arena, dir, entry[i]->d_name);
    free(entry[i]);
  }
  free(entry);
  return kept;
}

static inline int list_examples(Bench *b, const char ***paths) {
  const char **more;
  int n = list(b, "examples", paths), m = list(b, "examples/fashion", &more);
  const char **all = NEWN(b->arena, const char *, n + m);
  for (int i = 0; i < n + m; i++) all[i] = i < n ? (*paths)[i] : more[i - n];
  *paths = all;
  return n + m;
}

#endif
