/* machine.c: machine descriptions as text, in and out.
 *
 * `netcc bench --machine` measures one, users keep it beside their network, and the planner reads
 * it in place of the table's round figures. It names a target of the table, whose code it is
 * planned for, and gives the numbers of one machine that runs it; what it leaves out stays as the
 * table has it. Every fault is reported at its line.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plan.h"

#define MACHINE_HEAD "netcc-machine 1"

typedef struct Field {
  const char *name;
  size_t offset;
  bool whole;         /* an int64_t, else a double */
  double least, most; /* beyond that it is a slip, not a machine */
  const char *doc;
} Field;

#define BYTES(f, least, most, doc)                                                               \
  { #f, offsetof(Target, f), true, least, most, doc }
#define RATE(f, least, most, doc)                                                                \
  { #f, offsetof(Target, f), false, least, most, doc }
static const Field fields[] = {
    BYTES(l1, 1 << 10, 1 << 26, "bytes of the first data cache of a core"),
    BYTES(l2, 1 << 10, 1 << 30, "bytes of the second"),
    BYTES(l3, 0, 1e13, "bytes of the last, all cores together; 0: none"),
    RATE(peak, 1e6, 1e15, "f32 operations a second, one core"),
    RATE(l1_bandwidth, 1e6, 1e15, "bytes a second, reading, one core"),
    RATE(l2_bandwidth, 1e6, 1e15, ""),
    RATE(l3_bandwidth, 1e6, 1e15, ""),
    RATE(memory_bandwidth, 1e6, 1e15, ""),
    RATE(barrier, 0, 1, "seconds until two threads have met"),
};

typedef struct MachineReader {
  Ctx *c;
  int32_t file;
  const char *text, *at; /* at: the line being read */
  Target *t;
  Span target;                 /* where it is named */
  Span seen[COUNT_OF(fields)]; /* where each field stands; file 0: nowhere */
} MachineReader;

static Span span_of(const MachineReader *r, const char *begin, size_t n) {
  uint32_t at = (uint32_t)(begin - r->text);
  return (Span){r->file, at, at + (uint32_t)n};
}

static void wrong_target(MachineReader *r, Span at, const char *name) {
  const char *names[16];
  int n = 0;
  while (n < target_count && n < COUNT_OF(names)) names[n] = target_table[n].name, n++;
  Diag *d = diag_error(r->c, DIAG_E0615, at, "no target '%s'", name);
  const char *near = str_nearest(name, names, n);
  if (near) diag_help(r->c, d, "did you mean '%s'?", near);
}

static void read_target(MachineReader *r, Span at, const char *value) {
  const Target *row = str_eq(value, "native") ? NULL : target_find(value);
  if (r->t) {
    Diag *d = diag_error(r->c, DIAG_E0615, at, "a second target");
    diag_also(r->c, d, r->target, "the first");
  } else if (!row) {
    wrong_target(r, at, value);
  }
  r->target = at;
  if (r->t) return;
  r->t = NEW(r->c->arena, Target);
  *r->t = row ? *row : target_table[0]; /* what follows is checked all the same */
}

static void read_field(MachineReader *r, int i, Span at, const char *value) {
  const Field *f = &fields[i];
  char *end;
  double x = strtod(value, &end);
  bool fits =
      end > value && !*end && x >= f->least && x <= f->most && (!f->whole || x == floor(x));
  if (!fits) {
    Diag *d = diag_error(r->c, DIAG_E0615, at, "'%s' is no %s of a machine", value, f->name);
    diag_note(r->c, d, "it is a %snumber from %g to %g", f->whole ? "whole " : "", f->least,
              f->most);
  } else if (r->seen[i].file) {
    Diag *d = diag_error(r->c, DIAG_E0615, at, "a second %s", f->name);
    diag_also(r->c, d, r->seen[i], "the first");
  } else if (f->whole) {
    *(int64_t *)(void *)((char *)r->t + f->offset) = (int64_t)x;
  } else {
    *(double *)(void *)((char *)r->t + f->offset) = x;
  }
  r->seen[i] = at;
}

static void read_entry(MachineReader *r, const char *name, Span at, const char *value,
                       Span value_at) {
  const char *names[COUNT_OF(fields) + 1] = {"target"};
  int i = 0;
  while (i < COUNT_OF(fields) && !str_eq(fields[i].name, name))
    names[i + 1] = fields[i].name, i++;
  if (!*value) {
    diag_error(r->c, DIAG_E0615, at, "'%s' has no value", name);
  } else if (str_eq(name, "target")) {
    read_target(r, value_at, value);
  } else if (i == COUNT_OF(fields)) {
    Diag *d = diag_error(r->c, DIAG_E0615, at, "a machine has no '%s'", name);
    const char *near = str_nearest(name, names, COUNT_OF(names));
    if (near) diag_help(r->c, d, "did you mean '%s'?", near);
  } else if (!r->t) {
    diag_error(r->c, DIAG_E0615, at, "the target must come first");
    read_target(r, at, target_table[0].name);
  } else {
    read_field(r, i, value_at, value);
  }
}

/* "name value", anything else after it is a fault; '#' begins a comment. */
static void read_line(MachineReader *r, const char *line, size_t n) {
  static const char blanks[] = " \t\r";
  Arena *a = r->c->arena;
  const char *hash = memchr(line, '#', n);
  char *text = str_dup(a, line, hash ? (size_t)(hash - line) : n);
  size_t begin = strspn(text, blanks), name = strcspn(text + begin, blanks);
  if (!name) return;
  size_t value = begin + name + strspn(text + begin + name, blanks);
  size_t length = strcspn(text + value, blanks);
  size_t rest = value + length + strspn(text + value + length, blanks);
  read_entry(r, str_dup(a, text + begin, name), span_of(r, line + begin, name),
             str_dup(a, text + value, length), span_of(r, line + value, length));
  if (text[rest])
    diag_error(r->c, DIAG_E0615, span_of(r, line + rest, strlen(text + rest)),
               "one value, and nothing behind it");
}

const Target *machine_parse(Ctx *c, int32_t file) {
  const Source *s = ctx_source(c, file);
  MachineReader r = {.c = c, .file = file, .text = s->text};
  int before = c->errors;
  size_t head = strcspn(s->text, "\r\n");
  if (strlen(s->text) != s->size || head != strlen(MACHINE_HEAD) ||
      memcmp(s->text, MACHINE_HEAD, head)) {
    Diag *d = diag_error(c, DIAG_E0615, (Span){file, 0, 0}, "%s is no machine description",
                         path_base(s->path));
    diag_note(c, d, "its first line would be '%s'", MACHINE_HEAD);
    diag_help(c, d, "netcc bench --machine -o FILE measures and writes one");
    return NULL;
  }
  for (const char *line = s->text + head; *line; line += *line == '\n') {
    size_t n = strcspn(line, "\n");
    read_line(&r, line, n);
    line += n;
  }
  if (!r.t && c->errors == before)
    diag_error(c, DIAG_E0615, (Span){file, 0, 0}, "%s names no target", path_base(s->path));
  if (r.t) r.t->weight_bandwidth = r.t->memory_bandwidth;
  return c->errors == before ? r.t : NULL;
}

void machine_text(const Target *t, const char *about, StrBuf *out) {
  sb_puts(out, MACHINE_HEAD "\n");
  for (const char *line = about; *line;) {
    size_t n = strcspn(line, "\n");
    sb_puts(out, "# ");
    sb_write(out, line, n);
    sb_putc(out, '\n');
    line += n + (line[n] == '\n');
  }
  sb_printf(out, "%-17s %s\n", "target", t->name);
  for (int i = 0; i < COUNT_OF(fields); i++) {
    const Field *f = &fields[i];
    const void *at = (const char *)t + f->offset;
    sb_printf(out, "%-17s ", f->name);
    if (f->whole)
      sb_printf(out, "%lld", (long long)*(const int64_t *)at);
    else
      sb_printf(out, "%.4g", *(const double *)at);
    sb_printf(out, "%s%s\n", *f->doc ? " # " : "", f->doc);
  }
}
