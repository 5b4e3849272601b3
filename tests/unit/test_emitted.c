/* test_emitted.c: whole networks through the compiler, the C compilers and the processor.
 *
 * In: the example networks with random weights, for every target. Out: each emitted model builds
 * without a warning under gcc and clang, optimised with and without OpenMP and under the
 * sanitizers, and passes tests/emitted/driver.c, whose self-test compares the outputs with the
 * reference interpreter's (relative L2 1e-5). Builds of one compiler with and without OpenMP
 * give the same bits. Large networks run at a small input size and in part of the matrix.
 * AVX-512 code is built with -DNETCC_PORTABLE_VECTORS where the processor has none.
 */
#include "command.h"

#include <ctype.h>

typedef enum Matrix {
  FULL, /* three targets, two compilers, three builds each */
  SOME, /* large networks: every target and compiler at least once */
  FEW,  /* optimised builds without sanitizers, which would take minutes */
  ONE,  /* hundreds of megabytes of weights: AVX2 and gcc only */
} Matrix;

typedef struct Network {
  const char *model, *file, *options;
  Matrix matrix;
} Network;

#define WARNINGS "-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror"

typedef struct Build {
  const char *name, *flags;
} Build;

enum { OPENMP, SERIAL, SANITIZED };
static const Build builds[] = {
    {"openmp", "-O3 -fopenmp"},
    {"serial", "-O3"},
    {"sanitized", "-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all"},
};

static char upper[64], counts[1024];
static bool clang_here;

TestSuite(emitted, .init = work_setup, .fini = work_teardown, .timeout = 900);

/* ---- emitting -------------------------------------------------------------------------------
 */

/* The header's element counts, inputs first: what the driver takes as -DCOUNTS. */
static void read_counts(const Network *n, const char *target) {
  char name[256], define[128];
  snprintf(name, sizeof name, "%s/%s.h", target, n->model);
  char *header = get_file(name, NULL);
  for (size_t i = 0; i <= strlen(n->model); i++)
    upper[i] = (char)toupper((unsigned char)n->model[i]);
  snprintf(define, sizeof define, "#define %s_", upper);
  counts[0] = 0;
  for (const char *s = header; (s = strstr(s, define)); s += strlen(define)) {
    const char *id = s + strlen("#define ");
    size_t len = strcspn(id, " (\n");
    if (len < 6 || strncmp(id + len - 6, "_COUNT", 6)) continue;
    size_t at = strlen(counts);
    snprintf(counts + at, sizeof counts - at, "%s%.*s", at ? "," : "", (int)len, id);
  }
  free(header);
  cr_assert(counts[0]);
}

static void emit(const Network *n, const char *target) {
  RUNS(0, NULL,
       "netcc compile examples/%s %s --target=%s --random-weights=7 --with-runtime -o @/%s",
       n->file, n->options, target, target);
  cr_assert_eq(outcome.status, 0, "%s", outcome.text);
  read_counts(n, target);
}

/* ---- building and running --------------------------------------------------------------------
 */

static const char *target_flags(const char *target) {
  if (!strcmp(target, "c99")) return "-std=c99";
  bool v4 = !strcmp(target, "x86-64-v4");
  bool runs = v4 ? __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")
                 : __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (runs) return "";
  return __builtin_cpu_supports("avx2") ? "-DNETCC_PORTABLE_VECTORS -Wno-psabi -mavx2 -mfma"
                                        : "-DNETCC_PORTABLE_VECTORS -Wno-psabi";
}

/* Compiles in silence: the model with the build's flags, what is around it quickly. */
static bool build(const Network *n, const char *target, const char *cc, const Build *b) {
  char flags[512];
  bool optimised = !strncmp(b->flags, "-O3", 3);
  snprintf(flags, sizeof flags, "%s %s %s", WARNINGS, target_flags(target),
           n->matrix == FULL ? "" : "-DQUICK");
  int status =
      sh("(cd @/%s && %s %s %s -c -o model.o %s.c) && "
         "%s %s %s %s -I@/%s -DHEADER='\"%s.h\"' -DMODEL=%s -DUPPER=%s -DCOUNTS=%s "
         "tests/emitted/driver.c @/%s/model.o @/%s/netrt.c -lm -o @/%s-%s-%s",
         target, cc, flags, b->flags, n->model, cc, flags, b->flags, optimised ? "-O1" : "",
         target, n->model, n->model, upper, counts, target, target, target, cc, b->name);
  bool silent = status == 0 && !outcome.text[0];
  cr_expect(silent, "%s %s %s %s:\n%s", n->model, target, cc, b->name, outcome.text);
  return silent;
}

