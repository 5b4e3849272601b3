/* test_report_json.c: the JSON report, read back with nothing but the JSON: sums over layers and
 * blocks, the arena's peak and lower bound, references by name and index, positions; and the
 * published receptive fields and intensities. */
#include <jansson.h>
#include <sys/resource.h>

#include "command.h"
#include "zoo.h"

TestSuite(report_json, .init = work_setup, .fini = work_teardown, .timeout = 240);

/* options: -D and --model of the network */
static json_t *report_with(const char *path, const char *target, const char *options) {
  RUNS(0, NULL, "netcc report --json --target=%s %s %s > @/r.json", target, options, path);
  json_error_t error;
  char file[128];
  snprintf(file, sizeof file, "%s/r.json", work);
  json_t *r = json_load_file(file, JSON_REJECT_DUPLICATES, &error);
  cr_assert_not_null(r, "%s: %s", path, error.text);
  return r;
}

static json_t *report_of(const char *path, const char *target) {
  return report_with(path, target, "");
}

static json_t *member(const json_t *o, const char *key) {
  json_t *m = json_object_get(o, key);
  cr_assert_not_null(m, "no %s", key);
  return m;
}
static long long number(const json_t *o, const char *key) {
  cr_assert(json_is_integer(member(o, key)), "%s is no integer", key);
  return json_integer_value(member(o, key));
}
static const char *text(const json_t *o, const char *key) {
  const char *s = json_string_value(member(o, key));
  return s ? s : "";
}
static double real(const json_t *o, const char *key) { return json_number_value(member(o, key)); }

static json_t *named(const json_t *list, const char *name) {
  size_t i;
  json_t *o;
  json_array_foreach(list, i, o) if (!strcmp(text(o, "name"), name)) return o;
  cr_assert_fail("no %s", name);
  return NULL;
}

static bool has(const json_t *list, const char *name) {
  size_t i;
  json_t *o;
  json_array_foreach(list, i, o) if (!strcmp(text(o, "name"), name)) return true;
  return false;
}

static const char *const sums[] = {"parameters",    "parameters_without_bias",
                                   "multiply_adds", "other_operations",
                                   "bytes_moved",   "result_bytes"};
enum { SUMS = sizeof sums / sizeof *sums };

static void check_intensity(const json_t *o) {
  double bytes = (double)number(o, "bytes_moved");
  double ops = 2.0 * (double)number(o, "multiply_adds") + (double)number(o, "other_operations");
  double want = bytes > 0 ? ops / bytes : 0, got = real(o, "operations_per_byte");
  cr_expect(got >= want * 0.999999 - 1e-12 && got <= want * 1.000001 + 1e-12);
}

static bool lies_within(const json_t *blocks, long long block, long long outer) {
  while (block > outer) block = number(json_array_get(blocks, (size_t)block), "parent");
  return block == outer;
}

static void check_sums(const char *path, const json_t *r) {
  const json_t *layers = member(r, "layers"), *blocks = member(r, "blocks");
  for (size_t b = 0; b < json_array_size(blocks); b++) {
    const json_t *block = json_array_get(blocks, b);
    long long sum[SUMS] = {0}, count = 0;
    cr_expect_eq(number(block, "index"), (long long)b);
    for (size_t i = 0; i < json_array_size(layers); i++) {
      const json_t *layer = json_array_get(layers, i);
      if (!lies_within(blocks, number(layer, "block"), (long long)b)) continue;
      count++;
      for (int k = 0; k < SUMS; k++) sum[k] += number(layer, sums[k]);
    }
    cr_expect_eq(number(block, "layers"), count, "%s: block %zu", path, b);
    for (int k = 0; k < SUMS; k++) {
      cr_expect_eq(number(block, sums[k]), sum[k], "%s: block %zu: %s", path, b, sums[k]);
      if (b == 0) cr_expect_eq(number(member(r, "totals"), sums[k]), sum[k], "%s", sums[k]);
    }
    check_intensity(block);
  }
}

