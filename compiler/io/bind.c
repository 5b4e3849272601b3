/* bind.c: gives the parameters of a graph the tensors of a weights file, by name.
 * In: a graph whose V_PARAM values carry paths ("layer1.0.conv1.weight") and a list of tensors;
 * out: Value.data as f32. Whoever loads the wrong checkpoint wants the whole picture, so faults
 * are collected first and each category is one diagnostic that lists every item. */
#include "io.h"

#include <stdlib.h>
#include <string.h>

typedef struct Item {
  Value *value;
  const FileTensor *found; /* NULL: missing */
} Item;

typedef struct Binding {
  Ctx *c;
  Graph *g;
  const TensorFile *file;
  const FileTensor **sorted; /* by name */
  bool *used;                /* per tensor of the file */
  VEC(Item) missing, misshaped, mistyped;
  VEC(const char *) extra;
  int params;
} Binding;

/* ---- looking up ------------------------------------------------------------------------------
 */

static int by_name(const void *x, const void *y) {
  const FileTensor *const *a = x, *const *b = y;
  return strcmp((*a)->name, (*b)->name);
}

static int name_against(const void *name, const void *y) {
  const FileTensor *const *t = y;
  return strcmp(name, (*t)->name);
}

static const FileTensor *lookup(const Binding *b, const char *name) {
  size_t n = (size_t)b->file->at.len;
  if (n == 0) return NULL;
  const FileTensor **hit = bsearch(name, b->sorted, n, sizeof *b->sorted, name_against);
  return hit ? *hit : NULL;
}

static const Node *reader(const Graph *g, const Value *v) {
  for (int i = 0; i < g->nodes.len; i++) {
    const Node *n = g->nodes.at[i];
    for (int j = 0; j < n->nin && !n->dead; j++)
      if (n->in[j] == v->id) return n;
  }
  return NULL;
}

/* The operator that brings the parameter: its own span, or that of the node that reads it. */
static Span place_of(const Graph *g, const Value *v) {
  const Node *n = v->span.file ? NULL : reader(g, v);
  return n ? n->span : v->span;
}

static bool same_shape(const Shape *s, const FileTensor *t) {
  return s->rank == t->rank && memcmp(s->dim, t->dim, sizeof(int64_t) * (size_t)s->rank) == 0;
}

/* ---- binding ------------------------------------------------------------------------------ */

static void bind_one(Binding *b, Value *v) {
  const FileTensor *t = lookup(b, v->name);
  Item item = {v, t};
  b->params++;
  if (!t) {
    if (!v->data) vec_push(b->c->arena, &b->missing, item);
    return;
  }
  b->used[t - b->file->at.at] = true;
  if (!same_shape(&v->shape, t))
    vec_push(b->c->arena, &b->misshaped, item);
  else if (!stored_is_float(t->type))
    vec_push(b->c->arena, &b->mistyped, item);
  else
    v->data = tensor_f32(b->c, t);
}

static void collect_extra(Binding *b) {
  for (int i = 0; i < b->file->at.len; i++) {
    const char *name = b->file->at.at[i].name;
    bool counter = str_eq(name, "num_batches_tracked") || str_ends(name, ".num_batches_tracked");
    if (!b->used[i] && !counter) vec_push(b->c->arena, &b->extra, name);
  }
}

/* ---- reporting ---------------------------------------------------------------------------- */

/* "conv1.weight: f32 20x1x5x5", or what the file has instead. */
static const char *item_text(Binding *b, const Item *it) {
  const char *want = shape_text(b->c, &it->value->shape);
  if (!it->found) return str_fmt(b->c->arena, "%s (%s)", it->value->name, want);
  const char *have = dims_text(b->c, it->found->dim, it->found->rank);
  if (!same_shape(&it->value->shape, it->found))
    return str_fmt(b->c->arena, "%s: the network has %s, the file %s", it->value->name, want,
                   have);
  return str_fmt(b->c->arena, "%s (%s) is stored as %s", it->value->name, have,
                 it->found->type_name);
}

/* The first item under the carets; the others in source while they are few, else as a list. */
static void list_items(Binding *b, Diag *d, const Item *items, int n) {
  enum { SHOWN_IN_SOURCE = 6 };
  const Node *first = reader(b->g, items[0].value);
  diag_under(b->c, d, "%s", item_text(b, &items[0]));
  for (int i = 1; i < n; i++) {
    Span at = place_of(b->g, items[i].value);
    const char *text = item_text(b, &items[i]);
    if (n <= SHOWN_IN_SOURCE && at.file)
      diag_also(b->c, d, at, "%s", text);
    else
      diag_note(b->c, d, at.file ? "%s, at %s" : "%s%s", text, span_text(b->c, at));
  }
  if (first) diag_scope_trace(b->c, d, b->g, first->scope);
  if (!place_of(b->g, items[0].value).file) diag_note(b->c, d, "%s", item_text(b, &items[0]));
}

/* The text in front of every missing name in the file ("module."), or NULL. Removes them from
 * the extras. */
static const char *common_prefix(Binding *b) {
  const char *first = b->missing.at[0].value->name;
  for (int i = 0; i < b->extra.len; i++) {
    const char *name = b->extra.at[i];
    size_t cut = strlen(name) - strlen(first);
    if (strlen(name) <= strlen(first) || !str_ends(name, first) || name[cut - 1] != '.') continue;
    const char *prefix = str_dup(b->c->arena, name, cut);
    bool all = true;
    for (int m = 0; m < b->missing.len && all; m++)
      all = lookup(b, str_fmt(b->c->arena, "%s%s", prefix, b->missing.at[m].value->name));
    if (all) return prefix;
  }
  return NULL;
}

