"""The parts that train: time by two clocks, memory by two accounts, energy by two ways, in PyTorch and in `bench`."""
from __future__ import annotations

import concurrent.futures
import json
import time
from collections.abc import Callable, Iterator

from truth.machine import Failed, Machine, Missing
from truth.part import Check, Part, apart, mib, milliseconds, number, on_gpu, table

STEP = "pytorch_step.py"
BATCH = 64
METHODS = [("linear", []), ("last", []), ("lora", []), ("full", []), ("last", ["--rank", "12"]), ("losa", []), ("miet", [])]
PRECISIONS = ["float32", "tf32", "mixed"]
SIZES = ["--backbone", "vit-b16", "--batch-size", str(BATCH)]
STEPS = ["--steps", "30", "--warmup", "10"]
ENERGY_SECONDS = "1.5"  # the meter gives no energy for less than a second
GPU = ("gpu", "torch", "driver")


def label(mode: str, options: list[str]) -> str:
    """As the command line of `bench` names it."""
    return mode + (f"[rank={options[1]}]" if options else "")


def on_cuda(mode: str, *options: str, precision: str) -> list[str]:
    return [STEP, mode, *options, *SIZES, *STEPS, "--device", "cuda", "--precision", precision]


def trials(run: dict, name: str) -> list[dict]:
    """Each trial of a watched run, with what the meter saw of its training; none of that where it did not watch."""
    seen = iter([edge for edge in run["edges"] if edge["name"] == "train"])
    return [trial(name, result, next(seen) if result["watched"] else None) for result in run["results"]]


def trial(name: str, result: dict, edge: dict | None) -> dict:
    gpu = on_gpu(edge) if edge else {}
    said = result["edges"][-1]
    return {"method": name, "precision": result["precision"], "steps": len(result["seconds"]), "watched": edge is not None,
            "wall": milliseconds(result["seconds"]), "event": milliseconds(result["eventSeconds"]),
            "allocated": said.get("allocatedPeakBytes"), "reserved": said.get("reservedPeakBytes"),
            "held": gpu.get("peakProcessBytes"), "joules": gpu.get("joules"), "integrated": gpu.get("integratedJoules"),
            "megahertz": gpu.get("smMegahertz"), "hottest": gpu.get("hottestCelsius"), "slowedBy": gpu.get("slowedBy"),
            "resident": edge["cost"]["peakResidentBytes"] if edge else None, "ownResident": said["residentPeakBytes"]}


def attempt(found: dict, name: str, rows: Callable[[], list[dict]]) -> None:
    """Adds what a program gives, or why it gave nothing."""
    try:
        found.setdefault("rows", []).extend(rows())
    except Failed as e:
        found.setdefault("failures", {})[name] = str(e)


def failures(found: dict) -> list[str]:
    return ["", *(f"{name}: {why}." for name, why in found["failures"].items())] if found.get("failures") else []


# PyTorch's steps under the product's meter.

def measure_steps(machine: Machine, found: dict) -> Iterator[None]:
    for mode, options in METHODS:
        command = on_cuda(mode, *options, "--seconds", ENERGY_SECONDS, precision=",".join(PRECISIONS))
        name = label(mode, options)
        attempt(found, name, lambda: trials(machine.watch(*command, limit=60)[0], name))
        machine.plain = {(row["method"], row["precision"]): row for row in found.get("rows", [])}
        yield


def show_steps(found: dict) -> list[str]:
    rows = [[r["method"], r["precision"], number(r["wall"]), number(r["event"]), mib(r["allocated"]), mib(r["reserved"]),
             mib(r["held"]), mib(beyond(r)), joules(r, "joules"), joules(r, "integrated"), number(r["megahertz"], 0),
             r["hottest"], ", ".join(r["slowedBy"] or [])] for r in found.get("rows", [])]
    return [f"ViT-B/16, batch {BATCH}, random weights, plain PyTorch; medians and peaks of the steps after the warm-up.", "",
            *table(["method", "precision", "wall (ms)", "events (ms)", "allocated (MiB)", "reserved (MiB)", "NVML (MiB)",
                    "beyond reserve (MiB)", "J a step, counter", "J a step, power", "MHz", "°C", "slowed by"], rows),
            *failures(found)]


