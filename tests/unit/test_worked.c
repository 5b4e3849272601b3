/* test_worked.c: the worked numbers of lecture notes and papers: filters, shapes, parameters and
 * multiply-adds, receptive fields. Small integers, so every comparison is exact.
 *
 * Sources: the published examples listed with each test; totals of LeNet, AlexNet, VGG-16 and
 * GoogLeNet as their papers and PyTorch have them.
 */
#include "optest.h"

#define VALUES(...) ((float[]){__VA_ARGS__})

/* Runs one operator on inputs of the given shapes and compares every element. */
static void check(const char *op, const char *attrs, const Tensor *in, int nin, const char *shape,
                  const float *want) {
  Bench b = bench_new();
  ValueId id[8];
  for (int i = 0; i < nin; i++) id[i] = bench_input(b, in[i].shape);
  Node *n = apply_all(b, op, attrs, id, nin);
  cr_assert(n, "%s", bench_errors(b));
  Tensor y = bench_run(b, n, in);
  Shape s = shape_from(shape);
  cr_expect(shape_eq(&y.shape, &s), "%s, not %s", shape_text(b.c, &y.shape), shape);
  for (int64_t i = 0; i < shape_count(&s); i++)
    cr_expect(y.data[i] == want[i], "element %d: %g, not %g", (int)i, y.data[i], want[i]);
  bench_free(b);
}

Test(worked, edge_filter) {
  Tensor in[] = {
      {SHAPE(1, 1, 8, 8), VALUES(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1, 1,
                                 1, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1,
                                 1, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)},
      {SHAPE(1, 1, 3, 3), VALUES(1, 2, 1, 0, 0, 0, -1, -2, -1)}};
  check("conv", "out=1; kernel=3; bias=false", in, 2, "1x1x6x6",
        VALUES(-3, -4, -4, -4, -4, -3, -3, -4, -4, -3, -1, 0, 0, 0, 0, 0, 0, 0, 2, 1, 0, 1, 3, 3,
               2, 1, 0, 1, 3, 3, 1, 3, 4, 3, 1, 0));
}

Test(worked, true_convolution) {
  Tensor in[] = {{SHAPE(1, 1, 3, 3), VALUES(1, 2, 3, 4, 5, 6, 7, 8, 9)},
                 {SHAPE(1, 1, 3, 3), VALUES(-1, -2, -1, 0, 0, 0, 1, 2, 1)}};
  check("conv", "out=1; kernel=3; pad=1; bias=false; flip=true", in, 2, "1x1x3x3",
        VALUES(-13, -20, -17, -18, -24, -18, 13, 20, 17));
  Tensor line[] = {{SHAPE(1, 1, 3), VALUES(3, 4, 5)}, {SHAPE(1, 1, 2), VALUES(2, 1)}};
  check("conv", "out=1; kernel=2; pad=1; bias=false; flip=true", line, 2, "1x1x4",
        VALUES(6, 11, 14, 5));
}

Test(worked, triangle) {
  Tensor in[] = {{SHAPE(1, 1, 5, 5), VALUES(1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 0,
                                            1, 1, 0, 0, 0, 0, 1)},
                 {SHAPE(1, 1, 3, 3), VALUES(1, 1, 1, 1, 4, 1, 1, 1, 1)}};
  check("conv", "out=1; kernel=3; bias=false", in, 2, "1x1x3x3",
        VALUES(9, 11, 12, 3, 9, 11, 1, 3, 9));
}

Test(worked, channels_bias_stride_padding) {
  Tensor in[] = {
      {SHAPE(1, 3, 5, 5),
       VALUES(1, 2, 0, 0, 0, 2, 2, 0, 0, 0, 2, 2, 2, 1, 0, 1, 0, 0, 2, 0, 1, 1, 0, 1, 0, /* 0 */
              1, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 1, 2, 0, 0, 1, 0, 1, 0, 1, 1, 1, 1, 2, /* 1 */
              0, 0, 2, 2, 2, 1, 2, 2, 2, 0, 1, 1, 1, 1, 0, 1, 2, 0, 0, 0, 2, 2, 2, 1, 0)},
      {SHAPE(2, 3, 3, 3), VALUES(0, 0, -1, -1, 0, 0, -1, -1, -1, 1, 1, -1, 0, 0, 0, -1, 1, 1, -1,
                                 -1, -1, 0, 1, 1, 0, -1, 0, -1, 0, 0, 1, -1, -1, 0, 0, -1, -1, 0,
                                 1, 1, -1, 1, -1, 0, 1, -1, -1, -1, -1, 1, -1, 0, 1, -1)},
      {SHAPE(2), VALUES(1, 0)}};
  check("conv", "out=2; kernel=3; stride=2; pad=1", in, 3, "1x2x3x3",
        VALUES(-3, -1, 4, -2, -7, -4, 1, -1, 1, -7, 3, 1, -7, -11, -1, -4, -2, -4));
}

