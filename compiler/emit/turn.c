/* turn.c: between plain and channel-blocked layout: squares of as many pixels as a vector has
 * lanes, times as many channels, are transposed in registers. What is left of a row behind the
 * last whole square goes pixel by pixel.
 */
#include "emit.h"

typedef struct Square {
  Kernel *k;
  const Turn *t;
  int lanes, real; /* channels of the block: the last one may have fewer */
} Square;

/* The plain side's element (or vector) of channel `i`, pixel 0. */
static const char *channel_at(Square *s, const char *base, int i) {
  return sum_text(s->k, base, index_text(s->k, NULL, 0, i * s->t->channel));
}

/* Vectors in, turned, and out, at pixel x. */
static void write_square(Square *s) {
  Writer *w = &s->k->w;
  int lanes = s->lanes, real = s->real;
  bool blocks = s->t->to_blocks;
  w_line(w, "vf v[%d];", lanes);
  for (int i = 0; i < lanes; i++) {
    const char *from =
        blocks ? channel_at(s, "x + w", i) : index_text(s->k, "w", lanes, i * lanes);
    if (blocks && i >= real)
      w_line(w, "v[%d] = (vf){0};", i);
    else
      w_line(w, blocks ? "v[%d] = LDU(%s);" : "v[%d] = LD(x + %s);", i, from);
  }
  w_line(w, "v_transpose(v);");
  for (int i = 0; i < (blocks ? lanes : real); i++) {
    const char *to = blocks ? index_text(s->k, "w", lanes, i * lanes) : channel_at(s, "y + w", i);
    w_line(w, blocks ? "ST(y + %s, v[%d]);" : "STU(%s, v[%d]);", to, i);
  }
  w_count_loads(w, 4.0 * lanes * (blocks ? real : lanes));
  w_count_stores(w, 4.0 * lanes * (blocks ? lanes : real));
}

/* One pixel. */
static void write_pixel(Square *s) {
  Writer *w = &s->k->w;
  w_for(w, "c", s->real);
  const char *plain = sum_text(s->k, "w", index_text(s->k, "c", s->t->channel, 0));
  const char *blocked = sum_text(s->k, index_text(s->k, "w", s->lanes, 0), "c");
  w_line(w, "y[%s] = x[%s];", s->t->to_blocks ? blocked : plain,
         s->t->to_blocks ? plain : blocked);
  w_count_loads(w, 4);
  w_count_stores(w, 4);
  w_close(w);
}

void turn_write(Kernel *k, const Turn *t, int64_t width, int64_t real) {
  Square s = {k, t, k->t->lanes, (int)real};
  Writer *w = &k->w;
  int64_t whole = width - width % s.lanes;
  if (whole) {
    w_loop(w, (double)(whole / s.lanes), "for (size_t w = 0; w < %lld; w += %d)",
           (long long)whole, s.lanes);
    write_square(&s);
    w_close(w);
  }
  if (whole == width) return;
  w_loop(w, (double)(width - whole), "for (size_t w = %lld; w < %lld; ++w)", (long long)whole,
         (long long)width);
  write_pixel(&s);
  w_close(w);
}
