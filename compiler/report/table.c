/* table.c: columns of text, aligned, fitted to a width.
 *
 * Cells come row by row. Where a table is too wide, columns go, the most dispensable first, and
 * long names lose their middle; a line below says what was left out. Lines never end in spaces,
 * so reports can be golden files.
 */
#include "report.h"

#include <limits.h>
#include <string.h>

enum { INDENT = 2, GAP = 2, MAX_COLUMNS = 16, NOTE_WIDTH = 100 };

/* A table that is too wide gives up, in this order: columns that matter little, the middle of
 * long texts, more columns, more text. */
enum { DISPENSABLE = 3, LONG_TEXT = 16, SHORT_TEXT = 8 };

Table table_new(Ctx *c, const Column *col, int ncol) {
  return (Table){.c = c, .col = col, .ncol = ncol};
}

void table_text(Table *t, const char *s) { vec_push(t->c->arena, &t->cell, s ? s : ""); }

void table_int(Table *t, int64_t n) { table_text(t, str_thousands(t->c->arena, n)); }

void table_printf(Table *t, const char *fmt, ...) {
  StrBuf b = {.arena = t->c->arena};
  va_list ap;
  va_start(ap, fmt);
  sb_vprintf(&b, fmt, ap);
  va_end(ap);
  table_text(t, sb_str(&b));
}

/* Characters of UTF-8 text. */
static int columns_of(const char *s) {
  int n = 0;
  for (; *s; s++) n += ((unsigned char)*s & 0xC0) != 0x80;
  return n;
}

/* The first `n` characters' bytes. */
static size_t bytes_of(const char *s, int n) {
  size_t i = 0;
  for (; s[i] && n >= 0; i++) {
    if (((unsigned char)s[i] & 0xC0) == 0x80) continue;
    if (n-- == 0) break;
  }
  return i;
}

/* "inception3a.branch1" in 12 columns: "incep..anch1". */
static const char *shorten(Ctx *c, const char *s, int width) {
  int n = columns_of(s);
  if (n <= width) return s;
  int tail = (width - 2) / 2, head = width - 2 - tail;
  return str_fmt(c->arena, "%.*s..%s", (int)bytes_of(s, head), s, s + bytes_of(s, n - tail));
}

typedef struct Fit {
  int width[MAX_COLUMNS]; /* -1: dropped */
  int sum;
} Fit;

static void measure(const Table *t, Fit *f) {
  f->sum = INDENT - GAP;
  for (int k = 0; k < t->ncol; k++) {
    if (f->width[k] < 0) continue;
    f->width[k] = columns_of(t->col[k].head);
    for (int i = k; i < t->cell.len; i += t->ncol) {
      int w = columns_of(t->cell.at[i]);
      if (w > f->width[k]) f->width[k] = w;
    }
    f->sum += f->width[k] + GAP;
  }
}

static bool drop_one(const Table *t, Fit *f, int least) {
  int worst = -1;
  for (int k = 0; k < t->ncol; k++)
    if (f->width[k] >= 0 && t->col[k].drop >= least &&
        (worst < 0 || t->col[k].drop >= t->col[worst].drop))
      worst = k;
  if (worst < 0) return false;
  f->sum -= f->width[worst] + GAP;
  f->width[worst] = -1;
  return true;
}

static bool drop_last(const Table *t, Fit *f) {
  int k = t->ncol - 1;
  while (k > 0 && f->width[k] < 0) k--;
  if (k <= 0) return false;
  f->sum -= f->width[k] + GAP;
  f->width[k] = -1;
  return true;
}

/* Takes what is too much from the widest column of text. */
static void squeeze(const Table *t, Fit *f, int width, int least) {
  while (f->sum > width) {
    int widest = -1;
    for (int k = 0; k < t->ncol; k++)
      if (!t->col[k].right && f->width[k] > least &&
          (widest < 0 || f->width[k] > f->width[widest]))
        widest = k;
    if (widest < 0) return;
    f->width[widest]--;
    f->sum--;
  }
}

static void trim(StrBuf *out) {
  while (out->len && out->at[out->len - 1] == ' ') out->at[--out->len] = 0;
}

static void print_row(const Table *t, const Fit *f, const char *const *cells, StrBuf *out) {
  sb_printf(out, "%*s", INDENT, "");
  for (int k = 0; k < t->ncol; k++) {
    if (f->width[k] < 0) continue;
    const char *s = shorten(t->c, cells[k], f->width[k]);
    int pad = f->width[k] - columns_of(s);
    if (t->col[k].right) sb_printf(out, "%*s", pad, "");
    sb_puts(out, s);
    sb_printf(out, "%*s", t->col[k].right ? GAP : pad + GAP, "");
  }
  trim(out);
  sb_putc(out, '\n');
}

