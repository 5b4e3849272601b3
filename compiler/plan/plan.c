/* plan.c: runs the planner's stages and names the result. */
#include "plan.h"

/* What a weight file must agree on: the target and every section's name, shape and layout. */
static uint64_t plan_identity(Ctx *c, const Plan *p) {
  StrBuf b = {.arena = c->arena};
  sb_printf(&b, "netcc-plan-1 %s %s\n", p->g->name, p->target->name);
  for (int i = 0; i < p->sections.len; i++) {
    const Value *v = graph_value(p->g, p->sections.at[i]);
    sb_printf(&b, "%s %s %s\n", v->name, shape_text(c, &v->shape),
              layout_text(c, &v->layout, &v->shape));
  }
  return hash_bytes(sb_str(&b), b.len, 1);
}

/* Weight-time values that a group reads, in the order of first use. */
static void number_sections(Ctx *c, Plan *p) {
  bool *weight = graph_weight_time(c, p->g);
  for (int s = 0; s < p->steps.len; s++) {
    const Node *n = p->g->nodes.at[p->steps.at[s].node];
    for (int i = 0; i < n->nin; i++) {
      Value *v = graph_value(p->g, n->in[i]);
      if (!weight[v->id] || v->place.kind == PLACE_WEIGHTS) continue;
      v->place = (Place){PLACE_WEIGHTS, p->sections.len, 0};
      vec_push(c->arena, &p->sections, v->id);
    }
  }
}

/* Between two runs, weights stay in the last cache if they leave a quarter of it to the rest; else
 * every run streams them from memory. */
static const Target *for_weights(Ctx *c, const Graph *g, const Target *t) {
  Target *own = NEW(c->arena, Target);
  double bytes = 0;
  for (int i = 0; i < g->values.len; i++) {
    const Value *v = graph_value(g, i);
    if (v->kind == V_PARAM || v->kind == V_CONST) bytes += 4.0 * (double)shape_count(&v->shape);
  }
  *own = *t;
  own->weight_bandwidth = bytes <= 0.75 * (double)t->l3 ? t->l3_bandwidth : t->memory_bandwidth;
  return own;
}

Plan *plan_make(Ctx *c, Graph *g, const Target *t) { return plan_make_in(c, g, t, NULL); }

Plan *plan_make_in(Ctx *c, Graph *g, const Target *t, const MemoryModel *memory) {
  Plan *p = NEW(c->arena, Plan);
  if (memory) p->memory = *memory;
  p->target = for_weights(c, g, t);
  p->g = g;
  if (!plan_strips(c, p) || !plan_select(c, p) || !plan_schedule(c, p)) return NULL;
  number_sections(c, p);
  plan_price(p);
  if (!plan_memory(c, p)) return NULL;
  p->hash = plan_identity(c, p);
  return plan_check(c, p) ? p : NULL;
}
