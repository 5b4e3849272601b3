/* pack.c: the packed weight file.
 * Runs the weight-time subgraph through the reference kernels, then lays every section out as
 * its value's layout says. An address is a sum of one term per dimension, so each dimension gets
 * a table of its terms and packing is one addition per element. The file is written from the
 * very structs of runtime/netrt.h; self-test data follow the weights.
 */
#include "emit.h"

#include "../../runtime/netrt.h"

#include <stdlib.h>
#include <string.h>

typedef struct Part { /* one section about to be written */
  const char *name;
  uint32_t kind;
  int64_t bytes;
  const Value *value; /* weights, inputs: written by its type and layout; else copied */
  const float *data;  /* logical, plain row-major */
} Part;

typedef struct Packer {
  Ctx *c;
  const Plan *p;
  VEC(Part) parts;
} Packer;

/* Address terms of one dimension: table[i] = Σ over its axes ((i / div) % extent) · stride. */
static int64_t *terms(Ctx *c, const Layout *l, int dim, int64_t n) {
  int64_t *table = NEWN(c->arena, int64_t, n);
  for (int64_t i = 0; i < n; i++)
    for (int a = 0; a < l->naxes; a++) {
      const LayoutAxis *x = &l->axis[a];
      if (x->dim == dim) table[i] += i / x->div % x->extent * x->stride;
    }
  return table;
}

static void put_element(void *out, int64_t at, DType type, float x) {
  if (type == DT_U8)
    ((uint8_t *)out)[at] = (uint8_t)(x >= 255 ? 255 : x > 0 ? x : 0);
  else
    ((float *)out)[at] = x;
}

void value_scatter(Ctx *c, const Value *v, const float *data, void *out) {
  const Shape *s = &v->shape;
  int64_t dim[MAX_RANK] = {1, 1, 1, 1, 1};
  int64_t *table[MAX_RANK];
  for (int d = 0; d < MAX_RANK; d++) {
    int own = d - (MAX_RANK - s->rank); /* shapes are right-aligned in five dimensions */
    if (own >= 0) dim[d] = s->dim[own];
    table[d] = terms(c, &v->layout, own, dim[d]);
  }
  const float *x = data;
  for (int64_t a = 0; a < dim[0]; a++)
    for (int64_t b = 0; b < dim[1]; b++)
      for (int64_t e = 0; e < dim[2]; e++)
        for (int64_t f = 0; f < dim[3]; f++) {
          int64_t row = table[0][a] + table[1][b] + table[2][e] + table[3][f];
          for (int64_t g = 0; g < dim[4]; g++) put_element(out, row + table[4][g], v->type, *x++);
        }
}

static bool add_weights(Packer *k) {
  const Graph *g = k->p->g;
  Interp w;
  if (!interp_weights(k->c, g, &w)) return false;
  for (int i = 0; i < k->p->sections.len; i++) {
    const Value *v = graph_value(g, k->p->sections.at[i]);
    const float *data = v->data ? v->data : w.value[v->id].data;
    vec_push(k->c->arena, &k->parts,
             (Part){v->name, NETRT_KIND_WEIGHTS, v->layout.size * 4, v, data});
  }
  return true;
}

