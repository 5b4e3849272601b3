/* test_front_files.c: the front end on whole files.
 *
 * In: examples/, the snippets of grammars/README.md, checkpoints in ../shared/data or
 * $NETCC_DATA if there are any, and damaged texts made here. Out: Criterion results. Run from the
 * repository's root.
 */
#include "front_bench.h"

/* ---- the zoo ------------------------------------------------------------------------------ */

Test(files, examples_compile_without_warnings) {
  Bench b = bench_new();
  const char **paths;
  int n = list_examples(&b, &paths);
  cr_assert(n >= 10);
  for (int i = 0; i < n; i++) {
    Bench one = bench_new();
    Graph *g = compile(&one, add_file(&one, paths[i]), NULL);
    cr_expect(one.c->warnings == 0, "%s\n%s", paths[i], report(&one));
    cr_expect(g->outputs.len >= 1 && g->nodes.len > 0);
    arena_free(one.arena);
  }
  arena_free(b.arena);
}

/* Reading back what the printer writes gives the same text, through front_compile. */
Test(files, graph_text_is_read_back) {
  Bench b = bench_new();
  const char **paths;
  int n = list_examples(&b, &paths);
  for (int i = 0; i < n; i++) {
    Bench one = bench_new();
    StrBuf first = {.arena = one.arena}, second = {.arena = one.arena};
    graph_print(one.c, compile(&one, add_file(&one, paths[i]), NULL), &first);
    graph_print(one.c, compile(&one, add(&one, first.at), NULL), &second);
    cr_expect_str_eq(first.at, second.at, "%s", paths[i]);
    arena_free(one.arena);
  }
  arena_free(b.arena);
}

static int64_t parameters(const Graph *g) {
  int64_t n = 0;
  for (int i = 0; i < g->values.len; i++) {
    const Value *v = g->values.at[i];
    bool counted = v->kind == V_PARAM && !str_eq(v->param.name, "running_mean") &&
                   !str_eq(v->param.name, "running_var");
    if (counted) n += shape_count(&v->shape);
  }
  return n;
}

Test(files, parameter_counts) {
  static const struct {
    const char *path, *define;
    int64_t count;
  } cases[] = {
      {"examples/lenet.net", NULL, 1256080},
      {"examples/alexnet.net", NULL, 61100840},
      {"examples/vgg.net", NULL, 138357544},
      {"examples/squeezenet1_1.net", NULL, 1235496},
      {"examples/resnet.net", NULL, 11689512},
      {"examples/resnet.net", "depth=34", 21797672},
      {"examples/resnet.net", "depth=50", 25557032},
      {"examples/resnet.net", "depth=101", 44549160},
      {"examples/resnet.net", "depth=152", 60192808},
      {"examples/resnet20.net", NULL, 269722},
      {"examples/googlenet.net", NULL, 6998552},
      {"examples/lenet_caffe.net", NULL, 431080},
  };
  for (int i = 0; i < COUNT_OF(cases); i++) {
    Bench b = bench_new();
    int64_t n = parameters(compile(&b, add_file(&b, cases[i].path), cases[i].define));
    cr_expect(n == cases[i].count, "%s %s: %lld parameters, not %lld", cases[i].path,
              cases[i].define ? cases[i].define : "", (long long)n, (long long)cases[i].count);
    arena_free(b.arena);
  }
}

/* ---- names of torchvision's state_dicts -------------------------------------------------------
 */

typedef struct NameList {
  VEC(const char *) at;
} NameList;

static void want(Bench *b, NameList *l, const char *module, const char *params) {
  char *copy = str_dup(b->arena, params, strlen(params)), *rest = copy;
  for (char *p; (p = strtok_r(rest, " ", &rest));)
    vec_push(b->arena, &l->at, str_fmt(b->arena, "%s.%s", module, p));
}

static const char *const bn = "weight bias running_mean running_var";

static void want_resnet(Bench *b, NameList *l, const int *rounds, int convs) {
  want(b, l, "conv1", "weight");
  want(b, l, "bn1", bn);
  for (int stage = 0; stage < 4; stage++)
    for (int i = 0; i < rounds[stage]; i++) {
      const char *at = str_fmt(b->arena, "layer%d.%d", stage + 1, i);
      for (int k = 1; k <= convs; k++) {
        want(b, l, str_fmt(b->arena, "%s.conv%d", at, k), "weight");
        want(b, l, str_fmt(b->arena, "%s.bn%d", at, k), bn);
      }
      if (i > 0 || (stage == 0 && convs == 2)) continue;
      want(b, l, str_fmt(b->arena, "%s.downsample.0", at), "weight");
      want(b, l, str_fmt(b->arena, "%s.downsample.1", at), bn);
    }
  want(b, l, "fc", "weight bias");
}

