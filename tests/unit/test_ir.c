/* test_ir.c: graph editing, graph text both ways, the verifier. */
#include "compiler/ir/ir.h"

#include <criterion/criterion.h>
#include <string.h>

#include "context.h"

TestSuite(graph, .fini = drop_all);
TestSuite(text, .fini = drop_all);
TestSuite(verify, .fini = drop_all);

static Graph *read_text(Ctx *c, const char *text) {
  return graph_read(c, ctx_add_source(c, "test.graph", text, strlen(text)));
}

static const char *print_text(Ctx *c, const Graph *g) {
  StrBuf b = {.arena = c->arena};
  graph_print(c, g, &b);
  return sb_str(&b);
}

static void show_diags(Ctx *c) {
  StrBuf b = {.arena = c->arena};
  diag_render(c, &b, false);
  cr_log_error("%s", sb_str(&b));
}

/* ---- editing ------------------------------------------------------------------------------ */

static const char chain[] = "graph 1.0 chain inference\n"
                            "input x: f32[1, 4, 6, 6]\n"
                            "a = relu(x) -> f32[1, 4, 6, 6]\n"
                            "b = tanh(a) -> f32[1, 4, 6, 6]\n"
                            "s = add(a, b) -> f32[1, 4, 6, 6]\n"
                            "output y = s\n";

Test(graph, inserting_renumbers_and_keeps_pointers) {
  Ctx *c = fresh();
  Graph *g = read_text(c, chain);
  Node *s = g->nodes.at[2];
  Node *n =
      graph_insert_node(c, g, 1, OP_SIGMOID, NULL, &g->nodes.at[0]->out[0], 1, "new", 0, NO_SPAN);
  cr_assert_eq(n->id, 1);
  cr_assert_eq(s->id, 3);
  for (int i = 0; i < g->nodes.len; i++) cr_assert_eq(g->nodes.at[i]->id, i);
  cr_assert(graph_verify(c, g, "test"));
}

Test(graph, uses_count_readers_and_outputs) {
  Ctx *c = fresh();
  Graph *g = read_text(c, chain);
  int *uses = graph_use_counts(c, g);
  cr_assert_eq(uses[g->nodes.at[0]->out[0]], 2);
  cr_assert_eq(uses[g->nodes.at[1]->out[0]], 1);
  cr_assert_eq(uses[g->outputs.at[0]], 1);
}

Test(graph, compaction_drops_dead_nodes_and_orphans) {
  Ctx *c = fresh();
  Graph *g = read_text(c, chain);
  Node *b = g->nodes.at[1];
  graph_replace_uses(g, b->out[0], b->in[0]);
  b->dead = true;
  cr_assert_str_eq(graph_unique_name(c, g, "b"), "b", "a dead node's name is free");
  cr_assert_str_eq(graph_unique_name(c, g, "a"), "a_2");
  graph_compact(c, g);
  cr_assert_eq(g->nodes.len, 2);
  cr_assert_eq(g->values.len, 3);
  cr_assert(graph_verify(c, g, "test"));
}

Test(graph, a_failing_shape_rule_leaves_no_trace) {
  Ctx *c = fresh();
  Graph *g = read_text(c, chain);
  int values = g->values.len;
  cr_assert_null(graph_add_node(c, g, OP_DENSE, NULL, g->inputs.at, 1, "bad", 0, NO_SPAN));
  cr_assert_eq(g->nodes.len, 3);
  cr_assert_eq(g->values.len, values);
  cr_assert(c->errors > 0);
}

/* ---- graph text --------------------------------------------------------------------------- */

