/* test_debug.c: models built with -DNETRT_DEBUG. Sound ones pass, whatever their kernels; a call
 * that writes one float too far, reads what is not its operand, or a plan that lays a result over
 * a value still needed is found, named, and comes back as a status. */
#include "command.h"

#include <ctype.h>

TestSuite(debug, .init = work_setup, .fini = work_teardown, .timeout = 900);

/* Runs the self-test and, on two threads, the inputs given; prints the status. */
static const char debug_main[] =
    "#include HEADER\n"
    "#include <stdio.h>\n"
    "#include <string.h>\n"
    "#define JOIN_(a, b) a##b\n"
    "#define JOIN(a, b) JOIN_(a, b)\n"
    "int main(void) {\n"
    "  JOIN(MODEL, _model) *m;\n"
    "  int status = JOIN(MODEL, _open)(&m, WEIGHTS);\n"
    "  void *arena = netrt_alloc(JOIN(UPPER, _ARENA_BYTES)(2));\n"
    "  if (!status) status = JOIN(MODEL, _selftest)(m, arena);\n"
    "#ifdef INPUT\n"
    "  static float x[3 * JOIN(UPPER, INPUT)], y[3 * JOIN(UPPER, OUTPUT)];\n"
    "  const JOIN(MODEL, _inputs) in = {x};\n"
    "  const JOIN(MODEL, _outputs) out = {y};\n"
    "  const JOIN(MODEL, _options) options = {sizeof options, 2, 3};\n"
    "  if (!status) status = JOIN(MODEL, _run)(m, &in, &out, arena, &options);\n"
    "#endif\n"
    "  JOIN(MODEL, _close)(m);\n"
    "  netrt_free(arena);\n"
    "  return puts(netrt_strerror(status)) < 0;\n"
    "}\n";

/* Builds what lies in the test's folder and runs it. */
static void build_and_run(const char *model, const char *flags, const char *want) {
  char upper[64];
  for (size_t i = 0; i <= strlen(model); i++) upper[i] = (char)toupper((unsigned char)model[i]);
  put_text("main.c", debug_main);
  RUNS(
      0, NULL,
      "cd @ && cc -std=gnu11 -O1 -fopenmp -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror "
      "-Wno-psabi -DNETRT_DEBUG -DMODEL=%s -DUPPER=%s -DHEADER='\"%s.h\"' "
      "-DWEIGHTS='\"%s.weights\"' %s main.c %s.c netrt.c -lm -o main",
      model, upper, model, model, flags, model);
  RUNS(0, want, "cd @ && OMP_WAIT_POLICY=passive ./main");
}

Test(debug, sound_networks_pass) {
  static const struct {
    const char *file, *model, *options, *flags;
  } row[] = {
      {"lenet", "lenet", "--target=c99", "-DINPUT=_IMAGE_COUNT -DOUTPUT=_PROBS_COUNT"},
      {"lenet", "lenet", "--target=x86-64-v3", "-DINPUT=_IMAGE_COUNT -DOUTPUT=_PROBS_COUNT"},
      {"lenet5", "lenet5", "--target=c99", ""},
      {"lenet1989", "lenet1989", "--target=x86-64-v3", ""},
      {"sobel", "sobel", "--target=c99", ""},
      {"filters", "filters", "--target=x86-64-v3 -D H=21 -D W=30", ""},
      {"tdnn", "tdnn", "--target=x86-64-v3", ""},
      {"mlp", "mlp", "--target=c99", ""},
      {"squeezenet1_1", "squeezenet1_1", "--target=x86-64-v3", ""},
      {"mobilenet_v2", "mobilenet_v2", "--target=x86-64-v3 -D H=64 -D W=64", ""},
      {"resnet", "resnet", "--target=x86-64-v3 -D H=64 -D W=64", ""},
  };
  for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
    RUNS(0, NULL, "netcc compile examples/%s.net %s --with-runtime --random-weights=3 -o @",
         row[i].file, row[i].options);
    build_and_run(row[i].model, row[i].flags, "success");
  }
}

