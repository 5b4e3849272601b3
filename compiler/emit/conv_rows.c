/* conv_rows.c: the loops around the register tiles of the direct convolutions.
 *
 * A unit of the parallel split is one chunk of rows (of tiles, where the map is flat) of one
 * sample for one group of output blocks. A thread takes its units chunk by chunk; inside a chunk
 * the order is: group, pass over input channels, row, tile. So a pass's weights for one group
 * stay in the first cache while the rows go by, and all weights are read in the order in which
 * they stand, which is what processors fetch ahead. 1x1 convolutions would read their whole input
 * once for each group: if that is more than the second cache holds, passes come before groups.
 */
#include "emit.h"

enum { SMALL_MAP = 28 * 28 }; /* pixels */

/* ---- setting up ---------------------------------------------------------------------------- */

static void add_operand(ConvEmit *e, int i) {
  for (int j = 0; j < e->noperands; j++)
    if (e->operand[j] == i) return;
  e->operand[e->noperands++] = i;
}

/* Border rows: is any kernel row cut, and how many are left on average. */
static bool measure_rows(const ConvShape *s, double *mean) {
  int64_t sum = 0;
  for (int64_t oy = 0; oy < s->oh; oy++) {
    int64_t lo, hi;
    conv_kernel_rows(s, oy, &lo, &hi);
    sum += hi - lo;
  }
  *mean = (double)sum / (double)s->oh;
  return sum < s->oh * s->kh;
}

/* Columns as rows. */
static ConvShape turned(const ConvShape *s) {
  return (ConvShape){
      .oh = s->ow, .h = s->w, .kh = s->kw, .sy = s->sx, .dy = s->dx, .top = s->left};
}

/* The pixels of a tile are samples: kernel columns become a loop like that over kernel rows. */
static void go_across(ConvEmit *e) {
  e->xw = e->x.w, e->yw = e->y.w;
  e->x.w = e->x.n, e->y.w = e->y.n;
  e->s.w = e->s.ow = e->s.n;
  e->s.n = e->s.kw = e->s.sx = e->s.dx = 1;
  e->s.left = 0;
}

static void find_geometry(ConvEmit *e) {
  const GroupView *v = &e->k->v;
  conv_shape(v, &e->s);
  e->x = strides_as(view_in(v, 0), e->kind == CONV_PLAIN ? 1 : e->k->t->lanes);
  e->y = value_strides(view_out(v));
  e->map = e->s;
  e->across = e->k->step->choice.across && e->kind == CONV_BLOCKED && !e->k->stage;
  e->flat = !e->across && conv_is_flat(&e->s);
  if (e->flat) {
    e->s.w *= e->s.h, e->s.ow *= e->s.oh;
    e->s.h = e->s.oh = 1;
  }
  e->columns_mean = 1;
  e->trimmed = measure_rows(&e->s, &e->rows_mean);
  if (!e->across) return;
  ConvShape columns = turned(&e->s);
  e->trimmed |= measure_rows(&columns, &e->columns_mean) || e->s.kh * e->s.kw > 1;
  go_across(e);
}

/* Groups of output blocks, input blocks and passes. A depthwise convolution is seen as one of
 * a single input channel per group, whose channel happens to be a vector; a grouped one as one
 * whose groups have a single input block each. */
static void find_blocks(ConvEmit *e) {
  const Choice *choice = &e->k->step->choice;
  bool lanewise = e->kind == CONV_DEPTHWISE || e->kind == CONV_GROUPED;
  e->lanes = e->k->t->lanes, e->nb = choice->nb;
  e->li = e->kind == CONV_BLOCKED ? e->lanes : e->kind == CONV_GROUPED ? (int)e->s.c : 1;
  int64_t blocks = lanewise ? 1 : blocks_of(e->s.o / e->s.groups, e->lanes);
  e->per = ceil_div(blocks, e->nb);
  e->groups = lanewise ? blocks_of(e->s.o, e->lanes) : e->per * e->s.groups;
  e->full = e->s.c / e->li, e->tail = e->s.c % e->li;
  e->blocks = e->full + (e->tail > 0);
  e->icb = choice->icb > 0 && choice->icb < e->blocks ? choice->icb : e->blocks;
  e->passes = (double)ceil_div(e->blocks, e->icb);
  if (e->kind == CONV_GROUPED) {
    grouped_sets(e);
    return;
  }
  int rest = (int)(blocks % e->nb); /* only without groups: there nb divides */
  e->set[0] = (ConvTiles){.nq = e->nb, .px = choice->px, .groups = e->groups - (rest > 0)};
  e->set[1] = (ConvTiles){.nq = rest, .groups = rest > 0};
  e->set[1].px = e->flat ? choice->px : widest_tile(e->k->t, rest);
}

