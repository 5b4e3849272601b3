/* profile.c: measured times beside predicted ones: reads what a model built with -DNETRT_PROFILE
 * or netcc bench wrote (SCHEMA.md), and refuses it, with the reason, where it was not this plan
 * that ran.
 */
#include "json.h"

#include <string.h>

static json_t *read_object(Ctx *c, const char *path) {
  size_t size;
  json_error_t error;
  const char *text = io_read(c, path, &size);
  json_t *o = text ? json_loadb(text, size, JSON_REJECT_DUPLICATES, &error) : NULL;
  if (!text) return NULL;
  if (!o)
    diag_error(c, DIAG_E0617, NO_SPAN, "%s: no JSON: line %d, column %d: %s", path, error.line,
               error.column, error.text);
  return o;
}

static bool has_schema(const json_t *o, const char *schema) {
  const char *found = json_string_value(json_object_get(o, "schema"));
  return found && str_eq(found, schema);
}

/* Of that schema, up to that version? False after reporting. */
static bool expect_schema(Ctx *c, const char *path, const json_t *o, const char *schema,
                          int version) {
  const char *found = json_string_value(json_object_get(o, "schema"));
  json_int_t number = json_integer_value(json_object_get(o, "version"));
  if (found && str_eq(found, schema) && number >= 1 && number <= version) return true;
  if (!found)
    diag_error(c, DIAG_E0617, NO_SPAN, "%s: no %s: the member 'schema' is missing", path, schema);
  else if (!str_eq(found, schema))
    diag_error(c, DIAG_E0617, NO_SPAN, "%s: a %s where a %s is expected", path, found, schema);
  else
    diag_error(c, DIAG_E0617, NO_SPAN, "%s: version %lld of %s; this netcc reads up to %d", path,
               (long long)number, schema, version);
  return false;
}

json_t *json_file(Ctx *c, const char *path, const char *schema, int version) {
  json_t *o = read_object(c, path);
  if (!o || expect_schema(c, path, o, schema, version)) return o;
  json_decref(o);
  return NULL;
}

/* ---- does it fit? ----------------------------------------------------------------------------
 */

static bool refuse_profile(Ctx *c, const char *path, const char *fmt, ...) PRINTF_LIKE(3, 4);

static bool refuse_profile(Ctx *c, const char *path, const char *fmt, ...) {
  StrBuf b = {.arena = c->arena};
  va_list ap;
  va_start(ap, fmt);
  sb_vprintf(&b, fmt, ap);
  va_end(ap);
  Diag *d = diag_error(c, DIAG_E0618, NO_SPAN, "%s: the profile is of other code: %s", path,
                       sb_str(&b));
  diag_help(c, d, "give report the same network, target, definitions and options as compile");
  return false;
}

/* The model writes '_' for what would end a string. */
static bool same_name(const char *profile, const char *name) {
  for (; *profile && *name; profile++, name++)
    if (*profile != (*name == '"' || *name == '\\' ? '_' : *name)) return false;
  return !*profile && !*name;
}

static const char *text_of(const json_t *o, const char *key) {
  const char *s = json_string_value(json_object_get(o, key));
  return s ? s : "";
}

static bool same_code(Ctx *c, const char *path, const json_t *o, const Plan *p) {
  if (!str_eq(text_of(o, "network"), p->g->name))
    return refuse_profile(c, path, "network '%s', not '%s'", text_of(o, "network"), p->g->name);
  if (!str_eq(text_of(o, "target"), p->target->name))
    return refuse_profile(c, path, "target %s, not %s", text_of(o, "target"), p->target->name);
  const json_t *layers = json_object_get(o, "layers");
  size_t at = 0, n = json_array_size(layers);
  for (int i = 0; i < p->steps.len; i++) {
    const Step *st = &p->steps.at[i];
    const char *name = p->g->nodes.at[st->node]->name;
    const char *kernel = kernel_table[st->choice.kernel].name;
    if (st->view) continue;
    if (at == n) return refuse_profile(c, path, "it ends before '%s'", name);
    const json_t *layer = json_array_get(layers, at++);
    if (!same_name(text_of(layer, "name"), name))
      return refuse_profile(c, path, "'%s' ran where the plan has '%s'", text_of(layer, "name"),
                            name);
    if (!str_eq(text_of(layer, "kernel"), kernel))
      return refuse_profile(c, path, "'%s' ran in %s, not in %s", name, text_of(layer, "kernel"),
                            kernel);
  }
  return at == n || refuse_profile(c, path, "%zu more layers ran than the plan has", n - at);
}

