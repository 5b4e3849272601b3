/* k_strips.c: several stages, strip by strip of rows.
 *
 * Every stage is a function of its own, written by the kernel that was chosen for it, which is told
 * the rows it has to compute; what lies between two stages is in the thread's workspace, as many
 * rows as a strip needs. By group: a unit of the split is a strip of a few output blocks of the
 * first stage, a convolution, which the second stage, working channel by channel, takes over at
 * once. Else a unit is a strip of all channels; a thread walks down its strips and keeps the rows
 * that the next strip needs again.
 */
#include "emit.h"

typedef struct Chain {
  Kernel *k;
  const Strips *s;
  StageForm form[MAX_STAGES];
  View4 x, y;            /* of the whole group */
  bool kept[MAX_STAGES]; /* rows of its result are kept for the next strip */
} Chain;

static int64_t height_of(const Stage *s) { return view_out(&s->v)->shape.dim[2]; }

/* The layout of what lies between stage s and the next: a caller's rows become plain ones. */
static Layout strip_layout(const Chain *n, const Stage *s) {
  Shape strip = view_out(&s->v)->shape;
  strip.dim[2] = s->rows;
  return s->choice.out == FMT_PLAIN ? layout_plain(&strip)
                                    : layout_blocked(&strip, 1, n->k->t->lanes);
}

/* ---- the stages -------------------------------------------------------------------------- */

/* What the planner settled later: layouts of the group's own inputs and output. */
static void settle_layouts(Chain *n) {
  const Graph *g = n->k->v.g;
  const Node *group = n->k->v.group;
  for (int i = 0; i < n->s->n; i++) {
    const Stage *s = &n->s->stage[i];
    for (int j = 0; j < s->v.group->nin; j++)
      if (s->source[j] >= 0)
        graph_value(s->v.g, s->v.group->in[j])->layout =
            graph_value(g, group->in[s->source[j]])->layout;
    Value *y = graph_value(s->v.g, s->v.group->out[0]);
    y->layout = i + 1 < n->s->n ? strip_layout(n, s) : graph_value(g, group->out[0])->layout;
    if (i + 1 < n->s->n) {
      const Stage *next = &n->s->stage[i + 1];
      graph_value(next->v.g, next->v.group->in[next->v.in[0]])->layout = y->layout;
    }
  }
}

/* Writes the function of stage i and adds what it counts to the whole. */
static bool write_stage(Chain *n, int i) {
  const Stage *s = &n->s->stage[i];
  Step step = {.choice = s->choice};
  n->form[i] = (StageForm){.name = str_fmt(n->k->c->arena, "$_%c", 'a' + i),
                           .blocks = n->s->by_group,
                           .x_strip = i > 0,
                           .y_strip = i + 1 < n->s->n};
  Kernel k = {.c = n->k->c, .t = n->k->t, .step = &step, .v = s->v, .stage = &n->form[i]};
  k.w = writer_new(n->k->c);
  if (!kernel_emitters[s->choice.kernel](&k)) return false;
  Writer *w = &n->k->w;
  sb_printf(&w->out, "/* stage %d: %s, %s */\n", i + 1, emit_comment(k.c, s->v.group->name),
            kernel_table[s->choice.kernel].name);
  sb_puts(&w->out, sb_str(&k.w.out));
  w_blank(w);
  double samples = (double)n->y.n;
  w->counts.fma += samples * k.w.counts.fma;
  w->counts.other += samples * k.w.counts.other;
  w->counts.loads += samples * k.w.counts.loads;
  w->counts.stores += samples * k.w.counts.stores;
  n->k->base = i ? str_fmt(k.c->arena, "%s_%s", n->k->base, k.base) : k.base;
  return true;
}

/* ---- rows ---------------------------------------------------------------------------------- */

