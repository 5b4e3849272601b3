/* test_sizes.c: networks for pictures of any size: those that take every size do, odd ones too;
 * where a size does not fit, the message says which tensors do not meet and the nearest sizes at
 * which all would, and these are right. */
#include "front_bench.h"

/* Compiles an example with -D options separated by blanks; its messages go to `text`. */
static bool compiles(const char *file, const char *options, char text[4096]) {
  Bench b = bench_new();
  VEC(const char *) defines = {0};
  char *rest = str_dup(b.arena, options, strlen(options));
  for (char *word; (word = strtok_r(rest, " ", &rest));) vec_push(b.arena, &defines, word);
  FrontOptions opt = {.defines = defines.at, .ndefines = defines.len};
  const char *path = str_fmt(b.arena, "examples/%s.net", file);
  bool fine = front_compile(b.c, add_file(&b, path), &opt) && !b.c->warnings;
  snprintf(text, 4096, "%s", report(&b));
  arena_free(b.arena);
  return fine;
}

Test(sizes, any, .timeout = 60) {
  static const char *const files[] = {
      "unet",   "segnet",  "fcn8s",         "dilated_context", "sobel", "super_resolution",
      "resnet", "filters", "squeezenet1_1", "mobilenet_v2"};
  char text[4096], options[64];
  for (int i = 0; i < (int)(sizeof files / sizeof *files); i++)
    for (int n = 0; n < 8; n++) {
      snprintf(options, sizeof options, "H=%d W=%d", 64 + 5 * n, 95 - 4 * n);
      cr_expect(compiles(files[i], options, text), "%s %s:\n%s", files[i], options, text);
    }
}

/* What is said, and a choice among the sizes named: each must compile, its neighbour must not. */
static const struct {
  const char *file, *options, *said, *help, *right, *wrong;
} rows[] = {
    {"unet", "fit=false H=100", "1x256x25x64, down2.maxpool_conv.1.double_conv.5",
     "sizes that fit: H=96 or H=112", "fit=false H=112", "fit=false H=111"},
    {"unet", "fit=false H=97 W=131", "65 against 64 in dimension 3 (width)",
     "sizes that fit: H=96 or H=112, together with W=128 or W=144", "fit=false H=112 W=144",
     "fit=false H=112 W=136"},
    {"unet", "fit=false H=7 W=48", "does not fit the padded input", "sizes that fit: H=16",
     "fit=false H=16 W=48", "fit=false H=15 W=48"},
    {"deconvnet", "W=201", "a window of 7x7 does not fit", "sizes that fit: W=224", "W=224",
     "W=223"},
    {"tdnn", "T=4", "a window of 5 does not fit", "sizes that fit: T=7", "T=7", "T=6"},
    {"textcnn", "words=2", "a window of 3 does not fit", "sizes that fit: words=5", "words=5",
     "words=4"},
    {"alexnet_fullconv", "H=40", "", "sizes that fit: H=223", "H=223", "H=222"},
};

Test(sizes, nearest, .timeout = 60) {
  char text[4096];
  for (int i = 0; i < (int)(sizeof rows / sizeof *rows); i++) {
    cr_expect(!compiles(rows[i].file, rows[i].options, text), "%s %s", rows[i].file,
              rows[i].options);
    cr_expect(strstr(text, rows[i].said) && strstr(text, rows[i].help),
              "%s %s: not \"%s\" in\n%s", rows[i].file, rows[i].options, rows[i].help, text);
    compiles(rows[i].file, rows[i].right, text);
    cr_expect(!strstr(text, "error"), "%s %s:\n%s", rows[i].file, rows[i].right, text);
    compiles(rows[i].file, rows[i].wrong, text);
    cr_expect(strstr(text, "error"), "%s %s compiles", rows[i].file, rows[i].wrong);
  }
}
