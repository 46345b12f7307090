"""Writes dora.txt: DoRA on a vision transformer in plain PyTorch, apart from all Java code.

Run in this folder:

    python dora.py > ../resources/org/peftbench/methods/dora/dora.txt
"""

import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parents[4] / "harness/testkit/src/main/python"))
from small_vit import *  # noqa: E402,F403

RANK, SCALE = 4, 2.0


class Dora(SmallViT):
    def __init__(self, w, u):
        super().__init__(w)
        self.u = u

    def linear(self, x, name):
        if not name.endswith(".qkv"):
            return super().linear(x, name)
        u = self.u
        direction = self.w[name + ".weight"] + SCALE * u[name + ".b"] @ u[name + ".a"]
        length = torch.sqrt((direction**2).sum(1, keepdim=True)).detach()
        weight = u[name + ".magnitude"][:, None] * direction / length
        return x @ weight.T + self.w[name + ".bias"]


def values():
    """A (R, D), B (3D, R) and m (3D), none of them as they begin."""
    u = {}
    for i in range(DEPTH):
        name = f"blocks.{i}.attn.qkv."
        u[name + "a"] = draw(RANK, WIDTH, scale=0.4)
        u[name + "b"] = draw(3 * WIDTH, RANK)
        u[name + "magnitude"] = draw(3 * WIDTH, mean=1)
    return u


def main():
    print("# Made by src/test/python/dora.py.")
    w, top, images, labels = shared()
    expect("default", lambda u: Dora(w, u).represent(images), values(), top, labels)


main()
