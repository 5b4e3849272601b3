/* json.c: the report as JSON, and its first half: the network as its author wrote it, with
 * totals, layers and blocks. SCHEMA.md describes every member; a change of meaning raises
 * REPORT_SCHEMA.
 */
#include "json.h"

#include <stdlib.h>
#include <string.h>

void json_add(json_t *to, const char *key, json_t *value) {
  if (key)
    json_object_set_new(to, key, value);
  else
    json_array_append_new(to, value);
}

/* Jansson takes nothing but UTF-8; other bytes of a source become question marks. */
static json_t *string_of(const char *s) {
  json_t *text = json_string(s);
  if (text) return text;
  size_t n = strlen(s);
  char *plain = malloc(n + 1);
  for (size_t i = 0; plain && i <= n; i++) plain[i] = (unsigned char)s[i] < 128 ? s[i] : '?';
  text = plain ? json_string(plain) : NULL;
  free(plain);
  return text;
}

void json_text(json_t *to, const char *key, const char *s) {
  json_add(to, key, s ? string_of(s) : json_null());
}
void json_count(json_t *to, const char *key, int64_t n) { json_add(to, key, json_integer(n)); }
void json_number(json_t *to, const char *key, double x) { json_add(to, key, json_real(x)); }
void json_flag(json_t *to, const char *key, bool x) { json_add(to, key, json_boolean(x)); }

json_t *json_dims(const int64_t *v, int n) {
  json_t *a = json_array();
  for (int i = 0; i < n; i++) json_count(a, NULL, v[i]);
  return a;
}

json_t *json_quartiles(const Measured *m) {
  json_t *a = json_array();
  for (int i = 0; i < 3; i++) json_number(a, NULL, m->quartile[i]);
  return a;
}

void json_position(Ctx *c, json_t *to, Span s) {
  int line, column, end_line, end_column;
  bool known = span_position(c, s, &line, &column);
  known = known && span_position(c, (Span){s.file, s.end, s.end}, &end_line, &end_column);
  json_text(to, "file", known ? source_label(c, s.file) : NULL);
  json_add(to, "line", known ? json_integer(line) : json_null());
  json_add(to, "column", known ? json_integer(column) : json_null());
  json_add(to, "end_line", known ? json_integer(end_line) : json_null());
  json_add(to, "end_column", known ? json_integer(end_column) : json_null());
}

const char *source_label(Ctx *c, int32_t file) {
  const char *path = ctx_source(c, file)->path, *base = path_base(path);
  int others = 0;
  for (int i = 1; i < file; i++) {
    const char *p = ctx_source(c, i)->path;
    if (str_eq(p, path)) break; /* the same file, read for another purpose */
    others += str_eq(path_base(p), base);
  }
  return others ? str_fmt(c->arena, "%s (%d)", base, others + 1) : base;
}

/* Every file once, as it was read. */
static json_t *sources_json(Ctx *c) {
  json_t *a = json_array();
  for (int i = 1; i <= c->sources.len; i++) {
    bool again = false;
    for (int k = 1; k < i; k++) again |= str_eq(ctx_source(c, k)->path, ctx_source(c, i)->path);
    if (again) continue;
    json_t *o = json_object();
    json_text(o, "file", source_label(c, i));
    json_text(o, "text", ctx_source(c, i)->text);
    json_add(a, NULL, o);
  }
  return a;
}

/* Gives the object back; NULL after reporting, else to be freed. */
static char *json_write(Ctx *c, json_t *o, size_t flags) {
  char *text = json_dumps(o, flags | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(9));
  json_decref(o);
  if (!text) diag_error(c, DIAG_E0602, NO_SPAN, "cannot write JSON: out of memory");
  return text;
}

bool json_finish(Ctx *c, json_t *o, StrBuf *out) {
  char *text = json_write(c, o, JSON_INDENT(1));
  if (!text) return false;
  sb_puts(out, text);
  sb_putc(out, '\n');
  free(text);
  return true;
}

static void add_tally(json_t *to, const Tally *t) {
  json_count(to, "parameters", t->weights + t->bias);
  json_count(to, "parameters_without_bias", t->weights);
  json_count(to, "multiply_adds", t->macs);
  json_count(to, "other_operations", t->other);
  json_count(to, "bytes_moved", t->bytes);
  json_count(to, "result_bytes", t->results);
  json_number(to, "operations_per_byte", tally_intensity(t));
}

/* Integers but where results are finer than the input. */
static json_t *jumps_json(const Receptive *f) {
  json_t *a = json_array();
  for (int i = 0; i < f->n; i++) {
    if (f->finer[i] == 1)
      json_count(a, NULL, f->jump[i]);
    else
      json_number(a, NULL, (double)f->jump[i] / (double)f->finer[i]);
  }
  return a;
}

static json_t *field_json(const Receptive *f) {
  json_t *o = json_object();
  json_flag(o, "whole", f->whole);
  json_add(o, "size", json_dims(f->size, f->whole ? 0 : f->n));
  json_add(o, "stride", jumps_json(f));
  return o;
}

/* ---- inputs and outputs -----------------------------------------------------------------------
 */

