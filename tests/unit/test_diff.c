/* test_diff.c: netcc diff: silent and 0 for the same, what changed and 1 for others, 2 for trouble;
 * each kind of change provoked by the option that causes it. */
#include <jansson.h>

#include "command.h"

TestSuite(diff, .init = work_setup, .fini = work_teardown, .timeout = 120);

/* Writes a report of resnet20 into @/NAME. */
static void put_report(const char *name, const char *options) {
  RUNS(0, NULL, "netcc report --json %s examples/resnet20.net > @/%s", options, name);
}

static json_t *difference(const char *arguments) {
  json_error_t error;
  RUNS(1, NULL, "netcc diff --json %s", arguments);
  json_t *o = json_loads(outcome.text, 0, &error);
  cr_assert_not_null(o, "%s: %s", error.text, outcome.text);
  cr_expect_str_eq(json_string_value(json_object_get(o, "schema")), "netcc-diff");
  cr_expect(json_is_false(json_object_get(o, "same")));
  return o;
}

static int changes(const json_t *o, const char *kind) {
  size_t i;
  int n = 0;
  json_t *x;
  json_array_foreach(json_object_get(o, "changes"), i, x) {
    n += !strcmp(json_string_value(json_object_get(x, "change")), kind);
    bool numbers = strstr(" slower faster larger smaller converted unconverted ", kind) != NULL;
    if (!strcmp(json_string_value(json_object_get(x, "change")), kind) && numbers)
      cr_expect(json_is_number(json_object_get(x, "first")));
  }
  return n;
}

Test(diff, the_same_is_silent) {
  put_report("a.json", "--target=x86-64-v3");
  RUNS(0, NULL, "netcc diff @/a.json @/a.json");
  cr_expect_str_eq(outcome.text, "");
  RUNS(0, NULL, "netcc diff --target=x86-64-v3 @/a.json examples/resnet20.net");
  cr_expect_str_eq(outcome.text, "");
  RUNS(0, NULL, "cat @/a.json | netcc diff - @/a.json");
  RUNS(0, "\"same\": true", "netcc diff --json @/a.json @/a.json");
  RUNS(0, NULL,
       "{ echo '# the same network'; cat examples/resnet20.net; } > @/moved.net; "
       "netcc diff examples/resnet20.net @/moved.net");
}

Test(diff, fusion) {
  put_report("a.json", "--target=x86-64-v3");
  put_report("b.json", "--target=x86-64-v3 --disable=fuse");
  json_t *o = difference("@/a.json @/b.json");
  cr_expect_geq(changes(o, "unfused"), 28, "19 relus and 9 sums");
  cr_expect_eq(changes(o, "fused"), 0);
  cr_expect_eq(changes(o, "added") + changes(o, "removed"), 0);
  json_decref(o);
  o = difference("@/b.json @/a.json");
  cr_expect_geq(changes(o, "fused"), 28);
  cr_expect_eq(changes(o, "unfused"), 0);
  json_decref(o);
  RUNS(1, "NO LONGER FUSED", "netcc diff @/a.json @/b.json");
  cr_expect(strstr(outcome.text, "\n  kernel_calls "), "%s", outcome.text);
  for (const char *s = outcome.text; *s; s += strcspn(s, "\n") + 1)
    cr_expect(s[strcspn(s, "\n")] == '\n' && (s == outcome.text || s[-1] == '\n'));
}

Test(diff, sizes_times_layouts) {
  put_report("a.json", "--target=x86-64-v3");
  put_report("b.json", "--target=x86-64-v4");
  put_report("n.json", "--target=x86-64-v3 -D N=2");
  json_t *o = difference("@/a.json @/b.json");
  cr_expect_gt(changes(o, "faster"), 10);
  cr_expect_gt(changes(o, "layout"), 10);
  cr_expect_gt(changes(o, "kernel"), 5);
  json_decref(o);
  o = difference("@/a.json @/n.json");
  cr_expect_gt(changes(o, "slower"), 10);
  cr_expect_gt(changes(o, "larger"), 10);
  cr_expect_gt(changes(o, "moved"), 5);
  cr_expect_eq(changes(o, "smaller"), 0);
  json_decref(o);
  o = difference("--target=c99 examples/lenet.net examples/lenet5.net");
  cr_expect_eq(changes(o, "added"), 11);
  cr_expect_eq(changes(o, "removed"), 10);
  json_decref(o);
}

