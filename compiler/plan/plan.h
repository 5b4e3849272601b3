/* plan.h: from a fused graph to a plan that can be emitted.
 *
 * Sections: targets (target.c, targets.def), group views (group.c), kernels (kernels.def,
 * choose_*.c, select.c), layouts and reorders (select.c), steps and epochs (schedule.c),
 * memory (memory.c), prices of decisions (price.c), the independent checker (check.c), and
 * plan_make (plan.c), which runs all.
 * After planning every top-level value has a layout and a place, and every group a kernel.
 */
#ifndef NETCC_PLAN_H
#define NETCC_PLAN_H

#include "../ir/ir.h"

/* ---- targets ------------------------------------------------------------------------------ */

/* A machine description. Bandwidths and peak are per core, in bytes and operations a second;
 * bandwidths are those of reading. */
typedef struct Target {
  const char *name; /* "c99", "x86-64-v3", "x86-64-v4" */
  const char *doc;
  int lanes;            /* floats in a vector; 1: plain C, no vector extensions */
  int registers;        /* vector registers */
  bool folds_broadcast; /* an FMA can read a broadcast scalar from memory (AVX-512) */
  const char *features; /* for the target pragma and attribute: "avx2,fma"; "" for none */
  const char *cpu_test; /* C expression true where the code can run; "1" anywhere */
  int64_t l1, l2;       /* bytes of cache a core has for itself */
  int64_t l3;           /* … and of the last level, all cores together; 0: none */
  double peak;          /* f32 operations a second */
  double l1_bandwidth, l2_bandwidth, l3_bandwidth, memory_bandwidth;
  double barrier; /* seconds until two threads have met */
  /* From where a network's weights come: plan_make sets it for the network; the table has memory */
  double weight_bandwidth;
} Target;

extern const Target target_table[];
extern const int target_count;
/* "native" is the best of the table that this processor runs. NULL if there is no such name. */
const Target *target_find(const char *name);
/* Can this processor run code for it? */
bool target_runs_here(const Target *t);

/* Machine descriptions as text (machine.c): "netcc-machine 1", then a name and a value a line; '#'
 * begins a comment. A measured machine is a target of the table with other numbers. */
/* Reads source `file`. NULL after errors, which point at the lines. */
const Target *machine_parse(Ctx *c, int32_t file);
/* Writes one that reads back as the same; about: a comment for its head, may have lines. */
void machine_text(const Target *t, const char *about, StrBuf *out);

/* How a rank-4 activation is stored. Values of other rank are always plain. On a target with
 * one lane both are the same addresses. */
typedef enum Format { FMT_PLAIN, FMT_BLOCKED, FMT_ANY } Format;

/* ---- group views --------------------------------------------------------------------------- */

enum { MAX_EPILOGUE = 8, MAX_GROUP_IN = 64 };

/* One fused operation after the anchor. Operands other than the running value are group inputs.
 */
typedef struct Epilogue {
  const Node *node; /* of the body */
  int operand[2]; /* positions in group->in, -1: none. add/mul: the residual; affine: scale, shift
                   */
} Epilogue;

/* A group taken apart: prologue → anchor → epilogues, with operands resolved to positions in
 * group->in. All top-level runtime nodes are groups, so this is what kernels look at. */
typedef struct GroupView {
  const Graph *g; /* the graph that holds the group */
  const Node *group;
  const Node *prologue; /* a flatten before a dense anchor; NULL otherwise */
  const Node *anchor;
  int nin;              /* anchor operands */
  int in[MAX_GROUP_IN]; /* anchor operand i (data, then parameters) is group->in[in[i]] */
  int nepilogue;
  Epilogue epilogue[MAX_EPILOGUE];
  int next;     /* node of the body that opens a second stage; 0: this is all */
  bool by_rows; /* rows are asked for one strip at a time: no map is seen as one long row */
  Format
      prefer; /* how to store the result, for kernels that can do either; FMT_ANY: as they like */
} GroupView;

/* False (without a diagnostic) if the group has not this form. Of several stages the first. */
bool group_view(const Graph *g, const Node *group, GroupView *v);
/* Does this node, behind an anchor, begin a stage of its own? */
bool opens_stage(const Node *n);
/* Top-level value read as anchor operand i; the group's output value. */
const Value *view_in(const GroupView *v, int i);
const Value *view_out(const GroupView *v);
/* Wraps one new node of `op` reading `in` into a group inserted before `before`. */
Node *group_insert_single(Ctx *c, Graph *g, NodeId before, OpKind op, const void *attr,
                          ValueId in, const char *name, int scope, Span span);

/* ---- kernels ------------------------------------------------------------------------------- */

