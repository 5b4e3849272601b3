/* test_io.c: weights, arrays and element types: what is in sound files, and what is wrong else.
 *
 * In: small files that the tests build in memory, and, where they are there, the models of
 * ../shared/data (or $NETCC_DATA). Out: Criterion results. Random damage is the matter of
 * test_io_damage.c, pictures and data sets that of test_io_data.c. Blocks given to parsers are of
 * exactly their size, for AddressSanitizer.
 */
#include <math.h>

#include "tests/unit/io_fixture.h"

TestSuite(io, .init = io_setup, .fini = io_teardown);

/* ---- element types ----------------------------------------------------------------------------
 */

Test(io, converts_halves) {
  const struct {
    uint16_t half;
    float value;
  } known[] = {
      {0x0000, 0},        {0x3c00, 1},        {0xc000, -2},           {0x7bff, 65504},
      {0x0400, 0x1p-14},  {0x0001, 0x1p-24},  {0x83ff, -0x1.ff8p-15}, {0x3555, 0x1.554p-2},
      {0x7c00, INFINITY}, {0xfc00, -INFINITY}};
  for (int i = 0; i < COUNT_OF(known); i++) {
    float f;
    cr_expect(stored_to_f32(ST_F16, &known[i].half, 1, &f));
    cr_expect_eq(f, known[i].value, "%04x is %a", known[i].half, f);
  }
  uint16_t nan = 0x7e01, negative_zero = 0x8000, bf16[] = {0x3f80, 0xc049, 0x7f80};
  float f[3];
  stored_to_f32(ST_F16, &nan, 1, f);
  cr_expect(isnan(f[0]));
  stored_to_f32(ST_F16, &negative_zero, 1, f);
  cr_expect(f[0] == 0 && signbit(f[0]));
  stored_to_f32(ST_BF16, bf16, 3, f);
  cr_expect(f[0] == 1 && f[1] == -3.140625f && isinf(f[2]));
}

Test(io, converts_every_type_at_any_alignment) {
  char bytes[40];
  float f[4];
#define CHECK(st, T, ...)                                                                        \
  do {                                                                                           \
    T v[] = {__VA_ARGS__};                                                                       \
    memcpy(bytes + 1, v, sizeof v);                                                              \
    cr_expect(stored_to_f32(st, bytes + 1, COUNT_OF(v), f));                                     \
    cr_expect_eq(stored_size(st), (int)sizeof v[0]);                                             \
    for (int i = 0; i < COUNT_OF(v); i++) cr_expect_eq(f[i], (float)v[i]);                       \
  } while (0)
  CHECK(ST_F32, float, 1.5f, -0x1p-140f);
  CHECK(ST_F64, double, 0.1, 1e300, -3);
  CHECK(ST_U8, uint8_t, 255, 3);
  CHECK(ST_I8, int8_t, -128, 3);
  CHECK(ST_U16, uint16_t, 65535, 3);
  CHECK(ST_I16, int16_t, -32768, 3);
  CHECK(ST_U32, uint32_t, UINT32_MAX, 3);
  CHECK(ST_I32, int32_t, INT32_MIN, 3);
  CHECK(ST_U64, uint64_t, UINT64_MAX, 3);
  CHECK(ST_I64, int64_t, INT64_MIN, -3);
  uint8_t truths[] = {0, 1, 2};
  cr_expect(stored_to_f32(ST_BOOL, truths, 3, f));
  cr_expect(f[0] == 0 && f[1] == 1 && f[2] == 1);
  cr_expect_not(stored_to_f32(ST_OTHER, truths, 3, f));
  for (int t = 0; t < ST_COUNT; t++)
    cr_expect_eq(stored_find(stored_name((StoredType)t)), (StoredType)t);
  cr_expect_eq(stored_find("F8_E4M3"), ST_OTHER);
}

Test(io, counts_without_overflow) {
  int64_t n, big = (int64_t)1 << 32;
  cr_expect(dims_count((int64_t[]){2, 3, 4}, 3, &n) && n == 24);
  cr_expect(dims_count(NULL, 0, &n) && n == 1);
  cr_expect(dims_count((int64_t[]){2, 0}, 2, &n) && n == 0);
  cr_expect_not(dims_count((int64_t[]){big, big}, 2, &n));
  cr_expect_not(dims_count((int64_t[]){-1, -1}, 2, &n));
  cr_expect_str_eq(dims_text(ctx, (int64_t[]){2, 3}, 2), "2x3");
}

