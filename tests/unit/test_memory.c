/* test_memory.c: memory as a user meets it: budgets that fail a compilation at the place of the
 * largest contributor, a static arena in the object, and the published figures of known
 * networks. */
#include "command.h"

TestSuite(memory, .init = work_setup, .fini = work_teardown, .timeout = 600);

/* ---- budgets ---------------------------------------------------------------------------------
 */

Test(memory, budgets_fail_where_it_is_spent) {
  static const struct {
    const char *option, *error, *place;
  } row[] = {
      {"--max-arena=20K", "the arena takes", "examples/lenet.net:"},
      {"--max-weights=1M", "packed weights take", "examples/lenet.net:11:16"},
      {"--max-code=1K", "the emitted C takes", "examples/lenet.net:"},
      {"--max-macs=1M", "the network does 6,522,000 multiply-adds, 5,522,000 more than",
       "examples/lenet.net:10:16"},
  };
  for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
    RUNS(1, row[i].error, "netcc compile %s --target=c99 -o @/o examples/lenet.net",
         row[i].option);
    RUNS(1, row[i].place, "netcc compile %s --target=c99 -o @/o examples/lenet.net",
         row[i].option);
    RUNS(1, "error[E0706]", "netcc compile %s --target=c99 -o @/o examples/lenet.net",
         row[i].option);
    cr_expect(!exists("o"), "something was written");
  }
  RUNS(1, "4 errors",
       "netcc compile --max-arena=1 --max-weights=1 --max-code=1 --max-macs=1 -o @/o "
       "examples/lenet.net");
  RUNS(0, NULL,
       "netcc compile --max-arena=1M --max-weights=10M --max-code=1M --max-macs=6522K -o @/o "
       "examples/lenet.net");
  RUNS(1, "--max-macs=many: expected a number",
       "netcc compile --max-macs=many "
       "examples/lenet.net");
  RUNS(0, "over budget", "netcc explain E0706");
}

/* ---- the static arena -------------------------------------------------------------------------
 */

static const char static_main[] =
    "#include \"lenet.h\"\n"
    "#include <stdio.h>\n"
    "#include <stdlib.h>\n"
    "#include <string.h>\n"
    "int main(void) {\n"
    "  static float image[LENET_IMAGE_COUNT], a[LENET_PROBS_COUNT], b[LENET_PROBS_COUNT];\n"
    "  const lenet_options many = {sizeof many, 9, 1};\n"
    "  lenet_model *m = NULL;\n"
    "  void *arena = NULL;\n"
    "  for (int i = 0; i < LENET_IMAGE_COUNT; i++) image[i] = (float)(i % 7);\n"
    "  const lenet_inputs in = {image};\n"
    "  const lenet_outputs first = {a}, second = {b};\n"
    "  if (lenet_open(&m, \"lenet.weights\")) return 1;\n"
    "  if (posix_memalign(&arena, 64, LENET_ARENA_BYTES(1))) return 2;\n"
    "  if (lenet_run(m, &in, &first, NULL, NULL)) return 3;\n"
    "  if (lenet_run(m, &in, &second, arena, NULL)) return 4;\n"
    "  if (memcmp(a, b, sizeof a)) return 5;\n"
    "  if (lenet_selftest(m, NULL)) return 6;\n"
    "  if (lenet_run(m, &in, &second, NULL, &many) !=\n"
    "      (LENET_ARENA_BYTES(1) > LENET_ARENA_BYTES(0) ? NETRT_E_ARENA : NETRT_OK)) return 7;\n"
    "  lenet_close(m);\n"
    "  free(arena);\n"
    "  return puts(\"same\") < 0;\n"
    "}\n";

Test(memory, static_arena) {
  put_text("main.c", static_main);
  for (int t = 0; t < 2; t++) {
    RUNS(0, NULL,
         "netcc compile --arena=static --target=%s --random-weights=3 --with-runtime -o @ "
         "examples/lenet.net",
         t ? "x86-64-v3" : "c99");
    RUNS(0, NULL,
         "cd @ && cc -std=gnu11 -O1 -g -Wall -Wextra -Wpedantic "
         "-Wconversion -Wshadow -Werror -Wno-psabi -DNETCC_PORTABLE_VECTORS "
         "-fsanitize=address,undefined -fno-sanitize-recover=undefined main.c lenet.c netrt.c "
         "-lm -o main");
    RUNS(0, "same", "cd @ && ./main");
  }
  RUNS(1, "expected caller or static", "netcc compile --arena=heap -o @/o examples/lenet.net");
}

/* ---- known networks ---------------------------------------------------------------------------
 */

/* Most bytes of intermediates alive at once, f32, batch 1, in MiB, layer by layer and with what runs
 * strip by strip: a plan in plain C meets them without padding, copies or a gap. */
Test(memory, figures_of_known_networks) {
  static const struct {
    const char *network;
    double mib, fused;
  } row[] = {
      {"lenet5.net", 0.0225, 0.0225},     {"alexnet.net", 0.917, 0.414},
      {"vgg16.net", 24.501, 15.313},      {"squeezenet1_1.net", 3.747, 1.834},
      {"resnet.net", 3.829, 1.532},       {"googlenet_torchvision.net", 3.829, 2.872},
      {"inception_v3.net", 7.914, 5.35},  {"mobilenet_v1.net", 4.594, 4.594},
      {"mobilenet_v2.net", 5.743, 2.298}, {"resnet.net -D depth=50", 4.977, 4.977},
  };
  for (size_t i = 0; i < 2 * sizeof row / sizeof *row; i++) {
    double most = i % 2 ? row[i / 2].fused : row[i / 2].mib;
    const char *network = row[i / 2].network;
    RUNS(0, "\"arena_optimal\": true",
         "netcc report --json --target=c99 %s examples/%s | "
         "grep -E '^  \"(arena|intermediate|copy)_'",
         i % 2 ? "" : "--disable=strips", network);
    const char *at = strstr(outcome.text, "\"intermediate_bytes\": ");
    cr_assert(at);
    double mib = strtod(at + strlen("\"intermediate_bytes\": "), NULL) / (1 << 20);
    cr_expect(mib > 0 && mib <= most, "%s: %.4f MiB", network, mib);
    cr_expect(strstr(outcome.text, "\"copy_bytes\": 0,"), "%s", network);
    at = strstr(outcome.text, "\"arena_bytes\": ");
    double arena = strtod(at + strlen("\"arena_bytes\": "), NULL) / (1 << 20);
    cr_expect(arena <= mib * 1.01, "%s: arena of %.4f MiB", network, arena);
  }
}
