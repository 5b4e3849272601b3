/* test_first.c: first convolutions on the caller's pixels: bytes and floats, channels first and
 * last, scaled and normalised on the way, read strip by strip into a workspace. The padding stays
 * zero behind the normalisation. Odd sizes, kernels, strides and dilations; one model of many
 * inputs, whose self-test and thread counts tests/emitted/driver.c goes through.
 */
#include "command.h"

static const struct {
  const char *input, *before, *layers;
  int width; /* bytes of an element */
} heads[] = {
    {"u8[N, 29, 33, 3] nhwc", "a/255 |> normalise(mean=[0.5, 0.25, 0.125], std=[0.5, 2.0, 1.0])",
     "@kernel(strips) conv(20, 7, stride=2, pad=3) |> relu |> maxpool(3, stride=2, pad=1)", 1},
    {"u8[N, 3, 21, 17]", "b |> normalise(mean=[100, 120, 90], std=[50, 60, 40])",
     "@kernel(strips) conv(9, 3, pad=1)", 1},
    {"f32[N, 19, 23, 4] nhwc", "c", "@kernel(strips) conv(24, 5, pad=2) |> relu6", 4},
    {"f32[N, 3, 31, 18]", "d |> normalise(mean=[0.1, 0.2, 0.3], std=[0.5, 2.0, 1.0])",
     "@kernel(strips) conv(17, 3, stride=2, pad=[1, 2]) |> relu", 4},
    {"u8[N, 27, 40, 1] nhwc", "e * 0.125",
     "@kernel(strips) conv(33, [5, 3], dilation=2, pad=[2, 1])", 1},
    {"u8[N, 16, 15, 2] nhwc", "f", "@kernel(strips) conv(8, 1) |> relu", 1},
    {"f32[N, 35, 26, 3] nhwc", "g - 0.5",
     "@kernel(strips) conv(40, 11, stride=4, pad=2) |> maxpool(3, stride=2)", 4},
    {"u8[N, 3, 50, 9]", "h", "conv(6, 3, groups=3, pad=1)", 1},
    {"u8[N, 13, 14, 16] nhwc", "i/255", "conv(16, 3, groups=16, pad=1)", 1},
};
enum { HEADS = sizeof heads / sizeof *heads };

static char counts[1000], widths[100];

static void write_net(int batch) {
  char text[4000];
  size_t n = (size_t)snprintf(text, sizeof text, "net 1.0\nmodel first(");
  for (int i = 0; i < HEADS; i++) {
    const char *shape = strstr(heads[i].input, "N,") + 2;
    n += (size_t)snprintf(text + n, sizeof text - n, "%s%c: %.*s%d,%s", i ? ", " : "", 'a' + i,
                          (int)(shape - 2 - heads[i].input), heads[i].input, batch, shape);
  }
  n += (size_t)snprintf(text + n, sizeof text - n, ") -> (");
  for (int i = 0; i < HEADS; i++)
    n += (size_t)snprintf(text + n, sizeof text - n, "%sy%d", i ? ", " : "", i);
  n += (size_t)snprintf(text + n, sizeof text - n, ") {\n");
  for (int i = 0; i < HEADS; i++)
    n += (size_t)snprintf(text + n, sizeof text - n, "  x%d = %s\n  y%d = x%d |> %s\n", i,
                          heads[i].before, i, i, heads[i].layers);
  snprintf(text + n, sizeof text - n, "}\n");
  put_text("first.net", text);
}

static void read_macros(void) {
  RUNS(0, NULL, "grep -o 'FIRST_[A-Z0-9]*_COUNT' @/first.h | paste -sd,");
  snprintf(counts, sizeof counts, "%.*s", (int)strcspn(outcome.text, "\n"), outcome.text);
  widths[0] = 0;
  for (int i = 0; i < HEADS; i++)
    snprintf(widths + strlen(widths), 8, "%s%d", i ? "," : "", heads[i].width);
}

static void build_and_run(const char *cc, const char *flags) {
  const char *vectors =
      __builtin_cpu_supports("avx2") ? "" : "-DNETCC_PORTABLE_VECTORS -Wno-psabi";
  RUNS(0, "",
       "%s %s %s -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -I@ -DWIDTHS=%s "
       "-DHEADER='\"first.h\"' -DMODEL=first -DUPPER=FIRST -DCOUNTS=%s tests/emitted/driver.c "
       "@/first.c @/netrt.c -lm -o @/first",
       cc, flags, vectors, widths, counts);
  RUNS(0, NULL, "OMP_WAIT_POLICY=passive @/first @/first.weights");
}

static void check(int batch) {
  write_net(batch);
  RUNS(0, NULL,
       "netcc compile @/first.net --random-weights=3 --target=x86-64-v3 --with-runtime -o @");
  read_macros();
  build_and_run("gcc", "-std=c99 -O1 -g -fopenmp -fsanitize=address,undefined "
                       "-fno-sanitize-recover=all");
  build_and_run("gcc", "-std=gnu11 -O2 -fopenmp");
  if (have("clang")) build_and_run("clang", "-O2");
}

TestSuite(first, .init = work_setup, .fini = work_teardown, .timeout = 600);
Test(first, one_sample) { check(1); }
Test(first, samples) { check(2); }

/* Which of them read the pixels themselves. */
Test(first, strips) {
  write_net(1);
  RUNS(0, NULL, "netcc report --decisions @/first.net --target=x86-64-v3 > @/report");
  RUNS(0, "7\n", "grep -c 'conv[0-9]* .*strip by strip .*what lies between' @/report");
}
