/* cmd_diff.c: netcc diff: two reports (netcc report --json) or networks against each other. Exit
 * status as diff's: 0 the same, 1 different, 2 trouble.
 */
#include "cli.h"
#include "report/json.h"

#include <ctype.h>

enum { DIFF_SAME = 0, DIFF_DIFFERENT = 1, DIFF_TROUBLE = 2 };

static bool is_json(Ctx *c, const char *path) {
  size_t size;
  const char *text = io_read(c, path, &size);
  while (text && isspace((unsigned char)*text)) text++;
  return text && *text == '{';
}

/* The report that a file holds, or that of the network in it; NULL after reporting. */
static json_t *load_report(Ctx *c, const Options *o, int i) {
  Network n;
  Options one = *o;
  const char *path = o->files.at[i];
  bool json = str_eq(path, "-") || is_json(c, path);
  if (c->errors) return NULL;
  one.files.at = &o->files.at[i];
  one.files.len = 1;
  if (!json) return load_network(c, &one, &n) ? report_object(c, n.source, n.plan, NULL) : NULL;
  json_t *r = json_file(c, path, "netcc-report", REPORT_SCHEMA);
  if (!r || diff_complete(c, path, r)) return r;
  json_decref(r);
  return NULL;
}

int cmd_diff(Ctx *c, Options *o) {
  StrBuf out = {.arena = c->arena};
  if (o->files.len != 2) {
    diag_error(c, DIAG_E0611, NO_SPAN, "netcc diff takes two reports or networks, not %d",
               o->files.len);
    return DIFF_TROUBLE;
  }
  json_t *a = load_report(c, o, 0), *b = load_report(c, o, 1);
  bool ok = a && b && !c->errors;
  bool same = ok && report_diff(c, a, b, o->json, terminal_width(), &out);
  json_decref(a);
  json_decref(b);
  if (!ok || c->errors) return DIFF_TROUBLE;
  fputs(sb_str(&out), stdout);
  return same ? DIFF_SAME : DIFF_DIFFERENT;
}
