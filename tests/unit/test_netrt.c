/* test_netrt.c: the runtime accepts a sound weight file and refuses every other, for the reason.
 *
 * In: a small file image that the tests build with a writer of their own, from netrt.h's structs.
 * Out: Criterion results. Images given to netrt_open_memory stand in blocks of exactly their
 * size, so that under AddressSanitizer a read of one byte too many is a failure.
 */
#define _POSIX_C_SOURCE 200809L

#include <criterion/criterion.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/netrt.h"

#define PLAN      UINT64_C(0x0123456789abcdef)
#define SECTIONS  4u
#define TABLE_END (NETRT_HEADER_BYTES + SECTIONS * NETRT_ENTRY_BYTES)

/* The contents leave padding after each section but the third, which ends on 64 bytes. */
static const struct {
  const char *name;
  uint32_t kind, dtype, bytes;
} sample[SECTIONS] = {
    {"conv1.weight/oihw8i8o", NETRT_KIND_WEIGHTS, NETRT_DTYPE_F32, 100},
    {"conv1.bias", NETRT_KIND_WEIGHTS, NETRT_DTYPE_BF16, 6},
    {"image", NETRT_KIND_SELFTEST_INPUT, NETRT_DTYPE_U8, 64},
    {"probs", NETRT_KIND_SELFTEST_EXPECTED, NETRT_DTYPE_F32, 12},
};

typedef struct image {
  unsigned char *bytes; /* from netrt_alloc */
  size_t size;
} image;

static netrt_header *header_of(image im) { return (netrt_header *)(void *)im.bytes; }

static netrt_entry *table_of(image im) {
  return (netrt_entry *)(void *)(im.bytes + NETRT_HEADER_BYTES);
}

/* Make the checksum of header and table right again after a change to them. */
static void seal(image im) {
  header_of(im)->table_checksum = netrt_table_checksum(header_of(im), table_of(im));
}

static unsigned char content(uint32_t section, uint32_t i) {
  return (unsigned char)(section * 41u + i * 7u + 1u);
}

static size_t round_up(size_t n) { return (n + NETRT_ALIGN - 1) / NETRT_ALIGN * NETRT_ALIGN; }

static image build(void) {
  image im = {NULL, TABLE_END};
  for (uint32_t s = 0; s < SECTIONS; s++) im.size += round_up(sample[s].bytes);
  im.bytes = netrt_alloc(im.size);
  cr_assert_not_null(im.bytes);
  memset(im.bytes, 0, im.size);
  netrt_header *h = header_of(im);
  memcpy(h->magic, NETRT_MAGIC, NETRT_MAGIC_BYTES);
  h->version = NETRT_FORMAT_VERSION;
  h->header_bytes = NETRT_HEADER_BYTES;
  h->file_bytes = im.size;
  h->plan_hash = PLAN;
  h->section_count = SECTIONS;
  h->entry_bytes = NETRT_ENTRY_BYTES;
  strcpy(h->model, "lenet");
  size_t offset = TABLE_END;
  for (uint32_t s = 0; s < SECTIONS; s++) {
    netrt_entry *e = &table_of(im)[s];
    strcpy(e->name, sample[s].name);
    e->kind = sample[s].kind;
    e->dtype = sample[s].dtype;
    e->offset = offset;
    e->bytes = sample[s].bytes;
    for (uint32_t i = 0; i < sample[s].bytes; i++) im.bytes[offset + i] = content(s, i);
    e->checksum = netrt_hash64(im.bytes + offset, sample[s].bytes, 0);
    offset += round_up(sample[s].bytes);
  }
  seal(im);
  return im;
}

/* The first size bytes (zeros beyond the image's end) in a block of their own. */
static image resized(image im, size_t size) {
  image copy = {netrt_alloc(size), size};
  cr_assert_not_null(copy.bytes);
  memset(copy.bytes, 0, size);
  memcpy(copy.bytes, im.bytes, size < im.size ? size : im.size);
  return copy;
}

