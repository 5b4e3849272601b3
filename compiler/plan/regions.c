/* regions.c: several memories of given sizes, the fastest first.
 * What is read and written most for each byte of its own goes into the fastest region where it
 * fits together with what is there already, lifetimes counted; the rest into the next, and so on.
 * The workspace of a thread is one more such thing, alive all the time. Where the last region is
 * too small for what is left, tensors alive in its fullest epoch are moved to the front, one after
 * another. Offsets run through all regions, as though one followed another.
 */
#include "packing.h"
#include "plan.h"

#include <stdlib.h>

enum { ALIGNED = 64, TRY = 300000, LAST = 100000000, SHOWN = 4 };

/* A buffer, or the workspace behind all of them. */
typedef struct Thing {
  int buffer; /* -1: the workspace */
  int first, last;
  int64_t bytes;
  double traffic; /* bytes read and written in a run */
  int rank;       /* moved to the front before others: 1, 2, …; 0: in its place */
  int region;     /* -1: none yet */
} Thing;

typedef struct Regions {
  Ctx *c;
  Plan *p;
  Thing *at;
  int n, moved;
  PackItem *items; /* room for one region's */
  int *thing_of;   /* by item */
} Regions;

/* What steps read and write; what the caller does with ends inside. */
static void add_traffic(Regions *r) {
  Plan *p = r->p;
  const Graph *g = p->g;
  Thing *ws = &r->at[p->buffers.len];
  for (int i = 0; i < p->steps.len; i++) {
    const Step *st = &p->steps.at[i];
    const Node *n = g->nodes.at[st->node];
    if (st->view) continue;
    for (int j = 0; j <= n->nin; j++) {
      const Value *v = graph_value(g, j < n->nin ? n->in[j] : n->out[0]);
      int b = p->buffer_of[v->id];
      if (b >= 0) r->at[b].traffic += (double)(shape_count(&v->shape) * dtype_size(v->type));
    }
    if (st->choice.workspace)
      ws->traffic += 2.0 * (double)st->choice.workspace *
                     (double)(st->choice.units > 0 ? st->choice.units : 1);
  }
}

static int hottest(const void *a, const void *b) {
  const Thing *x = a, *y = b;
  if (x->rank != y->rank) return !x->rank ? 1 : !y->rank ? -1 : x->rank < y->rank ? -1 : 1;
  double u = x->traffic * (double)y->bytes, v = y->traffic * (double)x->bytes;
  if (u < v || u > v) return u < v ? 1 : -1;
  return (x->buffer > y->buffer) - (x->buffer < y->buffer);
}

/* Packs what region `to` holds; its peak. */
static Packing pack(Regions *r, int to, int64_t capacity, int64_t effort) {
  Packing k = {.at = r->items, .align = ALIGNED, .capacity = capacity, .effort = effort};
  for (int i = 0; i < r->n; i++) {
    const Thing *t = &r->at[i];
    if (t->region != to || t->buffer < 0) continue;
    r->thing_of[k.n] = i;
    r->items[k.n++] = (PackItem){"", t->first, t->last + 1, t->bytes, 0};
  }
  if (k.n) packing_solve(r->c, &k);
  return k;
}

/* Bytes of a region that tensors may take: what the workspace leaves. */
static int64_t room(const Regions *r, int region) {
  int64_t left = r->p->memory.region[region].capacity / ALIGNED * ALIGNED;
  for (int i = 0; i < r->n; i++)
    if (r->at[i].buffer < 0 && r->at[i].region == region) left -= r->at[i].bytes;
  return left;
}

static int64_t most_alive(const Regions *r, int region, int first, int last, int *when) {
  int64_t most = 0;
  for (int e = first; e <= last; e++) {
    int64_t sum = 0;
    for (int i = 0; i < r->n; i++) {
      const Thing *t = &r->at[i];
      if (t->region == region && t->buffer >= 0 && t->first <= e && e <= t->last) sum += t->bytes;
    }
    if (sum > most) {
      most = sum;
      if (when) *when = e;
    }
  }
  return most;
}

