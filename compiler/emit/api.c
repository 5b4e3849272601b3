/* api.c: the public functions of an emitted model, its header and its embedding file.
 * The interface: open maps and verifies the weights and refuses what does not fit;
 * run neither allocates nor locks nor writes to globals; one parallel region a run.
 */
#include "emit.h"

#include <ctype.h>
#include <string.h>

/* Words that no member of a struct may be called in C or C++: the header serves both. */
static const char keywords[] =
    " alignas alignof and and_eq asm auto bitand bitor bool break case catch char class compl "
    "const "
    "constexpr const_cast continue decltype default delete do double dynamic_cast else enum "
    "explicit export extern false float for friend goto if inline int long mutable namespace new "
    "noexcept not not_eq nullptr operator or or_eq private protected public register "
    "reinterpret_cast restrict return short signed sizeof static static_assert static_cast "
    "struct "
    "switch template this thread_local throw true try typedef typeid typename typeof union "
    "unsigned using virtual void volatile wchar_t while xor xor_eq ";

const char *emit_identifier(Ctx *c, const char *name) {
  char *id = str_dup(c->arena, name, strlen(name));
  for (char *s = id; *s; s++)
    if (!isalnum((unsigned char)*s)) *s = '_';
  bool taken = strstr(keywords, str_fmt(c->arena, " %s ", id)) != NULL;
  return taken ? str_fmt(c->arena, "%s_", id) : id;
}

const char *emit_input_name(Ctx *c, const Graph *g, int i) {
  return emit_identifier(c, graph_value(g, g->inputs.at[i])->name);
}

const char *emit_output_name(Ctx *c, const Graph *g, int i) {
  return emit_identifier(c, g->output_names.at[i]);
}

static long long count_of(const Graph *g, ValueId id) {
  return (long long)shape_count(&graph_value(g, id)->shape);
}

/* ---- open and close ---------------------------------------------------------------------- */

static void write_sections(Ctx *c, const Plan *p, const char *prefix, StrBuf *out) {
  int n = p->sections.len;
  sb_printf(out,
            "\n/* Bytes of each section of the weight file, in order. */\n"
            "static const uint64_t %s_section_bytes[%d] = {\n",
            prefix, n ? n : 1);
  for (int i = 0; i < n; i++) {
    const Value *v = graph_value(p->g, p->sections.at[i]);
    sb_printf(out, "    %lld, /* %s */\n", (long long)v->layout.size * 4, v->name);
  }
  sb_puts(out, n ? "};\n" : "    0};\n");
  (void)c;
}

/* NETCC_PORTABLE_VECTORS leaves vectors to the compiler: the code then runs anywhere. */
static const char fits_text[] = "\n"
                                "static int $_processor_fits(void) {\n"
                                "#ifdef NETCC_PORTABLE_VECTORS\n"
                                "  return 1;\n"
                                "#else\n"
                                "  return %s;\n"
                                "#endif\n"
                                "}\n";

static const char fits_check[] = "  if (!$_processor_fits()) return NETRT_E_PROCESSOR;\n";

static const char open_text[] =
    "\n"
    "static int $_load(netrt_file *file, $_model **model) {\n"
    "  $_model *m = malloc(sizeof *m);\n"
    "  if (!m) {\n"
    "    netrt_close(file);\n"
    "    return NETRT_E_MEMORY;\n"
    "  }\n"
    "  m->file = file;\n"
    "  m->w[0] = NULL;\n"
    "  for (uint32_t i = 0, count = %d; i < count; ++i) {\n"
    "    m->w[i] = netrt_section(file, i, $_section_bytes[i]);\n"
    "    if (!m->w[i]) {\n"
    "      $_close(m);\n"
    "      return NETRT_E_MISSING;\n"
    "    }\n"
    "  }\n"
    "  *model = m;\n"
    "  return NETRT_OK;\n"
    "}\n"
    "\n"
    "int $_open($_model **model, const char *weights_path) {\n"
    "  netrt_file *file;\n"
    "  if (!model) return NETRT_E_ARGUMENT;\n"
    "  *model = NULL;\n"
    "%s"
    "  const int status = netrt_open(&file, weights_path, @_PLAN_HASH, 0);\n"
    "  return status ? status : $_load(file, model);\n"
    "}\n"
    "\n"
    "int $_open_memory($_model **model, const void *image, size_t size) {\n"
    "  netrt_file *file;\n"
    "  if (!model) return NETRT_E_ARGUMENT;\n"
    "  *model = NULL;\n"
    "%s"
    "  const int status = netrt_open_memory(&file, image, size, @_PLAN_HASH, 0);\n"
    "  return status ? status : $_load(file, model);\n"
    "}\n"
    "\n"
    "void $_close($_model *model) {\n"
    "  if (!model) return;\n"
    "  netrt_close(model->file);\n"
    "  free(model);\n"
    "}\n";

