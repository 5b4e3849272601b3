/* test_random.c: 1,000 files of random bytes through the compiler built with sanitizers.
 * A third are bytes, a third printable text, a third examples with random damage. The compiler
 * may accept or refuse them; it must not crash, read out of bounds, or leak.
 */
#include "command.h"

#include <glob.h>
#include <stdint.h>

enum { FILES = 1000, BATCH = 50, MOST = 4096 };

static uint64_t state = 12345;

static uint32_t draw(uint32_t below) { /* splitmix64 */
  uint64_t z = (state += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return (uint32_t)((z ^ (z >> 31)) >> 32) % below;
}

/* Copies, removes or overwrites a few bytes of an example. */
static size_t damage(char *text, const char *example) {
  size_t size;
  char path[512];
  snprintf(path, sizeof path, "./%s", example);
  char *whole = get_file(path, &size);
  if (size > MOST) size = MOST;
  memcpy(text, whole, size);
  free(whole);
  for (uint32_t i = 0, n = 1 + draw(8); i < n; i++) {
    uint32_t at = draw((uint32_t)size), len = draw(20);
    if (at + len >= size) continue;
    if (draw(2))
      text[at] = (char)draw(256);
    else
      memmove(text + at, text + at + len, size - at - len), size -= len;
  }
  return size;
}

static size_t random_text(char *text, int kind, const glob_t *examples) {
  if (kind == 2) return damage(text, examples->gl_pathv[draw((uint32_t)examples->gl_pathc)]);
  size_t size = draw(kind ? 400 : MOST);
  static const char words[] =
      "net 1.0\nmodel m(x: f32[1,3,8,8]) -> (y) { y = x |> conv(){}[]:,+*/#\"";
  for (size_t i = 0; i < size; i++)
    text[i] = kind ? words[draw(sizeof words - 1)] : (char)draw(256);
  return size;
}

Test(random_files, neither_crash_nor_leak, .init = work_setup, .fini = work_teardown,
     .timeout = 600) {
  static char text[MOST];
  char name[32];
  glob_t examples;
  if (access("build/san/netcc", X_OK)) {
    SKIPPED("random files: no build/san/netcc (make SAN=1)");
    return;
  }
  cr_assert_eq(glob("examples/*.net", 0, NULL, &examples), 0);
  for (int i = 0; i < FILES; i += BATCH) {
    for (int j = 0; j < BATCH; j++) {
      snprintf(name, sizeof name, "%d.net", j);
      put_file(name, text, random_text(text, (i + j) % 3, &examples));
    }
    int status = sh("ASAN_OPTIONS=detect_leaks=1:exitcode=99 UBSAN_OPTIONS=exitcode=99 "
                    "build/san/netcc check @/*.net > @/log 2>&1; s=$?; test -s @/log; exit $s");
    sh("grep -c -E 'Sanitizer|runtime error' @/log");
    cr_expect(status <= 1 && outcome.status == 1, "files %d to %d: exit status %d", i,
              i + BATCH - 1, status);
  }
  globfree(&examples);
}
