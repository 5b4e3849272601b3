/* debug.c: what a model built with -DNETRT_DEBUG knows of its memory: every value that layers
 * write or read, with its place and the layers that need it, as tables for runtime/netrt_debug.h.
 * They are made from the plan's places and steps alone, so that calls which do otherwise show.
 */
#include "emit.h"

typedef struct Track {
  const Value *v;
  int first, last; /* layers */
  bool over;       /* something else has been written there */
} Track;

typedef struct Debug {
  Ctx *c;
  const Plan *p;
  int layers;
  int *track_of; /* by ValueId, -1: none */
  VEC(Track) tracks;
  StrBuf uses, table; /* of layers */
  int used;
} Debug;

/* Bytes of one sample, from its first element to the last, padding included. */
static int64_t sample_span(const Value *v, int64_t *samples, int64_t *stride) {
  int64_t span = 1, size = dtype_size(v->type);
  *samples = 1;
  for (int a = 0; a < v->layout.naxes; a++) {
    const LayoutAxis *x = &v->layout.axis[a];
    if (x->dim == 0 && v->shape.rank > 1)
      *samples = x->extent, *stride = size * x->stride;
    else
      span += (x->extent - 1) * x->stride;
  }
  if (*samples == 1) *stride = size * span;
  return size * span;
}

/* Do two values of one buffer share elements? Samples lie alike in all of them. */
static bool share(const Plan *p, const Value *a, const Value *b) {
  int64_t n, stride, low = a->place.offset, at = b->place.offset;
  if (a->place.kind != PLACE_ARENA || b->place.kind != PLACE_ARENA) return a == b;
  return p->buffer_of[a->id] == p->buffer_of[b->id] && low < at + sample_span(b, &n, &stride) &&
         at < low + sample_span(a, &n, &stride);
}

static int track(Debug *d, const Value *v) {
  if (d->track_of[v->id] < 0) {
    d->track_of[v->id] = d->tracks.len;
    vec_push(d->c->arena, &d->tracks, (Track){v, d->layers, -1, true});
  }
  return d->track_of[v->id];
}

static void put_use(Debug *d, int use) {
  sb_printf(&d->uses, "%s%d,", d->used++ % 16 ? " " : "\n    ", use);
}

static void follow_read(Debug *d, const Value *v, int layer) {
  for (int i = 0; i < d->tracks.len; i++) {
    Track *t = &d->tracks.at[i];
    if (!t->over && share(d->p, t->v, v)) t->last = layer;
  }
}

static void follow_write(Debug *d, int at, int layer) {
  for (int i = 0; i < d->tracks.len; i++)
    d->tracks.at[i].over |= share(d->p, d->tracks.at[i].v, d->tracks.at[at].v);
  d->tracks.at[at].first = d->tracks.at[at].last = layer;
  d->tracks.at[at].over = false;
}

/* The result, then operands in memory; the one that the result replaces comes first. */
static void add_layer(Debug *d, const Step *st, int layer) {
  const Graph *g = d->p->g;
  const Node *n = g->nodes.at[st->node];
  int at = d->used, result = track(d, graph_value(g, n->out[0]));
  put_use(d, result);
  if (st->in_place) put_use(d, track(d, graph_value(g, n->in[st->in_place - 1])));
  for (int i = 0; i < n->nin; i++) {
    const Value *v = graph_value(g, n->in[i]);
    if (v->place.kind != PLACE_ARENA) continue;
    if (st->in_place != i + 1) put_use(d, track(d, v));
    follow_read(d, v, layer);
  }
  put_use(d, -1);
  follow_write(d, result, layer);
  sb_printf(&d->table, "    {\"%s\", %d, %d, %lld},\n", emit_unquoted(d->c, n->name), at,
            st->in_place ? 1 : 0, (long long)st->choice.workspace);
}

static void write_value(Debug *d, const Track *t, StrBuf *out) {
  const Value *v = t->v;
  int64_t samples, stride, bytes = sample_span(v, &samples, &stride), elements = 1;
  bool arena = v->place.kind == PLACE_ARENA, map = v->shape.rank == 4;
  int64_t lanes = map ? layout_channel_block(&v->layout, &v->shape) : 0;
  for (int i = v->shape.rank > 1; i < v->shape.rank; i++) elements *= v->shape.dim[i];
  const Region *r = arena ? plan_region_of(d->p, v->place.offset) : NULL;
  int region = r ? (int)(r - d->p->memory.region) : 0;
  long long base = r ? r->offset : 0;
  int64_t channels = map ? v->shape.dim[1] : elements;
  sb_printf(out, "    {\"%s\", %d, %d, %lld, %lld, %lld, %lld, %lld, %lld, %lld, %d, %d},\n",
            emit_unquoted(d->c, v->name), arena ? region : -1, v->place.index,
            (long long)v->place.offset - (arena ? base : 0), (long long)bytes, (long long)samples,
            (long long)stride, (long long)(v->kind == V_INPUT ? 0 : channels),
            (long long)(channels ? elements / channels : 0), (long long)(lanes ? lanes : 1),
            t->first, t->last);
}

void emit_debug(Ctx *c, const Plan *p, const char *prefix, StrBuf *out) {
  const Graph *g = p->g;
  Debug d = {.c = c, .p = p, .track_of = NEWN(c->arena, int, g->values.len + 1)};
  d.uses.arena = d.table.arena = c->arena;
  for (int i = 0; i < g->values.len; i++) d.track_of[i] = -1;
  for (int i = 0; i < p->steps.len; i++) d.layers += !p->steps.at[i].view;
  for (int i = 0; p->memory.io_inside && i < g->inputs.len; i++)
    follow_write(&d, track(&d, graph_value(g, g->inputs.at[i])), -1);
  for (int i = 0, layer = 0; i < p->steps.len; i++)
    if (!p->steps.at[i].view) add_layer(&d, &p->steps.at[i], layer++);
  for (int i = 0; p->memory.io_inside && i < g->outputs.len; i++)
    follow_read(&d, graph_value(g, g->outputs.at[i]), d.layers);
  sb_printf(out, "#ifdef NETRT_DEBUG\nstatic const netrt_debug_value %s_debug_values[%d] = {\n",
            prefix, d.tracks.len);
  for (int i = 0; i < d.tracks.len; i++) write_value(&d, &d.tracks.at[i], out);
  sb_printf(out, "};\nstatic const int %s_debug_uses[%d] = {%s};\n", prefix, d.used,
            sb_str(&d.uses));
  sb_printf(out, "static const netrt_debug_layer %s_debug_layers[%d] = {\n%s};\n", prefix,
            d.layers, sb_str(&d.table));
  int arenas = p->memory.regions ? p->memory.regions : 1;
  sb_printf(out, "static const netrt_debug_arena %s_debug_arenas[%d] = {", prefix, arenas);
  for (int i = 0; i < p->memory.regions; i++)
    sb_printf(out, "{%lld, %lld}, ", (long long)p->memory.region[i].bytes,
              (long long)p->memory.region[i].thread_bytes);
  if (!p->memory.regions)
    sb_printf(out, "{%lld, %lld}", (long long)p->arena_bytes, (long long)p->thread_bytes);
  sb_printf(out,
            "};\n"
            "static const netrt_debug_model %s_debug = {\"%s\", %s_debug_values,\n"
            "    %s_debug_layers, %s_debug_uses, %s_debug_arenas, %d, %d, %d};\n#endif\n\n",
            prefix, emit_unquoted(c, g->name), prefix, prefix, prefix, prefix, d.tracks.len,
            d.layers, arenas);
}
