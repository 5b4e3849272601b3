/* schedule.c: the order of the steps, buffers and their lifetimes.
 * All threads walk through the steps in the same order; a barrier stands only where a step
 * reads what another thread may have written in the same epoch (parallel.c).
 * Lifetimes therefore count in epochs: within one, no buffer may be reused. Values that share
 * storage (views, slices of a concat, operands that a result replaces) share a buffer.
 */
#include "plan.h"

#include <math.h>
#include <string.h>

typedef struct Schedule {
  Ctx *c;
  Plan *p;
  int *root;  /* by ValueId: the value whose storage it shares */
  int *views; /* … as views alone make it */
} Schedule;

static int root_of(Schedule *s, int id) {
  while (s->root[id] != id) id = s->root[id];
  return id;
}

static const Node *step_node(const Plan *p, int i) { return p->g->nodes.at[p->steps.at[i].node]; }

/* Views join their input's storage; an elided concat takes its inputs into its own. */
static void join_views(Schedule *s) {
  for (int i = 0; i < s->p->steps.len; i++) {
    const Node *n = step_node(s->p, i);
    if (!s->p->steps.at[i].view) continue;
    int out = root_of(s, n->out[0]);
    for (int j = 0; j < n->nin; j++) s->root[root_of(s, n->in[j])] = out;
  }
}

/* A result in the place of an operand takes the operand into its own storage. */
static void join_in_place(Schedule *s) {
  for (int i = 0; i < s->p->g->values.len; i++) s->root[i] = s->views[i];
  for (int i = 0; i < s->p->steps.len; i++) {
    const Node *n = step_node(s->p, i);
    int at = s->p->steps.at[i].in_place;
    if (at) s->root[root_of(s, n->in[at - 1])] = root_of(s, n->out[0]);
  }
}

/* Values outside the arena: the caller's inputs and outputs, where they are not inside. */
static void place_ends(Schedule *s) {
  Graph *g = s->p->g;
  if (s->p->memory.io_inside) return;
  for (int i = 0; i < g->inputs.len; i++)
    graph_value(g, g->inputs.at[i])->place = (Place){PLACE_INPUT, i, 0};
  for (int i = 0; i < g->outputs.len; i++)
    graph_value(g, g->outputs.at[i])->place = (Place){PLACE_OUTPUT, i, 0};
}

/* The buffer of a value, made on first need; NULL for values outside the arena. */
static Buffer *buffer_for(Schedule *s, ValueId id) {
  Plan *p = s->p;
  const Value *v = graph_value(p->g, id);
  bool holds = v->kind == V_RESULT || (v->kind == V_INPUT && p->memory.io_inside);
  if (!holds || v->place.kind != PLACE_NONE) return NULL;
  int root = root_of(s, id);
  const Value *r = graph_value(p->g, root);
  if (p->buffer_of[root] < 0) {
    int64_t bytes = (r->layout.size * dtype_size(r->type) + 63) & ~(int64_t)63;
    p->buffer_of[root] = p->buffers.len;
    vec_push(s->c->arena, &p->buffers, (Buffer){bytes, p->epochs, -1, 0, r->name, 0});
  }
  p->buffer_of[id] = p->buffer_of[root];
  return &p->buffers.at[p->buffer_of[id]];
}

static void touch(Buffer *b, int epoch) {
  if (!b) return;
  if (epoch < b->first) b->first = epoch;
  if (epoch > b->last) b->last = epoch;
}

/* The caller writes inputs before the first epoch and reads outputs after the last one. */
static void touch_ends(Schedule *s) {
  const Graph *g = s->p->g;
  if (!s->p->memory.io_inside) return;
  for (int i = 0; i < g->inputs.len; i++) touch(buffer_for(s, g->inputs.at[i]), 0);
  for (int i = 0; i < g->outputs.len; i++)
    touch(buffer_for(s, g->outputs.at[i]), s->p->epochs - 1);
}

static void set_lifetimes(Schedule *s) {
  bool *weight = graph_weight_time(s->c, s->p->g);
  touch_ends(s);
  for (int i = 0; i < s->p->steps.len; i++) {
    const Step *st = &s->p->steps.at[i];
    const Node *n = step_node(s->p, i);
    Buffer *out = buffer_for(s, n->out[0]);
    if (st->view) continue; /* its storage lives as long as writers and readers need it */
    touch(out, st->epoch);
    for (int j = 0; j < n->nin; j++)
      if (!weight[n->in[j]]) touch(buffer_for(s, n->in[j]), st->epoch);
  }
}

/* Threads may stand in different steps of an epoch, but each in one: they share no workspace. */
static void set_workspace(Plan *p) {
  for (int i = 0; i < p->steps.len; i++) {
    int64_t bytes = (p->steps.at[i].choice.workspace + 63) / 64 * 64;
    if (bytes > p->thread_bytes) p->thread_bytes = bytes;
  }
}

