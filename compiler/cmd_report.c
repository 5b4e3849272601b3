/* cmd_report.c: netcc report: what the compiler makes of a network, as text or JSON, and as a
 * picture. */
#include "cli.h"

#include <sys/ioctl.h>
#include <unistd.h>

/* Columns of the terminal; 0 for files and pipes, where nothing need be left out. */
static int terminal_width(void) {
  struct winsize size;
  if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size)) return 0;
  return size.ws_col;
}

static bool write_picture(Ctx *c, const Network *n, const char *path) {
  StrBuf out = {.arena = c->arena};
  report_svg(c, n->source, n->plan, &out);
  return io_write(c, path, out.at, out.len);
}

int cmd_report(Ctx *c, Options *o) {
  Network n;
  StrBuf out = {.arena = c->arena};
  if (!load_network(c, o, &n)) return c->errors ? EXIT_FAILED : EXIT_OK;
  if (o->svg && !write_picture(c, &n, o->svg)) return EXIT_FAILED;
  if (o->svg && str_eq(o->svg, "-")) return EXIT_OK; /* the picture instead of the text */
  if (o->json)
    report_json(c, n.source, n.plan, &out);
  else
    report_text(c, n.source, n.plan, o->decisions, terminal_width(), &out);
  fputs(sb_str(&out), stdout);
  return EXIT_OK;
}
