/* include.c: a file with everything it includes, as one tree.
 *
 * In: a registered source. Out: its declarations, those of included files in the place of the
 * `include` line. A file is known by its device and inode, so it is read once however it is
 * spelled; one that is still being read closes a circle. Paths are relative to the folder of the
 * file that holds the line. Only regular files of bounded size are opened, without waiting, so
 * that a text cannot make the compiler hang.
 */
#include "front.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_INCLUDED = 1000, MAX_NESTED = 50 };
static const size_t MAX_BYTES = 16 << 20;

typedef struct Known { /* a file met before */
  dev_t device;
  ino_t inode;
  bool open; /* its declarations are being gathered */
  const char *path;
} Known;

typedef struct Loader {
  Ctx *c;
  Ast *all;
  VEC(Known) known;
  VEC(Span) chain; /* the include lines that led here */
} Loader;

static bool gather(Loader *l, int32_t file);

static const char *folder_of(Ctx *c, const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? str_dup(c->arena, path, (size_t)(slash + 1 - path)) : "";
}

static const char *resolve(Ctx *c, int32_t from, const char *text) {
  if (*text == '/') return text;
  return str_fmt(c->arena, "%s%s", folder_of(c, ctx_source(c, from)->path), text);
}

static int find_known(const Loader *l, const struct stat *st) {
  for (int i = 0; i < l->known.len; i++)
    if (l->known.at[i].device == st->st_dev && l->known.at[i].inode == st->st_ino) return i;
  return -1;
}

static void show_chain(Loader *l, Diag *d) {
  for (int i = l->chain.len - 1; i >= 0; i--)
    diag_trace(l->c, d, l->chain.at[i], "in a file included here");
}

static bool refuse(Loader *l, const Item *it, DiagCode code, const char *why) {
  Diag *d = diag_error(l->c, code, it->span, "%s", why);
  show_chain(l, d);
  return false;
}

static bool circle(Loader *l, const Item *it, const Known *k) {
  Diag *d = diag_error(l->c, DIAG_E0208, it->span, "`%s` includes itself", k->path);
  show_chain(l, d);
  diag_help(l->c, d, "move what both need into a file of its own");
  return false;
}

/* The text as a source: the one of an earlier walk over the same files, or read now. */
static int32_t source_of(Loader *l, const Item *it, const char *path) {
  Ctx *c = l->c;
  for (int i = 0; i < c->sources.len; i++)
    if (str_eq(c->sources.at[i]->path, path)) return i + 1;
  size_t size;
  errno = 0;
  const char *text = file_read_regular(c->arena, path, MAX_BYTES, &size);
  if (text) return ctx_add_source(c, path, text, size);
  const char *why = errno == EFBIG ? "larger than 16 MiB"
                    : errno        ? strerror(errno)
                                   : "not a file";
  refuse(l, it, DIAG_E0207, str_fmt(c->arena, "cannot include `%s`: %s", path, why));
  return 0;
}

static bool include(Loader *l, const Item *it) {
  Ctx *c = l->c;
  const char *path = resolve(c, it->span.file, it->name.text);
  struct stat st;
  if (stat(path, &st))
    return refuse(l, it, DIAG_E0207,
                  str_fmt(c->arena, "cannot include `%s`: %s", path, strerror(errno)));
  int i = find_known(l, &st);
  if (i >= 0) return !l->known.at[i].open || circle(l, it, &l->known.at[i]);
  if (l->known.len >= MAX_INCLUDED || l->chain.len >= MAX_NESTED)
    return refuse(l, it, DIAG_E0207, "too many included files");
  int32_t file = source_of(l, it, path);
  if (!file) return false;
  i = l->known.len;
  vec_push(c->arena, &l->known, (Known){st.st_dev, st.st_ino, true, path});
  vec_push(c->arena, &l->chain, it->span);
  bool ok = gather(l, file);
  l->chain.len--;
  l->known.at[i].open = false;
  return ok;
}

static bool gather(Loader *l, int32_t file) {
  const Ast *ast = parse_file(l->c, file);
  bool ok = ast != NULL;
  for (int i = 0; ast && i < ast->items.len; i++) {
    Item *it = ast->items.at[i];
    if (it->kind == IT_INCLUDE)
      ok &= include(l, it);
    else
      vec_push(l->c->arena, &l->all->items, it);
  }
  return ok;
}

Ast *parse_with_includes(Ctx *c, int32_t file) {
  Loader l = {.c = c, .all = NEW(c->arena, Ast)};
  struct stat st;
  const char *path = ctx_source(c, file)->path;
  if (!stat(path, &st)) vec_push(c->arena, &l.known, (Known){st.st_dev, st.st_ino, true, path});
  return gather(&l, file) ? l.all : NULL;
}
