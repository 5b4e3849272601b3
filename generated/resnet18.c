/* resnet18.c: network 'resnet', compiled for
 * x86-64-v3: x86-64 with AVX2 and FMA, 8 floats a vector.
 *
 *   netcc compile resnet.net --target=x86-64-v3 --prefix=resnet18
 *
 * epoch layer                 source        kernel      output      layout multiply-adds arena at
 *     0 conv1                 resnet.net:53 strips      1x64x56x56  nChw8c   116,214,528        0
 *     1 layer1.0.conv1        resnet.net:27 conv_direct 1x64x56x56  nChw8c   112,869,376   802816
 *     2 layer1.0.conv2        resnet.net:28 conv_direct 1x64x56x56  nChw8c   112,869,376        0
 *     3 layer1.1.conv1        resnet.net:27 conv_direct 1x64x56x56  nChw8c   112,869,376   802816
 *     4 layer1.1.conv2        resnet.net:28 conv_direct 1x64x56x56  nChw8c   112,869,376        0
 *     5 layer2.0.conv1        resnet.net:27 conv_direct 1x128x28x28 nChw8c    56,434,688   802816
 *     6 layer2.0.conv2        resnet.net:28 conv_direct 1x128x28x28 nChw8c   110,166,016  1204224
 *     7 layer2.0.downsample.0 resnet.net:23 conv_direct 1x128x28x28 nChw8c     6,422,528  1204224
 *     8 layer2.1.conv1        resnet.net:27 conv_direct 1x128x28x28 nChw8c   110,166,016        0
 *     9 layer2.1.conv2        resnet.net:28 conv_direct 1x128x28x28 nChw8c   110,166,016  1204224
 *    10 layer3.0.conv1        resnet.net:27 conv_direct 1x256x14x14 nChw8c    55,083,008        0
 *    11 layer3.0.conv2        resnet.net:28 conv_direct 1x256x14x14 nChw8c   104,857,600   200704
 *    12 layer3.0.downsample.0 resnet.net:23 conv_direct 1x256x14x14 nChw8c     6,422,528   200704
 *    13 layer3.1.conv1        resnet.net:27 conv_direct 1x256x14x14 nChw8c   104,857,600        0
 *    14 layer3.1.conv2        resnet.net:28 conv_direct 1x256x14x14 nChw8c   104,857,600   200704
 *    15 layer4.0.conv1        resnet.net:27 conv_direct 1x512x7x7   nChw8c    52,428,800        0
 *    16 layer4.0.conv2        resnet.net:28 conv_direct 1x512x7x7   nChw8c    94,633,984   100352
 *    17 layer4.0.downsample.0 resnet.net:23 conv_direct 1x512x7x7   nChw8c     6,422,528   100352
 *    18 layer4.1.conv1        resnet.net:27 conv_direct 1x512x7x7   nChw8c    94,633,984        0
 *    19 layer4.1.conv2        resnet.net:28 conv_direct 1x512x7x7   nChw8c    94,633,984   100352
 *    20 global_avgpool1       resnet.net:59 pool        1x512x1x1   nChw8c             0        0
 *    21 fc                    resnet.net:59 dense       1x1000      nc           512,000   output
 *
 * 1,680,390,912 multiply-adds, 3,730,984 other operations;
 *   arena 1,605,632 bytes (lower bound 1,605,632);
 * 20 kernels for 22 layers, 21 barriers. A layer of an epoch runs after the
 * barrier that opens it; layers of one epoch are independent of each other. */
#include "resnet18.h"

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
static inline vf v_max3(vf x, vf y, vf z) { /* NaN if any is */
  return v_or(v_top(z, v_top(y, x)), v_nan(y, z));
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

struct resnet18_model {
  netrt_file *file;
  const float *w[42];
};

/* resnet18_conv7x7s2_3x224x224_64_maxpool3x3s2_64x56x56
 *
 * layer conv1 (resnet.net:53)
 * 2 stages, strip by strip of 14 output rows; between them 207872 bytes of
 * workspace for each thread, and nothing in the arena
 * split: 16 units of (strip, group of channels)
 * counted here: 116,214,528 multiply-adds, 2,046,464 other operations,
 *   114,141,376 bytes loaded, 4,014,080 bytes stored */
/* stage 1: relu1, conv_first */
/* 2 output blocks x 6 pixels; columns 0 to 5 of a row */
KERNEL void resnet18_conv7x7s2_3x224x224_64_maxpool3x3s2_64x56x56_a_t0_2x6(
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
      const float *wp = w + c * 784 + ky * 112;
      HIDE(xp);
      w0 = LD(wp); w1 = LD(wp + 8);
      t = xp[1]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[3]; a0_3 += w0 * t; a1_3 += w1 * t;
      t = xp[5]; a0_4 += w0 * t; a1_4 += w1 * t;
      t = xp[7]; a0_5 += w0 * t; a1_5 += w1 * t;
      HIDE(xp);
      w0 = LD(wp + 16); w1 = LD(wp + 24);
      t = xp[0]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[2]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[4]; a0_3 += w0 * t; a1_3 += w1 * t;
      t = xp[6]; a0_4 += w0 * t; a1_4 += w1 * t;
      t = xp[8]; a0_5 += w0 * t; a1_5 += w1 * t;
      HIDE(xp);
      w0 = LD(wp + 32); w1 = LD(wp + 40);
      t = xp[1]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[3]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[5]; a0_3 += w0 * t; a1_3 += w1 * t;
      t = xp[7]; a0_4 += w0 * t; a1_4 += w1 * t;
      t = xp[9]; a0_5 += w0 * t; a1_5 += w1 * t;
      HIDE(xp);
      w0 = LD(wp + 48); w1 = LD(wp + 56);
      t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[2]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[4]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[6]; a0_3 += w0 * t; a1_3 += w1 * t;
      t = xp[8]; a0_4 += w0 * t; a1_4 += w1 * t;
      t = xp[10]; a0_5 += w0 * t; a1_5 += w1 * t;
      HIDE(xp);
      w0 = LD(wp + 64); w1 = LD(wp + 72);
      t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[3]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[5]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[7]; a0_3 += w0 * t; a1_3 += w1 * t;
      t = xp[9]; a0_4 += w0 * t; a1_4 += w1 * t;
      t = xp[11]; a0_5 += w0 * t; a1_5 += w1 * t;
      HIDE(xp);
      w0 = LD(wp + 80); w1 = LD(wp + 88);
      t = xp[2]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[4]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[6]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[8]; a0_3 += w0 * t; a1_3 += w1 * t;
      t = xp[10]; a0_4 += w0 * t; a1_4 += w1 * t;
      t = xp[12]; a0_5 += w0 * t; a1_5 += w1 * t;
      HIDE(xp);
      w0 = LD(wp + 96); w1 = LD(wp + 104);
      t = xp[3]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[5]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[7]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[9]; a0_3 += w0 * t; a1_3 += w1 * t;
      t = xp[11]; a0_4 += w0 * t; a1_4 += w1 * t;
      t = xp[13]; a0_5 += w0 * t; a1_5 += w1 * t;
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
  ST(y + 25984, a1_0);
  ST(y + 25992, a1_1);
  ST(y + 26000, a1_2);
  ST(y + 26008, a1_3);
  ST(y + 26016, a1_4);
  ST(y + 26024, a1_5);
}

/* 2 output blocks x 6 pixels; columns 6 to 107 of a row */
KERNEL void resnet18_conv7x7s2_3x224x224_64_maxpool3x3s2_64x56x56_a_t1_2x6(
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
      const float *wp = w + c * 784 + ky * 112;
      HIDE(xp);
      w0 = LD(wp); w1 = LD(wp + 8);
      t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[2]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[4]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[6]; a0_3 += w0 * t; a1_3 += w1 * t;
      t = xp[8]; a0_4 += w0 * t; a1_4 += w1 * t;
      t = xp[10]; a0_5 += w0 * t; a1_5 += w1 * t;
      HIDE(xp);
      w0 = LD(wp + 16); w1 = LD(wp + 24);
      t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[3]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[5]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[7]; a0_3 += w0 * t; a1_3 += w1 * t;
      t = xp[9]; a0_4 += w0 * t; a1_4 += w1 * t;
      t = xp[11]; a0_5 += w0 * t; a1_5 += w1 * t;
      HIDE(xp);
      w0 = LD(wp + 32); w1 = LD(wp + 40);
      t = xp[2]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[4]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[6]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[8]; a0_3 += w0 * t; a1_3 += w1 * t;
      t = xp[10]; a0_4 += w0 * t; a1_4 += w1 * t;
      t = xp[12]; a0_5 += w0 * t; a1_5 += w1 * t;
      HIDE(xp);
      w0 = LD(wp + 48); w1 = LD(wp + 56);
      t = xp[3]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[5]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[7]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[9]; a0_3 += w0 * t; a1_3 += w1 * t;
      t = xp[11]; a0_4 += w0 * t; a1_4 += w1 * t;
      t = xp[13]; a0_5 += w0 * t; a1_5 += w1 * t;
      HIDE(xp);
      w0 = LD(wp + 64); w1 = LD(wp + 72);
      t = xp[4]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[6]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[8]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[10]; a0_3 += w0 * t; a1_3 += w1 * t;
      t = xp[12]; a0_4 += w0 * t; a1_4 += w1 * t;
      t = xp[14]; a0_5 += w0 * t; a1_5 += w1 * t;
      HIDE(xp);
      w0 = LD(wp + 80); w1 = LD(wp + 88);
      t = xp[5]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[7]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[9]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[11]; a0_3 += w0 * t; a1_3 += w1 * t;
      t = xp[13]; a0_4 += w0 * t; a1_4 += w1 * t;
      t = xp[15]; a0_5 += w0 * t; a1_5 += w1 * t;
      HIDE(xp);
      w0 = LD(wp + 96); w1 = LD(wp + 104);
      t = xp[6]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[10]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[12]; a0_3 += w0 * t; a1_3 += w1 * t;
      t = xp[14]; a0_4 += w0 * t; a1_4 += w1 * t;
      t = xp[16]; a0_5 += w0 * t; a1_5 += w1 * t;
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
  ST(y + 25984, a1_0);
  ST(y + 25992, a1_1);
  ST(y + 26000, a1_2);
  ST(y + 26008, a1_3);
  ST(y + 26016, a1_4);
  ST(y + 26024, a1_5);
}

/* 2 output blocks x 4 pixels; columns 108 to 111 of a row */
KERNEL void resnet18_conv7x7s2_3x224x224_64_maxpool3x3s2_64x56x56_a_t2_2x4(
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
      const float *wp = w + c * 784 + ky * 112;
      HIDE(xp);
      w0 = LD(wp); w1 = LD(wp + 8);
      t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[2]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[4]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[6]; a0_3 += w0 * t; a1_3 += w1 * t;
      HIDE(xp);
      w0 = LD(wp + 16); w1 = LD(wp + 24);
      t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[3]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[5]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[7]; a0_3 += w0 * t; a1_3 += w1 * t;
      HIDE(xp);
      w0 = LD(wp + 32); w1 = LD(wp + 40);
      t = xp[2]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[4]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[6]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[8]; a0_3 += w0 * t; a1_3 += w1 * t;
      HIDE(xp);
      w0 = LD(wp + 48); w1 = LD(wp + 56);
      t = xp[3]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[5]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[7]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[9]; a0_3 += w0 * t; a1_3 += w1 * t;
      HIDE(xp);
      w0 = LD(wp + 64); w1 = LD(wp + 72);
      t = xp[4]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[6]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[8]; a0_2 += w0 * t; a1_2 += w1 * t;
      t = xp[10]; a0_3 += w0 * t; a1_3 += w1 * t;
      HIDE(xp);
      w0 = LD(wp + 80); w1 = LD(wp + 88);
      t = xp[5]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[7]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[9]; a0_2 += w0 * t; a1_2 += w1 * t;
      HIDE(xp);
      w0 = LD(wp + 96); w1 = LD(wp + 104);
      t = xp[6]; a0_0 += w0 * t; a1_0 += w1 * t;
      t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
      t = xp[10]; a0_2 += w0 * t; a1_2 += w1 * t;
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
  ST(y + 25984, a1_0);
  ST(y + 25992, a1_1);
  ST(y + 26000, a1_2);
  ST(y + 26008, a1_3);
}

KERNEL void resnet18_conv7x7s2_3x224x224_64_maxpool3x3s2_64x56x56_a(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, size_t from, size_t to, size_t b0, size_t b1, size_t yr) {
  for (size_t g = b0; g < b1; ++g) {
    const float *w = i1 + g * 2352;
    const float *b = i2 + g * 16;
    const float *x = i0;
    for (size_t oy = from; oy < to; ++oy) {
      const size_t iy = oy * 2; /* first input row, counted from the padding's */
      const size_t ky0 = iy < 3 ? 3 - iy : 0;
      const size_t ky1 = iy + 7 <= 227 ? 7 : 227 - iy;
      const size_t r = iy + ky0 - 3;
      const size_t at = (g - b0) * 51968 + (oy - yr) * 896;
      float *y = o0 + at;
      resnet18_conv7x7s2_3x224x224_64_maxpool3x3s2_64x56x56_a_t0_2x6(x, w, b, y, r, ky0, ky1);
      for (size_t j = 0; j < 17; ++j) {
        resnet18_conv7x7s2_3x224x224_64_maxpool3x3s2_64x56x56_a_t1_2x6(x + 9 + j * 12, w, b,
            y + 48 + j * 48, r, ky0, ky1);
      }
      resnet18_conv7x7s2_3x224x224_64_maxpool3x3s2_64x56x56_a_t2_2x4(x + 213, w, b, y + 864, r, ky0,
          ky1);
    }
  }
}

/* stage 2: maxpool1, pool */
KERNEL void resnet18_conv7x7s2_3x224x224_64_maxpool3x3s2_64x56x56_b(
    const float *restrict i0, float *restrict o0, size_t from, size_t to, size_t b0, size_t b1,
    size_t xr) {
  for (size_t cb = b0; cb < b1; ++cb) {
    const float *map = i0 + (cb - b0) * 25984;
    for (size_t oy = from; oy < to; ++oy) {
      const ptrdiff_t top = (ptrdiff_t)(oy * 2) - 1; /* of the window */
      const float *r0 = map + ((top < 0 ? 0 : top) - (ptrdiff_t)xr) * 896;
      const float *r1 = map + ((top + 1) - (ptrdiff_t)xr) * 896;
      const float *r2 = map + ((top + 2) - (ptrdiff_t)xr) * 896;
      const size_t at = cb * 25088 + oy * 448;
      {
        const vf c1 = v_max3(LD(r0 + 0), LD(r1 + 0), LD(r2 + 0));
        const vf c2 = v_max3(LD(r0 + 8), LD(r1 + 8), LD(r2 + 8));
        vf a0 = v_max(c2, c1);
        ST(o0 + at, a0);
        const vf c3 = v_max3(LD(r0 + 16), LD(r1 + 16), LD(r2 + 16));
        const vf c4 = v_max3(LD(r0 + 24), LD(r1 + 24), LD(r2 + 24));
        vf a1 = v_max3(c2, c3, c4);
        ST(o0 + at + 8, a1);
        const vf c5 = v_max3(LD(r0 + 32), LD(r1 + 32), LD(r2 + 32));
        const vf c6 = v_max3(LD(r0 + 40), LD(r1 + 40), LD(r2 + 40));
        vf a2 = v_max3(c6, c4, c5);
        ST(o0 + at + 16, a2);
        const vf c7 = v_max3(LD(r0 + 48), LD(r1 + 48), LD(r2 + 48));
        const vf c8 = v_max3(LD(r0 + 56), LD(r1 + 56), LD(r2 + 56));
        vf a3 = v_max3(c6, c7, c8);
        ST(o0 + at + 24, a3);
        const vf c9 = v_max3(LD(r0 + 64), LD(r1 + 64), LD(r2 + 64));
        const vf c10 = v_max3(LD(r0 + 72), LD(r1 + 72), LD(r2 + 72));
        vf a4 = v_max3(c10, c8, c9);
        ST(o0 + at + 32, a4);
        const vf c11 = v_max3(LD(r0 + 80), LD(r1 + 80), LD(r2 + 80));
        const vf c12 = v_max3(LD(r0 + 88), LD(r1 + 88), LD(r2 + 88));
        vf a5 = v_max3(c10, c11, c12);
        ST(o0 + at + 40, a5);
        const vf c13 = v_max3(LD(r0 + 96), LD(r1 + 96), LD(r2 + 96));
        const vf c14 = v_max3(LD(r0 + 104), LD(r1 + 104), LD(r2 + 104));
        vf a6 = v_max3(c14, c12, c13);
        ST(o0 + at + 48, a6);
        const vf c15 = v_max3(LD(r0 + 112), LD(r1 + 112), LD(r2 + 112));
        const vf c16 = v_max3(LD(r0 + 120), LD(r1 + 120), LD(r2 + 120));
        vf a7 = v_max3(c14, c15, c16);
        ST(o0 + at + 56, a7);
      }
      for (size_t j = 0; j < 6; ++j) {
        const vf c0 = v_max3(LD(r0 + j * 128 + 120), LD(r1 + j * 128 + 120),
            LD(r2 + j * 128 + 120));
        const vf c1 = v_max3(LD(r0 + j * 128 + 128), LD(r1 + j * 128 + 128),
            LD(r2 + j * 128 + 128));
        const vf c2 = v_max3(LD(r0 + j * 128 + 136), LD(r1 + j * 128 + 136),
            LD(r2 + j * 128 + 136));
        vf a0 = v_max3(c2, c0, c1);
        ST(o0 + at + j * 64 + 64, a0);
        const vf c3 = v_max3(LD(r0 + j * 128 + 144), LD(r1 + j * 128 + 144),
            LD(r2 + j * 128 + 144));
        const vf c4 = v_max3(LD(r0 + j * 128 + 152), LD(r1 + j * 128 + 152),
            LD(r2 + j * 128 + 152));
        vf a1 = v_max3(c2, c3, c4);
        ST(o0 + at + j * 64 + 72, a1);
        const vf c5 = v_max3(LD(r0 + j * 128 + 160), LD(r1 + j * 128 + 160),
            LD(r2 + j * 128 + 160));
        const vf c6 = v_max3(LD(r0 + j * 128 + 168), LD(r1 + j * 128 + 168),
            LD(r2 + j * 128 + 168));
        vf a2 = v_max3(c6, c4, c5);
        ST(o0 + at + j * 64 + 80, a2);
        const vf c7 = v_max3(LD(r0 + j * 128 + 176), LD(r1 + j * 128 + 176),
            LD(r2 + j * 128 + 176));
        const vf c8 = v_max3(LD(r0 + j * 128 + 184), LD(r1 + j * 128 + 184),
            LD(r2 + j * 128 + 184));
        vf a3 = v_max3(c6, c7, c8);
        ST(o0 + at + j * 64 + 88, a3);
        const vf c9 = v_max3(LD(r0 + j * 128 + 192), LD(r1 + j * 128 + 192),
            LD(r2 + j * 128 + 192));
        const vf c10 = v_max3(LD(r0 + j * 128 + 200), LD(r1 + j * 128 + 200),
            LD(r2 + j * 128 + 200));
        vf a4 = v_max3(c10, c8, c9);
        ST(o0 + at + j * 64 + 96, a4);
        const vf c11 = v_max3(LD(r0 + j * 128 + 208), LD(r1 + j * 128 + 208),
            LD(r2 + j * 128 + 208));
        const vf c12 = v_max3(LD(r0 + j * 128 + 216), LD(r1 + j * 128 + 216),
            LD(r2 + j * 128 + 216));
        vf a5 = v_max3(c10, c11, c12);
        ST(o0 + at + j * 64 + 104, a5);
        const vf c13 = v_max3(LD(r0 + j * 128 + 224), LD(r1 + j * 128 + 224),
            LD(r2 + j * 128 + 224));
        const vf c14 = v_max3(LD(r0 + j * 128 + 232), LD(r1 + j * 128 + 232),
            LD(r2 + j * 128 + 232));
        vf a6 = v_max3(c14, c12, c13);
        ST(o0 + at + j * 64 + 112, a6);
        const vf c15 = v_max3(LD(r0 + j * 128 + 240), LD(r1 + j * 128 + 240),
            LD(r2 + j * 128 + 240));
        const vf c16 = v_max3(LD(r0 + j * 128 + 248), LD(r1 + j * 128 + 248),
            LD(r2 + j * 128 + 248));
        vf a7 = v_max3(c14, c15, c16);
        ST(o0 + at + j * 64 + 120, a7);
      }
    }
  }
}

KERNEL void resnet18_conv7x7s2_3x224x224_64_maxpool3x3s2_64x56x56(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, float *restrict ws, int t, int n) {
  const size_t u0 = (size_t)t * 16 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 16 / (size_t)n;
  for (size_t u = u0; u < u1; ++u) {
    const size_t g = u % 4, b0 = g * 2;
    const size_t b1 = b0 + 2 < 8 ? b0 + 2 : 8;
    const size_t q = (u / 4);
    const size_t from_b = q * 14;
    const size_t to_b = from_b + 14 < 56 ? from_b + 14 : 56;
    const size_t from_a = from_b * 2 > 1 ? from_b * 2 - 1 : 0;
    const size_t end_a = (to_b - 1) * 2 + 2;
    const size_t to_a = end_a < 112 ? end_a : 112;
    resnet18_conv7x7s2_3x224x224_64_maxpool3x3s2_64x56x56_a(i0, i1, i2, ws + 0, from_a, to_a, g,
        g + 1, from_a);
    resnet18_conv7x7s2_3x224x224_64_maxpool3x3s2_64x56x56_b(ws + 0, o0, from_b, to_b, b0, b1,
        from_a);
  }
}

/* resnet18_conv3x3s1_64x56x56_64
 *
 * layer layer1.0.conv1 (resnet.net:27)
 *    and layer1.1.conv1 (resnet.net:27)
 * order: chunk of 14 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 16 units of (chunk, group)
 * kernel rows on the map: 2.96429 of 3, mean over output rows
 * passes: 3 of 24 input channels, partial sums wait in the output
 * counted here: 112,869,376 multiply-adds, 200,704 other operations,
 *   111,558,656 bytes loaded, 2,408,448 bytes stored */
/* 2 output blocks x 6 pixels; columns 0 to 5 of a row */
KERNEL void resnet18_conv3x3s1_64x56x56_64_t0_2x6(
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
KERNEL void resnet18_conv3x3s1_64x56x56_64_t1_2x6(
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
KERNEL void resnet18_conv3x3s1_64x56x56_64_t2_2x5(
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
KERNEL void resnet18_conv3x3s1_64x56x56_64_t3_2x4(
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

KERNEL void resnet18_conv3x3s1_64x56x56_64(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 16 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 16 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 4, g0 = u % 4;
    const size_t g1 = u1 - q * 4 < 4 ? u1 - q * 4 : 4;
    end = q * 4 + g1;
    const size_t y0 = q * 56 / 4;
    const size_t y1 = (q + 1) * 56 / 4;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 8; c0 += 3) {
        const size_t c1 = c0 + 3 < 8 ? c0 + 3 : 8;
        const float *w = i1 + g * 9216;
        const float *b = i2 + g * 16;
        const float *x = i0;
        for (size_t oy = y0; oy < y1; ++oy) {
          /* the next pass's weights */
          for (size_t i = 0; i < 16; ++i)
            __builtin_prefetch(w + c1 * 1152 + ((oy - y0) * 16 + i) * 16);
          const size_t iy = oy; /* first input row, counted from the padding's */
          const size_t ky0 = iy < 1 ? 1 - iy : 0;
          const size_t ky1 = iy + 3 <= 57 ? 3 : 57 - iy;
          const size_t r = iy + ky0 - 1;
          const size_t at = g * 50176 + oy * 448;
          float *y = o0 + at;
          resnet18_conv3x3s1_64x56x56_64_t0_2x6(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 8);
          for (size_t j = 0; j < 6; ++j) {
            resnet18_conv3x3s1_64x56x56_64_t1_2x6(x + 40 + j * 48, w, b, y + 48 + j * 48, r, ky0,
                ky1, c0, c1, c1 == 8);
          }
          for (size_t j = 0; j < 2; ++j) {
            resnet18_conv3x3s1_64x56x56_64_t2_2x5(x + 328 + j * 40, w, b, y + 336 + j * 40, r, ky0,
                ky1, c0, c1, c1 == 8);
          }
          resnet18_conv3x3s1_64x56x56_64_t3_2x4(x + 408, w, b, y + 416, r, ky0, ky1, c0, c1,
              c1 == 8);
        }
      }
    }
  }
}

/* resnet18_conv3x3s1_64x56x56_64_v2
 *
 * layer layer1.0.conv2 (resnet.net:28)
 *    and layer1.1.conv2 (resnet.net:28)
 * order: chunk of 14 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 16 units of (chunk, group)
 * kernel rows on the map: 2.96429 of 3, mean over output rows
 * passes: 3 of 24 input channels, partial sums wait in the output
 * counted here: 112,869,376 multiply-adds, 200,704 other operations,
 *   112,361,472 bytes loaded, 2,408,448 bytes stored */
/* 2 output blocks x 6 pixels; columns 0 to 5 of a row */
KERNEL void resnet18_conv3x3s1_64x56x56_64_v2_t0_2x6(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4, a0_5;
  vf a1_0, a1_1, a1_2, a1_3, a1_4, a1_5;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = LD(y) + LD(b);
    a0_1 = LD(y + 8) + LD(b);
    a0_2 = LD(y + 16) + LD(b);
    a0_3 = LD(y + 24) + LD(b);
    a0_4 = LD(y + 32) + LD(b);
    a0_5 = LD(y + 40) + LD(b);
    a1_0 = LD(y + 25088) + LD(b + 8);
    a1_1 = LD(y + 25096) + LD(b + 8);
    a1_2 = LD(y + 25104) + LD(b + 8);
    a1_3 = LD(y + 25112) + LD(b + 8);
    a1_4 = LD(y + 25120) + LD(b + 8);
    a1_5 = LD(y + 25128) + LD(b + 8);
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
KERNEL void resnet18_conv3x3s1_64x56x56_64_v2_t1_2x6(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4, a0_5;
  vf a1_0, a1_1, a1_2, a1_3, a1_4, a1_5;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = LD(y) + LD(b);
    a0_1 = LD(y + 8) + LD(b);
    a0_2 = LD(y + 16) + LD(b);
    a0_3 = LD(y + 24) + LD(b);
    a0_4 = LD(y + 32) + LD(b);
    a0_5 = LD(y + 40) + LD(b);
    a1_0 = LD(y + 25088) + LD(b + 8);
    a1_1 = LD(y + 25096) + LD(b + 8);
    a1_2 = LD(y + 25104) + LD(b + 8);
    a1_3 = LD(y + 25112) + LD(b + 8);
    a1_4 = LD(y + 25120) + LD(b + 8);
    a1_5 = LD(y + 25128) + LD(b + 8);
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
KERNEL void resnet18_conv3x3s1_64x56x56_64_v2_t2_2x5(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4;
  vf a1_0, a1_1, a1_2, a1_3, a1_4;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = LD(y) + LD(b);
    a0_1 = LD(y + 8) + LD(b);
    a0_2 = LD(y + 16) + LD(b);
    a0_3 = LD(y + 24) + LD(b);
    a0_4 = LD(y + 32) + LD(b);
    a1_0 = LD(y + 25088) + LD(b + 8);
    a1_1 = LD(y + 25096) + LD(b + 8);
    a1_2 = LD(y + 25104) + LD(b + 8);
    a1_3 = LD(y + 25112) + LD(b + 8);
    a1_4 = LD(y + 25120) + LD(b + 8);
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
KERNEL void resnet18_conv3x3s1_64x56x56_64_v2_t3_2x4(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3;
  vf a1_0, a1_1, a1_2, a1_3;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = LD(y) + LD(b);
    a0_1 = LD(y + 8) + LD(b);
    a0_2 = LD(y + 16) + LD(b);
    a0_3 = LD(y + 24) + LD(b);
    a1_0 = LD(y + 25088) + LD(b + 8);
    a1_1 = LD(y + 25096) + LD(b + 8);
    a1_2 = LD(y + 25104) + LD(b + 8);
    a1_3 = LD(y + 25112) + LD(b + 8);
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

KERNEL void resnet18_conv3x3s1_64x56x56_64_v2(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 16 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 16 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 4, g0 = u % 4;
    const size_t g1 = u1 - q * 4 < 4 ? u1 - q * 4 : 4;
    end = q * 4 + g1;
    const size_t y0 = q * 56 / 4;
    const size_t y1 = (q + 1) * 56 / 4;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 8; c0 += 3) {
        const size_t c1 = c0 + 3 < 8 ? c0 + 3 : 8;
        const float *w = i1 + g * 9216;
        const float *b = i2 + g * 16;
        const float *x = i0;
        for (size_t oy = y0; oy < y1; ++oy) {
          /* the next pass's weights */
          for (size_t i = 0; i < 16; ++i)
            __builtin_prefetch(w + c1 * 1152 + ((oy - y0) * 16 + i) * 16);
          const size_t iy = oy; /* first input row, counted from the padding's */
          const size_t ky0 = iy < 1 ? 1 - iy : 0;
          const size_t ky1 = iy + 3 <= 57 ? 3 : 57 - iy;
          const size_t r = iy + ky0 - 1;
          const size_t at = g * 50176 + oy * 448;
          float *y = o0 + at;
          resnet18_conv3x3s1_64x56x56_64_v2_t0_2x6(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 8);
          for (size_t j = 0; j < 6; ++j) {
            resnet18_conv3x3s1_64x56x56_64_v2_t1_2x6(x + 40 + j * 48, w, b, y + 48 + j * 48, r, ky0,
                ky1, c0, c1, c1 == 8);
          }
          for (size_t j = 0; j < 2; ++j) {
            resnet18_conv3x3s1_64x56x56_64_v2_t2_2x5(x + 328 + j * 40, w, b, y + 336 + j * 40, r,
                ky0, ky1, c0, c1, c1 == 8);
          }
          resnet18_conv3x3s1_64x56x56_64_v2_t3_2x4(x + 408, w, b, y + 416, r, ky0, ky1, c0, c1,
              c1 == 8);
        }
      }
    }
  }
}

/* resnet18_conv3x3s2_64x56x56_128
 *
 * layer layer2.0.conv1 (resnet.net:27)
 * order: chunk of 14 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 16 units of (chunk, group)
 * kernel rows on the map: 2.96429 of 3, mean over output rows
 * passes: 3 of 24 input channels, partial sums wait in the output
 * counted here: 56,434,688 multiply-adds, 100,352 other operations,
 *   55,779,328 bytes loaded, 1,204,224 bytes stored */
/* 2 output blocks x 6 pixels; columns 0 to 5 of a row */
KERNEL void resnet18_conv3x3s2_64x56x56_128_t0_2x6(
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
      const float *xp = x + c * 25088 + (r + ky - ky0) * 448;
      const float *wp = w + c * 1152 + ky * 384;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 96) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[40]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[56]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[72]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[48]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[64]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[80]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[40]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[56]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[72]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[88]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[41]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[57]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[73]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[49]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[65]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[81]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 80); w1 = LD(wp + 88);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[25]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[41]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[57]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[73]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[89]; a0_5 += w0 * t; a1_5 += w1 * t;
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
KERNEL void resnet18_conv3x3s2_64x56x56_128_t1_2x6(
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
      const float *xp = x + c * 25088 + (r + ky - ky0) * 448;
      const float *wp = w + c * 1152 + ky * 384;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 96) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[48]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[64]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[80]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[40]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[56]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[72]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[88]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[16]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[32]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[48]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[64]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[80]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[96]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[49]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[65]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[81]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[25]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[41]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[57]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[73]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[89]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 80); w1 = LD(wp + 88);
        t = xp[17]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[33]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[49]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[65]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[81]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[97]; a0_5 += w0 * t; a1_5 += w1 * t;
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

/* 2 output blocks x 5 pixels; columns 18 to 27 of a row */
KERNEL void resnet18_conv3x3s2_64x56x56_128_t2_2x5(
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
      const float *xp = x + c * 25088 + (r + ky - ky0) * 448;
      const float *wp = w + c * 1152 + ky * 384;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 96) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[48]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[64]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[40]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[56]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[72]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[16]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[32]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[48]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[64]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[80]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[49]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[65]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[25]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[41]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[57]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[73]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 80); w1 = LD(wp + 88);
        t = xp[17]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[33]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[49]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[65]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[81]; a0_4 += w0 * t; a1_4 += w1 * t;
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

