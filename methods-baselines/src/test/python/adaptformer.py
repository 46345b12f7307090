"""Writes adaptformer.txt: AdaptFormer on a vision transformer in plain PyTorch, apart from all Java code.

Run in this folder:

    python adaptformer.py > ../resources/org/peftbench/methods/adaptformer/adaptformer.txt
"""

import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parents[4] / "harness/testkit/src/main/python"))
from small_vit import *  # noqa: E402,F403

BOTTLENECK, SCALE = 5, 0.7


class AdaptFormer(SmallViT):
    def __init__(self, w, u):
        super().__init__(w)
        self.u = u

    def block(self, x, i):
        x = x + self.attention(self.norm(x, f"blocks.{i}.norm1"), i)
        mlp = self.mlp(self.norm(x, f"blocks.{i}.norm2"), i)
        return x + mlp + SCALE * self.bottleneck(x, f"blocks.{i}")

    def bottleneck(self, x, name):
        """of tokens that are not normalised"""
        t = x @ self.u[name + ".down.weight"].T + self.u[name + ".down.bias"]
        t = torch.where(t > 0, t, torch.zeros_like(t))
        return t @ self.u[name + ".up.weight"].T + self.u[name + ".up.bias"]


def bottlenecks():
    """The up-projection is not zero, so that it shows."""
    u = {}
    for i in range(DEPTH):
        u[f"blocks.{i}.down.weight"] = draw(BOTTLENECK, WIDTH)
        u[f"blocks.{i}.down.bias"] = draw(BOTTLENECK)
        u[f"blocks.{i}.up.weight"] = draw(WIDTH, BOTTLENECK, scale=0.4)
        u[f"blocks.{i}.up.bias"] = draw(WIDTH)
    return u


def main():
    print("# Made by src/test/python/adaptformer.py.")
    w, top, images, labels = shared()
    expect(
        "beside", lambda u: AdaptFormer(w, u).represent(images), bottlenecks(), top, labels
    )


main()
