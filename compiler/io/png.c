/* png.c: decodes PNG through libpng.
 * In: a file's bytes; out: 8-bit samples as planar floats. libpng leaves by longjmp on errors:
 * everything it needs stands in one struct that the jump does not touch, and all its memory
 * comes from the arena, so neither its errors nor ours leave anything behind. */
#include "io.h"

#include <png.h>
#include <string.h>

typedef struct Decoder {
  jmp_buf fault;
  char why[160];
  Arena *arena;
  const uint8_t *data;
  size_t size, at;
  int channels, height, width;
  uint8_t *samples;
} Decoder;

static void PNGCBAPI on_error(png_structp png, png_const_charp text) {
  Decoder *d = png_get_error_ptr(png);
  snprintf(d->why, sizeof d->why, "%s", text);
  for (char *s = d->why; *s; s++)
    if ((unsigned char)*s < 32 || *s == 127) *s = '?';
  longjmp(d->fault, 1);
}

static void PNGCBAPI on_warning(png_structp png, png_const_charp text) {}

static void PNGCBAPI on_read(png_structp png, png_bytep to, size_t n) {
  Decoder *d = png_get_io_ptr(png);
  if (n > d->size - d->at) png_error(png, "the file is truncated");
  memcpy(to, d->data + d->at, n);
  d->at += n;
}

/* libpng believes a chunk's length when it takes memory for it. No chunk is longer than the file,
 * and nothing else it needs (rows, zlib's window) is larger than SLACK. */
static png_voidp PNGCBAPI on_alloc(png_structp png, png_alloc_size_t n) {
  enum { SLACK = 1 << 22 };
  Decoder *d = png_get_mem_ptr(png);
  return n < d->size + SLACK ? arena_alloc(d->arena, n) : NULL;
}

static void PNGCBAPI on_free(png_structp png, png_voidp p) {}

/* Deflate packs at most 1032 bytes into one: what claims more is truncated, and is refused before
 * memory is taken for it. The smallest pass of an interlaced or 1-bit image counts 1 bit. */
static void check_size(png_structp png, png_infop info, const Decoder *d) {
  uint64_t pixels = (uint64_t)png_get_image_width(png, info) * png_get_image_height(png, info);
  uint64_t bits = (uint64_t)png_get_bit_depth(png, info) * png_get_channels(png, info);
  if (pixels * bits / 8 / 1032 > d->size) png_error(png, "the file is truncated");
}

/* 8 bits a sample, grey or RGB: palettes and small depths expanded, 16 bits scaled, alpha off. */
static void set_transforms(png_structp png, png_infop info) {
  png_set_expand(png);
  png_set_scale_16(png);
  png_set_strip_alpha(png);
  png_set_interlace_handling(png);
  png_read_update_info(png, info);
}

static void decode(Decoder *d) {
  png_structp png = png_create_read_struct_2(PNG_LIBPNG_VER_STRING, d, on_error, on_warning, d,
                                             on_alloc, on_free);
  if (!png) { /* before the error handler is in place: only a foreign libpng does this */
    snprintf(d->why, sizeof d->why, "libpng does not start");
    return;
  }
  png_infop info = png_create_info_struct(png);
  png_set_read_fn(png, d, on_read);
  png_set_user_limits(png, IMAGE_MAX_SIDE, IMAGE_MAX_SIDE);
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1); /* no gamma, no text */
  png_read_info(png, info);
  check_size(png, info, d);
  set_transforms(png, info);
  d->width = (int)png_get_image_width(png, info);
  d->height = (int)png_get_image_height(png, info);
  d->channels = png_get_channels(png, info);
  size_t stride = png_get_rowbytes(png, info);
  if ((d->channels != 1 && d->channels != 3) || stride != (size_t)d->width * (size_t)d->channels)
    png_error(png, "unexpected pixel format");
  d->samples = arena_array(d->arena, (size_t)d->height, stride);
  png_bytepp rows = NEWN(d->arena, png_bytep, d->height);
  for (int y = 0; y < d->height; y++) rows[y] = d->samples + (size_t)y * stride;
  png_read_image(png, rows);
  png_read_end(png, NULL);
  png_destroy_read_struct(&png, &info, NULL);
}

bool decode_png(Ctx *c, const char *path, const void *data, size_t size, Image *out) {
  Decoder *d = NEW(c->arena, Decoder);
  d->arena = c->arena;
  d->data = data;
  d->size = size;
  *out = (Image){0};
  if (setjmp(d->fault) == 0) decode(d);
  if (d->why[0]) return io_fail(c, DIAG_E0605, path, "%s", d->why);
  *out = image_from_samples(c, d->samples, d->channels, d->height, d->width);
  return true;
}
