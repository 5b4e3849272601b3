/* in_place.c: results that take the storage of an operand.
 * A step may write its result over an operand where nobody reads the operand afterwards, both lie
 * in memory alike, and the kernel reads of it exactly the element that it writes next: element by
 * element, or a residual that a convolution adds to finished sums. Then a residual sum costs no
 * buffer: it is accumulated into the shortcut's.
 */
#include "plan.h"

/* Which operands a kernel reads element by element, just before it writes the same place. */
typedef enum Reads {
  READS_NONE,
  READS_RESIDUALS, /* operands of the epilogues */
  READS_DATA,      /* … and the anchor's first */
  READS_ALL        /* … and all others */
} Reads;

static const Reads reads_of[KERNEL_COUNT] = {
    [K_CONV_DIRECT] = READS_RESIDUALS,
    [K_CONV_FIRST] = READS_RESIDUALS,
    [K_CONV_GROUPED] = READS_RESIDUALS,
    [K_CONV_DEPTHWISE] = READS_RESIDUALS,
    [K_CONV_PLAIN] = READS_RESIDUALS,
    [K_CONV_IM2COL] = READS_RESIDUALS,
    [K_AFFINE] = READS_DATA,
    [K_ELTWISE] = READS_ALL,
    [K_BROADCAST] = READS_ALL,
};

typedef struct Pair {
  const Plan *p;
  int step;
  const Node *n;
  GroupView v;
  int at; /* position in n->in */
  const Value *x, *y;
} Pair;

/* Do partial sums rest in the output, between passes over the input channels? */
static bool sums_rest(const Pair *q) {
  const Choice *k = &q->p->steps.at[q->step].choice;
  if (k->kernel == K_CONV_IM2COL) return true;
  if (reads_of[k->kernel] != READS_RESIDUALS || k->icb <= 0) return false;
  int64_t channels = view_in(&q->v, 0)->shape.dim[1] / ATTR(q->v.anchor, ConvAttr)->groups;
  int64_t block = k->kernel == K_CONV_DIRECT ? q->p->target->lanes : 1;
  return k->icb < blocks_of(channels, (int)block);
}

/* Then the sum must be what is added first: it begins with the operand instead. */
static bool begins_sum(const Pair *q) {
  const Epilogue *e = &q->v.epilogue[0];
  return q->v.nepilogue && e->node->op == OP_ADD && e->operand[0] == q->at && e->operand[1] < 0;
}

/* Does the kernel read this operand only where it writes? */
static bool reads_where_it_writes(const Pair *q) {
  Reads reads = reads_of[q->p->steps.at[q->step].choice.kernel];
  int uses = 0, data = 0;
  for (int i = 0; i < q->n->nin; i++) uses += q->n->in[i] == q->x->id;
  for (int i = 0; i < q->v.nin; i++)
    if (q->v.in[i] == q->at) data += reads == READS_ALL || (reads == READS_DATA && !i) ? 0 : 1;
  return reads != READS_NONE && uses == 1 && !data && !q->v.next;
}

/* Why the result cannot take this operand's storage; NULL if it can. */
static const char *refusal(const Pair *q, const bool *shared) {
  const Plan *p = q->p;
  int epoch = p->steps.at[q->step].epoch;
  if (!reads_where_it_writes(q)) return "is read elsewhere than where the result is written";
  if (sums_rest(q) && !begins_sum(q)) return "would be overwritten by the partial sums of a pass";
  if (graph_is_output(p->g, q->x->id)) return "is an output of the model";
  if (graph_is_output(p->g, q->y->id) && !p->memory.io_inside)
    return "lies in the arena, the result does not";
  if (shared[q->x->id]) return "shares its storage with a view";
  if (!layout_eq(&q->x->layout, &q->y->layout)) return "has another layout";
  for (int i = 0; i < p->steps.len; i++) {
    const Node *n = p->g->nodes.at[p->steps.at[i].node];
    if (n->out[0] == q->x->id && p->steps.at[i].epoch >= epoch)
      return "is written in the same epoch";
    for (int j = 0; j < n->nin && i != q->step; j++)
      if (n->in[j] == q->x->id && p->steps.at[i].epoch >= epoch)
        return p->steps.at[i].epoch > epoch ? "is read again later"
                                            : "is read by another layer of the epoch";
  }
  return NULL;
}

/* Values that are views, or that views look at. */
static bool *find_shared(Ctx *c, const Plan *p) {
  bool *shared = NEWN(c->arena, bool, p->g->values.len + 1);
  for (int i = 0; i < p->steps.len; i++) {
    const Node *n = p->g->nodes.at[p->steps.at[i].node];
    if (!p->steps.at[i].view) continue;
    shared[n->out[0]] = true;
    for (int j = 0; j < n->nin; j++) shared[n->in[j]] = true;
  }
  return shared;
}

static void record(Ctx *c, const Pair *q, const char *why) {
  log_decision(c, q->p->g,
               (Decision){.pass = "in_place",
                          .node = q->n->name,
                          .span = q->n->span,
                          .other = q->x->def ? q->x->def->name : q->x->name,
                          .span2 = q->x->span,
                          .taken = !why,
                          .what = str_fmt(c->arena, "%s in place of %s", q->n->name, q->x->name),
                          .reason = why ? str_fmt(c->arena, "%s %s", q->x->name, why)
                                        : "nobody reads it afterwards, and both lie alike",
                          .bytes = 4.0 * (double)shape_count(&q->y->shape)});
}

void plan_in_place(Ctx *c, Plan *p, bool log) {
  if (graph_disables(p->g, "in_place")) return;
  const bool *shared = find_shared(c, p);
  for (int i = 0; i < p->steps.len; i++) {
    Step *st = &p->steps.at[i];
    Pair q = {.p = p, .step = i, .n = p->g->nodes.at[st->node]};
    st->in_place = 0;
    if (st->view || !reads_of[st->choice.kernel] || !group_view(p->g, q.n, &q.v)) continue;
    q.y = view_out(&q.v);
    for (q.at = 0; q.at < q.n->nin && !st->in_place; q.at++) {
      q.x = graph_value(p->g, q.n->in[q.at]);
      if (q.x->kind != V_RESULT || !q.x->def || q.x->def->op != OP_GROUP) continue;
      if (!shape_eq(&q.x->shape, &q.y->shape)) continue;
      const char *why = refusal(&q, shared);
      if (!why) st->in_place = q.at + 1;
      bool residual = reads_of[st->choice.kernel] > READS_RESIDUALS || q.at != q.v.in[0];
      if (log && residual) record(c, &q, why);
    }
  }
}
