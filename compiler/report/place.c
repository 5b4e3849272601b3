/* place.c: what became of each layer that the user wrote.
 *
 * Group bodies keep the names of the nodes they took in, so a source node is found by name: as
 * the anchor of a group, inside one, or in none; then the decision log says where it went. Both
 * are indexed by name once, so that networks of thousands of layers take no longer a layer.
 */
#include "report.h"

const Buffer *plan_buffer(const Plan *p, ValueId id) {
  return p->buffer_of[id] < 0 ? NULL : &p->buffers.at[p->buffer_of[id]];
}

bool step_reorders(const Plan *p, const Step *st) {
  const Node *n = p->g->nodes.at[st->node];
  return !st->view && n->body->nodes.at[ATTR(n, GroupAttr)->anchor]->op == OP_REORDER;
}

const char *step_text(Ctx *c, const Step *st) {
  const char *name = kernel_table[st->choice.kernel].name;
  if (st->view) return "in place";
  if (st->choice.nb && st->choice.px)
    name = str_fmt(c->arena, "%s %dx%d", name, st->choice.nb, st->choice.px);
  return st->in_place ? str_fmt(c->arena, "%s in place", name) : name;
}

/* ---- names -----------------------------------------------------------------------------------
 */

typedef struct NameMap { /* open addressing over interned names; sized for all of them at once */
  Ctx *c;
  int size; /* a power of two */
  const char **name;
  int *value;
} NameMap;

static NameMap name_map(Ctx *c, int names) {
  NameMap m = {.c = c, .size = 16};
  while (m.size < 2 * names) m.size *= 2;
  m.name = NEWN(c->arena, const char *, m.size);
  m.value = NEWN(c->arena, int, m.size);
  return m;
}

/* Where the name stands or would stand. */
static int slot_of(const NameMap *m, const char *name) {
  int at = (int)((uint64_t)(uintptr_t)name * 0x9E3779B97F4A7C15u >> 40) & (m->size - 1);
  while (m->name[at] && m->name[at] != name) at = (at + 1) & (m->size - 1);
  return at;
}

/* -1: not there. */
static int look_up(const NameMap *m, const char *text) {
  int at = slot_of(m, ctx_name(m->c, text));
  return m->name[at] ? m->value[at] : -1;
}

/* `again`: a later value takes the place of an earlier one. */
static void enter(const NameMap *m, const char *text, int value, bool again) {
  const char *name = ctx_name(m->c, text);
  int at = slot_of(m, name);
  if (m->name[at] && !again) return;
  m->name[at] = name;
  m->value[at] = value;
}

/* ---- the index -------------------------------------------------------------------------------
 */

typedef struct Index {
  Ctx *c;
  const Graph *source;
  const Plan *p;
  NameMap body;         /* by node of a body: its group's NodeId */
  NameMap anchor;       /* by anchor: its group's NodeId */
  NameMap decided;      /* by node: the last decision about it that was taken */
  NameMap merged;       /* by the layer that it took in: the last collapse */
  NameMap siblings;     /* by convolution: the first merging of siblings */
  const Step **step_of; /* by NodeId of the plan */
} Index;

static bool is_group(const Node *n) { return !n->dead && n->body; }

static void index_groups(Index *x) {
  const Graph *g = x->p->g;
  int names = 0, groups = 0;
  for (int i = 0; i < g->nodes.len; i++) {
    if (!is_group(g->nodes.at[i])) continue;
    names += g->nodes.at[i]->body->nodes.len;
    groups++;
  }
  x->body = name_map(x->c, names);
  x->anchor = name_map(x->c, groups);
  for (int i = 0; i < g->nodes.len; i++) {
    const Node *n = g->nodes.at[i];
    for (int k = 0; is_group(n) && k < n->body->nodes.len; k++) {
      const char *name = n->body->nodes.at[k]->name;
      if (k == ATTR(n, GroupAttr)->anchor) enter(&x->anchor, name, i, false);
      enter(&x->body, name, i, false);
    }
  }
  x->step_of = NEWN(x->c->arena, const Step *, g->nodes.len + 1);
  for (int i = 0; i < x->p->steps.len; i++)
    x->step_of[x->p->steps.at[i].node] = &x->p->steps.at[i];
}

