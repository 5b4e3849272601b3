/* cmd_bench.c: netcc bench: how fast a network runs, layer by layer, beside the peak of the machine
 * and the planner's prediction; or, with --machine alone, what the machine itself can do.
 */
#include "cli.h"

#include <jansson.h>
#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MIN_RUNS = 5, MAX_RUNS = 500 };

typedef struct Bench {
  Ctx *c;
  const Options *o;
  Network n;
  Module *module;
  const float **in;
  float **out;
  json_t *profiles;
  const char *trace; /* of the largest team, if asked for */
  bool floors;       /* say the least time of each layer */
} Bench;

static double number(const json_t *o, const char *key) {
  return json_number_value(json_object_get(o, key));
}

static double quartile(const json_t *o, int q) {
  return json_number_value(json_array_get(json_object_get(o, "quartiles"), (size_t)q));
}

/* ---- the machine ----------------------------------------------------------------------------- */

const char *const level_name[CACHE_LEVELS] = {"L1", "L2", "L3", "memory"};

static json_t *machine_json(const Machine *m) {
  json_t *o = json_pack("{s:s, s:i, s:s, s:i, s:s}", "schema", "netcc-machine", "version", 1,
                        "cpu", m->cpu, "cores", m->cores, "target", m->target.name);
  json_t *peaks = json_object(), *levels = json_array();
  int64_t bytes[CACHE_LEVELS] = {m->target.l1, m->target.l2, m->target.l3, 0};
  for (int i = 0; i < m->peaks; i++)
    json_object_set_new(peaks, m->peak_name[i], json_real(m->peak[i]));
  for (int i = 0; i < CACHE_LEVELS; i++)
    json_array_append_new(levels,
                          json_pack("{s:s, s:I, s:f, s:f, s:f}", "name", level_name[i], "bytes",
                                    (json_int_t)bytes[i], "read_bytes_per_second", m->read[i],
                                    "copy_bytes_per_second", m->copy[i],
                                    "read_all_bytes_per_second", m->read_all[i]));
  json_object_set_new(o, "peak_operations_per_second", peaks);
  json_object_set_new(o, "peak_all_operations_per_second", json_real(m->peak_all));
  json_object_set_new(o, "memory", levels);
  json_object_set_new(o, "barrier_seconds", json_real(m->target.barrier));
  return o;
}

static void print_machine(Ctx *c, const Machine *m) {
  printf("%s, %d core%s\n\n", m->cpu, m->cores, m->cores == 1 ? "" : "s");
  for (int i = 0; i < m->peaks; i++)
    printf("  peak, %-10s %8.1f GFLOP/s\n", m->peak_name[i], m->peak[i] * 1e-9);
  printf("  all cores, %-5s %8.1f GFLOP/s, %.2f times one\n", m->target.name, m->peak_all * 1e-9,
         m->peak_all / m->target.peak);
  printf("\n  %-8s %10s %12s %12s %12s   GB/s\n", "", "size", "read", "copy", "all read");
  int64_t bytes[CACHE_LEVELS] = {m->target.l1, m->target.l2, m->target.l3, 0};
  for (int i = 0; i < CACHE_LEVELS; i++)
    printf("  %-8s %10s %12.1f %12.1f %12.1f\n", level_name[i],
           bytes[i] ? mib_text(c, bytes[i]) : "", m->read[i] * 1e-9, m->copy[i] * 1e-9,
           m->read_all[i] * 1e-9);
  if (m->target.barrier > 0) printf("\n  a barrier   %.2f us\n", m->target.barrier * 1e6);
}

static int bench_machine(Ctx *c, const Options *o) {
  Machine m;
  const Target *t = load_target(c, o);
  if (t && !target_runs_here(t)) {
    diag_error(c, DIAG_E0611, NO_SPAN, "this processor does not run code for %s", t->name);
    return EXIT_FAILED;
  }
  if (!t || !machine_measure(c, t, &m)) return EXIT_FAILED;
  StrBuf text = {.arena = c->arena};
  machine_text(&m.target, str_fmt(c->arena, "%s, %d cores", m.cpu, m.cores), &text);
  if (o->store && !io_write(c, o->store, text.at, text.len)) return EXIT_FAILED;
  if (o->json) {
    json_t *all = machine_json(&m);
    json_dumpf(all, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(6));
    putchar('\n');
    json_decref(all);
  } else if (!o->store || !str_eq(o->store, "-")) {
    print_machine(c, &m);
  }
  return EXIT_OK;
}

/* ---- a network ------------------------------------------------------------------------------- */