/* ---- gzip -----------------------------------------------------------------------------------
 */

Test(io, gunzips_members_and_refuses_damage) {
  size_t n = 300000, packed, size;
  char *plain = arena_alloc(arena, n), *two;
  for (size_t i = 0; i < n; i++) plain[i] = (char)(i * i >> 7);
  char *gz = gzip(plain, n, &packed);
  char *back = io_gunzip(ctx, "x.gz", gz, packed, &size);
  cr_assert(back && size == n && memcmp(back, plain, n) == 0);
  two = arena_alloc(arena, 2 * packed);
  memcpy(two, gz, packed);
  memcpy(two + packed, gz, packed);
  back = io_gunzip(ctx, "x.gz", two, 2 * packed, &size);
  cr_assert(back && size == 2 * n && memcmp(back + n, plain, n) == 0);
  char *none = gzip("", 0, &packed);
  cr_expect(io_gunzip(ctx, "x.gz", none, packed, &size) && size == 0);
  gz = gzip(plain, n, &packed);
  REFUSED(E0610, "in the middle", io_gunzip(ctx, "x.gz", gz, packed / 2, &size));
  REFUSED(E0610, "in the middle", io_gunzip(ctx, "x.gz", gz, packed - 1, &size));
  gz[packed - 6] ^= 1; /* the checksum */
  REFUSED(E0610, "incorrect data check", io_gunzip(ctx, "x.gz", gz, packed, &size));
}

Test(io, reports_what_the_system_says) {
  size_t size;
  Labels l;
  REFUSED(E0601, "No such file", io_read(ctx, "/no/such/file", &size));
  REFUSED(E0601, "/no/such", labels_read(ctx, "/no/such/file", &l));
  REFUSED(E0601, "Is a directory", io_read(ctx, "/tmp", &size));
  REFUSED(E0602, "No such file", io_write(ctx, "/no/such/file", "x", 1));
}

/* ---- safetensors -----------------------------------------------------------------------------
 */

static bool parse_st(const char *header, const char *data, size_t n, TensorFile *out) {
  StrBuf b = {.arena = arena};
  size_t length = strlen(header);
  for (int i = 0; i < 8; i++) sb_putc(&b, (char)(length >> 8 * i));
  sb_puts(&b, header);
  sb_write(&b, data, n);
  char *exact = malloc(b.len);
  cr_assert_not_null(exact);
  memcpy(exact, b.at, b.len);
  bool ok = safetensors_parse(ctx, "w.safetensors", exact, b.len, out);
  free(exact);
  return ok;
}

static FileTensor tensor_of(const char *name, StoredType type, int rank, int64_t d0, int64_t d1,
                            const void *data) {
  FileTensor t = {.name = name, .type = type, .type_name = stored_name(type), .rank = rank};
  t.dim[0] = d0;
  t.dim[1] = d1;
  dims_count(t.dim, rank, &t.count);
  t.size = (size_t)t.count * (size_t)stored_size(type);
  t.data = data;
  return t;
}

Test(io, safetensors_round_trip) {
  const float w[] = {1, -2, 3.5f, NAN, 1e-40f, 6};
  const uint16_t half[] = {0x3c00, 0xc000};
  const int64_t steps = 12345678901;
  TensorFile f = {0}, g;
  vec_push(arena, &f.at, tensor_of("a\"\\\xc3\xa9", ST_F16, 1, 2, 0, half));
  vec_push(arena, &f.at, tensor_of("weight", ST_F32, 2, 2, 3, w));
  vec_push(arena, &f.at, tensor_of("bn.num_batches_tracked", ST_I64, 0, 0, 0, &steps));
  vec_push(arena, &f.at, tensor_of("empty", ST_F32, 2, 0, 5, w));
  StrBuf b = {.arena = arena};
  safetensors_format(&b, &f);
  cr_assert(safetensors_parse(ctx, "w", b.at, b.len, &g), "%s", rendered());
  cr_assert_eq(g.at.len, 4);
  const FileTensor *t = tensor_find(&g, "weight");
  cr_assert(t && t->rank == 2 && t->dim[0] == 2 && t->dim[1] == 3 && t->count == 6);
  cr_expect_eq(memcmp(tensor_f32(ctx, t), w, sizeof w), 0);
  t = tensor_find(&g, "a\"\\\xc3\xa9");
  cr_assert_not_null(t);
  cr_expect(tensor_f32(ctx, t)[0] == 1 && tensor_f32(ctx, t)[1] == -2);
  t = tensor_find(&g, "bn.num_batches_tracked");
  cr_assert(t && t->type == ST_I64 && t->rank == 0 && t->count == 1);
  cr_expect_eq(tensor_f32(ctx, t)[0], (float)steps);
  cr_expect_eq(tensor_find(&g, "empty")->count, 0);
  cr_expect_null(tensor_find(&g, "nothing"));
}

