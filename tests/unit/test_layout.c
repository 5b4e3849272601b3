/* test_layout.c: where elements lie, and layouts and attributes as text and back. */
#include "compiler/ir/ir.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "context.h"

TestSuite(layout, .fini = drop_all);
TestSuite(attr, .fini = drop_all);

/* ---- layouts ------------------------------------------------------------------------------ */

static void next_index(const Shape *s, int64_t *index) {
  for (int d = s->rank - 1; d >= 0; d--) {
    if (++index[d] < s->dim[d]) return;
    index[d] = 0;
  }
}

/* Every element in [0, size), no two at one place. */
static void check_injective(const Layout *l, const Shape *s) {
  int64_t index[MAX_RANK] = {0};
  bool *used = calloc((size_t)l->size, sizeof *used);
  for (int64_t i = 0; i < shape_count(s); i++, next_index(s, index)) {
    int64_t at = layout_address(l, s, index);
    cr_assert(at >= 0 && at < l->size && !used[at]);
    used[at] = true;
  }
  free(used);
}

Test(layout, plain_is_row_major) {
  Shape s = SHAPE(2, 3, 4, 5);
  Layout l = layout_plain(&s);
  int64_t index[MAX_RANK] = {0};
  cr_assert_eq(l.size, 120);
  for (int64_t i = 0; i < 120; i++, next_index(&s, index))
    cr_assert_eq(layout_address(&l, &s, index), i);
  cr_assert(layout_is_plain(&l, &s));
}

Test(layout, blocked_follows_the_formula_and_pads_channels) {
  Shape s = SHAPE(2, 13, 3, 5);
  Layout l = layout_blocked(&s, 1, 8);
  cr_assert_eq(l.size, 2 * 16 * 3 * 5);
  check_injective(&l, &s);
  int64_t i[MAX_RANK];
  for (i[0] = 0; i[0] < 2; i[0]++)
    for (i[1] = 0; i[1] < 13; i[1]++)
      for (i[2] = 0; i[2] < 3; i[2]++)
        for (i[3] = 0; i[3] < 5; i[3]++)
          cr_assert_eq(layout_address(&l, &s, i),
                       (((i[0] * 2 + i[1] / 8) * 3 + i[2]) * 5 + i[3]) * 8 + i[1] % 8);
  cr_assert_eq(layout_channel_block(&l, &s), 8);
  cr_assert(!layout_is_plain(&l, &s));
}

Test(layout, a_blocked_vector_of_channels_is_plain) {
  Shape full = SHAPE(1, 16, 1, 1), padded = SHAPE(1, 13, 1, 1), batch = SHAPE(2, 16, 1, 1);
  Layout l = layout_blocked(&full, 1, 8);
  cr_assert(layout_is_plain(&l, &full));
  l = layout_blocked(&batch, 1, 8);
  cr_assert(layout_is_plain(&l, &batch));
  l = layout_blocked(&padded, 1, 8);
  cr_assert(!layout_is_plain(&l, &padded));
}

static void check_layout_text(const char *text, Shape s) {
  Ctx *c = fresh();
  Layout l;
  cr_assert(layout_parse(text, &s, &l), "%s", text);
  cr_assert_str_eq(layout_text(c, &l, &s), text);
  check_injective(&l, &s);
  drop(c);
}

Test(layout, text_reads_back) {
  check_layout_text("x", SHAPE(7));
  check_layout_text("nc", SHAPE(2, 10));
  check_layout_text("ncw", SHAPE(2, 3, 10));
  check_layout_text("nchw", SHAPE(1, 3, 4, 4));
  check_layout_text("nhwc", SHAPE(2, 3, 4, 4));
  check_layout_text("ncdhw", SHAPE(2, 3, 4, 4, 2));
  check_layout_text("nChw8c", SHAPE(2, 13, 4, 4));
  check_layout_text("nhCw32c", SHAPE(1, 64, 3, 3));
  check_layout_text("NChw8c16n", SHAPE(32, 16, 3, 3));
  check_layout_text("nChw8c+128/1024", SHAPE(1, 16, 4, 4));
  check_layout_text("nChw8c+128/2048", SHAPE(2, 16, 4, 4));
  check_layout_text("nchw+16/128", SHAPE(1, 3, 4, 4));
  check_layout_text("{0/1*2@100,1/1*3@1,2/1*4@10}+5:300", SHAPE(2, 3, 4));
}

Test(layout, unknown_dimensions_spell_the_axes_out) {
  Ctx *c = fresh();
  Shape s = SHAPE(2, 13, 4, 4);
  Layout l = layout_blocked(&s, 1, 8), back;
  const char *text = layout_text(c, &l, NULL);
  cr_assert_eq(*text, '{');
  cr_assert(layout_parse(text, NULL, &back));
  cr_assert(layout_eq(&l, &back));
}

