"""More cases, drawn widely: what op_cases.py lists one by one, over random shapes and attributes.

operators.py asks for them until it has enough of every operator.
"""
import torch
import torch.nn.functional as F

from op_cases import (CONV, TORCH_MODE, avgpool, case, eighths, integers, l2pool, per_channel, pick,
                      resize_case, rng, sizes, special, torch_pads)


def any_shape(least=2, most=5):
    return sizes(pick(*range(least, most + 1)), 1, 4)


def wide_conv():
    """Channels around and beyond a vector, every way to write padding, all at once."""
    rank = pick(1, 2, 2, 2, 3)
    groups, size, kernel = pick(1, 1, 2, 4, 8), sizes(rank, 4, 9), sizes(rank, 1, 3)
    stride, dilation = sizes(rank, 1, 3), sizes(rank, 1, 2)
    mode = pick("zero", "zero", "reflect", "edge")
    before, after = sizes(rank, 0, 3), sizes(rank, 0, 3)
    written = pick(before + after, "same", "valid", 1, [1] * rank)
    if written == "same":
        total = [max((-(-n // s) - 1) * s + d * (k - 1) + 1 - n, 0)
                 for n, s, d, k in zip(size, stride, dilation, kernel)]
        before, after = [t // 2 for t in total], [t - t // 2 for t in total]
    elif written == "valid":
        before = after = [0] * rank
    elif written != before + after:
        before = after = [1] * rank
    x = integers(pick(1, 2), groups * pick(1, 2, 3, 9), *size)
    w = integers(groups * pick(1, 2, 5, 8), x.shape[1] // groups, *kernel, low=-3, high=3)
    bias, flip = pick(True, False), pick(True, False, False)
    b = integers(w.shape[0])
    y = CONV[rank](F.pad(x, torch_pads(before, after), mode=TORCH_MODE[mode]),
                   w.flip(list(range(2, 2 + rank))) if flip else w, b if bias else None, stride, 0,
                   dilation, groups)
    case("conv", dict(out=w.shape[0], kernel=kernel, stride=stride, pad=written, dilation=dilation,
                      groups=groups, bias=bias, flip=flip, pad_mode=mode), [x, w] + [b] * bias, [y])


def wide_dense():
    x, out, bias = integers(pick(1, 2, 3), rng.randint(1, 90)), rng.randint(1, 40), pick(True, False)
    w, b = integers(out, x.shape[1]), integers(out)
    case("dense", dict(out=out, bias=bias), [x, w] + [b] * bias, [F.linear(x, w, b if bias else None)])


def wide_norm():
    x = eighths(*any_shape())
    c, eps = x.shape[1], pick(1e-5, 1e-3, 0.5)
    w, b, m, v = eighths(c), eighths(c), eighths(c), eighths(c, low=1, high=40)
    case("batchnorm", dict(eps=eps), [x, w, b, m, v], [F.batch_norm(x, m, v, w, b, False, 0, eps)])
    count = pick(1, c)
    mean, std = [pick(0.0, 0.485, 0.5, 127.5) for _ in range(count)], \
        [pick(0.229, 0.25, 1.0, 127.5) for _ in range(count)]
    m, s = (per_channel(torch.tensor(values).double(), x) for values in (mean, std))
    case("normalise", dict(mean=mean, std=std), [x], [(x - m) / s])
    x = eighths(pick(1, 2), rng.randint(1, 20), *sizes(pick(1, 2, 3), 1, 4))
    attrs = dict(size=rng.randint(1, 7), alpha=pick(1e-4, 0.02, 0.5), beta=pick(0.75, 0.5, 1.0),
                 k=pick(1.0, 2.0))
    case("lrn", attrs, [x], [F.local_response_norm(x, **attrs)])


def wide_pool():
    rank = pick(1, 2, 2, 3)
    x = integers(pick(1, 2), pick(1, 3, 9), *sizes(rank, 3, 9))
    if pick(True, False, False):
        flat = x.reshape(-1)
        flat[rng.randrange(flat.numel())] = float("nan")
    whole, axes = [1] * rank, list(range(2, 2 + rank))
    out = sizes(rank, 1, 6)
    adaptive_max = {1: F.adaptive_max_pool1d, 2: F.adaptive_max_pool2d, 3: F.adaptive_max_pool3d}
    adaptive_avg = {1: F.adaptive_avg_pool1d, 2: F.adaptive_avg_pool2d, 3: F.adaptive_avg_pool3d}
    case("adaptive_maxpool", dict(out=out), [x], [adaptive_max[rank](x, out)])
    case("adaptive_minpool", dict(out=out), [x], [-adaptive_max[rank](-x, out)])
    case("adaptive_avgpool", dict(out=out), [x], [adaptive_avg[rank](x, out)])
    case("global_maxpool", {}, [x], [adaptive_max[rank](x, whole)])
    case("global_minpool", {}, [x], [-adaptive_max[rank](-x, whole)])
    case("global_avgpool", {}, [x], [adaptive_avg[rank](x, whole)])
    case("global_l2pool", {}, [x], [(x * x).sum(axes, True).sqrt()])
    x = integers(*x.shape)
    squares = x ** 2
    for d in range(rank):  # windows [floor(i·in/out), ceil((i+1)·in/out)), one dimension at a time
        size = x.shape[2 + d]
        parts = [squares.narrow(2 + d, i * size // out[d],
                                -(-(i + 1) * size // out[d]) - i * size // out[d])
                 for i in range(out[d])]
        squares = torch.cat([p.sum(2 + d, True) for p in parts], 2 + d)
    case("adaptive_l2pool", dict(out=out), [x], [squares.sqrt()])


def pooled(x, before, after, kernel, stride, ceil, outside, join):
    """Windows of x with each side padded by its own width: join(elements of each window, how many
    of them lie on x or its padding). In ceil mode no window starts behind x and what stands in
    front of it; what a window reaches beyond the padding is `outside` too, and not counted."""
    rank = len(kernel)
    more, counts = [], []
    for d in range(rank):
        n, b, a, k, s = x.shape[2 + d], before[d], after[d], kernel[d], stride[d]
        out = (n + b + a - k + (s - 1 if ceil else 0)) // s + 1
        if ceil and (out - 1) * s >= n + b:
            out -= 1
        more.append(max((out - 1) * s + k - n - b, 0))
        counts.append([min(i * s + k, n + b + a) - i * s for i in range(out)])
    x = F.pad(x, torch_pads(before, more), value=outside)
    for d in range(rank):
        x = x.narrow(2 + d, 0, (len(counts[d]) - 1) * stride[d] + kernel[d])
        x = x.unfold(2 + d, kernel[d], stride[d])
    elements = x.flatten(2 + rank)
    count = torch.ones(1).double()
    for own in counts:
        count = count.unsqueeze(-1) * torch.tensor(own).double()
    return join(elements, count.reshape([len(own) for own in counts]))


def wide_sides():
    """Windows over maps padded by another width on each side."""
    rank = pick(1, 2, 2, 3)
    kernel, stride = sizes(rank, 2, 4), sizes(rank, 1, 4)
    before = [rng.randrange(k) for k in kernel]
    after = [rng.randrange(k) for k in kernel]
    ceil, count = pick(True, False), pick(True, False)
    x = integers(pick(1, 2), pick(1, 3, 9), *sizes(rank, 4, 9))
    attrs = dict(kernel=kernel, stride=stride, pad=before + after, ceil=ceil)

    def pool(values, outside, join):
        return pooled(values, before, after, kernel, stride, ceil, outside, join)

    inside = pool(x * 0 + 1, 0.0, lambda e, n: e.sum(-1))
    case("avgpool", dict(attrs, count_pad=count), [x],
         [pool(x, 0.0, lambda e, n: e.sum(-1) / (n if count else inside))])
    case("l2pool", attrs, [x], [pool(x, 0.0, lambda e, n: (e * e).sum(-1).sqrt())])
    if pick(True, False):
        x = with_special(x)
    infinite = float("inf")
    case("maxpool", attrs, [x], [pool(x, -infinite, lambda e, n: e.amax(-1))])
    case("minpool", attrs, [x], [pool(x, infinite, lambda e, n: e.amin(-1))])


def with_special(x):
    """NaN and both infinities, each at a place of its own, as far as there are places."""
    x = x.clone()
    flat = x.reshape(-1)
    values = [float("nan"), float("inf"), -float("inf")]
    for at, value in zip(rng.sample(range(flat.numel()), min(3, flat.numel())), values):
        flat[at] = value
    return x


def wide_windows():
    """Sides padded alike, as PyTorch has it, ceil mode, means with and without padding."""
    rank = pick(1, 2, 2, 3)
    kernel, stride = sizes(rank, 1, 4), sizes(rank, 1, 4)
    pad, ceil, count = [rng.randint(0, k // 2) for k in kernel], pick(True, False), pick(True, False)
    x = integers(pick(1, 2), pick(1, 3, 9), *sizes(rank, 4, 9))
    attrs = dict(kernel=kernel, stride=stride, pad=pad, ceil=ceil)
    case("avgpool", dict(attrs, count_pad=count), [x],
         [avgpool(rank, x, kernel, stride, pad, ceil, count)])
    case("l2pool", attrs, [x], [l2pool(rank, x, kernel, stride, pad, ceil)])
    x = x.clone()
    if pick(True, False):
        flat = x.reshape(-1)
        flat[rng.randrange(flat.numel())] = pick(float("nan"), float("inf"), -float("inf"))
    most = {1: F.max_pool1d, 2: F.max_pool2d, 3: F.max_pool3d}[rank]
    case("maxpool", attrs, [x], [most(x, kernel, stride, pad, 1, ceil)])
    case("minpool", attrs, [x], [-most(-x, kernel, stride, pad, 1, ceil)])


def wide_elements():
    def x():
        return special(*any_shape(1)) if pick(True, False, False) else eighths(*any_shape(1))

    for op, f in (("relu", torch.relu), ("relu6", F.relu6), ("sigmoid", torch.sigmoid),
                  ("tanh", torch.tanh), ("dropout", lambda a: a)):
        a = x()
        case(op, {}, [a], [f(a)])
    a, slope = x(), pick(0.01, 0.1, 0.25, 1.5, 0.0)
    case("leaky_relu", dict(slope=slope), [a], [torch.where(a < 0, a * slope, a)])
    a, low, high = x(), pick(-2.0, -1.0, 0.0), pick(0.5, 1.0, 6.0)
    case("clip", dict(min=low, max=high), [a], [a.clamp(low, high)])
    a, factor, shift = x(), pick(0.5, 2.0, -1.0, 255.0), pick(0.0, 1.0, -0.5)
    case("scale", dict(factor=factor, shift=shift), [a], [a * factor + shift])
    a = eighths(*any_shape(1))
    axis = rng.randrange(-a.dim(), a.dim())
    case("softmax", dict(axis=axis), [a], [torch.softmax(a, axis)])


def wide_moves():
    shape = any_shape()
    axis = rng.randrange(len(shape))
    xs = [integers(*shape[:axis], rng.randint(1, 9), *shape[axis + 1:])
          for _ in range(rng.randint(1, 5))]
    case("concat", dict(axis=axis - pick(0, len(shape))), xs, [torch.cat(xs, axis)])
    x = integers(*sizes(len(shape), 1, 7))
    axis, step = rng.randrange(x.dim()), rng.randint(1, 3)
    start = rng.randrange(x.shape[axis])
    stop = rng.randint(start + 1, x.shape[axis])
    index = [slice(None)] * x.dim()
    index[axis] = slice(start, stop, step)
    case("slice", dict(axis=axis, start=start - pick(0, x.shape[axis]), stop=stop, step=step), [x],
         [x[tuple(index)]])
    rank = pick(1, 2, 2, 3)
    x, before, after = integers(pick(1, 2), pick(1, 3, 9), *sizes(rank, 1, 5)), sizes(rank, 0, 2), \
        sizes(rank, 0, 2)
    channels, value = sizes(2, 0, 3), pick(0, -1, 0.5)
    case("pad", dict(pad=before + after, channels=channels, value=value), [x],
         [F.pad(x, torch_pads(before, after) + channels, value=value)])
    x = integers(*any_shape())
    case("flatten", {}, [x], [x.flatten(1)])
    factors = [pick(1, 2, 3) for _ in range(pick(2, 3, 4))]
    x = integers(pick(1, 2), *factors)
    to = [x.shape[0]] + sorted(factors, reverse=pick(True, False))
    to[rng.randrange(len(to))] = -1
    if to[0] > 0:
        to[0] = pick(0, to[0])
    resolved = [x.shape[i] if d == 0 else d for i, d in enumerate(to)]
    case("reshape", dict(shape=to), [x], [x.reshape(resolved)])
    case("identity", {}, [x], [x])


def wide_sizes():
    """Scales that do not divide, and sizes: both kinds of ratio, in all three ways to sample."""
    rank = pick(1, 2, 2, 3)
    for mode, align in (("nearest", False), ("bilinear", False), ("bilinear", True)):
        x = eighths(pick(1, 2), pick(1, 2, 9), *sizes(rank, 2, 7))
        scales = [pick(0.5, 0.75, 1.25, 1.5, 1.7, 2.3, 2.5, 3.0) for _ in range(rank)]
        scales = pick(scales, scales[:1])
        resize_case("upsample", dict(scale=scales), x, None, mode, align,
                    scales if len(scales) == rank else scales * rank)
        size = sizes(rank, 1, 12)
        resize_case("resize", dict(size=size), x, size, mode, align)


def wide_shuffles():
    r, c, (h, w) = pick(1, 2, 2, 3, 4), rng.randint(1, 9), sizes(2, 1, 5)
    x = integers(pick(1, 2), c * r * r, h, w)
    case("pixel_shuffle", dict(factor=r), [x], [F.pixel_shuffle(x, r)])
    x = integers(pick(1, 2), c, h * r, w * r)
    case("pixel_unshuffle", dict(factor=r), [x], [F.pixel_unshuffle(x, r)])
    groups = rng.randint(1, 6)
    x = integers(pick(1, 2), groups * rng.randint(1, 9), *sizes(2, 1, 4))
    case("channel_shuffle", dict(groups=groups), [x], [torch.channel_shuffle(x, groups)])
    x = eighths(*any_shape(1))
    case("constant", dict(shape=list(x.shape)), [x], [x])


WIDE = (wide_conv, wide_dense, wide_norm, wide_pool, wide_windows, wide_sides, wide_elements,
        wide_moves, wide_sizes, wide_shuffles)


# ---- in every run --------------------------------------------------------------------------------

def special_cases():
    """NaN and both infinities in every operator that selects elements instead of computing."""
    for shape in ((2, 13), (1, 9, 4, 5), (3, 2, 7)):
        x = with_special(eighths(*shape))
        for op, attrs, f in (("relu", {}, torch.relu), ("relu6", {}, F.relu6),
                             ("clip", dict(min=-1, max=2), lambda a: a.clamp(-1, 2)),
                             ("leaky_relu", dict(slope=0.25), lambda a: F.leaky_relu(a, 0.25))):
            case(op, attrs, [x], [f(x)])
        for op, f in (("max", torch.maximum), ("min", torch.minimum)):
            other = with_special(eighths(*shape))
            case(op, {}, [x, other], [f(x, other)])
        axis = rng.randrange(len(shape))
        attrs = dict(axes=[axis], keepdims=True)
        case("reduce_max", attrs, [x], [x.amax(axis, True)])
        case("reduce_min", attrs, [x], [x.amin(axis, True)])
    for pad, ceil in ((0, False), (1, True), (1, False)):
        x = with_special(eighths(1, 9, 8, 7))
        attrs = dict(kernel=[3, 3], stride=[2, 2], pad=[pad, pad], ceil=ceil)
        case("maxpool", attrs, [x], [F.max_pool2d(x, 3, 2, pad, 1, ceil)])
        case("minpool", attrs, [x], [-F.max_pool2d(-x, 3, 2, pad, 1, ceil)])
        case("global_maxpool", {}, [x], [x.amax((2, 3), True)])
        case("global_minpool", {}, [x], [x.amin((2, 3), True)])
