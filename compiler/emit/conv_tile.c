/* conv_tile.c: the register tile of the direct convolutions.
 *
 * A tile function computes nq output channel blocks x px output pixels in named accumulators
 * while it runs over a pass's input channels and the kernel's elements. Everything is unrolled
 * but the loops over input blocks, kernel rows and (in steps of a few) channels. Tiles at the
 * left and right border hold only those pairs of pixel and kernel column that fall on the map,
 * so nothing is tested inside. Kernel rows are bounded by the caller.
 */
#include "emit.h"

enum {
  LOOP_COLUMNS = 12, /* kernels at least this wide get loops over equal columns, … */
  LOOP_RUN = 4,      /* … where so many neighbours need the same pixels */
};

void sb_term(StrBuf *b, const char *var, int64_t k) {
  if (k == 1)
    sb_printf(b, " + %s", var);
  else if (k)
    sb_printf(b, " + %s * %lld", var, (long long)k);
}

static const char *plus(ConvEmit *e, const char *base, int64_t k) {
  return k ? str_fmt(e->k->c->arena, "%s + %lld", base, (long long)k) : base;
}

bool conv_operand_is_vector(const ConvEmit *e, int i) {
  return graph_value(e->k->v.g, e->k->v.group->in[i])->shape.rank == 1;
}

/* ---- which pixels a kernel column reaches -------------------------------------------------- */

int64_t conv_input_column(const ConvEmit *e, const ConvTile *t, int64_t p, int64_t kx) {
  return (t->ox + p) * e->s.sx - e->s.left + kx * e->s.dx;
}

void conv_column_pixels(const ConvEmit *e, const ConvTile *t, int64_t kx, int *lo, int *hi) {
  *lo = 0, *hi = t->px;
  while (*lo < *hi && conv_input_column(e, t, *lo, kx) < 0) ++*lo;
  while (*hi > *lo && conv_input_column(e, t, *hi - 1, kx) >= e->s.w) --*hi;
}

static void find_base(const ConvEmit *e, ConvTile *t) {
  t->col = -1;
  for (int64_t kx = 0; kx < e->s.kw; kx++) {
    int lo, hi;
    conv_column_pixels(e, t, kx, &lo, &hi);
    int64_t col = conv_input_column(e, t, lo, kx);
    if (lo < hi && (t->col < 0 || col < t->col)) t->col = col;
  }
}

static bool same_text(const ConvEmit *e, const ConvTile *a, const ConvTile *b) {
  if (a->px != b->px) return false;
  for (int64_t kx = 0; kx < e->s.kw; kx++) {
    int lo, hi, lo2, hi2;
    conv_column_pixels(e, a, kx, &lo, &hi);
    conv_column_pixels(e, b, kx, &lo2, &hi2);
    if (lo != lo2 || hi != hi2) return false;
    if (lo < hi &&
        conv_input_column(e, a, lo, kx) - a->col != conv_input_column(e, b, lo, kx) - b->col)
      return false;
  }
  return true;
}

static void plan_set(ConvEmit *e, ConvTiles *set, int number) {
  int64_t sizes[MAX_PX + 1], ox = 0, n = 0;
  /* chunks of a flat map are counted in tiles: there the rest is split as the whole groups are */
  split_row(e->k->t, e->flat ? e->nb : set->nq, set->px, e->s.ow, sizes);
  for (int px = 1; px <= MAX_PX; px++) n += sizes[px];
  set->at = NEWN(e->k->c->arena, ConvTile, n);
  for (int px = MAX_PX; px >= 1; px--)
    for (int64_t i = 0; i < sizes[px]; i++, ox += px) {
      ConvTile t = {.px = px, .ox = ox, .count = 1};
      find_base(e, &t);
      if (set->n && same_text(e, &set->at[set->n - 1], &t)) {
        set->at[set->n - 1].count++;
        continue;
      }
      t.name = str_fmt(e->k->c->arena, "%s_%s%d_%dx%d", kernel_name(e->k), number ? "r" : "t",
                       set->n, set->nq, px);
      set->at[set->n++] = t;
    }
}

