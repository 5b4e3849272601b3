/* k_remap.c: rearrangements of one tensor (ops/remap.c describes them): pad, shuffles, nearest
 * upsampling, windows as columns, phases of transposed convolutions.
 *
 * A row of the output at a time; the input coordinates are the formulas of the description.
 * Those that do not change along the row are computed before it. Where input and output are
 * channel-blocked alike and whole blocks stay together, vectors are moved, else elements.
 */
#include "emit.h"

enum { D5 = MAX_RANK };

typedef struct Moves {
  Kernel *k;
  Remap r;
  const Value *x, *y;
  const char *var[D5]; /* the output's indices; NULL: always 0 */
  int last;            /* dimension that rows run along */
  bool blocks;         /* whole channel blocks, dimension 1 counts blocks */
  int lanes;
} Moves;

/* ---- whole blocks ---------------------------------------------------------------------------
 */

static bool uses_channel(const Coord *at) {
  for (int i = 0; i < at->n; i++)
    if (at->digit[i].dim == 1) return true;
  return false;
}

/* Blocks stay together if the channel is the output's channel plus multiples of the block. */
static bool by_blocks(const Moves *m) {
  int64_t block = layout_channel_block(&m->x->layout, &m->x->shape);
  const Coord *at = &m->r.at[1];
  bool same = false;
  if (block < 2 || block != layout_channel_block(&m->y->layout, &m->y->shape)) return false;
  if (at->bound != BOUND_NONE || at->off % block) return false;
  for (int i = 0; i < at->n; i++) {
    const Digit *d = &at->digit[i];
    bool identity = d->dim == 1 && d->by == 1 && !d->plus && d->div == 1 && !d->mod;
    if (d->dim == 1 ? !identity || d->times != 1 || same : d->times % block != 0) return false;
    same |= identity;
  }
  for (int i = 0; i < m->x->shape.rank; i++)
    if (i != 1 && uses_channel(&m->r.at[i])) return false;
  return same;
}

/* The same formula in blocks of channels. */
static void count_blocks(Moves *m) {
  Coord *at = &m->r.at[1];
  at->off /= m->lanes;
  for (int i = 0; i < at->n; i++)
    if (at->digit[i].dim != 1) at->digit[i].times /= m->lanes;
}

/* ---- channels out of lanes ------------------------------------------------------------------- */

static int64_t digit_value(const Digit *d, int64_t index) {
  int64_t v = (index * d->by + d->plus) / d->div;
  return (d->mod ? v % d->mod : v) * d->times;
}

/* What coordinate d is at the first pixel of `channel`; *step: how far a step in the same dimension
 * of the output goes. False if it depends on anything else, or not evenly. */
static bool coord_value(const Moves *m, int d, int64_t channel, int64_t *value, int64_t *step) {
  const Coord *at = &m->r.at[d];
  *value = at->off;
  *step = 0;
  for (int i = 0; i < at->n; i++) {
    const Digit *g = &at->digit[i];
    *value += digit_value(g, g->dim == 1 ? channel : 0);
    if (g->dim == 1 || m->y->shape.dim[g->dim] == 1) continue;
    if (g->dim != d || g->div != 1 || g->mod) return false;
    *step += g->by * g->times;
  }
  return at->bound == BOUND_NONE;
}

/* Writes rearrangements of channels that keep the pixels beside each other in rows. */
static bool by_lanes(Moves *m) {
  const Value *x = m->x, *y = m->y;
  int64_t block = layout_channel_block(&x->layout, &x->shape);
  if (block < 2 || y->shape.rank != 4 || x->shape.rank != 4 || m->k->v.nepilogue ||
      block != layout_channel_block(&y->layout, &y->shape))
    return false;
  Gather g = {.channels = y->shape.dim[1]};
  GatherFrom *from = NEWN(m->k->c->arena, GatherFrom, g.channels);
  Strides s = value_strides(x), to = value_strides(y);
  GatherInput *in = &g.input[m->k->v.in[0]];
  for (int64_t c = 0; c < g.channels; c++) {
    int64_t v[4], step[4];
    for (int d = 0; d < 4; d++)
      if (!coord_value(m, d, c, &v[d], &step[d])) return false;
    from[c] = (GatherFrom){m->k->v.in[0], v[0] * s.n + v[1] / block * s.cb + v[1] % block +
                                              v[2] * s.h + v[3] * s.w};
    *in = (GatherInput){step[0] * s.n, step[2] * s.h, step[3] * s.w};
    if (step[1]) return false;
  }
  g.from = from;
  g.flat = to.h == y->shape.dim[3] * to.w && in->h == y->shape.dim[3] * in->w;
  return gather_write(m->k, &g);
}

/* ---- text ------------------------------------------------------------------------------------
 */

