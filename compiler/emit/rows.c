/* rows.c: loops over the rows of an activation, plain or channel-blocked, for the kernels that
 * work row by row. A unit of the parallel split is one row: sample s, block cb, row y.
 */
#include "emit.h"

View4 view4(const Value *v) {
  const Shape *s = &v->shape;
  View4 x = {.n = 1, .blocks = 1, .h = 1, .w = 1, .channels = 1, .s = {.lanes = 1, .w = 1}};
  if (s->rank == 4) {
    x.s = value_strides(v);
    x.channels = s->dim[1];
    x.n = s->dim[0], x.h = s->dim[2], x.w = s->dim[3];
    x.blocks = (s->dim[1] + x.s.lanes - 1) / x.s.lanes;
  } else { /* plain and contiguous */
    x.w = x.s.n = s->rank ? shape_count(s) / s->dim[0] : 1;
    x.n = s->rank ? s->dim[0] : 1;
  }
  x.scalar = x.s.lanes == 1;
  return x;
}

View4 view_input(const Kernel *k) {
  View4 x = view4(view_in(&k->v, 0));
  if (!k->stage || !k->stage->x_strip) return x;
  x.row0 = "xr";
  if (k->stage->blocks) x.block0 = "b0";
  return x;
}

View4 view_output(const Kernel *k) {
  View4 y = view4(view_out(&k->v));
  if (!k->stage || !k->stage->y_strip) return y;
  y.row0 = "yr";
  if (k->stage->blocks) y.block0 = "b0";
  return y;
}

const char *row_text(Kernel *k, const View4 *v, const char *y) {
  return v->row0 ? str_fmt(k->c->arena, "(%s - %s)", y, v->row0) : y;
}

const char *index_text(Kernel *k, const char *var, int64_t times, int64_t plus) {
  Arena *a = k->c->arena;
  if (!var || !times) return str_fmt(a, "%lld", (long long)plus);
  const char *x = times == 1 ? var : str_fmt(a, "%s * %lld", var, (long long)times);
  return plus ? str_fmt(a, "%s + %lld", x, (long long)plus) : x;
}

const char *sum_text(Kernel *k, const char *a, const char *b) {
  if (str_eq(a, "0")) return b;
  return str_eq(b, "0") ? a : str_fmt(k->c->arena, "%s + %s", a, b);
}

const char *load_text(Kernel *k, const char *base, const char *at, bool scalar) {
  w_count_loads(&k->w, 4.0 * (scalar ? 1 : k->t->lanes));
  if (scalar) return str_fmt(k->c->arena, "%s[%s]", base, at);
  return str_fmt(k->c->arena, k->along ? "LDU(%s + %s)" : "LD(%s + %s)", base, at);
}

void store_line(Kernel *k, const char *at, const char *value, bool scalar) {
  w_count_stores(&k->w, 4.0 * (scalar ? 1 : k->t->lanes));
  if (scalar)
    w_line(&k->w, "o0[%s] = %s;", at, value);
  else
    w_line(&k->w, k->along ? "STU(o0 + %s, %s);" : "ST(o0 + %s, %s);", at, value);
}

static void add_term(StrBuf *b, const char *var, int64_t extent, int64_t stride) {
  if (extent == 1) return;
  sb_printf(b, stride == 1 ? "%s%s" : "%s%s * %lld", b->len ? " + " : "", var, (long long)stride);
}

const char *row_offset(Kernel *k, const View4 *v, const char *y) {
  StrBuf b = {.arena = k->c->arena};
  add_term(&b, "s", v->n, v->s.n);
  const char *cb = v->block0 ? str_fmt(b.arena, "(cb - %s)", v->block0) : "cb";
  add_term(&b, cb, v->blocks, v->s.cb);
  add_term(&b, row_text(k, v, y), v->h, v->s.h);
  return b.len ? sb_str(&b) : "0";
}

void rows_join(const Kernel *k, View4 *v) {
  enum { UNITS = 8 };
  if (k->stage || v->n * v->blocks < UNITS || v->s.h != v->w * v->s.w) return;
  v->w *= v->h;
  v->h = 1;
}

