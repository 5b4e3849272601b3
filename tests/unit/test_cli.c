/* test_cli.c: the commands as a user calls them: exit statuses, help, standard input and output,
 * files that cannot be read or written, options that do not exist, and that an error leaves
 * nothing half written. Run from the repository's root with $NETCC or build/netcc.
 */
#include "command.h"

static const char *const commands[] = {"compile", "check", "fmt", "dump",   "run",
                                       "report",  "plan",  "ops", "explain"};
enum { COMMANDS = sizeof commands / sizeof *commands };

static const char broken[] = "net 1.0\n"
                             "model bad(image: f32[1, 3, 8, 8]) -> (y) {\n"
                             "  y = image |> conv(4, 3, strid=2) |> rellu\n"
                             "}\n";

TestSuite(cli, .init = work_setup, .fini = work_teardown, .timeout = 600);

Test(cli, help_of_every_command) {
  RUNS(2, "Usage: netcc COMMAND", "netcc ");
  RUNS(0, "Usage: netcc COMMAND", "netcc --help");
  for (int i = 0; i < COMMANDS; i++) {
    char usage[64];
    snprintf(usage, sizeof usage, "Usage: netcc %s", commands[i]);
    RUNS(0, usage, "netcc %s --help", commands[i]);
    RUNS(0, commands[i], "netcc --help");
  }
  RUNS(0, "netcc 0.", "netcc --version");
}

Test(cli, wrong_usage) {
  RUNS(2, "did you mean 'compile'?", "netcc complie examples/sobel.net");
  RUNS(2, "no command 'xyzzy'", "netcc xyzzy");
  RUNS(2, "Did you mean '--target'?", "netcc compile --taget=c99 examples/sobel.net");
  RUNS(2, "Did you mean '--weights'?", "netcc run --wieghts x examples/sobel.net");
  RUNS(2, "netcc compile --help", "netcc compile -q examples/sobel.net");
  RUNS(2, "requires an argument", "netcc compile examples/sobel.net --target");
  RUNS(2, "doesn't allow an argument", "netcc compile examples/sobel.net --embed=x");
  RUNS(2, "--dataset needs a kind and a folder", "netcc run examples/lenet.net --dataset mnist");
  for (int i = 0; i < COMMANDS; i++)
    if (strcmp(commands[i], "ops")) RUNS(2, "needs ", "netcc %s", commands[i]);
}

Test(cli, wrong_values) {
  RUNS(1, "did you mean 'x86-64-v3'?", "netcc compile examples/sobel.net --target=x86-64v3 -o @");
  RUNS(1, "--random-weights=x", "netcc compile examples/lenet.net --random-weights=x -o @");
  RUNS(1, "no model", "netcc compile examples/lenet.net --model=lennet -o @");
  RUNS(1, "there is no pass 'nothing'",
       "netcc compile examples/lenet.net --disable=nothing -o @");
  RUNS(1, "cannot be disabled", "netcc compile examples/lenet.net --disable=lower -o @");
  RUNS(1, "one network at a time", "netcc compile examples/lenet.net examples/sobel.net -o @");
  RUNS(1, "exclude each other",
       "netcc compile examples/lenet.net --weights=x --random-weights=1 -o @");
  RUNS(0, "0", "ls @ | wc -l");
}

/* ---- files ----------------------------------------------------------------------------------
 */

Test(cli, missing_and_unwritable) {
  for (int i = 0; i < 6; i++) { /* those that read a network */
    const char *more = strcmp(commands[i], "run") ? "" : "--input x.npy";
    RUNS(1, "No such file", "netcc %s @/none.net %s", commands[i], more);
    RUNS(1, "irectory", "netcc %s @ %s", commands[i], more);
  }
  RUNS(1, "No such file", "netcc compile examples/sobel.net -o @/none/none");
  put_text("plain", "");
  RUNS(1, "ot a directory", "netcc compile examples/sobel.net -o @/plain");
  RUNS(1, "No such file", "netcc compile examples/lenet.net --weights=@/none -o @");
  if (sh("test -c /dev/full"))
    SKIPPED("a full disk (no /dev/full)");
  else
    RUNS(1, "cannot write to standard output", "netcc dump examples/resnet.net >/dev/full");
}

Test(cli, nothing_is_written_on_error) {
  put_text("bad.net", broken);
  RUNS(1, "did you mean", "netcc compile @/bad.net --random-weights=1 -o @/out");
  put_text("weights", "no weights at all");
  RUNS(1, "error",
       "netcc compile examples/lenet.net --weights=@/weights -o @/out --with-runtime");
  cr_expect_not(exists("out/lenet.c"));
  cr_expect_not(exists("out/lenet.h"));
  cr_expect_not(exists("out/lenet.weights"));
  cr_expect_not(exists("out/bad.c"));
  RUNS(0, NULL, "netcc compile examples/sobel.net -o @/out");
  RUNS(0, "3\n", "ls -A @/out | wc -l"); /* C, header, weights, and no temporary file */
}

