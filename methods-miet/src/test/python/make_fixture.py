"""Writes miet.txt: MIET's equations in plain PyTorch, apart from all Java code.

Run in this folder, with any PyTorch >= 2.0 (made with 2.13, CPU):

    python make_fixture.py > ../resources/org/peftbench/methods/miet/miet.txt

A line is "name 2x3 values row by row". Weights are drawn with two decimals, so that both sides
start from the same float32 values; what is expected is computed in float64.
"""

import math

import torch
import torch.nn.functional as F

IMAGE, PATCH, WIDTH, DEPTH, HEADS, MLP, CLASSES, EPS = 8, 4, 16, 4, 2, 24, 3, 1e-6
MODULES, RANK = 4, 16
LR, DECAY, STEPS = 1e-3, 0.01, 5

draws = torch.Generator().manual_seed(20240624)


def draw(*shape, mean=0.0, scale=0.2):
    values = mean + scale * torch.randn(*shape, generator=draws, dtype=torch.float64)
    return (values * 100).round() / 100


def emit(name, tensor):
    shape = "x".join(map(str, tensor.shape)) or "1"
    print(name, shape, *(f"{v:.9g}" for v in tensor.detach().double().flatten().tolist()))


def backbone():
    w = {
        "cls_token": draw(1, 1, WIDTH),
        "pos_embed": draw(1, (IMAGE // PATCH) ** 2 + 1, WIDTH),
        "patch_embed.proj.weight": draw(WIDTH, 3, PATCH, PATCH),
        "patch_embed.proj.bias": draw(WIDTH),
        "norm.weight": draw(WIDTH, mean=1),
        "norm.bias": draw(WIDTH),
    }
    for i in range(DEPTH):
        for norm in ("norm1", "norm2"):
            w[f"blocks.{i}.{norm}.weight"] = draw(WIDTH, mean=1)
            w[f"blocks.{i}.{norm}.bias"] = draw(WIDTH)
        sizes = {
            "attn.qkv": (3 * WIDTH, WIDTH),
            "attn.proj": (WIDTH, WIDTH),
            "mlp.fc1": (MLP, WIDTH),
            "mlp.fc2": (WIDTH, MLP),
        }
        for name, (rows, columns) in sizes.items():
            w[f"blocks.{i}.{name}.weight"] = draw(rows, columns)
            w[f"blocks.{i}.{name}.bias"] = draw(rows)
    return w


def norm(x, w, name):
    mean = x.mean(-1, keepdim=True)
    variance = ((x - mean) ** 2).mean(-1, keepdim=True)
    return (x - mean) / torch.sqrt(variance + EPS) * w[name + ".weight"] + w[name + ".bias"]


def attend(qkv, heads):
    """(B, N, 3R) to (B, N, R): softmax(Q K^T / sqrt(R/H)) V, head by head."""
    q, k, v = qkv.chunk(3, -1)
    out = []
    for qh, kh, vh in zip(q.chunk(heads, -1), k.chunk(heads, -1), v.chunk(heads, -1)):
        weights = torch.softmax(qh @ kh.transpose(1, 2) / math.sqrt(qh.shape[-1]), -1)
        out.append(weights @ vh)
    return torch.cat(out, -1)


def tokens_after_each_block(images, w):
    """z_0, ..., z_L of the frozen transformer."""
    batch = images.shape[0]
    patches = F.conv2d(
        images, w["patch_embed.proj.weight"], w["patch_embed.proj.bias"], stride=PATCH
    )
    patches = patches.flatten(2).transpose(1, 2)
    x = torch.cat([w["cls_token"].expand(batch, -1, -1), patches], 1) + w["pos_embed"]
    z = [x]
    for i in range(DEPTH):
        b = f"blocks.{i}."
        h = norm(x, w, b + "norm1") @ w[b + "attn.qkv.weight"].T + w[b + "attn.qkv.bias"]
        x = x + attend(h, HEADS) @ w[b + "attn.proj.weight"].T + w[b + "attn.proj.bias"]
        h = norm(x, w, b + "norm2") @ w[b + "mlp.fc1.weight"].T + w[b + "mlp.fc1.bias"]
        h = h * 0.5 * (1 + torch.erf(h / math.sqrt(2)))
        x = x + h @ w[b + "mlp.fc2.weight"].T + w[b + "mlp.fc2.bias"]
        z.append(x)
    return z


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


def train(name, z, w, side, head, labels, **options):
    s = {key: value.clone().requires_grad_() for key, value in side.items()}
    h = {key: value.clone().requires_grad_() for key, value in head.items()}
    optimizer = torch.optim.AdamW([*s.values(), *h.values()], lr=LR, weight_decay=DECAY)
    losses = []
    for _ in range(STEPS):
        logits = miet(z, w, s, **options) @ h["weight"].T + h["bias"]
        loss = F.cross_entropy(logits, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    emit(name + ".losses", torch.stack(losses))
    emit(name + ".trained", miet(z, w, s, **options))


def main():
    print("# Made by src/test/python/make_fixture.py.")
    w, side = backbone(), side_network()
    head = {"weight": draw(CLASSES, WIDTH), "bias": draw(CLASSES)}
    images = draw(4, 3, IMAGE, IMAGE, scale=1.0)
    labels = torch.tensor([0, 1, 2, 1])
    for prefix, tensors in (("backbone.", w), ("side.", side), ("head.", head)):
        for name, tensor in tensors.items():
            emit(prefix + name, tensor)
    emit("images", images)
    emit("labels", labels)

    z = tokens_after_each_block(images, w)
    variants = {
        "default": {},
        "early": {"gather": 2},
        "two-heads": {"heads": 2, "scale": 0.5},
        "sum": {"mean": False},
    }
    for name, options in variants.items():
        emit(name + ".representation", miet(z, w, side, **options))
    train("default", z, w, side, head, labels)


main()
