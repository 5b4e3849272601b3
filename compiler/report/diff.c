/* diff.c: two reports against each other: totals that changed, layers that are no longer fused or
 * now are, kernel calls that became slower or run in another kernel, values in another layout,
 * buffers that grew or moved. Works on reports as JSON alone, so they may come from other times
 * and other machines. Everything found is one list of changes; text and JSON both print it.
 */
#include "json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef enum Kind {
  ADDED,
  REMOVED,
  UNFUSED,
  FUSED,
  REGROUPED,
  SLOWER,
  FASTER,
  KERNEL,
  LAYOUT,
  CONVERTED,
  UNCONVERTED,
  LARGER,
  SMALLER,
  MOVED,
  KIND_COUNT
} Kind;

static const struct {
  const char *word, *title, *subject;
} kind_table[KIND_COUNT] = {
    [ADDED] = {"added", "ONLY IN THE SECOND", "layer"},
    [REMOVED] = {"removed", "ONLY IN THE FIRST", "layer"},
    [UNFUSED] = {"unfused", "NO LONGER FUSED", "layer"},
    [FUSED] = {"fused", "NEWLY FUSED", "layer"},
    [REGROUPED] = {"regrouped", "TAKEN IN BY ANOTHER", "layer"},
    [SLOWER] = {"slower", "SLOWER", "kernel call, us"},
    [FASTER] = {"faster", "FASTER", "kernel call, us"},
    [KERNEL] = {"kernel", "IN ANOTHER KERNEL", "kernel call"},
    [LAYOUT] = {"layout", "IN ANOTHER LAYOUT", "value"},
    [CONVERTED] = {"converted", "LAYOUT CHANGES ONLY IN THE SECOND", "kernel call, us"},
    [UNCONVERTED] = {"unconverted", "LAYOUT CHANGES ONLY IN THE FIRST", "kernel call, us"},
    [LARGER] = {"larger", "LARGER", "buffer, bytes"},
    [SMALLER] = {"smaller", "SMALLER", "buffer, bytes"},
    [MOVED] = {"moved", "MOVED", "buffer"},
};

/* Numbers where there are some, else texts. */
typedef struct Change {
  Kind kind;
  const char *name;
  bool number;
  double a, b;
  const char *from, *to;
  int order;
} Change;

typedef struct Total {
  const char *name;
  double a, b;
} Total;

typedef struct Diff {
  Ctx *c;
  const json_t *a, *b;
  bool measured; /* both reports have measured times: these are compared */
  VEC(Total) total;
  VEC(Change) change;
} Diff;

/* Predictions agree to this, measurements to ten times as much, before they count as the same. */
static const double tolerance = 0.005;

static const json_t *list_of(const json_t *o, const char *key) { return json_object_get(o, key); }
static double number_of(const json_t *o, const char *key) {
  return json_number_value(json_object_get(o, key));
}
static const char *text_of(const json_t *o, const char *key) {
  const char *s = json_string_value(json_object_get(o, key));
  return s ? s : "";
}

/* ---- finding changes -------------------------------------------------------------------------
 */

static void note_text(Diff *d, Kind kind, const char *name, const char *from, const char *to) {
  vec_push(d->c->arena, &d->change, (Change){.kind = kind, .name = name, .from = from, .to = to});
}

static void note_number(Diff *d, Kind kind, const char *name, double a, double b) {
  vec_push(d->c->arena, &d->change,
           (Change){.kind = kind, .name = name, .number = true, .a = a, .b = b});
}

static bool differ(double a, double b, double slack) {
  return fabs(a - b) > slack * fmax(fabs(a), fabs(b)) + 1e-12;
}

