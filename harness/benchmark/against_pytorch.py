#!/usr/bin/env python3
"""Compares bench's forward pass and training steps with plain PyTorch, side by side on this machine.

Both sides run in turn (A B A B ...), each time in a fresh process; a process's time is the median of its counted steps,
a side's the median of its processes. A time ratio is the median of those of the rounds, whose two processes follow each
other: a machine that becomes slower for a while slows both. Beside it are the smallest and largest of them, and how far
the processes of one side lie apart. Build first (any ./bench command does), then, on a machine that does nothing else:

    python3 harness/benchmark/against_pytorch.py [--python PYTHON_WITH_TORCH] [--rounds 5] > harness/benchmark/against_pytorch.md
"""
from __future__ import annotations

import argparse
import json
import os
import pathlib
import platform
import resource
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
BENCH = HERE.parent.parent / "bench"
METHODS = ["linear", "last", "losa", "miet", "lst", "lora", "dora", "adapter-pfeiffer", "convpass", "ssf", "vpt-deep", "full"]
ROWS = ["forward", *METHODS]
SETTINGS = ["vit-ti16:32:float32", "vit-b16:8:float32", "vit-b16:8:bfloat16"]


def run(command: list[str]) -> dict:
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    return json.loads(out)


def ours(row: str) -> list[str]:
    return ["full", "--forward"] if row == "forward" else [row]


def busy() -> float:
    """Seconds in which processors of this machine have computed, for whomever, and those that its host took away."""
    with open("/proc/stat") as stat:
        user, nice, system, _, _, irq, softirq, steal = map(int, stat.readline().split()[1:9])
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Side:
    """What one side's processes said."""

    def __init__(self, runs: list[dict]):
        self.medians = [statistics.median(one["seconds"]) for one in runs]
        self.seconds = statistics.median(self.medians)
        self.noise = (max(self.medians) - min(self.medians)) / self.seconds
        self.peak = max(one["peakBytes"] for one in runs)
        self.above = max(one["peakBytes"] - one["residentBytes"] for one in runs)


def table(setting: str, args: argparse.Namespace) -> None:
    backbone, batch, precision = setting.split(":")
    sizes = ["--backbone", backbone, "--batch-size", batch, "--precision", precision, "--steps", args.steps, "--warmup", args.warmup]
    print(f"\n## `{backbone}`, batches of {batch}, {precision}\n")
    print("| | bench (s) | PyTorch (s) | time ratio | of the rounds | noise of bench | of PyTorch | bench peak (MiB) | PyTorch peak (MiB) | memory ratio"
          " | bench above start (MiB) | PyTorch above start (MiB) |")
    print("|---|" + "---:|" * 11, flush=True)
    for row in args.rows.split(","):
        a, b = [], []
        for _ in range(args.rounds):
            a.append(run([str(BENCH), "step", *ours(row), *sizes, "--device", "cpu", "--json"]))
            b.append(run([args.python, str(HERE / "pytorch_step.py"), row, *sizes]))
        mine, peer = Side(a), Side(b)
        ratios = sorted(one / other for one, other in zip(mine.medians, peer.medians))
        print(f"| {row} | {mine.seconds:.3f} | {peer.seconds:.3f} | {statistics.median(ratios):.2f}"
              f" | {ratios[0]:.2f} to {ratios[-1]:.2f} | {mine.noise:.0%} | {peer.noise:.0%} | {mine.peak >> 20} | {peer.peak >> 20}"
              f" | {mine.peak / peer.peak:.2f} | {mine.above >> 20} | {peer.above >> 20} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="bench against plain PyTorch.")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--settings", default=",".join(SETTINGS), help="backbone:batch:precision, one or more")
    parser.add_argument("--rows", default=",".join(ROWS), help="methods, and forward for a pass without gradients")
    parser.add_argument("--steps", default="6")
    parser.add_argument("--warmup", default="5")  # Java's compiler shares the processors for the first steps
    args = parser.parse_args()
    torch = subprocess.run([args.python, "-c", "import torch; print(torch.__version__, torch.get_num_threads())"],
                           check=True, stdout=subprocess.PIPE, text=True).stdout.split()
    version = subprocess.run([str(BENCH), "--version"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    print(f"{version} against PyTorch {torch[0]}: {args.rounds} rounds of {args.steps} steps after {args.warmup}, in fresh"
          f" processes in turn, {torch[1]} threads each, {processor()}. Memory is the peak resident set of the process;"
          " 'above start' is what the steps add to it.")
    began, computed, own = time.time(), busy(), of_children()
    for setting in args.settings.split(","):
        table(setting, args)
    minutes = (time.time() - began) / 60
    others = (busy() - computed - (of_children() - own)) / (time.time() - began)
    print(f"\nIt took {minutes:.0f} minutes, in which others computed on this machine, or its host took away, {others:.2f} processors.")


def processor() -> str:
    names = [line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")]
    return f"{names[0]}, {platform.machine()}" if names else platform.machine()


if __name__ == "__main__":
    main()
