/* select.c: a kernel for every group, a layout for every value.
 *
 * modes.c asks the kernels, formats.c chooses one for every group so that the whole graph takes the
 * least time, changes of layout included. Here the choice becomes a plan: where a value has another
 * format than its reader wants, a reorder group is inserted (once per value and format).
 * Weight-time inputs that the kernel wants packed get a weight-time reorder node, so packing is
 * part of the graph. Concats are then turned into offsets (concat.c).
 */
#include "formats.h"

#include <string.h>

enum {
  WIDTH = 64,          /* ways through the graph that are remembered at a step */
  MAX_PRICED = 200000, /* steps looked at to say what plans without a change would take */
};

typedef struct Changed { /* a value already available in another format */
  ValueId from, to;
  Format format;
} Changed;

typedef struct Priced { /* what the best plan without a change would take more; < 0: none */
  Change change;
  double seconds;
} Priced;

typedef struct Chosen {
  Node *node;
  Step step;
} Chosen;

typedef struct Select {
  Ctx *c;
  Plan *p;
  Graph *g;
  const Target *t;
  Problem problem;
  Assignment best;
  VEC(Priced) priced;
  VEC(Changed) changed;
  VEC(Chosen) chosen;
} Select;

/* The caller's buffers are not aligned to vectors: blocked kernels cannot read them. */
static bool must_change(const Target *t, const Value *v, Format want) {
  if (want == FMT_ANY || v->shape.rank != 4 || t->lanes == 1) return false;
  return format_of(v) != want;
}

/* Both formats are the same addresses, and nothing but a name is needed. */
static bool is_renamed(const Select *s, const Value *v) {
  Layout whole = layout_for(s->t, &v->shape, format_of(v));
  return v->kind == V_RESULT && formats_agree(s->t, &v->shape) && layout_eq(&whole, &v->layout) &&
         !graph_is_output(s->g, v->id);
}

/* ---- the log -------------------------------------------------------------------------------- */

/* What the group would take as this mode in the place of the one chosen: what it reads and what is
 * read of it may have to change. */
static double cost_instead(const Select *s, const Node *n, const Mode *m, const Mode *chosen) {
  double cost = m->seconds;
  for (int i = 0; i < n->nin; i++) {
    const Value *x = graph_value(s->g, n->in[i]);
    if (!is_weight(&s->problem, x->id) && must_change(s->t, x, m->in[i]) && !is_renamed(s, x))
      cost += change_seconds(s->t, x);
  }
  const Value *y = graph_value(s->g, n->out[0]);
  if (m->out != chosen->out && !formats_agree(s->t, &y->shape)) cost += change_seconds(s->t, y);
  return cost;
}

static void find_runner_up(const Select *s, const Node *n, const Modes *all, const Mode *chosen,
                           Step *st) {
  for (int i = 0; i < all->at.len; i++) {
    const Mode *m = &all->at.at[i];
    if (m->kernel == chosen->kernel) continue;
    double cost = cost_instead(s, n, m, chosen);
    if (st->runner_up && st->runner_up_seconds <= cost) continue;
    st->runner_up = kernel_table[m->kernel].name;
    st->runner_up_seconds = cost;
  }
}

static void log_choice(Select *s, const GroupView *v, const Modes *all, const Step *st) {
  const char *name = kernel_table[st->choice.kernel].name;
  const char *reason =
      st->runner_up
          ? str_fmt(s->c->arena, "predicted %.1f us, next best %s %.1f us%s",
                    st->choice.seconds * 1e6, st->runner_up, st->runner_up_seconds * 1e6,
                    st->runner_up_seconds < st->choice.seconds ? ", which costs others more" : "")
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
                 .seconds = st->runner_up ? st->runner_up_seconds - st->choice.seconds : 0,
                 .candidate = all->candidate,
                 .ncandidate = all->ncandidate});
}

