/* resnet18.h: network 'resnet', compiled for x86-64-v3.
 *   netcc compile resnet.net --target=x86-64-v3 --prefix=resnet18
 */
#ifndef RESNET18_H
#define RESNET18_H

#include "netrt.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define RESNET18_IMAGE_COUNT 150528 /* f32 1x3x224x224 */
#define RESNET18_LOGITS_COUNT 1000 /* f32 1x1000 */
/* Bytes of the arena for a number of threads: an integer constant expression. */
#define RESNET18_ARENA_BYTES(threads) ((size_t)1605632 + (size_t)(threads) * 207872 + NETRT_GUARD)
#define RESNET18_ARENA_ALIGN 64
/* Identity of the packed weights that this code reads. */
#define RESNET18_PLAN_HASH UINT64_C(0x9b880e4f50b6c0ff)

typedef struct resnet18_inputs {
  const float *image; /* [1x3x224x224] */
} resnet18_inputs;

typedef struct resnet18_outputs {
  float *logits; /* [1x1000] */
} resnet18_outputs;

typedef struct resnet18_options {
  size_t size;  /* sizeof(resnet18_options) */
  int threads;  /* at most so many run it; 0: one */
  size_t batch; /* so many inputs, and outputs, lie one after another; 0: one */
#ifdef NETRT_PROFILE
  netrt_profile *profile; /* times of every layer are put here; may be NULL */
#endif
} resnet18_options;

typedef struct resnet18_model resnet18_model; /* immutable once open; shared by all threads */

/* Every int returned is a netrt_status; netrt_strerror says it in words. */

/* Maps and checks a weight file packed for this very code. */
int resnet18_open(resnet18_model **model, const char *weights_path);
/* The same for a file in memory, 64-byte aligned, which must outlive the model. */
int resnet18_open_memory(resnet18_model **model, const void *image, size_t size);
/* The same for weights linked into the program: defined in resnet18_embed.c, which
   `netcc compile --embed` writes. */
int resnet18_open_embedded(resnet18_model **model);
/* Runs the network. arena: RESNET18_ARENA_BYTES(threads) bytes, 64-byte aligned, one for each
   run at a time. No allocation, no locks, no globals. options NULL: one thread, one input. */
int resnet18_run(const resnet18_model *model, const resnet18_inputs *in,
    const resnet18_outputs *out,
    void *arena, const resnet18_options *options);
/* Runs on an input stored in the weight file and compares with the stored output; its arena
   is as for run on one thread. */
int resnet18_selftest(const resnet18_model *model, void *arena);
void resnet18_close(resnet18_model *model);
#ifdef NETRT_PROFILE
/* Room for the times of the last `runs` runs; netrt_profile_json writes them, and
   netrt_profile_free gives it back. */
netrt_profile *resnet18_profile_new(int threads, int runs);
#endif

#ifdef __cplusplus
}
#endif
#endif
