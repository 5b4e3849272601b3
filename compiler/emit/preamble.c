/* preamble.c: the head of an emitted file: includes, target pragmas, vector types, helpers.
 * Target features stand in the file, so plain `cc -O3` builds it. Vector types are GCC's and
 * Clang's extensions; v_ helpers work on vectors, s_ helpers on scalars, and only those that the
 * kernels call are written, because clang warns about unused ones.
 */
#include "emit.h"

#include <string.h>

/* What x86 has an instruction for and C no word. Clang finds comparisons in the plain form, GCC
 * does not; square roots as C has them may set errno. */
typedef struct Instruction {
  const char *type, *name, *parameters;
  const char *wide[2]; /* with 8 and 16 lanes; NULL: the plain form */
  const char *plain, *doc;
} Instruction;

static const Instruction instructions[] = {
    {"vf",
     "v_top",
     "vf x, vf y",
     {"__builtin_ia32_maxps256(x, y)", "__builtin_ia32_maxps512_mask(x, y, x, -1, 4)"},
     "  return (vf)(((vi)(x > y) & (vi)x) | (~(vi)(x > y) & (vi)y));\n",
     "the larger; y if either is NaN"},
    {"vf",
     "v_bottom",
     "vf x, vf y",
     {"__builtin_ia32_minps256(x, y)", "__builtin_ia32_minps512_mask(x, y, x, -1, 4)"},
     "  return (vf)(((vi)(x < y) & (vi)x) | (~(vi)(x < y) & (vi)y));\n",
     "the smaller; y if either is NaN"},
    {"vf",
     "v_nan",
     "vf x, vf y",
     {"(vf)__builtin_ia32_cmpps256(x, y, 3)", NULL},
     "  return (vf)((vi)(x != x) | (vi)(y != y));\n",
     "all bits where either is NaN"},
    {"int",
     "v_odd",
     "vf x",
     {"__builtin_ia32_movmskps256(__builtin_ia32_cmpps256(x, x, 3))",
      "__builtin_ia32_cmpps512_mask(x, x, 3, -1, 4) != 0"},
     "  const vi odd = (vi)(x != x);\n  int any = 0;\n"
     "  for (int i = 0; i < LANES; ++i) any |= odd[i];\n  return any;\n",
     "is any lane NaN?"},
    {"vf",
     "v_sqrt",
     "vf x",
     {"__builtin_ia32_sqrtps256(x)", "__builtin_ia32_sqrtps512_mask(x, x, -1, 4)"},
     "  /* Newton's iteration; denormal numbers are scaled by 2^24 */\n"
     "  const vi tiny = (vi)(x < 1.17549435e-38f), odd = (vi)(x < 0.0f) & 0x7fc00000;\n"
     "  const vf z = x * (vf)((tiny & 0x4b800000) | (~tiny & 0x3f800000)), h = 0.5f * z;\n"
     "  vf y = (vf)(0x5f3759dfu - ((vu)z >> 1));\n"
     "  for (int i = 0; i < 3; ++i) y *= 1.5f - (h * y) * y;\n"
     "  vf r = z * y;\n"
     "  r += 0.5f * y * (z - r * r);\n"
     "  r *= (vf)((tiny & 0x39800000) | (~tiny & 0x3f800000));\n"
     "  const vi good = (vi)(x > 0.0f) & (vi)(x < INFINITY); /* else 0, infinity or NaN */\n"
     "  return (vf)((good & (vi)r) | (~good & (vi)x) | odd);\n",
     "NaN below 0"},
};

