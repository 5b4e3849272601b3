/* lenet.c: network 'lenet', compiled for
 * x86-64-v3: x86-64 with AVX2 and FMA, 8 floats a vector.
 *
 *   netcc compile lenet.net --target=x86-64-v3
 *
 * epoch layer    source       kernel      output     layout multiply-adds arena at
 *     0 conv1    lenet.net:9  strips      1x20x14x14 nChw8c       430,944    43904
 *     1 conv2    lenet.net:10 conv_direct 1x50x14x14 nChw8c     4,587,520        0
 *     2 maxpool2 lenet.net:10 pool        1x50x7x7   nChw8c             0    43904
 *     3 fc1      lenet.net:11 dense       1x500      nc         1,234,800        0
 *     4 fc2      lenet.net:11 dense       1x10       nc             8,000     2048
 *     5 softmax1 lenet.net:11 softmax     1x10       nc                 0   output
 *
 * 6,261,264 multiply-adds, 52,790 other operations; arena 62,720 bytes (lower bound 62,720);
 * 6 kernels for 6 layers, 5 barriers. A layer of an epoch runs after the
 * barrier that opens it; layers of one epoch are independent of each other. */
#include "lenet.h"

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

static inline uint32_t s_bits(float x) {
  union { float f; uint32_t u; } v = {x};
  return v.u;
}
static inline float s_value(uint32_t x) {
  union { uint32_t u; float f; } v = {x};
  return v.f;
}
static inline float s_between(float lo, float x, float hi) { /* keeps NaN */
  x = lo > x ? lo : x;
  return hi < x ? hi : x;
}
static inline float s_all(float x) { return x; }
static inline float s_exp_small(float r) { /* exp(r) - 1, |r| <= ln(2) / 2 */
  const float p = (0.0013882504f * r + 0.008366581f) * r + 0.0416672f;
  return r + r * r * ((p * r + 0.16666543f) * r + 0.49999997f);
}
static inline float s_exp_of(float x, float d, float y) { /* y exp(x + d), small d */
  const float z = s_between(s_all(-120.0f), x, s_all(90.0f));
  const float t = (z + d) * 1.44269504f + 12582912.0f, n = t - 12582912.0f;
  const float r = ((z - n * 0.693359375f) + n * 2.12194440e-4f) + d;
  const uint32_t e = s_bits(t) - (0x4b400000u - 256u), half = e >> 1;
  const float p = y + y * s_exp_small(r);
  return p * s_value((half - 1u) << 23) * s_value((e - half - 1u) << 23);
}
static inline float s_exp(float x) { return s_exp_of(x, -s_all(0), s_all(1)); }
static inline float s_relu(float x) { return x < 0 ? 0 : x; } /* keeps NaN */
static inline float s_max(float x, float y) { /* NaN if either is */
  return x < y || y != y ? y : x;
}

static inline vf v_top(vf x, vf y) { /* the larger; y if either is NaN */
#if defined(__AVX2__) && !defined(__clang__)
  return __builtin_ia32_maxps256(x, y);
#else
  return (vf)(((vi)(x > y) & (vi)x) | (~(vi)(x > y) & (vi)y));
#endif
}
static inline vf v_bottom(vf x, vf y) { /* the smaller; y if either is NaN */
#if defined(__AVX2__) && !defined(__clang__)
  return __builtin_ia32_minps256(x, y);
#else
  return (vf)(((vi)(x < y) & (vi)x) | (~(vi)(x < y) & (vi)y));
#endif
}
static inline vf v_nan(vf x, vf y) { /* all bits where either is NaN */
#if defined(__AVX2__) && !defined(__clang__)
  return (vf)__builtin_ia32_cmpps256(x, y, 3);
#else
  return (vf)((vi)(x != x) | (vi)(y != y));
#endif
}
static inline vf v_between(vf lo, vf x, vf hi) { /* keeps NaN */
  return v_bottom(hi, v_top(lo, x));
}
static inline vf v_all(float x) { return (vf){0} + x; }
static inline vf v_exp_small(vf r) { /* exp(r) - 1, |r| <= ln(2) / 2 */
  const vf p = (0.0013882504f * r + 0.008366581f) * r + 0.0416672f;
  return r + r * r * ((p * r + 0.16666543f) * r + 0.49999997f);
}
static inline vf v_exp_of(vf x, vf d, vf y) { /* y exp(x + d), small d */
  const vf z = v_between(v_all(-120.0f), x, v_all(90.0f));
  const vf t = (z + d) * 1.44269504f + 12582912.0f, n = t - 12582912.0f;
  const vf r = ((z - n * 0.693359375f) + n * 2.12194440e-4f) + d;
  const vu e = (vu)(t) - (0x4b400000u - 256u), half = e >> 1;
  const vf p = y + y * v_exp_small(r);
  return p * (vf)((half - 1u) << 23) * (vf)((e - half - 1u) << 23);
}
static inline vf v_exp(vf x) { return v_exp_of(x, -v_all(0), v_all(1)); }
#if defined(__clang__) || __GNUC__ >= 12
#define SHUFFLE(v, ...) __builtin_shufflevector(v, v, __VA_ARGS__)
#else
#define SHUFFLE(v, ...) __builtin_shuffle(v, (vi){__VA_ARGS__})
#endif
static inline vf v_relu(vf x) { return v_top((vf){0}, x); } /* keeps NaN */
static inline vf v_or(vf x, vf y) { return (vf)((vi)x | (vi)y); }
static inline vf v_max(vf x, vf y) { /* NaN if either is */
  return v_or(v_top(x, y), v_nan(x, y));
}
static inline float v_sum_across(vf x) {
  x += SHUFFLE(x, 4, 5, 6, 7, 0, 1, 2, 3);
  x += SHUFFLE(x, 2, 3, 0, 1, 6, 7, 4, 5);
  x += SHUFFLE(x, 1, 0, 3, 2, 5, 4, 7, 6);
  return x[0];
}
static inline float v_max_across(vf x) {
  x = v_max(x, SHUFFLE(x, 4, 5, 6, 7, 0, 1, 2, 3));
  x = v_max(x, SHUFFLE(x, 2, 3, 0, 1, 6, 7, 4, 5));
  x = v_max(x, SHUFFLE(x, 1, 0, 3, 2, 5, 4, 7, 6));
  return x[0];
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

struct lenet_model {
  netrt_file *file;
  const float *w[8];
};

/* lenet_conv5x5s1_1x28x28_20_maxpool2x2s2_20x14x14
 *
 * layer conv1 (lenet.net:9)
 * 2 stages, strip by strip of 2 output rows; between them 10752 bytes of
 * workspace for each thread, and nothing in the arena
 * split: 7 units of (strip, group of channels)
 * counted here: 430,944 multiply-adds, 32,928 other operations,
 *   750,160 bytes loaded, 94,080 bytes stored */
/* stage 1: relu1, conv_first */
/* 3 output blocks x 4 pixels; columns 0 to 3 of a row */
KERNEL void lenet_conv5x5s1_1x28x28_20_maxpool2x2s2_20x14x14_a_t0_3x4(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1) {
  vf a0_0, a0_1, a0_2, a0_3;
  vf a1_0, a1_1, a1_2, a1_3;
  vf a2_0, a2_1, a2_2, a2_3;
  vf w0, w1, w2;
  float t;
  a0_0 = a0_1 = a0_2 = a0_3 = LD(b);
  a1_0 = a1_1 = a1_2 = a1_3 = LD(b + 8);
  a2_0 = a2_1 = a2_2 = a2_3 = LD(b + 16);
  for (size_t ky = ky0; ky < ky1; ++ky) {
    const float *xp = x + (r + ky - ky0) * 28;
    const float *wp = w + ky * 120;
    HIDE(xp);
    w0 = LD(wp); w1 = LD(wp + 8); w2 = LD(wp + 16);
    t = xp[0]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
    t = xp[1]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
    HIDE(xp);
    w0 = LD(wp + 24); w1 = LD(wp + 32); w2 = LD(wp + 40);
    t = xp[0]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    t = xp[1]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
    t = xp[2]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
    HIDE(xp);
    w0 = LD(wp + 48); w1 = LD(wp + 56); w2 = LD(wp + 64);
    t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
    t = xp[1]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    t = xp[2]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
    t = xp[3]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
    HIDE(xp);
    w0 = LD(wp + 72); w1 = LD(wp + 80); w2 = LD(wp + 88);
    t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
    t = xp[2]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    t = xp[3]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
    t = xp[4]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
    HIDE(xp);
    w0 = LD(wp + 96); w1 = LD(wp + 104); w2 = LD(wp + 112);
    t = xp[2]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
    t = xp[3]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    t = xp[4]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
    t = xp[5]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
  }
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
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 896, a1_0);
  ST(y + 904, a1_1);
  ST(y + 912, a1_2);
  ST(y + 920, a1_3);
  ST(y + 1792, a2_0);
  ST(y + 1800, a2_1);
  ST(y + 1808, a2_2);
  ST(y + 1816, a2_3);
}

