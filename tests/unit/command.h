/* command.h: what tests of whole programs share: a fresh folder that is gone after the test,
 * shell commands with their output and exit status, small files, and visible skipping.
 * Tests run from the repository's root; the compiler under test is $NETCC or build/netcc. */
#ifndef COMMAND_H
#define COMMAND_H

#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char work[64]; /* the test's folder */

static inline void work_setup(void) {
  strcpy(work, "/tmp/netcc-test-XXXXXX");
  cr_assert_not_null(mkdtemp(work));
}

/* The outcome of a command: everything it wrote, to stdout and stderr, and how it ended. */
typedef struct Outcome {
  int status; /* exit status, or 128 + signal */
  char text[1 << 16];
} Outcome;

static Outcome outcome;

static inline const char *netcc(void) {
  const char *path = getenv("NETCC");
  return path && *path ? path : "build/netcc";
}

/* Runs a shell command in which '@' stands for the work folder and a leading "netcc " for the
 * compiler under test; fills `outcome` and returns its status. Text beyond its size is lost. */
__attribute__((format(printf, 1, 2))) static inline int sh(const char *fmt, ...) {
  static char plain[8192], command[16384];
  va_list ap;
  va_start(ap, fmt);
  vsnprintf(plain, sizeof plain, fmt, ap);
  va_end(ap);
  char *to = command, *end = command + sizeof command - 128;
  to += sprintf(to, "{ ");
  for (const char *s = plain; *s && to < end; s++) {
    bool start = s == plain || s[-1] == ' ';
    if (*s == '@')
      to += sprintf(to, "%s", work);
    else if (start && !strncmp(s, "netcc ", 6))
      to += sprintf(to, "%s", netcc()), s += 4;
    else
      *to++ = *s;
  }
  sprintf(to, "\n} 2>&1");
  fflush(NULL);
  FILE *f = popen(command, "r");
  cr_assert_not_null(f);
  size_t n = fread(outcome.text, 1, sizeof outcome.text - 1, f);
  outcome.text[n] = 0;
  while (fgetc(f) != EOF) continue;
  int status = pclose(f);
  outcome.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return outcome.status;
}

static inline void work_teardown(void) {
  if (strncmp(work, "/tmp/netcc-test-", 16) == 0) sh("rm -rf @");
}

static inline void expect_outcome(int line, int want, const char *part) {
  int got = outcome.status;
  cr_expect_eq(got, want, "line %d: exit status %d, expected %d:\n%s", line, got, want,
               outcome.text);
  if (!part) return;
  cr_expect(strstr(outcome.text, part), "line %d: no \"%s\" in:\n%s", line, part, outcome.text);
}

/* Runs a command; expects an exit status and, unless NULL, a part of the output. */
#define RUNS(want, part, ...) (sh(__VA_ARGS__), expect_outcome(__LINE__, (want), (part)))

/* Has the system a command of that name? */
static inline bool have(const char *command) { return sh("command -v %s", command) == 0; }

static inline bool exists(const char *name) { return sh("test -e @/%s", name) == 0; }

/* Says what is left out and why, where one can see it. */
#define SKIPPED(...)                                                                             \
  do {                                                                                           \
    fprintf(stderr, "skipped: " __VA_ARGS__);                                                    \
    fputc('\n', stderr);                                                                         \
  } while (0)

static inline void put_file(const char *name, const void *data, size_t size) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", work, name);
  FILE *f = fopen(path, "wb");
  cr_assert(f && fwrite(data, 1, size, f) == size && !fclose(f), "cannot write %s", path);
}

static inline void put_text(const char *name, const char *text) {
  put_file(name, text, strlen(text));
}

/* A whole file, NUL-terminated, of the work folder or, beginning with "./", of the repository;
 * free() it. */
static inline char *get_file(const char *name, size_t *size) {
  char path[4096];
  struct stat st;
  if (!strncmp(name, "./", 2))
    snprintf(path, sizeof path, "%s", name);
  else
    snprintf(path, sizeof path, "%s/%s", work, name);
  FILE *f = fopen(path, "rb");
  cr_assert(f && !fstat(fileno(f), &st), "cannot read %s", path);
  char *data = malloc((size_t)st.st_size + 1);
  cr_assert(data && fread(data, 1, (size_t)st.st_size, f) == (size_t)st.st_size);
  fclose(f);
  data[st.st_size] = 0;
  if (size) *size = (size_t)st.st_size;
  return data;
}

#endif
