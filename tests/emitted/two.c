/* two.c: two models in one program, run at the same time from threads of the caller's own.
 *
 *   cc -pthread two.c lenet.c sobel.c netrt.c -lm && ./a.out lenet.weights sobel.weights
 *
 * Each thread has its arena and outputs; models are shared. Every result must have the bits of
 * the run before the threads started. Built with -fsanitize=thread this shows what is shared.
 */
#define _POSIX_C_SOURCE 200809L
#include "lenet.h"
#include "sobel.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 4, ROUNDS = 5 };

typedef struct Results {
  float probs[LENET_PROBS_COUNT];
  float gx[SOBEL_GX_COUNT], gy[SOBEL_GY_COUNT], magnitude[SOBEL_MAGNITUDE_COUNT];
} Results;

static lenet_model *lenet;
static sobel_model *sobel;
static float digit[LENET_IMAGE_COUNT], picture[SOBEL_IMAGE_COUNT];
static Results want;

static int run_both(Results *r) {
  const lenet_options lone = {sizeof lone, 1, 1};
  const sobel_options sone = {sizeof sone, 1, 1};
  const lenet_inputs lin = {digit};
  const lenet_outputs lout = {r->probs};
  const sobel_inputs sin = {picture};
  const sobel_outputs sout = {r->gx, r->gy, r->magnitude};
  const size_t bytes =
      LENET_ARENA_BYTES(1) > SOBEL_ARENA_BYTES(1) ? LENET_ARENA_BYTES(1) : SOBEL_ARENA_BYTES(1);
  void *arena = netrt_alloc(bytes);
  memset(r, 0xff, sizeof *r);
  int bad = !arena || lenet_run(lenet, &lin, &lout, arena, &lone) ||
            sobel_run(sobel, &sin, &sout, arena, &sone);
  netrt_free(arena);
  return bad;
}

static void *worker(void *bad) {
  for (int i = 0; i < ROUNDS; i++) {
    Results r;
    *(int *)bad |= run_both(&r) || memcmp(&r, &want, sizeof r);
  }
  return NULL;
}

int main(int argc, char **argv) {
  pthread_t thread[THREADS];
  int bad[THREADS] = {0}, sum = 0;
  if (argc != 3 || lenet_open(&lenet, argv[1]) || sobel_open(&sobel, argv[2])) return 3;
  for (int i = 0; i < LENET_IMAGE_COUNT; i++) digit[i] = (float)(i * 37 % 101) / 101.0f;
  for (int i = 0; i < SOBEL_IMAGE_COUNT; i++) picture[i] = (float)(i * 53 % 97) / 97.0f;
  if (run_both(&want)) return 4;
  for (int i = 0; i < THREADS; i++)
    if (pthread_create(&thread[i], NULL, worker, &bad[i])) return 5;
  for (int i = 0; i < THREADS; i++) {
    pthread_join(thread[i], NULL);
    sum += bad[i];
  }
  lenet_close(lenet);
  sobel_close(sobel);
  return sum;
}
