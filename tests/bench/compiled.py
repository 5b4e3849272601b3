"""Compiled networks in this process: what tests/bench/ort.py and tests/torch/zoo.py share.

From a .net file and its weights to a shared library, its C interface as a Python object, random
weights for torch's models, and the distance of two results. Needs numpy alone.
"""

import ctypes
import itertools
import os
import re
import subprocess
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]

# How netcc and the C compiler are called; compile_model fills in the words in braces. Where a
# word's value is a list, every element becomes an argument.
NETCC = "{netcc} compile {source} {defines} --weights {weights} --target {target} -o {out} {flags}"
CC = "{cc} -O3 -fopenmp -shared -fPIC -I{out} -I{root}/runtime -o {library} {sources} -lm"

# What the header has as macros, as symbols that ctypes can reach.
SHIM = """#include <stddef.h>
#include "{prefix}.h"
size_t bench_arena_bytes(int threads) {{ return {PREFIX}_ARENA_BYTES(threads); }}
const size_t bench_arena_align = {PREFIX}_ARENA_ALIGN;
const size_t bench_inputs[] = {{ {inputs}, 0 }}, bench_outputs[] = {{ {outputs}, 0 }};
"""


class Failure(Exception):
    """A network that cannot be measured, with the reason as its text."""


# ---- netcc and the C compiler --------------------------------------------------------------------

def command(template, **words):
    """The argument list of a template; a sequence as a word's value gives several arguments."""
    arguments = []
    for part in template.split():
        value = words.get(part[1:-1]) if part.startswith("{") and part.endswith("}") else None
        if isinstance(value, (list, tuple)):
            arguments += [str(v) for v in value]
        else:
            arguments.append(part.format(**words))
    return arguments


def shell(arguments, what):
    """Run a command; its messages become the failure's text."""
    try:
        done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True)
    except OSError as error:
        raise Failure(f"{what}: {error}") from error
    if done.returncode:
        raise Failure(f"{what} failed ({done.returncode}): {' '.join(arguments)}\n"
                      + (done.stderr or done.stdout)[-4000:])


def tensor_names(header, struct):
    """Names of the pointers in one of the interface's two structs, in their order."""
    text = re.sub(r"/\*.*?\*/|//[^\n]*", "", header, flags=re.S)
    body = re.search(rf"struct\s+{struct}\s*{{(.*?)}}", text, re.S)
    if not body:
        raise Failure(f"the header has no struct {struct}")
    if re.search(r"\b(?!const\b|float\b)\w+\s*\*", body[1]):
        raise Failure(f"struct {struct} has tensors other than float")
    return re.findall(r"\*\s*(?:restrict\s+)?(\w+)\s*;", body[1])


def write_shim(out, prefix):
    """The C file that makes sizes visible; returns its path."""
    header = (out / f"{prefix}.h").read_text()
    counts = {part: ", ".join(f"{prefix}_{name}_COUNT".upper()
                              for name in tensor_names(header, f"{prefix}_{part}"))
              for part in ("inputs", "outputs")}
    shim = out / "bench_shim.c"
    shim.write_text(SHIM.format(prefix=prefix, PREFIX=prefix.upper(), **counts))
    return shim


def compile_model(network, weights, out, args, target="native"):
    """From a .net file to a shared library; returns its path. `network` has a source, defines
    (further arguments for netcc) and the prefix of the C interface."""
    out.mkdir(parents=True, exist_ok=True)
    for stale in (*out.glob("*.c"), *out.glob("*.h")):
        stale.unlink()
    shell(command(NETCC, netcc=args.netcc, source=network.source, defines=network.defines,
                  weights=weights, target=target, out=out, flags=args.netcc_flags.split()), "netcc")
    write_shim(out, network.prefix)
    library = out / f"{network.prefix}-{time.time_ns()}.so"  # never a name loaded before
    sources = [*sorted(out.glob("*.c")), ROOT / "runtime" / "netrt.c"]
    shell(command(CC, cc=args.cc, out=out, root=ROOT, library=library, sources=sources), "cc")
    return library


class Options(ctypes.Structure):
    """<net>_options of the generated header."""
    _fields_ = [("size", ctypes.c_size_t), ("threads", ctypes.c_int), ("batch", ctypes.c_size_t)]