void conv_tiles_plan(ConvEmit *e) {
  for (int i = 0; i < 2; i++)
    if (e->set[i].groups) plan_set(e, &e->set[i], i);
}

/* ---- the body ----------------------------------------------------------------------------- */

/* Few weights and many pixels, or the other way round: the fewer stay in registers for a step,
 * the others pass one by one. */
static bool holds_weights(const ConvTiles *set, const ConvTile *t) { return set->nq <= t->px; }

static bool pixel_reads(const ConvEmit *e, const ConvTile *t, int p) {
  for (int64_t kx = 0; kx < e->s.kw; kx++) {
    int lo, hi;
    conv_column_pixels(e, t, kx, &lo, &hi);
    if (lo <= p && p < hi) return true;
  }
  return false;
}

/* Variables of a step: weight vectors w and pixels t. */
static void write_variables(ConvEmit *e, const ConvTiles *set, const ConvTile *t) {
  if (e->kind == CONV_GROUPED) {
    grouped_variables(e, set);
    return;
  }
  StrBuf b = {.arena = e->k->c->arena};
  bool hold = holds_weights(set, t);
  const char *sep = hold ? "vf" : "float";
  for (int i = 0; i < (hold ? set->nq : t->px); i++) {
    if (!hold && !pixel_reads(e, t, i)) continue;
    sb_printf(&b, "%s %c%d", sep, hold ? 'w' : 't', i);
    sep = ",";
  }
  if (e->kind != CONV_DEPTHWISE) w_line(&e->k->w, "%s;", sb_str(&b));
  w_line(&e->k->w, "%s;", hold && e->kind != CONV_DEPTHWISE ? "float t" : "vf v");
}

/* One input channel and one kernel column: loads of nq weight vectors, broadcasts of the pixels
 * lo..hi, and their products. */
static void write_step(ConvEmit *e, const ConvTiles *set, const ConvTile *t, const char *x,
                       int64_t xoff, const char *wp, int64_t woff, int lo, int hi) {
  Writer *w = &e->k->w;
  StrBuf b = {.arena = w->out.arena};
  long long step = e->s.sx * e->x.w, off = xoff;
  bool hold = holds_weights(set, t);
  w_line(w, "HIDE(%s);", x);
  for (int q = 0; hold && q < set->nq; q++)
    sb_printf(&b, "%sw%d = LD(%s);", q ? " " : "", q, plus(e, wp, woff + q * e->lanes));
  for (int p = lo; !hold && p < hi; p++)
    sb_printf(&b, "%st%d = %s[%lld];", p > lo ? " " : "", p, x, off + (p - lo) * step);
  w_line(w, "%s", sb_str(&b));
  for (int i = 0; i < (hold ? hi - lo : set->nq); i++) {
    b = (StrBuf){.arena = w->out.arena};
    if (hold) {
      sb_printf(&b, "t = %s[%lld];", x, off + i * step);
      for (int q = 0; q < set->nq; q++) sb_printf(&b, " a%d_%d += w%d * t;", q, lo + i, q);
    } else {
      sb_printf(&b, "v = LD(%s);", plus(e, wp, woff + i * e->lanes));
      for (int p = lo; p < hi; p++) sb_printf(&b, " a%d_%d += v * t%d;", i, p, p);
    }
    w_line(w, "%s", sb_str(&b));
  }
  w_count_fma(w, (double)set->nq * (hi - lo) * e->lanes);
  w_count_loads(w, 4.0 * (set->nq * e->lanes + hi - lo));
}

