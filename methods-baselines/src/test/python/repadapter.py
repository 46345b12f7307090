"""Writes repadapter.txt: RepAdapter on a vision transformer in plain PyTorch, apart from all Java code.

Run in this folder:

    python repadapter.py > ../resources/org/peftbench/methods/repadapter/repadapter.txt
"""

import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parents[4] / "harness/testkit/src/main/python"))
from small_vit import *  # noqa: E402,F403

BOTTLENECK, GROUPS, SCALE = 4, 2, 0.5


class RepAdapter(SmallViT):
    """Before every linear layer that has values in u stands a linear adapter."""

    def __init__(self, w, u):
        super().__init__(w)
        self.u = u

    def linear(self, x, name):
        if name + ".a_weight" in self.u:
            x = x + SCALE * self.adapter(x, name)
        return super().linear(x, name)

    def adapter(self, x, name):
        hidden = x @ self.u[name + ".a_weight"].T + self.u.get(name + ".a_bias", 0)
        blocks = self.u[name + ".b_weight"].chunk(GROUPS, 0)
        groups = [h @ b.T for h, b in zip(hidden.chunk(GROUPS, -1), blocks)]
        return torch.cat(groups, -1) + self.u.get(name + ".b_bias", 0)


def adapters(layers, bias):
    """B is not zero, so that it shows."""
    u = {}
    for i in range(DEPTH):
        for layer in layers:
            u[f"blocks.{i}.{layer}.a_weight"] = draw(BOTTLENECK, WIDTH, scale=0.4)
            u[f"blocks.{i}.{layer}.b_weight"] = draw(WIDTH, BOTTLENECK // GROUPS, scale=0.4)
            if bias:
                u[f"blocks.{i}.{layer}.a_bias"] = draw(BOTTLENECK)
                u[f"blocks.{i}.{layer}.b_bias"] = draw(WIDTH)
    return u


def main():
    print("# Made by src/test/python/repadapter.py.")
    w, top, images, labels = shared()
    both = ["attn.qkv", "mlp.fc1"]
    for name, layers, bias in (
        ("both", both, False),
        ("bias", both, True),
        ("attention", ["attn.qkv"], False),
    ):
        represent = lambda u: RepAdapter(w, u).represent(images)  # noqa: E731
        expect(name, represent, adapters(layers, bias), top, labels)


main()
