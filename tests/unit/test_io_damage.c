/* test_io_damage.c: no damage to a file crashes a reader, leaks, or reads beyond the file.
 *
 * In: small sound files of every format, and thousands of random mutations of each: cut, flipped,
 * overwritten with extreme numbers, bytes moved in. Out: Criterion results. A reader may accept a
 * mutant; then all it returned is read. Meant to run under AddressSanitizer (make SAN=1 test).
 */
#include <png.h>

#include "tests/unit/io_fixture.h"

TestSuite(io_damage, .init = io_setup, .fini = io_teardown, .timeout = 300);

enum { MUTANTS = 6000 };

typedef struct Sample {
  char *at;
  size_t len;
} Sample;

/* Reads the bytes and whatever came out of them; true if accepted. */
typedef bool Reader(Ctx *c, const char *data, size_t size);

static uint64_t state = 1;

static uint32_t chance(uint32_t n) { /* xorshift64*, 0 … n - 1 */
  state ^= state >> 12;
  state ^= state << 25;
  state ^= state >> 27;
  return n ? (uint32_t)((state * 0x2545f4914f6cdd1du) >> 33) % n : 0;
}

static volatile double seen;

static void touch(const void *data, size_t size) {
  const uint8_t *p = data;
  double sum = 0;
  for (size_t i = 0; i < size; i++) sum += p[i];
  seen = sum;
}

/* ---- mutation -------------------------------------------------------------------------------
 */

static void overwrite(Sample *s) {
  static const uint32_t extremes[] = {0,          1,          0x7f,       0x80,       0xff,
                                      0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffe, 0x10000};
  uint32_t v = extremes[chance(COUNT_OF(extremes))], width = 1u << chance(4);
  size_t at = chance((uint32_t)s->len);
  for (uint32_t i = 0; i < width && at + i < s->len; i++)
    s->at[at + i] = (char)(v >> 8 * (i & 3));
}

static void move(Sample *s) {
  size_t from = chance((uint32_t)s->len), to = chance((uint32_t)s->len);
  size_t n = chance(16) + 1, last = from > to ? from : to;
  if (n > s->len - last) n = s->len - last;
  memmove(s->at + to, s->at + from, n);
}

static void mutate(Sample *s) {
  for (uint32_t n = 1 + chance(4); n > 0 && s->len > 0; n--) switch (chance(6)) {
    case 0: s->len = chance((uint32_t)s->len + 1); break;
    case 1:
    case 2: s->at[chance((uint32_t)s->len)] ^= (char)(1 << chance(8)); break;
    case 3: s->at[chance((uint32_t)s->len)] = "0123456789-,[]{}()'\":"[chance(21)]; break;
    case 4: overwrite(s); break;
    default: move(s);
    }
}

/* One reading in an arena and a block of its own. Accepting and reporting exclude each other. */
static bool read_once(Reader *reader, const char *data, size_t size) {
  Arena *a = arena_new((size_t)1 << 28);
  char *exact = malloc(size ? size : 1);
  cr_assert(a && exact);
  memcpy(exact, data, size);
  if (setjmp(*arena_boundary(a))) cr_assert_fail("out of memory for a small file");
  Ctx *c = ctx_new(a);
  bool ok = reader(c, exact, size);
  cr_assert_eq(c->errors, ok ? 0 : 1);
  free(exact);
  arena_free(a);
  return ok;
}

/* Every cut of the sample is refused where `cuts` says so, mutants do as they please. */
static void damage(Reader *reader, Sample s, void (*mend)(Sample *), bool cuts) {
  int accepted = 0;
  cr_assert(read_once(reader, s.at, s.len), "the sound file is refused");
  for (size_t n = 0; n < s.len; n++)
    cr_assert(!read_once(reader, s.at, n) || !cuts, "cut at %zu", n);
  for (int i = 0; i < MUTANTS; i++) {
    Sample m = {malloc(s.len), s.len};
    cr_assert_not_null(m.at);
    memcpy(m.at, s.at, s.len);
    mutate(&m);
    if (mend && i % 2) mend(&m);
    accepted += read_once(reader, m.at, m.len);
    free(m.at);
  }
  cr_assert_lt(accepted, MUTANTS);
  for (int i = 0; i < 500; i++) { /* noise, with the sound beginning at times */
    char noise[200];
    size_t n = chance(sizeof noise);
    for (size_t j = 0; j < n; j++) noise[j] = (char)chance(256);
    if (i % 2) memcpy(noise, s.at, n < 10 ? n : 10);
    read_once(reader, noise, n);
  }
}

