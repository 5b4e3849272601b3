/* k_norm.c: normalisation by statistics of the tensor itself: layernorm, groupnorm, instancenorm.
 * Two passes over a segment for mean and variance, a third that writes.
 *
 * In plain layout a unit of the split is one contiguous segment, whose sums are 16 partial ones that
 * the compiler keeps in a vector. In channel blocks every lane has sums of its own; a unit is the
 * fewest blocks that hold whole groups of channels, and the channels of a group combine their sums
 * between the passes. Lanes behind the last channel belong to no group.
 */
#include "emit.h"

/* Declares x and y at segment u; samples may lie apart in a larger tensor. */
static void segment_pointers(Kernel *k, int64_t units, int64_t len) {
  const Value *x = view_in(&k->v, 0), *y = view_out(&k->v);
  int64_t per = units / x->shape.dim[0];
  bool one = x->shape.dim[0] == 1 || units % x->shape.dim[0];
  const char *names[] = {"x", "y"};
  for (int i = 0; i < 2; i++) {
    int64_t sample = x->shape.rank == 4 ? value_strides(i ? y : x).n : per * len;
    const char *base = i ? "o0" : str_fmt(k->c->arena, "i%d", k->v.in[0]);
    const char *at =
        one || sample == per * len
            ? index_text(k, "u", len, 0)
            : str_fmt(k->c->arena, "u / %lld * %lld + u %% %lld * %lld", (long long)per,
                      (long long)sample, (long long)per, (long long)len);
    w_line(&k->w, "%sfloat *%s = %s + %s;", i ? "" : "const ", names[i], base, at);
  }
}

static void write_scaled(Kernel *k, const Segments *s) {
  Writer *w = &k->w;
  bool each = s->own == s->len; /* a weight for every element */
  const char *first = s->parts > 1 ? str_fmt(k->c->arena, "(u %% %lld) * %lld",
                                             (long long)s->parts, (long long)s->own)
                                   : "(size_t)0";
  if (!s->affine || each) {
    w_for(w, "i", s->len);
    if (s->affine)
      w_line(w, "y[i] = (x[i] - mean) * scale * i%d[%s + i] + i%d[%s + i];", k->v.in[1], first,
             k->v.in[2], first);
    else
      w_line(w, "y[i] = (x[i] - mean) * scale;");
  } else {
    w_for(w, "c", s->own);
    w_line(w, "const float a = scale * i%d[%s + c], b = i%d[%s + c];", k->v.in[1], first,
           k->v.in[2], first);
    w_for(w, "i", s->len / s->own);
    const char *at = str_fmt(k->c->arena, "c * %lld + i", (long long)(s->len / s->own));
    w_line(w, "y[%s] = (x[%s] - mean) * a + b;", at, at);
  }
  w_count_other(w, s->affine ? 4 : 2);
  w_count_loads(w, 4);
  w_count_stores(w, 4);
  w_close(w);
  if (s->affine && !each) w_close(w);
}

/* ---- channel blocks ------------------------------------------------------------------------- */

/* A group is one channel, or it is whole blocks, or it shares blocks with others or with nothing.
 */
typedef enum Way { SINGLE, WHOLE, SHARED } Way;

typedef struct Blocks {
  Kernel *k;
  Segments s;
  Way way;
  View4 x, y;
  int lanes;
  int64_t blocks, groups; /* of a unit */
} Blocks;

/* Combines what the channels of each group have in sums[] into `value` ("sum / 9.0f"). */
static void combine(Blocks *b, const char *sums, const char *value) {
  Writer *w = &b->k->w;
  w_for(w, "g", b->groups);
  w_line(w, "float *own = %s + g * %lld, sum = 0;", sums, (long long)b->s.own);
  w_line(w, "for (size_t c = 0; c < %lld; ++c) sum += own[c];", (long long)b->s.own);
  w_line(w, "for (size_t c = 0; c < %lld; ++c) own[c] = %s;", (long long)b->s.own, value);
  w_count_other(w, (double)b->s.own);
  w_close(w);
}

/* "mean" and "scale", of each lane of a block where groups share it. */
static void write_statistics(Blocks *b) {
  Writer *w = &b->k->w;
  Arena *a = w->out.arena;
  long long pixels = b->x.h * b->x.w, floats = b->blocks * b->lanes, cb = b->x.s.cb;
  const char *eps = str_float(a, (float)b->s.eps);
  w_count_other(w, 4.0 * (double)(floats * pixels));
  w_count_loads(w, 8.0 * (double)(floats * pixels));
  if (b->way == WHOLE) {
    const char *n = str_fmt(a, "%lld", b->blocks * pixels);
    w_line(w, "const float mean = v_sum_across(v_sums(x, %s)) / %lld.0f;", n,
           (long long)b->s.len);
    w_line(w, "const float var = v_sum_across(v_deviations(x, %s, v_all(mean))) / %lld.0f;", n,
           (long long)b->s.len);
    w_line(w, "const float scale = 1.0f / sqrtf(var + %sf);", eps);
    return;
  }
  if (b->way == SINGLE) {
    w_line(w, "const vf mean = v_sums(x, %lld) / %lld.0f;", pixels, pixels);
    w_line(w, "const vf var = v_deviations(x, %lld, mean) / %lld.0f;", pixels, pixels);
    w_line(w, "const vf scale = 1.0f / v_sqrt(var + %sf);", eps);
    return;
  }
  w_line(w, "float means[%lld], scales[%lld]; /* of channels */", floats, floats);
  w_line(w, "for (size_t c = 0; c < %lld; ++c)", (long long)b->blocks);
  w_line(w, "  STU(means + c * %d, v_sums(x + c * %lld, %lld));", b->lanes, cb, pixels);
  combine(b, "means", str_fmt(a, "sum / %lld.0f", (long long)b->s.len));
  w_line(w, "for (size_t c = 0; c < %lld; ++c)", (long long)b->blocks);
  w_wrapped(w, str_fmt(a,
                       "  STU(scales + c * %d, v_deviations(x + c * %lld, %lld, LDU(means + c * "
                       "%d)));",
                       b->lanes, cb, pixels, b->lanes));
  combine(b, "scales", str_fmt(a, "1.0f / sqrtf(sum / %lld.0f + %sf)", (long long)b->s.len, eps));
}

