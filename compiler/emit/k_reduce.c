/* k_reduce.c: reductions over any axes and argmax, in plain layout of any rank.
 * Where the last dimension stays, a unit of the split is one row of results, which gather the
 * reduced elements side by side; where it goes, a unit is one result.
 */
#include "emit.h"

typedef struct Reduce {
  Kernel *k;
  OpKind op;
  Nest kept; /* loops over results: operand 0 the output, 1 the input; innermost: the row */
  int nloops;
  int64_t extent[MAX_RANK], stride[MAX_RANK]; /* reduced dimensions, outermost first */
  int64_t count;
} Reduce;

static void add_reduced(Reduce *r, int64_t extent, int64_t stride) {
  int last = r->nloops - 1;
  r->count *= extent;
  if (last >= 0 && r->stride[last] == stride * extent) { /* one loop over both */
    r->extent[last] *= extent;
    r->stride[last] = stride;
    return;
  }
  r->extent[r->nloops] = extent;
  r->stride[r->nloops++] = stride;
}

static void add_kept(Reduce *r, int64_t extent, int64_t to, int64_t from) {
  Nest *s = &r->kept;
  s->extent[s->n] = extent;
  s->stride[0][s->n] = to;
  s->stride[1][s->n++] = from;
}

/* Dimensions of 1 need no loop. The row is the last dimension left, if it is not reduced. */
static void take_apart(Reduce *r) {
  const Value *x = view_in(&r->k->v, 0), *y = view_out(&r->k->v);
  bool reduced[MAX_RANK], row = true;
  bool keepdims = reduce_axes(r->k->v.anchor, x->shape.rank, reduced);
  r->kept.noperands = 2;
  r->kept.lanes = 1;
  for (int d = 0, to = 0; d < x->shape.rank; d++) {
    int64_t extent = x->shape.dim[d];
    if (extent > 1 && reduced[d])
      add_reduced(r, extent, layout_stride(&x->layout, d));
    else if (extent > 1)
      add_kept(r, extent, layout_stride(&y->layout, to), layout_stride(&x->layout, d));
    if (extent > 1) row = !reduced[d];
    to += keepdims || !reduced[d];
  }
  if (!row || r->kept.n == 0 || r->op == OP_ARGMAX) add_kept(r, 1, 0, 0);
}

/* Opens the loops over reduced dimensions; `p` then points at an element (or row). */
static void open_reduced(Reduce *r, int loops) {
  StrBuf b = {.arena = r->k->c->arena};
  sb_puts(&b, "x");
  for (int i = 0; i < loops; i++) {
    const char *var = str_fmt(b.arena, "r%d", i);
    w_for(&r->k->w, var, r->extent[i]);
    sb_printf(&b, " + %s", index_text(r->k, var, r->stride[i], 0));
  }
  w_line(&r->k->w, "const float *p = %s;", sb_str(&b));
}

static void close_reduced(Reduce *r, int loops) {
  for (int i = 0; i < loops; i++) w_close(&r->k->w);
}

/* "a += x;" or the like. */
static void accumulate(Reduce *r, const char *a, const char *x) {
  Writer *w = &r->k->w;
  if (r->op == OP_REDUCE_MAX)
    w_line(w, "%s = s_max(%s, %s);", a, a, x);
  else if (r->op == OP_REDUCE_MIN)
    w_line(w, "%s = s_min(%s, %s);", a, a, x);
  else if (r->op == OP_REDUCE_L2)
    w_line(w, "%s += %s * %s;", a, x, x);
  else
    w_line(w, "%s += %s;", a, x);
  w_count_other(w, r->op == OP_REDUCE_L2 ? 2 : 1);
  w_count_loads(w, 4);
}

static const char *first_value(const Reduce *r) {
  return r->op == OP_REDUCE_MAX ? "-INFINITY" : r->op == OP_REDUCE_MIN ? "INFINITY" : "0";
}

/* What is stored of the accumulated value `a`. */
static const char *result(const Reduce *r, const char *a) {
  Arena *arena = r->k->c->arena;
  if (r->op == OP_REDUCE_L2) return str_fmt(arena, "sqrtf(%s)", a);
  if (r->op == OP_REDUCE_MEAN) return str_fmt(arena, "%s / %lld.0f", a, (long long)r->count);
  return a;
}

