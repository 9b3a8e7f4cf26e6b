"""Get queued jobs done from the command line: worker children do them, the parent shows how far they are."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import TextIO

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from apexsite.kit.errors import MediaError
from renders.models import RenderJob, RenderTask, WorkStatus
from renders.states import tasks_ready

POLL_SECONDS = 0.25
BAR_CELLS = 28
OPEN = (WorkStatus.QUEUED, WorkStatus.RUNNING)


class TerminalRunner:
    """Runs jobs in `workers` child processes and draws one progress line on `stream`."""

    def __init__(self, stream: TextIO, *, workers: int | None = None, quiet: bool = False) -> None:
        self.stream = stream
        self.workers = workers or max(1, min(4, os.cpu_count() or 1))
        self.quiet = quiet

    def __call__(self, title: str, jobs: Sequence[RenderJob]) -> None:
        """Return when all jobs have ended; raises `MediaError` when every worker died with work left."""
        tasks = RenderTask.objects.filter(job__in=jobs)
        children = [self._child() for _ in range(min(self.workers, tasks.count()))]
        try:
            while tasks.filter(status__in=OPEN).exists():
                self._show(title, tasks)
                time.sleep(POLL_SECONDS)
                ended = [child.poll() for child in children]
                if None not in ended:
                    self._all_gone(tasks, children)
                elif not any(ended) and ended.count(None) < self.workers and _waiting(tasks):
                    # A film has offered parts of itself since.
                    children.append(self._child())
            self._show(title, tasks, is_last=True)
        finally:
            for child in children:
                if child.poll() is None:
                    child.terminate()
            for child in children:
                child.wait(timeout=30)

    def _child(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "work", "--until-idle"]
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]}
        return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)

    def _all_gone(self, tasks: object, children: list[subprocess.Popen[bytes]]) -> None:
        left = RenderTask.objects.filter(pk__in=tasks, status__in=OPEN).count()  # type: ignore[misc]
        if not left:
            return
        codes = [child.returncode for child in children]
        if any(codes):
            raise MediaError(
                f"{left} tasks are left and the workers ended with {codes}; run the same command again to resume",
                tool="worker",
                exit_code=max(codes, key=abs),
            )
        # A task is waiting for its next try, or another process holds its lease: stay until it ends.
        children[:] = [self._child()]

    def _show(self, title: str, tasks: object, *, is_last: bool = False) -> None:
        if self.quiet:
            return
        rows = list(tasks.values_list("status", "progress_done", "progress_total"))  # type: ignore[attr-defined]
        share = sum(
            1.0 if status not in OPEN else done / total if total else 0.0
            for status, done, total in rows
        ) / max(len(rows), 1)
        ended = sum(status not in OPEN for status, _, _ in rows)
        cells = round(share * BAR_CELLS)
        line = f"\r  {title:<22} {'█' * cells}{'·' * (BAR_CELLS - cells)} {share:4.0%}  {ended}/{len(rows)} "
        self.stream.write(line + ("\n" if is_last else ""))
        self.stream.flush()


def _waiting(tasks: QuerySet[RenderTask]) -> bool:
    return tasks_ready(timezone.now()).filter(pk__in=tasks).exists()
