/* report.h: what a compilation tells its user.
 *
 * report_text writes the plain-text report of one network: summary, layers, blocks, fusion,
 * layouts, memory plan (text.c and its sections). The totals behind the tables are functions of
 * their own (totals.c), so that tests and other reports read numbers and not text.
 * Nothing here decides anything: it reads the graph, the plan and the decision log.
 */
#ifndef NETCC_REPORT_H
#define NETCC_REPORT_H

#include "plan/plan.h"

/* Writes the report of `source`, the network as its author wrote it, and `p`, its finished plan.
 * decisions: the whole log, else a summary of fusion and kernel choice.
 * width: columns of the terminal; 0: as wide as the tables want to be. */
void report_text(Ctx *c, const Graph *source, const Plan *p, bool decisions, int width,
                 StrBuf *out);

#endif
