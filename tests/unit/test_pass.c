/* test_pass.c: every pass on small graph texts, before and after; the manager and its options;
 * the interpreter's answer before and after the whole pipeline on random networks. */
#include "compiler/ops/ops.h"
#include "compiler/pass/pass.h"

#include <criterion/criterion.h>
#include <omp.h>
#include <string.h>

#include "context.h"

TestSuite(pass, .fini = drop_all);
TestSuite(manager, .fini = drop_all);
TestSuite(equal, .fini = drop_all, .timeout = 120);

static Graph *read_text(Ctx *c, const char *text) {
  Graph *g = graph_read(c, ctx_add_source(c, "test.graph", text, strlen(text)));
  if (!g) {
    StrBuf b = {.arena = c->arena};
    diag_render(c, &b, false);
    cr_assert_fail("%s", sb_str(&b));
  }
  return g;
}

static const char *print_text(Ctx *c, const Graph *g) {
  StrBuf b = {.arena = c->arena};
  graph_print(c, g, &b);
  return sb_str(&b);
}

/* Runs one pass as the manager does. */
static Graph *run_one(Ctx *c, bool (*pass)(Ctx *, Graph *), const char *before) {
  Graph *g = read_text(c, before);
  cr_assert(pass(c, g));
  graph_compact(c, g);
  cr_assert(graph_verify(c, g, "test"));
  return g;
}

static void check(bool (*pass)(Ctx *, Graph *), const char *before, const char *after) {
  Ctx *c = fresh();
  Graph *g = run_one(c, pass, before);
  cr_expect_str_eq(print_text(c, g), print_text(c, read_text(c, after)));
  drop(c);
}

/* The only decision about `node` by the pass that ran; NULL reason: taken. */
static void check_decision(const Graph *g, const char *what, bool taken, const char *reason) {
  for (int i = 0; i < g->log->at.len; i++) {
    const Decision *d = &g->log->at.at[i];
    if (!str_eq(d->what, what)) continue;
    cr_expect_eq(d->taken, taken, "%s", what);
    cr_expect(!reason || strstr(d->reason, reason), "%s: %s", what, d->reason);
    return;
  }
  cr_expect_fail("no decision '%s'", what);
}

#define HEAD "graph 1.0 t inference input x: f32[1, 4, 8, 8]\n"
#define T4   "f32[1, 4, 8, 8]"

/* ---- simplify ----------------------------------------------------------------------------- */

Test(pass, simplify_removes_what_changes_nothing) {
  check(pass_simplify,
        HEAD "a = dropout(x) -> " T4 " b = concat(a) -> " T4 " c = slice(b) axis=1 start=0 -> " T4
             " d = relu(c) -> " T4 " e = relu(d) -> " T4 " f = reshape(e) shape=[1,4,8,8] -> " T4
             " g = flatten(f) -> f32[1, 256] h = flatten(g) -> f32[1, 256] output y = h",
        HEAD "d = relu(x) -> " T4 " g = flatten(d) -> f32[1, 256] output y = g");
}

Test(pass, simplify_keeps_what_matters) {
  static const char text[] =
      HEAD "a = slice(x) axis=1 start=1 -> f32[1, 3, 8, 8] b = concat(a, x) -> f32[1, 7, 8, 8]"
           " c = relu6(b) -> f32[1, 7, 8, 8] d = tanh(c) -> f32[1, 7, 8, 8]"
           " e = tanh(d) -> f32[1, 7, 8, 8] output y = e";
  check(pass_simplify, text, text);
}

Test(pass, simplify_makes_reshape_a_flatten_and_skips_views) {
  check(pass_simplify, HEAD "a = reshape(x) shape=[0, -1] -> f32[1, 256] output y = a",
        HEAD "a = flatten(x) -> f32[1, 256] output y = a");
  check(pass_simplify,
        HEAD "a = reshape(x) shape=[0, 2, -1] -> f32[1, 2, 128] b = reshape(a) shape=[0, -1] -> "
             "f32[1, 256] output y = b output z = a",
        HEAD "a = reshape(x) shape=[0, 2, -1] -> f32[1, 2, 128] b = flatten(x) -> f32[1, 256] "
             "output y = b output z = a");
}

