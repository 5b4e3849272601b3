/* test_kernels.c: emitted kernels compute what the reference interpreter computes.
 *
 * Random convolutions, dense layers, residuals and concats. Data of small integers must match
 * exactly; real data within the bound of rounding, which a second run of the interpreter on
 * absolute values gives. kernelbench.h says how they are run.
 */
#include "tests/unit/kernelbench.h"

/* A convolution of random form that fits the input; groups 0: depthwise. */
static ValueId conv(Net *t, ValueId x, int64_t out, int64_t groups, int64_t most) {
  const Shape s = *shape_of(t, x);
  int64_t k[2], d[2], p[4], st[2];
  for (int i = 0; i < 2; i++) {
    k[i] = pick(t, 1, most), d[i] = chance(t, 20) ? 2 : 1, st[i] = chance(t, 30) ? 2 : 1;
    int64_t extent = (k[i] - 1) * d[i] + 1;
    p[i] = chance(t, 30) ? 0 : pick(t, 0, extent - (chance(t, 80) && extent > 1));
    p[i + 2] = chance(t, 70) ? p[i] : pick(t, 0, extent);
    while (s.dim[2 + i] + p[i] + p[i + 2] < extent) p[i]++;
  }
  const char *attrs =
      str_fmt(t->b.c->arena,
              "out=%lld; kernel=[%lld, %lld]; stride=[%lld, %lld]; dilation=[%lld, %lld]; "
              "pad=[%lld, %lld, %lld, %lld]; groups=%lld; bias=%s",
              (long long)(groups ? out : s.dim[1]), (long long)k[0], (long long)k[1],
              (long long)st[0], (long long)st[1], (long long)d[0], (long long)d[1],
              (long long)p[0], (long long)p[1], (long long)p[2], (long long)p[3],
              (long long)(groups ? groups : s.dim[1]), chance(t, 70) ? "true" : "false");
  return layer(t, "conv", attrs, &x, 1);
}

static ValueId dense(Net *t, ValueId x, int64_t out) {
  const char *attrs = str_fmt(t->b.c->arena, "out=%lld; bias=%s", (long long)out,
                              chance(t, 70) ? "true" : "false");
  return layer(t, "dense", attrs, &x, 1);
}

static ValueId activation(Net *t, ValueId x) {
  int64_t which = pick(t, 0, 4);
  if (which == 0) return unary(t, "relu", x);
  return which == 1 ? layer(t, "leaky_relu", "slope=0.5", &x, 1) : x;
}

/* One small network of kind `kind`, writing outputs of its own. */
static void small_net(Net *t, int kind) {
  ValueId x, y, z;
  switch (kind) {
  case 0: /* first layer */
    output(t, activation(t, conv(t, image(t, pick(t, 1, 4), 40), pick(t, 1, 70), 1, 7)));
    break;
  case 1: /* blocked input, partly filled */
    x = conv1x1(t, image(t, pick(t, 1, 9), 20), pick(t, 1, 50));
    output(t, activation(t, conv(t, x, pick(t, 1, 70), 1, 5)));
    break;
  case 2: /* residual */
    x = conv1x1(t, image(t, 3, 15), pick(t, 1, 40));
    y = conv(t, x, pick(t, 1, 40), 1, 3);
    z = input(t, *shape_of(t, y));
    output(t, unary(t, "relu", layer(t, "add", "", (ValueId[]){y, z}, 2)));
    break;
  case 3: /* depthwise */
    x = conv1x1(t, image(t, 3, 25), pick(t, 2, 40));
    output(t, activation(t, conv(t, x, 0, 0, pick(t, 3, 9))));
    break;
  case 4: /* groups of whole blocks, and others */
    x = conv1x1(t, image(t, 2, 12), 64);
    output(t, conv(t, x, 64 * pick(t, 1, 2), chance(t, 70) ? 2 : 8, 3));
    break;
  case 5: /* flatten into dense */
    x = unary(t, "relu", conv1x1(t, image(t, 3, 6), pick(t, 1, 40)));
    output(t, dense(t, unary(t, "flatten", x), pick(t, 1, 150)));
    break;
  case 6: /* dense on rows */
    x = dense(t, input(t, SHAPE(pick(t, 1, 15), pick(t, 1, 100))), pick(t, 1, 300));
    x = unary(t, "relu", x);
    y = dense(t, x, pick(t, 1, 40));
    z = input(t, *shape_of(t, y));
    output(t, layer(t, "add", "", (ValueId[]){y, z}, 2));
    break;
  case 7: /* slices of a concat */
    x = image(t, 3, 14);
    y = conv1x1(t, x, 16 * pick(t, 1, 3));
    z = layer(t, "concat", "axis=1", (ValueId[]){y, conv1x1(t, x, pick(t, 1, 20))}, 2);
    output(t, conv(t, z, pick(t, 1, 40), 1, 3));
    break;
  case 8: /* a kernel wider than most maps */
    output(t, conv(t, image(t, pick(t, 1, 3), 12), pick(t, 1, 20), 1, 17));
    break;
  case 9: /* many channels, several passes */
    x = conv1x1(t, image(t, 3, 9), pick(t, 90, 200));
    output(t, conv(t, x, pick(t, 17, 100), 1, 3));
    break;
  default: /* a scale that cannot be folded */
    x = unary(t, "relu", conv(t, image(t, 3, 15), pick(t, 1, 40), 1, 3));
    output(t, unary(t, "batchnorm", x));
    break;
  }
}