/* Pipes and links stay what they are; a temporary file never remains. */
Test(cli, output_into_pipes_and_links) {
  RUNS(0, "<svg",
       "mkfifo @/pipe; (timeout 20 netcc report examples/sobel.net --svg=@/pipe >@/text) & "
       "timeout 20 cat @/pipe; wait; test -p @/pipe");
  RUNS(0, NULL, "echo old >@/real; ln -s real @/link");
  RUNS(0, NULL, "netcc report examples/sobel.net --svg=@/link >@/text");
  RUNS(0, "<svg", "test -L @/link && cat @/real");
  RUNS(0, "4\n", "ls -A @ | wc -l");
}

Test(cli, standard_input_and_output) {
  RUNS(0, "graph 1.0 sobel", "netcc dump - < examples/sobel.net");
  RUNS(0, NULL, "netcc check - < examples/lenet.net");
  cr_expect_str_empty(outcome.text);
  RUNS(0, "model sobel", "netcc fmt - < examples/sobel.net");
  RUNS(0, NULL, "netcc compile - -o @ < examples/sobel.net && test -s @/sobel.c");
  RUNS(1, "<stdin>:3", "printf '%%s' '%s' | netcc check -", broken);
  RUNS(1, "error", "netcc check - < /dev/null");
}

Test(cli, several_errors_at_once) {
  put_text("bad.net", broken);
  RUNS(1, "bad.net:3", "netcc check @/bad.net");
  expect_outcome(__LINE__, 1, "strid");
  expect_outcome(__LINE__, 1, "rellu");
  RUNS(1, "bad.net:3", "netcc check examples/lenet.net @/bad.net examples/sobel.net");
}

/* ---- the same again --------------------------------------------------------------------------
 */

Test(cli, compiling_twice_gives_the_same_bytes) {
  static const char *const how[] = {"", "--random-weights=3 --embed",
                                    "--random-weights=3 --target=c99 -D N=2"};
  for (int i = 0; i < 3; i++) {
    RUNS(0, NULL, "netcc compile examples/lenet.net %s --with-runtime -o @/a", how[i]);
    RUNS(0, NULL,
         "cp examples/lenet.net @ && OMP_NUM_THREADS=1 netcc compile @/lenet.net %s "
         "--with-runtime -o @/b",
         how[i]);
    RUNS(0, NULL, "diff -r @/a @/b");
    cr_expect_str_empty(outcome.text);
  }
}

Test(cli, dumps_read_back) {
  static const char *const nets[] = {"sobel", "lenet", "resnet20", "squeezenet1_1", "googlenet"};
  for (int i = 0; i < 5; i++) {
    RUNS(0, NULL, "netcc dump --graph examples/%s.net > @/one", nets[i]);
    RUNS(0, NULL, "netcc check @/one");
    RUNS(0, NULL, "netcc dump @/one > @/two && diff @/one @/two");
    RUNS(0, NULL, "netcc dump --graph examples/%s.net | netcc check -", nets[i]);
  }
  RUNS(0, "digraph", "netcc dump --dot examples/lenet.net");
  RUNS(0, "conv1", "netcc dump --ast examples/lenet.net");
  RUNS(0, "nChw8c", "netcc dump --plan --target=x86-64-v3 examples/lenet.net");
}

Test(cli, passes) {
  RUNS(0, "graph 1.0 lenet", "netcc compile examples/lenet.net --dump-after=fuse -o @");
  RUNS(0, "group", "netcc compile examples/lenet.net --dump-after=all --stop-after=fuse -o @");
  RUNS(1, NULL, "ls @/none 2>/dev/null; test -e @/stopped");
  RUNS(0, "fuse", "netcc compile examples/lenet.net --time-passes -o @");
  RUNS(0, NULL,
       "netcc compile examples/resnet20.net --disable=fold_batchnorm,fuse -o @ "
       "--random-weights=1 --target=c99 --with-runtime");
  RUNS(0, "--disable=fold_batchnorm,fuse", "head -9 @/resnet20.c");
}

Test(cli, formatting) {
  put_text("a.net", "net 1.0\nmodel  m ( x:f32[1,2,4,4] )->( y ){\n y=x|>relu\n}\n");
  RUNS(1, "a.net", "netcc fmt --check @/a.net");
  RUNS(0, "model m(x: f32[1, 2, 4, 4]) -> (y) {", "netcc fmt @/a.net");
  RUNS(1, NULL, "netcc fmt --check @/a.net"); /* printing changed nothing */
  RUNS(0, NULL, "netcc fmt -i @/a.net");
  RUNS(0, NULL, "netcc fmt --check @/a.net");
  cr_expect_str_empty(outcome.text);
  put_text("bad.net", "model {");
  RUNS(1, "error", "netcc fmt -i @/bad.net");
  RUNS(0, "model {", "cat @/bad.net");
}