/* Status of opening; an open that succeeds is closed, one that fails must leave no file. */
static int try_open(image im, uint64_t plan, int flags) {
  netrt_file *f = (netrt_file *)(void *)&im;
  int status = netrt_open_memory(&f, im.bytes, im.size, plan, flags);
  cr_assert_eq(f == NULL, status != NETRT_OK, "status %d and file disagree", status);
  netrt_close(f);
  return status;
}

#define EXPECT(status, call)                                                                     \
  do {                                                                                           \
    int got_status = (call), want_status = (status);                                             \
    cr_expect_eq(got_status, want_status, "%s: got \"%s\", want \"%s\"", #call,                  \
                 netrt_strerror(got_status), netrt_strerror(want_status));                       \
  } while (0)

/* ---- A sound file ------------------------------------------------------------------------- */

static void expect_sample(const netrt_file *f) {
  cr_assert_not_null(f);
  cr_expect_str_eq(netrt_header_of(f)->model, "lenet");
  for (uint32_t s = 0; s < SECTIONS; s++) {
    const unsigned char *p = netrt_section(f, s, sample[s].bytes);
    cr_assert_not_null(p);
    cr_expect_eq((uintptr_t)p % NETRT_ALIGN, 0);
    for (uint32_t i = 0; i < sample[s].bytes; i++) cr_assert_eq(p[i], content(s, i));
    cr_expect_null(netrt_section(f, s, sample[s].bytes + 1u));
    cr_expect_null(netrt_section(f, s, sample[s].bytes + (UINT64_C(1) << 32)));
    cr_expect_str_eq(netrt_entry_of(f, s)->name, sample[s].name);
  }
  cr_expect_null(netrt_section(f, SECTIONS, 0));
  cr_expect_null(netrt_section(f, UINT32_MAX, 12));
  cr_expect_null(netrt_entry_of(f, SECTIONS));
}

Test(netrt, opens_memory_without_copying) {
  image im = build();
  const int flags[] = {0, NETRT_VERIFY, NETRT_ANY_PLAN, NETRT_VERIFY | NETRT_ANY_PLAN};
  for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
    netrt_file *f = NULL;
    EXPECT(NETRT_OK, netrt_open_memory(&f, im.bytes, im.size, PLAN, flags[i]));
    expect_sample(f);
    cr_expect_eq((const void *)netrt_header_of(f), im.bytes);
    netrt_close(f);
  }
  netrt_free(im.bytes);
}

Test(netrt, finds_sections_by_kind) {
  image im = build();
  netrt_file *f = NULL;
  uint64_t bytes = 1;
  EXPECT(NETRT_OK, netrt_open_memory(&f, im.bytes, im.size, PLAN, 0));
  cr_expect_eq(netrt_find(f, NETRT_KIND_WEIGHTS, 1, &bytes), netrt_section(f, 1, 6));
  cr_expect_eq(bytes, 6);
  cr_expect_eq(netrt_find(f, NETRT_KIND_SELFTEST_EXPECTED, 0, NULL), netrt_section(f, 3, 12));
  cr_expect_eq(netrt_find(f, NETRT_KIND_SELFTEST_INPUT, 0, &bytes), netrt_section(f, 2, 64));
  cr_expect_null(netrt_find(f, NETRT_KIND_SELFTEST_INPUT, 1, &bytes));
  cr_expect_eq(bytes, 0);
  cr_expect_null(netrt_find(f, 0, 0, &bytes));
  cr_expect_null(netrt_find(f, NETRT_KIND_WEIGHTS, UINT32_MAX, &bytes));
  netrt_close(f);
  netrt_free(im.bytes);
}

Test(netrt, opens_a_file_without_sections) {
  image full = build(), im = resized(full, NETRT_HEADER_BYTES);
  header_of(im)->section_count = 0;
  header_of(im)->file_bytes = im.size;
  seal(im);
  EXPECT(NETRT_OK, try_open(im, PLAN, NETRT_VERIFY));
  netrt_free(im.bytes);
  netrt_free(full.bytes);
}