/* 3 output blocks x 3 pixels; columns 4 to 24 of a row */
KERNEL void lenet_conv5x5s1_1x28x28_20_maxpool2x2s2_20x14x14_a_t1_3x3(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1) {
  vf a0_0, a0_1, a0_2;
  vf a1_0, a1_1, a1_2;
  vf a2_0, a2_1, a2_2;
  vf w0, w1, w2;
  float t;
  a0_0 = a0_1 = a0_2 = LD(b);
  a1_0 = a1_1 = a1_2 = LD(b + 8);
  a2_0 = a2_1 = a2_2 = LD(b + 16);
  for (size_t ky = ky0; ky < ky1; ++ky) {
    const float *xp = x + (r + ky - ky0) * 28;
    const float *wp = w + ky * 120;
    HIDE(xp);
    w0 = LD(wp); w1 = LD(wp + 8); w2 = LD(wp + 16);
    t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
    t = xp[1]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    t = xp[2]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
    HIDE(xp);
    w0 = LD(wp + 24); w1 = LD(wp + 32); w2 = LD(wp + 40);
    t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
    t = xp[2]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    t = xp[3]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
    HIDE(xp);
    w0 = LD(wp + 48); w1 = LD(wp + 56); w2 = LD(wp + 64);
    t = xp[2]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
    t = xp[3]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    t = xp[4]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
    HIDE(xp);
    w0 = LD(wp + 72); w1 = LD(wp + 80); w2 = LD(wp + 88);
    t = xp[3]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
    t = xp[4]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    t = xp[5]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
    HIDE(xp);
    w0 = LD(wp + 96); w1 = LD(wp + 104); w2 = LD(wp + 112);
    t = xp[4]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
    t = xp[5]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    t = xp[6]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
  }
  a0_0 = v_relu(a0_0);
  a0_1 = v_relu(a0_1);
  a0_2 = v_relu(a0_2);
  a1_0 = v_relu(a1_0);
  a1_1 = v_relu(a1_1);
  a1_2 = v_relu(a1_2);
  a2_0 = v_relu(a2_0);
  a2_1 = v_relu(a2_1);
  a2_2 = v_relu(a2_2);
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 896, a1_0);
  ST(y + 904, a1_1);
  ST(y + 912, a1_2);
  ST(y + 1792, a2_0);
  ST(y + 1800, a2_1);
  ST(y + 1808, a2_2);
}

/* 3 output blocks x 3 pixels; columns 25 to 27 of a row */
KERNEL void lenet_conv5x5s1_1x28x28_20_maxpool2x2s2_20x14x14_a_t2_3x3(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t r, size_t ky0, size_t ky1) {
  vf a0_0, a0_1, a0_2;
  vf a1_0, a1_1, a1_2;
  vf a2_0, a2_1, a2_2;
  vf w0, w1, w2;
  float t;
  a0_0 = a0_1 = a0_2 = LD(b);
  a1_0 = a1_1 = a1_2 = LD(b + 8);
  a2_0 = a2_1 = a2_2 = LD(b + 16);
  for (size_t ky = ky0; ky < ky1; ++ky) {
    const float *xp = x + (r + ky - ky0) * 28;
    const float *wp = w + ky * 120;
    HIDE(xp);
    w0 = LD(wp); w1 = LD(wp + 8); w2 = LD(wp + 16);
    t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
    t = xp[1]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    t = xp[2]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
    HIDE(xp);
    w0 = LD(wp + 24); w1 = LD(wp + 32); w2 = LD(wp + 40);
    t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
    t = xp[2]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    t = xp[3]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
    HIDE(xp);
    w0 = LD(wp + 48); w1 = LD(wp + 56); w2 = LD(wp + 64);
    t = xp[2]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
    t = xp[3]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    t = xp[4]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
    HIDE(xp);
    w0 = LD(wp + 72); w1 = LD(wp + 80); w2 = LD(wp + 88);
    t = xp[3]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
    t = xp[4]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
    HIDE(xp);
    w0 = LD(wp + 96); w1 = LD(wp + 104); w2 = LD(wp + 112);
    t = xp[4]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
  }
  a0_0 = v_relu(a0_0);
  a0_1 = v_relu(a0_1);
  a0_2 = v_relu(a0_2);
  a1_0 = v_relu(a1_0);
  a1_1 = v_relu(a1_1);
  a1_2 = v_relu(a1_2);
  a2_0 = v_relu(a2_0);
  a2_1 = v_relu(a2_1);
  a2_2 = v_relu(a2_2);
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 896, a1_0);
  ST(y + 904, a1_1);
  ST(y + 912, a1_2);
  ST(y + 1792, a2_0);
  ST(y + 1800, a2_1);
  ST(y + 1808, a2_2);
}

