/* fusion.c: which layers became one kernel, what was refused and why, and which kernels run; with
 * --decisions, the whole decision log. */
#include "report.h"

#include "../ops/ops.h"

static const Log no_log;

static const Log *log_of(const Report *r) { return r->p->g->log ? r->p->g->log : &no_log; }

/* ---- groups ------------------------------------------------------------------------------ */

static const Column group_columns[] = {
    {"group", false, 0}, {"kernel", false, 3}, {"line", true, 4}, {"with", false, 0}};

/* Every source node that ended in the group, but for its anchor, in source order. */
static const char *members(Report *r, const Node *group) {
  StrBuf b = {.arena = r->c->arena};
  const Members *in = &r->members[group->id];
  for (int i = 0; i < in->len; i++) {
    const Placing *at = &r->place[in->at[i]];
    if (at->anchor) continue;
    sb_printf(&b, "%s%s%s", b.len ? ", " : "", r->source->nodes.at[in->at[i]]->name,
              at->group ? "" : " (folded)");
  }
  return sb_str(&b);
}

static void groups_table(Report *r) {
  Table t = table_new(r->c, group_columns, COUNT_OF(group_columns));
  int alone = 0;
  for (int i = 0; i < r->p->steps.len; i++) {
    const Step *st = &r->p->steps.at[i];
    const Node *n = r->p->g->nodes.at[st->node];
    const char *with = members(r, n);
    if (!*with) {
      alone++;
      continue;
    }
    table_text(&t, n->name);
    table_text(&t, step_text(r->c, st));
    table_text(&t, line_text(r->c, r->source, n->span));
    table_text(&t, with);
  }
  if (t.cell.len) table_print(&t, r->width, r->out);
  sb_printf(r->out, "  %s%d %s of one operation\n", t.cell.len ? "and " : "", alone,
            alone == 1 ? "group" : "groups");
}

/* ---- refused ----------------------------------------------------------------------------- */

static const Column refused_columns[] = {{"not done", false, 0},
                                         {"pass", false, 3},
                                         {"line", true, 2},
                                         {"because", false, 0},
                                         {"bytes kept", true, 1}};

static void refused_table(Report *r) {
  const Log *log = log_of(r);
  Table t = table_new(r->c, refused_columns, COUNT_OF(refused_columns));
  for (int i = 0; i < log->at.len; i++) {
    const Decision *d = &log->at.at[i];
    if (d->taken) continue;
    table_text(&t, d->what);
    table_text(&t, d->pass);
    table_text(&t, line_text(r->c, r->source, d->span));
    table_text(&t, d->reason);
    if (d->bytes > 0)
      table_int(&t, (int64_t)d->bytes);
    else
      table_text(&t, "");
  }
  if (!t.cell.len) return;
  report_heading(r->out, "REFUSED");
  table_print(&t, r->width, r->out);
}

/* ---- kernels ----------------------------------------------------------------------------- */

static const Column kernel_columns[] = {{"kernel", false, 0},        {"groups", true, 0},
                                        {"multiply-adds", true, 1},  {"us", true, 0},
                                        {"share", true, 3},          {"Gop/s", true, 2},
                                        {"closest other", false, 4}, {"behind by", true, 5}};

typedef struct Use {
  int groups;
  int64_t macs;
  double seconds, least; /* least: the narrowest lead over another kernel */
  const char *other;
} Use;

static void count_use(Report *r, const Step *st, Use *u) {
  Tally sum = {0};
  const Node *n = r->p->g->nodes.at[st->node];
  Cost cost = node_cost(r->p->g, n);
  sum.macs = cost.macs;
  u->groups++;
  u->macs += sum.macs;
  u->seconds += st->choice.seconds;
  double lead = st->runner_up_seconds - st->choice.seconds;
  if (!st->runner_up || (u->other && lead >= u->least)) return;
  u->other = st->runner_up;
  u->least = lead;
}

static void kernel_row(Table *t, const char *name, const Use *u, double seconds) {
  table_text(t, name);
  table_int(t, u->groups);
  table_int(t, u->macs);
  table_printf(t, "%.1f", u->seconds * 1e6);
  table_printf(t, "%.1f %%", seconds > 0 ? 100.0 * u->seconds / seconds : 0.0);
  if (u->macs && u->seconds > 0)
    table_printf(t, "%.1f", 2e-9 * (double)u->macs / u->seconds);
  else
    table_text(t, "");
  table_text(t, u->other);
  if (u->other)
    table_printf(t, "%.1f us", u->least * 1e6);
  else
    table_text(t, "");
}