Test(netrt, refuses_bad_arguments) {
  image im = build();
  netrt_file *f = NULL;
  EXPECT(NETRT_E_ARGUMENT, netrt_open(NULL, "x", PLAN, 0));
  EXPECT(NETRT_E_ARGUMENT, netrt_open(&f, NULL, PLAN, 0));
  EXPECT(NETRT_E_ARGUMENT, netrt_open(&f, "x", PLAN, 8));
  EXPECT(NETRT_E_ARGUMENT, netrt_open_memory(NULL, im.bytes, im.size, PLAN, 0));
  EXPECT(NETRT_E_ARGUMENT, netrt_open_memory(&f, NULL, im.size, PLAN, 0));
  EXPECT(NETRT_E_ARGUMENT, netrt_open_memory(&f, im.bytes, im.size, PLAN, NETRT_COPY));
  EXPECT(NETRT_E_ARGUMENT, netrt_open_memory(&f, im.bytes, im.size, PLAN, -1));
  cr_expect_null(netrt_section(NULL, 0, 0));
  cr_expect_null(netrt_find(NULL, NETRT_KIND_WEIGHTS, 0, NULL));
  cr_expect_null(netrt_header_of(NULL));
  cr_expect_null(netrt_entry_of(NULL, 0));
  netrt_close(NULL);
  netrt_free(NULL);
  netrt_free(im.bytes);
}

/* ---- Damage ------------------------------------------------------------------------------- */

Test(netrt, refuses_every_truncation) {
  image im = build();
  for (size_t size = 0; size < im.size; size++) {
    image cut = resized(im, size);
    EXPECT(NETRT_E_TRUNCATED, try_open(cut, PLAN, 0));
    EXPECT(NETRT_E_TRUNCATED, try_open(cut, PLAN, NETRT_VERIFY));
    netrt_free(cut.bytes);
  }
  netrt_free(im.bytes);
}

Test(netrt, refuses_trailing_bytes) {
  image im = build();
  for (size_t extra = 1; extra <= 130; extra++) {
    image longer = resized(im, im.size + extra);
    EXPECT(NETRT_E_OVERSIZED, try_open(longer, PLAN, 0));
    netrt_free(longer.bytes);
  }
  netrt_free(im.bytes);
}

static int status_of_flip(size_t byte) {
  const size_t version = offsetof(netrt_header, version);
  if (byte < NETRT_MAGIC_BYTES) return NETRT_E_NOT_WEIGHTS;
  if (byte >= version && byte < version + 4) return NETRT_E_VERSION;
  return byte < TABLE_END ? NETRT_E_HEADER : NETRT_E_SECTION;
}

/* Padding included: with NETRT_VERIFY no bit of the file is free. */
Test(netrt, refuses_every_flipped_bit) {
  image im = build();
  for (size_t byte = 0; byte < im.size; byte++) {
    for (int bit = 0; bit < 8; bit++) {
      im.bytes[byte] ^= (unsigned char)(1 << bit);
      EXPECT(status_of_flip(byte), try_open(im, PLAN, NETRT_VERIFY));
      EXPECT(byte < TABLE_END ? status_of_flip(byte) : NETRT_OK, try_open(im, PLAN, 0));
      im.bytes[byte] ^= (unsigned char)(1 << bit);
    }
  }
  EXPECT(NETRT_OK, try_open(im, PLAN, NETRT_VERIFY));
  netrt_free(im.bytes);
}

/* Random damage of many bytes under a right checksum: any status, but no read out of bounds. */
Test(netrt, survives_resealed_noise) {
  image im = build();
  uint64_t state = 1;
  for (int round = 0; round < 20000; round++) {
    image noisy = resized(im, im.size);
    for (int i = 0; i < 3; i++) {
      state = netrt_hash64(&state, sizeof state, 7);
      const size_t byte = NETRT_HEADER_BYTES + state % (TABLE_END - NETRT_HEADER_BYTES);
      noisy.bytes[byte] = (unsigned char)(state >> 32);
    }
    seal(noisy);
    const int status = try_open(noisy, PLAN, NETRT_VERIFY);
    cr_assert(status == NETRT_OK || status == NETRT_E_HEADER || status == NETRT_E_SECTION);
    netrt_free(noisy.bytes);
  }
  netrt_free(im.bytes);
}

