/* pool.c: pooling: shape rules, costs and lowerings. The reference kernels are in poolref.c.
 *
 * Global and adaptive pooling become plain pooling where their windows are regular, so that
 * planning and emission meet one kind of pooling only.
 */
#include "ops.h"

#define POOL_FIELDS                                                                              \
  {"kernel", AT_DIMS, offsetof(PoolAttr, kernel), NULL, NULL, "window size"},                    \
      {"stride", AT_DIMS, offsetof(PoolAttr, stride),                                            \
       "[]",     NULL,    "step of the window; the kernel's size when not given"},               \
      {"pad",                                                                                    \
       AT_PADS,                                                                                  \
       offsetof(PoolAttr, pad),                                                                  \
       "0",                                                                                      \
       NULL,                                                                                     \
       "border around the input: one number, one per dimension, [top, left, bottom, right], "    \
       "same, valid"},                                                                           \
  {                                                                                              \
    "ceil", AT_BOOL, offsetof(PoolAttr, ceil), "false", NULL,                                    \
        "round the output size up instead of down"                                               \
  }

const AttrField pool_attrs[] = {POOL_FIELDS, {0}};
const AttrField avgpool_attrs[] = {
    POOL_FIELDS,
    {"count_pad", AT_BOOL, offsetof(PoolAttr, count_pad), "true", NULL,
     "divide by the whole window, padding included"},
    {0},
};
const AttrField adaptive_attrs[] = {
    {"out", AT_DIMS, offsetof(AdaptiveAttr, out), NULL, NULL, "output size"},
    {0},
};

static WindowAttr window_attr(PoolAttr *a) {
  return (WindowAttr){&a->kernel, &a->stride, NULL, &a->pad, a->ceil};
}

/* A window inside the padding has no element to take the maximum or the mean of. */
static bool check_padding(Ctx *c, const Graph *g, const Node *n, const PoolAttr *a) {
  for (int i = 0; i < a->pad.n; i++) {
    int64_t kernel = a->kernel.v[i % a->kernel.n];
    if (a->pad.v[i] < kernel) continue;
    Diag *d = op_error(c, g, n, DIAG_E0414, "padding of %lld for a window of %lld",
                       (long long)a->pad.v[i], (long long)kernel);
    op_show_input(c, g, n, d, 0);
    return false;
  }
  return true;
}

bool shape_pool(Ctx *c, Graph *g, Node *n) {
  PoolAttr *a = ATTR(n, PoolAttr);
  if (!check_inputs(c, g, n) || !check_rank(c, g, n, 3, 5)) return false;
  if (a->stride.n == 0) a->stride = a->kernel;
  Shape y = *op_in(g, n, 0);
  if (!window_shape(c, g, n, window_attr(a), &y) || !check_padding(c, g, n, a)) return false;
  window_warn_unread(c, g, n, window_attr(a));
  return set_output(c, g, n, 0, DT_F32, y);
}

bool shape_global_pool(Ctx *c, Graph *g, Node *n) {
  if (!check_inputs(c, g, n) || !check_rank(c, g, n, 3, 5)) return false;
  Shape y = *op_in(g, n, 0);
  for (int i = 2; i < y.rank; i++) y.dim[i] = 1;
  return set_output(c, g, n, 0, DT_F32, y);
}

bool shape_adaptive(Ctx *c, Graph *g, Node *n) {
  AdaptiveAttr *a = ATTR(n, AdaptiveAttr);
  if (!check_inputs(c, g, n) || !check_rank(c, g, n, 3, 5)) return false;
  Shape y = *op_in(g, n, 0);
  if (!dims_expand(c, g, n, "out", &a->out, y.rank - 2, 1)) return false;
  for (int i = 2; i < y.rank; i++) y.dim[i] = a->out.v[i - 2];
  return set_output(c, g, n, 0, DT_F32, y);
}

/* One comparison or addition per window element, for l2 also a product; windows counted whole,
 * padding included.
 * Global and adaptive windows: out · ceil(in / out) per dimension, exact where regular. */
void cost_pool(const Graph *g, const Node *n, Cost *cost) {
  const Shape *x = op_in(g, n, 0), *y = &graph_value(g, n->out[0])->shape;
  PoolKind kind;
  const PoolAttr *a = pool_form(n->op, &kind) == POOL_WINDOWS ? ATTR(n, PoolAttr) : NULL;
  cost->other = shape_count(y) * (kind == POOL_L2 ? 2 : 1);
  for (int i = 2; i < y->rank; i++)
    cost->other =
        sat_mul(cost->other, a ? a->kernel.v[i - 2] : (x->dim[i] + y->dim[i] - 1) / y->dim[i]);
  cost->bytes = cost_bytes(g, n);
}

/* ---- lowering ---------------------------------------------------------------------------------
 */

/* The node becomes pooling over windows of kernel = stride = in / out; its value and name stay. */
static bool become_windows(Ctx *c, Graph *g, Node *n, bool *changed) {
  const Shape *x = op_in(g, n, 0), *y = &graph_value(g, n->out[0])->shape;
  PoolKind kind;
  pool_form(n->op, &kind);
  OpKind op = pool_operator(kind, POOL_WINDOWS);
  PoolAttr *a = attr_defaults(c, op);
  a->kernel.n = a->stride.n = x->rank - 2;
  for (int i = 2; i < x->rank; i++)
    a->kernel.v[i - 2] = a->stride.v[i - 2] = x->dim[i] / y->dim[i];
  n->op = op;
  n->attr = a;
  *changed = true;
  return shape_pool(c, g, n);
}

bool lower_global_pool(Ctx *c, Graph *g, Node *n, bool *changed) {
  return become_windows(c, g, n, changed);
}

bool lower_adaptive(Ctx *c, Graph *g, Node *n, bool *changed) {
  const Shape *x = op_in(g, n, 0), *y = &graph_value(g, n->out[0])->shape;
  for (int i = 2; i < x->rank; i++)
    if (x->dim[i] % y->dim[i]) return true; /* windows of different sizes: stays as it is */
  return become_windows(c, g, n, changed);
}
