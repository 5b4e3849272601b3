/* sobel.c: network 'sobel', compiled for
 * x86-64-v3: x86-64 with AVX2 and FMA, 8 floats a vector.
 *
 *   netcc compile sobel.net --target=x86-64-v3
 *
 * epoch layer source       kernel    output  layout multiply-adds arena at
 *     0 conv1 sobel.net:6  conv_wide 1x1x6x6 nchw             324   output
 *     1 conv2 sobel.net:9  conv_wide 1x1x6x6 nchw             324   output
 *     2 mul1  sobel.net:12 eltwise   1x1x6x6 nchw               0        0
 *     3 mul2  sobel.net:12 eltwise   1x1x6x6 nchw               0   output
 *
 * 648 multiply-adds, 144 other operations; arena 192 bytes (lower bound 192);
 * 3 kernels for 4 layers, 0 barriers. One thread runs them all, one after the other. */
#include "sobel.h"

#ifdef NETRT_DEBUG
#include "netrt_debug.h"
#endif
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#ifdef _OPENMP
#include <omp.h>
#endif

#if defined(NETCC_PORTABLE_VECTORS)
/* vectors as the compiler's own options allow: slower, but runs anywhere */
#elif defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), \
                             apply_to = function)
#pragma clang fp contract(fast)
#elif defined(__GNUC__)
#pragma GCC push_options
#pragma GCC target("avx2,fma")
#pragma GCC optimize("fp-contract=fast")
#else
#error "this file needs GCC's or Clang's vector extensions; netcc --target=c99 does not"
#endif

enum { LANES = 8 };
typedef float vf __attribute__((vector_size(4 * LANES), may_alias));
typedef int vi __attribute__((vector_size(4 * LANES), may_alias));
typedef unsigned vu __attribute__((vector_size(4 * LANES), may_alias));
typedef float vfu __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
#define LD(p) (*(const vf *)(const void *)(p))
#define ST(p, v) (*(vf *)(void *)(p) = (v))
#define LDU(p) (*(const vfu *)(const void *)(p)) /* at any float */
#define STU(p, v) (*(vfu *)(void *)(p) = (v))
/* Hides a pointer's value from the optimiser: without it, broadcasts shared between the
   taps of a kernel are kept in registers and push the accumulators out. No instruction. */
#define HIDE(p) __asm__("" : "+r"(p))
#define KERNEL static __attribute__((noinline))

static inline float s_sqrt(float x) { return sqrtf(x); }

typedef struct team team; /* nobody to wait for */

#ifdef NETRT_DEBUG /* each layer by itself, memory looked at before and after it */
#define LAYER(i, call) do { \
    if (t == 0) { netrt_debug_before(debug, i); } call; \
    if (t == 0) { netrt_debug_after(debug, i, b); } } while (0)
#define ALONE(i, call) LAYER(i, if (t == 0) { call; })
#define DEBUG_PARAMETER , netrt_debug *debug
#define DEBUG_ARGUMENT , debug
#else
#define ALONE(i, call) if (t == 0) LAYER(i, call)
#define DEBUG_PARAMETER
#define DEBUG_ARGUMENT
#ifdef NETRT_PROFILE /* when each thread began and ended each of the layers */
#define LAYER(i, call) do { const double begin = netrt_profile_now(); call; \
    if (options) netrt_profile_put(options->profile, b, i, t, n, begin); } while (0)
#else
#define LAYER(i, call) call
#endif
#endif

struct sobel_model {
  netrt_file *file;
  const float *w[2];
};

/* sobel_conv3x3w_1x8x8_1
 *
 * layer conv1 (sobel.net:6)
 *    and conv2 (sobel.net:9)
 * order: filter, row, tile of columns, input channel, kernel row, tap
 * register tile: up to 8 columns, by scalars: no whole vector fits
 * split: 6 units, one output row of one channel each
 * counted here: 324 multiply-adds, 0 other operations,
 *   1,296 bytes loaded, 144 bytes stored */
KERNEL void sobel_conv3x3w_1x8x8_1(
    const float *restrict i0, const float *restrict i1, float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 6 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 6 / (size_t)n;
  for (size_t u = u0; u < u1; ++u) {
    const size_t oy = u;
    const ptrdiff_t top = (ptrdiff_t)(oy);
    const ptrdiff_t first = top < 0 ? -top : 0;
    const ptrdiff_t past = 8 - top;
    const ptrdiff_t k1 = past < 3 ? past : 3;
    const float *plane = i0;
    const float *filter = i1;
    float *row = o0 + oy * 6;
    const float bias = 0;
    {
      float a0 = bias;
      float a1 = bias;
      float a2 = bias;
      float a3 = bias;
      float a4 = bias;
      float a5 = bias;
      for (ptrdiff_t ky = first; ky < k1; ++ky) {
        const float *r = plane + (top + ky) * 8;
        const float *f = filter + ky * 3;
        a0 += r[0] * f[0];
        a1 += r[1] * f[0];
        a2 += r[2] * f[0];
        a3 += r[3] * f[0];
        a4 += r[4] * f[0];
        a5 += r[5] * f[0];
        a0 += r[1] * f[1];
        a1 += r[2] * f[1];
        a2 += r[3] * f[1];
        a3 += r[4] * f[1];
        a4 += r[5] * f[1];
        a5 += r[6] * f[1];
        a0 += r[2] * f[2];
        a1 += r[3] * f[2];
        a2 += r[4] * f[2];
        a3 += r[5] * f[2];
        a4 += r[6] * f[2];
        a5 += r[7] * f[2];
      }
      row[0] = a0;
      row[1] = a1;
      row[2] = a2;
      row[3] = a3;
      row[4] = a4;
      row[5] = a5;
    }
  }
}

