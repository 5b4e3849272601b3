/* k_norm.c: normalisation by statistics of the tensor itself, in plain layout.
 * layernorm, groupnorm and instancenorm take one contiguous segment as a unit of the split: two
 * passes over it for mean and variance, in 16 partial sums that the compiler keeps in a vector, a
 * third that writes.
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

bool emit_groupnorm(Kernel *k) {
  const Value *x = view_in(&k->v, 0);
  Segments s = segments_of(k->v.anchor, &x->shape);
  Writer *w = &k->w;
  long long len = (long long)s.len;
  const char *eps = str_float(k->c->arena, (float)s.eps);
  k->base = str_fmt(k->c->arena, "%s_%lldx%lld", op_table[k->v.anchor->op].name,
                    (long long)s.count, len);
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
