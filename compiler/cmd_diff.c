/* cmd_diff.c: netcc diff: two reports (netcc report --json) or networks against each other, or one
 * network under two sets of options. Exit status as diff's: 0 the same, 1 different, 2 trouble.
 */
#include "cli.h"
#include "report/json.h"

#include <ctype.h>
#include <string.h>

enum { DIFF_SAME = 0, DIFF_DIFFERENT = 1, DIFF_TROUBLE = 2 };

static bool is_json(Ctx *c, const char *path) {
  size_t size;
  const char *text = io_read(c, path, &size);
  while (text && isspace((unsigned char)*text)) text++;
  return text && *text == '{';
}

/* Options for both sides, and behind them those for one, which win. False after a usage error. */
static bool side_options(Ctx *c, const Options *o, const char *path, const char *more,
                         Options *one) {
  static const Command side = {"diff", "A [B]", "one side of a comparison",
                               "define model disable exact target machine io", NULL};
  VEC(char *) words = {0};
  *one = *o;
  one->files.at = NULL;
  one->files.len = one->files.cap = 0;
  one->defines.at = NULL; /* copied: both sides add to theirs */
  one->defines.len = one->defines.cap = 0;
  for (int i = 0; i < o->defines.len; i++) vec_push(c->arena, &one->defines, o->defines.at[i]);
  for (const char *s = more ? more : ""; *(s += strspn(s, " \t\n"));) {
    size_t n = strcspn(s, " \t\n");
    vec_push(c->arena, &words, str_dup(c->arena, s, n));
    s += n;
  }
  vec_push(c->arena, &words, (char *)"--");
  vec_push(c->arena, &words, str_dup(c->arena, path, strlen(path)));
  if (!options_parse(c, &side, words.len, words.at, one)) return false;
  if (one->files.len == 1) return true;
  diag_error(c, DIAG_E0611, NO_SPAN, "'%s' is no option", one->files.at[0]);
  return false;
}

/* The report that a file holds, or that of the network in it; NULL after reporting. */
static json_t *load_report(Ctx *c, const Options *o, const char *path, const char *more) {
  Network n;
  Options one;
  bool json = str_eq(path, "-") || is_json(c, path);
  if (c->errors || !side_options(c, o, path, more, &one)) return NULL;
  if (json && more) {
    diag_error(c, DIAG_E0611, NO_SPAN, "%s is a report: options cannot change it any more", path);
    return NULL;
  }
  if (!json) return load_network(c, &one, &n) ? report_object(c, n.source, n.plan, NULL) : NULL;
  json_t *r = json_file(c, path, "netcc-report", REPORT_SCHEMA);
  if (!r || diff_complete(c, path, r)) return r;
  json_decref(r);
  return NULL;
}

int cmd_diff(Ctx *c, Options *o) {
  StrBuf out = {.arena = c->arena};
  bool once = o->files.len == 1 && (o->left || o->right);
  if (o->files.len != 2 && !once) {
    Diag *d = diag_error(c, DIAG_E0611, NO_SPAN,
                         "netcc diff takes two reports or networks, not %d", o->files.len);
    if (o->files.len == 1)
      diag_help(c, d, "one network under other options: --right='--disable=strips'");
    return DIFF_TROUBLE;
  }
  json_t *a = load_report(c, o, o->files.at[0], o->left);
  json_t *b = load_report(c, o, o->files.at[once ? 0 : 1], o->right);
  bool ok = a && b && !c->errors;
  bool same = ok && report_diff(c, a, b, o->json, terminal_width(), &out);
  json_decref(a);
  json_decref(b);
  if (!ok || c->errors) return DIFF_TROUBLE;
  fputs(sb_str(&out), stdout);
  return same ? DIFF_SAME : DIFF_DIFFERENT;
}