/* The graph's parameters are exactly these, in any order. */
static void expect_names(const Graph *g, const NameList *l, const char *what) {
  int n = 0;
  for (int i = 0; i < g->values.len; i++) n += g->values.at[i]->kind == V_PARAM;
  cr_expect(n == l->at.len, "%s: %d parameters, not %d", what, n, l->at.len);
  for (int i = 0; i < l->at.len; i++) {
    const Value *v = find(g, l->at.at[i]);
    cr_expect(v && v->kind == V_PARAM, "%s has no parameter %s", what, l->at.at[i]);
  }
}

Test(files, resnet_names) {
  static const struct {
    const char *define;
    int rounds[4], convs;
  } cases[] = {{"depth=18", {2, 2, 2, 2}, 2}, {"depth=50", {3, 4, 6, 3}, 3}};
  for (int i = 0; i < COUNT_OF(cases); i++) {
    Bench b = bench_new();
    NameList l = {0};
    want_resnet(&b, &l, cases[i].rounds, cases[i].convs);
    expect_names(compile(&b, add_file(&b, "examples/resnet.net"), cases[i].define), &l,
                 cases[i].define);
    arena_free(b.arena);
  }
}

static void expect_numbered(const char *path, const int *features, int nf, const int *classifier,
                            int nc) {
  Bench b = bench_new();
  NameList l = {0};
  for (int i = 0; i < nf; i++)
    want(&b, &l, str_fmt(b.arena, "features.%d", features[i]), "weight bias");
  for (int i = 0; i < nc; i++)
    want(&b, &l, str_fmt(b.arena, "classifier.%d", classifier[i]), "weight bias");
  expect_names(compile(&b, add_file(&b, path), NULL), &l, path);
  arena_free(b.arena);
}

Test(files, alexnet_and_vgg_names) {
  expect_numbered("examples/alexnet.net", (int[]){0, 3, 6, 8, 10}, 5, (int[]){1, 4, 6}, 3);
  expect_numbered("examples/vgg.net", (int[]){0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28}, 13,
                  (int[]){0, 3, 6}, 3);
}

Test(files, squeezenet_names) {
  Bench b = bench_new();
  NameList l = {0};
  static const int fires[] = {3, 4, 6, 7, 9, 10, 11, 12};
  want(&b, &l, "features.0", "weight bias");
  for (int i = 0; i < COUNT_OF(fires); i++) {
    want(&b, &l, str_fmt(b.arena, "features.%d.squeeze", fires[i]), "weight bias");
    want(&b, &l, str_fmt(b.arena, "features.%d.expand1x1", fires[i]), "weight bias");
    want(&b, &l, str_fmt(b.arena, "features.%d.expand3x3", fires[i]), "weight bias");
  }
  want(&b, &l, "classifier.1", "weight bias");
  expect_names(compile(&b, add_file(&b, "examples/squeezenet1_1.net"), NULL), &l, "squeezenet");
  arena_free(b.arena);
}

/* Every parameter stands in the checkpoint's header with the same shape. */
static void check_checkpoint(const char *net, const char *folder) {
  Bench b = bench_new();
  const char *data = getenv("NETCC_DATA");
  const char *path =
      str_fmt(b.arena, "%s/%s/weights.safetensors", data ? data : "../shared/data", folder);
  size_t size;
  const char *text = file_read(b.arena, path, &size);
  if (!text) cr_skip_test("skipped: no %s", path);
  const char *header = text + 8; /* its length, 8 bytes, comes first; NULs end the search */
  Graph *g = compile(&b, add_file(&b, net), NULL);
  for (int i = 0; i < g->values.len; i++) {
    const Value *v = g->values.at[i];
    if (v->kind != V_PARAM) continue;
    const char *at = strstr(header, str_fmt(b.arena, "\"%s\":", v->name));
    const char *shape = at ? strstr(at, "\"shape\":[") : NULL;
    cr_expect(shape, "no tensor %s", v->name);
    if (!shape) continue;
    char *p = (char *)shape + 9;
    for (int d = 0; d < v->shape.rank; d++, p++)
      cr_expect_eq(strtoll(p, &p, 10), v->shape.dim[d], "%s", v->name);
  }
  arena_free(b.arena);
}

Test(files, checkpoint_squeezenet) {
  check_checkpoint("examples/squeezenet1_1.net", "squeezenet1_1");
}
Test(files, checkpoint_resnet20) {
  check_checkpoint("examples/resnet20.net", "resnet20_cifar10");
}
Test(files, checkpoint_lenet_caffe) {
  check_checkpoint("examples/lenet_caffe.net", "lenet_caffe");
}

/* ---- the formatter ----------------------------------------------------------------------- */

static const char *dump(Bench *b, const char *text) {
  StrBuf out = {.arena = b->arena};
  cr_assert(front_dump_ast(b->c, add(b, text), &out), "%s\n%s", report(b), text);
  return sb_str(&out);
}

