/* select.c: a kernel for every group, a layout for every value.
 *
 * Groups are taken in execution order. Every kernel of kernels.def is asked; the cheapest,
 * counting the layout changes its inputs would need, is taken and its runner-up logged. Where a
 * value has another format than its reader wants, a reorder group is inserted (once per value
 * and format). Weight-time inputs that the kernel wants packed get a weight-time reorder node,
 * so packing is part of the graph. Concats are then turned into offsets (concat.c).
 */
#include "plan.h"

#include <string.h>

#define KERNEL(id, name, choose, ...) ChooseFn choose;
#include "kernels.def"
#undef KERNEL

const KernelInfo kernel_table[KERNEL_COUNT] = {
#define KERNEL(id, name, choose, emit, doc) {name, choose, doc},
#include "kernels.def"
#undef KERNEL
};

typedef struct Changed { /* a value already available in another format */
  ValueId from, to;
  Format format;
} Changed;

typedef struct Chosen {
  Node *node;
  Step step;
} Chosen;

typedef struct Select {
  Ctx *c;
  Plan *p;
  Graph *g;
  const Target *t;
  bool *weight; /* by ValueId of the graph before reorders */
  int nweight;
  VEC(Changed) changed;
  VEC(Chosen) chosen;
} Select;

Choice choice_new(int kernel, const GroupView *v, Packs *room) {
  for (int i = 0; i < v->group->nin; i++) room->at[i] = (Layout){0};
  return (Choice){.kernel = kernel, .units = 1, .pack = room->at};
}

Choice choice_keep(Ctx *c, const GroupView *v, const Choice *k) {
  Choice kept = *k;
  kept.pack = NEWN(c->arena, Layout, v->group->nin + 1);
  for (int i = 0; i < v->group->nin; i++) kept.pack[i] = k->pack[i];
  return kept;
}

int64_t blocks_of(int64_t channels, int lanes) { return (channels + lanes - 1) / lanes; }

/* Blocked and plain are the same addresses: one lane, or whole blocks of single pixels. */
static bool formats_agree(const Target *t, const Shape *s) {
  if (s->rank != 4 || t->lanes == 1) return true;
  return s->dim[2] == 1 && s->dim[3] == 1 && s->dim[1] % t->lanes == 0;
}

static Format format_of(const Value *v) {
  return layout_channel_block(&v->layout, &v->shape) > 1 ? FMT_BLOCKED : FMT_PLAIN;
}

static Layout layout_for(const Target *t, const Shape *s, Format f) {
  if (f == FMT_BLOCKED && s->rank == 4 && t->lanes > 1) return layout_blocked(s, 1, t->lanes);
  return layout_plain(s);
}

/* The caller's buffers are not aligned to vectors: blocked kernels cannot read them. */
static bool must_change(const Target *t, const Value *v, Format want) {
  if (v->kind == V_INPUT && want == FMT_BLOCKED && v->shape.rank == 4 && t->lanes > 1)
    return true;
  return want != FMT_ANY && !formats_agree(t, &v->shape) && format_of(v) != want;
}

/* Seconds to rewrite a value in another layout: read once, written once, and a step of its own
 * with its barrier (about a microsecond and a half on two threads). */
static double change_seconds(const Target *t, const Value *v) {
  Layout blocked = layout_for(t, &v->shape, FMT_BLOCKED);
  return 1.5e-6 + 4.0 * (double)(shape_count(&v->shape) + blocked.size) / t->l2_bandwidth;
}

static bool is_weight(const Select *s, ValueId id) { return id < s->nweight && s->weight[id]; }

static double choice_cost(const Select *s, const GroupView *v, const Choice *k) {
  double cost = k->seconds;
  for (int i = 0; i < v->group->nin; i++) {
    const Value *x = graph_value(s->g, v->group->in[i]);
    if (!is_weight(s, x->id) && must_change(s->t, x, k->in[i])) cost += change_seconds(s->t, x);
  }
  return cost;
}

