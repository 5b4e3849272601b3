/* vgg16.c: network 'vgg16', compiled for
 * x86-64-v3: x86-64 with AVX2 and FMA, 8 floats a vector.
 *
 *   netcc compile vgg16.net --target=x86-64-v3
 *
 * epoch layer             source     kernel      output        layout multiply-adds arena at
 *     0 features.0        vgg.net:22 conv_first  1x64x224x224  nChw8c    86,188,800        0
 *     1 features.2        vgg.net:22 strips      1x64x112x112  nChw8c 1,838,694,400 12845056
 *     2 features.5        vgg.net:22 conv_direct 1x128x112x112 nChw8c   913,866,752        0
 *     3 features.7        vgg.net:22 strips      1x128x56x56   nChw8c 1,827,733,504  6422528
 *     4 features.10       vgg.net:22 conv_direct 1x256x56x56   nChw8c   902,955,008        0
 *     5 features.12       vgg.net:22 conv_direct 1x256x56x56   nChw8c 1,805,910,016  3211264
 *     6 features.14       vgg.net:22 strips      1x256x28x28   nChw8c 1,805,910,016  1605632
 *     7 features.17       vgg.net:22 conv_direct 1x512x28x28   nChw8c   881,328,128        0
 *     8 features.19       vgg.net:22 conv_direct 1x512x28x28   nChw8c 1,762,656,256  1605632
 *     9 features.21       vgg.net:22 strips      1x512x14x14   nChw8c 1,762,656,256        0
 *    10 features.24       vgg.net:22 conv_direct 1x512x14x14   nChw8c   419,430,400   401408
 *    11 features.26       vgg.net:22 conv_direct 1x512x14x14   nChw8c   419,430,400        0
 *    12 features.28       vgg.net:22 strips      1x512x7x7     nChw8c   419,430,400   401408
 *    13 adaptive_avgpool1 vgg.net:29 pool        1x512x7x7     nChw8c             0        0
 *    14 classifier.0      vgg.net:30 dense       1x4096        nc       102,760,448   100352
 *    15 classifier.3      vgg.net:31 dense       1x4096        nc        16,777,216        0
 *    16 classifier.6      vgg.net:32 dense       1x1000        nc         4,096,000   output
 *
 * 14,969,824,000 multiply-adds, 18,197,032 other operations;
 *   arena 16,056,320 bytes (lower bound 16,056,320);
 * 16 kernels for 17 layers, 16 barriers. A layer of an epoch runs after the
 * barrier that opens it; layers of one epoch are independent of each other. */
#include "vgg16.h"

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

static inline float s_relu(float x) { return x < 0 ? 0 : x; } /* keeps NaN */

static inline vf v_top(vf x, vf y) { /* the larger; y if either is NaN */
#if defined(__AVX2__) && !defined(__clang__)
  return __builtin_ia32_maxps256(x, y);
#else
  return (vf)(((vi)(x > y) & (vi)x) | (~(vi)(x > y) & (vi)y));
#endif
}
static inline vf v_nan(vf x, vf y) { /* all bits where either is NaN */
#if defined(__AVX2__) && !defined(__clang__)
  return (vf)__builtin_ia32_cmpps256(x, y, 3);
#else
  return (vf)((vi)(x != x) | (vi)(y != y));
#endif
}
static inline vf v_relu(vf x) { return v_top((vf){0}, x); } /* keeps NaN */
static inline vf v_or(vf x, vf y) { return (vf)((vi)x | (vi)y); }
static inline vf v_max(vf x, vf y) { /* NaN if either is */
  return v_or(v_top(x, y), v_nan(x, y));
}

#if defined(_OPENMP) && defined(__GNUC__) && (defined(__unix__) || defined(__APPLE__))
#include <sched.h>
#if defined(__x86_64__) || defined(__i386__)
#define PAUSE() __builtin_ia32_pause()
#elif defined(__aarch64__)
#define PAUSE() __asm__ volatile("yield")
#else
#define PAUSE() ((void)0)
#endif
/* Where the threads of a run meet: it lives as long as the run. */
typedef struct team {
  unsigned arrived, apart[15], phase; /* two cache lines */
} team;
static void team_wait(team *m, unsigned n) {
  const unsigned phase = __atomic_load_n(&m->phase, __ATOMIC_RELAXED);
  if (__atomic_add_fetch(&m->arrived, 1u, __ATOMIC_ACQ_REL) == n) {
    __atomic_store_n(&m->arrived, 0u, __ATOMIC_RELAXED);
    __atomic_store_n(&m->phase, phase + 1, __ATOMIC_RELEASE);
    return;
  }
  for (int spins = 0; __atomic_load_n(&m->phase, __ATOMIC_ACQUIRE) == phase;)
    if (spins < 1000) {
      ++spins;
      PAUSE();
    } else {
      (void)sched_yield(); /* whoever is late may need this processor */
    }
}
#define BARRIER(m, n) do { if ((n) > 1) team_wait(m, (unsigned)(n)); } while (0)
#else
typedef struct team {
  unsigned unused;
} team;
#ifdef _OPENMP /* a lone thread must not wait for its caller's team */
#define BARRIER(m, n) do { (void)(m); if ((n) > 1) { _Pragma("omp barrier") } } while (0)
#else
#define BARRIER(m, n) ((void)(m), (void)(n))
#endif
#endif
#ifdef NETRT_DEBUG /* each layer by itself, memory looked at before and after it */
#define LAYER(i, call) do { \
    if (t == 0) { netrt_debug_before(debug, i); } BARRIER(m, n); call; \
    BARRIER(m, n); if (t == 0) { netrt_debug_after(debug, i, b); } } while (0)
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

struct vgg16_model {
  netrt_file *file;
  const float *w[32];
};

/* vgg16_conv3x3s1_3x224x224_64
 *
 * layer features.0 (vgg.net:22)
 * order: chunk of 14 rows, group of 2 x 8 output channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 64 units of (chunk, group)
 * kernel rows on the map: 2.99107 of 3, mean over output rows
 * counted here: 86,188,800 multiply-adds, 3,211,264 other operations,
 *   82,386,112 bytes loaded, 12,845,056 bytes stored */
/* 2 output blocks x 6 pixels; columns 0 to 5 of a row */
KERNEL void vgg16_conv3x3s1_3x224x224_64_t0_2x6(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4, a0_5;
  vf a1_0, a1_1, a1_2, a1_3, a1_4, a1_5;
  vf w0, w1;
  float t;
  a0_0 = a0_1 = a0_2 = a0_3 = a0_4 = a0_5 = LD(b);
  a1_0 = a1_1 = a1_2 = a1_3 = a1_4 = a1_5 = LD(b + 8);
  for (size_t c = 0; c < 3; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 50176 + (r + ky - ky0) * 224;
      const float *wp = w + c * 144 + ky * 48;
      HIDE(xp);
      w0 = LD(wp); w1 = LD(wp + 8);
      t = xp[0]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[1]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[2]; a0_3 += w0 * t; a1_3 += w1 * t;
      t = xp[3]; a0_4 += w0 * t; a1_4 += w1 * t;
      t = xp[4]; a0_5 += w0 * t; a1_5 += w1 * t;
      HIDE(xp);
      w0 = LD(wp + 16); w1 = LD(wp + 24);
      t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[1]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[2]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[3]; a0_3 += w0 * t; a1_3 += w1 * t;
      t = xp[4]; a0_4 += w0 * t; a1_4 += w1 * t;
      t = xp[5]; a0_5 += w0 * t; a1_5 += w1 * t;
      HIDE(xp);
      w0 = LD(wp + 32); w1 = LD(wp + 40);
      t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[2]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[3]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[4]; a0_3 += w0 * t; a1_3 += w1 * t;
      t = xp[5]; a0_4 += w0 * t; a1_4 += w1 * t;
      t = xp[6]; a0_5 += w0 * t; a1_5 += w1 * t;
    }
  }
  a0_0 = v_relu(a0_0);
  a0_1 = v_relu(a0_1);
  a0_2 = v_relu(a0_2);
  a0_3 = v_relu(a0_3);
  a0_4 = v_relu(a0_4);
  a0_5 = v_relu(a0_5);
  a1_0 = v_relu(a1_0);
  a1_1 = v_relu(a1_1);
  a1_2 = v_relu(a1_2);
  a1_3 = v_relu(a1_3);
  a1_4 = v_relu(a1_4);
  a1_5 = v_relu(a1_5);
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 32, a0_4);
  ST(y + 40, a0_5);
  ST(y + 401408, a1_0);
  ST(y + 401416, a1_1);
  ST(y + 401424, a1_2);
  ST(y + 401432, a1_3);
  ST(y + 401440, a1_4);
  ST(y + 401448, a1_5);
}

/* 2 output blocks x 6 pixels; columns 6 to 215 of a row */
KERNEL void vgg16_conv3x3s1_3x224x224_64_t1_2x6(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4, a0_5;
  vf a1_0, a1_1, a1_2, a1_3, a1_4, a1_5;
  vf w0, w1;
  float t;
  a0_0 = a0_1 = a0_2 = a0_3 = a0_4 = a0_5 = LD(b);
  a1_0 = a1_1 = a1_2 = a1_3 = a1_4 = a1_5 = LD(b + 8);
  for (size_t c = 0; c < 3; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 50176 + (r + ky - ky0) * 224;
      const float *wp = w + c * 144 + ky * 48;
      HIDE(xp);
      w0 = LD(wp); w1 = LD(wp + 8);
      t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[1]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[2]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[3]; a0_3 += w0 * t; a1_3 += w1 * t;
      t = xp[4]; a0_4 += w0 * t; a1_4 += w1 * t;
      t = xp[5]; a0_5 += w0 * t; a1_5 += w1 * t;
      HIDE(xp);
      w0 = LD(wp + 16); w1 = LD(wp + 24);
      t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[2]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[3]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[4]; a0_3 += w0 * t; a1_3 += w1 * t;
      t = xp[5]; a0_4 += w0 * t; a1_4 += w1 * t;
      t = xp[6]; a0_5 += w0 * t; a1_5 += w1 * t;
      HIDE(xp);
      w0 = LD(wp + 32); w1 = LD(wp + 40);
      t = xp[2]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[3]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[4]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[5]; a0_3 += w0 * t; a1_3 += w1 * t;
      t = xp[6]; a0_4 += w0 * t; a1_4 += w1 * t;
      t = xp[7]; a0_5 += w0 * t; a1_5 += w1 * t;
    }
  }
  a0_0 = v_relu(a0_0);
  a0_1 = v_relu(a0_1);
  a0_2 = v_relu(a0_2);
  a0_3 = v_relu(a0_3);
  a0_4 = v_relu(a0_4);
  a0_5 = v_relu(a0_5);
  a1_0 = v_relu(a1_0);
  a1_1 = v_relu(a1_1);
  a1_2 = v_relu(a1_2);
  a1_3 = v_relu(a1_3);
  a1_4 = v_relu(a1_4);
  a1_5 = v_relu(a1_5);
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 32, a0_4);
  ST(y + 40, a0_5);
  ST(y + 401408, a1_0);
  ST(y + 401416, a1_1);
  ST(y + 401424, a1_2);
  ST(y + 401432, a1_3);
  ST(y + 401440, a1_4);
  ST(y + 401448, a1_5);
}

/* 2 output blocks x 4 pixels; columns 216 to 219 of a row */
KERNEL void vgg16_conv3x3s1_3x224x224_64_t2_2x4(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1) {
  vf a0_0, a0_1, a0_2, a0_3;
  vf a1_0, a1_1, a1_2, a1_3;
  vf w0, w1;
  float t;
  a0_0 = a0_1 = a0_2 = a0_3 = LD(b);
  a1_0 = a1_1 = a1_2 = a1_3 = LD(b + 8);
  for (size_t c = 0; c < 3; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 50176 + (r + ky - ky0) * 224;
      const float *wp = w + c * 144 + ky * 48;
      HIDE(xp);
      w0 = LD(wp); w1 = LD(wp + 8);
      t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[1]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[2]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[3]; a0_3 += w0 * t; a1_3 += w1 * t;
      HIDE(xp);
      w0 = LD(wp + 16); w1 = LD(wp + 24);
      t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[2]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[3]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[4]; a0_3 += w0 * t; a1_3 += w1 * t;
      HIDE(xp);
      w0 = LD(wp + 32); w1 = LD(wp + 40);
      t = xp[2]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[3]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[4]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[5]; a0_3 += w0 * t; a1_3 += w1 * t;
    }
  }
  a0_0 = v_relu(a0_0);
  a0_1 = v_relu(a0_1);
  a0_2 = v_relu(a0_2);
  a0_3 = v_relu(a0_3);
  a1_0 = v_relu(a1_0);
  a1_1 = v_relu(a1_1);
  a1_2 = v_relu(a1_2);
  a1_3 = v_relu(a1_3);
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 401408, a1_0);
  ST(y + 401416, a1_1);
  ST(y + 401424, a1_2);
  ST(y + 401432, a1_3);
}

/* 2 output blocks x 4 pixels; columns 220 to 223 of a row */
KERNEL void vgg16_conv3x3s1_3x224x224_64_t3_2x4(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1) {
  vf a0_0, a0_1, a0_2, a0_3;
  vf a1_0, a1_1, a1_2, a1_3;
  vf w0, w1;
  float t;
  a0_0 = a0_1 = a0_2 = a0_3 = LD(b);
  a1_0 = a1_1 = a1_2 = a1_3 = LD(b + 8);
  for (size_t c = 0; c < 3; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 50176 + (r + ky - ky0) * 224;
      const float *wp = w + c * 144 + ky * 48;
      HIDE(xp);
      w0 = LD(wp); w1 = LD(wp + 8);
      t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[1]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[2]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[3]; a0_3 += w0 * t; a1_3 += w1 * t;
      HIDE(xp);
      w0 = LD(wp + 16); w1 = LD(wp + 24);
      t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[2]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[3]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[4]; a0_3 += w0 * t; a1_3 += w1 * t;
      HIDE(xp);
      w0 = LD(wp + 32); w1 = LD(wp + 40);
      t = xp[2]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[3]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[4]; a0_2 += w0 * t; a1_2 += w1 * t;
    }
  }
  a0_0 = v_relu(a0_0);
  a0_1 = v_relu(a0_1);
  a0_2 = v_relu(a0_2);
  a0_3 = v_relu(a0_3);
  a1_0 = v_relu(a1_0);
  a1_1 = v_relu(a1_1);
  a1_2 = v_relu(a1_2);
  a1_3 = v_relu(a1_3);
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 401408, a1_0);
  ST(y + 401416, a1_1);
  ST(y + 401424, a1_2);
  ST(y + 401432, a1_3);
}

KERNEL void vgg16_conv3x3s1_3x224x224_64(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 64 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 64 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 4, g0 = u % 4;
    const size_t g1 = u1 - q * 4 < 4 ? u1 - q * 4 : 4;
    end = q * 4 + g1;
    const size_t y0 = q * 224 / 16;
    const size_t y1 = (q + 1) * 224 / 16;
    for (size_t g = g0; g < g1; ++g) {
      const float *w = i1 + g * 432;
      const float *b = i2 + g * 16;
      const float *x = i0;
      for (size_t oy = y0; oy < y1; ++oy) {
        const size_t iy = oy; /* first input row, counted from the padding's */
        const size_t ky0 = iy < 1 ? 1 - iy : 0;
        const size_t ky1 = iy + 3 <= 225 ? 3 : 225 - iy;
        const size_t r = iy + ky0 - 1;
        const size_t at = g * 802816 + oy * 1792;
        float *y = o0 + at;
        vgg16_conv3x3s1_3x224x224_64_t0_2x6(x, w, b, y, r, ky0, ky1);
        for (size_t j = 0; j < 35; ++j) {
          vgg16_conv3x3s1_3x224x224_64_t1_2x6(x + 5 + j * 6, w, b, y + 48 + j * 48, r, ky0, ky1);
        }
        vgg16_conv3x3s1_3x224x224_64_t2_2x4(x + 215, w, b, y + 1728, r, ky0, ky1);
        vgg16_conv3x3s1_3x224x224_64_t3_2x4(x + 219, w, b, y + 1760, r, ky0, ky1);
      }
    }
  }
}

