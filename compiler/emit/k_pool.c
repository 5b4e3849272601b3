/* k_pool.c: pooling over fixed windows, and adaptive pooling.
 * One output row at a time, plain or channel-blocked. Window rows are clamped to the input once
 * per row; columns are cut into segments in which the same taps are valid, so every tap that is
 * written is inside the input and nothing is tested per element.
 */
#include "emit.h"

typedef struct Pool {
  Kernel *k;
  View4 x, y;
  const PoolAttr *a;
  PoolKind kind;
} Pool;

/* Valid taps [lo, hi) of output column ox, and the window's width that an average divides by. */
typedef struct Taps {
  int64_t lo, hi, width;
} Taps;

static int64_t min64(int64_t a, int64_t b) { return a < b ? a : b; }
static int64_t max64(int64_t a, int64_t b) { return a > b ? a : b; }

static Taps column_taps(const Pool *p, int64_t ox) {
  const PoolAttr *a = p->a;
  int64_t at = ox * a->stride.v[1] - a->pad.v[1];
  Taps t = {max64(0, -at), min64(a->kernel.v[1], p->x.w - at), 0};
  t.width = a->count_pad ? min64(a->kernel.v[1], p->x.w + a->pad.v[3] - at) : t.hi - t.lo;
  return t;
}

static bool same_taps(Taps a, Taps b) {
  return a.lo == b.lo && a.hi == b.hi && a.width == b.width;
}

/* Declares the accumulator `a`. */
static void write_first(Kernel *k, PoolKind kind, bool scalar) {
  bool infinite = kind == POOL_MAX || kind == POOL_MIN;
  const char *zero = scalar ? "0" : "{0}", *vector = scalar ? "" : "(vf){0} ";
  const char *first = str_fmt(k->c->arena, "%s%cINFINITY", vector, kind == POOL_MAX ? '-' : '+');
  w_line(&k->w, "%s a = %s;", scalar ? "float" : "vf", infinite ? first : zero);
}

static void write_combine(Kernel *k, PoolKind kind, const char *x, bool scalar) {
  const char type = scalar ? 's' : 'v';
  if (kind == POOL_MAX || kind == POOL_MIN)
    w_line(&k->w, "a = %c_%s(a, %s);", type, kind == POOL_MAX ? "max" : "min", x);
  else if (kind == POOL_L2)
    w_line(&k->w, "a += %c_square(%s);", type, x);
  else
    w_line(&k->w, "a += %s;", x);
  w_count_other(&k->w, (scalar ? 1 : k->t->lanes) * (kind == POOL_L2 ? 2 : 1));
}

static void write_last(Kernel *k, PoolKind kind, const char *size, bool scalar) {
  if (kind == POOL_MAX || kind == POOL_MIN) return;
  if (kind == POOL_L2)
    w_line(&k->w, "a = %c_sqrt(a);", scalar ? 's' : 'v');
  else
    w_line(&k->w, "a /= (float)(%s);", size);
  w_count_other(&k->w, scalar ? 1 : k->t->lanes);
}

/* ky0, ky1: the window rows inside the input; iy: the first of them; for averages, height. */
static double write_rows(Pool *p) {
  Writer *w = &p->k->w;
  const PoolAttr *a = p->a;
  long long s = (long long)a->stride.v[0], pad = (long long)a->pad.v[0];
  long long kh = (long long)a->kernel.v[0], h = (long long)p->x.h;
  const char *oy = p->y.h > 1 ? "oy" : "0";
  double sum = 0;
  for (int64_t y = 0; y < p->y.h; y++)
    sum += (double)(min64(kh, h - (y * s - pad)) - max64(0, pad - y * s));
  w_line(w, "const ptrdiff_t top = (ptrdiff_t)(%s)%s; /* of the window */",
         index_text(p->k, oy, s, 0), pad ? str_fmt(p->k->c->arena, " - %lld", pad) : "");
  w_line(w, "const size_t y0 = top < 0 ? 0 : (size_t)top;");
  w_line(w, "const size_t y1 = top + %lld < %lld ? (size_t)(top + %lld) : %lld;", kh, h, kh, h);
  if (p->kind == POOL_MEAN && a->count_pad) {
    long long end = h + (long long)a->pad.v[2];
    w_line(w, "const size_t height = (size_t)((top + %lld < %lld ? top + %lld : %lld) - top);",
           kh, end, kh, end);
  } else if (p->kind == POOL_MEAN) {
    w_line(w, "const size_t height = y1 - y0;");
  }
  return sum / (double)p->y.h;
}

static const char *input_base(Pool *p) {
  View4 x = p->x;
  x.h = 1; /* the row is added inside */
  return row_offset(p->k, &x, "");
}