/* All kernel columns of input channel `lane` of the block that xp points into. */
static void write_columns(ConvEmit *e, const ConvTiles *set, const ConvTile *t, int64_t lane) {
  Writer *w = &e->k->w;
  int64_t block = (int64_t)e->nb * e->lanes;
  for (int64_t kx = 0, run; kx < e->s.kw; kx += run) {
    int lo, hi, lo2, hi2;
    conv_column_pixels(e, t, kx, &lo, &hi);
    for (run = 1; kx + run < e->s.kw; run++) {
      conv_column_pixels(e, t, kx + run, &lo2, &hi2);
      if (lo2 != lo || hi2 != hi) break;
    }
    if (e->s.kw < LOOP_COLUMNS || run < LOOP_RUN) run = 1;
    if (lo >= hi) continue;
    int64_t xoff = (conv_input_column(e, t, lo, kx) - t->col) * e->x.w + lane;
    int64_t woff = (lane * e->s.kw + kx) * block;
    if (run == 1) {
      write_step(e, set, t, "xp", xoff, "wp", woff, lo, hi);
      continue;
    }
    w_for(w, "kx", run);
    w_line(w, "const float *xq = xp + kx * %lld;", (long long)(e->s.dx * e->x.w));
    w_line(w, "const float *wq = wp + kx * %lld;", (long long)block);
    write_step(e, set, t, "xq", xoff, "wq", woff, lo, hi);
    w_close(w);
  }
}

/* Channels 0..count of an input block: a loop of a few at a time, then the rest. */
static void write_lanes(ConvEmit *e, const ConvTiles *set, const ConvTile *t, int64_t count) {
  Writer *w = &e->k->w;
  /* a loop of two rounds of four costs clang a tenth on 1x1 kernels */
  int64_t unroll = e->s.kw == 1 ? 8 : e->s.kw <= 3 ? 2 : 1, done = 0;
  if (count > unroll) {
    int64_t block = unroll * e->s.kw * e->nb * e->lanes;
    w_loop(w, (double)(count / unroll), "for (int i = 0; i < %lld; ++i, xp += %lld, wp += %lld)",
           (long long)(count / unroll), (long long)unroll, (long long)block);
    for (int64_t lane = 0; lane < unroll; lane++) write_columns(e, set, t, lane);
    w_close(w);
    done = count / unroll * unroll;
  }
  for (int64_t lane = 0; lane < count - done; lane++) write_columns(e, set, t, lane);
}

/* Where on the map kernel row ky reads: r is what ky0 does. */
static const char *tap_place(ConvEmit *e, const char *r, const char *ky, int64_t dilation) {
  Arena *a = e->k->w.out.arena;
  if (dilation == 1) return str_fmt(a, "(%s + %s - %s0)", r, ky, ky);
  return str_fmt(a, "(%s + (%s - %s0) * %lld)", r, ky, ky, (long long)dilation);
}

/* All kernel rows of an input block with `count` real channels: block c of a loop over them, or
 * block number `block` where c is NULL. */
static void write_block(ConvEmit *e, const ConvTiles *set, const ConvTile *t, const char *c,
                        int64_t block, int64_t count) {
  Writer *w = &e->k->w;
  StrBuf x = {.arena = w->out.arena}, wt = {.arena = w->out.arena};
  int64_t row = e->s.kw * e->li * e->nb * e->lanes;
  sb_puts(&x, plus(e, "x", block * e->x.cb));
  int64_t floats = e->map.kh * e->map.kw * e->li * e->nb * e->lanes;
  sb_puts(&wt, plus(e, "w", block * floats));
  if (c) sb_term(&x, c, e->x.cb), sb_term(&wt, c, floats);
  if (e->trimmed) {
    w_loop(w, e->rows_mean, "for (size_t ky = ky0; ky < ky1; ++ky)");
    sb_term(&x, tap_place(e, "r", "ky", e->s.dy), e->x.h);
    sb_term(&wt, "ky", e->map.kw * e->li * e->nb * e->lanes);
    if (e->across) {
      w_loop(w, e->columns_mean, "for (size_t kx = kx0; kx < kx1; ++kx)");
      sb_term(&x, tap_place(e, "l", "kx", e->map.dx), e->xw);
      sb_term(&wt, "kx", row);
    }
  } else if (e->s.kh > 1) {
    w_for(w, "ky", e->s.kh);
    sb_term(&x, "ky", e->s.dy * e->x.h);
    sb_term(&wt, "ky", row);
  }
  w_line(w, "const float *xp = %s;", sb_str(&x));
  w_line(w, "const float *wp = %s;", sb_str(&wt));
  for (int l = 0; c && l < e->ahead; l++) {
    StrBuf line = {.arena = w->out.arena};
    sb_term(&line, e->passes > 1 ? "(c - c0)" : "c", e->ahead * LINE_FLOATS);
    w_line(w, "__builtin_prefetch(ahead%s%s, 0, 2);", sb_str(&line),
           l ? str_fmt(w->out.arena, " + %d", l * LINE_FLOATS) : "");
  }
  if (e->kind == CONV_DEPTHWISE)
    depthwise_row(e, t);
  else if (e->kind == CONV_GROUPED)
    grouped_row(e, set, t);
  else
    write_lanes(e, set, t, count);
  if (e->trimmed || e->s.kh > 1) w_close(w);
  if (e->trimmed && e->across) w_close(w);
}

