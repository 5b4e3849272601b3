/* k_pool.c: pooling over fixed windows.
 *
 * A tile holds a few neighbouring outputs of a row. What their windows share is done once: the
 * rows of the window are combined column by column, then columns to outputs, so that 3 x 3
 * windows side by side take a little more than four steps each and not eight. Columns outside
 * the map do not appear in a tile's text. Of maxima and minima the rows are spelled out, those
 * outside the map replaced by the nearest one inside, which changes nothing; sums (and tall
 * windows) run over the rows on the map.
 *
 * Windows that move by one row are taken two output rows at a time: of the four rows that two
 * 3 x 3 windows see, each is loaded once, and the two in the middle are combined once. Likewise
 * two outputs side by side begin with the columns that they have in common. Sums do so where both
 * windows lie on the map; what an average divides by is a constant there. Maxima and minima of
 * two rows ignore NaN: a sum of products of all that a chunk reads tells whether there was any (or
 * an infinity), and then its rows are done again one by one, with care.
 */
#include "emit.h"

enum {
  TILE = 8,     /* outputs side by side */
  MAX_ROWS = 5, /* window rows spelled out */
  CHAINS = 8,   /* columns of a window wider than the registers meet in as many sums */
};

typedef struct Pool {
  Kernel *k;
  View4 x, y;
  const PoolAttr *a;
  PoolKind kind;
  bool spelled; /* window rows r0, r1, … instead of a loop */
  bool pairs;   /* two output rows at a time, of sums where both windows lie on the map */
  int high;     /* output rows being written: 1 or 2 */
  bool checked; /* maxima of two rows ignore NaN, and sum0, sum1 tell of it */
  int px;       /* outputs of a tile, at most */
  int64_t rows; /* output rows of a unit of the split */
  double rows_mean;
} Pool;

/* Valid taps [lo, hi) of output column ox, and the window's width that an average divides by. */
typedef struct Taps {
  int64_t lo, hi, width;
} Taps;

/* Outputs ox … of which the first window begins at input column `left`, `count` tiles alike. */
typedef struct Tile {
  int px;
  int64_t ox, count, left;
} Tile;

static int64_t window_left(const Pool *p, int64_t ox) {
  return ox * p->a->stride.v[1] - p->a->pad.v[1];
}

static Taps column_taps(const Pool *p, int64_t ox) {
  const PoolAttr *a = p->a;
  int64_t at = window_left(p, ox);
  Taps t = {max64(0, -at), min64(a->kernel.v[1], p->x.w - at), 0};
  t.width = a->count_pad ? min64(a->kernel.v[1], p->x.w + a->pad.v[3] - at) : t.hi - t.lo;
  return t;
}

static bool same_text(const Pool *p, const Tile *a, const Tile *b) {
  if (a->px != b->px) return false;
  for (int i = 0; i < a->px; i++) {
    Taps s = column_taps(p, a->ox + i), t = column_taps(p, b->ox + i);
    if (s.lo != t.lo || s.hi != t.hi || s.width != t.width) return false;
  }
  return true;
}

/* ---- rows of the window ---------------------------------------------------------------------
 */

static bool summed(const Pool *p) { return p->kind == POOL_MEAN || p->kind == POOL_L2; }

/* r0, r1, …: window rows, those outside the map replaced by the nearest inside. */
static void write_row_pointers(Pool *p, const char *oy) {
  Writer *w = &p->k->w;
  long long s = p->a->stride.v[0], pad = p->a->pad.v[0], h = p->x.h, step = p->x.s.h;
  w_line(w, "const ptrdiff_t top = (ptrdiff_t)(%s)%s; /* of the window */",
         index_text(p->k, oy, s, 0), pad ? str_fmt(w->out.arena, " - %lld", pad) : "");
  const char *strip = p->x.row0 ? str_fmt(w->out.arena, " - (ptrdiff_t)%s", p->x.row0) : "";
  for (long long i = 0; i < p->a->kernel.v[0] + p->high - 1; i++) {
    const char *at = i ? str_fmt(w->out.arena, "top + %lld", i) : "top";
    const char *low = !summed(p) && i < pad ? str_fmt(w->out.arena, "%s < 0 ? 0 : ", at) : "";
    bool beyond = !summed(p) && ((long long)p->y.h - p->high) * s - pad + i >= h;
    const char *high =
        beyond ? str_fmt(w->out.arena, "%s > %lld ? %lld : ", at, h - 1, h - 1) : "";
    w_line(w, "const float *r%lld = map + ((%s%s%s)%s) * %lld;", i, low, high, at, strip, step);
  }
}

