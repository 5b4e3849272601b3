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