/* An unused tensor that may be the one meant: of nearly that name, of that shape if any is. */
static const char *suggestion(Binding *b, const Value *v) {
  VEC(const char *) fitting = {0};
  for (int i = 0; i < b->extra.len; i++)
    if (same_shape(&v->shape, lookup(b, b->extra.at[i])))
      vec_push(b->c->arena, &fitting, b->extra.at[i]);
  const char *near = str_nearest(v->name, fitting.at, fitting.len);
  return near ? near : str_nearest(v->name, b->extra.at, b->extra.len);
}

/* For "conv1.bias" the file's "conv1.weight", or NULL. */
static const char *weight_beside(Binding *b, const char *name) {
  if (!str_ends(name, ".bias")) return NULL;
  int stem = (int)strlen(name) - (int)strlen("bias");
  const FileTensor *t = lookup(b, str_fmt(b->c->arena, "%.*sweight", stem, name));
  return t ? t->name : NULL;
}

static void report_missing(Binding *b) {
  enum { MAX_SUGGESTIONS = 8 };
  const Item *items = b->missing.at;
  Diag *d = diag_error(b->c, DIAG_E0501, place_of(b->g, items[0].value),
                       "%s lacks %d of the network's %d parameters", b->file->path,
                       b->missing.len, b->params);
  list_items(b, d, items, b->missing.len);
  const char *prefix = common_prefix(b);
  if (prefix) {
    diag_help(b->c, d,
              "the file has them all with '%s' in front: remove that prefix from its "
              "names, or label the network's layers so",
              prefix);
    return;
  }
  for (int i = 0; i < b->missing.len && i < MAX_SUGGESTIONS; i++) {
    const char *name = items[i].value->name, *near = suggestion(b, items[i].value);
    const char *weight = weight_beside(b, name);
    if (near)
      diag_help(b->c, d, "for '%s', did you mean the file's '%s'?", name, near);
    else if (weight)
      diag_help(b->c, d, "the file has '%s' without a bias: write bias=false", weight);
  }
}

static void report_extra(Binding *b) {
  enum { SHOWN = 20 };
  Diag *d = diag_warning(b->c, DIAG_W0501, NO_SPAN, "%s: %d tensor%s not used by the network",
                         b->file->path, b->extra.len, b->extra.len == 1 ? " is" : "s are");
  for (int i = 0; i < b->extra.len && i < SHOWN; i++) {
    const FileTensor *t = lookup(b, b->extra.at[i]);
    diag_note(b->c, d, "%s (%s %s)", t->name, t->type_name, dims_text(b->c, t->dim, t->rank));
  }
  if (b->extra.len > SHOWN) diag_note(b->c, d, "and %d more", b->extra.len - SHOWN);
}

static void report(Binding *b, bool allow_extra) {
  if (b->missing.len) report_missing(b);
  if (b->misshaped.len) {
    Diag *d = diag_error(b->c, DIAG_E0502, place_of(b->g, b->misshaped.at[0].value),
                         "%s: %d parameter%s of another shape", b->file->path, b->misshaped.len,
                         b->misshaped.len == 1 ? " is" : "s are");
    list_items(b, d, b->misshaped.at, b->misshaped.len);
  }
  if (b->mistyped.len) {
    Diag *d = diag_error(b->c, DIAG_E0503, place_of(b->g, b->mistyped.at[0].value),
                         "%s: %d parameter%s not stored as F32, F16, BF16 or F64", b->file->path,
                         b->mistyped.len, b->mistyped.len == 1 ? " is" : "s are");
    list_items(b, d, b->mistyped.at, b->mistyped.len);
  }
  if (b->extra.len && !allow_extra) report_extra(b);
}

bool weights_bind(Ctx *c, Graph *g, const TensorFile *f, bool allow_extra) {
  Binding b = {.c = c, .g = g, .file = f};
  b.sorted = NEWN(c->arena, const FileTensor *, f->at.len);
  b.used = NEWN(c->arena, bool, f->at.len);
  for (int i = 0; i < f->at.len; i++) b.sorted[i] = &f->at.at[i];
  if (f->at.len) qsort(b.sorted, (size_t)f->at.len, sizeof *b.sorted, by_name);
  for (int i = 0; i < g->values.len; i++)
    if (g->values.at[i]->kind == V_PARAM) bind_one(&b, g->values.at[i]);
  collect_extra(&b);
  report(&b, allow_extra);
  return !b.missing.len && !b.misshaped.len && !b.mistyped.len;
}

void weights_collect(Ctx *c, const Graph *g, TensorFile *out) {
  *out = (TensorFile){.path = g->name};
  for (int i = 0; i < g->values.len; i++) {
    const Value *v = g->values.at[i];
    if (v->kind != V_PARAM || !v->data) continue;
    FileTensor t = {.name = v->name, .type = ST_F32, .type_name = "F32", .data = v->data};
    t.rank = v->shape.rank;
    memcpy(t.dim, v->shape.dim, sizeof(int64_t) * (size_t)t.rank);
    t.count = shape_count(&v->shape);
    t.size = (size_t)t.count * sizeof(float);
    vec_push(c->arena, &out->at, t);
  }
}