enum { KINDS = 10 }; /* kinds exact in integers; number KINDS is for real data only */

static void check(const char *target, uint64_t seed, Data kind) {
  check_nets(target, seed, kind, small_net, kind == REALS ? KINDS + 1 : KINDS, 0);
}

Test(kernels, c99_integers) { check("c99", 1, INTEGERS); }
Test(kernels, c99_reals) { check("c99", 2, REALS); }
Test(kernels, v3_integers) { check("x86-64-v3", 3, INTEGERS); }
Test(kernels, v3_reals) { check("x86-64-v3", 4, REALS); }
Test(kernels, v4_integers) { check("x86-64-v4", 5, INTEGERS); }
Test(kernels, v4_reals) { check("x86-64-v4", 6, REALS); }

/* Batches that run over their features in passes; of blocked maps with a partial last block too. */
static void batch_net(Net *t, int kind) {
  ValueId x, y;
  if (kind == 0) {
    x = dense(t, input(t, SHAPE(pick(t, 7, 30), pick(t, 500, 2500))), pick(t, 1, 150));
    y = input(t, *shape_of(t, x));
    output(t, unary(t, "relu", layer(t, "add", "", (ValueId[]){x, y}, 2)));
  } else {
    x = input(t, SHAPE(pick(t, 7, 14), 2, pick(t, 10, 16), pick(t, 10, 14)));
    x = unary(t, "relu", conv1x1(t, x, pick(t, 9, 31)));
    output(t, dense(t, unary(t, "flatten", x), pick(t, 1, 60)));
  }
}

static void check_batch(const char *target, uint64_t seed, Data kind) {
  check_nets(target, seed, kind, batch_net, 2, 0);
}

Test(kernels, batch_c99) { check_batch("c99", 21, INTEGERS); }
Test(kernels, batch_v3) { check_batch("x86-64-v3", 22, INTEGERS); }
Test(kernels, batch_v3_reals) { check_batch("x86-64-v3", 23, REALS); }
Test(kernels, batch_v4) { check_batch("x86-64-v4", 24, INTEGERS); }

/* ---- counted operations -------------------------------------------------------------------- */

/* Columns that the last vector of a row repeats where vectors run along it. */
static int64_t repeated_columns(const ConvShape *s, int lanes) {
  int64_t lo, hi;
  conv_inner_columns(s, &lo, &hi);
  return hi - lo >= lanes ? (lanes - (hi - lo) % lanes) % lanes : 0;
}

/* Multiply-adds on the map, with output channels padded to whole vectors, or columns. */
static double trimmed_macs(const GroupView *v, const Choice *k, int lanes) {
  ConvShape s;
  if (!conv_shape(v, &s)) return 0;
  double rows = 0, columns = 0;
  if (k->kernel == K_CONV_IM2COL) /* padding is multiplied as well, and tiles are whole */
    return (double)(s.n * s.o * s.c * s.kh * s.kw * blocks_of(s.oh * s.ow, k->px) * k->px);
  for (int64_t y = 0; y < s.oh; y++)
    for (int64_t ky = 0; ky < s.kh; ky++) {
      int64_t at = y * s.sy - s.top + ky * s.dy;
      rows += at >= 0 && at < s.h;
    }
  for (int64_t x = 0; x < s.ow; x++)
    for (int64_t kx = 0; kx < s.kw; kx++) {
      int64_t at = x * s.sx - s.left + kx * s.dx;
      columns += at >= 0 && at < s.w;
    }
  if (k->kernel == K_CONV_WIDE) columns += (double)(repeated_columns(&s, lanes) * s.kw);
  if (k->kernel == K_CONV_WIDE || k->kernel == K_CONV_PLAIN) lanes = 1;
  return (double)(s.n * s.c * blocks_of(s.o, lanes) * lanes) * rows * columns;
}

/* Of all stages, where a group has several: they take the samples one at a time. */
static double step_macs(const Plan *p, const Step *st) {
  GroupView v;
  const Strips *s = st->choice.strips;
  cr_assert(group_view(p->g, p->g->nodes.at[st->node], &v));
  if (!s) return trimmed_macs(&v, &st->choice, p->target->lanes);
  double sum = 0;
  for (int i = 0; i < s->n; i++)
    sum += trimmed_macs(&s->stage[i].v, &s->stage[i].choice, p->target->lanes);
  return sum * (double)view_out(&v)->shape.dim[0];
}

/* The figure in a banner is that of the text, and the text does exactly the trimmed work. */
Test(kernels, counts_are_exact) {
  const char *targets[] = {"x86-64-v3", "x86-64-v4"};
  for (int i = 0; i < 2; i++)
    for (uint64_t seed = 10; seed < 30; seed++) {
      Net t = {.b = bench_new(), .state = seed};
      t.b.g->name = "net";
      small_net(&t, (int)(seed % 5)); /* kinds of convolutions only */
      Built b = build(t, targets[i]);
      double want = 0;
      for (int n = 0; n < b.plan->steps.len; n++) want += step_macs(b.plan, &b.plan->steps.at[n]);
      cr_assert(fabs(b.text.counts.fma - want) < 1e-6 * want + 0.01, "seed %d: %f, not %f",
                (int)seed, b.text.counts.fma, want);
      bench_free(t.b);
    }
}