/* Runs the driver; the hash that it prints goes to `hash`. */
static void run(const Network *n, const char *target, const char *cc, const Build *b,
                char hash[32]) {
  int status = sh("OMP_WAIT_POLICY=passive OMP_NUM_THREADS=2 @/%s-%s-%s @/%s/%s.weights", target,
                  cc, b->name, target, n->model);
  cr_expect_eq(status, 0, "%s %s %s %s:\n%s", n->model, target, cc, b->name, outcome.text);
  cr_expect_eq(strlen(outcome.text), 17, "%s %s: not a hash: %s", n->model, target, outcome.text);
  snprintf(hash, 32, "%.30s", outcome.text);
}

static void with_compiler(const Network *n, const char *target, const char *cc,
                          const bool *wanted) {
  char hash[3][32] = {"", "", ""};
  if (!strcmp(cc, "clang") && !clang_here) return;
  for (int i = 0; i < 3; i++)
    if (wanted[i] && build(n, target, cc, &builds[i])) run(n, target, cc, &builds[i], hash[i]);
  if (wanted[OPENMP] && wanted[SERIAL])
    cr_expect_str_eq(hash[OPENMP], hash[SERIAL], "%s %s %s: OpenMP changes the result", n->model,
                     target, cc);
}

static void header_is_cplusplus(const Network *n, const char *target) {
  RUNS(0, NULL,
       "c++ -std=c++11 -fsyntax-only %s -I@/%s -DHEADER='\"%s.h\"' -DMODEL=%s -DUPPER=%s "
       "tests/emitted/header.cc",
       WARNINGS, target, n->model, n->model, upper);
}

static void with_target(const Network *n, const char *target) {
  static const bool all[3] = {true, true, true}, none[3] = {0}, openmp[3] = {true};
  static const bool serial[3] = {0, true}, sanitized[3] = {0, 0, true};
  bool v3 = !strcmp(target, "x86-64-v3"), v4 = !strcmp(target, "x86-64-v4");
  emit(n, target);
  const bool *gcc = all, *clang = all;
  if (n->matrix == SOME) {
    gcc = v3 ? all : v4 ? none : sanitized;
    clang = v3 ? openmp : serial;
  } else if (n->matrix != FULL) {
    gcc = v3 ? openmp : none;
    clang = n->matrix == ONE || v4 ? none : openmp;
  }
  with_compiler(n, target, "gcc", gcc);
  with_compiler(n, target, "clang", clang);
  header_is_cplusplus(n, target);
  sh("rm -rf @/%s*", target);
}

static void network(Network n) {
  clang_here = have("clang");
  if (!clang_here) SKIPPED("clang builds of %s (no clang)", n.model);
  with_target(&n, "x86-64-v3");
  if (n.matrix == ONE) return;
  with_target(&n, "c99");
  with_target(&n, "x86-64-v4");
}

#define NETWORK(name, ...)                                                                       \
  Test(emitted, name) { network((Network){__VA_ARGS__}); }

