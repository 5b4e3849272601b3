/* wrap.c: breaks emitted lines that are wider than a screen.
 * Kernels write a call as one line, however long names and offsets make it; here it is broken at
 * its last comma that fits. Lines of the preprocessor stay whole, texts in quotes too, and a
 * comment behind a statement goes to the next line as one piece where it fits there.
 */
#include "emit.h"

#include <string.h>

enum { WIDTH = 100, HANGING = 4 };

/* Where to break a line of n columns whose text begins at column `from`: the blank before a last
 * comment, the last one behind a comma or semicolon, or else the last one; 0 for none. */
static size_t break_of(const char *line, size_t n, size_t from) {
  size_t at = 0, listed = 0;
  bool quoted = false;
  for (size_t i = from; i < n && i <= WIDTH; i++) {
    if (line[i] == '"' && line[i - 1] != '\\') quoted = !quoted;
    if (line[i] != ' ' || quoted || i == from) continue;
    at = i;
    if (n - i < WIDTH - from && !strncmp(line + i, " /*", 3)) return i;
    if (strchr(",;", line[i - 1])) listed = i;
  }
  return listed > WIDTH / 2 ? listed : at;
}

static void wrap_line(StrBuf *out, const char *line, size_t n) {
  size_t indent = strspn(line, " "), at;
  bool comment = indent == 1 && line[1] == '*'; /* within one */
  char *rest = NULL;
  while (n > WIDTH && (at = break_of(line, n, strspn(line, " *")))) {
    sb_write(out, line, at);
    sb_putc(out, '\n');
    size_t hang = indent + HANGING;
    rest = str_fmt(out->arena, "%*s%.*s", (int)hang, "", (int)(n - at - 1), line + at + 1);
    if (comment) rest[indent] = '*';
    line = rest, n = n - at - 1 + hang;
  }
  sb_write(out, line, n);
  sb_putc(out, '\n');
}

void wrap_lines(StrBuf *text) {
  StrBuf out = {.arena = text->arena};
  bool directive = false; /* goes on in the next line */
  for (const char *s = sb_str(text); *s;) {
    size_t n = strcspn(s, "\n");
    directive |= *s == '#';
    if (directive || n <= WIDTH)
      sb_write(&out, s, n), sb_putc(&out, '\n');
    else
      wrap_line(&out, s, n);
    directive = directive && n && s[n - 1] == '\\';
    s += n + (s[n] == '\n');
  }
  *text = out;
}
