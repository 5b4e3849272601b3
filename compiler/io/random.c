/* random.c: random weights, for tests, timings and networks that nobody has trained.
 * In: a seed, a parameter's name and fill rule; out: its elements. Element i is a hash of (seed,
 * name, i), so any order and any number of threads give the same values; 138 million elements
 * take about a second. */
#include "io.h"

#include <math.h>
#include <string.h>

/* The i-th output of SplitMix64 started at `key` (Steele, Lea, Flood 2014). */
static inline uint64_t hash_at(uint64_t key, int64_t i) {
  uint64_t z = key + ((uint64_t)i + 1) * 0x9e3779b97f4a7c15u;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return z ^ z >> 31;
}

/* Uniform in [0, 1), 24 bits. */
static inline float uniform(uint64_t u) { return (float)(uint32_t)(u >> 40) * 0x1p-24f; }

/* Nearly normal, mean 0 and variance 1: four 16-bit uniforms summed (Irwin-Hall). Each has the
 * variance (2^32 - 1) / 12; tails end at 3.46, which weights do not mind. */
static inline float normal(uint64_t u) {
  int32_t sum = (int32_t)((u & 0xffff) + (u >> 16 & 0xffff) + (u >> 32 & 0xffff) + (u >> 48));
  return ((float)sum - 131070.0f) * 2.6428998e-5f; /* 1 / sqrt(4 (2^32 - 1) / 12) */
}

void random_fill(float *dst, int64_t n, const char *name, const ParamSpec *spec, uint64_t seed) {
  uint64_t key = hash_at(hash_bytes(name, strlen(name), seed), 0);
  double fan_in = spec->fan_in > 0 ? (double)spec->fan_in : 1;
  bool bell = spec->fill == FILL_HE || spec->fill == FILL_SMALL;
  float scale = spec->fill == FILL_HE ? (float)sqrt(2 / fan_in) : 0.05f;
  float low = spec->fill == FILL_POSITIVE ? 0.5f : 0.8f;
  float width = spec->fill == FILL_POSITIVE ? 1.0f : 0.4f;
  if (bell) {
#pragma omp parallel for schedule(static) if (n > 100000)
    for (int64_t i = 0; i < n; i++) dst[i] = scale * normal(hash_at(key, i));
  } else {
#pragma omp parallel for schedule(static) if (n > 100000)
    for (int64_t i = 0; i < n; i++) dst[i] = low + width * uniform(hash_at(key, i));
  }
}

void weights_random(Ctx *c, Graph *g, uint64_t seed) {
  for (int i = 0; i < g->values.len; i++) {
    Value *v = g->values.at[i];
    if (v->kind != V_PARAM) continue;
    int64_t n = shape_count(&v->shape);
    float *data = NEWN(c->arena, float, n);
    random_fill(data, n, v->name, &v->param, seed);
    v->data = data;
  }
}