static const char *instruction_text(Ctx *c, const Instruction *f, int lanes) {
  const char *wide = lanes == 8 || lanes == 16 ? f->wide[lanes == 16] : NULL;
  StrBuf b = {.arena = c->arena};
  sb_printf(&b, "static inline %s %s(%s) { /* %s */\n", f->type, f->name, f->parameters, f->doc);
  if (wide)
    sb_printf(&b, "#if defined(__%s__) && !defined(__clang__)\n  return %s;\n#else\n",
              lanes == 8 ? "AVX2" : "AVX512F", wide);
  sb_puts(&b, f->plain);
  if (wide) sb_puts(&b, "#endif\n");
  sb_puts(&b, "}\n");
  return sb_str(&b);
}

/* As HIDE, for a vector: stays in a register instead of being loaded for each of its uses. */
static const char *hold_text(Ctx *c, int lanes) {
  return str_fmt(c->arena,
                 "#if defined(__%s__) /* keeps a vector in a register for all its uses */\n"
                 "#define HOLD(x) __asm__(\"\" : \"+v\"(x))\n"
                 "#else\n"
                 "#define HOLD(x) ((void)0)\n"
                 "#endif\n",
                 lanes == 8    ? "AVX2"
                 : lanes == 16 ? "AVX512F"
                               : "NONE");
}

/* Order matters: a helper stands after those it calls, and is searched for after its callers. */
static const Helper vector_helpers[] = {
    {"SPLAT", "#define SPLAT(x) ((x) - (vf){0}) /* the number in all lanes */\n"},
    {"SHUFFLE", "#if defined(__clang__) || __GNUC__ >= 12\n"
                "#define SHUFFLE(v, ...) __builtin_shufflevector(v, v, __VA_ARGS__)\n"
                "#else\n"
                "#define SHUFFLE(v, ...) __builtin_shuffle(v, (vi){__VA_ARGS__})\n"
                "#endif\n"},
    {"SHUFFLE2", "#if defined(__clang__) || __GNUC__ >= 12\n"
                 "#define SHUFFLE2(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)\n"
                 "#else\n"
                 "#define SHUFFLE2(a, b, ...) __builtin_shuffle(a, b, (vi){__VA_ARGS__})\n"
                 "#endif\n"},
    {"v_relu", "static inline vf v_relu(vf x) { return v_top((vf){0}, x); } /* keeps NaN */\n"},
    {"v_or", "static inline vf v_or(vf x, vf y) { return (vf)((vi)x | (vi)y); }\n"},
    {"v_max", "static inline vf v_max(vf x, vf y) { /* NaN if either is */\n"
              "  return v_or(v_top(x, y), v_nan(x, y));\n}\n"},
    {"v_min", "static inline vf v_min(vf x, vf y) { /* NaN if either is */\n"
              "  return v_or(v_bottom(x, y), v_nan(x, y));\n}\n"},
    {"v_max3", "static inline vf v_max3(vf x, vf y, vf z) { /* NaN if any is */\n"
               "  return v_or(v_top(z, v_top(y, x)), v_nan(y, z));\n}\n"},
    {"v_min3", "static inline vf v_min3(vf x, vf y, vf z) { /* NaN if any is */\n"
               "  return v_or(v_bottom(z, v_bottom(y, x)), v_nan(y, z));\n}\n"},
    {"v_square", "static inline vf v_square(vf x) { return x * x; }\n"},
    {"v_sums",
     "static inline vf v_sums(const float *x, size_t n) { /* of n vectors, by lanes */\n"
     "  vf part[4] = {{0}, {0}, {0}, {0}};\n"
     "  for (; n >= 4; n -= 4, x += 4 * LANES)\n"
     "    for (int i = 0; i < 4; ++i) part[i] += LD(x + i * LANES);\n"
     "  for (; n > 0; --n, x += LANES) part[0] += LD(x);\n"
     "  return (part[0] + part[1]) + (part[2] + part[3]);\n}\n"},
    {"v_deviations",
     "static inline vf v_deviations(const float *x, size_t n, vf mean) { /* their squares */\n"
     "  vf part[4] = {{0}, {0}, {0}, {0}};\n"
     "  for (; n >= 4; n -= 4, x += 4 * LANES)\n"
     "    for (int i = 0; i < 4; ++i) part[i] += v_square(LD(x + i * LANES) - mean);\n"
     "  for (; n > 0; --n, x += LANES) part[0] += v_square(LD(x) - mean);\n"
     "  return (part[0] + part[1]) + (part[2] + part[3]);\n}\n"},
    {"v_pow", "static inline vf v_pow(vf x, vf y) {\n"
              "  for (int i = 0; i < LANES; ++i) x[i] = powf(x[i], y[i]);\n  return x;\n}\n"},
    {"v_clip", "static inline vf v_clip(vf x, float min, float max) {\n"
               "  return v_between(v_all(min), x, v_all(max));\n}\n"},
    {"v_relu6", "static inline vf v_relu6(vf x) { return v_clip(x, 0.0f, 6.0f); }\n"},
    {"v_leaky_relu", "static inline vf v_leaky_relu(vf x, float slope) {\n"
                     "  return v_select((vi)(x < (vf){0}), x * slope, x);\n}\n"},
    {"v_scale", "static inline vf v_scale(vf x, float factor, float shift) {\n"
                "  return x * factor + shift;\n}\n"},
    {"v_prelu", "static inline vf v_prelu(vf x, vf w) {\n"
                "  return v_select((vi)(x < (vf){0}), x * w, x);\n}\n"},
    {"v_hard_sigmoid", "static inline vf v_hard_sigmoid(vf x) {\n"
                       "  return v_clip(x + 3.0f, 0.0f, 6.0f) * (1 / 6.0f);\n}\n"},
    {"v_hard_swish", "static inline vf v_hard_swish(vf x) {\n"
                     "  return x * v_hard_sigmoid(x);\n}\n"},
    {"v_abs", "static inline vf v_abs(vf x) { return (vf)((vi)x & 0x7fffffff); }\n"},
    {"v_neg", "static inline vf v_neg(vf x) { return -x; }\n"},
    {"v_sign", "static inline vf v_sign(vf x) {\n"
               "  return v_select((vi)(x > 0.0f), v_all(1),\n"
               "                  v_select((vi)(x < 0.0f), v_all(-1), v_all(0)));\n}\n"},
    {"v_step", "static inline vf v_step(vf x) {\n"
               "  return v_select((vi)(x >= 0.0f), v_all(1), v_all(0));\n}\n"},
};

