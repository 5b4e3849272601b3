/* model.c: the C file of a model: table of layers, distinct kernels, the layer sequence.
 * Kernels are written first, each into a text of its own; equal texts become one function, so
 * layers of equal shape share code. The file is assembled around them: a head that shows the
 * network, the preamble, the kernels with their banners, then what api.c writes.
 */
#include "emit.h"

#include <ctype.h>
#include <string.h>

/* A distinct kernel function and the steps that call it. */
typedef struct Unit {
  const char *text, *name, *base;
  Kernel kernel;
  VEC(int) steps;
} Unit;

typedef struct Model {
  Ctx *c;
  const Plan *p;
  const EmitOptions *opt;
  Emitted *out;
  VEC(Unit) units;
  int *unit_of; /* by step; -1 for views */
  int calls;    /* layers called so far */
} Model;

const char *emit_prefix(Ctx *c, const Plan *p, const EmitOptions *opt) {
  const char *name = opt->prefix ? opt->prefix : p->g->name;
  char *id = str_dup(c->arena, name, strlen(name));
  for (char *s = id; *s; s++)
    if (!isalnum((unsigned char)*s)) *s = '_';
  if (str_eq(id, "netrt")) return "netrt_"; /* the runtime's files and symbols are called so */
  return isdigit((unsigned char)*id) ? str_fmt(c->arena, "n%s", id) : id;
}

const char *emit_comment(Ctx *c, const char *text) {
  char *safe = str_dup(c->arena, text, strlen(text));
  for (char *s = safe; (s = strstr(s, "*/")); s++) *s = '_';
  return safe;
}

const char *emit_upper(Ctx *c, const char *id) {
  char *up = str_dup(c->arena, id, strlen(id));
  for (char *s = up; *s; s++) *s = (char)toupper((unsigned char)*s);
  return up;
}

static const Node *step_node(const Model *m, int i) {
  return m->p->g->nodes.at[m->p->steps.at[i].node];
}

static bool write_kernel(Model *m, int i) {
  const Step *st = &m->p->steps.at[i];
  m->unit_of[i] = -1;
  if (st->view) return true;
  Kernel k = {.c = m->c, .t = m->p->target, .step = st, .w = writer_new(m->c), .base = "kernel"};
  if (!group_view(m->p->g, step_node(m, i), &k.v) || !kernel_emitters[st->choice.kernel](&k))
    return false;
  const char *text = sb_str(&k.w.out);
  int u = 0;
  while (u < m->units.len && strcmp(m->units.at[u].text, text)) u++;
  if (u == m->units.len)
    vec_push(m->c->arena, &m->units, (Unit){.text = text, .base = k.base, .kernel = k});
  vec_push(m->c->arena, &m->units.at[u].steps, i);
  m->unit_of[i] = u;
  Counts *sum = &m->out->counts;
  sum->fma += k.w.counts.fma;
  sum->other += k.w.counts.other;
  sum->loads += k.w.counts.loads;
  sum->stores += k.w.counts.stores;
  return true;
}

/* Final names: the kernel's own short name, numbered where different texts share it. */
static void name_units(Model *m, const char *prefix) {
  for (int u = 0; u < m->units.len; u++) {
    int same = 1;
    for (int v = 0; v < u; v++) same += str_eq(m->units.at[v].base, m->units.at[u].base);
    const char *base = m->units.at[u].base;
    m->units.at[u].name = same == 1 ? str_fmt(m->c->arena, "%s_%s", prefix, base)
                                    : str_fmt(m->c->arena, "%s_%s_v%d", prefix, base, same);
  }
}

static void put_named(StrBuf *out, const char *text, const char *name) {
  for (const char *s = text; *s;) {
    size_t n = strcspn(s, "$");
    sb_write(out, s, n);
    s += n;
    if (*s == '$') {
      sb_puts(out, name);
      s++;
    }
  }
}

static const char *position(const Model *m, Span span) {
  int line, column;
  if (!span_position(m->c, span, &line, &column)) return "-";
  const char *file = path_base(ctx_source(m->c, span.file)->path);
  return str_fmt(m->c->arena, "%s:%d", emit_comment(m->c, file), line);
}

