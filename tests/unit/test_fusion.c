/* test_fusion.c: blocks of known networks, fused and not, compute what their layers compute.
 *
 * Each kind is built as it is, then with a pass that it is about left out by name.
 */
#include "tests/unit/passtest.h"

static ValueId pair(Net *t, const char *op, ValueId a, ValueId b) {
  return layer(t, op, "", (ValueId[]){a, b}, 2);
}

/* A number for each channel, computed from the map; exact on integers. */
static ValueId excite(Net *t, ValueId x) {
  ValueId s = unary(t, "global_maxpool", x);
  return unary(t, chance(t, 50) ? "relu" : "relu6", conv1x1(t, s, shape_of(t, x)->dim[1]));
}

static ValueId activation(Net *t, ValueId x) {
  int64_t which = pick(t, 0, 2);
  return which == 2 ? x : unary(t, which ? "relu" : "abs", x);
}

/* A number for each channel, or one for all; as a constant of the network or a parameter. */
static ValueId numbers(Net *t, ValueId x) {
  const Shape *s = shape_of(t, x);
  int64_t channels = chance(t, 70) ? s->dim[1] : 1;
  const char *tail = s->rank < 4 ? "" : ",1,1";
  const char *batch = chance(t, 50) ? "1," : "";
  return layer(t, "constant",
               str_fmt(t->b.c->arena, "shape=[%s%lld%s]", batch, (long long)channels, tail), NULL,
               0);
}

static bool cancels; /* may differences occur? The bound of real data adds magnitudes up */

/* Constants per channel on x, in all the ways to write them. */
static ValueId constants(Net *t, ValueId x, bool shifts) {
  static const char *const ops[] = {"mul", "mul", "add", "sub"};
  for (int i = 0; i < 2; i++) {
    const char *op = ops[pick(t, 0, shifts ? 2 + cancels : 1)];
    if (chance(t, 30))
      x = layer(t, "scale", shifts ? cancels ? "factor=-2; shift=3" : "shift=3" : "factor=0.5",
                &x, 1);
    else if (chance(t, 70))
      x = pair(t, op, x, numbers(t, x));
    else
      x = pair(t, op, numbers(t, x), x);
  }
  return x;
}

static ValueId depthwise(Net *t, ValueId x, const char *more) {
  long long c = (long long)shape_of(t, x)->dim[1];
  return layer(t, "conv",
               str_fmt(t->b.c->arena, "out=%lld; groups=%lld; kernel=[1, 1]; %s", c, c, more), &x,
               1);
}

static void small_net(Net *t, int kind) {
  int64_t channels = pick(t, 1, 40);
  ValueId x = activation(t, conv1x1(t, image(t, 3, 12), channels)), y, z;
  switch (kind) {
  case 0: /* scaled, with a residual and an activation behind */
    y = conv1x1(t, x, channels);
    y = pair(t, "mul", y, excite(t, y));
    output(t, activation(t, pair(t, "add", y, x)));
    break;
  case 1: /* two residuals, of which one is a slice of a concat */
    y = conv1x1(t, x, channels);
    z = layer(t, "maxpool", "kernel=3; stride=1; pad=1", &x, 1);
    output(t, pair(t, "concat", z, x));
    y = activation(t, pair(t, "mul", excite(t, y), y));
    output(t, pair(t, "min", pair(t, "add", y, z), x));
    break;
  case 2: /* sums of sums */
    y = layer(t, "maxpool", "kernel=3; stride=1; pad=1", &x, 1);
    z = layer(t, "minpool", "kernel=3; stride=1; pad=1", &x, 1);
    output(t, activation(t, pair(t, "add", pair(t, "add", y, z), x)));
    break;
  case 4: /* constants behind weights */
    y = constants(t, layer(t, "conv", "out=12; kernel=3; pad=2", &x, 1), true);
    output(t, activation(t, y));
    z = constants(t, layer(t, "dense", "out=9", (ValueId[]){input(t, SHAPE(2, 5))}, 1), true);
    output(t, z);
    break;
  case 5: /* constants in front of weights */
    y = constants(t, x, true);
    output(t, layer(t, "conv", "out=12; kernel=1; bias=false", &y, 1));
    y = constants(t, activation(t, x), false);
    output(t, layer(t, "conv", "out=7; kernel=3; pad=2", &y, 1));
    z = constants(t, input(t, SHAPE(2, 5)), true);
    output(t, layer(t, "dense", "out=9", &z, 1));
    output(t, depthwise(t, constants(t, x, true), "bias=false"));
    break;
  case 6: /* concats, one of a part that is there long before the other */
    y = conv1x1(t, x, 16);
    z = unary(t, "relu", conv1x1(t, y, 90));
    z = conv1x1(t, layer(t, "maxpool", "kernel=3; stride=1; pad=1", &z, 1), 24);
    y = pair(t, "concat", y, z);
    output(t, activation(t, pair(t, "concat", y, conv1x1(t, x, 8))));
    output(t, conv1x1(t, y, 5));
    break;
  default: /* maps of one channel, tensors of other ranks */
    y = input(t, SHAPE(pick(t, 1, 3), 5, 7));
    z = pair(t, "mul", y, input(t, SHAPE(5, 1)));
    output(t, activation(t, pair(t, "add", z, y)));
    output(t, pair(t, "max", unary(t, "abs", pair(t, "sub", y, z)), y));
    break;
  }
}

