/* googlenet.c: network 'googlenet', compiled for
 * x86-64-v3: x86-64 with AVX2 and FMA, 8 floats a vector.
 *
 *   netcc compile googlenet.net --target=x86-64-v3
 *
 * epoch layer source           kernel      output      layout               multiply-adds arena at
 *     0 conv1 googlenet.net:25 strips      1x64x56x56  nChw8c                 116,214,528        0
 *     1 lrn1  googlenet.net:26 lrn         1x64x56x56  nChw8c                           0   802816
 *     2 conv2 googlenet.net:27 conv_direct 1x64x56x56  nChw8c                  12,845,056  2408448
 *     3 conv3 googlenet.net:27 conv_direct 1x192x56x56 nChw8c                 338,608,128        0
 *     4 lrn2  googlenet.net:28 lrn         1x192x56x56 nChw8c                           0  2408448
 *     5 maxpool2
 *             googlenet.net:28 pool        1x192x28x28 nChw8c                           0        0
 *     6 inception3a.branch1
 *             googlenet.net:16 conv_direct 1x64x28x28  nChw8c+0/200704          9,633,792  1505280
 *     6 inception3a.branch2.0.siblings
 *             googlenet.net:17 conv_direct 1x112x28x28 nChw8c                  16,859,136  2308096
 *     6 inception3a.maxpool1
 *             googlenet.net:19 pool        1x192x28x28 nChw8c                           0   602112
 *     6 inception3a.relu2
 *             googlenet.net:17 (view)      1x96x28x28  nChw8c+0/87808                   0  2308096
 *     7 inception3a.branch2.1
 *             googlenet.net:17 conv_direct 1x128x28x28 nChw8c+50176/200704     82,624,512  1705984
 *     7 inception3a.relu4
 *             googlenet.net:18 (view)      1x16x28x28  nChw8c+75264/87808               0  2609152
 *     7 inception3a.branch3.1
 *             googlenet.net:18 conv_direct 1x32x28x28  nChw8c+150528/200704     9,193,472  2107392
 *     7 inception3a.branch4.1
 *             googlenet.net:19 conv_direct 1x32x28x28  nChw8c+175616/200704     4,816,896  2207744
 *     7 inception3a.concat1
 *             googlenet.net:15 (view)      1x256x28x28 nChw8c                           0  1505280
 *     8 inception3b.branch1
 *             googlenet.net:16 conv_direct 1x128x28x28 nChw8c+0/376320         25,690,112        0
 *     8 inception3b.branch2.0.siblings
 *             googlenet.net:17 conv_direct 1x160x28x28 nChw8c                  32,112,640  3110912
 *     8 inception3b.maxpool1
 *             googlenet.net:19 pool        1x256x28x28 nChw8c                           0  2308096
 *     8 inception3b.relu2
 *             googlenet.net:17 (view)      1x128x28x28 nChw8c+0/125440                  0  3110912
 *     9 inception3b.branch2.1
 *             googlenet.net:17 conv_direct 1x192x28x28 nChw8c+100352/376320   165,249,024   401408
 *     9 inception3b.relu4
 *             googlenet.net:18 (view)      1x32x28x28  nChw8c+100352/125440             0  3512320
 *     9 inception3b.branch3.1
 *             googlenet.net:18 conv_direct 1x96x28x28  nChw8c+250880/376320    55,160,832  1003520
 *     9 inception3b.branch4.1
 *             googlenet.net:19 conv_direct 1x64x28x28  nChw8c+326144/376320    12,845,056  1304576
 *     9 inception3b.concat1
 *             googlenet.net:15 (view)      1x480x28x28 nChw8c                           0        0
 *    10 maxpool3
 *             googlenet.net:31 pool        1x480x14x14 nChw8c                           0  1505280
 *    11 inception4a.branch1
 *             googlenet.net:16 conv_direct 1x192x14x14 nChw8c+0/100352         18,063,360        0
 *    11 inception4a.branch2.0.siblings
 *             googlenet.net:17 conv_direct 1x112x14x14 nChw8c                  10,536,960   777728
 *    11 inception4a.maxpool1
 *             googlenet.net:19 pool        1x480x14x14 nChw8c                           0   401408
 *    11 inception4a.relu2
 *             googlenet.net:17 (view)      1x96x14x14  nChw8c+0/21952                   0   777728
 *    12 inception4a.branch2.1
 *             googlenet.net:17 conv_direct 1x208x14x14 nChw8c+37632/100352     31,948,800   150528
 *    12 inception4a.relu4
 *             googlenet.net:18 (view)      1x16x14x14  nChw8c+18816/21952               0   852992
 *    12 inception4a.branch3.1
 *             googlenet.net:18 conv_direct 1x48x14x14  nChw8c+78400/100352      3,145,728   313600
 *    12 inception4a.branch4.1
 *             googlenet.net:19 conv_direct 1x64x14x14  nChw8c+87808/100352      6,021,120   351232
 *    12 inception4a.concat1
 *             googlenet.net:15 (view)      1x512x14x14 nChw8c                           0        0
 *    13 inception4b.branch1
 *             googlenet.net:16 conv_direct 1x160x14x14 nChw8c+0/100352         16,056,320   401408
 *    13 inception4b.branch2.0.siblings
 *             googlenet.net:17 conv_direct 1x136x14x14 nChw8c                  13,647,872  1204224
 *    13 inception4b.maxpool1
 *             googlenet.net:19 pool        1x512x14x14 nChw8c                           0   802816
 *    13 inception4b.relu2
 *             googlenet.net:17 (view)      1x112x14x14 nChw8c+0/26656                   0  1204224
 *    14 inception4b.branch2.1
 *             googlenet.net:17 conv_direct 1x224x14x14 nChw8c+31360/100352     40,140,800   526848
 *    14 inception4b.relu4
 *             googlenet.net:18 (view)      1x24x14x14  nChw8c+21952/26656               0  1292032
 *    14 inception4b.branch3.1
 *             googlenet.net:18 conv_direct 1x64x14x14  nChw8c+75264/100352      6,291,456   702464
 *    14 inception4b.branch4.1
 *             googlenet.net:19 conv_direct 1x64x14x14  nChw8c+87808/100352      6,422,528   752640
 *    14 inception4b.concat1
 *             googlenet.net:15 (view)      1x512x14x14 nChw8c                           0   401408
 *    15 inception4c.branch1
 *             googlenet.net:16 conv_direct 1x128x14x14 nChw8c+0/100352         12,845,056        0
 *    15 inception4c.branch2.0.siblings
 *             googlenet.net:17 conv_direct 1x152x14x14 nChw8c                  15,253,504  1204224
 *    15 inception4c.maxpool1
 *             googlenet.net:19 pool        1x512x14x14 nChw8c                           0   802816
 *    15 inception4c.relu2
 *             googlenet.net:17 (view)      1x128x14x14 nChw8c+0/29792                   0  1204224
 *    16 inception4c.branch2.1
 *             googlenet.net:17 conv_direct 1x256x14x14 nChw8c+25088/100352     52,428,800   100352
 *    16 inception4c.relu4
 *             googlenet.net:18 (view)      1x24x14x14  nChw8c+25088/29792               0  1304576
 *    16 inception4c.branch3.1
 *             googlenet.net:18 conv_direct 1x64x14x14  nChw8c+75264/100352      6,291,456   301056
 *    16 inception4c.branch4.1
 *             googlenet.net:19 conv_direct 1x64x14x14  nChw8c+87808/100352      6,422,528   351232
 *    16 inception4c.concat1
 *             googlenet.net:15 (view)      1x512x14x14 nChw8c                           0        0
 *    17 inception4d.branch1
 *             googlenet.net:16 conv_direct 1x112x14x14 nChw8c+0/103488         11,239,424   652288
 *    17 inception4d.branch2.0.siblings
 *             googlenet.net:17 conv_direct 1x176x14x14 nChw8c                  17,661,952   401408
 *    17 inception4d.maxpool1
 *             googlenet.net:19 pool        1x512x14x14 nChw8c                           0  1066240
 *    17 inception4d.relu2
 *             googlenet.net:17 (view)      1x144x14x14 nChw8c+0/34496                   0   401408
 *    18 inception4d.branch2.1
 *             googlenet.net:17 conv_direct 1x288x14x14 nChw8c+21952/103488     66,355,200   740096
 *    18 inception4d.relu4
 *             googlenet.net:18 (view)      1x32x14x14  nChw8c+28224/34496               0   514304
 *    18 inception4d.branch3.1
 *             googlenet.net:18 conv_direct 1x64x14x14  nChw8c+78400/103488      8,388,608   965888
 *    18 inception4d.branch4.1
 *             googlenet.net:19 conv_direct 1x64x14x14  nChw8c+90944/103488      6,422,528  1016064
 *    18 inception4d.concat1
 *             googlenet.net:15 (view)      1x528x14x14 nChw8c                           0   652288
 *    19 inception4e.branch1
 *             googlenet.net:16 conv_direct 1x256x14x14 nChw8c+0/163072         26,492,928        0
 *    19 inception4e.branch2.0.siblings
 *             googlenet.net:17 conv_direct 1x192x14x14 nChw8c                  19,869,696  1480192
 *    19 inception4e.maxpool1
 *             googlenet.net:19 pool        1x528x14x14 nChw8c                           0  1066240
 *    19 inception4e.relu2
 *             googlenet.net:17 (view)      1x160x14x14 nChw8c+0/37632                   0  1480192
 *    20 inception4e.branch2.1
 *             googlenet.net:17 conv_direct 1x320x14x14 nChw8c+50176/163072     81,920,000   200704
 *    20 inception4e.relu4
 *             googlenet.net:18 (view)      1x32x14x14  nChw8c+31360/37632               0  1605632
 *    20 inception4e.branch3.1
 *             googlenet.net:18 conv_direct 1x128x14x14 nChw8c+112896/163072    16,777,216   451584
 *    20 inception4e.branch4.1
 *             googlenet.net:19 conv_direct 1x128x14x14 nChw8c+137984/163072    13,246,464   551936
 *    20 inception4e.concat1
 *             googlenet.net:15 (view)      1x832x14x14 nChw8c                           0        0
 *    21 maxpool4
 *             googlenet.net:43 pool        1x832x7x7   nChw8c                           0   652288
 *    22 inception5a.branch1
 *             googlenet.net:16 conv_direct 1x256x7x7   nChw8c+0/40768          10,436,608   200704
 *    22 inception5a.branch2.0.siblings
 *             googlenet.net:17 conv_direct 1x192x7x7   nChw8c                   7,827,456   163072
 *    22 inception5a.maxpool1
 *             googlenet.net:19 pool        1x832x7x7   nChw8c                           0        0
 *    22 inception5a.relu2
 *             googlenet.net:17 (view)      1x160x7x7   nChw8c+0/9408                    0   163072
 *    23 inception5a.branch2.1
 *             googlenet.net:17 conv_direct 1x320x7x7   nChw8c+12544/40768      18,483,200   250880
 *    23 inception5a.relu4
 *             googlenet.net:18 (view)      1x32x7x7    nChw8c+7840/9408                 0   194432
 *    23 inception5a.branch3.1
 *             googlenet.net:18 conv_direct 1x128x7x7   nChw8c+28224/40768       3,444,736   313600
 *    23 inception5a.branch4.1
 *             googlenet.net:19 conv_direct 1x128x7x7   nChw8c+34496/40768       5,218,304   338688
 *    23 inception5a.concat1
 *             googlenet.net:15 (view)      1x832x7x7   nChw8c                           0   200704
 *    24 inception5b.branch1
 *             googlenet.net:16 conv_direct 1x384x7x7   nChw8c+0/50176          15,654,912        0
 *    24 inception5b.branch2.0.siblings
 *             googlenet.net:17 conv_direct 1x240x7x7   nChw8c                   9,784,320   526848
 *    24 inception5b.maxpool1
 *             googlenet.net:19 pool        1x832x7x7   nChw8c                           0   363776
 *    24 inception5b.relu2
 *             googlenet.net:17 (view)      1x192x7x7   nChw8c+0/11760                   0   526848
 *    25 inception5b.branch2.1
 *             googlenet.net:17 conv_direct 1x384x7x7   nChw8c+18816/50176      26,615,808    75264
 *    25 inception5b.relu4
 *             googlenet.net:18 (view)      1x48x7x7    nChw8c+9408/11760                0   564480
 *    25 inception5b.branch3.1
 *             googlenet.net:18 conv_direct 1x128x7x7   nChw8c+37632/50176       5,167,104   150528
 *    25 inception5b.branch4.1
 *             googlenet.net:19 conv_direct 1x128x7x7   nChw8c+43904/50176       5,218,304   175616
 *    25 inception5b.concat1
 *             googlenet.net:15 (view)      1x1024x7x7  nChw8c                           0        0
 *    26 global_avgpool1
 *             googlenet.net:46 pool        1x1024x1x1  nChw8c                           0   200704
 *    27 fc    googlenet.net:46 dense       1x1000      nc                       1,024,000        0
 *    28 softmax1
 *             googlenet.net:46 softmax     1x1000      nc                               0   output
 *
 * 1,504,618,240 multiply-adds, 21,880,600 other operations;
 *   arena 4,816,896 bytes (lower bound 4,816,896);
 * 58 kernels for 92 layers, 28 barriers. A layer of an epoch runs after the
 * barrier that opens it; layers of one epoch are independent of each other. */
#include "googlenet.h"

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

#if defined(__AVX2__) /* keeps a vector in a register for all its uses */
#define HOLD(x) __asm__("" : "+v"(x))
#else
#define HOLD(x) ((void)0)
#endif
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
static inline int v_odd(vf x) { /* is any lane NaN? */
#if defined(__AVX2__) && !defined(__clang__)
  return __builtin_ia32_movmskps256(__builtin_ia32_cmpps256(x, x, 3));
#else
  const vi odd = (vi)(x != x);
  int any = 0;
  for (int i = 0; i < LANES; ++i) any |= odd[i];
  return any;
#endif
}
static inline vf v_sqrt(vf x) { /* NaN below 0 */
#if defined(__AVX2__) && !defined(__clang__)
  return __builtin_ia32_sqrtps256(x);
#else
  /* Newton's iteration; denormal numbers are scaled by 2^24 */
  const vi tiny = (vi)(x < 1.17549435e-38f), odd = (vi)(x < 0.0f) & 0x7fc00000;
  const vf z = x * (vf)((tiny & 0x4b800000) | (~tiny & 0x3f800000)), h = 0.5f * z;
  vf y = (vf)(0x5f3759dfu - ((vu)z >> 1));
  for (int i = 0; i < 3; ++i) y *= 1.5f - (h * y) * y;
  vf r = z * y;
  r += 0.5f * y * (z - r * r);
  r *= (vf)((tiny & 0x39800000) | (~tiny & 0x3f800000));
  const vi good = (vi)(x > 0.0f) & (vi)(x < INFINITY); /* else 0, infinity or NaN */
  return (vf)((good & (vi)r) | (~good & (vi)x) | odd);
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
#if defined(__clang__) || __GNUC__ >= 12
#define SHUFFLE2(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#else
#define SHUFFLE2(a, b, ...) __builtin_shuffle(a, b, (vi){__VA_ARGS__})
#endif
static inline vf v_relu(vf x) { return v_top((vf){0}, x); } /* keeps NaN */
static inline vf v_or(vf x, vf y) { return (vf)((vi)x | (vi)y); }
static inline vf v_max(vf x, vf y) { /* NaN if either is */
  return v_or(v_top(x, y), v_nan(x, y));
}
static inline vf v_max3(vf x, vf y, vf z) { /* NaN if any is */
  return v_or(v_top(z, v_top(y, x)), v_nan(y, z));
}
static inline vf v_square(vf x) { return x * x; }
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

struct googlenet_model {
  netrt_file *file;
  const float *w[98];
};

/* googlenet_conv7x7s2_3x224x224_64_maxpool3x3s2_64x56x56
 *
 * layer conv1 (googlenet.net:25)
 * 2 stages, strip by strip of 14 output rows; between them 207872 bytes of
 * workspace for each thread, and nothing in the arena
 * split: 16 units of (strip, group of channels)
 * counted here: 116,214,528 multiply-adds, 2,046,464 other operations,
 *   114,141,376 bytes loaded, 4,014,080 bytes stored */
/* stage 1: relu1, conv_first */
/* 2 output blocks x 6 pixels; columns 0 to 5 of a row */
KERNEL void googlenet_conv7x7s2_3x224x224_64_maxpool3x3s2_64x56x56_a_t0_2x6(
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
KERNEL void googlenet_conv7x7s2_3x224x224_64_maxpool3x3s2_64x56x56_a_t1_2x6(
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
KERNEL void googlenet_conv7x7s2_3x224x224_64_maxpool3x3s2_64x56x56_a_t2_2x4(
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

KERNEL void googlenet_conv7x7s2_3x224x224_64_maxpool3x3s2_64x56x56_a(
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
      googlenet_conv7x7s2_3x224x224_64_maxpool3x3s2_64x56x56_a_t0_2x6(x, w, b, y, r, ky0, ky1);
      for (size_t j = 0; j < 17; ++j) {
        googlenet_conv7x7s2_3x224x224_64_maxpool3x3s2_64x56x56_a_t1_2x6(x + 9 + j * 12, w, b,
            y + 48 + j * 48, r, ky0, ky1);
      }
      googlenet_conv7x7s2_3x224x224_64_maxpool3x3s2_64x56x56_a_t2_2x4(x + 213, w, b, y + 864, r,
          ky0, ky1);
    }
  }
}

/* stage 2: maxpool1, pool */
KERNEL void googlenet_conv7x7s2_3x224x224_64_maxpool3x3s2_64x56x56_b(
    const float *restrict i0, float *restrict o0, size_t from, size_t to, size_t b0, size_t b1,
    size_t xr) {
  for (size_t cb = b0; cb < b1; ++cb) {
    const float *map = i0 + (cb - b0) * 25984;
    for (size_t oy = from; oy < to; ++oy) {
      const ptrdiff_t top = (ptrdiff_t)(oy * 2); /* of the window */
      const float *r0 = map + ((top) - (ptrdiff_t)xr) * 896;
      const float *r1 = map + ((top + 1) - (ptrdiff_t)xr) * 896;
      const float *r2 = map + ((top + 2 > 111 ? 111 : top + 2) - (ptrdiff_t)xr) * 896;
      const size_t at = cb * 25088 + oy * 448;
      for (size_t j = 0; j < 6; ++j) {
        const vf c0 = v_max3(LD(r0 + j * 128), LD(r1 + j * 128), LD(r2 + j * 128));
        const vf c1 = v_max3(LD(r0 + j * 128 + 8), LD(r1 + j * 128 + 8), LD(r2 + j * 128 + 8));
        const vf c2 = v_max3(LD(r0 + j * 128 + 16), LD(r1 + j * 128 + 16), LD(r2 + j * 128 + 16));
        vf a0 = v_max3(c2, c0, c1);
        ST(o0 + at + j * 64, a0);
        const vf c3 = v_max3(LD(r0 + j * 128 + 24), LD(r1 + j * 128 + 24), LD(r2 + j * 128 + 24));
        const vf c4 = v_max3(LD(r0 + j * 128 + 32), LD(r1 + j * 128 + 32), LD(r2 + j * 128 + 32));
        vf a1 = v_max3(c2, c3, c4);
        ST(o0 + at + j * 64 + 8, a1);
        const vf c5 = v_max3(LD(r0 + j * 128 + 40), LD(r1 + j * 128 + 40), LD(r2 + j * 128 + 40));
        const vf c6 = v_max3(LD(r0 + j * 128 + 48), LD(r1 + j * 128 + 48), LD(r2 + j * 128 + 48));
        vf a2 = v_max3(c6, c4, c5);
        ST(o0 + at + j * 64 + 16, a2);
        const vf c7 = v_max3(LD(r0 + j * 128 + 56), LD(r1 + j * 128 + 56), LD(r2 + j * 128 + 56));
        const vf c8 = v_max3(LD(r0 + j * 128 + 64), LD(r1 + j * 128 + 64), LD(r2 + j * 128 + 64));
        vf a3 = v_max3(c6, c7, c8);
        ST(o0 + at + j * 64 + 24, a3);
        const vf c9 = v_max3(LD(r0 + j * 128 + 72), LD(r1 + j * 128 + 72), LD(r2 + j * 128 + 72));
        const vf c10 = v_max3(LD(r0 + j * 128 + 80), LD(r1 + j * 128 + 80), LD(r2 + j * 128 + 80));
        vf a4 = v_max3(c10, c8, c9);
        ST(o0 + at + j * 64 + 32, a4);
        const vf c11 = v_max3(LD(r0 + j * 128 + 88), LD(r1 + j * 128 + 88), LD(r2 + j * 128 + 88));
        const vf c12 = v_max3(LD(r0 + j * 128 + 96), LD(r1 + j * 128 + 96), LD(r2 + j * 128 + 96));
        vf a5 = v_max3(c10, c11, c12);
        ST(o0 + at + j * 64 + 40, a5);
        const vf c13 = v_max3(LD(r0 + j * 128 + 104), LD(r1 + j * 128 + 104),
            LD(r2 + j * 128 + 104));
        const vf c14 = v_max3(LD(r0 + j * 128 + 112), LD(r1 + j * 128 + 112),
            LD(r2 + j * 128 + 112));
        vf a6 = v_max3(c14, c12, c13);
        ST(o0 + at + j * 64 + 48, a6);
        const vf c15 = v_max3(LD(r0 + j * 128 + 120), LD(r1 + j * 128 + 120),
            LD(r2 + j * 128 + 120));
        const vf c16 = v_max3(LD(r0 + j * 128 + 128), LD(r1 + j * 128 + 128),
            LD(r2 + j * 128 + 128));
        vf a7 = v_max3(c14, c15, c16);
        ST(o0 + at + j * 64 + 56, a7);
      }
      {
        const vf c0 = v_max3(LD(r0 + 768), LD(r1 + 768), LD(r2 + 768));
        const vf c1 = v_max3(LD(r0 + 776), LD(r1 + 776), LD(r2 + 776));
        const vf c2 = v_max3(LD(r0 + 784), LD(r1 + 784), LD(r2 + 784));
        vf a0 = v_max3(c2, c0, c1);
        ST(o0 + at + 384, a0);
        const vf c3 = v_max3(LD(r0 + 792), LD(r1 + 792), LD(r2 + 792));
        const vf c4 = v_max3(LD(r0 + 800), LD(r1 + 800), LD(r2 + 800));
        vf a1 = v_max3(c2, c3, c4);
        ST(o0 + at + 392, a1);
        const vf c5 = v_max3(LD(r0 + 808), LD(r1 + 808), LD(r2 + 808));
        const vf c6 = v_max3(LD(r0 + 816), LD(r1 + 816), LD(r2 + 816));
        vf a2 = v_max3(c6, c4, c5);
        ST(o0 + at + 400, a2);
        const vf c7 = v_max3(LD(r0 + 824), LD(r1 + 824), LD(r2 + 824));
        const vf c8 = v_max3(LD(r0 + 832), LD(r1 + 832), LD(r2 + 832));
        vf a3 = v_max3(c6, c7, c8);
        ST(o0 + at + 408, a3);
        const vf c9 = v_max3(LD(r0 + 840), LD(r1 + 840), LD(r2 + 840));
        const vf c10 = v_max3(LD(r0 + 848), LD(r1 + 848), LD(r2 + 848));
        vf a4 = v_max3(c10, c8, c9);
        ST(o0 + at + 416, a4);
        const vf c11 = v_max3(LD(r0 + 856), LD(r1 + 856), LD(r2 + 856));
        const vf c12 = v_max3(LD(r0 + 864), LD(r1 + 864), LD(r2 + 864));
        vf a5 = v_max3(c10, c11, c12);
        ST(o0 + at + 424, a5);
        const vf c13 = v_max3(LD(r0 + 872), LD(r1 + 872), LD(r2 + 872));
        const vf c14 = v_max3(LD(r0 + 880), LD(r1 + 880), LD(r2 + 880));
        vf a6 = v_max3(c14, c12, c13);
        ST(o0 + at + 432, a6);
        const vf c15 = v_max3(LD(r0 + 888), LD(r1 + 888), LD(r2 + 888));
        vf a7 = v_max(c14, c15);
        ST(o0 + at + 440, a7);
      }
    }
  }
}

KERNEL void googlenet_conv7x7s2_3x224x224_64_maxpool3x3s2_64x56x56(
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
    const size_t from_a = from_b * 2;
    const size_t end_a = (to_b - 1) * 2 + 3;
    const size_t to_a = end_a < 112 ? end_a : 112;
    googlenet_conv7x7s2_3x224x224_64_maxpool3x3s2_64x56x56_a(i0, i1, i2, ws + 0, from_a, to_a, g,
        g + 1, from_a);
    googlenet_conv7x7s2_3x224x224_64_maxpool3x3s2_64x56x56_b(ws + 0, o0, from_b, to_b, b0, b1,
        from_a);
  }
}

/* googlenet_lrn5_64x56x56
 *
 * layer lrn1 (googlenet.net:26)
 * windows of 5 channels by shuffles; a unit of the split is one row of a block
 * counted here: 0 multiply-adds, 2,408,448 other operations,
 *   2,408,448 bytes loaded, 802,816 bytes stored */
KERNEL void googlenet_lrn5_64x56x56(
    const float *restrict i0, float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 448 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 448 / (size_t)n;
  for (size_t u = u0; u < u1; ++u) {
    const size_t oy = u % 56;
    const size_t cb = u / 56;
    const float *p1 = i0 + cb * 25088 + oy * 448;
    const vi all = (vi){-1, -1, -1, -1, -1, -1, -1, -1};
    const vi some = (vi){-1, -1, -1, -1, -1, -1, -1, -1};
    const vi m1 = cb < 7 ? all : some;
    const vi m0 = cb > 0 ? all : (vi){0};
    const float *p0 = cb > 0 ? p1 - 25088 : p1;
    const vi m2 = cb + 1 < 7 ? all : cb < 7 ? some : (vi){0};
    const float *p2 = cb < 7 ? p1 + 25088 : p1;
    float *y = o0 + cb * 25088 + oy * 448;
    for (size_t i = 0; i < 56; ++i) {
      const size_t at = i * 8;
      const vf q0 = (vf)((vi)v_square(LD(p0 + at)) & m0);
      const vf q1 = (vf)((vi)v_square(LD(p1 + at)) & m1);
      const vf q2 = (vf)((vi)v_square(LD(p2 + at)) & m2);
      vf sum = q1;
      sum += SHUFFLE2(q0, q1, 7, 8, 9, 10, 11, 12, 13, 14);
      sum += SHUFFLE2(q0, q1, 6, 7, 8, 9, 10, 11, 12, 13);
      sum += SHUFFLE2(q1, q2, 1, 2, 3, 4, 5, 6, 7, 8);
      sum += SHUFFLE2(q1, q2, 2, 3, 4, 5, 6, 7, 8, 9);
      const vf v = 1.0f + 2e-05f * sum;
      const vf root = v_sqrt(v);
      ST(y + at, LD(p1 + at) / (root * v_sqrt(root)));
    }
  }
}

/* googlenet_conv1x1s1_64x56x56_64
 *
 * layer conv2 (googlenet.net:27)
 * order: chunk of 131 tiles, group of 2 x 8 output channels, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 16 units of (chunk, group)
 * counted here: 12,845,056 multiply-adds, 200,704 other operations,
 *   11,913,984 bytes loaded, 802,816 bytes stored */
/* 2 output blocks x 6 pixels; columns 0 to 3131 of a row */
KERNEL void googlenet_conv1x1s1_64x56x56_64_t0_2x6(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4, a0_5;
  vf a1_0, a1_1, a1_2, a1_3, a1_4, a1_5;
  vf w0, w1;
  float t;
  a0_0 = a0_1 = a0_2 = a0_3 = a0_4 = a0_5 = LD(b);
  a1_0 = a1_1 = a1_2 = a1_3 = a1_4 = a1_5 = LD(b + 8);
  for (size_t c = 0; c < 8; ++c) {
    const float *xp = x + c * 25088;
    const float *wp = w + c * 128;
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
    t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[33]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[41]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 32); w1 = LD(wp + 40);
    t = xp[2]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[10]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[18]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[26]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[34]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[42]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 48); w1 = LD(wp + 56);
    t = xp[3]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[11]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[19]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[27]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[35]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[43]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 64); w1 = LD(wp + 72);
    t = xp[4]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[12]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[20]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[28]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[36]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[44]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 80); w1 = LD(wp + 88);
    t = xp[5]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[13]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[21]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[29]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[37]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[45]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 96); w1 = LD(wp + 104);
    t = xp[6]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[14]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[22]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[30]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[38]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[46]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 112); w1 = LD(wp + 120);
    t = xp[7]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[15]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[23]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[31]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[39]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[47]; a0_5 += w0 * t; a1_5 += w1 * t;
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
  ST(y + 25088, a1_0);
  ST(y + 25096, a1_1);
  ST(y + 25104, a1_2);
  ST(y + 25112, a1_3);
  ST(y + 25120, a1_4);
  ST(y + 25128, a1_5);
}

/* 2 output blocks x 4 pixels; columns 3132 to 3135 of a row */
KERNEL void googlenet_conv1x1s1_64x56x56_64_t1_2x4(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y) {
  vf a0_0, a0_1, a0_2, a0_3;
  vf a1_0, a1_1, a1_2, a1_3;
  vf w0, w1;
  float t;
  a0_0 = a0_1 = a0_2 = a0_3 = LD(b);
  a1_0 = a1_1 = a1_2 = a1_3 = LD(b + 8);
  for (size_t c = 0; c < 8; ++c) {
    const float *xp = x + c * 25088;
    const float *wp = w + c * 128;
    HIDE(xp);
    w0 = LD(wp); w1 = LD(wp + 8);
    t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 16); w1 = LD(wp + 24);
    t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 32); w1 = LD(wp + 40);
    t = xp[2]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[10]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[18]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[26]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 48); w1 = LD(wp + 56);
    t = xp[3]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[11]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[19]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[27]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 64); w1 = LD(wp + 72);
    t = xp[4]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[12]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[20]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[28]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 80); w1 = LD(wp + 88);
    t = xp[5]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[13]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[21]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[29]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 96); w1 = LD(wp + 104);
    t = xp[6]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[14]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[22]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[30]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 112); w1 = LD(wp + 120);
    t = xp[7]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[15]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[23]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[31]; a0_3 += w0 * t; a1_3 += w1 * t;
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
  ST(y + 25088, a1_0);
  ST(y + 25096, a1_1);
  ST(y + 25104, a1_2);
  ST(y + 25112, a1_3);
}

KERNEL void googlenet_conv1x1s1_64x56x56_64(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 16 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 16 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 4, g0 = u % 4;
    const size_t g1 = u1 - q * 4 < 4 ? u1 - q * 4 : 4;
    end = q * 4 + g1;
    const size_t j0 = q * 523 / 4;
    const size_t j1 = (q + 1) * 523 / 4;
    for (size_t g = g0; g < g1; ++g) {
      const float *w = i1 + g * 1024;
      const float *b = i2 + g * 16;
      const float *x = i0;
      const size_t at = g * 50176;
      float *y = o0 + at;
      for (size_t j = j0; j < j1; ++j) {
        if (j < 522)
          googlenet_conv1x1s1_64x56x56_64_t0_2x6(x + j * 48, w, b, y + j * 48);
        else
          googlenet_conv1x1s1_64x56x56_64_t1_2x4(x + 25056 + (j - 522) * 32, w, b,
              y + 25056 + (j - 522) * 32);
      }
    }
  }
}

/* googlenet_conv3x3s1_64x56x56_192
 *
 * layer conv3 (googlenet.net:27)
 * order: chunk of 14 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 48 units of (chunk, group)
 * kernel rows on the map: 2.96429 of 3, mean over output rows
 * passes: 3 of 24 input channels, partial sums wait in the output
 * counted here: 338,608,128 multiply-adds, 602,112 other operations,
 *   334,675,968 bytes loaded, 7,225,344 bytes stored */
/* 2 output blocks x 6 pixels; columns 0 to 5 of a row */
KERNEL void googlenet_conv3x3s1_64x56x56_192_t0_2x6(
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
KERNEL void googlenet_conv3x3s1_64x56x56_192_t1_2x6(
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
KERNEL void googlenet_conv3x3s1_64x56x56_192_t2_2x5(
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
KERNEL void googlenet_conv3x3s1_64x56x56_192_t3_2x4(
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

KERNEL void googlenet_conv3x3s1_64x56x56_192(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 48 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 48 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 12, g0 = u % 12;
    const size_t g1 = u1 - q * 12 < 12 ? u1 - q * 12 : 12;
    end = q * 12 + g1;
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
          googlenet_conv3x3s1_64x56x56_192_t0_2x6(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 8);
          for (size_t j = 0; j < 6; ++j) {
            googlenet_conv3x3s1_64x56x56_192_t1_2x6(x + 40 + j * 48, w, b, y + 48 + j * 48, r, ky0,
                ky1, c0, c1, c1 == 8);
          }
          for (size_t j = 0; j < 2; ++j) {
            googlenet_conv3x3s1_64x56x56_192_t2_2x5(x + 328 + j * 40, w, b, y + 336 + j * 40, r,
                ky0, ky1, c0, c1, c1 == 8);
          }
          googlenet_conv3x3s1_64x56x56_192_t3_2x4(x + 408, w, b, y + 416, r, ky0, ky1, c0, c1,
              c1 == 8);
        }
      }
    }
  }
}

/* googlenet_lrn5_192x56x56
 *
 * layer lrn2 (googlenet.net:28)
 * windows of 5 channels by shuffles; a unit of the split is one row of a block
 * counted here: 0 multiply-adds, 7,225,344 other operations,
 *   7,225,344 bytes loaded, 2,408,448 bytes stored */
KERNEL void googlenet_lrn5_192x56x56(
    const float *restrict i0, float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 1344 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 1344 / (size_t)n;
  for (size_t u = u0; u < u1; ++u) {
    const size_t oy = u % 56;
    const size_t cb = u / 56;
    const float *p1 = i0 + cb * 25088 + oy * 448;
    const vi all = (vi){-1, -1, -1, -1, -1, -1, -1, -1};
    const vi some = (vi){-1, -1, -1, -1, -1, -1, -1, -1};
    const vi m1 = cb < 23 ? all : some;
    const vi m0 = cb > 0 ? all : (vi){0};
    const float *p0 = cb > 0 ? p1 - 25088 : p1;
    const vi m2 = cb + 1 < 23 ? all : cb < 23 ? some : (vi){0};
    const float *p2 = cb < 23 ? p1 + 25088 : p1;
    float *y = o0 + cb * 25088 + oy * 448;
    for (size_t i = 0; i < 56; ++i) {
      const size_t at = i * 8;
      const vf q0 = (vf)((vi)v_square(LD(p0 + at)) & m0);
      const vf q1 = (vf)((vi)v_square(LD(p1 + at)) & m1);
      const vf q2 = (vf)((vi)v_square(LD(p2 + at)) & m2);
      vf sum = q1;
      sum += SHUFFLE2(q0, q1, 7, 8, 9, 10, 11, 12, 13, 14);
      sum += SHUFFLE2(q0, q1, 6, 7, 8, 9, 10, 11, 12, 13);
      sum += SHUFFLE2(q1, q2, 1, 2, 3, 4, 5, 6, 7, 8);
      sum += SHUFFLE2(q1, q2, 2, 3, 4, 5, 6, 7, 8, 9);
      const vf v = 1.0f + 2e-05f * sum;
      const vf root = v_sqrt(v);
      ST(y + at, LD(p1 + at) / (root * v_sqrt(root)));
    }
  }
}

/* googlenet_maxpool3x3s2_192x28x28
 *
 * layer maxpool2 (googlenet.net:28)
 * tiles of up to 8 outputs of a row, 2 different; rows of the window spelled out
 * a unit of the split is 10 output rows of one channel block
 * counted here: 0 multiply-adds, 930,048 other operations,
 *   3,806,208 bytes loaded, 602,112 bytes stored */
