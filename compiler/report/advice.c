/* advice.c: what design guidelines of the field would do otherwise, with the numbers of this
 * network: `netcc check --advice`.
 *
 * One function for each guideline; each looks at one node or output and says nothing where the
 * guideline does not apply. Sources, limits and exceptions stand in codes.def, under A01xx.
 */
#include "report.h"

typedef struct Advisor {
  Ctx *c;
  const Graph *g;
  const Target *t;
  const int *uses;        /* by ValueId: readers */
  const bool *goes_on;    /* by ValueId: a convolution or dense layer comes later */
  const Receptive *field; /* by ValueId */
  Tally all;
} Advisor;

typedef void AdviceFn(const Advisor *a, const Node *n);

static const char *thousands(const Advisor *a, int64_t n) {
  return str_thousands(a->c->arena, n);
}

static double percent(int64_t part, int64_t whole) {
  return whole > 0 ? 100.0 * (double)part / (double)whole : 0;
}

static Diag *advice_at(const Advisor *a, const Node *n, DiagCode code, const char *text) {
  Diag *d = diag_advice(a->c, code, n->span, "%s", text);
  diag_scope_trace(a->c, d, a->g, n->scope);
  return d;
}

static bool is_layer(const Node *n) { return n->op == OP_CONV || n->op == OP_DENSE; }

/* Pixels of a result, all samples. */
static int64_t pixels(const Shape *s) { return shape_count(s) / s->dim[1]; }

/* The attributes if the node is a convolution over two dimensions with a square, undilated
 * kernel of odd size and one stride. */
static const ConvAttr *square_conv(const Node *n) {
  const ConvAttr *k = ATTR(n, ConvAttr);
  if (n->op != OP_CONV || k->kernel.n != 2) return NULL;
  bool square = k->kernel.v[0] == k->kernel.v[1] && k->stride.v[0] == k->stride.v[1];
  bool plain = k->dilation.v[0] == 1 && k->dilation.v[1] == 1 && k->groups == 1;
  return square && plain && k->kernel.v[0] % 2 ? k : NULL;
}

static const char *number_word(Ctx *c, int64_t n) {
  static const char *const words[] = {"no", "one", "two", "three", "four", "five", "six"};
  return n < COUNT_OF(words) ? words[n] : str_fmt(c->arena, "%lld", (long long)n);
}

/* ---- kernels ----------------------------------------------------------------------------------
 */

/* C -> M, M -> M ..., M -> O, each 3x3. */
static int64_t stack_weights(int64_t c, int64_t m, int64_t o, int64_t layers) {
  return 9 * (c * m + (layers - 2) * m * m + m * o);
}

/* Multiply-adds of the same stack: the map shrinks by equal parts from layer to layer, by nothing
 * where padding keeps its size. */
static int64_t stack_macs(const Shape *x, const Shape *y, int64_t m, int64_t layers) {
  int64_t macs = 0;
  for (int64_t i = 0; i < layers; i++) {
    int64_t c = i ? m : x->dim[1], o = i == layers - 1 ? y->dim[1] : m, area = y->dim[0];
    for (int d = 2; d < 4; d++)
      area *= y->dim[d] + (x->dim[d] - y->dim[d]) * (layers - 1 - i) / layers;
    macs += 9 * c * o * area;
  }
  return macs;
}

static void small_kernels(const Advisor *a, const Node *n) {
  enum { NARROW = 16 };
  const ConvAttr *k = square_conv(n);
  if (!k || k->kernel.v[0] < 5 || k->stride.v[0] != 1) return;
  const Shape *x = op_in(a->g, n, 0), *y = &graph_value(a->g, n->out[0])->shape;
  int64_t size = k->kernel.v[0], layers = (size - 1) / 2;
  int64_t m = x->dim[1] < k->out ? x->dim[1] : k->out;
  int64_t now = size * size * x->dim[1] * k->out;
  int64_t then = stack_weights(x->dim[1], m, k->out, layers);
  bool covers_all = last_map(a->g, n->out[0]) != n->out[0]; /* a dense layer, in truth */
  if (m < NARROW || then >= now || covers_all) return;
  Diag *d = advice_at(a, n, DIAG_A0103,
                      str_fmt(a->c->arena, "%s 3x3 convolutions see the same %lldx%lld pixels",
                              number_word(a->c, layers), (long long)size, (long long)size));
  diag_under(a->c, d, "%s weights, %s multiply-adds", thousands(a, now),
             thousands(a, now * pixels(y)));
  diag_help(a->c, d, "with %lld channels in between: %s weights, %s multiply-adds", (long long)m,
            thousands(a, then), thousands(a, stack_macs(x, y, m, layers)));
}