/* $: the prefix, @: the prefix in capitals. */
const char *emit_named(Ctx *c, const char *text, const char *prefix) {
  StrBuf b = {.arena = c->arena};
  const char *upper = emit_upper(c, prefix);
  for (const char *s = text; *s; s++) {
    if (*s == '$')
      sb_puts(&b, prefix);
    else if (*s == '@')
      sb_puts(&b, upper);
    else
      sb_putc(&b, *s);
  }
  return sb_str(&b);
}

/* ---- run and selftest -------------------------------------------------------------------- */

static const char run_text[] =
    "  if (options && (options->size < sizeof *options || options->threads < 0))\n"
    "    return NETRT_E_ARGUMENT;\n";

/* Several samples have one arena, where there is room for the ends of one. */
static const char one_sample_text[] =
    "  if (options && options->batch > 1) return NETRT_E_ARGUMENT;\n";

static const char region_text[] =
    "#ifdef _OPENMP\n"
    "  if (options && options->threads > 1) {\n"
    "    team all = {0};\n"
    "#pragma omp parallel num_threads(options->threads)\n"
    "    { /* n is the team that OpenMP delivers, not the one asked for */\n"
    "      const int t = omp_get_thread_num(), n = omp_get_num_threads();\n"
    "      $_layers(model, %sarena, options, &all, t, n DEBUG_ARGUMENT);\n"
    "    }\n"
    "  } else\n"
    "#endif\n";

static const char one_thread_text[] =
    "    $_layers(model, %sarena, options, NULL, 0, 1 DEBUG_ARGUMENT);\n"
    "#ifdef NETRT_PROFILE\n"
    "  if (options) netrt_profile_done(options->profile, options->batch ? options->batch : 1);\n"
    "#endif\n"
    "#ifdef NETRT_DEBUG\n"
    "  return netrt_debug_end(debug);\n"
    "#else\n"
    "  return NETRT_OK;\n"
    "#endif\n"
    "}\n";

/* A build with -DNETRT_DEBUG keeps what it knows of the arena for the time of a run. */
static void write_debug(Ctx *c, const Plan *p, const char *prefix, StrBuf *out) {
  const Graph *g = p->g;
  sb_puts(out, "#ifdef NETRT_DEBUG\n"
               "  netrt_debug memory, *const debug = &memory;\n"
               "  const float *const ends[] = {");
  for (int i = 0; i < g->outputs.len; i++)
    sb_printf(out, "%s%s%s", i ? ", " : "", p->memory.io_inside ? "NULL" : "out->",
              p->memory.io_inside ? "" : emit_output_name(c, g, i));
  sb_puts(out, "};\n  void *const arenas[] = {");
  for (int i = 0; i < p->memory.regions; i++)
    sb_printf(out, "%sarena->%s", i ? ", " : "", emit_identifier(c, p->memory.region[i].name));
  sb_puts(out, p->memory.regions ? "" : "arena");
  sb_printf(out,
            "};\n"
            "  const int fault = netrt_debug_begin(debug, &%s_debug, arenas, ends,\n"
            "                                      options ? options->threads : 1);\n"
            "  if (fault) return fault;\n"
            "#endif\n",
            prefix);
}