static const char rich[] =
    "graph 1.0 \"a net\" training\n"
    "source 1 \"no such file.net\"\n"
    "scope 1 in 0 \"layer1\" block cbr label layer1 @1:5-9\n"
    "scope 2 in 1 \"layer1.0\" label \"0\"\n"
    "input image: u8[2, 3, 8, 8] in nhwc at input[0]+0 @1:10-15\n"
    "input other: f32[2, 16, 8, 8] in nChw8c+1024/8192 at arena[0]+4096\n"
    "param conv1.weight: f32[16, 3, 3, 3] as weight he 27 @1:3-4\n"
    "conv1 = conv(image, conv1.weight) out=16 kernel=[3, 3] pad=[1, 1, 1, 1] bias=false -> "
    "f32[2, 16, 8, 8] in nChw8c at arena[0]+64 scope 2 @1:10-22\n"
    "const \"0.k\": f32[16] = {0.0 1.0 -2.5 3.0 4.0 5.0 6.0 7.0 8.0 9.0 10.5 1e-08\n"
    "0.1 inf -inf nan}\n"
    "const shift: f32[16] = {0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 0.0\n"
    "0.0 0.0 0.0 0.0}\n"
    "aff = affine(conv1, \"0.k\", shift) -> \"odd \\\"name\\\"\": f32[2, 16, 8, 8]\n"
    "g = group(\"odd \\\"name\\\"\", other) kernel=direct_2x6 anchor=0 -> sum: f32[2, 16, 8, 8] "
    "{\n"
    "  input p: f32[2, 16, 8, 8]\n"
    "  input q: f32[2, 16, 8, 8]\n"
    "  sum = add(p, q) -> f32[2, 16, 8, 8]\n"
    "  r = leaky_relu(sum) slope=0.1 -> f32[2, 16, 8, 8] scope 1\n"
    "  output out = r\n"
    "}\n"
    "param gamma: f32[16] as weight around_one 0\n"
    "param beta: f32[16]\n"
    "param mean: f32[16] as running_mean small 0\n"
    "param var: f32[16] as running_var positive 0\n"
    "bn = bn_affine(gamma, beta, mean, var) eps=0.001 -> f32[16], shift2: f32[16] acc i32 scale "
    "0.5 -3\n"
    "aff2 = affine(sum, bn, shift2) -> f32[2, 16, 8, 8]\n"
    "const \"input\": f32[1] = {1.0}\n"
    "output y = aff2\n"
    "output \"the sum\" = sum\n";

Test(text, rich_graph_reads_back_to_the_same_text) {
  Ctx *c = fresh();
  Graph *g = read_text(c, rich);
  if (!g) show_diags(c);
  cr_assert_not_null(g);
  cr_assert_str_eq(print_text(c, g), rich);
  cr_assert_eq(g->mode, MODE_TRAINING);
  cr_assert_str_eq(graph_value(g, g->inputs.at[1])->name, "other");
}

Test(text, the_second_reading_is_identical_in_another_compilation) {
  Ctx *c = fresh(), *d = fresh();
  ctx_add_source(d, "something.net", "net 1.0\n", 8); /* shifts source numbers */
  const char *first = print_text(c, read_text(c, rich));
  Graph *g = read_text(d, first);
  cr_assert_not_null(g);
  cr_assert_str_eq(print_text(d, g), first);
}

Test(text, values_may_be_given_by_number) {
  Ctx *c = fresh();
  Graph *g = read_text(c, "graph 1.0 g inference input x: f32[1, 4] r = relu(%0) -> f32[1, 4] "
                          "output y = r # comment");
  cr_assert_not_null(g);
}

Test(text, spans_without_a_source_point_into_the_text) {
  Ctx *c = fresh();
  Graph *g = read_text(c, chain);
  Span s = g->nodes.at[0]->span;
  cr_assert_eq(s.file, 1);
  cr_assert(!strncmp(chain + s.begin, "a = relu(x)", 11));
  cr_assert_null(strchr(print_text(c, g), '@'));
}

typedef struct Broken {
  DiagCode code;
  const char *text;
} Broken;

#define HEAD "graph 1.0 g inference\ninput x: f32[1, 4, 6, 6]\n"