static void set_up(ConvEmit *e) {
  const GroupView *v = &e->k->v;
  find_geometry(e);
  find_blocks(e);
  e->bias = v->nin > 2 ? v->in[2] : -1;
  e->onto = e->passes > 1 && kernel_begins_sum(e->k);
  for (int i = 0; i < v->nepilogue; i++)
    for (int j = 0; j < 2; j++)
      if (v->epilogue[i].operand[j] >= 0) add_operand(e, v->epilogue[i].operand[j]);
  conv_tiles_plan(e);
}

/* ---- calls of tiles -------------------------------------------------------------------------
 */

/* Calls a tile whose first pixel is `tiles` (an expression, NULL: none) tiles of px pixels right
 * of pixel ox of the tile's run. */
static void write_call(ConvEmit *e, const ConvTiles *set, const ConvTile *t, const char *tiles) {
  StrBuf b = {.arena = e->k->c->arena}, y = {.arena = e->k->c->arena};
  sb_printf(&b, "%s(x", t->name);
  if (t->col > 0) sb_printf(&b, " + %lld", (long long)(t->col * e->x.w));
  if (t->ox) sb_printf(&y, " + %lld", (long long)(t->ox * e->y.w));
  if (tiles) sb_term(&b, tiles, t->px * e->s.sx * e->x.w), sb_term(&y, tiles, t->px * e->y.w);
  sb_puts(&b, ", w");
  if (e->bias >= 0) sb_puts(&b, ", b");
  for (int i = 0; i < e->noperands; i++)
    if (!kernel_replaces(e->k, e->operand[i]))
      sb_printf(&b, ", r%d%s", e->operand[i],
                conv_operand_is_vector(e, e->operand[i]) ? "" : sb_str(&y));
  sb_printf(&b, ", y%s", sb_str(&y));
  if (e->trimmed) sb_puts(&b, ", r, ky0, ky1");
  if (e->trimmed && e->across) sb_puts(&b, ", l, kx0, kx1");
  if (e->passes > 1) sb_puts(&b, ", c0, c1");
  if (e->passes > 1 && e->k->v.nepilogue > e->k->begun)
    sb_printf(&b, ", c1 == %lld", (long long)e->blocks);
  if (e->kind == CONV_GROUPED) sb_puts(&b, grouped_parameters(e, set, true));
  if (e->ahead) sb_puts(&b, ", ahead");
  w_line(&e->k->w, "%s);", sb_str(&b));
}

static void write_row_calls(ConvEmit *e, const ConvTiles *set) {
  Writer *w = &e->k->w;
  for (int i = 0; i < set->n; i++) {
    const ConvTile *t = &set->at[i];
    if (t->count > 1) w_for(w, "j", t->count);
    write_call(e, set, t, t->count > 1 ? "j" : NULL);
    if (e->ahead) w_line(w, "ahead += %lld;", (long long)e->further);
    if (t->count > 1) w_close(w);
  }
}

/* Tiles j0..j1 of a flat map: which run a tile is in follows from its number. */
static void write_flat_calls(ConvEmit *e, const ConvTiles *set) {
  Writer *w = &e->k->w;
  w_open(w, "for (size_t j = j0; j < j1; ++j)");
  int64_t before = 0;
  for (int i = 0; i < set->n; i++) {
    const ConvTile *t = &set->at[i];
    const char *other = i ? "else " : "";
    if (i + 1 < set->n)
      w_line(w, "%sif (j < %lld)", other, (long long)(before + t->count));
    else if (i)
      w_line(w, "else");
    w->depth++;
    write_call(e, set, t, before ? str_fmt(w->out.arena, "(j - %lld)", (long long)before) : "j");
    w->depth--;
    before += t->count;
  }
  if (e->ahead) w_line(w, "ahead += %lld;", (long long)e->further);
  w_close(w);
}

