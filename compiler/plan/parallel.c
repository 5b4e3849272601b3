/* parallel.c: which steps all threads share, which one thread runs alone, and what that costs.
 *
 * A step is shared in equal units, or, where sharing gains less than the barriers and the uneven
 * rest it brings, thread 0 runs it: between two such steps no barrier is needed. Within an epoch
 * threads need not keep in step, so the larger part of one step is set against the smaller part
 * of another (`mirror`). Decided for two threads, by a model of the epochs: more of them shorten
 * the work, but lengthen barriers and leave more of uneven units. Results never depend on it.
 */
#include "plan.h"

#include <string.h>

#define BARRIER_SECONDS 0.6e-6 /* of two threads, and the skew they meet with */
#define REGION_SECONDS  2.0e-6 /* waking the team and closing the region */
#define MIRROR_SECONDS  0.3e-6 /* least gain for which a thread leaves the rows it has written */
#define SERIAL_SECONDS  8.0e-6 /* a step longer than this is always shared */

/* ---- equal units and their rests ------------------------------------------------------------
 */

Parts parts_of(int64_t whole, int64_t size) {
  int64_t count = (whole + size - 1) / size;
  return (Parts){count, size, whole - (count - 1) * size};
}

/* Work of the first `n` of these parts. */
static double work_of(Parts p, int64_t n) {
  return n < p.count ? (double)(n * p.size) : (double)((p.count - 1) * p.size + p.rest);
}

/* Work of units [0, u). */
static double work_before(Parts outer, Parts inner, int64_t u) {
  int64_t round = outer.count * inner.count, in = u % round, o = in / inner.count;
  double row = o + 1 < outer.count ? (double)outer.size : (double)outer.rest;
  double all = work_of(outer, outer.count) * work_of(inner, inner.count);
  return (double)(u / round) * all + work_of(outer, o) * work_of(inner, inner.count) +
         row * work_of(inner, in % inner.count);
}

double busiest_share(int64_t times, Parts outer, Parts inner, int n) {
  int64_t units = times * outer.count * inner.count;
  double most = 0, all = work_before(outer, inner, units);
  for (int t = 0; t < n; t++) {
    double part =
        work_before(outer, inner, (t + 1) * units / n) - work_before(outer, inner, t * units / n);
    if (part > most) most = part;
  }
  return most / all;
}

double unevenness(int64_t times, Parts outer, Parts inner) {
  return (2 * busiest_share(times, outer, inner, 2) + 4 * busiest_share(times, outer, inner, 4)) /
         2;
}

/* ---- epochs ---------------------------------------------------------------------------------
 */

/* What the model knows behind a step. An epoch is named by the step that opens it. */
typedef struct After {
  int epoch;
  double load[2]; /* of the epoch so far, by thread */
  double closed;  /* seconds of the epoch that a barrier before this step closed; 0: none */
  int written;    /* epoch of the last write to its result, -1: before the run */
  bool alone;     /* what wrote it then ran on thread 0 */
} After;

typedef struct Model { /* of the run, on two threads */
  Plan *p;
  After *after; /* by step; of the present state */
  int *step_of; /* by ValueId: the step that makes it, -1: none */
} Model;

static double larger_share(const Choice *k) {
  if (k->share > 0) return k->share;
  return k->units < 2 ? 1 : (double)((k->units + 1) / 2) / (double)k->units;
}

double step_share(const Step *st) { return st->serial ? 1 : larger_share(&st->choice); }

static double longest(const double load[2]) { return load[0] > load[1] ? load[0] : load[1]; }

/* Thread 1 does the larger part, unless mirrored. */
static void add_load(Step *st, double load[2]) {
  double all = st->choice.seconds, large = all * larger_share(&st->choice), small = all - large;
  if (st->serial) large = 0, small = all;
  double straight = load[0] + small > load[1] + large ? load[0] + small : load[1] + large;
  double turned = load[0] + large > load[1] + small ? load[0] + large : load[1] + small;
  st->mirror = !st->serial && turned + MIRROR_SECONDS < straight;
  load[st->mirror] += small;
  load[!st->mirror] += large;
}

