/* print.c: a graph as text that read.c reads back to the same text.
 *
 * One statement a line: the header, the sources and scopes that spans and nodes refer to, inputs,
 * each parameter before its first reader, nodes in execution order, outputs:
 *
 *   graph 1.0 lenet inference
 *   source 1 "lenet.net"
 *   input image: f32[1, 1, 28, 28] @1:10-31
 *   param conv1.weight: f32[20, 1, 5, 5] as weight he 25
 *   conv1 = conv(image, conv1.weight) out=20 kernel=5 bias=false -> f32[1, 20, 24, 24] scope 1
 *   output probs = conv1
 *
 * Attributes that equal their presets are left out. A result's name is written only where it is
 * not the node's. Groups carry their body in braces. Sources are numbered in order of first use;
 * spans that point into graph text itself are not kept.
 */
#include "ir.h"

#include <ctype.h>
#include <string.h>

typedef struct Printer {
  Ctx *c;
  StrBuf *out;
  int indent;
  int *source; /* by Ctx source number: the number in the text, 0 while unused */
  VEC(int32_t) used;
} Printer;

/* ---- small pieces ------------------------------------------------------------------------ */

static const char *const reserved[] = {"graph", "source", "scope", "input", "param",
                                       "const", "output", "in",    "at",    "as",
                                       "acc",   "scale",  "block", "label"};

static bool is_bare(const char *name) {
  if (!isalpha((unsigned char)*name) && *name != '_') return false;
  for (const char *p = name; *p; p++)
    if (!isalnum((unsigned char)*p) && *p != '_' && *p != '.') return false;
  for (int i = 0; i < COUNT_OF(reserved); i++)
    if (!strcmp(name, reserved[i])) return false;
  return true;
}

static void put_string(StrBuf *out, const char *s) {
  sb_putc(out, '"');
  for (; *s; s++) {
    unsigned char ch = (unsigned char)*s;
    if (ch == '"' || ch == '\\')
      sb_printf(out, "\\%c", ch);
    else if (ch < 32 || ch == 127)
      sb_printf(out, "\\x%02x", ch);
    else
      sb_putc(out, *s);
  }
  sb_putc(out, '"');
}

static void put_name(StrBuf *out, const char *name) {
  if (is_bare(name))
    sb_puts(out, name);
  else
    put_string(out, name);
}

static void put_value(Printer *p, const Graph *g, ValueId id) {
  const Value *v = graph_value(g, id);
  if (v && v->name)
    put_name(p->out, v->name);
  else
    sb_printf(p->out, "%%%d", id);
}

static void put_indent(Printer *p) {
  for (int i = 0; i < p->indent; i++) sb_puts(p->out, "  ");
}

/* Dumps may open with comments. */
static bool is_graph_text(const char *text) {
  while (isspace((unsigned char)*text) || *text == '#')
    text += *text == '#' ? strcspn(text, "\n") : 1;
  return str_starts(text, "graph ");
}

static void put_span(Printer *p, Span s) {
  const Source *src = ctx_source(p->c, s.file);
  if (!src || is_graph_text(src->text)) return;
  if (!p->source[s.file]) {
    vec_push(p->c->arena, &p->used, s.file);
    p->source[s.file] = p->used.len;
  }
  sb_printf(p->out, " @%d:%u-%u", p->source[s.file], s.begin, s.end);
}

/* ---- values ------------------------------------------------------------------------------ */

static const char *const place_words[] = {"", "arena", "input", "output", "weights"};

static void put_type(Printer *p, const Value *v) {
  StrBuf *out = p->out;
  sb_printf(out, "%s[", dtype_name(v->type));
  for (int i = 0; i < v->shape.rank; i++)
    sb_printf(out, "%s%lld", i ? ", " : "", (long long)v->shape.dim[i]);
  sb_putc(out, ']');
  if (v->layout.naxes) sb_printf(out, " in %s", layout_text(p->c, &v->layout, &v->shape));
  if (v->place.kind != PLACE_NONE)
    sb_printf(out, " at %s[%d]+%lld", place_words[v->place.kind], v->place.index,
              (long long)v->place.offset);
  if (v->acc != DT_F32) sb_printf(out, " acc %s", dtype_name(v->acc));
  if (v->scale != 0 || v->zero != 0)
    sb_printf(out, " scale %s %d", str_real(p->c->arena, v->scale), v->zero);
}

