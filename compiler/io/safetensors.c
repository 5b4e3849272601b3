/* safetensors.c: reads and writes .safetensors files.
 * In: u64 header length, a JSON object {name: {dtype, shape, data_offsets}}, then raw data; out:
 * a list of tensors that point into the bytes. The format's own rules are enforced: the data is
 * covered without overlap or hole (https://github.com/huggingface/safetensors, "Format").
 * Everything the JSON tree feeds is allocated before it exists and errors are noted in a fixed
 * buffer, so that no failed allocation can leave the tree behind. */
#include "io.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_HEADER = 100000000, PREFIX = 8, WHY = 240 };

typedef struct Header {
  const uint8_t *data; /* of the tensors */
  size_t data_size;
  FileTensor *at;
  int len, cap;
  char *names; /* room for all names */
  size_t names_len, names_cap;
  char why[WHY]; /* what is wrong; empty: nothing */
} Header;

static bool PRINTF_LIKE(2, 3) wrong(Header *h, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  vsnprintf(h->why, WHY, fmt, ap);
  va_end(ap);
  return false;
}

static bool put_text(Header *h, const char *s, const char **out) {
  size_t n = strlen(s) + 1;
  if (n > h->names_cap - h->names_len) return wrong(h, "names longer than the header");
  *out = memcpy(h->names + h->names_len, s, n);
  h->names_len += n;
  return true;
}

static bool clean_name(const char *s) {
  for (; *s; s++)
    if ((unsigned char)*s < 32 || *s == 127) return false;
  return true;
}

static bool read_shape(Header *h, const char *name, const json_t *shape, FileTensor *t) {
  if (!json_is_array(shape)) return wrong(h, "%.80s: no shape", name);
  size_t rank = json_array_size(shape);
  if (rank > STORED_RANK) return wrong(h, "%.80s: rank %zu, at most 8 is read", name, rank);
  t->rank = (int)rank;
  for (size_t i = 0; i < rank; i++) {
    const json_t *d = json_array_get(shape, i);
    if (!json_is_integer(d)) return wrong(h, "%.80s: a dimension is not an integer", name);
    t->dim[i] = json_integer_value(d);
  }
  if (!dims_count(t->dim, t->rank, &t->count))
    return wrong(h, "%.80s: a dimension is negative or the shape overflows", name);
  return true;
}

static bool read_offsets(Header *h, const char *name, const json_t *offsets, FileTensor *t) {
  const json_t *first = json_array_get(offsets, 0), *second = json_array_get(offsets, 1);
  if (json_array_size(offsets) != 2 || !json_is_integer(first) || !json_is_integer(second))
    return wrong(h, "%.80s: data_offsets are not two integers", name);
  json_int_t begin = json_integer_value(first), end = json_integer_value(second);
  if (begin < 0 || end < begin || (uint64_t)end > h->data_size)
    return wrong(h, "%.80s: data at [%lld, %lld) of %zu bytes", name, (long long)begin,
                 (long long)end, h->data_size);
  int64_t bytes;
  t->data = h->data + begin;
  t->size = (size_t)(end - begin);
  if (t->type == ST_OTHER) return true;
  if (__builtin_mul_overflow(t->count, (int64_t)stored_size(t->type), &bytes) ||
      bytes != end - begin)
    return wrong(h, "%.80s: %lld bytes of data for %lld elements of %s", name,
                 (long long)(end - begin), (long long)t->count, t->type_name);
  return true;
}

static bool read_tensor(Header *h, const char *name, const json_t *entry) {
  if (!clean_name(name)) return wrong(h, "a tensor's name has control characters");
  const char *type = json_string_value(json_object_get(entry, "dtype"));
  if (!type) return wrong(h, "%.80s: no dtype", name);
  if (!clean_name(type)) return wrong(h, "%.80s: dtype has control characters", name);
  if (h->len == h->cap) return wrong(h, "more tensors than the header has room for");
  FileTensor *t = &h->at[h->len++];
  t->type = stored_find(type);
  return put_text(h, name, &t->name) && put_text(h, type, &t->type_name) &&
         read_shape(h, name, json_object_get(entry, "shape"), t) &&
         read_offsets(h, name, json_object_get(entry, "data_offsets"), t);
}

static void read_json(Header *h, const char *text, size_t size) {
  json_error_t error;
  json_t *root = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error), *entry;
  const char *name;
  if (!root)
    wrong(h, "header is not JSON: %.120s (byte %d)", error.text, error.position);
  else if (!json_is_object(root))
    wrong(h, "header is not a JSON object");
  else
    json_object_foreach(root, name, entry) {
      if (str_eq(name, "__metadata__")) continue;
      if (!read_tensor(h, name, entry)) break;
    }
  json_decref(root);
  for (char *s = h->why; *s; s++) /* jansson quotes the text it stumbled over */
    if ((unsigned char)*s < 32 || *s == 127) *s = '?';
}

static int by_place(const void *x, const void *y) {
  const FileTensor *a = x, *b = y;
  uintptr_t pa = (uintptr_t)a->data, pb = (uintptr_t)b->data;
  if (pa != pb) return pa < pb ? -1 : 1;
  if (a->size != b->size) return a->size < b->size ? -1 : 1;
  return strcmp(a->name, b->name);
}

