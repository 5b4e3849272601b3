/* diag.c: one compilation's sources and diagnostics.
 *
 * In: source texts, and errors, warnings and their labels as stages find them. Out: the list in
 * Ctx.diags, which render.c turns into text or JSON. Kept apart from rendering so that tests
 * read codes and spans without looking at any text.
 */
#include "base.h"

#include <string.h>

enum { MAX_ERRORS = 50 };

/* ---- the compilation and its sources -------------------------------------------------- */

Ctx *ctx_new(Arena *a) {
  Ctx *c = NEW(a, Ctx);
  c->arena = a;
  c->names = interner_new(a);
  return c;
}

int32_t ctx_add_source(Ctx *c, const char *path, const char *text, size_t size) {
  Source *s = NEW(c->arena, Source);
  if (size >= UINT32_MAX) size = UINT32_MAX - 1; /* offsets are 32 bits */
  *s = (Source){.path = path, .text = text, .size = size, .nlines = 1};
  for (size_t i = 0; i < size; i++) s->nlines += text[i] == '\n';
  s->line = NEWN(c->arena, uint32_t, s->nlines);
  int n = 1;
  for (size_t i = 0; i < size; i++)
    if (text[i] == '\n') s->line[n++] = (uint32_t)i + 1;
  vec_push(c->arena, &c->sources, s);
  return c->sources.len;
}

const Source *ctx_source(const Ctx *c, int32_t file) {
  return file > 0 && file <= c->sources.len ? c->sources.at[file - 1] : NULL;
}

Span span_join(Span a, Span b) {
  if (!a.file) return b;
  if (!b.file || a.file != b.file) return a;
  return (Span){a.file, a.begin < b.begin ? a.begin : b.begin, a.end > b.end ? a.end : b.end};
}

bool span_position(const Ctx *c, Span s, int *line, int *column) {
  const Source *src = ctx_source(c, s.file);
  if (!src) return false;
  int low = 0, high = src->nlines - 1;
  while (low < high) {
    int mid = (low + high + 1) / 2;
    if (src->line[mid] <= s.begin)
      low = mid;
    else
      high = mid - 1;
  }
  *line = low + 1;
  *column = (int)(s.begin - src->line[low]) + 1;
  return true;
}

const char *span_text(Ctx *c, Span s) {
  int line, column;
  if (!span_position(c, s, &line, &column)) return "";
  return str_fmt(c->arena, "%s:%d:%d", ctx_source(c, s.file)->path, line, column);
}

/* ---- recording -------------------------------------------------------------------------- */

static bool reported_already(const Ctx *c, DiagCode code, Span at) {
  for (int i = 0; at.file && i < c->diags.len; i++) {
    const Diag *d = c->diags.at[i];
    if (d->code == code && d->span.file == at.file && d->span.begin == at.begin &&
        d->span.end == at.end)
      return true;
  }
  return false;
}

static Diag *record(Ctx *c, Severity severity, DiagCode code, Span at, const char *fmt,
                    va_list ap) {
  StrBuf text = {.arena = c->arena};
  Diag *d = NEW(c->arena, Diag);
  d->severity = severity;
  d->code = code;
  d->span = at;
  if (reported_already(c, code, at)) return d; /* takes labels, is never shown */
  int *counts[] = {
      [SEV_ERROR] = &c->errors, [SEV_WARNING] = &c->warnings, [SEV_ADVICE] = &c->advice};
  int *count = counts[severity];
  if (++*count > MAX_ERRORS) return d;
  sb_vprintf(&text, fmt, ap);
  d->text = sb_str(&text);
  vec_push(c->arena, &c->diags, d);
  return d;
}

Diag *diag_error(Ctx *c, DiagCode code, Span at, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  Diag *d = record(c, SEV_ERROR, code, at, fmt, ap);
  va_end(ap);
  return d;
}

Diag *diag_warning(Ctx *c, DiagCode code, Span at, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  Diag *d = record(c, SEV_WARNING, code, at, fmt, ap);
  va_end(ap);
  return d;
}

Diag *diag_advice(Ctx *c, DiagCode code, Span at, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  Diag *d = record(c, SEV_ADVICE, code, at, fmt, ap);
  va_end(ap);
  return d;
}

#define FORMAT_INTO(result)                                                                      \
  StrBuf text_ = {.arena = c->arena};                                                            \
  va_list ap_;                                                                                   \
  va_start(ap_, fmt);                                                                            \
  sb_vprintf(&text_, fmt, ap_);                                                                  \
  va_end(ap_);                                                                                   \
  const char *result = sb_str(&text_)

void diag_under(Ctx *c, Diag *d, const char *fmt, ...) {
  FORMAT_INTO(text);
  d->label = text;
}

void diag_also(Ctx *c, Diag *d, Span at, const char *fmt, ...) {
  FORMAT_INTO(text);
  vec_push(c->arena, &d->secondary, (DiagLabel){at, text});
}

void diag_trace(Ctx *c, Diag *d, Span at, const char *fmt, ...) {
  FORMAT_INTO(text);
  vec_push(c->arena, &d->trace, (DiagLabel){at, text});
}

void diag_help(Ctx *c, Diag *d, const char *fmt, ...) {
  FORMAT_INTO(text);
  vec_push(c->arena, &d->help, text);
}

void diag_note(Ctx *c, Diag *d, const char *fmt, ...) {
  FORMAT_INTO(text);
  vec_push(c->arena, &d->notes, text);
}

/* ---- codes --------------------------------------------------------------------------------- */

static const struct {
  const char *name, *title, *text;
} codes[DIAG_COUNT] = {
#define DIAG(code, title, text) {#code, title, text},
#include "codes.def"
#undef DIAG
};

const char *diag_code_name(DiagCode code) { return codes[code].name; }
const char *diag_code_title(DiagCode code) { return codes[code].title; }
const char *diag_code_text(DiagCode code) { return codes[code].text; }

bool diag_code_find(const char *name, DiagCode *code) {
  for (int i = 0; i < DIAG_COUNT; i++)
    if (str_eq(codes[i].name, name)) {
      *code = (DiagCode)i;
      return true;
    }
  return false;
}