static void check_arena(const char *path, const json_t *r) {
  const json_t *buffers = member(r, "buffers"), *totals = member(r, "totals");
  long long peak = 0, most = 0, epochs = number(totals, "epochs");
  for (size_t i = 0; i < json_array_size(buffers); i++) {
    const json_t *a = json_array_get(buffers, i);
    long long begin = number(a, "offset"), end = begin + number(a, "bytes");
    if (end > peak) peak = end;
    for (size_t k = 0; k < i; k++) {
      const json_t *b = json_array_get(buffers, k);
      bool together = number(a, "first_epoch") <= number(b, "last_epoch") &&
                      number(b, "first_epoch") <= number(a, "last_epoch");
      long long other = number(b, "offset"), other_end = other + number(b, "bytes");
      cr_expect(!together || end <= other || other_end <= begin, "%s: %s over %s", path,
                text(a, "name"), text(b, "name"));
    }
  }
  for (long long e = 0; e < epochs; e++) {
    long long alive = 0;
    for (size_t i = 0; i < json_array_size(buffers); i++) {
      const json_t *b = json_array_get(buffers, i);
      if (number(b, "first_epoch") <= e && e <= number(b, "last_epoch"))
        alive += number(b, "bytes");
    }
    if (alive > most) most = alive;
  }
  cr_expect_eq(number(totals, "arena_bytes"), peak, "%s", path);
  cr_expect_eq(number(totals, "arena_lower_bound_bytes"), most, "%s", path);
  cr_expect_eq(number(totals, "arena_gap_bytes"), peak - most, "%s", path);
  cr_expect(peak > most || json_is_true(member(totals, "arena_optimal")), "%s", path);
}

/* By buffer: elements of its largest value. */
static long long logical_bytes(const json_t *r, long long buffer) {
  long long most = 0;
  size_t i;
  json_t *v;
  json_array_foreach(member(r, "values"), i, v) {
    if (!json_is_integer(member(v, "buffer")) || number(v, "buffer") != buffer) continue;
    if (number(v, "bytes") > most) most = number(v, "bytes");
  }
  return most;
}

/* Is a value in another layout written to the buffer, and nothing else? */
static bool holds_copy(const json_t *r, long long buffer) {
  bool copy = false;
  size_t i;
  json_t *g;
  json_array_foreach(member(r, "groups"), i, g) {
    if (json_is_true(member(g, "in_place"))) continue;
    const char *out = json_string_value(json_array_get(member(g, "outputs"), 0));
    const json_t *b = member(named(member(r, "values"), out), "buffer");
    if (!json_is_integer(b) || json_integer_value(b) != buffer) continue;
    if (json_is_false(member(g, "layout_change"))) return false;
    copy = true;
  }
  return copy;
}

/* Elements, padding, copies and what reuse saves. */
static void check_intermediates(const char *path, const json_t *r) {
  const json_t *buffers = member(r, "buffers"), *totals = member(r, "totals");
  long long most = 0, all = 0, fullest = -1, padding = 0, copies = 0;
  size_t n = json_array_size(buffers);
  bool *copy = calloc(n + 1, sizeof *copy);
  long long *size = calloc(n + 1, sizeof *size);
  cr_assert(copy && size);
  for (size_t i = 0; i < n; i++) {
    copy[i] = holds_copy(r, (long long)i);
    size[i] = logical_bytes(r, (long long)i);
  }
  for (long long e = 0; e < number(totals, "epochs"); e++) {
    long long logical = 0, alive = 0, copied = 0;
    for (size_t i = 0; i < n; i++) {
      const json_t *b = json_array_get(buffers, i);
      if (!e) all += number(b, "bytes");
      if (number(b, "first_epoch") > e || number(b, "last_epoch") < e) continue;
      logical += copy[i] ? 0 : size[i];
      copied += copy[i] ? number(b, "bytes") : 0;
      alive += number(b, "bytes");
    }
    if (logical > most) most = logical;
    if (alive > fullest) fullest = alive, copies = copied, padding = alive - copied - logical;
  }
  free(copy);
  free(size);
  cr_expect_eq(number(totals, "bytes_without_reuse"), all, "%s", path);
  cr_expect_eq(number(totals, "copy_bytes"), copies, "%s", path);
  cr_expect_eq(number(totals, "intermediate_bytes"), most, "%s", path);
  cr_expect_eq(number(totals, "padding_bytes"), padding, "%s", path);
}

