/* test_advice.c: netcc check --advice: each guideline on a network that breaks it, with the
 * numbers worked out by hand, and on networks that follow it. */
#include "command.h"

TestSuite(advice, .init = work_setup, .fini = work_teardown, .timeout = 120);

#define ADVISE(file) sh("netcc check --advice --target=x86-64-v4 " file)
#define SAYS(part)   expect_outcome(__LINE__, 0, part)
#define SILENT(part) cr_expect_null(strstr(outcome.text, part), "%s", outcome.text)

/* Weights and multiply-adds: 5²·64·192 and 9·(64·64 + 64·192) on 27² pixels; 11²·3·64 on 55². */
Test(advice, alexnet) {
  ADVISE("examples/alexnet.net");
  SAYS("advice[A0103]: two 3x3 convolutions see the same 5x5 pixels\n"
       "  --> examples/alexnet.net:11:5\n");
  SAYS("^^ 307,200 weights, 223,948,800 multiply-adds\n");
  SAYS("with 64 channels in between: 147,456 weights, 107,495,424 multiply-adds\n");
  SAYS("advice[A0104]: 11x11 windows with stride 4 sample coarsely\n");
  SAYS("23,232 weights, 70,276,800 multiply-adds\n");
  SAYS("two of them with stride 2, 32 channels in between, see 15x15 pixels: 28,512 weights, "
       "about 94,089,600 ");
  SAYS("advice[A0106]: this layer holds 61.8 % of all parameters\n");
  SAYS("256 features and 1,048,576 weights\n");
  SAYS("\n3 pieces of advice\n");
}

Test(advice, lenet) {
  ADVISE("examples/lenet.net");
  SAYS("advice[A0105]: 20 channels on 16 lanes: 37.5 % of the lanes idle\n"
       " --> examples/lenet.net:9:16\n");
  SAYS("^^ 6.0 % of the network's multiply-adds\n  = help: 16 fill whole vectors, 32 take ");
  SAYS("advice[A0105]: 50 channels on 16 lanes: 21.9 % of the lanes idle\n");
  SAYS("1,225,000 weights on 50 maps of 49 pixels\n");
  SILENT("10 features");
  SILENT("A0101"); /* 16 of 28 pixels, which a dense layer puts together */
  RUNS(0, "20 channels on 8 lanes: 16.7 % of",
       "netcc check --advice -t x86-64-v3 "
       "examples/lenet.net");
  RUNS(0, "", "netcc check --advice -t c99 examples/lenet.net");
  SILENT("A0105"); /* one lane is never idle */
}

Test(advice, squeezenet) {
  ADVISE("examples/squeezenet1_1.net");
  SAYS("advice[A0102]: a bottleneck leaves 16 of 128 channels\n");
  SAYS("387,200 numbers become 48,400\n   in block 'fire', called here\n");
  SAYS("advice[A0107]: no window reads the end of the input: 1 of 224 in height, 1 of 224 in "
       "width\n");
  SAYS("advice[A0101]: what leads to output logits sees 207x207 of 224x224 pixels\n");
  SAYS("its steps are 16 pixels apart\n");
}

/* Shortcuts and branches carry the rest past a bottleneck; small layers are not worth a word. */
Test(advice, none) {
  ADVISE("examples/resnet.net");
  cr_expect_str_eq(outcome.text, "");
  RUNS(0, NULL, "netcc check --advice -D depth=50 -t x86-64-v4 examples/resnet.net");
  cr_expect_str_eq(outcome.text, "");
  ADVISE("examples/googlenet.net");
  SILENT("A0102");
  RUNS(0, NULL, "netcc check examples/alexnet.net");
  cr_expect_str_eq(outcome.text, "");
}

/* Without padding the first of two layers has the larger map: 9·16·16·(10² + 8²). */
Test(advice, small_kernels_without_padding) {
  put_text("k.net", "model k(x: f32[1, 16, 12, 12]) -> (y) { y = conv(x, 16, 5) }\n");
  ADVISE("@/k.net");
  SAYS("6,400 weights, 409,600 multiply-adds\n");
  SAYS("16 channels in between: 4,608 weights, 377,856 multiply-adds\n");
}

Test(advice, through_an_early_dense_layer) {
  put_text("p.net", "model p(x: f32[1, 1, 64, 64]) -> (y) {\n"
                    "  y = x |> conv(16, 3, pad=1) |> flatten |> dense(10)\n}\n");
  ADVISE("@/p.net");
  SAYS("advice[A0101]: what leads to output y sees 3x3 of 64x64 pixels\n");
}

Test(advice, codes_and_formats) {
  static const char *const codes[] = {"A0101", "A0102", "A0103", "A0104",
                                      "A0105", "A0106", "A0107"};
  for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
    RUNS(0, codes[i], "netcc explain %s", codes[i]);
  RUNS(0, "\"severity\": \"advice\", \"code\": \"A0106\"",
       "netcc check --advice --diagnostics=json examples/vgg.net");
  RUNS(1, "no target 'z80'", "netcc check --advice --target=z80 examples/lenet.net");
}