static void write_banner(Model *m, StrBuf *out, const Unit *u) {
  const Counts *n = &u->kernel.w.counts;
  Arena *a = m->c->arena;
  sb_printf(out, "/* %s\n *\n", u->name);
  for (int i = 0; i < u->steps.len; i++) {
    const Node *node = step_node(m, u->steps.at[i]);
    sb_printf(out, " * %s %s (%s)\n", i ? "   and" : "layer", node->name,
              position(m, node->span));
  }
  for (int i = 0; i < u->kernel.notes.len; i++) sb_printf(out, " * %s\n", u->kernel.notes.at[i]);
  sb_printf(out, " * counted here: %s multiply-adds, %s other operations,\n",
            str_thousands(a, (int64_t)(n->fma + 0.5)),
            str_thousands(a, (int64_t)(n->other + 0.5)));
  sb_printf(out, " *   %s bytes loaded, %s bytes stored */\n",
            str_thousands(a, (int64_t)(n->loads + 0.5)),
            str_thousands(a, (int64_t)(n->stores + 0.5)));
}

/* ---- the head: the network as a table ----------------------------------------------------- */

static const char *place_text(const Model *m, const Value *v) {
  switch (v->place.kind) {
  case PLACE_ARENA: return emit_place(m->c, m->p, v->place.offset, 1);
  case PLACE_INPUT: return "input";
  case PLACE_OUTPUT: return "output";
  default: return "-";
  }
}

enum { COLUMNS = 8, NAME = 1 }; /* the layer's name may be too long for its column */
static const char *const table_head[COLUMNS] = {"epoch",  "layer",  "source",        "kernel",
                                                "output", "layout", "multiply-adds", "arena at"};
static const bool table_right[COLUMNS] = {true, false, false, false, false, false, true, true};

static void table_cells(const Model *m, int i, const char *cell[COLUMNS]) {
  const Step *st = &m->p->steps.at[i];
  const Node *n = step_node(m, i);
  const Value *y = graph_value(m->p->g, n->out[0]);
  double fma = m->unit_of[i] < 0 ? 0 : m->units.at[m->unit_of[i]].kernel.w.counts.fma;
  cell[0] = str_fmt(m->c->arena, "%d", st->epoch);
  cell[NAME] = n->name;
  cell[2] = position(m, n->span);
  cell[3] = st->view ? "(view)" : kernel_table[st->choice.kernel].name;
  cell[4] = shape_text(m->c, &y->shape);
  cell[5] = layout_text(m->c, &y->layout, &y->shape);
  cell[6] = str_thousands(m->c->arena, (int64_t)(fma + 0.5));
  cell[7] = place_text(m, y);
}

static void table_line(StrBuf *out, const char *const cell[COLUMNS], const int width[COLUMNS]) {
  sb_puts(out, " *");
  for (int j = 0; j < COLUMNS; j++) {
    int w = table_right[j] ? width[j] : -width[j];
    sb_printf(out, " %*s", w, cell[j]);
    if (j == NAME && (int)strlen(cell[j]) > width[j])
      sb_printf(out, "\n *%*s", width[0] + 2 + width[NAME], "");
  }
  sb_putc(out, '\n');
}

static void write_table(const Model *m, StrBuf *out) {
  int steps = m->p->steps.len, width[COLUMNS] = {0}, sum = 2;
  const char *(*rows)[COLUMNS] = arena_array(m->c->arena, (size_t)steps + 1, sizeof *rows);
  memcpy(rows[0], table_head, sizeof table_head);
  for (int i = 0; i < steps; i++) table_cells(m, i, rows[i + 1]);
  for (int j = 0; j < COLUMNS; j++) {
    for (int i = 0; i <= steps; i++)
      if ((int)strlen(rows[i][j]) > width[j]) width[j] = (int)strlen(rows[i][j]);
    sum += 1 + width[j];
  }
  if (sum > LINE) width[NAME] -= sum - LINE;
  if (width[NAME] < 5) width[NAME] = 5;
  for (int i = 0; i <= steps; i++) table_line(out, rows[i], width);
}

static void write_head(Model *m, StrBuf *out, const char *prefix) {
  const Plan *p = m->p;
  Arena *a = m->c->arena;
  sb_printf(out, "/* %s.c: network '%s', compiled for\n * %s: %s.\n *\n", prefix, p->g->name,
            p->target->name, p->target->doc);
  if (m->opt->command) sb_printf(out, " *   %s\n *\n", emit_comment(m->c, m->opt->command));
  write_table(m, out);
  sb_printf(out,
            " *\n * %s multiply-adds, %s other operations; arena %s bytes (lower bound %s);\n"
            " * %d kernels for %d layers, %d barrier%s. %s */\n",
            str_thousands(a, (int64_t)(m->out->counts.fma + 0.5)),
            str_thousands(a, (int64_t)(m->out->counts.other + 0.5)),
            str_thousands(a, p->arena_bytes), str_thousands(a, p->lower_bound), m->units.len,
            p->steps.len, p->lone ? 0 : p->epochs - 1, !p->lone && p->epochs == 2 ? "" : "s",
            p->lone ? "One thread runs them all, one after the other."
                    : "A layer of an epoch runs after the\n"
                      " * barrier that opens it; layers of one epoch are independent of each "
                      "other.");
}

