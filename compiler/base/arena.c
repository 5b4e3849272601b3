/* arena.c: one bump allocator per compilation.
 * Memory comes from malloc in growing chunks, is zeroed, and is released all at once. A limit
 * (tests use tiny ones) and malloc's failure are handled alike: unwind to the boundary. */
#include "base.h"

#include <stdlib.h>
#include <string.h>

typedef struct Chunk {
  struct Chunk *next;
  size_t size, used;
  char *data;
} Chunk;

struct Arena {
  Chunk *chunks;
  size_t limit, used;
  jmp_buf boundary;
};

enum { FIRST_CHUNK = 1 << 16, MAX_CHUNK = 1 << 22, LARGE = 4096 };

Arena *arena_new(size_t limit) {
  Arena *a = calloc(1, sizeof *a);
  if (a) a->limit = limit;
  return a;
}

void arena_free(Arena *a) {
  if (!a) return;
  for (Chunk *c = a->chunks, *next; c; c = next) {
    next = c->next;
    free(c->data);
    free(c);
  }
  free(a);
}

jmp_buf *arena_boundary(Arena *a) { return &a->boundary; }

size_t arena_used(const Arena *a) { return a->used; }

static Chunk *add_chunk(Arena *a, size_t need) {
  size_t size = a->chunks ? a->chunks->size * 2 : FIRST_CHUNK;
  if (size > MAX_CHUNK) size = MAX_CHUNK;
  if (size < need) size = need;
  if (a->limit && size > a->limit - a->used) size = need;
  if (a->limit && need > a->limit - a->used) longjmp(a->boundary, 1);
  Chunk *c = malloc(sizeof *c);
  char *data = c ? aligned_alloc(64, (size + 63) & ~(size_t)63) : NULL;
  if (!data) {
    free(c);
    longjmp(a->boundary, 1);
  }
  *c = (Chunk){a->chunks, size, 0, data};
  /* a large block of its own goes behind the current chunk, which keeps filling */
  if (a->chunks && need >= LARGE && a->chunks->used < a->chunks->size) {
    c->next = a->chunks->next;
    a->chunks->next = c;
  } else {
    a->chunks = c;
  }
  return c;
}

void *arena_alloc(Arena *a, size_t size) {
  if (size == 0) size = 1;
  if (size > SIZE_MAX / 2) longjmp(a->boundary, 1);
  size_t align = size >= LARGE ? 64 : 16;
  Chunk *c = a->chunks;
  size_t at = c ? (c->used + align - 1) & ~(align - 1) : 0;
  if (!c || at > c->size || c->size - at < size) {
    c = add_chunk(a, (size + 63) & ~(size_t)63);
    at = 0;
  }
  if (a->limit && size > a->limit - a->used) longjmp(a->boundary, 1);
  c->used = at + size;
  a->used += size;
  return memset(c->data + at, 0, size);
}

void *arena_array(Arena *a, size_t n, size_t size) {
  if (size && n > SIZE_MAX / 2 / size) longjmp(a->boundary, 1);
  return arena_alloc(a, n * size);
}

void *vec_grow_(Arena *a, void *at, int len, int *cap, size_t size) {
  if (len < *cap) return at;
  int want = *cap ? *cap * 2 : 8;
  if (want < *cap) longjmp(a->boundary, 1);
  void *grown = arena_array(a, (size_t)want, size);
  if (len) memcpy(grown, at, (size_t)len * size);
  *cap = want;
  return grown;
}
