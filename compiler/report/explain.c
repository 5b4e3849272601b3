/* explain.c: what became of a layer, a block or a place in the source, and why.
 *
 * In: a name or FILE:LINE[:COLUMN]. Out: every layer it means, with its source line, where it
 * runs, and all decisions that name it; then decisions at that place about nodes that passes or
 * planner made. Reads the decision log and decides nothing.
 */
#include "report.h"

#include <stdlib.h>
#include <string.h>

typedef struct Focus {
  const char *name; /* of a layer, a block's path or a node of the plan; NULL: a place */
  const char *file; /* "": the network's own */
  int line, column; /* column 0: the whole line */
} Focus;

typedef struct Explain {
  Ctx *c;
  const Graph *source;
  const Plan *p;
  Focus focus;
  int width;
  StrBuf *out;
  bool *told; /* by decision */
} Explain;

/* ---- what is meant ---------------------------------------------------------------------------
 */

/* Takes ":123" off the end; 0 if there is none. */
static int take_number(Ctx *c, const char **text) {
  const char *colon = strrchr(*text, ':');
  const char *digits = colon ? colon + 1 : *text;
  if (!*digits || strspn(digits, "0123456789") != strlen(digits) || strlen(digits) > 8) return 0;
  *text = str_dup(c->arena, *text, colon ? (size_t)(colon - *text) : 0);
  return atoi(digits);
}

static bool parse_place(Ctx *c, const char *text, Focus *f) {
  int last = take_number(c, &text), first = last ? take_number(c, &text) : 0;
  *f = (Focus){.file = text, .line = first ? first : last, .column = first ? last : 0};
  return last > 0;
}

static bool names(const char *focus, const char *name) {
  size_t n = strlen(focus);
  return n && name && str_starts(name, focus) && (!name[n] || name[n] == '.');
}

static bool covers(Explain *e, Span s) {
  int line, column, end_line, end_column;
  const Focus *f = &e->focus;
  if (!span_position(e->c, s, &line, &column)) return false;
  if (!span_position(e->c, (Span){s.file, s.end, s.end}, &end_line, &end_column)) return false;
  const char *path = ctx_source(e->c, s.file)->path;
  if (*f->file && !str_eq(path, f->file) && !str_eq(path_base(path), path_base(f->file)))
    return false;
  if (f->line < line || f->line > end_line) return false;
  if (!f->column) return true;
  return (f->line > line || f->column >= column) &&
         (f->line < end_line || f->column < end_column);
}

static bool means_node(Explain *e, const Node *n) {
  if (e->focus.name) return names(e->focus.name, n->name);
  return covers(e, n->span);
}

static bool means_decision(Explain *e, const Decision *d) {
  const Focus *f = &e->focus;
  if (f->name) return names(f->name, d->node) || (d->other && names(f->name, d->other));
  return covers(e, d->span) || covers(e, d->span2);
}

/* ---- what is said ----------------------------------------------------------------------------
 */

static const char *savings(Explain *e, const Decision *d) {
  bool bytes = d->bytes < 0 || d->bytes > 0, time = d->seconds < 0 || d->seconds > 0;
  bool costs = d->bytes < 0 || d->seconds < 0;
  if (!bytes && !time) return "";
  const char *verb = d->taken ? costs ? "costs" : "saves" : costs ? "would cost" : "would save";
  Arena *a = e->c->arena;
  double us = (costs ? -d->seconds : d->seconds) * 1e6;
  return str_fmt(a, "; %s %s%s%s", verb,
                 bytes ? str_thousands(a, (int64_t)(costs ? -d->bytes : d->bytes)) : "",
                 bytes ? time ? " bytes, " : " bytes" : "",
                 time ? str_fmt(a, "%.1f us", us) : "");
}

static void tell_candidates(Explain *e, const Decision *d) {
  const char *text = candidates_text(e->c, d, d->what);
  if (*text) report_note(e->c, e->width, e->out, "  kernels: %s", text);
}

static void tell(Explain *e, int i) {
  const Decision *d = &e->p->g->log->at.at[i];
  const char *with = span_text(e->c, d->span2);
  e->told[i] = true;
  report_note(e->c, e->width, e->out, "%s %s: %s, because %s%s%s%s%s", d->taken ? "+" : "-",
              d->pass, d->taken ? d->what : str_fmt(e->c->arena, "%s: not done", d->what),
              d->reason, savings(e, d), *with ? " (with " : "", *with ? path_base(with) : "",
              *with ? ")" : "");
  tell_candidates(e, d);
}

