/* dataset.c: the classic small data sets as their authors distribute them.
 * In: a directory with MNIST's idx files or CIFAR-10's binary batches, gzip or plain; out: bytes
 * [N][C][H][W] and labels. Files are found by pattern, so a directory made by torchvision, by the
 * distribution's package or by hand will do. */
#include "io.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CIFAR_SIDE = 32, CIFAR_PIXELS = 3 * 32 * 32, CIFAR_RECORD = CIFAR_PIXELS + 1 };

static const char *const digits[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
static const char *const clothes[] = {"T-shirt/top", "Trouser",   "Pullover", "Dress",
                                      "Coat",        "Sandal",    "Shirt",    "Sneaker",
                                      "Bag",         "Ankle boot"};
static const char *const things[] = {"airplane", "automobile", "bird",  "cat",  "deer",
                                     "dog",      "frog",       "horse", "ship", "truck"};
static const struct {
  const char *name;
  const char *const *classes;
} kinds[] = {{"mnist", digits}, {"fashion", clothes}, {"cifar10", things}};

const char *dataset_name(DatasetKind kind) {
  return (size_t)kind < (size_t)COUNT_OF(kinds) ? kinds[kind].name : NULL;
}

bool dataset_find(const char *name, DatasetKind *kind) {
  for (int i = 0; i < COUNT_OF(kinds); i++)
    if (str_eq(kinds[i].name, name)) return *kind = (DatasetKind)i, true;
  return false;
}

/* ---- idx: MNIST and Fashion-MNIST ---------------------------------------------------------- */

bool idx_parse(Ctx *c, const char *path, const void *data, size_t size, IdxArray *out) {
  const uint8_t *b = data;
  *out = (IdxArray){0};
  if (size < 4 || b[0] || b[1]) return io_fail(c, DIAG_E0606, path, "not an idx file");
  if (b[2] != 8) return io_fail(c, DIAG_E0606, path, "idx element type 0x%02x, not bytes", b[2]);
  if (b[3] < 1 || b[3] > 4) return io_fail(c, DIAG_E0606, path, "idx array of rank %d", b[3]);
  size_t header = 4 + 4 * (size_t)b[3];
  if (size < header) return io_fail(c, DIAG_E0606, path, "truncated in the header");
  out->rank = b[3];
  for (int i = 0; i < out->rank; i++) {
    const uint8_t *d = b + 4 + 4 * i; /* big-endian */
    out->dim[i] = (int64_t)d[0] << 24 | d[1] << 16 | d[2] << 8 | d[3];
  }
  int64_t count;
  if (!dims_count(out->dim, out->rank, &count) || (uint64_t)count != size - header)
    return io_fail(c, DIAG_E0606, path, "%s holds %zu bytes", dims_text(c, out->dim, out->rank),
                   size - header);
  out->data = b + header;
  return true;
}

/* The first of prefix{-,.}suffix{,.gz} that is there; NULL after E0607. */
static const char *find_idx(Ctx *c, const char *dir, const char *prefix, const char *suffix) {
  static const char *const marks[] = {"-", "."}, *const ends[] = {"", ".gz"};
  for (int i = 0; i < 4; i++) {
    const char *name = str_fmt(c->arena, "%s%s%s%s", prefix, marks[i / 2], suffix, ends[i % 2]);
    const char *path = path_join(c->arena, dir, name);
    if (access(path, F_OK) == 0) return path;
  }
  io_fail(c, DIAG_E0607, dir, "no %s-%s[.gz] in this directory", prefix, suffix);
  return NULL;
}

static bool read_idx(Ctx *c, const char *dir, const char *prefix, const char *suffix, int rank,
                     const char **path, IdxArray *out) {
  size_t size;
  *path = find_idx(c, dir, prefix, suffix);
  const char *data = *path ? io_read_gz(c, *path, &size) : NULL;
  if (!data || !idx_parse(c, *path, data, size, out)) return false;
  return out->rank == rank ||
         io_fail(c, DIAG_E0606, *path, "rank %d where %d was expected", out->rank, rank);
}

static bool check_labels(Ctx *c, const char *path, const uint8_t *labels, int64_t n, size_t step,
                         int classes) {
  for (int64_t i = 0; i < n; i++)
    if (labels[(size_t)i * step] >= classes)
      return io_fail(c, DIAG_E0606, path, "label %d of example %lld, but there are %d classes",
                     labels[(size_t)i * step], (long long)i, classes);
  return true;
}

static bool read_mnist(Ctx *c, const char *dir, DatasetSplit split, Dataset *out) {
  const char *prefix[] = {[SPLIT_TEST] = "t10k", [SPLIT_TRAIN] = "train"}, *path;
  IdxArray images, labels;
  const char *stem = str_fmt(c->arena, "%s-images", prefix[split]);
  if (!read_idx(c, dir, stem, "idx3-ubyte", 3, &path, &images)) return false;
  if (images.dim[1] < 1 || images.dim[2] < 1 || images.dim[1] > IMAGE_MAX_SIDE ||
      images.dim[2] > IMAGE_MAX_SIDE)
    return io_fail(c, DIAG_E0606, path, "images of %s", dims_text(c, images.dim + 1, 2));
  stem = str_fmt(c->arena, "%s-labels", prefix[split]);
  if (!read_idx(c, dir, stem, "idx1-ubyte", 1, &path, &labels)) return false;
  if (labels.dim[0] != images.dim[0])
    return io_fail(c, DIAG_E0606, path, "%lld labels for %lld images", (long long)labels.dim[0],
                   (long long)images.dim[0]);
  if (!check_labels(c, path, labels.data, labels.dim[0], 1, out->classes)) return false;
  out->count = images.dim[0];
  out->channels = 1;
  out->height = (int)images.dim[1];
  out->width = (int)images.dim[2];
  out->images = images.data;
  out->labels = labels.data;
  return true;
}

/* ---- CIFAR-10 -------------------------------------------------------------------------------
 */

enum { MAX_BATCHES = 16, NAME_ROOM = 256 };

typedef struct Batches {
  char name[MAX_BATCHES][NAME_ROOM];
  int n;
} Batches;

static bool is_batch(const char *name, DatasetSplit split) {
  if (!str_ends(name, ".bin") && !str_ends(name, ".bin.gz")) return false;
  if (split == SPLIT_TEST) return str_starts(name, "test");
  return str_starts(name, "data_batch") || str_starts(name, "train");
}

static int by_text(const void *a, const void *b) { return strcmp(a, b); }

/* Names in order; "x.bin.gz" is left out where "x.bin" is there, too. */
static void list_batches(const char *dir, DatasetSplit split, Batches *out) {
  DIR *d = opendir(dir);
  for (struct dirent *e; d && out->n < MAX_BATCHES && (e = readdir(d));)
    if (is_batch(e->d_name, split)) snprintf(out->name[out->n++], NAME_ROOM, "%s", e->d_name);
  if (d) closedir(d);
  qsort(out->name, (size_t)out->n, NAME_ROOM, by_text);
  int kept = 0;
  for (int i = 0; i < out->n; i++) {
    size_t before = kept ? strlen(out->name[kept - 1]) : 0;
    bool packed = kept && strncmp(out->name[i], out->name[kept - 1], before) == 0 &&
                  str_eq(out->name[i] + before, ".gz");
    if (!packed && kept++ != i) memcpy(out->name[kept - 1], out->name[i], NAME_ROOM);
  }
  out->n = kept;
}

bool cifar_parse(Ctx *c, const char *path, const void *data, size_t size, int64_t *count) {
  if (size == 0 || size % CIFAR_RECORD)
    return io_fail(c, DIAG_E0606, path, "%zu bytes are no multiple of CIFAR-10's %d-byte records",
                   size, CIFAR_RECORD);
  *count = (int64_t)(size / CIFAR_RECORD);
  return check_labels(c, path, data, *count, CIFAR_RECORD, 10);
}

static bool read_cifar(Ctx *c, const char *dir, DatasetSplit split, Dataset *out) {
  Batches *b = NEW(c->arena, Batches);
  const uint8_t *data[MAX_BATCHES];
  int64_t n[MAX_BATCHES];
  list_batches(dir, split, b);
  if (!b->n)
    return io_fail(c, DIAG_E0607, dir, "no %s[.gz] in this directory",
                   split == SPLIT_TEST ? "test*.bin" : "data_batch*.bin or train*.bin");
  for (int i = 0; i < b->n; i++) {
    const char *path = path_join(c->arena, dir, b->name[i]);
    size_t size;
    data[i] = (const uint8_t *)io_read_gz(c, path, &size);
    if (!data[i] || !cifar_parse(c, path, data[i], size, &n[i])) return false;
    out->count += n[i];
  }
  uint8_t *images = NEWN(c->arena, uint8_t, out->count * CIFAR_PIXELS);
  uint8_t *labels = NEWN(c->arena, uint8_t, out->count);
  out->images = images;
  out->labels = labels;
  out->channels = 3;
  out->height = out->width = CIFAR_SIDE;
  for (int i = 0; i < b->n; i++)
    for (const uint8_t *r = data[i], *end = r + n[i] * CIFAR_RECORD; r < end; r += CIFAR_RECORD) {
      *labels++ = r[0];
      memcpy(images, r + 1, CIFAR_PIXELS);
      images += CIFAR_PIXELS;
    }
  return true;
}

bool dataset_read(Ctx *c, DatasetKind kind, const char *dir, DatasetSplit split, Dataset *out) {
  *out = (Dataset){.name = kinds[kind].name, .classes = 10, .class_names = kinds[kind].classes};
  return kind == DATASET_CIFAR10 ? read_cifar(c, dir, split, out)
                                 : read_mnist(c, dir, split, out);
}
