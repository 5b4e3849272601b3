/* group.c: takes fused groups apart for kernels, and wraps single operators into groups.
 * A group's body is a small graph: an optional flatten, the anchor, then a chain of epilogue
 * nodes, each reading the running value. Operands that come from outside are body inputs, in
 * the same order as the group node's inputs. Groups that run strip by strip (strips.c) go on with
 * further stages, each an anchor with epilogues of its own. */
#include "plan.h"

/* Position in group->in of a body value, -1 if it is computed inside. */
static int outer_position(const Graph *body, ValueId id) {
  for (int i = 0; i < body->inputs.len; i++)
    if (body->inputs.at[i] == id) return i;
  return -1;
}

static bool view_anchor(GroupView *v, const Graph *body) {
  if (v->anchor->nin > MAX_GROUP_IN || v->anchor->nout != 1) return false;
  v->nin = v->anchor->nin;
  for (int i = 0; i < v->nin; i++) {
    ValueId id = v->anchor->in[i];
    const Node *def = graph_value(body, id)->def;
    if (i == 0 && def && def->op == OP_FLATTEN) {
      v->prologue = def;
      id = def->in[0];
    }
    v->in[i] = outer_position(body, id);
    if (v->in[i] < 0) return false;
  }
  return true;
}

/* Adds one node to the epilogue; *running is the value it must read. */
static bool view_epilogue(GroupView *v, const Graph *body, const Node *n, ValueId *running) {
  if (v->nepilogue == MAX_EPILOGUE || n->nout != 1 || n->nin > 3) return false;
  Epilogue *e = &v->epilogue[v->nepilogue++];
  *e = (Epilogue){n, {-1, -1}};
  int found = 0, operands = 0;
  for (int i = 0; i < n->nin; i++) {
    if (n->in[i] == *running) {
      found++;
      continue;
    }
    if (operands == 2) return false;
    int at = outer_position(body, n->in[i]);
    if (at < 0) return false;
    e->operand[operands++] = at;
  }
  *running = n->out[0];
  return found == 1;
}

/* Convolutions and pools finish no other operator's elements: they open a stage. */
bool opens_stage(const Node *n) {
  return n->op == OP_CONV || pool_form(n->op, NULL) == POOL_WINDOWS;
}

bool group_view(const Graph *g, const Node *group, GroupView *v) {
  *v = (GroupView){.g = g, .group = group, .prefer = FMT_ANY};
  if (group->op != OP_GROUP || !group->body || group->nout != 1) return false;
  const Graph *body = group->body;
  int64_t anchor = ATTR(group, GroupAttr)->anchor;
  if (anchor < 0 || anchor >= body->nodes.len || group->nin > MAX_GROUP_IN) return false;
  v->anchor = body->nodes.at[anchor];
  if (!view_anchor(v, body)) return false;
  ValueId running = v->anchor->out[0];
  for (int i = 0; i < body->nodes.len; i++) {
    const Node *n = body->nodes.at[i];
    if (n == v->anchor || n == v->prologue) continue;
    if (opens_stage(n)) {
      v->next = i;
      return true;
    }
    if (!view_epilogue(v, body, n, &running)) return false;
  }
  return body->outputs.len == 1 && body->outputs.at[0] == running;
}

const Value *view_in(const GroupView *v, int i) {
  return graph_value(v->g, v->group->in[v->in[i]]);
}

const Value *view_out(const GroupView *v) { return graph_value(v->g, v->group->out[0]); }

Node *group_insert_single(Ctx *c, Graph *g, NodeId before, OpKind op, const void *attr,
                          ValueId in, const char *name, int scope, Span span) {
  const Value *x = graph_value(g, in);
  Graph *body = graph_new(c, name);
  body->log = g->log;
  Value *bx = graph_add_value(c, body, V_INPUT, ctx_name(c, "x"), x->type, x->shape, x->span);
  vec_push(c->arena, &body->inputs, bx->id);
  Node *inner = graph_add_node(c, body, op, attr, &bx->id, 1, name, 0, span);
  if (!inner) return NULL;
  vec_push(c->arena, &body->outputs, inner->out[0]);
  vec_push(c->arena, &body->output_names, ctx_name(c, "y"));
  GroupAttr group = {NULL, 0};
  /* the shape rule of a group reads the body, so the body is hung on before the rule runs */
  return graph_insert_group(c, g, before, &group, body, &in, 1, name, scope, span);
}