def beyond(row: dict) -> int | None:
    return None if row["held"] is None else row["held"] - row["reserved"]


def joules(row: dict, way: str) -> str | None:
    return None if row[way] is None else number(row[way] / row["steps"], 2)


def judge_steps(found: dict) -> list[Check]:
    rows = found.get("rows", [])
    if not rows:
        return []
    clocks = max(apart(r["wall"], r["event"]) for r in rows)
    checks = [Check("wall time and CUDA's events", "the same to 2 %", f"at most {clocks:.1f} % apart", clocks <= 2)]
    energies = [apart(r["joules"], r["integrated"]) for r in rows if r["joules"] and r["integrated"]]
    if energies:
        checks.append(Check("energy counter and integrated power", "the same to 5 %", f"at most {max(energies):.1f} % apart",
                            max(energies) <= 5))
    float32 = {r["method"]: r for r in rows if r["precision"] == "float32"}
    if "last" in float32 and "lora" in float32:
        last, lora = float32["last"], float32["lora"]
        memory, clock = last["allocated"] / lora["allocated"], last["wall"] / lora["wall"]
        checks += [Check("memory of LAST beside LoRA", "0.2 to 0.3", f"{memory:.2f}", 0.2 <= memory <= 0.3),
                   Check("time of LAST beside LoRA", "0.6 to 0.7", f"{clock:.2f}", 0.6 <= clock <= 0.7)]
    return checks


# The same steps by `bench`, where CUDA's natives for its engine are set up.

ENGINE = [(label(m, o), "float32") for m, o in METHODS] + [(m, "mixed") for m in ("last", "lora", "full")]


def measure_engine(machine: Machine, found: dict) -> Iterator[None]:
    for name, precision in ENGINE:
        try:
            out = machine.bench("step", name, *SIZES, *STEPS, "--device", "cuda:0", "--precision", precision, "--json", limit=60)
        except Failed as e:
            if not found.get("rows"):
                raise Missing(str(e)) from None  # as is the first, so are all
            found.setdefault("failures", {})[f"{name}, {precision}"] = str(e)
        else:
            plain = machine.plain.get((name, precision), {})
            found.setdefault("rows", []).append({"method": name, "precision": precision, **json.loads(out),
                                                 "plainWall": plain.get("wall"), "plainHeld": plain.get("held")})
        yield


def show_engine(found: dict) -> list[str]:
    rows = [[r["method"], r["precision"], number(milliseconds(r["seconds"])), number(r["plainWall"]),
             ratio(milliseconds(r["seconds"]), r["plainWall"]), mib(r["gpuPeakBytes"]), mib(r["plainHeld"]),
             ratio(r["gpuPeakBytes"], r["plainHeld"]), mib(r["peakBytes"])] for r in found.get("rows", [])]
    return ["The same by `bench step --device cuda:0`; a GPU's memory is NVML's on both sides. bench asks its allocator for"
            " expandable segments, PyTorch by itself does not: see there.", "",
            *table(["method", "precision", "bench (ms)", "PyTorch (ms)", "ratio", "bench (MiB)", "PyTorch (MiB)", "ratio",
                    "bench, host (MiB)"], rows), *failures(found)]


def ratio(one: float | None, other: float | None) -> str | None:
    return number(one / other, 2) if one and other else None


# What readings cost, and what expandable segments save.

def measure_sampler(machine: Machine, found: dict) -> Iterator[None]:
    for mode in ("last", "lora"):
        command = on_cuda(mode, "--seconds", "3", precision=",".join(["float32"] * 4))
        attempt(found, mode, lambda: trials(machine.watch(*command, limit=60, every_other=True)[0], mode))
        yield


