/* test_parallel.c: how steps are shared among threads: even parts, one thread for what is short,
 * a barrier exactly where data crosses threads, independent layers in one epoch. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/front/front.h"
#include "compiler/pass/pass.h"
#include "compiler/plan/plan.h"
#include "context.h"

TestSuite(parallel, .init = setup, .fini = teardown);

static Plan *plan_text(const char *text) {
  Graph *g = front_compile(ctx, ctx_add_source(ctx, "t.net", text, strlen(text)), NULL);
  cr_assert(g && !ctx->errors && passes_run(ctx, g, NULL));
  Plan *p = plan_make(ctx, g, target_find("x86-64-v3"));
  cr_assert_not_null(p);
  return p;
}

static Plan *plan_example(const char *name) {
  size_t size;
  const char *path = str_fmt(ctx->arena, "examples/%s.net", name);
  const char *text = file_read(ctx->arena, path, &size);
  cr_assert_not_null(text);
  Graph *g = front_compile(ctx, ctx_add_source(ctx, path, text, size), NULL);
  cr_assert(g && passes_run(ctx, g, NULL));
  Plan *p = plan_make(ctx, g, target_find("x86-64-v3"));
  cr_assert_not_null(p);
  return p;
}

static int barriers(const Plan *p) {
  int n = 0;
  for (int i = 0; i < p->steps.len; i++) n += p->steps.at[i].barrier;
  return n;
}

static const Decision *decision(const Plan *p, const char *pass, const char *node) {
  for (int i = 0; i < p->g->log->at.len; i++) {
    const Decision *d = &p->g->log->at.at[i];
    if (str_eq(d->pass, pass) && str_eq(d->node, node)) return d;
  }
  return NULL;
}

/* ---- parts ----------------------------------------------------------------------------------
 */

/* The share of the busiest thread, unit by unit. */
static double counted(int64_t times, Parts outer, Parts inner, int n) {
  int64_t units = times * outer.count * inner.count;
  double most = 0, all = 0;
  for (int t = 0; t < n; t++) {
    double part = 0;
    for (int64_t u = t * units / n; u < (t + 1) * units / n; u++) {
      int64_t o = u / inner.count % outer.count, i = u % inner.count;
      part += (double)((o + 1 < outer.count ? outer.size : outer.rest) *
                       (i + 1 < inner.count ? inner.size : inner.rest));
    }
    most = part > most ? part : most;
    all += part;
  }
  return most / all;
}

Test(parallel, busiest_share_is_what_counting_gives) {
  for (int64_t rows = 1; rows < 30; rows += 3)
    for (int64_t size = 1; size <= rows; size += 2)
      for (int64_t blocks = 1; blocks < 12; blocks++)
        for (int n = 1; n < 6; n++) {
          Parts a = parts_of(rows, size), b = parts_of(blocks, 3);
          cr_assert_eq(a.size * (a.count - 1) + a.rest, rows);
          cr_assert_float_eq(busiest_share(2, a, b, n), counted(2, a, b, n), 1e-12);
        }
}

/* 14 rows in chunks of 7 divide evenly, 13 do not; a single part is one thread's. */
Test(parallel, unevenness_is_one_at_best) {
  cr_assert_float_eq(unevenness(1, parts_of(16, 4), parts_of(1, 1)), 1, 1e-12);
  cr_assert_gt(unevenness(1, parts_of(13, 7), parts_of(1, 1)), 1.0);
  cr_assert_float_eq(busiest_share(1, parts_of(1, 1), parts_of(1, 1), 2), 1, 1e-12);
}

/* Convolutions and dense layers of real networks leave no thread with more than 3/5 of the work,
 * and all of a network's heavy steps together with little more than half. */
Test(parallel, large_layers_divide) {
  static const char *const names[] = {"googlenet", "squeezenet1_1", "mobilenet_v2",
                                      "lenet",     "resnet",        "vgg16"};
  for (int i = 0; i < COUNT_OF(names); i++) {
    Plan *p = plan_example(names[i]);
    double all = 0, busy = 0;
    for (int j = 0; j < p->steps.len; j++) {
      const Step *st = &p->steps.at[j];
      if (st->view || st->serial || !st->choice.share) continue;
      cr_expect_leq(st->choice.share, 0.6, "%s, step %d", names[i], j);
      all += st->choice.seconds;
      busy += st->choice.seconds * st->choice.share;
    }
    cr_expect_leq(busy / all, 0.52, "%s", names[i]);
  }
}

/* ---- one thread -----------------------------------------------------------------------------
 */

