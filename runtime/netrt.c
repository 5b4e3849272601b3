/* netrt.c: opens packed weight files and proves them sound; the format is described in netrt.h.
 *
 * In: a path or an image in memory. Out: a netrt_file whose every offset has been checked, so
 * that the accessors need no checks of their own beyond their arguments. The order of the checks
 * is what makes the statuses exact: nothing is trusted before the checksum of header and table
 * holds, nothing is read beyond the bytes that are there. -DNETRT_NO_MMAP leaves only ISO C.
 */
#if (defined(__unix__) || defined(__APPLE__)) && !defined(NETRT_NO_MMAP)
#define NETRT_POSIX 1
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#ifndef _FILE_OFFSET_BITS
#define _FILE_OFFSET_BITS 64 /* 32-bit hosts: files of 2 GiB and more must not fail in open */
#endif
#else
#define NETRT_POSIX 0
#endif

#include "netrt.h"

#include <errno.h>
#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if NETRT_POSIX
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

/* The structs are the file format: no compiler may pad them. */
typedef char netrt_header_has_no_padding[sizeof(netrt_header) == NETRT_HEADER_BYTES ? 1 : -1];
typedef char netrt_entry_has_no_padding[sizeof(netrt_entry) == NETRT_ENTRY_BYTES ? 1 : -1];

struct netrt_file {
  const unsigned char *image;
  size_t size;
  void *mapping; /* to munmap, or NULL */
  void *block;   /* to netrt_free, or NULL; an embedded image has neither */
};

/* ---- Status codes ------------------------------------------------------------------------- */

const char *netrt_strerror(int status) {
  static const char *const text[NETRT_STATUS_COUNT] = {
      [NETRT_OK] = "success",
      [NETRT_E_ARGUMENT] = "bad argument",
      [NETRT_E_OPEN] = "cannot open or read the weight file",
      [NETRT_E_MEMORY] = "out of memory",
      [NETRT_E_NOT_WEIGHTS] = "not a netcc weight file",
      [NETRT_E_VERSION] = "weight file of a format version unknown to this runtime",
      [NETRT_E_TRUNCATED] = "weight file is truncated",
      [NETRT_E_OVERSIZED] = "weight file has bytes after its end",
      [NETRT_E_HEADER] = "header or section table of the weight file is damaged",
      [NETRT_E_SECTION] = "content of the weight file is damaged",
      [NETRT_E_PLAN] = "weight file was packed for another plan: pack the weights again",
      [NETRT_E_MISALIGNED] = "embedded weights do not start on a multiple of 64 bytes",
      [NETRT_E_MISSING] = "weight file lacks a section, or one has the wrong size",
      [NETRT_E_ARENA] = "arena is null or does not start on a multiple of 64 bytes",
      [NETRT_E_SELFTEST] = "self-test failed: outputs differ from the expected ones",
      [NETRT_E_SELFTEST_DATA] = "weight file carries no self-test data",
      [NETRT_E_PROCESSOR] = "processor lacks instructions that the model was compiled for",
      [NETRT_E_BIG_ENDIAN] = "host is not little endian",
      [NETRT_E_OUTSIDE] = "a layer wrote outside its result",
      [NETRT_E_STALE] = "a layer read memory that holds no value",
  };
  if (status < 0 || status >= NETRT_STATUS_COUNT) return "unknown status";
  return text[status];
}

/* ---- Hash ------------------------------------------------------------------------------------
 * XXH64, from the algorithm's public specification
 * (github.com/Cyan4973/xxHash, doc/xxhash_spec.md). */

#define PRIME_1 UINT64_C(0x9E3779B185EBCA87)
#define PRIME_2 UINT64_C(0xC2B2AE3D27D4EB4F)
#define PRIME_3 UINT64_C(0x165667B19E3779F9)
#define PRIME_4 UINT64_C(0x85EBCA77C2B2AE63)
#define PRIME_5 UINT64_C(0x27D4EB2F165667C5)

static uint64_t rotate_left(uint64_t x, int n) { return (x << n) | (x >> (64 - n)); }

