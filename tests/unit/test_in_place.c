/* test_in_place.c: results that take an operand's storage are right, and stand only where they may.
 *
 * Random residual sums and element-wise layers over intermediates, on every target, one and three
 * threads; then single plans: which pairs are joined, which are not and why, and that the checker
 * refuses a pair that the planner would not make.
 */
#include "tests/unit/kernelbench.h"

static ValueId sum(Net *t, ValueId x, ValueId y) {
  return layer(t, "add", "", (ValueId[]){x, y}, 2);
}

static ValueId conv(Net *t, ValueId x, int64_t out, int64_t k, const char *more) {
  const char *attrs =
      str_fmt(t->b.c->arena, "out=%lld; kernel=%lld; pad=%lld; bias=%s%s", (long long)out,
              (long long)k, (long long)(k / 2), chance(t, 70) ? "true" : "false", more);
  return layer(t, "conv", attrs, &x, 1);
}

static ValueId start(Net *t, int64_t channels) {
  return unary(t, "relu", conv1x1(t, image(t, 3, channels > 40 ? 5 : 9), channels));
}

/* An output that is no result of the layers before: those lie in the arena. */
static void finish(Net *t, ValueId x) {
  output(t, layer(t, "maxpool", "kernel=3; stride=1; pad=1", &x, 1));
}

static void small_net(Net *t, int kind) {
  int64_t c = pick(t, 1, 24);
  ValueId x = start(t, kind == 2 ? pick(t, 90, 120) : c), y = x, z;
  c = shape_of(t, x)->dim[1];
  switch (kind) {
  case 0: /* a bottleneck */
    y = unary(t, "relu", conv(t, x, pick(t, 1, 20), 1, ""));
    y = unary(t, "relu", conv(t, y, pick(t, 1, 20), 3, ""));
    y = unary(t, "relu", sum(t, conv(t, y, c, 1, ""), x));
    finish(t, y);
    break;
  case 1: /* two blocks of plain convolutions */
    for (int i = 0; i < 2; i++) {
      z = unary(t, "relu", conv(t, y, c, 3, ""));
      y = unary(t, "relu", sum(t, conv(t, z, c, 3, ""), y));
    }
    finish(t, y);
    break;
  case 2: /* several passes over the input channels */
    z = unary(t, "relu", conv(t, x, pick(t, 110, 130), 3, ""));
    y = conv(t, z, c, 3, "");
    finish(t, unary(t, "relu", sum(t, y, x)));
    break;
  case 3: /* depthwise */
    z = unary(t, "relu", conv(t, x, c, 3, str_fmt(t->b.c->arena, "; groups=%lld", (long long)c)));
    y = conv(t, z, c, 3, str_fmt(t->b.c->arena, "; groups=%lld", (long long)c));
    finish(t, sum(t, y, x));
    break;
  case 4: /* groups narrower than a vector */
    x = start(t, 16), z = unary(t, "relu", conv(t, x, 16, 3, "; groups=4"));
    finish(t, sum(t, conv(t, z, 16, 3, "; groups=4"), x));
    break;
  case 5: /* sums and products of two maps, neither of which a convolution finishes */
    z = layer(t, "maxpool", "kernel=3; stride=1; pad=1", &x, 1);
    y = layer(t, "minpool", "kernel=3; stride=1; pad=1", &x, 1);
    y = layer(t, chance(t, 50) ? "mul" : "max", "", (ValueId[]){z, y}, 2);
    finish(t, y);
    break;
  case 6: /* squeeze and excitation: channels scaled where they stand */
    z = unary(t, "global_avgpool", layer(t, "maxpool", "kernel=1", &x, 1));
    z = unary(t, "relu", conv1x1(t, unary(t, "sign", z), c));
    y = layer(t, "mul", "", (ValueId[]){x, z}, 2);
    finish(t, y);
    break;
  default: /* the shortcut is needed again; twice the same */
    y = sum(t, conv(t, x, c, 3, ""), x);
    z = sum(t, y, y);
    output(t, sum(t, conv(t, z, c, 3, ""), x));
    break;
  }
}

enum { KINDS = 8 };

static void check(const char *target, uint64_t seed) {
  check_nets(target, seed, INTEGERS, small_net, KINDS, 0);
}

TestSuite(in_place, .timeout = 300);
Test(in_place, c99) { check("c99", 1); }
Test(in_place, v3) { check("x86-64-v3", 3); }
Test(in_place, v4) { check("x86-64-v4", 5); }

/* ---- plans ----------------------------------------------------------------------------------
 */

static Plan *plan_without(Net *t, const char *target, const char *disabled) {
  Ctx *c = t->b.c;
  cr_assert(passes_run(c, t->b.g, &(PassOptions){.disable = disabled}), "%s", bench_errors(t->b));
  Plan *p = plan_make(c, t->b.g, target_find(target));
  cr_assert(p, "%s", bench_errors(t->b));
  return p;
}

