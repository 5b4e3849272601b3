/* vmath.c: exp, log, tanh and what is made of them, as text for emitted files.
 *
 * Each function is written once, over placeholders that become a vector type or float, so that
 * eight lanes, sixteen and plain C compute the same. No branches, no tables, no fused operation
 * that the result depends on. Within 4 units of the last place over the whole range, denormal
 * results and infinities included (tests/unit/test_kernels_math.c sweeps them).
 *
 * The exponential splits x = n ln 2 + r, |r| <= ln 2 / 2 (Cody and Waite's two-part ln 2), takes
 * a polynomial in r and scales by 2^n in two factors, so that only the last product rounds where
 * the result is denormal. v_exp_of(x, d, y) is y exp(x + d): d carries the low digits of a long
 * argument, y keeps products such as x exp(x) clear of an early underflow. The logarithm takes
 * x = 2^n (1 + f), sqrt(1/2) <= 1 + f < sqrt(2). The normal distribution's tail is
 * exp(-t^2 / 2) g(w) / (t + 3), w = (t - 3) / (t + 3), which is smooth and far from 0. Coefficients
 * are minimax fits of the relative error (Lawson's weighting on Chebyshev nodes), rounded.
 *
 * Placeholders: @F type, @U its bits, @_ prefix of the name, @M a comparison as a mask, @B bits
 * of, @V value of bits.
 */
#include "emit.h"

/* A function stands after those it calls. */
typedef struct MathHelper {
  const char *name;
  const char *vector; /* or for both, if the scalar form is missing; NULL: scalar only */
  const char *scalar;
} MathHelper;

