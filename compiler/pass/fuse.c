/* fuse.c: merges groups, so that what one computes is consumed in registers by the next.
 *
 * Walks the groups in order. A group of one element-wise node (activation, sum or product with a
 * residual, affine) goes into the group that computes its operand, as an epilogue; of several
 * possible hosts the one computed last. A flatten goes into the dense layer that reads it, as a
 * prologue. The merged group stands where the later one stood, so every operand is there.
 * Only a value with one reader that is no graph output can vanish.
 * Every candidate is logged, with the bytes that are (or would be) neither written nor read.
 */
#include "pass.h"

static const Node *anchor_of(const Node *group) {
  return group->body->nodes.at[ATTR(group, GroupAttr)->anchor];
}

static bool is_live_group(const Node *n) { return n && !n->dead && n->op == OP_GROUP; }

/* ---- what may go where ------------------------------------------------------------------- */

static bool is_unary(OpKind op) {
  return (op_table[op].flags & OPF_UNARY) && !(op_table[op].flags & OPF_VIEW);
}

static bool is_binary(OpKind op) { return op_table[op].flags & OPF_BINARY; }

static bool is_pool(OpKind op) { return pool_form(op, NULL) != POOL_NOT; }

static bool is_linear(OpKind op) { return op == OP_CONV || op == OP_DENSE; }

/* Can a group with this anchor finish its elements with `op`? */
static bool accepts(OpKind anchor, OpKind op) {
  if (is_linear(anchor)) return true;
  if (anchor == OP_CAST) return is_unary(op) || op == OP_AFFINE;
  if (is_binary(anchor) || is_unary(anchor) || anchor == OP_AFFINE)
    return is_unary(op) || is_binary(op);
  return is_unary(op) &&
         (is_pool(anchor) || (op_table[anchor].flags & OPF_REMAP) || anchor == OP_LOCAL);
}

/* Sum, product, minimum, maximum of running values of one shape: the order of the operands does
 * not matter, none broadcasts, and none is a constant, which lies in plain layout. */
static bool is_residual(const Graph *g, const Node *group, const Node *n) {
  if (!is_binary(n->op) || n->nin > 3) return false;
  if (n->op == OP_SUB || n->op == OP_DIV || n->op == OP_POW) return false;
  const Shape *y = &graph_value(g, group->out[0])->shape;
  for (int i = 0; i < group->nin; i++) {
    const Value *x = graph_value(g, group->in[i]);
    bool runs = x->kind == V_INPUT || (x->kind == V_RESULT && x->def->op == OP_GROUP);
    if (!runs || !shape_eq(&x->shape, y)) return false;
  }
  return true;
}

/* Groups of one node that look for a host. */
static bool is_epilogue(const Graph *g, const Node *group) {
  if (group->body->nodes.len != 1) return false;
  const Node *n = group->body->nodes.at[0];
  if (n->notes.kernel) return false; /* it is to run in a kernel of its own */
  return is_unary(n->op) || n->op == OP_AFFINE || is_residual(g, group, n);
}

/* Reads of every value, counting each operand: add(x, x) reads twice. Merging two groups changes
 * none but those of the value between them, which goes. */
static int *count_reads(Ctx *c, const Graph *g) {
  int *reads = NEWN(c->arena, int, g->values.len);
  for (int i = 0; i < g->nodes.len; i++) {
    const Node *n = g->nodes.at[i];
    for (int j = 0; j < n->nin && !n->dead; j++) {
      if (!n->body) reads[n->in[j]]++;
      for (int k = 0; n->body && k < n->body->nodes.len; k++)
        for (int l = 0; l < n->body->nodes.at[k]->nin; l++)
          reads[n->in[j]] += n->body->nodes.at[k]->in[l] == n->body->inputs.at[j];
    }
  }
  return reads;
}

/* Why the value between two groups must stay in memory; NULL if it need not. */
static const char *must_stay(Ctx *c, const Graph *g, const int *all_reads, const Node *first,
                             const Node *second) {
  ValueId id = first->out[0];
  int reads = all_reads[id];
  if (first->nout != 1) return "several results";
  if (graph_is_output(g, id)) return "graph output";
  if (reads > 1) return str_fmt(c->arena, "%d consumers", reads);
  if (first->nin + second->nin - 1 > GROUP_MAX_IN) return "too many operands for one group";
  return NULL;
}

