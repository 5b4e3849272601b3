/* read.c: graph text back into a graph, by recursive descent.
 *
 * The form is described in print.c. Everything is checked, since the text may be anything: names
 * must be declared before use, operand counts and parameter shapes must fit the operator table,
 * and every result is derived again by its shape rule and compared with what is declared. The
 * first fault is reported with its place and ends the reading.
 */
#include "read.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_DEPTH = 8 };
static const int64_t MAX_ELEMENTS = (int64_t)1 << 40;
static const off_t MAX_SOURCE_BYTES = 1 << 24;

/* ---- spans and sources ------------------------------------------------------------------- */

/* `@source:begin-end`, else the place in the graph text itself. */
static bool read_span(Reader *r, Span here, Span *span) {
  int64_t file, begin, end;
  *span = (Span){r->file, here.begin, r->end};
  if (!read_accept(r, '@')) return true;
  if (!read_number(r, "source number", 1, r->sources.len, &file) || !read_expect(r, ':'))
    return false;
  if (!read_number(r, "span", 0, UINT32_MAX, &begin)) return false;
  if (r->t.kind != T_NUMBER || r->t.text[0] != '-')
    return read_fail(r, "'-' and the end of the span");
  if (!read_number(r, "span", -(int64_t)UINT32_MAX, -begin, &end)) return false;
  *span = (Span){r->sources.at[file - 1], (uint32_t)begin, (uint32_t)-end};
  return true;
}

/* The source that spans point into: one of this compilation, or read again if it is still
 * there, so that messages can show it; without it positions are kept and nothing is shown. */
static int32_t find_source(Ctx *c, const char *path) {
  for (int i = 0; i < c->sources.len; i++)
    if (str_eq(c->sources.at[i]->path, path)) return i + 1;
  struct stat st;
  size_t size = 0;
  const char *text = NULL;
  if (!stat(path, &st) && S_ISREG(st.st_mode) && st.st_size <= MAX_SOURCE_BYTES)
    text = file_read(c->arena, path, &size);
  return ctx_add_source(c, path, text ? text : "", text ? size : 0);
}

static bool read_source(Reader *r) {
  int64_t number;
  if (!read_number(r, "source number", r->sources.len + 1, r->sources.len + 1, &number))
    return false;
  if (r->t.kind != T_STRING) return read_fail(r, "the path of the source in quotes");
  vec_push(r->c->arena, &r->sources, find_source(r->c, read_take(r).text));
  return true;
}

static bool read_scope(Reader *r) {
  Graph *g = r->g;
  Token t = {0};
  int64_t number, parent;
  Scope s = {0};
  Span here = r->t.span;
  int64_t low = g->scopes.len == 1 && strcmp(r->t.text, "0") == 0 ? 0 : g->scopes.len;
  if (!read_number(r, "scope number", low, g->scopes.len, &number)) return false;
  if (!read_accept_word(r, "in")) return read_fail(r, "'in' and the enclosing scope");
  if (!read_number(r, "enclosing scope", number ? 0 : -1, number - 1, &parent)) return false;
  if (r->t.kind != T_STRING) return read_fail(r, "the scope's path in quotes");
  s.path = read_take(r).text;
  s.parent = (int)parent;
  if (read_accept_word(r, "block")) {
    if (!read_name(r, "block name", &t)) return false;
    s.block = t.text;
  }
  if (read_accept_word(r, "label")) {
    if (!read_name(r, "label", &t)) return false;
    s.label = t.text;
  }
  if (!read_span(r, here, &s.call)) return false;
  if (number < g->scopes.len)
    g->scopes.at[number] = s;
  else
    vec_push(r->c->arena, &g->scopes, s);
  return true;
}

/* ---- types and declarations -------------------------------------------------------------- */

