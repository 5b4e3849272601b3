/* test_golden.c: the samples in generated/ are what the compiler writes today, they run, and
 * they have the form that is promised of emitted code.
 *
 * In: generated/, written by `make golden`. Out: byte for byte the same from tests/golden.sh;
 * every sample built from the very file and run with random weights; in every convolution
 * constant trip counts, accumulators with names, a static parallel slice and a banner; and the
 * counts of multiply-adds that the writer made equal a formula over the network as written.
 */
#include "command.h"

#include <ctype.h>
#include <regex.h>

#include "compiler/front/front.h"

typedef struct Sample {
  const char *name, *file, *options, *counts;
} Sample;

static const Sample samples[] = {
    {"sobel", "sobel", "",
     "SOBEL_IMAGE_COUNT,SOBEL_GX_COUNT,SOBEL_GY_COUNT,SOBEL_MAGNITUDE_COUNT"},
    {"lenet", "lenet", "", "LENET_IMAGE_COUNT,LENET_PROBS_COUNT"},
    {"resnet18", "resnet", "--prefix=resnet18", "RESNET18_IMAGE_COUNT,RESNET18_LOGITS_COUNT"},
    {"googlenet", "googlenet", "", "GOOGLENET_IMAGE_COUNT,GOOGLENET_PROBS_COUNT"},
    {"vgg16", "vgg16", "--no-selftest", "VGG16_IMAGE_COUNT,VGG16_LOGITS_COUNT"},
};
enum { SAMPLES = sizeof samples / sizeof *samples, LANES = 8 };

TestSuite(golden, .init = work_setup, .fini = work_teardown, .timeout = 900);

Test(golden, same_bytes) {
  RUNS(0, NULL, "tests/golden.sh %s @", netcc());
  RUNS(0, NULL, "diff -rq -x report.png @ generated");
  cr_expect_str_empty(outcome.text, "%smake golden writes them anew", outcome.text);
}

/* ---- the samples run --------------------------------------------------------------------- */

static void build_and_run(const Sample *s) {
  char upper[32] = "";
  for (int i = 0; s->name[i]; i++) upper[i] = (char)toupper((unsigned char)s->name[i]);
  RUNS(0, NULL,
       "netcc compile examples/%s.net %s --target=x86-64-v3 --random-weights=5 --with-runtime "
       "-o @",
       s->file, s->options);
  RUNS(0, NULL,
       "gcc -O3 -fopenmp -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -DQUICK -I@ "
       "-Igenerated -DHEADER='\"%s.h\"' -DMODEL=%s -DUPPER=%s -DCOUNTS=%s generated/%s.c "
       "@/netrt.c tests/emitted/driver.c -lm -o @/driver",
       s->name, s->name, upper, s->counts, s->name);
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma"))
    SKIPPED("running %s (no AVX2)", s->name);
  else
    RUNS(0, NULL, "OMP_WAIT_POLICY=passive OMP_NUM_THREADS=2 @/driver @/%s.weights", s->name);
}

Test(golden, sobel_runs) { build_and_run(&samples[0]); }
Test(golden, lenet_runs) { build_and_run(&samples[1]); }
Test(golden, resnet18_runs) { build_and_run(&samples[2]); }
Test(golden, googlenet_runs) { build_and_run(&samples[3]); }
Test(golden, vgg16_runs) { build_and_run(&samples[4]); }

/* ---- the form of the text ---------------------------------------------------------------- */

static bool matches(const char *text, const char *pattern) {
  regex_t r;
  cr_assert_eq(regcomp(&r, pattern, REG_EXTENDED | REG_NOSUB), 0, "%s", pattern);
  bool found = regexec(&r, text, 0, NULL, 0) == 0;
  regfree(&r);
  return found;
}

static char *sample_text(const Sample *s, const char *ending) {
  char path[128];
  snprintf(path, sizeof path, "./generated/%s%s", s->name, ending);
  return get_file(path, NULL);
}

/* Lines fit a screen. */
Test(golden, lines_are_short) {
  for (int i = 0; i < SAMPLES; i++)
    for (int header = 0; header < 2; header++) {
      const char *at = sample_text(&samples[i], header ? ".h" : ".c");
      for (int line = 1; *at; line++) {
        size_t n = strcspn(at, "\n");
        cr_expect(n <= 100, "%s%s:%d: %zu columns", samples[i].name, header ? ".h" : ".c", line,
                  n);
        at += n + (at[n] == '\n');
      }
    }
}

/* No absolute path, no date. */
Test(golden, neither_paths_nor_dates) {
  static const char *const endings[] = {".c", ".h", ".report.txt"};
  for (int i = 0; i < SAMPLES * 3; i++) {
    char *text = sample_text(&samples[i / 3], endings[i % 3]);
    cr_expect_not(matches(text, "(^|[^A-Za-z0-9_*./)])/[A-Za-z]+/"), "%s%s: an absolute path",
                  samples[i / 3].name, endings[i % 3]);
    cr_expect_not(matches(text, "20[0-9][0-9]-[0-9]"), "%s%s: a date", samples[i / 3].name,
                  endings[i % 3]);
    free(text);
  }
}

