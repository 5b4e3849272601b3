/* k_conv_plain.c: convolution in plain loops over plain layout: any target, any groups.
 * One output row at a time is accumulated in a local array; the taps of a row are written out,
 * each with the constant range of columns for which it lies inside the input, so that a compiler
 * can vectorise along the row and nothing is tested per element.
 */
#include "emit.h"

typedef struct Plain {
  Kernel *k;
  const ConvAttr *a;
  View4 x, y;
  int64_t cin, cout; /* channels of one group */
  int iw, ib;        /* group inputs: weight, bias (-1: none) */
} Plain;

/* Output positions [lo, hi) whose tap `t` (at t·dilation − pad) lies inside `in`. */
static int64_t tap_lo(int64_t t, int64_t dilation, int64_t pad, int64_t stride) {
  int64_t need = pad - t * dilation;
  return need > 0 ? (need + stride - 1) / stride : 0;
}
static int64_t tap_hi(int64_t t, int64_t dilation, int64_t pad, int64_t stride, int64_t in,
                      int64_t out) {
  int64_t last = in - 1 + pad - t * dilation;
  return last < 0 ? 0 : min64(out, last / stride + 1);
}

/* Kernel rows inside the input, averaged over output rows. */
static double average_rows(const Plain *p) {
  const ConvAttr *a = p->a;
  double sum = 0;
  for (int64_t t = 0; t < a->kernel.v[0]; t++) {
    int64_t lo = tap_lo(t, a->dilation.v[0], a->pad.v[0], a->stride.v[0]);
    int64_t hi = tap_hi(t, a->dilation.v[0], a->pad.v[0], a->stride.v[0], p->x.h, p->y.h);
    sum += (double)max64(0, hi - lo);
  }
  return sum / (double)p->y.h;
}

/* k0, k1: the kernel rows that lie inside the input for output row oy. */
static void write_kernel_rows(Plain *p) {
  Writer *w = &p->k->w;
  const ConvAttr *a = p->a;
  long long s = (long long)a->stride.v[0], pad = (long long)a->pad.v[0];
  long long d = (long long)a->dilation.v[0], kh = (long long)a->kernel.v[0];
  w_line(w, "const ptrdiff_t top = (ptrdiff_t)(%s)%s;",
         index_text(p->k, p->y.h > 1 ? "oy" : "0", s, 0),
         pad ? str_fmt(p->k->c->arena, " - %lld", pad) : "");
  if (d == 1) {
    w_line(w, "const ptrdiff_t first = top < 0 ? -top : 0;");
    w_line(w, "const ptrdiff_t past = %lld - top;", (long long)p->x.h);
  } else {
    w_line(w, "const ptrdiff_t first = top < 0 ? (%lld - top) / %lld : 0;", d - 1, d);
    w_line(w, "const ptrdiff_t past = (%lld - top) / %lld;", (long long)p->x.h + d - 1, d);
  }
  w_line(w, "const ptrdiff_t k1 = past < %lld ? past : %lld;", kh, kh);
}

/* False where the padding is so wide that no tap of any column lies inside the input. */
static bool any_tap(const Plain *p) {
  const ConvAttr *a = p->a;
  for (int64_t t = 0; t < a->kernel.v[1]; t++) {
    int64_t lo = tap_lo(t, a->dilation.v[1], a->pad.v[1], a->stride.v[1]);
    if (lo < tap_hi(t, a->dilation.v[1], a->pad.v[1], a->stride.v[1], p->x.w, p->y.w))
      return true;
  }
  return false;
}

static void write_taps(Plain *p) {
  Writer *w = &p->k->w;
  const ConvAttr *a = p->a;
  for (int64_t t = 0; t < a->kernel.v[1]; t++) {
    int64_t s = a->stride.v[1];
    int64_t lo = tap_lo(t, a->dilation.v[1], a->pad.v[1], s);
    int64_t hi = tap_hi(t, a->dilation.v[1], a->pad.v[1], s, p->x.w, p->y.w);
    if (lo >= hi) continue;
    int64_t at = lo * s + t * a->dilation.v[1] - a->pad.v[1];
    w_loop(w, (double)(hi - lo), "for (size_t x = 0; x < %lld; ++x)", (long long)(hi - lo));
    w_line(w, "a[%s] += k[%lld] * r[%s];", index_text(p->k, "x", 1, lo), (long long)t,
           index_text(p->k, "x", s, at));
    w_count_fma(w, 1);
    w_count_loads(w, 4);
    w_close(w);
  }
}

