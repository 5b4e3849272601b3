/* k_matmul.c: products of matrices, and transposition, in plain layout.
 * A unit of the split is one row of the result. The product adds up multiples of whole rows of
 * the second matrix, so that its loop runs along contiguous memory.
 */
#include "emit.h"

/* 0 where the operand is broadcast. */
static int64_t stride_of(const Value *v, int dim) {
  return v->shape.dim[dim] == 1 ? 0 : layout_stride(&v->layout, dim);
}

/* Pointers to this unit's row in operand i, named `name`. */
static void row_pointer(Kernel *k, const Nest *s, int operand, const char *name) {
  const char *base = operand ? str_fmt(k->c->arena, "i%d", k->v.in[operand - 1]) : "o0";
  w_line(&k->w, "%sfloat *%s = %s;", operand ? "const " : "", name,
         nest_row(k, s, operand, base));
}

/* The rows of the result; the second matrix does not follow its rows, neither its columns. */
static Nest matmul_nest(Kernel *k) {
  Nest s = nest_of(view_out(&k->v));
  for (int i = 0; i < 2; i++) nest_add(&s, view_in(&k->v, i));
  s.stride[1][s.n - 1] = s.stride[2][s.n - 2] = 0;
  return s;
}

bool emit_matmul(Kernel *k) {
  const Value *a = view_in(&k->v, 0), *b = view_in(&k->v, 1), *y = view_out(&k->v);
  Writer *w = &k->w;
  Nest s = matmul_nest(k);
  int64_t cols = y->shape.dim[y->shape.rank - 1], depth = a->shape.dim[a->shape.rank - 1];
  k->base = str_fmt(k->c->arena, "matmul_%lldx%lldx%lld", (long long)nest_units(&s),
                    (long long)depth, (long long)cols);
  kernel_note(k, "rows of the second matrix added up; a unit of the split is one row of %lld",
              (long long)cols);
  kernel_signature(k);
  nest_open(k, &s);
  row_pointer(k, &s, 1, "a");
  row_pointer(k, &s, 2, "b");
  row_pointer(k, &s, 0, "y");
  w_for(w, "c", cols);
  w_line(w, "y[c] = 0;");
  w_close(w);
  w_for(w, "r", depth);
  w_line(w, "const float f = a[%s];", index_text(k, "r", stride_of(a, a->shape.rank - 1), 0));
  w_line(w, "const float *row = b + %s;", index_text(k, "r", stride_of(b, b->shape.rank - 2), 0));
  w_for(w, "c", cols);
  w_line(w, "y[c] += f * row[c];");
  w_count_fma(w, 1);
  w_count_loads(w, 8);
  w_count_stores(w, 4);
  for (int i = 0; i < 4; i++) w_close(w);
  return true;
}

bool emit_transpose(Kernel *k) {
  const Value *x = view_in(&k->v, 0), *y = view_out(&k->v);
  Writer *w = &k->w;
  Nest s = nest_of(y);
  s.noperands = 2;
  for (int d = 0; d < s.n; d++)
    s.stride[1][d] = stride_of(x, (int)ATTR(k->v.anchor, AxesAttr)->axes.v[d]);
  nest_simplify(&s);
  int64_t row = s.extent[s.n - 1];
  k->base =
      str_fmt(k->c->arena, "transpose_%lldx%lld", (long long)nest_units(&s), (long long)row);
  kernel_note(k, "a unit of the split is one row of %lld of the result", (long long)row);
  kernel_signature(k);
  nest_open(k, &s);
  row_pointer(k, &s, 1, "x");
  row_pointer(k, &s, 0, "y");
  w_for(w, "c", row);
  w_line(w, "y[%s] = x[%s];", index_text(k, "c", s.stride[0][s.n - 1], 0),
         index_text(k, "c", s.stride[1][s.n - 1], 0));
  w_count_loads(w, 4);
  w_count_stores(w, 4);
  for (int i = 0; i < 3; i++) w_close(w);
  return true;
}
