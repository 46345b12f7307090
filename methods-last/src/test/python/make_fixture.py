"""Writes last.txt: LAST's equations in plain PyTorch, apart from all Java code.

Run in this folder:

    python make_fixture.py > ../resources/org/peftbench/methods/last/last.txt
"""

import math
import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parents[4] / "harness/testkit/src/main/python"))
from small_vit import *  # noqa: E402,F403

DEPTH, GAP, MODULES, RANK, SEED = 4, 3, 5, 10, 20240209


def side_network():
    s = {}
    for i in range(1, math.ceil(DEPTH / GAP) + 1):
        for t in range(1, MODULES + 1):
            p = f"lsa_{i}_{t}."
            s[p + "norm.weight"] = draw(WIDTH, mean=1)
            s[p + "norm.bias"] = draw(WIDTH)
            s[p + "qkv.weight"] = draw(3 * RANK, WIDTH, scale=0.4)
            s[p + "up.weight"] = draw(WIDTH, RANK, scale=0.4)
            s[p + "up.bias"] = draw(WIDTH)
    return s


def last(z, w, s, start="embedding", correction=True, heads=1, scale=1.0, bias=True):
    m = math.ceil(DEPTH / GAP)
    group = [z[min(i * GAP, DEPTH)] for i in range(m + 1)]  # z_0, z_1, ..., z_m of the paper
    u = group[0] if start == "embedding" else torch.zeros_like(group[0])
    for i in range(1, m + 1):
        x = u + group[i if start == "embedding" else i - 1]
        for t in range(1, MODULES + 1):
            p = f"lsa_{i}_{t}."
            up = attend(norm(x, s, p + "norm") @ s[p + "qkv.weight"].T, heads)
            up = up @ s[p + "up.weight"].T + (s[p + "up.bias"] if bias else 0)
            x = x + scale * up
        u = x
    if correction:
        u = u - sum(group[:m])
    return norm(u, w, "norm")[:, 0]


def main():
    print("# Made by src/test/python/make_fixture.py.")
    draws.manual_seed(SEED)
    w = backbone(DEPTH)
    side = side_network()
    top = head()
    images, labels = images_and_labels()
    emit_all("backbone.", w)
    emit_all("side.", side)
    emit_all("head.", top)
    emit("images", images)
    emit("labels", labels)

    z = tokens_after_each_block(images, w, DEPTH)
    variants = {
        "default": {},
        "zero": {"start": "zero"},
        "uncorrected": {"correction": False},
        "two-heads": {"heads": 2},
        "scaled": {"scale": 0.5, "bias": False},
    }
    for name, options in variants.items():
        emit(name + ".representation", last(z, w, side, **options))
    for name in ("default", "zero"):
        train(name, lambda s: last(z, w, s, **variants[name]), side, top, labels)


main()
