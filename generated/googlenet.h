/* googlenet.h: network 'googlenet', compiled for x86-64-v3.
 *   netcc compile googlenet.net --target=x86-64-v3
 */
#ifndef GOOGLENET_H
#define GOOGLENET_H

#include "netrt.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define GOOGLENET_IMAGE_COUNT 150528 /* f32 1x3x224x224 */
#define GOOGLENET_PROBS_COUNT 1000 /* f32 1x1000 */
/* Bytes of the arena for a number of threads: an integer constant expression. */
#define GOOGLENET_ARENA_BYTES(threads) ((size_t)4816896 + (size_t)(threads) * 207872 + NETRT_GUARD)
#define GOOGLENET_ARENA_ALIGN 64
/* Identity of the packed weights that this code reads. */
#define GOOGLENET_PLAN_HASH UINT64_C(0x36b79b085ea047d4)

typedef struct googlenet_inputs {
  const float *image; /* [1x3x224x224] */
} googlenet_inputs;

typedef struct googlenet_outputs {
  float *probs; /* [1x1000] */
} googlenet_outputs;

typedef struct googlenet_options {
  size_t size;  /* sizeof(googlenet_options) */
  int threads;  /* at most so many run it; 0: one */
  size_t batch; /* so many inputs, and outputs, lie one after another; 0: one */
#ifdef NETRT_PROFILE
  netrt_profile *profile; /* times of every layer are put here; may be NULL */
#endif
} googlenet_options;

typedef struct googlenet_model googlenet_model; /* immutable once open; shared by all threads */

/* Every int returned is a netrt_status; netrt_strerror says it in words. */

/* Maps and checks a weight file packed for this very code. */
int googlenet_open(googlenet_model **model, const char *weights_path);
/* The same for a file in memory, 64-byte aligned, which must outlive the model. */
int googlenet_open_memory(googlenet_model **model, const void *image, size_t size);
/* The same for weights linked into the program: defined in googlenet_embed.c, which
   `netcc compile --embed` writes. */
int googlenet_open_embedded(googlenet_model **model);
/* Runs the network. arena: GOOGLENET_ARENA_BYTES(threads) bytes, 64-byte aligned, one for each
   run at a time. No allocation, no locks, no globals. options NULL: one thread, one input. */
int googlenet_run(const googlenet_model *model, const googlenet_inputs *in,
    const googlenet_outputs *out,
    void *arena, const googlenet_options *options);
/* Runs on an input stored in the weight file and compares with the stored output; its arena
   is as for run on one thread. */
int googlenet_selftest(const googlenet_model *model, void *arena);
void googlenet_close(googlenet_model *model);
#ifdef NETRT_PROFILE
/* Room for the times of the last `runs` runs; netrt_profile_json writes them, and
   netrt_profile_free gives it back. */
netrt_profile *googlenet_profile_new(int threads, int runs);
#endif

#ifdef __cplusplus
}
#endif
#endif
