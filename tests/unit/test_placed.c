/* test_placed.c: memory models other than the caller's tensors and one arena: inputs and outputs
 * inside the arena, several regions. Each model is built with warnings as errors and the sanitizers, and compared
 * bit by bit with the same network compiled as usual (tests/emitted/placed.c). */
#include "command.h"

TestSuite(placed, .init = work_setup, .fini = work_teardown, .timeout = 900);

typedef struct Placed {
  const char *network, *inputs, *outputs;
} Placed;

static const Placed small[] = {
    {"examples/lenet.net", "X(image, IMAGE)", "X(probs, PROBS)"},
    {"examples/sobel.net", "X(image, IMAGE)", "X(gx, GX) X(gy, GY) X(magnitude, MAGNITUDE)"},
    {"@/ends.net", "X(a, A) X(b, B)", "X(both, BOTH) X(sum, SUM) X(flat, FLAT)"},
    {"@/pixels.net", "X(photo, PHOTO)", "X(y, Y)"},
};
enum { SMALL = sizeof small / sizeof *small };

/* Outputs that are read again, joined, reshaped and summed onto; inputs read late. */
static const char ends_net[] = "model ends(a: f32[1, 16, 6, 6], b: f32[1, 16, 6, 6])"
                               " -> (both, sum, flat) {\n"
                               "  p = a |> conv(16, 3, pad=1) |> relu\n"
                               "  q = p |> conv(8, 1) |> relu\n"
                               "  both = concat(p, q)\n"
                               "  r = both |> maxpool(3, stride=1, pad=1) |> conv(16, 3, pad=1)\n"
                               "  sum = r + b\n"
                               "  flat = sum |> avgpool(2) |> flatten\n"
                               "}\n";

static const char pixels_net[] =
    "model pixels(photo: u8[1, 12, 12, 3] nhwc) -> (y) {\n"
    "  y = photo/255 |> conv(8, 3) |> relu |> global_avgpool |> flatten |> dense(5)\n"
    "}\n";

static void compare(const Placed *n, const char *target, const char *options, const char *cc,
                    const char *defines) {
  bool v4 = !strcmp(target, "x86-64-v4");
  RUNS(0, NULL, "netcc compile %s --target=%s --random-weights=5 --prefix=plain -o @ %s",
       n->network, target, "--with-runtime");
  RUNS(0, NULL, "netcc compile %s --target=%s --random-weights=5 --prefix=placed %s -o @",
       n->network, target, options);
  RUNS(0, NULL,
       "%s -std=%s -O1 -g -fopenmp -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror %s "
       "-fsanitize=address,undefined -fno-sanitize-recover=undefined -I@ %s -DINPUTS='%s' "
       "-DOUTPUTS='%s' tests/emitted/placed.c @/plain.c @/placed.c @/netrt.c -lm -o @/same",
       cc, strcmp(target, "c99") ? "gnu11" : "c99",
       v4 ? "-DNETCC_PORTABLE_VECTORS -Wno-psabi -mavx2 -mfma" : "", defines, n->inputs,
       n->outputs);
  RUNS(0, "same", "cd @ && OMP_WAIT_POLICY=passive ./same");
}

static void write_networks(void) {
  put_text("ends.net", ends_net);
  put_text("pixels.net", pixels_net);
}

Test(placed, ends_in_the_arena) {
  write_networks();
  for (int i = 0; i < SMALL; i++) compare(&small[i], "c99", "--io=arena", "gcc", "");
  compare(&small[3], "x86-64-v3", "--io=arena", "gcc", "");
  compare(&small[2], "x86-64-v4", "--io=arena", "gcc", "");
  compare(&small[2], "x86-64-v3", "--io=arena --arena=static", "gcc", "-DSTATIC");
  if (sh("clang --version > @/clang.txt") == 0)
    compare(&small[2], "x86-64-v3", "--io=arena", "clang", "");
  RUNS(1, "--io=inside: expected caller or arena",
       "netcc compile --io=inside -o @ examples/lenet.net");
}

