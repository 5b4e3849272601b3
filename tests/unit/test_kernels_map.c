/* test_kernels_map.c: what works on maps beside plain convolution, emitted, computes what the
 * interpreter computes: one and three dimensions, transposed convolution, borders, resizing,
 * shuffles, columns, unpooling, groups and multipliers. kernelbench.h says how they are run.
 */
#include "tests/unit/kernelbench.h"

/* Plain, as the caller gives it, or channel-blocked, behind a convolution. */
static ValueId map(Net *t, int64_t channels, int64_t least, int64_t largest) {
  Shape s =
      SHAPE(chance(t, 25) ? 2 : 1, channels, pick(t, least, largest), pick(t, least, largest));
  if (chance(t, 40)) return input(t, s);
  s.dim[1] = 2;
  return conv1x1(t, input(t, s), channels);
}

static const char *flag(Net *t) { return chance(t, 50) ? "true" : "false"; }

static ValueId finish(Net *t, ValueId x) { return chance(t, 50) ? unary(t, "relu", x) : x; }

static const char *text(Net *t, const char *form, ...) {
  StrBuf b = {.arena = t->b.c->arena};
  va_list ap;
  va_start(ap, form);
  sb_vprintf(&b, form, ap);
  va_end(ap);
  return sb_str(&b);
}

/* "[3, 1]": `n` numbers between lo and hi. */
static const char *list(Net *t, int n, int64_t lo, int64_t hi) {
  StrBuf b = {.arena = t->b.c->arena};
  for (int i = 0; i < n; i++) sb_printf(&b, "%s%lld", i ? ", " : "[", (long long)pick(t, lo, hi));
  sb_puts(&b, "]");
  return sb_str(&b);
}

/* A tensor with `rank` spatial dimensions. */
static ValueId tensor(Net *t, int rank, int64_t channels, int64_t least, int64_t largest) {
  Shape s = {.rank = rank + 2, .dim = {chance(t, 25) ? 2 : 1, channels}};
  for (int i = 0; i < rank; i++) s.dim[2 + i] = pick(t, least, largest);
  return input(t, s);
}

/* For maps of at least three elements a side. */
static ValueId conv_of(Net *t, ValueId x, int rank, int64_t out, int64_t groups) {
  const char *attrs = text(t,
                           "out=%d; kernel=%s; stride=%s; pad=%s; dilation=%s; groups=%d; "
                           "bias=%s",
                           (int)out, list(t, rank, 1, 3), list(t, rank, 1, 2),
                           list(t, 2 * rank, 1, 2), list(t, rank, 1, 2), (int)groups, flag(t));
  return layer(t, "conv", attrs, &x, 1);
}

static ValueId pool_of(Net *t, ValueId x, int rank, const char *op) {
  const char *attrs = text(t, "kernel=%s; stride=%s; pad=%s; ceil=%s%s", list(t, rank, 2, 3),
                           list(t, rank, 1, 3), list(t, 2 * rank, 0, 1), flag(t),
                           str_eq(op, "avgpool") ? text(t, "; count_pad=%s", flag(t)) : "");
  return layer(t, op, attrs, &x, 1);
}

static ValueId transposed(Net *t, ValueId x, int rank, int64_t out, int64_t groups) {
  bool simple = chance(t, 40);
  const char *k = simple ? "2" : list(t, rank, 1, 4), *s = simple ? "2" : list(t, rank, 1, 3);
  const char *attrs = text(t,
                           "out=%d; kernel=%s; stride=%s; pad=%s; dilation=%s; groups=%d; "
                           "bias=%s",
                           (int)out, k, s, simple ? "0" : list(t, 2 * rank, 0, 1),
                           simple ? "1" : list(t, rank, 1, 2), (int)groups, flag(t));
  return layer(t, "conv_transpose", attrs, &x, 1);
}

