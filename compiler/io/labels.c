/* labels.c: class names, one per line.
 * In: a text file as data sets ship them; out: strings by class number. */
#include "io.h"

#include <string.h>

static bool blank(char ch) { return ch == ' ' || ch == '\t' || ch == '\r'; }

bool labels_parse(Ctx *c, const char *path, const char *text, size_t size, Labels *out) {
  *out = (Labels){0};
  if (size && memchr(text, 0, size)) return io_fail(c, DIAG_E0608, path, "not a text file");
  const char *at = text, *end = text + size;
  if (size >= 3 && memcmp(at, "\xef\xbb\xbf", 3) == 0) at += 3;
  int kept = 0;
  while (at < end) {
    const char *stop = at, *next;
    while (stop < end && *stop != '\n' && *stop != '\r') stop++;
    next = stop + (stop < end) + (end - stop >= 2 && stop[0] == '\r' && stop[1] == '\n');
    while (at < stop && blank(*at)) at++;
    while (stop > at && blank(stop[-1])) stop--;
    vec_push(c->arena, &out->at, str_dup(c->arena, at, (size_t)(stop - at)));
    if (stop > at) kept = out->at.len;
    at = next;
  }
  out->at.len = kept;
  return true;
}

bool labels_read(Ctx *c, const char *path, Labels *out) {
  size_t size;
  const char *text = io_read(c, path, &size);
  return text && labels_parse(c, path, text, size, out);
}
