/* k_conv_im2col.c: convolution as a product of matrices, plain layout in and out.
 *
 * The windows of a chunk of output pixels are copied into the workspace: row k of that matrix
 * holds what kernel element k meets at every pixel (im2col), zeros where that is padding. The
 * weights, one row per output channel, times this matrix give the output. The product runs over
 * register tiles of a few channels x a few vectors of pixels, with the depth in passes so that
 * the columns stay in the second cache and a tile's weights in the first; sums wait in the
 * output between passes. The chunk's last, partial vectors are computed in a tile of their own
 * in the workspace and copied out.
 */
#include "emit.h"

typedef struct Gemm {
  Kernel *k;
  ConvShape s;
  Strides x, y;
  int64_t depth, pixels, chunks; /* of the product; chunks of pixels a sample is cut into */
  int64_t parts, per, tiles;     /* parts of the channels, tiles of them in a part, in all */
  int lanes, rows, width;        /* a tile: output channels, pixels */
  int64_t pass, chunk;           /* depth of a pass, pixels of a chunk */
  int bias;                      /* position in group->in, -1: none */
  bool x_strip, y_strip;         /* as a stage: begin at rows xr, yr */
  bool onto;                     /* the output holds a residual, on which sums begin */
} Gemm;

static void set_up(Gemm *g) {
  const Choice *k = &g->k->step->choice;
  const GroupView *v = &g->k->v;
  conv_shape(v, &g->s);
  g->x = strides_as(view_in(v, 0), 1);
  g->y = strides_as(view_out(v), 1);
  g->depth = g->s.c * g->s.kh * g->s.kw, g->pixels = g->s.oh * g->s.ow;
  g->lanes = g->k->t->lanes, g->rows = k->nb, g->width = k->px;
  g->pass = k->icb, g->chunk = k->rows;
  g->chunks = ceil_div(g->pixels, g->chunk);
  g->tiles = ceil_div(g->s.o, g->rows);
  g->parts = g->k->stage ? 1 : k->units / (g->s.n * g->chunks);
  g->x_strip = g->k->stage && g->k->stage->x_strip;
  g->y_strip = g->k->stage && g->k->stage->y_strip;
  g->bias = v->nin > 2 ? v->in[2] : -1;
  g->onto = kernel_begins_sum(g->k);
}

/* "$_tile": a function that belongs to the kernel, or to the stage. */
static const char *part_name(const Gemm *g, const char *what) {
  return str_fmt(g->k->c->arena, "%s_%s", kernel_name(g->k), what);
}

/* ---- columns -------------------------------------------------------------------------------- */

