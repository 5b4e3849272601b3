/* test_packing.c: packing problems: the worked example, hard problems with a known fit, small
 * ones against every order, real ones where they are at hand, and what netcc plan makes of
 * files, right and wrong. Every packing goes through packing_check. */
#include "compiler/plan/packing.h"

#include "command.h"

TestSuite(packing, .init = work_setup, .fini = work_teardown, .timeout = 600);

enum { EFFORT = 1000000000 };

static Ctx *context(void) { return ctx_new(arena_new(0)); }

static void solve(Ctx *c, Packing *p) {
  const char *fault;
  packing_solve(c, p);
  cr_expect(packing_check(c, p, &fault), "%s", fault);
  cr_expect(p->densest <= p->bound && p->bound <= p->peak);
  cr_expect_eq(p->optimal, p->bound == p->peak);
}

Test(packing, worked_example) {
  PackItem item[] = {{"0", 0, 2, 32, 0}, {"1", 1, 5, 28, 0}, {"2", 2, 6, 36, 0},
                     {"3", 3, 6, 16, 0}, {"4", 4, 6, 8, 0},  {"5", 5, 8, 64, 0},
                     {"6", 6, 9, 10, 0}, {"7", 7, 9, 40, 0}};
  Packing p = {.at = item, .n = 8, .align = 1, .effort = EFFORT};
  solve(context(), &p);
  cr_expect_eq(p.peak, 124);
  cr_expect(p.optimal);
}

Test(packing, empty_and_single) {
  PackItem one = {"a", -5, 7, 100, 0};
  Packing none = {.align = 64}, p = {.at = &one, .n = 1, .align = 64};
  solve(context(), &none);
  cr_expect_eq(none.peak, 0);
  solve(context(), &p);
  cr_expect_eq(p.peak, 128, "sizes are rounded up to the alignment");
}

/* ---- problems with a known fit ---------------------------------------------------------------
 */

static uint64_t state = 1;
static int64_t draw(int64_t lo, int64_t hi) { /* [lo, hi] */
  state = state * 6364136223846793005u + 1442695040888963407u;
  return lo + (int64_t)((state >> 33) % (uint64_t)(hi - lo + 1));
}

/* Cuts [0, time) x [0, height) into n items, time or address at a time: they fill it. */
static void cut(PackItem *at, int n, int64_t time, int64_t height) {
  at[0] = (PackItem){"x", 0, time, height, 0};
  for (int k = 1; k < n;) {
    int i = 0;
    double most = -1;
    for (int t = 0; t < 6; t++) { /* the largest of a few */
      int j = (int)draw(0, k - 1);
      double area = (double)(at[j].upper - at[j].lower) * (double)at[j].size;
      if (area > most) most = area, i = j;
    }
    PackItem *x = &at[i];
    if (draw(0, 1) && x->upper - x->lower > 1) {
      at[k] = *x;
      at[k++].lower = x->upper = draw(x->lower + 1, x->upper - 1);
    } else if (x->size > 1) {
      int64_t low = draw(1, x->size - 1);
      at[k] = *x;
      at[k++].size -= low;
      x->size = low;
    }
  }
  for (int k = n - 1; k > 0; k--) { /* no order may help */
    int j = (int)draw(0, k);
    PackItem swap = at[k];
    at[k] = at[j];
    at[j] = swap;
  }
}

Test(packing, full_rectangles) {
  static const struct { int n, time; } sizes[] = {{20, 12}, {60, 60}, {100, 150}, {150, 200}};
  for (int s = 0; s < 4; s++)
    for (int round = 0; round < 4; round++) {
      Ctx *c = context();
      PackItem *at = NEWN(c->arena, PackItem, sizes[s].n);
      cut(at, sizes[s].n, sizes[s].time, 1024);
      Packing p = {.at = at, .n = sizes[s].n, .align = 1, .effort = EFFORT};
      solve(c, &p);
      cr_expect_eq(p.peak, 1024, "%d items: %lld", p.n, (long long)p.peak);
      cr_expect(p.optimal);
    }
}

