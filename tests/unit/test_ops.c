/* test_ops.c: every operator of the table: its result against PyTorch's, its shape rule's errors,
 * its cost, and that lowering does not change the result.
 *
 * In: tests/torch/op_fixtures.txt, which tests/torch/make_op_fixtures.py wrote (read there for
 * the format). Tests run from the repository's root.
 */
#include "optest.h"

#include <math.h>
#include <stdlib.h>

/* ---- results against PyTorch ------------------------------------------------------------- */

enum { MAX_TENSORS = 8 };

typedef struct Case {
  OpKind op;
  void *attr;
  Tensor in[MAX_TENSORS], want[MAX_TENSORS];
  int nin, nout, line;
} Case;

/* "1 3 7 5 : 1 -2 …" */
static Tensor read_tensor(Ctx *c, char *text) {
  Tensor t = {0};
  char *p = text;
  while (p[strspn(p, " ")] != ':') t.shape.dim[t.shape.rank++] = strtoll(p, &p, 10);
  p = strchr(p, ':') + 1;
  int64_t count = shape_count(&t.shape);
  t.data = NEWN(c->arena, float, count);
  for (int64_t i = 0; i < count; i++) t.data[i] = strtof(p, &p);
  cr_assert(!p[strspn(p, " ")], "too many numbers: %s", p);
  return t;
}

/* Takes one line into the case; an empty line ends it. */
static bool read_line(Ctx *c, Case *k, char *line) {
  char *word = strtok(line, " "), *rest = strtok(NULL, "");
  if (!word) return k->attr != NULL;
  if (*word == '#') return false;
  if (!strcmp(word, "op")) {
    cr_assert(op_find(rest, &k->op), "%s", rest);
    k->attr = attr_defaults(c, k->op);
  } else if (!strcmp(word, "attr")) {
    char *name = strtok(rest, " "), *value = strtok(NULL, "");
    cr_assert(set_attr(c, k->op, k->attr, name, value), "line %d: %s %s", k->line, name, value);
  } else if (!strcmp(word, "in")) {
    k->in[k->nin++] = read_tensor(c, rest);
  } else {
    k->want[k->nout++] = read_tensor(c, rest);
  }
  return false;
}

static bool all_integers(const Tensor *t, int n) {
  for (int k = 0; k < n; k++)
    for (int64_t i = 0; i < shape_count(&t[k].shape); i++)
      if (t[k].data[i] != floorf(t[k].data[i]) || fabsf(t[k].data[i]) > 1e6f) return false;
  return true;
}

static bool near(float a, float b, bool exact) {
  if (isnan(a) || isnan(b)) return isnan(a) && isnan(b);
  if (a == b) return true;
  return !exact && fabs((double)a - b) <= 1e-6 * fabs((double)b) + 1e-12;
}

/* Returns how many elements were compared, 0 after a difference. */
static int64_t compare(Ctx *c, const Case *k, const Tensor *got, const Tensor *want, bool exact) {
  const char *op = op_table[k->op].name;
  if (!shape_eq(&got->shape, &want->shape)) {
    cr_expect(false, "line %d, %s: shape %s, PyTorch has %s", k->line, op,
              shape_text(c, &got->shape), shape_text(c, &want->shape));
    return 0;
  }
  for (int64_t i = 0; i < shape_count(&want->shape); i++)
    if (!near(got->data[i], want->data[i], exact)) {
      cr_expect(false, "line %d, %s: element %d is %.9g, PyTorch has %.9g", k->line, op, (int)i,
                got->data[i], want->data[i]);
      return 0;
    }
  return shape_count(&want->shape);
}

static int64_t run_case(const Case *k) {
  Bench b = bench_new();
  ValueId id[MAX_TENSORS];
  for (int i = 0; i < k->nin; i++) id[i] = bench_input(b, k->in[i].shape);
  Node *n = graph_add_node(b.c, b.g, k->op, k->attr, id, k->nin, NULL, 0, NO_SPAN);
  cr_assert(n, "line %d: %s", k->line, bench_errors(b));
  cr_assert_eq(n->nout, k->nout);
  Interp run;
  cr_assert(interp_run(b.c, b.g, k->in, &run, NULL, NULL), "%s", bench_errors(b));
  bool exact = all_integers(k->in, k->nin) && all_integers(k->want, k->nout);
  int64_t compared = 0;
  for (int i = 0; i < n->nout; i++)
    compared += compare(b.c, k, &run.value[n->out[i]], &k->want[i], exact);
  bench_free(b);
  return compared;
}

