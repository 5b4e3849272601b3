/* candidates.c: every candidate for fusion, taken or not, with its reason and what it saves.
 *
 * The decision log also holds what is no fusion: kernels chosen, layouts changed, operators
 * rewritten. passes.def says which passes fuse.
 */
#include "../pass/pass.h"
#include "report.h"

const char *candidates_text(Ctx *c, const Decision *d, const char *chosen) {
  StrBuf can = {.arena = c->arena}, cannot = can;
  for (int i = 0; i < d->ncandidate; i++) {
    const Candidate *k = &d->candidate[i];
    if (k->why_not)
      sb_printf(&cannot, "%s%s (%s)", cannot.len ? ", " : "", k->name, k->why_not);
    else if (!str_eq(k->name, chosen))
      sb_printf(&can, "%s%s %.1f us", can.len ? ", " : "", k->name, k->seconds * 1e6);
  }
  if (!can.len && !cannot.len) return "";
  return str_fmt(c->arena, "%s%s%s%s%s", can.len ? "others predicted " : "", sb_str(&can),
                 can.len && cannot.len ? "; " : "", cannot.len ? "not applicable: " : "",
                 sb_str(&cannot));
}

static const Column columns[] = {
    {"candidate", false, 0}, {"taken", false, 0},   {"pass", false, 3}, {"at", true, 4},
    {"with", true, 5},       {"because", false, 0}, {"bytes", true, 1}, {"us", true, 2}};

typedef struct Sum {
  int n;
  double bytes, seconds;
} Sum;

static bool is_fusion(const Decision *d) {
  for (const PassInfo *p = pass_table; p->name; p++)
    if (str_eq(d->pass, p->name)) return p->fuses;
  return false; /* a stage of the planner */
}

/* "9:45", with the file's name in front where it is not the network's own. */
static const char *position(Ctx *c, const Graph *source, Span s) {
  int line, column;
  if (!span_position(c, s, &line, &column)) return "";
  return str_fmt(c->arena, "%s:%d", line_text(c, source, s), column);
}

static void candidate_row(Ctx *c, Table *t, const Graph *source, const Decision *d) {
  table_text(t, d->what);
  table_text(t, d->taken ? "yes" : "no");
  table_text(t, d->pass);
  table_text(t, position(c, source, d->span));
  table_text(t, position(c, source, d->span2));
  table_text(t, d->reason);
  table_int(t, (int64_t)d->bytes);
  table_printf(t, "%.1f", d->seconds * 1e6);
}

static void sum_row(Table *t, const char *name, const Sum *s) {
  table_printf(t, "%d %s", s->n, name);
  for (int i = 0; i < 5; i++) table_text(t, "");
  table_int(t, (int64_t)s->bytes);
  table_printf(t, "%.1f", s->seconds * 1e6);
}

void report_candidates(Ctx *c, const Graph *source, const Plan *p, int width, StrBuf *out) {
  const Log *log = p->g->log;
  Sum sum[2] = {{0}};
  Table t = table_new(c, columns, COUNT_OF(columns));
  report_heading(out, "CANDIDATES FOR FUSION");
  for (int i = 0; log && i < log->at.len; i++) {
    const Decision *d = &log->at.at[i];
    if (!is_fusion(d)) continue;
    candidate_row(c, &t, source, d);
    sum[d->taken].n++;
    sum[d->taken].bytes += d->bytes;
    sum[d->taken].seconds += d->seconds;
  }
  if (!t.cell.len) {
    sb_puts(out, "  none\n");
    return;
  }
  if (sum[false].n) sum_row(&t, "not taken", &sum[false]);
  sum_row(&t, "taken", &sum[true]);
  t.total = true;
  table_print(&t, width, out);
  sb_putc(out, '\n');
  report_note(c, width, out,
              "bytes, us: traffic and predicted time that a candidate saves, or would; negative: "
              "costs; at, with: line and column of the two it is about");
}