/* vgg16_conv3x3s1_64x224x224_64_maxpool2x2s2_64x112x112
 *
 * layer features.2 (vgg.net:22)
 * 2 stages, strip by strip of 9 output rows; between them 258048 bytes of
 * workspace for each thread, and nothing in the arena
 * split: 52 units of (strip, group of channels)
 * counted here: 1,838,694,400 multiply-adds, 5,619,712 other operations,
 *   1,751,797,760 bytes loaded, 41,746,432 bytes stored */
/* stage 1: features.3, conv_direct */
/* 2 output blocks x 6 pixels; columns 0 to 5 of a row */
KERNEL void vgg16_conv3x3s1_64x224x224_64_maxpool2x2s2_64x112x112_a_t0_2x6(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4, a0_5;
  vf a1_0, a1_1, a1_2, a1_3, a1_4, a1_5;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = a0_4 = a0_5 = LD(b);
    a1_0 = a1_1 = a1_2 = a1_3 = a1_4 = a1_5 = LD(b + 8);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a0_4 = LD(y + 32);
    a0_5 = LD(y + 40);
    a1_0 = LD(y + 32256);
    a1_1 = LD(y + 32264);
    a1_2 = LD(y + 32272);
    a1_3 = LD(y + 32280);
    a1_4 = LD(y + 32288);
    a1_5 = LD(y + 32296);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 401408 + (r + ky - ky0) * 1792;
      const float *wp = w + c * 1152 + ky * 384;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 96) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[0]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[8]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[16]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[24]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[32]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[32]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[40]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[32]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[40]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[48]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[1]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[9]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[17]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[25]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[33]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[33]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[41]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 80); w1 = LD(wp + 88);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[33]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[41]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[49]; a0_5 += w0 * t; a1_5 += w1 * t;
      }
    }
  }
  if (last) {
    a0_0 = v_relu(a0_0);
    a0_1 = v_relu(a0_1);
    a0_2 = v_relu(a0_2);
    a0_3 = v_relu(a0_3);
    a0_4 = v_relu(a0_4);
    a0_5 = v_relu(a0_5);
    a1_0 = v_relu(a1_0);
    a1_1 = v_relu(a1_1);
    a1_2 = v_relu(a1_2);
    a1_3 = v_relu(a1_3);
    a1_4 = v_relu(a1_4);
    a1_5 = v_relu(a1_5);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 32, a0_4);
  ST(y + 40, a0_5);
  ST(y + 32256, a1_0);
  ST(y + 32264, a1_1);
  ST(y + 32272, a1_2);
  ST(y + 32280, a1_3);
  ST(y + 32288, a1_4);
  ST(y + 32296, a1_5);
}

/* 2 output blocks x 6 pixels; columns 6 to 215 of a row */
KERNEL void vgg16_conv3x3s1_64x224x224_64_maxpool2x2s2_64x112x112_a_t1_2x6(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4, a0_5;
  vf a1_0, a1_1, a1_2, a1_3, a1_4, a1_5;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = a0_4 = a0_5 = LD(b);
    a1_0 = a1_1 = a1_2 = a1_3 = a1_4 = a1_5 = LD(b + 8);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a0_4 = LD(y + 32);
    a0_5 = LD(y + 40);
    a1_0 = LD(y + 32256);
    a1_1 = LD(y + 32264);
    a1_2 = LD(y + 32272);
    a1_3 = LD(y + 32280);
    a1_4 = LD(y + 32288);
    a1_5 = LD(y + 32296);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 401408 + (r + ky - ky0) * 1792;
      const float *wp = w + c * 1152 + ky * 384;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 96) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[32]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[40]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[32]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[40]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[48]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[16]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[40]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[48]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[56]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[33]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[41]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[33]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[41]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[49]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 80); w1 = LD(wp + 88);
        t = xp[17]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[25]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[41]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[49]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[57]; a0_5 += w0 * t; a1_5 += w1 * t;
      }
    }
  }
  if (last) {
    a0_0 = v_relu(a0_0);
    a0_1 = v_relu(a0_1);
    a0_2 = v_relu(a0_2);
    a0_3 = v_relu(a0_3);
    a0_4 = v_relu(a0_4);
    a0_5 = v_relu(a0_5);
    a1_0 = v_relu(a1_0);
    a1_1 = v_relu(a1_1);
    a1_2 = v_relu(a1_2);
    a1_3 = v_relu(a1_3);
    a1_4 = v_relu(a1_4);
    a1_5 = v_relu(a1_5);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 32, a0_4);
  ST(y + 40, a0_5);
  ST(y + 32256, a1_0);
  ST(y + 32264, a1_1);
  ST(y + 32272, a1_2);
  ST(y + 32280, a1_3);
  ST(y + 32288, a1_4);
  ST(y + 32296, a1_5);
}

/* 2 output blocks x 4 pixels; columns 216 to 219 of a row */
KERNEL void vgg16_conv3x3s1_64x224x224_64_maxpool2x2s2_64x112x112_a_t2_2x4(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3;
  vf a1_0, a1_1, a1_2, a1_3;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = LD(b);
    a1_0 = a1_1 = a1_2 = a1_3 = LD(b + 8);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a1_0 = LD(y + 32256);
    a1_1 = LD(y + 32264);
    a1_2 = LD(y + 32272);
    a1_3 = LD(y + 32280);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 401408 + (r + ky - ky0) * 1792;
      const float *wp = w + c * 1152 + ky * 384;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 96) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[32]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[16]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[40]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[33]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 80); w1 = LD(wp + 88);
        t = xp[17]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[25]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[41]; a0_3 += w0 * t; a1_3 += w1 * t;
      }
    }
  }
  if (last) {
    a0_0 = v_relu(a0_0);
    a0_1 = v_relu(a0_1);
    a0_2 = v_relu(a0_2);
    a0_3 = v_relu(a0_3);
    a1_0 = v_relu(a1_0);
    a1_1 = v_relu(a1_1);
    a1_2 = v_relu(a1_2);
    a1_3 = v_relu(a1_3);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 32256, a1_0);
  ST(y + 32264, a1_1);
  ST(y + 32272, a1_2);
  ST(y + 32280, a1_3);
}

/* 2 output blocks x 4 pixels; columns 220 to 223 of a row */
KERNEL void vgg16_conv3x3s1_64x224x224_64_maxpool2x2s2_64x112x112_a_t3_2x4(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3;
  vf a1_0, a1_1, a1_2, a1_3;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = LD(b);
    a1_0 = a1_1 = a1_2 = a1_3 = LD(b + 8);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a1_0 = LD(y + 32256);
    a1_1 = LD(y + 32264);
    a1_2 = LD(y + 32272);
    a1_3 = LD(y + 32280);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 401408 + (r + ky - ky0) * 1792;
      const float *wp = w + c * 1152 + ky * 384;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 96) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[32]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[16]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[33]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 80); w1 = LD(wp + 88);
        t = xp[17]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[25]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t;
      }
    }
  }
  if (last) {
    a0_0 = v_relu(a0_0);
    a0_1 = v_relu(a0_1);
    a0_2 = v_relu(a0_2);
    a0_3 = v_relu(a0_3);
    a1_0 = v_relu(a1_0);
    a1_1 = v_relu(a1_1);
    a1_2 = v_relu(a1_2);
    a1_3 = v_relu(a1_3);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 32256, a1_0);
  ST(y + 32264, a1_1);
  ST(y + 32272, a1_2);
  ST(y + 32280, a1_3);
}

KERNEL void vgg16_conv3x3s1_64x224x224_64_maxpool2x2s2_64x112x112_a(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, size_t from, size_t to, size_t b0, size_t b1, size_t yr) {
  for (size_t g = b0; g < b1; ++g) {
    for (size_t c0 = 0; c0 < 8; c0 += 3) {
      const size_t c1 = c0 + 3 < 8 ? c0 + 3 : 8;
      const float *w = i1 + g * 9216;
      const float *b = i2 + g * 16;
      const float *x = i0;
      for (size_t oy = from; oy < to; ++oy) {
        const size_t iy = oy; /* first input row, counted from the padding's */
        const size_t ky0 = iy < 1 ? 1 - iy : 0;
        const size_t ky1 = iy + 3 <= 225 ? 3 : 225 - iy;
        const size_t r = iy + ky0 - 1;
        const size_t at = (g - b0) * 64512 + (oy - yr) * 1792;
        float *y = o0 + at;
        vgg16_conv3x3s1_64x224x224_64_maxpool2x2s2_64x112x112_a_t0_2x6(x, w, b, y, r, ky0, ky1, c0,
            c1, c1 == 8);
        for (size_t j = 0; j < 35; ++j) {
          vgg16_conv3x3s1_64x224x224_64_maxpool2x2s2_64x112x112_a_t1_2x6(x + 40 + j * 48, w, b,
              y + 48 + j * 48, r, ky0, ky1, c0, c1, c1 == 8);
        }
        vgg16_conv3x3s1_64x224x224_64_maxpool2x2s2_64x112x112_a_t2_2x4(x + 1720, w, b, y + 1728, r,
            ky0, ky1, c0, c1, c1 == 8);
        vgg16_conv3x3s1_64x224x224_64_maxpool2x2s2_64x112x112_a_t3_2x4(x + 1752, w, b, y + 1760, r,
            ky0, ky1, c0, c1, c1 == 8);
      }
    }
  }
}

/* stage 2: features.4, pool */
KERNEL void vgg16_conv3x3s1_64x224x224_64_maxpool2x2s2_64x112x112_b(
    const float *restrict i0, float *restrict o0, size_t from, size_t to, size_t b0, size_t b1,
    size_t xr) {
  for (size_t cb = b0; cb < b1; ++cb) {
    const float *map = i0 + (cb - b0) * 32256;
    for (size_t oy = from; oy < to; ++oy) {
      const ptrdiff_t top = (ptrdiff_t)(oy * 2); /* of the window */
      const float *r0 = map + ((top) - (ptrdiff_t)xr) * 1792;
      const float *r1 = map + ((top + 1) - (ptrdiff_t)xr) * 1792;
      const size_t at = cb * 100352 + oy * 896;
      for (size_t j = 0; j < 14; ++j) {
        const vf c0 = v_max(LD(r0 + j * 128), LD(r1 + j * 128));
        const vf c1 = v_max(LD(r0 + j * 128 + 8), LD(r1 + j * 128 + 8));
        vf a0 = v_max(c0, c1);
        ST(o0 + at + j * 64, a0);
        const vf c2 = v_max(LD(r0 + j * 128 + 16), LD(r1 + j * 128 + 16));
        const vf c3 = v_max(LD(r0 + j * 128 + 24), LD(r1 + j * 128 + 24));
        vf a1 = v_max(c2, c3);
        ST(o0 + at + j * 64 + 8, a1);
        const vf c4 = v_max(LD(r0 + j * 128 + 32), LD(r1 + j * 128 + 32));
        const vf c5 = v_max(LD(r0 + j * 128 + 40), LD(r1 + j * 128 + 40));
        vf a2 = v_max(c4, c5);
        ST(o0 + at + j * 64 + 16, a2);
        const vf c6 = v_max(LD(r0 + j * 128 + 48), LD(r1 + j * 128 + 48));
        const vf c7 = v_max(LD(r0 + j * 128 + 56), LD(r1 + j * 128 + 56));
        vf a3 = v_max(c6, c7);
        ST(o0 + at + j * 64 + 24, a3);
        const vf c8 = v_max(LD(r0 + j * 128 + 64), LD(r1 + j * 128 + 64));
        const vf c9 = v_max(LD(r0 + j * 128 + 72), LD(r1 + j * 128 + 72));
        vf a4 = v_max(c8, c9);
        ST(o0 + at + j * 64 + 32, a4);
        const vf c10 = v_max(LD(r0 + j * 128 + 80), LD(r1 + j * 128 + 80));
        const vf c11 = v_max(LD(r0 + j * 128 + 88), LD(r1 + j * 128 + 88));
        vf a5 = v_max(c10, c11);
        ST(o0 + at + j * 64 + 40, a5);
        const vf c12 = v_max(LD(r0 + j * 128 + 96), LD(r1 + j * 128 + 96));
        const vf c13 = v_max(LD(r0 + j * 128 + 104), LD(r1 + j * 128 + 104));
        vf a6 = v_max(c12, c13);
        ST(o0 + at + j * 64 + 48, a6);
        const vf c14 = v_max(LD(r0 + j * 128 + 112), LD(r1 + j * 128 + 112));
        const vf c15 = v_max(LD(r0 + j * 128 + 120), LD(r1 + j * 128 + 120));
        vf a7 = v_max(c14, c15);
        ST(o0 + at + j * 64 + 56, a7);
      }
    }
  }
}

KERNEL void vgg16_conv3x3s1_64x224x224_64_maxpool2x2s2_64x112x112(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, float *restrict ws, int t, int n) {
  const size_t u0 = (size_t)t * 52 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 52 / (size_t)n;
  for (size_t u = u0; u < u1; ++u) {
    const size_t g = u % 4, b0 = g * 2;
    const size_t b1 = b0 + 2 < 8 ? b0 + 2 : 8;
    const size_t q = (u / 4);
    const size_t from_b = q * 9;
    const size_t to_b = from_b + 9 < 112 ? from_b + 9 : 112;
    const size_t from_a = from_b * 2;
    const size_t end_a = (to_b - 1) * 2 + 2;
    const size_t to_a = end_a < 224 ? end_a : 224;
    vgg16_conv3x3s1_64x224x224_64_maxpool2x2s2_64x112x112_a(i0, i1, i2, ws + 0, from_a, to_a, g,
        g + 1, from_a);
    vgg16_conv3x3s1_64x224x224_64_maxpool2x2s2_64x112x112_b(ws + 0, o0, from_b, to_b, b0, b1,
        from_a);
  }
}

/* vgg16_conv3x3s1_64x112x112_128
 *
 * layer features.5 (vgg.net:22)
 * order: chunk of 14 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 64 units of (chunk, group)
 * kernel rows on the map: 2.98214 of 3, mean over output rows
 * passes: 3 of 24 input channels, partial sums wait in the output
 * counted here: 913,866,752 multiply-adds, 1,605,632 other operations,
 *   866,238,464 bytes loaded, 19,267,584 bytes stored */
/* 2 output blocks x 6 pixels; columns 0 to 5 of a row */
KERNEL void vgg16_conv3x3s1_64x112x112_128_t0_2x6(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4, a0_5;
  vf a1_0, a1_1, a1_2, a1_3, a1_4, a1_5;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = a0_4 = a0_5 = LD(b);
    a1_0 = a1_1 = a1_2 = a1_3 = a1_4 = a1_5 = LD(b + 8);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a0_4 = LD(y + 32);
    a0_5 = LD(y + 40);
    a1_0 = LD(y + 100352);
    a1_1 = LD(y + 100360);
    a1_2 = LD(y + 100368);
    a1_3 = LD(y + 100376);
    a1_4 = LD(y + 100384);
    a1_5 = LD(y + 100392);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 100352 + (r + ky - ky0) * 896;
      const float *wp = w + c * 1152 + ky * 384;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 96) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[0]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[8]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[16]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[24]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[32]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[32]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[40]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[32]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[40]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[48]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[1]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[9]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[17]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[25]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[33]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[33]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[41]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 80); w1 = LD(wp + 88);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[33]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[41]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[49]; a0_5 += w0 * t; a1_5 += w1 * t;
      }
    }
  }
  if (last) {
    a0_0 = v_relu(a0_0);
    a0_1 = v_relu(a0_1);
    a0_2 = v_relu(a0_2);
    a0_3 = v_relu(a0_3);
    a0_4 = v_relu(a0_4);
    a0_5 = v_relu(a0_5);
    a1_0 = v_relu(a1_0);
    a1_1 = v_relu(a1_1);
    a1_2 = v_relu(a1_2);
    a1_3 = v_relu(a1_3);
    a1_4 = v_relu(a1_4);
    a1_5 = v_relu(a1_5);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 32, a0_4);
  ST(y + 40, a0_5);
  ST(y + 100352, a1_0);
  ST(y + 100360, a1_1);
  ST(y + 100368, a1_2);
  ST(y + 100376, a1_3);
  ST(y + 100384, a1_4);
  ST(y + 100392, a1_5);
}