static const char *const fill_words[] = {
    [FILL_HE] = "he",
    [FILL_SMALL] = "small",
    [FILL_AROUND_ONE] = "around_one",
    [FILL_POSITIVE] = "positive",
};

static void put_data(Printer *p, const Value *v) {
  int64_t n = v->data ? shape_count(&v->shape) : 0;
  sb_puts(p->out, " = {");
  for (int64_t i = 0; i < n; i++) {
    if (i) sb_putc(p->out, i % 12 ? ' ' : '\n');
    sb_puts(p->out, str_float(p->c->arena, v->data[i]));
  }
  sb_putc(p->out, '}');
}

static void put_declaration(Printer *p, const Value *v) {
  static const char *const words[] = {
      [V_INPUT] = "input", [V_PARAM] = "param", [V_CONST] = "const", [V_RESULT] = "result"};
  put_indent(p);
  sb_printf(p->out, "%s ", words[v->kind]);
  put_name(p->out, v->name ? v->name : "");
  sb_puts(p->out, ": ");
  put_type(p, v);
  if (v->kind == V_PARAM && v->param.name) {
    sb_puts(p->out, " as ");
    put_name(p->out, v->param.name);
    sb_printf(p->out, " %s %lld", fill_words[v->param.fill], (long long)v->param.fan_in);
  }
  put_span(p, v->span);
  if (v->kind == V_CONST) put_data(p, v);
  sb_putc(p->out, '\n');
}

/* ---- nodes ------------------------------------------------------------------------------- */

/* A preset of one number stands for that number everywhere: [1, 1] need not be written where 1
 * is the preset, the shape rule expands it again. */
static bool all_equal(const int64_t *v, int n, const int64_t *preset, int npreset) {
  if (npreset != 1) return false;
  for (int i = 0; i < n; i++)
    if (v[i] != preset[0]) return false;
  return n > 0;
}

bool attr_is_preset(const AttrField *f, const void *attr, const void *presets) {
  if (!f->preset) return f->type == AT_NAME && !*(char *const *)((const char *)attr + f->offset);
  if (attr_equal(f, attr, presets)) return true;
  const void *a = (const char *)attr + f->offset, *b = (const char *)presets + f->offset;
  if (f->type == AT_DIMS)
    return all_equal(((const Dims *)a)->v, ((const Dims *)a)->n, ((const Dims *)b)->v,
                     ((const Dims *)b)->n);
  const Pads *x = a, *y = b;
  return f->type == AT_PADS && x->mode == PAD_EXPLICIT && y->mode == PAD_EXPLICIT &&
         all_equal(x->v, x->n, y->v, y->n);
}

static void put_attrs(Printer *p, const Node *n) {
  const void *presets = attr_defaults(p->c, n->op);
  for (const AttrField *f = op_table[n->op].attrs; f && f->name; f++) {
    if (attr_is_preset(f, n->attr, presets)) continue;
    sb_printf(p->out, " %s=", f->name);
    attr_print(p->c, p->out, f, n->attr);
  }
}

static void put_results(Printer *p, const Graph *g, const Node *n) {
  sb_puts(p->out, " ->");
  for (int i = 0; i < n->nout; i++) {
    const Value *v = graph_value(g, n->out[i]);
    sb_puts(p->out, i ? ", " : " ");
    if (!v) continue;
    if (i || !str_eq(v->name, n->name)) {
      put_name(p->out, v->name ? v->name : "");
      sb_puts(p->out, ": ");
    }
    put_type(p, v);
  }
}

static void put_body(Printer *p, const Graph *g);