/* The header serves C++; profiles come out of such a model as of any other. */
Test(placed, header_and_profile) {
  RUNS(0, NULL,
       "netcc compile examples/lenet.net --target=c99 --io=arena --arena=static --with-runtime "
       "--random-weights=1 -o @");
  put_text("main.cc", "#include \"lenet.h\"\n"
                      "static_assert(LENET_IMAGE_OFFSET % 64 == 0, \"aligned\");\n"
                      "int main() { return *lenet_input_image(lenet_arena()) > 0; }\n");
  RUNS(0, NULL, "c++ -std=c++11 -fsyntax-only -Wall -Wextra -Werror -I@ @/main.cc");
  put_text("main.c", "#include \"lenet.h\"\n"
                     "int main(void) {\n"
                     "  lenet_model *m;\n"
                     "  netrt_profile *p = lenet_profile_new(1, 3);\n"
                     "  const lenet_options options = {sizeof options, 1, 1, p};\n"
                     "  if (!p || lenet_open(&m, \"lenet.weights\")) return 1;\n"
                     "  for (int i = 0; i < LENET_IMAGE_COUNT; i++)\n"
                     "    lenet_input_image(lenet_arena())[i] = 0;\n"
                     "  if (lenet_run(m, NULL, &options)) return 2;\n"
                     "  return netrt_profile_write(p, \"profile.json\", 0);\n"
                     "}\n");
  RUNS(0, NULL,
       "cd @ && cc -std=c99 -Wall -Wextra -Werror -DNETRT_PROFILE main.c lenet.c netrt.c -lm && "
       "./a.out && grep -q '\"conv1\"' profile.json");
  RUNS(0, "measured",
       "netcc report examples/lenet.net --target=c99 --io=arena --profile=@/profile.json");
}

/* What is in the arena is accounted for: lifetimes, sums, places. */
Test(placed, reports) {
  write_networks();
  RUNS(0, "inputs and outputs lie in the arena",
       "netcc report --io=arena --target=c99 examples/lenet.net");
  RUNS(0, "\"inputs_and_outputs\": \"arena\"",
       "netcc report --io=arena --target=c99 --json examples/lenet.net | grep inputs_and");
  RUNS(0, "\"inputs_and_outputs\": \"caller\"",
       "netcc report --json --target=c99 examples/lenet.net | grep inputs_and");
  RUNS(0, NULL, "netcc dump --plan --io=arena --target=c99 @/ends.net > @/dump.txt");
  RUNS(0, NULL, "netcc report --io=arena --svg=@/x.svg --html=@/x.html @/ends.net > @/x.txt");
}

/* ---- regions ----------------------------------------------------------------------------------
 */

#define TWO "-DREGIONS='R(fast, FAST) R(slow, SLOW)'"

Test(placed, regions) {
  write_networks();
  compare(&small[0], "c99", "--region fast=64K --region slow=8M", "gcc", TWO " -DOUTSIDE");
  compare(&small[0], "x86-64-v3", "--region fast=64K --region slow=64K --io=arena --arena=static",
          "gcc", TWO " -DSTATIC -DNETRT_DEBUG");
  compare(&small[2], "x86-64-v4", "--region fast=2K --region slow=1M --io=arena", "gcc", TWO);
  compare(&small[2], "c99", "--region fast=1M --region slow=64 --region rest=3", "gcc",
          "-DREGIONS='R(fast, FAST) R(slow, SLOW) R(rest, REST)' -DOUTSIDE");
  if (sh("clang --version > @/clang.txt") == 0)
    compare(&small[3], "x86-64-v3", "--region a=1K --region int=1M --io=arena", "clang",
            "-DREGIONS='R(a, A) R(int_, INT)'");
}

