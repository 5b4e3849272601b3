/* str.c: string builder, small string helpers, interning and hashing.
 * Everything lives in the arena; interned strings compare by pointer. */
#include "base.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void sb_reserve(StrBuf *b, size_t more) {
  if (b->cap - b->len > more) return;
  size_t cap = b->cap ? b->cap * 2 : 64;
  while (cap - b->len <= more) cap *= 2;
  char *grown = arena_alloc(b->arena, cap);
  if (b->len) memcpy(grown, b->at, b->len);
  b->at = grown;
  b->cap = cap;
}

void sb_write(StrBuf *b, const char *s, size_t n) {
  sb_reserve(b, n);
  memcpy(b->at + b->len, s, n);
  b->len += n;
  b->at[b->len] = 0;
}

void sb_putc(StrBuf *b, char c) { sb_write(b, &c, 1); }

void sb_puts(StrBuf *b, const char *s) { sb_write(b, s, strlen(s)); }

void sb_vprintf(StrBuf *b, const char *fmt, va_list ap) {
  va_list again;
  va_copy(again, ap);
  int n = vsnprintf(NULL, 0, fmt, ap);
  if (n > 0) {
    sb_reserve(b, (size_t)n);
    vsnprintf(b->at + b->len, (size_t)n + 1, fmt, again);
    b->len += (size_t)n;
  }
  va_end(again);
}

void sb_printf(StrBuf *b, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  sb_vprintf(b, fmt, ap);
  va_end(ap);
}

const char *sb_str(StrBuf *b) { return b->at ? b->at : ""; }

char *str_fmt(Arena *a, const char *fmt, ...) {
  StrBuf b = {.arena = a};
  va_list ap;
  va_start(ap, fmt);
  sb_vprintf(&b, fmt, ap);
  va_end(ap);
  return b.at ? b.at : str_dup(a, "", 0);
}

char *str_dup(Arena *a, const char *s, size_t n) {
  char *copy = arena_alloc(a, n + 1);
  memcpy(copy, s, n);
  return copy;
}

bool str_eq(const char *a, const char *b) { return a == b || (a && b && !strcmp(a, b)); }

bool str_starts(const char *s, const char *prefix) { return !strncmp(s, prefix, strlen(prefix)); }

bool str_ends(const char *s, const char *suffix) {
  size_t n = strlen(s), m = strlen(suffix);
  return n >= m && !strcmp(s + n - m, suffix);
}

enum { MAX_NAME = 64 };

int str_distance(const char *a, const char *b) {
  int n = (int)strlen(a), m = (int)strlen(b);
  if (n > MAX_NAME || m > MAX_NAME) return MAX_NAME;
  int row[3][MAX_NAME + 1];
  int *two = row[0], *one = row[1], *now = row[2];
  for (int j = 0; j <= m; j++) one[j] = j;
  for (int i = 1; i <= n; i++) {
    now[0] = i;
    for (int j = 1; j <= m; j++) {
      int cost = a[i - 1] != b[j - 1];
      int best = one[j - 1] + cost;
      if (one[j] + 1 < best) best = one[j] + 1;
      if (now[j - 1] + 1 < best) best = now[j - 1] + 1;
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && two[j - 2] + 1 < best)
        best = two[j - 2] + 1;
      now[j] = best;
    }
    int *t = two;
    two = one;
    one = now;
    now = t;
  }
  return one[m];
}

const char *str_nearest(const char *s, const char *const *candidates, int n) {
  const char *best = NULL;
  int limit = ((int)strlen(s) + 2) / 3;
  if (limit > 3) limit = 3;
  int least = limit + 1;
  for (int i = 0; i < n; i++) {
    int d = str_distance(s, candidates[i]);
    if (d < least) {
      least = d;
      best = candidates[i];
    }
  }
  return best;
}

char *str_thousands(Arena *a, int64_t n) {
  char digits[32], out[48];
  int len = snprintf(digits, sizeof digits, "%lld", (long long)n), o = 0;
  for (int i = 0; i < len; i++) {
    out[o++] = digits[i];
    int left = len - 1 - i;
    if (digits[i] != '-' && left > 0 && left % 3 == 0) out[o++] = ',';
  }
  return str_dup(a, out, (size_t)o);
}

/* Makes "1" into "1.0" so that the text is a real literal everywhere. */
static char *as_real(Arena *a, char *text) {
  if (strpbrk(text, ".eE")) return str_dup(a, text, strlen(text));
  return str_fmt(a, "%s.0", text);
}

static const char *not_finite(double v) { return isnan(v) ? "nan" : v > 0 ? "inf" : "-inf"; }

/* Whole numbers that print exactly without an exponent: 10.0, not 1e+01. */
static bool is_whole(double v) {
  return fabs(v) < 1e15 && v == floor(v) && !(v == 0 && signbit(v));
}

char *str_real(Arena *a, double v) {
  char text[40];
  if (!isfinite(v)) return str_fmt(a, "%s", not_finite(v));
  if (is_whole(v)) return str_fmt(a, "%.1f", v);
  for (int digits = 1; digits <= 17; digits++) {
    snprintf(text, sizeof text, "%.*g", digits, v);
    if (strtod(text, NULL) == v) break;
  }
  return as_real(a, text);
}

char *str_float(Arena *a, float v) {
  char text[40];
  if (!isfinite(v)) return str_fmt(a, "%s", not_finite((double)v));
  if (is_whole((double)v) && fabsf(v) < 1e7f) return str_fmt(a, "%.1f", (double)v);
  for (int digits = 1; digits <= 9; digits++) {
    snprintf(text, sizeof text, "%.*g", digits, (double)v);
    if (strtof(text, NULL) == v) break;
  }
  return as_real(a, text);
}

uint64_t hash_bytes(const void *p, size_t n, uint64_t seed) {
  const unsigned char *s = p;
  uint64_t h = 1469598103934665603u ^ seed;
  for (size_t i = 0; i < n; i++) h = (h ^ s[i]) * 1099511628211u;
  return h ^ (h >> 29);
}

typedef struct Entry {
  struct Entry *next;
  uint64_t hash;
  size_t len;
  const char *text;
} Entry;

struct Interner {
  Arena *arena;
  Entry **bucket;
  size_t buckets, used;
};

Interner *interner_new(Arena *a) {
  Interner *in = NEW(a, Interner);
  in->arena = a;
  in->buckets = 256;
  in->bucket = NEWN(a, Entry *, in->buckets);
  return in;
}

static void interner_grow(Interner *in) {
  size_t n = in->buckets * 4;
  Entry **bucket = NEWN(in->arena, Entry *, n);
  for (size_t i = 0; i < in->buckets; i++)
    for (Entry *e = in->bucket[i], *next; e; e = next) {
      next = e->next;
      e->next = bucket[e->hash % n];
      bucket[e->hash % n] = e;
    }
  in->bucket = bucket;
  in->buckets = n;
}

const char *intern_n(Interner *in, const char *s, size_t n) {
  uint64_t h = hash_bytes(s, n, 0);
  for (Entry *e = in->bucket[h % in->buckets]; e; e = e->next)
    if (e->hash == h && e->len == n && !memcmp(e->text, s, n)) return e->text;
  if (++in->used > in->buckets * 2) interner_grow(in);
  Entry *e = NEW(in->arena, Entry);
  *e = (Entry){in->bucket[h % in->buckets], h, n, str_dup(in->arena, s, n)};
  in->bucket[h % in->buckets] = e;
  return e->text;
}

const char *intern(Interner *in, const char *s) { return intern_n(in, s, strlen(s)); }
