/* rewrite.c: what passes share that replace single nodes, and the source spans of the result. */
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

/* ---- rewriting single nodes ------------------------------------------------------------------
 */

const char *node_take_name(Ctx *c, Graph *g, Node *n, const char *suffix) {
  const char *name = n->name;
  graph_name_node(c, g, n, graph_unique_name(c, g, str_fmt(c->arena, "%s.%s", name, suffix)));
  graph_name_value(c, g, graph_value(g, n->out[0]), n->name);
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
