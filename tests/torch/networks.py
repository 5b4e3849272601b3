"""The networks of examples/ that torchvision does not have, in PyTorch: written from the papers and
from common PyTorch versions of them, with the names that their state_dicts have there.

zoo.py compares netcc's results with theirs. Each function takes the options of its row there and
returns a module; its inputs and outputs are those of the .net file's model.
"""

import torch
from torch import nn
from torch.nn import functional as F


class Net(nn.Module):
    """Modules by name (dots make scopes) and a function that runs them."""

    def __init__(self, run, modules):
        super().__init__()
        self.run = run
        for path, module in modules.items():
            *scopes, name = path.split(".")
            at = self
            for scope in scopes:
                if scope not in at._modules:
                    at.add_module(scope, nn.Module())
                at = at._modules[scope]
            at.add_module(name, module)

    def __getitem__(self, path):
        at = self
        for name in path.split("."):
            at = at._modules[name]
        return at

    def forward(self, *inputs):
        return self.run(self, *inputs)


def cbr(c, d, k=1, s=1, groups=1, act=nn.ReLU, bias=False):
    """Convolution that keeps the size, batch normalisation, activation."""
    layers = [nn.Conv2d(c, d, k, s, k // 2, groups=groups, bias=bias), nn.BatchNorm2d(d)]
    return layers + ([act()] if act else [])


# ---- segmentation --------------------------------------------------------------------------------

def double_conv(c, d, middle=None):
    m = middle or d
    return Net(lambda net, x: net["double_conv"](x),
               {"double_conv": nn.Sequential(*cbr(c, m, 3), *cbr(m, d, 3))})


def unet(bilinear=False, width=64):
    """milesial's Pytorch-UNet."""
    w = [width << i for i in range(5)]
    half = 2 if bilinear else 1
    modules = {"inc": double_conv(3, w[0]), "outc.conv": nn.Conv2d(w[0], 2, 1)}
    for i in range(4):
        d = w[i + 1] // (half if i == 3 else 1)
        modules[f"down{i+1}.maxpool_conv"] = nn.Sequential(nn.MaxPool2d(2), double_conv(w[i], d))
    for i in range(1, 5):
        c, d = w[5 - i], w[4 - i]
        if not bilinear:
            modules[f"up{i}.up"] = nn.ConvTranspose2d(c, d, 2, 2)
        d //= half if i < 4 else 1
        modules[f"up{i}.conv"] = double_conv(c, d, c // 2 if bilinear else None)

    def run(net, x):
        skips = [net["inc"](x)]
        for i in range(1, 5):
            skips.append(net[f"down{i}.maxpool_conv"](skips[-1]))
        x = skips.pop()
        for i in range(1, 5):
            skip = skips.pop()
            x = (F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True) if bilinear
                 else net[f"up{i}.up"](x))
            dy, dx = skip.shape[2] - x.shape[2], skip.shape[3] - x.shape[3]
            x = F.pad(x, [dx // 2, dx - dx // 2, dy // 2, dy - dy // 2])
            x = net[f"up{i}.conv"](torch.cat([skip, x], 1))
        return net["outc.conv"](x)

    return Net(run, modules)


VGG16 = [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)]


def segnet():
    modules, c = {}, 3
    for i, (d, n) in enumerate(VGG16):
        for k in range(n):
            conv, bn, _ = cbr(c, d, 3, bias=True)
            modules |= {f"encoder{i+1}.conv{k+1}.conv": conv, f"encoder{i+1}.conv{k+1}.bn": bn}
            c = d
    for i in reversed(range(5)):
        for k in reversed(range(1, VGG16[i][1] + 1)):
            path = f"decoder{i+1}.conv{k}"
            if (i, k) == (0, 1):
                modules[path] = nn.Conv2d(64, 12, 3, padding=1)
                continue
            conv, bn, _ = cbr(VGG16[i][0], VGG16[i - (k == 1)][0], 3, bias=True)
            modules |= {f"{path}.conv": conv, f"{path}.bn": bn}

    def run(net, x):
        pooled = []
        for i in range(5):
            for k in range(VGG16[i][1]):
                path = f"encoder{i+1}.conv{k+1}"
                x = F.relu(net[path + ".bn"](net[path + ".conv"](x)))
            size = x.shape
            x, at = F.max_pool2d(x, 2, return_indices=True)
            pooled.append((at, size))
        for i in reversed(range(5)):
            at, size = pooled[i]
            x = F.max_unpool2d(x, at, 2, output_size=size)
            for k in reversed(range(1, VGG16[i][1] + 1)):
                path = f"decoder{i+1}.conv{k}"
                x = (net[path](x) if (i, k) == (0, 1)
                     else F.relu(net[path + ".bn"](net[path + ".conv"](x))))
        return x

    return Net(run, modules)


def deconvnet(hidden):
    modules, c = {}, 3
    down, up = [], []

    def add(path, conv, d):
        modules[path] = conv
        modules[path.rsplit(".", 1)[0] + ".bn"] = nn.BatchNorm2d(d)

    for i, (d, n) in enumerate(VGG16):
        for k in range(n):
            down.append((i, f"conv{i+1}_{k+1}.conv"))
            add(down[-1][1], nn.Conv2d(c, d, 3, padding=1), d)
            c = d
    add("fc6.conv", nn.Conv2d(512, hidden, 7), hidden)
    add("fc7.conv", nn.Conv2d(hidden, hidden, 1), hidden)
    add("fc6_deconv.deconv", nn.ConvTranspose2d(hidden, 512, 7), 512)
    for i in reversed(range(5)):
        for k in range(VGG16[i][1]):
            d = VGG16[max(i - (k == VGG16[i][1] - 1), 0)][0]
            up.append((i, f"deconv{i+1}_{k+1}.deconv"))
            add(up[-1][1], nn.ConvTranspose2d(VGG16[i][0], d, 3, padding=1), d)
    modules["score"] = nn.Conv2d(64, 21, 1)

    def layer(net, path, x):
        return F.relu(net[path.rsplit(".", 1)[0] + ".bn"](net[path](x)))

    def run(net, x):
        pooled = []
        for i in range(5):
            for path in (p for s, p in down if s == i):
                x = layer(net, path, x)
            size = x.shape
            x, at = F.max_pool2d(x, 2, return_indices=True)
            pooled.append((at, size))
        for path in ("fc6.conv", "fc7.conv", "fc6_deconv.deconv"):
            x = layer(net, path, x)
        for i in reversed(range(5)):
            x = F.max_unpool2d(x, pooled[i][0], 2, output_size=pooled[i][1])
            for path in (p for s, p in up if s == i):
                x = layer(net, path, x)
        return net["score"](x)

    return Net(run, modules)


def fcn8s(hidden, classes=21, bilinear=False):
    """wkentaro's pytorch-fcn, which follows the authors' Caffe network."""
    modules, c = {}, 3
    for i, (d, n) in enumerate(VGG16):
        for k in range(n):
            modules[f"conv{i+1}_{k+1}"] = nn.Conv2d(c, d, 3, padding=1 if i + k else 100)
            c = d
    modules |= {"fc6": nn.Conv2d(512, hidden, 7), "fc7": nn.Conv2d(hidden, hidden, 1),
                "score_fr": nn.Conv2d(hidden, classes, 1),
                "score_pool3": nn.Conv2d(256, classes, 1),
                "score_pool4": nn.Conv2d(512, classes, 1)}
    if not bilinear:
        for name, s in ("upscore2", 2), ("upscore_pool4", 2), ("upscore8", 8):
            modules[name] = nn.ConvTranspose2d(classes, classes, 2 * s, s, bias=False)

    def enlarge(net, name, x, s):
        if not bilinear:
            return net[name](x)
        x = F.interpolate(x, scale_factor=s, mode="bilinear", align_corners=False)
        return F.pad(x, [s // 2] * 4, mode="replicate")

    def crop(x, like, at):
        return x[:, :, at:at + like.shape[2], at:at + like.shape[3]]

    def run(net, image):
        x, pools = image, []
        for i in range(5):
            for k in range(VGG16[i][1]):
                x = F.relu(net[f"conv{i+1}_{k+1}"](x))
            x = F.max_pool2d(x, 2, ceil_mode=True)
            pools.append(x)
        x = net["score_fr"](F.relu(net["fc7"](F.relu(net["fc6"](x)))))
        x = enlarge(net, "upscore2", x, 2)
        x = x + crop(net["score_pool4"](pools[3]), x, 5)
        x = enlarge(net, "upscore_pool4", x, 2)
        x = x + crop(net["score_pool3"](pools[2]), x, 9)
        return crop(enlarge(net, "upscore8", x, 8), image, 31)

    return Net(run, modules)


def dilated_context(classes=21):
    rates = [1, 1, 2, 4, 8, 16, 1]
    modules = {f"layer{i+1}": nn.Conv2d(classes, classes, 3, padding=r, dilation=r)
               for i, r in enumerate(rates)}
    modules["layer8"] = nn.Conv2d(classes, classes, 1)

    def run(net, x):
        for i in range(1, 8):
            x = F.relu(net[f"layer{i}"](x))
        return net["layer8"](x)

    return Net(run, modules)


def super_resolution(factor=3):
    """PyTorch's example."""
    sizes = [(1, 64, 5), (64, 64, 3), (64, 32, 3), (32, factor * factor, 3)]

    def run(net, x):
        for i in range(1, 4):
            x = F.relu(net[f"conv{i}"](x))
        return F.pixel_shuffle(net["conv4"](x), factor)

    return Net(run, {f"conv{i+1}": nn.Conv2d(c, d, k, padding=k // 2)
                     for i, (c, d, k) in enumerate(sizes)})


# ---- classification ------------------------------------------------------------------------------

def shufflenet_v1(groups, widths):
    """The authors' PyTorch code, with the paper's shuffle."""
    blocks, c = [], 24

    def unit(c, d, s, first):
        out = d - c if s == 2 else d
        m = d // 4

        def run(net, x):
            y = net["branch_main_1"](x)
            n, ch, h, w = y.shape
            y = y.view(n, groups, ch // groups, h, w).transpose(1, 2).reshape(n, ch, h, w)
            y = net["branch_main_2"](y)
            if s == 1:
                return F.relu(x + y)
            return torch.cat([F.avg_pool2d(x, 3, 2, 1), F.relu(y)], 1)

        return Net(run, {
            "branch_main_1": nn.Sequential(*cbr(c, m, groups=1 if first else groups),
                                           *cbr(m, m, 3, s, groups=m, act=None)),
            "branch_main_2": nn.Sequential(*cbr(m, out, groups=groups, act=None))})

    for i, (d, n) in enumerate(zip(widths, (4, 8, 4))):
        for k in range(n):
            blocks.append(unit(c, d, 1 if k else 2, i + k == 0))
            c = d

    def run(net, x):
        x = F.max_pool2d(net["first_conv"](x), 3, 2, 1)
        return net["classifier"](net["features"](x).mean((2, 3)))

    return Net(run, {"first_conv": nn.Sequential(*cbr(3, 24, 3, 2)),
                     "features": nn.Sequential(*blocks),
                     "classifier": nn.Sequential(nn.Linear(c, 1000, bias=False))})


def mobilenet_v1():
    """marvis/pytorch-mobilenet."""
    table = [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)] + [(512, 1)] * 5
    table += [(1024, 2), (1024, 1)]
    layers, c = [nn.Sequential(*cbr(3, 32, 3, 2))], 32
    for d, s in table:
        layers.append(nn.Sequential(*cbr(c, c, 3, s, groups=c), *cbr(c, d)))
        c = d
    return Net(lambda net, x: net["fc"](net["model"](x).mean((2, 3))),
               {"model": nn.Sequential(*layers), "fc": nn.Linear(1024, 1000)})


def residual_stages(block, c, table):
    """layer1, layer2, …: rows of blocks, table[i] = (blocks, width, stride)."""
    stages = {}
    for i, (n, width, s) in enumerate(table):
        blocks = []
        for k in range(n):
            module, c = block(c, width, 1 if k else s)
            blocks.append(module)
        stages[f"layer{i+1}"] = nn.Sequential(*blocks)
    return stages, c


def chain(net, x, names):
    for name in names:
        x = net[name](x)
    return x


def se_resnet():
    """timm's seresnet50."""
    def block(c, w, s):
        modules = {"conv1": nn.Conv2d(c, w, 1, bias=False), "bn1": nn.BatchNorm2d(w),
                   "conv2": nn.Conv2d(w, w, 3, s, 1, bias=False), "bn2": nn.BatchNorm2d(w),
                   "conv3": nn.Conv2d(w, 4 * w, 1, bias=False), "bn3": nn.BatchNorm2d(4 * w),
                   "se.fc1": nn.Conv2d(4 * w, w // 4, 1), "se.fc2": nn.Conv2d(w // 4, 4 * w, 1)}
        if s != 1 or c != 4 * w:
            modules["downsample"] = nn.Sequential(*cbr(c, 4 * w, 1, s, act=None))

        def run(net, x):
            y = F.relu(net["bn1"](net["conv1"](x)))
            y = F.relu(net["bn2"](net["conv2"](y)))
            y = net["bn3"](net["conv3"](y))
            scale = net["se.fc2"](F.relu(net["se.fc1"](y.mean((2, 3), keepdim=True))))
            shortcut = net["downsample"](x) if "downsample" in modules else x
            return F.relu(y * scale.sigmoid() + shortcut)

        return Net(run, modules), 4 * w

    stages, _ = residual_stages(block, 64, [(3, 64, 1), (4, 128, 2), (6, 256, 2), (3, 512, 2)])

    def run(net, x):
        x = F.max_pool2d(F.relu(net["bn1"](net["conv1"](x))), 3, 2, 1)
        return net["fc"](chain(net, x, stages).mean((2, 3)))

    return Net(run, {"conv1": nn.Conv2d(3, 64, 7, 2, 3, bias=False), "bn1": nn.BatchNorm2d(64),
                     "fc": nn.Linear(2048, 1000), **stages})


def resnet20(depth):
    """akamaster/pytorch_resnet_cifar10, option A."""
    def block(c, d, s):
        def run(net, x):
            y = F.relu(net["bn1"](net["conv1"](x)))
            y = net["bn2"](net["conv2"](y))
            if s != 1:
                x = F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, d // 4, d // 4))
            return F.relu(y + x)

        return Net(run, {"conv1": nn.Conv2d(c, d, 3, s, 1, bias=False), "bn1": nn.BatchNorm2d(d),
                         "conv2": nn.Conv2d(d, d, 3, 1, 1, bias=False),
                         "bn2": nn.BatchNorm2d(d)}), d

    n = (depth - 2) // 6
    stages, _ = residual_stages(block, 16, [(n, 16, 1), (n, 32, 2), (n, 64, 2)])

    def run(net, x):
        return net["linear"](chain(net, F.relu(net["bn1"](net["conv1"](x))), stages).mean((2, 3)))

    return Net(run, {"conv1": nn.Conv2d(3, 16, 3, 1, 1, bias=False), "bn1": nn.BatchNorm2d(16),
                     "linear": nn.Linear(64, 10), **stages})


def preresnet(depth):
    """bearpaw/pytorch-classification."""
    def block(c, w, s):
        modules = {"bn1": nn.BatchNorm2d(c), "conv1": nn.Conv2d(c, w, 1, bias=False),
                   "bn2": nn.BatchNorm2d(w), "conv2": nn.Conv2d(w, w, 3, s, 1, bias=False),
                   "bn3": nn.BatchNorm2d(w), "conv3": nn.Conv2d(w, 4 * w, 1, bias=False)}
        if s != 1 or c != 4 * w:
            modules["downsample.0"] = nn.Conv2d(c, 4 * w, 1, s, bias=False)

        def run(net, x):
            y = x
            for i in (1, 2, 3):
                y = net[f"conv{i}"](F.relu(net[f"bn{i}"](y)))
            return y + (net["downsample.0"](x) if "downsample.0" in modules else x)

        return Net(run, modules), 4 * w

    n = (depth - 2) // 9
    stages, _ = residual_stages(block, 16, [(n, 16, 1), (n, 32, 2), (n, 64, 2)])

    def run(net, x):
        x = F.relu(net["bn"](chain(net, net["conv1"](x), stages)))
        return net["fc"](x.mean((2, 3)))

    return Net(run, {"conv1": nn.Conv2d(3, 16, 3, 1, 1, bias=False), "bn": nn.BatchNorm2d(256),
                     "fc": nn.Linear(256, 10), **stages})


def googlenet_paper():
    """Both auxiliary classifiers' outputs behind the main one's."""
    table = {"3a": (192, 64, 96, 128, 16, 32, 32), "3b": (256, 128, 128, 192, 32, 96, 64),
             "4a": (480, 192, 96, 208, 16, 48, 64), "4b": (512, 160, 112, 224, 24, 64, 64),
             "4c": (512, 128, 128, 256, 24, 64, 64), "4d": (512, 112, 144, 288, 32, 64, 64),
             "4e": (528, 256, 160, 320, 32, 128, 128), "5a": (832, 256, 160, 320, 32, 128, 128),
             "5b": (832, 384, 192, 384, 48, 128, 128)}
    modules = {"conv1": nn.Conv2d(3, 64, 7, 2, 3), "conv2": nn.Conv2d(64, 64, 1),
               "conv3": nn.Conv2d(64, 192, 3, padding=1), "fc": nn.Linear(1024, 1000)}
    for name, (c, a, b3, b, c5, d, e) in table.items():
        at = f"inception{name}.branch"
        modules |= {f"{at}1": nn.Conv2d(c, a, 1), f"{at}2.0": nn.Conv2d(c, b3, 1),
                    f"{at}2.1": nn.Conv2d(b3, b, 3, padding=1), f"{at}3.0": nn.Conv2d(c, c5, 1),
                    f"{at}3.1": nn.Conv2d(c5, d, 5, padding=2), f"{at}4.1": nn.Conv2d(c, e, 1)}
    for name, c in ("aux1", 512), ("aux2", 528):
        modules |= {f"{name}.conv": nn.Conv2d(c, 128, 1), f"{name}.fc1": nn.Linear(2048, 1024),
                    f"{name}.fc2": nn.Linear(1024, 1000)}

    def module(net, x, name):
        def conv(branch, x):
            return F.relu(net[f"inception{name}.branch{branch}"](x))
        return torch.cat([conv("1", x), conv("2.1", conv("2.0", x)), conv("3.1", conv("3.0", x)),
                          conv("4.1", F.max_pool2d(x, 3, 1, 1))], 1)

    def auxiliary(net, x, name):
        x = F.relu(net[f"{name}.conv"](F.avg_pool2d(x, 5, 3))).flatten(1)
        return net[f"{name}.fc2"](F.relu(net[f"{name}.fc1"](x))).softmax(1)

    def pool(x):
        return F.max_pool2d(x, 3, 2, ceil_mode=True)

    def run(net, x):
        x = F.local_response_norm(pool(F.relu(net["conv1"](x))), 5)
        x = F.relu(net["conv3"](F.relu(net["conv2"](x))))
        x = pool(F.local_response_norm(x, 5))
        x = module(net, pool(module(net, module(net, x, "3a"), "3b")), "4a")
        first = auxiliary(net, x, "aux1")
        for name in ("4b", "4c", "4d"):
            x = module(net, x, name)
        second = auxiliary(net, x, "aux2")
        x = module(net, module(net, pool(module(net, x, "4e")), "5a"), "5b")
        return net["fc"](x.mean((2, 3))).softmax(1), first, second

    return Net(run, modules)


def alexnet_original(groups=2, pool_first=False):
    modules = {"conv1": nn.Conv2d(3, 96, 11, 4),
               "conv2": nn.Conv2d(96, 256, 5, 1, 2, groups=groups),
               "conv3": nn.Conv2d(256, 384, 3, 1, 1),
               "conv4": nn.Conv2d(384, 384, 3, 1, 1, groups=groups),
               "conv5": nn.Conv2d(384, 256, 3, 1, 1, groups=groups),
               "fc6": nn.Linear(9216, 4096), "fc7": nn.Linear(4096, 4096),
               "fc8": nn.Linear(4096, 1000)}

    def norm(x):
        return F.local_response_norm(x, 5, alpha=5e-4, beta=0.75, k=2)

    def run(net, x):
        for name in ("conv1", "conv2"):
            x = F.relu(net[name](x))
            x = norm(F.max_pool2d(x, 3, 2)) if pool_first else F.max_pool2d(norm(x), 3, 2)
        for name in ("conv3", "conv4", "conv5"):
            x = F.relu(net[name](x))
        x = F.max_pool2d(x, 3, 2).flatten(1)
        return net["fc8"](F.relu(net["fc7"](F.relu(net["fc6"](x))))).softmax(1)

    return Net(run, modules)


def lenet_logistic():
    """The d2l book's."""
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.Sigmoid(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5),
        nn.Sigmoid(), nn.AvgPool2d(2), nn.Flatten(), nn.Linear(400, 120), nn.Sigmoid(),
        nn.Linear(120, 84), nn.Sigmoid(), nn.Linear(84, 10))


# ---- several heads, speech, text, video ----------------------------------------------------------

def localise():
    modules = {"features": nn.Sequential(
        nn.Conv2d(3, 64, 11, 4, 2), nn.ReLU(), nn.MaxPool2d(3, 2),
        nn.Conv2d(64, 192, 5, padding=2), nn.ReLU(), nn.MaxPool2d(3, 2),
        nn.Conv2d(192, 384, 3, padding=1), nn.ReLU(), nn.Conv2d(384, 256, 3, padding=1), nn.ReLU(),
        nn.Conv2d(256, 256, 3, padding=1), nn.ReLU(), nn.MaxPool2d(3, 2), nn.Flatten())}
    for name, outputs in ("classifier", 1000), ("regressor", 4):
        modules[name] = nn.Sequential(
            nn.Dropout(), nn.Linear(9216, 4096), nn.ReLU(), nn.Dropout(), nn.Linear(4096, 4096),
            nn.ReLU(), nn.Linear(4096, outputs))

    def run(net, x):
        x = net["features"](x)
        return net["classifier"](x), net["regressor"](x).sigmoid()

    return Net(run, modules)


def dqn():
    def same(x, k, s):
        """Rows and columns added so that ceil(size / s) remain, the odd one behind."""
        pads = []
        for n in reversed(x.shape[2:]):
            extra = max((-(-n // s) - 1) * s + k - n, 0)
            pads += [extra // 2, extra - extra // 2]
        return F.pad(x, pads)

    def run(net, x):
        x = F.relu(net["conv1"](same(x, 8, 4)))
        x = F.relu(net["conv2"](same(x, 4, 2))).flatten(1)
        return net["fc2"](F.relu(net["fc1"](x)))

    return Net(run, {"conv1": nn.Conv2d(3, 16, 8, 4), "conv2": nn.Conv2d(16, 32, 4, 2),
                     "fc1": nn.Linear(32 * 27 * 20, 256), "fc2": nn.Linear(256, 8)})


def vae():
    """PyTorch's example, its noise an input."""
    def run(net, x, noise):
        x = F.relu(net["fc1"](x))
        mean, logvar = net["fc21"](x), net["fc22"](x)
        code = mean + noise * torch.exp(0.5 * logvar)
        return net["fc4"](F.relu(net["fc3"](code))).sigmoid(), mean, logvar

    sizes = {"fc1": (784, 400), "fc21": (400, 20), "fc22": (400, 20), "fc3": (20, 400),
             "fc4": (400, 784)}
    return Net(run, {name: nn.Linear(*size) for name, size in sizes.items()})


def tdnn():
    def run(net, x):
        return net["delay2"](net["delay1"](x).sigmoid()).sigmoid().sum(2)

    return Net(run, {"delay1": nn.Conv1d(16, 8, 3), "delay2": nn.Conv1d(8, 3, 5)})


def xvector():
    table = [(24, 512, 5, 1), (512, 512, 3, 2), (512, 512, 3, 3), (512, 512, 1, 1),
             (512, 1500, 1, 1)]
    modules = {}
    for i, (c, d, k, dilation) in enumerate(table):
        modules |= {f"frame{i+1}.conv": nn.Conv1d(c, d, k, dilation=dilation),
                    f"frame{i+1}.bn": nn.BatchNorm1d(d)}
    modules |= {"segment6.linear": nn.Linear(3000, 512), "segment6.bn": nn.BatchNorm1d(512),
                "segment7.linear": nn.Linear(512, 512), "segment7.bn": nn.BatchNorm1d(512),
                "output": nn.Linear(512, 1000)}

    def run(net, x):
        for i in range(1, 6):
            x = net[f"frame{i}.bn"](F.relu(net[f"frame{i}.conv"](x)))
        x = torch.cat([x.mean(2), x.std(2, unbiased=False)], 1)
        embedding = net["segment6.linear"](x)
        x = net["segment7.linear"](net["segment6.bn"](F.relu(embedding)))
        return embedding, net["output"](net["segment7.bn"](F.relu(x)))

    return Net(run, modules)


def textcnn():
    def run(net, x):
        found = [F.relu(net[f"convs.{i}"](x)).amax(2) for i in range(3)]
        return net["fc"](torch.cat(found, 1))

    return Net(run, {"fc": nn.Linear(300, 2),
                     **{f"convs.{i}": nn.Conv1d(300, 100, k) for i, k in enumerate((3, 4, 5))}})


def c3d(hidden, features):
    """`features`: what is left for the first dense layer, of smaller clips than the paper's."""
    sizes = [("1", 3, 64), ("2", 64, 128), ("3a", 128, 256), ("3b", 256, 256), ("4a", 256, 512),
             ("4b", 512, 512), ("5a", 512, 512), ("5b", 512, 512)]
    modules = {f"conv{name}": nn.Conv3d(c, d, 3, padding=1) for name, c, d in sizes}
    modules |= {"fc6": nn.Linear(features, hidden), "fc7": nn.Linear(hidden, hidden),
                "fc8": nn.Linear(hidden, 487)}

    def run(net, x):
        for name, _, _ in sizes:
            x = F.relu(net[f"conv{name}"](x))
            if name == "1":
                x = F.max_pool3d(x, (1, 2, 2))
            elif name in ("2", "3b", "4b"):
                x = F.max_pool3d(x, 2)
        x = F.max_pool3d(x, 2, padding=(0, 1, 1)).flatten(1)
        return net["fc8"](F.relu(net["fc7"](F.relu(net["fc6"](x)))))

    return Net(run, modules)
