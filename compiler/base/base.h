/* base.h: what every part of the compiler stands on.
 *
 * Sections: whole numbers, arena (arena.c), vectors, strings and interning (str.c), files (file.c),
 * diagnostics with source spans (diag.c, render.c), and Ctx, which bundles one
 * compilation's arena, names, sources and diagnostics.
 * Nothing here knows of networks. Everything is allocated in one arena per compilation and
 * released with it; a failed allocation unwinds to the boundary that main has set.
 */
#ifndef NETCC_BASE_H
#define NETCC_BASE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))
#define COUNT_OF(a)       ((int)(sizeof(a) / sizeof(a)[0]))

/* ---- whole numbers ------------------------------------------------------------------- */

static inline int64_t min64(int64_t a, int64_t b) { return a < b ? a : b; }
static inline int64_t max64(int64_t a, int64_t b) { return a > b ? a : b; }
/* a / b rounded up, for a >= 0 and b > 0. */
static inline int64_t ceil_div(int64_t a, int64_t b) { return (a + b - 1) / b; }

/* ---- arena ------------------------------------------------------------------------- */

typedef struct Arena Arena;

/* A new arena that hands out at most `limit` bytes (0: no limit). NULL without memory. */
Arena *arena_new(size_t limit);
void arena_free(Arena *a);
/* Zeroed memory aligned to 64 bytes for blocks of a page and more, else to 16.
 * Never returns NULL: when memory runs out it longjmps to the boundary. */
void *arena_alloc(Arena *a, size_t size);
/* n objects of `size` bytes; an overflowing product counts as out of memory. */
void *arena_array(Arena *a, size_t n, size_t size);
/* The place to which a failed allocation unwinds: `if (setjmp(*arena_boundary(a))) …`. */
jmp_buf *arena_boundary(Arena *a);
size_t arena_used(const Arena *a);

#define NEW(a, T)     ((T *)arena_alloc((a), sizeof(T)))
#define NEWN(a, T, n) ((T *)arena_array((a), (size_t)(n), sizeof(T)))

/* ---- vectors ------------------------------------------------------------------------ */

/* VEC(int) v = {0}; vec_push(arena, &v, 3); v.at[0], v.len. Growth moves `at`. */
#define VEC(T)                                                                                   \
  struct {                                                                                       \
    T *at;                                                                                       \
    int len, cap;                                                                                \
  }
#define vec_push(arena, v, ...)                                                                  \
  ((v)->at = vec_grow_((arena), (v)->at, (v)->len, &(v)->cap, sizeof *(v)->at),                  \
   (v)->at[(v)->len++] = __VA_ARGS__)
void *vec_grow_(Arena *a, void *at, int len, int *cap, size_t size);

/* ---- strings ------------------------------------------------------------------------ */

typedef struct StrBuf {
  Arena *arena;
  char *at; /* always NUL-terminated once written to; NULL while empty */
  size_t len, cap;
} StrBuf;

