/* k_dense.c: fully connected layers: output = weights · input + bias, for one or more samples.
 *
 * The weights stand as [output group][stream][input feature][outputs of the stream], so one sample
 * reads them once, a few streams side by side, at the speed of memory; input features are
 * broadcast. Several samples share each weight that is loaded; more samples than a tile has run
 * over the features in passes whose weights stay in the first cache from tile to tile, while
 * their partial sums wait in the workspace. Where few accumulators would wait for each other,
 * every group has several partial sums. The input may be a channel-blocked map: features are
 * taken in memory order, and of the last block only the real channels are read. Results leave
 * through a small local array, because the caller's buffer is not padded.
 */
#include "emit.h"

typedef struct DenseTile {
  int px; /* samples */
  int64_t first, count;
  const char *name[2]; /* for whole groups of blocks, and for the rest */
} DenseTile;

typedef struct Dense {
  Kernel *k;
  int lanes, nb, rest; /* blocks of a group, and of the last group if it has fewer; else 0 */
  int64_t n, in, out, block, groups;
  int64_t stream, features; /* outputs of a stream of weights; features that it holds */
  Strides x;
  int64_t run;              /* features that are contiguous: all, or those of whole blocks */
  int64_t pixels, channels; /* of the last, partial block; 0 if there is none */
  int64_t pass;             /* features of a pass over the samples; 0: all, no passes */
  int64_t tiles, parts;     /* tiles of samples, parts of them that are units of the split */
  int64_t per;              /* with passes: groups of a unit */
  const char *type;         /* of an accumulator */
  int bias, noperands, operand[2 * MAX_EPILOGUE];
  int ntiles;
  DenseTile tile[MAX_PX + 1];
} Dense;

/* ---- setting up ---------------------------------------------------------------------------- */

static void find_operands(Dense *d) {
  const GroupView *v = &d->k->v;
  for (int i = 0; i < v->nepilogue; i++)
    for (int j = 0; j < 2; j++) {
      int at = v->epilogue[i].operand[j], seen = at < 0;
      for (int o = 0; o < d->noperands; o++) seen |= d->operand[o] == at;
      if (!seen) d->operand[d->noperands++] = at;
    }
}

static void find_features(Dense *d) {
  const Value *x = view_in(&d->k->v, 0);
  d->n = x->shape.dim[0];
  d->in = d->run = shape_count(&x->shape) / d->n;
  d->x = value_strides(x);
  if (x->shape.rank != 4 || d->x.lanes == 1 || x->shape.dim[1] % d->x.lanes == 0) return;
  d->channels = x->shape.dim[1] % d->x.lanes;
  d->pixels = x->shape.dim[2] * x->shape.dim[3];
  d->run = (x->shape.dim[1] - d->channels) * d->pixels;
}

static void find_tiles(Dense *d) {
  int64_t sizes[MAX_PX + 1], first = 0;
  split_row(d->k->t, d->nb, d->k->step->choice.px, d->n, sizes);
  for (int px = MAX_PX; px >= 1; px--) {
    if (!sizes[px]) continue;
    DenseTile *t = &d->tile[d->ntiles++];
    *t = (DenseTile){.px = px, .first = first, .count = sizes[px]};
    t->name[0] = str_fmt(d->k->c->arena, "$_t%d", px);
    t->name[1] = str_fmt(d->k->c->arena, "$_r%d", px);
    first += px * sizes[px];
    d->tiles += sizes[px];
  }
  d->pass = d->k->step->choice.icb;
  d->per = d->pass ? d->k->step->choice.rows : 1;
  d->parts = d->k->step->choice.units / ceil_div(d->groups, d->per);
}

static void set_up(Dense *d) {
  const GroupView *v = &d->k->v;
  d->lanes = d->k->t->lanes, d->nb = d->k->step->choice.nb;
  d->type = d->lanes > 1 ? "vf" : "float";
  d->out = view_out(v)->shape.dim[1];
  d->block = (int64_t)d->nb * d->lanes;
  d->groups = ceil_div(d->out, d->block);
  d->rest = (int)(blocks_of(d->out, d->lanes) % d->nb);
  d->bias = v->nin > 2 ? v->in[2] : -1;
  find_operands(d);
  find_features(d);
  d->stream = dense_stream(d->k->t, d->n, d->nb);
  d->features = d->run + d->pixels * d->x.lanes;
  find_tiles(d);
}