/* The input blocks of this pass: whole ones, then the last one with its real channels only. */
static void write_channels(ConvEmit *e, const ConvTiles *set, const ConvTile *t) {
  Writer *w = &e->k->w;
  long long full = e->full;
  if (e->passes > 1) {
    const char *end = e->tail ? str_fmt(w->out.arena, "c < %lld && c < c1", full) : "c < c1";
    w_loop(w, (double)full / e->passes, "for (size_t c = c0; %s; ++c)", end);
  } else if (full > 1 || (full && e->tail)) {
    w_for(w, "c", full);
  }
  bool loop = e->passes > 1 || full > 1 || (full && e->tail);
  if (full) write_block(e, set, t, loop ? "c" : NULL, 0, e->li);
  if (loop) w_close(w);
  if (!e->tail) return;
  if (e->passes > 1) w_loop(w, 1 / e->passes, "if (c1 > %lld)", full);
  write_block(e, set, t, NULL, full, e->tail);
  if (e->passes > 1) w_close(w);
}

/* ---- around it ------------------------------------------------------------------------------
 */

/* Accumulators of block q go on with what the output holds: partial sums, or what they are added
 * to in place, and the bias then. */
static void resume(ConvEmit *e, const ConvTile *t, int q, bool first) {
  Writer *w = &e->k->w;
  bool bias = first && e->bias >= 0;
  for (int p = 0; p < t->px; p++)
    w_line(w, "a%d_%d = LD(%s)%s;", q, p, plus(e, "y", q * e->y.cb + p * e->y.w),
           bias ? str_fmt(w->out.arena, " + LD(%s)", plus(e, "b", q * e->lanes)) : "");
  w_count_loads(w, 4.0 * t->px * e->lanes);
}

static void write_start(ConvEmit *e, const ConvTiles *set, const ConvTile *t) {
  Writer *w = &e->k->w;
  bool passes = e->passes > 1;
  for (int q = 0; q < set->nq; q++) {
    StrBuf b = {.arena = w->out.arena};
    for (int p = 0; p < t->px; p++) sb_printf(&b, "%s a%d_%d", p ? "," : "vf", q, p);
    w_line(w, "%s;", sb_str(&b));
  }
  if (t->col >= 0) write_variables(e, set, t);
  if (passes) w_loop(w, 1 / e->passes, "if (c0 == 0)");
  for (int q = 0; q < set->nq && !e->onto; q++) {
    StrBuf b = {.arena = w->out.arena};
    for (int p = 0; p < t->px; p++) sb_printf(&b, "a%d_%d = ", q, p);
    if (e->bias >= 0)
      sb_printf(&b, "LD(%s);", plus(e, "b", q * e->lanes));
    else
      sb_puts(&b, "(vf){0};");
    w_line(w, "%s", sb_str(&b));
  }
  for (int q = 0; q < set->nq && e->onto; q++) resume(e, t, q, true);
  if (e->bias >= 0) w_count_loads(w, 4.0 * set->nq * e->lanes);
  if (!passes) return;
  w_close(w);
  w_loop(w, 1 - 1 / e->passes, "else");
  for (int q = 0; q < set->nq; q++) resume(e, t, q, false);
  w_close(w);
}

