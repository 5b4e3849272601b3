/* names.c: which names of a graph are taken, found in constant time.
 *
 * A hash table over interned names, built at the first question and kept up by everything that
 * gives a node or a value its name. It forgets nothing: an owner that died, went or was renamed
 * is recognised when it is looked at, since whoever holds a name stands in the graph with it.
 */
#include "ir.h"

typedef struct Owner {
  const char *name;
  const Value *value; /* or */
  const Node *node;
  int next; /* owner of a name with the same hash, -1 at the end */
} Owner;

struct NameIndex { /* all zero until somebody asks */
  VEC(Owner) owners;
  int *first; /* by hash */
  int size;   /* of `first`, a power of two */
};

static int hash_of(const NameIndex *x, const char *name) {
  uint64_t h = (uint64_t)(uintptr_t)name * 0x9E3779B97F4A7C15u;
  return (int)(h >> 40) & (x->size - 1);
}

static void link_owner(NameIndex *x, int i) {
  int *first = &x->first[hash_of(x, x->owners.at[i].name)];
  x->owners.at[i].next = *first;
  *first = i;
}

static void grow(Ctx *c, NameIndex *x) {
  x->size = x->size ? 4 * x->size : 64;
  x->first = NEWN(c->arena, int, x->size);
  for (int i = 0; i < x->size; i++) x->first[i] = -1;
  for (int i = 0; i < x->owners.len; i++) link_owner(x, i);
}

static void add_owner(Ctx *c, NameIndex *x, Owner o) {
  vec_push(c->arena, &x->owners, o);
  if (x->owners.len > x->size)
    grow(c, x);
  else
    link_owner(x, x->owners.len - 1);
}

NameIndex *graph_names_new(Ctx *c) { return NEW(c->arena, NameIndex); }

void graph_name_value(Ctx *c, const Graph *g, Value *v, const char *name) {
  v->name = name;
  if (g->names->size) add_owner(c, g->names, (Owner){.name = name, .value = v});
}

void graph_name_node(Ctx *c, const Graph *g, Node *n, const char *name) {
  n->name = name;
  if (g->names->size) add_owner(c, g->names, (Owner){.name = name, .node = n});
}

static bool value_holds(const Graph *g, const Value *v, const char *name) {
  return graph_value(g, v->id) == v && v->name == name && !(v->def && v->def->dead);
}

static bool node_holds(const Graph *g, const Node *n, const char *name) {
  bool stands = n->id < g->nodes.len && g->nodes.at[n->id] == n;
  return stands && n->name == name && !n->dead;
}

static bool name_used(const Graph *g, const char *name) {
  const NameIndex *x = g->names;
  for (int i = x->first[hash_of(x, name)]; i >= 0; i = x->owners.at[i].next) {
    const Owner *o = &x->owners.at[i];
    if (o->name != name) continue;
    if (o->value ? value_holds(g, o->value, name) : node_holds(g, o->node, name)) return true;
  }
  return false;
}

static void index_names(Ctx *c, const Graph *g) {
  grow(c, g->names);
  for (int i = 0; i < g->values.len; i++)
    graph_name_value(c, g, g->values.at[i], g->values.at[i]->name);
  for (int i = 0; i < g->nodes.len; i++)
    graph_name_node(c, g, g->nodes.at[i], g->nodes.at[i]->name);
}

/* The names of dead nodes and of their values are free: a replacement may take them over. */
const char *graph_unique_name(Ctx *c, const Graph *g, const char *base) {
  if (!g->names->size) index_names(c, g);
  const char *name = ctx_name(c, base);
  for (int n = 2; name_used(g, name); n++)
    name = ctx_name(c, str_fmt(c->arena, "%s_%d", base, n));
  return name;
}
