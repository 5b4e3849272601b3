/* netrt_debug.h: what models do to their memory when they are compiled with -DNETRT_DEBUG.
 *
 * Before each layer the whole arena holds a NaN of its own kind, but for the operands of that
 * layer; behind it, nothing but the layer's result and its workspace may have changed. So a layer
 * that writes outside its result is found, in whatever memory it writes, and one that reads what
 * is not (or no longer) its operand computes with that NaN, which then stands in its result. The
 * content of live values is kept in a copy, where it is given up with the last layer that needs
 * it. Threads walk from layer to layer together. The faults come back from run as
 * NETRT_E_OUTSIDE or NETRT_E_STALE, and are printed on stderr unless NETRT_DEBUG_SILENT is defined.
 */
#ifndef NETRT_DEBUG_H
#define NETRT_DEBUG_H

#include "netrt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A quiet NaN that arithmetic hands on as it is. */
#define NETRT_DEBUG_NAN UINT32_C(0x7fcdead1)

/* One value: where it lies, sample by sample, and how its elements are stored:
 * [ceil(channels / lanes)][pixels][lanes]. */
typedef struct netrt_debug_value {
  const char *name;
  int arena, slot;                /* -1: output `slot` of the caller */
  size_t offset;                  /* bytes, in the arena */
  size_t bytes, samples, stride;  /* of a sample; how many; bytes from one to the next */
  size_t channels, pixels, lanes; /* channels 0: not floats, not looked at */
  int first, last;                /* layers: it is written by first and needed until last */
} netrt_debug_value;

typedef struct netrt_debug_layer {
  const char *name;
  int uses;         /* where its values begin in the list: the result, operands, -1 */
  int in_place;     /* the result takes its first operand's memory */
  size_t workspace; /* bytes that each thread may change */
} netrt_debug_layer;

typedef struct netrt_debug_arena {
  size_t bytes, thread_bytes;
} netrt_debug_arena;

typedef struct netrt_debug_model {
  const char *name;
  const netrt_debug_value *value;
  const netrt_debug_layer *layer;
  const int *use;
  const netrt_debug_arena *arena;
  int values, layers, arenas;
} netrt_debug_model;

enum { NETRT_DEBUG_ARENAS = 16 };

typedef struct netrt_debug {
  const netrt_debug_model *m;
  const float *const *ends; /* the caller's outputs */
  unsigned char *at[NETRT_DEBUG_ARENAS], *copy[NETRT_DEBUG_ARENAS];
  size_t threads;
  int status;
} netrt_debug;

static void netrt_debug_fill(void *to, size_t bytes) {
  const uint32_t nan = NETRT_DEBUG_NAN;
  for (size_t i = 0; i + sizeof nan <= bytes; i += sizeof nan)
    memcpy((unsigned char *)to + i, &nan, sizeof nan);
}

static size_t netrt_debug_bytes(const netrt_debug *d, int arena) {
  const netrt_debug_arena *a = &d->m->arena[arena];
  return a->bytes + d->threads * a->thread_bytes + (a->bytes + a->thread_bytes ? NETRT_GUARD : 0);
}

static void netrt_debug_fault(netrt_debug *d, int status, int layer, const char *what,
                              const char *name, size_t at) {
  if (!d->status) d->status = status;
#ifndef NETRT_DEBUG_SILENT
  fprintf(stderr, "%s: layer '%s' %s '%s', byte %lu\n", d->m->name, d->m->layer[layer].name, what,
          name, (unsigned long)at);
#else
  (void)layer, (void)what, (void)name, (void)at;
#endif
}

/* What is done to each sample of a value in the arena. */
enum { NETRT_DEBUG_GIVE, NETRT_DEBUG_KEEP, NETRT_DEBUG_POISON, NETRT_DEBUG_FORGET };

static void netrt_debug_move(const netrt_debug *d, const netrt_debug_value *v, int how) {
  if (v->arena < 0) return;
  for (size_t s = 0; s < v->samples; ++s) {
    unsigned char *at = d->at[v->arena] + v->offset + s * v->stride;
    unsigned char *copy = d->copy[v->arena] + v->offset + s * v->stride;
    if (how == NETRT_DEBUG_GIVE) memcpy(at, copy, v->bytes);
    if (how == NETRT_DEBUG_KEEP) memcpy(copy, at, v->bytes);
    if (how == NETRT_DEBUG_POISON) netrt_debug_fill(at, v->bytes + 3);
    if (how == NETRT_DEBUG_FORGET) netrt_debug_fill(copy, v->bytes + 3);
  }
}

static int netrt_debug_same(const netrt_debug *d, const netrt_debug_value *v) {
  for (size_t s = 0; v->arena >= 0 && s < v->samples; ++s)
    if (memcmp(d->at[v->arena] + v->offset + s * v->stride,
               d->copy[v->arena] + v->offset + s * v->stride, v->bytes))
      return 0;
  return 1;
}

static int netrt_debug_meet(const netrt_debug_value *a, const netrt_debug_value *b) {
  if (a->arena < 0 || a->arena != b->arena) return 0;
  if (a->slot == b->slot)
    return a->offset < b->offset + b->bytes && b->offset < a->offset + a->bytes;
  return a->offset < b->offset + (b->samples - 1) * b->stride + b->bytes &&
         b->offset < a->offset + (a->samples - 1) * a->stride + a->bytes;
}

