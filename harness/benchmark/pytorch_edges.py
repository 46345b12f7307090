"""The edges between a child's phases: what PyTorch's allocator, CUDA's events and the kernel say at each.

A child that is watched does at an edge what `bench`'s do: it says that a phase ends, {"edge": ...}, and waits for a line,
while its parent reads memory and energy from outside; it gives back what it does not need any more; it says that the next
phase begins, {"enter": true}, and waits again. From there on peaks count anew, the parent's and PyTorch's.
"""
from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from types import ModuleType


def resident(field: str) -> int:
    """Bytes of this process by the kernel: VmRSS now, VmHWM at most."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith(field))


def reset_resident_peak() -> None:
    with open("/proc/self/clear_refs", "w") as refs:
        refs.write("5")


class Edges:
    def __init__(self, watched: bool, torch: ModuleType | None = None):
        """`torch` is given by whoever uses its GPU; without it nothing of CUDA is said."""
        self.watched = watched
        self.torch = torch
        self.passed: list[dict] = []
        self.began = time.perf_counter()

    def edge(self, name: str, give_back: Callable[[], None] | None = None, **facts) -> None:
        """Ends the phase of this name, and begins the next."""
        if self.torch is not None:
            self.torch.cuda.synchronize()
        edge = {"edge": name, "seconds": time.perf_counter() - self.began, "residentPeakBytes": resident("VmHWM"),
                **self.allocator(), **facts}
        self.passed.append(edge)
        self.tell(edge)
        if give_back is not None:
            give_back()
        self.tell({"enter": True})
        if self.torch is not None:
            self.torch.cuda.reset_peak_memory_stats()
        self.began = time.perf_counter()

    def tell(self, line: dict) -> None:
        if self.watched:
            print(json.dumps(line), flush=True)
            sys.stdin.readline()

    def allocator(self) -> dict:
        """Bytes by PyTorch's allocator, now and at most since the last edge, and by CUDA for the whole device."""
        if self.torch is None:
            return {}
        cuda = self.torch.cuda
        free, total = cuda.mem_get_info()
        return {"allocatedBytes": cuda.memory_allocated(), "reservedBytes": cuda.memory_reserved(),
                "allocatedPeakBytes": cuda.max_memory_allocated(), "reservedPeakBytes": cuda.max_memory_reserved(),
                "deviceUsedBytes": total - free}
