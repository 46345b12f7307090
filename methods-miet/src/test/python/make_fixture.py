"""Writes miet.txt: MIET's equations in plain PyTorch, apart from all Java code.

Run in this folder:

    python make_fixture.py > ../resources/org/peftbench/methods/miet/miet.txt
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[4] / "harness/testkit/src/main/python"))
from small_vit import *  # noqa: E402,F403

DEPTH, MODULES, RANK, SEED = 4, 4, 16, 20240624


def side_network():
    s = {}
    for t in range(1, MODULES + 1):
        p = f"lae_{t}."
        s[p + "norm.weight"] = draw(WIDTH, mean=1)
        s[p + "norm.bias"] = draw(WIDTH)
        s[p + "qkv.weight"] = draw(3 * RANK, WIDTH, scale=0.4)
        s[p + "up.weight"] = draw(WIDTH, RANK, scale=0.4)
        s[p + "up.bias"] = draw(WIDTH)
    return s


def miet(z, w, s, gather=DEPTH, heads=1, scale=1.0, mean=True):
    x = sum(z[: gather + 1])
    if mean:
        x = x / (gather + 1)
    for t in range(1, MODULES + 1):
        p = f"lae_{t}."
        up = attend(norm(x, s, p + "norm") @ s[p + "qkv.weight"].T, heads)
        x = x + scale * (up @ s[p + "up.weight"].T + s[p + "up.bias"])
    return norm(x, w, "norm")[:, 0]


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
        "early": {"gather": 2},
        "two-heads": {"heads": 2, "scale": 0.5},
        "sum": {"mean": False},
    }
    for name, options in variants.items():
        emit(name + ".representation", miet(z, w, side, **options))
    train("default", lambda s: miet(z, w, s), side, top, labels)


main()
