/* test_report_html.c: the page of report --html. For every network: the data inside is the JSON
 * report, the file needs nothing but itself, and names from sources cannot break out of it. In
 * headless Chromium, where there is one: the page's own check of itself (page/selftest.js) passes
 * in both themes, on a wide screen and inside a frame as wide as a phone. */
#include <jansson.h>

#include "command.h"
#include "zoo.h"

TestSuite(report_html, .init = work_setup, .fini = work_teardown, .timeout = 400);

static const char data_begin[] = "<script id=\"report\" type=\"application/json\">";

static int count_of(const char *s, const char *part) {
  int n = 0;
  for (; (s = strstr(s, part)); s += strlen(part)) n++;
  return n;
}

/* The data of a page; free with json_decref. */
static json_t *data_of(const char *page) {
  const char *from = strstr(page, data_begin);
  cr_assert_not_null(from);
  from += strlen(data_begin);
  const char *to = strchr(from, '<');
  cr_assert(to && !strncmp(to, "</script>", 9), "the data ends early: %.60s", to);
  json_error_t error;
  json_t *data = json_loadb(from, (size_t)(to - from), JSON_REJECT_DUPLICATES, &error);
  cr_assert_not_null(data, "%s", error.text);
  return data;
}

static void check_page(const char *what, const char *page) {
  static const char *const once[] = {"<!doctype html>",    "<title>", "name=\"viewport\"",
                                     "default-src 'none'", "<style>", "</style>",
                                     "id=\"figures\"",     "</html>"};
  for (size_t i = 0; i + 1 < sizeof once / sizeof *once; i++)
    cr_expect_eq(count_of(page, once[i]), 1, "%s: %d of %s", what, count_of(page, once[i]),
                 once[i]);
  cr_expect_eq(count_of(page, "<script"), 2, "%s", what);
  cr_expect_eq(count_of(page, "</script>"), 2, "%s", what);
  cr_expect_eq(count_of(page, "http"), 1 + count_of(page, "http-equiv"),
               "%s: more than the name of SVG's namespace", what);
  cr_expect_eq(count_of(page, " src="), count_of(page, "x\\u003cimg src="), "%s", what);
  cr_expect_null(strstr(page, "url("), "%s", what);
  cr_expect_null(strstr(page, "innerHTML"), "%s", what);
}

Test(report_html, every_network) {
  for (int i = 0; i < zoo_count; i++) {
    RUNS(0, NULL, "netcc report --target=x86-64-v3 --json --html=@/r.html %s %s > @/r.json",
         zoo_options(i), zoo_path(i));
    char *page = get_file("r.html", NULL), *json = get_file("r.json", NULL);
    json_t *data = data_of(page), *report = json_loads(json, 0, NULL);
    check_page(zoo_path(i), page);
    cr_expect(json_equal(data, report), "%s: the page shows other data", zoo_path(i));
    json_decref(data);
    json_decref(report);
    free(page);
    free(json);
  }
}

Test(report_html, same_again_and_to_stdout) {
  RUNS(0, NULL, "netcc report --html=@/a.html examples/lenet.net > @/a.txt");
  RUNS(0, NULL, "netcc report --html=- examples/lenet.net > @/b.html && cmp @/a.html @/b.html");
  RUNS(0, NULL, "grep -q LAYERS @/a.txt");
  RUNS(1, "No such file or directory", "netcc report --html=@/none/a.html examples/lenet.net");
  RUNS(0, NULL, "mkdir @/full && cp @/a.html @/full/x.html");
  RUNS(0, NULL, "netcc report --html=@/full/x.html examples/sobel.net > @/b.txt; ls @/full");
  cr_expect_str_eq(outcome.text, "x.html\n", "nothing but the page is left: %s", outcome.text);
}