/* y0, y1: the window rows on the map; for averages, the height they divide by. */
static void write_row_bounds(Pool *p, const char *oy) {
  Writer *w = &p->k->w;
  const PoolAttr *a = p->a;
  long long s = a->stride.v[0], pad = a->pad.v[0], kh = a->kernel.v[0], h = p->x.h;
  w_line(w, "const ptrdiff_t top = (ptrdiff_t)(%s)%s; /* of the window */",
         index_text(p->k, oy, s, 0), pad ? str_fmt(w->out.arena, " - %lld", pad) : "");
  w_line(w, "const size_t y0 = top < 0 ? 0 : (size_t)top;");
  w_line(w, "const size_t y1 = top + %lld < %lld ? (size_t)(top + %lld) : %lld;", kh, h, kh, h);
  if (p->kind == POOL_MEAN && a->count_pad) {
    long long end = h + (long long)a->pad.v[2];
    w_line(w, "const size_t height = (size_t)((top + %lld < %lld ? top + %lld : %lld) - top);",
           kh, end, kh, end);
  } else if (p->kind == POOL_MEAN) {
    w_line(w, "const size_t height = y1 - y0;");
  }
}

/* ---- a tile ---------------------------------------------------------------------------------
 */

static const char *type_of(const Pool *p) { return p->x.scalar ? "float" : "vf"; }
static char prefix_of(const Pool *p) { return p->x.scalar ? 's' : 'v'; }
static const char *word(const Pool *p) { return p->kind == POOL_MAX ? "max" : "min"; }

static const char *column_at(Pool *p, const Tile *t, int64_t col, const char *j) {
  int64_t step = t->px * p->a->stride.v[1] * p->x.s.w;
  return index_text(p->k, j, step, (t->left + col) * p->x.s.w);
}

/* Largest (smallest) of n operands: three at a time, which checks for NaN once, unless that is
 * done elsewhere. */
static const char *extreme_text(Pool *p, const char *const *x, int n) {
  Arena *a = p->k->c->arena;
  const char *m = x[0], *plain = p->kind == POOL_MAX ? "v_top" : "v_bottom";
  int i = 1;
  for (; i < n && p->high > 1 && p->checked; i++) m = str_fmt(a, "%s(%s, %s)", plain, x[i], m);
  for (; i + 1 < n; i += 2)
    m = str_fmt(a, "%c_%s3(%s, %s, %s)", prefix_of(p), word(p), m, x[i], x[i + 1]);
  if (i < n) m = str_fmt(a, "%c_%s(%s, %s)", prefix_of(p), word(p), m, x[i]);
  w_count_other(&p->k->w, (n - 1) * p->x.s.lanes);
  return m;
}

static bool column_used(const Pool *p, const Tile *t, int64_t col) {
  for (int i = 0; i < t->px; i++) {
    Taps s = column_taps(p, t->ox + i);
    int64_t tap = col - i * p->a->stride.v[1];
    if (s.lo <= tap && tap < s.hi) return true;
  }
  return false;
}

/* All of n operands in one: their sum, or the largest or smallest. */
static const char *combine_text(Pool *p, const char *const *x, int n) {
  if (!summed(p)) return extreme_text(p, x, n);
  StrBuf b = {.arena = p->k->c->arena};
  for (int i = 0; i < n; i++) sb_printf(&b, "%s%s", i ? " + " : "", x[i]);
  w_count_other(&p->k->w, (double)(n - 1) * p->x.s.lanes);
  return sb_str(&b);
}

