"""Writes adapterplus.txt: Adapter+ in plain PyTorch, apart from all Java code.

Run in this folder:

    python adapterplus.py > ../resources/org/peftbench/methods/adapterplus/adapterplus.txt
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[4] / "harness/testkit/src/main/python"))
from small_vit import *  # noqa: E402,F403

BOTTLENECK = 4


class AdapterPlus(SmallViT):
    def __init__(self, w, u):
        super().__init__(w)
        self.u = u

    def block(self, x, i):
        x, u, p = super().block(x, i), self.u, f"blocks.{i}."
        hidden = gelu(x @ u[p + "down"].T + u[p + "down_bias"])
        return x + u[p + "scale"] * (hidden @ u[p + "up"].T + u[p + "up_bias"])


def adapters():
    u = {}
    for i in range(DEPTH):
        u[f"blocks.{i}.down"] = draw(BOTTLENECK, WIDTH, scale=0.4)
        u[f"blocks.{i}.down_bias"] = draw(BOTTLENECK)
        u[f"blocks.{i}.up"] = draw(WIDTH, BOTTLENECK, scale=0.4)
        u[f"blocks.{i}.up_bias"] = draw(WIDTH)
        u[f"blocks.{i}.scale"] = draw(WIDTH, mean=1)
    return u


def main():
    print("# Made by src/test/python/adapterplus.py.")
    w, top, images, labels = shared()
    expect("default", lambda u: AdapterPlus(w, u).represent(images), adapters(), top, labels)


main()
