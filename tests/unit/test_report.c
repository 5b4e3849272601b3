/* test_report.c: the report's numbers against published ones, its sums against each other, and
 * its text: complete, aligned, within the width, without trailing spaces, the same every time. */
#include <criterion/criterion.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/front/front.h"
#include "compiler/ops/ops.h"
#include "compiler/pass/pass.h"
#include "compiler/report/report.h"
#include "context.h"

TestSuite(report, .init = setup, .fini = teardown);

static const char *diagnostics(void) {
  StrBuf b = {.arena = ctx->arena};
  diag_render(ctx, &b, false);
  return sb_str(&b);
}

static Graph *graph_of(const char *path) {
  size_t size;
  const char *text = file_read(ctx->arena, path, &size);
  cr_assert_not_null(text, "no %s", path);
  Graph *g = front_compile(ctx, ctx_add_source(ctx, path, text, size), NULL);
  cr_assert(g && !ctx->errors, "%s: %s", path, diagnostics());
  return g;
}

static Graph *example(const char *name) {
  return graph_of(str_fmt(ctx->arena, "examples/%s.net", name));
}

static Plan *plan_of(const char *path, const char *target) {
  Graph *g = graph_of(path);
  cr_assert(passes_run(ctx, g, NULL), "%s: %s", path, diagnostics());
  Plan *p = plan_make(ctx, g, target_find(target));
  cr_assert(p, "%s for %s: %s", path, target, diagnostics());
  return p;
}

/* ---- numbers --------------------------------------------------------------------------------
 */

static int scope_at(const Graph *g, const char *path) {
  for (int i = 0; i < g->scopes.len; i++)
    if (str_eq(g->scopes.at[i].path, path)) return i;
  cr_assert_fail("no scope %s", path);
  return -1;
}

static Tally layer(const Graph *g, const char *name) {
  for (int i = 0; i < g->nodes.len; i++)
    if (str_eq(g->nodes.at[i]->name, name)) return tally_node(ctx, g, g->nodes.at[i]);
  cr_assert_fail("no layer %s", name);
  return (Tally){0};
}

/* The paper's modules (Szegedy et al. 2015, table 1, misprints corrected). */
Test(report, googlenet_modules) {
  static const struct {
    const char *module;
    int64_t weights, macs;
  } expected[] = {
      {"inception3a", 163328, 128049152}, {"inception3b", 388096, 304267264},
      {"inception4a", 375552, 73608192},  {"inception4b", 448512, 87908352},
      {"inception4c", 509440, 99850240},  {"inception4d", 604672, 118515712},
      {"inception4e", 867328, 169996288}, {"inception5a", 1042432, 51079168},
      {"inception5b", 1442816, 70697984},
  };
  Graph *g = example("googlenet");
  Tally *at = tally_scopes(ctx, g);
  for (int i = 0; i < COUNT_OF(expected); i++) {
    Tally t = at[scope_at(g, expected[i].module)];
    cr_expect_eq(t.weights, expected[i].weights, "%s: %lld weights", expected[i].module,
                 (long long)t.weights);
    cr_expect_eq(t.macs, expected[i].macs, "%s: %lld", expected[i].module, (long long)t.macs);
    cr_expect_gt(t.bias, 0);
  }
  Tally first = layer(g, "conv1"), reduce = layer(g, "conv2"), wide = layer(g, "conv3");
  cr_expect_eq(first.weights, 9408);
  cr_expect_eq(first.macs, 118013952);
  cr_expect_eq(reduce.weights + wide.weights, 112 * 1024);
  cr_expect_eq(reduce.macs + wide.macs, 359661568);
  cr_expect_eq(layer(g, "fc").weights, 1024000);
}

static Tally total(const char *name) { return tally_scopes(ctx, example(name))[0]; }

