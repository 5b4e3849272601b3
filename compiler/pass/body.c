/* body.c: what passes share that build group bodies: nodes copied into a body one by one, body
 * inputs made for whatever they read from outside, and the group closed around them. */
#include "pass.h"

#include <ctype.h>
#include <string.h>

double value_bytes(const Value *v) {
  return (double)shape_count(&v->shape) * dtype_size(v->type);
}

/* Does the text between two pipe stages hold nothing but "|>" and a label? */
static bool is_pipe(const char *p, const char *end) {
  while (p < end && isspace((unsigned char)*p)) p++;
  if (end - p < 2 || p[0] != '|' || p[1] != '>') return false;
  for (p += 2; p < end; p++)
    if (!isalnum((unsigned char)*p) && !strchr(" \n\t_.:", *p)) return false;
  return true;
}

Span span_pipe(const Ctx *c, Span a, Span b) {
  const Source *src = ctx_source(c, a.file);
  if (!src || a.file != b.file || b.begin < a.end || b.end > src->size) return a;
  return is_pipe(src->text + a.end, src->text + b.begin) ? span_join(a, b) : a;
}

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
    graph_value(b->g, copy->out[i])->name = graph_value(from, n->out[i])->name;
    graph_value(b->g, copy->out[i])->span = graph_value(from, n->out[i])->span;
  }
  return copy;
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
  Node *group = graph_insert_group(c, g, before, &attr, b->g, b->in.at, b->in.len, named->name,
                                   named->scope, span);
  if (!group) return NULL;
  adopt_result(g, group, last);
  last->dead = true;
  return group;
}

/* ---- rewriting single nodes ------------------------------------------------------------------
 */

const char *node_take_name(Ctx *c, Graph *g, Node *n, const char *suffix) {
  const char *name = n->name;
  n->name = graph_unique_name(c, g, str_fmt(c->arena, "%s.%s", name, suffix));
  graph_value(g, n->out[0])->name = n->name;
  return name;
}

/* What the shape rule warns about was said when the network was read. */
Node *node_insert(Ctx *c, Graph *g, Node *n, OpKind op, const void *attr, const ValueId *in,
                  int nin, const char *name) {
  int diags = c->diags.len, warnings = c->warnings;
  Node *made = graph_insert_node(c, g, n->id, op, attr, in, nin, name, n->scope, n->span);
  if (!made) return NULL;
  c->diags.len = diags;
  c->warnings = warnings;
  return made;
}

void node_become(Ctx *c, Node *n, OpKind op, void *attr, ValueId in) {
  n->op = op;
  n->attr = attr;
  n->in = NEW(c->arena, ValueId);
  n->in[0] = in;
  n->nin = 1;
}
