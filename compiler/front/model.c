/* model.c: from a source to the graph of one of its models.
 *
 * In: a file and the command line's options. Out: the graph, or reports. Declarations are
 * gathered first, so blocks may stand in any order; -D values replace defaults before anything
 * is expanded.
 */
#include "elab.h"

#include <string.h>

static const int64_t MAX_DIM = INT32_MAX, MAX_ELEMENTS = (int64_t)1 << 40;

/* ---- declarations ------------------------------------------------------------------------ */

static void check_params(Elab *e, const Item *block) {
  for (int i = 0; i < block->params.at.len; i++)
    for (int j = 0; j < i; j++) {
      const Name *a = &block->params.at.at[i].name, *b = &block->params.at.at[j].name;
      if (a->text != b->text) continue;
      Diag *d = elab_error(e, DIAG_E0304, a->span, "two parameters are named `%s`", a->text);
      diag_also(e->ctx, d, b->span, "the first");
    }
}

static bool is_builtin(const char *name) {
  OpKind op;
  return is_function(name) || op_find(name, &op);
}

static void declare(Elab *e) {
  for (int i = 0; i < e->ast->items.len; i++) {
    const Item *it = e->ast->items.at[i];
    int *at = map_put(e->ctx->arena, &e->items, it->name.text, i);
    if (*at != i) {
      Diag *d = elab_error(e, DIAG_E0304, it->name.span, "`%s` is declared twice", it->name.text);
      diag_also(e->ctx, d, e->ast->items.at[*at]->name.span, "the first time here");
    }
    if (it->kind == IT_BLOCK) check_params(e, it);
    if (it->kind != IT_BLOCK || !is_builtin(it->name.text)) continue;
    Diag *d = elab_error(e, DIAG_E0305, it->name.span, "`%s` is an operator", it->name.text);
    diag_help(e->ctx, d, "give the block another name");
  }
}

/* ---- -D ---------------------------------------------------------------------------------- */

