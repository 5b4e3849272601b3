/* report.h: what a compilation tells its user.
 *
 * report_text writes the plain-text report of one network (text.c), section by section: layers
 * (layers.c), their costs (costs.c), blocks (blocks.c), fusion (fusion.c), layouts (layouts.c),
 * memory (memory.c). The numbers behind the tables come from functions of their own (tally.c,
 * place.c), so that tests and other reports read numbers and not text. table.c aligns columns.
 * report_json writes the same data for programs (json.c, jsonplan.c; SCHEMA.md). report_svg draws
 * the plan (svg.c): rows of steps (svg_rows.c) beside the memory plan (svg_memory.c). Nothing
 * here decides anything: it reads the graph, the plan and the decision log.
 */
#ifndef NETCC_REPORT_H
#define NETCC_REPORT_H

#include "../io/io.h"
#include "../ops/ops.h"
#include "../plan/plan.h"

/* ---- profiles (profile.c) -----------------------------------------------------------------
 */

typedef struct Measured {
  double quartile[3]; /* seconds: lower quartile, median, upper quartile */
} Measured;

/* What a model that was built with -DNETRT_PROFILE measured. */
typedef struct Profile {
  int threads;
  int64_t runs;
  Measured run;   /* from the first layer's begin to the last one's end */
  Measured *step; /* by step of the plan; zero for views */
  double sum;     /* of the steps' medians */
} Profile;

/* Reads one, or from what netcc bench wrote that of so many threads (0: the first); NULL after
 * reporting that there is none, or that other code than the plan's ran. */
enum { PROFILE_SCHEMA = 1, BENCH_SCHEMA = 1 };
const Profile *profile_read(Ctx *c, const char *path, int threads, const Plan *p);
/* The median of a step; 0 without a profile. */
double profile_seconds(const Profile *m, const Plan *p, const Step *st);

/* ---- reports ------------------------------------------------------------------------------
 * `m` is a profile of the plan, or NULL. */

/* Writes the same as JSON, version REPORT_SCHEMA of what SCHEMA.md describes. */
enum { REPORT_SCHEMA = 1 };
void report_json(Ctx *c, const Graph *source, const Plan *p, const Profile *m, StrBuf *out);
/* The same without white space, safe inside an HTML script element. */
void report_json_embedded(Ctx *c, const Graph *source, const Plan *p, const Profile *m,
                          StrBuf *out);

/* Writes one HTML page that needs nothing else: the data as JSON, and page/'s style and script
 * around it (html.c). The same text every time. */
void report_html(Ctx *c, const Graph *source, const Plan *p, const Profile *m, StrBuf *out);

/* Writes the report of `source`, the network as its author wrote it, and `p`, its finished plan.
 * decisions: the whole log, else a summary of fusion and kernel choice.
 * width: columns of the terminal, to which tables drop columns; 0: as wide as they want to be. */
void report_text(Ctx *c, const Graph *source, const Plan *p, const Profile *m, bool decisions,
                 int width, StrBuf *out);

/* Predicted times, one kernel call after the other, and measured ones in a second row, as a trace
 * for chrome://tracing and Perfetto. */
void report_trace(Ctx *c, const Graph *source, const Plan *p, const Profile *m, StrBuf *out);

/* The kernels that could have run a group: their times, or why they cannot; but for `chosen`. "" if
 * the decision is about none. */
const char *candidates_text(Ctx *c, const Decision *d, const char *chosen);

/* Every candidate for fusion or removal, taken or not: reason, bytes and microseconds, both
 * positions. */
void report_candidates(Ctx *c, const Graph *source, const Plan *p, int width, StrBuf *out);

/* The layers that `focus` names (a layer, a block's path, or FILE:LINE[:COLUMN], FILE optional),
 * what became of them, and every decision about them. False after a diagnostic. */
bool report_explain(Ctx *c, const Graph *source, const Plan *p, const char *focus, int width,
                    StrBuf *out);

/* Writes the plan as one self-contained SVG picture: a row for every step, the memory plan beside
 * them, exact numbers as tooltips and data attributes. The same text every time. */
void report_svg(Ctx *c, const Graph *source, const Plan *p, const Profile *m, StrBuf *out);

/* What design guidelines of the field would do otherwise, with this network's numbers, as
 * diagnostics A01xx (advice.c). `t` decides how wide vectors are. */
void advise(Ctx *c, const Graph *g, const Target *t);

/* ---- the language (operators.c, editors.c) ----------------------------------------------- */

/* An attribute's default as a reader would say it: "required", "end", "-" where it is empty. */
const char *preset_text(const AttrField *f);
/* The operators that networks may use as a Markdown table. */
void operators_markdown(StrBuf *out);
/* The language for editors: a TextMate grammar, a Vim syntax file. False without memory. */
bool editor_textmate(StrBuf *out);
bool editor_vim(StrBuf *out);

