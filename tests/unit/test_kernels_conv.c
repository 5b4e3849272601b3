/* test_kernels_conv.c: convolution kernels beside the ordinary ones: groups whose channels are no
 * whole vectors, products of matrices, tiles across the samples of a batch. Like test_kernels.c; besides, what is not a number in one group must not be
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

/* ---- convolution as a product of matrices ---------------------------------------------------- */

/* Any stride, dilation and padding; maps narrower than a tile, and depths of several passes. */
static void product_net(Net *t, int kind) {
  ValueId x = image(t, kind < 2 ? pick(t, 1, 5) : pick(t, 20, 60), kind % 2 ? 30 : 9);
  const Shape s = *shape_of(t, x);
  int64_t k[2] = {pick(t, 1, 5), pick(t, 1, 5)}, d = pick(t, 1, 2), p[2];
  for (int i = 0; i < 2; i++) {
    p[i] = pick(t, 0, k[i] * d);
    while (s.dim[2 + i] + 2 * p[i] < (k[i] - 1) * d + 1) p[i]++;
  }
  t->b.g->notes.kernel = ctx_name(t->b.c, "conv_im2col");
  const char *attrs = str_fmt(t->b.c->arena,
                              "out=%lld; kernel=[%lld, %lld]; stride=[%lld, %lld]; "
                              "dilation=[%lld, %lld]; pad=[%lld, %lld, %lld, %lld]; bias=%s",
                              (long long)pick(t, 1, 40), (long long)k[0], (long long)k[1],
                              (long long)pick(t, 1, 3), (long long)pick(t, 1, 3), (long long)d,
                              (long long)d, (long long)p[0], (long long)p[1], (long long)p[0],
                              (long long)p[1], chance(t, 70) ? "true" : "false");
  ValueId y = layer(t, "conv", attrs, &x, 1);
  t->b.g->notes.kernel = NULL;
  if (chance(t, 50)) y = unary(t, "relu", y);
  if (chance(t, 50)) y = layer(t, "add", "", (ValueId[]){y, input(t, *shape_of(t, y))}, 2);
  output(t, y);
}

static void check_product(const char *target, uint64_t seed, Data kind) {
  check_nets(target, seed, kind, product_net, 4, 0);
}

Test(kernels_conv, im2col_c99) { check_product("c99", 11, INTEGERS); }
Test(kernels_conv, im2col_v3) { check_product("x86-64-v3", 12, INTEGERS); }
Test(kernels_conv, im2col_v3_reals) { check_product("x86-64-v3", 13, REALS); }
Test(kernels_conv, im2col_v4) { check_product("x86-64-v4", 14, INTEGERS); }

/* ---- batches of small maps -------------------------------------------------------------------- */

/* Maps so small that tiles run across the samples; the data of depth tells lanes apart. */
static void batch_net(Net *t, int kind) {
  int64_t most = kind % 2 ? 4 : 2;
  ValueId x = input(t, SHAPE(pick(t, 2, 20), pick(t, 1, kind < 2 ? 40 : 130), pick(t, 1, most),
                             pick(t, 1, most)));
  const Shape s = *shape_of(t, x);
  int64_t k[2] = {pick(t, 1, 4), pick(t, 1, 4)}, d = pick(t, 1, 2), p[4];
  for (int i = 0; i < 2; i++) {
    if (kind == 3) k[i] = 1; /* what comes next is fetched ahead */
    p[i] = pick(t, 0, (k[i] - 1) * d), p[i + 2] = pick(t, 0, k[i] * d);
    while (s.dim[2 + i] + p[i] + p[i + 2] < (k[i] - 1) * d + 1) p[i]++;
  }
  bool groups = kind == 2 && s.dim[1] % 32 == 0;
  const char *attrs =
      str_fmt(t->b.c->arena,
              "out=%lld; kernel=[%lld, %lld]; stride=[%lld, %lld]; dilation=[%lld, %lld]; "
              "pad=[%lld, %lld, %lld, %lld]; groups=%d; bias=%s",
              (long long)(groups ? 64 : pick(t, 1, 100)), (long long)k[0], (long long)k[1],
              (long long)pick(t, 1, 3), (long long)pick(t, 1, 3), (long long)d, (long long)d,
              (long long)p[0], (long long)p[1], (long long)p[2], (long long)p[3], groups ? 2 : 1,
              chance(t, 70) ? "true" : "false");
  ValueId y = layer(t, "conv", attrs, &x, 1);
  if (chance(t, 60)) y = unary(t, "relu", y);
  if (chance(t, 20)) y = layer(t, "add", "", (ValueId[]){y, input(t, *shape_of(t, y))}, 2);
  output(t, y);
}

