/* k_pool.c: pooling over fixed windows.
 *
 * A tile holds a few neighbouring outputs of a row. What their windows share is done once: the
 * rows of the window are combined column by column, then columns to outputs, so that 3 x 3
 * windows side by side take a little more than four steps each and not eight. Columns outside
 * the map do not appear in a tile's text. Of maxima and minima the rows are spelled out, those
 * outside the map replaced by the nearest one inside, which changes nothing; sums (and tall
 * windows) run over the rows on the map.
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

/* r0, r1, …: window rows, those outside the map replaced by the nearest inside. */
static void write_row_pointers(Pool *p, const char *oy) {
  Writer *w = &p->k->w;
  long long s = p->a->stride.v[0], pad = p->a->pad.v[0], h = p->x.h, step = p->x.s.h;
  w_line(w, "const ptrdiff_t top = (ptrdiff_t)(%s)%s; /* of the window */",
         index_text(p->k, oy, s, 0), pad ? str_fmt(w->out.arena, " - %lld", pad) : "");
  const char *strip = p->x.row0 ? str_fmt(w->out.arena, " - (ptrdiff_t)%s", p->x.row0) : "";
  for (long long i = 0; i < p->a->kernel.v[0]; i++) {
    const char *at = i ? str_fmt(w->out.arena, "top + %lld", i) : "top";
    const char *low = i < pad ? str_fmt(w->out.arena, "%s < 0 ? 0 : ", at) : "";
    bool beyond = ((long long)p->y.h - 1) * s - pad + i >= h;
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

/* Largest (smallest) of n operands: three at a time, which checks for NaN once. */
static const char *extreme_text(Pool *p, const char *const *x, int n) {
  Arena *a = p->k->c->arena;
  const char *m = x[0];
  int i = 1;
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

static void write_spelled_column(Pool *p, const Tile *t, int64_t col, const char *j) {
  const char *x[MAX_ROWS];
  int n = (int)p->a->kernel.v[0];
  for (int i = 0; i < n; i++)
    x[i] =
        load_text(p->k, str_fmt(p->k->c->arena, "r%d", i), column_at(p, t, col, j), p->x.scalar);
  w_line(&p->k->w, "const %s c%lld = %s;", type_of(p), (long long)col, extreme_text(p, x, n));
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

/* The columns of one window, combined. */
static const char *window_text(Pool *p, const Tile *t, int i) {
  Arena *a = p->k->c->arena;
  Taps s = column_taps(p, t->ox + i);
  int64_t first = i * p->a->stride.v[1], n = s.hi - s.lo;
  if (t->px == 1 && !p->spelled && n > CHAINS) n = CHAINS;
  const char **x = NEWN(a, const char *, n + 1);
  for (int64_t q = 0; q < n; q++)
    x[q] = str_fmt(a, "c%lld",
                   (long long)(p->spelled ? first + s.lo + q : sum_of(p, t, first + s.lo + q)));
  if (p->kind == POOL_MAX || p->kind == POOL_MIN) return extreme_text(p, x, (int)n);
  StrBuf b = {.arena = a};
  for (int64_t q = 0; q < n; q++) sb_printf(&b, "%s%s", q ? " + " : "", x[q]);
  w_count_other(&p->k->w, (double)(n - 1) * p->x.s.lanes);
  return sb_str(&b);
}

static void write_output(Pool *p, const Tile *t, int i, const char *j) {
  Kernel *k = p->k;
  Writer *w = &k->w;
  Arena *a = k->c->arena;
  const View4 *y = &p->y;
  const char *acc = str_fmt(a, "a%d", i);
  w_line(w, "%s %s = %s;", type_of(p), acc, window_text(p, t, i));
  if (p->kind == POOL_L2)
    w_line(w, "%s = %c_sqrt(%s);", acc, prefix_of(p), acc);
  else if (p->kind == POOL_MEAN)
    w_line(w, "%s /= (float)(height * %lld);", acc, (long long)column_taps(p, t->ox + i).width);
  w_count_other(w, p->kind == POOL_L2 || p->kind == POOL_MEAN ? p->x.s.lanes : 0);
  const char *at = sum_text(k, "at", index_text(k, j, t->px * y->s.w, (t->ox + i) * y->s.w));
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
    write_output(p, t, i, j);
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

static void set_up(Pool *p) {
  bool extreme = p->kind == POOL_MAX || p->kind == POOL_MIN;
  int64_t kw = p->a->kernel.v[1], sx = p->a->stride.v[1], held = p->k->t->registers * 3 / 4;
  p->spelled = extreme && p->a->kernel.v[0] <= MAX_ROWS && kw <= held;
  p->px = TILE;
  while (!p->spelled && p->px > 1 && (p->px - 1) * sx + kw > held) p->px--;
  p->px = (int)min64(p->px, p->y.w);
  p->rows = p->k->step->choice.rows > 0 ? p->k->step->choice.rows : p->y.h;
  p->rows_mean = mean_rows(p);
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
  View4 map = p.x, out = p.y;
  map.h = out.n = 1;
  row_chunks_open(k, &p.y, p.rows);
  w_line(w, "const float *map = %s;",
         sum_text(k, str_fmt(a, "i%d", k->v.in[0]), row_offset(k, &map, "")));
  row_chunk_rows(k, &p.y, p.rows);
  const char *oy = p.y.h > 1 ? "oy" : "0";
  if (p.spelled)
    write_row_pointers(&p, oy);
  else
    write_row_bounds(&p, oy);
  w_line(w, "const size_t at = %s;", row_offset(k, &out, "oy"));
  int texts = write_tiles(&p);
  while (w->depth) w_close(w);
  kernel_note(k, "tiles of up to %d outputs of a row, %d different; rows of the window %s", p.px,
              texts, p.spelled ? "spelled out" : "in a loop");
  kernel_note(k, "a unit of the split is %lld output row%s of one channel block",
              (long long)p.rows, p.rows == 1 ? "" : "s");
  return true;
}