static bool read_shape(Reader *r, Shape *s) {
  Span at = r->t.span;
  int64_t count = 1;
  *s = (Shape){0};
  if (!read_expect(r, '[')) return false;
  while (!read_is(r, ']')) {
    if (s->rank == MAX_RANK) return read_out_of_range(r, r->t.span, "rank");
    if (s->rank && !read_expect(r, ',')) return false;
    if (!read_number(r, "dimension", 1, MAX_ELEMENTS, &s->dim[s->rank])) return false;
    if (count > MAX_ELEMENTS / s->dim[s->rank])
      return read_out_of_range(r, at, "number of elements");
    count *= s->dim[s->rank++];
  }
  return read_expect(r, ']');
}

static bool read_place(Reader *r, Place *p) {
  static const char *const words[] = {"arena", "input", "output", "weights"};
  int64_t index;
  Token t = {0};
  if (!read_name(r, "arena, input, output or weights", &t)) return false;
  for (int i = 0; i < COUNT_OF(words); i++)
    if (str_eq(t.text, words[i])) p->kind = (PlaceKind)(PLACE_ARENA + i);
  if (p->kind == PLACE_NONE) return read_out_of_range(r, t.span, "place");
  return read_expect(r, '[') && read_number(r, "index", 0, INT32_MAX, &index) &&
         read_expect(r, ']') && read_expect(r, '+') &&
         read_number(r, "offset", 0, INT64_MAX / 2, &p->offset) &&
         (p->index = (int32_t)index, true);
}

static bool read_dtype(Reader *r, DType *type) {
  Token t = {0};
  if (!read_name(r, "an element type", &t)) return false;
  if (dtype_find(t.text, type)) return true;
  const char *names[DT_COUNT];
  for (int i = 0; i < DT_COUNT; i++) names[i] = dtype_name((DType)i);
  return read_unknown(r, &t, "element type", names, DT_COUNT);
}

static bool read_scale(Reader *r, Value *v) {
  Span at;
  int64_t zero;
  char *end;
  const char *text = read_raw(r, &at);
  v->scale = strtod(text, &end);
  if (!*text || *end) return read_out_of_range(r, at, "scale");
  if (!read_number(r, "zero point", INT32_MIN, INT32_MAX, &zero)) return false;
  v->zero = (int32_t)zero;
  return true;
}

/* Type, shape, and whatever has been decided about the value, into *v. */
static bool read_type(Reader *r, Value *v) {
  Span at;
  *v = (Value){.acc = DT_F32};
  if (!read_dtype(r, &v->type) || !read_shape(r, &v->shape)) return false;
  if (read_accept_word(r, "in")) {
    const char *text = read_raw(r, &at);
    if (!layout_parse(text, &v->shape, &v->layout)) return read_out_of_range(r, at, "layout");
  }
  if (read_accept_word(r, "at") && !read_place(r, &v->place)) return false;
  if (read_accept_word(r, "acc") && !read_dtype(r, &v->acc)) return false;
  return !read_accept_word(r, "scale") || read_scale(r, v);
}

static void apply_type(Value *v, const Value *read) {
  v->acc = read->acc;
  v->scale = read->scale;
  v->zero = read->zero;
  v->layout = read->layout;
  v->place = read->place;
}

static Value *find_value(const Graph *g, const char *name) {
  for (int i = 0; i < g->values.len; i++)
    if (g->values.at[i]->name == name) return g->values.at[i];
  return NULL;
}

static bool check_new(Reader *r, const Token *t, Span other, bool taken) {
  if (!taken) return true;
  Diag *d = diag_error(r->c, DIAG_E0805, t->span, "'%s' is declared twice", t->text);
  diag_also(r->c, d, other, "first declared here");
  return false;
}

static bool read_fill(Reader *r, Value *v) {
  static const char *const words[] = {"he", "small", "around_one", "positive"};
  Token t = {0};
  v->param.shape = v->shape;
  if (!read_accept_word(r, "as")) return true;
  if (!read_name(r, "the parameter's name", &t)) return false;
  v->param.name = t.text;
  if (!read_name(r, "how to fill the parameter", &t)) return false;
  int i = 0;
  while (i < COUNT_OF(words) && !str_eq(words[i], t.text)) i++;
  if (i == COUNT_OF(words)) return read_out_of_range(r, t.span, "fill");
  v->param.fill = (enum ParamFill)i;
  return read_number(r, "fan-in", 0, INT64_MAX, &v->param.fan_in);
}