/* 2 output blocks x 6 pixels; columns 6 to 107 of a row */
KERNEL void vgg16_conv3x3s1_64x112x112_128_t1_2x6(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4, a0_5;
  vf a1_0, a1_1, a1_2, a1_3, a1_4, a1_5;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = a0_4 = a0_5 = LD(b);
    a1_0 = a1_1 = a1_2 = a1_3 = a1_4 = a1_5 = LD(b + 8);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a0_4 = LD(y + 32);
    a0_5 = LD(y + 40);
    a1_0 = LD(y + 100352);
    a1_1 = LD(y + 100360);
    a1_2 = LD(y + 100368);
    a1_3 = LD(y + 100376);
    a1_4 = LD(y + 100384);
    a1_5 = LD(y + 100392);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 100352 + (r + ky - ky0) * 896;
      const float *wp = w + c * 1152 + ky * 384;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 96) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[32]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[40]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[32]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[40]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[48]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[16]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[40]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[48]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[56]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[33]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[41]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[33]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[41]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[49]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 80); w1 = LD(wp + 88);
        t = xp[17]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[25]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[41]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[49]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[57]; a0_5 += w0 * t; a1_5 += w1 * t;
      }
    }
  }
  if (last) {
    a0_0 = v_relu(a0_0);
    a0_1 = v_relu(a0_1);
    a0_2 = v_relu(a0_2);
    a0_3 = v_relu(a0_3);
    a0_4 = v_relu(a0_4);
    a0_5 = v_relu(a0_5);
    a1_0 = v_relu(a1_0);
    a1_1 = v_relu(a1_1);
    a1_2 = v_relu(a1_2);
    a1_3 = v_relu(a1_3);
    a1_4 = v_relu(a1_4);
    a1_5 = v_relu(a1_5);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 32, a0_4);
  ST(y + 40, a0_5);
  ST(y + 100352, a1_0);
  ST(y + 100360, a1_1);
  ST(y + 100368, a1_2);
  ST(y + 100376, a1_3);
  ST(y + 100384, a1_4);
  ST(y + 100392, a1_5);
}

/* 2 output blocks x 4 pixels; columns 108 to 111 of a row */
KERNEL void vgg16_conv3x3s1_64x112x112_128_t2_2x4(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3;
  vf a1_0, a1_1, a1_2, a1_3;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = LD(b);
    a1_0 = a1_1 = a1_2 = a1_3 = LD(b + 8);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a1_0 = LD(y + 100352);
    a1_1 = LD(y + 100360);
    a1_2 = LD(y + 100368);
    a1_3 = LD(y + 100376);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 100352 + (r + ky - ky0) * 896;
      const float *wp = w + c * 1152 + ky * 384;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 96) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[32]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[16]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[33]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 80); w1 = LD(wp + 88);
        t = xp[17]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[25]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t;
      }
    }
  }
  if (last) {
    a0_0 = v_relu(a0_0);
    a0_1 = v_relu(a0_1);
    a0_2 = v_relu(a0_2);
    a0_3 = v_relu(a0_3);
    a1_0 = v_relu(a1_0);
    a1_1 = v_relu(a1_1);
    a1_2 = v_relu(a1_2);
    a1_3 = v_relu(a1_3);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 100352, a1_0);
  ST(y + 100360, a1_1);
  ST(y + 100368, a1_2);
  ST(y + 100376, a1_3);
}

KERNEL void vgg16_conv3x3s1_64x112x112_128(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 64 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 64 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 8, g0 = u % 8;
    const size_t g1 = u1 - q * 8 < 8 ? u1 - q * 8 : 8;
    end = q * 8 + g1;
    const size_t y0 = q * 112 / 8;
    const size_t y1 = (q + 1) * 112 / 8;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 8; c0 += 3) {
        const size_t c1 = c0 + 3 < 8 ? c0 + 3 : 8;
        const float *w = i1 + g * 9216;
        const float *b = i2 + g * 16;
        const float *x = i0;
        for (size_t oy = y0; oy < y1; ++oy) {
          const size_t iy = oy; /* first input row, counted from the padding's */
          const size_t ky0 = iy < 1 ? 1 - iy : 0;
          const size_t ky1 = iy + 3 <= 113 ? 3 : 113 - iy;
          const size_t r = iy + ky0 - 1;
          const size_t at = g * 200704 + oy * 896;
          float *y = o0 + at;
          vgg16_conv3x3s1_64x112x112_128_t0_2x6(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 8);
          for (size_t j = 0; j < 17; ++j) {
            vgg16_conv3x3s1_64x112x112_128_t1_2x6(x + 40 + j * 48, w, b, y + 48 + j * 48, r, ky0,
                ky1, c0, c1, c1 == 8);
          }
          vgg16_conv3x3s1_64x112x112_128_t2_2x4(x + 856, w, b, y + 864, r, ky0, ky1, c0, c1,
              c1 == 8);
        }
      }
    }
  }
}

/* vgg16_conv3x3s1_128x112x112_128_maxpool2x2s2_128x56x56
 *
 * layer features.7 (vgg.net:22)
 * 2 stages, strip by strip of 14 output rows; between them 200704 bytes of
 * workspace for each thread, and nothing in the arena
 * split: 32 units of (strip, group of channels)
 * counted here: 1,827,733,504 multiply-adds, 2,809,856 other operations,
 *   1,744,232,448 bytes loaded, 40,140,800 bytes stored */
/* stage 1: features.8, conv_direct */
/* 2 output blocks x 6 pixels; columns 0 to 5 of a row */
KERNEL void vgg16_conv3x3s1_128x112x112_128_maxpool2x2s2_128x56x56_a_t0_2x6(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4, a0_5;
  vf a1_0, a1_1, a1_2, a1_3, a1_4, a1_5;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = a0_4 = a0_5 = LD(b);
    a1_0 = a1_1 = a1_2 = a1_3 = a1_4 = a1_5 = LD(b + 8);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a0_4 = LD(y + 32);
    a0_5 = LD(y + 40);
    a1_0 = LD(y + 25088);
    a1_1 = LD(y + 25096);
    a1_2 = LD(y + 25104);
    a1_3 = LD(y + 25112);
    a1_4 = LD(y + 25120);
    a1_5 = LD(y + 25128);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 100352 + (r + ky - ky0) * 896;
      const float *wp = w + c * 1152 + ky * 384;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 96) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[0]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[8]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[16]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[24]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[32]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[32]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[40]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[32]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[40]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[48]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[1]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[9]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[17]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[25]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[33]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[33]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[41]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 80); w1 = LD(wp + 88);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[33]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[41]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[49]; a0_5 += w0 * t; a1_5 += w1 * t;
      }
    }
  }
  if (last) {
    a0_0 = v_relu(a0_0);
    a0_1 = v_relu(a0_1);
    a0_2 = v_relu(a0_2);
    a0_3 = v_relu(a0_3);
    a0_4 = v_relu(a0_4);
    a0_5 = v_relu(a0_5);
    a1_0 = v_relu(a1_0);
    a1_1 = v_relu(a1_1);
    a1_2 = v_relu(a1_2);
    a1_3 = v_relu(a1_3);
    a1_4 = v_relu(a1_4);
    a1_5 = v_relu(a1_5);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 32, a0_4);
  ST(y + 40, a0_5);
  ST(y + 25088, a1_0);
  ST(y + 25096, a1_1);
  ST(y + 25104, a1_2);
  ST(y + 25112, a1_3);
  ST(y + 25120, a1_4);
  ST(y + 25128, a1_5);
}

/* 2 output blocks x 6 pixels; columns 6 to 107 of a row */
KERNEL void vgg16_conv3x3s1_128x112x112_128_maxpool2x2s2_128x56x56_a_t1_2x6(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4, a0_5;
  vf a1_0, a1_1, a1_2, a1_3, a1_4, a1_5;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = a0_4 = a0_5 = LD(b);
    a1_0 = a1_1 = a1_2 = a1_3 = a1_4 = a1_5 = LD(b + 8);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a0_4 = LD(y + 32);
    a0_5 = LD(y + 40);
    a1_0 = LD(y + 25088);
    a1_1 = LD(y + 25096);
    a1_2 = LD(y + 25104);
    a1_3 = LD(y + 25112);
    a1_4 = LD(y + 25120);
    a1_5 = LD(y + 25128);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 100352 + (r + ky - ky0) * 896;
      const float *wp = w + c * 1152 + ky * 384;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 96) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[32]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[40]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[32]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[40]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[48]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[16]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[40]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[48]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[56]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[33]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[41]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[33]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[41]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[49]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 80); w1 = LD(wp + 88);
        t = xp[17]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[25]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[41]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[49]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[57]; a0_5 += w0 * t; a1_5 += w1 * t;
      }
    }
  }
  if (last) {
    a0_0 = v_relu(a0_0);
    a0_1 = v_relu(a0_1);
    a0_2 = v_relu(a0_2);
    a0_3 = v_relu(a0_3);
    a0_4 = v_relu(a0_4);
    a0_5 = v_relu(a0_5);
    a1_0 = v_relu(a1_0);
    a1_1 = v_relu(a1_1);
    a1_2 = v_relu(a1_2);
    a1_3 = v_relu(a1_3);
    a1_4 = v_relu(a1_4);
    a1_5 = v_relu(a1_5);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 32, a0_4);
  ST(y + 40, a0_5);
  ST(y + 25088, a1_0);
  ST(y + 25096, a1_1);
  ST(y + 25104, a1_2);
  ST(y + 25112, a1_3);
  ST(y + 25120, a1_4);
  ST(y + 25128, a1_5);
}

/* 2 output blocks x 4 pixels; columns 108 to 111 of a row */
KERNEL void vgg16_conv3x3s1_128x112x112_128_maxpool2x2s2_128x56x56_a_t2_2x4(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3;
  vf a1_0, a1_1, a1_2, a1_3;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = LD(b);
    a1_0 = a1_1 = a1_2 = a1_3 = LD(b + 8);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a1_0 = LD(y + 25088);
    a1_1 = LD(y + 25096);
    a1_2 = LD(y + 25104);
    a1_3 = LD(y + 25112);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 100352 + (r + ky - ky0) * 896;
      const float *wp = w + c * 1152 + ky * 384;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 96) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[32]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[16]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[33]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 80); w1 = LD(wp + 88);
        t = xp[17]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[25]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t;
      }
    }
  }
  if (last) {
    a0_0 = v_relu(a0_0);
    a0_1 = v_relu(a0_1);
    a0_2 = v_relu(a0_2);
    a0_3 = v_relu(a0_3);
    a1_0 = v_relu(a1_0);
    a1_1 = v_relu(a1_1);
    a1_2 = v_relu(a1_2);
    a1_3 = v_relu(a1_3);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 25088, a1_0);
  ST(y + 25096, a1_1);
  ST(y + 25104, a1_2);
  ST(y + 25112, a1_3);
}

KERNEL void vgg16_conv3x3s1_128x112x112_128_maxpool2x2s2_128x56x56_a(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, size_t from, size_t to, size_t b0, size_t b1, size_t yr) {
  for (size_t g = b0; g < b1; ++g) {
    for (size_t c0 = 0; c0 < 16; c0 += 3) {
      const size_t c1 = c0 + 3 < 16 ? c0 + 3 : 16;
      const float *w = i1 + g * 18432;
      const float *b = i2 + g * 16;
      const float *x = i0;
      for (size_t oy = from; oy < to; ++oy) {
        const size_t iy = oy; /* first input row, counted from the padding's */
        const size_t ky0 = iy < 1 ? 1 - iy : 0;
        const size_t ky1 = iy + 3 <= 113 ? 3 : 113 - iy;
        const size_t r = iy + ky0 - 1;
        const size_t at = (g - b0) * 50176 + (oy - yr) * 896;
        float *y = o0 + at;
        vgg16_conv3x3s1_128x112x112_128_maxpool2x2s2_128x56x56_a_t0_2x6(x, w, b, y, r, ky0, ky1, c0,
            c1, c1 == 16);
        for (size_t j = 0; j < 17; ++j) {
          vgg16_conv3x3s1_128x112x112_128_maxpool2x2s2_128x56x56_a_t1_2x6(x + 40 + j * 48, w, b,
              y + 48 + j * 48, r, ky0, ky1, c0, c1, c1 == 16);
        }
        vgg16_conv3x3s1_128x112x112_128_maxpool2x2s2_128x56x56_a_t2_2x4(x + 856, w, b, y + 864, r,
            ky0, ky1, c0, c1, c1 == 16);
      }
    }
  }
}

/* stage 2: features.9, pool */
KERNEL void vgg16_conv3x3s1_128x112x112_128_maxpool2x2s2_128x56x56_b(
    const float *restrict i0, float *restrict o0, size_t from, size_t to, size_t b0, size_t b1,
    size_t xr) {
  for (size_t cb = b0; cb < b1; ++cb) {
    const float *map = i0 + (cb - b0) * 25088;
    for (size_t oy = from; oy < to; ++oy) {
      const ptrdiff_t top = (ptrdiff_t)(oy * 2); /* of the window */
      const float *r0 = map + ((top) - (ptrdiff_t)xr) * 896;
      const float *r1 = map + ((top + 1) - (ptrdiff_t)xr) * 896;
      const size_t at = cb * 25088 + oy * 448;
      for (size_t j = 0; j < 7; ++j) {
        const vf c0 = v_max(LD(r0 + j * 128), LD(r1 + j * 128));
        const vf c1 = v_max(LD(r0 + j * 128 + 8), LD(r1 + j * 128 + 8));
        vf a0 = v_max(c0, c1);
        ST(o0 + at + j * 64, a0);
        const vf c2 = v_max(LD(r0 + j * 128 + 16), LD(r1 + j * 128 + 16));
        const vf c3 = v_max(LD(r0 + j * 128 + 24), LD(r1 + j * 128 + 24));
        vf a1 = v_max(c2, c3);
        ST(o0 + at + j * 64 + 8, a1);
        const vf c4 = v_max(LD(r0 + j * 128 + 32), LD(r1 + j * 128 + 32));
        const vf c5 = v_max(LD(r0 + j * 128 + 40), LD(r1 + j * 128 + 40));
        vf a2 = v_max(c4, c5);
        ST(o0 + at + j * 64 + 16, a2);
        const vf c6 = v_max(LD(r0 + j * 128 + 48), LD(r1 + j * 128 + 48));
        const vf c7 = v_max(LD(r0 + j * 128 + 56), LD(r1 + j * 128 + 56));
        vf a3 = v_max(c6, c7);
        ST(o0 + at + j * 64 + 24, a3);
        const vf c8 = v_max(LD(r0 + j * 128 + 64), LD(r1 + j * 128 + 64));
        const vf c9 = v_max(LD(r0 + j * 128 + 72), LD(r1 + j * 128 + 72));
        vf a4 = v_max(c8, c9);
        ST(o0 + at + j * 64 + 32, a4);
        const vf c10 = v_max(LD(r0 + j * 128 + 80), LD(r1 + j * 128 + 80));
        const vf c11 = v_max(LD(r0 + j * 128 + 88), LD(r1 + j * 128 + 88));
        vf a5 = v_max(c10, c11);
        ST(o0 + at + j * 64 + 40, a5);
        const vf c12 = v_max(LD(r0 + j * 128 + 96), LD(r1 + j * 128 + 96));
        const vf c13 = v_max(LD(r0 + j * 128 + 104), LD(r1 + j * 128 + 104));
        vf a6 = v_max(c12, c13);
        ST(o0 + at + j * 64 + 48, a6);
        const vf c14 = v_max(LD(r0 + j * 128 + 112), LD(r1 + j * 128 + 112));
        const vf c15 = v_max(LD(r0 + j * 128 + 120), LD(r1 + j * 128 + 120));
        vf a7 = v_max(c14, c15);
        ST(o0 + at + j * 64 + 56, a7);
      }
    }
  }
}

