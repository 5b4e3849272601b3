#!/usr/bin/env python3
"""Train LeNet on Fashion-MNIST and save its weights for the network in this folder.

Needs `pip install torch safetensors numpy` and the four idx files of Fashion-MNIST, plain or
gzipped, in one folder. Debian's package dataset-fashion-mnist has them
(`dpkg -L dataset-fashion-mnist` says where):

    python3 train.py --data /usr/share/datasets/fashion-mnist

The network takes pixels divided by 255 and normalises them itself, as the .net file does, so
whoever runs the compiled model has nothing to prepare. The weights keep torch's names and
layouts. The same seed and number of threads give the same file with the same torch.
"""

import argparse
import gzip
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import nn

MEAN, STD = 0.2860, 0.3530  # of the training pixels; the .net file repeats them
HERE = Path(__file__).resolve().parent


class LeNet(nn.Module):
    """conv 20, pool, conv 50, pool, linear 500, linear 10, with both convolutions 5x5 pad 2."""

    def __init__(self, dropout=0.5):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 20, 5, padding=2)
        self.conv2 = nn.Conv2d(20, 50, 5, padding=2)
        self.fc1 = nn.Linear(2450, 500)
        self.fc2 = nn.Linear(500, 10)
        self.dropout = dropout  # acts in training only; the deployed network has none

    def forward(self, image):
        """Logits [N,10] of images [N,1,28,28] with values in [0,1]."""
        x = (image - MEAN) / STD
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = F.relu(self.fc1(x.flatten(1)))
        return self.fc2(F.dropout(x, self.dropout, self.training))


def read_idx(folder, name):
    """The bytes of one idx file as a numpy array of the shape that its header gives."""
    path = Path(folder) / name
    if path.exists():
        raw = path.read_bytes()
    else:
        raw = gzip.decompress(path.with_name(name + ".gz").read_bytes())
    rank = raw[3]
    shape = np.frombuffer(raw, ">i4", rank, offset=4)
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * rank).reshape(shape)


def load(folder, part):
    """Images f32 [N,1,28,28] in [0,1] and labels [N] of `train` or `t10k`."""
    images = read_idx(folder, f"{part}-images-idx3-ubyte").astype(np.float32) / 255
    labels = read_idx(folder, f"{part}-labels-idx1-ubyte").astype(np.int64)
    return torch.from_numpy(images).unsqueeze(1), torch.from_numpy(labels)


def augment(images, shift=2):
    """Each image mirrored with probability 1/2 and moved by up to `shift` pixels, zeros around."""
    n, _, h, w = images.shape
    flip = torch.rand(n, 1, 1, 1) < 0.5
    padded = F.pad(torch.where(flip, images.flip(3), images), (shift,) * 4)
    rows = torch.randint(0, 2 * shift + 1, (n, 1, 1)) + torch.arange(h).view(1, h, 1)
    cols = torch.randint(0, 2 * shift + 1, (n, 1, 1)) + torch.arange(w).view(1, 1, w)
    return padded[torch.arange(n).view(n, 1, 1), 0, rows, cols].unsqueeze(1)


@torch.no_grad()
def accuracy(model, images, labels):
    """Share of the images that the model classifies as labelled."""
    model.eval()
    right = sum((model(x).argmax(1) == y).sum().item()
                for x, y in zip(images.split(500), labels.split(500)))
    return right / len(labels)


def train_epoch(model, images, labels, optimiser, schedule, batch):
    """One pass over the shuffled training set; returns the mean loss."""
    model.train()
    total = 0.0
    for pick in torch.randperm(len(labels)).split(batch):
        loss = F.cross_entropy(model(augment(images[pick])), labels[pick])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        total += loss.item() * len(pick)
    return total / len(labels)


def train(model, images, labels, test, args):
    """Adam with decoupled weight decay; the rate warms up, then falls as a cosine."""
    steps = args.epochs * -(-len(labels) // args.batch)
    optimiser = torch.optim.AdamW(model.parameters(), weight_decay=args.decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, max_lr=args.rate, total_steps=steps, pct_start=0.15)
    for epoch in range(1, args.epochs + 1):
        begin = time.monotonic()
        loss = train_epoch(model, images, labels, optimiser, schedule, args.batch)
        print(f"epoch {epoch:2d}  loss {loss:.4f}  test {100 * accuracy(model, *test):.2f} %"
              f"  {time.monotonic() - begin:.0f} s", flush=True)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", required=True, metavar="DIR", help="folder with the idx files")
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--out", metavar="FILE", default=HERE / "lenet_fashion.safetensors")
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--rate", type=float, default=2e-3, help="highest learning rate")
    parser.add_argument("--decay", type=float, default=5e-2, help="weight decay")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def main():
    args = arguments()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    torch.use_deterministic_algorithms(True)
    images, labels = load(args.data, "train")
    test = load(args.data, "t10k")
    model = LeNet()
    train(model, images, labels, test, args)
    print(f"test accuracy {100 * accuracy(model, *test):.2f} %")
    save_file({k: v.contiguous() for k, v in model.state_dict().items()}, args.out)


if __name__ == "__main__":
    main()
