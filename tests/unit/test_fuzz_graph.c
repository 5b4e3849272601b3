/* test_fuzz_graph.c: random small graphs of many operators, planned in every way, compute what the
 * interpreter computes.
 *
 * Convolutions, pools, element-wise layers, concats, slices, shuffles, resizing, norms, softmax and
 * dense layers follow each other at random, with channels that are no whole blocks and maps down
 * to a single pixel, so that values are wanted in both layouts, as views and in place. Each graph
 * is built as ever and without each of the planner's rewrites. On integers results must be exact:
 * the generator knows bounds of every value and keeps them within 24 bits. All memory is NaN
 * before a run, so a padded lane that somebody relies on shows.
 * NETCC_FUZZ=n runs n rounds, NETCC_FUZZ_SEED=s begins with seed s, NETCC_FUZZ_NETS=1 leaves one
 * graph in each program.
 */
#include "tests/unit/kernelbench.h"

enum { MOST_VALUES = 40, NETS = 5, MOST_ELEMENTS = 20000 };
#define EXACT_BITS 0x1p23
#define REAL_MOST  16.0

/* A value of the graph: no element is larger than `most`, all are multiples of `unit`. */
typedef struct Made {
  ValueId id;
  double most, unit;
  int readers;
} Made;

typedef struct Fuzz {
  Net *t;
  bool exact;
  Made at[MOST_VALUES];
  int n;
} Fuzz;

static const char *text(Fuzz *f, const char *form, ...) {
  StrBuf b = {.arena = f->t->b.c->arena};
  va_list ap;
  va_start(ap, form);
  sb_vprintf(&b, form, ap);
  va_end(ap);
  return sb_str(&b);
}

static const Shape *shape(Fuzz *f, const Made *x) { return shape_of(f->t, x->id); }

static int small(Fuzz *f, int lo, int hi) { return (int)pick(f->t, lo, hi); }

/* Channel counts around whole blocks, and others. */
static int channels(Fuzz *f) {
  static const int round[] = {1, 2, 8, 16, 24, 32};
  return chance(f->t, 40) ? round[small(f, 0, 5)] : small(f, 1, 37);
}

/* A value of the rank, recent ones first; NULL if there is none. */
static Made *choose(Fuzz *f, int rank) {
  for (int i = f->n - 1, round = 0; round < 3 * f->n; i = i ? i - 1 : f->n - 1, round++)
    if (shape(f, &f->at[i])->rank == rank && chance(f->t, 45)) return &f->at[i];
  return NULL;
}

/* Another value for which shapes agree in all dimensions but `axis` (-1: in all). */
static Made *like(Fuzz *f, const Made *x, int axis) {
  for (int i = f->n - 1; i >= 0; i--) {
    Shape a = *shape(f, x), b = *shape(f, &f->at[i]);
    if (&f->at[i] == x || a.rank != b.rank || !chance(f->t, 70)) continue;
    if (axis >= 0) a.dim[axis] = b.dim[axis] = 1;
    if (shape_eq(&a, &b)) return &f->at[i];
  }
  return NULL;
}

static bool add_value(Fuzz *f, ValueId id, double most, double unit) {
  f->at[f->n++] = (Made){id, most, unit, 0};
  return true;
}

static bool fits(const Fuzz *f, double most, double unit) {
  return f->exact ? most / unit <= EXACT_BITS : most <= REAL_MOST * 8;
}

/* The operator over x; where its results would grow too large, over what bounds x. */
static bool grow(Fuzz *f, Made *x, const char *op, const char *attrs, double gain, double offset,
                 double unit) {
  Made in = *x;
  x->readers++;
  if (!fits(f, in.most * gain + offset, fmin(in.unit * unit, 1))) {
    double factor = 1;
    while (in.most * factor > 1) factor /= 2;
    in.id = f->exact ? unary(f->t, "sign", in.id)
                     : layer(f->t, "scale", text(f, "factor=%.10g", factor), &in.id, 1);
    in.most = 1, in.unit = 1;
    if (!fits(f, gain + offset, unit)) return add_value(f, in.id, in.most, in.unit);
  }
  ValueId y = layer(f->t, op, attrs, &in.id, 1);
  return add_value(f, y, in.most * gain + offset, fmin(in.unit * unit, 1));
}

/* ---- operators ------------------------------------------------------------------------------
 */