static void index_log(Index *x) {
  const Log *log = x->p->g->log;
  int n = log ? log->at.len : 0;
  x->decided = name_map(x->c, n);
  x->merged = name_map(x->c, n);
  x->siblings = name_map(x->c, 2 * n);
  for (int i = 0; i < n; i++) {
    const Decision *d = &log->at.at[i];
    if (!d->taken) continue;
    if (d->node) enter(&x->decided, d->node, i, true);
    if (d->other && str_eq(d->pass, "collapse")) enter(&x->merged, d->other, i, true);
    if (!str_eq(d->pass, "siblings")) continue;
    if (d->node) enter(&x->siblings, d->node, i, false);
    if (d->other) enter(&x->siblings, d->other, i, false);
  }
}

/* ---- where a layer went ----------------------------------------------------------------------
 */

/* Folded and removed nodes run nowhere; the last that the log says of them. */
static const char *fate_in_log(const Index *x, const Node *n, const char **host) {
  int about = look_up(&x->decided, n->name), merged = look_up(&x->merged, n->name);
  const Log *log = x->p->g->log;
  if (merged >= 0 && merged >= about) {
    *host = log->at.at[merged].node;
    return str_fmt(x->c->arena, "folded in %s", *host);
  }
  if (about < 0) return "removed";
  const Decision *d = &log->at.at[about];
  const Node *def = n->nin ? graph_value(x->source, n->in[0])->def : NULL;
  if (str_eq(d->pass, "fold_batchnorm") && def) {
    *host = def->name;
    return str_fmt(x->c->arena, "folded in %s", def->name);
  }
  if (str_eq(d->pass, "dce")) return "not needed";
  return str_eq(d->pass, "lower") ? "rewritten" : "removed";
}

/* The node that computes n: itself, or the convolution that it and its siblings became. */
static const char *runs_as(const Index *x, const Node *n) {
  int merging = n->op == OP_CONV ? look_up(&x->siblings, n->name) : -1;
  if (merging < 0) return n->name;
  const char *first = x->p->g->log->at.at[merging].other;
  return ctx_name(x->c, str_fmt(x->c->arena, "%s.siblings", first));
}

static Placing place_node(const Index *x, const Node *n) {
  Placing at = {0};
  const char *name = runs_as(x, n);
  int group = look_up(&x->body, name);
  if (group < 0) {
    at.fate = fate_in_log(x, n, &at.host);
    return at;
  }
  bool second = name != n->name && !str_eq(name, str_fmt(x->c->arena, "%s.siblings", n->name));
  at.group = x->p->g->nodes.at[group];
  at.anchor =
      !second && look_up(&x->anchor, name) == group; /* the first stands for all of them */
  at.step = x->step_of[at.group->id];
  if (!at.anchor)
    at.fate = str_fmt(x->c->arena, "in %s", at.group->name);
  else
    at.fate = at.step ? step_text(x->c, at.step) : "";
  return at;
}

Placing *report_places(Ctx *c, const Graph *source, const Plan *p) {
  Placing *at = NEWN(c->arena, Placing, source->nodes.len + 1);
  Index x = {.c = c, .source = source, .p = p};
  index_groups(&x);
  index_log(&x);
  for (int i = 0; i < source->nodes.len; i++) at[i] = place_node(&x, source->nodes.at[i]);
  return at;
}

Members *report_members(Ctx *c, const Graph *source, const Plan *p, const Placing *place) {
  Members *of = NEWN(c->arena, Members, p->g->nodes.len + 1);
  NameMap groups = name_map(c, p->g->nodes.len);
  for (int i = 0; i < p->g->nodes.len; i++)
    if (is_group(p->g->nodes.at[i])) enter(&groups, p->g->nodes.at[i]->name, i, false);
  for (int i = 0; i < source->nodes.len; i++) {
    const char *host = place[i].host;
    int group = place[i].group ? place[i].group->id : host ? look_up(&groups, host) : -1;
    if (group >= 0) vec_push(c->arena, &of[group], i);
  }
  return of;
}
