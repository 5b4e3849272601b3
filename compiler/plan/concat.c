/* concat.c: concats along channels become offsets into one buffer.
 * Where every input of a concat is written by a kernel, in the concat's own format, at a whole
 * number of blocks, the producers write straight into their slice: the layout of each input
 * keeps the parent's strides and adds an offset, and the concat itself runs nothing. Later
 * concats are settled first, so that slices of slices come out right.
 */
#include "plan.h"

typedef struct Part {
  Step *concat;
  GroupView v;
  const Value *out;
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

static void settle(Ctx *c, Plan *p, Part *part, bool *sliced) {
  int64_t at = 0;
  Decision d = {.pass = "concat",
                .node = part->v.group->name,
                .span = part->v.group->span,
                .what = str_fmt(c->arena, "%s as offsets into one buffer", part->v.group->name),
                .bytes = 8.0 * (double)shape_count(&part->out->shape)};
  for (int i = 0; i < part->v.nin; i++) {
    const char *why = refusal(p, part, i, at, sliced);
    if (why) {
      const Value *x = view_in(&part->v, i);
      d.reason = str_fmt(c->arena, "%s %s", x->name, why);
      d.other = x->def ? x->def->name : x->name;
      d.span2 = x->span;
      log_decision(c, p->g, d);
      return;
    }
    at += view_in(&part->v, i)->shape.dim[1];
  }
  at = 0;
  for (int i = 0; i < part->v.nin; i++) {
    Value *x = graph_value(p->g, part->v.group->in[part->v.in[i]]);
    x->layout = slice_layout(part->out, x, at);
    sliced[x->id] = true;
    at += x->shape.dim[1];
  }
  part->concat->view = true;
  part->concat->choice.seconds = 0;
  d.taken = true;
  d.reason = "every input is written by a kernel at a whole block";
  log_decision(c, p->g, d);
}

void plan_concats(Ctx *c, Plan *p) {
  bool *sliced = NEWN(c->arena, bool, p->g->values.len + 1);
  for (int i = p->steps.len - 1; i >= 0; i--) {
    Part part = {.concat = &p->steps.at[i]};
    const Node *n = p->g->nodes.at[part.concat->node];
    if (!group_view(p->g, n, &part.v) || part.v.anchor->op != OP_CONCAT || part.v.nepilogue)
      continue;
    part.out = view_out(&part.v);
    if (ATTR(part.v.anchor, AxisAttr)->axis != 1 || part.out->shape.rank != 4) continue;
    if (graph_is_output(p->g, part.out->id) && !p->memory.io_inside) continue;
    settle(c, p, &part, sliced);
  }
}
