#!/usr/bin/env python3
"""Training steps, or forward passes without gradients, in plain PyTorch: the peer of `bench step`.

The networks are those of pytorch_methods.py, the optimiser is torch.optim.AdamW in its fused form. Prints one JSON
object a precision, with the fields of `bench step --json` and more: "eventSeconds" of each step by CUDA's events, and
"edges", where memory was read (see pytorch_edges.py).

    python3 pytorch_step.py full|lora|last|losa|miet|linear|...|forward [--backbone vit-ti16] [--batch-size 32] [--steps 5]
        [--warmup 2] [--seconds 0] [--device cpu|cuda] [--precision float32[,tf32,bfloat16,mixed]] [--rank R] [--heads H]

Precisions are those of `bench step --precision`: `mixed` runs everything under autocast to bfloat16; `bfloat16` holds the
weights of the frozen backbone in bfloat16 and runs it under autocast, but what a side method trains in float32.
"""
from __future__ import annotations

import argparse
import contextlib
import gc
import json
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

from pytorch_edges import Edges, reset_resident_peak, resident
from pytorch_methods import ADAPT, SIDES, ViT

CLASSES = 100
MODES = ["full", *ADAPT, *SIDES, "forward"]
PRECISIONS = ["float32", "tf32", "bfloat16", "mixed"]


def set_tf32(allowed: bool) -> None:
    """Of matrix products and of convolutions, which are TF32 by default; PyTorch 2.9 has new names for it."""
    if hasattr(torch.backends.cuda.matmul, "fp32_precision"):
        torch.backends.cuda.matmul.fp32_precision = "tf32" if allowed else "ieee"
        torch.backends.cudnn.conv.fp32_precision = "tf32" if allowed else "ieee"
    else:
        torch.backends.cuda.matmul.allow_tf32 = allowed
        torch.backends.cudnn.allow_tf32 = allowed


