/* arenas.c: the part of an emitted interface that depends on where inputs and outputs lie.
 * As a rule they are the caller's, and run takes pointers to them. With --io=arena they have
 * offsets in the arena, among the intermediates: the header says where, the caller writes inputs
 * there before a run and reads outputs there after it, and nothing is copied.
 */
#include "emit.h"

const char *emit_run_form(const Plan *p) {
  return p->memory.io_inside
             ? "int $_run(const $_model *model, void *arena, const $_options *options)"
             : "int $_run(const $_model *model, const $_inputs *in, const $_outputs *out,\n"
               "    void *arena, const $_options *options)";
}

/* ---- the header --------------------------------------------------------------------------- */

static const char inside_note[] =
    "/* Compiled with --io=arena: inputs and outputs lie in the arena, at so many bytes from "
    "its\n"
    "   start. Inputs are written there before each run, which may use their memory for other\n"
    "   things afterwards; outputs stand there until the next run. options.batch is 0 or 1. */\n";

/* One tensor: where it lies, and a function that adds that to the arena's address. */
static void header_end(Ctx *c, const Value *v, const char *name, const char *way,
                       const char *prefix, StrBuf *out) {
  const char *upper = emit_upper(c, prefix), *type = ctype(v), *at = emit_upper(c, name);
  sb_printf(out,
            "#define %s_%s_OFFSET %lld\n"
            "static inline %s *%s_%s_%s(void *arena) { /* [%s] */\n"
            "  return (%s *)(void *)((char *)arena + %s_%s_OFFSET);\n"
            "}\n",
            upper, at, (long long)v->place.offset, type, prefix, way, name, emit_stored(c, v),
            type, upper, at);
}

void emit_ends_inside(Ctx *c, const Plan *p, const char *prefix, StrBuf *out) {
  const Graph *g = p->g;
  sb_puts(out, inside_note);
  for (int i = 0; i < g->inputs.len; i++)
    header_end(c, graph_value(g, g->inputs.at[i]), emit_input_name(c, g, i), "input", prefix,
               out);
  for (int i = 0; i < g->outputs.len; i++)
    header_end(c, graph_value(g, g->outputs.at[i]), emit_output_name(c, g, i), "output", prefix,
               out);
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
  w_open(&w, "int %s_selftest(const %s_model *model, void *arena)", prefix, prefix);
  w_line(&w, "if (!model) return NETRT_E_ARGUMENT;");
  if (own) w_line(&w, "if (!arena) arena = %s_arena();", prefix);
  w_line(&w, "if (!arena || (uintptr_t)arena %% %s_ARENA_ALIGN) return NETRT_E_ARENA;",
         emit_upper(c, prefix));
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
