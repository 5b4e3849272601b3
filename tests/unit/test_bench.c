/* test_bench.c: profiles of emitted models: what a build with -DNETRT_PROFILE writes, and that
 * nothing of it is left in a build without; what netcc bench says of networks and of the machine;
 * descriptions of machines, sound and wrong. Run from the repository's root.
 */
#include "command.h"

#include <jansson.h>

#define WARNINGS                                                                                 \
  "-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes"

TestSuite(bench, .init = work_setup, .fini = work_teardown, .timeout = 600);

static json_t *load(const char *name) {
  size_t size;
  char *text = get_file(name, &size);
  json_error_t error;
  json_t *o = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error);
  cr_assert(o, "%s:%d: %s", name, error.line, error.text);
  free(text);
  return o;
}

static void check_quartiles(const json_t *o, double most) {
  const json_t *q = json_object_get(o, "quartiles");
  cr_assert_eq(json_array_size(q), 3);
  double last = 0;
  for (size_t i = 0; i < 3; i++) {
    double x = json_number_value(json_array_get(q, i));
    cr_expect(x > 0 && x >= last && x < most, "%g after %g", x, last);
    last = x;
  }
}

/* Layers are what the C file says it calls, and their multiply-adds what its head counts. */
static size_t check_layers(const json_t *profile, size_t threads) {
  const json_t *layers = json_object_get(profile, "layers");
  size_t n = json_array_size(layers);
  long long macs = 0;
  for (size_t i = 0; i < n; i++) {
    const json_t *x = json_array_get(layers, i);
    cr_expect(json_string_length(json_object_get(x, "kernel")));
    cr_expect_gt(json_integer_value(json_object_get(x, "bytes_accessed")), 0);
    cr_expect_eq(json_array_size(json_object_get(x, "thread_seconds")), threads);
    check_quartiles(x, 60);
    macs += json_integer_value(json_object_get(x, "multiply_adds"));
    RUNS(0, NULL, "grep -Eq '(LAYER|ALONE)[(]%d, ' @/lenet.c && grep -q '/[*] %s [*]/' @/lenet.c",
         (int)i, json_string_value(json_object_get(x, "name")));
  }
  RUNS(1, NULL, "grep -Eq '(LAYER|ALONE)[(]%d, ' @/lenet.c", (int)n);
  RUNS(0, NULL, "grep -E -m1 -o '[0-9,]+ multiply-adds' @/lenet.c | tr -d ,");
  cr_expect_eq(macs, atoll(outcome.text));
  return n;
}

static void check_profile(int threads) {
  RUNS(0, "", "OMP_WAIT_POLICY=passive @/profile @/lenet.weights %d @/p.json @/t.json", threads);
  json_t *p = load("p.json"), *t = load("t.json");
  cr_expect_str_eq(json_string_value(json_object_get(p, "schema")), "netcc-profile");
  cr_expect_str_eq(json_string_value(json_object_get(p, "network")), "lenet");
  cr_expect_eq(json_integer_value(json_object_get(p, "threads")), threads);
  cr_expect_eq(json_integer_value(json_object_get(p, "runs")), 5);
  check_quartiles(p, 60);
  size_t layers = check_layers(p, (size_t)threads);
  const json_t *events = json_object_get(t, "traceEvents");
  cr_expect_geq(json_array_size(events), 5 * layers); /* some layers are one thread's alone */
  cr_expect_leq(json_array_size(events), 5 * layers * (size_t)threads);
  for (size_t i = 0; i < json_array_size(events); i++) {
    const json_t *e = json_array_get(events, i);
    cr_expect_geq(json_number_value(json_object_get(e, "dur")), 0);
    cr_expect_lt(json_integer_value(json_object_get(e, "tid")), threads);
  }
  json_decref(p);
  json_decref(t);
}