static void write_input_loops(Plain *p) {
  Writer *w = &p->k->w;
  const ConvAttr *a = p->a;
  int64_t per_filter = p->cin * a->kernel.v[0] * a->kernel.v[1];
  View4 x = p->x;
  x.blocks = x.h = 1;
  const char *group = a->groups > 1 ? str_fmt(p->k->c->arena, "(cb / %lld * %lld + ic)",
                                              (long long)p->cout, (long long)p->cin)
                                    : "ic";
  w_for(w, "ic", p->cin);
  w_line(w, "const float *plane = i%d + %s;", p->k->v.in[0],
         sum_text(p->k, row_offset(p->k, &x, ""), index_text(p->k, group, p->x.s.cb, 0)));
  const char *filter = p->y.blocks > 1 ? index_text(p->k, "cb", per_filter, 0) : "0";
  w_line(w, "const float *filter = i%d + %s;", p->iw,
         sum_text(p->k, filter, index_text(p->k, "ic", a->kernel.v[0] * a->kernel.v[1], 0)));
  w_loop(w, average_rows(p), "for (ptrdiff_t ky = first; ky < k1; ++ky)");
  w_line(w, "const float *r = plane + (top + %s%s) * %lld;",
         index_text(p->k, "ky", a->dilation.v[0], 0), p->x.row0 ? " - (ptrdiff_t)xr" : "",
         (long long)p->x.s.h);
  w_line(w, "const float *k = filter + %s;", index_text(p->k, "ky", a->kernel.v[1], 0));
  write_taps(p);
  w_close(w);
  w_close(w);
}

static void write_store(Plain *p) {
  Kernel *k = p->k;
  View4 one = p->y;
  one.n = 1;
  w_for(&k->w, "x", p->y.w);
  w_line(&k->w, "float v = a[x];");
  epilogue_write(k, "v", p->y.blocks > 1 ? "cb" : "0", p->y.n > 1 ? "s" : "0",
                 sum_text(k, row_offset(k, &one, "oy"), "x"), true);
  store_line(k, sum_text(k, row_offset(k, &p->y, "oy"), "x"), "v", true);
  w_close(&k->w);
}

bool emit_conv_plain(Kernel *k) {
  const Value *x = view_in(&k->v, 0);
  Plain p = {k,          ATTR(k->v.anchor, ConvAttr),   view_input(k), view_output(k), 0, 0,
             k->v.in[1], k->v.nin > 2 ? k->v.in[2] : -1};
  Writer *w = &k->w;
  p.x.s = strides_as(x, 1);
  p.x.blocks = p.x.channels;
  p.cin = p.x.channels / p.a->groups;
  p.cout = p.y.channels / p.a->groups;
  k->base =
      str_fmt(k->c->arena, "conv%lldx%llds%lld_%lldx%lldx%lld_%lld", (long long)p.a->kernel.v[0],
              (long long)p.a->kernel.v[1], (long long)p.a->stride.v[0], (long long)p.x.channels,
              (long long)p.x.h, (long long)p.x.w, (long long)p.y.channels);
  kernel_note(k, "plain loops: filter, row, input channel, kernel row, tap, column");
  kernel_note(k, "a unit of the split is one output row of one channel");
  kernel_signature(k);
  kernel_replaced(k, "o0");
  row_units_open(k, &p.y, "oy");
  bool taps = any_tap(&p);
  if (taps)
    write_kernel_rows(&p);
  else
    w_line(w, "(void)i%d, (void)i%d; /* every window lies in the padding */", k->v.in[0], p.iw);
  w_line(w, "float a[%lld];", (long long)p.y.w);
  const char *bias =
      p.ib < 0 ? "0" : str_fmt(k->c->arena, "i%d[%s]", p.ib, p.y.blocks > 1 ? "cb" : "0");
  w_line(w, "for (size_t x = 0; x < %lld; ++x) a[x] = %s;", (long long)p.y.w, bias);
  if (taps) write_input_loops(&p);
  write_store(&p);
  row_units_close(k);
  w_close(w);
  return true;
}
