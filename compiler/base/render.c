/* render.c: diagnostics as a person reads them, and as JSON.
 *
 * In: Ctx.diags. Out: text with the source line, carets under the exact span, dashes under the
 * other half of a conflict, the chain of block calls and the help lines. Columns count what a
 * terminal shows: tabs are four wide, a UTF-8 sequence one or two, a stray byte one.
 */
#include "base.h"

#include <stdlib.h>
#include <string.h>

enum { TAB = 4, LONG_LINE = 200, LEAD = 60, MAX_TRACE = 8, MAX_MARKS = 16 };

typedef struct Render {
  Ctx *ctx;
  StrBuf *out;
  bool colour;
  int gutter; /* digits of the largest line number shown */
} Render;

/* ---- colours ------------------------------------------------------------------------------ */

#define RED    "\033[1;31m"
#define YELLOW "\033[1;33m"
#define BLUE   "\033[1;34m"
#define CYAN   "\033[1;36m"
#define BOLD   "\033[1m"

static void paint(Render *r, const char *colour, const char *text) {
  if (r->colour) sb_puts(r->out, colour);
  sb_puts(r->out, text);
  if (r->colour) sb_puts(r->out, "\033[0m");
}

static const char *severity_word(Severity s) {
  return s == SEV_ERROR ? "error" : s == SEV_WARNING ? "warning" : "advice";
}
static const char *severity_colour(Severity s) {
  return s == SEV_ERROR ? RED : s == SEV_WARNING ? YELLOW : CYAN;
}

/* ---- characters -----------------------------------------------------------------------------
 */

/* Length of the UTF-8 sequence at s, at most n bytes long; 0 for a byte that starts none. */
static int utf8_length(const unsigned char *s, size_t n, uint32_t *code) {
  int len = s[0] < 0x80                   ? 1
            : s[0] >= 0xc2 && s[0] < 0xe0 ? 2
            : s[0] >= 0xe0 && s[0] < 0xf0 ? 3
            : s[0] >= 0xf0 && s[0] < 0xf5 ? 4
                                          : 0;
  if (len == 0 || (size_t)len > n) return 0;
  *code = len == 1 ? s[0] : s[0] & (0xff >> (len + 1));
  for (int i = 1; i < len; i++) {
    if ((s[i] & 0xc0) != 0x80) return 0;
    *code = *code << 6 | (s[i] & 0x3f);
  }
  return len;
}

/* Columns that a terminal gives a character: East Asian wide and emoji two, marks none. */
static int code_width(uint32_t c) {
  if ((c >= 0x300 && c <= 0x36f) || (c >= 0x200b && c <= 0x200f) || c == 0xfeff) return 0;
  if ((c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) ||
      (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) ||
      (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) ||
      (c >= 0x1f300 && c <= 0x1faff) || (c >= 0x20000 && c <= 0x3fffd))
    return 2;
  return 1;
}

/* One character at s: bytes taken, columns shown, and its text into `shown` (8 bytes). */
static int one_char(const char *s, size_t n, int *width, char *shown) {
  uint32_t code = 0;
  int len = utf8_length((const unsigned char *)s, n, &code);
  *width = 1;
  if (len == 0 || code < 0x20 || code == 0x7f || (code >= 0x80 && code < 0xa0)) {
    strcpy(shown, code == '\t' && len ? "    " : "\xef\xbf\xbd");
    if (code == '\t' && len) *width = TAB;
    return len ? len : 1;
  }
  memcpy(shown, s, (size_t)len);
  shown[len] = 0;
  *width = code_width(code);
  return len;
}

/* ---- one source line with its marks ---------------------------------------------------------
 */

typedef struct Mark {
  Span span;
  const char *text; /* may be NULL */
  bool primary;
  int line;     /* 1-based */
  int from, to; /* columns, half-open, filled per line */
} Mark;

/* The part of a line that is shown: all of it, or a window around the first mark. */
static void line_window(const Source *s, int line, uint32_t first, uint32_t *begin,
                        uint32_t *end) {
  uint32_t a = s->line[line - 1];
  uint32_t b = line < s->nlines ? s->line[line] - 1 : (uint32_t)s->size;
  if (b > a && s->text[b - 1] == '\r') b--;
  if (b - a > LONG_LINE) {
    if (first > a + LEAD) a = first - LEAD;
    while (a < b && ((unsigned char)s->text[a] & 0xc0) == 0x80) a++;
    if (b - a > LONG_LINE) b = a + LONG_LINE;
  }
  *begin = a;
  *end = b;
}

