/* test_kernels_conv.c: convolution kernels beside the ordinary ones: groups whose channels are no
 * whole vectors. Like test_kernels.c; besides, what is not a number in one group must not be
 * seen in another.
 */
#include "tests/unit/kernelbench.h"

static ValueId grouped(Net *t, ValueId x, int64_t out, int64_t groups, int64_t kernel) {
  int64_t k[2] = {pick(t, 1, kernel), pick(t, 1, kernel)};
  const char *attrs = str_fmt(
      t->b.c->arena,
      "out=%lld; kernel=[%lld, %lld]; stride=[%lld, %lld]; dilation=[1, %lld]; pad=[%lld, %lld, "
      "%lld, %lld]; groups=%lld; bias=%s",
      (long long)out, (long long)k[0], (long long)k[1], (long long)pick(t, 1, 2),
      (long long)pick(t, 1, 2), (long long)pick(t, 1, 2), (long long)(k[0] - 1),
      (long long)pick(t, k[1] - 1, k[1] + 1), (long long)pick(t, k[0] - 1, k[0] + 1),
      (long long)(2 * k[1]), (long long)groups, chance(t, 70) ? "true" : "false");
  return layer(t, "conv", attrs, &x, 1);
}

/* Inputs of the graph, so that a whole channel can be spoilt. */
static void grouped_net(Net *t, int kind) {
  static const struct {
    int64_t in, out, most; /* channels of a group, at most; groups at most */
  } form[] = {
      {4, 0, 12},  /* as many out as in: shuffles */
      {12, 12, 9}, /* any numbers */
      {5, 40, 5},  /* blocks within a group, and shared ones */
      {24, 3, 7},  /* many groups in a block */
  };
  int64_t groups = pick(t, 2, form[kind % 4].most), in = pick(t, 1, form[kind % 4].in);
  int64_t out = form[kind % 4].out ? pick(t, 1, form[kind % 4].out) : in;
  if (kind % 4 == 0) in = out = pick(t, 1, 3) == 1 ? 2 : 4 * pick(t, 1, 2);
  ValueId x = image(t, groups * in, 13);
  ValueId y = grouped(t, x, groups * out, groups, kind < 4 ? 3 : 7);
  if (chance(t, 50)) y = unary(t, "relu", y);
  if (chance(t, 30)) y = layer(t, "add", "", (ValueId[]){y, input(t, *shape_of(t, y))}, 2);
  output(t, y);
}

static void check(const char *target, uint64_t seed, Data kind) {
  check_nets(target, seed, kind, grouped_net, 8, 0);
}

Test(kernels_conv, grouped_c99) { check("c99", 1, SPOILT); }
Test(kernels_conv, grouped_v3) { check("x86-64-v3", 2, INTEGERS); }
Test(kernels_conv, grouped_v3_spoilt) { check("x86-64-v3", 3, SPOILT); }
Test(kernels_conv, grouped_v4) { check("x86-64-v4", 4, INTEGERS); }
Test(kernels_conv, grouped_v4_spoilt) { check("x86-64-v4", 5, SPOILT); }
Test(kernels_conv, grouped_v4_reals) { check("x86-64-v4", 6, REALS); }
