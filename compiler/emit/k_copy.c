/* k_copy.c: kernels that only move elements: concat, slice, views and layout changes.
 * The output is seen as pieces: boxes of its index space, each fed from one input with a start
 * and a step per dimension. Where pieces are whole channel blocks on both sides, blocks are moved
 * as vectors; otherwise element by element through both layouts.
 */
#include "emit.h"

enum { D4 = 4 };

/* A tensor seen with four dimensions; other ranks become [N, 1, 1, C] or [N, 1, C, L], and of
 * five, two neighbours that are not cut become one. */
typedef struct Quad {
  int64_t dim[D4], stride[D4]; /* stride[1]: of a channel block */
  int block;
} Quad;

typedef struct Piece {
  int input;
  int64_t at[D4], count[D4];   /* box in the output */
  int64_t start[D4], step[D4]; /* its first element in the input, and steps */
  Quad x;
} Piece;

typedef struct Copy {
  Kernel *k;
  Quad y;
  VEC(Piece) pieces;
} Copy;

/* The axis that the kernel cuts or joins; of five dimensions the two merged are others. */
static int64_t cut_axis(const Kernel *k) {
  const Node *n = k->v.anchor;
  if (n->op == OP_CONCAT) return ATTR(n, AxisAttr)->axis;
  return n->op == OP_SLICE ? ATTR(n, SliceAttr)->axis : 0;
}

/* Dimension `d` of a tensor of rank `rank` among the four. */
static int quad_axis(const Kernel *k, int rank, int d) {
  if (rank > D4) return cut_axis(k) <= 1 ? (d < D4 ? d : D4 - 1) : (d > 0 ? d - 1 : 0);
  return d == 0 && rank > 1 ? 0 : D4 - rank + d;
}

static Quad quad_plain(const Kernel *k, const Shape *s) {
  Quad q = {.dim = {1, 1, 1, 1}, .block = 1};
  for (int i = 0; i < s->rank; i++) q.dim[quad_axis(k, s->rank, i)] *= s->dim[i];
  for (int64_t i = D4 - 1, stride = 1; i >= 0; i--) {
    q.stride[i] = stride;
    stride *= q.dim[i];
  }
  return q;
}

static Quad quad(const Kernel *k, const Value *v) {
  Quad q = quad_plain(k, &v->shape);
  if (v->shape.rank != D4) return q;
  Strides s = value_strides(v);
  q.stride[0] = s.n, q.stride[1] = s.cb, q.stride[2] = s.h, q.stride[3] = s.w;
  q.block = s.lanes;
  return q;
}

static Piece whole(const Kernel *k, const Value *x, int input) {
  Piece p = {.input = input, .step = {1, 1, 1, 1}, .x = quad(k, x)};
  for (int d = 0; d < D4; d++) p.count[d] = p.x.dim[d];
  return p;
}

static void concat_pieces(Copy *c) {
  int64_t at = 0;
  for (int i = 0; i < c->k->v.nin; i++) {
    const Value *x = view_in(&c->k->v, i);
    int axis = quad_axis(c->k, x->shape.rank, (int)cut_axis(c->k));
    Piece p = whole(c->k, x, c->k->v.in[i]);
    p.at[axis] = at;
    at += p.count[axis];
    vec_push(c->k->c->arena, &c->pieces, p);
  }
}

static void slice_piece(Copy *c, const Value *x) {
  const SliceAttr *a = ATTR(c->k->v.anchor, SliceAttr);
  int axis = quad_axis(c->k, x->shape.rank, (int)a->axis);
  Piece p = whole(c->k, x, c->k->v.in[0]);
  p.count[axis] = c->y.dim[axis];
  p.start[axis] = a->start;
  p.step[axis] = a->step;
  vec_push(c->k->c->arena, &c->pieces, p);
}

static bool is_reshaping(OpKind op) { return op == OP_FLATTEN || op == OP_RESHAPE; }

static bool find_pieces(Copy *c) {
  const Value *x = view_in(&c->k->v, 0), *y = view_out(&c->k->v);
  c->y = quad(c->k, y);
  switch (c->k->v.anchor->op) {
  case OP_CONCAT: concat_pieces(c); return true;
  case OP_SLICE: slice_piece(c, x); return true;
  default: /* a view is plain and has the input's index space; a copy or layout change */
    if (is_reshaping(c->k->v.anchor->op)) c->y = quad_plain(c->k, &x->shape);
    vec_push(c->k->c->arena, &c->pieces, whole(c->k, x, c->k->v.in[0]));
    return true;
  }
}

