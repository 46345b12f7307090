"""Writes ssf.txt: SSF on a vision transformer in plain PyTorch, apart from all Java code.

Run in this folder:

    python ssf.py > ../resources/org/peftbench/methods/ssf/ssf.txt
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[4] / "harness/testkit/src/main/python"))
from small_vit import *  # noqa: E402,F403


class Ssf(SmallViT):
    """Every layer as it is, then its output scaled and shifted."""

    def __init__(self, w, u):
        super().__init__(w)
        self.u = u

    def adapted(self, y, name):
        return self.u[name + ".scale"] * y + self.u[name + ".shift"]

    def patches(self, images):
        return self.adapted(super().patches(images), "patch_embed")

    def linear(self, x, name):
        return self.adapted(super().linear(x, name), name)

    def norm(self, x, name):
        return self.adapted(super().norm(x, name), name)


def values():
    widths = {"patch_embed": WIDTH, "norm": WIDTH}
    for i in range(DEPTH):
        block = f"blocks.{i}."
        widths |= {block + "norm1": WIDTH, block + "norm2": WIDTH}
        widths |= {block + "attn.qkv": 3 * WIDTH, block + "attn.proj": WIDTH}
        widths |= {block + "mlp.fc1": MLP, block + "mlp.fc2": WIDTH}
    u = {}
    for name, width in widths.items():
        u[name + ".scale"] = draw(width, mean=1)
        u[name + ".shift"] = draw(width)
    return u


def main():
    print("# Made by src/test/python/ssf.py.")
    w, top, images, labels = shared()
    expect("default", lambda u: Ssf(w, u).represent(images), values(), top, labels)


main()