/* ---- totals (tally.c) -----------------------------------------------------------------------
 */

/* Sums over nodes. Parameters are weights + bias; a batchnorm's scale counts as weight, its shift
 * as bias, its statistics as neither. */
typedef struct Tally {
  int64_t layers;        /* nodes */
  int64_t weights, bias; /* elements */
  int64_t macs, other;   /* multiply-adds; other scalar operations */
  int64_t bytes;         /* moved: inputs, parameters and results, each layer on its own */
  int64_t results;       /* bytes of the results alone: activation memory if all were kept */
} Tally;

/* Takes a part out of a sum. */
void tally_subtract(Tally *sum, const Tally *part);
/* Operations for each byte moved, a multiply-add counted as two; 0 where nothing moves. */
double tally_intensity(const Tally *t);

Tally tally_node(Ctx *c, const Graph *g, const Node *n);
/* Arena array by scope: each with everything inside; [0] is the whole network. */
Tally *tally_scopes(Ctx *c, const Graph *g);
/* What stands directly in a scope, outside the scopes within. */
Tally tally_directly(Ctx *c, const Graph *g, int scope);
/* The same sums for every group's predicted seconds, by scope of the source. */
double *tally_seconds(Ctx *c, const Graph *source, const Plan *p);
/* The scope around this one; -1 for the model. Never loops. */
int scope_parent(const Graph *g, int scope);
bool scope_within(const Graph *g, int scope, int outer);

/* Bytes of a value's elements; of these with the padding of its layout (of a slice: its part). */
int64_t logical_bytes(const Value *v);
int64_t padded_bytes(const Value *v);

/* ---- what an output sees (costs.c) ------------------------------------------------------- */

/* The last map on the way to a value, before pooling over all of it, flatten or dense: the value
 * itself where it is a map with more than one pixel. -1 if there is none. */
ValueId last_map(const Graph *g, ValueId id);
/* "212x212" and "32": extents of a receptive field or of its steps, one number where all agree
 * unless `spelled`. */
const char *extents_text(Ctx *c, const Receptive *r, const int64_t *v, bool spelled);
/* The distance of neighbours: "4", "2x1", and "1/3" where results are finer than the input. */
const char *jumps_text(Ctx *c, const Receptive *r);

/* ---- what became of a layer (place.c) ---------------------------------------------------------
 */

/* Where a node of the source went. */
typedef struct Placing {
  const Node *group; /* of the plan; NULL: it runs in none */
  const Step *step;
  bool anchor;      /* it gives the group its kernel */
  const char *fate; /* "conv_direct 2x14", "in conv1", "folded in conv1", "removed" */
  const char *host; /* the layer whose weights took it in, NULL if none did */
} Placing;
/* Arena array by NodeId of the source. */
Placing *report_places(Ctx *c, const Graph *source, const Plan *p);
/* Source nodes that ended in a group, as NodeIds in source order: those of its body, and those
 * folded into its weights. */
typedef VEC(int) Members;
/* Arena array by NodeId of the plan. */
Members *report_members(Ctx *c, const Graph *source, const Plan *p, const Placing *place);
/* The buffer of a value, NULL outside the arena. */
const Buffer *plan_buffer(const Plan *p, ValueId id);
/* Does it move elements to another layout and nothing else? */
bool step_reorders(const Plan *p, const Step *st);
/* Bytes of all packed weights. */
int64_t plan_weight_bytes(const Plan *p);
/* "conv_direct 2x14", or "in place" for a step that runs nothing. */
const char *step_text(Ctx *c, const Step *st);

/* ---- memory in logical bytes (memory.c) -------------------------------------------------- */

typedef struct Intermediates {
  int64_t logical; /* most bytes of the network's own values alive at once: elements only */
  int64_t copies;  /* where the arena is fullest: buffers that hold a value in another layout */
  int64_t padding; /* where the arena is fullest: padding of all other buffers */
  int64_t buffers; /* all buffers, as if none were reused, padding included */
  int epoch;       /* where the arena is fullest */
} Intermediates;
Intermediates report_intermediates(Ctx *c, const Plan *p);

/* ---- tables (table.c) -------------------------------------------------------------------- */

/* A column of a table that is too wide is dropped if its `drop` is the greatest; 0: never. */
typedef struct Column {
  const char *head;
  bool right;
  int drop;
} Column;

typedef struct Table {
  Ctx *c;
  const Column *col;
  int ncol;
  VEC(const char *) cell; /* row by row */
  bool total;             /* the last row stands below a line */
} Table;

