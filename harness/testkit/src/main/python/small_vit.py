"""A small vision transformer in plain PyTorch, for the fixtures of methods, apart from all Java code.

A line of a fixture is "name 2x3 values row by row". Weights are drawn with two decimals, so that both
sides start from the same float32 values; what is expected is computed in float64. Runs with any
PyTorch >= 2.0 (made with 2.13, CPU).
"""

import math

import torch
import torch.nn.functional as F

IMAGE, PATCH, WIDTH, HEADS, MLP, CLASSES, EPS = 8, 4, 16, 2, 24, 3, 1e-6
LR, DECAY, STEPS = 1e-3, 0.01, 5

draws = torch.Generator()


def draw(*shape, mean=0.0, scale=0.2):
    values = mean + scale * torch.randn(*shape, generator=draws, dtype=torch.float64)
    return (values * 100).round() / 100


def emit(name, tensor):
    shape = "x".join(map(str, tensor.shape)) or "1"
    print(name, shape, *(f"{v:.9g}" for v in tensor.detach().double().flatten().tolist()))


def emit_all(prefix, tensors):
    for name, tensor in tensors.items():
        emit(prefix + name, tensor)


def backbone(depth):
    w = {
        "cls_token": draw(1, 1, WIDTH),
        "pos_embed": draw(1, (IMAGE // PATCH) ** 2 + 1, WIDTH),
        "patch_embed.proj.weight": draw(WIDTH, 3, PATCH, PATCH),
        "patch_embed.proj.bias": draw(WIDTH),
        "norm.weight": draw(WIDTH, mean=1),
        "norm.bias": draw(WIDTH),
    }
    for i in range(depth):
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


def head():
    return {"weight": draw(CLASSES, WIDTH), "bias": draw(CLASSES)}


def images_and_labels():
    return draw(4, 3, IMAGE, IMAGE, scale=1.0), torch.tensor([0, 1, 2, 1])


def norm(x, w, name):
    mean = x.mean(-1, keepdim=True)
    variance = ((x - mean) ** 2).mean(-1, keepdim=True)
    return (x - mean) / torch.sqrt(variance + EPS) * w[name + ".weight"] + w[name + ".bias"]


def gelu(x):
    return x * 0.5 * (1 + torch.erf(x / math.sqrt(2)))


def attend(qkv, heads):
    """(B, N, 3R) to (B, N, R): softmax(Q K^T / sqrt(R/H)) V, head by head."""
    q, k, v = qkv.chunk(3, -1)
    out = []
    for qh, kh, vh in zip(q.chunk(heads, -1), k.chunk(heads, -1), v.chunk(heads, -1)):
        weights = torch.softmax(qh @ kh.transpose(1, 2) / math.sqrt(qh.shape[-1]), -1)
        out.append(weights @ vh)
    return torch.cat(out, -1)


def plain_qkv(h, w, i):
    return h @ w[f"blocks.{i}.attn.qkv.weight"].T + w[f"blocks.{i}.attn.qkv.bias"]


def tokens_after_each_block(images, w, depth, qkv=plain_qkv):
    """z_0, ..., z_L; qkv(h, w, i) projects the normalised tokens of block i to (B, N, 3D)."""
    batch = images.shape[0]
    patches = F.conv2d(
        images, w["patch_embed.proj.weight"], w["patch_embed.proj.bias"], stride=PATCH
    )
    patches = patches.flatten(2).transpose(1, 2)
    x = torch.cat([w["cls_token"].expand(batch, -1, -1), patches], 1) + w["pos_embed"]
    z = [x]
    for i in range(depth):
        b = f"blocks.{i}."
        h = qkv(norm(x, w, b + "norm1"), w, i)
        x = x + attend(h, HEADS) @ w[b + "attn.proj.weight"].T + w[b + "attn.proj.bias"]
        h = norm(x, w, b + "norm2") @ w[b + "mlp.fc1.weight"].T + w[b + "mlp.fc1.bias"]
        x = x + gelu(h) @ w[b + "mlp.fc2.weight"].T + w[b + "mlp.fc2.bias"]
        z.append(x)
    return z


def train(name, represent, values, head, labels):
    """Five steps of AdamW on values and head; represent(values) gives (B, D)."""
    s = {key: value.clone().requires_grad_() for key, value in values.items()}
    h = {key: value.clone().requires_grad_() for key, value in head.items()}
    optimizer = torch.optim.AdamW([*s.values(), *h.values()], lr=LR, weight_decay=DECAY)
    losses = []
    for _ in range(STEPS):
        loss = F.cross_entropy(represent(s) @ h["weight"].T + h["bias"], labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    emit(name + ".losses", torch.stack(losses))
    emit(name + ".trained", represent(s))
