/* strips.c: which groups run together, strip by strip of rows.
 *
 * A first convolution takes in the cast of the caller's bytes or pixels, with what scales and
 * normalises them, so that its padding stays what it is. A pool takes in the convolution before it, a depthwise convolution its neighbours of 1x1, a
 * convolution the scale and shift before it; the longest chain that is predicted to be faster than
 * its parts is taken. What lies between the stages then never leaves the cache. Only a value with
 * one reader that is no output can vanish so.
 */
#include "plan.h"

typedef struct Chain {
  int n;
  Node *at[MAX_STAGES];
} Chain;

/* Does `@kernel(strips)` ask for it, whatever it costs? */
static bool is_wanted(const Node *group) {
  const Node *anchor = group->body->nodes.at[ATTR(group, GroupAttr)->anchor];
  return str_eq(anchor->notes.kernel, kernel_table[K_STRIPS].name);
}

static bool single_stage(const Graph *g, const Node *n, GroupView *v) {
  return n && !n->dead && group_view(g, n, v) && !v->next && !v->prologue &&
         (!v->anchor->notes.kernel || is_wanted(n)) && view_out(v)->shape.rank == 4;
}

static bool is_conv(const GroupView *v, bool depthwise) {
  if (v->anchor->op != OP_CONV) return false;
  const ConvAttr *a = ATTR(v->anchor, ConvAttr);
  return depthwise ==
         (a->groups > 1 && a->groups == a->out && a->groups == view_in(v, 0)->shape.dim[1]);
}

static bool is_pointwise(const GroupView *v) {
  if (!is_conv(v, false)) return false;
  const ConvAttr *a = ATTR(v->anchor, ConvAttr);
  return a->kernel.v[0] == 1 && a->kernel.v[1] == 1;
}

static bool is_cast(const Node *group) {
  return group->body->nodes.at[ATTR(group, GroupAttr)->anchor]->op == OP_CAST;
}

static bool is_pool(const GroupView *v) { return pool_form(v->anchor->op, NULL) == POOL_WINDOWS; }

/* Could `second` follow `first` within a strip? Profit is another question. */
static bool may_follow(const GroupView *first, const GroupView *second) {
  if (first->anchor->op == OP_CAST) return is_conv(second, false);
  if (first->anchor->op == OP_AFFINE) return is_pointwise(second);
  if (is_pool(second)) return is_conv(first, false) || is_conv(first, true);
  if (is_conv(second, true)) return is_pointwise(first);
  return is_pointwise(second) && is_conv(first, true);
}

/* The group that computes what `n` works on, if that is all it is for. */
static Node *before(const Plan *p, const int *uses, const Node *n) {
  GroupView v, w;
  if (!single_stage(p->g, n, &v)) return NULL;
  const Value *x = view_in(&v, 0);
  if (x->kind != V_RESULT || uses[x->id] != 1 || graph_is_output(p->g, x->id)) return NULL;
  return single_stage(p->g, x->def, &w) && may_follow(&w, &v) ? x->def : NULL;
}

static Node *after(const Plan *p, const int *uses, const Node *n) {
  for (int i = n->id + 1; i < p->g->nodes.len; i++) {
    Node *next = p->g->nodes.at[i];
    for (int j = 0; j < next->nin; j++)
      if (next->in[j] == n->out[0]) return before(p, uses, next) == n ? next : NULL;
  }
  return NULL;
}

/* ---- trying -------------------------------------------------------------------------------- */

static const char *chain_text(Ctx *c, const Chain *chain) {
  StrBuf b = {.arena = c->arena};
  for (int i = 0; i < chain->n; i++)
    sb_printf(&b, "%s%s", !i ? "" : i + 1 < chain->n ? ", " : " and ", chain->at[i]->name);
  return sb_str(&b);
}

static void decide(Ctx *c, const Plan *p, const Chain *chain, bool taken, const char *reason,
                   double seconds) {
  double bytes = 0;
  for (int i = 0; i + 1 < chain->n; i++)
    bytes += 8.0 * (double)shape_count(&graph_value(p->g, chain->at[i]->out[0])->shape);
  log_decision(c, p->g,
               (Decision){.pass = "strips",
                          .node = chain->at[0]->name,
                          .span = chain->at[0]->span,
                          .span2 = chain->at[chain->n - 1]->span,
                          .taken = taken,
                          .what = str_fmt(c->arena, "%s strip by strip", chain_text(c, chain)),
                          .reason = reason,
                          .bytes = bytes,
                          .seconds = seconds});
}

/* What the kernels say of the group of all stages, asked in a graph of its own. */
static bool rehearse(Ctx *c, const Plan *p, const Body *b, ValueId result, const char *name,
                     Choice *k, Packs *room, const char **why) {
  Graph *g = graph_new(c, name);
  g->log = p->g->log;
  ValueId *in = NEWN(c->arena, ValueId, b->in.len);
  for (int i = 0; i < b->in.len; i++) {
    const Value *x = graph_value(p->g, b->in.at[i]);
    bool runs = x->kind == V_INPUT || (x->kind == V_RESULT && x->def->op == OP_GROUP);
    Value *y =
        graph_add_value(c, g, runs ? V_INPUT : V_PARAM, x->name, x->type, x->shape, x->span);
    bool blocked = runs && x->kind == V_RESULT && x->shape.rank == 4;
    blocked &= p->target->lanes > 1;
    y->layout = blocked ? layout_blocked(&x->shape, 1, p->target->lanes)
                : x->kind == V_INPUT && x->layout.naxes ? x->layout
                                                        : layout_plain(&x->shape);
    in[i] = y->id;
  }
  vec_push(c->arena, &b->g->outputs, result);
  Node *group =
      graph_insert_group(c, g, -1, &(GroupAttr){NULL, 0}, b->g, in, b->in.len, name, 0, NO_SPAN);
  GroupView v;
  bool ok = group && group_view(g, group, &v);
  if (ok) *k = choice_new(K_STRIPS, &v, room);
  ok = ok && choose_strips(c, p->target, &v, k, why);
  b->g->outputs.len = 0;
  return ok;
}