Test(pass, simplify_keeps_dropout_in_training) {
  static const char text[] =
      "graph 1.0 t training input x: " T4 " a = dropout(x) -> " T4 " output y = a";
  Ctx *c = fresh();
  Graph *g = run_one(c, pass_simplify, text);
  cr_assert_eq(g->nodes.len, 1);
  check_decision(g, "a removed", false, "training");
}

/* ---- lower, flip -------------------------------------------------------------------------- */

Test(pass, lower_rewrites_into_primitives) {
  check(pass_lower, HEAD "p = global_avgpool(x) -> f32[1, 4, 1, 1] output y = p",
        HEAD "p = avgpool(x) kernel=8 stride=8 -> f32[1, 4, 1, 1] output y = p");
  check(pass_lower, HEAD "p = adaptive_maxpool(x) out=3 -> f32[1, 4, 3, 3] output y = p",
        HEAD "p = adaptive_maxpool(x) out=3 -> f32[1, 4, 3, 3] output y = p");
  Ctx *c = fresh();
  Graph *g =
      run_one(c, pass_lower, HEAD "n = normalise(x) mean=1.0 std=2.0 -> " T4 " output y = n");
  cr_assert_eq(g->nodes.at[0]->op, OP_AFFINE);
  check_decision(g, "normalise becomes affine", true, NULL);
}

Test(pass, flip_moves_to_the_weights) {
  check(pass_flip,
        HEAD
        "param w: f32[4, 4, 3, 3] c = conv(x, w) out=4 kernel=3 pad=1 bias=false flip=true -> " T4
        " output y = c",
        HEAD "param w: f32[4, 4, 3, 3] c.flip = flip(w) -> f32[4, 4, 3, 3] "
             "c = conv(x, c.flip) out=4 kernel=3 pad=1 bias=false -> " T4 " output y = c");
}

/* ---- batchnorm ---------------------------------------------------------------------------- */

#define CONV_W "param w: f32[4, 4, 3, 3] "
#define CONV   "c = conv(x, w) out=4 kernel=3 pad=1 bias=false -> " T4 "\n"
#define BN_P   "param g: f32[4] param b: f32[4] param m: f32[4] param v: f32[4] "
#define BN     "n = batchnorm(c, g, b, m, v) eps=0.5 -> " T4 "\n"

Test(pass, batchnorm_folds_into_the_only_producer) {
  check(pass_fold_batchnorm, HEAD CONV_W CONV BN_P BN "output y = n",
        HEAD CONV_W BN_P "c.fold = bn_fold(w, g, b, m, v) eps=0.5 -> f32[4, 4, 3, 3], c.fold.1: "
                         "f32[4]\nc = conv(x, c.fold, c.fold.1) out=4 kernel=3 pad=1 -> " T4
                         " output y = c");
  check(pass_fold_batchnorm,
        "graph 1.0 t inference input x: f32[2, 3] param w: f32[4, 3] param wb: f32[4] " BN_P
        "c = dense(x, w, wb) out=4 -> f32[2, 4] n = batchnorm(c, g, b, m, v) -> f32[2, 4] "
        "output y = n",
        "graph 1.0 t inference input x: f32[2, 3] param w: f32[4, 3] " BN_P "param wb: f32[4] "
        "c.fold = bn_fold(w, g, b, m, v, wb) -> f32[4, 3], c.fold.1: f32[4] "
        "c = dense(x, c.fold, c.fold.1) out=4 -> f32[2, 4] output y = c");
}

