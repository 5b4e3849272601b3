/* ops.h: operator families behind the columns of ir/ops.def, and the interpreter.
 *
 * One file per family: conv.c, dense.c, pool.c, norm.c, eltwise.c, move.c, internal.c; shared
 * window arithmetic in window.c; interp.c runs a graph through the reference kernels.
 */
#ifndef NETCC_OPS_H
#define NETCC_OPS_H

#include "../ir/ir.h"

/* ---- window arithmetic: convolution and pooling ------------------------------------------- */

/* Output size of one spatial dimension (Dumoulin & Visin 2016, relationship 5, with dilation):
 *   floor((in + before + after - (dilation·(kernel-1)+1)) / stride) + 1,
 * with ceil mode rounding up, less one where the last window would start in the padding.
 * Returns 0 or less when the window does not fit. */
int64_t window_out(int64_t in, int64_t kernel, int64_t stride, int64_t dilation, int64_t before,
                   int64_t after, bool ceil);

/* ---- the interpreter ----------------------------------------------------------------------- */

/* Values of a run by ValueId; data NULL where not computed. */
typedef struct Interp {
  Tensor *value;
} Interp;

/* Runs the graph on inputs (plain row-major, in Graph.inputs order) through the reference
 * kernels. Parameters must be bound (Value.data). All interior values are kept. False after an
 * error. With `progress`, called after each node with done and total multiply-adds. */
typedef void ProgressFn(void *user, int64_t done, int64_t total);
bool interp_run(Ctx *c, const Graph *g, const Tensor *inputs, Interp *result, ProgressFn *progress,
                void *user);
/* Evaluates the weight-time subgraph only. */
bool interp_weights(Ctx *c, const Graph *g, Interp *result);

/* Cost of one node and its display class, summed over a group's body. */
Cost node_cost(const Graph *g, const Node *n);

#endif
