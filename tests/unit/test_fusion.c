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
  default: /* maps of one channel, tensors of other ranks */
    y = input(t, SHAPE(pick(t, 1, 3), 5, 7));
    z = pair(t, "mul", y, input(t, SHAPE(5, 1)));
    output(t, activation(t, pair(t, "add", z, y)));
    output(t, pair(t, "max", unary(t, "abs", pair(t, "sub", y, z)), y));
    break;
  }
}

enum { KINDS = 4 };

static void check(const char *target, uint64_t seed, Data kind, const char *disable) {
  left_out = disable;
  chained = 6; /* a product has the errors of both its factors */
  check_nets(target, seed, kind, small_net, KINDS, 0);
}

TestSuite(fusion, .timeout = 120);
Test(fusion, c99) { check("c99", 31, INTEGERS, NULL); }
Test(fusion, v3) { check("x86-64-v3", 32, INTEGERS, NULL); }
Test(fusion, v3_reals) { check("x86-64-v3", 33, REALS, NULL); }
Test(fusion, v4) { check("x86-64-v4", 34, INTEGERS, NULL); }
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