static void no_kernel(Select *s, const GroupView *v, const char *why[]) {
  Diag *d = diag_error(s->c, DIAG_E0702, v->group->span, "no kernel of target %s runs '%s'",
                       s->t->name, v->group->name);
  for (int k = 0; k < KERNEL_COUNT; k++)
    if (why[k]) diag_note(s->c, d, "%s: %s", kernel_table[k].name, why[k]);
}

/* The kernel that @kernel names does not exist, or says why it cannot. */
static void wanted_fails(Select *s, const GroupView *v, const char *why[]) {
  const char *wanted = v->anchor->notes.kernel, *names[KERNEL_COUNT];
  Diag *d = diag_error(s->c, DIAG_E0705, v->anchor->span, "kernel '%s' cannot run '%s'", wanted,
                       v->group->name);
  bool known = false;
  for (int k = 0; k < KERNEL_COUNT; k++) {
    names[k] = kernel_table[k].name;
    known |= str_eq(names[k], wanted);
    if (why[k]) diag_note(s->c, d, "%s: %s (target %s)", names[k], why[k], s->t->name);
  }
  if (known) return;
  const char *near = str_nearest(wanted, names, KERNEL_COUNT);
  diag_note(s->c, d, "there is no kernel of this name");
  if (near) diag_help(s->c, d, "did you mean '%s'?", near);
}

static void log_choice(Select *s, const GroupView *v, const Step *st) {
  const char *name = kernel_table[st->choice.kernel].name;
  const char *reason =
      st->runner_up
          ? str_fmt(s->c->arena, "predicted %.1f us, next best %s %.1f us",
                    st->choice.seconds * 1e6, st->runner_up, st->runner_up_seconds * 1e6)
      : v->anchor->notes.kernel ? "asked for by @kernel"
                                : "the only kernel that applies";
  log_decision(
      s->c, s->g,
      (Decision){.pass = "select",
                 .node = v->group->name,
                 .span = v->group->span,
                 .taken = true,
                 .what = name,
                 .reason = reason,
                 .seconds = st->runner_up ? st->runner_up_seconds - st->choice.seconds : 0});
}

static bool choose_kernel(Select *s, const GroupView *v, Step *st) {
  const char *why[KERNEL_COUNT] = {NULL}, *wanted = v->anchor->notes.kernel;
  Packs room;
  double best = 0, second = 0;
  int second_kernel = -1;
  bool any = false;
  for (int k = 0; k < KERNEL_COUNT; k++) {
    Choice choice = choice_new(k, v, &room);
    if (wanted && !str_eq(wanted, kernel_table[k].name)) continue;
    if (v->next && k != K_STRIPS) continue; /* the others know a single stage */
    if (!kernel_table[k].choose(s->c, s->t, v, &choice, &why[k])) continue;
    double cost = choice_cost(s, v, &choice);
    if (!any || cost < best) {
      if (any) second = best, second_kernel = st->choice.kernel;
      best = cost;
      st->choice = choice_keep(s->c, v, &choice);
      any = true;
    } else if (second_kernel < 0 || cost < second) {
      second = cost;
      second_kernel = k;
    }
  }
  if (!any) {
    if (wanted)
      wanted_fails(s, v, why);
    else
      no_kernel(s, v, why);
    return false;
  }
  if (second_kernel >= 0) {
    st->runner_up = kernel_table[second_kernel].name;
    st->runner_up_seconds = second;
  }
  log_choice(s, v, st);
  return true;
}

static void remember(Select *s, Node *n, const Step *st) {
  vec_push(s->c->arena, &s->chosen, (Chosen){n, *st});
}

