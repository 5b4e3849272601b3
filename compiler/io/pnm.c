/* pnm.c: decodes PGM and PPM, as text (P2, P3) or binary (P5, P6).
 * In: a file's bytes; out: planar floats, samples divided by the file's own maximum. The format
 * that any program can write in five lines, for cameras and for teaching. */
#include "io.h"

typedef struct Pnm {
  const uint8_t *at, *end;
} Pnm;

static bool blank(uint8_t ch) { return ch == ' ' || (ch >= '\t' && ch <= '\r'); }

/* The next decimal number after blanks and '#' comments; -1 if there is none or it is above
 * 65535, the format's largest. */
static int number(Pnm *p) {
  for (;; p->at++) {
    while (p->at < p->end && blank(*p->at)) p->at++;
    if (p->at == p->end || *p->at != '#') break;
    while (p->at < p->end && *p->at != '\n') p->at++;
    if (p->at == p->end) return -1;
  }
  int v = 0;
  const uint8_t *start = p->at;
  for (; p->at < p->end && *p->at >= '0' && *p->at <= '9'; p->at++) {
    v = v * 10 + (*p->at - '0');
    if (v > 65535) return -1;
  }
  return p->at > start ? v : -1;
}

/* One sample, or -1 at the end. Binary samples above 255 take two bytes, the high one first. */
static int sample(Pnm *p, bool text, int max) {
  if (text) return number(p);
  if (p->end - p->at < (max > 255 ? 2 : 1)) return -1;
  int v = *p->at++;
  return max > 255 ? v << 8 | *p->at++ : v;
}

bool decode_pnm(Ctx *c, const char *path, const void *data, size_t size, Image *out) {
  const uint8_t *bytes = data;
  *out = (Image){0};
  if (size < 3) return io_fail(c, DIAG_E0605, path, "truncated in the header");
  bool text = bytes[1] == '2' || bytes[1] == '3';
  Pnm p = {bytes + 2, bytes + size};
  int channels = bytes[1] == '3' || bytes[1] == '6' ? 3 : 1;
  int width = number(&p), height = number(&p), max = number(&p);
  if (width < 1 || height < 1 || max < 1 || p.at == p.end || !blank(*p.at++))
    return io_fail(c, DIAG_E0605, path, "bad header: width, height and maximum are 1 to 65535");
  int64_t n = (int64_t)channels * width * height;
  if (n > p.end - p.at) /* text, too, takes at least a byte a sample */
    return io_fail(c, DIAG_E0605, path, "truncated: %d x %d pixels in %zu bytes", width, height,
                   size);
  Image im = image_new(c, channels, height, width);
  for (int64_t i = 0; i < n; i++) {
    int v = sample(&p, text, max);
    if (v < 0 || v > max)
      return io_fail(c, DIAG_E0605, path,
                     v < 0 ? "truncated or damaged at sample %lld of %lld"
                           : "sample %lld of %lld is above the maximum",
                     (long long)i, (long long)n);
    im.data[i % channels * (n / channels) + i / channels] = (float)v / (float)max;
  }
  *out = im;
  return true;
}