static json_t *end_json(const Report *r, const char *name, ValueId source, ValueId planned) {
  const Value *v = graph_value(r->source, source), *p = graph_value(r->p->g, planned);
  json_t *o = json_object();
  json_text(o, "name", name);
  json_text(o, "type", dtype_name(v->type));
  json_add(o, "shape", json_dims(v->shape.dim, v->shape.rank));
  json_text(o, "layout", layout_text(r->c, &p->layout, &p->shape));
  return o;
}

static json_t *inputs_json(const Report *r) {
  const Graph *g = r->source;
  json_t *a = json_array();
  for (int i = 0; i < g->inputs.len; i++)
    json_add(a, NULL,
             end_json(r, graph_value(g, g->inputs.at[i])->name, g->inputs.at[i],
                      r->p->g->inputs.at[i]));
  return a;
}

static json_t *outputs_json(const Report *r, const Receptive *field) {
  const Graph *g = r->source;
  json_t *a = json_array();
  for (int i = 0; i < g->outputs.len; i++) {
    ValueId id = g->outputs.at[i], map = last_map(g, id);
    json_t *o = end_json(r, g->output_names.at[i], id, r->p->g->outputs.at[i]);
    json_text(o, "value", graph_value(g, id)->name);
    json_add(o, "receptive_field", field_json(&field[id]));
    json_t *last = map < 0 ? json_null() : json_object();
    if (map >= 0) {
      json_text(last, "value", graph_value(g, map)->name);
      json_add(last, "receptive_field", field_json(&field[map]));
    }
    json_add(o, "last_map", last);
    json_add(a, NULL, o);
  }
  return a;
}

/* ---- layers and blocks ------------------------------------------------------------------------
 */

/* What the layer was given beyond the defaults, as the language writes it. */
static json_t *attributes_json(Ctx *c, const Node *n) {
  json_t *o = json_object();
  const void *presets = attr_defaults(c, n->op);
  for (const AttrField *f = op_table[n->op].attrs; f && f->name; f++) {
    StrBuf b = {.arena = c->arena};
    if (attr_is_preset(f, n->attr, presets)) continue;
    attr_print(c, &b, f, n->attr);
    json_text(o, f->name, sb_str(&b));
  }
  return o;
}

static json_t *layer_json(const Report *r, const Node *n, const Receptive *field) {
  const Graph *g = r->source;
  const Value *y = graph_value(g, n->out[0]);
  const Placing *at = &r->place[n->id];
  Tally t = tally_node(r->c, g, n);
  json_t *o = json_object(), *in = json_array();
  json_text(o, "name", n->name);
  json_text(o, "operator", op_table[n->op].name);
  json_add(o, "attributes", attributes_json(r->c, n));
  json_position(r->c, o, n->span);
  json_count(o, "block", n->scope > 0 ? n->scope : 0);
  for (int i = 0; i < op_data_inputs(n); i++) json_text(in, NULL, graph_value(g, n->in[i])->name);
  json_add(o, "inputs", in);
  json_text(o, "output", y->name);
  json_add(o, "shape", json_dims(y->shape.dim, y->shape.rank));
  add_tally(o, &t);
  json_add(o, "receptive_field", field_json(&field[y->id]));
  json_text(o, "runs_in", at->fate);
  json_text(o, "folded_into", at->host);
  json_text(o, "group", at->group ? at->group->name : NULL);
  return o;
}

static json_t *layers_json(const Report *r, const Receptive *field) {
  json_t *a = json_array();
  for (int i = 0; i < r->source->nodes.len; i++) {
    const Node *n = r->source->nodes.at[i];
    if (!n->dead && n->nout) json_add(a, NULL, layer_json(r, n, field));
  }
  return a;
}

static json_t *blocks_json(const Report *r, const Receptive *field) {
  const Graph *g = r->source;
  const Tally *at = tally_scopes(r->c, g);
  const double *seconds = tally_seconds(r->c, g, r->p);
  json_t *a = json_array();
  for (int s = 0; s < g->scopes.len; s++) {
    json_t *o = json_object();
    int parent = scope_parent(g, s);
    json_count(o, "index", s);
    json_add(o, "parent", parent < 0 ? json_null() : json_integer(parent));
    json_text(o, "path", g->scopes.at[s].path);
    json_text(o, "block", g->scopes.at[s].block);
    json_text(o, "label", g->scopes.at[s].label);
    json_position(r->c, o, g->scopes.at[s].call);
    json_count(o, "layers", at[s].layers);
    add_tally(o, &at[s]);
    ValueId y = block_result(r, s);
    json_add(o, "receptive_field", y < 0 ? json_null() : field_json(&field[y]));
    json_number(o, "predicted_seconds", seconds[s]);
    json_add(a, NULL, o);
  }
  return a;
}

/* ---- the whole --------------------------------------------------------------------------------
 */