static void compare_totals(Diff *d) {
  static const char *const keys[] = {
      "layers",       "parameters",    "multiply_adds", "other_operations",
      "bytes_moved",  "result_bytes",  "arena_bytes",   "arena_lower_bound_bytes",
      "thread_bytes", "weight_bytes",  "epochs",        "kernel_calls",
      "barriers",     "layout_changes"};
  const json_t *a = json_object_get(d->a, "totals"), *b = json_object_get(d->b, "totals");
  for (int i = 0; i < COUNT_OF(keys); i++) {
    double x = number_of(a, keys[i]), y = number_of(b, keys[i]);
    if (differ(x, y, 0)) vec_push(d->c->arena, &d->total, (Total){keys[i], x, y});
  }
  double x = number_of(a, "predicted_seconds"), y = number_of(b, "predicted_seconds");
  if (differ(x, y, 1e-6)) vec_push(d->c->arena, &d->total, (Total){"predicted_seconds", x, y});
  if (!d->measured) return;
  x = number_of(json_object_get(d->a, "profile"), "measured_seconds");
  y = number_of(json_object_get(d->b, "profile"), "measured_seconds");
  if (differ(x, y, 1e-6)) vec_push(d->c->arena, &d->total, (Total){"measured_seconds", x, y});
}

/* A layer on its own gives a group its name; what was folded or runs with others does not. */
static bool is_alone(const json_t *layer) {
  return str_eq(text_of(layer, "group"), text_of(layer, "name"));
}

static void compare_layer(Diff *d, const json_t *a, const json_t *b) {
  const char *from = text_of(a, "runs_in"), *to = text_of(b, "runs_in");
  if (is_alone(a) && is_alone(b)) return;
  if (is_alone(a) || is_alone(b))
    note_text(d, is_alone(b) ? UNFUSED : FUSED, text_of(a, "name"), from, to);
  else if (!str_eq(from, to))
    note_text(d, REGROUPED, text_of(a, "name"), from, to);
}

static const char *kernel_of(Diff *d, const json_t *g) {
  const char *kernel = text_of(g, "kernel");
  int nb = (int)number_of(g, "tile_blocks"), px = (int)number_of(g, "tile_pixels");
  if (json_is_true(json_object_get(g, "in_place"))) return "in place";
  return nb && px ? str_fmt(d->c->arena, "%s %dx%d", kernel, nb, px) : kernel;
}

static void compare_group(Diff *d, const json_t *a, const json_t *b) {
  const char *key = d->measured ? "measured_seconds" : "predicted_seconds";
  const char *from = kernel_of(d, a), *to = kernel_of(d, b), *name = text_of(a, "name");
  double x = number_of(a, key), y = number_of(b, key);
  if (differ(x, y, d->measured ? 10 * tolerance : tolerance))
    note_number(d, y > x ? SLOWER : FASTER, name, x, y);
  if (!str_eq(from, to)) note_text(d, KERNEL, name, from, to);
}

static void compare_value(Diff *d, const json_t *a, const json_t *b) {
  const char *from = text_of(a, "layout"), *to = text_of(b, "layout");
  if (!str_eq(from, to)) note_text(d, LAYOUT, text_of(a, "name"), from, to);
}

static const char *place_of(Diff *d, const json_t *b) {
  return str_fmt(d->c->arena, "%s, epochs %d-%d",
                 str_thousands(d->c->arena, (int64_t)number_of(b, "offset")),
                 (int)number_of(b, "first_epoch"), (int)number_of(b, "last_epoch"));
}

static void compare_buffer(Diff *d, const json_t *a, const json_t *b) {
  double x = number_of(a, "bytes"), y = number_of(b, "bytes");
  const char *from = place_of(d, a), *to = place_of(d, b);
  if (differ(x, y, 0)) note_number(d, y > x ? LARGER : SMALLER, text_of(a, "name"), x, y);
  if (!str_eq(from, to)) note_text(d, MOVED, text_of(a, "name"), from, to);
}

typedef void CompareFn(Diff *d, const json_t *a, const json_t *b);

/* What only one report has, the second if `second`. */
typedef void AloneFn(Diff *d, const json_t *x, bool second);

static void layer_alone(Diff *d, const json_t *x, bool second) {
  note_text(d, second ? ADDED : REMOVED, text_of(x, "name"), "", "");
}

/* Other groups of one report only follow from its layers. */
static void group_alone(Diff *d, const json_t *x, bool second) {
  double seconds = number_of(x, d->measured ? "measured_seconds" : "predicted_seconds");
  if (!json_is_true(json_object_get(x, "layout_change"))) return;
  note_number(d, second ? CONVERTED : UNCONVERTED, text_of(x, "name"), second ? 0 : seconds,
              second ? seconds : 0);
}

