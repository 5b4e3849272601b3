/* choose_strips.c: how a group of several stages runs strip by strip, and what that saves.
 *
 * Each stage is a group in a small graph of its own, so that the other choosers decide its kernel
 * as ever; intermediate results lie in the workspace, channel-blocked, as many rows as a strip
 * needs. Saved is the traffic of the intermediate results. Paid for it: weights are read again for
 * every strip, rows at the edges of strips are computed twice where they are not kept, and no map
 * is seen as one long row.
 */
#include "plan.h"

#define KERNEL(id, name, choose, ...) ChooseFn choose;
#include "kernels.def"
#undef KERNEL

#define STEP_SECONDS 1.5e-6 /* of a cast of its own: its barrier, and threads that meet there */

enum { FEW_UNITS = 8, STRIP_SHARE = 2 /* the part of the second cache a strip may fill: 1/2 */ };

/* ---- the stages -------------------------------------------------------------------------- */

RowWindow row_window(const Node *n) {
  if (n->op == OP_CONV) {
    const ConvAttr *a = ATTR(n, ConvAttr);
    return (RowWindow){(a->kernel.v[0] - 1) * a->dilation.v[0] + 1, a->stride.v[0], a->pad.v[0]};
  }
  if (pool_form(n->op, NULL) == POOL_WINDOWS) {
    const PoolAttr *a = ATTR(n, PoolAttr);
    return (RowWindow){a->kernel.v[0], a->stride.v[0], a->pad.v[0]};
  }
  return (RowWindow){1, 1, 0};
}

/* A stage under construction: nodes [from, to) of the body, in a graph of their own. */
typedef struct Builder {
  Ctx *c;
  const GroupView *whole;
  Stage *stage;
  Graph *g;
  Body body;
  ValueId *map; /* by value of the whole body: of the stage's body, -1: not there yet */
} Builder;

/* The stage's body value for one of the whole body's, as an operand of the stage. */
static ValueId operand(Builder *b, ValueId id, ValueId before) {
  const Graph *body = b->whole->group->body;
  if (b->map[id] >= 0) return b->map[id];
  int source = -1;
  for (int i = 0; i < body->inputs.len; i++)
    if (body->inputs.at[i] == id) source = i;
  if (source < 0 && id != before) return -1; /* a result of an earlier stage than the last */
  const Value *x =
      source < 0 ? graph_value(body, id) : graph_value(b->whole->g, b->whole->group->in[source]);
  Shape shape = x->shape;
  if (shape.rank == 4 && (source < 0 || x->kind == V_INPUT || (x->def && x->def->op == OP_GROUP)))
    shape.dim[0] = 1; /* an activation: one sample at a time */
  Value *y = graph_add_value(b->c, b->g, V_INPUT, x->name, x->type, shape, x->span);
  y->layout = x->layout;
  vec_push(b->c->arena, &b->g->inputs, y->id);
  b->stage->source[b->body.in.len] = source;
  return b->map[id] = body_input(b->c, &b->body, b->g, y->id);
}

static bool copy_nodes(Builder *b, int from, int to, ValueId before) {
  const Graph *body = b->whole->group->body;
  for (int i = from; i < to; i++) {
    const Node *n = body->nodes.at[i];
    ValueId in[MAX_GROUP_IN];
    for (int j = 0; j < n->nin; j++)
      if ((in[j] = operand(b, n->in[j], before)) < 0) return false;
    Node *copy = body_copy_node(b->c, &b->body, body, n, in);
    if (!copy || copy->nout != 1) return false;
    b->map[n->out[0]] = copy->out[0];
  }
  return true;
}

/* Builds the stage of nodes [from, to); `before` is what the stage before it computes. */
static bool build_stage(Ctx *c, const GroupView *whole, Stage *s, int from, int to,
                        ValueId before) {
  const Graph *body = whole->group->body;
  Builder b = {.c = c, .whole = whole, .stage = s, .g = graph_new(c, whole->group->name)};
  b.g->log = body->log;
  b.body = body_new(c, b.g, whole->group->name);
  b.map = NEWN(c->arena, ValueId, body->values.len);
  for (int i = 0; i < body->values.len; i++) b.map[i] = -1;
  const Node *last = body->nodes.at[to - 1];
  if (!copy_nodes(&b, from, to, before)) return false;
  ValueId result = b.map[last->out[0]];
  vec_push(c->arena, &b.body.g->outputs, result);
  vec_push(c->arena, &b.body.g->output_names, last->name);
  GroupAttr attr = {NULL, 0};
  Node *group = graph_insert_group(c, b.g, -1, &attr, b.body.g, b.body.in.at, b.body.in.len,
                                   last->name, 0, last->span);
  if (!group || !group_view(b.g, group, &s->v) || s->v.next) return false;
  s->window = row_window(s->v.anchor);
  return true;
}