/* Shifts, not casts: right on every host, and gcc and clang make one load of them. */
static uint64_t load_32(const unsigned char *p) {
  return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24;
}

static uint64_t load_64(const unsigned char *p) {
  return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
         (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 |
         (uint64_t)p[7] << 56;
}

static uint64_t hash_round(uint64_t lane, uint64_t word) {
  return rotate_left(lane + word * PRIME_2, 31) * PRIME_1;
}

static uint64_t hash_merge(uint64_t hash, uint64_t lane) {
  return (hash ^ hash_round(0, lane)) * PRIME_1 + PRIME_4;
}

/* The last 0 to 31 bytes, and the final mixing. */
static uint64_t hash_tail(uint64_t hash, const unsigned char *p, size_t size) {
  for (; size >= 8; size -= 8, p += 8)
    hash = rotate_left(hash ^ hash_round(0, load_64(p)), 27) * PRIME_1 + PRIME_4;
  if (size >= 4) {
    hash = rotate_left(hash ^ load_32(p) * PRIME_1, 23) * PRIME_2 + PRIME_3;
    size -= 4;
    p += 4;
  }
  for (; size > 0; size--, p++) hash = rotate_left(hash ^ *p * PRIME_5, 11) * PRIME_1;
  hash = (hash ^ hash >> 33) * PRIME_2;
  hash = (hash ^ hash >> 29) * PRIME_3;
  return hash ^ hash >> 32;
}

uint64_t netrt_hash64(const void *data, size_t size, uint64_t seed) {
  const unsigned char *p = (const unsigned char *)data;
  size_t left = size;
  uint64_t hash = seed + PRIME_5;
  if (size == 0) return hash_tail(hash, NULL, 0);
  if (size >= 32) {
    /* Four independent lanes, so that the multiplications overlap. */
    uint64_t a = seed + PRIME_1 + PRIME_2, b = seed + PRIME_2, c = seed, d = seed - PRIME_1;
    for (; left >= 32; left -= 32, p += 32) {
      a = hash_round(a, load_64(p));
      b = hash_round(b, load_64(p + 8));
      c = hash_round(c, load_64(p + 16));
      d = hash_round(d, load_64(p + 24));
    }
    hash = rotate_left(a, 1) + rotate_left(b, 7) + rotate_left(c, 12) + rotate_left(d, 18);
    hash = hash_merge(hash_merge(hash_merge(hash_merge(hash, a), b), c), d);
  }
  return hash_tail(hash + (uint64_t)size, p, left);
}

uint64_t netrt_table_checksum(const netrt_header *header, const netrt_entry *table) {
  netrt_header copy = *header;
  copy.table_checksum = 0;
  uint64_t seed = netrt_hash64(&copy, sizeof copy, 0);
  return netrt_hash64(table, (size_t)header->section_count * sizeof *table, seed);
}

/* ---- Checks ------------------------------------------------------------------------------- */

uint32_t netrt_dtype_bytes(uint32_t dtype) {
  static const unsigned char bytes[] = {
      [NETRT_DTYPE_F32] = 4, [NETRT_DTYPE_BF16] = 2, [NETRT_DTYPE_F16] = 2,
      [NETRT_DTYPE_I8] = 1,  [NETRT_DTYPE_U8] = 1,   [NETRT_DTYPE_I16] = 2,
      [NETRT_DTYPE_I32] = 4, [NETRT_DTYPE_I64] = 8,  [NETRT_DTYPE_F64] = 8,
  };
  return dtype < sizeof bytes ? bytes[dtype] : 0;
}

static int host_is_little_endian(void) {
  const uint16_t one = 1;
  unsigned char first;
  memcpy(&first, &one, 1);
  return first == 1;
}

static int is_aligned(const void *p) { return (uintptr_t)p % NETRT_ALIGN == 0; }

static const netrt_header *image_header(const unsigned char *image) {
  return (const netrt_header *)(const void *)image;
}

static const netrt_entry *image_table(const unsigned char *image) {
  return (const netrt_entry *)(const void *)(image + NETRT_HEADER_BYTES);
}

/* From the first byte to the point where header and table are known to be what was written. */
static int check_header(const unsigned char *image, size_t size) {
  const netrt_header *h = image_header(image);
  const size_t version_end = offsetof(netrt_header, version) + sizeof h->version;
  if (memcmp(image, NETRT_MAGIC, size < NETRT_MAGIC_BYTES ? size : NETRT_MAGIC_BYTES) != 0)
    return NETRT_E_NOT_WEIGHTS;
  /* The version decides before anything else is read: another one may differ in all the rest. */
  if (size < version_end) return NETRT_E_TRUNCATED;
  if (h->version != NETRT_FORMAT_VERSION) return NETRT_E_VERSION;
  if (size < NETRT_HEADER_BYTES) return NETRT_E_TRUNCATED;
  if (h->header_bytes != NETRT_HEADER_BYTES || h->entry_bytes != NETRT_ENTRY_BYTES)
    return NETRT_E_HEADER;
  /* 32-bit count times 128 cannot overflow 64 bits. */
  const uint64_t table_end = NETRT_HEADER_BYTES + (uint64_t)h->section_count * NETRT_ENTRY_BYTES;
  if (table_end > h->file_bytes) return NETRT_E_HEADER;
  if (table_end > size) return NETRT_E_TRUNCATED;
  if (netrt_table_checksum(h, image_table(image)) != h->table_checksum) return NETRT_E_HEADER;
  if (h->file_bytes > size) return NETRT_E_TRUNCATED;
  if (h->file_bytes < size) return NETRT_E_OVERSIZED;
  if (h->file_bytes % NETRT_ALIGN != 0 || h->reserved != 0) return NETRT_E_HEADER;
  if (memchr(h->model, 0, sizeof h->model) == NULL) return NETRT_E_HEADER;
  return NETRT_OK;
}

/* A right checksum only says that the table is as written; a faulty or hostile writer could still
 * send the code outside the file. Requires check_header. */
static int check_table(const unsigned char *image) {
  const netrt_header *h = image_header(image);
  const netrt_entry *table = image_table(image);
  uint64_t cursor = NETRT_HEADER_BYTES + (uint64_t)h->section_count * NETRT_ENTRY_BYTES;
  uint32_t kind = NETRT_KIND_WEIGHTS;
  for (uint32_t i = 0; i < h->section_count; i++) {
    const netrt_entry *e = &table[i];
    const uint32_t element = netrt_dtype_bytes(e->dtype);
    if (e->name[0] == 0 || memchr(e->name, 0, sizeof e->name) == NULL) return NETRT_E_HEADER;
    if (e->kind < kind || e->kind > NETRT_KIND_SELFTEST_EXPECTED) return NETRT_E_HEADER;
    if (element == 0 || e->bytes % element != 0) return NETRT_E_HEADER;
    if (e->offset % NETRT_ALIGN != 0 || e->offset < cursor) return NETRT_E_HEADER;
    if (e->offset > h->file_bytes || e->bytes > h->file_bytes - e->offset) return NETRT_E_HEADER;
    cursor = e->offset + e->bytes;
    kind = e->kind;
  }
  return NETRT_OK;
}

static int all_zero(const unsigned char *p, size_t size) {
  for (size_t i = 0; i < size; i++)
    if (p[i] != 0) return 0;
  return 1;
}

/* Padding counts as content, so that a verified file has no bit that may flip unnoticed.
 * Requires check_table, which also makes the conversions to size_t safe. */
static int check_content(const unsigned char *image) {
  const netrt_header *h = image_header(image);
  const netrt_entry *table = image_table(image);
  size_t cursor = NETRT_HEADER_BYTES + (size_t)h->section_count * NETRT_ENTRY_BYTES;
  for (uint32_t i = 0; i < h->section_count; i++) {
    const size_t offset = (size_t)table[i].offset, bytes = (size_t)table[i].bytes;
    if (!all_zero(image + cursor, offset - cursor)) return NETRT_E_SECTION;
    if (netrt_hash64(image + offset, bytes, 0) != table[i].checksum) return NETRT_E_SECTION;
    cursor = offset + bytes;
  }
  return all_zero(image + cursor, (size_t)h->file_bytes - cursor) ? NETRT_OK : NETRT_E_SECTION;
}

static int check_image(const netrt_file *f, uint64_t plan_hash, int flags) {
  int status = check_header(f->image, f->size);
  if (status == NETRT_OK) status = check_table(f->image);
  if (status != NETRT_OK) return status;
  if (!(flags & NETRT_ANY_PLAN) && image_header(f->image)->plan_hash != plan_hash)
    return NETRT_E_PLAN;
  return flags & NETRT_VERIFY ? check_content(f->image) : NETRT_OK;
}

/* ---- Memory ------------------------------------------------------------------------------- */

void *netrt_alloc(size_t bytes) {
  /* No object may be larger than PTRDIFF_MAX; refusing here also makes the sum below safe. */
  if (bytes > (size_t)PTRDIFF_MAX - 2 * NETRT_ALIGN) return NULL;
#if NETRT_POSIX
  void *block = NULL; /* exactly as large as asked for: memory checkers then see every overrun */
  return posix_memalign(&block, NETRT_ALIGN, bytes > 0 ? bytes : 1) == 0 ? block : NULL;
#else
  unsigned char *raw = malloc(bytes + NETRT_ALIGN + sizeof(void *));
  if (raw == NULL) return NULL;
  unsigned char *block = raw + sizeof(void *);
  block += (NETRT_ALIGN - (uintptr_t)block % NETRT_ALIGN) % NETRT_ALIGN;
  memcpy(block - sizeof(void *), &raw, sizeof raw);
  return block;
#endif
}

void netrt_free(void *block) {
#if NETRT_POSIX
  free(block);
#else
  void *raw;
  if (block == NULL) return;
  memcpy(&raw, (unsigned char *)block - sizeof raw, sizeof raw);
  free(raw);
#endif
}

/* ---- Opening ------------------------------------------------------------------------------ */

/* Read size bytes into memory. Closes the stream. */
static int read_stream(netrt_file *f, FILE *stream, size_t size) {
  int status = NETRT_OK;
  f->block = netrt_alloc(size);
  if (f->block == NULL) {
    status = NETRT_E_MEMORY;
  } else if (fread(f->block, 1, size, stream) != size) {
    status = ferror(stream) ? NETRT_E_OPEN : NETRT_E_TRUNCATED;
  }
  const int reason = errno; /* fclose may overwrite what the caller wants to print */
  fclose(stream);
  errno = reason;
  f->image = (const unsigned char *)f->block;
  f->size = size;
  return status;
}

#if NETRT_POSIX

static int refuse(int descriptor, int status, int reason) {
  close(descriptor);
  errno = reason;
  return status;
}

static int load_file(netrt_file *f, const char *path, int flags) {
  struct stat info;
  /* O_NONBLOCK: a FIFO is to be refused below, not waited for. */
  const int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return NETRT_E_OPEN;
  if (fstat(descriptor, &info) != 0) return refuse(descriptor, NETRT_E_OPEN, errno);
  if (S_ISDIR(info.st_mode)) return refuse(descriptor, NETRT_E_OPEN, EISDIR);
  if (!S_ISREG(info.st_mode)) return refuse(descriptor, NETRT_E_OPEN, EINVAL);
  if (info.st_size <= 0) return refuse(descriptor, NETRT_E_TRUNCATED, 0);
  if ((uintmax_t)info.st_size > (uintmax_t)PTRDIFF_MAX)
    return refuse(descriptor, NETRT_E_MEMORY, ENOMEM);
  const size_t size = (size_t)info.st_size;
  if (!(flags & NETRT_COPY)) {
    void *mapping = mmap(NULL, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (mapping != MAP_FAILED) {
      close(descriptor);
      f->mapping = mapping;
      f->image = (const unsigned char *)mapping;
      f->size = size;
      return NETRT_OK;
    }
    /* Some file systems cannot map: read instead. */
  }
  FILE *stream = fdopen(descriptor, "rb");
  if (stream == NULL) return refuse(descriptor, NETRT_E_MEMORY, errno);
  return read_stream(f, stream, size);
}

#else

static int load_file(netrt_file *f, const char *path, int flags) {
  FILE *stream = fopen(path, "rb");
  long size = -1;
  (void)flags; /* there is no mapping, so everything is a copy */
  if (stream == NULL) return NETRT_E_OPEN;
  /* A directory can be opened and measured on some systems; only reading it fails. */
  if (fgetc(stream) == EOF) {
    const int status = ferror(stream) ? NETRT_E_OPEN : NETRT_E_TRUNCATED;
    fclose(stream);
    return status;
  }
  if (fseek(stream, 0, SEEK_END) == 0) size = ftell(stream);
  if (size < 0 || fseek(stream, 0, SEEK_SET) != 0) {
    fclose(stream);
    return NETRT_E_OPEN;
  }
  return read_stream(f, stream, (size_t)size);
}

#endif

int netrt_open(netrt_file **f, const char *path, uint64_t plan_hash, int flags) {
  if (f == NULL) return NETRT_E_ARGUMENT;
  *f = NULL;
  if (path == NULL || (flags & ~(NETRT_VERIFY | NETRT_COPY | NETRT_ANY_PLAN)) != 0)
    return NETRT_E_ARGUMENT;
  if (!host_is_little_endian()) return NETRT_E_BIG_ENDIAN;
  netrt_file *file = calloc(1, sizeof *file);
  if (file == NULL) return NETRT_E_MEMORY;
  int status = load_file(file, path, flags);
  if (status == NETRT_OK) status = check_image(file, plan_hash, flags);
  if (status != NETRT_OK) {
    const int reason = errno;
    netrt_close(file);
    errno = reason;
    return status;
  }
  *f = file;
  return NETRT_OK;
}

int netrt_open_memory(netrt_file **f, const void *image, size_t size, uint64_t plan_hash,
                      int flags) {
  if (f == NULL) return NETRT_E_ARGUMENT;
  *f = NULL;
  if (image == NULL || (flags & ~(NETRT_VERIFY | NETRT_ANY_PLAN)) != 0) return NETRT_E_ARGUMENT;
  if (!host_is_little_endian()) return NETRT_E_BIG_ENDIAN;
  if (!is_aligned(image)) return NETRT_E_MISALIGNED;
  netrt_file *file = calloc(1, sizeof *file);
  if (file == NULL) return NETRT_E_MEMORY;
  file->image = (const unsigned char *)image;
  file->size = size;
  const int status = check_image(file, plan_hash, flags);
  if (status != NETRT_OK) {
    netrt_close(file);
    return status;
  }
  *f = file;
  return NETRT_OK;
}

void netrt_close(netrt_file *f) {
  if (f == NULL) return;
#if NETRT_POSIX
  if (f->mapping != NULL) munmap(f->mapping, f->size);
#endif
  netrt_free(f->block);
  free(f);
}

/* ---- Sections ----------------------------------------------------------------------------- */

const netrt_header *netrt_header_of(const netrt_file *f) {
  return f != NULL ? image_header(f->image) : NULL;
}

const netrt_entry *netrt_entry_of(const netrt_file *f, uint32_t index) {
  if (f == NULL || index >= image_header(f->image)->section_count) return NULL;
  return &image_table(f->image)[index];
}

const void *netrt_section(const netrt_file *f, uint32_t index, uint64_t expected_bytes) {
  const netrt_entry *e = netrt_entry_of(f, index);
  return e != NULL && e->bytes == expected_bytes ? f->image + e->offset : NULL;
}

const void *netrt_find(const netrt_file *f, uint32_t kind, uint32_t ordinal, uint64_t *bytes) {
  const netrt_entry *e;
  if (bytes != NULL) *bytes = 0;
  for (uint32_t i = 0; (e = netrt_entry_of(f, i)) != NULL; i++) {
    if (e->kind != kind || ordinal-- != 0) continue;
    if (bytes != NULL) *bytes = e->bytes;
    return f->image + e->offset;
  }
  return NULL;
}

/* ---- Self-test ---------------------------------------------------------------------------- */

static uint32_t magnitude_bits(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits & UINT32_C(0x7fffffff);
}

int netrt_compare(const float *got, const float *want, size_t n, double tolerance) {
  const uint32_t infinity = UINT32_C(0x7f800000); /* magnitudes above it are NaN */
  double error = 0, scale = 0;
  if (n > 0 && (got == NULL || want == NULL)) return NETRT_E_ARGUMENT;
  if (!(tolerance >= 0 && tolerance <= DBL_MAX)) return NETRT_E_ARGUMENT;
  for (size_t i = 0; i < n; i++) {
    /* Bits, not isnan: the program may be compiled with -ffast-math. */
    const uint32_t g = magnitude_bits(got[i]), w = magnitude_bits(want[i]);
    if ((g > infinity) != (w > infinity)) return NETRT_E_SELFTEST;
    if (w > infinity) continue;
    if (g == infinity || w == infinity) {
      if (g != w || (got[i] > 0) != (want[i] > 0)) return NETRT_E_SELFTEST;
      continue;
    }
    const double difference = (double)got[i] - (double)want[i];
    error += difference * difference;
    scale += (double)want[i] * (double)want[i];
  }
  /* Squares are compared, so libm's sqrt is not needed. */
  return error <= tolerance * scale * tolerance ? NETRT_OK : NETRT_E_SELFTEST;
}

/* ---- Profiles ----------------------------------------------------------------------------- */

#ifdef NETRT_PROFILE
typedef struct span {
  double begin, end;
} span;

struct netrt_profile { /* the arrays lie behind it */
  const char *model, *target;
  const netrt_profile_layer *layer;
  int layers, threads, runs, team; /* team: threads of the last run */
  size_t done;                     /* runs so far; the last `runs` of them are kept */
  span *at;                        /* by kept run, layer, thread */
  double *sorted;                  /* room for a number of each run */
};

netrt_profile *netrt_profile_new(const char *model, const char *target,
                                 const netrt_profile_layer *layers, int count, int threads,
                                 int runs) {
  if (layers == NULL || count < 1 || threads < 1 || runs < 1) return NULL;
  const size_t n = (size_t)count * (size_t)threads;
  const size_t each = n * sizeof(span) + sizeof(double);
  netrt_profile *p = calloc((size_t)runs + 1, sizeof *p > each ? sizeof *p : each);
  if (p == NULL) return NULL;
  *p = (netrt_profile){model, target, layers, count, threads, runs, 0, 0, (span *)(p + 1), NULL};
  p->sorted = (double *)(void *)(p->at + n * (size_t)runs);
  return p;
}

void netrt_profile_free(netrt_profile *p) { free(p); }

double netrt_profile_now(void) {
#if NETRT_POSIX
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
#else
  return (double)clock() / CLOCKS_PER_SEC;
#endif
}

static span *spans(const netrt_profile *p, size_t run, int layer) {
  return p->at + (run % (size_t)p->runs * (size_t)p->layers + (size_t)layer) * (size_t)p->threads;
}

void netrt_profile_put(netrt_profile *p, size_t b, int layer, int t, int n, double begin) {
  if (p == NULL || t >= p->threads) return;
  spans(p, p->done + b, layer)[t] = (span){begin, netrt_profile_now()};
  if (t == 0) p->team = n < p->threads ? n : p->threads;
}

void netrt_profile_done(netrt_profile *p, size_t batch) {
  if (p != NULL) p->done += batch;
}

static size_t kept(const netrt_profile *p) {
  return p->done < (size_t)p->runs ? p->done : (size_t)p->runs;
}

/* When the first thread began layers [from, to) of a run, and when the last one ended them. */
static span extent(const netrt_profile *p, size_t run, int from, int to) {
  const span *s = spans(p, run, from), *const end = s + (to - from) * p->threads;
  span all = *s;
  for (; s < end; s++) {
    if (s->begin > 0 && s->begin < all.begin) all.begin = s->begin;
    if (s->end > all.end) all.end = s->end;
  }
  return all;
}

static int ascending(const void *a, const void *b) {
  return *(const double *)a < *(const double *)b ? -1 : *(const double *)a > *(const double *)b;
}

/* Quartile q of the seconds of layers [from, to): of one thread, or of the team with t < 0. */
static double quartile(const netrt_profile *p, int from, int to, int t, int q) {
  const size_t n = kept(p);
  for (size_t run = 0; run < n; run++) {
    const span s = t < 0 ? extent(p, run, from, to) : spans(p, run, from)[t];
    p->sorted[run] = s.end - s.begin;
  }
  qsort(p->sorted, n, sizeof *p->sorted, ascending);
  const size_t at = (n - 1) * (size_t)q;
  const double low = p->sorted[at / 4], high = p->sorted[(at + 3) / 4];
  return low + (high - low) * (double)(at % 4) / 4;
}

static void put_quartiles(FILE *f, const netrt_profile *p, int from, int to) {
  for (int q = 1; q <= 3; q++)
    fprintf(f, "%s%.9f", q > 1 ? ", " : ", \"quartiles\": [", quartile(p, from, to, -1, q));
  putc(']', f);
}

static void put_json(FILE *f, const netrt_profile *p) {
  fprintf(f,
          "{\"schema\": \"netcc-profile\", \"version\": 1, \"network\": \"%s\",\n"
          " \"target\": \"%s\", \"threads\": %d, \"runs\": %lu",
          p->model, p->target, p->team, (unsigned long)kept(p));
  put_quartiles(f, p, 0, p->layers);
  fputs(",\n \"layers\": [", f);
  for (int i = 0; i < p->layers; i++) {
    const netrt_profile_layer *x = &p->layer[i];
    fprintf(f, "%s\n  {\"name\": \"%s\", \"kernel\": \"%s\"", i ? "," : "", x->name, x->kernel);
    fprintf(f, ", \"multiply_adds\": %.0f, \"bytes_accessed\": %.0f", x->multiply_adds, x->bytes);
    put_quartiles(f, p, i, i + 1);
    for (int t = 0; t < p->team; t++)
      fprintf(f, "%s%.9f", t ? ", " : ", \"thread_seconds\": [", quartile(p, i, i + 1, t, 2));
    fputs("]}", f);
  }
  fputs("]}\n", f);
}

static void put_trace(FILE *f, const netrt_profile *p) {
  const span *s = p->at, *const end = s + kept(p) * (size_t)p->layers * (size_t)p->threads;
  const char *between = "{\"traceEvents\": [";
  for (s = p->at; s < end; s++) {
    const netrt_profile_layer *x = &p->layer[(s - p->at) / p->threads % p->layers];
    if (s->begin <= 0) continue; /* a thread that OpenMP did not deliver */
    fprintf(f, "%s\n{\"ph\": \"X\", \"pid\": 0, \"tid\": %d", between,
            (int)((s - p->at) % p->threads));
    fprintf(f, ", \"name\": \"%s\", \"cat\": \"%s\"", x->name, x->kernel);
    fprintf(f, ", \"ts\": %.3f, \"dur\": %.3f}", 1e6 * s->begin, 1e6 * (s->end - s->begin));
    between = ",";
  }
  fputs("]}\n", f);
}

int netrt_profile_write(const netrt_profile *p, const char *path, int trace) {
  if (p == NULL || path == NULL || p->done == 0) return NETRT_E_ARGUMENT;
  FILE *f = fopen(path, "w");
  if (f == NULL) return NETRT_E_OPEN;
  (trace ? put_trace : put_json)(f, p);
  return ferror(f) | fclose(f) ? NETRT_E_OPEN : NETRT_OK; /* | : it is closed either way */
}
#endif
