"""Writes fact.txt: FacT on a vision transformer in plain PyTorch, apart from all Java code.

Run in this folder:

    python fact.py > ../resources/org/peftbench/methods/fact/fact.txt
"""

import math
import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parents[4] / "harness/testkit/src/main/python"))
from small_vit import *  # noqa: E402,F403

RANK, SCALE = 3, 2.0
TILES = math.ceil(MLP / WIDTH)  # of fc1 and of fc2; the last one is cut
SHAPES = {"attn.qkv": (3, 1), "attn.proj": (1, 1), "mlp.fc1": (TILES, 1), "mlp.fc2": (1, TILES)}
OF_BLOCK = 4 + 2 * TILES


class Fact(SmallViT):
    """Every tile (D, D) of every weight has the update s V S U, with a core S (R, R) of its own."""

    def __init__(self, w, u):
        super().__init__(w)
        self.u = u

    def linear(self, x, name):
        weight = self.w[name + ".weight"]
        rows, columns = SHAPES[name.split(".", 2)[2]]
        cores = self.cores(name)
        update = torch.cat(
            [
                torch.cat(
                    [self.u["blocks.v"] @ cores[i][j] @ self.u["blocks.u"] for j in range(columns)],
                    1,
                )
                for i in range(rows)
            ],
            0,
        )
        update = update[: weight.shape[0], : weight.shape[1]]
        return x @ (weight + SCALE * update).T + self.w[name + ".bias"]


class Tt(Fact):
    def cores(self, name):
        core = self.u[name.replace("blocks.", "blocks.base.") + ".core"]
        return [row.split(RANK, 1) for row in core.split(RANK, 0)]


class Tk(Fact):
    def cores(self, name):
        """From C x_3 P, with the indices that the authors' reshapes of (R, R, n) amount to."""
        _, block, layer = name.split(".", 2)
        first = int(block) * OF_BLOCK + {
            "attn.qkv": 0,
            "attn.proj": 3,
            "mlp.fc1": 4,
            "mlp.fc2": 4 + TILES,
        }[layer]
        n = math.prod(SHAPES[layer])
        tiles = torch.einsum(
            "ijk,km->mij", self.u["blocks.c"], self.u["blocks.p"][:, first : first + n]
        )
        if layer.startswith("attn"):
            return [[tile.T] for tile in tiles]
        # Column j of tile m is column j n + m of a matrix (R, n R).
        wide = torch.stack([tiles[c % n][:, c // n] for c in range(n * RANK)], 1)
        if layer == "mlp.fc1":
            return [[part.T] for part in wide.split(RANK, 1)]
        return [wide.split(RANK, 1)]


def factors():
    return {
        "blocks.u": draw(RANK, WIDTH, scale=0.3),
        "blocks.v": draw(WIDTH, RANK, scale=0.3),
    }


def tt():
    u = factors()
    for i in range(DEPTH):
        for layer, (rows, columns) in SHAPES.items():
            u[f"blocks.base.{i}.{layer}.core"] = draw(rows * RANK, columns * RANK, scale=0.4)
    return u


def tk():
    u = factors()
    u["blocks.c"] = draw(RANK, RANK, RANK, scale=0.4)
    u["blocks.p"] = draw(RANK, DEPTH * OF_BLOCK, scale=0.6)
    return u


def main():
    print("# Made by src/test/python/fact.py.")
    w, top, images, labels = shared()
    expect("tt", lambda u: Tt(w, u).represent(images), tt(), top, labels)
    expect("tk", lambda u: Tk(w, u).represent(images), tk(), top, labels)


main()
