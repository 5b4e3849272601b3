/* image.c: pictures as planar floats, and what is done to them before a network sees them.
 * In: PNG or PNM bytes (png.c, pnm.c decode them); out: [channels][height][width] in 0 … 1,
 * resized, cropped and normalised as the frameworks do it, so that a network trained there meets
 * the pixels it knows. */
#include "io.h"

#include <math.h>
#include <string.h>

Image image_new(Ctx *c, int channels, int height, int width) {
  Image im = {channels, height, width, NULL};
  im.data = NEWN(c->arena, float, (int64_t)channels *height *width);
  return im;
}

static float *row_of(const Image *im, int channel, int y) {
  return im->data + ((int64_t)channel * im->height + y) * im->width;
}

Image image_from_samples(Ctx *c, const uint8_t *samples, int channels, int height, int width) {
  Image im = image_new(c, channels, height, width);
  for (int y = 0; y < height; y++) {
    const uint8_t *row = samples + (int64_t)y * width * channels;
    for (int k = 0; k < channels; k++) {
      float *out = row_of(&im, k, y);
      for (int x = 0; x < width; x++) out[x] = (float)row[x * channels + k] / 255.0f;
    }
  }
  return im;
}

/* ---- reading ------------------------------------------------------------------------------ */

/* Grey by the weights of ITU-R BT.601, as PIL's "L" and OpenCV; colour by repeating grey. */
static Image with_channels(Ctx *c, const Image *im, int channels) {
  if (channels == 0 || channels == im->channels) return *im;
  Image out = image_new(c, channels, im->height, im->width);
  int64_t n = (int64_t)im->height * im->width;
  const float *in = im->data;
  for (int64_t i = 0; i < n && channels == 1; i++)
    out.data[i] = 0.299f * in[i] + 0.587f * in[n + i] + 0.114f * in[2 * n + i];
  for (int k = 0; k < channels && channels == 3; k++)
    memcpy(out.data + k * n, in, sizeof(float) * (size_t)n);
  return out;
}

bool image_parse(Ctx *c, const char *path, const void *data, size_t size, int channels,
                 Image *out) {
  const uint8_t *b = data;
  bool ok;
  *out = (Image){0};
  if (size >= 4 && memcmp(b, "\x89PNG", 4) == 0)
    ok = decode_png(c, path, data, size, out);
  else if (size >= 3 && b[0] == 'P' && strchr("2356", b[1]) && b[1])
    ok = decode_pnm(c, path, data, size, out);
  else if (size >= 3 && memcmp(b, "\xff\xd8\xff", 3) == 0)
    return io_fail(c, DIAG_E0609, path, "JPEG is not read: convert the image to PNG or PPM");
  else
    return io_fail(c, DIAG_E0609, path, "neither a PNG nor a PGM or PPM image");
  if (ok) *out = with_channels(c, out, channels);
  return ok;
}

bool image_read(Ctx *c, const char *path, int channels, Image *out) {
  size_t size;
  const char *data = io_read(c, path, &size);
  return data && image_parse(c, path, data, size, channels, out);
}

/* ---- resizing ----------------------------------------------------------------------------- */

/* One direction of a separable resize: output i is Σ weight[i][j] · input[first[i] + j]. */
typedef struct Filter {
  int width; /* most taps of any output */
  int *first, *taps;
  float *weight; /* [outputs][width] */
} Filter;

/* Triangle filter around the centre (i + 0.5)·scale, in PIL's arithmetic (Resample.c,
 * precompute_coeffs); `spread` widens it when reducing with antialiasing. Cutting the triangle
 * at the border and normalising equals repeating the border pixel when the spread is 1. */
