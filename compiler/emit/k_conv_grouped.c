/* k_conv_grouped.c: convolution in groups of channels that are no whole vectors.
 *
 * A tile is one block of output channels x some pixels. For the j-th input channel of a group
 * every lane needs that of its own group: a vector that is put together once for each pixel. If
 * groups divide a vector (ResNeXt), it is a shuffle of one input block, and serves all the
 * pixels that see it. Otherwise (ShuffleNet) most output blocks lie within one group, whose
 * channels are broadcast; for a block that several groups share, one broadcast for each is
 * merged by masks. No lane ever meets another group's input, so an infinity stays in its group.
 * Loops, borders and epilogues are those of the other convolutions.
 */
#include "emit.h"

enum { HELD_COLUMNS = 5 }; /* kernels this wide or narrower stay in registers for a row */

static int64_t group_out(const ConvEmit *e) { return e->s.o / e->s.groups; }

static bool shuffles(const ConvEmit *e) { return conv_groups_shuffle(&e->s, e->lanes); }

/* Blocks within a group make up the first set of tiles, blocks that groups share the second. */
void grouped_sets(ConvEmit *e) {
  int64_t blocks = blocks_of(e->s.o, e->lanes), shared = 0;
  e->parts = 1;
  for (int64_t b = 0; b < blocks && !shuffles(e); b++) {
    int64_t parts = conv_block_groups(&e->s, e->lanes, b);
    shared += parts > 1;
    if (parts > e->parts) e->parts = (int)parts;
  }
  int px = e->k->step->choice.px;
  e->set[0] = (ConvTiles){.nq = 1, .px = px, .groups = blocks - shared};
  e->set[1] = (ConvTiles){.nq = 1, .px = px, .groups = shared};
}

/* ---- around the tiles ------------------------------------------------------------------------
 */

/* Where output block g stands among the groups: first_group, and from_group lanes of that one
 * before it. */
void grouped_pointers(ConvEmit *e) {
  Writer *w = &e->k->w;
  if (shuffles(e)) return;
  long long lanes = e->lanes, per = group_out(e);
  w_line(w, "const size_t first_group = g * %lld / %lld;", lanes, per);
  if (e->set[1].groups) w_line(w, "const size_t from_group = g * %lld %% %lld;", lanes, per);
}

/* True for blocks within one group; the last block's lanes may lie beyond all channels. */
const char *grouped_condition(const ConvEmit *e) {
  return str_fmt(e->k->c->arena, "from_group + %d <= %lld || first_group == %lld", e->lanes,
                 (long long)group_out(e), (long long)e->s.groups - 1);
}

const char *grouped_parameters(const ConvEmit *e, const ConvTiles *set, bool call) {
  if (shuffles(e)) return "";
  if (set == &e->set[0]) return call ? ", first_group" : ", size_t first_group";
  return call ? ", first_group, from_group" : ", size_t first_group, size_t from_group";
}

void grouped_unused(ConvEmit *e, const ConvTiles *set) {
  if (shuffles(e)) return;
  w_line(&e->k->w,
         set == &e->set[0] ? "(void)first_group;" : "(void)first_group, (void)from_group;");
}

/* ---- the tile --------------------------------------------------------------------------------
 */

/* First channel of each group, and the lanes at which all groups but the first begin. */
void grouped_variables(ConvEmit *e, const ConvTiles *set) {
  Writer *w = &e->k->w;
  if (shuffles(e)) return;
  long long in = e->s.c, per = group_out(e), last = e->s.groups - 1;
  w_line(w, "const size_t k0 = first_group * %lld;", in);
  if (set == &e->set[0]) return;
  StrBuf b = {.arena = w->out.arena};
  for (int l = 0; l < e->lanes; l++) sb_printf(&b, "%s%d", l ? ", " : "", l);
  w_line(w, "const vi lane = {%s};", sb_str(&b));
  for (int i = 1; i < e->parts; i++) {
    w_line(w, "const size_t k%d = (first_group + %d < %lld ? first_group + %d : %lld) * %lld;", i,
           i, last, i, last, in);
    w_line(w, "const vi m%d = (vi)(lane >= %lld - (int)from_group);", i, per * i);
  }
}

/* The lanes of a vector whose lane l is that of channel j of l's group. */
static const char *shuffle_text(const ConvEmit *e, int64_t j) {
  StrBuf b = {.arena = e->k->c->arena};
  for (int64_t l = 0; l < e->lanes; l++)
    sb_printf(&b, ", %lld", (long long)(l / e->s.c * e->s.c + j));
  return sb_str(&b);
}

