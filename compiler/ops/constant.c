/* constant.c: a tensor that no other computes: numbers written in the file, or a learned weight.
 *
 * No data inputs; its parameter, of the shape that the attribute gives, is its value. Where the
 * call holds the numbers the front end infers the shape from their nesting. Lowering leaves the
 * parameter alone: readers of the result read it directly, and it is packed as they want it.
 */
#include "ops.h"

const AttrField constant_attrs[] = {
    {"shape", AT_DIMS, offsetof(ConstantAttr, shape), NULL, NULL,
     "all dimensions, batch included; where numbers are written their nesting says it"},
    {0},
};

int params_constant(Ctx *c, const Graph *g, const Node *n, ParamSpec *specs) {
  const Dims *d = &ATTR(n, ConstantAttr)->shape;
  if (d->n < 1 || d->n > MAX_RANK) {
    op_error(c, g, n, DIAG_E0412, "shape has %d values, must have 1 to %d", d->n, MAX_RANK);
    return -1;
  }
  Shape s = {.rank = d->n};
  for (int i = 0; i < d->n; i++) {
    if (!check_range(c, g, n, "a dimension", d->v[i], 1)) return -1;
    s.dim[i] = d->v[i];
  }
  specs[0] = (ParamSpec){"weight", s, 0, FILL_SMALL};
  return 1;
}

bool shape_constant(Ctx *c, Graph *g, Node *n) {
  ParamSpec spec[MAX_PARAMS];
  if (params_constant(c, g, n, spec) < 0 || !check_params(c, g, n)) return false;
  return set_output(c, g, n, 0, DT_F32, spec[0].shape);
}

void cost_constant(const Graph *g, const Node *n, Cost *cost) {
  cost->params = shape_count(&graph_value(g, n->out[0])->shape);
}

bool lower_constant(Ctx *c, Graph *g, Node *n, bool *changed) {
  graph_replace_uses(g, n->out[0], n->in[0]);
  n->dead = *changed = true;
  return true;
}
