/* k_adaptive.c: pooling over windows of unequal size, one output row at a time, plain or
 * channel-blocked. Window bounds follow from the output's place, so nothing is spelled out.
 */
#include "emit.h"

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