Test(bench, profile_of_a_model) {
  RUNS(0, NULL,
       "netcc compile examples/lenet.net --random-weights=7 --with-runtime --target=x86-64-v3 "
       "-o @");
  RUNS(0, "",
       "gcc %s -DNETRT_PROFILE -DNETCC_PORTABLE_VECTORS -Wno-psabi -O1 -fopenmp "
       "-fsanitize=address,undefined -I@ tests/emitted/profile.c @/lenet.c @/netrt.c -lm "
       "-o @/profile",
       WARNINGS);
  cr_expect_str_empty(outcome.text);
  check_profile(1);
  check_profile(2);
}

Test(bench, nothing_is_left_without_a_profile) {
  RUNS(0, NULL, "netcc compile examples/lenet.net --with-runtime --target=c99 -o @");
  RUNS(0, NULL, "cd @ && gcc -O1 -c lenet.c netrt.c");
  RUNS(1, NULL, "cat @/lenet.o @/netrt.o | grep -a -i profile");
}

/* ---- networks -------------------------------------------------------------------------------
 */

Test(bench, network) {
  RUNS(0, "median |predicted/measured - 1|",
       "netcc bench examples/sobel.net -D H=40 -D W=40 --target=c99 --threads=1 --runs=3");
  RUNS(0, "meas/floor",
       "netcc bench examples/lenet.net --target=c99 --layers --threads=1 --runs=3");
  RUNS(0, NULL,
       "netcc bench examples/lenet.net --target=c99 --threads=2 --runs=3 --json >@/b.json");
  json_t *all = load("b.json"), *profiles = json_object_get(all, "profiles");
  json_t *p = json_array_get(profiles, 0);
  cr_expect_str_eq(json_string_value(json_object_get(all, "schema")), "netcc-bench");
  cr_assert_eq(json_array_size(profiles), 1);
  cr_expect_eq(json_integer_value(json_object_get(p, "runs")), 3);
  double predicted = 0, least = 0;
  const json_t *layers = json_object_get(p, "layers");
  for (size_t i = 0; i < json_array_size(layers); i++) {
    const json_t *x = json_array_get(layers, i);
    double s = json_number_value(json_object_get(x, "predicted_seconds"));
    double floor = json_number_value(json_object_get(x, "floor_seconds"));
    double took = json_number_value(json_array_get(json_object_get(x, "quartiles"), 1));
    double ratio = took / json_number_value(json_object_get(x, "times_floor"));
    cr_expect_gt(s, 0);
    cr_expect_gt(floor, 0);
    cr_expect(ratio > 0.999 * floor && ratio < 1.001 * floor);
    predicted += s, least += floor;
  }
  double floors = json_number_value(json_object_get(p, "floor_seconds"));
  cr_expect(least > 0.999 * floors && least < 1.001 * floors);
  const json_t *first = json_array_get(layers, 0); /* 28 x 28 in; 5 x 5 weights and bias of 20 */
  cr_expect_eq(json_number_value(json_object_get(first, "bytes_read")), 4 * (784 + 520));
  cr_expect_str_eq(json_string_value(json_object_get(first, "floor_bound")), "peak");
  double sum = json_number_value(json_object_get(p, "predicted_seconds"));
  cr_expect(predicted > 0.999 * sum && predicted < 1.001 * sum);
  cr_expect_gt(json_number_value(json_object_get(p, "peak_operations_per_second")), 1e6);
  cr_expect_gt(json_number_value(json_object_get(p, "share_of_peak")), 0);
  json_decref(all);
}

Test(bench, what_cannot_be_measured) {
  RUNS(1, "the C compiler '/none' failed", "CC=/none netcc bench examples/sobel.net --runs=1");
  RUNS(1, "the C compiler 'false' failed", "CC=false netcc bench examples/sobel.net --runs=1");
  RUNS(1, "the C compiler 'false' failed", "CC=false netcc bench --machine");
  RUNS(1, "No such file", "netcc bench @/none.net");
  RUNS(1, "--runs=0", "netcc bench examples/sobel.net --runs=0");
  RUNS(1, "--threads=x", "netcc bench examples/sobel.net --threads=x");
  RUNS(2, "measures the machine", "netcc bench --machine examples/sobel.net");
  RUNS(2, "needs FILE.net", "netcc bench");
}