Test(pass, batchnorm_stays_where_folding_is_wrong) {
  static const struct {
    const char *text, *reason;
  } rows[] = {
      {HEAD CONV_W CONV BN_P BN "output y = n output z = c", "graph output"},
      {HEAD CONV_W CONV BN_P BN "s = add(n, c) -> " T4 " output y = s", "2 consumers"},
      {HEAD "c = relu(x) -> " T4 " " BN_P BN "output y = n", "no weights"},
      {"graph 1.0 t training input x: " T4 "\n" CONV_W CONV BN_P BN "output y = n", "training"},
      {HEAD "input g: f32[4] param b: f32[4] param m: f32[4] param v: f32[4] " CONV_W CONV BN
            "output y = n",
       "computed by the network"},
      {"graph 1.0 t inference input c: " T4 "\n" BN_P BN "output y = n", "input of the network"},
  };
  for (int i = 0; i < COUNT_OF(rows); i++) {
    Ctx *c = fresh();
    Graph *g = run_one(c, pass_fold_batchnorm, rows[i].text);
    check_decision(g, "n into the weights of c", false, rows[i].reason);
    cr_expect_str_eq(print_text(c, g), print_text(c, read_text(c, rows[i].text)));
    drop(c);
  }
}

Test(pass, remaining_batchnorm_becomes_affine) {
  check(pass_affine_batchnorm, HEAD "c = relu(x) -> " T4 " " BN_P BN "output y = n",
        HEAD "c = relu(x) -> " T4 " " BN_P "n.affine = bn_affine(g, b, m, v) eps=0.5 -> f32[4], "
             "n.affine.1: f32[4] n = affine(c, n.affine, n.affine.1) -> " T4 " output y = n");
}

Test(pass, affine_with_constants_folds_too) {
  Ctx *c = fresh();
  Graph *g = run_one(c, pass_fold_batchnorm,
                     HEAD CONV_W CONV "const s: f32[4] = {1 2 3 4} const t: f32[4] = {0 1 0 1} "
                                      "n = affine(c, s, t) -> " T4 " output y = n");
  cr_assert_eq(g->nodes.len, 2);
  cr_assert_eq(g->nodes.at[0]->op, OP_BN_FOLD);
}

/* ---- dce, groups, fusion ------------------------------------------------------------------ */

Test(pass, dce_removes_chains_that_nobody_reads) {
  check(pass_dce,
        HEAD "a = relu(x) -> " T4 " b = tanh(a) -> " T4 " c = tanh(b) -> " T4 " output y = a",
        HEAD "a = relu(x) -> " T4 " output y = a");
}

Test(pass, groups_hold_one_node_and_name_their_operands) {
  check(pass_form_groups, HEAD CONV_W CONV "output y = c",
        HEAD CONV_W "c = group(x, w) anchor=0 -> " T4 " { input x: " T4
                    " input w: f32[4, 4, 3, 3] " CONV " output c = c } output y = c");
}

Test(pass, every_output_gets_a_buffer_of_its_own) {
  Ctx *c = fresh();
  Graph *g = run_one(c, pass_form_groups,
                     HEAD "a = relu(x) -> " T4 " output y = a output z = a output w = x");
  cr_assert_eq(g->nodes.len, 3);
  cr_assert_neq(g->outputs.at[0], g->outputs.at[1]);
  for (int i = 0; i < 3; i++) {
    const Value *v = graph_value(g, g->outputs.at[i]);
    cr_assert(v->def && v->def->op == OP_GROUP);
  }
}

/* Pipeline up to the end on one text. */
static Graph *fused(Ctx *c, const char *text) {
  Graph *g = read_text(c, text);
  cr_assert(passes_run(c, g, NULL));
  return g;
}

/* "conv add relu | softmax": the operators of each runtime group. */
static const char *group_text(Ctx *c, const Graph *g) {
  StrBuf b = {.arena = c->arena};
  for (int i = 0; i < g->nodes.len; i++) {
    const Node *n = g->nodes.at[i];
    if (n->op != OP_GROUP) continue;
    if (b.len) sb_puts(&b, " | ");
    for (int j = 0; j < n->body->nodes.len; j++)
      sb_printf(&b, "%s%s%s", j ? " " : "", op_table[n->body->nodes.at[j]->op].name,
                j == ATTR(n, GroupAttr)->anchor && n->body->nodes.len > 1 ? "*" : "");
  }
  return sb_str(&b);
}