static void make_data(Bench *b) {
  const Graph *g = b->n.plan->g;
  b->in = NEWN(b->c->arena, const float *, g->inputs.len + 1);
  b->out = NEWN(b->c->arena, float *, g->outputs.len + 1);
  uint32_t state = 1;
  for (int i = 0; i < g->inputs.len; i++) {
    const Value *v = graph_value(g, g->inputs.at[i]);
    int64_t n = shape_count(&v->shape);
    float *x = NEWN(b->c->arena, float, n);
    for (int64_t j = 0; j < n; j++) {
      state = state * 1664525u + 1013904223u;
      x[j] = v->type == DT_U8 ? (float)(state >> 24) : (float)(state >> 8) / (1 << 23) - 1;
    }
    b->in[i] = x;
  }
  for (int i = 0; i < g->outputs.len; i++)
    b->out[i] = NEWN(b->c->arena, float, shape_count(&graph_value(g, g->outputs.at[i])->shape));
}

static int descending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x < y) - (x > y);
}

/* Adds to a layer the least time it could take. */
static double complete_floor(const Plan *p, const Step *st, const Speed *s, json_t *x) {
  Floor f = step_floor(p, st, s, number(x, "multiply_adds"));
  json_object_set_new(x, "bytes_read", json_real(f.read));
  json_object_set_new(x, "bytes_written", json_real(f.written));
  json_object_set_new(x, "floor_seconds", json_real(f.seconds));
  json_object_set_new(x, "floor_bound", json_string(f.bound));
  json_object_set_new(x, "times_floor", json_real(quartile(x, 1) / f.seconds));
  return f.seconds;
}

/* Adds to a profile what it says beside the machine's peak and the plan. */
static void complete(const Bench *b, json_t *profile, const Speed *speed) {
  const Plan *p = b->n.plan;
  double peak = speed->peak, least = 0;
  json_t *layers = json_object_get(profile, "layers");
  double *error = NEWN(b->c->arena, double, json_array_size(layers) + 1);
  double macs = 0, predicted = 0;
  int threads = (int)number(profile, "threads"), n = 0;
  for (int i = 0; i < p->steps.len; i++) {
    const Step *st = &p->steps.at[i];
    if (st->view) continue;
    json_t *x = json_array_get(layers, (size_t)n);
    double seconds = step_seconds(p->target, st, threads), took = quartile(x, 1);
    json_object_set_new(x, "predicted_seconds", json_real(seconds));
    json_object_set_new(x, "share_of_peak",
                        json_real(2 * number(x, "multiply_adds") / took / peak));
    error[n++] = fabs(seconds / took - 1);
    macs += number(x, "multiply_adds");
    predicted += seconds;
    if (b->floors) least += complete_floor(p, st, speed, x);
  }
  qsort(error, (size_t)n, sizeof *error, descending);
  json_object_set_new(profile, "multiply_adds", json_real(macs));
  json_object_set_new(profile, "predicted_seconds", json_real(predicted));
  json_object_set_new(profile, "peak_operations_per_second", json_real(peak));
  json_object_set_new(profile, "share_of_peak",
                      json_real(2 * macs / quartile(profile, 1) / peak));
  json_object_set_new(profile, "median_error", json_real(n ? error[n / 2] : 0));
  if (!b->floors) return;
  json_object_set_new(profile, "floor_seconds", json_real(least));
  json_object_set_new(profile, "times_floor", json_real(quartile(profile, 1) / least));
}

/* Adds the profile of a team of so many threads. */
static bool measure(Bench *b, int threads) {
  json_error_t e;
  int64_t runs;
  struct timespec t0, t1;
  if (!option_int(b->c, "runs", b->o->runs, 0, 1, &runs)) return false;
  if (!runs) { /* as many as take a second */
    if (!module_run(b->c, b->module, b->in, b->out, threads, 1)) return false;
    clock_gettime(CLOCK_MONOTONIC, &t0);
    if (!module_run(b->c, b->module, b->in, b->out, threads, 1)) return false;
    clock_gettime(CLOCK_MONOTONIC, &t1);
    double s = (double)(t1.tv_sec - t0.tv_sec) + 1e-9 * (double)(t1.tv_nsec - t0.tv_nsec);
    runs = s * MAX_RUNS < 1 ? MAX_RUNS : s * MIN_RUNS > 1 ? MIN_RUNS : (int64_t)(1 / s);
  }
  Speed speed;
  if (!machine_speed(b->c, b->n.plan->target, threads, b->floors, &speed)) return false;
  const char *text = module_profile(b->c, b->module, b->in, b->out, threads, (int)runs,
                                    b->o->trace ? &b->trace : NULL);
  json_t *profile = text ? json_loads(text, 0, &e) : NULL;
  if (!profile) return false;
  complete(b, profile, &speed);
  json_array_append_new(b->profiles, profile);
  return true;
}

static const Column columns[] = {
    {"layer", false, 0},  {"kernel", false, 4}, {"us", true, 0},         {"share", true, 3},
    {"GFLOP/s", true, 0}, {"of peak", true, 2}, {"predicted", true, 0},  {"pred/meas", true, 1},
    {"floor", true, 0},   {"by", false, 5},     {"meas/floor", true, 0},
};

