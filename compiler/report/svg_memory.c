/* svg_memory.c: the memory plan beside the rows of the picture. Offsets in the arena run to the
 * right, time runs down with the steps. A buffer is a rectangle over the rows of the epochs in
 * which its content matters; inside it, a thick bar stands where a step writes and a thin one
 * where a step reads, as wide as the value: slices of a concat are seen to fill their buffer. */
#include "report.h"

#include <ctype.h>
#include <string.h>

enum { COLOURS = 8, TICKS = 6 };

static double x_of(const Picture *d, int64_t offset) {
  return d->panel + d->panel_width * (double)offset / (double)d->p->arena_bytes;
}

static double y_of(const Picture *d, int step) { return d->top + d->row * step; }

/* ---- the axis ---------------------------------------------------------------------------- */

static int64_t tick_bytes(int64_t arena) {
  int64_t step = 64;
  while (step * TICKS < arena) step *= 2;
  return step;
}

static void axis(const Picture *d) {
  int64_t arena = d->p->arena_bytes, step = tick_bytes(arena);
  const char *title = str_fmt(d->c->arena, "arena: %s bytes", str_thousands(d->c->arena, arena));
  svg_text(d->out, "h", d->panel, d->heads, "memory plan: offset in the arena \u2192");
  svg_rect(d->out, "panel", d->panel, d->top, d->panel_width, d->bottom - d->top, "", title);
  for (int64_t at = 0; at < arena; at += step) {
    svg_line(d->out, "grid", x_of(d, at), d->top - 4, x_of(d, at), d->bottom);
    if (x_of(d, at) < d->panel + d->panel_width - 20)
      svg_text(d->out, at ? "tick mid" : "tick", x_of(d, at), d->top - 8,
               at ? svg_bytes(d->c, at) : "0");
  }
}

/* Over the buffers: the least that any plan of these lifetimes needs. */
static void bound(const Picture *d) {
  const Plan *p = d->p;
  double x = x_of(d, p->lower_bound);
  bool optimal = p->lower_bound == p->arena_bytes;
  svg_line(d->out, "bound", x, d->top - 4, x, d->bottom + 6);
  const char *lower = svg_bytes(d->c, p->lower_bound);
  const char *text = optimal ? str_fmt(d->c->arena, "lower bound %s = arena", lower)
                             : str_fmt(d->c->arena, "lower bound %s, arena %s", lower,
                                       svg_bytes(d->c, p->arena_bytes));
  svg_text(d->out, "s end", d->panel + d->panel_width, d->bottom + 19, text);
  for (int i = 0; i < p->memory.regions; i++) {
    const Region *r = &p->memory.region[i];
    double from = x_of(d, r->offset);
    if (!r->bytes) continue;
    svg_line(d->out, "bound", from, d->top - 4, from, d->bottom + 6);
    svg_text(d->out, "s", from + 3, d->bottom + 19, r->name);
  }
}

/* ---- buffers ----------------------------------------------------------------------------- */

/* The steps of epochs [first, last] as rows [*from, *to). */
static void rows_of(const Plan *p, const Buffer *b, int *from, int *to) {
  *from = p->steps.len;
  *to = 0;
  for (int i = 0; i < p->steps.len; i++) {
    int epoch = p->steps.at[i].epoch;
    if (epoch < b->first || epoch > b->last) continue;
    if (i < *from) *from = i;
    *to = i + 1;
  }
  if (*to <= *from) *to = *from + 1;
}

static bool touch(const Buffer *a, const Buffer *b) {
  return a->first <= b->last + 1 && b->first <= a->last + 1 &&
         a->offset <= b->offset + b->bytes && b->offset <= a->offset + a->bytes;
}

/* By buffer: a colour that no neighbour has, as far as there are enough. */
static int *colours(const Picture *d) {
  const Plan *p = d->p;
  int *colour = NEWN(d->c->arena, int, p->buffers.len + 1);
  for (int i = 0; i < p->buffers.len; i++) {
    unsigned taken = 0;
    for (int j = 0; j < i; j++)
      if (touch(&p->buffers.at[i], &p->buffers.at[j])) taken |= 1u << colour[j];
    int k = 0;
    while (k < COLOURS && taken >> ((i + k) % COLOURS) & 1) k++;
    colour[i] = (i + k) % COLOURS;
  }
  return colour;
}