/* sobel_mul_1x6x6
 *
 * layer mul1 (sobel.net:12)
 * element by element; a unit of the split is one row of 6 elements
 * counted here: 0 multiply-adds, 36 other operations,
 *   288 bytes loaded, 144 bytes stored */
KERNEL void sobel_mul_1x6x6(
    const float *restrict i0, float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 6 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 6 / (size_t)n;
  for (size_t u = u0; u < u1; ++u) {
    const size_t y = u;
    for (size_t x = 0; x < 6; ++x) {
      float a = i0[y * 6 + x];
      a *= i0[y * 6 + x];
      o0[y * 6 + x] = a;
    }
  }
}

/* sobel_mul_1x6x6_v2
 *
 * layer mul2 (sobel.net:12)
 * element by element; a unit of the split is one row of 6 elements
 * counted here: 0 multiply-adds, 108 other operations,
 *   432 bytes loaded, 144 bytes stored */
KERNEL void sobel_mul_1x6x6_v2(
    const float *restrict i0, const float *restrict i1, float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 6 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 6 / (size_t)n;
  for (size_t u = u0; u < u1; ++u) {
    const size_t y = u;
    for (size_t x = 0; x < 6; ++x) {
      float a = i0[y * 6 + x];
      a *= i0[y * 6 + x];
      a += i1[y * 6 + x];
      a = s_sqrt(a);
      o0[y * 6 + x] = a;
    }
  }
}


/* All layers, as thread t of n runs them: each kernel does its slice. */
static void sobel_layers(const sobel_model *model, const sobel_inputs *in,
    const sobel_outputs *out, float *arena, const sobel_options *options,
    team *m, int t, int n DEBUG_PARAMETER) {
  const size_t batch = options && options->batch ? options->batch : 1;
  const float *const *w = model->w;
  (void)m, (void)t, (void)n;
  for (size_t b = 0; b < batch; ++b) {
    LAYER(0, sobel_conv3x3w_1x8x8_1(in->image + b * 64, w[0], out->gx + b * 36, 0, 1));
        /* conv1 */
    LAYER(1, sobel_conv3x3w_1x8x8_1(in->image + b * 64, w[1], out->gy + b * 36, 0, 1));
        /* conv2 */
    LAYER(2, sobel_mul_1x6x6(out->gx + b * 36, arena + 0, 0, 1)); /* mul1 */
    LAYER(3, sobel_mul_1x6x6_v2(out->gy + b * 36, arena + 0, out->magnitude + b * 36, 0, 1));
        /* mul2 */
  }
}

#if defined(NETCC_PORTABLE_VECTORS)
#elif defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#ifdef NETRT_DEBUG
static const netrt_debug_value sobel_debug_values[4] = {
    {"conv1", -1, 0, 0, 144, 1, 144, 1, 36, 1, 0, 0},
    {"conv2", -1, 1, 0, 144, 1, 144, 1, 36, 1, 1, 1},
    {"mul1", 0, 0, 0, 144, 1, 144, 1, 36, 1, 2, 3},
    {"sqrt1", -1, 2, 0, 144, 1, 144, 1, 36, 1, 3, 3},
};
static const int sobel_debug_uses[9] = {
    0, -1, 1, -1, 2, -1, 3, 2, -1,};
static const netrt_debug_layer sobel_debug_layers[4] = {
    {"conv1", 0, 0, 0},
    {"conv2", 2, 0, 0},
    {"mul1", 4, 0, 0},
    {"mul2", 6, 0, 0},
};
static const netrt_debug_arena sobel_debug_arenas[1] = {{192, 0}};
static const netrt_debug_model sobel_debug = {"sobel", sobel_debug_values,
    sobel_debug_layers, sobel_debug_uses, sobel_debug_arenas, 4, 4, 1};
#endif


/* Bytes of each section of the weight file, in order. */
static const uint64_t sobel_section_bytes[2] = {
    36, /* conv1.weight */
    36, /* conv2.weight */
};

static int sobel_processor_fits(void) {
#ifdef NETCC_PORTABLE_VECTORS
  return 1;
#else
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
}

