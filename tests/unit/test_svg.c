/* test_svg.c: the picture of a plan: well-formed, the same every time, without paths; one
 * rectangle a buffer, none over another, and the numbers in it those of the plan. Rectangles are
 * read back from the text by their attributes. */
#include <criterion/criterion.h>
#include <ctype.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "compiler/front/front.h"
#include "compiler/ops/ops.h"
#include "compiler/pass/pass.h"
#include "compiler/report/report.h"
#include "context.h"

TestSuite(svg, .init = setup, .fini = teardown);

static Graph *graph_of_text(const char *path, const char *text) {
  Graph *g = front_compile(ctx, ctx_add_source(ctx, path, text, strlen(text)), NULL);
  cr_assert(g && !ctx->errors, "%s", path);
  return g;
}

static Plan *plan_of_text(const char *path, const char *text, const char *target) {
  Graph *g = graph_of_text(path, text);
  cr_assert(passes_run(ctx, g, NULL), "%s", path);
  Plan *p = plan_make(ctx, g, target_find(target));
  cr_assert(p, "%s for %s", path, target);
  return p;
}

static const char *picture(const Graph *g, const Plan *p) {
  StrBuf b = {.arena = ctx->arena};
  report_svg(ctx, g, p, NULL, &b);
  return sb_str(&b);
}

typedef void CheckFn(const char *path, const Graph *g, const Plan *p, const char *svg);

/* Every example for every target, an arena for each. */
static void for_examples(CheckFn *check) {
  glob_t found;
  cr_assert_eq(glob("examples/*.net", 0, NULL, &found), 0, "no examples");
  for (size_t i = 0; i < found.gl_pathc * (size_t)target_count; i++) {
    const char *path = found.gl_pathv[i / (size_t)target_count];
    size_t size;
    teardown();
    setup();
    const char *text = file_read(ctx->arena, path, &size);
    cr_assert_not_null(text, "no %s", path);
    Graph *g = graph_of_text(path, text);
    Plan *p = plan_of_text(path, text, target_table[i % (size_t)target_count].name);
    check(path, g, p, picture(g, p));
  }
  globfree(&found);
}

/* ---- XML --------------------------------------------------------------------------------- */

enum { DEEPEST = 16, NAME = 32 };

