"""Trains the digit model on what make-cells.ts wrote and exports it as ONNX.

Input  `boxes`          n x 3 x 28 x 28, 0 paper to 1 ink (see agent/read/clean-box.ts)
Output `probabilities`  n x 12 in the order of BOX_CLASSES (agent/tally/evidence.ts)

The temperature that makes the probabilities mean what they say is found on the check set (hands
and fonts that are not in the training set) and is part of the exported file, as is the share of
spoilt boxes on real forms, which is far below their share in the training set.
"""

import argparse
import copy
import math
import time

import numpy
import torch
from torch import nn
from torch.nn import functional

from averaging import follow

SIDE = 28
PLANES = 3
CLASSES = 12
UNREADABLE = 11
# At most one box in thirty of real forms is struck, blotted or written over.
SPOILT_ON_FORMS = 0.03


class Residual(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.first = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.first_norm = nn.BatchNorm2d(channels)
        self.second = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.second_norm = nn.BatchNorm2d(channels)

    def forward(self, x):
        y = functional.relu(self.first_norm(self.first(x)))
        return functional.relu(x + self.second_norm(self.second(y)))


def halving(channels_in, channels_out):
    return nn.Sequential(
        nn.Conv2d(channels_in, channels_out, 3, stride=2, padding=1, bias=False),
        nn.BatchNorm2d(channels_out),
        nn.ReLU(),
    )


class BoxNet(nn.Module):
    """A small residual network; its last layer weighs every place of the picture on its own."""

    def __init__(self, first, middle, last):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(PLANES, first, 3, padding=1, bias=False),
            nn.BatchNorm2d(first),
            nn.ReLU(),
            halving(first, middle),
            Residual(middle),
            halving(middle, last),
            Residual(last),
            Residual(last),
            nn.Conv2d(last, last, 7, groups=last, bias=False),
            nn.BatchNorm2d(last),
            nn.Flatten(),
            nn.Dropout(0.3),
        )
        self.head = nn.Linear(last, CLASSES)

    def forward(self, x):
        return self.head(self.body(x))


class Shipped(nn.Module):
    """What is exported: the network, its temperature, the classes as frequent as on forms, probabilities."""

    def __init__(self, net, temperature, shift):
        super().__init__()
        self.net = net
        self.temperature = temperature
        self.register_buffer("shift", shift)

    def forward(self, boxes):
        return torch.softmax(self.net(boxes) / self.temperature + self.shift, dim=1)


def load(folder, name):
    pictures = numpy.fromfile(f"{folder}/{name}.x", dtype=numpy.uint8).reshape(-1, PLANES, SIDE, SIDE)
    labels = numpy.fromfile(f"{folder}/{name}.y", dtype=numpy.uint8).astype(numpy.int64)
    return pictures, labels


def warped(plane, generator, turn, scale, shear, shift, bend):
    """Every picture of one plane under its own small affine map, and bent softly by some pixels."""
    n = plane.shape[0]

    def normal(spread):
        return torch.randn(n, generator=generator) * spread

    angle, lean = normal(turn), normal(shear)
    sx, sy = torch.exp(normal(scale)), torch.exp(normal(scale))
    theta = torch.zeros(n, 2, 3)
    theta[:, 0, 0] = torch.cos(angle) * sx
    theta[:, 0, 1] = -torch.sin(angle) * sy + lean
    theta[:, 1, 0] = torch.sin(angle) * sx
    theta[:, 1, 1] = torch.cos(angle) * sy
    theta[:, 0, 2] = normal(shift) * 2 / SIDE
    theta[:, 1, 2] = normal(shift) * 2 / SIDE
    grid = functional.affine_grid(theta, list(plane.shape), align_corners=False)
    bends = torch.randn(n, 2, 5, 5, generator=generator) * (bend * 2 / SIDE)
    grid += functional.interpolate(bends, size=(SIDE, SIDE), mode="bilinear", align_corners=True).permute(0, 2, 3, 1)
    return functional.grid_sample(plane, grid, align_corners=False)


def another_pen(writing, generator, share):
    """Lines a little thicker, thinner or softer than they were, in the given share of the pictures."""
    n = writing.shape[0]

    def amounts(low, high):
        chosen = torch.rand(n, 1, 1, 1, generator=generator) < share
        return (low + (high - low) * torch.rand(n, 1, 1, 1, generator=generator)) * chosen

    width = amounts(-0.6, 0.8)
    thick = functional.max_pool2d(writing, 3, 1, 1) - writing
    thin = writing + functional.max_pool2d(-writing, 3, 1, 1)
    writing = writing + thick * width.clamp(min=0) + thin * width.clamp(max=0)
    return writing + (functional.avg_pool2d(writing, 3, 1, 1) - writing) * amounts(0, 0.6)


def augmented(batch, generator, options):
    writing = warped(batch[:, :1], generator, turn=0.09, scale=0.08, shear=0.12, shift=0.6, bend=0.8 * options.bend)
    lying = warped(batch[:, 1:], generator, turn=0.03, scale=0.05, shear=0.03, shift=1.2, bend=0.4 * options.bend)
    writing = another_pen(writing, generator, options.pen)
    # Pressure and blur change how full a stroke is.
    power = torch.exp(torch.randn(batch.shape[0], 1, 1, 1, generator=generator) * 0.18)
    writing = writing.clamp(0, 1) ** power
    # Now and then the writing alone must do.
    seen = (torch.rand(batch.shape[0], 1, 1, 1, generator=generator) > 0.05).float()
    return torch.cat([writing, lying * seen], dim=1)