/* Compares what has the same name in both lists; `alone` may be NULL: values and buffers of one
 * report only follow from its layers. */
static void compare_lists(Diff *d, const char *key, CompareFn *compare, AloneFn *alone) {
  json_t *index[2] = {json_object(), json_object()};
  const json_t *list[2] = {list_of(d->a, key), list_of(d->b, key)};
  for (int k = 0; k < 2; k++)
    for (size_t i = 0; i < json_array_size(list[k]); i++)
      json_object_set(index[k], text_of(json_array_get(list[k], i), "name"),
                      json_array_get(list[k], i));
  for (int k = 0; k < 2; k++)
    for (size_t i = 0; i < json_array_size(list[k]); i++) {
      const json_t *x = json_array_get(list[k], i);
      const json_t *other = json_object_get(index[1 - k], text_of(x, "name"));
      if (other && !k) compare(d, x, other);
      if (!other && alone) alone(d, x, k);
    }
  json_decref(index[0]);
  json_decref(index[1]);
}

/* By kind, the largest difference first; texts in the order in which they were found. */
static int by_kind(const void *a, const void *b) {
  const Change *x = a, *y = b;
  if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
  double p = fabs(x->b - x->a), q = fabs(y->b - y->a);
  if (x->number && differ(p, q, 0)) return p > q ? -1 : 1;
  return x->order - y->order;
}

static void sort_changes(Diff *d) {
  for (int i = 0; i < d->change.len; i++) d->change.at[i].order = i;
  if (d->change.len) qsort(d->change.at, (size_t)d->change.len, sizeof(Change), by_kind);
}

/* ---- as text ---------------------------------------------------------------------------------
 */

static const char *label_of(Ctx *c, const json_t *r) {
  return str_fmt(c->arena, "%s, network %s for %s", text_of(r, "source"), text_of(r, "network"),
                 text_of(json_object_get(r, "target"), "name"));
}

static void percent_cell(Table *t, double a, double b) {
  if (a > 0)
    table_printf(t, "%+.1f %%", 100 * (b - a) / a);
  else
    table_text(t, "new");
}

static void number_cell(Table *t, double x, bool seconds) {
  if (seconds)
    table_printf(t, "%.1f", x * 1e6);
  else
    table_int(t, (int64_t)x);
}

static void print_totals(Diff *d, int width, StrBuf *out) {
  static const Column columns[] = {
      {"total", false, 0}, {"first", true, 0}, {"second", true, 0}, {"change", true, 1}};
  Table t = table_new(d->c, columns, COUNT_OF(columns));
  for (int i = 0; i < d->total.len; i++) {
    const Total *x = &d->total.at[i];
    bool seconds = str_ends(x->name, "seconds");
    table_text(&t, str_eq(x->name, "predicted_seconds")  ? "predicted us"
                   : str_eq(x->name, "measured_seconds") ? "measured us"
                                                         : x->name);
    number_cell(&t, x->a, seconds);
    number_cell(&t, x->b, seconds);
    percent_cell(&t, x->a, x->b);
  }
  if (!t.cell.len) return;
  report_heading(out, "TOTALS");
  table_print(&t, width, out);
}

static void print_kind(Diff *d, Kind kind, int width, StrBuf *out) {
  const Column columns[] = {{kind_table[kind].subject, false, 0},
                            {"first", true, 0},
                            {"second", true, 0},
                            {"change", true, 1}};
  const Column words[] = {
      {kind_table[kind].subject, false, 0}, {"first", false, 0}, {"second", false, 0}};
  const Column alone[] = {{kind_table[kind].subject, false, 0}};
  bool number = false, name_only = kind == ADDED || kind == REMOVED;
  for (int i = 0; i < d->change.len; i++)
    if (d->change.at[i].kind == kind) number = d->change.at[i].number;
  Table t = name_only ? table_new(d->c, alone, 1)
            : number  ? table_new(d->c, columns, COUNT_OF(columns))
                      : table_new(d->c, words, COUNT_OF(words));
  bool seconds = strstr(kind_table[kind].subject, ", us") != NULL;
  for (int i = 0; i < d->change.len; i++) {
    const Change *x = &d->change.at[i];
    if (x->kind != kind) continue;
    table_text(&t, x->name);
    if (name_only) continue;
    if (!number) {
      table_text(&t, x->from);
      table_text(&t, x->to);
      continue;
    }
    number_cell(&t, x->a, seconds);
    number_cell(&t, x->b, seconds);
    percent_cell(&t, x->a, x->b);
  }
  if (!t.cell.len) return;
  report_heading(out, "%s", kind_table[kind].title);
  table_print(&t, width, out);
}

