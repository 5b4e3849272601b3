/* driver.c: runs one emitted model the way a careful user would, and a careless one.
 *
 *   cc -DHEADER='"lenet.h"' -DMODEL=lenet -DUPPER=LENET -DCOUNTS=LENET_IMAGE_COUNT,… driver.c …
 *   ./driver lenet.weights
 *
 * COUNTS lists the header's element counts, inputs first. Every arena has exactly the bytes the
 * header says and every output exactly its elements, so that AddressSanitizer sees a step too
 * far; arena and outputs hold NaN before each run, so that reading what nobody wrote shows in
 * the result. All numbers of threads, all batches and nested calls must give the same bits.
 * Prints a hash of the outputs: builds with and without OpenMP must agree. With -DEMBEDDED the
 * weights are those linked into the program; without self-test data the input is made up; -DQUICK
 * runs less, for networks that take their time.
 */
#define _POSIX_C_SOURCE 200809L
#include HEADER

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define JOIN_(a, b) a##b
#define JOIN(a, b)  JOIN_(a, b)
#define FN(name)    JOIN(MODEL, name)
#define CONST(name) JOIN(UPPER, name)

typedef FN(_model) Model;
typedef FN(_inputs) Inputs;
typedef FN(_outputs) Outputs;
typedef FN(_options) Options;

enum { NIN = sizeof(Inputs) / sizeof(float *), NOUT = sizeof(Outputs) / sizeof(float *) };
#ifdef QUICK
enum { BATCH = 2, THREADS = 2, NESTED = 1 };
#else
enum { BATCH = 3, THREADS = 3, NESTED = 3 };
#endif

static const size_t counts[] = {COUNTS};
#ifdef WIDTHS /* bytes of an element of each input, where not all are floats */
static const size_t widths[] = {WIDTHS};
static size_t bytes_of(int i) { return counts[i] * (i < NIN ? widths[i] : sizeof(float)); }
#else
static size_t bytes_of(int i) { return counts[i] * sizeof(float); }
#endif
static int failures;

#define CHECK(ok, ...)                                                                           \
  do {                                                                                           \
    if (!(ok)) {                                                                                 \
      fprintf(stderr, __VA_ARGS__);                                                              \
      fputc('\n', stderr);                                                                       \
      failures++;                                                                                \
    }                                                                                            \
  } while (0)

#define EXPECT(status, call)                                                                     \
  do {                                                                                           \
    const int got_ = (call);                                                                     \
    CHECK(got_ == (status), "%s: %s, expected: %s", #call, netrt_strerror(got_),                 \
          netrt_strerror(status));                                                               \
  } while (0)

static void *need(void *p) {
  if (p) return p;
  fprintf(stderr, "out of memory\n");
  exit(1);
}

/* Exactly `bytes` bytes of NaN on a 64-byte boundary; free() gives them back. */
static void *poisoned_arena(size_t bytes) {
  void *p = NULL;
  if (posix_memalign(&p, 64, bytes ? bytes : 1)) p = NULL;
  memset(need(p), 0xff, bytes);
  return p;
}

/* ---- inputs and outputs ---------------------------------------------------------------------
 */

/* Tensors that lie on no more than 4 bytes and end where their block ends. */
typedef struct Buffers {
  float *block[NIN + NOUT], *at[NIN + NOUT];
  size_t batch;
} Buffers;

static Buffers buffers_new(size_t batch) {
  Buffers b = {.batch = batch};
  for (int i = 0; i < NIN + NOUT; i++) {
    b.block[i] = need(malloc(bytes_of(i) * batch + sizeof(float)));
    b.at[i] = b.block[i] + 1;
  }
  return b;
}

static void buffers_free(Buffers *b) {
  for (int i = 0; i < NIN + NOUT; i++) free(b->block[i]);
}

static void poison_outputs(Buffers *b) {
  for (int i = NIN; i < NIN + NOUT; i++) memset(b->at[i], 0xff, bytes_of(i) * b->batch);
}

/* The structs hold nothing but one pointer per tensor, in the order of the signature. */
static Inputs inputs_of(const Buffers *b) {
  Inputs in;
  memcpy(&in, b->at, sizeof in);
  return in;
}

