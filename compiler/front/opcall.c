/* opcall.c: calls of operators.
 *
 * In: a call such as `conv(20, 5, pad=2)`, matched against the operator's attribute table. Out:
 * a node, with one parameter value for each tensor of weights that the table says it owns.
 * Leading tensors are inputs; the other positional arguments fill the attributes in order.
 */
#include "elab.h"

#include <string.h>

enum { MAX_FIELDS = 16, MAX_INPUTS = 64 }; /* as many as a kernel takes: MAX_GROUP_IN */

typedef struct OpCall {
  Elab *e;
  Env *env;
  const Expr *x;
  OpKind op;
  const OpInfo *info;
  char *attr;
  Span set[MAX_FIELDS]; /* where each attribute was given; file 0: not yet */
  int nfields, next;    /* next: the attribute that a positional argument fills */
  VEC(ValueId) in;
  Val literal[MAX_PARAMS];
  Name literal_name[MAX_PARAMS];
  int nliteral;
} OpCall;

static Val error_at(Span at) { return (Val){.span = at}; }

/* ---- attributes -------------------------------------------------------------------------- */

static bool wrong(OpCall *o, const AttrField *f, const Val *v, const char *expected) {
  elab_wrong_kind(o->e, v, str_fmt(o->e->ctx->arena, "`%s` of %s", f->name, o->info->name),
                  expected);
  return false;
}

/* An integer or a list of integers into `out`; -1 if it is neither or too long. */
static int int_list(const Val *v, int64_t *out, int max) {
  if (v->kind == VAL_INT) {
    out[0] = v->i;
    return 1;
  }
  if (v->kind != VAL_LIST || v->list.n > max) return -1;
  for (int i = 0; i < v->list.n; i++) {
    if (v->list.at[i].kind != VAL_INT) return -1;
    out[i] = v->list.at[i].i;
  }
  return v->list.n;
}

static bool store_pads(OpCall *o, const AttrField *f, const Val *v, Pads *p) {
  Pads pads = {.mode = PAD_EXPLICIT};
  if (v->kind == VAL_WORD && str_eq(v->word, "same"))
    pads.mode = PAD_SAME;
  else if (v->kind == VAL_WORD && str_eq(v->word, "valid"))
    pads.mode = PAD_VALID;
  else if ((pads.n = int_list(v, pads.v, COUNT_OF(pads.v))) < 1)
    return wrong(o, f, v, "an integer, a list of integers, `same` or `valid`");
  *p = pads;
  return true;
}

static bool store_reals(OpCall *o, const AttrField *f, const Val *v, Reals *r) {
  int n = v->kind == VAL_LIST ? v->list.n : 1;
  const Val *at = v->kind == VAL_LIST ? v->list.at : v;
  double *data = NEWN(o->e->ctx->arena, double, n);
  for (int i = 0; i < n; i++) {
    if (!val_is_number(&at[i])) return wrong(o, f, &at[i], "a number or a list of numbers");
    data[i] = val_real(&at[i]);
    if (!fits_float(o->e, data[i], at[i].span)) return false;
  }
  *r = (Reals){n, data};
  return n > 0 || wrong(o, f, v, "at least one number");
}

/* One of the words that the table lists, separated by spaces. */
static bool has_word(const char *words, const char *word) {
  size_t n = strlen(word);
  for (const char *p = words; p && (p = strstr(p, word)); p += n)
    if ((p == words || p[-1] == ' ') && (p[n] == ' ' || !p[n])) return true;
  return false;
}

