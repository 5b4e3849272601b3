/* cmd_new.c: netcc new: a folder with a network, a program around it and a Makefile, which build
 * and run at once.
 *
 * In: templates that travel inside the compiler: the networks of examples/ as they are, and the
 * files of examples/new with @words@ to fill in. Out: four files and the networks that the first
 * includes, or nothing: a network that does not compile under its new name leaves no folder.
 */
#include "cli.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The Makefile strings the templates together: a form feed, the file's name, a newline, its text.
 */
extern const char _binary_templates_start[];

enum { MAX_NAME = 40, MAX_TEMPLATES = 200 };
static const char mark[] = "\f";

static const char *const made[][2] = {
    {"main.c.in", "main.c"}, {"Makefile.in", "Makefile"}, {"README.md.in", "README.md"}};

/* The text of a template; NULL if there is none of that name. */
static const char *template_text(Ctx *c, const char *file) {
  const char *s = _binary_templates_start;
  size_t n = strlen(file);
  while (*s) {
    const char *text = strchr(s, '\n') + 1;
    size_t size = strcspn(text, mark);
    if ((size_t)(text - s) == n + 2 && !memcmp(s + 1, file, n))
      return str_dup(c->arena, text, size);
    s = text + size;
  }
  return NULL;
}

/* Names of all networks, without their ending. */
static int network_names(Ctx *c, const char **names) {
  int n = 0;
  for (const char *s = _binary_templates_start; (s = strstr(s, mark)) && n < MAX_TEMPLATES; s++) {
    const char *name = str_dup(c->arena, s + 1, strcspn(s + 1, "\n"));
    if (str_ends(name, ".net")) names[n++] = path_stem(c->arena, name);
  }
  return n;
}

/* The text with every occurrence of a part replaced. */
static const char *replace(Ctx *c, const char *text, const char *part, const char *by) {
  StrBuf b = {.arena = c->arena};
  for (const char *at; (at = strstr(text, part)); text = at + strlen(part)) {
    sb_write(&b, text, (size_t)(at - text));
    sb_puts(&b, by);
  }
  sb_puts(&b, text);
  return sb_str(&b);
}

/* ---- the network ------------------------------------------------------------------------------
 */

/* `const depth = 18` with another number; NULL if the network has no such line. */
static const char *with_depth(Ctx *c, const char *text, const char *digits) {
  static const char line[] = "\nconst depth = ";
  const char *at = strstr(text, line);
  if (!at) return NULL;
  at += sizeof line - 1;
  return str_fmt(c->arena, "%.*s%s%s", (int)(at - text), text, digits,
                 at + strspn(at, "0123456789"));
}

/* A template by name, or by name and depth: resnet50 is resnet.net with its constant set. */
static const char *network_text(Ctx *c, const char *name) {
  const char *text = template_text(c, str_fmt(c->arena, "%s.net", name));
  if (text) return text;
  size_t stem = strlen(name);
  while (stem && isdigit((unsigned char)name[stem - 1])) stem--;
  text = template_text(c, str_fmt(c->arena, "%.*s.net", (int)stem, name));
  return text && name[stem] ? with_depth(c, text, name + stem) : NULL;
}

/* The last model of the file, which is the one that gets compiled, under another name. */
static const char *renamed(Ctx *c, const char *text, const char *name) {
  const char *last = NULL;
  for (const char *s = text; (s = strstr(s, "\nmodel ")); s++) last = s + strlen("\nmodel ");
  if (!last) return text;
  return str_fmt(c->arena, "%.*s%s%s", (int)(last - text), text, name, strchr(last, '('));
}

static const char *find_network(Ctx *c, const char *from) {
  const char *names[MAX_TEMPLATES], *text = network_text(c, from);
  if (text) return text;
  Diag *d = diag_error(c, DIAG_E0611, NO_SPAN, "--from=%s: no such network", from);
  StrBuf list = {.arena = c->arena};
  int n = network_names(c, names);
  for (int i = 0; i < n; i++) sb_printf(&list, "%s%s", i ? ", " : "", names[i]);
  const char *near = str_nearest(from, names, n);
  if (near) diag_help(c, d, "did you mean '%s'?", near);
  diag_note(c, d, "there are %s; a network with a depth takes it behind its name: resnet50",
            sb_str(&list));
  return NULL;
}

/* ---- the name ---------------------------------------------------------------------------------
 */

/* Files of these names would stand in the way of the header's or the program's own. */
static const char taken[] =
    " main netrt assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp "
    "signal stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string "
    "tgmath threads time uchar wchar wctype omp ";

static bool check_name(Ctx *c, const char *name) {
  size_t n = strlen(name);
  bool word = n > 0 && !isdigit((unsigned char)*name);
  for (const char *s = name; *s; s++) word &= *s == '_' || isalnum((unsigned char)*s);
  if (!word || n > MAX_NAME) {
    diag_error(c, DIAG_E0611, NO_SPAN,
               "'%s' cannot be the name of a network: letters, digits and '_', at most %d of "
               "them, and no digit first",
               name, MAX_NAME);
    return false;
  }
  if (!strstr(taken, str_fmt(c->arena, " %s ", name))) return true;
  diag_error(c, DIAG_E0611, NO_SPAN, "'%s' would hide a header or a file of that name", name);
  return false;
}