static void write_end(ConvEmit *e, const ConvTiles *set, const ConvTile *t) {
  Kernel *k = e->k;
  Writer *w = &k->w;
  Arena *a = w->out.arena;
  bool last = e->passes > 1 && k->v.nepilogue > k->begun;
  if (last) w_loop(w, 1 / e->passes, "if (last)");
  for (int q = 0; q < set->nq && k->v.nepilogue > k->begun; q++)
    for (int p = 0; p < t->px; p++)
      epilogue_write(k, str_fmt(a, "a%d_%d", q, p), str_fmt(a, "%d", q * e->lanes), "0",
                     str_fmt(a, "%lld", (long long)(q * e->y.cb + p * e->y.w)), false);
  if (last) w_close(w);
  for (int q = 0; q < set->nq; q++)
    for (int p = 0; p < t->px; p++)
      w_line(w, "ST(%s, a%d_%d);", plus(e, "y", q * e->y.cb + p * e->y.w), q, p);
  w_count_stores(w, 4.0 * set->nq * t->px * e->lanes);
}

static void open_function(ConvEmit *e, const ConvTiles *set, const ConvTile *t, double calls) {
  StrBuf b = {.arena = e->k->w.out.arena};
  sb_puts(&b, "const float *restrict x, const float *restrict w");
  if (e->bias >= 0) sb_puts(&b, ", const float *restrict b");
  for (int i = 0; i < e->noperands; i++)
    if (!kernel_replaces(e->k, e->operand[i]))
      sb_printf(&b, ", const float *restrict i%d", e->operand[i]);
  sb_puts(&b, ", float *restrict y");
  if (e->trimmed) sb_puts(&b, ", size_t r, size_t ky0, size_t ky1");
  if (e->trimmed && e->across) sb_puts(&b, ", size_t l, size_t kx0, size_t kx1");
  if (e->passes > 1) sb_puts(&b, ", size_t c0, size_t c1");
  if (e->passes > 1 && e->k->v.nepilogue > e->k->begun) sb_puts(&b, ", int last");
  if (e->kind == CONV_GROUPED) sb_puts(&b, grouped_parameters(e, set, false));
  if (e->ahead) sb_puts(&b, ", const float *ahead");
  w_signature(&e->k->w, calls, t->name, sb_str(&b));
}

void conv_tile_write(ConvEmit *e, const ConvTiles *set, const ConvTile *t) {
  Writer *w = &e->k->w;
  double rows = (double)(e->s.n * e->s.oh * (e->across ? e->map.ow : 1));
  long long first = t->ox, last = t->ox + t->px * t->count - 1;
  const char *what =
      e->across ? "samples; numbers %lld to %lld" : "pixels; columns %lld to %lld of a row";
  w_line(w, "/* %d output block%s x %d %s */", set->nq, set->nq == 1 ? "" : "s", t->px,
         str_fmt(w->out.arena, what, first, last));
  open_function(e, set, t, rows * e->passes * (double)(t->count * set->groups));
  if (!e->onto) kernel_replaced(e->k, "y");
  write_start(e, set, t);
  if (t->col >= 0) {
    write_channels(e, set, t);
  } else { /* padding only */
    w_line(w, "(void)x, (void)w;");
    if (e->trimmed) w_line(w, "(void)r, (void)ky0, (void)ky1;");
    if (e->passes > 1) w_line(w, "(void)c1;");
    if (e->ahead) w_line(w, "(void)ahead;");
    if (e->kind == CONV_GROUPED) grouped_unused(e, set);
  }
  write_end(e, set, t);
  w_close(w);
  w_blank(w);
}