Test(worked, max_pooling) {
  Tensor a = {SHAPE(1, 1, 4, 4), VALUES(1, 1, 2, 4, 5, 6, 7, 8, 3, 2, 1, 0, 1, 2, 3, 4)};
  check("maxpool", "kernel=2", &a, 1, "1x1x2x2", VALUES(6, 8, 3, 4));
  Tensor b = {SHAPE(1, 1, 8, 8),
              VALUES(-7, 6, -1, 3, 9, 9, 6, -9, 3, -8, 0, 7, 10, 8, -3, 10, -4, 2, -6, 4, -7, 5,
                     5, 7, -3, -9, 1, 8, -8, 9, -1, -5, -7, 10, -9, -5, 9, -8, -7, 10, -5, 5, 9,
                     4, 10, -8, 7, 6, -3, 8, 0, 2, 2, -3, -2, 5, 4, -6, 7, -3, 1, 4, 10, 0)};
  check("maxpool", "kernel=2", &b, 1, "1x1x4x4",
        VALUES(6, 7, 10, 10, 2, 8, 9, 7, 10, 9, 10, 10, 8, 7, 4, 10));
  Tensor d = {SHAPE(1, 1, 6, 6), VALUES(2, 7, 5, 5, 3, 3, 6, 3, 0, 3, 4, 0, 6, 3, 9, 0, 2, 3, 0,
                                        1, 6, 2, 6, 6, 6, 3, 0, 5, 1, 0, 7, 3, 6, 4, 0, 5)};
  check("maxpool", "kernel=2", &d, 1, "1x1x3x3", VALUES(7, 5, 4, 6, 9, 6, 7, 6, 5));
}

/* ---- shapes, parameters, multiply-adds --------------------------------------------------- */

static void check_layer(const char *op, const char *attrs, const char *in, const char *out,
                        int64_t params, int64_t macs) {
  Bench b = bench_new();
  Node *n = apply(b, op, attrs, bench_input(b, shape_from(in)));
  Shape want = shape_from(out);
  Cost cost = node_cost(b.g, n);
  cr_expect(shape_eq(out_shape(b, n), &want), "%s", shape_text(b.c, out_shape(b, n)));
  cr_expect_eq(cost.params, params);
  cr_expect_eq(cost.macs, macs);
  bench_free(b);
}

Test(worked, layers) {
  check_layer("conv", "out=10; kernel=5; pad=2", "1x3x32x32", "1x10x32x32", 760, 768000);
  check_layer("conv", "out=6; kernel=5", "2x3x32x32", "2x6x28x28", 456, 2 * 450 * 28 * 28);
  check_layer("conv", "out=1; kernel=3; bias=false", "1x1x6", "1x1x4", 3, 12);
  check_layer("local", "out=1; kernel=3; bias=false", "1x1x6", "1x1x4", 12, 12);
  check_layer("dense", "out=4; bias=false", "1x6", "1x4", 24, 24);
}

Test(worked, unread_input_warns) {
  Bench b = bench_new();
  ValueId x = bench_input(b, SHAPE(1, 1, 7, 7));
  Node *n = apply(b, "conv", "out=1; kernel=3; stride=3", x);
  Shape want = SHAPE(1, 1, 2, 2);
  cr_expect(shape_eq(out_shape(b, n), &want));
  cr_expect_eq(b.c->warnings, 1);
  cr_expect_eq(b.c->errors, 0);
  cr_expect_str_eq(diag_code_name(b.c->diags.at[0]->code), "W0401");
  bench_free(b);
}

/* One layer of a chain, for the tables below. */
typedef struct Layer {
  const char *op;
  int out, kernel, stride, pad, groups; /* groups: of a pooling, ceil mode */
} Layer;

#define CONV(out, k, s, p)                                                                       \
  { "conv", out, k, s, p, 1 }
#define GROUPED(out, k, s, p, n)                                                                 \
  { "conv", out, k, s, p, n }
