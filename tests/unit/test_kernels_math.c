/* test_kernels_math.c: element-wise operators, reductions and matrices, emitted, compute what the
 * interpreter computes.
 *
 * Convolutions of small integers in front give channel-blocked operands without rounding, inputs
 * of the model plain ones. kernelbench.h says how they are run.
 */
#include "tests/unit/kernelbench.h"

static const char *const binary[] = {"add", "sub", "mul", "div", "min", "max", "pow"};

static ValueId pair(Net *t, const char *op, ValueId a, ValueId b) {
  return layer(t, op, "", (ValueId[]){a, b}, 2);
}

/* Powers of what is positive, quotients of what is not zero. */
static ValueId apply_binary(Net *t, int op, ValueId a, ValueId b) {
  if (str_eq(binary[op], "pow")) a = unary(t, "sigmoid", a), b = unary(t, "tanh", b);
  if (str_eq(binary[op], "div")) b = unary(t, "sigmoid", b);
  return pair(t, binary[op], a, b);
}

static ValueId constant(Net *t, Shape s) {
  const char *name = str_fmt(t->b.c->arena, "k%d", t->layers++);
  return graph_add_value(t->b.c, t->b.g, V_PARAM, ctx_name(t->b.c, name), DT_F32, s, NO_SPAN)->id;
}

/* A shape that broadcasts to s. */
static Shape narrowed(Net *t, Shape s) {
  int gone = chance(t, 30) ? (int)pick(t, 0, s.rank - 1) : 0;
  Shape y = {.rank = s.rank - gone};
  for (int d = 0; d < y.rank; d++) y.dim[d] = chance(t, 50) ? 1 : s.dim[d + gone];
  return y;
}

static Shape random_shape(Net *t) {
  Shape s = {.rank = (int)pick(t, 1, 5)};
  for (int d = 0; d < s.rank; d++) s.dim[d] = pick(t, 1, s.rank > 3 ? 6 : 12);
  return s;
}

static Shape channel_shape(Net *t, ValueId x) {
  Shape s = *shape_of(t, x);
  s.dim[2] = s.dim[3] = 1;
  if (chance(t, 30)) s.dim[0] = 1;
  return s;
}

/* kind / 4: the operator; kind % 4: equal shapes, per channel, spread or constant, plain. */
static void binary_net(Net *t, int kind) {
  int op = kind / 4 % COUNT_OF(binary);
  ValueId x = conv1x1(t, image(t, 3, 9), pick(t, 1, 3) * pick(t, 1, 12)), y;
  Shape s = *shape_of(t, x);
  switch (kind % 4) {
  case 0:
    y = chance(t, 50) ? conv1x1(t, input(t, SHAPE(s.dim[0], 2, s.dim[2], s.dim[3])), s.dim[1])
                      : input(t, s);
    break;
  case 1: /* squeeze-and-excitation */
    y = chance(t, 50) ? input(t, channel_shape(t, x))
                      : conv1x1(t, input(t, SHAPE(s.dim[0], 2, 1, 1)), s.dim[1]);
    break;
  case 2:
    y = chance(t, 30)   ? input(t, SHAPE(s.dim[0], 1, s.dim[2], s.dim[3]))
        : chance(t, 30) ? constant(t, SHAPE(s.dim[1], 1, 1))
        : chance(t, 30) ? constant(t, s)
        : chance(t, 50) ? constant(t, SHAPE(1))
                        : input(t, narrowed(t, s));
    break;
  default:
    s = random_shape(t);
    x = input(t, narrowed(t, s)), y = input(t, chance(t, 50) ? s : narrowed(t, s));
    break;
  }
  bool swap = chance(t, 30);
  x = apply_binary(t, op, swap ? y : x, swap ? x : y);
  output(t, chance(t, 30) ? unary(t, "tanh", x) : x);
}

static void check_binary(const char *target, uint64_t seed) {
  check_nets(target, seed, INTEGERS, binary_net, 4 * COUNT_OF(binary), 2e-6);
}

Test(kernels_math, binary_c99) { check_binary("c99", 1); }
Test(kernels_math, binary_v3) { check_binary("x86-64-v3", 2); }
Test(kernels_math, binary_v4) { check_binary("x86-64-v4", 3); }