class Trial:
    """A network of some method in some precision, and its steps."""

    def __init__(self, args: argparse.Namespace, precision: str):
        torch.manual_seed(0)
        self.mode, self.precision, self.device = args.mode, precision, args.device
        self.vit = ViT(args.backbone, args.image_size).requires_grad_(args.mode == "full")
        options = {k: v for k, v in (("rank", args.rank), ("heads", args.heads)) if v is not None}
        if args.mode in ADAPT:
            ADAPT[args.mode](self.vit, **options)
        self.side = side(args.mode, self.vit, options)
        self.head = nn.Linear(self.vit.width, CLASSES)
        if precision == "bfloat16":
            hold_low(self.vit)
        parts = [part.to(self.device) for part in (self.vit, self.side, self.head) if part is not None]
        self.x = torch.rand(args.batch_size, 3, args.image_size, args.image_size).to(self.device)
        self.y = torch.zeros(args.batch_size, dtype=torch.long, device=self.device)
        trained = [p for part in parts for p in part.parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(trained, lr=1e-3, weight_decay=1e-4, fused=True)

    def cast(self, precisions: tuple[str, ...]) -> contextlib.AbstractContextManager:
        """Autocast, in these precisions."""
        return torch.autocast(self.device, torch.bfloat16, enabled=self.precision in precisions)

    def logits(self) -> torch.Tensor:
        if self.side is None:
            with self.cast(("bfloat16", "mixed")):
                return self.head(self.vit(self.x))
        with self.cast(("bfloat16", "mixed")):
            taps = self.side.read(self.vit, self.x)
        with self.cast(("mixed",)):
            return self.head(self.side(self.vit, taps))

    def step(self) -> torch.Tensor:
        """Gives the loss, which is still being computed on a GPU."""
        if self.mode == "forward":
            with torch.no_grad():
                return self.logits().float().sum()
        loss = F.cross_entropy(self.logits().float(), self.y)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        return loss


def side(mode: str, vit: ViT, options: dict) -> nn.Module | None:
    """The network beside the frozen backbone; none where the backbone itself trains."""
    return SIDES[mode](vit, **options) if mode in SIDES else None


def hold_low(vit: ViT) -> None:
    """Holds the frozen weights of matrix products and convolutions in bfloat16, to which autocast would cast them."""
    for name, parameter in vit.named_parameters():
        if name.endswith("weight") and parameter.dim() > 1 and not parameter.requires_grad:
            parameter.data = parameter.data.bfloat16()


def mark(device: str) -> torch.cuda.Event | None:
    """A moment in the GPU's queue; none on a CPU."""
    if device != "cuda":
        return None
    event = torch.cuda.Event(enable_timing=True)
    event.record()
    return event


def timed(trial: Trial, least: int, seconds: float) -> tuple[list[float], list[float]]:
    """Wall seconds of each step, to the loss in Python, and those between CUDA's events around it."""
    wall, events = [], []
    began = time.perf_counter()
    while len(wall) < least or time.perf_counter() - began < seconds:
        start = time.perf_counter()
        before, loss, after = mark(trial.device), trial.step(), mark(trial.device)
        loss.item()
        wall.append(time.perf_counter() - start)
        if before is not None:
            events.append(before.elapsed_time(after) / 1e3)
    return wall, events


def run(args: argparse.Namespace, precision: str, edges: Edges) -> dict:
    set_tf32(precision == "tf32")
    first = len(edges.passed)
    trial = Trial(args, precision)
    edges.edge("load")
    reset_resident_peak()
    before = resident("VmHWM")
    timed(trial, args.warmup, 0)
    edges.edge("warmup")
    wall, events = timed(trial, args.steps, args.seconds)
    peak = resident("VmHWM")
    edges.edge("train")
    return {"mode": args.mode, "precision": precision, "device": args.device, "seconds": wall, "eventSeconds": events,
            "residentBytes": before, "peakBytes": peak, "edges": edges.passed[first:],
            "version": torch.__version__, "threads": torch.get_num_threads()}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Training steps in plain PyTorch.")
    parser.add_argument("mode", choices=MODES)
    parser.add_argument("--backbone", default="vit-ti16")
    parser.add_argument("--image-size", type=int, default=224)
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--steps", type=int, default=5)
    parser.add_argument("--warmup", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=0, help="go on for so long, whatever --steps says")
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    parser.add_argument("--precision", default="float32", help="one or more, which then run in turn")
    parser.add_argument("--rank", type=int, help="of lora and the side methods (default: the method's)")
    parser.add_argument("--heads", type=int, help="of the attention of last and miet (default: 1)")
    parser.add_argument("--watched", action="store_true", help="print each edge and wait there for a line")
    args = parser.parse_args()
    for precision in args.precision.split(","):
        if precision not in PRECISIONS:
            parser.error(f"--precision {precision} is none of {', '.join(PRECISIONS)}")
        if precision == "tf32" and args.device != "cuda":
            parser.error("--precision tf32 is CUDA's alone; the device is cpu")
    if args.rank is not None and args.mode not in ("lora", "last", "losa", "miet"):
        parser.error(f"--rank is nothing of {args.mode}")
    if args.heads is not None and args.mode not in ("last", "miet"):
        parser.error(f"--heads is nothing of {args.mode}")
    if args.device == "cuda" and not torch.cuda.is_available():
        parser.error(f"--device cuda: PyTorch {torch.__version__} sees no GPU")
    return args


def main() -> None:
    args = arguments()
    edges = Edges(args.watched, torch if args.device == "cuda" else None)
    edges.edge("start")
    torch.zeros(1, device=args.device)
    edges.edge("engine")
    for precision in args.precision.split(","):
        print(json.dumps(run(args, precision, edges)), flush=True)
        gc.collect()
        if args.device == "cuda":
            torch.cuda.empty_cache()


if __name__ == "__main__":
    main()
