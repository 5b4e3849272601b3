/* html.c: the report as one HTML page. page/ holds its text, style and script, which the Makefile
 * strings together and links into the compiler; here the network's name and the data are put in.
 */
#include "report.h"

#include <string.h>

extern const char _binary_page_start[]; /* ends with a NUL */

/* Writes the page up to a mark and returns what follows it. */
static const char *until(const char *page, const char *mark, StrBuf *out) {
  const char *at = strstr(page, mark);
  sb_write(out, page, (size_t)(at - page));
  return at + strlen(mark);
}

void report_html(Ctx *c, const Graph *source, const Plan *p, const Profile *m, StrBuf *out) {
  const char *page = until(_binary_page_start, "@NETWORK@", out);
  svg_escape(out, source->name);
  page = until(page, "@REPORT@", out);
  report_json_embedded(c, source, p, m, out);
  sb_puts(out, page);
}
