/* iofile.c: whole files in and out with their diagnostics, and gzip.
 * In: a path; out: its bytes in the arena. Every reader of this folder starts here, so that
 * errors of the system and of compression are worded once. zlib allocates in the arena. */
#include "io.h"

#include <errno.h>
#include <string.h>
#include <zlib.h>

bool io_fail(Ctx *c, DiagCode code, const char *path, const char *fmt, ...) {
  StrBuf b = {.arena = c->arena};
  va_list ap;
  va_start(ap, fmt);
  sb_vprintf(&b, fmt, ap);
  va_end(ap);
  diag_error(c, code, NO_SPAN, "%s: %s", path, sb_str(&b));
  return false;
}

char *io_read(Ctx *c, const char *path, size_t *size) {
  errno = 0;
  char *data = file_read(c->arena, path, size);
  if (!data) io_fail(c, DIAG_E0601, path, "%s", errno ? strerror(errno) : "cannot be read");
  return data;
}

bool io_write(Ctx *c, const char *path, const void *data, size_t size) {
  int error = file_write(path, data, size);
  return error ? io_fail(c, DIAG_E0602, path, "%s", strerror(error)) : true;
}

/* ---- gzip ------------------------------------------------------------------------------- */

static void *zlib_alloc(void *arena, unsigned n, unsigned size) {
  return arena_array(arena, n, size);
}

static void zlib_free(void *arena, void *p) {}

/* The last four bytes tell the size modulo 2^32 of a single member: a first guess, bounded by
 * deflate's largest ratio (1032) so that a damaged one costs nothing. */
static size_t guess_size(const uint8_t *data, size_t n) {
  size_t told = 0, most = n < SIZE_MAX / 1032 ? n * 1032 : SIZE_MAX;
  if (n >= 4)
    told = data[n - 4] | (size_t)data[n - 3] << 8 | (size_t)data[n - 2] << 16 |
           (size_t)data[n - 1] << 24;
  return (told < most ? told : most) + 64;
}

typedef struct Inflate {
  z_stream z;
  const uint8_t *data;
  size_t size, fed; /* fed: bytes handed to zlib so far */
  char *out;
  size_t len, cap;
} Inflate;

/* One call of inflate with as much input and room as its 32-bit counters take. */
static int inflate_some(Inflate *s, Arena *a) {
  if (s->cap - s->len < 2) {
    char *grown = arena_array(a, s->cap, 2);
    memcpy(grown, s->out, s->len);
    s->out = grown;
    s->cap *= 2;
  }
  size_t in = s->size - s->fed, room = s->cap - s->len - 1;
  unsigned in_now = in < 1u << 30 ? (unsigned)in : 1u << 30;
  unsigned room_now = room < 1u << 30 ? (unsigned)room : 1u << 30;
  s->z.next_in = (Bytef *)(uintptr_t)(s->data + s->fed);
  s->z.avail_in = in_now;
  s->z.next_out = (Bytef *)s->out + s->len;
  s->z.avail_out = room_now;
  int status = inflate(&s->z, Z_NO_FLUSH);
  s->fed += in_now - s->z.avail_in;
  s->len += room_now - s->z.avail_out;
  return status;
}

static bool starts_gzip(const uint8_t *data, size_t n) {
  return n >= 2 && data[0] == 0x1f && data[1] == 0x8b;
}

char *io_gunzip(Ctx *c, const char *path, const void *data, size_t n, size_t *size) {
  Inflate s = {.data = data, .size = n, .cap = guess_size(data, n)};
  s.z.zalloc = zlib_alloc;
  s.z.zfree = zlib_free;
  s.z.opaque = c->arena;
  int status = inflateInit2(&s.z, 15 + 16);
  s.out = arena_alloc(c->arena, s.cap);
  while (status == Z_OK) {
    status = inflate_some(&s, c->arena);
    if (status == Z_BUF_ERROR && s.fed < n) status = Z_OK; /* the output was full */
    if (status == Z_STREAM_END && starts_gzip(s.data + s.fed, n - s.fed))
      status = inflateReset(&s.z);
  }
  if (status == Z_STREAM_END) {
    s.out[s.len] = 0;
    *size = s.len;
    return s.out;
  }
  if (status == Z_BUF_ERROR)
    io_fail(c, DIAG_E0610, path, "compressed data ends after %zu bytes, in the middle", n);
  else
    io_fail(c, DIAG_E0610, path, "%s, near byte %zu", s.z.msg ? s.z.msg : "not gzip data", s.fed);
  return NULL;
}

char *io_read_gz(Ctx *c, const char *path, size_t *size) {
  size_t n;
  char *data = io_read(c, path, &n);
  if (data && starts_gzip((const uint8_t *)data, n)) return io_gunzip(c, path, data, n, size);
  if (data) *size = n;
  return data;
}