def logits_of(net, pictures):
    net.eval()
    with torch.no_grad():
        return torch.cat(
            [net(torch.from_numpy(pictures[i : i + 1000]).float() / 255) for i in range(0, len(pictures), 1000)]
        )


def as_on_forms(labels):
    """For each class what its logit gains, and for each example its weight, where spoilt boxes are as rare as on forms."""
    share = (labels == UNREADABLE).float().mean().item()
    odds = (SPOILT_ON_FORMS / (1 - SPOILT_ON_FORMS)) / (share / (1 - share))
    shift = torch.zeros(CLASSES)
    shift[UNREADABLE] = math.log(odds)
    weights = torch.where(labels == UNREADABLE, odds, 1.0)
    return shift, weights / weights.mean()


def fitted_temperature(logits, labels, shift, weights):
    """The temperature of least surprise, by golden section on its logarithm."""
    low, high = math.log(0.3), math.log(5.0)
    golden = (math.sqrt(5) - 1) / 2

    def surprise(log_temperature):
        shifted = logits / math.exp(log_temperature) + shift
        return (functional.cross_entropy(shifted, labels, reduction="none") * weights).mean().item()

    for _ in range(40):
        a, b = high - golden * (high - low), low + golden * (high - low)
        if surprise(a) < surprise(b):
            high = b
        else:
            low = a
    return math.exp((low + high) / 2)


def train(net, pictures, labels, options):
    generator = torch.Generator().manual_seed(options.seed)
    steps_a_round = len(labels) // options.batch
    optimiser = torch.optim.AdamW(net.parameters(), lr=options.rate, weight_decay=options.decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, options.rate, total_steps=steps_a_round * options.rounds, pct_start=0.15
    )
    average = copy.deepcopy(net)
    started, step = time.time(), 0
    for round_number in range(options.rounds):
        order = torch.randperm(len(labels), generator=generator).numpy()
        lost = 0.0
        for i in range(steps_a_round):
            chosen = numpy.sort(order[i * options.batch : (i + 1) * options.batch])
            batch = augmented(torch.from_numpy(pictures[chosen]).float() / 255, generator, options)
            net.train()
            # Channels last is half again as fast on a processor.
            output = net(batch.contiguous(memory_format=torch.channels_last))
            loss = functional.cross_entropy(output, torch.from_numpy(labels[chosen]))
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            schedule.step()
            step += 1
            follow(average, net, min(0.998, step / (step + 10)))
            lost += loss.item()
            if (i + 1) % 200 == 0:
                print(f"round {round_number + 1} step {i + 1}/{steps_a_round} loss {lost / 200:.4f}", flush=True)
                lost = 0.0
    print(f"trained {step} steps in {time.time() - started:.0f} s", flush=True)
    return average


def report(probabilities, truth, weights, temperature):
    """How often the check set is read right, and whether the probabilities mean what they say."""
    surest, read = probabilities.max(1)
    right = (read == truth).float()

    def mean(values, chosen):
        return ((values * weights)[chosen].sum() / weights[chosen].sum()).item()

    everything = torch.ones_like(truth, dtype=torch.bool)
    print(f"check set: {100 * mean(right, everything):.2f} % of {len(truth)} right, temperature {temperature:.3f}")
    for low, high in ((0.0, 0.5), (0.5, 0.9), (0.9, 0.99), (0.99, 0.999), (0.999, 0.9999), (0.9999, 1.01)):
        chosen = (surest >= low) & (surest < high)
        if chosen.any():
            said, true = mean(surest, chosen), mean(right, chosen)
            print(f"  probability from {low}: {int(chosen.sum())} boxes, says {said:.5f}, right {true:.5f}")
    for box_class in range(CLASSES):
        chosen = truth == box_class
        print(f"  class {box_class}: {100 * right[chosen].mean():.2f} % of {int(chosen.sum())}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cells", default="out/cells", help="folder written by make-cells.ts")
    parser.add_argument("--out", default="models/digits.onnx")
    # Real hands are worth more than rendered ones: MNIST is seen twice a round.
    parser.add_argument("--sets", default="train,mnist,mnist", help="what is seen in a round")
    parser.add_argument("--channels", default="16,32,64", help="of the network's three scales")
    parser.add_argument("--bend", type=float, default=1.0, help="how much pictures are bent, 0 not at all")
    parser.add_argument("--pen", type=float, default=0.5, help="share of pictures written with another pen")
    parser.add_argument("--decay", type=float, default=0.1, help="of the weights")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--rate", type=float, default=0.005)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)

    sets = [load(options.cells, name) for name in options.sets.split(",")]
    pictures = numpy.concatenate([part[0] for part in sets])
    labels = numpy.concatenate([part[1] for part in sets])
    net = BoxNet(*map(int, options.channels.split(","))).to(memory_format=torch.channels_last)
    print(f"{len(labels)} examples, {sum(p.numel() for p in net.parameters())} weights", flush=True)
    net = train(net, pictures, labels, options)

    check_pictures, check_labels = load(options.cells, "check")
    logits, truth = logits_of(net, check_pictures), torch.from_numpy(check_labels)
    shift, weights = as_on_forms(truth)
    temperature = fitted_temperature(logits, truth, shift, weights)
    report(torch.softmax(logits / temperature + shift, dim=1), truth, weights, temperature)
    net.eval()
    torch.onnx.export(
        Shipped(net, temperature, shift).eval(),
        torch.zeros(1, PLANES, SIDE, SIDE),
        options.out,
        opset_version=13,
        input_names=["boxes"],
        output_names=["probabilities"],
        dynamic_axes={"boxes": {0: "n"}, "probabilities": {0: "n"}},
    )


if __name__ == "__main__":
    main()