/* Lets NaN among the operands be seen in a sum: products of four, which units do that maxima and
 * additions leave idle. */
static void write_check(Pool *p, const char *const *x, int n, int64_t sum) {
  Writer *w = &p->k->w;
  StrBuf hold = {.arena = w->out.arena};
  for (int i = 0; i < n; i++) sb_printf(&hold, "%sHOLD(%s);", i ? " " : "", x[i]);
  w_wrapped(w, sb_str(&hold));
  for (int i = 0; i < n; i += 4) {
    const char *second = x[i + 1 < n ? i + 1 : i];
    StrBuf b = {.arena = w->out.arena};
    sb_printf(&b, "sum%lld += %s * %s", (long long)sum, x[i], second);
    if (i + 2 < n)
      sb_printf(&b, " * (%s%s%s)", x[i + 2], i + 3 < n ? " * " : "", i + 3 < n ? x[i + 3] : "");
    w_line(w, "%s;", sb_str(&b));
    w_count_other(w, (n - i < 4 ? n - i : 4) * p->x.s.lanes);
  }
}

/* The column's part of each output row's window: c0, c1, … and d0, d1, … for the second row. Both
 * begin with the rows that they share. */
static void write_spelled_column(Pool *p, const Tile *t, int64_t col, const char *j) {
  Arena *a = p->k->c->arena;
  const char *row[MAX_ROWS + 1], *x[MAX_ROWS];
  int n = (int)p->a->kernel.v[0], rows = n + p->high - 1;
  StrBuf b = {.arena = a};
  for (int i = 0; i < rows; i++) {
    row[i] = load_text(p->k, str_fmt(a, "r%d", i), column_at(p, t, col, j), p->x.scalar);
    sb_printf(&b, "%s x%d_%lld = %s", i ? "," : type_of(p), i, (long long)col, row[i]);
    if (p->high > 1) row[i] = str_fmt(a, "x%d_%lld", i, (long long)col);
  }
  bool checked = p->high > 1 && p->checked;
  if (p->high > 1) w_wrapped(&p->k->w, str_fmt(a, "%s%s;", checked ? "" : "const ", sb_str(&b)));
  if (checked) write_check(p, row, rows, col % 2);
  for (int q = 0; q < p->high; q++) {
    for (int i = 0; i < n; i++) x[i] = row[p->high == 1 ? i : i + 1];
    if (p->high > 1) x[n - 1] = row[q ? n : 0];
    w_line(&p->k->w, "const %s %c%lld = %s;", type_of(p), 'c' + q, (long long)col,
           combine_text(p, x, n));
  }
}

/* The accumulator of a column: its own, or of wide windows one of a few. */
static int64_t sum_of(const Pool *p, const Tile *t, int64_t col) {
  return t->px == 1 ? (col - column_taps(p, t->ox).lo) % CHAINS : col;
}

static int64_t columns_of(const Pool *p, const Tile *t) {
  return (t->px - 1) * p->a->stride.v[1] + p->a->kernel.v[1];
}

static void write_sums(Pool *p, const Tile *t) {
  Writer *w = &p->k->w;
  StrBuf b = {.arena = w->out.arena};
  bool extreme = p->kind == POOL_MAX || p->kind == POOL_MIN;
  const char *sign = p->kind == POOL_MAX ? "-" : "", *zero = p->x.scalar ? "0" : "{0}";
  const char *limit = str_fmt(b.arena, p->x.scalar ? "%sINFINITY" : "v_all(%sINFINITY)", sign);
  int64_t declared = 0;
  for (int64_t col = 0; col < columns_of(p, t); col++) {
    if (!column_used(p, t, col) || (t->px == 1 && declared == CHAINS)) continue;
    sb_printf(&b, "%s c%lld = %s", declared++ ? "," : type_of(p), (long long)sum_of(p, t, col),
              extreme ? limit : zero);
  }
  if (declared) w_line(w, "%s;", sb_str(&b));
}