static bool read_data(Reader *r, Value *v) {
  VEC(float) data = {0};
  if (!read_expect(r, '=') || !read_is(r, '{'))
    return read_fail(r, "'= {' and the constant's elements");
  uint32_t at = r->t.span.end;
  Span all = r->t.span;
  while (at = read_skip_blank(r->text, at), r->text[at] && r->text[at] != '}') {
    char *end;
    float x = strtof(r->text + at, &end);
    if (end == r->text + at) return read_lex(r, at), read_fail(r, "a number or '}'");
    at = (uint32_t)(end - r->text);
    vec_push(r->c->arena, &data, x);
  }
  read_lex(r, at);
  all.end = r->t.span.end;
  if (!read_expect(r, '}')) return false;
  v->data = data.at ? data.at : NEWN(r->c->arena, float, 1);
  if (data.len == shape_count(&v->shape)) return true;
  diag_error(r->c, DIAG_E0803, all, "the constant has %d elements, its shape asks for %lld",
             data.len, (long long)shape_count(&v->shape));
  return false;
}

/* input, param and const */
static bool read_declaration(Reader *r, ValueKind kind) {
  Token t = {0};
  Value type, *old;
  if (!read_name(r, "the value's name", &t) || !read_expect(r, ':') || !read_type(r, &type))
    return false;
  old = find_value(r->g, t.text);
  if (!check_new(r, &t, old ? old->span : NO_SPAN, old)) return false;
  Value *v = graph_add_value(r->c, r->g, kind, t.text, type.type, type.shape, t.span);
  apply_type(v, &type);
  if (kind == V_INPUT) vec_push(r->c->arena, &r->g->inputs, v->id);
  if (kind == V_PARAM && !read_fill(r, v)) return false;
  if (!read_span(r, t.span, &v->span)) return false;
  return kind != V_CONST || read_data(r, v);
}

static bool read_value_ref(Reader *r, ValueId *id) {
  Token t = {0};
  int64_t number;
  if (read_accept(r, '%')) {
    if (!read_number(r, "value number", 0, r->g->values.len - 1, &number)) return false;
    return *id = (ValueId)number, true;
  }
  if (!read_name(r, "a value", &t)) return false;
  Value *v = find_value(r->g, t.text);
  if (v) return *id = v->id, true;
  VEC(const char *) names = {0};
  for (int i = 0; i < r->g->values.len; i++)
    vec_push(r->c->arena, &names, r->g->values.at[i]->name);
  return read_unknown(r, &t, "value", names.at, names.len);
}

/* ---- nodes ------------------------------------------------------------------------------- */

typedef struct NodeText {
  Token name;
  OpKind op;
  void *attr;
  VEC(ValueId) in;
  VEC(Value) results; /* as declared; name NULL where it is the node's */
  int64_t scope;
  Span span;
  Annotations notes;
  Graph *body;
} NodeText;

static bool read_op(Reader *r, OpKind *op) {
  Token t = {0};
  if (!read_name(r, "an operator", &t)) return false;
  if (op_find(t.text, op)) return true;
  const char *names[OP_COUNT];
  for (int i = 0; i < OP_COUNT; i++) names[i] = op_table[i].name;
  return read_unknown(r, &t, "operator", names, OP_COUNT);
}

static bool read_attr(Reader *r, NodeText *x, bool *given) {
  Token t = read_take(r);
  const AttrField *fields = op_table[x->op].attrs;
  int i = 0;
  while (fields[i].name && !str_eq(fields[i].name, t.text)) i++;
  if (!fields[i].name) {
    diag_error(r->c, DIAG_E0802, t.span, "%s has no attribute '%s'", op_table[x->op].name,
               t.text);
    return false;
  }
  if (given[i]) {
    diag_error(r->c, DIAG_E0807, t.span, "attribute '%s' is given twice", t.text);
    return false;
  }
  given[i] = true;
  if (!read_expect(r, '=')) return false;
  Span at;
  const char *text = read_raw(r, &at);
  if (attr_parse(r->c, &fields[i], x->attr, text)) return true;
  diag_error(r->c, DIAG_E0803, at, "'%s' is no value for attribute '%s'", text, t.text);
  return false;
}

