/* test_front.c: the language, from text to graph.
 *
 * In: tests/errors/ (wrong files with what they must report) and small networks in this file.
 * Out: Criterion results. Run from the repository's root.
 */
#include "front_bench.h"

/* ---- errors -------------------------------------------------------------------------------- */

typedef struct Expected {
  VEC(const char *) lines; /* "E0302 4:7" */
  VEC(const char *) defines;
} Expected;

static Expected read_expected(Bench *b, const char *text) {
  Expected e = {0};
  for (const char *p = text; (p = strstr(p, "#! ")); p++) {
    if (p > text && p[-1] != '\n') continue;
    const char *line = str_dup(b->arena, p + 3, strcspn(p + 3, "\n"));
    if (str_starts(line, "-D "))
      vec_push(b->arena, &e.defines, line + 3);
    else
      vec_push(b->arena, &e.lines, line);
  }
  return e;
}

static const char *diag_line(Bench *b, const Diag *d) {
  int line = 0, column = 0;
  span_position(b->c, d->span, &line, &column);
  const Source *s = ctx_source(b->c, d->span.file);
  return str_fmt(b->arena, "%s %s%d:%d", diag_code_name(d->code),
                 s && str_eq(s->path, "-D") ? "-D:" : "", line, column);
}

static void check_error_file(const char *path, bool *seen) {
  Bench b = bench_new();
  int32_t file = add_file(&b, path);
  Expected e = read_expected(&b, ctx_source(b.c, file)->text);
  FrontOptions opt = {e.defines.at, e.defines.len, NULL, false};
  Graph *g = front_compile(b.c, file, &opt);
  cr_expect(e.lines.len > 0, "%s expects nothing", path);
  cr_expect((g == NULL) == (b.c->errors > 0), "%s: graph and errors disagree", path);
  for (int i = 0; i < b.c->diags.len; i++) {
    const char *got = diag_line(&b, b.c->diags.at[i]);
    seen[b.c->diags.at[i]->code] = true;
    bool found = false;
    for (int j = 0; j < e.lines.len && !found; j++)
      if (e.lines.at[j] && str_eq(e.lines.at[j], got)) {
        e.lines.at[j] = NULL;
        found = true;
      }
    cr_expect(found, "%s reports %s, which is not expected\n%s", path, got, report(&b));
  }
  for (int j = 0; j < e.lines.len; j++)
    cr_expect(!e.lines.at[j], "%s does not report %s\n%s", path, e.lines.at[j], report(&b));
  arena_free(b.arena);
}

/* No .net file can provoke these: graph text, passes or the interpreter report them. */
static const char *const out_of_reach[] = {"E0401", "E0413", "E0416", "E0417", "E0418"};

static bool reachable(const char *code) {
  for (int i = 0; i < COUNT_OF(out_of_reach); i++)
    if (str_eq(out_of_reach[i], code)) return false;
  return strncmp(code, "E01", 3) == 0 || strncmp(code, "E02", 3) == 0 ||
         strncmp(code, "E03", 3) == 0 || strncmp(code, "E04", 3) == 0 ||
         strncmp(code, "W03", 3) == 0 || strncmp(code, "W04", 3) == 0;
}

Test(front, errors) {
  Bench b = bench_new();
  const char **paths;
  bool seen[DIAG_COUNT] = {false};
  int n = list(&b, "tests/errors", &paths);
  cr_assert(n >= 70);
  for (int i = 0; i < n; i++) check_error_file(paths[i], seen);
  for (int i = 0; i < DIAG_COUNT; i++)
    if (reachable(diag_code_name((DiagCode)i)))
      cr_expect(seen[i], "no file of tests/errors provokes %s", diag_code_name((DiagCode)i));
  arena_free(b.arena);
}

