/* k_conv_depthwise.c: one filter per channel, channel-blocked in and out.
 *
 * Lanes are channels that do not mix, so every operand is a vector. A tile holds a few pixels of
 * a row; for each kernel row it loads the kernel's columns, then walks the input columns and adds
 * each, loaded once, to all the pixels that see it. Loops, borders and epilogues are those of the
 * other convolutions (conv_rows.c, conv_tile.c).
 */
#include "emit.h"

enum { HELD_COLUMNS = 7 }; /* kernels this wide or narrower stay in registers for a row */

/* Kernel columns held; each input column is loaded once. */
static void write_by_input(ConvEmit *e, const ConvTile *t) {
  Writer *w = &e->k->w;
  StrBuf b = {.arena = w->out.arena};
  for (int64_t kx = 0; kx < e->s.kw; kx++) {
    int lo, hi;
    conv_column_pixels(e, t, kx, &lo, &hi);
    if (lo >= hi) continue;
    sb_printf(&b, "%s w%lld = LD(wp + %lld)", b.len ? "," : "const vf", (long long)kx,
              (long long)kx * e->lanes);
    w_count_loads(w, 4.0 * e->lanes);
  }
  w_line(w, "%s;", sb_str(&b));
  int64_t last = conv_input_column(e, t, t->px - 1, e->s.kw - 1);
  for (int64_t col = t->col; col <= last && col < e->s.w; col++) {
    b = (StrBuf){.arena = w->out.arena};
    for (int64_t kx = e->s.kw - 1; kx >= 0; kx--)
      for (int p = 0; p < t->px; p++) {
        if (conv_input_column(e, t, p, kx) != col) continue;
        sb_printf(&b, " a0_%d += w%lld * v;", p, (long long)kx);
        w_count_fma(w, e->lanes);
      }
    if (!b.len) continue;
    w_line(w, "v = LD(xp + %lld);%s", (long long)((col - t->col) * e->x.w), sb_str(&b));
    w_count_loads(w, 4.0 * e->lanes);
  }
}

/* Wide kernels: one kernel column after the other. */
static void write_by_kernel(ConvEmit *e, const ConvTile *t) {
  Writer *w = &e->k->w;
  for (int64_t kx = 0; kx < e->s.kw; kx++) {
    int lo, hi;
    conv_column_pixels(e, t, kx, &lo, &hi);
    if (lo >= hi) continue;
    w_line(w, "v = LD(wp + %lld);", (long long)kx * e->lanes);
    for (int p = lo; p < hi; p++)
      w_line(w, "a0_%d += v * LD(xp + %lld);", p,
             (long long)((conv_input_column(e, t, p, kx) - t->col) * e->x.w));
    w_count_loads(w, 4.0 * e->lanes * (1 + hi - lo));
    w_count_fma(w, (double)(hi - lo) * e->lanes);
  }
}

void depthwise_row(ConvEmit *e, const ConvTile *t) {
  if (e->s.kw <= HELD_COLUMNS)
    write_by_input(e, t);
  else
    write_by_kernel(e, t);
}

bool emit_conv_depthwise(Kernel *k) { return conv_emit(k, CONV_DEPTHWISE); }