/* Rows k0..k1 of the matrix for pixels p0..p1, and zeros up to a whole tile. */
static void write_columns(Gemm *g) {
  Writer *w = &g->k->w;
  const ConvShape *s = &g->s;
  long long taps = s->kh * s->kw, kw = s->kw, ow = s->ow, sx = s->sx, width = s->w;
  double elements = (double)(s->n * g->parts * g->pixels * g->depth);
  w_line(w, "/* what kernel elements k0..k1 meet at the pixels p0..p1, one row each */");
  w_signature(w, 1, part_name(g, "columns"),
              str_fmt(w->out.arena,
                      "const float *restrict x, float *restrict ws, size_t k0, size_t k1, size_t "
                      "p0, size_t p1%s",
                      g->x_strip ? ", size_t xr" : ""));
  w_open(w, "for (size_t k = k0; k < k1; ++k, ws += %lld)", (long long)g->chunk);
  w_line(w, "const float *plane = x + k / %lld * %lld;", taps, (long long)g->x.cb);
  w_line(w, "size_t p = p0;");
  w_open(w, "while (p < p1)");
  w_line(w, "float *to = ws + (p - p0);");
  w_line(w, "const size_t oy = p / %lld, ox = p %% %lld;", ow, ow);
  w_line(w, "const size_t n = p1 - p < %lld - ox ? p1 - p : %lld - ox; /* of this row */", ow,
         ow);
  w_line(w, "const ptrdiff_t iy = (ptrdiff_t)(oy * %lld + k / %lld %% %lld * %lld) - %lld;",
         (long long)s->sy, kw, (long long)s->kh, (long long)s->dy, (long long)s->top);
  w_line(w, "const ptrdiff_t ix = (ptrdiff_t)(ox * %lld + k %% %lld * %lld) - %lld;", sx, kw,
         (long long)s->dx, (long long)s->left);
  w_line(w, "const ptrdiff_t before = ix < 0 ? (%lld - ix) / %lld : 0;", sx - 1, sx);
  w_line(w, "const ptrdiff_t past = ix < %lld ? (%lld - ix) / %lld : 0;", width, width + sx - 1,
         sx);
  w_line(w,
         "const size_t inside = iy < 0 || iy >= %lld ? 0 : past < (ptrdiff_t)n ? "
         "(size_t)past : n;",
         (long long)s->h);
  w_line(w, "const size_t lo = (size_t)before < inside ? (size_t)before : inside;");
  const char *times = sx == 1 ? "" : str_fmt(w->out.arena, " * %lld", sx);
  w_line(w, "const float *from = plane;");
  w_line(w, "if (inside > lo) from += %s * %lld + ix + (ptrdiff_t)lo%s;",
         g->x_strip ? "(iy - (ptrdiff_t)xr)" : "iy", (long long)g->x.h, times);
  w_line(w, "for (size_t i = 0; i < lo; ++i) to[i] = 0;");
  w_line(w, "for (size_t i = lo; i < inside; ++i) to[i] = from[(i - lo)%s];", times);
  w_line(w, "for (size_t i = inside; i < n; ++i) to[i] = 0;");
  w_line(w, "p += n;");
  w_close(w);
  w_line(w, "for (; (p - p0) %% %d; ++p) ws[p - p0] = 0; /* a whole tile */", g->width);
  w_close(w);
  w->counts.loads += 4 * elements, w->counts.stores += 4 * elements;
  w_close(w);
  w_blank(w);
}

/* ---- the product ----------------------------------------------------------------------------
 */

/* c[rows][width] = the weights a times the columns b, on top of the bias or of what c holds, which
 * may at first be a residual. */
static void write_tile(Gemm *g, const char *name, int rows, double calls) {
  GemmTile t = {.rows = rows, .vectors = g->width / g->lanes, .lanes = g->lanes};
  t.a_row = 1, t.a_step = g->rows, t.b_step = g->chunk;
  t.aligned = true, t.bias = g->bias >= 0, t.onto = g->onto;
  t.calls = calls, t.depth = (double)g->depth / (double)ceil_div(g->depth, g->pass);
  w_line(&g->k->w, "/* %d channels x %d pixels */", rows, g->width);
  gemm_tile_write(g->k, &t, name);
}

/* Channels of one tile at pixels p0..p1: whole tiles, then what is left of one. */
static void write_channels(Gemm *g, const char *name, const char *tile, int rows) {
  Writer *w = &g->k->w;
  Arena *a = w->out.arena;
  const char *bias = g->bias >= 0 ? ", bias" : "";
  long long width = g->width, pixels = g->y.cb;
  StrBuf p = {.arena = a};
  sb_printf(&p,
            "const float *restrict a, float *restrict ws,%s float *restrict c, size_t n, "
            "size_t depth, int first",
            g->bias >= 0 ? " const float *restrict bias," : "");
  w_signature(w, 1, name, sb_str(&p));
  w_line(w, "size_t p = 0;");
  w_line(w, "for (; p + %lld <= n; p += %lld)", width, width);
  w_line(w, "  %s(a, ws + p%s, c + p, %lld, depth, first);", tile, bias, pixels);
  if (g->pixels % width || g->k->stage) {
    w_line(w, "if (p == n) return;");
    w_line(w, "float *part = ws + %lld;", (long long)(g->pass * g->chunk));
    w_line(w, "for (size_t i = 0; i < %lld; ++i)", width * rows);
    w_line(w, "  part[i] = %si %% %lld < n - p ? c[i / %lld * %lld + p + i %% %lld] : 0;",
           g->onto ? "" : "!first && ", width, width, pixels, width);
    w_line(w, "%s(a, ws + p%s, part, %lld, depth, first);", tile, bias, width);
    w_line(w, "for (size_t i = 0; i < %d; ++i)", rows);
    w_line(w, "  for (size_t j = 0; j < n - p; ++j) c[i * %lld + p + j] = part[i * %lld + j];",
           pixels, width);
  }
  w_close(w);
  w_blank(w);
}

