/* k_unpool.c: the ways back from windows: max_unpool and col2im.
 *
 * max_unpool: a unit is one row of windows. It clears the output rows from its windows' first to
 * the next ones', then puts each element where its window has the first maximum. Windows do not
 * overlap, so units write to different rows. Lanes of channel blocks are searched one by one.
 * col2im: a unit is one output row, to which the columns' elements that belong there are added.
 */
#include "emit.h"

/* "lo" and "hi": rows or columns of window number o that are on the map. */
static void write_bounds(Kernel *k, char axis, const char *o, int64_t stride, int64_t pad,
                         int64_t kernel, int64_t size) {
  Writer *w = &k->w;
  w_line(w, "const ptrdiff_t t%c = (ptrdiff_t)(%s)%s;", axis, index_text(k, o, stride, 0),
         pad ? str_fmt(w->out.arena, " - %lld", (long long)pad) : "");
  w_line(w, "const ptrdiff_t %c0 = t%c < 0 ? 0 : t%c;", axis, axis, axis);
  w_line(w, "const ptrdiff_t %c1 = t%c + %lld < %lld ? t%c + %lld : %lld;", axis, axis,
         (long long)kernel, (long long)size, axis, (long long)kernel, (long long)size);
}

/* Zeros from the first row of windows oy to the first of the next windows. */
static void clear_rows(Kernel *k, const View4 *y, const View4 *out, const PoolAttr *a) {
  Writer *w = &k->w;
  long long h = (long long)out->h;
  if (y->h > 1) {
    w_line(w, "const ptrdiff_t first = oy == 0 ? 0 : ty;");
    w_line(w, "const ptrdiff_t end = oy == %lld ? %lld : ty + %lld;", (long long)y->h - 1, h,
           (long long)a->stride.v[0]);
  } else {
    w_line(w, "const ptrdiff_t first = 0, end = %lld;", h);
  }
  w_loop(w, (double)out->h / (double)y->h, "for (ptrdiff_t iy = first; iy < end; ++iy)");
  w_for(w, "ix", out->w * out->s.lanes);
  w_line(w, "o[iy * %lld + (ptrdiff_t)ix] = 0;", (long long)out->s.h);
  w_count_stores(w, 4);
  w_close(w);
  w_close(w);
}

static void write_search(Kernel *k, const View4 *x, const View4 *out, const PoolAttr *a) {
  Writer *w = &k->w;
  w_line(w, "ptrdiff_t at = -1;");
  w_line(w, "float most = 0;");
  w_loop(w, (double)a->kernel.v[0], "for (ptrdiff_t iy = y0; iy < y1; ++iy)");
  w_loop(w, (double)a->kernel.v[1], "for (ptrdiff_t ix = x0; ix < x1; ++ix)");
  w_line(w, "const float v = x[iy * %lld + ix * %lld%s];", (long long)x->s.h, (long long)x->s.w,
         x->scalar ? "" : " + lane");
  w_line(w, "if (at < 0 || v > most || v != v) {");
  w_line(w, "  most = v;");
  w_line(w, "  at = iy * %lld + ix * %lld;", (long long)out->s.h, (long long)out->s.w);
  w_line(w, "}");
  w_count_other(w, 1);
  w_count_loads(w, 4);
  w_close(w);
  w_close(w);
}

static const char *plane(Kernel *k, const char *base, View4 v) {
  v.h = 1;
  return sum_text(k, base, row_offset(k, &v, ""));
}

bool emit_unpool(Kernel *k) {
  View4 y = view4(view_in(&k->v, 0)), x = view4(view_in(&k->v, 1)), out = view4(view_out(&k->v));
  const PoolAttr *a = ATTR(k->v.anchor, PoolAttr);
  Arena *m = k->c->arena;
  Writer *w = &k->w;
  k->base = str_fmt(m, "max_unpool%lldx%lld_%lldx%lldx%lld", (long long)a->kernel.v[0],
                    (long long)a->kernel.v[1], (long long)out.channels, (long long)out.h,
                    (long long)out.w);
  kernel_note(k, "maxima are searched again; a unit of the split is one row of windows");
  kernel_signature(k);
  row_units_open(k, &y, "oy");
  write_bounds(k, 'y', y.h > 1 ? "oy" : NULL, a->stride.v[0], a->pad.v[0], a->kernel.v[0], x.h);
  w_line(w, "const float *y = %s;",
         sum_text(k, str_fmt(m, "i%d", k->v.in[0]), row_offset(k, &y, "oy")));
  w_line(w, "const float *x = %s;", plane(k, str_fmt(m, "i%d", k->v.in[1]), x));
  w_line(w, "float *o = %s;", plane(k, "o0", out));
  clear_rows(k, &y, &out, a);
  w_for(w, "ox", y.w);
  write_bounds(k, 'x', "ox", a->stride.v[1], a->pad.v[1], a->kernel.v[1], x.w);
  if (!x.scalar) w_loop(w, x.s.lanes, "for (ptrdiff_t lane = 0; lane < %d; ++lane)", x.s.lanes);
  write_search(k, &x, &out, a);
  const char *from = index_text(k, "ox", y.s.w, 0);
  if (x.scalar)
    w_line(w, "o[at] = y[%s];", from);
  else
    w_line(w, "o[at + lane] = y[(ptrdiff_t)(%s) + lane];", from);
  w_count_loads(w, 4);
  w_count_stores(w, 4);
  while (w->depth) w_close(w);
  return true;
}