/* The rows of each stage for a strip: from_a to to_a and so on, the last stage's decoded before. */
static void write_windows(Chain *n) {
  Writer *w = &n->k->w;
  for (int i = n->s->n - 2; i >= 0; i--) {
    const RowWindow *v = &n->s->stage[i + 1].window;
    long long s = v->stride, top = v->top, more = v->extent - top, h = height_of(&n->s->stage[i]);
    char a = (char)('a' + i), b = (char)('b' + i);
    if (top)
      w_line(w, "const size_t from_%c = from_%c * %lld > %lld ? from_%c * %lld - %lld : 0;", a, b,
             s, top, b, s, top);
    else
      w_line(w, "const size_t from_%c = from_%c * %lld;", a, b, s);
    w_line(w, "const size_t end_%c = (to_%c - 1) * %lld + %lld;", a, b, s, more);
    w_line(w, "const size_t to_%c = end_%c < %lld ? end_%c : %lld;", a, a, h, a, h);
  }
}

/* Moves the kept rows of stage i to the front of its strip. */
static void write_keep(Chain *n, int i, const char *first) {
  Writer *w = &n->k->w;
  const Stage *s = &n->s->stage[i];
  char a = (char)('a' + i);
  View4 y = view4(view_out(&s->v));
  w_line(w, "size_t new_%c = from_%c; /* rows before it are there from the last strip */", a, a);
  w_open(w, "if (u > u0%s)", first);
  w_open(w, "for (size_t cb = 0; cb < %lld; ++cb)", (long long)y.blocks);
  w_line(w, "float *to = ws + %lld + cb * %lld;", (long long)s->at, (long long)y.s.cb);
  w_line(w, "const float *kept = to + (from_%c - base_%c) * %lld;", a, a, (long long)y.s.h);
  w_line(w, "for (size_t x = 0; x < (end_of_%c - from_%c) * %lld; x += %d)", a, a,
         (long long)y.s.h, n->k->t->lanes);
  w_line(w, n->k->t->lanes > 1 ? "  ST(to + x, LD(kept + x));" : "  to[x] = kept[x];");
  w_close(w);
  w_line(w, "new_%c = end_of_%c;", a, a);
  w_close(w);
  w_line(w, "base_%c = from_%c, end_of_%c = to_%c;", a, a, a, a);
}

/* ---- calls --------------------------------------------------------------------------------- */

/* Operand j of stage i; activations of the whole group move on from sample to sample. */
static void put_operand(Chain *n, StrBuf *b, int i, int j) {
  const Stage *s = &n->s->stage[i];
  int at = s->source[j];
  if (at < 0) {
    sb_printf(b, "ws + %lld, ", (long long)n->s->stage[i - 1].at);
    return;
  }
  const Value *x = graph_value(n->k->v.g, n->k->v.group->in[at]);
  bool runs = x->kind == V_INPUT || (x->def && x->def->op == OP_GROUP);
  sb_printf(b, "i%d", at);
  if (runs && n->y.n > 1) sb_term(b, "s", value_strides(x).n);
  sb_puts(b, ", ");
}

static void write_call(Chain *n, int i, const char *blocks) {
  const Stage *s = &n->s->stage[i];
  StrBuf b = {.arena = n->k->c->arena};
  char a = (char)('a' + i);
  sb_printf(&b, "%s(", n->form[i].name);
  for (int j = 0; j < s->v.group->nin; j++) put_operand(n, &b, i, j);
  if (n->form[i].y_strip)
    sb_printf(&b, "ws + %lld, ", (long long)s->at);
  else
    sb_printf(&b, n->y.n > 1 ? "o0 + s * %lld, " : "o0, ", (long long)n->y.s.n);
  if (s->choice.workspace) sb_printf(&b, "ws + %lld, ", (long long)n->s->scratch);
  sb_printf(&b, "%s_%c, to_%c%s", n->kept[i] ? "new" : "from", a, a, blocks);
  if (n->form[i].x_strip) sb_printf(&b, ", from_%c", a - 1);
  if (n->form[i].y_strip) sb_printf(&b, ", from_%c", a);
  w_line(&n->k->w, "%s);", sb_str(&b));
}

