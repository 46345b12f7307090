"""A part of the programme: what it needs, how it is measured, shown and judged."""
from __future__ import annotations

import dataclasses
import statistics
from collections.abc import Callable, Iterator

from truth.machine import Machine


@dataclasses.dataclass(frozen=True)
class Check:
    """A statement that a figure can prove wrong."""
    what: str
    expected: str
    found: str
    good: bool


@dataclasses.dataclass(frozen=True)
class Part:
    """`measure` fills a dictionary, and yields wherever what is in it is worth keeping should it be cut off there."""
    name: str
    title: str
    needs: tuple[str, ...]  # of gpu, torch, driver; what is missing is told of the first
    seconds: float  # that it gets at most
    measure: Callable[[Machine, dict], Iterator[None]]
    show: Callable[[dict], list[str]]
    judge: Callable[[dict], list[Check]] = lambda found: []


def table(header: list[str], rows: list[list[object]]) -> list[str]:
    """A Markdown table whose first column is text and whose others are numbers; empty without rows."""
    if not rows:
        return []
    return ["| " + " | ".join(header) + " |", "|---|" + "---:|" * (len(header) - 1),
            *("| " + " | ".join("-" if cell is None else str(cell).replace("|", "/") for cell in row) + " |" for row in rows)]


def mib(count: int | None) -> str | None:
    return None if count is None else f"{count / (1 << 20):,.0f}"


def number(value: float | None, digits: int = 1) -> str | None:
    return None if value is None else f"{value:,.{digits}f}"


def milliseconds(seconds: list[float]) -> float | None:
    """The median step."""
    return 1e3 * statistics.median(seconds) if seconds else None


def apart(one: float, other: float) -> float:
    """By how much two numbers differ, in percent of the larger."""
    return 100 * abs(one - other) / max(abs(one), abs(other), 1e-12)


def on_gpu(edge: dict) -> dict:
    """What the meter saw of the GPU in the phase that ends here; empty if it saw none."""
    return edge["cost"]["gpu"] or {}
