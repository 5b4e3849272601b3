/* cmd_run.c: netcc run: a network on images, arrays or a whole data set.
 * The network is executed by its own emitted code (module.c) or, with --reference, by the
 * interpreter. Pixels become numbers in 0…1, then (x - mean) / std per channel as asked.
 */
#include "cli.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { MAX_CHANNELS = 16, CHUNK = 100 };

typedef struct Runner {
  Ctx *c;
  const Options *o;
  Network n;
  Module *module; /* NULL: reference */
  int threads;
  int nmean;
  double mean[MAX_CHANNELS], std[MAX_CHANNELS];
} Runner;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* ---- execution --------------------------------------------------------------------------- */

static bool run_reference(Runner *r, const float *const *in, float *const *out) {
  const Graph *g = r->n.source;
  Tensor *x = NEWN(r->c->arena, Tensor, g->inputs.len);
  for (int i = 0; i < g->inputs.len; i++)
    x[i] = (Tensor){graph_value(g, g->inputs.at[i])->shape, (float *)in[i]};
  Interp result;
  double started = 0;
  if (!interp_run(r->c, g, x, &result, progress_bar, &started)) return false;
  for (int i = 0; i < g->outputs.len; i++) {
    const Value *v = graph_value(g, g->outputs.at[i]);
    const float *data = v->data ? v->data : result.value[v->id].data;
    memcpy(out[i], data, (size_t)shape_count(&v->shape) * sizeof(float));
  }
  return true;
}

static bool run_batch(Runner *r, const float *const *in, float *const *out, size_t batch) {
  if (r->module) return module_run(r->c, r->module, in, out, r->threads, batch);
  const Graph *g = r->n.source;
  for (size_t b = 0; b < batch; b++) {
    const float **x = NEWN(r->c->arena, const float *, g->inputs.len);
    float **y = NEWN(r->c->arena, float *, g->outputs.len);
    for (int i = 0; i < g->inputs.len; i++)
      x[i] = in[i] + (int64_t)b * shape_count(&graph_value(g, g->inputs.at[i])->shape);
    for (int i = 0; i < g->outputs.len; i++)
      y[i] = out[i] + (int64_t)b * shape_count(&graph_value(g, g->outputs.at[i])->shape);
    if (!run_reference(r, x, y)) return false;
  }
  return true;
}

/* ---- pictures to tensors ----------------------------------------------------------------- */

static bool parse_list(Ctx *c, const char *option, const char *text, double *v, int *n) {
  *n = 0;
  for (const char *s = text; s && *s;) {
    char *end;
    double x = strtod(s, &end);
    if (end == s || (*end && *end != ',') || *n == MAX_CHANNELS || !isfinite(x)) {
      diag_error(c, DIAG_E0611, NO_SPAN, "--%s=%s: expected up to %d numbers with commas between",
                 option, text, MAX_CHANNELS);
      return false;
    }
    v[(*n)++] = x;
    s = *end ? end + 1 : end;
  }
  return true;
}

static bool read_mean_std(Runner *r) {
  int nstd;
  if (!parse_list(r->c, "mean", r->o->mean, r->mean, &r->nmean) ||
      !parse_list(r->c, "std", r->o->std, r->std, &nstd))
    return false;
  int most = r->nmean > nstd ? r->nmean : nstd;
  for (int i = 0; i < MAX_CHANNELS; i++) { /* one number serves all channels */
    if (i >= r->nmean) r->mean[i] = r->nmean == 1 ? r->mean[0] : 0;
    if (i >= nstd) r->std[i] = nstd == 1 ? r->std[0] : 1;
    if (r->std[i] != 0) continue;
    diag_error(r->c, DIAG_E0611, NO_SPAN, "--std must not hold a zero");
    return false;
  }
  r->nmean = most;
  return true;
}

static bool check_channels(Runner *r, const Value *v) {
  int channels = (int)v->shape.dim[1];
  if (v->type == DT_U8 && r->nmean) {
    Diag *d =
        diag_error(r->c, DIAG_E0611, v->span, "input '%s' takes bytes as they are", v->name);
    diag_help(r->c, d, "without --mean and --std; normalise in the network");
    return false;
  }
  if (r->nmean <= 1 || r->nmean == channels) return true;
  diag_error(r->c, DIAG_E0611, NO_SPAN, "--mean and --std have %d numbers, the input %d channels",
             r->nmean, channels);
  return false;
}