/* The value in the wanted format, through a reorder group before `n` if need be; -1 on error. */
static ValueId in_format(Select *s, Node *n, ValueId id, Format want) {
  Value *v = graph_value(s->g, id);
  for (int i = 0; i < s->changed.len; i++)
    if (s->changed.at[i].from == id && s->changed.at[i].format == want)
      return s->changed.at[i].to;
  const char *suffix = want == FMT_BLOCKED ? "blocked" : "plain";
  const char *name =
      graph_unique_name(s->c, s->g, str_fmt(s->c->arena, "%s.%s", v->name, suffix));
  Node *r = group_insert_single(s->c, s->g, n ? n->id : -1, OP_REORDER, NULL, id,
                                ctx_name(s->c, name), v->def ? v->def->scope : 0, v->span);
  if (!r) return -1;
  Value *out = graph_value(s->g, r->out[0]);
  out->layout = layout_for(s->t, &out->shape, want);
  Step st = {.choice = {.kernel = K_COPY, .in = {FMT_ANY}, .out = want, .units = 1}};
  st.choice.seconds = change_seconds(s->t, v);
  ATTR(r, GroupAttr)->kernel = ctx_name(s->c, kernel_table[K_COPY].name);
  remember(s, r, &st);
  vec_push(s->c->arena, &s->changed, (Changed){id, out->id, want});
  log_decision(s->c, s->g,
               (Decision){.pass = "layout",
                          .node = r->name,
                          .other = n ? n->name : NULL,
                          .span = v->span,
                          .span2 = n ? n->span : NO_SPAN,
                          .taken = true,
                          .what = str_fmt(s->c->arena, "%s from %s to %s", v->name,
                                          layout_text(s->c, &v->layout, &v->shape),
                                          layout_text(s->c, &out->layout, &out->shape)),
                          .reason = n ? str_fmt(s->c->arena, "%s reads it so", n->name)
                                      : "the caller reads plain layout",
                          .bytes = -8.0 * (double)shape_count(&v->shape),
                          .seconds = -st.choice.seconds});
  return out->id;
}

/* The weight in its packed layout, through a weight-time reorder node; -1 on error. */
static ValueId packed(Select *s, Node *n, ValueId id, const Layout *pack) {
  Value *v = graph_value(s->g, id);
  if (!v->layout.naxes) v->layout = layout_plain(&v->shape);
  if (!pack->naxes || layout_eq(pack, &v->layout)) return id;
  const char *text = layout_text(s->c, pack, &v->shape);
  const char *base = str_fmt(s->c->arena, "%s/%s", v->name, text);
  if (strlen(base) > 90) base = str_fmt(s->c->arena, "%s/packed", v->name);
  const char *name = graph_unique_name(s->c, s->g, base);
  Node *r = graph_insert_node(s->c, s->g, n->id, OP_REORDER, NULL, &id, 1, ctx_name(s->c, name),
                              n->scope, v->span);
  if (!r) return -1;
  graph_value(s->g, r->out[0])->layout = *pack;
  return r->out[0];
}

/* Channels that begin a block of the layout are a slice of the storage. */
static bool is_slice_view(const GroupView *v, const Value *x) {
  const SliceAttr *a = ATTR(v->anchor, SliceAttr);
  int64_t block = layout_channel_block(&x->layout, &x->shape);
  return x->shape.rank == 4 && a->axis == 1 && a->step == 1 &&
         a->start % (block ? block : 1) == 0;
}

static bool is_view(const Graph *g, const Target *t, const Node *n, const GroupView *v) {
  const Value *x = view_in(v, 0);
  OpKind op = v->anchor->op;
  if (v->nepilogue || x->kind != V_RESULT || v->anchor->notes.kernel) return false;
  /* the caller's buffers are none of the arena */
  if (graph_is_output(g, n->out[0]) || graph_is_output(g, x->id)) return false;
  if (op == OP_SLICE) return is_slice_view(v, x);
  if (op != OP_FLATTEN && op != OP_RESHAPE) return false;
  Layout whole = layout_for(t, &x->shape, format_of(x));
  return layout_eq(&whole, &x->layout) &&
         (format_of(x) == FMT_PLAIN || formats_agree(t, &x->shape));
}

