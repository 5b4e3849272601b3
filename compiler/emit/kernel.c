/* kernel.c: what all kernel writers share: signature, static slices, strides, epilogues. */
#include "emit.h"

#include <math.h>

#define KERNEL(id, name, choose, emit, doc) EmitFn emit;
#include "../plan/kernels.def"
#undef KERNEL

EmitFn *const kernel_emitters[KERNEL_COUNT] = {
#define KERNEL(id, name, choose, emit, doc) emit,
#include "../plan/kernels.def"
#undef KERNEL
};

const char *ctype(const Value *v) { return v->type == DT_U8 ? "uint8_t" : "float"; }

bool kernel_replaces(const Kernel *k, int i) { return k->step->in_place == i + 1; }

void kernel_replaced(Kernel *k, const char *result) {
  int i = k->step->in_place - 1;
  if (i >= 0) w_line(&k->w, "const float *const i%d = %s; /* replaced in place */", i, result);
}

bool kernel_begins_sum(Kernel *k) {
  const Epilogue *e = &k->v.epilogue[0];
  bool adds = k->v.nepilogue && e->node->op == OP_ADD && e->operand[1] < 0;
  k->begun = k->step->in_place && adds && kernel_replaces(k, e->operand[0]);
  return k->begun;
}

void kernel_signature(Kernel *k) {
  StrBuf b = {.arena = k->c->arena};
  for (int i = 0; i < k->v.group->nin; i++)
    if (!kernel_replaces(k, i))
      sb_printf(&b, "const %s *restrict i%d, ", ctype(graph_value(k->v.g, k->v.group->in[i])), i);
  sb_puts(&b, "float *restrict o0, ");
  if (k->step->choice.workspace) sb_puts(&b, "float *restrict ws, ");
  const StageForm *s = k->stage;
  sb_puts(&b, s ? "size_t from, size_t to" : "int t, int n");
  if (s && s->blocks) sb_puts(&b, ", size_t b0, size_t b1");
  if (s && s->x_strip) sb_puts(&b, ", size_t xr");
  if (s && s->y_strip) sb_puts(&b, ", size_t yr");
  w_signature(&k->w, 1, kernel_name(k), sb_str(&b));
  /* a map of one row has no rows to count from */
  if (s && s->x_strip && view_in(&k->v, 0)->shape.dim[2] == 1) w_line(&k->w, "(void)xr;");
  if (s && s->y_strip && view_out(&k->v)->shape.dim[2] == 1) w_line(&k->w, "(void)yr;");
}

const char *kernel_name(const Kernel *k) { return k->stage ? k->stage->name : "$"; }

void kernel_note(Kernel *k, const char *fmt, ...) {
  StrBuf b = {.arena = k->c->arena};
  va_list ap;
  va_start(ap, fmt);
  sb_vprintf(&b, fmt, ap);
  va_end(ap);
  vec_push(k->c->arena, &k->notes, sb_str(&b));
}

void kernel_slice(Kernel *k, int64_t units) {
  long long u = (long long)units;
  w_line(&k->w, "const size_t u0 = (size_t)t * %lld / (size_t)n;", u);
  w_line(&k->w, "const size_t u1 = ((size_t)t + 1) * %lld / (size_t)n;", u);
}

Strides value_strides(const Value *v) {
  Strides s = {.lanes = 1};
  int64_t block = layout_channel_block(&v->layout, &v->shape);
  int64_t *by_dim[] = {&s.n, &s.cb, &s.h, &s.w};
  s.lanes = block > 1 ? (int)block : 1;
  for (int a = 0; a < v->layout.naxes; a++) {
    const LayoutAxis *x = &v->layout.axis[a];
    if (x->dim > 3 || (x->dim == 1 && s.lanes > 1 && x->div == 1)) continue;
    *by_dim[x->dim] = x->stride;
  }
  return s;
}

Strides strides_as(const Value *v, int lanes) {
  Strides s = value_strides(v);
  if (s.lanes == lanes) return s;
  s.cb = s.cb / s.lanes * lanes;
  s.h = s.w = s.lanes = lanes;
  return s;
}

