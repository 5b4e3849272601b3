/* context.h: contexts for tests of the library: one for the running test (`ctx`, by setup and
 * teardown of a suite), or several (fresh and drop; drop_all as the suite's `fini`). */
#ifndef CONTEXT_H
#define CONTEXT_H

#include <criterion/criterion.h>
#include <stdlib.h>

#include "compiler/base/base.h"

/* ---- one ---------------------------------------------------------------------------------- */

static Ctx *ctx;

static inline void setup(void) {
  Arena *a = arena_new(0);
  cr_assert_not_null(a);
  if (setjmp(*arena_boundary(a))) abort();
  ctx = ctx_new(a);
}

static inline void teardown(void) { arena_free(ctx->arena); }

/* ---- several ------------------------------------------------------------------------------ */

/* Contexts of the running test; `drop_all` releases what a test did not drop. */
static Ctx *made[8];

static inline Ctx *fresh(void) {
  int i = 0;
  while (made[i]) i++;
  return made[i] = ctx_new(arena_new(0));
}

static inline void drop(Ctx *c) {
  for (int i = 0; i < COUNT_OF(made); i++)
    if (made[i] == c) made[i] = NULL;
  arena_free(c->arena);
}

static inline void drop_all(void) {
  for (int i = 0; i < COUNT_OF(made); i++)
    if (made[i]) drop(made[i]);
}

#endif