static void put_gutter(Render *r, int line) {
  char text[32];
  if (line)
    snprintf(text, sizeof text, "%*d |", r->gutter, line);
  else
    snprintf(text, sizeof text, "%*s |", r->gutter, "");
  paint(r, BLUE, text);
}

/* Writes the line's text and fills the marks' columns. */
static void put_line(Render *r, const Source *s, int line, Mark *m, int n) {
  uint32_t first = UINT32_MAX, begin, end;
  for (int i = 0; i < n; i++)
    if (m[i].span.begin < first) first = m[i].span.begin;
  line_window(s, line, first, &begin, &end);
  put_gutter(r, line);
  sb_putc(r->out, ' ');
  int column = 0, width;
  char shown[8];
  for (int i = 0; i < n; i++) m[i].from = m[i].to = -1;
  for (uint32_t at = begin; at < end;) {
    for (int i = 0; i < n; i++) {
      if (m[i].from < 0 && m[i].span.begin <= at) m[i].from = column;
      if (m[i].to < 0 && m[i].span.end <= at) m[i].to = column;
    }
    at += (uint32_t)one_char(s->text + at, end - at, &width, shown);
    sb_puts(r->out, shown);
    column += width;
  }
  for (int i = 0; i < n; i++) {
    if (m[i].from < 0) m[i].from = column;
    if (m[i].to < 0) m[i].to = column;
    if (m[i].to <= m[i].from) m[i].to = m[i].from + 1;
  }
  sb_putc(r->out, '\n');
}

static int later_first(const void *a, const void *b) {
  const Mark *x = a, *y = b;
  if (x->from != y->from) return x->from < y->from ? 1 : -1;
  return x->primary - y->primary;
}

static const char *mark_colour(const Mark *m, Severity s) {
  return m->primary ? severity_colour(s) : BLUE;
}

/* The row of carets and dashes; the rightmost mark's text stands behind it. */
static void put_markers(Render *r, Severity sev, const Mark *m, int n) {
  int width = 0;
  for (int i = 0; i < n; i++)
    if (m[i].to > width) width = m[i].to;
  char *row = NEWN(r->ctx->arena, char, width + 1);
  memset(row, ' ', (size_t)width);
  for (int pass = 0; pass < 2; pass++)
    for (int i = 0; i < n; i++)
      if (m[i].primary == (pass == 1))
        memset(row + m[i].from, pass ? '^' : '-', (size_t)(m[i].to - m[i].from));
  put_gutter(r, 0);
  sb_putc(r->out, ' ');
  for (int i = 0; i < width;) {
    int j = i;
    while (j < width && row[j] == row[i]) j++;
    char *run = str_dup(r->ctx->arena, row + i, (size_t)(j - i));
    if (row[i] == ' ')
      sb_puts(r->out, run);
    else
      paint(r, row[i] == '^' ? severity_colour(sev) : BLUE, run);
    i = j;
  }
  if (m[0].text && m[0].to == width) {
    sb_putc(r->out, ' ');
    paint(r, mark_colour(&m[0], sev), m[0].text);
  }
  sb_putc(r->out, '\n');
}

/* Texts of marks that found no room behind the markers, each on a row of its own below. */
static void put_hanging(Render *r, Severity sev, const Mark *m, int n) {
  int width = 0;
  for (int i = 0; i < n; i++)
    if (m[i].to > width) width = m[i].to;
  for (int i = 0; i < n; i++) {
    if (!m[i].text || (i == 0 && m[0].to == width)) continue;
    put_gutter(r, 0);
    sb_printf(r->out, " %*s", m[i].from, "");
    paint(r, mark_colour(&m[i], sev), m[i].text);
    sb_putc(r->out, '\n');
  }
}

/* ---- snippets --------------------------------------------------------------------------------
 */

static int by_line(const void *a, const void *b) {
  const Mark *x = a, *y = b;
  return x->line != y->line ? (x->line < y->line ? -1 : 1)
                            : (x->span.begin > y->span.begin) - (x->span.begin < y->span.begin);
}

/* All marks of one file, in order of lines; `arrow` is "-->" or ":::". */
static void put_snippet(Render *r, Severity sev, const char *arrow, Span at, Mark *m, int n) {
  const Source *s = ctx_source(r->ctx, at.file);
  sb_printf(r->out, "%*s", r->gutter, "");
  paint(r, BLUE, arrow);
  sb_printf(r->out, " %s\n", span_text(r->ctx, at));
  put_gutter(r, 0);
  sb_putc(r->out, '\n');
  qsort(m, (size_t)n, sizeof *m, by_line);
  for (int i = 0, j; i < n; i = j) {
    for (j = i; j < n && m[j].line == m[i].line;) j++;
    if (i > 0 && m[i].line > m[i - 1].line + 1) paint(r, BLUE, "...\n");
    put_line(r, s, m[i].line, m + i, j - i);
    qsort(m + i, (size_t)(j - i), sizeof *m, later_first);
    put_markers(r, sev, m + i, j - i);
    put_hanging(r, sev, m + i, j - i);
  }
}