static const char *refusal(Ctx *c, const Graph *g, const int *reads, const Node *host,
                           const Node *n) {
  OpKind anchor = anchor_of(host)->op, op = anchor_of(n)->op;
  if (!accepts(anchor, op))
    return str_fmt(c->arena, "%s cannot finish its elements with %s", op_table[anchor].name,
                   op_table[op].name);
  if (host->body->nodes.len - 1 - ATTR(host, GroupAttr)->anchor >= GROUP_MAX_EPILOGUE)
    return "the epilogue is long enough";
  return must_stay(c, g, reads, host, n);
}

/* ---- merging ----------------------------------------------------------------------------- */

/* One group out of two; `first` computes an operand of `second`. */
static bool merge(Ctx *c, Graph *g, Node *first, Node *second, bool prologue) {
  const Node *named = prologue ? second : first;
  Body b = body_new(c, g, named->name);
  ValueId mid = body_append(c, &b, g, first, -1, -1);
  if (mid < 0) return false;
  int64_t anchor = prologue ? b.g->nodes.len + ATTR(second, GroupAttr)->anchor
                            : ATTR(first, GroupAttr)->anchor;
  ValueId result = body_append(c, &b, g, second, first->out[0], mid);
  if (result < 0) return false;
  Span span = prologue ? second->span : span_pipe(c, first->span, second->span);
  first->dead = true;
  return body_close(c, g, &b, second->id, anchor, result, named, span, second);
}

static void decide(Ctx *c, Graph *g, const Node *n, const Node *host, const Value *between,
                   const char *why) {
  const char *reason = why ? why : "only consumer, element by element";
  log_decision(c, g,
               (Decision){.pass = "fuse",
                          .node = n->name,
                          .other = host->name,
                          .span = n->span,
                          .span2 = host->span,
                          .taken = !why,
                          .what = str_fmt(c->arena, "%s into %s", n->name, host->name),
                          .reason = reason,
                          .bytes = 2 * value_bytes(between)});
}

/* ---- candidates -------------------------------------------------------------------------- */

/* The host is the last computed of the groups that could take n in. */
static bool fuse_epilogue(Ctx *c, Graph *g, const int *reads, Node *n) {
  const Node *body = n->body->nodes.at[0];
  int data = is_binary(body->op) ? n->nin : 1;
  Node *best = NULL;
  for (int i = 0; i < data; i++) {
    Node *host = graph_value(g, n->in[i])->def;
    if (!is_live_group(host)) continue;
    const char *why = refusal(c, g, reads, host, n);
    if (why)
      decide(c, g, n, host, graph_value(g, n->in[i]), why);
    else if (!best || host->id > best->id)
      best = host;
  }
  if (!best) return true;
  for (int i = 0; i < data; i++) {
    Node *host = graph_value(g, n->in[i])->def;
    if (!is_live_group(host) || host == best || refusal(c, g, reads, host, n)) continue;
    decide(c, g, n, host, graph_value(g, n->in[i]),
           str_fmt(c->arena, "%s is computed later and takes it", best->name));
  }
  decide(c, g, n, best, graph_value(g, best->out[0]), NULL);
  return merge(c, g, best, n, false);
}

/* A dense layer permutes the columns of its weights instead of moving the map it reads. */
static bool fuse_flatten(Ctx *c, Graph *g, const int *reads, Node *n) {
  Node *flat = graph_value(g, n->in[0])->def;
  if (!is_live_group(flat) || anchor_of(flat)->op != OP_FLATTEN) return true;
  const char *why = must_stay(c, g, reads, flat, n);
  if (anchor_of(flat)->notes.kernel) why = "@kernel asks for one of its own";
  decide(c, g, flat, n, graph_value(g, flat->out[0]), why);
  return why || merge(c, g, flat, n, true);
}

bool pass_fuse(Ctx *c, Graph *g) {
  const int *reads = count_reads(c, g);
  for (int i = 0; i < g->nodes.len; i++) {
    Node *n = g->nodes.at[i];
    if (!is_live_group(n) || !n->nin) continue;
    bool dense = n->body->nodes.len == 1 && n->body->nodes.at[0]->op == OP_DENSE;
    if (dense && !fuse_flatten(c, g, reads, n)) return false;
    if (is_epilogue(g, n) && !fuse_epilogue(c, g, reads, n)) return false;
  }
  return true;
}