/* Fits an image to the input [N, C, H, W] and writes it to `out`: normalised, or as bytes. */
static bool image_to_input(Runner *r, Image im, const Value *v, float *out) {
  const Shape *s = &v->shape;
  int h = (int)s->dim[2], w = (int)s->dim[3];
  const char *fit = r->o->fit ? r->o->fit : "resize";
  if (str_eq(fit, "crop")) {
    if (im.height < h || im.width < w) {
      diag_error(r->c, DIAG_E0613, NO_SPAN, "--fit=crop: the image is %dx%d, the input %dx%d",
                 im.height, im.width, h, w);
      return false;
    }
    im = image_crop(r->c, &im, h, w);
  } else if (str_eq(fit, "resize") || str_eq(fit, "bilinear")) {
    ResizeMode mode = str_eq(fit, "resize") ? RESIZE_PIL : RESIZE_BILINEAR;
    if (im.height != h || im.width != w) im = image_resize(r->c, &im, h, w, mode);
  } else {
    diag_error(r->c, DIAG_E0611, NO_SPAN, "--fit=%s: expected resize, bilinear or crop", fit);
    return false;
  }
  int64_t count = shape_count(s) / s->dim[0];
  if (v->type != DT_U8) image_normalise(&im, r->mean, r->std);
  for (int64_t i = 0; i < count && v->type == DT_U8; i++) im.data[i] = roundf(255 * im.data[i]);
  memcpy(out, im.data, (size_t)im.channels * (size_t)h * (size_t)w * sizeof(float));
  return true;
}

static bool image_shaped(Runner *r, const Value *v) {
  const Shape *s = &v->shape;
  if (s->rank == 4 && (s->dim[1] == 1 || s->dim[1] == 3) && s->dim[2] <= IMAGE_MAX_SIDE &&
      s->dim[3] <= IMAGE_MAX_SIDE)
    return check_channels(r, v);
  diag_error(r->c, DIAG_E0613, v->span, "input '%s' is [%s]: not shaped like images", v->name,
             shape_text(r->c, s));
  return false;
}

static bool holds_bytes(Runner *r, const char *path, const Value *v, const Tensor *t) {
  for (int64_t i = 0; i < shape_count(&t->shape) && v->type == DT_U8; i++) {
    float x = t->data[i];
    if (x >= 0 && x <= 255 && x == truncf(x)) continue;
    diag_error(r->c, DIAG_E0613, v->span,
               "%s holds %g; input '%s' takes whole numbers from 0 to 255", path, (double)x,
               v->name);
    return false;
  }
  return true;
}

/* An array is one input, or any whole number of them one after another: that number, or 0. */
static size_t read_array(Runner *r, const char *path, const Value *v, float **data) {
  Tensor t;
  if (!npy_read(r->c, path, &t)) return 0;
  int64_t have = shape_count(&t.shape), need = shape_count(&v->shape);
  bool fits = have > 0 && have % need == 0 && t.shape.rank >= 1;
  for (int i = 1; fits && i < v->shape.rank && t.shape.rank == v->shape.rank; i++)
    fits = t.shape.dim[i] == v->shape.dim[i];
  if (fits && holds_bytes(r, path, v, &t)) {
    *data = t.data;
    return (size_t)(have / need);
  }
  if (fits) return 0;
  diag_error(r->c, DIAG_E0613, v->span, "%s is [%s], input '%s' is [%s]", path,
             shape_text(r->c, &t.shape), v->name, shape_text(r->c, &v->shape));
  return 0;
}

static size_t read_input(Runner *r, const char *path, const Value *v, float **data) {
  if (str_ends(path, ".npy")) return read_array(r, path, v, data);
  Image im;
  if (!image_shaped(r, v) || !image_read(r->c, path, (int)v->shape.dim[1], &im)) return 0;
  if (v->shape.dim[0] != 1) {
    diag_error(r->c, DIAG_E0613, v->span, "an image is one sample; '%s' takes %lld at a time",
               v->name, (long long)v->shape.dim[0]);
    return 0;
  }
  *data = NEWN(r->c->arena, float, shape_count(&v->shape));
  return image_to_input(r, im, v, *data);
}