Test(netrt, refuses_what_is_not_a_weight_file) {
  image im = build();
  memset(im.bytes, 'x', im.size);
  EXPECT(NETRT_E_NOT_WEIGHTS, try_open(im, PLAN, 0));
  im.size = 1;
  EXPECT(NETRT_E_NOT_WEIGHTS, try_open(im, PLAN, 0));
  netrt_free(im.bytes);
}

Test(netrt, refuses_another_plan) {
  image im = build();
  EXPECT(NETRT_E_PLAN, try_open(im, PLAN ^ 1, 0));
  EXPECT(NETRT_E_PLAN, try_open(im, 0, NETRT_VERIFY));
  EXPECT(NETRT_OK, try_open(im, 0, NETRT_ANY_PLAN));
  netrt_free(im.bytes);
}

Test(netrt, refuses_another_version_whatever_its_size) {
  image im = build();
  header_of(im)->version = 2;
  EXPECT(NETRT_E_VERSION, try_open(im, PLAN, 0));
  seal(im);
  EXPECT(NETRT_E_VERSION, try_open(im, PLAN, NETRT_VERIFY));
  image shorter = resized(im, 12);
  EXPECT(NETRT_E_VERSION, try_open(shorter, PLAN, 0));
  netrt_free(shorter.bytes);
  netrt_free(im.bytes);
}

Test(netrt, refuses_a_misaligned_image) {
  image im = build();
  unsigned char *block = netrt_alloc(im.size + NETRT_ALIGN);
  netrt_file *f = NULL;
  for (size_t shift = 1; shift < NETRT_ALIGN; shift++) {
    memcpy(block + shift, im.bytes, im.size);
    EXPECT(NETRT_E_MISALIGNED, netrt_open_memory(&f, block + shift, im.size, PLAN, 0));
  }
  netrt_free(block);
  netrt_free(im.bytes);
}

/* ---- Right checksums over wrong contents -------------------------------------------------- */

/* One field of the table (of section s) or header is set, the checksum made right again. */
#define REFUSES_ENTRY(s, field, value)                                                           \
  do {                                                                                           \
    image im = build();                                                                          \
    table_of(im)[s].field = (value);                                                             \
    seal(im);                                                                                    \
    EXPECT(NETRT_E_HEADER, try_open(im, PLAN, 0));                                               \
    EXPECT(NETRT_E_HEADER, try_open(im, PLAN, NETRT_VERIFY));                                    \
    netrt_free(im.bytes);                                                                        \
  } while (0)

Test(netrt, refuses_sections_outside_the_file_or_overlapping) {
  REFUSES_ENTRY(0, offset, 0);                  /* the header */
  REFUSES_ENTRY(0, offset, NETRT_HEADER_BYTES); /* the table */
  REFUSES_ENTRY(0, offset, TABLE_END - 64);
  REFUSES_ENTRY(0, offset, TABLE_END + 4);  /* misaligned */
  REFUSES_ENTRY(0, offset, TABLE_END + 64); /* reaches into section 1 */
  REFUSES_ENTRY(1, offset, TABLE_END + 64); /* overlaps section 0 */
  REFUSES_ENTRY(0, bytes, 132);             /* likewise, by size */
  REFUSES_ENTRY(2, offset, TABLE_END);      /* out of order */
  REFUSES_ENTRY(3, bytes, 68);              /* 4 bytes beyond the end */
  REFUSES_ENTRY(3, bytes, UINT64_MAX - 3);  /* offset + bytes wraps around */
  REFUSES_ENTRY(3, bytes, UINT64_C(1) << 63);
  REFUSES_ENTRY(3, offset, UINT64_MAX - 63);
  REFUSES_ENTRY(3, offset, UINT64_C(1) << 32);
  REFUSES_ENTRY(0, bytes, UINT64_C(1) << 32);
}

