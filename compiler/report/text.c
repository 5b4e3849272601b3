/* text.c: the plain-text report: its summary, and the order of its sections. */
#include "report.h"

#include "../ops/ops.h"

static const Column end_columns[] = {
    {"", false, 0}, {"", false, 0}, {"", false, 0}, {"", false, 0}};

static void end_row(Report *r, Table *t, const char *kind, const char *name, ValueId source,
                    ValueId planned) {
  const Value *v = graph_value(r->source, source), *p = graph_value(r->p->g, planned);
  table_text(t, kind);
  table_text(t, name);
  table_printf(t, "%s %s", dtype_name(v->type), shape_text(r->c, &v->shape));
  table_text(t, layout_text(r->c, &p->layout, &p->shape));
}

static void ends(Report *r) {
  Table t = table_new(r->c, end_columns, COUNT_OF(end_columns));
  const Graph *g = r->source, *q = r->p->g;
  for (int i = 0; i < g->inputs.len; i++)
    end_row(r, &t, "input", graph_value(g, g->inputs.at[i])->name, g->inputs.at[i],
            q->inputs.at[i]);
  for (int i = 0; i < g->outputs.len; i++)
    end_row(r, &t, "output", g->output_names.at[i], g->outputs.at[i], q->outputs.at[i]);
  table_print(&t, r->width, r->out);
}

static const Column sum_columns[] = {{"", false, 0}, {"", true, 0}, {"", false, 1}};

static void sum_row(Table *t, const char *name, int64_t n, const char *remark) {
  table_text(t, name);
  table_int(t, n);
  table_text(t, remark);
}

static void cost_rows(Report *r, Table *t) {
  Arena *a = r->c->arena;
  Tally all = tally_scopes(r->c, r->source)[0];
  int64_t planned = 0;
  for (int i = 0; i < r->p->steps.len; i++) {
    const Node *n = r->p->g->nodes.at[r->p->steps.at[i].node];
    if (!r->p->steps.at[i].view) planned += logical_bytes(graph_value(r->p->g, n->out[0]));
  }
  sum_row(t, "layers", all.layers, NULL);
  sum_row(t, "parameters", all.weights + all.bias,
          str_fmt(a, "%s without bias", str_thousands(a, all.weights)));
  sum_row(t, "multiply-adds", all.macs, NULL);
  sum_row(t, "other operations", all.other, NULL);
  sum_row(t, "bytes moved", all.bytes,
          str_fmt(a, "layer by layer; %.1f operations a byte", tally_intensity(&all)));
  sum_row(t, "activation bytes", all.results,
          str_fmt(a, "as written; %s after fusion", str_thousands(a, planned)));
  sum_row(t, "weight bytes", plan_weight_bytes(r->p),
          str_fmt(a, "packed in %d %s", r->p->sections.len,
                  r->p->sections.len == 1 ? "section" : "sections"));
}

static void plan_rows(Report *r, Table *t) {
  const Plan *p = r->p;
  Arena *a = r->c->arena;
  int barriers = 0, calls = 0, moves = 0, alone = 0;
  double seconds = 0;
  for (int i = 0; i < p->steps.len; i++) {
    const Step *st = &p->steps.at[i];
    alone += st->serial;
    barriers += st->barrier;
    calls += !st->view;
    moves += step_reorders(p, st);
    seconds += st->view ? 0 : st->choice.seconds;
  }
  int64_t gap = p->arena_bytes - p->lower_bound;
  sum_row(t, "arena bytes", p->arena_bytes,
          gap ? str_fmt(a, "%.1f %% above the lower bound%s",
                        100.0 * (double)gap / (double)p->lower_bound,
                        p->optimal ? ", proved optimal" : "")
              : "optimal");
  sum_row(t, "lower bound", p->lower_bound,
          str_fmt(a, "intermediates without padding and copies: %s",
                  mib_text(r->c, report_intermediates(r->c, p).logical)));
  sum_row(t, "workspace a thread", p->thread_bytes, NULL);
  sum_row(t, "kernel calls", calls,
          str_fmt(a, "%d of them layout changes; %d in place", moves, p->steps.len - calls));
  sum_row(t, "barriers", barriers,
          p->lone ? "one thread: too little work for a second"
          : alone ? str_fmt(a, "%d of the calls on one thread", alone)
                  : NULL);
  table_text(t, "predicted us");
  table_printf(t, "%.1f", seconds * 1e6);
  table_text(t, "one thread");
}

/* "lenet.net: network lenet for target x86-64-v4", broken between words if need be. */
static void title(Report *r) {
  const Graph *g = r->source;
  Span at = g->inputs.len ? graph_value(g, g->inputs.at[0])->span : NO_SPAN;
  const Source *file = ctx_source(r->c, at.file);
  const char *source = file ? str_fmt(r->c->arena, "%s: ", path_base(file->path)) : "";
  const char *text =
      str_fmt(r->c->arena, "%snetwork %s for target %s", source, g->name, r->p->target->name);
  if (r->width > 0 && svg_length(text) > r->width)
    report_note(r->c, r->width, r->out, "%s", text);
  else
    sb_printf(r->out, "%s\n", text);
  sb_putc(r->out, '\n');
}

void report_prepare(Report *r) {
  r->place = report_places(r->c, r->source, r->p);
  r->members = report_members(r->c, r->source, r->p, r->place);
  r->border = report_borders(r->c, r->source);
}

void report_text(Ctx *c, const Graph *source, const Plan *p, const Profile *m, bool decisions,
                 int width, StrBuf *out) {
  Report r = {c, source, p, m, decisions, width, out, NULL, NULL, NULL};
  report_prepare(&r);
  Table sums = table_new(c, sum_columns, COUNT_OF(sum_columns));
  title(&r);
  ends(&r);
  sb_putc(out, '\n');
  cost_rows(&r, &sums);
  plan_rows(&r, &sums);
  table_print(&sums, width, out);
  report_fields(&r);
  report_layers(&r);
  report_times(&r);
  report_costs(&r);
  report_blocks(&r);
  report_fusion(&r);
  report_layouts(&r);
  report_memory(&r);
}