static const char *const exact_kinds[] = {
    "conv1d",      "conv3d",      "pool1d",    "pool3d",     "join1d",  "join3d",  "transpose",
    "transpose1d", "transpose3d", "border",    "pad",        "nearest", "pixels",  "shuffle",
    "columns",     "unpool",      "groups",    "multiplier", "local1d", "local2d", "local3d",
    "minpool1d",   "minpool2d",   "minpool3d", "lanes"};

/* Pieces of channel blocks: parts that begin and end amidst them, dealt round. */
static void lanes_net(Net *t) {
  int64_t n = chance(t, 30) ? 2 : 1, h = 2 * pick(t, 1, 4), w = 2 * pick(t, 1, 5);
  ValueId part[4];
  int parts = (int)pick(t, 2, 4), r = (int)pick(t, 1, 5);
  for (int i = 0; i < parts; i++)
    part[i] = conv1x1(t, input(t, SHAPE(n, 2, h, w)), pick(t, 1, 30));
  ValueId x = layer(t, "concat", "axis=1", part, parts), y;
  output(t, x);
  int64_t most = shape_of(t, x)->dim[1];
  y = layer(t, "slice", text(t, "axis=1; start=%d; step=%d", (int)pick(t, 0, most - 1), r), &x,
            1);
  output(t, finish(t, y));
  x = conv1x1(t, input(t, SHAPE(n, 2, h, w)), r * pick(t, 1, 30));
  output(t, layer(t, "channel_shuffle", text(t, "groups=%d", r), &x, 1));
  output(t, layer(t, "pixel_unshuffle", "factor=2", &x, 1));
}