/* Names and indices lead somewhere; what runs adds up to the totals. */
static void check_groups(const char *path, const json_t *r) {
  const json_t *groups = member(r, "groups"), *values = member(r, "values");
  long long calls = 0, barriers = 0, moves = 0, macs = 0, steps = 0;
  bool lone = json_is_true(member(member(r, "totals"), "one_thread"));
  double seconds = 0;
  bool as_written = true;
  for (size_t i = 0; i < json_array_size(groups); i++) {
    const json_t *g = json_array_get(groups, i), *in = member(g, "inputs");
    calls += json_is_false(member(g, "in_place"));
    barriers += json_is_true(member(g, "barrier_before"));
    steps = lone ? calls - (calls > 0) : barriers;
    seconds += real(g, "predicted_seconds");
    moves += json_is_true(member(g, "layout_change"));
    macs += number(g, "multiply_adds");
    as_written &= json_array_size(member(g, "layers")) > 0;
    cr_expect_eq(number(g, "epoch"), steps, "%s: %s", path, text(g, "name"));
    double busier = real(g, "busier_share");
    cr_expect(json_is_true(member(g, "in_place")) || (busier >= 0.5 && busier <= 1), "%s: %s",
              path, text(g, "name"));
    for (size_t k = 0; k < json_array_size(in); k++)
      cr_expect(has(values, json_string_value(json_array_get(in, k))), "%s: %s", path,
                json_string_value(json_array_get(in, k)));
  }
  const json_t *totals = member(r, "totals");
  cr_expect_eq(number(totals, "kernel_calls"), calls, "%s", path);
  cr_expect_eq(number(totals, "barriers"), barriers, "%s", path);
  cr_expect_eq(number(totals, "layout_changes"), moves, "%s", path);
  size_t i;
  json_t *d;
  json_array_foreach(member(r, "decisions"), i, d) /* each has its reason in the log */
      moves -= json_is_true(member(d, "taken")) && !strcmp(text(d, "pass"), "layout");
  cr_expect_eq(moves, 0, "%s: layout changes without a decision", path);
  json_array_foreach(member(r, "decisions"), i, d) {
    const char *pass = text(d, "pass"); /* these change what is computed */
    bool other = !strcmp(pass, "collapse") || !strcmp(pass, "phases");
    as_written &= !other || json_is_false(member(d, "taken"));
  }
  if (as_written) cr_expect_eq(number(totals, "multiply_adds"), macs, "%s", path);
  double want = real(totals, "predicted_seconds");
  cr_expect(seconds >= want * 0.99999 && seconds <= want * 1.00001, "%s", path);
}

/* By its axes: bytes with padding; bytes from the first element to behind the last one. */
static void measure_value(const json_t *v, long long *padded, long long *span) {
  long long size = strcmp(text(v, "type"), "f32") ? 1 : 4;
  size_t i;
  json_t *x;
  *padded = *span = size;
  json_array_foreach(member(v, "axes"), i, x) {
    *padded *= number(x, "extent");
    *span += size * (number(x, "extent") - 1) * number(x, "stride");
  }
}

static void check_values(const char *path, const json_t *r) {
  const json_t *values = member(r, "values"), *buffers = member(r, "buffers");
  long long weights = 0, padded, span;
  for (size_t i = 0; i < json_array_size(values); i++) {
    const json_t *v = json_array_get(values, i), *shape = member(v, "shape");
    long long bytes = 4;
    for (size_t k = 0; k < json_array_size(shape); k++)
      bytes *= json_integer_value(json_array_get(shape, k));
    if (!strcmp(text(v, "type"), "f32")) cr_expect_eq(number(v, "bytes"), bytes, "%s", path);
    cr_expect_geq(number(v, "padded_bytes"), number(v, "bytes"), "%s", path);
    measure_value(v, &padded, &span);
    if (json_array_size(member(v, "axes")))
      cr_expect_eq(number(v, "padded_bytes"), padded, "%s: %s", path, text(v, "name"));
    if (!strcmp(text(v, "place"), "weights")) weights += number(v, "padded_bytes");
    if (strcmp(text(v, "place"), "arena")) continue;
    const json_t *b = json_array_get(buffers, (size_t)number(v, "buffer"));
    cr_expect(number(v, "offset") >= number(b, "offset") &&
                  number(v, "offset") + span <= number(b, "offset") + number(b, "bytes"),
              "%s: %s lies outside its buffer", path, text(v, "name"));
  }
  cr_expect_eq(number(member(r, "totals"), "weight_bytes"), weights, "%s", path);
}

