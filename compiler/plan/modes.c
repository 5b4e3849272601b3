/* modes.c: in which ways a group can run.
 *
 * Every kernel is asked about the group as if all its activations were plain, then as if they were
 * channel-blocked; kernels that can write either format are asked for both. What moves nothing,
 * as views and concats whose parts are written where they belong, costs nothing. The answers are
 * what formats.c chooses from, and what the decision log says of the kernels that lost.
 */
#include "formats.h"

#include <string.h>

#define KERNEL(id, name, choose, ...) ChooseFn choose;
#include "kernels.def"
#undef KERNEL

const KernelInfo kernel_table[KERNEL_COUNT] = {
#define KERNEL(id, name, choose, emit, doc) {name, choose, doc},
#include "kernels.def"
#undef KERNEL
};

/* These write either format, whatever they read. */
static const KernelId writes_either[] = {K_COPY, K_REMAP};

/* ---- choices and formats --------------------------------------------------------------------
 */

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

bool is_weight(const Problem *p, ValueId id) { return id < p->nweight && p->weight[id]; }

bool formats_agree(const Target *t, const Shape *s) {
  if (s->rank != 4 || t->lanes == 1) return true;
  return s->dim[2] == 1 && s->dim[3] == 1 && s->dim[1] % t->lanes == 0;
}

Format format_of(const Value *v) {
  return layout_channel_block(&v->layout, &v->shape) > 1 ? FMT_BLOCKED : FMT_PLAIN;
}

Layout layout_for(const Target *t, const Shape *s, Format f) {
  if (f == FMT_BLOCKED && s->rank == 4 && t->lanes > 1) return layout_blocked(s, 1, t->lanes);
  return layout_plain(s);
}

/* Read once and written once, an element a cycle, and a step of its own with its barrier (about a
 * microsecond and a half on two threads). */
double change_seconds(const Target *t, const Value *v) {
  Layout blocked = layout_for(t, &v->shape, FMT_BLOCKED);
  double elements = (double)shape_count(&v->shape), step = elements * 4 * t->lanes / t->peak;
  double bytes = 4 * (elements + (double)blocked.size), move = bytes / cache_bandwidth(t, bytes);
  return 1.5e-6 + (move > step ? move : step);
}

/* ---- what costs nothing ---------------------------------------------------------------------
 */

/* Channels that begin a block of the layout are a slice of the storage. */
static bool is_slice_view(const GroupView *v, const Value *x) {
  const SliceAttr *a = ATTR(v->anchor, SliceAttr);
  int64_t block = layout_channel_block(&x->layout, &x->shape);
  return x->shape.rank == 4 && a->axis == 1 && a->step == 1 &&
         a->start % (block ? block : 1) == 0;
}

bool is_view(const Problem *p, const GroupView *v, Format out) {
  const Graph *g = p->g;
  const Value *x = view_in(v, 0);
  OpKind op = v->anchor->op;
  if (v->nepilogue || x->kind != V_RESULT || v->anchor->notes.kernel) return false;
  /* the caller's buffers are none of the arena */
  if (graph_is_output(g, v->group->out[0]) || graph_is_output(g, x->id)) return false;
  if (op == OP_SLICE) return is_slice_view(v, x) && format_of(x) == out;
  if (op != OP_FLATTEN && op != OP_RESHAPE) return false;
  Layout whole = layout_for(p->t, &x->shape, format_of(x));
  return layout_eq(&whole, &x->layout) &&
         (format_of(x) == FMT_PLAIN || formats_agree(p->t, &x->shape));
}

/* The operator that a group of its own computes it with; OP_COUNT if there is none. */
static OpKind maker_of(const Value *x) {
  const Node *n = x->kind == V_RESULT ? x->def : NULL;
  return n && n->op == OP_GROUP ? n->body->nodes.at[ATTR(n, GroupAttr)->anchor]->op : OP_COUNT;
}

/* Will the parts be written where they belong (concat.c)? As far as formats decide it. */
static bool is_free_concat(const Problem *p, const GroupView *v, Format f) {
  const Value *y = view_out(v);
  int64_t block = f == FMT_BLOCKED ? p->t->lanes : 1, at = 0;
  if (v->anchor->op != OP_CONCAT || v->nepilogue || v->anchor->notes.kernel) return false;
  if (ATTR(v->anchor, AxisAttr)->axis != 1 || y->shape.rank != 4) return false;
  if (graph_is_output(p->g, y->id) && !p->io_inside) return false;
  for (int i = 0; i < v->nin; i++) {
    const Value *x = view_in(v, i);
    OpKind op = maker_of(x);
    if (op == OP_COUNT || op == OP_SLICE || (op_table[op].flags & OPF_VIEW)) return false;
    if (graph_is_output(p->g, x->id) || p->last_concat[x->id] != v->group->id) return false;
    for (int j = 0; j < i; j++)
      if (view_in(v, j) == x) return false;
    if (at % block) return false;
    at += x->shape.dim[1];
  }
  return true;
}

