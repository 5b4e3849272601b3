/* probe.c: what a machine can do, measured by C that is compiled at run time.
 *
 * The probes are written over the same vector types and pragmas as emitted kernels, once for each
 * target that this processor runs, so that the peak is one that emitted code could reach: FMAs in
 * twelve independent chains, reading into eight sums, copying, the barrier of emitted models.
 * Cache sizes come from the system (sysfs, sysconf); what it does not know stays as the table has
 * it. Every figure is the best of several attempts: what the machine can do, not what else it did.
 */
#include "cli.h"

#include <ctype.h>
#include <dlfcn.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

typedef double PeakFn(long rounds, int threads);
typedef double MoveFn(float *memory, size_t floats, long rounds, int threads);
typedef double MeetFn(long rounds, int threads);

/* All return seconds. Memory: threads × floats, each thread takes its own part. */
static const char probe_text[] =
    "static double now(void) {\n"
    "  struct timespec t;\n"
    "  clock_gettime(CLOCK_MONOTONIC, &t);\n"
    "  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;\n"
    "}\n"
    "#define ALL(X) X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11)\n"
    "KERNEL float multiply_add(long rounds, const float *from) {\n"
    "  const vf x = LD(from), y = LD(from + LANES);\n"
    "#define DECLARE(i) vf a##i = y * (float)(i + 1);\n"
    "#define STEP(i) a##i = a##i * x + y;\n"
    "#define SUM(i) s += a##i;\n"
    "  ALL(DECLARE)\n"
    "  for (long r = 0; r < rounds; ++r) { ALL(STEP) }\n"
    "  vf s = y;\n"
    "  ALL(SUM)\n"
    "  float first[LANES];\n"
    "  memcpy(first, &s, sizeof first);\n"
    "  return first[0];\n"
    "}\n"
    "KERNEL float reading(const float *p, size_t n) {\n"
    "  vf a = LD(p), b = a, c = a, d = a, e = a, f = a, g = a, h = a;\n"
    "  for (size_t i = 0; i + 8 * LANES <= n; i += 8 * LANES) {\n"
    "    a += LD(p + i), b += LD(p + i + LANES), c += LD(p + i + 2 * LANES);\n"
    "    d += LD(p + i + 3 * LANES), e += LD(p + i + 4 * LANES), f += LD(p + i + 5 * LANES);\n"
    "    g += LD(p + i + 6 * LANES), h += LD(p + i + 7 * LANES);\n"
    "  }\n"
    "  a += b + c + d + e + f + g + h;\n"
    "  float first[LANES];\n"
    "  memcpy(first, &a, sizeof first);\n"
    "  return first[0];\n"
    "}\n"
    "KERNEL float copying(float *p, size_t n) {\n"
    "  const float *q = p + n / 2 / (8 * LANES) * (8 * LANES);\n"
    "  for (size_t i = 0; i + 4 * LANES <= n / 2; i += 4 * LANES)\n"
    "    for (size_t j = 0; j < 4; ++j) ST(p + i + j * LANES, LD(q + i + j * LANES));\n"
    "  return p[0];\n"
    "}\n"
    "#define TEAM _Pragma(\"omp parallel num_threads(threads) reduction(+ : sum)\")\n"
    "static volatile float kept;\n"
    "double probe_peak(long rounds, int threads) {\n"
    "  float from[64] __attribute__((aligned(64)));\n"
    "  float sum = 0;\n"
    "  for (int i = 0; i < 64; ++i) from[i] = 0.5f;\n"
    "  const double begin = now();\n"
    "  TEAM { sum += multiply_add(rounds, from); }\n"
    "  kept = sum;\n"
    "  return now() - begin;\n"
    "}\n"
    "double probe_read(float *memory, size_t floats, long rounds, int threads) {\n"
    "  float sum = 0;\n"
    "  const double begin = now();\n"
    "  TEAM {\n"
    "    const float *p = memory + (size_t)omp_get_thread_num() * floats;\n"
    "    for (long r = 0; r < rounds; ++r) {\n"
    "      sum += reading(p, floats);\n"
    "      __asm__ volatile(\"\" ::: \"memory\"); /* read it anew */\n"
    "    }\n"
    "  }\n"
    "  kept = sum;\n"
    "  return now() - begin;\n"
    "}\n"
    "double probe_copy(float *memory, size_t floats, long rounds, int threads) {\n"
    "  float sum = 0;\n"
    "  const double begin = now();\n"
    "  TEAM {\n"
    "    float *p = memory + (size_t)omp_get_thread_num() * floats;\n"
    "    for (long r = 0; r < rounds; ++r) sum += copying(p, floats);\n"
    "  }\n"
    "  kept = sum;\n"
    "  return now() - begin;\n"
    "}\n"
    "double probe_meet(long rounds, int threads) {\n"
    "  team all = {0};\n"
    "  const double begin = now();\n"
    "#pragma omp parallel num_threads(threads)\n"
    "  {\n"
    "    team *const m = &all;\n"
    "    const int n = omp_get_num_threads();\n"
    "    for (long r = 0; r < rounds; ++r) BARRIER(m, n);\n"
    "  }\n"
    "  return now() - begin;\n"
    "}\n";