/* ---- functions of one element -------------------------------------------------------------- */

static const char *const functions[][2] = {
    {"elu", "alpha=0.7"},
    {"selu", ""},
    {"swish", ""},
    {"gelu", ""},
    {"gelu", "approximate=tanh"},
    {"softplus", ""},
    {"mish", ""},
    {"hard_sigmoid", ""},
    {"hard_swish", ""},
    {"abs", ""},
    {"neg", ""},
    {"exp", ""},
    {"log", ""},
    {"sqrt", ""},
    {"sign", ""},
    {"step", ""},
    {"square", ""},
    {"sigmoid", ""},
    {"tanh", ""},
    {"softplus", "beta=2; threshold=3"},
};

static ValueId function(Net *t, int i, ValueId x) {
  return layer(t, functions[i][0], functions[i][1], &x, 1);
}

/* Behind a convolution, where it fuses, and on its own; then PReLU and the softmaxes. */
static void unary_net(Net *t, int kind) {
  ValueId x = conv1x1(t, image(t, 3, 9), pick(t, 1, 40));
  Shape s = random_shape(t);
  x = layer(t, "scale", "factor=0.125", &x, 1);
  if (kind < COUNT_OF(functions)) {
    output(t, function(t, kind, x));
    output(t, function(t, kind, input(t, s)));
    return;
  }
  ValueId y = chance(t, 50) ? input(t, *shape_of(t, x)) : x;
  const char *each = str_fmt(t->b.c->arena, "parameters=%lld", (long long)shape_of(t, y)->dim[1]);
  output(t, layer(t, "prelu", chance(t, 30) ? "" : each, &y, 1));
  x = input(t, s);
  const char *axis = str_fmt(t->b.c->arena, "axis=%d", (int)pick(t, 0, s.rank - 1));
  output(t, layer(t, "log_softmax", axis, &x, 1));
  output(t, layer(t, "softmax", axis, &x, 1));
  x = conv1x1(t, image(t, 3, 9), pick(t, 1, 40));
  axis = str_fmt(t->b.c->arena, "axis=%d", chance(t, 50) ? 1 : (int)pick(t, 0, 3));
  y = layer(t, chance(t, 50) ? "softmax" : "log_softmax", axis, &x, 1);
  output(t, pair(t, "add", x, y)); /* in channel blocks */
}

static void check_unary(const char *target, uint64_t seed) {
  check_nets(target, seed, INTEGERS, unary_net, COUNT_OF(functions) + 3, 2e-6);
}

Test(kernels_math, unary_c99) { check_unary("c99", 1); }
Test(kernels_math, unary_v3) { check_unary("x86-64-v3", 2); }
Test(kernels_math, unary_v4) { check_unary("x86-64-v4", 3); }

/* ---- segments, reductions, matrices -------------------------------------------------------- */

static const char *const reductions[] = {"mean", "sum", "max", "min", "l2"};

static ValueId reduction(Net *t, ValueId x) {
  int rank = shape_of(t, x)->rank;
  const char *keep = chance(t, 50) ? "true" : "false";
  Arena *a = t->b.c->arena;
  if (chance(t, 25))
    return layer(t, "argmax",
                 str_fmt(a, "axis=%d; keepdims=%s", (int)pick(t, -rank, rank - 1), keep), &x, 1);
  StrBuf axes = {.arena = a};
  for (int d = 0; d < rank; d++)
    if (chance(t, 50)) sb_printf(&axes, "%s%d", axes.len ? ", " : "", d);
  const char *list = axes.len ? sb_str(&axes) : "0";
  return layer(t, str_fmt(a, "reduce_%s", reductions[pick(t, 0, 4)]),
               str_fmt(a, "axes=[%s]; keepdims=%s", list, keep), &x, 1);
}

