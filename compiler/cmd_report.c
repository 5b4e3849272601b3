/* cmd_report.c: netcc report: what the compiler makes of a network, as text or JSON, as a page
 * and as a picture. */
#include "cli.h"

#include <limits.h>

typedef void ReportFn(Ctx *c, const Graph *source, const Plan *p, const Profile *m, StrBuf *out);

static bool write_file(Ctx *c, const Network *n, const Profile *m, const char *path,
                       ReportFn *report) {
  StrBuf out = {.arena = c->arena};
  if (!path) return true;
  report(c, n->source, n->plan, m, &out);
  return io_write(c, path, out.at, out.len);
}

static bool is_stdout(const char *path) { return path && str_eq(path, "-"); }

/* One part of the text report, or all of it. False after a diagnostic. */
static bool write_text(Ctx *c, const Options *o, const Network *n, const Profile *m,
                       StrBuf *out) {
  int width = terminal_width();
  if (o->explain) return report_explain(c, n->source, n->plan, o->explain, width, out);
  if (o->fusion)
    report_candidates(c, n->source, n->plan, width, out);
  else
    report_text(c, n->source, n->plan, m, o->decisions, width, out);
  return true;
}

/* The profile asked for, NULL if there is none. False after a diagnostic. */
static bool read_profile(Ctx *c, const Options *o, const Plan *p, const Profile **m) {
  int64_t threads;
  *m = NULL;
  if (!option_int(c, "threads", o->threads, 0, 1, &threads)) return false;
  if (o->threads && !o->profile) {
    diag_error(c, DIAG_E0611, NO_SPAN, "--threads chooses a profile, but there is no --profile");
    return false;
  }
  if (!o->profile) return true;
  *m = profile_read(c, o->profile, threads < INT_MAX ? (int)threads : INT_MAX, p);
  return *m;
}

int cmd_report(Ctx *c, Options *o) {
  Network n;
  const Profile *m;
  StrBuf out = {.arena = c->arena};
  if (!load_network(c, o, &n)) return c->errors ? EXIT_FAILED : EXIT_OK;
  if (!read_profile(c, o, n.plan, &m)) return EXIT_FAILED;
  if (!write_file(c, &n, m, o->svg, report_svg) || !write_file(c, &n, m, o->html, report_html) ||
      !write_file(c, &n, m, o->trace, report_trace))
    return EXIT_FAILED;
  if (is_stdout(o->svg) || is_stdout(o->html) || is_stdout(o->trace)) return EXIT_OK;
  if (o->json) /* a file on stdout stands instead of the text */
    report_json(c, n.source, n.plan, m, &out);
  else if (!write_text(c, o, &n, m, &out))
    return EXIT_FAILED;
  fputs(sb_str(&out), stdout);
  return EXIT_OK;
}
