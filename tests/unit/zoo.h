/* zoo.h: every network of zoo.def, as arguments of the command line. */
#ifndef ZOO_H
#define ZOO_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef struct ZooRow {
  const char *file, *model, *defines;
  int64_t parameters, macs;
} ZooRow;

static const ZooRow zoo[] = {
#define NET(file, model, defines, parameters, macs) {file, model, defines, parameters, macs},
#include "zoo.def"
#undef NET
};
static const int zoo_count = (int)(sizeof zoo / sizeof *zoo);

/* "examples/resnet.net" */
static inline const char *zoo_path(int i) {
  static char path[256];
  snprintf(path, sizeof path, "examples/%s.net", zoo[i].file);
  return path;
}

/* "--model=NAME -D depth=50 -D groups=32" */
static inline const char *zoo_options(int i) {
  static char options[512];
  char words[256], *rest = words, *word;
  size_t n = 0;
  options[0] = 0;
  if (*zoo[i].model) n += (size_t)snprintf(options, sizeof options, "--model=%s ", zoo[i].model);
  snprintf(words, sizeof words, "%s", zoo[i].defines);
  while ((word = strtok_r(rest, " ", &rest)))
    n += (size_t)snprintf(options + n, sizeof options - n, "-D '%s' ", word);
  return options;
}

#endif