static bool name_before_equals(const char *s) {
  const char *p = s;
  while (*p == '_' || (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
         (p > s && *p >= '0' && *p <= '9'))
    p++;
  return p > s && *p == '=' && p[1];
}

/* Each define is a source of its own, so that messages can point into it. */
static void read_define(Elab *e, const char *define) {
  Ctx *c = e->ctx;
  const char *text = str_fmt(c->arena, "const %s", define);
  int32_t file = ctx_add_source(c, "-D", text, strlen(text));
  Span at = {file, 6, (uint32_t)strlen(text)};
  if (!name_before_equals(define)) {
    Diag *d = diag_error(c, DIAG_E0322, at, "malformed -D");
    diag_help(c, d, "write -D NAME=VALUE");
    return;
  }
  const Ast *ast = parse_file(c, file);
  if (ast && ast->items.len == 1 && ast->items.at[0]->kind == IT_CONST)
    vec_push(c->arena, &e->overrides, (Override){ast->items.at[0], false});
  else if (ast)
    diag_error(c, DIAG_E0322, at, "malformed -D");
}

static void check_overrides_used(Elab *e, const Item *model) {
  VEC(const char *) known = {0};
  for (int i = 0; i < e->ast->items.len; i++)
    if (e->ast->items.at[i]->kind == IT_CONST)
      vec_push(e->ctx->arena, &known, e->ast->items.at[i]->name.text);
  for (int i = 0; i < model->inputs.at.len; i++) {
    const Args *dims = &model->inputs.at.at[i].dims;
    for (int j = 0; j < dims->at.len; j++)
      if (dims->at.at[j].name.text) vec_push(e->ctx->arena, &known, dims->at.at[j].name.text);
  }
  for (int i = 0; i < e->overrides.len; i++) {
    const Override *o = &e->overrides.at[i];
    if (o->used) continue;
    const char *name = o->item->name.text;
    Diag *d = elab_error(e, DIAG_E0321, o->item->name.span,
                         "model `%s` has no constant or dimension `%s`", model->name.text, name);
    const char *near = str_nearest(name, known.at, known.len);
    if (near) diag_help(e->ctx, d, "did you mean `%s`?", near);
  }
}

/* The value of a constant or dimension: the default, or the last -D of this name if its kind
 * fits. An integer may stand for a real. */
static Val overridden(Elab *e, Env *env, const Name *name, Val preset) {
  Override *o = NULL;
  for (int i = 0; i < e->overrides.len; i++)
    if (e->overrides.at[i].item->name.text == name->text) {
      o = &e->overrides.at[i];
      o->used = true;
    }
  if (!o || preset.kind == VAL_ERROR) return preset;
  Val v = eval(e, env, o->item->value);
  if (v.kind == VAL_ERROR) return v;
  if (preset.kind == VAL_REAL && v.kind == VAL_INT)
    return (Val){.kind = VAL_REAL, .span = v.span, .r = (double)v.i};
  if (v.kind == preset.kind) return v;
  Diag *d =
      elab_error(e, DIAG_E0322, v.span, "`%s` needs %s", name->text, val_kind_text(preset.kind));
  diag_under(e->ctx, d, "this is %s", val_kind_text(v.kind));
  diag_also(e->ctx, d, name->span, "declared here");
  return (Val){.span = v.span};
}

static void eval_consts(Elab *e) {
  for (int i = 0; i < e->ast->items.len; i++) {
    const Item *it = e->ast->items.at[i];
    if (it->kind != IT_CONST) continue;
    Val v = eval(e, &e->globals, it->value);
    if (v.kind == VAL_TENSOR) elab_wrong_kind(e, &v, "a constant", "a number or a list");
    v = overridden(e, &e->globals, &it->name, v);
    env_define(e->ctx->arena, &e->globals, it->name.text, v);
  }
}

/* ---- inputs ------------------------------------------------------------------------------ */

static bool check_type(Elab *e, const Input *in, DType *type) {
  if (!dtype_find(in->type.text, type)) {
    Diag *d =
        elab_error(e, DIAG_E0326, in->type.span, "unknown element type `%s`", in->type.text);
    diag_help(e->ctx, d, "write `f32[…]` or `u8[…]`");
    return false;
  }
  if (*type == DT_F32 || *type == DT_U8) return true;
  elab_error(e, DIAG_E0301, in->type.span, "inputs of type %s are not supported yet",
             in->type.text);
  return false;
}

/* How the caller's memory is ordered: the dimensions from the outermost to the innermost. */
static const struct Order {
  const char *name;
  int dims[MAX_RANK];
} orders[] = {
    {"nc", {0, 1}},
    {"ncw", {0, 1, 2}},
    {"nwc", {0, 2, 1}},
    {"nchw", {0, 1, 2, 3}},
    {"nhwc", {0, 2, 3, 1}},
    {"ncdhw", {0, 1, 2, 3, 4}},
    {"ndhwc", {0, 2, 3, 4, 1}},
};

/* Dimensions were read in the order of memory; the graph has channels second. */
static bool apply_order(Elab *e, const Input *in, Shape *s, Layout *layout) {
  *layout = layout_plain(s);
  if (!in->order.text) return true;
  const char *names[COUNT_OF(orders)];
  const struct Order *o = NULL;
  for (int i = 0; i < COUNT_OF(orders); i++) {
    names[i] = orders[i].name;
    if (str_eq(names[i], in->order.text)) o = &orders[i];
  }
  if (!o || (int)strlen(o->name) != s->rank) {
    Diag *d = elab_error(e, DIAG_E0326, in->order.span,
                         o ? "memory order `%s` of %d dimensions" : "unknown memory order `%s`",
                         in->order.text, s->rank);
    const char *near = o ? NULL : str_nearest(in->order.text, names, COUNT_OF(names));
    if (near) diag_help(e->ctx, d, "did you mean `%s`?", near);
    return false;
  }
  Shape memory = *s;
  LayoutAxis axes[MAX_RANK];
  for (int i = 0; i < s->rank; i++) {
    s->dim[o->dims[i]] = memory.dim[i];
    axes[i] = (LayoutAxis){.dim = o->dims[i], .div = 1, .extent = memory.dim[i]};
  }
  *layout = layout_axes(axes, s->rank);
  return true;
}

static bool input_dim(Elab *e, Env *env, const Arg *a, int64_t *dim) {
  Val v = eval(e, env, a->value);
  if (a->name.text) {
    const Val *before = env_find(env, a->name.text);
    if (before) {
      Diag *d = elab_error(e, DIAG_E0304, a->name.span, "`%s` is declared twice", a->name.text);
      if (before->span.file) diag_also(e->ctx, d, before->span, "its value so far");
      diag_help(e->ctx, d, "to use it again, write the name alone");
      return false;
    }
    v = overridden(e, env, &a->name, v);
    env_define(e->ctx->arena, env, a->name.text, v);
  }
  if (v.kind != VAL_INT) {
    elab_wrong_kind(e, &v, "a dimension", "an integer");
    return false;
  }
  *dim = v.i;
  if (v.i >= 1 && v.i <= MAX_DIM) return true;
  elab_error(e, DIAG_E0326, v.span, "a dimension of %lld", (long long)v.i);
  return false;
}

static bool input_shape(Elab *e, Env *env, const Input *in, Shape *s) {
  int n = in->dims.at.len;
  if (n < 1 || n > MAX_RANK) {
    elab_error(e, DIAG_E0326, in->span, "an input has 1 to %d dimensions, this one %d", MAX_RANK,
               n);
    return false;
  }
  bool ok = true;
  int64_t product = 1;
  s->rank = n;
  for (int i = 0; i < n; i++) {
    ok &= input_dim(e, env, &in->dims.at.at[i], &s->dim[i]);
    if (!ok) continue;
    if (product > MAX_ELEMENTS / s->dim[i]) {
      elab_error(e, DIAG_E0326, in->span, "the input has more than 2^40 elements");
      return false;
    }
    product *= s->dim[i];
  }
  return ok;
}

static bool claim_input(Elab *e, const Input *in) {
  if (strpbrk(in->name.text, ".") || (in->name.text[0] >= '0' && in->name.text[0] <= '9')) {
    elab_error(e, DIAG_E0326, in->name.span, "an input's name is a plain name");
    return false;
  }
  if (name_claim(e, in->name.text, in->name.span)) return true;
  Diag *d = elab_error(e, DIAG_E0304, in->name.span, "two inputs are named `%s`", in->name.text);
  diag_also(e->ctx, d, e->owners.at[*map_find(&e->owned, in->name.text)].span, "the first");
  return false;
}

/* Bytes, and other orders than the graph's, pass through a cast; the body sees its result. */
static void add_input(Elab *e, Env *env, const Input *in) {
  Shape s = {0};
  Layout layout;
  DType type;
  Val v = {.span = in->name.span};
  bool ok = check_type(e, in, &type);
  ok &= input_shape(e, env, in, &s);
  ok = ok && apply_order(e, in, &s, &layout);
  if (ok && claim_input(e, in)) {
    Value *value = graph_add_value(e->ctx, e->g, V_INPUT, in->name.text, type, s, in->name.span);
    bool plain = layout_is_plain(&layout, &s);
    if (!plain) value->layout = layout;
    vec_push(e->ctx->arena, &e->g->inputs, value->id);
    v = (Val){.kind = VAL_TENSOR, .span = in->name.span, .tensor = value->id};
    if (!plain || type != DT_F32)
      v = add_operator(e, OP_CAST, NULL, &value->id, 1, (Label){0}, NULL, NULL, 0, in->name.span);
  }
  env_define(e->ctx->arena, env, in->name.text, v);
}

/* ---- outputs ----------------------------------------------------------------------------- */

static void add_output(Elab *e, Env *env, const Item *model, int i) {
  const Name *name = &model->outputs.at.at[i].name;
  const Expr *when = model->outputs.at.at[i].when;
  bool wanted = true;
  for (int j = 0; j < i; j++)
    if (model->outputs.at.at[j].name.text == name->text) {
      Diag *d = elab_error(e, DIAG_E0304, name->span, "output `%s` is listed twice", name->text);
      diag_also(e->ctx, d, model->outputs.at.at[j].name.span, "the first time here");
      return;
    }
  if (when && (!eval_bool(e, env, when, "the condition of an output", &wanted) || !wanted))
    return;
  const Val *v = env_find(env, name->text);
  if (!v) {
    Diag *d = elab_error(e, DIAG_E0324, name->span, "output `%s` is never computed", name->text);
    const char *near = did_you_mean(e, name->text, env, false);
    if (near)
      diag_help(e->ctx, d, "did you mean `%s`?", near);
    else
      diag_help(e->ctx, d, "assign it in the body: `%s = …`", name->text);
    return;
  }
  if (v->kind == VAL_ERROR) return;
  if (v->kind != VAL_TENSOR || graph_value(e->g, v->tensor)->kind != V_RESULT) {
    Diag *d = elab_error(e, DIAG_E0324, name->span, "output `%s` is %s", name->text,
                         v->kind == VAL_TENSOR ? "an input" : val_kind_text(v->kind));
    diag_help(e->ctx, d, "an output is a tensor that an operator computes");
    return;
  }
  vec_push(e->ctx->arena, &e->g->outputs, v->tensor);
  vec_push(e->ctx->arena, &e->g->output_names, name->text);
}

/* ---- the model --------------------------------------------------------------------------- */

static void refuse_return(Elab *e, const Stmts *body) {
  for (int i = 0; i < body->at.len; i++) {
    const Stmt *s = body->at.at[i];
    if (s->kind == ST_RETURN) {
      Diag *d = elab_error(e, DIAG_E0328, s->span, "a model has no `return`");
      diag_help(e->ctx, d, "assign the result to the name of an output");
    }
    refuse_return(e, &s->body);
    for (int j = 0; j < s->arms.at.len; j++) refuse_return(e, &s->arms.at.at[j].body);
  }
}

static Diag *no_model(Elab *e, int32_t file, const char *wanted) {
  Span at = {file, 0, 0};
  const char *name = wanted ? str_fmt(e->ctx->arena, " `%s`", wanted) : "";
  return diag_error(e->ctx, DIAG_E0323, at, "the file declares no model%s", name);
}

/* The last model of the file itself; by name also one of an included file. */
static const Item *choose_model(Elab *e, int32_t file, const char *wanted) {
  const Item *found = NULL;
  VEC(const char *) known = {0};
  for (int i = 0; i < e->ast->items.len; i++) {
    const Item *it = e->ast->items.at[i];
    if (it->kind != IT_MODEL) continue;
    vec_push(e->ctx->arena, &known, it->name.text);
    if (wanted ? str_eq(wanted, it->name.text) : it->span.file == file) found = it;
  }
  if (found) return found;
  Diag *d = no_model(e, file, wanted);
  const char *near = wanted ? str_nearest(wanted, known.at, known.len) : NULL;
  if (!known.len)
    diag_help(e->ctx, d, "write `model name(x: f32[1, 3, 224, 224]) -> (y) { … }`");
  else if (!wanted)
    diag_help(e->ctx, d, "an included file declares `%s`: choose it with --model", known.at[0]);
  else
    diag_help(e->ctx, d, near ? "did you mean `%s`?" : "it declares `%s`",
              near ? near : known.at[0]);
  return NULL;
}

static void expand_model(Elab *e, const Item *model, int32_t file, const FrontOptions *opt) {
  Env env = {.outer = &e->globals, .frame = true};
  Val ignored = {0};
  for (int i = 0; i < model->inputs.at.len; i++) add_input(e, &env, &model->inputs.at.at[i]);
  check_overrides_used(e, model);
  refuse_return(e, &model->body);
  int errors = e->ctx->errors, first = e->ctx->diags.len;
  exec(e, &env, &model->body, &ignored);
  if (e->ctx->errors > errors && !opt->trial) suggest_sizes(e, &env, model, file, opt, first);
  for (int i = 0; i < model->outputs.at.len && !e->stop; i++) add_output(e, &env, model, i);
  if (e->g->outputs.len || e->ctx->errors || e->stop) return;
  Diag *d = elab_error(e, DIAG_E0324, model->outputs.at.at[0].name.span, "no output is left");
  diag_help(e->ctx, d, "every condition is false here: leave one output without");
}

/* graph_print's texts start so. */
static bool is_graph_text(const Source *s) {
  const char *p = s->text;
  while (*p == ' ' || *p == '\n' || *p == '\t' || *p == '\r') p++;
  return str_starts(p, "graph ");
}

/* A dump is a finished graph: nothing in it is left to set. */
static Graph *read_graph_text(Ctx *c, int32_t file, const FrontOptions *opt) {
  if (!opt->ndefines) return graph_read(c, file);
  Diag *d = diag_error(c, DIAG_E0321, (Span){file, 0, 0}, "graph text has nothing for -D to set");
  diag_help(c, d, "give -D where the .net file is compiled");
  return NULL;
}

Graph *front_compile(Ctx *c, int32_t file, const FrontOptions *opt) {
  static const FrontOptions none = {0};
  if (!opt) opt = &none;
  int errors = c->errors;
  if (is_graph_text(ctx_source(c, file))) return read_graph_text(c, file, opt);
  const Ast *ast = parse_with_includes(c, file);
  if (!ast) return NULL;
  Elab e = {.ctx = c, .ast = ast, .globals = {.frame = true}};
  for (int i = 0; i < opt->ndefines; i++) read_define(&e, opt->defines[i]);
  declare(&e);
  const Item *model = choose_model(&e, file, opt->model);
  e.g = graph_new(c, model ? model->name.text : "");
  eval_consts(&e);
  if (model) expand_model(&e, model, file, opt);
  if (c->errors == errors) check_unused(c, ast, file);
  return c->errors == errors ? e.g : NULL;
}
