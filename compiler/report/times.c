/* times.c: predicted against measured, as a table with bars, where a profile is given; and both as
 * a trace for chrome://tracing and Perfetto. */
#include "report.h"

#include "../ops/ops.h"

enum { BAR = 24 }; /* characters of the longest bar */

static const Column columns[] = {
    {"group", false, 0},   {"kernel", false, 4},   {"predicted", true, 3},
    {"measured", true, 0}, {"quartiles", true, 6}, {"off by", true, 2},
    {"share", true, 1},    {"Gop/s", true, 5},     {"", false, 2}};

/* '=' up to what was predicted or measured, whichever is less, then '-' to what was predicted or
 * '#' to what was measured. */
static const char *bar(Ctx *c, double predicted, double measured, double longest) {
  char text[BAR + 1];
  int p = (int)(BAR * predicted / longest + 0.5), m = (int)(BAR * measured / longest + 0.5);
  int n = p > m ? p : m;
  for (int i = 0; i < n && i < BAR; i++) text[i] = i < p && i < m ? '=' : i < m ? '#' : '-';
  return str_dup(c->arena, text, (size_t)(n < BAR ? n : BAR));
}

static void time_row(Report *r, Table *t, int i, double longest) {
  const Step *st = &r->p->steps.at[i];
  const Node *n = r->p->g->nodes.at[st->node];
  const double *q = r->measured->step[i].quartile, predicted = st->choice.seconds;
  int64_t macs = node_cost(r->p->g, n).macs;
  table_text(t, n->name);
  table_text(t, step_text(r->c, st));
  table_printf(t, "%.1f", predicted * 1e6);
  table_printf(t, "%.1f", q[1] * 1e6);
  table_printf(t, "%.1f-%.1f", q[0] * 1e6, q[2] * 1e6);
  table_text(t, predicted > 0 ? str_fmt(r->c->arena, "x%.2f", q[1] / predicted) : "");
  table_printf(t, "%.1f %%", r->measured->sum > 0 ? 100.0 * q[1] / r->measured->sum : 0.0);
  table_text(t, macs && q[1] > 0 ? str_fmt(r->c->arena, "%.1f", 2e-9 * (double)macs / q[1]) : "");
  table_text(t, bar(r->c, predicted, q[1], longest));
}

void report_times(Report *r) {
  const Profile *m = r->measured;
  if (!m) return;
  Table t = table_new(r->c, columns, COUNT_OF(columns));
  double longest = 1e-12, predicted = tally_seconds(r->c, r->source, r->p)[0];
  for (int i = 0; i < r->p->steps.len; i++) {
    const Step *st = &r->p->steps.at[i];
    double q = st->view ? 0 : m->step[i].quartile[1], s = st->view ? 0 : st->choice.seconds;
    longest = q > longest ? q : longest;
    longest = s > longest ? s : longest;
  }
  for (int i = 0; i < r->p->steps.len; i++)
    if (!r->p->steps.at[i].view) time_row(r, &t, i, longest);
  table_text(&t, "sum");
  table_text(&t, "");
  table_printf(&t, "%.1f", predicted * 1e6);
  table_printf(&t, "%.1f", m->sum * 1e6);
  for (int i = 4; i < COUNT_OF(columns); i++) table_text(&t, "");
  t.total = true;
  report_heading(r->out, "TIMES");
  table_print(&t, r->width, r->out);
  sb_putc(r->out, '\n');
  report_note(
      r->c, r->width, r->out,
      "us; predicted on one thread, measured: median of %lld %s on %d %s, %.1f us from "
      "begin to end with the waiting between; bars: '=' both, '#' measured beyond what was "
      "predicted, '-' predicted only",
      (long long)m->runs, m->runs == 1 ? "run" : "runs", m->threads,
      m->threads == 1 ? "thread" : "threads", m->run.quartile[1] * 1e6);
}

/* ---- as a trace ------------------------------------------------------------------------------
 */

static void put_json_text(StrBuf *out, const char *s) {
  sb_putc(out, '"');
  for (; *s; s++) {
    unsigned char ch = (unsigned char)*s;
    if (ch == '"' || ch == '\\') sb_putc(out, '\\');
    if (ch < 32)
      sb_printf(out, "\\u%04x", ch);
    else
      sb_putc(out, *s);
  }
  sb_putc(out, '"');
}

static void put_event(StrBuf *out, const Plan *p, const Step *st, int row, double at,
                      double seconds) {
  const Node *n = p->g->nodes.at[st->node];
  sb_printf(out, ",\n{\"ph\": \"X\", \"pid\": 0, \"tid\": %d, \"name\": ", row);
  put_json_text(out, n->name);
  sb_puts(out, ", \"cat\": ");
  put_json_text(out, kernel_table[st->choice.kernel].name);
  sb_printf(out,
            ", \"ts\": %.3f, \"dur\": %.3f, \"args\": {\"epoch\": %d, \"multiply_adds\": %lld}}",
            at * 1e6, seconds * 1e6, st->epoch, (long long)node_cost(p->g, n).macs);
}

static void put_row_name(StrBuf *out, int row, const char *name, bool first) {
  sb_printf(out,
            "%s\n{\"ph\": \"M\", \"pid\": 0, \"tid\": %d, \"name\": \"thread_name\", \"args\": "
            "{\"name\": \"%s\"}}",
            first ? "" : ",", row, name);
}

void report_trace(Ctx *c, const Graph *source, const Plan *p, const Profile *m, StrBuf *out) {
  double predicted = 0, measured = 0;
  sb_puts(out, "{\"displayTimeUnit\": \"ms\", \"traceEvents\": [");
  put_row_name(out, 0, "predicted, one thread", true);
  if (m) put_row_name(out, 1, "measured, medians", false);
  for (int i = 0; i < p->steps.len; i++) {
    const Step *st = &p->steps.at[i];
    if (st->view) continue;
    put_event(out, p, st, 0, predicted, st->choice.seconds);
    predicted += st->choice.seconds;
    if (m) put_event(out, p, st, 1, measured, profile_seconds(m, p, st));
    measured += profile_seconds(m, p, st);
  }
  sb_puts(out, "]}\n");
}