/* ---- asking ---------------------------------------------------------------------------------- */

/* The group's activations as if stored so; the caller's inputs stay as they are. */
static void assume(Problem *p, const Node *n, Format f) {
  for (int i = 0; i < n->nin; i++) {
    Value *x = graph_value(p->g, n->in[i]);
    if (!is_weight(p, x->id) && x->kind == V_RESULT) x->layout = layout_for(p->t, &x->shape, f);
  }
}

static int activations(const Problem *p, const Node *n) {
  int count = 0;
  for (int i = 0; i < n->nin; i++)
    count += !is_weight(p, n->in[i]) && graph_value(p->g, n->in[i])->shape.rank == 4;
  return count;
}

/* Does any format but the plain one come into question for an operand? */
static bool has_formats(const Problem *p, const Node *n) {
  for (int i = 0; i < n->nin && p->t->lanes > 1; i++) {
    const Value *x = graph_value(p->g, n->in[i]);
    if (x->kind == V_RESULT && !is_weight(p, x->id) && x->shape.rank == 4) return true;
  }
  return false;
}

/* A kernel that reads one activation as it lies was asked about the assumed format only. */
static Mode mode_of(const Problem *p, const GroupView *v, const Choice *k, Format assumed) {
  const Node *n = v->group;
  bool single = activations(p, n) == 1;
  Mode m = {.kernel = k->kernel, .assumed = assumed, .prefer = v->prefer, .out = k->out};
  m.in = NEWN(p->c->arena, Format, n->nin + 1);
  m.seconds = is_view(p, v, k->out) ? 0 : k->seconds;
  for (int i = 0; i < n->nin; i++) {
    const Value *x = graph_value(p->g, n->in[i]);
    bool open = k->in[i] == FMT_ANY && single && x->kind == V_RESULT;
    m.in[i] = is_weight(p, x->id) || x->shape.rank != 4 ? FMT_ANY : open ? assumed : k->in[i];
  }
  return m;
}

static bool same_formats(const Mode *a, const Mode *b, int n) {
  return a->out == b->out && !memcmp(a->in, b->in, (size_t)n * sizeof *a->in);
}

/* Of two ways that read and write the same formats by the same kernel the cheaper remains. */
static void add_mode(Problem *p, Modes *all, const Mode *m, int nin) {
  for (int i = 0; i < all->at.len; i++) {
    Mode *other = &all->at.at[i];
    if (other->kernel != m->kernel || !same_formats(other, m, nin)) continue;
    if (m->seconds < other->seconds) *other = *m;
    return;
  }
  vec_push(p->c->arena, &all->at, *m);
}

static bool either(int kernel) {
  for (int i = 0; i < COUNT_OF(writes_either); i++)
    if ((int)writes_either[i] == kernel) return true;
  return false;
}

/* Asks kernel k under one assumption. */
static void ask(Problem *p, GroupView *v, int k, Format assumed, Modes *all, const char **why) {
  Packs room;
  int wishes = either(k) && p->t->lanes > 1 && view_out(v)->shape.rank == 4 ? 2 : 0;
  for (int w = 0; w <= wishes; w++) {
    v->prefer = w ? (Format)(w - 1) : FMT_ANY;
    Choice choice = choice_new(k, v, &room);
    if (!kernel_table[k].choose(p->c, p->t, v, &choice, why)) break;
    Mode m = mode_of(p, v, &choice, assumed);
    add_mode(p, all, &m, v->group->nin);
    if (k != K_COPY || m.out != assumed || !is_free_concat(p, v, assumed)) continue;
    m.in = NEWN(p->c->arena, Format, v->group->nin + 1);
    for (int i = 0; i < v->group->nin; i++) m.in[i] = assumed;
    m.seconds = 0;
    add_mode(p, all, &m, v->group->nin);
  }
}

/* ---- what the log will say ------------------------------------------------------------------ */

