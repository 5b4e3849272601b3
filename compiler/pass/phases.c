/* phases.c: transposed convolutions become ordinary ones. With stride s every s-th element of the
 * result is a convolution of stride 1 of the input, with every s-th element of the kernel. One
 * convolution computes the s·s such phases as channels, from weights that phase_weights gathers
 * when they are packed; interleave puts them side by side and cuts off the padding.
 *
 * Of the full result, element q·s + phase comes from the inputs q - t, t < T, T the phase's
 * kernel size. The convolution starts at q0, the first place that is not cut off. */
#include "pass.h"

/* Convolution and interleave for one dimension; in and out: its sizes. */
static void split(const ConvTransposeAttr *t, int i, int64_t in, int64_t out, ConvAttr *conv,
                  PhasesAttr *phases) {
  int rank = t->kernel.n;
  int64_t s = t->stride.v[i], before = t->pad.v[i];
  int64_t kernel = (t->kernel.v[i] - 1) * t->dilation.v[i] / s + 1;
  int64_t first = min64(before / s, kernel - 1), last = (before + out - 1) / s;
  int64_t count = last - first + 1, left = kernel - 1 - first;
  conv->kernel.v[i] = kernel;
  conv->pad.v[i] = left;
  conv->pad.v[rank + i] = max64(0, count + kernel - 1 - in - left);
  phases->cut.v[i] = before - first * s;
  phases->size.v[i] = out;
}

/* One phase and nothing cut off: the convolution is the result. */
static bool is_plain(const PhasesAttr *p, const Shape *made) {
  for (int i = 0; i < p->stride.n; i++)
    if (p->stride.v[i] != 1 || p->cut.v[i] || p->size.v[i] != made->dim[2 + i]) return false;
  return true;
}

static bool rewrite(Ctx *c, Graph *g, Node *n) {
  const ConvTransposeAttr *t = ATTR(n, ConvTransposeAttr);
  const Shape *x = &graph_value(g, n->in[0])->shape, *y = &graph_value(g, n->out[0])->shape;
  int rank = t->kernel.n;
  ConvAttr *conv = attr_defaults(c, OP_CONV);
  PhasesAttr *phases = attr_defaults(c, OP_INTERLEAVE);
  *phases = (PhasesAttr){.stride = t->stride, .dilation = t->dilation, .groups = t->groups};
  phases->cut.n = phases->size.n = conv->kernel.n = rank;
  conv->pad.n = 2 * rank;
  conv->out = t->out, conv->groups = t->groups, conv->bias = t->bias;
  for (int i = 0; i < rank; i++) {
    split(t, i, x->dim[2 + i], y->dim[2 + i], conv, phases);
    conv->out *= t->stride.v[i];
  }
  const char *name = node_take_name(c, g, n, "pixels");
  const char *weights = graph_unique_name(c, g, str_fmt(c->arena, "%s.phases", name));
  PhasesAttr gather = *phases;
  gather.cut.n = gather.size.n = 0;
  Node *w = node_insert(c, g, n, OP_PHASE_WEIGHTS, &gather, n->in + 1, n->nin - 1, weights);
  if (!w) return false;
  ValueId in[3] = {n->in[0], w->out[0], t->bias ? w->out[1] : -1};
  Node *made = node_insert(c, g, n, OP_CONV, conv, in, t->bias ? 3 : 2, name);
  if (!made) return false;
  if (is_plain(phases, &graph_value(g, made->out[0])->shape)) {
    graph_replace_uses(g, n->out[0], made->out[0]);
    n->dead = true;
  } else {
    node_become(c, n, OP_INTERLEAVE, phases, made->out[0]);
  }
  return true;
}

bool pass_phases(Ctx *c, Graph *g) {
  for (int i = 0; i < g->nodes.len; i++) {
    Node *n = g->nodes.at[i];
    if (n->dead || n->op != OP_CONV_TRANSPOSE) continue;
    const char *name = n->name;
    if (!rewrite(c, g, n)) return false;
    log_decision(c, g,
                 (Decision){.pass = "phases",
                            .node = name,
                            .span = n->span,
                            .taken = true,
                            .what = str_fmt(c->arena, "%s as a convolution of stride 1", name),
                            .reason = "each phase of the result is one"});
    while (g->nodes.at[i] != n) i++;
  }
  return true;
}
