/* vgg16.h: network 'vgg16', compiled for x86-64-v3.
 *   netcc compile vgg16.net --target=x86-64-v3
 */
#ifndef VGG16_H
#define VGG16_H

#include "netrt.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define VGG16_IMAGE_COUNT 150528 /* f32 1x3x224x224 */
#define VGG16_LOGITS_COUNT 1000 /* f32 1x1000 */
/* Bytes of the arena for a number of threads: an integer constant expression. */
#define VGG16_ARENA_BYTES(threads) ((size_t)16056320 + (size_t)(threads) * 258048 + NETRT_GUARD)
#define VGG16_ARENA_ALIGN 64
/* Identity of the packed weights that this code reads. */
#define VGG16_PLAN_HASH UINT64_C(0x15e4b27c3e307966)

typedef struct vgg16_inputs {
  const float *image; /* [1x3x224x224] */
} vgg16_inputs;

typedef struct vgg16_outputs {
  float *logits; /* [1x1000] */
} vgg16_outputs;

typedef struct vgg16_options {
  size_t size;  /* sizeof(vgg16_options) */
  int threads;  /* at most so many run it; 0: one */
  size_t batch; /* so many inputs, and outputs, lie one after another; 0: one */
#ifdef NETRT_PROFILE
  netrt_profile *profile; /* times of every layer are put here; may be NULL */
#endif
} vgg16_options;

typedef struct vgg16_model vgg16_model; /* immutable once open; shared by all threads */

/* Every int returned is a netrt_status; netrt_strerror says it in words. */

/* Maps and checks a weight file packed for this very code. */
int vgg16_open(vgg16_model **model, const char *weights_path);
/* The same for a file in memory, 64-byte aligned, which must outlive the model. */
int vgg16_open_memory(vgg16_model **model, const void *image, size_t size);
/* The same for weights linked into the program: defined in vgg16_embed.c, which
   `netcc compile --embed` writes. */
int vgg16_open_embedded(vgg16_model **model);
/* Runs the network. arena: VGG16_ARENA_BYTES(threads) bytes, 64-byte aligned, one for each
   run at a time. No allocation, no locks, no globals. options NULL: one thread, one input. */
int vgg16_run(const vgg16_model *model, const vgg16_inputs *in, const vgg16_outputs *out,
    void *arena, const vgg16_options *options);
/* Runs on an input stored in the weight file and compares with the stored output; its arena
   is as for run on one thread. */
int vgg16_selftest(const vgg16_model *model, void *arena);
void vgg16_close(vgg16_model *model);
#ifdef NETRT_PROFILE
/* Room for the times of the last `runs` runs; netrt_profile_json writes them, and
   netrt_profile_free gives it back. */
netrt_profile *vgg16_profile_new(int threads, int runs);
#endif

#ifdef __cplusplus
}
#endif
#endif
