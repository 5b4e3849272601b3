/* attr.c: attribute structs as text and back, driven by the operator table's AttrField rows.
 * The text is the language's: `3`, `0.5`, `true`, `[3, 5]`, `same`; layouts (internal operators
 * only) are spelled out. The graph printer and reader, presets, the front end and `netcc ops`
 * all go through here, so an attribute has one spelling.
 */
#include "ir.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_REALS = 65536 };

/* ---- printing ---------------------------------------------------------------------------- */

static void print_ints(StrBuf *out, const int64_t *v, int n) {
  if (n == 1) {
    sb_printf(out, "%lld", (long long)v[0]);
    return;
  }
  sb_putc(out, '[');
  for (int i = 0; i < n; i++) sb_printf(out, "%s%lld", i ? ", " : "", (long long)v[i]);
  sb_putc(out, ']');
}

static void print_pads(StrBuf *out, const Pads *p) {
  if (p->mode == PAD_SAME)
    sb_puts(out, "same");
  else if (p->mode == PAD_VALID)
    sb_puts(out, "valid");
  else
    print_ints(out, p->v, p->n);
}

static void print_reals(Ctx *c, StrBuf *out, const Reals *r) {
  if (r->n != 1) sb_putc(out, '[');
  for (int i = 0; i < r->n; i++)
    sb_printf(out, "%s%s", i ? ", " : "", str_real(c->arena, r->v[i]));
  if (r->n != 1) sb_putc(out, ']');
}

/* A name that is not set prints as nothing. */
void attr_print(Ctx *c, StrBuf *out, const AttrField *f, const void *attr) {
  const void *p = (const char *)attr + f->offset;
  switch (f->type) {
  case AT_INT: sb_printf(out, "%lld", (long long)*(const int64_t *)p); break;
  case AT_REAL: sb_puts(out, str_real(c->arena, *(const double *)p)); break;
  case AT_BOOL: sb_puts(out, *(const bool *)p ? "true" : "false"); break;
  case AT_DIMS: print_ints(out, ((const Dims *)p)->v, ((const Dims *)p)->n); break;
  case AT_PADS: print_pads(out, p); break;
  case AT_REALS: print_reals(c, out, p); break;
  case AT_NAME:
    if (*(const char *const *)p) sb_puts(out, *(const char *const *)p);
    break;
  }
}

/* ---- parsing ----------------------------------------------------------------------------- */

static const char *skip_space(const char *p) {
  while (isspace((unsigned char)*p)) p++;
  return p;
}

static bool take_int(const char **p, int64_t *v) {
  const char *digits = **p == '-' ? *p + 1 : *p;
  if (!isdigit((unsigned char)*digits)) return false;
  char *end;
  errno = 0;
  *v = strtoll(*p, &end, 10);
  *p = end;
  return !errno;
}

/* Decimal only: strtod alone would also take hexadecimal and nan(…). */
static bool take_real(const char **p, double *v) {
  const char *s = *p + (**p == '-');
  if (!strncmp(s, "inf", 3) || !strncmp(s, "nan", 3)) {
    *v = strtod(*p, NULL);
    *p = s + 3;
    return !isalnum((unsigned char)**p);
  }
  if (!isdigit((unsigned char)*s) && *s != '.') return false;
  if (s[0] == '0' && tolower(s[1]) == 'x') return false;
  char *end;
  *v = strtod(*p, &end);
  bool moved = end != *p;
  *p = end;
  return moved;
}

/* "[a, b]" or a single item, handing each to `item`; true if the whole text was read. */
typedef bool ItemFn(const char **p, void *user);

static bool parse_list(const char *p, ItemFn *item, void *user) {
  p = skip_space(p);
  if (*p != '[') return item(&p, user) && !*skip_space(p);
  p = skip_space(p + 1);
  while (*p != ']') {
    if (!item(&p, user)) return false;
    p = skip_space(p);
    if (*p == ',')
      p = skip_space(p + 1);
    else if (*p != ']')
      return false;
  }
  return !*skip_space(p + 1);
}

typedef struct IntList {
  int n;
  int64_t v[2 * MAX_SPATIAL];
} IntList;

static bool int_item(const char **p, void *user) {
  IntList *l = user;
  return l->n < 2 * MAX_SPATIAL && take_int(p, &l->v[l->n]) && ++l->n;
}

