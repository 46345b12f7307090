"""The parts that hold the product's meter to what is known: whose memory it is, when it is gone, what a reading costs."""
from __future__ import annotations

from collections.abc import Iterator

from truth.machine import Machine, Missing
from truth.part import Check, Part, apart, mib, number, on_gpu, table

MIB = 1 << 20
TOOK = 1024  # MiB that the children take
ROUNDING = 2 * MIB  # the driver gives memory in pieces of this size
FOREIGN = 4096
MEMORY = "pytorch_memory.py"


# What the driver's calls cost, and what the GPU draws while nobody uses it.

def measure_calls(machine: Machine, found: dict) -> Iterator[None]:
    calls = machine.calls(5, 60)
    if "absent" in calls:
        raise Missing(f"no GPU: {calls['absent']}")
    found.update(calls)
    yield


def show_calls(found: dict) -> list[str]:
    facts = found["facts"]
    lines = [f"{found['gpus']} GPU(s); the first: {facts['name']}, driver {facts['driver']}, {mib(facts['memoryBytes'])} MiB,"
             f" MIG {facts['mig']}, ECC {facts['ecc']}.", ""]
    lines += table(["call", "median (µs)", "most (µs)", "code"],
                   [[name, number(call["medianMicros"]), number(call["maxMicros"]), call["code"]]
                    for name, call in found["calls"].items()])
    rows = [[name, *(number(found["power"][name][key]) for key in ("mean", "least", "most"))]
            for name in ("instant", "average", "plain") if found["power"][name]]
    lines += ["", *table(["watts at rest", "mean", "least", "most"], rows)]
    counter, last = found["counter"], found["power"]["last"]
    if counter:
        lines += ["", f"The energy counter moves every {counter['intervalMillis']:.1f} ms, by {counter['stepMillijoules']:.0f} mJ;"
                      f" by it the GPU drew {counter['joules'] / counter['seconds']:.1f} W."]
    lines += ["", f"{last['temperatureCelsius']} °C, {last['smClockMegahertz']} MHz, slowed by:"
                  f" {', '.join(last['throttleReasons'] or []) or 'nothing'}. Functions that the driver lacks:"
                  f" {', '.join(found['missing']) or 'none'}."]
    return lines


def judge_calls(found: dict) -> list[Check]:
    micros = found["calls"]["a whole reading"]["medianMicros"]
    checks = [Check("a whole reading", "under 2 ms", f"{micros / 1e3:.2f} ms", micros < 2000)]
    if found["counter"]:
        millis = found["counter"]["intervalMillis"]
        checks.append(Check("energy counter moves", "every 20 to 100 ms", f"{millis:.0f} ms", 20 <= millis <= 100))
    return checks


# Memory of the machine: needs neither GPU nor PyTorch.

def measure_host(machine: Machine, found: dict) -> Iterator[None]:
    found["run"] = machine.watch(MEMORY, "host", "--mib", 256, limit=60)[0]
    yield


def show_host(found: dict) -> list[str]:
    return table(["phase", "peak by the meter (MiB)", "by the child itself (MiB)"],
                 [[edge["name"], mib(edge["cost"]["peakResidentBytes"]), mib(edge["said"]["residentPeakBytes"])]
                  for edge in found["run"]["edges"]])


def judge_host(found: dict) -> list[Check]:
    start, take, free = (edge["cost"]["peakResidentBytes"] for edge in found["run"]["edges"])
    return [Check("256 MiB of the machine, taken", "256 MiB", f"{(take - start) / MIB:.1f} MiB",
                  abs(take - start - 256 * MIB) < 4 * MIB),
            Check("and freed", "0 MiB", f"{(free - start) / MIB:.1f} MiB", abs(free - start) < 4 * MIB)]


# Whose memory it is.

def measure_attribution(machine: Machine, found: dict) -> Iterator[None]:
    found["alone"] = machine.watch(MEMORY, "gpu", "--mib", TOOK, "--stranger", limit=75)[0]
    yield
    found["row"] = machine.watch(MEMORY, "gpu", "--mib", TOOK, limit=75, times=2)
    yield


def show_attribution(found: dict) -> list[str]:
    run = found["alone"]
    lines = table(["phase", "the child by NVML (MiB)", "reserved by PyTorch (MiB)", "difference (MiB)", "device (MiB)"],
                  [[edge["name"], mib(on_gpu(edge).get("peakProcessBytes")), mib(edge["said"].get("reservedPeakBytes")),
                    mib(context(edge)), mib(on_gpu(edge).get("peakDeviceBytes"))] for edge in run["edges"]])
    lines += ["", "Peaks within each phase. The difference is CUDA's context, with the libraries and kernels loaded so far.",
              f"Attribution: `{attribution(run)}`. Taints: {'; '.join(run['taints']) or 'none'}."]
    if "row" in found:
        first, second = found["row"]
        lines += ["", f"Two runs in a row, the second at once: idle watts {watts(first)} before the first and {watts(second)} before the"
                      f" second; taints of the second: {'; '.join(second['taints']) or 'none'}. The driver listed it for"
                      f" {number(second['listedMillis'])} ms after its end."]
    return lines


