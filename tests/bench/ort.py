#!/usr/bin/env python3
"""Time compiled networks beside ONNX Runtime: same weights, same image, same number of threads.

For every network a torchvision model gets seeded random weights; the same weights go to ONNX
Runtime as .onnx and to netcc as .safetensors. netcc's C is built as a shared library and called
through its C interface. Both engines live in this process, run in turn (A B A B ...) and write
into buffers allocated beforehand, so that a drifting clock and call overheads hit both alike.
Idle threads of either engine go on spinning after a run (ONNX Runtime's for some 50 ms) and would
take a core from the other: before its turn, each engine waits until the process uses no processor
time, then runs once uncounted, which wakes its own threads and spreads them over the cores, and
once counted. OMP_PROC_BIND should be unset: ONNX Runtime's threads would inherit the binding.

Needs `pip install torch torchvision onnx onnxruntime safetensors numpy`, a built netcc and a C
compiler. torch runs in a process of its own and only once per network and --work folder.

    python3 tests/bench/ort.py                          every network, 1 and 2 threads
    python3 tests/bench/ort.py resnet18 --threads 1     one network
    python3 tests/bench/ort.py --work DIR --json        keep the files, print JSON
    python3 tests/bench/ort.py --ort-only               the baseline alone, without netcc

`time ratio` is netcc's median over ONNX Runtime's: below 1, netcc is faster. `rel L2` is the
distance of netcc's logits to torch's. `others` is the share of all cores that other processes
took meanwhile (Linux only): measure again when it is more than a few percent. Exit status: 0, or
1 when a network could not be built or its logits are further than --tolerance from torch's.
"""

import argparse
import contextlib
import json
import multiprocessing
import os
import platform
import re
import sys
import tempfile
import time
from collections import namedtuple
from pathlib import Path

import numpy as np

from compiled import Compiled, Failure, ROOT, aligned, compile_model, distance, randomise
from examples import EXAMPLES, words

# The file that describes a network of torchvision, further arguments of netcc, the prefix of the C
# interface, the input's height and width, options of torchvision's function.
Network = namedtuple("Network", "source defines prefix size options")


def network(example, size=224, prefix="", **options):
    """A row of the table, of a network of EXAMPLES."""
    file, defines = EXAMPLES[example]
    return Network(f"examples/{file}.net", words(defines), prefix or file, size, options)


NO_AUX = {"aux_logits": False, "init_weights": False}
NETWORKS = {name: network(name) for name in (
    "alexnet", "vgg11", "vgg16", "squeezenet1_0", "squeezenet1_1", "resnet18", "resnet50",
    "resnext50_32x4d", "densenet121", "mobilenet_v2", "mobilenet_v3_small", "mobilenet_v3_large",
    "shufflenet_v2_x1_0")}
NETWORKS["googlenet"] = network("googlenet_torchvision", prefix="googlenet", **NO_AUX)
NETWORKS["inception_v3"] = network("inception_v3", size=299, **NO_AUX)

# ---- weights, image and expected logits, from torch -------------------------------------------

Files = namedtuple("Files", "weights onnx image logits")


def files_of(name, work):
    """Where everything that torch makes for one network lies."""
    return Files(work / f"{name}.safetensors", work / f"{name}.onnx",
                 work / f"{name}.image.npy", work / f"{name}.logits.npy")


def make_files(name, work, seed):
    """Build the network with torch and write the four files; runs in a child process."""
    import torch
    import torchvision
    from safetensors.torch import save_file
    torch.manual_seed(seed)
    files = files_of(name, work)
    with torch.no_grad():
        model = getattr(torchvision.models, name)(weights=None, **NETWORKS[name].options)
        size = NETWORKS[name].size
        randomise(model, torch, torch.rand(4, 3, size, size))
        image = torch.rand(1, 3, size, size)
        logits = model(image)
    torch.onnx.export(model, (image,), files.onnx, dynamo=False,
                      input_names=["image"], output_names=["logits"])
    save_file(model.state_dict(), files.weights)
    np.save(files.image, image.numpy())
    np.save(files.logits, logits.numpy())  # last: its presence says that all are complete


def prepare(name, work, seed):
    """The files of one network, made now unless the work folder has them."""
    files = files_of(name, work)
    if not files.logits.exists():
        note(f"{name}: weights and .onnx from torch")
        child = multiprocessing.get_context("spawn").Process(
            target=make_files, args=(name, work, seed))
        child.start()
        child.join()
        if child.exitcode:
            raise Failure("torch could not build the network")
    return files


