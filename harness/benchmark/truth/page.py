"""The page of what was found: what was run on, which statements held, and each part's figures."""
from __future__ import annotations

import json
import pathlib

from truth.machine import Machine
from truth.part import Check, Part, table

NOT_ASKED = "not asked for"


class Page:
    def __init__(self, machine: Machine, parts: list[Part], folder: pathlib.Path, made: str):
        self.machine, self.parts, self.folder, self.made = machine, parts, folder, made
        self.found: dict[str, dict] = {part.name: {} for part in parts}
        self.states: dict[str, str] = {part.name: "not run yet" for part in parts}

    def write(self) -> str:
        """Writes gpu_truth.md and gpu_truth.json anew, and gives the first."""
        checks = [check for part in self.parts for check in self.judged(part)]
        rows = [[c.what, c.expected, c.found, "yes" if c.good else "**no**"] for c in checks]
        text = "\n".join([*self.head(), "## What holds", "", *(table(["", "expected", "found", "holds"], rows) or ["Nothing yet."]),
                          "", *(line for part in self.parts for line in self.section(part))]).rstrip() + "\n"
        whole = {"made": self.made, "version": self.machine.version.strip(), "torch": self.machine.torch,
                 "absent": self.machine.absent, "doctor": self.machine.doctor, "states": self.states,
                 "checks": [vars(check) for check in checks], "found": self.found}
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "gpu_truth.md").write_text(text)
        (self.folder / "gpu_truth.json").write_text(json.dumps(whole, indent=1) + "\n")
        return text

    def head(self) -> list[str]:
        torch, absent = self.machine.torch, self.machine.absent
        return [f"# gpu_truth: {torch['name'] if torch.get('gpu') else absent['gpu']}", "",
                f"Made by `harness/benchmark/gpu_truth` on {self.made}.", "",
                f"- Python half: {describe(torch) if torch else absent['torch']}",
                f"- Measuring half: {absent.get('driver', self.machine.version.strip())}",
                f"- Engine half: {self.states['engine']}", "",
                *(["`bench doctor`:", "", "```", *self.machine.doctor.rstrip().splitlines(), "```", ""] if self.machine.doctor else [])]

    def section(self, part: Part) -> list[str]:
        state, found = self.states[part.name], self.found[part.name]
        if state == NOT_ASKED:
            return []
        try:
            shown = part.show(found) if found else []
        except Exception as e:  # what was cut off, or what no driver gave before, must not cost the page
            shown = [f"What there is of it cannot be shown ({type(e).__name__}: {e}); see the JSON."]
        return [f"## {part.title}", "", f"{state}.", "", *([*shown, ""] if shown else [])]

    def judged(self, part: Part) -> list[Check]:
        found = self.found[part.name]
        try:
            return part.judge(found) if found else []
        except Exception as e:
            return [Check(part.title, "figures to judge by", f"{type(e).__name__}: {e}", False)]


def describe(torch: dict) -> str:
    versions = f"PyTorch {torch['torch']}"
    if not torch["gpu"]:
        return versions
    return (f"{versions}, CUDA {torch['cuda']}, cuDNN {torch['cudnn']}, {torch['gpus']} GPU(s), compute capability"
            f" {'.'.join(map(str, torch['capability']))}")