Test(packing, same_bytes_every_time) {
  PackItem one[80], two[80];
  cut(one, 80, 80, 1000);
  memcpy(two, one, sizeof one);
  Packing p = {.at = one, .n = 80, .align = 1, .effort = 20000},
          q = {.at = two, .n = 80, .align = 1, .effort = 20000};
  solve(context(), &p);
  solve(context(), &q);
  cr_expect_eq(p.steps, q.steps);
  for (int i = 0; i < 80; i++) cr_expect_eq(one[i].offset, two[i].offset);
}

/* ---- small problems against all orders --------------------------------------------------------
 */

enum { FEW = 6 };

/* The lowest peak over all packings: some order of dropping items one on the other reaches it. */
static int64_t best_of_all(const PackItem *at, int n, int used, int64_t *offset, int64_t peak,
                           int64_t best) {
  if (used == (1 << n) - 1) return peak < best ? peak : best;
  for (int i = 0; i < n; i++) {
    if (used & 1 << i) continue;
    offset[i] = 0;
    for (int j = 0; j < n; j++)
      if (used & 1 << j && at[i].lower < at[j].upper && at[j].lower < at[i].upper &&
          offset[j] + at[j].size > offset[i])
        offset[i] = offset[j] + at[j].size;
    int64_t top = offset[i] + at[i].size;
    best = best_of_all(at, n, used | 1 << i, offset, top > peak ? top : peak, best);
  }
  return best;
}

Test(packing, small_problems_are_proved) {
  for (int round = 0; round < 400; round++) {
    PackItem at[FEW + 2];
    int64_t offset[FEW + 2];
    int n = FEW + (int)draw(0, 1);
    for (int i = 0; i < n; i++) {
      int64_t from = draw(0, 7);
      at[i] = (PackItem){"x", from, from + draw(1, 5), draw(1, 9), 0};
    }
    Packing p = {.at = at, .n = n, .align = 1, .effort = EFFORT};
    solve(context(), &p);
    cr_expect_eq(p.peak, best_of_all(at, n, 0, offset, 0, INT64_MAX), "round %d", round);
    cr_expect(p.optimal, "round %d", round);
  }
}

/* Problems whose densest moment is no measure: 7 bytes are alive at most, and 8 are needed. */
Test(packing, capacity_out_of_reach_is_proved) {
  PackItem tight[] = {{"a", 5, 7, 2, 0}, {"b", 0, 3, 3, 0}, {"c", 4, 7, 3, 0}, {"d", 2, 5, 3, 0},
                      {"e", 5, 7, 2, 0}, {"f", 1, 2, 1, 0}, {"g", 0, 2, 2, 0}, {"h", 1, 4, 1, 0},
                      {"i", 3, 5, 1, 0}, {"j", 0, 1, 2, 0}};
  int64_t offset[10];
  Packing p = {.at = tight, .n = 10, .align = 1, .effort = EFFORT};
  solve(context(), &p);
  cr_expect(p.densest == 7 && p.bound == 8 && p.peak == 8 && p.optimal);
  cr_expect_eq(best_of_all(tight, 10, 0, offset, 0, INT64_MAX), 8);
  Packing q = {.at = tight, .n = 10, .align = 1, .effort = EFFORT, .capacity = 7};
  solve(context(), &q);
  cr_expect(q.bound > q.capacity, "not proved");
}

/* ---- the command -----------------------------------------------------------------------------
 */