static void put_node(Printer *p, const Graph *g, const Node *n) {
  put_indent(p);
  put_name(p->out, n->name ? n->name : "");
  sb_printf(p->out, " = %s(", op_table[n->op].name);
  for (int i = 0; i < n->nin; i++) {
    if (i) sb_puts(p->out, ", ");
    put_value(p, g, n->in[i]);
  }
  sb_putc(p->out, ')');
  put_attrs(p, n);
  put_results(p, g, n);
  if (n->scope) sb_printf(p->out, " scope %d", n->scope);
  if (n->notes.silence) sb_puts(p->out, " silence "), put_name(p->out, n->notes.silence);
  if (n->notes.kernel) sb_puts(p->out, " kernel "), put_name(p->out, n->notes.kernel);
  put_span(p, n->span);
  if (n->body) {
    sb_puts(p->out, " {\n");
    p->indent++;
    put_body(p, n->body);
    p->indent--;
    put_indent(p);
    sb_putc(p->out, '}');
  }
  sb_putc(p->out, '\n');
}

/* ---- graphs ------------------------------------------------------------------------------ */

/* Parameters and constants appear before their first reader, unread ones at the end. */
static void put_body(Printer *p, const Graph *g) {
  bool *done = NEWN(p->c->arena, bool, g->values.len);
  for (int i = 0; i < g->inputs.len; i++) {
    const Value *v = graph_value(g, g->inputs.at[i]);
    if (v) put_declaration(p, v);
  }
  for (int i = 0; i < g->nodes.len; i++) {
    const Node *n = g->nodes.at[i];
    if (n->dead) continue;
    for (int j = 0; j < n->nin; j++) {
      const Value *v = graph_value(g, n->in[j]);
      if (!v || done[v->id] || v->kind == V_INPUT || v->kind == V_RESULT) continue;
      done[v->id] = true;
      put_declaration(p, v);
    }
    put_node(p, g, n);
  }
  for (int i = 0; i < g->values.len; i++) {
    const Value *v = g->values.at[i];
    if (!done[i] && (v->kind == V_PARAM || v->kind == V_CONST)) put_declaration(p, v);
  }
  for (int i = 0; i < g->outputs.len; i++) {
    put_indent(p);
    sb_puts(p->out, "output ");
    put_name(p->out, i < g->output_names.len ? g->output_names.at[i] : "");
    sb_puts(p->out, " = ");
    put_value(p, g, g->outputs.at[i]);
    sb_putc(p->out, '\n');
  }
}

static void put_scope(Printer *p, const Graph *g, int i) {
  const Scope *s = &g->scopes.at[i];
  bool plain =
      !(s->path && *s->path) && !s->block && !s->label && !ctx_source(p->c, s->call.file);
  if (i == 0 && plain) return;
  sb_printf(p->out, "scope %d in %d ", i, s->parent);
  put_string(p->out, s->path ? s->path : "");
  if (s->block) sb_puts(p->out, " block "), put_name(p->out, s->block);
  if (s->label) sb_puts(p->out, " label "), put_name(p->out, s->label);
  put_span(p, s->call);
  sb_putc(p->out, '\n');
}

/* The rest is printed first, aside: that settles which sources are used and their numbers. */
void graph_print(Ctx *c, const Graph *g, StrBuf *out) {
  StrBuf rest = {.arena = c->arena};
  Printer p = {.c = c, .out = &rest, .source = NEWN(c->arena, int, c->sources.len + 1)};
  for (int i = 0; i < g->scopes.len; i++) put_scope(&p, g, i);
  put_body(&p, g);
  sb_puts(out, "graph 1.0 ");
  put_name(out, g->name ? g->name : "");
  sb_puts(out, g->mode == MODE_TRAINING ? " training\n" : " inference\n");
  for (int i = 0; i < p.used.len; i++) {
    sb_printf(out, "source %d ", i + 1);
    put_string(out, ctx_source(c, p.used.at[i])->path);
    sb_putc(out, '\n');
  }
  sb_puts(out, sb_str(&rest));
}