enum { KINDS = 7 };

static void check(const char *target, uint64_t seed, Data kind, const char *disable) {
  left_out = disable;
  cancels = kind != REALS;
  chained = 6; /* a product has the errors of both its factors */
  check_nets(target, seed, kind, small_net, KINDS, 0);
}

TestSuite(fusion, .timeout = 300);
Test(fusion, c99) { check("c99", 31, INTEGERS, NULL); }
Test(fusion, v3) { check("x86-64-v3", 32, INTEGERS, NULL); }
Test(fusion, v3_reals) { check("x86-64-v3", 33, REALS, NULL); }
Test(fusion, v4) { check("x86-64-v4", 34, INTEGERS, NULL); }
Test(fusion, v3_unfolded) { check("x86-64-v3", 32, INTEGERS, "fold_constants,fold_front"); }
Test(fusion, c99_unfolded) { check("c99", 31, INTEGERS, "fold_batchnorm fold_front"); }
Test(fusion, v3_reals_unfolded) { check("x86-64-v3", 33, REALS, "fold_constants,fold_front"); }
Test(fusion, v3_copied) { check("x86-64-v3", 32, INTEGERS, "concat"); }
Test(fusion, c99_copied) { check("c99", 31, INTEGERS, "concat,strips,in_place"); }
Test(fusion, v3_apart) { check("x86-64-v3", 32, INTEGERS, "fuse"); }
Test(fusion, v3_reals_apart) { check("x86-64-v3", 33, REALS, "fuse"); }

#define T4 "f32[1, 4, 8, 8]"

Test(fusion, scaled_channels_take_the_residual) {
  check_groups(HEAD "input k: f32[1, 4, 1, 1] m = mul(x, k) -> " T4 " s = add(m, x) -> " T4
                    " r = relu(s) -> " T4 " output y = r",
               "mul* add relu");
  check_groups(HEAD "input k: f32[1, 4, 1, 1] m = add(x, x) -> " T4 " s = add(m, x) -> " T4
                    " p = mul(s, k) -> " T4 " output y = p",
               "add* add | mul");
}

/* ---- constants ------------------------------------------------------------------------------ */

#define CONV(name, x, attrs)                                                                     \
  " param " name ".w: f32[4, 4, 1, 1] " name " = conv(" x ", " name                              \
  ".w) out=4 kernel=1 bias=false" attrs

Test(fusion, constants_behind_weights_become_scale_and_shift) {
  check_pass(
      pass_fold_constants,
      HEAD CONV("c", "x", " -> " T4) " y = scale(c) factor=2.0 shift=1.0 -> " T4 " output y = y",
      HEAD CONV("c", "x", " -> " T4) " const y.factor: f32[4] = {2.0 2.0 2.0 2.0}"
                                     " const y.shift: f32[4] = {1.0 1.0 1.0 1.0}"
                                     " y = affine(c, y.factor, y.shift) -> " T4 " output y = y");
  check_pass(pass_fold_constants,
             HEAD " const k: f32[4, 1, 1] = {1.0 2.0 3.0 4.0}" CONV(
                 "c", "x", " -> " T4) " y = sub(k, c) -> " T4 " output y = y",
             HEAD " const k: f32[4, 1, 1] = {1.0 2.0 3.0 4.0}"
                  " y.constant = reshape(k) shape=[4] -> f32[4]" CONV(
                      "c", "x", " -> " T4) " const y.one: f32[4] = {-1.0 -1.0 -1.0 -1.0}"
                                           " y = affine(c, y.one, y.constant) -> " T4
                                           " output y = y");
}

