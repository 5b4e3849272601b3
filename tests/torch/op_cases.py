"""Cases of every operator with the result that PyTorch computes, in double.

make_op_fixtures.py writes those of one seed into a file for the unit tests; operators.py runs
those of many seeds through compiled networks. A case has the operator's name in ops.def, its
attributes, its inputs with the parameters behind them, and its outputs.
"""
import random
from collections import namedtuple

import torch
import torch.nn.functional as F

Case = namedtuple("Case", "op attrs inputs outputs")
rng = random.Random(1)
INF, NAN = float("inf"), float("nan")


def integers(*shape, low=-4, high=4):
    count = 1
    for d in shape:
        count *= d
    values = [float(rng.randint(low, high)) for _ in range(count)]
    return torch.tensor(values).double().reshape(shape)


def eighths(*shape, low=-24, high=24):
    return integers(*shape, low=low, high=high) / 8


def special(*shape):
    """Eighths with NaN, infinities and large numbers among them."""
    x = eighths(*shape)
    flat = x.reshape(-1)
    for i, v in enumerate([NAN, INF, -INF, 0.0, 1e30, -1e30, 100.0, -100.0]):
        if i < flat.numel():
            flat[rng.randrange(flat.numel())] = v
    return x


def attribute_text(v):
    """An attribute's value as the language writes it."""
    if isinstance(v, bool):
        return "true" if v else "false"
    if isinstance(v, (list, tuple)):
        return "[" + ", ".join(attribute_text(e) for e in v) + "]"
    return str(v)


CASES = []


def case(op, attrs, inputs, outputs):
    CASES.append(Case(op, attrs, inputs, outputs))


def pick(*values):
    return rng.choice(values)


def sizes(rank, low, high):
    return [rng.randint(low, high) for _ in range(rank)]


# ---- convolution and dense ------------------------------------------------------------------

CONV = {1: F.conv1d, 2: F.conv2d, 3: F.conv3d}


def torch_pads(before, after):
    """F.pad wants the last dimension first."""
    return [p for b, a in zip(reversed(before), reversed(after)) for p in (b, a)]


