"""Writes lst.txt: ladder side-tuning in plain PyTorch, apart from all Java code.

Run in this folder:

    python lst.py > ../resources/org/peftbench/methods/lst/lst.txt
"""

import math
import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parents[4] / "harness/testkit/src/main/python"))
from small_vit import *  # noqa: E402,F403


def linear(x, s, name):
    return x @ s[name + ".weight"].T + s[name + ".bias"]


def side_block(x, s, p, heads):
    mixed = attend(linear(norm(x, s, p + ".norm1"), s, p + ".attn.qkv"), heads)
    x = x + linear(mixed, s, p + ".attn.proj")
    hidden = gelu(linear(norm(x, s, p + ".norm2"), s, p + ".mlp.fc1"))
    return x + linear(hidden, s, p + ".mlp.fc2")


def ladder(z, s, temperature, heads):
    h = linear(z[0], s, "first")
    for i in range(1, DEPTH + 1):
        gate = torch.sigmoid(s[f"alpha_{i}"] / temperature)
        h = gate * h + (1 - gate) * linear(z[i], s, f"down_{i}")
        h = side_block(h, s, f"block_{i}", heads)
    return linear(norm(h, s, "readout.norm"), s, "readout.up")[:, 0]


def draw_linear(s, name, rows, columns):
    s[name + ".weight"] = draw(rows, columns, scale=0.4)
    s[name + ".bias"] = draw(rows)


def draw_norm(s, name, width):
    s[name + ".weight"] = draw(width, mean=1)
    s[name + ".bias"] = draw(width)


def side_network(reduction):
    s, width, hidden = {}, WIDTH // reduction, math.ceil(MLP / reduction)
    draw_linear(s, "first", width, WIDTH)
    for i in range(1, DEPTH + 1):
        draw_linear(s, f"down_{i}", width, WIDTH)
        s[f"alpha_{i}"] = draw(1)
        draw_norm(s, f"block_{i}.norm1", width)
        draw_linear(s, f"block_{i}.attn.qkv", 3 * width, width)
        draw_linear(s, f"block_{i}.attn.proj", width, width)
        draw_norm(s, f"block_{i}.norm2", width)
        draw_linear(s, f"block_{i}.mlp.fc1", hidden, width)
        draw_linear(s, f"block_{i}.mlp.fc2", width, hidden)
    draw_norm(s, "readout.norm", width)
    draw_linear(s, "readout.up", WIDTH, width)
    return s


def main():
    print("# Made by src/test/python/lst.py.")
    w, top, images, labels = shared()
    z = tokens_after_each_block(images, w, DEPTH)
    for name, reduction, temperature in (("half", 2, 0.1), ("quarter", 4, 0.5)):
        heads = math.gcd(HEADS, WIDTH // reduction)
        side = side_network(reduction)
        expect(name, lambda s: ladder(z, s, temperature, heads), side, top, labels)


main()