/* "(x * 2 + 1) / 3 % 2 * 4"; "" for what is always 0. */
static const char *digit_text(Moves *m, const Digit *d) {
  Arena *a = m->k->c->arena;
  const char *t = m->var[d->dim];
  int64_t constant = d->plus / d->div;
  if (!t) {
    if (d->mod) constant %= d->mod;
    return constant ? str_fmt(a, "%lld", (long long)(constant * d->times)) : "";
  }
  if (d->by != 1) t = str_fmt(a, "%s * %lld", t, (long long)d->by);
  if (d->plus)
    t = str_fmt(a, d->div != 1 || d->mod ? "(%s + %lld)" : "%s + %lld", t, (long long)d->plus);
  if (d->div != 1) t = str_fmt(a, "%s / %lld", t, (long long)d->div);
  if (d->mod) t = str_fmt(a, "%s %% %lld", t, (long long)d->mod);
  return d->times == 1 ? t : str_fmt(a, "%s * %lld", t, (long long)d->times);
}

static const char *coord_text(Moves *m, const Coord *at) {
  StrBuf b = {.arena = m->k->c->arena};
  for (int i = 0; i < at->n; i++) {
    const char *t = digit_text(m, &at->digit[i]);
    if (*t) sb_printf(&b, "%s%s", b.len ? " + " : "", t);
  }
  if (at->off || !b.len)
    sb_printf(&b, "%s%lld",
              !b.len        ? ""
              : at->off < 0 ? " - "
                            : " + ",
              (long long)(at->off < 0 && b.len ? -at->off : at->off));
  return sb_str(&b);
}

static bool along_row(const Moves *m, const Coord *at) {
  for (int i = 0; i < at->n; i++)
    if (at->digit[i].dim == m->last && m->var[m->last]) return true;
  return false;
}

/* Offset of the indices `var` in a value; those that are NULL count as 0, `skip` is left out.
 * With whole blocks var[1] counts them. */
static const char *offset_text(Moves *m, const Value *v, const char *const var[], int skip) {
  StrBuf b = {.arena = m->k->c->arena};
  const Layout *l = &v->layout;
  for (int i = 0; i < l->naxes; i++) {
    const LayoutAxis *a = &l->axis[i];
    if (!var[a->dim] || a->dim == skip || v->shape.dim[a->dim] == 1) continue;
    bool inner = a->div == 1 && a->extent < v->shape.dim[a->dim];
    bool blocked = a->dim == 1 && layout_channel_block(l, &v->shape) > 1;
    const char *t = var[a->dim];
    if (blocked && m->blocks) {
      if (a->div == 1) continue;
    } else {
      if (a->div != 1) t = str_fmt(b.arena, "%s / %lld", t, (long long)a->div);
      if (inner) t = str_fmt(b.arena, "%s %% %lld", t, (long long)a->extent);
    }
    sb_printf(&b, "%s%s", b.len ? " + " : "", index_text(m->k, t, a->stride, 0));
  }
  return b.len ? sb_str(&b) : "0";
}

/* ---- coordinates -----------------------------------------------------------------------------
 */

static const char *const names[D5] = {"i0_", "ic", "iz", "iy", "ix"};

/* The name of input coordinate d, and whether it is anything but 0. */
static const char *coord_name(const Moves *m, int d) {
  if (d < 2) return d ? "ic" : "in";
  return names[D5 - m->x->shape.rank + d];
}

static bool is_zero(Moves *m, int d) {
  return m->x->shape.dim[d] == 1 && m->r.at[d].bound != BOUND_FILL;
}

/* Declares coordinate d, brought inside where its bound says so. */
static void write_coord(Moves *m, int d) {
  const Coord *at = &m->r.at[d];
  Writer *w = &m->k->w;
  const char *name = coord_name(m, d), *text = coord_text(m, at);
  long long last = (long long)m->x->shape.dim[d] - 1;
  w_line(w, "%sptrdiff_t %s = %s;", at->bound <= BOUND_FILL ? "const " : "", name, text);
  if (at->bound == BOUND_EDGE) {
    w_line(w, "%s = %s < 0 ? 0 : %s > %lld ? %lld : %s;", name, name, name, last, last, name);
  } else if (at->bound == BOUND_REFLECT) {
    w_line(w, "%s = %s < 0 ? -%s : %s > %lld ? %lld - %s : %s;", name, name, name, name, last,
           2 * last, name, name);
  }
}

/* Declares all coordinates that do (or do not) change along the row; the test that those which
 * fill from outside are inside, or NULL. */
static const char *write_coords(Moves *m, bool row) {
  StrBuf test = {.arena = m->k->c->arena};
  for (int d = 0; d < m->x->shape.rank; d++) {
    if (along_row(m, &m->r.at[d]) != row || is_zero(m, d)) continue;
    write_coord(m, d);
    if (m->r.at[d].bound != BOUND_FILL) continue;
    sb_printf(&test, "%s%s >= 0 && %s < %lld", test.len ? " && " : "", coord_name(m, d),
              coord_name(m, d), (long long)m->x->shape.dim[d]);
  }
  return test.len ? sb_str(&test) : NULL;
}

