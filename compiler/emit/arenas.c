/* arenas.c: the part of an emitted interface that depends on where values lie.
 * With --region there is a pointer for each region instead of one arena's.
 * As a rule they are the caller's, and run takes pointers to them. With --io=arena they have
 * offsets in the arena, among the intermediates: the header says where, the caller writes inputs
 * there before a run and reads outputs there after it, and nothing is copied.
 */
#include "emit.h"

const char *emit_run_form(const Plan *p) {
  bool regions = p->memory.regions;
  if (p->memory.io_inside)
    return regions ? "int $_run(const $_model *model, const $_arenas *arena,\n"
                     "    const $_options *options)"
                   : "int $_run(const $_model *model, void *arena, const $_options *options)";
  return regions ? "int $_run(const $_model *model, const $_inputs *in, const $_outputs *out,\n"
                   "    const $_arenas *arena, const $_options *options)"
                 : "int $_run(const $_model *model, const $_inputs *in, const $_outputs *out,\n"
                   "    void *arena, const $_options *options)";
}

const char *emit_arena_type(Ctx *c, const Plan *p, const char *prefix) {
  return p->memory.regions ? str_fmt(c->arena, "const %s_arenas *arena", prefix) : "void *arena";
}

/* ---- regions ------------------------------------------------------------------------------ */

static bool is_used(const Region *r) { return r->bytes + r->thread_bytes > 0; }

const char *emit_place(Ctx *c, const Plan *p, int64_t offset, int unit) {
  const Region *r = plan_region_of(p, offset);
  long long at = (long long)(r ? offset - r->offset : offset) / unit;
  if (unit == 1) return str_fmt(c->arena, r ? "%s %lld" : "%s%lld", r ? r->name : "", at);
  return str_fmt(c->arena, "%s + %lld", r ? str_fmt(c->arena, "%s_region", r->name) : "arena",
                 at);
}

void emit_region_pointers(Writer *w, const Plan *p) {
  Ctx c = {.arena = w->out.arena};
  const char *base = "arena";
  long long behind = (long long)p->arena_bytes / 4;
  bool used = p->arena_bytes + p->thread_bytes;
  for (int i = 0; i < p->memory.regions; i++) {
    const Region *r = &p->memory.region[i];
    if (!is_used(r)) continue;
    w_line(w, "float *const %s_region = arena->%s;", r->name, emit_identifier(&c, r->name));
    if (!r->thread_bytes) continue;
    base = str_fmt(c.arena, "%s_region", r->name);
    behind = (long long)r->bytes / 4;
  }
  if (p->thread_bytes)
    w_line(w, "float *ws = %s + %lld + (size_t)t * %lld; /* this thread's workspace */", base,
           behind, (long long)p->thread_bytes / 4);
  else if (!used)
    w_line(w, "(void)arena;");
}

static void size_macro(StrBuf *out, const char *upper, const char *name, int64_t bytes,
                       int64_t thread_bytes) {
  sb_printf(out,
            "#define %s_ARENA_%sBYTES(threads) ((size_t)%lld + (size_t)(threads) * %lld%s)\n",
            upper, name, (long long)bytes, (long long)thread_bytes,
            bytes + thread_bytes ? " + NETRT_GUARD" : "");
}

void emit_arena_sizes(Ctx *c, const Plan *p, const char *prefix, StrBuf *out) {
  const char *upper = emit_upper(c, prefix);
  sb_printf(out, "/* Bytes of %s for a number of threads: an integer constant expression. */\n",
            p->memory.regions ? "each region" : "the arena");
  if (!p->memory.regions) size_macro(out, upper, "", p->arena_bytes, p->thread_bytes);
  for (int i = 0; i < p->memory.regions; i++) {
    const Region *r = &p->memory.region[i];
    size_macro(out, upper, str_fmt(c->arena, "%s_", emit_upper(c, r->name)), r->bytes,
               r->thread_bytes);
  }
  sb_printf(out, "#define %s_ARENA_ALIGN 64\n", upper);
}

void emit_arena_struct(Ctx *c, const Plan *p, const char *prefix, StrBuf *out) {
  if (!p->memory.regions) return;
  sb_puts(out, "/* Where each region begins, on 64 bytes; one without bytes may be NULL. */\n");
  sb_printf(out, "typedef struct %s_arenas {\n", prefix);
  for (int i = 0; i < p->memory.regions; i++)
    sb_printf(
        out, "  void *%s; /* %s bytes on one thread, of %s */\n",
        emit_identifier(c, p->memory.region[i].name),
        str_thousands(c->arena, p->memory.region[i].bytes + p->memory.region[i].thread_bytes),
        str_thousands(c->arena, p->memory.region[i].capacity));
  sb_printf(out, "} %s_arenas;\n\n", prefix);
}