/* Kernel columns held; each input column is shuffled once and added to all that see it. */
static void shuffled_by_input(ConvEmit *e, const ConvTile *t, int64_t j) {
  Writer *w = &e->k->w;
  StrBuf b = {.arena = w->out.arena};
  for (int64_t kx = 0; kx < e->s.kw; kx++) {
    int lo, hi;
    conv_column_pixels(e, t, kx, &lo, &hi);
    if (lo >= hi) continue;
    sb_printf(&b, "%s w%lld = LD(wp + %lld)", b.len ? "," : "const vf", (long long)kx,
              (long long)((j * e->s.kw + kx) * e->lanes));
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
    w_line(w, "v = SHUFFLE(LD(xp + %lld)%s);", (long long)((col - t->col) * e->x.w),
           shuffle_text(e, j));
    w_line(w, "%s", sb_str(&b) + 1);
    w_count_loads(w, 4.0 * e->lanes);
  }
}

/* Wide kernels: one kernel column after the other. */
static void shuffled_by_kernel(ConvEmit *e, const ConvTile *t, int64_t j) {
  Writer *w = &e->k->w;
  for (int64_t kx = 0; kx < e->s.kw; kx++) {
    int lo, hi;
    conv_column_pixels(e, t, kx, &lo, &hi);
    if (lo >= hi) continue;
    w_line(w, "v = LD(wp + %lld);", (long long)((j * e->s.kw + kx) * e->lanes));
    for (int p = lo; p < hi; p++)
      w_line(w, "a0_%d += v * SHUFFLE(LD(xp + %lld)%s);", p,
             (long long)((conv_input_column(e, t, p, kx) - t->col) * e->x.w), shuffle_text(e, j));
    w_count_loads(w, 4.0 * e->lanes * (1 + hi - lo));
    w_count_fma(w, (double)(hi - lo) * e->lanes);
  }
}

/* Channel j + u of each group and one kernel column, for pixels lo..hi. */
static void write_step(ConvEmit *e, const ConvTiles *set, const ConvTile *t, int64_t u,
                       int64_t kx) {
  Writer *w = &e->k->w;
  int lo, hi, parts = set == &e->set[0] ? 1 : e->parts;
  conv_column_pixels(e, t, kx, &lo, &hi);
  if (lo >= hi) return;
  for (int i = 0; i < parts; i++) w_line(w, "HIDE(x%d);", i);
  w_line(w, "v = LD(wp + %lld);", (long long)((u * e->s.kw + kx) * e->lanes));
  for (int p = lo; p < hi; p++) {
    long long off = (conv_input_column(e, t, p, kx) - t->col) * e->x.w + u;
    if (parts == 1) {
      w_line(w, "a0_%d += v * x0[%lld];", p, off);
      continue;
    }
    w_line(w, "u = SPLAT(x0[%lld]);", off);
    for (int i = 1; i < parts; i++)
      w_line(w, "u = v_select(m%d, SPLAT(x%d[%lld]), u);", i, i, off);
    w_line(w, "a0_%d += v * u;", p);
  }
  w_count_fma(w, (double)(hi - lo) * e->lanes);
  w_count_loads(w, 4.0 * (e->lanes + (hi - lo) * parts));
}

/* Channels in steps that stay within a block and divide a group. */
static void write_segments(ConvEmit *e, const ConvTiles *set, const ConvTile *t) {
  Writer *w = &e->k->w;
  int64_t most = e->s.kw == 1 ? 4 : e->s.kw <= 3 ? 2 : 1, step = 1;
  for (int64_t u = 2; u <= most; u++)
    if (e->s.c % u == 0 && e->lanes % u == 0) step = u;
  long long c = e->s.c, lanes = e->lanes, cb = e->x.cb, row = step * e->s.kw * e->lanes;
  w_loop(w, (double)(e->s.c / step), "for (size_t j = 0; j < %lld; j += %lld, wp += %lld)", c,
         (long long)step, row);
  for (int i = 0; i < (set == &e->set[0] ? 1 : e->parts); i++)
    w_line(w, "const float *x%d = xp + (k%d + j) / %lld * %lld + (k%d + j) %% %lld;", i, i, lanes,
           cb, i, lanes);
  w_line(w, set == &e->set[0] ? "vf v;" : "vf u, v;");
  for (int64_t u = 0; u < step; u++)
    for (int64_t kx = 0; kx < e->s.kw; kx++) write_step(e, set, t, u, kx);
  w_close(w);
}

void grouped_row(ConvEmit *e, const ConvTiles *set, const ConvTile *t) {
  Writer *w = &e->k->w;
  if (!shuffles(e)) {
    write_segments(e, set, t);
    return;
  }
  w_line(w, "vf v;");
  for (int64_t j = 0; j < e->s.c; j++) {
    w_block(w);
    w_line(w, "HIDE(xp); /* input channel %lld of each group */", (long long)j);
    if (e->s.kw <= HELD_COLUMNS)
      shuffled_by_input(e, t, j);
    else
      shuffled_by_kernel(e, t, j);
    w_close(w);
  }
}

bool emit_conv_grouped(Kernel *k) { return conv_emit(k, CONV_GROUPED); }