static const MathHelper helpers[] = {
    {"bits", NULL,
     "static inline uint32_t s_bits(float x) {\n"
     "  union { float f; uint32_t u; } v = {x};\n  return v.u;\n}\n"},
    {"value", NULL,
     "static inline float s_value(uint32_t x) {\n"
     "  union { uint32_t u; float f; } v = {x};\n  return v.f;\n}\n"},
    {"select",
     "static inline vf v_select(vi m, vf a, vf b) {\n"
     "  return (vf)((m & (vi)a) | (~m & (vi)b));\n}\n",
     "static inline float s_select(int m, float a, float b) { return m ? a : b; }\n"},
    {"between",
     "static inline vf v_between(vf lo, vf x, vf hi) { /* keeps NaN */\n"
     "  return v_bottom(hi, v_top(lo, x));\n}\n",
     "static inline float s_between(float lo, float x, float hi) { /* keeps NaN */\n"
     "  x = lo > x ? lo : x;\n  return hi < x ? hi : x;\n}\n"},
    {"all", "static inline vf v_all(float x) { return (vf){0} + x; }\n",
     "static inline float s_all(float x) { return x; }\n"},
    /* exp(r) - 1 */
    {"exp_small",
     "static inline @F @_exp_small(@F r) { /* exp(r) - 1, |r| <= ln(2) / 2 */\n"
     "  const @F p = (0.0013882504f * r + 0.008366581f) * r + 0.0416672f;\n"
     "  return r + r * r * ((p * r + 0.16666543f) * r + 0.49999997f);\n}\n",
     NULL},
    {"exp_of",
     "static inline @F @_exp_of(@F x, @F d, @F y) { /* y exp(x + d), small d */\n"
     "  const @F z = @_between(@_all(-120.0f), x, @_all(90.0f));\n"
     "  const @F t = (z + d) * 1.44269504f + 12582912.0f, n = t - 12582912.0f;\n"
     "  const @F r = ((z - n * 0.693359375f) + n * 2.12194440e-4f) + d;\n"
     "  const @U e = @B(t) - (0x4b400000u - 256u), half = e >> 1;\n"
     "  const @F p = y + y * @_exp_small(r);\n"
     "  return p * @V((half - 1u) << 23) * @V((e - half - 1u) << 23);\n}\n",
     NULL},
    {"exp", "static inline @F @_exp(@F x) { return @_exp_of(x, -@_all(0), @_all(1)); }\n", NULL},
    {"expm1",
     "static inline @F @_expm1(@F x) { /* for x < 80 */\n"
     "  const @F z = @_between(@_all(-60.0f), x, @_all(80.0f));\n"
     "  const @F t = z * 1.44269504f + 12582912.0f, n = t - 12582912.0f;\n"
     "  const @F r = (z - n * 0.693359375f) + n * 2.12194440e-4f;\n"
     "  const @F s = @V((@B(t) - (0x4b400000u - 127u)) << 23);\n"
     "  return s * @_exp_small(r) + (s - 1.0f);\n}\n",
     NULL},
    {"log_of",
     "static inline @F @_log_of(@F f, @F n) { /* log(1 + f) + n log(2) */\n"
     "  const @F z = f * f;\n"
     "  @F p = (0.0675757f * f - 0.11694335f) * f + 0.11893512f;\n"
     "  p = ((p * f - 0.124030836f) * f + 0.14218554f) * f - 0.1666809f;\n"
     "  p = ((p * f + 0.20002167f) * f - 0.2500001f) * f + 0.3333331f;\n"
     "  p = (p * f * z - n * 2.12194440e-4f) - 0.5f * z;\n"
     "  return (f + p) + n * 0.693359375f;\n}\n",
     NULL},
    {"log",
     "static inline @F @_log(@F x) {\n"
     "  const @F z = @_select(@M(x < 1.17549435e-38f), x * 8388608.0f, x);\n"
     "  const @U u = @B(z) - (0x3f3504f3u - 0x40000000u); /* exponent + 128 */\n"
     "  const @F n = @V((u >> 23) | 0x4b000000u) - 8388736.0f;\n"
     "  const @F f = @V((u & 0x7fffffu) + 0x3f3504f3u) - 1.0f;\n"
     "  @F y = @_log_of(f, @_select(@M(x < 1.17549435e-38f), n - 23.0f, n));\n"
     "  y = @_select(@M(x < INFINITY), y, x);\n"
     "  y = @_select(@M(x < 0.0f), @_all(NAN), y);\n"
     "  return @_select(@M(x == 0.0f), @_all(-INFINITY), y);\n}\n",
     NULL},
    {"log1p_small",
     "static inline @F @_log1p_small(@F x) { /* log(1 + x), 0 <= x <= 1 */\n"
     "  const @F half = 0.5f * x - 0.5f;\n"
     "  const @F n = @_select(@M(x < 0.41421354f), @_all(0), @_all(1));\n"
     "  return @_log_of(@_select(@M(x < 0.41421354f), x, half), n);\n}\n",
     NULL},
    {"magnitude", "static inline @F @_magnitude(@F x) { return @V(@B(x) & 0x7fffffffu); }\n",
     NULL},
    /* the sign of s on x >= 0 */
    {"signed",
     "static inline @F @_signed(@F x, @F s) { return @V(@B(x) | (@B(s) & 0x80000000u)); }\n",
     NULL},
    {"sigmoid",
     "static inline @F @_sigmoid(@F x) {\n"
     "  const @F e = @_exp(-@_magnitude(x));\n"
     "  return @_select(@M(x < 0.0f), e, @_all(1)) / (1.0f + e);\n}\n",
     NULL},
    {"tanh",
     "static inline @F @_tanh(@F x) {\n"
     "  const @F e = @_expm1(@_between(@_all(0), 2.0f * @_magnitude(x), @_all(30.0f)));\n"
     "  return @_signed(e / (e + 2.0f), x);\n}\n",
     NULL},
    {"swish",
     "static inline @F @_swish(@F x) {\n"
     "  const @F z = @_between(@_all(-120.0f), x, @_all(0)), e = @_exp(-@_magnitude(x));\n"
     "  const @F low = @_exp_of(z, @_all(0), z) + (x - x); /* NaN at -infinity */\n"
     "  return @_select(@M(x < 0.0f), low, x) / (1.0f + e);\n}\n",
     NULL},
    /* exact digits in front: h has 12, h h is exact, and so is what is left */
    {"high", "static inline @F @_high(@F x) { return @V(@B(x) & 0xfffff000u); }\n", NULL},
    {"gelu",
     "static inline @F @_gelu(@F x) { /* x times the normal distribution up to x */\n"
     "  const @F t = @_between(@_all(0), @_magnitude(x), @_all(16.0f)), h = @_high(t);\n"
     "  const @F u = t + 3.0f, w = (u - 6.0f) / u;\n"
     "  @F g = (5.4471057e-5f * w + 1.3128977e-4f) * w - 2.4474302e-4f;\n"
     "  g = ((g * w - 0.0010325472f) * w + 0.0010247699f) * w + 0.0069693066f;\n"
     "  g = ((g * w - 0.010462517f) * w - 0.047262687f) * w + 0.2300177f;\n"
     "  const @F f = g * w - 0.509332f, p = f * w + 0.7290837f, q = (0.7290837f - p) + f * w;\n"
     "  /* what t + 3 lost, times an estimate of the tail's logarithmic slope; what p lost */\n"
     "  @F d = (t - (u - 3.0f)) * (0.48f * w - 0.33f) + q * (0.9f * w + 1.45f);\n"
     "  d -= 0.5f * (t + h) * (t - h);\n"
     "  const @F low = @_exp_of(-0.5f * h * h, d, -t * p / u);\n"
     "  return @_select(@M(x < 0.0f), x - x, x) + low; /* NaN at -infinity */\n}\n",
     NULL},
    {"gelu_tanh",
     "static inline @F @_gelu_tanh(@F x) { /* x sigmoid(u), u in two parts */\n"
     "  const @F t = @_between(@_all(0), @_magnitude(x), @_all(16.0f)), h = @_high(t);\n"
     "  const @F q = @_high(t * t), dq = (h * h - q) + (t + h) * (t - h);\n"
     "  /* 1.5957691 (1 + 0.044715 t t): products of 12 digits and the sum's error are exact */\n"
     "  const @F a = q * 0.0713500977f, b = a + 1.59576917f, c = b - a, s = @_high(b);\n"
     "  const @F db = (a - (b - c)) + (1.59576917f - c);\n"
     "  const @F ds = (b - s) + (db + (q * 4.71861631e-06f - 4.53406804e-8f) + dq * "
     "0.0713548139f);\n"
     "  const @F u = -h * s, du = -(h * ds + (t - h) * (s + ds));\n"
     "  const @F e = @_exp_of(u, du, @_all(1)), low = @_exp_of(u, du, -t) + (x - x);\n"
     "  return @_select(@M(x < 0.0f), low, x) / (1.0f + e);\n}\n",
     NULL},
    {"softplus",
     "static inline @F @_softplus(@F x, float beta, float threshold) {\n"
     "  const @F b = @_all(beta), h = @_high(x), g = @_high(b), z = x * b;\n"
     "  @F d = (h * g - z) + (h * (b - g) + (x - h) * b); /* what z lacks */\n"
     "  d = @_select(@M(@_magnitude(z) < 200.0f), d, @_all(0));\n"
     "  const @F low = @_select(@M(z < 0.0f), d, -d);\n"
     "  @F y = @_log1p_small(@_exp_of(-@_magnitude(z), low, @_all(1))) / beta;\n"
     "  y = @_select(@M(z < -20.0f), @_exp_of(z, d, @_all(1.0f / beta)), y);\n"
     "  y = @_select(@M(z > 0.0f), x + y, y);\n"
     "  y = @_select(@M(z == threshold) & @M(d > 0.0f), x, y);\n"
     "  return @_select(@M(z > threshold), x, y);\n}\n",
     NULL},
    {"mish", /* x w / (w + 2), w = exp(x) (exp(x) + 2) */
     "static inline @F @_mish(@F x) { /* x tanh(log(1 + exp(x))) */\n"
     "  const @F z = @_between(@_all(-120.0f), x, @_all(30.0f));\n"
     "  const @F low = @_between(@_all(-120.0f), x, @_all(0));\n"
     "  const @F e = @_exp(z), a = e + 2.0f, b = @_exp_of(low, -@_all(0), low);\n"
     "  const @F share = @_select(@M(x < 0.0f), a, e * a) / (e * a + 2.0f);\n"
     "  return @_select(@M(x < 0.0f), b + (x - x), x) * share;\n}\n",
     NULL},
    {"sqrt", NULL, "static inline float s_sqrt(float x) { return sqrtf(x); }\n"},
    {"elu",
     "static inline @F @_elu(@F x, float alpha) {\n"
     "  const @F y = @_expm1(@_between(@_all(-60.0f), x, @_all(0)));\n"
     "  return @_select(@M(x > 0.0f), x, alpha * y);\n}\n",
     NULL},
    {"selu",
     "static inline @F @_selu(@F x) {\n"
     "  const @F y = @_expm1(@_between(@_all(-60.0f), x, @_all(0)));\n"
     "  return @_select(@M(x > 0.0f), 1.05070099f * x, 1.75809934f * y);\n}\n",
     NULL},
};

static void put_expanded(StrBuf *out, const char *text, bool vector) {
  static const char *const forms[][3] = {{"F", "float", "vf"},    {"U", "uint32_t", "vu"},
                                         {"_", "s_", "v_"},       {"M", "", "(vi)"},
                                         {"B", "s_bits", "(vu)"}, {"V", "s_value", "(vf)"}};
  for (const char *s = text; *s; s++) {
    if (*s != '@') {
      sb_putc(out, *s);
      continue;
    }
    s++;
    for (int i = 0; i < COUNT_OF(forms); i++)
      if (*s == *forms[i][0]) sb_puts(out, forms[i][1 + vector]);
  }
}

int vmath_helpers(Ctx *c, bool vector, Helper *to) {
  int n = 0;
  for (int i = 0; i < COUNT_OF(helpers); i++) {
    const char *form = vector || !helpers[i].scalar ? helpers[i].vector : helpers[i].scalar;
    if (!form) continue;
    StrBuf b = {.arena = c->arena};
    put_expanded(&b, form, vector);
    to[n++] =
        (Helper){str_fmt(c->arena, "%c_%s", vector ? 'v' : 's', helpers[i].name), sb_str(&b)};
  }
  return n;
}