NETWORK(googlenet, "googlenet", "googlenet.net", "", FEW)
NETWORK(resnet50, "resnet", "resnet.net", "-D depth=50 -D H=64 -D W=64", FEW)
NETWORK(resnet20, "resnet20", "resnet20.net", "", SOME)
NETWORK(resnet18, "resnet", "resnet.net", "-D H=48 -D W=80", SOME)
NETWORK(squeezenet, "squeezenet1_1", "squeezenet1_1.net", "-D H=65 -D W=63", SOME)
NETWORK(vgg16, "vgg", "vgg.net", "-D H=32 -D W=32", ONE)
NETWORK(alexnet, "alexnet", "alexnet.net", "", ONE)
NETWORK(lenet, "lenet", "lenet.net", "", FULL)
NETWORK(lenet_batch, "lenet", "lenet.net", "-D N=3", SOME)
NETWORK(lenet5, "lenet5", "lenet5.net", "", SOME)
NETWORK(lenet_caffe, "lenet_caffe", "lenet_caffe.net", "", SOME)
NETWORK(lenet1989, "lenet1989", "lenet1989.net", "", SOME)
NETWORK(mlp, "mlp", "mlp.net", "-D N=5", SOME)
NETWORK(mobilenet_v2, "mobilenet_v2", "mobilenet_v2.net", "-D H=40 -D W=33", SOME)
NETWORK(dilated_context, "dilated_context", "dilated_context.net", "-D H=37 -D W=20", SOME)
NETWORK(mobilenet_v3, "mobilenet_v3", "mobilenet_v3.net", "-D large=false -D H=32 -D W=32", SOME)
NETWORK(lenet_logistic, "lenet_logistic", "lenet_logistic.net", "", SOME)
NETWORK(vae, "vae", "vae.net", "-D N=3", SOME)
NETWORK(tdnn, "tdnn", "tdnn.net", "", SOME)
NETWORK(textcnn, "textcnn", "textcnn.net", "-D words=9", SOME)
NETWORK(super_resolution, "super_resolution", "super_resolution.net", "-D H=13 -D W=21", SOME)
NETWORK(unet, "unet", "unet.net", "-D width=8 -D H=37 -D W=50", ONE)
NETWORK(shufflenet_v2, "shufflenet_v2", "shufflenet_v2.net", "-D width=0.5 -D H=32 -D W=32", ONE)
NETWORK(c3d, "c3d", "c3d.net", "-D hidden=16 -D H=32 -D W=16", ONE)
NETWORK(densenet, "densenet", "densenet.net", "-D H=32 -D W=32", ONE)
NETWORK(filters, "filters", "filters.net", "-D H=21 -D W=30", FULL)
NETWORK(sobel, "sobel", "sobel.net", "", FULL)
NETWORK(fashion, "fashion", "fashion/fashion.net", "", SOME)

/* ---- several models, several languages, threads ------------------------------------------ */

static const Network lenet = {"lenet", "lenet.net", "", FULL};
static const Network sobel = {"sobel", "sobel.net", "-D H=32 -D W=33", FULL};

/* Two models in one program, used by threads of the caller's own; nothing is shared by accident.
 */
Test(emitted, two_models) {
  emit(&sobel, "x86-64-v3");
  emit(&lenet, "x86-64-v3");
  RUNS(0, NULL,
       "gcc %s %s -O1 -g -fsanitize=thread -pthread -I@/x86-64-v3 tests/emitted/two.c "
       "@/x86-64-v3/*.c -lm -o @/two",
       WARNINGS, target_flags("x86-64-v3"));
  RUNS(0, NULL, "@/two @/x86-64-v3/lenet.weights @/x86-64-v3/sobel.weights");
}

/* No data race inside the team: clang's OpenMP is one that its ThreadSanitizer can follow. */
static void races(const Network *n) {
  if (!have("clang")) {
    SKIPPED("data races of %s (no clang)", n->model);
    return;
  }
  emit(n, "x86-64-v3");
  static const Build b = {"races", "-O1 -g -fopenmp -fsanitize=thread"};
  if (!build(n, "x86-64-v3", "clang", &b)) return;
  RUNS(0, NULL,
       "TSAN_OPTIONS=ignore_noninstrumented_modules=1 OMP_NUM_THREADS=2 OMP_WAIT_POLICY=passive "
       "@/x86-64-v3-clang-races @/x86-64-v3/%s.weights",
       n->model);
}

Test(emitted, races_lenet) { races(&lenet); }
Test(emitted, races_resnet) {
  races(&(Network){"resnet", "resnet.net", "-D H=33 -D W=34", FULL});
}
Test(emitted, races_squeezenet) {
  races(&(Network){"squeezenet1_1", "squeezenet1_1.net", "-D H=33 -D W=34", FULL});
}

/* Weights linked into the program: the weight file may go once it is built. */
Test(emitted, embedded) {
  RUNS(0, NULL,
       "netcc compile examples/lenet.net --random-weights=7 --with-runtime --embed "
       "--target=c99 -o @/c99");
  read_counts(&lenet, "c99");
  RUNS(0, "",
       "cc %s -O2 -DEMBEDDED -I@/c99 -Wa,-I@/c99 -DHEADER='\"lenet.h\"' -DMODEL=lenet "
       "-DUPPER=LENET -DCOUNTS=%s tests/emitted/driver.c @/c99/*.c -lm -o @/embedded",
       WARNINGS, counts);
  cr_expect_str_empty(outcome.text);
  RUNS(0, NULL, "@/embedded @/c99/lenet.weights");
}

