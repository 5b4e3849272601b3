/* graph.c: building and editing graphs.
 *
 * A node is added with its inputs; its shape rule then creates the outputs. Nodes stand in
 * execution order and Node.id is the position, so inserting renumbers what follows: callers hold
 * Node pointers or names. Removing is marking `dead`; graph_compact drops dead nodes and orphaned
 * values and renumbers, the only place where a ValueId changes.
 */
#include "ir.h"

#include <string.h>

Graph *graph_new(Ctx *c, const char *name) {
  Graph *g = NEW(c->arena, Graph);
  g->name = ctx_name(c, name ? name : "");
  g->log = NEW(c->arena, Log);
  g->names = graph_names_new(c);
  vec_push(c->arena, &g->scopes, (Scope){.parent = -1, .path = ctx_name(c, "")});
  return g;
}

Value *graph_value(const Graph *g, ValueId id) {
  return id >= 0 && id < g->values.len ? g->values.at[id] : NULL;
}

/* ---- values ------------------------------------------------------------------------------ */

Value *graph_add_value(Ctx *c, Graph *g, ValueKind kind, const char *name, DType type,
                       Shape shape, Span span) {
  Value *v = NEW(c->arena, Value);
  v->id = g->values.len;
  v->kind = kind;
  v->type = type;
  v->acc = DT_F32;
  v->shape = shape;
  v->span = span;
  const char *own = name ? ctx_name(c, name) : graph_unique_name(c, g, "t");
  vec_push(c->arena, &g->values, v);
  graph_name_value(c, g, v, own);
  return v;
}

/* Output 0 carries the node's name, the others a number. */
static const char *output_name(Ctx *c, const Graph *g, const Node *n, int i) {
  if (i == 0) return n->name;
  return graph_unique_name(c, g, str_fmt(c->arena, "%s.%d", n->name, i));
}

void node_set_output(Ctx *c, Graph *g, Node *n, int i, DType type, Shape shape) {
  if (i >= n->nout) {
    ValueId *out = NEWN(c->arena, ValueId, i + 1);
    for (int j = 0; j <= i; j++) out[j] = j < n->nout ? n->out[j] : -1;
    n->out = out;
    n->nout = i + 1;
  }
  Value *v = graph_value(g, n->out[i]);
  if (!v) {
    v = graph_add_value(c, g, V_RESULT, output_name(c, g, n, i), type, shape, n->span);
    v->def = n;
    v->def_index = i;
    n->out[i] = v->id;
  }
  v->type = type;
  v->shape = shape;
}

bool annotations_silence(const Annotations *a, DiagCode code) {
  return a->silence && strstr(a->silence, diag_code_name(code));
}

/* ---- nodes ------------------------------------------------------------------------------- */

static void renumber_nodes(Graph *g, int from) {
  for (int i = from; i < g->nodes.len; i++) g->nodes.at[i]->id = i;
}

/* Appends, runs the shape rule, and takes everything back if that fails. */
static Node *append_node(Ctx *c, Graph *g, OpKind op, const void *attr, Graph *body,
                         const ValueId *in, int nin, const char *name, int scope, Span span) {
  const OpInfo *info = &op_table[op];
  Node *n = NEW(c->arena, Node);
  int values = g->values.len;
  n->id = g->nodes.len;
  n->op = op;
  n->attr = attr_defaults(c, op);
  if (attr) memcpy(n->attr, attr, info->attr_size);
  n->body = body;
  n->notes = g->notes;
  n->nin = nin;
  n->in = NEWN(c->arena, ValueId, nin);
  if (nin) memcpy(n->in, in, (size_t)nin * sizeof *in);
  n->scope = scope;
  n->span = span;
  const char *own = name ? ctx_name(c, name) : graph_unique_name(c, g, info->name);
  vec_push(c->arena, &g->nodes, n);
  graph_name_node(c, g, n, own);
  if (info->shape(c, g, n)) return n;
  g->nodes.len--;
  g->values.len = values;
  return NULL;
}

/* Puts the last node in the place of `n`, which is gone then. */
void graph_take_place(Graph *g, Node *n) {
  Node *last = g->nodes.at[--g->nodes.len];
  last->id = n->id;
  g->nodes.at[n->id] = last;
  n->dead = true;
}

/* Moves the last node to position `before`. */
static Node *move_last(Graph *g, Node *n, NodeId before) {
  if (!n || before < 0 || before >= n->id) return n;
  Node **at = g->nodes.at;
  memmove(at + before + 1, at + before, (size_t)(n->id - before) * sizeof *at);
  at[before] = n;
  renumber_nodes(g, before);
  return n;
}

Node *graph_add_node(Ctx *c, Graph *g, OpKind op, const void *attr, const ValueId *in, int nin,
                     const char *name, int scope, Span span) {
  return append_node(c, g, op, attr, NULL, in, nin, name, scope, span);
}