static ValueId segments(Net *t, int kind, ValueId x) {
  Arena *a = t->b.c->arena;
  const Shape *s = shape_of(t, x);
  const char *affine = chance(t, 50) ? "true" : "false";
  if (kind == 0) {
    const char *dims = str_fmt(a, "dims=%d; affine=%s", (int)pick(t, 1, s->rank - 1), affine);
    return layer(t, "layernorm", dims, &x, 1);
  }
  if (kind == 1) {
    int64_t groups = pick(t, 1, s->dim[1]);
    while (s->dim[1] % groups) groups--;
    const char *attrs = str_fmt(a, "groups=%d; affine=%s", (int)groups, affine);
    return layer(t, "groupnorm", attrs, &x, 1);
  }
  if (kind == 2) return layer(t, "instancenorm", str_fmt(a, "affine=%s", affine), &x, 1);
  static const char *const beta[] = {"0.75", "0.5", "1.0", "0.6"};
  return layer(t, "lrn",
               str_fmt(a, "size=%d; alpha=0.5; beta=%s", (int)pick(t, 1, 6), beta[pick(t, 0, 3)]),
               &x, 1);
}

static ValueId matrices(Net *t) {
  Shape a = random_shape(t);
  if (a.rank == 1) a = SHAPE(3, a.dim[0]);
  bool large = chance(t, 40); /* several tiles and passes */
  if (large) a = SHAPE(pick(t, 1, 2), pick(t, 1, 40), pick(t, 1, 600));
  Shape b = a;
  b.dim[b.rank - 2] = a.dim[a.rank - 1];
  b.dim[b.rank - 1] = pick(t, 1, large ? 70 : 20);
  for (int d = 0; d + 2 < b.rank; d++)
    if (chance(t, 30)) b.dim[d] = 1;
  return layer(t, "matmul", "", (ValueId[]){input(t, a), input(t, b)}, 2);
}

static ValueId transposed(Net *t, ValueId x) {
  StrBuf axes = {.arena = t->b.c->arena};
  int left[MAX_RANK], n = shape_of(t, x)->rank;
  for (int d = 0; d < n; d++) left[d] = d;
  for (; n > 0; n--) {
    int at = (int)pick(t, 0, n - 1);
    sb_printf(&axes, "%s%d", axes.len ? ", " : "", left[at]);
    left[at] = left[n - 1];
  }
  return layer(t, "transpose", str_fmt(axes.arena, "axes=[%s]", sb_str(&axes)), &x, 1);
}

static void plain_net(Net *t, int kind) {
  ValueId x = conv1x1(t, image(t, 3, 9), pick(t, 1, 40));
  Shape s = random_shape(t);
  s.rank = s.rank < 3 ? 3 : s.rank;
  for (int d = 0; d < s.rank; d++) s.dim[d] = pick(t, 2, 7);
  ValueId y = input(t, s);
  if (kind < 4) {
    output(t, segments(t, kind, x));
    output(t, segments(t, kind, y));
    ValueId z = conv1x1(t, image(t, 3, 9), pick(t, 1, 70)); /* stays in channel blocks */
    output(t, unary(t, "relu", segments(t, kind, z)));
    z = conv1x1(t, image(t, 3, 9), 12 * pick(t, 1, 5));
    output(t, unary(t, "neg", segments(t, kind, z)));
  } else if (kind == 4) {
    output(t, matrices(t));
  } else if (kind == 5) {
    output(t, transposed(t, x));
    output(t, transposed(t, y));
    x = s.rank < MAX_RANK ? layer(t, "unsqueeze", "axes=1", &y, 1) : y;
    output(t, layer(t, "squeeze", "", &x, 1));
  } else {
    output(t, reduction(t, x));
    output(t, layer(t, str_fmt(t->b.c->arena, "reduce_%s", reductions[pick(t, 0, 4)]),
                    chance(t, 50) ? "axes=[1]" : "axes=[1]; keepdims=true", &x, 1));
    output(t, layer(t, "argmax", "axis=1", &x, 1));
    output(t, reduction(t, y));
    output(t, reduction(t, input(t, random_shape(t))));
  }
}

static void check_plain(const char *target, uint64_t seed) {
  check_nets(target, seed, INTEGERS, plain_net, 16, 4e-6);
}

Test(kernels_math, plain_c99) { check_plain("c99", 1); }
Test(kernels_math, plain_v3) { check_plain("x86-64-v3", 2); }
Test(kernels_math, plain_v4) { check_plain("x86-64-v4", 3); }

/* ---- the last digits ------------------------------------------------------------------------
 */

enum { SWEEP = 1 << 18, MAX_ULP = 4 };