/* A C++ program calls a model that a C compiler built. */
Test(emitted, cplusplus) {
  emit(&lenet, "c99");
  RUNS(0, NULL, "cd @/c99 && cc -O1 -c lenet.c netrt.c");
  RUNS(0, NULL,
       "c++ -std=c++11 %s -I@/c99 -DHEADER='\"lenet.h\"' -DMODEL=lenet -DUPPER=LENET "
       "tests/emitted/header.cc @/c99/lenet.o @/c99/netrt.o -lm -o @/plusplus",
       WARNINGS);
  RUNS(0, "arena", "@/plusplus @/c99/lenet.weights");
  RUNS(2, "cannot open", "@/plusplus @/none.weights");
}

/* --prefix names files, symbols and macros; --no-selftest leaves the data out and says so. */
Test(emitted, prefix_and_no_selftest) {
  RUNS(0, NULL,
       "netcc compile examples/lenet.net --random-weights=7 --with-runtime --no-selftest "
       "--prefix=digits --target=c99 -o @/c99");
  const Network digits = {"digits", "lenet.net", "", FULL};
  char hash[32];
  read_counts(&digits, "c99");
  if (build(&digits, "c99", "gcc", &builds[SERIAL]))
    run(&digits, "c99", "gcc", &builds[SERIAL], hash);
  RUNS(1, NULL, "grep -i lenet_ @/c99/digits.c @/c99/digits.h");
}

/* ---- refused weight files ---------------------------------------------------------------- */

/* The driver exits with 3 and the reason where a model does not open. */
static void refused(const char *file, const char *reason) {
  RUNS(3, reason, "@/c99-gcc-serial @/%s", file);
}

Test(emitted, damaged_weights) {
  size_t size;
  emit(&sobel, "c99");
  sh("cp @/c99/sobel.weights @/sobel.weights && rm -r @/c99");
  emit(&lenet, "c99");
  if (!build(&lenet, "c99", "gcc", &builds[SERIAL])) return;
  char *data = get_file("c99/lenet.weights", &size), *more = calloc(1, size + 64);
  memcpy(more, data, size);
  put_file("short.weights", data, size - 64);
  put_file("half.weights", data, size / 2);
  put_file("header.weights", data, 100);
  put_file("empty.weights", data, 0);
  put_file("long.weights", more, size + 64);
  refused("short.weights", "truncated");
  refused("half.weights", "truncated");
  refused("long.weights", "bytes after its end");
  refused("header.weights", "");
  refused("empty.weights", "");
  refused("sobel.weights", "packed for another plan");
  refused("none.weights", "cannot open");
  refused(".", "");
  put_text("text.weights", "These are no weights, though there is text enough for a header of "
                           "one hundred and twenty-eight bytes in this file, is there not? Yes.");
  refused("text.weights", "not a netcc weight file");
  free(more);
  free(data);
}

/* Weights packed for another target, and for the same network in another shape. */
Test(emitted, weights_of_another_plan) {
  emit(&lenet, "x86-64-v3");
  sh("cp @/x86-64-v3/lenet.weights @/v3.weights");
  RUNS(0, NULL,
       "netcc compile examples/lenet.net -D classes=11 --random-weights=7 --target=c99 "
       "-o @/eleven");
  emit(&lenet, "c99");
  if (!build(&lenet, "c99", "gcc", &builds[SERIAL])) return;
  refused("v3.weights", "packed for another plan");
  refused("eleven/lenet.weights", "packed for another plan");
  RUNS(0, NULL, "netcc compile examples/lenet.net --random-weights=8 --target=c99 -o @/eight");
  RUNS(0, NULL, "@/c99-gcc-serial @/eight/lenet.weights"); /* the same plan, other numbers */
}

/* Every flipped bit of header and table is refused by open; one in a section or in the padding
 * by the full check that the driver makes (and then its self-test may have seen it, too). */
Test(emitted, flipped_bits) {
  size_t size;
  emit(&lenet, "c99");
  if (!build(&lenet, "c99", "gcc", &builds[SERIAL])) return;
  char *data = get_file("c99/lenet.weights", &size);
  for (size_t i = 0; i < 60; i++) {
    size_t at = i < 40 ? i * 31 : 2048 + (size - 2048) / 20 * (i - 40) + i;
    data[at] ^= (char)(1 << i % 8);
    put_file("flipped.weights", data, size);
    int status = sh("@/c99-gcc-serial @/flipped.weights");
    cr_expect(status == 3 || (at >= 128 && status == 1), "byte %zu: exit status %d\n%s", at,
              status, outcome.text);
    data[at] ^= (char)(1 << i % 8);
  }
  free(data);
}
