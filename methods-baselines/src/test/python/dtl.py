"""Writes dtl.txt: DTL and DTL+ in plain PyTorch, apart from all Java code.

Run in this folder:

    python dtl.py > ../resources/org/peftbench/methods/dtl/dtl.txt
"""

import sys
from pathlib import Path

import torch
import torch.nn.functional as F

sys.path.insert(0, str(Path(__file__).parents[4] / "harness/testkit/src/main/python"))
from small_vit import *  # noqa: E402,F403

GRID = IMAGE // PATCH


class Dtl(SmallViT):
    def __init__(self, w, u, beta, adapted):
        super().__init__(w)
        self.u, self.beta, self.adapted = u, beta, adapted

    def blocks(self, x):
        z, h = [x], 0
        for i in range(self.depth):
            x = z[-1]
            h = h + x @ self.u[f"blocks.a_{i}"].T @ self.u[f"blocks.b_{i}"].T
            x = self.block(x, i)
            if i >= self.depth - self.adapted:
                x = x + self.fused(h * torch.sigmoid(self.beta * h))
            z.append(x)
        return z

    def fused(self, side):
        """DTL+: the patches through the convolution, which is written as a sum of shifted maps."""
        if "blocks.kernel" not in self.u:
            return side
        kernel = self.u["blocks.kernel"][:, 0]
        size = kernel.shape[-1]
        before = (size - 1) // 2
        after = size - 1 - before
        maps = side[:, 1:].unflatten(1, (GRID, GRID))
        padded = F.pad(maps, (0, 0, before, after, before, after))
        out = 0
        for i in range(size):
            for j in range(size):
                out = out + kernel[:, i, j] * padded[:, i : i + GRID, j : j + GRID]
        return torch.cat([side[:, :1], out.flatten(1, 2)], 1)


def side_network(rank, kernel=0, scale=0.2):
    u = {}
    for i in range(DEPTH):
        u[f"blocks.a_{i}"] = draw(rank, WIDTH, scale=0.4)
        u[f"blocks.b_{i}"] = draw(WIDTH, rank, scale=scale)
    if kernel:
        u["blocks.kernel"] = draw(WIDTH, 1, kernel, kernel, scale=0.4)
    return u


def main():
    print("# Made by src/test/python/dtl.py.")
    w, top, images, labels = shared()
    variants = {
        "default": (side_network(2), 100, 2),
        "gentle": (side_network(3), 1.5, 1),
        "plus-2": (side_network(2, kernel=2), 100, 2),
        "plus-3": (side_network(2, kernel=3), 100, 2),
    }
    for name, (values, beta, adapted) in variants.items():
        represent = lambda u: Dtl(w, u, beta, adapted).represent(images)  # noqa: E731
        expect(name, represent, values, top, labels)


main()
