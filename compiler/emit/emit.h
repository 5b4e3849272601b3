/* emit.h: from a plan to C text and a packed weight file.
 *
 * Sections: the structured writer (writer.c), kernels (kernel.c and one k_*.c per family),
 * the model (model.c, header.c, embed.c), the weight file (pack.c).
 */
#ifndef NETCC_EMIT_H
#define NETCC_EMIT_H

#include "../ops/ops.h"
#include "../plan/plan.h"

/* ---- the structured writer ------------------------------------------------------------------
 */

/* Operations of the text written so far, each multiplied by the trips of the loops around it. */
typedef struct Counts {
  double fma;           /* multiply-adds, scalar (a vector FMA counts its lanes) */
  double other;         /* other scalar operations */
  double loads, stores; /* bytes that the text reads and writes */
} Counts;

/* Writes indented C and knows in which loops it stands. */
typedef struct Writer {
  StrBuf out;
  int depth;
  double trips;      /* product of the trip counts of all open loops */
  VEC(double) outer; /* trips outside each open brace */
  Counts counts;
} Writer;

Writer writer_new(Ctx *c);
/* One line, indented; the text holds no newline. Lines that begin with '#' start at column 1. */
void w_line(Writer *w, const char *fmt, ...) PRINTF_LIKE(2, 3);
void w_blank(Writer *w);
/* "text {" and one level deeper; a block that is entered once. */
void w_open(Writer *w, const char *fmt, ...) PRINTF_LIKE(2, 3);
void w_block(Writer *w); /* a bare "{" */
/* The same for a loop whose body runs `trips` times for each entry, on average where the bounds
 * vary (border rows): the sum over all entries divided by the number of entries. */