static bool store(OpCall *o, const AttrField *f, const Val *v) {
  char *to = o->attr + f->offset;
  switch (f->type) {
  case AT_INT:
    if (v->kind != VAL_INT) return wrong(o, f, v, "an integer");
    *(int64_t *)(void *)to = v->i;
    return true;
  case AT_REAL:
    if (!val_is_number(v)) return wrong(o, f, v, "a number");
    *(double *)(void *)to = val_real(v);
    return fits_float(o->e, val_real(v), v->span);
  case AT_BOOL:
    if (v->kind != VAL_BOOL) return wrong(o, f, v, "a truth value");
    *(bool *)to = v->b;
    return true;
  case AT_DIMS: {
    Dims d = {0};
    d.n = int_list(v, d.v, COUNT_OF(d.v));
    if (d.n < 1) return wrong(o, f, v, "an integer or a list of integers");
    *(Dims *)(void *)to = d;
    return true;
  }
  case AT_PADS: return store_pads(o, f, v, (Pads *)(void *)to);
  case AT_REALS: return store_reals(o, f, v, (Reals *)(void *)to);
  case AT_NAME:
    if (v->kind != VAL_WORD || !has_word(f->words, v->word))
      return wrong(o, f, v, str_fmt(o->e->ctx->arena, "one of: %s", f->words));
    *(const char **)(void *)to = v->word;
    return true;
  }
  return wrong(o, f, v, "nothing that can be written");
}

static const AttrField *find_field(const OpCall *o, const char *name, int *index) {
  for (int i = 0; i < o->nfields; i++)
    if (str_eq(o->info->attrs[i].name, name)) {
      *index = i;
      return &o->info->attrs[i];
    }
  return NULL;
}

static bool set_field(OpCall *o, int i, const Val *v, Span at) {
  if (v->kind == VAL_ERROR) return false;
  const AttrField *f = &o->info->attrs[i];
  if (o->set[i].file) {
    Diag *d = elab_error(o->e, DIAG_E0310, at, "`%s` is given twice", f->name);
    diag_also(o->e->ctx, d, o->set[i], "the first time here");
    return false;
  }
  o->set[i] = at;
  return store(o, f, v);
}

/* ---- arguments --------------------------------------------------------------------------- */

static bool is_param_name(const char *name) {
  static const char *const known[] = {"weight", "bias", "running_mean", "running_var"};
  for (int i = 0; i < COUNT_OF(known); i++)
    if (str_eq(known[i], name)) return true;
  return false;
}

static bool keep_literal(OpCall *o, const char *name, Span at, const Val *v) {
  for (int i = 0; i < o->nliteral; i++)
    if (str_eq(o->literal_name[i].text, name)) {
      Diag *d = elab_error(o->e, DIAG_E0310, at, "`%s` is given twice", name);
      diag_also(o->e->ctx, d, o->literal_name[i].span, "the first time here");
      return false;
    }
  if (v->kind != VAL_LIST && !val_is_number(v)) {
    elab_wrong_kind(o->e, v, str_fmt(o->e->ctx->arena, "`%s`", name),
                    "a number or a list of numbers");
    return false;
  }
  if (o->nliteral == MAX_PARAMS) return false;
  o->literal_name[o->nliteral] = (Name){name, at};
  o->literal[o->nliteral++] = *v;
  return true;
}

static bool unknown_argument(OpCall *o, const Arg *a) {
  VEC(const char *) known = {0};
  for (int i = 0; i < o->nfields; i++) vec_push(o->e->ctx->arena, &known, o->info->attrs[i].name);
  Diag *d = elab_error(o->e, DIAG_E0309, a->name.span, "%s has no attribute `%s`", o->info->name,
                       a->name.text);
  const char *near = str_nearest(a->name.text, known.at, known.len);
  if (near) diag_help(o->e->ctx, d, "did you mean `%s`?", near);
  StrBuf list = {.arena = o->e->ctx->arena};
  for (int i = 0; i < known.len; i++) sb_printf(&list, "%s%s", i ? ", " : "", known.at[i]);
  if (known.len)
    diag_note(o->e->ctx, d, "it has %s", sb_str(&list));
  else
    diag_note(o->e->ctx, d, "it has none");
  return false;
}

/* An attribute that takes words sees them before names do. */
static Val eval_arg(OpCall *o, const AttrField *f, const Expr *x) {
  if (f && f->type == AT_NAME && x->kind == EX_NAME && has_word(f->words, x->name.text))
    return (Val){.kind = VAL_WORD, .span = x->span, .word = x->name.text};
  return eval(o->e, o->env, x);
}