static bool is_vector(const Dense *d, int i) {
  return graph_value(d->k->v.g, d->k->v.group->in[i])->shape.rank == 1;
}

/* ---- tiles --------------------------------------------------------------------------------- */

/* Partial sums per output so that eight multiply-adds are under way. */
static int sums_of(int nq, int px) { return nq * px > 6 ? 1 : (8 + nq * px - 1) / (nq * px); }

static double passes_of(const Dense *d) { return (double)ceil_div(d->run, d->pass); }

static const char *load(Dense *d, const char *base, int64_t at) {
  return str_fmt(d->k->c->arena, d->lanes > 1 ? (at ? "LD(%s + %lld)" : "LD(%s)") : "%s[%lld]",
                 base, (long long)at);
}

/* Fewer vectors of weights than samples: those stay in registers for a feature; otherwise the
 * features do, and the weights pass one by one. */
static bool holds_weights(int nq, int px) { return nq < px; }

/* Offset from wp of the weights of feature `u` and output block `q`. */
static int64_t weight_at(const Dense *d, int64_t u, int64_t q) {
  int64_t at = q * d->lanes;
  return at / d->stream * d->features * d->stream + u * d->stream + at % d->stream;
}

/* Input feature `u` after the i-th of sample p. In passes the tile's samples lie side by side. */
static const char *feature(Dense *d, int px, int64_t u, int p) {
  if (d->pass) return str_fmt(d->k->c->arena, "xp[%lld]", (long long)(u * px + p));
  return str_fmt(d->k->c->arena, "x[i + %lld]", (long long)(u + p * d->x.n));
}

static void write_places(Dense *d, int px) {
  w_line(&d->k->w, "const float *wp = w + i * %lld;", (long long)d->stream);
  if (d->pass) w_line(&d->k->w, "const float *xp = x + (i - f0) * %d;", px);
}

/* Input feature number `u` after x and wp, into the partial sum u mod sums. */
static void write_feature(Dense *d, int nq, int px, int64_t u) {
  Writer *w = &d->k->w;
  Arena *a = w->out.arena;
  int sum = (int)(u % sums_of(nq, px));
  bool hold = holds_weights(nq, px);
  StrBuf b = {.arena = a};
  if (d->lanes > 1 && px > 1) w_line(w, "HIDE(%s);", d->pass ? "xp" : "x");
  for (int i = 0; i < (hold ? nq : px); i++)
    if (hold)
      sb_printf(&b, "%sw%d = %s;", i ? " " : "", i, load(d, "wp", weight_at(d, u, i)));
    else
      sb_printf(&b, "%st%d = %s;", i ? " " : "", i, feature(d, px, u, i));
  w_line(w, "%s", sb_str(&b));
  for (int i = 0; i < (hold ? px : nq); i++) {
    b = (StrBuf){.arena = a};
    if (hold)
      sb_printf(&b, "t = %s;", feature(d, px, u, i));
    else
      sb_printf(&b, "v = %s;", load(d, "wp", weight_at(d, u, i)));
    for (int j = 0; j < (hold ? nq : px); j++)
      if (hold)
        sb_printf(&b, " a%d_%d_%d += w%d * t;", j, i, sum, j);
      else
        sb_printf(&b, " a%d_%d_%d += v * t%d;", i, j, sum, j);
    w_line(w, "%s", sb_str(&b));
  }
  w_count_fma(w, (double)nq * px * d->lanes);
  w_count_loads(w, 4.0 * (nq * d->lanes + px));
}

/* `count` features, those of a pass of them, as a loop and what is left over. */
static void write_run(Dense *d, int nq, int px, int64_t count) {
  Writer *w = &d->k->w;
  int sums = sums_of(nq, px);
  int64_t unroll = sums == 3 ? 6 : sums > 4 ? sums : nq * px < 12 ? 4 : 2;
  int64_t looped = count / unroll * unroll;
  if (looped) {
    if (d->pass) {
      double passes = (double)ceil_div(looped, d->pass);
      const char *end =
          str_fmt(w->out.arena, "(f1 < %lld ? f1 : %lld)", (long long)looped, (long long)looped);
      w_loop(w, (double)(looped / unroll) / passes, "for (size_t i = f0; i < %s; i += %lld)", end,
             (long long)unroll);
    } else {
      w_loop(w, (double)(looped / unroll), "for (size_t i = 0; i < %lld; i += %lld)",
             (long long)looped, (long long)unroll);
    }
    write_places(d, px);
    for (int64_t u = 0; u < unroll; u++) write_feature(d, nq, px, u);
    w_close(w);
  }
  if (looped == count) return;
  if (d->pass) w_loop(w, 1 / passes_of(d), "if (f1 == %lld)", (long long)d->run);
  w_loop(w, 1, "for (size_t i = %lld; i < %lld; i += %lld)", (long long)looped, (long long)count,
         (long long)(count - looped));
  write_places(d, px);
  for (int64_t u = 0; u < count - looped; u++) write_feature(d, nq, px, u);
  w_close(w);
  if (d->pass) w_close(w);
}