static const Broken broken[] = {
    {DIAG_E0801, ""},
    {DIAG_E0801, "net 1.0"},
    {DIAG_E0803, "graph 2.0 g inference"},
    {DIAG_E0801, "graph 1.0 g fast"},
    {DIAG_E0801, HEAD "a"},
    {DIAG_E0801, HEAD "a = "},
    {DIAG_E0801, HEAD "a = relu(x"},
    {DIAG_E0801, HEAD "a = relu(x)"},
    {DIAG_E0801, HEAD "a = relu(x) ->"},
    {DIAG_E0801, HEAD "}"},
    {DIAG_E0801, HEAD "\"unclosed"},
    {DIAG_E0802, HEAD "a = rleu(x) -> f32[1, 4, 6, 6]"},
    {DIAG_E0802, HEAD "a = relu(y) -> f32[1, 4, 6, 6]"},
    {DIAG_E0802, HEAD "a = relu(x) slope=1 -> f32[1, 4, 6, 6]"},
    {DIAG_E0802, HEAD "a = relu(x) -> f64[1, 4, 6, 6]"},
    {DIAG_E0803, HEAD "a = relu(%7) -> f32[1, 4, 6, 6]"},
    {DIAG_E0803, HEAD "a = leaky_relu(x) slope=x -> f32[1, 4, 6, 6]"},
    {DIAG_E0803, HEAD "a = relu(x) -> f32[1, 0, 6, 6]"},
    {DIAG_E0803, HEAD "a = relu(x) -> f32[1, 2, 3, 4, 5, 6]"},
    {DIAG_E0803, HEAD "a = relu(x) -> f32[999999999, 999999999, 6, 6]"},
    {DIAG_E0803, HEAD "a = relu(x) -> f32[1, 4, 6, 6] in nchww"},
    {DIAG_E0803, HEAD "a = relu(x) -> f32[1, 4, 6, 6] at moon[0]+0"},
    {DIAG_E0803, HEAD "a = relu(x) -> f32[1, 4, 6, 6] scope 3"},
    {DIAG_E0803, HEAD "a = relu(x) -> f32[1, 4, 6, 6] @1:3-4"},
    {DIAG_E0803, HEAD "const k: f32[2] = {1.0}"},
    {DIAG_E0801, HEAD "const k: f32[2] = {1.0 x}"},
    {DIAG_E0801, HEAD "const k: f32[2] = {1.0 2.0"},
    {DIAG_E0803, HEAD "param k: f32[2] as weight heavy 3"},
    {DIAG_E0803, HEAD "scope 2 in 0 \"\""},
    {DIAG_E0804, HEAD "a = relu(x) -> f32[1, 4, 6, 7]"},
    {DIAG_E0804, HEAD "a = relu(x) -> f32[1, 4, 6, 6], b: f32[1]"},
    {DIAG_E0805, HEAD "input x: f32[1]"},
    {DIAG_E0805, HEAD "x = relu(x) -> f32[1, 4, 6, 6]"},
    {DIAG_E0805, HEAD "a = relu(x) -> f32[1, 4, 6, 6] a = relu(x) -> b: f32[1, 4, 6, 6]"},
    {DIAG_E0806, HEAD "a = conv(x) out=2 kernel=3 -> f32[1, 2, 4, 4]"},
    {DIAG_E0807, HEAD "a = conv(x) out=2 -> f32[1, 2, 4, 4]"},
    {DIAG_E0807, HEAD "a = leaky_relu(x) slope=1.0 slope=2.0 -> f32[1, 4, 6, 6]"},
    {DIAG_E0801, HEAD "a = group(x) anchor=0 -> f32[1, 4, 6, 6]"},
    {DIAG_E0806, HEAD "a = group(x) anchor=0 -> f32[1, 4, 6, 6] { input y: f32[1, 4, 6, 6] "
                      "b = relu(y) -> f32[1, 4, 6, 6] }"},
    {DIAG_E0806, HEAD "a = group(x) anchor=4 -> f32[1, 4, 6, 6] { input y: f32[1, 4, 6, 6] "
                      "b = relu(y) -> f32[1, 4, 6, 6] output b = b }"},
    {DIAG_E0810, HEAD "a = flip(x) -> f32[1, 4, 6, 6]"},
    {DIAG_E0810,
     HEAD "a = relu(x) -> f32[1, 4, 6, 6] in {0/1*1@1,1/1*4@1,2/1*6@6,3/1*6@1}+0:144"},
};

Test(text, every_fault_is_reported_with_its_code) {
  for (int i = 0; i < COUNT_OF(broken); i++) {
    Ctx *c = fresh();
    cr_expect_null(read_text(c, broken[i].text), "%s", broken[i].text);
    bool found = false;
    for (int j = 0; j < c->diags.len; j++) found |= c->diags.at[j]->code == broken[i].code;
    cr_expect(found, "no %s for: %s", diag_code_name(broken[i].code), broken[i].text);
    if (!found) show_diags(c);
    drop(c);
  }
}

