/* operators.c: the operator table as documents show it. grammars/README.md holds what
 * operators_markdown writes; a test compares.
 */
#include "report.h"

const char *preset_text(const AttrField *f) {
  if (!f->preset) return "required";
  if (str_eq(f->preset, "9223372036854775807")) return "end"; /* of the dimension */
  return *f->preset && !str_eq(f->preset, "[]") ? f->preset : "-";
}

/* A bar would end the cell. */
static void cell(StrBuf *out, const char *s) {
  sb_puts(out, " ");
  for (; *s; s++) sb_printf(out, *s == '|' ? "\\%c" : "%c", *s);
  sb_puts(out, " |");
}

static const char *tensors(Arena *a, const OpInfo *op) {
  if (op->max_in < 0) return str_fmt(a, "%d or more", op->min_in);
  if (op->max_in == op->min_in) return str_fmt(a, "%d", op->min_in);
  return str_fmt(a, "%d to %d", op->min_in, op->max_in);
}

/* `out`, `stride=1`, … in the order of positional arguments; without a default of its own: in
 * brackets. */
static const char *attributes(Arena *a, const OpInfo *op) {
  StrBuf b = {.arena = a};
  for (const AttrField *f = op->attrs; f->name; f++) {
    const char *preset = preset_text(f), *comma = b.len ? ", " : "";
    if (!f->preset)
      sb_printf(&b, "%s`%s`", comma, f->name);
    else if (*preset == '-' && !preset[1])
      sb_printf(&b, "%s[`%s`]", comma, f->name);
    else
      sb_printf(&b, "%s`%s=%s`", comma, f->name, preset);
  }
  return sb_str(&b);
}

void operators_markdown(StrBuf *out) {
  sb_puts(out, "| operator | tensors | attributes | result |\n|---|---|---|---|\n");
  for (int i = 0; i < OP_COUNT; i++) {
    const OpInfo *op = &op_table[i];
    if (op->flags & OPF_INTERNAL) continue;
    sb_puts(out, "|");
    cell(out, str_fmt(out->arena, "`%s`", op->name));
    cell(out, tensors(out->arena, op));
    cell(out, attributes(out->arena, op));
    cell(out, op->doc);
    sb_putc(out, '\n');
  }
}
