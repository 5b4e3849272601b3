/* layers.c: the table of layers: every node the user wrote, in source order, with its shape and
 * its cost, how much of the input it sees, and where the plan put it. */
#include "report.h"

#include "../ops/ops.h"

#include <string.h>

static const Column columns[] = {
    {"layer", false, 0},
    {"line", true, 5},
    {"output", false, 1},
    {"parameters", true, 2},
    {"multiply-adds", true, 2},
    {"field", true, 6},
    {"jump", true, 7},
    {"runs in", false, 0},
    {"us", true, 4},
    {"layout", false, 8},
    {"at", true, 9},
    {"epochs", true, 10},
};

/* The layout without the place of a slice, which stands under LAYOUTS. */
static const char *layout_name(Ctx *c, const Value *v) {
  const char *text = layout_text(c, &v->layout, &v->shape);
  return *text == '{' ? "strided" : str_dup(c->arena, text, strcspn(text, "+"));
}

/* Offset and lifetime of a group's result. */
static void memory_cells(Table *t, const Plan *p, const Value *v) {
  const Buffer *b = plan_buffer(p, v->id);
  if (b)
    table_int(t, v->place.offset);
  else
    table_text(t, v->place.kind == PLACE_OUTPUT ? "output" : "-");
  if (b)
    table_printf(t, "%d-%d", b->first, b->last);
  else
    table_text(t, "-");
}

static void plan_cells(Report *r, Table *t, const Placing *at) {
  table_text(t, at->fate);
  if (!at->group || !at->anchor || !at->step) {
    for (int i = 0; i < 4; i++) table_text(t, "");
    return;
  }
  const Value *v = graph_value(r->p->g, at->group->out[0]);
  if (at->step->view)
    table_text(t, "");
  else
    table_printf(t, "%.1f", at->step->choice.seconds * 1e6);
  table_text(t, layout_name(r->c, v));
  memory_cells(t, r->p, v);
}

static void count_cell(Table *t, int64_t n) {
  if (n)
    table_int(t, n);
  else
    table_text(t, "");
}

static void layer_row(Report *r, Table *t, const Node *n, const Receptive *field) {
  const Value *y = graph_value(r->source, n->out[0]);
  Tally sum = tally_node(r->c, r->source, n);
  table_text(t, n->name);
  table_text(t, line_text(r->c, r->source, n->span));
  table_text(t, shape_text(r->c, &y->shape));
  count_cell(t, sum.weights + sum.bias);
  count_cell(t, sum.macs);
  table_text(t, extents_text(r->c, &field[y->id], field[y->id].size, false));
  table_text(t, jumps_text(r->c, &field[y->id]));
  plan_cells(r, t, &r->place[n->id]);
}

static void total_row(Report *r, Table *t) {
  Tally sum = tally_scopes(r->c, r->source)[0];
  table_text(t, "total");
  for (int i = 0; i < 2; i++) table_text(t, "");
  table_int(t, sum.weights + sum.bias);
  table_int(t, sum.macs);
  for (int i = 0; i < 3; i++) table_text(t, "");
  table_printf(t, "%.1f", tally_seconds(r->c, r->source, r->p)[0] * 1e6);
  for (int i = 0; i < 3; i++) table_text(t, "");
}

void report_layers(Report *r) {
  Table t = table_new(r->c, columns, COUNT_OF(columns));
  const Receptive *field = graph_receptive(r->c, r->source);
  report_heading(r->out, "LAYERS");
  for (int i = 0; i < r->source->nodes.len; i++) {
    const Node *n = r->source->nodes.at[i];
    if (!n->dead && n->nout) layer_row(r, &t, n, field);
  }
  total_row(r, &t);
  t.total = true;
  table_print(&t, r->width, r->out);
  sb_putc(r->out, '\n');
  report_note(
      r->c, r->width, r->out,
      "runs in: a kernel, with its register tile of channel blocks x pixels, or what took the "
      "layer in; us: predicted, one thread; "
      "field, jump: input pixels that one element sees, and from one element to the next; "
      "at, epochs: the result's offset in the arena and the epochs in which it matters");
}
