/* k_local.c: locally connected layers in one to three dimensions, plain layout.
 * Every weight is read once a sample, so the kernel lives on the bandwidth of memory: weights are
 * packed with the places innermost, and one tap at a time is added to a whole output row, weights
 * and input side by side. Each tap of a row has a constant range of columns for which it lies
 * inside the input.
 */
#include "emit.h"

typedef struct Local {
  Kernel *k;
  const LocalAttr *a;
  int rank; /* spatial dimensions; seen as three: depth, row, column */
  int64_t in[3], out[3];
  int64_t channels, filters, x_sample, y_sample;
  int weight, bias; /* group inputs; bias -1: none */
} Local;

static int64_t sample_stride(const Value *v) {
  for (int a = 0; a < v->layout.naxes; a++)
    if (v->layout.axis[a].dim == 0) return v->layout.axis[a].stride;
  return 0;
}

/* Dimensions that are not there are windows of one element over one element. */
static int64_t attr_of(const Local *l, const Dims *d, int i) {
  int at = i - (3 - l->rank);
  return at < 0 ? 1 : d->v[at];
}

static int64_t pad_of(const Local *l, int i) {
  int at = i - (3 - l->rank);
  return at < 0 ? 0 : l->a->pad.v[at];
}

/* Output positions [*lo, *hi) whose tap t in dimension i lies inside the input. */
static void tap_range(const Local *l, int i, int64_t t, int64_t *lo, int64_t *hi) {
  int64_t stride = attr_of(l, &l->a->stride, i);
  int64_t shift = t * attr_of(l, &l->a->dilation, i) - pad_of(l, i);
  *lo = shift < 0 ? (-shift + stride - 1) / stride : 0;
  *hi = shift >= l->in[i] ? 0 : min64(l->out[i], (l->in[i] - 1 - shift) / stride + 1);
  if (*hi < *lo) *hi = *lo;
}

/* Share of (output position, tap) pairs of dimension i whose tap lies inside the input. */
static double inside(const Local *l, int i) {
  int64_t taps = attr_of(l, &l->a->kernel, i), sum = 0, lo, hi;
  for (int64_t t = 0; t < taps; t++) {
    tap_range(l, i, t, &lo, &hi);
    sum += hi - lo;
  }
  return (double)sum / (double)(taps * l->out[i]);
}

/* False where the padding is so wide that every window lies in it. */
static bool reaches_input(const Local *l) {
  return inside(l, 0) > 0 && inside(l, 1) > 0 && inside(l, 2) > 0;
}

/* Opens a loop over the kernel's planes (i = 0) or rows (1), and a test that the input has the
 * tap, each where there is a choice. Returns how many it opened. */
static int open_taps(Local *l, int i) {
  Writer *w = &l->k->w;
  const char axis = "zy"[i];
  int64_t taps = attr_of(l, &l->a->kernel, i), pad = pad_of(l, i);
  const char *o = l->out[i] > 1 ? str_fmt(w->out.arena, "(ptrdiff_t)o%c", axis) : NULL;
  const char *tap = taps > 1 ? str_fmt(w->out.arena, "k%c", axis) : NULL;
  if (i < 3 - l->rank) return 0;
  if (tap)
    w_loop(w, (double)taps, "for (ptrdiff_t k%c = 0; k%c < %lld; ++k%c)", axis, axis,
           (long long)taps, axis);
  const char *first = index_text(l->k, o, attr_of(l, &l->a->stride, i), 0);
  const char *inner = index_text(l->k, tap, attr_of(l, &l->a->dilation, i), 0);
  if (!tap) inner = "0";
  w_line(w, "const ptrdiff_t %c = %s%s;", axis, sum_text(l->k, first, inner),
         pad ? str_fmt(w->out.arena, " - %lld", (long long)pad) : "");
  double share = inside(l, i);
  if (share < 1) w_loop(w, share, "if (%c >= 0 && %c < %lld)", axis, axis, (long long)l->in[i]);
  return (tap != NULL) + (share < 1);
}

static void write_taps(Local *l) {
  Kernel *k = l->k;
  Writer *w = &k->w;
  int64_t places = l->out[0] * l->out[1] * l->out[2], stride = attr_of(l, &l->a->stride, 2), lo,
          hi;
  for (int64_t t = 0; t < attr_of(l, &l->a->kernel, 2); t++) {
    tap_range(l, 2, t, &lo, &hi);
    if (lo == hi) continue;
    int64_t at = lo * stride + t * attr_of(l, &l->a->dilation, 2) - pad_of(l, 2);
    w_for(w, "c", hi - lo);
    w_line(w, "o[%s] += k[%s] * r[%s];", index_text(k, "c", 1, lo),
           index_text(k, "c", 1, t * places + lo), index_text(k, "c", stride, at));
    w_count_fma(w, 1);
    w_count_loads(w, 8);
    w_close(w);
  }
}

