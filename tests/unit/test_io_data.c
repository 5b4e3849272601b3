/* test_io_data.c: images, data sets and labels: what is in sound files, and what is wrong else.
 *
 * In: small files that the tests build, and, where they are there, the pictures and data sets of
 * ../shared/data (or $NETCC_DATA). Out: Criterion results.
 */
#include <math.h>
#include <png.h>

#include "tests/unit/io_fixture.h"

TestSuite(io_data, .init = io_setup, .fini = io_teardown);

/* ---- images ----------------------------------------------------------------------------------
 */

static void append(png_structp png, png_bytep data, size_t n) {
  sb_write(png_get_io_ptr(png), (const char *)data, n);
}

/* A PNG of rows as libpng takes them. */
static StrBuf make_png(int width, int height, int depth, int kind, bool interlaced,
                       const uint8_t *rows, size_t stride) {
  StrBuf b = {.arena = arena};
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop info = png_create_info_struct(png);
  const png_color palette[] = {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {51, 51, 51}};
  png_set_write_fn(png, &b, append, NULL);
  png_set_IHDR(png, info, (unsigned)width, (unsigned)height, depth, kind, interlaced, 0, 0);
  if (kind == PNG_COLOR_TYPE_PALETTE) png_set_PLTE(png, info, palette, 4);
  png_write_info(png, info);
  png_bytepp row = NEWN(arena, png_bytep, height);
  for (int y = 0; y < height; y++) row[y] = (png_bytep)(uintptr_t)rows + (size_t)y * stride;
  png_write_image(png, row);
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return b;
}

static Image parsed(StrBuf b, int channels) {
  Image im;
  cr_assert(image_parse(ctx, "x.png", b.at, b.len, channels, &im), "%s", rendered());
  return im;
}

static void expect_pixels(const Image *im, int channels, const int *bytes) {
  cr_expect_eq(im->channels, channels);
  for (int i = 0; i < channels * im->height * im->width; i++)
    cr_expect_eq(im->data[i], (float)bytes[i] / 255.0f, "at %d: %g", i, im->data[i] * 255.0);
}