KERNEL void vgg16_conv3x3s1_128x112x112_128_maxpool2x2s2_128x56x56(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, float *restrict ws, int t, int n) {
  const size_t u0 = (size_t)t * 32 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 32 / (size_t)n;
  for (size_t u = u0; u < u1; ++u) {
    const size_t g = u % 8, b0 = g * 2;
    const size_t b1 = b0 + 2 < 16 ? b0 + 2 : 16;
    const size_t q = (u / 8);
    const size_t from_b = q * 14;
    const size_t to_b = from_b + 14 < 56 ? from_b + 14 : 56;
    const size_t from_a = from_b * 2;
    const size_t end_a = (to_b - 1) * 2 + 2;
    const size_t to_a = end_a < 112 ? end_a : 112;
    vgg16_conv3x3s1_128x112x112_128_maxpool2x2s2_128x56x56_a(i0, i1, i2, ws + 0, from_a, to_a, g,
        g + 1, from_a);
    vgg16_conv3x3s1_128x112x112_128_maxpool2x2s2_128x56x56_b(ws + 0, o0, from_b, to_b, b0, b1,
        from_a);
  }
}

/* vgg16_conv3x3s1_128x56x56_256
 *
 * layer features.10 (vgg.net:22)
 * order: chunk of 28 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 32 units of (chunk, group)
 * kernel rows on the map: 2.96429 of 3, mean over output rows
 * passes: 6 of 24 input channels, partial sums wait in the output
 * counted here: 902,955,008 multiply-adds, 802,816 other operations,
 *   895,107,072 bytes loaded, 19,267,584 bytes stored */
/* 2 output blocks x 6 pixels; columns 0 to 5 of a row */
KERNEL void vgg16_conv3x3s1_128x56x56_256_t0_2x6(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4, a0_5;
  vf a1_0, a1_1, a1_2, a1_3, a1_4, a1_5;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = a0_4 = a0_5 = LD(b);
    a1_0 = a1_1 = a1_2 = a1_3 = a1_4 = a1_5 = LD(b + 8);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a0_4 = LD(y + 32);
    a0_5 = LD(y + 40);
    a1_0 = LD(y + 25088);
    a1_1 = LD(y + 25096);
    a1_2 = LD(y + 25104);
    a1_3 = LD(y + 25112);
    a1_4 = LD(y + 25120);
    a1_5 = LD(y + 25128);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 25088 + (r + ky - ky0) * 448;
      const float *wp = w + c * 1152 + ky * 384;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 96) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[0]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[8]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[16]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[24]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[32]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[32]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[40]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[32]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[40]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[48]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[1]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[9]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[17]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[25]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[33]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[33]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[41]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 80); w1 = LD(wp + 88);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[33]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[41]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[49]; a0_5 += w0 * t; a1_5 += w1 * t;
      }
    }
  }
  if (last) {
    a0_0 = v_relu(a0_0);
    a0_1 = v_relu(a0_1);
    a0_2 = v_relu(a0_2);
    a0_3 = v_relu(a0_3);
    a0_4 = v_relu(a0_4);
    a0_5 = v_relu(a0_5);
    a1_0 = v_relu(a1_0);
    a1_1 = v_relu(a1_1);
    a1_2 = v_relu(a1_2);
    a1_3 = v_relu(a1_3);
    a1_4 = v_relu(a1_4);
    a1_5 = v_relu(a1_5);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 32, a0_4);
  ST(y + 40, a0_5);
  ST(y + 25088, a1_0);
  ST(y + 25096, a1_1);
  ST(y + 25104, a1_2);
  ST(y + 25112, a1_3);
  ST(y + 25120, a1_4);
  ST(y + 25128, a1_5);
}

/* 2 output blocks x 6 pixels; columns 6 to 41 of a row */
KERNEL void vgg16_conv3x3s1_128x56x56_256_t1_2x6(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4, a0_5;
  vf a1_0, a1_1, a1_2, a1_3, a1_4, a1_5;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = a0_4 = a0_5 = LD(b);
    a1_0 = a1_1 = a1_2 = a1_3 = a1_4 = a1_5 = LD(b + 8);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a0_4 = LD(y + 32);
    a0_5 = LD(y + 40);
    a1_0 = LD(y + 25088);
    a1_1 = LD(y + 25096);
    a1_2 = LD(y + 25104);
    a1_3 = LD(y + 25112);
    a1_4 = LD(y + 25120);
    a1_5 = LD(y + 25128);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 25088 + (r + ky - ky0) * 448;
      const float *wp = w + c * 1152 + ky * 384;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 96) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[32]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[40]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[32]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[40]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[48]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[16]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[40]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[48]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[56]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[33]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[41]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[33]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[41]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[49]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 80); w1 = LD(wp + 88);
        t = xp[17]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[25]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[41]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[49]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[57]; a0_5 += w0 * t; a1_5 += w1 * t;
      }
    }
  }
  if (last) {
    a0_0 = v_relu(a0_0);
    a0_1 = v_relu(a0_1);
    a0_2 = v_relu(a0_2);
    a0_3 = v_relu(a0_3);
    a0_4 = v_relu(a0_4);
    a0_5 = v_relu(a0_5);
    a1_0 = v_relu(a1_0);
    a1_1 = v_relu(a1_1);
    a1_2 = v_relu(a1_2);
    a1_3 = v_relu(a1_3);
    a1_4 = v_relu(a1_4);
    a1_5 = v_relu(a1_5);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 32, a0_4);
  ST(y + 40, a0_5);
  ST(y + 25088, a1_0);
  ST(y + 25096, a1_1);
  ST(y + 25104, a1_2);
  ST(y + 25112, a1_3);
  ST(y + 25120, a1_4);
  ST(y + 25128, a1_5);
}

/* 2 output blocks x 5 pixels; columns 42 to 51 of a row */
KERNEL void vgg16_conv3x3s1_128x56x56_256_t2_2x5(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4;
  vf a1_0, a1_1, a1_2, a1_3, a1_4;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = a0_4 = LD(b);
    a1_0 = a1_1 = a1_2 = a1_3 = a1_4 = LD(b + 8);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a0_4 = LD(y + 32);
    a1_0 = LD(y + 25088);
    a1_1 = LD(y + 25096);
    a1_2 = LD(y + 25104);
    a1_3 = LD(y + 25112);
    a1_4 = LD(y + 25120);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 25088 + (r + ky - ky0) * 448;
      const float *wp = w + c * 1152 + ky * 384;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 96) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[32]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[32]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[40]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[16]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[40]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[48]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[33]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[33]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[41]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 80); w1 = LD(wp + 88);
        t = xp[17]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[25]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[41]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[49]; a0_4 += w0 * t; a1_4 += w1 * t;
      }
    }
  }
  if (last) {
    a0_0 = v_relu(a0_0);
    a0_1 = v_relu(a0_1);
    a0_2 = v_relu(a0_2);
    a0_3 = v_relu(a0_3);
    a0_4 = v_relu(a0_4);
    a1_0 = v_relu(a1_0);
    a1_1 = v_relu(a1_1);
    a1_2 = v_relu(a1_2);
    a1_3 = v_relu(a1_3);
    a1_4 = v_relu(a1_4);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 32, a0_4);
  ST(y + 25088, a1_0);
  ST(y + 25096, a1_1);
  ST(y + 25104, a1_2);
  ST(y + 25112, a1_3);
  ST(y + 25120, a1_4);
}

/* 2 output blocks x 4 pixels; columns 52 to 55 of a row */
KERNEL void vgg16_conv3x3s1_128x56x56_256_t3_2x4(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3;
  vf a1_0, a1_1, a1_2, a1_3;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = LD(b);
    a1_0 = a1_1 = a1_2 = a1_3 = LD(b + 8);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a1_0 = LD(y + 25088);
    a1_1 = LD(y + 25096);
    a1_2 = LD(y + 25104);
    a1_3 = LD(y + 25112);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 25088 + (r + ky - ky0) * 448;
      const float *wp = w + c * 1152 + ky * 384;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 96) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[32]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[16]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[33]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 80); w1 = LD(wp + 88);
        t = xp[17]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[25]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t;
      }
    }
  }
  if (last) {
    a0_0 = v_relu(a0_0);
    a0_1 = v_relu(a0_1);
    a0_2 = v_relu(a0_2);
    a0_3 = v_relu(a0_3);
    a1_0 = v_relu(a1_0);
    a1_1 = v_relu(a1_1);
    a1_2 = v_relu(a1_2);
    a1_3 = v_relu(a1_3);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 25088, a1_0);
  ST(y + 25096, a1_1);
  ST(y + 25104, a1_2);
  ST(y + 25112, a1_3);
}

KERNEL void vgg16_conv3x3s1_128x56x56_256(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 32 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 32 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 16, g0 = u % 16;
    const size_t g1 = u1 - q * 16 < 16 ? u1 - q * 16 : 16;
    end = q * 16 + g1;
    const size_t y0 = q * 56 / 2;
    const size_t y1 = (q + 1) * 56 / 2;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 16; c0 += 3) {
        const size_t c1 = c0 + 3 < 16 ? c0 + 3 : 16;
        const float *w = i1 + g * 18432;
        const float *b = i2 + g * 16;
        const float *x = i0;
        for (size_t oy = y0; oy < y1; ++oy) {
          const size_t iy = oy; /* first input row, counted from the padding's */
          const size_t ky0 = iy < 1 ? 1 - iy : 0;
          const size_t ky1 = iy + 3 <= 57 ? 3 : 57 - iy;
          const size_t r = iy + ky0 - 1;
          const size_t at = g * 50176 + oy * 448;
          float *y = o0 + at;
          vgg16_conv3x3s1_128x56x56_256_t0_2x6(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 16);
          for (size_t j = 0; j < 6; ++j) {
            vgg16_conv3x3s1_128x56x56_256_t1_2x6(x + 40 + j * 48, w, b, y + 48 + j * 48, r, ky0,
                ky1, c0, c1, c1 == 16);
          }
          for (size_t j = 0; j < 2; ++j) {
            vgg16_conv3x3s1_128x56x56_256_t2_2x5(x + 328 + j * 40, w, b, y + 336 + j * 40, r, ky0,
                ky1, c0, c1, c1 == 16);
          }
          vgg16_conv3x3s1_128x56x56_256_t3_2x4(x + 408, w, b, y + 416, r, ky0, ky1, c0, c1,
              c1 == 16);
        }
      }
    }
  }
}

/* vgg16_conv3x3s1_256x56x56_256
 *
 * layer features.12 (vgg.net:22)
 * order: chunk of 28 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 32 units of (chunk, group)
 * kernel rows on the map: 2.96429 of 3, mean over output rows
 * passes: 11 of 24 input channels, partial sums wait in the output
 * counted here: 1,805,910,016 multiply-adds, 802,816 other operations,
 *   1,789,640,704 bytes loaded, 35,323,904 bytes stored */
KERNEL void vgg16_conv3x3s1_256x56x56_256(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 32 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 32 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 16, g0 = u % 16;
    const size_t g1 = u1 - q * 16 < 16 ? u1 - q * 16 : 16;
    end = q * 16 + g1;
    const size_t y0 = q * 56 / 2;
    const size_t y1 = (q + 1) * 56 / 2;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 32; c0 += 3) {
        const size_t c1 = c0 + 3 < 32 ? c0 + 3 : 32;
        const float *w = i1 + g * 36864;
        const float *b = i2 + g * 16;
        const float *x = i0;
        for (size_t oy = y0; oy < y1; ++oy) {
          const size_t iy = oy; /* first input row, counted from the padding's */
          const size_t ky0 = iy < 1 ? 1 - iy : 0;
          const size_t ky1 = iy + 3 <= 57 ? 3 : 57 - iy;
          const size_t r = iy + ky0 - 1;
          const size_t at = g * 50176 + oy * 448;
          float *y = o0 + at;
          vgg16_conv3x3s1_128x56x56_256_t0_2x6(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 32);
          for (size_t j = 0; j < 6; ++j) {
            vgg16_conv3x3s1_128x56x56_256_t1_2x6(x + 40 + j * 48, w, b, y + 48 + j * 48, r, ky0,
                ky1, c0, c1, c1 == 32);
          }
          for (size_t j = 0; j < 2; ++j) {
            vgg16_conv3x3s1_128x56x56_256_t2_2x5(x + 328 + j * 40, w, b, y + 336 + j * 40, r, ky0,
                ky1, c0, c1, c1 == 32);
          }
          vgg16_conv3x3s1_128x56x56_256_t3_2x4(x + 408, w, b, y + 416, r, ky0, ky1, c0, c1,
              c1 == 32);
        }
      }
    }
  }
}

/* vgg16_conv3x3s1_256x56x56_256_maxpool2x2s2_256x28x28
 *
 * layer features.14 (vgg.net:22)
 * 2 stages, strip by strip of 28 output rows; between them 200704 bytes of
 * workspace for each thread, and nothing in the arena
 * split: 16 units of (strip, group of channels)
 * counted here: 1,805,910,016 multiply-adds, 1,404,928 other operations,
 *   1,792,851,968 bytes loaded, 36,126,720 bytes stored */
/* stage 1: features.15, conv_direct */
KERNEL void vgg16_conv3x3s1_256x56x56_256_maxpool2x2s2_256x28x28_a(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, size_t from, size_t to, size_t b0, size_t b1, size_t yr) {
  for (size_t g = b0; g < b1; ++g) {
    for (size_t c0 = 0; c0 < 32; c0 += 3) {
      const size_t c1 = c0 + 3 < 32 ? c0 + 3 : 32;
      const float *w = i1 + g * 36864;
      const float *b = i2 + g * 16;
      const float *x = i0;
      for (size_t oy = from; oy < to; ++oy) {
        const size_t iy = oy; /* first input row, counted from the padding's */
        const size_t ky0 = iy < 1 ? 1 - iy : 0;
        const size_t ky1 = iy + 3 <= 57 ? 3 : 57 - iy;
        const size_t r = iy + ky0 - 1;
        const size_t at = (g - b0) * 50176 + (oy - yr) * 448;
        float *y = o0 + at;
        vgg16_conv3x3s1_128x56x56_256_t0_2x6(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 32);
        for (size_t j = 0; j < 6; ++j) {
          vgg16_conv3x3s1_128x56x56_256_t1_2x6(x + 40 + j * 48, w, b, y + 48 + j * 48, r, ky0, ky1,
              c0, c1, c1 == 32);
        }
        for (size_t j = 0; j < 2; ++j) {
          vgg16_conv3x3s1_128x56x56_256_t2_2x5(x + 328 + j * 40, w, b, y + 336 + j * 40, r, ky0,
              ky1, c0, c1, c1 == 32);
        }
        vgg16_conv3x3s1_128x56x56_256_t3_2x4(x + 408, w, b, y + 416, r, ky0, ky1, c0, c1, c1 == 32);
      }
    }
  }
}

/* stage 2: features.16, pool */
KERNEL void vgg16_conv3x3s1_256x56x56_256_maxpool2x2s2_256x28x28_b(
    const float *restrict i0, float *restrict o0, size_t from, size_t to, size_t b0, size_t b1,
    size_t xr) {
  for (size_t cb = b0; cb < b1; ++cb) {
    const float *map = i0 + (cb - b0) * 25088;
    for (size_t oy = from; oy < to; ++oy) {
      const ptrdiff_t top = (ptrdiff_t)(oy * 2); /* of the window */
      const float *r0 = map + ((top) - (ptrdiff_t)xr) * 448;
      const float *r1 = map + ((top + 1) - (ptrdiff_t)xr) * 448;
      const size_t at = cb * 6272 + oy * 224;
      for (size_t j = 0; j < 4; ++j) {
        const vf c0 = v_max(LD(r0 + j * 112), LD(r1 + j * 112));
        const vf c1 = v_max(LD(r0 + j * 112 + 8), LD(r1 + j * 112 + 8));
        vf a0 = v_max(c0, c1);
        ST(o0 + at + j * 56, a0);
        const vf c2 = v_max(LD(r0 + j * 112 + 16), LD(r1 + j * 112 + 16));
        const vf c3 = v_max(LD(r0 + j * 112 + 24), LD(r1 + j * 112 + 24));
        vf a1 = v_max(c2, c3);
        ST(o0 + at + j * 56 + 8, a1);
        const vf c4 = v_max(LD(r0 + j * 112 + 32), LD(r1 + j * 112 + 32));
        const vf c5 = v_max(LD(r0 + j * 112 + 40), LD(r1 + j * 112 + 40));
        vf a2 = v_max(c4, c5);
        ST(o0 + at + j * 56 + 16, a2);
        const vf c6 = v_max(LD(r0 + j * 112 + 48), LD(r1 + j * 112 + 48));
        const vf c7 = v_max(LD(r0 + j * 112 + 56), LD(r1 + j * 112 + 56));
        vf a3 = v_max(c6, c7);
        ST(o0 + at + j * 56 + 24, a3);
        const vf c8 = v_max(LD(r0 + j * 112 + 64), LD(r1 + j * 112 + 64));
        const vf c9 = v_max(LD(r0 + j * 112 + 72), LD(r1 + j * 112 + 72));
        vf a4 = v_max(c8, c9);
        ST(o0 + at + j * 56 + 32, a4);
        const vf c10 = v_max(LD(r0 + j * 112 + 80), LD(r1 + j * 112 + 80));
        const vf c11 = v_max(LD(r0 + j * 112 + 88), LD(r1 + j * 112 + 88));
        vf a5 = v_max(c10, c11);
        ST(o0 + at + j * 56 + 40, a5);
        const vf c12 = v_max(LD(r0 + j * 112 + 96), LD(r1 + j * 112 + 96));
        const vf c13 = v_max(LD(r0 + j * 112 + 104), LD(r1 + j * 112 + 104));
        vf a6 = v_max(c12, c13);
        ST(o0 + at + j * 56 + 48, a6);
      }
    }
  }
}