/* What stands behind step i, by what stands behind those before it. */
static After advance(const Model *m, int i) {
  Step *st = &m->p->steps.at[i];
  const Node *n = m->p->g->nodes.at[st->node];
  After a = {.written = -1, .alone = true};
  if (i > 0) a.epoch = m->after[i - 1].epoch;
  if (i > 0) memcpy(a.load, m->after[i - 1].load, sizeof a.load);
  for (int j = 0; j < n->nin; j++) {
    int from = m->step_of[n->in[j]];
    if (from >= 0 && m->after[from].written > a.written) a.written = m->after[from].written;
  }
  for (int j = 0; j < n->nin; j++) {
    int from = m->step_of[n->in[j]];
    if (from >= 0 && m->after[from].written == a.written) a.alone &= m->after[from].alone;
  }
  if (st->view) return a;
  if (a.written == a.epoch && !(st->serial && a.alone)) {
    a.closed = BARRIER_SECONDS + longest(a.load);
    a.epoch = i;
    a.load[0] = a.load[1] = 0;
  }
  a.written = a.epoch;
  a.alone = st->serial;
  add_load(st, a.load);
  return a;
}

/* Sets epochs, barriers and mirrors for the order of steps as it is; seconds of a run. */
static double set_epochs(Model *m) {
  Plan *p = m->p;
  double seconds = REGION_SECONDS;
  p->epochs = 1;
  for (int i = 0; i < p->steps.len; i++) {
    m->after[i] = advance(m, i);
    p->steps.at[i].barrier = m->after[i].closed > 0;
    p->epochs += p->steps.at[i].barrier;
    p->steps.at[i].epoch = p->epochs - 1;
    seconds += m->after[i].closed;
  }
  return p->steps.len ? seconds + longest(m->after[p->steps.len - 1].load) : seconds;
}

static Model model_of(Ctx *c, Plan *p) {
  int n = p->g->values.len;
  Model m = {p, NEWN(c->arena, After, p->steps.len + 1), NEWN(c->arena, int, n + 1)};
  for (int i = 0; i < n; i++) m.step_of[i] = -1;
  for (int i = 0; i < p->steps.len; i++)
    m.step_of[p->g->nodes.at[p->steps.at[i].node]->out[0]] = i;
  return m;
}

/* ---- alone or shared ------------------------------------------------------------------------
 */

enum { RUN = 4, ROUNDS = 4, AHEAD = 64 };

static bool is_short(const Step *st) { return !st->view && st->choice.seconds < SERIAL_SECONDS; }

static void turn(Plan *p, int from, int to) {
  for (int i = from; i < to; i++)
    if (is_short(&p->steps.at[i]) && p->steps.at[i].choice.units > 1)
      p->steps.at[i].serial = !p->steps.at[i].serial;
}

/* Seconds that turning steps [from, to) saves. Behind a barrier that stands before and after the
 * turn all is as it was, so the model runs no further than that, or AHEAD steps where none is
 * near. Keeps the new state if it gains `least` seconds or more, else the steps as they were. */
static bool try_turn(Model *m, int from, int to, double least) {
  Plan *p = m->p;
  After was[RUN + AHEAD];
  double gain = 0;
  int i = from, end = to + AHEAD < p->steps.len ? to + AHEAD : p->steps.len;
  turn(p, from, to);
  for (; i < end; i++) {
    After a = advance(m, i);
    gain += m->after[i].closed - a.closed;
    was[i - from] = m->after[i];
    m->after[i] = a;
    if (i >= to && a.closed > 0 && was[i - from].closed > 0) break;
  }
  if (i == end) gain += longest(was[end - 1 - from].load) - longest(m->after[end - 1].load);
  if (gain > least) {
    for (bool met = i < end; !met && i < p->steps.len; i++) {
      After a = advance(m, i);
      met = a.closed > 0 && m->after[i].closed > 0;
      m->after[i] = a;
    }
    return true;
  }
  turn(p, from, to);
  memcpy(m->after + from, was, (size_t)((i < end ? i + 1 : end) - from) * sizeof *was);
  return false;
}

