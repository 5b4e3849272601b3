/* gather.c: channel blocks put together from lanes of other channel blocks: what concat, slice and
 * shuffles of channels do where channels do not stay together in whole blocks.
 *
 * Every output block has a recipe: the input vectors it needs, and which lane of which becomes each
 * of its own. Blocks whose recipes are alike, but for a constant advance in the inputs, share one
 * piece of text; in a shuffle these are every second, third, … block. Lanes are only moved, so those
 * behind the last channel may hold anything.
 */
#include "emit.h"

enum { MAX_LANES = 16, MAX_PACE = 8, MAX_RUNS = 24, FREE = -1 };

typedef struct Recipe {
  int64_t lo, hi; /* of output blocks lo, lo + pace, … below hi */
  int64_t advance;
  int n, input[MAX_LANES]; /* the vectors */
  int64_t at[MAX_LANES];   /* … for block lo, in elements */
  int source[MAX_LANES], lane[MAX_LANES];
} Recipe;

typedef VEC(Recipe) Recipes;

/* ---- finding recipes ------------------------------------------------------------------------- */

static Recipe recipe_of(const Gather *g, int lanes, int64_t block) {
  Recipe r = {.lo = block, .hi = block + 1};
  for (int j = 0; j < lanes; j++) {
    int64_t c = block * lanes + j;
    r.lane[j] = FREE;
    if (c >= g->channels) continue;
    int64_t at = g->from[c].at / lanes * lanes;
    int i = 0;
    while (i < r.n && (r.input[i] != g->from[c].input || r.at[i] != at)) i++;
    if (i == r.n) r.input[i] = g->from[c].input, r.at[i] = at, r.n++;
    r.source[j] = i;
    r.lane[j] = (int)(g->from[c].at - at);
  }
  return r;
}

/* Can block r->hi - 1 + pace, whose recipe is `next`, be one more of r? */
static bool extends(const Recipe *r, const Recipe *next, int64_t pace, int lanes) {
  int64_t steps = (next->lo - r->lo) / pace;
  int64_t advance = steps == 1 ? next->at[0] - r->at[0] : r->advance;
  if (r->n != next->n) return false;
  for (int i = 0; i < r->n; i++)
    if (r->input[i] != next->input[i] || next->at[i] - r->at[i] != advance * steps) return false;
  for (int j = 0; j < lanes; j++)
    if (next->lane[j] != FREE && (next->lane[j] != r->lane[j] || next->source[j] != r->source[j]))
      return false;
  return true;
}

static void find_recipes(Ctx *c, const Gather *g, int lanes, int64_t pace, Recipes *to) {
  int64_t blocks = blocks_of(g->channels, lanes);
  for (int64_t first = 0; first < pace; first++)
    for (int64_t b = first; b < blocks; b += pace) {
      Recipe next = recipe_of(g, lanes, b), *last = to->len ? &to->at[to->len - 1] : NULL;
      if (b == first || !extends(last, &next, pace, lanes)) {
        vec_push(c->arena, to, next);
        continue;
      }
      if (last->hi == last->lo + 1) last->advance = next.at[0] - last->at[0];
      last->hi = b + 1;
    }
}

/* ---- text ------------------------------------------------------------------------------------- */

typedef struct Write {
  Kernel *k;
  const Gather *g;
  View4 y;
  int lanes;
  int64_t pace;
} Write;

static bool identity(const Recipe *r, int lanes) {
  for (int j = 0; j < lanes; j++)
    if (r->lane[j] != FREE && r->lane[j] != j) return false;
  return r->n == 1;
}

static void declare_sources(Write *q, const Recipe *r) {
  Kernel *k = q->k;
  Arena *a = k->c->arena;
  bool several = r->hi - r->lo > q->pace;
  const char *cb = q->pace > 1 ? str_fmt(a, "cb / %lld", (long long)q->pace) : "cb";
  int64_t first = r->lo / q->pace;
  if (first) cb = str_fmt(a, "(%s - %lld)", cb, (long long)first);
  for (int i = 0; i < r->n; i++) {
    const GatherInput *x = &q->g->input[r->input[i]];
    const char *at = sum_text(k, several ? index_text(k, cb, r->advance, 0) : "0",
                              str_fmt(a, "%lld", (long long)r->at[i]));
    if (q->y.h > 1) at = sum_text(k, at, index_text(k, "h", x->h, 0));
    if (q->y.n > 1) at = sum_text(k, at, index_text(k, "s", x->n, 0));
    w_line(&k->w, "const float *p%d = %s;", i, sum_text(k, str_fmt(a, "i%d", r->input[i]), at));
  }
}

static const char *source(Write *q, const Recipe *r, int i) {
  const char *at = index_text(q->k, "x", q->g->input[r->input[i]].w, 0);
  return load_text(q->k, str_fmt(q->k->c->arena, "p%d", i), at, false);
}