/* ---- the files --------------------------------------------------------------------------------
 */

/* An array for each input or output, its name in a list, and what the program does with it. */
static void add_ends(Ctx *c, const Graph *g, const char *prefix, bool inputs, StrBuf *arrays,
                     StrBuf *names, StrBuf *use) {
  static const char *const types[DT_COUNT] = {"float", "uint8_t", "int32_t"};
  static const char *const sample[DT_COUNT] = {"number()", "(uint8_t)(255 * number())",
                                               "(int32_t)(255 * number())"};
  const char *word = inputs ? "input" : "output", *upper = emit_upper(c, prefix);
  int n = inputs ? g->inputs.len : g->outputs.len;
  for (int i = 0; i < n; i++) {
    DType type = graph_value(g, inputs ? g->inputs.at[i] : g->outputs.at[i])->type;
    const char *id = inputs ? emit_input_name(c, g, i) : emit_output_name(c, g, i);
    const char *count = str_fmt(c->arena, "%s_%s_COUNT", upper, emit_upper(c, id));
    sb_printf(arrays, "static %s %s_%s[%s];\n", types[type], word, id, count);
    sb_printf(names, "%s%s_%s", i ? ", " : "", word, id);
    if (inputs)
      sb_printf(use, "  for (size_t i = 0; i < %s; i++) %s_%s[i] = %s;\n", count, word, id,
                sample[type]);
    else
      sb_printf(use, "  show(\"%s\", %s_%s, %s);\n", id, word, id, count);
  }
}

/* A template with its @words@ filled in. */
static const char *filled(Ctx *c, const char *text, const Graph *g, const char *name) {
  StrBuf arrays = {.arena = c->arena}, in = arrays, out = arrays, fill = arrays, show = arrays;
  add_ends(c, g, name, true, &arrays, &in, &fill);
  add_ends(c, g, name, false, &arrays, &out, &show);
  const char *words[][2] = {
      {"@name@", name},         {"@NAME@", emit_upper(c, name)}, {"@arrays@", sb_str(&arrays)},
      {"@in@", sb_str(&in)},    {"@out@", sb_str(&out)},         {"@fill@", sb_str(&fill)},
      {"@show@", sb_str(&show)}};
  for (int i = 0; i < COUNT_OF(words); i++) text = replace(c, text, words[i][0], words[i][1]);
  return text;
}

/* A folder being filled. What was written goes again if the whole does not come about. */
typedef struct Project {
  Ctx *c;
  const char *name;
  VEC(const char *) files;
} Project;

static bool put(Project *p, const char *file, const char *text) {
  const char *path = path_join(p->c->arena, p->name, file);
  for (int i = 0; i < p->files.len; i++)
    if (str_eq(p->files.at[i], path)) return true; /* included twice */
  if (!io_write(p->c, path, text, strlen(text))) return false;
  vec_push(p->c->arena, &p->files, path);
  return true;
}

static void give_up(Project *p) {
  for (int i = 0; i < p->files.len; i++) remove(p->files.at[i]);
  rmdir(p->name);
}

/* The networks that one includes, and those that they include. */
static bool put_included(Project *p, const char *text, const char *own) {
  static const char line[] = "\ninclude \"";
  for (const char *s = text; (s = strstr(s, line));) {
    s += sizeof line - 1;
    const char *file = str_dup(p->c->arena, s, strcspn(s, "\"\n"));
    const char *included = template_text(p->c, file);
    if (str_eq(file, own))
      return io_fail(p->c, DIAG_E0611, p->name, "the network includes another %s", own);
    int before = p->files.len;
    if (!included || !put(p, file, included)) return false;
    if (p->files.len > before && !put_included(p, included, own)) return false;
  }
  return true;
}

/* Network first, since it may not compile under its new name. */
static bool put_all(Project *p, const char *network) {
  Ctx *c = p->c;
  const char *own = str_fmt(c->arena, "%s.net", p->name);
  if (!put_included(p, network, own)) return false;
  const char *path = path_join(c->arena, p->name, own);
  const Graph *g = front_compile(c, ctx_add_source(c, path, network, strlen(network)), NULL);
  if (!g || c->errors || !put(p, own, network)) return false;
  for (int i = 0; i < COUNT_OF(made); i++)
    if (!put(p, made[i][1], filled(c, template_text(c, made[i][0]), g, p->name))) return false;
  return true;
}

int cmd_new(Ctx *c, Options *o) {
  Project p = {.c = c, .name = o->files.at[0]};
  if (o->files.len > 1) {
    diag_error(c, DIAG_E0611, NO_SPAN, "one network at a time: what about '%s'?", o->files.at[1]);
    return EXIT_FAILED;
  }
  const char *text = check_name(c, p.name) ? find_network(c, o->from ? o->from : "lenet") : NULL;
  if (!text) return EXIT_FAILED;
  if (mkdir(p.name, 0777)) {
    io_fail(c, DIAG_E0602, p.name, "%s", strerror(errno));
    return EXIT_FAILED;
  }
  if (!put_all(&p, renamed(c, text, p.name))) {
    give_up(&p);
    return EXIT_FAILED;
  }
  printf("%s: %s.net, main.c, Makefile and README.md; now: cd %s && make\n", p.name, p.name,
         p.name);
  return EXIT_OK;
}
