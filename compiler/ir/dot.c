/* dot.c: the graph as Graphviz DOT text: operators as boxes, groups as clusters around theirs,
 * inputs and outputs as ovals, the weight-time subgraph greyed. Edges carry shapes. Rendering is
 * Graphviz's own business, outside. */
#include "ir.h"

typedef struct Dot {
  Ctx *c;
  StrBuf *out;
  StrBuf edges; /* written last: an edge inside a cluster would pull both its ends in */
  int next;     /* number for the next box */
  int depth;    /* of nested clusters */
} Dot;

static void put_quoted(StrBuf *out, const char *s) {
  sb_putc(out, '"');
  for (; *s; s++) {
    if (*s == '"' || *s == '\\') sb_putc(out, '\\');
    sb_putc(out, (unsigned char)*s < 32 ? ' ' : *s);
  }
  sb_putc(out, '"');
}

static void put_indent(Dot *d) {
  for (int i = 0; i <= d->depth; i++) sb_puts(d->out, "  ");
}

/* n7 [label="…" style]; */
static int put_box(Dot *d, const char *label, const char *style) {
  put_indent(d);
  sb_printf(d->out, "n%d [label=", d->next);
  put_quoted(d->out, label);
  sb_printf(d->out, "%s];\n", style);
  return d->next++;
}

static void put_edge(Dot *d, int from, int to, const Value *v) {
  sb_printf(&d->edges, "  n%d -> n%d [label=", from, to);
  put_quoted(&d->edges, shape_text(d->c, &v->shape));
  sb_puts(&d->edges, "];\n");
}

static void put_nodes(Dot *d, const Graph *g, int *box);

/* The body's inputs stand for the boxes outside; the group's results for those inside. */
static void put_cluster(Dot *d, const Graph *g, const Node *n, int *box) {
  int *inner = NEWN(d->c->arena, int, n->body->values.len + 1);
  for (int i = 0; i < n->body->values.len; i++) inner[i] = -1;
  for (int i = 0; i < n->nin && i < n->body->inputs.len; i++)
    inner[n->body->inputs.at[i]] = box[n->in[i]];
  put_indent(d);
  sb_printf(d->out, "subgraph cluster_%d {\n", d->next++);
  d->depth++;
  put_indent(d);
  const char *kernel = ATTR(n, GroupAttr)->kernel;
  sb_puts(d->out, "style=rounded; color=gray50; label=");
  put_quoted(d->out, kernel ? str_fmt(d->c->arena, "%s: %s", n->name, kernel) : n->name);
  sb_puts(d->out, ";\n");
  put_nodes(d, n->body, inner);
  d->depth--;
  put_indent(d);
  sb_puts(d->out, "}\n");
  for (int i = 0; i < n->nout && i < n->body->outputs.len; i++)
    box[n->out[i]] = inner[n->body->outputs.at[i]];
}

static void put_node(Dot *d, const Graph *g, const Node *n, int *box, bool weight) {
  const char *label = str_fmt(d->c->arena, "%s: %s", n->name, op_table[n->op].name);
  int self =
      put_box(d, label, weight ? ", shape=box, color=gray60, fontcolor=gray40" : ", shape=box");
  for (int i = 0; i < n->nin; i++)
    if (box[n->in[i]] >= 0) put_edge(d, box[n->in[i]], self, graph_value(g, n->in[i]));
  for (int i = 0; i < n->nout; i++) box[n->out[i]] = self;
}

static void put_nodes(Dot *d, const Graph *g, int *box) {
  const bool *weight = graph_weight_time(d->c, g);
  for (int i = 0; i < g->nodes.len; i++) {
    const Node *n = g->nodes.at[i];
    if (n->body)
      put_cluster(d, g, n, box);
    else
      put_node(d, g, n, box, n->nout && weight[n->out[0]]);
  }
}

/* Parameters are left out: their names follow from the operator that reads them. */
void graph_dot(Ctx *c, const Graph *g, StrBuf *out) {
  Dot d = {.c = c, .out = out, .edges = {.arena = c->arena}};
  int *box = NEWN(c->arena, int, g->values.len + 1);
  for (int i = 0; i < g->values.len; i++) box[i] = -1;
  sb_puts(out, "digraph ");
  put_quoted(out, g->name ? g->name : "");
  sb_puts(out, " {\n  node [fontname=\"sans-serif\", fontsize=10];\n"
               "  edge [fontname=\"sans-serif\", fontsize=8];\n");
  for (int i = 0; i < g->inputs.len; i++)
    box[g->inputs.at[i]] = put_box(&d, graph_value(g, g->inputs.at[i])->name, ", shape=oval");
  put_nodes(&d, g, box);
  for (int i = 0; i < g->outputs.len; i++) {
    int self = put_box(&d, g->output_names.at[i], ", shape=oval, style=bold");
    if (box[g->outputs.at[i]] >= 0)
      put_edge(&d, box[g->outputs.at[i]], self, graph_value(g, g->outputs.at[i]));
  }
  sb_puts(out, sb_str(&d.edges));
  sb_puts(out, "}\n");
}