static bool select_group(Select *s, Node *n) {
  GroupView v;
  if (!group_view(s->g, n, &v)) {
    diag_error(s->c, DIAG_E0703, n->span, "group '%s' has a form no kernel knows", n->name);
    return false;
  }
  Step st = {0};
  if (!choose_kernel(s, &v, &st)) return false;
  for (int i = 0; i < n->nin; i++) {
    Value *x = graph_value(s->g, n->in[i]);
    ValueId id = x->id;
    if (is_weight(s, id)) {
      Layout blocked = layout_for(s->t, &x->shape, FMT_BLOCKED), *pack = &st.choice.pack[i];
      id = packed(s, n, id, !pack->naxes && st.choice.in[i] == FMT_BLOCKED ? &blocked : pack);
    } else if (must_change(s->t, x, st.choice.in[i])) {
      id = in_format(s, n, id, st.choice.in[i]);
    }
    if (id < 0) return false;
    n->in[i] = id;
  }
  Value *y = graph_value(s->g, n->out[0]);
  y->layout = layout_for(s->t, &y->shape, st.choice.out);
  ATTR(n, GroupAttr)->kernel = ctx_name(s->c, kernel_table[st.choice.kernel].name);
  group_view(s->g, n, &v);
  st.view = is_view(s->g, s->t, n, &v);
  if (st.view && v.anchor->op == OP_SLICE)
    y->layout = slice_layout(view_in(&v, 0), y, ATTR(v.anchor, SliceAttr)->start);
  remember(s, n, &st);
  return true;
}

/* A graph output must be written by a kernel, plain, and into one output buffer only. */
static bool settle_output(Select *s, int i) {
  Graph *g = s->g;
  ValueId id = g->outputs.at[i];
  Value *v = graph_value(g, id);
  bool again = v->kind != V_RESULT || is_weight(s, id);
  for (int j = 0; j < i; j++) again |= g->outputs.at[j] == id;
  if (!again && format_of(v) == FMT_PLAIN) return true; /* a blocked store is an aligned one */
  if (is_weight(s, id) || v->kind == V_PARAM || v->kind == V_CONST) {
    if (!v->layout.naxes) v->layout = layout_plain(&v->shape);
  }
  s->changed.len = 0; /* an output needs a copy of its own */
  ValueId to = in_format(s, NULL, id, FMT_PLAIN);
  if (to < 0) return false;
  g->outputs.at[i] = to;
  return true;
}

/* By NodeId: the first choice made for the node, plus one. */
static void collect_steps(Select *s) {
  int *choice = NEWN(s->c->arena, int, s->g->nodes.len);
  for (int j = s->chosen.len - 1; j >= 0; j--) choice[s->chosen.at[j].node->id] = j + 1;
  for (int i = 0; i < s->g->nodes.len; i++) {
    if (!choice[i]) continue;
    Step st = s->chosen.at[choice[i] - 1].step;
    st.node = i;
    vec_push(s->c->arena, &s->p->steps, st);
  }
}

bool plan_select(Ctx *c, Plan *p) {
  Select s = {.c = c, .p = p, .g = p->g, .t = p->target};
  s.weight = graph_weight_time(c, s.g);
  s.nweight = s.g->values.len;
  for (int i = 0; i < s.g->inputs.len; i++) {
    Value *v = graph_value(s.g, s.g->inputs.at[i]);
    if (!v->layout.naxes) v->layout = layout_plain(&v->shape);
  }
  int n = s.g->nodes.len;
  Node **order = NEWN(c->arena, Node *, n);
  for (int i = 0; i < n; i++) order[i] = s.g->nodes.at[i];
  bool ok = true;
  for (int i = 0; i < n; i++) {
    Node *node = order[i];
    if (is_weight(&s, node->out[0])) {
      for (int o = 0; o < node->nout; o++) {
        Value *v = graph_value(s.g, node->out[o]);
        v->layout = layout_plain(&v->shape);
      }
      continue;
    }
    if (!select_group(&s, node)) ok = false;
    if (!ok) { /* later groups need layouts; report what can be reported */
      Value *v = graph_value(s.g, node->out[0]);
      if (!v->layout.naxes) v->layout = layout_plain(&v->shape);
    }
  }
  for (int i = 0; ok && i < s.g->outputs.len; i++) ok = settle_output(&s, i);
  if (!ok) return false;
  collect_steps(&s);
  plan_concats(c, p);
  return true;
}
