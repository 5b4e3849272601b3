/* layout.c: element types, shapes, and where the elements of a tensor lie in memory.
 *
 * A layout is a list of axes, outermost first, each taking part of one dimension's index. Its
 * text names the dimensions by letters in axis order: a capital is the outer part of a blocked
 * dimension, a number before a letter is the block ("nChw8c", "nhwc", "OIhw"-style weights read
 * "NChw8c16n"). A slice of a larger buffer adds "+offset/size"; anything else is spelled out as
 * "{dim/div*extent@stride,…}+offset:size". Both forms read back exactly.
 */
#include "ir.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- element types and shapes ------------------------------------------------------------ */

static const struct {
  const char *name;
  int size;
} dtypes[DT_COUNT] = {[DT_F32] = {"f32", 4}, [DT_U8] = {"u8", 1}, [DT_I32] = {"i32", 4}};

const char *dtype_name(DType t) { return dtypes[t].name; }

int dtype_size(DType t) { return dtypes[t].size; }

bool dtype_find(const char *name, DType *t) {
  for (int i = 0; i < DT_COUNT; i++)
    if (str_eq(name, dtypes[i].name)) return *t = (DType)i, true;
  return false;
}

int64_t shape_count(const Shape *s) {
  int64_t n = 1;
  for (int i = 0; i < s->rank; i++) n *= s->dim[i];
  return n;
}

bool shape_eq(const Shape *a, const Shape *b) {
  if (a->rank != b->rank) return false;
  for (int i = 0; i < a->rank; i++)
    if (a->dim[i] != b->dim[i]) return false;
  return true;
}

const char *shape_text(Ctx *c, const Shape *s) {
  StrBuf b = {.arena = c->arena};
  for (int i = 0; i < s->rank; i++) sb_printf(&b, "%s%lld", i ? "x" : "", (long long)s->dim[i]);
  return s->rank ? sb_str(&b) : "scalar";
}

/* ---- making layouts ---------------------------------------------------------------------- */

Layout layout_axes(const LayoutAxis *axes, int n) {
  Layout l = {.naxes = n, .size = 1};
  for (int i = n - 1; i >= 0; i--) {
    l.axis[i] = axes[i];
    l.axis[i].stride = l.size;
    l.size *= axes[i].extent;
  }
  return l;
}

Layout layout_plain(const Shape *s) {
  LayoutAxis axes[MAX_RANK];
  for (int i = 0; i < s->rank; i++) axes[i] = (LayoutAxis){i, 1, s->dim[i], 0};
  return layout_axes(axes, s->rank);
}

Layout layout_blocked(const Shape *s, int dim, int64_t block) {
  LayoutAxis axes[MAX_RANK + 1];
  for (int i = 0; i < s->rank; i++) axes[i] = (LayoutAxis){i, 1, s->dim[i], 0};
  axes[dim].div = block;
  axes[dim].extent = (s->dim[dim] + block - 1) / block;
  axes[s->rank] = (LayoutAxis){dim, 1, block, 0};
  return layout_axes(axes, s->rank + 1);
}

/* ---- questions --------------------------------------------------------------------------- */

int64_t layout_address(const Layout *l, const Shape *s, const int64_t *index) {
  int64_t at = l->offset;
  for (int i = 0; i < l->naxes; i++) {
    const LayoutAxis *a = &l->axis[i];
    at += index[a->dim] / a->div % a->extent * a->stride;
  }
  return at;
}

int64_t layout_stride(const Layout *l, int dim) {
  for (int a = 0; a < l->naxes; a++)
    if (l->axis[a].dim == dim) return l->axis[a].stride;
  return 0;
}

bool layout_eq(const Layout *a, const Layout *b) {
  if (a->naxes != b->naxes || a->offset != b->offset || a->size != b->size) return false;
  for (int i = 0; i < a->naxes; i++) {
    const LayoutAxis *x = &a->axis[i], *y = &b->axis[i];
    if (x->dim != y->dim || x->div != y->div || x->extent != y->extent || x->stride != y->stride)
      return false;
  }
  return true;
}

/* The distance between neighbours along `dim` if it is the same everywhere, else -1. Blocked
 * dimensions qualify when each outer part continues where the inner one ends. */
static int64_t uniform_stride(const Layout *l, const Shape *s, int dim) {
  int64_t covered = 1, stride = -1;
  while (covered < s->dim[dim]) {
    const LayoutAxis *next = NULL;
    for (int i = 0; i < l->naxes; i++)
      if (l->axis[i].dim == dim && l->axis[i].div == covered && l->axis[i].extent > 1)
        next = &l->axis[i];
    if (!next) return -1;
    if (stride < 0) stride = next->stride;
    if (next->stride != stride * covered) return -1;
    covered *= next->extent;
  }
  return stride;
}