/* ---- results ----------------------------------------------------------------------------- */

static void softmax(float *y, int64_t n) {
  double max = -INFINITY, sum = 0;
  for (int64_t i = 0; i < n; i++) max = fmax(max, y[i]);
  for (int64_t i = 0; i < n; i++) sum += exp(y[i] - max);
  for (int64_t i = 0; i < n; i++) y[i] = (float)(exp(y[i] - max) / sum);
}

static int64_t best_of(const float *y, int64_t n, const bool *taken) {
  int64_t best = -1;
  for (int64_t i = 0; i < n; i++)
    if (!(taken && taken[i]) && (best < 0 || y[i] > y[best])) best = i;
  return best;
}

static void print_top(Runner *r, const float *y, int64_t n, int64_t top, const Labels *labels) {
  bool *taken = NEWN(r->c->arena, bool, n);
  for (int64_t k = 0; k < top && k < n; k++) {
    int64_t i = best_of(y, n, taken);
    taken[i] = true;
    printf("%5lld  %9.6f  %s\n", (long long)i, (double)y[i],
           labels && i < labels->at.len ? labels->at.at[i] : "");
  }
}

static void print_values(Runner *r, const char *name, const Value *v, const float *y) {
  int64_t n = shape_count(&v->shape);
  printf("%s [%s]:", name, shape_text(r->c, &v->shape));
  for (int64_t i = 0; i < n && i < 16; i++) printf(" %g", (double)y[i]);
  printf(n > 16 ? " … (--save=FILE.npy for all)\n" : "\n");
}

static bool classes_shaped(const Value *v) {
  int64_t n = shape_count(&v->shape) / v->shape.dim[0];
  return n > 1 && n == v->shape.dim[1]; /* [N, K] or [N, K, 1, 1] */
}

/* The first output as --save names it, or all of them, by name, in a folder: "--save=results/". */
static bool save(Runner *r, float *const *out, size_t batch) {
  const Graph *g = r->n.source;
  const char *path = r->o->save;
  bool all = path && str_ends(path, "/"), ok = true;
  for (int i = 0; path && i < (all ? g->outputs.len : 1); i++) {
    Tensor t = {graph_value(g, g->outputs.at[i])->shape, out[i]};
    t.shape.dim[0] *= (int64_t)batch;
    const char *name = str_fmt(r->c->arena, "%s%s.npy", path, g->output_names.at[i]);
    ok = ok && npy_write(r->c, all ? name : path, &t);
  }
  return ok;
}

static bool show(Runner *r, float *const *out, size_t batch) {
  const Graph *g = r->n.source;
  Labels labels = {0};
  int64_t top;
  if (!option_int(r->c, "top", r->o->top, 5, 1, &top)) return false;
  if (r->o->labels && !labels_read(r->c, r->o->labels, &labels)) return false;
  for (int i = 0; i < g->outputs.len; i++) {
    const Value *v = graph_value(g, g->outputs.at[i]);
    int64_t n = shape_count(&v->shape), each = n / v->shape.dim[0];
    for (int64_t b = 0; b < (int64_t)batch * v->shape.dim[0]; b++) {
      float *y = out[i] + b * each;
      if (classes_shaped(v) && r->o->softmax) softmax(y, each);
      if (r->o->save && !r->o->labels && !r->o->top) continue;
      if (classes_shaped(v))
        print_top(r, y, each, top, r->o->labels ? &labels : NULL);
      else if (b % v->shape.dim[0] == 0)
        print_values(r, g->output_names.at[i], v, y);
    }
  }
  return save(r, out, batch);
}

/* ---- inputs from files ------------------------------------------------------------------- */