static bool make_conv(Fuzz *f) {
  Made *x = choose(f, chance(f->t, 12) ? 3 : chance(f->t, 8) ? 5 : 4);
  if (!x) return false;
  const Shape *s = shape(f, x);
  int rank = s->rank - 2, c = (int)s->dim[1], groups = 1, out = channels(f), k[3], p[3];
  if (chance(f->t, 30)) groups = out = c; /* depthwise */
  if (c % 4 == 0 && chance(f->t, 20)) groups = chance(f->t, 50) ? 2 : 4, out = c;
  StrBuf kernel = {.arena = f->t->b.c->arena}, pad = kernel;
  double taps = (double)(c / groups);
  for (int i = 0; i < rank; i++) {
    k[i] = small(f, 0, 3) ? 3 : 1;
    if (groups == 1 && chance(f->t, 35)) k[i] = 1;
    p[i] = k[i] / 2;
    if (s->dim[2 + i] < k[i]) p[i] = 1;
    sb_printf(&kernel, "%s%d", i ? ", " : "", k[i]), sb_printf(&pad, "%s%d", i ? ", " : "", p[i]);
    taps *= k[i];
  }
  int stride = chance(f->t, 25) ? 2 : 1;
  const char *attrs =
      text(f, "out=%d; kernel=[%s]; pad=[%s]; stride=%d; groups=%d; bias=%s", out,
           sb_str(&kernel), sb_str(&pad), stride, groups, chance(f->t, 60) ? "true" : "false");
  return grow(f, x, "conv", attrs, taps * (f->exact ? 2 : 0.3), 2, 1);
}

static bool make_transposed(Fuzz *f) {
  Made *x = choose(f, 4);
  if (!x || shape_count(shape(f, x)) > 3000) return false;
  double taps = (double)shape(f, x)->dim[1] * 9;
  return grow(f, x, "conv_transpose",
              text(f, "out=%d; kernel=%d; stride=2", channels(f), small(f, 2, 3)),
              taps * (f->exact ? 2 : 0.3), 2, 1);
}

static bool make_pool(Fuzz *f) {
  static const char *const op[] = {"maxpool", "minpool", "avgpool"};
  Made *x = choose(f, chance(f->t, 10) ? 3 : 4);
  if (!x) return false;
  const Shape *s = shape(f, x);
  int which = small(f, 0, 2);
  for (int i = 2; i < s->rank; i++)
    if (s->dim[i] < 2) return false;
  if (which == 2) return grow(f, x, op[2], "kernel=2; stride=2", 1, 0, 0.25);
  const char *attrs = text(f, "kernel=%d; stride=%d; pad=1", small(f, 2, 3), small(f, 1, 2));
  return grow(f, x, op[which], attrs, 1, 0, 1);
}

static bool make_global(Fuzz *f) {
  Made *x = choose(f, 4);
  if (!x) return false;
  if (f->exact || chance(f->t, 30)) return grow(f, x, "global_maxpool", "", 1, 0, 1);
  return chance(f->t, 50) ? grow(f, x, "global_avgpool", "", 1, 0, 1)
                          : grow(f, x, "adaptive_avgpool", "out=3", 1, 0, 1);
}

static bool make_unary(Fuzz *f) {
  static const char *const exact[] = {"relu", "abs", "neg", "relu", "leaky_relu"},
                           *const real[] = {"sigmoid", "tanh", "hard_swish", "relu", "swish"};
  Made *x = choose(f, 4 - 2 * chance(f->t, 20));
  if (!x) return false;
  int which = small(f, 0, 4);
  const char *op = f->exact ? exact[which] : real[which];
  bool leaky = str_eq(op, "leaky_relu");
  return grow(f, x, op, leaky ? "slope=0.5" : "", f->exact ? 1 : 1.5, 0, leaky ? 0.5 : 1);
}

static bool make_binary(Fuzz *f) {
  static const char *const op[] = {"add", "max", "sub", "mul"};
  Made *x = choose(f, 4), *y = x ? like(f, x, -1) : NULL;
  if (!y && x && chance(f->t, 20)) y = x;
  if (!y) return false;
  int which = small(f, 0, 3);
  double most = which == 3 ? x->most * y->most : x->most + y->most;
  double unit = which == 3 ? x->unit * y->unit : fmin(x->unit, y->unit);
  if (!fits(f, most, unit)) return false;
  x->readers++, y->readers++;
  return add_value(f, layer(f->t, op[which], "", (ValueId[]){x->id, y->id}, 2), most, unit);
}

