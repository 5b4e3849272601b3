/* test_bench.c: profiles of emitted models: what a build with -DNETRT_PROFILE writes, and that
 * nothing of it is left in a build without. Run from the repository's root.
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

static void check_layers(const json_t *profile, size_t threads) {
  static const char *const kernels[] = {"conv_first", "pool",  "conv_direct", "pool",
                                        "dense",      "dense", "softmax"};
  const json_t *layers = json_object_get(profile, "layers");
  cr_assert_eq(json_array_size(layers), 7);
  for (size_t i = 0; i < 7; i++) {
    const json_t *x = json_array_get(layers, i);
    cr_expect_str_eq(json_string_value(json_object_get(x, "kernel")), kernels[i]);
    cr_expect_gt(json_integer_value(json_object_get(x, "bytes_accessed")), 0);
    cr_expect_eq(json_array_size(json_object_get(x, "thread_seconds")), threads);
    check_quartiles(x, 60);
  }
  const json_t *conv2 = json_array_get(layers, 2);
  cr_expect_str_eq(json_string_value(json_object_get(conv2, "name")), "conv2");
  cr_expect_eq(json_integer_value(json_object_get(conv2, "multiply_adds")), 4587520);
}

static void check_profile(int threads) {
  RUNS(0, "", "OMP_WAIT_POLICY=passive @/profile @/lenet.weights %d @/p.json @/t.json", threads);
  json_t *p = load("p.json"), *t = load("t.json");
  cr_expect_str_eq(json_string_value(json_object_get(p, "schema")), "netcc-profile");
  cr_expect_str_eq(json_string_value(json_object_get(p, "network")), "lenet");
  cr_expect_eq(json_integer_value(json_object_get(p, "threads")), threads);
  cr_expect_eq(json_integer_value(json_object_get(p, "runs")), 5);
  check_quartiles(p, 60);
  check_layers(p, (size_t)threads);
  const json_t *events = json_object_get(t, "traceEvents");
  cr_expect_eq(json_array_size(events), 5 * (6 * (size_t)threads + 1)); /* softmax: one thread */
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