static bool named_arg(OpCall *o, const Arg *a) {
  int i = -1;
  const AttrField *f = find_field(o, a->name.text, &i);
  if (!f && !is_param_name(a->name.text)) return unknown_argument(o, a);
  Val v = eval_arg(o, f, a->value);
  if (v.kind == VAL_ERROR) return false;
  /* `bias=false` is an attribute, `bias=[1, 2]` are its values */
  bool literal = !f || (f->type == AT_BOOL && is_param_name(f->name) && v.kind != VAL_BOOL);
  if (!literal) return set_field(o, i, &v, a->span);
  if (f) {
    *(bool *)(o->attr + f->offset) = true;
    o->set[i] = a->span;
  }
  return keep_literal(o, a->name.text, a->name.span, &v);
}

static bool add_input(OpCall *o, const Val *v) {
  int max = o->info->max_in >= 0 ? o->info->max_in : MAX_INPUTS;
  if (o->in.len >= max) {
    Diag *d = elab_error(o->e, DIAG_E0318, v->span, "%s takes %s%d tensor%s", o->info->name,
                         o->info->max_in < 0 ? "at most " : "", max, max == 1 ? "" : "s");
    diag_under(o->e->ctx, d, "one too many");
    return false;
  }
  vec_push(o->e->ctx->arena, &o->in, v->tensor);
  return true;
}

static bool is_tensor_list(const Val *v) {
  return v->kind == VAL_LIST && v->list.n > 0 && v->list.at[0].kind == VAL_TENSOR;
}

static bool positional_arg(OpCall *o, const Arg *a) {
  const AttrField *f = o->next < o->nfields ? &o->info->attrs[o->next] : NULL;
  Val v = eval_arg(o, f, a->value);
  if (v.kind == VAL_ERROR) return false;
  if (v.kind == VAL_TENSOR) return add_input(o, &v);
  if (is_tensor_list(&v)) {
    for (int i = 0; i < v.list.n; i++) {
      Val item = v.list.at[i];
      if (item.kind != VAL_TENSOR) {
        elab_wrong_kind(o->e, &item, "an input", "a tensor");
        return false;
      }
      if (!add_input(o, &item)) return false;
    }
    return true;
  }
  if (o->op == OP_CONSTANT) return keep_literal(o, ctx_name(o->e->ctx, "weight"), v.span, &v);
  if (f) return set_field(o, o->next++, &v, v.span);
  Diag *d = elab_error(o->e, DIAG_E0308, v.span, "%s takes at most %d positional argument%s",
                       o->info->name, o->nfields, o->nfields == 1 ? "" : "s");
  if (o->nfields == 0) diag_note(o->e->ctx, d, "it has no attributes");
  return false;
}

static bool read_args(OpCall *o, const Val *piped) {
  bool ok = true;
  if (piped && is_tensor_list(piped)) {
    for (int i = 0; i < piped->list.n && ok; i++) ok &= add_input(o, &piped->list.at[i]);
  } else if (piped && piped->kind == VAL_TENSOR) {
    ok &= add_input(o, piped);
  } else if (piped) {
    elab_wrong_kind(o->e, piped, str_fmt(o->e->ctx->arena, "the input of %s", o->info->name),
                    "a tensor");
    ok = false;
  }
  for (int i = 0; i < o->x->args.at.len; i++) {
    const Arg *a = &o->x->args.at.at[i];
    ok &= a->name.text ? named_arg(o, a) : positional_arg(o, a);
  }
  return ok;
}

/* ---- what literal weights say about attributes ------------------------------------------- */

static void infer(OpCall *o, const char *name, int64_t first, const int64_t *v, int n) {
  int i;
  const AttrField *f = find_field(o, name, &i);
  if (!f || o->set[i].file) return;
  if (f->type == AT_INT) *(int64_t *)(void *)(o->attr + f->offset) = first;
  if (f->type == AT_BOOL) *(bool *)(o->attr + f->offset) = first != 0;
  if (f->type == AT_DIMS) {
    Dims *d = (Dims *)(void *)(o->attr + f->offset);
    d->n = n;
    memcpy(d->v, v, (size_t)n * sizeof *v);
  }
  o->set[i] = o->x->span;
}

