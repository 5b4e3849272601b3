/* note.c: `@` annotations: @silence(CODE, …), @kernel(NAME).
 *
 * In: an annotation. Out: what graph_add_node writes on every node until the annotated piece
 * ends. Annotations steer reports and the planner; what a network computes does not depend on
 * them, so @precision, which would, is reserved.
 */
#include "elab.h"

#include <string.h>

typedef bool NoteFn(Elab *e, const Note *n, const Expr *on, Annotations *out);

static bool bad_note(Elab *e, Span at, const char *why, const char *help) {
  Diag *d = elab_error(e, DIAG_E0329, at, "%s", why);
  diag_help(e->ctx, d, "%s", help);
  return false;
}

/* Warnings of the shape rules only: others are about names, not about a place in the network. */
static bool note_silence(Elab *e, const Note *n, const Expr *on, Annotations *out) {
  static const char help[] = "write the warning's code: `@silence(W0401)`";
  if (!n->words.at.len) return bad_note(e, n->span, "`@silence` needs a warning", help);
  for (int i = 0; i < n->words.at.len; i++) {
    const Name *word = &n->words.at.at[i];
    DiagCode code;
    if (!diag_code_find(word->text, &code) || !str_starts(word->text, "W04"))
      return bad_note(e, word->span, "not a warning about an operator", help);
    if (annotations_silence(out, code)) continue;
    const char *more = out->silence ? str_fmt(e->ctx->arena, "%s ", out->silence) : "";
    out->silence = ctx_name(e->ctx, str_fmt(e->ctx->arena, "%s%s", more, word->text));
  }
  return true;
}

/* The call that stands behind labels and further annotations; NULL if something else does. */
static const Expr *call_behind(const Expr *x) {
  while (x && (x->kind == EX_LABEL || x->kind == EX_NOTE)) x = x->a;
  return x && x->kind == EX_CALL ? x : NULL;
}

static bool note_kernel(Elab *e, const Note *n, const Expr *on, Annotations *out) {
  const Expr *call = call_behind(on);
  OpKind op;
  if (n->words.at.len != 1)
    return bad_note(e, n->span, "`@kernel` needs one name", "write `@kernel(conv_direct)`");
  if (!call || map_find(&e->items, call->name.text) || !op_find(call->name.text, &op))
    return bad_note(e, n->span, "`@kernel` is about one operator",
                    "put it in front of the operator: `x |> @kernel(conv_direct) conv(…)`");
  out->kernel = n->words.at.at[0].text;
  return true;
}

static bool note_precision(Elab *e, const Note *n, const Expr *on, Annotations *out) {
  Diag *d = elab_error(e, DIAG_E0301, n->span, "`@precision` is reserved and not supported yet");
  diag_note(e->ctx, d, "every value is computed in f32");
  return false;
}

static const struct {
  const char *name;
  NoteFn *read;
} notes[] = {{"silence", note_silence}, {"kernel", note_kernel}, {"precision", note_precision}};

bool note_enter(Elab *e, const Note *n, const Expr *on, Annotations *before) {
  const char *known[COUNT_OF(notes)];
  *before = e->g->notes;
  for (int i = 0; i < COUNT_OF(notes); i++) {
    known[i] = notes[i].name;
    if (str_eq(notes[i].name, n->name.text)) return notes[i].read(e, n, on, &e->g->notes);
  }
  Diag *d = elab_error(e, DIAG_E0329, n->name.span, "unknown annotation `@%s`", n->name.text);
  const char *near = str_nearest(n->name.text, known, COUNT_OF(known));
  if (near)
    diag_help(e->ctx, d, "did you mean `@%s`?", near);
  else
    diag_help(e->ctx, d, "there are @silence(CODE, …) and @kernel(NAME)");
  return false;
}

void note_leave(Elab *e, Annotations before) { e->g->notes = before; }
