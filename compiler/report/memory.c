/* memory.c: the memory plan: every buffer with its lifetime and offset, a picture of the arena
 * over time, and the bytes counted three ways: as elements, with padding, and as the planner
 * placed them. Time runs in epochs, the stretches between two barriers. */
#include "report.h"

#include <string.h>

enum { PICTURE_ROWS = 16, PICTURE_COLUMNS = 84, MARGIN = 16 };

/* By buffer: bytes of the elements of its largest value. */
static int64_t *logical_sizes(Ctx *c, const Plan *p) {
  int64_t *size = NEWN(c->arena, int64_t, p->buffers.len + 1);
  for (int i = 0; i < p->g->values.len; i++) {
    int b = p->buffer_of[i];
    int64_t bytes = logical_bytes(graph_value(p->g, i));
    if (b >= 0 && bytes > size[b]) size[b] = bytes;
  }
  return size;
}

/* By buffer: a value in another layout is written to it, and nothing else. */
static bool *find_copies(Ctx *c, const Plan *p) {
  bool *copy = NEWN(c->arena, bool, p->buffers.len + 1);
  for (int moves = 1; moves >= 0; moves--)
    for (int i = 0; i < p->steps.len; i++) {
      const Step *st = &p->steps.at[i];
      int b = p->buffer_of[p->g->nodes.at[st->node]->out[0]];
      if (b >= 0 && !st->view && step_reorders(p, st) == (moves != 0)) copy[b] = moves;
    }
  return copy;
}

Intermediates report_intermediates(Ctx *c, const Plan *p) {
  const int64_t *size = logical_sizes(c, p);
  const bool *copy = find_copies(c, p);
  /* by epoch: what comes alive less what has died since the epoch before, then their sums */
  Intermediates *at = NEWN(c->arena, Intermediates, p->epochs + 2), fullest = {.buffers = -1};
  int64_t logical = 0, all = 0;
  for (int i = 0; i < p->buffers.len; i++) {
    const Buffer *b = &p->buffers.at[i];
    for (int end = 0; end < 2; end++) {
      Intermediates *m = &at[end ? b->last + 1 : b->first];
      m->buffers += end ? -b->bytes : b->bytes;
      if (copy[i])
        m->copies += end ? -b->bytes : b->bytes;
      else
        m->logical += end ? -size[i] : size[i];
    }
    all += b->bytes;
  }
  for (int e = 0; e < p->epochs; e++) {
    if (e) at[e].buffers += at[e - 1].buffers;
    if (e) at[e].copies += at[e - 1].copies;
    if (e) at[e].logical += at[e - 1].logical;
    at[e].epoch = e;
    logical = max64(logical, at[e].logical);
    if (at[e].buffers > fullest.buffers) fullest = at[e];
  }
  fullest.padding = fullest.buffers - fullest.copies - fullest.logical;
  fullest.logical = logical;
  fullest.buffers = all;
  return fullest;
}

/* ---- the table --------------------------------------------------------------------------- */

static const Column columns[] = {{"", false, 0},     {"buffer", false, 0},  {"offset", true, 0},
                                 {"bytes", true, 0}, {"elements", true, 2}, {"epochs", true, 0},
                                 {"values", true, 3}};

static char letter_of(int buffer) {
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  return letters[buffer % (int)(sizeof letters - 1)];
}

/* By buffer. */
static int *count_values(Ctx *c, const Plan *p) {
  int *n = NEWN(c->arena, int, p->buffers.len + 1);
  for (int i = 0; i < p->g->values.len; i++)
    if (p->buffer_of[i] >= 0) n[p->buffer_of[i]]++;
  return n;
}

static void buffers_table(Report *r) {
  const Plan *p = r->p;
  const int64_t *size = logical_sizes(r->c, p);
  const int *values = count_values(r->c, p);
  Table t = table_new(r->c, columns, COUNT_OF(columns));
  for (int i = 0; i < p->buffers.len; i++) {
    const Buffer *b = &p->buffers.at[i];
    table_printf(&t, "%c", letter_of(i));
    table_text(&t, b->name);
    table_int(&t, b->offset);
    table_int(&t, b->bytes);
    table_int(&t, size[i]);
    table_printf(&t, "%d-%d", b->first, b->last);
    table_int(&t, values[i]);
  }
  table_print(&t, r->width, r->out);
}

/* ---- the picture ------------------------------------------------------------------------- */

static int64_t overlap(int64_t a, int64_t b, int64_t from, int64_t to) {
  int64_t lo = a > from ? a : from, hi = b < to ? b : to;
  return hi > lo ? hi - lo : 0;
}

/* The buffer that fills most of a cell: bytes [from, to) during epochs [first, last]. */
static char cell_of(const Plan *p, int64_t from, int64_t to, int first, int last) {
  int64_t most = 0;
  char letter = '.';
  for (int i = 0; i < p->buffers.len; i++) {
    const Buffer *b = &p->buffers.at[i];
    int64_t area = overlap(b->offset, b->offset + b->bytes, from, to) *
                   overlap(b->first, b->last + 1, first, last + 1);
    if (area <= most) continue;
    most = area;
    letter = letter_of(i);
  }
  return letter;
}

