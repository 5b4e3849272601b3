/* svg_rows.c: the left half of the picture: one row a step, in execution order, with the layer,
 * what was fused into it, its kernel, its result and its part of the work. Each cell has a text
 * and a lesser one, which stands below it when the network is small and beside it otherwise. */
#include "report.h"

#include "../ops/ops.h"

#include <string.h>

enum { LAYER = 1, WORK = 4, MOST_FUSED = 30, BAR = 72 };

typedef struct Heading {
  const char *text, *sub;
  bool right; /* flush right */
  bool flows; /* the lesser text follows the text and is not a column of its own */
  double gap; /* to the next column */
} Heading;

static const Heading headings[SVG_COLUMNS] = {{"line", "", true, false, 14},
                                              {"layer", "+ fused into it", false, true, 18},
                                              {"kernel", "tile", false, false, 18},
                                              {"output", "layout", false, false, 14},
                                              {"multiply-adds", "time", true, false, 10}};

static const Node *node_of(const Picture *d, int step) {
  return d->p->g->nodes.at[d->p->steps.at[step].node];
}

/* ---- cells ------------------------------------------------------------------------------- */

/* "layer1.0." for layer1.0.conv2 if that is the call of a block; else "". */
static const char *block_prefix(const Picture *d, const Node *n) {
  const Graph *g = d->source;
  for (int s = n->scope; s > 0 && s < g->scopes.len; s = scope_parent(g, s)) {
    size_t len = strlen(g->scopes.at[s].path);
    if (g->scopes.at[s].block && len && str_starts(n->name, g->scopes.at[s].path) &&
        n->name[len] == '.')
      return str_dup(d->c->arena, n->name, len + 1);
  }
  return "";
}

/* "+ bn1, add1, relu1": the other layers of the step, without the block they share with it. */
static const char *fused_text(const Picture *d, const Node *group, const char *prefix) {
  StrBuf b = {.arena = d->c->arena};
  const Members *in = &d->members[group->id];
  for (int i = 0; i < in->len; i++) {
    if (d->place[in->at[i]].anchor) continue;
    const char *name = d->source->nodes.at[in->at[i]]->name;
    if (str_starts(name, prefix)) name += strlen(prefix);
    sb_printf(&b, "%s%s", b.len ? ", " : "+ ", name);
  }
  return sb_str(&b);
}

static const char *layout_name(const Picture *d, const Value *v) {
  const char *text = layout_text(d->c, &v->layout, &v->shape);
  return *text == '{' ? "strided" : str_dup(d->c->arena, text, strcspn(text, "+"));
}

static void fill_row(const Picture *d, int step, SvgCell *cell) {
  const Step *st = &d->p->steps.at[step];
  const Node *n = node_of(d, step);
  const Value *v = graph_value(d->p->g, n->out[0]);
  const Choice *k = &st->choice;
  int64_t macs = node_cost(d->p->g, n).macs;
  const char *prefix = block_prefix(d, n);
  cell[0] = (SvgCell){"", line_text(d->c, d->source, n->span), ""};
  cell[LAYER] = (SvgCell){prefix, svg_clip(d->c, n->name + strlen(prefix), 40),
                          svg_clip(d->c, fused_text(d, n, prefix), MOST_FUSED)};
  bool tiled = !st->view && k->nb && k->px;
  cell[2] = (SvgCell){"", st->view ? "in place" : kernel_table[k->kernel].name,
                      tiled ? str_fmt(d->c->arena, "%d\u00D7%d", k->nb, k->px) : ""};
  cell[3] = (SvgCell){"", svg_shape(d->c, &v->shape), layout_name(d, v)};
  cell[WORK] = (SvgCell){"", macs ? svg_count(d->c, macs) : "",
                         st->view ? "" : svg_time(d->c, k->seconds)};
}

static void measure(Picture *d, int column, double *x) {
  const Heading *h = &headings[column];
  double text = 0, sub = 0, both = 0;
  for (int i = 0; i <= d->p->steps.len; i++) {
    const SvgCell *cell = &d->cell[i * SVG_COLUMNS + column];
    double t = svg_length(cell->dim) + svg_length(cell->text), s = svg_length(cell->sub);
    if (t > text) text = t;
    if (s > sub) sub = s;
    if (t + s + 1 > both) both = t + s + 1;
  }
  d->right[column] = d->sub[column] = d->x[column] = *x;
  if (d->tall) {
    double wide = text * d->em > sub * d->em_sub ? text * d->em : sub * d->em_sub;
    *x += wide;
  } else if (h->flows) {
    *x += both * d->em;
  } else {
    *x += (text + (sub > 0)) * d->em;
    d->right[column] = text * d->em + d->x[column];
    d->sub[column] = *x;
    *x += sub * d->em_sub;
  }
  if (d->tall || !h->right) d->right[column] = *x;
  d->sub_right[column] = *x;
  *x += h->gap;
}

void svg_rows_measure(Picture *d) {
  double x = d->margin;
  d->cell = NEWN(d->c->arena, SvgCell, (d->p->steps.len + 1) * SVG_COLUMNS);
  for (int k = 0; k < SVG_COLUMNS; k++)
    d->cell[k] = (SvgCell){"", headings[k].text, headings[k].sub};
  for (int i = 0; i < d->p->steps.len; i++) fill_row(d, i, &d->cell[(i + 1) * SVG_COLUMNS]);
  for (int k = 0; k < SVG_COLUMNS; k++) measure(d, k, &x);
  d->bars = x;
  d->epochs = x + BAR + (d->tall ? 62 : 30);
  d->panel = d->epochs + 12;
}