/* Equal layers share their list. */
static void keep_candidates(Problem *p, Modes *all, const Candidate *c, int n) {
  for (int i = 0; i < p->lists.len; i++) {
    const CandidateList *l = &p->lists.at[i];
    if (l->n != n || memcmp(l->at, c, (size_t)n * sizeof *c) != 0) continue;
    all->candidate = l->at, all->ncandidate = n;
    return;
  }
  Candidate *kept = NEWN(p->c->arena, Candidate, n + 1);
  memcpy(kept, c, (size_t)n * sizeof *c);
  all->candidate = kept, all->ncandidate = n;
  if (p->lists.len < MAX_LISTS) vec_push(p->c->arena, &p->lists, (CandidateList){kept, n});
}

static void list_candidates(Problem *p, Modes *all, const char *why[]) {
  Candidate c[KERNEL_COUNT];
  int n = 0;
  memset(c, 0, sizeof c);
  for (int k = 0; k < KERNEL_COUNT; k++) {
    bool any = false;
    double least = 0;
    for (int i = 0; i < all->at.len; i++)
      if (all->at.at[i].kernel == k && (!any || all->at.at[i].seconds < least))
        least = all->at.at[i].seconds, any = true;
    if (!any && !why[k]) continue; /* was not asked */
    c[n].name = kernel_table[k].name;
    if (any)
      c[n].seconds = least;
    else
      c[n].why_not = ctx_name(p->c, why[k]);
    n++;
  }
  keep_candidates(p, all, c, n);
}

/* ---- failing --------------------------------------------------------------------------------- */

static void no_kernel(const Problem *p, const GroupView *v, const char *why[]) {
  Diag *d = diag_error(p->c, DIAG_E0702, v->group->span, "no kernel of target %s runs '%s'",
                       p->t->name, v->group->name);
  for (int k = 0; k < KERNEL_COUNT; k++)
    if (why[k]) diag_note(p->c, d, "%s: %s", kernel_table[k].name, why[k]);
}

/* The kernel that @kernel names does not exist, or says why it cannot. */
static void wanted_fails(const Problem *p, const GroupView *v, const char *why[]) {
  const char *wanted = v->anchor->notes.kernel, *names[KERNEL_COUNT];
  Diag *d = diag_error(p->c, DIAG_E0705, v->anchor->span, "kernel '%s' cannot run '%s'", wanted,
                       v->group->name);
  bool known = false;
  for (int k = 0; k < KERNEL_COUNT; k++) {
    names[k] = kernel_table[k].name;
    known |= str_eq(names[k], wanted);
    if (why[k]) diag_note(p->c, d, "%s: %s (target %s)", names[k], why[k], p->t->name);
  }
  if (known) return;
  const char *near = str_nearest(wanted, names, KERNEL_COUNT);
  diag_note(p->c, d, "there is no kernel of this name");
  if (near) diag_help(p->c, d, "did you mean '%s'?", near);
}

/* ---- all ways of a group ---------------------------------------------------------------------- */

bool modes_find(Problem *p, int i) {
  const char *why[KERNEL_COUNT] = {NULL};
  const Node *n = p->order[i];
  Modes *all = &p->modes[i];
  GroupView v;
  if (!group_view(p->g, n, &v)) {
    diag_error(p->c, DIAG_E0703, n->span, "group '%s' has a form no kernel knows", n->name);
    return false;
  }
  const char *wanted = v.anchor->notes.kernel;
  for (Format f = FMT_PLAIN; f <= (has_formats(p, n) ? FMT_BLOCKED : FMT_PLAIN); f++) {
    assume(p, n, f);
    for (int k = 0; k < KERNEL_COUNT; k++) {
      if (wanted && !str_eq(wanted, kernel_table[k].name)) continue;
      if (v.next && k != K_STRIPS) { /* the others */
        why[k] = "knows a single stage";
        continue;
      }
      ask(p, &v, k, f, all, &why[k]);
    }
  }
  list_candidates(p, all, why);
  if (!all->at.len) (wanted ? wanted_fails : no_kernel)(p, &v, why);
  return all->at.len > 0;
}

Choice mode_choice(Problem *p, const Node *n, const Mode *m) {
  GroupView v;
  Packs room;
  const char *why;
  Layout kept[MAX_GROUP_IN];
  group_view(p->g, n, &v);
  v.prefer = m->prefer;
  for (int i = 0; i < n->nin; i++) kept[i] = graph_value(p->g, n->in[i])->layout;
  assume(p, n, m->assumed);
  Choice choice = choice_new(m->kernel, &v, &room);
  bool ok = kernel_table[m->kernel].choose(p->c, p->t, &v, &choice, &why);
  for (int i = n->nin - 1; i >= 0; i--) graph_value(p->g, n->in[i])->layout = kept[i];
  if (!ok) diag_error(p->c, DIAG_E0702, n->span, "no kernel runs '%s': %s", n->name, why);
  return choice_keep(p->c, &v, &choice);
}
