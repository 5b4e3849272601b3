/* netrt.h: the runtime that every model compiled by netcc links against.
 *
 * In: a packed weight file (mapped, read, or linked into the program).
 * Out: pointers to its sections, once the file has proved that it is whole and made for this
 * code. It also defines the file format, byte for byte, because netcc's packer writes it from
 * these very structs. Needs libc only; C99 and C++. Nothing here is called while a model runs.
 */
#ifndef NETRT_H
#define NETRT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NETRT_API_VERSION 1 /* generated code compares it at compile time */

/* ---- Status codes ----------------------------------------------------------------------------
 * Every int returned by this header and by a generated model is one of these. */
enum netrt_status {
  NETRT_OK = 0,
  NETRT_E_ARGUMENT,      /* a null pointer, an unknown flag, a size that makes no sense */
  NETRT_E_OPEN,          /* the file cannot be opened or read; errno says why */
  NETRT_E_MEMORY,        /* out of memory, or the file is larger than the address space */
  NETRT_E_NOT_WEIGHTS,   /* does not begin with NETRT_MAGIC */
  NETRT_E_VERSION,       /* a format version that this runtime does not know */
  NETRT_E_TRUNCATED,     /* shorter than its header says */
  NETRT_E_OVERSIZED,     /* longer than its header says */
  NETRT_E_HEADER,        /* header or section table damaged, or they contradict themselves */
  NETRT_E_SECTION,       /* the content of a section, or the padding, is damaged */
  NETRT_E_PLAN,          /* sound, but packed for another plan than the code's */
  NETRT_E_MISALIGNED,    /* an embedded image that does not start on 64 bytes */
  NETRT_E_MISSING,       /* a section the code needs is absent or of another size */
  NETRT_E_ARENA,         /* the arena is null or does not start on 64 bytes */
  NETRT_E_SELFTEST,      /* computed and expected outputs differ */
  NETRT_E_SELFTEST_DATA, /* the file carries no self-test data */
  NETRT_E_PROCESSOR,     /* the processor lacks instructions that the code was emitted for */
  NETRT_E_BIG_ENDIAN,    /* the host is not little endian */
  NETRT_E_OUTSIDE,       /* a layer wrote outside its result; builds with -DNETRT_DEBUG only */
  NETRT_E_STALE,         /* a layer read memory without a value in it; likewise */
  NETRT_STATUS_COUNT
};

/* With -DNETRT_DEBUG, given to all files of a program alike, arenas end with so many bytes more
 * that nobody may change, and models look at what their layers do to memory (netrt_debug.h). */
#ifdef NETRT_DEBUG
#define NETRT_GUARD 64
#else
#define NETRT_GUARD 0
#endif

/* One English sentence without a full stop, static, never NULL, for any value of status. */
const char *netrt_strerror(int status);

/* ---- The packed weight file, version 1 -------------------------------------------------------
 * All integers little endian. The file is
 *
 *     [header, 128 bytes] [section table, 128 bytes each] [data sections] [zeros to 64 bytes]
 *
 *  - Sections lie in the order of the table, each begins on a multiple of 64, none overlap.
 *    Every byte that belongs to no section is zero. The file's size is a multiple of 64, so a
 *    64-byte load that starts inside a section stays inside the file.
 *  - All hashes are netrt_hash64 (= XXH64), so `xxhsum -H1` can check a section by hand.
 *  - Sections are sorted by kind, so weights come first, in the order of the code's indices. */

#define NETRT_MAGIC              "\x89NCW\r\n\x1a\n" /* 8 bytes; like PNG: shows text-mode copies */
#define NETRT_MAGIC_BYTES        8
#define NETRT_FORMAT_VERSION     1u
#define NETRT_ALIGN              64u
#define NETRT_HEADER_BYTES       128u
#define NETRT_ENTRY_BYTES        128u
#define NETRT_MODEL_NAME_BYTES   72 /* with the final NUL */
#define NETRT_SECTION_NAME_BYTES 96