/* The most elements that a kernel has before it, operands and result: in the network, and in what
 * of it still runs by itself. The size of the arena is hardly less. */
typedef struct Peak {
  int64_t all, left;
} Peak;

static int64_t footprint(const Graph *g, const Node *n) {
  int64_t sum = shape_count(&graph_value(g, n->out[0])->shape);
  for (int i = 0; i < n->nin; i++) {
    const Value *x = graph_value(g, n->in[i]);
    if (x->def && x->def->op == OP_GROUP) sum += shape_count(&x->shape); /* no weights */
  }
  return sum;
}

static int64_t chain_peak(const Plan *p, const Chain *chain) {
  int64_t most = 0;
  for (int i = 0; i < chain->n; i++) most = max64(most, footprint(p->g, chain->at[i]));
  return most;
}

/* To be rid of the peak may cost an eighth of the chain's predicted time, a fraction of that of the
 * network (Inception-v3: 8 % predicted of conv and pool, nothing measured). Then it is the next
 * one's turn, for a few percent. */
static bool worth_its_memory(const Plan *p, const Chain *chain, const Strips *s, const Peak *m) {
  int64_t most = chain_peak(p, chain);
  return most >= m->left && s->gain > (most == m->all ? -0.125 : -0.03) * s->apart;
}

/* Without vectors the traffic saved is no match for the calls: there the arena alone counts. */
static bool too_small(const Plan *p, const Chain *chain, const Peak *m) {
  return p->target->lanes == 1 && 4 * chain_peak(p, chain) < m->all;
}

static int64_t peak_left(const Graph *g) {
  int64_t most = 0;
  for (int i = 0; i < g->nodes.len; i++) {
    const Node *n = g->nodes.at[i];
    if (n->op == OP_GROUP && !n->dead) most = max64(most, footprint(g, n));
  }
  return most;
}

/* One group out of the chain, if that is predicted to be faster; *taken says whether. */
static bool try_chain(Ctx *c, Plan *p, const Chain *chain, Peak *m, bool *taken) {
  Node *first = chain->at[0], *last = chain->at[chain->n - 1];
  Body b = body_new(c, p->g, first->name);
  ValueId result = -1;
  for (int i = 0; i < chain->n; i++) {
    ValueId inner = i ? chain->at[i - 1]->out[0] : -1;
    result = body_append(c, &b, p->g, chain->at[i], inner, result);
    if (result < 0) return false;
  }
  Choice k = {0};
  Packs room;
  const char *why = "too many operands for one group";
  *taken = b.in.len <= MAX_GROUP_IN && rehearse(c, p, &b, result, first->name, &k, &room, &why);
  double gain = *taken ? k.strips->gain : 0;
  bool wanted = false;
  for (int i = 0; i < chain->n; i++) wanted |= is_wanted(chain->at[i]);
  const char *reason = "what lies between stays in the cache";
  bool memory = *taken && gain <= 0 && worth_its_memory(p, chain, k.strips, m);
  if (memory) reason = "a little slower, but the arena is smaller without";
  if (*taken && gain <= 0 && !memory && !wanted) {
    *taken = false;
    why = "rows at the edges and weights read again cost more than the traffic saved";
  }
  if (*taken && !wanted && too_small(p, chain, m)) {
    *taken = false;
    why = "without vectors only what lies in the way of a smaller arena";
  }
  decide(c, p, chain, *taken, *taken ? reason : why, gain);
  if (!*taken) return true;
  for (int i = 0; i + 1 < chain->n; i++) chain->at[i]->dead = true;
  int64_t anchor = ATTR(first, GroupAttr)->anchor;
  bool was_peak = chain_peak(p, chain) == m->left;
  if (!body_close(c, p->g, &b, last->id, anchor, result, first, first->span, last)) return false;
  if (was_peak) m->left = peak_left(p->g);
  return true;
}

/* The chains around n, longest first: with the groups before and after it. */
static bool try_around(Ctx *c, Plan *p, const int *uses, Node *n, Peak *m, bool *taken) {
  GroupView v;
  Node *up = before(p, uses, n);
  if (!single_stage(p->g, n, &v) || (!up && !is_conv(&v, true))) return true;
  Node *down = is_conv(&v, true) || (up && is_cast(up)) ? after(p, uses, n) : NULL;
  const Chain chains[] = {{3, {up, n, down}}, {2, {n, down}}, {2, {up, n}}};
  for (int i = 0; i < COUNT_OF(chains) && !*taken; i++) {
    bool whole = true;
    for (int j = 0; j < chains[i].n; j++) whole &= chains[i].at[j] != NULL;
    if (whole && !try_chain(c, p, &chains[i], m, taken)) return false;
  }
  return true;
}

bool plan_strips(Ctx *c, Plan *p) {
  if (graph_disables(p->g, "strips")) return true;
  const int *uses = graph_use_counts(c, p->g);
  int64_t all = peak_left(p->g);
  Peak peak = {all, all};
  bool any = false;
  for (int i = 0; i < p->g->nodes.len; i++) {
    Node *n = p->g->nodes.at[i];
    bool taken = false;
    if (n->op != OP_GROUP || n->dead) continue;
    if (!try_around(c, p, uses, n, &peak, &taken)) return false;
    any |= taken;
  }
  if (any) graph_compact(c, p->g);
  return true;
}