KERNEL void vgg16_conv3x3s1_256x56x56_256_maxpool2x2s2_256x28x28(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, float *restrict ws, int t, int n) {
  const size_t u0 = (size_t)t * 16 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 16 / (size_t)n;
  for (size_t u = u0; u < u1; ++u) {
    const size_t g = u % 16, b0 = g * 2;
    const size_t b1 = b0 + 2 < 32 ? b0 + 2 : 32;
    const size_t q = (u / 16);
    const size_t from_b = q * 28;
    const size_t to_b = from_b + 28 < 28 ? from_b + 28 : 28;
    const size_t from_a = from_b * 2;
    const size_t end_a = (to_b - 1) * 2 + 2;
    const size_t to_a = end_a < 56 ? end_a : 56;
    vgg16_conv3x3s1_256x56x56_256_maxpool2x2s2_256x28x28_a(i0, i1, i2, ws + 0, from_a, to_a, g,
        g + 1, from_a);
    vgg16_conv3x3s1_256x56x56_256_maxpool2x2s2_256x28x28_b(ws + 0, o0, from_b, to_b, b0, b1,
        from_a);
  }
}

/* vgg16_conv3x3s1_256x28x28_512
 *
 * layer features.17 (vgg.net:22)
 * order: chunk of 28 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 32 units of (chunk, group)
 * kernel rows on the map: 2.92857 of 3, mean over output rows
 * passes: 11 of 24 input channels, partial sums wait in the output
 * counted here: 881,328,128 multiply-adds, 401,408 other operations,
 *   881,549,312 bytes loaded, 17,661,952 bytes stored */
/* 2 output blocks x 6 pixels; columns 0 to 5 of a row */
KERNEL void vgg16_conv3x3s1_256x28x28_512_t0_2x6(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4, a0_5;
  vf a1_0, a1_1, a1_2, a1_3, a1_4, a1_5;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = a0_4 = a0_5 = LD(b);
    a1_0 = a1_1 = a1_2 = a1_3 = a1_4 = a1_5 = LD(b + 8);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a0_4 = LD(y + 32);
    a0_5 = LD(y + 40);
    a1_0 = LD(y + 6272);
    a1_1 = LD(y + 6280);
    a1_2 = LD(y + 6288);
    a1_3 = LD(y + 6296);
    a1_4 = LD(y + 6304);
    a1_5 = LD(y + 6312);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 6272 + (r + ky - ky0) * 224;
      const float *wp = w + c * 1152 + ky * 384;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 96) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[0]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[8]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[16]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[24]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[32]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[32]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[40]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[32]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[40]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[48]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[1]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[9]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[17]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[25]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[33]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[33]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[41]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 80); w1 = LD(wp + 88);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[33]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[41]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[49]; a0_5 += w0 * t; a1_5 += w1 * t;
      }
    }
  }
  if (last) {
    a0_0 = v_relu(a0_0);
    a0_1 = v_relu(a0_1);
    a0_2 = v_relu(a0_2);
    a0_3 = v_relu(a0_3);
    a0_4 = v_relu(a0_4);
    a0_5 = v_relu(a0_5);
    a1_0 = v_relu(a1_0);
    a1_1 = v_relu(a1_1);
    a1_2 = v_relu(a1_2);
    a1_3 = v_relu(a1_3);
    a1_4 = v_relu(a1_4);
    a1_5 = v_relu(a1_5);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 32, a0_4);
  ST(y + 40, a0_5);
  ST(y + 6272, a1_0);
  ST(y + 6280, a1_1);
  ST(y + 6288, a1_2);
  ST(y + 6296, a1_3);
  ST(y + 6304, a1_4);
  ST(y + 6312, a1_5);
}

/* 2 output blocks x 6 pixels; columns 6 to 17 of a row */
KERNEL void vgg16_conv3x3s1_256x28x28_512_t1_2x6(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4, a0_5;
  vf a1_0, a1_1, a1_2, a1_3, a1_4, a1_5;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = a0_4 = a0_5 = LD(b);
    a1_0 = a1_1 = a1_2 = a1_3 = a1_4 = a1_5 = LD(b + 8);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a0_4 = LD(y + 32);
    a0_5 = LD(y + 40);
    a1_0 = LD(y + 6272);
    a1_1 = LD(y + 6280);
    a1_2 = LD(y + 6288);
    a1_3 = LD(y + 6296);
    a1_4 = LD(y + 6304);
    a1_5 = LD(y + 6312);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 6272 + (r + ky - ky0) * 224;
      const float *wp = w + c * 1152 + ky * 384;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 96) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[32]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[40]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[32]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[40]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[48]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[16]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[40]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[48]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[56]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[33]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[41]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[33]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[41]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[49]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 80); w1 = LD(wp + 88);
        t = xp[17]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[25]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[41]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[49]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[57]; a0_5 += w0 * t; a1_5 += w1 * t;
      }
    }
  }
  if (last) {
    a0_0 = v_relu(a0_0);
    a0_1 = v_relu(a0_1);
    a0_2 = v_relu(a0_2);
    a0_3 = v_relu(a0_3);
    a0_4 = v_relu(a0_4);
    a0_5 = v_relu(a0_5);
    a1_0 = v_relu(a1_0);
    a1_1 = v_relu(a1_1);
    a1_2 = v_relu(a1_2);
    a1_3 = v_relu(a1_3);
    a1_4 = v_relu(a1_4);
    a1_5 = v_relu(a1_5);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 32, a0_4);
  ST(y + 40, a0_5);
  ST(y + 6272, a1_0);
  ST(y + 6280, a1_1);
  ST(y + 6288, a1_2);
  ST(y + 6296, a1_3);
  ST(y + 6304, a1_4);
  ST(y + 6312, a1_5);
}

/* 2 output blocks x 5 pixels; columns 18 to 22 of a row */
KERNEL void vgg16_conv3x3s1_256x28x28_512_t2_2x5(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4;
  vf a1_0, a1_1, a1_2, a1_3, a1_4;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = a0_4 = LD(b);
    a1_0 = a1_1 = a1_2 = a1_3 = a1_4 = LD(b + 8);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a0_4 = LD(y + 32);
    a1_0 = LD(y + 6272);
    a1_1 = LD(y + 6280);
    a1_2 = LD(y + 6288);
    a1_3 = LD(y + 6296);
    a1_4 = LD(y + 6304);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 6272 + (r + ky - ky0) * 224;
      const float *wp = w + c * 1152 + ky * 384;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 96) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[32]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[32]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[40]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[16]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[40]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[48]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[33]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[33]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[41]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 80); w1 = LD(wp + 88);
        t = xp[17]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[25]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[41]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[49]; a0_4 += w0 * t; a1_4 += w1 * t;
      }
    }
  }
  if (last) {
    a0_0 = v_relu(a0_0);
    a0_1 = v_relu(a0_1);
    a0_2 = v_relu(a0_2);
    a0_3 = v_relu(a0_3);
    a0_4 = v_relu(a0_4);
    a1_0 = v_relu(a1_0);
    a1_1 = v_relu(a1_1);
    a1_2 = v_relu(a1_2);
    a1_3 = v_relu(a1_3);
    a1_4 = v_relu(a1_4);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 32, a0_4);
  ST(y + 6272, a1_0);
  ST(y + 6280, a1_1);
  ST(y + 6288, a1_2);
  ST(y + 6296, a1_3);
  ST(y + 6304, a1_4);
}

/* 2 output blocks x 5 pixels; columns 23 to 27 of a row */
KERNEL void vgg16_conv3x3s1_256x28x28_512_t3_2x5(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4;
  vf a1_0, a1_1, a1_2, a1_3, a1_4;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = a0_4 = LD(b);
    a1_0 = a1_1 = a1_2 = a1_3 = a1_4 = LD(b + 8);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a0_4 = LD(y + 32);
    a1_0 = LD(y + 6272);
    a1_1 = LD(y + 6280);
    a1_2 = LD(y + 6288);
    a1_3 = LD(y + 6296);
    a1_4 = LD(y + 6304);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 6272 + (r + ky - ky0) * 224;
      const float *wp = w + c * 1152 + ky * 384;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 96) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[32]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[32]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[40]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[16]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[40]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[33]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[33]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[41]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 80); w1 = LD(wp + 88);
        t = xp[17]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[25]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[41]; a0_3 += w0 * t; a1_3 += w1 * t;
      }
    }
  }
  if (last) {
    a0_0 = v_relu(a0_0);
    a0_1 = v_relu(a0_1);
    a0_2 = v_relu(a0_2);
    a0_3 = v_relu(a0_3);
    a0_4 = v_relu(a0_4);
    a1_0 = v_relu(a1_0);
    a1_1 = v_relu(a1_1);
    a1_2 = v_relu(a1_2);
    a1_3 = v_relu(a1_3);
    a1_4 = v_relu(a1_4);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 32, a0_4);
  ST(y + 6272, a1_0);
  ST(y + 6280, a1_1);
  ST(y + 6288, a1_2);
  ST(y + 6296, a1_3);
  ST(y + 6304, a1_4);
}

KERNEL void vgg16_conv3x3s1_256x28x28_512(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 32 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 32 / (size_t)n;
  const size_t g0 = u0, g1 = u1;
  for (size_t g = g0; g < g1; ++g) {
    for (size_t c0 = 0; c0 < 32; c0 += 3) {
      const size_t c1 = c0 + 3 < 32 ? c0 + 3 : 32;
      const float *w = i1 + g * 36864;
      const float *b = i2 + g * 16;
      const float *x = i0;
      for (size_t oy = 0; oy < 28; ++oy) {
        /* the next pass's weights */
        for (size_t i = 0; i < 8; ++i)
          __builtin_prefetch(w + c1 * 1152 + (oy * 8 + i) * 16);
        const size_t iy = oy; /* first input row, counted from the padding's */
        const size_t ky0 = iy < 1 ? 1 - iy : 0;
        const size_t ky1 = iy + 3 <= 29 ? 3 : 29 - iy;
        const size_t r = iy + ky0 - 1;
        const size_t at = g * 12544 + oy * 224;
        float *y = o0 + at;
        vgg16_conv3x3s1_256x28x28_512_t0_2x6(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 32);
        for (size_t j = 0; j < 2; ++j) {
          vgg16_conv3x3s1_256x28x28_512_t1_2x6(x + 40 + j * 48, w, b, y + 48 + j * 48, r, ky0, ky1,
              c0, c1, c1 == 32);
        }
        vgg16_conv3x3s1_256x28x28_512_t2_2x5(x + 136, w, b, y + 144, r, ky0, ky1, c0, c1, c1 == 32);
        vgg16_conv3x3s1_256x28x28_512_t3_2x5(x + 176, w, b, y + 184, r, ky0, ky1, c0, c1, c1 == 32);
      }
    }
  }
}

/* vgg16_conv3x3s1_512x28x28_512
 *
 * layer features.19 (vgg.net:22)
 * order: chunk of 28 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 32 units of (chunk, group)
 * kernel rows on the map: 2.92857 of 3, mean over output rows
 * passes: 22 of 24 input channels, partial sums wait in the output
 * counted here: 1,762,656,256 multiply-adds, 401,408 other operations,
 *   1,764,417,536 bytes loaded, 35,323,904 bytes stored */
KERNEL void vgg16_conv3x3s1_512x28x28_512(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 32 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 32 / (size_t)n;
  const size_t g0 = u0, g1 = u1;
  for (size_t g = g0; g < g1; ++g) {
    for (size_t c0 = 0; c0 < 64; c0 += 3) {
      const size_t c1 = c0 + 3 < 64 ? c0 + 3 : 64;
      const float *w = i1 + g * 73728;
      const float *b = i2 + g * 16;
      const float *x = i0;
      for (size_t oy = 0; oy < 28; ++oy) {
        /* the next pass's weights */
        for (size_t i = 0; i < 8; ++i)
          __builtin_prefetch(w + c1 * 1152 + (oy * 8 + i) * 16);
        const size_t iy = oy; /* first input row, counted from the padding's */
        const size_t ky0 = iy < 1 ? 1 - iy : 0;
        const size_t ky1 = iy + 3 <= 29 ? 3 : 29 - iy;
        const size_t r = iy + ky0 - 1;
        const size_t at = g * 12544 + oy * 224;
        float *y = o0 + at;
        vgg16_conv3x3s1_256x28x28_512_t0_2x6(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 64);
        for (size_t j = 0; j < 2; ++j) {
          vgg16_conv3x3s1_256x28x28_512_t1_2x6(x + 40 + j * 48, w, b, y + 48 + j * 48, r, ky0, ky1,
              c0, c1, c1 == 64);
        }
        vgg16_conv3x3s1_256x28x28_512_t2_2x5(x + 136, w, b, y + 144, r, ky0, ky1, c0, c1, c1 == 64);
        vgg16_conv3x3s1_256x28x28_512_t3_2x5(x + 176, w, b, y + 184, r, ky0, ky1, c0, c1, c1 == 64);
      }
    }
  }
}

/* vgg16_conv3x3s1_512x28x28_512_maxpool2x2s2_512x14x14
 *
 * layer features.21 (vgg.net:22)
 * 2 stages, strip by strip of 14 output rows; between them 50176 bytes of
 * workspace for each thread, and nothing in the arena
 * split: 32 units of (strip, group of channels)
 * counted here: 1,762,656,256 multiply-adds, 702,464 other operations,
 *   1,766,023,168 bytes loaded, 35,725,312 bytes stored */
/* stage 1: features.22, conv_direct */
KERNEL void vgg16_conv3x3s1_512x28x28_512_maxpool2x2s2_512x14x14_a(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, size_t from, size_t to, size_t b0, size_t b1, size_t yr) {
  for (size_t g = b0; g < b1; ++g) {
    for (size_t c0 = 0; c0 < 64; c0 += 3) {
      const size_t c1 = c0 + 3 < 64 ? c0 + 3 : 64;
      const float *w = i1 + g * 73728;
      const float *b = i2 + g * 16;
      const float *x = i0;
      for (size_t oy = from; oy < to; ++oy) {
        const size_t iy = oy; /* first input row, counted from the padding's */
        const size_t ky0 = iy < 1 ? 1 - iy : 0;
        const size_t ky1 = iy + 3 <= 29 ? 3 : 29 - iy;
        const size_t r = iy + ky0 - 1;
        const size_t at = (g - b0) * 12544 + (oy - yr) * 224;
        float *y = o0 + at;
        vgg16_conv3x3s1_256x28x28_512_t0_2x6(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 64);
        for (size_t j = 0; j < 2; ++j) {
          vgg16_conv3x3s1_256x28x28_512_t1_2x6(x + 40 + j * 48, w, b, y + 48 + j * 48, r, ky0, ky1,
              c0, c1, c1 == 64);
        }
        vgg16_conv3x3s1_256x28x28_512_t2_2x5(x + 136, w, b, y + 144, r, ky0, ky1, c0, c1, c1 == 64);
        vgg16_conv3x3s1_256x28x28_512_t3_2x5(x + 176, w, b, y + 184, r, ky0, ky1, c0, c1, c1 == 64);
      }
    }
  }
}

