/* test_strips.c: groups of several stages compute what their layers compute one after the other.
 *
 * Random chains of a convolution and a pool, of 1x1 and depthwise convolutions with residuals, of
 * a scale and shift before a convolution; `@kernel(strips)` asks for them whatever they cost.
 * Then who is merged with whom, and when not.
 */
#include "tests/unit/kernelbench.h"

/* The next layers ask to run strip by strip; off again with NULL. */
static void ask(Net *t, const char *kernel) {
  t->b.g->notes.kernel = kernel ? ctx_name(t->b.c, kernel) : NULL;
}

static ValueId asked(Net *t, const char *op, const char *attrs, ValueId x) {
  ask(t, "strips");
  ValueId y = layer(t, op, attrs, &x, 1);
  ask(t, NULL);
  return y;
}

static const char *convolution(Net *t, int64_t out, int64_t groups, int64_t k, int64_t stride) {
  return str_fmt(t->b.c->arena,
                 "out=%lld; kernel=%lld; pad=%lld; stride=%lld; groups=%lld; bias=%s",
                 (long long)out, (long long)k, (long long)pick(t, 0, k / 2), (long long)stride,
                 (long long)groups, chance(t, 70) ? "true" : "false");
}

static ValueId activation(Net *t, ValueId x) {
  int64_t which = pick(t, 0, 3);
  if (which < 2) return unary(t, which ? "relu" : "relu6", x);
  return which == 2 ? layer(t, "leaky_relu", "slope=0.5", &x, 1) : x;
}

static ValueId pool(Net *t, ValueId x, const char *op) {
  int64_t k = pick(t, 1, 3);
  const Shape *s = shape_of(t, x);
  while (k > s->dim[2] || k > s->dim[3]) k--;
  const char *attrs = str_fmt(t->b.c->arena, "kernel=%lld; stride=%lld; pad=%lld; ceil=%s",
                              (long long)k, (long long)pick(t, 1, k),
                              (long long)pick(t, 0, k / 2), chance(t, 50) ? "true" : "false");
  return asked(t, op, attrs, x);
}

static ValueId map(Net *t, int64_t channels) {
  int64_t n = chance(t, 25) ? 2 : 1;
  return input(t, SHAPE(n, channels, pick(t, 5, 40), pick(t, 5, 30)));
}

static ValueId depthwise(Net *t, ValueId x) {
  int64_t c = shape_of(t, x)->dim[1];
  return asked(t, "conv", convolution(t, c, c, chance(t, 60) ? 3 : 5, pick(t, 1, 2)), x);
}

static void small_net(Net *t, int kind) {
  ValueId x, y;
  switch (kind) {
  case 0: /* first layer and pool */
    x = map(t, pick(t, 1, 4));
    x = layer(t, "conv", convolution(t, pick(t, 1, 70), 1, pick(t, 1, 5), pick(t, 1, 2)), &x, 1);
    output(t, pool(t, activation(t, x), "maxpool"));
    break;
  case 1: /* blocked input, dilation, partly filled blocks */
    x = conv1x1(t, map(t, 3), pick(t, 2, 40));
    x = layer(t, "conv", convolution(t, pick(t, 1, 70), 1, 3, 1), &x, 1);
    output(t, activation(t, pool(t, activation(t, x), "maxpool")));
    break;
  case 2: /* several passes over the input channels */
    x = conv1x1(t, map(t, 3), pick(t, 90, 150));
    x = layer(t, "conv", convolution(t, pick(t, 17, 60), 1, 3, 1), &x, 1);
    output(t, pool(t, x, "minpool"));
    break;
  case 3: /* expand, depthwise, project, and the input again */
    x = unary(t, "relu", conv1x1(t, map(t, 3), 8 * pick(t, 1, 3)));
    y = activation(t, conv1x1(t, x, pick(t, 2, 60)));
    ask(t, "strips");
    int64_t c = shape_of(t, y)->dim[1];
    y = layer(t, "conv",
              str_fmt(t->b.c->arena, "out=%lld; kernel=3; pad=1; groups=%lld", (long long)c,
                      (long long)c),
              &y, 1);
    ask(t, NULL);
    y = conv1x1(t, activation(t, y), shape_of(t, x)->dim[1]);
    output(t, layer(t, "add", "", (ValueId[]){y, x}, 2));
    break;
  case 4: /* the same with strides */
    x = unary(t, "relu", conv1x1(t, map(t, 3), pick(t, 2, 40)));
    y = depthwise(t, activation(t, conv1x1(t, x, pick(t, 2, 60))));
    output(t, activation(t, conv1x1(t, activation(t, y), pick(t, 1, 50))));
    break;
  case 5: /* no expansion */
    x = unary(t, "relu", conv1x1(t, map(t, 3), pick(t, 2, 40)));
    x = layer(t, "maxpool", "kernel=2; stride=1", &x, 1); /* nobody's stage */
    output(t, conv1x1(t, activation(t, depthwise(t, x)), pick(t, 1, 50)));
    break;
  case 6: /* no projection */
    x = unary(t, "relu", conv1x1(t, map(t, 3), pick(t, 2, 40)));
    output(t, activation(t, depthwise(t, activation(t, conv1x1(t, x, pick(t, 2, 70))))));
    break;
  case 7: /* a slice of a concat */
    x = conv1x1(t, map(t, 3), 16);
    y = layer(t, "conv", "out=32; kernel=3; pad=1", &x, 1);
    y = asked(t, "maxpool", "kernel=3; stride=1; pad=1", y);
    output(t, unary(t, "relu", layer(t, "concat", "axis=1", (ValueId[]){y, x}, 2)));
    break;
  case 8: /* scale and shift first: not exact in integers, as average pools are not */
    x = conv1x1(t, map(t, 3), pick(t, 2, 40));
    x = layer(t, "maxpool", "kernel=2; stride=1", &x, 1); /* takes no scale in */
    y = unary(t, "relu", unary(t, "batchnorm", x));
    output(t, activation(t, asked(t, "conv", convolution(t, pick(t, 1, 60), 1, 1, 1), y)));
    break;
  default:
    x = conv1x1(t, map(t, 3), pick(t, 2, 40));
    x = layer(t, "conv", convolution(t, pick(t, 1, 70), 1, 3, 1), &x, 1);
    output(t, pool(t, activation(t, x), chance(t, 50) ? "avgpool" : "l2pool"));
    break;
  }
}