static Outputs outputs_of(const Buffers *b) {
  Outputs out;
  memcpy(&out, b->at + NIN, sizeof out);
  return out;
}

/* The input of the self-test, or numbers in [0, 1), repeated for every sample. */
static void fill_inputs(Buffers *b, const netrt_file *f) {
  uint32_t state = 1;
  for (int i = 0; i < NIN; i++) {
    uint64_t bytes = 0;
    const float *data = f ? netrt_find(f, NETRT_KIND_SELFTEST_INPUT, (uint32_t)i, &bytes) : NULL;
    CHECK(!data || bytes == bytes_of(i), "input %d: another size", i);
    if (data) memcpy(b->at[i], data, bytes_of(i));
    for (size_t j = 0; !data && j < counts[i]; j++) {
      state = state * 1664525u + 1013904223u;
      b->at[i][j] = (float)(state >> 8) / 16777216.0f;
    }
    for (size_t k = 1; k < b->batch; k++)
      memcpy((char *)b->at[i] + k * bytes_of(i), b->at[i], bytes_of(i));
  }
}

/* ---- runs -------------------------------------------------------------------------------- */

/* The bits of every sample against those of the first run. */
static void compare(const Buffers *got, const Buffers *want, const char *what, int threads) {
  for (int i = NIN; i < NIN + NOUT; i++)
    for (size_t k = 0; k < got->batch; k++)
      CHECK(!memcmp(got->at[i] + k * counts[i], want->at[i], counts[i] * sizeof(float)),
            "output %d, sample %zu: other bits (%s, %d threads, batch %zu)", i - NIN, k, what,
            threads, got->batch);
}

static void run_with(const Model *m, Buffers *b, int threads, const Options *options) {
  const Inputs in = inputs_of(b);
  const Outputs out = outputs_of(b);
  void *arena = poisoned_arena(CONST(_ARENA_BYTES)((size_t)threads));
  poison_outputs(b);
  EXPECT(NETRT_OK, FN(_run)(m, &in, &out, arena, options));
  free(arena);
}

static void run_all(const Model *m, const netrt_file *f, const Buffers *want) {
  for (size_t batch = 1; batch <= BATCH; batch += BATCH - 1) {
    Buffers b = buffers_new(batch);
    fill_inputs(&b, f);
    for (int threads = 1; threads <= THREADS; threads++) {
      const Options options = {sizeof options, threads, batch};
      run_with(m, &b, threads, &options);
      compare(&b, want, "run", threads);
    }
    buffers_free(&b);
  }
}

/* Called from within a team of the caller's: nobody may wait for that team. */
static void run_nested(const Model *m, const netrt_file *f, const Buffers *want) {
#ifdef _OPENMP
#pragma omp parallel for num_threads(2) schedule(static)
#endif
  for (int i = 0; i < NESTED; i++) {
    Buffers b = buffers_new(1);
    const Options options = {sizeof options, i + 1, 0};
    fill_inputs(&b, f);
    run_with(m, &b, i + 1, &options);
#ifdef _OPENMP
#pragma omp critical
#endif
    compare(&b, want, "nested", i + 1);
    buffers_free(&b);
  }
}

static void selftest(const Model *m, const netrt_file *f) {
  void *arena = poisoned_arena(CONST(_ARENA_BYTES)(1));
  const int data = netrt_find(f, NETRT_KIND_SELFTEST_INPUT, 0, NULL) != NULL;
  EXPECT(data ? NETRT_OK : NETRT_E_SELFTEST_DATA, FN(_selftest)(m, arena));
  EXPECT(NETRT_E_ARGUMENT, FN(_selftest)(NULL, arena));
  free(arena);
}

/* ---- misuse ------------------------------------------------------------------------------ */