/* Numbers in [0, 1) from a fixed seed (splitmix64). */
static float draw(uint64_t *state) {
  uint64_t z = (*state += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return (float)((z ^ (z >> 31)) >> 40) / 16777216.0f;
}

static bool add_selftest(Packer *k, const Graph *g, ProgressFn *progress, void *user) {
  Tensor *in = NEWN(k->c->arena, Tensor, g->inputs.len);
  uint64_t state = 20;
  for (int i = 0; i < g->inputs.len; i++) {
    const Value *v = graph_value(g, g->inputs.at[i]);
    int64_t n = shape_count(&v->shape);
    in[i] = (Tensor){v->shape, NEWN(k->c->arena, float, n)};
    for (int64_t j = 0; j < n; j++) in[i].data[j] = draw(&state);
    for (int64_t j = 0; j < n && v->type == DT_U8; j++)
      in[i].data[j] = (float)(int)(256 * in[i].data[j]);
    const char *name = str_fmt(k->c->arena, "selftest/in/%s", v->name);
    vec_push(k->c->arena, &k->parts,
             (Part){name, NETRT_KIND_SELFTEST_INPUT, n * dtype_size(v->type),
                    graph_value(k->p->g, k->p->g->inputs.at[i]), in[i].data});
  }
  Interp r;
  if (!interp_run(k->c, g, in, &r, progress, user)) return false;
  for (int i = 0; i < g->outputs.len; i++) {
    const Value *v = graph_value(g, g->outputs.at[i]);
    const float *data = v->data ? v->data : r.value[v->id].data;
    const char *name = str_fmt(k->c->arena, "selftest/out/%s", g->output_names.at[i]);
    vec_push(k->c->arena, &k->parts,
             (Part){name, NETRT_KIND_SELFTEST_EXPECTED, shape_count(&v->shape) * 4, NULL, data});
  }
  return true;
}

static uint64_t align64(uint64_t n) { return (n + 63) & ~(uint64_t)63; }

static void write_part(Ctx *c, const Part *part, netrt_entry *e, unsigned char *image,
                       uint64_t offset) {
  size_t len = strlen(part->name), most = sizeof e->name - 1;
  memcpy(e->name, part->name, len < most ? len : most);
  e->kind = part->kind;
  e->dtype = part->value && part->value->type == DT_U8 ? NETRT_DTYPE_U8 : NETRT_DTYPE_F32;
  e->offset = offset;
  e->bytes = (uint64_t)part->bytes;
  if (part->value)
    value_scatter(c, part->value, part->data, image + offset);
  else
    memcpy(image + offset, part->data, (size_t)part->bytes);
}

static void checksum_all(netrt_entry *table, int n, const unsigned char *image) {
#pragma omp parallel for schedule(dynamic)
  for (int i = 0; i < n; i++)
    table[i].checksum = netrt_hash64(image + table[i].offset, (size_t)table[i].bytes, 0);
}

static void write_image(Packer *k, const void **image, size_t *size) {
  uint64_t n = (uint64_t)k->parts.len, at = align64(NETRT_HEADER_BYTES + n * NETRT_ENTRY_BYTES);
  uint64_t end = at;
  for (int i = 0; i < k->parts.len; i++) end = align64(end + (uint64_t)k->parts.at[i].bytes);
  unsigned char *data = arena_alloc(k->c->arena, (size_t)end < 4096 ? 4096 : (size_t)end);
  netrt_header *h = (netrt_header *)(void *)data;
  netrt_entry *table = (netrt_entry *)(void *)(data + NETRT_HEADER_BYTES);
  memcpy(h->magic, NETRT_MAGIC, NETRT_MAGIC_BYTES);
  h->version = NETRT_FORMAT_VERSION;
  h->header_bytes = NETRT_HEADER_BYTES;
  h->entry_bytes = NETRT_ENTRY_BYTES;
  h->file_bytes = end;
  h->plan_hash = k->p->hash;
  h->section_count = (uint32_t)n;
  snprintf(h->model, sizeof h->model, "%s", k->p->g->name);
  for (int i = 0; i < k->parts.len; i++) {
    write_part(k->c, &k->parts.at[i], &table[i], data, at);
    at = align64(at + (uint64_t)k->parts.at[i].bytes);
  }
  checksum_all(table, k->parts.len, data);
  h->table_checksum = netrt_table_checksum(h, table);
  *image = data;
  *size = (size_t)end;
}

bool pack_weights(Ctx *c, const Plan *p, const Graph *reference, bool selftest,
                  const void **image, size_t *size, ProgressFn *progress, void *user) {
  Packer k = {.c = c, .p = p};
  if (!add_weights(&k)) return false;
  if (selftest && !add_selftest(&k, reference, progress, user)) return false;
  write_image(&k, image, size);
  return true;
}