Test(netrt, refuses_entries_that_make_no_sense) {
  REFUSES_ENTRY(0, bytes, 99); /* not a whole number of f32 */
  REFUSES_ENTRY(0, dtype, 0);
  REFUSES_ENTRY(0, dtype, NETRT_DTYPE_F64 + 1);
  REFUSES_ENTRY(0, dtype, UINT32_MAX);
  REFUSES_ENTRY(0, kind, 0);
  REFUSES_ENTRY(3, kind, NETRT_KIND_SELFTEST_EXPECTED + 1);
  REFUSES_ENTRY(3, kind, NETRT_KIND_WEIGHTS); /* not sorted */
  REFUSES_ENTRY(0, name[0], 0);
  image im = build();
  memset(table_of(im)[0].name, 'a', NETRT_SECTION_NAME_BYTES);
  seal(im);
  EXPECT(NETRT_E_HEADER, try_open(im, PLAN, 0));
  netrt_free(im.bytes);
}

/* seal() may not be used here where it would follow the damaged count out of the image. */
Test(netrt, refuses_headers_that_make_no_sense) {
  image im = build();
  netrt_header sound = *header_of(im), *h = header_of(im);
  const uint32_t counts[] = {SECTIONS + 1, 1000, UINT32_C(1) << 25, UINT32_C(1) << 31,
                             UINT32_MAX};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
    h->section_count = counts[i];
    EXPECT(NETRT_E_HEADER, try_open(im, PLAN, 0));
    h->file_bytes = UINT64_MAX; /* now the table would fit, were the file there */
    int status = try_open(im, PLAN, 0);
    cr_expect(status == NETRT_E_HEADER || status == NETRT_E_TRUNCATED);
    *h = sound;
  }
  const uint64_t sizes[] = {im.size + 64, UINT64_C(1) << 32, UINT64_MAX, UINT64_MAX - 63};
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    h->file_bytes = sizes[i];
    seal(im);
    EXPECT(NETRT_E_TRUNCATED, try_open(im, PLAN, 0));
  }
  h->file_bytes = im.size - 64;
  seal(im);
  EXPECT(NETRT_E_OVERSIZED, try_open(im, PLAN, 0));
  h->file_bytes = 0;
  seal(im);
  EXPECT(NETRT_E_HEADER, try_open(im, PLAN, 0));
  *h = sound;
  h->reserved = 1;
  seal(im);
  EXPECT(NETRT_E_HEADER, try_open(im, PLAN, 0));
  *h = sound;
  memset(h->model, 'm', sizeof h->model);
  seal(im);
  EXPECT(NETRT_E_HEADER, try_open(im, PLAN, 0));
  *h = sound;
  im.size -= 4; /* every section is there, but a vector load at the end would leave the file */
  h->file_bytes = im.size;
  seal(im);
  EXPECT(NETRT_E_HEADER, try_open(im, PLAN, 0));
  netrt_free(im.bytes);
}

/* ---- Files -------------------------------------------------------------------------------- */

static char scratch[] = "/tmp/test_netrt_XXXXXX";

static void write_file(image im) {
  static int named = 0;
  if (!named) {
    int descriptor = mkstemp(scratch);
    cr_assert(descriptor >= 0);
    close(descriptor);
    named = 1;
  }
  FILE *stream = fopen(scratch, "wb");
  cr_assert_not_null(stream);
  cr_assert_eq(fwrite(im.bytes, 1, im.size, stream), im.size);
  cr_assert_eq(fclose(stream), 0);
}

static int try_path(const char *path, int flags) {
  netrt_file *f = NULL;
  int status = netrt_open(&f, path, PLAN, flags);
  cr_assert_eq(f == NULL, status != NETRT_OK);
  if (f != NULL) expect_sample(f);
  netrt_close(f);
  return status;
}

Test(netrt, opens_files_mapped_and_copied) {
  image im = build();
  write_file(im);
  EXPECT(NETRT_OK, try_path(scratch, 0));
  EXPECT(NETRT_OK, try_path(scratch, NETRT_VERIFY));
  EXPECT(NETRT_OK, try_path(scratch, NETRT_COPY));
  EXPECT(NETRT_OK, try_path(scratch, NETRT_COPY | NETRT_VERIFY));
  netrt_file *f = NULL;
  EXPECT(NETRT_OK, netrt_open(&f, scratch, PLAN, 0));
  unlink(scratch); /* an open file outlives its name */
  expect_sample(f);
  netrt_close(f);
  netrt_free(im.bytes);
}

