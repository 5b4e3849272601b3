/* test_zoo.c: the networks of examples/ have the published sizes, and compile.
 *
 * In: examples/, and zoo.def with each network's variants, parameters and multiply-adds. Out:
 * every row compiles to a plan for every target without a diagnostic and has exactly its numbers;
 * every file has a row. Names and results are compared with PyTorch's by tests/torch/zoo.py.
 */
#include "front_bench.h"
#include "zoo.h"

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

static void check_plans(Bench *b, const Row *r) {
  for (int t = 0; t < target_count; t++) {
    Graph *g = graph_of(b, r);
    Plan *p = passes_run(b->c, g, NULL) ? plan_make(b->c, g, &target_table[t]) : NULL;
    cr_expect(p && !b->c->warnings, "%s %s for %s:\n%s", r->file, r->defines,
              target_table[t].name, report(b));
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

/* Twice the layers take twice the memory of the compiler, and of the time that makes it: what
 * looks at the whole network for every layer shows here first. */
Test(zoo, cost_of_depth, .timeout = 120) {
  size_t used[2];
  for (int i = 0; i < 2; i++) {
    Bench b = bench_new();
    Row r = {"preresnet", "", i ? "depth=2000" : "depth=1001", -1, -1};
    Graph *g = graph_of(&b, &r);
    cr_assert(passes_run(b.c, g, NULL) && plan_make(b.c, g, target_find("x86-64-v3")), "%s",
              report(&b));
    used[i] = arena_used(b.arena);
    arena_free(b.arena);
  }
  cr_expect(used[1] < used[0] * 9 / 4, "%zu bytes, then %zu", used[0], used[1]);
}