/* "relu1" of layer1.0.relu1; a number alone says too little, unless there
 * is no room for more. */
static const char *after_dot(const char *name) {
  const char *last = name;
  for (const char *s = name; *s; s++)
    if (*s == '.' && isalpha((unsigned char)s[1])) last = s + 1;
  return last;
}

static void turned(const Picture *d, double x, double y, const char *s) {
  sb_puts(d->out, "<text class=\"label mid\"");
  sb_printf(d->out, " transform=\"translate(%.1f %.1f) rotate(-90)\">", x, y);
  svg_escape(d->out, s);
  sb_puts(d->out, "</text>\n");
}

/* No other buffer lies in [x, x + w) in the row of the step. */
static bool is_free(const Picture *d, const Buffer *b, int step, double x, double w) {
  int epoch = d->p->steps.at[step].epoch;
  if (x + w > d->panel + d->panel_width - 4) return false;
  for (int i = 0; i < d->p->buffers.len; i++) {
    const Buffer *o = &d->p->buffers.at[i];
    if (o != b && o->first <= epoch && epoch <= o->last && x_of(d, o->offset) < x + w + 3 &&
        x_of(d, o->offset + o->bytes) > x - 3)
      return false;
  }
  return true;
}

static double thickness(const Picture *d, bool writes) {
  return writes ? (d->tall ? 5 : 3) : (d->tall ? 2 : 1.2);
}

static bool step_touches(const Plan *p, int step, const Buffer *b, bool writes) {
  const Node *n = p->g->nodes.at[p->steps.at[step].node];
  if (p->steps.at[step].view) return false;
  if (writes) return plan_buffer(p, n->out[0]) == b;
  for (int k = 0; k < n->nin; k++)
    if (plan_buffer(p, n->in[k]) == b) return true;
  return false;
}

/* No bar of the buffer within `half` of y. */
static bool is_clear(const Picture *d, const Buffer *b, int from, int to, double y, double half) {
  for (int i = from; i < to; i++) {
    bool writes = step_touches(d->p, i, b, true), reads = step_touches(d->p, i, b, false);
    double above = y_of(d, i), below = y_of(d, i + 1);
    if (writes && above < y + half && above + thickness(d, true) > y - half) return false;
    if (reads && below - thickness(d, false) < y + half && below > y - half) return false;
  }
  return true;
}

/* Where text of that height meets no bar: as near to the middle of the rows as can be. */
static double clear_middle(const Picture *d, const Buffer *b, int from, int to, double half) {
  double middle = (y_of(d, from) + y_of(d, to)) / 2;
  for (int k = 0; k < to - from; k++)
    for (int side = 1; side >= -1; side -= 2)
      if (is_clear(d, b, from, to, middle + side * k * d->row / 2, half))
        return middle + side * k * d->row / 2;
  return y_of(d, from + (to - from) / 2) + d->row / 2 + 1;
}

/* In the first row that has room to the right of the buffer. */
static bool label_beside(const Picture *d, const Buffer *b, double x, int from, int to,
                         const char *const text[], int n, double size) {
  for (int i = 0; i < n; i++)
    for (int step = from; step < to; step++) {
      if (!is_free(d, b, step, x, svg_length(text[i]) * size * 0.602 + 8)) continue;
      svg_text(d->out, "label", x + 5, y_of(d, step) + d->row / 2 + size * 0.35 + 1, text[i]);
      return true;
    }
  return false;
}

/* Name and size where there is room: on one line or two, beside, the name alone, or upright. */
static void label(const Picture *d, const Buffer *b, double x, double w, int from, int to) {
  const char *bytes = svg_bytes(d->c, b->bytes), *last = after_dot(b->name);
  const char *both = str_fmt(d->c->arena, "%s \u00B7 %s", b->name, bytes);
  double size = d->tall ? 11.5 : 9.5, em = size * 0.602, height = d->row * (to - from);
  double middle = x + w / 2, y = clear_middle(d, b, from, to, size / 2 + 1) + size * 0.35;
  double name = svg_length(b->name) * em + 8, brief = svg_length(last) * em + 8;
  if (svg_length(both) * em + 8 <= w) {
    svg_text(d->out, "label mid", middle, y, both);
  } else if (d->tall && to - from > 1 && name <= w && svg_length(bytes) * em + 8 <= w) {
    y = clear_middle(d, b, from, to, size + 3) + size * 0.35;
    svg_text(d->out, "label mid", middle, y - 7, b->name);
    svg_text(d->out, "label mid", middle, y + 7, bytes);
  } else if (name <= w || brief <= w) {
    svg_text(d->out, "label mid", middle, y, name <= w ? b->name : last);
  } else if (label_beside(d, b, x + w, from, to, (const char *const[]){both, last}, 2, size)) {
    return;
  } else if (w >= size + 2 && brief <= height - 4) {
    turned(d, middle + size * 0.35, y_of(d, from) + height / 2, name < height ? b->name : last);
  } else if (strrchr(b->name, '.') && svg_length(strrchr(b->name, '.') + 1) * em + 8 <= w) {
    svg_text(d->out, "label mid", middle, y, strrchr(b->name, '.') + 1);
  }
}