/* ---- loops ----------------------------------------------------------------------------------
 */

typedef struct Chunks { /* how the units of one sample are numbered */
  int64_t rows;         /* rows or tiles of a sample */
  int64_t size, count;  /* rows or tiles of a chunk, chunks of a sample */
  bool single;          /* one chunk in all: units are groups */
} Chunks;

static Chunks chunks_of(const ConvEmit *e) {
  Chunks c = {.rows = e->s.oh};
  if (e->flat) {
    c.rows = 0;
    for (int i = 0; i < e->set[0].n; i++) c.rows += e->set[0].at[i].count;
    if (!e->set[0].groups)
      for (int i = 0; i < e->set[1].n; i++) c.rows += e->set[1].at[i].count;
  }
  int rows = e->k->step->choice.rows;
  c.size = rows > 0 && rows < c.rows ? rows : c.rows;
  c.count = ceil_div(c.rows, c.size);
  c.single = c.count == 1 && e->s.n == 1;
  return c;
}

static bool groups_first(const ConvEmit *e, const Chunks *c) {
  double pixels = (double)(e->flat ? c->size * e->set[0].px : c->size * e->s.ow);
  if (e->across) pixels *= (double)e->map.ow;
  return e->map.kh * e->map.kw > 1 || 4 * pixels * (double)e->s.c < 0.6 * (double)e->k->t->l2;
}

/* Floats of the weights of one input block for one group. */
static int64_t block_weights(const ConvEmit *e) {
  return e->map.kh * e->li * e->map.kw * e->nb * e->lanes;
}

/* 1x1 convolutions need their weights faster than other kernels: where few pixels share them,
 * each tile asks for a part of those that come next, a line or a few with each input block.
 * Lines that come in a burst make what the tile itself reads wait: 10 % on maps of 7x7. */
static void plan_ahead(ConvEmit *e) {
  enum { PIXELS = 256, CYCLES = 8 };
  Chunks c = chunks_of(e);
  if (e->kind != CONV_BLOCKED || e->map.kh * e->map.kw > 1 || e->k->stage || e->full < 2) return;
  int64_t tiles = c.size, lines = block_weights(e) / LINE_FLOATS;
  if (!e->flat)
    for (int i = 0; i < e->set[0].n; i++) tiles += c.size * (e->set[0].at[i].count - (i == 0));
  int64_t pixels = e->flat ? c.size * e->set[0].px : c.size * e->s.ow;
  if (e->across) tiles *= e->map.ow, pixels *= e->map.ow;
  int64_t cycles = e->li * e->nb * (pixels / tiles) / 2;
  if (pixels > PIXELS || !e->set[0].groups || ceil_div(lines, tiles) * CYCLES > cycles) return;
  e->ahead = (int)ceil_div(lines, tiles);
  e->further = ceil_div(e->icb * lines, tiles) * LINE_FLOATS;
}

/* Opens the loop over the thread's units and decodes sample, rows and groups. */
static void open_units(ConvEmit *e, const Chunks *c) {
  Writer *w = &e->k->w;
  const char *row = e->flat ? "j" : "y";
  long long g = e->groups, n = c->count, rows = c->rows;
  kernel_slice(e->k, e->s.n * c->count * e->groups);
  if (c->single) {
    w_line(w, "const size_t g0 = u0, g1 = u1;");
    return;
  }
  w_open(w, "for (size_t u = u0, end; u < u1; u = end)");
  w_line(w, "/* chunk q of the rows, and of its channel groups those from g0 to g1 */");
  w_line(w, "const size_t q = u / %lld, g0 = u %% %lld;", g, g);
  w_line(w, "const size_t g1 = u1 - q * %lld < %lld ? u1 - q * %lld : %lld;", g, g, g, g);
  w_line(w, "end = q * %lld + g1;", g);
  if (e->s.n > 1) w_line(w, "const size_t s = q / %lld; /* sample */", n);
  if (n == 1) return;
  const char *q = e->s.n > 1 ? str_fmt(w->out.arena, "(q %% %lld)", n) : "q";
  w_line(w, "const size_t %s0 = %s * %lld / %lld;", row, q, rows, n);
  w_line(w, "const size_t %s1 = (%s + 1) * %lld / %lld;", row, q, rows, n);
}

