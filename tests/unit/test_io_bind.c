/* test_io_bind.c: weights meet a graph by name, and random ones depend on name and seed only.
 *
 * In: graphs of bare parameters whose spans lie in a registered source, and tensor lists made
 * here. Out: Criterion results; of diagnostics, the code, the span, and the names they list.
 */
#include <math.h>

#include "tests/unit/io_fixture.h"

TestSuite(io_bind, .init = io_setup, .fini = io_teardown);

static const char source[] = "x |> conv1: conv(2, 3)\n  |> bn: batchnorm\n  |> fc: dense(4)\n";

static Graph *make_graph(void) {
  static const struct {
    const char *name;
    Shape shape;
    const char *at;
  } params[] = {
      {"conv1.weight", {4, {2, 1, 3, 3}}, "conv("}, {"conv1.bias", {1, {2}}, "conv("},
      {"bn.weight", {1, {2}}, "batchnorm"},         {"bn.running_mean", {1, {2}}, "batchnorm"},
      {"fc.weight", {2, {4, 2}}, "dense("},         {"fc.bias", {1, {4}}, "dense("}};
  Graph *g = graph_new(ctx, "m");
  int32_t file = ctx_add_source(ctx, "m.net", source, strlen(source));
  graph_add_value(ctx, g, V_INPUT, "x", DT_F32, SHAPE(1, 1, 8, 8), NO_SPAN);
  for (int i = 0; i < COUNT_OF(params); i++) {
    uint32_t at = (uint32_t)(strstr(source, params[i].at) - source);
    Span span = {file, at, at + (uint32_t)strlen(params[i].at)};
    graph_add_value(ctx, g, V_PARAM, params[i].name, DT_F32, params[i].shape, span);
  }
  return g;
}

static Value *param(const Graph *g, const char *name) {
  for (int i = 0; i < g->values.len; i++)
    if (str_eq(g->values.at[i]->name, name)) return g->values.at[i];
  return NULL;
}

/* A file that fits the graph: element j of tensor i is 100·i + j. */
static TensorFile fitting(Graph *g) {
  TensorFile f;
  for (int i = 1; i < g->values.len; i++) {
    Value *v = g->values.at[i];
    float *data = NEWN(arena, float, shape_count(&v->shape));
    for (int64_t j = 0; j < shape_count(&v->shape); j++) data[j] = (float)(100 * i + j);
    v->data = data;
  }
  weights_collect(ctx, g, &f);
  f.path = "m.safetensors";
  for (int i = 1; i < g->values.len; i++) g->values.at[i]->data = NULL;
  return f;
}

static FileTensor *named(TensorFile *f, const char *name) {
  for (int i = 0; i < f->at.len; i++)
    if (str_eq(f->at.at[i].name, name)) return &f->at.at[i];
  return NULL;
}

/* The rendered diagnostics contain the text. */
static void expect_says(const char *part) {
  const char *text = rendered();
  cr_expect_not_null(strstr(text, part), "\"%s\" is not in\n%s", part, text);
}

static void expect_code(int i, DiagCode code, const char *at) {
  cr_assert_gt(ctx->diags.len, i);
  const Diag *d = ctx->diags.at[i];
  cr_expect_eq(d->code, code, "%s: %s", diag_code_name(d->code), d->text);
  if (at)
    cr_expect_eq(d->span.begin, (uint32_t)(strstr(source, at) - source), "at %u", d->span.begin);
}

Test(io_bind, fitting_weights_bind) {
  Graph *g = make_graph();
  TensorFile f = fitting(g);
  cr_assert(weights_bind(ctx, g, &f, false), "%s", rendered());
  cr_expect_eq(ctx->diags.len, 0);
  for (int i = 1; i < g->values.len; i++) {
    cr_assert_not_null(g->values.at[i]->data);
    cr_expect_eq(g->values.at[i]->data[0], 100.0f * (float)i);
  }
  cr_expect_null(g->values.at[0]->data);
}