static void write_row(Reduce *r) {
  Writer *w = &r->k->w;
  int64_t row = r->kept.extent[r->kept.n - 1];
  const char *from = index_text(r->k, "c", r->kept.stride[1][r->kept.n - 1], 0);
  const char *y =
      str_fmt(w->out.arena, "y[%s]", index_text(r->k, "c", r->kept.stride[0][r->kept.n - 1], 0));
  w_for(w, "c", row);
  w_line(w, "%s = %s;", y, first_value(r));
  w_close(w);
  if (!r->nloops) w_block(w);
  open_reduced(r, r->nloops);
  w_for(w, "c", row);
  accumulate(r, y, str_fmt(w->out.arena, "p[%s]", from));
  w_count_stores(w, 4);
  w_close(w);
  if (!r->nloops) w_close(w);
  close_reduced(r, r->nloops);
  if (str_eq(result(r, y), y)) return;
  w_for(w, "c", row);
  w_line(w, "%s = %s;", y, result(r, y));
  w_close(w);
}

/* The innermost reduced dimension is contiguous: sums go through 16 partial ones. */
static void write_element(Reduce *r) {
  Writer *w = &r->k->w;
  int outer = r->nloops - 1;
  int64_t len = r->extent[outer];
  w_line(w, "float a = %s;", first_value(r));
  w_block(w);
  open_reduced(r, outer);
  if (r->op == OP_REDUCE_MAX || r->op == OP_REDUCE_MIN) {
    w_for(w, "i", len);
    accumulate(r, "a",
               str_fmt(w->out.arena, "p[%s]", index_text(r->k, "i", r->stride[outer], 0)));
    w_close(w);
  } else {
    const char *f = r->op == OP_REDUCE_L2 ? "s_deviations(p, %lld, 0)" : "s_sum(p, %lld)";
    StrBuf b = {.arena = w->out.arena};
    sb_puts(&b, "a += ");
    sb_printf(&b, f, (long long)len);
    w_line(w, "%s;", sb_str(&b));
    w_count_other(w, (double)len * (r->op == OP_REDUCE_L2 ? 2 : 1));
    w_count_loads(w, 4.0 * (double)len);
  }
  close_reduced(r, outer);
  w_close(w);
  w_line(w, "y[0] = %s;", result(r, "a"));
  w_count_stores(w, 4);
}

/* The first of equal elements; NaN counts as largest. */
static void write_argmax(Reduce *r) {
  Writer *w = &r->k->w;
  int64_t len = r->nloops ? r->extent[0] : 1, stride = r->nloops ? r->stride[0] : 0;
  w_line(w, "float best = x[0], at = 0;");
  w_loop(w, (double)(len - 1), "for (size_t i = 1; i < %lld; ++i)", (long long)len);
  w_line(w, "const float v = x[%s];", index_text(r->k, "i", stride, 0));
  w_open(w, "if (v > best || (v != v && best == best))");
  w_line(w, "best = v;");
  w_line(w, "at = (float)i;");
  w_close(w);
  w_count_other(w, 1);
  w_count_loads(w, 4);
  w_close(w);
  w_line(w, "y[0] = at;");
  w_count_stores(w, 4);
}

bool emit_reduce(Kernel *k) {
  Reduce r = {.k = k, .op = k->v.anchor->op, .count = 1};
  take_apart(&r);
  Writer *w = &k->w;
  int64_t row = r.kept.extent[r.kept.n - 1], units = nest_units(&r.kept);
  bool element = r.kept.stride[1][r.kept.n - 1] == 0 && r.nloops > 0;
  k->base = str_fmt(k->c->arena, "%s_%lldx%lldof%lld", op_table[r.op].name, (long long)units,
                    (long long)row, (long long)r.count);
  kernel_note(k, "a unit of the split is %lld result%s of %lld elements each", (long long)row,
              row == 1 ? "" : "s side by side,", (long long)r.count);
  kernel_signature(k);
  nest_open(k, &r.kept);
  w_line(w, "const float *x = %s;",
         nest_row(k, &r.kept, 1, str_fmt(k->c->arena, "i%d", k->v.in[0])));
  w_line(w, "float *y = %s;", nest_row(k, &r.kept, 0, "o0"));
  if (r.op == OP_ARGMAX)
    write_argmax(&r);
  else if (element)
    write_element(&r);
  else
    write_row(&r);
  w_close(w);
  w_close(w);
  return true;
}