/* Reads, and if that goes well prints and reads again: never a crash, never another text. */
static void read_any(const char *text) {
  Ctx *c = fresh();
  Graph *g = read_text(c, text);
  StrBuf b = {.arena = c->arena};
  if (g) {
    const char *first = print_text(c, g);
    Graph *again = read_text(c, first);
    cr_assert_not_null(again, "%s", first);
    cr_assert_str_eq(print_text(c, again), first);
  } else {
    cr_assert(c->errors > 0, "silent failure on: %s", text);
  }
  diag_render(c, &b, false);
  drop(c);
}

Test(text, damaged_text_never_crashes, .timeout = 60) {
  static const char junk[] = "(){}[]\"@:,=-+%#0019 \nabcxnhwC.\\/*";
  char text[sizeof rich];
  uint32_t seed = 1;
  for (int round = 0; round < 3000; round++) {
    memcpy(text, rich, sizeof rich);
    for (int k = 0; k <= round % 3; k++) {
      seed = seed * 1664525u + 1013904223u;
      size_t at = (seed >> 8) % (sizeof rich - 1);
      seed = seed * 1664525u + 1013904223u;
      text[at] = round % 7 ? junk[(seed >> 8) % (sizeof junk - 1)] : 0;
    }
    read_any(text);
  }
}

Test(text, a_deep_nest_of_groups_is_refused) {
  Ctx *c = fresh();
  StrBuf b = {.arena = c->arena};
  sb_puts(&b, "graph 1.0 g inference input x: f32[1]");
  for (int i = 0; i < 100000; i++)
    sb_puts(&b, " a = group(x) anchor=0 -> f32[1] { input x: f32[1]");
  cr_assert_null(read_text(c, sb_str(&b)));
}

Test(text, dot_draws_groups_as_clusters) {
  Ctx *c = fresh();
  StrBuf b = {.arena = c->arena};
  graph_dot(c, read_text(c, rich), &b);
  cr_assert(strstr(sb_str(&b), "subgraph cluster_"));
  cr_assert(strstr(sb_str(&b), "sum: add"));
}

/* ---- verifier ----------------------------------------------------------------------------- */

static const char sound[] =
    "graph 1.0 v inference\n"
    "input x: f32[1, 4, 6, 6]\n"
    "param w: f32[4, 4, 3, 3]\n"
    "param b: f32[4]\n"
    "f = flip(w) -> f32[4, 4, 3, 3]\n"
    "c = conv(x, f, b) out=4 kernel=3 pad=1 -> f32[1, 4, 6, 6] in nChw8c\n"
    "s = add(c, x) -> f32[1, 4, 6, 6]\n"
    "g = group(s) anchor=0 -> f32[1, 4, 6, 6] {\n"
    "  input s: f32[1, 4, 6, 6]\n"
    "  r = relu(s) -> f32[1, 4, 6, 6]\n"
    "  output r = r\n"
    "}\n"
    "output y = g\n";

typedef void Damage(Graph *g);
static Node *node(Graph *g, int i) { return g->nodes.at[i]; }
static Value *result(Graph *g, int i) { return graph_value(g, node(g, i)->out[0]); }