static bool build_stages(Ctx *c, const GroupView *whole, Strips *s) {
  const Graph *body = whole->group->body;
  GroupView rest = *whole;
  ValueId before = -1;
  for (int from = 0; from < body->nodes.len; from = rest.next) {
    if (s->n == MAX_STAGES) return false;
    rest.next = from + 1;
    while (rest.next < body->nodes.len && !opens_stage(body->nodes.at[rest.next])) rest.next++;
    if (!build_stage(c, whole, &s->stage[s->n++], from, rest.next, before)) return false;
    before = body->nodes.at[rest.next - 1]->out[0];
  }
  return s->n > 1;
}

/* ---- kernels of the stages ------------------------------------------------------------------
 */

/* The kernels that can be asked for some rows only. */
static const KernelId able[] = {K_CONV_DIRECT, K_CONV_FIRST, K_CONV_DEPTHWISE, K_POOL,
                                K_AFFINE,      K_CAST,       K_CONV_PLAIN,     K_CONV_IM2COL};

/* A plain map is read by the kernel for plain maps: to change its layout would cost a step. */
static bool choose_stage(Ctx *c, const Target *t, Stage *s) {
  const char *why;
  Packs room;
  bool any = false, blocked = is_blocked(view_in(&s->v, 0));
  for (int i = 0; i < COUNT_OF(able); i++) {
    Choice choice = choice_new(able[i], &s->v, &room);
    if (able[i] == (blocked ? K_CONV_FIRST : K_CONV_DIRECT)) continue;
    if (!kernel_table[able[i]].choose(c, t, &s->v, &choice, &why)) continue;
    bool plain = t->lanes == 1 || able[i] == K_CAST; /* what lies between may be */
    if (choice.out != FMT_BLOCKED && !plain) continue;
    if (!any || choice.seconds < s->choice.seconds) s->choice = choice_keep(c, &s->v, &choice);
    any = true;
  }
  return any;
}

/* Only the first stage reads plain maps, and only the last finishes with residuals, which lie
 * where the whole result does. */
static bool stage_fits(const Strips *s, int i) {
  const Stage *st = &s->stage[i];
  const Shape *y = &view_out(&st->v)->shape;
  if (y->rank != 4 || (i && st->source[st->v.in[0]] >= 0)) return false;
  if (st->window.top >= st->window.extent) return false; /* rows of nothing but padding */
  for (int j = 0; j < st->v.group->nin; j++) {
    bool data = j == st->v.in[0],
         vector = graph_value(st->v.g, st->v.group->in[j])->shape.rank == 1;
    if (st->source[j] < 0 && !data) return false;
    if (i + 1 < s->n && !data && !vector && j != st->v.in[1]) return false;
  }
  return true;
}

/* Does a later stage read the first one's input too, as a residual? Those are channel-blocked. */
static bool input_is_residual(const Strips *s) {
  int input = s->stage[0].source[s->stage[0].v.in[0]];
  for (int i = 1; i < s->n; i++)
    for (int j = 0; j < s->stage[i].v.group->nin; j++)
      if (s->stage[i].source[j] == input) return true;
  return false;
}

static bool choose_stages(Ctx *c, const Target *t, Strips *s, bool by_rows) {
  for (int i = 0; i < s->n; i++) {
    Stage *st = &s->stage[i];
    st->v.by_rows = by_rows;
    Value *x = graph_value(st->v.g, st->v.group->in[st->v.in[0]]);
    bool plain = i && s->stage[i - 1].choice.out == FMT_PLAIN;
    bool any = st->v.anchor->op == OP_CONV || st->v.anchor->op == OP_CAST;
    if (plain)
      x->layout = layout_plain(&x->shape);
    else if (i || !any || input_is_residual(s))
      x->layout = t->lanes > 1 ? layout_blocked(&x->shape, 1, t->lanes) : layout_plain(&x->shape);
    if (!stage_fits(s, i) || !choose_stage(c, t, st)) return false;
  }
  return true;
}

/* ---- strips -------------------------------------------------------------------------------- */

static int64_t height(const Stage *s) { return view_out(&s->v)->shape.dim[2]; }

static int64_t blocks_in(const Strips *s, const Target *t, int i) {
  const Stage *st = &s->stage[i];
  if (s->by_group) return st->choice.nb;
  return blocks_of(view_out(&st->v)->shape.dim[1], t->lanes);
}

/* Room for the intermediate results of a strip of s->rows rows; returns bytes. */
static int64_t size_strips(const Target *t, Strips *s) {
  int64_t rows = s->rows, at = 0;
  for (int i = s->n - 2; i >= 0; i--) {
    const RowWindow *w = &s->stage[i + 1].window;
    rows = min64(height(&s->stage[i]), (rows - 1) * w->stride + w->extent);
    s->stage[i].rows = rows;
  }
  for (int i = 0; i + 1 < s->n; i++) {
    const Shape *y = &view_out(&s->stage[i].v)->shape;
    bool plain = s->stage[i].choice.out == FMT_PLAIN;
    int64_t channels = plain ? y->dim[1] : blocks_in(s, t, i) * t->lanes;
    s->stage[i].at = at;
    at += ceil_div(channels * s->stage[i].rows * y->dim[3], 16) * 16;
  }
  s->count = ceil_div(height(&s->stage[s->n - 1]), s->rows);
  s->scratch = at;
  int64_t own = 0;
  for (int i = 0; i < s->n; i++) own = max64(own, s->stage[i].choice.workspace);
  return at * 4 + own;
}

