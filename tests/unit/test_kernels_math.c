/* test_kernels_math.c: element-wise operators, emitted, compute what the interpreter computes.
 *
 * Convolutions of small integers in front give channel-blocked operands without rounding, inputs
 * of the model plain ones. kernelbench.h says how they are run.
 */
#include "tests/unit/kernelbench.h"

static const char *const binary[] = {"add", "sub", "mul", "div", "min", "max", "pow"};

static ValueId pair(Net *t, const char *op, ValueId a, ValueId b) {
  return layer(t, op, "", (ValueId[]){a, b}, 2);
}

/* Powers of what is positive, quotients of what is not zero. */
static ValueId apply_binary(Net *t, int op, ValueId a, ValueId b) {
  if (str_eq(binary[op], "pow")) a = unary(t, "sigmoid", a), b = unary(t, "tanh", b);
  if (str_eq(binary[op], "div")) b = unary(t, "sigmoid", b);
  return pair(t, binary[op], a, b);
}

static ValueId constant(Net *t, Shape s) {
  const char *name = str_fmt(t->b.c->arena, "k%d", t->layers++);
  return graph_add_value(t->b.c, t->b.g, V_PARAM, ctx_name(t->b.c, name), DT_F32, s, NO_SPAN)->id;
}

/* A shape that broadcasts to s. */
static Shape narrowed(Net *t, Shape s) {
  int gone = chance(t, 30) ? (int)pick(t, 0, s.rank - 1) : 0;
  Shape y = {.rank = s.rank - gone};
  for (int d = 0; d < y.rank; d++) y.dim[d] = chance(t, 50) ? 1 : s.dim[d + gone];
  return y;
}

static Shape random_shape(Net *t) {
  Shape s = {.rank = (int)pick(t, 1, 5)};
  for (int d = 0; d < s.rank; d++) s.dim[d] = pick(t, 1, s.rank > 3 ? 6 : 12);
  return s;
}

static Shape channel_shape(Net *t, ValueId x) {
  Shape s = *shape_of(t, x);
  s.dim[2] = s.dim[3] = 1;
  if (chance(t, 30)) s.dim[0] = 1;
  return s;
}

/* kind / 4: the operator; kind % 4: equal shapes, per channel, spread or constant, plain. */
static void binary_net(Net *t, int kind) {
  int op = kind / 4 % COUNT_OF(binary);
  ValueId x = conv1x1(t, image(t, 3, 9), pick(t, 1, 3) * pick(t, 1, 12)), y;
  Shape s = *shape_of(t, x);
  switch (kind % 4) {
  case 0:
    y = chance(t, 50) ? conv1x1(t, input(t, SHAPE(s.dim[0], 2, s.dim[2], s.dim[3])), s.dim[1])
                      : input(t, s);
    break;
  case 1: /* squeeze-and-excitation */
    y = chance(t, 50) ? input(t, channel_shape(t, x))
                      : conv1x1(t, input(t, SHAPE(s.dim[0], 2, 1, 1)), s.dim[1]);
    break;
  case 2:
    y = chance(t, 30)   ? input(t, SHAPE(s.dim[0], 1, s.dim[2], s.dim[3]))
        : chance(t, 30) ? constant(t, SHAPE(s.dim[1], 1, 1))
        : chance(t, 30) ? constant(t, s)
        : chance(t, 50) ? constant(t, SHAPE(1))
                        : input(t, narrowed(t, s));
    break;
  default:
    s = random_shape(t);
    x = input(t, narrowed(t, s)), y = input(t, chance(t, 50) ? s : narrowed(t, s));
    break;
  }
  bool swap = chance(t, 30);
  x = apply_binary(t, op, swap ? y : x, swap ? x : y);
  output(t, chance(t, 30) ? unary(t, "tanh", x) : x);
}

static void check_binary(const char *target, uint64_t seed) {
  check_nets(target, seed, INTEGERS, binary_net, 4 * COUNT_OF(binary), 2e-6);
}

Test(kernels_math, binary_c99) { check_binary("c99", 1); }
Test(kernels_math, binary_v3) { check_binary("x86-64-v3", 2); }
Test(kernels_math, binary_v4) { check_binary("x86-64-v4", 3); }