enum { ATTEMPTS = 5 };
static const double ATTEMPT = 0.01; /* seconds of one attempt */

typedef struct Probe {
  void *handle;
  PeakFn *peak;
  MoveFn *read, *copy;
  MeetFn *meet;
} Probe;

static const char *probe_source(Ctx *c, const Target *t) {
  StrBuf b = {.arena = c->arena};
  sb_puts(&b, "#include <string.h>\n#include <time.h>\n");
  preamble_write(c, &b, t, "");
  if (t->lanes == 1)
    sb_puts(&b, "enum { LANES = 1 };\ntypedef float vf;\n"
                "#define LD(p) (*(p))\n#define ST(p, v) (*(p) = (v))\n");
  sb_puts(&b, emit_team_text);
  sb_puts(&b, probe_text);
  preamble_close(&b, t);
  return sb_str(&b);
}

static bool probe_open(Ctx *c, const Target *t, Probe *p) {
  p->handle = library_build(c, probe_source(c, t));
  if (!p->handle) return false;
  *(void **)&p->peak = dlsym(p->handle, "probe_peak");
  *(void **)&p->read = dlsym(p->handle, "probe_read");
  *(void **)&p->copy = dlsym(p->handle, "probe_copy");
  *(void **)&p->meet = dlsym(p->handle, "probe_meet");
  return true;
}

/* The shortest of several attempts. */
static double peak_seconds(const Probe *p, long rounds, int threads) {
  double best = 1e9;
  for (int i = 0; i < ATTEMPTS; i++) {
    double s = p->peak(rounds, threads);
    if (s < best) best = s;
  }
  return best;
}

static double move_seconds(MoveFn *move, float *memory, size_t floats, long rounds, int threads) {
  double best = 1e9;
  for (int i = 0; i < ATTEMPTS; i++) {
    double s = move(memory, floats, rounds, threads);
    if (s < best) best = s;
  }
  return best;
}

/* Operations a second of all threads together: an FMA is two of every lane. */
static double peak_of(const Probe *p, const Target *t, int threads) {
  long rounds = 1 << 12; /* as many as keep one core busy: a team may be slow to wake */
  while (peak_seconds(p, rounds, 1) < ATTEMPT) rounds *= 2;
  double best = peak_seconds(p, rounds, threads);
  return 2.0 * 12 * t->lanes * (double)rounds * threads / best;
}

/* Bytes a second of all threads together, each with `bytes` of its own. */
static double rate_of(MoveFn *move, float *memory, size_t bytes, int threads) {
  long rounds = 1;
  while (move_seconds(move, memory, bytes / 4, rounds, 1) < ATTEMPT) rounds *= 2;
  double best = move_seconds(move, memory, bytes / 4, rounds, threads);
  return (double)bytes * (double)rounds * threads / best;
}

static double barrier_of(const Probe *p, int threads) {
  double best = 1e9;
  if (threads < 2) return 0;
  for (int i = 0; i < ATTEMPTS; i++) {
    double s = p->meet(20000, threads) / 20000;
    if (s < best) best = s;
  }
  return best;
}

/* ---- what the system says --------------------------------------------------------------------
 */

static const char *line_of(Ctx *c, const char *path, const char *key) {
  char line[256];
  FILE *f = fopen(path, "r");
  const char *found = NULL;
  while (f && !found && fgets(line, sizeof line, f)) {
    char *value = *key ? strchr(line, ':') : line;
    if (!str_starts(line, key) || !value) continue;
    if (*key) value += 1 + strspn(value + 1, " \t");
    found = str_dup(c->arena, value, strcspn(value, "\n"));
  }
  if (f) fclose(f);
  return found;
}

/* The data or unified cache of a level; 0 where the system does not know. */
static int64_t cache_bytes(Ctx *c, int level) {
  static const int names[] = {0, _SC_LEVEL1_DCACHE_SIZE, _SC_LEVEL2_CACHE_SIZE,
                              _SC_LEVEL3_CACHE_SIZE};
  for (int i = 0; i < 8; i++) {
    const char *dir = str_fmt(c->arena, "/sys/devices/system/cpu/cpu0/cache/index%d", i);
    const char *depth = line_of(c, path_join(c->arena, dir, "level"), "");
    const char *type = line_of(c, path_join(c->arena, dir, "type"), "");
    const char *size = line_of(c, path_join(c->arena, dir, "size"), "");
    if (!depth || !type || !size || atoi(depth) != level || str_eq(type, "Instruction")) continue;
    char *unit;
    int64_t bytes = strtoll(size, &unit, 10);
    return *unit == 'K' ? bytes << 10 : *unit == 'M' ? bytes << 20 : bytes;
  }
  long bytes = sysconf(names[level]);
  return bytes > 0 ? bytes : 0;
}