Test(netrt, refuses_damaged_files) {
  image im = build();
  const size_t lengths[] = {0, 1, 8, 12, 127, 128, TABLE_END, im.size - 1};
  for (int flags = 0; flags <= NETRT_COPY; flags += NETRT_COPY) {
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
      write_file((image){im.bytes, lengths[i]});
      EXPECT(NETRT_E_TRUNCATED, try_path(scratch, flags));
    }
    image longer = resized(im, im.size + 1);
    write_file(longer);
    EXPECT(NETRT_E_OVERSIZED, try_path(scratch, flags));
    netrt_free(longer.bytes);
    im.bytes[TABLE_END + 5] ^= 1;
    write_file(im);
    im.bytes[TABLE_END + 5] ^= 1;
    EXPECT(NETRT_E_SECTION, try_path(scratch, flags | NETRT_VERIFY));
  }
  unlink(scratch);
  netrt_free(im.bytes);
}

Test(netrt, refuses_what_cannot_be_read, .timeout = 10) {
  for (int flags = 0; flags <= NETRT_COPY; flags += NETRT_COPY) {
    EXPECT(NETRT_E_OPEN, try_path("/tmp/no/such/file.weights", flags));
    EXPECT(NETRT_E_OPEN, try_path("", flags));
    EXPECT(NETRT_E_OPEN, try_path("/tmp", flags));
#ifndef NETRT_NO_MMAP /* ISO C cannot tell a FIFO from a file */
    char fifo[64];
    snprintf(fifo, sizeof fifo, "/tmp/test_netrt_fifo_%ld", (long)getpid());
    cr_assert_eq(mkfifo(fifo, 0600), 0);
    EXPECT(NETRT_E_OPEN, try_path(fifo, flags));
    unlink(fifo);
    EXPECT(NETRT_E_OPEN, try_path("/dev/zero", flags));
#endif
  }
}

/* ---- Hash, memory, statuses --------------------------------------------------------------- */

/* Values of the reference implementation (xxHash 0.8): sizes on both sides of every branch. */
Test(netrt, hash_is_xxh64) {
  unsigned char data[101];
  for (size_t i = 0; i < sizeof data; i++) data[i] = (unsigned char)(i * 151u + 3u);
  cr_expect_eq(netrt_hash64(NULL, 0, 0), UINT64_C(0xEF46DB3751D8E999));
  cr_expect_eq(netrt_hash64("a", 1, 0), UINT64_C(0xD24EC4F1A98C6E5B));
  cr_expect_eq(netrt_hash64("abc", 3, 0), UINT64_C(0x44BC2CF5AD770999));
  static const struct {
    size_t size;
    uint64_t seed, hash;
  } known[] = {
      {1, UINT64_C(0x0), UINT64_C(0x1F25C8D0BC1F4BB6)},
      {3, UINT64_C(0x123456789ABCDEF), UINT64_C(0x9504E1930287867F)},
      {4, UINT64_C(0x0), UINT64_C(0x2D90A6DE354EDBAF)},
      {7, UINT64_C(0x123456789ABCDEF), UINT64_C(0x70379EF4636B267F)},
      {8, UINT64_C(0x0), UINT64_C(0xD698F193E9F13A75)},
      {11, UINT64_C(0x123456789ABCDEF), UINT64_C(0x82997A9306F8ECC1)},
      {12, UINT64_C(0x0), UINT64_C(0xBEC5085D65AE03A9)},
      {31, UINT64_C(0x123456789ABCDEF), UINT64_C(0x5CFE55A42E86DDDB)},
      {32, UINT64_C(0x0), UINT64_C(0x1EBF66E97A6D1E34)},
      {33, UINT64_C(0x123456789ABCDEF), UINT64_C(0x867B2BE09F3F1C4E)},
      {40, UINT64_C(0x0), UINT64_C(0x063E34472A8CABCA)},
      {63, UINT64_C(0x123456789ABCDEF), UINT64_C(0x478A779B5A197201)},
      {64, UINT64_C(0x0), UINT64_C(0x343BA6B8ABFFF548)},
      {68, UINT64_C(0x123456789ABCDEF), UINT64_C(0xFAADB2D12A53E0E2)},
      {95, UINT64_C(0x0), UINT64_C(0x7D041AD8D1AEC98E)},
      {101, UINT64_C(0x123456789ABCDEF), UINT64_C(0xAADC931CBB251482)},
  };
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    cr_expect_eq(netrt_hash64(data, known[i].size, known[i].seed), known[i].hash, "size %zu",
                 known[i].size);
}

