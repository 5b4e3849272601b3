/* k_broadcast.c: element-wise operators whose operands repeat along some dimensions.
 * Plain tensors of any rank, or channel blocks: there an operand either has every channel, one
 * vector for each block, or a single one, whose element is spread over the lanes. What does not
 * change along a row is loaded once in front of it.
 */
#include "emit.h"

/* One element (or vector) of operand i at x of the row, as an expression. */
static const char *operand_text(Kernel *k, const Nest *s, int i, bool hoisted) {
  const char *row = str_fmt(k->c->arena, "x%d", i);
  const char *at = hoisted ? "0" : index_text(k, "x", s->stride[i][s->n - 1], 0);
  if (s->lanes == 1) return load_text(k, row, at, true);
  if (s->vector[i]) return load_text(k, row, at, false);
  return str_fmt(k->c->arena, "(vf){0} + %s", load_text(k, row, at, true));
}

static bool is_hoisted(const Nest *s, int i) { return s->stride[i][s->n - 1] == 0; }

static const char *operand(Kernel *k, const Nest *s, int i) {
  if (is_hoisted(s, i)) return str_fmt(k->c->arena, "c%d", i);
  const char *text = operand_text(k, s, i, false);
  return s->lanes > 1 && !s->vector[i] ? str_fmt(k->c->arena, "(%s)", text) : text;
}

/* A parameter per channel, as a tensor whose dimensions behind the channels are 1. */
static Value per_channel(const Value *weight, int rank) {
  Value v = *weight;
  v.shape = (Shape){.rank = rank > 1 ? rank - 1 : 1, .dim = {weight->shape.dim[0]}};
  for (int d = 1; d < v.shape.rank; d++) v.shape.dim[d] = 1;
  return v;
}

static Nest nest_of_operands(Kernel *k) {
  const Value *y = view_out(&k->v);
  Nest s = nest_of(y);
  for (int i = 0; i < k->v.nin; i++) {
    const Value *x = view_in(&k->v, i);
    Value weight = per_channel(x, y->shape.rank);
    nest_add(&s, i == 1 && k->v.anchor->op == OP_PRELU ? &weight : x);
  }
  nest_simplify(&s);
  return s;
}

bool emit_broadcast(Kernel *k) {
  const Node *n = k->v.anchor;
  Writer *w = &k->w;
  Nest s = nest_of_operands(k);
  bool scalar = s.lanes == 1;
  const char *type = scalar ? "float" : "vf";
  int64_t row = s.extent[s.n - 1];
  k->base = str_fmt(k->c->arena, "%s_%lldx%lld", op_table[n->op].name, (long long)nest_units(&s),
                    (long long)row * s.lanes);
  kernel_note(k, "operands repeated by strides of 0; a unit of the split is one row of %lld",
              (long long)row * s.lanes);
  kernel_signature(k);
  kernel_replaced(k, "o0");
  nest_open(k, &s);
  for (int i = 1; i <= k->v.nin; i++)
    w_line(w, "const float *x%d = %s;", i,
           nest_row(k, &s, i, str_fmt(k->c->arena, "i%d", k->v.in[i - 1])));
  w_line(w, "float *y = %s;", nest_row(k, &s, 0, "o0"));
  for (int i = 1; i <= k->v.nin; i++)
    if (is_hoisted(&s, i)) w_line(w, "const %s c%d = %s;", type, i, operand_text(k, &s, i, true));
  w_for(w, "x", row);
  w_line(w, "%s a = %s;", type, operand(k, &s, 1));
  for (int i = 2; i <= k->v.nin; i++) binary_line(k, n->op, "a", operand(k, &s, i), scalar);
  epilogue_write(k, "a", "0", "0", "0", scalar); /* activations only */
  const char *at = index_text(k, "x", s.stride[0][s.n - 1], 0);
  w_count_stores(w, 4.0 * s.lanes);
  if (scalar)
    w_line(w, "y[%s] = a;", at);
  else
    w_line(w, "ST(y + %s, a);", at);
  for (int i = 0; i < 3; i++) w_close(w);
  return true;
}