def judge_attribution(found: dict) -> list[Check]:
    run = found["alone"]
    contexts = [c for c in map(context, run["edges"]) if c is not None]
    spread = max(contexts, default=0) - min(contexts, default=0)
    by_name = {edge["name"]: edge for edge in run["edges"]}
    pid = by_name["stranger"]["said"]["strangerPid"]
    ours = on_gpu(by_name["stranger"]).get("peakProcessBytes") or 0
    before = on_gpu(by_name["empty"]).get("peakProcessBytes") or 0
    checks = [Check("attribution", "pid", attribution(run), attribution(run) == "pid"),
              Check("NVML less what PyTorch reserved", "the same in all phases, to 2 MiB",
                    f"{spread / MIB:.1f} MiB apart", len(contexts) > 1 and spread <= ROUNDING),
              Check("a stranger's GiB", "not the child's", f"{(ours - before) / MIB:+.1f} MiB", 0 < ours <= before + ROUNDING),
              Check("a stranger on the GPU", f"a taint that names {pid}", "; ".join(run["taints"]) or "no taint",
                    any(str(pid) in taint for taint in run["taints"]))]
    if "row" in found:
        first, second = found["row"]
        checks.append(Check("a run right after another", "not tainted by the first", "; ".join(second["taints"]) or "no taint",
                            not any("other processes" in taint for taint in second["taints"])))
        if watts(first) and watts(second):
            checks.append(Check("idle watts before it", "those before the first, to 10 %",
                                f"{watts(first)} and {watts(second)}", apart(idle(first), idle(second)) < 10))
    return checks


def context(edge: dict) -> int | None:
    """What NVML counts beyond PyTorch's reserve."""
    held, reserved = on_gpu(edge).get("peakProcessBytes"), edge["said"].get("reservedPeakBytes")
    return None if held is None or reserved is None else held - reserved


def attribution(run: dict) -> str:
    return run["watched"]["gpu"]["attribution"] if run["watched"]["gpu"] else run["unmetered"]


def idle(run: dict) -> float | None:
    return run["watched"]["gpu"]["idleWatts"] if run["watched"]["gpu"] else None


def watts(run: dict) -> str | None:
    return number(idle(run))


# Whether a phase pays for what an earlier one freed.

def measure_extract(machine: Machine, found: dict) -> Iterator[None]:
    for name, options in (("kept", []), ("emptied", ["--empty"])):
        found[name] = machine.watch(MEMORY, "extract", *options, limit=60)[0]
        yield


def show_extract(found: dict) -> list[str]:
    rows = [[f"{edge['name']}, cache {name}", mib(on_gpu(edge).get("peakProcessBytes")), mib(edge["said"].get("reservedPeakBytes")),
             mib(edge["said"].get("allocatedPeakBytes"))]
            for name in ("kept", "emptied") if name in found for edge in found[name]["edges"] if edge["name"] in ("extract", "train")]
    return ["A forward pass of ViT-B/16 without gradients at batch 64, all freed, then steps of a linear head.", "",
            *table(["phase", "NVML (MiB)", "reserved (MiB)", "allocated (MiB)"], rows)]


def judge_extract(found: dict) -> list[Check]:
    peaks = {name: on_gpu(found[name]["edges"][-1]).get("peakProcessBytes") for name in ("kept", "emptied") if name in found}
    if len(peaks) < 2 or None in peaks.values():
        return []
    return [Check("train's peak after a large phase", "less where the cache was emptied",
                  f"{mib(peaks['emptied'])} and {mib(peaks['kept'])} MiB", peaks["emptied"] < peaks["kept"] - 64 * MIB)]


# Others on the GPU, and more than it holds.

def measure_foreign(machine: Machine, found: dict) -> Iterator[None]:
    with machine.beside(MEMORY, "hold", "--mib", FOREIGN, limit=40) as pid:
        found["foreignPid"] = pid
        found["beside"] = machine.watch(MEMORY, "gpu", "--mib", TOOK, limit=60)[0]
    yield
    found["oom"] = machine.watch(MEMORY, "oom", limit=60)[0]
    yield


def show_foreign(found: dict) -> list[str]:
    lines = [f"A process {found['foreignPid']} held {FOREIGN} MiB from before the child's start to its end. Taints:"
             f" {'; '.join(found['beside']['taints']) or 'none'}. Attribution: `{attribution(found['beside'])}`;"
             f" the child's peak {mib(max(on_gpu(e).get('peakProcessBytes') or 0 for e in found['beside']['edges']))} MiB."]
    if "oom" in found:
        lines += ["", f"Twice the GPU's memory: {' '.join(refusal(found).split())}"]
    return lines


def judge_foreign(found: dict) -> list[Check]:
    run = found["beside"]
    checks = [Check("a foreign process all along", f"a taint that names {found['foreignPid']}", "; ".join(run["taints"]) or "no taint",
                    any(str(found["foreignPid"]) in taint for taint in run["taints"]))]
    if "oom" in found:
        checks.append(Check("more than there is", 'the words "out of memory"', " ".join(refusal(found).split())[:60],
                            "out of memory" in refusal(found)))
    return checks


def refusal(found: dict) -> str:
    return next((edge["said"]["text"] for edge in found["oom"]["edges"] if edge["name"] == "oom"), "it was given")


CALLS = Part("calls", "The driver's calls, and the GPU at rest", ("driver",), 60, measure_calls, show_calls, judge_calls)
HOST = Part("host", "Memory of the machine", ("driver",), 60, measure_host, show_host, judge_host)
ATTRIBUTION = Part("attribution", "Whose memory it is", ("gpu", "torch", "driver"), 120, measure_attribution, show_attribution,
                   judge_attribution)
EXTRACT = Part("extract", "Memory that an earlier phase freed", ("gpu", "torch", "driver"), 80, measure_extract, show_extract,
               judge_extract)
FOREIGN_PART = Part("foreign", "Others on the GPU, and more than it holds", ("gpu", "torch", "driver"), 80, measure_foreign,
                    show_foreign, judge_foreign)
