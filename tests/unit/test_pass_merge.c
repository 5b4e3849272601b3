/* test_pass_merge.c: passes that make one layer of several: folded padding, collapsed linear
 * layers, siblings. Before and after as graph text, what is refused and why, and the answers of
 * emitted code against the interpreter on the network as written. */
#include "tests/unit/passtest.h"

/* ---- padding ------------------------------------------------------------------------------- */

#define PAD " p = pad(x) pad=1 -> f32[1, 4, 10, 10]"

Test(merge, padding_goes_into_a_convolution) {
  check_pass(pass_fold_pad,
             HEAD W("w", "[4, 4, 3, 3]") PAD
             " y = conv(p, w) out=4 kernel=3 bias=false -> f32[1, 4, 8, 8] output y = y",
             HEAD W("w", "[4, 4, 3, 3]") " y = conv(x, w) out=4 kernel=3 pad=[1, 1, 1, 1] "
                                         "bias=false -> f32[1, 4, 8, 8]"
                                         " output y = y");
}

Test(merge, padding_adds_to_a_pool_that_counts_it) {
  check_pass(pass_fold_pad, HEAD PAD " y = avgpool(p) kernel=2 -> f32[1, 4, 5, 5] output y = y",
             HEAD " y = avgpool(x) kernel=2 pad=[1, 1, 1, 1] count_pad=true -> f32[1, 4, 5, 5]"
                  " output y = y");
}

Test(merge, padding_of_other_kinds_stays) {
  check_refused(pass_fold_pad,
                HEAD W("w", "[4, 4, 3, 3]") " p = pad(x) pad=1 value=2 -> f32[1, 4, 10, 10]"
                                            " y = conv(p, w) out=4 kernel=3 bias=false -> f32[1, "
                                            "4, 8, 8] output y = y",
                "zeros");
  check_refused(pass_fold_pad,
                HEAD " p = pad(x) pad=2 -> f32[1, 4, 12, 12]"
                     " y = avgpool(p) kernel=2 -> f32[1, 4, 6, 6] output y = y",
                "more than half");
  check_refused(pass_fold_pad,
                HEAD W("w", "[4, 5, 3, 3]") " p = pad(x) channels=[0, 1] -> f32[1, 5, 8, 8]"
                                            " y = conv(p, w) out=4 kernel=3 bias=false -> f32[1, "
                                            "4, 6, 6] output y = y",
                "channels");
}

/* ---- linear layers ------------------------------------------------------------------------- */

#define TWO                                                                                      \
  " a = conv(x, w) out=2 kernel=3 pad=1 bias=false -> f32[1, 2, 8, 8]"                           \
  " y = conv(a, v) out=3 kernel=1 bias=false -> f32[1, 3, 8, 8] output y = y"

Test(merge, cheap_layers_stay_two) {
  check_refused(pass_collapse, HEAD W("w", "[2, 4, 3, 3]") W("v", "[3, 2, 1, 1]") TWO, "apart");
}

Test(merge, wide_layers_become_one) {
  check_pass(
      pass_collapse,
      HEAD W("w", "[9, 4, 3, 3]") W("v", "[2, 9, 1, 1]") W(
          "b", "[9]") " a = conv(x, w, b) out=9 kernel=3 pad=1 -> f32[1, 9, 8, 8]"
                      " y = conv(a, v) out=2 kernel=1 bias=false -> f32[1, 2, 8, 8] output y = y",
      HEAD W("w", "[9, 4, 3, 3]") W("v", "[2, 9, 1, 1]") W(
          "b",
          "[9]") " y.collapse = collapse(w, v, b) first_bias=true -> f32[2, 4, 3, 3], "
                 "y.collapse.1: f32[2]"
                 " y = conv(x, y.collapse, y.collapse.1) out=2 kernel=3 pad=1 -> f32[1, 2, 8, 8]"
                 " output y = y");
}

Test(merge, a_bias_before_padding_stays) {
  check_refused(pass_collapse,
                HEAD W("w", "[9, 4, 1, 1]") W("b", "[9]")
                    W("v", "[2, 9, 3, 3]") " a = conv(x, w, b) out=9 kernel=1 -> f32[1, 9, 8, 8]"
                                           " y = conv(a, v) out=2 kernel=3 pad=1 bias=false -> "
                                           "f32[1, 2, 8, 8] output y = y",
                "bias");
}

/* ---- siblings ------------------------------------------------------------------------------ */

#define BRANCH(name, w, out)                                                                     \
  " " name " = conv(x, " w ") out=" #out " kernel=1 bias=false -> f32[1, " #out ", 8, 8]"

