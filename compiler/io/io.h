/* io.h: what comes from files that are not programs: weights, arrays, pictures, data sets.
 *
 * Sections: whole files (iofile.c), stored element types (convert.c), safetensors
 * (safetensors.c), NumPy arrays (npy.c), weights and graphs (bind.c), random weights
 * (random.c), images (image.c, png.c, pnm.c), data sets (dataset.c), labels (labels.c).
 * No input crashes a reader: every function that reads returns false (or NULL) after one error
 * diagnostic that names the file. All memory is the context's arena; libpng and zlib allocate
 * there too, so an arena that runs out in the middle of a file leaks nothing.
 * Hosts are little-endian, as the formats are.
 */
#ifndef NETCC_IO_H
#define NETCC_IO_H

#include "../ir/ir.h"

/* ---- whole files (iofile.c) ---------------------------------------------------------- */

/* Records error `code` as "path: …" without a source position. Always returns false. */
bool io_fail(Ctx *c, DiagCode code, const char *path, const char *fmt, ...) PRINTF_LIKE(4, 5);
/* A whole file, NUL-terminated, `*size` bytes ("-": standard input). NULL after E0601. */
char *io_read(Ctx *c, const char *path, size_t *size);
/* The same, decompressed if it starts as gzip does (several members count as one stream).
 * NULL after E0601, or E0610 for damaged or truncated compressed data. */
char *io_read_gz(Ctx *c, const char *path, size_t *size);
/* Decompresses a gzip image in memory; `path` is for messages. NULL after E0610. */
char *io_gunzip(Ctx *c, const char *path, const void *data, size_t n, size_t *size);
/* Writes a file whole or not at all. False after E0602. */
bool io_write(Ctx *c, const char *path, const void *data, size_t size);

/* ---- stored element types (convert.c) ------------------------------------------------ */

/* Element types of files; only the order "floating point first" matters. */
typedef enum StoredType {
  ST_F32,
  ST_F64,
  ST_F16,
  ST_BF16,
  ST_BOOL,
  ST_U8,
  ST_I8,
  ST_U16,
  ST_I16,
  ST_U32,
  ST_I32,
  ST_U64,
  ST_I64,
  ST_OTHER, /* listed, never loaded: 8-bit floats and whatever comes */
  ST_COUNT = ST_OTHER
} StoredType;

const char *stored_name(StoredType t); /* as safetensors writes it: "F32", "I64"; "other" */
int stored_size(StoredType t);         /* bytes of one element; 0 for ST_OTHER */
bool stored_is_float(StoredType t);
/* The type of that safetensors name; ST_OTHER if unknown. */
StoredType stored_find(const char *name);
/* n elements at `src` (any alignment, little-endian) to f32, rounding to nearest even.
 * NaN stays NaN, f64 beyond f32's range becomes infinity. ST_OTHER: false, nothing written. */
bool stored_to_f32(StoredType t, const void *src, int64_t n, float *dst);
/* Product of `rank` dimensions; false if one is negative or the product overflows int64. */
bool dims_count(const int64_t *dim, int rank, int64_t *count);
/* "64x3x7x7"; "scalar" for rank 0. */
const char *dims_text(Ctx *c, const int64_t *dim, int rank);

/* ---- safetensors (safetensors.c) ----------------------------------------------------- */

enum { STORED_RANK = 8 };

typedef struct FileTensor {
  const char *name;
  StoredType type;
  const char *type_name; /* as in the file */
  int rank;
  int64_t dim[STORED_RANK];
  int64_t count;    /* elements */
  size_t size;      /* bytes */
  const void *data; /* row-major, points into the file's bytes, any alignment */
} FileTensor;

typedef struct TensorFile {
  const char *path;
  VEC(FileTensor) at; /* in the order of the file's data */
} TensorFile;

/* Reads a .safetensors file. E0601 if unreadable; E0603 if damaged: header over 100 MB or beyond
 * the file, not JSON, a duplicate name, a name with control characters, a rank above 8, data
 * that is out of bounds, overlapping, with holes, or not as long as shape × element size. */