static void print_rule(const Fit *f, StrBuf *out) {
  sb_printf(out, "%*s", INDENT, "");
  for (int i = INDENT; i < f->sum; i++) sb_putc(out, '-');
  sb_putc(out, '\n');
}

static void print_dropped(const Table *t, const Fit *f, int width, StrBuf *out) {
  StrBuf b = {.arena = t->c->arena};
  for (int k = 0; k < t->ncol; k++)
    if (f->width[k] < 0 && *t->col[k].head)
      sb_printf(&b, "%s%s", b.len ? ", " : "", t->col[k].head);
  if (b.len) report_note(t->c, width, out, "left out at this width: %s", sb_str(&b));
}

static void fit(const Table *t, Fit *f, int width) {
  measure(t, f);
  while (f->sum > width && drop_one(t, f, DISPENSABLE)) continue;
  squeeze(t, f, width, LONG_TEXT);
  while (f->sum > width && drop_one(t, f, 1)) {
    measure(t, f);
    squeeze(t, f, width, LONG_TEXT);
  }
  squeeze(t, f, width, SHORT_TEXT);
  while (f->sum > width && drop_last(t, f)) continue; /* the first column says what a row is */
}

void table_print(Table *t, int width, StrBuf *out) {
  Fit f = {0};
  const char *heads[MAX_COLUMNS];
  bool headed = false;
  for (int k = 0; k < t->ncol; k++) headed |= *(heads[k] = t->col[k].head) != 0;
  fit(t, &f, width > 0 ? width : INT_MAX);
  if (headed) {
    print_row(t, &f, heads, out);
    print_rule(&f, out);
  }
  for (int i = 0; i + t->ncol <= t->cell.len; i += t->ncol) {
    if (t->total && i + t->ncol == t->cell.len) print_rule(&f, out);
    print_row(t, &f, &t->cell.at[i], out);
  }
  print_dropped(t, &f, width, out);
}

/* ---- pieces of text ---------------------------------------------------------------------------
 */

void report_heading(StrBuf *out, const char *fmt, ...) {
  va_list ap;
  if (out->len) sb_putc(out, '\n');
  va_start(ap, fmt);
  sb_vprintf(out, fmt, ap);
  va_end(ap);
  sb_puts(out, "\n\n");
}

/* Bytes of the word at s, or of what of it fits in `most` columns. */
static size_t note_word(Ctx *c, const char *s, int most) {
  size_t n = strcspn(s, " ");
  while (n > 1 && columns_of(str_dup(c->arena, s, n)) > most) {
    n--;
    while (n > 1 && ((unsigned char)s[n] & 0xC0) == 0x80) n--; /* not amidst a character */
  }
  return n;
}

void report_note(Ctx *c, int width, StrBuf *out, const char *fmt, ...) {
  StrBuf b = {.arena = c->arena};
  va_list ap;
  va_start(ap, fmt);
  sb_vprintf(&b, fmt, ap);
  va_end(ap);
  int most = width > 0 && width < NOTE_WIDTH ? width : NOTE_WIDTH, column = 0;
  for (const char *s = sb_str(&b); *s;) {
    size_t n = note_word(c, s, most - INDENT);
    int w = columns_of(str_dup(c->arena, s, n));
    bool fresh = column == 0 || column + 1 + w > most;
    if (fresh && column) sb_putc(out, '\n');
    sb_printf(out, "%*s%.*s", fresh ? INDENT : 1, "", (int)n, s);
    column = (fresh ? INDENT : column + 1) + w;
    s += n + (s[n] == ' ');
  }
  sb_putc(out, '\n');
}

const char *line_text(Ctx *c, const Graph *source, Span s) {
  int line, column;
  if (!span_position(c, s, &line, &column)) return "";
  /* inputs are declared by the model itself, so their file is the network's */
  int32_t home =
      source->inputs.len ? graph_value(source, source->inputs.at[0])->span.file : s.file;
  if (s.file == home) return str_fmt(c->arena, "%d", line);
  return str_fmt(c->arena, "%s:%d", path_base(ctx_source(c, s.file)->path), line);
}

const char *mib_text(Ctx *c, int64_t bytes) {
  double kib = (double)bytes / 1024.0;
  return kib < 10 ? str_fmt(c->arena, "%.1f KiB", kib)
                  : str_fmt(c->arena, "%.3f MiB", kib / 1024.0);
}