Test(io, safetensors_reads_what_the_format_allows) {
  TensorFile f;
  cr_expect(parse_st("{}   ", "", 0, &f) && f.at.len == 0);
  cr_expect(parse_st("{\"__metadata__\":{\"format\":\"pt\"}}", "", 0, &f) && f.at.len == 0);
  cr_expect(parse_st("{\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[2,3]},"
                     "\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[2],\"data_offsets\":[0,2]}}",
                     "abc", 3, &f));
  cr_expect(f.at.len == 2 && str_eq(f.at.at[0].name, "a") && f.at.at[0].type == ST_OTHER);
  cr_expect_null(tensor_f32(ctx, &f.at.at[0]));
}

#define ONE(shape, offsets)                                                                      \
  "{\"w\":{\"dtype\":\"F32\",\"shape\":" shape ",\"data_offsets\":" offsets "}}"
#define TWO(first, second)                                                                       \
  "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":" first "},"                          \
  "\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":" second "}}"

Test(io, safetensors_refuses_bad_headers) {
  const char data[8] = {0};
  TensorFile f;
  REFUSED(E0603, "not JSON", parse_st("{", data, 0, &f));
  REFUSED(E0603, "not a JSON object", parse_st("[1]", data, 0, &f));
  REFUSED(E0603, "no dtype", parse_st("{\"w\":3}", data, 0, &f));
  REFUSED(E0603, "uplicate", parse_st("{\"w\":{},\"w\":{}}", data, 0, &f));
  REFUSED(E0603, "control characters", parse_st("{\"\\u001b[2J\":{}}", data, 0, &f));
  REFUSED(E0603, "no shape", parse_st(ONE("{}", "[0,4]"), data, 4, &f));
  REFUSED(E0603, "not an integer", parse_st(ONE("[1.0]", "[0,4]"), data, 4, &f));
  REFUSED(E0603, "negative", parse_st(ONE("[-1,-1]", "[0,4]"), data, 4, &f));
  REFUSED(E0603, "overflows", parse_st(ONE("[4294967296,4294967296]", "[0,4]"), data, 4, &f));
  REFUSED(E0603, "elements of F32", parse_st(ONE("[4611686018427387904]", "[0,4]"), data, 4, &f));
  REFUSED(E0603, "rank 9", parse_st(ONE("[1,1,1,1,1,1,1,1,1]", "[0,4]"), data, 4, &f));
  REFUSED(E0603, "two integers", parse_st(ONE("[1]", "[0]"), data, 4, &f));
  REFUSED(E0603, "two integers", parse_st(ONE("[1]", "7"), data, 4, &f));
}

Test(io, safetensors_refuses_bad_offsets) {
  const char data[12] = {0};
  TensorFile f;
  REFUSED(E0603, "[0, 8) of 4 bytes", parse_st(ONE("[2]", "[0,8]"), data, 4, &f));
  REFUSED(E0603, "[4, 0)", parse_st(ONE("[1]", "[4,0]"), data, 8, &f));
  REFUSED(E0603, "[-4, 0)", parse_st(ONE("[1]", "[-4,0]"), data, 8, &f));
  REFUSED(E0603, "8 bytes of data for 1", parse_st(ONE("[1]", "[0,8]"), data, 8, &f));
  REFUSED(E0603, "overlaps", parse_st(TWO("[0,4]", "[3,7]"), data, 7, &f));
  REFUSED(E0603, "overlaps", parse_st(TWO("[0,4]", "[0,4]"), data, 4, &f));
  REFUSED(E0603, "belong to no tensor", parse_st(TWO("[0,4]", "[5,9]"), data, 9, &f));
  REFUSED(E0603, "belong to no tensor", parse_st(TWO("[1,5]", "[5,9]"), data, 9, &f));
  REFUSED(E0603, "at the end", parse_st(TWO("[0,4]", "[4,8]"), data, 9, &f));
  cr_expect(parse_st(TWO("[4,8]", "[0,4]"), data, 8, &f));
  const char huge[] = "\xff\xff\xff\xff\xff\xff\xff\xff{}", cut[] = "\x10\0\0\0\0\0\0\0{}";
  REFUSED(E0603, "header of", safetensors_parse(ctx, "w", huge, sizeof huge - 1, &f));
  REFUSED(E0603, "truncated", safetensors_parse(ctx, "w", cut, sizeof cut - 1, &f));
  REFUSED(E0603, "no safetensors", safetensors_parse(ctx, "w", cut, 7, &f));
}