KERNEL void resnet18_conv3x3s2_64x56x56_128(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 16 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 16 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 8, g0 = u % 8;
    const size_t g1 = u1 - q * 8 < 8 ? u1 - q * 8 : 8;
    end = q * 8 + g1;
    const size_t y0 = q * 28 / 2;
    const size_t y1 = (q + 1) * 28 / 2;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 8; c0 += 3) {
        const size_t c1 = c0 + 3 < 8 ? c0 + 3 : 8;
        const float *w = i1 + g * 9216;
        const float *b = i2 + g * 16;
        const float *x = i0;
        for (size_t oy = y0; oy < y1; ++oy) {
          /* the next pass's weights */
          for (size_t i = 0; i < 16; ++i)
            __builtin_prefetch(w + c1 * 1152 + ((oy - y0) * 16 + i) * 16);
          const size_t iy = oy * 2; /* first input row, counted from the padding's */
          const size_t ky0 = iy < 1 ? 1 - iy : 0;
          const size_t ky1 = iy + 3 <= 57 ? 3 : 57 - iy;
          const size_t r = iy + ky0 - 1;
          const size_t at = g * 12544 + oy * 224;
          float *y = o0 + at;
          resnet18_conv3x3s2_64x56x56_128_t0_2x6(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 8);
          for (size_t j = 0; j < 2; ++j) {
            resnet18_conv3x3s2_64x56x56_128_t1_2x6(x + 88 + j * 96, w, b, y + 48 + j * 48, r, ky0,
                ky1, c0, c1, c1 == 8);
          }
          for (size_t j = 0; j < 2; ++j) {
            resnet18_conv3x3s2_64x56x56_128_t2_2x5(x + 280 + j * 80, w, b, y + 144 + j * 40, r, ky0,
                ky1, c0, c1, c1 == 8);
          }
        }
      }
    }
  }
}

/* resnet18_conv3x3s1_128x28x28_128
 *
 * layer layer2.0.conv2 (resnet.net:28)
 * order: chunk of 14 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 16 units of (chunk, group)
 * kernel rows on the map: 2.92857 of 3, mean over output rows
 * passes: 6 of 24 input channels, partial sums wait in the output
 * counted here: 110,166,016 multiply-adds, 0 other operations,
 *   110,229,504 bytes loaded, 2,408,448 bytes stored */