static void check_batch(const char *target, uint64_t seed, Data kind) {
  check_nets(target, seed, kind, batch_net, 4, 0);
}

Test(kernels_conv, batch_c99) { check_batch("c99", 21, INTEGERS); }
Test(kernels_conv, batch_v3) { check_batch("x86-64-v3", 22, INTEGERS); }
Test(kernels_conv, batch_v3_reals) { check_batch("x86-64-v3", 23, REALS); }
Test(kernels_conv, batch_v3_spoilt) { check_batch("x86-64-v3", 26, SPOILT); }
Test(kernels_conv, batch_v4) { check_batch("x86-64-v4", 24, INTEGERS); }
Test(kernels_conv, batch_v4_reals) { check_batch("x86-64-v4", 25, REALS); }

/* Many samples of small maps share the weights, few or large ones do not; a residual forbids it,
 * and what is counted is what is done. */
Test(kernels_conv, batch_goes_across_samples) {
  static const struct {
    int64_t samples, side;
    bool residual, across;
  } rows[] = {{8, 2, false, true},  {8, 1, false, true},  {32, 3, false, true},
              {8, 2, true, false},  {1, 2, false, false}, {8, 28, false, false},
              {2, 14, false, false}};
  for (int i = 0; i < COUNT_OF(rows); i++) {
    Net t = {.b = bench_new(), .state = 1};
    t.b.g->name = "net";
    ValueId x = input(&t, SHAPE(rows[i].samples, 256, rows[i].side, rows[i].side)), y = x;
    y = layer(&t, "conv", "out=256; kernel=3; pad=1", &y, 1);
    if (rows[i].residual)
      y = layer(&t, "add", "", (ValueId[]){y, input(&t, *shape_of(&t, y))}, 2);
    output(&t, y);
    Built b = build(t, "x86-64-v3");
    double taps = (double)(3 * rows[i].side - 2) / (double)rows[i].side;
    double macs =
        (double)(rows[i].samples * rows[i].side * rows[i].side) * 256 * 256 * taps * taps;
    for (int n = 0; n < b.plan->steps.len; n++) {
      const Choice *k = &b.plan->steps.at[n].choice;
      if (k->kernel == K_CONV_DIRECT) cr_expect_eq(k->across, rows[i].across, "row %d", i);
    }
    cr_expect(fabs(b.text.counts.fma - macs) < 1e-6 * macs, "row %d: %f, not %f", i,
              b.text.counts.fma, macs);
    bench_free(t.b);
  }
}

/* ---- the text of the tiles ------------------------------------------------------------------- */

static ValueId plain_conv(Net *t, ValueId x, int64_t out, int64_t kernel) {
  const char *attrs = str_fmt(t->b.c->arena, "out=%lld; kernel=%lld; pad=%lld", (long long)out,
                              (long long)kernel, (long long)(kernel / 2));
  return unary(t, "relu", layer(t, "conv", attrs, &x, 1));
}

static int occurrences(const char *text, const char *what) {
  int n = 0;
  for (const char *p = text; (p = strstr(p, what)); p++) n++;
  return n;
}

/* Depths differ, maps do not: the second convolution calls the first one's tiles. */
Test(kernels_conv, tiles_are_shared) {
  Net t = {.b = bench_new(), .state = 1};
  t.b.g->name = "net";
  ValueId x = input(&t, SHAPE(1, 3, 9, 9));
  output(&t, plain_conv(&t, plain_conv(&t, x, 608, 1), 40, 1));
  output(&t, plain_conv(&t, plain_conv(&t, x, 800, 1), 40, 1));
  Built b = build(t, "x86-64-v3");
  const char *text = sb_str(&b.text.c);
  cr_assert_eq(occurrences(text, "KERNEL void net_conv1x1s1_608x9x9_40_t0_"), 1);
  cr_assert_eq(occurrences(text, "KERNEL void net_conv1x1s1_800x9x9_40(\n"), 1);
  cr_assert_eq(occurrences(text, "net_conv1x1s1_800x9x9_40_t0_"), 0);
  bench_free(t.b);
}