static Net sweep_net(void) {
  Net t = {.b = bench_new()};
  t.b.g->name = "net";
  ValueId x = input(&t, SHAPE(1, SWEEP));
  for (int i = 0; i < COUNT_OF(functions); i++) output(&t, function(&t, i, x));
  return t;
}

/* Distance of two floats in units of the last place of `want`. */
static double ulps(float got, float want) {
  if (got == want || (isnan(got) && isnan(want))) return 0;
  if (!isfinite(want) || !isfinite(got)) return INFINITY;
  int e;
  frexp(want, &e);
  double unit = ldexp(1, e < -125 ? -149 : e - 24);
  return fabs((double)got - (double)want) / unit;
}

/* Samples of all bit patterns, infinities and NaN among them, then where the functions bend. */
static void draw_samples(float *x) {
  for (uint32_t i = 0; i < SWEEP; i++) {
    uint32_t bits = i < SWEEP / 2 ? i * 32771u : 0;
    memcpy(&x[i], &bits, sizeof bits);
    if (!bits) x[i] = ((float)i - 0.75f * SWEEP) * 0.0005f;
  }
}

/* The largest error of each function so far. */
typedef struct Worst {
  double ulp[COUNT_OF(functions)];
  float at[COUNT_OF(functions)];
} Worst;

static void check_samples(Built *b, float *x, float **got, const char *target, Worst *worst) {
  Net ref = sweep_net();
  Interp want;
  const float *inputs[] = {x};
  Tensor in = {SHAPE(1, SWEEP), x};
  Options options = {sizeof options, 1, 1};
  cr_assert(interp_run(ref.b.c, ref.b.g, &in, &want, NULL, NULL));
  void *arena = aligned_alloc(64, (size_t)b->plan->arena_bytes + 64);
  cr_assert_eq(b->run(b->model, inputs, got, arena, &options), 0);
  free(arena);
  for (int i = 0; i < COUNT_OF(functions); i++) {
    const float *w = want.value[ref.b.g->outputs.at[i]].data;
    double most = 0;
    int at = 0;
    for (int j = 0; j < SWEEP; j++)
      if (ulps(got[i][j], w[j]) > most) most = ulps(got[i][j], w[j]), at = j;
    if (most > worst->ulp[i]) worst->ulp[i] = most, worst->at[i] = x[at];
    cr_expect(most <= MAX_ULP, "%s: %s(%.9g, %s) = %.9g, not %.9g: %.1f ulp", target,
              functions[i][0], x[at], functions[i][1], got[i][at], w[at], most);
  }
  bench_free(ref.b);
}

/* With NETCC_SWEEP=n in the environment every n-th float there is, 1 for all: an hour or two; then
 * the largest errors are printed. */
static void check_sweep(const char *target) {
  Built b = build(sweep_net(), target);
  compile(&b, target);
  load(&b);
  float *x = NEWN(b.net.b.c->arena, float, SWEEP), *got[COUNT_OF(functions)];
  for (int i = 0; i < COUNT_OF(functions); i++) got[i] = guarded(&b.net, SWEEP);
  Worst worst = {{0}, {0}};
  draw_samples(x);
  check_samples(&b, x, got, target, &worst);
  const char *text = getenv("NETCC_SWEEP");
  uint64_t step = text ? strtoull(text, NULL, 10) : 0;
  for (uint64_t bits = 0; step && bits >> 32 == 0;) {
    for (int i = 0; i < SWEEP; i++, bits += step) {
      uint32_t pattern = (uint32_t)bits;
      memcpy(&x[i], &pattern, sizeof pattern);
    }
    check_samples(&b, x, got, target, &worst);
  }
  for (int i = 0; step && i < COUNT_OF(functions); i++)
    fprintf(stderr, "%s: %s(%s) at most %.2f ulp, at %.9g\n", target, functions[i][0],
            functions[i][1], worst.ulp[i], worst.at[i]);
  bench_free(b.net.b);
}

Test(kernels_math, last_digits_c99) { check_sweep("c99"); }
Test(kernels_math, last_digits_v3) { check_sweep("x86-64-v3"); }
Test(kernels_math, last_digits_v4) { check_sweep("x86-64-v4"); }
