/* jsonplan.c: the second half of the JSON report: what the plan made of the network: groups and
 * their kernels, values with layouts and places, buffers, and the decision log.
 */
#include "json.h"

/* Names of the values at the border of a group; parameters and constants are not data. */
static json_t *ends_json(const Graph *g, const ValueId *id, int n, bool data_only) {
  json_t *a = json_array();
  for (int i = 0; i < n; i++) {
    const Value *v = graph_value(g, id[i]);
    bool weight = v->place.kind == PLACE_WEIGHTS || v->kind == V_PARAM || v->kind == V_CONST;
    if (!data_only || !weight) json_text(a, NULL, v->name);
  }
  return a;
}

static json_t *members_json(const Report *r, const Node *group) {
  json_t *a = json_array();
  const Members *in = &r->members[group->id];
  for (int i = 0; i < in->len; i++)
    if (r->place[in->at[i]].group) json_text(a, NULL, r->source->nodes.at[in->at[i]]->name);
  return a;
}

static json_t *group_json(const Report *r, const Step *st) {
  const Graph *g = r->p->g;
  const Node *n = g->nodes.at[st->node];
  const Choice *k = &st->choice;
  json_t *o = json_object();
  Cost cost = node_cost(g, n);
  json_text(o, "name", n->name);
  json_position(r->c, o, n->span);
  json_add(o, "layers", members_json(r, n));
  json_add(o, "inputs", ends_json(g, n->in, n->nin, true));
  json_add(o, "outputs", ends_json(g, n->out, n->nout, false));
  json_count(o, "epoch", st->epoch);
  json_flag(o, "barrier_before", st->barrier);
  json_flag(o, "in_place", st->view);
  json_flag(o, "layout_change", step_reorders(r->p, st));
  json_text(o, "overwrites", st->in_place ? graph_value(g, n->in[st->in_place - 1])->name : NULL);
  json_text(o, "kernel", st->view ? NULL : kernel_table[k->kernel].name);
  json_count(o, "tile_blocks", k->nb);
  json_count(o, "tile_pixels", k->px);
  json_count(o, "units", k->units);
  json_flag(o, "one_thread", st->serial);
  json_number(o, "busier_share", st->view ? 0 : step_share(st));
  json_count(o, "multiply_adds", cost.macs);
  json_count(o, "bytes_moved", cost.bytes);
  json_number(o, "predicted_seconds", st->view ? 0 : k->seconds);
  bool timed = r->measured && !st->view;
  const Measured *m = timed ? &r->measured->step[st - r->p->steps.at] : NULL;
  json_add(o, "measured_seconds", timed ? json_real(m->quartile[1]) : json_null());
  json_add(o, "measured_quartiles", timed ? json_quartiles(m) : json_null());
  json_text(o, "runner_up", st->runner_up);
  json_add(o, "runner_up_seconds",
           st->runner_up ? json_real(st->runner_up_seconds) : json_null());
  return o;
}

json_t *json_groups(const Report *r) {
  json_t *a = json_array();
  for (int i = 0; i < r->p->steps.len; i++) json_add(a, NULL, group_json(r, &r->p->steps.at[i]));
  return a;
}

static const char *place_word(PlaceKind kind) {
  switch (kind) {
  case PLACE_ARENA: return "arena";
  case PLACE_INPUT: return "input";
  case PLACE_OUTPUT: return "output";
  case PLACE_WEIGHTS: return "weights";
  case PLACE_NONE: break;
  }
  return "none";
}

static json_t *axes_json(const Layout *l) {
  json_t *a = json_array();
  for (int i = 0; i < l->naxes; i++) {
    const LayoutAxis *x = &l->axis[i];
    json_t *o = json_object();
    json_count(o, "dim", x->dim);
    json_count(o, "div", x->div);
    json_count(o, "extent", x->extent);
    json_count(o, "stride", x->stride);
    json_add(a, NULL, o);
  }
  return a;
}

