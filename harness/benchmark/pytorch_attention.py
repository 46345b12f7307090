#!/usr/bin/env python3
"""Which kernel PyTorch takes for attention over 197 tokens, what it keeps for the backward pass, and how long both take.

    python3 pytorch_attention.py [--device cpu|cuda] [--batch-size 64]

Prints one JSON object a case. Head dimensions: 10 is LAST's, 10 in 16 the same filled up with zeros, which gives the same
result if the scale stays that of 10 (bench does that on GPUs, to a multiple of 8), 64 the backbones'.
"""
from __future__ import annotations

import argparse
import json
import math
import statistics
import time

import torch
import torch.nn.functional as F
from torch.autograd import DeviceType
from torch.profiler import ProfilerActivity, profile

TOKENS = 197
CASES = [(1, 10, 10), (1, 10, 16), (1, 12, 12), (1, 12, 16), (12, 64, 64)]  # heads, dimension, dimension that the kernel sees
REPEATS = 20


def attend(q, k, v, wide: int):
    d = q.shape[-1]
    if wide == d:
        return F.scaled_dot_product_attention(q, k, v)
    q, k, v = (F.pad(x, (0, wide - d)) for x in (q, k, v))
    return F.scaled_dot_product_attention(q, k, v, scale=1 / math.sqrt(d))[..., :d]


def allocated(device: str) -> int | None:
    return torch.cuda.memory_allocated() if device == "cuda" else None


def both(device: str, inputs, wide: int) -> float:
    began = time.perf_counter()
    attend(*inputs, wide).sum().backward()
    if device == "cuda":
        torch.cuda.synchronize()
    return time.perf_counter() - began


def kernels(device: str, inputs, wide: int) -> dict:
    """PyTorch's operators for attention, and the GPU's kernels, the longest first."""
    activities = [ProfilerActivity.CPU] + [ProfilerActivity.CUDA] * (device == "cuda")
    with profile(activities=activities) as profiled:
        both(device, inputs, wide)
    events = profiled.key_averages()
    on_gpu = sorted((e for e in events if e.device_type == DeviceType.CUDA), key=lambda e: -e.self_device_time_total)
    return {"operators": sorted({e.key for e in events if e.key.startswith("aten::_scaled_dot_product")}),
            "kernels": [e.key[:100] for e in on_gpu[:4]]}


def case(device: str, batch: int, dtype: torch.dtype, heads: int, dimension: int, wide: int) -> dict:
    torch.manual_seed(0)
    inputs = [torch.randn(batch, heads, TOKENS, dimension, dtype=dtype, device=device, requires_grad=True) for _ in range(3)]
    both(device, inputs, wide)
    before = allocated(device)
    result = attend(*inputs, wide)
    kept = allocated(device)
    q, k, v = (x.double() for x in inputs)
    exact = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(dimension), -1) @ v
    error = (result.double() - exact).abs().max().item()
    del result, exact, q, k, v
    return {"precision": str(dtype).removeprefix("torch."), "heads": heads, "dimension": dimension, "wide": wide,
            "keptBytes": kept - before if device == "cuda" else None, "largestError": error,
            "seconds": statistics.median(both(device, inputs, wide) for _ in range(REPEATS)), **kernels(device, inputs, wide)}


def main() -> None:
    parser = argparse.ArgumentParser(description="Which attention kernel PyTorch takes.")
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    parser.add_argument("--batch-size", type=int, default=64)
    args = parser.parse_args()
    torch.backends.cuda.matmul.allow_tf32 = False
    for dtype in (torch.float32, torch.bfloat16):
        for heads, dimension, wide in CASES:
            print(json.dumps(case(args.device, args.batch_size, dtype, heads, dimension, wide)), flush=True)


if __name__ == "__main__":
    main()
