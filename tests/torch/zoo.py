#!/usr/bin/env python3
"""The zoo against PyTorch: same random weights, same inputs, the same results.

Every network of torchvision that examples/ has, and those that networks.py defines, get seeded
random weights and batchnorm statistics. The state_dict goes to netcc as safetensors, unchanged, so
names and shapes are tested too; netcc's C is built as a shared library for each target and called
through its C interface. Passes where the relative L2 distance of every output is at most
--tolerance. Inputs are small where the network takes any size.

Needs torch and torchvision (1.13 and 0.14 or newer) with numpy, and a C compiler; without torch it
says so and passes. `make test-torch` builds netcc first; `make test` runs those of SOME.

    python3 tests/torch/zoo.py                        all networks
    python3 tests/torch/zoo.py --some                 one for each way of naming weights, small
    python3 tests/torch/zoo.py resnet50 vgg13_bn      these
    python3 tests/torch/zoo.py --targets c99 --list
"""

import argparse
import json
import os
import sys
import tempfile
from collections import namedtuple
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))
try:
    import numpy  # noqa: F401  (compiled.py needs it)
except ImportError as error:
    print(f"skipped: {error}\n0 passed, 0 failed")
    sys.exit(0)
from compiled import Compiled, Failure, ROOT, aligned, compile_model, distance, randomise  # noqa

# A row: file, further arguments of netcc, prefix of the C interface, shapes of the inputs, options of
# the function that makes the model in PyTorch and its name, where not the row's, hooked modules
# whose input is what an auxiliary output reads, whether PyTorch is to compute in double because its
# own f32 error is near the tolerance: where a maximum is taken between values as near as rounding,
# unpooling puts it elsewhere (DeconvNet with seed 1: two of 1.5 million maxima, 2e-2 of the result).
Network = namedtuple("Network", "source defines prefix shapes options function heads double")


def network(file, defines="", size=0, shapes=None, model="", function="", heads=(),
            double=False, **options):
    """A row of the table; `defines` is a text such as "depth=50 groups=32". `size`: height and
    width of a picture, where the network takes any; else `shapes` has the file's own."""
    given = [word for define in defines.split() for word in ("-D", define)]
    sizes = ["-D", f"H={size}", "-D", f"W={size}"] if size else []
    chosen = [f"--model={model}"] if model else []
    return Network(f"examples/{file}.net", given + sizes + chosen, model or file.split("_tor")[0],
                   shapes or [(3, size, size)], options, function, heads, double)


PICTURE = [(3, 224, 224)]
SHUFFLE = dict(groups=3, widths=(240, 480, 960))

