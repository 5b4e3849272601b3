/* editors.c: the language as editors know it: a TextMate grammar (VS Code, Sublime Text, GitHub)
 * and a Vim syntax file.
 *
 * Words and symbols come from the lexer's tables and the operator table, so that none is missing;
 * `make golden` writes the results to grammars/, a test compares.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "../front/front.h"
#include "report.h"

/* What a keyword is to an editor; the others steer what is built. */
static const struct {
  const char *word, *kind;
} kinds[] = {
    {"net", "declaration"},     {"const", "declaration"}, {"block", "declaration"},
    {"model", "declaration"},   {"and", "logic"},         {"or", "logic"},
    {"include", "declaration"}, {"not", "logic"},         {"true", "constant"},
    {"false", "constant"},
};

static const char *kind_of(const char *word) {
  for (int i = 0; i < COUNT_OF(kinds); i++)
    if (str_eq(kinds[i].word, word)) return kinds[i].kind;
  return "control";
}

typedef const char *WordFn(int i);

static const char *operator_text(int i) {
  for (int op = 0; op < OP_COUNT; op++)
    if (!(op_table[op].flags & OPF_INTERNAL) && i-- == 0) return op_table[op].name;
  return NULL;
}

static const char *type_text(int i) { return i < DT_COUNT ? dtype_name((DType)i) : NULL; }

/* All words of a table, or the keywords of one kind, with something in between. */
static const char *words(Arena *a, WordFn *at, const char *kind, const char *between) {
  StrBuf b = {.arena = a};
  const char *s;
  for (int i = 0; (s = at(i)); i++)
    if (!kind || str_eq(kind_of(s), kind)) sb_printf(&b, "%s%s", b.len ? between : "", s);
  return sb_str(&b);
}

/* Symbols for a regular expression, the longer ones first as the lexer has them; brackets and
 * commas stay uncoloured. */
static const char *symbols(Arena *a, const char *special) {
  StrBuf b = {.arena = a};
  const char *s;
  for (int i = 0; (s = symbol_text(i)); i++) {
    if (strchr("()[]{},;.:@", *s) && !s[1]) continue;
    if (b.len) sb_puts(&b, *special == '/' ? "\\|" : "|");
    for (; *s; s++) sb_printf(&b, strchr(special, *s) ? "\\%c" : "%c", *s);
  }
  return sb_str(&b);
}

/* ---- TextMate ---------------------------------------------------------------------------------
 */

static void rule(json_t *list, const char *name, const char *match) {
  json_array_append_new(list, json_pack("{s:s, s:s}", "name", name, "match", match));
}

static void word_rule(json_t *list, Arena *a, const char *name, WordFn *at, const char *kind) {
  const char *after = at == operator_text || at == function_text ? "(?!\\s*=[^=])" : "";
  rule(list, name, str_fmt(a, "\\b(?:%s)\\b%s", words(a, at, kind, "|"), after));
}

bool editor_textmate(StrBuf *out) {
  Arena *a = out->arena;
  json_t *list = json_array();
  rule(list, "comment.line.number-sign.netcc", "#.*$");
  rule(list, "string.quoted.double.netcc", "\"[^\"\\n]*\"");
  rule(list, "storage.modifier.annotation.netcc", "@[A-Za-z_][A-Za-z0-9_]*");
  rule(list, "entity.name.label.netcc",
       "(?<![A-Za-z0-9_.}-])(?:[A-Za-z0-9_.]|\\{[^{}\\n]*\\})(?:[A-Za-z0-9_.-]|\\{[^{}\\n]*\\})*("
       "?=\\s*:)");
  word_rule(list, a, "storage.type.netcc", keyword_text, "declaration");
  word_rule(list, a, "keyword.control.netcc", keyword_text, "control");
  word_rule(list, a, "keyword.operator.logical.netcc", keyword_text, "logic");
  word_rule(list, a, "constant.language.netcc", keyword_text, "constant");
  word_rule(list, a, "support.type.netcc", type_text, NULL);
  word_rule(list, a, "support.function.operator.netcc", operator_text, NULL);
  word_rule(list, a, "support.function.builtin.netcc", function_text, NULL);
  rule(list, "constant.numeric.netcc",
       "\\b[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![A-Za-z0-9_])");
  rule(list, "keyword.operator.netcc", symbols(a, "|*+.\\/"));
  json_t *o = json_pack("{s:s, s:s, s:[s], s:o}", "name", "netcc", "scopeName", "source.netcc",
                        "fileTypes", "net", "patterns", list);
  char *text = o ? json_dumps(o, JSON_INDENT(2)) : NULL;
  json_decref(o);
  if (!text) return false;
  sb_puts(out, text);
  sb_putc(out, '\n');
  free(text);
  return true;
}

/* ---- Vim --------------------------------------------------------------------------------------
 */

bool editor_vim(StrBuf *out) {
  static const struct {
    const char *group, *kind;
    WordFn *at;
    const char *link;
  } groups[] = {
      {"netDeclaration", "declaration", keyword_text, "Structure"},
      {"netControl", "control", keyword_text, "Repeat"},
      {"netLogic", "logic", keyword_text, "Operator"},
      {"netConstant", "constant", keyword_text, "Boolean"},
      {"netType", NULL, type_text, "Type"},
      {"netOperator", NULL, operator_text, "Function"},
      {"netFunction", NULL, function_text, "Special"},
  };
  Arena *a = out->arena;
  sb_puts(out, "\" Vim syntax file for netcc's networks. Put it into ~/.vim/syntax/ and into\n"
               "\" ~/.vim/ftdetect/net.vim the line\n"
               "\"   autocmd BufRead,BufNewFile *.net setfiletype net\n"
               "\" Written by `make golden` from the tables of the compiler.\n\n"
               "if exists(\"b:current_syntax\")\n  finish\nendif\n\n");
  for (int i = 0; i < COUNT_OF(groups); i++)
    sb_printf(out, "syntax keyword %s %s\n", groups[i].group,
              words(a, groups[i].at, groups[i].kind, " "));
  sb_printf(out, "syntax match netSymbol /%s/\n", symbols(a, "/*.~"));
  sb_puts(out, "syntax match netNumber "
               "/\\<\\d\\+\\(\\.\\d\\+\\)\\?\\([eE][+-]\\?\\d\\+\\)\\?\\>/\n"
               "syntax match netLabel /\\(\\w\\|\\.\\|{[^{}]*}\\)\\+\\ze\\s*:/\n"
               "syntax match netAnnotation /@\\h\\w*/\n"
               "syntax region netString start=/\"/ end=/\"/ oneline\n"
               "syntax match netComment /#.*$/ contains=@Spell\n\n");
  for (int i = 0; i < COUNT_OF(groups); i++)
    sb_printf(out, "highlight default link %s %s\n", groups[i].group, groups[i].link);
  sb_puts(out, "highlight default link netSymbol Operator\n"
               "highlight default link netNumber Number\n"
               "highlight default link netLabel Label\n"
               "highlight default link netAnnotation PreProc\n"
               "highlight default link netString String\n"
               "highlight default link netComment Comment\n\n"
               "let b:current_syntax = \"net\"\n");
  return true;
}