/* 3x3 convolutions with stride 2 until the stride is reached, then with stride 1 until the window
 * is; half the channels in between. Each quarters the pixels that the layers before it have more
 * than the result. */
static void large_strides(const Advisor *a, const Node *n) {
  const ConvAttr *k = square_conv(n);
  if (!k || k->kernel.v[0] < 7 || k->stride.v[0] < 3 || k->stride.v[0] >= k->kernel.v[0]) return;
  const Shape *x = op_in(a->g, n, 0), *y = &graph_value(a->g, n->out[0])->shape;
  int64_t size = k->kernel.v[0], stride = k->stride.v[0], m = k->out / 2 > 0 ? k->out / 2 : 1;
  int64_t halvings = 0, layers, sees = 1, jump = 1, weights = 0, macs = 0, c = x->dim[1];
  while ((int64_t)1 << halvings < stride) halvings++;
  for (layers = 0; layers < 2 || layers < halvings || sees < size; layers++) {
    sees += 2 * jump;
    if (layers < halvings) jump *= 2;
  }
  for (int64_t i = 0; i < layers; i++) {
    int64_t o = i == layers - 1 ? k->out : m, w = 9 * c * o;
    int64_t more = i + 1 < halvings ? (int64_t)1 << (halvings - i - 1) : 1;
    weights += w;
    macs += w * pixels(y) * more * more;
    c = o;
  }
  Diag *d = advice_at(a, n, DIAG_A0104,
                      str_fmt(a->c->arena, "%lldx%lld windows with stride %lld sample coarsely",
                              (long long)size, (long long)size, (long long)stride));
  int64_t now = size * size * x->dim[1] * k->out;
  diag_under(a->c, d, "%s weights, %s multiply-adds", thousands(a, now),
             thousands(a, now * pixels(y)));
  diag_help(a->c, d,
            "%s 3x3 convolutions, %s of them with stride 2, %lld channels in between, see "
            "%lldx%lld pixels: %s weights, about %s multiply-adds",
            number_word(a->c, layers), number_word(a->c, halvings), (long long)m, (long long)sees,
            (long long)sees, thousands(a, weights), thousands(a, macs));
}

/* Input behind the end of the last window, of one spatial dimension. */
static int64_t left_over(int64_t in, int64_t out, int64_t extent, int64_t stride, int64_t pad) {
  int64_t end = (out - 1) * stride + extent - pad;
  return extent >= stride && end < in ? in - end : 0;
}

static void lost_pixels(const Advisor *a, const Node *n) {
  const ConvAttr *conv = n->op == OP_CONV ? ATTR(n, ConvAttr) : NULL;
  const PoolAttr *pool = pool_form(n->op, NULL) == POOL_WINDOWS ? ATTR(n, PoolAttr) : NULL;
  if (!conv && !pool) return;
  const Shape *x = op_in(a->g, n, 0), *y = &graph_value(a->g, n->out[0])->shape;
  const Dims *stride = conv ? &conv->stride : &pool->stride;
  const Pads *pad = conv ? &conv->pad : &pool->pad;
  StrBuf lost = {.arena = a->c->arena};
  for (int i = 0; i < x->rank - 2; i++) {
    int64_t extent = conv ? conv->dilation.v[i] * (conv->kernel.v[i] - 1) + 1 : pool->kernel.v[i];
    int64_t in = x->dim[2 + i];
    int64_t left = left_over(in, y->dim[2 + i], extent, stride->v[i], pad->v[i]);
    if (!left || left * 32 >= in) continue; /* W0401 says it */
    sb_printf(&lost, "%s%lld of %lld in %s", lost.len ? ", " : "", (long long)left, (long long)in,
              dim_name(x->rank, 2 + i));
  }
  if (!lost.len) return;
  Diag *d = advice_at(a, n, DIAG_A0107,
                      str_fmt(a->c->arena, "no window reads the end of the input: %s", lost.at));
  diag_help(a->c, d, "%s",
            conv ? "pad=same, or a size that the stride divides, uses all of it"
                 : "ceil=true adds a window for it");
}

