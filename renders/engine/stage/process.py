"""The one warm stage program of this process: asked a job at a time, stopped when it hangs, swells or is not wanted."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import queue
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from apexsite.kit.errors import ApexError, BackendError, InputError, NotAvailable, NotSupported
from apexsite.kit.progress import Progress
from renders.engine.stage.arrived import refuse_half
from renders.engine.stage.environment import REMEDY, ROOT, stage_faults, stage_python
from renders.engine.stage.isolation import apart, network_words
from renders.engine.stage.room import refuse_without_room

KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH")
"""All the stage's program learns of our surroundings."""

OURS = {"PYTHONNOUSERSITE": "1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
"""Paths are UTF-8 whatever the locale; the project's folder gets no compiled files of another Python."""

START_SECONDS = 120.0
IDLE_SECONDS = 180.0
MOST_MEMORY_MB = 3000
MOST_RESTING_MB = 700
"""House choices: a cold disk may need a minute to load Blender; a drawn picture peaks near 1,400 MB. A program that rests
holds some 450 MB, and what it does not give back grows with every picture: beyond this the next picture gets a new one,
which costs a second or two and keeps the peak under 1,500 MB."""

ERRORS: dict[str, type[ApexError]] = {
    "input": InputError,
    "not_supported": NotSupported,
    "not_available": NotAvailable,
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the program made: files by kind, and its record of the scene."""

    files: dict[str, Path]
    meta: dict[str, Any] = field(default_factory=dict)


class StageProcess:
    """A child that is started at the first job and kept; thread-safe, one job at a time."""

    def __init__(
        self,
        command: Sequence[str] | None = None,
        *,
        most_memory_mb: int = MOST_MEMORY_MB,
        most_resting_mb: int = MOST_RESTING_MB,
    ) -> None:
        self.command = list(command) if command else None
        self.most_memory_mb = most_memory_mb
        self.most_resting_mb = most_resting_mb
        self._lock = threading.Lock()
        self._child: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._idle: threading.Timer | None = None
        self._number = 0
        self.network = ""

    def draw(
        self, brief: Mapping[str, Any], *, timeout_seconds: float, progress: Progress
    ) -> Drawn:
        """Have a brief drawn.

        Raises `InputError` or `NotSupported` as the program says, `NotAvailable` when it cannot be started,
        `BackendError` (worth a retry) when it died, hung or swelled, and `Cancelled` when the listener stops.
        """
        with self._lock:
            self._rest(None)
            try:
                if self._child is None or self._child.poll() is not None:
                    self._start(progress)
                made = self._job(brief, timeout_seconds, progress)
                if self._child and _resident_mb(self._child.pid) > self.most_resting_mb:
                    self.stop()
                return made
            except (InputError, NotSupported):
                raise
            except BaseException:
                self.stop()
                raise
            finally:
                if self._child is not None:
                    self._rest(IDLE_SECONDS)

    def stop(self) -> None:
        """End the child at once, whatever it does."""
        child, self._child = self._child, None
        if child is None:
            return
        with contextlib.suppress(OSError):
            child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _rest(self, seconds: float | None) -> None:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None
        if seconds is not None:
            self._idle = threading.Timer(seconds, self._rested)
            self._idle.daemon = True
            self._idle.start()

    def _rested(self) -> None:
        if self._lock.acquire(blocking=False):
            try:
                self.stop()
            finally:
                self._lock.release()

    def _start(self, progress: Progress) -> None:
        refuse_without_room()
        command = self.command or [str(stage_python()), "-m", "renders.stage_worker"]
        # Nothing of our own settings or of a proxy: the stage needs no network and no secret.
        kept = {k: os.environ[k] for k in KEPT if k in os.environ}
        try:
            self._child = subprocess.Popen(
                apart(command),
                cwd=ROOT,
                env={**kept, **OURS},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
            )
        except OSError as err:
            raise NotAvailable(
                f"the stage cannot be started: {err}; get it with: {REMEDY}"
            ) from err
        self._lines = queue.Queue()
        threading.Thread(target=_listen, args=(self._child, self._lines), daemon=True).start()
        said = self._opening(progress)
        if said is not None and said.get("event") == "apart":
            self.network = network_words(str(said.get("why", "")))
            said = self._opening(progress)
        if said is None or said.get("event") != "ready":
            why = (said or {}).get("message", "the program ended before it was ready")
            remedy = "; ".join(fault.remedy for fault in stage_faults()) or REMEDY
            raise NotAvailable(f"the stage does not start: {why}; get it with: {remedy}")

    def _opening(self, progress: Progress) -> dict[str, Any] | None:
        until = time.monotonic() + START_SECONDS
        return self._answer(until, progress, (0, 10, "opening the stage"))

    def _job(self, brief: Mapping[str, Any], timeout_seconds: float, progress: Progress) -> Drawn:
        child = self._child
        if child is None or child.stdin is None:
            raise BackendError("the stage is gone", permanent=False)
        self._number += 1
        asked = str(self._number)
        try:
            child.stdin.write(json.dumps({"id": asked, "brief": brief}) + "\n")
            child.stdin.flush()
        except OSError as err:
            raise BackendError(f"the stage ended: {err}", permanent=False) from err
        until, step = time.monotonic() + timeout_seconds, (1, 10, "building the set")
        while True:
            said = self._answer(until, progress, step)
            if said is None:
                code = child.wait()
                raise BackendError(f"the stage ended in the middle (exit {code})", permanent=False)
            if said.get("id") != asked:
                continue
            if said["event"] == "done":
                files = {k: Path(v) for k, v in said["files"].items()}
                refuse_half(files)
                return Drawn(files, {**said.get("meta", {}), "network": self.network})
            if said["event"] == "error":
                kind = ERRORS.get(said.get("code", ""))
                if kind is None:
                    raise BackendError(f"stage: {said.get('message')}", permanent=False)
                raise kind(said.get("message", ""))
            step = (
                1 + round(8 * float(said.get("share", 0))),
                10,
                f"stage: {said.get('step', '')}",
            )

    def _answer(
        self, until: float, progress: Progress, step: tuple[int, int, str]
    ) -> dict[str, Any] | None:
        """Return the next message, None when the program ended; asks the listener four times a second."""
        while True:
            progress.advance(*step)
            try:
                line = self._lines.get(timeout=0.25)
            except queue.Empty:
                self._watch(until)
                continue
            if line is None:
                return None
            try:
                said = json.loads(line)
            except ValueError:
                continue
            if isinstance(said, dict):
                return said

    def _watch(self, until: float) -> None:
        if time.monotonic() > until:
            raise BackendError("the stage took too long and was stopped", permanent=False)
        used = _resident_mb(self._child.pid) if self._child else 0
        if used > self.most_memory_mb:
            raise BackendError(
                f"the stage used {used} MB, more than {self.most_memory_mb}, and was stopped",
                permanent=True,
            )


def _listen(child: subprocess.Popen[str], lines: queue.Queue[str | None]) -> None:
    if child.stdout is not None:
        with contextlib.suppress(ValueError, OSError):
            for line in child.stdout:
                lines.put(line)
    lines.put(None)


def _resident_mb(pid: int) -> int:
    """Return the resident memory of a process in MB, 0 where the system does not tell."""
    try:
        words = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()
        return int(words[1]) * os.sysconf("SC_PAGE_SIZE") // 1_000_000
    except (OSError, ValueError, IndexError):
        return 0


STAGE = StageProcess()
atexit.register(STAGE.stop)