/* 2 output blocks x 6 pixels; columns 0 to 5 of a row */
KERNEL void resnet18_conv3x3s1_128x28x28_128_t0_2x6(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1) {
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
KERNEL void resnet18_conv3x3s1_128x28x28_128_t1_2x6(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1) {
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
KERNEL void resnet18_conv3x3s1_128x28x28_128_t2_2x5(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1) {
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
KERNEL void resnet18_conv3x3s1_128x28x28_128_t3_2x5(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1) {
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

KERNEL void resnet18_conv3x3s1_128x28x28_128(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 16 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 16 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 8, g0 = u % 8;
    const size_t g1 = u1 - q * 8 < 8 ? u1 - q * 8 : 8;
    end = q * 8 + g1;
    const size_t y0 = q * 28 / 2;
    const size_t y1 = (q + 1) * 28 / 2;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 16; c0 += 3) {
        const size_t c1 = c0 + 3 < 16 ? c0 + 3 : 16;
        const float *w = i1 + g * 18432;
        const float *b = i2 + g * 16;
        const float *x = i0;
        for (size_t oy = y0; oy < y1; ++oy) {
          /* the next pass's weights */
          for (size_t i = 0; i < 16; ++i)
            __builtin_prefetch(w + c1 * 1152 + ((oy - y0) * 16 + i) * 16);
          const size_t iy = oy; /* first input row, counted from the padding's */
          const size_t ky0 = iy < 1 ? 1 - iy : 0;
          const size_t ky1 = iy + 3 <= 29 ? 3 : 29 - iy;
          const size_t r = iy + ky0 - 1;
          const size_t at = g * 12544 + oy * 224;
          float *y = o0 + at;
          resnet18_conv3x3s1_128x28x28_128_t0_2x6(x, w, b, y, r, ky0, ky1, c0, c1);
          for (size_t j = 0; j < 2; ++j) {
            resnet18_conv3x3s1_128x28x28_128_t1_2x6(x + 40 + j * 48, w, b, y + 48 + j * 48, r, ky0,
                ky1, c0, c1);
          }
          resnet18_conv3x3s1_128x28x28_128_t2_2x5(x + 136, w, b, y + 144, r, ky0, ky1, c0, c1);
          resnet18_conv3x3s1_128x28x28_128_t3_2x5(x + 176, w, b, y + 184, r, ky0, ky1, c0, c1);
        }
      }
    }
  }
}

/* resnet18_conv1x1s2_64x56x56_128
 *
 * layer layer2.0.downsample.0 (resnet.net:23)
 * order: chunk of 7 rows, group of 2 x 8 output channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 32 units of (chunk, group)
 * counted here: 6,422,528 multiply-adds, 200,704 other operations,
 *   6,666,240 bytes loaded, 401,408 bytes stored */
/* 2 output blocks x 6 pixels; columns 0 to 17 of a row */
KERNEL void resnet18_conv1x1s2_64x56x56_128_t0_2x6(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    const float *ahead) {
  const float *const i3 = y; /* replaced in place */
  vf a0_0, a0_1, a0_2, a0_3, a0_4, a0_5;
  vf a1_0, a1_1, a1_2, a1_3, a1_4, a1_5;
  vf w0, w1;
  float t;
  a0_0 = a0_1 = a0_2 = a0_3 = a0_4 = a0_5 = LD(b);
  a1_0 = a1_1 = a1_2 = a1_3 = a1_4 = a1_5 = LD(b + 8);
  for (size_t c = 0; c < 8; ++c) {
    const float *xp = x + c * 25088;
    const float *wp = w + c * 128;
    __builtin_prefetch(ahead + c * 16, 0, 2);
    HIDE(xp);
    w0 = LD(wp); w1 = LD(wp + 8);
    t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[48]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[64]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[80]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 16); w1 = LD(wp + 24);
    t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[49]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[65]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[81]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 32); w1 = LD(wp + 40);
    t = xp[2]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[18]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[34]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[50]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[66]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[82]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 48); w1 = LD(wp + 56);
    t = xp[3]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[19]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[35]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[51]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[67]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[83]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 64); w1 = LD(wp + 72);
    t = xp[4]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[20]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[36]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[52]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[68]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[84]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 80); w1 = LD(wp + 88);
    t = xp[5]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[21]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[37]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[53]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[69]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[85]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 96); w1 = LD(wp + 104);
    t = xp[6]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[22]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[38]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[54]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[70]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[86]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 112); w1 = LD(wp + 120);
    t = xp[7]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[23]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[39]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[55]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[71]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[87]; a0_5 += w0 * t; a1_5 += w1 * t;
  }
  a0_0 += LD(i3 + 0);
  a0_0 = v_relu(a0_0);
  a0_1 += LD(i3 + 8);
  a0_1 = v_relu(a0_1);
  a0_2 += LD(i3 + 16);
  a0_2 = v_relu(a0_2);
  a0_3 += LD(i3 + 24);
  a0_3 = v_relu(a0_3);
  a0_4 += LD(i3 + 32);
  a0_4 = v_relu(a0_4);
  a0_5 += LD(i3 + 40);
  a0_5 = v_relu(a0_5);
  a1_0 += LD(i3 + 6272);
  a1_0 = v_relu(a1_0);
  a1_1 += LD(i3 + 6280);
  a1_1 = v_relu(a1_1);
  a1_2 += LD(i3 + 6288);
  a1_2 = v_relu(a1_2);
  a1_3 += LD(i3 + 6296);
  a1_3 = v_relu(a1_3);
  a1_4 += LD(i3 + 6304);
  a1_4 = v_relu(a1_4);
  a1_5 += LD(i3 + 6312);
  a1_5 = v_relu(a1_5);
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

/* 2 output blocks x 5 pixels; columns 18 to 27 of a row */
KERNEL void resnet18_conv1x1s2_64x56x56_128_t1_2x5(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    const float *ahead) {
  const float *const i3 = y; /* replaced in place */
  vf a0_0, a0_1, a0_2, a0_3, a0_4;
  vf a1_0, a1_1, a1_2, a1_3, a1_4;
  vf w0, w1;
  float t;
  a0_0 = a0_1 = a0_2 = a0_3 = a0_4 = LD(b);
  a1_0 = a1_1 = a1_2 = a1_3 = a1_4 = LD(b + 8);
  for (size_t c = 0; c < 8; ++c) {
    const float *xp = x + c * 25088;
    const float *wp = w + c * 128;
    __builtin_prefetch(ahead + c * 16, 0, 2);
    HIDE(xp);
    w0 = LD(wp); w1 = LD(wp + 8);
    t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[48]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[64]; a0_4 += w0 * t; a1_4 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 16); w1 = LD(wp + 24);
    t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[49]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[65]; a0_4 += w0 * t; a1_4 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 32); w1 = LD(wp + 40);
    t = xp[2]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[18]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[34]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[50]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[66]; a0_4 += w0 * t; a1_4 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 48); w1 = LD(wp + 56);
    t = xp[3]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[19]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[35]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[51]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[67]; a0_4 += w0 * t; a1_4 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 64); w1 = LD(wp + 72);
    t = xp[4]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[20]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[36]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[52]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[68]; a0_4 += w0 * t; a1_4 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 80); w1 = LD(wp + 88);
    t = xp[5]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[21]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[37]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[53]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[69]; a0_4 += w0 * t; a1_4 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 96); w1 = LD(wp + 104);
    t = xp[6]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[22]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[38]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[54]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[70]; a0_4 += w0 * t; a1_4 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 112); w1 = LD(wp + 120);
    t = xp[7]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[23]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[39]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[55]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[71]; a0_4 += w0 * t; a1_4 += w1 * t;
  }
  a0_0 += LD(i3 + 0);
  a0_0 = v_relu(a0_0);
  a0_1 += LD(i3 + 8);
  a0_1 = v_relu(a0_1);
  a0_2 += LD(i3 + 16);
  a0_2 = v_relu(a0_2);
  a0_3 += LD(i3 + 24);
  a0_3 = v_relu(a0_3);
  a0_4 += LD(i3 + 32);
  a0_4 = v_relu(a0_4);
  a1_0 += LD(i3 + 6272);
  a1_0 = v_relu(a1_0);
  a1_1 += LD(i3 + 6280);
  a1_1 = v_relu(a1_1);
  a1_2 += LD(i3 + 6288);
  a1_2 = v_relu(a1_2);
  a1_3 += LD(i3 + 6296);
  a1_3 = v_relu(a1_3);
  a1_4 += LD(i3 + 6304);
  a1_4 = v_relu(a1_4);
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

KERNEL void resnet18_conv1x1s2_64x56x56_128(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 32 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 32 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 8, g0 = u % 8;
    const size_t g1 = u1 - q * 8 < 8 ? u1 - q * 8 : 8;
    end = q * 8 + g1;
    const size_t y0 = q * 28 / 4;
    const size_t y1 = (q + 1) * 28 / 4;
    for (size_t g = g0; g < g1; ++g) {
      const float *w = i1 + g * 1024;
      const float *ahead = w + 1024; /* the next weights */
      const float *b = i2 + g * 16;
      const float *map = i0;
      for (size_t oy = y0; oy < y1; ++oy) {
        const float *x = map + oy * 896;
        const size_t at = g * 12544 + oy * 224;
        float *y = o0 + at;
        for (size_t j = 0; j < 3; ++j) {
          resnet18_conv1x1s2_64x56x56_128_t0_2x6(x + j * 96, w, b, y + j * 48, ahead);
          ahead += 32;
        }
        for (size_t j = 0; j < 2; ++j) {
          resnet18_conv1x1s2_64x56x56_128_t1_2x5(x + 288 + j * 80, w, b, y + 144 + j * 40, ahead);
          ahead += 32;
        }
      }
    }
  }
}

/* resnet18_conv3x3s1_128x28x28_128_v2
 *
 * layer layer2.1.conv1 (resnet.net:27)
 * order: chunk of 14 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 16 units of (chunk, group)
 * kernel rows on the map: 2.92857 of 3, mean over output rows
 * passes: 6 of 24 input channels, partial sums wait in the output
 * counted here: 110,166,016 multiply-adds, 100,352 other operations,
 *   110,229,504 bytes loaded, 2,408,448 bytes stored */
/* 2 output blocks x 6 pixels; columns 0 to 5 of a row */
KERNEL void resnet18_conv3x3s1_128x28x28_128_v2_t0_2x6(
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
KERNEL void resnet18_conv3x3s1_128x28x28_128_v2_t1_2x6(
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
KERNEL void resnet18_conv3x3s1_128x28x28_128_v2_t2_2x5(
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
KERNEL void resnet18_conv3x3s1_128x28x28_128_v2_t3_2x5(
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

KERNEL void resnet18_conv3x3s1_128x28x28_128_v2(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 16 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 16 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 8, g0 = u % 8;
    const size_t g1 = u1 - q * 8 < 8 ? u1 - q * 8 : 8;
    end = q * 8 + g1;
    const size_t y0 = q * 28 / 2;
    const size_t y1 = (q + 1) * 28 / 2;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 16; c0 += 3) {
        const size_t c1 = c0 + 3 < 16 ? c0 + 3 : 16;
        const float *w = i1 + g * 18432;
        const float *b = i2 + g * 16;
        const float *x = i0;
        for (size_t oy = y0; oy < y1; ++oy) {
          /* the next pass's weights */
          for (size_t i = 0; i < 16; ++i)
            __builtin_prefetch(w + c1 * 1152 + ((oy - y0) * 16 + i) * 16);
          const size_t iy = oy; /* first input row, counted from the padding's */
          const size_t ky0 = iy < 1 ? 1 - iy : 0;
          const size_t ky1 = iy + 3 <= 29 ? 3 : 29 - iy;
          const size_t r = iy + ky0 - 1;
          const size_t at = g * 12544 + oy * 224;
          float *y = o0 + at;
          resnet18_conv3x3s1_128x28x28_128_v2_t0_2x6(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 16);
          for (size_t j = 0; j < 2; ++j) {
            resnet18_conv3x3s1_128x28x28_128_v2_t1_2x6(x + 40 + j * 48, w, b, y + 48 + j * 48, r,
                ky0, ky1, c0, c1, c1 == 16);
          }
          resnet18_conv3x3s1_128x28x28_128_v2_t2_2x5(x + 136, w, b, y + 144, r, ky0, ky1, c0, c1,
              c1 == 16);
          resnet18_conv3x3s1_128x28x28_128_v2_t3_2x5(x + 176, w, b, y + 184, r, ky0, ky1, c0, c1,
              c1 == 16);
        }
      }
    }
  }
}

/* resnet18_conv3x3s1_128x28x28_128_v3
 *
 * layer layer2.1.conv2 (resnet.net:28)
 * order: chunk of 14 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 16 units of (chunk, group)
 * kernel rows on the map: 2.92857 of 3, mean over output rows
 * passes: 6 of 24 input channels, partial sums wait in the output
 * counted here: 110,166,016 multiply-adds, 100,352 other operations,
 *   110,630,912 bytes loaded, 2,408,448 bytes stored */
/* 2 output blocks x 6 pixels; columns 0 to 5 of a row */
KERNEL void resnet18_conv3x3s1_128x28x28_128_v3_t0_2x6(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4, a0_5;
  vf a1_0, a1_1, a1_2, a1_3, a1_4, a1_5;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = LD(y) + LD(b);
    a0_1 = LD(y + 8) + LD(b);
    a0_2 = LD(y + 16) + LD(b);
    a0_3 = LD(y + 24) + LD(b);
    a0_4 = LD(y + 32) + LD(b);
    a0_5 = LD(y + 40) + LD(b);
    a1_0 = LD(y + 6272) + LD(b + 8);
    a1_1 = LD(y + 6280) + LD(b + 8);
    a1_2 = LD(y + 6288) + LD(b + 8);
    a1_3 = LD(y + 6296) + LD(b + 8);
    a1_4 = LD(y + 6304) + LD(b + 8);
    a1_5 = LD(y + 6312) + LD(b + 8);
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
KERNEL void resnet18_conv3x3s1_128x28x28_128_v3_t1_2x6(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4, a0_5;
  vf a1_0, a1_1, a1_2, a1_3, a1_4, a1_5;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = LD(y) + LD(b);
    a0_1 = LD(y + 8) + LD(b);
    a0_2 = LD(y + 16) + LD(b);
    a0_3 = LD(y + 24) + LD(b);
    a0_4 = LD(y + 32) + LD(b);
    a0_5 = LD(y + 40) + LD(b);
    a1_0 = LD(y + 6272) + LD(b + 8);
    a1_1 = LD(y + 6280) + LD(b + 8);
    a1_2 = LD(y + 6288) + LD(b + 8);
    a1_3 = LD(y + 6296) + LD(b + 8);
    a1_4 = LD(y + 6304) + LD(b + 8);
    a1_5 = LD(y + 6312) + LD(b + 8);
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
KERNEL void resnet18_conv3x3s1_128x28x28_128_v3_t2_2x5(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4;
  vf a1_0, a1_1, a1_2, a1_3, a1_4;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = LD(y) + LD(b);
    a0_1 = LD(y + 8) + LD(b);
    a0_2 = LD(y + 16) + LD(b);
    a0_3 = LD(y + 24) + LD(b);
    a0_4 = LD(y + 32) + LD(b);
    a1_0 = LD(y + 6272) + LD(b + 8);
    a1_1 = LD(y + 6280) + LD(b + 8);
    a1_2 = LD(y + 6288) + LD(b + 8);
    a1_3 = LD(y + 6296) + LD(b + 8);
    a1_4 = LD(y + 6304) + LD(b + 8);
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
KERNEL void resnet18_conv3x3s1_128x28x28_128_v3_t3_2x5(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4;
  vf a1_0, a1_1, a1_2, a1_3, a1_4;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = LD(y) + LD(b);
    a0_1 = LD(y + 8) + LD(b);
    a0_2 = LD(y + 16) + LD(b);
    a0_3 = LD(y + 24) + LD(b);
    a0_4 = LD(y + 32) + LD(b);
    a1_0 = LD(y + 6272) + LD(b + 8);
    a1_1 = LD(y + 6280) + LD(b + 8);
    a1_2 = LD(y + 6288) + LD(b + 8);
    a1_3 = LD(y + 6296) + LD(b + 8);
    a1_4 = LD(y + 6304) + LD(b + 8);
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

KERNEL void resnet18_conv3x3s1_128x28x28_128_v3(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 16 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 16 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 8, g0 = u % 8;
    const size_t g1 = u1 - q * 8 < 8 ? u1 - q * 8 : 8;
    end = q * 8 + g1;
    const size_t y0 = q * 28 / 2;
    const size_t y1 = (q + 1) * 28 / 2;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 16; c0 += 3) {
        const size_t c1 = c0 + 3 < 16 ? c0 + 3 : 16;
        const float *w = i1 + g * 18432;
        const float *b = i2 + g * 16;
        const float *x = i0;
        for (size_t oy = y0; oy < y1; ++oy) {
          /* the next pass's weights */
          for (size_t i = 0; i < 16; ++i)
            __builtin_prefetch(w + c1 * 1152 + ((oy - y0) * 16 + i) * 16);
          const size_t iy = oy; /* first input row, counted from the padding's */
          const size_t ky0 = iy < 1 ? 1 - iy : 0;
          const size_t ky1 = iy + 3 <= 29 ? 3 : 29 - iy;
          const size_t r = iy + ky0 - 1;
          const size_t at = g * 12544 + oy * 224;
          float *y = o0 + at;
          resnet18_conv3x3s1_128x28x28_128_v3_t0_2x6(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 16);
          for (size_t j = 0; j < 2; ++j) {
            resnet18_conv3x3s1_128x28x28_128_v3_t1_2x6(x + 40 + j * 48, w, b, y + 48 + j * 48, r,
                ky0, ky1, c0, c1, c1 == 16);
          }
          resnet18_conv3x3s1_128x28x28_128_v3_t2_2x5(x + 136, w, b, y + 144, r, ky0, ky1, c0, c1,
              c1 == 16);
          resnet18_conv3x3s1_128x28x28_128_v3_t3_2x5(x + 176, w, b, y + 184, r, ky0, ky1, c0, c1,
              c1 == 16);
        }
      }
    }
  }
}

/* resnet18_conv3x3s2_128x28x28_256
 *
 * layer layer3.0.conv1 (resnet.net:27)
 * order: chunk of 14 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 16 units of (chunk, group)
 * kernel rows on the map: 2.92857 of 3, mean over output rows
 * passes: 6 of 24 input channels, partial sums wait in the output
 * counted here: 55,083,008 multiply-adds, 50,176 other operations,
 *   63,182,848 bytes loaded, 1,204,224 bytes stored */
/* 2 output blocks x 5 pixels; columns 0 to 4 of a row */
KERNEL void resnet18_conv3x3s2_128x28x28_256_t0_2x5(
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
      const float *xp = x + c * 6272 + (r + ky - ky0) * 224;
      const float *wp = w + c * 1152 + ky * 384;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 96) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[40]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[56]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[48]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[64]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[40]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[56]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[72]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[41]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[57]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[49]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[65]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 80); w1 = LD(wp + 88);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[25]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[41]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[57]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[73]; a0_4 += w0 * t; a1_4 += w1 * t;
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
KERNEL void resnet18_conv3x3s2_128x28x28_256_t1_2x5(
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
      const float *xp = x + c * 6272 + (r + ky - ky0) * 224;
      const float *wp = w + c * 1152 + ky * 384;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 96) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[48]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[64]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[40]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[56]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[72]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[16]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[32]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[48]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[64]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[80]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[49]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[65]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[25]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[41]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[57]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[73]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 80); w1 = LD(wp + 88);
        t = xp[17]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[33]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[49]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[65]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[81]; a0_4 += w0 * t; a1_4 += w1 * t;
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
KERNEL void resnet18_conv3x3s2_128x28x28_256_t2_2x4(
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
      const float *xp = x + c * 6272 + (r + ky - ky0) * 224;
      const float *wp = w + c * 1152 + ky * 384;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 96) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[48]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[40]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[56]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[16]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[32]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[48]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[64]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[49]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[25]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[41]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[57]; a0_3 += w0 * t; a1_3 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 80); w1 = LD(wp + 88);
        t = xp[17]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[33]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[49]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[65]; a0_3 += w0 * t; a1_3 += w1 * t;
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

