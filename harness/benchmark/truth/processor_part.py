"""Without a GPU: the same machinery, both halves, on the processor."""
from __future__ import annotations

import json
from collections.abc import Iterator

from truth.machine import Failed, Machine, Missing
from truth.part import Check, Part, apart, mib, milliseconds, number, table
from truth.step_parts import METHODS, STEP, attempt, failures, label, trials


def measure_processor(machine: Machine, found: dict) -> Iterator[None]:
    if "gpu" not in machine.absent:
        raise Missing("there is a GPU, which was measured instead")
    sizes = ["--backbone", "vit-ti16", "--batch-size", "8", "--steps", "5", "--warmup", "5"]
    for mode, options in METHODS:
        name = label(mode, options)
        command = [STEP, mode, *options, *sizes, "--precision", "float32,mixed"]
        attempt(found, name, lambda: trials(machine.watch(*command, limit=60)[0], name))
        try:
            out = machine.bench("step", name, *sizes, "--device", "cpu", "--json", limit=60)
            found.setdefault("bench", {})[name] = json.loads(out)
        except Failed as e:
            found.setdefault("failures", {})[f"bench, {name}"] = str(e)
        yield


def show_processor(found: dict) -> list[str]:
    bench = found.get("bench", {})
    rows = [[r["method"], r["precision"], number(r["wall"], 0), mib(r["resident"]), mib(r["ownResident"]),
             number(milliseconds(bench[r["method"]]["seconds"]), 0) if r["precision"] == "float32" and r["method"] in bench else None]
            for r in found.get("rows", [])]
    return ["ViT-Ti/16, batch 8, on the processor: plain PyTorch under the product's meter, and `bench step` beside it.", "",
            *table(["method", "precision", "PyTorch (ms)", "peak by the meter (MiB)", "by the child itself (MiB)", "bench (ms)"], rows),
            *failures(found)]


def judge_processor(found: dict) -> list[Check]:
    rows = found.get("rows", [])
    if not rows:
        return []
    memory = max(apart(r["resident"], r["ownResident"]) for r in rows)
    return [Check("resident set by meter and child", "the same to 1 %", f"at most {memory:.2f} % apart", memory <= 1)]


PROCESSOR = Part("processor", "Training steps on the processor", ("torch", "driver"), 300, measure_processor, show_processor,
                 judge_processor)