/* Splits "NAME=FILE" and finds the input; a bare FILE is for the next input without one. */
static int input_index(Runner *r, const char *text, const char *const *taken, const char **path) {
  const Graph *g = r->n.source;
  const char *eq = strchr(text, '=');
  *path = text;
  for (int i = 0; eq && i < g->inputs.len; i++) {
    const char *name = graph_value(g, g->inputs.at[i])->name;
    if (strlen(name) != (size_t)(eq - text) || strncmp(name, text, (size_t)(eq - text))) continue;
    *path = eq + 1;
    return i;
  }
  for (int i = 0; i < g->inputs.len; i++)
    if (!taken[i]) return i;
  diag_error(r->c, DIAG_E0611, NO_SPAN, "--input=%s: the network has only %d input%s", text,
             g->inputs.len, g->inputs.len == 1 ? "" : "s");
  return -1;
}

static bool run_files(Runner *r) {
  const Graph *g = r->n.source;
  int n = g->inputs.len;
  const char **paths = NEWN(r->c->arena, const char *, n + 1);
  float **in = NEWN(r->c->arena, float *, n + 1);
  size_t batch = 0;
  for (int i = 0; i < r->o->inputs.len; i++) {
    const char *path;
    int at = input_index(r, r->o->inputs.at[i], paths, &path);
    if (at < 0) return false;
    paths[at] = path;
    size_t got = read_input(r, path, graph_value(g, g->inputs.at[at]), &in[at]);
    if (!got) return false;
    if (batch && got != batch) {
      diag_error(r->c, DIAG_E0613, NO_SPAN, "%s holds %zu samples, another input %zu", path, got,
                 batch);
      return false;
    }
    batch = got;
  }
  for (int i = 0; i < n; i++) {
    if (paths[i]) continue;
    const Value *v = graph_value(g, g->inputs.at[i]);
    diag_error(r->c, DIAG_E0611, v->span, "no --input for '%s'", v->name);
    return false;
  }
  float **out = NEWN(r->c->arena, float *, g->outputs.len + 1);
  for (int i = 0; i < g->outputs.len; i++)
    out[i] = NEWN(r->c->arena, float,
                  (int64_t)batch *shape_count(&graph_value(g, g->outputs.at[i])->shape));
  return run_batch(r, (const float *const *)in, out, batch) && show(r, out, batch);
}

/* ---- data sets --------------------------------------------------------------------------- */

typedef struct Score {
  int64_t right, seen;
  int64_t *confusion; /* [label][answer] */
  double seconds;
} Score;

static bool dataset_fits(Runner *r, const Dataset *d) {
  const Graph *g = r->n.source;
  const Value *x = graph_value(g, g->inputs.at[0]), *y = graph_value(g, g->outputs.at[0]);
  if (g->inputs.len != 1 || !image_shaped(r, x)) {
    if (g->inputs.len != 1)
      diag_error(r->c, DIAG_E0613, x->span, "a data set needs a network with one input");
    return false;
  }
  int64_t classes = shape_count(&y->shape) / y->shape.dim[0];
  if (x->shape.dim[0] == 1 && x->shape.dim[1] == d->channels && classes == d->classes)
    return true;
  Diag *e = diag_error(r->c, DIAG_E0613, x->span,
                       "data set '%s' has %d channels and %d classes; the network takes [%s] and "
                       "gives [%s]",
                       d->name, d->channels, d->classes, shape_text(r->c, &x->shape),
                       shape_text(r->c, &y->shape));
  diag_help(r->c, e, "the network takes one image at a time (N=1) of the data set's channels");
  return false;
}

static bool load_image(Runner *r, const Dataset *d, int64_t i, const Value *v, float *out) {
  int64_t n = (int64_t)d->channels * d->height * d->width;
  Image im = image_new(r->c, d->channels, d->height, d->width);
  for (int64_t j = 0; j < n; j++) im.data[j] = (float)d->images[i * n + j] / 255.0f;
  return image_to_input(r, im, v, out);
}

