/* test_zoo.c: the networks of examples/ have the published sizes, and compile.
 *
 * In: examples/, and zoo.def with each network's variants, parameters and multiply-adds. Out:
 * every row compiles for every target without a diagnostic, to a file of moderate size, and has
 * exactly its numbers; every file has a row. Names and results are compared with PyTorch's by tests/torch/zoo.py.
 */
#include "front_bench.h"
#include "zoo.h"

#include "compiler/emit/emit.h"
#include "compiler/pass/pass.h"
#include "compiler/report/report.h"

typedef ZooRow Row;

/* The row's graph; fails the test after any diagnostic. */
static Graph *graph_of(Bench *b, const Row *r) {
  VEC(const char *) defines = {0};
  char *copy = str_dup(b->arena, r->defines, strlen(r->defines));
  for (char *word; (word = strtok_r(copy, " ", &copy));) vec_push(b->arena, &defines, word);
  FrontOptions opt = {defines.at, defines.len, r->model[0] ? r->model : NULL, false};
  Graph *g =
      front_compile(b->c, add_file(b, str_fmt(b->arena, "examples/%s.net", r->file)), &opt);
  cr_assert(g && !b->c->warnings, "%s %s:\n%s", r->file, r->defines, report(b));
  return g;
}

static void check_numbers(Bench *b, const Row *r) {
  Graph *g = graph_of(b, r);
  Tally t = tally_scopes(b->c, g)[0];
  long long parameters = t.weights + t.bias, macs = t.macs;
  cr_expect(r->parameters < 0 || parameters == r->parameters, "%s %s: %lld parameters, not %lld",
            r->file, r->defines, parameters, (long long)r->parameters);
  cr_expect(r->macs < 0 || macs == r->macs, "%s %s: %lld multiply-adds, not %lld", r->file,
            r->defines, macs, (long long)r->macs);
}

enum { MOST_TEXT = 1500000 }; /* bytes of an emitted file that a compiler takes in stride */

static void check_plans(Bench *b, const Row *r) {
  for (int t = 0; t < target_count; t++) {
    Graph *g = graph_of(b, r);
    Plan *p = passes_run(b->c, g, NULL) ? plan_make(b->c, g, &target_table[t]) : NULL;
    cr_expect(p && !b->c->warnings, "%s %s for %s:\n%s", r->file, r->defines,
              target_table[t].name, report(b));
    Emitted out;
    bool emitted = p && emit_model(b->c, p, &(EmitOptions){0}, &out);
    cr_expect(emitted && out.c.len < MOST_TEXT, "%s %s for %s: %zu bytes of C", r->file,
              r->defines, target_table[t].name, emitted ? (size_t)out.c.len : 0);
  }
}

static void for_rows(void (*check)(Bench *, const Row *)) {
  for (int i = 0; i < zoo_count; i++) {
    Bench b = bench_new();
    check(&b, &zoo[i]);
    arena_free(b.arena);
  }
}

Test(zoo, numbers, .timeout = 120) { for_rows(check_numbers); }
Test(zoo, plans, .timeout = 400) { for_rows(check_plans); }

Test(zoo, every_file_has_a_row) {
  Bench b = bench_new();
  const char **paths;
  int n = list(&b, "examples", &paths);
  for (int i = 0; i < n; i++) {
    bool found = false;
    for (int k = 0; k < zoo_count; k++)
      found |= str_eq(paths[i], str_fmt(b.arena, "examples/%s.net", zoo[k].file));
    cr_expect(found, "%s has no row in zoo.def", paths[i]);
  }
  arena_free(b.arena);
}

/* ---- depth ----------------------------------------------------------------------------------
 */

/* Bytes that the compiler needs for so many layers of a network with -D depth=. */
static size_t bytes_for(const char *path, const char *text, const char *define) {
  Bench b = bench_new();
  FrontOptions opt = {&define, 1, NULL, false};
  int32_t file = text ? add(&b, text) : add_file(&b, path);
  Graph *g = front_compile(b.c, file, &opt);
  cr_assert(g && passes_run(b.c, g, NULL) && plan_make(b.c, g, target_find("x86-64-v3")),
            "%s:\n%s", path, report(&b));
  size_t used = arena_used(b.arena);
  arena_free(b.arena);
  return used;
}

static void check_depth(const char *path, const char *text, const char *once, const char *twice) {
  size_t one = bytes_for(path, text, once), two = bytes_for(path, text, twice);
  cr_expect(two < one * 9 / 4, "%s: %zu bytes, then %zu", path, one, two);
}

/* Twice the layers take twice the memory of the compiler, and of the time that makes it: what
 * looks at the whole network for every layer shows here first. */
Test(zoo, cost_of_depth, .timeout = 120) {
  check_depth("examples/preresnet.net", NULL, "depth=1001", "depth=2000");
}

Test(zoo, cost_of_branches, .timeout = 120) {
  check_depth("branches.net",
              "const depth = 1\n"
              "block cell(x) {\n"
              "  return concat {\n"
              "    x |> a: conv(8, 1) |> relu\n"
              "    x |> b1: conv(8, 1) |> relu |> b2: conv(8, 3, pad=1) |> relu\n"
              "    x |> maxpool(3, stride=1, pad=1) |> p: conv(8, 1) |> relu\n"
              "  }\n}\n"
              "model branches(x: f32[1, 24, 14, 14]) -> (x) {\n"
              "  repeat i in 0..depth { x = x |> m{i}: cell }\n}\n",
              "depth=150", "depth=300");
}

/* Groups of several stages, which are planned in graphs of their own. */
Test(zoo, cost_of_strips, .timeout = 120) {
  check_depth("strips.net",
              "const depth = 1\n"
              "model strips(x: f32[1, 16, 56, 56]) -> (x) {\n"
              "  repeat i in 0..depth {\n"
              "    x = x + (x |> e{i}: conv(96, 1) |> relu6\n"
              "               |> d{i}: conv(96, 3, pad=1, groups=96) |> relu6\n"
              "               |> p{i}: conv(16, 1))\n"
              "    x = x |> c{i}: conv(16, 3, pad=1) |> relu |> maxpool(3, stride=1, pad=1)\n"
              "  }\n}\n",
              "depth=100", "depth=200");
}
