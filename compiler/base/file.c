/* file.c: whole files in and out, and path arithmetic.
 * Writing goes to a temporary name beside the target and is renamed when complete, so nobody
 * ever sees half a file. */
#include "base.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A pipe must end: this is more text than any network has. */
enum { STREAM_MOST = 1 << 30 };

static char *read_stream(Arena *a, FILE *f, size_t *size) {
  StrBuf b = {.arena = a};
  char part[16384];
  size_t n;
  sb_write(&b, "", 0);
  while ((n = fread(part, 1, sizeof part, f)) > 0) {
    sb_write(&b, part, n);
    if (b.len > STREAM_MOST) return errno = EFBIG, NULL;
  }
  if (ferror(f)) return NULL;
  *size = b.len;
  return b.at;
}

char *file_read(Arena *a, const char *path, size_t *size) {
  if (str_eq(path, "-")) return read_stream(a, stdin, size);
  FILE *f = fopen(path, "rb");
  if (!f) return NULL;
  struct stat st;
  char *text = NULL;
  if (fstat(fileno(f), &st) || S_ISDIR(st.st_mode) || S_ISCHR(st.st_mode) ||
      S_ISBLK(st.st_mode)) { /* devices need not end */
    fclose(f);
    errno = S_ISDIR(st.st_mode) ? EISDIR : ENOTSUP;
    return NULL;
  }
  if (S_ISREG(st.st_mode)) {
    text = arena_alloc(a, (size_t)st.st_size + 1);
    *size = fread(text, 1, (size_t)st.st_size, f);
    if (ferror(f)) text = NULL;
  } else {
    text = read_stream(a, f, size);
  }
  int saved = errno;
  fclose(f);
  errno = saved;
  return text;
}

char *file_read_regular(Arena *a, const char *path, size_t max, size_t *size) {
  int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return NULL;
  struct stat st;
  char *text = NULL;
  int error = fstat(fd, &st) ? errno : 0;
  bool regular = !error && S_ISREG(st.st_mode);
  if (regular && (uint64_t)st.st_size > max) error = EFBIG;
  if (regular && !error) {
    text = arena_alloc(a, (size_t)st.st_size + 1);
    ssize_t n = 1;
    for (*size = 0; n > 0 && *size<(size_t)st.st_size; *size += n> 0 ? (size_t)n : 0)
      n = read(fd, text + *size, (size_t)st.st_size - *size);
    if (n < 0) error = errno, text = NULL;
  }
  close(fd);
  errno = error;
  return text;
}

static int write_stream(FILE *f, const void *data, size_t size) {
  if (size && fwrite(data, 1, size, f) != size) return errno ? errno : EIO;
  return fflush(f) ? errno : 0;
}

/* Writes through one stream that is opened here; a failed close counts. */
static int write_file(const char *path, const void *data, size_t size) {
  FILE *f = fopen(path, "wb");
  if (!f) return errno;
  int error = write_stream(f, data, size);
  if (fclose(f) && !error) error = errno;
  return error;
}

/* Regular files are replaced whole. What a link points to is replaced, not the link; pipes and
 * devices are written to, for a rename would put a file in their place. */
int file_write(const char *path, const void *data, size_t size) {
  struct stat st;
  if (str_eq(path, "-")) return write_stream(stdout, data, size);
  if (!stat(path, &st) && !S_ISREG(st.st_mode)) return write_file(path, data, size);
  char *real = realpath(path, NULL); /* NULL: a new file */
  const char *target = real ? real : path;
  size_t room = strlen(target) + 32;
  char *temp = malloc(room);
  int error = temp ? 0 : ENOMEM;
  if (temp) snprintf(temp, room, "%s.%ld.tmp", target, (long)getpid());
  if (!error) error = write_file(temp, data, size);
  if (!error && rename(temp, target)) error = errno;
  if (temp && error) remove(temp);
  free(temp);
  free(real);
  return error;
}

const char *path_base(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

const char *path_stem(Arena *a, const char *path) {
  const char *base = path_base(path), *dot = strrchr(base, '.');
  return str_dup(a, base, dot && dot != base ? (size_t)(dot - base) : strlen(base));
}

const char *path_join(Arena *a, const char *dir, const char *name) {
  if (!dir || !*dir || str_eq(dir, ".")) return str_fmt(a, "%s", name);
  return str_fmt(a, str_ends(dir, "/") ? "%s%s" : "%s/%s", dir, name);
}
