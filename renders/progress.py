"""Progress of a task: written on its row at most four times a second, the last one always; it also learns of cancel."""

from __future__ import annotations

import time

from django.db.models import F

from apexsite.kit.errors import Cancelled
from renders.models import RenderJob, RenderTask, WorkStatus
from renders.states import FenceLost

SECONDS_BETWEEN = 0.25


class RowProgress:
    """Reports to the task's row under one fence; `is_cancelled` and `is_lost` are set by the heartbeat."""

    def __init__(self, task: RenderTask) -> None:
        self.task, self.fence = task, task.fence
        self.is_cancelled = self.is_lost = False
        self._next = 0.0

    def look_for_cancel(self) -> None:
        """Learn whether the job was asked to stop; the next report then raises."""
        if RenderJob.objects.filter(pk=self.task.job_id, is_cancel_requested=True).exists():
            self.is_cancelled = True

    def advance(self, done: int, total: int, message: str = "") -> None:
        """Write the report when it is due; raises `Cancelled` or `FenceLost`."""
        self._stop_if_told()
        now = time.monotonic()
        if now < self._next and done < total:
            return
        self._next = now + SECONDS_BETWEEN
        written = RenderTask.objects.filter(
            pk=self.task.pk, fence=self.fence, status=WorkStatus.RUNNING
        ).update(
            progress_done=done,
            progress_total=total,
            progress_message=message[:200],
            progress_rev=F("progress_rev") + 1,
        )
        self.is_lost = self.is_lost or not written
        self.look_for_cancel()
        self._stop_if_told()

    def _stop_if_told(self) -> None:
        if self.is_lost:
            raise FenceLost(f"task {self.task.pk} is owned by another attempt")
        if self.is_cancelled:
            raise Cancelled("cancelled by request")