static const char *format(Bench *b, const char *text) {
  StrBuf out = {.arena = b->arena};
  cr_assert(front_format(b->c, add(b, text), &out), "%s", report(b));
  return sb_str(&out);
}

static int count(const char *text, char what) {
  int n = 0;
  for (; *text; text++) n += *text == what;
  return n;
}

static void check_format(Bench *b, const char *text, const char *what) {
  const char *once = format(b, text), *twice = format(b, once);
  cr_expect_str_eq(once, twice, "%s: not idempotent", what);
  cr_expect_str_eq(dump(b, text), dump(b, once), "%s: another tree", what);
  cr_expect_eq(count(text, '#'), count(once, '#'), "%s: comments differ", what);
}

Test(files, examples_are_formatted) {
  Bench b = bench_new();
  const char **paths;
  int n = list_examples(&b, &paths);
  for (int i = 0; i < n; i++) {
    size_t size;
    const char *text = file_read(b.arena, paths[i], &size);
    cr_expect_str_eq(format(&b, text), text, "%s is not formatted", paths[i]);
    check_format(&b, text, paths[i]);
  }
  arena_free(b.arena);
}

/* The same with blanks doubled, taken out or turned into line breaks where they mean nothing. */
Test(files, formatting_keeps_the_tree) {
  Bench b = bench_new();
  const char **paths;
  int n = list_examples(&b, &paths);
  for (int i = 0; i < n; i++) {
    size_t size;
    const char *text = file_read(b.arena, paths[i], &size);
    StrBuf messy = {.arena = b.arena};
    bool comment = false;
    for (const char *p = text; *p; p++) {
      comment = *p == '\n' ? false : comment || *p == '#';
      if (!comment && str_starts(p, " |>"))
        sb_puts(&messy, "\t\n\n# why\n ");
      else if (!comment && *p == ',')
        sb_puts(&messy, " ,   ");
      else if (!comment && *p == '\n')
        sb_puts(&messy, " # end\n\n\n");
      else
        sb_putc(&messy, *p);
    }
    check_format(&b, messy.at, paths[i]);
    cr_expect_str_eq(dump(&b, text), dump(&b, messy.at));
  }
  arena_free(b.arena);
}

Test(files, format_canonical) {
  Bench b = bench_new();
  const char *text =
      "\n\nnet   1.0\nblock b( x ,k = 3 )\n{\n\n y=x|>conv( k , 3,pad=[ 1,1 ] ) # trailing\n\n\n"
      "   # own\n   if k==3{y=y|>relu;y=y|>relu}else{\n y=- k * 2+k\n}\n"
      "  return   l{k+1}.0 : relu( y )\n}\n\n\n\n";
  cr_expect_str_eq(format(&b, text), "net 1.0\nblock b(x, k=3) {\n"
                                     "  y = x |> conv(k, 3, pad=[1, 1])  # trailing\n\n  # own\n"
                                     "  if k == 3 { y = y |> relu; y = y |> relu } else {\n"
                                     "    y = -k*2 + k\n  }\n"
                                     "  return l{k+1}.0: relu(y)\n}\n");
  arena_free(b.arena);
}

Test(files, format_wraps_long_pipes) {
  Bench b = bench_new();
  StrBuf text = {.arena = b.arena};
  sb_puts(&text, "model m(x: f32[1, 3]) -> (y) {\n  y = x");
  for (int i = 0; i < 40; i++) sb_printf(&text, " |> stage%d: dense(%d)", i, i + 1);
  sb_puts(&text, "\n}\n");
  const char *once = format(&b, text.at);
  for (const char *p = once; *p; p += strcspn(p, "\n") + 1)
    cr_expect(strcspn(p, "\n") <= 98, "%.120s", p);
  check_format(&b, text.at, "long pipe");
  arena_free(b.arena);
}

/* ---- the language reference -------------------------------------------------------------- */

/* A snippet without a model is a set of declarations. */
static void check_snippet(const char *text, size_t n, int line) {
  Bench b = bench_new();
  const char *snippet = str_dup(b.arena, text, n);
  if (!strstr(snippet, "model "))
    snippet =
        str_fmt(b.arena, "%s\nmodel m(x: f32[1, 3, 8, 8]) -> (y) { y = x |> relu }\n", snippet);
  cr_expect(front_compile(b.c, add(&b, snippet), NULL), "grammars/README.md:%d\n%s", line,
            report(&b));
  arena_free(b.arena);
}

