/* sobel.h: network 'sobel', compiled for x86-64-v3.
 *   netcc compile sobel.net --target=x86-64-v3
 */
#ifndef SOBEL_H
#define SOBEL_H

#include "netrt.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SOBEL_IMAGE_COUNT 64 /* f32 1x1x8x8 */
#define SOBEL_GX_COUNT 36 /* f32 1x1x6x6 */
#define SOBEL_GY_COUNT 36 /* f32 1x1x6x6 */
#define SOBEL_MAGNITUDE_COUNT 36 /* f32 1x1x6x6 */
/* Bytes of the arena for a number of threads: an integer constant expression. */
#define SOBEL_ARENA_BYTES(threads) ((size_t)192 + (size_t)(threads) * 0 + NETRT_GUARD)
#define SOBEL_ARENA_ALIGN 64
/* Identity of the packed weights that this code reads. */
#define SOBEL_PLAN_HASH UINT64_C(0x0a65ccff9a1d0e3e)

typedef struct sobel_inputs {
  const float *image; /* [1x1x8x8] */
} sobel_inputs;

typedef struct sobel_outputs {
  float *gx; /* [1x1x6x6] */
  float *gy; /* [1x1x6x6] */
  float *magnitude; /* [1x1x6x6] */
} sobel_outputs;

typedef struct sobel_options {
  size_t size;  /* sizeof(sobel_options) */
  int threads;  /* at most so many run it; 0: one */
  size_t batch; /* so many inputs, and outputs, lie one after another; 0: one */
#ifdef NETRT_PROFILE
  netrt_profile *profile; /* times of every layer are put here; may be NULL */
#endif
} sobel_options;

typedef struct sobel_model sobel_model; /* immutable once open; shared by all threads */

/* Every int returned is a netrt_status; netrt_strerror says it in words. */

/* Maps and checks a weight file packed for this very code. */
int sobel_open(sobel_model **model, const char *weights_path);
/* The same for a file in memory, 64-byte aligned, which must outlive the model. */
int sobel_open_memory(sobel_model **model, const void *image, size_t size);
/* The same for weights linked into the program: defined in sobel_embed.c, which
   `netcc compile --embed` writes. */
int sobel_open_embedded(sobel_model **model);
/* Runs the network. arena: SOBEL_ARENA_BYTES(threads) bytes, 64-byte aligned, one for each
   run at a time. No allocation, no locks, no globals. options NULL: one thread, one input. */
int sobel_run(const sobel_model *model, const sobel_inputs *in, const sobel_outputs *out,
    void *arena, const sobel_options *options);
/* Runs on an input stored in the weight file and compares with the stored output; its arena
   is as for run on one thread. */
int sobel_selftest(const sobel_model *model, void *arena);
void sobel_close(sobel_model *model);
#ifdef NETRT_PROFILE
/* Room for the times of the last `runs` runs; netrt_profile_json writes them, and
   netrt_profile_free gives it back. */
netrt_profile *sobel_profile_new(int threads, int runs);
#endif

#ifdef __cplusplus
}
#endif
#endif