Node *graph_insert_node(Ctx *c, Graph *g, NodeId before, OpKind op, const void *attr,
                        const ValueId *in, int nin, const char *name, int scope, Span span) {
  Node *n = append_node(c, g, op, attr, NULL, in, nin, name, scope, span);
  return move_last(g, n, before);
}

Node *graph_insert_group(Ctx *c, Graph *g, NodeId before, const GroupAttr *attr, Graph *body,
                         const ValueId *in, int nin, const char *name, int scope, Span span) {
  Node *n = append_node(c, g, OP_GROUP, attr, body, in, nin, name, scope, span);
  return move_last(g, n, before);
}

/* ---- questions --------------------------------------------------------------------------- */

int *graph_use_counts(Ctx *c, const Graph *g) {
  int *uses = NEWN(c->arena, int, g->values.len);
  for (int i = 0; i < g->nodes.len; i++) {
    const Node *n = g->nodes.at[i];
    for (int j = 0; j < n->nin && !n->dead; j++) uses[n->in[j]]++;
  }
  for (int i = 0; i < g->outputs.len; i++) uses[g->outputs.at[i]]++;
  return uses;
}

bool graph_disables(const Graph *g, const char *rewrite) {
  size_t n = strlen(rewrite);
  for (const char *s = g->disabled; s && (s = strstr(s, rewrite)); s += n)
    if ((s == g->disabled || strchr(", ", s[-1])) && strchr(", ", s[n])) return true;
  return false;
}

bool *graph_weight_time(Ctx *c, const Graph *g) {
  bool *known = NEWN(c->arena, bool, g->values.len);
  for (int i = 0; i < g->values.len; i++) {
    ValueKind kind = g->values.at[i]->kind;
    known[i] = kind == V_PARAM || kind == V_CONST;
  }
  for (int i = 0; i < g->nodes.len; i++) {
    const Node *n = g->nodes.at[i];
    bool all = n->nin > 0;
    for (int j = 0; j < n->nin; j++) all = all && known[n->in[j]];
    for (int j = 0; j < n->nout; j++) known[n->out[j]] = all;
  }
  return known;
}

/* ---- editing ----------------------------------------------------------------------------- */

bool graph_is_output(const Graph *g, ValueId id) {
  for (int i = 0; i < g->outputs.len; i++)
    if (g->outputs.at[i] == id) return true;
  return false;
}

void graph_replace_uses(Graph *g, ValueId from, ValueId to) {
  for (int i = 0; i < g->nodes.len; i++) {
    Node *n = g->nodes.at[i];
    for (int j = 0; j < n->nin; j++)
      if (n->in[j] == from) n->in[j] = to;
  }
  for (int i = 0; i < g->outputs.len; i++)
    if (g->outputs.at[i] == from) g->outputs.at[i] = to;
}

static void drop_dead_nodes(Graph *g) {
  int kept = 0;
  for (int i = 0; i < g->nodes.len; i++) {
    Node *n = g->nodes.at[i];
    if (!n->dead) g->nodes.at[kept++] = n;
  }
  g->nodes.len = kept;
  renumber_nodes(g, 0);
}

/* New id of every value, -1 for those that go: read by nobody, and neither a graph input nor
 * the result of a node that stays. */
static ValueId *value_renumbering(Ctx *c, const Graph *g) {
  int *uses = graph_use_counts(c, g);
  ValueId *id = NEWN(c->arena, ValueId, g->values.len);
  for (int i = 0; i < g->inputs.len; i++) uses[g->inputs.at[i]]++;
  for (int i = 0; i < g->nodes.len; i++)
    for (int j = 0; j < g->nodes.at[i]->nout; j++) uses[g->nodes.at[i]->out[j]]++;
  int kept = 0;
  for (int i = 0; i < g->values.len; i++) id[i] = uses[i] ? kept++ : -1;
  return id;
}

void graph_compact(Ctx *c, Graph *g) {
  drop_dead_nodes(g);
  ValueId *id = value_renumbering(c, g);
  int kept = 0;
  for (int i = 0; i < g->values.len; i++) {
    if (id[i] < 0) continue;
    g->values.at[i]->id = kept;
    g->values.at[kept++] = g->values.at[i];
  }
  g->values.len = kept;
  for (int i = 0; i < g->nodes.len; i++) {
    Node *n = g->nodes.at[i];
    for (int j = 0; j < n->nin; j++) n->in[j] = id[n->in[j]];
    for (int j = 0; j < n->nout; j++) n->out[j] = id[n->out[j]];
  }
  for (int i = 0; i < g->inputs.len; i++) g->inputs.at[i] = id[g->inputs.at[i]];
  for (int i = 0; i < g->outputs.len; i++) g->outputs.at[i] = id[g->outputs.at[i]];
}