static int sobel_load(netrt_file *file, sobel_model **model) {
  sobel_model *m = malloc(sizeof *m);
  if (!m) {
    netrt_close(file);
    return NETRT_E_MEMORY;
  }
  m->file = file;
  m->w[0] = NULL;
  for (uint32_t i = 0, count = 2; i < count; ++i) {
    m->w[i] = netrt_section(file, i, sobel_section_bytes[i]);
    if (!m->w[i]) {
      sobel_close(m);
      return NETRT_E_MISSING;
    }
  }
  *model = m;
  return NETRT_OK;
}

int sobel_open(sobel_model **model, const char *weights_path) {
  netrt_file *file;
  if (!model) return NETRT_E_ARGUMENT;
  *model = NULL;
  if (!sobel_processor_fits()) return NETRT_E_PROCESSOR;
  const int status = netrt_open(&file, weights_path, SOBEL_PLAN_HASH, 0);
  return status ? status : sobel_load(file, model);
}

int sobel_open_memory(sobel_model **model, const void *image, size_t size) {
  netrt_file *file;
  if (!model) return NETRT_E_ARGUMENT;
  *model = NULL;
  if (!sobel_processor_fits()) return NETRT_E_PROCESSOR;
  const int status = netrt_open_memory(&file, image, size, SOBEL_PLAN_HASH, 0);
  return status ? status : sobel_load(file, model);
}

void sobel_close(sobel_model *model) {
  if (!model) return;
  netrt_close(model->file);
  free(model);
}

int sobel_run(const sobel_model *model, const sobel_inputs *in, const sobel_outputs *out,
    void *arena, const sobel_options *options) {
  if (!model || !in || !out) return NETRT_E_ARGUMENT;
  if (!in->image) return NETRT_E_ARGUMENT;
  if (!out->gx) return NETRT_E_ARGUMENT;
  if (!out->gy) return NETRT_E_ARGUMENT;
  if (!out->magnitude) return NETRT_E_ARGUMENT;
  if (!arena || (uintptr_t)arena % SOBEL_ARENA_ALIGN) return NETRT_E_ARENA;
  if (options && (options->size < sizeof *options || options->threads < 0))
    return NETRT_E_ARGUMENT;
#ifdef NETRT_DEBUG
  netrt_debug memory, *const debug = &memory;
  const float *const ends[] = {out->gx, out->gy, out->magnitude};
  void *const arenas[] = {arena};
  const int fault = netrt_debug_begin(debug, &sobel_debug, arenas, ends,
                                      options ? options->threads : 1);
  if (fault) return fault;
#endif
  sobel_layers(model, in, out, arena, options, NULL, 0, 1 DEBUG_ARGUMENT);
#ifdef NETRT_PROFILE
  if (options) netrt_profile_done(options->profile, options->batch ? options->batch : 1);
#endif
#ifdef NETRT_DEBUG
  return netrt_debug_end(debug);
#else
  return NETRT_OK;
#endif
}

int sobel_selftest(const sobel_model *model, void *arena) {
  if (!model) return NETRT_E_ARGUMENT;
  uint64_t bytes = 0;
  sobel_inputs in;
  in.image = netrt_find(model->file, NETRT_KIND_SELFTEST_INPUT, 0, &bytes);
  if (!in.image || bytes != 256) return NETRT_E_SELFTEST_DATA;
  float *got = netrt_alloc(432);
  if (!got) return NETRT_E_MEMORY;
  sobel_outputs out;
  out.gx = got + 0;
  out.gy = got + 36;
  out.magnitude = got + 72;
  int status = sobel_run(model, &in, &out, arena, NULL);
  if (!status) {
    const float *want =
        netrt_find(model->file, NETRT_KIND_SELFTEST_EXPECTED, 0, &bytes);
    status = want && bytes == 144 ? netrt_compare(out.gx, want, 36, 1e-5)
        : NETRT_E_SELFTEST_DATA;
  }
  if (!status) {
    const float *want =
        netrt_find(model->file, NETRT_KIND_SELFTEST_EXPECTED, 1, &bytes);
    status = want && bytes == 144 ? netrt_compare(out.gy, want, 36, 1e-5)
        : NETRT_E_SELFTEST_DATA;
  }
  if (!status) {
    const float *want =
        netrt_find(model->file, NETRT_KIND_SELFTEST_EXPECTED, 2, &bytes);
    status = want && bytes == 144 ? netrt_compare(out.magnitude, want, 36, 1e-5)
        : NETRT_E_SELFTEST_DATA;
  }
  netrt_free(got);
  return status;
}

#ifdef NETRT_PROFILE
static const netrt_profile_layer sobel_profile_layers[4] = {
    {"conv1", "conv_wide", 324, 1440},
    {"conv2", "conv_wide", 324, 1440},
    {"mul1", "eltwise", 0, 432},
    {"mul2", "eltwise", 0, 576},
};

netrt_profile *sobel_profile_new(int threads, int runs) {
  return netrt_profile_new("sobel", "x86-64-v3", sobel_profile_layers, 4, threads, runs);
}
#endif
