"""Writes losa.txt: LoSA's equations in plain PyTorch, apart from all Java code.

Run in this folder, with any PyTorch >= 2.0 (made with 2.13, CPU):

    python make_fixture.py > ../resources/org/peftbench/methods/losa/losa.txt

A line is "name 2x3 values row by row". Weights are drawn with two decimals, so that both sides
start from the same float32 values; what is expected is computed in float64.
"""

import math

import torch
import torch.nn.functional as F

IMAGE, PATCH, WIDTH, DEPTH, HEADS, MLP, CLASSES, EPS = 8, 4, 16, 4, 2, 24, 3, 1e-6
TOKENS, RANK, FRAMES = (IMAGE // PATCH) ** 2 + 1, 3, 2
LR, DECAY, STEPS = 1e-3, 0.01, 5

draws = torch.Generator().manual_seed(20240205)


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


def gelu(x):
    return x * 0.5 * (1 + torch.erf(x / math.sqrt(2)))


def projections(s, prefix, length, suffix, left):
    """Down and up along an axis of some length; from the left for tokens, from the right for channels."""
    s[prefix + "down" + suffix] = draw(RANK, length, scale=0.4)
    s[prefix + "up" + suffix] = draw(length, RANK, scale=0.4)
    if left:
        s[prefix + "down_bias"] = draw(RANK, 1)
        s[prefix + "up_bias"] = draw(length, 1)
    else:
        s[prefix + "down.bias"] = draw(RANK)
        s[prefix + "up.bias"] = draw(length)


def side_network(frames):
    s = {}
    for i in range(1, DEPTH + 1):
        projections(s, f"mixer_{i}.channel.", WIDTH, ".weight", False)
        if frames == 1:
            projections(s, f"mixer_{i}.token.space.", TOKENS, "", True)
        else:
            projections(s, f"mixer_{i}.token.space.", (TOKENS - 1) // frames, "", True)
            projections(s, f"mixer_{i}.token.time.", frames, "", True)
    return s


def channel(x, s, p, bias):
    h = x @ s[p + "down.weight"].T + (s[p + "down.bias"] if bias else 0)
    return gelu(h) @ s[p + "up.weight"].T + (s[p + "up.bias"] if bias else 0)


def along(x, s, p, bias):
    """Mixes the last axis but one, written with the axis moved to the end."""
    x = x.transpose(-1, -2)
    h = x @ s[p + "down"].T + (s[p + "down_bias"][:, 0] if bias else 0)
    y = gelu(h) @ s[p + "up"].T + (s[p + "up_bias"][:, 0] if bias else 0)
    return y.transpose(-1, -2)


def token(x, s, p, bias, frames):
    if frames == 1:
        return along(x, s, p + "space.", bias)
    out = torch.zeros_like(x)
    per_frame = (TOKENS - 1) // frames
    video = torch.stack([x[:, 1 + t * per_frame : 1 + (t + 1) * per_frame] for t in range(frames)], 1)
    space = torch.stack([along(video[:, t], s, p + "space.", bias) for t in range(frames)], 1)
    mixed = video + space
    time = torch.stack([along(mixed[:, :, n], s, p + "time.", bias) for n in range(per_frame)], 2)
    out = torch.cat([out[:, :1], (space + time).flatten(1, 2)], 1)
    return out


def losa(z, w, s, mixers="both", stride=1, frames=1, scale=1.0, bias=True, skip=True, start="last"):
    depths = [i for i in range(stride, DEPTH, stride)] + [DEPTH]
    y = {"last": z[DEPTH], "embedding": z[0], "zero": torch.zeros_like(z[0])}[start]
    for i, depth in enumerate(depths, 1):
        x = z[depth] + y
        c, t = f"mixer_{i}.channel.", f"mixer_{i}.token."
        if mixers == "channel":
            g = channel(x, s, c, bias)
        elif mixers == "token":
            g = token(x, s, t, bias, frames)
        elif skip:
            mixed = channel(x, s, c, bias)
            g = mixed + token(x + mixed, s, t, bias, frames)
        else:
            g = token(channel(x, s, c, bias), s, t, bias, frames)
        y = y + scale * g
    return norm(y, w, "norm")[:, 0]


def train(name, z, w, side, head, labels, **options):
    s = {key: value.clone().requires_grad_() for key, value in side.items()}
    h = {key: value.clone().requires_grad_() for key, value in head.items()}
    optimizer = torch.optim.AdamW([*s.values(), *h.values()], lr=LR, weight_decay=DECAY)
    losses = []
    for _ in range(STEPS):
        logits = losa(z, w, s, **options) @ h["weight"].T + h["bias"]
        loss = F.cross_entropy(logits, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    emit(name + ".losses", torch.stack(losses))
    emit(name + ".trained", losa(z, w, s, **options))


def main():
    print("# Made by src/test/python/make_fixture.py.")
    w, side, video = backbone(), side_network(1), side_network(FRAMES)
    head = {"weight": draw(CLASSES, WIDTH), "bias": draw(CLASSES)}
    images = draw(4, 3, IMAGE, IMAGE, scale=1.0)
    labels = torch.tensor([0, 1, 2, 1])
    for prefix, tensors in (("backbone.", w), ("side.", side), ("video.", video), ("head.", head)):
        for name, tensor in tensors.items():
            emit(prefix + name, tensor)
    emit("images", images)
    emit("labels", labels)

    z = tokens_after_each_block(images, w)
    variants = {
        "default": {"bias": False},
        "biased": {},
        "channel": {"mixers": "channel"},
        "token": {"mixers": "token"},
        "chained": {"skip": False, "scale": 0.5},
        "strided": {"stride": 3, "start": "embedding"},
        "zero": {"start": "zero"},
        "video": {"frames": FRAMES},
    }
    for name, options in variants.items():
        emit(name + ".representation", losa(z, w, video if name == "video" else side, **options))
    train("default", z, w, used(side, "default"), head, labels, **variants["default"])
    train("video", z, w, video, head, labels, **variants["video"])


def used(side, name):
    """Without biases; what a variant does not read must not be trained."""
    return {key: value for key, value in side.items() if "bias" not in key}


main()
