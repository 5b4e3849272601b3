/* main.c: classifies the 10,000 test images of Fashion-MNIST with a compiled network.
 *
 *   netcc compile fashion.net --weights lenet_fashion.safetensors --with-runtime -o out
 *   cc -O3 -fopenmp -Iout main.c out/fashion.c out/netrt.c -lz -lm -o classify
 *   ./classify out/fashion.weights FOLDER
 *
 * FOLDER holds the data set's t10k files as distributed. Everything that has to do with the
 * network is in three calls: fashion_open, fashion_run, fashion_close.
 */
#include "fashion.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <zlib.h>
#ifdef _OPENMP
#include <omp.h>
#endif

enum { IMAGES = 10000, PIXELS = FASHION_IMAGE_COUNT, CLASSES = FASHION_PROBS_COUNT };

static const char *const class_names[CLASSES] = {
    "T-shirt/top", "trouser", "pullover", "dress", "coat",
    "sandal",      "shirt",   "sneaker",  "bag",   "ankle boot",
};

static double seconds(void) {
  struct timespec t;
  timespec_get(&t, TIME_UTC);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Reads `count` bytes behind the header of a gzipped idx file; exits with a message if it cannot.
 */
static unsigned char *read_idx(const char *folder, const char *name, unsigned header,
                               size_t count) {
  char path[4096];
  unsigned char skipped[16];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  gzFile f = gzopen(path, "rb");
  unsigned char *bytes = malloc(count);
  if (!f || !bytes || gzread(f, skipped, header) != (int)header ||
      gzread(f, bytes, (unsigned)count) != (int)count) {
    fprintf(stderr, "cannot read %s\n(Debian's package dataset-fashion-mnist has it)\n", path);
    exit(1);
  }
  gzclose(f);
  return bytes;
}

static void check(int status, const char *what) {
  if (status == NETRT_OK) return;
  fprintf(stderr, "%s: %s\n", what, netrt_strerror(status));
  exit(1);
}

/* Classifies images from … to in one call: `batch` inputs lie one after another. */
static void classify_part(const fashion_model *model, const float *images, float *probs,
                          size_t from, size_t to) {
  void *arena = netrt_alloc(FASHION_ARENA_BYTES(1));
  fashion_inputs in = {images + from * PIXELS};
  fashion_outputs out = {probs + from * CLASSES};
  fashion_options options = {sizeof options, 1, to - from};
  check(arena ? fashion_run(model, &in, &out, arena, &options) : NETRT_E_MEMORY, "run");
  netrt_free(arena);
}

/* Shares the images between threads, each with an arena of its own: the model is immutable and
 * serves them all. (For one image at a time, give fashion_run all threads instead.) Returns
 * images a second. */
static double classify(const fashion_model *model, const float *images, float *probs,
                       int threads) {
  double start = seconds();
#ifdef _OPENMP
#pragma omp parallel for num_threads(threads)
#endif
  for (int t = 0; t < threads; t++) {
    size_t from = (size_t)IMAGES * (size_t)t / (size_t)threads;
    size_t to = (size_t)IMAGES * (size_t)(t + 1) / (size_t)threads;
    classify_part(model, images, probs, from, to);
  }
  return IMAGES / (seconds() - start);
}

static int best_class(const float *probs) {
  int best = 0;
  for (int k = 1; k < CLASSES; k++)
    if (probs[k] > probs[best]) best = k;
  return best;
}

static void print_results(const float *probs, const unsigned char *labels) {
  static int confusion[CLASSES][CLASSES];
  int right = 0;
  for (int i = 0; i < IMAGES; i++) confusion[labels[i]][best_class(probs + i * CLASSES)]++;
  for (int k = 0; k < CLASSES; k++) right += confusion[k][k];
  printf("%d of %d test images right (%.2f %%)\nmost frequent confusions:\n", right, IMAGES,
         100.0 * right / IMAGES);
  for (int shown = 0; shown < 5; shown++) {
    int a = 0, b = 1;
    for (int i = 0; i < CLASSES * CLASSES; i++)
      if (i / CLASSES != i % CLASSES && confusion[i / CLASSES][i % CLASSES] > confusion[a][b])
        a = i / CLASSES, b = i % CLASSES;
    printf("%6d  %s taken for %s\n", confusion[a][b], class_names[a], class_names[b]);
    confusion[a][b] = 0;
  }
}

int main(int argc, char **argv) {
  fashion_model *model;
  if (argc != 3) return fprintf(stderr, "usage: %s WEIGHTS FOLDER\n", argv[0]), 2;
  unsigned char *pixels =
      read_idx(argv[2], "t10k-images-idx3-ubyte.gz", 16, (size_t)IMAGES * PIXELS);
  unsigned char *labels = read_idx(argv[2], "t10k-labels-idx1-ubyte.gz", 8, IMAGES);
  float *images = malloc(sizeof(float) * IMAGES * PIXELS);
  float *probs = malloc(sizeof(float) * IMAGES * CLASSES);
  int threads = 1;
#ifdef _OPENMP
  threads = omp_get_max_threads();
#endif
  void *arena = netrt_alloc(FASHION_ARENA_BYTES(threads));
  if (!images || !probs || !arena) return fprintf(stderr, "out of memory\n"), 1;
  for (size_t i = 0; i < (size_t)IMAGES * PIXELS; i++) images[i] = (float)pixels[i] / 255;

  check(fashion_open(&model, argv[1]), argv[1]);
  check(fashion_selftest(model, arena), "self-test");
  double one = classify(model, images, probs, 1);
  double all = classify(model, images, probs, threads);
  print_results(probs, labels);
  printf("%.0f images a second on 1 thread, %.0f on %d\n", one, all, threads);

  fashion_close(model);
  netrt_free(arena);
  free(images);
  free(probs);
  free(pixels);
  free(labels);
  return 0;
}
