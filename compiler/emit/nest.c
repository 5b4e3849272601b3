/* nest.c: loops over the elements of a tensor while operands follow with strides of their own,
 * 0 where an operand is repeated. Neighbouring dimensions that every operand walks through in one
 * go become one loop; the last loop is the innermost, the others are the units of the split.
 */
#include "emit.h"

/* Stride of dimension `dim`: of whole channel blocks where that dimension is blocked. */
static int64_t axis_stride(const Value *v, int dim) {
  int64_t stride = 0;
  for (int a = 0; a < v->layout.naxes; a++) {
    const LayoutAxis *x = &v->layout.axis[a];
    if (x->dim == dim && (x->div > 1 || !stride)) stride = x->stride;
  }
  return stride;
}

static bool has_blocks(const Value *v, int dim) {
  for (int a = 0; a < v->layout.naxes; a++)
    if (v->layout.axis[a].dim == dim && v->layout.axis[a].div > 1) return true;
  return false;
}

Nest nest_of(const Value *y) {
  int64_t block = layout_channel_block(&y->layout, &y->shape);
  Nest s = {.n = y->shape.rank, .lanes = block > 1 ? (int)block : 1};
  for (int d = 0; d < s.n; d++) s.extent[d] = y->shape.dim[d];
  if (s.lanes > 1) s.extent[1] = (s.extent[1] + block - 1) / block;
  nest_add(&s, y);
  return s;
}

int nest_add(Nest *s, const Value *x) {
  int shift = s->n - x->shape.rank, at = s->noperands++;
  for (int d = 0; d < s->n; d++) {
    int own = d - shift;
    if (own < 0 || x->shape.dim[own] == 1) continue;
    int64_t stride = axis_stride(x, own);
    /* whole blocks of single pixels may stand in plain layout: the same addresses */
    bool plain = s->lanes > 1 && d == 1 && !has_blocks(x, own);
    s->stride[at][d] = plain ? stride * s->lanes : stride;
    if (s->lanes > 1 && d == 1) s->vector[at] = true;
  }
  return at;
}

static void drop(Nest *s, int d) {
  for (int e = d; e + 1 < s->n; e++) {
    s->extent[e] = s->extent[e + 1];
    for (int i = 0; i < s->noperands; i++) s->stride[i][e] = s->stride[i][e + 1];
  }
  s->n--;
}

static bool joins(const Nest *s, int d) {
  for (int i = 0; i < s->noperands; i++)
    if (s->stride[i][d] != s->stride[i][d + 1] * s->extent[d + 1]) return false;
  return true;
}

void nest_simplify(Nest *s) {
  for (int d = s->n - 1; d >= 0 && s->n > 1; d--)
    if (s->extent[d] == 1) drop(s, d);
  for (int d = s->n - 2; d >= 0; d--) {
    int64_t outer = 1; /* units that would be left for the threads */
    for (int e = 0; e < d; e++) outer *= s->extent[e];
    bool innermost = d == s->n - 2;
    if (!joins(s, d) || (innermost && outer < 8 && s->extent[d + 1] >= 64)) continue;
    s->extent[d + 1] *= s->extent[d];
    drop(s, d);
  }
  if (s->n == 0) s->n = 1, s->extent[0] = 1;
}

int64_t nest_units(const Nest *s) {
  int64_t units = 1;
  for (int d = 0; d + 1 < s->n; d++) units *= s->extent[d];
  return units;
}

void nest_open(Kernel *k, const Nest *s) {
  int64_t units = nest_units(s), below = 1;
  kernel_slice(k, units);
  w_loop(&k->w, (double)units, "for (size_t u = u0; u < u1; ++u)");
  for (int d = s->n - 2; d >= 0; d--) {
    const char *u = below == 1 ? "u" : str_fmt(k->c->arena, "u / %lld", (long long)below);
    below *= s->extent[d];
    bool used = false;
    for (int i = 0; i < s->noperands; i++) used |= s->stride[i][d] != 0;
    if (!used || s->extent[d] == 1) continue;
    if (below == units)
      w_line(&k->w, "const size_t d%d = %s;", d, u);
    else
      w_line(&k->w, "const size_t d%d = %s %% %lld;", d, u, (long long)s->extent[d]);
  }
}

const char *nest_row(Kernel *k, const Nest *s, int operand, const char *base) {
  StrBuf b = {.arena = k->c->arena};
  sb_puts(&b, base);
  for (int d = 0; d + 1 < s->n; d++)
    if (s->stride[operand][d] && s->extent[d] > 1)
      sb_printf(&b, " + %s",
                index_text(k, str_fmt(k->c->arena, "d%d", d), s->stride[operand][d], 0));
  return sb_str(&b);
}
