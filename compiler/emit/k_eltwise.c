/* k_eltwise.c: kernels that map each element on its own: activations, sums, products, affine.
 * Row by row, in plain or channel-blocked layout; vectors run along plain rows. All operands have the output's layout but for
 * their sample stride (an operand may be a slice of a concat).
 */
#include "emit.h"

/* Offset of a row in group input i, whose sample stride may differ from the output's. */
static const char *operand_row(Kernel *k, int input, View4 *out) {
  View4 x = *out;
  const Value *v = graph_value(k->v.g, k->v.group->in[input]);
  x.row0 = x.block0 = NULL; /* only the result may be a strip */
  if (v->shape.rank == 4) x.s = value_strides(v);
  return row_offset(k, &x, "y");
}

static const char *element(Kernel *k, const char *row, const View4 *v) {
  return sum_text(k, row, index_text(k, "x", v->s.lanes, 0));
}

static const char *operand(Kernel *k, int input, View4 *out) {
  const char *base = str_fmt(k->c->arena, "i%d", input);
  return load_text(k, base, element(k, operand_row(k, input, out), out), out->scalar);
}

/* What epilogue_write wants: position within the sample. */
static const char *within_sample(Kernel *k, const View4 *out) {
  View4 x = *out;
  x.n = 1, x.row0 = x.block0 = NULL;
  return element(k, row_offset(k, &x, "y"), out);
}

static const char *channel_of(Kernel *k, const View4 *v) {
  if (v->blocks == 1) return "0";
  return v->s.lanes == 1 ? "cb" : str_fmt(k->c->arena, "cb * %d", v->s.lanes);
}

/* The loop over a row: `begin` declares `a`, then come epilogues and store. */
typedef void BeginFn(Kernel *k, View4 *out);

static void write_elements(Kernel *k, View4 *out, BeginFn *begin) {
  begin(k, out);
  epilogue_write(k, "a", channel_of(k, out), out->n > 1 ? "s" : "0", within_sample(k, out),
                 out->scalar);
  store_line(k, element(k, row_offset(k, out, "y"), out), "a", out->scalar);
  w_close(&k->w);
}

static void write_row(Kernel *k, View4 *out, BeginFn *begin) {
  bool plain = out->scalar;
  if (!plain) w_for(&k->w, "x", out->w);
  if (!plain) write_elements(k, out, begin);
  for (int vector = 1; plain && vector >= 0; vector--) {
    if (!along_open(k, out->w, vector)) continue;
    out->scalar = !vector;
    write_elements(k, out, begin);
  }
  k->along = false;
  row_units_close(k);
  w_close(&k->w);
}

static void open_rows(Kernel *k, const View4 *out) {
  kernel_signature(k);
  kernel_replaced(k, "o0");
  row_units_open(k, out, "y");
}

static const char *shape_name(Kernel *k, const View4 *v) {
  return str_fmt(k->c->arena, "%lldx%lldx%lld", (long long)(v->channels), (long long)v->h,
                 (long long)v->w);
}

static void begin_operator(Kernel *k, View4 *out) {
  const Node *n = k->v.anchor;
  w_line(&k->w, "%s a = %s;", out->scalar ? "float" : "vf", operand(k, k->v.in[0], out));
  for (int i = 1; i < k->v.nin; i++)
    binary_line(k, n->op, "a", operand(k, k->v.in[i], out), out->scalar);
  if (op_table[n->op].flags & OPF_UNARY) epilogue_unary(k, n, "a", out->scalar);
}

bool emit_eltwise(Kernel *k) {
  View4 out = view4(view_out(&k->v));
  k->base = str_fmt(k->c->arena, "%s_%s", op_table[k->v.anchor->op].name, shape_name(k, &out));
  rows_join(k, &out);
  kernel_note(k, "element by element; a unit of the split is one row of %lld elements",
              (long long)(out.w * out.s.lanes));
  open_rows(k, &out);
  write_row(k, &out, begin_operator);
  return true;
}

/* [N, C]: the channel runs along the row, so scale and shift are read per element. */
static bool affine_features(Kernel *k, View4 *out) {
  const char *at = element(k, row_offset(k, out, "y"), out);
  open_rows(k, out);
  w_for(&k->w, "x", out->w);
  w_line(&k->w, "float a = i%d[%s] * i%d[x] + i%d[x];", k->v.in[0], at, k->v.in[1], k->v.in[2]);
  w_count_loads(&k->w, 12);
  w_count_fma(&k->w, 1);
  epilogue_write(k, "a", "x", out->n > 1 ? "s" : "0", "x", true);
  store_line(k, at, "a", true);
  for (int i = 0; i < 3; i++) w_close(&k->w);
  return true;
}

static void begin_affine(Kernel *k, View4 *out) {
  w_line(&k->w, "%s a = %s * scale + shift;", out->scalar ? "float" : "vf",
         operand(k, k->v.in[0], out));
  w_count_fma(&k->w, out->scalar ? 1 : k->t->lanes);
}

bool emit_affine(Kernel *k) {
  View4 out = view_output(k);
  k->base = str_fmt(k->c->arena, "affine_%s", shape_name(k, &out));
  kernel_note(k, "x * scale + shift per channel; a unit of the split is one row");
  if (view_out(&k->v)->shape.rank == 2) return affine_features(k, &out);
  rows_join(k, &out);
  open_rows(k, &out);
  const char *type = out.scalar ? "float" : "vf", *channel = channel_of(k, &out);
  static const char *const name[] = {"x", "scale", "shift"};
  for (int i = 1; i < 3; i++)
    w_line(&k->w, "const %s %s = %s;", type, name[i],
           load_text(k, str_fmt(k->c->arena, "i%d", k->v.in[i]), channel, out.scalar));
  write_row(k, &out, begin_affine);
  return true;
}
