/* sizes.c: which picture sizes would fit, where those asked for do not.
 *
 * In: a model whose expansion ended in an error of shapes. Out: a help line with the nearest sizes,
 * below and above, at which the same file expands without one. They are found by trying: each
 * candidate is compiled as if it had been given with -D, in a context of its own, so whatever the
 * network makes of its sizes is taken into account.
 */
#include "elab.h"

#include <string.h>

enum { REACH = 256, MAX_NAMED = 4, NODE_BUDGET = 100000 };

typedef struct Named { /* a dimension of an input, behind batch and channels, that has a name */
  const char *name;
  int64_t value;
  int64_t fits[2]; /* the nearest below and above; 0: none */
} Named;

typedef struct Search {
  Ctx *c;
  int32_t file;
  const FrontOptions *opt;
  Named at[MAX_NAMED];
  int n;
  int trials; /* how many more may be made */
} Search;

/* Of several definitions of a name the last counts. */
static FrontOptions with_sizes(const Search *s, const int64_t *value) {
  VEC(const char *) defines = {0};
  for (int i = 0; i < s->opt->ndefines; i++) vec_push(s->c->arena, &defines, s->opt->defines[i]);
  for (int k = 0; k < s->n; k++)
    vec_push(s->c->arena, &defines,
             str_fmt(s->c->arena, "%s=%lld", s->at[k].name, (long long)value[k]));
  return (FrontOptions){defines.at, defines.len, s->opt->model, true};
}

static bool expands(Search *s, const int64_t *value) {
  if (s->trials-- <= 0) return false;
  FrontOptions opt = with_sizes(s, value);
  const Source *src = ctx_source(s->c, s->file);
  Arena *arena = arena_new(0);
  if (!arena) return false;
  volatile bool fine = false;
  if (!setjmp(*arena_boundary(arena))) {
    Ctx *c = ctx_new(arena);
    fine = front_compile(c, ctx_add_source(c, src->path, src->text, src->size), &opt) != NULL;
  }
  arena_free(arena);
  return fine;
}

/* The nearest values of dimension k on both sides, or its own, the others as in `value`. */
static bool search_one(Search *s, int k, const int64_t *value) {
  int64_t try[MAX_NAMED], from = s->at[k].value;
  memcpy(try, value, sizeof try);
  for (int side = 0; side < 2; side++) {
    s->at[k].fits[side] = 0;
    for (int64_t d = side; d <= REACH && !s->at[k].fits[side]; d++) {
      try[k] = side ? from + d : from - d;
      if (try[k] >= 1 && expands(s, try)) s->at[k].fits[side] = try[k];
    }
    if (s->at[k].fits[0] == from) break;
  }
  return s->at[k].fits[0] || s->at[k].fits[1];
}

/* One value for all dimensions near the first, at which everything fits; 0 if there is none. */
static int64_t search_common(Search *s) {
  int64_t try[MAX_NAMED];
  for (int64_t d = 0; d <= 2 * REACH; d++) {
    int64_t v = s->at[0].value + (d % 2 ? -(d / 2 + 1) : d / 2);
    for (int k = 0; k < s->n; k++) try[k] = v;
    if (v >= 1 && expands(s, try)) return v;
  }
  return 0;
}

static void print_one(StrBuf *out, const Named *d) {
  const char *comma = "";
  for (int side = 0; side < 2; side++) {
    if (!d->fits[side]) continue;
    sb_printf(out, "%s%s=%lld", comma, d->name, (long long)d->fits[side]);
    comma = " or ";
  }
}

/* Dimensions one by one; where none alone helps, each with the others as they would fit. */
static const char *find(Search *s) {
  int64_t value[MAX_NAMED], common = 0;
  StrBuf text = {.arena = s->c->arena};
  for (int k = 0; k < s->n; k++) value[k] = s->at[k].value;
  for (int k = 0; k < s->n; k++)
    if (search_one(s, k, value)) {
      if (text.len) sb_puts(&text, ", or ");
      print_one(&text, &s->at[k]);
    }
  if (text.len) return sb_str(&text);
  if (s->n > 1) common = search_common(s);
  for (int k = 0; k < s->n && common; k++) {
    for (int j = 0; j < s->n; j++) value[j] = common;
    if (!search_one(s, k, value)) return NULL;
    if (k) sb_puts(&text, ", together with ");
    print_one(&text, &s->at[k]);
  }
  return text.len ? sb_str(&text) : NULL;
}

static bool is_shape_error(const Diag *d) {
  return d->severity == SEV_ERROR && d->code >= DIAG_E0402 && d->code <= DIAG_E0416;
}

void suggest_sizes(Elab *e, Env *env, const Item *model, int32_t file, const FrontOptions *opt,
                   int first) {
  Search s = {.c = e->ctx, .file = file, .opt = opt};
  Diag *d = NULL;
  for (int i = first; i < e->ctx->diags.len && !d; i++)
    if (is_shape_error(e->ctx->diags.at[i])) d = e->ctx->diags.at[i];
  for (int i = 0; i < model->inputs.at.len; i++) {
    const Args *dims = &model->inputs.at.at[i].dims;
    for (int j = 2; j < dims->at.len && s.n < MAX_NAMED; j++) {
      const Arg *a = &dims->at.at[j];
      const Val *v = a->name.text ? env_find(env, a->name.text) : NULL;
      if (v && v->kind == VAL_INT && a->value && a->value->kind == EX_INT)
        s.at[s.n++] = (Named){.name = a->name.text, .value = v->i};
    }
  }
  s.trials = NODE_BUDGET / (e->g->nodes.len + 1);
  const char *fits = d && s.n ? find(&s) : NULL;
  if (fits) diag_help(e->ctx, d, "sizes that fit: %s", fits);
}
