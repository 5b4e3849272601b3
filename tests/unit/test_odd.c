/* test_odd.c: small networks of unusual form, through `netcc run` and against the reference.
 * Each stands for a fault that random networks once brought to light: one value as two outputs,
 * views of a concat's parts, optional passes left out, and the like. Every network takes one
 * input x, its first output is compared; all targets that this machine can run take part.
 */
#include <math.h>

#include "command.h"

typedef struct Odd {
  const char *what, *shape, *options, *text;
} Odd;

static const Odd odd[] = {
    {"one value as two outputs", "1, 3, 6, 7", "",
     "model m(x: f32[1, 3, 6, 7]) -> (z, y) {\n"
     "  y = x |> conv(20, 3) |> relu\n  z = y\n}\n"},
    {"a view of a part of a concat", "2, 3, 5, 5", "",
     "model m(x: f32[2, 3, 5, 5]) -> (z, y) {\n"
     "  a = x |> conv(16, 3, pad=1) |> relu\n  b = x |> conv(16, 3, pad=1) |> relu\n"
     "  z = b |> reshape([0, 4, 10, 10]) |> maxpool(2)\n  y = concat(a, b) |> conv(4, 1)\n}\n"},
    {"a view of a concat within a concat", "2, 3, 5, 5", "",
     "model m(x: f32[2, 3, 5, 5]) -> (z, y) {\n"
     "  a = x |> conv(16, 3, pad=1)\n  b = concat(x |> conv(16, 1), x |> conv(32, 1))\n"
     "  z = b |> reshape([0, 4, 20, 15]) |> maxpool(2)\n  y = concat(a, b) |> conv(4, 1)\n}\n"},
    {"a view of an output", "1, 3, 5, 5", "",
     "model m(x: f32[1, 3, 5, 5]) -> (z, y) {\n"
     "  y = x |> conv(1, 3, pad=1) |> relu\n  z = y |> reshape([0, 5, 5, 1]) |> softmax\n}\n"},
    {"windows in the padding only", "1, 3, 1, 1", "",
     "model m(x: f32[1, 3, 1, 1]) -> (y) {\n"
     "  y = x |> conv(20, 2, stride=4, pad=[2, 2, 0, 0]) |> relu\n}\n"},
    {"five dimensions cut and joined", "2, 3, 4, 5, 6", "",
     "model m(x: f32[2, 3, 4, 5, 6]) -> (z, y) {\n"
     "  a = x |> slice(axis=1, start=1) |> slice(axis=2, start=1, step=2)\n"
     "  b = concat(a, a*2, axis=3) |> slice(axis=4, start=2)\n"
     "  z = concat(b, b |> relu, axis=1)\n  y = z\n}\n"},
    {"one dimension padded, and none", "2, 3, 4", "",
     "model m(x: f32[2, 3, 4]) -> (y) {\n"
     "  y = x |> pad([1, 2], channels=[2, 1], value=0.5) |> flatten |> pad(channels=[3, "
     "0])\n}\n"},
    {"dropout that stays", "1, 3, 6, 7", "--disable=simplify",
     "model m(x: f32[1, 3, 6, 7]) -> (y) {\n"
     "  y = x |> conv(20, 3) |> dropout |> relu |> dropout |> conv(5, 1) |> dropout\n}\n"},
    {"what nobody reads", "3, 3, 6, 7", "--disable=dce",
     "model m(x: f32[3, 3, 6, 7]) -> (y) {\n"
     "  a = x |> conv(16, 3)\n  b = a |> tanh\n  unread = concat(b, a)\n"
     "  y = b |> reshape([0, 1, 4, 80])\n}\n"},
};
enum { ODD = sizeof odd / sizeof *odd };

