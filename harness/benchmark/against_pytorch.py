#!/usr/bin/env python3
"""Compares bench's forward pass and training steps with plain PyTorch, side by side on this machine.

Both sides run in turn (A B A B ...), each time in a fresh process; printed are medians over all counted steps, the
largest peak resident set, and the ratios bench / PyTorch. Build first (any ./bench command does), then:

    python3 harness/benchmark/against_pytorch.py [--python PYTHON_WITH_TORCH] [--rounds 3] > harness/benchmark/against_pytorch.md
"""
import argparse
import json
import pathlib
import platform
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
BENCH = HERE.parent.parent / "bench"
MODES = [("forward, no gradient", "forward", ["full", "--forward"]), ("linear step", "linear", ["linear"]),
         ("last step", "last", ["last"]), ("lora step", "lora", ["lora"]), ("full step", "full", ["full"])]


def run(command):
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    return json.loads(out)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--backbone", default="vit-ti16")
    parser.add_argument("--batch-size", default="32")
    parser.add_argument("--steps", default="10")
    parser.add_argument("--warmup", default="10")  # Java's compiler shares the processors for the first steps
    args = parser.parse_args()
    sizes = ["--backbone", args.backbone, "--batch-size", args.batch_size, "--steps", args.steps, "--warmup", args.warmup]
    version = threads = None
    rows = []
    for title, mode, ours in MODES:
        a, b = [], []
        for _ in range(args.rounds):
            a.append(run([str(BENCH), "step", *ours, *sizes, "--device", "cpu", "--json"]))
            b.append(run([args.python, str(HERE / "pytorch_step.py"), mode, *sizes]))
        version, threads = b[0]["version"], b[0]["threads"]
        rows.append((title, a, b))

    def time(runs):
        return statistics.median(s for r in runs for s in r["seconds"])

    def peak(runs):
        return max(r["peakBytes"] for r in runs)

    def above(runs):
        return max(r["peakBytes"] - r["residentBytes"] for r in runs)

    print(f"`{args.backbone}`, batches of {args.batch_size}, {args.rounds} rounds of {args.steps} steps after {args.warmup} in fresh processes,"
          f" {platform.machine()}, {threads} threads, PyTorch {version}. Memory is the peak resident set of the process;"
          " 'above start' is what the steps add to it.\n")
    print("| | bench (s) | PyTorch (s) | time ratio | bench peak (MiB) | PyTorch peak (MiB) | memory ratio"
          " | bench above start (MiB) | PyTorch above start (MiB) |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    for title, a, b in rows:
        print(f"| {title} | {time(a):.3f} | {time(b):.3f} | {time(a) / time(b):.2f} | {peak(a) >> 20} | {peak(b) >> 20}"
              f" | {peak(a) / peak(b):.2f} | {above(a) >> 20} | {above(b) >> 20} |")


if __name__ == "__main__":
    main()
