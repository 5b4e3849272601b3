/* test_torch.c: networks of examples/ agree with PyTorch's, one for each way of naming weights:
 * tests/torch/zoo.py with its own choice of small inputs. Says so where Python has no torch;
 * $PYTHON names another interpreter. */
#include "command.h"

TestSuite(torch, .init = work_setup, .fini = work_teardown, .timeout = 900);

Test(torch, some) {
  const char *python = getenv("PYTHON");
  sh("%s tests/torch/zoo.py --some --targets native --netcc %s", python ? python : "python3",
     netcc());
  if (strstr(outcome.text, "skipped: ")) {
    SKIPPED("comparison with PyTorch (%.60s)", strstr(outcome.text, "skipped: ") + 9);
    return;
  }
  cr_expect(outcome.status == 0 && strstr(outcome.text, " passed, 0 failed"), "%s", outcome.text);
}
