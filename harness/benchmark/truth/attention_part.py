"""Which kernel attention gets: on the GPU, or on the processor where there is none."""
from __future__ import annotations

from collections.abc import Iterator

from truth.machine import Machine
from truth.part import Check, Part, mib, number, table
from truth.step_parts import BATCH


def measure_attention(machine: Machine, found: dict) -> Iterator[None]:
    device = "cpu" if "gpu" in machine.absent else "cuda"
    found["batch"] = BATCH if device == "cuda" else 4
    found["device"] = device
    found["cases"] = machine.objects("pytorch_attention.py", "--device", device, "--batch-size", found["batch"], limit=90)
    yield


def show_attention(found: dict) -> list[str]:
    rows = [[f"{c['precision']}, {c['heads']} x {c['dimension']}" + (f" in {c['wide']}" if c["wide"] > c["dimension"] else ""),
             ", ".join(o.removeprefix("aten::_scaled_dot_product_") for o in c["operators"]), "; ".join(c["kernels"]) or None,
             mib(c["keptBytes"]), number(1e3 * c["seconds"], 2), f"{c['largestError']:.0e}"] for c in found["cases"]]
    return [f"On `{found['device']}`: batch {found['batch']}, 197 tokens, heads x dimension of each.", "",
            *table(["case", "operators", "kernels, longest first", "kept (MiB)", "forward and back (ms)", "largest error"], rows)]


def judge_attention(found: dict) -> list[Check]:
    filled = [c for c in found["cases"] if c["wide"] > c["dimension"]]
    return [Check(f"attention of dimension {c['dimension']} filled up to {c['wide']}, {c['precision']}", "a fused kernel",
                  ", ".join(o.removeprefix("aten::_scaled_dot_product_") for o in c["operators"]),
                  not any("_math" in operator for operator in c["operators"])) for c in filled]


ATTENTION = Part("attention", "Attention's kernels", ("torch",), 90, measure_attention, show_attention, judge_attention)