KERNEL void lenet_conv5x5s1_1x28x28_20_maxpool2x2s2_20x14x14_a(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, size_t from, size_t to, size_t b0, size_t b1, size_t yr) {
  for (size_t g = b0; g < b1; ++g) {
    const float *w = i1 + g * 600;
    const float *b = i2 + g * 24;
    const float *x = i0;
    for (size_t oy = from; oy < to; ++oy) {
      const size_t iy = oy; /* first input row, counted from the padding's */
      const size_t ky0 = iy < 2 ? 2 - iy : 0;
      const size_t ky1 = iy + 5 <= 30 ? 5 : 30 - iy;
      const size_t r = iy + ky0 - 2;
      const size_t at = (g - b0) * 2688 + (oy - yr) * 224;
      float *y = o0 + at;
      lenet_conv5x5s1_1x28x28_20_maxpool2x2s2_20x14x14_a_t0_3x4(x, w, b, y, r, ky0, ky1);
      for (size_t j = 0; j < 7; ++j) {
        lenet_conv5x5s1_1x28x28_20_maxpool2x2s2_20x14x14_a_t1_3x3(x + 2 + j * 3, w, b,
            y + 32 + j * 24, r, ky0, ky1);
      }
      lenet_conv5x5s1_1x28x28_20_maxpool2x2s2_20x14x14_a_t2_3x3(x + 23, w, b, y + 200, r, ky0, ky1);
    }
  }
}

/* stage 2: maxpool1, pool */
KERNEL void lenet_conv5x5s1_1x28x28_20_maxpool2x2s2_20x14x14_b(
    const float *restrict i0, float *restrict o0, size_t from, size_t to, size_t b0, size_t b1,
    size_t xr) {
  for (size_t cb = b0; cb < b1; ++cb) {
    const float *map = i0 + (cb - b0) * 896;
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

KERNEL void lenet_conv5x5s1_1x28x28_20_maxpool2x2s2_20x14x14(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, float *restrict ws, int t, int n) {
  const size_t u0 = (size_t)t * 7 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 7 / (size_t)n;
  for (size_t u = u0; u < u1; ++u) {
    const size_t g = u % 1, b0 = g * 3;
    const size_t b1 = b0 + 3 < 3 ? b0 + 3 : 3;
    const size_t q = (u / 1);
    const size_t from_b = q * 2;
    const size_t to_b = from_b + 2 < 14 ? from_b + 2 : 14;
    const size_t from_a = from_b * 2;
    const size_t end_a = (to_b - 1) * 2 + 2;
    const size_t to_a = end_a < 28 ? end_a : 28;
    lenet_conv5x5s1_1x28x28_20_maxpool2x2s2_20x14x14_a(i0, i1, i2, ws + 0, from_a, to_a, g, g + 1,
        from_a);
    lenet_conv5x5s1_1x28x28_20_maxpool2x2s2_20x14x14_b(ws + 0, o0, from_b, to_b, b0, b1, from_a);
  }
}

/* lenet_conv5x5s1_20x14x14_50
 *
 * layer conv2 (lenet.net:10)
 * order: chunk of 7 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 8 units of (chunk, group)
 * kernel rows on the map: 4.57143 of 5, mean over output rows
 * passes: 3 of 8 input channels, partial sums wait in the output
 * counted here: 4,587,520 multiply-adds, 10,976 other operations,
 *   5,503,488 bytes loaded, 131,712 bytes stored */
/* 2 output blocks x 5 pixels; columns 0 to 4 of a row */
KERNEL void lenet_conv5x5s1_20x14x14_50_t0_2x5(
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
  for (size_t c = c0; c < 2 && c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 1568 + (r + ky - ky0) * 112;
      const float *wp = w + c * 3200 + ky * 640;
      for (int i = 0; i < 8; ++i, xp += 1, wp += 80) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[0]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[8]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[16]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[0]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[8]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[16]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[24]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[32]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[32]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[40]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[16]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[40]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[48]; a0_4 += w0 * t; a1_4 += w1 * t;
      }
    }
  }
  if (c1 > 2) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + 3136 + (r + ky - ky0) * 112;
      const float *wp = w + 6400 + ky * 640;
      for (int i = 0; i < 4; ++i, xp += 1, wp += 80) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[0]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[8]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[16]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[0]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[8]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[16]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[24]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[32]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[32]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[40]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[16]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[40]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[48]; a0_4 += w0 * t; a1_4 += w1 * t;
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
KERNEL void lenet_conv5x5s1_20x14x14_50_t1_2x5(
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
  for (size_t c = c0; c < 2 && c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 1568 + (r + ky - ky0) * 112;
      const float *wp = w + c * 3200 + ky * 640;
      for (int i = 0; i < 8; ++i, xp += 1, wp += 80) {
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
        t = xp[24]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[32]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[40]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[48]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[56]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[32]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[40]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[48]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[56]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[64]; a0_4 += w0 * t; a1_4 += w1 * t;
      }
    }
  }
  if (c1 > 2) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + 3136 + (r + ky - ky0) * 112;
      const float *wp = w + 6400 + ky * 640;
      for (int i = 0; i < 4; ++i, xp += 1, wp += 80) {
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
        t = xp[24]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[32]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[40]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[48]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[56]; a0_4 += w0 * t; a1_4 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[32]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[40]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[48]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[56]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[64]; a0_4 += w0 * t; a1_4 += w1 * t;
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
KERNEL void lenet_conv5x5s1_20x14x14_50_t2_2x4(
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
  for (size_t c = c0; c < 2 && c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 1568 + (r + ky - ky0) * 112;
      const float *wp = w + c * 3200 + ky * 640;
      for (int i = 0; i < 8; ++i, xp += 1, wp += 80) {
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
        t = xp[24]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[32]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[40]; a0_2 += w0 * t; a1_2 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[32]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[40]; a0_1 += w0 * t; a1_1 += w1 * t;
      }
    }
  }
  if (c1 > 2) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + 3136 + (r + ky - ky0) * 112;
      const float *wp = w + 6400 + ky * 640;
      for (int i = 0; i < 4; ++i, xp += 1, wp += 80) {
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
        t = xp[24]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[32]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[40]; a0_2 += w0 * t; a1_2 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[32]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[40]; a0_1 += w0 * t; a1_1 += w1 * t;
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

/* 1 output block x 7 pixels; columns 0 to 6 of a row */
KERNEL void lenet_conv5x5s1_20x14x14_50_r0_1x7(
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
  for (size_t c = c0; c < 2 && c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 1568 + (r + ky - ky0) * 112;
      const float *wp = w + c * 3200 + ky * 640;
      for (int i = 0; i < 8; ++i, xp += 1, wp += 80) {
        HIDE(xp);
        w0 = LD(wp);
        t = xp[0]; a0_2 += w0 * t;
        t = xp[8]; a0_3 += w0 * t;
        t = xp[16]; a0_4 += w0 * t;
        t = xp[24]; a0_5 += w0 * t;
        t = xp[32]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 16);
        t = xp[0]; a0_1 += w0 * t;
        t = xp[8]; a0_2 += w0 * t;
        t = xp[16]; a0_3 += w0 * t;
        t = xp[24]; a0_4 += w0 * t;
        t = xp[32]; a0_5 += w0 * t;
        t = xp[40]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 32);
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
        t = xp[56]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 64);
        t = xp[16]; a0_0 += w0 * t;
        t = xp[24]; a0_1 += w0 * t;
        t = xp[32]; a0_2 += w0 * t;
        t = xp[40]; a0_3 += w0 * t;
        t = xp[48]; a0_4 += w0 * t;
        t = xp[56]; a0_5 += w0 * t;
        t = xp[64]; a0_6 += w0 * t;
      }
    }
  }
  if (c1 > 2) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + 3136 + (r + ky - ky0) * 112;
      const float *wp = w + 6400 + ky * 640;
      for (int i = 0; i < 4; ++i, xp += 1, wp += 80) {
        HIDE(xp);
        w0 = LD(wp);
        t = xp[0]; a0_2 += w0 * t;
        t = xp[8]; a0_3 += w0 * t;
        t = xp[16]; a0_4 += w0 * t;
        t = xp[24]; a0_5 += w0 * t;
        t = xp[32]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 16);
        t = xp[0]; a0_1 += w0 * t;
        t = xp[8]; a0_2 += w0 * t;
        t = xp[16]; a0_3 += w0 * t;
        t = xp[24]; a0_4 += w0 * t;
        t = xp[32]; a0_5 += w0 * t;
        t = xp[40]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 32);
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
        t = xp[56]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 64);
        t = xp[16]; a0_0 += w0 * t;
        t = xp[24]; a0_1 += w0 * t;
        t = xp[32]; a0_2 += w0 * t;
        t = xp[40]; a0_3 += w0 * t;
        t = xp[48]; a0_4 += w0 * t;
        t = xp[56]; a0_5 += w0 * t;
        t = xp[64]; a0_6 += w0 * t;
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