static bool parse_dims(const char *text, Dims *d) {
  IntList l = {0};
  if (!parse_list(text, int_item, &l)) return false;
  *d = (Dims){.n = l.n};
  memcpy(d->v, l.v, sizeof l.v);
  return true;
}

static bool parse_pads(const char *text, Pads *p) {
  IntList l = {0};
  if (str_eq(text, "same") || str_eq(text, "valid")) {
    *p = (Pads){.mode = *text == 's' ? PAD_SAME : PAD_VALID};
    return true;
  }
  if (!parse_list(text, int_item, &l)) return false;
  *p = (Pads){.mode = PAD_EXPLICIT, .n = l.n};
  memcpy(p->v, l.v, sizeof l.v);
  return true;
}

typedef struct RealList {
  Arena *arena;
  VEC(double) v;
} RealList;

static bool real_item(const char **p, void *user) {
  RealList *l = user;
  double v;
  if (l->v.len == MAX_REALS || !take_real(p, &v)) return false;
  vec_push(l->arena, &l->v, v);
  return true;
}

static bool parse_reals(Ctx *c, const char *text, Reals *r) {
  RealList l = {.arena = c->arena};
  if (!parse_list(text, real_item, &l)) return false;
  *r = (Reals){l.v.len, l.v.at};
  return true;
}

/* Is `word` one of the space-separated words? */
static bool in_words(const char *words, const char *word) {
  size_t n = strlen(word);
  for (const char *p = words; *p; p += strcspn(p, " ")) {
    p += strspn(p, " ");
    if (strcspn(p, " ") == n && n && !strncmp(p, word, n)) return true;
  }
  return false;
}

static bool parse_name(Ctx *c, const AttrField *f, const char *text, const char **name) {
  for (const char *p = text; *p; p++)
    if (!isalnum((unsigned char)*p) && !strchr("_.-", *p)) return false;
  if (!*text || (f->words && !in_words(f->words, text))) return false;
  *name = ctx_name(c, text);
  return true;
}

static bool parse_bool(const char *text, bool *b) {
  *b = str_eq(text, "true");
  return *b || str_eq(text, "false");
}

/* False if the text is not of the field's type; reports nothing, the caller knows where. */
bool attr_parse(Ctx *c, const AttrField *f, void *attr, const char *text) {
  void *p = (char *)attr + f->offset;
  const char *at = text;
  switch (f->type) {
  case AT_INT: return take_int(&at, p) && !*skip_space(at);
  case AT_REAL: return take_real(&at, p) && !*skip_space(at);
  case AT_BOOL: return parse_bool(text, p);
  case AT_DIMS: return parse_dims(text, p);
  case AT_PADS: return parse_pads(text, p);
  case AT_REALS: return parse_reals(c, text, p);
  case AT_NAME: return parse_name(c, f, text, p);
  }
  return false;
}

/* ---- comparing and presets --------------------------------------------------------------- */

static bool ints_equal(const int64_t *a, int na, const int64_t *b, int nb) {
  return na == nb && !memcmp(a, b, (size_t)na * sizeof *a);
}

static bool pads_equal(const Pads *a, const Pads *b) {
  return a->mode == b->mode && (a->mode != PAD_EXPLICIT || ints_equal(a->v, a->n, b->v, b->n));
}

static bool reals_equal(const Reals *a, const Reals *b) {
  return a->n == b->n && (!a->n || !memcmp(a->v, b->v, (size_t)a->n * sizeof *a->v));
}

bool attr_equal(const AttrField *f, const void *a, const void *b) {
  const void *p = (const char *)a + f->offset, *q = (const char *)b + f->offset;
  const Dims *dp = p, *dq = q;
  switch (f->type) {
  case AT_INT: return *(const int64_t *)p == *(const int64_t *)q;
  case AT_REAL: return !memcmp(p, q, sizeof(double));
  case AT_BOOL: return *(const bool *)p == *(const bool *)q;
  case AT_DIMS: return ints_equal(dp->v, dp->n, dq->v, dq->n);
  case AT_PADS: return pads_equal(p, q);
  case AT_REALS: return reals_equal(p, q);
  case AT_NAME: return *(const char *const *)p == *(const char *const *)q;
  }
  return false;
}

void *attr_defaults(Ctx *c, OpKind op) {
  void *attr = arena_alloc(c->arena, op_table[op].attr_size);
  for (const AttrField *f = op_table[op].attrs; f && f->name; f++)
    if (f->preset) attr_parse(c, f, attr, f->preset);
  return attr;
}