/* An element of a residual, or of a per-channel vector, as a C expression. */
static const char *load(Kernel *k, int input, const char *at, bool scalar) {
  if (scalar) return str_fmt(k->c->arena, "i%d[%s]", input, at);
  return str_fmt(k->c->arena, k->along ? "LDU(i%d + %s)" : "LD(i%d + %s)", input, at);
}

static const char *residual_at(Kernel *k, int input, const char *sample, const char *at) {
  const Value *r = graph_value(k->v.g, k->v.group->in[input]);
  if (str_eq(sample, "0")) return at;
  return str_fmt(k->c->arena, "%s * %lld + %s", sample, (long long)value_strides(r).n, at);
}

void binary_line(Kernel *k, OpKind op, const char *acc, const char *x, bool scalar) {
  static const char sign[OP_COUNT] = {
      [OP_ADD] = '+', [OP_SUB] = '-', [OP_MUL] = '*', [OP_DIV] = '/'};
  if (sign[op])
    w_line(&k->w, "%s %c= %s;", acc, sign[op], x);
  else
    w_line(&k->w, "%s = %c_%s(%s, %s);", acc, scalar ? 's' : 'v', op_table[op].name, acc, x);
  w_count_other(&k->w, scalar ? 1 : k->t->lanes);
}

static const char *float_text(Arena *a, float v) {
  if (isinf(v)) return v < 0 ? "-INFINITY" : "INFINITY";
  return str_fmt(a, "%sf", str_float(a, v));
}

/* The call that applies a unary operator: "v_relu(x)", with numbers among its attributes as
 * further arguments and a word other than the default in the name: "v_gelu_tanh(x)". */
static const char *unary_call(Kernel *k, const Node *n, const char *x, bool scalar) {
  Arena *a = k->c->arena;
  StrBuf name = {.arena = a}, args = {.arena = a};
  sb_printf(&name, "%c_%s", scalar ? 's' : 'v', op_table[n->op].name);
  for (const AttrField *f = op_table[n->op].attrs; f->name; f++) {
    const void *at = (const char *)n->attr + f->offset;
    if (f->type == AT_REAL)
      sb_printf(&args, ", %s", float_text(a, (float)*(const double *)at));
    else if (f->type == AT_NAME && !str_eq(*(const char *const *)at, f->preset))
      sb_printf(&name, "_%s", *(const char *const *)at);
  }
  return str_fmt(a, "%s(%s%s)", sb_str(&name), x, args.len ? sb_str(&args) : "");
}

void epilogue_unary(Kernel *k, const Node *n, const char *acc, bool scalar) {
  w_line(&k->w, "%s = %s;", acc, unary_call(k, n, acc, scalar));
  w_count_other(&k->w, scalar ? 1 : k->t->lanes);
}

void epilogue_write(Kernel *k, const char *acc, const char *channel, const char *sample,
                    const char *at, bool scalar) {
  Writer *w = &k->w;
  double lanes = scalar ? 1 : k->t->lanes;
  for (int i = k->begun; i < k->v.nepilogue; i++) {
    const Epilogue *e = &k->v.epilogue[i];
    if (op_table[e->node->op].flags & OPF_BINARY) {
      for (int j = 0; j < 2 && e->operand[j] >= 0; j++) {
        const char *where = residual_at(k, e->operand[j], sample, at);
        binary_line(k, e->node->op, acc, load(k, e->operand[j], where, scalar), scalar);
        w_count_loads(w, 4 * lanes);
      }
    } else if (e->node->op == OP_AFFINE) {
      bool one = scalar || k->along;
      w_line(w, "%s = %s * %s + %s;", acc, acc, load(k, e->operand[0], channel, one),
             load(k, e->operand[1], channel, one));
      w_count_fma(w, lanes);
    } else {
      epilogue_unary(k, e->node, acc, scalar);
    }
  }
}

const char *lane_mask_text(Kernel *k, int64_t real) {
  StrBuf b = {.arena = k->c->arena};
  for (int64_t i = 0; i < k->t->lanes; i++)
    sb_printf(&b, "%s%d", i ? ", " : "(vi){", i < real ? -1 : 0);
  sb_puts(&b, "}");
  return sb_str(&b);
}
