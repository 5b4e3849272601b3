/* test_explain.c: why and why not: the candidates for fusion and what --explain says of a layer,
 * a block or a place in the source; that every candidate has its reason, both positions and what
 * it saves. */
#include <jansson.h>

#include "command.h"

TestSuite(explain, .init = work_setup, .fini = work_teardown, .timeout = 120);

static void put_network(void) {
  put_text("n.net",
           "net 1.0\n"
           "block twice(x) { return x |> a: conv(16, 3, pad=1) |> bn: batchnorm |> relu }\n"
           "model n(image: f32[1, 16, 32, 32]) -> (y, seen) {\n"
           "  seen = image |> first: conv(16, 3, pad=1)\n"
           "  kept = seen |> relu\n"
           "  y = b1: twice(kept) + kept\n"
           "}\n");
}

Test(explain, a_layer_by_name) {
  put_network();
  RUNS(0, "relu1 (relu) at n.net:5:18", "netcc report --explain=relu1 @/n.net");
  cr_expect(strstr(outcome.text, "\n      kept = seen |> relu\n                     ^^^^\n"),
            "%s", outcome.text);
  cr_expect(strstr(outcome.text,
                   "- fuse: relu1 into first: not done, because graph output; would "
                   "save 131,072 bytes"),
            "%s", outcome.text);
  cr_expect(strstr(outcome.text, "with\n  n.net:4:19)"), "%s", outcome.text);
}

Test(explain, a_block_by_path) {
  put_network();
  RUNS(0, "b1.a (conv) at n.net:2:30", "netcc report --explain=b1 @/n.net");
  cr_expect(strstr(outcome.text, "b1.bn (batchnorm) at n.net:2:55"), "%s", outcome.text);
  cr_expect(strstr(outcome.text, "folded in b1.a"), "%s", outcome.text);
  cr_expect_null(strstr(outcome.text, "first (conv)"), "%s", outcome.text);
}

Test(explain, a_place) {
  put_network();
  RUNS(0, "first (conv) at n.net:4:19", "netcc report --explain=n.net:4 @/n.net");
  RUNS(0, "first (conv) at n.net:4:19", "netcc report --explain=n.net:4:20 @/n.net");
  RUNS(0, "first (conv) at n.net:4:19", "netcc report --explain=4 @/n.net");
  RUNS(0, "first (conv) at n.net:4:19", "netcc report --explain=@/n.net:4:43 @/n.net");
  RUNS(1, "no layer, block or source position", "netcc report --explain=n.net:4:50 @/n.net");
  RUNS(1, "no layer, block or source position", "netcc report --explain=m.net:4 @/n.net");
  RUNS(1, "did you mean 'first'?", "netcc report --explain=frist @/n.net");
  RUNS(1, NULL, "netcc report --explain= @/n.net");
  RUNS(1, NULL, "netcc report --explain=: @/n.net");
}

Test(explain, compile_says_it_too) {
  put_network();
  RUNS(0, "b1.relu1 (relu) at n.net:2:72", "netcc compile --explain=b1.relu1 -o @/out @/n.net");
  cr_expect(exists("out/n.c"));
  RUNS(1, "did you mean", "netcc compile --explain=b1.relu -o @/none @/n.net");
  cr_expect(!exists("none/n.c"));
}

Test(explain, candidates) {
  put_network();
  RUNS(0, "CANDIDATES FOR FUSION", "COLUMNS=200 netcc report --fusion @/n.net");
  cr_expect(strstr(outcome.text,
                   "  b1.bn into the weights of b1.a  yes    fold_batchnorm  2:55  2:30 "),
            "%s", outcome.text);
  cr_expect(strstr(outcome.text,
                   "  relu1 into first                no     fuse            5:18  4:19  "),
            "%s", outcome.text);
}

static double real(const json_t *o, const char *key) {
  return json_number_value(json_object_get(o, key));
}

/* In the JSON of a large network: a position and a reason each; what has another party has its
 * position; what has bytes has seconds of the same sign. */
Test(explain, records_are_complete) {
  RUNS(0, NULL, "netcc report --json examples/googlenet.net > @/r.json");
  char file[128];
  snprintf(file, sizeof file, "%s/r.json", work);
  json_t *r = json_load_file(file, 0, NULL), *d;
  size_t i, others = 0, priced = 0;
  cr_assert_not_null(r);
  json_array_foreach(json_object_get(r, "decisions"), i, d) {
    const char *pass = json_string_value(json_object_get(d, "pass"));
    const json_t *other = json_object_get(d, "other");
    cr_expect_neq(*json_string_value(json_object_get(d, "reason")), 0);
    bool whole = !*json_string_value(json_object_get(d, "node")); /* of the plan as a whole */
    cr_expect(whole || json_is_integer(json_object_get(d, "line")), "%s", pass);
    cr_assert_not_null(other);
    if (!strcmp(pass, "fuse")) cr_expect(json_is_string(json_object_get(other, "node")));
    others += json_is_integer(json_object_get(other, "line"));
    double bytes = real(d, "bytes"), seconds = real(d, "seconds");
    bool memory = !strcmp(pass, "in_place"); /* the same bytes move, but lie elsewhere */
    bool strips = !strcmp(pass, "strips");   /* may cost time for the sake of the arena */
    if (bytes > 0 && !memory && !strips) cr_expect_gt(seconds, 0);
    if (bytes < 0) cr_expect_lt(seconds, 0);
    priced += bytes > 0;
  }
  cr_expect_gt(others, 50);
  cr_expect_gt(priced, 50);
  json_decref(r);
}

/* ---- drawings for Graphviz -------------------------------------------------------------------
 */

static int count_of(const char *s, const char *part) {
  int n = 0;
  for (; (s = strstr(s, part)); s += strlen(part)) n++;
  return n;
}

/* Before: a box for every operator; after: a cluster for every group with what it took in. */
Test(explain, graphs_before_and_after_fusion) {
  put_network();
  RUNS(0, "digraph \"n\"", "netcc dump --dot @/n.net");
  cr_expect_eq(count_of(outcome.text, "subgraph cluster_"), 0);
  cr_expect_eq(count_of(outcome.text, "shape=box"), 6);
  RUNS(0, "digraph \"n\"", "netcc dump --plan-dot --target=x86-64-v3 --disable=fuse @/n.net");
  int alone = count_of(outcome.text, "subgraph cluster_");
  RUNS(0, "\"b1.a: conv_", "netcc dump --plan-dot --target=x86-64-v3 @/n.net");
  int fused = count_of(outcome.text, "subgraph cluster_");
  cr_expect(fused > 1 && fused < alone, "%d groups, %d unfused", fused, alone);
  cr_expect(strstr(outcome.text, "\"b1.relu1: relu\""), "%s", outcome.text);
  cr_expect_eq(count_of(outcome.text, "{"), count_of(outcome.text, "}"));
}
