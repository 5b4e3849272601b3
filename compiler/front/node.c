/* node.c: scopes, names, and nodes with their parameters.
 *
 * In: an operator with its tensors and attributes. Out: a node of the graph, named by its label
 * or by kind and number within its scope, and one value for each tensor of weights it owns,
 * named by path: `layer1.0.conv1.weight`. Two owners of one path are an error.
 */
#include "elab.h"

#include <string.h>

static Val error_at(Span at) { return (Val){.span = at}; }

/* ---- scopes ------------------------------------------------------------------------------ */

static const char *scope_path(const Elab *e) { return e->g->scopes.at[e->scope].path; }

const char *scoped(Elab *e, const char *name) {
  const char *path = scope_path(e);
  if (!*path) return ctx_name(e->ctx, name);
  return ctx_name(e->ctx, str_fmt(e->ctx->arena, "%s.%s", path, name));
}

int scope_push(Elab *e, Label label, const char *block, Span call) {
  Scope s = {.parent = e->scope, .block = block, .label = label.text, .call = call};
  s.path = label.text ? scoped(e, label.text) : scope_path(e);
  int back = e->scope;
  e->scope = e->g->scopes.len;
  vec_push(e->ctx->arena, &e->g->scopes, s);
  return back;
}

/* ---- names ------------------------------------------------------------------------------- */

static int *own(Elab *e, const char *name, Span at) {
  int *i = map_put(e->ctx->arena, &e->owned, name, e->owners.len);
  if (*i == e->owners.len) vec_push(e->ctx->arena, &e->owners, (Owner){at, e->scope});
  return i;
}

bool name_claim(Elab *e, const char *name, Span at) {
  int before = e->owners.len;
  return *own(e, name, at) == before;
}

static int count(Elab *e, const char *what) {
  return ++*map_put(e->ctx->arena, &e->counters, what, 0);
}

/* "layer1.0.relu2": kind and number within the scope. */
static const char *numbered(Elab *e, const char *kind) {
  const char *base = scoped(e, kind);
  for (;;) {
    const char *name = ctx_name(e->ctx, str_fmt(e->ctx->arena, "%s%d", base, count(e, base)));
    if (!map_find(&e->owned, name)) return name;
  }
}

const char *name_numbered(Elab *e, const char *kind, Span at) {
  const char *name = numbered(e, kind);
  own(e, name, at);
  return name;
}

/* A label without parameters may come twice; the graph's names are unique all the same. */
static const char *unique(Elab *e, const char *name) {
  const char *base = ctx_name(e->ctx, str_fmt(e->ctx->arena, "%s_", name));
  while (map_find(&e->owned, name))
    name = ctx_name(e->ctx, str_fmt(e->ctx->arena, "%s%d", base, 1 + count(e, base)));
  return name;
}

/* ---- parameters -------------------------------------------------------------------------- */

static bool inside_repeat_or_twice(const Owner *o, Span at) {
  return o->span.file == at.file && o->span.begin == at.begin && o->span.end == at.end;
}

static bool duplicate(Elab *e, const char *path, const Owner *o, Span at) {
  Diag *d = elab_error(e, DIAG_E0316, at, "two parameters are named `%s`", path);
  if (!inside_repeat_or_twice(o, at)) {
    diag_under(e->ctx, d, "the second");
    diag_also(e->ctx, d, o->span, "the first");
    diag_help(e->ctx, d, "give one of them another label");
    return false;
  }
  const Scope *s = &e->g->scopes.at[o->scope], *mine = &e->g->scopes.at[e->scope];
  bool same_call = o->scope == e->scope || (s->call.begin == mine->call.begin && s->call.file);
  if (s->call.file && !same_call) diag_also(e->ctx, d, s->call, "expanded here the first time");
  diag_under(e->ctx, d, "expanded twice in one scope");
  diag_help(e->ctx, d, "label each call; inside `repeat i in …` compute it: `layer{i}: …`");
  return false;
}

static const Val *literal_of(const char *name, const Val *literal, const Name *names, int n) {
  for (int i = 0; i < n; i++)
    if (str_eq(names[i].text, name)) return &literal[i];
  return NULL;
}

/* One parameter, from the file's weights or written as a literal; -1 after reporting. */
static ValueId add_param(Elab *e, const ParamSpec *spec, const char *name, const Val *literal,
                         Span at) {
  const char *path = ctx_name(e->ctx, str_fmt(e->ctx->arena, "%s.%s", name, spec->name));
  int before = e->owners.len, i = *own(e, path, at);
  if (i != before) {
    duplicate(e, path, &e->owners.at[i], at);
    return -1;
  }
  float *data = literal ? literal_data(e, literal, spec->name, &spec->shape) : NULL;
  if (literal && !data) return -1;
  Value *v = graph_add_value(e->ctx, e->g, literal ? V_CONST : V_PARAM, path, DT_F32, spec->shape,
                             literal ? literal->span : at);
  v->param = *spec;
  v->data = data;
  return v->id;
}

/* Literals must be parameters that the operator has with these attributes. */
static bool check_literals(Elab *e, OpKind op, const ParamSpec *spec, int n, const Name *names,
                           int nliteral) {
  for (int i = 0; i < nliteral; i++) {
    bool known = false;
    for (int j = 0; j < n; j++) known |= str_eq(spec[j].name, names[i].text);
    if (known) continue;
    Diag *d = elab_error(e, DIAG_E0309, names[i].span, "%s has no parameter `%s`",
                         op_table[op].name, names[i].text);
    if (n == 0) diag_note(e->ctx, d, "it has no parameters");
    return false;
  }
  return true;
}

static bool room(Elab *e, Span at) {
  if (e->g->nodes.len < MAX_NODES) return true;
  elab_limit(e, at, "a network of more than %d operators", MAX_NODES);
  return false;
}

Val add_operator(Elab *e, OpKind op, const void *attr, const ValueId *in, int nin, Label label,
                 const Val *literal, const Name *names, int nliteral, Span at) {
  const OpInfo *info = &op_table[op];
  ParamSpec spec[MAX_PARAMS];
  ValueId *all = NEWN(e->ctx->arena, ValueId, nin + MAX_PARAMS);
  if (nin) memcpy(all, in, (size_t)nin * sizeof *in);
  if (!attr) attr = attr_defaults(e->ctx, op);
  const char *name = label.text ? scoped(e, label.text) : numbered(e, info->name);
  Node probe = {.op = op, .attr = (void *)attr, .nin = nin, .in = all, .name = name};
  probe.scope = e->scope;
  probe.span = at;
  probe.notes = e->g->notes;
  if (!room(e, at)) return error_at(at);
  int n = info->params(e->ctx, e->g, &probe, spec);
  if (n < 0) e->faults++; /* the table's functions report on their own */
  if (n < 0 || !check_literals(e, op, spec, n, names, nliteral)) return error_at(at);
  bool ok = true;
  Span own_at = label.text ? label.span : at;
  for (int i = 0; i < n; i++) {
    const Val *l = literal_of(spec[i].name, literal, names, nliteral);
    ok &= (all[nin + i] = add_param(e, &spec[i], name, l, own_at)) >= 0;
    if (!ok) break; /* one report for all of an operator's parameters */
  }
  if (!ok) return error_at(at);
  name = unique(e, name);
  own(e, name, own_at);
  Node *node = graph_add_node(e->ctx, e->g, op, attr, all, nin + n, name, e->scope, at);
  if (!node) e->faults++;
  if (!node) return error_at(at);
  return (Val){.kind = VAL_TENSOR, .span = at, .tensor = node->out[0]};
}