/* True when every element lies where the plain layout puts it, however that is written: an
 * nChw8c value of 1x16x1x1 counts. */
bool layout_is_plain(const Layout *l, const Shape *s) {
  if (!l->naxes && s->rank) return false;
  Layout plain = layout_plain(s);
  if (l->offset || l->size != plain.size) return false;
  for (int d = 0; d < s->rank; d++)
    if (s->dim[d] > 1 && uniform_stride(l, s, d) != plain.axis[d].stride) return false;
  return true;
}

int64_t layout_channel_block(const Layout *l, const Shape *s) {
  if (s->rank < 2 || l->naxes != s->rank + 1) return 0;
  const LayoutAxis *inner = &l->axis[s->rank];
  if (inner->dim != 1 || inner->div != 1 || inner->stride != 1) return 0;
  for (int i = 0; i < s->rank; i++)
    if (l->axis[i].dim != i || l->axis[i].div != (i == 1 ? inner->extent : 1)) return 0;
  return inner->extent;
}

/* ---- text -------------------------------------------------------------------------------- */

static const char *const dim_letters[MAX_RANK + 1] = {"", "x", "nc", "ncw", "nchw", "ncdhw"};

/* The letters' strides: contiguous, but the outermost axis spreads over a buffer of `size`. */
static Layout letters_layout(const LayoutAxis *axes, int n, int64_t offset, int64_t size) {
  Layout l = layout_axes(axes, n);
  l.offset = offset;
  if (size != l.size && n) l.axis[0].stride = size / axes[0].extent;
  l.size = size;
  return l;
}

/* Is axis i of a blocked dimension the outer part, the inner one, or does it stand alone? */
typedef enum AxisRole { AXIS_ALONE, AXIS_OUTER, AXIS_INNER, AXIS_STRANGE } AxisRole;

static AxisRole axis_role(const Layout *l, const Shape *s, int i) {
  const LayoutAxis *a = &l->axis[i], *other = NULL;
  int count = 0;
  for (int j = 0; j < l->naxes; j++)
    if (j != i && l->axis[j].dim == a->dim) other = &l->axis[j], count++;
  int64_t dim = s->dim[a->dim];
  if (!count) return a->div == 1 && a->extent == dim ? AXIS_ALONE : AXIS_STRANGE;
  if (count > 1) return AXIS_STRANGE;
  const LayoutAxis *outer = a, *inner = other;
  if (a->div == 1 && (other->div != 1 || i > other - l->axis)) outer = other, inner = a;
  if (inner->div != 1 || outer->div != inner->extent) return AXIS_STRANGE;
  if (outer->extent != (dim + inner->extent - 1) / inner->extent) return AXIS_STRANGE;
  return outer == a ? AXIS_OUTER : AXIS_INNER;
}

static bool letters_text(StrBuf *b, const Layout *l, const Shape *s) {
  const char *names = dim_letters[s->rank];
  int seen = 0;
  for (int i = 0; i < l->naxes; i++) {
    char letter = names[l->axis[i].dim];
    AxisRole role = axis_role(l, s, i);
    if (role == AXIS_STRANGE) return false;
    if (role != AXIS_INNER) seen++;
    if (role == AXIS_INNER) sb_printf(b, "%lld", (long long)l->axis[i].extent);
    sb_putc(b, role == AXIS_OUTER ? (char)toupper(letter) : letter);
  }
  if (seen != s->rank) return false;
  Layout natural = letters_layout(l->axis, l->naxes, 0, layout_axes(l->axis, l->naxes).size);
  if (layout_eq(&natural, l)) return true;
  sb_printf(b, "+%lld/%lld", (long long)l->offset, (long long)l->size);
  if (l->size < natural.size) return false;
  Layout slice = letters_layout(l->axis, l->naxes, l->offset, l->size);
  return layout_eq(&slice, l);
}

const char *layout_text(Ctx *c, const Layout *l, const Shape *s) {
  StrBuf b = {.arena = c->arena};
  if (s && s->rank && l->naxes && letters_text(&b, l, s)) return sb_str(&b);
  b = (StrBuf){.arena = c->arena};
  sb_putc(&b, '{');
  for (int i = 0; i < l->naxes; i++) {
    const LayoutAxis *a = &l->axis[i];
    sb_printf(&b, "%s%d/%lld*%lld@%lld", i ? "," : "", a->dim, (long long)a->div,
              (long long)a->extent, (long long)a->stride);
  }
  sb_printf(&b, "}+%lld:%lld", (long long)l->offset, (long long)l->size);
  return sb_str(&b);
}

