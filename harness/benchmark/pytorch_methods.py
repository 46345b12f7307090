"""The vision transformer and methods of `bench step`, in plain PyTorch.

The transformer is timm's, operation by operation (fused attention, exact GELU, LayerNorm eps 1e-6), LoRA and DoRA are
peft's forms (base(x) + B A dropout(x), and with the magnitude); the others are their equations (`bench describe`), as
their authors write them, with fused attention. What adapts a backbone is a function of it; what reads one is a module.
"""
from __future__ import annotations

import torch
import torch.nn as nn
import torch.nn.functional as F

SIZES = {"ti": (192, 12, 3), "s": (384, 12, 6), "b": (768, 12, 12), "l": (1024, 24, 16)}


class Attention(nn.Module):
    def __init__(self, width: int, heads: int):
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
    def __init__(self, width: int):
        super().__init__()
        self.fc1 = nn.Linear(width, 4 * width)
        self.fc2 = nn.Linear(4 * width, width)

    def forward(self, x):
        x = self.fc1(x)
        x = F.gelu(x)
        return self.fc2(x)


class Block(nn.Module):
    def __init__(self, width: int, heads: int):
        super().__init__()
        self.norm1 = nn.LayerNorm(width, eps=1e-6)
        self.attn = Attention(width, heads)
        self.norm2 = nn.LayerNorm(width, eps=1e-6)
        self.mlp = Mlp(width)

    def forward(self, x):
        x = x + self.attn(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class ViT(nn.Module):
    def __init__(self, backbone: str, image: int):
        """A backbone by its name in `bench list backbones`: vit-b16."""
        super().__init__()
        width, depth, heads = SIZES[backbone[4:-2]]
        patch = int(backbone[-2:])
        self.patch_embed = nn.Conv2d(3, width, patch, patch)
        self.cls_token = nn.Parameter(torch.randn(1, 1, width) * 0.02)
        self.pos_embed = nn.Parameter(torch.randn(1, (image // patch) ** 2 + 1, width) * 0.02)
        self.blocks = nn.Sequential(*[Block(width, heads) for _ in range(depth)])
        self.norm = nn.LayerNorm(width, eps=1e-6)

    @property
    def width(self) -> int:
        return self.pos_embed.shape[-1]

    @property
    def tokens(self) -> int:
        return self.pos_embed.shape[1]

    def embed(self, x):
        x = self.patch_embed(x).flatten(2).transpose(1, 2)
        return torch.cat([self.cls_token.expand(len(x), -1, -1), x], 1) + self.pos_embed

    def represent(self, tokens):
        return self.norm(tokens)[:, 0]

    def forward(self, x):
        return self.represent(self.blocks(self.embed(x)))

    @torch.no_grad()
    def maps(self, x, depths):
        """z_i (B, N, D), the tokens after the first i blocks, for each i of `depths`."""
        z = self.embed(x)
        maps = [z] if 0 in depths else []
        for i, block in enumerate(self.blocks, 1):
            z = block(z)
            if i in depths:
                maps.append(z)
        return [z.float() for z in maps]


class Lora(nn.Module):
    def __init__(self, base: nn.Linear, rank: int = 8, dropout: float = 0.1):
        super().__init__()
        self.base, self.dropout = base, dropout
        self.a = nn.Linear(base.in_features, rank, bias=False)
        self.b = nn.Linear(rank, base.out_features, bias=False)
        nn.init.zeros_(self.b.weight)

    def forward(self, x):
        return self.base(x) + self.b(self.a(F.dropout(x, self.dropout, self.training)))


def lora(vit: ViT, **options) -> None:
    for block in vit.blocks:
        block.attn.qkv = Lora(block.attn.qkv, **options)


class Dora(Lora):
    """peft's: the norm of W + B A, a constant to the gradient, divides what magnitude multiplies."""

    def __init__(self, base: nn.Linear):
        super().__init__(base)
        self.magnitude = nn.Parameter(base.weight.detach().norm(dim=1))

    def forward(self, x):
        direction = self.base.weight + (self.b.weight @ self.a.weight).detach()
        gain = self.magnitude / direction.norm(dim=1)
        updated = F.linear(x, self.base.weight) + self.b(self.a(F.dropout(x, self.dropout, self.training)))
        return gain * updated + self.base.bias


def dora(vit: ViT) -> None:
    for block in vit.blocks:
        block.attn.qkv = Dora(block.attn.qkv)


def quick_gelu(x):
    return x * torch.sigmoid(1.702 * x)


class Adapter(nn.Module):
    """A branch, and a bottleneck behind it."""

    def __init__(self, base: nn.Module, width: int, bottleneck: int = 8, dropout: float = 0.1):
        super().__init__()
        self.base, self.dropout = base, dropout
        self.down = nn.Linear(width, bottleneck)
        self.up = nn.Linear(bottleneck, width)

    def forward(self, x):
        h = self.base(x)
        return h + self.up(F.dropout(quick_gelu(self.down(h)), self.dropout, self.training))


def adapter_pfeiffer(vit: ViT) -> None:
    for block in vit.blocks:
        block.mlp = Adapter(block.mlp, vit.width)


class Bypassed(nn.Module):
    """A branch, and beside it a bottleneck with a convolution over the patches."""

    def __init__(self, base: nn.Module, width: int, bottleneck: int = 8, dropout: float = 0.1):
        super().__init__()
        self.base, self.dropout = base, dropout
        self.down = nn.Linear(width, bottleneck)
        self.conv = nn.Conv2d(bottleneck, bottleneck, 3, 1, 1)
        self.up = nn.Linear(bottleneck, width)

    def forward(self, x):
        b, n, _ = x.shape
        side = round((n - 1) ** 0.5)
        down = quick_gelu(self.down(x))
        patches = self.conv(down[:, 1:].reshape(b, side, side, -1).permute(0, 3, 1, 2))
        patches = patches.permute(0, 2, 3, 1).reshape(b, n - 1, -1)
        one = self.conv(down[:, :1].reshape(b, 1, 1, -1).permute(0, 3, 1, 2)).permute(0, 2, 3, 1).reshape(b, 1, -1)
        mixed = F.dropout(quick_gelu(torch.cat([one, patches], 1)), self.dropout, self.training)
        return self.base(x) + self.up(mixed)


def convpass(vit: ViT) -> None:
    for block in vit.blocks:
        block.attn, block.mlp = Bypassed(block.attn, vit.width), Bypassed(block.mlp, vit.width)


class ScaleShift(nn.Module):
    def __init__(self, base: nn.Module, width: int):
        super().__init__()
        self.base = base
        self.scale = nn.Parameter(1 + 0.02 * torch.randn(width))
        self.shift = nn.Parameter(0.02 * torch.randn(width))

    def forward(self, x):
        y = self.base(x)
        if y.dim() == 4:  # patches before they are tokens
            return y * self.scale.view(1, -1, 1, 1) + self.shift.view(1, -1, 1, 1)
        return y * self.scale + self.shift


def ssf(vit: ViT) -> None:
    d = vit.width
    vit.patch_embed, vit.norm = ScaleShift(vit.patch_embed, d), ScaleShift(vit.norm, d)
    for block in vit.blocks:
        block.norm1, block.norm2 = ScaleShift(block.norm1, d), ScaleShift(block.norm2, d)
        block.attn.qkv, block.attn.proj = ScaleShift(block.attn.qkv, 3 * d), ScaleShift(block.attn.proj, d)
        block.mlp.fc1, block.mlp.fc2 = ScaleShift(block.mlp.fc1, 4 * d), ScaleShift(block.mlp.fc2, d)


class Prompted(nn.Module):
    """A block that sees prompts of its own behind the class token, in place of those of the block before."""

    def __init__(self, base: nn.Module, width: int, first: bool, prompts: int = 50, dropout: float = 0.1):
        super().__init__()
        self.base, self.first, self.dropout = base, first, dropout
        self.prompts = nn.Parameter(torch.empty(1, prompts, width).uniform_(-0.08, 0.08))

    def forward(self, x):
        own = F.dropout(self.prompts.expand(len(x), -1, -1), self.dropout, self.training)
        skipped = 1 if self.first else 1 + self.prompts.shape[1]
        return self.base(torch.cat([x[:, :1], own, x[:, skipped:]], 1))


def vpt_deep(vit: ViT) -> None:
    for i, block in enumerate(vit.blocks):
        vit.blocks[i] = Prompted(block, vit.width, i == 0)


class LowRankAttention(nn.Module):
    def __init__(self, width: int, rank: int, heads: int, zero: bool):
        super().__init__()
        self.heads = heads
        self.norm = nn.LayerNorm(width, eps=1e-6)
        self.qkv = nn.Linear(width, 3 * rank, bias=False)
        self.up = nn.Linear(rank, width)
        nn.init.zeros_(self.up.bias)
        nn.init.zeros_(self.up.weight) if zero else nn.init.xavier_uniform_(self.up.weight)

    def forward(self, x):
        b, n, _ = x.shape
        q, k, v = self.qkv(self.norm(x)).reshape(b, n, 3, self.heads, -1).permute(2, 0, 3, 1, 4).unbind(0)
        return x + self.up(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(b, n, -1))


class Linear(nn.Module):
    """Reads the frozen representation, and adds nothing: its head is all that trains."""

    def __init__(self, vit: ViT):
        super().__init__()

    @torch.no_grad()
    def read(self, vit, x):
        return vit(x).float()

    def forward(self, vit, representation):
        return representation


class Last(nn.Module):
    """Low-rank attention beside the frozen backbone: after every `gap` blocks it adds what they gave."""

    def __init__(self, vit: ViT, rank: int = 10, heads: int = 1, gap: int = 3, modules: int = 5):
        super().__init__()
        depth = len(vit.blocks)
        groups = -(-depth // gap)
        self.depths = [min(i * gap, depth) for i in range(groups + 1)]
        self.groups = nn.ModuleList(
            nn.Sequential(*[LowRankAttention(vit.width, rank, heads, True) for _ in range(modules)]) for _ in range(groups))

    def read(self, vit, x):
        return vit.maps(x, self.depths)

    def forward(self, vit, maps):
        stream = maps[0]
        for group, z in zip(self.groups, maps[1:]):
            stream = group(stream + z)
        return vit.represent(stream - sum(maps[:-1]))


class Mixer(nn.Module):
    """C(X) + T(X + C(X)): a bottleneck along the channels, then one along the tokens."""

    def __init__(self, vit: ViT, rank: int):
        super().__init__()
        self.channel_down = nn.Linear(vit.width, rank, bias=False)
        self.channel_up = nn.Linear(rank, vit.width, bias=False)
        self.token_down = nn.Parameter(nn.init.xavier_uniform_(torch.empty(rank, vit.tokens)))
        self.token_up = nn.Parameter(torch.zeros(vit.tokens, rank))
        nn.init.zeros_(self.channel_up.weight)

    def forward(self, x):
        channels = self.channel_up(F.gelu(self.channel_down(x)))
        return channels + self.token_up @ F.gelu(self.token_down @ (x + channels))


class Losa(nn.Module):
    """y_0 = z_L, y_i = y_{i-1} + g_i(z_i + y_{i-1}): low-rank mixers along the maps of all blocks."""

    def __init__(self, vit: ViT, rank: int = 8):
        super().__init__()
        self.depths = range(1, len(vit.blocks) + 1)
        self.mixers = nn.ModuleList(Mixer(vit, rank) for _ in self.depths)

    def read(self, vit, x):
        return vit.maps(x, self.depths)

    def forward(self, vit, maps):
        stream = maps[-1]
        for mixer, z in zip(self.mixers, maps):
            stream = stream + mixer(z + stream)
        return vit.represent(stream)


class Miet(nn.Module):
    """Low-rank attention on one map alone: the mean of all that the blocks gave."""

    def __init__(self, vit: ViT, rank: int = 16, heads: int = 1, modules: int = 4):
        super().__init__()
        self.edge = nn.Sequential(*[LowRankAttention(vit.width, rank, heads, False) for _ in range(modules)])

    @torch.no_grad()
    def read(self, vit, x):
        z = vit.embed(x)
        total = z
        for block in vit.blocks:
            z = block(z)
            total = total + z
        return total.float() / (len(vit.blocks) + 1)

    def forward(self, vit, gathered):
        return vit.represent(self.edge(gathered))


class Lst(nn.Module):
    """A narrow transformer, whose blocks read what leaves the backbone's through a gate."""

    def __init__(self, vit: ViT, reduction: int = 8, temperature: float = 0.1):
        super().__init__()
        narrow = vit.width // reduction
        self.temperature = temperature
        self.depths = range(len(vit.blocks) + 1)
        self.first = nn.Linear(vit.width, narrow)
        self.downs = nn.ModuleList(nn.Linear(vit.width, narrow) for _ in vit.blocks)
        self.blocks = nn.ModuleList(Block(narrow, vit.blocks[0].attn.heads) for _ in vit.blocks)
        self.alphas = nn.Parameter(torch.zeros(len(vit.blocks)))
        self.norm = nn.LayerNorm(narrow, eps=1e-6)
        self.up = nn.Linear(narrow, vit.width)

    def read(self, vit, x):
        return vit.maps(x, self.depths)

    def forward(self, vit, maps):
        h = self.first(maps[0])
        for alpha, down, block, z in zip(self.alphas, self.downs, self.blocks, maps[1:]):
            gate = torch.sigmoid(alpha / self.temperature)
            h = block(gate * h + (1 - gate) * down(z))
        return self.up(self.norm(h[:, 0]))


ADAPT = {"lora": lora, "dora": dora, "adapter-pfeiffer": adapter_pfeiffer, "convpass": convpass, "ssf": ssf,
         "vpt-deep": vpt_deep}
SIDES = {"linear": Linear, "last": Last, "losa": Losa, "miet": Miet, "lst": Lst}