Test(io_bind, survives_the_file_format) {
  Graph *g = make_graph();
  TensorFile f = fitting(g), back;
  StrBuf b = {.arena = arena};
  safetensors_format(&b, &f);
  cr_assert(safetensors_parse(ctx, "m.safetensors", b.at, b.len, &back));
  cr_assert(weights_bind(ctx, g, &back, false), "%s", rendered());
  cr_expect_eq(param(g, "fc.weight")->data[7], 507);
}

Test(io_bind, counters_are_ignored_and_extras_warn) {
  Graph *g = make_graph();
  TensorFile f = fitting(g);
  const int64_t steps = 7;
  FileTensor t = {.type = ST_I64, .type_name = "I64", .count = 1, .size = 8, .data = &steps};
  t.name = "bn.num_batches_tracked";
  vec_push(arena, &f.at, t);
  cr_expect(weights_bind(ctx, g, &f, false));
  cr_expect_eq(ctx->diags.len, 0);
  t.name = "head.weight";
  vec_push(arena, &f.at, t);
  t.name = "head.bias";
  vec_push(arena, &f.at, t);
  cr_expect(weights_bind(ctx, g, &f, true));
  cr_expect_eq(ctx->diags.len, 0);
  cr_expect(weights_bind(ctx, g, &f, false));
  cr_expect(ctx->errors == 0 && ctx->warnings == 1);
  expect_code(0, DIAG_W0501, NULL);
  expect_says("2 tensors are not used");
  expect_says("head.weight (I64 scalar)");
}

Test(io_bind, all_faults_at_once) {
  Graph *g = make_graph();
  TensorFile f = fitting(g);
  named(&f, "conv1.weight")->name = "conv1.wieght";
  named(&f, "bn.running_mean")->name = "something_else_altogether";
  FileTensor *t = named(&f, "fc.weight");
  t->dim[0] = 2, t->dim[1] = 4;
  named(&f, "fc.bias")->rank = 2;
  named(&f, "bn.weight")->type = ST_I32;
  named(&f, "bn.weight")->type_name = "I32";
  cr_expect_not(weights_bind(ctx, g, &f, false));
  cr_assert_eq(ctx->diags.len, 4, "%s", rendered());
  expect_code(0, DIAG_E0501, "conv(");
  expect_code(1, DIAG_E0502, "dense(");
  expect_code(2, DIAG_E0503, "batchnorm");
  expect_code(3, DIAG_W0501, NULL);
  expect_says("m.safetensors lacks 2 of the network's 6 parameters");
  expect_says("conv1.weight (2x1x3x3)");
  expect_says("bn.running_mean (2)");
  expect_says("did you mean the file's 'conv1.wieght'?");
  expect_says("fc.weight: the network has 4x2, the file 2x4");
  expect_says("fc.bias: the network has 4, the file 4x0");
  expect_says("bn.weight (2) is stored as I32");
  cr_expect_not_null(param(g, "conv1.bias")->data);
}

Test(io_bind, a_common_prefix_is_seen) {
  Graph *g = make_graph();
  TensorFile f = fitting(g);
  for (int i = 0; i < f.at.len; i++)
    f.at.at[i].name = str_fmt(arena, "module.%s", f.at.at[i].name);
  cr_expect_not(weights_bind(ctx, g, &f, true));
  cr_expect_eq(ctx->diags.len, 1);
  expect_says("with 'module.' in front");
}

Test(io_bind, a_layer_trained_without_bias_is_seen) {
  Graph *g = make_graph();
  TensorFile f = fitting(g);
  f.at.len--; /* fc.bias */
  cr_expect_not(weights_bind(ctx, g, &f, false));
  cr_expect_eq(ctx->diags.len, 1);
  expect_says("the file has 'fc.weight' without a bias: write bias=false");
}

Test(io_bind, an_empty_file_lists_everything) {
  Graph *g = make_graph();
  TensorFile f = {.path = "empty.safetensors"};
  cr_expect_not(weights_bind(ctx, g, &f, false));
  cr_expect_eq(ctx->diags.len, 1);
  for (int i = 1; i < g->values.len; i++) expect_says(g->values.at[i]->name);
}

