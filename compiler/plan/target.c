/* target.c: the table of machine descriptions and the detection of "native". */
#include "plan.h"

const Target target_table[] = {
#define TARGET(name, lanes, regs, folds, features, test, l1, l2, peak, l2_bw, mem_bw, doc)       \
  {name, doc, lanes, regs, folds, features, test, l1, l2, peak, l2_bw, mem_bw},
#include "targets.def"
#undef TARGET
};
const int target_count = COUNT_OF(target_table);

static const char *native_name(void) {
#if defined(__x86_64__) && defined(__GNUC__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq"))
    return "x86-64-v4";
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return "x86-64-v3";
#endif
  return "c99";
}

const Target *target_find(const char *name) {
  if (str_eq(name, "native")) name = native_name();
  for (int i = 0; i < target_count; i++)
    if (str_eq(target_table[i].name, name)) return &target_table[i];
  return NULL;
}