/* Inputs and outputs in the arena, too, and the sanitizers' opinion. */
Test(debug, ends_in_the_arena) {
  RUNS(0, NULL,
       "netcc compile examples/lenet.net --target=c99 --io=arena --arena=static --with-runtime "
       "--random-weights=3 -o @");
  build_and_run("lenet", "-g -fsanitize=address,undefined -fno-sanitize-recover=undefined",
                "success");
}

/* ---- damage ---------------------------------------------------------------------------------
 */

static const char kept_net[] =
    "model kept(a: f32[1, 8, 6, 6]) -> (y) {\n"
    "  p = a |> conv(8, 3, pad=1) |> relu\n"
    "  q = p |> conv(8, 3, pad=1) |> relu\n"
    "  r = q |> maxpool(3, stride=1, pad=1)\n"
    "  y = p |> maxpool(3, stride=1, pad=1) |> conv(8, 1) |> add(r) |> maxpool(2)\n"
    "}\n";

/* The emitted file with every `from` of the lines that have `where` replaced. */
static void damage(const char *where, const char *from, const char *to) {
  put_text("kept.net", kept_net);
  RUNS(0, NULL,
       "netcc compile @/kept.net --target=c99 --with-runtime --random-weights=3 -o @ && "
       "cp @/kept.c @/sound.c");
  RUNS(0, NULL, "cd @ && sed -i '/%s/s!%s!%s!' kept.c && ! cmp -s kept.c sound.c", where, from,
       to);
}

Test(debug, one_float_too_far) {
  damage("LAYER(2,", "arena + 576", "arena + 577");
  build_and_run("kept", "", "a layer wrote outside its result");
  expect_outcome(__LINE__, 0, "kept: layer 'maxpool1' wrote in the arena outside its result");
  build_and_run("kept", "-DNETRT_DEBUG_SILENT", "a layer wrote outside its result");
  cr_expect_null(strstr(outcome.text, "kept:"), "%s", outcome.text);
}

Test(debug, a_float_behind_the_arena) {
  damage("LAYER(3,", "arena + 864", "arena + 865"); /* the last value of it */
  build_and_run("kept", "", "a layer wrote outside its result");
}

Test(debug, a_freed_value_is_read) {
  damage("LAYER(4,", "(arena + 864", "(arena + 288"); /* q, read for the last time before */
  build_and_run("kept", "", "a layer read memory that holds no value");
  expect_outcome(__LINE__, 0, "kept: layer 'conv3' read no operand of its");
}

Test(debug, an_operand_is_written) {
  damage("LAYER(3,", "(arena + 0, arena + 864", "(arena + 864, arena + 0");
  build_and_run("kept", "", "a layer wrote outside its result");
}

/* Calls and tables agree: q lies where p does, which is read once more. */
Test(debug, a_plan_lays_values_over_each_other) {
  damage("\\(LAYER(1,\\|LAYER(2,\\)", "arena + 288", "arena + 0");
  RUNS(0, NULL, "cd @ && sed -i '/\"relu2\", 0, 1, 1152,/s/1152,/0,/' kept.c");
  build_and_run("kept", "-Wno-restrict", "a layer wrote outside its result");
  expect_outcome(__LINE__, 0,
                 "kept: layer 'conv2' would overwrite what is needed later, 'relu1'");
}

/* Nothing of it is left otherwise. */
Test(debug, nothing_is_left_without_it) {
  put_text("kept.net", kept_net);
  RUNS(0, NULL, "netcc compile @/kept.net --target=c99 --with-runtime --random-weights=3 -o @");
  RUNS(1, NULL,
       "cd @ && rm netrt_debug.h && cc -std=c99 -O1 -c kept.c netrt.c && nm kept.o "
       "netrt.o | grep debug");
}