#define POOL(k, s)                                                                               \
  { "maxpool", 0, k, s, 0, 0 }
#define FC(out)                                                                                  \
  { "dense", out, 0, 0, 0, 0 }

static const char *layer_attrs(Bench b, const Layer *l) {
  if (!strcmp(l->op, "dense")) return str_fmt(b.c->arena, "out=%d", l->out);
  const char *window =
      str_fmt(b.c->arena, "kernel=%d; stride=%d; pad=%d", l->kernel, l->stride, l->pad);
  if (!strcmp(l->op, "conv"))
    return str_fmt(b.c->arena, "out=%d; groups=%d; %s", l->out, l->groups, window);
  return str_fmt(b.c->arena, "ceil=%s; %s", l->groups ? "true" : "false", window);
}

/* Adds the layer, a dense one behind a flatten if need be, and its cost to *sum. */
static ValueId add_layer(Bench b, ValueId x, Layer l, Cost *sum) {
  if (!strcmp(l.op, "dense") && graph_value(b.g, x)->shape.rank > 2)
    x = apply(b, "flatten", "", x)->out[0];
  Node *n = apply(b, l.op, layer_attrs(b, &l), x);
  Cost cost = node_cost(b.g, n);
  sum->params += cost.params;
  sum->macs += cost.macs;
  return n->out[0];
}

static void check_chain(const char *name, const char *in, const Layer *l, int n, int64_t params,
                        int64_t macs) {
  Bench b = bench_new();
  ValueId x = bench_input(b, shape_from(in));
  Cost sum = {0};
  for (int i = 0; i < n; i++) x = add_layer(b, x, l[i], &sum);
  cr_expect_eq(sum.params, params, "%s: %lld parameters", name, (long long)sum.params);
  cr_expect_eq(sum.macs, macs, "%s: %lld multiply-adds", name, (long long)sum.macs);
  cr_expect_eq(b.c->warnings, 0, "%s: %s", name, bench_errors(b));
  bench_free(b);
}

Test(worked, perceptron_and_lenet) {
  Layer mlp[] = {FC(4), FC(2)};
  check_chain("3-4-2", "1x3", mlp, 2, 26, 20);
  Layer lenet[] = {CONV(20, 5, 1, 2), POOL(2, 2), CONV(50, 5, 1, 2), POOL(2, 2), FC(500), FC(10)};
  check_chain("LeNet", "1x1x28x28", lenet, 6, 1256080, 6522000);
}

/* Krizhevsky et al. 2012 on 227×227, three layers in g groups; then torchvision's. */
static void check_alexnet(int g, int64_t params, int64_t macs) {
  Layer l[] = {CONV(96, 11, 4, 0),
               POOL(3, 2),
               GROUPED(256, 5, 1, 2, g),
               POOL(3, 2),
               CONV(384, 3, 1, 1),
               GROUPED(384, 3, 1, 1, g),
               GROUPED(256, 3, 1, 1, g),
               POOL(3, 2),
               FC(4096),
               FC(4096),
               FC(1000)};
  check_chain("AlexNet", "1x3x227x227", l, COUNT_OF(l), params, macs);
}

/* Its five convolutions one by one: weights, multiply-adds and the side of the map, behind the
 * pooling where one follows. */
static void check_alexnet_convolutions(int g, const int64_t weights[5], const int64_t macs[5]) {
  static const Layer pool = POOL(3, 2);
  static const int side[] = {55, 27, 13, 13, 13}, pooled[] = {27, 13, 0, 0, 6};
  const Layer l[] = {CONV(96, 11, 4, 0), GROUPED(256, 5, 1, 2, g), CONV(384, 3, 1, 1),
                     GROUPED(384, 3, 1, 1, g), GROUPED(256, 3, 1, 1, g)};
  Bench b = bench_new();
  ValueId x = bench_input(b, SHAPE(1, 3, 227, 227));
  for (int i = 0; i < COUNT_OF(l); i++) {
    Cost cost = {0};
    x = add_layer(b, x, l[i], &cost);
    cr_expect_eq(cost.params - l[i].out, weights[i], "convolution %d", i + 1);
    cr_expect_eq(cost.macs, macs[i], "convolution %d", i + 1);
    cr_expect_eq(graph_value(b.g, x)->shape.dim[2], side[i]);
    if (!pooled[i]) continue;
    x = add_layer(b, x, pool, &cost);
    cr_expect_eq(graph_value(b.g, x)->shape.dim[2], pooled[i]);
  }
  bench_free(b);
}