/* ---- drawing ----------------------------------------------------------------------------- */

static void draw_cell(const Picture *d, int column, const SvgCell *cell, double y, double y_sub,
                      bool head) {
  const Heading *h = &headings[column];
  bool work = head && column == WORK;
  const char *class = head ? (h->right ? "h end" : "h") : h->right ? "t end" : "t";
  if (column == 0 && !head) class = "l end";
  svg_open_text(d->out, work ? "h end macs" : class, h->right ? d->right[column] : d->x[column],
                y);
  svg_span(d->out, "dim", cell->dim);
  svg_escape(d->out, cell->text);
  bool flows = h->flows && !d->tall && *cell->sub;
  if (flows) sb_putc(d->out, ' ');
  if (flows) svg_span(d->out, "dim", cell->sub);
  sb_puts(d->out, "</text>\n");
  if (!flows)
    svg_text(d->out,
             work       ? "s end time"
             : h->right ? "s end"
                        : "s",
             h->right ? d->sub_right[column] : d->sub[column], y_sub, cell->sub);
}

static void draw_heads(const Picture *d) {
  for (int k = 0; k < SVG_COLUMNS; k++)
    draw_cell(d, k, &d->cell[k], d->tall ? d->heads : d->top - 8, d->top - 8, true);
  svg_text(d->out, "h end", d->epochs, d->tall ? d->heads : d->top - 8, "epoch");
}

static const char *row_title(const Picture *d, int step) {
  Arena *a = d->c->arena;
  const Step *st = &d->p->steps.at[step];
  const Node *n = node_of(d, step);
  const Value *v = graph_value(d->p->g, n->out[0]);
  Cost cost = node_cost(d->p->g, n);
  StrBuf b = {.arena = a};
  sb_printf(&b, "%s %s\n%s; %s %s, %s bytes\n", n->name, fused_text(d, n, ""),
            step_text(d->c, st), shape_text(d->c, &v->shape), layout_name(d, v),
            str_thousands(a, padded_bytes(v)));
  sb_printf(&b, "%s multiply-adds, %s other operations", str_thousands(a, cost.macs),
            str_thousands(a, cost.other));
  if (!st->view) sb_printf(&b, "; predicted %.1f us on one thread", st->choice.seconds * 1e6);
  if (st->runner_up)
    sb_printf(&b, "\nnext best: %s, %.1f us", st->runner_up, st->runner_up_seconds * 1e6);
  return sb_str(&b);
}

static void bar(const Picture *d, const char *class, double share, double y, double height,
                const char *what) {
  const char *percent = str_fmt(d->c->arena, share < 0.0995 ? "%.1f %%" : "%.0f %%", share * 100);
  if (share < 0.0005) return;
  svg_rect(d->out, class, d->bars, y, BAR * share / d->most, height, "",
           str_fmt(d->c->arena, "%s of all %s", percent, what));
  if (d->tall)
    svg_text(d->out, "s", d->bars + BAR * share / d->most + 5, y + height / 2 + 3.6, percent);
}

static void draw_bars(const Picture *d, int step, double y) {
  const Step *st = &d->p->steps.at[step];
  double height = d->tall ? 8 : 3.5;
  double macs = d->macs ? (double)node_cost(d->p->g, node_of(d, step)).macs / (double)d->macs : 0;
  double time = st->view || d->seconds <= 0 ? 0 : st->choice.seconds / d->seconds;
  bar(d, "macs", macs, y + (d->tall ? 7 : 3), height, "multiply-adds");
  bar(d, "time", time, y + (d->tall ? 21 : 7.5), height, "predicted time");
}

static void draw_row(const Picture *d, int step) {
  const Step *st = &d->p->steps.at[step];
  double y = d->top + d->row * step, base = y + (d->tall ? 15 : 10.5);
  double base_sub = d->tall ? y + 28.5 : base;
  sb_printf(d->out, "<g class=\"step%s\" data-step=\"%d\" data-epoch=\"%d\"",
            st->view ? " view" : "", step, st->epoch);
  sb_printf(d->out, " data-macs=\"%lld\" data-us=\"%.1f\">\n",
            (long long)node_cost(d->p->g, node_of(d, step)).macs,
            st->view ? 0 : st->choice.seconds * 1e6);
  svg_rect(d->out, "row", d->margin - 8, y, d->panel - d->margin + 2, d->row, "",
           row_title(d, step));
  for (int k = 0; k < SVG_COLUMNS; k++)
    draw_cell(d, k, &d->cell[(step + 1) * SVG_COLUMNS + k], base, base_sub, false);
  draw_bars(d, step, y);
  if (!step || st->epoch != d->p->steps.at[step - 1].epoch)
    svg_text(d->out, "l end", d->epochs, base, str_fmt(d->c->arena, "%d", st->epoch));
  sb_puts(d->out, "</g>\n");
}

void svg_rows(const Picture *d) {
  draw_heads(d);
  for (int i = 0; i < d->p->steps.len; i++) draw_row(d, i);
  for (int i = 0; i < d->p->steps.len; i++) {
    double y = d->top + d->row * i;
    if (!i || d->p->steps.at[i].barrier)
      svg_line(d->out, i ? "barrier" : "edge", d->margin - 8, y, d->panel, y);
  }
  svg_line(d->out, "edge", d->margin - 8, d->bottom, d->panel, d->bottom);
}