/* Status; NETRT_OK leaves copies that netrt_debug_end gives back. */
static int netrt_debug_begin(netrt_debug *d, const netrt_debug_model *m, void *const *arenas,
                             const float *const *ends, int threads) {
  memset(d, 0, sizeof *d);
  d->m = m;
  d->ends = ends;
  d->threads = threads > 1 ? (size_t)threads : 1;
  for (int i = 0; i < m->arenas; ++i) {
    const size_t bytes = netrt_debug_bytes(d, i);
    d->at[i] = (unsigned char *)arenas[i];
    d->copy[i] = (unsigned char *)malloc(bytes ? bytes : 1);
    if (!d->copy[i]) {
      while (i-- > 0) free(d->copy[i]);
      return NETRT_E_MEMORY;
    }
    netrt_debug_fill(d->copy[i], bytes);
  }
  for (int i = 0; i < m->values; ++i)
    if (m->value[i].first < 0) netrt_debug_move(d, &m->value[i], NETRT_DEBUG_KEEP); /* inputs */
  return NETRT_OK;
}

static void netrt_debug_before(netrt_debug *d, int layer) {
  const netrt_debug_model *m = d->m;
  const int *use = m->use + m->layer[layer].uses;
  const netrt_debug_value *out = &m->value[*use];
  for (int i = 0; i < m->arenas; ++i) netrt_debug_fill(d->at[i], netrt_debug_bytes(d, i));
  while (*++use >= 0) netrt_debug_move(d, &m->value[*use], NETRT_DEBUG_GIVE);
  for (int i = 0; i < m->values; ++i) {
    const netrt_debug_value *v = &m->value[i];
    if (v == out || v->first >= layer || v->last <= layer || !netrt_debug_meet(v, out)) continue;
    netrt_debug_fault(d, NETRT_E_OUTSIDE, layer, "would overwrite what is needed later,", v->name,
                      v->offset);
  }
}

/* Elements of the result that hold the NaN of memory that nobody wrote. */
static void netrt_debug_result(netrt_debug *d, int layer, const netrt_debug_value *v, size_t b) {
  const size_t lanes = v->lanes;
  for (size_t s = 0; s < v->samples; ++s) {
    const unsigned char *at =
        v->arena < 0 ? (const unsigned char *)d->ends[v->slot] : d->copy[v->arena] + v->offset;
    at += (s + (v->arena < 0 ? b * v->samples : 0)) * v->stride;
    for (size_t c = 0; c < v->channels; ++c)
      for (size_t p = 0; p < v->pixels; ++p) {
        const size_t i = 4 * ((c / lanes * v->pixels + p) * lanes + c % lanes);
        uint32_t bits;
        memcpy(&bits, at + i, sizeof bits);
        if ((bits & UINT32_C(0x7fffffff)) != NETRT_DEBUG_NAN) continue;
        netrt_debug_fault(d, NETRT_E_STALE, layer, "read no operand of its, or left out part of",
                          v->name, s * v->stride + i);
        return;
      }
  }
}

/* The first byte of an arena that does not hold the NaN, its size if there is none. */
static size_t netrt_debug_trace(const netrt_debug *d, int arena) {
  const size_t bytes = netrt_debug_bytes(d, arena);
  const uint32_t nan = NETRT_DEBUG_NAN;
  for (size_t i = 0; i < bytes; i += sizeof nan)
    if (memcmp(d->at[arena] + i, &nan, sizeof nan)) return i;
  return bytes;
}

/* b: number of the input in a batch */
static void netrt_debug_after(netrt_debug *d, int layer, size_t b) {
  const netrt_debug_model *m = d->m;
  const netrt_debug_layer *l = &m->layer[layer];
  const int *use = m->use + l->uses;
  const netrt_debug_value *out = &m->value[*use];
  for (int i = 1; use[i] >= 0; ++i) {
    const netrt_debug_value *v = &m->value[use[i]];
    if (i == 1 && l->in_place) continue;
    if (!netrt_debug_same(d, v))
      netrt_debug_fault(d, NETRT_E_OUTSIDE, layer, "wrote over its operand", v->name, v->offset);
  }
  for (int i = 0; i < m->values; ++i) /* one of them may lie where the result does */
    if (m->value[i].last == layer) netrt_debug_move(d, &m->value[i], NETRT_DEBUG_FORGET);
  netrt_debug_move(d, out, NETRT_DEBUG_KEEP);
  for (; *use >= 0; ++use) netrt_debug_move(d, &m->value[*use], NETRT_DEBUG_POISON);
  for (int i = 0; i < m->arenas; ++i) {
    const netrt_debug_arena *a = &m->arena[i];
    for (size_t t = 0; a->thread_bytes && t < d->threads; ++t)
      netrt_debug_fill(d->at[i] + a->bytes + t * a->thread_bytes, l->workspace);
    const size_t at = netrt_debug_trace(d, i);
    if (at < netrt_debug_bytes(d, i))
      netrt_debug_fault(d, NETRT_E_OUTSIDE, layer, "wrote in the arena outside its result",
                        out->name, at);
  }
  netrt_debug_result(d, layer, out, b);
}

/* Puts outputs that lie in the arena back there. */
static int netrt_debug_end(netrt_debug *d) {
  for (int i = 0; i < d->m->values; ++i)
    if (d->m->value[i].last == d->m->layers)
      netrt_debug_move(d, &d->m->value[i], NETRT_DEBUG_GIVE);
  for (int i = 0; i < d->m->arenas; ++i) free(d->copy[i]);
  return d->status;
}

#endif
