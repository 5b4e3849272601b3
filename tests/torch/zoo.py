#!/usr/bin/env python3
"""The zoo against torchvision: same random weights, same images, the same logits.

Every network of torchvision that examples/ has gets seeded random weights and batchnorm
statistics. Its state_dict goes to netcc as safetensors, unchanged, so names and shapes are tested
too; netcc's C is built as a shared library for each target and called through its C interface.
Passes where the relative L2 distance of all outputs is at most --tolerance. Inputs are small where
the network takes any size.

Needs torch and torchvision (1.13 and 0.14 or newer) with numpy, and a C compiler; without torch it
says so and passes. `make test-torch` builds netcc first.

    python3 tests/torch/zoo.py                        all networks
    python3 tests/torch/zoo.py resnet50 vgg11_bn      some
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
from compiled import Compiled, Failure, ROOT, aligned, compile_model, distance, randomise  # noqa

# torchvision name -> file, -D options and others of netcc, height and width (0: the file's own,
# which is given behind it), what torchvision's function takes besides weights, hooked modules
# whose input is what an auxiliary output reads.
Network = namedtuple("Network", "source defines prefix size fixed options heads")


def network(file, defines="", size=0, fixed=224, heads=(), model="", **options):
    """A row of the table; `defines` is a text such as "depth=50 groups=32"."""
    given = [word for define in defines.split() for word in ("-D", define)]
    sizes = ["-D", f"H={size}", "-D", f"W={size}"] if size else []
    chosen = [f"--model={model}"] if model else []
    return Network(f"examples/{file}.net", given + sizes + chosen, model or file.split("_tor")[0],
                   size, fixed, options, heads)


NETWORKS = {
    "alexnet": network("alexnet"),
    "vgg11": network("vgg", "depth=11", 32),
    "vgg13_bn": network("vgg", "depth=13 batchnorms=true", 32),
    "vgg16": network("vgg", "", 64),
    "vgg19_bn": network("vgg", "depth=19 batchnorms=true", 32),
    "squeezenet1_0": network("squeezenet1_0", "", 65),
    "squeezenet1_1": network("squeezenet1_1", "", 65),
    "googlenet": network("googlenet_torchvision", "", 96, aux_logits=False, init_weights=False),
    "googlenet_aux": network("googlenet_torchvision", "", 96, model="googlenet_aux",
                             heads=("aux1", "aux2"), aux_logits=True, init_weights=False),
    "resnet18": network("resnet", "", 64),
    "resnet34": network("resnet", "depth=34", 64),
    "resnet50": network("resnet", "depth=50", 64),
    "resnet101": network("resnet", "depth=101", 64),
    "resnet152": network("resnet", "depth=152", 64),
    "resnext50_32x4d": network("resnet", "depth=50 groups=32 base=4", 64),
    "wide_resnet50_2": network("resnet", "depth=50 base=128", 64),
    "densenet121": network("densenet", "", 64),
    "densenet161": network("densenet", "depth=161", 64),
    "densenet169": network("densenet", "depth=169", 64),
    "densenet201": network("densenet", "depth=201", 64),
    "inception_v3": network("inception_v3", "", 0, 299, aux_logits=False, init_weights=False),
    "inception_v3_aux": network("inception_v3", "", 0, 299, model="inception_v3_aux",
                                heads=("AuxLogits",), aux_logits=True, init_weights=False),
    "mobilenet_v2": network("mobilenet_v2", "", 64),
    "mobilenet_v3_large": network("mobilenet_v3", "", 64),
    "mobilenet_v3_small": network("mobilenet_v3", "large=false", 64),
}


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


def expected(model, image, heads):
    """Logits, then what each auxiliary head makes of the tensor that it reads in training."""
    read = {"aux1": "inception4b", "aux2": "inception4e", "AuxLogits": "Mixed_7a"}
    seen = {}
    for head in heads:
        getattr(model, read[head]).register_forward_pre_hook(
            lambda _module, inputs, head=head: seen.__setitem__(head, inputs[0]))
    logits = model(image)
    return [logits] + [getattr(model, head)(seen[head]) for head in heads]


def make(name, row, work, seed):
    """The network with random weights: path of its safetensors, image, expected outputs."""
    import torch
    import torchvision
    torch.manual_seed(seed)
    side = row.size or row.fixed
    with torch.no_grad():
        model = getattr(torchvision.models, name.split("_aux")[0])(weights=None, **row.options)
        randomise(model, torch, torch.rand(4, 3, side, side))
        image = torch.rand(1, 3, side, side)
        outputs = expected(model, image, row.heads)
    path = work / f"{name}.safetensors"
    save_safetensors(path, model.state_dict())
    return path, image.numpy(), [output.numpy() for output in outputs]


# ---- comparing -----------------------------------------------------------------------------------

def run(row, library, image, threads):
    """The compiled network's outputs for one image."""
    held = aligned(image.nbytes, 64).view("float32").reshape(image.shape)
    held[:] = image
    compiled = Compiled(library, row.prefix, library.parent / f"{row.prefix}.weights", [held],
                        threads)
    try:
        compiled()
        return compiled.outputs
    finally:
        compiled.close()


def compare(name, row, work, args):
    """Builds and runs one network for every target; returns the number of failures."""
    failures = 0
    weights, image, wanted = make(name, row, work, args.seed)
    for target in args.targets.split(","):
        try:
            library = compile_model(row, weights, work / f"{name}.{target}", args, target)
            got = run(row, library, image, args.threads)
            errors = [distance(a, b) for a, b in zip(got, wanted)]
            good = len(got) == len(wanted) and all(e <= args.tolerance for e in errors)
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
    names = args.networks or list(NETWORKS)
    failed = 0
    for name in names:
        with tempfile.TemporaryDirectory() as work:
            failed += compare(name, NETWORKS[name], Path(work), args)
    print(f"{len(names) * len(args.targets.split(',')) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
