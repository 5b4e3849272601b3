/* test_front_tensor.c: what a network of the language computes: arithmetic on tensors, split,
 * several results of a block. Small numbers through the reference interpreter, compared exactly.
 * Run from the repository's root.
 */
#include "compiler/ops/ops.h"
#include "front_bench.h"

/* Compiles a model with one input and runs it on 1, 2, 3, …; the first output. */
static Tensor run(Bench *b, const char *text) {
  Graph *g = compile(b, add(b, text), NULL);
  const Shape s = graph_value(g, g->inputs.at[0])->shape;
  Tensor x = {s, NEWN(b->arena, float, shape_count(&s))};
  for (int64_t i = 0; i < shape_count(&s); i++) x.data[i] = (float)(i + 1);
  Interp r;
  cr_assert(interp_run(b->c, g, &x, &r, NULL, NULL), "%s", report(b));
  return r.value[g->outputs.at[0]];
}

/* `expression` of x = [1, 2, 3, 4], shape [1, 4]. */
static void expect_tensor(const char *expression, const float want[4]) {
  Bench b = bench_new();
  Tensor y = run(&b, str_fmt(b.arena, "model m(x: f32[1, 4]) -> (y) { y = %s }", expression));
  cr_expect_eq(shape_count(&y.shape), 4);
  for (int i = 0; i < 4; i++)
    cr_expect(y.data[i] == want[i], "%s [%d]: %g, not %g", expression, i, (double)y.data[i],
              (double)want[i]);
  arena_free(b.arena);
}

Test(tensor, with_numbers) {
  static const struct {
    const char *text;
    float want[4];
  } cases[] = {
      {"x + 1", {2, 3, 4, 5}},
      {"1 + x", {2, 3, 4, 5}},
      {"x - 0.5", {0.5f, 1.5f, 2.5f, 3.5f}},
      {"1 - x", {0, -1, -2, -3}},
      {"2*x", {2, 4, 6, 8}},
      {"x*-3", {-3, -6, -9, -12}},
      {"x/4", {0.25f, 0.5f, 0.75f, 1}},
      {"-x", {-1, -2, -3, -4}},
      {"-x + x*x", {0, 2, 6, 12}},
      {"(x |> scale(2, 1)) + x", {4, 7, 10, 13}},
      {"x*0", {0, 0, 0, 0}},
      {"-(2 - x)*2 - 1", {-3, -1, 1, 3}},
  };
  for (int i = 0; i < COUNT_OF(cases); i++) expect_tensor(cases[i].text, cases[i].want);
}

Test(tensor, split_and_several_results) {
  Bench b = bench_new();
  Tensor y = run(&b, "block ends(x, n) {\n"
                     "  first, _middle, last = x |> split(sizes=[n, x.channels - 2*n, n])\n"
                     "  return last, first\n"
                     "}\n"
                     "model m(x: f32[1, 6, 1, 2]) -> (y) {\n"
                     "  a, b = ends(x, 2)\n"
                     "  left, right = split(a, 2, axis=-1)\n"
                     "  y = concat(b, concat(right, left, axis=3))\n"
                     "}\n");
  static const float want[] = {1, 2, 3, 4, 10, 9, 12, 11};
  cr_expect_eq(shape_count(&y.shape), COUNT_OF(want));
  for (int i = 0; i < COUNT_OF(want); i++)
    cr_expect(y.data[i] == want[i], "[%d]: %g", i, (double)y.data[i]);
  arena_free(b.arena);
}

Test(tensor, ranks_and_properties) {
  Bench b = bench_new();
  Graph *g =
      compile(&b,
              add(&b, "model audio(x: f32[N=1, 40, T=100], v: f32[N, 3, 16, 12, 14])\n"
                      "    -> (y, z, w) {\n"
                      "  y = x |> conv(8, 5, stride=2) |> maxpool(2) |> batchnorm |> relu\n"
                      "  z = v |> conv(4, 3, pad=1) |> global_avgpool |> flatten\n"
                      "  n = x.channels + x.length + v.depth + v.height + v.width\n"
                      "  w = z |> d: dense(n + x.rank + v.rank + v.shape[2])\n"
                      "}\n"),
              "T=200");
  expect_shape(g, "relu1", SHAPE(1, 8, 49));
  expect_shape(g, "flatten1", SHAPE(1, 4));
  expect_shape(g, "d", SHAPE(1, 40 + 200 + 16 + 12 + 14 + 3 + 5 + 16));
  arena_free(b.arena);
}