static bool read_attrs(Reader *r, NodeText *x) {
  const AttrField *fields = op_table[x->op].attrs;
  int count = 0;
  while (fields[count].name) count++;
  bool *given = NEWN(r->c->arena, bool, count);
  x->attr = attr_defaults(r->c, x->op);
  while (r->t.kind == T_NAME)
    if (!read_attr(r, x, given)) return false;
  for (int i = 0; i < count; i++) {
    if (given[i] || fields[i].preset || fields[i].type == AT_NAME) continue;
    diag_error(r->c, DIAG_E0807, x->name.span, "%s needs the attribute '%s'",
               op_table[x->op].name, fields[i].name);
    return false;
  }
  return true;
}

/* Is the next token a result's own name, which a colon follows? */
static bool result_is_named(const Reader *r) {
  return r->t.kind == T_STRING || (r->t.kind == T_NAME && r->text[r->t.span.end] == ':');
}

static bool read_results(Reader *r, NodeText *x) {
  if (r->t.kind != T_ARROW) return read_fail(r, "an attribute or '->' and the results");
  read_take(r);
  do {
    Value v = {0};
    Token t = {.span = r->t.span};
    if (result_is_named(r) && !(read_name(r, "the result's name", &t) && read_expect(r, ':')))
      return false;
    if (!read_type(r, &v)) return false;
    v.name = t.text;
    v.span = t.span;
    vec_push(r->c->arena, &x->results, v);
  } while (read_accept(r, ','));
  return true;
}

static bool read_statements(Reader *r, bool top);

static bool read_body(Reader *r, NodeText *x) {
  Graph *outer = r->g, *body = graph_new(r->c, x->name.text);
  if (r->depth >= MAX_DEPTH) return read_out_of_range(r, r->t.span, "nesting of groups");
  body->mode = outer->mode;
  memcpy(&body->scopes, &outer->scopes, sizeof body->scopes);
  body->log = outer->log;
  r->g = body;
  r->depth++;
  bool ok = read_statements(r, false) && read_expect(r, '}');
  r->depth--;
  r->g = outer;
  x->body = body;
  return ok;
}

static bool apply_results(Reader *r, const NodeText *x, Node *n) {
  Ctx *c = r->c;
  if (n->nout != x->results.len) {
    diag_error(c, DIAG_E0804, x->name.span, "%s has %d results, %d are declared",
               op_table[n->op].name, n->nout, x->results.len);
    return false;
  }
  for (int i = 0; i < n->nout; i++) {
    const Value *declared = &x->results.at[i];
    Value *v = graph_value(r->g, n->out[i]);
    if (v->type != declared->type || !shape_eq(&v->shape, &declared->shape)) {
      diag_error(c, DIAG_E0804, declared->span, "declared %s %s, but %s makes it %s %s",
                 dtype_name(declared->type), shape_text(c, &declared->shape),
                 op_table[n->op].name, dtype_name(v->type), shape_text(c, &v->shape));
      return false;
    }
    apply_type(v, declared);
    if (declared->name) graph_name_value(r->c, r->g, v, declared->name);
    const Value *other = find_value(r->g, v->name);
    Token t = {.span = declared->span, .text = v->name};
    if (!check_new(r, &t, other->span, other != v)) return false;
  }
  return true;
}

static bool add_node(Reader *r, const NodeText *x) {
  Graph *g = r->g;
  const char *name = x->name.text;
  for (int i = 0; i < g->nodes.len; i++)
    if (!check_new(r, &x->name, g->nodes.at[i]->span, g->nodes.at[i]->name == name)) return false;
  Node *n;
  g->notes = x->notes;
  if (x->op == OP_GROUP)
    n = graph_insert_group(r->c, g, g->nodes.len, x->attr, x->body, x->in.at, x->in.len, name,
                           (int)x->scope, x->span);
  else
    n = graph_add_node(r->c, g, x->op, x->attr, x->in.at, x->in.len, name, (int)x->scope,
                       x->span);
  g->notes = (Annotations){0};
  return n && node_check_operands(r->c, g, n) && apply_results(r, x, n);
}