/* Operators whose results are tested below: PyTorch has no such thing. */
static bool without_fixture(OpKind op) { return op == OP_GROUP; }

Test(ops, agree_with_pytorch) {
  Arena *a = arena_new(0);
  Ctx *c = ctx_new(a);
  char *text = file_read(a, "tests/torch/op_fixtures.txt", &(size_t){0});
  cr_assert(text, "run the tests from the repository's root");
  int64_t compared[OP_COUNT] = {0};
  Case k = {0};
  int line = 1;
  for (char *p = text, *end; *p; p = end + 1, line++) {
    end = strchr(p, '\n');
    *end = '\0';
    if (read_line(c, &k, p)) {
      compared[k.op] += run_case(&k);
      k = (Case){.line = line + 1};
    }
  }
  for (int op = 0; op < OP_COUNT; op++)
    cr_expect(compared[op] > 0 || without_fixture((OpKind)op), "no case of %s",
              op_table[op].name);
  arena_free(a);
}

/* ---- internal operators ------------------------------------------------------------------ */

static Tensor counting(Ctx *c, Shape shape) {
  Tensor t = {shape, NEWN(c->arena, float, shape_count(&shape))};
  for (int64_t i = 0; i < shape_count(&shape); i++) t.data[i] = (float)(i % 11 - 5);
  return t;
}

Test(ops, group_runs_its_body) {
  Bench b = bench_new(), inner = {b.c, graph_new(b.c, "body")};
  Shape xs = SHAPE(1, 2, 4, 4), ws = SHAPE(3, 2, 3, 3);
  ValueId in[] = {bench_input(inner, xs), bench_input(inner, ws)};
  Node *conv = apply_all(inner, "conv", "out=3; kernel=3; bias=false", in, 2);
  vec_push(b.c->arena, &inner.g->outputs, apply(inner, "relu", "", conv->out[0])->out[0]);
  ValueId outer[] = {bench_input(b, xs), bench_input(b, ws)};
  Node *n = graph_insert_group(b.c, b.g, -1, NULL, inner.g, outer, 2, NULL, 0, NO_SPAN);
  cr_assert(n, "%s", bench_errors(b));
  Tensor data[] = {counting(b.c, xs), counting(b.c, ws)};
  Tensor y = bench_run(b, n, data);
  Bench plain = bench_new();
  ValueId p[] = {bench_input(plain, xs), bench_input(plain, ws)};
  conv = apply_all(plain, "conv", "out=3; kernel=3; bias=false", p, 2);
  Tensor want = bench_run(plain, apply(plain, "relu", "", conv->out[0]), data);
  cr_expect_arr_eq(y.data, want.data, 12 * sizeof(float));
  Cost cost = node_cost(b.g, n);
  cr_expect_eq(cost.params, 54);
  cr_expect_eq(cost.macs, 54 * 4);
  cr_expect_eq(cost.other, 12);
  cr_expect_eq(cost.bytes, 4 * (32 + 54 + 12), "what crosses the border, once each");
  bench_free(plain);
  bench_free(b);
}

Test(ops, folded_batchnorm_is_batchnorm_after_convolution) {
  Bench b = bench_new();
  Shape xs = SHAPE(1, 3, 5, 5), ws = SHAPE(4, 3, 3, 3), cs = SHAPE(4);
  ValueId x = bench_input(b, xs), w = bench_input(b, ws), p[4];
  Tensor in[6] = {counting(b.c, xs), counting(b.c, ws)};
  for (int i = 0; i < 4; i++) {
    p[i] = bench_input(b, cs);
    in[2 + i] = counting(b.c, cs);
  }
  for (int i = 0; i < 4; i++) in[5].data[i] = (float)(i + 1); /* a variance is positive */
  Node *conv = apply_all(b, "conv", "out=4; kernel=3; bias=false", (ValueId[]){x, w}, 2);
  Node *bn = apply_all(b, "batchnorm", "", (ValueId[]){conv->out[0], p[0], p[1], p[2], p[3]}, 5);
  Node *fold = apply_all(b, "bn_fold", "", (ValueId[]){w, p[0], p[1], p[2], p[3]}, 5);
  ValueId folded[] = {x, fold->out[0], fold->out[1]};
  Node *once = apply_all(b, "conv", "out=4; kernel=3", folded, 3);
  cr_assert(once && bn, "%s", bench_errors(b));
  Tensor y = bench_run(b, once, in), want = bench_run(b, bn, in);
  for (int i = 0; i < 36; i++) cr_expect_float_eq(y.data[i], want.data[i], 1e-4);
  bench_free(b);
}

