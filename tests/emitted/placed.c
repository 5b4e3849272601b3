/* placed.c: a model whose inputs and outputs lie in its arena, or whose memory has several
 * regions, against the same network compiled as usual ("plain").
 *
 *   cc -DINPUTS='X(image, IMAGE)' -DOUTPUTS='X(probs, PROBS)' placed.c plain.c placed.c netrt.c
 *   … -DREGIONS='R(fast, FAST) R(slow, SLOW)' -DOUTSIDE (inputs and outputs are the caller's)
 *
 * Every number of threads must give the bits of the plain model, in an arena of exactly the bytes
 * that the header says, which holds NaN before the first run and what that left before the
 * second. With -DSTATIC the model's own memory is used as well. Prints "same".
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

/* The arena, or one for each region: REGIONS lists R(name, NAME). */
#ifdef REGIONS
typedef placed_arenas Memory;
#define GIVE(memory) (&(memory))
static Memory memory_new(size_t threads) {
  Memory m;
#define R(name, UPPER) m.name = poisoned(PLACED_ARENA_##UPPER##_BYTES(threads));
  REGIONS
#undef R
  return m;
}
static void memory_free(Memory m) {
#define R(name, UPPER) free(m.name);
  REGIONS
#undef R
}
#else
typedef void *Memory;
#define GIVE(memory) (memory)
static Memory memory_new(size_t threads) { return poisoned(PLACED_ARENA_BYTES(threads)); }
static void memory_free(Memory m) { free(m); }
#endif

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

#ifdef OUTSIDE /* inputs and outputs are the caller's: only regions differ */
static int run_once(const placed_model *m, Memory *at, const placed_options *options) {
  placed_inputs in;
  placed_outputs out;
  unsigned seed = 1;
#define X(name, UPPER)                                                                           \
  void *const copy_##name = poisoned(PLACED_##UPPER##_COUNT * sizeof *in.name);                  \
  fill(copy_##name, PLACED_##UPPER##_COUNT * sizeof *in.name, seed++);                           \
  in.name = copy_##name;
  INPUTS
#undef X
#define X(name, UPPER) out.name = outputs.placed_##name;
  OUTPUTS
#undef X
  const int status = placed_run(m, &in, &out, at ? GIVE(*at) : NULL, options);
#define X(name, UPPER) free(copy_##name);
  INPUTS
#undef X
  return status;
}
#else
static int run_once(const placed_model *m, Memory *at, const placed_options *options) {
#ifdef STATIC
  const Memory own = placed_arena();
#else
  const Memory own = *at;
#endif
  const Memory *const look = at ? at : &own;
  unsigned seed = 1;
#define X(name, UPPER)                                                                           \
  fill(placed_input_##name(GIVE(*look)),                                                         \
       PLACED_##UPPER##_COUNT * sizeof *placed_input_##name(GIVE(*look)), seed++);
  INPUTS
#undef X
  const int status = placed_run(m, at ? GIVE(*at) : NULL, options);
#define X(name, UPPER)                                                                           \
  memcpy(outputs.placed_##name, placed_output_##name(GIVE(*look)), sizeof outputs.placed_##name);
  OUTPUTS
#undef X
  return status;
}
#endif

/* at NULL: the model's own memory */
static void run_placed(const placed_model *m, Memory *at, int threads) {
  const placed_options options = {sizeof options, threads, 1};
  EXPECT(NETRT_OK, run_once(m, at, &options));
#define X(name, UPPER)                                                                           \
  if (memcmp(outputs.placed_##name, outputs.plain_##name, sizeof outputs.plain_##name))          \
    failures++, printf("%s: other bits on %d threads\n", #name, threads);
  OUTPUTS
#undef X
}

static void misuse(const placed_model *m) {
  const placed_options negative = {sizeof negative, -1, 1};
  Memory good = memory_new(1);
  EXPECT(NETRT_E_ARGUMENT, run_once(NULL, &good, NULL));
  EXPECT(NETRT_E_ARGUMENT, run_once(m, &good, &negative));
  EXPECT(NETRT_E_ARGUMENT, placed_selftest(NULL, GIVE(good)));
#ifndef OUTSIDE
  const placed_options two = {sizeof two, 1, 2};
  EXPECT(NETRT_E_ARGUMENT, run_once(m, &good, &two));
#endif
#ifdef REGIONS
#define R(name, UPPER)                                                                           \
  if (PLACED_ARENA_##UPPER##_BYTES(1) > NETRT_GUARD) {                                           \
    Memory bad = good;                                                                           \
    bad.name = (char *)good.name + 4;                                                            \
    EXPECT(NETRT_E_ARENA, placed_selftest(m, &bad));                                             \
    bad.name = NULL;                                                                             \
    EXPECT(NETRT_E_ARENA, placed_selftest(m, &bad));                                             \
  }
  REGIONS
#undef R
#else
  EXPECT(NETRT_E_ARENA, placed_selftest(m, (char *)good + 4));
#endif
#ifndef STATIC
  EXPECT(NETRT_E_ARENA, placed_selftest(m, NULL));
#endif
  memory_free(good);
}

int main(void) {
  plain_model *plain = NULL;
  placed_model *placed = NULL;
  if (plain_open(&plain, "plain.weights") || placed_open(&placed, "placed.weights")) return 3;
  for (int threads = 1; threads <= THREADS; threads++) {
    Memory memory = memory_new((size_t)threads);
    run_plain(plain, threads);
    run_placed(placed, &memory, threads);
    run_placed(placed, &memory, threads);
    if (threads == 1) EXPECT(NETRT_OK, placed_selftest(placed, GIVE(memory)));
    memory_free(memory);
  }
#ifdef STATIC
  run_placed(placed, NULL, 1);
  EXPECT(NETRT_OK, placed_selftest(placed, NULL));
#endif
  misuse(placed);
  placed_close(placed);
  plain_close(plain);
  return puts(failures ? "different" : "same") < 0 || failures;
}