/* Combining all lanes by halves: "v_sum_across", "v_max_across", "v_min_across". */
static const char *across_text(Ctx *c, const char *name, int lanes) {
  static const char head[] = "static inline float v_%s_across(vf x) {\n";
  StrBuf b = {.arena = c->arena};
  sb_printf(&b, head, name);
  for (int half = lanes / 2; half > 0; half /= 2) {
    sb_printf(&b, str_eq(name, "sum") ? "  x += SHUFFLE(x" : "  x = v_%s(x, SHUFFLE(x", name);
    for (int i = 0; i < lanes; i++) sb_printf(&b, ", %d", i ^ half);
    sb_puts(&b, str_eq(name, "sum") ? ");\n" : "));\n");
  }
  sb_puts(&b, "  return x[0];\n}\n");
  return sb_str(&b);
}

/* Exchanges the corners of squares in squares, the largest first. */
static const char *transpose_text(Ctx *c, int lanes) {
  StrBuf b = {.arena = c->arena};
  for (int half = lanes / 2; half > 0; half /= 2) {
    sb_printf(&b, "#define EXCHANGE%d(a, b) { const vf t = a; \\\n", half);
    for (int side = 0; side < 2; side++) {
      sb_printf(&b, "  %c = SHUFFLE2(t, b", "ab"[side]);
      for (int i = 0; i < lanes; i++) {
        bool own = !(i & half);
        sb_printf(&b, ", %d", side ? (own ? i + half : i + lanes) : own ? i : i - half + lanes);
      }
      sb_puts(&b, side ? "); }\n" : "); \\\n");
    }
  }
  sb_puts(&b, "static inline void v_transpose(vf v[LANES]) {\n");
  for (int half = lanes / 2; half > 0; half /= 2)
    for (int i = 0, n = 0; i < lanes; i++) {
      if (i & half) continue;
      sb_printf(&b, "%sEXCHANGE%d(v[%d], v[%d])%s", n % 4 ? " " : "  ", half, i, i + half,
                n % 4 == 3 ? "\n" : "");
      n++;
    }
  sb_puts(&b, "}\n");
  return sb_str(&b);
}