/* Whatever the memory limit, reading ends at the boundary or well, and leaks nothing. */
static void starve(Reader *reader, Sample s) {
  volatile int starved = 0;
  volatile bool ok = false;
  for (volatile size_t limit = 1000; !ok; limit = limit + limit / 8) {
    Arena *a = arena_new(limit);
    cr_assert(a && limit < (size_t)1 << 30);
    if (setjmp(*arena_boundary(a)))
      starved++;
    else
      ok = reader(ctx_new(a), s.at, s.len);
    arena_free(a);
  }
  cr_expect_gt(starved, 0);
}

/* ---- formats ----------------------------------------------------------------------------------
 */

static bool read_safetensors(Ctx *c, const char *data, size_t size) {
  TensorFile f;
  if (!safetensors_parse(c, "f", data, size, &f)) return false;
  for (int i = 0; i < f.at.len; i++) {
    const FileTensor *t = &f.at.at[i];
    touch(t->data, t->size);
    touch(t->name, strlen(t->name));
    const float *x = tensor_f32(c, t);
    if (x) touch(x, (size_t)t->count * sizeof *x);
  }
  return true;
}

Test(io_damage, safetensors) {
  const char header[] = "{\"__metadata__\":{\"a\":\"b\"},"
                        "\"w\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
                        "\"h\\u00e9\":{\"dtype\":\"F16\",\"shape\":[3],\"data_offsets\":[24,30]},"
                        "\"n\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[30,38]}}";
  StrBuf b = {.arena = arena};
  for (int i = 0; i < 8; i++) sb_putc(&b, (char)((sizeof header - 1) >> 8 * i));
  sb_puts(&b, header);
  for (int i = 0; i < 38; i++) sb_putc(&b, (char)(i * 29));
  damage(read_safetensors, (Sample){b.at, b.len}, NULL, true);
  starve(read_safetensors, (Sample){b.at, b.len});
}

static bool read_npy(Ctx *c, const char *data, size_t size) {
  Tensor t;
  if (!npy_parse(c, "f", data, size, &t)) return false;
  touch(t.data, (size_t)shape_count(&t.shape) * sizeof(float));
  return true;
}

Test(io_damage, npy) {
  const char file[] = "\x93NUMPY\1\0\x45\0"
                      "{'descr': '<f2', 'fortran_order': True, 'shape': (2, 3, 2), }       \n"
                      "abcdefghijklmnopqrstuvwx";
  float values[6] = {1, 2, 3};
  StrBuf b = {.arena = arena};
  npy_format(&b, &(Tensor){SHAPE(2, 3), values});
  damage(read_npy, (Sample){(char *)(uintptr_t)file, sizeof file - 1}, NULL, true);
  damage(read_npy, (Sample){b.at, b.len}, NULL, true);
  starve(read_npy, (Sample){b.at, b.len});
}

static bool read_idx(Ctx *c, const char *data, size_t size) {
  IdxArray x;
  int64_t n;
  if (!idx_parse(c, "f", data, size, &x)) return false;
  cr_assert(dims_count(x.dim, x.rank, &n));
  touch(x.data, (size_t)n);
  return true;
}

Test(io_damage, idx) {
  char file[] = "\0\0\x08\x03\0\0\0\x02\0\0\0\x03\0\0\0\x04"
                "abcdefghijklmnopqrstuvwx";
  damage(read_idx, (Sample){file, sizeof file - 1}, NULL, true);
}

static bool read_cifar(Ctx *c, const char *data, size_t size) {
  int64_t n;
  return cifar_parse(c, "f", data, size, &n);
}

Test(io_damage, cifar) {
  static char two[2 * 3073];
  cr_expect(read_once(read_cifar, two, sizeof two));
  for (int i = 0; i < MUTANTS; i++) {
    Sample m = {memset(malloc(sizeof two), 0, sizeof two), sizeof two};
    mutate(&m);
    read_once(read_cifar, m.at, m.len);
    free(m.at);
  }
}

static bool read_gzip(Ctx *c, const char *data, size_t size) {
  size_t n;
  const char *out = io_gunzip(c, "f", data, size, &n);
  if (out) touch(out, n + 1);
  return out;
}