/* Whatever a group reads or writes in the arena matters while it runs. */
static void check_lifetimes(const char *path, const json_t *r) {
  const json_t *groups = member(r, "groups"), *buffers = member(r, "buffers");
  static const char *const sides[] = {"inputs", "outputs"};
  for (size_t i = 0; i < json_array_size(groups) * 2; i++) {
    const json_t *g = json_array_get(groups, i / 2), *ends = member(g, sides[i % 2]);
    for (size_t k = 0; k < json_array_size(ends); k++) {
      const json_t *v = named(member(r, "values"), json_string_value(json_array_get(ends, k)));
      if (strcmp(text(v, "place"), "arena") || json_is_true(member(g, "in_place"))) continue;
      const json_t *b = json_array_get(buffers, (size_t)number(v, "buffer"));
      long long epoch = number(g, "epoch");
      cr_expect(number(b, "first_epoch") <= epoch && epoch <= number(b, "last_epoch"),
                "%s: %s outside the life of %s", path, text(g, "name"), text(b, "name"));
    }
  }
}

/* A line and column that the report's own copy of the source has. */
static void check_position(const char *path, const json_t *r, const json_t *o) {
  if (!json_is_integer(member(o, "line"))) return;
  const json_t *sources = member(r, "sources"), *source = NULL;
  for (size_t i = 0; i < json_array_size(sources) && !source; i++)
    if (!strcmp(text(json_array_get(sources, i), "file"), text(o, "file")))
      source = json_array_get(sources, i);
  cr_assert_not_null(source, "%s: no source %s", path, text(o, "file"));
  const char *s = text(source, "text");
  for (long long line = number(o, "line"); line > 1 && s; line--)
    s = strchr(s, '\n') ? strchr(s, '\n') + 1 : NULL;
  cr_assert_not_null(s, "%s: no line %lld", path, number(o, "line"));
  cr_expect_leq(number(o, "column"), (long long)strcspn(s, "\n") + 1, "%s", path);
  bool behind =
      number(o, "end_line") > number(o, "line") || number(o, "end_column") > number(o, "column");
  cr_expect(behind, "%s: %lld:%lld is empty", path, number(o, "line"), number(o, "column"));
}

/* Layers and groups name each other; what was folded names a layer; positions exist. */
static void check_members(const char *path, const json_t *r) {
  const json_t *layers = member(r, "layers"), *groups = member(r, "groups");
  size_t i, inside = 0;
  json_t *o;
  json_array_foreach(layers, i, o) {
    bool runs = json_is_string(member(o, "group"));
    inside += runs;
    if (runs) {
      const json_t *in = member(named(groups, text(o, "group")), "layers");
      size_t found = 0;
      for (size_t k = 0; k < json_array_size(in); k++)
        found += !strcmp(json_string_value(json_array_get(in, k)), text(o, "name"));
      cr_expect_eq(found, 1, "%s: %s", path, text(o, "name"));
    }
    if (json_is_string(member(o, "folded_into"))) named(layers, text(o, "folded_into"));
    check_position(path, r, o);
  }
  json_array_foreach(groups, i, o) inside -= json_array_size(member(o, "layers"));
  cr_expect_eq(inside, 0, "%s: layers in groups and groups of layers", path);
  json_array_foreach(member(r, "decisions"), i, o) {
    check_position(path, r, o);
    if (json_is_object(member(o, "other"))) check_position(path, r, member(o, "other"));
  }
  const json_t *root = json_array_get(member(r, "blocks"), 0), *totals = member(r, "totals");
  double all = real(totals, "predicted_seconds"), seconds = real(root, "predicted_seconds");
  cr_expect(seconds >= all * 0.99999 && seconds <= all * 1.00001, "%s", path);
  bool lone = json_is_true(member(totals, "one_thread"));
  long long calls = number(totals, "kernel_calls");
  cr_expect_eq(number(totals, "barriers"), lone ? 0 : number(totals, "epochs") - 1, "%s", path);
  cr_expect(!lone || number(totals, "epochs") == (calls > 0 ? calls : 1), "%s", path);
}

