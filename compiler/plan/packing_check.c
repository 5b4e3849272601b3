/* packing_check.c: is a packing right? Shares no code with the solvers. No two items that live
 * at the same time may share an address, offsets are aligned and not negative, and the peak is
 * no lower than any item reaches. */
#include "packing.h"

#include <stdlib.h>

static int by_birth(const void *a, const void *b) {
  const PackItem *x = *(PackItem *const *)a, *y = *(PackItem *const *)b;
  return (x->lower > y->lower) - (x->lower < y->lower);
}

bool packing_check(Ctx *c, const Packing *p, const char **fault) {
  const PackItem **item = NEWN(c->arena, const PackItem *, p->n + 1);
  for (int i = 0; i < p->n; i++) {
    const PackItem *x = item[i] = &p->at[i];
    *fault = str_fmt(c->arena, "'%s' lies outside or unaligned", x->name);
    if (x->offset < 0 || x->offset % p->align || x->offset + x->size > p->peak) return false;
  }
  if (p->n) qsort(item, (size_t)p->n, sizeof *item, by_birth);
  for (int i = 0; i < p->n; i++)
    for (int j = i + 1; j < p->n && item[j]->lower < item[i]->upper; j++) {
      const PackItem *x = item[i], *y = item[j];
      *fault = str_fmt(c->arena, "'%s' and '%s' overlap", x->name, y->name);
      if (x->offset < y->offset + y->size && y->offset < x->offset + x->size) return false;
    }
  *fault = NULL;
  return true;
}