/* Does it fit beside what the region holds? Then it stays there. */
static bool fits(Regions *r, Thing *t, int region) {
  t->region = region;
  int64_t left = room(r, region);
  int first = t->buffer < 0 ? 0 : t->first, last = t->buffer < 0 ? r->p->epochs - 1 : t->last;
  bool ok = left >= 0 && most_alive(r, region, first, last, NULL) <= left;
  if (ok) ok = pack(r, region, left, TRY).peak <= left;
  if (!ok) t->region = -1;
  return ok;
}

/* Fills the regions in the order of heat; the last one takes what is left. Does that fit? */
static bool fill(Regions *r) {
  const MemoryModel *m = &r->p->memory;
  int last = m->regions - 1;
  qsort(r->at, (size_t)r->n, sizeof *r->at, hottest);
  for (int i = 0; i < r->n; i++) r->at[i].region = -1;
  for (int k = 0; k < last; k++)
    for (int i = 0; i < r->n; i++)
      if (r->at[i].region < 0) fits(r, &r->at[i], k);
  for (int i = 0; i < r->n; i++)
    if (r->at[i].region < 0) r->at[i].region = last;
  int64_t left = room(r, last);
  return left >= 0 && most_alive(r, last, 0, r->p->epochs - 1, NULL) <= left &&
         pack(r, last, left, LAST).peak <= left;
}

/* The largest tensor of the last region's fullest epoch goes first from now on. */
static bool move_one(Regions *r) {
  int last = r->p->memory.regions - 1, epoch = 0;
  Thing *most = NULL;
  most_alive(r, last, 0, r->p->epochs - 1, &epoch);
  for (int i = 0; i < r->n; i++) {
    Thing *t = &r->at[i];
    bool here = t->region == last && !t->rank && t->first <= epoch && epoch <= t->last;
    if (here && (!most || t->bytes > most->bytes)) most = t;
  }
  if (most) most->rank = ++r->moved;
  return most;
}

/* ---- what is found ------------------------------------------------------------------------- */

static Span span_of(const Plan *p, int buffer) {
  for (int v = 0; buffer >= 0 && v < p->g->values.len; v++)
    if (p->buffer_of[v] == buffer &&
        str_eq(graph_value(p->g, v)->name, p->buffers.at[buffer].name))
      return graph_value(p->g, v)->span;
  return NO_SPAN;
}

static const char *thing_text(const Regions *r, const Thing *t) {
  const char *name = t->buffer < 0
                         ? "the thread's workspace"
                         : str_fmt(r->c->arena, "'%s'", r->p->buffers.at[t->buffer].name);
  return str_fmt(r->c->arena, "%s: %s bytes", name, str_thousands(r->c->arena, t->bytes));
}

static int largest(const void *a, const void *b) {
  const Thing *x = a, *y = b;
  if (x->bytes != y->bytes) return x->bytes < y->bytes ? 1 : -1;
  return (x->buffer > y->buffer) - (x->buffer < y->buffer);
}

/* By how much what is left does not fit the last region, and its largest tensors then. */
static bool too_small(Regions *r) {
  const MemoryModel *m = &r->p->memory;
  const Region *last = &m->region[m->regions - 1];
  Arena *a = r->c->arena;
  int epoch = 0, shown = 0;
  most_alive(r, m->regions - 1, 0, r->p->epochs - 1, &epoch);
  int64_t held = last->capacity - room(r, m->regions - 1),
          sum = held + pack(r, m->regions - 1, 0, TRY).peak;
  qsort(r->at, (size_t)r->n, sizeof *r->at, largest);
  Diag *d = NULL;
  for (int i = 0; i < r->n && shown < SHOWN; i++) {
    const Thing *t = &r->at[i];
    bool here = t->buffer < 0 || (t->first <= epoch && epoch <= t->last);
    if (!here || t->region != m->regions - 1) continue;
    Span span = span_of(r->p, t->buffer);
    if (!shown++) {
      d = diag_error(r->c, DIAG_E0706, span,
                     "the regions are too small: what is left for '%s' takes %s bytes, %s more "
                     "than it has",
                     last->name, str_thousands(a, sum), str_thousands(a, sum - last->capacity));
      diag_under(r->c, d, "%s", thing_text(r, t));
    } else if (span.file) {
      diag_also(r->c, d, span, "%s", thing_text(r, t));
    } else {
      diag_note(r->c, d, "%s", thing_text(r, t));
    }
  }
  if (d) diag_note(r->c, d, "in epoch %d, where most of it is alive at once", epoch);
  return false;
}

