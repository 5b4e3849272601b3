/* test_front_command.c: the commands that read networks, as a user or a program calls them.
 * Run from the repository's root with $NETCC or build/netcc.
 */
#include "command.h"

Test(front_command, diagnostics_as_json, .init = work_setup, .fini = work_teardown) {
  put_text("bad.net", "model m(x: f32[1, 3, 8, 8]) -> (y) { y = x |> nothing }\n");
  RUNS(1, "\"code\": \"E0303\", \"message\"", "netcc check @/bad.net --diagnostics=json");
  RUNS(1, "error[E0303]", "netcc check @/bad.net --diagnostics=text");
  RUNS(1, "\"code\": \"E0303\"", "netcc compile @/bad.net --diagnostics=json -o @");
  RUNS(1, "\"code\": \"E0611\"", "netcc explain nothing --diagnostics=json");
  RUNS(1, "\"code\": \"E0611\"", "netcc ops nothing --diagnostics=json");
  RUNS(0, "[\n]", "netcc check examples/lenet.net --diagnostics=json");
  RUNS(2, "expected text or json", "netcc check @/bad.net --diagnostics=xml");
  RUNS(0, "--diagnostics=FORMAT", "netcc explain --help");
}

/* Paths are relative to the file with the line; a file is one file under any name. */
Test(front_command, includes, .init = work_setup, .fini = work_teardown) {
  sh("mkdir -p @/lib/deep && ln -s lib/deep @/alias");
  put_text("lib/blocks.net",
           "include \"deep/consts.net\"\nblock wide(x) { return x |> conv(w, 1) }\n"
           "model inner(x: f32[1, 3, 4, 4]) -> (y) { y = x |> wide }\n");
  put_text("lib/deep/consts.net", "const w = 5\n");
  put_text("main.net", "include \"lib/blocks.net\"\ninclude \"alias/consts.net\"\n"
                       "model first(x: f32[1, 2, 4, 4]) -> (y) { y = x |> wide }\n"
                       "model outer(x: f32[1, 7, 4, 4]) -> (y) { y = x |> wide }\n"
                       "include \"./lib/blocks.net\"\n");
  RUNS(0, "graph 1.0 outer", "netcc dump @/main.net");
  RUNS(0, "f32[5, 7, 1, 1]", "netcc dump @/main.net");
  RUNS(0, "f32[9, 7, 1, 1]", "netcc dump @/main.net -D w=9");
  RUNS(0, "graph 1.0 inner", "netcc dump @/main.net --model=inner");
  RUNS(0, "include lib/blocks.net", "netcc dump @/main.net --ast");
  RUNS(1, "`lib/blocks.net`: No such file", "netcc dump - <@/main.net");
  RUNS(0, "include \"lib/blocks.net\"", "netcc fmt @/main.net");
  RUNS(0, "wrote", "netcc compile @/main.net --random-weights=1 -o @ && echo wrote");
}

/* Pipes, devices, folders and files too large are refused, and nothing waits for them. */
Test(front_command, includes_refused, .init = work_setup, .fini = work_teardown) {
  static const char *const paths[] = {"pipe",   "/dev/zero", "/dev/stdin",
                                      "folder", "large",     "none"};
  sh("mkfifo @/pipe; mkdir @/folder; truncate -s 17M @/large");
  for (int i = 0; i < (int)(sizeof paths / sizeof *paths); i++) {
    char text[200];
    snprintf(text, sizeof text, "include \"%s\"\n", paths[i]);
    put_text("main.net", text);
    RUNS(1, "error[E0207]", "timeout 10 netcc check @/main.net </dev/null");
  }
}

/* The chain of includes leads from the fault to the file that was given. */
Test(front_command, include_chain, .init = work_setup, .fini = work_teardown) {
  put_text("a.net", "include \"b.net\"\n");
  put_text("b.net", "include \"c.net\"\n");
  put_text("c.net", "include \"a.net\"\n");
  RUNS(1, "error[E0208]", "netcc check @/a.net");
  expect_outcome(__LINE__, 1, "c.net:1:1");
  expect_outcome(__LINE__, 1, "b.net:1:1");
  expect_outcome(__LINE__, 1, "a.net:1:1");
}

/* Annotations steer the planner and reports, and travel through graph text. */
Test(front_command, annotations, .init = work_setup, .fini = work_teardown) {
  put_text("a.net", "model m(x: f32[1, 4, 7, 7]) -> (y) {\n"
                    "  y = x |> @kernel(\"conv_plain\") conv(8, 3, pad=1) |> @silence(W0401) "
                    "maxpool(3, stride=3)\n"
                    "  y = @kernel(eltwise) relu(y |> sigmoid)\n}\n");
  RUNS(0, "kernel conv_plain", "netcc dump @/a.net | tee @/a.txt");
  RUNS(0, "same", "netcc dump @/a.txt | cmp - @/a.txt && echo same");
  RUNS(0, "[\n]", "netcc check @/a.txt --diagnostics=json");
  RUNS(0, "asked for by @kernel", "netcc report @/a.net --target=x86-64-v3 --decisions");
  put_text("b.net", "model m(x: f32[1, 4, 7, 7]) -> (y) {\n"
                    "  y = x |> c: @kernel(conv_direct) conv(8, 3)\n"
                    "  y = y |> @kernel(conv_strange) conv(8, 3)\n}\n");
  RUNS(0, NULL, "netcc check @/b.net");
  RUNS(1, "needs vectors (target c99)", "netcc report @/b.net --target=c99");
  expect_outcome(__LINE__, 1, "error[E0705]: kernel 'conv_strange' cannot run 'conv1'");
}