/* One segment of columns [from, to) with the same taps. */
static void write_segment(Pool *p, int64_t from, int64_t to, Taps t, double rows) {
  Kernel *k = p->k;
  Writer *w = &k->w;
  Arena *a = k->c->arena;
  int lanes = p->x.s.lanes;
  int64_t step = (p->a->stride.v[1] * p->x.s.w);
  int64_t left = (from * p->a->stride.v[1] - p->a->pad.v[1] + t.lo) * p->x.s.w;
  const char *x = to - from > 1 ? "x" : NULL;
  if (x)
    w_for(w, "x", to - from);
  else
    w_block(w);
  write_first(k, p->kind, p->x.scalar);
  w_loop(w, rows, "for (size_t iy = y0; iy < y1; ++iy)");
  w_line(w, "const float *r = row + %s * %lld + %s;", row_text(k, &p->x, "iy"),
         (long long)p->x.s.h, index_text(k, x, step, left));
  for (int64_t t0 = t.lo; t0 < t.hi; t0++) {
    const char *at = str_fmt(a, "%lld", (long long)((t0 - t.lo) * p->x.s.w));
    const char *v = load_text(k, "r", at, p->x.scalar);
    write_combine(k, p->kind, v, p->x.scalar);
  }
  w_close(w);
  const char *size = str_fmt(a, "height * %lld", (long long)t.width);
  write_last(k, p->kind, size, p->x.scalar);
  View4 y = p->y;
  const char *column = index_text(k, x, y.s.w, from * y.s.w);
  const char *row = row_offset(k, &y, "oy");
  y.n = 1;
  const char *inner = row_offset(k, &y, "oy");
  const char *channel = y.blocks > 1 ? (y.scalar ? "cb" : str_fmt(a, "cb * %d", lanes)) : "0";
  epilogue_write(k, "a", channel, p->y.n > 1 ? "s" : "0", sum_text(k, inner, column), y.scalar);
  store_line(k, sum_text(k, row, column), "a", y.scalar);
  w_close(w);
}

bool emit_pool(Kernel *k) {
  Pool p = {k, view_input(k), view_output(k), ATTR(k->v.anchor, PoolAttr), POOL_MAX};
  Writer *w = &k->w;
  pool_form(k->v.anchor->op, &p.kind);
  k->base = str_fmt(k->c->arena, "%s%lldx%llds%lld_%lldx%lldx%lld",
                    op_table[k->v.anchor->op].name, (long long)p.a->kernel.v[0],
                    (long long)p.a->kernel.v[1], (long long)p.a->stride.v[0],
                    (long long)p.y.channels, (long long)p.y.h, (long long)p.y.w);
  kernel_signature(k);
  row_units_open(k, &p.y, "oy");
  double rows = write_rows(&p);
  w_line(w, "const float *row = %s;",
         sum_text(k, str_fmt(k->c->arena, "i%d", k->v.in[0]), input_base(&p)));
  int segments = 0;
  for (int64_t from = 0, to; from < p.y.w; from = to) {
    Taps t = column_taps(&p, from);
    for (to = from + 1; to < p.y.w && same_taps(t, column_taps(&p, to)); to++) continue;
    write_segment(&p, from, to, t, rows);
    segments++;
  }
  row_units_close(k);
  w_close(w);
  kernel_note(k, "row by row, windows trimmed at the borders (%d column segments);", segments);
  kernel_note(k, "a unit of the split is one output row of one channel block");
  return true;
}

/* Window i of out over in: [floor(i·in/out), ceil((i+1)·in/out)), as PyTorch's. */
static double adaptive_average(int64_t in, int64_t out) {
  double sum = 0;
  for (int64_t i = 0; i < out; i++)
    sum += (double)(((i + 1) * in + out - 1) / out - i * in / out);
  return sum / (double)out;
}

static void adaptive_bounds(Kernel *k, const char *axis, const char *o, View4 *x, View4 *y) {
  bool rows = axis[0] == 'y';
  long long in = (long long)(rows ? x->h : x->w), out = (long long)(rows ? y->h : y->w);
  w_line(&k->w, "const size_t %s0 = %s * %lld / %lld;", axis, o, in, out);
  w_line(&k->w, "const size_t %s1 = ((%s + 1) * %lld + %lld) / %lld;", axis, o, in, out - 1, out);
}

bool emit_adaptive(Kernel *k) {
  View4 x = view4(view_in(&k->v, 0)), y = view4(view_out(&k->v));
  PoolKind kind;
  pool_form(k->v.anchor->op, &kind);
  Arena *a = k->c->arena;
  Writer *w = &k->w;
  k->base = str_fmt(a, "%s_%lldx%lldx%lld", op_table[k->v.anchor->op].name, (long long)y.channels,
                    (long long)y.h, (long long)y.w);
  kernel_note(k, "windows of unequal size; a unit of the split is one output row");
  kernel_signature(k);
  row_units_open(k, &y, "oy");
  View4 base = x;
  base.h = 1;
  w_line(w, "const float *plane = %s;",
         sum_text(k, str_fmt(a, "i%d", k->v.in[0]), row_offset(k, &base, "")));
  adaptive_bounds(k, "y", y.h > 1 ? "oy" : "(size_t)0", &x, &y);
  w_for(w, "ox", y.w);
  adaptive_bounds(k, "x", "ox", &x, &y);
  write_first(k, kind, x.scalar);
  w_loop(w, adaptive_average(x.h, y.h), "for (size_t iy = y0; iy < y1; ++iy)");
  w_loop(w, adaptive_average(x.w, y.w), "for (size_t ix = x0; ix < x1; ++ix)");
  const char *v = load_text(
      k, "plane", str_fmt(a, "iy * %lld + ix * %lld", (long long)x.s.h, (long long)x.s.w),
      x.scalar);
  write_combine(k, kind, v, x.scalar);
  w_close(w);
  w_close(w);
  write_last(k, kind, "(y1 - y0) * (x1 - x0)", x.scalar);
  const char *col = str_fmt(a, "ox * %lld", (long long)y.s.w);
  const char *row = row_offset(k, &y, "oy");
  View4 one = y;
  one.n = 1;
  const char *channel = y.blocks > 1 ? (y.scalar ? "cb" : str_fmt(a, "cb * %d", y.s.lanes)) : "0";
  epilogue_write(k, "a", channel, y.n > 1 ? "s" : "0",
                 sum_text(k, row_offset(k, &one, "oy"), col), y.scalar);
  store_line(k, sum_text(k, row, col), "a", y.scalar);
  for (int i = 0; i < 3; i++) w_close(w);
  return true;
}
