/* literal.c: weights written in the file.
 *
 * In: a (nested) list of numbers and the shape of the parameter it stands for. Out: plain
 * row-major floats. Dimensions of size 1 may be left out of the nesting, so a Sobel kernel is
 * written as the 3x3 matrix that it is and still fits [1, 1, 3, 3].
 */
#include "elab.h"

#include <float.h>
#include <math.h>

/* The nesting of the list along its first elements; false after reporting. */
bool literal_shape(Elab *e, const Val *v, Literal *out) {
  *out = (Literal){0};
  for (; v->kind == VAL_LIST; v = &v->list.at[0]) {
    if (v->list.n == 0 || out->rank > MAX_RANK) {
      elab_error(e, DIAG_E0320, v->span, "%s",
                 v->list.n ? "the list is nested too deeply" : "the list is empty");
      return false;
    }
    out->dim[out->rank++] = v->list.n;
  }
  return true;
}

static const char *literal_text(Elab *e, const Literal *l) {
  StrBuf b = {.arena = e->ctx->arena};
  for (int i = 0; i < l->rank; i++) sb_printf(&b, "%s%lld", i ? "x" : "", (long long)l->dim[i]);
  return l->rank ? sb_str(&b) : "one number";
}

/* Equal from the last dimension on, where the shape may have ones that the list leaves out. */
static bool fits(const Literal *l, const Shape *s) {
  int i = l->rank - 1;
  for (int j = s->rank - 1; j >= 0; j--) {
    if (i >= 0 && l->dim[i] == s->dim[j])
      i--;
    else if (s->dim[j] != 1)
      return false;
  }
  return i < 0;
}

typedef struct Fill {
  Elab *e;
  const Literal *shape;
  float *data;
  int64_t n;
} Fill;

static bool fill(Fill *f, const Val *v, int level) {
  if (level == f->shape->rank) {
    if (val_is_number(v) && fabs(val_real(v)) > (double)FLT_MAX) {
      elab_error(f->e, DIAG_E0312, v->span, "the number does not fit in a 32-bit float");
      return false;
    }
    if (val_is_number(v)) {
      f->data[f->n++] = (float)val_real(v);
      return true;
    }
    elab_wrong_kind(f->e, v, "an element of literal weights", "a number");
    return false;
  }
  if (v->kind != VAL_LIST || v->list.n != f->shape->dim[level]) {
    Diag *d = elab_error(f->e, DIAG_E0320, v->span, "rows of different length");
    diag_under(f->e->ctx, d, "the first has %lld elements", (long long)f->shape->dim[level]);
    return false;
  }
  for (int i = 0; i < v->list.n; i++)
    if (!fill(f, &v->list.at[i], level + 1)) return false;
  return true;
}

float *literal_data(Elab *e, const Val *v, const char *name, const Shape *shape) {
  Literal l;
  if (!literal_shape(e, v, &l)) return NULL;
  if (!fits(&l, shape) || shape_count(shape) > MAX_STEPS) {
    Diag *d = elab_error(e, DIAG_E0320, v->span, "`%s` has the wrong shape", name);
    diag_under(e->ctx, d, "%s here, %s needed", literal_text(e, &l), shape_text(e->ctx, shape));
    return NULL;
  }
  Fill f = {e, &l, NEWN(e->ctx->arena, float, shape_count(shape)), 0};
  return fill(&f, v, 0) ? f.data : NULL;
}
