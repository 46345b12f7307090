"""What of the two halves is on this machine, and how to run its programs within the time that is left."""
from __future__ import annotations

import contextlib
import json
import os
import pathlib
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

HERE = pathlib.Path(__file__).resolve().parent
SCRIPTS = HERE.parent
NVML = "libnvidia-ml.so.1"

PROBE = """
import json, torch
gpu = torch.cuda.is_available()
print(json.dumps({"torch": torch.__version__, "cuda": torch.version.cuda, "gpu": gpu,
                  "cudnn": torch.backends.cudnn.version() if gpu else None,
                  "gpus": torch.cuda.device_count(),
                  "name": torch.cuda.get_device_name() if gpu else None,
                  "capability": torch.cuda.get_device_capability() if gpu else None}))
"""


class Failed(Exception):
    """A program that did not do what it was asked; the text is for the page."""


class Missing(Failed):
    """A part that cannot be run here; the text says why."""


class Machine:
    def __init__(self, python: str, minutes: float, nvml: str):
        self.python, self.nvml = python, nvml
        self.ends = self.part_ends = time.monotonic() + 60 * minutes
        packed = (SCRIPTS / "lib").is_dir()  # by gpu_truth_pack; else this is a checkout
        self.bench_script = SCRIPTS / "bench" if packed else SCRIPTS.parent.parent / "bench"
        self.lib = SCRIPTS / "lib" if packed else SCRIPTS.parent / "dist/target/lib"
        self.torch: dict = {}
        self.doctor = self.version = ""
        self.absent: dict[str, str] = {}  # what is not here, and why
        self.plain: dict[tuple[str, str], dict] = {}  # plain PyTorch's steps by method and precision, for bench's to stand beside

    def left(self) -> float:
        return self.ends - time.monotonic()

    def look(self) -> None:
        """Finds out what is here; the rest is in `absent`."""
        try:
            self.torch = json.loads(self.run([self.python, "-c", PROBE], 150))
        except (Failed, ValueError) as e:
            self.absent["torch"] = f"{self.python} has no PyTorch that can be imported: {e}"
        if not self.torch.get("gpu"):
            self.absent["gpu"] = "no GPU" + (f" that PyTorch {self.torch['torch']} sees" if self.torch else "")
        try:
            self.doctor = self.bench("doctor", limit=400, checked=False)  # builds the program if need be
            packed = SCRIPTS / "version"
            self.version = packed.read_text() if packed.is_file() else self.bench("--version", limit=60)
        except Failed as e:
            self.absent["driver"] = str(e)

    def begin(self, seconds: float) -> None:
        """Grants the next part so much time at most."""
        self.part_ends = min(self.ends, time.monotonic() + seconds)

    def limit(self, seconds: float) -> float:
        """The time a program gets: what it may take, or what is left of its part's."""
        left = self.part_ends - time.monotonic()
        if left < 2:
            raise Failed("its part's time was over")
        return min(seconds, left)

    def run(self, command: list[str], limit: float, env: dict | None = None, checked: bool = True) -> str:
        """What a program prints; it and all that it started are killed at the limit."""
        granted = self.limit(limit)
        try:
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=SCRIPTS,
                                       env=environment(env), start_new_session=True)
        except OSError as e:
            raise Failed(f"{command[0]} cannot be run: {e.strerror}") from None
        try:
            out, err = process.communicate(timeout=granted)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            raise Failed(f"gave no answer within {granted:.0f} s") from None
        if checked and process.returncode:
            raise Failed(f"{complaint(err)} (exit code {process.returncode})")
        return out

    @contextlib.contextmanager
    def beside(self, *arguments: object, limit: float) -> Iterator[int]:
        """A Python script that runs meanwhile, from its first line on; gives its pid."""
        with subprocess.Popen(self.script(*arguments), stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=SCRIPTS,
                              env=environment(None)) as process:
            try:
                if not select.select([process.stdout], [], [], self.limit(limit))[0] or not process.stdout.readline():
                    raise Failed(f"{arguments} did not start")
                yield process.pid
            finally:
                process.kill()

    def script(self, *arguments: object) -> list[str]:
        """The command of a Python script beside this folder."""
        return [self.python, *map(str, arguments)]

    def objects(self, *arguments: object, limit: float, env: dict | None = None) -> list[dict]:
        """The objects that a Python script prints, which nobody watches."""
        return parsed(self.run(self.script(*arguments), limit, env))

    def watch(self, *arguments: object, limit: float, times: int = 1, every_other: bool = False,
              env: dict | None = None) -> list[dict]:
        """What the product's meter saw of a Python script, once a run."""
        task = {"nvml": self.nvml, "device": 0, "times": times, "everyOther": every_other,
                "command": self.script(*arguments, "--watched")}
        return self.drive("GpuWatch", task, limit, env)

    def calls(self, seconds: float, limit: float) -> dict:
        """What the driver's calls cost, and how power and energy read for so many seconds."""
        return self.drive("NvmlCalls", {"nvml": self.nvml, "device": 0, "times": 300, "seconds": seconds}, limit)[0]

    def drive(self, program: str, task: dict, limit: float, env: dict | None = None) -> list[dict]:
        """What a program of this folder prints: from the jars if it is compiled, else from its source."""
        compiled = (self.lib / "gpu-truth.jar").is_file()
        main = program if compiled else str(HERE / f"{program}.java")
        return parsed(self.run([java(), "-cp", f"{self.lib}/*", main, json.dumps(task)], limit, env))

    def bench(self, *arguments: str, limit: float, checked: bool = True) -> str:
        return self.run([str(self.bench_script), *arguments], limit, checked=checked)


def environment(more: dict | None) -> dict:
    """CUDA counts GPUs as NVML does; what else the caller set holds."""
    return {**os.environ, "CUDA_DEVICE_ORDER": "PCI_BUS_ID", "PYTHONUNBUFFERED": "1", **(more or {})}


def java() -> str:
    """The packed runtime, else the one that `bench` takes."""
    packed, home = SCRIPTS / "runtime/bin/java", os.environ.get("JAVA_HOME")
    return str(packed) if packed.is_file() else f"{home}/bin/java" if home else "java"


def parsed(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def complaint(text: str) -> str:
    """The line of an error output that says what was wrong: bench's own, or the last, where Python's is."""
    lines = text.strip().splitlines() or ["it said nothing"]
    return next((line for line in lines if line.startswith("bench: ")), lines[-1]).removeprefix("bench: ").rstrip(".")


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
