/* share.c: functions that several kernels have in common. Kernels of different shapes often
 * agree in their register tiles: the 1x1 convolutions of one map size differ in the number of
 * their passes alone. A helper of a kernel ("KERNEL void $_name(…) {…}") whose text stands in the
 * file already, in an earlier kernel, is left out, and that one called. */
#include "emit.h"

#include <string.h>

static const char head[] = "KERNEL void $_";

/* The helper function that begins at or after `s`: its name, and its text from the parameters to
 * the closing brace. False if there is none. */
typedef struct Inner {
  const char *start, *name, *body, *end; /* start: with the comment in front */
} Inner;

static bool find_helper(const char *text, const char *s, Inner *h) {
  const char *at = strstr(s, head), *close;
  if (!at || !(close = strstr(at, "\n}\n"))) return false;
  h->name = at + strlen(head) - 2; /* from the $ */
  h->body = h->name + strcspn(h->name, "(");
  h->end = close + 3;
  h->start = at;
  const char *line = at; /* the line in front, if it is a comment of its own */
  if (line > text) {
    for (line--; line > text && line[-1] != '\n'; line--) {
    }
    if (strncmp(line, "/* ", 3) == 0 && strncmp(at - 4, " */\n", 4) == 0) h->start = line;
  }
  if (*h->end == '\n') h->end++;
  return true;
}

static const SharedFunction *known(const Shared *s, const char *body, size_t n, uint64_t hash) {
  for (int i = 0; i < s->len; i++)
    if (s->at[i].hash == hash && s->at[i].size == n && !memcmp(s->at[i].body, body, n))
      return &s->at[i];
  return NULL;
}

/* `text` with every call of `from` (a name with its $) turned into one of `to`. */
static const char *renamed(Ctx *c, const char *text, const char *from, const char *to) {
  StrBuf b = {.arena = c->arena};
  size_t n = strlen(from);
  for (const char *p; (p = strstr(text, from)); text = p + n) {
    sb_write(&b, text, (size_t)(p - text));
    if (p[n] == '(')
      sb_puts(&b, to);
    else
      sb_puts(&b, from);
  }
  sb_puts(&b, text);
  return sb_str(&b);
}

const char *share_functions(Ctx *c, Shared *s, const char *text, const char *name) {
  Inner h;
  for (const char *p = text; find_helper(text, p, &h);) {
    size_t n = (size_t)(h.end - h.body);
    const char *own = str_dup(c->arena, h.name, (size_t)(h.body - h.name));
    uint64_t hash = hash_bytes(h.body, n, 11);
    const SharedFunction *f = known(s, h.body, n, hash);
    p = h.end;
    if (memchr(h.body, '$', n)) continue; /* it calls helpers of its own kernel */
    if (!f) {
      const char *full = str_fmt(c->arena, "%s%s", name, own + 1);
      vec_push(c->arena, s, (SharedFunction){full, h.body, n, hash});
      continue;
    }
    size_t before = (size_t)(h.start - text);
    const char *first = str_dup(c->arena, text, before);
    text = str_fmt(c->arena, "%s%s", first, renamed(c, h.end, own, f->name));
    p = text + before;
  }
  return text;
}
