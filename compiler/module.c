/* module.c: a network emitted, compiled by the system's C compiler, and loaded into this process.
 * That is how `netcc run` executes networks: through the very code that compile writes. All
 * files live in a temporary folder that is gone once the module is loaded; the weights stay in
 * memory and are opened from there.
 */
#include "cli.h"

#include <dlfcn.h>
#include <errno.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../runtime/netrt.h"

extern const char _binary_runtime_netrt_c_start[], _binary_runtime_netrt_c_end[];
extern const char _binary_runtime_netrt_h_start[], _binary_runtime_netrt_h_end[];
extern const char _binary_runtime_netrt_debug_h_start[], _binary_runtime_netrt_debug_h_end[];

typedef struct RunOptions { /* as the emitted header declares it */
  size_t size;
  int threads;
  size_t batch;
  void *profile; /* behind the end of what a model without profiles knows */
} RunOptions;

typedef int OpenFn(void **model, const void *image, size_t size);
typedef int RunFn(const void *model, const void *in, const void *out, void *arena,
                  const RunOptions *options);
typedef void CloseFn(void *model);

enum { MAX_TEAM = 256, MAX_ENDS = 64 };

struct Module {
  void *handle, *model;
  void *arena[MAX_TEAM]; /* one for each run at a time; made on first need, and if it grows */
  size_t bytes[MAX_TEAM];
  const Plan *plan;
  const char *prefix;
  bool profiled;
  void *profile; /* of the runs of module_profile */
  RunFn *run;
  CloseFn *close;
  void *
      staged[MAX_ENDS]; /* inputs of bytes or in another order, as the caller's memory has them */
  size_t staged_batch[MAX_ENDS];
};

typedef struct TempFiles {
  Ctx *c;
  const char *dir;
  VEC(const char *) names;
} TempFiles;

bool write_runtime(Ctx *c, const char *dir) {
  const char *start[] = {_binary_runtime_netrt_c_start, _binary_runtime_netrt_h_start,
                         _binary_runtime_netrt_debug_h_start};
  const char *end[] = {_binary_runtime_netrt_c_end, _binary_runtime_netrt_h_end,
                       _binary_runtime_netrt_debug_h_end};
  const char *name[] = {"netrt.c", "netrt.h", "netrt_debug.h"};
  for (int i = 0; i < COUNT_OF(name); i++)
    if (!io_write(c, path_join(c->arena, dir, name[i]), start[i], (size_t)(end[i] - start[i])))
      return false;
  return true;
}

static const char *temp_name(TempFiles *t, const char *name) {
  const char *path = path_join(t->c->arena, t->dir, name);
  vec_push(t->c->arena, &t->names, path);
  return path;
}

static void temp_remove(TempFiles *t) {
  for (int i = 0; i < t->names.len; i++) remove(t->names.at[i]);
  rmdir(t->dir);
}

/* Runs a command without a shell; true if it exits with 0. */
static bool run_tool(Ctx *c, char *const argv[]) {
  pid_t pid = fork();
  if (pid == 0) {
    execvp(argv[0], argv);
    _exit(127);
  }
  int status = 0;
  if (pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) && !WEXITSTATUS(status))
    return true;
  Diag *d = diag_error(c, DIAG_E0612, NO_SPAN, "the C compiler '%s' failed", argv[0]);
  diag_help(c, d, "install one, name one in $CC, or use --reference");
  return false;
}

/* Source files in the folder to one library, a model's with the runtime. */
static bool compile_shared(TempFiles *t, const char *source, const char *object,
                           const char *define) {
  const char *cc = getenv("CC");
  char *argv[16] = {(char *)(cc && *cc ? cc : "cc"),
                    "-O3",
                    "-fopenmp",
                    "-shared",
                    "-fPIC",
                    "-o",
                    (char *)object,
                    (char *)source};
  int n = 8;
  if (define) argv[n++] = (char *)define;
  argv[n++] = (char *)temp_name(t, "netrt.c");
  argv[n++] = "-lm";
  temp_name(t, "netrt.h");
  temp_name(t, "netrt_debug.h");
  return write_runtime(t->c, t->dir) && run_tool(t->c, argv);
}

static bool temp_make(Ctx *c, TempFiles *t) {
  const char *base = getenv("TMPDIR");
  char *dir = str_fmt(c->arena, "%s/netcc-XXXXXX", base && *base ? base : "/tmp");
  *t = (TempFiles){c, dir, {0}};
  return mkdtemp(dir) || io_fail(c, DIAG_E0602, dir, "%s", strerror(errno));
}