static void check_groups(const char *text, const char *groups) {
  Ctx *c = fresh();
  cr_expect_str_eq(group_text(c, fused(c, text)), groups);
  drop(c);
}

#define CONV_D                                                                                   \
  "param u: f32[4, 4, 3, 3] d = conv(x, u) out=4 kernel=3 pad=1 bias=false -> " T4 "\n"

Test(pass, fuse_takes_what_it_can) {
  check_groups(HEAD CONV_W CONV BN_P BN "r = relu(n) -> " T4 " output y = r", "conv* relu");
  check_groups(HEAD CONV_W CONV "s = add(c, x) -> " T4 " r = relu(s) -> " T4 " output y = r",
               "conv* add relu");
  check_groups(HEAD CONV_W CONV "r = relu(c) -> " T4 " s = add(x, r) -> " T4 " output y = s",
               "conv* relu add");
  check_groups(HEAD CONV_W CONV "s = mul(c, x) -> " T4 " r = tanh(s) -> " T4 " output y = r",
               "conv* mul tanh");
  check_groups(HEAD "p = maxpool(x) kernel=2 -> f32[1, 4, 4, 4] r = relu(p) -> f32[1, 4, 4, 4] "
                    "output y = r",
               "maxpool* relu");
  check_groups(HEAD "a = relu(x) -> " T4 " b = tanh(a) -> " T4 " output y = b", "relu* tanh");
  check_groups(HEAD "f = flatten(x) -> f32[1, 256] param w: f32[2, 256] "
                    "d = dense(f, w) out=2 bias=false -> f32[1, 2] r = relu(d) -> f32[1, 2] "
                    "output y = r",
               "flatten dense* relu");
}

Test(pass, fuse_leaves_what_it_must) {
  check_groups(HEAD CONV_W CONV "r = relu(c) -> " T4 " s = add(r, c) -> " T4 " output y = s",
               "conv | relu* add");
  check_groups(HEAD CONV_W CONV "r = relu(c) -> " T4 " output y = r output z = c", "conv | relu");
  check_groups(HEAD CONV_W CONV "s = add(c, c) -> " T4 " output y = s", "conv | add");
  check_groups(HEAD "a = softmax(x) -> " T4 " r = relu(a) -> " T4 " output y = r",
               "softmax | relu");
  check_groups(HEAD "a = concat(x, x) -> f32[1, 8, 8, 8] r = relu(a) -> f32[1, 8, 8, 8] "
                    "output y = r",
               "concat | relu");
  check_groups(HEAD "f = flatten(x) -> f32[1, 256] param w: f32[2, 256] "
                    "d = dense(f, w) out=2 bias=false -> f32[1, 2] output y = d output z = f",
               "flatten | dense");
}

Test(pass, a_sum_of_two_convolutions_goes_into_the_later_one) {
  Ctx *c = fresh();
  Graph *g = fused(c, HEAD CONV_W CONV CONV_D "s = add(d, c) -> " T4 " r = relu(s) -> " T4
                                              " output y = r");
  cr_expect_str_eq(group_text(c, g), "conv | conv* add relu");
  cr_expect_str_eq(g->nodes.at[1]->name, "d");
  cr_expect_str_eq(graph_value(g, g->outputs.at[0])->name, "r");
  check_decision(g, "s into c", false, "d is computed later");
  check_decision(g, "s into d", true, NULL);
}

Test(pass, a_residual_computed_after_the_convolution_moves_the_group) {
  Ctx *c = fresh();
  Graph *g =
      fused(c, HEAD CONV_W CONV "p = maxpool(x) kernel=3 stride=1 pad=1 -> " T4
                                " q = concat(p) -> " T4 " s = add(c, q) -> " T4 " output y = s");
  cr_expect_str_eq(group_text(c, g), "maxpool | conv* add");
}