static const Helper scalar_helpers[] = {
    {"s_relu", "static inline float s_relu(float x) { return x < 0 ? 0 : x; } /* keeps NaN */\n"},
    {"s_max", "static inline float s_max(float x, float y) { /* NaN if either is */\n"
              "  return x < y || y != y ? y : x;\n}\n"},
    {"s_min", "static inline float s_min(float x, float y) { /* NaN if either is */\n"
              "  return y < x || y != y ? y : x;\n}\n"},
    {"s_max3", "static inline float s_max3(float x, float y, float z) {\n"
               "  return s_max(s_max(x, y), z);\n}\n"},
    {"s_min3", "static inline float s_min3(float x, float y, float z) {\n"
               "  return s_min(s_min(x, y), z);\n}\n"},
    {"s_pow", "static inline float s_pow(float x, float y) { return powf(x, y); }\n"},
    {"s_clip", "static inline float s_clip(float x, float min, float max) {\n"
               "  return x < min ? min : x > max ? max : x;\n}\n"},
    {"s_relu6", "static inline float s_relu6(float x) { return s_clip(x, 0.0f, 6.0f); }\n"},
    {"s_leaky_relu", "static inline float s_leaky_relu(float x, float slope) {\n"
                     "  return x < 0 ? x * slope : x;\n}\n"},
    {"s_scale", "static inline float s_scale(float x, float factor, float shift) {\n"
                "  return x * factor + shift;\n}\n"},
    {"s_prelu", "static inline float s_prelu(float x, float w) { return x < 0 ? x * w : x; }\n"},
    {"s_hard_sigmoid", "static inline float s_hard_sigmoid(float x) {\n"
                       "  return s_clip(x + 3.0f, 0.0f, 6.0f) * (1 / 6.0f);\n}\n"},
    {"s_hard_swish", "static inline float s_hard_swish(float x) {\n"
                     "  return x * s_hard_sigmoid(x);\n}\n"},
    {"s_abs", "static inline float s_abs(float x) { return fabsf(x); }\n"},
    {"s_neg", "static inline float s_neg(float x) { return -x; }\n"},
    {"s_square", "static inline float s_square(float x) { return x * x; }\n"},
    {"s_sum", "static inline float s_sum(const float *x, size_t n) { /* in 16 parts */\n"
              "  float part[16] = {0}, sum = 0;\n  const size_t whole = n - n % 16;\n"
              "  for (size_t i = 0; i < whole; i += 16)\n"
              "    for (size_t j = 0; j < 16; ++j) part[j] += x[i + j];\n"
              "  for (size_t j = 0; j < 16; ++j) sum += part[j];\n"
              "  for (size_t i = whole; i < n; ++i) sum += x[i];\n  return sum;\n}\n"},
    {"s_deviations",
     "static inline float s_deviations(const float *x, size_t n, float mean) {\n"
     "  float part[16] = {0}, sum = 0; /* of squares */\n"
     "  const size_t whole = n - n % 16;\n"
     "  for (size_t i = 0; i < whole; i += 16)\n"
     "    for (size_t j = 0; j < 16; ++j)\n"
     "      part[j] += (x[i + j] - mean) * (x[i + j] - mean);\n"
     "  for (size_t j = 0; j < 16; ++j) sum += part[j];\n"
     "  for (size_t i = whole; i < n; ++i) sum += (x[i] - mean) * (x[i] - mean);\n"
     "  return sum;\n}\n"},
    {"s_sign", "static inline float s_sign(float x) {\n"
               "  return x > 0 ? 1.0f : x < 0 ? -1.0f : 0.0f;\n}\n"},
    {"s_step", "static inline float s_step(float x) { return x >= 0 ? 1.0f : 0.0f; }\n"},
};