Test(front, rendering) {
  Bench b = bench_new();
  int32_t f = add(&b, "block b(x) { return x |> c: conv(4, 9) }\n"
                      "model m(\tx: f32[1, 3, 8, 8]) -> (y) {\n\ty = x |> a: b\n}\n");
  cr_assert(!front_compile(b.c, f, NULL));
  const char *text = report(&b);
  cr_expect(strstr(text, "error[E0404]: "), "%s", text);
  cr_expect(strstr(text, " --> test.net:1:26\n"), "%s", text);
  cr_expect(strstr(text, "1 | block b(x) { return x |> c: conv(4, 9) }\n"), "%s", text);
  cr_expect(strstr(text, "\n  |                          ^^^^^^^^^^^^^"), "%s", text);
  cr_expect(strstr(text, "in block 'b', called here\n --> test.net:3:14\n"), "%s", text);
  cr_expect(strstr(text, "3 |     y = x |> a: b\n  |                 -\n"), "%s", text);
  cr_expect(strstr(text, "\n1 error\n"), "%s", text);
  arena_free(b.arena);
}

Test(front, json) {
  Bench b = bench_new();
  const char text[] = "model m(x: f32[1, 3]) -> (y) { y = \"\x01\xff\n }\n";
  int32_t f = ctx_add_source(b.c, "a\"b\\c.net", text, sizeof text - 1);
  cr_assert(!front_compile(b.c, f, NULL));
  StrBuf out = {.arena = b.arena};
  diag_render_json(b.c, &out);
  cr_expect(strstr(out.at, "\"file\": \"a\\\"b\\\\c.net\", \"line\": 1, \"column\": 36"), "%s",
            out.at);
  cr_expect(strstr(out.at, "\"code\": \"E0104\""), "%s", out.at);
  arena_free(b.arena);
}

Test(front, at_most_fifty_errors) {
  Bench b = bench_new();
  StrBuf text = {.arena = b.arena};
  sb_puts(&text, "model m(x: f32[1, 3]) -> (y) {\n");
  for (int i = 0; i < 80; i++) sb_printf(&text, "  y = x |> nothing%d\n", i);
  sb_puts(&text, "}\n");
  cr_assert(!front_compile(b.c, add(&b, text.at), NULL));
  cr_expect_eq(b.c->diags.len, 50);
  cr_expect_eq(b.c->errors, 80);
  cr_expect(strstr(report(&b), "80 errors (30 not shown)"));
  arena_free(b.arena);
}

/* ---- arithmetic ------------------------------------------------------------------------------
 */

/* Compiles a network whose dense layers take their widths from the expressions given. */
static void expect_value(const char *expression, int64_t value) {
  Bench b = bench_new();
  const char *text = str_fmt(b.arena,
                             "const l = [3, [5, 7], 11]\nconst k = 4\n"
                             "block five() { return 5 }\nblock sum(a, b=a + 1) { return a + b }\n"
                             "model m(x: f32[2, 3, 4, 5]) -> (y) {\n"
                             "  y = x |> flatten |> d: dense(%s)\n}\n",
                             expression);
  Graph *g = front_compile(b.c, add(&b, text), NULL);
  cr_expect(g, "%s\n%s", expression, report(&b));
  const Value *v = g ? find(g, "d") : NULL;
  cr_expect(v && v->shape.dim[1] == value, "%s is %lld", expression,
            v ? (long long)v->shape.dim[1] : -1);
  arena_free(b.arena);
}

Test(front, arithmetic) {
  static const struct {
    const char *text;
    int64_t value;
  } cases[] = {
      {"2 + 3*4", 14},
      {"(2 + 3)*4", 20},
      {"7//2", 3},
      {"10 + -7//2", 6},
      {"10 + (-7)%3", 12},
      {"10 + 7%-3", 8},
      {"int(7/2)", 3},
      {"int(-7/2) + 9", 6},
      {"int(2.5 + 1.5)", 4},
      {"int(7.5//2)", 3},
      {"1 - -1", 2},
      {"- -3", 3},
      {"20 - 5 - 3", 12},
      {"if 1 < 2 and not 2 <= 1 { 1 } else { 2 }", 1},
      {"if 1 == 1.0 { 1 } else { 2 }", 1},
      {"if true or 1//0 == 0 { 1 } else { 2 }", 1},
      {"if false and 1//0 == 0 { 1 } else { 2 }", 2},
      {"if [1, 2] == [1, 2] { 1 } else { 2 }", 1},
      {"if [1, 2] != [1, 2, 3] { 1 } else { 2 }", 1},
      {"if false { 1 } else if k > 3 { 2 } else { 3 }", 2},
      {"if true { if false { 1 } else { 2 } } else { 3 }", 2},
      {"l[0] + l[1][1] + l[-1]", 21},
      {"len(l) + l.length", 6},
      {"len(l + [1, 2])", 5},
      {"min(4, 2, 8) + max([1, 9, 3])", 11},
      {"abs(-4) + int(real(3))", 7},
      {"x.batch + x.channels*x.height - x.width", 9},
      {"x.rank + x.shape[3]", 9},
      {"five() + sum(3) + sum(b=1, a=2)", 15},
      {"9223372036854775807 - 9223372036854775806", 1},
      {"1e1 |> int", 10},
  };
  for (int i = 0; i < COUNT_OF(cases); i++) expect_value(cases[i].text, cases[i].value);
}