bool safetensors_read(Ctx *c, const char *path, TensorFile *out);
/* The same from memory, which must outlive the tensors. */
bool safetensors_parse(Ctx *c, const char *path, const void *data, size_t size, TensorFile *out);
/* Writes tensors in order; the data begins at a multiple of 8 bytes. E0602. */
bool safetensors_write(Ctx *c, const char *path, const TensorFile *f);
/* The file's bytes, as safetensors_write writes them. */
void safetensors_format(StrBuf *out, const TensorFile *f);
/* The tensor of that name, or NULL. */
const FileTensor *tensor_find(const TensorFile *f, const char *name);
/* Its elements as aligned f32: the file's own bytes where they serve, else a converted copy.
 * NULL for ST_OTHER. */
const float *tensor_f32(Ctx *c, const FileTensor *t);

/* ---- NumPy arrays (npy.c) ------------------------------------------------------------ */

/* Reads a .npy array (versions 1 to 3; f2 f4 f8 b1 and integers of 1 to 8 bytes, little-endian;
 * C or Fortran order) into a plain row-major f32 tensor of rank 0 to MAX_RANK.
 * E0601 unreadable, E0604 damaged, E0609 sound but not of that kind (big-endian, complex, …). */
bool npy_read(Ctx *c, const char *path, Tensor *out);
bool npy_parse(Ctx *c, const char *path, const void *data, size_t size, Tensor *out);
/* Writes version 1, '<f4', C order; data 64-byte aligned in the file. E0602. */
bool npy_write(Ctx *c, const char *path, const Tensor *t);
void npy_format(StrBuf *out, const Tensor *t);

/* ---- weights and graphs (bind.c) ----------------------------------------------------- */

/* Gives every V_PARAM of the graph the file's tensor of the same name, as f32. One error per
 * category lists all its items with the expected and found shapes and the operators' places in
 * the source: E0501 missing (with did-you-mean, a hint when one prefix explains them all or a
 * bias alone is missing), E0502 of another shape, E0503 stored as integers or an unknown type.
 * Tensors that the graph lacks are one warning W0501 unless `allow_extra`; num_batches_tracked is
 * ignored. Returns false after errors; sound parameters are bound even then. */
bool weights_bind(Ctx *c, Graph *g, const TensorFile *f, bool allow_extra);
/* The graph's parameters that have data, as f32 tensors in graph order, for safetensors_write. */
void weights_collect(Ctx *c, const Graph *g, TensorFile *out);

/* ---- random weights (random.c) ------------------------------------------------------- */

/* Fills every V_PARAM by its ParamSpec: FILL_HE N(0, sqrt(2/fan_in)), FILL_SMALL N(0, 0.05),
 * FILL_AROUND_ONE 1 + U(-0.2, 0.2), FILL_POSITIVE U(0.5, 1.5). An element depends on the seed,
 * the parameter's name and its index only: not on order, threads, or other parameters. */
void weights_random(Ctx *c, Graph *g, uint64_t seed);
/* n such elements of one parameter. */
void random_fill(float *dst, int64_t n, const char *name, const ParamSpec *spec, uint64_t seed);

/* ---- images (image.c, png.c, pnm.c) -------------------------------------------------- */

typedef struct Image {
  int channels, height, width; /* channels: 1 (grey) or 3 (red, green, blue) */
  float *data;                 /* planar [channels][height][width], 0 … 1 */
} Image;

enum { IMAGE_MAX_SIDE = 65535 };

/* Reads PNG (any kind; 16 bits rounded to 8, transparency dropped, no gamma correction, as PIL
 * reads it) or PNM (P2, P3, P5, P6), told apart by their first bytes. `channels` 1 or 3 converts
 * (grey = 0.299 R + 0.587 G + 0.114 B), 0 keeps. E0601, E0605 damaged, E0609 not such a file. */
bool image_read(Ctx *c, const char *path, int channels, Image *out);
bool image_parse(Ctx *c, const char *path, const void *data, size_t size, int channels,
                 Image *out);