KERNEL void resnet18_conv3x3s2_128x28x28_256(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 16 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 16 / (size_t)n;
  const size_t g0 = u0, g1 = u1;
  for (size_t g = g0; g < g1; ++g) {
    for (size_t c0 = 0; c0 < 16; c0 += 3) {
      const size_t c1 = c0 + 3 < 16 ? c0 + 3 : 16;
      const float *w = i1 + g * 18432;
      const float *b = i2 + g * 16;
      const float *x = i0;
      for (size_t oy = 0; oy < 14; ++oy) {
        /* the next pass's weights */
        for (size_t i = 0; i < 16; ++i)
          __builtin_prefetch(w + c1 * 1152 + (oy * 16 + i) * 16);
        const size_t iy = oy * 2; /* first input row, counted from the padding's */
        const size_t ky0 = iy < 1 ? 1 - iy : 0;
        const size_t ky1 = iy + 3 <= 29 ? 3 : 29 - iy;
        const size_t r = iy + ky0 - 1;
        const size_t at = g * 3136 + oy * 112;
        float *y = o0 + at;
        resnet18_conv3x3s2_128x28x28_256_t0_2x5(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 16);
        resnet18_conv3x3s2_128x28x28_256_t1_2x5(x + 72, w, b, y + 40, r, ky0, ky1, c0, c1,
            c1 == 16);
        resnet18_conv3x3s2_128x28x28_256_t2_2x4(x + 152, w, b, y + 80, r, ky0, ky1, c0, c1,
            c1 == 16);
      }
    }
  }
}

/* resnet18_conv3x3s1_256x14x14_256
 *
 * layer layer3.0.conv2 (resnet.net:28)
 * order: chunk of 14 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 16 units of (chunk, group)
 * kernel rows on the map: 2.85714 of 3, mean over output rows
 * passes: 11 of 24 input channels, partial sums wait in the output
 * counted here: 104,857,600 multiply-adds, 0 other operations,
 *   122,636,288 bytes loaded, 2,207,744 bytes stored */
/* 2 output blocks x 5 pixels; columns 0 to 4 of a row */
KERNEL void resnet18_conv3x3s1_256x14x14_256_t0_2x5(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1) {
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
KERNEL void resnet18_conv3x3s1_256x14x14_256_t1_2x5(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1) {
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
KERNEL void resnet18_conv3x3s1_256x14x14_256_t2_2x4(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1) {
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
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 1568, a1_0);
  ST(y + 1576, a1_1);
  ST(y + 1584, a1_2);
  ST(y + 1592, a1_3);
}

KERNEL void resnet18_conv3x3s1_256x14x14_256(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 16 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 16 / (size_t)n;
  const size_t g0 = u0, g1 = u1;
  for (size_t g = g0; g < g1; ++g) {
    for (size_t c0 = 0; c0 < 32; c0 += 3) {
      const size_t c1 = c0 + 3 < 32 ? c0 + 3 : 32;
      const float *w = i1 + g * 36864;
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
        resnet18_conv3x3s1_256x14x14_256_t0_2x5(x, w, b, y, r, ky0, ky1, c0, c1);
        resnet18_conv3x3s1_256x14x14_256_t1_2x5(x + 32, w, b, y + 40, r, ky0, ky1, c0, c1);
        resnet18_conv3x3s1_256x14x14_256_t2_2x4(x + 72, w, b, y + 80, r, ky0, ky1, c0, c1);
      }
    }
  }
}

/* resnet18_conv1x1s2_128x28x28_256
 *
 * layer layer3.0.downsample.0 (resnet.net:23)
 * order: chunk of 7 rows, group of 2 x 8 output channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 32 units of (chunk, group)
 * counted here: 6,422,528 multiply-adds, 100,352 other operations,
 *   7,354,368 bytes loaded, 200,704 bytes stored */
/* 2 output blocks x 5 pixels; columns 0 to 9 of a row */
KERNEL void resnet18_conv1x1s2_128x28x28_256_t0_2x5(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    const float *ahead) {
  const float *const i3 = y; /* replaced in place */
  vf a0_0, a0_1, a0_2, a0_3, a0_4;
  vf a1_0, a1_1, a1_2, a1_3, a1_4;
  vf w0, w1;
  float t;
  a0_0 = a0_1 = a0_2 = a0_3 = a0_4 = LD(b);
  a1_0 = a1_1 = a1_2 = a1_3 = a1_4 = LD(b + 8);
  for (size_t c = 0; c < 16; ++c) {
    const float *xp = x + c * 6272;
    const float *wp = w + c * 128;
    __builtin_prefetch(ahead + c * 16, 0, 2);
    HIDE(xp);
    w0 = LD(wp); w1 = LD(wp + 8);
    t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[48]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[64]; a0_4 += w0 * t; a1_4 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 16); w1 = LD(wp + 24);
    t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[49]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[65]; a0_4 += w0 * t; a1_4 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 32); w1 = LD(wp + 40);
    t = xp[2]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[18]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[34]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[50]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[66]; a0_4 += w0 * t; a1_4 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 48); w1 = LD(wp + 56);
    t = xp[3]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[19]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[35]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[51]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[67]; a0_4 += w0 * t; a1_4 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 64); w1 = LD(wp + 72);
    t = xp[4]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[20]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[36]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[52]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[68]; a0_4 += w0 * t; a1_4 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 80); w1 = LD(wp + 88);
    t = xp[5]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[21]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[37]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[53]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[69]; a0_4 += w0 * t; a1_4 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 96); w1 = LD(wp + 104);
    t = xp[6]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[22]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[38]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[54]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[70]; a0_4 += w0 * t; a1_4 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 112); w1 = LD(wp + 120);
    t = xp[7]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[23]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[39]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[55]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[71]; a0_4 += w0 * t; a1_4 += w1 * t;
  }
  a0_0 += LD(i3 + 0);
  a0_0 = v_relu(a0_0);
  a0_1 += LD(i3 + 8);
  a0_1 = v_relu(a0_1);
  a0_2 += LD(i3 + 16);
  a0_2 = v_relu(a0_2);
  a0_3 += LD(i3 + 24);
  a0_3 = v_relu(a0_3);
  a0_4 += LD(i3 + 32);
  a0_4 = v_relu(a0_4);
  a1_0 += LD(i3 + 1568);
  a1_0 = v_relu(a1_0);
  a1_1 += LD(i3 + 1576);
  a1_1 = v_relu(a1_1);
  a1_2 += LD(i3 + 1584);
  a1_2 = v_relu(a1_2);
  a1_3 += LD(i3 + 1592);
  a1_3 = v_relu(a1_3);
  a1_4 += LD(i3 + 1600);
  a1_4 = v_relu(a1_4);
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
KERNEL void resnet18_conv1x1s2_128x28x28_256_t1_2x4(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    const float *ahead) {
  const float *const i3 = y; /* replaced in place */
  vf a0_0, a0_1, a0_2, a0_3;
  vf a1_0, a1_1, a1_2, a1_3;
  vf w0, w1;
  float t;
  a0_0 = a0_1 = a0_2 = a0_3 = LD(b);
  a1_0 = a1_1 = a1_2 = a1_3 = LD(b + 8);
  for (size_t c = 0; c < 16; ++c) {
    const float *xp = x + c * 6272;
    const float *wp = w + c * 128;
    __builtin_prefetch(ahead + c * 16, 0, 2);
    HIDE(xp);
    w0 = LD(wp); w1 = LD(wp + 8);
    t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[48]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 16); w1 = LD(wp + 24);
    t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[49]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 32); w1 = LD(wp + 40);
    t = xp[2]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[18]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[34]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[50]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 48); w1 = LD(wp + 56);
    t = xp[3]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[19]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[35]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[51]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 64); w1 = LD(wp + 72);
    t = xp[4]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[20]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[36]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[52]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 80); w1 = LD(wp + 88);
    t = xp[5]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[21]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[37]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[53]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 96); w1 = LD(wp + 104);
    t = xp[6]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[22]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[38]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[54]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 112); w1 = LD(wp + 120);
    t = xp[7]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[23]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[39]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[55]; a0_3 += w0 * t; a1_3 += w1 * t;
  }
  a0_0 += LD(i3 + 0);
  a0_0 = v_relu(a0_0);
  a0_1 += LD(i3 + 8);
  a0_1 = v_relu(a0_1);
  a0_2 += LD(i3 + 16);
  a0_2 = v_relu(a0_2);
  a0_3 += LD(i3 + 24);
  a0_3 = v_relu(a0_3);
  a1_0 += LD(i3 + 1568);
  a1_0 = v_relu(a1_0);
  a1_1 += LD(i3 + 1576);
  a1_1 = v_relu(a1_1);
  a1_2 += LD(i3 + 1584);
  a1_2 = v_relu(a1_2);
  a1_3 += LD(i3 + 1592);
  a1_3 = v_relu(a1_3);
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 1568, a1_0);
  ST(y + 1576, a1_1);
  ST(y + 1584, a1_2);
  ST(y + 1592, a1_3);
}

KERNEL void resnet18_conv1x1s2_128x28x28_256(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 32 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 32 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 16, g0 = u % 16;
    const size_t g1 = u1 - q * 16 < 16 ? u1 - q * 16 : 16;
    end = q * 16 + g1;
    const size_t y0 = q * 14 / 2;
    const size_t y1 = (q + 1) * 14 / 2;
    for (size_t g = g0; g < g1; ++g) {
      const float *w = i1 + g * 2048;
      const float *ahead = w + 2048; /* the next weights */
      const float *b = i2 + g * 16;
      const float *map = i0;
      for (size_t oy = y0; oy < y1; ++oy) {
        const float *x = map + oy * 448;
        const size_t at = g * 3136 + oy * 112;
        float *y = o0 + at;
        for (size_t j = 0; j < 2; ++j) {
          resnet18_conv1x1s2_128x28x28_256_t0_2x5(x + j * 80, w, b, y + j * 40, ahead);
          ahead += 112;
        }
        resnet18_conv1x1s2_128x28x28_256_t1_2x4(x + 160, w, b, y + 80, ahead);
        ahead += 112;
      }
    }
  }
}

/* resnet18_conv3x3s1_256x14x14_256_v2
 *
 * layer layer3.1.conv1 (resnet.net:27)
 * order: chunk of 14 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 16 units of (chunk, group)
 * kernel rows on the map: 2.85714 of 3, mean over output rows
 * passes: 11 of 24 input channels, partial sums wait in the output
 * counted here: 104,857,600 multiply-adds, 50,176 other operations,
 *   122,636,288 bytes loaded, 2,207,744 bytes stored */
/* 2 output blocks x 5 pixels; columns 0 to 4 of a row */
KERNEL void resnet18_conv3x3s1_256x14x14_256_v2_t0_2x5(
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
KERNEL void resnet18_conv3x3s1_256x14x14_256_v2_t1_2x5(
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
KERNEL void resnet18_conv3x3s1_256x14x14_256_v2_t2_2x4(
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

KERNEL void resnet18_conv3x3s1_256x14x14_256_v2(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 16 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 16 / (size_t)n;
  const size_t g0 = u0, g1 = u1;
  for (size_t g = g0; g < g1; ++g) {
    for (size_t c0 = 0; c0 < 32; c0 += 3) {
      const size_t c1 = c0 + 3 < 32 ? c0 + 3 : 32;
      const float *w = i1 + g * 36864;
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
        resnet18_conv3x3s1_256x14x14_256_v2_t0_2x5(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 32);
        resnet18_conv3x3s1_256x14x14_256_v2_t1_2x5(x + 32, w, b, y + 40, r, ky0, ky1, c0, c1,
            c1 == 32);
        resnet18_conv3x3s1_256x14x14_256_v2_t2_2x4(x + 72, w, b, y + 80, r, ky0, ky1, c0, c1,
            c1 == 32);
      }
    }
  }
}

/* resnet18_conv3x3s1_256x14x14_256_v3
 *
 * layer layer3.1.conv2 (resnet.net:28)
 * order: chunk of 14 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 16 units of (chunk, group)
 * kernel rows on the map: 2.85714 of 3, mean over output rows
 * passes: 11 of 24 input channels, partial sums wait in the output
 * counted here: 104,857,600 multiply-adds, 50,176 other operations,
 *   122,836,992 bytes loaded, 2,207,744 bytes stored */
/* 2 output blocks x 5 pixels; columns 0 to 4 of a row */
KERNEL void resnet18_conv3x3s1_256x14x14_256_v3_t0_2x5(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4;
  vf a1_0, a1_1, a1_2, a1_3, a1_4;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = LD(y) + LD(b);
    a0_1 = LD(y + 8) + LD(b);
    a0_2 = LD(y + 16) + LD(b);
    a0_3 = LD(y + 24) + LD(b);
    a0_4 = LD(y + 32) + LD(b);
    a1_0 = LD(y + 1568) + LD(b + 8);
    a1_1 = LD(y + 1576) + LD(b + 8);
    a1_2 = LD(y + 1584) + LD(b + 8);
    a1_3 = LD(y + 1592) + LD(b + 8);
    a1_4 = LD(y + 1600) + LD(b + 8);
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
KERNEL void resnet18_conv3x3s1_256x14x14_256_v3_t1_2x5(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4;
  vf a1_0, a1_1, a1_2, a1_3, a1_4;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = LD(y) + LD(b);
    a0_1 = LD(y + 8) + LD(b);
    a0_2 = LD(y + 16) + LD(b);
    a0_3 = LD(y + 24) + LD(b);
    a0_4 = LD(y + 32) + LD(b);
    a1_0 = LD(y + 1568) + LD(b + 8);
    a1_1 = LD(y + 1576) + LD(b + 8);
    a1_2 = LD(y + 1584) + LD(b + 8);
    a1_3 = LD(y + 1592) + LD(b + 8);
    a1_4 = LD(y + 1600) + LD(b + 8);
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
KERNEL void resnet18_conv3x3s1_256x14x14_256_v3_t2_2x4(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3;
  vf a1_0, a1_1, a1_2, a1_3;
  vf w0, w1;
  float t;
  if (c0 == 0) {
    a0_0 = LD(y) + LD(b);
    a0_1 = LD(y + 8) + LD(b);
    a0_2 = LD(y + 16) + LD(b);
    a0_3 = LD(y + 24) + LD(b);
    a1_0 = LD(y + 1568) + LD(b + 8);
    a1_1 = LD(y + 1576) + LD(b + 8);
    a1_2 = LD(y + 1584) + LD(b + 8);
    a1_3 = LD(y + 1592) + LD(b + 8);
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

KERNEL void resnet18_conv3x3s1_256x14x14_256_v3(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 16 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 16 / (size_t)n;
  const size_t g0 = u0, g1 = u1;
  for (size_t g = g0; g < g1; ++g) {
    for (size_t c0 = 0; c0 < 32; c0 += 3) {
      const size_t c1 = c0 + 3 < 32 ? c0 + 3 : 32;
      const float *w = i1 + g * 36864;
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
        resnet18_conv3x3s1_256x14x14_256_v3_t0_2x5(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 32);
        resnet18_conv3x3s1_256x14x14_256_v3_t1_2x5(x + 32, w, b, y + 40, r, ky0, ky1, c0, c1,
            c1 == 32);
        resnet18_conv3x3s1_256x14x14_256_v3_t2_2x4(x + 72, w, b, y + 80, r, ky0, ky1, c0, c1,
            c1 == 32);
      }
    }
  }
}

/* resnet18_conv3x3s2_256x14x14_512
 *
 * layer layer4.0.conv1 (resnet.net:27)
 * order: chunk of 7 rows, group of 3 x 8 output channels, pass over input channels, row, tile
 * register tile: 3 vectors of channels x up to 4 pixels
 * split: 22 units of (chunk, group)
 * kernel rows on the map: 2.85714 of 3, mean over output rows
 * passes: 16 of 16 input channels, partial sums wait in the output
 * counted here: 52,428,800 multiply-adds, 25,088 other operations,
 *   72,967,968 bytes loaded, 1,605,632 bytes stored */
/* 3 output blocks x 4 pixels; columns 0 to 3 of a row */
KERNEL void resnet18_conv3x3s2_256x14x14_512_t0_3x4(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3;
  vf a1_0, a1_1, a1_2, a1_3;
  vf a2_0, a2_1, a2_2, a2_3;
  vf w0, w1, w2;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = LD(b);
    a1_0 = a1_1 = a1_2 = a1_3 = LD(b + 8);
    a2_0 = a2_1 = a2_2 = a2_3 = LD(b + 16);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a1_0 = LD(y + 392);
    a1_1 = LD(y + 400);
    a1_2 = LD(y + 408);
    a1_3 = LD(y + 416);
    a2_0 = LD(y + 784);
    a2_1 = LD(y + 792);
    a2_2 = LD(y + 800);
    a2_3 = LD(y + 808);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 1568 + (r + ky - ky0) * 112;
      const float *wp = w + c * 1728 + ky * 576;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 144) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8); w2 = LD(wp + 16);
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[40]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 24); w1 = LD(wp + 32); w2 = LD(wp + 40);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[48]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56); w2 = LD(wp + 64);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[40]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[56]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 72); w1 = LD(wp + 80); w2 = LD(wp + 88);
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[41]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 96); w1 = LD(wp + 104); w2 = LD(wp + 112);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[49]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 120); w1 = LD(wp + 128); w2 = LD(wp + 136);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[25]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[41]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[57]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
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
    a2_0 = v_relu(a2_0);
    a2_1 = v_relu(a2_1);
    a2_2 = v_relu(a2_2);
    a2_3 = v_relu(a2_3);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 392, a1_0);
  ST(y + 400, a1_1);
  ST(y + 408, a1_2);
  ST(y + 416, a1_3);
  ST(y + 784, a2_0);
  ST(y + 792, a2_1);
  ST(y + 800, a2_2);
  ST(y + 808, a2_3);
}

