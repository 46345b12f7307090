#!/usr/bin/env python3
"""Children that take and give back memory in a known way, for a meter to be held to.

    python3 pytorch_memory.py host|gpu|extract|oom|hold [--mib 1024] [--stranger] [--empty] [--watched]

host takes and frees memory of the machine and needs no PyTorch; gpu does so on the GPU, and with --stranger sees another
process come and go; extract runs a backbone without gradients, then a small training step; oom asks for more than there is;
hold takes its part of the GPU, says so, and keeps it until its input ends.
"""
from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time

from pytorch_edges import Edges, reset_resident_peak

MIB = 1 << 20
SETTLED = 1.5  # seconds; phases under a second have no energy


def host(edges: Edges, mib: int) -> None:
    edges.edge("start")
    reset_resident_peak()
    block = b"\1" * (mib * MIB)  # zeros would be lent, not given
    time.sleep(0.3)
    edges.edge("take", tookBytes=len(block))
    del block
    reset_resident_peak()
    time.sleep(0.3)
    edges.edge("free")


def engine(edges: Edges):
    """PyTorch with its context on the GPU."""
    edges.edge("start")
    import torch
    torch.zeros(1, device="cuda")
    edges.torch = torch
    edges.edge("engine")
    return torch


def gpu(edges: Edges, mib: int, stranger: bool) -> None:
    torch = engine(edges)
    block = torch.ones(mib * MIB, dtype=torch.uint8, device="cuda")
    time.sleep(SETTLED)
    edges.edge("take", tookBytes=mib * MIB)
    del block
    time.sleep(0.3)
    edges.edge("free", torch.cuda.empty_cache)
    time.sleep(0.3)
    edges.edge("empty")
    if stranger:
        with subprocess.Popen([sys.executable, __file__, "hold", "--mib", str(mib)], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True) as other:
            other.stdout.readline()
            time.sleep(SETTLED)
            edges.edge("stranger", strangerPid=other.pid, tookBytes=mib * MIB)
        time.sleep(SETTLED)
        edges.edge("alone")


def extract(edges: Edges, empty: bool) -> None:
    torch = engine(edges)
    from pytorch_methods import ViT
    vit = ViT("vit-b16", 224).cuda()
    images = torch.rand(64, 3, 224, 224, device="cuda")
    edges.edge("load")
    with torch.no_grad():
        features = [vit(images) for _ in range(10)][-1]
    torch.cuda.synchronize()
    del vit, images
    edges.edge("extract", torch.cuda.empty_cache if empty else None)
    head = torch.nn.Linear(features.shape[1], 100, device="cuda")
    optimizer = torch.optim.AdamW(head.parameters(), fused=True)
    began = time.perf_counter()
    while time.perf_counter() - began < SETTLED:
        torch.nn.functional.cross_entropy(head(features), torch.zeros(64, dtype=torch.long, device="cuda")).backward()
        optimizer.step()
        optimizer.zero_grad()
    edges.edge("train")


def oom(edges: Edges) -> None:
    torch = engine(edges)
    total = torch.cuda.mem_get_info()[1]
    try:
        torch.empty(2 * total, dtype=torch.uint8, device="cuda")
    except torch.OutOfMemoryError as e:
        edges.edge("oom", type=f"{type(e).__module__}.{type(e).__qualname__}", text=str(e))
    torch.ones(1, device="cuda").item()
    edges.edge("after")


def hold(mib: int) -> None:
    import torch
    block = torch.ones(mib * MIB, dtype=torch.uint8, device="cuda")
    torch.cuda.synchronize()
    print(json.dumps({"held": block.numel()}), flush=True)
    sys.stdin.read()


def main() -> None:
    parser = argparse.ArgumentParser(description="Takes and gives back memory in a known way.")
    parser.add_argument("scene", choices=["host", "gpu", "extract", "oom", "hold"])
    parser.add_argument("--mib", type=int, default=1024)
    parser.add_argument("--stranger", action="store_true", help="gpu: another process comes and goes")
    parser.add_argument("--empty", action="store_true", help="extract: empty the allocator before training")
    parser.add_argument("--watched", action="store_true", help="print each edge and wait there for a line")
    args = parser.parse_args()
    edges = Edges(args.watched)
    if args.scene == "host":
        host(edges, args.mib)
    elif args.scene == "gpu":
        gpu(edges, args.mib, args.stranger)
    elif args.scene == "extract":
        extract(edges, args.empty)
    elif args.scene == "oom":
        oom(edges)
    else:
        hold(args.mib)


if __name__ == "__main__":
    main()