Test(worked, alexnet_convolutions) {
  /* 35 K, 307 K, 885 K, 664 K, 442 K; 105, 224, 150, 112, 75 million */
  check_alexnet_convolutions(2, (int64_t[]){34848, 307200, 884736, 663552, 442368},
                             (int64_t[]){105415200, 223948800, 149520384, 112140288, 74760192});
  check_alexnet_convolutions(1, (int64_t[]){34848, 614400, 884736, 1327104, 884736},
                             (int64_t[]){105415200, 447897600, 149520384, 224280576, 149520384});
}

Test(worked, alexnet) {
  check_alexnet(2, 60965224, 724406816);
  check_alexnet(1, 62378344, 1135256096);
  Layer l[] = {CONV(64, 11, 4, 2),
               POOL(3, 2),
               CONV(192, 5, 1, 2),
               POOL(3, 2),
               CONV(384, 3, 1, 1),
               CONV(256, 3, 1, 1),
               CONV(256, 3, 1, 1),
               POOL(3, 2),
               FC(4096),
               FC(4096),
               FC(1000)};
  check_chain("torchvision", "1x3x224x224", l, COUNT_OF(l), 61100840, 714188480);
}

Test(worked, vgg16) {
  static const int width[] = {64, 64,  0,   128, 128, 0,   256, 256, 256,
                              0,  512, 512, 512, 0,   512, 512, 512, 0};
  Layer l[COUNT_OF(width) + 3];
  for (int i = 0; i < COUNT_OF(width); i++)
    l[i] = width[i] ? (Layer)CONV(width[i], 3, 1, 1) : (Layer)POOL(2, 2);
  l[18] = l[19] = (Layer)FC(4096);
  l[20] = (Layer)FC(1000);
  check_chain("VGG-16", "1x3x224x224", l, COUNT_OF(l), 138357544, 15470264320);
  /* Slides that leave out one layer of 256 to 256 print 13.6 G. */
  for (int i = 8; i + 1 < COUNT_OF(l); i++) l[i] = l[i + 1];
  check_chain("VGG-16 less one", "1x3x224x224", l, COUNT_OF(l) - 1, 137767464, 13620576256);
}

/* ---- the same map by other layers --------------------------------------------------------- */

/* Weights without biases and multiply-adds of layers one behind the other. */
static Cost bare(const char *in, const Layer *l, int n) {
  Bench b = bench_new();
  ValueId x = bench_input(b, shape_from(in));
  Cost sum = {0};
  for (int i = 0; i < n; i++) {
    x = add_layer(b, x, l[i], &sum);
    sum.params -= l[i].out;
  }
  bench_free(b);
  return sum;
}

#define BARE(in, ...)                                                                            \
  bare(in, (const Layer[]){__VA_ARGS__}, COUNT_OF(((const Layer[]){__VA_ARGS__})))

/* Two 3x3 see what one 5x5 sees: 18 against 25 C². */
Test(worked, two_small_kernels) {
  cr_expect_eq(BARE("1x7x9x9", CONV(7, 3, 1, 1), CONV(7, 3, 1, 1)).params, 18 * 7 * 7);
  cr_expect_eq(BARE("1x7x9x9", CONV(7, 5, 1, 2)).params, 25 * 7 * 7);
  Bench b = bench_new();
  ValueId x = bench_input(b, SHAPE(1, 1, 9, 9));
  ValueId once = apply(b, "conv", "out=1; kernel=5", x)->out[0];
  x = apply(b, "conv", "out=1; kernel=3", x)->out[0];
  x = apply(b, "conv", "out=1; kernel=3", x)->out[0];
  const Receptive *r = graph_receptive(b.c, b.g);
  cr_expect(r[x].size[1] == 5 && r[once].size[1] == 5);
  bench_free(b);
}

/* He et al. 2015: 4C to C, 3x3, back to 4C. Xie et al. 2017, equation 4: the same in G paths of
 * width c at nearly the same cost. */