static void write_summed_columns(Pool *p, const Tile *t, const char *j) {
  Writer *w = &p->k->w;
  write_sums(p, t);
  w_loop(w, p->rows_mean, "for (size_t iy = y0; iy < y1; ++iy)");
  w_line(w, "const float *r = map + %s * %lld;", row_text(p->k, &p->x, "iy"),
         (long long)p->x.s.h);
  for (int64_t col = 0; col < columns_of(p, t); col++) {
    if (!column_used(p, t, col)) continue;
    const char *x = load_text(p->k, "r", column_at(p, t, col, j), p->x.scalar);
    long long c = sum_of(p, t, col);
    if (p->kind == POOL_MAX || p->kind == POOL_MIN)
      w_line(w, "c%lld = %c_%s(c%lld, %s);", c, prefix_of(p), word(p), c, x);
    else if (p->kind == POOL_L2)
      w_line(w, "c%lld += %c_square(%s);", c, prefix_of(p), x);
    else
      w_line(w, "c%lld += %s;", c, x);
    w_count_other(w, p->x.s.lanes * (p->kind == POOL_L2 ? 2 : 1));
  }
  w_close(w);
}

/* Does the window of output i of the tile hold the column? */
static bool holds(const Pool *p, const Tile *t, int i, int64_t col) {
  if (i < 0 || i >= t->px) return false;
  Taps s = column_taps(p, t->ox + i);
  int64_t tap = col - i * p->a->stride.v[1];
  return s.lo <= tap && tap < s.hi;
}

/* The columns of a window of output row q, combined: first those that it has in common with its
 * neighbour, outputs 2i and 2i + 1 being neighbours. */
static const char *window_text(Pool *p, const Tile *t, int i, int q) {
  Arena *a = p->k->c->arena;
  Taps s = column_taps(p, t->ox + i);
  int64_t first = i * p->a->stride.v[1], n = s.hi - s.lo, count = 0;
  bool chains = t->px == 1 && !p->spelled;
  if (chains && n > CHAINS) n = CHAINS;
  const char **x = NEWN(a, const char *, n + 1);
  for (int own = 0; own < 2; own++)
    for (int64_t c = 0; c < n; c++) {
      int64_t col = first + s.lo + c;
      if (holds(p, t, i ^ 1, col) == own) continue;
      x[count++] = str_fmt(a, "%c%lld", 'c' + q, (long long)(chains ? sum_of(p, t, col) : col));
    }
  return combine_text(p, x, (int)n);
}

static void write_mean(Pool *p, const Tile *t, int i, const char *acc) {
  Writer *w = &p->k->w;
  long long width = (long long)column_taps(p, t->ox + i).width;
  if (p->high > 1)
    w_line(w, "%s *= 1.0f / %lld;", acc, width * (long long)p->a->kernel.v[0]);
  else
    w_line(w, "%s /= (float)(height * %lld);", acc, width);
}

static void write_output(Pool *p, const Tile *t, int i, int q, const char *j) {
  Kernel *k = p->k;
  Writer *w = &k->w;
  Arena *a = k->c->arena;
  const View4 *y = &p->y;
  const char *acc = str_fmt(a, "%c%d", q ? 'e' : 'a', i);
  w_line(w, "%s %s = %s;", type_of(p), acc, window_text(p, t, i, q));
  if (p->kind == POOL_L2)
    w_line(w, "%s = %c_sqrt(%s);", acc, prefix_of(p), acc);
  else if (p->kind == POOL_MEAN)
    write_mean(p, t, i, acc);
  w_count_other(w, summed(p) ? p->x.s.lanes : 0);
  int64_t place = (t->ox + i) * y->s.w + q * y->s.h;
  const char *at = sum_text(k, "at", index_text(k, j, t->px * y->s.w, place));
  const char *channel = y->blocks == 1 ? "0"
                        : y->scalar    ? "cb"
                                       : str_fmt(a, "cb * %d", y->s.lanes);
  epilogue_write(k, acc, channel, y->n > 1 ? "s" : "0", at, y->scalar);
  if (y->n > 1) at = str_fmt(a, "s * %lld + %s", (long long)y->s.n, at);
  store_line(k, at, acc, y->scalar);
}