/* The source line, and carets below the part that is meant. */
static void excerpt(Explain *e, Span s) {
  int line, column;
  if (!span_position(e->c, s, &line, &column)) return;
  const Source *file = ctx_source(e->c, s.file);
  const char *text = file->text + file->line[line - 1];
  size_t n = strcspn(text, "\r\n"), from = (size_t)column - 1, to = from + (s.end - s.begin);
  if (to > n) to = n;
  if (e->width > 0 && n + 4 > (size_t)e->width) return; /* a broken line says nothing */
  sb_printf(e->out, "    %.*s\n    ", (int)n, text);
  for (size_t i = 0; i < from; i++)
    if (((unsigned char)text[i] & 0xC0) != 0x80) sb_putc(e->out, text[i] == '\t' ? '\t' : ' ');
  for (size_t i = from; i < to || i == from; i++)
    if (((unsigned char)text[i] & 0xC0) != 0x80) sb_putc(e->out, '^');
  sb_putc(e->out, '\n');
}

static void tell_place(Explain *e, const Placing *at) {
  const Step *st = at->step;
  if (!at->group)
    report_note(e->c, e->width, e->out, "%s", at->fate);
  else if (!at->anchor)
    report_note(e->c, e->width, e->out, "runs %s", at->fate);
  else if (st)
    report_note(e->c, e->width, e->out, "runs in %s, epoch %d%s", at->fate, st->epoch,
                st->view ? ""
                         : str_fmt(e->c->arena, ", predicted %.1f us on one thread",
                                   st->choice.seconds * 1e6));
}

static void tell_layer(Explain *e, const Node *n, const Placing *at) {
  const Log *log = e->p->g->log;
  if (e->out->len) sb_putc(e->out, '\n');
  report_note(e->c, e->width, e->out, "%s (%s) at %s", n->name, op_table[n->op].name,
              path_base(span_text(e->c, n->span)));
  excerpt(e, n->span);
  tell_place(e, at);
  for (int i = 0; log && i < log->at.len; i++) {
    const Decision *d = &log->at.at[i];
    if (str_eq(d->node, n->name) || (d->other && str_eq(d->other, n->name))) tell(e, i);
  }
}

static void tell_rest(Explain *e) {
  const Log *log = e->p->g->log;
  bool any = false;
  for (int i = 0; log && i < log->at.len; i++) {
    if (e->told[i] || !means_decision(e, &log->at.at[i])) continue;
    if (!any && e->out->len) sb_puts(e->out, "\n  and of nodes that the compiler made:\n");
    any = true;
    tell(e, i);
  }
}

static bool nothing_meant(Ctx *c, const Graph *source, const char *focus) {
  int nodes = source->nodes.len, n = nodes + source->scopes.len;
  const char **all = NEWN(c->arena, const char *, n + 1);
  for (int i = 0; i < n; i++)
    all[i] = i < nodes ? source->nodes.at[i]->name : source->scopes.at[i - nodes].path;
  Diag *d = diag_error(c, DIAG_E0611, NO_SPAN, "--explain=%s: no layer, block or source position",
                       focus);
  const char *near = str_nearest(focus, all, n);
  if (near) diag_help(c, d, "did you mean '%s'?", near);
  diag_note(c, d, "expected a layer's or block's name, or FILE:LINE[:COLUMN]");
  return false;
}

bool report_explain(Ctx *c, const Graph *source, const Plan *p, const char *focus, int width,
                    StrBuf *out) {
  const Placing *at = report_places(c, source, p);
  int decisions = p->g->log ? p->g->log->at.len : 0;
  Explain e = {c, source, p, {.name = focus}, width, out, NEWN(c->arena, bool, decisions + 1)};
  for (int pass = 0; pass < 2 && !out->len; pass++) {
    if (pass && !parse_place(c, focus, &e.focus)) break;
    for (int i = 0; i < source->nodes.len; i++) {
      const Node *n = source->nodes.at[i];
      if (!n->dead && means_node(&e, n)) tell_layer(&e, n, &at[i]);
    }
    tell_rest(&e);
  }
  return out->len || nothing_meant(c, source, focus);
}
