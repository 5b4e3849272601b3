/* kernelbench.h: random networks of a few layers, emitted, compiled, run and compared with the
 * reference interpreter. Layers stand side by side in one graph, with inputs and outputs of their
 * own; the graph is planned, emitted, compiled at -O1 into a shared object and run. The arena
 * starts as NaN, so whatever a kernel reads without having been written shows; buffers of the
 * caller are misaligned and guarded; one and three threads must give the same bits. Without
 * AVX-512 the 16-lane code is compiled for AVX2: the same text, other instructions.
 */
#ifndef KERNELBENCH_H
#define KERNELBENCH_H

#include <dlfcn.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "compiler/emit/emit.h"
#include "compiler/pass/pass.h"
#include "runtime/netrt.h"
#include "tests/unit/optest.h"

enum { MAX_PORTS = 400, GUARD = 16 };
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

static inline ValueId conv1x1(Net *t, ValueId x, int64_t out) {
  const char *attrs = str_fmt(t->b.c->arena, "out=%lld; kernel=1", (long long)out);
  return layer(t, "conv", attrs, &x, 1);
}

static inline ValueId image(Net *t, int64_t channels, int64_t largest) {
  int64_t n = chance(t, 25) ? 2 : 1;
  return input(t, SHAPE(n, channels, pick(t, 1, largest), pick(t, 1, largest)));
}

/* Adds one small network of the kind, with outputs of its own. */
typedef void NetFn(Net *t, int kind);

static inline Net random_net(NetFn *small, uint64_t seed, int copies, int kinds) {
  Net t = {.b = bench_new(), .state = seed};
  t.b.g->name = "net";
  for (int i = 0; i < copies; i++)
    for (int kind = 0; kind < kinds; kind++) small(&t, kind);
  return t;
}

/* ---- data ---------------------------------------------------------------------------------- */

typedef enum Data { INTEGERS, REALS, ABSOLUTE, SPOILT, SPECIALS } Data;

/* Numbers that depend on the value's name only. ABSOLUTE: those of REALS, but with signs such
 * that nothing cancels: what is subtracted is negative, variances stay. SPOILT: integers, but
 * channel 0 of every input is infinite. SPECIALS: integers, some of the inputs' infinite or NaN. */
