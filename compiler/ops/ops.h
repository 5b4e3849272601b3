/* ops.h: operator families behind the columns of ir/ops.def, and the interpreter.
 *
 * One file per family: conv.c, transpose.c, dense.c, pool.c (poolref.c), unpool.c, norm.c,
 * eltwise.c, move.c, remap.c, resize.c, regroup.c, internal.c; what they share: rules.c (reports
 * of the shape rules), window.c (geometry of convolution and pooling), cost.c. interp.c runs a
 * graph through the reference kernels, receptive.c says how much of the input an element sees.
 * The columns themselves are declared in ir.h, from the table.
 */
#ifndef NETCC_OPS_H
#define NETCC_OPS_H

#include "../ir/ir.h"

/* ---- checks that the shape rules share (rules.c) ------------------------------------------- */

/* Every check returns false after reporting at the node's span. */

/* Shape of input i. */
const Shape *op_in(const Graph *g, const Node *n, int i);
/* Inputs that are data, not parameters: all of them where the operator has no parameters. */
int op_data_inputs(const Node *n);
/* An error at the node, "conv: …", with the chain of block calls that led there. */
Diag *op_error(Ctx *c, const Graph *g, const Node *n, DiagCode code, const char *fmt, ...)
    PRINTF_LIKE(5, 6);
/* Points at the definition of input i: "this is 1x64x56x56". */
void op_show_input(Ctx *c, const Graph *g, const Node *n, Diag *d, int i);
/* "channels", "height", … of a tensor of the given rank. */
const char *dim_name(int rank, int dim);

/* Number of data inputs within the table's bounds, every dimension positive. */
bool check_inputs(Ctx *c, const Graph *g, const Node *n);
bool check_rank(Ctx *c, const Graph *g, const Node *n, int lo, int hi);
/* lo <= value <= 2^31 - 1, so that sums and products of two such values fit an int64_t. */
bool check_range(Ctx *c, const Graph *g, const Node *n, const char *attr, int64_t value,
                 int64_t lo);
/* Both numbers of channels are multiples of the groups, of which there is one at least. */
bool check_channel_groups(Ctx *c, const Graph *g, const Node *n, int64_t groups, int64_t out);
/* Makes a negative axis positive. */
bool check_axis(Ctx *c, const Graph *g, const Node *n, int64_t *axis);
/* Parameters, where attached, are as many and of the shapes that the params column says. */
bool check_params(Ctx *c, const Graph *g, const Node *n);
/* Sets output i unless a dimension is not positive or the tensor is too large. */
bool set_output(Ctx *c, Graph *g, Node *n, int i, DType type, Shape shape);

/* ---- window arithmetic: convolution and pooling (window.c) ----------------------------------
 */

/* Output size of one spatial dimension (Dumoulin & Visin 2016, relationship 5, with dilation):
 *   floor((in + before + after - (dilation·(kernel-1)+1)) / stride) + 1,
 * with ceil mode rounding up, less one where the last window would start in the padding.
 * Returns 0 or less when the window does not fit. */
int64_t window_out(int64_t in, int64_t kernel, int64_t stride, int64_t dilation, int64_t before,
                   int64_t after, bool ceil);

/* The window attributes of a convolution or pooling; NULL dilation means 1. */
typedef struct WindowAttr {
  Dims *kernel, *stride, *dilation;
  Pads *pad;
  bool ceil;
} WindowAttr;

/* Expands a list of 1 or `rank` values in place to `rank` values, each at least lo. */
bool dims_expand(Ctx *c, const Graph *g, const Node *n, const char *attr, Dims *d, int rank,
                 int64_t lo);
/* Expands 1, rank or 2·rank paddings in place to 2·rank, all before, then all after. */
bool pads_expand(Ctx *c, const Graph *g, const Node *n, Pads *p, int rank);
/* A mirror image is at most as wide as what it mirrors: checks pads of mode "reflect". */
bool pads_mirror(Ctx *c, const Graph *g, const Node *n, const char *mode, const Pads *p);
/* Normalises kernel, stride, dilation and pad in place (same and valid become numbers) and sets
 * the spatial dimensions of *y from input 0. */
bool window_shape(Ctx *c, const Graph *g, const Node *n, WindowAttr a, Shape *y);
/* Warns (W0401) where windows that touch or overlap stop short of the end of the real input. */
void window_warn_unread(Ctx *c, const Graph *g, const Node *n, WindowAttr a);

/* Geometry of a normalised window, widened to three spatial dimensions by leading ones, so that
 * one kernel serves 1-D, 2-D and 3-D. */