/* ---- col2im ---------------------------------------------------------------------------------
 */

static int64_t windows(const ColumnsAttr *a, int d, int64_t in) {
  return window_out(in, a->kernel.v[d], a->stride.v[d], a->dilation.v[d], a->pad.v[d],
                    a->pad.v[2 + d], false);
}

/* One column of the kernel: windows lo … hi reach the map there. */
static void add_column(Kernel *k, const ColumnsAttr *a, int64_t kx, int64_t width, int64_t out) {
  Writer *w = &k->w;
  int64_t s = a->stride.v[1], shift = kx * a->dilation.v[1] - a->pad.v[1];
  int64_t lo = shift < 0 ? (-shift + s - 1) / s : 0;
  int64_t hi = shift >= width ? 0 : min64(out, (width - 1 - shift) / s + 1);
  if (lo >= hi) return;
  int64_t per = out * windows(a, 0, ATTR(k->v.anchor, ColumnsAttr)->size.v[0]);
  w_for(w, "x", hi - lo);
  w_line(w, "o[%s] += row[%s];", index_text(k, "x", s, lo * s + shift),
         index_text(k, "x", 1, kx * per + lo));
  w_count_other(w, 1);
  w_count_loads(w, 8);
  w_count_stores(w, 4);
  w_close(w);
}

bool emit_col2im(Kernel *k) {
  const ColumnsAttr *a = ATTR(k->v.anchor, ColumnsAttr);
  View4 y = view4(view_out(&k->v));
  Arena *m = k->c->arena;
  Writer *w = &k->w;
  int64_t oh = windows(a, 0, y.h), ow = windows(a, 1, y.w);
  int64_t kh = a->kernel.v[0], kw = a->kernel.v[1];
  k->base = str_fmt(m, "col2im%lldx%lld_%lldx%lldx%lld", (long long)kh, (long long)kw,
                    (long long)y.channels, (long long)y.h, (long long)y.w);
  kernel_note(k, "a unit of the split is one output row");
  kernel_signature(k);
  row_units_open(k, &y, "oy");
  w_line(w, "float *o = %s;", sum_text(k, "o0", row_offset(k, &y, "oy")));
  w_line(w, "for (size_t x = 0; x < %lld; ++x) o[x] = 0;", (long long)y.w);
  View4 columns = {.n = y.n, .blocks = y.blocks, .h = 1};
  columns.s.cb = kh * kw * oh * ow;
  columns.s.n = y.blocks * columns.s.cb;
  w_loop(w, (double)kh, "for (ptrdiff_t ky = 0; ky < %lld; ++ky)", (long long)kh);
  w_line(w, "const ptrdiff_t iy = (ptrdiff_t)%s + %lld - ky * %lld;", y.h > 1 ? "oy" : "0",
         (long long)a->pad.v[0], (long long)a->dilation.v[0]);
  long long s = (long long)a->stride.v[0];
  w_line(w, "if (iy < 0 || iy %% %lld != 0 || iy / %lld >= %lld) continue;", s, s, (long long)oh);
  w_line(w, "const float *row = %s + (ky * %lld + iy / %lld * %lld);",
         sum_text(k, str_fmt(m, "i%d", k->v.in[0]), row_offset(k, &columns, "")),
         (long long)(kw * oh * ow), s, (long long)ow);
  for (int64_t kx = 0; kx < kw; kx++) add_column(k, a, kx, y.w, ow);
  w_close(w);
  w_close(w);
  w_close(w);
  return true;
}