static void axis_line(Report *r, int columns_shown, int step) {
  char line[PICTURE_COLUMNS + 16];
  memset(line, ' ', sizeof line);
  int end = 0;
  for (int x = 0; x < columns_shown; x += 10) {
    int label = snprintf(NULL, 0, "%d", x * step);
    if (x && x + label > columns_shown) break;
    end = x + snprintf(line + x, sizeof line - (size_t)x, "%d", x * step);
    line[end] = ' ';
  }
  sb_printf(r->out, "  %*s  %.*s\n", MARGIN - 4, "epoch", end, line);
}

static void picture(Report *r) {
  const Plan *p = r->p;
  int width = r->width > MARGIN + 20 ? r->width - MARGIN : PICTURE_COLUMNS;
  if (width > PICTURE_COLUMNS) width = PICTURE_COLUMNS;
  int step = (p->epochs + width - 1) / width, shown = (p->epochs + step - 1) / step;
  sb_putc(r->out, '\n');
  report_note(r->c, r->width, r->out,
              "offsets downwards, %s to the right; a cell shows the buffer that fills most of it",
              step == 1 ? "epochs" : str_fmt(r->c->arena, "%d epochs a column", step));
  sb_putc(r->out, '\n');
  axis_line(r, shown, step);
  for (int y = 0; y < PICTURE_ROWS; y++) {
    int64_t from = p->arena_bytes * y / PICTURE_ROWS,
            to = p->arena_bytes * (y + 1) / PICTURE_ROWS;
    sb_printf(r->out, "  %*s  ", MARGIN - 4, str_thousands(r->c->arena, from));
    for (int x = 0; x < shown; x++)
      sb_putc(r->out, cell_of(p, from, to, x * step, x * step + step - 1));
    sb_putc(r->out, '\n');
  }
}

/* ---- bytes ------------------------------------------------------------------------------- */

static const Column byte_columns[] = {
    {"", false, 0}, {"bytes", true, 0}, {"", true, 1}, {"", false, 2}};

static void byte_row(Report *r, Table *t, const char *name, int64_t bytes, const char *remark) {
  table_text(t, name);
  table_int(t, bytes);
  table_text(t, mib_text(r->c, bytes));
  table_text(t, remark);
}

static void bytes_table(Report *r) {
  const Plan *p = r->p;
  Intermediates m = report_intermediates(r->c, p);
  Table t = table_new(r->c, byte_columns, COUNT_OF(byte_columns));
  const char *when = str_fmt(r->c->arena, "padded, most alive at once, in epoch %d", m.epoch);
  byte_row(r, &t, "intermediates", m.logical,
           "elements of the network's values, most alive at once");
  byte_row(r, &t, "lower bound", p->lower_bound, when);
  byte_row(r, &t, "of it copies", m.copies, "values in a second layout, padded");
  byte_row(r, &t, "of it padding", m.padding,
           "channels up to whole blocks, sizes up to 64 bytes");
  byte_row(r, &t, "arena", p->arena_bytes,
           p->arena_bytes == p->lower_bound ? "optimal: meets the lower bound"
           : p->optimal                     ? "optimal: proved by search"
                                            : "peak of the plan; lower ones not ruled out");
  byte_row(r, &t, "workspace", p->thread_bytes, "on top, for each thread");
  byte_row(r, &t, "without reuse", m.buffers, "if every buffer had memory of its own");
  table_print(&t, r->width, r->out);
}

/* ---- regions ----------------------------------------------------------------------------- */

static const Column region_columns[] = {
    {"region", false, 0},   {"size", true, 1},    {"used", true, 0}, {"offset", true, 2},
    {"workspace", true, 1}, {"traffic", true, 0}, {"", false, 3}};

/* Offsets of the other tables run through all regions. */
static void regions_table(Report *r) {
  const MemoryModel *m = &r->p->memory;
  double sum = 0;
  if (!m->regions) return;
  Table t = table_new(r->c, region_columns, COUNT_OF(region_columns));
  for (int i = 0; i < m->regions; i++) sum += m->region[i].traffic;
  for (int i = 0; i < m->regions; i++) {
    const Region *x = &m->region[i];
    table_text(&t, x->name);
    table_int(&t, x->capacity);
    table_int(&t, x->bytes + x->thread_bytes);
    table_int(&t, x->offset);
    table_int(&t, x->thread_bytes);
    table_printf(&t, "%.0f %%", sum > 0 ? 100 * x->traffic / sum : 0);
    table_text(&t, x->optimal ? "optimal for what lies there" : "");
  }
  sb_putc(r->out, '\n');
  table_print(&t, r->width, r->out);
}

void report_memory(Report *r) {
  report_heading(r->out, "MEMORY");
  bytes_table(r);
  if (r->p->memory.io_inside)
    report_note(r->c, r->width, r->out,
                "inputs and outputs lie in the arena: inputs until they are last read, outputs "
                "from the first write on");
  regions_table(r);
  if (!r->p->buffers.len) return;
  sb_putc(r->out, '\n');
  buffers_table(r);
  picture(r);
}