/* ---- channels ---------------------------------------------------------------------------------
 */

/* Activations, normalisations, and pooling that keeps the size. */
static bool is_transparent(const Advisor *a, const Node *n) {
  if (pool_form(n->op, NULL) == POOL_WINDOWS)
    return shape_eq(op_in(a->g, n, 0), &graph_value(a->g, n->out[0])->shape);
  return (op_table[n->op].flags & OPF_UNARY) || n->op == OP_BATCHNORM;
}

/* Is there a way past the node for what its input holds? */
static bool is_bypassed(const Advisor *a, const Node *n) {
  for (;;) {
    const Value *v = graph_value(a->g, n->in[0]);
    if (a->uses[v->id] > 1) return true;
    n = v->def;
    if (!n || !is_transparent(a, n)) return false;
  }
}

static void tight_bottleneck(const Advisor *a, const Node *n) {
  enum { TIGHT = 8 };
  if (n->op != OP_CONV || !a->goes_on[n->out[0]]) return;
  const Value *x = graph_value(a->g, n->in[0]), *y = graph_value(a->g, n->out[0]);
  if (y->shape.dim[1] * TIGHT > x->shape.dim[1] || is_bypassed(a, n)) return;
  if (last_map(a->g, y->id) != y->id) return;
  Diag *d = advice_at(a, n, DIAG_A0102,
                      str_fmt(a->c->arena, "a bottleneck leaves %lld of %lld channels",
                              (long long)y->shape.dim[1], (long long)x->shape.dim[1]));
  diag_under(a->c, d, "%s numbers become %s", thousands(a, shape_count(&x->shape)),
             thousands(a, shape_count(&y->shape)));
  diag_help(a->c, d, "%lld channels would be a quarter; or let a shortcut carry the rest past it",
            (long long)(x->shape.dim[1] + 3) / 4);
}

static void idle_lanes(const Advisor *a, const Node *n) {
  const ConvAttr *conv = n->op == OP_CONV ? ATTR(n, ConvAttr) : NULL;
  const Value *y = graph_value(a->g, n->out[0]);
  const char *what = conv ? "channels" : "features";
  int64_t lanes = a->t->lanes, o = y->shape.dim[1], up = (o + lanes - 1) / lanes * lanes;
  if (!is_layer(n) || !a->goes_on[y->id]) return;
  if (conv && conv->groups > 1 && conv->groups != o) return; /* blocked by groups, if at all */
  Tally t = tally_node(a->c, a->g, n);
  if ((up - o) * 10 < up || t.macs < a->all.macs / 100) return;
  Diag *d = advice_at(a, n, DIAG_A0105,
                      str_fmt(a->c->arena, "%lld %s on %lld lanes: %.3g %% of the lanes idle",
                              (long long)o, what, (long long)lanes, percent(up - o, up)));
  diag_under(a->c, d, "%.1f %% of the network's multiply-adds", percent(t.macs, a->all.macs));
  if (up > lanes)
    diag_help(a->c, d, "%lld fill whole vectors, %lld take the same time",
              (long long)(up - lanes), (long long)up);
  else
    diag_help(a->c, d, "%lld take the same time", (long long)up);
}

/* ---- the classifier ---------------------------------------------------------------------------
 */