/* stage 2: features.23, pool */
KERNEL void vgg16_conv3x3s1_512x28x28_512_maxpool2x2s2_512x14x14_b(
    const float *restrict i0, float *restrict o0, size_t from, size_t to, size_t b0, size_t b1,
    size_t xr) {
  for (size_t cb = b0; cb < b1; ++cb) {
    const float *map = i0 + (cb - b0) * 6272;
    for (size_t oy = from; oy < to; ++oy) {
      const ptrdiff_t top = (ptrdiff_t)(oy * 2); /* of the window */
      const float *r0 = map + ((top) - (ptrdiff_t)xr) * 224;
      const float *r1 = map + ((top + 1) - (ptrdiff_t)xr) * 224;
      const size_t at = cb * 1568 + oy * 112;
      for (size_t j = 0; j < 2; ++j) {
        const vf c0 = v_max(LD(r0 + j * 112), LD(r1 + j * 112));
        const vf c1 = v_max(LD(r0 + j * 112 + 8), LD(r1 + j * 112 + 8));
        vf a0 = v_max(c0, c1);
        ST(o0 + at + j * 56, a0);
        const vf c2 = v_max(LD(r0 + j * 112 + 16), LD(r1 + j * 112 + 16));
        const vf c3 = v_max(LD(r0 + j * 112 + 24), LD(r1 + j * 112 + 24));
        vf a1 = v_max(c2, c3);
        ST(o0 + at + j * 56 + 8, a1);
        const vf c4 = v_max(LD(r0 + j * 112 + 32), LD(r1 + j * 112 + 32));
        const vf c5 = v_max(LD(r0 + j * 112 + 40), LD(r1 + j * 112 + 40));
        vf a2 = v_max(c4, c5);
        ST(o0 + at + j * 56 + 16, a2);
        const vf c6 = v_max(LD(r0 + j * 112 + 48), LD(r1 + j * 112 + 48));
        const vf c7 = v_max(LD(r0 + j * 112 + 56), LD(r1 + j * 112 + 56));
        vf a3 = v_max(c6, c7);
        ST(o0 + at + j * 56 + 24, a3);
        const vf c8 = v_max(LD(r0 + j * 112 + 64), LD(r1 + j * 112 + 64));
        const vf c9 = v_max(LD(r0 + j * 112 + 72), LD(r1 + j * 112 + 72));
        vf a4 = v_max(c8, c9);
        ST(o0 + at + j * 56 + 32, a4);
        const vf c10 = v_max(LD(r0 + j * 112 + 80), LD(r1 + j * 112 + 80));
        const vf c11 = v_max(LD(r0 + j * 112 + 88), LD(r1 + j * 112 + 88));
        vf a5 = v_max(c10, c11);
        ST(o0 + at + j * 56 + 40, a5);
        const vf c12 = v_max(LD(r0 + j * 112 + 96), LD(r1 + j * 112 + 96));
        const vf c13 = v_max(LD(r0 + j * 112 + 104), LD(r1 + j * 112 + 104));
        vf a6 = v_max(c12, c13);
        ST(o0 + at + j * 56 + 48, a6);
      }
    }
  }
}

KERNEL void vgg16_conv3x3s1_512x28x28_512_maxpool2x2s2_512x14x14(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, float *restrict ws, int t, int n) {
  const size_t u0 = (size_t)t * 32 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 32 / (size_t)n;
  for (size_t u = u0; u < u1; ++u) {
    const size_t g = u % 32, b0 = g * 2;
    const size_t b1 = b0 + 2 < 64 ? b0 + 2 : 64;
    const size_t q = (u / 32);
    const size_t from_b = q * 14;
    const size_t to_b = from_b + 14 < 14 ? from_b + 14 : 14;
    const size_t from_a = from_b * 2;
    const size_t end_a = (to_b - 1) * 2 + 2;
    const size_t to_a = end_a < 28 ? end_a : 28;
    vgg16_conv3x3s1_512x28x28_512_maxpool2x2s2_512x14x14_a(i0, i1, i2, ws + 0, from_a, to_a, g,
        g + 1, from_a);
    vgg16_conv3x3s1_512x28x28_512_maxpool2x2s2_512x14x14_b(ws + 0, o0, from_b, to_b, b0, b1,
        from_a);
  }
}

/* vgg16_conv3x3s1_512x14x14_512
 *
 * layer features.24 (vgg.net:22)
 *    and features.26 (vgg.net:22)
 * order: chunk of 14 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 32 units of (chunk, group)
 * kernel rows on the map: 2.85714 of 3, mean over output rows
 * passes: 22 of 24 input channels, partial sums wait in the output
 * counted here: 419,430,400 multiply-adds, 100,352 other operations,
 *   490,860,544 bytes loaded, 8,830,976 bytes stored */
/* 2 output blocks x 5 pixels; columns 0 to 4 of a row */
KERNEL void vgg16_conv3x3s1_512x14x14_512_t0_2x5(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4;
  vf a1_0, a1_1, a1_2, a1_3, a1_4;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = a0_4 = LD(b);
    a1_0 = a1_1 = a1_2 = a1_3 = a1_4 = LD(b + 8);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a0_4 = LD(y + 32);
    a1_0 = LD(y + 1568);
    a1_1 = LD(y + 1576);
    a1_2 = LD(y + 1584);
    a1_3 = LD(y + 1592);
    a1_4 = LD(y + 1600);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 1568 + (r + ky - ky0) * 112;
      const float *wp = w + c * 1152 + ky * 384;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 96) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[0]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[8]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[16]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[24]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[32]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[32]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[40]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[1]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[9]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[17]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[25]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[33]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 80); w1 = LD(wp + 88);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[33]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[41]; a0_4 += w0 * t; a1_4 += w1 * t;
      }
    }
  }
  if (last) {
    a0_0 = v_relu(a0_0);
    a0_1 = v_relu(a0_1);
    a0_2 = v_relu(a0_2);
    a0_3 = v_relu(a0_3);
    a0_4 = v_relu(a0_4);
    a1_0 = v_relu(a1_0);
    a1_1 = v_relu(a1_1);
    a1_2 = v_relu(a1_2);
    a1_3 = v_relu(a1_3);
    a1_4 = v_relu(a1_4);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 32, a0_4);
  ST(y + 1568, a1_0);
  ST(y + 1576, a1_1);
  ST(y + 1584, a1_2);
  ST(y + 1592, a1_3);
  ST(y + 1600, a1_4);
}

/* 2 output blocks x 5 pixels; columns 5 to 9 of a row */
KERNEL void vgg16_conv3x3s1_512x14x14_512_t1_2x5(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4;
  vf a1_0, a1_1, a1_2, a1_3, a1_4;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = a0_4 = LD(b);
    a1_0 = a1_1 = a1_2 = a1_3 = a1_4 = LD(b + 8);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a0_4 = LD(y + 32);
    a1_0 = LD(y + 1568);
    a1_1 = LD(y + 1576);
    a1_2 = LD(y + 1584);
    a1_3 = LD(y + 1592);
    a1_4 = LD(y + 1600);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 1568 + (r + ky - ky0) * 112;
      const float *wp = w + c * 1152 + ky * 384;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 96) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[32]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[32]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[40]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[16]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[40]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[48]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[33]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[33]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[41]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 80); w1 = LD(wp + 88);
        t = xp[17]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[25]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[41]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[49]; a0_4 += w0 * t; a1_4 += w1 * t;
      }
    }
  }
  if (last) {
    a0_0 = v_relu(a0_0);
    a0_1 = v_relu(a0_1);
    a0_2 = v_relu(a0_2);
    a0_3 = v_relu(a0_3);
    a0_4 = v_relu(a0_4);
    a1_0 = v_relu(a1_0);
    a1_1 = v_relu(a1_1);
    a1_2 = v_relu(a1_2);
    a1_3 = v_relu(a1_3);
    a1_4 = v_relu(a1_4);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 32, a0_4);
  ST(y + 1568, a1_0);
  ST(y + 1576, a1_1);
  ST(y + 1584, a1_2);
  ST(y + 1592, a1_3);
  ST(y + 1600, a1_4);
}

/* 2 output blocks x 4 pixels; columns 10 to 13 of a row */
KERNEL void vgg16_conv3x3s1_512x14x14_512_t2_2x4(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3;
  vf a1_0, a1_1, a1_2, a1_3;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = LD(b);
    a1_0 = a1_1 = a1_2 = a1_3 = LD(b + 8);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a1_0 = LD(y + 1568);
    a1_1 = LD(y + 1576);
    a1_2 = LD(y + 1584);
    a1_3 = LD(y + 1592);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 1568 + (r + ky - ky0) * 112;
      const float *wp = w + c * 1152 + ky * 384;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 96) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[32]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[16]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[33]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 80); w1 = LD(wp + 88);
        t = xp[17]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[25]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t;
      }
    }
  }
  if (last) {
    a0_0 = v_relu(a0_0);
    a0_1 = v_relu(a0_1);
    a0_2 = v_relu(a0_2);
    a0_3 = v_relu(a0_3);
    a1_0 = v_relu(a1_0);
    a1_1 = v_relu(a1_1);
    a1_2 = v_relu(a1_2);
    a1_3 = v_relu(a1_3);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 1568, a1_0);
  ST(y + 1576, a1_1);
  ST(y + 1584, a1_2);
  ST(y + 1592, a1_3);
}

KERNEL void vgg16_conv3x3s1_512x14x14_512(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 32 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 32 / (size_t)n;
  const size_t g0 = u0, g1 = u1;
  for (size_t g = g0; g < g1; ++g) {
    for (size_t c0 = 0; c0 < 64; c0 += 3) {
      const size_t c1 = c0 + 3 < 64 ? c0 + 3 : 64;
      const float *w = i1 + g * 73728;
      const float *b = i2 + g * 16;
      const float *x = i0;
      for (size_t oy = 0; oy < 14; ++oy) {
        /* the next pass's weights */
        for (size_t i = 0; i < 16; ++i)
          __builtin_prefetch(w + c1 * 1152 + (oy * 16 + i) * 16);
        const size_t iy = oy; /* first input row, counted from the padding's */
        const size_t ky0 = iy < 1 ? 1 - iy : 0;
        const size_t ky1 = iy + 3 <= 15 ? 3 : 15 - iy;
        const size_t r = iy + ky0 - 1;
        const size_t at = g * 3136 + oy * 112;
        float *y = o0 + at;
        vgg16_conv3x3s1_512x14x14_512_t0_2x5(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 64);
        vgg16_conv3x3s1_512x14x14_512_t1_2x5(x + 32, w, b, y + 40, r, ky0, ky1, c0, c1, c1 == 64);
        vgg16_conv3x3s1_512x14x14_512_t2_2x4(x + 72, w, b, y + 80, r, ky0, ky1, c0, c1, c1 == 64);
      }
    }
  }
}

/* vgg16_conv3x3s1_512x14x14_512_maxpool2x2s2_512x7x7
 *
 * layer features.28 (vgg.net:22)
 * 2 stages, strip by strip of 7 output rows; between them 12544 bytes of
 * workspace for each thread, and nothing in the arena
 * split: 32 units of (strip, group of channels)
 * counted here: 419,430,400 multiply-adds, 175,616 other operations,
 *   491,261,952 bytes loaded, 8,931,328 bytes stored */
/* stage 1: features.29, conv_direct */
KERNEL void vgg16_conv3x3s1_512x14x14_512_maxpool2x2s2_512x7x7_a(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, size_t from, size_t to, size_t b0, size_t b1, size_t yr) {
  for (size_t g = b0; g < b1; ++g) {
    for (size_t c0 = 0; c0 < 64; c0 += 3) {
      const size_t c1 = c0 + 3 < 64 ? c0 + 3 : 64;
      const float *w = i1 + g * 73728;
      const float *b = i2 + g * 16;
      const float *x = i0;
      for (size_t oy = from; oy < to; ++oy) {
        const size_t iy = oy; /* first input row, counted from the padding's */
        const size_t ky0 = iy < 1 ? 1 - iy : 0;
        const size_t ky1 = iy + 3 <= 15 ? 3 : 15 - iy;
        const size_t r = iy + ky0 - 1;
        const size_t at = (g - b0) * 3136 + (oy - yr) * 112;
        float *y = o0 + at;
        vgg16_conv3x3s1_512x14x14_512_t0_2x5(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 64);
        vgg16_conv3x3s1_512x14x14_512_t1_2x5(x + 32, w, b, y + 40, r, ky0, ky1, c0, c1, c1 == 64);
        vgg16_conv3x3s1_512x14x14_512_t2_2x4(x + 72, w, b, y + 80, r, ky0, ky1, c0, c1, c1 == 64);
      }
    }
  }
}

/* stage 2: features.30, pool */
KERNEL void vgg16_conv3x3s1_512x14x14_512_maxpool2x2s2_512x7x7_b(
    const float *restrict i0, float *restrict o0, size_t from, size_t to, size_t b0, size_t b1,
    size_t xr) {
  for (size_t cb = b0; cb < b1; ++cb) {
    const float *map = i0 + (cb - b0) * 1568;
    for (size_t oy = from; oy < to; ++oy) {
      const ptrdiff_t top = (ptrdiff_t)(oy * 2); /* of the window */
      const float *r0 = map + ((top) - (ptrdiff_t)xr) * 112;
      const float *r1 = map + ((top + 1) - (ptrdiff_t)xr) * 112;
      const size_t at = cb * 392 + oy * 56;
      {
        const vf c0 = v_max(LD(r0 + 0), LD(r1 + 0));
        const vf c1 = v_max(LD(r0 + 8), LD(r1 + 8));
        vf a0 = v_max(c0, c1);
        ST(o0 + at, a0);
        const vf c2 = v_max(LD(r0 + 16), LD(r1 + 16));
        const vf c3 = v_max(LD(r0 + 24), LD(r1 + 24));
        vf a1 = v_max(c2, c3);
        ST(o0 + at + 8, a1);
        const vf c4 = v_max(LD(r0 + 32), LD(r1 + 32));
        const vf c5 = v_max(LD(r0 + 40), LD(r1 + 40));
        vf a2 = v_max(c4, c5);
        ST(o0 + at + 16, a2);
        const vf c6 = v_max(LD(r0 + 48), LD(r1 + 48));
        const vf c7 = v_max(LD(r0 + 56), LD(r1 + 56));
        vf a3 = v_max(c6, c7);
        ST(o0 + at + 24, a3);
        const vf c8 = v_max(LD(r0 + 64), LD(r1 + 64));
        const vf c9 = v_max(LD(r0 + 72), LD(r1 + 72));
        vf a4 = v_max(c8, c9);
        ST(o0 + at + 32, a4);
        const vf c10 = v_max(LD(r0 + 80), LD(r1 + 80));
        const vf c11 = v_max(LD(r0 + 88), LD(r1 + 88));
        vf a5 = v_max(c10, c11);
        ST(o0 + at + 40, a5);
        const vf c12 = v_max(LD(r0 + 96), LD(r1 + 96));
        const vf c13 = v_max(LD(r0 + 104), LD(r1 + 104));
        vf a6 = v_max(c12, c13);
        ST(o0 + at + 48, a6);
      }
    }
  }
}

KERNEL void vgg16_conv3x3s1_512x14x14_512_maxpool2x2s2_512x7x7(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, float *restrict ws, int t, int n) {
  const size_t u0 = (size_t)t * 32 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 32 / (size_t)n;
  for (size_t u = u0; u < u1; ++u) {
    const size_t g = u % 32, b0 = g * 2;
    const size_t b1 = b0 + 2 < 64 ? b0 + 2 : 64;
    const size_t q = (u / 32);
    const size_t from_b = q * 7;
    const size_t to_b = from_b + 7 < 7 ? from_b + 7 : 7;
    const size_t from_a = from_b * 2;
    const size_t end_a = (to_b - 1) * 2 + 2;
    const size_t to_a = end_a < 14 ? end_a : 14;
    vgg16_conv3x3s1_512x14x14_512_maxpool2x2s2_512x7x7_a(i0, i1, i2, ws + 0, from_a, to_a, g, g + 1,
        from_a);
    vgg16_conv3x3s1_512x14x14_512_maxpool2x2s2_512x7x7_b(ws + 0, o0, from_b, to_b, b0, b1, from_a);
  }
}

