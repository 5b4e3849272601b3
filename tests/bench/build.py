#!/usr/bin/env python3
"""What the C of every network costs a C compiler: bytes of text, seconds, largest function.

    python3 tests/bench/build.py                          every network, x86-64-v3
    python3 tests/bench/build.py resnet50 --target x86-64-v4
    python3 tests/bench/build.py --cc clang --flags=-O2

`seconds` are the processor time of the compiler, so other work on the machine counts little. The
limits are 1.5 MB of C, 10 seconds at -O3 and 24 KB of machine code in one kernel; `>` marks what
is above one. The function that calls all layers is no kernel. Exit status: 1 if a network could
not be compiled or a limit is passed.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from examples import EXAMPLES, words
from zoo import ROOT

LIMITS = {"bytes": 1_500_000, "seconds": 10.0, "function": 24 << 10}


def largest_function(path):
    """Bytes and name of the largest kernel in an object file."""
    lines = subprocess.run(["nm", "-S", path], capture_output=True, text=True).stdout.split("\n")
    fields = [line.split() for line in lines]
    sizes = [(int(f[1], 16), f[3]) for f in fields
             if len(f) == 4 and f[2] == "t" and not f[3].endswith("_layers")]
    return max(sizes, default=(0, "none"))


def build(name, args, folder):
    """Figures of one network by the names of LIMITS, or None with a message."""
    source, defines = EXAMPLES[name]
    emit = [args.netcc, "compile", f"examples/{source}.net", *words(defines), "--target", args.target,
            "--prefix", "net", "-o", folder]
    compile_c = [args.cc, *args.flags.split(), "-fopenmp", "-w", "-Iruntime", f"-I{folder}", "-c",
                 f"{folder}/net.c", "-o", f"{folder}/net.o"]
    for command in (emit, compile_c):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            print(f"{name}: {done.stderr.strip()}", file=sys.stderr)
            return None
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    size, function = largest_function(f"{folder}/net.o")
    return {"bytes": Path(folder, "net.c").stat().st_size,
            "seconds": after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime,
            "function": size, "name": function}


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("networks", nargs="*", metavar="NETWORK",
                        help=f"of {', '.join(EXAMPLES)}; default: all")
    parser.add_argument("--netcc", default=ROOT / "build" / "netcc", metavar="FILE")
    parser.add_argument("--target", default="x86-64-v3")
    parser.add_argument("--cc", default="cc")
    parser.add_argument("--flags", default="-O3")
    args = parser.parse_args()
    for name in args.networks:
        if name not in EXAMPLES:
            parser.error(f"unknown network '{name}'; there are {', '.join(EXAMPLES)}")
    fine = True
    print(f"{'network':22} {'C, bytes':>12} {'seconds':>9} {'function':>10}  largest function")
    for name in args.networks or list(EXAMPLES):
        with tempfile.TemporaryDirectory() as folder:
            got = build(name, args, folder)
        fine &= got is not None
        if not got:
            continue
        over = {key: ">" if got[key] > most else "" for key, most in LIMITS.items()}
        fine &= not any(over.values())
        print(f"{name:22} {over['bytes'] + str(got['bytes']):>12}"
              f" {over['seconds'] + format(got['seconds'], '.1f'):>9}"
              f" {over['function'] + str(got['function']):>10}  {got['name']}", flush=True)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