/* Why a value is rewritten, and what it would take to do without. */
static const char *change_reason(const Select *s, ValueId id, Format to, const Node *reader) {
  const char *who = reader ? str_fmt(s->c->arena, "%s reads it so", reader->name)
                           : "the caller reads plain layout";
  for (int i = 0; i < s->priced.len; i++) {
    const Priced *p = &s->priced.at[i];
    if (p->change.id != id || p->change.to != to) continue;
    return p->seconds < 0
               ? str_fmt(s->c->arena, "%s; no kernels do without", who)
               : str_fmt(s->c->arena, "%s; kernels that do without would take %.1f us more", who,
                         p->seconds * 1e6);
  }
  return who;
}

static void log_assignment(Select *s, const Assignment *greedy) {
  const Assignment *best = &s->best;
  double gain = greedy->seconds - best->seconds;
  const char *search = best->exact ? "no plan is faster" : "of the plans looked at";
  const char *reason =
      gain > 0 ? str_fmt(s->c->arena,
                         "%.1f us and %d changes of layout, %s; group by group %.1f us "
                         "and %d",
                         best->seconds * 1e6, best->changes.len, search, greedy->seconds * 1e6,
                         greedy->changes.len)
               : str_fmt(s->c->arena,
                         "what is best for each group is best for all: %.1f us, %d "
                         "changes of layout, %s",
                         best->seconds * 1e6, best->changes.len, search);
  log_decision(s->c, s->g,
               (Decision){.pass = "layouts",
                          .node = "",
                          .taken = true,
                          .what = "layouts and kernels chosen for the whole graph",
                          .reason = reason,
                          .seconds = gain});
}

/* ---- changes of layout ----------------------------------------------------------------------
 */

static void remember(Select *s, Node *n, const Step *st) {
  vec_push(s->c->arena, &s->chosen, (Chosen){n, *st});
}

static void log_change(Select *s, const Node *r, const Value *v, const Value *out, const Node *n,
                       const Step *st) {
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
                          .reason = change_reason(s, v->id, format_of(out), n),
                          .bytes = -8.0 * (double)shape_count(&v->shape),
                          .seconds = -st->choice.seconds});
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
  st.view = n && is_renamed(s, v);
  st.choice.seconds = st.view ? 0 : change_seconds(s->t, v);
  ATTR(r, GroupAttr)->kernel = ctx_name(s->c, kernel_table[K_COPY].name);
  remember(s, r, &st);
  vec_push(s->c->arena, &s->changed, (Changed){id, out->id, want});
  if (!st.view) log_change(s, r, v, out, n, &st);
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

static bool read_operands(Select *s, Node *n, const Mode *m) {
  for (int i = 0; i < n->nin; i++) {
    const Value *x = graph_value(s->g, n->in[i]);
    if (is_weight(&s->problem, x->id) || !must_change(s->t, x, m->in[i])) continue;
    ValueId id = in_format(s, n, x->id, m->in[i]);
    if (id < 0) return false;
    n->in[i] = id;
  }
  return true;
}

static bool pack_weights_of(Select *s, Node *n, const Choice *k) {
  for (int i = 0; i < n->nin; i++) {
    const Value *x = graph_value(s->g, n->in[i]);
    if (!is_weight(&s->problem, x->id)) continue;
    Layout blocked = layout_for(s->t, &x->shape, FMT_BLOCKED), *pack = &k->pack[i];
    bool whole = !pack->naxes && k->in[i] == FMT_BLOCKED;
    ValueId id = packed(s, n, x->id, whole ? &blocked : pack);
    if (id < 0) return false;
    n->in[i] = id;
  }
  return true;
}

