/* siblings.c: convolutions that read one value through the same window become one.
 *
 * The 1x1 layers in front of an inception module's branches: one convolution computes the channels
 * of all of them, reads its input once, and each branch goes on with its slice. An activation that
 * all of them share goes with them. Slices are mere views where they begin at whole vectors of
 * channels, so all but the last compute a multiple of 16 channels; a convolution whose result has
 * its place in a concat already stays as it is. */
#include "pass.h"

#include <string.h>

enum { SLICE_CHANNELS = 16, MAX_SIBLINGS = 8 };

typedef struct Family {
  int n;
  Node *conv[MAX_SIBLINGS];
  Node *last[MAX_SIBLINGS]; /* the activation behind it, or the convolution itself */
} Family;

typedef struct Facts {
  const int *uses;
  const bool *known;
  int values;  /* of the graph before this pass */
  Node **read; /* by value: its first reader */
} Facts;

static bool same_attrs(const Node *a, const Node *b, const char *but) {
  if (a->op != b->op) return false;
  for (const AttrField *f = op_table[a->op].attrs; f->name; f++)
    if (!strstr(but, f->name) && !attr_equal(f, a->attr, b->attr)) return false;
  return true;
}

static Node *activation_of(const Graph *g, const Facts *f, const Node *conv) {
  Node *n = f->uses[conv->out[0]] == 1 ? f->read[conv->out[0]] : NULL;
  bool unary = n && (op_table[n->op].flags & OPF_UNARY) && !(op_table[n->op].flags & OPF_VIEW);
  return unary && !n->notes.kernel && !graph_is_output(g, conv->out[0]) ? n : NULL;
}

static const char *refusal(const Graph *g, const Facts *f, const Node *conv, const Node *last) {
  const ConvAttr *a = ATTR(conv, ConvAttr);
  if (a->groups != 1 || a->flip || !str_eq(a->pad_mode, "zero"))
    return "grouped, or pads otherwise";
  if (conv->notes.kernel) return "@kernel asks for one of its own";
  for (int i = 1; i < conv->nin; i++)
    if (!f->known[conv->in[i]]) return "its weights are computed by the network";
  if (graph_is_output(g, last->out[0])) return "its result is an output";
  const Node *reader = f->read[last->out[0]];
  if (f->uses[last->out[0]] == 1 && reader && reader->op == OP_CONCAT)
    return "its result has a place in a concat";
  return NULL;
}

static void decide(Ctx *c, Graph *g, const Node *n, const Node *first, const char *why) {
  const Value *x = graph_value(g, n->in[0]);
  log_decision(c, g,
               (Decision){.pass = "siblings",
                          .node = n->name,
                          .other = first->name,
                          .span = n->span,
                          .span2 = first->span,
                          .taken = !why,
                          .what = str_fmt(c->arena, "%s with %s", n->name, first->name),
                          .reason = why ? why : "both read the same value in the same way",
                          .bytes = value_bytes(x)});
}

/* All that go with `first`, in order of execution. */
static Family family_of(Ctx *c, Graph *g, const Facts *f, Node *first) {
  Family s = {0};
  for (int i = first->id; i < g->nodes.len && s.n < MAX_SIBLINGS; i++) {
    Node *n = g->nodes.at[i];
    if (n->dead || n->op != OP_CONV || n->in[0] != first->in[0]) continue;
    if (n != first && !same_attrs(n, first, "out bias")) continue;
    Node *act = activation_of(g, f, n), *last = act ? act : n;
    const char *why = refusal(g, f, n, last);
    if (!why && s.n) {
      bool alike =
          (s.last[0] == s.conv[0]) == (last == n) && (!act || same_attrs(act, s.last[0], ""));
      if (!alike) why = "another activation follows";
    }
    if (!why && n == first && ATTR(n, ConvAttr)->out % SLICE_CHANNELS)
      why = "its channels are no multiple of 16";
    if (n != first) decide(c, g, n, first, why);
    if (why && n == first) return s;
    if (why) continue;
    s.conv[s.n] = n;
    s.last[s.n++] = last;
    if (ATTR(n, ConvAttr)->out % SLICE_CHANNELS) break; /* the next would begin amid a vector */
  }
  return s;
}