def conv_case(rank, batch, cin, out, size, kernel, stride, before, after, dilation, groups, bias,
              flip, written_pad=None):
    x = integers(batch, cin, *size)
    w = integers(out, cin // groups, *kernel, low=-3, high=3)
    b = integers(out) if bias else None
    used = w.flip(list(range(2, 2 + rank))) if flip else w
    y = CONV[rank](F.pad(x, torch_pads(before, after)), used, b, stride, 0, dilation, groups)
    pad = written_pad if written_pad is not None else list(before) + list(after)
    case("conv", dict(out=out, kernel=kernel, stride=stride, pad=pad, dilation=dilation,
                      groups=groups, bias=bias, flip=flip), [x, w] + ([b] if bias else []), [y])


def conv_cases():
    for rank, cases in ((2, 18), (1, 5), (3, 4)):
        for _ in range(cases):
            groups = pick(1, 1, 2, 3)
            conv_case(rank, pick(1, 1, 2), groups * pick(1, 2, 3), groups * pick(1, 2, 3),
                      sizes(rank, 5, 9), sizes(rank, 1, 3), sizes(rank, 1, 3), sizes(rank, 0, 2),
                      sizes(rank, 0, 2), sizes(rank, 1, 2), groups, pick(True, False),
                      pick(True, False, False))
    # depthwise, with a channel multiplier; 1x1 (one long row); wider than the accumulators
    conv_case(2, 1, 5, 10, [6, 7], [3, 3], [1, 1], [1, 1], [1, 1], [1, 1], 5, True, False)
    conv_case(2, 2, 7, 3, [5, 4], [1, 1], [1, 1], [0, 0], [0, 0], [1, 1], 1, True, False)
    conv_case(2, 1, 1, 1, [2, 600], [2, 5], [1, 1], [0, 2], [0, 2], [1, 1], 1, True, False)
    # same: out = ceil(in / stride), the larger half of an odd padding comes after
    for kernel, stride, size, dilation in (([3, 3], [1, 1], [5, 6], [1, 1]),
                                           ([4, 2], [1, 1], [5, 6], [1, 2]),
                                           ([3, 5], [2, 2], [6, 7], [1, 1])):
        total = [max((-(-n // s) - 1) * s + d * (k - 1) + 1 - n, 0)
                 for n, s, d, k in zip(size, stride, dilation, kernel)]
        conv_case(2, 1, 2, 3, size, kernel, stride, [t // 2 for t in total],
                  [t - t // 2 for t in total], dilation, 1, True, False, "same")
    conv_case(2, 1, 2, 3, [5, 5], [3, 3], [1, 1], [0, 0], [0, 0], [1, 1], 1, True, False, "valid")
    conv_case(2, 1, 2, 3, [5, 5], [3, 3], [1, 1], [1, 2], [1, 2], [1, 1], 1, True, False, [1, 2])


def dense_cases():
    for features, out, bias, batch in ((7, 5, True, 1), (33, 3, False, 2), (64, 9, True, 3),
                                       (1, 1, True, 1)):
        x, w = integers(batch, features), integers(out, features)
        b = integers(out) if bias else None
        case("dense", dict(out=out, bias=bias), [x, w] + ([b] if bias else []),
             [F.linear(x, w, b)])
    x, w, b = eighths(1, 50) / 3, eighths(4, 50) / 7, eighths(4)
    x, w = x.float().double(), w.float().double()
    case("dense", dict(out=4, bias=True), [x, w, b], [F.linear(x, w, b)])


# ---- pooling --------------------------------------------------------------------------------

MAXPOOL = {1: F.max_pool1d, 2: F.max_pool2d, 3: F.max_pool3d}


def avgpool(rank, x, kernel, stride, pad, ceil, count_pad):
    f = {1: F.avg_pool1d, 2: F.avg_pool2d, 3: F.avg_pool3d}[rank]
    return f(x, kernel, stride, pad, ceil_mode=ceil, count_include_pad=count_pad)


def pool_cases():
    for rank, cases in ((2, 14), (1, 4), (3, 3)):
        for _ in range(cases):
            kernel = sizes(rank, 2, 4)
            stride = sizes(rank, 1, 4)
            pad = [rng.randint(0, k // 2) for k in kernel]
            ceil, count = pick(True, False), pick(True, False)
            x = integers(pick(1, 2), pick(1, 3), *sizes(rank, 5, 9))
            attrs = dict(kernel=kernel, stride=stride, pad=pad, ceil=ceil)
            case("maxpool", attrs, [x], [MAXPOOL[rank](x, kernel, stride, pad, 1, ceil)])
            case("avgpool", dict(attrs, count_pad=count), [x],
                 [avgpool(rank, x, kernel, stride, pad, ceil, count)])
    x = integers(1, 2, 7, 6)
    case("maxpool", dict(kernel=2), [x], [F.max_pool2d(x, 2)])
    case("avgpool", dict(kernel=[3, 2]), [x], [F.avg_pool2d(x, (3, 2))])
    for before, after in (([0, 1], [1, 0]), ([2, 0], [1, 1])):
        attrs = dict(kernel=[3, 2], stride=[2, 1], pad=before + after)
        low = F.pad(x, torch_pads(before, after), value=-INF)
        case("maxpool", attrs, [x], [F.max_pool2d(low, (3, 2), (2, 1))])
        mean = F.avg_pool2d(F.pad(x, torch_pads(before, after)), (3, 2), (2, 1))
        inside = F.avg_pool2d(F.pad(x * 0 + 1, torch_pads(before, after)), (3, 2), (2, 1))
        case("avgpool", attrs, [x], [mean])
        case("avgpool", dict(attrs, count_pad=False), [x], [mean / inside])
    x = special(1, 2, 6, 6)
    case("maxpool", dict(kernel=3, stride=2, pad=1), [x], [F.max_pool2d(x, 3, 2, 1)])
    for name, adaptive, whole in (("avgpool", F.adaptive_avg_pool2d, "global_avgpool"),
                                  ("maxpool", F.adaptive_max_pool2d, "global_maxpool")):
        for size, out in (([7, 5], [3, 2]), ([6, 6], [3, 3]), ([8, 3], [1, 1]), ([3, 4], [5, 7]),
                          ([9, 7], [4, 6])):
            x = integers(pick(1, 2), 3, *size)
            case("adaptive_" + name, dict(out=out), [x], [adaptive(x, out)])
        for size in ([1, 1], [7, 7], [3, 5]):
            x = integers(2, 3, *size)
            case(whole, {}, [x], [adaptive(x, 1)])
    x = integers(1, 2, 9)
    case("adaptive_avgpool", dict(out=4), [x], [F.adaptive_avg_pool1d(x, 4)])
    x = integers(1, 2, 3, 4, 5)
    case("adaptive_maxpool", dict(out=[2, 3, 2]), [x], [F.adaptive_max_pool3d(x, (2, 3, 2))])
    case("global_avgpool", {}, [x], [F.adaptive_avg_pool3d(x, 1)])


# ---- normalisation --------------------------------------------------------------------------

def per_channel(v, x):
    return v.reshape([1, -1] + [1] * (x.dim() - 2))


def norm_cases():
    for shape, eps in (((1, 3, 4, 5), 1e-5), ((2, 5, 3, 3), 1e-3), ((3, 7), 1e-5),
                       ((1, 2, 6), 0.5), ((1, 2, 2, 3, 2), 1e-5)):
        c = shape[1]
        x, w, b, m = eighths(*shape), eighths(c), eighths(c), eighths(c)
        v = eighths(c, low=1, high=40)
        case("batchnorm", dict(eps=eps), [x, w, b, m, v],
             [F.batch_norm(x, m, v, w, b, False, 0, eps)])
        case("affine", {}, [x, w, b], [x * per_channel(w, x) + per_channel(b, x)])
        scale = w / torch.sqrt(v + eps)
        case("bn_affine", dict(eps=eps), [w, b, m, v], [scale, b - m * scale])
    for bias in (True, False):
        for shape in ((4, 3, 3, 2), (5, 6)):
            c = shape[0]
            k, w, b, m = eighths(*shape), eighths(c), eighths(c), eighths(c)
            v, old = eighths(c, low=1, high=40), eighths(c)
            s = w / torch.sqrt(v + 1e-5)
            folded = k * s.reshape([-1] + [1] * (k.dim() - 1))
            case("bn_fold", {}, [k, w, b, m, v] + ([old] if bias else []),
                 [folded, ((old if bias else 0) - m) * s + b])
    mean, std = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
    x = eighths(2, 3, 3, 4)
    m, s = (per_channel(torch.tensor(v, dtype=torch.float64), x) for v in (mean, std))
    case("normalise", dict(mean=mean, std=std), [x], [(x - m) / s])
    case("normalise", dict(mean=0.5, std=0.25), [x], [(x - 0.5) / 0.25])


# ---- element-wise ---------------------------------------------------------------------------

def element_cases():
    unary = {
        "relu": [({}, torch.relu)],
        "relu6": [({}, F.relu6)],
        "leaky_relu": [({}, F.leaky_relu), (dict(slope=0.25), lambda x: F.leaky_relu(x, 0.25))],
        "sigmoid": [({}, torch.sigmoid)],
        "tanh": [({}, torch.tanh)],
        "clip": [(dict(min=-1.5, max=2.0), lambda x: x.clamp(-1.5, 2)),
                 (dict(min=0, max="inf"), lambda x: x.clamp(min=0))],
        "dropout": [({}, lambda x: x), (dict(p=0.25), lambda x: x)],
        "reorder": [({}, lambda x: x)],
    }
    for op, variants in unary.items():
        for attrs, f in variants:
            for x in (eighths(1, 3, 5, 7), special(2, 13), special(1, 5, 9), eighths(1, 1, 1, 1)):
                case(op, attrs, [x], [f(x)])
    for shape, axis in (((2, 7), 1), ((1, 5, 3, 4), 1), ((1, 3, 4), -1), ((2, 3, 2, 2), 2),
                        ((5,), 0), ((1, 1), 1)):
        x = eighths(*shape)
        case("softmax", dict(axis=axis), [x], [torch.softmax(x, axis)])
    x = torch.tensor([[1000.0, 999.0, -1000.0, 0.0]]).double()
    case("softmax", {}, [x], [torch.softmax(x, 1)])
    x = torch.tensor([[1.0, -INF, 2.0], [1.0, NAN, 2.0]]).double()
    case("softmax", {}, [x], [torch.softmax(x, 1)])


# ---- element-wise with several inputs -------------------------------------------------------

BINARY = {"add": torch.add, "sub": torch.sub, "mul": torch.mul, "div": torch.div,
          "min": torch.minimum, "max": torch.maximum, "pow": torch.pow}


def narrowed(shape):
    """A shape that broadcasts to the given one: ones here and there, leading dimensions gone."""
    s = [pick(d, d, 1) for d in shape]
    return s[rng.randint(0, len(s) - 1):] if rng.random() < 0.4 else s


def binary_cases():
    for shape, inputs in (((1, 3, 5, 7), 2), ((2, 5), 3), ((7,), 4), ((1, 2, 3, 2, 2), 2)):
        xs = [integers(*shape) for _ in range(inputs)]
        for op in ("add", "mul", "min", "max"):
            y = xs[0]
            for x in xs[1:]:
                y = BINARY[op](y, x)
            case(op, {}, xs, [y])
    for op, f in BINARY.items():
        for i in range(50):
            shape = sizes(pick(1, 2, 3, 4, 4, 5), 1, 4)
            a, b = eighths(*narrowed(shape)), eighths(*narrowed(shape))
            if op == "pow":
                a, b = a.abs(), (b * 2).round() / 4
            if op == "div":
                b = b + 1 / 16
            if i % 2:
                a = a + torch.zeros(shape)
            case(op, {}, [a, b], [f(a, b)])
        a, b = special(2, 11), special(2, 11)
        if op not in ("add", "sub"):
            a, b = a.clamp(-1e10, 1e10), b.clamp(-1e10, 1e10)
        if op == "pow":
            b = b.clamp(-3, 3).round()
        case(op, {}, [a, b], [f(a, b)])
    x = integers(2, 3, 2)
    case("mul", {}, [x, torch.tensor(3.0).double()], [x * 3])
    xs = [integers(2, 3, 1, 2), integers(3, 1, 1), integers(2)]
    case("add", {}, xs, [xs[0] + xs[1] + xs[2]])


# ---- moving data ----------------------------------------------------------------------------

def move_cases():
    for shape, axis, parts in (((1, 0, 3, 4), 1, (2, 3, 5)), ((2, 3, 0), 2, (1, 4)),
                               ((0, 5), 0, (2, 1)), ((2, 3, 0, 2), -2, (3, 1, 2)),
                               ((2, 0), 1, (7,)), ((2, 0, 3), 1, (1, 1, 1, 1))):
        xs = []
        for size in parts:
            s = list(shape)
            s[axis] = size
            xs.append(integers(*s))
        case("concat", dict(axis=axis), xs, [torch.cat(xs, axis)])
    x = integers(2, 7, 5, 3)
    for axis, start, stop, step in ((1, 2, 6, 1), (1, 0, 7, 2), (2, -3, -1, 1), (3, 1, 100, 1),
                                    (0, 1, 2, 1), (-1, 0, 3, 2), (2, 1, 5, 3)):
        index = [slice(None)] * 4
        index[axis] = slice(start, stop, step)
        case("slice", dict(axis=axis, start=start, stop=stop, step=step), [x], [x[tuple(index)]])
    case("slice", dict(axis=1, start=-2), [x], [x[:, -2:]])
    for shape, before, after, channels, value in (
            ((1, 2, 3, 4), [1, 2], [0, 1], [0, 0], 0), ((2, 3, 2, 2), [0, 0], [0, 0], [1, 2], 0),
            ((1, 2, 3), [2], [1], [1, 0], -5),
            ((1, 1, 2, 3, 2), [1, 0, 2], [0, 1, 1], [0, 3], 7)):
        x = integers(*shape)
        y = F.pad(x, torch_pads(before, after) + channels, value=value)
        case("pad", dict(pad=before + after, channels=channels, value=value), [x], [y])
    x = integers(1, 2, 2, 2)
    case("pad", dict(pad=1), [x], [F.pad(x, (1, 1, 1, 1))])
    x = integers(2, 3)
    case("pad", dict(channels=[1, 1]), [x], [F.pad(x, (1, 1))])
    for shape in ((2, 3, 2, 4), (1, 7), (3, 2, 5), (2, 1, 2, 2, 3)):
        x = integers(*shape)
        case("flatten", {}, [x], [x.flatten(1)])
    for shape, to in (((2, 6, 4), (2, 3, 8)), ((1, 12), (1, 3, 2, 2)), ((2, 3, 4), (0, -1)),
                      ((4, 6), (2, 0, -1)), ((6,), (1, 6))):
        x = integers(*shape)
        resolved = [x.shape[i] if d == 0 else d for i, d in enumerate(to)]
        case("reshape", dict(shape=to), [x], [x.reshape(resolved)])
    for shape in ((2, 3, 3, 2), (3, 1, 4), (2, 2, 2, 3, 2), (3, 4)):
        x = integers(*shape)
        case("flip", {}, [x], [x.flip(list(range(2, x.dim()))) if x.dim() > 2 else x])


def scale_cases():
    for attrs, f in ((dict(factor=-0.5), lambda x: x * -0.5), (dict(shift=3), lambda x: x + 3),
                     (dict(factor=2, shift=-1), lambda x: x * 2 - 1)):
        for x in (eighths(1, 3, 5, 7), special(2, 13), special(1, 5, 9)):
            case("scale", attrs, [x], [f(x)])
    for shape in ((2, 3, 4, 5), (7,)):
        x = integers(*shape)
        case("cast", {}, [x], [x])


def activation_cases():
    unary = {
        "elu": [({}, F.elu), (dict(alpha=0.5), lambda x: F.elu(x, 0.5))],
        "selu": [({}, F.selu)],
        "swish": [({}, F.silu)],
        "gelu": [({}, F.gelu), (dict(approximate="tanh"), lambda x: F.gelu(x, approximate="tanh"))],
        "softplus": [({}, F.softplus),
                     (dict(beta=2, threshold=3), lambda x: F.softplus(x, 2, 3))],
        "mish": [({}, F.mish)],
        "hard_sigmoid": [({}, F.hardsigmoid)],
        "hard_swish": [({}, F.hardswish)],
        "abs": [({}, torch.abs)],
        "neg": [({}, torch.neg)],
        "exp": [({}, torch.exp)],
        "log": [({}, torch.log)],
        "sqrt": [({}, torch.sqrt)],
        "square": [({}, torch.square)],
        "sign": [({}, torch.sign)],
        "step": [({}, lambda x: torch.heaviside(x, torch.ones_like(x)))],
    }
    for op, variants in unary.items():
        for attrs, f in variants:
            for i in range(50):
                shape = sizes(pick(1, 2, 3, 4, 5), 1, 4)
                x = special(13) if i == 0 else eighths(*shape)
                case(op, attrs, [x], [f(x)])
    for i in range(50):
        shape = sizes(pick(2, 3, 4, 5), 1, 4)
        x, w = special(*shape) if i % 5 == 0 else eighths(*shape), eighths(pick(1, shape[1]))
        case("prelu", dict(parameters=w.numel()), [x, w], [F.prelu(x, w)])
        axis = rng.randrange(-len(shape), len(shape))
        x = eighths(*shape)
        case("log_softmax", dict(axis=axis), [x], [torch.log_softmax(x, axis)])


# ---- transposed convolution, borders, shuffles, resizing, columns ----------------------------

CONV_TRANSPOSE = {1: F.conv_transpose1d, 2: F.conv_transpose2d, 3: F.conv_transpose3d}


def conv_transpose_case(rank, groups, cin, out, size, kernel, stride, pad, more, dilation, bias,
                        after=None):
    x = integers(pick(1, 2), groups * cin, *size)
    w = integers(groups * cin, out, *kernel, low=-3, high=3)
    b = integers(groups * out) if bias else None
    y = CONV_TRANSPOSE[rank](x, w, b, stride, 0, 0, groups, dilation)
    y = F.pad(y, torch_pads([-p for p in pad], [m - p for m, p in zip(more, after or pad)]))
    if all(m == 0 for m in more):
        pads = list(pad) + list(after or pad)
    else:  # PyTorch's own rule for what stands in the elements added
        y = CONV_TRANSPOSE[rank](x, w, b, stride, pad, more, groups, dilation)
        pads = list(pad) if rank > 1 else pad[0]
    case("conv_transpose", dict(out=groups * out, kernel=kernel, stride=stride, pad=pads,
                                output_pad=more, dilation=dilation, groups=groups, bias=bias),
         [x, w] + ([b] if bias else []), [y])


def conv_transpose_cases():
    for rank, cases in ((2, 40), (1, 10), (3, 6)):
        for _ in range(cases):
            kernel, stride = sizes(rank, 1, 4), sizes(rank, 1, 3)
            dilation = [pick(1, 1, 2, 3) for _ in range(rank)]
            pad = [rng.randint(0, (k - 1) * d) for k, d in zip(kernel, dilation)]
            more = [pick(0, rng.randrange(max(s, d))) for s, d in zip(stride, dilation)]
            size = sizes(rank, 2, 5)
            full = [(n - 1) * s + d * (k - 1) + 1
                    for n, s, d, k in zip(size, stride, dilation, kernel)]
            pad = [min(p, (f - 1) // 2) for p, f in zip(pad, full)]
            conv_transpose_case(rank, pick(1, 1, 2, 3), pick(1, 2, 3), pick(1, 2, 3), size,
                                kernel, stride, pad, more, dilation, pick(True, False))
    conv_transpose_case(2, 1, 2, 3, [3, 4], [3, 3], [2, 2], [1, 0], [0, 0], [1, 1], True, [0, 1])
    for groups, shape, eps in ((1, (4, 3, 2, 2), 1e-5), (2, (4, 3, 3, 1), 1e-3)):
        c = groups * shape[1]
        k, w, b, m = eighths(*shape), eighths(c), eighths(c), eighths(c)
        v, old = eighths(c, low=1, high=40), eighths(c)
        s = w / torch.sqrt(v + eps)
        by_group = k.reshape(groups, -1, *shape[1:]) * s.reshape(groups, 1, shape[1], 1, 1)
        case("bn_fold", dict(eps=eps, transposed=groups), [k, w, b, m, v, old],
             [by_group.reshape(shape), (old - m) * s + b])


TORCH_MODE = {"zero": "constant", "reflect": "reflect", "edge": "replicate"}


def border_cases():
    for mode in ("reflect", "edge"):
        for rank in (1, 2, 2, 2, 3):
            size = sizes(rank, 3, 6)
            before = [rng.randint(0, n - 1) for n in size]
            after = [rng.randint(0, n - 1) for n in size]
            x = integers(pick(1, 2), 2, *size)
            case("pad", dict(pad=before + after, mode=mode), [x],
                 [F.pad(x, torch_pads(before, after), mode=TORCH_MODE[mode])])
        for rank in (1, 2, 2, 2, 3):
            size, kernel = sizes(rank, 4, 7), sizes(rank, 1, 3)
            before, after = sizes(rank, 0, 3), sizes(rank, 0, 3)
            groups, stride = pick(1, 2), sizes(rank, 1, 2)
            x, w = integers(1, 4, *size), integers(6, 4 // groups, *kernel)
            y = CONV[rank](F.pad(x, torch_pads(before, after), mode=TORCH_MODE[mode]), w, None,
                           stride, 0, 1, groups)
            case("conv", dict(out=6, kernel=kernel, stride=stride, pad=before + after,
                              groups=groups, bias=False, pad_mode=mode), [x, w], [y])


def shuffle_cases():
    for r in (1, 2, 3, 4):
        for c, h, w in ((1, 2, 3), (2, 3, 1), (3, 1, 4)):
            x = integers(pick(1, 2), c * r * r, h, w)
            case("pixel_shuffle", dict(factor=r), [x], [F.pixel_shuffle(x, r)])
            x = integers(pick(1, 2), c, h * r, w * r)
            case("pixel_unshuffle", dict(factor=r), [x], [F.pixel_unshuffle(x, r)])
    for groups, per in ((1, 3), (2, 3), (3, 2), (4, 5), (5, 1)):
        x = integers(pick(1, 2), groups * per, *sizes(2, 1, 4))
        case("channel_shuffle", dict(groups=groups), [x],
             [F.channel_shuffle(x, groups)])
        case("repeat_channels", dict(times=groups), [x], [x.repeat_interleave(groups, 1)])


def resize_case(op, attrs, x, size, mode, align=False, scale=None):
    torch_mode = mode if mode == "nearest" else {3: "linear", 4: "bilinear", 5: "trilinear"}[x.dim()]
    y = F.interpolate(x, size=size, scale_factor=scale, mode=torch_mode,
                      align_corners=None if mode == "nearest" else align)
    attrs = dict(attrs, mode=mode)
    if mode != "nearest":
        attrs["align_corners"] = align
    case(op, attrs, [x], [y])


def resize_cases():
    for rank in (1, 2, 2, 2, 2, 2, 2, 3):
        for mode, align in (("nearest", False), ("bilinear", False), ("bilinear", True)):
            size, out = sizes(rank, 1, 6), sizes(rank, 1, 9)
            resize_case("resize", dict(size=out), eighths(pick(1, 2), 2, *size), out, mode, align)
            scale = pick(1, 2, 2, 3, 4)
            resize_case("upsample", dict(scale=scale), eighths(1, 2, *size),
                        [n * scale for n in size], mode, align)
            scales = [pick(1.0, 0.5, 1.5, 2.5) for _ in size]
            size = [n + 1 for n in size]
            resize_case("upsample", dict(scale=scales), eighths(1, 2, *size), None, mode, align,
                        scales)
    x = eighths(1, 2, 5, 3)
    for mode in ("nearest", "bilinear"):
        resize_case("resize", dict(size=[7, 7], scale=[1.5, 2.5]), x, None, mode, False, [1.5, 2.5])


def columns_cases():
    for _ in range(25):
        kernel, stride, dilation = sizes(2, 1, 3), sizes(2, 1, 3), sizes(2, 1, 2)
        pad, size = sizes(2, 0, 2), sizes(2, 5, 8)
        x = integers(pick(1, 2), pick(1, 3), *size)
        attrs = dict(kernel=kernel, stride=stride, pad=pad, dilation=dilation)
        y = F.unfold(x, kernel, dilation, pad, stride)
        case("im2col", attrs, [x], [y])
        y = integers(*y.shape)
        case("col2im", dict(attrs, size=size), [y], [F.fold(y, size, kernel, dilation, pad, stride)])
    for _ in range(25):
        kernel, size = sizes(2, 1, 3), sizes(2, 4, 9)
        stride = [k + pick(0, 0, 1) for k in kernel]
        pad, ceil = [rng.randint(0, k // 2) for k in kernel], pick(True, False)
        x = integers(pick(1, 2), pick(1, 3), *size, low=-2, high=2)
        y, index = F.max_pool2d(x, kernel, stride, pad, ceil_mode=ceil, return_indices=True)
        y = integers(*y.shape)
        case("max_unpool", dict(kernel=kernel, stride=stride, pad=pad, ceil=ceil), [y, x],
             [F.max_unpool2d(y, index, kernel, stride, pad, output_size=size)])


def rearrangement_cases():
    """What passes make."""
    for groups, kernel, stride, dilation, before in ((1, 3, 1, 1, 1), (2, 2, 2, 1, 0),
                                                     (3, 3, 1, 2, 2), (1, 1, 3, 1, 0)):
        x = integers(2, groups * 2, 7, 2, 3)
        padded = F.pad(x, (0, 0, 0, 0, before, before))
        out = (7 + 2 * before - dilation * (kernel - 1) - 1) // stride + 1
        taps = torch.stack([padded[:, :, k * dilation:][:, :, ::stride][:, :, :out]
                            for k in range(kernel)], 1)  # N kernel C D' H W
        taps = taps.reshape(2, kernel, groups, 2, out, 2, 3).permute(0, 4, 2, 1, 3, 5, 6)
        case("depth_columns", dict(kernel=kernel, stride=stride, dilation=dilation, before=before,
                                   out=out, groups=groups), [x],
             [taps.reshape(2 * out, groups * kernel * 2, 2, 3)])
        y = integers(2 * out, 3, 2, 3)
        case("depth_rows", dict(out=out), [y],
             [y.reshape(2, out, 3, 2, 3).transpose(1, 2)])
        w = integers(4, 2, kernel, 2, 1)
        case("depth_weights", {}, [w], [w.transpose(1, 2).reshape(4, kernel * 2, 2, 1)])
    for groups, stride, dilation, kernel, cut in ((1, [2, 2], [1, 1], [3, 4], [1, 0]),
                                                  (2, [3, 1], [1, 2], [4, 2], [2, 1]),
                                                  (1, [2, 3], [3, 1], [2, 5], [0, 3])):
        x = integers(1, groups * 2, 3, 4)
        w, b = integers(groups * 2, 3, *kernel), integers(groups * 3)
        phases = stride[0] * stride[1]
        taps = [(k - 1) * d // s + 1 for k, d, s in zip(kernel, dilation, stride)]
        made = torch.zeros(groups, phases, 3, 2, *taps).double()
        for i in range(kernel[0]):
            for j in range(kernel[1]):
                far = [i * dilation[0], j * dilation[1]]
                phase = far[0] % stride[0] * stride[1] + far[1] % stride[1]
                at = [t - 1 - f // s for t, f, s in zip(taps, far, stride)]
                made[:, phase, :, :, at[0], at[1]] = \
                    w.reshape(groups, 2, 3, *kernel)[..., i, j].transpose(1, 2)
        made = made.reshape(groups * phases * 3, 2, *taps)
        spread = b.reshape(groups, 1, 3).expand(groups, phases, 3).reshape(-1)
        case("phase_weights", dict(stride=stride, dilation=dilation, groups=groups), [w, b],
             [made, spread])
        # what the convolution with them gives, interleaved, is the transposed convolution
        full = F.conv_transpose2d(x, w, b, stride, 0, 0, groups, dilation)
        y = F.conv2d(F.pad(x, torch_pads([t - 1 for t in taps], [t - 1 for t in taps])), made,
                     spread, 1, 0, 1, groups)
        size = [f - c for f, c in zip(full.shape[2:], cut)]
        case("interleave", dict(stride=stride, cut=cut, size=size, groups=groups), [y],
             [full[:, :, cut[0]:, cut[1]:]])


def collapse_cases():
    """The weights of two linear layers as those of one."""
    for first_taps, second_taps, biases in (([], [], (1, 1)), ([3, 2], [1, 1], (1, 0)),
                                            ([1, 1], [2, 3], (0, 1)), ([1, 1], [1, 1], (0, 0))):
        first, second = integers(4, 3, *first_taps), integers(5, 4, *second_taps)
        b1, b2 = integers(4), integers(5)
        used1, used2 = b1 * biases[0], b2 * biases[1]
        taps = [max(a, b) for a, b in zip(first_taps, second_taps)]
        w1, w2 = first.reshape(4, 3, -1), second.reshape(5, 4, -1)
        weight = torch.einsum("omt,mit->oit", w2.expand(5, 4, max(w1.shape[2], w2.shape[2])),
                              w1.expand(4, 3, max(w1.shape[2], w2.shape[2])))
        case("collapse", dict(first_bias=bool(biases[0]), second_bias=bool(biases[1])),
             [first, second] + [b1] * biases[0] + [b2] * biases[1],
             [weight.reshape(5, 3, *taps), w2.sum(2) @ used1 + used2])


def segment_cases():
    for i in range(50):
        x = eighths(*sizes(pick(2, 3, 4, 5), 2, 5))
        dims = rng.randint(1, x.dim() - 1)
        own = x.shape[-dims:]
        w, b = eighths(*own), eighths(*own)
        eps = pick(1e-5, 1e-3)
        case("layernorm", dict(dims=dims, eps=eps), [x, w, b], [F.layer_norm(x, own, w, b, eps)])
        groups = pick(1, 2, 3)
        x = eighths(pick(1, 2), groups * pick(1, 2), *sizes(pick(1, 2, 3), 2, 4))
        w, b = eighths(x.shape[1]), eighths(x.shape[1])
        affine = pick(True, False)
        params = [w, b] if affine else []
        case("groupnorm", dict(groups=groups, eps=eps, affine=affine), [x] + params,
             [F.group_norm(x, groups, *(params or [None, None]), eps)])
        case("instancenorm", dict(eps=eps, affine=affine), [x] + params,
             [F.instance_norm(x, None, None, *(params or [None, None]), True, 0.1, eps)])
        x = eighths(pick(1, 2), rng.randint(1, 7), *sizes(pick(1, 2, 3), 1, 3))
        attrs = dict(size=pick(1, 2, 3, 4, 5), alpha=pick(1e-4, 0.5), beta=pick(0.75, 0.5, 0.3),
                     k=pick(1.0, 2.0))
        case("lrn", attrs, [x], [F.local_response_norm(x, **attrs)])


def reduce_cases():
    def whole(y):
        return y if y.dim() else y.reshape(1)

    for i in range(50):
        x = integers(*sizes(pick(1, 2, 3, 4, 5), 1, 4))
        axes = rng.sample(range(x.dim()), rng.randint(1, x.dim()))
        if i % 10 == 0:
            x, axes = special(3, 7), [pick(0, 1)]
            x[x.abs() == 1e30] = 4  # a sum would depend on its order
        keep = pick(True, False)
        attrs = dict(axes=[a - pick(0, x.dim()) for a in axes], keepdims=keep)
        for name, f in (("mean", torch.mean), ("sum", torch.sum), ("max", torch.amax),
                        ("min", torch.amin), ("l2", torch.linalg.vector_norm)):
            case("reduce_" + name, attrs, [x], [whole(f(x, dim=axes, keepdim=keep))])
        axis = rng.randrange(-x.dim(), x.dim())
        x = x + torch.arange(x.numel()).reshape(x.shape) / 1024  # no two are equal
        case("argmax", dict(axis=axis, keepdims=keep), [x],
             [whole(torch.argmax(x, axis, keepdim=keep).double())])
    x = integers(2, 3, 4)
    case("reduce_mean", {}, [x], [x.mean().reshape(1)])
    x = torch.tensor([[1.0, 3.0, 3.0, 0.0]]).double()
    case("argmax", {}, [x], [torch.tensor([1.0])])


def squeezed(x, axes):
    """x.squeeze(axes), which torch 1.13 has for one axis only."""
    return x.reshape([d for i, d in enumerate(x.shape) if d != 1 or i not in axes])


def matrix_cases():
    for i in range(50):
        m, k, n = sizes(3, 1, 6)
        front = sizes(pick(0, 1, 2), 1, 3)
        fewer = [pick(d, 1) for d in front][rng.randint(0, len(front)):]
        a, b = integers(*front, m, k), integers(*fewer, k, n)
        if pick(True, False):
            a, b = integers(*fewer, m, k), integers(*front, k, n)
        case("matmul", {}, [a, b], [torch.matmul(a, b)])
        x = integers(*sizes(pick(1, 2, 3, 4, 5), 1, 4))
        axes = rng.sample(range(x.dim()), x.dim())
        case("transpose", dict(axes=[a - pick(0, x.dim()) for a in axes]), [x], [x.permute(axes)])
        shape = sizes(pick(2, 3, 4, 5), 1, 3)
        ones = [d for d in range(1, len(shape)) if pick(True, False)]
        for d in ones:
            shape[d] = 1
        x = integers(*shape)
        if ones:
            case("squeeze", dict(axes=[d - pick(0, x.dim()) for d in ones]), [x],
                 [squeezed(x, ones)])
        case("squeeze", {}, [x], [squeezed(x, range(1, x.dim()))])
        shape = sizes(pick(1, 2, 3), 1, 4)
        x = integers(*shape)
        places = sorted(rng.sample(range(len(shape) + 2), 2))
        y = x
        for d in places:
            y = y.unsqueeze(d)
        case("unsqueeze", dict(axes=places), [x], [y])
        case("identity", {}, [x], [x])
    x = integers(2, 3, 4)
    case("transpose", {}, [x], [x.permute(2, 1, 0)])


# ---- further pooling, layers without weight sharing -------------------------------------------

def l2pool(rank, x, kernel, stride, pad, ceil):
    """Sums of squares as averages with a divisor of 1, in three dimensions."""
    whole = (3 - rank) * [1]
    y = F.avg_pool3d(x.reshape(*x.shape[:2], *whole, *x.shape[2:]) ** 2, whole + kernel,
                     whole + stride, (3 - rank) * [0] + pad, ceil, divisor_override=1)
    return y.sqrt().reshape(*y.shape[:2], *y.shape[5 - rank:])


def more_pool_cases():
    for rank, cases in ((2, 10), (1, 4), (3, 4)):
        for _ in range(cases):
            kernel, stride = sizes(rank, 2, 4), sizes(rank, 1, 4)
            pad, ceil = [rng.randint(0, k // 2) for k in kernel], pick(True, False)
            x = integers(pick(1, 2), pick(1, 3), *sizes(rank, 5, 9))
            attrs = dict(kernel=kernel, stride=stride, pad=pad, ceil=ceil)
            case("minpool", attrs, [x], [-MAXPOOL[rank](-x, kernel, stride, pad, 1, ceil)])
            case("l2pool", attrs, [x], [l2pool(rank, x, kernel, stride, pad, ceil)])
    x = special(1, 2, 6, 6)
    case("minpool", dict(kernel=3, stride=2, pad=1), [x], [-F.max_pool2d(-x, 3, 2, 1)])
    for size, out in (([7, 5], [3, 2]), ([6, 6], [3, 3]), ([3, 4], [5, 7]), ([9, 4], [1, 1])):
        x = integers(pick(1, 2), 3, *size)
        case("adaptive_minpool", dict(out=out), [x], [-F.adaptive_max_pool2d(-x, out)])
        case("global_minpool", {}, [x], [x.amin((2, 3), True)])
        case("global_l2pool", {}, [x], [torch.linalg.vector_norm(x, dim=(2, 3), keepdim=True)])
        if all(a % b == 0 for a, b in zip(size, out)):
            step = [a // b for a, b in zip(size, out)]
            case("adaptive_l2pool", dict(out=out), [x], [l2pool(2, x, step, step, [0, 0], False)])
    x = integers(1, 2, 5)  # windows of different sizes: 0 1, 1 2 3, 3 4
    parts = [x[:, :, a:b].norm(dim=2, keepdim=True) for a, b in ((0, 2), (1, 4), (3, 5))]
    case("adaptive_l2pool", dict(out=3), [x], [torch.cat(parts, 2)])


def windows(x, kernel, stride, dilation):
    """[N, C, …] to [N, C·kernel, places]"""
    rank = len(kernel)
    for d in range(rank):
        reach = dilation[d] * (kernel[d] - 1) + 1
        x = x.unfold(2 + d, reach, stride[d])[..., ::dilation[d]]
    n, c, rest = x.shape[0], x.shape[1], list(range(2, 2 + 2 * rank))
    x = x.permute(0, 1, *rest[rank:], *rest[:rank])
    places = x[0, 0].numel() // torch.Size(kernel).numel()
    return x.reshape(n, -1, places), [s for s in x.shape[2 + rank:]]


def local_case(rank, batch, cin, out, size, kernel, stride, pads, dilation, bias):
    x = integers(batch, cin, *size)
    columns, shape = windows(F.pad(x, torch_pads(pads[:rank], pads[rank:])), kernel, stride,
                             dilation)
    w = integers(columns.shape[2], out, columns.shape[1], low=-3, high=3)
    b = integers(columns.shape[2], out)
    y = torch.einsum("nkp,pok->nop", columns, w) + (b.t() if bias else 0)
    case("local", dict(out=out, kernel=kernel, stride=stride, pad=pads, dilation=dilation,
                       bias=bias), [x, w] + [b] * bias, [y.reshape(batch, out, *shape)])


def local_cases():
    local_case(1, 1, 1, 1, [6], [3], [1], [0, 0], [1], False)
    for rank, cases in ((1, 6), (2, 10), (3, 6)):
        for _ in range(cases):
            local_case(rank, pick(1, 2), pick(1, 2, 3), pick(1, 2, 3), sizes(rank, 5, 7),
                       sizes(rank, 1, 3), sizes(rank, 1, 3), sizes(2 * rank, 0, 2),
                       sizes(rank, 1, 2), pick(True, False))


def constant_cases():
    for shape in ((3,), (2, 3, 1, 2)):
        x = eighths(*shape)
        case("constant", dict(shape=list(shape)), [x], [x])


GENERATORS = (
    conv_cases,
    dense_cases,
    pool_cases,
    norm_cases,
    element_cases,
    move_cases,
    scale_cases,
    binary_cases,
    activation_cases,
    segment_cases,
    reduce_cases,
    matrix_cases,
    conv_transpose_cases,
    border_cases,
    shuffle_cases,
    resize_cases,
    columns_cases,
    rearrangement_cases,
    more_pool_cases,
    local_cases,
    constant_cases,
    collapse_cases,
)


def cases(generators, seed):
    """All cases of the generators, drawn with this seed."""
    rng.seed(seed)
    CASES.clear()
    for generate in generators:
        generate()
    return list(CASES)
