/* k_lrn.c: local response normalisation, plain or channel-blocked.
 *
 * In channel blocks a vector's window reaches into the blocks before and behind: the squares of
 * the three, those beyond the first and the last channel masked to 0, are shifted against each
 * other by shuffles. In plain layout a unit is one map, whose sums of squares gather in the output,
 * channel after channel.
 */
#include "emit.h"

/* Declares x and y at map u; samples may lie apart in a larger tensor. */
static void map_pointers(Kernel *k, int64_t channels, int64_t len) {
  const Value *v[] = {view_in(&k->v, 0), view_out(&k->v)};
  const char *names[] = {"x", "y"};
  for (int i = 0; i < 2; i++) {
    int64_t sample = v[i]->shape.rank == 4 ? value_strides(v[i]).n : channels * len;
    const char *base = i ? "o0" : str_fmt(k->c->arena, "i%d", k->v.in[0]);
    const char *at =
        v[i]->shape.dim[0] == 1 || sample == channels * len
            ? index_text(k, "u", len, 0)
            : str_fmt(k->c->arena, "u / %lld * %lld + u %% %lld * %lld", (long long)channels,
                      (long long)sample, (long long)channels, (long long)len);
    w_line(&k->w, "%sfloat *%s = %s + %s;", i ? "" : "const ", names[i], base, at);
  }
}

/* v to the power of beta as square roots where that is possible, so that rows become vectors. */
static const char *power_text(Kernel *k, double beta) {
  if (beta == 0.75) return "sqrtf(v) * sqrtf(sqrtf(v))";
  if (beta == 0.5) return "sqrtf(v)";
  if (beta == 1) return "v";
  return str_fmt(k->c->arena, "powf(v, %sf)", str_float(k->c->arena, (float)beta));
}

static bool plain_lrn(Kernel *k) {
  const Value *x = view_in(&k->v, 0);
  const LrnAttr *a = ATTR(k->v.anchor, LrnAttr);
  Writer *w = &k->w;
  int64_t channels = x->shape.dim[1], maps = x->shape.dim[0] * channels;
  int64_t len = shape_count(&x->shape) / maps;
  long long before = (long long)(a->size / 2), after = (long long)((a->size - 1) / 2);
  k->base = str_fmt(k->c->arena, "lrn%lld_%lldx%lld", (long long)a->size, (long long)maps,
                    (long long)len);
  kernel_note(k,
              "a unit of the split is one map; its window of %lld channels is added up in place",
              (long long)a->size);
  kernel_signature(k);
  kernel_slice(k, maps);
  w_loop(w, (double)maps, "for (size_t u = u0; u < u1; ++u)");
  map_pointers(k, channels, len);
  const char *c =
      x->shape.dim[0] > 1 ? str_fmt(k->c->arena, "u %% %lld", (long long)channels) : "u";
  w_line(w, "const ptrdiff_t c = (ptrdiff_t)(%s);", c);
  w_line(w, "const ptrdiff_t lo = c < %lld ? -c : -%lld;", before, before);
  w_line(w, "const ptrdiff_t hi = %lld - c < %lld ? %lld - c : %lld;", (long long)channels - 1,
         after, (long long)channels - 1, after);
  w_for(w, "i", len);
  w_line(w, "y[i] = 0;");
  w_close(w);
  w_loop(w, (double)a->size, "for (ptrdiff_t q = lo; q <= hi; ++q)");
  w_line(w, "const float *z = x + q * %lld;", (long long)len);
  w_for(w, "i", len);
  w_line(w, "y[i] += z[i] * z[i];");
  w_count_fma(w, 1);
  w_count_loads(w, 8);
  w_count_stores(w, 4);
  w_close(w);
  w_close(w);
  w_for(w, "i", len);
  w_line(w, "const float v = %sf + %sf * y[i];", str_float(k->c->arena, (float)a->k),
         str_float(k->c->arena, (float)(a->alpha / (double)a->size)));
  w_line(w, "y[i] = x[i] / (%s);", power_text(k, a->beta));
  w_count_other(w, 5);
  w_count_loads(w, 8);
  w_count_stores(w, 4);
  for (int i = 0; i < 3; i++) w_close(w);
  return true;
}

/* ---- channel blocks ------------------------------------------------------------------------- */

/* How far windows reach: into the block before, into the one behind; 0 where there is none. */
typedef struct Reach {
  int64_t before, behind;
} Reach;

