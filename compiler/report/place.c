/* place.c: what became of each layer that the user wrote.
 *
 * Group bodies keep the names of the nodes they took in, so a source node is found by name: as
 * the anchor of a group, inside one, or in none; then the decision log says where it went.
 */
#include "report.h"

const Step *plan_step(const Plan *p, const Node *n) {
  for (int i = 0; n && i < p->steps.len; i++)
    if (p->steps.at[i].node == n->id) return &p->steps.at[i];
  return NULL;
}

const Buffer *plan_buffer(const Plan *p, ValueId id) {
  return p->buffer_of[id] < 0 ? NULL : &p->buffers.at[p->buffer_of[id]];
}

const char *step_text(Ctx *c, const Step *st) {
  const char *name = kernel_table[st->choice.kernel].name;
  if (st->view) return "in place";
  if (st->choice.nb && st->choice.px)
    name = str_fmt(c->arena, "%s %dx%d", name, st->choice.nb, st->choice.px);
  return st->in_place ? str_fmt(c->arena, "%s in place", name) : name;
}

/* Folded and removed nodes run nowhere; the last that the log says of them. */
static const char *fate_in_log(Ctx *c, const Graph *source, const Plan *p, const Node *n,
                               const char **host) {
  const Log *log = p->g->log;
  for (int i = log ? log->at.len - 1 : -1; i >= 0; i--) {
    const Decision *d = &log->at.at[i];
    if (d->taken && str_eq(d->pass, "collapse") && str_eq(d->other, n->name)) {
      *host = d->node;
      return str_fmt(c->arena, "folded in %s", d->node);
    }
    if (!d->taken || !str_eq(d->node, n->name)) continue;
    const Node *def = n->nin ? graph_value(source, n->in[0])->def : NULL;
    if (str_eq(d->pass, "fold_batchnorm") && def) {
      *host = def->name;
      return str_fmt(c->arena, "folded in %s", def->name);
    }
    if (str_eq(d->pass, "dce")) return "not needed";
    return str_eq(d->pass, "lower") ? "rewritten" : "removed";
  }
  return "removed";
}

static bool holds(const Node *group, const char *name, bool *anchor) {
  for (int i = 0; i < group->body->nodes.len; i++) {
    const Node *n = group->body->nodes.at[i];
    if (!str_eq(n->name, name)) continue;
    *anchor = i == ATTR(group, GroupAttr)->anchor;
    return true;
  }
  return false;
}

/* The node that computes n: itself, or the convolution that it and its siblings became. */
static const char *runs_as(Ctx *c, const Plan *p, const Node *n) {
  const Log *log = p->g->log;
  for (int i = 0; log && n->op == OP_CONV && i < log->at.len; i++) {
    const Decision *d = &log->at.at[i];
    if (!d->taken || !str_eq(d->pass, "siblings")) continue;
    if (str_eq(d->node, n->name) || str_eq(d->other, n->name))
      return ctx_name(c, str_fmt(c->arena, "%s.siblings", d->other));
  }
  return n->name;
}

static Placing place_node(Ctx *c, const Graph *source, const Plan *p, const Node *n) {
  Placing at = {0};
  const char *name = runs_as(c, p, n);
  for (int i = 0; i < p->g->nodes.len; i++) {
    const Node *group = p->g->nodes.at[i];
    if (group->dead || !group->body || !holds(group, name, &at.anchor)) continue;
    bool second = name != n->name && !str_eq(name, str_fmt(c->arena, "%s.siblings", n->name));
    at.anchor &= !second; /* the first stands for all of them */
    at.group = group;
    at.step = plan_step(p, group);
    if (!at.anchor)
      at.fate = str_fmt(c->arena, "in %s", group->name);
    else
      at.fate = at.step ? step_text(c, at.step) : "";
    return at;
  }
  at.fate = fate_in_log(c, source, p, n, &at.host);
  return at;
}

Placing *report_places(Ctx *c, const Graph *source, const Plan *p) {
  Placing *at = NEWN(c->arena, Placing, source->nodes.len + 1);
  for (int i = 0; i < source->nodes.len; i++)
    at[i] = place_node(c, source, p, source->nodes.at[i]);
  return at;
}
