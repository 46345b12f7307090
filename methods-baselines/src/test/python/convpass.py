"""Writes convpass.txt: convolutional bypasses of a vision transformer in plain PyTorch, apart from all Java code.

Run in this folder:

    python convpass.py > ../resources/org/peftbench/methods/convpass/convpass.txt
"""

import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parents[4] / "harness/testkit/src/main/python"))
from small_vit import *  # noqa: E402,F403

BOTTLENECK, SCALE = 4, 0.6
GRID = IMAGE // PATCH


class Convpass(SmallViT):
    """Beside every branch that has values in u runs a bypass."""

    def __init__(self, w, u):
        super().__init__(w)
        self.u = u

    def attention(self, h, i):
        return super().attention(h, i) + SCALE * self.bypass(h, f"blocks.{i}.attn")

    def mlp(self, h, i):
        return super().mlp(h, i) + SCALE * self.bypass(h, f"blocks.{i}.mlp")

    def bypass(self, h, name):
        """of normalised tokens"""
        if name + ".down.weight" not in self.u:
            return 0
        t = quick_gelu(h @ self.u[name + ".down.weight"].T + self.u[name + ".down.bias"])
        cls = self.convolve(t[:, :1], 1, name + ".conv")
        patches = self.convolve(t[:, 1:], GRID, name + ".conv")
        t = quick_gelu(torch.cat([cls, patches], 1))
        return t @ self.u[name + ".up.weight"].T + self.u[name + ".up.bias"]

    def convolve(self, tokens, side, name):
        """tokens (B, side * side, R) as an image, padded with zeros"""
        image = tokens.unflatten(1, (side, side)).permute(0, 3, 1, 2)
        image = F.conv2d(image, self.u[name + ".weight"], self.u[name + ".bias"], padding=1)
        return image.permute(0, 2, 3, 1).flatten(1, 2)


def quick_gelu(t):
    return t * torch.sigmoid(1.702 * t)


def bypasses(branches):
    """The up-projection is not zero, so that it shows."""
    u = {}
    for i in range(DEPTH):
        for branch in branches:
            u[f"blocks.{i}.{branch}.down.weight"] = draw(BOTTLENECK, WIDTH, scale=0.4)
            u[f"blocks.{i}.{branch}.down.bias"] = draw(BOTTLENECK)
            u[f"blocks.{i}.{branch}.conv.weight"] = draw(BOTTLENECK, BOTTLENECK, 3, 3)
            u[f"blocks.{i}.{branch}.conv.bias"] = draw(BOTTLENECK)
            u[f"blocks.{i}.{branch}.up.weight"] = draw(WIDTH, BOTTLENECK, scale=0.4)
            u[f"blocks.{i}.{branch}.up.bias"] = draw(WIDTH)
    return u


def main():
    print("# Made by src/test/python/convpass.py.")
    w, top, images, labels = shared()
    for name, branches in (("both", ["attn", "mlp"]), ("attention", ["attn"])):
        expect(name, lambda u: Convpass(w, u).represent(images), bypasses(branches), top, labels)


main()