static float *data_for(Net *t, const Value *v, Data kind) {
  int64_t n = shape_count(&v->shape);
  float *x = NEWN(t->b.c->arena, float, n);
  uint64_t state = hash_bytes(v->name, strlen(v->name), 7);
  bool variance = str_ends(v->name, "running_var"), mean = str_ends(v->name, "running_mean");
  for (int64_t i = 0; i < n; i++) {
    uint64_t r = next(&state);
    if (kind == SPECIALS && v->kind == V_INPUT && (r >> 40) % 100 == 0)
      x[i] = (float)(r & 1 << 20 ? NAN : r & 1 << 21 ? INFINITY : -INFINITY);
    else if (kind == INTEGERS || kind == SPOILT || kind == SPECIALS)
      x[i] = (float)(int)(r % 5) - 2;
    else
      x[i] = (float)(r >> 40) / 8388608.0f - 1.0f;
    if (variance)
      x[i] = 1.5f + 0.5f * x[i];
    else if (kind == ABSOLUTE)
      x[i] = mean ? -fabsf(x[i]) : fabsf(x[i]);
    else if (kind == SPOILT && v->kind == V_INPUT && v->shape.rank == 4)
      x[i] = i / (n / v->shape.dim[0] / v->shape.dim[1]) % v->shape.dim[1] ? x[i] : INFINITY;
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
  const char *command =
      str_fmt(t->b.c->arena, "%s %s %s -Wno-psabi -o %s/net.so %s/net.c runtime/netrt.c -lm", cc,
              flags, std, dir, dir);
  cr_assert_eq(system(command), 0, "%s", command);
  b->object = dlopen(path_join(t->b.c->arena, dir, "net.so"), RTLD_NOW | RTLD_LOCAL);
  cr_assert(b->object, "%s", dlerror());
  if (!getenv("KEEP")) cr_assert_eq(system(str_fmt(t->b.c->arena, "rm -r %s", dir)), 0);
}

static const char *left_out; /* passes that build() leaves out; NULL: none */

static Built build(Net net, const char *target) {
  Built b = {.net = net};
  Ctx *c = net.b.c;
  cr_assert(passes_run(c, net.b.g, &(PassOptions){.disable = left_out}), "%s",
            bench_errors(net.b));
  b.plan = plan_make(c, net.b.g, target_find(target));
  cr_assert(b.plan && plan_check(c, b.plan), "%s", bench_errors(net.b));
  cr_assert(emit_model(c, b.plan, &(EmitOptions){.prefix = "net"}, &b.text), "%s",
            bench_errors(net.b));
  return b;
}

/* NaN wherever packed weights are padding: so the lanes behind a layer's channels hold NaN too. */
static void poison_padding(Built *b, unsigned char *image) {
  const Plan *p = b->plan;
  const netrt_entry *entry = (const netrt_entry *)(const void *)(image + NETRT_HEADER_BYTES);
  for (int i = 0; i < p->sections.len; i++) {
    const Value *v = graph_value(p->g, p->sections.at[i]);
    int64_t n = shape_count(&v->shape), size = v->layout.size;
    float *ones = NEWN(b->net.b.c->arena, float, n), *used = NEWN(b->net.b.c->arena, float, size);
    for (int64_t j = 0; j < n; j++) ones[j] = 1;
    value_scatter(b->net.b.c, v, ones, used);
    float *packed = (float *)(void *)(image + entry[i].offset);
    for (int64_t j = 0; j < size && entry[i].dtype == NETRT_DTYPE_F32; j++)
      if (used[j] == 0) packed[j] = NAN;
  }
}

static void load(Built *b) {
  const void *image;
  size_t size;
  Ctx *c = b->net.b.c;
  cr_assert(pack_weights(c, b->plan, NULL, false, &image, &size, NULL, NULL));
  poison_padding(b, (unsigned char *)image);
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

static int chained = 2; /* so many layers with weights follow each other at most */

/* Longest sum behind an output of these networks: K of the bound (K+4)·2^-24·Σ|x||w|. */
static inline double longest_sum(const Graph *g) {
  double most[8] = {0}, sum = 0; /* each layer rounds again */
  for (int i = 0; i < g->values.len; i++) {
    const Value *v = graph_value(g, i);
    if (v->kind != V_PARAM || !str_ends(v->name, ".weight")) continue;
    double k = (double)shape_count(&v->shape) / (double)v->shape.dim[0];
    for (int j = 0; j < chained; j++)
      if (k > most[j]) {
        double less = most[j];
        most[j] = k, k = less;
      }
  }
  for (int j = 0; j < chained; j++) sum += most[j];
  return sum;
}

/* Without `bound`: exact, or within `relative` of the larger of 1 and the value expected. */
static inline void compare(Built *b, float **got, const Net *ref, const Interp *want,
                           const Interp *bound, double relative) {
  const Graph *g = ref->b.g;
  double k = longest_sum(g) + 8, zeros = 0, all = 0;
  for (int i = 0; i < g->outputs.len; i++) {
    const Tensor *w = &want->value[g->outputs.at[i]];
    int64_t n = shape_count(&w->shape);
    const float *most = bound ? bound->value[g->outputs.at[i]].data : NULL;
    for (int64_t j = 0; j < n; j++) {
      double gate = most ? k * 0x1p-24 * most[j] : relative * fmax(1, fabs((double)w->data[j]));
      double error = fabs((double)got[i][j] - w->data[j]);
      bool same = got[i][j] == w->data[j] || (isnan(got[i][j]) && isnan(w->data[j]));
      cr_assert(same || error <= gate, "output %d (%s) element %ld: %.9g, expected %.9g", i,
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

/* Builds 3 networks of each kind for the target and compares them with the interpreter. */
static inline void check_nets(const char *target, uint64_t seed, Data kind, NetFn *small,
                              int kinds, double relative) {
  int copies = 3;
  Net ref = random_net(small, seed, copies, kinds);
  Interp bound, want;
  if (kind == REALS) bound = reference(&ref, ABSOLUTE);
  want = reference(&ref, kind);
  Built b = build(random_net(small, seed, copies, kinds), target);
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
  compare(&b, one, &ref, &want, kind == REALS ? &bound : NULL, relative);
  run_model(&b, in, three, 3);
  for (int i = 0; i < ref.b.g->outputs.len; i++) {
    size_t n = (size_t)shape_count(shape_of(&ref, ref.b.g->outputs.at[i]));
    cr_assert_arr_eq(one[i], three[i], n * sizeof(float), "output %d differs on 3 threads", i);
  }
  bench_free(b.net.b);
  bench_free(ref.b);
}

#endif
