/* floor.c: the least time that a layer could take on a machine: that of its multiply-adds at the
 * peak, or that of its bytes at the bandwidth of where they live, whichever is longer.
 *
 * What a layer reads and writes of activations counts once each, and lives in the nearest level
 * that holds all of it; weights live where those of the whole network fit beside the rest. As
 * much as is written goes at the speed of copying, the rest at that of reading.
 */
#include "cli.h"

/* Activations of the network between two runs leave weights this part of the last cache. */
#define WEIGHTS_SHARE 0.75

static double bytes_of(const Value *v) {
  return (double)(shape_count(&v->shape) * dtype_size(v->type));
}

static bool is_weight(const Plan *p, ValueId v) {
  return graph_value(p->g, v)->place.kind == PLACE_WEIGHTS;
}

/* The first level that holds `bytes` shared by so many cores. */
static int level_of(const Speed *s, double bytes) {
  double room[] = {(double)s->l1 * s->threads, (double)s->l2 * s->threads, (double)s->l3};
  int level = 0;
  while (level < CACHE_LEVELS - 1 && bytes > room[level]) level++;
  return level;
}

static int weight_level(const Plan *p, const Speed *s) {
  double bytes = 0;
  for (int i = 0; i < p->sections.len; i++)
    bytes += bytes_of(graph_value(p->g, p->sections.at[i]));
  return bytes <= WEIGHTS_SHARE * (double)s->l3 ? CACHE_LEVELS - 2 : CACHE_LEVELS - 1;
}

Floor step_floor(const Plan *p, const Step *st, const Speed *s, double macs) {
  const Node *n = p->g->nodes.at[st->node];
  double read = 0, written = 0, weights = 0;
  for (int i = 0; i < n->nin; i++) {
    double bytes = bytes_of(graph_value(p->g, n->in[i]));
    if (is_weight(p, n->in[i]))
      weights += bytes;
    else
      read += bytes;
  }
  for (int i = 0; i < n->nout; i++) written += bytes_of(graph_value(p->g, n->out[i]));
  double own = st->in_place ? bytes_of(graph_value(p->g, n->in[st->in_place - 1])) : 0;
  Floor f = {.read = read + weights, .written = written};
  int level = level_of(s, read + written - own);
  double copied = read < written ? read : written;
  double moves = (2 * copied + (written - copied)) / s->copy[level] +
                 (read - copied) / s->read[level] + weights / s->read[weight_level(p, s)];
  double work = 2 * macs / s->peak;
  f.seconds = work > moves ? work : moves;
  f.bound = work > moves ? "peak" : weights > read + written ? "weights" : level_name[level];
  return f;
}