NETWORKS = {
    "alexnet": network("alexnet", shapes=PICTURE),
    "vgg11": network("vgg", "depth=11", 32),
    "vgg13_bn": network("vgg", "depth=13 batchnorms=true", 32),
    "vgg16": network("vgg", "", 64),
    "vgg19_bn": network("vgg", "depth=19 batchnorms=true", 32),
    "squeezenet1_0": network("squeezenet1_0", "", 65),
    "squeezenet1_1": network("squeezenet1_1", "", 65),
    "googlenet": network("googlenet_torchvision", "", 96, aux_logits=False, init_weights=False),
    "googlenet_aux": network("googlenet_torchvision", "aux=true", 96, model="googlenet",
                             function="googlenet", heads=("aux1", "aux2"), aux_logits=True,
                             init_weights=False),
    "resnet18": network("resnet", "", 64),
    "resnet34": network("resnet", "depth=34", 64),
    "resnet50": network("resnet", "depth=50", 64),
    "resnet101": network("resnet", "depth=101", 64),
    "resnet152": network("resnet", "depth=152", 64),
    "resnext50_32x4d": network("resnet", "depth=50 groups=32 base=4", 64),
    "resnext101_32x8d": network("resnet", "depth=101 groups=32 base=8", 64),
    "wide_resnet50_2": network("resnet", "depth=50 base=128", 64),
    "wide_resnet101_2": network("resnet", "depth=101 base=128", 64),
    "densenet121": network("densenet", "", 64),
    "densenet161": network("densenet", "depth=161", 64),
    "densenet169": network("densenet", "depth=169", 64),
    "densenet201": network("densenet", "depth=201", 64),
    "inception_v3": network("inception_v3", shapes=[(3, 299, 299)], aux_logits=False,
                            init_weights=False),
    "inception_v3_aux": network("inception_v3", shapes=[(3, 299, 299)], model="inception_v3_aux",
                                function="inception_v3", heads=("AuxLogits",), aux_logits=True,
                                init_weights=False),
    "mobilenet_v2": network("mobilenet_v2", "", 64),
    "mobilenet_v3_large": network("mobilenet_v3", "", 64),
    "mobilenet_v3_small": network("mobilenet_v3", "large=false", 64),
    "shufflenet_v2_x0_5": network("shufflenet_v2", "width=0.5", 64),
    "shufflenet_v2_x1_0": network("shufflenet_v2", "", 64),
    "shufflenet_v2_x1_5": network("shufflenet_v2", "width=1.5", 64),
    "shufflenet_v2_x2_0": network("shufflenet_v2", "width=2.0", 64),
    # of networks.py
    "shufflenet_v1": network("shufflenet_v1", "", 65, **SHUFFLE),
    "mobilenet_v1": network("mobilenet_v1", "", 65),
    "se_resnet": network("se_resnet", "", 64),
    "resnet20": network("resnet20", shapes=[(3, 32, 32)], depth=20),
    "resnet56": network("resnet20", "depth=56", shapes=[(3, 32, 32)], function="resnet20",
                        depth=56),
    "preresnet": network("preresnet", shapes=[(3, 32, 32)], depth=164),
    "googlenet_paper": network("googlenet", "aux=true", shapes=PICTURE),
    "alexnet_original": network("alexnet_original", shapes=[(3, 227, 227)]),
    "alexnet_pool_first": network("alexnet_original", "groups=1 pool_first=true",
                                  shapes=[(3, 227, 227)], function="alexnet_original", groups=1,
                                  pool_first=True),
    "lenet_logistic": network("lenet_logistic", shapes=[(1, 28, 28)]),
    "unet": network("unet", "H=81 W=102 width=16", shapes=[(3, 81, 102)], width=16),
    "unet_bilinear": network("unet", "H=81 W=102 width=16 bilinear=true", shapes=[(3, 81, 102)],
                             function="unet", width=16, bilinear=True),
    "segnet": network("segnet", "H=81 W=102", shapes=[(3, 81, 102)], double=True),
    "deconvnet": network("deconvnet", "H=225 W=227 hidden=64", shapes=[(3, 225, 227)],
                         double=True, hidden=64),
    "fcn8s": network("fcn8s", "H=33 W=50 hidden=64", shapes=[(3, 33, 50)], hidden=64),
    "fcn8s_bilinear": network("fcn8s", "H=50 W=33 hidden=64 bilinear=true", shapes=[(3, 50, 33)],
                              function="fcn8s", hidden=64, bilinear=True),
    "dilated_context": network("dilated_context", "H=37 W=50", shapes=[(21, 37, 50)]),
    "super_resolution": network("super_resolution", "H=37 W=50", shapes=[(1, 37, 50)]),
    "localise": network("localise", shapes=PICTURE),
    "dqn": network("dqn", shapes=[(3, 210, 160)]),
    "vae": network("vae", shapes=[(784,), (20,)]),
    "tdnn": network("tdnn", shapes=[(16, 15)]),
    "xvector": network("xvector", "T=77", shapes=[(24, 77)]),
    "textcnn": network("textcnn", "words=21", shapes=[(300, 21)]),
    "c3d": network("c3d", "frames=16 H=32 W=48 hidden=64", shapes=[(3, 16, 32, 48)], hidden=64,
                   features=512 * 2 * 2),
}

# How many times as far from PyTorch in double as PyTorch in f32 a result may be, where that is more
# than the tolerance.
SPREAD = 4

# One for each of the ways in which weights are named: what `make test` runs.
SOME = ("resnet18", "squeezenet1_1", "vgg13_bn", "googlenet", "densenet121", "mobilenet_v2",
        "shufflenet_v2_x1_0", "unet", "tdnn")


# ---- torch's side --------------------------------------------------------------------------------

def save_safetensors(path, tensors):
    """The file format in a few lines: length, JSON header, data; Debian has no package of it."""
    header, parts, at = {}, [], 0
    for name, tensor in tensors.items():
        if name.endswith("num_batches_tracked"):
            continue
        data = tensor.contiguous().numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape),
                        "data_offsets": [at, at + len(data)]}
        parts.append(data)
        at += len(data)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(len(text).to_bytes(8, "little") + text + b"".join(parts))


