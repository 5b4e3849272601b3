/* test_style.c: what the sources promise about themselves.
 * Includes go one way (base, ir, then the stages side by side, then emit, report and the
 * commands), the runtime knows nothing of the compiler, and files stay under 600 lines.
 */
#include <criterion/criterion.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>

/* folder -> the folders it may include, itself among them */
static const char *const allowed[][2] = {
    {"base", " base "},
    {"ir", " base ir "},
    {"ops", " base ir ops "},
    {"front", " base ir front "},
    {"pass", " base ir pass "},
    {"plan", " base ir plan "},
    {"io", " base ir io "},
    {"emit", " base ir ops front pass plan io emit runtime "},
    {"report", " base ir ops front pass plan io emit report "},
};

/* "../ir/ir.h" -> ir; "x.h" -> the file's own folder */
static void included_folder(const char *include, const char *own, char *out, size_t size) {
  while (!strncmp(include, "../", 3)) include += 3;
  const char *slash = strchr(include, '/');
  if (slash)
    snprintf(out, size, " %.*s ", (int)(slash - include), include);
  else
    snprintf(out, size, " %s ", own);
}

static void check_file(const char *path, const char *own, const char *may) {
  char line[1024], name[256], folder[300];
  FILE *f = fopen(path, "r");
  cr_assert_not_null(f);
  for (int n = 1; fgets(line, sizeof line, f); n++) {
    if (sscanf(line, " #include \"%255[^\"]\"", name) != 1) continue;
    included_folder(name, own, folder, sizeof folder);
    cr_expect_not_null(strstr(may, folder), "%s:%d: %s may not include %s", path, n, own, name);
  }
  fclose(f);
}

static int each(const char *pattern, void (*visit)(const char *path, const char *, const char *),
                const char *a, const char *b) {
  glob_t found;
  int n = 0;
  if (glob(pattern, 0, NULL, &found)) return 0;
  for (size_t i = 0; i < found.gl_pathc; i++, n++) visit(found.gl_pathv[i], a, b);
  globfree(&found);
  return n;
}

Test(style, includes_go_one_way) {
  for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) {
    char pattern[64];
    snprintf(pattern, sizeof pattern, "compiler/%s/*.[ch]", allowed[i][0]);
    cr_expect_gt(each(pattern, check_file, allowed[i][0], allowed[i][1]), 0, "%s", pattern);
  }
  cr_expect_gt(each("runtime/*.[ch]", check_file, "runtime", " runtime "), 0);
}

static void check_length(const char *path, const char *a, const char *b) {
  (void)a, (void)b;
  int lines = 0;
  FILE *f = fopen(path, "r");
  cr_assert_not_null(f);
  for (int ch; (ch = getc(f)) != EOF;) lines += ch == '\n';
  fclose(f);
  cr_expect_lt(lines, 600, "%s has %d lines", path, lines);
}

Test(style, files_stay_under_600_lines) {
  static const char *const patterns[] = {"compiler/*.[ch]", "compiler/*/*.[ch]", "runtime/*.[ch]",
                                         "tests/unit/*.[ch]", "grammars/*.y"};
  for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
    each(patterns[i], check_length, NULL, NULL);
}
