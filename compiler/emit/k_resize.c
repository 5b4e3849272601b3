/* k_resize.c: bilinear upsampling and resizing, plain or channel-blocked, row by row.
 * Source places are fractions of whole numbers, so they are exact: place = number / den, its
 * whole part the first neighbour, its remainder the second one's share.
 */
#include "emit.h"

/* Declares the neighbours `axis`0, `axis`1 and the share f`axis` of the second for output `o`. */
static void write_place(Kernel *k, char axis, const char *o, int64_t in, int64_t out) {
  Writer *w = &k->w;
  const ResizeAttr *a = ATTR(k->v.anchor, ResizeAttr);
  bool align = a->align_corners;
  Ratio step = resize_step(a, axis == 'x', in, out);
  long long n = (long long)in, m = (long long)out;
  long long den = align ? (m > 1 ? m - 1 : 1) : 2 * (long long)step.den;
  const char *at = o ? str_fmt(w->out.arena, "(ptrdiff_t)%s", o) : "(ptrdiff_t)0";
  if (align) {
    w_line(w, "const ptrdiff_t n%c = %s * %lld;", axis, at, m > 1 ? n - 1 : 0);
  } else {
    w_line(w, "ptrdiff_t n%c = (2 * %s + 1) * %lld - %lld;", axis, at, (long long)step.num,
           (long long)step.den);
    w_line(w, "n%c = n%c < 0 ? 0 : n%c;", axis, axis, axis);
  }
  w_line(w, "const ptrdiff_t %c0 = n%c / %lld;", axis, axis, den);
  w_line(w, "const ptrdiff_t %c1 = %c0 < %lld ? %c0 + 1 : %c0;", axis, axis, n - 1, axis, axis);
  w_line(w, "const float f%c = (float)(n%c %% %lld) / %lld;", axis, axis, den, den);
}

static const char *corner(Kernel *k, char row, int column, const View4 *x) {
  const char *at = str_fmt(k->c->arena, "x%d * %lld", column, (long long)x->s.w);
  return load_text(k, str_fmt(k->c->arena, "%c", row), at, x->scalar);
}

bool emit_resize(Kernel *k) {
  View4 x = view4(view_in(&k->v, 0)), y = view4(view_out(&k->v));
  bool align = ATTR(k->v.anchor, ResizeAttr)->align_corners;
  Arena *a = k->c->arena;
  Writer *w = &k->w;
  const char *type = x.scalar ? "float" : "vf";
  k->base = str_fmt(a, "bilinear%s_%lldx%lldx%lld", align ? "_aligned" : "",
                    (long long)y.channels, (long long)y.h, (long long)y.w);
  kernel_note(k, "four neighbours; a unit of the split is one output row");
  kernel_signature(k);
  row_units_open(k, &y, "oy");
  View4 base = x;
  base.h = 1;
  write_place(k, 'y', y.h > 1 ? "oy" : NULL, x.h, y.h);
  const char *plane = sum_text(k, str_fmt(a, "i%d", k->v.in[0]), row_offset(k, &base, ""));
  w_line(w, "const float *p = %s + y0 * %lld, *q = %s + y1 * %lld;", plane, (long long)x.s.h,
         plane, (long long)x.s.h);
  w_for(w, "ox", y.w);
  write_place(k, 'x', "ox", x.w, y.w);
  w_line(w, "const %s up = %s * (1 - fx) + %s * fx;", type, corner(k, 'p', 0, &x),
         corner(k, 'p', 1, &x));
  w_line(w, "const %s low = %s * (1 - fx) + %s * fx;", type, corner(k, 'q', 0, &x),
         corner(k, 'q', 1, &x));
  w_line(w, "%s v = up * (1 - fy) + low * fy;", type);
  w_count_other(w, 9.0 * x.s.lanes);
  for (int i = 0; i < k->v.nepilogue; i++)
    epilogue_unary(k, k->v.epilogue[i].node, "v", x.scalar);
  const char *at = sum_text(k, row_offset(k, &y, "oy"), index_text(k, "ox", y.s.w, 0));
  store_line(k, at, "v", y.scalar);
  for (int i = 0; i < 3; i++) w_close(w);
  return true;
}