/* What the planner decided for one group. */
typedef struct Choice {
  int kernel;              /* row of kernel_table */
  Format in[MAX_GROUP_IN]; /* per position in group->in; weights: ignored */
  Format out;
  Layout *pack;          /* layout of weight-time inputs; naxes 0: plain */
  int nb;                /* convolution: output channel blocks in a register tile */
  int px;                /* … and at most this many output pixels */
  int icb;               /* input channel blocks of one pass over the rows; 0: all */
  int rows;              /* output rows (flat 1x1: register tiles) of one unit of the
                                parallel split; 0: all */
  bool across;           /* convolution: a register tile's pixels are those of neighbouring
                                samples at one place of the map */
  int64_t units;         /* equal parts that threads share statically */
  double share;          /* of the work: the larger part of two threads; 0: as units say */
  int64_t workspace;     /* bytes that each thread needs for itself while it runs */
  double seconds;        /* predicted, one thread */
  struct Strips *strips; /* stages of a group that runs strip by strip; else NULL */
} Choice;

/* Room for the layouts of a choice, used again for every kernel that is asked. */
typedef struct Packs {
  Layout at[MAX_GROUP_IN];
} Packs;
/* A choice for the kernel to fill, with layouts in `room`; one that outlives the room. */
Choice choice_new(int kernel, const GroupView *v, Packs *room);
Choice choice_keep(Ctx *c, const GroupView *v, const Choice *k);

/* Fills the choice if the kernel can run the group on the target; otherwise returns false and
 * says why in *why (static text or from the arena). */
typedef bool ChooseFn(Ctx *c, const Target *t, const GroupView *v, Choice *choice,
                      const char **why);

typedef enum KernelId {
#define KERNEL(id, ...) K_##id,
#include "kernels.def"
#undef KERNEL
  KERNEL_COUNT
} KernelId;

typedef struct KernelInfo {
  const char *name;
  ChooseFn *choose;
  const char *doc;
} KernelInfo;

extern const KernelInfo kernel_table[KERNEL_COUNT];

/* Number of output/input channel blocks: ceil(channels / lanes). */
int64_t blocks_of(int64_t channels, int lanes);

/* ---- dividing work (parallel.c) ----------------------------------------------------------------
 */

/* `count` parts one after another: all of `size` but the last, of which `rest` is left. */
typedef struct Parts {
  int64_t count, size, rest;
} Parts;
Parts parts_of(int64_t whole, int64_t size);
/* Units are pairs (outer, inner), inner fastest, repeated `times`: the work of the busiest of n
 * threads that share them statically, over that of all: 1 / n at best. */
double busiest_share(int64_t times, Parts outer, Parts inner, int n);
/* How uneven two and four threads end up: 1 at best. */
double unevenness(int64_t times, Parts outer, Parts inner);

/* ---- convolution geometry (choose_conv.c) ---------------------------------------------------
 */

/* The numbers of a two-dimensional convolution, in elements. */
typedef struct ConvShape {
  int64_t n, c, h, w; /* input; c: channels of one group */
  int64_t o, oh, ow;  /* output; o: channels of all groups */
  int64_t kh, kw, sy, sx, dy, dx;
  int64_t top, left; /* padding; what is missing below and right follows from the sizes */
  int64_t groups;
  bool by_rows; /* see GroupView */
} ConvShape;
/* False for convolutions over one or three dimensions. */
bool conv_shape(const GroupView *v, ConvShape *s);
/* A 1x1 convolution without stride or padding sees its map as one long row of pixels. */
bool conv_is_flat(const ConvShape *s);
/* Kernel rows that fall on the map for output row oy: [*lo, *hi). */
void conv_kernel_rows(const ConvShape *s, int64_t oy, int64_t *lo, int64_t *hi);

/* Output columns [*lo, *hi) all of whose taps lie on the map; column stride 1. */
void conv_inner_columns(const ConvShape *s, int64_t *lo, int64_t *hi);

/* Cycles that one step (an input channel, a kernel element) of a register tile of nb channel
 * blocks x px pixels takes on the target; 0 if the tile does not fit its registers. */
double tile_cycles(const Target *t, int nb, int px);
/* Splits `width` output pixels into register tiles of at most `px` pixels so that the sum of
 * tile_cycles is least. sizes[i] tiles are i pixels wide, for i <= px <= MAX_PX. */
enum { MAX_PX = 24 };
double split_row(const Target *t, int nb, int px, int64_t width, int64_t sizes[MAX_PX + 1]);
/* The widest tile of nb blocks that fits the registers. */
int widest_tile(const Target *t, int nb);