/* vgg16_avgpool1x1s1_512x7x7
 *
 * layer adaptive_avgpool1 (vgg.net:29)
 * tiles of up to 7 outputs of a row, 1 different; rows of the window in a loop
 * a unit of the split is 7 output rows of one channel block
 * counted here: 0 multiply-adds, 50,176 other operations,
 *   100,352 bytes loaded, 100,352 bytes stored */
KERNEL void vgg16_avgpool1x1s1_512x7x7(
    const float *restrict i0, float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 64 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 64 / (size_t)n;
  for (size_t u = u0; u < u1; ++u) {
    const size_t cb = u;
    const float *map = i0 + cb * 392;
    for (size_t oy = 0; oy < 7; ++oy) {
      const ptrdiff_t top = (ptrdiff_t)(oy); /* of the window */
      const size_t y0 = top < 0 ? 0 : (size_t)top;
      const size_t y1 = top + 1 < 7 ? (size_t)(top + 1) : 7;
      const size_t height = (size_t)((top + 1 < 7 ? top + 1 : 7) - top);
      const size_t at = cb * 392 + oy * 56;
      {
        vf c0 = {0}, c1 = {0}, c2 = {0}, c3 = {0}, c4 = {0}, c5 = {0}, c6 = {0};
        for (size_t iy = y0; iy < y1; ++iy) {
          const float *r = map + iy * 56;
          c0 += LD(r + 0);
          c1 += LD(r + 8);
          c2 += LD(r + 16);
          c3 += LD(r + 24);
          c4 += LD(r + 32);
          c5 += LD(r + 40);
          c6 += LD(r + 48);
        }
        vf a0 = c0;
        a0 /= (float)(height * 1);
        ST(o0 + at, a0);
        vf a1 = c1;
        a1 /= (float)(height * 1);
        ST(o0 + at + 8, a1);
        vf a2 = c2;
        a2 /= (float)(height * 1);
        ST(o0 + at + 16, a2);
        vf a3 = c3;
        a3 /= (float)(height * 1);
        ST(o0 + at + 24, a3);
        vf a4 = c4;
        a4 /= (float)(height * 1);
        ST(o0 + at + 32, a4);
        vf a5 = c5;
        a5 /= (float)(height * 1);
        ST(o0 + at + 40, a5);
        vf a6 = c6;
        a6 /= (float)(height * 1);
        ST(o0 + at + 48, a6);
      }
    }
  }
}

/* vgg16_dense_25088_4096
 *
 * layer classifier.0 (vgg.net:30)
 * order: group of 64 outputs, input feature
 * weights of a group in 4 streams
 * register tile: 8 vectors of outputs x up to 1 samples, 1 partial sums
 * split: 64 units of (group, samples)
 * counted here: 102,760,448 multiply-adds, 4,096 other operations,
 *   417,480,704 bytes loaded, 16,384 bytes stored */
/* 8 vectors of outputs x 1 sample */
KERNEL void vgg16_dense_25088_4096_t1(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y) {
  vf a0_0_0 = LD(b);
  vf a1_0_0 = LD(b + 8);
  vf a2_0_0 = LD(b + 16);
  vf a3_0_0 = LD(b + 24);
  vf a4_0_0 = LD(b + 32);
  vf a5_0_0 = LD(b + 40);
  vf a6_0_0 = LD(b + 48);
  vf a7_0_0 = LD(b + 56);
  float t0;
  vf v;
  for (size_t i = 0; i < 25088; i += 4) {
    const float *wp = w + i * 16;
    t0 = x[i + 0];
    v = LD(wp); a0_0_0 += v * t0;
    v = LD(wp + 8); a1_0_0 += v * t0;
    v = LD(wp + 401408); a2_0_0 += v * t0;
    v = LD(wp + 401416); a3_0_0 += v * t0;
    v = LD(wp + 802816); a4_0_0 += v * t0;
    v = LD(wp + 802824); a5_0_0 += v * t0;
    v = LD(wp + 1204224); a6_0_0 += v * t0;
    v = LD(wp + 1204232); a7_0_0 += v * t0;
    t0 = x[i + 1];
    v = LD(wp + 16); a0_0_0 += v * t0;
    v = LD(wp + 24); a1_0_0 += v * t0;
    v = LD(wp + 401424); a2_0_0 += v * t0;
    v = LD(wp + 401432); a3_0_0 += v * t0;
    v = LD(wp + 802832); a4_0_0 += v * t0;
    v = LD(wp + 802840); a5_0_0 += v * t0;
    v = LD(wp + 1204240); a6_0_0 += v * t0;
    v = LD(wp + 1204248); a7_0_0 += v * t0;
    t0 = x[i + 2];
    v = LD(wp + 32); a0_0_0 += v * t0;
    v = LD(wp + 40); a1_0_0 += v * t0;
    v = LD(wp + 401440); a2_0_0 += v * t0;
    v = LD(wp + 401448); a3_0_0 += v * t0;
    v = LD(wp + 802848); a4_0_0 += v * t0;
    v = LD(wp + 802856); a5_0_0 += v * t0;
    v = LD(wp + 1204256); a6_0_0 += v * t0;
    v = LD(wp + 1204264); a7_0_0 += v * t0;
    t0 = x[i + 3];
    v = LD(wp + 48); a0_0_0 += v * t0;
    v = LD(wp + 56); a1_0_0 += v * t0;
    v = LD(wp + 401456); a2_0_0 += v * t0;
    v = LD(wp + 401464); a3_0_0 += v * t0;
    v = LD(wp + 802864); a4_0_0 += v * t0;
    v = LD(wp + 802872); a5_0_0 += v * t0;
    v = LD(wp + 1204272); a6_0_0 += v * t0;
    v = LD(wp + 1204280); a7_0_0 += v * t0;
  }
  vf s[8];
  const float *f = (const float *)(const void *)s;
  s[0] = a0_0_0;
  s[1] = a1_0_0;
  s[2] = a2_0_0;
  s[3] = a3_0_0;
  s[4] = a4_0_0;
  s[5] = a5_0_0;
  s[6] = a6_0_0;
  s[7] = a7_0_0;
  for (size_t l = 0; l < 64; ++l) {
    float r = f[l];
    r = s_relu(r);
    y[l] = r;
  }
}

KERNEL void vgg16_dense_25088_4096(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 64 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 64 / (size_t)n;
  for (size_t g = u0; g < u1; ++g) {
    const float *x = i0;
    const float *w = i1 + g * 1605632;
    const float *b = i2 + g * 64;
    float *y = o0 + g * 64;
    vgg16_dense_25088_4096_t1(x, w, b, y);
  }
}

/* vgg16_dense_4096_4096
 *
 * layer classifier.3 (vgg.net:31)
 * order: group of 64 outputs, input feature
 * weights of a group in 4 streams
 * register tile: 8 vectors of outputs x up to 1 samples, 1 partial sums
 * split: 64 units of (group, samples)
 * counted here: 16,777,216 multiply-adds, 4,096 other operations,
 *   68,173,824 bytes loaded, 16,384 bytes stored */
/* 8 vectors of outputs x 1 sample */
KERNEL void vgg16_dense_4096_4096_t1(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y) {
  vf a0_0_0 = LD(b);
  vf a1_0_0 = LD(b + 8);
  vf a2_0_0 = LD(b + 16);
  vf a3_0_0 = LD(b + 24);
  vf a4_0_0 = LD(b + 32);
  vf a5_0_0 = LD(b + 40);
  vf a6_0_0 = LD(b + 48);
  vf a7_0_0 = LD(b + 56);
  float t0;
  vf v;
  for (size_t i = 0; i < 4096; i += 4) {
    const float *wp = w + i * 16;
    t0 = x[i + 0];
    v = LD(wp); a0_0_0 += v * t0;
    v = LD(wp + 8); a1_0_0 += v * t0;
    v = LD(wp + 65536); a2_0_0 += v * t0;
    v = LD(wp + 65544); a3_0_0 += v * t0;
    v = LD(wp + 131072); a4_0_0 += v * t0;
    v = LD(wp + 131080); a5_0_0 += v * t0;
    v = LD(wp + 196608); a6_0_0 += v * t0;
    v = LD(wp + 196616); a7_0_0 += v * t0;
    t0 = x[i + 1];
    v = LD(wp + 16); a0_0_0 += v * t0;
    v = LD(wp + 24); a1_0_0 += v * t0;
    v = LD(wp + 65552); a2_0_0 += v * t0;
    v = LD(wp + 65560); a3_0_0 += v * t0;
    v = LD(wp + 131088); a4_0_0 += v * t0;
    v = LD(wp + 131096); a5_0_0 += v * t0;
    v = LD(wp + 196624); a6_0_0 += v * t0;
    v = LD(wp + 196632); a7_0_0 += v * t0;
    t0 = x[i + 2];
    v = LD(wp + 32); a0_0_0 += v * t0;
    v = LD(wp + 40); a1_0_0 += v * t0;
    v = LD(wp + 65568); a2_0_0 += v * t0;
    v = LD(wp + 65576); a3_0_0 += v * t0;
    v = LD(wp + 131104); a4_0_0 += v * t0;
    v = LD(wp + 131112); a5_0_0 += v * t0;
    v = LD(wp + 196640); a6_0_0 += v * t0;
    v = LD(wp + 196648); a7_0_0 += v * t0;
    t0 = x[i + 3];
    v = LD(wp + 48); a0_0_0 += v * t0;
    v = LD(wp + 56); a1_0_0 += v * t0;
    v = LD(wp + 65584); a2_0_0 += v * t0;
    v = LD(wp + 65592); a3_0_0 += v * t0;
    v = LD(wp + 131120); a4_0_0 += v * t0;
    v = LD(wp + 131128); a5_0_0 += v * t0;
    v = LD(wp + 196656); a6_0_0 += v * t0;
    v = LD(wp + 196664); a7_0_0 += v * t0;
  }
  vf s[8];
  const float *f = (const float *)(const void *)s;
  s[0] = a0_0_0;
  s[1] = a1_0_0;
  s[2] = a2_0_0;
  s[3] = a3_0_0;
  s[4] = a4_0_0;
  s[5] = a5_0_0;
  s[6] = a6_0_0;
  s[7] = a7_0_0;
  for (size_t l = 0; l < 64; ++l) {
    float r = f[l];
    r = s_relu(r);
    y[l] = r;
  }
}

KERNEL void vgg16_dense_4096_4096(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 64 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 64 / (size_t)n;
  for (size_t g = u0; g < u1; ++g) {
    const float *x = i0;
    const float *w = i1 + g * 262144;
    const float *b = i2 + g * 64;
    float *y = o0 + g * 64;
    vgg16_dense_4096_4096_t1(x, w, b, y);
  }
}

/* vgg16_dense_4096_1000
 *
 * layer classifier.6 (vgg.net:32)
 * order: group of 64 outputs, input feature
 * weights of a group in 4 streams
 * register tile: 8 vectors of outputs x up to 1 samples, 1 partial sums
 * split: 16 units of (group, samples)
 * counted here: 4,096,000 multiply-adds, 40 other operations,
 *   16,650,144 bytes loaded, 4,000 bytes stored */
/* 8 vectors of outputs x 1 sample */
KERNEL void vgg16_dense_4096_1000_t1(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y) {
  vf a0_0_0 = LD(b);
  vf a1_0_0 = LD(b + 8);
  vf a2_0_0 = LD(b + 16);
  vf a3_0_0 = LD(b + 24);
  vf a4_0_0 = LD(b + 32);
  vf a5_0_0 = LD(b + 40);
  vf a6_0_0 = LD(b + 48);
  vf a7_0_0 = LD(b + 56);
  float t0;
  vf v;
  for (size_t i = 0; i < 4096; i += 4) {
    const float *wp = w + i * 16;
    t0 = x[i + 0];
    v = LD(wp); a0_0_0 += v * t0;
    v = LD(wp + 8); a1_0_0 += v * t0;
    v = LD(wp + 65536); a2_0_0 += v * t0;
    v = LD(wp + 65544); a3_0_0 += v * t0;
    v = LD(wp + 131072); a4_0_0 += v * t0;
    v = LD(wp + 131080); a5_0_0 += v * t0;
    v = LD(wp + 196608); a6_0_0 += v * t0;
    v = LD(wp + 196616); a7_0_0 += v * t0;
    t0 = x[i + 1];
    v = LD(wp + 16); a0_0_0 += v * t0;
    v = LD(wp + 24); a1_0_0 += v * t0;
    v = LD(wp + 65552); a2_0_0 += v * t0;
    v = LD(wp + 65560); a3_0_0 += v * t0;
    v = LD(wp + 131088); a4_0_0 += v * t0;
    v = LD(wp + 131096); a5_0_0 += v * t0;
    v = LD(wp + 196624); a6_0_0 += v * t0;
    v = LD(wp + 196632); a7_0_0 += v * t0;
    t0 = x[i + 2];
    v = LD(wp + 32); a0_0_0 += v * t0;
    v = LD(wp + 40); a1_0_0 += v * t0;
    v = LD(wp + 65568); a2_0_0 += v * t0;
    v = LD(wp + 65576); a3_0_0 += v * t0;
    v = LD(wp + 131104); a4_0_0 += v * t0;
    v = LD(wp + 131112); a5_0_0 += v * t0;
    v = LD(wp + 196640); a6_0_0 += v * t0;
    v = LD(wp + 196648); a7_0_0 += v * t0;
    t0 = x[i + 3];
    v = LD(wp + 48); a0_0_0 += v * t0;
    v = LD(wp + 56); a1_0_0 += v * t0;
    v = LD(wp + 65584); a2_0_0 += v * t0;
    v = LD(wp + 65592); a3_0_0 += v * t0;
    v = LD(wp + 131120); a4_0_0 += v * t0;
    v = LD(wp + 131128); a5_0_0 += v * t0;
    v = LD(wp + 196656); a6_0_0 += v * t0;
    v = LD(wp + 196664); a7_0_0 += v * t0;
  }
  vf s[8];
  const float *f = (const float *)(const void *)s;
  s[0] = a0_0_0;
  s[1] = a1_0_0;
  s[2] = a2_0_0;
  s[3] = a3_0_0;
  s[4] = a4_0_0;
  s[5] = a5_0_0;
  s[6] = a6_0_0;
  s[7] = a7_0_0;
  for (size_t l = 0; l < 64; ++l) {
    float r = f[l];
    y[l] = r;
  }
}

/* 5 vectors of outputs x 1 sample */
KERNEL void vgg16_dense_4096_1000_r1(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y) {
  vf a0_0_0 = LD(b), a0_0_1 = {0};
  vf a1_0_0 = LD(b + 8), a1_0_1 = {0};
  vf a2_0_0 = LD(b + 16), a2_0_1 = {0};
  vf a3_0_0 = LD(b + 24), a3_0_1 = {0};
  vf a4_0_0 = LD(b + 32), a4_0_1 = {0};
  float t0;
  vf v;
  for (size_t i = 0; i < 4096; i += 4) {
    const float *wp = w + i * 16;
    t0 = x[i + 0];
    v = LD(wp); a0_0_0 += v * t0;
    v = LD(wp + 8); a1_0_0 += v * t0;
    v = LD(wp + 65536); a2_0_0 += v * t0;
    v = LD(wp + 65544); a3_0_0 += v * t0;
    v = LD(wp + 131072); a4_0_0 += v * t0;
    t0 = x[i + 1];
    v = LD(wp + 16); a0_0_1 += v * t0;
    v = LD(wp + 24); a1_0_1 += v * t0;
    v = LD(wp + 65552); a2_0_1 += v * t0;
    v = LD(wp + 65560); a3_0_1 += v * t0;
    v = LD(wp + 131088); a4_0_1 += v * t0;
    t0 = x[i + 2];
    v = LD(wp + 32); a0_0_0 += v * t0;
    v = LD(wp + 40); a1_0_0 += v * t0;
    v = LD(wp + 65568); a2_0_0 += v * t0;
    v = LD(wp + 65576); a3_0_0 += v * t0;
    v = LD(wp + 131104); a4_0_0 += v * t0;
    t0 = x[i + 3];
    v = LD(wp + 48); a0_0_1 += v * t0;
    v = LD(wp + 56); a1_0_1 += v * t0;
    v = LD(wp + 65584); a2_0_1 += v * t0;
    v = LD(wp + 65592); a3_0_1 += v * t0;
    v = LD(wp + 131120); a4_0_1 += v * t0;
  }
  vf s[5];
  const float *f = (const float *)(const void *)s;
  s[0] = a0_0_0 + a0_0_1;
  s[1] = a1_0_0 + a1_0_1;
  s[2] = a2_0_0 + a2_0_1;
  s[3] = a3_0_0 + a3_0_1;
  s[4] = a4_0_0 + a4_0_1;
  for (size_t l = 0; l < 40; ++l) {
    float r = f[l];
    y[l] = r;
  }
}