KERNEL void googlenet_maxpool3x3s2_192x28x28(
    const float *restrict i0, float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 72 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 72 / (size_t)n;
  for (size_t u = u0; u < u1; ++u) {
    const size_t q = u % 3;
    const size_t cb = u / 3;
    const float *map = i0 + cb * 25088;
    const size_t from = q * 28 / 3, to = (q + 1) * 28 / 3;
    for (size_t oy = from; oy < to; ++oy) {
      const ptrdiff_t top = (ptrdiff_t)(oy * 2); /* of the window */
      const float *r0 = map + ((top)) * 448;
      const float *r1 = map + ((top + 1)) * 448;
      const float *r2 = map + ((top + 2 > 55 ? 55 : top + 2)) * 448;
      const size_t at = cb * 6272 + oy * 224;
      for (size_t j = 0; j < 3; ++j) {
        const vf c0 = v_max3(LD(r0 + j * 112), LD(r1 + j * 112), LD(r2 + j * 112));
        const vf c1 = v_max3(LD(r0 + j * 112 + 8), LD(r1 + j * 112 + 8), LD(r2 + j * 112 + 8));
        const vf c2 = v_max3(LD(r0 + j * 112 + 16), LD(r1 + j * 112 + 16), LD(r2 + j * 112 + 16));
        vf a0 = v_max3(c2, c0, c1);
        ST(o0 + at + j * 56, a0);
        const vf c3 = v_max3(LD(r0 + j * 112 + 24), LD(r1 + j * 112 + 24), LD(r2 + j * 112 + 24));
        const vf c4 = v_max3(LD(r0 + j * 112 + 32), LD(r1 + j * 112 + 32), LD(r2 + j * 112 + 32));
        vf a1 = v_max3(c2, c3, c4);
        ST(o0 + at + j * 56 + 8, a1);
        const vf c5 = v_max3(LD(r0 + j * 112 + 40), LD(r1 + j * 112 + 40), LD(r2 + j * 112 + 40));
        const vf c6 = v_max3(LD(r0 + j * 112 + 48), LD(r1 + j * 112 + 48), LD(r2 + j * 112 + 48));
        vf a2 = v_max3(c6, c4, c5);
        ST(o0 + at + j * 56 + 16, a2);
        const vf c7 = v_max3(LD(r0 + j * 112 + 56), LD(r1 + j * 112 + 56), LD(r2 + j * 112 + 56));
        const vf c8 = v_max3(LD(r0 + j * 112 + 64), LD(r1 + j * 112 + 64), LD(r2 + j * 112 + 64));
        vf a3 = v_max3(c6, c7, c8);
        ST(o0 + at + j * 56 + 24, a3);
        const vf c9 = v_max3(LD(r0 + j * 112 + 72), LD(r1 + j * 112 + 72), LD(r2 + j * 112 + 72));
        const vf c10 = v_max3(LD(r0 + j * 112 + 80), LD(r1 + j * 112 + 80), LD(r2 + j * 112 + 80));
        vf a4 = v_max3(c10, c8, c9);
        ST(o0 + at + j * 56 + 32, a4);
        const vf c11 = v_max3(LD(r0 + j * 112 + 88), LD(r1 + j * 112 + 88), LD(r2 + j * 112 + 88));
        const vf c12 = v_max3(LD(r0 + j * 112 + 96), LD(r1 + j * 112 + 96), LD(r2 + j * 112 + 96));
        vf a5 = v_max3(c10, c11, c12);
        ST(o0 + at + j * 56 + 40, a5);
        const vf c13 = v_max3(LD(r0 + j * 112 + 104), LD(r1 + j * 112 + 104),
            LD(r2 + j * 112 + 104));
        const vf c14 = v_max3(LD(r0 + j * 112 + 112), LD(r1 + j * 112 + 112),
            LD(r2 + j * 112 + 112));
        vf a6 = v_max3(c12, c13, c14);
        ST(o0 + at + j * 56 + 48, a6);
      }
      {
        const vf c0 = v_max3(LD(r0 + 336), LD(r1 + 336), LD(r2 + 336));
        const vf c1 = v_max3(LD(r0 + 344), LD(r1 + 344), LD(r2 + 344));
        const vf c2 = v_max3(LD(r0 + 352), LD(r1 + 352), LD(r2 + 352));
        vf a0 = v_max3(c2, c0, c1);
        ST(o0 + at + 168, a0);
        const vf c3 = v_max3(LD(r0 + 360), LD(r1 + 360), LD(r2 + 360));
        const vf c4 = v_max3(LD(r0 + 368), LD(r1 + 368), LD(r2 + 368));
        vf a1 = v_max3(c2, c3, c4);
        ST(o0 + at + 176, a1);
        const vf c5 = v_max3(LD(r0 + 376), LD(r1 + 376), LD(r2 + 376));
        const vf c6 = v_max3(LD(r0 + 384), LD(r1 + 384), LD(r2 + 384));
        vf a2 = v_max3(c6, c4, c5);
        ST(o0 + at + 184, a2);
        const vf c7 = v_max3(LD(r0 + 392), LD(r1 + 392), LD(r2 + 392));
        const vf c8 = v_max3(LD(r0 + 400), LD(r1 + 400), LD(r2 + 400));
        vf a3 = v_max3(c6, c7, c8);
        ST(o0 + at + 192, a3);
        const vf c9 = v_max3(LD(r0 + 408), LD(r1 + 408), LD(r2 + 408));
        const vf c10 = v_max3(LD(r0 + 416), LD(r1 + 416), LD(r2 + 416));
        vf a4 = v_max3(c10, c8, c9);
        ST(o0 + at + 200, a4);
        const vf c11 = v_max3(LD(r0 + 424), LD(r1 + 424), LD(r2 + 424));
        const vf c12 = v_max3(LD(r0 + 432), LD(r1 + 432), LD(r2 + 432));
        vf a5 = v_max3(c10, c11, c12);
        ST(o0 + at + 208, a5);
        const vf c13 = v_max3(LD(r0 + 440), LD(r1 + 440), LD(r2 + 440));
        vf a6 = v_max(c12, c13);
        ST(o0 + at + 216, a6);
      }
    }
  }
}

/* googlenet_conv1x1s1_192x28x28_64
 *
 * layer inception3a.branch1 (googlenet.net:16)
 * order: chunk of 33 tiles, group of 2 x 8 output channels, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 16 units of (chunk, group)
 * counted here: 9,633,792 multiply-adds, 50,176 other operations,
 *   8,880,896 bytes loaded, 200,704 bytes stored */
/* 2 output blocks x 6 pixels; columns 0 to 779 of a row */
KERNEL void googlenet_conv1x1s1_192x28x28_64_t0_2x6(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    const float *ahead) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4, a0_5;
  vf a1_0, a1_1, a1_2, a1_3, a1_4, a1_5;
  vf w0, w1;
  float t;
  a0_0 = a0_1 = a0_2 = a0_3 = a0_4 = a0_5 = LD(b);
  a1_0 = a1_1 = a1_2 = a1_3 = a1_4 = a1_5 = LD(b + 8);
  for (size_t c = 0; c < 24; ++c) {
    const float *xp = x + c * 6272;
    const float *wp = w + c * 128;
    __builtin_prefetch(ahead + c * 16, 0, 2);
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
    t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[33]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[41]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 32); w1 = LD(wp + 40);
    t = xp[2]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[10]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[18]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[26]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[34]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[42]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 48); w1 = LD(wp + 56);
    t = xp[3]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[11]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[19]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[27]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[35]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[43]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 64); w1 = LD(wp + 72);
    t = xp[4]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[12]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[20]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[28]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[36]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[44]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 80); w1 = LD(wp + 88);
    t = xp[5]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[13]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[21]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[29]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[37]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[45]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 96); w1 = LD(wp + 104);
    t = xp[6]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[14]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[22]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[30]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[38]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[46]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 112); w1 = LD(wp + 120);
    t = xp[7]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[15]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[23]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[31]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[39]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[47]; a0_5 += w0 * t; a1_5 += w1 * t;
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
  ST(y + 6272, a1_0);
  ST(y + 6280, a1_1);
  ST(y + 6288, a1_2);
  ST(y + 6296, a1_3);
  ST(y + 6304, a1_4);
  ST(y + 6312, a1_5);
}

/* 2 output blocks x 4 pixels; columns 780 to 783 of a row */
KERNEL void googlenet_conv1x1s1_192x28x28_64_t1_2x4(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    const float *ahead) {
  vf a0_0, a0_1, a0_2, a0_3;
  vf a1_0, a1_1, a1_2, a1_3;
  vf w0, w1;
  float t;
  a0_0 = a0_1 = a0_2 = a0_3 = LD(b);
  a1_0 = a1_1 = a1_2 = a1_3 = LD(b + 8);
  for (size_t c = 0; c < 24; ++c) {
    const float *xp = x + c * 6272;
    const float *wp = w + c * 128;
    __builtin_prefetch(ahead + c * 16, 0, 2);
    HIDE(xp);
    w0 = LD(wp); w1 = LD(wp + 8);
    t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 16); w1 = LD(wp + 24);
    t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 32); w1 = LD(wp + 40);
    t = xp[2]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[10]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[18]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[26]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 48); w1 = LD(wp + 56);
    t = xp[3]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[11]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[19]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[27]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 64); w1 = LD(wp + 72);
    t = xp[4]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[12]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[20]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[28]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 80); w1 = LD(wp + 88);
    t = xp[5]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[13]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[21]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[29]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 96); w1 = LD(wp + 104);
    t = xp[6]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[14]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[22]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[30]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 112); w1 = LD(wp + 120);
    t = xp[7]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[15]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[23]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[31]; a0_3 += w0 * t; a1_3 += w1 * t;
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
  ST(y + 6272, a1_0);
  ST(y + 6280, a1_1);
  ST(y + 6288, a1_2);
  ST(y + 6296, a1_3);
}

KERNEL void googlenet_conv1x1s1_192x28x28_64(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 16 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 16 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 4, g0 = u % 4;
    const size_t g1 = u1 - q * 4 < 4 ? u1 - q * 4 : 4;
    end = q * 4 + g1;
    const size_t j0 = q * 131 / 4;
    const size_t j1 = (q + 1) * 131 / 4;
    for (size_t g = g0; g < g1; ++g) {
      const float *w = i1 + g * 3072;
      const float *ahead = w + 3072; /* the next weights */
      const float *b = i2 + g * 16;
      const float *x = i0;
      const size_t at = g * 12544;
      float *y = o0 + at;
      for (size_t j = j0; j < j1; ++j) {
        if (j < 130)
          googlenet_conv1x1s1_192x28x28_64_t0_2x6(x + j * 48, w, b, y + j * 48, ahead);
        else
          googlenet_conv1x1s1_192x28x28_64_t1_2x4(x + 6240 + (j - 130) * 32, w, b,
              y + 6240 + (j - 130) * 32, ahead);
        ahead += 96;
      }
    }
  }
}

/* googlenet_conv1x1s1_192x28x28_112
 *
 * layer inception3a.branch2.0.siblings (googlenet.net:17)
 * order: chunk of 33 tiles, group of 2 x 8 output channels, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 28 units of (chunk, group)
 * counted here: 16,859,136 multiply-adds, 87,808 other operations,
 *   15,541,568 bytes loaded, 351,232 bytes stored */
KERNEL void googlenet_conv1x1s1_192x28x28_112(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 28 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 28 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 7, g0 = u % 7;
    const size_t g1 = u1 - q * 7 < 7 ? u1 - q * 7 : 7;
    end = q * 7 + g1;
    const size_t j0 = q * 131 / 4;
    const size_t j1 = (q + 1) * 131 / 4;
    for (size_t g = g0; g < g1; ++g) {
      const float *w = i1 + g * 3072;
      const float *ahead = w + 3072; /* the next weights */
      const float *b = i2 + g * 16;
      const float *x = i0;
      const size_t at = g * 12544;
      float *y = o0 + at;
      for (size_t j = j0; j < j1; ++j) {
        if (j < 130)
          googlenet_conv1x1s1_192x28x28_64_t0_2x6(x + j * 48, w, b, y + j * 48, ahead);
        else
          googlenet_conv1x1s1_192x28x28_64_t1_2x4(x + 6240 + (j - 130) * 32, w, b,
              y + 6240 + (j - 130) * 32, ahead);
        ahead += 96;
      }
    }
  }
}

/* googlenet_maxpool3x3s1_192x28x28
 *
 * layer inception3a.maxpool1 (googlenet.net:19)
 * tiles of up to 8 outputs of one or two rows, 6 different; rows of the window spelled out
 * a unit of the split is 10 output rows of one channel block
 * counted here: 0 multiply-adds, 995,328 other operations,
 *   1,514,496 bytes loaded, 602,112 bytes stored */
KERNEL void googlenet_maxpool3x3s1_192x28x28(
    const float *restrict i0, float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 72 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 72 / (size_t)n;
  for (size_t u = u0; u < u1; ++u) {
    const size_t q = u % 3;
    const size_t cb = u / 3;
    const float *map = i0 + cb * 6272;
    const size_t from = q * 28 / 3, to = (q + 1) * 28 / 3;
    size_t oy = from;
    vf sum0 = {0}, sum1 = {0};
    for (; oy + 1 < to; oy += 2) {
      const ptrdiff_t top = (ptrdiff_t)(oy) - 1; /* of the window */
      const float *r0 = map + ((top < 0 ? 0 : top)) * 224;
      const float *r1 = map + ((top + 1)) * 224;
      const float *r2 = map + ((top + 2)) * 224;
      const float *r3 = map + ((top + 3 > 27 ? 27 : top + 3)) * 224;
      const size_t at = cb * 6272 + oy * 224;
      {
        vf x0_1 = LD(r0 + 0), x1_1 = LD(r1 + 0), x2_1 = LD(r2 + 0), x3_1 = LD(r3 + 0);
        HOLD(x0_1); HOLD(x1_1); HOLD(x2_1); HOLD(x3_1);
        sum1 += x0_1 * x1_1 * (x2_1 * x3_1);
        const vf c1 = v_top(x0_1, v_top(x2_1, x1_1));
        const vf d1 = v_top(x3_1, v_top(x2_1, x1_1));
        vf x0_2 = LD(r0 + 8), x1_2 = LD(r1 + 8), x2_2 = LD(r2 + 8), x3_2 = LD(r3 + 8);
        HOLD(x0_2); HOLD(x1_2); HOLD(x2_2); HOLD(x3_2);
        sum0 += x0_2 * x1_2 * (x2_2 * x3_2);
        const vf c2 = v_top(x0_2, v_top(x2_2, x1_2));
        const vf d2 = v_top(x3_2, v_top(x2_2, x1_2));
        vf a0 = v_top(c2, c1);
        ST(o0 + at, a0);
        vf e0 = v_top(d2, d1);
        ST(o0 + at + 224, e0);
        vf x0_3 = LD(r0 + 16), x1_3 = LD(r1 + 16), x2_3 = LD(r2 + 16), x3_3 = LD(r3 + 16);
        HOLD(x0_3); HOLD(x1_3); HOLD(x2_3); HOLD(x3_3);
        sum1 += x0_3 * x1_3 * (x2_3 * x3_3);
        const vf c3 = v_top(x0_3, v_top(x2_3, x1_3));
        const vf d3 = v_top(x3_3, v_top(x2_3, x1_3));
        vf a1 = v_top(c3, v_top(c2, c1));
        ST(o0 + at + 8, a1);
        vf e1 = v_top(d3, v_top(d2, d1));
        ST(o0 + at + 232, e1);
        vf x0_4 = LD(r0 + 24), x1_4 = LD(r1 + 24), x2_4 = LD(r2 + 24), x3_4 = LD(r3 + 24);
        HOLD(x0_4); HOLD(x1_4); HOLD(x2_4); HOLD(x3_4);
        sum0 += x0_4 * x1_4 * (x2_4 * x3_4);
        const vf c4 = v_top(x0_4, v_top(x2_4, x1_4));
        const vf d4 = v_top(x3_4, v_top(x2_4, x1_4));
        vf a2 = v_top(c2, v_top(c4, c3));
        ST(o0 + at + 16, a2);
        vf e2 = v_top(d2, v_top(d4, d3));
        ST(o0 + at + 240, e2);
        vf x0_5 = LD(r0 + 32), x1_5 = LD(r1 + 32), x2_5 = LD(r2 + 32), x3_5 = LD(r3 + 32);
        HOLD(x0_5); HOLD(x1_5); HOLD(x2_5); HOLD(x3_5);
        sum1 += x0_5 * x1_5 * (x2_5 * x3_5);
        const vf c5 = v_top(x0_5, v_top(x2_5, x1_5));
        const vf d5 = v_top(x3_5, v_top(x2_5, x1_5));
        vf a3 = v_top(c5, v_top(c4, c3));
        ST(o0 + at + 24, a3);
        vf e3 = v_top(d5, v_top(d4, d3));
        ST(o0 + at + 248, e3);
        vf x0_6 = LD(r0 + 40), x1_6 = LD(r1 + 40), x2_6 = LD(r2 + 40), x3_6 = LD(r3 + 40);
        HOLD(x0_6); HOLD(x1_6); HOLD(x2_6); HOLD(x3_6);
        sum0 += x0_6 * x1_6 * (x2_6 * x3_6);
        const vf c6 = v_top(x0_6, v_top(x2_6, x1_6));
        const vf d6 = v_top(x3_6, v_top(x2_6, x1_6));
        vf a4 = v_top(c4, v_top(c6, c5));
        ST(o0 + at + 32, a4);
        vf e4 = v_top(d4, v_top(d6, d5));
        ST(o0 + at + 256, e4);
        vf x0_7 = LD(r0 + 48), x1_7 = LD(r1 + 48), x2_7 = LD(r2 + 48), x3_7 = LD(r3 + 48);
        HOLD(x0_7); HOLD(x1_7); HOLD(x2_7); HOLD(x3_7);
        sum1 += x0_7 * x1_7 * (x2_7 * x3_7);
        const vf c7 = v_top(x0_7, v_top(x2_7, x1_7));
        const vf d7 = v_top(x3_7, v_top(x2_7, x1_7));
        vf a5 = v_top(c7, v_top(c6, c5));
        ST(o0 + at + 40, a5);
        vf e5 = v_top(d7, v_top(d6, d5));
        ST(o0 + at + 264, e5);
        vf x0_8 = LD(r0 + 56), x1_8 = LD(r1 + 56), x2_8 = LD(r2 + 56), x3_8 = LD(r3 + 56);
        HOLD(x0_8); HOLD(x1_8); HOLD(x2_8); HOLD(x3_8);
        sum0 += x0_8 * x1_8 * (x2_8 * x3_8);
        const vf c8 = v_top(x0_8, v_top(x2_8, x1_8));
        const vf d8 = v_top(x3_8, v_top(x2_8, x1_8));
        vf a6 = v_top(c8, v_top(c7, c6));
        ST(o0 + at + 48, a6);
        vf e6 = v_top(d8, v_top(d7, d6));
        ST(o0 + at + 272, e6);
      }
      for (size_t j = 0; j < 2; ++j) {
        vf x0_0 = LD(r0 + j * 56 + 48), x1_0 = LD(r1 + j * 56 + 48), x2_0 = LD(r2 + j * 56 + 48),
            x3_0 = LD(r3 + j * 56 + 48);
        HOLD(x0_0); HOLD(x1_0); HOLD(x2_0); HOLD(x3_0);
        sum0 += x0_0 * x1_0 * (x2_0 * x3_0);
        const vf c0 = v_top(x0_0, v_top(x2_0, x1_0));
        const vf d0 = v_top(x3_0, v_top(x2_0, x1_0));
        vf x0_1 = LD(r0 + j * 56 + 56), x1_1 = LD(r1 + j * 56 + 56), x2_1 = LD(r2 + j * 56 + 56),
            x3_1 = LD(r3 + j * 56 + 56);
        HOLD(x0_1); HOLD(x1_1); HOLD(x2_1); HOLD(x3_1);
        sum1 += x0_1 * x1_1 * (x2_1 * x3_1);
        const vf c1 = v_top(x0_1, v_top(x2_1, x1_1));
        const vf d1 = v_top(x3_1, v_top(x2_1, x1_1));
        vf x0_2 = LD(r0 + j * 56 + 64), x1_2 = LD(r1 + j * 56 + 64), x2_2 = LD(r2 + j * 56 + 64),
            x3_2 = LD(r3 + j * 56 + 64);
        HOLD(x0_2); HOLD(x1_2); HOLD(x2_2); HOLD(x3_2);
        sum0 += x0_2 * x1_2 * (x2_2 * x3_2);
        const vf c2 = v_top(x0_2, v_top(x2_2, x1_2));
        const vf d2 = v_top(x3_2, v_top(x2_2, x1_2));
        vf a0 = v_top(c0, v_top(c2, c1));
        ST(o0 + at + j * 56 + 56, a0);
        vf e0 = v_top(d0, v_top(d2, d1));
        ST(o0 + at + j * 56 + 280, e0);
        vf x0_3 = LD(r0 + j * 56 + 72), x1_3 = LD(r1 + j * 56 + 72), x2_3 = LD(r2 + j * 56 + 72),
            x3_3 = LD(r3 + j * 56 + 72);
        HOLD(x0_3); HOLD(x1_3); HOLD(x2_3); HOLD(x3_3);
        sum1 += x0_3 * x1_3 * (x2_3 * x3_3);
        const vf c3 = v_top(x0_3, v_top(x2_3, x1_3));
        const vf d3 = v_top(x3_3, v_top(x2_3, x1_3));
        vf a1 = v_top(c3, v_top(c2, c1));
        ST(o0 + at + j * 56 + 64, a1);
        vf e1 = v_top(d3, v_top(d2, d1));
        ST(o0 + at + j * 56 + 288, e1);
        vf x0_4 = LD(r0 + j * 56 + 80), x1_4 = LD(r1 + j * 56 + 80), x2_4 = LD(r2 + j * 56 + 80),
            x3_4 = LD(r3 + j * 56 + 80);
        HOLD(x0_4); HOLD(x1_4); HOLD(x2_4); HOLD(x3_4);
        sum0 += x0_4 * x1_4 * (x2_4 * x3_4);
        const vf c4 = v_top(x0_4, v_top(x2_4, x1_4));
        const vf d4 = v_top(x3_4, v_top(x2_4, x1_4));
        vf a2 = v_top(c2, v_top(c4, c3));
        ST(o0 + at + j * 56 + 72, a2);
        vf e2 = v_top(d2, v_top(d4, d3));
        ST(o0 + at + j * 56 + 296, e2);
        vf x0_5 = LD(r0 + j * 56 + 88), x1_5 = LD(r1 + j * 56 + 88), x2_5 = LD(r2 + j * 56 + 88),
            x3_5 = LD(r3 + j * 56 + 88);
        HOLD(x0_5); HOLD(x1_5); HOLD(x2_5); HOLD(x3_5);
        sum1 += x0_5 * x1_5 * (x2_5 * x3_5);
        const vf c5 = v_top(x0_5, v_top(x2_5, x1_5));
        const vf d5 = v_top(x3_5, v_top(x2_5, x1_5));
        vf a3 = v_top(c5, v_top(c4, c3));
        ST(o0 + at + j * 56 + 80, a3);
        vf e3 = v_top(d5, v_top(d4, d3));
        ST(o0 + at + j * 56 + 304, e3);
        vf x0_6 = LD(r0 + j * 56 + 96), x1_6 = LD(r1 + j * 56 + 96), x2_6 = LD(r2 + j * 56 + 96),
            x3_6 = LD(r3 + j * 56 + 96);
        HOLD(x0_6); HOLD(x1_6); HOLD(x2_6); HOLD(x3_6);
        sum0 += x0_6 * x1_6 * (x2_6 * x3_6);
        const vf c6 = v_top(x0_6, v_top(x2_6, x1_6));
        const vf d6 = v_top(x3_6, v_top(x2_6, x1_6));
        vf a4 = v_top(c4, v_top(c6, c5));
        ST(o0 + at + j * 56 + 88, a4);
        vf e4 = v_top(d4, v_top(d6, d5));
        ST(o0 + at + j * 56 + 312, e4);
        vf x0_7 = LD(r0 + j * 56 + 104), x1_7 = LD(r1 + j * 56 + 104), x2_7 = LD(r2 + j * 56 +
            104), x3_7 = LD(r3 + j * 56 + 104);
        HOLD(x0_7); HOLD(x1_7); HOLD(x2_7); HOLD(x3_7);
        sum1 += x0_7 * x1_7 * (x2_7 * x3_7);
        const vf c7 = v_top(x0_7, v_top(x2_7, x1_7));
        const vf d7 = v_top(x3_7, v_top(x2_7, x1_7));
        vf a5 = v_top(c7, v_top(c6, c5));
        ST(o0 + at + j * 56 + 96, a5);
        vf e5 = v_top(d7, v_top(d6, d5));
        ST(o0 + at + j * 56 + 320, e5);
        vf x0_8 = LD(r0 + j * 56 + 112), x1_8 = LD(r1 + j * 56 + 112), x2_8 = LD(r2 + j * 56 +
            112), x3_8 = LD(r3 + j * 56 + 112);
        HOLD(x0_8); HOLD(x1_8); HOLD(x2_8); HOLD(x3_8);
        sum0 += x0_8 * x1_8 * (x2_8 * x3_8);
        const vf c8 = v_top(x0_8, v_top(x2_8, x1_8));
        const vf d8 = v_top(x3_8, v_top(x2_8, x1_8));
        vf a6 = v_top(c8, v_top(c7, c6));
        ST(o0 + at + j * 56 + 104, a6);
        vf e6 = v_top(d8, v_top(d7, d6));
        ST(o0 + at + j * 56 + 328, e6);
      }
      {
        vf x0_0 = LD(r0 + 160), x1_0 = LD(r1 + 160), x2_0 = LD(r2 + 160), x3_0 = LD(r3 + 160);
        HOLD(x0_0); HOLD(x1_0); HOLD(x2_0); HOLD(x3_0);
        sum0 += x0_0 * x1_0 * (x2_0 * x3_0);
        const vf c0 = v_top(x0_0, v_top(x2_0, x1_0));
        const vf d0 = v_top(x3_0, v_top(x2_0, x1_0));
        vf x0_1 = LD(r0 + 168), x1_1 = LD(r1 + 168), x2_1 = LD(r2 + 168), x3_1 = LD(r3 + 168);
        HOLD(x0_1); HOLD(x1_1); HOLD(x2_1); HOLD(x3_1);
        sum1 += x0_1 * x1_1 * (x2_1 * x3_1);
        const vf c1 = v_top(x0_1, v_top(x2_1, x1_1));
        const vf d1 = v_top(x3_1, v_top(x2_1, x1_1));
        vf x0_2 = LD(r0 + 176), x1_2 = LD(r1 + 176), x2_2 = LD(r2 + 176), x3_2 = LD(r3 + 176);
        HOLD(x0_2); HOLD(x1_2); HOLD(x2_2); HOLD(x3_2);
        sum0 += x0_2 * x1_2 * (x2_2 * x3_2);
        const vf c2 = v_top(x0_2, v_top(x2_2, x1_2));
        const vf d2 = v_top(x3_2, v_top(x2_2, x1_2));
        vf a0 = v_top(c0, v_top(c2, c1));
        ST(o0 + at + 168, a0);
        vf e0 = v_top(d0, v_top(d2, d1));
        ST(o0 + at + 392, e0);
        vf x0_3 = LD(r0 + 184), x1_3 = LD(r1 + 184), x2_3 = LD(r2 + 184), x3_3 = LD(r3 + 184);
        HOLD(x0_3); HOLD(x1_3); HOLD(x2_3); HOLD(x3_3);
        sum1 += x0_3 * x1_3 * (x2_3 * x3_3);
        const vf c3 = v_top(x0_3, v_top(x2_3, x1_3));
        const vf d3 = v_top(x3_3, v_top(x2_3, x1_3));
        vf a1 = v_top(c3, v_top(c2, c1));
        ST(o0 + at + 176, a1);
        vf e1 = v_top(d3, v_top(d2, d1));
        ST(o0 + at + 400, e1);
        vf x0_4 = LD(r0 + 192), x1_4 = LD(r1 + 192), x2_4 = LD(r2 + 192), x3_4 = LD(r3 + 192);
        HOLD(x0_4); HOLD(x1_4); HOLD(x2_4); HOLD(x3_4);
        sum0 += x0_4 * x1_4 * (x2_4 * x3_4);
        const vf c4 = v_top(x0_4, v_top(x2_4, x1_4));
        const vf d4 = v_top(x3_4, v_top(x2_4, x1_4));
        vf a2 = v_top(c2, v_top(c4, c3));
        ST(o0 + at + 184, a2);
        vf e2 = v_top(d2, v_top(d4, d3));
        ST(o0 + at + 408, e2);
        vf x0_5 = LD(r0 + 200), x1_5 = LD(r1 + 200), x2_5 = LD(r2 + 200), x3_5 = LD(r3 + 200);
        HOLD(x0_5); HOLD(x1_5); HOLD(x2_5); HOLD(x3_5);
        sum1 += x0_5 * x1_5 * (x2_5 * x3_5);
        const vf c5 = v_top(x0_5, v_top(x2_5, x1_5));
        const vf d5 = v_top(x3_5, v_top(x2_5, x1_5));
        vf a3 = v_top(c5, v_top(c4, c3));
        ST(o0 + at + 192, a3);
        vf e3 = v_top(d5, v_top(d4, d3));
        ST(o0 + at + 416, e3);
        vf x0_6 = LD(r0 + 208), x1_6 = LD(r1 + 208), x2_6 = LD(r2 + 208), x3_6 = LD(r3 + 208);
        HOLD(x0_6); HOLD(x1_6); HOLD(x2_6); HOLD(x3_6);
        sum0 += x0_6 * x1_6 * (x2_6 * x3_6);
        const vf c6 = v_top(x0_6, v_top(x2_6, x1_6));
        const vf d6 = v_top(x3_6, v_top(x2_6, x1_6));
        vf a4 = v_top(c4, v_top(c6, c5));
        ST(o0 + at + 200, a4);
        vf e4 = v_top(d4, v_top(d6, d5));
        ST(o0 + at + 424, e4);
        vf x0_7 = LD(r0 + 216), x1_7 = LD(r1 + 216), x2_7 = LD(r2 + 216), x3_7 = LD(r3 + 216);
        HOLD(x0_7); HOLD(x1_7); HOLD(x2_7); HOLD(x3_7);
        sum1 += x0_7 * x1_7 * (x2_7 * x3_7);
        const vf c7 = v_top(x0_7, v_top(x2_7, x1_7));
        const vf d7 = v_top(x3_7, v_top(x2_7, x1_7));
        vf a5 = v_top(c7, v_top(c6, c5));
        ST(o0 + at + 208, a5);
        vf e5 = v_top(d7, v_top(d6, d5));
        ST(o0 + at + 432, e5);
        vf a6 = v_top(c7, c6);
        ST(o0 + at + 216, a6);
        vf e6 = v_top(d7, d6);
        ST(o0 + at + 440, e6);
      }
    }
    if (v_odd(sum0 + sum1)) oy = from;
    for (; oy < to; ++oy) {
      const ptrdiff_t top = (ptrdiff_t)(oy) - 1; /* of the window */
      const float *r0 = map + ((top < 0 ? 0 : top)) * 224;
      const float *r1 = map + ((top + 1)) * 224;
      const float *r2 = map + ((top + 2 > 27 ? 27 : top + 2)) * 224;
      const size_t at = cb * 6272 + oy * 224;
      {
        const vf c1 = v_max3(LD(r0 + 0), LD(r1 + 0), LD(r2 + 0));
        const vf c2 = v_max3(LD(r0 + 8), LD(r1 + 8), LD(r2 + 8));
        vf a0 = v_max(c1, c2);
        ST(o0 + at, a0);
        const vf c3 = v_max3(LD(r0 + 16), LD(r1 + 16), LD(r2 + 16));
        vf a1 = v_max3(c1, c2, c3);
        ST(o0 + at + 8, a1);
        const vf c4 = v_max3(LD(r0 + 24), LD(r1 + 24), LD(r2 + 24));
        vf a2 = v_max3(c3, c4, c2);
        ST(o0 + at + 16, a2);
        const vf c5 = v_max3(LD(r0 + 32), LD(r1 + 32), LD(r2 + 32));
        vf a3 = v_max3(c3, c4, c5);
        ST(o0 + at + 24, a3);
        const vf c6 = v_max3(LD(r0 + 40), LD(r1 + 40), LD(r2 + 40));
        vf a4 = v_max3(c5, c6, c4);
        ST(o0 + at + 32, a4);
        const vf c7 = v_max3(LD(r0 + 48), LD(r1 + 48), LD(r2 + 48));
        vf a5 = v_max3(c5, c6, c7);
        ST(o0 + at + 40, a5);
        const vf c8 = v_max3(LD(r0 + 56), LD(r1 + 56), LD(r2 + 56));
        vf a6 = v_max3(c6, c7, c8);
        ST(o0 + at + 48, a6);
      }
      for (size_t j = 0; j < 2; ++j) {
        const vf c0 = v_max3(LD(r0 + j * 56 + 48), LD(r1 + j * 56 + 48), LD(r2 + j * 56 + 48));
        const vf c1 = v_max3(LD(r0 + j * 56 + 56), LD(r1 + j * 56 + 56), LD(r2 + j * 56 + 56));
        const vf c2 = v_max3(LD(r0 + j * 56 + 64), LD(r1 + j * 56 + 64), LD(r2 + j * 56 + 64));
        vf a0 = v_max3(c1, c2, c0);
        ST(o0 + at + j * 56 + 56, a0);
        const vf c3 = v_max3(LD(r0 + j * 56 + 72), LD(r1 + j * 56 + 72), LD(r2 + j * 56 + 72));
        vf a1 = v_max3(c1, c2, c3);
        ST(o0 + at + j * 56 + 64, a1);
        const vf c4 = v_max3(LD(r0 + j * 56 + 80), LD(r1 + j * 56 + 80), LD(r2 + j * 56 + 80));
        vf a2 = v_max3(c3, c4, c2);
        ST(o0 + at + j * 56 + 72, a2);
        const vf c5 = v_max3(LD(r0 + j * 56 + 88), LD(r1 + j * 56 + 88), LD(r2 + j * 56 + 88));
        vf a3 = v_max3(c3, c4, c5);
        ST(o0 + at + j * 56 + 80, a3);
        const vf c6 = v_max3(LD(r0 + j * 56 + 96), LD(r1 + j * 56 + 96), LD(r2 + j * 56 + 96));
        vf a4 = v_max3(c5, c6, c4);
        ST(o0 + at + j * 56 + 88, a4);
        const vf c7 = v_max3(LD(r0 + j * 56 + 104), LD(r1 + j * 56 + 104), LD(r2 + j * 56 + 104));
        vf a5 = v_max3(c5, c6, c7);
        ST(o0 + at + j * 56 + 96, a5);
        const vf c8 = v_max3(LD(r0 + j * 56 + 112), LD(r1 + j * 56 + 112), LD(r2 + j * 56 + 112));
        vf a6 = v_max3(c6, c7, c8);
        ST(o0 + at + j * 56 + 104, a6);
      }
      {
        const vf c0 = v_max3(LD(r0 + 160), LD(r1 + 160), LD(r2 + 160));
        const vf c1 = v_max3(LD(r0 + 168), LD(r1 + 168), LD(r2 + 168));
        const vf c2 = v_max3(LD(r0 + 176), LD(r1 + 176), LD(r2 + 176));
        vf a0 = v_max3(c1, c2, c0);
        ST(o0 + at + 168, a0);
        const vf c3 = v_max3(LD(r0 + 184), LD(r1 + 184), LD(r2 + 184));
        vf a1 = v_max3(c1, c2, c3);
        ST(o0 + at + 176, a1);
        const vf c4 = v_max3(LD(r0 + 192), LD(r1 + 192), LD(r2 + 192));
        vf a2 = v_max3(c3, c4, c2);
        ST(o0 + at + 184, a2);
        const vf c5 = v_max3(LD(r0 + 200), LD(r1 + 200), LD(r2 + 200));
        vf a3 = v_max3(c3, c4, c5);
        ST(o0 + at + 192, a3);
        const vf c6 = v_max3(LD(r0 + 208), LD(r1 + 208), LD(r2 + 208));
        vf a4 = v_max3(c5, c6, c4);
        ST(o0 + at + 200, a4);
        const vf c7 = v_max3(LD(r0 + 216), LD(r1 + 216), LD(r2 + 216));
        vf a5 = v_max3(c5, c6, c7);
        ST(o0 + at + 208, a5);
        vf a6 = v_max(c6, c7);
        ST(o0 + at + 216, a6);
      }
    }
  }
}

/* googlenet_conv3x3s1_96x28x28_128
 *
 * layer inception3a.branch2.1 (googlenet.net:17)
 * order: chunk of 14 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 16 units of (chunk, group)
 * kernel rows on the map: 2.92857 of 3, mean over output rows
 * passes: 4 of 24 input channels, partial sums wait in the output
 * counted here: 82,624,512 multiply-adds, 100,352 other operations,
 *   82,388,992 bytes loaded, 1,605,632 bytes stored */
/* 2 output blocks x 6 pixels; columns 0 to 5 of a row */
KERNEL void googlenet_conv3x3s1_96x28x28_128_t0_2x6(
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
KERNEL void googlenet_conv3x3s1_96x28x28_128_t1_2x6(
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
KERNEL void googlenet_conv3x3s1_96x28x28_128_t2_2x5(
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
KERNEL void googlenet_conv3x3s1_96x28x28_128_t3_2x5(
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

KERNEL void googlenet_conv3x3s1_96x28x28_128(
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
      for (size_t c0 = 0; c0 < 12; c0 += 3) {
        const size_t c1 = c0 + 3 < 12 ? c0 + 3 : 12;
        const float *w = i1 + g * 13824;
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
          googlenet_conv3x3s1_96x28x28_128_t0_2x6(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 12);
          for (size_t j = 0; j < 2; ++j) {
            googlenet_conv3x3s1_96x28x28_128_t1_2x6(x + 40 + j * 48, w, b, y + 48 + j * 48, r, ky0,
                ky1, c0, c1, c1 == 12);
          }
          googlenet_conv3x3s1_96x28x28_128_t2_2x5(x + 136, w, b, y + 144, r, ky0, ky1, c0, c1,
              c1 == 12);
          googlenet_conv3x3s1_96x28x28_128_t3_2x5(x + 176, w, b, y + 184, r, ky0, ky1, c0, c1,
              c1 == 12);
        }
      }
    }
  }
}

/* googlenet_conv5x5s1_16x28x28_32
 *
 * layer inception3a.branch3.1 (googlenet.net:18)
 * order: chunk of 7 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 8 units of (chunk, group)
 * kernel rows on the map: 4.78571 of 5, mean over output rows
 * passes: 2 of 8 input channels, partial sums wait in the output
 * counted here: 9,193,472 multiply-adds, 25,088 other operations,
 *   9,277,440 bytes loaded, 200,704 bytes stored */
/* 2 output blocks x 6 pixels; columns 0 to 5 of a row */
KERNEL void googlenet_conv5x5s1_16x28x28_32_t0_2x6(
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
      const float *wp = w + c * 3200 + ky * 640;
      for (int i = 0; i < 8; ++i, xp += 1, wp += 80) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8);
        t = xp[0]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[8]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[16]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[24]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 16); w1 = LD(wp + 24);
        t = xp[0]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[8]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[16]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[24]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[32]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 32); w1 = LD(wp + 40);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[32]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[40]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[32]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[40]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[48]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[16]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[40]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[48]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[56]; a0_5 += w0 * t; a1_5 += w1 * t;
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
KERNEL void googlenet_conv5x5s1_16x28x28_32_t1_2x6(
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
      const float *wp = w + c * 3200 + ky * 640;
      for (int i = 0; i < 8; ++i, xp += 1, wp += 80) {
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
        t = xp[24]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[32]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[40]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[48]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[56]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[64]; a0_5 += w0 * t; a1_5 += w1 * t;
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[32]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[40]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[48]; a0_2 += w0 * t; a1_2 += w1 * t;
        t = xp[56]; a0_3 += w0 * t; a1_3 += w1 * t;
        t = xp[64]; a0_4 += w0 * t; a1_4 += w1 * t;
        t = xp[72]; a0_5 += w0 * t; a1_5 += w1 * t;
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
KERNEL void googlenet_conv5x5s1_16x28x28_32_t2_2x5(
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
KERNEL void googlenet_conv5x5s1_16x28x28_32_t3_2x5(
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
        HIDE(xp);
        w0 = LD(wp + 64); w1 = LD(wp + 72);
        t = xp[32]; a0_0 += w0 * t; a1_0 += w1 * t;
        t = xp[40]; a0_1 += w0 * t; a1_1 += w1 * t;
        t = xp[48]; a0_2 += w0 * t; a1_2 += w1 * t;
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

KERNEL void googlenet_conv5x5s1_16x28x28_32(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 8 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 8 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 2, g0 = u % 2;
    const size_t g1 = u1 - q * 2 < 2 ? u1 - q * 2 : 2;
    end = q * 2 + g1;
    const size_t y0 = q * 28 / 4;
    const size_t y1 = (q + 1) * 28 / 4;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 2; c0 += 1) {
        const size_t c1 = c0 + 1 < 2 ? c0 + 1 : 2;
        const float *w = i1 + g * 6400;
        const float *b = i2 + g * 16;
        const float *x = i0;
        for (size_t oy = y0; oy < y1; ++oy) {
          /* the next pass's weights */
          for (size_t i = 0; i < 29; ++i)
            __builtin_prefetch(w + c1 * 3200 + ((oy - y0) * 29 + i) * 16);
          const size_t iy = oy; /* first input row, counted from the padding's */
          const size_t ky0 = iy < 2 ? 2 - iy : 0;
          const size_t ky1 = iy + 5 <= 30 ? 5 : 30 - iy;
          const size_t r = iy + ky0 - 2;
          const size_t at = g * 12544 + oy * 224;
          float *y = o0 + at;
          googlenet_conv5x5s1_16x28x28_32_t0_2x6(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 2);
          for (size_t j = 0; j < 2; ++j) {
            googlenet_conv5x5s1_16x28x28_32_t1_2x6(x + 32 + j * 48, w, b, y + 48 + j * 48, r, ky0,
                ky1, c0, c1, c1 == 2);
          }
          googlenet_conv5x5s1_16x28x28_32_t2_2x5(x + 128, w, b, y + 144, r, ky0, ky1, c0, c1,
              c1 == 2);
          googlenet_conv5x5s1_16x28x28_32_t3_2x5(x + 168, w, b, y + 184, r, ky0, ky1, c0, c1,
              c1 == 2);
        }
      }
    }
  }
}

/* googlenet_conv1x1s1_192x28x28_32
 *
 * layer inception3a.branch4.1 (googlenet.net:19)
 * order: chunk of 17 tiles, group of 2 x 8 output channels, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 16 units of (chunk, group)
 * counted here: 4,816,896 multiply-adds, 25,088 other operations,
 *   4,440,448 bytes loaded, 100,352 bytes stored */
KERNEL void googlenet_conv1x1s1_192x28x28_32(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 16 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 16 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 2, g0 = u % 2;
    const size_t g1 = u1 - q * 2 < 2 ? u1 - q * 2 : 2;
    end = q * 2 + g1;
    const size_t j0 = q * 131 / 8;
    const size_t j1 = (q + 1) * 131 / 8;
    for (size_t g = g0; g < g1; ++g) {
      const float *w = i1 + g * 3072;
      const float *ahead = w + 3072; /* the next weights */
      const float *b = i2 + g * 16;
      const float *x = i0;
      const size_t at = g * 12544;
      float *y = o0 + at;
      for (size_t j = j0; j < j1; ++j) {
        if (j < 130)
          googlenet_conv1x1s1_192x28x28_64_t0_2x6(x + j * 48, w, b, y + j * 48, ahead);
        else
          googlenet_conv1x1s1_192x28x28_64_t1_2x4(x + 6240 + (j - 130) * 32, w, b,
              y + 6240 + (j - 130) * 32, ahead);
        ahead += 192;
      }
    }
  }
}

