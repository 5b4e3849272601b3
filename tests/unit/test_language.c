/* test_language.c: what is written from the compiler's tables: the operators in
 * grammars/README.md, the TextMate grammar and the Vim syntax file are what the compiler writes
 * now, and name every keyword, symbol and operator. `make language` rewrites them. */
#include <ctype.h>
#include <jansson.h>

#include "command.h"
#include "compiler/front/front.h"

TestSuite(language, .init = work_setup, .fini = work_teardown);

static void expect_same(const char *option, const char *file) {
  RUNS(0, NULL, "netcc ops --%s > @/new && cmp @/new %s", option, file);
  cr_expect_eq(outcome.status, 0, "%s is not what the tables say: run `make language`", file);
}

Test(language, files_are_current) {
  expect_same("textmate", "grammars/netcc.tmLanguage.json");
  expect_same("vim", "grammars/net.vim");
  RUNS(0, NULL,
       "sed -n '/^<!-- operators:/,/^<!-- end of operators/p' grammars/README.md | "
       "sed '1d;$d' > @/doc && netcc ops --markdown | cmp - @/doc");
}

/* Is the word there, with nothing of a word around it? */
static bool names(const char *text, const char *word) {
  size_t n = strlen(word);
  for (const char *s = text; (s = strstr(s, word)); s++)
    if (!isalnum((unsigned char)s[-1]) && s[-1] != '_' && !isalnum((unsigned char)s[n]) &&
        s[n] != '_')
      return true;
  return false;
}

static void expect_words(const char *text, const char *file) {
  for (int i = 0; keyword_text(i); i++)
    cr_expect(names(text, keyword_text(i)), "%s: no %s", file, keyword_text(i));
  for (int i = 0; function_text(i); i++)
    cr_expect(names(text, function_text(i)), "%s: no %s", file, function_text(i));
  for (int i = 0; i < OP_COUNT; i++)
    cr_expect_eq(names(text, op_table[i].name), !(op_table[i].flags & OPF_INTERNAL), "%s: %s",
                 file, op_table[i].name);
}

Test(language, every_word_is_known) {
  static const char *const files[] = {"./grammars/netcc.tmLanguage.json", "./grammars/net.vim"};
  for (int i = 0; i < 2; i++) {
    char *text = get_file(files[i], NULL);
    expect_words(text, files[i]);
    free(text);
  }
}

Test(language, textmate_is_a_grammar) {
  json_t *o = json_load_file("grammars/netcc.tmLanguage.json", JSON_REJECT_DUPLICATES, NULL), *r;
  cr_assert_not_null(o);
  cr_expect_str_eq(json_string_value(json_object_get(o, "scopeName")), "source.netcc");
  size_t i;
  json_array_foreach(json_object_get(o, "patterns"), i, r) {
    cr_expect(json_is_string(json_object_get(r, "name")));
    cr_expect_gt(json_string_length(json_object_get(r, "match")), 0);
  }
  cr_expect_gt(i, 10);
  json_decref(o);
}

/* The colour group of a position in a file, as Vim sees it. */
static void vim_expect(int line, int column, const char *group) {
  RUNS(0, NULL,
       "vim -es -u NONE -N -c 'syntax on' -c 'source grammars/net.vim' -c 'redir! > @/group' "
       "-c 'echo synIDattr(synID(%d, %d, 1), \"name\")' -c 'qa!' @/a.net </dev/null",
       line, column);
  RUNS(0, group, "cat @/group");
}

Test(language, vim_colours, .timeout = 60) {
  if (!have("vim")) return;
  put_text("a.net",
           "net 1.0  # first\nconst k = 0x\n"
           "model m(a: f32[1, 3]) -> (y) {\n  y = a |> fc{k+1}.b: dense(10) |> relu }\n");
  vim_expect(1, 1, "netDeclaration");
  vim_expect(1, 5, "netNumber");
  vim_expect(1, 12, "netComment");
  vim_expect(3, 12, "netType");
  vim_expect(4, 9, "netSymbol");
  vim_expect(4, 12, "netLabel");
  vim_expect(4, 16, "netLabel");
  vim_expect(4, 23, "netOperator");
  vim_expect(4, 29, "netNumber");
}

Test(language, ops) {
  RUNS(0, "\nconv               convolution", "netcc ops | cat; echo; netcc ops");
  RUNS(0, "\n\nmaxpool: largest element of each window\n  kernel     required   window size\n",
       "netcc ops --all");
  RUNS(0, "  stride     1          step of the window\n", "netcc ops conv");
  RUNS(1, "did you mean 'conv'?", "netcc ops convv");
  cr_expect_null(strstr(outcome.text, "bn_fold"));
}