static void write_run(Ctx *c, const Plan *p, bool own, const char *prefix, StrBuf *out) {
  const Graph *g = p->g;
  bool inside = p->memory.io_inside;
  sb_printf(out, "\n%s {\n", emit_named(c, emit_run_form(p), prefix));
  sb_puts(out, inside ? "  if (!model) return NETRT_E_ARGUMENT;\n"
                      : "  if (!model || !in || !out) return NETRT_E_ARGUMENT;\n");
  for (int i = 0; !inside && i < g->inputs.len; i++)
    sb_printf(out, "  if (!in->%s) return NETRT_E_ARGUMENT;\n", emit_input_name(c, g, i));
  for (int i = 0; !inside && i < g->outputs.len; i++)
    sb_printf(out, "  if (!out->%s) return NETRT_E_ARGUMENT;\n", emit_output_name(c, g, i));
  if (own) emit_static_use(c, p, prefix, out);
  emit_arena_test(c, p, prefix, out);
  sb_puts(out, run_text);
  if (inside) sb_puts(out, one_sample_text);
  write_debug(c, p, prefix, out);
  const char *ends = inside ? "" : "in, out, ";
  if (!p->lone) sb_printf(out, emit_named(c, region_text, prefix), ends);
  sb_printf(out, emit_named(c, one_thread_text, prefix) + (p->lone ? 2 : 0), ends);
}

/* Where outputs are the caller's. */
static void write_selftest(Ctx *c, const Plan *p, const char *prefix, StrBuf *out) {
  const Graph *g = p->g;
  Writer w = writer_new(c);
  long long total = 0, at = 0;
  for (int i = 0; i < g->outputs.len; i++) total += count_of(g, g->outputs.at[i]);
  w_blank(&w);
  w_open(&w, "int %s_selftest(const %s_model *model, %s)", prefix, prefix,
         emit_arena_type(c, p, prefix));
  w_line(&w, "if (!model) return NETRT_E_ARGUMENT;");
  w_line(&w, "uint64_t bytes = 0;");
  w_line(&w, "%s_inputs in;", prefix);
  for (int i = 0; i < g->inputs.len; i++) {
    const char *name = emit_input_name(c, g, i);
    w_line(&w, "in.%s = netrt_find(model->file, NETRT_KIND_SELFTEST_INPUT, %d, &bytes);", name,
           i);
    w_line(&w, "if (!in.%s || bytes != %lld) return NETRT_E_SELFTEST_DATA;", name,
           dtype_size(graph_value(g, g->inputs.at[i])->type) * count_of(g, g->inputs.at[i]));
  }
  w_line(&w, "float *got = netrt_alloc(%lld);", 4 * total);
  w_line(&w, "if (!got) return NETRT_E_MEMORY;");
  w_line(&w, "%s_outputs out;", prefix);
  for (int i = 0; i < g->outputs.len; i++) {
    w_line(&w, "out.%s = got + %lld;", emit_output_name(c, g, i), at);
    at += count_of(g, g->outputs.at[i]);
  }
  w_line(&w, "int status = %s_run(model, &in, &out, arena, NULL);", prefix);
  for (int i = 0; i < g->outputs.len; i++) {
    long long n = count_of(g, g->outputs.at[i]);
    w_open(&w, "if (!status)");
    w_line(&w, "const float *want =");
    w_line(&w, "    netrt_find(model->file, NETRT_KIND_SELFTEST_EXPECTED, %d, &bytes);", i);
    w_line(&w, "status = want && bytes == %lld ? netrt_compare(out.%s, want, %lld, 1e-5)", 4 * n,
           emit_output_name(c, g, i), n);
    w_line(&w, "    : NETRT_E_SELFTEST_DATA;");
    w_close(&w);
  }
  w_line(&w, "netrt_free(got);");
  w_line(&w, "return status;");
  w_close(&w);
  sb_puts(out, sb_str(&w.out));
}

