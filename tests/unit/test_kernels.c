/* test_kernels.c: emitted kernels compute what the reference interpreter computes.
 *
 * Random layers of many shapes are put side by side into one graph, with inputs and outputs of
 * their own; the graph is planned, emitted, compiled at -O1 into a shared object and run. Data
 * of small integers must match exactly; real data within the bound of rounding, which a second
 * run of the interpreter on absolute values gives. The arena starts as NaN, so whatever a kernel
 * reads without having been written shows; buffers of the caller are misaligned and guarded; one
 * and three threads must give the same bits. Without AVX-512 the 16-lane code is compiled for
 * AVX2: the same text, other instructions.
 */
#include <dlfcn.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "compiler/emit/emit.h"
#include "compiler/pass/pass.h"
#include "runtime/netrt.h"
#include "tests/unit/optest.h"

enum { MAX_PORTS = 200, GUARD = 16 };
#define GUARD_VALUE 12345.0f

/* ---- random networks ----------------------------------------------------------------------- */

typedef struct Net {
  Bench b;
  uint64_t state;
  int layers;
} Net;

static uint64_t next(uint64_t *state) {
  uint64_t z = (*state += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

static int64_t pick(Net *t, int64_t lo, int64_t hi) {
  return lo + (int64_t)(next(&t->state) % (uint64_t)(hi - lo + 1));
}

static bool chance(Net *t, int percent) { return pick(t, 1, 100) <= percent; }

static const Shape *shape_of(Net *t, ValueId v) { return &graph_value(t->b.g, v)->shape; }

static ValueId input(Net *t, Shape s) { return bench_input(t->b, s); }

/* An operator with its parameters. */
static ValueId layer(Net *t, const char *op_name, const char *attrs, const ValueId *in, int nin) {
  ValueId all[16];
  ParamSpec specs[MAX_PARAMS];
  OpKind op;
  op_find(op_name, &op);
  Node probe = {.op = op, .attr = attrs_from(t->b.c, op, attrs), .nin = nin, .in = all};
  for (int i = 0; i < nin; i++) all[i] = in[i];
  int n = op_table[op].params(t->b.c, t->b.g, &probe, specs);
  cr_assert(n >= 0, "%s %s: %s", op_name, attrs, bench_errors(t->b));
  for (int i = 0; i < n; i++) {
    const char *name = str_fmt(t->b.c->arena, "l%d.%s", t->layers, specs[i].name);
    Value *v = graph_add_value(t->b.c, t->b.g, V_PARAM, ctx_name(t->b.c, name), DT_F32,
                               specs[i].shape, NO_SPAN);
    v->param = specs[i];
    all[nin + i] = v->id;
  }
  t->layers++;
  Node *node = apply_all(t->b, op_name, attrs, all, nin + n);
  cr_assert(node, "%s %s: %s", op_name, attrs, bench_errors(t->b));
  return node->out[0];
}

static ValueId unary(Net *t, const char *op, ValueId x) { return layer(t, op, "", &x, 1); }

static void output(Net *t, ValueId v) {
  vec_push(t->b.c->arena, &t->b.g->outputs, v);
  const char *name = str_fmt(t->b.c->arena, "y%d", t->b.g->outputs.len);
  vec_push(t->b.c->arena, &t->b.g->output_names, ctx_name(t->b.c, name));
}

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

static ValueId conv1x1(Net *t, ValueId x, int64_t out) {
  const char *attrs = str_fmt(t->b.c->arena, "out=%lld; kernel=1", (long long)out);
  return layer(t, "conv", attrs, &x, 1);
}

static ValueId dense(Net *t, ValueId x, int64_t out) {
  const char *attrs = str_fmt(t->b.c->arena, "out=%lld; bias=%s", (long long)out,
                              chance(t, 70) ? "true" : "false");
  return layer(t, "dense", attrs, &x, 1);
}

static ValueId image(Net *t, int64_t channels, int64_t largest) {
  int64_t n = chance(t, 25) ? 2 : 1;
  return input(t, SHAPE(n, channels, pick(t, 1, largest), pick(t, 1, largest)));
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

static Net random_net(const char *name, uint64_t seed, int copies, int kinds) {
  Net t = {.b = bench_new(), .state = seed};
  t.b.g->name = name;
  for (int i = 0; i < copies; i++)
    for (int kind = 0; kind < kinds; kind++) small_net(&t, kind);
  return t;
}

/* ---- data ---------------------------------------------------------------------------------- */

typedef enum Data { INTEGERS, REALS, ABSOLUTE } Data;

/* Numbers that depend on the value's name only. ABSOLUTE: those of REALS, but with signs such
 * that nothing cancels: what is subtracted is negative, variances stay. */
static float *data_for(Net *t, const Value *v, Data kind) {
  int64_t n = shape_count(&v->shape);
  float *x = NEWN(t->b.c->arena, float, n);
  uint64_t state = hash_bytes(v->name, strlen(v->name), 7);
  bool variance = str_ends(v->name, "running_var"), mean = str_ends(v->name, "running_mean");
  for (int64_t i = 0; i < n; i++) {
    uint64_t r = next(&state);
    if (kind == INTEGERS)
      x[i] = (float)(int)(r % 5) - 2;
    else
      x[i] = (float)(r >> 40) / 8388608.0f - 1.0f;
    if (variance)
      x[i] = 1.5f + 0.5f * x[i];
    else if (kind == ABSOLUTE)
      x[i] = mean ? -fabsf(x[i]) : fabsf(x[i]);
  }
  return x;
}

static Tensor *fill(Net *t, Data kind) {
  Graph *g = t->b.g;
  for (int i = 0; i < g->values.len; i++) {
    Value *v = graph_value(g, i);
    if (v->kind == V_PARAM) v->data = data_for(t, v, kind);
  }
  Tensor *in = NEWN(t->b.c->arena, Tensor, g->inputs.len);
  for (int i = 0; i < g->inputs.len; i++) {
    const Value *v = graph_value(g, g->inputs.at[i]);
    in[i] = (Tensor){v->shape, data_for(t, v, kind)};
  }
  return in;
}

static Interp reference(Net *t, Data kind) {
  Interp r;
  Tensor *in = fill(t, kind);
  cr_assert(interp_run(t->b.c, t->b.g, in, &r, NULL, NULL), "%s", bench_errors(t->b));
  return r;
}

/* ---- compiling and running ----------------------------------------------------------------- */

typedef struct Built {
  Net net;
  Plan *plan;
  Emitted text;
  void *object, *model;
  int (*run)(const void *, const void *, const void *, void *, const void *);
} Built;

typedef struct Options { /* as every emitted header declares it */
  size_t size;
  int threads;
  size_t batch;
} Options;

static void replace(char *text, const char *from, const char *to) {
  size_t n = strlen(from), m = strlen(to);
  for (char *p = strstr(text, from); p; p = strstr(p + m, from)) {
    memcpy(p, to, m);
    memset(p + m, ' ', n - m);
  }
}

/* Lets 16-lane code run on a processor without AVX-512. */
static void lower_features(char *text) {
  if (str_eq(target_find("native")->name, "x86-64-v4")) return;
  replace(text, "\"avx512f,avx512vl,avx512bw,avx512dq,avx2,fma\"", "\"avx2,fma\"");
  replace(text, "\"avx512f\"", "\"avx2\"");
  replace(text, "\"avx512vl\"", "\"avx2\"");
}

static void save(Net *t, const char *dir, const char *name, const char *text, size_t size) {
  const char *path = path_join(t->b.c->arena, dir, name);
  cr_assert_eq(file_write(path, text, size), 0, "%s", path);
}

static void *symbol(Built *b, const char *suffix) {
  void *f = dlsym(b->object, str_fmt(b->net.b.c->arena, "net_%s", suffix));
  cr_assert(f, "%s", dlerror());
  return f;
}

static void compile(Built *b, const char *target) {
  Net *t = &b->net;
  char dir[] = "/tmp/netcc-kernels-XXXXXX";
  cr_assert(mkdtemp(dir));
  char *text = b->text.c.at;
  if (str_eq(target, "x86-64-v4")) lower_features(text);
  save(t, dir, "net.c", text, strlen(text));
  save(t, dir, "net.h", sb_str(&b->text.h), b->text.h.len);
  const char *cc = getenv("CC") ? getenv("CC") : "cc";
  const char *flags = "-O1 -fopenmp -fPIC -shared -Wall -Wextra -Wpedantic -Wconversion -Wshadow "
                      "-Werror -Iruntime";
  const char *std = str_eq(target, "c99") ? "-std=c99" : "";
  const char *command = str_fmt(t->b.c->arena, "%s %s %s -Wno-psabi -o %s/net.so %s/net.c -lm",
                                cc, flags, std, dir, dir);
  cr_assert_eq(system(command), 0, "%s", command);
  b->object = dlopen(path_join(t->b.c->arena, dir, "net.so"), RTLD_NOW | RTLD_LOCAL);
  cr_assert(b->object, "%s", dlerror());
  if (!getenv("KEEP")) cr_assert_eq(system(str_fmt(t->b.c->arena, "rm -r %s", dir)), 0);
}

static Built build(Net net, const char *target) {
  Built b = {.net = net};
  Ctx *c = net.b.c;
  cr_assert(passes_run(c, net.b.g, NULL), "%s", bench_errors(net.b));
  b.plan = plan_make(c, net.b.g, target_find(target));
  cr_assert(b.plan && plan_check(c, b.plan), "%s", bench_errors(net.b));
  cr_assert(emit_model(c, b.plan, &(EmitOptions){.prefix = "net"}, &b.text), "%s",
            bench_errors(net.b));
  return b;
}

static void load(Built *b) {
  const void *image;
  size_t size;
  Ctx *c = b->net.b.c;
  cr_assert(pack_weights(c, b->plan, NULL, false, &image, &size, NULL, NULL));
  int (*open)(void **, const void *, size_t) = NULL;
  *(void **)&open = symbol(b, "open_memory");
  *(void **)&b->run = symbol(b, "run");
  int status = open(&b->model, image, size);
  cr_assert_eq(status, 0, "%s", netrt_strerror(status));
}

/* A buffer one float off alignment, NaN inside, with guards around it. */
static float *guarded(Net *t, int64_t n) {
  float *x = NEWN(t->b.c->arena, float, n + 2 * GUARD + 1);
  for (int64_t i = 0; i < n + 2 * GUARD + 1; i++) x[i] = GUARD_VALUE;
  memset(x + GUARD + 1, 0xff, (size_t)n * sizeof *x);
  return x + GUARD + 1;
}

static void run_model(Built *b, const Tensor *in, float **out, int threads) {
  Net *t = &b->net;
  const float *inputs[MAX_PORTS];
  cr_assert(t->b.g->inputs.len <= MAX_PORTS && t->b.g->outputs.len <= MAX_PORTS);
  for (int i = 0; i < t->b.g->inputs.len; i++) {
    int64_t n = shape_count(&in[i].shape);
    float *x = guarded(t, n);
    memcpy(x, in[i].data, (size_t)n * sizeof *x);
    inputs[i] = x;
  }
  size_t bytes = (size_t)(b->plan->arena_bytes + threads * b->plan->thread_bytes);
  void *arena = aligned_alloc(64, (bytes + 127) / 64 * 64);
  memset(arena, 0xff, bytes + 1);
  Options options = {sizeof options, threads, 1};
  int status = b->run(b->model, inputs, out, arena, &options);
  cr_assert_eq(status, 0, "%s", netrt_strerror(status));
  free(arena);
}

/* ---- comparing ----------------------------------------------------------------------------- */

/* Longest sum behind an output of these networks: K of the bound (K+4)·2^-24·Σ|x||w|. */
static double longest_sum(const Graph *g) {
  double most = 0, second = 0; /* layers follow each other in pairs at most, twice rounded */
  for (int i = 0; i < g->values.len; i++) {
    const Value *v = graph_value(g, i);
    if (v->kind != V_PARAM || !str_ends(v->name, ".weight")) continue;
    double k = (double)shape_count(&v->shape) / (double)v->shape.dim[0];
    if (k > most)
      second = most, most = k;
    else if (k > second)
      second = k;
  }
  return most + second;
}

static void compare(Built *b, float **got, const Net *ref, const Interp *want,
                    const Interp *bound) {
  const Graph *g = ref->b.g;
  double k = longest_sum(g) + 8, zeros = 0, all = 0;
  for (int i = 0; i < g->outputs.len; i++) {
    const Tensor *w = &want->value[g->outputs.at[i]];
    int64_t n = shape_count(&w->shape);
    const float *most = bound ? bound->value[g->outputs.at[i]].data : NULL;
    for (int64_t j = 0; j < n; j++) {
      double gate = most ? k * 0x1p-24 * most[j] : 0,
             error = fabs((double)got[i][j] - w->data[j]);
      cr_assert(error <= gate, "output %d (%s) element %ld: %.9g, expected %.9g", i,
                shape_text(b->net.b.c, &w->shape), (long)j, got[i][j], w->data[j]);
      zeros += w->data[j] == 0;
    }
    all += (double)n;
    for (int j = 0; j < GUARD; j++)
      cr_assert(got[i][n + j] == GUARD_VALUE && got[i][-1 - j] == GUARD_VALUE,
                "output %d written out of bounds", i);
  }
  cr_assert(zeros < all * 0.5, "most outputs are zero");
}

static void check(const char *target, uint64_t seed, Data kind) {
  int copies = 3, kinds = kind == REALS ? KINDS + 1 : KINDS;
  Net ref = random_net("net", seed, copies, kinds);
  Interp bound, want;
  if (kind == REALS) bound = reference(&ref, ABSOLUTE);
  want = reference(&ref, kind);
  Built b = build(random_net("net", seed, copies, kinds), target);
  compile(&b, target);
  Tensor *in = fill(&ref, kind);
  fill(&b.net, kind);
  load(&b);
  float *one[MAX_PORTS], *three[MAX_PORTS];
  for (int i = 0; i < ref.b.g->outputs.len; i++) {
    int64_t n = shape_count(shape_of(&ref, ref.b.g->outputs.at[i]));
    one[i] = guarded(&ref, n), three[i] = guarded(&ref, n);
  }
  run_model(&b, in, one, 1);
  compare(&b, one, &ref, &want, kind == REALS ? &bound : NULL);
  run_model(&b, in, three, 3);
  for (int i = 0; i < ref.b.g->outputs.len; i++) {
    size_t n = (size_t)shape_count(shape_of(&ref, ref.b.g->outputs.at[i]));
    cr_assert_arr_eq(one[i], three[i], n * sizeof(float), "output %d differs on 3 threads", i);
  }
  bench_free(b.net.b);
  bench_free(ref.b);
}

Test(kernels, c99_integers) { check("c99", 1, INTEGERS); }
Test(kernels, c99_reals) { check("c99", 2, REALS); }
Test(kernels, v3_integers) { check("x86-64-v3", 3, INTEGERS); }
Test(kernels, v3_reals) { check("x86-64-v3", 4, REALS); }
Test(kernels, v4_integers) { check("x86-64-v4", 5, INTEGERS); }
Test(kernels, v4_reals) { check("x86-64-v4", 6, REALS); }

/* ---- counted operations -------------------------------------------------------------------- */

/* Multiply-adds on the map, with output channels padded to whole vectors. */
static double trimmed_macs(const Graph *g, const Node *group, int lanes) {
  GroupView v;
  ConvShape s;
  if (!group_view(g, group, &v) || !conv_shape(&v, &s)) return 0;
  double rows = 0, columns = 0;
  for (int64_t y = 0; y < s.oh; y++)
    for (int64_t k = 0; k < s.kh; k++) {
      int64_t at = y * s.sy - s.top + k * s.dy;
      rows += at >= 0 && at < s.h;
    }
  for (int64_t x = 0; x < s.ow; x++)
    for (int64_t k = 0; k < s.kw; k++) {
      int64_t at = x * s.sx - s.left + k * s.dx;
      columns += at >= 0 && at < s.w;
    }
  return (double)(s.n * s.c * blocks_of(s.o, lanes) * lanes) * rows * columns;
}

/* The figure in a banner is that of the text, and the text does exactly the trimmed work. */
Test(kernels, counts_are_exact) {
  const char *targets[] = {"x86-64-v3", "x86-64-v4"};
  for (int i = 0; i < 2; i++)
    for (uint64_t seed = 10; seed < 30; seed++) {
      Net t = {.b = bench_new(), .state = seed};
      t.b.g->name = "net";
      small_net(&t, (int)(seed % 4)); /* kinds of convolutions only */
      Built b = build(t, targets[i]);
      double want = 0;
      for (int n = 0; n < b.plan->steps.len; n++) {
        const Step *st = &b.plan->steps.at[n];
        int lanes = st->choice.kernel == K_CONV_PLAIN ? 1 : b.plan->target->lanes;
        want += trimmed_macs(b.plan->g, b.plan->g->nodes.at[st->node], lanes);
      }
      cr_assert(fabs(b.text.counts.fma - want) < 1e-6 * want + 0.01, "seed %d: %f, not %f",
                (int)seed, b.text.counts.fma, want);
      bench_free(t.b);
    }
}
