/* svg_write.c: what the picture of a plan is written with: escaped text, coordinates, rectangles
 * that carry their exact numbers as a tooltip, and short forms of bytes, counts and times.
 *
 * Names come from files, so text passes through svg_escape, which lets nothing through that XML
 * would refuse. Coordinates are rounded to a tenth of a pixel: the same picture everywhere. */
#include "report.h"

#include <math.h>
#include <string.h>

/* Bytes of the UTF-8 character at `s` if XML allows it there, else 0. */
static int character_at(const char *s) {
  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  const unsigned char *u = (const unsigned char *)s;
  if (u[0] < 0x80) return u[0] >= 0x20 || u[0] == '\n' || u[0] == '\t';
  int n = u[0] >= 0xF0 ? 4 : u[0] >= 0xE0 ? 3 : 2;
  if (u[0] < 0xC0 || u[0] > 0xF4) return 0;
  uint32_t code = u[0] & (0x7Fu >> n);
  for (int i = 1; i < n; i++) {
    if ((u[i] & 0xC0) != 0x80) return 0;
    code = code << 6 | (u[i] & 0x3Fu);
  }
  bool surrogate = code >= 0xD800 && code < 0xE000;
  bool outside = code > 0x10FFFF || code == 0xFFFE || code == 0xFFFF;
  return code < least[n] || surrogate || outside ? 0 : n;
}

void svg_escape(StrBuf *out, const char *s) {
  static const char special[] = "&<>\"'";
  static const char *const entity[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
  while (*s) {
    int n = character_at(s);
    const char *at = strchr(special, *s);
    if (!n)
      sb_puts(out, "\xEF\xBF\xBD"); /* U+FFFD, the replacement character */
    else if (at)
      sb_puts(out, entity[at - special]);
    else
      sb_write(out, s, (size_t)n);
    s += n ? n : 1;
  }
}

void svg_number(StrBuf *out, const char *attribute, double v) {
  double tenths = floor(v * 10 + 0.5) / 10;
  sb_printf(out, " %s=\"%.7g\"", attribute, tenths);
}

void svg_open_text(StrBuf *out, const char *class, double x, double y) {
  sb_printf(out, "<text class=\"%s\"", class);
  svg_number(out, "x", x);
  svg_number(out, "y", y);
  sb_putc(out, '>');
}

void svg_text(StrBuf *out, const char *class, double x, double y, const char *s) {
  if (!*s) return;
  svg_open_text(out, class, x, y);
  svg_escape(out, s);
  sb_puts(out, "</text>\n");
}

void svg_span(StrBuf *out, const char *class, const char *s) {
  if (!*s) return;
  sb_printf(out, "<tspan class=\"%s\">", class);
  svg_escape(out, s);
  sb_puts(out, "</tspan>");
}

void svg_line(StrBuf *out, const char *class, double x1, double y1, double x2, double y2) {
  sb_printf(out, "<line class=\"%s\"", class);
  svg_number(out, "x1", x1);
  svg_number(out, "y1", y1);
  svg_number(out, "x2", x2);
  svg_number(out, "y2", y2);
  sb_puts(out, "/>\n");
}

void svg_rect(StrBuf *out, const char *class, double x, double y, double w, double h,
              const char *data, const char *title) {
  sb_printf(out, "<rect class=\"%s\"", class);
  svg_number(out, "x", x);
  svg_number(out, "y", y);
  svg_number(out, "width", w);
  svg_number(out, "height", h);
  sb_printf(out, "%s%s><title>", *data ? " " : "", data);
  svg_escape(out, title);
  sb_puts(out, "</title></rect>\n");
}

/* ---- short forms ------------------------------------------------------------------------- */

int svg_length(const char *s) {
  int n = 0;
  for (; *s; s++) n += ((unsigned char)*s & 0xC0) != 0x80;
  return n;
}

const char *svg_clip(Ctx *c, const char *s, int most) {
  if (svg_length(s) <= most) return s;
  const char *end = s;
  for (int n = 0; n < most; end++) n += ((unsigned char)end[1] & 0xC0) != 0x80;
  while (end > s && ((unsigned char)*end & 0xC0) == 0x80) end--;
  return str_fmt(c->arena, "%.*s\u2026", (int)(end - s), s);
}

/* Three digits, without zeros at the end. */
static const char *short_text(Ctx *c, double v, const char *unit) {
  return v < 99.95 ? str_fmt(c->arena, "%.3g %s", v, unit)
                   : str_fmt(c->arena, "%.0f %s", v, unit);
}

const char *svg_bytes(Ctx *c, int64_t n) {
  double v = (double)n;
  if (n < 1024) return str_fmt(c->arena, "%d B", (int)n);
  if (n < 1 << 20) return short_text(c, v / 1024, "KiB");
  return n < 1 << 30 ? short_text(c, v / 1048576, "MiB") : short_text(c, v / 1073741824, "GiB");
}

const char *svg_count(Ctx *c, int64_t n) {
  double v = (double)n;
  if (n < 1000) return str_fmt(c->arena, "%d", (int)n);
  if (v < 999.5e3) return short_text(c, v * 1e-3, "k");
  return v < 999.5e6 ? short_text(c, v * 1e-6, "M") : short_text(c, v * 1e-9, "G");
}

const char *svg_time(Ctx *c, double seconds) {
  if (seconds < 0.5e-7) return "<0.1 \u00B5s";
  if (seconds < 9.95e-6) return str_fmt(c->arena, "%.1f \u00B5s", seconds * 1e6);
  if (seconds < 999.5e-6) return str_fmt(c->arena, "%.0f \u00B5s", seconds * 1e6);
  return seconds < 0.9995 ? short_text(c, seconds * 1e3, "ms") : short_text(c, seconds, "s");
}

const char *svg_shape(Ctx *c, const Shape *s) {
  StrBuf b = {.arena = c->arena};
  for (int i = 0; i < s->rank; i++)
    sb_printf(&b, "%s%lld", i ? "\u00D7" : "", (long long)s->dim[i]);
  return sb_str(&b);
}