/* A stage is told its rows, and perhaps its groups. */
static void open_stage(ConvEmit *e) {
  if (!e->k->stage->blocks)
    w_line(&e->k->w, "const size_t b0 = 0, b1 = %lld;", (long long)e->groups);
}

/* "oy", or "(oy - yr)" where that row begins the strip: a row, block or group in a stage. */
static const char *within(const ConvEmit *e, const char *what, const char *first, bool strip) {
  return strip ? str_fmt(e->k->c->arena, "(%s - %s)", what, first) : what;
}

/* Pointers that hold for all rows: weights, bias and per-channel vectors of group g. */
static void write_group_pointers(ConvEmit *e, const Chunks *c) {
  Writer *w = &e->k->w;
  StrBuf b = {.arena = w->out.arena};
  long long block = (long long)e->nb * e->lanes;
  long long floats = block_weights(e), weights = e->blocks * floats;
  w_line(w, "const float *w = i%d + g * %lld;", e->k->v.in[1], weights);
  if (e->ahead && e->passes == 1)
    w_line(w, "const float *ahead = w + %lld; /* the next weights */", weights);
  else if (e->ahead && groups_first(e, c))
    w_line(w, "const float *ahead = w + c1 * %lld; /* the next weights */", floats);
  else if (e->ahead)
    w_line(w, "const float *ahead = w + %lld + c0 * %lld; /* the next weights */", weights,
           floats);
  if (e->bias >= 0) w_line(w, "const float *b = i%d + g * %lld;", e->bias, block);
  for (int i = 0; i < e->noperands; i++)
    if (conv_operand_is_vector(e, e->operand[i]))
      w_line(w, "const float *r%d = i%d + g * %lld;", e->operand[i], e->operand[i], block);
  if (e->kind == CONV_GROUPED) grouped_pointers(e);
  if (e->s.groups > 1 && (e->kind != CONV_GROUPED || conv_groups_shuffle(&e->s, e->lanes))) {
    bool strip = e->k->stage && e->k->stage->x_strip && e->k->stage->blocks;
    const char *g = within(e, "g", "b0", strip);
    const char *group =
        e->per == 1 ? g : str_fmt(w->out.arena, "%s / %lld", g, (long long)e->per);
    sb_term(&b, group, e->blocks * e->x.cb);
  }
  if (e->s.n > 1) sb_term(&b, "s", e->x.n);
  w_line(w, "const float *%s = i%d%s;", e->flat || e->trimmed ? "x" : "map", e->k->v.in[0],
         sb_str(&b));
}

/* What write_kernel_rows calls an output row, the first input row, the kernel rows of it that are
 * on the map, and the row that the first of them reads. */
typedef struct RowNames {
  const char *oy, *iy, *ky, *r, *what;
} RowNames;
static const RowNames row_names = {"oy", "iy", "ky", "r", "row"},
                      column_names = {"ox", "ix", "kx", "l", "column"};

/* Kernel rows ky0..ky1 of output row oy and the input row r that ky0 reads. */
static void write_kernel_rows(ConvEmit *e, const ConvShape *s, const RowNames *n) {
  Writer *w = &e->k->w;
  Arena *a = w->out.arena;
  long long top = s->top, end = s->h + s->top, extent = (s->kh - 1) * s->dy + 1;
  const char *up = s->dy == 1 ? "" : str_fmt(a, " / %lld", (long long)s->dy), *iy = n->iy;
  long long round = s->dy - 1;
  StrBuf first = {.arena = a};
  sb_term(&first, n->oy, s->sy);
  w_line(w, "const size_t %s = %s; /* first input %s, counted from the padding's */", iy,
         sb_str(&first) + 3, n->what);
  if (top) {
    const char *rows = str_fmt(a, round ? "(%lld - %s)" : "%lld - %s", top + round, iy);
    w_line(w, "const size_t %s0 = %s < %lld ? %s%s : 0;", n->ky, iy, top, rows, up);
  } else {
    w_line(w, "const size_t %s0 = 0;", n->ky);
  }
  const char *left = str_fmt(a, round ? "(%lld - %s)" : "%lld - %s", end + round, iy);
  bool beyond = (s->oh - 1) * s->sy >= end; /* rows of nothing but padding */
  w_line(w, "const size_t %s1 = %s + %lld <= %lld ? %lld : %s%s%s;", n->ky, iy, extent, end,
         (long long)s->kh, beyond ? str_fmt(a, "%s >= %lld ? 0 : ", iy, end) : "", left, up);
  const char *d = s->dy == 1 ? n->ky : str_fmt(a, "%s0 * %lld", n->ky, (long long)s->dy);
  const char *row = top ? str_fmt(a, " - %lld", top) : "";
  if (e->k->stage && e->k->stage->x_strip) row = str_fmt(a, "%s - xr", row);
  w_line(w, "const size_t %s = %s + %s%s%s;", n->r, iy, d, s->dy == 1 ? "0" : "", row);
}

