/* body.c: building the nested graph of a group: nodes copied into it one by one, inputs made for
 * whatever they read from outside, and the group closed around it. Passes and the planner share
 * it. */
#include "ir.h"

#include <string.h>

Body body_new(Ctx *c, const Graph *outer, const char *name) {
  Body b = {.g = graph_new(c, name)};
  b.g->mode = outer->mode;
  memcpy(&b.g->scopes, &outer->scopes, sizeof outer->scopes);
  b.g->log = outer->log;
  return b;
}

ValueId body_input(Ctx *c, Body *b, const Graph *outer, ValueId id) {
  for (int i = 0; i < b->in.len; i++)
    if (b->in.at[i] == id) return b->g->inputs.at[i];
  const Value *x = graph_value(outer, id);
  Value *v = graph_add_value(c, b->g, V_INPUT, x->name, x->type, x->shape, x->span);
  vec_push(c->arena, &b->g->inputs, v->id);
  vec_push(c->arena, &b->in, id);
  return v->id;
}

/* What the shape rule warns about was said when the original was made. */
Node *body_copy_node(Ctx *c, Body *b, const Graph *from, const Node *n, const ValueId *in) {
  int diags = c->diags.len, warnings = c->warnings;
  b->g->notes = n->notes;
  Node *copy = graph_add_node(c, b->g, n->op, n->attr, in, n->nin, n->name, n->scope, n->span);
  b->g->notes = (Annotations){0};
  if (!copy) return NULL;
  c->diags.len = diags;
  c->warnings = warnings;
  for (int i = 0; i < copy->nout && i < n->nout; i++) {
    Value *v = graph_value(b->g, copy->out[i]);
    graph_name_value(c, b->g, v, graph_value(from, n->out[i])->name);
    v->span = graph_value(from, n->out[i])->span;
  }
  return copy;
}

ValueId body_append(Ctx *c, Body *b, const Graph *g, const Node *group, ValueId inner,
                    ValueId inner_body) {
  const Graph *from = group->body;
  ValueId *map = NEWN(c->arena, ValueId, from->values.len);
  for (int i = 0; i < group->nin; i++)
    map[from->inputs.at[i]] =
        group->in[i] == inner ? inner_body : body_input(c, b, g, group->in[i]);
  for (int i = 0; i < from->nodes.len; i++) {
    const Node *n = from->nodes.at[i];
    ValueId *in = NEWN(c->arena, ValueId, n->nin);
    for (int j = 0; j < n->nin; j++) in[j] = map[n->in[j]];
    Node *copy = body_copy_node(c, b, from, n, in);
    if (!copy) return -1;
    for (int j = 0; j < n->nout; j++) map[n->out[j]] = copy->out[j];
  }
  return map[from->outputs.at[0]];
}

/* The group's shape rule has just made a value for its result, the last of the graph; the value
 * of the node that the group replaces takes its place. */
static void adopt_result(Graph *g, Node *group, Node *last) {
  for (int i = 0; i < group->nout; i++) {
    Value *v = graph_value(g, last->out[i]);
    v->def = group;
    v->def_index = i;
    group->out[i] = v->id;
  }
  g->values.len -= group->nout;
}

Node *body_close(Ctx *c, Graph *g, Body *b, NodeId before, int64_t anchor, ValueId result,
                 const Node *named, Span span, Node *last) {
  GroupAttr attr = {.anchor = anchor};
  const char *name = graph_value(b->g, result)->name;
  vec_push(c->arena, &b->g->outputs, result);
  vec_push(c->arena, &b->g->output_names, name);
  Node *group = graph_insert_group(c, g, before == last->id ? -1 : before, &attr, b->g, b->in.at,
                                   b->in.len, named->name, named->scope, span);
  if (!group) return NULL;
  adopt_result(g, group, last);
  if (before == last->id)
    graph_take_place(g, last);
  else
    last->dead = true;
  return group;
}