/* What one function of a sample has been seen to hold. */
typedef struct Function {
  char name[128];
  bool convolution, tile;            /* tile: a register tile of a convolution */
  bool entry, stage, slice0, slice1; /* entry: called by the sequence of layers */
  int blocks, pixels;                /* of a tile, from its name */
  int accumulators, step, most;      /* declared; multiply-adds of this step, of the longest */
} Function;

static int count(const char *line, const char *part) {
  int n = 0;
  for (const char *s = line; (s = strstr(s, part)); s += strlen(part)) n++;
  return n;
}

static void begin(Function *f, const char *line, const char *text) {
  char banner[160];
  *f = (Function){0};
  cr_assert_eq(sscanf(line, "KERNEL void %127[^(]", f->name), 1);
  f->convolution = strstr(f->name, "_conv") != NULL;
  const char *last = strrchr(f->name, '_');
  f->tile = f->convolution && sscanf(last, "_%dx%d", &f->blocks, &f->pixels) == 2 &&
            matches(f->name, "_[tr][0-9]+_[0-9]+x[0-9]+$");
  f->stage = matches(f->name, "_[a-d]$"); /* of a group that runs strip by strip */
  f->entry = !f->stage && !matches(f->name, "_[tr][0-9]+(_[0-9]+x[0-9]+)?$");
  if (!f->entry) return;
  snprintf(banner, sizeof banner, "/* %s\n *\n * layer ", f->name);
  const char *at = strstr(text, banner), *end = at ? strstr(at, "*/") : NULL;
  cr_expect(end, "%s has no banner", f->name);
  if (!end) return;
  const char *counted = strstr(at, " * counted here: ");
  cr_expect(counted && counted < end, "%s: no counts in its banner", f->name);
}

static void finish(const Function *f) {
  if (f->entry) cr_expect(f->slice0 && f->slice1, "%s: no parallel slice", f->name);
  if (!f->tile) return;
  int all = f->blocks * f->pixels;
  cr_expect_eq(f->accumulators, all, "%s: %d accumulators", f->name, f->accumulators);
  cr_expect_eq(f->most, all, "%s: %d multiply-adds in a step", f->name, f->most);
}

/* A loop of a convolution runs to a literal, but for the kernel rows at the border (ky), the
 * passes over input channels (c) and the bounds of the thread's slice. */
static void check_loop(const Function *f, const char *line) {
  static const char literal[] = "; [a-z]+[0-9]? < [0-9]+; ";
  static const char slice[] = "; (u < u1|g < g1|j < j1|oy < y1); ";
  static const char passes[] = "; (ky < ky1|c < c1|c < [0-9]+ && c < c1); ";
  static const char stage[] = "= (from|b0); (oy < to|(g|cb) < b1); ";
  bool fine = f->stage && matches(line, stage);
  fine = fine || matches(line, literal) || matches(line, slice) || matches(line, passes);
  /* without vectors, kernel rows are found per row */
  if (!fine && strstr(line, "ptrdiff_t ky = first; ky < k1;")) fine = true;
  cr_expect(fine, "%s: %s", f->name, line);
}

static void see(Function *f, const char *line) {
  f->slice0 |= matches(line, "size_t u0 = \\(size_t\\)t \\* [0-9]+ / \\(size_t\\)n;");
  f->slice1 |= matches(line, "size_t u1 = \\(\\(size_t\\)t \\+ 1\\) \\* [0-9]+ / \\(size_t\\)n;");
  if (!f->convolution) return;
  if (strstr(line, "for (")) check_loop(f, line);
  if (!f->tile) return;
  if (matches(line, "^  vf a[0-9]+_0[,;]")) f->accumulators += count(line, " a");
  if (strstr(line, "HIDE(")) f->step = 0;
  f->step += count(line, " += w") + count(line, " += v");
  if (f->step > f->most) f->most = f->step;
}

static void check_kernels(const Sample *s) {
  char *text = sample_text(s, ".c"), *copy = strdup(text), *rest = copy;
  Function f = {0};
  int functions = 0, tiles = 0;
  for (char *line; (line = strsep(&rest, "\n"));) {
    if (!strncmp(line, "KERNEL void ", 12)) {
      finish(&f);
      begin(&f, line, text);
      functions++;
      tiles += f.tile;
    } else if (!strncmp(line, "}", 1)) {
      finish(&f);
      f = (Function){0};
    } else if (f.name[0]) {
      see(&f, line);
    }
  }
  cr_expect_geq(functions, 3, "%s", s->name);
  if (strcmp(s->name, "sobel")) cr_expect_geq(tiles, 4, "%s", s->name);
  free(copy);
  free(text);
}

/* A filter on one grey image: a row of columns in named scalars, every tap written out. */
Test(golden, filters_have_a_register_tile) {
  char *text = sample_text(&samples[0], ".c");
  cr_assert_str_eq(samples[0].name, "sobel");
  int accumulators = count(text, " = bias;"), taps = count(text, " += r[");
  cr_expect_eq(accumulators, 6);
  cr_expect_eq(taps, 6 * 3);
  cr_expect_null(strstr(text, "float a["));
  free(text);
}