Test(io, safetensors_of_the_models) {
  const struct {
    const char *path, *name;
    int tensors, rank;
    int64_t first;
  } known[] = {{"lenet_caffe/weights.safetensors", "ip1.weight", 8, 2, 500},
               {"resnet20_cifar10/weights.safetensors", "layer1.0.conv1.weight", 0, 4, 16},
               {"squeezenet1_1/weights.safetensors", "features.3.squeeze.weight", 52, 4, 16}};
  for (int i = 0; i < COUNT_OF(known); i++) {
    TensorFile f;
    const char *path = data_path(known[i].path);
    cr_assert(safetensors_read(ctx, path, &f), "%s", rendered());
    const FileTensor *t = tensor_find(&f, known[i].name);
    cr_assert(t && t->rank == known[i].rank && t->dim[0] == known[i].first);
    if (known[i].tensors) cr_expect_eq(f.at.len, known[i].tensors);
    for (int64_t j = 0; j < t->count; j++) cr_assert(isfinite(tensor_f32(ctx, t)[j]));
  }
}

/* ---- npy -------------------------------------------------------------------------------------
 */

static bool parse_npy(int version, const char *dict, const void *data, size_t n, Tensor *out) {
  StrBuf b = {.arena = arena};
  size_t length = strlen(dict);
  sb_write(&b, "\x93NUMPY", 6);
  sb_putc(&b, (char)version);
  sb_putc(&b, 0);
  for (int i = 0; i < (version == 1 ? 2 : 4); i++) sb_putc(&b, (char)(length >> 8 * i));
  sb_puts(&b, dict);
  sb_write(&b, data, n);
  char *exact = malloc(b.len);
  cr_assert_not_null(exact);
  memcpy(exact, b.at, b.len);
  bool ok = npy_parse(ctx, "a.npy", exact, b.len, out);
  free(exact);
  return ok;
}

#define NPY(type, order, shape)                                                                  \
  "{'descr': '" type "', 'fortran_order': " order ", 'shape': " shape ", }"

Test(io, npy_reads_orders_and_types) {
  const float values[] = {0, 1, 2, 3, 4, 5};
  const uint8_t bytes[] = {7, 255};
  const int64_t longs[] = {-3};
  const uint16_t half[] = {0x3c00};
  Tensor t;
  cr_assert(parse_npy(1, NPY("<f4", "False", "(2, 3)"), values, 24, &t), "%s", rendered());
  cr_expect(t.shape.rank == 2 && t.shape.dim[0] == 2 && t.shape.dim[1] == 3 && t.data[5] == 5);
  cr_assert(parse_npy(2, NPY("<f4", "True", "(2, 3)"), values, 24, &t));
  const float transposed[] = {0, 2, 4, 1, 3, 5};
  cr_expect_eq(memcmp(t.data, transposed, sizeof transposed), 0);
  cr_assert(parse_npy(3, NPY("|u1", "False", "(2,)"), bytes, 2, &t));
  cr_expect(t.shape.rank == 1 && t.data[1] == 255);
  cr_assert(parse_npy(1, NPY("<i8", "False", "()"), longs, 8, &t));
  cr_expect(t.shape.rank == 0 && t.data[0] == -3);
  cr_assert(
      parse_npy(1, "{\"shape\":(1L,1),\"descr\":\"=f2\",\n 'fortran_order':True}", half, 2, &t));
  cr_expect(t.shape.rank == 2 && t.data[0] == 1);
  cr_assert(parse_npy(1, NPY("<f4", "False", "(0, 3)"), values, 0, &t));
  cr_expect(t.shape.dim[0] == 0 && t.data);
}

Test(io, npy_fortran_order_of_rank_4) {
  float values[120];
  Tensor t;
  for (int i = 0; i < 120; i++) values[i] = (float)i;
  cr_assert(parse_npy(1, NPY("<f4", "True", "(2, 3, 4, 5)"), values, sizeof values, &t));
  for (int a = 0, at = 0; a < 2; a++)
    for (int b = 0; b < 3; b++)
      for (int d = 0; d < 4; d++)
        for (int e = 0; e < 5; e++, at++)
          cr_expect_eq(t.data[at], (float)(a + 2 * (b + 3 * (d + 4 * e))));
}