static Plan *plan_of(Net *t, const char *target) { return plan_without(t, target, NULL); }

static const char *reason_of(const Plan *p, bool taken) {
  for (int i = 0; i < p->g->log->at.len; i++) {
    const Decision *d = &p->g->log->at.at[i];
    if (str_eq(d->pass, "in_place") && d->taken == taken) return d->reason;
  }
  return "";
}

/* Every kind but the last is joined somewhere, on every target. */
Test(in_place, pairs_are_joined) {
  static const char *const target[] = {"c99", "x86-64-v3", "x86-64-v4"};
  for (int i = 0; i < 3; i++)
    for (int kind = 0; kind < KINDS - 1; kind++) {
      Net t = {.b = bench_new(), .state = 11};
      small_net(&t, kind);
      Plan *p = plan_of(&t, target[i]);
      int joined = 0;
      for (int j = 0; j < p->steps.len; j++) {
        const Step *st = &p->steps.at[j];
        const Node *n = p->g->nodes.at[st->node];
        if (!st->in_place) continue;
        joined++;
        cr_expect_eq(p->buffer_of[n->out[0]], p->buffer_of[n->in[st->in_place - 1]]);
      }
      cr_expect(joined || p->epochs == 1, "kind %d on %s: %s", kind, target[i],
                reason_of(p, false));
      bench_free(t.b);
    }
}

/* A shape large enough that threads meet between the layers. */
static ValueId large(Net *t) {
  return unary(t, "relu", conv1x1(t, input(t, SHAPE(1, 3, 56, 56)), 32));
}

Test(in_place, refused_where_the_operand_is_still_needed) {
  Net t = {.b = bench_new(), .state = 1};
  ValueId x = large(&t);
  ValueId y = sum(&t, conv(&t, unary(&t, "relu", conv(&t, x, 32, 3, "")), 32, 3, ""), x);
  output(&t, sum(&t, conv(&t, unary(&t, "relu", y), 32, 3, ""), x));
  cr_expect(strstr(reason_of(plan_of(&t, "x86-64-v3"), false), "is read again later"));
  bench_free(t.b);
}

Test(in_place, refused_for_an_output) {
  Net t = {.b = bench_new(), .state = 1};
  ValueId x = large(&t);
  ValueId y = sum(&t, conv(&t, unary(&t, "relu", conv(&t, x, 32, 3, "")), 32, 3, ""), x);
  output(&t, conv(&t, y, 8, 3, ""));
  output(&t, x);
  const char *reason = reason_of(plan_of(&t, "c99"), false);
  cr_expect(strstr(reason, "is an output of the model"), "%s", reason);
  bench_free(t.b);
}

Test(in_place, off_by_name) {
  Net t = {.b = bench_new(), .state = 1};
  ValueId x = large(&t);
  ValueId y = sum(&t, conv(&t, unary(&t, "relu", conv(&t, x, 32, 3, "")), 32, 3, ""), x);
  output(&t, conv(&t, y, 8, 3, ""));
  Plan *p = plan_without(&t, "c99", "in_place");
  for (int i = 0; i < p->steps.len; i++) cr_expect_eq(p->steps.at[i].in_place, 0);
  bench_free(t.b);
}

/* The checker knows on its own what must not be overwritten. */
Test(in_place, checker_refuses_what_is_read_elsewhere) {
  Net t = {.b = bench_new(), .state = 1};
  ValueId x = large(&t);
  ValueId y = sum(&t, conv(&t, unary(&t, "relu", conv(&t, x, 32, 3, "")), 32, 3, ""), x);
  output(&t, conv(&t, y, 8, 3, ""));
  Plan *p = plan_of(&t, "x86-64-v3");
  cr_assert(plan_check(t.b.c, p));
  int refused = 0;
  for (int i = 0; i < p->steps.len; i++) {
    Step *st = &p->steps.at[i], kept = *st;
    const Node *n = p->g->nodes.at[st->node];
    if (graph_value(p->g, n->out[0])->place.kind != PLACE_ARENA) continue;
    Value *out = graph_value(p->g, n->out[0]);
    Place place = out->place;
    for (int j = 0; j < n->nin; j++) {
      const Value *in = graph_value(p->g, n->in[j]);
      if (in->place.kind != PLACE_ARENA || kept.in_place == j + 1) continue;
      st->in_place = j + 1;
      out->place = in->place;
      cr_expect(!plan_check(t.b.c, p), "%s over %s", n->name, in->name);
      refused++;
    }
    st->in_place = 0, out->place = place;
    if (kept.in_place) {
      cr_expect(!plan_check(t.b.c, p), "%s without leave", n->name);
      refused++;
    }
    *st = kept;
  }
  cr_expect(refused >= 3, "%d", refused);
  bench_free(t.b);
}
