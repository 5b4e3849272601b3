/* bytes.c: one network compiled twice, for bytes in the order of an image file (model `raw`, u8
 * nhwc) and for floats channel after channel (model `plain`): the same picture must give the same
 * bits, whatever the number of threads and samples. The caller's buffers are exactly as long as
 * the headers say, so that AddressSanitizer sees a step too far.
 */
#include "plain.h"
#include "raw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { N = 3, H = 13, W = 18, C = 3, OUT = PLAIN_Y_COUNT };
enum { INTERFACE_FITS = 1 / (RAW_IMAGE_COUNT == H * W * C && RAW_Y_COUNT == OUT) };

static int failures;

static void expect(int ok, const char *what) {
  if (ok) return;
  fprintf(stderr, "%s\n", what);
  failures++;
}

static void *need(void *p) {
  if (!p) exit(3);
  return p;
}

int main(void) {
  raw_model *raw = NULL;
  plain_model *plain = NULL;
  uint8_t *bytes = need(malloc(N * RAW_IMAGE_COUNT));
  float *floats = need(malloc(N * PLAIN_IMAGE_COUNT * sizeof(float)));
  float *got = need(malloc(N * OUT * sizeof(float))),
        *want = need(malloc(N * OUT * sizeof(float)));
  uint32_t state = 7;
  for (size_t n = 0; n < N; ++n)
    for (size_t y = 0; y < H; ++y)
      for (size_t x = 0; x < W; ++x)
        for (size_t c = 0; c < C; ++c) {
          state = state * 1664525u + 1013904223u;
          bytes[((n * H + y) * W + x) * C + c] = (uint8_t)(state >> 24);
          floats[((n * C + c) * H + y) * W + x] = (float)(state >> 24);
        }
  void *arena = need(netrt_alloc(RAW_ARENA_BYTES(4) + PLAIN_ARENA_BYTES(4)));
  expect(raw_open(&raw, "raw.weights") == NETRT_OK, "raw: open");
  expect(plain_open(&plain, "plain.weights") == NETRT_OK, "plain: open");
  expect(raw_selftest(raw, arena) == NETRT_OK, "raw: self-test");
  expect(plain_selftest(plain, arena) == NETRT_OK, "plain: self-test");
  const raw_inputs raw_in = {bytes};
  const raw_outputs raw_out = {got};
  const plain_inputs plain_in = {floats};
  const plain_outputs plain_out = {want};
  const plain_options one = {sizeof one, 1, N};
  expect(plain_run(plain, &plain_in, &plain_out, arena, &one) == NETRT_OK, "plain: run");
  for (int threads = 1; threads <= 4; ++threads) {
    const raw_options options = {sizeof options, threads, N};
    memset(got, 0xff, N * OUT * sizeof(float));
    memset(arena, 0xff, RAW_ARENA_BYTES(4));
    expect(raw_run(raw, &raw_in, &raw_out, arena, &options) == NETRT_OK, "raw: run");
    expect(!memcmp(got, want, N * OUT * sizeof(float)), "bytes and floats differ");
  }
  double sum = 0;
  for (size_t i = 0; i < N * OUT; ++i) sum += want[i] < 0 ? -(double)want[i] : (double)want[i];
  expect(sum > 1, "the outputs are mostly zero");
  raw_close(raw);
  plain_close(plain);
  netrt_free(arena);
  free(bytes), free(floats), free(got), free(want);
  return failures != 0;
}