/* y = (x - mean) * scale, then weight and bias of a channel, or of each element. */
static void write_blocks(Blocks *b) {
  Kernel *k = b->k;
  Writer *w = &k->w;
  Arena *a = w->out.arena;
  bool each = b->s.own == b->s.len, single = b->blocks == 1;
  long long pixels = b->x.h * b->x.w, cb = b->x.s.cb;
  const char *unit = b->x.blocks > b->blocks ? index_text(k, "cb", b->blocks * b->lanes, 0) : "0";
  const char *channel = single ? unit : sum_text(k, unit, str_fmt(a, "c * %d", b->lanes));
  const char *base = single ? "" : str_fmt(a, " + c * %lld", cb);
  if (!single) w_for(w, "c", b->blocks);
  if (b->way == SHARED) {
    const char *c = single ? "" : str_fmt(a, " + c * %d", b->lanes);
    w_line(w, "const vf mean = LDU(means%s), scale = LDU(scales%s);", c, c);
  }
  if (b->s.affine && !each)
    w_line(w, "const vf weight = scale * LD(i%d + %s), bias = LD(i%d + %s);", k->v.in[1], channel,
           k->v.in[2], channel);
  w_loop(w, (double)pixels, "for (size_t i = 0; i < %lld; i += %d)", pixels * b->lanes, b->lanes);
  const char *x = str_fmt(a, "LD(x%s + i) - mean", base), *value;
  if (each && b->s.affine)
    value = str_fmt(a, "(%s) * scale * LD(i%d%s + i) + LD(i%d%s + i)", x, k->v.in[1], base,
                    k->v.in[2], base);
  else
    value = str_fmt(a, b->s.affine ? "(%s) * weight + bias" : "(%s) * scale", x);
  w_wrapped(w, str_fmt(a, "ST(y%s + i, %s);", base, value));
  w_count_other(w, (b->s.affine ? 4.0 : 2.0) * b->lanes);
  w_count_loads(w, 4.0 * b->lanes);
  w_count_stores(w, 4.0 * b->lanes);
  w_close(w);
  if (!single) w_close(w);
}

static bool blocked_norm(Kernel *k, Segments s) {
  Blocks b = {k, s, SHARED, view4(view_in(&k->v, 0)), view4(view_out(&k->v)), k->t->lanes, 1, 1};
  Writer *w = &k->w;
  if (s.own == s.len) b.s.own = b.x.channels; /* a weight for each element: one group */
  while (b.blocks * b.lanes % b.s.own && b.blocks < b.x.blocks) b.blocks++;
  if (b.x.blocks % b.blocks) b.blocks = b.x.blocks;
  int64_t units = b.x.blocks / b.blocks;
  b.groups = units > 1 ? b.blocks * b.lanes / b.s.own : b.x.channels / b.s.own;
  if (b.s.own == 1)
    b.way = SINGLE, b.blocks = 1, units = b.x.blocks;
  else if (b.s.own == b.blocks * b.lanes)
    b.way = WHOLE;
  kernel_note(k, "a unit of the split is %lld block%s of channels, read three times",
              (long long)b.blocks, b.blocks == 1 ? "" : "s");
  kernel_signature(k);
  View4 unit = {.n = b.x.n, .blocks = units, .h = 1};
  row_units_open(k, &unit, "");
  const char *names[] = {"const float *x", "float *y"};
  for (int i = 0; i < 2; i++) {
    View4 v = i ? b.y : b.x;
    v.s.cb *= b.blocks;
    v.blocks = units, v.h = 1;
    w_line(
        w, "%s = %s;", names[i],
        sum_text(k, i ? "o0" : str_fmt(k->c->arena, "i%d", k->v.in[0]), row_offset(k, &v, "")));
  }
  write_statistics(&b);
  b.s.own = s.own == s.len ? s.len : b.s.own;
  write_blocks(&b);
  row_units_close(k);
  w_close(w);
  return true;
}

bool emit_groupnorm(Kernel *k) {
  const Value *x = view_in(&k->v, 0);
  Segments s = segments_of(k->v.anchor, &x->shape);
  Writer *w = &k->w;
  long long len = (long long)s.len;
  const char *eps = str_float(k->c->arena, (float)s.eps);
  k->base = str_fmt(k->c->arena, "%s_%lldx%lld", op_table[k->v.anchor->op].name,
                    (long long)s.count, len);
  if (k->step->choice.out == FMT_BLOCKED) return blocked_norm(k, s);
  kernel_note(k, "a unit of the split is one segment of %lld elements, read three times", len);
  kernel_signature(k);
  kernel_slice(k, s.count);
  w_loop(w, (double)s.count, "for (size_t u = u0; u < u1; ++u)");
  segment_pointers(k, s.count, s.len);
  w_line(w, "const float mean = s_sum(x, %lld) / %lld.0f;", len, len);
  w_line(w, "const float var = s_deviations(x, %lld, mean) / %lld.0f;", len, len);
  w_line(w, "const float scale = 1.0f / sqrtf(var + %sf);", eps);
  w_count_other(w, 4.0 * (double)len + 5);
  w_count_loads(w, 8.0 * (double)len);
  write_scaled(k, &s);
  w_close(w);
  w_close(w);
  return true;
}