void emit_api(Ctx *c, const Plan *p, const EmitOptions *opt, const char *prefix, StrBuf *out) {
  write_sections(c, p, prefix, out);
  const char *open = emit_named(c, open_text, prefix);
  if (p->target->lanes > 1) sb_printf(out, emit_named(c, fits_text, prefix), p->target->cpu_test);
  const char *test = p->target->lanes > 1 ? emit_named(c, fits_check, prefix) : "";
  sb_printf(out, open, p->sections.len, test, test);
  bool own = opt->static_arena && p->arena_bytes + p->thread_bytes;
  if (own) emit_static_arena(c, p, prefix, out);
  write_run(c, p, own, prefix, out);
  if (p->memory.io_inside)
    emit_selftest_inside(c, p, own, prefix, out);
  else
    write_selftest(c, p, prefix, out);
}

/* ---- the header -------------------------------------------------------------------------- */

const char *emit_stored(Ctx *c, const Value *v) {
  const char *shape = shape_text(c, &v->shape);
  if (layout_is_plain(&v->layout, &v->shape)) return shape;
  return str_fmt(c->arena, "%s stored as %s", shape, layout_text(c, &v->layout, &v->shape));
}

static void header_counts(Ctx *c, const Plan *p, const char *prefix, StrBuf *out) {
  const char *upper = emit_upper(c, prefix);
  const Graph *g = p->g;
  for (int i = 0; i < g->inputs.len; i++) {
    const Value *v = graph_value(g, g->inputs.at[i]);
    sb_printf(out, "#define %s_%s_COUNT %lld /* %s %s */\n", upper,
              emit_upper(c, emit_input_name(c, g, i)), count_of(g, v->id), dtype_name(v->type),
              emit_stored(c, v));
  }
  for (int i = 0; i < g->outputs.len; i++) {
    const Value *v = graph_value(g, g->outputs.at[i]);
    sb_printf(out, "#define %s_%s_COUNT %lld /* %s %s */\n", upper,
              emit_upper(c, emit_output_name(c, g, i)), count_of(g, v->id), dtype_name(v->type),
              shape_text(c, &v->shape));
  }
  emit_arena_sizes(c, p, prefix, out);
  sb_printf(out,
            "/* Identity of the packed weights that this code reads. */\n"
            "#define %s_PLAN_HASH UINT64_C(0x%016llx)\n\n",
            upper, (unsigned long long)p->hash);
}

static const char header_types[] =
    "typedef struct $_options {\n"
    "  size_t size;  /* sizeof($_options) */\n"
    "  int threads;  /* at most so many run it; 0: one */\n"
    "  size_t batch; /* so many inputs, and outputs, lie one after another; 0: one */\n"
    "#ifdef NETRT_PROFILE\n"
    "  netrt_profile *profile; /* times of every layer are put here; may be NULL */\n"
    "#endif\n"
    "} $_options;\n"
    "\n"
    "typedef struct $_model $_model; /* immutable once open; shared by all threads */\n"
    "\n"
    "/* Every int returned is a netrt_status; netrt_strerror says it in words. */\n"
    "\n"
    "/* Maps and checks a weight file packed for this very code. */\n"
    "int $_open($_model **model, const char *weights_path);\n"
    "/* The same for a file in memory, 64-byte aligned, which must outlive the model. */\n"
    "int $_open_memory($_model **model, const void *image, size_t size);\n"
    "/* The same for weights linked into the program: defined in $_embed.c, which\n"
    "   `netcc compile --embed` writes. */\n"
    "int $_open_embedded($_model **model);\n"
    "/* Runs the network. arena: %s, 64-byte aligned, one for each\n"
    "   run at a time. No allocation, no locks, no globals. options NULL: one thread, one "
    "input. */\n"
    "%s;\n"
    "/* Runs on an input stored in the weight file and compares with the stored output; its "
    "arena\n"
    "   is as for run on one thread. */\n"
    "int $_selftest(const $_model *model, %s);\n"
    "void $_close($_model *model);\n"
    "#ifdef NETRT_PROFILE\n"
    "/* Room for the times of the last `runs` runs; netrt_profile_json writes them, and\n"
    "   netrt_profile_free gives it back. */\n"
    "netrt_profile *$_profile_new(int threads, int runs);\n"
    "#endif\n"
    "\n"
    "#ifdef __cplusplus\n"
    "}\n"
    "#endif\n"
    "#endif\n";