Test(fusion, constants_without_weights_before_them_stay) {
  check_refused(pass_fold_constants, HEAD "y = scale(x) factor=2.0 -> " T4 " output y = y",
                "input of the network");
  check_refused(pass_fold_constants,
                HEAD "r = relu(x) -> " T4 " y = scale(r) factor=2.0 -> " T4 " output y = y",
                "relu before it has no weights");
  check_refused(pass_fold_constants,
                HEAD CONV("c", "x", " -> " T4) " y = scale(c) factor=2.0 -> " T4
                                               " output y = y output z = c",
                "graph output");
}

Test(fusion, constants_go_into_the_weights_behind) {
  check_pass(pass_fold_front,
             HEAD "const k: f32[4, 1, 1] = {1.0 2.0 3.0 4.0} m = mul(x, k) -> " T4 CONV(
                 "y", "m", " -> " T4) " output y = y",
             HEAD "const k: f32[4, 1, 1] = {1.0 2.0 3.0 4.0} param y.w: f32[4, 4, 1, 1]"
                  " m.constant = reshape(k) shape=[4] -> f32[4]"
                  " y.channels = reshape(m.constant) shape=[1, 4, 1, 1] -> f32[1, 4, 1, 1]"
                  " y.weight_folded = mul(y.w, y.channels) -> f32[4, 4, 1, 1]"
                  " y = conv(x, y.weight_folded) out=4 kernel=1 bias=false -> " T4
                  " output y = y");
}

Test(fusion, constants_the_weights_behind_cannot_take_stay) {
  check_refused(pass_fold_front,
                HEAD "m = scale(x) shift=1.0 -> " T4 CONV(
                    "y", "m", " pad=1 -> f32[1, 4, 10, 10]") " output y = y",
                "pads with zeros");
  check_refused(pass_fold_front,
                HEAD "m = scale(x) factor=2.0 -> " T4 CONV(
                    "y", "m", " -> " T4) " output y = y output m = m",
                "graph output");
  check_refused(pass_fold_front,
                HEAD "m = scale(x) factor=2.0 -> " T4 CONV(
                    "y", "m", " -> " T4) " z = relu(m) -> " T4 " output y = y output z = z",
                "2 consumers");
}

/* ---- concats -------------------------------------------------------------------------------- */

/* A thin part, then maps `wide` channels wide, at last the other part. */
static void check_concat(int wide, const char *disable, bool taken, const char *reason) {
  Net t = {.b = bench_new(), .state = 1};
  ValueId x = input(&t, SHAPE(1, 16, 32, 32)), y = conv1x1(&t, x, 16), z = conv1x1(&t, y, wide);
  z = conv1x1(&t, unary(&t, "exp", layer(&t, "maxpool", "kernel=3; stride=1; pad=1", &z, 1)), 64);
  y = pair(&t, "concat", y, z);
  output(&t, conv1x1(&t, layer(&t, "maxpool", "kernel=3; stride=2", &y, 1), 8));
  cr_assert(passes_run(t.b.c, t.b.g, &(PassOptions){.disable = disable}));
  Plan *p = plan_make(t.b.c, t.b.g, target_find("x86-64-v3"));
  cr_assert(p, "%s", bench_errors(t.b));
  int views = 0, said = 0;
  for (int i = 0; i < p->steps.len; i++) views += p->steps.at[i].view;
  for (int i = 0; i < p->g->log->at.len; i++) {
    const Decision *d = &p->g->log->at.at[i];
    if (str_eq(d->pass, "concat")) said += d->taken == taken && strstr(d->reason, reason);
  }
  cr_expect_eq(views, taken);
  cr_expect_eq(said, strstr(disable, "concat") ? 0 : 1, "%s", reason);
  bench_free(t.b);
}

Test(fusion, a_concat_becomes_offsets) { check_concat(16, "strips", true, "the peak stays"); }
Test(fusion, a_concat_that_raises_the_peak_is_copied) {
  check_concat(128, "strips", false, "the peak would rise from");
}
Test(fusion, concats_can_be_disabled) { check_concat(16, "strips,concat", false, ""); }
