#!/usr/bin/env python3
"""Times a linear map of tokens in PyTorch both ways: as a product of matrices (MKL), and as a convolution of one pixel
by one (oneDNN), which is what bench does on a CPU (org.peftbench.model.LinearMap). Needs nothing of bench.

    python3 pytorch_linear.py [--threads 2] [--rounds 20]

Prints milliseconds, the best of all rounds: forward without gradients, then the gradients of input and weight.
"""
from __future__ import annotations

import argparse
import time

import torch
import torch.nn.functional as F

# Batch, tokens, inputs, outputs.
SHAPES = {
    "vit-ti16 attn.qkv": (32, 197, 192, 576), "vit-ti16 mlp.fc1": (32, 197, 192, 768), "vit-ti16 mlp.fc2": (32, 197, 768, 192),
    "vit-b16 attn.qkv": (8, 197, 768, 2304), "vit-b16 mlp.fc2": (8, 197, 3072, 768), "vit-pocket mlp.fc1": (16, 65, 128, 512),
    "to rank 8": (32, 197, 192, 8), "from rank 8": (32, 197, 8, 576)}


def convolution(x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
    image = x.view(1, 1, -1, x.shape[-1]).permute(0, 3, 1, 2)
    y = F.conv2d(image, weight[:, :, None, None], bias, 1, 0, (2, 1))  # dilated, which one thread needs for oneDNN
    return y.permute(0, 2, 3, 1).reshape(*x.shape[:-1], -1)


def best(call, rounds: int) -> float:
    seconds = []
    for _ in range(rounds + 3):
        start = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - start)
    return min(seconds[3:]) * 1e3


def main() -> None:
    parser = argparse.ArgumentParser(description="A linear map two ways.")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--rounds", type=int, default=20)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    print(f"PyTorch {torch.__version__}, {torch.backends.cpu.get_cpu_capability()}, {args.threads} threads\n")
    print("| | product | convolution | ratio | gradients, product | convolution | ratio |\n|---|" + "---:|" * 6)
    for name, (batch, tokens, width, outputs) in SHAPES.items():
        x, weight = torch.randn(batch, tokens, width), torch.randn(outputs, width)
        bias, gradient = torch.randn(outputs), torch.randn(batch, tokens, outputs)
        cells = []
        for timed in ("forward", "gradients"):
            pair = []
            for way in (F.linear, convolution):
                leaves = [t.detach().requires_grad_(timed == "gradients") for t in (x, weight)]
                y = way(*leaves, bias)
                pair.append(best(lambda: way(*leaves, bias) if timed == "forward"
                                 else torch.autograd.grad(y, leaves, gradient, retain_graph=True), args.rounds))
            cells.append(f"{pair[0]:.2f} | {pair[1]:.2f} | {pair[1] / pair[0]:.2f}")
        print(f"| {name} | {cells[0]} | {cells[1]} |", flush=True)


if __name__ == "__main__":
    main()
