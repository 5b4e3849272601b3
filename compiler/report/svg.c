/* svg.c: a plan as one picture: a header with the network's totals, a row for every step
 * (svg_rows.c), and beside the rows the memory plan (svg_memory.c).
 *
 * The file stands alone: no fonts, scripts or links, no dates or paths, and its own background in
 * light and dark. Text is set in the viewer's fixed-width font, whose characters are 0.6 em wide,
 * so columns can be measured without a font. Exact numbers are in tooltips and data attributes.
 */
#include "report.h"

#include "../ops/ops.h"

#include <math.h>

enum { TALL_STEPS = 24 }; /* networks of at most so many steps have two lines a row */

static const char style[] =
    "text{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',"
    "'Liberation Mono',monospace;fill:#1f2328}\n"
    ".big,.big tspan,.what,.value,.value tspan,.note{font-family:system-ui,-apple-system,"
    "'Segoe UI',Helvetica,Arial,'DejaVu Sans',sans-serif}\n"
    ".big{font-size:24px;font-weight:700}.big tspan{font-size:14px;font-weight:400}\n"
    ".what,.note{font-size:11.5px}.value{font-size:18px;font-weight:600}\n"
    "text.what,text.note,text.s,text.l,text.h,text.tick,.dim{fill:#656d76}\n"
    "text.macs{fill:#4269a5}text.time{fill:#b3641c}.ok{fill:#1a7f37;font-size:13px}\n"
    ".end{text-anchor:end}.mid{text-anchor:middle}.view text{opacity:.65}\n"
    ".card{fill:#ffffff;stroke:#d1d9e0}.row{fill:#818b98;fill-opacity:0}\n"
    ".step:hover .row{fill-opacity:.13}\n"
    ".panel{fill:#818b98;fill-opacity:.09}.grid{stroke:#818b98;stroke-opacity:.25}\n"
    ".barrier{stroke:#818b98;stroke-opacity:.4}.edge{stroke:#818b98;stroke-opacity:.9}\n"
    ".bound{stroke:#cf222e;stroke-width:1.5;stroke-dasharray:5 3}\n"
    "rect.macs{fill:#5b84c4}rect.time{fill:#e09145}\n"
    ".buffer{fill-opacity:.26;stroke-opacity:.85}.buffer:hover{fill-opacity:.5}\n"
    ".k0{fill:#4a7fc1;stroke:#4a7fc1}.k1{fill:#e58a2f;stroke:#e58a2f}\n"
    ".k2{fill:#3fa796;stroke:#3fa796}.k3{fill:#a56cc1;stroke:#a56cc1}\n"
    ".k4{fill:#d9a514;stroke:#d9a514}.k5{fill:#d9607a;stroke:#d9607a}\n"
    ".k6{fill:#6aa84f;stroke:#6aa84f}.k7{fill:#8a7565;stroke:#8a7565}\n"
    ".write,.read{stroke:none}.key{fill:#818b98;stroke:none}\n";

static const char dark_style[] =
    "@media (prefers-color-scheme:dark){\n"
    "text{fill:#e6edf3}text.what,text.note,text.s,text.l,text.h,text.tick,.dim{fill:#9198a1}\n"
    "text.macs{fill:#83aae6}text.time{fill:#e5a361}.ok{fill:#3fb950}\n"
    ".card{fill:#0d1117;stroke:#3d444d}.bound{stroke:#f85149}.buffer{fill-opacity:.32}\n"
    "}\n";

static void write_style(const Picture *d) {
  sb_printf(d->out, "<style>\n%s", style);
  sb_printf(d->out, ".t,.h,.l{font-size:%spx}.s{font-size:%spx}.tick{font-size:10px}\n",
            d->tall ? "12" : "10", d->tall ? "11" : "10");
  sb_printf(d->out, ".label{font-size:%spx}\n%s</style>\n", d->tall ? "11.5" : "9.5", dark_style);
}

/* ---- header ------------------------------------------------------------------------------ */