static void write_sum(Local *l) {
  Kernel *k = l->k;
  Writer *w = &k->w;
  if (!reaches_input(l)) {
    w_line(w, "(void)x, (void)w; /* every window lies in the padding */");
    return;
  }
  int64_t size = l->in[0] * l->in[1] * l->in[2], places = l->out[0] * l->out[1] * l->out[2];
  int64_t kh = attr_of(l, &l->a->kernel, 1), kw = attr_of(l, &l->a->kernel, 2);
  w_for(w, "ic", l->channels);
  w_line(w, "const float *plane = x + %s;", index_text(k, "ic", size, 0));
  w_line(w, "const float *kernel = w + %s;",
         index_text(k, "ic", attr_of(l, &l->a->kernel, 0) * kh * kw * places, 0));
  int opened = open_taps(l, 0);
  opened += open_taps(l, 1);
  const char *row = l->rank < 2 ? "0" : index_text(k, "y", l->in[2], 0);
  const char *layer = l->rank < 3 ? "0" : index_text(k, "z", l->in[1] * l->in[2], 0);
  w_line(w, "const float *r = plane + %s;", sum_text(k, layer, row));
  const char *ky = kh > 1 ? index_text(k, "ky", kw * places, 0) : "0";
  const char *kz =
      attr_of(l, &l->a->kernel, 0) > 1 ? index_text(k, "kz", kh * kw * places, 0) : "0";
  w_line(w, "const float *k = kernel + %s;", sum_text(k, kz, ky));
  write_taps(l);
  while (opened--) w_close(w);
  w_close(w);
}

static void write_finish(Local *l) {
  Kernel *k = l->k;
  if (!k->v.nepilogue) return;
  w_for(&k->w, "c", l->out[2]);
  w_line(&k->w, "float v = o[c];");
  for (int i = 0; i < k->v.nepilogue; i++) epilogue_unary(k, k->v.epilogue[i].node, "v", true);
  w_line(&k->w, "o[c] = v;");
  w_count_loads(&k->w, 4);
  w_count_stores(&k->w, 4);
  w_close(&k->w);
}

/* Declares o, x and w: this unit's output row, its sample of the input, and the weights of its
 * filter at the row's places; fills the row with the bias. */
static void write_begin(Local *l) {
  Kernel *k = l->k;
  Writer *w = &k->w;
  Arena *m = k->c->arena;
  int64_t width = l->out[2], places = l->out[0] * l->out[1] * width;
  int64_t taps = l->channels;
  for (int i = 0; i < l->rank; i++) taps *= l->a->kernel.v[i];
  View4 y = {.n = view_out(&k->v)->shape.dim[0], .blocks = l->filters, .h = places / width};
  y.s = (Strides){l->y_sample, places, width, 1, 1};
  row_units_open(k, &y, "row");
  const char *depth = l->out[1] > 1 ? str_fmt(m, "row / %lld", (long long)l->out[1]) : "row";
  const char *line = l->out[0] > 1 ? str_fmt(m, "row %% %lld", (long long)l->out[1]) : "row";
  if (reaches_input(l) && l->out[0] > 1) w_line(w, "const size_t oz = %s;", depth);
  if (reaches_input(l) && l->out[1] > 1) w_line(w, "const size_t oy = %s;", line);
  w_line(w, "float *o = %s;", sum_text(k, "o0", row_offset(k, &y, "row")));
  const char *sample = y.n > 1 ? index_text(k, "s", l->x_sample, 0) : "0";
  w_line(w, "const float *x = %s;", sum_text(k, str_fmt(m, "i%d", k->v.in[0]), sample));
  View4 weights = y;
  weights.n = 1;
  weights.s.cb = taps * places;
  w_line(w, "const float *w = %s;",
         sum_text(k, str_fmt(m, "i%d", l->weight), row_offset(k, &weights, "row")));
  weights.s.cb = places;
  if (l->bias >= 0)
    w_line(w, "const float *b = %s;",
           sum_text(k, str_fmt(m, "i%d", l->bias), row_offset(k, &weights, "row")));
  w_for(w, "c", width);
  w_line(w, "o[c] = %s;", l->bias < 0 ? "0" : "b[c]");
  if (l->bias >= 0) w_count_loads(w, 4);
  w_count_stores(w, 4);
  w_close(w);
}

bool emit_local(Kernel *k) {
  const Value *x = view_in(&k->v, 0), *y = view_out(&k->v);
  Local l = {.k = k,
             .a = ATTR(k->v.anchor, LocalAttr),
             .rank = x->shape.rank - 2,
             .in = {1, 1, 1},
             .out = {1, 1, 1}};
  for (int i = 0; i < l.rank; i++) {
    l.in[3 - l.rank + i] = x->shape.dim[2 + i];
    l.out[3 - l.rank + i] = y->shape.dim[2 + i];
  }
  l.channels = x->shape.dim[1], l.filters = y->shape.dim[1];
  l.x_sample = sample_stride(x), l.y_sample = sample_stride(y);
  l.weight = k->v.in[1], l.bias = k->v.nin > 2 ? k->v.in[2] : -1;
  StrBuf size = {.arena = k->c->arena};
  for (int i = 0; i < l.rank; i++)
    sb_printf(&size, "%s%lld", i ? "x" : "", (long long)l.a->kernel.v[i]);
  k->base =
      str_fmt(k->c->arena, "local%s_%lldx%lldx%lldx%lld", sb_str(&size), (long long)l.filters,
              (long long)l.out[0], (long long)l.out[1], (long long)l.out[2]);
  kernel_note(k, "filter, row, input channel, kernel row, tap, column; weights with the places");
  kernel_note(k, "innermost; a unit of the split is one output row of one filter");
  kernel_signature(k);
  write_begin(&l);
  write_sum(&l);
  write_finish(&l);
  w_close(&k->w);
  w_close(&k->w);
  return true;
}