/* 1 output block x 7 pixels; columns 7 to 13 of a row */
KERNEL void lenet_conv5x5s1_20x14x14_50_r1_1x7(
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
  for (size_t c = c0; c < 2 && c < c1; ++c) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + c * 1568 + (r + ky - ky0) * 112;
      const float *wp = w + c * 3200 + ky * 640;
      for (int i = 0; i < 8; ++i, xp += 1, wp += 80) {
        HIDE(xp);
        w0 = LD(wp);
        t = xp[0]; a0_0 += w0 * t;
        t = xp[8]; a0_1 += w0 * t;
        t = xp[16]; a0_2 += w0 * t;
        t = xp[24]; a0_3 += w0 * t;
        t = xp[32]; a0_4 += w0 * t;
        t = xp[40]; a0_5 += w0 * t;
        t = xp[48]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 16);
        t = xp[8]; a0_0 += w0 * t;
        t = xp[16]; a0_1 += w0 * t;
        t = xp[24]; a0_2 += w0 * t;
        t = xp[32]; a0_3 += w0 * t;
        t = xp[40]; a0_4 += w0 * t;
        t = xp[48]; a0_5 += w0 * t;
        t = xp[56]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 32);
        t = xp[16]; a0_0 += w0 * t;
        t = xp[24]; a0_1 += w0 * t;
        t = xp[32]; a0_2 += w0 * t;
        t = xp[40]; a0_3 += w0 * t;
        t = xp[48]; a0_4 += w0 * t;
        t = xp[56]; a0_5 += w0 * t;
        t = xp[64]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 48);
        t = xp[24]; a0_0 += w0 * t;
        t = xp[32]; a0_1 += w0 * t;
        t = xp[40]; a0_2 += w0 * t;
        t = xp[48]; a0_3 += w0 * t;
        t = xp[56]; a0_4 += w0 * t;
        t = xp[64]; a0_5 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 64);
        t = xp[32]; a0_0 += w0 * t;
        t = xp[40]; a0_1 += w0 * t;
        t = xp[48]; a0_2 += w0 * t;
        t = xp[56]; a0_3 += w0 * t;
        t = xp[64]; a0_4 += w0 * t;
      }
    }
  }
  if (c1 > 2) {
    for (size_t ky = ky0; ky < ky1; ++ky) {
      const float *xp = x + 3136 + (r + ky - ky0) * 112;
      const float *wp = w + 6400 + ky * 640;
      for (int i = 0; i < 4; ++i, xp += 1, wp += 80) {
        HIDE(xp);
        w0 = LD(wp);
        t = xp[0]; a0_0 += w0 * t;
        t = xp[8]; a0_1 += w0 * t;
        t = xp[16]; a0_2 += w0 * t;
        t = xp[24]; a0_3 += w0 * t;
        t = xp[32]; a0_4 += w0 * t;
        t = xp[40]; a0_5 += w0 * t;
        t = xp[48]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 16);
        t = xp[8]; a0_0 += w0 * t;
        t = xp[16]; a0_1 += w0 * t;
        t = xp[24]; a0_2 += w0 * t;
        t = xp[32]; a0_3 += w0 * t;
        t = xp[40]; a0_4 += w0 * t;
        t = xp[48]; a0_5 += w0 * t;
        t = xp[56]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 32);
        t = xp[16]; a0_0 += w0 * t;
        t = xp[24]; a0_1 += w0 * t;
        t = xp[32]; a0_2 += w0 * t;
        t = xp[40]; a0_3 += w0 * t;
        t = xp[48]; a0_4 += w0 * t;
        t = xp[56]; a0_5 += w0 * t;
        t = xp[64]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 48);
        t = xp[24]; a0_0 += w0 * t;
        t = xp[32]; a0_1 += w0 * t;
        t = xp[40]; a0_2 += w0 * t;
        t = xp[48]; a0_3 += w0 * t;
        t = xp[56]; a0_4 += w0 * t;
        t = xp[64]; a0_5 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 64);
        t = xp[32]; a0_0 += w0 * t;
        t = xp[40]; a0_1 += w0 * t;
        t = xp[48]; a0_2 += w0 * t;
        t = xp[56]; a0_3 += w0 * t;
        t = xp[64]; a0_4 += w0 * t;
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