/* Pointers to the caller's tensors. */
static void header_ends(Ctx *c, const Plan *p, const char *prefix, StrBuf *out) {
  const Graph *g = p->g;
  sb_printf(out, "typedef struct %s_inputs {\n", prefix);
  for (int i = 0; i < g->inputs.len; i++)
    sb_printf(out, "  const %s *%s; /* [%s] */\n", ctype(graph_value(g, g->inputs.at[i])),
              emit_input_name(c, g, i), emit_stored(c, graph_value(g, g->inputs.at[i])));
  sb_printf(out, "} %s_inputs;\n\ntypedef struct %s_outputs {\n", prefix, prefix);
  for (int i = 0; i < g->outputs.len; i++)
    sb_printf(out, "  float *%s; /* [%s] */\n", emit_output_name(c, g, i),
              shape_text(c, &graph_value(g, g->outputs.at[i])->shape));
  sb_printf(out, "} %s_outputs;\n\n", prefix);
}

void emit_header(Ctx *c, const Plan *p, const EmitOptions *opt, const char *prefix, StrBuf *out) {
  const Graph *g = p->g;
  const char *upper = emit_upper(c, prefix);
  sb_printf(out, "/* %s.h: network '%s', compiled for %s.\n", prefix, g->name, p->target->name);
  if (opt->command) sb_printf(out, " *   %s\n", emit_comment(c, opt->command));
  sb_printf(out, " */\n#ifndef %s_H\n#define %s_H\n\n#include \"netrt.h\"\n\n", upper, upper);
  sb_puts(out, "#include <stddef.h>\n#include <stdint.h>\n\n"
               "#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n");
  header_counts(c, p, prefix, out);
  emit_arena_struct(c, p, prefix, out);
  if (p->memory.io_inside)
    emit_ends_inside(c, p, prefix, out);
  else
    header_ends(c, p, prefix, out);
  if (opt->static_arena) emit_static_note(c, p, prefix, out);
  const char *types = emit_named(c, header_types, prefix);
  const char *bytes = p->memory.regions ? "memory for each region"
                                        : emit_named(c, "@_ARENA_BYTES(threads) bytes", prefix);
  sb_printf(out, types, bytes, emit_named(c, emit_run_form(p), prefix),
            emit_arena_type(c, p, prefix));
}

/* ---- embedding --------------------------------------------------------------------------- */

static const char embed_text[] =
    "/* $_embed.c: links $.weights into the program.\n"
    " * The assembler includes the file from its working directory or its -I folders\n"
    " * (cc -Wa,-Ifolder); write the dependency down: $_embed.o: $_embed.c $.weights */\n"
    "#include \"$.h\"\n"
    "\n"
    "#ifndef @_WEIGHTS\n"
    "#define @_WEIGHTS \"$.weights\"\n"
    "#endif\n"
    "\n"
    "extern const unsigned char $_weights_image[], $_weights_image_end[];\n"
    "__asm__(\".section .rodata\\n\"\n"
    "        \".balign 64\\n\"\n"
    "        \"$_weights_image:\\n\"\n"
    "        \".incbin \\\"\" @_WEIGHTS \"\\\"\\n\"\n"
    "        \"$_weights_image_end:\\n\"\n"
    "        \".byte 0\\n\"\n"
    "        \".previous\\n\");\n"
    "\n"
    "int $_open_embedded($_model **model) {\n"
    "  return $_open_memory(model, $_weights_image,\n"
    "                       (size_t)($_weights_image_end - $_weights_image));\n"
    "}\n";

void emit_embed(Ctx *c, const Plan *p, const char *prefix, StrBuf *out) {
  sb_puts(out, emit_named(c, embed_text, prefix));
  (void)p;
}