/* ---- lowering ---------------------------------------------------------------------------- */

static const struct {
  const char *op, *attrs, *in, *becomes;
} lowered[] = {
    {"global_avgpool", "", "2x3x5x4", "avgpool"},
    {"global_maxpool", "", "2x3x5x4", "maxpool"},
    {"global_avgpool", "", "1x3x2x5x4", "avgpool"},
    {"adaptive_avgpool", "out=[3, 2]", "1x2x9x4", "avgpool"},
    {"adaptive_maxpool", "out=[3, 2]", "1x2x9x4", "maxpool"},
    {"adaptive_avgpool", "out=4", "1x2x9x4", "adaptive_avgpool"}, /* 9 is no multiple of 4 */
    {"normalise", "mean=[1, 2]; std=[0.5, 4]", "1x2x9x4", "affine"},
    {"normalise", "mean=1; std=2", "2x3", "affine"},
    {"relu", "", "2x3", "relu"},
};

Test(ops, lowering_keeps_results_and_names) {
  for (int i = 0; i < COUNT_OF(lowered); i++) {
    Bench b = bench_new();
    Shape s = shape_from(lowered[i].in);
    Node *n = apply(b, lowered[i].op, lowered[i].attrs, bench_input(b, s));
    Tensor x = counting(b.c, s), want = bench_run(b, n, &x);
    const char *name = n->name;
    bool changed = false;
    cr_assert(op_table[n->op].lower(b.c, b.g, n, &changed), "%s", bench_errors(b));
    cr_expect_str_eq(op_table[n->op].name, lowered[i].becomes);
    cr_expect_eq(changed, strcmp(lowered[i].op, lowered[i].becomes) != 0);
    cr_expect_eq(name, n->name);
    Tensor y = bench_run(b, n, &x);
    cr_expect(shape_eq(&y.shape, &want.shape));
    for (int64_t k = 0; k < shape_count(&want.shape); k++)
      cr_expect_float_eq(y.data[k], want.data[k], 1e-6, "%s", lowered[i].op);
    bench_free(b);
  }
}

Test(ops, gradient_is_reported_missing) {
  Bench b = bench_new();
  Node *n = apply(b, "relu", "", bench_input(b, SHAPE(1, 2)));
  cr_expect_not(op_table[n->op].grad(b.c, b.g, n));
  cr_expect_str_eq(diag_code_name(b.c->diags.at[0]->code), "E0701");
  bench_free(b);
}

/* ---- shape rules ------------------------------------------------------------------------- */