/* ---- merging ----------------------------------------------------------------------------- */

static ValueId zeros(Ctx *c, Graph *g, const Node *n) {
  int64_t count = ATTR(n, ConvAttr)->out;
  const char *name = graph_unique_name(c, g, str_fmt(c->arena, "%s.zero", n->name));
  Value *v = graph_add_value(c, g, V_CONST, name, DT_F32, SHAPE(count), n->span);
  v->data = NEWN(c->arena, float, count);
  return v->id;
}

/* The weights, or biases, of all one behind the other along the output channels. */
static ValueId joined(Ctx *c, Graph *g, const Family *s, int operand, const char *what) {
  ValueId in[MAX_SIBLINGS];
  for (int i = 0; i < s->n; i++)
    in[i] = s->conv[i]->nin > operand ? s->conv[i]->in[operand] : zeros(c, g, s->conv[i]);
  Node *first = s->conv[0];
  const char *name = graph_unique_name(c, g, str_fmt(c->arena, "%s.%s", first->name, what));
  Node *n = graph_insert_node(c, g, first->id, OP_CONCAT, &(AxisAttr){0}, in, s->n, name,
                              first->scope, first->span);
  return n ? n->out[0] : -1;
}

/* The convolution of all, with the activation of all, in front of the first. */
static ValueId build(Ctx *c, Graph *g, const Family *s) {
  Node *first = s->conv[0];
  ConvAttr attr = *ATTR(first, ConvAttr);
  attr.out = 0;
  for (int i = 0; i < s->n; i++) {
    attr.out += ATTR(s->conv[i], ConvAttr)->out;
    attr.bias |= s->conv[i]->nin > 2;
  }
  ValueId in[3] = {first->in[0], joined(c, g, s, 1, "weights"), -1};
  if (attr.bias) in[2] = joined(c, g, s, 2, "biases");
  if (in[1] < 0 || (attr.bias && in[2] < 0)) return -1;
  const char *name = graph_unique_name(c, g, str_fmt(c->arena, "%s.siblings", first->name));
  Node *n = node_insert(c, g, first, OP_CONV, &attr, in, 2 + attr.bias, name);
  if (!n || s->last[0] == first) return n ? n->out[0] : -1;
  Node *act = s->last[0];
  name = graph_unique_name(c, g, str_fmt(c->arena, "%s.siblings", act->name));
  Node *a = node_insert(c, g, first, act->op, act->attr, n->out, 1, name);
  return a ? a->out[0] : -1;
}

static bool merge(Ctx *c, Graph *g, const Family *s) {
  ValueId all = build(c, g, s);
  int64_t at = 0;
  for (int i = 0; i < s->n; i++) {
    Node *n = s->last[i];
    int64_t out = ATTR(s->conv[i], ConvAttr)->out;
    SliceAttr *slice = attr_defaults(c, OP_SLICE);
    if (all < 0) return false;
    *slice = (SliceAttr){.axis = 1, .start = at, .stop = at + out, .step = 1};
    if (n != s->conv[i]) s->conv[i]->dead = true;
    node_become(c, n, OP_SLICE, slice, all);
    at += out;
  }
  return true;
}

bool pass_siblings(Ctx *c, Graph *g) {
  Facts f = {graph_use_counts(c, g), graph_weight_time(c, g), g->values.len,
             NEWN(c->arena, Node *, g->values.len)};
  for (int i = g->nodes.len - 1; i >= 0; i--)
    for (int j = 0; j < g->nodes.at[i]->nin; j++) f.read[g->nodes.at[i]->in[j]] = g->nodes.at[i];
  weights_first(c, g);
  for (int i = 0; i < g->nodes.len; i++) {
    Node *n = g->nodes.at[i];
    if (n->dead || n->op != OP_CONV || n->out[0] >= f.values || f.uses[n->in[0]] < 2) continue;
    Family s = family_of(c, g, &f, n);
    if (s.n < 2) continue;
    if (!merge(c, g, &s)) return false;
    while (g->nodes.at[i] != n) i++;
  }
  return true;
}
