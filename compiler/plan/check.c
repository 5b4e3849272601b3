/* check.c: verifies a finished plan from the graph, layouts and places alone.
 * Shares no code with the planner. Two values may overlap in memory only if one is a view of the
 * other (or both lie in one concat at different places), if one replaces the other, all readers of
 * which are behind a barrier by then, or if no epoch needs both; a value is
 * read only in a later epoch than it was written, or by the one thread that wrote it; everything lies inside the arena, aligned.
 */
#include "plan.h"

typedef struct Life { /* what the checker knows of one value */
  int born, dies, family;
  int64_t low, high; /* bytes within the arena, exclusive end, of sample 0 */
  int64_t stride;    /* bytes from one sample to the next */
  int64_t samples;
  bool alone; /* written by thread 0 */
} Life;

static bool fault(Ctx *c, const Node *n, const char *what, const char *a, const char *b) {
  diag_error(c, DIAG_E0704, n ? n->span : NO_SPAN, "faulty plan: %s ('%s', '%s')", what, a, b);
  return false;
}

/* Before the first epoch only the caller writes: inputs. */
static Life extent(const Value *v) {
  int born = v->kind == V_INPUT ? -1 : -2;
  Life l = {.born = born, .dies = born, .samples = 1, .family = v->id};
  int64_t span = 1, size = dtype_size(v->type);
  for (int a = 0; a < v->layout.naxes; a++) {
    const LayoutAxis *x = &v->layout.axis[a];
    if (x->dim == 0 && v->shape.rank > 1)
      l.samples = x->extent, l.stride = size * x->stride;
    else
      span += (x->extent - 1) * x->stride;
  }
  l.low = v->place.offset;
  l.high = l.low + size * span;
  return l;
}

/* For every sample of a, the first sample of b that ends behind its beginning decides. */
static bool overlap(const Life *a, const Life *b) {
  if (a->dies < b->born || b->dies < a->born) return false;
  for (int64_t i = 0; i < a->samples; i++) {
    int64_t low = a->low + i * a->stride, high = a->high + i * a->stride;
    int64_t j = b->stride && low >= b->high ? (low - b->high) / b->stride + 1 : 0;
    int64_t at = j * b->stride;
    if (j < b->samples && b->low + at < high && low < b->high + at) return true;
  }
  return false;
}

static int64_t end_of(const Life *l) { return l->high + (l->samples - 1) * l->stride; }

/* Does a value lie within the storage of another, all samples together? */
static bool inside(const Life *in, const Life *out, const Place *x, const Place *y) {
  return x->kind == y->kind && (x->kind == PLACE_ARENA || x->index == y->index) &&
         in->low >= out->low && end_of(in) <= end_of(out);
}

static bool follow(Ctx *c, const Plan *p, Life *life) {
  for (int i = 0; i < p->steps.len; i++) {
    const Step *s = &p->steps.at[i];
    const Node *n = p->g->nodes.at[s->node];
    Life *out = &life[n->out[0]];
    for (int j = 0; j < n->nin; j++) {
      Life *in = &life[n->in[j]];
      const Value *v = graph_value(p->g, n->in[j]);
      bool data = v->kind == V_RESULT || v->place.kind == PLACE_ARENA;
      if (!data || v->place.kind == PLACE_WEIGHTS) continue;
      const Place *place = &graph_value(p->g, n->out[0])->place;
      if (s->view && !inside(in, out, &v->place, place) && !inside(out, in, place, &v->place))
        return fault(c, n, "a view lies elsewhere than its input", n->name, v->name);
      if (s->view) { /* shares storage: the younger value inherits birth, the older death */
        out->alone = in->born > out->born    ? in->alone
                     : in->born == out->born ? in->alone && out->alone
                                             : out->alone;
        out->born = in->born > out->born ? in->born : out->born;
        continue;
      }
      if (in->born > s->epoch || (in->born == s->epoch && !(in->alone && s->serial)))
        return fault(c, n, "read without a barrier", v->name, n->name);
      in->dies = s->epoch > in->dies ? s->epoch : in->dies;
    }
    if (!s->view) out->born = out->dies = s->epoch, out->alone = s->serial;
  }
  for (int i = 0; i < p->g->outputs.len; i++) life[p->g->outputs.at[i]].dies = p->epochs;
  for (int i = p->steps.len - 1; i >= 0; i--) { /* storage of a view is needed until its end */
    const Node *n = p->g->nodes.at[p->steps.at[i].node];
    for (int j = 0; p->steps.at[i].view && j < n->nin; j++) {
      Life *in = &life[n->in[j]], *out = &life[n->out[0]];
      if (out->dies > in->dies) in->dies = out->dies;
    }
  }
  return true;
}

/* True if `a` is reached from `b` through views: they share storage on purpose. */
static bool within(const Plan *p, ValueId a, ValueId b) {
  if (a == b) return true;
  for (int i = 0; i < p->steps.len; i++) {
    const Node *n = p->g->nodes.at[p->steps.at[i].node];
    for (int j = 0; p->steps.at[i].view && n->out[0] == b && j < n->nin; j++)
      if (within(p, a, n->in[j])) return true;
  }
  return false;
}

