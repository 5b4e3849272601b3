/* packing.h: offline dynamic storage allocation, on its own.
 *
 * Items live over an interval of time and take an interval of addresses; two of them may share
 * addresses only if they do not share time. Sections: the problem (packing.c), orders and hill
 * climbing (packing_greedy.c), the exact search (packing_search.c).
 * Nothing here knows of networks: memory.c and `netcc plan` bring their problems to it.
 */
#ifndef NETCC_PACKING_H
#define NETCC_PACKING_H

#include "../base/base.h"

typedef struct PackItem {
  const char *name;
  int64_t lower, upper; /* lives in [lower, upper) */
  int64_t size;         /* bytes; rounded up to the alignment when packed */
  int64_t offset;       /* found */
} PackItem;

typedef struct Packing {
  PackItem *at;
  int n;
  int64_t align;    /* of offsets, at least 1 */
  int64_t capacity; /* a peak within it is good enough; 0: as low as possible */
  int64_t effort;   /* steps the search may take (some ten million a second); deterministic */
  double seconds;   /* stop after so much time as well, 0: never; then results may vary */
  /* found */
  int64_t densest; /* largest sum of sizes alive at once */
  int64_t bound;   /* no packing has a lower peak: densest, or more where the search proved it */
  int64_t peak;    /* largest offset + rounded size */
  bool optimal;    /* peak meets the bound, or the search proved that nothing lies below it */
  int64_t steps;   /* taken */
  const char *method; /* what found the packing, in words */
} Packing;

/* Packs; always succeeds, with whatever peak. The same problem gives the same offsets. */
void packing_solve(Ctx *c, Packing *p);

/* Verifies offsets and peak on its own (packing_check.c); *fault says what is wrong. */
bool packing_check(Ctx *c, const Packing *p, const char **fault);

/* ---- what the solvers share ---------------------------------------------------------------
 */

/* The problem in units of the common divisor of all sizes. Time is numbered by maximal cliques,
 * the largest sets of items alive together: item i is part of cliques lo[i] … hi[i]. */
typedef struct Pieces {
  Ctx *c;
  int n, ncliques;
  int64_t unit;    /* bytes */
  int64_t *size;   /* in units */
  int *lo, *hi;    /* first and last clique */
  int64_t *crowd;  /* largest sum of sizes over the cliques of an item */
  int64_t bound;   /* largest sum of a clique */
  int64_t *offset; /* of the solution at hand */
  double *key;     /* of pieces_sort, by item */
  struct Keyed *keyed;
  uint64_t random; /* state of the generator; fixed seed */
  int64_t steps, effort;
  double deadline; /* seconds of the clock, 0: none */
} Pieces;

bool pieces_overlap(const Pieces *p, int a, int b); /* in time */
uint64_t pieces_random(Pieces *p);
bool pieces_spent(Pieces *p); /* is effort or time used up? */
int64_t pieces_peak(const Pieces *p);

/* Sorts all items by descending Pieces.key, ties by number. */
void pieces_sort(Pieces *p, int *order);

/* First fit in several orders, then exchanges; stops at `goal`. Leaves the best offsets and
 * returns their peak; *method says which it was. */
int64_t greedy_pack(Pieces *p, int64_t goal, const char **method);

typedef enum Verdict { FITS, FITS_NOT, UNDECIDED } Verdict;
/* Looks for a packing within `capacity` units, taking at most `steps`. FITS leaves offsets. */
Verdict search_pack(Pieces *p, int64_t capacity, int64_t steps);
enum { SEARCH_ITEMS = 1500 }; /* more than these are left to greedy_pack */

#endif
