/* k_matmul.c: products of matrices, and transposition, in plain layout. Both operands of a product
 * are known at run time only, so nothing is packed; gemm_tile.c has the register tile.
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

/* ---- products ------------------------------------------------------------------------------- */

/* y = a · b in register tiles. A unit of the split is a chunk of the rows of one pair of matrices;
 * inside, the depth is cut into passes, whose part of some columns of b stays in the first cache
 * while the rows go by. Columns that fill no tile are done in narrower ones, the last of which
 * begins early and writes some columns once more. */
typedef struct Product {
  Kernel *k;
  const Value *a, *b, *y;
  int64_t rows, depth, cols;
  int high, vectors, lanes; /* of a tile */
  int64_t chunk, pass;      /* rows of a unit, depth of a pass */
  int64_t a_row, y_row;
} Product;

static int64_t size_of(const Value *v, int from_last) {
  return v->shape.dim[v->shape.rank - from_last];
}

static void product_tile(const Product *p, const char *name, int rows, int vectors,
                         double columns, double passes) {
  const Choice *c = &p->k->step->choice;
  double units = (double)c->units / (double)ceil_div(p->rows, p->chunk);
  GemmTile t = {.rows = rows, .vectors = vectors, .lanes = p->lanes};
  t.a_row = p->a_row, t.a_step = stride_of(p->a, p->a->shape.rank - 1);
  t.b_step = stride_of(p->b, p->b->shape.rank - 2);
  t.calls = units * columns * passes * (double)(rows < p->high ? 1 : p->rows / p->high);
  t.depth = (double)p->depth / passes;
  if (rows) gemm_tile_write(p->k, &t, name);
}

/* All rows of the unit at column `x`. */
static void write_rows(const Product *p, const char *name, const char *depth, const char *first) {
  Writer *w = &p->k->w;
  Arena *a = p->k->c->arena;
  int64_t b_row = stride_of(p->b, p->b->shape.rank - 2);
  const char *skip = str_eq(first, "1") ? "" : str_fmt(a, " + k0 * %lld", (long long)b_row);
  const char *step =
      str_eq(first, "1")
          ? ""
          : str_fmt(a, " + k0 * %lld", (long long)stride_of(p->a, p->a->shape.rank - 1));
  int rest = (int)(p->rows % p->high);
  for (int i = 0; i < 2; i++) {
    if (i ? !rest : p->rows < p->high) continue;
    if (i)
      w_line(w, "if (r < rows)");
    else
      w_line(w, "for (; r + %d <= rows; r += %d)", p->high, p->high);
    w_line(w, "  $_%s%d(a + r * %lld%s, b + x%s, y + r * %lld + x, %lld, %s, %s);", name,
           i ? rest : p->high, (long long)p->a_row, step, skip, (long long)p->y_row,
           (long long)p->y_row, depth, first);
  }
}

static void write_columns(const Product *p) {
  Writer *w = &p->k->w;
  long long width = p->vectors * p->lanes, cols = p->cols, depth = p->depth, pass = p->pass;
  long long whole = cols / width * width;
  if (whole && pass < depth) {
    w_open(w, "for (size_t k0 = 0; k0 < %lld; k0 += %lld)", depth, pass);
    w_line(w, "const size_t deep = k0 + %lld < %lld ? %lld : %lld - k0;", pass, depth, pass,
           depth);
  }
  if (whole) {
    w_open(w, "for (size_t x = 0; x < %lld; x += %lld)", whole, width);
    w_line(w, "size_t r = 0;");
    if (pass < depth)
      write_rows(p, "wide", "deep", "k0 == 0");
    else
      write_rows(p, "wide", str_fmt(w->out.arena, "%lld", depth), "1");
    w_close(w);
    if (pass < depth) w_close(w);
  }
  if (whole == cols) return;
  w_open(w, "for (size_t i = %lld; i < %lld; i += %d)", whole, cols, p->lanes);
  if (p->lanes > 1)
    w_line(w, "const size_t x = i + %d <= %lld ? i : %lld;", p->lanes, cols, cols - p->lanes);
  else
    w_line(w, "const size_t x = i;");
  w_line(w, "size_t r = 0;");
  write_rows(p, "slim", str_fmt(w->out.arena, "%lld", depth), "1");
  w_close(w);
}

static void write_tiles(const Product *p) {
  int64_t width = (int64_t)p->vectors * p->lanes, left = p->cols % width;
  double passes = (double)ceil_div(p->depth, p->pass), wide = (double)(p->cols / width);
  double slim = (double)ceil_div(left, p->lanes);
  for (int i = 0; i < 2; i++) {
    int rows = i ? (int)(p->rows % p->high) : p->rows >= p->high ? p->high : 0;
    if (wide > 0)
      product_tile(p, str_fmt(p->k->c->arena, "$_wide%d", rows), rows, p->vectors, wide, passes);
    if (slim > 0) product_tile(p, str_fmt(p->k->c->arena, "$_slim%d", rows), rows, 1, slim, 1);
  }
}

/* The units: all dimensions but the last two, and chunks of rows. */
static Nest product_nest(const Product *p) {
  Nest s = nest_of(p->y);
  nest_add(&s, p->a);
  nest_add(&s, p->b);
  s.extent[s.n - 1] = 1;
  s.extent[s.n - 2] = ceil_div(p->rows, p->chunk);
  s.stride[0][s.n - 2] *= p->chunk;
  s.stride[1][s.n - 2] *= p->chunk;
  s.stride[2][s.n - 2] = 0;
  return s;
}

bool emit_matmul(Kernel *k) {
  const Choice *c = &k->step->choice;
  Product p = {.k = k, .a = view_in(&k->v, 0), .b = view_in(&k->v, 1), .y = view_out(&k->v)};
  Writer *w = &k->w;
  p.rows = size_of(p.y, 2), p.cols = size_of(p.y, 1), p.depth = size_of(p.a, 1);
  p.high = c->nb, p.vectors = c->px, p.chunk = c->rows, p.pass = c->icb;
  p.lanes = p.cols < k->t->lanes ? 1 : k->t->lanes;
  p.a_row = stride_of(p.a, p.a->shape.rank - 2);
  p.y_row = stride_of(p.y, p.y->shape.rank - 2);
  Nest s = product_nest(&p);
  k->base = str_fmt(k->c->arena, "matmul_%lldx%lldx%lld", (long long)p.rows, (long long)p.depth,
                    (long long)p.cols);
  kernel_note(k, "register tile: %d rows x %d columns, passes of %lld of the depth", p.high,
              p.vectors * p.lanes, (long long)p.pass);
  kernel_note(k, "a unit of the split is up to %lld rows of a product", (long long)p.chunk);
  write_tiles(&p);
  kernel_signature(k);
  nest_open(k, &s);
  row_pointer(k, &s, 1, "a");
  row_pointer(k, &s, 2, "b");
  row_pointer(k, &s, 0, "y");
  if (p.chunk >= p.rows)
    w_line(w, "const size_t rows = %lld;", (long long)p.rows);
  else
    w_line(w, "const size_t rows = d%d * %lld + %lld <= %lld ? %lld : %lld;", s.n - 2,
           (long long)p.chunk, (long long)p.chunk, (long long)p.rows, (long long)p.chunk,
           (long long)(p.rows % p.chunk));
  write_columns(&p);
  while (w->depth) w_close(w);
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
