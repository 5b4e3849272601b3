/* npy.c: reads and writes NumPy's .npy arrays.
 * In: magic, version, header length, a Python dict literal {'descr', 'fortran_order', 'shape'},
 * raw data (numpy.lib.format); out: a plain row-major f32 tensor. The dict is parsed for what it
 * is, in any order and spelling that Python accepts, not matched against NumPy's usual line. */
#include "io.h"

#include <string.h>

/* ---- the header's dict literal ------------------------------------------------------------ */

typedef struct Npy {
  const char *at, *end; /* what is left of the dict's text */
  char descr[32];
  bool fortran;
  int rank;
  int64_t dim[STORED_RANK];
  unsigned seen;   /* bit per key */
  const char *why; /* what is wrong */
} Npy;

static bool wrong(Npy *p, const char *why) {
  if (!p->why) p->why = why;
  return false;
}

static void skip_blanks(Npy *p) {
  while (p->at < p->end && strchr(" \t\r\n", *p->at) && *p->at) p->at++;
}

/* Takes the character if it comes next. */
static bool take(Npy *p, char ch) {
  skip_blanks(p);
  if (p->at == p->end || *p->at != ch) return false;
  p->at++;
  return true;
}

static bool take_word(Npy *p, const char *word) {
  size_t n = strlen(word);
  skip_blanks(p);
  if ((size_t)(p->end - p->at) < n || memcmp(p->at, word, n) != 0) return false;
  p->at += n;
  return true;
}

static bool read_string(Npy *p, char *out, size_t room) {
  char quote = take(p, '\'') ? '\'' : take(p, '"') ? '"' : 0;
  if (!quote) return wrong(p, "a string was expected (structured types are not read)");
  size_t n = 0;
  for (; p->at < p->end && *p->at != quote; p->at++) {
    if (n + 1 >= room || *p->at < 32 || *p->at > 126) return wrong(p, "a string is too strange");
    out[n++] = *p->at;
  }
  out[n] = 0;
  return p->at < p->end ? (p->at++, true) : wrong(p, "a string does not end");
}

static bool read_integer(Npy *p, int64_t *out) {
  int64_t v = 0;
  skip_blanks(p);
  if (p->at == p->end || *p->at < '0' || *p->at > '9') return wrong(p, "bad dimension");
  for (; p->at < p->end && *p->at >= '0' && *p->at <= '9'; p->at++)
    if (__builtin_mul_overflow(v, 10, &v) || __builtin_add_overflow(v, *p->at - '0', &v))
      return wrong(p, "a dimension overflows");
  if (p->at < p->end && *p->at == 'L') p->at++; /* Python 2's long */
  *out = v;
  return true;
}

/* (), (3,), (1, 28, 28), a trailing comma allowed; (3) is a number in Python and refused. */
static bool read_shape(Npy *p) {
  if (!take(p, '(')) return wrong(p, "the shape is not a tuple");
  bool comma = true;
  while (!take(p, ')')) {
    if (!comma) return wrong(p, "the shape's commas are wrong");
    if (p->rank == STORED_RANK) return wrong(p, "more than 8 dimensions");
    if (!read_integer(p, &p->dim[p->rank++])) return false;
    comma = take(p, ',');
  }
  return p->rank != 1 || comma || wrong(p, "the shape is not a tuple");
}

static bool read_entry(Npy *p) {
  static const char *const keys[] = {"descr", "fortran_order", "shape"};
  char key[32];
  if (!read_string(p, key, sizeof key)) return false;
  int k = 0;
  while (k < 3 && !str_eq(key, keys[k])) k++;
  if (k == 3 || p->seen >> k & 1) return wrong(p, "an unknown or repeated key");
  p->seen |= 1u << k;
  if (!take(p, ':')) return wrong(p, "no ':' after a key");
  if (k == 0) return read_string(p, p->descr, sizeof p->descr);
  if (k == 2) return read_shape(p);
  p->fortran = take_word(p, "True");
  return p->fortran || take_word(p, "False") || wrong(p, "fortran_order is no boolean");
}

static bool read_dict(Npy *p) {
  if (!take(p, '{')) return wrong(p, "the header is no dict");
  bool comma = true;
  while (!take(p, '}')) {
    if (!comma) return wrong(p, "no ',' between entries");
    if (!read_entry(p)) return false;
    comma = take(p, ',');
  }
  skip_blanks(p);
  if (p->at != p->end) return wrong(p, "text after the dict");
  return p->seen == 7 || wrong(p, "descr, fortran_order or shape is missing");
}

/* ---- reading ------------------------------------------------------------------------------- */

static bool descr_type(const char *descr, StoredType *type) {
  static const struct {
    const char *descr;
    StoredType type;
  } known[] = {{"f4", ST_F32}, {"f8", ST_F64}, {"f2", ST_F16}, {"b1", ST_BOOL},
               {"u1", ST_U8},  {"i1", ST_I8},  {"u2", ST_U16}, {"i2", ST_I16},
               {"u4", ST_U32}, {"i4", ST_I32}, {"u8", ST_U64}, {"i8", ST_I64}};
  char order = descr[0];
  for (int i = 0; i < COUNT_OF(known); i++) {
    if (order == 0 || !str_eq(descr + 1, known[i].descr)) continue;
    *type = known[i].type;
    return order == '<' || order == '=' || (order == '|' && stored_size(*type) == 1);
  }
  return false;
}