KERNEL void vgg16_dense_4096_1000(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 16 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 16 / (size_t)n;
  for (size_t g = u0; g < u1; ++g) {
    const float *x = i0;
    const float *w = i1 + g * 262144;
    const float *b = i2 + g * 64;
    float *y = o0 + g * 64;
    if (g < 15) {
      vgg16_dense_4096_1000_t1(x, w, b, y);
    }
    else {
      vgg16_dense_4096_1000_r1(x, w, b, y);
    }
  }
}


/* All layers, as thread t of n runs them: each kernel does its slice. */
static void vgg16_layers(const vgg16_model *model, const vgg16_inputs *in,
    const vgg16_outputs *out, float *arena, const vgg16_options *options,
    team *m, int t, int n DEBUG_PARAMETER) {
  const size_t batch = options && options->batch ? options->batch : 1;
  const float *const *w = model->w;
  float *ws = arena + 4014080 + (size_t)t * 64512; /* this thread's workspace */
  for (size_t b = 0; b < batch; ++b) {
    if (b) BARRIER(m, n); /* the last round's readers are done */
    LAYER(0, vgg16_conv3x3s1_3x224x224_64(in->image + b * 150528, w[0], w[1], arena + 0, t, n));
        /* features.0 */
    BARRIER(m, n);
    LAYER(1, vgg16_conv3x3s1_64x224x224_64_maxpool2x2s2_64x112x112(arena + 0, w[2], w[3], arena +
        3211264, ws, t, n)); /* features.2 */
    BARRIER(m, n);
    LAYER(2, vgg16_conv3x3s1_64x112x112_128(arena + 3211264, w[4], w[5], arena + 0, t, n));
        /* features.5 */
    BARRIER(m, n);
    LAYER(3, vgg16_conv3x3s1_128x112x112_128_maxpool2x2s2_128x56x56(arena + 0, w[6], w[7], arena +
        1605632, ws, t, n)); /* features.7 */
    BARRIER(m, n);
    LAYER(4, vgg16_conv3x3s1_128x56x56_256(arena + 1605632, w[8], w[9], arena + 0, t, n));
        /* features.10 */
    BARRIER(m, n);
    LAYER(5, vgg16_conv3x3s1_256x56x56_256(arena + 0, w[10], w[11], arena + 802816, t, n));
        /* features.12 */
    BARRIER(m, n);
    LAYER(6, vgg16_conv3x3s1_256x56x56_256_maxpool2x2s2_256x28x28(arena + 802816, w[12], w[13],
        arena + 401408, ws, t, n)); /* features.14 */
    BARRIER(m, n);
    LAYER(7, vgg16_conv3x3s1_256x28x28_512(arena + 401408, w[14], w[15], arena + 0, t, n));
        /* features.17 */
    BARRIER(m, n);
    LAYER(8, vgg16_conv3x3s1_512x28x28_512(arena + 0, w[16], w[17], arena + 401408, t, n));
        /* features.19 */
    BARRIER(m, n);
    LAYER(9, vgg16_conv3x3s1_512x28x28_512_maxpool2x2s2_512x14x14(arena + 401408, w[18], w[19],
        arena + 0, ws, t, n)); /* features.21 */
    BARRIER(m, n);
    LAYER(10, vgg16_conv3x3s1_512x14x14_512(arena + 0, w[20], w[21], arena + 100352, t, n));
        /* features.24 */
    BARRIER(m, n);
    LAYER(11, vgg16_conv3x3s1_512x14x14_512(arena + 100352, w[22], w[23], arena + 0, t, n));
        /* features.26 */
    BARRIER(m, n);
    LAYER(12, vgg16_conv3x3s1_512x14x14_512_maxpool2x2s2_512x7x7(arena + 0, w[24], w[25], arena +
        100352, ws, t, n)); /* features.28 */
    BARRIER(m, n);
    LAYER(13, vgg16_avgpool1x1s1_512x7x7(arena + 100352, arena + 0, t, n));
        /* adaptive_avgpool1 */
    BARRIER(m, n);
    LAYER(14, vgg16_dense_25088_4096(arena + 0, w[26], w[27], arena + 25088, t, n));
        /* classifier.0 */
    BARRIER(m, n);
    LAYER(15, vgg16_dense_4096_4096(arena + 25088, w[28], w[29], arena + 0, t, n));
        /* classifier.3 */
    BARRIER(m, n);
    LAYER(16, vgg16_dense_4096_1000(arena + 0, w[30], w[31], out->logits + b * 1000, t, n));
        /* classifier.6 */
  }
  BARRIER(m, n); /* nobody is left to OpenMP's own, which spins for long */
}

#if defined(NETCC_PORTABLE_VECTORS)
#elif defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#ifdef NETRT_DEBUG
static const netrt_debug_value vgg16_debug_values[17] = {
    {"features.1", 0, 0, 0, 12845056, 1, 12845056, 64, 50176, 8, 0, 1},
    {"features.4", 0, 1, 12845056, 3211264, 1, 3211264, 64, 12544, 8, 1, 2},
    {"features.6", 0, 2, 0, 6422528, 1, 6422528, 128, 12544, 8, 2, 3},
    {"features.9", 0, 3, 6422528, 1605632, 1, 1605632, 128, 3136, 8, 3, 4},
    {"features.11", 0, 4, 0, 3211264, 1, 3211264, 256, 3136, 8, 4, 5},
    {"features.13", 0, 5, 3211264, 3211264, 1, 3211264, 256, 3136, 8, 5, 6},
    {"features.16", 0, 6, 1605632, 802816, 1, 802816, 256, 784, 8, 6, 7},
    {"features.18", 0, 7, 0, 1605632, 1, 1605632, 512, 784, 8, 7, 8},
    {"features.20", 0, 8, 1605632, 1605632, 1, 1605632, 512, 784, 8, 8, 9},
    {"features.23", 0, 9, 0, 401408, 1, 401408, 512, 196, 8, 9, 10},
    {"features.25", 0, 10, 401408, 401408, 1, 401408, 512, 196, 8, 10, 11},
    {"features.27", 0, 11, 0, 401408, 1, 401408, 512, 196, 8, 11, 12},
    {"features.30", 0, 12, 401408, 100352, 1, 100352, 512, 49, 8, 12, 13},
    {"adaptive_avgpool1", 0, 13, 0, 100352, 1, 100352, 512, 49, 8, 13, 14},
    {"classifier.1", 0, 14, 100352, 16384, 1, 16384, 4096, 1, 1, 14, 15},
    {"classifier.4", 0, 15, 0, 16384, 1, 16384, 4096, 1, 1, 15, 16},
    {"classifier.6", -1, 0, 0, 4000, 1, 4000, 1000, 1, 1, 16, 16},
};
static const int vgg16_debug_uses[50] = {
    0, -1, 1, 0, -1, 2, 1, -1, 3, 2, -1, 4, 3, -1, 5, 4,
    -1, 6, 5, -1, 7, 6, -1, 8, 7, -1, 9, 8, -1, 10, 9, -1,
    11, 10, -1, 12, 11, -1, 13, 12, -1, 14, 13, -1, 15, 14, -1, 16,
    15, -1,};
static const netrt_debug_layer vgg16_debug_layers[17] = {
    {"features.0", 0, 0, 0},
    {"features.2", 2, 0, 258048},
    {"features.5", 5, 0, 0},
    {"features.7", 8, 0, 200704},
    {"features.10", 11, 0, 0},
    {"features.12", 14, 0, 0},
    {"features.14", 17, 0, 200704},
    {"features.17", 20, 0, 0},
    {"features.19", 23, 0, 0},
    {"features.21", 26, 0, 50176},
    {"features.24", 29, 0, 0},
    {"features.26", 32, 0, 0},
    {"features.28", 35, 0, 12544},
    {"adaptive_avgpool1", 38, 0, 0},
    {"classifier.0", 41, 0, 0},
    {"classifier.3", 44, 0, 0},
    {"classifier.6", 47, 0, 0},
};
static const netrt_debug_arena vgg16_debug_arenas[1] = {{16056320, 258048}};
static const netrt_debug_model vgg16_debug = {"vgg16", vgg16_debug_values,
    vgg16_debug_layers, vgg16_debug_uses, vgg16_debug_arenas, 17, 17, 1};
#endif


/* Bytes of each section of the weight file, in order. */
static const uint64_t vgg16_section_bytes[32] = {
    6912, /* features.0.weight/NCh1cw16n */
    256, /* features.0.bias/X16x */
    147456, /* features.2.weight/NCh8cw16n */
    256, /* features.2.bias/X16x */
    294912, /* features.5.weight/NCh8cw16n */
    512, /* features.5.bias/X16x */
    589824, /* features.7.weight/NCh8cw16n */
    512, /* features.7.bias/X16x */
    1179648, /* features.10.weight/NCh8cw16n */
    1024, /* features.10.bias/X16x */
    2359296, /* features.12.weight/NCh8cw16n */
    1024, /* features.12.bias/X16x */
    2359296, /* features.14.weight/NCh8cw16n */
    1024, /* features.14.bias/X16x */
    4718592, /* features.17.weight/NCh8cw16n */
    2048, /* features.17.bias/X16x */
    9437184, /* features.19.weight/NCh8cw16n */
    2048, /* features.19.bias/X16x */
    9437184, /* features.21.weight/NCh8cw16n */
    2048, /* features.21.bias/X16x */
    9437184, /* features.24.weight/NCh8cw16n */
    2048, /* features.24.bias/X16x */
    9437184, /* features.26.weight/NCh8cw16n */
    2048, /* features.26.bias/X16x */
    9437184, /* features.28.weight/NCh8cw16n */
    2048, /* features.28.bias/X16x */
    411041792, /* classifier.0.weight/packed */
    16384, /* classifier.0.bias/X64x */
    67108864,
        /* classifier.3.weight/{0/64*64@262144,0/16*4@65536,1/1*4096@16,0/1*16@1}+0:16777216 */
    16384, /* classifier.3.bias/X64x */
    16777216, /* classifier.6.weight/{0/64*16@262144,0/16*4@65536,1/1*4096@16,0/1*16@1}+0:4194304 */
    4096, /* classifier.6.bias/X64x */
};

static int vgg16_processor_fits(void) {
#ifdef NETCC_PORTABLE_VECTORS
  return 1;
#else
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
}

static int vgg16_load(netrt_file *file, vgg16_model **model) {
  vgg16_model *m = malloc(sizeof *m);
  if (!m) {
    netrt_close(file);
    return NETRT_E_MEMORY;
  }
  m->file = file;
  m->w[0] = NULL;
  for (uint32_t i = 0, count = 32; i < count; ++i) {
    m->w[i] = netrt_section(file, i, vgg16_section_bytes[i]);
    if (!m->w[i]) {
      vgg16_close(m);
      return NETRT_E_MISSING;
    }
  }
  *model = m;
  return NETRT_OK;
}

int vgg16_open(vgg16_model **model, const char *weights_path) {
  netrt_file *file;
  if (!model) return NETRT_E_ARGUMENT;
  *model = NULL;
  if (!vgg16_processor_fits()) return NETRT_E_PROCESSOR;
  const int status = netrt_open(&file, weights_path, VGG16_PLAN_HASH, 0);
  return status ? status : vgg16_load(file, model);
}

int vgg16_open_memory(vgg16_model **model, const void *image, size_t size) {
  netrt_file *file;
  if (!model) return NETRT_E_ARGUMENT;
  *model = NULL;
  if (!vgg16_processor_fits()) return NETRT_E_PROCESSOR;
  const int status = netrt_open_memory(&file, image, size, VGG16_PLAN_HASH, 0);
  return status ? status : vgg16_load(file, model);
}

void vgg16_close(vgg16_model *model) {
  if (!model) return;
  netrt_close(model->file);
  free(model);
}

int vgg16_run(const vgg16_model *model, const vgg16_inputs *in, const vgg16_outputs *out,
    void *arena, const vgg16_options *options) {
  if (!model || !in || !out) return NETRT_E_ARGUMENT;
  if (!in->image) return NETRT_E_ARGUMENT;
  if (!out->logits) return NETRT_E_ARGUMENT;
  if (!arena || (uintptr_t)arena % VGG16_ARENA_ALIGN) return NETRT_E_ARENA;
  if (options && (options->size < sizeof *options || options->threads < 0))
    return NETRT_E_ARGUMENT;
#ifdef NETRT_DEBUG
  netrt_debug memory, *const debug = &memory;
  const float *const ends[] = {out->logits};
  void *const arenas[] = {arena};
  const int fault = netrt_debug_begin(debug, &vgg16_debug, arenas, ends,
                                      options ? options->threads : 1);
  if (fault) return fault;
#endif
#ifdef _OPENMP
  if (options && options->threads > 1) {
    team all = {0};
#pragma omp parallel num_threads(options->threads)
    { /* n is the team that OpenMP delivers, not the one asked for */
      const int t = omp_get_thread_num(), n = omp_get_num_threads();
      vgg16_layers(model, in, out, arena, options, &all, t, n DEBUG_ARGUMENT);
    }
  } else
#endif
    vgg16_layers(model, in, out, arena, options, NULL, 0, 1 DEBUG_ARGUMENT);
#ifdef NETRT_PROFILE
  if (options) netrt_profile_done(options->profile, options->batch ? options->batch : 1);
#endif
#ifdef NETRT_DEBUG
  return netrt_debug_end(debug);
#else
  return NETRT_OK;
#endif
}

int vgg16_selftest(const vgg16_model *model, void *arena) {
  if (!model) return NETRT_E_ARGUMENT;
  uint64_t bytes = 0;
  vgg16_inputs in;
  in.image = netrt_find(model->file, NETRT_KIND_SELFTEST_INPUT, 0, &bytes);
  if (!in.image || bytes != 602112) return NETRT_E_SELFTEST_DATA;
  float *got = netrt_alloc(4000);
  if (!got) return NETRT_E_MEMORY;
  vgg16_outputs out;
  out.logits = got + 0;
  int status = vgg16_run(model, &in, &out, arena, NULL);
  if (!status) {
    const float *want =
        netrt_find(model->file, NETRT_KIND_SELFTEST_EXPECTED, 0, &bytes);
    status = want && bytes == 4000 ? netrt_compare(out.logits, want, 1000, 1e-5)
        : NETRT_E_SELFTEST_DATA;
  }
  netrt_free(got);
  return status;
}

#ifdef NETRT_PROFILE
static const netrt_profile_layer vgg16_profile_layers[17] = {
    {"features.0", "conv_first", 86188800, 95231168},
    {"features.2", "strips", 1838694400, 1793544192},
    {"features.5", "conv_direct", 913866752, 885506048},
    {"features.7", "strips", 1827733504, 1784373248},
    {"features.10", "conv_direct", 902955008, 914374656},
    {"features.12", "conv_direct", 1805910016, 1824964608},
    {"features.14", "strips", 1805910016, 1828978688},
    {"features.17", "conv_direct", 881328128, 899211264},
    {"features.19", "conv_direct", 1762656256, 1799741440},
    {"features.21", "strips", 1762656256, 1801748480},
    {"features.24", "conv_direct", 419430400, 499691520},
    {"features.26", "conv_direct", 419430400, 499691520},
    {"features.28", "strips", 419430400, 500193280},
    {"adaptive_avgpool1", "pool", 0, 200704},
    {"classifier.0", "dense", 102760448, 417497088},
    {"classifier.3", "dense", 16777216, 68190208},
    {"classifier.6", "dense", 4096000, 16654144},
};

netrt_profile *vgg16_profile_new(int threads, int runs) {
  return netrt_profile_new("vgg16", "x86-64-v3", vgg16_profile_layers, 17, threads, runs);
}
#endif