/* 3 output blocks x 3 pixels; columns 4 to 6 of a row */
KERNEL void resnet18_conv3x3s2_256x14x14_512_t1_3x3(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2;
  vf a1_0, a1_1, a1_2;
  vf a2_0, a2_1, a2_2;
  vf w0, w1, w2;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = LD(b);
    a1_0 = a1_1 = a1_2 = LD(b + 8);
    a2_0 = a2_1 = a2_2 = LD(b + 16);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a1_0 = LD(y + 392);
    a1_1 = LD(y + 400);
    a1_2 = LD(y + 408);
    a2_0 = LD(y + 784);
    a2_1 = LD(y + 792);
    a2_2 = LD(y + 800);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 1568 + (r + ky - ky0) * 112;
      const float *wp = w + c * 1728 + ky * 576;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 144) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8); w2 = LD(wp + 16);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 24); w1 = LD(wp + 32); w2 = LD(wp + 40);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[40]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56); w2 = LD(wp + 64);
        t = xp[16]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[32]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[48]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 72); w1 = LD(wp + 80); w2 = LD(wp + 88);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 96); w1 = LD(wp + 104); w2 = LD(wp + 112);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[25]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[41]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 120); w1 = LD(wp + 128); w2 = LD(wp + 136);
        t = xp[17]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[33]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[49]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
      }
    }
  }
  if (last) {
    a0_0 = v_relu(a0_0);
    a0_1 = v_relu(a0_1);
    a0_2 = v_relu(a0_2);
    a1_0 = v_relu(a1_0);
    a1_1 = v_relu(a1_1);
    a1_2 = v_relu(a1_2);
    a2_0 = v_relu(a2_0);
    a2_1 = v_relu(a2_1);
    a2_2 = v_relu(a2_2);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 392, a1_0);
  ST(y + 400, a1_1);
  ST(y + 408, a1_2);
  ST(y + 784, a2_0);
  ST(y + 792, a2_1);
  ST(y + 800, a2_2);
}

/* 1 output block x 7 pixels; columns 0 to 6 of a row */
KERNEL void resnet18_conv3x3s2_256x14x14_512_r0_1x7(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4, a0_5, a0_6;
  vf w0;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = a0_4 = a0_5 = a0_6 = LD(b);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a0_4 = LD(y + 32);
    a0_5 = LD(y + 40);
    a0_6 = LD(y + 48);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 1568 + (r + ky - ky0) * 112;
      const float *wp = w + c * 1728 + ky * 576;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 144) {
        HIDE(xp);
        w0 = LD(wp);
        t = xp[8]; a0_1 += w0 * t;
        t = xp[24]; a0_2 += w0 * t;
        t = xp[40]; a0_3 += w0 * t;
        t = xp[56]; a0_4 += w0 * t;
        t = xp[72]; a0_5 += w0 * t;
        t = xp[88]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 24);
        t = xp[0]; a0_0 += w0 * t;
        t = xp[16]; a0_1 += w0 * t;
        t = xp[32]; a0_2 += w0 * t;
        t = xp[48]; a0_3 += w0 * t;
        t = xp[64]; a0_4 += w0 * t;
        t = xp[80]; a0_5 += w0 * t;
        t = xp[96]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 48);
        t = xp[8]; a0_0 += w0 * t;
        t = xp[24]; a0_1 += w0 * t;
        t = xp[40]; a0_2 += w0 * t;
        t = xp[56]; a0_3 += w0 * t;
        t = xp[72]; a0_4 += w0 * t;
        t = xp[88]; a0_5 += w0 * t;
        t = xp[104]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 72);
        t = xp[9]; a0_1 += w0 * t;
        t = xp[25]; a0_2 += w0 * t;
        t = xp[41]; a0_3 += w0 * t;
        t = xp[57]; a0_4 += w0 * t;
        t = xp[73]; a0_5 += w0 * t;
        t = xp[89]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 96);
        t = xp[1]; a0_0 += w0 * t;
        t = xp[17]; a0_1 += w0 * t;
        t = xp[33]; a0_2 += w0 * t;
        t = xp[49]; a0_3 += w0 * t;
        t = xp[65]; a0_4 += w0 * t;
        t = xp[81]; a0_5 += w0 * t;
        t = xp[97]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 120);
        t = xp[9]; a0_0 += w0 * t;
        t = xp[25]; a0_1 += w0 * t;
        t = xp[41]; a0_2 += w0 * t;
        t = xp[57]; a0_3 += w0 * t;
        t = xp[73]; a0_4 += w0 * t;
        t = xp[89]; a0_5 += w0 * t;
        t = xp[105]; a0_6 += w0 * t;
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
    a0_6 = v_relu(a0_6);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 32, a0_4);
  ST(y + 40, a0_5);
  ST(y + 48, a0_6);
}

KERNEL void resnet18_conv3x3s2_256x14x14_512(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 22 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 22 / (size_t)n;
  const size_t g0 = u0, g1 = u1;
  for (size_t g = g0; g < g1; ++g) {
    for (size_t c0 = 0; c0 < 32; c0 += 2) {
      const size_t c1 = c0 + 2 < 32 ? c0 + 2 : 32;
      const float *w = i1 + g * 55296;
      const float *b = i2 + g * 24;
      const float *x = i0;
      for (size_t oy = 0; oy < 7; ++oy) {
        /* the next pass's weights */
        for (size_t i = 0; i < 31; ++i)
          __builtin_prefetch(w + c1 * 1728 + (oy * 31 + i) * 16);
        const size_t iy = oy * 2; /* first input row, counted from the padding's */
        const size_t ky0 = iy < 1 ? 1 - iy : 0;
        const size_t ky1 = iy + 3 <= 15 ? 3 : 15 - iy;
        const size_t r = iy + ky0 - 1;
        const size_t at = g * 1176 + oy * 56;
        float *y = o0 + at;
        if (g < 21) {
          resnet18_conv3x3s2_256x14x14_512_t0_3x4(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 32);
          resnet18_conv3x3s2_256x14x14_512_t1_3x3(x + 56, w, b, y + 32, r, ky0, ky1, c0, c1,
              c1 == 32);
        }
        else {
          resnet18_conv3x3s2_256x14x14_512_r0_1x7(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 32);
        }
      }
    }
  }
}

/* resnet18_conv3x3s1_512x7x7_512
 *
 * layer layer4.0.conv2 (resnet.net:28)
 * order: chunk of 7 rows, group of 3 x 8 output channels, pass over input channels, row, tile
 * register tile: 3 vectors of channels x up to 4 pixels
 * split: 22 units of (chunk, group)
 * kernel rows on the map: 2.71429 of 3, mean over output rows
 * passes: 32 of 16 input channels, partial sums wait in the output
 * counted here: 94,633,984 multiply-adds, 0 other operations,
 *   138,008,352 bytes loaded, 3,211,264 bytes stored */
/* 3 output blocks x 4 pixels; columns 0 to 3 of a row */
KERNEL void resnet18_conv3x3s1_512x7x7_512_t0_3x4(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1) {
  vf a0_0, a0_1, a0_2, a0_3;
  vf a1_0, a1_1, a1_2, a1_3;
  vf a2_0, a2_1, a2_2, a2_3;
  vf w0, w1, w2;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = LD(b);
    a1_0 = a1_1 = a1_2 = a1_3 = LD(b + 8);
    a2_0 = a2_1 = a2_2 = a2_3 = LD(b + 16);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a1_0 = LD(y + 392);
    a1_1 = LD(y + 400);
    a1_2 = LD(y + 408);
    a1_3 = LD(y + 416);
    a2_0 = LD(y + 784);
    a2_1 = LD(y + 792);
    a2_2 = LD(y + 800);
    a2_3 = LD(y + 808);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 392 + (r + ky - ky0) * 56;
      const float *wp = w + c * 1728 + ky * 576;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 144) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8); w2 = LD(wp + 16);
        t = xp[0]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[8]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[16]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 24); w1 = LD(wp + 32); w2 = LD(wp + 40);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56); w2 = LD(wp + 64);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[32]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 72); w1 = LD(wp + 80); w2 = LD(wp + 88);
        t = xp[1]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[9]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[17]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 96); w1 = LD(wp + 104); w2 = LD(wp + 112);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 120); w1 = LD(wp + 128); w2 = LD(wp + 136);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[33]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
      }
    }
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 392, a1_0);
  ST(y + 400, a1_1);
  ST(y + 408, a1_2);
  ST(y + 416, a1_3);
  ST(y + 784, a2_0);
  ST(y + 792, a2_1);
  ST(y + 800, a2_2);
  ST(y + 808, a2_3);
}

/* 3 output blocks x 3 pixels; columns 4 to 6 of a row */
KERNEL void resnet18_conv3x3s1_512x7x7_512_t1_3x3(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1) {
  vf a0_0, a0_1, a0_2;
  vf a1_0, a1_1, a1_2;
  vf a2_0, a2_1, a2_2;
  vf w0, w1, w2;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = LD(b);
    a1_0 = a1_1 = a1_2 = LD(b + 8);
    a2_0 = a2_1 = a2_2 = LD(b + 16);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a1_0 = LD(y + 392);
    a1_1 = LD(y + 400);
    a1_2 = LD(y + 408);
    a2_0 = LD(y + 784);
    a2_1 = LD(y + 792);
    a2_2 = LD(y + 800);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 392 + (r + ky - ky0) * 56;
      const float *wp = w + c * 1728 + ky * 576;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 144) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8); w2 = LD(wp + 16);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 24); w1 = LD(wp + 32); w2 = LD(wp + 40);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56); w2 = LD(wp + 64);
        t = xp[16]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 72); w1 = LD(wp + 80); w2 = LD(wp + 88);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 96); w1 = LD(wp + 104); w2 = LD(wp + 112);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 120); w1 = LD(wp + 128); w2 = LD(wp + 136);
        t = xp[17]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[25]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
      }
    }
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 392, a1_0);
  ST(y + 400, a1_1);
  ST(y + 408, a1_2);
  ST(y + 784, a2_0);
  ST(y + 792, a2_1);
  ST(y + 800, a2_2);
}

/* 1 output block x 7 pixels; columns 0 to 6 of a row */
KERNEL void resnet18_conv3x3s1_512x7x7_512_r0_1x7(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4, a0_5, a0_6;
  vf w0;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = a0_4 = a0_5 = a0_6 = LD(b);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a0_4 = LD(y + 32);
    a0_5 = LD(y + 40);
    a0_6 = LD(y + 48);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 392 + (r + ky - ky0) * 56;
      const float *wp = w + c * 1728 + ky * 576;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 144) {
        HIDE(xp);
        w0 = LD(wp);
        t = xp[0]; a0_1 += w0 * t;
        t = xp[8]; a0_2 += w0 * t;
        t = xp[16]; a0_3 += w0 * t;
        t = xp[24]; a0_4 += w0 * t;
        t = xp[32]; a0_5 += w0 * t;
        t = xp[40]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 24);
        t = xp[0]; a0_0 += w0 * t;
        t = xp[8]; a0_1 += w0 * t;
        t = xp[16]; a0_2 += w0 * t;
        t = xp[24]; a0_3 += w0 * t;
        t = xp[32]; a0_4 += w0 * t;
        t = xp[40]; a0_5 += w0 * t;
        t = xp[48]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 48);
        t = xp[8]; a0_0 += w0 * t;
        t = xp[16]; a0_1 += w0 * t;
        t = xp[24]; a0_2 += w0 * t;
        t = xp[32]; a0_3 += w0 * t;
        t = xp[40]; a0_4 += w0 * t;
        t = xp[48]; a0_5 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 72);
        t = xp[1]; a0_1 += w0 * t;
        t = xp[9]; a0_2 += w0 * t;
        t = xp[17]; a0_3 += w0 * t;
        t = xp[25]; a0_4 += w0 * t;
        t = xp[33]; a0_5 += w0 * t;
        t = xp[41]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 96);
        t = xp[1]; a0_0 += w0 * t;
        t = xp[9]; a0_1 += w0 * t;
        t = xp[17]; a0_2 += w0 * t;
        t = xp[25]; a0_3 += w0 * t;
        t = xp[33]; a0_4 += w0 * t;
        t = xp[41]; a0_5 += w0 * t;
        t = xp[49]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 120);
        t = xp[9]; a0_0 += w0 * t;
        t = xp[17]; a0_1 += w0 * t;
        t = xp[25]; a0_2 += w0 * t;
        t = xp[33]; a0_3 += w0 * t;
        t = xp[41]; a0_4 += w0 * t;
        t = xp[49]; a0_5 += w0 * t;
      }
    }
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 32, a0_4);
  ST(y + 40, a0_5);
  ST(y + 48, a0_6);
}

KERNEL void resnet18_conv3x3s1_512x7x7_512(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 22 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 22 / (size_t)n;
  const size_t g0 = u0, g1 = u1;
  for (size_t g = g0; g < g1; ++g) {
    for (size_t c0 = 0; c0 < 64; c0 += 2) {
      const size_t c1 = c0 + 2 < 64 ? c0 + 2 : 64;
      const float *w = i1 + g * 110592;
      const float *b = i2 + g * 24;
      const float *x = i0;
      for (size_t oy = 0; oy < 7; ++oy) {
        /* the next pass's weights */
        for (size_t i = 0; i < 31; ++i)
          __builtin_prefetch(w + c1 * 1728 + (oy * 31 + i) * 16);
        const size_t iy = oy; /* first input row, counted from the padding's */
        const size_t ky0 = iy < 1 ? 1 - iy : 0;
        const size_t ky1 = iy + 3 <= 8 ? 3 : 8 - iy;
        const size_t r = iy + ky0 - 1;
        const size_t at = g * 1176 + oy * 56;
        float *y = o0 + at;
        if (g < 21) {
          resnet18_conv3x3s1_512x7x7_512_t0_3x4(x, w, b, y, r, ky0, ky1, c0, c1);
          resnet18_conv3x3s1_512x7x7_512_t1_3x3(x + 24, w, b, y + 32, r, ky0, ky1, c0, c1);
        }
        else {
          resnet18_conv3x3s1_512x7x7_512_r0_1x7(x, w, b, y, r, ky0, ky1, c0, c1);
        }
      }
    }
  }
}

/* resnet18_conv1x1s2_256x14x14_512
 *
 * layer layer4.0.downsample.0 (resnet.net:23)
 * order: chunk of 7 rows, group of 3 x 8 output channels, pass over input channels, row, tile
 * register tile: 3 vectors of channels x up to 4 pixels
 * split: 22 units of (chunk, group)
 * passes: 2 of 128 input channels, partial sums wait in the output
 * counted here: 6,422,528 multiply-adds, 25,088 other operations,
 *   8,615,712 bytes loaded, 200,704 bytes stored */
/* 3 output blocks x 4 pixels; columns 0 to 3 of a row */
KERNEL void resnet18_conv1x1s2_256x14x14_512_t0_3x4(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t c0, size_t c1, int last, const float *ahead) {
  vf a0_0, a0_1, a0_2, a0_3;
  vf a1_0, a1_1, a1_2, a1_3;
  vf a2_0, a2_1, a2_2, a2_3;
  vf w0, w1, w2;
  float t;
  if (c0 == 0) {
    a0_0 = LD(y) + LD(b);
    a0_1 = LD(y + 8) + LD(b);
    a0_2 = LD(y + 16) + LD(b);
    a0_3 = LD(y + 24) + LD(b);
    a1_0 = LD(y + 392) + LD(b + 8);
    a1_1 = LD(y + 400) + LD(b + 8);
    a1_2 = LD(y + 408) + LD(b + 8);
    a1_3 = LD(y + 416) + LD(b + 8);
    a2_0 = LD(y + 784) + LD(b + 16);
    a2_1 = LD(y + 792) + LD(b + 16);
    a2_2 = LD(y + 800) + LD(b + 16);
    a2_3 = LD(y + 808) + LD(b + 16);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a1_0 = LD(y + 392);
    a1_1 = LD(y + 400);
    a1_2 = LD(y + 408);
    a1_3 = LD(y + 416);
    a2_0 = LD(y + 784);
    a2_1 = LD(y + 792);
    a2_2 = LD(y + 800);
    a2_3 = LD(y + 808);
  }
  for (size_t c = c0; c < c1; ++c) {
    const float *xp = x + c * 1568;
    const float *wp = w + c * 192;
    __builtin_prefetch(ahead + (c - c0) * 16, 0, 2);
    HIDE(xp);
    w0 = LD(wp); w1 = LD(wp + 8); w2 = LD(wp + 16);
    t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
    t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
    t = xp[48]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
    HIDE(xp);
    w0 = LD(wp + 24); w1 = LD(wp + 32); w2 = LD(wp + 40);
    t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
    t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
    t = xp[49]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
    HIDE(xp);
    w0 = LD(wp + 48); w1 = LD(wp + 56); w2 = LD(wp + 64);
    t = xp[2]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
    t = xp[18]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    t = xp[34]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
    t = xp[50]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
    HIDE(xp);
    w0 = LD(wp + 72); w1 = LD(wp + 80); w2 = LD(wp + 88);
    t = xp[3]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
    t = xp[19]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    t = xp[35]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
    t = xp[51]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
    HIDE(xp);
    w0 = LD(wp + 96); w1 = LD(wp + 104); w2 = LD(wp + 112);
    t = xp[4]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
    t = xp[20]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    t = xp[36]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
    t = xp[52]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
    HIDE(xp);
    w0 = LD(wp + 120); w1 = LD(wp + 128); w2 = LD(wp + 136);
    t = xp[5]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
    t = xp[21]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    t = xp[37]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
    t = xp[53]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
    HIDE(xp);
    w0 = LD(wp + 144); w1 = LD(wp + 152); w2 = LD(wp + 160);
    t = xp[6]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
    t = xp[22]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    t = xp[38]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
    t = xp[54]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
    HIDE(xp);
    w0 = LD(wp + 168); w1 = LD(wp + 176); w2 = LD(wp + 184);
    t = xp[7]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
    t = xp[23]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    t = xp[39]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
    t = xp[55]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
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
    a2_0 = v_relu(a2_0);
    a2_1 = v_relu(a2_1);
    a2_2 = v_relu(a2_2);
    a2_3 = v_relu(a2_3);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 392, a1_0);
  ST(y + 400, a1_1);
  ST(y + 408, a1_2);
  ST(y + 416, a1_3);
  ST(y + 784, a2_0);
  ST(y + 792, a2_1);
  ST(y + 800, a2_2);
  ST(y + 808, a2_3);
}