typedef struct Window {
  int64_t in[3], out[3], kernel[3], stride[3], dilation[3], before[3], after[3];
} Window;
Window window_of(const Shape *x, const Shape *y, WindowAttr a);

/* ---- segments and reduced axes (groupnorm.c, reduce.c) ---------------------------------------
 */

/* What a normalisation cuts its input into, contiguous in plain layout: `count` segments of `len`
 * elements. A segment has `own` weights, each for len / own neighbours; segment i begins at
 * weight i % parts * own. */
typedef struct Segments {
  int64_t len, count, parts, own;
  double eps;
  bool affine;
} Segments;
Segments segments_of(const Node *n, const Shape *x);
/* Which dimensions a reduction or argmax reduces; returns whether they stay as 1. */
bool reduce_axes(const Node *n, int rank, bool reduced[MAX_RANK]);

/* ---- rearrangements (remap.c) ---------------------------------------------------------------
 */

/* ((index[dim] · by + plus) / div mod `mod`) · times, with index the output's; mod 0: no mod. */
typedef struct Digit {
  int dim;
  int64_t by, plus, div, mod, times;
} Digit;

/* One input coordinate: the sum of its digits and `off`. What lies outside the input takes the
 * fill value, the nearest element, or the element mirrored at the border (which is not doubled).
 */
typedef struct Coord {
  int n;
  Digit digit[6];
  int64_t off;
  enum Bound { BOUND_NONE, BOUND_FILL, BOUND_EDGE, BOUND_REFLECT } bound;
} Coord;

/* Where each element of an output comes from: what operators are that only move elements. */
typedef struct Remap {
  Coord at[MAX_RANK]; /* by input dimension */
  double fill;
} Remap;
/* How far a step of one on the result of resize or upsample goes on its input, of size `in` where
 * the result's is `out`, in spatial dimension i. */
typedef struct Ratio {
  int64_t num, den;
} Ratio;
Ratio resize_step(const ResizeAttr *a, int i, int64_t in, int64_t out);

/* False for operators that are no rearrangement of their input 0. */
bool remap_of(const Node *n, const Shape *x, const Shape *y, Remap *r);
/* Copies of `in` with a border as a pad node of these attributes would make (for the reference
 * of convolutions). */
Tensor remap_padded(Ctx *c, const Tensor *in, const PadAttr *a);
/* Kernel, stride, padding and dilation of im2col and col2im. */
bool columns_windows(Ctx *c, const Graph *g, const Node *n, const Shape *image, int64_t *rows,
                     int64_t *count);

/* ---- cost (cost.c) --------------------------------------------------------------------------
 */

/* Products and sums that stop at INT64_MAX. */
int64_t sat_mul(int64_t a, int64_t b);
int64_t sat_add(int64_t a, int64_t b);
/* Bytes of inputs, parameters and outputs, each value once. */
int64_t cost_bytes(const Graph *g, const Node *n);
/* Cost of one node and its display class, summed over a group's body. */
Cost node_cost(const Graph *g, const Node *n);

/* ---- receptive field (receptive.c) -----------------------------------------------------------
 */

/* Per spatial dimension the extent of the graph's input that one element depends on, padding
 * included: a K-wide layer adds (K-1)·(product of earlier strides); dilation widens K to
 * dilation·(K-1)+1. Where paths meet, the widest counts. */
typedef struct Receptive {
  int n; /* spatial dimensions; 0: not a map, or no input reaches the value */
  int64_t size[MAX_SPATIAL];
  int64_t jump[MAX_SPATIAL], finer[MAX_SPATIAL]; /* jump/finer: distance of neighbours' centres */
  bool whole;                                    /* depends on the entire input (after dense) */
} Receptive;
/* Arena array indexed by ValueId. */
Receptive *graph_receptive(Ctx *c, const Graph *g);

/* ---- the interpreter ----------------------------------------------------------------------- */

/* Values of a run by ValueId; data NULL where not computed. */
typedef struct Interp {
  Tensor *value;
} Interp;

/* Runs the graph on inputs (plain row-major, in Graph.inputs order) through the reference
 * kernels. Parameters must be bound (Value.data). All interior values are kept. False after an
 * error. With `progress`, called after each node with done and total multiply-adds. */
typedef void ProgressFn(void *user, int64_t done, int64_t total);
bool interp_run(Ctx *c, const Graph *g, const Tensor *inputs, Interp *result,
                ProgressFn *progress, void *user);
/* Evaluates the weight-time subgraph only. */
bool interp_weights(Ctx *c, const Graph *g, Interp *result);

#endif