/* No kernel row is cut: the first input row of output row oy. */
static void write_row_pointer(ConvEmit *e) {
  long long s = e->s.sy, h = e->x.h;
  if (e->k->stage && e->k->stage->x_strip)
    w_line(&e->k->w, "const float *x = map + (oy * %lld - xr) * %lld;", s, h);
  else if (e->across)
    w_line(&e->k->w, "const float *x = map + oy * %lld + ox * %lld;", s * h,
           (long long)(e->map.sx * e->xw));
  else
    w_line(&e->k->w, "const float *x = map + oy * %lld;", s * h);
}

/* What changes from row to row: kernel rows, the place in the output and in residuals. */
static void write_row_pointers(ConvEmit *e) {
  Writer *w = &e->k->w;
  Arena *a = w->out.arena;
  StrBuf at = {.arena = a};
  const StageForm *s = e->k->stage;
  const char *g = within(e, "g", "b0", s && s->y_strip && s->blocks);
  sb_printf(&at, "%s * %lld", g, (long long)(e->nb * e->y.cb));
  if (!e->flat) {
    if (e->trimmed)
      write_kernel_rows(e, &e->map, &row_names);
    else
      write_row_pointer(e);
    sb_term(&at, within(e, "oy", "yr", s && s->y_strip), e->y.h);
  }
  if (e->across && e->trimmed) {
    ConvShape columns = turned(&e->map);
    write_kernel_rows(e, &columns, &column_names);
  }
  if (e->across) sb_term(&at, "ox", e->yw);
  w_line(w, "const size_t at = %s;", sb_str(&at));
  for (int i = 0; i < e->noperands; i++) {
    int id = e->operand[i];
    if (conv_operand_is_vector(e, id) || kernel_replaces(e->k, id)) continue;
    const Value *r = graph_value(e->k->v.g, e->k->v.group->in[id]);
    StrBuf b = {.arena = a};
    if (e->s.n > 1) sb_term(&b, "s", value_strides(r).n);
    w_line(w, "const float *r%d = i%d + at%s;", id, id, sb_str(&b));
  }
  StrBuf b = {.arena = a};
  if (e->s.n > 1) sb_term(&b, "s", e->y.n);
  w_line(w, "float *y = o0 + at%s;", sb_str(&b));
}

static void write_calls(ConvEmit *e, const ConvTiles *set, bool chunked) {
  if (e->flat && chunked)
    write_flat_calls(e, set);
  else
    write_row_calls(e, set);
}

static void open_passes(ConvEmit *e) {
  Writer *w = &e->k->w;
  if (e->passes == 1) return;
  long long icb = e->icb, n = e->blocks;
  w_open(w, "for (size_t c0 = 0; c0 < %lld; c0 += %lld)", n, icb);
  w_line(w, "const size_t c1 = c0 + %lld < %lld ? c0 + %lld : %lld;", icb, n, icb, n);
}

static void open_groups(ConvEmit *e) {
  w_open(&e->k->w,
         e->k->stage ? "for (size_t g = b0; g < b1; ++g)" : "for (size_t g = g0; g < g1; ++g)");
}

/* Small maps pass so quickly that weights arrive late: those of the next pass are fetched while
 * the rows of this one go by. The next group's follow the last pass's. */
static void write_prefetch(ConvEmit *e, const Chunks *c) {
  Writer *w = &e->k->w;
  int64_t floats = block_weights(e);
  int64_t lines = ceil_div(ceil_div(e->icb * floats, LINE_FLOATS), c->size);
  if (e->passes == 1 || e->k->stage || c->size * e->s.ow > SMALL_MAP ||
      e->map.kh * e->map.kw == 1)
    return;
  const char *row = c->count == 1 ? "oy" : "(oy - y0)";
  w_line(w, "/* the next pass's weights */");
  w_line(w, "for (size_t i = 0; i < %lld; ++i)", (long long)lines);
  w_line(w, "  __builtin_prefetch(w + c1 * %lld + (%s * %lld + i) * %d);", (long long)floats, row,
         (long long)lines, LINE_FLOATS);
}