Test(packing, real_problems) {
  const char *data = getenv("NETCC_DATA");
  if (!data) data = "../shared/data";
  if (sh("test -d %s/memory_plans", data)) {
    SKIPPED("no %s/memory_plans", data);
    return;
  }
  for (char f = 'A'; f <= 'F'; f++) {
    RUNS(0, NULL, "netcc plan --capacity=1048576 -o @/out.csv %s/memory_plans/%c.1048576.csv",
         data, f);
    /* two items may share addresses only if they share no time */
    RUNS(0, "fits",
         "awk -F, 'NR == 1 { if ($5 != \"offset\") exit 1; next }"
         " { l[NR]=$2; u[NR]=$3; s[NR]=$4; o[NR]=$5; if ($5+$4 > 1048576) exit 1;"
         " for (i=2; i<NR; i++) if (l[i]<$3 && $2<u[i] && o[i]<$5+$4 && $5<o[i]+s[i]) exit 1 }"
         " END { if (NR > 100) print \"fits\" }' @/out.csv");
    RUNS(0, NULL, "cut -d, -f1-4 @/out.csv | cmp - %s/memory_plans/%c.1048576.csv", data, f);
  }
}

Test(packing, command) {
  put_text("a.csv", "id,lower,upper,size\nb1,0,3,4\nb2,3,9,4\nb3,0,9,4\nb4,9,21,4\nb5,0,21,4\n");
  RUNS(0, "5 items, lower bound 12, peak 12, optimal", "netcc plan @/a.csv");
  RUNS(0, "id,lower,upper,size,offset\nb1,0,3,4,", "netcc plan @/a.csv");
  RUNS(0, "\"gap_bytes\": 0", "netcc plan --json @/a.csv");
  RUNS(0, "peak 192", "netcc plan --align=64 --capacity=1K - < @/a.csv");
  RUNS(0, NULL, "netcc plan @/a.csv -o @/b.csv");
  RUNS(0, NULL, "netcc plan @/b.csv -o @/c.csv"); /* an offset column is read over */
  RUNS(0, NULL, "cmp @/b.csv @/c.csv");
  RUNS(1, "error[E0707]: 11 bytes do not hold these items: that is proved",
       "netcc plan --capacity=11 @/a.csv -o @/d.csv");
  cr_expect(!exists("d.csv"));
  RUNS(1, "--capacity=x: expected a number like 1000, 512K", "netcc plan --capacity=x @/a.csv");
  RUNS(1, "one problem at a time", "netcc plan @/a.csv @/b.csv");
  RUNS(1, "E0601", "netcc plan @/nothing.csv");
}

Test(packing, wrong_files) {
  static const struct {
    const char *text, *error;
  } wrong[] = {
      {"", "empty: no line with the columns"},
      {"id,lower,upper\n", "w.csv:1:1\n"},
      {"id,lower,upper,size,colour\n", "unknown column 'colour'"},
      {"id,id,lower,upper,size\n", "column 'id' stands here twice"},
      {"id,lower,upper,size\na,0,1\n", "expected 4 fields"},
      {"id,lower,upper,size\na,0,1,2,3\n", "expected 4 fields"},
      {"id,lower,upper,size\na,0,1,2\n\nb,0,x,3\n", "w.csv:4:5"},
      {"id,lower,upper,size\na,0,1,99999999999999999999\n", "size is no whole number"},
      {"id,lower,upper,size\na,3,3,2\n", "never alive"},
      {"id,lower,upper,size\na,3,4,0\n", "less than one byte"},
      {"id,lower,upper,size\na,3,4,-7\n", "less than one byte"},
      {"id,lower,upper,size\na,0,1,2\na,0,1,2\n", "a second item 'a'"},
      {"id,lower,upper,size\na,0,1,1000000000000000000\nb,0,1,1000000000000000000\n",
       "the sizes add up"},
  };
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    put_text("w.csv", wrong[i].text);
    RUNS(1, wrong[i].error, "netcc plan @/w.csv -o @/o.csv");
    RUNS(1, "error[E0614]", "netcc plan @/w.csv -o @/o.csv");
    cr_expect(!exists("o.csv"));
  }
}