enum { KINDS = 8 }; /* kinds exact in integers; the two behind are for real data only */

static void check(const char *target, uint64_t seed, Data kind) {
  check_nets(target, seed, kind, small_net, kind == REALS ? KINDS + 2 : KINDS, 0);
}

TestSuite(strips, .timeout = 600);
Test(strips, c99_integers) { check("c99", 7, INTEGERS); }
Test(strips, c99_reals) { check("c99", 8, REALS); }
Test(strips, v3_integers) { check("x86-64-v3", 3, INTEGERS); }
Test(strips, v3_reals) { check("x86-64-v3", 4, REALS); }
Test(strips, v4_integers) { check("x86-64-v4", 5, INTEGERS); }
Test(strips, v4_reals) { check("x86-64-v4", 6, REALS); }

static int steps_of(const Plan *p, KernelId kernel) {
  int n = 0;
  for (int i = 0; i < p->steps.len; i++) n += p->steps.at[i].choice.kernel == (int)kernel;
  return n;
}

/* Of the groups that ask, those that still run by themselves. */
static int alone(const Plan *p) {
  int n = 0;
  for (int i = 0; i < p->steps.len; i++) {
    const Node *group = p->g->nodes.at[p->steps.at[i].node];
    const Graph *body = group->body;
    bool asks = false;
    for (int k = 0; k < body->nodes.len; k++) {
      const char *wanted = body->nodes.at[k]->notes.kernel;
      asks |= wanted && str_eq(wanted, "strips");
    }
    n += asks && p->steps.at[i].choice.kernel != K_STRIPS;
  }
  return n;
}

static void check_merged(const char *target) {
  for (int kind = 0; kind < KINDS + 2; kind++) {
    Net t = {.b = bench_new(), .state = 11};
    small_net(&t, kind);
    Built b = build(t, target);
    cr_expect_eq(alone(b.plan), 0, "kind %d", kind);
    cr_expect_geq(steps_of(b.plan, K_STRIPS), 1, "kind %d", kind);
    cr_expect_gt(b.plan->thread_bytes, 0, "kind %d", kind);
    bench_free(t.b);
  }
}

Test(strips, every_chain_that_asks_is_merged) { check_merged("x86-64-v3"); }
Test(strips, every_chain_that_asks_is_merged_in_plain_c) { check_merged("c99"); }

/* A convolution and a pool of a size where the map between them leaves every cache. */
static Net large(bool output_between, bool two_readers) {
  Net t = {.b = bench_new(), .state = 1};
  t.b.g->name = "net";
  ValueId x = input(&t, SHAPE(1, 3, 224, 224));
  ValueId y = unary(&t, "relu", layer(&t, "conv", "out=64; kernel=3; pad=1", &x, 1));
  output(&t, layer(&t, "maxpool", "kernel=2; stride=2", &y, 1));
  if (output_between) output(&t, y);
  if (two_readers) output(&t, layer(&t, "conv", "out=8; kernel=3", &y, 1));
  return t;
}

static void check_large(Net t, const char *disable, int strips) {
  t.b.g->disabled = disable;
  cr_assert(passes_run(t.b.c, t.b.g, &(PassOptions){.disable = disable}));
  Plan *p = plan_make(t.b.c, t.b.g, target_find("x86-64-v3"));
  cr_assert(p, "%s", bench_errors(t.b));
  cr_expect_eq(steps_of(p, K_STRIPS), strips);
  bench_free(t.b);
}

Test(strips, a_large_map_is_worth_it) { check_large(large(false, false), NULL, 1); }
Test(strips, an_output_stays) { check_large(large(true, false), NULL, 0); }
Test(strips, a_value_with_two_readers_stays) { check_large(large(false, true), NULL, 0); }
Test(strips, can_be_disabled) { check_large(large(false, false), "fold_batchnorm,strips", 0); }

Test(strips, the_arena_shrinks_by_the_map_between) {
  int64_t bytes[2];
  for (int i = 0; i < 2; i++) {
    Net t = large(false, false);
    cr_assert(passes_run(t.b.c, t.b.g, &(PassOptions){.disable = i ? "strips" : NULL}));
    const Plan *p = plan_make(t.b.c, t.b.g, target_find("x86-64-v3"));
    bytes[i] = p->arena_bytes + p->thread_bytes;
    bench_free(t.b);
  }
  cr_expect_lt(bytes[0] + 2 * 64 * 224 * 224, bytes[1]);
}
