/* preamble.c: the head of an emitted file: includes, target pragmas, vector types, helpers.
 * Target features stand in the file, so plain `cc -O3` builds it. Vector types are GCC's and
 * Clang's extensions; v_ helpers work on vectors, s_ helpers on scalars, and only those that the
 * kernels call are written, because clang warns about unused ones.
 */
#include "emit.h"

#include <string.h>

typedef struct Helper {
  const char *name, *text;
} Helper;

/* Order matters: a helper stands after those it calls, and is searched for after its callers. */
static const Helper vector_helpers[] = {
    {"v_select", "static inline vf v_select(vi m, vf a, vf b) {\n"
                 "  return (vf)((m & (vi)a) | (~m & (vi)b));\n}\n"},
    {"v_relu", "static inline vf v_relu(vf x) { /* keeps NaN */\n"
               "  return (vf)((vi)x & ~(vi)(x < (vf){0}));\n}\n"},
    {"v_max", "static inline vf v_max(vf x, vf y) { /* NaN if either is */\n"
              "  return v_select((vi)(x < y) | (vi)(y != y), y, x);\n}\n"},
    {"v_min", "static inline vf v_min(vf x, vf y) { /* NaN if either is */\n"
              "  return v_select((vi)(y < x) | (vi)(y != y), y, x);\n}\n"},
    {"v_pow", "static inline vf v_pow(vf x, vf y) {\n"
              "  for (int i = 0; i < LANES; ++i) x[i] = powf(x[i], y[i]);\n  return x;\n}\n"},
    {"v_clip", "static inline vf v_clip(vf x, float min, float max) {\n"
               "  const vf lo = (vf){0} + min, hi = (vf){0} + max;\n"
               "  x = v_select((vi)(x < lo), lo, x);\n"
               "  return v_select((vi)(x > hi), hi, x);\n}\n"},
    {"v_relu6", "static inline vf v_relu6(vf x) { return v_clip(x, 0.0f, 6.0f); }\n"},
    {"v_leaky_relu", "static inline vf v_leaky_relu(vf x, float slope) {\n"
                     "  return v_select((vi)(x < (vf){0}), x * slope, x);\n}\n"},
    {"v_scale", "static inline vf v_scale(vf x, float factor, float shift) {\n"
                "  return x * factor + shift;\n}\n"},
    {"v_sigmoid", "static inline vf v_sigmoid(vf x) {\n"
                  "  for (int i = 0; i < LANES; ++i) x[i] = s_sigmoid(x[i]);\n  return x;\n}\n"},
    {"v_tanh", "static inline vf v_tanh(vf x) {\n"
               "  for (int i = 0; i < LANES; ++i) x[i] = tanhf(x[i]);\n  return x;\n}\n"},
};

static const Helper scalar_helpers[] = {
    {"s_relu", "static inline float s_relu(float x) { return x < 0 ? 0 : x; } /* keeps NaN */\n"},
    {"s_max", "static inline float s_max(float x, float y) { /* NaN if either is */\n"
              "  return x < y || y != y ? y : x;\n}\n"},
    {"s_min", "static inline float s_min(float x, float y) { /* NaN if either is */\n"
              "  return y < x || y != y ? y : x;\n}\n"},
    {"s_pow", "static inline float s_pow(float x, float y) { return powf(x, y); }\n"},
    {"s_clip", "static inline float s_clip(float x, float min, float max) {\n"
               "  return x < min ? min : x > max ? max : x;\n}\n"},
    {"s_relu6", "static inline float s_relu6(float x) { return s_clip(x, 0.0f, 6.0f); }\n"},
    {"s_leaky_relu", "static inline float s_leaky_relu(float x, float slope) {\n"
                     "  return x < 0 ? x * slope : x;\n}\n"},
    {"s_scale", "static inline float s_scale(float x, float factor, float shift) {\n"
                "  return x * factor + shift;\n}\n"},
    {"s_sigmoid", "static inline float s_sigmoid(float x) { /* no overflow on either side */\n"
                  "  const float e = expf(x < 0 ? x : -x);\n"
                  "  return x < 0 ? e / (1 + e) : 1 / (1 + e);\n}\n"},
    {"s_tanh", "static inline float s_tanh(float x) { return tanhf(x); }\n"},
};

