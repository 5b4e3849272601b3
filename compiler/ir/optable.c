/* optable.c: the operator table, ops.def turned into an array indexed by OpKind.
 *
 * The functions and attribute tables that the rows name live in ops/; this file only gathers
 * them, so that whatever reads the graph reaches an operator's columns without including ops/.
 */
#include "ir.h"

const OpInfo op_table[OP_COUNT] = {
#define OP(id, name, onnx, min_in, max_in, Attr, attrs, flags, shape, params, cost, ref, lower,  \
           grad, doc)                                                                            \
  [OP_##id] = {name,  onnx,  doc,    min_in, max_in, sizeof(Attr), attrs,                        \
               flags, shape, params, cost,   ref,    lower,        grad},
#include "ops.def"
#undef OP
};

static const OpKind pools[POOL_KINDS][POOL_ADAPTIVE + 1] = {
    [POOL_MAX] = {0, OP_MAXPOOL, OP_GLOBAL_MAXPOOL, OP_ADAPTIVE_MAXPOOL},
    [POOL_MIN] = {0, OP_MINPOOL, OP_GLOBAL_MINPOOL, OP_ADAPTIVE_MINPOOL},
    [POOL_MEAN] = {0, OP_AVGPOOL, OP_GLOBAL_AVGPOOL, OP_ADAPTIVE_AVGPOOL},
    [POOL_L2] = {0, OP_L2POOL, OP_GLOBAL_L2POOL, OP_ADAPTIVE_L2POOL},
};

OpKind pool_operator(PoolKind kind, PoolForm form) { return pools[kind][form]; }

PoolForm pool_form(OpKind op, PoolKind *kind) {
  for (int k = 0; k < POOL_KINDS; k++)
    for (int f = POOL_WINDOWS; f <= POOL_ADAPTIVE; f++)
      if (pools[k][f] == op) {
        if (kind) *kind = (PoolKind)k;
        return (PoolForm)f;
      }
  return POOL_NOT;
}

bool op_find(const char *name, OpKind *op) {
  for (int i = 0; i < OP_COUNT; i++)
    if (str_eq(op_table[i].name, name)) {
      *op = (OpKind)i;
      return true;
    }
  return false;
}
