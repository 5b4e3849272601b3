/* lenet.h: network 'lenet', compiled for x86-64-v3.
 *   netcc compile lenet.net --target=x86-64-v3
 */
#ifndef LENET_H
#define LENET_H

#include "netrt.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define LENET_IMAGE_COUNT 784 /* f32 1x1x28x28 */
#define LENET_PROBS_COUNT 10 /* f32 1x10 */
/* Bytes of the arena for a number of threads: an integer constant expression. */
#define LENET_ARENA_BYTES(threads) ((size_t)62720 + (size_t)(threads) * 10752 + NETRT_GUARD)
#define LENET_ARENA_ALIGN 64
/* Identity of the packed weights that this code reads. */
#define LENET_PLAN_HASH UINT64_C(0x9d73e54f74c34cce)

typedef struct lenet_inputs {
  const float *image; /* [1x1x28x28] */
} lenet_inputs;

typedef struct lenet_outputs {
  float *probs; /* [1x10] */
} lenet_outputs;

typedef struct lenet_options {
  size_t size;  /* sizeof(lenet_options) */
  int threads;  /* at most so many run it; 0: one */
  size_t batch; /* so many inputs, and outputs, lie one after another; 0: one */
#ifdef NETRT_PROFILE
  netrt_profile *profile; /* times of every layer are put here; may be NULL */
#endif
} lenet_options;

typedef struct lenet_model lenet_model; /* immutable once open; shared by all threads */

/* Every int returned is a netrt_status; netrt_strerror says it in words. */

/* Maps and checks a weight file packed for this very code. */
int lenet_open(lenet_model **model, const char *weights_path);
/* The same for a file in memory, 64-byte aligned, which must outlive the model. */
int lenet_open_memory(lenet_model **model, const void *image, size_t size);
/* The same for weights linked into the program: defined in lenet_embed.c, which
   `netcc compile --embed` writes. */
int lenet_open_embedded(lenet_model **model);
/* Runs the network. arena: LENET_ARENA_BYTES(threads) bytes, 64-byte aligned, one for each
   run at a time. No allocation, no locks, no globals. options NULL: one thread, one input. */
int lenet_run(const lenet_model *model, const lenet_inputs *in, const lenet_outputs *out,
    void *arena, const lenet_options *options);
/* Runs on an input stored in the weight file and compares with the stored output; its arena
   is as for run on one thread. */
int lenet_selftest(const lenet_model *model, void *arena);
void lenet_close(lenet_model *model);
#ifdef NETRT_PROFILE
/* Room for the times of the last `runs` runs; netrt_profile_json writes them, and
   netrt_profile_free gives it back. */
netrt_profile *lenet_profile_new(int threads, int runs);
#endif

#ifdef __cplusplus
}
#endif
#endif
