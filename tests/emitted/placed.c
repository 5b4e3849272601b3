/* placed.c: a model whose inputs and outputs lie in its arena, against the same network compiled
 * as usual ("plain").
 *
 *   cc -DINPUTS='X(image, IMAGE)' -DOUTPUTS='X(probs, PROBS)' placed.c plain.c placed.c netrt.c
 *
 * Every number of threads must give the bits of the plain model, in an arena of exactly the bytes
 * that the header says, which holds NaN before the first run and what that left before the
 * second. With -DSTATIC the model's own arena is used as well. Prints "same".
 */
#define _POSIX_C_SOURCE 200809L
#include "placed.h"
#include "plain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 3 };

#define X(name, UPPER)                                                                           \
  float plain_##name[PLAIN_##UPPER##_COUNT], placed_##name[PLACED_##UPPER##_COUNT];
static struct Outputs { OUTPUTS } outputs;
#undef X

static int failures;

#define EXPECT(status, call)                                                                     \
  do {                                                                                           \
    const int got_ = (call);                                                                     \
    if (got_ == (status)) break;                                                                 \
    printf("%s: %s, expected: %s\n", #call, netrt_strerror(got_), netrt_strerror(status));       \
    failures++;                                                                                  \
  } while (0)

/* Inputs of any type, zero bits among them, but no NaN. */
static void fill(void *to, size_t bytes, unsigned seed) {
  unsigned char *at = to;
  for (size_t i = 0; i < bytes; i++) {
    seed = seed * 1664525u + 1013904223u;
    at[i] = (unsigned char)(i % 4 == 3 ? 0x3e : seed >> 24);
  }
}

/* Whole blocks, so that a step too far is seen by the sanitizer. */
static void *poisoned(size_t bytes) {
  void *p = NULL;
  if (posix_memalign(&p, 64, bytes)) exit(2);
  memset(p, 0xff, bytes);
  return p;
}

static void run_plain(const plain_model *m, int threads) {
  const plain_options options = {sizeof options, threads, 1};
  plain_inputs in;
  plain_outputs out;
  void *arena = poisoned(PLAIN_ARENA_BYTES((size_t)threads) + 64);
  unsigned seed = 1;
#define X(name, UPPER)                                                                           \
  void *const copy_##name = poisoned(PLAIN_##UPPER##_COUNT * sizeof *in.name);                   \
  fill(copy_##name, PLAIN_##UPPER##_COUNT * sizeof *in.name, seed++);                            \
  in.name = copy_##name;
  INPUTS
#undef X
#define X(name, UPPER) out.name = outputs.plain_##name;
  OUTPUTS
#undef X
  EXPECT(NETRT_OK, plain_run(m, &in, &out, arena, &options));
#define X(name, UPPER) free(copy_##name);
  INPUTS
#undef X
  free(arena);
}

/* `arena` as run takes it; `at`, where accessors look. */
static void run_placed(const placed_model *m, void *arena, void *at, int threads) {
  const placed_options options = {sizeof options, threads, 1};
  unsigned seed = 1;
#define X(name, UPPER)                                                                           \
  fill(placed_input_##name(at), PLACED_##UPPER##_COUNT * sizeof *placed_input_##name(at), seed++);
  INPUTS
#undef X
  EXPECT(NETRT_OK, placed_run(m, arena, &options));
#define X(name, UPPER)                                                                           \
  memcpy(outputs.placed_##name, placed_output_##name(at), sizeof outputs.placed_##name);         \
  if (memcmp(outputs.placed_##name, outputs.plain_##name, sizeof outputs.plain_##name))          \
    failures++, printf("%s: other bits on %d threads\n", #name, threads);
  OUTPUTS
#undef X
}

static void misuse(const placed_model *m) {
  const placed_options two = {sizeof two, 1, 2}, negative = {sizeof negative, -1, 1};
  char *arena = poisoned(PLACED_ARENA_BYTES(1) + 64);
  EXPECT(NETRT_E_ARGUMENT, placed_run(NULL, arena, NULL));
  EXPECT(NETRT_E_ARGUMENT, placed_run(m, arena, &two));
  EXPECT(NETRT_E_ARGUMENT, placed_run(m, arena, &negative));
  EXPECT(NETRT_E_ARENA, placed_run(m, arena + 4, NULL));
  EXPECT(NETRT_E_ARENA, placed_selftest(m, arena + 32));
  EXPECT(NETRT_E_ARGUMENT, placed_selftest(NULL, arena));
#ifndef STATIC
  EXPECT(NETRT_E_ARENA, placed_run(m, NULL, NULL));
  EXPECT(NETRT_E_ARENA, placed_selftest(m, NULL));
#endif
  free(arena);
}

int main(void) {
  plain_model *plain = NULL;
  placed_model *placed = NULL;
  if (plain_open(&plain, "plain.weights") || placed_open(&placed, "placed.weights")) return 3;
  for (int threads = 1; threads <= THREADS; threads++) {
    void *arena = poisoned(PLACED_ARENA_BYTES((size_t)threads));
    run_plain(plain, threads);
    run_placed(placed, arena, arena, threads);
    run_placed(placed, arena, arena, threads);
    if (threads == 1) EXPECT(NETRT_OK, placed_selftest(placed, arena));
    free(arena);
  }
#ifdef STATIC
  run_placed(placed, NULL, placed_arena(), 1);
  EXPECT(NETRT_OK, placed_selftest(placed, NULL));
#endif
  misuse(placed);
  placed_close(placed);
  plain_close(plain);
  return puts(failures ? "different" : "same") < 0 || failures;
}