/* googlenet_conv1x1s1_256x28x28_128
 *
 * layer inception3b.branch1 (googlenet.net:16)
 * order: chunk of 33 tiles, group of 2 x 8 output channels, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 32 units of (chunk, group)
 * counted here: 25,690,112 multiply-adds, 100,352 other operations,
 *   23,660,032 bytes loaded, 401,408 bytes stored */
/* 2 output blocks x 6 pixels; columns 0 to 779 of a row */
KERNEL void googlenet_conv1x1s1_256x28x28_128_t0_2x6(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    const float *ahead) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4, a0_5;
  vf a1_0, a1_1, a1_2, a1_3, a1_4, a1_5;
  vf w0, w1;
  float t;
  a0_0 = a0_1 = a0_2 = a0_3 = a0_4 = a0_5 = LD(b);
  a1_0 = a1_1 = a1_2 = a1_3 = a1_4 = a1_5 = LD(b + 8);
  for (size_t c = 0; c < 32; ++c) {
    const float *xp = x + c * 6272;
    const float *wp = w + c * 128;
    __builtin_prefetch(ahead + c * 16, 0, 2);
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
    t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[33]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[41]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 32); w1 = LD(wp + 40);
    t = xp[2]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[10]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[18]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[26]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[34]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[42]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 48); w1 = LD(wp + 56);
    t = xp[3]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[11]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[19]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[27]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[35]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[43]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 64); w1 = LD(wp + 72);
    t = xp[4]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[12]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[20]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[28]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[36]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[44]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 80); w1 = LD(wp + 88);
    t = xp[5]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[13]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[21]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[29]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[37]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[45]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 96); w1 = LD(wp + 104);
    t = xp[6]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[14]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[22]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[30]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[38]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[46]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 112); w1 = LD(wp + 120);
    t = xp[7]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[15]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[23]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[31]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[39]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[47]; a0_5 += w0 * t; a1_5 += w1 * t;
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
  ST(y + 6272, a1_0);
  ST(y + 6280, a1_1);
  ST(y + 6288, a1_2);
  ST(y + 6296, a1_3);
  ST(y + 6304, a1_4);
  ST(y + 6312, a1_5);
}

/* 2 output blocks x 4 pixels; columns 780 to 783 of a row */
KERNEL void googlenet_conv1x1s1_256x28x28_128_t1_2x4(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    const float *ahead) {
  vf a0_0, a0_1, a0_2, a0_3;
  vf a1_0, a1_1, a1_2, a1_3;
  vf w0, w1;
  float t;
  a0_0 = a0_1 = a0_2 = a0_3 = LD(b);
  a1_0 = a1_1 = a1_2 = a1_3 = LD(b + 8);
  for (size_t c = 0; c < 32; ++c) {
    const float *xp = x + c * 6272;
    const float *wp = w + c * 128;
    __builtin_prefetch(ahead + c * 16, 0, 2);
    HIDE(xp);
    w0 = LD(wp); w1 = LD(wp + 8);
    t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 16); w1 = LD(wp + 24);
    t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 32); w1 = LD(wp + 40);
    t = xp[2]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[10]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[18]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[26]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 48); w1 = LD(wp + 56);
    t = xp[3]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[11]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[19]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[27]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 64); w1 = LD(wp + 72);
    t = xp[4]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[12]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[20]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[28]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 80); w1 = LD(wp + 88);
    t = xp[5]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[13]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[21]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[29]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 96); w1 = LD(wp + 104);
    t = xp[6]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[14]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[22]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[30]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 112); w1 = LD(wp + 120);
    t = xp[7]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[15]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[23]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[31]; a0_3 += w0 * t; a1_3 += w1 * t;
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
  ST(y + 6272, a1_0);
  ST(y + 6280, a1_1);
  ST(y + 6288, a1_2);
  ST(y + 6296, a1_3);
}

KERNEL void googlenet_conv1x1s1_256x28x28_128(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 32 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 32 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 8, g0 = u % 8;
    const size_t g1 = u1 - q * 8 < 8 ? u1 - q * 8 : 8;
    end = q * 8 + g1;
    const size_t j0 = q * 131 / 4;
    const size_t j1 = (q + 1) * 131 / 4;
    for (size_t g = g0; g < g1; ++g) {
      const float *w = i1 + g * 4096;
      const float *ahead = w + 4096; /* the next weights */
      const float *b = i2 + g * 16;
      const float *x = i0;
      const size_t at = g * 12544;
      float *y = o0 + at;
      for (size_t j = j0; j < j1; ++j) {
        if (j < 130)
          googlenet_conv1x1s1_256x28x28_128_t0_2x6(x + j * 48, w, b, y + j * 48, ahead);
        else
          googlenet_conv1x1s1_256x28x28_128_t1_2x4(x + 6240 + (j - 130) * 32, w, b,
              y + 6240 + (j - 130) * 32, ahead);
        ahead += 128;
      }
    }
  }
}

/* googlenet_conv1x1s1_256x28x28_160
 *
 * layer inception3b.branch2.0.siblings (googlenet.net:17)
 * order: chunk of 33 tiles, group of 2 x 8 output channels, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 40 units of (chunk, group)
 * counted here: 32,112,640 multiply-adds, 125,440 other operations,
 *   29,575,040 bytes loaded, 501,760 bytes stored */
KERNEL void googlenet_conv1x1s1_256x28x28_160(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 40 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 40 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 10, g0 = u % 10;
    const size_t g1 = u1 - q * 10 < 10 ? u1 - q * 10 : 10;
    end = q * 10 + g1;
    const size_t j0 = q * 131 / 4;
    const size_t j1 = (q + 1) * 131 / 4;
    for (size_t g = g0; g < g1; ++g) {
      const float *w = i1 + g * 4096;
      const float *ahead = w + 4096; /* the next weights */
      const float *b = i2 + g * 16;
      const float *x = i0;
      const size_t at = g * 12544;
      float *y = o0 + at;
      for (size_t j = j0; j < j1; ++j) {
        if (j < 130)
          googlenet_conv1x1s1_256x28x28_128_t0_2x6(x + j * 48, w, b, y + j * 48, ahead);
        else
          googlenet_conv1x1s1_256x28x28_128_t1_2x4(x + 6240 + (j - 130) * 32, w, b,
              y + 6240 + (j - 130) * 32, ahead);
        ahead += 128;
      }
    }
  }
}

/* googlenet_maxpool3x3s1_256x28x28
 *
 * layer inception3b.maxpool1 (googlenet.net:19)
 * tiles of up to 8 outputs of one or two rows, 6 different; rows of the window spelled out
 * a unit of the split is 14 output rows of one channel block
 * counted here: 0 multiply-adds, 1,361,920 other operations,
 *   1,949,696 bytes loaded, 802,816 bytes stored */
KERNEL void googlenet_maxpool3x3s1_256x28x28(
    const float *restrict i0, float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 64 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 64 / (size_t)n;
  for (size_t u = u0; u < u1; ++u) {
    const size_t q = u % 2;
    const size_t cb = u / 2;
    const float *map = i0 + cb * 6272;
    const size_t from = q * 28 / 2, to = (q + 1) * 28 / 2;
    size_t oy = from;
    vf sum0 = {0}, sum1 = {0};
    for (; oy + 1 < to; oy += 2) {
      const ptrdiff_t top = (ptrdiff_t)(oy) - 1; /* of the window */
      const float *r0 = map + ((top < 0 ? 0 : top)) * 224;
      const float *r1 = map + ((top + 1)) * 224;
      const float *r2 = map + ((top + 2)) * 224;
      const float *r3 = map + ((top + 3 > 27 ? 27 : top + 3)) * 224;
      const size_t at = cb * 6272 + oy * 224;
      {
        vf x0_1 = LD(r0 + 0), x1_1 = LD(r1 + 0), x2_1 = LD(r2 + 0), x3_1 = LD(r3 + 0);
        HOLD(x0_1); HOLD(x1_1); HOLD(x2_1); HOLD(x3_1);
        sum1 += x0_1 * x1_1 * (x2_1 * x3_1);
        const vf c1 = v_top(x0_1, v_top(x2_1, x1_1));
        const vf d1 = v_top(x3_1, v_top(x2_1, x1_1));
        vf x0_2 = LD(r0 + 8), x1_2 = LD(r1 + 8), x2_2 = LD(r2 + 8), x3_2 = LD(r3 + 8);
        HOLD(x0_2); HOLD(x1_2); HOLD(x2_2); HOLD(x3_2);
        sum0 += x0_2 * x1_2 * (x2_2 * x3_2);
        const vf c2 = v_top(x0_2, v_top(x2_2, x1_2));
        const vf d2 = v_top(x3_2, v_top(x2_2, x1_2));
        vf a0 = v_top(c2, c1);
        ST(o0 + at, a0);
        vf e0 = v_top(d2, d1);
        ST(o0 + at + 224, e0);
        vf x0_3 = LD(r0 + 16), x1_3 = LD(r1 + 16), x2_3 = LD(r2 + 16), x3_3 = LD(r3 + 16);
        HOLD(x0_3); HOLD(x1_3); HOLD(x2_3); HOLD(x3_3);
        sum1 += x0_3 * x1_3 * (x2_3 * x3_3);
        const vf c3 = v_top(x0_3, v_top(x2_3, x1_3));
        const vf d3 = v_top(x3_3, v_top(x2_3, x1_3));
        vf a1 = v_top(c3, v_top(c2, c1));
        ST(o0 + at + 8, a1);
        vf e1 = v_top(d3, v_top(d2, d1));
        ST(o0 + at + 232, e1);
        vf x0_4 = LD(r0 + 24), x1_4 = LD(r1 + 24), x2_4 = LD(r2 + 24), x3_4 = LD(r3 + 24);
        HOLD(x0_4); HOLD(x1_4); HOLD(x2_4); HOLD(x3_4);
        sum0 += x0_4 * x1_4 * (x2_4 * x3_4);
        const vf c4 = v_top(x0_4, v_top(x2_4, x1_4));
        const vf d4 = v_top(x3_4, v_top(x2_4, x1_4));
        vf a2 = v_top(c2, v_top(c4, c3));
        ST(o0 + at + 16, a2);
        vf e2 = v_top(d2, v_top(d4, d3));
        ST(o0 + at + 240, e2);
        vf x0_5 = LD(r0 + 32), x1_5 = LD(r1 + 32), x2_5 = LD(r2 + 32), x3_5 = LD(r3 + 32);
        HOLD(x0_5); HOLD(x1_5); HOLD(x2_5); HOLD(x3_5);
        sum1 += x0_5 * x1_5 * (x2_5 * x3_5);
        const vf c5 = v_top(x0_5, v_top(x2_5, x1_5));
        const vf d5 = v_top(x3_5, v_top(x2_5, x1_5));
        vf a3 = v_top(c5, v_top(c4, c3));
        ST(o0 + at + 24, a3);
        vf e3 = v_top(d5, v_top(d4, d3));
        ST(o0 + at + 248, e3);
        vf x0_6 = LD(r0 + 40), x1_6 = LD(r1 + 40), x2_6 = LD(r2 + 40), x3_6 = LD(r3 + 40);
        HOLD(x0_6); HOLD(x1_6); HOLD(x2_6); HOLD(x3_6);
        sum0 += x0_6 * x1_6 * (x2_6 * x3_6);
        const vf c6 = v_top(x0_6, v_top(x2_6, x1_6));
        const vf d6 = v_top(x3_6, v_top(x2_6, x1_6));
        vf a4 = v_top(c4, v_top(c6, c5));
        ST(o0 + at + 32, a4);
        vf e4 = v_top(d4, v_top(d6, d5));
        ST(o0 + at + 256, e4);
        vf x0_7 = LD(r0 + 48), x1_7 = LD(r1 + 48), x2_7 = LD(r2 + 48), x3_7 = LD(r3 + 48);
        HOLD(x0_7); HOLD(x1_7); HOLD(x2_7); HOLD(x3_7);
        sum1 += x0_7 * x1_7 * (x2_7 * x3_7);
        const vf c7 = v_top(x0_7, v_top(x2_7, x1_7));
        const vf d7 = v_top(x3_7, v_top(x2_7, x1_7));
        vf a5 = v_top(c7, v_top(c6, c5));
        ST(o0 + at + 40, a5);
        vf e5 = v_top(d7, v_top(d6, d5));
        ST(o0 + at + 264, e5);
        vf x0_8 = LD(r0 + 56), x1_8 = LD(r1 + 56), x2_8 = LD(r2 + 56), x3_8 = LD(r3 + 56);
        HOLD(x0_8); HOLD(x1_8); HOLD(x2_8); HOLD(x3_8);
        sum0 += x0_8 * x1_8 * (x2_8 * x3_8);
        const vf c8 = v_top(x0_8, v_top(x2_8, x1_8));
        const vf d8 = v_top(x3_8, v_top(x2_8, x1_8));
        vf a6 = v_top(c8, v_top(c7, c6));
        ST(o0 + at + 48, a6);
        vf e6 = v_top(d8, v_top(d7, d6));
        ST(o0 + at + 272, e6);
      }
      for (size_t j = 0; j < 2; ++j) {
        vf x0_0 = LD(r0 + j * 56 + 48), x1_0 = LD(r1 + j * 56 + 48), x2_0 = LD(r2 + j * 56 + 48),
            x3_0 = LD(r3 + j * 56 + 48);
        HOLD(x0_0); HOLD(x1_0); HOLD(x2_0); HOLD(x3_0);
        sum0 += x0_0 * x1_0 * (x2_0 * x3_0);
        const vf c0 = v_top(x0_0, v_top(x2_0, x1_0));
        const vf d0 = v_top(x3_0, v_top(x2_0, x1_0));
        vf x0_1 = LD(r0 + j * 56 + 56), x1_1 = LD(r1 + j * 56 + 56), x2_1 = LD(r2 + j * 56 + 56),
            x3_1 = LD(r3 + j * 56 + 56);
        HOLD(x0_1); HOLD(x1_1); HOLD(x2_1); HOLD(x3_1);
        sum1 += x0_1 * x1_1 * (x2_1 * x3_1);
        const vf c1 = v_top(x0_1, v_top(x2_1, x1_1));
        const vf d1 = v_top(x3_1, v_top(x2_1, x1_1));
        vf x0_2 = LD(r0 + j * 56 + 64), x1_2 = LD(r1 + j * 56 + 64), x2_2 = LD(r2 + j * 56 + 64),
            x3_2 = LD(r3 + j * 56 + 64);
        HOLD(x0_2); HOLD(x1_2); HOLD(x2_2); HOLD(x3_2);
        sum0 += x0_2 * x1_2 * (x2_2 * x3_2);
        const vf c2 = v_top(x0_2, v_top(x2_2, x1_2));
        const vf d2 = v_top(x3_2, v_top(x2_2, x1_2));
        vf a0 = v_top(c0, v_top(c2, c1));
        ST(o0 + at + j * 56 + 56, a0);
        vf e0 = v_top(d0, v_top(d2, d1));
        ST(o0 + at + j * 56 + 280, e0);
        vf x0_3 = LD(r0 + j * 56 + 72), x1_3 = LD(r1 + j * 56 + 72), x2_3 = LD(r2 + j * 56 + 72),
            x3_3 = LD(r3 + j * 56 + 72);
        HOLD(x0_3); HOLD(x1_3); HOLD(x2_3); HOLD(x3_3);
        sum1 += x0_3 * x1_3 * (x2_3 * x3_3);
        const vf c3 = v_top(x0_3, v_top(x2_3, x1_3));
        const vf d3 = v_top(x3_3, v_top(x2_3, x1_3));
        vf a1 = v_top(c3, v_top(c2, c1));
        ST(o0 + at + j * 56 + 64, a1);
        vf e1 = v_top(d3, v_top(d2, d1));
        ST(o0 + at + j * 56 + 288, e1);
        vf x0_4 = LD(r0 + j * 56 + 80), x1_4 = LD(r1 + j * 56 + 80), x2_4 = LD(r2 + j * 56 + 80),
            x3_4 = LD(r3 + j * 56 + 80);
        HOLD(x0_4); HOLD(x1_4); HOLD(x2_4); HOLD(x3_4);
        sum0 += x0_4 * x1_4 * (x2_4 * x3_4);
        const vf c4 = v_top(x0_4, v_top(x2_4, x1_4));
        const vf d4 = v_top(x3_4, v_top(x2_4, x1_4));
        vf a2 = v_top(c2, v_top(c4, c3));
        ST(o0 + at + j * 56 + 72, a2);
        vf e2 = v_top(d2, v_top(d4, d3));
        ST(o0 + at + j * 56 + 296, e2);
        vf x0_5 = LD(r0 + j * 56 + 88), x1_5 = LD(r1 + j * 56 + 88), x2_5 = LD(r2 + j * 56 + 88),
            x3_5 = LD(r3 + j * 56 + 88);
        HOLD(x0_5); HOLD(x1_5); HOLD(x2_5); HOLD(x3_5);
        sum1 += x0_5 * x1_5 * (x2_5 * x3_5);
        const vf c5 = v_top(x0_5, v_top(x2_5, x1_5));
        const vf d5 = v_top(x3_5, v_top(x2_5, x1_5));
        vf a3 = v_top(c5, v_top(c4, c3));
        ST(o0 + at + j * 56 + 80, a3);
        vf e3 = v_top(d5, v_top(d4, d3));
        ST(o0 + at + j * 56 + 304, e3);
        vf x0_6 = LD(r0 + j * 56 + 96), x1_6 = LD(r1 + j * 56 + 96), x2_6 = LD(r2 + j * 56 + 96),
            x3_6 = LD(r3 + j * 56 + 96);
        HOLD(x0_6); HOLD(x1_6); HOLD(x2_6); HOLD(x3_6);
        sum0 += x0_6 * x1_6 * (x2_6 * x3_6);
        const vf c6 = v_top(x0_6, v_top(x2_6, x1_6));
        const vf d6 = v_top(x3_6, v_top(x2_6, x1_6));
        vf a4 = v_top(c4, v_top(c6, c5));
        ST(o0 + at + j * 56 + 88, a4);
        vf e4 = v_top(d4, v_top(d6, d5));
        ST(o0 + at + j * 56 + 312, e4);
        vf x0_7 = LD(r0 + j * 56 + 104), x1_7 = LD(r1 + j * 56 + 104), x2_7 = LD(r2 + j * 56 +
            104), x3_7 = LD(r3 + j * 56 + 104);
        HOLD(x0_7); HOLD(x1_7); HOLD(x2_7); HOLD(x3_7);
        sum1 += x0_7 * x1_7 * (x2_7 * x3_7);
        const vf c7 = v_top(x0_7, v_top(x2_7, x1_7));
        const vf d7 = v_top(x3_7, v_top(x2_7, x1_7));
        vf a5 = v_top(c7, v_top(c6, c5));
        ST(o0 + at + j * 56 + 96, a5);
        vf e5 = v_top(d7, v_top(d6, d5));
        ST(o0 + at + j * 56 + 320, e5);
        vf x0_8 = LD(r0 + j * 56 + 112), x1_8 = LD(r1 + j * 56 + 112), x2_8 = LD(r2 + j * 56 +
            112), x3_8 = LD(r3 + j * 56 + 112);
        HOLD(x0_8); HOLD(x1_8); HOLD(x2_8); HOLD(x3_8);
        sum0 += x0_8 * x1_8 * (x2_8 * x3_8);
        const vf c8 = v_top(x0_8, v_top(x2_8, x1_8));
        const vf d8 = v_top(x3_8, v_top(x2_8, x1_8));
        vf a6 = v_top(c8, v_top(c7, c6));
        ST(o0 + at + j * 56 + 104, a6);
        vf e6 = v_top(d8, v_top(d7, d6));
        ST(o0 + at + j * 56 + 328, e6);
      }
      {
        vf x0_0 = LD(r0 + 160), x1_0 = LD(r1 + 160), x2_0 = LD(r2 + 160), x3_0 = LD(r3 + 160);
        HOLD(x0_0); HOLD(x1_0); HOLD(x2_0); HOLD(x3_0);
        sum0 += x0_0 * x1_0 * (x2_0 * x3_0);
        const vf c0 = v_top(x0_0, v_top(x2_0, x1_0));
        const vf d0 = v_top(x3_0, v_top(x2_0, x1_0));
        vf x0_1 = LD(r0 + 168), x1_1 = LD(r1 + 168), x2_1 = LD(r2 + 168), x3_1 = LD(r3 + 168);
        HOLD(x0_1); HOLD(x1_1); HOLD(x2_1); HOLD(x3_1);
        sum1 += x0_1 * x1_1 * (x2_1 * x3_1);
        const vf c1 = v_top(x0_1, v_top(x2_1, x1_1));
        const vf d1 = v_top(x3_1, v_top(x2_1, x1_1));
        vf x0_2 = LD(r0 + 176), x1_2 = LD(r1 + 176), x2_2 = LD(r2 + 176), x3_2 = LD(r3 + 176);
        HOLD(x0_2); HOLD(x1_2); HOLD(x2_2); HOLD(x3_2);
        sum0 += x0_2 * x1_2 * (x2_2 * x3_2);
        const vf c2 = v_top(x0_2, v_top(x2_2, x1_2));
        const vf d2 = v_top(x3_2, v_top(x2_2, x1_2));
        vf a0 = v_top(c0, v_top(c2, c1));
        ST(o0 + at + 168, a0);
        vf e0 = v_top(d0, v_top(d2, d1));
        ST(o0 + at + 392, e0);
        vf x0_3 = LD(r0 + 184), x1_3 = LD(r1 + 184), x2_3 = LD(r2 + 184), x3_3 = LD(r3 + 184);
        HOLD(x0_3); HOLD(x1_3); HOLD(x2_3); HOLD(x3_3);
        sum1 += x0_3 * x1_3 * (x2_3 * x3_3);
        const vf c3 = v_top(x0_3, v_top(x2_3, x1_3));
        const vf d3 = v_top(x3_3, v_top(x2_3, x1_3));
        vf a1 = v_top(c3, v_top(c2, c1));
        ST(o0 + at + 176, a1);
        vf e1 = v_top(d3, v_top(d2, d1));
        ST(o0 + at + 400, e1);
        vf x0_4 = LD(r0 + 192), x1_4 = LD(r1 + 192), x2_4 = LD(r2 + 192), x3_4 = LD(r3 + 192);
        HOLD(x0_4); HOLD(x1_4); HOLD(x2_4); HOLD(x3_4);
        sum0 += x0_4 * x1_4 * (x2_4 * x3_4);
        const vf c4 = v_top(x0_4, v_top(x2_4, x1_4));
        const vf d4 = v_top(x3_4, v_top(x2_4, x1_4));
        vf a2 = v_top(c2, v_top(c4, c3));
        ST(o0 + at + 184, a2);
        vf e2 = v_top(d2, v_top(d4, d3));
        ST(o0 + at + 408, e2);
        vf x0_5 = LD(r0 + 200), x1_5 = LD(r1 + 200), x2_5 = LD(r2 + 200), x3_5 = LD(r3 + 200);
        HOLD(x0_5); HOLD(x1_5); HOLD(x2_5); HOLD(x3_5);
        sum1 += x0_5 * x1_5 * (x2_5 * x3_5);
        const vf c5 = v_top(x0_5, v_top(x2_5, x1_5));
        const vf d5 = v_top(x3_5, v_top(x2_5, x1_5));
        vf a3 = v_top(c5, v_top(c4, c3));
        ST(o0 + at + 192, a3);
        vf e3 = v_top(d5, v_top(d4, d3));
        ST(o0 + at + 416, e3);
        vf x0_6 = LD(r0 + 208), x1_6 = LD(r1 + 208), x2_6 = LD(r2 + 208), x3_6 = LD(r3 + 208);
        HOLD(x0_6); HOLD(x1_6); HOLD(x2_6); HOLD(x3_6);
        sum0 += x0_6 * x1_6 * (x2_6 * x3_6);
        const vf c6 = v_top(x0_6, v_top(x2_6, x1_6));
        const vf d6 = v_top(x3_6, v_top(x2_6, x1_6));
        vf a4 = v_top(c4, v_top(c6, c5));
        ST(o0 + at + 200, a4);
        vf e4 = v_top(d4, v_top(d6, d5));
        ST(o0 + at + 424, e4);
        vf x0_7 = LD(r0 + 216), x1_7 = LD(r1 + 216), x2_7 = LD(r2 + 216), x3_7 = LD(r3 + 216);
        HOLD(x0_7); HOLD(x1_7); HOLD(x2_7); HOLD(x3_7);
        sum1 += x0_7 * x1_7 * (x2_7 * x3_7);
        const vf c7 = v_top(x0_7, v_top(x2_7, x1_7));
        const vf d7 = v_top(x3_7, v_top(x2_7, x1_7));
        vf a5 = v_top(c7, v_top(c6, c5));
        ST(o0 + at + 208, a5);
        vf e5 = v_top(d7, v_top(d6, d5));
        ST(o0 + at + 432, e5);
        vf a6 = v_top(c7, c6);
        ST(o0 + at + 216, a6);
        vf e6 = v_top(d7, d6);
        ST(o0 + at + 440, e6);
      }
    }
    if (v_odd(sum0 + sum1)) oy = from;
    for (; oy < to; ++oy) {
      const ptrdiff_t top = (ptrdiff_t)(oy) - 1; /* of the window */
      const float *r0 = map + ((top < 0 ? 0 : top)) * 224;
      const float *r1 = map + ((top + 1)) * 224;
      const float *r2 = map + ((top + 2 > 27 ? 27 : top + 2)) * 224;
      const size_t at = cb * 6272 + oy * 224;
      {
        const vf c1 = v_max3(LD(r0 + 0), LD(r1 + 0), LD(r2 + 0));
        const vf c2 = v_max3(LD(r0 + 8), LD(r1 + 8), LD(r2 + 8));
        vf a0 = v_max(c1, c2);
        ST(o0 + at, a0);
        const vf c3 = v_max3(LD(r0 + 16), LD(r1 + 16), LD(r2 + 16));
        vf a1 = v_max3(c1, c2, c3);
        ST(o0 + at + 8, a1);
        const vf c4 = v_max3(LD(r0 + 24), LD(r1 + 24), LD(r2 + 24));
        vf a2 = v_max3(c3, c4, c2);
        ST(o0 + at + 16, a2);
        const vf c5 = v_max3(LD(r0 + 32), LD(r1 + 32), LD(r2 + 32));
        vf a3 = v_max3(c3, c4, c5);
        ST(o0 + at + 24, a3);
        const vf c6 = v_max3(LD(r0 + 40), LD(r1 + 40), LD(r2 + 40));
        vf a4 = v_max3(c5, c6, c4);
        ST(o0 + at + 32, a4);
        const vf c7 = v_max3(LD(r0 + 48), LD(r1 + 48), LD(r2 + 48));
        vf a5 = v_max3(c5, c6, c7);
        ST(o0 + at + 40, a5);
        const vf c8 = v_max3(LD(r0 + 56), LD(r1 + 56), LD(r2 + 56));
        vf a6 = v_max3(c6, c7, c8);
        ST(o0 + at + 48, a6);
      }
      for (size_t j = 0; j < 2; ++j) {
        const vf c0 = v_max3(LD(r0 + j * 56 + 48), LD(r1 + j * 56 + 48), LD(r2 + j * 56 + 48));
        const vf c1 = v_max3(LD(r0 + j * 56 + 56), LD(r1 + j * 56 + 56), LD(r2 + j * 56 + 56));
        const vf c2 = v_max3(LD(r0 + j * 56 + 64), LD(r1 + j * 56 + 64), LD(r2 + j * 56 + 64));
        vf a0 = v_max3(c1, c2, c0);
        ST(o0 + at + j * 56 + 56, a0);
        const vf c3 = v_max3(LD(r0 + j * 56 + 72), LD(r1 + j * 56 + 72), LD(r2 + j * 56 + 72));
        vf a1 = v_max3(c1, c2, c3);
        ST(o0 + at + j * 56 + 64, a1);
        const vf c4 = v_max3(LD(r0 + j * 56 + 80), LD(r1 + j * 56 + 80), LD(r2 + j * 56 + 80));
        vf a2 = v_max3(c3, c4, c2);
        ST(o0 + at + j * 56 + 72, a2);
        const vf c5 = v_max3(LD(r0 + j * 56 + 88), LD(r1 + j * 56 + 88), LD(r2 + j * 56 + 88));
        vf a3 = v_max3(c3, c4, c5);
        ST(o0 + at + j * 56 + 80, a3);
        const vf c6 = v_max3(LD(r0 + j * 56 + 96), LD(r1 + j * 56 + 96), LD(r2 + j * 56 + 96));
        vf a4 = v_max3(c5, c6, c4);
        ST(o0 + at + j * 56 + 88, a4);
        const vf c7 = v_max3(LD(r0 + j * 56 + 104), LD(r1 + j * 56 + 104), LD(r2 + j * 56 + 104));
        vf a5 = v_max3(c5, c6, c7);
        ST(o0 + at + j * 56 + 96, a5);
        const vf c8 = v_max3(LD(r0 + j * 56 + 112), LD(r1 + j * 56 + 112), LD(r2 + j * 56 + 112));
        vf a6 = v_max3(c6, c7, c8);
        ST(o0 + at + j * 56 + 104, a6);
      }
      {
        const vf c0 = v_max3(LD(r0 + 160), LD(r1 + 160), LD(r2 + 160));
        const vf c1 = v_max3(LD(r0 + 168), LD(r1 + 168), LD(r2 + 168));
        const vf c2 = v_max3(LD(r0 + 176), LD(r1 + 176), LD(r2 + 176));
        vf a0 = v_max3(c1, c2, c0);
        ST(o0 + at + 168, a0);
        const vf c3 = v_max3(LD(r0 + 184), LD(r1 + 184), LD(r2 + 184));
        vf a1 = v_max3(c1, c2, c3);
        ST(o0 + at + 176, a1);
        const vf c4 = v_max3(LD(r0 + 192), LD(r1 + 192), LD(r2 + 192));
        vf a2 = v_max3(c3, c4, c2);
        ST(o0 + at + 184, a2);
        const vf c5 = v_max3(LD(r0 + 200), LD(r1 + 200), LD(r2 + 200));
        vf a3 = v_max3(c3, c4, c5);
        ST(o0 + at + 192, a3);
        const vf c6 = v_max3(LD(r0 + 208), LD(r1 + 208), LD(r2 + 208));
        vf a4 = v_max3(c5, c6, c4);
        ST(o0 + at + 200, a4);
        const vf c7 = v_max3(LD(r0 + 216), LD(r1 + 216), LD(r2 + 216));
        vf a5 = v_max3(c5, c6, c7);
        ST(o0 + at + 208, a5);
        vf a6 = v_max(c6, c7);
        ST(o0 + at + 216, a6);
      }
    }
  }
}

/* googlenet_conv3x3s1_128x28x28_192
 *
 * layer inception3b.branch2.1 (googlenet.net:17)
 * order: chunk of 14 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 24 units of (chunk, group)
 * kernel rows on the map: 2.92857 of 3, mean over output rows
 * passes: 6 of 24 input channels, partial sums wait in the output
 * counted here: 165,249,024 multiply-adds, 150,528 other operations,
 *   165,344,256 bytes loaded, 3,612,672 bytes stored */
KERNEL void googlenet_conv3x3s1_128x28x28_192(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 24 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 24 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 12, g0 = u % 12;
    const size_t g1 = u1 - q * 12 < 12 ? u1 - q * 12 : 12;
    end = q * 12 + g1;
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
          googlenet_conv3x3s1_96x28x28_128_t0_2x6(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 16);
          for (size_t j = 0; j < 2; ++j) {
            googlenet_conv3x3s1_96x28x28_128_t1_2x6(x + 40 + j * 48, w, b, y + 48 + j * 48, r, ky0,
                ky1, c0, c1, c1 == 16);
          }
          googlenet_conv3x3s1_96x28x28_128_t2_2x5(x + 136, w, b, y + 144, r, ky0, ky1, c0, c1,
              c1 == 16);
          googlenet_conv3x3s1_96x28x28_128_t3_2x5(x + 176, w, b, y + 184, r, ky0, ky1, c0, c1,
              c1 == 16);
        }
      }
    }
  }
}

/* googlenet_conv5x5s1_32x28x28_96
 *
 * layer inception3b.branch3.1 (googlenet.net:18)
 * order: chunk of 7 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 24 units of (chunk, group)
 * kernel rows on the map: 4.78571 of 5, mean over output rows
 * passes: 4 of 8 input channels, partial sums wait in the output
 * counted here: 55,160,832 multiply-adds, 75,264 other operations,
 *   55,911,936 bytes loaded, 1,204,224 bytes stored */
KERNEL void googlenet_conv5x5s1_32x28x28_96(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 24 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 24 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 6, g0 = u % 6;
    const size_t g1 = u1 - q * 6 < 6 ? u1 - q * 6 : 6;
    end = q * 6 + g1;
    const size_t y0 = q * 28 / 4;
    const size_t y1 = (q + 1) * 28 / 4;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 4; c0 += 1) {
        const size_t c1 = c0 + 1 < 4 ? c0 + 1 : 4;
        const float *w = i1 + g * 12800;
        const float *b = i2 + g * 16;
        const float *x = i0;
        for (size_t oy = y0; oy < y1; ++oy) {
          /* the next pass's weights */
          for (size_t i = 0; i < 29; ++i)
            __builtin_prefetch(w + c1 * 3200 + ((oy - y0) * 29 + i) * 16);
          const size_t iy = oy; /* first input row, counted from the padding's */
          const size_t ky0 = iy < 2 ? 2 - iy : 0;
          const size_t ky1 = iy + 5 <= 30 ? 5 : 30 - iy;
          const size_t r = iy + ky0 - 2;
          const size_t at = g * 12544 + oy * 224;
          float *y = o0 + at;
          googlenet_conv5x5s1_16x28x28_32_t0_2x6(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 4);
          for (size_t j = 0; j < 2; ++j) {
            googlenet_conv5x5s1_16x28x28_32_t1_2x6(x + 32 + j * 48, w, b, y + 48 + j * 48, r, ky0,
                ky1, c0, c1, c1 == 4);
          }
          googlenet_conv5x5s1_16x28x28_32_t2_2x5(x + 128, w, b, y + 144, r, ky0, ky1, c0, c1,
              c1 == 4);
          googlenet_conv5x5s1_16x28x28_32_t3_2x5(x + 168, w, b, y + 184, r, ky0, ky1, c0, c1,
              c1 == 4);
        }
      }
    }
  }
}

/* googlenet_conv1x1s1_256x28x28_64
 *
 * layer inception3b.branch4.1 (googlenet.net:19)
 * order: chunk of 33 tiles, group of 2 x 8 output channels, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 16 units of (chunk, group)
 * counted here: 12,845,056 multiply-adds, 50,176 other operations,
 *   11,830,016 bytes loaded, 200,704 bytes stored */