/* A map scaled by a number for each channel, as squeeze and excitation does. */
static bool make_broadcast(Fuzz *f) {
  Made *x = choose(f, 4);
  if (!x || f->n + 3 > MOST_VALUES || !fits(f, 2 * x->most, x->unit)) return false;
  x->readers++;
  ValueId y = unary(f->t, "global_maxpool", x->id);
  y = unary(f->t, f->exact ? "sign" : "sigmoid", conv1x1(f->t, y, shape(f, x)->dim[1]));
  bool sum = chance(f->t, 30);
  y = layer(f->t, sum ? "add" : "mul", "", (ValueId[]){x->id, y}, 2);
  return add_value(f, y, x->most + sum, fmin(x->unit, 1));
}

static bool make_concat(Fuzz *f) {
  int axis = chance(f->t, 75) ? 1 : 2;
  Made *x = choose(f, 4), *y = x ? like(f, x, axis) : NULL, *z = y ? like(f, y, axis) : NULL;
  if (!y) return false;
  if (!z || z == x || chance(f->t, 50)) z = NULL;
  ValueId in[3] = {x->id, y->id, z ? z->id : 0};
  x->readers++, y->readers++;
  if (z) z->readers++;
  double most = fmax(fmax(x->most, y->most), z ? z->most : 0);
  double unit = fmin(fmin(x->unit, y->unit), z ? z->unit : 1);
  return add_value(f, layer(f->t, "concat", text(f, "axis=%d", axis), in, z ? 3 : 2), most, unit);
}

static bool make_slice(Fuzz *f) {
  Made *x = choose(f, 4);
  if (!x) return false;
  int axis = chance(f->t, 75) ? 1 : small(f, 2, 3), size = (int)shape(f, x)->dim[axis];
  if (size < 2) return false;
  int start = small(f, 0, size - 1), stop = small(f, start + 1, size);
  if (axis == 1 && size > 8 && chance(f->t, 50)) start = start / 8 * 8;
  return grow(f, x, "slice", text(f, "axis=%d; start=%d; stop=%d", axis, start, stop), 1, 0, 1);
}

static bool make_shuffle(Fuzz *f) {
  Made *x = choose(f, 4);
  if (!x) return false;
  int c = (int)shape(f, x)->dim[1], h = (int)shape(f, x)->dim[2], w = (int)shape(f, x)->dim[3];
  if (c % 4 == 0 && chance(f->t, 30)) return grow(f, x, "pixel_shuffle", "factor=2", 1, 0, 1);
  if (h % 2 == 0 && w % 2 == 0 && chance(f->t, 30))
    return grow(f, x, "pixel_unshuffle", "factor=2", 1, 0, 1);
  for (int g = 4; g > 1; g--)
    if (c % g == 0) return grow(f, x, "channel_shuffle", text(f, "groups=%d", g), 1, 0, 1);
  return false;
}

static bool make_resize(Fuzz *f) {
  Made *x = choose(f, 4);
  if (!x || shape_count(shape(f, x)) > MOST_ELEMENTS / 8) return false;
  if (chance(f->t, 50)) return grow(f, x, "upsample", "scale=2", 1, 0, 1);
  return grow(f, x, "upsample", "scale=2; mode=bilinear", 1, 0, 1.0 / 16);
}

static bool make_pad(Fuzz *f) {
  Made *x = choose(f, 4);
  if (!x) return false;
  const char *mode = chance(f->t, 50) ? "pad=[1, 0, 0, 1]; value=1" : "pad=1; mode=edge";
  return grow(f, x, "pad", chance(f->t, 30) ? "pad=0; channels=[1, 2]" : mode, 1, 1, 1);
}

static bool make_reduce(Fuzz *f) {
  static const char *const axes[] = {"[1]", "[2, 3]", "[1, 2, 3]", "[3]"};
  Made *x = choose(f, 4);
  if (!x) return false;
  const char *attrs =
      text(f, "axes=%s; keepdims=%s", axes[small(f, 0, 3)], chance(f->t, 60) ? "true" : "false");
  if (chance(f->t, 50)) return grow(f, x, "reduce_max", attrs, 1, 0, 1);
  if (!f->exact) return grow(f, x, "reduce_mean", attrs, 1, 0, 1);
  return grow(f, x, "reduce_sum", attrs, (double)shape_count(shape(f, x)), 0, 1);
}

static bool make_view(Fuzz *f) {
  Made *x = choose(f, chance(f->t, 60) ? 4 : 2);
  if (!x) return false;
  const Shape *s = shape(f, x);
  int64_t features = shape_count(s) / s->dim[0];
  if (s->rank == 4 && chance(f->t, 30)) return grow(f, x, "flatten", "", 1, 0, 1);
  if (s->rank == 4 && chance(f->t, 30))
    return grow(f, x, "transpose", chance(f->t, 50) ? "axes=[0, 2, 3, 1]" : "axes=[0, 1, 3, 2]",
                1, 0, 1);
  int c = 1;
  for (int d = 2; d < 40; d++)
    if (features % d == 0 && (c == 1 || chance(f->t, 40))) c = d;
  return grow(f, x, "reshape",
              text(f, "shape=[%d, %d, %d, 1]", (int)s->dim[0], c, (int)(features / c)), 1, 0, 1);
}