/* 3 output blocks x 3 pixels; columns 4 to 6 of a row */
KERNEL void resnet18_conv1x1s2_256x14x14_512_t1_3x3(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t c0, size_t c1, int last, const float *ahead) {
  vf a0_0, a0_1, a0_2;
  vf a1_0, a1_1, a1_2;
  vf a2_0, a2_1, a2_2;
  vf w0, w1, w2;
  float t;
  if (c0 == 0) {
    a0_0 = LD(y) + LD(b);
    a0_1 = LD(y + 8) + LD(b);
    a0_2 = LD(y + 16) + LD(b);
    a1_0 = LD(y + 392) + LD(b + 8);
    a1_1 = LD(y + 400) + LD(b + 8);
    a1_2 = LD(y + 408) + LD(b + 8);
    a2_0 = LD(y + 784) + LD(b + 16);
    a2_1 = LD(y + 792) + LD(b + 16);
    a2_2 = LD(y + 800) + LD(b + 16);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a1_0 = LD(y + 392);
    a1_1 = LD(y + 400);
    a1_2 = LD(y + 408);
    a2_0 = LD(y + 784);
    a2_1 = LD(y + 792);
    a2_2 = LD(y + 800);
  }
  for (size_t c = c0; c < c1; ++c) {
    const float *xp = x + c * 1568;
    const float *wp = w + c * 192;
    __builtin_prefetch(ahead + (c - c0) * 16, 0, 2);
    HIDE(xp);
    w0 = LD(wp); w1 = LD(wp + 8); w2 = LD(wp + 16);
    t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
    t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
    HIDE(xp);
    w0 = LD(wp + 24); w1 = LD(wp + 32); w2 = LD(wp + 40);
    t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
    t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    t = xp[33]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
    HIDE(xp);
    w0 = LD(wp + 48); w1 = LD(wp + 56); w2 = LD(wp + 64);
    t = xp[2]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
    t = xp[18]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    t = xp[34]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
    HIDE(xp);
    w0 = LD(wp + 72); w1 = LD(wp + 80); w2 = LD(wp + 88);
    t = xp[3]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
    t = xp[19]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    t = xp[35]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
    HIDE(xp);
    w0 = LD(wp + 96); w1 = LD(wp + 104); w2 = LD(wp + 112);
    t = xp[4]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
    t = xp[20]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    t = xp[36]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
    HIDE(xp);
    w0 = LD(wp + 120); w1 = LD(wp + 128); w2 = LD(wp + 136);
    t = xp[5]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
    t = xp[21]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    t = xp[37]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
    HIDE(xp);
    w0 = LD(wp + 144); w1 = LD(wp + 152); w2 = LD(wp + 160);
    t = xp[6]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
    t = xp[22]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    t = xp[38]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
    HIDE(xp);
    w0 = LD(wp + 168); w1 = LD(wp + 176); w2 = LD(wp + 184);
    t = xp[7]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
    t = xp[23]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    t = xp[39]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
  }
  if (last) {
    a0_0 = v_relu(a0_0);
    a0_1 = v_relu(a0_1);
    a0_2 = v_relu(a0_2);
    a1_0 = v_relu(a1_0);
    a1_1 = v_relu(a1_1);
    a1_2 = v_relu(a1_2);
    a2_0 = v_relu(a2_0);
    a2_1 = v_relu(a2_1);
    a2_2 = v_relu(a2_2);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 392, a1_0);
  ST(y + 400, a1_1);
  ST(y + 408, a1_2);
  ST(y + 784, a2_0);
  ST(y + 792, a2_1);
  ST(y + 800, a2_2);
}

/* 1 output block x 7 pixels; columns 0 to 6 of a row */
KERNEL void resnet18_conv1x1s2_256x14x14_512_r0_1x7(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t c0, size_t c1, int last, const float *ahead) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4, a0_5, a0_6;
  vf w0;
  float t;
  if (c0 == 0) {
    a0_0 = LD(y) + LD(b);
    a0_1 = LD(y + 8) + LD(b);
    a0_2 = LD(y + 16) + LD(b);
    a0_3 = LD(y + 24) + LD(b);
    a0_4 = LD(y + 32) + LD(b);
    a0_5 = LD(y + 40) + LD(b);
    a0_6 = LD(y + 48) + LD(b);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a0_4 = LD(y + 32);
    a0_5 = LD(y + 40);
    a0_6 = LD(y + 48);
  }
  for (size_t c = c0; c < c1; ++c) {
    const float *xp = x + c * 1568;
    const float *wp = w + c * 192;
    __builtin_prefetch(ahead + (c - c0) * 16, 0, 2);
    HIDE(xp);
    w0 = LD(wp);
    t = xp[0]; a0_0 += w0 * t;
    t = xp[16]; a0_1 += w0 * t;
    t = xp[32]; a0_2 += w0 * t;
    t = xp[48]; a0_3 += w0 * t;
    t = xp[64]; a0_4 += w0 * t;
    t = xp[80]; a0_5 += w0 * t;
    t = xp[96]; a0_6 += w0 * t;
    HIDE(xp);
    w0 = LD(wp + 24);
    t = xp[1]; a0_0 += w0 * t;
    t = xp[17]; a0_1 += w0 * t;
    t = xp[33]; a0_2 += w0 * t;
    t = xp[49]; a0_3 += w0 * t;
    t = xp[65]; a0_4 += w0 * t;
    t = xp[81]; a0_5 += w0 * t;
    t = xp[97]; a0_6 += w0 * t;
    HIDE(xp);
    w0 = LD(wp + 48);
    t = xp[2]; a0_0 += w0 * t;
    t = xp[18]; a0_1 += w0 * t;
    t = xp[34]; a0_2 += w0 * t;
    t = xp[50]; a0_3 += w0 * t;
    t = xp[66]; a0_4 += w0 * t;
    t = xp[82]; a0_5 += w0 * t;
    t = xp[98]; a0_6 += w0 * t;
    HIDE(xp);
    w0 = LD(wp + 72);
    t = xp[3]; a0_0 += w0 * t;
    t = xp[19]; a0_1 += w0 * t;
    t = xp[35]; a0_2 += w0 * t;
    t = xp[51]; a0_3 += w0 * t;
    t = xp[67]; a0_4 += w0 * t;
    t = xp[83]; a0_5 += w0 * t;
    t = xp[99]; a0_6 += w0 * t;
    HIDE(xp);
    w0 = LD(wp + 96);
    t = xp[4]; a0_0 += w0 * t;
    t = xp[20]; a0_1 += w0 * t;
    t = xp[36]; a0_2 += w0 * t;
    t = xp[52]; a0_3 += w0 * t;
    t = xp[68]; a0_4 += w0 * t;
    t = xp[84]; a0_5 += w0 * t;
    t = xp[100]; a0_6 += w0 * t;
    HIDE(xp);
    w0 = LD(wp + 120);
    t = xp[5]; a0_0 += w0 * t;
    t = xp[21]; a0_1 += w0 * t;
    t = xp[37]; a0_2 += w0 * t;
    t = xp[53]; a0_3 += w0 * t;
    t = xp[69]; a0_4 += w0 * t;
    t = xp[85]; a0_5 += w0 * t;
    t = xp[101]; a0_6 += w0 * t;
    HIDE(xp);
    w0 = LD(wp + 144);
    t = xp[6]; a0_0 += w0 * t;
    t = xp[22]; a0_1 += w0 * t;
    t = xp[38]; a0_2 += w0 * t;
    t = xp[54]; a0_3 += w0 * t;
    t = xp[70]; a0_4 += w0 * t;
    t = xp[86]; a0_5 += w0 * t;
    t = xp[102]; a0_6 += w0 * t;
    HIDE(xp);
    w0 = LD(wp + 168);
    t = xp[7]; a0_0 += w0 * t;
    t = xp[23]; a0_1 += w0 * t;
    t = xp[39]; a0_2 += w0 * t;
    t = xp[55]; a0_3 += w0 * t;
    t = xp[71]; a0_4 += w0 * t;
    t = xp[87]; a0_5 += w0 * t;
    t = xp[103]; a0_6 += w0 * t;
  }
  if (last) {
    a0_0 = v_relu(a0_0);
    a0_1 = v_relu(a0_1);
    a0_2 = v_relu(a0_2);
    a0_3 = v_relu(a0_3);
    a0_4 = v_relu(a0_4);
    a0_5 = v_relu(a0_5);
    a0_6 = v_relu(a0_6);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 32, a0_4);
  ST(y + 40, a0_5);
  ST(y + 48, a0_6);
}

KERNEL void resnet18_conv1x1s2_256x14x14_512(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 22 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 22 / (size_t)n;
  const size_t g0 = u0, g1 = u1;
  for (size_t g = g0; g < g1; ++g) {
    for (size_t c0 = 0; c0 < 32; c0 += 16) {
      const size_t c1 = c0 + 16 < 32 ? c0 + 16 : 32;
      const float *w = i1 + g * 6144;
      const float *ahead = w + c1 * 192; /* the next weights */
      const float *b = i2 + g * 24;
      const float *map = i0;
      for (size_t oy = 0; oy < 7; ++oy) {
        const float *x = map + oy * 224;
        const size_t at = g * 1176 + oy * 56;
        float *y = o0 + at;
        if (g < 21) {
          resnet18_conv1x1s2_256x14x14_512_t0_3x4(x, w, b, y, c0, c1, c1 == 32, ahead);
          ahead += 224;
          resnet18_conv1x1s2_256x14x14_512_t1_3x3(x + 64, w, b, y + 32, c0, c1, c1 == 32, ahead);
          ahead += 224;
        }
        else {
          resnet18_conv1x1s2_256x14x14_512_r0_1x7(x, w, b, y, c0, c1, c1 == 32, ahead);
          ahead += 224;
        }
      }
    }
  }
}

/* resnet18_conv3x3s1_512x7x7_512_v2
 *
 * layer layer4.1.conv1 (resnet.net:27)
 * order: chunk of 7 rows, group of 3 x 8 output channels, pass over input channels, row, tile
 * register tile: 3 vectors of channels x up to 4 pixels
 * split: 22 units of (chunk, group)
 * kernel rows on the map: 2.71429 of 3, mean over output rows
 * passes: 32 of 16 input channels, partial sums wait in the output
 * counted here: 94,633,984 multiply-adds, 25,088 other operations,
 *   138,008,352 bytes loaded, 3,211,264 bytes stored */
/* 3 output blocks x 4 pixels; columns 0 to 3 of a row */
KERNEL void resnet18_conv3x3s1_512x7x7_512_v2_t0_3x4(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3;
  vf a1_0, a1_1, a1_2, a1_3;
  vf a2_0, a2_1, a2_2, a2_3;
  vf w0, w1, w2;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = LD(b);
    a1_0 = a1_1 = a1_2 = a1_3 = LD(b + 8);
    a2_0 = a2_1 = a2_2 = a2_3 = LD(b + 16);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a1_0 = LD(y + 392);
    a1_1 = LD(y + 400);
    a1_2 = LD(y + 408);
    a1_3 = LD(y + 416);
    a2_0 = LD(y + 784);
    a2_1 = LD(y + 792);
    a2_2 = LD(y + 800);
    a2_3 = LD(y + 808);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 392 + (r + ky - ky0) * 56;
      const float *wp = w + c * 1728 + ky * 576;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 144) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8); w2 = LD(wp + 16);
        t = xp[0]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[8]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[16]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 24); w1 = LD(wp + 32); w2 = LD(wp + 40);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56); w2 = LD(wp + 64);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[32]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 72); w1 = LD(wp + 80); w2 = LD(wp + 88);
        t = xp[1]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[9]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[17]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 96); w1 = LD(wp + 104); w2 = LD(wp + 112);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 120); w1 = LD(wp + 128); w2 = LD(wp + 136);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[33]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
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
    a2_0 = v_relu(a2_0);
    a2_1 = v_relu(a2_1);
    a2_2 = v_relu(a2_2);
    a2_3 = v_relu(a2_3);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 392, a1_0);
  ST(y + 400, a1_1);
  ST(y + 408, a1_2);
  ST(y + 416, a1_3);
  ST(y + 784, a2_0);
  ST(y + 792, a2_1);
  ST(y + 800, a2_2);
  ST(y + 808, a2_3);
}

/* 3 output blocks x 3 pixels; columns 4 to 6 of a row */
KERNEL void resnet18_conv3x3s1_512x7x7_512_v2_t1_3x3(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2;
  vf a1_0, a1_1, a1_2;
  vf a2_0, a2_1, a2_2;
  vf w0, w1, w2;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = LD(b);
    a1_0 = a1_1 = a1_2 = LD(b + 8);
    a2_0 = a2_1 = a2_2 = LD(b + 16);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a1_0 = LD(y + 392);
    a1_1 = LD(y + 400);
    a1_2 = LD(y + 408);
    a2_0 = LD(y + 784);
    a2_1 = LD(y + 792);
    a2_2 = LD(y + 800);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 392 + (r + ky - ky0) * 56;
      const float *wp = w + c * 1728 + ky * 576;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 144) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8); w2 = LD(wp + 16);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 24); w1 = LD(wp + 32); w2 = LD(wp + 40);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56); w2 = LD(wp + 64);
        t = xp[16]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 72); w1 = LD(wp + 80); w2 = LD(wp + 88);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 96); w1 = LD(wp + 104); w2 = LD(wp + 112);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 120); w1 = LD(wp + 128); w2 = LD(wp + 136);
        t = xp[17]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[25]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
      }
    }
  }
  if (last) {
    a0_0 = v_relu(a0_0);
    a0_1 = v_relu(a0_1);
    a0_2 = v_relu(a0_2);
    a1_0 = v_relu(a1_0);
    a1_1 = v_relu(a1_1);
    a1_2 = v_relu(a1_2);
    a2_0 = v_relu(a2_0);
    a2_1 = v_relu(a2_1);
    a2_2 = v_relu(a2_2);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 392, a1_0);
  ST(y + 400, a1_1);
  ST(y + 408, a1_2);
  ST(y + 784, a2_0);
  ST(y + 792, a2_1);
  ST(y + 800, a2_2);
}

/* 1 output block x 7 pixels; columns 0 to 6 of a row */
KERNEL void resnet18_conv3x3s1_512x7x7_512_v2_r0_1x7(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4, a0_5, a0_6;
  vf w0;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = a0_4 = a0_5 = a0_6 = LD(b);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a0_4 = LD(y + 32);
    a0_5 = LD(y + 40);
    a0_6 = LD(y + 48);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 392 + (r + ky - ky0) * 56;
      const float *wp = w + c * 1728 + ky * 576;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 144) {
        HIDE(xp);
        w0 = LD(wp);
        t = xp[0]; a0_1 += w0 * t;
        t = xp[8]; a0_2 += w0 * t;
        t = xp[16]; a0_3 += w0 * t;
        t = xp[24]; a0_4 += w0 * t;
        t = xp[32]; a0_5 += w0 * t;
        t = xp[40]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 24);
        t = xp[0]; a0_0 += w0 * t;
        t = xp[8]; a0_1 += w0 * t;
        t = xp[16]; a0_2 += w0 * t;
        t = xp[24]; a0_3 += w0 * t;
        t = xp[32]; a0_4 += w0 * t;
        t = xp[40]; a0_5 += w0 * t;
        t = xp[48]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 48);
        t = xp[8]; a0_0 += w0 * t;
        t = xp[16]; a0_1 += w0 * t;
        t = xp[24]; a0_2 += w0 * t;
        t = xp[32]; a0_3 += w0 * t;
        t = xp[40]; a0_4 += w0 * t;
        t = xp[48]; a0_5 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 72);
        t = xp[1]; a0_1 += w0 * t;
        t = xp[9]; a0_2 += w0 * t;
        t = xp[17]; a0_3 += w0 * t;
        t = xp[25]; a0_4 += w0 * t;
        t = xp[33]; a0_5 += w0 * t;
        t = xp[41]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 96);
        t = xp[1]; a0_0 += w0 * t;
        t = xp[9]; a0_1 += w0 * t;
        t = xp[17]; a0_2 += w0 * t;
        t = xp[25]; a0_3 += w0 * t;
        t = xp[33]; a0_4 += w0 * t;
        t = xp[41]; a0_5 += w0 * t;
        t = xp[49]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 120);
        t = xp[9]; a0_0 += w0 * t;
        t = xp[17]; a0_1 += w0 * t;
        t = xp[25]; a0_2 += w0 * t;
        t = xp[33]; a0_3 += w0 * t;
        t = xp[41]; a0_4 += w0 * t;
        t = xp[49]; a0_5 += w0 * t;
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
    a0_6 = v_relu(a0_6);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 32, a0_4);
  ST(y + 40, a0_5);
  ST(y + 48, a0_6);
}