/* Columns right before the output that needs them first, so that few are held. */
static void write_tile(Pool *p, const Tile *t) {
  Writer *w = &p->k->w;
  const char *j = t->count > 1 ? "j" : NULL;
  if (j)
    w_for(w, "j", t->count);
  else
    w_block(w);
  if (!p->spelled) write_summed_columns(p, t, j);
  int64_t col = 0;
  for (int i = 0; i < t->px; i++) {
    int64_t end = i * p->a->stride.v[1] + p->a->kernel.v[1];
    for (; p->spelled && col < end; col++)
      if (column_used(p, t, col)) write_spelled_column(p, t, col, j);
    for (int q = 0; q < p->high; q++) write_output(p, t, i, q, j);
  }
  w_close(w);
}

/* ---- the row --------------------------------------------------------------------------------
 */

/* Equal tiles, except that the last may be narrower by one; neighbours alike become a loop. */
static int write_tiles(Pool *p) {
  int64_t tiles = ceil_div(p->y.w, p->px), ox = 0;
  int texts = 0;
  Tile open = {0};
  for (int64_t i = 0; i < tiles; i++) {
    Tile t = {.px = (int)((i + 1) * p->y.w / tiles - i * p->y.w / tiles), .ox = ox, .count = 1};
    t.left = window_left(p, ox);
    ox += t.px;
    if (open.count && same_text(p, &open, &t)) {
      open.count++;
      continue;
    }
    if (open.count) write_tile(p, &open), texts++;
    open = t;
  }
  write_tile(p, &open);
  return texts + 1;
}

static double mean_rows(const Pool *p) {
  int64_t sum = 0, kh = p->a->kernel.v[0];
  for (int64_t y = 0; y < p->y.h; y++) {
    int64_t top = y * p->a->stride.v[0] - p->a->pad.v[0];
    sum += min64(kh, p->x.h - top) - max64(0, -top);
  }
  return (double)sum / (double)p->y.h;
}

/* Kernel rows and a column of each in registers; the columns of two rows fit as well. */
static void set_up(Pool *p) {
  bool extreme = p->kind == POOL_MAX || p->kind == POOL_MIN;
  int64_t kh = p->a->kernel.v[0], kw = p->a->kernel.v[1], sx = p->a->stride.v[1];
  int64_t held = p->k->t->registers * 3 / 4;
  bool fits = kh <= MAX_ROWS && kw <= held;
  p->spelled = extreme && fits;
  p->pairs = fits && p->kind != POOL_L2 && kh > 1 && p->a->stride.v[0] == 1 && p->y.h > 1 &&
             2 * kw <= held;
  p->checked = extreme && !p->x.scalar && !p->k->step->in_place;
  p->high = 1;
  p->px = TILE;
  while (!p->spelled && p->px > 1 && (p->px - 1) * sx + kw > held) p->px--;
  p->px = (int)min64(p->px, p->y.w);
  p->rows = p->k->step->choice.rows > 0 ? p->k->step->choice.rows : p->y.h;
  p->rows_mean = mean_rows(p);
}

/* One output row, or two; returns how many different tiles it has. */
static int write_row(Pool *p, int high) {
  bool spelled = p->spelled;
  const char *oy = p->y.h > 1 ? "oy" : "0";
  View4 out = p->y;
  out.n = 1;
  p->high = high, p->spelled |= high > 1;
  if (p->spelled)
    write_row_pointers(p, oy);
  else
    write_row_bounds(p, oy);
  w_line(&p->k->w, "const size_t at = %s;", row_offset(p->k, &out, "oy"));
  int texts = write_tiles(p);
  p->high = 1, p->spelled = spelled;
  return texts;
}

/* Do rows oy and oy + 1 go together, in a chunk that ends at `to`? */
static bool paired(const Pool *p, int64_t oy, int64_t to) {
  int64_t top = oy - p->a->pad.v[0];
  return oy + 1 < to && (!summed(p) || (top >= 0 && top + p->a->kernel.v[0] < p->x.h));
}