static void describe(Ctx *c, Machine *m) {
  const char *cpu = line_of(c, "/proc/cpuinfo", "model name");
  m->cpu = cpu ? cpu : "unknown processor";
  m->cores = omp_get_num_procs();
  int64_t *size[] = {&m->target.l1, &m->target.l2, &m->target.l3};
  for (int i = 0; i < 3; i++) {
    int64_t bytes = cache_bytes(c, i + 1);
    if (bytes) *size[i] = bytes;
  }
}

/* ---- measuring ------------------------------------------------------------------------------- */

/* Bytes that lie in a level and in none above it; in memory: four times the last cache. */
static size_t level_bytes(const Target *t, int level, int threads) {
  int64_t l3 = t->l3 ? t->l3 : t->l2, most = (int64_t)1 << 28;
  int64_t bytes[] = {t->l1 / 2, t->l2 / 2, l3 / 4 / threads, 4 * l3 / threads};
  if (bytes[2] < 2 * t->l2) bytes[2] = l3 / 2 / threads;
  if (bytes[level] > most) bytes[level] = most;
  return (size_t)bytes[level] / 4096 * 4096;
}

/* Bytes of each of so many threads: pages. */
static size_t share_bytes(const Target *t, int level, int threads) {
  size_t bytes = level_bytes(t, level, level < 2 ? 1 : threads);
  return bytes ? bytes : 4096;
}

static float *probe_memory(const Target *t, int threads) {
  size_t most = 0;
  for (int level = 0; level < CACHE_LEVELS; level++) {
    size_t one = share_bytes(t, level, 1);
    size_t all = share_bytes(t, level, threads) * (size_t)threads;
    most = one > most ? one : most;
    most = all > most ? all : most;
  }
  float *memory = aligned_alloc(4096, most);
  if (memory) memset(memory, 0, most);
  return memory;
}

static bool measure_moves(const Probe *p, Machine *m) {
  float *memory = probe_memory(&m->target, m->cores);
  if (!memory) return false;
  for (int level = 0; level < CACHE_LEVELS; level++) {
    size_t one = share_bytes(&m->target, level, 1);
    m->read[level] = rate_of(p->read, memory, one, 1);
    m->copy[level] = rate_of(p->copy, memory, one, 1);
    m->read_all[level] =
        rate_of(p->read, memory, share_bytes(&m->target, level, m->cores), m->cores);
  }
  free(memory);
  return true;
}

bool machine_measure(Ctx *c, const Target *t, Machine *m) {
  *m = (Machine){.target = *t};
  describe(c, m);
  for (int i = 0; i < target_count && m->peaks < COUNT_OF(m->peak); i++) {
    const Target *x = &target_table[i];
    Probe p;
    if (!target_runs_here(x)) continue;
    if (!probe_open(c, x, &p)) return false;
    m->peak_name[m->peaks] = x->name;
    m->peak[m->peaks++] = peak_of(&p, x, 1);
    bool ok = true;
    if (str_eq(x->name, t->name)) {
      m->target.peak = m->peak[m->peaks - 1];
      m->peak_all = peak_of(&p, x, m->cores);
      m->target.barrier = barrier_of(&p, m->cores);
      ok = measure_moves(&p, m);
    }
    dlclose(p.handle);
    if (!ok) {
      diag_error(c, DIAG_E0612, NO_SPAN, "not memory enough to measure its bandwidth");
      return false;
    }
  }
  m->target.l1_bandwidth = m->read[0];
  m->target.l2_bandwidth = m->read[1];
  m->target.l3_bandwidth = m->read[2];
  m->target.memory_bandwidth = m->read[3];
  return true;
}

bool machine_speed(Ctx *c, const Target *t, int threads, bool moves, Speed *s) {
  Machine m = {.target = *t};
  Probe p;
  describe(c, &m);
  *s = (Speed){.threads = threads, .l1 = m.target.l1, .l2 = m.target.l2, .l3 = m.target.l3};
  if (!probe_open(c, t, &p)) return false;
  s->peak = peak_of(&p, t, threads);
  float *memory = moves ? probe_memory(&m.target, threads) : NULL;
  for (int level = 0; memory && level < CACHE_LEVELS; level++) {
    size_t bytes = share_bytes(&m.target, level, threads);
    s->read[level] = rate_of(p.read, memory, bytes, threads);
    s->copy[level] = rate_of(p.copy, memory, bytes, threads);
  }
  dlclose(p.handle);
  if (moves && !memory)
    diag_error(c, DIAG_E0612, NO_SPAN, "not memory enough to measure its bandwidth");
  free(memory);
  return !moves || memory;
}