/* An array of NumPy's format, version 1: numbers in -1 … 1. */
static void put_input(const char *shape) {
  char head[128], text[96];
  long count = 1;
  for (const char *s = shape; s; s = strchr(s, ','), s = s ? s + 1 : s) count *= atol(s);
  snprintf(text, sizeof text, "{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }", shape);
  memcpy(head, "\x93NUMPY\1\0\x76\0", 10);
  snprintf(head + 10, sizeof head - 10, "%-117s", text);
  head[127] = '\n';
  float *data = malloc(128 + (size_t)count * sizeof *data);
  cr_assert_not_null(data);
  memcpy(data, head, 128);
  for (long i = 0; i < count; i++) data[32 + i] = (float)sin(1.7 * (double)i * (double)i);
  put_file("x.npy", data, 128 + (size_t)count * sizeof *data);
  free(data);
}

/* Two saved arrays of one shape: no more than rounding apart, relative to the largest element. */
static void same(const Odd *o, const char *target) {
  size_t size, size2;
  char *got = get_file("got.npy", &size), *want = get_file("want.npy", &size2);
  cr_assert(size == size2 && size > 128 && !memcmp(got, want, 128), "%s %s: shapes", o->what,
            target);
  const float *y = (const float *)(got + 128), *z = (const float *)(want + 128);
  double far = 0, most = 0;
  for (size_t i = 0; i < (size - 128) / sizeof *y; i++) {
    double d = fabs((double)y[i] - (double)z[i]);
    if (!(d <= far)) far = d; /* NaN counts */
    most = fmax(most, fabs((double)z[i]));
  }
  cr_expect(most > 0 && far <= 1e-5 * most, "%s %s: off by %g of %g", o->what, target, far, most);
  free(got);
  free(want);
}

Test(odd, networks, .init = work_setup, .fini = work_teardown, .timeout = 300) {
  static const char *const targets[] = {"c99", "x86-64-v3", "x86-64-v4"};
  int runs = 1 + (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"));
  runs += runs == 2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl");
  for (int i = 0; i < ODD; i++) {
    put_text("m.net", odd[i].text);
    put_input(odd[i].shape);
    RUNS(0, NULL,
         "netcc run @/m.net --random-weights=1 --input=@/x.npy --reference --save=@/want.npy %s",
         odd[i].options);
    for (int t = 0; t < 3; t++) {
      RUNS(0, NULL, "netcc compile @/m.net --target=%s -o @ %s", targets[t], odd[i].options);
      if (t >= runs) continue;
      RUNS(0, NULL,
           "netcc run @/m.net --random-weights=1 --input=@/x.npy --target=%s --save=@/got.npy %s",
           targets[t], odd[i].options);
      same(&odd[i], targets[t]);
    }
  }
}

Test(odd, names_and_numbers, .init = work_setup, .fini = work_teardown, .timeout = 60) {
  put_text("n.net", "model netrt(x: f32[1, 3]) -> (y) { y = x |> relu }\n");
  RUNS(0, NULL, "netcc compile @/n.net --with-runtime -o @ && grep -q netrt_open @/netrt.h");
  RUNS(0, NULL, "cc -I@ -c -o @/n.o @/netrt_.c && cc -I@ -c -o @/n.o @/netrt.c");
  RUNS(0, NULL, "timeout 20 netcc report examples/lenet.net -D N=1000000"); /* many samples */
  put_text("two.net",
           "model m(x: f32[1, 2]) -> (y, z) {\n  y = x + constant([1, 2])\n  z = -x\n}\n");
  put_input("1, 2");
  RUNS(0, NULL, "mkdir @/all && netcc run @/two.net --input=@/x.npy --reference --save=@/all/");
  RUNS(0, NULL, "test -s @/all/y.npy && test -s @/all/z.npy");
  char text[1024] = "model m(x: f32[1, 3, 4, 4]) -> (y) {\n  y = concat(x";
  for (int i = 0; i < 64; i++) strcat(text, ", x");
  put_text("c.net", strcat(text, ")\n}\n"));
  RUNS(1, "concat takes at most 64 tensors", "netcc compile @/c.net -o @");
}