static bool make_dense(Fuzz *f) {
  Made *x = choose(f, chance(f->t, 60) ? 4 : 2);
  if (!x) return false;
  double features = (double)(shape_count(shape(f, x)) / shape(f, x)->dim[0]);
  if (shape(f, x)->rank == 4) {
    x->readers++;
    add_value(f, unary(f->t, "flatten", x->id), x->most, x->unit);
    x = &f->at[f->n - 1];
  }
  return grow(f, x, "dense", text(f, "out=%d", channels(f)), features * (f->exact ? 2 : 0.1), 2,
              1);
}

/* Not exact: on real data only. */
static bool make_norm(Fuzz *f) {
  Made *x = choose(f, 4);
  if (!x) return false;
  int c = (int)shape(f, x)->dim[1];
  switch (small(f, 0, 6)) {
  case 0: return grow(f, x, "batchnorm", "", 2, 2, 1);
  case 1: return grow(f, x, "layernorm", text(f, "dims=%d", small(f, 1, 3)), 0, 4, 1);
  case 2:
    return grow(f, x, "groupnorm", text(f, "groups=%d", c % 4 == 0 ? 4 : c % 3 ? 1 : 3), 0, 4, 1);
  case 3: return grow(f, x, "instancenorm", "", 0, 4, 1);
  case 4: return grow(f, x, "lrn", text(f, "size=%d; alpha=0.1", small(f, 1, 7)), 1, 0, 1);
  default: return grow(f, x, "softmax", text(f, "axis=%d", small(f, 1, 3)), 0, 1, 1);
  }
}

typedef struct Maker {
  bool (*make)(Fuzz *f);
  int weight;
  bool inexact;
} Maker;

static const Maker makers[] = {
    {make_conv, 30, false},  {make_transposed, 3, false}, {make_pool, 8, false},
    {make_global, 3, false}, {make_unary, 12, false},     {make_binary, 10, false},
    {make_concat, 9, false}, {make_slice, 9, false},      {make_shuffle, 7, false},
    {make_resize, 5, false}, {make_pad, 4, false},        {make_reduce, 4, false},
    {make_view, 5, false},   {make_dense, 4, false},      {make_broadcast, 5, false},
    {make_norm, 12, true},
};

static void make_one(Fuzz *f) {
  int all = 0, i = 0;
  for (int j = 0; j < COUNT_OF(makers); j++)
    if (!makers[j].inexact || !f->exact) all += makers[j].weight;
  int at = small(f, 0, all - 1);
  while ((makers[i].inexact && f->exact) || at >= makers[i].weight) {
    if (!makers[i].inexact || !f->exact) at -= makers[i].weight;
    i++;
  }
  makers[i].make(f);
}

/* ---- graphs -------------------------------------------------------------------------------- */

static void first_values(Fuzz *f) {
  int n = chance(f->t, 20) ? 2 : 1, c = chance(f->t, 60) ? small(f, 1, 4) : channels(f);
  int h = small(f, 1, 12), w = chance(f->t, 70) ? small(f, 1, 12) : 1;
  double most = f->exact ? 2 : 1;
  add_value(f, input(f->t, SHAPE(n, c, h, w)), most, 1);
  if (chance(f->t, 40)) add_value(f, input(f->t, SHAPE(n, channels(f), h, w)), most, 1);
  if (chance(f->t, 25))
    add_value(f, input(f->t, SHAPE(n, channels(f), small(f, 3, 20))), most, 1);
  if (chance(f->t, 15)) add_value(f, input(f->t, SHAPE(n, small(f, 1, 9), 4, 5, 3)), most, 1);
}

/* What nobody reads is an output, and now and then something else too. */
static void small_net(Net *t, bool exact) {
  Fuzz f = {.t = t, .exact = exact};
  first_values(&f);
  int nodes = small(&f, 4, 14);
  for (int i = 0; i < nodes && f.n + 3 < MOST_VALUES; i++) {
    make_one(&f);
    if (shape_count(shape(&f, &f.at[f.n - 1])) > MOST_ELEMENTS) break;
  }
  for (int i = 0; i < f.n; i++) {
    bool given = graph_value(t->b.g, f.at[i].id)->kind == V_INPUT;
    if (given ? !f.at[i].readers && chance(t, 20) : !f.at[i].readers || chance(t, 8))
      output(t, f.at[i].id);
  }
}

