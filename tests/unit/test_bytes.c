/* test_bytes.c: inputs of bytes and inputs in another order, end to end: the interface that is
 * emitted, the self-test, what `netcc run` feeds, and tests/emitted/bytes.c under two compilers.
 * Run from the repository's root with $NETCC or build/netcc.
 */
#include "command.h"

static const char body[] =
    " -> (y) {\n"
    "  x = image/255 |> normalise(mean=[0.5, 0.25, 0.125], std=[0.5, 2.0, 1.0])\n"
    "  y = x |> c1: conv(20, 3, pad=1, stride=2) |> relu |> c2: conv(5, 3) |> flatten\n"
    "        |> d: dense(7)\n}\n";

static void write_nets(void) {
  char text[1000];
  snprintf(text, sizeof text, "model raw(image: u8[N=1, 13, 18, 3] nhwc)%s", body);
  put_text("raw.net", text);
  snprintf(text, sizeof text, "model plain(image: f32[N=1, 3, 13, 18])%s", body);
  put_text("plain.net", text);
  snprintf(text, sizeof text, "model last(image: f32[N=1, 13, 18, 3] nhwc)%s", body);
  put_text("last.net", text);
}

#define WARNINGS "-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -Wno-psabi"

static void build_and_run(const char *target, const char *cc, const char *flags) {
  RUNS(0, NULL, "netcc compile @/raw.net --random-weights=3 --target=%s -o @ --with-runtime",
       target);
  RUNS(0, NULL, "netcc compile @/plain.net --random-weights=3 --target=%s -o @", target);
  RUNS(0, NULL,
       "%s %s " WARNINGS " -I@ -o @/bytes tests/emitted/bytes.c @/raw.c @/plain.c "
       "@/netrt.c -lm",
       cc, flags);
  RUNS(0, NULL, "cd @ && ./bytes");
}

static bool runs_avx2(void) { return sh("grep -qw avx2 /proc/cpuinfo") == 0; }

Test(bytes, two_compilers, .init = work_setup, .fini = work_teardown) {
  static const char *const compilers[] = {"gcc", "clang"};
  static const char *const targets[] = {"c99", "x86-64-v3"};
  write_nets();
  for (int t = 0; t < 2; t++)
    for (int i = 0; i < 2; i++) {
      const char *standard = t ? "-std=gnu11" : "-std=c99";
      if (!have(compilers[i]) || (t && !runs_avx2())) {
        SKIPPED("%s for %s", compilers[i], targets[t]);
        continue;
      }
      char flags[200];
      snprintf(flags, sizeof flags, "%s -O2", standard);
      build_and_run(targets[t], compilers[i], flags);
      snprintf(flags, sizeof flags, "%s -O1 -fopenmp", standard);
      if (!i) build_and_run(targets[t], compilers[i], flags);
      snprintf(flags, sizeof flags,
               "%s -O1 -g -fsanitize=address,undefined "
               "-fno-sanitize-recover=all",
               standard);
      build_and_run(targets[t], compilers[i], flags);
    }
}

Test(bytes, interface, .init = work_setup, .fini = work_teardown) {
  write_nets();
  RUNS(0, NULL, "netcc compile @/raw.net --random-weights=3 --target=c99 -o @");
  RUNS(0, "  const uint8_t *image; /* [1x3x13x18 stored as nhwc] */", "cat @/raw.h");
  expect_outcome(__LINE__, 0, "#define RAW_IMAGE_COUNT 702 /* u8 1x3x13x18 stored as nhwc */");
  RUNS(0, NULL, "netcc compile @/last.net --random-weights=3 --target=c99 -o @");
  RUNS(0, "  const float *image; /* [1x3x13x18 stored as nhwc] */", "cat @/last.h");
}

/* The reference sees logical values; the compiled code gets them as its interface says. */
Test(bytes, run_feeds_them, .init = work_setup, .fini = work_teardown) {
  static const char *const names[] = {"raw", "last", "plain"};
  write_nets();
  unsigned char image[13 * 18 * 3 + 16];
  int n = snprintf((char *)image, 16, "P6 18 13 255\n");
  for (int i = 0; i < 13 * 18 * 3; i++) image[n + i] = (unsigned char)(i * 7 + i / 5);
  put_file("a.ppm", image, (size_t)n + 13 * 18 * 3);
  for (int i = 0; i < 3; i++) {
    RUNS(0, NULL, "netcc run @/%s.net --random-weights=3 --input=@/a.ppm --reference > @/want",
         names[i]);
    RUNS(0, NULL, "netcc run @/%s.net --random-weights=3 --input=@/a.ppm > @/got", names[i]);
    RUNS(0, NULL, "cut -c1-14 @/want > @/w; cut -c1-14 @/got | cmp - @/w");
  }
  RUNS(1, "takes bytes as they are",
       "netcc run @/raw.net --random-weights=3 --input=@/a.ppm --mean=0.5 --std=0.5");
}

/* Nothing but a cast reads such an input, also in graphs that were written by hand. */
Test(bytes, only_casts_read_them, .init = work_setup, .fini = work_teardown) {
  put_text("a.net", "graph 1.0 m inference\ninput x: u8[1, 3, 4, 4] in nhwc\n"
                    "relu1 = relu(x) -> f32[1, 3, 4, 4]\noutput y = relu1\n");
  RUNS(1, "error[E0701]", "netcc compile @/a.net -o @");
  put_text("b.net", "graph 1.0 m inference\ninput x: f32[1, 3, 4, 4] in nhwc\n"
                    "relu1 = relu(x) -> f32[1, 3, 4, 4]\noutput y = relu1\n");
  RUNS(1, "reads the input 'x' without a cast", "netcc compile @/b.net -o @");
  RUNS(0, "in nhwc", "netcc dump @/b.net");
}