typedef struct netrt_header {
  uint8_t magic[NETRT_MAGIC_BYTES];   /*   0  NETRT_MAGIC without its NUL */
  uint32_t version;                   /*   8  NETRT_FORMAT_VERSION */
  uint32_t header_bytes;              /*  12  NETRT_HEADER_BYTES */
  uint64_t file_bytes;                /*  16  of the whole file, a multiple of NETRT_ALIGN */
  uint64_t plan_hash;                 /*  24  of the packed layout; the code carries the same */
  uint64_t table_checksum;            /*  32  netrt_table_checksum of header and table */
  uint32_t section_count;             /*  40 */
  uint32_t entry_bytes;               /*  44  NETRT_ENTRY_BYTES */
  uint64_t reserved;                  /*  48  0 */
  char model[NETRT_MODEL_NAME_BYTES]; /*  56  NUL-terminated and filled up with NUL */
} netrt_header;                       /* 128 */

typedef struct netrt_entry {
  char name[NETRT_SECTION_NAME_BYTES]; /*   0  "conv1.weight/oihw8i8o", filled up with NUL */
  uint32_t kind;                       /*  96  enum netrt_kind */
  uint32_t dtype;                      /* 100  enum netrt_dtype */
  uint64_t offset;                     /* 104  from the start of the file, 64-byte aligned */
  uint64_t bytes;                      /* 112  a multiple of the dtype's size, 0 allowed */
  uint64_t checksum;                   /* 120  netrt_hash64(content, bytes, 0) */
} netrt_entry;                         /* 128 */

enum netrt_kind {
  NETRT_KIND_WEIGHTS = 1,
  NETRT_KIND_SELFTEST_INPUT = 2,   /* one per input of the model, in the order of its signature */
  NETRT_KIND_SELFTEST_EXPECTED = 3 /* one per output, likewise */
};

enum netrt_dtype {
  NETRT_DTYPE_F32 = 1,
  NETRT_DTYPE_BF16 = 2,
  NETRT_DTYPE_F16 = 3,
  NETRT_DTYPE_I8 = 4,
  NETRT_DTYPE_U8 = 5,
  NETRT_DTYPE_I16 = 6,
  NETRT_DTYPE_I32 = 7,
  NETRT_DTYPE_I64 = 8,
  NETRT_DTYPE_F64 = 9
};

/* Bytes of one element, 0 for a dtype that version 1 does not have. */
uint32_t netrt_dtype_bytes(uint32_t dtype);

/* XXH64 of data; the same value on every host. data may be NULL when size is 0. */
uint64_t netrt_hash64(const void *data, size_t size, uint64_t seed);

/* Hash of the header, its table_checksum taken as 0, then of its section_count table entries
 * (seeded with the hash of the header). A writer calls it last. */
uint64_t netrt_table_checksum(const netrt_header *header, const netrt_entry *table);

/* ---- Opening ---------------------------------------------------------------------------------
 * Header and section table are always checked in full: magic, version, sizes, bounds, alignment,
 * order, checksum, plan. An open file is immutable and may be shared by threads. */

typedef struct netrt_file netrt_file;

enum netrt_flag {
  NETRT_VERIFY = 1,  /* check every section's content and the padding: reads the whole file */
  NETRT_COPY = 2,    /* read the file into memory instead of mapping it (netrt_open only) */
  NETRT_ANY_PLAN = 4 /* accept any plan_hash: for tools that list or convert files */
};

/* Open a file. It is mapped where POSIX mmap exists (then it must not be written to while it is
 * open: replace it by renaming another over it), else read. On success *f is to be closed by
 * netrt_close; on failure *f is NULL and the status is one of ARGUMENT, OPEN, MEMORY,
 * NOT_WEIGHTS, VERSION, TRUNCATED, OVERSIZED, HEADER, SECTION, PLAN, BIG_ENDIAN. */