Test(golden, form_of_kernels) {
  for (int i = 0; i < SAMPLES; i++) check_kernels(&samples[i]);
}

/* ---- counted operations ------------------------------------------------------------------ */

/* Pairs of output position and kernel position that meet on a map of `size`. */
static int64_t meetings(int64_t out, int64_t size, const ConvAttr *a, int d) {
  int64_t n = 0;
  for (int64_t o = 0; o < out; o++)
    for (int64_t k = 0; k < a->kernel.v[d]; k++) {
      int64_t i = o * a->stride.v[d] + k * a->dilation.v[d] - a->pad.v[d];
      n += i >= 0 && i < size;
    }
  return n;
}

static int64_t padded(int64_t channels) { return (channels + LANES - 1) / LANES * LANES; }

/* Multiply-adds of a node: at borders only what lies on the map, output channels in whole
 * vectors where the kernel has vectors. */
static int64_t expected(const Graph *g, const Node *n, bool vectors) {
  const Shape *x = &graph_value(g, n->in[0])->shape, *y = &graph_value(g, n->out[0])->shape;
  int64_t out = vectors ? padded(y->dim[1]) : y->dim[1];
  if (n->op == OP_DENSE) return x->dim[0] * x->dim[1] * out;
  const ConvAttr *a = ATTR(n, ConvAttr);
  return x->dim[0] * x->dim[1] / a->groups * out * meetings(y->dim[2], x->dim[2], a, 0) *
         meetings(y->dim[3], x->dim[3], a, 1);
}

/* "1,234" -> 1234 */
static int64_t number(const char *text) {
  int64_t n = 0;
  for (; isdigit((unsigned char)*text) || *text == ','; text++)
    if (*text != ',') n = n * 10 + (*text - '0');
  return n;
}

/* The row of a layer in the file's head: its kernel and multiply-adds. A long name stands on a
 * line of its own, before the rest of its row. */
static int64_t head_row(const char *text, const char *layer, char kernel[32]) {
  char *copy = strndup(text, (size_t)(strstr(text, "*/") - text)), *rest = copy;
  int64_t n = -1;
  for (char *line; n < 0 && (line = strsep(&rest, "\n"));) {
    char name[128], macs[32];
    int epoch, end = 0;
    if (sscanf(line, " * %d %127s %n", &epoch, name, &end) != 2 || strcmp(name, layer)) continue;
    const char *cells = line[end] ? line + end : strsep(&rest, "\n") + 2;
    if (sscanf(cells, "%*s %31s %*s %*s %31s", kernel, macs) == 2) n = number(macs);
  }
  free(copy);
  return n;
}

/* What siblings count stands in the row of the convolution that they became. */
static int64_t check_rows(const Sample *s, const Graph *g, const char *text) {
  int64_t sum = 0, merged = 0, siblings = 0;
  for (int i = 0; i < g->nodes.len; i++) {
    const Node *n = g->nodes.at[i];
    char kernel[32] = "";
    char joint[200];
    if (n->op != OP_CONV && n->op != OP_DENSE) continue;
    int64_t counted = head_row(text, n->name, kernel);
    bool plain = !strcmp(kernel, "conv_plain") || !strcmp(kernel, "conv_wide");
    int64_t want = expected(g, n, !plain);
    sum += want;
    snprintf(joint, sizeof joint, "%s.siblings", n->name);
    int64_t all = counted < 0 ? head_row(text, joint, kernel) : -1;
    if (counted < 0) merged += want, siblings += all > 0 ? all : 0;
    if (counted < 0) continue;
    cr_expect_eq(counted, want, "%s: %s (%s) counts %lld, by formula %lld", s->name, n->name,
                 kernel, (long long)counted, (long long)want);
  }
  cr_expect_eq(siblings, merged, "%s: siblings count %lld, by formula %lld", s->name,
               (long long)siblings, (long long)merged);
  return sum;
}

static void check_counts(const Sample *s) {
  Arena *arena = arena_new(0);
  cr_assert(arena && !setjmp(*arena_boundary(arena)));
  Ctx *c = ctx_new(arena);
  char path[128], *text = sample_text(s, ".c");
  size_t size;
  snprintf(path, sizeof path, "examples/%s.net", s->file);
  const char *net = file_read(arena, path, &size);
  cr_assert_not_null(net);
  FrontOptions options = {0};
  const Graph *g = front_compile(c, ctx_add_source(c, path, net, size), &options);
  cr_assert_not_null(g);
  int64_t sum = check_rows(s, g, text);
  const char *total = strstr(text, " multiply-adds, ");
  cr_assert_not_null(total);
  while (total[-1] != ' ') total--;
  cr_expect_eq(number(total), sum, "%s: %lld in all, by formula %lld", s->name,
               (long long)number(total), (long long)sum);
  free(text);
  arena_free(arena);
}

Test(golden, counted_operations) {
  for (int i = 0; i < SAMPLES; i++) check_counts(&samples[i]);
}