static json_t *value_json(const Report *r, const Value *v) {
  json_t *o = json_object();
  int buffer = r->p->buffer_of[v->id];
  json_text(o, "name", v->name);
  json_text(o, "type", dtype_name(v->type));
  json_add(o, "shape", json_dims(v->shape.dim, v->shape.rank));
  json_text(o, "layout", v->layout.naxes ? layout_text(r->c, &v->layout, &v->shape) : NULL);
  json_add(o, "axes", axes_json(&v->layout));
  json_count(o, "axes_offset", v->layout.offset);
  json_count(o, "bytes", logical_bytes(v));
  json_count(o, "padded_bytes", padded_bytes(v));
  json_text(o, "place", place_word(v->place.kind));
  json_count(o, "index", v->place.index);
  json_count(o, "offset", v->place.offset);
  json_add(o, "buffer", buffer < 0 ? json_null() : json_integer(buffer));
  return o;
}

/* Everything the emitted program touches; weight-time intermediates have no place. */
json_t *json_values(const Report *r) {
  const Graph *g = r->p->g;
  json_t *a = json_array();
  for (int i = 0; i < g->values.len; i++) {
    const Value *v = graph_value(g, i);
    if (v->place.kind != PLACE_NONE) json_add(a, NULL, value_json(r, v));
  }
  return a;
}

json_t *json_buffers(const Report *r) {
  json_t *a = json_array();
  for (int i = 0; i < r->p->buffers.len; i++) {
    const Buffer *b = &r->p->buffers.at[i];
    json_t *o = json_object();
    json_text(o, "name", b->name);
    json_count(o, "offset", b->offset);
    json_count(o, "bytes", b->bytes);
    json_count(o, "first_epoch", b->first);
    json_count(o, "last_epoch", b->last);
    json_text(o, "region", r->p->memory.regions ? r->p->memory.region[b->region].name : NULL);
    json_add(a, NULL, o);
  }
  return a;
}

/* The other party of a decision. */
static json_t *other_json(Ctx *c, const Decision *d) {
  int line, column;
  if (!d->other && !span_position(c, d->span2, &line, &column)) return json_null();
  json_t *o = json_object();
  json_text(o, "node", d->other);
  json_position(c, o, d->span2);
  return o;
}

static json_t *kernels_json(const Decision *d) {
  json_t *a = json_array();
  for (int i = 0; i < d->ncandidate; i++) {
    const Candidate *k = &d->candidate[i];
    json_t *o = json_object();
    json_text(o, "kernel", k->name);
    json_add(o, "predicted_seconds", k->why_not ? json_null() : json_real(k->seconds));
    json_text(o, "why_not", k->why_not);
    json_add(a, NULL, o);
  }
  return a;
}

/* Which list of candidates the decision has, those of equal layers counted once; -1: none. */
static int list_of(const Candidate **list, int *n, const Decision *d) {
  if (!d->candidate) return -1;
  for (int i = *n - 1; i >= 0; i--)
    if (list[i] == d->candidate) return i;
  list[*n] = d->candidate;
  return (*n)++;
}

json_t *json_candidates(const Report *r) {
  const Log *log = r->p->g->log;
  json_t *a = json_array();
  const Candidate **list = NEWN(r->c->arena, const Candidate *, log ? log->at.len + 1 : 1);
  for (int i = 0, n = 0; log && i < log->at.len; i++) {
    int before = n;
    if (list_of(list, &n, &log->at.at[i]) == before)
      json_add(a, NULL, kernels_json(&log->at.at[i]));
  }
  return a;
}

json_t *json_decisions(const Report *r) {
  const Log *log = r->p->g->log;
  json_t *a = json_array();
  const Candidate **list = NEWN(r->c->arena, const Candidate *, log ? log->at.len + 1 : 1);
  int nlist = 0;
  for (int i = 0; log && i < log->at.len; i++) {
    const Decision *d = &log->at.at[i];
    json_t *o = json_object();
    int at = list_of(list, &nlist, d);
    json_add(o, "candidates", at < 0 ? json_null() : json_integer(at));
    json_text(o, "pass", d->pass);
    json_text(o, "node", d->node);
    json_position(r->c, o, d->span);
    json_add(o, "other", other_json(r->c, d));
    json_flag(o, "taken", d->taken);
    json_text(o, "what", d->what);
    json_text(o, "reason", d->reason);
    json_number(o, "bytes", d->bytes);
    json_number(o, "seconds", d->seconds);
    json_add(a, NULL, o);
  }
  return a;
}
