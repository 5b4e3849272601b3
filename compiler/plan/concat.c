/* concat.c: concats along channels become offsets into one buffer.
 * Where every input of a concat is written by a kernel, in the concat's own format, at a whole
 * number of blocks, the producers write straight into their slice: the layout of each input
 * keeps the parent's strides and adds an offset, and the concat itself runs nothing. Later
 * concats are settled first, so that slices of slices come out right. The whole then takes memory
 * from the first part on: where that raises the peak, the copy stays. `--disable=concat` forbids.
 */
#include "plan.h"

typedef struct Part {
  Step *concat;
  GroupView v;
  const Value *out;
  bool copied; /* to keep the peak down */
} Part;

static Step *step_of(Plan *p, const Node *n) {
  for (int i = 0; n && i < p->steps.len; i++)
    if (p->steps.at[i].node == n->id) return &p->steps.at[i];
  return NULL;
}

/* A reshape without a copy expects its input's samples whole, one after another. */
static bool is_viewed(const Plan *p, ValueId id) {
  for (int i = 0; i < p->steps.len; i++) {
    const Node *n = p->g->nodes.at[p->steps.at[i].node];
    if (p->steps.at[i].view && n->in[0] == id) return true;
  }
  return false;
}

/* Channels in one block of the layout; 1 when plain. */
static int64_t block_of(const Value *v) {
  int64_t block = layout_channel_block(&v->layout, &v->shape);
  return block ? block : 1;
}

/* Why this input cannot be written in place, or NULL. `at` is its first channel. */
static const char *refusal(Plan *p, const Part *part, int i, int64_t at, const bool *sliced) {
  const Value *x = view_in(&part->v, i), *y = part->out;
  int64_t block = block_of(y);
  if (x->kind != V_RESULT || !step_of(p, x->def)) return "is not written by a kernel";
  if (step_of(p, x->def)->view) return "is a view of another value";
  if (graph_is_output(p->g, x->id)) return "is an output of the model";
  if (sliced[x->id]) return "already lies in another concat";
  if (is_viewed(p, x->id)) return "is read through a view";
  if (block_of(x) != block) return "has another layout";
  if (at % block) return "would not start at a whole block of channels";
  if (block > 1 && x->shape.dim[1] % block && i + 1 < part->v.nin)
    return "does not end at a whole block of channels";
  for (int j = 0; j < i; j++)
    if (view_in(&part->v, j) == x) return "stands twice in the concat";
  return NULL;
}

Layout slice_layout(const Value *y, const Value *x, int64_t at) {
  Layout l = y->layout;
  int64_t block = block_of(y);
  for (int a = 0; a < l.naxes; a++) {
    if (l.axis[a].dim != 1 || l.axis[a].div != block) continue;
    l.axis[a].extent = (x->shape.dim[1] + block - 1) / block;
    l.offset += at / block * l.axis[a].stride;
  }
  return l;
}

/* ---- what it costs -------------------------------------------------------------------------- */

/* The value in whose storage this one lies. */
static ValueId root_of(const ValueId *within, ValueId id) {
  while (within[id] != id) id = within[id];
  return id;
}

/* A value's steps: from the first to the last that writes or reads it. */
typedef struct Life {
  int first, last;
} Life;

/* Bytes most alive at once, step by step in the present order. */
static int64_t peak_of(Ctx *c, const Plan *p, const ValueId *within) {
  Life *life = NEWN(c->arena, Life, p->g->values.len);
  int64_t *change = NEWN(c->arena, int64_t, p->steps.len + 2), now = 0, peak = 0;
  for (int i = 0; i < p->steps.len; i++) {
    const Node *n = p->g->nodes.at[p->steps.at[i].node];
    for (int j = -1; j < n->nin; j++) {
      const Value *v = graph_value(p->g, j < 0 ? n->out[0] : n->in[j]);
      if (v->kind != V_RESULT || (graph_is_output(p->g, v->id) && !p->memory.io_inside)) continue;
      Life *l = &life[root_of(within, v->id)];
      if (!l->last) l->first = i + 1;
      l->last = i + 1;
    }
  }
  for (int i = 0; i < p->g->values.len; i++) {
    const Value *v = graph_value(p->g, i);
    if (!life[i].last || !v->def || v->def->op != OP_GROUP) continue;
    change[life[i].first] += v->layout.size * 4;
    change[life[i].last + 1] -= v->layout.size * 4;
  }
  for (int i = 0; i < p->steps.len + 2; i++) peak = max64(peak, now += change[i]);
  return peak;
}