/* True if every piece can be moved in whole vectors of channels. */
static bool by_blocks(const Copy *c) {
  if (c->y.block == 1) return false;
  for (int i = 0; i < c->pieces.len; i++) {
    const Piece *p = &c->pieces.at[i];
    if (p->x.block != c->y.block || p->step[1] != 1 || p->at[1] % p->x.block ||
        p->start[1] % p->x.block || (p->count[1] % p->x.block && i + 1 < c->pieces.len))
      return false;
  }
  return true;
}

/* Is the piece cut along the channels only? */
static bool whole_maps(const Copy *c, const Piece *p) {
  for (int d = 0; d < D4; d++)
    if (d != 1 && (p->count[d] != c->y.dim[d] || p->at[d] || p->start[d])) return false;
  return true;
}

/* Writes pieces that begin amidst channel blocks, on either side. */
static bool by_lanes(Copy *c) {
  Gather g = {.channels = c->y.dim[1], .flat = true};
  GatherFrom *from = NEWN(c->k->c->arena, GatherFrom, g.channels);
  if (c->y.block == 1) return false;
  for (int i = 0; i < c->pieces.len; i++) {
    const Piece *p = &c->pieces.at[i];
    const Quad *x = &p->x;
    if (x->block != c->y.block || !whole_maps(c, p)) return false;
    for (int64_t j = 0; j < p->count[1]; j++) {
      int64_t at = p->start[1] + j * p->step[1];
      from[p->at[1] + j] = (GatherFrom){p->input, at / x->block * x->stride[1] + at % x->block};
    }
    g.input[p->input] = (GatherInput){x->stride[0], x->stride[2], x->stride[3]};
    g.flat &= x->stride[2] == x->dim[3] * x->stride[3];
  }
  g.from = from;
  g.flat &= c->y.stride[2] == c->y.dim[3] * c->y.stride[3];
  return gather_write(c->k, &g);
}

/* (var - minus) * step + plus; var NULL, where its extent is 1: plus alone. */
static const char *shifted(Copy *c, const char *var, int64_t minus, int64_t step, int64_t plus) {
  Arena *a = c->k->c->arena;
  if (!var) return plus ? str_fmt(a, "%lld", (long long)plus) : NULL;
  const char *s = minus ? str_fmt(a, "(%s - %lld)", var, (long long)minus) : var;
  if (step != 1) s = str_fmt(a, "%s * %lld", s, (long long)step);
  return plus ? str_fmt(a, "(%s + %lld)", s, (long long)plus) : s;
}

/* ---- between the formats ---------------------------------------------------------------------- */

/* Blocks of channels of a piece, counted through all pieces. */
typedef struct Blocks {
  int64_t lo, hi; /* whole ones, but for the last */
  int64_t real;   /* channels of the last */
} Blocks;

static bool turns(const Copy *c, const Piece *p, bool to_blocks) {
  const Quad *blocked = to_blocks ? &c->y : &p->x, *plain = to_blocks ? &p->x : &c->y;
  int64_t first = to_blocks ? p->at[1] : p->start[1], block = blocked->block;
  return block > 1 && plain->block == 1 && whole_maps(c, p) && p->step[1] == 1 &&
         first % block == 0 && plain->stride[3] == 1;
}

/* Rows that a unit takes in one go: where there are many blocks whole maps, else enough units to
 * share. */
static int64_t joined_rows(const Copy *c, int64_t blocks) {
  enum { UNITS = 8 };
  int64_t rows = c->y.dim[2], join = rows;
  for (int i = 0; i < c->pieces.len; i++)
    if (c->pieces.at[i].x.stride[2] != c->y.dim[3] * c->pieces.at[i].x.stride[3]) return 1;
  if (c->y.stride[2] != c->y.dim[3] * c->y.stride[3]) return 1;
  while (join > 1 && (rows % join || c->y.dim[0] * blocks * (rows / join) < UNITS)) join--;
  return join;
}