static void *load(Ctx *c, const char *object) {
  void *handle = dlopen(object, RTLD_NOW | RTLD_LOCAL);
  if (!handle) diag_error(c, DIAG_E0612, NO_SPAN, "cannot load what was compiled: %s", dlerror());
  return handle;
}

void *library_build(Ctx *c, const char *text) {
  TempFiles t;
  if (!temp_make(c, &t)) return NULL;
  const char *source = temp_name(&t, "probe.c"), *object = temp_name(&t, "probe.so");
  bool ok = io_write(c, source, text, strlen(text)) && compile_shared(&t, source, object, NULL);
  void *handle = ok ? load(c, object) : NULL;
  temp_remove(&t);
  return handle;
}

static void *symbol(Ctx *c, Module *m, const char *what) {
  void *p = dlsym(m->handle, str_fmt(c->arena, "%s_%s", m->prefix, what));
  if (!p) diag_error(c, DIAG_E0612, NO_SPAN, "the compiled model has no '%s'", what);
  return p;
}

static bool open_module(Ctx *c, Module *m, const char *object, const void *image, size_t size) {
  m->handle = load(c, object);
  if (!m->handle) return false;
  OpenFn *open_memory;
  *(void **)&open_memory = symbol(c, m, "open_memory");
  *(void **)&m->run = symbol(c, m, "run");
  *(void **)&m->close = symbol(c, m, "close");
  if (!open_memory || !m->run || !m->close) return false;
  int status = open_memory(&m->model, image, size);
  if (status) {
    diag_error(c, DIAG_E0612, NO_SPAN, "cannot open the compiled model: %s",
               netrt_strerror(status));
    return false;
  }
  return true;
}

static bool build_in(Ctx *c, TempFiles *t, const Network *n, Module *m) {
  EmitOptions emit = {0};
  Emitted e;
  const void *image;
  size_t size;
  if (!emit_model(c, n->plan, &emit, &e)) return false;
  double started = 0;
  if (!pack_weights(c, n->plan, n->source, false, &image, &size, progress_bar, &started))
    return false;
  m->prefix = emit_prefix(c, n->plan, &emit);
  const char *source = temp_name(t, str_fmt(c->arena, "%s.c", m->prefix));
  const char *header = temp_name(t, str_fmt(c->arena, "%s.h", m->prefix));
  const char *object = temp_name(t, str_fmt(c->arena, "%s.so", m->prefix));
  return io_write(c, source, e.c.at, e.c.len) && io_write(c, header, e.h.at, e.h.len) &&
         compile_shared(t, source, object, m->profiled ? "-DNETRT_PROFILE" : NULL) &&
         open_module(c, m, object, image, size);
}

Module *module_build(Ctx *c, const Network *n, bool profiled) {
  Module *m = NEW(c->arena, Module);
  TempFiles t;
  m->plan = n->plan;
  m->profiled = profiled;
  if (!temp_make(c, &t)) return NULL;
  bool ok = build_in(c, &t, n, m);
  temp_remove(&t);
  if (!ok) module_close(m);
  return ok ? m : NULL;
}

void module_close(Module *m) {
  if (m->model) m->close(m->model);
  if (m->handle) dlclose(m->handle);
  m->model = m->handle = NULL;
}

static size_t sample_bytes(const Value *v) {
  return (size_t)shape_count(&v->shape) * (size_t)dtype_size(v->type);
}

/* Input i as the model's interface takes it. */
static const void *stage(Ctx *c, Module *m, int i, const float *data, size_t batch) {
  const Value *v = graph_value(m->plan->g, m->plan->g->inputs.at[i]);
  size_t bytes = sample_bytes(v), count = (size_t)shape_count(&v->shape);
  if (v->type == DT_F32 && layout_is_plain(&v->layout, &v->shape)) return data;
  if (m->staged_batch[i] < batch) {
    m->staged[i] = arena_array(c->arena, batch, bytes);
    m->staged_batch[i] = batch;
  }
  for (size_t b = 0; b < batch; b++)
    value_scatter(c, v, data + b * count, (char *)m->staged[i] + b * bytes);
  return m->staged[i];
}