Test(io_data, png_of_every_kind) {
  const uint8_t rgb[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, packed[] = {0x1b};
  const uint8_t rgba[] = {10, 20, 30, 0, 40, 50, 60, 255}, deep[] = {0xff, 0xff, 0x12, 0x34};
  const uint8_t bits[] = {0xa0};
  Image im = parsed(make_png(2, 2, 8, PNG_COLOR_TYPE_RGB, false, rgb, 6), 3);
  expect_pixels(&im, 3, (int[]){1, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12});
  im = parsed(make_png(2, 1, 8, PNG_COLOR_TYPE_RGB_ALPHA, false, rgba, 8), 0);
  expect_pixels(&im, 3, (int[]){10, 40, 20, 50, 30, 60});
  im = parsed(make_png(4, 1, 2, PNG_COLOR_TYPE_PALETTE, false, packed, 1), 3);
  expect_pixels(&im, 3, (int[]){255, 0, 0, 51, 0, 255, 0, 51, 0, 0, 255, 51});
  im = parsed(make_png(3, 1, 1, PNG_COLOR_TYPE_GRAY, false, bits, 1), 0);
  expect_pixels(&im, 1, (int[]){255, 0, 255});
  im = parsed(make_png(2, 1, 16, PNG_COLOR_TYPE_GRAY, false, deep, 4), 3);
  expect_pixels(&im, 3, (int[]){255, 18, 255, 18, 255, 18});
}

Test(io_data, png_interlaced_and_grey) {
  uint8_t rgb[11 * 9 * 3];
  for (size_t i = 0; i < sizeof rgb; i++) rgb[i] = (uint8_t)(i * 37 + (i >> 3));
  Image a = parsed(make_png(11, 9, 8, PNG_COLOR_TYPE_RGB, false, rgb, 33), 3);
  Image b = parsed(make_png(11, 9, 8, PNG_COLOR_TYPE_RGB, true, rgb, 33), 3);
  cr_expect_eq(memcmp(a.data, b.data, sizeof(float) * 297), 0);
  Image grey = parsed(make_png(11, 9, 8, PNG_COLOR_TYPE_RGB, true, rgb, 33), 1);
  cr_expect_eq(grey.channels, 1);
  cr_expect_float_eq(grey.data[5],
                     0.299f * a.data[5] + 0.587f * a.data[104] + 0.114f * a.data[203], 1e-6);
}

static bool parse_image(const char *bytes, size_t n) {
  Image im;
  char *exact = malloc(n ? n : 1);
  cr_assert_not_null(exact);
  memcpy(exact, bytes, n);
  bool ok = image_parse(ctx, "x", exact, n, 0, &im);
  free(exact);
  return ok;
}

Test(io_data, images_refused) {
  const uint8_t grey[] = {1, 2, 3, 4};
  StrBuf png = make_png(2, 2, 8, PNG_COLOR_TYPE_GRAY, false, grey, 2);
  REFUSED(E0605, "truncated", parse_image(png.at, png.len - 13));
  REFUSED(E0605, "truncated", parse_image(png.at, 20));
  REFUSED(E0609, "JPEG", parse_image("\xff\xd8\xff\xe0", 4));
  REFUSED(E0609, "neither", parse_image("", 0));
  REFUSED(E0609, "neither", parse_image("GIF89a", 6));
  REFUSED(E0605, "bad header", parse_image("P5 0 3 255\n", 11));
  REFUSED(E0605, "bad header", parse_image("P5 2 2 65536\n1234", 17));
  REFUSED(E0605, "bad header", parse_image("P5 2 #", 6));
  REFUSED(E0605, "truncated", parse_image("P5 2 2 255\n123", 14));
  REFUSED(E0605, "truncated", parse_image("P6 60000 60000 255\n123", 22));
  REFUSED(E0605, "truncated", parse_image("P5 2 2 256\n\1\0\1\0\1\0\1", 18));
  REFUSED(E0605, "above the maximum", parse_image("P2 2 2 9\n1 2 3 10", 17));
}

Test(io_data, pnm_text_and_binary) {
  const char text[] = "P3\n# two pixels\n2 1 # wide\n10\n10 0 5  1 2 3\n";
  Image im;
  cr_assert(image_parse(ctx, "x", text, sizeof text - 1, 0, &im), "%s", rendered());
  const float want[] = {1, 0.1f, 0, 0.2f, 0.5f, 0.3f};
  cr_assert(im.channels == 3 && im.width == 2 && im.height == 1);
  for (int i = 0; i < 6; i++) cr_expect_float_eq(im.data[i], want[i], 1e-6);
  cr_assert(image_parse(ctx, "x", "P5 1 2 65535\n\xff\xff\x80\x00", 17, 0, &im));
  cr_expect(im.data[0] == 1 && fabsf(im.data[1] - 0.5f) < 1e-4f);
}

Test(io_data, pnm_writes_what_it_reads) {
  char path[] = "/tmp/test_io_XXXXXX";
  int fd = mkstemp(path);
  Image im = image_new(ctx, 3, 5, 7), back;
  cr_assert_geq(fd, 0);
  close(fd);
  for (int i = 0; i < 105; i++) im.data[i] = (float)(i * 2) / 255.0f;
  cr_assert(image_write_pnm(ctx, path, &im));
  cr_assert(image_read(ctx, path, 0, &back), "%s", rendered());
  unlink(path);
  cr_expect(back.height == 5 && back.width == 7);
  cr_expect_eq(memcmp(back.data, im.data, sizeof(float) * 105), 0);
}

Test(io_data, resizes_as_defined) {
  Image im = image_new(ctx, 1, 1, 4);
  memcpy(im.data, (float[]){0, 1, 2, 3}, 16);
  Image up = image_resize(ctx, &im, 1, 8, RESIZE_ANTIALIAS);
  const float want_up[] = {0, 0.25f, 0.75f, 1.25f, 1.75f, 2.25f, 2.75f, 3};
  for (int i = 0; i < 8; i++) cr_expect_float_eq(up.data[i], want_up[i], 1e-6);
  Image half = image_resize(ctx, &im, 1, 2, RESIZE_BILINEAR);
  cr_expect(half.data[0] == 0.5f && half.data[1] == 2.5f);
  /* triangle of width 4 about 1: weights 3/8 3/8 1/8 of the pixels inside, of sum 7/8 */
  half = image_resize(ctx, &im, 1, 2, RESIZE_ANTIALIAS);
  cr_expect_float_eq(half.data[0], 5.0f / 7, 1e-6);
  cr_expect_float_eq(half.data[1], 16.0f / 7, 1e-6);
  Image same = image_resize(ctx, &im, 1, 4, RESIZE_ANTIALIAS);
  cr_expect_eq(memcmp(same.data, im.data, 16), 0);
  Image one = image_resize(ctx, &im, 1, 1, RESIZE_ANTIALIAS);
  cr_expect_float_eq(one.data[0], 1.5, 1e-6);
}

Test(io_data, resizing_keeps_constants_and_separates) {
  for (int mode = RESIZE_BILINEAR; mode <= RESIZE_PIL; mode++) {
    Image im = image_new(ctx, 3, 37, 53);
    for (int i = 0; i < 3 * 37 * 53; i++) im.data[i] = 0.2f;
    Image out = image_resize(ctx, &im, 11, 97, (ResizeMode)mode);
    for (int i = 0; i < 3 * 11 * 97; i++) cr_assert_float_eq(out.data[i], 0.2f, 1e-6);
  }
}

Test(io_data, crops_and_normalises) {
  Image im = image_new(ctx, 3, 4, 5);
  for (int i = 0; i < 60; i++) im.data[i] = (float)i;
  Image mid = image_crop(ctx, &im, 2, 3);
  cr_expect(mid.height == 2 && mid.width == 3 && mid.data[0] == 6 && mid.data[6 + 5] == 33);
  mid = image_crop(ctx, &im, 99, 3);
  cr_expect(mid.height == 4 && mid.width == 3);
  image_normalise(&im, (double[]){1, 2, 3}, (double[]){2, 4, 8});
  cr_expect(im.data[3] == 1 && im.data[20] == 4.5f && im.data[43] == 5);
}

Test(io_data, images_of_the_data_folder) {
  const char *const names[] = {"cat", "bird", "grace_hopper", "sunflower", "resized_cat"};
  for (int i = 0; i < COUNT_OF(names); i++) {
    const char *path = data_path(str_fmt(arena, "images/%s.png", names[i]));
    Image im;
    cr_assert(image_read(ctx, path, 3, &im), "%s", rendered());
    double sum = 0;
    for (int k = 0; k < 3 * im.height * im.width; k++) sum += (double)im.data[k];
    sum /= 3.0 * im.height * im.width;
    cr_expect(sum > 0.1 && sum < 0.9, "%s: mean %g", names[i], sum);
  }
}

/* ---- data sets --------------------------------------------------------------------------------
 */

static bool parse_idx(const char *bytes, size_t n, IdxArray *out) {
  char *exact = malloc(n ? n : 1);
  cr_assert_not_null(exact);
  memcpy(exact, bytes, n);
  bool ok = idx_parse(ctx, "x", exact, n, out);
  free(exact);
  return ok;
}

Test(io_data, idx_is_checked) {
  IdxArray x;
  cr_expect(parse_idx("\0\0\x08\x02\0\0\0\x02\0\0\0\x01zz", 14, &x));
  cr_expect(x.rank == 2 && x.dim[0] == 2 && x.dim[1] == 1);
  REFUSED(E0606, "not an idx", parse_idx("", 0, &x));
  REFUSED(E0606, "not an idx", parse_idx("\x1f\x8b\x08\x01", 4, &x));
  REFUSED(E0606, "0x0d", parse_idx("\0\0\x0d\x01\0\0\0\x01zzzz", 12, &x));
  REFUSED(E0606, "rank 5", parse_idx("\0\0\x08\x05", 4, &x));
  REFUSED(E0606, "rank 0", parse_idx("\0\0\x08\0", 4, &x));
  REFUSED(E0606, "truncated", parse_idx("\0\0\x08\x02\0\0\0\x02\0\0\0", 11, &x));
  REFUSED(E0606, "holds 1 bytes", parse_idx("\0\0\x08\x01\0\0\0\x02z", 9, &x));
  REFUSED(E0606, "holds 3 bytes", parse_idx("\0\0\x08\x01\0\0\0\x02zzz", 11, &x));
  REFUSED(E0606, "holds 0 bytes",
          parse_idx("\0\0\x08\x03\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 16, &x));
}

Test(io_data, cifar_is_checked) {
  char *two = arena_alloc(arena, 2 * 3073);
  int64_t n;
  cr_expect(cifar_parse(ctx, "x", two, 2 * 3073, &n) && n == 2);
  REFUSED(E0606, "3072", cifar_parse(ctx, "x", two, 3072, &n));
  REFUSED(E0606, "records", cifar_parse(ctx, "x", two, 0, &n));
  two[3073] = 10;
  REFUSED(E0606, "label 10 of example 1", cifar_parse(ctx, "x", two, 2 * 3073, &n));
}

static void put_file(const char *dir, const char *name, const void *data, size_t n) {
  cr_assert_eq(file_write(path_join(arena, dir, name), data, n), 0);
}

static void put_gzip(const char *dir, const char *name, const void *data, size_t n) {
  size_t size;
  const char *gz = gzip(data, n, &size);
  put_file(dir, name, gz, size);
}

Test(io_data, data_sets_are_found_by_pattern) {
  char dir[] = "/tmp/test_io_XXXXXX";
  static char batch[2 * 3073];
  const char images[] = "\0\0\x08\x03\0\0\0\x02\0\0\0\x01\0\0\0\x02"
                        "abcd";
  const char labels[] = "\0\0\x08\x01\0\0\0\x02\x05\x09", three[] = "\0\0\x08\x01\0\0\0\3\0\0\0";
  const char high[] = "\0\0\x08\x01\0\0\0\x02\x05\x0a";
  Dataset d;
  cr_assert_not_null(mkdtemp(dir));
  REFUSED(E0607, "t10k-images-idx3-ubyte", dataset_read(ctx, DATASET_MNIST, dir, SPLIT_TEST, &d));
  REFUSED(E0607, "test*.bin", dataset_read(ctx, DATASET_CIFAR10, dir, SPLIT_TEST, &d));
  put_file(dir, "t10k-images.idx3-ubyte", images, sizeof images - 1);
  REFUSED(E0607, "t10k-labels-idx1", dataset_read(ctx, DATASET_FASHION, dir, SPLIT_TEST, &d));
  put_gzip(dir, "t10k-labels-idx1-ubyte.gz", labels, sizeof labels - 1);
  cr_assert(dataset_read(ctx, DATASET_FASHION, dir, SPLIT_TEST, &d), "%s", rendered());
  cr_expect(d.count == 2 && d.channels == 1 && d.height == 1 && d.width == 2);
  cr_expect(d.images[3] == 'd' && d.labels[1] == 9);
  cr_expect_str_eq(d.class_names[d.labels[1]], "Ankle boot");
  put_file(dir, "t10k-labels-idx1-ubyte", three, sizeof three - 1);
  REFUSED(E0606, "3 labels for 2", dataset_read(ctx, DATASET_MNIST, dir, SPLIT_TEST, &d));
  put_file(dir, "t10k-labels-idx1-ubyte", high, sizeof high - 1);
  REFUSED(E0606, "label 10", dataset_read(ctx, DATASET_MNIST, dir, SPLIT_TEST, &d));
  batch[0] = 3;
  put_file(dir, "data_batch_1.bin", batch, 3073);
  put_gzip(dir, "data_batch_1.bin.gz", batch, 3073); /* the same again */
  batch[3073] = 8, batch[3074] = 77;
  put_gzip(dir, "data_batch_2.bin.gz", batch, sizeof batch);
  cr_assert(dataset_read(ctx, DATASET_CIFAR10, dir, SPLIT_TRAIN, &d), "%s", rendered());
  cr_expect(d.count == 3 && d.channels == 3 && d.labels[2] == 8 && d.images[2 * 3072] == 77);
  const char *const names[] = {"t10k-images.idx3-ubyte", "t10k-labels-idx1-ubyte.gz",
                               "t10k-labels-idx1-ubyte", "data_batch_1.bin",
                               "data_batch_1.bin.gz",    "data_batch_2.bin.gz"};
  for (int i = 0; i < COUNT_OF(names); i++) unlink(path_join(arena, dir, names[i]));
  rmdir(dir);
}

Test(io_data, data_sets_have_names) {
  DatasetKind kind;
  for (int k = 0; dataset_name((DatasetKind)k); k++)
    cr_expect(dataset_find(dataset_name((DatasetKind)k), &kind) && (int)kind == k);
  cr_expect_not(dataset_find("svhn", &kind));
}

static void expect_set(DatasetKind kind, const char *dir, DatasetSplit split, int64_t count,
                       const char *first) {
  Dataset d;
  cr_assert(dataset_read(ctx, kind, dir, split, &d), "%s", rendered());
  cr_expect_eq(d.count, count);
  for (int i = 0; first[i]; i++) cr_expect_eq(d.labels[i], first[i] - '0', "label %d", i);
}

Test(io_data, real_mnist) {
  const char *dir = data_path("mnist");
  expect_set(DATASET_MNIST, dir, SPLIT_TEST, 10000, "72104");
  expect_set(DATASET_MNIST, dir, SPLIT_TRAIN, 60000, "50419");
}

Test(io_data, real_cifar10) {
  const char *dir = data_path("cifar10");
  expect_set(DATASET_CIFAR10, dir, SPLIT_TEST, 1000, "38806");
  expect_set(DATASET_CIFAR10, dir, SPLIT_TRAIN, 4000, "69941");
}

Test(io_data, real_fashion) {
  const char *dir = "/usr/share/datasets/fashion-mnist";
  if (access(dir, R_OK)) cr_skip("skipped: no %s", dir);
  expect_set(DATASET_FASHION, dir, SPLIT_TEST, 10000, "92116");
}

/* ---- labels -----------------------------------------------------------------------------------
 */

Test(io_data, labels_line_by_line) {
  const char text[] = "\xef\xbb\xbf"
                      "cat \r\n\tdog, hound\n\nmouse\r\r\n  \n";
  Labels l;
  cr_assert(labels_parse(ctx, "l", text, sizeof text - 1, &l));
  cr_assert_eq(l.at.len, 4);
  cr_expect_str_eq(l.at.at[0], "cat");
  cr_expect_str_eq(l.at.at[1], "dog, hound");
  cr_expect_str_eq(l.at.at[2], "");
  cr_expect_str_eq(l.at.at[3], "mouse");
  cr_expect(labels_parse(ctx, "l", "", 0, &l) && l.at.len == 0);
  cr_expect(labels_parse(ctx, "l", "last", 4, &l) && l.at.len == 1);
  REFUSED(E0608, "not a text", labels_parse(ctx, "l", "a\0b", 3, &l));
}

Test(io_data, labels_of_imagenet) {
  Labels l;
  cr_assert(labels_read(ctx, data_path("images/imagenet_labels.txt"), &l));
  cr_assert_eq(l.at.len, 1000);
  cr_expect_str_eq(l.at.at[285], "Egyptian cat");
}