Test(diff, options_for_one_side) {
  const char *const file = "examples/resnet20.net";
  put_report("a.json", "--target=x86-64-v3 -D N=2");
  put_report("b.json", "--target=x86-64-v3 -D N=2 -D depth=32 --disable=fuse");
  RUNS(1, NULL, "netcc diff --json @/a.json @/b.json > @/want");
  char both[512];
  snprintf(both, sizeof both,
           "--target=x86-64-v3 -D N=2 %s --right='-D depth=32  --disable=fuse'", file);
  RUNS(1, NULL, "netcc diff --json %s > @/got; status=$?; cmp @/want @/got && exit $status",
       both);
  RUNS(1, NULL, "netcc diff --json %s %s > @/got; cmp @/want @/got && exit 1", both, file);
  RUNS(0, NULL, "netcc diff %s --left='--target=c99' --right=--target=c99", file);
  RUNS(1, "SLOWER", "netcc diff %s --target=x86-64-v3 --right='--target=c99'", file);
  RUNS(2, "'extra.net' is no option", "netcc diff %s --left=extra.net", file);
  RUNS(2, "unrecognized option '--svg=x'", "netcc diff %s --left=--svg=x", file);
  RUNS(2, "E0611", "netcc diff %s --right=--target=none", file);
  RUNS(2, "cannot change it any more", "netcc diff @/a.json %s --left=-DN=3", file);
}

/* A dense network in front of which pixels are blocked, or are not. */
Test(diff, conversions) {
  json_t *o =
      difference("examples/deepface.net --left='--target=c99' --right='--target=x86-64-v3'");
  cr_expect_geq(changes(o, "converted"), 1);
  cr_expect_eq(changes(o, "unconverted"), 0);
  json_decref(o);
  o = difference("examples/deepface.net --left='--target=x86-64-v3' --right='--target=c99'");
  cr_expect_geq(changes(o, "unconverted"), 1);
  RUNS(1, "\n  layout_changes ",
       "netcc diff --target=x86-64-v3 examples/deepface.net "
       "--right='--target=c99'");
  cr_expect(strstr(outcome.text, "LAYOUT CHANGES ONLY IN THE FIRST"), "%s", outcome.text);
  json_decref(o);
}

Test(diff, narrow) {
  put_report("a.json", "--target=x86-64-v3");
  put_report("b.json", "--target=x86-64-v4");
  for (int width = 40; width <= 200; width += 40) {
    RUNS(1, NULL, "COLUMNS=%d netcc diff @/a.json @/b.json", width);
    for (const char *s = outcome.text; *s; s += strcspn(s, "\n") + 1)
      cr_expect_leq((int)strcspn(s, "\n"), width, "%.100s", s);
  }
}

Test(diff, trouble) {
  put_report("a.json", "");
  put_text("list.json", "{\"schema\": \"netcc-report\", \"version\": 1, \"layers\": []}");
  put_text("late.json", "{\"schema\": \"netcc-report\", \"version\": 2}");
  put_text("other.json", "{\"schema\": \"netcc-profile\", \"version\": 1}");
  put_text("broken.json", "{\"schema\": ");
  put_text("broken.net", "net 1.0\nmodel m(x: f32[1, 3, 4, 4]) -> (y) { y = x |> nothing }\n");
  RUNS(2, "takes two reports or networks, not 1", "netcc diff @/a.json");
  RUNS(2, "not 3", "netcc diff @/a.json @/a.json @/a.json");
  RUNS(2, "No such file", "netcc diff @/a.json @/none.json");
  RUNS(2, "'groups' is missing", "netcc diff @/a.json @/list.json");
  RUNS(2, "version 2 of netcc-report", "netcc diff @/late.json @/a.json");
  RUNS(2, "a netcc-profile where a netcc-report is expected", "netcc diff @/other.json @/a.json");
  RUNS(2, "no JSON: line", "netcc diff @/a.json @/broken.json");
  RUNS(2, "E0303", "netcc diff @/a.json @/broken.net");
  RUNS(2, NULL, "netcc diff --no-such-option @/a.json @/a.json");
}