KERNEL void lenet_conv5x5s1_20x14x14_50(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 8 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 8 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 4, g0 = u % 4;
    const size_t g1 = u1 - q * 4 < 4 ? u1 - q * 4 : 4;
    end = q * 4 + g1;
    const size_t y0 = q * 14 / 2;
    const size_t y1 = (q + 1) * 14 / 2;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 3; c0 += 1) {
        const size_t c1 = c0 + 1 < 3 ? c0 + 1 : 3;
        const float *w = i1 + g * 9600;
        const float *b = i2 + g * 16;
        const float *x = i0;
        for (size_t oy = y0; oy < y1; ++oy) {
          /* the next pass's weights */
          for (size_t i = 0; i < 29; ++i)
            __builtin_prefetch(w + c1 * 3200 + ((oy - y0) * 29 + i) * 16);
          const size_t iy = oy; /* first input row, counted from the padding's */
          const size_t ky0 = iy < 2 ? 2 - iy : 0;
          const size_t ky1 = iy + 5 <= 16 ? 5 : 16 - iy;
          const size_t r = iy + ky0 - 2;
          const size_t at = g * 3136 + oy * 112;
          float *y = o0 + at;
          if (g < 3) {
            lenet_conv5x5s1_20x14x14_50_t0_2x5(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 3);
            lenet_conv5x5s1_20x14x14_50_t1_2x5(x + 24, w, b, y + 40, r, ky0, ky1, c0, c1, c1 == 3);
            lenet_conv5x5s1_20x14x14_50_t2_2x4(x + 64, w, b, y + 80, r, ky0, ky1, c0, c1, c1 == 3);
          }
          else {
            lenet_conv5x5s1_20x14x14_50_r0_1x7(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 3);
            lenet_conv5x5s1_20x14x14_50_r1_1x7(x + 40, w, b, y + 56, r, ky0, ky1, c0, c1, c1 == 3);
          }
        }
      }
    }
  }
}

/* lenet_maxpool2x2s2_50x7x7
 *
 * layer maxpool2 (lenet.net:10)
 * tiles of up to 7 outputs of a row, 1 different; rows of the window spelled out
 * a unit of the split is 1 output row of one channel block
 * counted here: 0 multiply-adds, 8,232 other operations,
 *   43,904 bytes loaded, 10,976 bytes stored */