/* The masks and pointers p0, p1, p2 of the blocks before, at and behind cb. */
static void write_neighbours(Kernel *k, const View4 *x, Reach r, const char *row) {
  Writer *w = &k->w;
  long long last = x->blocks - 1, step = x->s.cb, tail = x->channels - last * k->t->lanes;
  const char *all = lane_mask_text(k, k->t->lanes), *some = lane_mask_text(k, tail);
  w_line(w, "const float *p1 = i%d + %s;", k->v.in[0], row);
  if (!last) {
    w_line(w, "const vi m1 = %s;", some);
    return;
  }
  w_line(w, "const vi all = %s;", all);
  w_line(w, "const vi some = %s;", some);
  w_line(w, "const vi m1 = cb < %lld ? all : some;", last);
  if (r.before) {
    w_line(w, "const vi m0 = cb > 0 ? all : (vi){0};");
    w_line(w, "const float *p0 = cb > 0 ? p1 - %lld : p1;", step);
  }
  if (!r.behind) return;
  w_line(w, "const vi m2 = cb + 1 < %lld ? all : cb < %lld ? some : (vi){0};", last, last);
  w_line(w, "const float *p2 = cb < %lld ? p1 + %lld : p1;", last, step);
}

/* Lanes from `from` on of the vectors a and b behind each other. */
static const char *shifted(Kernel *k, const char *a, const char *b, int64_t from) {
  StrBuf s = {.arena = k->c->arena};
  sb_printf(&s, "SHUFFLE2(%s, %s", a, b);
  for (int64_t i = 0; i < k->t->lanes; i++) sb_printf(&s, ", %d", (int)(from + i));
  sb_puts(&s, ")");
  return sb_str(&s);
}

static void write_window(Kernel *k, Reach r, bool single) {
  Writer *w = &k->w;
  int lanes = k->t->lanes;
  for (int i = 0; i < 3; i++) {
    if ((i == 0 && !r.before) || (i == 2 && !r.behind)) continue;
    if (single && i != 1)
      w_line(w, "const vf q%d = {0};", i);
    else
      w_line(w, "const vf q%d = (vf)((vi)v_square(%s) & m%d);", i,
             load_text(k, str_fmt(w->out.arena, "p%d", i), "at", false), i);
  }
  w_line(w, "vf sum = q1;");
  for (int64_t d = 1; d <= r.before; d++)
    w_line(w, "sum += %s;", shifted(k, "q0", "q1", lanes - d));
  for (int64_t d = 1; d <= r.behind; d++) w_line(w, "sum += %s;", shifted(k, "q1", "q2", d));
  w_count_other(w, (double)(r.before + r.behind + 3) * lanes);
}

static bool blocked_lrn(Kernel *k) {
  const LrnAttr *a = ATTR(k->v.anchor, LrnAttr);
  Writer *w = &k->w;
  View4 x = view4(view_in(&k->v, 0)), y = view4(view_out(&k->v));
  Reach r = {a->size / 2, (a->size - 1) / 2};
  const char *beta = str_float(w->out.arena, (float)a->beta);
  k->base = str_fmt(w->out.arena, "lrn%lld_%lldx%lldx%lld", (long long)a->size,
                    (long long)x.channels, (long long)x.h, (long long)x.w);
  kernel_note(k,
              "windows of %lld channels by shuffles; a unit of the split is one row of a block",
              (long long)a->size);
  kernel_signature(k);
  row_units_open(k, &y, "oy");
  write_neighbours(k, &x, r, row_offset(k, &x, "oy"));
  w_line(w, "float *y = o0 + %s;", row_offset(k, &y, "oy"));
  w_for(w, "i", x.w);
  w_line(w, "const size_t at = i * %lld;", (long long)x.s.w);
  write_window(k, r, x.blocks == 1);
  w_line(w, "const vf v = %sf + %sf * sum;", str_float(w->out.arena, (float)a->k),
         str_float(w->out.arena, (float)(a->alpha / (double)a->size)));
  if (a->beta == 0.75) {
    w_line(w, "const vf root = v_sqrt(v);");
    w_line(w, "ST(y + at, LD(p1 + at) / (root * v_sqrt(root)));");
  } else if (a->beta == 0.5 || a->beta == 1) {
    w_line(w, "ST(y + at, LD(p1 + at) / %s);", a->beta == 1 ? "v" : "v_sqrt(v)");
  } else {
    w_line(w, "ST(y + at, LD(p1 + at) / v_pow(v, v_all(%sf)));", beta);
  }
  w_count_other(w, 5.0 * k->t->lanes);
  w_count_stores(w, 4.0 * k->t->lanes);
  while (w->depth) w_close(w);
  return true;
}

bool emit_lrn(Kernel *k) {
  return k->step->choice.out == FMT_BLOCKED ? blocked_lrn(k) : plain_lrn(k);
}