/* ---- the times -------------------------------------------------------------------------------
 */

static bool read_quartiles(const json_t *o, double *q) {
  const json_t *list = json_object_get(o, "quartiles");
  if (json_array_size(list) != 3) return false;
  for (size_t i = 0; i < 3; i++) {
    const json_t *x = json_array_get(list, i);
    q[i] = json_number_value(x);
    if (!json_is_number(x) || !(q[i] >= 0)) return false;
  }
  return true;
}

static bool read_times(Ctx *c, const char *path, const json_t *o, const Plan *p, Profile *to) {
  const json_t *layers = json_object_get(o, "layers");
  size_t at = 0;
  to->threads = (int)json_integer_value(json_object_get(o, "threads"));
  to->runs = json_integer_value(json_object_get(o, "runs"));
  to->step = NEWN(c->arena, Measured, p->steps.len + 1);
  bool ok = to->threads > 0 && to->runs > 0 && read_quartiles(o, to->run.quartile);
  for (int i = 0; ok && i < p->steps.len; i++) {
    if (p->steps.at[i].view) continue;
    ok = read_quartiles(json_array_get(layers, at++), to->step[i].quartile);
    to->sum += to->step[i].quartile[1];
  }
  if (!ok)
    diag_error(c, DIAG_E0617, NO_SPAN,
               "%s: threads, runs or quartiles are missing or are not what they should be", path);
  return ok;
}

/* The profile in what netcc bench wrote: of so many threads, 0: the first; NULL after reporting. */
static const json_t *bench_profile(Ctx *c, const char *path, const json_t *bench, int threads) {
  const json_t *list = json_object_get(bench, "profiles");
  StrBuf there = {.arena = c->arena};
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *x = json_array_get(list, i);
    int n = (int)json_integer_value(json_object_get(x, "threads"));
    if (!threads || n == threads) return x;
    sb_printf(&there, "%s%d", i ? ", " : "", n);
  }
  if (there.len)
    diag_error(c, DIAG_E0617, NO_SPAN, "%s: no profile of %d %s; there are %s", path, threads,
               threads == 1 ? "thread" : "threads", sb_str(&there));
  else
    diag_error(c, DIAG_E0617, NO_SPAN, "%s: no profile in 'profiles'", path);
  return NULL;
}

static const json_t *choose_profile(Ctx *c, const char *path, const json_t *o, int threads) {
  if (has_schema(o, "netcc-bench")) {
    if (!expect_schema(c, path, o, "netcc-bench", BENCH_SCHEMA)) return NULL;
    o = bench_profile(c, path, o, threads);
  }
  if (!o || !expect_schema(c, path, o, "netcc-profile", PROFILE_SCHEMA)) return NULL;
  int n = (int)json_integer_value(json_object_get(o, "threads"));
  if (!threads || n == threads) return o;
  diag_error(c, DIAG_E0617, NO_SPAN, "%s: a profile of %d %s, not of %d", path, n,
             n == 1 ? "thread" : "threads", threads);
  return NULL;
}

const Profile *profile_read(Ctx *c, const char *path, int threads, const Plan *p) {
  json_t *file = read_object(c, path);
  const json_t *o = file ? choose_profile(c, path, file, threads) : NULL;
  Profile *to = NEW(c->arena, Profile);
  bool ok = o && same_code(c, path, o, p) && read_times(c, path, o, p, to);
  json_decref(file);
  return ok ? to : NULL;
}

double profile_seconds(const Profile *m, const Plan *p, const Step *st) {
  return m ? m->step[st - p->steps.at].quartile[1] : 0;
}