void emit_arena_test(Ctx *c, const Plan *p, const char *prefix, StrBuf *out) {
  const char *upper = emit_upper(c, prefix);
  if (p->arena_bytes + p->thread_bytes == 0) return;
  if (!p->memory.regions)
    sb_printf(out, "  if (!arena || (uintptr_t)arena %% %s_ARENA_ALIGN) return NETRT_E_ARENA;\n",
              upper);
  else
    sb_puts(out, "  if (!arena) return NETRT_E_ARENA;\n");
  for (int i = 0; i < p->memory.regions; i++) {
    const char *name = emit_identifier(c, p->memory.region[i].name);
    if (is_used(&p->memory.region[i]))
      sb_printf(out,
                "  if (!arena->%s || (uintptr_t)arena->%s %% %s_ARENA_ALIGN)\n"
                "    return NETRT_E_ARENA;\n",
                name, name, upper);
  }
}

/* ---- the object's own --------------------------------------------------------------------- */

/* Aligned by hand where the compiler has no word for it, as C99 has none. */
static const char static_head[] =
    "\n"
    "/* Runs whose caller gives no arena use this, so only one of them at a time. */\n"
    "#ifndef @_STATIC_THREADS\n"
    "#ifdef _OPENMP\n"
    "#define @_STATIC_THREADS 8\n"
    "#else\n"
    "#define @_STATIC_THREADS 1\n"
    "#endif\n"
    "#endif\n";

static const char static_one[] =
    "static unsigned char $_static_arena[@_ARENA_BYTES(@_STATIC_THREADS) + @_ARENA_ALIGN - 1];\n"
    "\n"
    "void *$_arena(void) {\n"
    "  const uintptr_t over = (uintptr_t)$_static_arena % @_ARENA_ALIGN;\n"
    "  return $_static_arena + (over ? @_ARENA_ALIGN - over : 0);\n"
    "}\n";

static const char static_regions[] =
    "#ifdef __GNUC__\n"
    "#define STATIC_ALIGNED __attribute__((aligned(@_ARENA_ALIGN)))\n"
    "#define STATIC_MORE 0 /* no byte more than the region has */\n"
    "#else\n"
    "#define STATIC_ALIGNED\n"
    "#define STATIC_MORE (@_ARENA_ALIGN - 1)\n"
    "#endif\n"
    "\n"
    "static void *aligned_up(unsigned char *at) {\n"
    "  const uintptr_t over = (uintptr_t)at % @_ARENA_ALIGN;\n"
    "  return at + (over ? @_ARENA_ALIGN - over : 0);\n"
    "}\n\n";

static const char static_region[] =
    "/* For the linker: -D@_SECTION_%s='__attribute__((section(\".name\")))'. */\n"
    "#ifndef @_SECTION_%s\n"
    "#define @_SECTION_%s\n"
    "#endif\n"
    "static unsigned char $_static_%s[@_ARENA_%s_BYTES(@_STATIC_THREADS) + STATIC_MORE]\n"
    "    STATIC_ALIGNED @_SECTION_%s;\n\n";

void emit_static_arena(Ctx *c, const Plan *p, const char *prefix, StrBuf *out) {
  sb_puts(out, emit_named(c, static_head, prefix));
  sb_puts(out, emit_named(c, p->memory.regions ? static_regions : static_one, prefix));
  if (!p->memory.regions) return;
  for (int i = 0; i < p->memory.regions; i++) {
    const Region *r = &p->memory.region[i];
    const char *up = emit_upper(c, r->name);
    if (is_used(r))
      sb_printf(out, emit_named(c, static_region, prefix), up, up, up, r->name, up, up);
  }
  sb_printf(out, "%s_arenas %s_arena(void) {\n  %s_arenas own;\n", prefix, prefix, prefix);
  for (int i = 0; i < p->memory.regions; i++) {
    const Region *r = &p->memory.region[i];
    const char *at =
        is_used(r) ? str_fmt(c->arena, "aligned_up(%s_static_%s)", prefix, r->name) : "NULL";
    sb_printf(out, "  own.%s = %s;\n", emit_identifier(c, r->name), at);
  }
  sb_puts(out, "  return own;\n}\n");
}

void emit_static_use(Ctx *c, const Plan *p, const char *prefix, StrBuf *out) {
  bool regions = p->memory.regions;
  if (regions) sb_printf(out, "  const %s_arenas own = %s_arena();\n", prefix, prefix);
  sb_puts(out, "  if (!arena) {\n");
  sb_puts(out,
          regions ? "    arena = &own;\n" : emit_named(c, "    arena = $_arena();\n", prefix));
  if (!regions)
    sb_puts(out, emit_named(c,
                            "    if (@_ARENA_BYTES(1) > @_ARENA_BYTES(0) && options && "
                            "options->threads > @_STATIC_THREADS)\n"
                            "      return NETRT_E_ARENA; /* no workspace for so many */\n",
                            prefix));
  else if (p->thread_bytes)
    sb_puts(out, emit_named(c,
                            "    if (options && options->threads > @_STATIC_THREADS)\n"
                            "      return NETRT_E_ARENA; /* no workspace for so many */\n",
                            prefix));
  sb_puts(out, "  }\n");
}

static const char static_note[] =
    "/* Compiled with --arena=static: where run and selftest are given no arena (NULL), they use "
    "one\n"
    "   that is part of $.c, so one such run at a time. Workspaces in it are for as many "
    "threads\n"
    "   as @_STATIC_THREADS says when $.c is compiled (8; 1 without OpenMP). */\n";

