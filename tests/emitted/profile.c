/* profile.c: lenet built with -DNETRT_PROFILE writes where its time goes.
 *   profile WEIGHTS THREADS PROFILE.json TRACE.json
 * Four calls of three images each go through a profile that keeps five runs; then runs without
 * one. Exit status: a netrt_status. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lenet.h"

enum { BATCH = 3, CALLS = 4, KEPT = 5 };

static int profile(const lenet_model *model, int threads, char **path) {
  static float image[BATCH * LENET_IMAGE_COUNT], probs[BATCH * LENET_PROBS_COUNT];
  const lenet_inputs in = {image};
  const lenet_outputs out = {probs};
  void *arena = netrt_alloc(LENET_ARENA_BYTES(threads));
  netrt_profile *p = lenet_profile_new(threads, KEPT);
  const lenet_options o = {sizeof o, threads, BATCH, p}, none = {sizeof none, threads, 0, NULL};
  if (!arena || !p || lenet_profile_new(0, 1) || lenet_profile_new(1, 0)) return NETRT_E_MEMORY;
  if (netrt_profile_write(p, path[0], 0) != NETRT_E_ARGUMENT) return NETRT_STATUS_COUNT;
  int status = NETRT_OK;
  for (int i = 0; i < CALLS && !status; i++) status = lenet_run(model, &in, &out, arena, &o);
  if (!status) status = netrt_profile_write(p, path[0], 0);
  if (!status) status = netrt_profile_write(p, path[1], 1);
  if (!status) status = lenet_run(model, &in, &out, arena, &none);
  if (!status) status = lenet_run(model, &in, &out, arena, NULL);
  if (!status && netrt_profile_write(p, "no/folder", 0) != NETRT_E_OPEN) status = NETRT_E_HEADER;
  netrt_profile_free(p);
  netrt_free(arena);
  return status;
}

int main(int argc, char **argv) {
  lenet_model *model;
  if (argc != 5) return NETRT_E_ARGUMENT;
  int status = lenet_open(&model, argv[1]);
  if (!status) status = profile(model, atoi(argv[2]), argv + 3);
  lenet_close(model);
  if (status) fprintf(stderr, "%s\n", netrt_strerror(status));
  return status;
}
