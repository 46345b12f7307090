"""Writes lora.txt: LoRA on a vision transformer in plain PyTorch, apart from all Java code.

Run in this folder, with any PyTorch >= 2.0 (made with 2.13, CPU):

    python make_fixture.py > ../resources/org/peftbench/methods/lora/lora.txt

A line is "name 2x3 values row by row". Weights are drawn with two decimals, so that both sides
start from the same float32 values; what is expected is computed in float64.
"""

import math

import torch
import torch.nn.functional as F

IMAGE, PATCH, WIDTH, DEPTH, HEADS, MLP, CLASSES, EPS = 8, 4, 16, 3, 2, 24, 3, 1e-6
RANK, SCALE = 4, 2.0
LR, DECAY, STEPS = 1e-3, 0.01, 5

draws = torch.Generator().manual_seed(20210609)


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


def updates(targets):
    """A (R, D) and B (rows, R) of each target and block; B is not zero, so that it shows."""
    u = {}
    for i in range(DEPTH):
        for name in targets:
            rows = 3 * WIDTH if name == "qkv" else WIDTH
            u[f"{i}.{name}.a"] = draw(RANK, WIDTH, scale=0.4)
            u[f"{i}.{name}.b"] = draw(rows, RANK)
    return u


def norm(x, w, name):
    mean = x.mean(-1, keepdim=True)
    variance = ((x - mean) ** 2).mean(-1, keepdim=True)
    return (x - mean) / torch.sqrt(variance + EPS) * w[name + ".weight"] + w[name + ".bias"]


def attend(q, k, v):
    out = []
    for qh, kh, vh in zip(q.chunk(HEADS, -1), k.chunk(HEADS, -1), v.chunk(HEADS, -1)):
        weights = torch.softmax(qh @ kh.transpose(1, 2) / math.sqrt(qh.shape[-1]), -1)
        out.append(weights @ vh)
    return torch.cat(out, -1)


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
    batch = images.shape[0]
    patches = F.conv2d(
        images, w["patch_embed.proj.weight"], w["patch_embed.proj.bias"], stride=PATCH
    )
    patches = patches.flatten(2).transpose(1, 2)
    x = torch.cat([w["cls_token"].expand(batch, -1, -1), patches], 1) + w["pos_embed"]
    for i in range(DEPTH):
        b = f"blocks.{i}."
        h = norm(x, w, b + "norm1")
        biases = w[b + "attn.qkv.bias"].chunk(3)
        q, k, v = (h @ weight.T + bias for weight, bias in zip(merged(w, u, i), biases))
        x = x + attend(q, k, v) @ w[b + "attn.proj.weight"].T + w[b + "attn.proj.bias"]
        h = norm(x, w, b + "norm2") @ w[b + "mlp.fc1.weight"].T + w[b + "mlp.fc1.bias"]
        h = h * 0.5 * (1 + torch.erf(h / math.sqrt(2)))
        x = x + h @ w[b + "mlp.fc2.weight"].T + w[b + "mlp.fc2.bias"]
    return norm(x, w, "norm")[:, 0]


def train(name, images, labels, w, update, head):
    u = {key: value.clone().requires_grad_() for key, value in update.items()}
    h = {key: value.clone().requires_grad_() for key, value in head.items()}
    optimizer = torch.optim.AdamW([*u.values(), *h.values()], lr=LR, weight_decay=DECAY)
    losses = []
    for _ in range(STEPS):
        loss = F.cross_entropy(represent(images, w, u) @ h["weight"].T + h["bias"], labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    emit(name + ".losses", torch.stack(losses))
    emit(name + ".trained", represent(images, w, u))


def main():
    print("# Made by src/test/python/make_fixture.py.")
    w = backbone()
    head = {"weight": draw(CLASSES, WIDTH), "bias": draw(CLASSES)}
    images = draw(4, 3, IMAGE, IMAGE, scale=1.0)
    labels = torch.tensor([0, 1, 2, 1])
    for prefix, tensors in (("backbone.", w), ("head.", head)):
        for name, tensor in tensors.items():
            emit(prefix + name, tensor)
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
        train(name, images, labels, w, u, head)


main()