KERNEL void resnet18_conv3x3s1_512x7x7_512_v2(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 22 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 22 / (size_t)n;
  const size_t g0 = u0, g1 = u1;
  for (size_t g = g0; g < g1; ++g) {
    for (size_t c0 = 0; c0 < 64; c0 += 2) {
      const size_t c1 = c0 + 2 < 64 ? c0 + 2 : 64;
      const float *w = i1 + g * 110592;
      const float *b = i2 + g * 24;
      const float *x = i0;
      for (size_t oy = 0; oy < 7; ++oy) {
        /* the next pass's weights */
        for (size_t i = 0; i < 31; ++i)
          __builtin_prefetch(w + c1 * 1728 + (oy * 31 + i) * 16);
        const size_t iy = oy; /* first input row, counted from the padding's */
        const size_t ky0 = iy < 1 ? 1 - iy : 0;
        const size_t ky1 = iy + 3 <= 8 ? 3 : 8 - iy;
        const size_t r = iy + ky0 - 1;
        const size_t at = g * 1176 + oy * 56;
        float *y = o0 + at;
        if (g < 21) {
          resnet18_conv3x3s1_512x7x7_512_v2_t0_3x4(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 64);
          resnet18_conv3x3s1_512x7x7_512_v2_t1_3x3(x + 24, w, b, y + 32, r, ky0, ky1, c0, c1,
              c1 == 64);
        }
        else {
          resnet18_conv3x3s1_512x7x7_512_v2_r0_1x7(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 64);
        }
      }
    }
  }
}

/* resnet18_conv3x3s1_512x7x7_512_v3
 *
 * layer layer4.1.conv2 (resnet.net:28)
 * order: chunk of 7 rows, group of 3 x 8 output channels, pass over input channels, row, tile
 * register tile: 3 vectors of channels x up to 4 pixels
 * split: 22 units of (chunk, group)
 * kernel rows on the map: 2.71429 of 3, mean over output rows
 * passes: 32 of 16 input channels, partial sums wait in the output
 * counted here: 94,633,984 multiply-adds, 25,088 other operations,
 *   138,108,704 bytes loaded, 3,211,264 bytes stored */
/* 3 output blocks x 4 pixels; columns 0 to 3 of a row */
KERNEL void resnet18_conv3x3s1_512x7x7_512_v3_t0_3x4(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3;
  vf a1_0, a1_1, a1_2, a1_3;
  vf a2_0, a2_1, a2_2, a2_3;
  vf w0, w1, w2;
  float t;
  if (c0 == 0) {
    a0_0 = LD(y) + LD(b);
    a0_1 = LD(y + 8) + LD(b);
    a0_2 = LD(y + 16) + LD(b);
    a0_3 = LD(y + 24) + LD(b);
    a1_0 = LD(y + 392) + LD(b + 8);
    a1_1 = LD(y + 400) + LD(b + 8);
    a1_2 = LD(y + 408) + LD(b + 8);
    a1_3 = LD(y + 416) + LD(b + 8);
    a2_0 = LD(y + 784) + LD(b + 16);
    a2_1 = LD(y + 792) + LD(b + 16);
    a2_2 = LD(y + 800) + LD(b + 16);
    a2_3 = LD(y + 808) + LD(b + 16);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a1_0 = LD(y + 392);
    a1_1 = LD(y + 400);
    a1_2 = LD(y + 408);
    a1_3 = LD(y + 416);
    a2_0 = LD(y + 784);
    a2_1 = LD(y + 792);
    a2_2 = LD(y + 800);
    a2_3 = LD(y + 808);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 392 + (r + ky - ky0) * 56;
      const float *wp = w + c * 1728 + ky * 576;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 144) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8); w2 = LD(wp + 16);
        t = xp[0]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[8]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[16]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 24); w1 = LD(wp + 32); w2 = LD(wp + 40);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56); w2 = LD(wp + 64);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[32]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 72); w1 = LD(wp + 80); w2 = LD(wp + 88);
        t = xp[1]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[9]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[17]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 96); w1 = LD(wp + 104); w2 = LD(wp + 112);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 120); w1 = LD(wp + 128); w2 = LD(wp + 136);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[33]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
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
    a2_0 = v_relu(a2_0);
    a2_1 = v_relu(a2_1);
    a2_2 = v_relu(a2_2);
    a2_3 = v_relu(a2_3);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 392, a1_0);
  ST(y + 400, a1_1);
  ST(y + 408, a1_2);
  ST(y + 416, a1_3);
  ST(y + 784, a2_0);
  ST(y + 792, a2_1);
  ST(y + 800, a2_2);
  ST(y + 808, a2_3);
}

/* 3 output blocks x 3 pixels; columns 4 to 6 of a row */
KERNEL void resnet18_conv3x3s1_512x7x7_512_v3_t1_3x3(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2;
  vf a1_0, a1_1, a1_2;
  vf a2_0, a2_1, a2_2;
  vf w0, w1, w2;
  float t;
  if (c0 == 0) {
    a0_0 = LD(y) + LD(b);
    a0_1 = LD(y + 8) + LD(b);
    a0_2 = LD(y + 16) + LD(b);
    a1_0 = LD(y + 392) + LD(b + 8);
    a1_1 = LD(y + 400) + LD(b + 8);
    a1_2 = LD(y + 408) + LD(b + 8);
    a2_0 = LD(y + 784) + LD(b + 16);
    a2_1 = LD(y + 792) + LD(b + 16);
    a2_2 = LD(y + 800) + LD(b + 16);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a1_0 = LD(y + 392);
    a1_1 = LD(y + 400);
    a1_2 = LD(y + 408);
    a2_0 = LD(y + 784);
    a2_1 = LD(y + 792);
    a2_2 = LD(y + 800);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 392 + (r + ky - ky0) * 56;
      const float *wp = w + c * 1728 + ky * 576;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 144) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8); w2 = LD(wp + 16);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 24); w1 = LD(wp + 32); w2 = LD(wp + 40);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56); w2 = LD(wp + 64);
        t = xp[16]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 72); w1 = LD(wp + 80); w2 = LD(wp + 88);
        t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 96); w1 = LD(wp + 104); w2 = LD(wp + 112);
        t = xp[9]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[17]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[25]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 120); w1 = LD(wp + 128); w2 = LD(wp + 136);
        t = xp[17]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[25]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
      }
    }
  }
  if (last) {
    a0_0 = v_relu(a0_0);
    a0_1 = v_relu(a0_1);
    a0_2 = v_relu(a0_2);
    a1_0 = v_relu(a1_0);
    a1_1 = v_relu(a1_1);
    a1_2 = v_relu(a1_2);
    a2_0 = v_relu(a2_0);
    a2_1 = v_relu(a2_1);
    a2_2 = v_relu(a2_2);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 392, a1_0);
  ST(y + 400, a1_1);
  ST(y + 408, a1_2);
  ST(y + 784, a2_0);
  ST(y + 792, a2_1);
  ST(y + 800, a2_2);
}

/* 1 output block x 7 pixels; columns 0 to 6 of a row */
KERNEL void resnet18_conv3x3s1_512x7x7_512_v3_r0_1x7(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1, size_t c0, size_t c1, int last) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4, a0_5, a0_6;
  vf w0;
  float t;
  if (c0 == 0) {
    a0_0 = LD(y) + LD(b);
    a0_1 = LD(y + 8) + LD(b);
    a0_2 = LD(y + 16) + LD(b);
    a0_3 = LD(y + 24) + LD(b);
    a0_4 = LD(y + 32) + LD(b);
    a0_5 = LD(y + 40) + LD(b);
    a0_6 = LD(y + 48) + LD(b);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a0_4 = LD(y + 32);
    a0_5 = LD(y + 40);
    a0_6 = LD(y + 48);
  }
  for (size_t c = c0; c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 392 + (r + ky - ky0) * 56;
      const float *wp = w + c * 1728 + ky * 576;
      for (int i = 0; i < 4; ++i, xp += 2, wp += 144) {
        HIDE(xp);
        w0 = LD(wp);
        t = xp[0]; a0_1 += w0 * t;
        t = xp[8]; a0_2 += w0 * t;
        t = xp[16]; a0_3 += w0 * t;
        t = xp[24]; a0_4 += w0 * t;
        t = xp[32]; a0_5 += w0 * t;
        t = xp[40]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 24);
        t = xp[0]; a0_0 += w0 * t;
        t = xp[8]; a0_1 += w0 * t;
        t = xp[16]; a0_2 += w0 * t;
        t = xp[24]; a0_3 += w0 * t;
        t = xp[32]; a0_4 += w0 * t;
        t = xp[40]; a0_5 += w0 * t;
        t = xp[48]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 48);
        t = xp[8]; a0_0 += w0 * t;
        t = xp[16]; a0_1 += w0 * t;
        t = xp[24]; a0_2 += w0 * t;
        t = xp[32]; a0_3 += w0 * t;
        t = xp[40]; a0_4 += w0 * t;
        t = xp[48]; a0_5 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 72);
        t = xp[1]; a0_1 += w0 * t;
        t = xp[9]; a0_2 += w0 * t;
        t = xp[17]; a0_3 += w0 * t;
        t = xp[25]; a0_4 += w0 * t;
        t = xp[33]; a0_5 += w0 * t;
        t = xp[41]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 96);
        t = xp[1]; a0_0 += w0 * t;
        t = xp[9]; a0_1 += w0 * t;
        t = xp[17]; a0_2 += w0 * t;
        t = xp[25]; a0_3 += w0 * t;
        t = xp[33]; a0_4 += w0 * t;
        t = xp[41]; a0_5 += w0 * t;
        t = xp[49]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 120);
        t = xp[9]; a0_0 += w0 * t;
        t = xp[17]; a0_1 += w0 * t;
        t = xp[25]; a0_2 += w0 * t;
        t = xp[33]; a0_3 += w0 * t;
        t = xp[41]; a0_4 += w0 * t;
        t = xp[49]; a0_5 += w0 * t;
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
    a0_6 = v_relu(a0_6);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 32, a0_4);
  ST(y + 40, a0_5);
  ST(y + 48, a0_6);
}

KERNEL void resnet18_conv3x3s1_512x7x7_512_v3(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 22 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 22 / (size_t)n;
  const size_t g0 = u0, g1 = u1;
  for (size_t g = g0; g < g1; ++g) {
    for (size_t c0 = 0; c0 < 64; c0 += 2) {
      const size_t c1 = c0 + 2 < 64 ? c0 + 2 : 64;
      const float *w = i1 + g * 110592;
      const float *b = i2 + g * 24;
      const float *x = i0;
      for (size_t oy = 0; oy < 7; ++oy) {
        /* the next pass's weights */
        for (size_t i = 0; i < 31; ++i)
          __builtin_prefetch(w + c1 * 1728 + (oy * 31 + i) * 16);
        const size_t iy = oy; /* first input row, counted from the padding's */
        const size_t ky0 = iy < 1 ? 1 - iy : 0;
        const size_t ky1 = iy + 3 <= 8 ? 3 : 8 - iy;
        const size_t r = iy + ky0 - 1;
        const size_t at = g * 1176 + oy * 56;
        float *y = o0 + at;
        if (g < 21) {
          resnet18_conv3x3s1_512x7x7_512_v3_t0_3x4(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 64);
          resnet18_conv3x3s1_512x7x7_512_v3_t1_3x3(x + 24, w, b, y + 32, r, ky0, ky1, c0, c1,
              c1 == 64);
        }
        else {
          resnet18_conv3x3s1_512x7x7_512_v3_r0_1x7(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 64);
        }
      }
    }
  }
}

/* resnet18_avgpool7x7s7_512x1x1
 *
 * layer global_avgpool1 (resnet.net:59)
 * tiles of up to 1 outputs of a row, 1 different; rows of the window in a loop
 * a unit of the split is 1 output row of one channel block
 * counted here: 0 multiply-adds, 28,672 other operations,
 *   100,352 bytes loaded, 2,048 bytes stored */
KERNEL void resnet18_avgpool7x7s7_512x1x1(
    const float *restrict i0, float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 64 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 64 / (size_t)n;
  for (size_t u = u0; u < u1; ++u) {
    const size_t cb = u;
    const float *map = i0 + cb * 392;
    const ptrdiff_t top = (ptrdiff_t)(0 * 7); /* of the window */
    const size_t y0 = top < 0 ? 0 : (size_t)top;
    const size_t y1 = top + 7 < 7 ? (size_t)(top + 7) : 7;
    const size_t height = (size_t)((top + 7 < 7 ? top + 7 : 7) - top);
    const size_t at = cb * 8;
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
      vf a0 = c0 + c1 + c2 + c3 + c4 + c5 + c6;
      a0 /= (float)(height * 7);
      ST(o0 + at, a0);
    }
  }
}

/* resnet18_dense_512_1000
 *
 * layer fc (resnet.net:59)
 * order: group of 64 outputs, input feature
 * weights of a group in 4 streams
 * register tile: 8 vectors of outputs x up to 1 samples, 1 partial sums
 * split: 16 units of (group, samples)
 * counted here: 512,000 multiply-adds, 40 other operations,
 *   2,084,768 bytes loaded, 4,000 bytes stored */
