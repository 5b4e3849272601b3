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

bool op_find(const char *name, OpKind *op) {
  for (int i = 0; i < OP_COUNT; i++)
    if (str_eq(op_table[i].name, name)) {
      *op = (OpKind)i;
      return true;
    }
  return false;
}