/* Seconds of a block are those of the groups whose first layers stand in it. */
static void check_seconds(const char *path, const json_t *r) {
  const json_t *blocks = member(r, "blocks"), *layers = member(r, "layers");
  size_t i, n = json_array_size(blocks);
  double *sum = calloc(n + 1, sizeof *sum);
  json_t *g;
  bool all = true;
  cr_assert_not_null(sum);
  json_array_foreach(member(r, "groups"), i, g) {
    const json_t *in = member(g, "layers");
    if (!(all &= json_array_size(in) > 0)) break; /* the compiler's own */
    const char *first = json_string_value(json_array_get(in, 0));
    const char *name = has(layers, text(g, "name")) ? text(g, "name") : first;
    long long b = number(named(layers, name), "block");
    for (; b > 0; b = number(json_array_get(blocks, (size_t)b), "parent"))
      sum[b] += real(g, "predicted_seconds");
    sum[0] += real(g, "predicted_seconds");
  }
  for (i = 0; all && i < n; i++) {
    double got = real(json_array_get(blocks, i), "predicted_seconds");
    cr_expect(got > sum[i] * 0.99999 - 1e-12 && got < sum[i] * 1.00001 + 1e-12,
              "%s: block %zu: %g and %g", path, i, got, sum[i]);
  }
  free(sum);
}

static void check_example(const char *path, const char *target, const char *options) {
  json_t *r = report_with(path, target, options);
  cr_expect_str_eq(text(r, "schema"), "netcc-report");
  cr_expect_eq(number(r, "version"), 1);
  cr_expect_null(strchr(text(r, "source"), '/'));
  check_sums(path, r);
  check_arena(path, r);
  check_intermediates(path, r);
  check_groups(path, r);
  check_values(path, r);
  check_lifetimes(path, r);
  check_members(path, r);
  check_seconds(path, r);
  size_t i;
  json_t *layer;
  json_array_foreach(member(r, "layers"), i, layer) {
    if (json_is_string(member(layer, "group")))
      cr_expect(has(member(r, "groups"), text(layer, "group")), "%s", text(layer, "group"));
    cr_expect_gt(number(layer, "line"), 0);
    check_intensity(layer);
  }
  json_decref(r);
}

Test(report_json, sums_and_peaks_of_every_network) {
  static const char *const targets[] = {"c99", "x86-64-v3", "x86-64-v4"};
  for (int i = 0; i < zoo_count; i++) check_example(zoo_path(i), targets[i % 3], zoo_options(i));
  check_example("examples/unet.net", "x86-64-v3", "--io=arena");
}

static void expect_field(const json_t *field, long long size, long long stride) {
  const json_t *sizes = member(field, "size"), *strides = member(field, "stride");
  cr_assert_eq(json_array_size(sizes), 2);
  for (size_t k = 0; k < 2; k++) {
    cr_expect_eq(json_integer_value(json_array_get(sizes, k)), size);
    cr_expect_eq(json_integer_value(json_array_get(strides, k)), stride);
  }
}

/* Araujo et al. 2019, table 1: AlexNet v2 195 (pool5; padding differs, not sizes), VGG-16 212. */
Test(report_json, receptive_fields) {
  static const struct {
    const char *path, *output;
    long long size, stride;
  } expected[] = {{"examples/vgg.net", "logits", 212, 32},
                  {"examples/alexnet.net", "logits", 195, 32},
                  {"examples/resnet.net", "logits", 435, 32}};
  for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
    json_t *r = report_of(expected[i].path, "c99");
    const json_t *map = member(named(member(r, "outputs"), expected[i].output), "last_map");
    expect_field(member(map, "receptive_field"), expected[i].size, expected[i].stride);
    json_decref(r);
  }
}

