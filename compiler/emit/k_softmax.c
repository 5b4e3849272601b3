/* k_softmax.c: softmax and its logarithm along one axis: exp(x - max) / sum, so nothing
 * overflows. Three ways, by where the neighbours along the axis lie:
 *
 *   along rows:    side by side in plain layout: vectors run along the axis, then their lanes are
 *                  combined;
 *   across rows:   apart: each lane takes a place of its own, and vectors run across them;
 *   across lanes:  channels in channel blocks: a pixel's blocks are combined, then their lanes,
 *                  of which those behind the last channel count as exp(-infinity).
 */
#include "emit.h"

typedef enum Way { ALONG_ROWS, ACROSS_ROWS, ACROSS_LANES } Way;

typedef struct Softmax {
  Kernel *k;
  Way way;
  bool logarithm;
  Nest rest;       /* loops over all but the axis: operand 0 the output, 1 the input */
  int64_t n;       /* steps along the axis: elements, or channel blocks */
  int64_t step[2]; /* … and what one is in the output, in the input */
} Softmax;

/* ---- where things lie ----------------------------------------------------------------------- */

static void take_axis(Softmax *s, int axis) {
  Nest *r = &s->rest;
  const Value *y = view_out(&s->k->v);
  *r = nest_of(y);
  nest_add(r, view_in(&s->k->v, 0));
  s->n = r->extent[axis];
  for (int i = 0; i < 2; i++) {
    s->step[i] = r->stride[i][axis];
    r->stride[i][axis] = 0;
  }
  r->extent[axis] = 1;
  nest_simplify(r);
  int last = r->n - 1;
  bool blocked = r->lanes > 1, along = s->step[0] == 1 && s->step[1] == 1;
  bool beside = r->extent[last] > 1 && r->stride[0][last] == 1 && r->stride[1][last] == 1;
  s->way = blocked && axis == 1 ? ACROSS_LANES : along && !beside ? ALONG_ROWS : ACROSS_ROWS;
  if (s->way != ALONG_ROWS || r->extent[last] == 1) return;
  r->extent[last + 1] = 1; /* every row is a unit */
  r->stride[0][last + 1] = r->stride[1][last + 1] = 0;
  r->n++;
}

static const char *at(Softmax *s, int operand, const char *var) {
  return index_text(s->k, var, s->step[operand], 0);
}

/* An element (or vector) of x or y, `offset` behind the pointer. */
static const char *element(Softmax *s, const char *base, const char *offset, bool vector) {
  Arena *a = s->k->c->arena;
  w_count_loads(&s->k->w, vector ? 4 * s->k->t->lanes : 4);
  if (!vector) return str_fmt(a, "%s[%s]", base, offset);
  const char *sum = str_eq(offset, "0") ? base : str_fmt(a, "%s + %s", base, offset);
  return str_fmt(a, s->rest.lanes > 1 ? "LD(%s)" : "LDU(%s)", sum);
}

static void store(Softmax *s, const char *offset, const char *value, bool vector) {
  Writer *w = &s->k->w;
  const char *form = s->rest.lanes > 1 ? "ST(y + %s, %s);" : "STU(y + %s, %s);";
  w_count_stores(w, vector ? 4 * s->k->t->lanes : 4);
  w_line(w, vector ? form : "y[%s] = %s;", offset, value);
}

/* ---- the three passes ------------------------------------------------------------------------
 */

static void exp_line(Softmax *s, const char *x, const char *to, bool vector) {
  Writer *w = &s->k->w;
  w_line(w, "const %s e = %c_exp(%s - max);", vector ? "vf" : "float", vector ? 'v' : 's', x);
  if (!s->logarithm) store(s, to, "e", vector);
  w_count_other(w, 3.0 * (vector ? s->k->t->lanes : 1));
}

/* y = x - max - log(sum), or y = y / sum: of one element or vector. */
static void finish_line(Softmax *s, const char *x, const char *to, bool vector) {
  Arena *a = s->k->c->arena;
  const char *value = s->logarithm ? str_fmt(a, "%s - max - sum", element(s, "x", x, vector))
                                   : str_fmt(a, "%s * scale", element(s, "y", to, vector));
  store(s, to, value, vector);
  w_count_other(&s->k->w, (s->logarithm ? 2.0 : 1.0) * (vector ? s->k->t->lanes : 1));
}