/* 8 vectors of outputs x 1 sample */
KERNEL void resnet18_dense_512_1000_t1(
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
  for (size_t i = 0; i < 512; i += 4) {
    const float *wp = w + i * 16;
    t0 = x[i + 0];
    v = LD(wp); a0_0_0 += v * t0;
    v = LD(wp + 8); a1_0_0 += v * t0;
    v = LD(wp + 8192); a2_0_0 += v * t0;
    v = LD(wp + 8200); a3_0_0 += v * t0;
    v = LD(wp + 16384); a4_0_0 += v * t0;
    v = LD(wp + 16392); a5_0_0 += v * t0;
    v = LD(wp + 24576); a6_0_0 += v * t0;
    v = LD(wp + 24584); a7_0_0 += v * t0;
    t0 = x[i + 1];
    v = LD(wp + 16); a0_0_0 += v * t0;
    v = LD(wp + 24); a1_0_0 += v * t0;
    v = LD(wp + 8208); a2_0_0 += v * t0;
    v = LD(wp + 8216); a3_0_0 += v * t0;
    v = LD(wp + 16400); a4_0_0 += v * t0;
    v = LD(wp + 16408); a5_0_0 += v * t0;
    v = LD(wp + 24592); a6_0_0 += v * t0;
    v = LD(wp + 24600); a7_0_0 += v * t0;
    t0 = x[i + 2];
    v = LD(wp + 32); a0_0_0 += v * t0;
    v = LD(wp + 40); a1_0_0 += v * t0;
    v = LD(wp + 8224); a2_0_0 += v * t0;
    v = LD(wp + 8232); a3_0_0 += v * t0;
    v = LD(wp + 16416); a4_0_0 += v * t0;
    v = LD(wp + 16424); a5_0_0 += v * t0;
    v = LD(wp + 24608); a6_0_0 += v * t0;
    v = LD(wp + 24616); a7_0_0 += v * t0;
    t0 = x[i + 3];
    v = LD(wp + 48); a0_0_0 += v * t0;
    v = LD(wp + 56); a1_0_0 += v * t0;
    v = LD(wp + 8240); a2_0_0 += v * t0;
    v = LD(wp + 8248); a3_0_0 += v * t0;
    v = LD(wp + 16432); a4_0_0 += v * t0;
    v = LD(wp + 16440); a5_0_0 += v * t0;
    v = LD(wp + 24624); a6_0_0 += v * t0;
    v = LD(wp + 24632); a7_0_0 += v * t0;
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
KERNEL void resnet18_dense_512_1000_r1(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y) {
  vf a0_0_0 = LD(b), a0_0_1 = {0};
  vf a1_0_0 = LD(b + 8), a1_0_1 = {0};
  vf a2_0_0 = LD(b + 16), a2_0_1 = {0};
  vf a3_0_0 = LD(b + 24), a3_0_1 = {0};
  vf a4_0_0 = LD(b + 32), a4_0_1 = {0};
  float t0;
  vf v;
  for (size_t i = 0; i < 512; i += 4) {
    const float *wp = w + i * 16;
    t0 = x[i + 0];
    v = LD(wp); a0_0_0 += v * t0;
    v = LD(wp + 8); a1_0_0 += v * t0;
    v = LD(wp + 8192); a2_0_0 += v * t0;
    v = LD(wp + 8200); a3_0_0 += v * t0;
    v = LD(wp + 16384); a4_0_0 += v * t0;
    t0 = x[i + 1];
    v = LD(wp + 16); a0_0_1 += v * t0;
    v = LD(wp + 24); a1_0_1 += v * t0;
    v = LD(wp + 8208); a2_0_1 += v * t0;
    v = LD(wp + 8216); a3_0_1 += v * t0;
    v = LD(wp + 16400); a4_0_1 += v * t0;
    t0 = x[i + 2];
    v = LD(wp + 32); a0_0_0 += v * t0;
    v = LD(wp + 40); a1_0_0 += v * t0;
    v = LD(wp + 8224); a2_0_0 += v * t0;
    v = LD(wp + 8232); a3_0_0 += v * t0;
    v = LD(wp + 16416); a4_0_0 += v * t0;
    t0 = x[i + 3];
    v = LD(wp + 48); a0_0_1 += v * t0;
    v = LD(wp + 56); a1_0_1 += v * t0;
    v = LD(wp + 8240); a2_0_1 += v * t0;
    v = LD(wp + 8248); a3_0_1 += v * t0;
    v = LD(wp + 16432); a4_0_1 += v * t0;
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

KERNEL void resnet18_dense_512_1000(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 16 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 16 / (size_t)n;
  for (size_t g = u0; g < u1; ++g) {
    const float *x = i0;
    const float *w = i1 + g * 32768;
    const float *b = i2 + g * 64;
    float *y = o0 + g * 64;
    if (g < 15) {
      resnet18_dense_512_1000_t1(x, w, b, y);
    }
    else {
      resnet18_dense_512_1000_r1(x, w, b, y);
    }
  }
}


/* All layers, as thread t of n runs them: each kernel does its slice. */
static void resnet18_layers(const resnet18_model *model, const resnet18_inputs *in,
    const resnet18_outputs *out, float *arena, const resnet18_options *options,
    team *m, int t, int n DEBUG_PARAMETER) {
  const size_t batch = options && options->batch ? options->batch : 1;
  const float *const *w = model->w;
  float *ws = arena + 401408 + (size_t)t * 51968; /* this thread's workspace */
  for (size_t b = 0; b < batch; ++b) {
    if (b) BARRIER(m, n); /* the last round's readers are done */
    LAYER(0, resnet18_conv7x7s2_3x224x224_64_maxpool3x3s2_64x56x56(in->image + b * 150528, w[0],
        w[1], arena + 0, ws, t, n)); /* conv1 */
    BARRIER(m, n);
    LAYER(1, resnet18_conv3x3s1_64x56x56_64(arena + 0, w[2], w[3], arena + 200704, t, n));
        /* layer1.0.conv1 */
    BARRIER(m, n);
    LAYER(2, resnet18_conv3x3s1_64x56x56_64_v2(arena + 200704, w[4], w[5], arena + 0, t, n));
        /* layer1.0.conv2 */
    BARRIER(m, n);
    LAYER(3, resnet18_conv3x3s1_64x56x56_64(arena + 0, w[6], w[7], arena + 200704, t, n));
        /* layer1.1.conv1 */
    BARRIER(m, n);
    LAYER(4, resnet18_conv3x3s1_64x56x56_64_v2(arena + 200704, w[8], w[9], arena + 0, t, n));
        /* layer1.1.conv2 */
    BARRIER(m, n);
    LAYER(5, resnet18_conv3x3s2_64x56x56_128(arena + 0, w[10], w[11], arena + 200704, t, n));
        /* layer2.0.conv1 */
    BARRIER(m, n);
    LAYER(6, resnet18_conv3x3s1_128x28x28_128(arena + 200704, w[12], w[13], arena + 301056, t,
        n)); /* layer2.0.conv2 */
    BARRIER(m, n);
    LAYER(7, resnet18_conv1x1s2_64x56x56_128(arena + 0, w[14], w[15], arena + 301056, t, n));
        /* layer2.0.downsample.0 */
    BARRIER(m, n);
    LAYER(8, resnet18_conv3x3s1_128x28x28_128_v2(arena + 301056, w[16], w[17], arena + 0, t, n));
        /* layer2.1.conv1 */
    BARRIER(m, n);
    LAYER(9, resnet18_conv3x3s1_128x28x28_128_v3(arena + 0, w[18], w[19], arena + 301056, t, n));
        /* layer2.1.conv2 */
    BARRIER(m, n);
    LAYER(10, resnet18_conv3x3s2_128x28x28_256(arena + 301056, w[20], w[21], arena + 0, t, n));
        /* layer3.0.conv1 */
    BARRIER(m, n);
    LAYER(11, resnet18_conv3x3s1_256x14x14_256(arena + 0, w[22], w[23], arena + 50176, t, n));
        /* layer3.0.conv2 */
    BARRIER(m, n);
    LAYER(12, resnet18_conv1x1s2_128x28x28_256(arena + 301056, w[24], w[25], arena + 50176, t,
        n)); /* layer3.0.downsample.0 */
    BARRIER(m, n);
    LAYER(13, resnet18_conv3x3s1_256x14x14_256_v2(arena + 50176, w[26], w[27], arena + 0, t, n));
        /* layer3.1.conv1 */
    BARRIER(m, n);
    LAYER(14, resnet18_conv3x3s1_256x14x14_256_v3(arena + 0, w[28], w[29], arena + 50176, t, n));
        /* layer3.1.conv2 */
    BARRIER(m, n);
    LAYER(15, resnet18_conv3x3s2_256x14x14_512(arena + 50176, w[30], w[31], arena + 0, t, n));
        /* layer4.0.conv1 */
    BARRIER(m, n);
    LAYER(16, resnet18_conv3x3s1_512x7x7_512(arena + 0, w[32], w[33], arena + 25088, t, n));
        /* layer4.0.conv2 */
    BARRIER(m, n);
    LAYER(17, resnet18_conv1x1s2_256x14x14_512(arena + 50176, w[34], w[35], arena + 25088, t, n));
        /* layer4.0.downsample.0 */
    BARRIER(m, n);
    LAYER(18, resnet18_conv3x3s1_512x7x7_512_v2(arena + 25088, w[36], w[37], arena + 0, t, n));
        /* layer4.1.conv1 */
    BARRIER(m, n);
    LAYER(19, resnet18_conv3x3s1_512x7x7_512_v3(arena + 0, w[38], w[39], arena + 25088, t, n));
        /* layer4.1.conv2 */
    BARRIER(m, n);
    LAYER(20, resnet18_avgpool7x7s7_512x1x1(arena + 25088, arena + 0, t, n));
        /* global_avgpool1 */
    BARRIER(m, n);
    LAYER(21, resnet18_dense_512_1000(arena + 0, w[40], w[41], out->logits + b * 1000, t, n));
        /* fc */
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
static const netrt_debug_value resnet18_debug_values[22] = {
    {"maxpool1", 0, 0, 0, 802816, 1, 802816, 64, 3136, 8, 0, 2},
    {"layer1.0.relu1", 0, 1, 802816, 802816, 1, 802816, 64, 3136, 8, 1, 2},
    {"layer1.0.relu2", 0, 0, 0, 802816, 1, 802816, 64, 3136, 8, 2, 4},
    {"layer1.1.relu1", 0, 2, 802816, 802816, 1, 802816, 64, 3136, 8, 3, 4},
    {"layer1.1.relu2", 0, 0, 0, 802816, 1, 802816, 64, 3136, 8, 4, 7},
    {"layer2.0.relu1", 0, 3, 802816, 401408, 1, 401408, 128, 784, 8, 5, 6},
    {"layer2.0.conv2", 0, 4, 1204224, 401408, 1, 401408, 128, 784, 8, 6, 7},
    {"layer2.0.relu2", 0, 4, 1204224, 401408, 1, 401408, 128, 784, 8, 7, 9},
    {"layer2.1.relu1", 0, 5, 0, 401408, 1, 401408, 128, 784, 8, 8, 9},
    {"layer2.1.relu2", 0, 4, 1204224, 401408, 1, 401408, 128, 784, 8, 9, 12},
    {"layer3.0.relu1", 0, 6, 0, 200704, 1, 200704, 256, 196, 8, 10, 11},
    {"layer3.0.conv2", 0, 7, 200704, 200704, 1, 200704, 256, 196, 8, 11, 12},
    {"layer3.0.relu2", 0, 7, 200704, 200704, 1, 200704, 256, 196, 8, 12, 14},
    {"layer3.1.relu1", 0, 8, 0, 200704, 1, 200704, 256, 196, 8, 13, 14},
    {"layer3.1.relu2", 0, 7, 200704, 200704, 1, 200704, 256, 196, 8, 14, 17},
    {"layer4.0.relu1", 0, 9, 0, 100352, 1, 100352, 512, 49, 8, 15, 16},
    {"layer4.0.conv2", 0, 10, 100352, 100352, 1, 100352, 512, 49, 8, 16, 17},
    {"layer4.0.relu2", 0, 10, 100352, 100352, 1, 100352, 512, 49, 8, 17, 19},
    {"layer4.1.relu1", 0, 11, 0, 100352, 1, 100352, 512, 49, 8, 18, 19},
    {"layer4.1.relu2", 0, 10, 100352, 100352, 1, 100352, 512, 49, 8, 19, 20},
    {"global_avgpool1", 0, 12, 0, 2048, 1, 2048, 512, 1, 8, 20, 21},
    {"fc", -1, 0, 0, 4000, 1, 4000, 1000, 1, 1, 21, 21},
};
static const int resnet18_debug_uses[73] = {
    0, -1, 1, 0, -1, 2, 0, 1, -1, 3, 2, -1, 4, 2, 3, -1,
    5, 4, -1, 6, 5, -1, 7, 6, 4, -1, 8, 7, -1, 9, 7, 8,
    -1, 10, 9, -1, 11, 10, -1, 12, 11, 9, -1, 13, 12, -1, 14, 12,
    13, -1, 15, 14, -1, 16, 15, -1, 17, 16, 14, -1, 18, 17, -1, 19,
    17, 18, -1, 20, 19, -1, 21, 20, -1,};
static const netrt_debug_layer resnet18_debug_layers[22] = {
    {"conv1", 0, 0, 207872},
    {"layer1.0.conv1", 2, 0, 0},
    {"layer1.0.conv2", 5, 1, 0},
    {"layer1.1.conv1", 9, 0, 0},
    {"layer1.1.conv2", 12, 1, 0},
    {"layer2.0.conv1", 16, 0, 0},
    {"layer2.0.conv2", 19, 0, 0},
    {"layer2.0.downsample.0", 22, 1, 0},
    {"layer2.1.conv1", 26, 0, 0},
    {"layer2.1.conv2", 29, 1, 0},
    {"layer3.0.conv1", 33, 0, 0},
    {"layer3.0.conv2", 36, 0, 0},
    {"layer3.0.downsample.0", 39, 1, 0},
    {"layer3.1.conv1", 43, 0, 0},
    {"layer3.1.conv2", 46, 1, 0},
    {"layer4.0.conv1", 50, 0, 0},
    {"layer4.0.conv2", 53, 0, 0},
    {"layer4.0.downsample.0", 56, 1, 0},
    {"layer4.1.conv1", 60, 0, 0},
    {"layer4.1.conv2", 63, 1, 0},
    {"global_avgpool1", 67, 0, 0},
    {"fc", 70, 0, 0},
};
static const netrt_debug_arena resnet18_debug_arenas[1] = {{1605632, 207872}};
static const netrt_debug_model resnet18_debug = {"resnet", resnet18_debug_values,
    resnet18_debug_layers, resnet18_debug_uses, resnet18_debug_arenas, 22, 22, 1};
#endif


/* Bytes of each section of the weight file, in order. */
static const uint64_t resnet18_section_bytes[42] = {
    37632, /* conv1.fold/NCh1cw16n */
    256, /* conv1.fold.1/X16x */
    147456, /* layer1.0.conv1.fold/NCh8cw16n */
    256, /* layer1.0.conv1.fold.1/X16x */
    147456, /* layer1.0.conv2.fold/NCh8cw16n */
    256, /* layer1.0.conv2.fold.1/X16x */
    147456, /* layer1.1.conv1.fold/NCh8cw16n */
    256, /* layer1.1.conv1.fold.1/X16x */
    147456, /* layer1.1.conv2.fold/NCh8cw16n */
    256, /* layer1.1.conv2.fold.1/X16x */
    294912, /* layer2.0.conv1.fold/NCh8cw16n */
    512, /* layer2.0.conv1.fold.1/X16x */
    589824, /* layer2.0.conv2.fold/NCh8cw16n */
    512, /* layer2.0.conv2.fold.1/X16x */
    32768, /* layer2.0.downsample.0.fold/NCh8cw16n */
    512, /* layer2.0.downsample.0.fold.1/X16x */
    589824, /* layer2.1.conv1.fold/NCh8cw16n */
    512, /* layer2.1.conv1.fold.1/X16x */
    589824, /* layer2.1.conv2.fold/NCh8cw16n */
    512, /* layer2.1.conv2.fold.1/X16x */
    1179648, /* layer3.0.conv1.fold/NCh8cw16n */
    1024, /* layer3.0.conv1.fold.1/X16x */
    2359296, /* layer3.0.conv2.fold/NCh8cw16n */
    1024, /* layer3.0.conv2.fold.1/X16x */
    131072, /* layer3.0.downsample.0.fold/NCh8cw16n */
    1024, /* layer3.0.downsample.0.fold.1/X16x */
    2359296, /* layer3.1.conv1.fold/NCh8cw16n */
    1024, /* layer3.1.conv1.fold.1/X16x */
    2359296, /* layer3.1.conv2.fold/NCh8cw16n */
    1024, /* layer3.1.conv2.fold.1/X16x */
    4866048, /* layer4.0.conv1.fold/NCh8cw24n */
    2112, /* layer4.0.conv1.fold.1/X24x */
    9732096, /* layer4.0.conv2.fold/NCh8cw24n */
    2112, /* layer4.0.conv2.fold.1/X24x */
    540672, /* layer4.0.downsample.0.fold/NCh8cw24n */
    2112, /* layer4.0.downsample.0.fold.1/X24x */
    9732096, /* layer4.1.conv1.fold/NCh8cw24n */
    2112, /* layer4.1.conv1.fold.1/X24x */
    9732096, /* layer4.1.conv2.fold/NCh8cw24n */
    2112, /* layer4.1.conv2.fold.1/X24x */
    2097152,
        /* fc.weight/{0/64*16@32768,0/16*4@8192,1/8*64@128,1/1*1@128,1/1*8@16,0/1*16@1}+0:524288 */
    4096, /* fc.bias/X64x */
};

static int resnet18_processor_fits(void) {
#ifdef NETCC_PORTABLE_VECTORS
  return 1;
#else
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
}

static int resnet18_load(netrt_file *file, resnet18_model **model) {
  resnet18_model *m = malloc(sizeof *m);
  if (!m) {
    netrt_close(file);
    return NETRT_E_MEMORY;
  }
  m->file = file;
  m->w[0] = NULL;
  for (uint32_t i = 0, count = 42; i < count; ++i) {
    m->w[i] = netrt_section(file, i, resnet18_section_bytes[i]);
    if (!m->w[i]) {
      resnet18_close(m);
      return NETRT_E_MISSING;
    }
  }
  *model = m;
  return NETRT_OK;
}

int resnet18_open(resnet18_model **model, const char *weights_path) {
  netrt_file *file;
  if (!model) return NETRT_E_ARGUMENT;
  *model = NULL;
  if (!resnet18_processor_fits()) return NETRT_E_PROCESSOR;
  const int status = netrt_open(&file, weights_path, RESNET18_PLAN_HASH, 0);
  return status ? status : resnet18_load(file, model);
}

int resnet18_open_memory(resnet18_model **model, const void *image, size_t size) {
  netrt_file *file;
  if (!model) return NETRT_E_ARGUMENT;
  *model = NULL;
  if (!resnet18_processor_fits()) return NETRT_E_PROCESSOR;
  const int status = netrt_open_memory(&file, image, size, RESNET18_PLAN_HASH, 0);
  return status ? status : resnet18_load(file, model);
}

void resnet18_close(resnet18_model *model) {
  if (!model) return;
  netrt_close(model->file);
  free(model);
}

int resnet18_run(const resnet18_model *model, const resnet18_inputs *in,
    const resnet18_outputs *out,
    void *arena, const resnet18_options *options) {
  if (!model || !in || !out) return NETRT_E_ARGUMENT;
  if (!in->image) return NETRT_E_ARGUMENT;
  if (!out->logits) return NETRT_E_ARGUMENT;
  if (!arena || (uintptr_t)arena % RESNET18_ARENA_ALIGN) return NETRT_E_ARENA;
  if (options && (options->size < sizeof *options || options->threads < 0))
    return NETRT_E_ARGUMENT;
#ifdef NETRT_DEBUG
  netrt_debug memory, *const debug = &memory;
  const float *const ends[] = {out->logits};
  void *const arenas[] = {arena};
  const int fault = netrt_debug_begin(debug, &resnet18_debug, arenas, ends,
                                      options ? options->threads : 1);
  if (fault) return fault;
#endif
#ifdef _OPENMP
  if (options && options->threads > 1) {
    team all = {0};
#pragma omp parallel num_threads(options->threads)
    { /* n is the team that OpenMP delivers, not the one asked for */
      const int t = omp_get_thread_num(), n = omp_get_num_threads();
      resnet18_layers(model, in, out, arena, options, &all, t, n DEBUG_ARGUMENT);
    }
  } else
#endif
    resnet18_layers(model, in, out, arena, options, NULL, 0, 1 DEBUG_ARGUMENT);
#ifdef NETRT_PROFILE
  if (options) netrt_profile_done(options->profile, options->batch ? options->batch : 1);
#endif
#ifdef NETRT_DEBUG
  return netrt_debug_end(debug);
#else
  return NETRT_OK;
#endif
}

int resnet18_selftest(const resnet18_model *model, void *arena) {
  if (!model) return NETRT_E_ARGUMENT;
  uint64_t bytes = 0;
  resnet18_inputs in;
  in.image = netrt_find(model->file, NETRT_KIND_SELFTEST_INPUT, 0, &bytes);
  if (!in.image || bytes != 602112) return NETRT_E_SELFTEST_DATA;
  float *got = netrt_alloc(4000);
  if (!got) return NETRT_E_MEMORY;
  resnet18_outputs out;
  out.logits = got + 0;
  int status = resnet18_run(model, &in, &out, arena, NULL);
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
static const netrt_profile_layer resnet18_profile_layers[22] = {
    {"conv1", "strips", 116214528, 118155456},
    {"layer1.0.conv1", "conv_direct", 112869376, 113967104},
    {"layer1.0.conv2", "conv_direct", 112869376, 114769920},
    {"layer1.1.conv1", "conv_direct", 112869376, 113967104},
    {"layer1.1.conv2", "conv_direct", 112869376, 114769920},
    {"layer2.0.conv1", "conv_direct", 56434688, 56983552},
    {"layer2.0.conv2", "conv_direct", 110166016, 112637952},
    {"layer2.0.downsample.0", "conv_direct", 6422528, 7067648},
    {"layer2.1.conv1", "conv_direct", 110166016, 112637952},
    {"layer2.1.conv2", "conv_direct", 110166016, 113039360},
    {"layer3.0.conv1", "conv_direct", 55083008, 64387072},
    {"layer3.0.conv2", "conv_direct", 104857600, 124844032},
    {"layer3.0.downsample.0", "conv_direct", 6422528, 7555072},
    {"layer3.1.conv1", "conv_direct", 104857600, 124844032},
    {"layer3.1.conv2", "conv_direct", 104857600, 125044736},
    {"layer4.0.conv1", "conv_direct", 52428800, 74573600},
    {"layer4.0.conv2", "conv_direct", 94633984, 141219616},
    {"layer4.0.downsample.0", "conv_direct", 6422528, 8816416},
    {"layer4.1.conv1", "conv_direct", 94633984, 141219616},
    {"layer4.1.conv2", "conv_direct", 94633984, 141319968},
    {"global_avgpool1", "pool", 0, 102400},
    {"fc", "dense", 512000, 2088768},
};

netrt_profile *resnet18_profile_new(int threads, int runs) {
  return netrt_profile_new("resnet", "x86-64-v3", resnet18_profile_layers, 22, threads, runs);
}
#endif