/* The real channels of the last, partial block of a channel-blocked map. */
static void write_partial(Dense *d, int nq, int px) {
  Writer *w = &d->k->w;
  int64_t step = d->x.lanes, from = d->run;
  if (d->pass) w_loop(w, 1 / passes_of(d), "if (f1 == %lld)", (long long)d->run);
  w_loop(w, (double)d->pixels, "for (size_t i = %lld; i < %lld; i += %lld)", (long long)from,
         (long long)(from + d->pixels * step), (long long)step);
  write_places(d, px);
  for (int64_t u = 0; u < d->channels; u++) write_feature(d, nq, px, u);
  w_close(w);
  if (d->pass) w_close(w);
}

/* All passes but the first go on with the sums of the one before. */
static void write_resume(Dense *d, int nq, int px) {
  Writer *w = &d->k->w;
  w_loop(w, 1 - 1 / passes_of(d), "if (f0)");
  for (int q = 0; q < nq; q++)
    for (int p = 0; p < px; p++)
      w_line(w, "a%d_%d_0 = %s;", q, p, load(d, "ws", (int64_t)(p * nq + q) * d->lanes));
  w_count_loads(w, 4.0 * nq * px * d->lanes);
  w_close(w);
}

/* The sum of an accumulator's parts. */
static const char *sum_of_parts(Dense *d, int q, int p, int sums) {
  StrBuf b = {.arena = d->k->c->arena};
  for (int s = 0; s < sums; s++) sb_printf(&b, "%sa%d_%d_%d", s ? " + " : "", q, p, s);
  return sb_str(&b);
}

/* A pass leaves its sums. Nothing else is done with them in a tile: compilers keep accumulators
 * in memory that a longer function uses in many places. */
static void write_suspend(Dense *d, int nq, int px) {
  Writer *w = &d->k->w;
  for (int q = 0; q < nq; q++)
    for (int p = 0; p < px; p++)
      w_line(w, d->lanes > 1 ? "ST(ws + %d, %s);" : "ws[%d] = %s;", (p * nq + q) * d->lanes,
             sum_of_parts(d, q, p, sums_of(nq, px)));
  w_count_stores(w, 4.0 * nq * px * d->lanes);
}

static void write_start(Dense *d, int nq, int px) {
  Writer *w = &d->k->w;
  int sums = sums_of(nq, px);
  for (int q = 0; q < nq; q++) {
    StrBuf b = {.arena = w->out.arena};
    const char *bias = d->bias >= 0 ? load(d, "b", q * d->lanes) : d->lanes > 1 ? "{0}" : "0";
    for (int p = 0; p < px; p++)
      for (int s = 0; s < sums; s++)
        sb_printf(&b, "%s a%d_%d_%d = %s", p || s ? "," : d->type, q, p, s,
                  s == 0         ? bias
                  : d->lanes > 1 ? "{0}"
                                 : "0");
    w_line(w, "%s;", sb_str(&b));
  }
  bool hold = holds_weights(nq, px);
  StrBuf b = {.arena = w->out.arena};
  for (int i = 0; i < (hold ? nq : px); i++)
    sb_printf(&b, "%s %c%d", i ? "," : hold ? d->type : "float", hold ? 'w' : 't', i);
  w_line(w, "%s;", sb_str(&b));
  w_line(w, "%s;", hold ? "float t" : str_fmt(w->out.arena, "%s v", d->type));
  if (d->bias >= 0) w_count_loads(w, 4.0 * nq * d->lanes);
  if (d->pass) write_resume(d, nq, px);
}