static void node_id(Graph *g) { node(g, 1)->id = 7; }
static void value_id(Graph *g) { g->values.at[1]->id = 7; }
static void node_name(Graph *g) { node(g, 1)->name = node(g, 2)->name; }
static void value_name(Graph *g) { result(g, 1)->name = result(g, 2)->name; }
static void no_name(Graph *g) { node(g, 1)->name = NULL; }
static void order(Graph *g) {
  Node *n = node(g, 1);
  g->nodes.at[1] = node(g, 2);
  g->nodes.at[2] = n;
  g->nodes.at[1]->id = 1;
  n->id = 2;
}
static void dead(Graph *g) { node(g, 3)->dead = true; }
static void wild_input(Graph *g) { node(g, 2)->in[0] = 99; }
static void negative_input(Graph *g) { node(g, 2)->in[0] = -1; }
static void wrong_def(Graph *g) { result(g, 1)->def = node(g, 2); }
static void no_def(Graph *g) { result(g, 1)->def = NULL; }
static void shape(Graph *g) { result(g, 2)->shape.dim[1] = 5; }
static void zero_shape(Graph *g) { result(g, 2)->shape.dim[1] = 0; }
static void rank(Graph *g) { result(g, 2)->shape.rank = 9; }
static void type(Graph *g) { result(g, 2)->type = DT_I32; }
static void attribute(Graph *g) { ATTR(node(g, 1), ConvAttr)->stride = (Dims){2, {2, 2}}; }
static void arity(Graph *g) { node(g, 1)->nin = 2; }
static void param_shape(Graph *g) { node(g, 1)->in[1] = node(g, 1)->in[2]; }
static void weight_reads_data(Graph *g) { node(g, 0)->in[0] = g->inputs.at[0]; }
static void scope(Graph *g) { node(g, 1)->scope = 3; }
static void overlap(Graph *g) { result(g, 1)->layout.axis[4].stride = 0; }
static void outside(Graph *g) { result(g, 1)->layout.offset = 1; }
static void short_axes(Graph *g) { result(g, 1)->layout.axis[2].extent = 5; }
static void no_body(Graph *g) { node(g, 3)->body = NULL; }
static void body_inputs(Graph *g) { node(g, 3)->body->inputs.len = 0; }
static void body_shape(Graph *g) {
  graph_value(node(g, 3)->body, 0)->shape.dim[1] = 5;
  graph_value(node(g, 3)->body, 1)->shape.dim[1] = 5;
}
static void body_node(Graph *g) { node(g, 3)->body->nodes.at[0]->id = 5; }
static void anchor(Graph *g) { ATTR(node(g, 3), GroupAttr)->anchor = 1; }
static void wild_output(Graph *g) { g->outputs.at[0] = 99; }
static void output_names(Graph *g) { g->output_names.len = 0; }
static void input_list(Graph *g) { g->inputs.at[0] = 1; }
static void foreign_result(Graph *g) { g->nodes.len = 3; }

Test(verify, accepts_the_sound_graph_without_touching_it) {
  Ctx *c = fresh();
  Graph *g = read_text(c, sound);
  cr_assert_not_null(g);
  const char *before = print_text(c, g);
  cr_assert(graph_verify(c, g, "test"));
  cr_assert_eq(c->diags.len, 0);
  cr_assert_str_eq(print_text(c, g), before);
}

Test(verify, catches_every_planted_fault) {
  static Damage *const damages[] = {node_id,
                                    value_id,
                                    node_name,
                                    value_name,
                                    no_name,
                                    order,
                                    dead,
                                    wild_input,
                                    negative_input,
                                    wrong_def,
                                    no_def,
                                    shape,
                                    zero_shape,
                                    rank,
                                    type,
                                    attribute,
                                    arity,
                                    param_shape,
                                    weight_reads_data,
                                    scope,
                                    overlap,
                                    outside,
                                    short_axes,
                                    no_body,
                                    body_inputs,
                                    body_shape,
                                    body_node,
                                    anchor,
                                    wild_output,
                                    output_names,
                                    input_list,
                                    foreign_result};
  for (int i = 0; i < COUNT_OF(damages); i++) {
    Ctx *c = fresh();
    Graph *g = read_text(c, sound);
    damages[i](g);
    cr_expect(!graph_verify(c, g, "test"), "fault %d not seen", i);
    bool found = false;
    for (int j = 0; j < c->diags.len; j++) found |= c->diags.at[j]->code == DIAG_E0810;
    cr_expect(found, "fault %d without E0810", i);
    drop(c);
  }
}

/* ---- memory ------------------------------------------------------------------------------- */

/* True if reading and printing needs no more than `limit` bytes. */
static bool fits(size_t limit) {
  Arena *a = arena_new(limit);
  bool volatile done = false;
  if (!setjmp(*arena_boundary(a))) {
    Ctx *c = ctx_new(a);
    print_text(c, read_text(c, rich));
    done = true;
  }
  arena_free(a);
  return done;
}

Test(memory, every_arena_limit_unwinds) {
  size_t limit = 1;
  while (limit < 1 << 24 && !fits(limit)) limit += limit / 8 + 97;
  cr_assert(limit > 1 << 12 && limit < 1 << 24);
}