/* ---- units --------------------------------------------------------------------------------- */

/* The strip's number q within its sample, and its rows. */
static void write_strip(Chain *n, const char *unit) {
  Writer *w = &n->k->w;
  long long count = n->s->count, rows = n->s->rows, h = n->y.h;
  char z = (char)('a' + n->s->n - 1);
  if (n->y.n > 1) w_line(w, "const size_t s = %s / %lld; /* sample */", unit, count);
  w_line(w, n->y.n > 1 ? "const size_t q = %s %% %lld; /* strip */" : "const size_t q = %s;",
         unit, count);
  w_line(w, "const size_t from_%c = q * %lld;", z, rows);
  w_line(w, "const size_t to_%c = from_%c + %lld < %lld ? from_%c + %lld : %lld;", z, z, rows, h,
         z, rows, h);
  write_windows(n);
}

static void write_by_group(Chain *n) {
  Writer *w = &n->k->w;
  const Stage *first = &n->s->stage[0];
  View4 mid = view4(view_out(&first->v));
  long long nb = first->choice.nb, blocks = mid.blocks, groups = (blocks + nb - 1) / nb;
  kernel_slice(n->k, n->y.n * n->s->count * groups);
  w_open(w, "for (size_t u = u0; u < u1; ++u)");
  w_line(w, "const size_t g = u %% %lld, b0 = g * %lld;", groups, nb);
  w_line(w, "const size_t b1 = b0 + %lld < %lld ? b0 + %lld : %lld;", nb, blocks, nb, blocks);
  write_strip(n, str_fmt(w->out.arena, "(u / %lld)", groups));
  bool conv = first->choice.kernel != K_POOL;
  write_call(n, 0, conv ? ", g, g + 1" : ", b0, b1");
  write_call(n, 1, ", b0, b1");
  w_close(w);
}

static void write_by_rows(Chain *n) {
  Writer *w = &n->k->w;
  kernel_slice(n->k, n->y.n * n->s->count);
  for (int i = 0; i + 1 < n->s->n; i++) {
    const RowWindow *v = &n->s->stage[i + 1].window;
    bool cheap = n->s->stage[i].choice.kernel == K_CAST; /* rather reads a row again */
    n->kept[i] = v->extent > v->stride && n->s->count > 1 && !cheap;
    if (n->kept[i])
      w_line(w, "size_t base_%c = 0, end_of_%c = 0; /* rows in the workspace */", 'a' + i,
             'a' + i);
  }
  w_open(w, "for (size_t u = u0; u < u1; ++u)");
  write_strip(n, "u");
  for (int i = 0; i + 1 < n->s->n; i++)
    if (n->kept[i]) write_keep(n, i, n->y.n > 1 ? " && q" : "");
  for (int i = 0; i < n->s->n; i++) write_call(n, i, "");
  w_close(w);
}

/* ---- the whole ------------------------------------------------------------------------------- */

static void write_notes(Chain *n) {
  const Strips *s = n->s;
  kernel_note(n->k, "%d stages, strip by strip of %lld output rows; between them %lld bytes of",
              s->n, (long long)s->rows, (long long)n->k->step->choice.workspace);
  kernel_note(n->k, "workspace for each thread, and nothing in the arena");
  kernel_note(n->k, "split: %lld units of %s", (long long)n->k->step->choice.units,
              s->by_group ? "(strip, group of channels)" : "a strip");
}

bool emit_strips(Kernel *k) {
  Chain n = {.k = k, .s = k->step->choice.strips, .x = view4(view_in(&k->v, 0))};
  n.y = view4(view_out(&k->v));
  settle_layouts(&n);
  for (int i = 0; i < n.s->n; i++)
    if (!write_stage(&n, i)) return false;
  write_notes(&n);
  kernel_signature(k);
  if (n.s->by_group)
    write_by_group(&n);
  else
    write_by_rows(&n);
  w_close(&k->w);
  return true;
}
