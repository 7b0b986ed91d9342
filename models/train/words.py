"""Trains the words model on what make-lines.ts wrote and exports it as ONNX.

Input  `strip`              1 x 1 x 24 x w, 0 paper to 1 ink, w a multiple of 4 (agent/read/words-strip.ts)
Output `log_probabilities`  w/4 x 21, by step and class (agent/read/words-alphabet.ts), for CTC decoding
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

HEIGHT = 24
STEP = 4
CLASSES = 21
BLANK = 0


def stage(channels_in, channels_out, kernel, stride, padding):
    return nn.Sequential(
        nn.Conv2d(channels_in, channels_out, kernel, stride, padding, bias=False),
        nn.BatchNorm2d(channels_out),
        nn.ReLU(),
    )


class Along(nn.Module):
    """Looks along the line, `reach` steps to both sides."""

    def __init__(self, channels, reach):
        super().__init__()
        self.look = nn.Conv2d(channels, channels, (1, 3), padding=(0, reach), dilation=(1, reach), bias=False)
        self.norm = nn.BatchNorm2d(channels)

    def forward(self, x):
        return functional.relu(x + self.norm(self.look(x)))


class LineNet(nn.Module):
    """Strokes, then letters a step of four pixels each, then their neighbours. Convolutions alone."""

    def __init__(self, channels):
        super().__init__()
        a, b, c, d = channels
        self.body = nn.Sequential(
            stage(1, a, 5, 2, 2),
            stage(a, b, 3, 2, 1),
            stage(b, c, 3, (2, 1), 1),
            stage(c, d, (HEIGHT // 8, 3), 1, (0, 1)),
            Along(d, 1),
            Along(d, 2),
            Along(d, 4),
            Along(d, 1),
            nn.Dropout(0.1),
        )
        self.head = nn.Conv2d(d, CLASSES, 1)

    def forward(self, strips):
        """steps x n x classes, as CTC wants them"""
        return torch.log_softmax(self.head(self.body(strips)).squeeze(2).permute(2, 0, 1), dim=2)


class Shipped(nn.Module):
    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, strip):
        return self.net(strip).squeeze(1)


def load(folders, name):
    """Strips as arrays of bytes and the classes each spells."""
    strips, spellings = [], []
    for folder in folders:
        ink, begun = numpy.fromfile(f"{folder}/{name}.x", dtype=numpy.uint8), 0
        with open(f"{folder}/{name}.txt", encoding="ascii") as lines:
            for line in lines:
                width, *spelling = map(int, line.split())
                strips.append(ink[begun : begun + HEIGHT * width].reshape(HEIGHT, width))
                spellings.append(torch.tensor(spelling, dtype=torch.long))
                begun += HEIGHT * width
    return strips, spellings


def side_by_side(strips, room):
    """A batch on a common width of `room` times the widest, paper to the right."""
    width = math.ceil(max(strip.shape[1] for strip in strips) * room / STEP) * STEP
    batch = torch.zeros(len(strips), 1, HEIGHT, width)
    for i, strip in enumerate(strips):
        batch[i, 0, :, : strip.shape[1]] = torch.from_numpy(strip.copy()).float() / 255
    return batch


ROOM = 1.3


def drifting(shape, generator):
    """Noise that changes slowly over a batch of strips, about one in spread."""
    n, channels, height, width = shape
    coarse = torch.randn(n, channels, 4, width // 12 + 2, generator=generator, device=generator.device)
    return functional.interpolate(coarse, (height, width), mode="bilinear", align_corners=True) * 1.5


def augmented(strips, generator):
    """
    Every line narrower or wider, higher or lower, slanted, its strokes bent; fuller or thinner, drier here and
    there; some soft, some noisy. With widths.
    """
    device = generator.device
    batch = side_by_side(strips, ROOM).to(device)
    n, width = batch.shape[0], batch.shape[3]

    def normal(spread):
        return torch.randn(n, generator=generator, device=device) * spread

    def share(most):
        return torch.rand(n, 1, 1, 1, generator=generator, device=device) * most

    wider = torch.exp(normal(0.12)).clamp(0.75, ROOM)
    theta = torch.zeros(n, 2, 3, device=device)
    theta[:, 0, 0] = 1 / wider
    theta[:, 0, 1] = normal(0.15) * HEIGHT / width
    theta[:, 0, 2] = 1 / wider - 1  # the left edge stays
    theta[:, 1, 1] = torch.exp(normal(0.08))
    theta[:, 1, 2] = normal(0.05)
    grid = functional.affine_grid(theta, list(batch.shape), align_corners=False)
    bent = drifting((n, 2, HEIGHT, width), generator) * share(1.3)
    grid = grid + bent.permute(0, 2, 3, 1) * torch.tensor([2 / width, 2 / HEIGHT], device=device)
    batch = functional.grid_sample(batch, grid, align_corners=False)
    dry = (drifting((n, 1, HEIGHT, width), generator) - 0.5).clamp(0, 1) * share(1) * (share(1) < 0.4)
    soft = functional.avg_pool2d(batch, 3, 1, 1)
    batch = torch.where(share(1) < 0.2, soft, batch) * (1 - 0.8 * dry)
    power = torch.exp(normal(0.3)).view(n, 1, 1, 1)
    noise = torch.randn(batch.shape, generator=generator, device=device) * share(0.06)
    batch = (batch.clamp(0, 1) ** power + noise).clamp(0, 1)
    widths = torch.tensor([strip.shape[1] for strip in strips], device=device) * wider
    return batch, widths.clamp(max=width).cpu()


def batches(widths, size, generator):
    """Lines of about the same width together, in no order."""
    order = torch.randperm(len(widths), generator=generator).tolist()
    packs = []
    for i in range(0, len(order), size * 40):
        some = sorted(order[i : i + size * 40], key=lambda at: widths[at])
        packs += [some[j : j + size] for j in range(0, len(some), size)]
    return [packs[i] for i in torch.randperm(len(packs), generator=generator).tolist()]


def surprise(net, batch, widths, spellings):
    steps = (widths / STEP).floor().long()
    lengths = torch.tensor([len(spelling) for spelling in spellings])
    # Lines that spell nothing count as well: their length is taken for one.
    lost = functional.ctc_loss(
        net(batch), torch.cat(spellings).to(batch.device), steps, lengths, blank=BLANK, reduction="none", zero_infinity=True
    )
    return (lost / lengths.clamp(min=1).to(lost.device)).mean()


def train(net, strips, spellings, options):
    generator = torch.Generator().manual_seed(options.seed)
    drawing = torch.Generator(options.device).manual_seed(options.seed)
    widths = [strip.shape[1] for strip in strips]
    total = len(batches(widths, options.batch, torch.Generator())) * options.rounds
    optimiser = torch.optim.AdamW(net.parameters(), lr=options.rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, options.rate, total_steps=total, pct_start=0.2)
    average, started, step = copy.deepcopy(net), time.time(), 0
    for round_number in range(options.rounds):
        lost, seen = 0.0, 0
        for pack in batches(widths, options.batch, generator):
            batch, real = augmented([strips[i] for i in pack], drawing)
            net.train()
            loss = surprise(net, batch.contiguous(memory_format=torch.channels_last), real, [spellings[i] for i in pack])
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            schedule.step()
            step += 1
            follow(average, net, min(0.997, step / (step + 10)))
            lost, seen = lost + loss.item(), seen + 1
        print(f"round {round_number + 1}/{options.rounds} loss {lost / seen:.4f} {time.time() - started:.0f} s", flush=True)
    return average


def spelt(log_probabilities):
    """What the surest class of each step spells."""
    best = log_probabilities.argmax(1).tolist()
    return [c for i, c in enumerate(best) if c != BLANK and (i == 0 or best[i - 1] != c)]


def report(net, strips, spellings):
    """How many lines of unknown fonts are spelt exactly, before any knowledge of numbers."""
    net = net.cpu().eval()
    with torch.no_grad():
        right = sum(
            spelt(net(side_by_side([strip], 1))[:, 0]) == spelling.tolist() for strip, spelling in zip(strips, spellings)
        )
    print(f"check set: {100 * right / len(strips):.2f} % of {len(strips)} lines spelt exactly", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", default=["out/lines"], nargs="+", help="folders written by make-lines.ts")
    parser.add_argument("--check", default="out/lines", help="folder with the check set")
    parser.add_argument("--out", default="models/words.onnx")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--channels", type=int, nargs=4, default=[12, 24, 48, 72], help="of the four stages")
    parser.add_argument("--batch", type=int, default=48)
    parser.add_argument("--rate", type=float, default=0.004)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cpu")
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)

    strips, spellings = load(options.lines, "train")
    net = LineNet(options.channels).to(options.device, memory_format=torch.channels_last)
    print(f"{len(strips)} lines, {sum(p.numel() for p in net.parameters())} weights", flush=True)
    net = train(net, strips, spellings, options).eval()
    report(net, *load([options.check], "check"))
    torch.onnx.export(
        Shipped(net),
        torch.zeros(1, 1, HEIGHT, 160),
        options.out,
        opset_version=13,
        input_names=["strip"],
        output_names=["log_probabilities"],
        dynamic_axes={"strip": {3: "w"}, "log_probabilities": {0: "steps"}},
    )


if __name__ == "__main__":
    main()
