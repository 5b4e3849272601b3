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

typedef struct Model { /* of the run, on two threads */
  Plan *p;
  int *written; /* by ValueId: epoch of the last write, -1: before the run */
  bool *alone;  /* by ValueId: what wrote it in that epoch ran on thread 0 */
} Model;

static double larger_share(const Choice *k) {
  if (k->share > 0) return k->share;
  return k->units < 2 ? 1 : (double)((k->units + 1) / 2) / (double)k->units;
}

double step_share(const Step *st) { return st->serial ? 1 : larger_share(&st->choice); }

/* Writes st->barrier and epoch; the value's state follows. Returns true if a barrier stands. */
static bool enter(Model *m, Step *st, int *epoch) {
  const Node *n = m->p->g->nodes.at[st->node];
  int latest = -1;
  bool alone = true;
  for (int j = 0; j < n->nin; j++) {
    ValueId id = n->in[j];
    if (m->written[id] > latest) latest = m->written[id];
  }
  for (int j = 0; j < n->nin; j++)
    if (m->written[n->in[j]] == latest) alone &= m->alone[n->in[j]];
  st->barrier = !st->view && latest == *epoch && !(st->serial && alone);
  if (st->barrier) ++*epoch;
  st->epoch = *epoch;
  m->written[n->out[0]] = st->view ? latest : *epoch;
  m->alone[n->out[0]] = st->view ? alone : st->serial;
  return st->barrier;
}

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

/* Sets epochs, barriers and mirrors for the order of steps as it is; seconds of a run. */
static double set_epochs(Ctx *c, Plan *p) {
  int n = p->g->values.len, epoch = 0;
  Model m = {p, NEWN(c->arena, int, n + 1), NEWN(c->arena, bool, n + 1)};
  double load[2] = {0}, seconds = 0;
  for (int i = 0; i < n; i++) m.written[i] = -1;
  for (int i = 0; i < p->steps.len; i++) {
    Step *st = &p->steps.at[i];
    if (enter(&m, st, &epoch)) {
      seconds += BARRIER_SECONDS + (load[0] > load[1] ? load[0] : load[1]);
      load[0] = load[1] = 0;
    }
    if (!st->view) add_load(st, load);
  }
  p->epochs = epoch + 1;
  return seconds + (load[0] > load[1] ? load[0] : load[1]) + REGION_SECONDS;
}

/* ---- alone or shared ------------------------------------------------------------------------
 */

static bool is_short(const Step *st) { return !st->view && st->choice.seconds < SERIAL_SECONDS; }

static void turn(Plan *p, int from, int to) {
  for (int i = from; i < to; i++)
    if (is_short(&p->steps.at[i]) && p->steps.at[i].choice.units > 1)
      p->steps.at[i].serial = !p->steps.at[i].serial;
}

/* Short steps go to thread 0 or back, one or a few neighbours at a time, while that helps. */
static double descend(Ctx *c, Plan *p, double best) {
  enum { RUN = 4, ROUNDS = 4 };
  bool better = true;
  for (int round = 0; better && round < ROUNDS; round++) {
    better = false;
    for (int i = 0; i < p->steps.len; i++) {
      if (!is_short(&p->steps.at[i])) continue;
      for (int run = 1; run <= RUN && i + run <= p->steps.len; run++) {
        turn(p, i, i + run);
        double seconds = set_epochs(c, p);
        if (seconds < best * (1 - 1e-9))
          best = seconds, better = true;
        else
          turn(p, i, i + run);
      }
    }
  }
  return best;
}

double plan_share(Ctx *c, Plan *p) {
  double work = 0;
  for (int i = 0; i < p->steps.len; i++) {
    Step *st = &p->steps.at[i];
    st->serial = !st->view && st->choice.units < 2;
    if (!st->view) work += st->choice.seconds;
  }
  double best = descend(c, p, set_epochs(c, p));
  p->lone = work <= best;
  for (int i = 0; p->lone && i < p->steps.len; i++) p->steps.at[i].serial = !p->steps.at[i].view;
  set_epochs(c, p);
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
  int n = p->steps.len, done = 0, *level = levels(c, p);
  Step *sorted = NEWN(c->arena, Step, n);
  bool moved = false;
  for (int l = 0; done < n; l++)
    for (int i = 0; i < n; i++)
      if (level[i] == l) {
        moved |= i != done;
        sorted[done++] = p->steps.at[i];
      }
  if (moved) memcpy(p->steps.at, sorted, (size_t)n * sizeof *sorted);
  return moved;
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
