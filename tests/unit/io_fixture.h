/* io_fixture.h: what the tests of compiler/io share: an arena and context for each test, checks
 * that a call is refused with one diagnostic, and where the large data lies. */
#ifndef IO_FIXTURE_H
#define IO_FIXTURE_H

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "compiler/io/io.h"

static Arena *arena;
static Ctx *ctx;

static inline void io_setup(void) {
  arena = arena_new(0);
  cr_assert_not_null(arena);
  if (setjmp(*arena_boundary(arena))) abort();
  ctx = ctx_new(arena);
}

static inline void io_teardown(void) { arena_free(arena); }

static inline void expect_only(int line, DiagCode code, const char *part) {
  cr_expect_eq(ctx->diags.len, 1, "line %d: %d diagnostics", line, ctx->diags.len);
  if (ctx->diags.len != 1) return;
  const Diag *d = ctx->diags.at[0];
  cr_expect_eq(d->code, code, "line %d: %s %s", line, diag_code_name(d->code), d->text);
  cr_expect_not_null(strstr(d->text, part), "line %d: \"%s\" lacks \"%s\"", line, d->text, part);
  ctx->diags.len = ctx->errors = 0;
}

/* The call fails with exactly one diagnostic of that code, whose text has that part. */
#define REFUSED(code, part, call)                                                                \
  do {                                                                                           \
    cr_expect_not(call);                                                                         \
    expect_only(__LINE__, DIAG_##code, part);                                                    \
  } while (0)

static inline const char *rendered(void) {
  StrBuf b = {.arena = arena};
  diag_render(ctx, &b, false);
  return sb_str(&b);
}

static inline const char *data_path(const char *name) {
  const char *dir = getenv("NETCC_DATA");
  const char *path = path_join(arena, dir ? dir : "../shared/data", name);
  if (access(path, R_OK) == 0) return path;
  cr_skip("skipped: no %s", path);
  return NULL;
}

static inline char *gzip(const void *data, size_t n, size_t *size) {
  z_stream z = {0};
  size_t room = n + n / 8 + 100;
  char *out = arena_alloc(arena, room);
  cr_assert_eq(deflateInit2(&z, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
  z.next_in = (Bytef *)(uintptr_t)data;
  z.avail_in = (unsigned)n;
  z.next_out = (Bytef *)out;
  z.avail_out = (unsigned)room;
  cr_assert_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
  *size = room - z.avail_out;
  deflateEnd(&z);
  return out;
}

#endif