static Mark mark_at(const Ctx *c, Span s, const char *text, bool primary) {
  Mark m = {.span = s, .text = text, .primary = primary, .line = 1};
  const Source *src = ctx_source(c, s.file);
  int column;
  if (src && m.span.begin > src->size) m.span.begin = m.span.end = (uint32_t)src->size;
  if (!span_position(c, m.span, &m.line, &column)) return m;
  return m;
}

/* The primary file's marks first, then one snippet for every other file. */
static void put_snippets(Render *r, const Diag *d) {
  Mark marks[MAX_MARKS];
  int n = 0;
  marks[n++] = mark_at(r->ctx, d->span, d->label, true);
  for (int i = 0; i < d->secondary.len && n < MAX_MARKS; i++)
    if (d->secondary.at[i].span.file == d->span.file)
      marks[n++] = mark_at(r->ctx, d->secondary.at[i].span, d->secondary.at[i].text, false);
  if (d->span.file) put_snippet(r, d->severity, "-->", d->span, marks, n);
  for (int i = 0; i < d->secondary.len; i++) {
    const DiagLabel *l = &d->secondary.at[i];
    if (!l->span.file || l->span.file == d->span.file) continue;
    Mark one = mark_at(r->ctx, l->span, l->text, false);
    put_snippet(r, d->severity, ":::", l->span, &one, 1);
  }
}

static void put_trace(Render *r, const Diag *d) {
  int hidden = 0;
  for (int i = 0; i < d->trace.len; i++) {
    const DiagLabel *l = &d->trace.at[i];
    if (i >= MAX_TRACE && i < d->trace.len - 1) {
      hidden++;
      continue;
    }
    if (hidden) sb_printf(r->out, "%*s ... %d more calls\n", r->gutter, "", hidden);
    hidden = 0;
    sb_printf(r->out, "%*s ", r->gutter, "");
    paint(r, BOLD, l->text);
    sb_putc(r->out, '\n');
    Mark one = mark_at(r->ctx, l->span, NULL, false);
    if (l->span.file) put_snippet(r, d->severity, "-->", l->span, &one, 1);
  }
}

static void put_remark(Render *r, const char *word, const char *text) {
  sb_printf(r->out, "%*s ", r->gutter, "");
  paint(r, BLUE, "= ");
  paint(r, BOLD, word);
  sb_puts(r->out, ": ");
  for (; *text; text++) {
    sb_putc(r->out, *text);
    if (*text == '\n') sb_printf(r->out, "%*s   %*s", r->gutter, "", (int)strlen(word) + 2, "");
  }
  sb_putc(r->out, '\n');
}

static void widen_gutter(Render *r, Span s) {
  int line, column, digits = 1;
  if (!span_position(r->ctx, s, &line, &column)) return;
  for (; line >= 10; line /= 10) digits++;
  if (digits > r->gutter) r->gutter = digits;
}

static void render_one(Render *r, const Diag *d) {
  r->gutter = 1;
  widen_gutter(r, d->span);
  for (int i = 0; i < d->secondary.len; i++) widen_gutter(r, d->secondary.at[i].span);
  for (int i = 0; i < d->trace.len; i++) widen_gutter(r, d->trace.at[i].span);
  paint(r, severity_colour(d->severity),
        str_fmt(r->ctx->arena, "%s[%s]", severity_word(d->severity), diag_code_name(d->code)));
  paint(r, BOLD, str_fmt(r->ctx->arena, ": %s", d->text));
  sb_putc(r->out, '\n');
  put_snippets(r, d);
  put_trace(r, d);
  for (int i = 0; i < d->help.len; i++) put_remark(r, "help", d->help.at[i]);
  for (int i = 0; i < d->notes.len; i++) put_remark(r, "note", d->notes.at[i]);
  sb_putc(r->out, '\n');
}

static void put_count(StrBuf *out, int n, const char *what) {
  sb_printf(out, "%d %s%s", n, what, n == 1 ? "" : "s");
}