/* Offset of the coordinates that do (or do not) change along the row in the input. */
static const char *input_offset(Moves *m, bool row) {
  const char *var[D5] = {NULL};
  for (int d = 0; d < m->x->shape.rank; d++)
    if (along_row(m, &m->r.at[d]) == row && !is_zero(m, d)) var[d] = coord_name(m, d);
  return offset_text(m, m->x, var, -1);
}

/* ---- the kernel ------------------------------------------------------------------------------
 */

static void write_element(Moves *m, const char *value) {
  Kernel *k = m->k;
  Writer *w = &k->w;
  const char *var[D5] = {NULL};
  var[m->last] = m->var[m->last];
  const char *at = offset_text(m, m->y, var, -1);
  w_line(w, "%s v = %s;", m->blocks ? "vf" : "float", value);
  for (int i = 0; i < k->v.nepilogue; i++)
    epilogue_unary(k, k->v.epilogue[i].node, "v", !m->blocks);
  if (m->blocks)
    w_line(w, "ST(to + %s, v);", at);
  else
    w_line(w, "to[%s] = v;", at);
  w_count_stores(w, 4.0 * (m->blocks ? m->lanes : 1));
}

static const char *fill_text(Moves *m) {
  const char *f = str_fmt(m->k->c->arena, "%sf", str_float(m->k->c->arena, (float)m->r.fill));
  return m->blocks ? str_fmt(m->k->c->arena, "(vf){0} + %s", f) : f;
}

static void open_row(Moves *m) {
  if (!m->var[m->last])
    w_block(&m->k->w);
  else
    w_loop(&m->k->w, (double)m->y->shape.dim[m->last], "for (ptrdiff_t %s = 0; %s < %lld; ++%s)",
           m->var[m->last], m->var[m->last], (long long)m->y->shape.dim[m->last],
           m->var[m->last]);
}

static void write_row(Moves *m) {
  Kernel *k = m->k;
  Writer *w = &k->w;
  w_line(w, "float *to = o0 + %s;", offset_text(m, m->y, m->var, m->last));
  const char *outside = write_coords(m, false);
  if (outside) {
    w_open(w, "if (!(%s))", outside);
    open_row(m);
    write_element(m, fill_text(m));
    w_close(w);
    w_line(w, "continue;");
    w_close(w);
  }
  w_line(w, "const float *from = %s;",
         sum_text(k, str_fmt(k->c->arena, "i%d", k->v.in[0]), input_offset(m, false)));
  open_row(m);
  const char *test = write_coords(m, true);
  const char *at = input_offset(m, true);
  if (test) {
    w_open(w, "if (!(%s))", test);
    write_element(m, fill_text(m));
    w_line(w, "continue;");
    w_close(w);
  }
  write_element(m, load_text(k, "from", at, !m->blocks));
  w_close(w);
}

/* Declares the output's indices but the last, out of the unit's number. */
static void open_units(Moves *m) {
  static const char *const var[D5] = {"s", "c", "z", "y", "x"};
  const Shape *y = &m->y->shape;
  Writer *w = &m->k->w;
  int64_t units = 1, below = 1, extent[D5];
  for (int d = 0; d < y->rank; d++) {
    extent[d] = d == 1 && m->blocks ? blocks_of(y->dim[1], m->lanes) : y->dim[d];
    m->var[d] = extent[d] == 1 ? NULL : d < 2 ? var[d] : var[D5 - y->rank + d];
    if (d != m->last) units *= extent[d];
  }
  kernel_slice(m->k, units);
  w_loop(w, (double)units, "for (size_t u = u0; u < u1; ++u)");
  for (int d = m->last - 1; d >= 0; d--) {
    if (!m->var[d]) continue;
    const char *u = below == 1 ? "u" : str_fmt(w->out.arena, "u / %lld", (long long)below);
    below *= extent[d];
    if (below < units) u = str_fmt(w->out.arena, "%s %% %lld", u, (long long)extent[d]);
    w_line(w, "const ptrdiff_t %s = (ptrdiff_t)(%s);", m->var[d], u);
  }
}

bool emit_remap(Kernel *k) {
  Moves m = {.k = k, .x = view_in(&k->v, 0), .y = view_out(&k->v)};
  if (!remap_of(k->v.anchor, &m.x->shape, &m.y->shape, &m.r)) return false;
  m.last = m.y->shape.rank - 1;
  m.lanes = k->t->lanes;
  m.blocks = by_blocks(&m);
  k->base = str_fmt(k->c->arena, "%s_%s", op_table[k->v.anchor->op].name,
                    shape_text(k->c, &m.y->shape));
  if (m.blocks)
    count_blocks(&m);
  else if (by_lanes(&m))
    return true;
  kernel_note(k, "%s; a unit of the split is one row",
              m.blocks ? "whole channel blocks" : "element by element");
  kernel_signature(k);
  open_units(&m);
  write_row(&m);
  w_close(&k->w);
  w_close(&k->w);
  return true;
}