Test(report, published_totals) {
  Tally t = total("lenet");
  cr_expect_eq(t.weights + t.bias, 1256080);
  t = total("alexnet");
  cr_expect_eq(t.weights + t.bias, 61100840);
  t = total("vgg");
  cr_expect_eq(t.weights + t.bias, 138357544);
  cr_expect_eq(t.macs, 15470264320);
  t = total("googlenet");
  cr_expect_eq(t.weights + t.bias, 6998552);
  t = total("resnet");
  cr_expect_eq(t.weights + t.bias, 11689512);
  t = total("squeezenet1_1");
  cr_expect_eq(t.weights + t.bias, 1235496);
}

static void add(Tally *sum, Tally t) {
  sum->layers += t.layers;
  sum->weights += t.weights;
  sum->bias += t.bias;
  sum->macs += t.macs;
  sum->other += t.other;
  sum->bytes += t.bytes;
  sum->results += t.results;
}

static void expect_same(const char *path, const char *what, Tally a, Tally b) {
  cr_expect(!memcmp(&a, &b, sizeof a), "%s: %s do not add up to the whole", path, what);
}

static void check_sums(const char *path) {
  Graph *g = graph_of(path);
  Tally *at = tally_scopes(ctx, g), layers = {0}, blocks = tally_directly(ctx, g, 0);
  Tally again = {0};
  for (int i = 0; i < g->nodes.len; i++) add(&layers, tally_node(ctx, g, g->nodes.at[i]));
  for (int s = 0; s < g->scopes.len; s++) {
    if (scope_parent(g, s) == 0) add(&blocks, at[s]);
    add(&again, tally_directly(ctx, g, s));
  }
  expect_same(path, "layers", layers, at[0]);
  expect_same(path, "blocks", blocks, at[0]);
  expect_same(path, "scopes taken singly", again, at[0]);
  cr_expect_eq(layers.layers, g->nodes.len);
}

typedef void CheckFn(const char *path);

static void for_examples(CheckFn *check) {
  glob_t found;
  cr_assert_eq(glob("examples/*.net", 0, NULL, &found), 0, "no examples");
  for (size_t i = 0; i < found.gl_pathc; i++) {
    teardown(); /* an arena for each */
    setup();
    check(found.gl_pathv[i]);
  }
  globfree(&found);
}

Test(report, sums_agree) { for_examples(check_sums); }

/* MiB of intermediates, whatever the target's blocks and layout changes. */
Test(report, intermediates) {
  static const struct {
    const char *name;
    double mib;
  } expected[] = {{"lenet5", 0.022},        {"alexnet", 0.917}, {"vgg", 24.5},
                  {"squeezenet1_1", 3.747}, {"resnet", 3.828},  {"googlenet", 4.594}};
  for (int i = 0; i < COUNT_OF(expected); i++)
    for (int t = 0; t < target_count; t++) {
      const char *path = str_fmt(ctx->arena, "examples/%s.net", expected[i].name);
      Plan *p = plan_of(path, target_table[t].name);
      Intermediates m = report_intermediates(ctx, p);
      double mib = (double)m.logical / 1048576;
      cr_expect(mib > 0 && mib < expected[i].mib + 0.0006, "%s for %s: %.4f MiB", path,
                target_table[t].name, mib);
      cr_expect(m.padding >= 0 && m.copies >= 0 && m.buffers >= p->arena_bytes);
      cr_expect_leq(p->lower_bound, m.logical + m.copies + m.padding + 64 * p->buffers.len);
    }
}

/* ---- where layers went ------------------------------------------------------------------------
 */

static const char *fate(const Graph *g, const Placing *at, const char *name) {
  for (int i = 0; i < g->nodes.len; i++)
    if (str_eq(g->nodes.at[i]->name, name)) return at[i].fate;
  return "no such layer";
}

