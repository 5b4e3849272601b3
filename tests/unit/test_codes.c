/* test_codes.c: every code of base/codes.def is provoked somewhere: by a wrong file of tests/errors/
 * (tests/unit/test_front.c compiles them), by a command below, or by the test named below. Codes
 * that come and go without their test fail here.
 */
#include <glob.h>

#include "command.h"

TestSuite(codes, .init = work_setup, .fini = work_teardown, .timeout = 120);

static const char *const codes[] = {
#define DIAG(code, title, text) #code,
#include "compiler/base/codes.def"
#undef DIAG
};
enum { CODES = sizeof codes / sizeof *codes };

/* What no wrong file provokes. A test that names the code, or a command (after "!") that ends with
 * it; faults of the compiler itself have neither. */
static const struct {
  const char *code, *by;
} elsewhere[] = {
    {"A0101", "test_advice"},
    {"A0102", "test_advice"},
    {"A0103", "test_advice"},
    {"A0104", "test_advice"},
    {"A0105", "test_advice"},
    {"A0106", "test_advice"},
    {"A0107", "test_advice"},
    {"E0401", "test_ops"},
    {"E0413", "test_ops"},
    {"E0416", "test_ops"},
    {"E0417", "test_ops"},
    {"E0418", "test_ops"},
    {"E0501", "test_io_bind"},
    {"E0502", "test_io_bind"},
    {"E0503", "test_io_bind"},
    {"W0501", "test_io_bind"},
    {"E0601", "! check @/none.net"},
    {"E0602", "! compile examples/mlp.net -o @/none/none"},
    {"E0603", "test_io"},
    {"E0604", "test_io"},
    {"E0605", "test_io_data"},
    {"E0606", "test_io_data"},
    {"E0607", "test_io_data"},
    {"E0608", "test_io_data"},
    {"E0609", "test_io"},
    {"E0610", "test_io"},
    {"E0611", "! compile examples/mlp.net --target=none"},
    {"E0612", "! bench examples/mlp.net --runs=1"},
    {"E0613", "! run examples/mlp.net --random-weights=1 --reference --input @/a.pgm"},
    {"E0614", "test_packing"},
    {"E0615", "test_bench"},
    {"E0617", "test_report_profile"},
    {"E0618", "test_report_profile"},
    {"E0701", "test_ops"},
    {"E0702", NULL}, /* every operator has a kernel that takes anything */
    {"E0703", NULL}, /* groups are formed in the shapes that kernels know */
    {"E0704", NULL}, /* plans are checked by a checker of its own */
    {"E0705", "test_front_command"},
    {"E0706", "! compile examples/mlp.net --max-macs=1 -o @"},
    {"E0707", "test_packing"},
    {"E0801", "test_ir"},
    {"E0802", "test_ir"},
    {"E0803", "test_ir"},
    {"E0804", "test_ir"},
    {"E0805", "test_ir"},
    {"E0806", "test_ir"},
    {"E0807", "test_ir"},
    {"E0810", "test_ir"},
    {"E0820", "! report examples/mlp.net --disable=nothing"},
    {"E0821", "test_pass"},
};
enum { ELSEWHERE = sizeof elsewhere / sizeof *elsewhere };

static bool in_file(const char *path, const char *text) {
  char name[512];
  snprintf(name, sizeof name, "./%s", path);
  char *content = get_file(name, NULL);
  bool found = strstr(content, text) != NULL;
  free(content);
  return found;
}

static bool in_wrong_file(const char *code) {
  char line[32];
  bool found = false;
  glob_t files;
  snprintf(line, sizeof line, "#! %s ", code);
  cr_assert_eq(glob("tests/errors/*.net", 0, NULL, &files), 0);
  for (size_t i = 0; i < files.gl_pathc && !found; i++) found = in_file(files.gl_pathv[i], line);
  globfree(&files);
  return found;
}

static int row_of(const char *code) {
  for (int i = 0; i < ELSEWHERE; i++)
    if (!strcmp(elsewhere[i].code, code)) return i;
  return -1;
}

Test(codes, each_is_provoked) {
  for (int i = 0; i < CODES; i++) {
    int row = row_of(codes[i]);
    bool wrong = in_wrong_file(codes[i]);
    cr_expect(wrong != (row >= 0), "%s: %s", codes[i],
              wrong ? "has a wrong file, and need not stand here" : "nothing provokes it");
    if (row < 0 || !elsewhere[row].by || *elsewhere[row].by == '!') continue;
    char path[128];
    snprintf(path, sizeof path, "tests/unit/%s.c", elsewhere[row].by);
    cr_expect(in_file(path, codes[i]), "%s does not name %s", path, codes[i]);
  }
  for (int i = 0; i < ELSEWHERE; i++) {
    bool known = false;
    for (int k = 0; k < CODES; k++) known |= !strcmp(codes[k], elsewhere[i].code);
    cr_expect(known, "%s is no code", elsewhere[i].code);
  }
}

Test(codes, commands_provoke_theirs) {
  put_text("a.pgm", "P5 1 1 255\nA"); /* an image, for what takes none */
  for (int i = 0; i < ELSEWHERE; i++) {
    const char *by = elsewhere[i].by;
    if (!by || *by != '!') continue;
    sh("export CC=false; netcc %s", by + 2);
    cr_expect(outcome.status != 0 && strstr(outcome.text, elsewhere[i].code), "%s: %s",
              elsewhere[i].code, outcome.text);
  }
}