Test(pass, decisions_carry_bytes_and_spans) {
  Ctx *c = fresh();
  Graph *g = fused(c, HEAD CONV_W CONV "r = relu(c) -> " T4 " output y = r");
  const Decision *d = &g->log->at.at[g->log->at.len - 1];
  cr_assert_str_eq(d->pass, "fuse");
  cr_assert_eq(d->bytes, 2 * 4 * 256);
  cr_assert(d->span.file && d->span2.file && d->span2.begin < d->span.begin);
}

Test(pass, spans_of_adjacent_stages_join) {
  static const char net[] = "x |> conv1: conv(4) |> relu; relu";
  Ctx *c = fresh();
  int32_t f = ctx_add_source(c, "a.net", net, strlen(net));
  Span conv = {f, 5, 19}, relu = {f, 23, 27}, other = {f, 29, 33};
  cr_assert_eq(span_pipe(c, conv, relu).end, 27);
  cr_assert_eq(span_pipe(c, conv, other).end, 19);
  cr_assert_eq(span_pipe(c, conv, NO_SPAN).end, 19);
}

/* ---- the manager -------------------------------------------------------------------------- */

#define SMALL HEAD CONV_W CONV BN_P BN "r = relu(n) -> " T4 " output y = r"

Test(manager, stops_disables_and_times) {
  Ctx *c = fresh();
  StrBuf timing = {.arena = c->arena};
  Graph *g = read_text(c, SMALL);
  PassOptions o = {.stop_after = "flip", .time = true, .timing = &timing};
  cr_assert(passes_run(c, g, &o));
  cr_assert_eq(g->nodes.at[1]->op, OP_BATCHNORM);
  cr_assert(strstr(sb_str(&timing), "lower") && !strstr(sb_str(&timing), "fuse"));
  g = read_text(c, SMALL);
  cr_assert(passes_run(c, g, &(PassOptions){.disable = "fold_batchnorm,fuse"}));
  cr_assert_str_eq(group_text(c, g), "conv | affine | relu");
}

Test(manager, a_dump_reads_back_and_continues) {
  Ctx *c = fresh();
  StrBuf dump = {.arena = c->arena};
  Graph *g = read_text(c, SMALL);
  cr_assert(passes_run(c, g, &(PassOptions){.dump_after = "flip", .dump = &dump}));
  Graph *again = read_text(c, sb_str(&dump));
  cr_assert(passes_run(c, again, NULL));
  cr_assert_str_eq(print_text(c, again), print_text(c, g));
  cr_assert(passes_run(c, again, NULL), "the pipeline leaves its own result alone");
  cr_assert_str_eq(print_text(c, again), print_text(c, g));
}

Test(manager, all_dumps_every_pass) {
  Ctx *c = fresh();
  StrBuf dump = {.arena = c->arena};
  cr_assert(
      passes_run(c, read_text(c, SMALL), &(PassOptions){.dump_after = "all", .dump = &dump}));
  for (const PassInfo *p = pass_table; p->run; p++)
    cr_expect(strstr(sb_str(&dump), str_fmt(c->arena, "# after %s\n", p->name)));
}

static void check_option_error(PassOptions o, DiagCode code, const char *help) {
  Ctx *c = fresh();
  cr_assert(!passes_run(c, read_text(c, SMALL), &o));
  const Diag *d = c->diags.at[0];
  cr_expect_eq(d->code, code);
  if (help) cr_expect(d->help.len && strstr(d->help.at[0], help));
  drop(c);
}

Test(manager, wrong_options_are_explained) {
  check_option_error((PassOptions){.dump_after = "fusee"}, DIAG_E0820, "fuse");
  check_option_error((PassOptions){.stop_after = "all"}, DIAG_E0820, NULL);
  check_option_error((PassOptions){.disable = "fuse,simplfy"}, DIAG_E0820, "simplify");
  check_option_error((PassOptions){.disable = "lower"}, DIAG_E0821, NULL);
}

