/* budget.c: --max-arena, --max-weights, --max-code, --max-macs.
 * Each limit is compared with what the plan and the emitted text come to. One that is exceeded is
 * an error at the largest contributor; the next ones follow as second spans. Nothing is written
 * then. */
#include "cli.h"

#include "ops/ops.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN = 4 }; /* contributors */

/* What one tensor, section, kernel or layer adds to a sum. */
typedef struct Share {
  int64_t amount;
  Span span;
  const char *name;
} Share;

typedef VEC(Share) Shares;

static int descending(const void *a, const void *b) {
  const Share *x = a, *y = b;
  if (x->amount != y->amount) return x->amount < y->amount ? 1 : -1;
  return (x->span.begin > y->span.begin) - (x->span.begin < y->span.begin);
}

/* A limit in words: "the arena takes 1,204 bytes, 180 more than --max-arena=1K allows". */
static bool within(Ctx *c, int64_t sum, int64_t limit, const char *what, const char *unit,
                   const char *option, const char *text, Shares *s) {
  Arena *a = c->arena;
  if (!limit || sum <= limit) return true;
  if (s->len) qsort(s->at, (size_t)s->len, sizeof *s->at, descending);
  Diag *d = diag_error(c, DIAG_E0706, s->len ? s->at[0].span : NO_SPAN,
                       "%s %s %s, %s more than --%s=%s allows", what, str_thousands(a, sum), unit,
                       str_thousands(a, sum - limit), option, text);
  for (int i = 0; i < s->len && i < SHOWN; i++) {
    const Share *x = &s->at[i];
    const char *share = str_fmt(a, "'%s': %s %s", x->name, str_thousands(a, x->amount), unit);
    if (!i)
      diag_under(c, d, "%s", share);
    else if (x->span.file)
      diag_also(c, d, x->span, "%s", share);
    else
      diag_note(c, d, "%s", share);
  }
  if (s->len > SHOWN) diag_note(c, d, "and %d smaller ones", s->len - SHOWN);
  return false;
}

/* What lives in the epoch in which the arena is fullest. */
static bool arena_within(Ctx *c, const Plan *p, int64_t limit, const char *text) {
  Shares s = {0};
  int epoch = report_intermediates(c, p).epoch;
  for (int i = 0; i < p->buffers.len; i++) {
    const Buffer *b = &p->buffers.at[i];
    if (b->first > epoch || b->last < epoch) continue;
    Span span = NO_SPAN;
    for (int v = 0; v < p->g->values.len && !span.file; v++)
      if (p->buffer_of[v] == i && str_eq(graph_value(p->g, v)->name, b->name))
        span = graph_value(p->g, v)->span;
    vec_push(c->arena, &s, (Share){b->bytes, span, b->name});
  }
  if (p->thread_bytes)
    vec_push(c->arena, &s, (Share){p->thread_bytes, NO_SPAN, "workspace of the thread"});
  return within(c, p->arena_bytes + p->thread_bytes, limit, "the arena takes", "bytes",
                "max-arena", text, &s);
}

static bool weights_within(Ctx *c, const Plan *p, int64_t limit, const char *text) {
  Shares s = {0};
  int64_t sum = 0;
  for (int i = 0; i < p->sections.len; i++) {
    const Value *v = graph_value(p->g, p->sections.at[i]);
    int64_t bytes = v->layout.naxes ? v->layout.size * dtype_size(v->type) : logical_bytes(v);
    vec_push(c->arena, &s,
             (Share){bytes, v->span, str_dup(c->arena, v->name, strcspn(v->name, "/"))});
    sum += bytes;
  }
  return within(c, sum, limit, "packed weights take", "bytes", "max-weights", text, &s);
}

static bool code_within(Ctx *c, const Plan *p, const Emitted *e, int64_t limit,
                        const char *text) {
  Shares s = {0};
  for (int i = 0; i < e->texts.len; i++) {
    const KernelText *k = &e->texts.at[i];
    vec_push(
        c->arena, &s,
        (Share){(int64_t)k->bytes, p->g->nodes.at[p->steps.at[k->step].node]->span, k->name});
  }
  return within(c, (int64_t)(e->c.len + e->h.len), limit, "the emitted C takes", "bytes",
                "max-code", text, &s);
}

static bool macs_within(Ctx *c, const Graph *g, int64_t limit, const char *text) {
  Shares s = {0};
  int64_t sum = 0;
  for (int i = 0; i < g->nodes.len; i++) {
    const Node *n = g->nodes.at[i];
    int64_t macs = n->dead ? 0 : node_cost(g, n).macs;
    if (!macs) continue;
    vec_push(c->arena, &s, (Share){macs, n->span, n->name});
    sum += macs;
  }
  return within(c, sum, limit, "the network does", "multiply-adds", "max-macs", text, &s);
}

bool budgets_hold(Ctx *c, const Options *o, const Network *n, const Emitted *e) {
  int64_t arena, weights, code, macs;
  if (!option_bytes(c, "max-arena", o->max_arena, &arena) ||
      !option_bytes(c, "max-weights", o->max_weights, &weights) ||
      !option_bytes(c, "max-code", o->max_code, &code) ||
      !option_count(c, "max-macs", o->max_macs, &macs))
    return false;
  bool ok = arena_within(c, n->plan, arena, o->max_arena);
  ok &= weights_within(c, n->plan, weights, o->max_weights);
  ok &= code_within(c, n->plan, e, code, o->max_code);
  return macs_within(c, n->source, macs, o->max_macs) && ok;
}
