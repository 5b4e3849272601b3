/* cmd_plan.c: netcc plan: packs the memory problems of others, given as CSV.
 * A line of the file is an item: id, lower, upper (exclusive), size; the same lines come out
 * with a column `offset`. Comes in: the file. Goes out: CSV or JSON, whole or not at all, and a
 * summary on stderr.
 */
#include "cli.h"

#include "plan/packing.h"
#include "report/json.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { ID, LOWER, UPPER, SIZE, OFFSET, COLUMNS, MAX_ITEMS = 100000 };

static const char *const column_names[COLUMNS] = {"id", "lower", "upper", "size", "offset"};

/* The steps of a search by default: a few seconds. */
static const int64_t default_effort = 3000000000;

typedef struct Reader {
  Ctx *c;
  int32_t file;
  const char *text, *at; /* the whole file, and what has not been read */
  int column[16];        /* which COLUMNS row the n-th field of a line is */
  int ncolumns;
  int64_t total;
  VEC(PackItem) items;
  VEC(Span) spans;
} Reader;

static Span span_of(const Reader *r, const char *from, const char *to) {
  return (Span){r->file, (uint32_t)(from - r->text), (uint32_t)(to - r->text)};
}

/* The next field of the line that ends at `end`, without blanks around; false behind the last. */
static bool next_field(Reader *r, const char *end, const char **from, const char **to) {
  if (r->at > end) return false;
  const char *stop = memchr(r->at, ',', (size_t)(end - r->at));
  if (!stop) stop = end;
  *from = r->at;
  *to = stop;
  while (*from < *to && (**from == ' ' || **from == '\t')) ++*from;
  while (*to > *from && strchr(" \t\r", (*to)[-1])) --*to;
  r->at = stop + 1;
  return true;
}

static bool read_header(Reader *r, const char *end) {
  const char *from, *to;
  const char *line = r->at;
  bool seen[COLUMNS] = {false};
  while (next_field(r, end, &from, &to)) {
    int i = 0;
    while (i < COLUMNS && (strlen(column_names[i]) != (size_t)(to - from) ||
                           memcmp(column_names[i], from, (size_t)(to - from))))
      i++;
    if (i == COLUMNS || seen[i] || r->ncolumns == COUNT_OF(r->column)) {
      diag_error(r->c, DIAG_E0614, span_of(r, from, to),
                 i < COLUMNS ? "column '%.*s' stands here twice" : "unknown column '%.*s'",
                 (int)(to - from), from);
      return false;
    }
    seen[i] = true;
    r->column[r->ncolumns++] = i;
  }
  for (int i = 0; i < OFFSET; i++) {
    if (seen[i]) continue;
    diag_error(r->c, DIAG_E0614, span_of(r, line, end), "no column '%s'", column_names[i]);
    return false;
  }
  return true;
}

static bool read_number(Reader *r, int column, const char *from, const char *to, int64_t *out) {
  char *end;
  errno = 0;
  *out = strtoll(from, &end, 10);
  if (!errno && end == to && to > from) return true;
  diag_error(r->c, DIAG_E0614, span_of(r, from, to > from ? to : from + 1),
             "%s is no whole number", column_names[column]);
  return false;
}

static bool read_item(Reader *r, const char *end) {
  const char *from, *to, *line = r->at;
  int64_t number[COLUMNS] = {0};
  PackItem item = {0};
  int n = 0;
  for (; n < r->ncolumns && next_field(r, end, &from, &to); n++) {
    int column = r->column[n];
    if (column == ID)
      item.name = intern_n(r->c->names, from, (size_t)(to - from));
    else if (column != OFFSET && !read_number(r, column, from, to, &number[column]))
      return false;
  }
  Span span = span_of(r, line, end);
  const char *fault = NULL;
  if (n < r->ncolumns || r->at <= end)
    fault = str_fmt(r->c->arena, "expected %d fields", r->ncolumns);
  else if (number[LOWER] >= number[UPPER])
    fault = "upper is not above lower: the item is never alive";
  else if (number[SIZE] < 1)
    fault = "size is less than one byte";
  else if (number[SIZE] > (INT64_C(1) << 60) - r->total)
    fault = "the sizes add up to more than 2^60 bytes";
  else if (r->items.len == MAX_ITEMS)
    fault = str_fmt(r->c->arena, "more than %d items", MAX_ITEMS);
  if (fault) {
    diag_error(r->c, DIAG_E0614, span, "%s", fault);
    return false;
  }
  item.lower = number[LOWER], item.upper = number[UPPER], item.size = number[SIZE];
  r->total += item.size;
  vec_push(r->c->arena, &r->items, item);
  vec_push(r->c->arena, &r->spans, span);
  return true;
}

typedef struct Named {
  const char *name;
  int item;
} Named;

static int by_name(const void *a, const void *b) {
  const Named *x = a, *y = b;
  int order = strcmp(x->name, y->name);
  return order ? order : x->item - y->item;
}

static bool names_unique(Reader *r) {
  Named *n = NEWN(r->c->arena, Named, r->items.len + 1);
  for (int i = 0; i < r->items.len; i++) n[i] = (Named){r->items.at[i].name, i};
  qsort(n, (size_t)r->items.len, sizeof *n, by_name);
  for (int i = 1; i < r->items.len; i++) {
    if (strcmp(n[i].name, n[i - 1].name)) continue;
    Diag *d =
        diag_error(r->c, DIAG_E0614, r->spans.at[n[i].item], "a second item '%s'", n[i].name);
    diag_also(r->c, d, r->spans.at[n[i - 1].item], "the first one");
    return false;
  }
  return true;
}