/* Text up to `end`: entities known, no bare '<' or '&', no control characters. */
static const char *check_characters(const char *s, char end, const char *path) {
  static const char *const entities[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
  for (; *s && *s != end; s++) {
    bool known = *s != '&';
    for (int i = 0; i < COUNT_OF(entities); i++) known |= str_starts(s, entities[i]);
    cr_assert(known, "%s: bare ampersand: %.40s", path, s);
    cr_assert(*s != '<', "%s: '<' in a value: %.40s", path, s);
    cr_assert((unsigned char)*s >= 0x20 || *s == '\n', "%s: control character", path);
  }
  return s;
}

static const char *read_name(const char *s, char *name) {
  int n = 0;
  while (isalnum((unsigned char)*s) || *s == '-' || *s == ':')
    name[n < NAME - 1 ? n++ : n] = *s++;
  name[n] = 0;
  cr_assert(n, "a name expected: %.40s", s);
  return s;
}

/* The attributes of a tag, each once, each quoted. */
static const char *read_attributes(const char *s, const char *path) {
  char seen[DEEPEST][NAME];
  for (int n = 0; *s == ' '; n++) {
    cr_assert_lt(n, DEEPEST);
    s = read_name(s + 1, seen[n]);
    for (int i = 0; i < n; i++) cr_expect_str_neq(seen[i], seen[n], "%s: twice", path);
    cr_assert(s[0] == '=' && s[1] == '"', "%s: not quoted: %.40s", path, s);
    s = check_characters(s + 2, '"', path);
    cr_assert_eq(*s, '"');
    s++;
  }
  return s;
}

static void check_xml(const char *path, const char *s) {
  char open[DEEPEST][NAME], name[NAME];
  int depth = 0, roots = 0;
  while (*s) {
    if (*s != '<') {
      cr_assert(depth || isspace((unsigned char)*s), "%s: text outside the root", path);
      s = check_characters(s, '<', path);
    } else if (s[1] == '/') {
      s = read_name(s + 2, name);
      cr_assert(depth > 0 && *s++ == '>', "%s: </%s", path, name);
      cr_assert_str_eq(name, open[--depth], "%s: ends the wrong element", path);
    } else {
      roots += depth == 0;
      cr_assert_lt(depth, DEEPEST);
      s = read_attributes(read_name(s + 1, open[depth]), path);
      depth += *s != '/';
      s += *s == '/';
      cr_assert_eq(*s++, '>', "%s: a tag does not end: %.40s", path, s);
    }
  }
  cr_expect(!depth && roots == 1, "%s: %d roots, %d elements open", path, roots, depth);
}

/* ---- rectangles -------------------------------------------------------------------------- */

static int count(const char *text, const char *part) {
  int n = 0;
  for (const char *s = text; (s = strstr(s, part)); s += strlen(part)) n++;
  return n;
}

/* The number in attribute `name` of the tag at `s`. */
static double attribute(const char *s, const char *name) {
  const char *part = str_fmt(ctx->arena, " %s=\"", name);
  const char *at = strstr(s, part), *end = strchr(s, '>');
  cr_assert(at && at < end, "no %s in %.80s", name, s);
  return strtod(at + strlen(part), NULL);
}

typedef struct Box {
  double offset, bytes, first, last; /* of the plan */
  double x, y, w, h;                 /* as drawn */
} Box;

static int boxes(const char *svg, Box *box, int most) {
  int n = 0;
  for (const char *s = svg; (s = strstr(s, "<rect class=\"buffer ")); s++, n++) {
    cr_assert_lt(n, most, "more rectangles than buffers");
    box[n] =
        (Box){attribute(s, "data-offset"), attribute(s, "data-bytes"), attribute(s, "data-first"),
              attribute(s, "data-last"),   attribute(s, "x"),          attribute(s, "y"),
              attribute(s, "width"),       attribute(s, "height")};
  }
  return n;
}

static bool cross(double a, double a_size, double b, double b_size) {
  return a < b + b_size && b < a + a_size;
}

/* Neither as planned nor, but for the least drawn width of 1.5 pixels, as drawn. */
static void check_apart(const char *path, const Box *a, const Box *b) {
  bool rows = a->first <= b->last && b->first <= a->last;
  cr_expect(!(rows && cross(a->offset, a->bytes, b->offset, b->bytes)),
            "%s: buffers at %.0f and %.0f share bytes", path, a->offset, b->offset);
  cr_expect(a->w <= 1.5 || b->w <= 1.5 || !cross(a->x, a->w - 0.2, b->x, b->w - 0.2) ||
                !cross(a->y, a->h - 0.2, b->y, b->h - 0.2),
            "%s: rectangles of %.0f and %.0f overlap", path, a->offset, b->offset);
  cr_expect_eq(rows, cross(a->y, a->h, b->y, b->h), "%s: rows are not epochs", path);
}

/* Offsets are to scale: from the panel's left edge to its right one. */
static void check_scale(const char *path, const Plan *p, const char *svg, const Box *b) {
  const char *panel = strstr(svg, "<rect class=\"panel\"");
  cr_assert_not_null(panel);
  double scale = attribute(panel, "width") / (double)p->arena_bytes;
  double x = attribute(panel, "x") + scale * b->offset;
  cr_expect(b->x >= x && b->x <= x + 0.7, "%s: at %.1f, not %.1f", path, b->x, x);
  cr_expect(b->w <= 1.5 || cross(b->w, 0.4, scale * b->bytes - 1.2, 0.4), "%s: %.1f wide", path,
            b->w);
}

static void check_boxes(const char *path, const Graph *g, const Plan *p, const char *svg) {
  Box *box = NEWN(ctx->arena, Box, p->buffers.len + 1);
  int n = boxes(svg, box, p->buffers.len);
  cr_assert_eq(n, p->buffers.len, "%s: %d rectangles, %d buffers", path, n, p->buffers.len);
  for (int i = 0; i < n; i++) {
    const Buffer *b = &p->buffers.at[i];
    cr_expect(box[i].offset == (double)b->offset && box[i].bytes == (double)b->bytes &&
              box[i].first == b->first && box[i].last == b->last);
    cr_expect_leq(box[i].offset + box[i].bytes, (double)p->arena_bytes);
    check_scale(path, p, svg, &box[i]);
    for (int j = 0; j < i; j++) check_apart(path, &box[i], &box[j]);
  }
}

Test(svg, a_rectangle_for_each_buffer, .timeout = 120) { for_examples(check_boxes); }

/* ---- text and numbers -------------------------------------------------------------------- */

static void check_text(const char *path, const Graph *g, const Plan *p, const char *svg) {
  check_xml(path, svg);
  cr_expect_str_eq(svg, picture(g, p), "%s: not the same again", path);
  cr_expect_null(strstr(svg, "examples/"), "%s: a path in the picture", path);
  cr_expect_null(strstr(svg, "href"), "%s: not self-contained", path);
  cr_expect_null(strstr(svg, "nan"), "%s: not a number", path);
  int untitled = 0; /* all but the background */
  for (const char *s = svg; (s = strstr(s, "<rect")); s++)
    untitled += !str_starts(strchr(s, '>'), "><title>");
  cr_expect_eq(untitled, 1, "%s: %d rectangles without a tooltip", path, untitled);
}

Test(svg, well_formed_and_the_same_again, .timeout = 120) { for_examples(check_text); }

static void check_steps(const char *path, const Plan *p, const char *svg) {
  const char *s = svg;
  for (int i = 0; i < p->steps.len; i++) {
    const Step *st = &p->steps.at[i];
    const Node *n = p->g->nodes.at[st->node];
    s = strstr(s + 1, "<g class=\"step");
    cr_assert_not_null(s, "%s: no row for %s", path, n->name);
    cr_expect_eq(attribute(s, "data-step"), i);
    cr_expect_eq(attribute(s, "data-epoch"), st->epoch);
    cr_expect_eq(attribute(s, "data-macs"), (double)node_cost(p->g, n).macs);
    double us = st->view ? 0 : st->choice.seconds * 1e6;
    cr_expect_float_eq(attribute(s, "data-us"), us, 0.0501, "%s: %s", path, n->name);
    const char *end = strstr(s, "</g>"), *name = strstr(s, n->name);
    cr_expect(name && name < end, "%s: row %d does not name %s", path, i, n->name);
  }
  cr_expect_null(strstr(s + 1, "<g class=\"step"), "%s: more rows than steps", path);
}

static void check_numbers(const char *path, const Graph *g, const Plan *p, const char *svg) {
  Tally all = tally_scopes(ctx, g)[0];
  int barriers = 1; /* one in the legend */
  for (int i = 0; i < p->steps.len; i++) barriers += p->steps.at[i].barrier;
  cr_expect_eq(count(svg, "<line class=\"barrier\""), barriers, "%s: barriers", path);
  cr_expect_eq(attribute(svg, "data-arena"), (double)p->arena_bytes);
  cr_expect_eq(attribute(svg, "data-lower-bound"), (double)p->lower_bound);
  cr_expect_eq(attribute(svg, "data-epochs"), p->epochs);
  int64_t totals[] = {all.weights + all.bias, all.macs, p->arena_bytes};
  for (int i = 0; i < COUNT_OF(totals); i++)
    cr_expect_not_null(strstr(svg, str_thousands(ctx->arena, totals[i])), "%s: no %lld", path,
                       (long long)totals[i]);
  cr_expect_eq(count(svg, "<line class=\"bound\""), p->arena_bytes > 0);
  cr_expect_eq(p->arena_bytes == p->lower_bound, strstr(svg, " optimal</tspan>") != NULL);
  check_steps(path, p, svg);
}

Test(svg, numbers_of_the_plan, .timeout = 120) { for_examples(check_numbers); }

static const char tiny[] = "net 1.0\n"
                           "model tiny(image: f32[1, 1, 4, 4]) -> (y) {\n"
                           "  y = image |> relu\n"
                           "}\n";

Test(svg, a_plan_without_buffers) {
  Plan *p = plan_of_text("tiny.net", tiny, "c99");
  const char *svg = picture(graph_of_text("tiny.net", tiny), p);
  cr_assert_eq(p->buffers.len, 0);
  check_xml("tiny", svg);
  cr_expect_not_null(strstr(svg, "the arena is empty"));
}

Test(svg, a_plan_above_its_bound) {
  size_t size;
  const char *text = file_read(ctx->arena, "examples/lenet.net", &size);
  Plan *p = plan_of_text("lenet.net", text, "x86-64-v3");
  p->arena_bytes += p->lower_bound / 4;
  const char *svg = picture(graph_of_text("lenet.net", text), p);
  cr_expect_not_null(strstr(svg, "25.0 % above the lower bound"));
  cr_expect_null(strstr(svg, "optimal"));
}

Test(svg, names_are_escaped) {
  const char *path = "some/where/<a>&'\"\xC3\x28\x01.net"; /* not even UTF-8 */
  const char *svg = picture(graph_of_text(path, tiny), plan_of_text(path, tiny, "c99"));
  check_xml("odd name", svg);
  cr_expect_not_null(strstr(svg, "&lt;a&gt;&amp;&#39;&quot;\xEF\xBF\xBD(\xEF\xBF\xBD.net"));
  cr_expect_null(strstr(svg, "where"));
}

/* ---- pieces ------------------------------------------------------------------------------ */

static const char *escaped(const char *s) {
  StrBuf b = {.arena = ctx->arena};
  svg_escape(&b, s);
  return sb_str(&b);
}

#define BAD "\xEF\xBF\xBD"

Test(svg, escape) {
  cr_expect_str_eq(escaped("a<b>&\"c\" 'd'"), "a&lt;b&gt;&amp;&quot;c&quot; &#39;d&#39;");
  cr_expect_str_eq(escaped("blåbär \xF0\x9F\x8D\x8E"), "blåbär \xF0\x9F\x8D\x8E");
  cr_expect_str_eq(escaped("\x01\x1B\n"), BAD BAD "\n");
  cr_expect_str_eq(escaped("\xC0\x80"), BAD BAD, "overlong");
  cr_expect_str_eq(escaped("\xED\xA0\x80"), BAD BAD BAD, "surrogate");
  cr_expect_str_eq(escaped("\xE2\x82"), BAD BAD, "cut short");
  cr_expect_str_eq(escaped("\xEF\xBF\xBF"), BAD BAD BAD, "not a character");
}

Test(svg, short_forms) {
  cr_expect_str_eq(svg_bytes(ctx, 64), "64 B");
  cr_expect_str_eq(svg_bytes(ctx, 94080), "91.9 KiB");
  cr_expect_str_eq(svg_bytes(ctx, 1536 * 1024), "1.5 MiB");
  cr_expect_str_eq(svg_bytes(ctx, (int64_t)3 << 30), "3 GiB");
  cr_expect_str_eq(svg_count(ctx, 999), "999");
  cr_expect_str_eq(svg_count(ctx, 392000), "392 k");
  cr_expect_str_eq(svg_count(ctx, 999499), "999 k");
  cr_expect_str_eq(svg_count(ctx, 999501), "1 M");
  cr_expect_str_eq(svg_count(ctx, 15470264320), "15.5 G");
  cr_expect_str_eq(svg_time(ctx, 1.84e-6), "1.8 µs");
  cr_expect_str_eq(svg_time(ctx, 135.6e-6), "136 µs");
  cr_expect_str_eq(svg_time(ctx, 8.2063e-3), "8.21 ms");
  cr_expect_str_eq(svg_time(ctx, 2), "2 s");
  cr_expect_str_eq(svg_clip(ctx, "relu", 4), "relu");
  cr_expect_str_eq(svg_clip(ctx, "blåbär", 3), "blå…");
}

/* ---- the command ------------------------------------------------------------------------- */

TestSuite(svg_command, .init = work_setup, .fini = work_teardown);

Test(svg_command, writes_the_picture) {
  RUNS(0, "LAYERS", "netcc report examples/lenet.net --target=c99 --svg=@/a.svg");
  RUNS(0, "</svg>", "netcc report examples/lenet.net --target=c99 --svg=-");
  cr_expect(str_starts(outcome.text, "<svg "), "more than the picture:\n%.200s", outcome.text);
  RUNS(0, "", "netcc report examples/lenet.net --target=c99 --svg=- | cmp - @/a.svg");
  RUNS(1, "E0602", "netcc report examples/lenet.net --target=c99 --svg=@/no/such.svg");
}