/* What the last pass wants of the sum. */
static void sum_line(Softmax *s, bool vector) {
  if (s->logarithm)
    w_line(&s->k->w, "sum = %c_log(sum);", vector ? 'v' : 's');
  else
    w_line(&s->k->w, "const %s scale = 1.0f / sum;", vector ? "vf" : "float");
}

/* Opens a loop over the whole vectors of a row from `from` on, or over what is left behind them;
 * false if there is nothing. */
static bool open_part(Softmax *s, bool vector, int64_t from) {
  Writer *w = &s->k->w;
  int64_t lanes = s->k->t->lanes, whole = lanes > 1 ? s->n - s->n % lanes : 0;
  if (vector) {
    if (from >= whole) return false;
    w_loop(w, (double)((whole - from) / lanes), "for (size_t c = %lld; c < %lld; c += %lld)",
           (long long)from, (long long)whole, (long long)lanes);
    return true;
  }
  if (from < whole) from = whole;
  if (from >= s->n) return false;
  w_loop(w, (double)(s->n - from), "for (size_t c = %lld; c < %lld; ++c)", (long long)from,
         (long long)s->n);
  return true;
}

static void along_row(Softmax *s) {
  Writer *w = &s->k->w;
  int64_t lanes = s->k->t->lanes;
  bool vectors = lanes > 1 && s->n >= lanes;
  if (vectors) {
    w_line(w, "vf tops = %s, sums = {0};", element(s, "x", "0", true));
    if (open_part(s, true, lanes)) {
      w_line(w, "tops = v_max(tops, %s);", element(s, "x", "c", true));
      w_count_other(w, (double)lanes);
      w_close(w);
    }
  }
  w_line(w, "float max = %s, sum = 0;", vectors ? "v_max_across(tops)" : "x[0]");
  if (open_part(s, false, 1)) {
    w_line(w, "max = s_max(max, %s);", element(s, "x", "c", false));
    w_count_other(w, 1);
    w_close(w);
  }
  if (open_part(s, true, 0)) {
    exp_line(s, element(s, "x", "c", true), "c", true);
    w_line(w, "sums += e;");
    w_close(w);
    w_line(w, "sum = v_sum_across(sums);");
  }
  if (open_part(s, false, 0)) {
    exp_line(s, element(s, "x", "c", false), "c", false);
    w_line(w, "sum += e;");
    w_close(w);
  }
  sum_line(s, false);
  for (int vector = 1; vector >= 0; vector--) {
    if (!open_part(s, vector, 0)) continue;
    finish_line(s, "c", "c", vector);
    w_close(w);
  }
}

/* One place (or a vector of them): x and y point at its first element. */
static void across_rows(Softmax *s, bool vector) {
  Writer *w = &s->k->w;
  const char *type = vector ? "vf" : "float";
  double lanes = vector ? s->k->t->lanes : 1;
  w_line(w, "%s max = %s, sum = %s;", type, element(s, "x", "0", vector), vector ? "{0}" : "0");
  w_loop(w, (double)(s->n - 1), "for (size_t c = 1; c < %lld; ++c)", (long long)s->n);
  w_line(w, "max = %c_max(max, %s);", *type == 'v' ? 'v' : 's',
         element(s, "x", at(s, 1, "c"), vector));
  w_count_other(w, lanes);
  w_close(w);
  w_for(w, "c", s->n);
  exp_line(s, element(s, "x", at(s, 1, "c"), vector), at(s, 0, "c"), vector);
  w_line(w, "sum += e;");
  w_close(w);
  sum_line(s, vector);
  w_for(w, "c", s->n);
  finish_line(s, at(s, 1, "c"), at(s, 0, "c"), vector);
  w_close(w);
}