Test(report, places) {
  Graph *g = example("lenet");
  Placing *at = report_places(ctx, g, plan_of("examples/lenet.net", "x86-64-v4"));
  const char *first = fate(g, at, "conv1");
  cr_expect(str_starts(first, "conv_") || str_eq(first, "strips"), "%s", first);
  cr_expect_str_eq(fate(g, at, "relu1"), "in conv1");
  cr_expect_str_eq(fate(g, at, "flatten1"), "in fc1");
  cr_expect_str_eq(fate(g, at, "softmax1"), "softmax");
  g = example("resnet");
  at = report_places(ctx, g, plan_of("examples/resnet.net", "x86-64-v3"));
  cr_expect_str_eq(fate(g, at, "layer1.0.bn1"), "folded in layer1.0.conv1");
  cr_expect_str_eq(fate(g, at, "layer1.0.add1"), "in layer1.0.conv2");
  g = example("alexnet");
  at = report_places(ctx, g, plan_of("examples/alexnet.net", "c99"));
  for (int i = 0; i < g->nodes.len; i++)
    if (g->nodes.at[i]->op == OP_DROPOUT) cr_expect_str_eq(at[i].fate, "removed");
}

Test(report, every_layer_has_a_place) {
  Graph *g = example("googlenet");
  Placing *at = report_places(ctx, g, plan_of("examples/googlenet.net", "x86-64-v4"));
  for (int i = 0; i < g->nodes.len; i++)
    cr_expect(g->nodes.at[i]->op == OP_DROPOUT || (at[i].group && at[i].step), "%s is %s",
              g->nodes.at[i]->name, at[i].fate);
}

/* ---- text -------------------------------------------------------------------------------- */

static const char *report_of(const Graph *g, const Plan *p, bool decisions, int width) {
  StrBuf b = {.arena = ctx->arena};
  report_text(ctx, g, p, NULL, decisions, width, &b);
  return sb_str(&b);
}

static int characters(const char *s, size_t n) {
  int sum = 0;
  for (size_t i = 0; i < n; i++) sum += ((unsigned char)s[i] & 0xC0) != 0x80;
  return sum;
}

static void check_lines(const char *path, const char *text, int width) {
  for (const char *s = text; *s;) {
    size_t n = strcspn(s, "\n");
    cr_expect(n == 0 || s[n - 1] != ' ', "%s: trailing space: %.*s", path, (int)n, s);
    cr_expect(!width || characters(s, n) <= width, "%s: wider than %d: %.*s", path, width, (int)n,
              s);
    cr_assert(s[n] == '\n', "%s: the last line does not end", path);
    s += n + 1;
  }
}

static void check_text(const char *path) {
  static const char *const sections[] = {"LAYERS",  "COSTS",   "BLOCKS", "FUSION",
                                         "KERNELS", "LAYOUTS", "MEMORY"};
  for (int t = 0; t < target_count; t++) {
    Graph *g = graph_of(path);
    Plan *p = plan_of(path, target_table[t].name);
    const char *text = report_of(g, p, false, 0);
    cr_expect_str_eq(text, report_of(g, p, false, 0), "%s: not the same again", path);
    check_lines(path, text, 0);
    cr_expect_null(strstr(text, "examples/"), "%s: a path in the report", path);
    for (int i = 0; i < COUNT_OF(sections); i++)
      cr_expect_not_null(strstr(text, sections[i]), "%s: no %s", path, sections[i]);
    for (int i = 0; i < g->nodes.len; i++)
      cr_expect_not_null(strstr(text, str_fmt(ctx->arena, "\n  %s ", g->nodes.at[i]->name)),
                         "%s: no row for %s", path, g->nodes.at[i]->name);
    check_lines(path, report_of(g, p, true, 0), 0);
    for (int width = 40 + 4 * t; width <= 300; width += width / 3) {
      StrBuf fusion = {.arena = ctx->arena};
      check_lines(path, report_of(g, p, true, width), width);
      report_candidates(ctx, g, p, width, &fusion);
      check_lines(path, sb_str(&fusion), width);
    }
    check_lines(path, report_of(g, p, false, 20), 0);
  }
}

Test(report, text_of_every_example, .timeout = 120) { for_examples(check_text); }

