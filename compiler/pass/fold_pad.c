/* fold_pad.c: explicit zero padding disappears into the convolution or average pool behind it.
 *
 * A convolution's own padding is zeros too, which the kernels leave out instead of storing. An
 * average pool can take in only padding that it counts. Other readers keep the padded map. */
#include "pass.h"

#include <string.h>

/* The consumer's padding, which its shape rule expanded; NULL if it has none. */
static Pads *pads_of(const Node *n) {
  if (n->op == OP_CONV) return &ATTR(n, ConvAttr)->pad;
  return n->op == OP_AVGPOOL ? &ATTR(n, PoolAttr)->pad : NULL;
}

/* Why an average pool cannot pad so; no window may consist of padding only. */
static const char *pool_refusal(const PoolAttr *p, const Pads *add) {
  bool any = false;
  for (int i = 0; i < p->pad.n; i++) {
    any |= p->pad.v[i] > 0;
    if ((p->pad.v[i] + add->v[i]) * 2 > p->kernel.v[i % p->kernel.n])
      return "more than half of a window would be padding";
  }
  if (p->ceil) return "the pool rounds its size up";
  return any && !p->count_pad ? "the pool does not count its own padding" : NULL;
}

static const char *refusal(const Node *pad, const Node *n) {
  const PadAttr *a = ATTR(pad, PadAttr);
  if (!str_eq(a->mode, "zero") || a->value != 0) return "it does not add zeros";
  if (a->channels.v[0] || a->channels.v[1]) return "it adds channels";
  if (pad->notes.kernel) return "@kernel asks for one of its own";
  if (n->op == OP_AVGPOOL) return pool_refusal(ATTR(n, PoolAttr), &a->pad);
  return str_eq(ATTR(n, ConvAttr)->pad_mode, "zero") ? NULL : "the convolution pads otherwise";
}

static void take_in(Node *n, const Node *pad) {
  const Pads *add = &ATTR(pad, PadAttr)->pad;
  Pads *to = pads_of(n);
  to->mode = PAD_EXPLICIT;
  for (int i = 0; i < to->n; i++) to->v[i] += add->v[i];
  if (n->op == OP_AVGPOOL) ATTR(n, PoolAttr)->count_pad = true;
  n->in[0] = pad->in[0];
}

bool pass_fold_pad(Ctx *c, Graph *g) {
  for (int i = 0; i < g->nodes.len; i++) {
    Node *n = g->nodes.at[i];
    if (n->dead || !n->nin || !pads_of(n)) continue;
    const Value *between = graph_value(g, n->in[0]);
    Node *pad = between->def;
    if (!pad || pad->op != OP_PAD) continue;
    const char *why = refusal(pad, n);
    log_decision(c, g,
                 (Decision){.pass = "fold_pad",
                            .node = pad->name,
                            .other = n->name,
                            .span = pad->span,
                            .span2 = n->span,
                            .taken = !why,
                            .what = str_fmt(c->arena, "%s into %s", pad->name, n->name),
                            .reason = why ? why : "its own padding is the same zeros",
                            .bytes = 2 * value_bytes(between)});
    if (!why) take_in(n, pad);
  }
  return true;
}
