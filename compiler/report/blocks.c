/* blocks.c: the table of block instances: every call of a block and every label around several
 * layers, nested as in the source, with the shapes at its border and the sums of what it holds.
 */
#include "report.h"

enum { MAX_BORDER = 3 }; /* shapes spelled out; the rest are counted */

static const Column columns[] = {
    {"instance", false, 0},     {"block", false, 0},     {"in -> out", false, 4},
    {"layers", true, 6},        {"parameters", true, 1}, {"without bias", true, 3},
    {"multiply-adds", true, 1}, {"share", true, 5},      {"other", true, 9},
    {"bytes", true, 8},         {"ops/byte", true, 7},   {"results", true, 10},
    {"field", true, 11},        {"jump", true, 12},      {"us", true, 2},
};

static void cross(Ctx *c, Values *b, ValueId id) {
  for (int i = 0; i < b->len; i++)
    if (b->at[i] == id) return;
  vec_push(c->arena, b, id);
}

/* The scope of a value's definition; -1: it comes from outside of all. */
static int scope_of(const Node *def) { return !def ? -1 : def->scope > 0 ? def->scope : 0; }

/* A value passes the borders between where it is made and where it is used. */
static void pass_borders(Ctx *c, const Graph *g, Border *at, ValueId id, int use) {
  int made = scope_of(graph_value(g, id)->def);
  while (made != use) {
    if (use > made) {
      cross(c, &at[use].in, id);
      use = scope_parent(g, use);
    } else {
      cross(c, &at[made].out, id);
      made = scope_parent(g, made);
    }
  }
}

Border *report_borders(Ctx *c, const Graph *g) {
  Border *at = NEWN(c->arena, Border, g->scopes.len + 1);
  for (int i = 0; i < g->nodes.len; i++) {
    const Node *n = g->nodes.at[i];
    for (int s = scope_of(n); s >= 0 && !at[s].first; s = scope_parent(g, s)) at[s].first = n;
    for (int k = 0; k < op_data_inputs(n) && !n->dead; k++)
      pass_borders(c, g, at, n->in[k], scope_of(n));
  }
  for (int i = 0; i < g->outputs.len; i++) pass_borders(c, g, at, g->outputs.at[i], -1);
  return at;
}

static void border_text(Report *r, StrBuf *b, const Values *x) {
  for (int i = 0; i < x->len && i < MAX_BORDER; i++)
    sb_printf(b, "%s%s", i ? ", " : "",
              shape_text(r->c, &graph_value(r->source, x->at[i])->shape));
  if (x->len > MAX_BORDER) sb_printf(b, ", %d more", x->len - MAX_BORDER);
}

static const char *shapes_of(Report *r, int scope) {
  StrBuf b = {.arena = r->c->arena};
  border_text(r, &b, &r->border[scope].in);
  sb_puts(&b, " -> ");
  border_text(r, &b, &r->border[scope].out);
  return sb_str(&b);
}

/* A call without label is known by its first layer. */
static const char *instance_name(Report *r, int scope) {
  const Scope *s = &r->source->scopes.at[scope];
  const Node *first = r->border[scope].first;
  if (s->label) return s->path;
  return first ? str_fmt(r->c->arena, "%s ..", first->name) : "";
}

static bool is_shown(const Graph *g, int scope) {
  return g->scopes.at[scope].block || g->scopes.at[scope].label;
}

static int depth_of(const Graph *g, int scope) {
  int depth = 0;
  for (int s = scope_parent(g, scope); s > 0; s = scope_parent(g, s)) depth += is_shown(g, s);
  return depth;
}

ValueId block_result(const Report *r, int scope) {
  const Border *b = &r->border[scope];
  return b->out.len ? b->out.at[0] : -1;
}

static void sums(Report *r, Table *t, const Tally *sum, const Tally *all, const Receptive *field,
                 double seconds) {
  table_int(t, sum->layers);
  table_int(t, sum->weights + sum->bias);
  table_int(t, sum->weights);
  table_int(t, sum->macs);
  table_printf(t, "%.1f %%", all->macs ? 100.0 * (double)sum->macs / (double)all->macs : 0.0);
  table_int(t, sum->other);
  table_int(t, sum->bytes);
  table_printf(t, "%.1f", tally_intensity(sum));
  table_int(t, sum->results);
  table_text(t, field ? extents_text(r->c, field, field->size, false) : "");
  table_text(t, field ? jumps_text(r->c, field) : "");
  table_printf(t, "%.1f", seconds * 1e6);
}

static void scope_row(Report *r, Table *t, int scope, const Tally *sum, const Tally *all,
                      const Receptive *field, double seconds) {
  const Scope *s = &r->source->scopes.at[scope];
  table_printf(t, "%*s%s", 2 * depth_of(r->source, scope), "", instance_name(r, scope));
  table_text(t, s->block);
  table_text(t, shapes_of(r, scope));
  ValueId y = block_result(r, scope);
  sums(r, t, sum, all, y < 0 ? NULL : &field[y], seconds);
}

/* What stands in the model itself, or only in scopes that are not shown. */
static void loose_row(Report *r, Table *t, const Tally *at, const double *seconds) {
  const Graph *g = r->source;
  Tally sum = at[0];
  double left = seconds[0];
  for (int s = 1; s < g->scopes.len; s++) {
    if (!is_shown(g, s) || depth_of(g, s)) continue;
    tally_subtract(&sum, &at[s]);
    left -= seconds[s];
  }
  if (!sum.layers) return;
  table_text(t, "(outside blocks)");
  for (int i = 0; i < 2; i++) table_text(t, "");
  sums(r, t, &sum, &at[0], NULL, left > 0 ? left : 0);
}

void report_blocks(Report *r) {
  const Graph *g = r->source;
  const Tally *at = tally_scopes(r->c, g);
  const double *seconds = tally_seconds(r->c, g, r->p);
  const Receptive *field = graph_receptive(r->c, g);
  Table t = table_new(r->c, columns, COUNT_OF(columns));
  for (int s = 1; s < g->scopes.len; s++)
    if (is_shown(g, s) && at[s].layers) scope_row(r, &t, s, &at[s], &at[0], field, seconds[s]);
  report_heading(r->out, "BLOCKS");
  if (!t.cell.len) {
    report_note(r->c, r->width, r->out, "none: the network is written without blocks");
    return;
  }
  loose_row(r, &t, at, seconds);
  table_text(&t, "total");
  for (int i = 0; i < 2; i++) table_text(&t, "");
  sums(r, &t, &at[0], &at[0], NULL, seconds[0]);
  t.total = true;
  table_print(&t, r->width, r->out);
}