/* Largest sum of buffers live in one epoch. */
static int64_t most_live(Ctx *c, const Plan *p) {
  int64_t most = 0, live = 0, *change = NEWN(c->arena, int64_t, p->epochs + 1);
  for (int i = 0; i < p->buffers.len; i++) {
    const Buffer *b = &p->buffers.at[i];
    if (b->first > b->last) continue;
    change[b->first] += b->bytes;
    change[b->last + 1] -= b->bytes;
  }
  for (int e = 0; e < p->epochs; e++) {
    live += change[e];
    if (live > most) most = live;
  }
  return most;
}

/* Epochs and lifetimes of the steps in their present order; predicted seconds of a run. */
static double try_order(Schedule *s, int64_t *live) {
  Plan *p = s->p;
  double seconds = plan_share(s->c, p);
  plan_in_place(s->c, p, false);
  join_in_place(s);
  p->buffers.len = 0;
  for (int i = 0; i < p->g->values.len; i++) p->buffer_of[i] = -1;
  set_lifetimes(s);
  *live = most_live(s->c, p);
  return seconds;
}

static void log_order(Schedule *s, bool taken, int barriers, int64_t bytes, double seconds) {
  const char *reason = taken ? "independent layers share an epoch, and no more memory is needed"
                       : bytes > 0 ? str_fmt(s->c->arena, "%s bytes more would be live at once",
                                             str_thousands(s->c->arena, bytes))
                                   : "saves no time";
  log_decision(s->c, s->p->g,
               (Decision){.pass = "order",
                          .node = "",
                          .taken = taken,
                          .what = str_fmt(s->c->arena, "layers level by level: %d barriers fewer",
                                          barriers),
                          .reason = reason,
                          .bytes = (double)-bytes,
                          .seconds = seconds});
}

/* Time may grow by a tenth of the share by which memory falls. */
static bool is_worth(int64_t live, int64_t was, double seconds, double before) {
  if (live >= was) return false;
  return seconds - before <= 0.1 * before * (double)(was - live) / (double)was;
}

static void log_memory_order(Schedule *s, bool taken, int64_t bytes, double seconds) {
  const char *reason = taken        ? "less is alive at once, for no more time than that is worth"
                       : bytes <= 0 ? "no less is alive at once, once barriers stand"
                                    : "costs more time than the memory is worth";
  const char *text = str_thousands(s->c->arena, bytes > 0 ? bytes : -bytes);
  log_decision(s->c, s->p->g,
               (Decision){.pass = "order",
                          .node = "",
                          .taken = taken,
                          .what = str_fmt(s->c->arena, "layers by memory: %s bytes %s", text,
                                          bytes >= 0 ? "fewer" : "more"),
                          .reason = reason,
                          .bytes = (double)bytes,
                          .seconds = seconds});
}

static int count_barriers(const Plan *p) {
  int n = 0;
  for (int i = 0; i < p->steps.len; i++) n += p->steps.at[i].barrier;
  return n;
}

static void use_order(Schedule *s, const Step *steps) {
  int64_t live;
  memcpy(s->p->steps.at, steps, (size_t)s->p->steps.len * sizeof *steps);
  try_order(s, &live);
}

/* Layers that do not depend on each other move into one epoch where that costs no memory; then
 * an order in which less memory is alive, where it costs little time. */
static void choose_order(Schedule *s) {
  Plan *p = s->p;
  int n = p->steps.len;
  int64_t live, other;
  Step *written = NEWN(s->c->arena, Step, n + 1), *best = NEWN(s->c->arena, Step, n + 1);
  double seconds = try_order(s, &live);
  int barriers = count_barriers(p);
  memcpy(written, p->steps.at, (size_t)n * sizeof *written);
  memcpy(best, written, (size_t)n * sizeof *best);
  if (plan_by_level(s->c, p)) {
    double sorted = try_order(s, &other);
    bool taken = other <= live && sorted < seconds;
    log_order(s, taken, barriers - count_barriers(p), other - live, seconds - sorted);
    if (taken) {
      memcpy(best, p->steps.at, (size_t)n * sizeof *best);
      live = other;
      seconds = sorted;
    }
  }
  use_order(s, written);
  if (plan_by_memory(s->c, p)) {
    double sorted = try_order(s, &other);
    bool taken = is_worth(other, live, sorted, seconds);
    if (other != live) log_memory_order(s, taken, live - other, seconds - sorted);
    if (taken) return;
  }
  use_order(s, best);
}

bool plan_schedule(Ctx *c, Plan *p) {
  int n = p->g->values.len;
  Schedule s = {c, p, NEWN(c->arena, int, n + 1), NEWN(c->arena, int, n + 1)};
  p->buffer_of = NEWN(c->arena, int, n + 1);
  for (int i = 0; i < n; i++) s.root[i] = i;
  place_ends(&s);
  join_views(&s);
  for (int i = 0; i < n; i++) s.views[i] = s.root[i];
  choose_order(&s);
  plan_in_place(c, p, true);
  plan_log_split(c, p);
  set_workspace(p);
  return true;
}

double step_seconds(const Target *t, const Step *st, int threads) {
  if (st->view) return 0;
  if (st->serial) threads = 1;
  double units = (double)(st->choice.units > 0 ? st->choice.units : 1);
  double share = ceil(units / threads) / units;
  return st->choice.seconds * share + (st->barrier && threads > 1 ? t->barrier : 0);
}