/* Is it a convolution that the vector kernels can run? Fills the shape. */
bool vector_conv(const Target *t, const GroupView *v, ConvShape *s, const char **why);
/* Formats and packing of what comes after the weights: bias and per-channel epilogue vectors are
 * padded to blocks of `block` channels, residuals stored as the output is. */
void conv_operands(const GroupView *v, int64_t block, int lanes, Choice *k);
/* Output rows (flat: tiles) of one chunk, given the tile, for passes over `channels` input
 * channels and `groups` groups of output blocks (split_conv.c). Chunk q of m begins at row
 * q·rows/m. Sets k->share. */
int64_t conv_chunk_rows(Ctx *c, const Target *t, const ConvShape *s, Choice *k, int64_t channels,
                        int64_t groups);
/* Rows, or tiles of a flat map. */
int64_t conv_rows(const Target *t, const ConvShape *s, const Choice *k);

/* Groups of channels narrower than a vector, as many in as out, that divide it: the lanes of an
 * output block then find their inputs in one input block, by a shuffle. */
bool conv_groups_shuffle(const ConvShape *s, int lanes);
/* How many groups of channels output block `block` has lanes of. */
int64_t conv_block_groups(const ConvShape *s, int lanes, int64_t block);

/* ---- dense layers (choose_dense.c) ----------------------------------------------------------
 */

/* Outputs that one stream of a group's weights holds, of nb blocks in all: a group for several
 * samples is a single stream. */
int64_t dense_stream(const Target *t, int64_t samples, int nb);

/* ---- what the choosers share (choose_basic.c) ------------------------------------------------
 */

bool refuse(const char **why, const char *text); /* false */
bool is_blocked(const Value *v);
/* Seconds for moving `bytes` through the cache and doing `ops` operations, `lanes` at a time. */
double basic_seconds(const Target *t, double bytes, double ops, int lanes);
/* Of the level in which so many bytes stay. */
double cache_bandwidth(const Target *t, double bytes);
double group_bytes(const GroupView *v); /* inputs and output, once each */
/* Seconds to read the inputs and to write the output. */
double stream_seconds(const Target *t, const GroupView *v);
/* Half cycles that a group of element-wise operators takes for each vector. */
double operator_costs(const GroupView *v);
/* Channel blocks times rows of a rank-4 tensor, samples of others: the unit of splitting. */
int64_t row_units(const Target *t, const Shape *s, Format f);

/* ---- strips (strips.c, choose_strips.c) -----------------------------------------------------
 */

enum { MAX_STAGES = 4 };

/* Rows of its input that a stage reads for its rows [y0, y1): from y0·stride - top on, `extent`
 * of them for a single row. */
typedef struct RowWindow {
  int64_t extent, stride, top;
} RowWindow;
RowWindow row_window(const Node *anchor);

/* A stage: a group of one anchor in a graph of its own, where samples come one at a time. */
typedef struct Stage {
  GroupView v;
  Choice choice;
  int source[MAX_GROUP_IN]; /* its operand i is operand source[i] of the whole group; -1: the
                               result of the stage before */
  RowWindow window;
  int64_t rows; /* of its result that the workspace holds */
  int64_t at;   /* where in the workspace, in floats */
} Stage;

/* How a group of several stages runs: strips of `rows` output rows one after the other, every
 * stage but the last into the workspace.
 *   by group: the first stage is a convolution, the second works channel by channel; a unit is a
 *             strip of one group of the convolution's output blocks, rows at its edges are
 *             computed twice.
 *   else:     a unit is a strip of all channels; what the next strip needs again is kept. */
typedef struct Strips {
  int n;
  Stage stage[MAX_STAGES];
  int64_t rows, count; /* output rows of a strip, strips of a sample */
  int64_t scratch;     /* what a stage needs for itself while it runs: where, in floats */
  bool by_group;
  double apart; /* predicted seconds of one stage after the other, one thread */
  double gain;  /* predicted seconds saved against one stage after the other, one thread */
} Strips;

ChooseFn choose_strips;

/* ---- steps --------------------------------------------------------------------------------- */

/* One kernel call. A step whose value is a mere view of its input's memory has no call. */
typedef struct Step {
  NodeId node;
  int epoch;    /* barriers passed before it runs; in a plan for one thread, kernel calls */
  bool barrier; /* a barrier stands before it */
  bool view;    /* nothing runs: the output aliases the input */
  bool serial;  /* thread 0 runs it alone, the others go on */
  bool mirror;  /* thread t of n does part n - 1 - t: evens out uneven parts of an epoch */
  int in_place; /* 1 + position in group->in of the operand that the result overwrites; 0: none */
  Choice choice;
  const char *runner_up; /* name of the second-best kernel, NULL if there was none */
  double runner_up_seconds;
} Step;