Table table_new(Ctx *c, const Column *col, int ncol);
void table_text(Table *t, const char *s); /* the next cell; NULL: empty */
void table_int(Table *t, int64_t n);      /* with thousands separators */
void table_printf(Table *t, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Indented by two, columns two apart, no trailing spaces; says which columns were left out. */
void table_print(Table *t, int width, StrBuf *out);
/* A section's heading between blank lines. */
void report_heading(StrBuf *out, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* A remark below a table, broken into lines. */
void report_note(Ctx *c, int width, StrBuf *out, const char *fmt, ...) PRINTF_LIKE(4, 5);

/* The file's name without folders, with a number where an earlier one has the same. */
const char *source_label(Ctx *c, int32_t file);
/* "12", or "other.net:12" for a file other than the network's; "" without a position. */
const char *line_text(Ctx *c, const Graph *source, Span s);
/* "1.234 MiB", "1.2 KiB" when small */
const char *mib_text(Ctx *c, int64_t bytes);

/* ---- blocks (blocks.c) ------------------------------------------------------------------- */

/* What passes a scope's border: values that enter as data, values that leave. */
typedef VEC(ValueId) Values;
typedef struct Border {
  Values in, out;
  const Node *first; /* the first node inside, NULL if there is none */
} Border;
/* Arena array by scope. */
Border *report_borders(Ctx *c, const Graph *source);

/* ---- sections ---------------------------------------------------------------------------- */

typedef struct Report {
  Ctx *c;
  const Graph *source;
  const Plan *p;
  const Profile *measured; /* NULL: no profile was given */
  bool decisions;
  int width;
  StrBuf *out;
  const Placing *place;   /* by NodeId of the source */
  const Members *members; /* by NodeId of the plan */
  const Border *border;   /* by scope of the source */
} Report;
/* Fills what the sections look up. */
void report_prepare(Report *r);

/* "output probs sees 212x212 pixels, stride 32", for every output. */
void report_fields(Report *r);
/* The first value that leaves a block, -1 if none does. */
ValueId block_result(const Report *r, int scope);
void report_layers(Report *r);
void report_times(Report *r);
void report_costs(Report *r);
void report_blocks(Report *r);
void report_fusion(Report *r);
void report_layouts(Report *r);
void report_memory(Report *r);

/* ---- the picture ------------------------------------------------------------------------- */

enum { SVG_COLUMNS = 5 };

/* A cell's text after a paler beginning, and its lesser text. */
typedef struct SvgCell {
  const char *dim, *text, *sub;
} SvgCell;

/* Everything but counts, seconds and shares is in pixels. */
typedef struct Picture {
  Ctx *c;
  const Graph *source;
  const Plan *p;
  StrBuf *out;
  const Placing *place;   /* by NodeId of the source */
  const Members *members; /* by NodeId of the plan */
  SvgCell *cell;          /* SVG_COLUMNS of the headings, then of each step */
  int64_t macs;           /* of all steps */
  double seconds, most;   /* of all steps; the greatest share of one of them */
  bool tall;              /* two lines a row: for networks of few steps */
  double row;             /* height of a row */
  double em, em_sub;      /* width of a character of a cell's text and of its lesser text */
  double x[SVG_COLUMNS], right[SVG_COLUMNS], sub[SVG_COLUMNS], sub_right[SVG_COLUMNS];
  double bars, epochs, panel, panel_width; /* left edges; epochs: the right one */
  double margin, heads, top, bottom;       /* heads: base line of headings; the rest: of rows */
  double width, height;
} Picture;

void svg_rows_measure(Picture *d); /* places the columns from the margin to the panel */
void svg_rows(const Picture *d);
void svg_memory(const Picture *d);

/* Elements (svg_write.c). Text is escaped; class and data are written as they are. */
void svg_escape(StrBuf *out, const char *s);
void svg_number(StrBuf *out, const char *attribute, double v); /* to a tenth */
void svg_open_text(StrBuf *out, const char *class, double x, double y);
void svg_text(StrBuf *out, const char *class, double x, double y, const char *s);
void svg_span(StrBuf *out, const char *class, const char *s);
void svg_line(StrBuf *out, const char *class, double x1, double y1, double x2, double y2);
void svg_rect(StrBuf *out, const char *class, double x, double y, double w, double h,
              const char *data, const char *title);
/* Characters of UTF-8 text; the text, cut after so many. */
int svg_length(const char *s);
const char *svg_clip(Ctx *c, const char *s, int most);
/* Three digits: "91.9 KiB", "4.9 M", "136 µs"; "1×20×28×28". */
const char *svg_bytes(Ctx *c, int64_t n);
const char *svg_count(Ctx *c, int64_t n);
const char *svg_time(Ctx *c, double seconds);
const char *svg_shape(Ctx *c, const Shape *s);

#endif