Test(merge, siblings_become_one) {
  check_pass(
      pass_siblings,
      HEAD W("w", "[16, 4, 1, 1]") W("v", "[5, 4, 1, 1]")
          BRANCH("a", "w", 16) " r = relu(a) -> f32[1, 16, 8, 8]" BRANCH(
              "b", "v", 5) " s = relu(b) -> f32[1, 5, 8, 8]"
                           " y = softmax(r) axis=1 -> f32[1, 16, 8, 8] z = softmax(s) axis=1 -> "
                           "f32[1, 5, 8, 8]"
                           " output y = y output z = z",
      HEAD W("w", "[16, 4, 1, 1]") W(
          "v", "[5, 4, 1, 1]") " a.weights = concat(w, v) axis=0 -> f32[21, 4, 1, 1]"
                               " a.siblings = conv(x, a.weights) out=21 kernel=1 bias=false -> "
                               "f32[1, 21, 8, 8]"
                               " r.siblings = relu(a.siblings) -> f32[1, 21, 8, 8]"
                               " r = slice(r.siblings) axis=1 start=0 stop=16 -> f32[1, 16, 8, 8]"
                               " s = slice(r.siblings) axis=1 start=16 stop=21 -> f32[1, 5, 8, 8]"
                               " y = softmax(r) axis=1 -> f32[1, 16, 8, 8] z = softmax(s) axis=1 "
                               "-> f32[1, 5, 8, 8]"
                               " output y = y output z = z");
}

Test(merge, siblings_that_differ_stay) {
  check_refused(
      pass_siblings,
      HEAD W("w", "[16, 4, 1, 1]") W("v", "[16, 4, 1, 1]")
          BRANCH("a", "w", 16) " r = relu(a) -> f32[1, 16, 8, 8]" BRANCH(
              "b", "v",
              16) " s = tanh(b) -> f32[1, 16, 8, 8]"
                  " y = softmax(r) axis=1 -> f32[1, 16, 8, 8]"
                  " z = softmax(s) axis=1 -> f32[1, 16, 8, 8] output y = y output z = z",
      "another activation");
  check_refused(pass_siblings,
                HEAD W("w", "[16, 4, 1, 1]") W("v", "[16, 4, 1, 1]") BRANCH("a", "w", 16) BRANCH(
                    "b", "v", 16) " c = relu(a) -> f32[1, 16, 8, 8]"
                                  " d = sigmoid(c) -> f32[1, 16, 8, 8] output d = d output b = b",
                "output");
}

/* ---- emitted code ---------------------------------------------------------------------------- */

static ValueId conv(Net *t, ValueId x, const char *attrs) {
  return layer(t, "conv", attrs, &x, 1);
}

static void small_net(Net *t, int kind) {
  ValueId x, y, z;
  switch (kind) {
  case 0: /* padding, of a convolution and of a pool */
    x = layer(t, "pad", "pad=[1, 2, 0, 1]", (ValueId[]){image(t, 3, 12)}, 1);
    x = conv(t, x, "out=9; kernel=1");
    x = layer(t, "pad", "pad=1", &x, 1);
    output(t, layer(t, "maxpool", "kernel=2; stride=1", &x, 1));
    break;
  case 1: /* three linear layers */
    x = conv(t, image(t, 3, 12), "out=30; kernel=[3, 1]; pad=[1, 0]");
    output(t, conv(t, x, chance(t, 50) ? "out=2; kernel=1" : "out=2; kernel=1; bias=false"));
    break;
  case 2:
    x = input(t, SHAPE(pick(t, 1, 4), 20));
    x = layer(t, "dense", "out=40", &x, 1);
    output(t, layer(t, "dense", "out=3", &x, 1));
    break;
  case 3: /* siblings, and what reads their slices */
    x = image(t, 3, 12);
    y = unary(t, "relu", conv(t, x, "out=16; kernel=1"));
    z = unary(t, "relu", conv(t, x, "out=5; kernel=1; bias=false"));
    output(t, conv(t, y, "out=6; kernel=1"));
    output(t, layer(t, "maxpool", "kernel=1", &z, 1));
    break;
  default: /* slices read by kernels of all sorts */
    x = unary(t, "relu", conv1x1(t, image(t, 3, 12), 40));
    y = layer(t, "slice", "axis=1; start=16; stop=35", &x, 1);
    z = layer(t, "slice", "axis=1; start=0; stop=19", &x, 1);
    output(t, layer(t, "add", "", (ValueId[]){y, z}, 2));
    output(t, unary(t, "flatten", y));
    output(t, conv1x1(t, z, 12));
    output(t, unary(t, "global_maxpool", y));
    break;
  }
}

enum { KINDS = 5 };

TestSuite(merge, .timeout = 120);
Test(merge, c99) { check_nets("c99", 21, INTEGERS, small_net, KINDS, 0); }
Test(merge, v3) { check_nets("x86-64-v3", 22, INTEGERS, small_net, KINDS, 0); }
Test(merge, v3_reals) { check_nets("x86-64-v3", 23, REALS, small_net, KINDS, 0); }
Test(merge, v4) { check_nets("x86-64-v4", 24, INTEGERS, small_net, KINDS, 0); }

Test(merge, every_pass_is_used) {
  static const char *const passes[] = {"fold_pad", "collapse", "siblings"};
  Net t = random_net(small_net, 5, 3, KINDS);
  cr_assert(passes_run(t.b.c, t.b.g, NULL));
  for (int p = 0; p < COUNT_OF(passes); p++) {
    int taken = 0;
    for (int i = 0; i < t.b.g->log->at.len; i++)
      taken += t.b.g->log->at.at[i].taken && str_eq(t.b.g->log->at.at[i].pass, passes[p]);
    cr_expect_geq(taken, 3, "%s", passes[p]);
  }
  bench_free(t.b);
}