/* What a chain of reshapes looks at: all views of one value share its storage on purpose. */
static ValueId origin(const Plan *p, ValueId id) {
  for (int i = p->steps.len - 1; i >= 0; i--) {
    const Node *n = p->g->nodes.at[p->steps.at[i].node];
    if (p->steps.at[i].view && n->nin == 1 && n->out[0] == id) id = n->in[0];
  }
  return id;
}

static bool lie_alike(const Value *a, const Value *b) {
  bool same = a->place.offset == b->place.offset && a->layout.naxes == b->layout.naxes;
  for (int i = 0; same && i < a->layout.naxes; i++) {
    const LayoutAxis *x = &a->layout.axis[i], *y = &b->layout.axis[i];
    same =
        x->dim == y->dim && x->div == y->div && x->extent == y->extent && x->stride == y->stride;
  }
  return same;
}

/* Does a step write `young` over its operand `old`, element for element, as its only reader from
 * its epoch on? Convolutions may so replace what they add at the end, never what they slide over.
 */
static bool replaces(const Plan *p, ValueId young, ValueId old, const Life *life) {
  bool found = false;
  for (int i = 0; i < p->steps.len; i++) {
    const Step *s = &p->steps.at[i];
    const Node *n = p->g->nodes.at[s->node];
    for (int j = 0; j < n->nin; j++) {
      if (n->in[j] != old) continue;
      bool here = n->out[0] == young && s->in_place == j + 1 && !s->view && !found;
      if (here && (life[old].born >= s->epoch || (j == 0 && opens_stage(n->body->nodes.at[0]))))
        return false;
      if (!here && (s->epoch >= life[young].born || s->view)) return false;
      found |= here;
    }
  }
  return found && lie_alike(graph_value(p->g, young), graph_value(p->g, old));
}

/* The values of the arena by birth, -1 at the end; of one epoch in the order of their ids. */
static ValueId *by_birth(Ctx *c, const Plan *p, const Life *life) {
  int n = p->g->values.len, latest = 0;
  for (int i = 0; i < n; i++)
    if (life[i].born > latest) latest = life[i].born;
  int *from = NEWN(c->arena, int, latest + 4);
  for (int i = 0; i < n; i++)
    if (graph_value(p->g, i)->place.kind == PLACE_ARENA) from[life[i].born + 3]++;
  for (int e = 1; e < latest + 4; e++) from[e] += from[e - 1];
  ValueId *order = NEWN(c->arena, ValueId, n + 1);
  order[from[latest + 3]] = -1;
  for (int i = 0; i < n; i++)
    if (graph_value(p->g, i)->place.kind == PLACE_ARENA) order[from[life[i].born + 2]++] = i;
  return order;
}

/* One value against all that live at its birth and are not older in the list. */
static bool check_value(Ctx *c, const Plan *p, const Life *life, ValueId i, const ValueId *alive,
                        int n) {
  const Value *a = graph_value(p->g, i);
  if (a->place.offset % (a->layout.offset ? 4 : 64) || life[i].low < 0 ||
      end_of(&life[i]) > p->arena_bytes)
    return fault(c, a->def, "outside the arena or unaligned", a->name, "");
  for (int k = 0; k < n; k++) {
    if (!overlap(&life[i], &life[alive[k]])) continue;
    ValueId from = origin(p, i), to = origin(p, alive[k]);
    if (!within(p, from, to) && !within(p, to, from) && !replaces(p, from, to, life) &&
        !replaces(p, to, from, life))
      return fault(c, a->def, "two live values overlap", a->name,
                   graph_value(p->g, alive[k])->name);
  }
  return true;
}

/* Regions hold what their sizes say, one behind the other, and no buffer lies in two. */
static bool check_regions(Ctx *c, const Plan *p) {
  int64_t end = 0;
  for (int i = 0; i < p->memory.regions; i++) {
    const Region *r = &p->memory.region[i];
    if (r->offset != end || r->bytes + r->thread_bytes > r->capacity)
      return fault(c, NULL, "a region overflows", r->name, "");
    end += r->bytes;
  }
  for (int i = 0; p->memory.regions && i < p->buffers.len; i++) {
    const Buffer *b = &p->buffers.at[i];
    const Region *r = &p->memory.region[b->region];
    if (b->offset < r->offset || b->offset + b->bytes > r->offset + r->bytes)
      return fault(c, NULL, "a buffer lies outside its region", b->name, r->name);
  }
  return true;
}

/* Values by the epoch of their birth: two that overlap in time meet when the later is born. */
bool plan_check(Ctx *c, const Plan *p) {
  int n = p->g->values.len, live = 0;
  Life *life = NEWN(c->arena, Life, n + 1);
  for (int i = 0; i < n; i++) life[i] = extent(graph_value(p->g, i));
  if (!check_regions(c, p) || !follow(c, p, life)) return false;
  ValueId *order = by_birth(c, p, life), *alive = NEWN(c->arena, ValueId, n + 1);
  for (; *order >= 0; order++) {
    int kept = 0;
    for (int k = 0; k < live; k++)
      if (life[alive[k]].dies >= life[*order].born) alive[kept++] = alive[k];
    live = kept;
    if (!check_value(c, p, life, *order, alive, live)) return false;
    alive[live++] = *order;
  }
  return true;
}