static const char *file_name(const Picture *d) {
  const Graph *g = d->source;
  Span at = g->inputs.len ? graph_value(g, g->inputs.at[0])->span : NO_SPAN;
  const Source *file = ctx_source(d->c, at.file);
  return file ? str_fmt(d->c->arena, "%s for ", path_base(file->path)) : "";
}

static void ends(const Picture *d, StrBuf *b, bool inputs) {
  const Graph *g = d->source;
  int n = inputs ? g->inputs.len : g->outputs.len;
  for (int i = 0; i < n; i++) {
    const Value *v = graph_value(g, inputs ? g->inputs.at[i] : g->outputs.at[i]);
    sb_printf(b, "%s%s %s", i ? ", " : "", inputs ? v->name : g->output_names.at[i],
              svg_shape(d->c, &v->shape));
  }
}

/* "image 1×1×28×28 → probs 1×10", or how many there are if they are too many. */
static const char *ends_text(const Picture *d) {
  const Graph *g = d->source;
  StrBuf b = {.arena = d->c->arena};
  int most = (int)(d->panel_width / 6.4);
  ends(d, &b, true);
  sb_puts(&b, " \u2192 ");
  ends(d, &b, false);
  if (svg_length(sb_str(&b)) <= most) return sb_str(&b);
  return str_fmt(d->c->arena, "%d %s \u2192 %d %s", g->inputs.len,
                 g->inputs.len == 1 ? "input" : "inputs", g->outputs.len,
                 g->outputs.len == 1 ? "output" : "outputs");
}

static void tile(const Picture *d, double x, const char *what, const char *value,
                 const char *mark, const char *note) {
  svg_text(d->out, "what", x, 74, what);
  svg_open_text(d->out, "value", x, 96);
  svg_escape(d->out, value);
  if (*mark) sb_putc(d->out, ' ');
  svg_span(d->out, "ok", mark);
  sb_puts(d->out, "</text>\n");
  svg_text(d->out, "note", x, 113, note);
}

static int64_t packed_bytes(const Plan *p) {
  int64_t sum = 0;
  for (int i = 0; i < p->sections.len; i++) {
    const Value *v = graph_value(p->g, p->sections.at[i]);
    sum += v->layout.naxes ? v->layout.size * dtype_size(v->type) : logical_bytes(v);
  }
  return sum;
}

static void arena_tile(const Picture *d) {
  const Plan *p = d->p;
  Arena *a = d->c->arena;
  double gap = (double)(p->arena_bytes - p->lower_bound);
  const char *mark =
      gap > 0 ? str_fmt(a, "%.1f %% above the lower bound", 100 * gap / (double)p->lower_bound)
              : "\u2713 optimal";
  int64_t apart = report_intermediates(d->c, p).buffers;
  const char *note = str_fmt(a, "%s bytes; %s if no memory were reused",
                             str_thousands(a, p->arena_bytes), svg_bytes(d->c, apart));
  tile(d, d->panel, "arena", svg_bytes(d->c, p->arena_bytes), mark, note);
}

static void header(const Picture *d) {
  const Plan *p = d->p;
  Arena *a = d->c->arena;
  Tally all = tally_scopes(d->c, d->source)[0];
  int calls = 0, barriers = 0;
  for (int i = 0; i < p->steps.len; i++) {
    calls += !p->steps.at[i].view;
    barriers += p->steps.at[i].barrier;
  }
  svg_open_text(d->out, "big", d->margin, 44);
  svg_escape(d->out, d->source->name);
  sb_puts(d->out, "<tspan class=\"dim\" dx=\"10\">");
  svg_escape(d->out, str_fmt(a, "%s%s", file_name(d), p->target->name));
  sb_puts(d->out, "</tspan></text>\n");
  svg_text(d->out, "what", d->panel, 44, ends_text(d));
  double x = d->margin,
         part = (d->panel - d->margin) / 100; /* the widest number: multiply-adds */
  tile(d, x, "parameters", str_thousands(a, all.weights + all.bias), "",
       str_fmt(a, "%s packed", svg_bytes(d->c, packed_bytes(p))));
  tile(d, x + 25 * part, "multiply-adds", str_thousands(a, all.macs), "",
       all.other ? str_fmt(a, "and %s others", svg_count(d->c, all.other)) : "and no others");
  tile(d, x + 53 * part, "kernel calls", str_thousands(a, calls), "",
       str_fmt(a, "%d %s", barriers, barriers == 1 ? "barrier" : "barriers"));
  tile(d, x + 76 * part, "predicted time", svg_time(d->c, d->seconds), "", "on one thread");
  arena_tile(d);
}