/* ---- weights and inputs ------------------------------------------------------------------ */

/* One tensor of the wrong shape, the others missing: all of them in one message. */
Test(cli, all_faults_of_a_weight_file) {
  static const char header[] = "{\"conv1.weight\":{\"dtype\":\"F32\",\"shape\":[2,1,1,1],"
                               "\"data_offsets\":[0,8]}}";
  unsigned char file[8 + sizeof header - 1 + 8] = {sizeof header - 1};
  memcpy(file + 8, header, sizeof header - 1);
  put_file("w.safetensors", file, sizeof file);
  RUNS(1, "conv1.weight", "netcc compile examples/lenet.net --weights @/w.safetensors -o @/out");
  static const char *const missing[] = {"conv1.bias", "conv2.weight", "fc1.weight",
                                        "fc2.bias",   "2x1x1x1",      "20x1x5x5"};
  for (int i = 0; i < 6; i++) expect_outcome(__LINE__, 1, missing[i]);
}

Test(cli, run_on_inputs_that_do_not_fit) {
  put_text("i.pgm", "P2\n3 2\n255\n1 2 3\n4 5 6\n");
  RUNS(0, NULL, "netcc run examples/lenet.net --random-weights=1 --reference --input @/i.pgm");
  RUNS(1, "the image is 2x3",
       "netcc run examples/lenet.net --random-weights=1 --reference --fit=crop --input @/i.pgm");
  RUNS(1, "no weights", "netcc run examples/lenet.net --reference --input @/i.pgm");
  RUNS(1, "only 1 input",
       "netcc run examples/lenet.net --random-weights=1 --reference --input @/i.pgm "
       "--input @/i.pgm");
  RUNS(1, NULL, "netcc run examples/lenet.net --random-weights=1 --reference --input @/none.png");
  RUNS(2, "either --input or --dataset", "netcc run examples/sobel.net");
  put_text("cut.pgm", "P2\n3 2\n255\n1 2");
  RUNS(1, "cut.pgm", "netcc run examples/sobel.net --reference --input @/cut.pgm");
}

/* What run saves is what run reads: Sobel of a saved picture, twice through two ways. */
Test(cli, run_saves_what_it_reads) {
  put_text("i.pgm", "P2\n4 4\n255\n0 0 9 9\n0 0 9 9\n0 0 9 9\n0 0 9 9\n");
  RUNS(0, NULL, "netcc run examples/sobel.net -D H=4 -D W=4 --input @/i.pgm --save @/a.npy");
  RUNS(0, NULL,
       "netcc run examples/sobel.net -D H=4 -D W=4 --reference --input @/i.pgm --save @/b.npy");
  RUNS(0, "gx [1x1x2x2]:", "netcc run examples/sobel.net -D H=4 -D W=4 --input @/i.pgm");
  RUNS(0, NULL, "cmp @/a.npy @/b.npy");
  RUNS(1, "is [1x1x2x2], input 'image' is [1x1x8x8]",
       "netcc run examples/sobel.net --input @/a.npy");
}

Test(cli, operators_and_codes) {
  RUNS(0, "conv", "netcc ops");
  RUNS(0, "stride", "netcc ops conv");
  RUNS(1, "did you mean 'relu'?", "netcc ops rellu");
  RUNS(0, "E0401:", "netcc explain E0401");
  RUNS(1, "no diagnostic code 'E9'", "netcc explain E9");
  RUNS(1, "did you mean 'E0403'?", "netcc explain E403");
  RUNS(1, "netcc report FILE.net --explain=conv1", "netcc explain conv1");
  RUNS(1, "did you mean 'layer1.0'?", "netcc report examples/resnet.net --explain=layr1.0");
}

/* On a terminal errors have colours, unless $NO_COLOR or $TERM say otherwise. */
Test(cli, colours) {
  if (!have("script")) {
    SKIPPED("script is not installed; no terminal");
    return;
  }
  static const struct {
    const char *variable;
    bool coloured;
  } rows[] = {{"NO_COLOR=", true}, {"NO_COLOR=1", false}, {"TERM=dumb", false}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    sh("env TERM=xterm %s script -qec \"%s explain E9\" /dev/null", rows[i].variable, netcc());
    cr_expect_eq(strchr(outcome.text, '\033') != NULL, rows[i].coloured, "%s: %s",
                 rows[i].variable, outcome.text);
    cr_expect(strstr(outcome.text, "no diagnostic code"), "%s", outcome.text);
  }
}
