/* gemm_tile.c: the register tile of a product of matrices, for the kernels that multiply some:
 * c[rows][vectors] = a · b, or added to what c holds.
 *
 * Rows of b and c are contiguous and are vectors; the elements of a are broadcast. A tile runs
 * over a depth that its caller gives, which may be a pass of the whole.
 */
#include "emit.h"

static const char *type_of(const GemmTile *t) { return t->lanes > 1 ? "vf" : "float"; }

/* Vector v of row r of c. */
static const char *place(Kernel *k, const GemmTile *t, int r, int v, bool load) {
  Arena *a = k->c->arena;
  const char *row = r ? str_fmt(a, "stride * %d + ", r) : "";
  if (t->lanes == 1) return str_fmt(a, "c[%s%d]", row, v);
  return str_fmt(a, "%s(c + %s%d%s", load ? "LDU" : "STU", row, v * t->lanes, load ? ")" : "");
}

/* Row r goes on with what c holds, and the bias if it is asked for. */
static void load_row(Kernel *k, const GemmTile *t, int r, bool bias) {
  for (int v = 0; v < t->vectors; v++)
    w_line(&k->w, "c%d_%d = %s%s;", r, v, place(k, t, r, v, true),
           bias ? str_fmt(k->c->arena, " + bias[%d]", r) : "");
}

/* Row r begins with its bias, or with nothing. */
static void clear_row(Kernel *k, const GemmTile *t, int r) {
  StrBuf b = {.arena = k->c->arena};
  for (int v = 0; v < t->vectors; v++) sb_printf(&b, "c%d_%d = ", r, v);
  if (t->bias)
    sb_printf(&b, t->lanes > 1 ? "SPLAT(bias[%d]);" : "bias[%d];", r);
  else
    sb_puts(&b, t->lanes > 1 ? "(vf){0};" : "0;");
  w_line(&k->w, "%s", sb_str(&b));
}

static void write_start(Kernel *k, const GemmTile *t) {
  Writer *w = &k->w;
  for (int r = 0; r < t->rows; r++) {
    StrBuf b = {.arena = k->c->arena};
    for (int v = 0; v < t->vectors; v++) sb_printf(&b, "%s c%d_%d", v ? "," : "", r, v);
    w_line(w, "%s%s;", type_of(t), sb_str(&b));
  }
  w_open(w, "if (first)");
  for (int r = 0; r < t->rows; r++)
    if (t->onto)
      load_row(k, t, r, t->bias);
    else
      clear_row(k, t, r);
  w_close(w);
  w_open(w, "else");
  for (int r = 0; r < t->rows; r++) load_row(k, t, r, false);
  w_close(w);
}

/* One step of the depth: a row of b, and a column of a. */
static void write_step(Kernel *k, const GemmTile *t) {
  Writer *w = &k->w;
  const char *load = t->lanes == 1 ? "b[%d]" : t->aligned ? "LD(b + %d)" : "LDU(b + %d)";
  for (int v = 0; v < t->vectors; v++)
    w_line(w, "const %s b%d = %s;", type_of(t), v, str_fmt(k->c->arena, load, v * t->lanes));
  w_count_loads(w, 4.0 * (t->vectors * t->lanes + t->rows));
  for (int r = 0; r < t->rows; r++) {
    StrBuf b = {.arena = k->c->arena};
    for (int v = 0; v < t->vectors; v++)
      sb_printf(&b, " c%d_%d += b%d * a[%lld];", r, v, v, (long long)(r * t->a_row));
    w_line(w, "%s", sb_str(&b) + 1);
  }
  w_count_fma(w, (double)t->rows * t->vectors * t->lanes);
}

void gemm_tile_write(Kernel *k, const GemmTile *t, const char *name) {
  Writer *w = &k->w;
  StrBuf p = {.arena = k->c->arena};
  sb_printf(&p,
            "const float *restrict a, const float *restrict b,%s float *restrict c, "
            "size_t stride, size_t depth, int first",
            t->bias ? " const float *restrict bias," : "");
  w_signature(w, t->calls, name, sb_str(&p));
  if (t->rows == 1) w_line(w, "(void)stride;");
  write_start(k, t);
  w_loop(w, t->depth, "for (size_t k = 0; k < depth; ++k, a += %lld, b += %lld)",
         (long long)t->a_step, (long long)t->b_step);
  write_step(k, t);
  w_close(w);
  for (int r = 0; r < t->rows; r++)
    for (int v = 0; v < t->vectors; v++)
      w_line(w, t->lanes > 1 ? "%s, c%d_%d);" : "%s = c%d_%d;", place(k, t, r, v, false), r, v);
  w_count_stores(w, 4.0 * t->rows * t->vectors * t->lanes);
  w_close(w);
  w_blank(w);
}