Test(netrt, allocates_aligned) {
  for (size_t size = 0; size < 300; size++) {
    unsigned char *p = netrt_alloc(size);
    cr_assert_not_null(p);
    cr_expect_eq((uintptr_t)p % NETRT_ALIGN, 0);
    memset(p, 1, size);
    netrt_free(p);
  }
  cr_expect_null(netrt_alloc(SIZE_MAX));
  cr_expect_null(netrt_alloc(SIZE_MAX / 2));
}

Test(netrt, every_status_has_its_own_text) {
  const char *unknown = netrt_strerror(-1);
  cr_expect_str_eq(netrt_strerror(NETRT_STATUS_COUNT), unknown);
  for (int a = 0; a < NETRT_STATUS_COUNT; a++) {
    cr_assert_not_null(netrt_strerror(a));
    cr_expect_str_neq(netrt_strerror(a), unknown);
    for (int b = 0; b < a; b++) cr_expect_str_neq(netrt_strerror(a), netrt_strerror(b));
  }
}

/* ---- Comparison --------------------------------------------------------------------------- */

Test(netrt, compares_by_relative_l2) {
  const float want[] = {3, 0, 4};
  const float near[] = {3, 0.05f, 4}; /* relative error 0.01 */
  EXPECT(NETRT_OK, netrt_compare(want, want, 3, 0));
  EXPECT(NETRT_OK, netrt_compare(near, want, 3, 0.0101));
  EXPECT(NETRT_E_SELFTEST, netrt_compare(near, want, 3, 0.0099));
  EXPECT(NETRT_E_SELFTEST, netrt_compare(near, want, 3, 0));
  EXPECT(NETRT_OK, netrt_compare(NULL, NULL, 0, 0));
  const float zeros[3] = {0}, tiny[] = {0, FLT_MIN, 0}, minus[] = {-0.0f, 0, 0};
  EXPECT(NETRT_OK, netrt_compare(minus, zeros, 3, 1e-6));
  EXPECT(NETRT_E_SELFTEST, netrt_compare(tiny, zeros, 3, 1e-6));
  const float huge[] = {FLT_MAX, FLT_MAX, -FLT_MAX};
  EXPECT(NETRT_OK, netrt_compare(huge, huge, 3, 0)); /* sums do not overflow */
}

Test(netrt, compares_nan_and_infinity) {
  const float want[] = {1, NAN, INFINITY, -INFINITY};
  const float plain[] = {1, 2, INFINITY, -INFINITY};
  const float signs[] = {1, NAN, -INFINITY, -INFINITY};
  const float finite[] = {1, NAN, FLT_MAX, -INFINITY};
  const float other[] = {1.5f, NAN, INFINITY, -INFINITY};
  const float *const wrong[] = {plain, signs, finite, other};
  EXPECT(NETRT_OK, netrt_compare(want, want, 4, 0));
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    EXPECT(NETRT_E_SELFTEST, netrt_compare(wrong[i], want, 4, 1e-3));
    EXPECT(NETRT_E_SELFTEST, netrt_compare(want, wrong[i], 4, 1e-3));
  }
}

Test(netrt, comparison_refuses_bad_arguments) {
  const float one[] = {1};
  EXPECT(NETRT_E_ARGUMENT, netrt_compare(NULL, one, 1, 0));
  EXPECT(NETRT_E_ARGUMENT, netrt_compare(one, NULL, 1, 0));
  EXPECT(NETRT_E_ARGUMENT, netrt_compare(one, one, 1, -1));
  EXPECT(NETRT_E_ARGUMENT, netrt_compare(one, one, 1, (double)NAN));
  EXPECT(NETRT_E_ARGUMENT, netrt_compare(one, one, 1, (double)INFINITY));
}