/* ---- blocks, repeat, names --------------------------------------------------------------- */

static int count_params(const Graph *g) {
  int n = 0;
  for (int i = 0; i < g->values.len; i++) n += g->values.at[i]->kind == V_PARAM;
  return n;
}

Test(front, repeat_builds_a_chain) {
  Bench b = bench_new();
  Graph *g =
      compile(&b,
              add(&b, "block dense_layer(x, k) { return concat(x, x |> conv(k, 3, pad=1)) }\n"
                      "model m(x: f32[1, 3, 8, 8]) -> (y) {\n"
                      "  y = x\n"
                      "  repeat i in 0..4 { y = denselayer{i+1}: dense_layer(y, 10) }\n"
                      "  repeat i in 2..2 { y = relu(y); _i = i }\n"
                      "  repeat 2 { y = y |> relu }\n"
                      "}\n"),
              NULL);
  cr_expect_eq(count_params(g), 8);
  expect_shape(g, "denselayer1.conv1.weight", SHAPE(10, 3, 3, 3));
  expect_shape(g, "denselayer4.conv1.weight", SHAPE(10, 33, 3, 3));
  expect_shape(g, "relu2", SHAPE(1, 43, 8, 8));
  arena_free(b.arena);
}

Test(front, labels_and_scopes) {
  Bench b = bench_new();
  Graph *g = compile(
      &b,
      add(&b,
          "block two(x) { return x |> a: conv(4, 1) |> conv(4, 1) }\n"
          "model m(x: f32[1, 4, 8, 8]) -> (y) {\n"
          "  y = x |> 0: two |> s.{1+1}: two |> two\n"
          "  y = tail: (_: two(y) |> b: conv(4, 1))\n"
          "  y = y |> q: sequential { two |> relu; named: conv(4, 1); if true { conv(4, 1) } }\n"
          "}\n"),
      NULL);
  static const char *const names[] = {"0.a",   "0.conv1",  "s.2.a",  "s.2.conv1", "a",
                                      "conv1", "tail._.a", "tail.b", "q.0.a",     "q.0.conv1",
                                      "q.1",   "q.named",  "q.3"};
  for (int i = 0; i < COUNT_OF(names); i++) cr_expect(find(g, names[i]), "no node %s", names[i]);
  arena_free(b.arena);
}

Test(front, arguments) {
  Bench b = bench_new();
  Graph *g = compile(&b,
                     add(&b, "block pick(x, ways, how=same, on=true, list=[1, 2]) {\n"
                             "  y = if on { ways + x } else { x }\n"
                             "  return y |> conv(list[0], 3, pad=how)\n}\n"
                             "model m(a: f32[1, 2, 8, 9], b: f32[1, 2, 8, 9]) -> (p, q, r, s) {\n"
                             "  p = a |> pick(b, list=[5])\n"
                             "  q = pick(how=valid, ways=a, x=b)\n"
                             "  r = concat(a, b, axis=3)\n"
                             "  s = [a, b] |> concat\n"
                             "}\n"),
                     NULL);
  expect_shape(g, "conv1", SHAPE(1, 5, 8, 9));
  expect_shape(g, "conv2", SHAPE(1, 1, 6, 7));
  expect_shape(g, "concat1", SHAPE(1, 2, 8, 18));
  expect_shape(g, "concat2", SHAPE(1, 4, 8, 9));
  arena_free(b.arena);
}