static void print_layers(Ctx *c, const json_t *profile) {
  Table t = table_new(c, columns, COUNT_OF(columns));
  const json_t *layers = json_object_get(profile, "layers");
  double all = quartile(profile, 1), predicted = number(profile, "predicted_seconds");
  for (size_t i = 0; i <= json_array_size(layers); i++) {
    bool total = i == json_array_size(layers);
    const json_t *x = total ? profile : json_array_get(layers, i);
    double took = quartile(x, 1), macs = number(x, "multiply_adds");
    double guess = total ? predicted : number(x, "predicted_seconds");
    table_text(&t, total ? "total" : json_string_value(json_object_get(x, "name")));
    table_text(&t, total ? "" : json_string_value(json_object_get(x, "kernel")));
    table_printf(&t, "%.1f", took * 1e6);
    table_printf(&t, "%.1f %%", 100 * took / all);
    table_printf(&t, "%.1f", 2e-9 * macs / took);
    table_printf(&t, "%.0f %%", 100 * number(x, "share_of_peak"));
    table_printf(&t, "%.1f", guess * 1e6);
    table_printf(&t, "%.2f", guess / took);
    table_printf(&t, "%.1f", number(x, "floor_seconds") * 1e6);
    table_text(&t, total ? "" : json_string_value(json_object_get(x, "floor_bound")));
    table_printf(&t, "%.2f", number(x, "times_floor"));
  }
  t.total = true;
  StrBuf out = {.arena = c->arena};
  table_print(&t, terminal_width(), &out);
  fputs(sb_str(&out), stdout);
}

static void print_summary(const Bench *b, const json_t *p) {
  int threads = (int)number(p, "threads");
  printf("%s for %s, %d thread%s: %.3f ms (quartiles %.3f to %.3f, %d runs), %.1f GFLOP/s, "
         "%.0f %% of the peak (%.1f)\n",
         b->n.plan->g->name, b->n.plan->target->name, threads, threads == 1 ? "" : "s",
         quartile(p, 1) * 1e3, quartile(p, 0) * 1e3, quartile(p, 2) * 1e3, (int)number(p, "runs"),
         2e-9 * number(p, "multiply_adds") / quartile(p, 1), 100 * number(p, "share_of_peak"),
         1e-9 * number(p, "peak_operations_per_second"));
  printf("  predicted %.3f ms; of a layer, median |predicted/measured - 1|: %.0f %%\n",
         number(p, "predicted_seconds") * 1e3, 100 * number(p, "median_error"));
}

/* Everything measured as one object. */
static void print_json(const Bench *b) {
  const Plan *p = b->n.plan;
  json_t *all =
      json_pack("{s:s, s:i, s:s, s:s, s:O}", "schema", "netcc-bench", "version", BENCH_SCHEMA,
                "network", p->g->name, "target", p->target->name, "profiles", b->profiles);
  json_dumpf(all, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(9));
  putchar('\n');
  json_decref(all);
}

static bool bench_network(Bench *b) {
  int64_t threads;
  int all = omp_get_num_procs();
  if (!option_int(b->c, "threads", b->o->threads, 0, 1, &threads)) return false;
  if (threads > 1024) threads = 1024;
  if (!measure(b, threads ? (int)threads : 1)) return false;
  if (!threads && all > 1 && !b->n.plan->lone && !measure(b, all)) return false;
  if (b->trace && !io_write(b->c, b->o->trace, b->trace, strlen(b->trace))) return false;
  if (b->o->trace && str_eq(b->o->trace, "-")) return true;
  if (b->o->json) {
    print_json(b);
    return true;
  }
  for (size_t i = 0; i < json_array_size(b->profiles); i++) {
    const json_t *p = json_array_get(b->profiles, i);
    if (b->o->layers) print_layers(b->c, p);
    print_summary(b, p);
    if (b->o->layers && i + 1 < json_array_size(b->profiles)) putchar('\n');
  }
  return true;
}

int cmd_bench(Ctx *c, Options *o) {
  Bench b = {.c = c, .o = o, .floors = o->layers || o->json};
  if (o->machine && !*o->machine && !o->files.len) return bench_machine(c, o);
  if (o->machine && !*o->machine) {
    diag_error(c, DIAG_E0611, NO_SPAN,
               "--machine without =FILE measures the machine, no network");
    return EXIT_USAGE;
  }
  if (!o->weights && !o->random_weights) o->random_weights = "1";
  if (!load_network(c, o, &b.n)) return c->errors ? EXIT_FAILED : EXIT_OK;
  if (!target_runs_here(b.n.plan->target)) {
    diag_error(c, DIAG_E0611, NO_SPAN, "this processor does not run code for %s",
               b.n.plan->target->name);
    return EXIT_FAILED;
  }
  if (!(b.module = module_build(c, &b.n, true))) return EXIT_FAILED;
  make_data(&b);
  b.profiles = json_array();
  bool ok = bench_network(&b);
  json_decref(b.profiles);
  module_close(b.module);
  return ok ? EXIT_OK : EXIT_FAILED;
}
