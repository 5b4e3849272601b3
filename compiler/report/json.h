/* json.h: what the two halves of the JSON report share. Reference counts follow Jansson: every
 * function returns a new reference, and json_add takes one over. */
#ifndef NETCC_REPORT_JSON_H
#define NETCC_REPORT_JSON_H

#include <jansson.h>

#include "report.h"

/* Sets a member, or appends to an array if key is NULL. */
void json_add(json_t *to, const char *key, json_t *value);
void json_text(json_t *to, const char *key, const char *s); /* NULL becomes null */
void json_count(json_t *to, const char *key, int64_t n);
void json_number(json_t *to, const char *key, double x);
void json_flag(json_t *to, const char *key, bool x);
json_t *json_dims(const int64_t *v, int n);
json_t *json_quartiles(const Measured *m);
/* Sets "file", "line", "column", "end_line" and "end_column", all null without a position. */
void json_position(Ctx *c, json_t *to, Span s);

/* Writes an object as text and gives it back. False after reporting lack of memory. */
bool json_finish(Ctx *c, json_t *o, StrBuf *out);
/* Reads a file that must be an object of that schema, up to that version; NULL after reporting. */
json_t *json_file(Ctx *c, const char *path, const char *schema, int version);
/* The report as an object, new. */
json_t *report_object(Ctx *c, const Graph *source, const Plan *p, const Profile *m);

/* Two reports against each other (diff.c), printed; true if they are the same. `width` as in
 * report_text. */
bool report_diff(Ctx *c, const json_t *a, const json_t *b, bool json, int width, StrBuf *out);
/* Has it the lists that are compared? False after reporting. */
bool diff_complete(Ctx *c, const char *path, const json_t *r);

/* The plan's half (jsonplan.c). */
json_t *json_groups(const Report *r);
json_t *json_values(const Report *r);
json_t *json_buffers(const Report *r);
json_t *json_decisions(const Report *r);
json_t *json_candidates(const Report *r);

#endif
