/* k_broadcast.c: element-wise operators whose operands repeat along some dimensions.
 * Plain tensors of any rank, or channel blocks: there an operand either has every channel, one
 * vector for each block, or a single one, whose element is spread over the lanes. What does not
 * change along a row is loaded once in front of it. Sums and products with residuals finish the
 * elements: those are operands of the result's shape, behind the anchor's.
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

typedef struct Operands {
  int n;               /* the result is operand 0 of the nest, these are 1 to n */
  int input[MAX_NEST]; /* of the group */
} Operands;

/* Those of the anchor, then the residuals in the order of the epilogues. */
static Operands operands_of(const Kernel *k) {
  Operands o = {0};
  for (int i = 0; i < k->v.nin; i++) o.input[++o.n] = k->v.in[i];
  for (int i = 0; i < k->v.nepilogue; i++)
    for (int j = 0; j < 2 && k->v.epilogue[i].operand[j] >= 0; j++)
      o.input[++o.n] = k->v.epilogue[i].operand[j];
  return o;
}

static Nest nest_of_operands(Kernel *k, const Operands *o) {
  const Value *y = view_out(&k->v);
  Nest s = nest_of(y);
  for (int i = 1; i <= o->n; i++) {
    const Value *x = graph_value(k->v.g, k->v.group->in[o->input[i]]);
    Value weight = per_channel(x, y->shape.rank);
    nest_add(&s, i == 2 && k->v.anchor->op == OP_PRELU ? &weight : x);
  }
  nest_simplify(&s);
  return s;
}

static void write_epilogues(Kernel *k, const Nest *s) {
  bool scalar = s->lanes == 1;
  int at = k->v.nin;
  for (int i = 0; i < k->v.nepilogue; i++) {
    const Epilogue *e = &k->v.epilogue[i];
    if (e->operand[0] < 0) epilogue_unary(k, e->node, "a", scalar);
    for (int j = 0; j < 2 && e->operand[j] >= 0; j++)
      binary_line(k, e->node->op, "a", operand(k, s, ++at), scalar);
  }
}

bool emit_broadcast(Kernel *k) {
  const Node *n = k->v.anchor;
  Writer *w = &k->w;
  const Operands o = operands_of(k);
  Nest s = nest_of_operands(k, &o);
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
  for (int i = 1; i <= o.n; i++)
    w_line(w, "const float *x%d = %s;", i,
           nest_row(k, &s, i, str_fmt(k->c->arena, "i%d", o.input[i])));
  w_line(w, "float *y = %s;", nest_row(k, &s, 0, "o0"));
  for (int i = 1; i <= o.n; i++)
    if (is_hoisted(&s, i)) w_line(w, "const %s c%d = %s;", type, i, operand_text(k, &s, i, true));
  w_for(w, "x", row);
  w_line(w, "%s a = %s;", type, operand(k, &s, 1));
  for (int i = 2; i <= k->v.nin; i++) binary_line(k, n->op, "a", operand(k, &s, i), scalar);
  write_epilogues(k, &s);
  const char *at = index_text(k, "x", s.stride[0][s.n - 1], 0);
  w_count_stores(w, 4.0 * s.lanes);
  if (scalar)
    w_line(w, "y[%s] = a;", at);
  else
    w_line(w, "ST(y + %s, a);", at);
  for (int i = 0; i < 3; i++) w_close(w);
  return true;
}