static void kernels_table(Report *r) {
  Use use[KERNEL_COUNT] = {{0}}, all = {0};
  Table t = table_new(r->c, kernel_columns, COUNT_OF(kernel_columns));
  for (int i = 0; i < r->p->steps.len; i++) {
    const Step *st = &r->p->steps.at[i];
    if (st->view) continue;
    count_use(r, st, &use[st->choice.kernel]);
    count_use(r, st, &all);
  }
  all.other = NULL;
  for (int k = 0; k < KERNEL_COUNT; k++)
    if (use[k].groups) kernel_row(&t, kernel_table[k].name, &use[k], all.seconds);
  kernel_row(&t, "total", &all, all.seconds);
  t.total = true;
  report_heading(r->out, "KERNELS");
  table_print(&t, r->width, r->out);
}

/* ---- the whole log ----------------------------------------------------------------------- */

static const Column log_columns[] = {
    {"pass", false, 0}, {"node", false, 2},    {"line", true, 3},  {"done", false, 0},
    {"what", false, 0}, {"because", false, 0}, {"bytes", true, 4}, {"us", true, 5}};

/* The kernels that lost, as decisions not taken. */
static void lost_rows(Report *r, Table *t, const Decision *d) {
  for (int i = 0; i < d->ncandidate; i++) {
    const Candidate *k = &d->candidate[i];
    if (k->why_not || str_eq(k->name, d->what)) continue;
    table_text(t, d->pass);
    table_text(t, d->node);
    table_text(t, line_text(r->c, r->source, d->span));
    table_text(t, "no");
    table_text(t, k->name);
    table_printf(t, "predicted %.1f us", k->seconds * 1e6);
    for (int j = 0; j < 2; j++) table_text(t, "");
  }
}

/* Why the other kernels do not apply: once for layers that have it in common. */
static void refused_kernels(Report *r) {
  const Log *log = log_of(r);
  const Decision **first = NEWN(r->c->arena, const Decision *, log->at.len + 1);
  int *count = NEWN(r->c->arena, int, log->at.len + 1), n = 0;
  for (int i = 0; i < log->at.len; i++) {
    const Decision *d = &log->at.at[i];
    int at = n - 1;
    while (d->candidate && at >= 0 && first[at]->candidate != d->candidate) at--;
    if (!d->candidate) continue;
    if (at < 0) first[at = n++] = d;
    count[at]++;
  }
  for (int i = 0; i < n; i++) {
    const char *more = count[i] > 1 ? str_fmt(r->c->arena, " and %d more", count[i] - 1) : "";
    report_note(r->c, r->width, r->out, "%s%s: %s", first[i]->node, more,
                candidates_text(r->c, first[i], first[i]->what));
  }
}

static void log_table(Report *r) {
  const Log *log = log_of(r);
  Table t = table_new(r->c, log_columns, COUNT_OF(log_columns));
  for (int i = 0; i < log->at.len; i++) {
    const Decision *d = &log->at.at[i];
    table_text(&t, d->pass);
    table_text(&t, d->node);
    table_text(&t, line_text(r->c, r->source, d->span));
    table_text(&t, d->taken ? "yes" : "no");
    table_text(&t, d->what);
    table_text(&t, d->reason);
    if (d->bytes < 0 || d->bytes > 0)
      table_int(&t, (int64_t)d->bytes);
    else
      table_text(&t, "");
    if (d->seconds < 0 || d->seconds > 0)
      table_printf(&t, "%.1f", d->seconds * 1e6);
    else
      table_text(&t, "");
    lost_rows(r, &t, d);
  }
  report_heading(r->out, "DECISIONS");
  if (log->at.len) table_print(&t, r->width, r->out);
  report_note(r->c, r->width, r->out, "bytes, us: what taking it saves; negative: what it costs");
  report_heading(r->out, "KERNELS NOT TAKEN");
  refused_kernels(r);
}

void report_fusion(Report *r) {
  report_heading(r->out, "FUSION");
  groups_table(r);
  if (!r->decisions) refused_table(r);
  kernels_table(r);
  if (r->decisions) log_table(r);
}