#if defined(__x86_64__)
/* What unrolls most: wide kernels, many channels of a group, tails of channels. */
static void wide_bodies(Net *t) {
  static const struct {
    int64_t channels, side;
    const char *attrs;
  } convs[] = {{3, 97, "out=96; kernel=11; stride=4; pad=2"},
               {3, 65, "out=64; kernel=7; stride=2; pad=3"},
               {3, 40, "out=64; kernel=17; pad=8"},
               {1, 40, "out=8; kernel=11; pad=5"},
               {61, 30, "out=200; kernel=7; pad=3; dilation=2"},
               {21, 30, "out=61; kernel=[1, 11]; pad=[0, 5, 0, 5]"},
               {96, 30, "out=96; kernel=11; pad=5; groups=96"},
               {96, 30, "out=96; kernel=7; pad=3; groups=24"},
               {60, 30, "out=90; kernel=5; pad=2; groups=6"}};
  for (int i = 0; i < COUNT_OF(convs); i++) {
    ValueId x = input(t, SHAPE(1, convs[i].channels, convs[i].side, convs[i].side));
    output(t, unary(t, "relu", layer(t, "conv", convs[i].attrs, &x, 1)));
  }
}

/* No kernel function is larger than a first cache for instructions can hold beside others. */
static void bodies_are_small(const char *target) {
  enum { MOST = 24 << 10 };
  Net t = {.b = bench_new(), .state = 1};
  t.b.g->name = "net";
  wide_bodies(&t);
  Built b = build(t, target);
  char dir[] = "/tmp/netcc-kernels-XXXXXX", line[4096], name[2048];
  cr_assert(mkdtemp(dir));
  save(&t, dir, "net.c", sb_str(&b.text.c), b.text.c.len);
  save(&t, dir, "net.h", sb_str(&b.text.h), b.text.h.len);
  const char *command = str_fmt(t.b.c->arena,
                                "cc -O3 -w -Iruntime -c -o %s/net.o %s/net.c && "
                                "nm -S %s/net.o | grep ' t '",
                                dir, dir, dir);
  FILE *f = popen(command, "r");
  cr_assert(f);
  int bodies = 0;
  unsigned long long largest = 0, at, size;
  while (fgets(line, sizeof line, f)) {
    if (sscanf(line, "%llx %llx t %2047s", &at, &size, name) != 3) continue;
    cr_expect(size <= MOST, "%s: %s has %llu bytes", target, name, size);
    bodies += strstr(name, "conv") != NULL;
    if (size > largest) largest = size;
  }
  cr_assert_eq(pclose(f), 0, "%s", command);
  cr_assert_eq(system(str_fmt(t.b.c->arena, "rm -r %s", dir)), 0);
  cr_expect(bodies >= 18 && largest > 1024, "%d bodies, the largest of %llu bytes", bodies,
            largest);
  bench_free(t.b);
}

Test(kernels_conv, bodies_are_small_v3) { bodies_are_small("x86-64-v3"); }
Test(kernels_conv, bodies_are_small_v4) { bodies_are_small("x86-64-v4"); }

/* Of a 4 x 6 tile's 24 accumulators none may go through the stack. */
Test(kernels_conv, tiles_stay_in_registers) {
  Net t = {.b = bench_new(), .state = 1};
  t.b.g->name = "net";
  output(&t, plain_conv(&t, plain_conv(&t, input(&t, SHAPE(1, 3, 28, 28)), 64, 1), 64, 3));
  Built b = build(t, "x86-64-v4");
  char dir[] = "/tmp/netcc-kernels-XXXXXX";
  cr_assert(mkdtemp(dir));
  save(&t, dir, "net.c", sb_str(&b.text.c), b.text.c.len);
  save(&t, dir, "net.h", sb_str(&b.text.h), b.text.h.len);
  const char *cc = getenv("CC") ? getenv("CC") : "cc";
  const char *command =
      str_fmt(t.b.c->arena, "%s -O3 -w -Iruntime -S -o %s/net.s %s/net.c", cc, dir, dir);
  cr_assert_eq(system(command), 0, "%s", command);
  FILE *f = fopen(path_join(t.b.c->arena, dir, "net.s"), "r");
  cr_assert(f);
  char line[4096];
  bool inside = false;
  int products = 0, spilled = 0;
  while (fgets(line, sizeof line, f)) {
    if (!strchr("\t .#", *line) && strchr(line, ':')) inside = strstr(line, "_64_t1_4x6") != NULL;
    if (!inside || !strstr(line, "zmm")) continue;
    products += strstr(line, "vfmadd") != NULL;
    spilled += strstr(line, "(%rsp)") || strstr(line, "(%rbp)");
  }
  fclose(f);
  cr_assert_eq(system(str_fmt(t.b.c->arena, "rm -r %s", dir)), 0);
  cr_assert(products >= 24 * 3, "%d products", products);
  cr_assert_eq(spilled, 0);
  bench_free(t.b);
}
#endif