static void write_entry(ConvEmit *e) {
  Writer *w = &e->k->w;
  Chunks c = chunks_of(e);
  bool stage = e->k->stage;
  kernel_signature(e->k);
  if (stage)
    open_stage(e);
  else
    open_units(e, &c);
  if (groups_first(e, &c)) {
    open_groups(e);
    open_passes(e);
  } else {
    open_passes(e);
    open_groups(e);
  }
  write_group_pointers(e, &c);
  if (!e->flat) {
    if (c.count == 1 && !stage)
      w_for(w, "oy", e->s.oh);
    else
      w_open(w, stage ? "for (size_t oy = from; oy < to; ++oy)"
                      : "for (size_t oy = y0; oy < y1; ++oy)");
    write_prefetch(e, &c);
  }
  if (e->across) w_for(w, "ox", e->map.ow);
  write_row_pointers(e);
  bool both = e->set[0].groups && e->set[1].groups;
  if (both && e->kind == CONV_GROUPED)
    w_open(w, "if (%s)", grouped_condition(e));
  else if (both)
    w_open(w, "if (g < %lld)", (long long)e->set[0].groups);
  if (e->set[0].groups) write_calls(e, &e->set[0], c.count > 1);
  if (both) w_close(w), w_open(w, "else");
  if (e->set[1].groups) write_calls(e, &e->set[1], c.count > 1);
  if (both) w_close(w);
  while (w->depth) w_close(w);
}

/* ---- the banner -----------------------------------------------------------------------------
 */

static void write_notes(ConvEmit *e) {
  Kernel *k = e->k;
  if (k->stage) return; /* the chain says how it is run */
  const Choice *choice = &k->step->choice;
  Chunks c = chunks_of(e);
  const char *pass = e->passes > 1 ? "pass over input channels, " : "";
  bool groups = groups_first(e, &c);
  kernel_note(k, "order: %schunk of %lld %s, %sgroup of %d x %d output channels, %s%stile",
              e->s.n > 1 ? "sample, " : "", (long long)c.size, e->flat ? "tiles" : "rows",
              groups ? "" : pass, e->nb, e->lanes, groups ? pass : "",
              e->flat     ? ""
              : e->across ? "row, column, "
                          : "row, ");
  kernel_note(k, "register tile: %d vectors of channels x up to %d %s", e->nb, choice->px,
              e->across ? "samples" : "pixels");
  kernel_note(k, "split: %lld units of (chunk, group)",
              (long long)(e->s.n * c.count * e->groups));
  if (e->trimmed)
    kernel_note(k, "kernel rows on the map: %.6g of %lld, mean over output rows", e->rows_mean,
                (long long)e->s.kh);
  if (e->trimmed && e->across)
    kernel_note(k, "kernel columns on the map: %.6g of %lld, mean over output columns",
                e->columns_mean, (long long)e->map.kw);
  if (e->passes > 1)
    kernel_note(k, "passes: %.0f of %lld input channels, partial sums wait in the output",
                e->passes, (long long)(e->icb * e->li));
}

bool conv_emit(Kernel *k, ConvKind kind) {
  ConvEmit e = {.k = k, .kind = kind};
  set_up(&e);
  plan_ahead(&e);
  const ConvShape *s = &e.map;
  k->base =
      str_fmt(k->c->arena, "%s%lldx%llds%lld_%lldx%lldx%lld_%lld",
              kind == CONV_DEPTHWISE ? "dwconv"
              : kind == CONV_GROUPED ? "gconv"
                                     : "conv",
              (long long)s->kh, (long long)s->kw, (long long)s->sy, (long long)(s->c * s->groups),
              (long long)s->h, (long long)s->w, (long long)s->o);
  write_notes(&e);
  for (int i = 0; i < 2; i++)
    for (int t = 0; t < e.set[i].n; t++) conv_tile_write(&e, &e.set[i], &e.set[i].at[t]);
  write_entry(&e);
  return true;
}
