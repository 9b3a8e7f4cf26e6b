"""A task that takes as many steps as asked and publishes one row, `told.published` in the log, with who made it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from apexsite.kit.errors import BackendError
from apexsite.kit.progress import Progress
from projects.events import event_record
from projects.models import Event
from renders.models import RenderTask


def told_task_run(task: RenderTask, progress: Progress) -> Callable[[], Event]:
    """Take `steps` steps of `seconds`; wait at a gate file, fail or go wrong when the request says so."""
    asked = task.request
    for step in range(asked.get("steps", 1)):
        progress.advance(step, asked.get("steps", 1), f"step {step}")
        time.sleep(asked.get("seconds", 0))
    if asked.get("fail") == "retryable" and task.attempts.count() <= asked.get("times", 99):
        raise BackendError("the engine is away for a moment", permanent=False)
    if asked.get("fail") == "surprise":
        raise ZeroDivisionError("a surprise in the engine")
    if (gate := asked.get("gate")) and task.fence == 1:
        Path(gate).write_text(str(os.getpid()), encoding="ascii")
        while Path(gate).exists():
            time.sleep(0.02)
    fence = task.fence
    return lambda: event_record(
        task.job.project, "told.published", task, payload={"pid": os.getpid(), "fence": fence}
    )
