"""The networks that tests/bench/ measures, by name: file of examples/ and its -D options."""

EXAMPLES = {
    "lenet": ("lenet", ""),
    "alexnet": ("alexnet", ""),
    "vgg11": ("vgg", "depth=11"),
    "vgg16": ("vgg16", ""),
    "nin": ("nin", ""),
    "squeezenet1_0": ("squeezenet1_0", ""),
    "squeezenet1_1": ("squeezenet1_1", ""),
    "googlenet": ("googlenet", ""),
    "googlenet_torchvision": ("googlenet_torchvision", ""),
    "inception_v3": ("inception_v3", ""),
    "resnet18": ("resnet", ""),
    "resnet50": ("resnet", "depth=50"),
    "resnext50_32x4d": ("resnet", "depth=50 groups=32 base=4"),
    "se_resnet50": ("se_resnet", ""),
    "resnet20": ("resnet20", ""),
    "preresnet": ("preresnet", ""),
    "densenet121": ("densenet", ""),
    "mobilenet_v1": ("mobilenet_v1", ""),
    "mobilenet_v2": ("mobilenet_v2", ""),
    "mobilenet_v3_small": ("mobilenet_v3", "large=false"),
    "mobilenet_v3_large": ("mobilenet_v3", ""),
    "shufflenet_v2_x1_0": ("shufflenet_v2", ""),
    "efficientnet_lite0": ("efficientnet_lite0", ""),
}


def words(defines):
    """"depth=50 groups=32" as arguments of netcc."""
    return [word for define in defines.split() for word in ("-D", define)]