static void turn_blocks(Copy *c, const Piece *p, Blocks b, int64_t rows, bool to_blocks,
                        int64_t blocks) {
  Kernel *k = c->k;
  Writer *w = &k->w;
  int64_t lanes = k->t->lanes, in = p->x.stride[1], out = c->y.stride[1];
  for (int part = 0; part < 2; part++) { /* whole blocks, then a last one of fewer channels */
    bool partial = b.real < lanes;
    Blocks own =
        part ? (Blocks){b.hi - partial, b.hi, b.real} : (Blocks){b.lo, b.hi - partial, lanes};
    if (own.lo >= own.hi || (part && !partial)) continue;
    StrBuf test = {.arena = k->c->arena};
    if (own.lo) sb_printf(&test, "cb >= %lld", (long long)own.lo);
    if (own.hi < blocks)
      sb_printf(&test, "%scb < %lld", test.len ? " && " : "", (long long)own.hi);
    double share = (double)(own.hi - own.lo) / (double)blocks;
    if (test.len)
      w_loop(w, share, "if (%s)", sb_str(&test));
    else
      w_block(w);
    const char *cb = blocks > 1 ? "cb" : NULL;
    const char *from = shifted(c, cb, b.lo, to_blocks ? lanes * in : in,
                               to_blocks ? p->start[1] * in : p->start[1] / lanes * in);
    const char *to = shifted(c, cb, b.lo, to_blocks ? out : lanes * out,
                             to_blocks ? p->at[1] / lanes * out : p->at[1] * out);
    const char *h = c->y.dim[2] > rows ? "h" : NULL, *s = c->y.dim[0] > 1 ? "s" : NULL;
    const char *const at[] = {index_text(k, s, p->x.stride[0], 0),
                              index_text(k, h, p->x.stride[2] * rows, 0), from ? from : "0"};
    const char *const into[] = {index_text(k, s, c->y.stride[0], 0),
                                index_text(k, h, c->y.stride[2] * rows, 0), to ? to : "0"};
    w_line(w, "const float *x = i%d + %s;", p->input,
           sum_text(k, at[0], sum_text(k, at[2], at[1])));
    w_line(w, "float *y = o0 + %s;", sum_text(k, into[0], sum_text(k, into[2], into[1])));
    Turn turn = {to_blocks, to_blocks ? in : out};
    turn_write(k, &turn, rows * c->y.dim[3], own.real);
    w_close(w);
  }
}

/* Writes pieces that are plain on one side and blocked on the other. */
static bool by_turns(Copy *c) {
  Kernel *k = c->k;
  bool to_blocks = c->y.block > 1;
  int64_t lanes = k->t->lanes, blocks = 0;
  if (lanes == 1) return false;
  Blocks *b = NEWN(k->c->arena, Blocks, c->pieces.len);
  for (int i = 0; i < c->pieces.len; i++) {
    const Piece *p = &c->pieces.at[i];
    if (!turns(c, p, to_blocks)) return false;
    b[i] = (Blocks){blocks, blocks + blocks_of(p->count[1], (int)lanes), 0};
    b[i].real = p->count[1] - (b[i].hi - b[i].lo - 1) * lanes;
    blocks = b[i].hi;
  }
  int64_t rows = joined_rows(c, blocks), groups = c->y.dim[2] / rows;
  kernel_note(k, "from %s, in squares turned in registers; a unit of the split is %lld row%s",
              to_blocks ? "plain to channel blocks" : "channel blocks to plain", (long long)rows,
              rows == 1 ? "" : "s");
  kernel_signature(k);
  View4 units = {.n = c->y.dim[0], .blocks = blocks, .h = groups};
  row_units_open(k, &units, "h");
  for (int i = 0; i < c->pieces.len; i++)
    turn_blocks(c, &c->pieces.at[i], b[i], rows, to_blocks, blocks);
  row_units_close(k);
  w_close(&k->w);
  return true;
}

/* ---- by blocks or elements ---------------------------------------------------------------------
 */

/* Offset of (n, ch, h) in a tensor: the row that the innermost loop walks along. An index that
 * is always 0 is NULL. */
static const char *row_of(Copy *c, const Quad *q, const char *const idx[], bool blocks) {
  StrBuf b = {.arena = c->k->c->arena};
  for (int d = 0; d < 3; d++) {
    if (q->dim[d] == 1 || !idx[d]) continue;
    const char *plus = b.len ? " + " : "";
    if (d == 1 && q->block > 1 && !blocks)
      sb_printf(&b, "%s%s / %d * %lld + %s %% %d", plus, idx[d], q->block,
                (long long)q->stride[d], idx[d], q->block);
    else
      sb_printf(&b, "%s%s", plus, index_text(c->k, idx[d], q->stride[d], 0));
  }
  return b.len ? sb_str(&b) : "0";
}