/* Short steps go to thread 0 or back, one or a few neighbours at a time, while that helps. */
static void descend(Model *m, double seconds) {
  Plan *p = m->p;
  bool better = true;
  for (int round = 0; better && round < ROUNDS; round++) {
    better = false;
    for (int i = 0; i < p->steps.len; i++) {
      if (!is_short(&p->steps.at[i])) continue;
      for (int run = 1; run <= RUN && i + run <= p->steps.len; run++)
        better |= try_turn(m, i, i + run, seconds * 1e-9);
    }
  }
}

/* One thread ends each step before the next: memory may be used again without a barrier. */
static void count_calls(Plan *p) {
  p->epochs = 0;
  for (int i = 0; i < p->steps.len; i++) {
    Step *st = &p->steps.at[i];
    st->barrier = st->mirror = false;
    p->epochs += !st->view;
    st->epoch = p->epochs ? p->epochs - 1 : 0;
  }
  if (!p->epochs) p->epochs = 1;
}

double plan_share(Ctx *c, Plan *p) {
  double work = 0;
  for (int i = 0; i < p->steps.len; i++) {
    Step *st = &p->steps.at[i];
    st->serial = !st->view && st->choice.units < 2;
    if (!st->view) work += st->choice.seconds;
  }
  Model m = model_of(c, p);
  descend(&m, set_epochs(&m));
  double best = set_epochs(&m);
  p->lone = work <= best;
  for (int i = 0; p->lone && i < p->steps.len; i++) p->steps.at[i].serial = !p->steps.at[i].view;
  if (p->lone) count_calls(p);
  return p->lone ? work : best;
}

/* ---- order ----------------------------------------------------------------------------------
 */

/* Steps between the inputs and this one; views take no time. */
static int *levels(Ctx *c, const Plan *p) {
  int *of = NEWN(c->arena, int, p->g->values.len + 1), *level = NEWN(c->arena, int, p->steps.len);
  for (int i = 0; i < p->steps.len; i++) {
    const Step *st = &p->steps.at[i];
    const Node *n = p->g->nodes.at[st->node];
    for (int j = 0; j < n->nin; j++)
      if (of[n->in[j]] > level[i]) level[i] = of[n->in[j]];
    of[n->out[0]] = level[i] + !st->view;
  }
  return level;
}

bool plan_by_level(Ctx *c, Plan *p) {
  int n = p->steps.len, *level = levels(c, p);
  int *place = NEWN(c->arena, int, n + 2);
  bool moved = false;
  for (int i = 0; i < n; i++) place[level[i] + 1]++;
  for (int l = 0; l < n; l++) place[l + 1] += place[l];
  for (int i = 0; i < n; i++) {
    int to = place[level[i]]++;
    moved |= to != i;
    level[i] = to;
  }
  if (!moved) return false;
  Step *was = NEWN(c->arena, Step, n);
  memcpy(was, p->steps.at, (size_t)n * sizeof *was);
  for (int i = 0; i < n; i++) p->steps.at[level[i]] = was[i];
  return true;
}

/* ---- the record -----------------------------------------------------------------------------
 */

static void log_step(Ctx *c, const Plan *p, const Step *st) {
  const Node *n = p->g->nodes.at[st->node];
  double share = larger_share(&st->choice), seconds = st->choice.seconds;
  Decision d = {.pass = "split", .node = n->name, .span = n->span, .taken = !st->serial};
  d.what = str_fmt(c->arena, "%s shared in %lld units", n->name, (long long)st->choice.units);
  if (!st->serial) {
    d.reason = str_fmt(c->arena, "two threads: the busier does %.1f %%%s", 100 * share,
                       st->mirror ? ", the other way round than its neighbours" : "");
    d.seconds = seconds * (1 - share);
  } else if (p->lone) {
    d.reason = "the whole network takes less time than waking threads";
  } else if (st->choice.units < 2) {
    d.reason = "it is one unit";
  } else {
    d.reason = str_fmt(c->arena, "%.1f us of work, less than its barriers and uneven parts",
                       seconds * 1e6);
    d.seconds = -seconds * (1 - share);
  }
  log_decision(c, p->g, d);
}

void plan_log_split(Ctx *c, const Plan *p) {
  for (int i = 0; i < p->steps.len; i++)
    if (!p->steps.at[i].view) log_step(c, p, &p->steps.at[i]);
}
