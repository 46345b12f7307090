"""Writes miet.txt and pooled.txt: MIET's equations in plain PyTorch, apart from all Java code.

Run in this folder:

    python make_fixture.py > ../resources/org/peftbench/methods/miet/miet.txt
    python make_fixture.py pooled > ../resources/org/peftbench/methods/miet/pooled.txt

The second has images of 4 x 4 patches, so that squares of 2 x 2 can be averaged.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[4] / "harness/testkit/src/main/python"))
import small_vit  # noqa: E402
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


def squares(x, side):
    """Patch tokens are means over squares of side x side of them; the class token stays."""
    if side == 1:
        return x
    b, n, d = x.shape
    grid = math.isqrt(n - 1)
    patches = x[:, 1:].transpose(1, 2).reshape(b, d, grid, grid)
    return torch.cat([x[:, :1], F.avg_pool2d(patches, side).flatten(2).transpose(1, 2)], 1)


def miet(z, w, s, gather=DEPTH, first=0, step=1, pool=1, heads=1, scale=1.0, mean=True, tokens="cls"):
    maps = z[first : gather + 1 : step]
    x = squares(sum(maps), pool)
    if mean:
        x = x / len(maps)
    for t in range(1, MODULES + 1):
        p = f"lae_{t}."
        up = attend(norm(x, s, p + "norm") @ s[p + "qkv.weight"].T, heads)
        x = x + scale * (up @ s[p + "up.weight"].T + s[p + "up.bias"])
    x = norm(x, w, "norm")
    return x[:, 0] if tokens == "cls" else x[:, 1:].mean(1)


WHOLE = {
    "default": {},
    "early": {"gather": 2},
    "two-heads": {"heads": 2, "scale": 0.5},
    "sum": {"mean": False},
    "some": {"first": 1, "step": 2},
    "late-sum": {"first": 2, "gather": 3, "mean": False},
}
POOLED = {
    "default": {"pool": 2},
    "mean-of-all": {"tokens": "mean"},
    "mean-of-squares": {"pool": 2, "tokens": "mean"},
    "sum": {"pool": 2, "first": 1, "step": 3, "mean": False},
    "one-square": {"pool": 4, "tokens": "mean", "heads": 2},
}


def main():
    print("# Made by src/test/python/make_fixture.py.")
    pooled = sys.argv[1:] == ["pooled"]
    small_vit.IMAGE = 16 if pooled else IMAGE
    variants = POOLED if pooled else WHOLE
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
    for name, options in variants.items():
        emit(name + ".representation", miet(z, w, side, **options))
    train("default", lambda s: miet(z, w, s, **variants["default"]), side, top, labels)


main()