KERNEL void googlenet_conv1x1s1_256x28x28_64(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 16 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 16 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 4, g0 = u % 4;
    const size_t g1 = u1 - q * 4 < 4 ? u1 - q * 4 : 4;
    end = q * 4 + g1;
    const size_t j0 = q * 131 / 4;
    const size_t j1 = (q + 1) * 131 / 4;
    for (size_t g = g0; g < g1; ++g) {
      const float *w = i1 + g * 4096;
      const float *ahead = w + 4096; /* the next weights */
      const float *b = i2 + g * 16;
      const float *x = i0;
      const size_t at = g * 12544;
      float *y = o0 + at;
      for (size_t j = j0; j < j1; ++j) {
        if (j < 130)
          googlenet_conv1x1s1_256x28x28_128_t0_2x6(x + j * 48, w, b, y + j * 48, ahead);
        else
          googlenet_conv1x1s1_256x28x28_128_t1_2x4(x + 6240 + (j - 130) * 32, w, b,
              y + 6240 + (j - 130) * 32, ahead);
        ahead += 128;
      }
    }
  }
}

/* googlenet_maxpool3x3s2_480x14x14
 *
 * layer maxpool3 (googlenet.net:31)
 * tiles of up to 8 outputs of a row, 2 different; rows of the window spelled out
 * a unit of the split is 7 output rows of one channel block
 * counted here: 0 multiply-adds, 571,200 other operations,
 *   2,338,560 bytes loaded, 376,320 bytes stored */
KERNEL void googlenet_maxpool3x3s2_480x14x14(
    const float *restrict i0, float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 120 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 120 / (size_t)n;
  for (size_t u = u0; u < u1; ++u) {
    const size_t q = u % 2;
    const size_t cb = u / 2;
    const float *map = i0 + cb * 6272;
    const size_t from = q * 14 / 2, to = (q + 1) * 14 / 2;
    for (size_t oy = from; oy < to; ++oy) {
      const ptrdiff_t top = (ptrdiff_t)(oy * 2); /* of the window */
      const float *r0 = map + ((top)) * 224;
      const float *r1 = map + ((top + 1)) * 224;
      const float *r2 = map + ((top + 2 > 27 ? 27 : top + 2)) * 224;
      const size_t at = cb * 1568 + oy * 112;
      {
        const vf c0 = v_max3(LD(r0 + 0), LD(r1 + 0), LD(r2 + 0));
        const vf c1 = v_max3(LD(r0 + 8), LD(r1 + 8), LD(r2 + 8));
        const vf c2 = v_max3(LD(r0 + 16), LD(r1 + 16), LD(r2 + 16));
        vf a0 = v_max3(c2, c0, c1);
        ST(o0 + at, a0);
        const vf c3 = v_max3(LD(r0 + 24), LD(r1 + 24), LD(r2 + 24));
        const vf c4 = v_max3(LD(r0 + 32), LD(r1 + 32), LD(r2 + 32));
        vf a1 = v_max3(c2, c3, c4);
        ST(o0 + at + 8, a1);
        const vf c5 = v_max3(LD(r0 + 40), LD(r1 + 40), LD(r2 + 40));
        const vf c6 = v_max3(LD(r0 + 48), LD(r1 + 48), LD(r2 + 48));
        vf a2 = v_max3(c6, c4, c5);
        ST(o0 + at + 16, a2);
        const vf c7 = v_max3(LD(r0 + 56), LD(r1 + 56), LD(r2 + 56));
        const vf c8 = v_max3(LD(r0 + 64), LD(r1 + 64), LD(r2 + 64));
        vf a3 = v_max3(c6, c7, c8);
        ST(o0 + at + 24, a3);
        const vf c9 = v_max3(LD(r0 + 72), LD(r1 + 72), LD(r2 + 72));
        const vf c10 = v_max3(LD(r0 + 80), LD(r1 + 80), LD(r2 + 80));
        vf a4 = v_max3(c10, c8, c9);
        ST(o0 + at + 32, a4);
        const vf c11 = v_max3(LD(r0 + 88), LD(r1 + 88), LD(r2 + 88));
        const vf c12 = v_max3(LD(r0 + 96), LD(r1 + 96), LD(r2 + 96));
        vf a5 = v_max3(c10, c11, c12);
        ST(o0 + at + 40, a5);
        const vf c13 = v_max3(LD(r0 + 104), LD(r1 + 104), LD(r2 + 104));
        const vf c14 = v_max3(LD(r0 + 112), LD(r1 + 112), LD(r2 + 112));
        vf a6 = v_max3(c12, c13, c14);
        ST(o0 + at + 48, a6);
      }
      {
        const vf c0 = v_max3(LD(r0 + 112), LD(r1 + 112), LD(r2 + 112));
        const vf c1 = v_max3(LD(r0 + 120), LD(r1 + 120), LD(r2 + 120));
        const vf c2 = v_max3(LD(r0 + 128), LD(r1 + 128), LD(r2 + 128));
        vf a0 = v_max3(c2, c0, c1);
        ST(o0 + at + 56, a0);
        const vf c3 = v_max3(LD(r0 + 136), LD(r1 + 136), LD(r2 + 136));
        const vf c4 = v_max3(LD(r0 + 144), LD(r1 + 144), LD(r2 + 144));
        vf a1 = v_max3(c2, c3, c4);
        ST(o0 + at + 64, a1);
        const vf c5 = v_max3(LD(r0 + 152), LD(r1 + 152), LD(r2 + 152));
        const vf c6 = v_max3(LD(r0 + 160), LD(r1 + 160), LD(r2 + 160));
        vf a2 = v_max3(c6, c4, c5);
        ST(o0 + at + 72, a2);
        const vf c7 = v_max3(LD(r0 + 168), LD(r1 + 168), LD(r2 + 168));
        const vf c8 = v_max3(LD(r0 + 176), LD(r1 + 176), LD(r2 + 176));
        vf a3 = v_max3(c6, c7, c8);
        ST(o0 + at + 80, a3);
        const vf c9 = v_max3(LD(r0 + 184), LD(r1 + 184), LD(r2 + 184));
        const vf c10 = v_max3(LD(r0 + 192), LD(r1 + 192), LD(r2 + 192));
        vf a4 = v_max3(c10, c8, c9);
        ST(o0 + at + 88, a4);
        const vf c11 = v_max3(LD(r0 + 200), LD(r1 + 200), LD(r2 + 200));
        const vf c12 = v_max3(LD(r0 + 208), LD(r1 + 208), LD(r2 + 208));
        vf a5 = v_max3(c10, c11, c12);
        ST(o0 + at + 96, a5);
        const vf c13 = v_max3(LD(r0 + 216), LD(r1 + 216), LD(r2 + 216));
        vf a6 = v_max(c12, c13);
        ST(o0 + at + 104, a6);
      }
    }
  }
}

/* googlenet_conv1x1s1_480x14x14_192
 *
 * layer inception4a.branch1 (googlenet.net:16)
 * order: chunk of 17 tiles, group of 2 x 8 output channels, pass over input channels, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 24 units of (chunk, group)
 * passes: 2 of 240 input channels, partial sums wait in the output
 * counted here: 18,063,360 multiply-adds, 37,632 other operations,
 *   16,856,832 bytes loaded, 301,056 bytes stored */
/* 2 output blocks x 6 pixels; columns 0 to 191 of a row */
KERNEL void googlenet_conv1x1s1_480x14x14_192_t0_2x6(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t c0, size_t c1, int last, const float *ahead) {
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
    a1_0 = LD(y + 1568);
    a1_1 = LD(y + 1576);
    a1_2 = LD(y + 1584);
    a1_3 = LD(y + 1592);
    a1_4 = LD(y + 1600);
    a1_5 = LD(y + 1608);
  }
  for (size_t c = c0; c < c1; ++c) {
    const float *xp = x + c * 1568;
    const float *wp = w + c * 128;
    __builtin_prefetch(ahead + (c - c0) * 16, 0, 2);
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
    t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[33]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[41]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 32); w1 = LD(wp + 40);
    t = xp[2]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[10]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[18]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[26]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[34]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[42]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 48); w1 = LD(wp + 56);
    t = xp[3]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[11]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[19]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[27]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[35]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[43]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 64); w1 = LD(wp + 72);
    t = xp[4]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[12]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[20]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[28]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[36]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[44]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 80); w1 = LD(wp + 88);
    t = xp[5]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[13]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[21]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[29]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[37]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[45]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 96); w1 = LD(wp + 104);
    t = xp[6]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[14]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[22]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[30]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[38]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[46]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 112); w1 = LD(wp + 120);
    t = xp[7]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[15]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[23]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[31]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[39]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[47]; a0_5 += w0 * t; a1_5 += w1 * t;
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
  ST(y + 1568, a1_0);
  ST(y + 1576, a1_1);
  ST(y + 1584, a1_2);
  ST(y + 1592, a1_3);
  ST(y + 1600, a1_4);
  ST(y + 1608, a1_5);
}

/* 2 output blocks x 4 pixels; columns 192 to 195 of a row */
KERNEL void googlenet_conv1x1s1_480x14x14_192_t1_2x4(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t c0, size_t c1, int last, const float *ahead) {
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
    const float *xp = x + c * 1568;
    const float *wp = w + c * 128;
    __builtin_prefetch(ahead + (c - c0) * 16, 0, 2);
    HIDE(xp);
    w0 = LD(wp); w1 = LD(wp + 8);
    t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 16); w1 = LD(wp + 24);
    t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 32); w1 = LD(wp + 40);
    t = xp[2]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[10]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[18]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[26]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 48); w1 = LD(wp + 56);
    t = xp[3]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[11]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[19]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[27]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 64); w1 = LD(wp + 72);
    t = xp[4]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[12]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[20]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[28]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 80); w1 = LD(wp + 88);
    t = xp[5]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[13]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[21]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[29]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 96); w1 = LD(wp + 104);
    t = xp[6]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[14]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[22]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[30]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 112); w1 = LD(wp + 120);
    t = xp[7]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[15]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[23]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[31]; a0_3 += w0 * t; a1_3 += w1 * t;
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

KERNEL void googlenet_conv1x1s1_480x14x14_192(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 24 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 24 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 12, g0 = u % 12;
    const size_t g1 = u1 - q * 12 < 12 ? u1 - q * 12 : 12;
    end = q * 12 + g1;
    const size_t j0 = q * 33 / 2;
    const size_t j1 = (q + 1) * 33 / 2;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 60; c0 += 30) {
        const size_t c1 = c0 + 30 < 60 ? c0 + 30 : 60;
        const float *w = i1 + g * 7680;
        const float *ahead = w + c1 * 128; /* the next weights */
        const float *b = i2 + g * 16;
        const float *x = i0;
        const size_t at = g * 3136;
        float *y = o0 + at;
        for (size_t j = j0; j < j1; ++j) {
          if (j < 32)
            googlenet_conv1x1s1_480x14x14_192_t0_2x6(x + j * 48, w, b, y + j * 48, c0, c1, c1 == 60,
                ahead);
          else
            googlenet_conv1x1s1_480x14x14_192_t1_2x4(x + 1536 + (j - 32) * 32, w, b,
                y + 1536 + (j - 32) * 32, c0, c1, c1 == 60, ahead);
          ahead += 240;
        }
      }
    }
  }
}

/* googlenet_conv1x1s1_480x14x14_112
 *
 * layer inception4a.branch2.0.siblings (googlenet.net:17)
 * order: chunk of 17 tiles, group of 2 x 8 output channels, pass over input channels, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 14 units of (chunk, group)
 * passes: 2 of 240 input channels, partial sums wait in the output
 * counted here: 10,536,960 multiply-adds, 21,952 other operations,
 *   9,833,152 bytes loaded, 175,616 bytes stored */
KERNEL void googlenet_conv1x1s1_480x14x14_112(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 14 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 14 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 7, g0 = u % 7;
    const size_t g1 = u1 - q * 7 < 7 ? u1 - q * 7 : 7;
    end = q * 7 + g1;
    const size_t j0 = q * 33 / 2;
    const size_t j1 = (q + 1) * 33 / 2;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 60; c0 += 30) {
        const size_t c1 = c0 + 30 < 60 ? c0 + 30 : 60;
        const float *w = i1 + g * 7680;
        const float *ahead = w + c1 * 128; /* the next weights */
        const float *b = i2 + g * 16;
        const float *x = i0;
        const size_t at = g * 3136;
        float *y = o0 + at;
        for (size_t j = j0; j < j1; ++j) {
          if (j < 32)
            googlenet_conv1x1s1_480x14x14_192_t0_2x6(x + j * 48, w, b, y + j * 48, c0, c1, c1 == 60,
                ahead);
          else
            googlenet_conv1x1s1_480x14x14_192_t1_2x4(x + 1536 + (j - 32) * 32, w, b,
                y + 1536 + (j - 32) * 32, c0, c1, c1 == 60, ahead);
          ahead += 240;
        }
      }
    }
  }
}

/* googlenet_maxpool3x3s1_480x14x14
 *
 * layer inception4a.maxpool1 (googlenet.net:19)
 * tiles of up to 8 outputs of one or two rows, 4 different; rows of the window spelled out
 * a unit of the split is 8 output rows of one channel block
 * counted here: 0 multiply-adds, 574,080 other operations,
 *   921,600 bytes loaded, 376,320 bytes stored */
KERNEL void googlenet_maxpool3x3s1_480x14x14(
    const float *restrict i0, float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 120 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 120 / (size_t)n;
  for (size_t u = u0; u < u1; ++u) {
    const size_t q = u % 2;
    const size_t cb = u / 2;
    const float *map = i0 + cb * 1568;
    const size_t from = q * 14 / 2, to = (q + 1) * 14 / 2;
    size_t oy = from;
    vf sum0 = {0}, sum1 = {0};
    for (; oy + 1 < to; oy += 2) {
      const ptrdiff_t top = (ptrdiff_t)(oy) - 1; /* of the window */
      const float *r0 = map + ((top < 0 ? 0 : top)) * 112;
      const float *r1 = map + ((top + 1)) * 112;
      const float *r2 = map + ((top + 2)) * 112;
      const float *r3 = map + ((top + 3 > 13 ? 13 : top + 3)) * 112;
      const size_t at = cb * 1568 + oy * 112;
      {
        vf x0_1 = LD(r0 + 0), x1_1 = LD(r1 + 0), x2_1 = LD(r2 + 0), x3_1 = LD(r3 + 0);
        HOLD(x0_1); HOLD(x1_1); HOLD(x2_1); HOLD(x3_1);
        sum1 += x0_1 * x1_1 * (x2_1 * x3_1);
        const vf c1 = v_top(x0_1, v_top(x2_1, x1_1));
        const vf d1 = v_top(x3_1, v_top(x2_1, x1_1));
        vf x0_2 = LD(r0 + 8), x1_2 = LD(r1 + 8), x2_2 = LD(r2 + 8), x3_2 = LD(r3 + 8);
        HOLD(x0_2); HOLD(x1_2); HOLD(x2_2); HOLD(x3_2);
        sum0 += x0_2 * x1_2 * (x2_2 * x3_2);
        const vf c2 = v_top(x0_2, v_top(x2_2, x1_2));
        const vf d2 = v_top(x3_2, v_top(x2_2, x1_2));
        vf a0 = v_top(c2, c1);
        ST(o0 + at, a0);
        vf e0 = v_top(d2, d1);
        ST(o0 + at + 112, e0);
        vf x0_3 = LD(r0 + 16), x1_3 = LD(r1 + 16), x2_3 = LD(r2 + 16), x3_3 = LD(r3 + 16);
        HOLD(x0_3); HOLD(x1_3); HOLD(x2_3); HOLD(x3_3);
        sum1 += x0_3 * x1_3 * (x2_3 * x3_3);
        const vf c3 = v_top(x0_3, v_top(x2_3, x1_3));
        const vf d3 = v_top(x3_3, v_top(x2_3, x1_3));
        vf a1 = v_top(c3, v_top(c2, c1));
        ST(o0 + at + 8, a1);
        vf e1 = v_top(d3, v_top(d2, d1));
        ST(o0 + at + 120, e1);
        vf x0_4 = LD(r0 + 24), x1_4 = LD(r1 + 24), x2_4 = LD(r2 + 24), x3_4 = LD(r3 + 24);
        HOLD(x0_4); HOLD(x1_4); HOLD(x2_4); HOLD(x3_4);
        sum0 += x0_4 * x1_4 * (x2_4 * x3_4);
        const vf c4 = v_top(x0_4, v_top(x2_4, x1_4));
        const vf d4 = v_top(x3_4, v_top(x2_4, x1_4));
        vf a2 = v_top(c2, v_top(c4, c3));
        ST(o0 + at + 16, a2);
        vf e2 = v_top(d2, v_top(d4, d3));
        ST(o0 + at + 128, e2);
        vf x0_5 = LD(r0 + 32), x1_5 = LD(r1 + 32), x2_5 = LD(r2 + 32), x3_5 = LD(r3 + 32);
        HOLD(x0_5); HOLD(x1_5); HOLD(x2_5); HOLD(x3_5);
        sum1 += x0_5 * x1_5 * (x2_5 * x3_5);
        const vf c5 = v_top(x0_5, v_top(x2_5, x1_5));
        const vf d5 = v_top(x3_5, v_top(x2_5, x1_5));
        vf a3 = v_top(c5, v_top(c4, c3));
        ST(o0 + at + 24, a3);
        vf e3 = v_top(d5, v_top(d4, d3));
        ST(o0 + at + 136, e3);
        vf x0_6 = LD(r0 + 40), x1_6 = LD(r1 + 40), x2_6 = LD(r2 + 40), x3_6 = LD(r3 + 40);
        HOLD(x0_6); HOLD(x1_6); HOLD(x2_6); HOLD(x3_6);
        sum0 += x0_6 * x1_6 * (x2_6 * x3_6);
        const vf c6 = v_top(x0_6, v_top(x2_6, x1_6));
        const vf d6 = v_top(x3_6, v_top(x2_6, x1_6));
        vf a4 = v_top(c4, v_top(c6, c5));
        ST(o0 + at + 32, a4);
        vf e4 = v_top(d4, v_top(d6, d5));
        ST(o0 + at + 144, e4);
        vf x0_7 = LD(r0 + 48), x1_7 = LD(r1 + 48), x2_7 = LD(r2 + 48), x3_7 = LD(r3 + 48);
        HOLD(x0_7); HOLD(x1_7); HOLD(x2_7); HOLD(x3_7);
        sum1 += x0_7 * x1_7 * (x2_7 * x3_7);
        const vf c7 = v_top(x0_7, v_top(x2_7, x1_7));
        const vf d7 = v_top(x3_7, v_top(x2_7, x1_7));
        vf a5 = v_top(c7, v_top(c6, c5));
        ST(o0 + at + 40, a5);
        vf e5 = v_top(d7, v_top(d6, d5));
        ST(o0 + at + 152, e5);
        vf x0_8 = LD(r0 + 56), x1_8 = LD(r1 + 56), x2_8 = LD(r2 + 56), x3_8 = LD(r3 + 56);
        HOLD(x0_8); HOLD(x1_8); HOLD(x2_8); HOLD(x3_8);
        sum0 += x0_8 * x1_8 * (x2_8 * x3_8);
        const vf c8 = v_top(x0_8, v_top(x2_8, x1_8));
        const vf d8 = v_top(x3_8, v_top(x2_8, x1_8));
        vf a6 = v_top(c8, v_top(c7, c6));
        ST(o0 + at + 48, a6);
        vf e6 = v_top(d8, v_top(d7, d6));
        ST(o0 + at + 160, e6);
      }
      {
        vf x0_0 = LD(r0 + 48), x1_0 = LD(r1 + 48), x2_0 = LD(r2 + 48), x3_0 = LD(r3 + 48);
        HOLD(x0_0); HOLD(x1_0); HOLD(x2_0); HOLD(x3_0);
        sum0 += x0_0 * x1_0 * (x2_0 * x3_0);
        const vf c0 = v_top(x0_0, v_top(x2_0, x1_0));
        const vf d0 = v_top(x3_0, v_top(x2_0, x1_0));
        vf x0_1 = LD(r0 + 56), x1_1 = LD(r1 + 56), x2_1 = LD(r2 + 56), x3_1 = LD(r3 + 56);
        HOLD(x0_1); HOLD(x1_1); HOLD(x2_1); HOLD(x3_1);
        sum1 += x0_1 * x1_1 * (x2_1 * x3_1);
        const vf c1 = v_top(x0_1, v_top(x2_1, x1_1));
        const vf d1 = v_top(x3_1, v_top(x2_1, x1_1));
        vf x0_2 = LD(r0 + 64), x1_2 = LD(r1 + 64), x2_2 = LD(r2 + 64), x3_2 = LD(r3 + 64);
        HOLD(x0_2); HOLD(x1_2); HOLD(x2_2); HOLD(x3_2);
        sum0 += x0_2 * x1_2 * (x2_2 * x3_2);
        const vf c2 = v_top(x0_2, v_top(x2_2, x1_2));
        const vf d2 = v_top(x3_2, v_top(x2_2, x1_2));
        vf a0 = v_top(c0, v_top(c2, c1));
        ST(o0 + at + 56, a0);
        vf e0 = v_top(d0, v_top(d2, d1));
        ST(o0 + at + 168, e0);
        vf x0_3 = LD(r0 + 72), x1_3 = LD(r1 + 72), x2_3 = LD(r2 + 72), x3_3 = LD(r3 + 72);
        HOLD(x0_3); HOLD(x1_3); HOLD(x2_3); HOLD(x3_3);
        sum1 += x0_3 * x1_3 * (x2_3 * x3_3);
        const vf c3 = v_top(x0_3, v_top(x2_3, x1_3));
        const vf d3 = v_top(x3_3, v_top(x2_3, x1_3));
        vf a1 = v_top(c3, v_top(c2, c1));
        ST(o0 + at + 64, a1);
        vf e1 = v_top(d3, v_top(d2, d1));
        ST(o0 + at + 176, e1);
        vf x0_4 = LD(r0 + 80), x1_4 = LD(r1 + 80), x2_4 = LD(r2 + 80), x3_4 = LD(r3 + 80);
        HOLD(x0_4); HOLD(x1_4); HOLD(x2_4); HOLD(x3_4);
        sum0 += x0_4 * x1_4 * (x2_4 * x3_4);
        const vf c4 = v_top(x0_4, v_top(x2_4, x1_4));
        const vf d4 = v_top(x3_4, v_top(x2_4, x1_4));
        vf a2 = v_top(c2, v_top(c4, c3));
        ST(o0 + at + 72, a2);
        vf e2 = v_top(d2, v_top(d4, d3));
        ST(o0 + at + 184, e2);
        vf x0_5 = LD(r0 + 88), x1_5 = LD(r1 + 88), x2_5 = LD(r2 + 88), x3_5 = LD(r3 + 88);
        HOLD(x0_5); HOLD(x1_5); HOLD(x2_5); HOLD(x3_5);
        sum1 += x0_5 * x1_5 * (x2_5 * x3_5);
        const vf c5 = v_top(x0_5, v_top(x2_5, x1_5));
        const vf d5 = v_top(x3_5, v_top(x2_5, x1_5));
        vf a3 = v_top(c5, v_top(c4, c3));
        ST(o0 + at + 80, a3);
        vf e3 = v_top(d5, v_top(d4, d3));
        ST(o0 + at + 192, e3);
        vf x0_6 = LD(r0 + 96), x1_6 = LD(r1 + 96), x2_6 = LD(r2 + 96), x3_6 = LD(r3 + 96);
        HOLD(x0_6); HOLD(x1_6); HOLD(x2_6); HOLD(x3_6);
        sum0 += x0_6 * x1_6 * (x2_6 * x3_6);
        const vf c6 = v_top(x0_6, v_top(x2_6, x1_6));
        const vf d6 = v_top(x3_6, v_top(x2_6, x1_6));
        vf a4 = v_top(c4, v_top(c6, c5));
        ST(o0 + at + 88, a4);
        vf e4 = v_top(d4, v_top(d6, d5));
        ST(o0 + at + 200, e4);
        vf x0_7 = LD(r0 + 104), x1_7 = LD(r1 + 104), x2_7 = LD(r2 + 104), x3_7 = LD(r3 + 104);
        HOLD(x0_7); HOLD(x1_7); HOLD(x2_7); HOLD(x3_7);
        sum1 += x0_7 * x1_7 * (x2_7 * x3_7);
        const vf c7 = v_top(x0_7, v_top(x2_7, x1_7));
        const vf d7 = v_top(x3_7, v_top(x2_7, x1_7));
        vf a5 = v_top(c7, v_top(c6, c5));
        ST(o0 + at + 96, a5);
        vf e5 = v_top(d7, v_top(d6, d5));
        ST(o0 + at + 208, e5);
        vf a6 = v_top(c7, c6);
        ST(o0 + at + 104, a6);
        vf e6 = v_top(d7, d6);
        ST(o0 + at + 216, e6);
      }
    }
    if (v_odd(sum0 + sum1)) oy = from;
    for (; oy < to; ++oy) {
      const ptrdiff_t top = (ptrdiff_t)(oy) - 1; /* of the window */
      const float *r0 = map + ((top < 0 ? 0 : top)) * 112;
      const float *r1 = map + ((top + 1)) * 112;
      const float *r2 = map + ((top + 2 > 13 ? 13 : top + 2)) * 112;
      const size_t at = cb * 1568 + oy * 112;
      {
        const vf c1 = v_max3(LD(r0 + 0), LD(r1 + 0), LD(r2 + 0));
        const vf c2 = v_max3(LD(r0 + 8), LD(r1 + 8), LD(r2 + 8));
        vf a0 = v_max(c1, c2);
        ST(o0 + at, a0);
        const vf c3 = v_max3(LD(r0 + 16), LD(r1 + 16), LD(r2 + 16));
        vf a1 = v_max3(c1, c2, c3);
        ST(o0 + at + 8, a1);
        const vf c4 = v_max3(LD(r0 + 24), LD(r1 + 24), LD(r2 + 24));
        vf a2 = v_max3(c3, c4, c2);
        ST(o0 + at + 16, a2);
        const vf c5 = v_max3(LD(r0 + 32), LD(r1 + 32), LD(r2 + 32));
        vf a3 = v_max3(c3, c4, c5);
        ST(o0 + at + 24, a3);
        const vf c6 = v_max3(LD(r0 + 40), LD(r1 + 40), LD(r2 + 40));
        vf a4 = v_max3(c5, c6, c4);
        ST(o0 + at + 32, a4);
        const vf c7 = v_max3(LD(r0 + 48), LD(r1 + 48), LD(r2 + 48));
        vf a5 = v_max3(c5, c6, c7);
        ST(o0 + at + 40, a5);
        const vf c8 = v_max3(LD(r0 + 56), LD(r1 + 56), LD(r2 + 56));
        vf a6 = v_max3(c6, c7, c8);
        ST(o0 + at + 48, a6);
      }
      {
        const vf c0 = v_max3(LD(r0 + 48), LD(r1 + 48), LD(r2 + 48));
        const vf c1 = v_max3(LD(r0 + 56), LD(r1 + 56), LD(r2 + 56));
        const vf c2 = v_max3(LD(r0 + 64), LD(r1 + 64), LD(r2 + 64));
        vf a0 = v_max3(c1, c2, c0);
        ST(o0 + at + 56, a0);
        const vf c3 = v_max3(LD(r0 + 72), LD(r1 + 72), LD(r2 + 72));
        vf a1 = v_max3(c1, c2, c3);
        ST(o0 + at + 64, a1);
        const vf c4 = v_max3(LD(r0 + 80), LD(r1 + 80), LD(r2 + 80));
        vf a2 = v_max3(c3, c4, c2);
        ST(o0 + at + 72, a2);
        const vf c5 = v_max3(LD(r0 + 88), LD(r1 + 88), LD(r2 + 88));
        vf a3 = v_max3(c3, c4, c5);
        ST(o0 + at + 80, a3);
        const vf c6 = v_max3(LD(r0 + 96), LD(r1 + 96), LD(r2 + 96));
        vf a4 = v_max3(c5, c6, c4);
        ST(o0 + at + 88, a4);
        const vf c7 = v_max3(LD(r0 + 104), LD(r1 + 104), LD(r2 + 104));
        vf a5 = v_max3(c5, c6, c7);
        ST(o0 + at + 96, a5);
        vf a6 = v_max(c6, c7);
        ST(o0 + at + 104, a6);
      }
    }
  }
}

/* googlenet_conv3x3s1_96x14x14_208
 *
 * layer inception4a.branch2.1 (googlenet.net:17)
 * order: chunk of 7 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 26 units of (chunk, group)
 * kernel rows on the map: 2.85714 of 3, mean over output rows
 * passes: 4 of 24 input channels, partial sums wait in the output
 * counted here: 31,948,800 multiply-adds, 40,768 other operations,
 *   37,265,280 bytes loaded, 652,288 bytes stored */
/* 2 output blocks x 5 pixels; columns 0 to 4 of a row */
KERNEL void googlenet_conv3x3s1_96x14x14_208_t0_2x5(
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
KERNEL void googlenet_conv3x3s1_96x14x14_208_t1_2x5(
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
KERNEL void googlenet_conv3x3s1_96x14x14_208_t2_2x4(
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

KERNEL void googlenet_conv3x3s1_96x14x14_208(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 26 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 26 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 13, g0 = u % 13;
    const size_t g1 = u1 - q * 13 < 13 ? u1 - q * 13 : 13;
    end = q * 13 + g1;
    const size_t y0 = q * 14 / 2;
    const size_t y1 = (q + 1) * 14 / 2;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 12; c0 += 3) {
        const size_t c1 = c0 + 3 < 12 ? c0 + 3 : 12;
        const float *w = i1 + g * 13824;
        const float *b = i2 + g * 16;
        const float *x = i0;
        for (size_t oy = y0; oy < y1; ++oy) {
          /* the next pass's weights */
          for (size_t i = 0; i < 31; ++i)
            __builtin_prefetch(w + c1 * 1152 + ((oy - y0) * 31 + i) * 16);
          const size_t iy = oy; /* first input row, counted from the padding's */
          const size_t ky0 = iy < 1 ? 1 - iy : 0;
          const size_t ky1 = iy + 3 <= 15 ? 3 : 15 - iy;
          const size_t r = iy + ky0 - 1;
          const size_t at = g * 3136 + oy * 112;
          float *y = o0 + at;
          googlenet_conv3x3s1_96x14x14_208_t0_2x5(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 12);
          googlenet_conv3x3s1_96x14x14_208_t1_2x5(x + 32, w, b, y + 40, r, ky0, ky1, c0, c1,
              c1 == 12);
          googlenet_conv3x3s1_96x14x14_208_t2_2x4(x + 72, w, b, y + 80, r, ky0, ky1, c0, c1,
              c1 == 12);
        }
      }
    }
  }
}

/* googlenet_conv5x5s1_16x14x14_48
 *
 * layer inception4a.branch3.1 (googlenet.net:18)
 * order: chunk of 3 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 15 units of (chunk, group)
 * kernel rows on the map: 4.57143 of 5, mean over output rows
 * passes: 2 of 8 input channels, partial sums wait in the output
 * counted here: 3,145,728 multiply-adds, 9,408 other operations,
 *   3,781,248 bytes loaded, 75,264 bytes stored */
/* 2 output blocks x 5 pixels; columns 0 to 4 of a row */
KERNEL void googlenet_conv5x5s1_16x14x14_48_t0_2x5(
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
KERNEL void googlenet_conv5x5s1_16x14x14_48_t1_2x5(
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
KERNEL void googlenet_conv5x5s1_16x14x14_48_t2_2x4(
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

KERNEL void googlenet_conv5x5s1_16x14x14_48(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 15 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 15 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 3, g0 = u % 3;
    const size_t g1 = u1 - q * 3 < 3 ? u1 - q * 3 : 3;
    end = q * 3 + g1;
    const size_t y0 = q * 14 / 5;
    const size_t y1 = (q + 1) * 14 / 5;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 2; c0 += 1) {
        const size_t c1 = c0 + 1 < 2 ? c0 + 1 : 2;
        const float *w = i1 + g * 6400;
        const float *b = i2 + g * 16;
        const float *x = i0;
        for (size_t oy = y0; oy < y1; ++oy) {
          /* the next pass's weights */
          for (size_t i = 0; i < 67; ++i)
            __builtin_prefetch(w + c1 * 3200 + ((oy - y0) * 67 + i) * 16);
          const size_t iy = oy; /* first input row, counted from the padding's */
          const size_t ky0 = iy < 2 ? 2 - iy : 0;
          const size_t ky1 = iy + 5 <= 16 ? 5 : 16 - iy;
          const size_t r = iy + ky0 - 2;
          const size_t at = g * 3136 + oy * 112;
          float *y = o0 + at;
          googlenet_conv5x5s1_16x14x14_48_t0_2x5(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 2);
          googlenet_conv5x5s1_16x14x14_48_t1_2x5(x + 24, w, b, y + 40, r, ky0, ky1, c0, c1,
              c1 == 2);
          googlenet_conv5x5s1_16x14x14_48_t2_2x4(x + 64, w, b, y + 80, r, ky0, ky1, c0, c1,
              c1 == 2);
        }
      }
    }
  }
}

/* googlenet_conv1x1s1_480x14x14_64
 *
 * layer inception4a.branch4.1 (googlenet.net:19)
 * order: chunk of 9 tiles, group of 2 x 8 output channels, pass over input channels, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 16 units of (chunk, group)
 * passes: 2 of 240 input channels, partial sums wait in the output
 * counted here: 6,021,120 multiply-adds, 12,544 other operations,
 *   5,618,944 bytes loaded, 100,352 bytes stored */
KERNEL void googlenet_conv1x1s1_480x14x14_64(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 16 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 16 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 4, g0 = u % 4;
    const size_t g1 = u1 - q * 4 < 4 ? u1 - q * 4 : 4;
    end = q * 4 + g1;
    const size_t j0 = q * 33 / 4;
    const size_t j1 = (q + 1) * 33 / 4;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 60; c0 += 30) {
        const size_t c1 = c0 + 30 < 60 ? c0 + 30 : 60;
        const float *w = i1 + g * 7680;
        const float *ahead = w + c1 * 128; /* the next weights */
        const float *b = i2 + g * 16;
        const float *x = i0;
        const size_t at = g * 3136;
        float *y = o0 + at;
        for (size_t j = j0; j < j1; ++j) {
          if (j < 32)
            googlenet_conv1x1s1_480x14x14_192_t0_2x6(x + j * 48, w, b, y + j * 48, c0, c1, c1 == 60,
                ahead);
          else
            googlenet_conv1x1s1_480x14x14_192_t1_2x4(x + 1536 + (j - 32) * 32, w, b,
                y + 1536 + (j - 32) * 32, c0, c1, c1 == 60, ahead);
          ahead += 432;
        }
      }
    }
  }
}

/* googlenet_conv1x1s1_512x14x14_160
 *
 * layer inception4b.branch1 (googlenet.net:16)
 * order: chunk of 11 tiles, group of 2 x 8 output channels, pass over input channels, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 30 units of (chunk, group)
 * passes: 2 of 256 input channels, partial sums wait in the output
 * counted here: 16,056,320 multiply-adds, 31,360 other operations,
 *   14,974,080 bytes loaded, 250,880 bytes stored */
KERNEL void googlenet_conv1x1s1_512x14x14_160(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 30 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 30 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 10, g0 = u % 10;
    const size_t g1 = u1 - q * 10 < 10 ? u1 - q * 10 : 10;
    end = q * 10 + g1;
    const size_t j0 = q * 33 / 3;
    const size_t j1 = (q + 1) * 33 / 3;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 64; c0 += 32) {
        const size_t c1 = c0 + 32 < 64 ? c0 + 32 : 64;
        const float *w = i1 + g * 8192;
        const float *ahead = w + c1 * 128; /* the next weights */
        const float *b = i2 + g * 16;
        const float *x = i0;
        const size_t at = g * 3136;
        float *y = o0 + at;
        for (size_t j = j0; j < j1; ++j) {
          if (j < 32)
            googlenet_conv1x1s1_480x14x14_192_t0_2x6(x + j * 48, w, b, y + j * 48, c0, c1, c1 == 64,
                ahead);
          else
            googlenet_conv1x1s1_480x14x14_192_t1_2x4(x + 1536 + (j - 32) * 32, w, b,
                y + 1536 + (j - 32) * 32, c0, c1, c1 == 64, ahead);
          ahead += 384;
        }
      }
    }
  }
}

/* googlenet_conv1x1s1_512x14x14_136
 *
 * layer inception4b.branch2.0.siblings (googlenet.net:17)
 * order: chunk of 11 tiles, group of 2 x 8 output channels, pass over input channels, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 27 units of (chunk, group)
 * passes: 2 of 256 input channels, partial sums wait in the output
 * counted here: 13,647,872 multiply-adds, 26,656 other operations,
 *   12,928,672 bytes loaded, 213,248 bytes stored */