Test(worked, bottlenecks) {
  Cost block = BARE("1x20x3x7", CONV(5, 1, 1, 0), CONV(5, 3, 1, 1), CONV(20, 1, 1, 0));
  cr_expect_eq(block.macs, 17 * 3 * 7 * 5 * 5);
  static const struct {
    int paths, width;
    int64_t macs; /* of a pixel */
  } rows[] = {{1, 64, 69632}, {4, 24, 69888}, {32, 4, 70144}};
  for (int i = 0; i < COUNT_OF(rows); i++) {
    int g = rows[i].paths, wide = g * rows[i].width;
    block = BARE("1x256x7x7", CONV(wide, 1, 1, 0), GROUPED(wide, 3, 1, 1, g), CONV(256, 1, 1, 0));
    cr_expect_eq(block.macs, 49 * rows[i].macs, "%d paths", g);
    cr_expect_eq(block.params, rows[i].macs, "%d paths", g);
  }
}

/* Half the map and twice the channels: a stage of VGG or ResNet costs what the one before did. */
Test(worked, half_the_map_twice_the_channels) {
  cr_expect_eq(BARE("1x6x10x14", CONV(6, 3, 1, 1)).macs, 36 * 5 * 7 * 6 * 6);
  cr_expect_eq(BARE("1x12x5x7", CONV(12, 3, 1, 1)).macs, 36 * 5 * 7 * 6 * 6);
}

/* Howard et al. 2017: 9C/(9 + C) times fewer. */
Test(worked, depthwise_separable) {
  Cost full = BARE("1x48x6x6", CONV(48, 3, 1, 1));
  Cost pair = BARE("1x48x6x6", GROUPED(48, 3, 1, 1, 48), CONV(48, 1, 1, 0));
  cr_expect_gt(pair.macs, 0);
  cr_expect_eq(full.macs * (9 + 48), pair.macs * 9 * 48);
  cr_expect_eq(full.params * (9 + 48), pair.params * 9 * 48);
}

/* Szegedy et al. 2014, table 1: 1×1; 3×3 reduce, 3×3; 5×5 reduce, 5×5; pool projection. */
static ValueId inception(Bench b, ValueId x, const int c[6], Cost *sum) {
  ValueId out[4];
  out[0] = add_layer(b, x, (Layer)CONV(c[0], 1, 1, 0), sum);
  out[1] = add_layer(b, x, (Layer)CONV(c[1], 1, 1, 0), sum);
  out[1] = add_layer(b, out[1], (Layer)CONV(c[2], 3, 1, 1), sum);
  out[2] = add_layer(b, x, (Layer)CONV(c[3], 1, 1, 0), sum);
  out[2] = add_layer(b, out[2], (Layer)CONV(c[4], 5, 1, 2), sum);
  out[3] = apply(b, "maxpool", "kernel=3; stride=1; pad=1", x)->out[0];
  out[3] = add_layer(b, out[3], (Layer)CONV(c[5], 1, 1, 0), sum);
  return apply_all(b, "concat", "", out, 4)->out[0];
}

/* Weights without biases and multiply-adds of modules 3a … 5b, by the formulas. */
static const struct {
  int c[6];
  bool pool; /* 3×3 stride 2 before the module */
  int64_t weights, macs;
} modules[] = {
    {{64, 96, 128, 16, 32, 32}, true, 163328, 128049152},
    {{128, 128, 192, 32, 96, 64}, false, 388096, 304267264},
    {{192, 96, 208, 16, 48, 64}, true, 375552, 73608192},
    {{160, 112, 224, 24, 64, 64}, false, 448512, 87908352},
    {{128, 128, 256, 24, 64, 64}, false, 509440, 99850240},
    {{112, 144, 288, 32, 64, 64}, false, 604672, 118515712},
    {{256, 160, 320, 32, 128, 128}, false, 867328, 169996288},
    {{256, 160, 320, 32, 128, 128}, true, 1042432, 51079168},
    {{384, 192, 384, 48, 128, 128}, false, 1442816, 70697984},
};