/* One pixel: x and y point at its first block. */
static void across_lanes(Softmax *s) {
  Kernel *k = s->k;
  Writer *w = &k->w;
  int64_t lanes = k->t->lanes, before = s->n - 1;
  int64_t real = view_out(&k->v)->shape.dim[1] - before * lanes;
  const char *x = index_text(k, NULL, 0, before * s->step[1]);
  const char *y = index_text(k, NULL, 0, before * s->step[0]), *tail = element(s, "x", x, true);
  if (real < lanes)
    tail = str_fmt(w->out.arena, "v_select(%s, %s, v_all(-INFINITY))", lane_mask_text(k, real),
                   tail);
  w_wrapped(w, str_fmt(w->out.arena, "const vf last = %s;", tail));
  w_line(w, "vf tops = last;");
  if (before) {
    w_for(w, "c", before);
    w_line(w, "tops = v_max(tops, %s);", element(s, "x", at(s, 1, "c"), true));
    w_count_other(w, (double)lanes);
    w_close(w);
  }
  w_line(w, "const float max = v_max_across(tops);");
  w_line(w, "vf sums = v_exp(last - max);");
  if (!s->logarithm) store(s, y, "sums", true);
  if (before) {
    w_for(w, "c", before);
    exp_line(s, element(s, "x", at(s, 1, "c"), true), at(s, 0, "c"), true);
    w_line(w, "sums += e;");
    w_close(w);
  }
  w_line(w, "%sfloat sum = v_sum_across(sums);", s->logarithm ? "" : "const ");
  sum_line(s, false);
  w_for(w, "c", s->n);
  finish_line(s, at(s, 1, "c"), at(s, 0, "c"), true);
  w_close(w);
}

/* ---- the kernel ------------------------------------------------------------------------------
 */

static void declare(Softmax *s, const char *x, const char *y) {
  w_line(&s->k->w, "const float *x = %s;", x);
  w_line(&s->k->w, "float *y = %s;", y);
}

/* A loop over places of the innermost dimension, vectors of them or single ones. */
static void write_places(Softmax *s, int64_t from, int64_t to, bool vector) {
  Kernel *k = s->k;
  Writer *w = &k->w;
  int last = s->rest.n - 1;
  int64_t per = vector && s->rest.lanes == 1 ? k->t->lanes : 1;
  if (from >= to) return;
  const char *pace = per == 1 ? "++i" : str_fmt(w->out.arena, "i += %lld", (long long)per);
  w_loop(w, (double)((to - from) / per), "for (size_t i = %lld; i < %lld; %s)", (long long)from,
         (long long)to, pace);
  declare(s, sum_text(k, "xs", index_text(k, "i", s->rest.stride[1][last], 0)),
          sum_text(k, "ys", index_text(k, "i", s->rest.stride[0][last], 0)));
  if (s->way == ACROSS_LANES)
    across_lanes(s);
  else
    across_rows(s, vector);
  w_close(w);
}

bool emit_softmax(Kernel *k) {
  static const char *const how[] = {"vectors along the axis", "vectors across it",
                                    "lanes combined for each pixel"};
  Softmax s = {.k = k, .logarithm = k->v.anchor->op == OP_LOG_SOFTMAX};
  Writer *w = &k->w;
  int axis = (int)ATTR(k->v.anchor, AxisAttr)->axis;
  take_axis(&s, axis);
  long long n = (long long)view_out(&k->v)->shape.dim[axis];
  int64_t row = s.rest.extent[s.rest.n - 1], units = nest_units(&s.rest);
  k->base = str_fmt(k->c->arena, "%s_%lldx%lld", op_table[k->v.anchor->op].name,
                    (long long)(units * row), n);
  kernel_note(k, "%s; a unit of the split is %lld times %lld elements",
              k->t->lanes > 1 ? how[s.way] : "one element at a time", (long long)row, n);
  kernel_signature(k);
  nest_open(k, &s.rest);
  const char *x = nest_row(k, &s.rest, 1, str_fmt(k->c->arena, "i%d", k->v.in[0]));
  const char *y = nest_row(k, &s.rest, 0, "o0");
  if (s.way == ALONG_ROWS) {
    declare(&s, x, y);
    along_row(&s);
  } else {
    int last = s.rest.n - 1;
    bool vectors =
        k->t->lanes > 1 &&
        (s.rest.lanes > 1 || (s.rest.stride[0][last] == 1 && s.rest.stride[1][last] == 1));
    int64_t whole = !vectors ? 0 : s.rest.lanes > 1 ? row : row - row % k->t->lanes;
    w_line(w, "const float *xs = %s;", x);
    w_line(w, "float *ys = %s;", y);
    write_places(&s, 0, whole, true);
    write_places(&s, whole, row, false);
  }
  w_close(w);
  w_close(w);
  return true;
}