/* What the marks mean, below the rows. */
static void legend(const Picture *d) {
  double x = d->margin, y = d->bottom + 19;
  svg_line(d->out, "barrier", x, y - 4, x + 18, y - 4);
  svg_text(d->out, "note", x + 24, y, "barrier");
  svg_rect(d->out, "key", x + 86, y - 6.5, 18, 5, "", "written");
  svg_text(d->out, "note", x + 110, y, "written");
  svg_rect(d->out, "key", x + 172, y - 5, 18, 2, "", "read");
  svg_text(d->out, "note", x + 196, y, "read; colours only tell buffers apart");
}

/* ---- the picture ------------------------------------------------------------------------- */

static void sums(Picture *d) {
  for (int i = 0; i < d->p->steps.len; i++) {
    const Step *st = &d->p->steps.at[i];
    d->macs += node_cost(d->p->g, d->p->g->nodes.at[st->node]).macs;
    d->seconds += st->view ? 0 : st->choice.seconds;
  }
  for (int i = 0; i < d->p->steps.len; i++) {
    const Step *st = &d->p->steps.at[i];
    double macs = (double)node_cost(d->p->g, d->p->g->nodes.at[st->node]).macs;
    if (d->macs && macs / (double)d->macs > d->most) d->most = macs / (double)d->macs;
    if (st->view || d->seconds <= 0) continue;
    if (st->choice.seconds / d->seconds > d->most) d->most = st->choice.seconds / d->seconds;
  }
}

static void lay_out(Picture *d) {
  d->tall = d->p->steps.len <= TALL_STEPS;
  d->row = d->tall ? 36 : 14;
  d->em = 0.602 * (d->tall ? 12 : 10);
  d->em_sub = 0.602 * (d->tall ? 11 : 10);
  d->margin = 24;
  d->heads = 148;
  d->top = 172;
  d->bottom = d->top + d->row * d->p->steps.len;
  svg_rows_measure(d);
  d->panel_width = d->tall ? 416 : 520;
  d->width = ceil(d->panel + d->panel_width + d->margin);
  d->height = d->bottom + 36;
}

static void open_root(const Picture *d) {
  const Plan *p = d->p;
  sb_puts(d->out, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"");
  svg_number(d->out, "width", d->width);
  svg_number(d->out, "height", d->height);
  sb_printf(d->out, " viewBox=\"0 0 %.7g %.7g\"", d->width, d->height);
  sb_printf(d->out, " data-arena=\"%lld\" data-lower-bound=\"%lld\" data-epochs=\"%d\">\n",
            (long long)p->arena_bytes, (long long)p->lower_bound, p->epochs);
  sb_puts(d->out, "<title>");
  svg_escape(d->out, str_fmt(d->c->arena, "netcc: the plan of %s for %s", d->source->name,
                             p->target->name));
  sb_puts(d->out, "</title>\n");
}

void report_svg(Ctx *c, const Graph *source, const Plan *p, const Profile *m, StrBuf *out) {
  Picture d = {.c = c, .source = source, .p = p, .out = out};
  d.place = report_places(c, source, p);
  d.members = report_members(c, source, p, d.place);
  sums(&d);
  lay_out(&d);
  open_root(&d);
  write_style(&d);
  sb_printf(out,
            "<rect class=\"card\" x=\".5\" y=\".5\" width=\"%.7g\" height=\"%.7g\" rx=\"8\"/>\n",
            d.width - 1, d.height - 1);
  header(&d);
  svg_rows(&d);
  svg_memory(&d);
  legend(&d);
  sb_puts(out, "</svg>\n");
}
