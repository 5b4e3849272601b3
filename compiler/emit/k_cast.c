/* k_cast.c: the network's inputs as the caller has them, bytes or another order of dimensions,
 * to f32 in plain order. What follows per element or per channel (x / 255, normalise) is applied
 * on the way. A unit of the split is one row of the output.
 */
#include "emit.h"

/* "d1", "w" for the last dimension, "0" where there is one only. */
static const char *index_of(Kernel *k, const Shape *s, int dim) {
  if (dim >= s->rank || s->dim[dim] == 1) return "0";
  return dim + 1 == s->rank ? "w" : str_fmt(k->c->arena, "d%d", dim);
}

/* Declares the index of each outer dimension out of the unit u; returns the row's offset in x. */
static const char *open_row(Kernel *k, const Value *x, int64_t rows) {
  const Shape *s = &x->shape;
  const char *offset = "0";
  int64_t inner = rows;
  for (int d = 0; d + 1 < s->rank; d++) {
    int64_t outer = inner;
    inner /= s->dim[d];
    if (s->dim[d] == 1) continue;
    const char *u = inner > 1 ? str_fmt(k->c->arena, "u / %lld", (long long)inner) : "u";
    if (outer < rows) u = str_fmt(k->c->arena, "%s %% %lld", u, (long long)s->dim[d]);
    w_line(&k->w, "const size_t d%d = %s;", d, u);
    offset =
        sum_text(k, offset, index_text(k, index_of(k, s, d), layout_stride(&x->layout, d), 0));
  }
  return offset;
}

/* The innermost loop: x and y point to a row. */
static void write_row(Kernel *k, const Value *x) {
  const Shape *s = &x->shape;
  w_for(&k->w, "w", s->dim[s->rank - 1]);
  w_line(&k->w, "float a = x[%s];",
         index_text(k, "w", layout_stride(&x->layout, s->rank - 1), 0));
  w_count_loads(&k->w, dtype_size(x->type));
  epilogue_write(k, "a", index_of(k, s, 1), index_of(k, s, 0), "0", true);
  w_line(&k->w, "y[w] = a;");
  w_count_stores(&k->w, 4);
}

/* As the first stage of a group that runs strip by strip: some rows of all channels. */
static bool emit_stage(Kernel *k, const Value *x) {
  Writer *w = &k->w;
  Strides to = value_strides(view_out(&k->v));
  const Shape *s = &x->shape;
  kernel_signature(k);
  w_loop(w, (double)s->dim[2], "for (size_t h = from; h < to; ++h)");
  if (s->dim[1] > 1) w_for(w, "d1", s->dim[1]);
  const char *channel = s->dim[1] > 1 ? "d1" : NULL;
  w_line(w, "const %s *x = i%d + %s;", ctype(x), k->v.in[0],
         sum_text(k, index_text(k, channel, layout_stride(&x->layout, 1), 0),
                  index_text(k, "h", layout_stride(&x->layout, 2), 0)));
  w_line(w, "float *y = o0 + %s;",
         sum_text(k, index_text(k, channel, to.cb, 0), index_text(k, "(h - yr)", to.h, 0)));
  write_row(k, x);
  while (w->depth) w_close(w);
  return true;
}

bool emit_cast(Kernel *k) {
  const Value *x = view_in(&k->v, 0);
  const Shape *s = &x->shape;
  int64_t width = s->dim[s->rank - 1], rows = shape_count(s) / width;
  const char *type = ctype(x);
  k->base = str_fmt(k->c->arena, "cast_%s", shape_text(k->c, s));
  kernel_note(k, "%s in order %s to float in plain order; a unit of the split is one row",
              dtype_name(x->type), layout_text(k->c, &x->layout, s));
  if (k->stage) return emit_stage(k, x);
  kernel_signature(k);
  kernel_slice(k, rows);
  w_loop(&k->w, (double)rows, "for (size_t u = u0; u < u1; ++u)");
  const char *row = open_row(k, x, rows);
  w_line(&k->w, "const %s *x = i%d + %s;", type, k->v.in[0], row);
  w_line(&k->w, "float *y = o0 + u * %lld;", (long long)width);
  write_row(k, x);
  for (int i = 0; i < 3; i++) w_close(&k->w);
  return true;
}