/* ---- the loops around it --------------------------------------------------------------------
 */

/* The pixels of the rows asked for, a chunk at a time. */
static void open_rows(Gemm *g) {
  Writer *w = &g->k->w;
  long long chunk = g->chunk, ow = g->s.ow;
  w_line(w, "const size_t m0 = 0, m1 = %lld;", (long long)g->tiles);
  w_line(w, "const float *x = i%d;", g->k->v.in[0]);
  w_line(w, "float *y = o0;");
  if (g->y_strip) w_line(w, "const size_t before = yr * %lld; /* pixels above the strip */", ow);
  w_open(w, "for (size_t p0 = from * %lld; p0 < to * %lld; p0 += %lld)", ow, ow, chunk);
  w_line(w, "const size_t p1 = p0 + %lld < to * %lld ? p0 + %lld : to * %lld;", chunk, ow, chunk,
         ow);
}

static void open_unit(Gemm *g) {
  Writer *w = &g->k->w;
  long long parts = g->parts, chunks = g->chunks, chunk = g->chunk, pixels = g->pixels;
  const char *q = parts > 1 ? str_fmt(w->out.arena, "u / %lld", parts) : "u";
  kernel_slice(g->k, g->s.n * g->chunks * g->parts);
  w_open(w, "for (size_t u = u0; u < u1; ++u)");
  if (g->s.n > 1) {
    const char *s = chunks > 1 ? str_fmt(w->out.arena, "%s / %lld", q, chunks) : q;
    w_line(w, "const size_t s = %s; /* sample */", s);
  }
  w_line(w, "const size_t p0 = %s %% %lld * %lld;", q, chunks, chunk);
  w_line(w, "const size_t p1 = p0 + %lld < %lld ? p0 + %lld : %lld;", chunk, pixels, chunk,
         pixels);
  if (parts > 1)
    w_line(w,
           "const size_t part = u %% %lld, m0 = part * %lld / %lld, m1 = (part + 1) * %lld / "
           "%lld;",
           parts, (long long)g->tiles, parts, (long long)g->tiles, parts);
  else
    w_line(w, "const size_t m0 = 0, m1 = %lld;", (long long)g->tiles);
  w_line(w, "const float *x = i%d%s;", g->k->v.in[0],
         g->s.n > 1 ? str_fmt(w->out.arena, " + s * %lld", (long long)g->x.n) : "");
  w_line(w, "float *y = o0%s;",
         g->s.n > 1 ? str_fmt(w->out.arena, " + s * %lld", (long long)g->y.n) : "");
}

static void write_product(Gemm *g, const char *name) {
  w_line(&g->k->w, "%s(a, ws, %sc, p1 - p0, k1 - k0, k0 == 0);", name,
         g->bias >= 0 ? str_fmt(g->k->c->arena, "i%d + m * %d, ", g->bias, g->rows) : "");
}