/* Text that would be markup, end the script, or be code in a string. */
static void put_hostile(void) {
  put_text("x<img src=q onerror=window.broken=1>&\".net",
           "# </script><script>window.broken=1</script><!-- <b>bold</b> &amp; \\u003c\n"
           "# \xC3\xA4\xE2\x86\x92 and \xFF bytes that are no text\n"
           "net 1.0\n"
           "model m(x: f32[1, 3, 8, 8]) -> (y) {\n"
           "  y = x |> c: conv(4, 3) |> relu # \xC3\xA4\xC3\xB6 ${alert(1)} `\n"
           "}\n");
}

Test(report_html, hostile_text_stays_text) {
  put_hostile();
  RUNS(0, NULL, "netcc report --html=@/h.html @/x*.net > @/t.txt");
  char *page = get_file("h.html", NULL);
  check_page("hostile", page);
  json_decref(data_of(page));
  free(page);
}

/* ---- in a browser ----------------------------------------------------------------------------
 */

static bool have_browser(void) {
  if (have("chromium")) return true;
  SKIPPED("chromium is not installed; the page is not opened");
  return false;
}

/* Opens a page of the work folder and reads back what it became. */
static void browse(const char *page, int width) {
  RUNS(0, NULL,
       "timeout 120 chromium --headless=new --no-sandbox --disable-gpu --no-first-run "
       "--user-data-dir=@/profile --window-size=%d,900 --virtual-time-budget=20000 "
       "--allow-file-access-from-files --enable-logging=stderr --dump-dom 'file://@/%s' "
       "> @/dom.txt 2> @/log.txt",
       width, page);
}

static void expect_passed(const char *what, int width) {
  char found[64];
  RUNS(0, NULL, "sed -n '/<pre id=\"selftest\"/,/<.pre>/p' @/dom.txt | tail -n 40");
  snprintf(found, sizeof found, "data-width=\"%d\"", width);
  cr_expect(strstr(outcome.text, "SELFTEST PASSED") && strstr(outcome.text, found), "%s: %s",
            what, outcome.text);
  RUNS(1, NULL, "grep -i ':CONSOLE' @/log.txt");
  cr_expect_str_eq(outcome.text, "", "%s: %s", what, outcome.text);
}

Test(report_html, opened_in_a_browser) {
  static const struct {
    const char *network, *address;
    int width;
  } visits[] = {
      {"lenet", "test&theme=light", 1400},          {"resnet", "test&theme=dark", 1200},
      {"densenet", "test&theme=dark", 1400},        {"inception_v3", "test&theme=light", 1400},
      {"sobel", "test&theme=dark&tab=memory", 800}, {"vae", "test", 1000}};
  if (!have_browser()) return;
  for (size_t i = 0; i < sizeof visits / sizeof *visits; i++) {
    char page[128];
    RUNS(0, NULL, "netcc report --html=@/p.html examples/%s.net > @/t.txt", visits[i].network);
    snprintf(page, sizeof page, "p.html#%s", visits[i].address);
    browse(page, visits[i].width);
    expect_passed(visits[i].network, visits[i].width);
  }
}

/* A browser's own window is never as narrow as a phone; a frame is. */
Test(report_html, as_wide_as_a_phone) {
  static const char *const networks[] = {"resnet", "densenet"};
  if (!have_browser()) return;
  for (int i = 0; i < 2; i++) {
    RUNS(0, NULL, "netcc report --html=@/p.html examples/%s.net > @/t.txt", networks[i]);
    put_text(
        "frame.html",
        "<!doctype html><body><iframe width=390 height=844 style='border:0' "
        "src='p.html#test&theme=light'></iframe><script>\n"
        "onmessage = e => document.body.insertAdjacentHTML('beforeend',\n"
        "  `<pre id=\"selftest\" data-width=\"${e.data.width}\">${e.data.selftest}</pre>`);\n"
        "</script>");
    browse("frame.html", 800);
    expect_passed(networks[i], 390);
  }
}

Test(report_html, hostile_text_runs_no_code) {
  if (!have_browser()) return;
  put_hostile();
  RUNS(0, NULL, "netcc report --html=@/h.html @/x*.net > @/t.txt");
  browse("h.html#test", 1000);
  expect_passed("hostile", 1000);
}