Test(manager, the_table_gives_what_each_pass_needs) {
  Ctx *c = fresh();
  cr_assert(passes_run(c, read_text(c, SMALL),
                       &(PassOptions){.disable = "simplify fold_batchnorm dce fuse"}));
}

/* ---- the same answer, before and after ---------------------------------------------------- */

typedef struct Random {
  Ctx *c;
  Graph *g;
  uint64_t seed;
  VEC(ValueId) maps; /* rank-4 values to go on from */
} Random;

static int pick(Random *r, int n) {
  r->seed = r->seed * 6364136223846793005u + 1442695040888963407u;
  return (int)((r->seed >> 33) % (uint64_t)n);
}

static const float *small_data(Random *r, int64_t n, int low, int high) {
  float *data = NEWN(r->c->arena, float, n);
  for (int64_t i = 0; i < n; i++) data[i] = (float)(low + pick(r, high - low + 1));
  return data;
}

/* Adds a node and its parameters; running_var and eps make every square root a power of two. */
static ValueId grow(Random *r, OpKind op, void *attr, const ValueId *data, int ndata) {
  ParamSpec spec[MAX_PARAMS];
  ValueId in[8];
  const char *name = graph_unique_name(r->c, r->g, op_table[op].name);
  Node probe = {.op = op, .attr = attr, .nin = ndata, .in = in, .name = name};
  memcpy(in, data, (size_t)ndata * sizeof *in);
  int params = op_table[op].params(r->c, r->g, &probe, spec);
  for (int i = 0; i < params; i++) {
    Value *v =
        graph_add_value(r->c, r->g, V_PARAM, str_fmt(r->c->arena, "%s.%s", name, spec[i].name),
                        DT_F32, spec[i].shape, NO_SPAN);
    int64_t n = shape_count(&v->shape);
    v->param = spec[i];
    v->data = spec[i].fill == FILL_POSITIVE ? small_data(r, n, 1, 1) : small_data(r, n, -1, 1);
    in[ndata + i] = v->id;
  }
  Node *n = graph_add_node(r->c, r->g, op, attr, in, ndata + params, name, 0, NO_SPAN);
  cr_assert_not_null(n);
  return n->out[0];
}

static ValueId some_map(Random *r) {
  int n = r->maps.len, back = pick(r, 3);
  return r->maps.at[back < n ? n - 1 - back : n - 1];
}

static ValueId random_conv(Random *r, ValueId x) {
  ConvAttr *a = attr_defaults(r->c, OP_CONV);
  int k = 1 + 2 * pick(r, 2);
  a->out = 4;
  a->kernel = (Dims){1, {k}};
  PadAttr *pad = attr_defaults(r->c, OP_PAD);
  pad->pad = a->pad = (Pads){PAD_EXPLICIT, 1, {k / 2}};
  a->groups = pick(r, 3) ? 1 : 2, a->bias = pick(r, 2), a->flip = pick(r, 3) == 0;
  if (pick(r, 4) == 0 && graph_value(r->g, x)->shape.rank == 4)
    x = grow(r, OP_PAD, pad, &x, 1), a->pad.v[0] = 0;
  return grow(r, OP_CONV, a, &x, 1);
}

static ValueId reshape(Random *r, ValueId x, Dims shape) {
  return grow(r, OP_RESHAPE, &(ReshapeAttr){shape}, &x, 1);
}

/* Back to 4x4 by a pooling where the stride is 2. */
static ValueId random_transpose(Random *r, ValueId x) {
  ConvTransposeAttr *a = attr_defaults(r->c, OP_CONV_TRANSPOSE);
  BatchNormAttr bn = {0.0};
  PoolAttr *pool = attr_defaults(r->c, OP_MAXPOOL);
  bool twice = pick(r, 2);
  a->out = 4;
  a->kernel = (Dims){1, {twice ? 2 : 3}}, a->stride = (Dims){1, {twice ? 2 : 1}};
  a->pad = (Pads){PAD_EXPLICIT, 1, {!twice}};
  a->groups = 1 + pick(r, 2);
  a->bias = pick(r, 2);
  x = grow(r, OP_CONV_TRANSPOSE, a, &x, 1);
  if (pick(r, 2)) x = grow(r, OP_BATCHNORM, &bn, &x, 1);
  pool->kernel = (Dims){1, {2}};
  return twice ? grow(r, OP_MAXPOOL, pool, &x, 1) : x;
}