KERNEL void lenet_maxpool2x2s2_50x7x7(
    const float *restrict i0, float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 49 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 49 / (size_t)n;
  for (size_t u = u0; u < u1; ++u) {
    const size_t q = u % 7;
    const size_t cb = u / 7;
    const float *map = i0 + cb * 1568;
    const size_t from = q * 7 / 7, to = (q + 1) * 7 / 7;
    for (size_t oy = from; oy < to; ++oy) {
      const ptrdiff_t top = (ptrdiff_t)(oy * 2); /* of the window */
      const float *r0 = map + ((top)) * 112;
      const float *r1 = map + ((top + 1)) * 112;
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

/* lenet_dense_2450_500
 *
 * layer fc1 (lenet.net:11)
 * order: group of 64 outputs, input feature
 * weights of a group in 4 streams
 * register tile: 8 vectors of outputs x up to 1 samples, 1 partial sums
 * split: 8 units of (group, samples)
 * counted here: 1,234,800 multiply-adds, 500 other operations,
 *   5,019,616 bytes loaded, 2,000 bytes stored */
/* 8 vectors of outputs x 1 sample */
KERNEL void lenet_dense_2450_500_t1(
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
  for (size_t i = 0; i < 2352; i += 4) {
    const float *wp = w + i * 16;
    t0 = x[i + 0];
    v = LD(wp); a0_0_0 += v * t0;
    v = LD(wp + 8); a1_0_0 += v * t0;
    v = LD(wp + 43904); a2_0_0 += v * t0;
    v = LD(wp + 43912); a3_0_0 += v * t0;
    v = LD(wp + 87808); a4_0_0 += v * t0;
    v = LD(wp + 87816); a5_0_0 += v * t0;
    v = LD(wp + 131712); a6_0_0 += v * t0;
    v = LD(wp + 131720); a7_0_0 += v * t0;
    t0 = x[i + 1];
    v = LD(wp + 16); a0_0_0 += v * t0;
    v = LD(wp + 24); a1_0_0 += v * t0;
    v = LD(wp + 43920); a2_0_0 += v * t0;
    v = LD(wp + 43928); a3_0_0 += v * t0;
    v = LD(wp + 87824); a4_0_0 += v * t0;
    v = LD(wp + 87832); a5_0_0 += v * t0;
    v = LD(wp + 131728); a6_0_0 += v * t0;
    v = LD(wp + 131736); a7_0_0 += v * t0;
    t0 = x[i + 2];
    v = LD(wp + 32); a0_0_0 += v * t0;
    v = LD(wp + 40); a1_0_0 += v * t0;
    v = LD(wp + 43936); a2_0_0 += v * t0;
    v = LD(wp + 43944); a3_0_0 += v * t0;
    v = LD(wp + 87840); a4_0_0 += v * t0;
    v = LD(wp + 87848); a5_0_0 += v * t0;
    v = LD(wp + 131744); a6_0_0 += v * t0;
    v = LD(wp + 131752); a7_0_0 += v * t0;
    t0 = x[i + 3];
    v = LD(wp + 48); a0_0_0 += v * t0;
    v = LD(wp + 56); a1_0_0 += v * t0;
    v = LD(wp + 43952); a2_0_0 += v * t0;
    v = LD(wp + 43960); a3_0_0 += v * t0;
    v = LD(wp + 87856); a4_0_0 += v * t0;
    v = LD(wp + 87864); a5_0_0 += v * t0;
    v = LD(wp + 131760); a6_0_0 += v * t0;
    v = LD(wp + 131768); a7_0_0 += v * t0;
  }
  for (size_t i = 2352; i < 2744; i += 8) {
    const float *wp = w + i * 16;
    t0 = x[i + 0];
    v = LD(wp); a0_0_0 += v * t0;
    v = LD(wp + 8); a1_0_0 += v * t0;
    v = LD(wp + 43904); a2_0_0 += v * t0;
    v = LD(wp + 43912); a3_0_0 += v * t0;
    v = LD(wp + 87808); a4_0_0 += v * t0;
    v = LD(wp + 87816); a5_0_0 += v * t0;
    v = LD(wp + 131712); a6_0_0 += v * t0;
    v = LD(wp + 131720); a7_0_0 += v * t0;
    t0 = x[i + 1];
    v = LD(wp + 16); a0_0_0 += v * t0;
    v = LD(wp + 24); a1_0_0 += v * t0;
    v = LD(wp + 43920); a2_0_0 += v * t0;
    v = LD(wp + 43928); a3_0_0 += v * t0;
    v = LD(wp + 87824); a4_0_0 += v * t0;
    v = LD(wp + 87832); a5_0_0 += v * t0;
    v = LD(wp + 131728); a6_0_0 += v * t0;
    v = LD(wp + 131736); a7_0_0 += v * t0;
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

/* 7 vectors of outputs x 1 sample */
KERNEL void lenet_dense_2450_500_r1(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y) {
  vf a0_0_0 = LD(b);
  vf a1_0_0 = LD(b + 8);
  vf a2_0_0 = LD(b + 16);
  vf a3_0_0 = LD(b + 24);
  vf a4_0_0 = LD(b + 32);
  vf a5_0_0 = LD(b + 40);
  vf a6_0_0 = LD(b + 48);
  float t0;
  vf v;
  for (size_t i = 0; i < 2352; i += 4) {
    const float *wp = w + i * 16;
    t0 = x[i + 0];
    v = LD(wp); a0_0_0 += v * t0;
    v = LD(wp + 8); a1_0_0 += v * t0;
    v = LD(wp + 43904); a2_0_0 += v * t0;
    v = LD(wp + 43912); a3_0_0 += v * t0;
    v = LD(wp + 87808); a4_0_0 += v * t0;
    v = LD(wp + 87816); a5_0_0 += v * t0;
    v = LD(wp + 131712); a6_0_0 += v * t0;
    t0 = x[i + 1];
    v = LD(wp + 16); a0_0_0 += v * t0;
    v = LD(wp + 24); a1_0_0 += v * t0;
    v = LD(wp + 43920); a2_0_0 += v * t0;
    v = LD(wp + 43928); a3_0_0 += v * t0;
    v = LD(wp + 87824); a4_0_0 += v * t0;
    v = LD(wp + 87832); a5_0_0 += v * t0;
    v = LD(wp + 131728); a6_0_0 += v * t0;
    t0 = x[i + 2];
    v = LD(wp + 32); a0_0_0 += v * t0;
    v = LD(wp + 40); a1_0_0 += v * t0;
    v = LD(wp + 43936); a2_0_0 += v * t0;
    v = LD(wp + 43944); a3_0_0 += v * t0;
    v = LD(wp + 87840); a4_0_0 += v * t0;
    v = LD(wp + 87848); a5_0_0 += v * t0;
    v = LD(wp + 131744); a6_0_0 += v * t0;
    t0 = x[i + 3];
    v = LD(wp + 48); a0_0_0 += v * t0;
    v = LD(wp + 56); a1_0_0 += v * t0;
    v = LD(wp + 43952); a2_0_0 += v * t0;
    v = LD(wp + 43960); a3_0_0 += v * t0;
    v = LD(wp + 87856); a4_0_0 += v * t0;
    v = LD(wp + 87864); a5_0_0 += v * t0;
    v = LD(wp + 131760); a6_0_0 += v * t0;
  }
  for (size_t i = 2352; i < 2744; i += 8) {
    const float *wp = w + i * 16;
    t0 = x[i + 0];
    v = LD(wp); a0_0_0 += v * t0;
    v = LD(wp + 8); a1_0_0 += v * t0;
    v = LD(wp + 43904); a2_0_0 += v * t0;
    v = LD(wp + 43912); a3_0_0 += v * t0;
    v = LD(wp + 87808); a4_0_0 += v * t0;
    v = LD(wp + 87816); a5_0_0 += v * t0;
    v = LD(wp + 131712); a6_0_0 += v * t0;
    t0 = x[i + 1];
    v = LD(wp + 16); a0_0_0 += v * t0;
    v = LD(wp + 24); a1_0_0 += v * t0;
    v = LD(wp + 43920); a2_0_0 += v * t0;
    v = LD(wp + 43928); a3_0_0 += v * t0;
    v = LD(wp + 87824); a4_0_0 += v * t0;
    v = LD(wp + 87832); a5_0_0 += v * t0;
    v = LD(wp + 131728); a6_0_0 += v * t0;
  }
  vf s[7];
  const float *f = (const float *)(const void *)s;
  s[0] = a0_0_0;
  s[1] = a1_0_0;
  s[2] = a2_0_0;
  s[3] = a3_0_0;
  s[4] = a4_0_0;
  s[5] = a5_0_0;
  s[6] = a6_0_0;
  for (size_t l = 0; l < 52; ++l) {
    float r = f[l];
    r = s_relu(r);
    y[l] = r;
  }
}

KERNEL void lenet_dense_2450_500(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 8 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 8 / (size_t)n;
  for (size_t g = u0; g < u1; ++g) {
    const float *x = i0;
    const float *w = i1 + g * 175616;
    const float *b = i2 + g * 64;
    float *y = o0 + g * 64;
    if (g < 7) {
      lenet_dense_2450_500_t1(x, w, b, y);
    }
    else {
      lenet_dense_2450_500_r1(x, w, b, y);
    }
  }
}

/* lenet_dense_500_10
 *
 * layer fc2 (lenet.net:11)
 * order: group of 8 outputs, input feature
 * register tile: 1 vectors of outputs x up to 1 samples, 8 partial sums
 * split: 2 units of (group, samples)
 * counted here: 8,000 multiply-adds, 112 other operations,
 *   36,064 bytes loaded, 40 bytes stored */
/* 1 vector of outputs x 1 sample */
KERNEL void lenet_dense_500_10_t1(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t m) {
  vf a0_0_0 = LD(b), a0_0_1 = {0}, a0_0_2 = {0}, a0_0_3 = {0}, a0_0_4 = {0}, a0_0_5 = {0},
      a0_0_6 = {0}, a0_0_7 = {0};
  float t0;
  vf v;
  for (size_t i = 0; i < 496; i += 8) {
    const float *wp = w + i * 8;
    t0 = x[i + 0];
    v = LD(wp); a0_0_0 += v * t0;
    t0 = x[i + 1];
    v = LD(wp + 8); a0_0_1 += v * t0;
    t0 = x[i + 2];
    v = LD(wp + 16); a0_0_2 += v * t0;
    t0 = x[i + 3];
    v = LD(wp + 24); a0_0_3 += v * t0;
    t0 = x[i + 4];
    v = LD(wp + 32); a0_0_4 += v * t0;
    t0 = x[i + 5];
    v = LD(wp + 40); a0_0_5 += v * t0;
    t0 = x[i + 6];
    v = LD(wp + 48); a0_0_6 += v * t0;
    t0 = x[i + 7];
    v = LD(wp + 56); a0_0_7 += v * t0;
  }
  for (size_t i = 496; i < 500; i += 4) {
    const float *wp = w + i * 8;
    t0 = x[i + 0];
    v = LD(wp); a0_0_0 += v * t0;
    t0 = x[i + 1];
    v = LD(wp + 8); a0_0_1 += v * t0;
    t0 = x[i + 2];
    v = LD(wp + 16); a0_0_2 += v * t0;
    t0 = x[i + 3];
    v = LD(wp + 24); a0_0_3 += v * t0;
  }
  vf s[1];
  const float *f = (const float *)(const void *)s;
  s[0] = a0_0_0 + a0_0_1 + a0_0_2 + a0_0_3 + a0_0_4 + a0_0_5 + a0_0_6 + a0_0_7;
  for (size_t l = 0; l < m; ++l) {
    float r = f[l];
    y[l] = r;
  }
}

KERNEL void lenet_dense_500_10(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 2 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 2 / (size_t)n;
  for (size_t g = u0; g < u1; ++g) {
    const float *x = i0;
    const float *w = i1 + g * 4000;
    const float *b = i2 + g * 8;
    float *y = o0 + g * 8;
    const size_t m = g < 1 ? 8 : 2;
    lenet_dense_500_10_t1(x, w, b, y, m);
  }
}

/* lenet_softmax_1x10
 *
 * layer softmax1 (lenet.net:11)
 * vectors along the axis; a unit of the split is 1 times 10 elements
 * counted here: 0 multiply-adds, 42 other operations,
 *   120 bytes loaded, 80 bytes stored */
KERNEL void lenet_softmax_1x10(
    const float *restrict i0, float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 1 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 1 / (size_t)n;
  for (size_t u = u0; u < u1; ++u) {
    const float *x = i0;
    float *y = o0;
    vf tops = LDU(x), sums = {0};
    float max = v_max_across(tops), sum = 0;
    for (size_t c = 8; c < 10; ++c) {
      max = s_max(max, x[c]);
    }
    for (size_t c = 0; c < 8; c += 8) {
      const vf e = v_exp(LDU(x + c) - max);
      STU(y + c, e);
      sums += e;
    }
    sum = v_sum_across(sums);
    for (size_t c = 8; c < 10; ++c) {
      const float e = s_exp(x[c] - max);
      y[c] = e;
      sum += e;
    }
    const float scale = 1.0f / sum;
    for (size_t c = 0; c < 8; c += 8) {
      STU(y + c, LDU(y + c) * scale);
    }
    for (size_t c = 8; c < 10; ++c) {
      y[c] = y[c] * scale;
    }
  }
}


/* All layers, as thread t of n runs them: each kernel does its slice. */
static void lenet_layers(const lenet_model *model, const lenet_inputs *in,
    const lenet_outputs *out, float *arena, const lenet_options *options,
    team *m, int t, int n DEBUG_PARAMETER) {
  const size_t batch = options && options->batch ? options->batch : 1;
  const float *const *w = model->w;
  float *ws = arena + 15680 + (size_t)t * 2688; /* this thread's workspace */
  for (size_t b = 0; b < batch; ++b) {
    if (b) BARRIER(m, n); /* the last round's readers are done */
    LAYER(0, lenet_conv5x5s1_1x28x28_20_maxpool2x2s2_20x14x14(in->image + b * 784, w[0], w[1],
        arena + 10976, ws, t, n)); /* conv1 */
    BARRIER(m, n);
    LAYER(1, lenet_conv5x5s1_20x14x14_50(arena + 10976, w[2], w[3], arena + 0, t, n)); /* conv2 */
    BARRIER(m, n);
    LAYER(2, lenet_maxpool2x2s2_50x7x7(arena + 0, arena + 10976, t, n)); /* maxpool2 */
    BARRIER(m, n);
    LAYER(3, lenet_dense_2450_500(arena + 10976, w[4], w[5], arena + 0, t, n)); /* fc1 */
    BARRIER(m, n);
    LAYER(4, lenet_dense_500_10(arena + 0, w[6], w[7], arena + 512, t, n)); /* fc2 */
    BARRIER(m, n);
    ALONE(5, lenet_softmax_1x10(arena + 512, out->probs + b * 10, 0, 1)); /* softmax1 */
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
static const netrt_debug_value lenet_debug_values[6] = {
    {"maxpool1", 0, 0, 43904, 18816, 1, 18816, 20, 196, 8, 0, 1},
    {"relu2", 0, 1, 0, 43904, 1, 43904, 50, 196, 8, 1, 2},
    {"maxpool2", 0, 2, 43904, 10976, 1, 10976, 50, 49, 8, 2, 3},
    {"relu3", 0, 3, 0, 2000, 1, 2000, 500, 1, 1, 3, 4},
    {"fc2", 0, 4, 2048, 40, 1, 40, 10, 1, 1, 4, 5},
    {"softmax1", -1, 0, 0, 40, 1, 40, 10, 1, 1, 5, 5},
};
static const int lenet_debug_uses[17] = {
    0, -1, 1, 0, -1, 2, 1, -1, 3, 2, -1, 4, 3, -1, 5, 4,
    -1,};
static const netrt_debug_layer lenet_debug_layers[6] = {
    {"conv1", 0, 0, 10752},
    {"conv2", 2, 0, 0},
    {"maxpool2", 5, 0, 0},
    {"fc1", 8, 0, 0},
    {"fc2", 11, 0, 0},
    {"softmax1", 14, 0, 0},
};
static const netrt_debug_arena lenet_debug_arenas[1] = {{62720, 10752}};
static const netrt_debug_model lenet_debug = {"lenet", lenet_debug_values,
    lenet_debug_layers, lenet_debug_uses, lenet_debug_arenas, 6, 6, 1};
#endif


/* Bytes of each section of the weight file, in order. */
static const uint64_t lenet_section_bytes[8] = {
    2400, /* conv1.weight/NCh1cw24n */
    96, /* conv1.bias/X24x */
    153600, /* conv2.weight/NCh8cw16n */
    256, /* conv2.bias/X16x */
    5619712, /* fc1.weight/packed */
    2048, /* fc1.bias/X64x */
    32000, /* fc2.weight/{0/8*2@4000,0/8*1@4000,1/1*500@8,0/1*8@1}+0:8000 */
    64, /* fc2.bias/X8x */
};

static int lenet_processor_fits(void) {
#ifdef NETCC_PORTABLE_VECTORS
  return 1;
#else
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
}

static int lenet_load(netrt_file *file, lenet_model **model) {
  lenet_model *m = malloc(sizeof *m);
  if (!m) {
    netrt_close(file);
    return NETRT_E_MEMORY;
  }
  m->file = file;
  m->w[0] = NULL;
  for (uint32_t i = 0, count = 8; i < count; ++i) {
    m->w[i] = netrt_section(file, i, lenet_section_bytes[i]);
    if (!m->w[i]) {
      lenet_close(m);
      return NETRT_E_MISSING;
    }
  }
  *model = m;
  return NETRT_OK;
}

int lenet_open(lenet_model **model, const char *weights_path) {
  netrt_file *file;
  if (!model) return NETRT_E_ARGUMENT;
  *model = NULL;
  if (!lenet_processor_fits()) return NETRT_E_PROCESSOR;
  const int status = netrt_open(&file, weights_path, LENET_PLAN_HASH, 0);
  return status ? status : lenet_load(file, model);
}

int lenet_open_memory(lenet_model **model, const void *image, size_t size) {
  netrt_file *file;
  if (!model) return NETRT_E_ARGUMENT;
  *model = NULL;
  if (!lenet_processor_fits()) return NETRT_E_PROCESSOR;
  const int status = netrt_open_memory(&file, image, size, LENET_PLAN_HASH, 0);
  return status ? status : lenet_load(file, model);
}

void lenet_close(lenet_model *model) {
  if (!model) return;
  netrt_close(model->file);
  free(model);
}

int lenet_run(const lenet_model *model, const lenet_inputs *in, const lenet_outputs *out,
    void *arena, const lenet_options *options) {
  if (!model || !in || !out) return NETRT_E_ARGUMENT;
  if (!in->image) return NETRT_E_ARGUMENT;
  if (!out->probs) return NETRT_E_ARGUMENT;
  if (!arena || (uintptr_t)arena % LENET_ARENA_ALIGN) return NETRT_E_ARENA;
  if (options && (options->size < sizeof *options || options->threads < 0))
    return NETRT_E_ARGUMENT;
#ifdef NETRT_DEBUG
  netrt_debug memory, *const debug = &memory;
  const float *const ends[] = {out->probs};
  void *const arenas[] = {arena};
  const int fault = netrt_debug_begin(debug, &lenet_debug, arenas, ends,
                                      options ? options->threads : 1);
  if (fault) return fault;
#endif
#ifdef _OPENMP
  if (options && options->threads > 1) {
    team all = {0};
#pragma omp parallel num_threads(options->threads)
    { /* n is the team that OpenMP delivers, not the one asked for */
      const int t = omp_get_thread_num(), n = omp_get_num_threads();
      lenet_layers(model, in, out, arena, options, &all, t, n DEBUG_ARGUMENT);
    }
  } else
#endif
    lenet_layers(model, in, out, arena, options, NULL, 0, 1 DEBUG_ARGUMENT);
#ifdef NETRT_PROFILE
  if (options) netrt_profile_done(options->profile, options->batch ? options->batch : 1);
#endif
#ifdef NETRT_DEBUG
  return netrt_debug_end(debug);
#else
  return NETRT_OK;
#endif
}

int lenet_selftest(const lenet_model *model, void *arena) {
  if (!model) return NETRT_E_ARGUMENT;
  uint64_t bytes = 0;
  lenet_inputs in;
  in.image = netrt_find(model->file, NETRT_KIND_SELFTEST_INPUT, 0, &bytes);
  if (!in.image || bytes != 3136) return NETRT_E_SELFTEST_DATA;
  float *got = netrt_alloc(40);
  if (!got) return NETRT_E_MEMORY;
  lenet_outputs out;
  out.probs = got + 0;
  int status = lenet_run(model, &in, &out, arena, NULL);
  if (!status) {
    const float *want =
        netrt_find(model->file, NETRT_KIND_SELFTEST_EXPECTED, 0, &bytes);
    status = want && bytes == 40 ? netrt_compare(out.probs, want, 10, 1e-5)
        : NETRT_E_SELFTEST_DATA;
  }
  netrt_free(got);
  return status;
}

#ifdef NETRT_PROFILE
static const netrt_profile_layer lenet_profile_layers[6] = {
    {"conv1", "strips", 430944, 844240},
    {"conv2", "conv_direct", 4587520, 5635200},
    {"maxpool2", "pool", 0, 54880},
    {"fc1", "dense", 1234800, 5021616},
    {"fc2", "dense", 8000, 36104},
    {"softmax1", "softmax", 0, 200},
};

netrt_profile *lenet_profile_new(int threads, int runs) {
  return netrt_profile_new("lenet", "x86-64-v3", lenet_profile_layers, 6, threads, runs);
}
#endif