static void large_dense(const Advisor *a, const Node *n) {
  if (n->op != OP_DENSE) return;
  ValueId map = last_map(a->g, n->in[0]);
  Tally t = tally_node(a->c, a->g, n);
  if (map < 0 || t.weights * 5 < (a->all.weights + a->all.bias) * 2) return;
  const Value *v = graph_value(a->g, map);
  int64_t area = pixels(&v->shape) / v->shape.dim[0];
  if (v->shape.dim[1] * area != op_in(a->g, n, 0)->dim[1]) return;
  Diag *d = advice_at(a, n, DIAG_A0106,
                      str_fmt(a->c->arena, "this layer holds %.1f %% of all parameters",
                              percent(t.weights, a->all.weights + a->all.bias)));
  diag_under(a->c, d, "%s weights on %lld maps of %lld pixels", thousands(a, t.weights),
             (long long)v->shape.dim[1], (long long)area);
  diag_help(a->c, d, "global_avgpool before it leaves %lld features and %s weights",
            (long long)v->shape.dim[1], thousands(a, t.weights / area));
}

/* The first input with as many spatial dimensions. */
static const Shape *picture(const Graph *g, int spatial) {
  for (int i = 0; i < g->inputs.len; i++) {
    const Shape *s = &graph_value(g, g->inputs.at[i])->shape;
    if (s->rank - 2 == spatial) return s;
  }
  return NULL;
}

/* The node that turns the last map into something without extent. */
static const Node *reader_of(const Graph *g, ValueId id, ValueId map) {
  const Node *n = graph_value(g, id)->def;
  while (n && n->in[0] != map) n = graph_value(g, n->in[0])->def;
  return n;
}

static void partial_view(const Advisor *a, const char *output, ValueId id) {
  ValueId map = last_map(a->g, id);
  const Node *n = map < 0 || map == id ? NULL : reader_of(a->g, id, map);
  if (!n) return;
  bool joined = op_table[n->op].flags & OPF_VIEW; /* flatten: a dense layer sees all positions */
  const Receptive *f = &a->field[n->op == OP_CONV ? n->out[0] : map];
  const Shape *x = picture(a->g, f->n);
  bool part = false;
  for (int i = 0; x && i < f->n; i++) part |= f->size[i] * (joined ? 2 : 1) < x->dim[2 + i];
  if (!part) return;
  Shape area = {.rank = f->n};
  for (int i = 0; i < f->n; i++) area.dim[i] = x->dim[2 + i];
  Diag *d = advice_at(a, n, DIAG_A0101,
                      str_fmt(a->c->arena, "what leads to output %s sees %s of %s pixels", output,
                              extents_text(a->c, f, f->size, true), shape_text(a->c, &area)));
  const Node *def = graph_value(a->g, map)->def;
  if (def)
    diag_also(a->c, d, def->span, "the last map, its steps are %s pixels apart",
              jumps_text(a->c, f));
  int64_t add = (2 * f->jump[0] + f->finer[0] - 1) / f->finer[0];
  diag_help(a->c, d, "each further 3x3 convolution before it sees %lld pixels more",
            (long long)add);
}

/* ---- all of it --------------------------------------------------------------------------------
 */

static AdviceFn *const guidelines[] = {tight_bottleneck, small_kernels, large_strides,
                                       idle_lanes,       large_dense,   lost_pixels};

static const bool *find_goes_on(Ctx *c, const Graph *g) {
  bool *at = NEWN(c->arena, bool, g->values.len + 1);
  for (int i = g->nodes.len - 1; i >= 0; i--) {
    const Node *n = g->nodes.at[i];
    bool on = is_layer(n);
    for (int k = 0; k < n->nout; k++) on |= at[n->out[k]];
    for (int k = 0; k < n->nin; k++) at[n->in[k]] |= on;
  }
  return at;
}

void advise(Ctx *c, const Graph *g, const Target *t) {
  Advisor a = {c,
               g,
               t,
               graph_use_counts(c, g),
               find_goes_on(c, g),
               graph_receptive(c, g),
               tally_scopes(c, g)[0]};
  for (int i = 0; i < g->nodes.len; i++)
    for (int k = 0; k < COUNT_OF(guidelines) && !g->nodes.at[i]->dead; k++)
      guidelines[k](&a, g->nodes.at[i]);
  for (int i = 0; i < g->outputs.len; i++)
    partial_view(&a, g->output_names.at[i], g->outputs.at[i]);
}