static bool select_group(Select *s, Node *n, const Modes *all, const Mode *m) {
  GroupView v;
  Step st = {0};
  find_runner_up(s, n, all, m, &st);
  if (!read_operands(s, n, m)) return false;
  st.choice = mode_choice(&s->problem, n, m);
  if (!pack_weights_of(s, n, &st.choice)) return false;
  Value *y = graph_value(s->g, n->out[0]);
  y->layout = layout_for(s->t, &y->shape, st.choice.out);
  ATTR(n, GroupAttr)->kernel = ctx_name(s->c, kernel_table[st.choice.kernel].name);
  group_view(s->g, n, &v);
  log_choice(s, &v, all, &st);
  st.view = is_view(&s->problem, &v, st.choice.out);
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
  bool again = v->kind != V_RESULT || is_weight(&s->problem, id);
  for (int j = 0; j < i; j++) again |= g->outputs.at[j] == id;
  if (!again && format_of(v) == FMT_PLAIN) return true; /* a blocked store is an aligned one */
  if (is_weight(&s->problem, id) || v->kind == V_PARAM || v->kind == V_CONST) {
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

/* ---- the whole graph ------------------------------------------------------------------------
 */

static void find_last_concats(Problem *p) {
  p->last_concat = NEWN(p->c->arena, int, p->g->values.len + 1);
  for (int i = 0; i < p->n; i++) {
    const Node *n = p->order[i];
    if (n->op != OP_GROUP || n->body->nodes.at[ATTR(n, GroupAttr)->anchor]->op != OP_CONCAT)
      continue;
    for (int j = 0; j < n->nin; j++) p->last_concat[n->in[j]] = n->id;
  }
}

/* Layouts of what is known before: inputs as the caller has them, weights plain. */
static void find_problem(Select *s) {
  Problem *p = &s->problem;
  *p = (Problem){.c = s->c, .g = s->g, .t = s->t, .io_inside = s->p->memory.io_inside};
  p->weight = graph_weight_time(s->c, s->g);
  p->nweight = s->g->values.len;
  p->order = NEWN(s->c->arena, Node *, s->g->nodes.len + 1);
  for (int i = 0; i < s->g->inputs.len; i++) {
    Value *v = graph_value(s->g, s->g->inputs.at[i]);
    if (!v->layout.naxes) v->layout = layout_plain(&v->shape);
  }
  for (int i = 0; i < s->g->nodes.len; i++) {
    Node *n = s->g->nodes.at[i];
    if (!is_weight(p, n->out[0])) {
      p->order[p->n++] = n;
      continue;
    }
    for (int o = 0; o < n->nout; o++) {
      Value *v = graph_value(s->g, n->out[o]);
      v->layout = layout_plain(&v->shape);
    }
  }
  p->modes = NEWN(s->c->arena, Modes, p->n + 1);
  find_last_concats(p);
}

/* What plans without a change of layout would take more: for as many as take no time to find. */
static void price_changes(Select *s) {
  for (int i = 0; i < s->best.changes.len && (i + 1) * s->problem.n < MAX_PRICED; i++) {
    Change change = s->best.changes.at[i];
    Assignment without = formats_assign(&s->problem, WIDTH, change);
    double more = without.ok ? without.seconds - s->best.seconds : -1;
    vec_push(s->c->arena, &s->priced, (Priced){change, without.ok && more < 0 ? 0 : more});
  }
}

static bool assign(Select *s) {
  const Change none = {-1, FMT_ANY};
  bool ok = true;
  for (int i = 0; i < s->problem.n; i++) ok &= modes_find(&s->problem, i);
  if (!ok) return false;
  Assignment greedy = formats_assign(&s->problem, 1, none);
  s->best = greedy;
  if (graph_disables(s->g, "layouts")) return true;
  Assignment whole = formats_assign(&s->problem, WIDTH, none);
  if (whole.exact || whole.seconds < greedy.seconds) s->best = whole;
  price_changes(s);
  log_assignment(s, &greedy);
  return true;
}

bool plan_select(Ctx *c, Plan *p) {
  Select s = {.c = c, .p = p, .g = p->g, .t = p->target};
  find_problem(&s);
  bool ok = assign(&s);
  for (int i = 0; ok && i < s.problem.n; i++)
    ok = select_group(&s, s.problem.order[i], &s.problem.modes[i], s.best.mode[i]);
  for (int i = 0; ok && i < s.g->outputs.len; i++) ok = settle_output(&s, i);
  if (!ok) return false;
  collect_steps(&s);
  plan_concats(c, p);
  return true;
}