/* What the shape rule reports: one code per case; inputs separated by spaces. */
static const struct {
  const char *op, *attrs, *in, *code;
} refused[] = {
    {"relu", "", "1x3 1x3", "E0401"},
    {"add", "", "1x3", "E0401"},
    {"affine", "", "1x3 3", "E0401"},
    {"conv", "out=4; kernel=3", "1x3x8x8 4x3x3x3", "E0401"}, /* bias missing */
    {"conv", "out=4; kernel=3", "1x3", "E0402"},
    {"dense", "out=4", "1x3x8x8", "E0402"},
    {"maxpool", "kernel=2", "4x4", "E0402"},
    {"batchnorm", "", "4", "E0402"},
    {"flatten", "", "4", "E0402"},
    {"conv", "out=0; kernel=3", "1x3x8x8", "E0403"},
    {"conv", "out=4; kernel=0", "1x3x8x8", "E0403"},
    {"conv", "out=4; kernel=3; stride=0", "1x3x8x8", "E0403"},
    {"conv", "out=4; kernel=3; dilation=-1", "1x3x8x8", "E0403"},
    {"conv", "out=4; kernel=3; pad=-1", "1x3x8x8", "E0403"},
    {"conv", "out=4; kernel=3; pad=99999999999", "1x3x8x8", "E0403"},
    {"conv", "out=4; kernel=3; groups=0", "1x3x8x8", "E0403"},
    {"dense", "out=-1", "1x3", "E0403"},
    {"clip", "min=2; max=1", "1x3", "E0403"},
    {"clip", "min=nan; max=1", "1x3", "E0403"},
    {"slice", "axis=1; start=0; step=0", "1x3", "E0403"},
    {"normalise", "mean=1; std=0", "1x3x2x2", "E0403"},
    {"pad", "pad=same", "1x3x2x2", "E0403"},
    {"conv", "out=4; kernel=5", "1x3x4x4", "E0404"},
    {"conv", "out=4; kernel=3; dilation=2; pad=1", "1x3x2x4", "E0404"},
    {"avgpool", "kernel=[1, 9]", "1x3x8x8", "E0404"},
    {"conv", "out=4; kernel=3; groups=2", "1x3x8x8", "E0405"},
    {"conv", "out=4; kernel=3; groups=3", "1x3x8x8", "E0405"},
    {"add", "", "1x3x8x8 1x3x8x7", "E0406"},
    {"mul", "", "1x3 2x2x2x2", "E0406"},
    {"concat", "", "1x3x8x8 1x5x8x7", "E0407"},
    {"concat", "", "1x3x8x8 1x3", "E0407"},
    {"concat", "axis=4", "1x3x8x8 1x3x8x8", "E0408"},
    {"softmax", "axis=-3", "1x3", "E0408"},
    {"slice", "axis=2; start=0", "1x3", "E0408"},
    {"reshape", "shape=[1, 5]", "1x6", "E0409"},
    {"reshape", "shape=[-1, 5]", "1x6", "E0409"},
    {"slice", "axis=1; start=3", "1x3", "E0410"},
    {"slice", "axis=1; start=2; stop=-1", "1x3", "E0410"},
    {"conv", "out=2000000000; kernel=1", "1x3x2000x2000", "E0411"},
    {"pad", "pad=2000000000", "1x3x8x8", "E0411"},
    {"conv", "out=4; kernel=[3, 3, 3]", "1x3x8x8", "E0412"},
    {"conv", "out=4; kernel=3; stride=[]", "1x3x8x8", "E0412"},
    {"conv", "out=4; kernel=3; pad=[1, 1, 1]", "1x3x8x8", "E0412"},
    {"adaptive_avgpool", "out=[1, 2, 3]", "1x3x8x8", "E0412"},
    {"reshape", "shape=[1, 1, 1, 1, 1, 6]", "1x6", "E0412"},
    {"conv", "out=4; kernel=3; bias=false", "1x3x8x8 4x2x3x3", "E0413"},
    {"dense", "out=4", "1x3 4x3 3", "E0413"},
    {"batchnorm", "", "1x3x8x8 3 3 3 4", "E0413"},
    {"maxpool", "kernel=2; pad=2", "1x3x8x8", "E0414"},
    {"normalise", "mean=[1, 2]; std=1", "1x3x8x8", "E0415"},
    {"affine", "", "1x3x8x8 3 4", "E0415"},
    {"relu", "", "1x0x8", "E0416"},
    {"bn_fold", "", "4x3x3x3 4 4 4 3", "E0417"},
};

static int inputs_from(Bench b, const char *text, ValueId *id) {
  int n = 0;
  char *copy = str_dup(b.c->arena, text, strlen(text));
  for (char *word = strtok(copy, " "); word; word = strtok(NULL, " "))
    id[n++] = bench_input(b, shape_from(word));
  return n;
}

Test(ops, shape_rules_refuse) {
  for (int i = 0; i < COUNT_OF(refused); i++) {
    Bench b = bench_new();
    ValueId id[MAX_TENSORS];
    int n = inputs_from(b, refused[i].in, id);
    cr_expect_null(apply_all(b, refused[i].op, refused[i].attrs, id, n), "%s %s on %s",
                   refused[i].op, refused[i].attrs, refused[i].in);
    cr_assert(b.c->diags.len > 0, "%s: no report", refused[i].op);
    const Diag *d = b.c->diags.at[0];
    cr_expect_str_eq(diag_code_name(d->code), refused[i].code, "%s %s on %s: %s", refused[i].op,
                     refused[i].attrs, refused[i].in, bench_errors(b));
    bench_free(b);
  }
}