/* Networks whose results are whole numbers. */
static void exact_net(Net *t, int kind) {
  const char *name = exact_kinds[kind];
  ValueId x, y;
  int rank = strstr(name, "1d") ? 1 : 3, groups = (int)pick(t, 1, 3), r;
  if (strstr(name, "conv")) {
    x = finish(t, conv_of(t, tensor(t, rank, 3 * groups, 5, rank == 1 ? 40 : 8), rank,
                          pick(t, 1, 9) * groups, groups));
    output(t, x);
    y = unary(t, "relu", image(t, 4, 9)); /* the same beside two dimensions */
    output(t, layer(t, "maxpool", "kernel=1", &y, 1));
  } else if (strstr(name, "pool") == name) {
    x = finish(t, pool_of(t, tensor(t, rank, pick(t, 1, 20), 4, 9), rank, "maxpool"));
    output(t, x);
    output(t, unary(t, "global_maxpool", tensor(t, rank, 3, 1, 5)));
    y = tensor(t, rank, 3, 4, 8);
    output(t, layer(t, "adaptive_maxpool", "out=3", &y, 1));
  } else if (strstr(name, "minpool")) {
    rank = name[7] - '0';
    x = rank == 2 ? map(t, pick(t, 1, 20), 4, 9) : tensor(t, rank, pick(t, 1, 20), 4, 9);
    output(t, finish(t, pool_of(t, x, rank, "minpool")));
    output(t, unary(t, "global_minpool", x));
    output(t, layer(t, "adaptive_minpool", "out=3", &x, 1));
  } else if (strstr(name, "local")) {
    rank = name[5] - '0';
    x = rank == 2 ? map(t, 3, 4, 9) : tensor(t, rank, 3, 4, rank == 1 ? 40 : 6);
    const char *attrs = text(t, "out=%d; kernel=%s; stride=%s; pad=%s; dilation=%s; bias=%s",
                             (int)pick(t, 1, 9), list(t, rank, 1, 3), list(t, rank, 1, 2),
                             list(t, 2 * rank, 1, 2), list(t, rank, 1, 2), flag(t));
    output(t, finish(t, layer(t, "local", attrs, &x, 1)));
  } else if (strstr(name, "join")) {
    x = finish(t, conv_of(t, tensor(t, rank, 2, 5, 9), rank, pick(t, 1, 20), 1));
    y = unary(t, "relu", x);
    x = layer(t, "concat", text(t, "axis=%d", (int)pick(t, 1, rank + 1)), (ValueId[]){x, y}, 2);
    y = layer(t, "slice", text(t, "axis=%d; start=1; step=2", rank + 1), &x, 1);
    output(t, layer(t, "pad", "pad=1; value=2", &y, 1));
    x = unary(t, "flatten", layer(t, "add", "", (ValueId[]){x, x}, 2));
    output(t, layer(t, "dense", "out=5", &x, 1));
  } else if (strstr(name, "transpose")) {
    rank = strstr(name, "d") ? rank : 2;
    x = rank == 2 ? map(t, groups * pick(t, 1, 12), 2, 9)
                  : tensor(t, rank, groups * 3, 3, rank == 1 ? 20 : 4);
    output(t, finish(t, transposed(t, x, rank, groups * pick(t, 1, 20), groups)));
    x = map(t, 5, 1, 6);
    output(t, layer(t, "conv_transpose", "out=32; kernel=4; stride=2; pad=1", &x, 1));
    output(t, layer(t, "conv_transpose", "out=3; kernel=3; pad=1", &x, 1));
  } else if (str_eq(name, "border")) {
    x = map(t, pick(t, 1, 20), 4, 9);
    output(t, layer(t, "conv",
                    text(t, "out=%d; kernel=3; pad=%s; pad_mode=%s", (int)pick(t, 1, 20),
                         list(t, 4, 1, 3), chance(t, 50) ? "reflect" : "edge"),
                    &x, 1));
  } else if (str_eq(name, "pad")) {
    x = map(t, pick(t, 1, 40), 4, 7);
    output(t, layer(t, "pad", text(t, "pad=%s; value=3", list(t, 4, 0, 3)), &x, 1));
    output(t, layer(t, "pad", text(t, "pad=1; channels=%s", list(t, 2, 0, 3)), &x, 1));
    output(t, layer(t, "pad", text(t, "pad=%s; mode=reflect", list(t, 4, 0, 3)), &x, 1));
    x = tensor(t, 3, 3, 3, 4);
    output(t, layer(t, "pad", "pad=[1, 0, 2, 0, 1, 1]; mode=edge", &x, 1));
  } else if (str_eq(name, "nearest")) {
    x = map(t, pick(t, 1, 40), 1, 9);
    output(t, finish(t, layer(t, "upsample", text(t, "scale=%d", (int)pick(t, 1, 4)), &x, 1)));
    output(t, layer(t, "resize", text(t, "size=%s", list(t, 2, 1, 12)), &x, 1));
    x = tensor(t, chance(t, 50) ? 1 : 3, 3, 1, 5);
    output(t, layer(t, "upsample", "scale=2", &x, 1));
  } else if (str_eq(name, "pixels")) {
    r = (int)pick(t, 1, 3);
    x = map(t, pick(t, 1, 6) * r * r, 1, 6);
    output(t, finish(t, layer(t, "pixel_shuffle", text(t, "factor=%d", r), &x, 1)));
    x = conv1x1(t, input(t, SHAPE(1, 2, r * pick(t, 1, 4), r * pick(t, 1, 4))), pick(t, 1, 20));
    output(t, layer(t, "pixel_unshuffle", text(t, "factor=%d", r), &x, 1));
  } else if (str_eq(name, "lanes")) {
    lanes_net(t);
  } else if (str_eq(name, "shuffle")) {
    x = map(t, groups * pick(t, 1, 20), 1, 6);
    output(t, layer(t, "channel_shuffle", text(t, "groups=%d", groups), &x, 1));
  } else if (str_eq(name, "columns")) {
    x = map(t, pick(t, 1, 20), 5, 8);
    const char *attrs = text(t, "kernel=%s; stride=%s; pad=%s; dilation=%s", list(t, 2, 1, 3),
                             list(t, 2, 1, 2), list(t, 4, 0, 2), list(t, 2, 1, 2));
    y = layer(t, "im2col", attrs, &x, 1);
    output(t, y);
    attrs = text(t, "size=[%d, %d]; %s", (int)shape_of(t, x)->dim[2], (int)shape_of(t, x)->dim[3],
                 attrs);
    y = unary(t, "relu", y);
    output(t, layer(t, "col2im", attrs, &y, 1));
  } else if (str_eq(name, "unpool")) {
    x = map(t, pick(t, 1, 20), 4, 9);
    int k = (int)pick(t, 1, 3);
    const char *attrs = text(t, "kernel=%d; stride=%d; pad=%s; ceil=%s", k,
                             k + (int)pick(t, 0, 1), list(t, 4, 0, k - 1), flag(t));
    y = layer(t, "maxpool", attrs, &x, 1);
    y = conv1x1(t, y, shape_of(t, y)->dim[1]);
    output(t, layer(t, "max_unpool", attrs, (ValueId[]){y, x}, 2));
  } else if (str_eq(name, "groups")) {
    r = 1 << pick(t, 1, 5);
    x = map(t, r * (1 << pick(t, 0, 3)), 3, 9);
    output(t, finish(t, conv_of(t, x, 2, r * pick(t, 1, 8), r)));
  } else {
    r = (int)pick(t, 2, 20);
    output(t, finish(t, conv_of(t, map(t, r, 3, 9), 2, r * pick(t, 2, 4), r)));
  }
}