/* The map as a row of 16, or as a volume of 2 channels. */
static ValueId random_rank(Random *r, ValueId x) {
  PoolAttr *pool = attr_defaults(r->c, OP_MAXPOOL);
  pool->kernel = (Dims){1, {3}}, pool->stride = (Dims){1, {1}};
  pool->pad = (Pads){PAD_EXPLICIT, 1, {1}};
  if (pick(r, 2)) {
    x = random_conv(r, reshape(r, x, (Dims){3, {2, 4, 16}}));
    x = grow(r, OP_RELU, attr_defaults(r->c, OP_RELU), &x, 1);
  } else {
    x = reshape(r, x, (Dims){5, {2, 2, 2, 4, 4}});
    x = grow(r, OP_MAXPOOL, pool, &x, 1);
  }
  return reshape(r, x, (Dims){4, {2, 4, 4, 4}});
}

static ValueId random_op(Random *r, ValueId x) {
  static const OpKind plain[] = {OP_RELU, OP_RELU6, OP_DROPOUT, OP_BATCHNORM, OP_CLIP, OP_RELU};
  ValueId two[2] = {x, some_map(r)};
  BatchNormAttr bn = {0.0};
  ClipAttr clip = {-3, 5};
  int kind = pick(r, 12);
  if (kind < 3) x = random_conv(r, x);
  if (kind < 3) return pick(r, 2) ? x : grow(r, OP_BATCHNORM, &bn, &x, 1);
  if (kind < 5) return grow(r, OP_ADD, attr_defaults(r->c, OP_ADD), two, 2);
  if (kind == 5) return grow(r, OP_SCALE, &(ScaleAttr){-2, 0}, &x, 1);
  if (kind == 10) return random_transpose(r, x);
  if (kind == 11) return random_rank(r, x);
  OpKind op = plain[pick(r, COUNT_OF(plain))];
  void *attr = op == OP_BATCHNORM ? (void *)&bn : op == OP_CLIP ? (void *)&clip : NULL;
  return grow(r, op, attr ? attr : attr_defaults(r->c, op), &x, 1);
}

static Graph *random_net(Random *r) {
  Value *x = graph_add_value(r->c, r->g, V_INPUT, "x", DT_F32, SHAPE(2, 4, 4, 4), NO_SPAN);
  vec_push(r->c->arena, &r->g->inputs, x->id);
  vec_push(r->c->arena, &r->maps, x->id);
  int steps = 3 + pick(r, 9);
  for (int i = 0; i < steps; i++) {
    ValueId y = random_op(r, some_map(r));
    vec_push(r->c->arena, &r->maps, y);
  }
  ValueId last = r->maps.at[r->maps.len - 1];
  if (pick(r, 2)) last = grow(r, OP_GLOBAL_AVGPOOL, attr_defaults(r->c, OP_RELU), &last, 1);
  last = grow(r, OP_FLATTEN, attr_defaults(r->c, OP_FLATTEN), &last, 1);
  if (pick(r, 2)) last = grow(r, OP_DENSE, &(DenseAttr){3, pick(r, 2)}, &last, 1);
  if (pick(r, 2)) last = grow(r, OP_SOFTMAX, &(AxisAttr){1}, &last, 1);
  vec_push(r->c->arena, &r->g->outputs, last);
  vec_push(r->c->arena, &r->g->output_names, ctx_name(r->c, "y"));
  if (pick(r, 3) == 0) {
    vec_push(r->c->arena, &r->g->outputs, some_map(r));
    vec_push(r->c->arena, &r->g->output_names, ctx_name(r->c, "z"));
  }
  return r->g;
}