static const char vector_types[] =
    "#if defined(NETCC_PORTABLE_VECTORS)\n"
    "/* vectors as the compiler's own options allow: slower, but runs anywhere */\n"
    "#elif defined(__clang__)\n"
    "#pragma clang attribute push(__attribute__((target(\"%s\"))), \\\n"
    "                             apply_to = function)\n"
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
    "typedef unsigned vu __attribute__((vector_size(4 * LANES), may_alias));\n"
    "typedef float vfu __attribute__((vector_size(4 * LANES), aligned(4), may_alias));\n"
    "#define LD(p) (*(const vf *)(const void *)(p))\n"
    "#define ST(p, v) (*(vf *)(void *)(p) = (v))\n"
    "#define LDU(p) (*(const vfu *)(const void *)(p)) /* at any float */\n"
    "#define STU(p, v) (*(vfu *)(void *)(p) = (v))\n"
    "/* Hides a pointer's value from the optimiser: without it, broadcasts shared between the\n"
    "   taps of a kernel are kept in registers and push the accumulators out. No instruction. "
    "*/\n"
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
    const char *body = strchr(table[i].text, '{'); /* may call others */
    if (wanted[i] && body) sb_puts(used, body);
  }
  for (int i = 0; i < n; i++)
    if (wanted[i]) sb_puts(out, table[i].text);
}

static void write_types(StrBuf *out, const Target *t) {
  const char *wide = t->lanes == 16
                         ? "#pragma clang attribute push(__attribute__((min_vector_width("
                           "512))), apply_to = function)\n"
                         : "";
  sb_printf(out, vector_types, t->features, wide, t->features, t->lanes);
}

void preamble_write(Ctx *c, StrBuf *out, const Target *t, const char *text) {
  StrBuf scalars = {.arena = c->arena}, vectors = {.arena = c->arena}, used = {.arena = c->arena};
  static const char *const across[] = {"sum", "max", "min"};
  Helper all[COUNT_OF(instructions) + MAX_MATH + COUNT_OF(vector_helpers) +
             COUNT_OF(scalar_helpers) + COUNT_OF(across) + 2];
  int n = 0;
  all[n++] = (Helper){"HOLD", hold_text(c, t->lanes)};
  for (int i = 0; i < COUNT_OF(instructions); i++)
    all[n++] = (Helper){instructions[i].name, instruction_text(c, &instructions[i], t->lanes)};
  n += vmath_helpers(c, true, all + n);
  for (int i = 0; i < COUNT_OF(vector_helpers); i++) all[n++] = vector_helpers[i];
  for (int i = 0; i < COUNT_OF(across); i++)
    all[n++] = (Helper){str_fmt(c->arena, "v_%s_across", across[i]),
                        across_text(c, across[i], t->lanes)};
  all[n++] = (Helper){"v_transpose", transpose_text(c, t->lanes)};
  if (t->lanes > 1) write_helpers(c, &vectors, all, n, text, &used);
  n = vmath_helpers(c, false, all);
  for (int i = 0; i < COUNT_OF(scalar_helpers); i++) all[n++] = scalar_helpers[i];
  write_helpers(c, &scalars, all, n, text, &used);
  sb_puts(out,
          "#include <math.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <stdlib.h>\n"
          "#ifdef _OPENMP\n#include <omp.h>\n#endif\n\n");
  if (t->lanes > 1)
    write_types(out, t);
  else
    sb_puts(out, "#define KERNEL static\n");
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
