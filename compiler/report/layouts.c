/* layouts.c: how every value of the plan is stored, what padding costs, and where and why
 * elements are moved from one layout to another. */
#include "report.h"

static const Column columns[] = {{"value", false, 0}, {"shape", false, 2},  {"layout", false, 0},
                                 {"bytes", true, 0},  {"padding", true, 0}, {"place", false, 1}};

static const char *place_text(Report *r, const Value *v) {
  switch (v->place.kind) {
  case PLACE_INPUT: return "input";
  case PLACE_OUTPUT: return "output";
  case PLACE_ARENA:
    if (r->p->memory.regions) {
      const Region *in = plan_region_of(r->p, v->place.offset);
      return str_fmt(r->c->arena, "%s + %s", in->name,
                     str_thousands(r->c->arena, v->place.offset - in->offset));
    }
    return str_fmt(r->c->arena, "arena + %s", str_thousands(r->c->arena, v->place.offset));
  case PLACE_WEIGHTS:
  case PLACE_NONE: break;
  }
  return "";
}

static void value_row(Report *r, Table *t, const Value *v) {
  int64_t bytes = logical_bytes(v);
  table_text(t, v->name);
  table_text(t, shape_text(r->c, &v->shape));
  table_text(t, layout_text(r->c, &v->layout, &v->shape));
  table_int(t, bytes);
  if (padded_bytes(v) > bytes)
    table_int(t, padded_bytes(v) - bytes);
  else
    table_text(t, "");
  table_text(t, place_text(r, v));
}

static void values_table(Report *r) {
  const Graph *g = r->p->g;
  Table t = table_new(r->c, columns, COUNT_OF(columns));
  int64_t bytes = 0, padding = 0;
  for (int i = 0; i < g->inputs.len; i++) value_row(r, &t, graph_value(g, g->inputs.at[i]));
  for (int i = 0; i < r->p->steps.len; i++) {
    const Value *v = graph_value(g, g->nodes.at[r->p->steps.at[i].node]->out[0]);
    value_row(r, &t, v);
    bytes += logical_bytes(v);
    padding += padded_bytes(v) - logical_bytes(v);
  }
  table_text(&t, "total without inputs");
  for (int i = 0; i < 2; i++) table_text(&t, "");
  table_int(&t, bytes);
  table_int(&t, padding);
  table_text(&t, "");
  t.total = true;
  table_print(&t, r->width, r->out);
}

static const Column reorder_columns[] = {{"layout change", false, 0},
                                         {"because", false, 0},
                                         {"bytes moved", true, 1},
                                         {"us", true, 2}};

static void reorders_table(Report *r) {
  const Log *log = r->p->g->log;
  Table t = table_new(r->c, reorder_columns, COUNT_OF(reorder_columns));
  for (int i = 0; log && i < log->at.len; i++) {
    const Decision *d = &log->at.at[i];
    if (!str_eq(d->pass, "layout") || !d->taken) continue;
    table_text(&t, d->what);
    table_text(&t, d->reason);
    table_int(&t, (int64_t)-d->bytes);
    table_printf(&t, "%.1f", -d->seconds * 1e6);
  }
  sb_putc(r->out, '\n');
  if (t.cell.len)
    table_print(&t, r->width, r->out);
  else
    sb_puts(r->out, "  no layout changes\n");
}

void report_layouts(Report *r) {
  report_heading(r->out, "LAYOUTS");
  values_table(r);
  reorders_table(r);
}