/* ---- the sequence of layers ------------------------------------------------------------------
 */

/* C expression for the storage of a value. */
static const char *pointer(const Model *m, const Value *v) {
  const Graph *g = m->p->g;
  Arena *a = m->c->arena;
  long long index = v->place.index;
  switch (v->place.kind) {
  case PLACE_ARENA:
    return str_fmt(a, v->type == DT_F32 ? "%s" : "(const uint8_t *)(%s)",
                   emit_place(m->c, m->p, v->place.offset, 4));
  case PLACE_INPUT:
    return str_fmt(a, "in->%s + b * %lld", emit_input_name(m->c, g, (int)index),
                   (long long)shape_count(&v->shape));
  case PLACE_OUTPUT:
    return str_fmt(a, "out->%s + b * %lld", emit_output_name(m->c, g, (int)index),
                   (long long)shape_count(&v->shape));
  case PLACE_WEIGHTS: return str_fmt(a, "w[%lld]", index);
  default: return "NULL";
  }
}

static void write_call(Model *m, Writer *w, int i) {
  const Step *st = &m->p->steps.at[i];
  const Node *n = step_node(m, i);
  if (st->view) {
    w_line(w, "/* %s: nothing to do, its storage is its inputs' */", n->name);
    return;
  }
  if (st->barrier) w_line(w, "BARRIER(m, n);");
  StrBuf b = {.arena = m->c->arena};
  const char *part = st->serial ? "0, 1" : st->mirror ? "n - 1 - t, n" : "t, n";
  sb_printf(&b, "%s(", m->units.at[m->unit_of[i]].name);
  for (int j = 0; j < n->nin; j++)
    if (st->in_place != j + 1) sb_printf(&b, "%s, ", pointer(m, graph_value(m->p->g, n->in[j])));
  sb_printf(&b, "%s, %s%s)", pointer(m, graph_value(m->p->g, n->out[0])),
            st->choice.workspace ? "ws, " : "", part);
  const char *who = st->serial && !m->p->lone ? "ALONE" : "LAYER";
  w_wrapped(w,
            str_fmt(m->c->arena, "%s(%d, %s); /* %s */", who, m->calls++, sb_str(&b), n->name));
}

static void write_layers(Model *m, StrBuf *out, const char *prefix) {
  Writer w = writer_new(m->c);
  w_blank(&w);
  w_line(&w, "/* All layers, as thread t of n runs them: each kernel does its slice. */");
  bool lone = m->p->lone, inside = m->p->memory.io_inside;
  const char *arena = m->p->memory.regions
                          ? str_fmt(m->c->arena, "const %s_arenas *arena", prefix)
                          : "float *arena";
  if (inside) {
    w_line(&w, "static void %s_layers(const %s_model *model, %s,", prefix, prefix, arena);
    w_open(&w, "    const %s_options *options, team *m, int t, int n DEBUG_PARAMETER)", prefix);
  } else {
    w_line(&w, "static void %s_layers(const %s_model *model, const %s_inputs *in,", prefix,
           prefix, prefix);
    w_line(&w, "    const %s_outputs *out, %s, const %s_options *options,", prefix, arena,
           prefix);
    w_open(&w, "    team *m, int t, int n DEBUG_PARAMETER)");
  }
  w_line(&w, "const size_t batch = options && options->batch ? options->batch : 1;");
  w_line(&w, "const float *const *w = model->w;");
  if (!m->p->sections.len) w_line(&w, "(void)w;");
  if (lone) w_line(&w, "(void)m, (void)t, (void)n;");
  emit_region_pointers(&w, m->p);
  w_open(&w, "for (size_t b = 0; b < batch; ++b)");
  if (!lone) w_line(&w, "if (b) BARRIER(m, n); /* the last round's readers are done */");
  for (int i = 0; i < m->p->steps.len; i++) write_call(m, &w, i);
  w_close(&w);
  if (!lone)
    w_line(&w, "BARRIER(m, n); /* nobody is left to OpenMP's own, which spins for long */");
  w_close(&w);
  sb_puts(out, sb_str(&w.out));
}