int netrt_open(netrt_file **f, const char *path, uint64_t plan_hash, int flags);

/* The same for a file linked into the program. The image is not copied, must begin on a multiple
 * of 64 (else MISALIGNED) and outlive *f. */
int netrt_open_memory(netrt_file **f, const void *image, size_t size, uint64_t plan_hash,
                      int flags);

/* Give back what open took; pointers into the file end here. NULL is allowed. */
void netrt_close(netrt_file *f);

/* ---- Sections --------------------------------------------------------------------------------
 * Pointers are 64-byte aligned and valid until netrt_close. */

/* Content of section index (its place in the table, of any kind); NULL if there is no such
 * section or its size is not expected_bytes. */
const void *netrt_section(const netrt_file *f, uint32_t index, uint64_t expected_bytes);

/* Content of the ordinal-th section (from 0) of a kind, its size in *bytes (bytes may be NULL);
 * NULL and 0 if there is none. */
const void *netrt_find(const netrt_file *f, uint32_t kind, uint32_t ordinal, uint64_t *bytes);

/* The header, and the table's entry for a section: NULL if f is NULL or index out of range. */
const netrt_header *netrt_header_of(const netrt_file *f);
const netrt_entry *netrt_entry_of(const netrt_file *f, uint32_t index);

/* ---- Helpers ------------------------------------------------------------------------------ */

/* Uninitialised memory that starts on 64 bytes, for arenas; NULL when there is none left. Size 0
 * gives a valid pointer. Free it with netrt_free (NULL allowed), not with free. */
void *netrt_alloc(size_t bytes);
void netrt_free(void *block);

/* NETRT_OK if ||got - want|| <= tolerance * ||want|| (L2 over the n elements, summed in double),
 * NaN stand at the same places and infinities are equal; these count in neither norm.
 * Else NETRT_E_SELFTEST; NETRT_E_ARGUMENT for a null pointer with n > 0, or a tolerance that is
 * negative, NaN or infinite. A want of zeros only is met by zeros only. */
int netrt_compare(const float *got, const float *want, size_t n, double tolerance);

/* ---- Profiles --------------------------------------------------------------------------------
 * Only with -DNETRT_PROFILE, given to all files of a program alike: a model then has
 * PREFIX_profile_new and its options a member `profile`. A profile keeps when every thread began
 * and ended every layer in the last runs; it serves one run at a time, like an arena. */
#ifdef NETRT_PROFILE

typedef struct netrt_profile_layer {
  const char *name, *kernel;   /* as JSON has them between quotes */
  double multiply_adds, bytes; /* as the emitted code counts them: bytes loaded and stored */
} netrt_profile_layer;

typedef struct netrt_profile netrt_profile;

/* Room for the last `runs` runs of up to `threads` threads; a batch counts as a run for each of
 * its inputs. The layers and names must outlive it. NULL without memory or for numbers below 1. */
netrt_profile *netrt_profile_new(const char *model, const char *target,
                                 const netrt_profile_layer *layers, int count, int threads,
                                 int runs);
void netrt_profile_free(netrt_profile *p);

/* Called by models: seconds of a steady clock; thread t of n spent from `begin` until now in a
 * layer of the b-th input of this run; the run with its inputs is over. p NULL: nothing. */
double netrt_profile_now(void);
void netrt_profile_put(netrt_profile *p, size_t b, int layer, int t, int n, double begin);
void netrt_profile_done(netrt_profile *p, size_t batch);

/* Medians over the runs kept, as JSON (compiler/report/SCHEMA.md), or every run as a trace for
 * chrome://tracing and Perfetto. NETRT_OK, ARGUMENT without a run, OPEN. */
int netrt_profile_write(const netrt_profile *p, const char *path, int trace);

#endif

#ifdef __cplusplus
}
#endif

#endif
