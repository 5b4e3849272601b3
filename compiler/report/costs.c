/* costs.c: the table of costs: what every layer computes and moves, how much it computes for each
 * byte, and what it leaves behind; and how much of the input each output sees.
 *
 * Bytes are those of plain tensors, each layer on its own, as if nothing were fused: the
 * classical figure for whether a layer is bound by arithmetic or by memory.
 */
#include "report.h"

static const Column columns[] = {
    {"layer", false, 0},   {"operator", false, 5}, {"multiply-adds", true, 0},
    {"share", true, 4},    {"other", true, 2},     {"bytes moved", true, 0},
    {"ops/byte", true, 0}, {"results", true, 3},   {"parameters", true, 6},
};

static void cost_row(Table *t, const char *name, const char *operator, const Tally * x,
                     const Tally *all) {
  table_text(t, name);
  table_text(t, operator);
  table_int(t, x->macs);
  table_printf(t, "%.1f %%", all->macs ? 100.0 * (double)x->macs / (double)all->macs : 0.0);
  table_int(t, x->other);
  table_int(t, x->bytes);
  table_printf(t, "%.1f", tally_intensity(x));
  table_int(t, x->results);
  table_int(t, x->weights + x->bias);
}

void report_costs(Report *r) {
  const Graph *g = r->source;
  Tally all = tally_scopes(r->c, g)[0];
  Table t = table_new(r->c, columns, COUNT_OF(columns));
  report_heading(r->out, "COSTS");
  for (int i = 0; i < g->nodes.len; i++) {
    const Node *n = g->nodes.at[i];
    if (n->dead || !n->nout) continue;
    Tally x = tally_node(r->c, g, n);
    cost_row(&t, n->name, op_table[n->op].name, &x, &all);
  }
  cost_row(&t, "total", "", &all, &all);
  t.total = true;
  table_print(&t, r->width, r->out);
  sb_putc(r->out, '\n');
  report_note(r->c, r->width, r->out,
              "bytes moved: inputs, parameters and results, each layer on its own; ops/byte: "
              "operations for each of them, a multiply-add counted as two; results: bytes that "
              "the layer leaves behind");
}

/* ---- what an output sees ----------------------------------------------------------------------
 */

const char *extents_text(Ctx *c, const Receptive *r, const int64_t *v, bool spelled) {
  StrBuf b = {.arena = c->arena};
  bool same = !spelled;
  if (r->whole) return "all";
  if (!r->n) return "-";
  for (int i = 1; i < r->n; i++) same &= v[i] == v[0];
  for (int i = 0; i < (same ? 1 : r->n); i++)
    sb_printf(&b, "%s%lld", i ? "x" : "", (long long)v[i]);
  return sb_str(&b);
}

const char *jumps_text(Ctx *c, const Receptive *r) {
  StrBuf b = {.arena = c->arena};
  bool same = true;
  if (!r->n) return extents_text(c, r, r->jump, false);
  for (int i = 1; i < r->n; i++) same &= r->jump[i] == r->jump[0] && r->finer[i] == r->finer[0];
  for (int i = 0; i < (same ? 1 : r->n); i++) {
    sb_printf(&b, "%s%lld", i ? "x" : "", (long long)r->jump[i]);
    if (r->finer[i] > 1) sb_printf(&b, "/%lld", (long long)r->finer[i]);
  }
  return sb_str(&b);
}

static bool is_map(const Value *v) {
  for (int i = 2; i < v->shape.rank; i++)
    if (v->shape.dim[i] > 1) return true;
  return false;
}

ValueId last_map(const Graph *g, ValueId id) {
  while (id >= 0 && !is_map(graph_value(g, id))) {
    const Node *def = graph_value(g, id)->def;
    id = def && def->nin ? def->in[0] : -1;
  }
  return id;
}

/* Without its batch and channels: "7x7". */
static const char *map_size(Ctx *c, const Value *v) {
  Shape s = {.rank = v->shape.rank - 2};
  for (int i = 0; i < s.rank; i++) s.dim[i] = v->shape.dim[2 + i];
  return shape_text(c, &s);
}

static const char *field_text(Report *r, ValueId id, const Receptive *at) {
  Arena *a = r->c->arena;
  const Value *v = graph_value(r->source, id);
  const Receptive *f = &at[id];
  ValueId from = last_map(r->source, id);
  if (!f->n && !f->whole) return "is computed from no map";
  if (from == id)
    return str_fmt(a, "sees %s pixels, stride %s", extents_text(r->c, f, f->size, true),
                   jumps_text(r->c, f));
  const char *seen = f->whole ? "the whole input"
                              : str_fmt(a, "%s pixels", extents_text(r->c, f, f->size, true));
  if (from < 0 || !at[from].n) return str_fmt(a, "sees %s", seen);
  v = graph_value(r->source, from);
  return str_fmt(a, "sees %s, through a map (%s, %s) that sees %s pixels, stride %s", seen,
                 v->name, map_size(r->c, v), extents_text(r->c, &at[from], at[from].size, true),
                 jumps_text(r->c, &at[from]));
}

void report_fields(Report *r) {
  const Graph *g = r->source;
  const Receptive *at = graph_receptive(r->c, g);
  sb_putc(r->out, '\n');
  for (int i = 0; i < g->outputs.len; i++)
    report_note(r->c, r->width, r->out, "output %s %s", g->output_names.at[i],
                field_text(r, g->outputs.at[i], at));
}