/* How many pairs of rows the chunks of a map have, and how many rows are left. */
static double count_pairs(const Pool *p, int64_t chunks, double *single) {
  double pairs = 0;
  *single = 0;
  for (int64_t q = 0; q < chunks; q++)
    for (int64_t oy = q * p->y.h / chunks, to = (q + 1) * p->y.h / chunks; oy < to;) {
      bool two = paired(p, oy, to);
      oy += two ? 2 : 1, pairs += two, *single += !two;
    }
  return pairs;
}

/* The rows of a chunk, two at a time where they go together. */
static int write_pairs(Pool *p) {
  Writer *w = &p->k->w;
  long long kh = p->a->kernel.v[0], pad = p->a->pad.v[0], h = p->x.h;
  double chunks = (double)row_chunk_count(p->k, &p->y, p->rows), single;
  double pairs = count_pairs(p, (int64_t)chunks, &single);
  StrBuf b = {.arena = w->out.arena};
  sb_puts(&b, "oy + 1 < to");
  if (summed(p) && pad) sb_printf(&b, " && oy >= %lld", pad);
  if (summed(p)) sb_printf(&b, " && oy + %lld < %lld", kh - pad, h);
  row_chunk_bounds(p->k, &p->y, p->rows);
  w_line(w, "size_t oy = from;");
  if (p->checked) w_line(w, "vf sum0 = {0}, sum1 = {0};");
  if (summed(p)) w_loop(w, (pairs + single) / chunks, "for (size_t next; oy < to; oy = next)");
  double times = summed(p) ? pairs / (pairs + single) : pairs / chunks;
  w_loop(w, times, summed(p) ? "if (%s)" : "for (; %s; oy += 2)", sb_str(&b));
  int texts = write_row(p, 2);
  if (summed(p)) w_line(w, "next = oy + 2;");
  w_close(w);
  if (p->checked) w_line(w, "if (v_odd(sum0 + sum1)) oy = from;");
  times = summed(p) ? single / (pairs + single) : single / chunks;
  w_loop(w, times, summed(p) ? "else" : "for (; oy < to; ++oy)");
  texts += write_row(p, 1);
  if (summed(p)) w_line(w, "next = oy + 1;");
  return texts;
}

bool emit_pool(Kernel *k) {
  Pool p = {.k = k, .x = view_input(k), .y = view_output(k)};
  Writer *w = &k->w;
  Arena *a = k->c->arena;
  p.a = ATTR(k->v.anchor, PoolAttr);
  pool_form(k->v.anchor->op, &p.kind);
  set_up(&p);
  k->base = str_fmt(a, "%s%lldx%llds%lld_%lldx%lldx%lld", op_table[k->v.anchor->op].name,
                    (long long)p.a->kernel.v[0], (long long)p.a->kernel.v[1],
                    (long long)p.a->stride.v[0], (long long)p.y.channels, (long long)p.y.h,
                    (long long)p.y.w);
  kernel_signature(k);
  View4 map = p.x;
  map.h = 1;
  row_chunks_open(k, &p.y, p.rows);
  w_line(w, "const float *map = %s;",
         sum_text(k, str_fmt(a, "i%d", k->v.in[0]), row_offset(k, &map, "")));
  if (!p.pairs) row_chunk_rows(k, &p.y, p.rows);
  int texts = p.pairs ? write_pairs(&p) : write_row(&p, 1);
  while (w->depth) w_close(w);
  kernel_note(k, "tiles of up to %d outputs of %s, %d different; rows of the window %s", p.px,
              p.pairs ? "one or two rows" : "a row", texts,
              p.spelled ? "spelled out"
              : p.pairs ? "of one in a loop"
                        : "in a loop");
  kernel_note(k, "a unit of the split is %lld output row%s of one channel block",
              (long long)p.rows, p.rows == 1 ? "" : "s");
  return true;
}