bool along_open(Kernel *k, int64_t width, bool vector) {
  int64_t lanes = k->t->lanes, whole = lanes > 1 ? width - width % lanes : 0;
  k->along = vector;
  if (vector ? !whole : whole == width) return false;
  if (vector)
    w_loop(&k->w, (double)(whole / lanes), "for (size_t x = 0; x < %lld; x += %lld)",
           (long long)whole, (long long)lanes);
  else
    w_loop(&k->w, (double)(width - whole), "for (size_t x = %lld; x < %lld; ++x)",
           (long long)whole, (long long)width);
  return true;
}

static void stage_blocks_open(Kernel *k, const View4 *v) {
  Writer *w = &k->w;
  if (k->stage->blocks)
    w_loop(w, (double)v->blocks, "for (size_t cb = b0; cb < b1; ++cb)");
  else
    w_for(w, "cb", v->blocks);
  if (v->blocks == 1) w_line(w, "(void)cb;");
}

static void stage_rows_open(Kernel *k, const View4 *v, const char *y) {
  w_loop(&k->w, (double)v->h, "for (size_t %s = from; %s < to; ++%s)", y, y, y);
}

void row_units_close(Kernel *k) {
  if (k->stage) w_close(&k->w);
  w_close(&k->w);
}

void row_units_open(Kernel *k, const View4 *v, const char *y) {
  if (k->stage) {
    stage_blocks_open(k, v);
    stage_rows_open(k, v, y);
    return;
  }
  int64_t units = v->n * v->blocks * v->h;
  kernel_slice(k, units);
  w_loop(&k->w, (double)units, "for (size_t u = u0; u < u1; ++u)");
  if (v->h > 1) {
    if (units == v->h)
      w_line(&k->w, "const size_t %s = u;", y);
    else
      w_line(&k->w, "const size_t %s = u %% %lld;", y, (long long)v->h);
  }
  if (v->blocks > 1) {
    const char *u = v->h > 1 ? str_fmt(k->c->arena, "u / %lld", (long long)v->h) : "u";
    if (v->n == 1)
      w_line(&k->w, "const size_t cb = %s;", u);
    else
      w_line(&k->w, "const size_t cb = %s %% %lld;", u, (long long)v->blocks);
  }
  if (v->n > 1) w_line(&k->w, "const size_t s = u / %lld;", (long long)(v->h * v->blocks));
}

/* Chunks of a map: as many units as rows / rows, rounded up. */
static int64_t chunks_of(const View4 *v, int64_t rows) { return (v->h + rows - 1) / rows; }

void row_chunks_open(Kernel *k, const View4 *v, int64_t rows) {
  if (k->stage) {
    stage_blocks_open(k, v);
    return;
  }
  View4 chunks = *v;
  chunks.h = chunks_of(v, rows);
  row_units_open(k, &chunks, "q");
}

int64_t row_chunk_count(const Kernel *k, const View4 *v, int64_t rows) {
  return k->stage ? 1 : chunks_of(v, rows);
}

void row_chunk_bounds(Kernel *k, const View4 *v, int64_t rows) {
  long long chunks = chunks_of(v, rows), h = v->h;
  if (k->stage) return;
  if (chunks == 1)
    w_line(&k->w, "const size_t from = 0, to = %lld;", h);
  else
    w_line(&k->w, "const size_t from = q * %lld / %lld, to = (q + 1) * %lld / %lld;", h, chunks,
           h, chunks);
}

void row_chunk_rows(Kernel *k, const View4 *v, int64_t rows) {
  Writer *w = &k->w;
  long long chunks = chunks_of(v, rows), h = v->h;
  if (k->stage) {
    stage_rows_open(k, v, "oy");
    return;
  }
  if (h == 1) return;
  if (chunks == 1) {
    w_for(w, "oy", v->h);
    return;
  }
  row_chunk_bounds(k, v, rows);
  w_loop(w, (double)h / (double)chunks, "for (size_t oy = from; oy < to; ++oy)");
}