/* Samples [from, to) in one call, on `threads` threads and arena number `slot`. */
static int run_part(const Module *m, const void *const *in, float *const *out, int threads,
                    int slot, size_t from, size_t to) {
  const Graph *g = m->plan->g;
  const void *x[MAX_ENDS];
  float *y[MAX_ENDS];
  for (int i = 0; i < g->inputs.len; i++)
    x[i] = (const char *)in[i] + sample_bytes(graph_value(g, g->inputs.at[i])) * from;
  for (int i = 0; i < g->outputs.len; i++)
    y[i] = out[i] + (size_t)shape_count(&graph_value(g, g->outputs.at[i])->shape) * from;
  RunOptions options = {sizeof options, threads, to - from, m->profile};
  return m->run(m->model, x, y, m->arena[slot], &options);
}

static size_t arena_bytes(const Plan *p, int threads) {
  return (size_t)(p->arena_bytes + threads * p->thread_bytes) + 4096;
}

/* One sample is shared by all threads; of several, each thread takes its own, as a service
 * would: nobody waits at barriers, and the model is shared. */
bool module_run(Ctx *c, Module *m, const float *const *in, float *const *out, int threads,
                size_t batch) {
  const Graph *g = m->plan->g;
  if (g->inputs.len > MAX_ENDS || g->outputs.len > MAX_ENDS) {
    diag_error(c, DIAG_E0612, NO_SPAN, "more than %d inputs or outputs", MAX_ENDS);
    return false;
  }
  const void *staged[MAX_ENDS];
  for (int i = 0; i < g->inputs.len; i++) staged[i] = stage(c, m, i, in[i], batch);
  if (!threads) threads = omp_get_max_threads();
  if (threads > MAX_TEAM) threads = MAX_TEAM;
  int team = threads;
  if ((size_t)team > batch) team = (int)batch;
  for (int i = 0; i < team; i++) {
    size_t bytes = arena_bytes(m->plan, i ? 1 : threads);
    if (m->bytes[i] >= bytes) continue;
    m->arena[i] = arena_alloc(c->arena, bytes);
    m->bytes[i] = bytes;
  }
  int status = 0;
  if (batch == 1) {
    status = run_part(m, staged, out, threads, 0, 0, 1);
  } else {
#pragma omp parallel for num_threads(team) schedule(static) reduction(max : status)
    for (int i = 0; i < team; i++) {
      size_t from = batch * (size_t)i / (size_t)team, to = batch * ((size_t)i + 1) / (size_t)team;
      int part = run_part(m, staged, out, 1, i, from, to);
      if (part > status) status = part;
    }
  }
  if (status) diag_error(c, DIAG_E0612, NO_SPAN, "the model failed: %s", netrt_strerror(status));
  return !status;
}

/* ---- profiles -------------------------------------------------------------------------------
 */

typedef void *NewFn(int threads, int runs);
typedef int WriteFn(const void *profile, const char *path, int trace);
typedef void FreeFn(void *profile);

static const char *profile_text(Ctx *c, Module *m, WriteFn *write, int trace) {
  TempFiles t;
  size_t size;
  if (!temp_make(c, &t)) return NULL;
  const char *path = temp_name(&t, "profile.json");
  int status = write(m->profile, path, trace);
  const char *text = status ? NULL : io_read(c, path, &size);
  if (status) io_fail(c, DIAG_E0602, path, "%s", netrt_strerror(status));
  temp_remove(&t);
  return text;
}

const char *module_profile(Ctx *c, Module *m, const float *const *in, float *const *out,
                           int threads, int runs, const char **trace) {
  NewFn *make;
  WriteFn *write;
  FreeFn *done;
  *(void **)&make = symbol(c, m, "profile_new");
  *(void **)&write = dlsym(m->handle, "netrt_profile_write");
  *(void **)&done = dlsym(m->handle, "netrt_profile_free");
  if (!make || !write || !done) return NULL;
  bool ok = module_run(c, m, in, out, threads, 1) && module_run(c, m, in, out, threads, 1);
  if (ok && !(m->profile = make(threads, runs))) {
    diag_error(c, DIAG_E0612, NO_SPAN, "not memory enough for the times of %d runs", runs);
    return NULL;
  }
  for (int i = 0; ok && i < runs; i++) ok = module_run(c, m, in, out, threads, 1);
  const char *text = ok ? profile_text(c, m, write, 0) : NULL;
  if (text && trace && !(*trace = profile_text(c, m, write, 1))) text = NULL;
  done(m->profile);
  m->profile = NULL;
  return text;
}
