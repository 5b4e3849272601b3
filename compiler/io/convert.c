/* convert.c: element types as files store them, and their conversion to f32.
 * In: little-endian bytes at any alignment; out: floats. Also the checked arithmetic of shapes
 * that every reader needs before it believes a size in a file. */
#include "io.h"

#include <string.h>

static const struct {
  const char *name;
  int size;
} types[] = {
    [ST_F32] = {"F32", 4},   [ST_F64] = {"F64", 8},     [ST_F16] = {"F16", 2},
    [ST_BF16] = {"BF16", 2}, [ST_BOOL] = {"BOOL", 1},   [ST_U8] = {"U8", 1},
    [ST_I8] = {"I8", 1},     [ST_U16] = {"U16", 2},     [ST_I16] = {"I16", 2},
    [ST_U32] = {"U32", 4},   [ST_I32] = {"I32", 4},     [ST_U64] = {"U64", 8},
    [ST_I64] = {"I64", 8},   [ST_OTHER] = {"other", 0},
};

const char *stored_name(StoredType t) { return types[t].name; }

int stored_size(StoredType t) { return types[t].size; }

bool stored_is_float(StoredType t) { return t <= ST_BF16; }

StoredType stored_find(const char *name) {
  for (int t = 0; t < ST_COUNT; t++)
    if (str_eq(types[t].name, name)) return (StoredType)t;
  return ST_OTHER;
}

static float bits_float(uint32_t u) {
  float f;
  memcpy(&f, &u, sizeof f);
  return f;
}

/* IEEE binary16: 1 sign, 5 exponent (bias 15), 10 fraction bits. Subnormals are fraction·2^-24.
 */
static float half_float(uint16_t h) {
  uint32_t sign = (uint32_t)(h & 0x8000) << 16, exponent = h >> 10 & 31, fraction = h & 1023;
  if (exponent == 31) return bits_float(sign | 0x7f800000 | fraction << 13);
  if (exponent) return bits_float(sign | (exponent + 112) << 23 | fraction << 13);
  float f = (float)fraction * 0x1p-24f;
  return sign ? -f : f;
}

static float bf16_float(uint16_t b) { return bits_float((uint32_t)b << 16); }

static float bool_float(uint8_t b) { return b ? 1 : 0; }

#define CONVERT_LOOP(T, f)                                                                       \
  for (int64_t i = 0; i < n; i++) {                                                              \
    T v;                                                                                         \
    memcpy(&v, p + (size_t)i * sizeof v, sizeof v);                                              \
    dst[i] = (float)f(v);                                                                        \
  }                                                                                              \
  return true

bool stored_to_f32(StoredType t, const void *src, int64_t n, float *dst) {
  const char *p = src;
  switch (t) {
  case ST_F32: CONVERT_LOOP(float, );
  case ST_F64: CONVERT_LOOP(double, );
  case ST_F16: CONVERT_LOOP(uint16_t, half_float);
  case ST_BF16: CONVERT_LOOP(uint16_t, bf16_float);
  case ST_BOOL: CONVERT_LOOP(uint8_t, bool_float);
  case ST_U8: CONVERT_LOOP(uint8_t, );
  case ST_I8: CONVERT_LOOP(int8_t, );
  case ST_U16: CONVERT_LOOP(uint16_t, );
  case ST_I16: CONVERT_LOOP(int16_t, );
  case ST_U32: CONVERT_LOOP(uint32_t, );
  case ST_I32: CONVERT_LOOP(int32_t, );
  case ST_U64: CONVERT_LOOP(uint64_t, );
  case ST_I64: CONVERT_LOOP(int64_t, );
  case ST_OTHER: break;
  }
  return false;
}

bool dims_count(const int64_t *dim, int rank, int64_t *count) {
  int64_t n = 1;
  for (int i = 0; i < rank; i++)
    if (dim[i] < 0 || __builtin_mul_overflow(n, dim[i], &n)) return false;
  *count = n;
  return true;
}

const char *dims_text(Ctx *c, const int64_t *dim, int rank) {
  StrBuf b = {.arena = c->arena};
  for (int i = 0; i < rank; i++) sb_printf(&b, "%s%lld", i ? "x" : "", (long long)dim[i]);
  return rank ? sb_str(&b) : "scalar";
}