def aligned(count, align):
    """A buffer of `count` bytes at a multiple of `align`, its pages already touched."""
    raw = np.zeros(count + align, np.uint8)
    raw.fill(0)
    skip = -raw.ctypes.data % align
    return raw[skip:skip + count]


def pointers(arrays):
    """A C array of the arrays' addresses, which is what a struct of pointers is in memory."""
    return (ctypes.c_void_p * len(arrays))(*(a.ctypes.data for a in arrays))


class Compiled:
    """A netcc model in a shared library; calling it runs the network once."""

    def __init__(self, library, prefix, weights, inputs, threads):
        """`inputs`: one float32 array for each, batch first; they are read at every call."""
        self.lib, self.prefix = ctypes.CDLL(str(library)), prefix
        self.model = self.open(weights)
        if self.counts("bench_inputs") != [array.size for array in inputs]:
            raise Failure("the compiled model does not take inputs of these sizes")
        self.outputs = [np.zeros(n, np.float32) for n in self.counts("bench_outputs")]
        self.arena = self.allocate(threads)
        self.options = Options(ctypes.sizeof(Options), threads, inputs[0].shape[0])
        self.held = pointers(inputs), pointers(self.outputs), inputs
        self.function = self.symbol("run")
        self.arguments = (self.model, ctypes.byref(self.held[0]), ctypes.byref(self.held[1]),
                          ctypes.c_void_p(self.arena.ctypes.data), ctypes.byref(self.options))

    def symbol(self, name):
        """A function of the model's C interface."""
        return getattr(self.lib, f"{self.prefix}_{name}")

    def check(self, what, status):
        """Turn a status other than 0 into a failure with the runtime's sentence for it."""
        if status:
            self.lib.netrt_strerror.restype = ctypes.c_char_p
            raise Failure(f"{self.prefix}_{what}: {self.lib.netrt_strerror(status).decode()}")

    def open(self, weights):
        """The model handle over a weights file."""
        model = ctypes.c_void_p()
        self.check("open", self.symbol("open")(ctypes.byref(model), os.fsencode(weights)))
        return model

    def close(self):
        self.symbol("close")(self.model)

    def counts(self, symbol):
        """Element counts of the inputs or the outputs; in the library a zero ends them."""
        first = ctypes.c_size_t.in_dll(self.lib, symbol)
        array = ctypes.cast(ctypes.addressof(first), ctypes.POINTER(ctypes.c_size_t))
        return list(itertools.takewhile(bool, array))

    def allocate(self, threads):
        """The arena, as large and as aligned as the header asks for this many threads."""
        size = self.lib.bench_arena_bytes
        size.restype = ctypes.c_size_t
        align = ctypes.c_size_t.in_dll(self.lib, "bench_arena_align").value
        return aligned(size(threads), align)

    def __call__(self):
        status = self.function(*self.arguments)
        if status:
            self.check("run", status)

    def logits(self):
        return self.outputs[0]


# ---- weights and results -------------------------------------------------------------------------

def randomise(model, torch, *inputs):
    """Biases that are not zero, and batchnorm statistics near, but not at, those of the inputs
    (a batch of several): so activations neither explode nor vanish, however deep the network."""
    batchnorms = torch.nn.BatchNorm1d, torch.nn.BatchNorm2d
    for module in model.modules():
        if isinstance(module, batchnorms):
            torch.nn.init.uniform_(module.weight, 0.5, 1.5)
            torch.nn.init.normal_(module.bias, 0, 0.2)
            module.momentum = 1.0
        elif getattr(module, "bias", None) is not None:
            torch.nn.init.normal_(module.bias, 0, 0.05)
    model.train()(*inputs)
    for module in model.eval().modules():
        if isinstance(module, batchnorms):
            module.running_mean += 0.1 * torch.randn_like(module.running_mean)
            module.running_var *= torch.empty_like(module.running_var).uniform_(0.7, 1.4)


def distance(got, want):
    """Relative L2 distance, in double; not a number if `got` has one that is not."""
    got, want = (np.asarray(a, np.float64).ravel() for a in (got, want))
    return float(np.linalg.norm(got - want) / np.linalg.norm(want))