/* The variables that emit_copy declares: none where the output's extent is 1. */
static void find_variables(const Copy *c, bool blocks, const char *var[3]) {
  var[0] = c->y.dim[0] > 1 ? "s" : NULL;
  var[1] = c->y.dim[1] > (blocks ? c->y.block : 1) ? "c" : NULL;
  var[2] = c->y.dim[2] > 1 ? "h" : NULL;
}

static void copy_piece(Copy *c, const Piece *p, bool blocks) {
  const char *var[3];
  find_variables(c, blocks, var);
  Writer *w = &c->k->w;
  StrBuf test = {.arena = c->k->c->arena};
  const char *idx[3], *out[3];
  int64_t per = blocks ? c->y.block : 1;
  double part = 1;
  for (int d = 0; d < 3; d++) {
    int64_t unit = d == 1 ? per : 1;
    int64_t lo = p->at[d] / unit, count = (p->count[d] + unit - 1) / unit;
    int64_t all = (c->y.dim[d] + unit - 1) / unit;
    if (lo) sb_printf(&test, "%s%s >= %lld", test.len ? " && " : "", var[d], (long long)lo);
    if (lo + count < all)
      sb_printf(&test, "%s%s < %lld", test.len ? " && " : "", var[d], (long long)(lo + count));
    idx[d] = shifted(c, var[d], lo, p->step[d], p->start[d] / unit);
    out[d] = var[d];
    part *= (double)count / (double)all;
  }
  if (test.len)
    w_loop(w, part, "if (%s)", sb_str(&test));
  else
    w_block(w);
  const char *column = index_text(c->k, NULL, 0, p->at[3] * c->y.stride[3]);
  w_line(w, "const float *x = i%d + %s;", p->input, row_of(c, &p->x, idx, blocks));
  w_line(w, "float *y = o0 + %s;", sum_text(c->k, row_of(c, &c->y, out, blocks), column));
  w_for(w, "w", p->count[3]);
  const char *to = index_text(c->k, "w", c->y.stride[3], 0);
  const char *from =
      index_text(c->k, "w", p->step[3] * p->x.stride[3], p->start[3] * p->x.stride[3]);
  if (blocks)
    w_line(w, "ST(y + %s, LD(x + %s));", to, from);
  else
    w_line(w, "y[%s] = x[%s];", to, from);
  w_count_loads(w, 4.0 * (double)per);
  w_count_stores(w, 4.0 * (double)per);
  w_close(w);
  w_close(w);
}

bool emit_copy(Kernel *k) {
  Copy c = {.k = k};
  if (!find_pieces(&c)) return false;
  k->base = str_fmt(k->c->arena, "%s_%lldx%lldx%lld", op_table[k->v.anchor->op].name,
                    (long long)c.y.dim[1], (long long)c.y.dim[2], (long long)c.y.dim[3]);
  bool blocks = by_blocks(&c);
  if (!blocks && (by_lanes(&c) || by_turns(&c))) return true;
  int64_t channels = blocks ? (c.y.dim[1] + c.y.block - 1) / c.y.block : c.y.dim[1];
  int64_t units = c.y.dim[0] * channels * c.y.dim[2];
  kernel_note(k, "%d piece%s, moved by %s; a unit of the split is one row", c.pieces.len,
              c.pieces.len == 1 ? "" : "s", blocks ? "whole channel blocks" : "elements");
  kernel_signature(k);
  kernel_slice(k, units);
  Writer *w = &k->w;
  w_loop(w, (double)units, "for (size_t u = u0; u < u1; ++u)");
  if (c.y.dim[2] > 1) w_line(w, "const size_t h = u %% %lld;", (long long)c.y.dim[2]);
  if (channels > 1)
    w_line(w, "const size_t c = u / %lld %% %lld;", (long long)c.y.dim[2], (long long)channels);
  if (c.y.dim[0] > 1) w_line(w, "const size_t s = u / %lld;", (long long)(channels * c.y.dim[2]));
  for (int i = 0; i < c.pieces.len; i++) copy_piece(&c, &c.pieces.at[i], blocks);
  w_close(w);
  w_close(w);
  return true;
}