# ---- ONNX Runtime ------------------------------------------------------------------------------

class Baseline:
    """An ONNX Runtime session on the processor; calling it runs the network once."""

    def __init__(self, onnx, image, threads):
        import onnxruntime
        options = onnxruntime.SessionOptions()  # all graph optimisations are its default
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(
            str(onnx), options, providers=["CPUExecutionProvider"])
        self.output = np.zeros(self.session.get_outputs()[0].shape, np.float32)
        self.image = image
        self.binding = self.session.io_binding()
        self.bind(self.binding.bind_input, self.session.get_inputs()[0].name, image)
        self.bind(self.binding.bind_output, self.session.get_outputs()[0].name, self.output)

    @staticmethod
    def bind(method, name, array):
        method(name, "cpu", 0, np.float32, array.shape, array.ctypes.data)

    def __call__(self):
        self.session.run_with_iobinding(self.binding)

    def logits(self):
        return self.output.ravel()

    def close(self):
        self.binding = self.session = None  # its threads and memory go with it


# ---- measuring ---------------------------------------------------------------------------------

def settle(window=0.01, limit=2.0):
    """Sleep until no thread of this process spins any more, or the limit is over (seconds)."""
    deadline = time.monotonic() + limit
    while time.monotonic() < deadline:
        used = time.process_time()
        time.sleep(window)
        if time.process_time() - used < window / 20:
            return


def busy_seconds():
    """Processor time that all processes together have used since boot; None where unknown."""
    try:
        fields = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    except OSError:
        return None
    user, nice, system, _idle, _wait, irq, softirq, steal = map(int, fields[:8])
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def watch_others(row):
    """Sets row["others"] to the share of the cores that other processes used inside the block."""
    before = busy_seconds(), time.process_time(), time.monotonic()
    yield
    if before[0] is not None:
        busy = busy_seconds() - before[0] - (time.process_time() - before[1])
        row["others"] = max(0.0, busy / (time.monotonic() - before[2]) / os.cpu_count())


def interleave(engines, runs):
    """Milliseconds of each engine's runs, the engines taking turns."""
    times = [[] for _ in engines]
    for _ in range(runs):
        for engine, kept in zip(engines, times):
            settle()
            engine()
            begin = time.perf_counter_ns()
            engine()
            end = time.perf_counter_ns()
            kept.append((end - begin) / 1e6)
    return times


def summary(times):
    """Median and quartiles of one engine, in milliseconds."""
    q1, median, q3 = np.percentile(times, (25, 50, 75))
    return {"median_ms": float(median), "q1_ms": float(q1), "q3_ms": float(q3)}


def measure(name, threads, library, files, args):
    """One line of the table: both engines on one network with one number of threads."""
    given = np.load(files.image)
    image = aligned(given.nbytes, 64).view(np.float32).reshape(given.shape)
    image[:] = given
    want = np.load(files.logits)
    engines = {"ort": Baseline(files.onnx, image, threads)}
    if library:
        prefix = NETWORKS[name].prefix
        weights = library.parent / f"{prefix}.weights"
        engines["netcc"] = Compiled(library, prefix, weights, [image], threads)
    row = {"network": name, "threads": threads}
    with watch_others(row):
        times = interleave(list(engines.values()), args.runs)
    for (key, engine), engine_times in zip(engines.items(), times):
        row[key] = {**summary(engine_times), "rel_l2": distance(engine.logits(), want)}
        engine.close()
    if library:
        row["time_ratio"] = row["netcc"]["median_ms"] / row["ort"]["median_ms"]
    return row


def measure_network(name, work, args):
    """The lines of one network, building whatever it needs first."""
    files = prepare(name, work, args.seed)
    library, folder = None, work / f"{name}.netcc"
    if args.only == "measure" and not args.ort_only:
        library = max(folder.glob("*.so"), default=None)
        if not library:
            raise Failure(f"nothing built in {folder}")
    elif not args.ort_only:
        note(f"{name}: compiling")
        library = compile_model(NETWORKS[name], files.weights, folder, args)
    rows = []
    if args.only == "build":
        return rows
    for threads in args.threads:
        note(f"{name}: measuring, threads: {threads}")
        rows.append(measure(name, threads, library, files, args))
    return rows