static json_t *totals_json(const Report *r) {
  const Plan *p = r->p;
  Tally all = tally_scopes(r->c, r->source)[0];
  int calls = 0, barriers = 0, moves = 0;
  double seconds = 0;
  for (int i = 0; i < p->steps.len; i++) {
    const Step *st = &p->steps.at[i];
    calls += !st->view;
    barriers += st->barrier;
    moves += step_reorders(p, st);
    seconds += st->view ? 0 : st->choice.seconds;
  }
  Intermediates m = report_intermediates(r->c, p);
  json_t *o = json_object();
  json_count(o, "layers", all.layers);
  add_tally(o, &all);
  json_count(o, "arena_bytes", p->arena_bytes);
  json_count(o, "arena_lower_bound_bytes", p->lower_bound);
  json_count(o, "arena_gap_bytes", p->arena_bytes - p->lower_bound);
  json_flag(o, "arena_optimal", p->optimal);
  json_count(o, "intermediate_bytes", m.logical);
  json_count(o, "copy_bytes", m.copies);
  json_count(o, "padding_bytes", m.padding);
  json_count(o, "bytes_without_reuse", m.buffers);
  json_count(o, "thread_bytes", p->thread_bytes);
  json_count(o, "weight_bytes", plan_weight_bytes(p));
  json_count(o, "epochs", p->epochs);
  json_count(o, "kernel_calls", calls);
  json_count(o, "barriers", barriers);
  json_flag(o, "one_thread", p->lone);
  json_count(o, "layout_changes", moves);
  json_number(o, "predicted_seconds", seconds);
  return o;
}

static json_t *memory_json(const Plan *p) {
  json_t *o = json_object();
  json_t *regions = json_array();
  json_text(o, "inputs_and_outputs", p->memory.io_inside ? "arena" : "caller");
  for (int i = 0; i < p->memory.regions; i++) {
    const Region *r = &p->memory.region[i];
    json_t *x = json_object();
    json_text(x, "name", r->name);
    json_count(x, "capacity_bytes", r->capacity);
    json_count(x, "offset", r->offset);
    json_count(x, "bytes", r->bytes);
    json_count(x, "thread_bytes", r->thread_bytes);
    json_count(x, "lower_bound_bytes", r->lower_bound);
    json_flag(x, "optimal", r->optimal);
    json_number(x, "traffic_bytes", r->traffic);
    json_add(regions, NULL, x);
  }
  json_add(o, "regions", regions);
  return o;
}

static json_t *profile_json(const Profile *m) {
  if (!m) return json_null();
  json_t *o = json_object();
  json_count(o, "threads", m->threads);
  json_count(o, "runs", m->runs);
  json_add(o, "quartiles", json_quartiles(&m->run));
  json_number(o, "measured_seconds", m->sum);
  return o;
}

static json_t *target_json(const Target *t) {
  json_t *o = json_object();
  json_text(o, "name", t->name);
  json_count(o, "lanes", t->lanes);
  json_number(o, "peak_operations_per_second", t->peak);
  json_number(o, "memory_bytes_per_second", t->memory_bandwidth);
  json_number(o, "cache_bytes_per_second", t->l2_bandwidth);
  json_count(o, "cache_bytes", t->l2);
  return o;
}

json_t *report_object(Ctx *c, const Graph *source, const Plan *p, const Profile *m) {
  Report r = {.c = c, .source = source, .p = p, .measured = m};
  report_prepare(&r);
  const Receptive *field = graph_receptive(c, source);
  Span at = source->inputs.len ? graph_value(source, source->inputs.at[0])->span : NO_SPAN;
  const Source *file = ctx_source(c, at.file);
  json_t *o = json_object();
  json_text(o, "schema", "netcc-report");
  json_count(o, "version", REPORT_SCHEMA);
  json_text(o, "network", source->name);
  json_text(o, "source", file ? path_base(file->path) : NULL);
  json_add(o, "target", target_json(p->target));
  json_add(o, "inputs", inputs_json(&r));
  json_add(o, "outputs", outputs_json(&r, field));
  json_add(o, "totals", totals_json(&r));
  json_add(o, "memory", memory_json(p));
  json_add(o, "profile", profile_json(m));
  json_add(o, "layers", layers_json(&r, field));
  json_add(o, "blocks", blocks_json(&r, field));
  json_add(o, "groups", json_groups(&r));
  json_add(o, "values", json_values(&r));
  json_add(o, "buffers", json_buffers(&r));
  json_add(o, "decisions", json_decisions(&r));
  json_add(o, "kernel_candidates", json_candidates(&r));
  json_add(o, "sources", sources_json(c));
  return o;
}

void report_json(Ctx *c, const Graph *source, const Plan *p, const Profile *m, StrBuf *out) {
  json_finish(c, report_object(c, source, p, m), out);
}

/* '<' only stands inside strings, where it can be written as an escape: so no name and no source
 * text can end the element that the data stands in. */
void report_json_embedded(Ctx *c, const Graph *source, const Plan *p, const Profile *m,
                          StrBuf *out) {
  char *text = json_write(c, report_object(c, source, p, m), JSON_COMPACT);
  if (!text) return;
  for (const char *s = text; *s;) {
    size_t n = strcspn(s, "<");
    sb_write(out, s, n);
    s += n;
    if (*s) sb_puts(out, "\\u003c"), s++;
  }
  free(text);
}