static const char vector_types[] =
    "#if defined(NETCC_PORTABLE_VECTORS)\n"
    "/* vectors as the compiler's own options allow: slower, but runs anywhere */\n"
    "#elif defined(__clang__)\n"
    "#pragma clang attribute push(__attribute__((target(\"%s\"))), apply_to = function)\n"
    "%s"
    "#pragma clang fp contract(fast)\n"
    "#elif defined(__GNUC__)\n"
    "#pragma GCC push_options\n"
    "#pragma GCC target(\"%s\")\n"
    "#pragma GCC optimize(\"fp-contract=fast\")\n"
    "#else\n"
    "#error \"this file needs GCC's or Clang's vector extensions; netcc --target=c99 does not\"\n"
    "#endif\n"
    "\n"
    "enum { LANES = %d };\n"
    "typedef float vf __attribute__((vector_size(4 * LANES), may_alias));\n"
    "typedef int vi __attribute__((vector_size(4 * LANES), may_alias));\n"
    "#define LD(p) (*(const vf *)(const void *)(p))\n"
    "#define ST(p, v) (*(vf *)(void *)(p) = (v))\n"
    "/* Hides a pointer's value from the optimiser: without it, broadcasts shared between the\n"
    "   taps of a kernel are kept in registers and push the accumulators out. No instruction. */\n"
    "#define HIDE(p) __asm__(\"\" : \"+r\"(p))\n"
    "#define KERNEL static __attribute__((noinline))\n";

static bool calls(const char *text, const char *name) {
  size_t n = strlen(name);
  for (const char *p = strstr(text, name); p; p = strstr(p + 1, name))
    if (p[n] == '(') return true;
  return false;
}

/* Writes the helpers used by `text` or by a later helper that is itself used. */
static void write_helpers(Ctx *c, StrBuf *out, const Helper *table, int n, const char *text,
                          StrBuf *used) {
  bool *wanted = NEWN(c->arena, bool, n);
  for (int i = n - 1; i >= 0; i--) {
    wanted[i] = calls(text, table[i].name) || calls(sb_str(used), table[i].name);
    if (wanted[i]) sb_puts(used, strchr(table[i].text, '{')); /* its body may call others */
  }
  for (int i = 0; i < n; i++)
    if (wanted[i]) sb_puts(out, table[i].text);
}

static void write_types(StrBuf *out, const Target *t) {
  const char *wide = t->lanes == 16 ? "#pragma clang attribute push(__attribute__((min_vector_width("
                                      "512))), apply_to = function)\n"
                                    : "";
  sb_printf(out, vector_types, t->features, wide, t->features, t->lanes);
}

void preamble_write(Ctx *c, StrBuf *out, const Target *t, const char *text) {
  StrBuf scalars = {.arena = c->arena}, vectors = {.arena = c->arena}, used = {.arena = c->arena};
  if (t->lanes > 1)
    write_helpers(c, &vectors, vector_helpers, COUNT_OF(vector_helpers), text, &used);
  write_helpers(c, &scalars, scalar_helpers, COUNT_OF(scalar_helpers), text, &used);
  sb_puts(out, "#include <math.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <stdlib.h>\n"
               "#ifdef _OPENMP\n#include <omp.h>\n#endif\n\n");
  if (t->lanes > 1) write_types(out, t);
  else sb_puts(out, "#define KERNEL static\n");
  sb_putc(out, '\n');
  if (scalars.len) sb_printf(out, "%s\n", sb_str(&scalars));
  if (vectors.len) sb_printf(out, "%s\n", sb_str(&vectors));
}

void preamble_close(StrBuf *out, const Target *t) {
  if (t->lanes == 1) return;
  sb_puts(out, "\n#if defined(NETCC_PORTABLE_VECTORS)\n#elif defined(__clang__)\n"
               "#pragma clang attribute pop\n");
  if (t->lanes == 16) sb_puts(out, "#pragma clang attribute pop\n");
  sb_puts(out, "#else\n#pragma GCC pop_options\n#endif\n");
}