/* Networks of real numbers: means, norms, interpolation, batchnorm behind a transposed convolution. */
static void real_net(Net *t, int kind) {
  int rank = kind % 3 + 1;
  ValueId x;
  switch (kind / 3) {
  case 5:
    x = rank == 2 ? map(t, pick(t, 1, 20), 4, 9) : tensor(t, rank, pick(t, 1, 20), 4, 9);
    output(t, finish(t, pool_of(t, x, rank, "l2pool")));
    output(t, unary(t, "global_l2pool", x));
    output(t, layer(t, "adaptive_l2pool", "out=3", &x, 1));
    break;
  case 0: output(t, pool_of(t, tensor(t, rank, pick(t, 1, 20), 4, 9), rank, "avgpool")); break;
  case 1:
    x = tensor(t, rank, pick(t, 1, 20), 2, 9);
    output(t, layer(t, "adaptive_avgpool", text(t, "out=%s", list(t, rank, 1, 5)), &x, 1));
    output(t, unary(t, "global_avgpool", x));
    break;
  case 2:
    x = rank == 2 ? map(t, pick(t, 1, 20), 1, 6) : tensor(t, rank, 3, 1, 5);
    output(t, layer(t, "resize",
                    text(t, "size=%s; mode=bilinear; align_corners=%s", list(t, rank, 1, 9),
                         flag(t)),
                    &x, 1));
    output(t,
           finish(t, layer(t, "upsample",
                           text(t, "scale=2; mode=bilinear; align_corners=%s", flag(t)), &x, 1)));
    break;
  case 3: /* the next two can be folded, and cannot */
    x = transposed(t, tensor(t, rank, 4, 3, 5), rank, 2 * pick(t, 1, 9), 2);
    output(t, unary(t, "relu", unary(t, "batchnorm", x)));
    break;
  default:
    x = unary(t, "relu", conv_of(t, tensor(t, rank, 2, 5, 9), rank, pick(t, 1, 20), 1));
    output(t, unary(t, "batchnorm", x));
    break;
  }
}

Test(kernels_map, c99_integers) {
  check_nets("c99", 1, INTEGERS, exact_net, COUNT_OF(exact_kinds), 0);
}
Test(kernels_map, c99_reals) { check_nets("c99", 2, REALS, real_net, 18, 0); }
Test(kernels_map, v3_integers) {
  check_nets("x86-64-v3", 3, INTEGERS, exact_net, COUNT_OF(exact_kinds), 0);
}
Test(kernels_map, v3_reals) { check_nets("x86-64-v3", 4, REALS, real_net, 18, 0); }
Test(kernels_map, v4_integers) {
  check_nets("x86-64-v4", 5, INTEGERS, exact_net, COUNT_OF(exact_kinds), 0);
}
Test(kernels_map, v4_reals) { check_nets("x86-64-v4", 6, REALS, real_net, 18, 0); }