/* Threads wait by spinning for a few microseconds, then give the processor away each time: on a
 * loaded machine whoever they wait for may need it. OpenMP's own barriers, which spin for
 * milliseconds first, cost such a machine hundreds of times the work of a small network. */
const char emit_team_text[] =
    "#if defined(_OPENMP) && defined(__GNUC__) && (defined(__unix__) || defined(__APPLE__))\n"
    "#include <sched.h>\n"
    "#if defined(__x86_64__) || defined(__i386__)\n"
    "#define PAUSE() __builtin_ia32_pause()\n"
    "#elif defined(__aarch64__)\n"
    "#define PAUSE() __asm__ volatile(\"yield\")\n"
    "#else\n"
    "#define PAUSE() ((void)0)\n"
    "#endif\n"
    "/* Where the threads of a run meet: it lives as long as the run. */\n"
    "typedef struct team {\n"
    "  unsigned arrived, apart[15], phase; /* two cache lines */\n"
    "} team;\n"
    "static void team_wait(team *m, unsigned n) {\n"
    "  const unsigned phase = __atomic_load_n(&m->phase, __ATOMIC_RELAXED);\n"
    "  if (__atomic_add_fetch(&m->arrived, 1u, __ATOMIC_ACQ_REL) == n) {\n"
    "    __atomic_store_n(&m->arrived, 0u, __ATOMIC_RELAXED);\n"
    "    __atomic_store_n(&m->phase, phase + 1, __ATOMIC_RELEASE);\n"
    "    return;\n"
    "  }\n"
    "  for (int spins = 0; __atomic_load_n(&m->phase, __ATOMIC_ACQUIRE) == phase;)\n"
    "    if (spins < 1000) {\n"
    "      ++spins;\n"
    "      PAUSE();\n"
    "    } else {\n"
    "      (void)sched_yield(); /* whoever is late may need this processor */\n"
    "    }\n"
    "}\n"
    "#define BARRIER(m, n) do { if ((n) > 1) team_wait(m, (unsigned)(n)); } while (0)\n"
    "#else\n"
    "typedef struct team {\n"
    "  unsigned unused;\n"
    "} team;\n"
    "#ifdef _OPENMP /* a lone thread must not wait for its caller's team */\n"
    "#define BARRIER(m, n) do { (void)(m); if ((n) > 1) { _Pragma(\"omp barrier\") } } while "
    "(0)\n"
    "#else\n"
    "#define BARRIER(m, n) ((void)(m), (void)(n))\n"
    "#endif\n"
    "#endif\n";

static const char layer_text[] =
    "#ifdef NETRT_DEBUG /* each layer by itself, memory looked at before and after it */\n"
    "#define LAYER(i, call) do { \\\n"
    "    if (t == 0) { netrt_debug_before(debug, i); } %scall; \\\n"
    "    %sif (t == 0) { netrt_debug_after(debug, i, b); } } while (0)\n"
    "#define ALONE(i, call) LAYER(i, if (t == 0) { call; })\n"
    "#define DEBUG_PARAMETER , netrt_debug *debug\n"
    "#define DEBUG_ARGUMENT , debug\n"
    "#else\n"
    "#define ALONE(i, call) if (t == 0) LAYER(i, call)\n"
    "#define DEBUG_PARAMETER\n"
    "#define DEBUG_ARGUMENT\n"
    "#ifdef NETRT_PROFILE /* when each thread began and ended each of the layers */\n"
    "#define LAYER(i, call) do { const double begin = netrt_profile_now(); call; \\\n"
    "    if (options) netrt_profile_put(options->profile, b, i, t, n, begin); } while (0)\n"
    "#else\n"
    "#define LAYER(i, call) call\n"
    "#endif\n"
    "#endif\n\n";

/* Names stand between quotes there, in C and in JSON. */
const char *emit_unquoted(Ctx *c, const char *name) {
  char *safe = str_dup(c->arena, name, strlen(name));
  for (char *s = safe; *s; s++)
    if (*s == '"' || *s == '\\') *s = '_';
  return safe;
}