/* Layer 1 of ResNet: 7x7/2, pool 3/2 and four 3x3 at stride 4: 11 + 4·2·4 = 43. */
Test(report_json, receptive_field_of_a_block) {
  json_t *r = report_of("examples/resnet.net", "c99");
  const json_t *blocks = member(r, "blocks");
  size_t i, found = 0;
  json_t *b;
  json_array_foreach(blocks, i, b) {
    if (strcmp(text(b, "label"), "layer1")) continue;
    expect_field(member(b, "receptive_field"), 43, 4);
    found++;
  }
  cr_expect_eq(found, 1);
  json_decref(r);
}

/* LeNet's second convolution by hand: 25,000 weights on 14x14 pixels; 20 maps of 14x14 and 50 of
 * 14x14 and 25,050 parameters move. */
Test(report_json, one_layer_by_hand) {
  json_t *r = report_of("examples/lenet.net", "x86-64-v4");
  const json_t *conv = named(member(r, "layers"), "conv2");
  cr_expect_eq(number(conv, "multiply_adds"), 25000 * 196);
  cr_expect_eq(number(conv, "parameters"), 25050);
  cr_expect_eq(number(conv, "bytes_moved"), 4 * (20 * 196 + 50 * 196 + 25050));
  cr_expect_eq(number(conv, "result_bytes"), 4 * 50 * 196);
  expect_field(member(conv, "receptive_field"), 14, 2);
  cr_expect_eq(number(conv, "line"), 10);
  json_decref(r);
}

Test(report_json, text_says_what_outputs_see) {
  RUNS(0, "\n  output probs sees the whole input, through a map (maxpool2, 7x7) that sees 16x16 ",
       "netcc report examples/lenet.net");
  put_text("d.net",
           "model d(x: f32[1, 1, 40, 40]) -> (y) {\n"
           "  y = x |> conv(1, 3) |> conv(1, 3, dilation=2) |> conv(1, 3, dilation=4)\n}\n");
  RUNS(0, "\n  output y sees 15x15 pixels, stride 1\n", "netcc report @/d.net");
  /* gates see their whole map and leave the step alone: 3, 3 + 14·2, + 2·2, + 12·2, + 2·2 */
  put_text("s.net", "block se(x) { return x * (x |> global_avgpool |> conv(8, 1) |> sigmoid) }\n"
                    "model m(x: f32[1, 8, 31, 31]) -> (y) {\n"
                    "  a = se(x |> conv(8, 3, stride=2))\n"
                    "  y = se(a |> conv(8, 3)) |> conv(8, 3, stride=2)\n}\n");
  RUNS(0, "\n  output y sees 63x63 pixels, stride 4\n", "netcc report @/s.net");
  RUNS(2, NULL, "netcc check --json examples/lenet.net");
}

/* Seconds of the processor that a command takes. */
static double seconds_of(const char *arguments) {
  struct rusage before, after;
  getrusage(RUSAGE_CHILDREN, &before);
  RUNS(0, NULL, "netcc %s examples/preresnet.net -D depth=2405 > @/out", arguments);
  getrusage(RUSAGE_CHILDREN, &after);
  return (double)(after.ru_utime.tv_sec - before.ru_utime.tv_sec) +
         1e-6 * (double)(after.ru_utime.tv_usec - before.ru_utime.tv_usec);
}

/* Thousands of layers: reports look nothing up by going through all of them. */
Test(report_json, no_slower_than_compiling) {
  double compiled = seconds_of("compile -o @");
  cr_expect_lt(seconds_of("report"), 2 * compiled + 0.3);
  cr_expect_lt(seconds_of("report --json"), 2 * compiled + 0.3);
  cr_expect_lt(seconds_of("report --svg=-"), 2 * compiled + 0.3);
}