/* Accumulators to a local array, then feature by feature through the epilogue. */
static void write_end(Dense *d, int nq, int px, const char *real, double mean) {
  Kernel *k = d->k;
  Writer *w = &k->w;
  Arena *a = w->out.arena;
  int sums = sums_of(nq, px);
  long long out = value_strides(view_out(&k->v)).n;
  if (!d->pass) {
    w_line(w, "%s s[%d];", d->type, nq);
    w_line(w, "const float *f = (const float *)(const void *)s;");
  }
  for (int p = 0; p < px; p++) {
    for (int q = 0; q < nq && !d->pass; q++)
      w_line(w, "s[%d] = %s;", q, sum_of_parts(d, q, p, sums));
    w_loop(w, mean, "for (size_t l = 0; l < %s; ++l)", real);
    w_line(w, "float r = %s;",
           d->pass ? str_fmt(a, "ws[%s]", index_text(k, "l", 1, (int64_t)p * nq * d->lanes))
                   : "f[l]");
    epilogue_write(k, "r", "l", p ? str_fmt(a, "%d", p) : "0", "l", true);
    w_line(w, p ? "y[l + %lld] = r;" : "y[l] = r;", p * out);
    w_count_stores(w, 4);
    w_close(w);
  }
  w_count_other(w, (double)(sums - 1) * nq * px * d->lanes);
}

/* Does the last group of the whole ones have fewer real outputs than the others? */
static bool varies(const Dense *d) { return !d->rest && d->groups > 1 && d->out % d->block != 0; }

/* Of a tile, of what follows its passes, or of both in one. */
static const char *parameters(Dense *d, bool tile, bool end, bool varying) {
  StrBuf b = {.arena = d->k->c->arena};
  if (tile) sb_puts(&b, "const float *restrict x, const float *restrict w, ");
  if (tile && d->bias >= 0) sb_puts(&b, "const float *restrict b, ");
  for (int i = 0; i < d->noperands && end; i++)
    sb_printf(&b, "const float *restrict i%d, ", d->operand[i]);
  if (end) sb_puts(&b, "float *restrict y");
  if (end && varying) sb_puts(&b, ", size_t m");
  if (d->pass)
    sb_puts(&b, tile ? "float *restrict ws, size_t f0, size_t f1" : ", const float *restrict ws");
  return sb_str(&b);
}

/* which: 0 for whole groups of blocks, 1 for the rest. */
static void write_tile(Dense *d, const DenseTile *t, int which) {
  Writer *w = &d->k->w;
  int nq = which ? d->rest : d->nb;
  int64_t groups = which ? 1 : d->groups - (d->rest > 0);
  int64_t last = d->out - (d->groups - 1) * d->block;
  int64_t outputs = which || d->groups == 1 ? last : d->block;
  bool varying = !which && varies(d);
  const char *real = varying ? "m" : str_fmt(w->out.arena, "%lld", (long long)outputs);
  double mean = varying ? (double)d->out / (double)d->groups : (double)outputs;
  w_line(w, "/* %d vector%s of outputs x %d sample%s */", nq, nq == 1 ? "" : "s", t->px,
         t->px == 1 ? "" : "s");
  double calls = (double)(groups * t->count);
  w_signature(w, calls * (d->pass ? passes_of(d) : 1), t->name[which],
              parameters(d, true, !d->pass, varying));
  write_start(d, nq, t->px);
  if (d->run) write_run(d, nq, t->px, d->run);
  if (d->channels) write_partial(d, nq, t->px);
  if (d->pass) {
    write_suspend(d, nq, t->px);
    w_close(w);
    w_blank(w);
    w_signature(w, calls, str_fmt(w->out.arena, "%s_end", t->name[which]),
                parameters(d, false, true, varying));
  }
  write_end(d, nq, t->px, real, mean);
  w_close(w);
  w_blank(w);
}

/* ---- the entry ----------------------------------------------------------------------------- */

/* Floats of a tile's partial sums, and of its samples in a pass. */
static long long sums_size(const Dense *d) { return (long long)(d->tile[0].px * d->block); }

static long long packed_size(const Dense *d) {
  return (long long)(d->tile[0].px * (d->pass + d->pixels * d->x.lanes));
}

static long long sums_of_unit(const Dense *d) {
  return sums_size(d) * (long long)(d->per * ceil_div(d->tiles, d->parts));
}

static void write_call(Dense *d, const DenseTile *t, int which) {
  Writer *w = &d->k->w;
  StrBuf b = {.arena = w->out.arena}, end = {.arena = w->out.arena};
  sb_printf(&b, "%s(x, w", t->name[which]);
  if (d->bias >= 0) sb_puts(&b, ", b");
  for (int i = 0; i < d->noperands; i++) sb_printf(&end, "r%d, ", d->operand[i]);
  sb_printf(&end, "y%s", !which && varies(d) ? ", m" : "");
  if (!d->pass) {
    w_line(w, "%s, %s);", sb_str(&b), sb_str(&end));
    return;
  }
  w_line(w, "%s, sums, f0, f1);", sb_str(&b));
  w_line(w, "if (f1 == %lld) %s_end(%s, sums);", (long long)d->run, t->name[which], sb_str(&end));
}

