/* k_conv_wide.c: convolution in plain layout with vectors along the row: filters on images.
 *
 * Where channels are too few to fill a vector (one grey image, one filter), neighbouring output
 * columns do: each tap is a broadcast weight times an unaligned vector of input pixels. Columns
 * whose taps all lie inside the input are covered by register tiles of vectors, the last one
 * overlapping its neighbour; the columns at the borders, and maps narrower than a vector, by
 * tiles of scalars that hold only the valid taps. Column stride 1.
 */
#include "emit.h"

enum { VECTORS = 8, SCALARS = 8 }; /* accumulators of a tile: independent chains of FMAs */

typedef struct Wide {
  Kernel *k;
  ConvShape s;
  View4 x, y;
  int64_t cout;   /* output channels of a group */
  int64_t lo, hi; /* columns that read no padding */
  int iw, ib;     /* group inputs: weight, bias (-1: none) */
  double rows;    /* kernel rows on the map, mean over output rows */
} Wide;

static double mean_rows(const ConvShape *s) {
  double sum = 0;
  for (int64_t oy = 0; oy < s->oh; oy++) {
    int64_t lo, hi;
    conv_kernel_rows(s, oy, &lo, &hi);
    sum += (double)(hi - lo);
  }
  return sum / (double)s->oh;
}

/* first, k1: the kernel rows that lie on the map for output row oy. */
static void write_kernel_rows(Wide *p) {
  Writer *w = &p->k->w;
  const ConvShape *s = &p->s;
  const char *pad = s->top ? str_fmt(p->k->c->arena, " - %lld", (long long)s->top) : "";
  long long d = (long long)s->dy, kh = (long long)s->kh;
  w_line(w, "const ptrdiff_t top = (ptrdiff_t)(%s)%s;",
         index_text(p->k, s->oh > 1 ? "oy" : "0", s->sy, 0), pad);
  if (d == 1) {
    w_line(w, "const ptrdiff_t first = top < 0 ? -top : 0;");
    w_line(w, "const ptrdiff_t past = %lld - top;", (long long)s->h);
  } else {
    w_line(w, "const ptrdiff_t first = top < 0 ? (%lld - top) / %lld : 0;", d - 1, d);
    w_line(w, "const ptrdiff_t past = (%lld - top) / %lld;", (long long)s->h + d - 1, d);
  }
  w_line(w, "const ptrdiff_t k1 = past < %lld ? past : %lld;", kh, kh);
}

static void write_pointers(Wide *p) {
  Kernel *k = p->k;
  Writer *w = &k->w;
  View4 x = p->x;
  x.blocks = x.h = 1;
  const char *group = "0";
  if (p->s.groups > 1)
    group = str_fmt(k->c->arena, "cb / %lld * %lld", (long long)p->cout,
                    (long long)(p->s.c * p->x.s.cb));
  const char *sample = sum_text(k, row_offset(k, &x, ""), group);
  w_line(w, "const float *plane = %s;",
         sum_text(k, str_fmt(k->c->arena, "i%d", k->v.in[0]), sample));
  const char *filter = p->y.blocks > 1 ? index_text(k, "cb", p->s.c * p->s.kh * p->s.kw, 0) : "0";
  w_line(w, "const float *filter = %s;", sum_text(k, str_fmt(k->c->arena, "i%d", p->iw), filter));
  w_line(w, "float *row = %s;", sum_text(k, "o0", row_offset(k, &p->y, "oy")));
  if (p->ib < 0)
    w_line(w, "const float bias = 0;");
  else
    w_line(w, "const float bias = i%d[%s];", p->ib, p->y.blocks > 1 ? "cb" : "0");
}

/* One tap of accumulator i: input pixels `at` columns into the row. */
static void write_tap(Wide *p, int i, int64_t t, int64_t at, bool vector) {
  Writer *w = &p->k->w;
  if (vector)
    w_line(w, "a%d += LDU(r + %lld) * f[%lld];", i, (long long)at, (long long)t);
  else
    w_line(w, "a%d += r[%lld] * f[%lld];", i, (long long)at, (long long)t);
  w_count_fma(w, vector ? p->k->t->lanes : 1);
  w_count_loads(w, vector ? 4.0 * p->k->t->lanes : 4);
}

static void write_taps(Wide *p, int n, int64_t from, bool vector) {
  const ConvShape *s = &p->s;
  int64_t step = vector ? p->k->t->lanes : 1;
  for (int64_t t = 0; t < s->kw; t++)
    for (int i = 0; i < n; i++) {
      int64_t at = i * step + t * s->dx, column = from + at - s->left;
      if (vector)
        write_tap(p, i, t, at, true);
      else if (column >= 0 && column < s->w)
        write_tap(p, i, t, column, false);
    }
}

/* Does any column of the scalar tile see the map? */
static bool sees_map(const Wide *p, int n, int64_t from) {
  for (int64_t t = 0; t < p->s.kw; t++)
    for (int i = 0; i < n; i++) {
      int64_t column = from + i + t * p->s.dx - p->s.left;
      if (column >= 0 && column < p->s.w) return true;
    }
  return false;
}