/* name = operator(inputs) attributes -> results scope span { body } */
static bool read_node(Reader *r) {
  NodeText x = {0};
  if (!read_name(r, "a statement", &x.name) || !read_expect(r, '=')) return false;
  if (!read_op(r, &x.op) || !read_expect(r, '(')) return false;
  while (!read_is(r, ')')) {
    ValueId id;
    if (x.in.len && !read_expect(r, ',')) return false;
    if (!read_value_ref(r, &id)) return false;
    vec_push(r->c->arena, &x.in, id);
  }
  if (!read_expect(r, ')') || !read_attrs(r, &x) || !read_results(r, &x)) return false;
  if (read_accept_word(r, "scope") && !read_number(r, "scope", 0, r->g->scopes.len - 1, &x.scope))
    return false;
  Token note = {0};
  if (read_accept_word(r, "silence")) {
    if (!read_name(r, "codes of warnings", &note)) return false;
    x.notes.silence = note.text;
  }
  if (read_accept_word(r, "kernel")) {
    if (!read_name(r, "the name of a kernel", &note)) return false;
    x.notes.kernel = note.text;
  }
  if (!read_span(r, x.name.span, &x.span)) return false;
  if (x.op == OP_GROUP && !read_is(r, '{')) return read_fail(r, "'{' and the body of the group");
  if (x.op == OP_GROUP && !(read_accept(r, '{') && read_body(r, &x))) return false;
  return add_node(r, &x);
}

/* ---- graphs ------------------------------------------------------------------------------ */

static bool read_output(Reader *r) {
  Token t = {0};
  ValueId id;
  if (!read_name(r, "the output's name", &t) || !read_expect(r, '=') || !read_value_ref(r, &id))
    return false;
  vec_push(r->c->arena, &r->g->outputs, id);
  vec_push(r->c->arena, &r->g->output_names, t.text);
  return true;
}

static bool read_statements(Reader *r, bool top) {
  for (;;) {
    bool ok;
    if (r->t.kind == T_END || read_is(r, '}')) return true;
    if (top && read_accept_word(r, "source"))
      ok = read_source(r);
    else if (top && read_accept_word(r, "scope"))
      ok = read_scope(r);
    else if (read_accept_word(r, "input"))
      ok = read_declaration(r, V_INPUT);
    else if (read_accept_word(r, "param"))
      ok = read_declaration(r, V_PARAM);
    else if (read_accept_word(r, "const"))
      ok = read_declaration(r, V_CONST);
    else if (read_accept_word(r, "output"))
      ok = read_output(r);
    else
      ok = read_node(r);
    if (!ok) return false;
  }
}

static bool read_header(Reader *r) {
  Span at;
  Token name = {0};
  if (!read_accept_word(r, "graph")) return read_fail(r, "the header 'graph 1.0 name inference'");
  const char *version = read_raw(r, &at);
  if (!str_eq(version, "1.0")) return read_out_of_range(r, at, "version of graph text");
  if (!read_name(r, "the graph's name", &name)) return false;
  r->g = graph_new(r->c, name.text);
  if (read_accept_word(r, "training"))
    r->g->mode = MODE_TRAINING;
  else if (!read_accept_word(r, "inference"))
    return read_fail(r, "'inference' or 'training'");
  return true;
}

/* What has been read is verified as a whole too, so passes may rely on it. */
Graph *graph_read(Ctx *c, int32_t file) {
  const Source *src = ctx_source(c, file);
  if (!src || src->size > UINT32_MAX / 2) {
    diag_error(c, DIAG_E0803, NO_SPAN, "graph text is missing or too large");
    return NULL;
  }
  Reader r = {.c = c, .file = file, .text = src->text};
  read_lex(&r, 0);
  if (!read_header(&r) || !read_statements(&r, true)) return NULL;
  if (r.t.kind != T_END) return read_fail(&r, "a statement"), NULL;
  return graph_verify(c, r.g, "read") ? r.g : NULL;
}