Test(layout, garbage_is_refused) {
  static const char *const texts[] = {"",
                                      "n",
                                      "nch",
                                      "nchwc",
                                      "nChw",
                                      "nchw8c",
                                      "nChw8",
                                      "NCHW",
                                      "nChw0c",
                                      "nChw8c+",
                                      "nChw8c+1",
                                      "nChw8c+1/",
                                      "nChw8c+0/8",
                                      "nxhw",
                                      "n8C8chw",
                                      "nchw junk",
                                      "{",
                                      "{}",
                                      "{}+0",
                                      "{9/1*2@1}+0:2",
                                      "{0/0*2@1}+0:2",
                                      "{0/1*2@1}+0:2x",
                                      "{0/1*9999999999999@9999999999999}+0:2",
                                      "nChw99999999999999999999c",
                                      "nChw9000000000000000000c"};
  Shape s = SHAPE(2, 16, 4, 4);
  for (int i = 0; i < COUNT_OF(texts); i++) {
    Layout l;
    cr_expect(!layout_parse(texts[i], &s, &l), "'%s'", texts[i]);
  }
}

Test(layout, slice_of_a_concat_keeps_the_parents_strides) {
  Shape whole = SHAPE(2, 32, 3, 3), part = SHAPE(2, 16, 3, 3);
  Layout parent = layout_blocked(&whole, 1, 8), l = layout_blocked(&part, 1, 8);
  for (int i = 0; i < parent.naxes; i++) l.axis[i].stride = parent.axis[i].stride;
  l.offset = 2 * 9 * 8;
  l.size = parent.size;
  int64_t inner[MAX_RANK] = {1, 3, 2, 1}, outer[MAX_RANK] = {1, 3 + 16, 2, 1};
  cr_assert_eq(layout_address(&l, &part, inner), layout_address(&parent, &whole, outer));
  cr_assert_eq(layout_channel_block(&l, &part), 8);
}

/* ---- attributes --------------------------------------------------------------------------- */

static const AttrField *field(OpKind op, const char *name) {
  for (const AttrField *f = op_table[op].attrs; f->name; f++)
    if (str_eq(f->name, name)) return f;
  cr_assert_fail("no attribute %s", name);
  return NULL;
}

static void check_attr(OpKind op, const char *name, const char *text) {
  Ctx *c = fresh();
  void *attr = attr_defaults(c, op);
  StrBuf b = {.arena = c->arena};
  cr_assert(attr_parse(c, field(op, name), attr, text), "%s=%s", name, text);
  attr_print(c, &b, field(op, name), attr);
  cr_assert_str_eq(sb_str(&b), text);
  cr_assert(attr_equal(field(op, name), attr, attr));
  drop(c);
}

Test(attr, text_reads_back) {
  check_attr(OP_CONV, "out", "64");
  check_attr(OP_CONV, "kernel", "3");
  check_attr(OP_CONV, "kernel", "[3, 5]");
  check_attr(OP_CONV, "bias", "false");
  check_attr(OP_CONV, "pad", "same");
  check_attr(OP_CONV, "pad", "valid");
  check_attr(OP_CONV, "pad", "[1, 2, 3, 4]");
  check_attr(OP_RESHAPE, "shape", "[0, -1, 4]");
  check_attr(OP_LEAKY, "slope", "0.01");
  check_attr(OP_CLIP, "max", "inf");
  check_attr(OP_CLIP, "min", "-inf");
  check_attr(OP_NORMALISE, "mean", "[0.485, 0.456, 0.406]");
  check_attr(OP_NORMALISE, "std", "0.5");
  check_attr(OP_GROUP, "kernel", "conv_direct");
}

Test(attr, wrong_text_is_refused) {
  static const struct {
    OpKind op;
    const char *name, *text;
  } rows[] = {{OP_CONV, "out", "x"},         {OP_CONV, "out", "3.5"},
              {OP_CONV, "out", ""},          {OP_CONV, "out", "99999999999999999999"},
              {OP_CONV, "kernel", "[3"},     {OP_CONV, "kernel", "[1,2,3,4,5,6,7]"},
              {OP_CONV, "bias", "yes"},      {OP_CONV, "pad", "sam"},
              {OP_LEAKY, "slope", "0x1"},    {OP_LEAKY, "slope", "a"},
              {OP_LEAKY, "slope", "nan(1)"}, {OP_NORMALISE, "mean", "[1 2"},
              {OP_GROUP, "kernel", "a b"}};
  Ctx *c = fresh();
  for (int i = 0; i < COUNT_OF(rows); i++)
    cr_expect(!attr_parse(c, field(rows[i].op, rows[i].name), attr_defaults(c, rows[i].op),
                          rows[i].text),
              "%s=%s", rows[i].name, rows[i].text);
}

Test(attr, every_preset_of_the_table_parses) {
  Ctx *c = fresh();
  for (int op = 0; op < OP_COUNT; op++)
    for (const AttrField *f = op_table[op].attrs; f && f->name; f++)
      if (f->preset)
        cr_expect(attr_parse(c, f, attr_defaults(c, (OpKind)op), f->preset), "%s %s",
                  op_table[op].name, f->name);
}