static void misuse_run(const Model *m, Buffers *b) {
  const Inputs in = inputs_of(b), no_in = {0};
  const Outputs out = outputs_of(b), no_out = {0};
  const size_t bytes = CONST(_ARENA_BYTES)(1);
  unsigned char *arena = poisoned_arena(bytes + 64);
  const Options small = {sizeof small - 1, 1, 1}, none = {0, 1, 1};
  const Options negative = {sizeof negative, -1, 1};
  EXPECT(NETRT_E_ARGUMENT, FN(_run)(NULL, &in, &out, arena, NULL));
  EXPECT(NETRT_E_ARGUMENT, FN(_run)(m, NULL, &out, arena, NULL));
  EXPECT(NETRT_E_ARGUMENT, FN(_run)(m, &in, NULL, arena, NULL));
  EXPECT(NETRT_E_ARGUMENT, FN(_run)(m, &no_in, &out, arena, NULL));
  EXPECT(NETRT_E_ARGUMENT, FN(_run)(m, &in, &no_out, arena, NULL));
  EXPECT(NETRT_E_ARGUMENT, FN(_run)(m, &in, &out, arena, &small));
  EXPECT(NETRT_E_ARGUMENT, FN(_run)(m, &in, &out, arena, &none));
  EXPECT(NETRT_E_ARGUMENT, FN(_run)(m, &in, &out, arena, &negative));
  if (bytes) {
    EXPECT(NETRT_E_ARENA, FN(_run)(m, &in, &out, NULL, NULL));
    EXPECT(NETRT_E_ARENA, FN(_run)(m, &in, &out, arena + 4, NULL));
    EXPECT(NETRT_E_ARENA, FN(_run)(m, &in, &out, arena + 32, NULL));
  }
  free(arena);
}

static void misuse_open(void) {
  Model *m = NULL;
  EXPECT(NETRT_E_ARGUMENT, FN(_open)(NULL, "x"));
  EXPECT(NETRT_E_ARGUMENT, FN(_open)(&m, NULL));
  EXPECT(NETRT_E_OPEN, FN(_open)(&m, "no such file"));
  EXPECT(NETRT_E_ARGUMENT, FN(_open_memory)(&m, NULL, 64));
  CHECK(!m, "a failed open left a model");
  FN(_close)(NULL);
}

/* ---- results ----------------------------------------------------------------------------- */

/* FNV-1a over the outputs' bytes; counts what makes them worth comparing. */
static uint64_t hash_outputs(const Buffers *b) {
  uint64_t h = 0xcbf29ce484222325u;
  size_t all = 0, nan = 0, zero = 0;
  for (int i = NIN; i < NIN + NOUT; i++) {
    const unsigned char *bytes = (const unsigned char *)b->at[i];
    for (size_t j = 0; j < counts[i] * sizeof(float); j++) h = (h ^ bytes[j]) * 0x100000001b3u;
    for (size_t j = 0; j < counts[i]; j++) {
      const float y = b->at[i][j];
      nan += y < y || !(y <= y);
      zero += y <= 0 && y >= 0;
    }
    all += counts[i];
  }
  CHECK(!nan, "%zu of %zu outputs are NaN", nan, all);
  CHECK(zero <= all / 2, "%zu of %zu outputs are zero", zero, all);
  return h;
}

static int open_model(Model **m, const char *path) {
#ifdef EMBEDDED
  (void)path;
  return FN(_open_embedded)(m);
#else
  return FN(_open)(m, path);
#endif
}

int main(int argc, char **argv) {
  Model *m = NULL, *copy = NULL;
  netrt_file *f = NULL;
  if (argc != 2) return fprintf(stderr, "usage: %s WEIGHTS\n", argv[0]), 2;
  const int status = open_model(&m, argv[1]);
  if (status) return fprintf(stderr, "%s\n", netrt_strerror(status)), 3;
  EXPECT(NETRT_OK, open_model(&copy, argv[1]));
  EXPECT(NETRT_OK, netrt_open(&f, argv[1], CONST(_PLAN_HASH), NETRT_VERIFY));
  if (!f || !copy) return 1;
  selftest(m, f);
  Buffers first = buffers_new(1);
  const Options one = {sizeof one, 1, 1};
  fill_inputs(&first, f);
  run_with(m, &first, 1, &one);
  run_all(copy, f, &first);
  run_nested(m, f, &first);
  misuse_open();
  misuse_run(m, &first);
  printf("%016llx\n", (unsigned long long)hash_outputs(&first));
  buffers_free(&first);
  netrt_close(f);
  FN(_close)(copy);
  FN(_close)(m);
  return failures != 0;
}