/* Fortran order: the first index runs fastest. `from` is read in order, `to` stridden. */
static void from_fortran(const float *from, float *to, const Shape *s, int64_t count) {
  int64_t stride[MAX_RANK], index[MAX_RANK] = {0}, at = 0, step = 1;
  for (int d = s->rank - 1; d >= 0; d--) {
    stride[d] = step;
    step *= s->dim[d];
  }
  for (int64_t i = 0; i < count; i++) {
    to[at] = from[i];
    for (int d = 0; d < s->rank; d++) {
      at += stride[d];
      if (++index[d] < s->dim[d]) break;
      at -= stride[d] * s->dim[d];
      index[d] = 0;
    }
  }
}

/* The dict's text and where the data begins. */
static bool find_header(Ctx *c, const char *path, const uint8_t *data, size_t size, Npy *p,
                        size_t *start) {
  if (size < 10 || memcmp(data, "\x93NUMPY", 6) != 0)
    return io_fail(c, DIAG_E0604, path, "not a .npy file");
  int major = data[6];
  if (major < 1 || major > 3)
    return io_fail(c, DIAG_E0609, path, ".npy format version %d", major);
  size_t prefix = major == 1 ? 10 : 12, length = data[8] | (size_t)data[9] << 8;
  if (major > 1 && size >= 12) length |= (size_t)data[10] << 16 | (size_t)data[11] << 24;
  if (size < prefix || length > size - prefix)
    return io_fail(c, DIAG_E0604, path, "truncated in the header");
  p->at = (const char *)data + prefix;
  p->end = p->at + length;
  *start = prefix + length;
  return true;
}

bool npy_parse(Ctx *c, const char *path, const void *data, size_t size, Tensor *out) {
  Npy p = {0};
  size_t start = 0;
  StoredType type;
  int64_t count, bytes;
  *out = (Tensor){0};
  if (!find_header(c, path, data, size, &p, &start)) return false;
  if (!read_dict(&p)) return io_fail(c, DIAG_E0604, path, "bad header: %s", p.why);
  if (!descr_type(p.descr, &type))
    return io_fail(c, DIAG_E0609, path, "element type '%s' is not read", p.descr);
  if (p.rank > MAX_RANK)
    return io_fail(c, DIAG_E0609, path, "%d dimensions, at most %d are read", p.rank, MAX_RANK);
  if (!dims_count(p.dim, p.rank, &count) ||
      __builtin_mul_overflow(count, (int64_t)stored_size(type), &bytes))
    return io_fail(c, DIAG_E0604, path, "the shape overflows");
  if ((uint64_t)bytes != size - start)
    return io_fail(c, DIAG_E0604, path,
                   "%s: shape %s of '%s' needs %lld bytes of data, found %zu",
                   (uint64_t)bytes > size - start ? "truncated" : "too long",
                   dims_text(c, p.dim, p.rank), p.descr, (long long)bytes, size - start);
  out->shape.rank = p.rank;
  memcpy(out->shape.dim, p.dim, sizeof(int64_t) * (size_t)p.rank);
  float *values = NEWN(c->arena, float, count);
  stored_to_f32(type, (const char *)data + start, count, values);
  out->data = values;
  if (p.fortran && p.rank > 1) {
    out->data = NEWN(c->arena, float, count);
    from_fortran(values, out->data, &out->shape, count);
  }
  return true;
}

bool npy_read(Ctx *c, const char *path, Tensor *out) {
  size_t size;
  const char *data = io_read(c, path, &size);
  return data && npy_parse(c, path, data, size, out);
}

/* ---- writing ---------------------------------------------------------------------------- */

void npy_format(StrBuf *out, const Tensor *t) {
  enum { PREFIX = 10, ALIGN = 64 };
  StrBuf head = {.arena = out->arena};
  int64_t count = 1;
  sb_puts(&head, "{'descr': '<f4', 'fortran_order': False, 'shape': (");
  for (int d = 0; d < t->shape.rank; d++) {
    sb_printf(&head, "%s%lld", d ? ", " : "", (long long)t->shape.dim[d]);
    count *= t->shape.dim[d];
  }
  sb_puts(&head, t->shape.rank == 1 ? ",), }" : "), }");
  while ((PREFIX + head.len + 1) % ALIGN) sb_putc(&head, ' ');
  sb_putc(&head, '\n');
  sb_write(out, "\x93NUMPY\x01\x00", 8);
  sb_putc(out, (char)(head.len & 255));
  sb_putc(out, (char)(head.len >> 8));
  sb_write(out, head.at, head.len);
  if (count) sb_write(out, (const char *)t->data, (size_t)count * sizeof(float));
}

bool npy_write(Ctx *c, const char *path, const Tensor *t) {
  StrBuf b = {.arena = c->arena};
  npy_format(&b, t);
  return io_write(c, path, b.at, b.len);
}