Test(ops, mismatch_shows_both_shapes_and_the_dimension) {
  Bench b = bench_new();
  ValueId id[2];
  inputs_from(b, "1x64x56x56 1x64x28x56", id);
  apply_all(b, "add", "", id, 2);
  const Diag *d = b.c->diags.at[0];
  cr_expect(strstr(d->text, "1x64x56x56") && strstr(d->text, "1x64x28x56"), "%s", d->text);
  cr_expect(strstr(d->label, "56 against 28 in dimension 2 (height)"), "%s", d->label);
  cr_expect_eq(d->secondary.len, 2);
  bench_free(b);
}

/* Standard layers that lose padding, overlap a large map's edge, or skip on purpose do not warn.
 */
static const struct {
  const char *op, *attrs, *in;
  int warnings;
} unread[] = {
    {"conv", "out=1; kernel=3; stride=3", "1x1x7x7", 1},
    {"conv", "out=1; kernel=3; stride=3; pad=[0, 0, 2, 2]", "1x1x7x7", 0},
    {"conv", "out=1; kernel=3; stride=3; pad=same", "1x1x7x7", 0},
    {"maxpool", "kernel=3", "1x1x7x7", 1},
    {"maxpool", "kernel=3; ceil=true", "1x1x7x7", 0},
    {"maxpool", "kernel=[1, 3]", "1x1x7x7", 1},
    {"maxpool", "kernel=2", "1x1x28x28", 0},
    {"conv", "out=1; kernel=1; stride=2", "1x1x56x56", 0},        /* ResNet's shortcut */
    {"conv", "out=1; kernel=3; stride=2; pad=1", "1x1x56x56", 0}, /* loses padding only */
    {"conv", "out=1; kernel=7; stride=2; pad=3", "1x3x224x224", 0},
    {"maxpool", "kernel=3; stride=2; pad=1", "1x1x112x112", 0},
    {"conv", "out=1; kernel=11; stride=4; pad=2", "1x3x224x224", 0}, /* AlexNet */
    {"conv", "out=1; kernel=11; stride=4", "1x3x227x227", 0},
    {"conv", "out=1; kernel=3; stride=2", "1x3x224x224", 0}, /* SqueezeNet 1.1 */
    {"conv", "out=1; kernel=8; stride=4", "1x3x210x160", 0}, /* Q-network */
};

Test(ops, unread_input) {
  for (int i = 0; i < COUNT_OF(unread); i++) {
    Bench b = bench_new();
    apply(b, unread[i].op, unread[i].attrs, bench_input(b, shape_from(unread[i].in)));
    cr_expect_eq(b.c->warnings, unread[i].warnings, "%s %s on %s", unread[i].op, unread[i].attrs,
                 unread[i].in);
    bench_free(b);
  }
}

/* A shape rule leaves attributes that it accepts again with the same result. */
Test(ops, shape_rules_are_idempotent) {
  static const struct {
    const char *op, *attrs, *in;
  } cases[] = {
      {"conv", "out=4; kernel=[4, 3]; stride=[2, 1]; pad=same; dilation=[1, 2]", "1x2x9x8"},
      {"conv", "out=4; kernel=3; pad=[1, 2]", "1x2x9"},
      {"maxpool", "kernel=3; pad=valid; ceil=true", "1x2x8x8"},
      {"slice", "axis=-1; start=-3; stop=-1", "2x9"},
      {"concat", "axis=-1", "2x9"},
      {"reshape", "shape=[0, -1, 3]", "2x9"},
      {"pad", "pad=[1, 2]; channels=2", "1x2x8x8"},
  };
  for (int i = 0; i < COUNT_OF(cases); i++) {
    Bench b = bench_new();
    Node *n = apply(b, cases[i].op, cases[i].attrs, bench_input(b, shape_from(cases[i].in)));
    StrBuf before = {.arena = b.c->arena}, after = before;
    Shape y = *out_shape(b, n);
    for (const AttrField *f = op_table[n->op].attrs; f->name; f++)
      attr_print(b.c, &before, f, n->attr);
    cr_expect(op_table[n->op].shape(b.c, b.g, n), "%s", bench_errors(b));
    for (const AttrField *f = op_table[n->op].attrs; f->name; f++)
      attr_print(b.c, &after, f, n->attr);
    cr_expect_str_eq(sb_str(&before), sb_str(&after));
    cr_expect(shape_eq(&y, out_shape(b, n)), "%s", cases[i].op);
    bench_free(b);
  }
}