static void write_profile(Model *m, StrBuf *out, const char *prefix) {
  const Plan *p = m->p;
  if (!m->calls) return;
  sb_printf(out,
            "\n#ifdef NETRT_PROFILE\n"
            "static const netrt_profile_layer %s_profile_layers[%d] = {\n",
            prefix, m->calls);
  for (int i = 0; i < p->steps.len; i++) {
    if (m->unit_of[i] < 0) continue;
    const Counts *n = &m->units.at[m->unit_of[i]].kernel.w.counts;
    sb_printf(out, "    {\"%s\", \"%s\", %.0f, %.0f},\n",
              emit_unquoted(m->c, step_node(m, i)->name),
              kernel_table[p->steps.at[i].choice.kernel].name, n->fma, n->loads + n->stores);
  }
  sb_printf(out,
            "};\n\n"
            "netrt_profile *%s_profile_new(int threads, int runs) {\n"
            "  return netrt_profile_new(\"%s\", \"%s\", %s_profile_layers, %d, threads, runs);\n"
            "}\n#endif\n",
            prefix, p->g->name, p->target->name, prefix, m->calls);
}

/* Bytes and other orders exist in the caller's buffers alone, and a cast alone reads them. */
static bool interface_supported(Ctx *c, const Graph *g) {
  bool ok = true;
  for (int i = 0; i < g->values.len; i++) {
    const Value *v = graph_value(g, i);
    if (v->type == DT_F32 || (v->type == DT_U8 && v->kind == V_INPUT)) continue;
    diag_error(c, DIAG_E0701, v->span, "'%s' is %s: only f32 is emitted", v->name,
               dtype_name(v->type));
    ok = false;
  }
  for (int i = 0; i < g->nodes.len; i++) {
    const Node *n = g->nodes.at[i];
    GroupView view;
    bool cast = n->op == OP_GROUP && group_view(g, n, &view) && view.anchor->op == OP_CAST;
    for (int j = 0; j < n->nin && !cast; j++) {
      const Value *v = graph_value(g, n->in[j]);
      if (v->kind != V_INPUT) continue;
      if (v->type == DT_F32 && layout_is_plain(&v->layout, &v->shape)) continue;
      diag_error(c, DIAG_E0701, n->span, "'%s' reads the input '%s' without a cast", n->name,
                 v->name);
      ok = false;
    }
  }
  return ok;
}

bool emit_model(Ctx *c, const Plan *p, const EmitOptions *opt, Emitted *out) {
  *out =
      (Emitted){.c = {.arena = c->arena}, .h = {.arena = c->arena}, .embed = {.arena = c->arena}};
  Model m = {
      .c = c, .p = p, .opt = opt, .out = out, .unit_of = NEWN(c->arena, int, p->steps.len + 1)};
  if (!interface_supported(c, p->g)) return false;
  for (int i = 0; i < p->steps.len; i++)
    if (!write_kernel(&m, i)) return false;
  const char *prefix = emit_prefix(c, p, opt);
  name_units(&m, prefix);
  StrBuf body = {.arena = c->arena};
  Shared shared = {0};
  for (int u = 0; u < m.units.len; u++) {
    write_banner(&m, &body, &m.units.at[u]);
    m.units.at[u].text = share_functions(c, &shared, m.units.at[u].text, m.units.at[u].name);
    put_named(&body, m.units.at[u].text, m.units.at[u].name);
    sb_putc(&body, '\n');
  }
  write_head(&m, &out->c, prefix);
  sb_printf(&out->c, "#include \"%s.h\"\n\n", prefix);
  sb_puts(&out->c, "#ifdef NETRT_DEBUG\n#include \"netrt_debug.h\"\n#endif\n");
  if (p->memory.io_inside) sb_puts(&out->c, "#include <string.h>\n");
  preamble_write(c, &out->c, p->target, sb_str(&body));
  sb_puts(&out->c,
          p->lone ? "typedef struct team team; /* nobody to wait for */\n\n" : emit_team_text);
  const char *meet = p->lone ? "" : "BARRIER(m, n); ";
  sb_printf(&out->c, layer_text, meet, meet);
  sb_printf(&out->c, "struct %s_model {\n  netrt_file *file;\n  const float *w[%d];\n};\n\n",
            prefix, p->sections.len ? p->sections.len : 1);
  sb_puts(&out->c, sb_str(&body));
  write_layers(&m, &out->c, prefix);
  preamble_close(&out->c, p->target);
  emit_debug(c, p, prefix, &out->c);
  emit_api(c, p, opt, prefix, &out->c);
  write_profile(&m, &out->c, prefix);
  emit_header(c, p, opt, prefix, &out->h);
  if (opt->embed) emit_embed(c, p, prefix, &out->embed);
  wrap_lines(&out->c);
  wrap_lines(&out->h);
  for (int u = 0; u < m.units.len; u++)
    vec_push(
        c->arena, &out->texts,
        (KernelText){m.units.at[u].name, strlen(m.units.at[u].text), m.units.at[u].steps.at[0]});
  out->kernels = m.units.len;
  return true;
}