/* In the order of the data each tensor must begin where the one before ends. */
static bool check_cover(Header *h) {
  if (h->len) qsort(h->at, (size_t)h->len, sizeof *h->at, by_place);
  size_t covered = 0;
  for (int i = 0; i < h->len; i++) {
    size_t begin = (size_t)((const uint8_t *)h->at[i].data - h->data);
    if (begin < covered)
      return wrong(h, "the data of %.80s and %.80s overlaps", h->at[i - 1].name, h->at[i].name);
    if (begin > covered)
      return wrong(h, "%zu bytes before %.80s belong to no tensor", begin - covered,
                   h->at[i].name);
    covered = begin + h->at[i].size;
  }
  if (covered < h->data_size)
    return wrong(h, "%zu bytes at the end belong to no tensor", h->data_size - covered);
  return true;
}

/* Every tensor brings at least one '{', and unescaping never lengthens a name. */
static void reserve(Arena *a, Header *h, const char *text, size_t size) {
  for (size_t i = 0; i < size; i++) h->cap += text[i] == '{';
  h->at = NEWN(a, FileTensor, h->cap);
  h->names_cap = size + 1;
  h->names = arena_alloc(a, h->names_cap);
}

bool safetensors_parse(Ctx *c, const char *path, const void *data, size_t size, TensorFile *out) {
  *out = (TensorFile){.path = path};
  const uint8_t *bytes = data;
  uint64_t length = 0;
  if (size < PREFIX)
    return io_fail(c, DIAG_E0603, path, "%zu bytes are no safetensors file", size);
  for (int i = PREFIX - 1; i >= 0; i--) length = length << 8 | bytes[i];
  if (length > MAX_HEADER)
    return io_fail(c, DIAG_E0603, path,
                   "header of %llu bytes: damaged, or not a safetensors file",
                   (unsigned long long)length);
  if (length > size - PREFIX)
    return io_fail(c, DIAG_E0603, path, "truncated: header of %llu bytes in a file of %zu",
                   (unsigned long long)length, size);
  Header h = {.data = bytes + PREFIX + length, .data_size = size - PREFIX - (size_t)length};
  const char *text = (const char *)bytes + PREFIX;
  reserve(c->arena, &h, text, (size_t)length);
  read_json(&h, text, (size_t)length);
  if (!h.why[0]) check_cover(&h);
  if (h.why[0]) return io_fail(c, DIAG_E0603, path, "%s", h.why);
  out->at.at = h.at;
  out->at.len = h.len;
  out->at.cap = h.cap;
  return true;
}

bool safetensors_read(Ctx *c, const char *path, TensorFile *out) {
  size_t size;
  const char *data = io_read(c, path, &size);
  return data && safetensors_parse(c, path, data, size, out);
}

/* ---- looking up ---------------------------------------------------------------------------- */

const FileTensor *tensor_find(const TensorFile *f, const char *name) {
  for (int i = 0; i < f->at.len; i++)
    if (str_eq(f->at.at[i].name, name)) return &f->at.at[i];
  return NULL;
}

const float *tensor_f32(Ctx *c, const FileTensor *t) {
  if (t->type == ST_F32 && (uintptr_t)t->data % sizeof(float) == 0) return t->data;
  if (t->type == ST_OTHER) return NULL;
  float *data = NEWN(c->arena, float, t->count);
  stored_to_f32(t->type, t->data, t->count, data);
  return data;
}

/* ---- writing ---------------------------------------------------------------------------- */

static void put_json_string(StrBuf *b, const char *s) {
  sb_putc(b, '"');
  for (; *s; s++) {
    if (*s == '"' || *s == '\\') sb_putc(b, '\\');
    sb_putc(b, *s);
  }
  sb_putc(b, '"');
}

void safetensors_format(StrBuf *out, const TensorFile *f) {
  StrBuf head = {.arena = out->arena};
  size_t at = 0;
  sb_putc(&head, '{');
  for (int i = 0; i < f->at.len; i++) {
    const FileTensor *t = &f->at.at[i];
    if (i) sb_putc(&head, ',');
    put_json_string(&head, t->name);
    sb_printf(&head, ":{\"dtype\":\"%s\",\"shape\":[", t->type_name);
    for (int d = 0; d < t->rank; d++)
      sb_printf(&head, "%s%lld", d ? "," : "", (long long)t->dim[d]);
    sb_printf(&head, "],\"data_offsets\":[%zu,%zu]}", at, at + t->size);
    at += t->size;
  }
  sb_putc(&head, '}');
  while (head.len % PREFIX) sb_putc(&head, ' ');
  for (int i = 0; i < PREFIX; i++) sb_putc(out, (char)((uint64_t)head.len >> 8 * i & 255));
  sb_write(out, head.at, head.len);
  for (int i = 0; i < f->at.len; i++)
    if (f->at.at[i].size) sb_write(out, f->at.at[i].data, f->at.at[i].size);
}

bool safetensors_write(Ctx *c, const char *path, const TensorFile *f) {
  StrBuf b = {.arena = c->arena};
  safetensors_format(&b, f);
  return io_write(c, path, b.at, b.len);
}
