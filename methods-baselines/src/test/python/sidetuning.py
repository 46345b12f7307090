"""Writes sidetuning.txt: side-tuning in plain PyTorch, apart from all Java code.

Run in this folder:

    python sidetuning.py > ../resources/org/peftbench/methods/sidetuning/sidetuning.txt
"""

import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parents[4] / "harness/testkit/src/main/python"))
from small_vit import *  # noqa: E402,F403

NARROW, HIDDEN, BLOCKS = WIDTH // 2, MLP // 2, 2


def linear(x, s, name):
    return x @ s[name + ".weight"].T + s[name + ".bias"]


def side_block(x, s, p):
    mixed = attend(linear(norm(x, s, p + ".norm1"), s, p + ".attn.qkv"), HEADS)
    x = x + linear(mixed, s, p + ".attn.proj")
    hidden = gelu(linear(norm(x, s, p + ".norm2"), s, p + ".mlp.fc1"))
    return x + linear(hidden, s, p + ".mlp.fc2")


def side(embedded, s):
    h = linear(embedded, s, "down")
    for i in range(1, BLOCKS + 1):
        h = side_block(h, s, f"block_{i}")
    return norm(h, s, "readout.norm")[:, 0] @ s["readout.up.weight"].T


def draw_linear(s, name, rows, columns):
    s[name + ".weight"] = draw(rows, columns, scale=0.4)
    s[name + ".bias"] = draw(rows)


def draw_norm(s, name):
    s[name + ".weight"] = draw(NARROW, mean=1)
    s[name + ".bias"] = draw(NARROW)


def side_network():
    s = {"alpha": draw(1, scale=1.0)}
    draw_linear(s, "down", NARROW, WIDTH)
    for i in range(1, BLOCKS + 1):
        draw_norm(s, f"block_{i}.norm1")
        draw_linear(s, f"block_{i}.attn.qkv", 3 * NARROW, NARROW)
        draw_linear(s, f"block_{i}.attn.proj", NARROW, NARROW)
        draw_norm(s, f"block_{i}.norm2")
        draw_linear(s, f"block_{i}.mlp.fc1", HIDDEN, NARROW)
        draw_linear(s, f"block_{i}.mlp.fc2", NARROW, HIDDEN)
    draw_norm(s, "readout.norm")
    s["readout.up.weight"] = draw(WIDTH, NARROW, scale=0.4)
    return s


def main():
    print("# Made by src/test/python/sidetuning.py.")
    w, top, images, labels = shared()
    vit = SmallViT(w)
    embedded, frozen = vit.embed(images), vit.represent(images)

    def blend(s):
        a = torch.sigmoid(s["alpha"])
        return a * frozen + (1 - a) * side(embedded, s)

    expect("half", blend, side_network(), top, labels)


main()