void emit_static_note(Ctx *c, const Plan *p, const char *prefix, StrBuf *out) {
  bool own = p->arena_bytes + p->thread_bytes;
  sb_puts(out, emit_named(c, static_note, prefix));
  if (!own)
    sb_putc(out, '\n');
  else if (p->memory.regions)
    sb_puts(out, emit_named(c, "$_arenas $_arena(void);\n\n", prefix));
  else
    sb_puts(out, emit_named(c, "void *$_arena(void);\n\n", prefix));
}

/* ---- the header --------------------------------------------------------------------------- */

static const char inside_note[] =
    "/* Compiled with --io=arena: inputs and outputs lie in the arena, at so many bytes from "
    "its\n"
    "   start. Inputs are written there before each run, which may use their memory for other\n"
    "   things afterwards; outputs stand there until the next run. options.batch is 0 or 1. */\n";

/* One tensor: where it lies, and a function that adds that to the arena's address. */
static void header_end(Ctx *c, const Plan *p, ValueId id, const char *name, const char *way,
                       const char *prefix, StrBuf *out) {
  const Value *v = graph_value(p->g, id);
  const char *upper = emit_upper(c, prefix), *type = ctype(v), *at = emit_upper(c, name);
  const Region *r = plan_region_of(p, v->place.offset);
  const char *base = r ? str_fmt(c->arena, "arena->%s", emit_identifier(c, r->name)) : "arena";
  sb_printf(out,
            "#define %s_%s_OFFSET %lld\n"
            "static inline %s *%s_%s_%s(%s) { /* [%s] */\n"
            "  return (%s *)(void *)((char *)%s + %s_%s_OFFSET);\n"
            "}\n",
            upper, at, (long long)(v->place.offset - (r ? r->offset : 0)), type, prefix, way,
            name, emit_arena_type(c, p, prefix), emit_stored(c, v), type, base, upper, at);
}

void emit_ends_inside(Ctx *c, const Plan *p, const char *prefix, StrBuf *out) {
  const Graph *g = p->g;
  sb_puts(out, inside_note);
  for (int i = 0; i < g->inputs.len; i++)
    header_end(c, p, g->inputs.at[i], emit_input_name(c, g, i), "input", prefix, out);
  for (int i = 0; i < g->outputs.len; i++)
    header_end(c, p, g->outputs.at[i], emit_output_name(c, g, i), "output", prefix, out);
  sb_putc(out, '\n');
}

/* ---- the self-test ------------------------------------------------------------------------ */

/* Elements of an end, times their size. */
static long long bytes_of(const Value *v) {
  return (long long)shape_count(&v->shape) * dtype_size(v->type);
}

void emit_selftest_inside(Ctx *c, const Plan *p, bool own, const char *prefix, StrBuf *out) {
  const Graph *g = p->g;
  Writer w = writer_new(c);
  w_blank(&w);
  w_open(&w, "int %s_selftest(const %s_model *model, %s)", prefix, prefix,
         emit_arena_type(c, p, prefix));
  w_line(&w, "if (!model) return NETRT_E_ARGUMENT;");
  if (own && p->memory.regions) {
    w_line(&w, "const %s_arenas own = %s_arena();", prefix, prefix);
    w_line(&w, "if (!arena) arena = &own;");
  } else if (own) {
    w_line(&w, "if (!arena) arena = %s_arena();", prefix);
  }
  emit_arena_test(c, p, prefix, &w.out);
  w_line(&w, "uint64_t bytes = 0;");
  w_line(&w, "const void *data;");
  for (int i = 0; i < g->inputs.len; i++) {
    long long bytes = bytes_of(graph_value(g, g->inputs.at[i]));
    w_line(&w, "data = netrt_find(model->file, NETRT_KIND_SELFTEST_INPUT, %d, &bytes);", i);
    w_line(&w, "if (!data || bytes != %lld) return NETRT_E_SELFTEST_DATA;", bytes);
    w_line(&w, "memcpy(%s_input_%s(arena), data, %lld);", prefix, emit_input_name(c, g, i),
           bytes);
  }
  w_line(&w, "int status = %s_run(model, arena, NULL);", prefix);
  for (int i = 0; i < g->outputs.len; i++) {
    long long bytes = bytes_of(graph_value(g, g->outputs.at[i]));
    w_open(&w, "if (!status)");
    w_line(&w, "data = netrt_find(model->file, NETRT_KIND_SELFTEST_EXPECTED, %d, &bytes);", i);
    w_line(&w, "status = data && bytes == %lld", bytes);
    w_line(&w, "    ? netrt_compare(%s_output_%s(arena), data, %lld, 1e-5)", prefix,
           emit_output_name(c, g, i), bytes / 4);
    w_line(&w, "    : NETRT_E_SELFTEST_DATA;");
    w_close(&w);
  }
  w_line(&w, "return status;");
  w_close(&w);
  sb_puts(out, sb_str(&w.out));
}
