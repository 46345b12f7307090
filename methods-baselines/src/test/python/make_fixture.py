"""Writes lora.txt: LoRA on a vision transformer in plain PyTorch, apart from all Java code.

Run in this folder:

    python make_fixture.py > ../resources/org/peftbench/methods/lora/lora.txt
"""

import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parents[4] / "harness/testkit/src/main/python"))
from small_vit import *  # noqa: E402,F403

DEPTH, RANK, SCALE, SEED = 3, 4, 2.0, 20210609


def updates(targets):
    """A (R, D) and B (rows, R) of each target and block; B is not zero, so that it shows."""
    u = {}
    for i in range(DEPTH):
        for name in targets:
            rows = 3 * WIDTH if name == "qkv" else WIDTH
            u[f"{i}.{name}.a"] = draw(RANK, WIDTH, scale=0.4)
            u[f"{i}.{name}.b"] = draw(rows, RANK)
    return u


def merged(w, u, i):
    """The query, key and value weights of block i with the low-rank updates added in."""
    weight = w[f"blocks.{i}.attn.qkv.weight"]
    if f"{i}.qkv.a" in u:
        weight = weight + SCALE * u[f"{i}.qkv.b"] @ u[f"{i}.qkv.a"]
    q, k, v = weight.chunk(3, 0)
    if f"{i}.q.a" in u:
        q = q + SCALE * u[f"{i}.q.b"] @ u[f"{i}.q.a"]
        v = v + SCALE * u[f"{i}.v.b"] @ u[f"{i}.v.a"]
    return q, k, v


def represent(images, w, u):
    def qkv(h, w, i):
        biases = w[f"blocks.{i}.attn.qkv.bias"].chunk(3)
        return torch.cat([h @ m.T + bias for m, bias in zip(merged(w, u, i), biases)], -1)

    return norm(tokens_after_each_block(images, w, DEPTH, qkv)[-1], w, "norm")[:, 0]


def main():
    print("# Made by src/test/python/make_fixture.py.")
    draws.manual_seed(SEED)
    w, top = backbone(DEPTH), head()
    images, labels = images_and_labels()
    emit_all("backbone.", w)
    emit_all("head.", top)
    emit("images", images)
    emit("labels", labels)
    for name, targets in (("qkv", ["qkv"]), ("qv", ["q", "v"])):
        u = updates(targets)
        for i in range(DEPTH):
            for slot, target in enumerate(targets):
                for matrix in "ab":
                    key = f"{name}.blocks.{i}.attn.qkv.{matrix}_{slot}"
                    emit(key, u[f"{i}.{target}.{matrix}"])
        emit(name + ".representation", represent(images, w, u))
        train(name, lambda s: represent(images, w, s), u, top, labels)


main()