static Filter filter_new(Ctx *c, int in, int out, bool antialias) {
  double scale = (double)in / out, spread = antialias && scale > 1 ? scale : 1;
  Filter f = {.width = (int)ceil(spread) * 2 + 1};
  f.first = NEWN(c->arena, int, out);
  f.taps = NEWN(c->arena, int, out);
  f.weight = NEWN(c->arena, float, (int64_t)out *f.width);
  for (int i = 0; i < out; i++) {
    double centre = (i + 0.5) * scale, sum = 0;
    int low = (int)(centre - spread + 0.5), high = (int)(centre + spread + 0.5);
    if (centre - spread + 0.5 < 0) low = 0;
    if (high > in) high = in;
    float *w = f.weight + (int64_t)i * f.width;
    for (int x = low; x < high; x++) sum += fmax(0, 1 - fabs((x + 0.5 - centre) / spread));
    for (int x = low; x < high; x++)
      w[x - low] = (float)(fmax(0, 1 - fabs((x + 0.5 - centre) / spread)) / sum);
    f.first[i] = low;
    f.taps[i] = high - low;
  }
  return f;
}

static void resize_columns(const Image *im, const Filter *f, Image *out) {
  for (int k = 0; k < im->channels; k++)
    for (int y = 0; y < im->height; y++) {
      const float *in = row_of(im, k, y);
      float *to = row_of(out, k, y);
      for (int x = 0; x < out->width; x++) {
        const float *w = f->weight + (int64_t)x * f->width;
        double sum = 0;
        for (int j = 0; j < f->taps[x]; j++) sum += (double)w[j] * in[f->first[x] + j];
        to[x] = (float)sum;
      }
    }
}

static void resize_rows(const Image *im, const Filter *f, Image *out) {
  for (int k = 0; k < im->channels; k++)
    for (int y = 0; y < out->height; y++) {
      const float *w = f->weight + (int64_t)y * f->width;
      float *to = row_of(out, k, y);
      for (int j = 0; j < f->taps[y]; j++) {
        const float *in = row_of(im, k, f->first[y] + j);
        for (int x = 0; x < im->width; x++) to[x] += w[j] * in[x];
      }
    }
}

static void round_to_bytes(Image *im) {
  int64_t n = (int64_t)im->channels * im->height * im->width;
  for (int64_t i = 0; i < n; i++) im->data[i] = floorf(im->data[i] * 255.0f + 0.5f) / 255.0f;
}

Image image_resize(Ctx *c, const Image *im, int height, int width, ResizeMode mode) {
  bool antialias = mode != RESIZE_BILINEAR;
  Filter across = filter_new(c, im->width, width, antialias);
  Filter down = filter_new(c, im->height, height, antialias);
  Image narrow = image_new(c, im->channels, im->height, width);
  Image out = image_new(c, im->channels, height, width);
  resize_columns(im, &across, &narrow);
  if (mode == RESIZE_PIL) round_to_bytes(&narrow);
  resize_rows(&narrow, &down, &out);
  if (mode == RESIZE_PIL) round_to_bytes(&out);
  return out;
}

/* ---- cropping, normalising, writing ------------------------------------------------------- */

Image image_crop(Ctx *c, const Image *im, int height, int width) {
  if (height > im->height) height = im->height;
  if (width > im->width) width = im->width;
  int top = (im->height - height) / 2, left = (im->width - width) / 2;
  Image out = image_new(c, im->channels, height, width);
  for (int k = 0; k < im->channels; k++)
    for (int y = 0; y < height; y++)
      memcpy(row_of(&out, k, y), row_of(im, k, top + y) + left, sizeof(float) * (size_t)width);
  return out;
}

void image_normalise(Image *im, const double *mean, const double *std) {
  int64_t n = (int64_t)im->height * im->width;
  for (int k = 0; k < im->channels; k++)
    for (int64_t i = 0; i < n; i++) {
      float *p = &im->data[k * n + i];
      *p = (float)((*p - mean[k]) / std[k]);
    }
}

bool image_write_pnm(Ctx *c, const char *path, const Image *im) {
  StrBuf b = {.arena = c->arena};
  sb_printf(&b, "P%c\n%d %d\n255\n", im->channels == 1 ? '5' : '6', im->width, im->height);
  for (int y = 0; y < im->height; y++)
    for (int x = 0; x < im->width; x++)
      for (int k = 0; k < im->channels; k++) {
        float v = row_of(im, k, y)[x] * 255.0f + 0.5f;
        sb_putc(&b, (char)(unsigned char)(v >= 255 ? 255 : v >= 0 ? v : 0)); /* NaN: 0 */
      }
  return io_write(c, path, b.at, b.len);
}