static void write_epilogues(Gemm *g) {
  Kernel *k = g->k;
  Writer *w = &k->w;
  long long o = g->s.o;
  double runs = (double)o / (double)(g->s.n * g->chunks * g->parts);
  w_line(w, "const size_t end = m1 * %d < %lld ? m1 * %d : %lld;", g->rows, o, g->rows, o);
  w_loop(w, (double)(g->s.n * g->chunks) * runs, "for (size_t o = m0 * %d; o < end; ++o)",
         g->rows);
  w_loop(w, (double)g->pixels / (double)g->chunks, "for (size_t p = p0; p < p1; ++p)");
  const char *at =
      str_fmt(k->c->arena, "o * %lld + p%s", (long long)g->y.cb, g->y_strip ? " - before" : "");
  w_line(w, "float v = y[%s];", at);
  epilogue_write(k, "v", "o", g->s.n > 1 ? "s" : "0", at, true);
  w_line(w, "y[%s] = v;", at);
  w_count_loads(w, 4);
  w_count_stores(w, 4);
  w_close(w);
  w_close(w);
}

static void write_entry(Gemm *g, int rest) {
  Writer *w = &g->k->w;
  long long depth = g->depth, pass = g->pass, full = g->tiles - (rest > 0);
  kernel_signature(g->k);
  if (g->k->stage)
    open_rows(g);
  else
    open_unit(g);
  w_open(w, "for (size_t k0 = 0; k0 < %lld; k0 += %lld)", depth, pass);
  w_line(w, "const size_t k1 = k0 + %lld < %lld ? k0 + %lld : %lld;", pass, depth, pass, depth);
  w_line(w, "%s(x, ws, k0, k1, p0, p1%s);", part_name(g, "columns"), g->x_strip ? ", xr" : "");
  w_open(w, "for (size_t m = m0; m < m1; ++m)");
  w_line(w, "const float *a = i%d + (m * %lld + k0) * %d;", g->k->v.in[1], depth, g->rows);
  w_line(w, "float *c = y + m * %lld + p0%s;", (long long)(g->rows * g->y.cb),
         g->y_strip ? " - before" : "");
  if (full && rest) w_open(w, "if (m < %lld)", full);
  if (full) write_product(g, part_name(g, "channels"));
  if (full && rest) w_close(w), w_open(w, "else");
  if (rest) write_product(g, part_name(g, "rest"));
  if (full && rest) w_close(w);
  w_close(w);
  w_close(w);
  if (g->k->v.nepilogue > g->k->begun) write_epilogues(g);
  while (w->depth) w_close(w);
}

bool emit_conv_im2col(Kernel *k) {
  Gemm g = {.k = k};
  set_up(&g);
  const ConvShape *s = &g.s;
  int rest = (int)(s->o % g.rows);
  k->base = str_fmt(k->c->arena, "conv%lldx%lldm_%lldx%lldx%lld_%lld", (long long)s->kh,
                    (long long)s->kw, (long long)s->c, (long long)s->h, (long long)s->w,
                    (long long)s->o);
  kernel_note(k, "product of the weights, %lld x %lld, and the windows, %lld x %lld",
              (long long)s->o, (long long)g.depth, (long long)g.depth, (long long)g.pixels);
  kernel_note(k,
              "order: chunk of %lld pixels, pass over %lld of the depth, tile of channels, "
              "tile of pixels, depth",
              (long long)g.chunk, (long long)g.pass);
  kernel_note(k, "register tile: %d channels x %d pixels", g.rows, g.width);
  kernel_note(k, "split: %lld units of (chunk, part of the channels), each packs its windows",
              (long long)k->step->choice.units);
  double calls = (double)(s->n * ceil_div(g.depth, g.pass) * ceil_div(g.pixels, g.width));
  write_columns(&g);
  if (s->o >= g.rows) {
    write_tile(&g, part_name(&g, "tile"), g.rows, calls * (double)(s->o / g.rows));
    write_channels(&g, part_name(&g, "channels"), part_name(&g, "tile"), g.rows);
  }
  if (rest) {
    write_tile(&g, part_name(&g, "resttile"), rest, calls);
    write_channels(&g, part_name(&g, "rest"), part_name(&g, "resttile"), rest);
  }
  write_entry(&g, rest);
  return true;
}