/* ---- machines -------------------------------------------------------------------------------
 */

/* Measures, and reads what it wrote; the description reads back as itself. */
Test(bench, machine) {
  RUNS(0, "barrier", "netcc bench --machine --target=c99 --json --store=@/here.machine");
  RUNS(0, "netcc-machine 1", "cat @/here.machine");
  RUNS(0, "c99", "netcc report examples/sobel.net --machine=@/here.machine");
  RUNS(0, NULL, "netcc compile examples/sobel.net --machine @/here.machine -o @");
  RUNS(0, "--machine=here.machine", "cat @/sobel.c");
  RUNS(1, "describes a machine for c99",
       "netcc check examples/sobel.net; netcc report examples/sobel.net --machine=@/here.machine "
       "--target=x86-64-v3");
}

/* Numbers of a machine change what is chosen, not what is computed. */
Test(bench, numbers_of_a_machine_count) {
  put_text("slow.machine", "netcc-machine 1\ntarget c99 # comment\n\npeak 1e8\r\n  l2\t65536");
  RUNS(0, NULL, "netcc report examples/lenet.net --json --machine=@/slow.machine > @/slow.json");
  RUNS(0, NULL, "netcc report examples/lenet.net --json --target=c99 > @/table.json");
  json_t *slow = load("slow.json"), *table = load("table.json");
  const char *key = "predicted_seconds";
  double s = json_number_value(json_object_get(json_object_get(slow, "totals"), key));
  double t = json_number_value(json_object_get(json_object_get(table, "totals"), key));
  cr_expect_gt(s, 10 * t);
  json_decref(slow);
  json_decref(table);
}

Test(bench, wrong_descriptions) {
  static const struct {
    const char *text, *message;
  } wrong[] = {
      {"", "is no machine description"},
      {"net 1.0\n", "first line would be 'netcc-machine 1'"},
      {"netcc-machine 12\ntarget c99\n", "is no machine description"},
      {"netcc-machine 1\n", "names no target"},
      {"netcc-machine 1\npeak 1e9\n", ":2:1"},
      {"netcc-machine 1\npeak 1e9\n", "the target must come first"},
      {"netcc-machine 1\ntarget x86-64v3\n", "did you mean 'x86-64-v3'?"},
      {"netcc-machine 1\ntarget native\n", "no target 'native'"},
      {"netcc-machine 1\ntarget c99\ntarget c99\n", "a second target"},
      {"netcc-machine 1\ntarget c99\n\npeek 1e9\n", "did you mean 'peak'?"},
      {"netcc-machine 1\ntarget c99\n\npeek 1e9\n", ":4:1"},
      {"netcc-machine 1\ntarget c99\npeak\n", "'peak' has no value"},
      {"netcc-machine 1\ntarget c99\npeak fast\n", "'fast' is no peak of a machine"},
      {"netcc-machine 1\ntarget c99\npeak nan\n", "'nan' is no peak"},
      {"netcc-machine 1\ntarget c99\npeak -1\n", "'-1' is no peak"},
      {"netcc-machine 1\ntarget c99\nl1 1000.5\n", "whole number"},
      {"netcc-machine 1\ntarget c99\nl1 32768 bytes\n", "nothing behind it"},
      {"netcc-machine 1\ntarget c99\nl1 32768\nl1 32768\n", "a second l1"},
  };
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    put_text("m", wrong[i].text);
    RUNS(1, wrong[i].message, "netcc report examples/sobel.net --machine=@/m");
    cr_expect(strstr(outcome.text, "E0615"), "%s", outcome.text);
  }
  put_file("m", "netcc-machine 1\ntarget c99\0\n", 28);
  RUNS(1, "is no machine description", "netcc report examples/sobel.net --machine=@/m");
  RUNS(1, "No such file", "netcc report examples/sobel.net --machine=@/none");
}