/* Final offsets of one region, which begins at `base`. */
static void settle(Regions *r, int region, int64_t base) {
  Plan *p = r->p;
  Region *m = &p->memory.region[region];
  int64_t left = room(r, region), all = 0;
  Packing k = pack(r, region, 0, LAST);
  if (k.peak > left) k = pack(r, region, left, region == p->memory.regions - 1 ? LAST : TRY);
  m->offset = base;
  m->bytes = k.peak;
  m->lower_bound = k.densest;
  m->optimal = k.optimal || !k.n;
  for (int i = 0; i < k.n; i++) {
    Buffer *b = &p->buffers.at[r->at[r->thing_of[i]].buffer];
    b->offset = base + k.at[i].offset;
    b->region = region;
    all++;
  }
  double sum = 0;
  for (int i = 0; i < r->n; i++) {
    const Thing *t = &r->at[i];
    sum += t->traffic;
    if (t->region != region) continue;
    m->traffic += t->traffic;
    if (t->buffer < 0) m->thread_bytes = t->bytes;
  }
  log_decision(r->c, p->g,
               (Decision){.pass = "regions",
                          .node = "",
                          .taken = true,
                          .what = str_fmt(r->c->arena, "%lld buffers in %s of %s bytes of %s",
                                          (long long)all,
                                          str_thousands(r->c->arena, m->bytes + m->thread_bytes),
                                          str_thousands(r->c->arena, m->capacity), m->name),
                          .reason = str_fmt(r->c->arena, "%.0f %% of all bytes read and written",
                                            sum > 0 ? 100 * m->traffic / sum : 0)});
}

bool plan_regions(Ctx *c, Plan *p) {
  int n = p->buffers.len;
  Regions r = {.c = c, .p = p, .n = n + (p->thread_bytes > 0)};
  r.at = NEWN(c->arena, Thing, n + 1);
  r.items = NEWN(c->arena, PackItem, n + 1);
  r.thing_of = NEWN(c->arena, int, n + 1);
  for (int i = 0; i < n; i++) {
    const Buffer *b = &p->buffers.at[i];
    r.at[i] = (Thing){i, b->first, b->last, b->bytes, 0, 0, -1};
  }
  r.at[n] = (Thing){-1, 0, p->epochs - 1, p->thread_bytes, 0, 0, -1};
  add_traffic(&r);
  while (!fill(&r))
    if (!move_one(&r)) return too_small(&r);
  p->arena_bytes = 0;
  for (int k = 0; k < p->memory.regions; k++) {
    settle(&r, k, p->arena_bytes);
    p->arena_bytes += p->memory.region[k].bytes;
  }
  for (int i = 0; i < r.n; i++) r.at[i].region = 0;
  p->lower_bound = most_alive(&r, 0, 0, p->epochs - 1, NULL);
  p->optimal = p->arena_bytes == p->lower_bound;
  return true;
}

const Region *plan_region_of(const Plan *p, int64_t offset) {
  const MemoryModel *m = &p->memory;
  int k = 0;
  while (k + 1 < m->regions && offset >= m->region[k].offset + m->region[k].bytes) k++;
  return m->regions ? &m->region[k] : NULL;
}