static void write_pointers(Dense *d) {
  Writer *w = &d->k->w;
  StrBuf x = {.arena = w->out.arena}, y = {.arena = w->out.arena};
  long long block = d->block, features = d->features;
  if (d->n > 1) sb_term(&x, "s", d->x.n), sb_term(&y, "s", value_strides(view_out(&d->k->v)).n);
  if (d->pass)
    w_line(w, "const float *x = packed + (j - j0) * %lld;", packed_size(d));
  else
    w_line(w, "const float *x = i%d%s;", d->k->v.in[0], sb_str(&x));
  w_line(w, "const float *w = i%d + g * %lld;", d->k->v.in[1], features * block);
  if (d->bias >= 0) w_line(w, "const float *b = i%d + g * %lld;", d->bias, block);
  for (int i = 0; i < d->noperands; i++) {
    int id = d->operand[i];
    StrBuf r = {.arena = w->out.arena};
    const Value *v = graph_value(d->k->v.g, d->k->v.group->in[id]);
    if (d->n > 1 && !is_vector(d, id)) sb_term(&r, "s", value_strides(v).n);
    w_line(w, "const float *r%d = i%d + g * %lld%s;", id, id, block, sb_str(&r));
  }
  w_line(w, "float *y = o0 + g * %lld%s;", block, sb_str(&y));
  if (d->pass)
    w_line(w, "float *sums = ws + ((g - g0) * (j1 - j0) + (j - j0)) * %lld;", sums_size(d));
  if (varies(d))
    w_line(w, "const size_t m = g < %lld ? %lld : %lld;", (long long)(d->groups - 1), block,
           (long long)(d->out - (d->groups - 1) * block));
}

static void write_pack(Dense *d) {
  Writer *w = &d->k->w;
  w_line(w, "/* features of `px` samples side by side */");
  w_signature(w, 1, "$_pack",
              "const float *restrict x, float *restrict to, size_t count, size_t px");
  w_open(w, "for (size_t i = 0; i < count; ++i)");
  w_line(w, "for (size_t p = 0; p < px; ++p) to[i * px + p] = x[p * %lld + i];",
         (long long)d->x.n);
  w_close(w);
  double times = (double)ceil_div(d->groups, d->per);
  w_count_loads(w, 4 * times * (double)(d->n * d->features));
  w_count_stores(w, 4 * times * (double)(d->n * d->features));
  w_close(w);
  w_blank(w);
}

static void write_sample(Dense *d);

/* A unit is some groups and some of the tiles: in each pass the samples are packed, then all
 * groups run over them. */
static void open_passes(Dense *d) {
  Writer *w = &d->k->w;
  long long parts = d->parts, tiles = d->tiles, gparts = ceil_div(d->groups, d->per);
  long long run = d->run, pass = d->pass, groups = d->groups;
  StrBuf b = {.arena = w->out.arena};
  w_line(w, "const size_t c = u / %lld, q = u %% %lld;", parts, parts);
  w_line(w, "const size_t g0 = c * %lld / %lld, g1 = (c + 1) * %lld / %lld;", groups, gparts,
         groups, gparts);
  w_line(w, "const size_t j0 = q * %lld / %lld, j1 = (q + 1) * %lld / %lld;", tiles, parts, tiles,
         parts);
  w_line(w, "float *packed = ws + %lld;", sums_of_unit(d));
  w_open(w, "for (size_t f0 = 0; f0 < %lld; f0 += %lld)", run, pass);
  w_line(w, "const size_t f1 = f0 + %lld < %lld ? f0 + %lld : %lld;", pass, run, pass, run);
  w_open(w, "for (size_t j = j0; j < j1; ++j)");
  write_sample(d);
  int64_t before = 0;
  for (int i = 0; i < d->ntiles; i++) {
    before += d->tile[i].count;
    if (i + 1 < d->ntiles) sb_printf(&b, "j < %lld ? ", (long long)before);
    sb_printf(&b, i + 1 < d->ntiles ? "%d : " : "%d", d->tile[i].px);
  }
  const char *count = "f1 - f0";
  if (d->channels)
    count = str_fmt(b.arena, "(f1 == %lld ? %lld : f1) - f0", run, (long long)d->features);
  w_line(w, "$_pack(i%d + s * %lld + f0, packed + (j - j0) * %lld, %s, %s);", d->k->v.in[0],
         (long long)d->x.n, packed_size(d), count, sb_str(&b));
  w_close(w);
  w_open(w, "for (size_t g = g0; g < g1; ++g)");
  w_open(w, "for (size_t j = j0; j < j1; ++j)");
}