/* How many outputs a whole nest of weights makes: a transposed convolution's comes second, for
 * one group. */
static int64_t outputs(const OpCall *o, const Literal *l) {
  if (o->op != OP_CONV_TRANSPOSE) return l->dim[0];
  const ConvTransposeAttr *a = (const ConvTransposeAttr *)(const void *)o->attr;
  return a->groups > 0 && a->groups <= INT32_MAX ? l->dim[1] * a->groups : l->dim[1];
}

/* The kernel's size and, where the nesting shows it, the number of outputs; no bias then, for
 * a written filter is meant to be the whole of it. */
static bool infer_from_literals(OpCall *o) {
  int rank = o->in.len ? graph_value(o->e->g, o->in.at[0])->shape.rank : 0;
  int spatial = o->op == OP_DENSE ? 0 : rank - 2;
  for (int i = 0; i < o->nliteral; i++) {
    Literal l;
    if (!str_eq(o->literal_name[i].text, "weight")) continue;
    if (!literal_shape(o->e, &o->literal[i], &l)) return false;
    infer(o, "bias", 0, NULL, 0);
    if (o->op == OP_CONSTANT) {
      const int64_t one = 1;
      infer(o, "shape", 0, l.rank ? l.dim : &one, l.rank ? l.rank : 1);
      continue;
    }
    if (o->op == OP_LOCAL) { /* [places, out, window], whose window shows no kernel */
      infer(o, "out", l.rank == 3 ? l.dim[1] : 1, NULL, 0);
      continue;
    }
    if (spatial > 0 && spatial <= MAX_SPATIAL && l.rank >= spatial)
      infer(o, "kernel", 0, &l.dim[l.rank - spatial], spatial);
    if (l.rank == spatial + 2)
      infer(o, "out", outputs(o, &l), NULL, 0);
    else if (l.rank == spatial && spatial > 0)
      infer(o, "out", 1, NULL, 0);
  }
  return true;
}

static bool complete(OpCall *o) {
  if (!infer_from_literals(o)) return false;
  for (int i = 0; i < o->nfields; i++) {
    const AttrField *f = &o->info->attrs[i];
    if (f->preset || o->set[i].file) continue;
    Diag *d = elab_error(o->e, DIAG_E0307, o->x->span, "%s needs a value for `%s`", o->info->name,
                         f->name);
    diag_note(o->e->ctx, d, "`%s`: %s", f->name, f->doc);
    return false;
  }
  if (o->in.len >= o->info->min_in) return true;
  Diag *d =
      elab_error(o->e, DIAG_E0318, o->x->span, "%s needs %d tensor%s, found %d", o->info->name,
                 o->info->min_in, o->info->min_in == 1 ? "" : "s", o->in.len);
  diag_help(o->e->ctx, d, "pipe one in: `x |> %s`, or give it first: `%s(x, …)`", o->info->name,
            o->info->name);
  return false;
}

Val call_operator(Elab *e, Env *env, const Expr *x, OpKind op, const Val *piped, Label label) {
  OpCall o = {.e = e, .env = env, .x = x, .op = op, .info = &op_table[op]};
  o.attr = attr_defaults(e->ctx, op);
  while (o.info->attrs[o.nfields].name && o.nfields < MAX_FIELDS) o.nfields++;
  const char *kernel = e->g->notes.kernel; /* of this operator, not of those in its arguments */
  e->g->notes.kernel = NULL;
  bool ok = read_args(&o, piped) && complete(&o);
  e->g->notes.kernel = kernel;
  if (!ok) return error_at(x->span);
  Span at = label.text ? span_join(label.span, x->span) : x->span;
  return add_operator(e, op, o.attr, o.in.at, o.in.len, label, o.literal, o.literal_name,
                      o.nliteral, at);
}
