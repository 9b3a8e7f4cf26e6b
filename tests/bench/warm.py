"""One warm stage worker for measuring and for the look book: JSON lines to the program, its CPU seconds and memory from the kernel."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv-stage" / "bin" / "python"


@dataclass(frozen=True, slots=True)
class Shown:
    """What one brief cost and gave; `error` is empty when it was drawn."""

    files: dict[str, Path]
    meta: dict[str, Any]
    wall_s: float
    cpu_s: float
    error: str = ""


class Worker:
    """The stage worker as a child process; a context manager."""

    def __init__(self) -> None:
        if not PYTHON.exists():
            sys.exit(f"{PYTHON} is missing; `make stage` installs it")
        self.child = subprocess.Popen(
            [PYTHON, "-m", "renders.stage_worker"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        ready = self._answer()
        if ready.get("event") != "ready":
            sys.exit(str(ready.get("message", ready)))
        self.blender = ready["blender"]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.child.stdin:
            self.child.stdin.close()
        self.child.wait(timeout=30)

    def show(self, brief: dict[str, Any]) -> Shown:
        """Return what the worker made of a brief."""
        started, before = time.perf_counter(), self.cpu_seconds()
        request = {"id": "1", "brief": {"schema": "apex.stage/1", **brief}}
        assert self.child.stdin
        self.child.stdin.write(json.dumps(request) + "\n")
        self.child.stdin.flush()
        while (said := self._answer())["event"] == "progress":
            pass
        wall, cpu = time.perf_counter() - started, self.cpu_seconds() - before
        if said["event"] == "error":
            return Shown({}, {}, wall, cpu, f"{said['code']}: {said['message']}")
        files = {name: Path(path) for name, path in said["files"].items()}
        return Shown(files, said["meta"], wall, cpu)

    def _answer(self) -> dict[str, Any]:
        assert self.child.stdout
        line = self.child.stdout.readline()
        if not line:
            sys.exit(f"the stage worker ended with code {self.child.wait()}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def cpu_seconds(self) -> float:
        """Return user and system seconds the child has used."""
        fields = Path(f"/proc/{self.child.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak_gb(self) -> float:
        """Return the greatest resident memory of the child, 10⁹ bytes."""
        return self._memory_gb("VmHWM")

    def resting_gb(self) -> float:
        """Return the resident memory of the child now, 10⁹ bytes."""
        return self._memory_gb("VmRSS")

    def _memory_gb(self, name: str) -> float:
        for line in Path(f"/proc/{self.child.pid}/status").read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) * 1024 / 1e9
        return 0.0
