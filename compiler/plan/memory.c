/* memory.c: an offset in the arena for every buffer.
 * Buffers live over an interval of epochs and may overlap in memory only if they do not in time:
 * packing.h finds the offsets and says how far they are from the best.
 */
#include "packing.h"
#include "plan.h"

enum { ALIGNMENT = 64, EFFORT = 100000000 }; /* steps: a third of a second at most */

static void place_values(Plan *p) {
  for (int i = 0; i < p->g->values.len; i++) {
    Value *v = graph_value(p->g, i);
    if (p->buffer_of[i] < 0) continue;
    int64_t slice = v->layout.offset * dtype_size(v->type);
    v->place =
        (Place){PLACE_ARENA, p->buffer_of[i], p->buffers.at[p->buffer_of[i]].offset + slice};
  }
}

bool plan_memory(Ctx *c, Plan *p) {
  int n = p->buffers.len;
  if (p->memory.regions) {
    if (!plan_regions(c, p)) return false;
    place_values(p);
    return true;
  }
  Packing k = {.at = NEWN(c->arena, PackItem, n + 1), .n = n, .align = ALIGNMENT};
  k.effort = EFFORT;
  for (int i = 0; i < n; i++) {
    const Buffer *b = &p->buffers.at[i];
    k.at[i] = (PackItem){b->name, b->first, b->last + 1, b->bytes, 0};
  }
  packing_solve(c, &k);
  for (int i = 0; i < n; i++) p->buffers.at[i].offset = k.at[i].offset;
  p->arena_bytes = k.peak;
  p->lower_bound = k.densest;
  p->optimal = k.optimal;
  place_values(p);
  const char *reason =
      k.peak == k.densest ? "optimal: meets the lower bound"
      : k.optimal         ? str_fmt(c->arena,
                                    "optimal: no packing lies between it and the lower bound of %s bytes",
                                    str_thousands(c->arena, k.densest))
                  : str_fmt(c->arena, "lower bound %s bytes", str_thousands(c->arena, k.bound));
  log_decision(c, p->g,
               (Decision){.pass = "memory",
                          .node = "",
                          .taken = true,
                          .what = str_fmt(c->arena, "%d buffers in %s bytes, %s", n,
                                          str_thousands(c->arena, k.peak), k.method),
                          .reason = reason});
  return true;
}