static bool channelwise(const Stage *s) {
  return s->choice.kernel == K_POOL || s->choice.kernel == K_CONV_DEPTHWISE;
}

static int64_t groups_of(const Strips *s, const Target *t) {
  const Stage *st = &s->stage[0];
  return ceil_div(blocks_of(view_out(&st->v)->shape.dim[1], t->lanes), st->choice.nb);
}

/* The highest strip whose rows fit in the part of the second cache, and of which there are enough
 * for several threads. Where all channels are computed at once the rows of the input must fit
 * there, too; by group they are read again for each, in time from the next cache. */
static void choose_height(const Target *t, Strips *s) {
  const Value *x = view_in(&s->stage[0].v, 0);
  int64_t row = x->shape.dim[1] * x->shape.dim[3] * 4, all = height(&s->stage[s->n - 1]);
  int64_t units = s->by_group ? groups_of(s, t) : 1;
  int64_t most = ceil_div(all, ceil_div(FEW_UNITS, units));
  bool small = x->shape.dim[2] * row <= 4 * t->l2; /* the whole input may stay, as ever */
  for (s->rows = most; s->rows > 1; s->rows--) {
    int64_t bytes = size_strips(t, s), rows = s->stage[0].rows;
    rows = (rows - 1) * s->stage[0].window.stride + s->stage[0].window.extent;
    if (s->by_group || (s->rows == all && small)) rows = 0;
    if (bytes + rows * row <= t->l2 / STRIP_SHARE) break;
  }
  s->rows = ceil_div(all, ceil_div(all, s->rows)); /* equal strips */
  size_strips(t, s);
}

/* ---- what it saves --------------------------------------------------------------------------- */

static double weight_bytes(const Stage *s) {
  KernelId kernel = (KernelId)s->choice.kernel;
  return kernel == K_CONV_DIRECT || kernel == K_CONV_FIRST || kernel == K_CONV_IM2COL
             ? 4.0 * (double)shape_count(&view_in(&s->v, 1)->shape)
             : 0;
}

/* Seconds to write an intermediate result and read it again, from where it fits. */
static double traffic(const Target *t, const Stage *s) {
  double bytes = 4.0 * (double)shape_count(&view_out(&s->v)->shape);
  return 2 * bytes / cache_bandwidth(t, bytes);
}

static double seconds_of(const Strips *s) {
  double sum = 0;
  for (int i = 0; i < s->n; i++) sum += s->stage[i].choice.seconds;
  return sum;
}

/* Of one sample. Rows computed twice: by group at every strip's edges. */
static double strip_seconds(const Target *t, const Strips *s) {
  double sum = seconds_of(s), weights = 0;
  for (int i = 0; i < s->n; i++) weights += weight_bytes(&s->stage[i]);
  if (s->by_group) {
    const Stage *first = &s->stage[0];
    double twice = (double)(s->count * first->rows) / (double)height(first);
    if (twice > 1) sum += (twice - 1) * first->choice.seconds;
  }
  /* half of the second cache is the strip's own */
  return sum + (double)(s->count - 1) * weights / cache_bandwidth(t, 2 * weights);
}

static void take_over(Choice *k, const Strips *s) {
  for (int i = 0; i < s->n; i++)
    for (int j = 0; j < s->stage[i].v.group->nin; j++) {
      int at = s->stage[i].source[j];
      if (at < 0) continue;
      k->in[at] = s->stage[i].choice.in[j];
      k->pack[at] = s->stage[i].choice.pack[j];
    }
  k->out = s->stage[s->n - 1].choice.out;
}

bool choose_strips(Ctx *c, const Target *t, const GroupView *v, Choice *k, const char **why) {
  if (!v->next) return refuse(why, "a single stage");
  Strips *s = NEW(c->arena, Strips);
  if (!build_stages(c, v, s)) return refuse(why, "stages of another form");
  if (!choose_stages(c, t, s, false)) return refuse(why, "a stage has no kernel for some rows");
  if (t->lanes == 1 && s->stage[0].choice.kernel == K_CAST)
    return refuse(why, "a cast in front needs vectors");
  double apart = seconds_of(s);
  for (int i = 0; i + 1 < s->n; i++) apart += traffic(t, &s->stage[i]);
  if (s->stage[0].choice.kernel == K_CAST) apart += STEP_SECONDS;
  choose_stages(c, t, s, true);
  s->by_group = t->lanes > 1 && s->n == 2 && channelwise(&s->stage[1]) &&
                s->stage[0].choice.kernel != K_AFFINE && s->stage[0].choice.kernel != K_CAST;
  choose_height(t, s);
  const Shape *y = &view_out(v)->shape;
  k->workspace = size_strips(t, s);
  k->units = y->dim[0] * s->count * (s->by_group ? groups_of(s, t) : 1);
  k->seconds = (double)y->dim[0] * strip_seconds(t, s);
  s->apart = (double)y->dim[0] * apart;
  s->gain = s->apart - k->seconds;
  k->strips = s;
  take_over(k, s);
  return true;
}
