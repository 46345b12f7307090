"""A small vision transformer in plain PyTorch, for the fixtures of methods, apart from all Java code.

A line of a fixture is "name 2x3 values row by row". Weights are drawn with two decimals, so that both
sides start from the same float32 values; what is expected is computed in float64. Runs with any
PyTorch >= 2.0 (made with 2.13, CPU). Run by itself it writes the backbone that methods' fixtures share:

    python small_vit.py > ../resources/org/peftbench/testkit/small_vit.txt
"""

import math

import torch
import torch.nn.functional as F

IMAGE, PATCH, WIDTH, DEPTH, HEADS, MLP, CLASSES, EPS, SEED = 8, 4, 16, 3, 2, 24, 3, 1e-6, 20210609
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


class SmallViT:
    """A transformer of the weights w; a method overrides the step that it changes."""

    def __init__(self, w, depth=DEPTH):
        self.w, self.depth = w, depth

    def linear(self, x, name):
        return x @ self.w[name + ".weight"].T + self.w[name + ".bias"]

    def norm(self, x, name):
        return norm(x, self.w, name)

    def patches(self, images):
        weight, bias = self.w["patch_embed.proj.weight"], self.w["patch_embed.proj.bias"]
        return F.conv2d(images, weight, bias, stride=PATCH).flatten(2).transpose(1, 2)

    def embed(self, images):
        """z_0, (B, N, D)"""
        cls = self.w["cls_token"].expand(images.shape[0], -1, -1)
        return torch.cat([cls, self.patches(images)], 1) + self.w["pos_embed"]

    def attention(self, h, i):
        """of normalised tokens"""
        qkv = self.linear(h, f"blocks.{i}.attn.qkv")
        return self.linear(attend(qkv, HEADS), f"blocks.{i}.attn.proj")

    def mlp(self, h, i):
        """of normalised tokens"""
        hidden = gelu(self.linear(h, f"blocks.{i}.mlp.fc1"))
        return self.linear(hidden, f"blocks.{i}.mlp.fc2")

    def block(self, x, i):
        x = x + self.attention(self.norm(x, f"blocks.{i}.norm1"), i)
        return x + self.mlp(self.norm(x, f"blocks.{i}.norm2"), i)

    def blocks(self, x):
        """z_0 to [z_0, ..., z_L]"""
        z = [x]
        for i in range(self.depth):
            z.append(self.block(z[-1], i))
        return z

    def represent(self, images):
        """(B, D), of the class token"""
        return self.norm(self.blocks(self.embed(images))[-1], "norm")[:, 0]


def tokens_after_each_block(images, w, depth):
    """z_0, ..., z_L of the plain transformer"""
    vit = SmallViT(w, depth)
    return vit.blocks(vit.embed(images))


def shared():
    """The backbone, head, images and labels of small_vit.txt."""
    draws.manual_seed(SEED)
    return backbone(DEPTH), head(), *images_and_labels()


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


def expect(name, represent, values, head, labels):
    """All that a test compares of one variant: its values, what they give and how they train."""
    emit_all(name + ".", values)
    emit(name + ".representation", represent(values))
    train(name, represent, values, head, labels)


def main():
    print("# Made by small_vit.py.")
    w, top, images, labels = shared()
    emit_all("backbone.", w)
    emit_all("head.", top)
    emit("images", images)
    emit("labels", labels)


if __name__ == "__main__":
    main()