/* 1 output block x 6 pixels; columns 0 to 191 of a row */
KERNEL void googlenet_conv1x1s1_512x14x14_136_r0_1x6(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t c0, size_t c1, int last, const float *ahead) {
  vf a0_0, a0_1, a0_2, a0_3, a0_4, a0_5;
  vf w0;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = a0_4 = a0_5 = LD(b);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
    a0_4 = LD(y + 32);
    a0_5 = LD(y + 40);
  }
  for (size_t c = c0; c < c1; ++c) {
    const float *xp = x + c * 1568;
    const float *wp = w + c * 128;
    __builtin_prefetch(ahead + (c - c0) * 16, 0, 2);
    HIDE(xp);
    w0 = LD(wp);
    t = xp[0]; a0_0 += w0 * t;
    t = xp[8]; a0_1 += w0 * t;
    t = xp[16]; a0_2 += w0 * t;
    t = xp[24]; a0_3 += w0 * t;
    t = xp[32]; a0_4 += w0 * t;
    t = xp[40]; a0_5 += w0 * t;
    HIDE(xp);
    w0 = LD(wp + 16);
    t = xp[1]; a0_0 += w0 * t;
    t = xp[9]; a0_1 += w0 * t;
    t = xp[17]; a0_2 += w0 * t;
    t = xp[25]; a0_3 += w0 * t;
    t = xp[33]; a0_4 += w0 * t;
    t = xp[41]; a0_5 += w0 * t;
    HIDE(xp);
    w0 = LD(wp + 32);
    t = xp[2]; a0_0 += w0 * t;
    t = xp[10]; a0_1 += w0 * t;
    t = xp[18]; a0_2 += w0 * t;
    t = xp[26]; a0_3 += w0 * t;
    t = xp[34]; a0_4 += w0 * t;
    t = xp[42]; a0_5 += w0 * t;
    HIDE(xp);
    w0 = LD(wp + 48);
    t = xp[3]; a0_0 += w0 * t;
    t = xp[11]; a0_1 += w0 * t;
    t = xp[19]; a0_2 += w0 * t;
    t = xp[27]; a0_3 += w0 * t;
    t = xp[35]; a0_4 += w0 * t;
    t = xp[43]; a0_5 += w0 * t;
    HIDE(xp);
    w0 = LD(wp + 64);
    t = xp[4]; a0_0 += w0 * t;
    t = xp[12]; a0_1 += w0 * t;
    t = xp[20]; a0_2 += w0 * t;
    t = xp[28]; a0_3 += w0 * t;
    t = xp[36]; a0_4 += w0 * t;
    t = xp[44]; a0_5 += w0 * t;
    HIDE(xp);
    w0 = LD(wp + 80);
    t = xp[5]; a0_0 += w0 * t;
    t = xp[13]; a0_1 += w0 * t;
    t = xp[21]; a0_2 += w0 * t;
    t = xp[29]; a0_3 += w0 * t;
    t = xp[37]; a0_4 += w0 * t;
    t = xp[45]; a0_5 += w0 * t;
    HIDE(xp);
    w0 = LD(wp + 96);
    t = xp[6]; a0_0 += w0 * t;
    t = xp[14]; a0_1 += w0 * t;
    t = xp[22]; a0_2 += w0 * t;
    t = xp[30]; a0_3 += w0 * t;
    t = xp[38]; a0_4 += w0 * t;
    t = xp[46]; a0_5 += w0 * t;
    HIDE(xp);
    w0 = LD(wp + 112);
    t = xp[7]; a0_0 += w0 * t;
    t = xp[15]; a0_1 += w0 * t;
    t = xp[23]; a0_2 += w0 * t;
    t = xp[31]; a0_3 += w0 * t;
    t = xp[39]; a0_4 += w0 * t;
    t = xp[47]; a0_5 += w0 * t;
  }
  if (last) {
    a0_0 = v_relu(a0_0);
    a0_1 = v_relu(a0_1);
    a0_2 = v_relu(a0_2);
    a0_3 = v_relu(a0_3);
    a0_4 = v_relu(a0_4);
    a0_5 = v_relu(a0_5);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
  ST(y + 32, a0_4);
  ST(y + 40, a0_5);
}

/* 1 output block x 4 pixels; columns 192 to 195 of a row */
KERNEL void googlenet_conv1x1s1_512x14x14_136_r1_1x4(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t c0, size_t c1, int last, const float *ahead) {
  vf a0_0, a0_1, a0_2, a0_3;
  vf w0;
  float t;
  if (c0 == 0) {
    a0_0 = a0_1 = a0_2 = a0_3 = LD(b);
  }
  else {
    a0_0 = LD(y);
    a0_1 = LD(y + 8);
    a0_2 = LD(y + 16);
    a0_3 = LD(y + 24);
  }
  for (size_t c = c0; c < c1; ++c) {
    const float *xp = x + c * 1568;
    const float *wp = w + c * 128;
    __builtin_prefetch(ahead + (c - c0) * 16, 0, 2);
    HIDE(xp);
    w0 = LD(wp);
    t = xp[0]; a0_0 += w0 * t;
    t = xp[8]; a0_1 += w0 * t;
    t = xp[16]; a0_2 += w0 * t;
    t = xp[24]; a0_3 += w0 * t;
    HIDE(xp);
    w0 = LD(wp + 16);
    t = xp[1]; a0_0 += w0 * t;
    t = xp[9]; a0_1 += w0 * t;
    t = xp[17]; a0_2 += w0 * t;
    t = xp[25]; a0_3 += w0 * t;
    HIDE(xp);
    w0 = LD(wp + 32);
    t = xp[2]; a0_0 += w0 * t;
    t = xp[10]; a0_1 += w0 * t;
    t = xp[18]; a0_2 += w0 * t;
    t = xp[26]; a0_3 += w0 * t;
    HIDE(xp);
    w0 = LD(wp + 48);
    t = xp[3]; a0_0 += w0 * t;
    t = xp[11]; a0_1 += w0 * t;
    t = xp[19]; a0_2 += w0 * t;
    t = xp[27]; a0_3 += w0 * t;
    HIDE(xp);
    w0 = LD(wp + 64);
    t = xp[4]; a0_0 += w0 * t;
    t = xp[12]; a0_1 += w0 * t;
    t = xp[20]; a0_2 += w0 * t;
    t = xp[28]; a0_3 += w0 * t;
    HIDE(xp);
    w0 = LD(wp + 80);
    t = xp[5]; a0_0 += w0 * t;
    t = xp[13]; a0_1 += w0 * t;
    t = xp[21]; a0_2 += w0 * t;
    t = xp[29]; a0_3 += w0 * t;
    HIDE(xp);
    w0 = LD(wp + 96);
    t = xp[6]; a0_0 += w0 * t;
    t = xp[14]; a0_1 += w0 * t;
    t = xp[22]; a0_2 += w0 * t;
    t = xp[30]; a0_3 += w0 * t;
    HIDE(xp);
    w0 = LD(wp + 112);
    t = xp[7]; a0_0 += w0 * t;
    t = xp[15]; a0_1 += w0 * t;
    t = xp[23]; a0_2 += w0 * t;
    t = xp[31]; a0_3 += w0 * t;
  }
  if (last) {
    a0_0 = v_relu(a0_0);
    a0_1 = v_relu(a0_1);
    a0_2 = v_relu(a0_2);
    a0_3 = v_relu(a0_3);
  }
  ST(y, a0_0);
  ST(y + 8, a0_1);
  ST(y + 16, a0_2);
  ST(y + 24, a0_3);
}

KERNEL void googlenet_conv1x1s1_512x14x14_136(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 27 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 27 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 9, g0 = u % 9;
    const size_t g1 = u1 - q * 9 < 9 ? u1 - q * 9 : 9;
    end = q * 9 + g1;
    const size_t j0 = q * 33 / 3;
    const size_t j1 = (q + 1) * 33 / 3;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 64; c0 += 32) {
        const size_t c1 = c0 + 32 < 64 ? c0 + 32 : 64;
        const float *w = i1 + g * 8192;
        const float *ahead = w + c1 * 128; /* the next weights */
        const float *b = i2 + g * 16;
        const float *x = i0;
        const size_t at = g * 3136;
        float *y = o0 + at;
        if (g < 8) {
          for (size_t j = j0; j < j1; ++j) {
            if (j < 32)
              googlenet_conv1x1s1_480x14x14_192_t0_2x6(x + j * 48, w, b, y + j * 48, c0, c1,
                  c1 == 64, ahead);
            else
              googlenet_conv1x1s1_480x14x14_192_t1_2x4(x + 1536 + (j - 32) * 32, w, b,
                  y + 1536 + (j - 32) * 32, c0, c1, c1 == 64, ahead);
            ahead += 384;
          }
        }
        else {
          for (size_t j = j0; j < j1; ++j) {
            if (j < 32)
              googlenet_conv1x1s1_512x14x14_136_r0_1x6(x + j * 48, w, b, y + j * 48, c0, c1,
                  c1 == 64, ahead);
            else
              googlenet_conv1x1s1_512x14x14_136_r1_1x4(x + 1536 + (j - 32) * 32, w, b,
                  y + 1536 + (j - 32) * 32, c0, c1, c1 == 64, ahead);
            ahead += 384;
          }
        }
      }
    }
  }
}

/* googlenet_maxpool3x3s1_512x14x14
 *
 * layer inception4b.maxpool1 (googlenet.net:19)
 *    and inception4c.maxpool1 (googlenet.net:19)
 *    and inception4d.maxpool1 (googlenet.net:19)
 * tiles of up to 8 outputs of one or two rows, 4 different; rows of the window spelled out
 * a unit of the split is 14 output rows of one channel block
 * counted here: 0 multiply-adds, 645,120 other operations,
 *   917,504 bytes loaded, 401,408 bytes stored */
KERNEL void googlenet_maxpool3x3s1_512x14x14(
    const float *restrict i0, float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 64 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 64 / (size_t)n;
  for (size_t u = u0; u < u1; ++u) {
    const size_t cb = u;
    const float *map = i0 + cb * 1568;
    const size_t from = 0, to = 14;
    size_t oy = from;
    vf sum0 = {0}, sum1 = {0};
    for (; oy + 1 < to; oy += 2) {
      const ptrdiff_t top = (ptrdiff_t)(oy) - 1; /* of the window */
      const float *r0 = map + ((top < 0 ? 0 : top)) * 112;
      const float *r1 = map + ((top + 1)) * 112;
      const float *r2 = map + ((top + 2)) * 112;
      const float *r3 = map + ((top + 3 > 13 ? 13 : top + 3)) * 112;
      const size_t at = cb * 1568 + oy * 112;
      {
        vf x0_1 = LD(r0 + 0), x1_1 = LD(r1 + 0), x2_1 = LD(r2 + 0), x3_1 = LD(r3 + 0);
        HOLD(x0_1); HOLD(x1_1); HOLD(x2_1); HOLD(x3_1);
        sum1 += x0_1 * x1_1 * (x2_1 * x3_1);
        const vf c1 = v_top(x0_1, v_top(x2_1, x1_1));
        const vf d1 = v_top(x3_1, v_top(x2_1, x1_1));
        vf x0_2 = LD(r0 + 8), x1_2 = LD(r1 + 8), x2_2 = LD(r2 + 8), x3_2 = LD(r3 + 8);
        HOLD(x0_2); HOLD(x1_2); HOLD(x2_2); HOLD(x3_2);
        sum0 += x0_2 * x1_2 * (x2_2 * x3_2);
        const vf c2 = v_top(x0_2, v_top(x2_2, x1_2));
        const vf d2 = v_top(x3_2, v_top(x2_2, x1_2));
        vf a0 = v_top(c2, c1);
        ST(o0 + at, a0);
        vf e0 = v_top(d2, d1);
        ST(o0 + at + 112, e0);
        vf x0_3 = LD(r0 + 16), x1_3 = LD(r1 + 16), x2_3 = LD(r2 + 16), x3_3 = LD(r3 + 16);
        HOLD(x0_3); HOLD(x1_3); HOLD(x2_3); HOLD(x3_3);
        sum1 += x0_3 * x1_3 * (x2_3 * x3_3);
        const vf c3 = v_top(x0_3, v_top(x2_3, x1_3));
        const vf d3 = v_top(x3_3, v_top(x2_3, x1_3));
        vf a1 = v_top(c3, v_top(c2, c1));
        ST(o0 + at + 8, a1);
        vf e1 = v_top(d3, v_top(d2, d1));
        ST(o0 + at + 120, e1);
        vf x0_4 = LD(r0 + 24), x1_4 = LD(r1 + 24), x2_4 = LD(r2 + 24), x3_4 = LD(r3 + 24);
        HOLD(x0_4); HOLD(x1_4); HOLD(x2_4); HOLD(x3_4);
        sum0 += x0_4 * x1_4 * (x2_4 * x3_4);
        const vf c4 = v_top(x0_4, v_top(x2_4, x1_4));
        const vf d4 = v_top(x3_4, v_top(x2_4, x1_4));
        vf a2 = v_top(c2, v_top(c4, c3));
        ST(o0 + at + 16, a2);
        vf e2 = v_top(d2, v_top(d4, d3));
        ST(o0 + at + 128, e2);
        vf x0_5 = LD(r0 + 32), x1_5 = LD(r1 + 32), x2_5 = LD(r2 + 32), x3_5 = LD(r3 + 32);
        HOLD(x0_5); HOLD(x1_5); HOLD(x2_5); HOLD(x3_5);
        sum1 += x0_5 * x1_5 * (x2_5 * x3_5);
        const vf c5 = v_top(x0_5, v_top(x2_5, x1_5));
        const vf d5 = v_top(x3_5, v_top(x2_5, x1_5));
        vf a3 = v_top(c5, v_top(c4, c3));
        ST(o0 + at + 24, a3);
        vf e3 = v_top(d5, v_top(d4, d3));
        ST(o0 + at + 136, e3);
        vf x0_6 = LD(r0 + 40), x1_6 = LD(r1 + 40), x2_6 = LD(r2 + 40), x3_6 = LD(r3 + 40);
        HOLD(x0_6); HOLD(x1_6); HOLD(x2_6); HOLD(x3_6);
        sum0 += x0_6 * x1_6 * (x2_6 * x3_6);
        const vf c6 = v_top(x0_6, v_top(x2_6, x1_6));
        const vf d6 = v_top(x3_6, v_top(x2_6, x1_6));
        vf a4 = v_top(c4, v_top(c6, c5));
        ST(o0 + at + 32, a4);
        vf e4 = v_top(d4, v_top(d6, d5));
        ST(o0 + at + 144, e4);
        vf x0_7 = LD(r0 + 48), x1_7 = LD(r1 + 48), x2_7 = LD(r2 + 48), x3_7 = LD(r3 + 48);
        HOLD(x0_7); HOLD(x1_7); HOLD(x2_7); HOLD(x3_7);
        sum1 += x0_7 * x1_7 * (x2_7 * x3_7);
        const vf c7 = v_top(x0_7, v_top(x2_7, x1_7));
        const vf d7 = v_top(x3_7, v_top(x2_7, x1_7));
        vf a5 = v_top(c7, v_top(c6, c5));
        ST(o0 + at + 40, a5);
        vf e5 = v_top(d7, v_top(d6, d5));
        ST(o0 + at + 152, e5);
        vf x0_8 = LD(r0 + 56), x1_8 = LD(r1 + 56), x2_8 = LD(r2 + 56), x3_8 = LD(r3 + 56);
        HOLD(x0_8); HOLD(x1_8); HOLD(x2_8); HOLD(x3_8);
        sum0 += x0_8 * x1_8 * (x2_8 * x3_8);
        const vf c8 = v_top(x0_8, v_top(x2_8, x1_8));
        const vf d8 = v_top(x3_8, v_top(x2_8, x1_8));
        vf a6 = v_top(c8, v_top(c7, c6));
        ST(o0 + at + 48, a6);
        vf e6 = v_top(d8, v_top(d7, d6));
        ST(o0 + at + 160, e6);
      }
      {
        vf x0_0 = LD(r0 + 48), x1_0 = LD(r1 + 48), x2_0 = LD(r2 + 48), x3_0 = LD(r3 + 48);
        HOLD(x0_0); HOLD(x1_0); HOLD(x2_0); HOLD(x3_0);
        sum0 += x0_0 * x1_0 * (x2_0 * x3_0);
        const vf c0 = v_top(x0_0, v_top(x2_0, x1_0));
        const vf d0 = v_top(x3_0, v_top(x2_0, x1_0));
        vf x0_1 = LD(r0 + 56), x1_1 = LD(r1 + 56), x2_1 = LD(r2 + 56), x3_1 = LD(r3 + 56);
        HOLD(x0_1); HOLD(x1_1); HOLD(x2_1); HOLD(x3_1);
        sum1 += x0_1 * x1_1 * (x2_1 * x3_1);
        const vf c1 = v_top(x0_1, v_top(x2_1, x1_1));
        const vf d1 = v_top(x3_1, v_top(x2_1, x1_1));
        vf x0_2 = LD(r0 + 64), x1_2 = LD(r1 + 64), x2_2 = LD(r2 + 64), x3_2 = LD(r3 + 64);
        HOLD(x0_2); HOLD(x1_2); HOLD(x2_2); HOLD(x3_2);
        sum0 += x0_2 * x1_2 * (x2_2 * x3_2);
        const vf c2 = v_top(x0_2, v_top(x2_2, x1_2));
        const vf d2 = v_top(x3_2, v_top(x2_2, x1_2));
        vf a0 = v_top(c0, v_top(c2, c1));
        ST(o0 + at + 56, a0);
        vf e0 = v_top(d0, v_top(d2, d1));
        ST(o0 + at + 168, e0);
        vf x0_3 = LD(r0 + 72), x1_3 = LD(r1 + 72), x2_3 = LD(r2 + 72), x3_3 = LD(r3 + 72);
        HOLD(x0_3); HOLD(x1_3); HOLD(x2_3); HOLD(x3_3);
        sum1 += x0_3 * x1_3 * (x2_3 * x3_3);
        const vf c3 = v_top(x0_3, v_top(x2_3, x1_3));
        const vf d3 = v_top(x3_3, v_top(x2_3, x1_3));
        vf a1 = v_top(c3, v_top(c2, c1));
        ST(o0 + at + 64, a1);
        vf e1 = v_top(d3, v_top(d2, d1));
        ST(o0 + at + 176, e1);
        vf x0_4 = LD(r0 + 80), x1_4 = LD(r1 + 80), x2_4 = LD(r2 + 80), x3_4 = LD(r3 + 80);
        HOLD(x0_4); HOLD(x1_4); HOLD(x2_4); HOLD(x3_4);
        sum0 += x0_4 * x1_4 * (x2_4 * x3_4);
        const vf c4 = v_top(x0_4, v_top(x2_4, x1_4));
        const vf d4 = v_top(x3_4, v_top(x2_4, x1_4));
        vf a2 = v_top(c2, v_top(c4, c3));
        ST(o0 + at + 72, a2);
        vf e2 = v_top(d2, v_top(d4, d3));
        ST(o0 + at + 184, e2);
        vf x0_5 = LD(r0 + 88), x1_5 = LD(r1 + 88), x2_5 = LD(r2 + 88), x3_5 = LD(r3 + 88);
        HOLD(x0_5); HOLD(x1_5); HOLD(x2_5); HOLD(x3_5);
        sum1 += x0_5 * x1_5 * (x2_5 * x3_5);
        const vf c5 = v_top(x0_5, v_top(x2_5, x1_5));
        const vf d5 = v_top(x3_5, v_top(x2_5, x1_5));
        vf a3 = v_top(c5, v_top(c4, c3));
        ST(o0 + at + 80, a3);
        vf e3 = v_top(d5, v_top(d4, d3));
        ST(o0 + at + 192, e3);
        vf x0_6 = LD(r0 + 96), x1_6 = LD(r1 + 96), x2_6 = LD(r2 + 96), x3_6 = LD(r3 + 96);
        HOLD(x0_6); HOLD(x1_6); HOLD(x2_6); HOLD(x3_6);
        sum0 += x0_6 * x1_6 * (x2_6 * x3_6);
        const vf c6 = v_top(x0_6, v_top(x2_6, x1_6));
        const vf d6 = v_top(x3_6, v_top(x2_6, x1_6));
        vf a4 = v_top(c4, v_top(c6, c5));
        ST(o0 + at + 88, a4);
        vf e4 = v_top(d4, v_top(d6, d5));
        ST(o0 + at + 200, e4);
        vf x0_7 = LD(r0 + 104), x1_7 = LD(r1 + 104), x2_7 = LD(r2 + 104), x3_7 = LD(r3 + 104);
        HOLD(x0_7); HOLD(x1_7); HOLD(x2_7); HOLD(x3_7);
        sum1 += x0_7 * x1_7 * (x2_7 * x3_7);
        const vf c7 = v_top(x0_7, v_top(x2_7, x1_7));
        const vf d7 = v_top(x3_7, v_top(x2_7, x1_7));
        vf a5 = v_top(c7, v_top(c6, c5));
        ST(o0 + at + 96, a5);
        vf e5 = v_top(d7, v_top(d6, d5));
        ST(o0 + at + 208, e5);
        vf a6 = v_top(c7, c6);
        ST(o0 + at + 104, a6);
        vf e6 = v_top(d7, d6);
        ST(o0 + at + 216, e6);
      }
    }
    if (v_odd(sum0 + sum1)) oy = from;
    for (; oy < to; ++oy) {
      const ptrdiff_t top = (ptrdiff_t)(oy) - 1; /* of the window */
      const float *r0 = map + ((top < 0 ? 0 : top)) * 112;
      const float *r1 = map + ((top + 1)) * 112;
      const float *r2 = map + ((top + 2 > 13 ? 13 : top + 2)) * 112;
      const size_t at = cb * 1568 + oy * 112;
      {
        const vf c1 = v_max3(LD(r0 + 0), LD(r1 + 0), LD(r2 + 0));
        const vf c2 = v_max3(LD(r0 + 8), LD(r1 + 8), LD(r2 + 8));
        vf a0 = v_max(c1, c2);
        ST(o0 + at, a0);
        const vf c3 = v_max3(LD(r0 + 16), LD(r1 + 16), LD(r2 + 16));
        vf a1 = v_max3(c1, c2, c3);
        ST(o0 + at + 8, a1);
        const vf c4 = v_max3(LD(r0 + 24), LD(r1 + 24), LD(r2 + 24));
        vf a2 = v_max3(c3, c4, c2);
        ST(o0 + at + 16, a2);
        const vf c5 = v_max3(LD(r0 + 32), LD(r1 + 32), LD(r2 + 32));
        vf a3 = v_max3(c3, c4, c5);
        ST(o0 + at + 24, a3);
        const vf c6 = v_max3(LD(r0 + 40), LD(r1 + 40), LD(r2 + 40));
        vf a4 = v_max3(c5, c6, c4);
        ST(o0 + at + 32, a4);
        const vf c7 = v_max3(LD(r0 + 48), LD(r1 + 48), LD(r2 + 48));
        vf a5 = v_max3(c5, c6, c7);
        ST(o0 + at + 40, a5);
        const vf c8 = v_max3(LD(r0 + 56), LD(r1 + 56), LD(r2 + 56));
        vf a6 = v_max3(c6, c7, c8);
        ST(o0 + at + 48, a6);
      }
      {
        const vf c0 = v_max3(LD(r0 + 48), LD(r1 + 48), LD(r2 + 48));
        const vf c1 = v_max3(LD(r0 + 56), LD(r1 + 56), LD(r2 + 56));
        const vf c2 = v_max3(LD(r0 + 64), LD(r1 + 64), LD(r2 + 64));
        vf a0 = v_max3(c1, c2, c0);
        ST(o0 + at + 56, a0);
        const vf c3 = v_max3(LD(r0 + 72), LD(r1 + 72), LD(r2 + 72));
        vf a1 = v_max3(c1, c2, c3);
        ST(o0 + at + 64, a1);
        const vf c4 = v_max3(LD(r0 + 80), LD(r1 + 80), LD(r2 + 80));
        vf a2 = v_max3(c3, c4, c2);
        ST(o0 + at + 72, a2);
        const vf c5 = v_max3(LD(r0 + 88), LD(r1 + 88), LD(r2 + 88));
        vf a3 = v_max3(c3, c4, c5);
        ST(o0 + at + 80, a3);
        const vf c6 = v_max3(LD(r0 + 96), LD(r1 + 96), LD(r2 + 96));
        vf a4 = v_max3(c5, c6, c4);
        ST(o0 + at + 88, a4);
        const vf c7 = v_max3(LD(r0 + 104), LD(r1 + 104), LD(r2 + 104));
        vf a5 = v_max3(c5, c6, c7);
        ST(o0 + at + 96, a5);
        vf a6 = v_max(c6, c7);
        ST(o0 + at + 104, a6);
      }
    }
  }
}

/* googlenet_conv3x3s1_112x14x14_224
 *
 * layer inception4b.branch2.1 (googlenet.net:17)
 * order: chunk of 7 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 28 units of (chunk, group)
 * kernel rows on the map: 2.85714 of 3, mean over output rows
 * passes: 5 of 24 input channels, partial sums wait in the output
 * counted here: 40,140,800 multiply-adds, 43,904 other operations,
 *   46,902,016 bytes loaded, 878,080 bytes stored */
KERNEL void googlenet_conv3x3s1_112x14x14_224(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 28 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 28 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 14, g0 = u % 14;
    const size_t g1 = u1 - q * 14 < 14 ? u1 - q * 14 : 14;
    end = q * 14 + g1;
    const size_t y0 = q * 14 / 2;
    const size_t y1 = (q + 1) * 14 / 2;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 14; c0 += 3) {
        const size_t c1 = c0 + 3 < 14 ? c0 + 3 : 14;
        const float *w = i1 + g * 16128;
        const float *b = i2 + g * 16;
        const float *x = i0;
        for (size_t oy = y0; oy < y1; ++oy) {
          /* the next pass's weights */
          for (size_t i = 0; i < 31; ++i)
            __builtin_prefetch(w + c1 * 1152 + ((oy - y0) * 31 + i) * 16);
          const size_t iy = oy; /* first input row, counted from the padding's */
          const size_t ky0 = iy < 1 ? 1 - iy : 0;
          const size_t ky1 = iy + 3 <= 15 ? 3 : 15 - iy;
          const size_t r = iy + ky0 - 1;
          const size_t at = g * 3136 + oy * 112;
          float *y = o0 + at;
          googlenet_conv3x3s1_96x14x14_208_t0_2x5(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 14);
          googlenet_conv3x3s1_96x14x14_208_t1_2x5(x + 32, w, b, y + 40, r, ky0, ky1, c0, c1,
              c1 == 14);
          googlenet_conv3x3s1_96x14x14_208_t2_2x4(x + 72, w, b, y + 80, r, ky0, ky1, c0, c1,
              c1 == 14);
        }
      }
    }
  }
}

/* googlenet_conv5x5s1_24x14x14_64
 *
 * layer inception4b.branch3.1 (googlenet.net:18)
 *    and inception4c.branch3.1 (googlenet.net:18)
 * order: chunk of 7 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 8 units of (chunk, group)
 * kernel rows on the map: 4.57143 of 5, mean over output rows
 * passes: 3 of 8 input channels, partial sums wait in the output
 * counted here: 6,291,456 multiply-adds, 12,544 other operations,
 *   7,582,208 bytes loaded, 150,528 bytes stored */
KERNEL void googlenet_conv5x5s1_24x14x14_64(
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
          googlenet_conv5x5s1_16x14x14_48_t0_2x5(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 3);
          googlenet_conv5x5s1_16x14x14_48_t1_2x5(x + 24, w, b, y + 40, r, ky0, ky1, c0, c1,
              c1 == 3);
          googlenet_conv5x5s1_16x14x14_48_t2_2x4(x + 64, w, b, y + 80, r, ky0, ky1, c0, c1,
              c1 == 3);
        }
      }
    }
  }
}

/* googlenet_conv1x1s1_512x14x14_64
 *
 * layer inception4b.branch4.1 (googlenet.net:19)
 *    and inception4c.branch4.1 (googlenet.net:19)
 *    and inception4d.branch4.1 (googlenet.net:19)
 * order: chunk of 9 tiles, group of 2 x 8 output channels, pass over input channels, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 16 units of (chunk, group)
 * passes: 2 of 256 input channels, partial sums wait in the output
 * counted here: 6,422,528 multiply-adds, 12,544 other operations,
 *   5,989,632 bytes loaded, 100,352 bytes stored */
KERNEL void googlenet_conv1x1s1_512x14x14_64(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 16 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 16 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 4, g0 = u % 4;
    const size_t g1 = u1 - q * 4 < 4 ? u1 - q * 4 : 4;
    end = q * 4 + g1;
    const size_t j0 = q * 33 / 4;
    const size_t j1 = (q + 1) * 33 / 4;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 64; c0 += 32) {
        const size_t c1 = c0 + 32 < 64 ? c0 + 32 : 64;
        const float *w = i1 + g * 8192;
        const float *ahead = w + c1 * 128; /* the next weights */
        const float *b = i2 + g * 16;
        const float *x = i0;
        const size_t at = g * 3136;
        float *y = o0 + at;
        for (size_t j = j0; j < j1; ++j) {
          if (j < 32)
            googlenet_conv1x1s1_480x14x14_192_t0_2x6(x + j * 48, w, b, y + j * 48, c0, c1, c1 == 64,
                ahead);
          else
            googlenet_conv1x1s1_480x14x14_192_t1_2x4(x + 1536 + (j - 32) * 32, w, b,
                y + 1536 + (j - 32) * 32, c0, c1, c1 == 64, ahead);
          ahead += 464;
        }
      }
    }
  }
}

/* googlenet_conv1x1s1_512x14x14_128
 *
 * layer inception4c.branch1 (googlenet.net:16)
 * order: chunk of 17 tiles, group of 2 x 8 output channels, pass over input channels, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 16 units of (chunk, group)
 * passes: 2 of 256 input channels, partial sums wait in the output
 * counted here: 12,845,056 multiply-adds, 25,088 other operations,
 *   11,979,264 bytes loaded, 200,704 bytes stored */
KERNEL void googlenet_conv1x1s1_512x14x14_128(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 16 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 16 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 8, g0 = u % 8;
    const size_t g1 = u1 - q * 8 < 8 ? u1 - q * 8 : 8;
    end = q * 8 + g1;
    const size_t j0 = q * 33 / 2;
    const size_t j1 = (q + 1) * 33 / 2;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 64; c0 += 32) {
        const size_t c1 = c0 + 32 < 64 ? c0 + 32 : 64;
        const float *w = i1 + g * 8192;
        const float *ahead = w + c1 * 128; /* the next weights */
        const float *b = i2 + g * 16;
        const float *x = i0;
        const size_t at = g * 3136;
        float *y = o0 + at;
        for (size_t j = j0; j < j1; ++j) {
          if (j < 32)
            googlenet_conv1x1s1_480x14x14_192_t0_2x6(x + j * 48, w, b, y + j * 48, c0, c1, c1 == 64,
                ahead);
          else
            googlenet_conv1x1s1_480x14x14_192_t1_2x4(x + 1536 + (j - 32) * 32, w, b,
                y + 1536 + (j - 32) * 32, c0, c1, c1 == 64, ahead);
          ahead += 256;
        }
      }
    }
  }
}

/* googlenet_conv1x1s1_512x14x14_152
 *
 * layer inception4c.branch2.0.siblings (googlenet.net:17)
 * order: chunk of 11 tiles, group of 2 x 8 output channels, pass over input channels, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 30 units of (chunk, group)
 * passes: 2 of 256 input channels, partial sums wait in the output
 * counted here: 15,253,504 multiply-adds, 29,792 other operations,
 *   14,426,080 bytes loaded, 238,336 bytes stored */
KERNEL void googlenet_conv1x1s1_512x14x14_152(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 30 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 30 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 10, g0 = u % 10;
    const size_t g1 = u1 - q * 10 < 10 ? u1 - q * 10 : 10;
    end = q * 10 + g1;
    const size_t j0 = q * 33 / 3;
    const size_t j1 = (q + 1) * 33 / 3;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 64; c0 += 32) {
        const size_t c1 = c0 + 32 < 64 ? c0 + 32 : 64;
        const float *w = i1 + g * 8192;
        const float *ahead = w + c1 * 128; /* the next weights */
        const float *b = i2 + g * 16;
        const float *x = i0;
        const size_t at = g * 3136;
        float *y = o0 + at;
        if (g < 9) {
          for (size_t j = j0; j < j1; ++j) {
            if (j < 32)
              googlenet_conv1x1s1_480x14x14_192_t0_2x6(x + j * 48, w, b, y + j * 48, c0, c1,
                  c1 == 64, ahead);
            else
              googlenet_conv1x1s1_480x14x14_192_t1_2x4(x + 1536 + (j - 32) * 32, w, b,
                  y + 1536 + (j - 32) * 32, c0, c1, c1 == 64, ahead);
            ahead += 384;
          }
        }
        else {
          for (size_t j = j0; j < j1; ++j) {
            if (j < 32)
              googlenet_conv1x1s1_512x14x14_136_r0_1x6(x + j * 48, w, b, y + j * 48, c0, c1,
                  c1 == 64, ahead);
            else
              googlenet_conv1x1s1_512x14x14_136_r1_1x4(x + 1536 + (j - 32) * 32, w, b,
                  y + 1536 + (j - 32) * 32, c0, c1, c1 == 64, ahead);
            ahead += 384;
          }
        }
      }
    }
  }
}

/* googlenet_conv3x3s1_128x14x14_256
 *
 * layer inception4c.branch2.1 (googlenet.net:17)
 * order: chunk of 14 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 16 units of (chunk, group)
 * kernel rows on the map: 2.85714 of 3, mean over output rows
 * passes: 6 of 24 input channels, partial sums wait in the output
 * counted here: 52,428,800 multiply-adds, 50,176 other operations,
 *   61,339,648 bytes loaded, 1,204,224 bytes stored */
KERNEL void googlenet_conv3x3s1_128x14x14_256(
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
        const size_t iy = oy; /* first input row, counted from the padding's */
        const size_t ky0 = iy < 1 ? 1 - iy : 0;
        const size_t ky1 = iy + 3 <= 15 ? 3 : 15 - iy;
        const size_t r = iy + ky0 - 1;
        const size_t at = g * 3136 + oy * 112;
        float *y = o0 + at;
        googlenet_conv3x3s1_96x14x14_208_t0_2x5(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 16);
        googlenet_conv3x3s1_96x14x14_208_t1_2x5(x + 32, w, b, y + 40, r, ky0, ky1, c0, c1,
            c1 == 16);
        googlenet_conv3x3s1_96x14x14_208_t2_2x4(x + 72, w, b, y + 80, r, ky0, ky1, c0, c1,
            c1 == 16);
      }
    }
  }
}

/* googlenet_conv1x1s1_512x14x14_112
 *
 * layer inception4d.branch1 (googlenet.net:16)
 * order: chunk of 17 tiles, group of 2 x 8 output channels, pass over input channels, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 14 units of (chunk, group)
 * passes: 2 of 256 input channels, partial sums wait in the output
 * counted here: 11,239,424 multiply-adds, 21,952 other operations,
 *   10,481,856 bytes loaded, 175,616 bytes stored */
KERNEL void googlenet_conv1x1s1_512x14x14_112(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 14 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 14 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 7, g0 = u % 7;
    const size_t g1 = u1 - q * 7 < 7 ? u1 - q * 7 : 7;
    end = q * 7 + g1;
    const size_t j0 = q * 33 / 2;
    const size_t j1 = (q + 1) * 33 / 2;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 64; c0 += 32) {
        const size_t c1 = c0 + 32 < 64 ? c0 + 32 : 64;
        const float *w = i1 + g * 8192;
        const float *ahead = w + c1 * 128; /* the next weights */
        const float *b = i2 + g * 16;
        const float *x = i0;
        const size_t at = g * 3136;
        float *y = o0 + at;
        for (size_t j = j0; j < j1; ++j) {
          if (j < 32)
            googlenet_conv1x1s1_480x14x14_192_t0_2x6(x + j * 48, w, b, y + j * 48, c0, c1, c1 == 64,
                ahead);
          else
            googlenet_conv1x1s1_480x14x14_192_t1_2x4(x + 1536 + (j - 32) * 32, w, b,
                y + 1536 + (j - 32) * 32, c0, c1, c1 == 64, ahead);
          ahead += 256;
        }
      }
    }
  }
}

/* googlenet_conv1x1s1_512x14x14_176
 *
 * layer inception4d.branch2.0.siblings (googlenet.net:17)
 * order: chunk of 17 tiles, group of 2 x 8 output channels, pass over input channels, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 22 units of (chunk, group)
 * passes: 2 of 256 input channels, partial sums wait in the output
 * counted here: 17,661,952 multiply-adds, 34,496 other operations,
 *   16,471,488 bytes loaded, 275,968 bytes stored */
KERNEL void googlenet_conv1x1s1_512x14x14_176(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 22 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 22 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 11, g0 = u % 11;
    const size_t g1 = u1 - q * 11 < 11 ? u1 - q * 11 : 11;
    end = q * 11 + g1;
    const size_t j0 = q * 33 / 2;
    const size_t j1 = (q + 1) * 33 / 2;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 64; c0 += 32) {
        const size_t c1 = c0 + 32 < 64 ? c0 + 32 : 64;
        const float *w = i1 + g * 8192;
        const float *ahead = w + c1 * 128; /* the next weights */
        const float *b = i2 + g * 16;
        const float *x = i0;
        const size_t at = g * 3136;
        float *y = o0 + at;
        for (size_t j = j0; j < j1; ++j) {
          if (j < 32)
            googlenet_conv1x1s1_480x14x14_192_t0_2x6(x + j * 48, w, b, y + j * 48, c0, c1, c1 == 64,
                ahead);
          else
            googlenet_conv1x1s1_480x14x14_192_t1_2x4(x + 1536 + (j - 32) * 32, w, b,
                y + 1536 + (j - 32) * 32, c0, c1, c1 == 64, ahead);
          ahead += 256;
        }
      }
    }
  }
}

/* googlenet_conv3x3s1_144x14x14_288
 *
 * layer inception4d.branch2.1 (googlenet.net:17)
 * order: chunk of 7 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 36 units of (chunk, group)
 * kernel rows on the map: 2.85714 of 3, mean over output rows
 * passes: 6 of 24 input channels, partial sums wait in the output
 * counted here: 66,355,200 multiply-adds, 56,448 other operations,
 *   77,485,824 bytes loaded, 1,354,752 bytes stored */
KERNEL void googlenet_conv3x3s1_144x14x14_288(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 36 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 36 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 18, g0 = u % 18;
    const size_t g1 = u1 - q * 18 < 18 ? u1 - q * 18 : 18;
    end = q * 18 + g1;
    const size_t y0 = q * 14 / 2;
    const size_t y1 = (q + 1) * 14 / 2;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 18; c0 += 3) {
        const size_t c1 = c0 + 3 < 18 ? c0 + 3 : 18;
        const float *w = i1 + g * 20736;
        const float *b = i2 + g * 16;
        const float *x = i0;
        for (size_t oy = y0; oy < y1; ++oy) {
          /* the next pass's weights */
          for (size_t i = 0; i < 31; ++i)
            __builtin_prefetch(w + c1 * 1152 + ((oy - y0) * 31 + i) * 16);
          const size_t iy = oy; /* first input row, counted from the padding's */
          const size_t ky0 = iy < 1 ? 1 - iy : 0;
          const size_t ky1 = iy + 3 <= 15 ? 3 : 15 - iy;
          const size_t r = iy + ky0 - 1;
          const size_t at = g * 3136 + oy * 112;
          float *y = o0 + at;
          googlenet_conv3x3s1_96x14x14_208_t0_2x5(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 18);
          googlenet_conv3x3s1_96x14x14_208_t1_2x5(x + 32, w, b, y + 40, r, ky0, ky1, c0, c1,
              c1 == 18);
          googlenet_conv3x3s1_96x14x14_208_t2_2x4(x + 72, w, b, y + 80, r, ky0, ky1, c0, c1,
              c1 == 18);
        }
      }
    }
  }
}