void sb_putc(StrBuf *b, char c);
void sb_puts(StrBuf *b, const char *s);
void sb_write(StrBuf *b, const char *s, size_t n);
void sb_printf(StrBuf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
void sb_vprintf(StrBuf *b, const char *fmt, va_list ap);
const char *sb_str(StrBuf *b); /* "" when empty */

char *str_fmt(Arena *a, const char *fmt, ...) PRINTF_LIKE(2, 3);
char *str_dup(Arena *a, const char *s, size_t n);
bool str_eq(const char *a, const char *b);
bool str_starts(const char *s, const char *prefix);
bool str_ends(const char *s, const char *suffix);
/* Damerau-Levenshtein distance, for did-you-mean. */
int str_distance(const char *a, const char *b);
/* The candidate nearest to `s`, or NULL if none is near enough to be what was meant. */
const char *str_nearest(const char *s, const char *const *candidates, int n);
/* "12,345,678" */
char *str_thousands(Arena *a, int64_t n);
/* The shortest decimal text that reads back as exactly `v`, with a '.' or exponent; "inf",
 * "-inf", "nan". As a C or .net literal for finite values. */
char *str_real(Arena *a, double v);
/* The same for a float: shortest text that strtof reads back exactly, no suffix. */
char *str_float(Arena *a, float v);

/* Interned strings: equal text, equal pointer, so names compare with ==. */
typedef struct Interner Interner;
Interner *interner_new(Arena *a);
const char *intern(Interner *in, const char *s);
const char *intern_n(Interner *in, const char *s, size_t n);

/* FNV-1a style 64-bit hash for tables and plan identities. */
uint64_t hash_bytes(const void *p, size_t n, uint64_t seed);

/* ---- files -------------------------------------------------------------------------- */

/* Reads a whole file ("-": standard input) into the arena, NUL-terminated. NULL with errno. */
char *file_read(Arena *a, const char *path, size_t *size);
/* The same for a regular file of at most `max` bytes and nothing else: a pipe or a device is not
 * even waited for. NULL with errno, EFBIG for a larger file, 0 for what is no file. */
char *file_read_regular(Arena *a, const char *path, size_t max, size_t *size);
/* Writes beside `path`, then renames; "-" writes to standard output. Returns 0 or errno. */
int file_write(const char *path, const void *data, size_t size);
/* "dir/name.ext" -> "name" */
const char *path_stem(Arena *a, const char *path);
const char *path_base(const char *path);
const char *path_join(Arena *a, const char *dir, const char *name);

/* ---- diagnostics -------------------------------------------------------------------- */

/* A half-open range of bytes in source number `file` (0: no source, position unknown). */
typedef struct Span {
  int32_t file;
  uint32_t begin, end;
} Span;
#define NO_SPAN ((Span){0, 0, 0})
Span span_join(Span a, Span b);

typedef struct Source {
  const char *path; /* as the user gave it */
  const char *text; /* NUL-terminated */
  size_t size;
  uint32_t *line; /* byte offset of each line's start */
  int nlines;
} Source;

typedef enum Severity { SEV_ERROR, SEV_WARNING, SEV_ADVICE } Severity;

/* Codes, one row each in codes.def: E01xx lexing, E02xx syntax, E03xx names and elaboration,
 * E04xx attributes and shapes, E05xx weights, E06xx files, E07xx planning and emission,
 * E08xx graph text and verifier; W0xxx warnings in the same order; A01xx advice. */
typedef enum DiagCode {
#define DIAG(code, title, text) DIAG_##code,
#include "codes.def"
#undef DIAG
  DIAG_COUNT
} DiagCode;

typedef struct DiagLabel {
  Span span;
  const char *text;
} DiagLabel;

typedef struct Diag {
  Severity severity;
  DiagCode code;
  Span span;
  const char *text;         /* the headline */
  const char *label;        /* under the carets of the primary span; may be NULL */
  VEC(DiagLabel) secondary; /* the other half of a conflict */
  VEC(DiagLabel) trace;     /* innermost first: "in block bottleneck, called here" */
  VEC(const char *) help;   /* "help: …" lines */
  VEC(const char *) notes;  /* "note: …" lines */
} Diag;

typedef struct Ctx Ctx;

/* A new diagnostic, recorded in order. Returns a Diag to hang labels on, never NULL: the same
 * code at the same span is reported once, and after 50 errors the rest are dropped. */
Diag *diag_error(Ctx *c, DiagCode code, Span at, const char *fmt, ...) PRINTF_LIKE(4, 5);
Diag *diag_warning(Ctx *c, DiagCode code, Span at, const char *fmt, ...) PRINTF_LIKE(4, 5);
/* What guidelines of the field would do otherwise: never more than asked for, never a failure. */
Diag *diag_advice(Ctx *c, DiagCode code, Span at, const char *fmt, ...) PRINTF_LIKE(4, 5);
void diag_under(Ctx *c, Diag *d, const char *fmt, ...) PRINTF_LIKE(3, 4); /* primary label */
void diag_also(Ctx *c, Diag *d, Span at, const char *fmt, ...) PRINTF_LIKE(4, 5);
void diag_trace(Ctx *c, Diag *d, Span at, const char *fmt, ...) PRINTF_LIKE(4, 5);
void diag_help(Ctx *c, Diag *d, const char *fmt, ...) PRINTF_LIKE(3, 4);
void diag_note(Ctx *c, Diag *d, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* "E0203", and the table's title and explanation. */
const char *diag_code_name(DiagCode code);
const char *diag_code_title(DiagCode code);
const char *diag_code_text(DiagCode code);
bool diag_code_find(const char *name, DiagCode *code);

/* Renders all diagnostics with source lines and carets into text. */
void diag_render(Ctx *c, StrBuf *out, bool colour);
/* The same as a JSON array, positions as 1-based line and column and byte offsets. */
void diag_render_json(Ctx *c, StrBuf *out);

/* 1-based line and column (in bytes) of a span's begin; false for NO_SPAN. */
bool span_position(const Ctx *c, Span s, int *line, int *column);
/* "file.net:3:7", or "" for NO_SPAN. */
const char *span_text(Ctx *c, Span s);

/* ---- one compilation ---------------------------------------------------------------- */

struct Ctx {
  Arena *arena;
  Interner *names;
  VEC(Source *) sources; /* source n is at[n - 1] */
  VEC(Diag *) diags;
  int errors, warnings, advice; /* counted, dropped ones included */
};

Ctx *ctx_new(Arena *a);
/* Registers text as a source; the text must outlive the context. Returns its number. */
int32_t ctx_add_source(Ctx *c, const char *path, const char *text, size_t size);
const Source *ctx_source(const Ctx *c, int32_t file);
#define ctx_name(c, s) intern((c)->names, (s))

#endif
