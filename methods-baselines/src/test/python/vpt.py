"""Writes vpt.txt: prompts in a vision transformer in plain PyTorch, apart from all Java code.

Run in this folder:

    python vpt.py > ../resources/org/peftbench/methods/vpt/vpt.txt
"""

import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parents[4] / "harness/testkit/src/main/python"))
from small_vit import *  # noqa: E402,F403

PROMPTS = 2


class Vpt(SmallViT):
    """Tokens are the class token, then the prompts, then the patches, up to the representation."""

    def __init__(self, w, u):
        super().__init__(w)
        self.u = u

    def blocks(self, x):
        patches = x[:, 1:]
        cls = x[:, :1]
        prompts = None
        for i in range(self.depth):
            key = "blocks.prompts" if "blocks.prompts" in self.u else f"blocks.{i}.prompts"
            if i == 0 or key != "blocks.prompts":
                prompts = torch.stack([self.u[key]] * len(x))
            tokens = self.block(torch.cat([cls, prompts, patches], 1), i)
            cls, prompts, patches = tokens.split([1, PROMPTS, patches.shape[1]], 1)
        return [torch.cat([cls, patches], 1)]


def main():
    print("# Made by src/test/python/vpt.py.")
    w, top, images, labels = shared()
    shallow = {"blocks.prompts": draw(PROMPTS, WIDTH, scale=1.0)}
    deep = {f"blocks.{i}.prompts": draw(PROMPTS, WIDTH, scale=1.0) for i in range(DEPTH)}
    for name, values in (("shallow", shallow), ("deep", deep)):
        expect(name, lambda u: Vpt(w, u).represent(images), values, top, labels)


main()
