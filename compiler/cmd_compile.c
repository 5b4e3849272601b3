/* cmd_compile.c: netcc compile: C, header and packed weights, each written whole or not at all.
 */
#include "cli.h"

#include <sys/stat.h>

static bool put(Ctx *c, const Options *o, const char *prefix, const char *ending,
                const void *data, size_t size) {
  const char *name = str_fmt(c->arena, "%s%s", prefix, ending);
  return io_write(c, path_join(c->arena, o->output, name), data, size);
}

static bool write_weights(Ctx *c, const Options *o, const Network *n, const char *prefix) {
  const void *image;
  size_t size;
  double started = 0;
  return pack_weights(c, n->plan, n->source, !o->no_selftest, &image, &size, progress_bar,
                      &started) &&
         put(c, o, prefix, ".weights", image, size);
}

static bool read_arena(Ctx *c, const Options *o, EmitOptions *emit) {
  emit->static_arena = o->arena && str_eq(o->arena, "static");
  if (!o->arena || emit->static_arena || str_eq(o->arena, "caller")) return true;
  diag_error(c, DIAG_E0611, NO_SPAN, "--arena=%s: expected caller or static", o->arena);
  return false;
}

int cmd_compile(Ctx *c, Options *o) {
  Network n;
  Emitted e;
  StrBuf why = {.arena = c->arena};
  if (!load_network(c, o, &n)) return c->errors ? EXIT_FAILED : EXIT_OK;
  if (o->explain && !report_explain(c, n.source, n.plan, o->explain, terminal_width(), &why))
    return EXIT_FAILED;
  EmitOptions emit = {command_text(c, o, n.plan), o->prefix, false, o->embed};
  if (!read_arena(c, o, &emit) || !emit_model(c, n.plan, &emit, &e)) return EXIT_FAILED;
  if (!budgets_hold(c, o, &n, &e)) return EXIT_FAILED;
  const char *prefix = emit_prefix(c, n.plan, &emit);
  if (o->output) mkdir(o->output, 0777); /* failure shows when writing */
  /* weights first: they are what can still fail for reasons of the input */
  if (n.bound && !write_weights(c, o, &n, prefix)) return EXIT_FAILED;
  if (!put(c, o, prefix, ".h", e.h.at, e.h.len) || !put(c, o, prefix, ".c", e.c.at, e.c.len))
    return EXIT_FAILED;
  if (o->embed && !put(c, o, prefix, "_embed.c", e.embed.at, e.embed.len)) return EXIT_FAILED;
  if (o->with_runtime && !write_runtime(c, o->output)) return EXIT_FAILED;
  fputs(sb_str(&why), stdout);
  return EXIT_OK;
}
