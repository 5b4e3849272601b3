/* test_torch.c: networks of examples/ agree with PyTorch's, one for each way of naming weights:
 * tests/torch/zoo.py with its own choice of small inputs. The distribution's Python runs it, since
 * the package list brings that one's torch; $PYTHON names another. Says so where it has none. */
#include "command.h"

#include <unistd.h>

TestSuite(torch, .init = work_setup, .fini = work_teardown, .timeout = 900);

Test(torch, some) {
  const char *python = getenv("PYTHON"), *debian = "/usr/bin/python3";
  if (!python) python = access(debian, X_OK) ? "python3" : debian;
  sh("%s tests/torch/zoo.py --some --targets native --netcc %s", python, netcc());
  if (strstr(outcome.text, "skipped: ")) {
    SKIPPED("comparison with PyTorch (%.60s)", strstr(outcome.text, "skipped: ") + 9);
    return;
  }
  cr_expect(outcome.status == 0 && strstr(outcome.text, " passed, 0 failed"), "%s", outcome.text);
}
