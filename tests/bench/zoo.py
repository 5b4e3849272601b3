#!/usr/bin/env python3
"""Time the networks of examples/ with netcc bench: whole networks and, over all of them, kernels.

Each network is compiled with random weights and run on one thread and on all (netcc bench --json),
beside the FMA peak of the same number of threads, measured in the same run. Needs a built netcc, a
C compiler and nothing else; where other processes take the processors, the figures are theirs.

    python3 tests/bench/zoo.py                       every network
    python3 tests/bench/zoo.py resnet50 googlenet    these
    python3 tests/bench/zoo.py --layers              and a line for each layer
    python3 tests/bench/zoo.py --json                netcc's profiles, by network

`of peak` counts a multiply-add as two operations. `predicted` is the planner's time over the
measured one; `error` the median over the layers of |predicted / measured - 1|. The last table
sums the layers of all networks by kernel. Exit status: 1 if a network could not be measured.
"""

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

from examples import EXAMPLES, words

ROOT = Path(__file__).resolve().parents[2]


def bench(name, args):
    """netcc's profiles of one network: one for each number of threads."""
    source, defines = EXAMPLES[name]
    command = [args.netcc, "bench", f"examples/{source}.net", *words(defines), "--json",
               *args.netcc_flags.split()]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        print(f"{name}: {done.stderr.strip()}", file=sys.stderr)
        return None
    return json.loads(done.stdout)["profiles"]


def median(x):
    """Of a network or a layer, in seconds."""
    return x["quartiles"][1]


def print_network(name, profile):
    low, middle, high = (1e3 * q for q in profile["quartiles"])
    print(f"{name:22} {profile['threads']:7} {middle:9.3f} [{low:.3f}, {high:.3f}]".ljust(64)
          + f"{2e-9 * profile['multiply_adds'] / median(profile):9.1f}"
          + f"{profile['share_of_peak']:9.1%}"
          + f"{profile['predicted_seconds'] / median(profile):11.2f}"
          + f"{profile['median_error']:8.1%}", flush=True)


def print_layers(profile):
    for layer in profile["layers"]:
        took = median(layer)
        print(f"    {layer['name']:44} {layer['kernel']:15} {1e6 * took:10.1f} us"
              f"{2e-9 * layer['multiply_adds'] / took:9.1f}{layer['share_of_peak']:9.1%}"
              f"{layer['predicted_seconds'] / took:11.2f}")


def print_kernels(profiles):
    """One thread: time, rate and prediction of every kernel over all networks."""
    kernels = {}
    for profile in profiles:
        for layer in profile["layers"]:
            kernels.setdefault(layer["kernel"], []).append(layer)
    everything = [layer for layers in kernels.values() for layer in layers]
    print(f"\n{'kernel, one thread':22} {'layers':>7} {'ms':>9} {'GFLOP/s':>9} {'predicted':>11}"
          f" {'error':>8}")
    for name, layers in [*sorted(kernels.items()), ("all", everything)]:
        took = sum(map(median, layers))
        work = 2 * sum(layer["multiply_adds"] for layer in layers)
        predicted = sum(layer["predicted_seconds"] for layer in layers)
        error = statistics.median(abs(x["predicted_seconds"] / median(x) - 1) for x in layers)
        print(f"{name:22} {len(layers):7} {1e3 * took:9.2f} {1e-9 * work / took:9.1f}"
              f" {predicted / took:11.2f} {error:8.1%}")


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("networks", nargs="*", metavar="NETWORK",
                        help=f"of {', '.join(EXAMPLES)}; default: all")
    parser.add_argument("--netcc", default=ROOT / "build" / "netcc", metavar="FILE")
    parser.add_argument("--netcc-flags", default="", metavar="FLAGS",
                        help="further options for netcc, as in --netcc-flags='--target=c99'")
    parser.add_argument("--layers", action="store_true", help="a line for each layer")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the tables")
    args = parser.parse_args()
    for name in args.networks:
        if name not in EXAMPLES:
            parser.error(f"unknown network '{name}'; there are {', '.join(EXAMPLES)}")
    return args


def main():
    args = arguments()
    names = args.networks or list(EXAMPLES)
    results = {}
    if not args.json:
        print(f"{'network':22} {'threads':>7} {'ms: median [quartiles]':>32}"
              f" {'GFLOP/s':>9} {'of peak':>8} {'predicted':>10} {'error':>7}")
    for name in names:
        results[name] = bench(name, args)
        for profile in [] if args.json else results[name] or []:
            print_network(name, profile)
            if args.layers:
                print_layers(profile)
    if args.json:
        print(json.dumps(results, indent=1))
    elif any(results.values()):
        print_kernels([profiles[0] for profiles in results.values() if profiles])
    return 0 if all(results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