Test(io_bind, long_lists_and_no_spans) {
  Graph *g = graph_new(ctx, "m");
  TensorFile f = {.path = "w"};
  for (int i = 0; i < 200; i++)
    graph_add_value(ctx, g, V_PARAM, str_fmt(arena, "layer%d.weight", i), DT_F32, SHAPE(i + 1),
                    NO_SPAN);
  cr_expect_not(weights_bind(ctx, g, &f, false));
  for (int i = 0; i < 200; i++) expect_says(str_fmt(arena, "layer%d.weight (%d)", i, i + 1));
}

/* ---- random ----------------------------------------------------------------------------------
 */

static void moments(const float *x, int64_t n, double *mean, double *std) {
  double sum = 0, squares = 0;
  for (int64_t i = 0; i < n; i++) sum += (double)x[i], squares += (double)x[i] * (double)x[i];
  *mean = sum / (double)n;
  *std = sqrt(squares / (double)n - *mean * *mean);
}

Test(io_bind, random_values_have_their_distribution) {
  enum { N = 1000000 };
  float *x = NEWN(arena, float, N);
  const struct {
    ParamSpec spec;
    double mean, std, low, high;
  } want[] = {{{.fill = FILL_HE, .fan_in = 50}, 0, 0.2, -0.7, 0.7},
              {{.fill = FILL_SMALL}, 0, 0.05, -0.2, 0.2},
              {{.fill = FILL_AROUND_ONE}, 1, 0.4 / sqrt(12), 0.8, 1.2},
              {{.fill = FILL_POSITIVE}, 1, 1 / sqrt(12), 0.5, 1.5}};
  for (int i = 0; i < COUNT_OF(want); i++) {
    double mean, std;
    random_fill(x, N, "w", &want[i].spec, 1);
    moments(x, N, &mean, &std);
    cr_expect_float_eq(mean, want[i].mean, 5e-3 * want[i].std, "mean %g", mean);
    cr_expect_float_eq(std, want[i].std, 5e-3 * want[i].std, "std %g", std);
    for (int j = 0; j < N; j++)
      cr_assert((double)x[j] > want[i].low - 1e-6 && (double)x[j] < want[i].high + 1e-6);
  }
}

/* Neighbours are uncorrelated, and so are parameters of other names or seeds. */
Test(io_bind, random_values_are_independent) {
  enum { N = 100000 };
  float *x = NEWN(arena, float, N), *y = NEWN(arena, float, N);
  const ParamSpec spec = {.fill = FILL_HE, .fan_in = 2};
  const char *const names[] = {"a.weight", "b.weight", "a.weight"};
  const uint64_t seeds[] = {1, 1, 2};
  random_fill(x, N, "a.weight", &spec, 1);
  for (int i = 0; i < 3; i++) {
    double sum = 0;
    random_fill(y, N, names[i], &spec, seeds[i]);
    for (int j = 1; j < N; j++) sum += (double)x[j] * (double)y[j - (i == 0)];
    cr_expect_lt(fabs(sum / N), 0.015, "correlation %g", sum / N);
  }
}

Test(io_bind, random_weights_depend_on_name_and_seed_only) {
  Graph *g = make_graph(), *alone = graph_new(ctx, "other");
  Value *v = graph_add_value(ctx, alone, V_PARAM, "fc.weight", DT_F32, SHAPE(4, 2), NO_SPAN);
  v->param = param(g, "fc.weight")->param;
  weights_random(ctx, g, 42);
  weights_random(ctx, alone, 42);
  cr_expect_eq(memcmp(v->data, param(g, "fc.weight")->data, sizeof(float) * 8), 0);
  weights_random(ctx, alone, 43);
  cr_expect_neq(memcmp(v->data, param(g, "fc.weight")->data, sizeof(float) * 8), 0);
  cr_expect_null(g->values.at[0]->data);
  float *large = NEWN(arena, float, 200000), *small = NEWN(arena, float, 1000);
  random_fill(large, 200000, "w", &v->param, 1); /* threads do not matter */
  random_fill(small, 1000, "w", &v->param, 1);
  cr_expect_eq(memcmp(large, small, 4000), 0);
}
