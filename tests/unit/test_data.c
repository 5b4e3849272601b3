/* test_data.c: trained networks on real data give the results they are known for.
 *
 * In: examples/README.md, whose command lines run as they stand there, with $DATA the folder of
 * data sets and published weights ($NETCC_DATA or ../shared/data; it has a README of its own);
 * Fashion-MNIST as Debian packages it. Without the data a test says "skipped".
 */
#include "command.h"

#include <math.h>

#include "compiler/io/io.h"

#define FASHION "/usr/share/datasets/fashion-mnist"

TestSuite(data, .init = work_setup, .fini = work_teardown, .timeout = 900);

/* The folder of large data; skips the test where it is not. */
static const char *data_folder(void) {
  const char *dir = getenv("NETCC_DATA");
  if (!dir || !*dir) dir = "../shared/data";
  if (access(dir, R_OK) == 0) return dir;
  SKIPPED("no %s", dir);
  cr_skip_test("skipped: no %s", dir);
  return NULL;
}

/* Compares what a command printed with the page's line: classes and labels must be the same,
 * probabilities within 0.001, numbers right within `slack`. */
static void expect_line(const char *want, int slack) {
  char what[32], what2[32], label[80], label2[80];
  int right, all, right2, all2, class, class2;
  double p, p2;
  if (sscanf(want, " %31[^:]: %d of %d right", what, &right, &all) == 3) {
    int n = sscanf(outcome.text, " %31[^:]: %d of %d right", what2, &right2, &all2);
    cr_expect(n == 3 && all == all2 && abs(right - right2) <= slack, "expected %.60s\n%s", want,
              outcome.text);
  } else {
    cr_assert_eq(sscanf(want, "%d %lf %79[^\n]", &class, &p, label), 3, "%.60s", want);
    int n = sscanf(outcome.text, "%d %lf %79[^\n]", &class2, &p2, label2);
    cr_expect(n == 3 && class == class2 && fabs(p - p2) < 1e-3 && !strcmp(label, label2),
              "expected %.60s\n%s", want, outcome.text);
  }
}

/* Runs the page's commands that hold `part` and have a result; returns how many. */
static int run_page(const char *part, int slack) {
  char *page = get_file("./examples/README.md", NULL);
  int n = 0;
  for (char *s = strstr(page, "\nnetcc run "); s; s = strstr(s, "\nnetcc run ")) {
    char *command = ++s, *end = strchr(s, '\n');
    cr_assert_not_null(end);
    *end = 0;
    s = end + 1;
    if (*s != '#' || !strstr(command, part)) {
      *end = '\n', s = end;
      continue;
    }
    sh("DATA=%s; %s", data_folder(), command);
    cr_expect_eq(outcome.status, 0, "%s", outcome.text);
    expect_line(s + 1, slack);
    *end = '\n';
    n++;
  }
  free(page);
  return n;
}

Test(data, lenet_of_caffe) {
  data_folder();
  cr_expect_eq(run_page("lenet_caffe.net", 0), 1);
}

Test(data, resnet20_on_cifar10) {
  data_folder();
  cr_expect_eq(run_page("resnet20.net", 1), 1);
}

Test(data, squeezenet_on_photographs) {
  data_folder();
  cr_expect_geq(run_page("squeezenet1_1.net", 0), 4);
}

/* Every target, not only the machine's best, on some of the digits; c99 and AVX2 run anywhere
 * this one does, and the interpreter is the judge. */
Test(data, targets_agree) {
  const char *dir = data_folder();
  char first[64] = "";
  static const char *const how[] = {"--reference", "--target=c99", "--target=native"};
  for (int i = 0; i < 3; i++) {
    sh("DATA=%s; netcc run examples/lenet_caffe.net "
       "--weights=$DATA/lenet_caffe/weights.safetensors "
       "--dataset mnist $DATA/mnist --limit=300 %s | grep -o '[0-9]* of 300 right'",
       dir, how[i]);
    cr_expect_eq(outcome.status, 0, "%s", outcome.text);
    if (i)
      cr_expect_str_eq(outcome.text, first, "%s", how[i]);
    else
      snprintf(first, sizeof first, "%.60s", outcome.text);
  }
}

/* ---- SqueezeNet's stored pairs ----------------------------------------------------------- */

static double largest_difference(const char *a, const char *b) {
  Arena *arena = arena_new(0);
  cr_assert(arena && !setjmp(*arena_boundary(arena)));
  Ctx *c = ctx_new(arena);
  Tensor x, y;
  cr_assert(npy_read(c, a, &x) && npy_read(c, b, &y));
  int64_t n = shape_count(&x.shape);
  cr_assert_eq(n, shape_count(&y.shape));
  cr_assert_eq(n, 1000);
  double most = 0;
  for (int64_t i = 0; i < n; i++) {
    double d = fabs((double)x.data[i] - (double)y.data[i]);
    most = d <= most ? most : d; /* NaN counts */
  }
  arena_free(arena);
  return most;
}

Test(data, squeezenet_pairs) {
  const char *dir = data_folder();
  for (int i = 0; i < 3; i++) {
    char got[4096], want[4096];
    RUNS(0, NULL,
         "DATA=%s; netcc run examples/squeezenet1_1.net "
         "--weights=$DATA/squeezenet1_1/weights.safetensors "
         "--input=$DATA/squeezenet1_1/input_%d.npy --save=@/output.npy",
         dir, i);
    if (outcome.status) return;
    snprintf(got, sizeof got, "%s/output.npy", work);
    snprintf(want, sizeof want, "%s/squeezenet1_1/output_%d.npy", dir, i);
    double most = largest_difference(got, want);
    cr_expect(most <= 2e-3, "pair %d: differs by %g", i, most);
  }
}

/* ---- Fashion-MNIST ----------------------------------------------------------------------- */

static bool fashion_here(void) {
  if (access(FASHION "/t10k-images-idx3-ubyte.gz", R_OK) == 0) return true;
  SKIPPED("no %s (package dataset-fashion-mnist)", FASHION);
  cr_skip_test("skipped: no %s", FASHION);
  return false;
}

static int fashion_right(const char *format) {
  int right = 0;
  cr_expect_eq(outcome.status, 0, "%s", outcome.text);
  cr_expect_eq(sscanf(outcome.text, format, &right), 1, "%s", outcome.text);
  return right;
}

/* The command on the page, and the demonstration program around the compiled model: the same
 * number of right answers, at least 90 %. */
Test(data, fashion) {
  if (!fashion_here()) return;
  sh("netcc run examples/fashion/fashion.net "
     "--weights=examples/fashion/lenet_fashion.safetensors --dataset fashion " FASHION);
  int right = fashion_right("fashion: %d of 10000 right");
  RUNS(0, NULL,
       "netcc compile examples/fashion/fashion.net --with-runtime -o @/out "
       "--weights=examples/fashion/lenet_fashion.safetensors && "
       "cc -O3 -fopenmp -I@/out examples/fashion/main.c @/out/fashion.c @/out/netrt.c -lz -lm "
       "-o @/classify");
  sh("OMP_WAIT_POLICY=passive @/classify @/out/fashion.weights " FASHION);
  cr_expect_eq(fashion_right("%d of 10000 test images right"), right);
  cr_expect_geq(right, 9000);
}
