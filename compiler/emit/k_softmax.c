/* k_softmax.c: softmax and its logarithm along one axis: exp(x - max) / sum, so nothing
 * overflows. A unit of the split is one vector along the axis; inputs and outputs are plain.
 */
#include "emit.h"

/* "u / 9 % 3 * 27 + …": where the vector of unit u begins. */
static const char *start(Kernel *k, const Value *v, int axis, int64_t units) {
  StrBuf b = {.arena = k->c->arena};
  int64_t below = 1;
  for (int d = v->shape.rank - 1; d >= 0; d--) {
    if (d == axis || v->shape.dim[d] == 1) continue;
    const char *u = below == 1 ? "u" : str_fmt(k->c->arena, "u / %lld", (long long)below);
    below *= v->shape.dim[d];
    if (below < units) u = str_fmt(k->c->arena, "%s %% %lld", u, (long long)v->shape.dim[d]);
    sb_printf(&b, "%s%s", b.len ? " + " : "", index_text(k, u, layout_stride(&v->layout, d), 0));
  }
  return b.len ? sb_str(&b) : "0";
}

bool emit_softmax(Kernel *k) {
  const Value *x = view_in(&k->v, 0), *y = view_out(&k->v);
  Writer *w = &k->w;
  int axis = (int)ATTR(k->v.anchor, AxisAttr)->axis;
  long long n = (long long)y->shape.dim[axis], units = (long long)shape_count(&y->shape) / n;
  const char *xs = index_text(k, "c", layout_stride(&x->layout, axis), 0);
  const char *ys = index_text(k, "c", layout_stride(&y->layout, axis), 0);
  bool logarithm = k->v.anchor->op == OP_LOG_SOFTMAX;
  k->base = str_fmt(k->c->arena, "%s_%lldx%lld", op_table[k->v.anchor->op].name, units, n);
  kernel_note(k, "a unit of the split is one of %lld vectors of %lld elements", units, n);
  kernel_signature(k);
  kernel_slice(k, units);
  w_loop(w, (double)units, "for (size_t u = u0; u < u1; ++u)");
  w_line(w, "const float *x = %s;",
         sum_text(k, str_fmt(k->c->arena, "i%d", k->v.in[0]), start(k, x, axis, units)));
  w_line(w, "float *y = %s;", sum_text(k, "o0", start(k, y, axis, units)));
  w_line(w, "float max = x[0], sum = 0;");
  w_loop(w, (double)(n - 1), "for (size_t c = 1; c < %lld; ++c)", n);
  w_line(w, "max = s_max(max, x[%s]);", xs);
  w_count_other(w, 1);
  w_count_loads(w, 4);
  w_close(w);
  w_for(w, "c", n);
  w_line(w, "const float e = expf(x[%s] - max);", xs);
  if (!logarithm) w_line(w, "y[%s] = e;", ys);
  w_line(w, "sum += e;");
  w_count_other(w, 3);
  w_count_loads(w, 4);
  if (!logarithm) w_count_stores(w, 4);
  w_close(w);
  if (logarithm) w_line(w, "sum = logf(sum);");
  w_for(w, "c", n);
  if (logarithm)
    w_line(w, "y[%s] = x[%s] - max - sum;", ys, xs);
  else
    w_line(w, "y[%s] /= sum;", ys);
  w_count_other(w, logarithm ? 2 : 1);
  w_count_loads(w, 4);
  w_count_stores(w, 4);
  w_close(w);
  w_close(w);
  w_close(w);
  return true;
}
