/* test_new.c: netcc new: folders that build and run at once, from several networks, without a
 * warning; trained weights; and everything it refuses, leaving nothing behind. */
#include "command.h"

TestSuite(new, .init = work_setup, .fini = work_teardown, .timeout = 300);

/* The compiler's path survives a change of folder. */
static const char *compiler(void) {
  static char path[4096];
  cr_assert_not_null(realpath(netcc(), path));
  return path;
}

static void project(const char *name, const char *from, const char *output) {
  RUNS(0, "now: cd", "cd @ && %s new %s --from %s", compiler(), name, from);
  RUNS(0, output, "make -C @/%s NETCC=%s CFLAGS='-O1 -Wall -Wextra -Wpedantic -Werror'", name,
       compiler());
  cr_expect_not_null(strstr(outcome.text, "self-test passed\n"), "%s", outcome.text);
  cr_expect_null(strstr(outcome.text, "warning"), "%s", outcome.text);
}

Test(new, lenet) {
  project("digits", "lenet", "probs: 10 numbers, the largest:\n");
  RUNS(0, "model digits(image", "cat @/digits/digits.net");
  RUNS(0, "# digits\n", "cat @/digits/README.md");
  RUNS(0, "", "grep -r '@[a-zA-Z]*@' @/digits/main.c @/digits/README.md || true");
  cr_expect_str_eq(outcome.text, "");
}

Test(new, deep_and_small) {
  project("r18", "resnet18", "logits: 1000 numbers");
  RUNS(0, "const depth = 18\n", "cat @/r18/r18.net");
}

Test(new, several_outputs_and_no_weights) {
  project("edges", "sobel", "gx: 36 numbers");
  cr_expect_not_null(strstr(outcome.text, "magnitude: 36 numbers"), "%s", outcome.text);
}

/* What the network includes comes along. */
Test(new, including_another) {
  project("any_size", "alexnet_fullconv", "scores: ");
  cr_expect(exists("any_size/alexnet.net"));
  RUNS(1, "includes another alexnet.net", "cd @ && %s new alexnet --from alexnet_fullconv",
       compiler());
  cr_expect(!exists("alexnet"));
}

/* Other weights compile the network anew, the same ones do not. */
Test(new, trained_weights) {
  static const char weights[] = "examples/fashion/lenet_fashion.safetensors";
  char root[4096];
  size_t size;
  cr_assert_not_null(getcwd(root, sizeof root));
  project("f", "lenet", "probs");
  char *net = get_file("./examples/fashion/fashion.net", &size);
  char *model = strstr(net, "model fashion");
  cr_assert_not_null(model);
  memcpy(model, "model f      ", 13);
  put_file("f/f.net", net, size);
  free(net);
  for (int i = 0; i < 2; i++) {
    RUNS(0, "self-test passed", "make -C @/f NETCC=%s WEIGHTS=%s/%s", compiler(), root, weights);
    cr_expect_eq(!!strstr(outcome.text, "--weights"), i == 0, "%s", outcome.text);
  }
}

Test(new, depth_behind_the_name) {
  RUNS(0, NULL, "cd @ && %s new deep --from resnet152", compiler());
  RUNS(0, "const depth = 152\n", "cat @/deep/deep.net");
  RUNS(1, "error", "cd @ && %s new odd --from resnet19", compiler());
  cr_expect(!exists("odd"));
}

Test(new, refusals) {
  static const char *const names[] = {"3d",  "a-b",  "a.b",  "../up",
                                      "a/b", "main", "math", "netrt"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    RUNS(1, "error[E0611]", "netcc new %s", names[i]);
    cr_expect(access(names[i], F_OK), "%s", names[i]);
  }
  RUNS(1, "error[E0611]", "netcc new ''");
  RUNS(1, "did you mean 'lenet'?", "netcc new x --from lenett");
  RUNS(1, "resnet50", "netcc new x --from nothing_like_it");
  RUNS(1, "error[E0304]", "netcc new classes"); /* a constant of the network is called that */
  RUNS(1, "one network at a time", "netcc new a b");
  RUNS(1, "error[E0602]: examples: File exists", "netcc new examples");
  RUNS(2, NULL, "netcc new");
}