/* A decimal number at *p, which moves past it. */
static bool take_number(const char **p, int64_t *v) {
  if (!isdigit((unsigned char)**p)) return false;
  char *end;
  errno = 0;
  *v = strtoll(*p, &end, 10);
  *p = end;
  return !errno;
}

static bool take_char(const char **p, char ch) {
  if (**p != ch) return false;
  ++*p;
  return true;
}

/* Sizes and strides that no address computation can overflow. */
static bool layout_bounded(const Layout *l) {
  int64_t product = 1, reach = l->offset;
  for (int i = 0; i < l->naxes; i++) {
    int64_t step;
    if (l->axis[i].extent < 1 || l->axis[i].div < 1) return false;
    if (__builtin_mul_overflow(product, l->axis[i].extent, &product)) return false;
    if (__builtin_mul_overflow(l->axis[i].extent, l->axis[i].stride, &step)) return false;
    if (__builtin_add_overflow(reach, step, &reach)) return false;
  }
  return true;
}

static bool parse_spelled(const char *p, const Shape *s, Layout *l) {
  if (!take_char(&p, '{')) return false;
  while (!take_char(&p, '}')) {
    LayoutAxis a = {0};
    int64_t dim;
    if (l->naxes == MAX_AXES || (l->naxes && !take_char(&p, ','))) return false;
    if (!take_number(&p, &dim) || dim >= (s ? s->rank : MAX_RANK)) return false;
    if (!take_char(&p, '/') || !take_number(&p, &a.div)) return false;
    if (!take_char(&p, '*') || !take_number(&p, &a.extent)) return false;
    if (!take_char(&p, '@') || !take_number(&p, &a.stride)) return false;
    a.dim = (int)dim;
    l->axis[l->naxes++] = a;
  }
  if (!take_char(&p, '+') || !take_number(&p, &l->offset)) return false;
  if (!take_char(&p, ':') || !take_number(&p, &l->size)) return false;
  return !*p && layout_bounded(l);
}

/* Extents of outer parts, now that the blocks are known; every dimension exactly once. */
static bool finish_letters(LayoutAxis *axes, int n, const Shape *s, const bool *outer,
                           const int64_t *block) {
  int seen[MAX_RANK] = {0}, inner[MAX_RANK] = {0};
  for (int i = 0; i < n; i++) {
    int d = axes[i].dim;
    if (axes[i].extent) {
      inner[d]++;
      continue;
    }
    seen[d]++;
    if (outer[i] != (block[d] > 0)) return false;
    axes[i].div = outer[i] ? block[d] : 1;
    axes[i].extent = (s->dim[d] - 1) / axes[i].div + 1;
  }
  for (int d = 0; d < s->rank; d++)
    if (seen[d] != 1 || inner[d] != (block[d] > 0) || s->dim[d] < 1) return false;
  return true;
}

static bool parse_letters(const char *p, const Shape *s, Layout *l) {
  LayoutAxis axes[MAX_AXES] = {0};
  bool outer[MAX_AXES] = {0};
  int64_t block[MAX_RANK] = {0};
  int n = 0;
  for (; *p && *p != '+'; n++) {
    int64_t number = 0;
    if (n == MAX_AXES) return false;
    bool numbered = isdigit((unsigned char)*p);
    if (numbered && (!take_number(&p, &number) || number < 1)) return false;
    if (!isalpha((unsigned char)*p)) return false;
    const char *letter = strchr(dim_letters[s->rank], tolower(*p));
    if (!letter) return false;
    int d = (int)(letter - dim_letters[s->rank]);
    outer[n] = isupper((unsigned char)*p++);
    axes[n] = (LayoutAxis){d, 1, number, 0};
    if (numbered && (outer[n] || block[d])) return false;
    if (numbered) block[d] = number;
  }
  if (!finish_letters(axes, n, s, outer, block)) return false;
  Layout bounds = {.naxes = n};
  memcpy(bounds.axis, axes, sizeof axes);
  if (!layout_bounded(&bounds)) return false;
  int64_t offset = 0, size = layout_axes(axes, n).size, natural = size;
  if (take_char(&p, '+')) {
    if (!take_number(&p, &offset) || !take_char(&p, '/') || !take_number(&p, &size)) return false;
    if (size < natural) return false;
  }
  *l = letters_layout(axes, n, offset, size);
  return !*p && layout_bounded(l);
}

/* Without a shape only the spelled-out form can be read. Leaves *out alone on failure. */
bool layout_parse(const char *text, const Shape *s, Layout *out) {
  Layout l = {0};
  bool ok = *text == '{' ? parse_spelled(text, s, &l)
                         : s && s->rank > 0 && *text && parse_letters(text, s, &l);
  if (ok) *out = l;
  return ok;
}