Test(io, npy_refuses_the_rest) {
  const float v[] = {0, 1};
  Tensor t;
  REFUSED(E0604, "truncated", parse_npy(1, NPY("<f4", "False", "(3,)"), v, 8, &t));
  REFUSED(E0604, "too long", parse_npy(1, NPY("<f4", "False", "(1,)"), v, 8, &t));
  REFUSED(E0609, "'>f4'", parse_npy(1, NPY(">f4", "False", "(2,)"), v, 8, &t));
  REFUSED(E0609, "'<c8'", parse_npy(1, NPY("<c8", "False", "(1,)"), v, 8, &t));
  REFUSED(E0609, "6 dimensions", parse_npy(1, NPY("<f4", "False", "(1,1,1,1,1,2)"), v, 8, &t));
  REFUSED(E0609, "version 4", parse_npy(4, NPY("<f4", "False", "(2,)"), v, 8, &t));
  REFUSED(E0604, "not a tuple", parse_npy(1, NPY("<f4", "False", "(2)"), v, 8, &t));
  REFUSED(E0604, "not a tuple", parse_npy(1, NPY("<f4", "False", "[2]"), v, 8, &t));
  REFUSED(E0604, "commas", parse_npy(1, NPY("<f4", "False", "(1 2)"), v, 8, &t));
  REFUSED(E0604, "bad dimension", parse_npy(1, NPY("<f4", "False", "(-2,)"), v, 8, &t));
  REFUSED(E0604, "overflows",
          parse_npy(1, NPY("<f4", "False", "(99999999999999999999,)"), v, 8, &t));
  REFUSED(E0604, "overflows",
          parse_npy(1, NPY("<f4", "False", "(4294967296,4294967296)"), v, 8, &t));
  REFUSED(E0604, "overflows",
          parse_npy(1, NPY("<f4", "False", "(4611686018427387904,)"), v, 8, &t));
  REFUSED(E0604, "no boolean", parse_npy(1, NPY("<f4", "1", "(2,)"), v, 8, &t));
  REFUSED(E0604, "missing", parse_npy(1, "{'descr': '<f4', 'shape': (2,)}", v, 8, &t));
  REFUSED(E0604, "repeated", parse_npy(1, "{'descr': '<f4', 'descr': '<f4'}", v, 8, &t));
  REFUSED(E0604, "no dict", parse_npy(1, "", v, 8, &t));
  REFUSED(E0604, "after the dict", parse_npy(1, NPY("<f4", "False", "(2,)") "x", v, 8, &t));
  REFUSED(E0604, "structured", parse_npy(1, "{'descr': [('a', '<f4')]}", v, 8, &t));
  REFUSED(E0604, "not a .npy", npy_parse(ctx, "a.npy", "\x93NUMP", 5, &t));
  REFUSED(E0604, "header", npy_parse(ctx, "a.npy", "\x93NUMPY\1\0\xff\xff{", 11, &t));
}

Test(io, npy_writes_what_it_reads) {
  float values[6] = {1, 2, 3, 4, 5, NAN};
  const Shape shapes[] = {SHAPE(6), SHAPE(2, 3), SHAPE(1, 1, 2, 3), SHAPE(1, 1, 1, 2, 3)};
  for (int i = 0; i < COUNT_OF(shapes); i++) {
    Tensor t = {shapes[i], values}, back;
    StrBuf b = {.arena = arena};
    npy_format(&b, &t);
    cr_expect_eq((b.len - sizeof values) % 64, 0);
    cr_assert(npy_parse(ctx, "a.npy", b.at, b.len, &back), "%s", rendered());
    cr_expect(shape_eq(&back.shape, &shapes[i]));
    cr_expect_eq(memcmp(back.data, values, sizeof values), 0);
  }
}

Test(io, npy_of_squeezenet) {
  Tensor in, out;
  cr_assert(npy_read(ctx, data_path("squeezenet1_1/input_0.npy"), &in), "%s", rendered());
  cr_assert(npy_read(ctx, data_path("squeezenet1_1/output_0.npy"), &out), "%s", rendered());
  cr_expect(shape_eq(&in.shape, &SHAPE(1, 3, 224, 224)));
  cr_expect(shape_eq(&out.shape, &SHAPE(1, 1000)));
}
