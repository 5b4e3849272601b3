/* target.c: the table of machine descriptions and the detection of "native". */
#include "plan.h"

const Target target_table[] = {
#define TARGET(name, lanes, regs, folds, features, test, l1, l2, l3, peak, bw1, bw2, bw3,        \
               memory, barrier, doc)                                                             \
  {name, doc,  lanes, regs, folds, features, test,    l1,    l2,                                 \
   l3,   peak, bw1,   bw2,  bw3,   memory,   barrier, memory},
#include "targets.def"
#undef TARGET
};
const int target_count = COUNT_OF(target_table);

bool target_runs_here(const Target *t) {
  if (!*t->features) return true;
#if defined(__x86_64__) && defined(__GNUC__)
  __builtin_cpu_init();
  if (t->lanes == 16)
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq");
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
  return false;
#endif
}

/* The table has the simplest target first. */
static const char *native_name(void) {
  int best = target_count - 1;
  while (best > 0 && !target_runs_here(&target_table[best])) best--;
  return target_table[best].name;
}

const Target *target_find(const char *name) {
  if (str_eq(name, "native")) name = native_name();
  for (int i = 0; i < target_count; i++)
    if (str_eq(target_table[i].name, name)) return &target_table[i];
  return NULL;
}