/* googlenet_conv5x5s1_32x14x14_64
 *
 * layer inception4d.branch3.1 (googlenet.net:18)
 * order: chunk of 7 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 8 units of (chunk, group)
 * kernel rows on the map: 4.57143 of 5, mean over output rows
 * passes: 4 of 8 input channels, partial sums wait in the output
 * counted here: 8,388,608 multiply-adds, 12,544 other operations,
 *   10,122,752 bytes loaded, 200,704 bytes stored */
KERNEL void googlenet_conv5x5s1_32x14x14_64(
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
      for (size_t c0 = 0; c0 < 4; c0 += 1) {
        const size_t c1 = c0 + 1 < 4 ? c0 + 1 : 4;
        const float *w = i1 + g * 12800;
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
          googlenet_conv5x5s1_16x14x14_48_t0_2x5(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 4);
          googlenet_conv5x5s1_16x14x14_48_t1_2x5(x + 24, w, b, y + 40, r, ky0, ky1, c0, c1,
              c1 == 4);
          googlenet_conv5x5s1_16x14x14_48_t2_2x4(x + 64, w, b, y + 80, r, ky0, ky1, c0, c1,
              c1 == 4);
        }
      }
    }
  }
}

/* googlenet_conv1x1s1_528x14x14_256
 *
 * layer inception4e.branch1 (googlenet.net:16)
 * order: chunk of 33 tiles, pass over input channels, group of 2 x 8 output channels, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 16 units of (chunk, group)
 * passes: 3 of 176 input channels, partial sums wait in the output
 * counted here: 26,492,928 multiply-adds, 50,176 other operations,
 *   24,900,608 bytes loaded, 602,112 bytes stored */
KERNEL void googlenet_conv1x1s1_528x14x14_256(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 16 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 16 / (size_t)n;
  const size_t g0 = u0, g1 = u1;
  for (size_t c0 = 0; c0 < 66; c0 += 22) {
    const size_t c1 = c0 + 22 < 66 ? c0 + 22 : 66;
    for (size_t g = g0; g < g1; ++g) {
      const float *w = i1 + g * 8448;
      const float *ahead = w + 8448 + c0 * 128; /* the next weights */
      const float *b = i2 + g * 16;
      const float *x = i0;
      const size_t at = g * 3136;
      float *y = o0 + at;
      for (size_t j = 0; j < 32; ++j) {
        googlenet_conv1x1s1_480x14x14_192_t0_2x6(x + j * 48, w, b, y + j * 48, c0, c1, c1 == 66,
            ahead);
        ahead += 96;
      }
      googlenet_conv1x1s1_480x14x14_192_t1_2x4(x + 1536, w, b, y + 1536, c0, c1, c1 == 66, ahead);
      ahead += 96;
    }
  }
}

/* googlenet_conv1x1s1_528x14x14_192
 *
 * layer inception4e.branch2.0.siblings (googlenet.net:17)
 * order: chunk of 17 tiles, group of 2 x 8 output channels, pass over input channels, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 24 units of (chunk, group)
 * passes: 3 of 176 input channels, partial sums wait in the output
 * counted here: 19,869,696 multiply-adds, 37,632 other operations,
 *   18,675,456 bytes loaded, 451,584 bytes stored */
KERNEL void googlenet_conv1x1s1_528x14x14_192(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 24 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 24 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 12, g0 = u % 12;
    const size_t g1 = u1 - q * 12 < 12 ? u1 - q * 12 : 12;
    end = q * 12 + g1;
    const size_t j0 = q * 33 / 2;
    const size_t j1 = (q + 1) * 33 / 2;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 66; c0 += 22) {
        const size_t c1 = c0 + 22 < 66 ? c0 + 22 : 66;
        const float *w = i1 + g * 8448;
        const float *ahead = w + c1 * 128; /* the next weights */
        const float *b = i2 + g * 16;
        const float *x = i0;
        const size_t at = g * 3136;
        float *y = o0 + at;
        for (size_t j = j0; j < j1; ++j) {
          if (j < 32)
            googlenet_conv1x1s1_480x14x14_192_t0_2x6(x + j * 48, w, b, y + j * 48, c0, c1, c1 == 66,
                ahead);
          else
            googlenet_conv1x1s1_480x14x14_192_t1_2x4(x + 1536 + (j - 32) * 32, w, b,
                y + 1536 + (j - 32) * 32, c0, c1, c1 == 66, ahead);
          ahead += 176;
        }
      }
    }
  }
}

/* googlenet_maxpool3x3s1_528x14x14
 *
 * layer inception4e.maxpool1 (googlenet.net:19)
 * tiles of up to 8 outputs of one or two rows, 4 different; rows of the window spelled out
 * a unit of the split is 14 output rows of one channel block
 * counted here: 0 multiply-adds, 665,280 other operations,
 *   946,176 bytes loaded, 413,952 bytes stored */
KERNEL void googlenet_maxpool3x3s1_528x14x14(
    const float *restrict i0, float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 66 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 66 / (size_t)n;
  for (size_t u = u0; u < u1; ++u) {
    const size_t cb = u;
    const float *map = i0 + cb * 1568;
    const size_t from = 0, to = 14;
    size_t oy = from;
    vf sum0 = {0}, sum1 = {0};
    for (; oy + 1 < to; oy += 2) {
      const ptrdiff_t top = (ptrdiff_t)(oy) - 1; /* of the window */
      const float *r0 = map + ((top < 0 ? 0 : top)) * 112;
      const float *r1 = map + ((top + 1)) * 112;
      const float *r2 = map + ((top + 2)) * 112;
      const float *r3 = map + ((top + 3 > 13 ? 13 : top + 3)) * 112;
      const size_t at = cb * 1568 + oy * 112;
      {
        vf x0_1 = LD(r0 + 0), x1_1 = LD(r1 + 0), x2_1 = LD(r2 + 0), x3_1 = LD(r3 + 0);
        HOLD(x0_1); HOLD(x1_1); HOLD(x2_1); HOLD(x3_1);
        sum1 += x0_1 * x1_1 * (x2_1 * x3_1);
        const vf c1 = v_top(x0_1, v_top(x2_1, x1_1));
        const vf d1 = v_top(x3_1, v_top(x2_1, x1_1));
        vf x0_2 = LD(r0 + 8), x1_2 = LD(r1 + 8), x2_2 = LD(r2 + 8), x3_2 = LD(r3 + 8);
        HOLD(x0_2); HOLD(x1_2); HOLD(x2_2); HOLD(x3_2);
        sum0 += x0_2 * x1_2 * (x2_2 * x3_2);
        const vf c2 = v_top(x0_2, v_top(x2_2, x1_2));
        const vf d2 = v_top(x3_2, v_top(x2_2, x1_2));
        vf a0 = v_top(c2, c1);
        ST(o0 + at, a0);
        vf e0 = v_top(d2, d1);
        ST(o0 + at + 112, e0);
        vf x0_3 = LD(r0 + 16), x1_3 = LD(r1 + 16), x2_3 = LD(r2 + 16), x3_3 = LD(r3 + 16);
        HOLD(x0_3); HOLD(x1_3); HOLD(x2_3); HOLD(x3_3);
        sum1 += x0_3 * x1_3 * (x2_3 * x3_3);
        const vf c3 = v_top(x0_3, v_top(x2_3, x1_3));
        const vf d3 = v_top(x3_3, v_top(x2_3, x1_3));
        vf a1 = v_top(c3, v_top(c2, c1));
        ST(o0 + at + 8, a1);
        vf e1 = v_top(d3, v_top(d2, d1));
        ST(o0 + at + 120, e1);
        vf x0_4 = LD(r0 + 24), x1_4 = LD(r1 + 24), x2_4 = LD(r2 + 24), x3_4 = LD(r3 + 24);
        HOLD(x0_4); HOLD(x1_4); HOLD(x2_4); HOLD(x3_4);
        sum0 += x0_4 * x1_4 * (x2_4 * x3_4);
        const vf c4 = v_top(x0_4, v_top(x2_4, x1_4));
        const vf d4 = v_top(x3_4, v_top(x2_4, x1_4));
        vf a2 = v_top(c2, v_top(c4, c3));
        ST(o0 + at + 16, a2);
        vf e2 = v_top(d2, v_top(d4, d3));
        ST(o0 + at + 128, e2);
        vf x0_5 = LD(r0 + 32), x1_5 = LD(r1 + 32), x2_5 = LD(r2 + 32), x3_5 = LD(r3 + 32);
        HOLD(x0_5); HOLD(x1_5); HOLD(x2_5); HOLD(x3_5);
        sum1 += x0_5 * x1_5 * (x2_5 * x3_5);
        const vf c5 = v_top(x0_5, v_top(x2_5, x1_5));
        const vf d5 = v_top(x3_5, v_top(x2_5, x1_5));
        vf a3 = v_top(c5, v_top(c4, c3));
        ST(o0 + at + 24, a3);
        vf e3 = v_top(d5, v_top(d4, d3));
        ST(o0 + at + 136, e3);
        vf x0_6 = LD(r0 + 40), x1_6 = LD(r1 + 40), x2_6 = LD(r2 + 40), x3_6 = LD(r3 + 40);
        HOLD(x0_6); HOLD(x1_6); HOLD(x2_6); HOLD(x3_6);
        sum0 += x0_6 * x1_6 * (x2_6 * x3_6);
        const vf c6 = v_top(x0_6, v_top(x2_6, x1_6));
        const vf d6 = v_top(x3_6, v_top(x2_6, x1_6));
        vf a4 = v_top(c4, v_top(c6, c5));
        ST(o0 + at + 32, a4);
        vf e4 = v_top(d4, v_top(d6, d5));
        ST(o0 + at + 144, e4);
        vf x0_7 = LD(r0 + 48), x1_7 = LD(r1 + 48), x2_7 = LD(r2 + 48), x3_7 = LD(r3 + 48);
        HOLD(x0_7); HOLD(x1_7); HOLD(x2_7); HOLD(x3_7);
        sum1 += x0_7 * x1_7 * (x2_7 * x3_7);
        const vf c7 = v_top(x0_7, v_top(x2_7, x1_7));
        const vf d7 = v_top(x3_7, v_top(x2_7, x1_7));
        vf a5 = v_top(c7, v_top(c6, c5));
        ST(o0 + at + 40, a5);
        vf e5 = v_top(d7, v_top(d6, d5));
        ST(o0 + at + 152, e5);
        vf x0_8 = LD(r0 + 56), x1_8 = LD(r1 + 56), x2_8 = LD(r2 + 56), x3_8 = LD(r3 + 56);
        HOLD(x0_8); HOLD(x1_8); HOLD(x2_8); HOLD(x3_8);
        sum0 += x0_8 * x1_8 * (x2_8 * x3_8);
        const vf c8 = v_top(x0_8, v_top(x2_8, x1_8));
        const vf d8 = v_top(x3_8, v_top(x2_8, x1_8));
        vf a6 = v_top(c8, v_top(c7, c6));
        ST(o0 + at + 48, a6);
        vf e6 = v_top(d8, v_top(d7, d6));
        ST(o0 + at + 160, e6);
      }
      {
        vf x0_0 = LD(r0 + 48), x1_0 = LD(r1 + 48), x2_0 = LD(r2 + 48), x3_0 = LD(r3 + 48);
        HOLD(x0_0); HOLD(x1_0); HOLD(x2_0); HOLD(x3_0);
        sum0 += x0_0 * x1_0 * (x2_0 * x3_0);
        const vf c0 = v_top(x0_0, v_top(x2_0, x1_0));
        const vf d0 = v_top(x3_0, v_top(x2_0, x1_0));
        vf x0_1 = LD(r0 + 56), x1_1 = LD(r1 + 56), x2_1 = LD(r2 + 56), x3_1 = LD(r3 + 56);
        HOLD(x0_1); HOLD(x1_1); HOLD(x2_1); HOLD(x3_1);
        sum1 += x0_1 * x1_1 * (x2_1 * x3_1);
        const vf c1 = v_top(x0_1, v_top(x2_1, x1_1));
        const vf d1 = v_top(x3_1, v_top(x2_1, x1_1));
        vf x0_2 = LD(r0 + 64), x1_2 = LD(r1 + 64), x2_2 = LD(r2 + 64), x3_2 = LD(r3 + 64);
        HOLD(x0_2); HOLD(x1_2); HOLD(x2_2); HOLD(x3_2);
        sum0 += x0_2 * x1_2 * (x2_2 * x3_2);
        const vf c2 = v_top(x0_2, v_top(x2_2, x1_2));
        const vf d2 = v_top(x3_2, v_top(x2_2, x1_2));
        vf a0 = v_top(c0, v_top(c2, c1));
        ST(o0 + at + 56, a0);
        vf e0 = v_top(d0, v_top(d2, d1));
        ST(o0 + at + 168, e0);
        vf x0_3 = LD(r0 + 72), x1_3 = LD(r1 + 72), x2_3 = LD(r2 + 72), x3_3 = LD(r3 + 72);
        HOLD(x0_3); HOLD(x1_3); HOLD(x2_3); HOLD(x3_3);
        sum1 += x0_3 * x1_3 * (x2_3 * x3_3);
        const vf c3 = v_top(x0_3, v_top(x2_3, x1_3));
        const vf d3 = v_top(x3_3, v_top(x2_3, x1_3));
        vf a1 = v_top(c3, v_top(c2, c1));
        ST(o0 + at + 64, a1);
        vf e1 = v_top(d3, v_top(d2, d1));
        ST(o0 + at + 176, e1);
        vf x0_4 = LD(r0 + 80), x1_4 = LD(r1 + 80), x2_4 = LD(r2 + 80), x3_4 = LD(r3 + 80);
        HOLD(x0_4); HOLD(x1_4); HOLD(x2_4); HOLD(x3_4);
        sum0 += x0_4 * x1_4 * (x2_4 * x3_4);
        const vf c4 = v_top(x0_4, v_top(x2_4, x1_4));
        const vf d4 = v_top(x3_4, v_top(x2_4, x1_4));
        vf a2 = v_top(c2, v_top(c4, c3));
        ST(o0 + at + 72, a2);
        vf e2 = v_top(d2, v_top(d4, d3));
        ST(o0 + at + 184, e2);
        vf x0_5 = LD(r0 + 88), x1_5 = LD(r1 + 88), x2_5 = LD(r2 + 88), x3_5 = LD(r3 + 88);
        HOLD(x0_5); HOLD(x1_5); HOLD(x2_5); HOLD(x3_5);
        sum1 += x0_5 * x1_5 * (x2_5 * x3_5);
        const vf c5 = v_top(x0_5, v_top(x2_5, x1_5));
        const vf d5 = v_top(x3_5, v_top(x2_5, x1_5));
        vf a3 = v_top(c5, v_top(c4, c3));
        ST(o0 + at + 80, a3);
        vf e3 = v_top(d5, v_top(d4, d3));
        ST(o0 + at + 192, e3);
        vf x0_6 = LD(r0 + 96), x1_6 = LD(r1 + 96), x2_6 = LD(r2 + 96), x3_6 = LD(r3 + 96);
        HOLD(x0_6); HOLD(x1_6); HOLD(x2_6); HOLD(x3_6);
        sum0 += x0_6 * x1_6 * (x2_6 * x3_6);
        const vf c6 = v_top(x0_6, v_top(x2_6, x1_6));
        const vf d6 = v_top(x3_6, v_top(x2_6, x1_6));
        vf a4 = v_top(c4, v_top(c6, c5));
        ST(o0 + at + 88, a4);
        vf e4 = v_top(d4, v_top(d6, d5));
        ST(o0 + at + 200, e4);
        vf x0_7 = LD(r0 + 104), x1_7 = LD(r1 + 104), x2_7 = LD(r2 + 104), x3_7 = LD(r3 + 104);
        HOLD(x0_7); HOLD(x1_7); HOLD(x2_7); HOLD(x3_7);
        sum1 += x0_7 * x1_7 * (x2_7 * x3_7);
        const vf c7 = v_top(x0_7, v_top(x2_7, x1_7));
        const vf d7 = v_top(x3_7, v_top(x2_7, x1_7));
        vf a5 = v_top(c7, v_top(c6, c5));
        ST(o0 + at + 96, a5);
        vf e5 = v_top(d7, v_top(d6, d5));
        ST(o0 + at + 208, e5);
        vf a6 = v_top(c7, c6);
        ST(o0 + at + 104, a6);
        vf e6 = v_top(d7, d6);
        ST(o0 + at + 216, e6);
      }
    }
    if (v_odd(sum0 + sum1)) oy = from;
    for (; oy < to; ++oy) {
      const ptrdiff_t top = (ptrdiff_t)(oy) - 1; /* of the window */
      const float *r0 = map + ((top < 0 ? 0 : top)) * 112;
      const float *r1 = map + ((top + 1)) * 112;
      const float *r2 = map + ((top + 2 > 13 ? 13 : top + 2)) * 112;
      const size_t at = cb * 1568 + oy * 112;
      {
        const vf c1 = v_max3(LD(r0 + 0), LD(r1 + 0), LD(r2 + 0));
        const vf c2 = v_max3(LD(r0 + 8), LD(r1 + 8), LD(r2 + 8));
        vf a0 = v_max(c1, c2);
        ST(o0 + at, a0);
        const vf c3 = v_max3(LD(r0 + 16), LD(r1 + 16), LD(r2 + 16));
        vf a1 = v_max3(c1, c2, c3);
        ST(o0 + at + 8, a1);
        const vf c4 = v_max3(LD(r0 + 24), LD(r1 + 24), LD(r2 + 24));
        vf a2 = v_max3(c3, c4, c2);
        ST(o0 + at + 16, a2);
        const vf c5 = v_max3(LD(r0 + 32), LD(r1 + 32), LD(r2 + 32));
        vf a3 = v_max3(c3, c4, c5);
        ST(o0 + at + 24, a3);
        const vf c6 = v_max3(LD(r0 + 40), LD(r1 + 40), LD(r2 + 40));
        vf a4 = v_max3(c5, c6, c4);
        ST(o0 + at + 32, a4);
        const vf c7 = v_max3(LD(r0 + 48), LD(r1 + 48), LD(r2 + 48));
        vf a5 = v_max3(c5, c6, c7);
        ST(o0 + at + 40, a5);
        const vf c8 = v_max3(LD(r0 + 56), LD(r1 + 56), LD(r2 + 56));
        vf a6 = v_max3(c6, c7, c8);
        ST(o0 + at + 48, a6);
      }
      {
        const vf c0 = v_max3(LD(r0 + 48), LD(r1 + 48), LD(r2 + 48));
        const vf c1 = v_max3(LD(r0 + 56), LD(r1 + 56), LD(r2 + 56));
        const vf c2 = v_max3(LD(r0 + 64), LD(r1 + 64), LD(r2 + 64));
        vf a0 = v_max3(c1, c2, c0);
        ST(o0 + at + 56, a0);
        const vf c3 = v_max3(LD(r0 + 72), LD(r1 + 72), LD(r2 + 72));
        vf a1 = v_max3(c1, c2, c3);
        ST(o0 + at + 64, a1);
        const vf c4 = v_max3(LD(r0 + 80), LD(r1 + 80), LD(r2 + 80));
        vf a2 = v_max3(c3, c4, c2);
        ST(o0 + at + 72, a2);
        const vf c5 = v_max3(LD(r0 + 88), LD(r1 + 88), LD(r2 + 88));
        vf a3 = v_max3(c3, c4, c5);
        ST(o0 + at + 80, a3);
        const vf c6 = v_max3(LD(r0 + 96), LD(r1 + 96), LD(r2 + 96));
        vf a4 = v_max3(c5, c6, c4);
        ST(o0 + at + 88, a4);
        const vf c7 = v_max3(LD(r0 + 104), LD(r1 + 104), LD(r2 + 104));
        vf a5 = v_max3(c5, c6, c7);
        ST(o0 + at + 96, a5);
        vf a6 = v_max(c6, c7);
        ST(o0 + at + 104, a6);
      }
    }
  }
}

/* googlenet_conv3x3s1_160x14x14_320
 *
 * layer inception4e.branch2.1 (googlenet.net:17)
 * order: chunk of 7 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 40 units of (chunk, group)
 * kernel rows on the map: 2.85714 of 3, mean over output rows
 * passes: 7 of 24 input channels, partial sums wait in the output
 * counted here: 81,920,000 multiply-adds, 62,720 other operations,
 *   95,767,040 bytes loaded, 1,756,160 bytes stored */
KERNEL void googlenet_conv3x3s1_160x14x14_320(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 40 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 40 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 20, g0 = u % 20;
    const size_t g1 = u1 - q * 20 < 20 ? u1 - q * 20 : 20;
    end = q * 20 + g1;
    const size_t y0 = q * 14 / 2;
    const size_t y1 = (q + 1) * 14 / 2;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 20; c0 += 3) {
        const size_t c1 = c0 + 3 < 20 ? c0 + 3 : 20;
        const float *w = i1 + g * 23040;
        const float *b = i2 + g * 16;
        const float *x = i0;
        for (size_t oy = y0; oy < y1; ++oy) {
          /* the next pass's weights */
          for (size_t i = 0; i < 31; ++i)
            __builtin_prefetch(w + c1 * 1152 + ((oy - y0) * 31 + i) * 16);
          const size_t iy = oy; /* first input row, counted from the padding's */
          const size_t ky0 = iy < 1 ? 1 - iy : 0;
          const size_t ky1 = iy + 3 <= 15 ? 3 : 15 - iy;
          const size_t r = iy + ky0 - 1;
          const size_t at = g * 3136 + oy * 112;
          float *y = o0 + at;
          googlenet_conv3x3s1_96x14x14_208_t0_2x5(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 20);
          googlenet_conv3x3s1_96x14x14_208_t1_2x5(x + 32, w, b, y + 40, r, ky0, ky1, c0, c1,
              c1 == 20);
          googlenet_conv3x3s1_96x14x14_208_t2_2x4(x + 72, w, b, y + 80, r, ky0, ky1, c0, c1,
              c1 == 20);
        }
      }
    }
  }
}

/* googlenet_conv5x5s1_32x14x14_128
 *
 * layer inception4e.branch3.1 (googlenet.net:18)
 * order: chunk of 7 rows, group of 2 x 8 output channels, pass over input channels, row, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 16 units of (chunk, group)
 * kernel rows on the map: 4.57143 of 5, mean over output rows
 * passes: 4 of 8 input channels, partial sums wait in the output
 * counted here: 16,777,216 multiply-adds, 25,088 other operations,
 *   20,245,504 bytes loaded, 401,408 bytes stored */
KERNEL void googlenet_conv5x5s1_32x14x14_128(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 16 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 16 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 8, g0 = u % 8;
    const size_t g1 = u1 - q * 8 < 8 ? u1 - q * 8 : 8;
    end = q * 8 + g1;
    const size_t y0 = q * 14 / 2;
    const size_t y1 = (q + 1) * 14 / 2;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 4; c0 += 1) {
        const size_t c1 = c0 + 1 < 4 ? c0 + 1 : 4;
        const float *w = i1 + g * 12800;
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
          googlenet_conv5x5s1_16x14x14_48_t0_2x5(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 4);
          googlenet_conv5x5s1_16x14x14_48_t1_2x5(x + 24, w, b, y + 40, r, ky0, ky1, c0, c1,
              c1 == 4);
          googlenet_conv5x5s1_16x14x14_48_t2_2x4(x + 64, w, b, y + 80, r, ky0, ky1, c0, c1,
              c1 == 4);
        }
      }
    }
  }
}

/* googlenet_conv1x1s1_528x14x14_128
 *
 * layer inception4e.branch4.1 (googlenet.net:19)
 * order: chunk of 17 tiles, group of 2 x 8 output channels, pass over input channels, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 16 units of (chunk, group)
 * passes: 3 of 176 input channels, partial sums wait in the output
 * counted here: 13,246,464 multiply-adds, 25,088 other operations,
 *   12,450,304 bytes loaded, 301,056 bytes stored */
KERNEL void googlenet_conv1x1s1_528x14x14_128(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 16 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 16 / (size_t)n;
  for (size_t u = u0, end; u < u1; u = end) {
    /* chunk q of the rows, and of its channel groups those from g0 to g1 */
    const size_t q = u / 8, g0 = u % 8;
    const size_t g1 = u1 - q * 8 < 8 ? u1 - q * 8 : 8;
    end = q * 8 + g1;
    const size_t j0 = q * 33 / 2;
    const size_t j1 = (q + 1) * 33 / 2;
    for (size_t g = g0; g < g1; ++g) {
      for (size_t c0 = 0; c0 < 66; c0 += 22) {
        const size_t c1 = c0 + 22 < 66 ? c0 + 22 : 66;
        const float *w = i1 + g * 8448;
        const float *ahead = w + c1 * 128; /* the next weights */
        const float *b = i2 + g * 16;
        const float *x = i0;
        const size_t at = g * 3136;
        float *y = o0 + at;
        for (size_t j = j0; j < j1; ++j) {
          if (j < 32)
            googlenet_conv1x1s1_480x14x14_192_t0_2x6(x + j * 48, w, b, y + j * 48, c0, c1, c1 == 66,
                ahead);
          else
            googlenet_conv1x1s1_480x14x14_192_t1_2x4(x + 1536 + (j - 32) * 32, w, b,
                y + 1536 + (j - 32) * 32, c0, c1, c1 == 66, ahead);
          ahead += 176;
        }
      }
    }
  }
}

/* googlenet_maxpool3x3s2_832x7x7
 *
 * layer maxpool4 (googlenet.net:43)
 * tiles of up to 7 outputs of a row, 1 different; rows of the window spelled out
 * a unit of the split is 7 output rows of one channel block
 * counted here: 0 multiply-adds, 238,784 other operations,
 *   978,432 bytes loaded, 163,072 bytes stored */
KERNEL void googlenet_maxpool3x3s2_832x7x7(
    const float *restrict i0, float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 104 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 104 / (size_t)n;
  for (size_t u = u0; u < u1; ++u) {
    const size_t cb = u;
    const float *map = i0 + cb * 1568;
    for (size_t oy = 0; oy < 7; ++oy) {
      const ptrdiff_t top = (ptrdiff_t)(oy * 2); /* of the window */
      const float *r0 = map + ((top)) * 112;
      const float *r1 = map + ((top + 1)) * 112;
      const float *r2 = map + ((top + 2 > 13 ? 13 : top + 2)) * 112;
      const size_t at = cb * 392 + oy * 56;
      {
        const vf c0 = v_max3(LD(r0 + 0), LD(r1 + 0), LD(r2 + 0));
        const vf c1 = v_max3(LD(r0 + 8), LD(r1 + 8), LD(r2 + 8));
        const vf c2 = v_max3(LD(r0 + 16), LD(r1 + 16), LD(r2 + 16));
        vf a0 = v_max3(c2, c0, c1);
        ST(o0 + at, a0);
        const vf c3 = v_max3(LD(r0 + 24), LD(r1 + 24), LD(r2 + 24));
        const vf c4 = v_max3(LD(r0 + 32), LD(r1 + 32), LD(r2 + 32));
        vf a1 = v_max3(c2, c3, c4);
        ST(o0 + at + 8, a1);
        const vf c5 = v_max3(LD(r0 + 40), LD(r1 + 40), LD(r2 + 40));
        const vf c6 = v_max3(LD(r0 + 48), LD(r1 + 48), LD(r2 + 48));
        vf a2 = v_max3(c6, c4, c5);
        ST(o0 + at + 16, a2);
        const vf c7 = v_max3(LD(r0 + 56), LD(r1 + 56), LD(r2 + 56));
        const vf c8 = v_max3(LD(r0 + 64), LD(r1 + 64), LD(r2 + 64));
        vf a3 = v_max3(c6, c7, c8);
        ST(o0 + at + 24, a3);
        const vf c9 = v_max3(LD(r0 + 72), LD(r1 + 72), LD(r2 + 72));
        const vf c10 = v_max3(LD(r0 + 80), LD(r1 + 80), LD(r2 + 80));
        vf a4 = v_max3(c10, c8, c9);
        ST(o0 + at + 32, a4);
        const vf c11 = v_max3(LD(r0 + 88), LD(r1 + 88), LD(r2 + 88));
        const vf c12 = v_max3(LD(r0 + 96), LD(r1 + 96), LD(r2 + 96));
        vf a5 = v_max3(c10, c11, c12);
        ST(o0 + at + 40, a5);
        const vf c13 = v_max3(LD(r0 + 104), LD(r1 + 104), LD(r2 + 104));
        vf a6 = v_max(c12, c13);
        ST(o0 + at + 48, a6);
      }
    }
  }
}

/* googlenet_conv1x1s1_832x7x7_256
 *
 * layer inception5a.branch1 (googlenet.net:16)
 * order: chunk of 9 tiles, group of 2 x 8 output channels, pass over input channels, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 16 units of (chunk, group)
 * passes: 4 of 208 input channels, partial sums wait in the output
 * counted here: 10,436,608 multiply-adds, 12,544 other operations,
 *   10,436,608 bytes loaded, 200,704 bytes stored */
/* 2 output blocks x 6 pixels; columns 0 to 29 of a row */
KERNEL void googlenet_conv1x1s1_832x7x7_256_t0_2x6(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t c0, size_t c1, int last, const float *ahead) {
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
    a1_0 = LD(y + 392);
    a1_1 = LD(y + 400);
    a1_2 = LD(y + 408);
    a1_3 = LD(y + 416);
    a1_4 = LD(y + 424);
    a1_5 = LD(y + 432);
  }
  for (size_t c = c0; c < c1; ++c) {
    const float *xp = x + c * 392;
    const float *wp = w + c * 128;
    __builtin_prefetch(ahead + (c - c0) * 16, 0, 2);
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
    t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[33]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[41]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 32); w1 = LD(wp + 40);
    t = xp[2]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[10]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[18]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[26]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[34]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[42]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 48); w1 = LD(wp + 56);
    t = xp[3]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[11]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[19]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[27]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[35]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[43]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 64); w1 = LD(wp + 72);
    t = xp[4]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[12]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[20]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[28]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[36]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[44]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 80); w1 = LD(wp + 88);
    t = xp[5]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[13]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[21]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[29]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[37]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[45]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 96); w1 = LD(wp + 104);
    t = xp[6]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[14]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[22]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[30]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[38]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[46]; a0_5 += w0 * t; a1_5 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 112); w1 = LD(wp + 120);
    t = xp[7]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[15]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[23]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[31]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[39]; a0_4 += w0 * t; a1_4 += w1 * t;
    t = xp[47]; a0_5 += w0 * t; a1_5 += w1 * t;
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
  ST(y + 392, a1_0);
  ST(y + 400, a1_1);
  ST(y + 408, a1_2);
  ST(y + 416, a1_3);
  ST(y + 424, a1_4);
  ST(y + 432, a1_5);
}

/* 2 output blocks x 5 pixels; columns 30 to 44 of a row */
KERNEL void googlenet_conv1x1s1_832x7x7_256_t1_2x5(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t c0, size_t c1, int last, const float *ahead) {
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
    a1_0 = LD(y + 392);
    a1_1 = LD(y + 400);
    a1_2 = LD(y + 408);
    a1_3 = LD(y + 416);
    a1_4 = LD(y + 424);
  }
  for (size_t c = c0; c < c1; ++c) {
    const float *xp = x + c * 392;
    const float *wp = w + c * 128;
    __builtin_prefetch(ahead + (c - c0) * 16, 0, 2);
    HIDE(xp);
    w0 = LD(wp); w1 = LD(wp + 8);
    t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[32]; a0_4 += w0 * t; a1_4 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 16); w1 = LD(wp + 24);
    t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[33]; a0_4 += w0 * t; a1_4 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 32); w1 = LD(wp + 40);
    t = xp[2]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[10]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[18]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[26]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[34]; a0_4 += w0 * t; a1_4 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 48); w1 = LD(wp + 56);
    t = xp[3]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[11]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[19]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[27]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[35]; a0_4 += w0 * t; a1_4 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 64); w1 = LD(wp + 72);
    t = xp[4]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[12]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[20]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[28]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[36]; a0_4 += w0 * t; a1_4 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 80); w1 = LD(wp + 88);
    t = xp[5]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[13]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[21]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[29]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[37]; a0_4 += w0 * t; a1_4 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 96); w1 = LD(wp + 104);
    t = xp[6]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[14]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[22]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[30]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[38]; a0_4 += w0 * t; a1_4 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 112); w1 = LD(wp + 120);
    t = xp[7]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[15]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[23]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[31]; a0_3 += w0 * t; a1_3 += w1 * t;
    t = xp[39]; a0_4 += w0 * t; a1_4 += w1 * t;
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
  ST(y + 392, a1_0);
  ST(y + 400, a1_1);
  ST(y + 408, a1_2);
  ST(y + 416, a1_3);
  ST(y + 424, a1_4);
}

/* 2 output blocks x 4 pixels; columns 45 to 48 of a row */
KERNEL void googlenet_conv1x1s1_832x7x7_256_t2_2x4(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y,
    size_t c0, size_t c1, int last, const float *ahead) {
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
    a1_0 = LD(y + 392);
    a1_1 = LD(y + 400);
    a1_2 = LD(y + 408);
    a1_3 = LD(y + 416);
  }
  for (size_t c = c0; c < c1; ++c) {
    const float *xp = x + c * 392;
    const float *wp = w + c * 128;
    __builtin_prefetch(ahead + (c - c0) * 16, 0, 2);
    HIDE(xp);
    w0 = LD(wp); w1 = LD(wp + 8);
    t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 16); w1 = LD(wp + 24);
    t = xp[1]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[9]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[17]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[25]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 32); w1 = LD(wp + 40);
    t = xp[2]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[10]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[18]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[26]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 48); w1 = LD(wp + 56);
    t = xp[3]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[11]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[19]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[27]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 64); w1 = LD(wp + 72);
    t = xp[4]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[12]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[20]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[28]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 80); w1 = LD(wp + 88);
    t = xp[5]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[13]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[21]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[29]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 96); w1 = LD(wp + 104);
    t = xp[6]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[14]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[22]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[30]; a0_3 += w0 * t; a1_3 += w1 * t;
    HIDE(xp);
    w0 = LD(wp + 112); w1 = LD(wp + 120);
    t = xp[7]; a0_0 += w0 * t; a1_0 += w1 * t;
    t = xp[15]; a0_1 += w0 * t; a1_1 += w1 * t;
    t = xp[23]; a0_2 += w0 * t; a1_2 += w1 * t;
    t = xp[31]; a0_3 += w0 * t; a1_3 += w1 * t;
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
  ST(y + 392, a1_0);
  ST(y + 400, a1_1);
  ST(y + 408, a1_2);
  ST(y + 416, a1_3);
}

KERNEL void googlenet_conv1x1s1_832x7x7_256(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 16 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 16 / (size_t)n;
  const size_t g0 = u0, g1 = u1;
  for (size_t g = g0; g < g1; ++g) {
    for (size_t c0 = 0; c0 < 104; c0 += 26) {
      const size_t c1 = c0 + 26 < 104 ? c0 + 26 : 104;
      const float *w = i1 + g * 13312;
      const float *ahead = w + c1 * 128; /* the next weights */
      const float *b = i2 + g * 16;
      const float *x = i0;
      const size_t at = g * 784;
      float *y = o0 + at;
      for (size_t j = 0; j < 5; ++j) {
        googlenet_conv1x1s1_832x7x7_256_t0_2x6(x + j * 48, w, b, y + j * 48, c0, c1, c1 == 104,
            ahead);
        ahead += 384;
      }
      for (size_t j = 0; j < 3; ++j) {
        googlenet_conv1x1s1_832x7x7_256_t1_2x5(x + 240 + j * 40, w, b, y + 240 + j * 40, c0, c1,
            c1 == 104, ahead);
        ahead += 384;
      }
      googlenet_conv1x1s1_832x7x7_256_t2_2x4(x + 360, w, b, y + 360, c0, c1, c1 == 104, ahead);
      ahead += 384;
    }
  }
}

/* googlenet_conv1x1s1_832x7x7_192
 *
 * layer inception5a.branch2.0.siblings (googlenet.net:17)
 * order: chunk of 9 tiles, group of 2 x 8 output channels, pass over input channels, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 12 units of (chunk, group)
 * passes: 4 of 208 input channels, partial sums wait in the output
 * counted here: 7,827,456 multiply-adds, 9,408 other operations,
 *   7,827,456 bytes loaded, 150,528 bytes stored */
KERNEL void googlenet_conv1x1s1_832x7x7_192(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 12 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 12 / (size_t)n;
  const size_t g0 = u0, g1 = u1;
  for (size_t g = g0; g < g1; ++g) {
    for (size_t c0 = 0; c0 < 104; c0 += 26) {
      const size_t c1 = c0 + 26 < 104 ? c0 + 26 : 104;
      const float *w = i1 + g * 13312;
      const float *ahead = w + c1 * 128; /* the next weights */
      const float *b = i2 + g * 16;
      const float *x = i0;
      const size_t at = g * 784;
      float *y = o0 + at;
      for (size_t j = 0; j < 5; ++j) {
        googlenet_conv1x1s1_832x7x7_256_t0_2x6(x + j * 48, w, b, y + j * 48, c0, c1, c1 == 104,
            ahead);
        ahead += 384;
      }
      for (size_t j = 0; j < 3; ++j) {
        googlenet_conv1x1s1_832x7x7_256_t1_2x5(x + 240 + j * 40, w, b, y + 240 + j * 40, c0, c1,
            c1 == 104, ahead);
        ahead += 384;
      }
      googlenet_conv1x1s1_832x7x7_256_t2_2x4(x + 360, w, b, y + 360, c0, c1, c1 == 104, ahead);
      ahead += 384;
    }
  }
}

/* googlenet_maxpool3x3s1_832x7x7
 *
 * layer inception5a.maxpool1 (googlenet.net:19)
 *    and inception5b.maxpool1 (googlenet.net:19)
 * tiles of up to 7 outputs of one or two rows, 2 different; rows of the window spelled out
 * a unit of the split is 8 output rows of one channel block
 * counted here: 0 multiply-adds, 221,312 other operations,
 *   349,440 bytes loaded, 163,072 bytes stored */