/* The groups and the tiles of a unit. */
static void open_tiles(Dense *d) {
  if (d->pass)
    open_passes(d);
  else
    w_line(&d->k->w, "const size_t g = u / %lld, j = u %% %lld;", (long long)d->tiles,
           (long long)d->tiles);
}

/* The sample s at which tile j of the samples begins. */
static void write_sample(Dense *d) {
  Writer *w = &d->k->w;
  StrBuf b = {.arena = w->out.arena};
  int64_t before = 0;
  for (int i = 0; i < d->ntiles; i++) {
    const DenseTile *t = &d->tile[i];
    long long px = t->px, first = t->first;
    if (i + 1 < d->ntiles) sb_printf(&b, "j < %lld ? ", (long long)(before + t->count));
    if (i)
      sb_printf(&b, "%lld + (j - %lld) * %lld", first, (long long)before, px);
    else
      sb_printf(&b, "j * %lld", px);
    if (i + 1 < d->ntiles) sb_puts(&b, " : ");
    before += t->count;
  }
  w_line(w, "const size_t s = %s; /* first sample of the tile */", sb_str(&b));
}

static void write_choice(Dense *d, int which) {
  Writer *w = &d->k->w;
  int64_t before = 0;
  for (int i = 0; i < d->ntiles; i++) {
    const DenseTile *t = &d->tile[i];
    before += t->count;
    if (i + 1 < d->ntiles)
      w_line(w, "%sif (j < %lld)", i ? "else " : "", (long long)before);
    else if (i)
      w_line(w, "else");
    bool braces = d->ntiles > 1 && d->pass;
    if (braces) w_block(w);
    if (!braces) w->depth += d->ntiles > 1;
    write_call(d, t, which);
    if (!braces) w->depth -= d->ntiles > 1;
    if (braces) w_close(w);
  }
}

static void write_entry(Dense *d) {
  Writer *w = &d->k->w;
  int64_t whole = d->groups - (d->rest > 0);
  kernel_signature(d->k);
  kernel_slice(d->k, d->k->step->choice.units);
  if (d->n == 1)
    w_open(w, "for (size_t g = u0; g < u1; ++g)");
  else
    w_open(w, "for (size_t u = u0; u < u1; ++u)");
  if (d->n > 1) open_tiles(d), write_sample(d);
  write_pointers(d);
  bool both = d->rest && whole;
  if (both) w_open(w, "if (g < %lld)", (long long)whole);
  if (whole) write_choice(d, 0);
  if (both) w_close(w), w_open(w, "else");
  if (d->rest) write_choice(d, 1);
  if (both) w_close(w);
  while (w->depth) w_close(w);
  if (d->pass)
    kernel_note(d->k, "passes: %.0f of %lld features, partial sums wait in the workspace",
                passes_of(d), (long long)d->pass);
  kernel_note(d->k, "order: group of %lld outputs, %s%sinput feature", (long long)d->block,
              d->pass ? "pass over the features, " : "", d->n > 1 ? "samples, " : "");
  if (d->stream < d->block)
    kernel_note(d->k, "weights of a group in %lld streams", (long long)(d->block / d->stream));
  kernel_note(d->k, "register tile: %d vectors of outputs x up to %d samples, %d partial sums",
              d->nb, d->tile[0].px, sums_of(d->nb, d->tile[0].px));
  kernel_note(d->k, "split: %lld units of (group, samples)", (long long)d->k->step->choice.units);
}

bool emit_dense(Kernel *k) {
  Dense d = {.k = k};
  set_up(&d);
  k->base = str_fmt(k->c->arena, "dense_%lld_%lld", (long long)d.in, (long long)d.out);
  for (int i = 0; i < d.ntiles; i++) {
    if (d.groups > (d.rest > 0)) write_tile(&d, &d.tile[i], 0);
    if (d.rest) write_tile(&d, &d.tile[i], 1);
  }
  if (d.pass) write_pack(&d);
  write_entry(&d);
  return true;
}