def expected(model, inputs, heads):
    """The model's outputs, then what each auxiliary head makes of the tensor that it reads in training."""
    read = {"aux1": "inception4b", "aux2": "inception4e", "AuxLogits": "Mixed_7a"}
    seen = {}
    for head in heads:
        getattr(model, read[head]).register_forward_pre_hook(
            lambda _module, inputs, head=head: seen.__setitem__(head, inputs[0]))
    outputs = model(*inputs)
    outputs = [*outputs] if isinstance(outputs, tuple) else [outputs]
    return outputs + [getattr(model, head)(seen[head]) for head in heads]


def construct(name, row):
    """The module: of networks.py if that has it, else of torchvision."""
    import networks
    import torchvision
    function = row.function or name
    if hasattr(networks, function):
        return getattr(networks, function)(**row.options)
    return getattr(torchvision.models, function)(weights=None, **row.options)


def make(name, row, work, seed):
    """The network with random weights: path of its safetensors, inputs, expected outputs, and what
    PyTorch's own float loses against double where the row asks for that (else zeros)."""
    import torch
    torch.manual_seed(seed)
    with torch.no_grad():
        model = construct(name, row)
        randomise(model, torch, *(torch.rand(4, *shape) for shape in row.shapes))
        inputs = [torch.rand(1, *shape) for shape in row.shapes]
        path = work / f"{name}.safetensors"
        save_safetensors(path, model.state_dict())
        outputs = [y.numpy() for y in expected(model, inputs, row.heads)]
        lost = [0.0] * len(outputs)
        if row.double:
            exact = expected(model.double(), [x.double() for x in inputs], row.heads)
            exact = [y.numpy() for y in exact]
            outputs, lost = exact, [distance(a, b) for a, b in zip(outputs, exact)]
    return path, [x.numpy() for x in inputs], outputs, lost


# ---- comparing -----------------------------------------------------------------------------------

def held(array):
    """A copy at an address that the C interface likes."""
    copy = aligned(array.nbytes, 64).view("float32").reshape(array.shape)
    copy[:] = array
    return copy


def run(row, library, inputs, threads):
    """The compiled network's outputs."""
    compiled = Compiled(library, row.prefix, library.parent / f"{row.prefix}.weights",
                        [held(x) for x in inputs], threads)
    try:
        compiled()
        return compiled.outputs
    finally:
        compiled.close()


def compare(name, row, work, args):
    """Builds and runs one network for every target; returns the number of failures."""
    failures = 0
    weights, inputs, wanted, lost = make(name, row, work, args.seed)
    for target in args.targets.split(","):
        try:
            library = compile_model(row, weights, work / f"{name}.{target}", args, target)
            got = run(row, library, inputs, args.threads)
            errors = [distance(a, b) for a, b in zip(got, wanted)]
            good = len(got) == len(wanted) and all(
                e <= max(args.tolerance, SPREAD * f) for e, f in zip(errors, lost))
            said = "relative L2 " + ", ".join(f"{e:.1e}" for e in errors)
        except Failure as failure:
            good, said = False, str(failure)
        print(f"{'pass' if good else 'FAIL'}  {name:20} {target:10} {said}", flush=True)
        failures += not good
    return failures


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("networks", nargs="*", metavar="NETWORK", help="default: all")
    parser.add_argument("--list", action="store_true", help="print the networks' names")
    parser.add_argument("--some", action="store_true", help="a choice that takes a minute")
    parser.add_argument("--netcc", default=ROOT / "build" / "netcc", metavar="FILE")
    parser.add_argument("--netcc-flags", default="", metavar="FLAGS", help="more for netcc")
    parser.add_argument("--targets", default="native,x86-64-v3", metavar="NAME,...")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--cc", default=os.environ.get("CC", "cc"), help="C compiler")
    parser.add_argument("--seed", type=int, default=1, help="of weights and images")
    parser.add_argument("--tolerance", type=float, default=1e-5, help="largest relative L2 error")
    args = parser.parse_args()
    for name in args.networks:
        if name not in NETWORKS:
            parser.error(f"unknown network '{name}'; there are {', '.join(NETWORKS)}")
    return args


def main():
    args = arguments()
    if args.list:
        print("\n".join(NETWORKS))
        return 0
    try:
        import torch  # noqa: F401
        import torchvision  # noqa: F401
    except ImportError as error:
        print(f"skipped: {error}\n0 passed, 0 failed")
        return 0
    names = args.networks or (SOME if args.some else list(NETWORKS))
    failed = 0
    for name in names:
        with tempfile.TemporaryDirectory() as work:
            failed += compare(name, NETWORKS[name], Path(work), args)
    print(f"{len(names) * len(args.targets.split(',')) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