KERNEL void googlenet_maxpool3x3s1_832x7x7(
    const float *restrict i0, float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 104 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 104 / (size_t)n;
  for (size_t u = u0; u < u1; ++u) {
    const size_t cb = u;
    const float *map = i0 + cb * 392;
    const size_t from = 0, to = 7;
    size_t oy = from;
    vf sum0 = {0}, sum1 = {0};
    for (; oy + 1 < to; oy += 2) {
      const ptrdiff_t top = (ptrdiff_t)(oy) - 1; /* of the window */
      const float *r0 = map + ((top < 0 ? 0 : top)) * 56;
      const float *r1 = map + ((top + 1)) * 56;
      const float *r2 = map + ((top + 2)) * 56;
      const float *r3 = map + ((top + 3 > 6 ? 6 : top + 3)) * 56;
      const size_t at = cb * 392 + oy * 56;
      {
        vf x0_1 = LD(r0 + 0), x1_1 = LD(r1 + 0), x2_1 = LD(r2 + 0), x3_1 = LD(r3 + 0);
        HOLD(x0_1); HOLD(x1_1); HOLD(x2_1); HOLD(x3_1);
        sum1 += x0_1 * x1_1 * (x2_1 * x3_1);
        const vf c1 = v_top(x0_1, v_top(x2_1, x1_1));
        const vf d1 = v_top(x3_1, v_top(x2_1, x1_1));
        vf x0_2 = LD(r0 + 8), x1_2 = LD(r1 + 8), x2_2 = LD(r2 + 8), x3_2 = LD(r3 + 8);
        HOLD(x0_2); HOLD(x1_2); HOLD(x2_2); HOLD(x3_2);
        sum0 += x0_2 * x1_2 * (x2_2 * x3_2);
        const vf c2 = v_top(x0_2, v_top(x2_2, x1_2));
        const vf d2 = v_top(x3_2, v_top(x2_2, x1_2));
        vf a0 = v_top(c2, c1);
        ST(o0 + at, a0);
        vf e0 = v_top(d2, d1);
        ST(o0 + at + 56, e0);
        vf x0_3 = LD(r0 + 16), x1_3 = LD(r1 + 16), x2_3 = LD(r2 + 16), x3_3 = LD(r3 + 16);
        HOLD(x0_3); HOLD(x1_3); HOLD(x2_3); HOLD(x3_3);
        sum1 += x0_3 * x1_3 * (x2_3 * x3_3);
        const vf c3 = v_top(x0_3, v_top(x2_3, x1_3));
        const vf d3 = v_top(x3_3, v_top(x2_3, x1_3));
        vf a1 = v_top(c3, v_top(c2, c1));
        ST(o0 + at + 8, a1);
        vf e1 = v_top(d3, v_top(d2, d1));
        ST(o0 + at + 64, e1);
        vf x0_4 = LD(r0 + 24), x1_4 = LD(r1 + 24), x2_4 = LD(r2 + 24), x3_4 = LD(r3 + 24);
        HOLD(x0_4); HOLD(x1_4); HOLD(x2_4); HOLD(x3_4);
        sum0 += x0_4 * x1_4 * (x2_4 * x3_4);
        const vf c4 = v_top(x0_4, v_top(x2_4, x1_4));
        const vf d4 = v_top(x3_4, v_top(x2_4, x1_4));
        vf a2 = v_top(c2, v_top(c4, c3));
        ST(o0 + at + 16, a2);
        vf e2 = v_top(d2, v_top(d4, d3));
        ST(o0 + at + 72, e2);
        vf x0_5 = LD(r0 + 32), x1_5 = LD(r1 + 32), x2_5 = LD(r2 + 32), x3_5 = LD(r3 + 32);
        HOLD(x0_5); HOLD(x1_5); HOLD(x2_5); HOLD(x3_5);
        sum1 += x0_5 * x1_5 * (x2_5 * x3_5);
        const vf c5 = v_top(x0_5, v_top(x2_5, x1_5));
        const vf d5 = v_top(x3_5, v_top(x2_5, x1_5));
        vf a3 = v_top(c5, v_top(c4, c3));
        ST(o0 + at + 24, a3);
        vf e3 = v_top(d5, v_top(d4, d3));
        ST(o0 + at + 80, e3);
        vf x0_6 = LD(r0 + 40), x1_6 = LD(r1 + 40), x2_6 = LD(r2 + 40), x3_6 = LD(r3 + 40);
        HOLD(x0_6); HOLD(x1_6); HOLD(x2_6); HOLD(x3_6);
        sum0 += x0_6 * x1_6 * (x2_6 * x3_6);
        const vf c6 = v_top(x0_6, v_top(x2_6, x1_6));
        const vf d6 = v_top(x3_6, v_top(x2_6, x1_6));
        vf a4 = v_top(c4, v_top(c6, c5));
        ST(o0 + at + 32, a4);
        vf e4 = v_top(d4, v_top(d6, d5));
        ST(o0 + at + 88, e4);
        vf x0_7 = LD(r0 + 48), x1_7 = LD(r1 + 48), x2_7 = LD(r2 + 48), x3_7 = LD(r3 + 48);
        HOLD(x0_7); HOLD(x1_7); HOLD(x2_7); HOLD(x3_7);
        sum1 += x0_7 * x1_7 * (x2_7 * x3_7);
        const vf c7 = v_top(x0_7, v_top(x2_7, x1_7));
        const vf d7 = v_top(x3_7, v_top(x2_7, x1_7));
        vf a5 = v_top(c7, v_top(c6, c5));
        ST(o0 + at + 40, a5);
        vf e5 = v_top(d7, v_top(d6, d5));
        ST(o0 + at + 96, e5);
        vf a6 = v_top(c7, c6);
        ST(o0 + at + 48, a6);
        vf e6 = v_top(d7, d6);
        ST(o0 + at + 104, e6);
      }
    }
    if (v_odd(sum0 + sum1)) oy = from;
    for (; oy < to; ++oy) {
      const ptrdiff_t top = (ptrdiff_t)(oy) - 1; /* of the window */
      const float *r0 = map + ((top < 0 ? 0 : top)) * 56;
      const float *r1 = map + ((top + 1)) * 56;
      const float *r2 = map + ((top + 2 > 6 ? 6 : top + 2)) * 56;
      const size_t at = cb * 392 + oy * 56;
      {
        const vf c1 = v_max3(LD(r0 + 0), LD(r1 + 0), LD(r2 + 0));
        const vf c2 = v_max3(LD(r0 + 8), LD(r1 + 8), LD(r2 + 8));
        vf a0 = v_max(c1, c2);
        ST(o0 + at, a0);
        const vf c3 = v_max3(LD(r0 + 16), LD(r1 + 16), LD(r2 + 16));
        vf a1 = v_max3(c1, c2, c3);
        ST(o0 + at + 8, a1);
        const vf c4 = v_max3(LD(r0 + 24), LD(r1 + 24), LD(r2 + 24));
        vf a2 = v_max3(c3, c4, c2);
        ST(o0 + at + 16, a2);
        const vf c5 = v_max3(LD(r0 + 32), LD(r1 + 32), LD(r2 + 32));
        vf a3 = v_max3(c3, c4, c5);
        ST(o0 + at + 24, a3);
        const vf c6 = v_max3(LD(r0 + 40), LD(r1 + 40), LD(r2 + 40));
        vf a4 = v_max3(c5, c6, c4);
        ST(o0 + at + 32, a4);
        const vf c7 = v_max3(LD(r0 + 48), LD(r1 + 48), LD(r2 + 48));
        vf a5 = v_max3(c5, c6, c7);
        ST(o0 + at + 40, a5);
        vf a6 = v_max(c6, c7);
        ST(o0 + at + 48, a6);
      }
    }
  }
}

/* googlenet_conv3x3s1_160x7x7_320
 *
 * layer inception5a.branch2.1 (googlenet.net:17)
 * order: chunk of 7 rows, group of 3 x 8 output channels, pass over input channels, row, tile
 * register tile: 3 vectors of channels x up to 4 pixels
 * split: 14 units of (chunk, group)
 * kernel rows on the map: 2.71429 of 3, mean over output rows
 * passes: 10 of 16 input channels, partial sums wait in the output
 * counted here: 18,483,200 multiply-adds, 15,680 other operations,
 *   26,872,096 bytes loaded, 627,200 bytes stored */
/* 3 output blocks x 4 pixels; columns 0 to 3 of a row */
KERNEL void googlenet_conv3x3s1_160x7x7_320_t0_3x4(
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
KERNEL void googlenet_conv3x3s1_160x7x7_320_t1_3x3(
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
KERNEL void googlenet_conv3x3s1_160x7x7_320_r0_1x7(
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

KERNEL void googlenet_conv3x3s1_160x7x7_320(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 14 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 14 / (size_t)n;
  const size_t g0 = u0, g1 = u1;
  for (size_t g = g0; g < g1; ++g) {
    for (size_t c0 = 0; c0 < 20; c0 += 2) {
      const size_t c1 = c0 + 2 < 20 ? c0 + 2 : 20;
      const float *w = i1 + g * 34560;
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
        if (g < 13) {
          googlenet_conv3x3s1_160x7x7_320_t0_3x4(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 20);
          googlenet_conv3x3s1_160x7x7_320_t1_3x3(x + 24, w, b, y + 32, r, ky0, ky1, c0, c1,
              c1 == 20);
        }
        else {
          googlenet_conv3x3s1_160x7x7_320_r0_1x7(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 20);
        }
      }
    }
  }
}

/* googlenet_conv5x5s1_32x7x7_128
 *
 * layer inception5a.branch3.1 (googlenet.net:18)
 * order: chunk of 7 rows, group of 3 x 8 output channels, pass over input channels, row, tile
 * register tile: 3 vectors of channels x up to 4 pixels
 * split: 6 units of (chunk, group)
 * kernel rows on the map: 4.14286 of 5, mean over output rows
 * passes: 4 of 8 input channels, partial sums wait in the output
 * counted here: 3,444,736 multiply-adds, 6,272 other operations,
 *   5,330,976 bytes loaded, 100,352 bytes stored */
/* 3 output blocks x 4 pixels; columns 0 to 3 of a row */
KERNEL void googlenet_conv5x5s1_32x7x7_128_t0_3x4(
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
      const float *wp = w + c * 4800 + ky * 960;
      for (int i = 0; i < 8; ++i, xp += 1, wp += 120) {
        HIDE(xp);
        w0 = LD(wp); w1 = LD(wp + 8); w2 = LD(wp + 16);
        t = xp[0]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[8]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 24); w1 = LD(wp + 32); w2 = LD(wp + 40);
        t = xp[0]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[8]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[16]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 48); w1 = LD(wp + 56); w2 = LD(wp + 64);
        t = xp[0]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[8]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[16]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[24]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 72); w1 = LD(wp + 80); w2 = LD(wp + 88);
        t = xp[8]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[16]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[24]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[32]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 96); w1 = LD(wp + 104); w2 = LD(wp + 112);
        t = xp[16]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[24]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        t = xp[40]; a0_3 += w0 * t; a1_3 += w1 * t; a2_3 += w2 * t;
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
KERNEL void googlenet_conv5x5s1_32x7x7_128_t1_3x3(
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
      const float *wp = w + c * 4800 + ky * 960;
      for (int i = 0; i < 8; ++i, xp += 1, wp += 120) {
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
        t = xp[32]; a0_2 += w0 * t; a1_2 += w1 * t; a2_2 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 72); w1 = LD(wp + 80); w2 = LD(wp + 88);
        t = xp[24]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
        t = xp[32]; a0_1 += w0 * t; a1_1 += w1 * t; a2_1 += w2 * t;
        HIDE(xp);
        w0 = LD(wp + 96); w1 = LD(wp + 104); w2 = LD(wp + 112);
        t = xp[32]; a0_0 += w0 * t; a1_0 += w1 * t; a2_0 += w2 * t;
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
KERNEL void googlenet_conv5x5s1_32x7x7_128_r0_1x7(
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
      const float *wp = w + c * 4800 + ky * 960;
      for (int i = 0; i < 8; ++i, xp += 1, wp += 120) {
        HIDE(xp);
        w0 = LD(wp);
        t = xp[0]; a0_2 += w0 * t;
        t = xp[8]; a0_3 += w0 * t;
        t = xp[16]; a0_4 += w0 * t;
        t = xp[24]; a0_5 += w0 * t;
        t = xp[32]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 24);
        t = xp[0]; a0_1 += w0 * t;
        t = xp[8]; a0_2 += w0 * t;
        t = xp[16]; a0_3 += w0 * t;
        t = xp[24]; a0_4 += w0 * t;
        t = xp[32]; a0_5 += w0 * t;
        t = xp[40]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 48);
        t = xp[0]; a0_0 += w0 * t;
        t = xp[8]; a0_1 += w0 * t;
        t = xp[16]; a0_2 += w0 * t;
        t = xp[24]; a0_3 += w0 * t;
        t = xp[32]; a0_4 += w0 * t;
        t = xp[40]; a0_5 += w0 * t;
        t = xp[48]; a0_6 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 72);
        t = xp[8]; a0_0 += w0 * t;
        t = xp[16]; a0_1 += w0 * t;
        t = xp[24]; a0_2 += w0 * t;
        t = xp[32]; a0_3 += w0 * t;
        t = xp[40]; a0_4 += w0 * t;
        t = xp[48]; a0_5 += w0 * t;
        HIDE(xp);
        w0 = LD(wp + 96);
        t = xp[16]; a0_0 += w0 * t;
        t = xp[24]; a0_1 += w0 * t;
        t = xp[32]; a0_2 += w0 * t;
        t = xp[40]; a0_3 += w0 * t;
        t = xp[48]; a0_4 += w0 * t;
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

KERNEL void googlenet_conv5x5s1_32x7x7_128(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 6 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 6 / (size_t)n;
  const size_t g0 = u0, g1 = u1;
  for (size_t g = g0; g < g1; ++g) {
    for (size_t c0 = 0; c0 < 4; c0 += 1) {
      const size_t c1 = c0 + 1 < 4 ? c0 + 1 : 4;
      const float *w = i1 + g * 19200;
      const float *b = i2 + g * 24;
      const float *x = i0;
      for (size_t oy = 0; oy < 7; ++oy) {
        /* the next pass's weights */
        for (size_t i = 0; i < 43; ++i)
          __builtin_prefetch(w + c1 * 4800 + (oy * 43 + i) * 16);
        const size_t iy = oy; /* first input row, counted from the padding's */
        const size_t ky0 = iy < 2 ? 2 - iy : 0;
        const size_t ky1 = iy + 5 <= 9 ? 5 : 9 - iy;
        const size_t r = iy + ky0 - 2;
        const size_t at = g * 1176 + oy * 56;
        float *y = o0 + at;
        if (g < 5) {
          googlenet_conv5x5s1_32x7x7_128_t0_3x4(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 4);
          googlenet_conv5x5s1_32x7x7_128_t1_3x3(x + 16, w, b, y + 32, r, ky0, ky1, c0, c1, c1 == 4);
        }
        else {
          googlenet_conv5x5s1_32x7x7_128_r0_1x7(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 4);
        }
      }
    }
  }
}

/* googlenet_conv1x1s1_832x7x7_128
 *
 * layer inception5a.branch4.1 (googlenet.net:19)
 *    and inception5b.branch4.1 (googlenet.net:19)
 * order: chunk of 9 tiles, group of 2 x 8 output channels, pass over input channels, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 8 units of (chunk, group)
 * passes: 4 of 208 input channels, partial sums wait in the output
 * counted here: 5,218,304 multiply-adds, 6,272 other operations,
 *   5,218,304 bytes loaded, 100,352 bytes stored */
KERNEL void googlenet_conv1x1s1_832x7x7_128(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 8 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 8 / (size_t)n;
  const size_t g0 = u0, g1 = u1;
  for (size_t g = g0; g < g1; ++g) {
    for (size_t c0 = 0; c0 < 104; c0 += 26) {
      const size_t c1 = c0 + 26 < 104 ? c0 + 26 : 104;
      const float *w = i1 + g * 13312;
      const float *ahead = w + c1 * 128; /* the next weights */
      const float *b = i2 + g * 16;
      const float *x = i0;
      const size_t at = g * 784;
      float *y = o0 + at;
      for (size_t j = 0; j < 5; ++j) {
        googlenet_conv1x1s1_832x7x7_256_t0_2x6(x + j * 48, w, b, y + j * 48, c0, c1, c1 == 104,
            ahead);
        ahead += 384;
      }
      for (size_t j = 0; j < 3; ++j) {
        googlenet_conv1x1s1_832x7x7_256_t1_2x5(x + 240 + j * 40, w, b, y + 240 + j * 40, c0, c1,
            c1 == 104, ahead);
        ahead += 384;
      }
      googlenet_conv1x1s1_832x7x7_256_t2_2x4(x + 360, w, b, y + 360, c0, c1, c1 == 104, ahead);
      ahead += 384;
    }
  }
}

/* googlenet_conv1x1s1_832x7x7_384
 *
 * layer inception5b.branch1 (googlenet.net:16)
 * order: chunk of 9 tiles, group of 2 x 8 output channels, pass over input channels, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 24 units of (chunk, group)
 * passes: 4 of 208 input channels, partial sums wait in the output
 * counted here: 15,654,912 multiply-adds, 18,816 other operations,
 *   15,654,912 bytes loaded, 301,056 bytes stored */
KERNEL void googlenet_conv1x1s1_832x7x7_384(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 24 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 24 / (size_t)n;
  const size_t g0 = u0, g1 = u1;
  for (size_t g = g0; g < g1; ++g) {
    for (size_t c0 = 0; c0 < 104; c0 += 26) {
      const size_t c1 = c0 + 26 < 104 ? c0 + 26 : 104;
      const float *w = i1 + g * 13312;
      const float *ahead = w + c1 * 128; /* the next weights */
      const float *b = i2 + g * 16;
      const float *x = i0;
      const size_t at = g * 784;
      float *y = o0 + at;
      for (size_t j = 0; j < 5; ++j) {
        googlenet_conv1x1s1_832x7x7_256_t0_2x6(x + j * 48, w, b, y + j * 48, c0, c1, c1 == 104,
            ahead);
        ahead += 384;
      }
      for (size_t j = 0; j < 3; ++j) {
        googlenet_conv1x1s1_832x7x7_256_t1_2x5(x + 240 + j * 40, w, b, y + 240 + j * 40, c0, c1,
            c1 == 104, ahead);
        ahead += 384;
      }
      googlenet_conv1x1s1_832x7x7_256_t2_2x4(x + 360, w, b, y + 360, c0, c1, c1 == 104, ahead);
      ahead += 384;
    }
  }
}

/* googlenet_conv1x1s1_832x7x7_240
 *
 * layer inception5b.branch2.0.siblings (googlenet.net:17)
 * order: chunk of 9 tiles, group of 2 x 8 output channels, pass over input channels, tile
 * register tile: 2 vectors of channels x up to 6 pixels
 * split: 15 units of (chunk, group)
 * passes: 4 of 208 input channels, partial sums wait in the output
 * counted here: 9,784,320 multiply-adds, 11,760 other operations,
 *   9,784,320 bytes loaded, 188,160 bytes stored */
KERNEL void googlenet_conv1x1s1_832x7x7_240(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 15 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 15 / (size_t)n;
  const size_t g0 = u0, g1 = u1;
  for (size_t g = g0; g < g1; ++g) {
    for (size_t c0 = 0; c0 < 104; c0 += 26) {
      const size_t c1 = c0 + 26 < 104 ? c0 + 26 : 104;
      const float *w = i1 + g * 13312;
      const float *ahead = w + c1 * 128; /* the next weights */
      const float *b = i2 + g * 16;
      const float *x = i0;
      const size_t at = g * 784;
      float *y = o0 + at;
      for (size_t j = 0; j < 5; ++j) {
        googlenet_conv1x1s1_832x7x7_256_t0_2x6(x + j * 48, w, b, y + j * 48, c0, c1, c1 == 104,
            ahead);
        ahead += 384;
      }
      for (size_t j = 0; j < 3; ++j) {
        googlenet_conv1x1s1_832x7x7_256_t1_2x5(x + 240 + j * 40, w, b, y + 240 + j * 40, c0, c1,
            c1 == 104, ahead);
        ahead += 384;
      }
      googlenet_conv1x1s1_832x7x7_256_t2_2x4(x + 360, w, b, y + 360, c0, c1, c1 == 104, ahead);
      ahead += 384;
    }
  }
}

/* googlenet_conv3x3s1_192x7x7_384
 *
 * layer inception5b.branch2.1 (googlenet.net:17)
 * order: chunk of 7 rows, group of 3 x 8 output channels, pass over input channels, row, tile
 * register tile: 3 vectors of channels x up to 4 pixels
 * split: 16 units of (chunk, group)
 * kernel rows on the map: 2.71429 of 3, mean over output rows
 * passes: 12 of 16 input channels, partial sums wait in the output
 * counted here: 26,615,808 multiply-adds, 18,816 other operations,
 *   38,905,344 bytes loaded, 903,168 bytes stored */
KERNEL void googlenet_conv3x3s1_192x7x7_384(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 16 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 16 / (size_t)n;
  const size_t g0 = u0, g1 = u1;
  for (size_t g = g0; g < g1; ++g) {
    for (size_t c0 = 0; c0 < 24; c0 += 2) {
      const size_t c1 = c0 + 2 < 24 ? c0 + 2 : 24;
      const float *w = i1 + g * 41472;
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
        googlenet_conv3x3s1_160x7x7_320_t0_3x4(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 24);
        googlenet_conv3x3s1_160x7x7_320_t1_3x3(x + 24, w, b, y + 32, r, ky0, ky1, c0, c1, c1 == 24);
      }
    }
  }
}

/* googlenet_conv5x5s1_48x7x7_128
 *
 * layer inception5b.branch3.1 (googlenet.net:18)
 * order: chunk of 7 rows, group of 3 x 8 output channels, pass over input channels, row, tile
 * register tile: 3 vectors of channels x up to 4 pixels
 * split: 6 units of (chunk, group)
 * kernel rows on the map: 4.14286 of 5, mean over output rows
 * passes: 6 of 8 input channels, partial sums wait in the output
 * counted here: 5,167,104 multiply-adds, 6,272 other operations,
 *   8,005,536 bytes loaded, 150,528 bytes stored */
KERNEL void googlenet_conv5x5s1_48x7x7_128(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 6 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 6 / (size_t)n;
  const size_t g0 = u0, g1 = u1;
  for (size_t g = g0; g < g1; ++g) {
    for (size_t c0 = 0; c0 < 6; c0 += 1) {
      const size_t c1 = c0 + 1 < 6 ? c0 + 1 : 6;
      const float *w = i1 + g * 28800;
      const float *b = i2 + g * 24;
      const float *x = i0;
      for (size_t oy = 0; oy < 7; ++oy) {
        /* the next pass's weights */
        for (size_t i = 0; i < 43; ++i)
          __builtin_prefetch(w + c1 * 4800 + (oy * 43 + i) * 16);
        const size_t iy = oy; /* first input row, counted from the padding's */
        const size_t ky0 = iy < 2 ? 2 - iy : 0;
        const size_t ky1 = iy + 5 <= 9 ? 5 : 9 - iy;
        const size_t r = iy + ky0 - 2;
        const size_t at = g * 1176 + oy * 56;
        float *y = o0 + at;
        if (g < 5) {
          googlenet_conv5x5s1_32x7x7_128_t0_3x4(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 6);
          googlenet_conv5x5s1_32x7x7_128_t1_3x3(x + 16, w, b, y + 32, r, ky0, ky1, c0, c1, c1 == 6);
        }
        else {
          googlenet_conv5x5s1_32x7x7_128_r0_1x7(x, w, b, y, r, ky0, ky1, c0, c1, c1 == 6);
        }
      }
    }
  }
}

/* googlenet_avgpool7x7s7_1024x1x1
 *
 * layer global_avgpool1 (googlenet.net:46)
 * tiles of up to 1 outputs of a row, 1 different; rows of the window in a loop
 * a unit of the split is 1 output row of one channel block
 * counted here: 0 multiply-adds, 57,344 other operations,
 *   200,704 bytes loaded, 4,096 bytes stored */