/* ---- costs
 * ------------------------------------------------------------------------------------------------
 */

static const struct {
  const char *op, *attrs, *in;
  Cost cost; /* parameters are not attached, so bytes are inputs and outputs */
} costs[] = {
    {"conv", "out=8; kernel=3; pad=1; groups=2", "2x4x5x5", {152, 144 * 50, 400, 4 * 600}},
    {"conv", "out=8; kernel=[1, 3]; bias=false", "1x4x5x5", {96, 96 * 15, 0, 4 * 220}},
    {"dense", "out=10", "3x7", {80, 210, 30, 4 * 51}},
    {"batchnorm", "", "1x4x5x5", {8, 0, 200, 800}},
    {"maxpool", "kernel=[2, 3]; stride=1", "1x2x5x5", {0, 0, 144, 4 * 74}},
    {"global_avgpool", "", "1x2x5x5", {0, 0, 50, 4 * 52}},
    {"relu", "", "1x2x5x5", {0, 0, 50, 400}},
    {"tanh", "", "1x2x5x5", {0, 0, 200, 400}},
    {"softmax", "", "2x5", {0, 0, 50, 80}},
    {"add", "", "1x5 1x5 1x5", {0, 0, 10, 80}},
    {"concat", "", "1x5 1x3", {0, 0, 0, 64}},
    {"flatten", "", "1x5x2", {0, 0, 0, 0}},
};

Test(ops, costs_follow_the_formulas) {
  for (int i = 0; i < COUNT_OF(costs); i++) {
    Bench b = bench_new();
    ValueId id[MAX_TENSORS];
    int nin = inputs_from(b, costs[i].in, id);
    Node *n = apply_all(b, costs[i].op, costs[i].attrs, id, nin);
    cr_assert(n, "%s", bench_errors(b));
    Cost got = node_cost(b.g, n), want = costs[i].cost;
    cr_expect_eq(got.params, want.params, "%s params %d", costs[i].op, (int)got.params);
    cr_expect_eq(got.macs, want.macs, "%s macs %d", costs[i].op, (int)got.macs);
    cr_expect_eq(got.other, want.other, "%s other %d", costs[i].op, (int)got.other);
    cr_expect_eq(got.bytes, want.bytes, "%s bytes %d", costs[i].op, (int)got.bytes);
    bench_free(b);
  }
}

Test(ops, parameters_have_pytorch_names_and_shapes) {
  Bench b = bench_new();
  ParamSpec spec[MAX_PARAMS];
  ValueId x = bench_input(b, SHAPE(1, 6, 8, 8));
  Node *conv = apply(b, "conv", "out=4; kernel=[3, 5]; groups=2", x);
  cr_expect_eq(op_table[OP_CONV].params(b.c, b.g, conv, spec), 2);
  Shape w = SHAPE(4, 3, 3, 5);
  cr_expect(shape_eq(&spec[0].shape, &w));
  cr_expect_eq(spec[0].fan_in, 45);
  cr_expect_str_eq(spec[1].name, "bias");
  Node *bn = apply(b, "batchnorm", "", x);
  cr_expect_eq(op_table[OP_BATCHNORM].params(b.c, b.g, bn, spec), 4);
  cr_expect_str_eq(spec[3].name, "running_var");
  Node *bare = apply(b, "conv", "out=4; kernel=3; bias=false", x);
  cr_expect_eq(op_table[OP_CONV].params(b.c, b.g, bare, spec), 1);
  bench_free(b);
}

Test(ops, interpreter_reports_missing_weights) {
  Bench b = bench_new();
  Shape s = SHAPE(1, 3);
  ValueId x = bench_input(b, s);
  Value *w = graph_add_value(b.c, b.g, V_PARAM, "fc.weight", DT_F32, SHAPE(2, 3), NO_SPAN);
  apply_all(b, "dense", "out=2; bias=false", (ValueId[]){x, w->id}, 2);
  Tensor in = counting(b.c, s);
  Interp run;
  cr_expect_not(interp_run(b.c, b.g, &in, &run, NULL, NULL));
  cr_expect_str_eq(diag_code_name(b.c->diags.at[0]->code), "E0418");
  bench_free(b);
}