/* The cells of the row that starts with `name`, indented or not, single spaces between them. */
static const char *row(const char *text, const char *name) {
  const char *at = strstr(text, str_fmt(ctx->arena, "\n  %s ", name));
  if (!at) at = strstr(text, str_fmt(ctx->arena, "\n    %s ", name));
  cr_assert_not_null(at, "no row %s in\n%s", name, text);
  StrBuf b = {.arena = ctx->arena};
  for (const char *s = at + 1 + strspn(at + 1, " "); *s && *s != '\n'; s++)
    if (*s != ' ' || s[-1] != ' ') sb_putc(&b, *s);
  return sb_str(&b);
}

Test(report, rows_of_lenet) {
  Plan *p = plan_of("examples/lenet.net", "c99");
  const char *text = report_of(example("lenet"), p, false, 0);
  cr_expect(strstr(row(text, "conv2"), " 1x50x14x14 25,050 4,900,000 14 2 "), "%s",
            row(text, "conv2"));
  cr_expect(strstr(row(text, "fc1"), " 1x500 1,225,500 1,225,000 all all "), "%s",
            row(text, "fc1"));
  cr_expect(strstr(text, "\n  parameters          1,256,080  1,255,500 without bias\n"), "%s",
            text);
  cr_expect(strstr(text, "\n  output  probs  f32 1x10       nc\n"), "%s", text);
}

Test(report, rows_of_blocks) {
  Plan *p = plan_of("examples/googlenet.net", "x86-64-v3");
  const char *text = strstr(report_of(example("googlenet"), p, false, 0), "BLOCKS");
  const char *line = row(text, "inception4e");
  cr_expect(str_starts(line,
                       "inception4e inception 1x528x14x14 -> 1x832x14x14 14 868,352 867,328 "
                       "169,996,288 "),
            "%s", line);
}

Test(report, decisions_on_demand) {
  Plan *p = plan_of("examples/resnet.net", "x86-64-v4");
  Graph *g = example("resnet");
  const char *brief = report_of(g, p, false, 0), *full = report_of(g, p, true, 0);
  cr_expect_null(strstr(brief, "DECISIONS"));
  cr_expect_not_null(strstr(full, "DECISIONS"));
  for (int i = 0; i < p->g->log->at.len; i++)
    cr_expect_not_null(strstr(full, p->g->log->at.at[i].what), "%s", p->g->log->at.at[i].what);
}

/* ---- tables ------------------------------------------------------------------------------ */

static const Column fruit[] = {
    {"name", false, 0}, {"colour", false, 2}, {"count", true, 0}, {"note", false, 5}};

static const char *fruit_table(int width) {
  Table t = table_new(ctx, fruit, COUNT_OF(fruit));
  StrBuf b = {.arena = ctx->arena};
  const char *rows[] = {"apple", "red", "kept", "blåbär with a long name", "blue", NULL};
  for (int i = 0; i < 2; i++) {
    table_text(&t, rows[3 * i]);
    table_text(&t, rows[3 * i + 1]);
    table_int(&t, i ? 1234567 : 3);
    table_text(&t, rows[3 * i + 2]);
  }
  t.total = true;
  table_print(&t, width, &b);
  return sb_str(&b);
}

Test(report, table_aligned) {
  cr_expect_str_eq(fruit_table(0), "  name                     colour      count  note\n"
                                   "  ------------------------------------------------\n"
                                   "  apple                    red             3  kept\n"
                                   "  ------------------------------------------------\n"
                                   "  blåbär with a long name  blue    1,234,567\n");
}

Test(report, table_gives_way) {
  cr_expect_str_eq(fruit_table(40), "  name                 colour      count\n"
                                    "  --------------------------------------\n"
                                    "  apple                red             3\n"
                                    "  --------------------------------------\n"
                                    "  blåbär wi..ong name  blue    1,234,567\n"
                                    "  left out at this width: note\n");
  cr_expect_str_eq(fruit_table(24), "  name             count\n"
                                    "  ----------------------\n"
                                    "  apple                3\n"
                                    "  ----------------------\n"
                                    "  blåbä..name  1,234,567\n"
                                    "  left out at this\n"
                                    "  width: colour, note\n");
}
