/* test_report_profile.c: measured times beside predicted ones. A real model is built with
 * -DNETRT_PROFILE and run; what it writes goes through report as text, JSON, page and trace; a
 * profile of anything else is refused with the reason. */
#include <jansson.h>

#include "command.h"

TestSuite(report_profile, .init = work_setup, .fini = work_teardown, .timeout = 240);

static const char program[] =
    "#include \"lenet.h\"\n"
    "#include <stdio.h>\n"
    "static float image[LENET_IMAGE_COUNT], probs[LENET_PROBS_COUNT];\n"
    "int main(int argc, char **argv) {\n"
    "  lenet_model *model;\n"
    "  if (argc != 3 || lenet_open(&model, argv[1])) return 1;\n"
    "  void *arena = netrt_alloc(LENET_ARENA_BYTES(2));\n"
    "  netrt_profile *profile = lenet_profile_new(2, 5);\n"
    "  lenet_inputs in = {image};\n"
    "  lenet_outputs out = {probs};\n"
    "  lenet_options options = {.size = sizeof options, .threads = 2, .profile = profile};\n"
    "  for (int i = 0; i < 5; i++)\n"
    "    if (lenet_run(model, &in, &out, arena, &options)) return 2;\n"
    "  return netrt_profile_write(profile, argv[2], 0) != 0;\n"
    "}\n";

/* Leaves the profile of a LeNet for c99 in @/lenet.json. */
static void measure(void) {
  put_text("main.c", program);
  RUNS(0, NULL,
       "netcc compile --target=c99 --random-weights=1 --with-runtime -o @ examples/lenet.net");
  RUNS(0, NULL,
       "cc -O2 -fopenmp -DNETRT_PROFILE -I@ -o @/run @/main.c @/lenet.c @/netrt.c -lm && "
       "@/run @/lenet.weights @/lenet.json");
}

static json_t *load(const char *name) {
  char path[128];
  snprintf(path, sizeof path, "%s/%s", work, name);
  json_error_t error;
  json_t *o = json_load_file(path, 0, &error);
  cr_assert_not_null(o, "%s: %s", name, error.text);
  return o;
}

static double real(const json_t *o, const char *key) {
  cr_assert(json_is_number(json_object_get(o, key)), "no %s", key);
  return json_number_value(json_object_get(o, key));
}

static double median(const json_t *o, const char *key) {
  const json_t *q = json_object_get(o, key);
  cr_assert_eq(json_array_size(q), 3, "%s", key);
  return json_number_value(json_array_get(q, 1));
}

static void near(double a, double b, const char *what) {
  cr_expect(a > b * 0.9999 - 1e-9 && a < b * 1.0001 + 1e-9, "%s: %g and %g", what, a, b);
}

Test(report_profile, a_model_that_ran) {
  measure();
  RUNS(0, NULL,
       "netcc report --target=c99 --json --profile=@/lenet.json --html=@/p.html "
       "examples/lenet.net "
       "> @/r.json");
  json_t *r = load("r.json"), *p = load("lenet.json");
  const json_t *groups = json_object_get(r, "groups"), *layers = json_object_get(p, "layers");
  double sum = 0;
  for (size_t i = 0, k = 0; i < json_array_size(groups); i++) {
    const json_t *g = json_array_get(groups, i);
    if (json_is_true(json_object_get(g, "in_place"))) continue;
    double m = real(g, "measured_seconds");
    near(m, median(json_array_get(layers, k++), "quartiles"), "a layer");
    near(m, median(g, "measured_quartiles"), "a layer's median");
    cr_expect_gt(m, 0);
    sum += m;
  }
  const json_t *profile = json_object_get(r, "profile");
  near(real(profile, "measured_seconds"), sum, "the sum");
  near(median(profile, "quartiles"), median(p, "quartiles"), "a run");
  cr_expect_eq(json_integer_value(json_object_get(profile, "runs")), 5);
  json_decref(r);
  json_decref(p);
}

Test(report_profile, text_and_trace) {
  measure();
  RUNS(0, "\nTIMES\n", "netcc report --target=c99 --profile=@/lenet.json examples/lenet.net");
  cr_expect(strstr(outcome.text, "median of 5 runs on "), "%s", outcome.text);
  for (int width = 40; width <= 160; width += 40) {
    RUNS(0, NULL,
         "COLUMNS=%d netcc report --target=c99 --profile=@/lenet.json examples/lenet.net", width);
    for (const char *s = outcome.text; *s; s += strcspn(s, "\n") + 1)
      cr_expect_leq((int)strcspn(s, "\n"), width, "%.60s", s);
  }
  RUNS(
      0, NULL,
      "netcc report --target=c99 --profile=@/lenet.json --trace=- examples/lenet.net > @/t.json");
  json_t *t = load("t.json");
  const json_t *events = json_object_get(t, "traceEvents");
  size_t i, rows[2] = {0};
  json_t *e;
  double end[2] = {0};
  json_array_foreach(events, i, e) {
    if (strcmp(json_string_value(json_object_get(e, "ph")), "X")) continue;
    size_t row = (size_t)json_integer_value(json_object_get(e, "tid"));
    cr_assert_lt(row, 2);
    near(real(e, "ts"), end[row], "one behind the other");
    end[row] += real(e, "dur");
    rows[row]++;
  }
  cr_expect_eq(rows[0], 5);
  cr_expect_eq(rows[1], 5);
  json_decref(t);
}