/* Predicted seconds of a step on so many threads: the largest share of its equal parts, after a
 * barrier where one stands before it. */
double step_seconds(const Target *t, const Step *st, int threads);

/* A piece of the arena. Values that share storage (views, slices of a concat) share a buffer. */
typedef struct Buffer {
  int64_t bytes;    /* rounded up to 64 */
  int first, last;  /* epochs, inclusive, in which its content matters */
  int64_t offset;   /* bytes from the arena's start */
  const char *name; /* of its largest value */
  int region;       /* of MemoryModel.region, where there are some */
} Buffer;

/* One of several memories. */
typedef struct Region {
  const char *name; /* a C identifier */
  int64_t capacity; /* bytes, workspace of one thread included */
  /* found (regions.c) */
  int64_t offset, bytes; /* of Plan.arena_bytes it has so many, from there on */
  int64_t thread_bytes;  /* workspace for each thread, if it is here */
  int64_t lower_bound;   /* largest sum of its buffers live in one epoch */
  bool optimal;
  double traffic; /* bytes read and written in a run */
} Region;

/* Where activations may lie. */
enum { MAX_REGIONS = 8 };
typedef struct MemoryModel {
  bool io_inside; /* inputs and outputs have offsets in the arena, as intermediates have */
  int regions;    /* 0: one arena of whatever size */
  Region region[MAX_REGIONS]; /* the fastest first */
} MemoryModel;

typedef struct Plan {
  const Target *target;
  Graph *g;
  MemoryModel memory;
  VEC(Step) steps;
  VEC(Buffer) buffers;
  int *buffer_of; /* by ValueId: index into buffers, -1: not in the arena */
  int epochs;
  bool lone;             /* too little work for a second thread: no parallel region */
  int64_t arena_bytes;   /* peak of the plan */
  int64_t lower_bound;   /* largest sum of buffers live in one epoch */
  bool optimal;          /* no plan of these buffers has a lower peak: bound met, or proved */
  int64_t thread_bytes;  /* workspace per thread on top */
  VEC(ValueId) sections; /* weight-time values in the order of the weight file */
  uint64_t hash;         /* identity of the packed layout: target, sections, shapes, layouts */
} Plan;

/* Plans a graph whose runtime nodes are groups; rewrites it (reorders) and sets layouts, places
 * and kernels. NULL after an error. Deterministic. */
Plan *plan_make(Ctx *c, Graph *g, const Target *t);
/* The same where inputs and outputs are not simply the caller's. memory NULL: they are. */
Plan *plan_make_in(Ctx *c, Graph *g, const Target *t, const MemoryModel *memory);

/* Stages of plan_make, in order. */
bool plan_strips(Ctx *c, Plan *p);  /* groups of several stages, where they pay */
bool plan_select(Ctx *c, Plan *p);  /* kernels, layouts, reorders, packing */
void plan_concats(Ctx *c, Plan *p); /* concats as offsets into one buffer */
/* The layout of y's channels from `at` on, which begin a block, as those of a value x of its own. */
Layout slice_layout(const Value *y, const Value *x, int64_t at);
bool plan_schedule(Ctx *c, Plan *p); /* epochs and barriers, buffers and lifetimes */
bool plan_memory(Ctx *c, Plan *p);   /* offsets */
bool plan_regions(Ctx *c, Plan *p);  /* offsets in several regions; false after an error */
/* The region in which an offset lies; NULL if there are none. */
const Region *plan_region_of(const Plan *p, int64_t offset);

/* Parts of plan_schedule (parallel.c). */
/* Decides which steps one thread runs alone, sets epochs and barriers for the present order of
 * steps. Returns predicted seconds of a run on two threads. */
double plan_share(Ctx *c, Plan *p);
/* Sorts steps by their distance from the inputs; false if they are sorted. */
bool plan_by_level(Ctx *c, Plan *p);
/* Sorts steps so that little is alive at once (order.c); false if they are in that order. */
bool plan_by_memory(Ctx *c, Plan *p);
void plan_log_split(Ctx *c, const Plan *p);
/* Results over operands (in_place.c), for the present epochs: sets Step.in_place. */
void plan_in_place(Ctx *c, Plan *p, bool log);
/* Of the step's work, what the busier of two threads does: 1/2 at best. */
double step_share(const Step *st);

void plan_price(Plan *p); /* predicted seconds for decisions that know their bytes */
/* Verifies a finished plan from the graph and layouts alone; shares no code with the planner.
 * Reports E07xx and returns false on a fault. */
bool plan_check(Ctx *c, const Plan *p);

#endif
