#!/usr/bin/env python3
"""Writes op_fixtures.txt: cases of every operator with the result that PyTorch computes.

tests/unit/test_ops.c reads the file, so the tests need no Python. Run again after changing a
case in op_cases.py:  python make_op_fixtures.py > op_fixtures.txt

A case is a block of lines:
  op conv                 the operator's name in ops.def
  attr kernel [3, 2]      an attribute as the language writes it
  in 1 3 7 5 : 1 -2 …     inputs, then parameters, in order: shape and row-major data
  out 1 4 5 4 : …         what PyTorch gives, computed in double; one line per output
Where every number is an integer the comparison is exact.
"""
import torch

from op_cases import GENERATORS, attribute_text, cases


def number(v):
    v = float(v)
    return str(int(v)) if v == v and abs(v) < 1e9 and v == int(v) else "%.9g" % v


print("# Written by make_op_fixtures.py with PyTorch", torch.__version__.split("+")[0])
for case in cases(GENERATORS, 1):
    print("op", case.op)
    for name, value in case.attrs.items():
        print("attr", name, attribute_text(value))
    for kind, tensors in (("in", case.inputs), ("out", case.outputs)):
        for t in tensors:
            print(kind, *t.shape, ":", *(number(v) for v in t.reshape(-1)))
    print()
