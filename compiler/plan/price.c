/* price.c: predicted seconds for decisions that passes took before there was a target.
 *
 * A pass knows which bytes would be neither written nor read again, not how fast the machine
 * moves them. What fits the second cache, with room for its other half, moves at that cache's
 * speed, the rest at the memory's. Records that have seconds of their own are left alone.
 */
#include "plan.h"

#include <math.h>

void plan_price(Plan *p) {
  const Target *t = p->target;
  for (int i = 0; p->g->log && i < p->g->log->at.len; i++) {
    Decision *d = &p->g->log->at.at[i];
    bool priced = d->seconds < 0 || d->seconds > 0;
    if (priced || str_eq(d->pass, "in_place")) continue; /* which moves the same bytes */
    bool cached = fabs(d->bytes) / 2 <= (double)t->l2;   /* written once and read once */
    d->seconds = d->bytes / (cached ? t->l2_bandwidth : t->memory_bandwidth);
  }
}