Test(front, contextual_keywords_are_names) {
  Bench b = bench_new();
  Graph *g =
      compile(&b,
              add(&b, "block repeat(in, net=2, include=3) { return in |> conv(net, include) }\n"
                      "model net(concat: f32[1, 2, 8, 8]) -> (repeat) {\n"
                      "  sequential = concat\n"
                      "  in = sequential |> repeat\n"
                      "  repeat = in |> repeat: relu\n"
                      "}\n"),
              NULL);
  expect_shape(g, "repeat", SHAPE(1, 2, 6, 6));
  arena_free(b.arena);
}

Test(front, newlines) {
  Bench b = bench_new();
  compile(
      &b,
      add(&b,
          "net 1.0\r\nblock b(\n x,\n c=\n 3)\n{\n\n return x\n # aside\n |> conv(c,\n 3)\n}\n"
          "model m(x: f32[1, 2, 8, 8])\n -> (y)\n{ a = b(x) +\n b(c=3, x=x,)\n"
          " y = if true { a }\n else\n { relu(a) } }"),
      NULL);
  arena_free(b.arena);
}

/* ---- -D ---------------------------------------------------------------------------------- */

Test(front, symbolic_dimensions) {
  static const struct {
    const char *define;
    int64_t n, h, w;
  } cases[] = {{NULL, 1, 8, 16}, {"N=4", 4, 8, 16}, {"H=10", 1, 10, 20}, {"W=5", 1, 8, 5}};
  for (int i = 0; i < COUNT_OF(cases); i++) {
    Bench b = bench_new();
    Graph *g =
        compile(&b,
                add(&b, "model m(x: f32[N=1, 3, H=8, W=2*H], z: f32[N, 1, H, W]) -> (y) {\n"
                        "  y = concat(x, z) |> relu\n}\n"),
                cases[i].define);
    expect_shape(g, "relu1", SHAPE(cases[i].n, 4, cases[i].h, cases[i].w));
    arena_free(b.arena);
  }
}

Test(front, constants_from_outside) {
  Bench b = bench_new();
  const char *text = "const p = 0.5\nconst l = [1]\nconst on = false\nconst n = len(l)\n"
                     "model one(x: f32[1, 3]) -> (y) { y = x |> dropout(p) |> dense(n) }\n"
                     "model two(x: f32[1, 3]) -> (y) {\n"
                     "  y = x |> dense(if on { 7 } else { 8 })\n}\n";
  const char *defines[] = {"p=1", "l=[1, 2, 3]", "on=true", "on=not on"};
  FrontOptions opt = {defines, 3, "one", false};
  Graph *g = front_compile(b.c, add(&b, text), &opt);
  cr_assert(g, "%s", report(&b));
  expect_shape(g, "dense1", SHAPE(1, 3));
  opt.model = NULL;
  g = front_compile(b.c, add(&b, text), &opt);
  cr_assert(g, "%s", report(&b));
  expect_shape(g, "dense1", SHAPE(1, 7));
  cr_expect_str_eq(g->name, "two");
  arena_free(b.arena);
}

/* ---- literal weights --------------------------------------------------------------------- */

Test(front, literal_weights) {
  Bench b = bench_new();
  Graph *g =
      compile(&b,
              add(&b, "model m(x: f32[1, 1, 8, 8], v: f32[1, 2]) -> (y, z) {\n"
                      "  y = x |> c: conv(1, 3, weight=[[1, 2, 1], [0, 0, 0], [-1, -2, -1.5]])\n"
                      "        |> d: conv(weight=[[[[2]]], [[[3]]]], bias=[1, 2])\n"
                      "  z = v |> e: dense(weight=[[1, 2], [3, 4], [5, 6]])\n}\n"),
              NULL);
  const Value *w = find(g, "c.weight");
  cr_assert(w && w->kind == V_CONST && w->data);
  static const float sobel[] = {1, 2, 1, 0, 0, 0, -1, -2, -1.5f};
  cr_expect_arr_eq(w->data, sobel, sizeof sobel);
  cr_expect(!find(g, "c.bias"));
  expect_shape(g, "d.weight", SHAPE(2, 1, 1, 1));
  cr_expect(find(g, "d.bias")->data[1] == 2);
  expect_shape(g, "e.weight", SHAPE(3, 2));
  cr_expect_eq(count_params(g), 0);
  arena_free(b.arena);
}