/* Sections by macro, as a linker script of a microcontroller wants them. */
Test(placed, regions_in_sections) {
  RUNS(0, NULL,
       "netcc compile examples/lenet.net --target=c99 --arena=static --region fast=64K "
       "--region slow=64K --random-weights=1 --with-runtime -o @");
  RUNS(0, NULL,
       "cd @ && cc -std=c99 -Wall -Wextra -Wpedantic -Werror -c "
       "-DLENET_SECTION_FAST='__attribute__((section(\".dtcm\")))' lenet.c && objdump -h lenet.o "
       "> sections.txt && grep -q dtcm sections.txt");
}

Test(placed, regions_too_small) {
  RUNS(1, "the regions are too small: what is left for 'slow' takes",
       "netcc compile examples/lenet.net --target=c99 --disable=strips --region fast=1K --region "
       "slow=60K -o @/o");
  expect_outcome(__LINE__, 1, "error[E0706]");
  expect_outcome(__LINE__, 1, "examples/lenet.net:");
  expect_outcome(__LINE__, 1, "62,720 bytes");
  RUNS(0, NULL, "test ! -e @/o");
  RUNS(1, "'slow' takes",
       "netcc compile examples/resnet.net --region fast=512K --region slow=512K -o @");
  RUNS(1, "expected NAME=BYTES", "netcc compile examples/lenet.net --region fast -o @/o");
  RUNS(1, "no identifier of C", "netcc compile examples/lenet.net --region 2fast=1K -o @/o");
  RUNS(1, "no identifier of C", "netcc compile examples/lenet.net --region =1K -o @/o");
  RUNS(1, "no identifier of C", "netcc compile examples/lenet.net --region a-b=1K -o @/o");
  RUNS(1, "another region is called so",
       "netcc compile examples/lenet.net --region a=1K --region A=2K -o @/o");
  for (int i = 0; i < 5; i++) {
    static const char *const sizes[] = {"0", "-5", "many", "1e30", ""};
    RUNS(1, "expected a number like", "netcc compile examples/lenet.net --region a=%s -o @/o",
         sizes[i]);
  }
  RUNS(1, "more than 8 regions",
       "netcc compile examples/lenet.net $(for i in 1 2 3 4 5 6 7 8 9; do echo --region r$i=1M; "
       "done) -o @/o");
}

/* The hottest tensors come first, everything is accounted for, the checker agrees (it runs at
 * every plan), and no region holds more than it may. */
Test(placed, regions_in_reports) {
  static const char *const networks[] = {"lenet", "squeezenet1_1", "googlenet", "mobilenet_v2",
                                         "unet"};
  for (size_t i = 0; i < sizeof networks / sizeof *networks; i++)
    for (int t = 0; t < 2; t++) {
      RUNS(0, "workspace",
           "netcc report examples/%s.net --target=%s --region fast=512K --region slow=128M",
           networks[i], t ? "x86-64-v3" : "c99");
      RUNS(0, "true",
           "netcc report --json examples/%s.net --target=%s --region fast=512K "
           "--region slow=128M | python3 -c 'import json, sys\n"
           "r = json.load(sys.stdin)\n"
           "m = r[\"memory\"][\"regions\"]\n"
           "ok = sum(x[\"bytes\"] for x in m) == r[\"totals\"][\"arena_bytes\"]\n"
           "ok &= all(x[\"bytes\"] + x[\"thread_bytes\"] <= x[\"capacity_bytes\"] for x in m)\n"
           "ok &= all(x[\"lower_bound_bytes\"] <= x[\"bytes\"] for x in m)\n"
           "ok &= all(b[\"region\"] in (\"fast\", \"slow\") for b in r[\"buffers\"])\n"
           "ok &= m[0][\"bytes\"] + m[0][\"thread_bytes\"] > 0\n"
           "print(str(ok).lower())'",
           networks[i], t ? "x86-64-v3" : "c99");
    }
  RUNS(0, NULL,
       "netcc report --svg=@/x.svg --html=@/x.html examples/lenet.net --region fast=64K "
       "--region slow=1M > @/x.txt && grep -q '>slow</text>' @/x.svg");
}
