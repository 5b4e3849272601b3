#!/usr/bin/env python3
"""Every operator of the language against PyTorch, over random attributes and shapes.

For each operator at least --count different combinations are drawn. Many of them stand side by
side in one network, which the reference interpreter runs, and which is emitted, compiled without
a warning and run for each target. Whole numbers must agree exactly, the others to --tolerance of
the value plus the same share of the largest one; NaN and infinities where PyTorch has them.

Needs torch (1.13 or newer) with numpy, and a C compiler; without torch it says so and passes.
`make test-torch` builds netcc first.

    python3 tests/torch/operators.py                       all operators
    python3 tests/torch/operators.py conv avgpool --seed 7 some, other numbers
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections import namedtuple
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

try:
    import numpy as np
except ImportError as error:
    print(f"skipped: {error}\n0 passed, 0 failed")
    sys.exit(0)

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))
from compiled import Compiled, Failure, ROOT, aligned, shell, write_shim  # noqa: E402

# The parameters behind an operator's data, in the order of a case's inputs.
PARAMETERS = {"conv": ["weight", "bias"], "conv_transpose": ["weight", "bias"],
              "dense": ["weight", "bias"], "local": ["weight", "bias"],
              "batchnorm": ["weight", "bias", "running_mean", "running_var"],
              "layernorm": ["weight", "bias"], "groupnorm": ["weight", "bias"],
              "instancenorm": ["weight", "bias"], "prelu": ["weight"], "constant": ["weight"]}
CC = ("-O1 -fopenmp -shared -fPIC -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror "
      "-Wno-psabi").split()
PER_MODEL = 120  # cases in one network

Model = namedtuple("Model", "number cases source weights inputs")


# ---- cases ---------------------------------------------------------------------------------------

def operators_of(netcc):
    """Names of the language's operators, from the compiler's own table."""
    text = subprocess.run([netcc, "ops", "--markdown"], capture_output=True, text=True, check=True)
    return [line.split("`")[1] for line in text.stdout.splitlines() if line.startswith("| `")]


def usable(case):
    """A network has no tensors without dimensions, and no infinite numbers in its text."""
    return all(t.dim() for t in (*case.inputs, *case.outputs)) and "inf" not in case.attrs.values()


def telling(case):
    """Whether a result would look different if nothing had been computed. What max_unpool makes
    is mostly zero by its meaning."""
    zeros = float((case.outputs[0] == 0).double().mean())
    return zeros < 1 if case.op == "max_unpool" else zeros <= 0.5


def draw(wanted, count, seed):
    """`count` different cases of each operator wanted, those with NaN and infinities first; fewer
    where the generators have no more."""
    from op_cases import GENERATORS, attribute_text, cases
    from op_cases_wide import WIDE, special_cases
    drawn = {op: {} for op in wanted}
    for turn in range(8 * count):
        generators = WIDE if turn % 16 else (special_cases,) + WIDE + GENERATORS
        for case in cases(generators, seed * 1000 + turn):
            mine = drawn.get(case.op)
            shapes = tuple(tuple(t.shape) for t in case.inputs)
            key = (tuple((k, attribute_text(v)) for k, v in case.attrs.items()), shapes)
            if mine is not None and len(mine) < count and key not in mine and usable(case) and \
                    telling(case):
                mine[key] = case
        if all(len(mine) >= count for mine in drawn.values()):
            break
    return {op: list(mine.values()) for op, mine in drawn.items()}


# ---- networks ------------------------------------------------------------------------------------

def call_text(number, case, tensors):
    """One line of the model: its operator under a label of its own."""
    from op_cases import attribute_text
    arguments = tensors + [f"{name}={attribute_text(value)}" for name, value in case.attrs.items()]
    call = f"{case.op}({', '.join(arguments)})"
    return f"  y{number} = c{number}: {call}"


def model_of(number, cases):
    """All cases in one network of many inputs and outputs."""
    inputs, weights, lines, signature = {}, {}, [], []
    for i, case in enumerate(cases):
        names = PARAMETERS.get(case.op, [])
        data = len(case.inputs) if not names else 0 if case.op == "constant" else 1
        tensors = []
        for j, tensor in enumerate(case.inputs[:data]):
            tensors.append(f"x{i}_{j}")
            signature.append(f"{tensors[-1]}: f32[{', '.join(map(str, tensor.shape))}]")
            inputs[tensors[-1]] = tensor.numpy().astype(np.float32)
        for name, tensor in zip(names, case.inputs[data:]):
            weights[f"c{i}.{name}"] = tensor.float()
        lines.append(call_text(i, case, tensors))
    outputs = ", ".join(f"y{i}" for i in range(len(cases)))
    source = "net 1.0\nmodel ops({}) -> ({}) {{\n{}\n}}\n".format(", ".join(signature), outputs,
                                                                 "\n".join(lines))
    return Model(number, cases, source, weights, inputs)


def interpret(model, folder, args):
    """What the reference interpreter makes of it."""
    out = folder / "reference"
    out.mkdir()
    command = [args.netcc, "run", "--reference", str(folder / "ops.net"), "--weights",
               str(folder / "ops.safetensors"), f"--save={out}/"]
    for name, array in model.inputs.items():
        np.save(folder / f"{name}.npy", array)
        command.append(f"--input={name}={folder / name}.npy")
    shell(command, "netcc run")
    return [np.load(out / f"y{i}.npy").ravel() for i in range(len(model.cases))]


def compiled(model, folder, target, args):
    """What the emitted C makes of it."""
    out = folder / target
    out.mkdir()
    shell([args.netcc, "compile", str(folder / "ops.net"), "--weights",
           str(folder / "ops.safetensors"), f"--target={target}", "-o", str(out)], "netcc compile")
    shim, library = write_shim(out, "ops"), out / f"ops-{model.number}-{target}.so"
    flags = CC + (["-std=c99"] if target == "c99" else [])
    shell([args.cc, *flags, f"-I{out}", f"-I{ROOT}/runtime", "-o", str(library),
           str(out / "ops.c"), str(shim), str(ROOT / "runtime" / "netrt.c"), "-lm"], "cc")
    arrays = []
    for array in model.inputs.values():
        arrays.append(aligned(array.nbytes, 64).view("float32").reshape(array.shape))
        arrays[-1][...] = array
    run = Compiled(library, "ops", out / "ops.weights", arrays, args.threads)
    run.options.batch = 1
    run.arena.fill(255)  # NaN
    try:
        run()
        return run.outputs
    finally:
        run.close()


# ---- comparing -----------------------------------------------------------------------------------

def difference(got, case, tolerance):
    """Nothing, or what is wrong in one sentence."""
    with np.errstate(over="ignore"):
        want = case.outputs[0].numpy().ravel().astype(np.float32).astype(np.float64)
    got = got.astype(np.float64)
    if got.shape != want.shape:
        return f"{got.size} elements, PyTorch has {want.size}"
    tensors = [t.numpy() for t in (*case.inputs, case.outputs[0])]
    exact = all(np.all((t == np.floor(t)) & (np.abs(t) < 1e6)) for t in tensors)
    finite = np.isfinite(want)
    largest = np.abs(want[finite]).max(initial=0)
    bound = 0 if exact else tolerance * (np.abs(want) + largest)
    with np.errstate(invalid="ignore"):
        same = (got == want) | (np.isnan(got) & np.isnan(want)) | \
            (finite & (np.abs(got - want) <= bound))
    if same.all():
        return ""
    at = int(np.argmin(same))
    return f"element {at} is {got[at]:.9g}, PyTorch has {want[at]:.9g}"


def build(model, folder):
    """What both netcc and the comparison read of a network."""
    from zoo import save_safetensors
    folder.mkdir()
    (folder / "ops.net").write_text(model.source)
    save_safetensors(folder / "ops.safetensors", model.weights)
    return folder


def judge(model, folder, way, run, args):
    """One network one way. Where it does not build or run at all, its halves are tried, down to
    the single cases at fault: the others of the network are compared all the same."""
    try:
        results = run(model, folder, args)
    except Failure as failure:
        if len(model.cases) == 1:
            return [f"{way}:{called(model, 0)}: {str(failure)[-1500:]}"]
        half = len(model.cases) // 2
        faults = []
        for name, cases in (("a", model.cases[:half]), ("b", model.cases[half:])):
            part = model_of(f"{model.number}{name}", cases)
            faults += judge(part, build(part, folder.parent / f"{folder.name}-{way}{name}"), way,
                            run, args)
        return faults or [f"{way}: {len(model.cases)} cases fail together and in halves do not: "
                          f"{called(model, 0)} and following: {str(failure)[-1500:]}"]
    faults = []
    for i, (case, got) in enumerate(zip(model.cases, results)):
        wrong = difference(got, case, args.tolerance)
        if wrong:
            faults.append(f"{way}:{called(model, i)}: {wrong}")
    return faults


def called(model, i):
    """A case as its line in the network has it, and its shapes."""
    shapes = ", ".join("x".join(map(str, t.shape)) for t in model.cases[i].inputs)
    return f"{model.source.splitlines()[2 + i].split(':', 1)[1]} of {shapes}"


def check(model, work, args):
    """Builds and runs one network in every way; returns what is wrong, a line each."""
    folder = build(model, work / f"ops{model.number}")
    faults = judge(model, folder, "interpreter", interpret, args)
    for target in args.targets.split(","):
        faults += judge(model, folder, target,
                        lambda m, f, a, target=target: compiled(m, f, target, a), args)
    return faults


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("operators", nargs="*", metavar="OPERATOR", help="default: all")
    parser.add_argument("--netcc", default=str(ROOT / "build" / "netcc"), metavar="FILE")
    parser.add_argument("--targets", default="c99,x86-64-v3", metavar="NAME,...")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--cc", default=os.environ.get("CC", "cc"), help="C compiler")
    parser.add_argument("--seed", type=int, default=1, help="of attributes, shapes and numbers")
    parser.add_argument("--count", type=int, default=50, help="combinations of each operator")
    parser.add_argument("--tolerance", type=float, default=3e-6, help="largest relative error")
    args = parser.parse_args()
    args.netcc = str(Path(args.netcc).resolve())
    return args


def main():
    args = arguments()
    try:
        import torch
    except ImportError as error:
        print(f"skipped: {error}\n0 passed, 0 failed")
        return 0
    torch.set_num_threads(1)
    drawn = draw(args.operators or operators_of(args.netcc), args.count, args.seed)
    faults = [f"{op}: only {len(cases)} different cases, {args.count} wanted"
              for op, cases in drawn.items() if len(cases) < args.count]
    cases = [case for mine in drawn.values() for case in mine]
    models = [model_of(i, cases[at:at + PER_MODEL])
              for i, at in enumerate(range(0, len(cases), PER_MODEL))]
    with tempfile.TemporaryDirectory() as work, ThreadPoolExecutor(os.cpu_count()) as pool:
        for found in pool.map(lambda model: check(model, Path(work), args), models):
            faults += found
    for fault in faults:
        print("FAIL ", fault)
    print(f"{len(drawn)} operators, {len(cases)} cases, {len(faults)} failed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