static bool run_chunk(Runner *r, const Dataset *d, int64_t from, int64_t count, float *in,
                      float *out, Score *score) {
  const Graph *g = r->n.source;
  const Value *v = graph_value(g, g->inputs.at[0]);
  for (int64_t i = 0; i < count; i++)
    if (!load_image(r, d, from + i, v, in + i * shape_count(&v->shape))) return false;
  const float *x = in;
  float **y = NEWN(r->c->arena, float *, g->outputs.len);
  y[0] = out;
  for (int i = 1; i < g->outputs.len; i++)
    y[i] = NEWN(r->c->arena, float, count *shape_count(&graph_value(g, g->outputs.at[i])->shape));
  double start = now();
  if (!run_batch(r, &x, y, (size_t)count)) return false;
  score->seconds += now() - start;
  for (int64_t i = 0; i < count; i++) {
    int64_t answer = best_of(out + i * d->classes, d->classes, NULL), label = d->labels[from + i];
    score->right += answer == label;
    score->seen++;
    score->confusion[label * d->classes + answer]++;
  }
  return true;
}

static void print_confusions(const Dataset *d, const Score *s) {
  bool shown = false;
  for (int k = 0; k < 5; k++) {
    int64_t best = 0, at = -1;
    for (int64_t i = 0; i < (int64_t)d->classes * d->classes; i++) {
      if (i / d->classes == i % d->classes || s->confusion[i] <= best) continue;
      best = s->confusion[at = i];
    }
    if (at < 0) break;
    if (!shown) printf("most frequent confusions:\n");
    shown = true;
    printf("%6lld  %s taken for %s\n", (long long)best, d->class_names[at / d->classes],
           d->class_names[at % d->classes]);
    s->confusion[at] = 0;
  }
}

static bool run_dataset(Runner *r) {
  DatasetKind kind;
  Dataset d;
  int64_t limit;
  if (!dataset_find(r->o->dataset, &kind)) {
    diag_error(r->c, DIAG_E0611, NO_SPAN, "--dataset %s: expected mnist, fashion or cifar10",
               r->o->dataset);
    return false;
  }
  if (!dataset_read(r->c, kind, r->o->data_dir, r->o->train_split ? SPLIT_TRAIN : SPLIT_TEST,
                    &d) ||
      !dataset_fits(r, &d) || !option_int(r->c, "limit", r->o->limit, d.count, 1, &limit))
    return false;
  if (limit > d.count) limit = d.count;
  const Graph *g = r->n.source;
  int64_t nx = shape_count(&graph_value(g, g->inputs.at[0])->shape);
  float *in = NEWN(r->c->arena, float, nx *CHUNK);
  float *out = NEWN(r->c->arena, float, (int64_t)d.classes *CHUNK);
  Score s = {.confusion = NEWN(r->c->arena, int64_t, (int64_t)d.classes * d.classes)};
  double started = 0;
  for (int64_t i = 0; i < limit; i += CHUNK) {
    int64_t count = limit - i < CHUNK ? limit - i : CHUNK;
    if (!run_chunk(r, &d, i, count, in, out, &s)) return false;
    progress_bar(&started, i + count, limit);
  }
  printf("%s: %lld of %lld right (%.2f %%), %.0f images a second\n", d.name, (long long)s.right,
         (long long)s.seen, 100.0 * (double)s.right / (double)s.seen, (double)s.seen / s.seconds);
  print_confusions(&d, &s);
  return true;
}

int cmd_run(Ctx *c, Options *o) {
  Runner r = {.c = c, .o = o};
  int64_t threads;
  if (!option_int(c, "threads", o->threads, 0, 1, &threads) || !read_mean_std(&r))
    return EXIT_FAILED;
  r.threads = (int)(threads > 1024 ? 1024 : threads);
  if (!o->dataset == !o->inputs.len) {
    diag_error(c, DIAG_E0611, NO_SPAN, "give either --input or --dataset");
    return EXIT_USAGE;
  }
  if (!load_network(c, o, &r.n)) return c->errors ? EXIT_FAILED : EXIT_OK;
  if (!r.n.bound) {
    Diag *d = diag_error(c, DIAG_E0611, NO_SPAN, "the network has parameters but no weights");
    diag_help(c, d, "give --weights=FILE.safetensors or --random-weights=SEED");
    return EXIT_FAILED;
  }
  if (!o->reference && !(r.module = module_build(c, &r.n, false))) return EXIT_FAILED;
  bool ok = o->dataset ? run_dataset(&r) : run_files(&r);
  if (r.module) module_close(r.module);
  return ok ? EXIT_OK : EXIT_FAILED;
}
