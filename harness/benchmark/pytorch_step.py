#!/usr/bin/env python3
"""One training step, or one forward pass without gradients, in plain PyTorch: the peer of `bench step`.

The transformer is timm's, operation by operation (fused attention, exact GELU, LayerNorm eps 1e-6), LoRA is
peft's form (base(x) + B A dropout(x)), LAST its equation with fused attention, the optimiser torch.optim.AdamW in its fused form. Prints one JSON object
with the fields of `bench step --json`.

    python3 pytorch_step.py full|lora|last|linear|forward [--backbone vit-ti16] [--batch-size 32] [--steps 5] [--warmup 2]
"""
import argparse
import json
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

SIZES = {"ti": (192, 12, 3), "s": (384, 12, 6), "b": (768, 12, 12), "l": (1024, 24, 16)}
CLASSES = 100


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)

    def forward(self, x):
        b, n, d = x.shape
        q, k, v = self.qkv(x).reshape(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        x = F.scaled_dot_product_attention(q, k, v)
        return self.proj(x.transpose(1, 2).reshape(b, n, d))


class Mlp(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc1 = nn.Linear(width, 4 * width)
        self.fc2 = nn.Linear(4 * width, width)

    def forward(self, x):
        x = self.fc1(x)
        x = F.gelu(x)
        return self.fc2(x)


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.norm1 = nn.LayerNorm(width, eps=1e-6)
        self.attn = Attention(width, heads)
        self.norm2 = nn.LayerNorm(width, eps=1e-6)
        self.mlp = Mlp(width)

    def forward(self, x):
        x = x + self.attn(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class ViT(nn.Module):
    def __init__(self, width, depth, heads, patch, image):
        super().__init__()
        self.patch_embed = nn.Conv2d(3, width, patch, patch)
        self.cls_token = nn.Parameter(torch.randn(1, 1, width) * 0.02)
        self.pos_embed = nn.Parameter(torch.randn(1, (image // patch) ** 2 + 1, width) * 0.02)
        self.blocks = nn.Sequential(*[Block(width, heads) for _ in range(depth)])
        self.norm = nn.LayerNorm(width, eps=1e-6)

    def embed(self, x):
        x = self.patch_embed(x).flatten(2).transpose(1, 2)
        return torch.cat([self.cls_token.expand(len(x), -1, -1), x], 1) + self.pos_embed

    def represent(self, tokens):
        return self.norm(tokens)[:, 0]

    def forward(self, x):
        return self.represent(self.blocks(self.embed(x)))


class Lora(nn.Module):
    def __init__(self, base, rank=8, dropout=0.1):
        super().__init__()
        self.base, self.dropout = base, dropout
        self.a = nn.Linear(base.in_features, rank, bias=False)
        self.b = nn.Linear(rank, base.out_features, bias=False)
        nn.init.zeros_(self.b.weight)

    def forward(self, x):
        return self.base(x) + self.b(self.a(F.dropout(x, self.dropout, self.training)))


class LowRankAttention(nn.Module):
    def __init__(self, width, rank):
        super().__init__()
        self.norm = nn.LayerNorm(width, eps=1e-6)
        self.qkv = nn.Linear(width, 3 * rank, bias=False)
        self.up = nn.Linear(rank, width)
        nn.init.zeros_(self.up.weight)

    def forward(self, x):
        b, n, _ = x.shape
        q, k, v = self.qkv(self.norm(x)).reshape(b, n, 3, 1, -1).permute(2, 0, 3, 1, 4).unbind(0)
        return x + self.up(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(b, n, -1))


class Last(nn.Module):
    """Low-rank attention beside the frozen backbone: after every `gap` blocks it adds what they gave."""

    def __init__(self, vit, gap=3, modules=5, rank=10):
        super().__init__()
        self.gap = gap
        groups = -(-len(vit.blocks) // gap)
        width = vit.pos_embed.shape[-1]
        self.groups = nn.ModuleList(
            nn.Sequential(*[LowRankAttention(width, rank) for _ in range(modules)]) for _ in range(groups))

    def forward(self, vit, x):
        with torch.no_grad():
            taps = [x := vit.embed(x)]
            for i, block in enumerate(vit.blocks, 1):
                x = block(x)
                if i % self.gap == 0 or i == len(vit.blocks):
                    taps.append(x)
        stream = taps[0]
        for group, tap in zip(self.groups, taps[1:]):
            stream = group(stream + tap)
        return vit.represent(stream - sum(taps[:-1]))


def resident(field):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith(field))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("mode", choices=["full", "lora", "last", "linear", "forward"])
    parser.add_argument("--backbone", default="vit-ti16")
    parser.add_argument("--image-size", type=int, default=224)
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--steps", type=int, default=5)
    parser.add_argument("--warmup", type=int, default=2)
    args = parser.parse_args()
    size, patch = args.backbone[4:-2], int(args.backbone[-2:])
    width, depth, heads = SIZES[size]
    torch.manual_seed(0)
    vit = ViT(width, depth, heads, patch, args.image_size)
    head = nn.Linear(width, CLASSES)
    side = Last(vit) if args.mode == "last" else nn.Identity()
    if args.mode in ("lora", "last", "linear"):
        vit.requires_grad_(False)
    if args.mode == "lora":
        for block in vit.blocks:
            block.attn.qkv = Lora(block.attn.qkv)
    x = torch.rand(args.batch_size, 3, args.image_size, args.image_size)
    y = torch.zeros(args.batch_size, dtype=torch.long)
    trained = [p for p in [*vit.parameters(), *side.parameters(), *head.parameters()] if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=1e-3, weight_decay=1e-4, fused=True)

    def step():
        if args.mode == "forward":
            with torch.no_grad():
                return head(vit(x)).sum().item()
        if args.mode == "linear":
            with torch.no_grad():
                features = vit(x)
            loss = F.cross_entropy(head(features), y)
        elif args.mode == "last":
            loss = F.cross_entropy(head(side(vit, x)), y)
        else:
            loss = F.cross_entropy(head(vit(x)), y)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        return loss.item()

    with open("/proc/self/clear_refs", "w") as refs:
        refs.write("5")  # resets the peak of the resident set
    before = resident("VmHWM")
    seconds = []
    for i in range(-args.warmup, args.steps):
        began = time.perf_counter()
        step()
        if i >= 0:
            seconds.append(time.perf_counter() - began)
    print(json.dumps({"seconds": seconds, "residentBytes": before, "peakBytes": resident("VmHWM"),
                      "version": torch.__version__, "threads": torch.get_num_threads()}))


if __name__ == "__main__":
    main()
