/* k_reduce.c: reductions over any axes and argmax, in plain layout of any rank; over the channels
 * alone also in channel blocks, where a pixel's blocks are combined, then their lanes.
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
  int last = r->kept.n - 1; /* argmax keeps rows that are vectors on both sides */
  if (row && r->op == OP_ARGMAX)
    row = last >= 0 && r->kept.stride[0][last] == 1 && r->kept.stride[1][last] == 1;
  if (!row || r->kept.n == 0) add_kept(r, 1, 0, 0);
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

/* The first of equal elements; NaN counts as largest. At places i of a row, one or a vector of
 * them. */
static void write_places(Reduce *r, int64_t from, int64_t to, bool vector) {
  Writer *w = &r->k->w;
  Arena *a = w->out.arena;
  int64_t len = r->nloops ? r->extent[0] : 1, stride = r->nloops ? r->stride[0] : 0;
  int64_t lanes = vector ? r->k->t->lanes : 1;
  if (from >= to) return;
  const char *at = sum_text(r->k, index_text(r->k, "c", stride, 0), "i");
  w_loop(w, (double)((to - from) / lanes), "for (size_t i = %lld; i < %lld; i += %lld)",
         (long long)from, (long long)to, (long long)lanes);
  w_line(w, vector ? "vf best = LDU(x + i), at = {0};" : "float best = x[i], at = 0;");
  w_loop(w, (double)(len - 1), "for (size_t c = 1; c < %lld; ++c)", (long long)len);
  w_line(w, "const %s v = %s;", vector ? "vf" : "float",
         str_fmt(a, vector ? "LDU(x + %s)" : "x[%s]", at));
  if (vector) {
    w_line(w, "const vi more = (vi)(v > best) | ((vi)(v != v) & (vi)(best == best));");
    w_line(w, "best = v_select(more, v, best);");
    w_line(w, "at = v_select(more, v_all((float)c), at);");
  } else {
    w_open(w, "if (v > best || (v != v && best == best))");
    w_line(w, "best = v;");
    w_line(w, "at = (float)c;");
    w_close(w);
  }
  w_count_other(w, (double)lanes);
  w_count_loads(w, 4.0 * (double)lanes);
  w_close(w);
  w_line(w, vector ? "STU(y + i, at);" : "y[i] = at;");
  w_count_stores(w, 4.0 * (double)lanes);
  w_close(w);
}

static void write_argmax(Reduce *r) {
  int64_t row = r->kept.extent[r->kept.n - 1], lanes = r->k->t->lanes;
  int64_t whole = lanes > 1 ? row - row % lanes : 0;
  write_places(r, 0, whole, true);
  write_places(r, whole, row, false);
}

/* ---- over the lanes of channel blocks --------------------------------------------------------
 */

static const char *masked_text(Reduce *r, const char *x, int64_t real) {
  Arena *a = r->k->c->arena;
  if (real == r->k->t->lanes) return x;
  const char *none = first_value(r), *mask = lane_mask_text(r->k, real);
  if (str_eq(none, "0")) return str_fmt(a, "(vf)((vi)%s & %s)", x, mask);
  return str_fmt(a, "v_select(%s, %s, v_all(%s))", mask, x, none);
}

static bool across_lanes(Reduce *r) {
  Kernel *k = r->k;
  Writer *w = &k->w;
  Arena *a = w->out.arena;
  View4 x = view4(view_in(&k->v, 0)), y = x;
  int64_t lanes = k->t->lanes, before = x.blocks - 1;
  const char *which = r->op == OP_REDUCE_MAX ? "max" : r->op == OP_REDUCE_MIN ? "min" : "sum";
  bool squares = r->op == OP_REDUCE_L2;
  r->count = x.channels;
  k->base = str_fmt(a, "%s_%lldx%lldx%lld", op_table[r->op].name, (long long)x.channels,
                    (long long)x.h, (long long)x.w);
  kernel_note(k, "lanes combined for each pixel; a unit of the split is one row");
  kernel_signature(k);
  y.blocks = 1;
  row_units_open(k, &y, "h");
  y.s = (Strides){.n = x.h * x.w, .h = x.w, .w = 1, .lanes = 1};
  x.blocks = 1;
  w_line(w, "float *y = %s;", sum_text(k, "o0", row_offset(k, &y, "h")));
  w_for(w, "i", x.w);
  w_line(w, "const float *x = %s;",
         sum_text(k, str_fmt(a, "i%d", k->v.in[0]),
                  sum_text(k, row_offset(k, &x, "h"), index_text(k, "i", x.s.w, 0))));
  const char *last = load_text(k, "x", str_fmt(a, "%lld", (long long)(before * x.s.cb)), false);
  last = masked_text(r, last, r->count - before * lanes);
  w_wrapped(w, str_fmt(a, squares ? "vf a = v_square(%s);" : "vf a = %s;", last));
  if (before) {
    w_for(w, "c", before);
    const char *next = load_text(k, "x", index_text(k, "c", x.s.cb, 0), false);
    if (squares) next = str_fmt(a, "v_square(%s)", next);
    if (str_eq(which, "sum"))
      w_line(w, "a += %s;", next);
    else
      w_line(w, "a = v_%s(a, %s);", which, next);
    w_count_other(w, (double)lanes);
    w_close(w);
  }
  w_line(w, "y[i] = %s;", result(r, str_fmt(a, "v_%s_across(a)", which)));
  w_count_other(w, (double)lanes);
  w_count_stores(w, 4);
  w_close(w);
  row_units_close(k);
  w_close(w);
  return true;
}

bool emit_reduce(Kernel *k) {
  Reduce r = {.k = k, .op = k->v.anchor->op, .count = 1};
  if (k->step->choice.in[k->v.in[0]] == FMT_BLOCKED) return across_lanes(&r);
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