Test(files, reference_snippets_compile) {
  Bench b = bench_new();
  size_t size;
  const char *text = file_read(b.arena, "grammars/README.md", &size);
  cr_assert(text);
  int snippets = 0;
  for (const char *p = text; (p = strstr(p, "```net\n")); snippets++) {
    const char *end = strstr(p + 7, "\n```");
    cr_assert(end);
    int line = 2;
    for (const char *q = text; q < p; q++) line += *q == '\n';
    check_snippet(p + 7, (size_t)(end - p - 6), line);
    p = end + 4;
  }
  cr_expect(snippets >= 12, "%d snippets", snippets);
  arena_free(b.arena);
}

/* ---- anything at all --------------------------------------------------------------------- */

static uint32_t random_state = 12345;
static uint32_t random_next(void) { return random_state = random_state * 1664525u + 1013904223u; }
static uint32_t random_below(uint32_t n) { return (random_next() >> 8) % n; }

/* No crash, and an answer: a graph or an error, rendered without fault. Bounded memory. */
static void survive(const char *text, size_t size) {
  Bench b = {.arena = arena_new((size_t)1 << 28)};
  if (!setjmp(*arena_boundary(b.arena))) {
    b.c = ctx_new(b.arena);
    StrBuf out = {.arena = b.arena};
    Graph *g = front_compile(b.c, ctx_add_source(b.c, "random.net", text, size), NULL);
    cr_assert((g == NULL) == (b.c->errors > 0));
    diag_render(b.c, &out, true);
    diag_render_json(b.c, &out);
    StrBuf formatted = {.arena = b.arena};
    front_format(b.c, 1, &formatted);
  }
  arena_free(b.arena);
}

Test(files, random_bytes) {
  static const char *const words[] = {"model ",
                                      "block ",
                                      "(",
                                      ")",
                                      "{",
                                      "}",
                                      "[",
                                      "]",
                                      "|> ",
                                      "x",
                                      "conv",
                                      "1",
                                      ":",
                                      "=",
                                      "\n",
                                      "if ",
                                      "else ",
                                      "repeat ",
                                      ",",
                                      "concat {",
                                      "sequential {",
                                      "return ",
                                      "->",
                                      "-",
                                      "not ",
                                      ".",
                                      "@silence(W0401) ",
                                      "@kernel(copy) ",
                                      "u8[1, 4, 4, 2] nhwc",
                                      "split(2)",
                                      "include \"",
                                      "\"",
                                      "/ 2",
                                      "a, b = "};
  for (int i = 0; i < 1000; i++) {
    char text[400];
    size_t n = 0, size = random_below(300);
    while (n < size) {
      const char *w = words[random_below(COUNT_OF(words))];
      if (i % 2)
        text[n++] = (char)random_below(256);
      else
        n += (size_t)sprintf(text + n, "%s", w);
    }
    text[n] = 0;
    survive(text, n);
  }
}

Test(files, mutated_examples) {
  Bench b = bench_new();
  const char **paths;
  int files = list_examples(&b, &paths);
  for (int i = 0; i < 1000; i++) {
    size_t size;
    char *text = file_read(b.arena, paths[random_below((uint32_t)files)], &size);
    for (uint32_t k = random_below(4) + 1; k > 0 && size > 8; k--) {
      uint32_t at = random_below((uint32_t)size - 8), n = random_below(8);
      switch (random_below(4)) {
      case 0: text[at] = (char)random_below(256); break;
      case 1: text[at] = "(){}[]:|>=,.#\n 0-"[random_below(17)]; break;
      case 2:
        memmove(text + at, text + at + n, size - at - n + 1);
        size -= n;
        break;
      default: memmove(text + at, text + random_below((uint32_t)size - 8), n); break;
      }
    }
    survive(text, size);
  }
  arena_free(b.arena);
}

Test(files, enormous_inputs) {
  enum { SIZE = 10 << 20 };
  static const char *const piece[] = {
      "x", " ", "1+", "-", "a{", "a:", "(", "}\n", "#\n", "y = x |> relu\n", "\xff", "x |> "};
  char *text = malloc(SIZE + 64);
  cr_assert(text);
  for (int i = 0; i < COUNT_OF(piece); i++) {
    size_t n = (size_t)sprintf(text, "model m(x: f32[1, 3]) -> (y) { y = ");
    for (size_t k = strlen(piece[i]); n + k < SIZE; n += k) memcpy(text + n, piece[i], k);
    text[n] = 0;
    survive(text, n);
  }
  free(text);
}

Test(front_files, outputs_with_conditions) {
  static const char text[] = "const heads = false\nmodel m(x: f32[1, 4]) -> (y, z if heads) {\n"
                             "  y = x |> relu\n  if heads { z = x |> abs }\n}\n";
  for (int heads = 0; heads < 2; heads++) {
    Bench b = bench_new();
    const Graph *g = compile(&b, add(&b, text), heads ? "heads=true" : NULL);
    cr_expect_eq(g->outputs.len, 1 + heads);
    arena_free(b.arena);
  }
}
