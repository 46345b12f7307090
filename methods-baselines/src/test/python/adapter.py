"""Writes adapter.txt: adapters behind attention and MLP in plain PyTorch, apart from all Java code.

Run in this folder:

    python adapter.py > ../resources/org/peftbench/methods/adapter/adapter.txt
"""

import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parents[4] / "harness/testkit/src/main/python"))
from small_vit import *  # noqa: E402,F403

BOTTLENECK = 4


class Adapted(SmallViT):
    """Behind every branch that has values in u stands an adapter."""

    def __init__(self, w, u):
        super().__init__(w)
        self.u = u

    def attention(self, h, i):
        return self.adapter(super().attention(h, i), f"blocks.{i}.attn")

    def mlp(self, h, i):
        return self.adapter(super().mlp(h, i), f"blocks.{i}.mlp")

    def adapter(self, h, name):
        if name + ".down.weight" not in self.u:
            return h
        t = h @ self.u[name + ".down.weight"].T + self.u[name + ".down.bias"]
        t = t * torch.sigmoid(1.702 * t)
        return h + t @ self.u[name + ".up.weight"].T + self.u[name + ".up.bias"]


def adapters(branches):
    u = {}
    for i in range(DEPTH):
        for branch in branches:
            u[f"blocks.{i}.{branch}.down.weight"] = draw(BOTTLENECK, WIDTH)
            u[f"blocks.{i}.{branch}.down.bias"] = draw(BOTTLENECK)
            u[f"blocks.{i}.{branch}.up.weight"] = draw(WIDTH, BOTTLENECK, scale=0.4)
            u[f"blocks.{i}.{branch}.up.bias"] = draw(WIDTH)
    return u


def main():
    print("# Made by src/test/python/adapter.py.")
    w, top, images, labels = shared()
    for name, branches in (("pfeiffer", ["mlp"]), ("houlsby", ["attn", "mlp"])):
        expect(name, lambda u: Adapted(w, u).represent(images), adapters(branches), top, labels)


main()