Test(worked, googlenet) {
  Bench b = bench_new();
  const Layer ceil_pool = {"maxpool", 0, 3, 2, 0, 1};
  const Layer stem[] = {
      CONV(64, 7, 2, 3), {"maxpool", 0, 3, 2, 0, 1}, CONV(64, 1, 1, 0), CONV(192, 3, 1, 1)};
  ValueId x = bench_input(b, SHAPE(1, 3, 224, 224));
  Cost sum = {0};
  for (int i = 0; i < COUNT_OF(stem); i++) x = add_layer(b, x, stem[i], &sum);
  for (int i = 0; i < COUNT_OF(modules); i++) {
    if (modules[i].pool) x = add_layer(b, x, ceil_pool, &sum);
    Cost one = {0};
    x = inception(b, x, modules[i].c, &one);
    int64_t biases = 0;
    for (int k = 0; k < 6; k++) biases += modules[i].c[k];
    cr_expect_eq(one.params - biases, modules[i].weights, "module %d", i);
    cr_expect_eq(one.macs, modules[i].macs, "module %d", i);
    sum.params += one.params;
    sum.macs += one.macs;
  }
  x = apply(b, "global_avgpool", "", x)->out[0];
  add_layer(b, x, (Layer)FC(1000), &sum);
  cr_expect_eq(sum.params, 6998552);
  cr_expect_eq(sum.macs, 1582671872);
  cr_expect_eq(b.c->warnings, 0, "%s", bench_errors(b));
  bench_free(b);
}

/* ---- receptive fields -------------------------------------------------------------------- */

static int64_t field(Bench b, ValueId x) { return graph_receptive(b.c, b.g)[x].size[1]; }

Test(worked, receptive_field) {
  Bench b = bench_new();
  ValueId x = bench_input(b, SHAPE(1, 1, 64, 64)), y = x;
  for (int kernel = 3; kernel <= 7; kernel += 2, y = x)
    for (int layers = 1; layers <= 5; layers++) {
      y = apply(b, "conv", str_fmt(b.c->arena, "out=1; kernel=%d", kernel), y)->out[0];
      cr_expect_eq(field(b, y), 1 + layers * (kernel - 1));
    }
  for (int rate = 1; rate <= 4; rate *= 2) {
    y = apply(b, "conv", str_fmt(b.c->arena, "out=1; kernel=3; dilation=%d", rate), y)->out[0];
    cr_expect_eq(field(b, y), 4 * rate - 1);
  }
  /* Strides multiply: 7/2, 3/2, 3/1 see 7, 7 + 2·2 = 11, 11 + 2·4 = 19. */
  y = apply(b, "conv", "out=1; kernel=7; stride=2; pad=3", x)->out[0];
  y = apply(b, "maxpool", "kernel=3; stride=2; pad=1", y)->out[0];
  cr_expect_eq(field(b, y), 11);
  y = apply(b, "conv", "out=1; kernel=3; pad=1", y)->out[0];
  cr_expect_eq(field(b, y), 19);
  y = apply(b, "flatten", "", y)->out[0];
  cr_expect(graph_receptive(b.c, b.g)[y].whole);
  bench_free(b);
}

/* Down by s and up again: neighbours are as near as they were, or nearer. A kernel of k at
 * stride s lets each result see at most 1 + (k - 1)/s inputs. */
Test(worked, receptive_field_of_larger_maps) {
  static const struct {
    const char *op, *attrs;
    int64_t size, jump, finer;
  } rows[] = {
      {"upsample", "scale=2", 2, 1, 1},
      {"upsample", "scale=3; mode=bilinear", 4, 2, 3},
      {"conv_transpose", "out=1; kernel=2; stride=2", 2, 1, 1},
      {"conv_transpose", "out=1; kernel=3; stride=2", 4, 1, 1},
      {"conv_transpose", "out=1; kernel=16; stride=8", 4, 1, 4},
      {"resize", "size=40", 2, 8, 5},
      {"pixel_shuffle", "factor=4", 2, 1, 2},
      {"instancenorm", "", 64, 2, 1},
      {"softmax", "axis=3", 64, 2, 1},
      {"reduce_mean", "axes=[3]; keepdims=true", 64, 2, 1},
      {"softmax", "axis=1", 2, 2, 1},
      {"slice", "axis=3; start=0; stop=32; step=2", 2, 4, 1},
  };
  for (int i = 0; i < COUNT_OF(rows); i++) {
    Bench b = bench_new();
    ValueId x = bench_input(b, SHAPE(1, 16, 64, 64));
    x = apply(b, "maxpool", "kernel=2", x)->out[0];
    x = apply(b, rows[i].op, rows[i].attrs, x)->out[0];
    Receptive r = graph_receptive(b.c, b.g)[x];
    cr_expect(r.n == 2 && r.size[1] == rows[i].size && r.jump[1] == rows[i].jump &&
                  r.finer[1] == rows[i].finer,
              "%s %s: %lld pixels, %lld/%lld apart", rows[i].op, rows[i].attrs,
              (long long)r.size[1], (long long)r.jump[1], (long long)r.finer[1]);
    bench_free(b);
  }
}