static void print_text(Diff *d, int width, StrBuf *out) {
  if (!d->total.len && !d->change.len) return; /* silent, as diff is */
  StrBuf sums = {.arena = d->c->arena};
  report_note(d->c, width, out, "first: %s", label_of(d->c, d->a));
  report_note(d->c, width, out, "second: %s", label_of(d->c, d->b));
  print_totals(d, width, out);
  for (int k = 0; k < KIND_COUNT; k++) {
    int n = 0;
    for (int i = 0; i < d->change.len; i++) n += d->change.at[i].kind == (Kind)k;
    if (n) sb_printf(&sums, "%s%d %s", sums.len ? ", " : "", n, kind_table[k].word);
    print_kind(d, (Kind)k, width, out);
  }
  sb_putc(out, '\n');
  report_note(d->c, width, out, "%s",
              sums.len ? sb_str(&sums) : "nothing but the totals changed");
}

/* ---- as JSON ---------------------------------------------------------------------------------
 */

static json_t *side_json(const json_t *r) {
  json_t *o = json_object();
  json_text(o, "network", text_of(r, "network"));
  json_text(o, "source", text_of(r, "source"));
  json_text(o, "target", text_of(json_object_get(r, "target"), "name"));
  return o;
}

static void print_json(Diff *d, StrBuf *out) {
  json_t *o = json_object(), *totals = json_array(), *changes = json_array();
  for (int i = 0; i < d->total.len; i++) {
    json_t *x = json_object();
    json_text(x, "total", d->total.at[i].name);
    json_number(x, "first", d->total.at[i].a);
    json_number(x, "second", d->total.at[i].b);
    json_add(totals, NULL, x);
  }
  for (int i = 0; i < d->change.len; i++) {
    const Change *k = &d->change.at[i];
    json_t *x = json_object();
    json_text(x, "change", kind_table[k->kind].word);
    json_text(x, "name", k->name);
    json_add(x, "first", k->number ? json_real(k->a) : json_string(k->from));
    json_add(x, "second", k->number ? json_real(k->b) : json_string(k->to));
    json_add(changes, NULL, x);
  }
  json_text(o, "schema", "netcc-diff");
  json_count(o, "version", 1);
  json_flag(o, "same", !d->total.len && !d->change.len);
  json_flag(o, "measured", d->measured);
  json_add(o, "first", side_json(d->a));
  json_add(o, "second", side_json(d->b));
  json_add(o, "totals", totals);
  json_add(o, "changes", changes);
  json_finish(d->c, o, out);
}

bool diff_complete(Ctx *c, const char *path, const json_t *r) {
  static const char *const lists[] = {"layers", "groups", "values", "buffers"};
  for (int i = 0; i < COUNT_OF(lists); i++)
    if (!json_is_array(json_object_get(r, lists[i]))) {
      diag_error(c, DIAG_E0617, NO_SPAN, "%s: no complete report: '%s' is missing", path,
                 lists[i]);
      return false;
    }
  return true;
}

bool report_diff(Ctx *c, const json_t *a, const json_t *b, bool json, int width, StrBuf *out) {
  Diff d = {.c = c, .a = a, .b = b};
  d.measured = json_is_object(json_object_get(a, "profile")) &&
               json_is_object(json_object_get(b, "profile"));
  compare_totals(&d);
  compare_lists(&d, "layers", compare_layer, layer_alone);
  compare_lists(&d, "groups", compare_group, group_alone);
  compare_lists(&d, "values", compare_value, NULL);
  compare_lists(&d, "buffers", compare_buffer, NULL);
  sort_changes(&d);
  if (json)
    print_json(&d, out);
  else
    print_text(&d, width, out);
  return !d.total.len && !d.change.len;
}