def show_sampler(found: dict) -> list[str]:
    rows = [[r["method"], "yes" if r["watched"] else "no", number(r["wall"], 2), number(r["event"], 2)] for r in found.get("rows", [])]
    return ["One process trains in float32; readings every 20 ms are taken in every other trial.", "",
            *table(["method", "readings", "wall (ms)", "events (ms)"], rows), *failures(found)]


def judge_sampler(found: dict) -> list[Check]:
    checks = []
    for mode in ("last", "lora"):
        with_, without = ([r["wall"] for r in found.get("rows", []) if r["method"] == mode and r["watched"] is w] for w in (True, False))
        if with_ and without:
            cost = 100 * (min(with_) / min(without) - 1)
            checks.append(Check(f"readings while {mode} trains", "under 1 % of a step", f"{cost:+.2f} %", cost < 1))
    return checks


def measure_segments(machine: Machine, found: dict) -> Iterator[None]:
    for mode in ("last", "lora"):
        for setting in ("False", "True"):
            env = {"PYTORCH_CUDA_ALLOC_CONF": f"expandable_segments:{setting}"}
            attempt(found, f"{mode}, {setting}", lambda: [
                {**row, "expandable": setting}
                for row in trials(machine.watch(*on_cuda(mode, precision="float32"), limit=45, env=env)[0], mode)])
            yield


def show_segments(found: dict) -> list[str]:
    rows = [[r["method"], r["expandable"], number(r["wall"]), mib(r["allocated"]), mib(r["reserved"]), mib(r["held"])]
            for r in found.get("rows", [])]
    return table(["method", "expandable_segments", "wall (ms)", "allocated (MiB)", "reserved (MiB)", "NVML (MiB)"], rows) + failures(found)


# A minute of training.

def measure_long(machine: Machine, found: dict) -> Iterator[None]:
    seconds = max(5.0, min(60.0, machine.left() - 30))
    command = on_cuda("lora", "--seconds", str(seconds), precision="float32")
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        run = pool.submit(machine.watch, *command, limit=seconds + 30)
        time.sleep(seconds / 2)
        found["busyCalls"] = machine.calls(3, 15)
        found["rows"] = trials(run.result()[0], "lora")
        found["taints"] = run.result()[0]["taints"]
    yield


def show_long(found: dict) -> list[str]:
    row, whole = found["rows"][0], found["busyCalls"]["calls"]["a whole reading"]
    counter = found["busyCalls"]["counter"]
    lines = [f"LoRA in float32, {row['steps']} steps of {row['wall']:.1f} ms: {number(row['joules'], 0)} J by the counter,"
             f" {number(row['integrated'], 0)} J by power; at most {row['hottest']} °C; {number(row['megahertz'], 0)} MHz; slowed by:"
             f" {', '.join(row['slowedBy'] or []) or 'nothing'}. Taints: {'; '.join(found['taints']) or 'none'}.",
             f"A whole reading meanwhile: median {whole['medianMicros'] / 1e3:.2f} ms, most {whole['maxMicros'] / 1e3:.2f} ms."]
    if counter:
        lines.append(f"The energy counter moved every {counter['intervalMillis']:.1f} ms, by {counter['stepMillijoules']:.0f} mJ.")
    return lines


def judge_long(found: dict) -> list[Check]:
    row = found["rows"][0]
    if not row["joules"] or not row["integrated"]:
        return []
    difference = apart(row["joules"], row["integrated"])
    return [Check("a minute's energy, counter and power", "the same to 5 %", f"{difference:.1f} % apart", difference <= 5)]


STEPS_PART = Part("steps", "Training steps in plain PyTorch", GPU, 260, measure_steps, show_steps, judge_steps)
ENGINE_PART = Part("engine", "Engine half: training steps by bench", ("driver",), 180, measure_engine, show_engine)
SAMPLER = Part("sampler", "What readings cost", GPU, 70, measure_sampler, show_sampler, judge_sampler)
SEGMENTS = Part("segments", "Expandable segments", GPU, 70, measure_segments, show_segments)
LONG = Part("long", "A minute of training", GPU, 100, measure_long, show_long, judge_long)