void w_loop(Writer *w, double trips, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* "for (size_t var = 0; var < trips; ++var) {" */
void w_for(Writer *w, const char *var, int64_t trips);
void w_close(Writer *w); /* "}" */
/* Counts n multiply-adds, n other operations, or bytes, per execution of the current place. */
void w_count_fma(Writer *w, double n);
void w_count_other(Writer *w, double n);
void w_count_loads(Writer *w, double bytes);
void w_count_stores(Writer *w, double bytes);
/* For a tile function called from several places: opens a function whose body is executed
 * `calls` times in all (computed by the caller of the writer). */
void w_function(Writer *w, double calls, const char *fmt, ...) PRINTF_LIKE(3, 4);
enum { LINE = 98 }; /* columns that emitted lines may take */
/* One line, broken at spaces where it is too long. */
void w_wrapped(Writer *w, const char *text);
/* Opens "KERNEL void name(parameters) {" with its parameters (separated by commas) wrapped. */
void w_signature(Writer *w, double calls, const char *name, const char *parameters);

/* ---- kernels --------------------------------------------------------------------------------
 */

/* One kernel about to be written. The emit function writes complete C functions into `w`. The
 * entry function is named "$" (helpers "$_tile6" and so on): the caller replaces $ by the final
 * name after it has found out whether an identical text exists already. Its signature is
 *
 *   KERNEL void $(const float *restrict i0, …, const float *restrict iK, float *restrict o0,
 *                 int t, int n)
 *
 * with one parameter per position of group->in (kernel_signature writes it), and it does the
 * t-th of n static slices of the work. A kernel whose choice asks for a workspace gets it behind
 * o0, as `float *restrict ws`: this thread's own, aligned to 64 bytes, of undefined content. Pointers into the arena and to weights are aligned to 64
 * bytes, the caller's inputs and outputs to 4 only: plain-layout activations are accessed
 * unaligned, channel-blocked ones aligned. Slice offsets and batch strides are part of layouts:
 * pointers already include Layout.offset. */
/* A kernel that is a stage of a group run strip by strip: its entry is called `name` and does
 *
 *   KERNEL void name(i0, …, o0, size_t from, size_t to, …)
 *
 * rows `from` to `to` of the result for one sample; all its channels, or those of the blocks or groups
 * of blocks b0 to b1. The further parameters, as the flags say: xr, yr, the row at which input 0
 * and the output begin, xb0, the block at which input 0 begins. */
typedef struct StageForm {
  const char *name;
  bool blocks;           /* b0, b1; the output begins at block b0 where it is a strip */
  bool x_strip, y_strip; /* input 0, the output lie in the workspace: xr, yr */
} StageForm;

typedef struct Kernel {
  Ctx *c;
  const Target *t;
  const Step *step;
  GroupView v;
  const StageForm *stage; /* NULL: a kernel of its own */
  Writer w;
  bool along;       /* vectors run along plain rows: unaligned, and a channel is one number */
  int begun;        /* epilogues that epilogue_write leaves out: sums began with them */
  const char *base; /* set by the emit function: short descriptive name, "conv3x3s1_64x56x56" */
  VEC(const char *) notes; /* lines for the banner: loop order, tile, split */
} Kernel;

typedef bool EmitFn(Kernel *k);
extern EmitFn *const kernel_emitters[KERNEL_COUNT];

const char *ctype(const Value *v); /* of an element: "float", "uint8_t" */
void kernel_signature(Kernel *k);  /* opens "KERNEL void $(…) {", or that of a stage */
/* The operand whose storage the result takes (Step.in_place) is no parameter: it begins where the
 * result does. kernel_replaced declares it, where a kernel reads it, as another name of `result`:
 * so that stays the one restricted pointer to these elements. */
bool kernel_replaces(const Kernel *k, int i);
void kernel_replaced(Kernel *k, const char *result);
/* For kernels whose partial sums rest in the output: does the output hold what the first epilogue
 * adds? Then sums begin with it, and that epilogue is done. */
bool kernel_begins_sum(Kernel *k);
const char *kernel_name(const Kernel *k); /* "$", or the stage's name: helpers begin with it */
void kernel_note(Kernel *k, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Writes `const size_t u0 = …, u1 = …` : the slice of `units` units that thread t of n does. */
void kernel_slice(Kernel *k, int64_t units);

/* Strides in elements of an activation for index arithmetic, from its layout: sample, channel
 * block (or channel, plain), row, column. Rank-2 values: n and c only. */
typedef struct Strides {
  int64_t n, cb, h, w;
  int lanes; /* of the inner block; 1 when plain */
} Strides;
Strides value_strides(const Value *v);
/* The same for a kernel that reads blocks of `lanes` channels, 1: plain. Differs where both
 * formats put the elements at the same places, as in 1x1 maps of whole blocks: such a value
 * carries one layout and is read as either. */
Strides strides_as(const Value *v, int lanes);

/* What a loop over an activation needs: "vf" and "LD(…)" when blocked, "float" and "…[…]" when
 * plain. `blocks` counts channel blocks (channels when plain); shapes of other ranks are seen as
 * [N, 1, 1, C]. */
typedef struct View4 {
  int64_t n, blocks, h, w, channels;
  Strides s;
  bool scalar;
  const char *row0, *block0; /* the row and block at which it begins; NULL: the first */
} View4;
View4 view4(const Value *v);
/* Input 0 and the output of a kernel, which may be strips if it is a stage. */
View4 view_input(const Kernel *k);
View4 view_output(const Kernel *k);
/* "iy", or "(iy - xr)" where the view begins at row xr. */
const char *row_text(Kernel *k, const View4 *v, const char *y);
/* "LD(i0 + at)" or "i0[at]"; the statement that stores `value` at o0 + at. Both are counted. */
const char *load_text(Kernel *k, const char *base, const char *at, bool scalar);
void store_line(Kernel *k, const char *at, const char *value, bool scalar);
/* "s * 9 + cb * 3 + …" for the sample, block, row variables s, cb, y of a unit; terms whose
 * extent is 1 are left out. */
const char *row_offset(Kernel *k, const View4 *v, const char *y);
/* "x * 2 + 7" without what adds or multiplies nothing; var NULL: the constant alone. */
const char *index_text(Kernel *k, const char *var, int64_t times, int64_t plus);
/* "a + b", or either alone if the other is "0". */
const char *sum_text(Kernel *k, const char *a, const char *b);
/* Opens the loop over this thread's units and decodes s, cb and y out of u, each only where its
 * extent is more than 1; in a stage, the loops over its blocks and rows. row_units_close closes. */
void row_units_open(Kernel *k, const View4 *v, const char *y);
void row_units_close(Kernel *k);
/* Makes one row of each map, where that leaves enough units to share. */
void rows_join(const Kernel *k, View4 *v);
/* Opens the loop over the whole vectors of a plain row, or over the elements behind them; false if
 * there are none. Sets k->along. */
bool along_open(Kernel *k, int64_t width, bool vector);
/* The same where a unit is a chunk of about `rows` rows of one channel block; what is written
 * between the two calls is done once for a chunk, what follows for every row oy of it. */
void row_chunks_open(Kernel *k, const View4 *v, int64_t rows);
void row_chunk_rows(Kernel *k, const View4 *v, int64_t rows);
/* For kernels that write this loop themselves: declares from and to, the rows of the chunk, which
 * a stage knows already; how many chunks a map has. */
void row_chunk_bounds(Kernel *k, const View4 *v, int64_t rows);
int64_t row_chunk_count(const Kernel *k, const View4 *v, int64_t rows);

/* Epilogue of a register tile. For each accumulator named `acc` (a vector of Target.lanes, or a
 * scalar when lanes is 1 or `scalar`), writes the statements of all epilogue steps.
 *   channel: C expression of the element offset of this block's first channel in a per-channel
 *            vector (scale, shift: packed to whole blocks);
 *   sample:  C expression of the sample's number, "0" where there is one only;
 *   at:      C expression of the element offset of this vector within the output's sample
 *            (a residual has the same layout as the output, but for its sample stride). */
void epilogue_write(Kernel *k, const char *acc, const char *channel, const char *sample,
                    const char *at, bool scalar);
/* "acc = acc - x;" or the like: one element-wise operator of two operands, counted. */
void binary_line(Kernel *k, OpKind op, const char *acc, const char *x, bool scalar);
/* "(vi){-1, -1, 0, …}": a mask of the first `real` lanes. */
const char *lane_mask_text(Kernel *k, int64_t real);
/* One unary operator applied to `acc`. */
void epilogue_unary(Kernel *k, const Node *n, const char *acc, bool scalar);

/* ---- strided index spaces (nest.c) ------------------------------------------------------------
 */

/* Loops over a tensor with the strides that it (operand 0) and its operands take in each. In
 * channel blocks one step is a vector of `lanes`; operands without channels are scalar. */
enum { MAX_NEST = 1 + MAX_GROUP_IN + 2 * MAX_EPILOGUE };
typedef struct Nest {
  int n, lanes, noperands;
  int64_t extent[MAX_RANK + 1];
  int64_t stride[MAX_NEST][MAX_RANK + 1];
  bool vector[MAX_NEST];
} Nest;
Nest nest_of(const Value *y);
/* Adds an operand whose dimensions are aligned at the last and repeat where they are 1. */
int nest_add(Nest *s, const Value *x);
/* Drops loops of one trip and joins those that all operands walk through contiguously. */
void nest_simplify(Nest *s);
int64_t nest_units(const Nest *s); /* trips of all loops but the innermost */
/* Opens the loop over this thread's units and declares d0, d1, …, the index of each loop. */
void nest_open(Kernel *k, const Nest *s);
/* "i1 + d0 * 64": where the innermost loop begins in an operand. */
const char *nest_row(Kernel *k, const Nest *s, int operand, const char *base);

/* ---- channel blocks out of lanes of others (gather.c) -----------------------------------------
 */

/* Where the first pixel of an output channel comes from: a position in group->in, and an element
 * of it. */
typedef struct GatherFrom {
  int input;
  int64_t at;
} GatherFrom;

/* Strides of an input, position in group->in, from one sample, row and pixel of the output to the
 * next. */
typedef struct GatherInput {
  int64_t n, h, w;
} GatherInput;

typedef struct Gather {
  int64_t channels;
  const GatherFrom *from; /* by output channel */
  GatherInput input[MAX_GROUP_IN];
  bool flat; /* output and inputs walk through maps in one go */
} Gather;
/* Writes the kernel, or returns false without a word written: no form is repeated enough. */
bool gather_write(Kernel *k, const Gather *g);

/* A row of one channel block between plain and blocked layout (turn.c): x and y point to it. */
typedef struct Turn {
  bool to_blocks;  /* y is blocked, x plain; else the other way round */
  int64_t channel; /* from one channel to the next of the plain side, whose pixels lie together */
} Turn;
/* Writes the loop over `width` pixels of a block with `real` channels. */
void turn_write(Kernel *k, const Turn *t, int64_t width, int64_t real);

/* ---- products of matrices (gemm_tile.c) --------------------------------------------------------
 */

/* A register tile of c = a · b: the function
 *
 *   name(a, b, [bias,] c, size_t stride, size_t depth, int first)
 *
 * adds to rows `stride` floats apart; first: begins anew, or from a bias for each row. */
typedef struct GemmTile {
  int rows, vectors, lanes; /* lanes 1: scalars */
  int64_t a_row, a_step;    /* floats between rows of a, and between steps of the depth */
  int64_t b_step;           /* between rows of b */
  bool aligned;             /* b is aligned to vectors */
  bool bias;
  bool onto;           /* the first pass goes on with what c holds as well */
  double calls, depth; /* for the counts: how often it runs, and how deep on average */
} GemmTile;
void gemm_tile_write(Kernel *k, const GemmTile *t, const char *name);

/* ---- convolutions over register tiles (conv_tile.c, conv_rows.c) ------------------------------
 */

enum { LINE_FLOATS = 16 }; /* floats in a cache line */

/* Neighbouring tiles of an output row that have the same text. */
typedef struct ConvTile {
  int px;        /* output pixels */
  int64_t ox;    /* first output column of the first tile */
  int64_t count; /* tiles, px apart */
  int64_t col;   /* input column that the first tile's x points at: always on the map */
  const char *name;
} ConvTile;

/* Tiles of a row for groups of `nq` output channel blocks, at most px pixels wide. */
typedef struct ConvTiles {
  int nq, px, n;
  int64_t groups; /* how many groups of output blocks use them */
  ConvTile *at;
} ConvTiles;

typedef enum ConvKind { CONV_BLOCKED, CONV_PLAIN, CONV_GROUPED, CONV_DEPTHWISE } ConvKind;

/* One direct convolution being written. Flat ones have a single row of h·w pixels. */
typedef struct ConvEmit {
  Kernel *k;
  ConvKind kind;
  ConvShape s;
  Strides x, y;
  bool flat;
  bool across;   /* a row of pixels is one place of the map in all samples: s, x, y say so … */
  ConvShape map; /* … and this is the convolution as it is, and its steps along a row */
  int64_t xw, yw;
  double columns_mean; /* across: kernel columns on the map, mean over output columns; else 1 */
  int lanes, nb, li;   /* li: channels of an input block; 1: plain input, depthwise; those of
                          a group: grouped */
  int64_t groups, per; /* groups of nb output blocks; of these per group of the convolution */
  int64_t full, tail;  /* whole input blocks; channels in the last, partial one */
  int64_t blocks, icb; /* input blocks, and of these in one pass */
  double passes;
  bool trimmed;                             /* kernel rows are cut at the upper or lower border */
  double rows_mean;                         /* kernel rows on the map, mean over output rows */
  int bias;                                 /* position in group->in, -1: none */
  bool onto;                                /* sums begin with a residual that the output holds */
  int noperands, operand[2 * MAX_EPILOGUE]; /* epilogue operands, each once */
  int parts;                                /* groups that a block has lanes of, at most */
  int ahead;        /* cache lines of later weights that a tile fetches with each input block */
  int64_t further;  /* floats of them from one tile to the next */
  ConvTiles set[2]; /* for whole groups of blocks, and for the rest */
} ConvEmit;

bool conv_emit(Kernel *k, ConvKind kind);
/* Lays out the register tiles of a row and names their functions. */
void conv_tiles_plan(ConvEmit *e);
/* Writes the function of one tile. */
void conv_tile_write(ConvEmit *e, const ConvTiles *set, const ConvTile *tile);
/* Input column of pixel p at kernel column kx; pixels [*lo, *hi) for which it is on the map. */
int64_t conv_input_column(const ConvEmit *e, const ConvTile *t, int64_t p, int64_t kx);
void conv_column_pixels(const ConvEmit *e, const ConvTile *t, int64_t kx, int *lo, int *hi);
/* One kernel row of a depthwise tile (k_conv_depthwise.c). */
void depthwise_row(ConvEmit *e, const ConvTile *t);
/* What a grouped convolution does its own way (k_conv_grouped.c): its two sets of tiles; what a
 * tile gets to know about the groups of block g, and the condition under which it is one of the
 * first set; the variables of a tile, and one kernel row of it. */
void grouped_sets(ConvEmit *e);
void grouped_pointers(ConvEmit *e);
const char *grouped_condition(const ConvEmit *e);
const char *grouped_parameters(const ConvEmit *e, const ConvTiles *set, bool call);
void grouped_variables(ConvEmit *e, const ConvTiles *set);
void grouped_unused(ConvEmit *e, const ConvTiles *set); /* in a tile that sees padding only */
void grouped_row(ConvEmit *e, const ConvTiles *set, const ConvTile *t);
/* Is operand `i` of the group one vector per channel (not a residual)? */
bool conv_operand_is_vector(const ConvEmit *e, int i);
/* " + var * k", nothing where k is 0. */
void sb_term(StrBuf *b, const char *var, int64_t k);

/* ---- the preamble -----------------------------------------------------------------------------
 */

/* Vector types and the small helpers that kernel texts call: LD(p) and ST(p, v) aligned, LDU and
 * STU at any float, HIDE(p), v_relu … on vectors, s_relu … on scalars (preamble.c lists them).
 * Writes includes, target pragmas and just the helpers that `text` uses. */
typedef struct Helper {
  const char *name, *text;
} Helper;
/* Appends exp, tanh and the like (vmath.c), for vectors or scalars; returns how many, at most
 * MAX_MATH. */
enum { MAX_MATH = 40 };
int vmath_helpers(Ctx *c, bool vector, Helper *to);
void preamble_write(Ctx *c, StrBuf *out, const Target *t, const char *text);
void preamble_close(StrBuf *out, const Target *t);

/* How the threads of a run meet: BARRIER(team, n). */
extern const char emit_team_text[];

/* ---- the model ------------------------------------------------------------------------------
 */

typedef struct EmitOptions {
  const char *command; /* the command line, for the file's head; no absolute paths */
  const char *prefix;  /* of every symbol and macro; NULL: the model's name */
  bool static_arena;   /* the object holds an arena of its own; runs without one use it */
  bool embed;          /* also write PREFIX_embed.c with .incbin */
} EmitOptions;

/* A kernel function: its size as C text, and the first step that calls it. */
typedef struct KernelText {
  const char *name;
  size_t bytes;
  int step;
} KernelText;

typedef struct Emitted {
  StrBuf c, h, embed;
  Counts counts;         /* of the whole model */
  int kernels;           /* distinct kernel functions */
  VEC(KernelText) texts; /* of them */
} Emitted;

/* Pieces of it: the public functions, the header, the embedding file (api.c), and names. */
void emit_api(Ctx *c, const Plan *p, const EmitOptions *opt, const char *prefix, StrBuf *out);
void emit_header(Ctx *c, const Plan *p, const EmitOptions *opt, const char *prefix, StrBuf *out);
void emit_embed(Ctx *c, const Plan *p, const char *prefix, StrBuf *out);
const char *emit_prefix(Ctx *c, const Plan *p, const EmitOptions *opt);
const char *emit_upper(Ctx *c, const char *id);
/* "1x3x224x224", and how it is stored where that is not dimension after dimension. */
const char *emit_stored(Ctx *c, const Value *v);
/* A template's text: $ becomes the prefix, @ the prefix in capitals. */
const char *emit_named(Ctx *c, const char *text, const char *prefix);
/* Tables of values and layers for a build with -DNETRT_DEBUG (debug.c). */
void emit_debug(Ctx *c, const Plan *p, const char *prefix, StrBuf *out);
/* A name that may stand between quotes, in C and in JSON. */
const char *emit_unquoted(Ctx *c, const char *name);
/* What depends on where inputs and outputs lie (arenas.c): the declaration of run, as a template;
 * their offsets and accessors; the self-test that uses them. */
const char *emit_run_form(const Plan *p);
/* Offset of the plan as a place in C, in units of `unit` bytes: 1: "1024" or "fast 1024", for
 * readers; 4: "arena + 256" or "fast_region + 256". */
const char *emit_place(Ctx *c, const Plan *p, int64_t offset, int unit);
/* Declares the pointers to regions that layers use, and to the thread's workspace. */
void emit_region_pointers(Writer *w, const Plan *p);
/* Sizes of the arena, or of each region, and the struct of their pointers. */
void emit_arena_sizes(Ctx *c, const Plan *p, const char *prefix, StrBuf *out);
void emit_arena_struct(Ctx *c, const Plan *p, const char *prefix, StrBuf *out);
/* The type of run's parameter `arena`; the test that what it points to is aligned. */
const char *emit_arena_type(Ctx *c, const Plan *p, const char *prefix);
void emit_arena_test(Ctx *c, const Plan *p, const char *prefix, StrBuf *out);
/* The object's own arena or arenas; what run does where it is given none. */
void emit_static_arena(Ctx *c, const Plan *p, const char *prefix, StrBuf *out);
void emit_static_note(Ctx *c, const Plan *p, const char *prefix, StrBuf *out);
/* A name as C and C++ accept it. */
const char *emit_identifier(Ctx *c, const char *name);
void emit_static_use(Ctx *c, const Plan *p, const char *prefix, StrBuf *out);
void emit_ends_inside(Ctx *c, const Plan *p, const char *prefix, StrBuf *out);
void emit_selftest_inside(Ctx *c, const Plan *p, bool own, const char *prefix, StrBuf *out);
/* Text that cannot end a comment early. */
const char *emit_comment(Ctx *c, const char *text);
const char *emit_input_name(Ctx *c, const Graph *g, int i);
const char *emit_output_name(Ctx *c, const Graph *g, int i);

bool emit_model(Ctx *c, const Plan *p, const EmitOptions *opt, Emitted *out);
/* Breaks lines of more than 100 columns (wrap.c). */
void wrap_lines(StrBuf *text);

/* Functions written so far that later kernels may call (share.c): final name, and the text from
 * the parameters on. */
typedef struct SharedFunction {
  const char *name, *body;
  size_t size;
  uint64_t hash;
} SharedFunction;
typedef VEC(SharedFunction) Shared;
/* A kernel's text, still with $ for `name`, without the helpers that an earlier kernel has. */
const char *share_functions(Ctx *c, Shared *s, const char *text, const char *name);

/* ---- the weight file -------------------------------------------------------------------------
 */

/* Writes a value's elements, plain row-major, as its type and layout say. */
void value_scatter(Ctx *c, const Value *v, const float *data, void *out);

/* Runs the weight-time subgraph on bound parameters, lays each section out and returns the whole
 * file image in memory (64-byte aligned). With self-test data: an input drawn from a fixed seed
 * and the reference interpreter's outputs. */
bool pack_weights(Ctx *c, const Plan *p, const Graph *reference, bool selftest,
                  const void **image, size_t *size, ProgressFn *progress, void *user);

#endif