/* An image of zeros. Sides 1 … IMAGE_MAX_SIDE. */
Image image_new(Ctx *c, int channels, int height, int width);

typedef enum ResizeMode {
  RESIZE_BILINEAR, /* the 2×2 neighbours, however far apart: OpenCV, TensorFlow, torch default */
  RESIZE_ANTIALIAS, /* triangle as wide as the reduction: torchvision on tensors */
  RESIZE_PIL,       /* the same, rounded to 8 bits after each direction: PIL and torchvision on
                     * pictures, what ImageNet classifiers were mostly judged with */
} ResizeMode;
/* Resized copy; pixel centres at half integers, weights normalised at the borders. */
Image image_resize(Ctx *c, const Image *im, int height, int width, ResizeMode mode);
/* The middle height × width of an image at least that large (else as much as there is). */
Image image_crop(Ctx *c, const Image *im, int height, int width);
/* In place: (x - mean[channel]) / std[channel]; both have im->channels entries. */
void image_normalise(Image *im, const double *mean, const double *std);
/* Clamped to 0 … 1 and rounded to 8 bits, as binary PNM (P5 or P6). E0602. */
bool image_write_pnm(Ctx *c, const char *path, const Image *im);

/* The decoders behind image_parse: channels as stored, E0605. */
bool decode_png(Ctx *c, const char *path, const void *data, size_t size, Image *out);
bool decode_pnm(Ctx *c, const char *path, const void *data, size_t size, Image *out);
/* Interleaved bytes [height][width][channels] to planar floats, divided by 255. */
Image image_from_samples(Ctx *c, const uint8_t *samples, int channels, int height, int width);

/* ---- data sets (dataset.c) ----------------------------------------------------------- */

typedef enum DatasetKind { DATASET_MNIST, DATASET_FASHION, DATASET_CIFAR10 } DatasetKind;
typedef enum DatasetSplit { SPLIT_TEST, SPLIT_TRAIN } DatasetSplit;

typedef struct Dataset {
  const char *name; /* "mnist", "fashion", "cifar10" */
  int64_t count;
  int channels, height, width;
  const uint8_t *images; /* [count][channels][height][width], 0 … 255 */
  const uint8_t *labels; /* [count], below `classes` */
  int classes;
  const char *const *class_names;
} Dataset;

bool dataset_find(const char *name, DatasetKind *kind);
const char *dataset_name(DatasetKind kind); /* NULL past the last */
/* Reads a split from a directory, gzip or plain. MNIST, Fashion-MNIST: t10k-… and
 * train-{images-idx3,labels-idx1}-ubyte[.gz], a '.' before idx also; the images may have any
 * size. CIFAR-10: test*.bin[.gz], or data_batch*.bin[.gz] and train*.bin[.gz] one after the
 * other in the order of their names. E0607 files not there (says what was looked for),
 * E0606 damaged, E0610 damaged compression, E0601. */
bool dataset_read(Ctx *c, DatasetKind kind, const char *dir, DatasetSplit split, Dataset *out);

/* An idx array of bytes. */
typedef struct IdxArray {
  int rank;
  int64_t dim[4];
  const uint8_t *data;
} IdxArray;
/* Parses an uncompressed idx file image of unsigned bytes, rank 1 to 4, whose data must fill the
 * file exactly. E0606. */
bool idx_parse(Ctx *c, const char *path, const void *data, size_t size, IdxArray *out);
/* Records of 1 label byte and 3072 planar RGB bytes. Copies nothing: `*count` records. E0606. */
bool cifar_parse(Ctx *c, const char *path, const void *data, size_t size, int64_t *count);

/* ---- labels (labels.c) --------------------------------------------------------------- */

typedef struct Labels {
  VEC(const char *) at;
} Labels;
/* One label per line; line ends of any kind and blanks around are dropped, blank lines at the end
 * too, a UTF-8 byte-order mark skipped. E0601; E0608 for NUL bytes (not a text file). */
bool labels_read(Ctx *c, const char *path, Labels *out);
bool labels_parse(Ctx *c, const char *path, const char *text, size_t size, Labels *out);

#endif