/* "1, 3, 8, …": the lanes of a shuffle of what sources before `i` gave and source i; of one. */
static const char *indices(Write *q, const Recipe *r, int i) {
  StrBuf b = {.arena = q->k->c->arena};
  for (int j = 0; j < q->lanes; j++) {
    int lane = r->lane[j] == FREE ? j : r->lane[j];
    if (i > 1) lane = j; /* those before are in their places */
    if (r->lane[j] != FREE && r->source[j] == i && i > 0) lane = q->lanes + r->lane[j];
    sb_printf(&b, ", %d", lane);
  }
  return sb_str(&b);
}

/* Lanes of many vectors, read one by one. */
static const char *list_text(Write *q, const Recipe *r) {
  StrBuf b = {.arena = q->k->c->arena};
  for (int i = 0; i < r->n; i++)
    w_line(&q->k->w, "const float *q%d = p%d + %s;", i, i,
           index_text(q->k, "x", q->g->input[r->input[i]].w, 0));
  for (int j = 0; j < q->lanes; j++)
    sb_printf(&b, "%sq%d[%d]", j ? ", " : "{", r->lane[j] == FREE ? 0 : r->source[j],
              r->lane[j] == FREE ? j : r->lane[j]);
  w_count_loads(&q->k->w, 4.0 * q->lanes);
  sb_puts(&b, "}");
  return sb_str(&b);
}

/* Two vectors are shuffled; of more, eight lanes are read one by one, as fast and simpler. */
static void write_vector(Write *q, const Recipe *r, const char *to) {
  Writer *w = &q->k->w;
  Arena *a = w->out.arena;
  w_count_stores(w, 4.0 * q->lanes);
  if (r->n == 1) {
    const char *x = source(q, r, 0);
    if (!identity(r, q->lanes)) x = str_fmt(a, "SHUFFLE(%s%s)", x, indices(q, r, 0));
    w_wrapped(w, str_fmt(a, "ST(y + %s, %s);", to, x));
    return;
  }
  const char *first =
      r->n > 2 && q->lanes <= 8
          ? list_text(q, r)
          : str_fmt(a, "SHUFFLE2(%s, %s%s)", source(q, r, 0), source(q, r, 1), indices(q, r, 1));
  if (r->n == 2) {
    w_wrapped(w, str_fmt(a, "ST(y + %s, %s);", to, first));
    return;
  }
  w_wrapped(w, str_fmt(a, "%svf v = %s;", q->lanes > 8 ? "" : "const ", first));
  for (int i = 2; i < r->n && q->lanes > 8; i++)
    w_wrapped(w, str_fmt(a, "v = SHUFFLE2(v, %s%s);", source(q, r, i), indices(q, r, i)));
  w_line(w, "ST(y + %s, v);", to);
}

/* "if (cb < 7)", "else if (cb % 3 == 1 && cb < 12)", "else". */
static void open_recipe(Write *q, const Recipes *all, int i) {
  const Recipe *r = &all->at[i];
  Writer *w = &q->k->w;
  StrBuf test = {.arena = w->out.arena};
  int64_t residue = r->lo % q->pace, blocks = q->y.blocks;
  double part = (double)((r->hi - r->lo + q->pace - 1) / q->pace) / (double)blocks;
  bool last = i + 1 == all->len;
  if (all->len == 1) {
    w_block(w);
    return;
  }
  if (q->pace > 1) sb_printf(&test, "cb %% %lld == %lld", (long long)q->pace, (long long)residue);
  if (!last && all->at[i + 1].lo % q->pace == residue)
    sb_printf(&test, r->hi == r->lo + 1 ? "%scb == %lld" : "%scb < %lld", test.len ? " && " : "",
              (long long)(r->hi == r->lo + 1 ? r->lo : r->hi));
  if (last)
    w_loop(w, part, "else");
  else
    w_loop(w, part, "%sif (%s)", i ? "else " : "", sb_str(&test));
}

bool gather_write(Kernel *k, const Gather *g) {
  Write q = {.k = k, .g = g, .y = view4(view_out(&k->v)), .lanes = k->t->lanes};
  Writer *w = &k->w;
  Recipes best = {0};
  for (int64_t pace = 1; pace <= MAX_PACE && pace <= q.y.blocks; pace++) {
    Recipes some = {0};
    find_recipes(k->c, g, q.lanes, pace, &some);
    if (q.pace && some.len >= best.len) continue;
    best = some;
    q.pace = pace;
  }
  if (best.len > MAX_RUNS) return false;
  if (g->flat) q.y.w *= q.y.h, q.y.h = 1;
  kernel_note(k, "%d form%s of channel blocks, put together from lanes; a unit is one %s",
              best.len, best.len == 1 ? "" : "s", q.y.h > 1 ? "row" : "map of a block");
  kernel_signature(k);
  row_units_open(k, &q.y, "h");
  w_line(w, "float *y = %s;", sum_text(k, "o0", row_offset(k, &q.y, "h")));
  for (int i = 0; i < best.len; i++) {
    open_recipe(&q, &best, i);
    declare_sources(&q, &best.at[i]);
    w_for(w, "x", q.y.w);
    write_vector(&q, &best.at[i], index_text(k, "x", q.y.s.w, 0));
    w_close(w);
    w_close(w);
  }
  row_units_close(k);
  w_close(w);
  return true;
}