/* n accumulators from column `from` (plus the loop's q tiles, for vectors). */
static void write_tile(Wide *p, int n, int64_t from, bool vector, const char *q) {
  Kernel *k = p->k;
  Writer *w = &k->w;
  Arena *a = k->c->arena;
  int64_t lanes = vector ? k->t->lanes : 1;
  for (int i = 0; i < n; i++)
    w_line(w, vector ? "vf a%d = (vf){0} + bias;" : "float a%d = bias;", i);
  bool channels = p->s.c > 1;
  if (channels) w_for(w, "ic", p->s.c);
  w_loop(w, p->rows, "for (ptrdiff_t ky = first; ky < k1; ++ky)");
  const char *column = index_text(k, q, n * lanes, vector ? from - p->s.left : 0);
  const char *ic = channels ? "(ptrdiff_t)ic" : NULL;
  const char *in =
      str_fmt(a, "(top + %s) * %lld", index_text(k, "ky", p->s.dy, 0), (long long)p->x.s.h);
  in = sum_text(k, index_text(k, ic, p->x.s.cb, 0), in);
  if (vector) in = sum_text(k, in, str_fmt(a, q ? "(ptrdiff_t)(%s)" : "%s", column));
  w_line(w, "const float *r = plane + %s;", in);
  w_line(w, "const float *f = filter + %s;",
         sum_text(k, index_text(k, ic, p->s.kh * p->s.kw, 0), index_text(k, "ky", p->s.kw, 0)));
  if (vector || sees_map(p, n, from))
    write_taps(p, n, from, vector);
  else
    w_line(w, "(void)r, (void)f; /* padding only */");
  w_close(w);
  if (channels) w_close(w);
  for (int i = 0; i < n; i++) {
    const char *acc = str_fmt(a, "a%d", i), *to = index_text(k, q, n * lanes, from + i * lanes);
    for (int e = 0; e < k->v.nepilogue; e++)
      epilogue_unary(k, k->v.epilogue[e].node, acc, !vector);
    w_line(w, vector ? "STU(row + %s, %s);" : "row[%s] = %s;", to, acc);
    w_count_stores(w, 4.0 * (double)lanes);
  }
}

/* Columns [from, to) by scalars. */
static void write_scalars(Wide *p, int64_t from, int64_t to) {
  for (int64_t x = from; x < to; x += SCALARS) {
    w_block(&p->k->w);
    write_tile(p, (int)(to - x < SCALARS ? to - x : SCALARS), x, false, NULL);
    w_close(&p->k->w);
  }
}

/* Columns [lo, hi) by vectors: whole tiles in a loop, a shorter one, and one vector that ends at
 * hi and may overlap. At least one vector wide. */
static void write_vectors(Wide *p) {
  Writer *w = &p->k->w;
  int64_t lanes = p->k->t->lanes, vectors = (p->hi - p->lo) / lanes, at = p->lo;
  int64_t whole = vectors / VECTORS;
  if (whole > 1)
    w_for(w, "q", whole);
  else if (whole)
    w_block(w);
  if (whole) {
    write_tile(p, VECTORS, at, true, whole > 1 ? "q" : NULL);
    w_close(w);
  }
  at += whole * VECTORS * lanes;
  if (vectors % VECTORS) {
    w_block(w);
    write_tile(p, (int)(vectors % VECTORS), at, true, NULL);
    w_close(w);
  }
  if ((p->hi - p->lo) % lanes == 0) return;
  w_block(w);
  write_tile(p, 1, p->hi - lanes, true, NULL);
  w_close(w);
}

static bool set_up(Wide *p) {
  const GroupView *v = &p->k->v;
  if (!conv_shape(v, &p->s)) return false;
  p->x = view4(view_in(v, 0));
  p->y = view4(view_out(v));
  p->cout = p->s.o / p->s.groups;
  p->iw = v->in[1];
  p->ib = v->nin > 2 ? v->in[2] : -1;
  p->rows = mean_rows(&p->s);
  conv_inner_columns(&p->s, &p->lo, &p->hi);
  return true;
}

bool emit_conv_wide(Kernel *k) {
  Wide p = {.k = k};
  if (!set_up(&p)) return false;
  const ConvShape *s = &p.s;
  bool vectors = p.hi - p.lo >= k->t->lanes;
  k->base = str_fmt(k->c->arena, "conv%lldx%lldw_%lldx%lldx%lld_%lld", (long long)s->kh,
                    (long long)s->kw, (long long)p.x.channels, (long long)s->h, (long long)s->w,
                    (long long)s->o);
  kernel_note(k, "order: filter, row, tile of columns, input channel, kernel row, tap");
  if (vectors)
    kernel_note(k,
                "register tile: up to %d vectors of %d columns; %lld columns at the borders "
                "by scalars",
                VECTORS, k->t->lanes, (long long)(s->ow - (p.hi - p.lo)));
  else
    kernel_note(k, "register tile: up to %d columns, by scalars: no whole vector fits", SCALARS);
  kernel_note(k, "split: %lld units, one output row of one channel each",
              (long long)k->step->choice.units);
  kernel_signature(k);
  row_units_open(k, &p.y, "oy");
  write_kernel_rows(&p);
  write_pointers(&p);
  write_scalars(&p, 0, vectors ? p.lo : s->ow);
  if (vectors) {
    write_vectors(&p);
    write_scalars(&p, p.hi, s->ow);
  }
  w_close(&k->w);
  w_close(&k->w);
  return true;
}
