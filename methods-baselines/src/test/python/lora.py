"""Writes lora.txt: LoRA on a vision transformer in plain PyTorch, apart from all Java code.

Run in this folder:

    python lora.py > ../resources/org/peftbench/methods/lora/lora.txt
"""

import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parents[4] / "harness/testkit/src/main/python"))
from small_vit import *  # noqa: E402,F403

RANK, SCALE = 4, 2.0


class Lora(SmallViT):
    def __init__(self, w, u):
        super().__init__(w)
        self.u = u

    def linear(self, x, name):
        if not name.endswith(".qkv"):
            return super().linear(x, name)
        biases = self.w[name + ".bias"].chunk(3)
        return torch.cat([x @ m.T + bias for m, bias in zip(self.merged(name), biases)], -1)

    def merged(self, name):
        """The query, key and value weights with the low-rank updates added in."""
        weight, u = self.w[name + ".weight"], self.u
        if name + ".b_1" not in u:
            return (weight + SCALE * u[name + ".b_0"] @ u[name + ".a_0"]).chunk(3, 0)
        q, k, v = weight.chunk(3, 0)
        q = q + SCALE * u[name + ".b_0"] @ u[name + ".a_0"]
        v = v + SCALE * u[name + ".b_1"] @ u[name + ".a_1"]
        return q, k, v


def updates(rows):
    """A (R, D) and B (rows, R) of each target and block; B is not zero, so that it shows."""
    u = {}
    for i in range(DEPTH):
        for slot, height in enumerate(rows):
            u[f"blocks.{i}.attn.qkv.a_{slot}"] = draw(RANK, WIDTH, scale=0.4)
            u[f"blocks.{i}.attn.qkv.b_{slot}"] = draw(height, RANK)
    return u


def main():
    print("# Made by src/test/python/lora.py.")
    w, top, images, labels = shared()
    for name, rows in (("qkv", [3 * WIDTH]), ("qv", [WIDTH, WIDTH])):
        expect(name, lambda u: Lora(w, u).represent(images), updates(rows), top, labels)


main()
