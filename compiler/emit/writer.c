/* writer.c: indented C with operation counts.
 * Every brace that is opened is closed by w_close, and the counts of what stands inside are
 * multiplied by the trips of all loops around it: the figures in a kernel's banner come from the
 * text that was written, not from a formula beside it.
 */
#include "emit.h"

#include <string.h>

static void indent(Writer *w) {
  for (int i = 0; i < w->depth; i++) sb_puts(&w->out, "  ");
}

static void open_block(Writer *w, double trips, const char *fmt, va_list ap) {
  indent(w);
  sb_vprintf(&w->out, fmt, ap);
  sb_puts(&w->out, " {\n");
  vec_push(w->out.arena, &w->outer, w->trips);
  w->trips *= trips;
  w->depth++;
}

Writer writer_new(Ctx *c) { return (Writer){.out = {.arena = c->arena}, .trips = 1}; }

void w_line(Writer *w, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  if (*fmt != '#') indent(w);
  sb_vprintf(&w->out, fmt, ap);
  va_end(ap);
  sb_putc(&w->out, '\n');
}

void w_blank(Writer *w) { sb_putc(&w->out, '\n'); }

void w_open(Writer *w, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  open_block(w, 1, fmt, ap);
  va_end(ap);
}

void w_block(Writer *w) {
  w_line(w, "{");
  vec_push(w->out.arena, &w->outer, w->trips);
  w->depth++;
}

void w_loop(Writer *w, double trips, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  open_block(w, trips, fmt, ap);
  va_end(ap);
}

void w_function(Writer *w, double calls, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  open_block(w, calls, fmt, ap);
  va_end(ap);
}

void w_wrapped(Writer *w, const char *text) {
  int depth = w->depth;
  while (*text) {
    size_t room = (size_t)(LINE - 2 * w->depth), n = strlen(text);
    const char *comment = strstr(text, " /*"); /* stays in one piece */
    if (n > room)
      for (n = room; n > 0 && (text[n] != ' ' || (comment && text + n > comment));) n--;
    if (!n) n = strlen(text);
    w_line(w, "%.*s", (int)n, text);
    text += n + (text[n] == ' ');
    w->depth = depth + 2;
  }
  w->depth = depth;
}

void w_signature(Writer *w, double calls, const char *name, const char *parameters) {
  enum { WIDTH = LINE - 8 };
  StrBuf line = {.arena = w->out.arena};
  w_line(w, "KERNEL void %s(", name);
  for (const char *s = parameters; *s;) {
    size_t n = strcspn(s, ",");
    if (line.len && line.len + n > WIDTH) {
      w_line(w, "    %s,", sb_str(&line));
      line.len = 0;
    }
    if (line.len) sb_puts(&line, ", ");
    sb_write(&line, s, n);
    s += n + strspn(s + n, ", ");
  }
  w_function(w, calls, "    %s)", sb_str(&line));
}

void w_for(Writer *w, const char *var, int64_t trips) {
  w_loop(w, (double)trips, "for (size_t %s = 0; %s < %lld; ++%s)", var, var, (long long)trips,
         var);
}

void w_close(Writer *w) {
  w->depth--;
  w->trips = w->outer.at[--w->outer.len];
  w_line(w, "}");
}

void w_count_fma(Writer *w, double n) { w->counts.fma += n * w->trips; }
void w_count_other(Writer *w, double n) { w->counts.other += n * w->trips; }
void w_count_loads(Writer *w, double bytes) { w->counts.loads += bytes * w->trips; }
void w_count_stores(Writer *w, double bytes) { w->counts.stores += bytes * w->trips; }