static Net random_nets(uint64_t seed, int nets, bool exact) {
  Net t = {.b = bench_new()};
  t.b.g->name = "net";
  for (int i = 0; i < nets; i++) {
    t.state = seed + (uint64_t)i;
    small_net(&t, exact);
  }
  if (!t.b.g->outputs.len) output(&t, unary(&t, "relu", image(&t, 3, 5)));
  return t;
}

/* ---- running ------------------------------------------------------------------------------- */

typedef struct Variant {
  const char *target, *disabled;
} Variant;

static const Variant variants[] = {
    {"x86-64-v3", NULL},      {"x86-64-v3", "strips"}, {"x86-64-v3", "in_place"},
    {"x86-64-v3", "layouts"}, {"x86-64-v4", NULL},     {"c99", NULL},
};

static int setting(const char *name, int otherwise) {
  const char *s = getenv(name);
  return s && *s ? atoi(s) : otherwise;
}

/* The largest difference that rounding explains, for elements of the tensor. */
static double allowance(const Tensor *w, bool exact) {
  double most = 1;
  int64_t n = shape_count(&w->shape);
  for (int64_t i = 0; i < n; i++) most = fmax(most, fabs((double)w->data[i]));
  return exact ? 0 : 2e-3 * most;
}

static void compare_outputs(Net *ref, const Interp *want, float **got, bool exact,
                            const char *what) {
  const Graph *g = ref->b.g;
  for (int i = 0; i < g->outputs.len; i++) {
    const Tensor *w = &want->value[g->outputs.at[i]];
    int64_t n = shape_count(&w->shape);
    double gate = allowance(w, exact);
    for (int64_t j = 0; j < n; j++)
      cr_assert(fabs((double)got[i][j] - w->data[j]) <= gate,
                "%s: output %d (%s, %s) element %ld: %.9g, expected %.9g", what, i,
                graph_value(g, g->outputs.at[i])->name, shape_text(ref->b.c, &w->shape), (long)j,
                (double)got[i][j], (double)w->data[j]);
    for (int j = 0; j < GUARD; j++)
      cr_assert(got[i][n + j] == GUARD_VALUE && got[i][-1 - j] == GUARD_VALUE,
                "%s: output %d written out of bounds", what, i);
  }
}

static void check_variant(Net *ref, const Interp *want, Net made, bool exact, const Variant *v,
                          const char *what) {
  left_out = v->disabled;
  Built b = build(made, v->target);
  compile(&b, v->target);
  Data kind = exact ? INTEGERS : REALS;
  Tensor *in = fill(ref, kind);
  fill(&b.net, kind);
  load(&b);
  for (int threads = 1; threads <= 3; threads += 2) {
    float *got[MAX_PORTS];
    for (int i = 0; i < ref->b.g->outputs.len; i++)
      got[i] = guarded(ref, shape_count(shape_of(ref, ref->b.g->outputs.at[i])));
    run_model(&b, in, got, threads);
    compare_outputs(ref, want, got, exact, what);
  }
  dlclose(b.object);
  bench_free(b.net.b);
}

static void check(bool exact, int from, int to) {
  int rounds = setting("NETCC_FUZZ", 1), nets = setting("NETCC_FUZZ_NETS", NETS);
  uint64_t seed = (uint64_t)setting("NETCC_FUZZ_SEED", 100);
  for (int r = 0; r < rounds; r++, seed += (uint64_t)nets)
    for (int i = from; i < to; i++) {
      const Variant *v = &variants[i];
      char what[128];
      snprintf(what, sizeof what, "seed %d, %s without %s", (int)seed, v->target,
               v->disabled ? v->disabled : "nothing");
      if (rounds > 1) fprintf(stderr, "%s\n", what);
      Net ref = random_nets(seed, nets, exact);
      Interp want = reference(&ref, exact ? INTEGERS : REALS);
      check_variant(&ref, &want, random_nets(seed, nets, exact), exact, v, what);
      bench_free(ref.b);
    }
}

TestSuite(fuzz_graph, .timeout = 36000);
Test(fuzz_graph, v3_integers) { check(true, 0, 4); }
Test(fuzz_graph, v3_reals) { check(false, 0, 4); }
Test(fuzz_graph, v4_integers) { check(true, 4, 5); }
Test(fuzz_graph, v4_reals) { check(false, 4, 5); }
Test(fuzz_graph, c99_integers) { check(true, 5, 6); }
Test(fuzz_graph, c99_reals) { check(false, 5, 6); }