# ---- the report --------------------------------------------------------------------------------

def note(text):
    """Progress goes to the error stream; the table or the JSON alone to the output."""
    print(text, file=sys.stderr, flush=True)


def machine():
    """What the figures depend on besides the code."""
    import onnxruntime
    cpu = platform.processor() or platform.machine()
    with contextlib.suppress(OSError):
        cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())[1]
    return {"cpu": cpu, "cores": os.cpu_count(), "onnxruntime": onnxruntime.__version__}


def cell(result):
    """One engine's time as `median [q1, q3]`."""
    return "{median_ms:8.2f} [{q1_ms:.2f}, {q3_ms:.2f}]".format(**result) if result else "-"


def print_table(rows, about):
    print("{cpu}, {cores} cores, ONNX Runtime {onnxruntime}; times in ms: median [quartiles]"
          .format(**about))
    line = "{:14} {:>7}  {:28} {:28} {:>10} {:>9} {:>7}"
    print(line.format("network", "threads", "netcc", "ONNX Runtime", "time ratio", "rel L2",
                      "others"))
    for row in rows:
        netcc = row.get("netcc")
        print(line.format(row["network"], row["threads"], cell(netcc), cell(row["ort"]),
                          f"{row['time_ratio']:.3f}" if netcc else "-",
                          f"{(netcc or row['ort'])['rel_l2']:.1e}",
                          f"{row['others']:.1%}" if "others" in row else "-"))


def thread_list(text):
    """The numbers of an option such as 1,2."""
    if not re.fullmatch(r"[1-9]\d*(,[1-9]\d*)*", text):
        raise argparse.ArgumentTypeError(f"'{text}' is no list of numbers such as 1,2")
    return [int(word) for word in text.split(",")]


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("networks", nargs="*", metavar="NETWORK",
                        help=f"of {', '.join(NETWORKS)}; default: all")
    parser.add_argument("--threads", type=thread_list, default=[1, 2], metavar="N,...",
                        help="numbers of threads to measure with (default 1,2)")
    parser.add_argument("--runs", type=int, default=15, help="timed runs of each engine")
    parser.add_argument("--work", type=Path, metavar="DIR",
                        help="folder to keep weights, .onnx and libraries in; default: temporary")
    parser.add_argument("--only", choices=("build", "measure"),
                        help="build what --work lacks, or measure what it has: two calls, so that "
                             "nothing is compiled on a machine kept quiet for the second")
    parser.add_argument("--netcc", default=ROOT / "build" / "netcc", metavar="FILE")
    parser.add_argument("--netcc-flags", default="", metavar="FLAGS",
                        help="further options for netcc, as in --netcc-flags='--exact'")
    parser.add_argument("--cc", default=os.environ.get("CC", "cc"), help="C compiler")
    parser.add_argument("--seed", type=int, default=1, help="of weights and image")
    parser.add_argument("--tolerance", type=float, default=1e-4, help="largest relative L2 error")
    parser.add_argument("--ort-only", action="store_true", help="leave netcc out")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    args = parser.parse_args()
    args.networks = args.networks or list(NETWORKS)
    for name in args.networks:
        if name not in NETWORKS:
            parser.error(f"unknown network '{name}'; there are {', '.join(NETWORKS)}")
    return args


def run_all(work, args):
    """All lines, and the failures as network -> reason."""
    rows, failures = [], {}
    for name in args.networks:
        try:
            rows += measure_network(name, work, args)
        except Failure as failure:
            failures[name] = str(failure)
            note(f"{name}: {failure}")
    return rows, failures


def main():
    args = arguments()
    with contextlib.ExitStack() as stack:
        work = args.work or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        work.mkdir(parents=True, exist_ok=True)
        rows, failures = run_all(work.resolve(), args)
    about = machine()
    if args.only == "build":
        return 1 if failures else 0
    if args.json:
        print(json.dumps({"machine": about, "rows": rows, "failures": failures}, indent=2))
    else:
        print_table(rows, about)
    wrong = [row for row in rows for engine in ("ort", "netcc")
             if engine in row and not row[engine]["rel_l2"] <= args.tolerance]
    for row in wrong:
        note(f"{row['network']}: the logits are too far from torch's")
    return 1 if failures or wrong else 0


if __name__ == "__main__":
    sys.exit(main())