static void buffer(const Picture *d, int i, int colour) {
  const Buffer *b = &d->p->buffers.at[i];
  Arena *a = d->c->arena;
  int from, to;
  rows_of(d->p, b, &from, &to);
  double x = x_of(d, b->offset) + 0.5, w = x_of(d, b->offset + b->bytes) - x - 0.5;
  if (w < 1.5) w = 1.5;
  const char *data =
      str_fmt(a,
              "data-offset=\"%lld\" data-bytes=\"%lld\" data-first=\"%d\" data-last=\"%d\" "
              "data-rows=\"%d-%d\"",
              (long long)b->offset, (long long)b->bytes, b->first, b->last, from, to - 1);
  const char *title =
      str_fmt(a, "%s: %s bytes at %s, alive in %s %d%s", b->name, str_thousands(a, b->bytes),
              str_thousands(a, b->offset), b->first == b->last ? "epoch" : "epochs", b->first,
              b->first == b->last ? "" : str_fmt(a, " to %d", b->last));
  svg_rect(d->out, str_fmt(a, "buffer k%d", colour), x, y_of(d, from) + 0.5, w,
           d->row * (to - from) - 1, data, title);
  label(d, b, x, w, from, to);
}

/* ---- what steps write and read ----------------------------------------------------------- */

/* Bytes from the value's first element to its last. */
static int64_t span_bytes(const Value *v) {
  int64_t n = 1;
  if (!v->layout.naxes) return logical_bytes(v);
  for (int i = 0; i < v->layout.naxes; i++)
    n += (v->layout.axis[i].extent - 1) * v->layout.axis[i].stride;
  return n * dtype_size(v->type);
}

static void mark(const Picture *d, int step, const Value *v, bool writes, const int *colour) {
  int buffer = d->p->buffer_of[v->id];
  if (buffer < 0) return;
  int64_t from = v->place.offset, to = from + span_bytes(v);
  double thick = thickness(d, writes);
  double x = x_of(d, from) + 0.5, w = x_of(d, to) - x - 0.5;
  double y = writes ? y_of(d, step) + 0.5 : y_of(d, step + 1) - thick - 0.5;
  const Node *n = d->p->g->nodes.at[d->p->steps.at[step].node];
  const char *title =
      str_fmt(d->c->arena, "%s %s %s: %s bytes at %s", n->name, writes ? "writes" : "reads",
              v->name, str_thousands(d->c->arena, to - from), str_thousands(d->c->arena, from));
  svg_rect(d->out, str_fmt(d->c->arena, "%s k%d", writes ? "write" : "read", colour[buffer]), x,
           y, w < 1.5 ? 1.5 : w, thick, "", title);
}

static void marks(const Picture *d, const int *colour) {
  const Graph *g = d->p->g;
  for (int i = 0; i < d->p->steps.len; i++) {
    const Node *n = g->nodes.at[d->p->steps.at[i].node];
    if (d->p->steps.at[i].view) continue;
    for (int k = 0; k < n->nin; k++) mark(d, i, graph_value(g, n->in[k]), false, colour);
    mark(d, i, graph_value(g, n->out[0]), true, colour);
  }
}

void svg_memory(const Picture *d) {
  if (!d->p->arena_bytes) {
    svg_text(d->out, "h", d->panel, d->heads, "memory plan");
    svg_text(d->out, "s", d->panel, d->top + 20, "no intermediates: the arena is empty");
    return;
  }
  const int *colour = colours(d);
  axis(d);
  for (int i = 0; i < d->p->buffers.len; i++) buffer(d, i, colour[i]);
  marks(d, colour);
  bound(d);
}