/* Outputs one after another. */
static int64_t answers(Ctx *c, const Graph *g, const Tensor *x, float **out) {
  Interp run;
  int64_t n = 0;
  cr_assert(interp_run(c, g, x, &run, NULL, NULL));
  for (int i = 0; i < g->outputs.len; i++) n += shape_count(&run.value[g->outputs.at[i]].shape);
  *out = NEWN(c->arena, float, n);
  float *to = *out;
  for (int i = 0; i < g->outputs.len; i++) {
    const Tensor *t = &run.value[g->outputs.at[i]];
    memcpy(to, t->data, (size_t)shape_count(&t->shape) * sizeof(float));
    to += shape_count(&t->shape);
  }
  return n;
}

static void check_structure(Ctx *c, const Graph *g) {
  const bool *known = graph_weight_time(c, g);
  for (int i = 0; i < g->nodes.len; i++)
    cr_assert(g->nodes.at[i]->op == OP_GROUP || known[g->nodes.at[i]->out[0]]);
}

/* Counts taken decisions per row of pass_table. */
static void count_decisions(const Graph *g, int *taken) {
  for (int i = 0; i < g->log->at.len; i++)
    for (int p = 0; pass_table[p].name; p++)
      taken[p] += g->log->at.at[i].taken && str_eq(g->log->at.at[i].pass, pass_table[p].name);
}

/* Small integers and powers of two: every intermediate result is exact, so the answers are. */
Test(equal, passes_do_not_change_a_single_bit) {
  int busy = 0, taken[32] = {0};
  omp_set_num_threads(1); /* the networks are too small to share */
  for (uint64_t seed = 1; seed <= 600; seed++) {
    Random r = {.c = fresh(), .seed = seed * 77};
    r.g = graph_new(r.c, "random");
    Graph *g = random_net(&r);
    Tensor x = {SHAPE(2, 4, 4, 4), (float *)small_data(&r, 128, -2, 2)};
    float *before, *after;
    cr_assert(graph_verify(r.c, g, "building"));
    int64_t n = answers(r.c, g, &x, &before), nonzero = 0;
    cr_assert(passes_run(r.c, g, NULL), "seed %d", (int)seed);
    check_structure(r.c, g);
    count_decisions(g, taken);
    cr_assert_eq(answers(r.c, g, &x, &after), n);
    for (int64_t i = 0; i < n; i++) {
      cr_assert_eq(before[i], after[i], "seed %d at %d: %g, now %g", (int)seed, (int)i,
                   (double)before[i], (double)after[i]);
      nonzero += before[i] != 0;
    }
    busy += nonzero * 2 > n;
    const char *text = print_text(r.c, g);
    cr_assert_str_eq(print_text(r.c, read_text(r.c, text)), text, "seed %d", (int)seed);
    drop(r.c);
  }
  for (int p = 0; pass_table[p].run; p++)
    if (pass_table[p].run != pass_form_groups && pass_table[p].run != pass_siblings) /* rare */
      cr_assert_gt(taken[p], 10, "%s was hardly tried: %d", pass_table[p].name, taken[p]);
  cr_assert_gt(busy, 150, "mostly zero outputs prove nothing: %d", busy);
}

/* ---- memory ------------------------------------------------------------------------------- */

static bool fits(size_t limit) {
  Arena *a = arena_new(limit);
  bool volatile done = false;
  if (!setjmp(*arena_boundary(a))) {
    Ctx *c = ctx_new(a);
    cr_assert(passes_run(c, read_text(c, SMALL), NULL));
    done = true;
  }
  arena_free(a);
  return done;
}

Test(manager, every_arena_limit_unwinds) {
  size_t limit = 1;
  while (limit < 1 << 24 && !fits(limit)) limit += limit / 16 + 97;
  cr_assert(limit > 1 << 12 && limit < 1 << 24);
}