static void refused(const char *code, const char *reason, const char *arguments) {
  RUNS(1, reason, "netcc report --profile=@/%s", arguments);
  cr_expect(strstr(outcome.text, code), "%s: %s", arguments, outcome.text);
}

Test(report_profile, others_are_refused) {
  measure();
  refused("E0618", "network 'lenet', not 'lenet5'",
          "lenet.json --target=c99 examples/lenet5.net");
  refused("E0618", "target c99, not x86-64-v3",
          "lenet.json --target=x86-64-v3 examples/lenet.net");
  refused("E0618", "ran in strips, not in conv",
          "lenet.json --target=c99 --disable=fuse examples/lenet.net");
  RUNS(0, NULL, "netcc report --json --target=c99 examples/lenet.net > @/report.json");
  refused("E0617", "a netcc-report where a netcc-profile is expected",
          "report.json --target=c99 examples/lenet.net");
  RUNS(0, NULL,
       "head -c 300 @/lenet.json > @/cut.json; echo '[1, 2]' > @/list.json; "
       "sed 's/\"version\": 1/\"version\": 99/' @/lenet.json > @/late.json; "
       "sed 's/\"runs\": 5/\"runs\": 0/' @/lenet.json > @/none.json");
  refused("E0617", "no JSON", "cut.json --target=c99 examples/lenet.net");
  refused("E0617", "'schema' is missing", "list.json --target=c99 examples/lenet.net");
  refused("E0617", "version 99", "late.json --target=c99 examples/lenet.net");
  refused("E0617", "threads, runs or quartiles", "none.json --target=c99 examples/lenet.net");
  refused("E0601", "No such file", "nothing.json --target=c99 examples/lenet.net");
}

/* What bench writes is read as it is, whatever the number of threads. */
Test(report_profile, of_a_bench) {
  const char *const bench = "netcc bench --target=c99 --runs=3 --json examples/lenet.net";
  const char *const report = "netcc report --target=c99 --json examples/lenet.net";
  RUNS(0, NULL, "%s --threads=2 --trace=@/t.json > @/two.json", bench);
  RUNS(0, NULL, "%s --profile=@/two.json > @/r.json", report);
  json_t *b = load("two.json"), *r = load("r.json"), *t = load("t.json");
  const json_t *p = json_array_get(json_object_get(b, "profiles"), 0);
  const json_t *profile = json_object_get(r, "profile");
  cr_expect_eq(json_integer_value(json_object_get(profile, "threads")), 2);
  near(median(profile, "quartiles"), median(p, "quartiles"), "a run");
  size_t layers = json_array_size(json_object_get(p, "layers"));
  size_t events = json_array_size(json_object_get(t, "traceEvents"));
  cr_expect(events >= 3 * layers && events <= 6 * layers, "%zu of %zu layers", events, layers);
  RUNS(0, NULL, "%s --threads=2 --profile=@/two.json", report);
  RUNS(1, "no profile of 1 thread; there are 2", "%s --threads=1 --profile=@/two.json", report);
  /* two profiles: the first, unless asked for */
  RUNS(0, NULL, "%s --threads=1 > @/one.json", bench);
  json_t *one = load("one.json");
  json_array_insert(json_object_get(b, "profiles"), 0,
                    json_array_get(json_object_get(one, "profiles"), 0));
  char path[128];
  snprintf(path, sizeof path, "%s/both.json", work);
  cr_assert_eq(json_dump_file(b, path, 0), 0);
  RUNS(0, "\"threads\": 1,", "%s --profile=@/both.json", report);
  RUNS(0, "\"threads\": 2,", "%s --threads=2 --profile=@/both.json", report);
  RUNS(1, "no profile of 7 threads; there are 1, 2", "%s --threads=7 --profile=@/both.json",
       report);
  json_decref(b);
  json_decref(r);
  json_decref(t);
  json_decref(one);
}

Test(report_profile, threads_that_no_profile_has) {
  measure();
  RUNS(1, "a profile of 2 threads, not of 3",
       "netcc report --target=c99 --threads=3 --profile=@/lenet.json examples/lenet.net");
  RUNS(1, "there is no --profile", "netcc report --threads=2 examples/lenet.net");
  RUNS(1, "--threads=0", "netcc report --threads=0 --profile=@/lenet.json examples/lenet.net");
  put_text("empty.json", "{\"schema\": \"netcc-bench\", \"version\": 1, \"profiles\": []}");
  put_text("late.json", "{\"schema\": \"netcc-bench\", \"version\": 2, \"profiles\": []}");
  refused("E0617", "no profile in 'profiles'", "empty.json examples/lenet.net");
  refused("E0617", "version 2 of netcc-bench", "late.json examples/lenet.net");
}

/* The page with measured times, by its own check. */
Test(report_profile, page_in_a_browser) {
  if (!have("chromium")) {
    SKIPPED("chromium is not installed; the page is not opened");
    return;
  }
  measure();
  RUNS(0, NULL,
       "netcc report --target=c99 --profile=@/lenet.json --html=@/p.html examples/lenet.net > "
       "@/t");
  RUNS(0, "SELFTEST PASSED",
       "timeout 120 chromium --headless=new --no-sandbox --disable-gpu --no-first-run "
       "--user-data-dir=@/profile --virtual-time-budget=20000 --dump-dom 'file://@/p.html#test' "
       "2> @/log.txt | grep -A 20 '<pre id=\"selftest\"'");
}