/* "2 errors, 1 warning, 3 pieces of advice", and how many were not shown. */
static void put_summary(Render *r) {
  const Ctx *c = r->ctx;
  if (c->errors) put_count(r->out, c->errors, "error");
  if (c->errors && c->warnings) sb_puts(r->out, ", ");
  if (c->warnings) put_count(r->out, c->warnings, "warning");
  if (c->advice && (c->errors || c->warnings)) sb_puts(r->out, ", ");
  if (c->advice) sb_printf(r->out, "%d piece%s of advice", c->advice, c->advice == 1 ? "" : "s");
  int hidden = c->errors + c->warnings + c->advice - c->diags.len;
  if (hidden > 0) sb_printf(r->out, " (%d not shown)", hidden);
  sb_putc(r->out, '\n');
}

void diag_render(Ctx *c, StrBuf *out, bool colour) {
  Render r = {c, out, colour, 1};
  for (int i = 0; i < c->diags.len; i++) render_one(&r, c->diags.at[i]);
  if (c->diags.len) put_summary(&r);
}

/* ---- JSON ------------------------------------------------------------------------------------
 */

/* A JSON string; bytes that are not UTF-8 become U+FFFD so that any reader accepts it. */
static void json_string(StrBuf *out, const char *s) {
  size_t n = strlen(s);
  sb_putc(out, '"');
  for (size_t i = 0; i < n;) {
    uint32_t code = 0;
    int len = utf8_length((const unsigned char *)s + i, n - i, &code);
    if (len == 0)
      sb_puts(out, "\\ufffd");
    else if (code == '"' || code == '\\')
      sb_printf(out, "\\%c", (char)code);
    else if (code == '\n')
      sb_puts(out, "\\n");
    else if (code < 0x20 || (code >= 0xd800 && code < 0xe000))
      sb_printf(out, "\\u%04x", code);
    else
      sb_write(out, s + i, (size_t)len);
    i += len ? (size_t)len : 1;
  }
  sb_putc(out, '"');
}

static void json_field(StrBuf *out, const char *name, const char *value) {
  sb_printf(out, "\"%s\": ", name);
  json_string(out, value);
}

static void json_span(Ctx *c, StrBuf *out, Span s) {
  int line, column, end_line, end_column;
  if (!span_position(c, s, &line, &column)) {
    sb_puts(out, "null");
    return;
  }
  span_position(c, (Span){s.file, s.end, s.end}, &end_line, &end_column);
  sb_putc(out, '{');
  json_field(out, "file", ctx_source(c, s.file)->path);
  sb_printf(out, ", \"line\": %d, \"column\": %d, \"end_line\": %d, \"end_column\": %d", line,
            column, end_line, end_column);
  sb_printf(out, ", \"begin\": %u, \"end\": %u}", s.begin, s.end);
}

static void json_labels(Ctx *c, StrBuf *out, const char *name, const DiagLabel *l, int n) {
  sb_printf(out, ",\n   \"%s\": [", name);
  for (int i = 0; i < n; i++) {
    sb_puts(out, i ? ", {" : "{");
    json_field(out, "text", l[i].text);
    sb_puts(out, ", \"span\": ");
    json_span(c, out, l[i].span);
    sb_putc(out, '}');
  }
  sb_putc(out, ']');
}

static void json_texts(StrBuf *out, const char *name, const char *const *at, int n) {
  sb_printf(out, ",\n   \"%s\": [", name);
  for (int i = 0; i < n; i++) {
    if (i) sb_puts(out, ", ");
    json_string(out, at[i]);
  }
  sb_putc(out, ']');
}

static void json_one(Ctx *c, StrBuf *out, const Diag *d) {
  sb_puts(out, "  {");
  json_field(out, "severity", severity_word(d->severity));
  sb_puts(out, ", ");
  json_field(out, "code", diag_code_name(d->code));
  sb_puts(out, ", ");
  json_field(out, "message", d->text);
  sb_puts(out, ",\n   \"label\": ");
  if (d->label)
    json_string(out, d->label);
  else
    sb_puts(out, "null");
  sb_puts(out, ",\n   \"span\": ");
  json_span(c, out, d->span);
  json_labels(c, out, "secondary", d->secondary.at, d->secondary.len);
  json_labels(c, out, "trace", d->trace.at, d->trace.len);
  json_texts(out, "help", d->help.at, d->help.len);
  json_texts(out, "notes", d->notes.at, d->notes.len);
  sb_putc(out, '}');
}

void diag_render_json(Ctx *c, StrBuf *out) {
  sb_puts(out, "[\n");
  for (int i = 0; i < c->diags.len; i++) {
    if (i) sb_puts(out, ",\n");
    json_one(c, out, c->diags.at[i]);
  }
  sb_puts(out, c->diags.len ? "\n]\n" : "]\n");
}