Test(io_damage, gzip_stream) {
  char text[600];
  size_t n;
  for (size_t i = 0; i < sizeof text; i++) text[i] = (char)(i % 7 * (i / 60));
  char *gz = gzip(text, sizeof text, &n);
  damage(read_gzip, (Sample){gz, n}, NULL, true);
  starve(read_gzip, (Sample){gz, n});
}

static bool read_image(Ctx *c, const char *data, size_t size) {
  Image im;
  if (!image_parse(c, "f", data, size, 3, &im)) return false;
  touch(im.data, sizeof(float) * 3 * (size_t)im.height * (size_t)im.width);
  return true;
}

/* Makes the checksums of all chunks right again, so that damage reaches the decoder. */
static void mend_png(Sample *s) {
  uint8_t *p = (uint8_t *)s->at;
  for (size_t at = 8; s->len >= 12 && at <= s->len - 12;) {
    size_t n = (size_t)p[at] << 24 | (size_t)p[at + 1] << 16 | (size_t)p[at + 2] << 8 | p[at + 3];
    if (n > s->len - at - 12) break;
    uLong crc = crc32(0, p + at + 4, (uInt)n + 4);
    for (size_t i = 0; i < 4; i++) p[at + 8 + n + i] = (uint8_t)(crc >> (24 - 8 * i));
    at += n + 12;
  }
}

static void append(png_structp png, png_bytep data, size_t n) {
  sb_write(png_get_io_ptr(png), (const char *)data, n);
}

static StrBuf make_png(int depth, int kind, bool interlaced) {
  StrBuf b = {.arena = arena};
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop info = png_create_info_struct(png);
  const png_color palette[] = {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {51, 51, 51}};
  uint8_t row[9 * 8], clear[] = {0, 100};
  png_text text = {.compression = PNG_TEXT_COMPRESSION_zTXt, .key = "Title", .text = "text"};
  png_set_write_fn(png, &b, append, NULL);
  png_set_IHDR(png, info, 9, 7, depth, kind, interlaced, 0, 0);
  if (kind == PNG_COLOR_TYPE_PALETTE) {
    png_set_PLTE(png, info, palette, 4);
    png_set_tRNS(png, info, clear, 2, NULL);
  }
  png_set_gAMA(png, info, 0.45455);
  png_set_text(png, info, &text, 1);
  png_write_info(png, info);
  for (int pass = png_set_interlace_handling(png); pass > 0; pass--)
    for (int y = 0; y < 7; y++) {
      for (size_t i = 0; i < sizeof row; i++) row[i] = (uint8_t)(i * 3 + (size_t)y);
      if (kind == PNG_COLOR_TYPE_PALETTE) memset(row, 0x1b, sizeof row);
      png_write_row(png, row);
    }
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return b;
}

static void damage_png(int depth, int kind, bool interlaced) {
  StrBuf b = make_png(depth, kind, interlaced);
  damage(read_image, (Sample){b.at, b.len}, mend_png, true);
  starve(read_image, (Sample){b.at, b.len});
}

Test(io_damage, png_rgb) { damage_png(8, PNG_COLOR_TYPE_RGB, false); }
Test(io_damage, png_interlaced) { damage_png(16, PNG_COLOR_TYPE_RGB_ALPHA, true); }
Test(io_damage, png_palette) { damage_png(2, PNG_COLOR_TYPE_PALETTE, true); }
Test(io_damage, png_grey) { damage_png(1, PNG_COLOR_TYPE_GRAY, false); }

Test(io_damage, pnm) {
  char text[] = "P3 # a\n2 2 99\n1 2 3 4 5 6 7 8 9 10 11 1",
       binary[] = "P6\n2 2\n255\nabcdefghijkl";
  damage(read_image, (Sample){text, sizeof text - 1}, NULL, true);
  damage(read_image, (Sample){binary, sizeof binary - 1}, NULL, true);
  starve(read_image, (Sample){binary, sizeof binary - 1});
}

static bool read_labels(Ctx *c, const char *data, size_t size) {
  Labels l;
  if (!labels_parse(c, "f", data, size, &l)) return false;
  for (int i = 0; i < l.at.len; i++) touch(l.at.at[i], strlen(l.at.at[i]));
  return true;
}

Test(io_damage, labels) {
  char text[] = "cat\r\ndog, hound\n\nmouse\r\r\n \t";
  damage(read_labels, (Sample){text, sizeof text - 1}, NULL, false);
}