/* Views that stand whatever is decided here: slices, reshapes. */
static ValueId *lies_within(Ctx *c, const Plan *p) {
  ValueId *within = NEWN(c->arena, ValueId, p->g->values.len);
  for (int i = 0; i < p->g->values.len; i++) within[i] = i;
  for (int i = 0; i < p->steps.len; i++) {
    const Node *n = p->g->nodes.at[p->steps.at[i].node];
    if (p->steps.at[i].view) within[n->out[0]] = n->in[0];
  }
  return within;
}

/* ---- deciding -------------------------------------------------------------------------------- */

typedef struct Concats {
  Ctx *c;
  Plan *p;
  VEC(Part) at;    /* that could be offsets, the last first */
  ValueId *within; /* see root_of */
} Concats;

static Decision about(Ctx *c, const Part *part) {
  return (Decision){.pass = "concat",
                    .node = part->v.group->name,
                    .span = part->v.group->span,
                    .what =
                        str_fmt(c->arena, "%s as offsets into one buffer", part->v.group->name),
                    .bytes = 8.0 * (double)shape_count(&part->out->shape)};
}

/* Could it be offsets? Then its parts lie within it for the time being. */
static void consider(Concats *s, Part *part, bool *sliced) {
  int64_t at = 0;
  for (int i = 0; i < part->v.nin; i++) {
    const Value *x = view_in(&part->v, i);
    const char *why = refusal(s->p, part, i, at, sliced);
    if (why) {
      Decision d = about(s->c, part);
      d.reason = str_fmt(s->c->arena, "%s %s", x->name, why);
      d.other = x->def ? x->def->name : x->name;
      d.span2 = x->span;
      log_decision(s->c, s->p->g, d);
      return;
    }
    at += x->shape.dim[1];
  }
  for (int i = 0; i < part->v.nin; i++) {
    ValueId x = view_in(&part->v, i)->id;
    sliced[x] = true;
    s->within[x] = part->out->id;
  }
  vec_push(s->c->arena, &s->at, *part);
}

/* Copies where that lowers the peak: by the one that lowers it most, as long as there is one. */
static void undo(Concats *s) {
  int64_t peak = peak_of(s->c, s->p, s->within);
  for (int best = 0; best >= 0;) {
    int64_t least = peak;
    best = -1;
    for (int i = 0; i < s->at.len; i++) {
      Part *part = &s->at.at[i];
      if (part->copied) continue;
      for (int j = 0; j < part->v.nin; j++)
        s->within[view_in(&part->v, j)->id] = view_in(&part->v, j)->id;
      int64_t now = peak_of(s->c, s->p, s->within);
      for (int j = 0; j < part->v.nin; j++) s->within[view_in(&part->v, j)->id] = part->out->id;
      if (now < least) least = now, best = i;
    }
    if (best < 0) break;
    Part *part = &s->at.at[best];
    part->copied = true;
    for (int j = 0; j < part->v.nin; j++)
      s->within[view_in(&part->v, j)->id] = view_in(&part->v, j)->id;
    Decision d = about(s->c, part);
    d.reason = str_fmt(s->c->arena, "the peak would rise from %lld to %lld bytes",
                       (long long)least, (long long)peak);
    log_decision(s->c, s->p->g, d);
    peak = least;
  }
}

static void settle(Concats *s, Part *part) {
  int64_t at = 0;
  for (int i = 0; i < part->v.nin; i++) {
    Value *x = graph_value(s->p->g, part->v.group->in[part->v.in[i]]);
    x->layout = slice_layout(part->out, x, at);
    at += x->shape.dim[1];
  }
  part->concat->view = true;
  part->concat->choice.seconds = 0;
  Decision d = about(s->c, part);
  d.taken = true;
  d.reason = "every input is written by a kernel at a whole block, and the peak stays";
  log_decision(s->c, s->p->g, d);
}

void plan_concats(Ctx *c, Plan *p) {
  if (graph_disables(p->g, "concat")) return;
  bool *sliced = NEWN(c->arena, bool, p->g->values.len + 1);
  Concats s = {.c = c, .p = p, .within = lies_within(c, p)};
  for (int i = p->steps.len - 1; i >= 0; i--) {
    Part part = {.concat = &p->steps.at[i]};
    const Node *n = p->g->nodes.at[part.concat->node];
    if (!group_view(p->g, n, &part.v) || part.v.anchor->op != OP_CONCAT || part.v.nepilogue)
      continue;
    part.out = view_out(&part.v);
    if (ATTR(part.v.anchor, AxisAttr)->axis != 1 || part.out->shape.rank != 4) continue;
    if (graph_is_output(p->g, part.out->id) && !p->memory.io_inside) continue;
    consider(&s, &part, sliced);
  }
  if (s.at.len) undo(&s);
  for (int i = 0; i < s.at.len; i++)
    if (!s.at.at[i].copied) settle(&s, &s.at.at[i]);
}