Test(parallel, tiny_network_needs_no_second_thread) {
  Plan *p = plan_text("net 1.0\nmodel m(x: f32[1,8,4,4]) -> (y) {\n"
                      "  y = x |> c: conv(8, 3, pad=1) |> relu |> flatten |> d: dense(4)\n}\n");
  cr_expect(p->lone);
  cr_expect_eq(barriers(p), 0);
  cr_expect_eq(p->epochs, 2, "one thread ends each step before the next");
  const Decision *d = decision(p, "split", "c");
  cr_assert(d && !d->taken && strstr(d->reason, "waking"));
}

/* Large layers around short ones: the short ones run on thread 0, without barriers in between. */
Test(parallel, short_steps_follow_each_other_without_barriers) {
  Plan *p = plan_text(
      "net 1.0\nmodel m(x: f32[1,64,56,56]) -> (y) {\n"
      "  f = x |> a: conv(64, 3, pad=1) |> global_avgpool |> flatten\n"
      "  y = f |> d1: dense(8) |> relu |> d2: dense(8) |> relu |> d3: dense(8) |> softmax\n}\n");
  int serial = 0;
  cr_assert(!p->lone);
  for (int i = 1; i < p->steps.len; i++) {
    const Step *st = &p->steps.at[i], *before = &p->steps.at[i - 1];
    if (st->serial && before->serial) cr_expect(!st->barrier, "step %d", i);
    serial += st->serial;
  }
  cr_expect_geq(serial, 4);
  cr_expect_leq(barriers(p), 3);
}

/* ---- order and barriers ---------------------------------------------------------------------
 */

/* The modules' branches have one to two convolutions each: two barriers a module will do. */
Test(parallel, branches_share_an_epoch) {
  Plan *p = plan_example("googlenet");
  cr_expect_leq(barriers(p), 30);
  const Decision *d = decision(p, "order", "");
  cr_assert(d && d->taken && strstr(d->what, "barriers fewer"));
}

/* Level by level, the two wide maps would be there at once. */
/* Three branches, of each the wide map dies in the narrow one: written side by side, they are best
 * run one after another. Two of the wide maps share an epoch then, not three. */
Test(parallel, order_lowers_the_peak) {
  static const char text[] = "net 1.0\nmodel m(x: f32[1,16,64,64]) -> (y) {\n"
                             "  s = x |> s0: conv(16, 3, pad=1) |> relu\n"
                             "  a = s |> a0: conv(64, 3, pad=1) |> relu\n"
                             "  b = s |> b0: conv(96, 5, pad=2) |> relu\n"
                             "  c = s |> c0: conv(80, 1) |> relu\n"
                             "  p = a |> a1: conv(2, 3, pad=1)\n"
                             "  q = b |> b1: conv(2, 3, pad=1)\n"
                             "  r = c |> c1: conv(2, 3, pad=1)\n"
                             "  y = p + q + r\n}\n";
  Plan *p = plan_text(text);
  const Decision *d = NULL;
  for (int i = 0; i < p->g->log->at.len; i++)
    if (strstr(p->g->log->at.at[i].what, "layers by memory")) d = &p->g->log->at.at[i];
  cr_assert(d && d->taken && d->bytes > 0, "%s", d ? d->reason : "not tried");
  cr_expect_leq(p->arena_bytes, 64 * 64 * 4 * (16 + 64 + 96 + 8), "%lld",
                (long long)p->arena_bytes);
}

Test(parallel, order_stays_where_memory_would_grow) {
  Plan *p = plan_text(
      "net 1.0\nmodel m(x: f32[1,16,64,64]) -> (y) {\n"
      "  i = x |> conv(16, 3, pad=1)\n"
      "  a = i |> conv(64, 3, pad=1) |> relu |> conv(8, 3, pad=1) |> relu |> conv(8, 1)\n"
      "  b = i |> conv(64, 5, pad=2) |> relu |> conv(8, 3, pad=1) |> relu |> conv(8, 1)\n"
      "  y = a + b\n}\n");
  const Decision *d = decision(p, "order", "");
  cr_assert(d && !d->taken && strstr(d->reason, "live at once"), "%s", d ? d->reason : "none");
  cr_expect_geq(barriers(p), 5);
}

/* The checker knows nothing of how barriers were placed, and misses each that is taken away. */
Test(parallel, checker_misses_every_barrier) {
  Plan *p = plan_example("squeezenet1_1");
  for (int i = 0; i < p->steps.len; i++) {
    if (!p->steps.at[i].barrier) continue;
    Plan without = *p;
    without.steps.at = NEWN(ctx->arena, Step, p->steps.len);
    memcpy(without.steps.at, p->steps.at, (size_t)p->steps.len * sizeof(Step));
    for (int j = i; j < p->steps.len; j++) without.steps.at[j].epoch--;
    cr_expect(!plan_check(ctx, &without), "step %d", i);
  }
}
