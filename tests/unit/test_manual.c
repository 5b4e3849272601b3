/* test_manual.c: the manual page and the completion for bash: well-formed, and complete against
 * what the commands themselves say. */
#include "command.h"

TestSuite(manual, .init = work_setup, .fini = work_teardown, .timeout = 60);

/* Every word of the help that starts a line with an option, in the manual without roff. */
Test(manual, every_option_of_every_command) {
  RUNS(0, NULL, "netcc --man | sed 's/\\\\-/-/g; s/\\\\f[A-Z]//g; s/\\\\ / /g' > @/page");
  RUNS(0, NULL, "netcc --help | sed -n '/^Commands:/,/^$/s/^  \\([a-z]*\\) .*/\\1/p' > @/names");
  RUNS(0, NULL,
       "for n in $(cat @/names); do\n"
       "  sed -n \"/^.SS netc[c] $n$/,/^.S[SH] /p\" @/page > @/part\n"
       "  test -s @/part || echo \"no section on $n\"\n"
       "  %s $n --help | grep -o -- '--[a-z-]*' > @/options\n"
       "  for o in $(cat @/options); do\n"
       "    grep -q -- \"$o\" @/part || echo \"nothing on $n $o\"\n"
       "  done\n"
       "done",
       netcc());
  cr_expect_str_eq(outcome.text, "");
  RUNS(0, NULL, "test $(wc -l < @/names) -ge 9");
}

Test(manual, roff_is_sound) {
  if (!have("groff")) return;
  RUNS(0, NULL, "netcc --man | groff -man -Tutf8 -Kutf8 -ww > @/text");
  cr_expect_str_eq(outcome.text, "");
  RUNS(0, "compile convolutional networks to standalone C", "cat @/text");
}

/* Completes the last of the words as bash would. */
static void completes(const char *words, int last, const char *expected) {
  RUNS(
      0, NULL,
      "netcc --bash-completion > @/c && printf '%%s\\n' 'source @/c; compopt() { :; }; "
      "COMP_WORDS=(%s); COMP_CWORD=%d; _netcc; echo \" ${COMPREPLY[*]} \"' > @/run && bash @/run",
      words, last);
  cr_expect(strstr(outcome.text, expected), "%s: %s, not %s", words, outcome.text, expected);
}

Test(manual, completion) {
  if (!have("bash")) return;
  completes("netcc rep", 1, " report ");
  completes("netcc report --dec", 2, " --decisions ");
  completes("netcc compile --tar", 2, " --target= ");
  completes("netcc compile --target = x86-64", 4, " x86-64-v3 x86-64-v4 ");
  completes("netcc compile -t c", 3, " c99 ");
  completes("netcc ops global_", 2, " global_maxpool global_minpool ");
  completes("netcc explain E040", 2, " E0401 E0402 ");
}

Test(manual, installed) {
  RUNS(0, NULL, "make -s -o build/netcc install B=build DESTDIR=@/stage PREFIX=/usr");
  RUNS(0, ".TH NETCC 1", "cat @/stage/usr/share/man/man1/netcc.1");
  RUNS(0, "complete -o default -F _netcc netcc",
       "cat @/stage/usr/share/bash-completion/completions/netcc");
  RUNS(0, NULL, "test -s @/stage/usr/share/netcc/net.vim && test -x @/stage/usr/bin/netcc");
}