KERNEL void googlenet_avgpool7x7s7_1024x1x1(
    const float *restrict i0, float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 128 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 128 / (size_t)n;
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

/* googlenet_dense_1024_1000
 *
 * layer fc (googlenet.net:46)
 * order: group of 64 outputs, input feature
 * weights of a group in 4 streams
 * register tile: 8 vectors of outputs x up to 1 samples, 1 partial sums
 * split: 16 units of (group, samples)
 * counted here: 1,024,000 multiply-adds, 40 other operations,
 *   4,165,536 bytes loaded, 4,000 bytes stored */
/* 8 vectors of outputs x 1 sample */
KERNEL void googlenet_dense_1024_1000_t1(
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
  for (size_t i = 0; i < 1024; i += 4) {
    const float *wp = w + i * 16;
    t0 = x[i + 0];
    v = LD(wp); a0_0_0 += v * t0;
    v = LD(wp + 8); a1_0_0 += v * t0;
    v = LD(wp + 16384); a2_0_0 += v * t0;
    v = LD(wp + 16392); a3_0_0 += v * t0;
    v = LD(wp + 32768); a4_0_0 += v * t0;
    v = LD(wp + 32776); a5_0_0 += v * t0;
    v = LD(wp + 49152); a6_0_0 += v * t0;
    v = LD(wp + 49160); a7_0_0 += v * t0;
    t0 = x[i + 1];
    v = LD(wp + 16); a0_0_0 += v * t0;
    v = LD(wp + 24); a1_0_0 += v * t0;
    v = LD(wp + 16400); a2_0_0 += v * t0;
    v = LD(wp + 16408); a3_0_0 += v * t0;
    v = LD(wp + 32784); a4_0_0 += v * t0;
    v = LD(wp + 32792); a5_0_0 += v * t0;
    v = LD(wp + 49168); a6_0_0 += v * t0;
    v = LD(wp + 49176); a7_0_0 += v * t0;
    t0 = x[i + 2];
    v = LD(wp + 32); a0_0_0 += v * t0;
    v = LD(wp + 40); a1_0_0 += v * t0;
    v = LD(wp + 16416); a2_0_0 += v * t0;
    v = LD(wp + 16424); a3_0_0 += v * t0;
    v = LD(wp + 32800); a4_0_0 += v * t0;
    v = LD(wp + 32808); a5_0_0 += v * t0;
    v = LD(wp + 49184); a6_0_0 += v * t0;
    v = LD(wp + 49192); a7_0_0 += v * t0;
    t0 = x[i + 3];
    v = LD(wp + 48); a0_0_0 += v * t0;
    v = LD(wp + 56); a1_0_0 += v * t0;
    v = LD(wp + 16432); a2_0_0 += v * t0;
    v = LD(wp + 16440); a3_0_0 += v * t0;
    v = LD(wp + 32816); a4_0_0 += v * t0;
    v = LD(wp + 32824); a5_0_0 += v * t0;
    v = LD(wp + 49200); a6_0_0 += v * t0;
    v = LD(wp + 49208); a7_0_0 += v * t0;
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
KERNEL void googlenet_dense_1024_1000_r1(
    const float *restrict x, const float *restrict w, const float *restrict b, float *restrict y) {
  vf a0_0_0 = LD(b), a0_0_1 = {0};
  vf a1_0_0 = LD(b + 8), a1_0_1 = {0};
  vf a2_0_0 = LD(b + 16), a2_0_1 = {0};
  vf a3_0_0 = LD(b + 24), a3_0_1 = {0};
  vf a4_0_0 = LD(b + 32), a4_0_1 = {0};
  float t0;
  vf v;
  for (size_t i = 0; i < 1024; i += 4) {
    const float *wp = w + i * 16;
    t0 = x[i + 0];
    v = LD(wp); a0_0_0 += v * t0;
    v = LD(wp + 8); a1_0_0 += v * t0;
    v = LD(wp + 16384); a2_0_0 += v * t0;
    v = LD(wp + 16392); a3_0_0 += v * t0;
    v = LD(wp + 32768); a4_0_0 += v * t0;
    t0 = x[i + 1];
    v = LD(wp + 16); a0_0_1 += v * t0;
    v = LD(wp + 24); a1_0_1 += v * t0;
    v = LD(wp + 16400); a2_0_1 += v * t0;
    v = LD(wp + 16408); a3_0_1 += v * t0;
    v = LD(wp + 32784); a4_0_1 += v * t0;
    t0 = x[i + 2];
    v = LD(wp + 32); a0_0_0 += v * t0;
    v = LD(wp + 40); a1_0_0 += v * t0;
    v = LD(wp + 16416); a2_0_0 += v * t0;
    v = LD(wp + 16424); a3_0_0 += v * t0;
    v = LD(wp + 32800); a4_0_0 += v * t0;
    t0 = x[i + 3];
    v = LD(wp + 48); a0_0_1 += v * t0;
    v = LD(wp + 56); a1_0_1 += v * t0;
    v = LD(wp + 16432); a2_0_1 += v * t0;
    v = LD(wp + 16440); a3_0_1 += v * t0;
    v = LD(wp + 32816); a4_0_1 += v * t0;
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

KERNEL void googlenet_dense_1024_1000(
    const float *restrict i0, const float *restrict i1, const float *restrict i2,
    float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 16 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 16 / (size_t)n;
  for (size_t g = u0; g < u1; ++g) {
    const float *x = i0;
    const float *w = i1 + g * 65536;
    const float *b = i2 + g * 64;
    float *y = o0 + g * 64;
    if (g < 15) {
      googlenet_dense_1024_1000_t1(x, w, b, y);
    }
    else {
      googlenet_dense_1024_1000_r1(x, w, b, y);
    }
  }
}

/* googlenet_softmax_1x1000
 *
 * layer softmax1 (googlenet.net:46)
 * vectors along the axis; a unit of the split is 1 times 1000 elements
 * counted here: 0 multiply-adds, 4,992 other operations,
 *   12,000 bytes loaded, 8,000 bytes stored */
KERNEL void googlenet_softmax_1x1000(
    const float *restrict i0, float *restrict o0, int t, int n) {
  const size_t u0 = (size_t)t * 1 / (size_t)n;
  const size_t u1 = ((size_t)t + 1) * 1 / (size_t)n;
  for (size_t u = u0; u < u1; ++u) {
    const float *x = i0;
    float *y = o0;
    vf tops = LDU(x), sums = {0};
    for (size_t c = 8; c < 1000; c += 8) {
      tops = v_max(tops, LDU(x + c));
    }
    float max = v_max_across(tops), sum = 0;
    for (size_t c = 0; c < 1000; c += 8) {
      const vf e = v_exp(LDU(x + c) - max);
      STU(y + c, e);
      sums += e;
    }
    sum = v_sum_across(sums);
    const float scale = 1.0f / sum;
    for (size_t c = 0; c < 1000; c += 8) {
      STU(y + c, LDU(y + c) * scale);
    }
  }
}


/* All layers, as thread t of n runs them: each kernel does its slice. */
static void googlenet_layers(const googlenet_model *model, const googlenet_inputs *in,
    const googlenet_outputs *out, float *arena, const googlenet_options *options,
    team *m, int t, int n DEBUG_PARAMETER) {
  const size_t batch = options && options->batch ? options->batch : 1;
  const float *const *w = model->w;
  float *ws = arena + 1204224 + (size_t)t * 51968; /* this thread's workspace */
  for (size_t b = 0; b < batch; ++b) {
    if (b) BARRIER(m, n); /* the last round's readers are done */
    LAYER(0, googlenet_conv7x7s2_3x224x224_64_maxpool3x3s2_64x56x56(in->image + b * 150528, w[0],
        w[1], arena + 0, ws, t, n)); /* conv1 */
    BARRIER(m, n);
    LAYER(1, googlenet_lrn5_64x56x56(arena + 0, arena + 200704, t, n)); /* lrn1 */
    BARRIER(m, n);
    LAYER(2, googlenet_conv1x1s1_64x56x56_64(arena + 200704, w[2], w[3], arena + 602112, t, n));
        /* conv2 */
    BARRIER(m, n);
    LAYER(3, googlenet_conv3x3s1_64x56x56_192(arena + 602112, w[4], w[5], arena + 0, t, n));
        /* conv3 */
    BARRIER(m, n);
    LAYER(4, googlenet_lrn5_192x56x56(arena + 0, arena + 602112, t, n)); /* lrn2 */
    BARRIER(m, n);
    LAYER(5, googlenet_maxpool3x3s2_192x28x28(arena + 602112, arena + 0, t, n)); /* maxpool2 */
    BARRIER(m, n);
    LAYER(6, googlenet_conv1x1s1_192x28x28_64(arena + 0, w[6], w[7], arena + 376320, t, n));
        /* inception3a.branch1 */
    LAYER(7, googlenet_conv1x1s1_192x28x28_112(arena + 0, w[8], w[9], arena + 577024, n - 1 - t,
        n)); /* inception3a.branch2.0.siblings */
    LAYER(8, googlenet_maxpool3x3s1_192x28x28(arena + 0, arena + 150528, t, n));
        /* inception3a.maxpool1 */
    /* inception3a.relu2: nothing to do, its storage is its inputs' */
    BARRIER(m, n);
    LAYER(9, googlenet_conv3x3s1_96x28x28_128(arena + 577024, w[10], w[11], arena + 426496, t,
        n)); /* inception3a.branch2.1 */
    /* inception3a.relu4: nothing to do, its storage is its inputs' */
    LAYER(10, googlenet_conv5x5s1_16x28x28_32(arena + 652288, w[12], w[13], arena + 526848, t,
        n)); /* inception3a.branch3.1 */
    LAYER(11, googlenet_conv1x1s1_192x28x28_32(arena + 150528, w[14], w[15], arena + 551936, t,
        n)); /* inception3a.branch4.1 */
    /* inception3a.concat1: nothing to do, its storage is its inputs' */
    BARRIER(m, n);
    LAYER(12, googlenet_conv1x1s1_256x28x28_128(arena + 376320, w[16], w[17], arena + 0, t, n));
        /* inception3b.branch1 */
    LAYER(13, googlenet_conv1x1s1_256x28x28_160(arena + 376320, w[18], w[19], arena + 777728, n -
        1 - t, n)); /* inception3b.branch2.0.siblings */
    LAYER(14, googlenet_maxpool3x3s1_256x28x28(arena + 376320, arena + 577024, t, n));
        /* inception3b.maxpool1 */
    /* inception3b.relu2: nothing to do, its storage is its inputs' */
    BARRIER(m, n);
    LAYER(15, googlenet_conv3x3s1_128x28x28_192(arena + 777728, w[20], w[21], arena + 100352, t,
        n)); /* inception3b.branch2.1 */
    /* inception3b.relu4: nothing to do, its storage is its inputs' */
    LAYER(16, googlenet_conv5x5s1_32x28x28_96(arena + 878080, w[22], w[23], arena + 250880, t,
        n)); /* inception3b.branch3.1 */
    LAYER(17, googlenet_conv1x1s1_256x28x28_64(arena + 577024, w[24], w[25], arena + 326144, t,
        n)); /* inception3b.branch4.1 */
    /* inception3b.concat1: nothing to do, its storage is its inputs' */
    BARRIER(m, n);
    LAYER(18, googlenet_maxpool3x3s2_480x14x14(arena + 0, arena + 376320, t, n)); /* maxpool3 */
    BARRIER(m, n);
    LAYER(19, googlenet_conv1x1s1_480x14x14_192(arena + 376320, w[26], w[27], arena + 0, t, n));
        /* inception4a.branch1 */
    LAYER(20, googlenet_conv1x1s1_480x14x14_112(arena + 376320, w[28], w[29], arena + 194432, n -
        1 - t, n)); /* inception4a.branch2.0.siblings */
    LAYER(21, googlenet_maxpool3x3s1_480x14x14(arena + 376320, arena + 100352, t, n));
        /* inception4a.maxpool1 */
    /* inception4a.relu2: nothing to do, its storage is its inputs' */
    BARRIER(m, n);
    LAYER(22, googlenet_conv3x3s1_96x14x14_208(arena + 194432, w[30], w[31], arena + 37632, t,
        n)); /* inception4a.branch2.1 */
    /* inception4a.relu4: nothing to do, its storage is its inputs' */
    LAYER(23, googlenet_conv5x5s1_16x14x14_48(arena + 213248, w[32], w[33], arena + 78400, t, n));
        /* inception4a.branch3.1 */
    LAYER(24, googlenet_conv1x1s1_480x14x14_64(arena + 100352, w[34], w[35], arena + 87808, n - 1
        - t, n)); /* inception4a.branch4.1 */
    /* inception4a.concat1: nothing to do, its storage is its inputs' */
    BARRIER(m, n);
    LAYER(25, googlenet_conv1x1s1_512x14x14_160(arena + 0, w[36], w[37], arena + 100352, t, n));
        /* inception4b.branch1 */
    LAYER(26, googlenet_conv1x1s1_512x14x14_136(arena + 0, w[38], w[39], arena + 301056, n - 1 -
        t, n)); /* inception4b.branch2.0.siblings */
    LAYER(27, googlenet_maxpool3x3s1_512x14x14(arena + 0, arena + 200704, t, n));
        /* inception4b.maxpool1 */
    /* inception4b.relu2: nothing to do, its storage is its inputs' */
    BARRIER(m, n);
    LAYER(28, googlenet_conv3x3s1_112x14x14_224(arena + 301056, w[40], w[41], arena + 131712, t,
        n)); /* inception4b.branch2.1 */
    /* inception4b.relu4: nothing to do, its storage is its inputs' */
    LAYER(29, googlenet_conv5x5s1_24x14x14_64(arena + 323008, w[42], w[43], arena + 175616, t,
        n)); /* inception4b.branch3.1 */
    LAYER(30, googlenet_conv1x1s1_512x14x14_64(arena + 200704, w[44], w[45], arena + 188160, t,
        n)); /* inception4b.branch4.1 */
    /* inception4b.concat1: nothing to do, its storage is its inputs' */
    BARRIER(m, n);
    LAYER(31, googlenet_conv1x1s1_512x14x14_128(arena + 100352, w[46], w[47], arena + 0, t, n));
        /* inception4c.branch1 */
    LAYER(32, googlenet_conv1x1s1_512x14x14_152(arena + 100352, w[48], w[49], arena + 301056, n -
        1 - t, n)); /* inception4c.branch2.0.siblings */
    LAYER(33, googlenet_maxpool3x3s1_512x14x14(arena + 100352, arena + 200704, t, n));
        /* inception4c.maxpool1 */
    /* inception4c.relu2: nothing to do, its storage is its inputs' */
    BARRIER(m, n);
    LAYER(34, googlenet_conv3x3s1_128x14x14_256(arena + 301056, w[50], w[51], arena + 25088, t,
        n)); /* inception4c.branch2.1 */
    /* inception4c.relu4: nothing to do, its storage is its inputs' */
    LAYER(35, googlenet_conv5x5s1_24x14x14_64(arena + 326144, w[52], w[53], arena + 75264, t, n));
        /* inception4c.branch3.1 */
    LAYER(36, googlenet_conv1x1s1_512x14x14_64(arena + 200704, w[54], w[55], arena + 87808, t,
        n)); /* inception4c.branch4.1 */
    /* inception4c.concat1: nothing to do, its storage is its inputs' */
    BARRIER(m, n);
    LAYER(37, googlenet_conv1x1s1_512x14x14_112(arena + 0, w[56], w[57], arena + 163072, t, n));
        /* inception4d.branch1 */
    LAYER(38, googlenet_conv1x1s1_512x14x14_176(arena + 0, w[58], w[59], arena + 100352, n - 1 -
        t, n)); /* inception4d.branch2.0.siblings */
    LAYER(39, googlenet_maxpool3x3s1_512x14x14(arena + 0, arena + 266560, t, n));
        /* inception4d.maxpool1 */
    /* inception4d.relu2: nothing to do, its storage is its inputs' */
    BARRIER(m, n);
    LAYER(40, googlenet_conv3x3s1_144x14x14_288(arena + 100352, w[60], w[61], arena + 185024, t,
        n)); /* inception4d.branch2.1 */
    /* inception4d.relu4: nothing to do, its storage is its inputs' */
    LAYER(41, googlenet_conv5x5s1_32x14x14_64(arena + 128576, w[62], w[63], arena + 241472, t,
        n)); /* inception4d.branch3.1 */
    LAYER(42, googlenet_conv1x1s1_512x14x14_64(arena + 266560, w[64], w[65], arena + 254016, t,
        n)); /* inception4d.branch4.1 */
    /* inception4d.concat1: nothing to do, its storage is its inputs' */
    BARRIER(m, n);
    LAYER(43, googlenet_conv1x1s1_528x14x14_256(arena + 163072, w[66], w[67], arena + 0, t, n));
        /* inception4e.branch1 */
    LAYER(44, googlenet_conv1x1s1_528x14x14_192(arena + 163072, w[68], w[69], arena + 370048, t,
        n)); /* inception4e.branch2.0.siblings */
    LAYER(45, googlenet_maxpool3x3s1_528x14x14(arena + 163072, arena + 266560, t, n));
        /* inception4e.maxpool1 */
    /* inception4e.relu2: nothing to do, its storage is its inputs' */
    BARRIER(m, n);
    LAYER(46, googlenet_conv3x3s1_160x14x14_320(arena + 370048, w[70], w[71], arena + 50176, t,
        n)); /* inception4e.branch2.1 */
    /* inception4e.relu4: nothing to do, its storage is its inputs' */
    LAYER(47, googlenet_conv5x5s1_32x14x14_128(arena + 401408, w[72], w[73], arena + 112896, t,
        n)); /* inception4e.branch3.1 */
    LAYER(48, googlenet_conv1x1s1_528x14x14_128(arena + 266560, w[74], w[75], arena + 137984, t,
        n)); /* inception4e.branch4.1 */
    /* inception4e.concat1: nothing to do, its storage is its inputs' */
    BARRIER(m, n);
    LAYER(49, googlenet_maxpool3x3s2_832x7x7(arena + 0, arena + 163072, t, n)); /* maxpool4 */
    BARRIER(m, n);
    LAYER(50, googlenet_conv1x1s1_832x7x7_256(arena + 163072, w[76], w[77], arena + 50176, t, n));
        /* inception5a.branch1 */
    LAYER(51, googlenet_conv1x1s1_832x7x7_192(arena + 163072, w[78], w[79], arena + 40768, t, n));
        /* inception5a.branch2.0.siblings */
    LAYER(52, googlenet_maxpool3x3s1_832x7x7(arena + 163072, arena + 0, t, n));
        /* inception5a.maxpool1 */
    /* inception5a.relu2: nothing to do, its storage is its inputs' */
    BARRIER(m, n);
    LAYER(53, googlenet_conv3x3s1_160x7x7_320(arena + 40768, w[80], w[81], arena + 62720, t, n));
        /* inception5a.branch2.1 */
    /* inception5a.relu4: nothing to do, its storage is its inputs' */
    LAYER(54, googlenet_conv5x5s1_32x7x7_128(arena + 48608, w[82], w[83], arena + 78400, t, n));
        /* inception5a.branch3.1 */
    LAYER(55, googlenet_conv1x1s1_832x7x7_128(arena + 0, w[84], w[85], arena + 84672, t, n));
        /* inception5a.branch4.1 */
    /* inception5a.concat1: nothing to do, its storage is its inputs' */
    BARRIER(m, n);
    LAYER(56, googlenet_conv1x1s1_832x7x7_384(arena + 50176, w[86], w[87], arena + 0, t, n));
        /* inception5b.branch1 */
    LAYER(57, googlenet_conv1x1s1_832x7x7_240(arena + 50176, w[88], w[89], arena + 131712, t, n));
        /* inception5b.branch2.0.siblings */
    ALONE(58, googlenet_maxpool3x3s1_832x7x7(arena + 50176, arena + 90944, 0, 1));
        /* inception5b.maxpool1 */
    /* inception5b.relu2: nothing to do, its storage is its inputs' */
    BARRIER(m, n);
    LAYER(59, googlenet_conv3x3s1_192x7x7_384(arena + 131712, w[90], w[91], arena + 18816, t, n));
        /* inception5b.branch2.1 */
    /* inception5b.relu4: nothing to do, its storage is its inputs' */
    LAYER(60, googlenet_conv5x5s1_48x7x7_128(arena + 141120, w[92], w[93], arena + 37632, t, n));
        /* inception5b.branch3.1 */
    LAYER(61, googlenet_conv1x1s1_832x7x7_128(arena + 90944, w[94], w[95], arena + 43904, t, n));
        /* inception5b.branch4.1 */
    /* inception5b.concat1: nothing to do, its storage is its inputs' */
    BARRIER(m, n);
    LAYER(62, googlenet_avgpool7x7s7_1024x1x1(arena + 0, arena + 50176, t, n));
        /* global_avgpool1 */
    BARRIER(m, n);
    LAYER(63, googlenet_dense_1024_1000(arena + 50176, w[96], w[97], arena + 0, t, n)); /* fc */
    BARRIER(m, n);
    ALONE(64, googlenet_softmax_1x1000(arena + 0, out->probs + b * 1000, 0, 1)); /* softmax1 */
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
static const netrt_debug_value googlenet_debug_values[92] = {
    {"maxpool1", 0, 0, 0, 802816, 1, 802816, 64, 3136, 8, 0, 1},
    {"lrn1", 0, 1, 802816, 802816, 1, 802816, 64, 3136, 8, 1, 2},
    {"relu2", 0, 2, 2408448, 802816, 1, 802816, 64, 3136, 8, 2, 3},
    {"relu3", 0, 3, 0, 2408448, 1, 2408448, 192, 3136, 8, 3, 4},
    {"lrn2", 0, 4, 2408448, 2408448, 1, 2408448, 192, 3136, 8, 4, 5},
    {"maxpool2", 0, 5, 0, 602112, 1, 602112, 192, 784, 8, 5, 8},
    {"inception3a.relu1", 0, 6, 1505280, 200704, 1, 200704, 64, 784, 8, 6, 14},
    {"inception3a.relu2.siblings", 0, 7, 2308096, 351232, 1, 351232, 112, 784, 8, 7, 10},
    {"inception3a.maxpool1", 0, 8, 602112, 602112, 1, 602112, 192, 784, 8, 8, 11},
    {"inception3a.relu3", 0, 6, 1705984, 401408, 1, 401408, 128, 784, 8, 9, 14},
    {"inception3a.relu2", 0, 7, 2308096, 301056, 1, 301056, 96, 784, 8, 65, -1},
    {"inception3a.relu5", 0, 6, 2107392, 100352, 1, 100352, 32, 784, 8, 10, 14},
    {"inception3a.relu4", 0, 7, 2609152, 50176, 1, 50176, 16, 784, 8, 65, -1},
    {"inception3a.relu6", 0, 6, 2207744, 100352, 1, 100352, 32, 784, 8, 11, 14},
    {"inception3b.relu1", 0, 9, 0, 401408, 1, 401408, 128, 784, 8, 12, 18},
    {"inception3a.concat1", 0, 6, 1505280, 802816, 1, 802816, 256, 784, 8, 65, -1},
    {"inception3b.relu2.siblings", 0, 10, 3110912, 501760, 1, 501760, 160, 784, 8, 13, 16},
    {"inception3b.maxpool1", 0, 11, 2308096, 802816, 1, 802816, 256, 784, 8, 14, 17},
    {"inception3b.relu3", 0, 9, 401408, 602112, 1, 602112, 192, 784, 8, 15, 18},
    {"inception3b.relu2", 0, 10, 3110912, 401408, 1, 401408, 128, 784, 8, 65, -1},
    {"inception3b.relu5", 0, 9, 1003520, 301056, 1, 301056, 96, 784, 8, 16, 18},
    {"inception3b.relu4", 0, 10, 3512320, 100352, 1, 100352, 32, 784, 8, 65, -1},
    {"inception3b.relu6", 0, 9, 1304576, 200704, 1, 200704, 64, 784, 8, 17, 18},
    {"maxpool3", 0, 12, 1505280, 376320, 1, 376320, 480, 196, 8, 18, 21},
    {"inception3b.concat1", 0, 9, 0, 1505280, 1, 1505280, 480, 784, 8, 65, -1},
    {"inception4a.relu1", 0, 13, 0, 150528, 1, 150528, 192, 196, 8, 19, 27},
    {"inception4a.relu2.siblings", 0, 14, 777728, 87808, 1, 87808, 112, 196, 8, 20, 23},
    {"inception4a.maxpool1", 0, 15, 401408, 376320, 1, 376320, 480, 196, 8, 21, 24},
    {"inception4a.relu3", 0, 13, 150528, 163072, 1, 163072, 208, 196, 8, 22, 27},
    {"inception4a.relu2", 0, 14, 777728, 75264, 1, 75264, 96, 196, 8, 65, -1},
    {"inception4a.relu5", 0, 13, 313600, 37632, 1, 37632, 48, 196, 8, 23, 27},
    {"inception4a.relu4", 0, 14, 852992, 12544, 1, 12544, 16, 196, 8, 65, -1},
    {"inception4a.relu6", 0, 13, 351232, 50176, 1, 50176, 64, 196, 8, 24, 27},
    {"inception4b.relu1", 0, 16, 401408, 125440, 1, 125440, 160, 196, 8, 25, 33},
    {"inception4a.concat1", 0, 13, 0, 401408, 1, 401408, 512, 196, 8, 65, -1},
    {"inception4b.relu2.siblings", 0, 17, 1204224, 106624, 1, 106624, 136, 196, 8, 26, 29},
    {"inception4b.maxpool1", 0, 18, 802816, 401408, 1, 401408, 512, 196, 8, 27, 30},
    {"inception4b.relu3", 0, 16, 526848, 175616, 1, 175616, 224, 196, 8, 28, 33},
    {"inception4b.relu2", 0, 17, 1204224, 87808, 1, 87808, 112, 196, 8, 65, -1},
    {"inception4b.relu5", 0, 16, 702464, 50176, 1, 50176, 64, 196, 8, 29, 33},
    {"inception4b.relu4", 0, 17, 1292032, 18816, 1, 18816, 24, 196, 8, 65, -1},
    {"inception4b.relu6", 0, 16, 752640, 50176, 1, 50176, 64, 196, 8, 30, 33},
    {"inception4c.relu1", 0, 19, 0, 100352, 1, 100352, 128, 196, 8, 31, 39},
    {"inception4b.concat1", 0, 16, 401408, 401408, 1, 401408, 512, 196, 8, 65, -1},
    {"inception4c.relu2.siblings", 0, 20, 1204224, 119168, 1, 119168, 152, 196, 8, 32, 35},
    {"inception4c.maxpool1", 0, 21, 802816, 401408, 1, 401408, 512, 196, 8, 33, 36},
    {"inception4c.relu3", 0, 19, 100352, 200704, 1, 200704, 256, 196, 8, 34, 39},
    {"inception4c.relu2", 0, 20, 1204224, 100352, 1, 100352, 128, 196, 8, 65, -1},
    {"inception4c.relu5", 0, 19, 301056, 50176, 1, 50176, 64, 196, 8, 35, 39},
    {"inception4c.relu4", 0, 20, 1304576, 18816, 1, 18816, 24, 196, 8, 65, -1},
    {"inception4c.relu6", 0, 19, 351232, 50176, 1, 50176, 64, 196, 8, 36, 39},
    {"inception4d.relu1", 0, 22, 652288, 87808, 1, 87808, 112, 196, 8, 37, 45},
    {"inception4c.concat1", 0, 19, 0, 401408, 1, 401408, 512, 196, 8, 65, -1},
    {"inception4d.relu2.siblings", 0, 23, 401408, 137984, 1, 137984, 176, 196, 8, 38, 41},
    {"inception4d.maxpool1", 0, 24, 1066240, 401408, 1, 401408, 512, 196, 8, 39, 42},
    {"inception4d.relu3", 0, 22, 740096, 225792, 1, 225792, 288, 196, 8, 40, 45},
    {"inception4d.relu2", 0, 23, 401408, 112896, 1, 112896, 144, 196, 8, 65, -1},
    {"inception4d.relu5", 0, 22, 965888, 50176, 1, 50176, 64, 196, 8, 41, 45},
    {"inception4d.relu4", 0, 23, 514304, 25088, 1, 25088, 32, 196, 8, 65, -1},
    {"inception4d.relu6", 0, 22, 1016064, 50176, 1, 50176, 64, 196, 8, 42, 45},
    {"inception4e.relu1", 0, 25, 0, 200704, 1, 200704, 256, 196, 8, 43, 49},
    {"inception4d.concat1", 0, 22, 652288, 413952, 1, 413952, 528, 196, 8, 65, -1},
    {"inception4e.relu2.siblings", 0, 26, 1480192, 150528, 1, 150528, 192, 196, 8, 44, 47},
    {"inception4e.maxpool1", 0, 27, 1066240, 413952, 1, 413952, 528, 196, 8, 45, 48},
    {"inception4e.relu3", 0, 25, 200704, 250880, 1, 250880, 320, 196, 8, 46, 49},
    {"inception4e.relu2", 0, 26, 1480192, 125440, 1, 125440, 160, 196, 8, 65, -1},
    {"inception4e.relu5", 0, 25, 451584, 100352, 1, 100352, 128, 196, 8, 47, 49},
    {"inception4e.relu4", 0, 26, 1605632, 25088, 1, 25088, 32, 196, 8, 65, -1},
    {"inception4e.relu6", 0, 25, 551936, 100352, 1, 100352, 128, 196, 8, 48, 49},
    {"maxpool4", 0, 28, 652288, 163072, 1, 163072, 832, 49, 8, 49, 52},
    {"inception4e.concat1", 0, 25, 0, 652288, 1, 652288, 832, 196, 8, 65, -1},
    {"inception5a.relu1", 0, 29, 200704, 50176, 1, 50176, 256, 49, 8, 50, 58},
    {"inception5a.relu2.siblings", 0, 30, 163072, 37632, 1, 37632, 192, 49, 8, 51, 54},
    {"inception5a.maxpool1", 0, 31, 0, 163072, 1, 163072, 832, 49, 8, 52, 55},
    {"inception5a.relu3", 0, 29, 250880, 62720, 1, 62720, 320, 49, 8, 53, 58},
    {"inception5a.relu2", 0, 30, 163072, 31360, 1, 31360, 160, 49, 8, 65, -1},
    {"inception5a.relu5", 0, 29, 313600, 25088, 1, 25088, 128, 49, 8, 54, 58},
    {"inception5a.relu4", 0, 30, 194432, 6272, 1, 6272, 32, 49, 8, 65, -1},
    {"inception5a.relu6", 0, 29, 338688, 25088, 1, 25088, 128, 49, 8, 55, 58},
    {"inception5b.relu1", 0, 32, 0, 75264, 1, 75264, 384, 49, 8, 56, 62},
    {"inception5a.concat1", 0, 29, 200704, 163072, 1, 163072, 832, 49, 8, 65, -1},
    {"inception5b.relu2.siblings", 0, 33, 526848, 47040, 1, 47040, 240, 49, 8, 57, 60},
    {"inception5b.maxpool1", 0, 34, 363776, 163072, 1, 163072, 832, 49, 8, 58, 61},
    {"inception5b.relu3", 0, 32, 75264, 75264, 1, 75264, 384, 49, 8, 59, 62},
    {"inception5b.relu2", 0, 33, 526848, 37632, 1, 37632, 192, 49, 8, 65, -1},
    {"inception5b.relu5", 0, 32, 150528, 25088, 1, 25088, 128, 49, 8, 60, 62},
    {"inception5b.relu4", 0, 33, 564480, 9408, 1, 9408, 48, 49, 8, 65, -1},
    {"inception5b.relu6", 0, 32, 175616, 25088, 1, 25088, 128, 49, 8, 61, 62},
    {"global_avgpool1", 0, 35, 200704, 4096, 1, 4096, 1024, 1, 8, 62, 63},
    {"inception5b.concat1", 0, 32, 0, 200704, 1, 200704, 1024, 49, 8, 65, -1},
    {"fc", 0, 36, 0, 4000, 1, 4000, 1000, 1, 1, 63, 64},
    {"softmax1", -1, 0, 0, 4000, 1, 4000, 1000, 1, 1, 64, 64},
};
static const int googlenet_debug_uses[194] = {
    0, -1, 1, 0, -1, 2, 1, -1, 3, 2, -1, 4, 3, -1, 5, 4,
    -1, 6, 5, -1, 7, 5, -1, 8, 5, -1, 9, 10, -1, 11, 12, -1,
    13, 8, -1, 14, 15, -1, 16, 15, -1, 17, 15, -1, 18, 19, -1, 20,
    21, -1, 22, 17, -1, 23, 24, -1, 25, 23, -1, 26, 23, -1, 27, 23,
    -1, 28, 29, -1, 30, 31, -1, 32, 27, -1, 33, 34, -1, 35, 34, -1,
    36, 34, -1, 37, 38, -1, 39, 40, -1, 41, 36, -1, 42, 43, -1, 44,
    43, -1, 45, 43, -1, 46, 47, -1, 48, 49, -1, 50, 45, -1, 51, 52,
    -1, 53, 52, -1, 54, 52, -1, 55, 56, -1, 57, 58, -1, 59, 54, -1,
    60, 61, -1, 62, 61, -1, 63, 61, -1, 64, 65, -1, 66, 67, -1, 68,
    63, -1, 69, 70, -1, 71, 69, -1, 72, 69, -1, 73, 69, -1, 74, 75,
    -1, 76, 77, -1, 78, 73, -1, 79, 80, -1, 81, 80, -1, 82, 80, -1,
    83, 84, -1, 85, 86, -1, 87, 82, -1, 88, 89, -1, 90, 88, -1, 91,
    90, -1,};
static const netrt_debug_layer googlenet_debug_layers[65] = {
    {"conv1", 0, 0, 207872},
    {"lrn1", 2, 0, 0},
    {"conv2", 5, 0, 0},
    {"conv3", 8, 0, 0},
    {"lrn2", 11, 0, 0},
    {"maxpool2", 14, 0, 0},
    {"inception3a.branch1", 17, 0, 0},
    {"inception3a.branch2.0.siblings", 20, 0, 0},
    {"inception3a.maxpool1", 23, 0, 0},
    {"inception3a.branch2.1", 26, 0, 0},
    {"inception3a.branch3.1", 29, 0, 0},
    {"inception3a.branch4.1", 32, 0, 0},
    {"inception3b.branch1", 35, 0, 0},
    {"inception3b.branch2.0.siblings", 38, 0, 0},
    {"inception3b.maxpool1", 41, 0, 0},
    {"inception3b.branch2.1", 44, 0, 0},
    {"inception3b.branch3.1", 47, 0, 0},
    {"inception3b.branch4.1", 50, 0, 0},
    {"maxpool3", 53, 0, 0},
    {"inception4a.branch1", 56, 0, 0},
    {"inception4a.branch2.0.siblings", 59, 0, 0},
    {"inception4a.maxpool1", 62, 0, 0},
    {"inception4a.branch2.1", 65, 0, 0},
    {"inception4a.branch3.1", 68, 0, 0},
    {"inception4a.branch4.1", 71, 0, 0},
    {"inception4b.branch1", 74, 0, 0},
    {"inception4b.branch2.0.siblings", 77, 0, 0},
    {"inception4b.maxpool1", 80, 0, 0},
    {"inception4b.branch2.1", 83, 0, 0},
    {"inception4b.branch3.1", 86, 0, 0},
    {"inception4b.branch4.1", 89, 0, 0},
    {"inception4c.branch1", 92, 0, 0},
    {"inception4c.branch2.0.siblings", 95, 0, 0},
    {"inception4c.maxpool1", 98, 0, 0},
    {"inception4c.branch2.1", 101, 0, 0},
    {"inception4c.branch3.1", 104, 0, 0},
    {"inception4c.branch4.1", 107, 0, 0},
    {"inception4d.branch1", 110, 0, 0},
    {"inception4d.branch2.0.siblings", 113, 0, 0},
    {"inception4d.maxpool1", 116, 0, 0},
    {"inception4d.branch2.1", 119, 0, 0},
    {"inception4d.branch3.1", 122, 0, 0},
    {"inception4d.branch4.1", 125, 0, 0},
    {"inception4e.branch1", 128, 0, 0},
    {"inception4e.branch2.0.siblings", 131, 0, 0},
    {"inception4e.maxpool1", 134, 0, 0},
    {"inception4e.branch2.1", 137, 0, 0},
    {"inception4e.branch3.1", 140, 0, 0},
    {"inception4e.branch4.1", 143, 0, 0},
    {"maxpool4", 146, 0, 0},
    {"inception5a.branch1", 149, 0, 0},
    {"inception5a.branch2.0.siblings", 152, 0, 0},
    {"inception5a.maxpool1", 155, 0, 0},
    {"inception5a.branch2.1", 158, 0, 0},
    {"inception5a.branch3.1", 161, 0, 0},
    {"inception5a.branch4.1", 164, 0, 0},
    {"inception5b.branch1", 167, 0, 0},
    {"inception5b.branch2.0.siblings", 170, 0, 0},
    {"inception5b.maxpool1", 173, 0, 0},
    {"inception5b.branch2.1", 176, 0, 0},
    {"inception5b.branch3.1", 179, 0, 0},
    {"inception5b.branch4.1", 182, 0, 0},
    {"global_avgpool1", 185, 0, 0},
    {"fc", 188, 0, 0},
    {"softmax1", 191, 0, 0},
};
static const netrt_debug_arena googlenet_debug_arenas[1] = {{4816896, 207872}};
static const netrt_debug_model googlenet_debug = {"googlenet", googlenet_debug_values,
    googlenet_debug_layers, googlenet_debug_uses, googlenet_debug_arenas, 92, 65, 1};
#endif


/* Bytes of each section of the weight file, in order. */
static const uint64_t googlenet_section_bytes[98] = {
    37632, /* conv1.weight/NCh1cw16n */
    256, /* conv1.bias/X16x */
    16384, /* conv2.weight/NCh8cw16n */
    256, /* conv2.bias/X16x */
    442368, /* conv3.weight/NCh8cw16n */
    768, /* conv3.bias/X16x */
    49152, /* inception3a.branch1.weight/NCh8cw16n */
    256, /* inception3a.branch1.bias/X16x */
    86016, /* inception3a.branch2.0.weights/NCh8cw16n */
    448, /* inception3a.branch2.0.biases/X16x */
    442368, /* inception3a.branch2.1.weight/NCh8cw16n */
    512, /* inception3a.branch2.1.bias/X16x */
    51200, /* inception3a.branch3.1.weight/NCh8cw16n */
    128, /* inception3a.branch3.1.bias/X16x */
    24576, /* inception3a.branch4.1.weight/NCh8cw16n */
    128, /* inception3a.branch4.1.bias/X16x */
    131072, /* inception3b.branch1.weight/NCh8cw16n */
    512, /* inception3b.branch1.bias/X16x */
    163840, /* inception3b.branch2.0.weights/NCh8cw16n */
    640, /* inception3b.branch2.0.biases/X16x */
    884736, /* inception3b.branch2.1.weight/NCh8cw16n */
    768, /* inception3b.branch2.1.bias/X16x */
    307200, /* inception3b.branch3.1.weight/NCh8cw16n */
    384, /* inception3b.branch3.1.bias/X16x */
    65536, /* inception3b.branch4.1.weight/NCh8cw16n */
    256, /* inception3b.branch4.1.bias/X16x */
    368640, /* inception4a.branch1.weight/NCh8cw16n */
    768, /* inception4a.branch1.bias/X16x */
    215040, /* inception4a.branch2.0.weights/NCh8cw16n */
    448, /* inception4a.branch2.0.biases/X16x */
    718848, /* inception4a.branch2.1.weight/NCh8cw16n */
    832, /* inception4a.branch2.1.bias/X16x */
    76800, /* inception4a.branch3.1.weight/NCh8cw16n */
    192, /* inception4a.branch3.1.bias/X16x */
    122880, /* inception4a.branch4.1.weight/NCh8cw16n */
    256, /* inception4a.branch4.1.bias/X16x */
    327680, /* inception4b.branch1.weight/NCh8cw16n */
    640, /* inception4b.branch1.bias/X16x */
    294912, /* inception4b.branch2.0.weights/NCh8cw16n */
    576, /* inception4b.branch2.0.biases/X16x */
    903168, /* inception4b.branch2.1.weight/NCh8cw16n */
    896, /* inception4b.branch2.1.bias/X16x */
    153600, /* inception4b.branch3.1.weight/NCh8cw16n */
    256, /* inception4b.branch3.1.bias/X16x */
    131072, /* inception4b.branch4.1.weight/NCh8cw16n */
    256, /* inception4b.branch4.1.bias/X16x */
    262144, /* inception4c.branch1.weight/NCh8cw16n */
    512, /* inception4c.branch1.bias/X16x */
    327680, /* inception4c.branch2.0.weights/NCh8cw16n */
    640, /* inception4c.branch2.0.biases/X16x */
    1179648, /* inception4c.branch2.1.weight/NCh8cw16n */
    1024, /* inception4c.branch2.1.bias/X16x */
    153600, /* inception4c.branch3.1.weight/NCh8cw16n */
    256, /* inception4c.branch3.1.bias/X16x */
    131072, /* inception4c.branch4.1.weight/NCh8cw16n */
    256, /* inception4c.branch4.1.bias/X16x */
    229376, /* inception4d.branch1.weight/NCh8cw16n */
    448, /* inception4d.branch1.bias/X16x */
    360448, /* inception4d.branch2.0.weights/NCh8cw16n */
    704, /* inception4d.branch2.0.biases/X16x */
    1492992, /* inception4d.branch2.1.weight/NCh8cw16n */
    1152, /* inception4d.branch2.1.bias/X16x */
    204800, /* inception4d.branch3.1.weight/NCh8cw16n */
    256, /* inception4d.branch3.1.bias/X16x */
    131072, /* inception4d.branch4.1.weight/NCh8cw16n */
    256, /* inception4d.branch4.1.bias/X16x */
    540672, /* inception4e.branch1.weight/NCh8cw16n */
    1024, /* inception4e.branch1.bias/X16x */
    405504, /* inception4e.branch2.0.weights/NCh8cw16n */
    768, /* inception4e.branch2.0.biases/X16x */
    1843200, /* inception4e.branch2.1.weight/NCh8cw16n */
    1280, /* inception4e.branch2.1.bias/X16x */
    409600, /* inception4e.branch3.1.weight/NCh8cw16n */
    512, /* inception4e.branch3.1.bias/X16x */
    270336, /* inception4e.branch4.1.weight/NCh8cw16n */
    512, /* inception4e.branch4.1.bias/X16x */
    851968, /* inception5a.branch1.weight/NCh8cw16n */
    1024, /* inception5a.branch1.bias/X16x */
    638976, /* inception5a.branch2.0.weights/NCh8cw16n */
    768, /* inception5a.branch2.0.biases/X16x */
    1935360, /* inception5a.branch2.1.weight/NCh8cw24n */
    1344, /* inception5a.branch2.1.bias/X24x */
    460800, /* inception5a.branch3.1.weight/NCh8cw24n */
    576, /* inception5a.branch3.1.bias/X24x */
    425984, /* inception5a.branch4.1.weight/NCh8cw16n */
    512, /* inception5a.branch4.1.bias/X16x */
    1277952, /* inception5b.branch1.weight/NCh8cw16n */
    1536, /* inception5b.branch1.bias/X16x */
    798720, /* inception5b.branch2.0.weights/NCh8cw16n */
    960, /* inception5b.branch2.0.biases/X16x */
    2654208, /* inception5b.branch2.1.weight/NCh8cw24n */
    1536, /* inception5b.branch2.1.bias/X24x */
    691200, /* inception5b.branch3.1.weight/NCh8cw24n */
    576, /* inception5b.branch3.1.bias/X24x */
    425984, /* inception5b.branch4.1.weight/NCh8cw16n */
    512, /* inception5b.branch4.1.bias/X16x */
    4194304,
        /* fc.weight/{0/64*16@65536,0/16*4@16384,1/8*128@128,1/1*1@128,1/1*8@16,0/1*16@1}+0:1048576
        */
    4096, /* fc.bias/X64x */
};

static int googlenet_processor_fits(void) {
#ifdef NETCC_PORTABLE_VECTORS
  return 1;
#else
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
}

static int googlenet_load(netrt_file *file, googlenet_model **model) {
  googlenet_model *m = malloc(sizeof *m);
  if (!m) {
    netrt_close(file);
    return NETRT_E_MEMORY;
  }
  m->file = file;
  m->w[0] = NULL;
  for (uint32_t i = 0, count = 98; i < count; ++i) {
    m->w[i] = netrt_section(file, i, googlenet_section_bytes[i]);
    if (!m->w[i]) {
      googlenet_close(m);
      return NETRT_E_MISSING;
    }
  }
  *model = m;
  return NETRT_OK;
}

int googlenet_open(googlenet_model **model, const char *weights_path) {
  netrt_file *file;
  if (!model) return NETRT_E_ARGUMENT;
  *model = NULL;
  if (!googlenet_processor_fits()) return NETRT_E_PROCESSOR;
  const int status = netrt_open(&file, weights_path, GOOGLENET_PLAN_HASH, 0);
  return status ? status : googlenet_load(file, model);
}

int googlenet_open_memory(googlenet_model **model, const void *image, size_t size) {
  netrt_file *file;
  if (!model) return NETRT_E_ARGUMENT;
  *model = NULL;
  if (!googlenet_processor_fits()) return NETRT_E_PROCESSOR;
  const int status = netrt_open_memory(&file, image, size, GOOGLENET_PLAN_HASH, 0);
  return status ? status : googlenet_load(file, model);
}

void googlenet_close(googlenet_model *model) {
  if (!model) return;
  netrt_close(model->file);
  free(model);
}

int googlenet_run(const googlenet_model *model, const googlenet_inputs *in,
    const googlenet_outputs *out,
    void *arena, const googlenet_options *options) {
  if (!model || !in || !out) return NETRT_E_ARGUMENT;
  if (!in->image) return NETRT_E_ARGUMENT;
  if (!out->probs) return NETRT_E_ARGUMENT;
  if (!arena || (uintptr_t)arena % GOOGLENET_ARENA_ALIGN) return NETRT_E_ARENA;
  if (options && (options->size < sizeof *options || options->threads < 0))
    return NETRT_E_ARGUMENT;
#ifdef NETRT_DEBUG
  netrt_debug memory, *const debug = &memory;
  const float *const ends[] = {out->probs};
  void *const arenas[] = {arena};
  const int fault = netrt_debug_begin(debug, &googlenet_debug, arenas, ends,
                                      options ? options->threads : 1);
  if (fault) return fault;
#endif
#ifdef _OPENMP
  if (options && options->threads > 1) {
    team all = {0};
#pragma omp parallel num_threads(options->threads)
    { /* n is the team that OpenMP delivers, not the one asked for */
      const int t = omp_get_thread_num(), n = omp_get_num_threads();
      googlenet_layers(model, in, out, arena, options, &all, t, n DEBUG_ARGUMENT);
    }
  } else
#endif
    googlenet_layers(model, in, out, arena, options, NULL, 0, 1 DEBUG_ARGUMENT);
#ifdef NETRT_PROFILE
  if (options) netrt_profile_done(options->profile, options->batch ? options->batch : 1);
#endif
#ifdef NETRT_DEBUG
  return netrt_debug_end(debug);
#else
  return NETRT_OK;
#endif
}

int googlenet_selftest(const googlenet_model *model, void *arena) {
  if (!model) return NETRT_E_ARGUMENT;
  uint64_t bytes = 0;
  googlenet_inputs in;
  in.image = netrt_find(model->file, NETRT_KIND_SELFTEST_INPUT, 0, &bytes);
  if (!in.image || bytes != 602112) return NETRT_E_SELFTEST_DATA;
  float *got = netrt_alloc(4000);
  if (!got) return NETRT_E_MEMORY;
  googlenet_outputs out;
  out.probs = got + 0;
  int status = googlenet_run(model, &in, &out, arena, NULL);
  if (!status) {
    const float *want =
        netrt_find(model->file, NETRT_KIND_SELFTEST_EXPECTED, 0, &bytes);
    status = want && bytes == 4000 ? netrt_compare(out.probs, want, 1000, 1e-5)
        : NETRT_E_SELFTEST_DATA;
  }
  netrt_free(got);
  return status;
}

#ifdef NETRT_PROFILE
static const netrt_profile_layer googlenet_profile_layers[65] = {
    {"conv1", "strips", 116214528, 118155456},
    {"lrn1", "lrn", 0, 3211264},
    {"conv2", "conv_direct", 12845056, 12716800},
    {"conv3", "conv_direct", 338608128, 341901312},
    {"lrn2", "lrn", 0, 9633792},
    {"maxpool2", "pool", 0, 4408320},
    {"inception3a.branch1", "conv_direct", 9633792, 9081600},
    {"inception3a.branch2.0.siblings", "conv_direct", 16859136, 15892800},
    {"inception3a.maxpool1", "pool", 0, 2116608},
    {"inception3a.branch2.1", "conv_direct", 82624512, 83994624},
    {"inception3a.branch3.1", "conv_direct", 9193472, 9478144},
    {"inception3a.branch4.1", "conv_direct", 4816896, 4540800},
    {"inception3b.branch1", "conv_direct", 25690112, 24061440},
    {"inception3b.branch2.0.siblings", "conv_direct", 32112640, 30076800},
    {"inception3b.maxpool1", "pool", 0, 2752512},
    {"inception3b.branch2.1", "conv_direct", 165249024, 168956928},
    {"inception3b.branch3.1", "conv_direct", 55160832, 57116160},
    {"inception3b.branch4.1", "conv_direct", 12845056, 12030720},
    {"maxpool3", "pool", 0, 2714880},
    {"inception4a.branch1", "conv_direct", 18063360, 17157888},
    {"inception4a.branch2.0.siblings", "conv_direct", 10536960, 10008768},
    {"inception4a.maxpool1", "pool", 0, 1297920},
    {"inception4a.branch2.1", "conv_direct", 31948800, 37917568},
    {"inception4a.branch3.1", "conv_direct", 3145728, 3856512},
    {"inception4a.branch4.1", "conv_direct", 6021120, 5719296},
    {"inception4b.branch1", "conv_direct", 16056320, 15224960},
    {"inception4b.branch2.0.siblings", "conv_direct", 13647872, 13141920},
    {"inception4b.maxpool1", "pool", 0, 1318912},
    {"inception4b.branch2.1", "conv_direct", 40140800, 47780096},
    {"inception4b.branch3.1", "conv_direct", 6291456, 7732736},
    {"inception4b.branch4.1", "conv_direct", 6422528, 6089984},
    {"inception4c.branch1", "conv_direct", 12845056, 12179968},
    {"inception4c.branch2.0.siblings", "conv_direct", 15253504, 14664416},
    {"inception4c.maxpool1", "pool", 0, 1318912},
    {"inception4c.branch2.1", "conv_direct", 52428800, 62543872},
    {"inception4c.branch3.1", "conv_direct", 6291456, 7732736},
    {"inception4c.branch4.1", "conv_direct", 6422528, 6089984},
    {"inception4d.branch1", "conv_direct", 11239424, 10657472},
    {"inception4d.branch2.0.siblings", "conv_direct", 17661952, 16747456},
    {"inception4d.maxpool1", "pool", 0, 1318912},
    {"inception4d.branch2.1", "conv_direct", 66355200, 78840576},
    {"inception4d.branch3.1", "conv_direct", 8388608, 10323456},
    {"inception4d.branch4.1", "conv_direct", 6422528, 6089984},
    {"inception4e.branch1", "conv_direct", 26492928, 25502720},
    {"inception4e.branch2.0.siblings", "conv_direct", 19869696, 19127040},
    {"inception4e.maxpool1", "pool", 0, 1360128},
    {"inception4e.branch2.1", "conv_direct", 81920000, 97523200},
    {"inception4e.branch3.1", "conv_direct", 16777216, 20646912},
    {"inception4e.branch4.1", "conv_direct", 13246464, 12751360},
    {"maxpool4", "pool", 0, 1141504},
    {"inception5a.branch1", "conv_direct", 10436608, 10637312},
    {"inception5a.branch2.0.siblings", "conv_direct", 7827456, 7977984},
    {"inception5a.maxpool1", "pool", 0, 512512},
    {"inception5a.branch2.1", "conv_direct", 18483200, 27499296},
    {"inception5a.branch3.1", "conv_direct", 3444736, 5431328},
    {"inception5a.branch4.1", "conv_direct", 5218304, 5318656},
    {"inception5b.branch1", "conv_direct", 15654912, 15955968},
    {"inception5b.branch2.0.siblings", "conv_direct", 9784320, 9972480},
    {"inception5b.maxpool1", "pool", 0, 512512},
    {"inception5b.branch2.1", "conv_direct", 26615808, 39808512},
    {"inception5b.branch3.1", "conv_direct", 5167104, 8156064},
    {"inception5b.branch4.1", "conv_direct", 5218304, 5318656},
    {"global_avgpool1", "pool", 0, 204800},
    {"fc", "dense", 1024000, 4169536},
    {"softmax1", "softmax", 0, 20000},
};

netrt_profile *googlenet_profile_new(int threads, int runs) {
  return netrt_profile_new("googlenet", "x86-64-v3", googlenet_profile_layers, 65, threads, runs);
}
#endif
