/* test_kernels_pool.c: pooling of every kind over random windows, strides and borders, on plain
 * and channel-blocked maps, with NaN and infinities among the elements, computes what the
 * interpreter computes. kernelbench.h says how the networks are run.
 */
#include "tests/unit/kernelbench.h"

static const char *const ops[] = {"maxpool", "minpool", "avgpool", "l2pool"};

static ValueId windows(Net *t, ValueId x, const char *op) {
  const Shape s = *shape_of(t, x);
  int64_t k[2], st[2], p[4];
  for (int i = 0; i < 2; i++) {
    k[i] = chance(t, 15) ? pick(t, 6, 15) : pick(t, 1, 4);
    st[i] = pick(t, 1, chance(t, 70) ? 2 : 5);
    for (int e = 0; e < 2; e++) p[i + 2 * e] = chance(t, 40) ? 0 : pick(t, 0, k[i] - 1);
    while (s.dim[2 + i] + p[i] + p[i + 2] < k[i]) k[i]--, p[i] = p[i + 2] = 0;
  }
  const char *attrs =
      str_fmt(t->b.c->arena, "kernel=[%d, %d]; stride=[%d, %d]; pad=[%d, %d, %d, %d]; ceil=%s%s",
              (int)k[0], (int)k[1], (int)st[0], (int)st[1], (int)p[0], (int)p[1], (int)p[2],
              (int)p[3], chance(t, 50) ? "true" : "false",
              str_eq(op, "avgpool") && chance(t, 50) ? "; count_pad=false" : "");
  return layer(t, op, attrs, &x, 1);
}

/* kind % 4: the operator; the map is the caller's, or blocked, behind a convolution. */
static void pool_net(Net *t, int kind) {
  ValueId x = image(t, pick(t, 1, 20), 30);
  if (kind / 4 % 2) x = conv1x1(t, x, pick(t, 1, 40));
  x = kind / 8 ? unary(t, str_fmt(t->b.c->arena, "global_%s", ops[kind % 4]), x)
               : windows(t, x, ops[kind % 4]);
  output(t, chance(t, 30) ? unary(t, "tanh", x) : x);
}

static void check(const char *target, uint64_t seed, Data kind) {
  check_nets(target, seed, kind, pool_net, 16, 2e-6);
}

Test(kernels_pool, c99) { check("c99", 1, INTEGERS); }
Test(kernels_pool, v3) { check("x86-64-v3", 2, INTEGERS); }
Test(kernels_pool, v4) { check("x86-64-v4", 3, INTEGERS); }
Test(kernels_pool, specials_c99) { check("c99", 4, SPECIALS); }
Test(kernels_pool, specials_v3) { check("x86-64-v3", 5, SPECIALS); }
Test(kernels_pool, specials_v4) { check("x86-64-v4", 6, SPECIALS); }