static bool read_problem(Reader *r, const char *path) {
  size_t size;
  r->text = r->at = io_read(r->c, path, &size);
  if (!r->text) return false;
  if (strlen(r->text) != size || size > UINT32_MAX / 2)
    return io_fail(r->c, DIAG_E0614, path, "not a text file of sensible size");
  r->file = ctx_add_source(r->c, str_eq(path, "-") ? "<stdin>" : path, r->text, size);
  const char *stop = r->text + size;
  for (const char *end; r->at < stop; r->at = end + 1) {
    end = memchr(r->at, '\n', (size_t)(stop - r->at));
    if (!end) end = stop;
    const char *from = r->at;
    while (from < end && strchr(" \t\r", *from)) from++;
    if (from == end) continue; /* an empty line */
    if (!(r->ncolumns ? read_item(r, end) : read_header(r, end))) return false;
  }
  if (!r->ncolumns) return io_fail(r->c, DIAG_E0614, path, "empty: no line with the columns");
  return names_unique(r);
}

/* ---- what comes out --------------------------------------------------------------------------
 */

static bool print_csv(Ctx *c, const Packing *p, StrBuf *out) {
  sb_puts(out, "id,lower,upper,size,offset\n");
  for (int i = 0; i < p->n; i++) {
    const PackItem *x = &p->at[i];
    sb_printf(out, "%s,%lld,%lld,%lld,%lld\n", x->name, (long long)x->lower, (long long)x->upper,
              (long long)x->size, (long long)x->offset);
  }
  return true;
}

static bool print_json(Ctx *c, const Packing *p, StrBuf *out) {
  json_t *o = json_object(), *items = json_array();
  json_text(o, "schema", "netcc-packing");
  json_count(o, "version", 1);
  json_count(o, "lower_bound_bytes", p->bound);
  json_count(o, "peak_bytes", p->peak);
  json_count(o, "gap_bytes", p->peak - p->bound);
  json_flag(o, "optimal", p->optimal);
  json_text(o, "method", p->method);
  json_count(o, "steps", p->steps);
  for (int i = 0; i < p->n; i++) {
    const PackItem *x = &p->at[i];
    json_t *item = json_object();
    json_text(item, "id", x->name);
    json_count(item, "lower", x->lower);
    json_count(item, "upper", x->upper);
    json_count(item, "size", x->size);
    json_count(item, "offset", x->offset);
    json_add(items, NULL, item);
  }
  json_add(o, "items", items);
  return json_finish(c, o, out);
}

static void summary(Ctx *c, const Packing *p) {
  int64_t gap = p->peak - p->bound;
  fprintf(stderr, "%d items, lower bound %s, peak %s, %s (%s)\n", p->n,
          str_thousands(c->arena, p->bound), str_thousands(c->arena, p->peak),
          p->optimal ? "optimal"
                     : str_fmt(c->arena, "gap %s bytes, %.2f %%", str_thousands(c->arena, gap),
                               100.0 * (double)gap / (double)p->bound),
          p->method);
}

static bool read_options(Ctx *c, const Options *o, Packing *p) {
  int64_t limit = INT64_C(1) << 40;
  if (!option_int(c, "align", o->align, 1, 1, &p->align) ||
      !option_bytes(c, "capacity", o->capacity, &p->capacity) ||
      !option_int(c, "effort", o->effort, default_effort, 0, &p->effort))
    return false;
  int64_t seconds;
  if (!option_int(c, "time", o->time, 0, 0, &seconds)) return false;
  p->seconds = (double)seconds;
  if (p->align <= limit) return true;
  diag_error(c, DIAG_E0611, NO_SPAN, "--align=%s: more than 2^40", o->align);
  return false;
}

int cmd_plan(Ctx *c, Options *o) {
  Reader r = {.c = c};
  Packing p = {0};
  const char *fault;
  if (o->files.len > 1)
    diag_error(c, DIAG_E0611, NO_SPAN, "one problem at a time: what about '%s'?", o->files.at[1]);
  if (c->errors || !read_options(c, o, &p) || !read_problem(&r, o->files.at[0]))
    return EXIT_FAILED;
  p.at = r.items.at;
  p.n = r.items.len;
  packing_solve(c, &p);
  if (!packing_check(c, &p, &fault)) {
    diag_error(c, DIAG_E0704, NO_SPAN, "faulty packing: %s", fault);
    return EXIT_FAILED;
  }
  summary(c, &p);
  if (p.capacity && p.peak > p.capacity) {
    Diag *d = diag_error(c, DIAG_E0707, NO_SPAN, "%s bytes do not hold these items: %s",
                         str_thousands(c->arena, p.capacity),
                         p.bound > p.capacity ? "that is proved" : "the search found no way");
    diag_note(c, d, "the lowest peak found is %s bytes, the lower bound %s",
              str_thousands(c->arena, p.peak), str_thousands(c->arena, p.bound));
    if (p.bound <= p.capacity) diag_help(c, d, "search longer: --effort");
    return EXIT_FAILED;
  }
  StrBuf out = {.arena = c->arena};
  if (!(o->json ? print_json : print_csv)(c, &p, &out)) return EXIT_FAILED;
  return io_write(c, o->output ? o->output : "-", sb_str(&out), out.len) ? EXIT_OK : EXIT_FAILED;
}
