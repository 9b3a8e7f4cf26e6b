"""Jobs as people read them: how far, how long still, who asked, what went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, QuerySet
from django.utils import timezone

from projects.models import Project
from renders.models import RenderJob, RenderTask, WorkStatus

LEAST_SHARE = 0.05
"""Below this share of the work an estimate would be a guess. House choice."""


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job in the drawer; `left` is words, empty when nothing can be said yet."""

    job: RenderJob
    percent: int
    left: str
    said: str


def jobs_of(project: Project, *, limit: int = 12) -> list[JobRow]:
    """Return the newest jobs of a project, those under way first."""
    return _rows(RenderJob.objects.filter(project=project), limit)


def jobs_asked_by(user: object, *, limit: int = 8) -> list[JobRow]:
    """Return the jobs under way that a person asked for, in all projects."""
    open_now = (WorkStatus.QUEUED, WorkStatus.RUNNING)
    asked = RenderJob.objects.filter(requested_by=user, status__in=open_now)
    return _rows(asked.select_related("project"), limit)


def _rows(jobs: QuerySet[RenderJob], limit: int) -> list[JobRow]:
    found = jobs.select_related("requested_by").annotate(
        started_at=Min("tasks__attempts__created_at")
    )
    rows = [_row(job) for job in found.prefetch_related("tasks")[:limit]]
    return sorted(rows, key=lambda row: row.job.status not in ("queued", "running"))


def _row(job: RenderJob) -> JobRow:
    tasks = [task for task in job.tasks.all() if not task.is_part]
    share = sum(_share(task) for task in tasks) / len(tasks) if tasks else 0.0
    waiting = [t for t in tasks if t.status == "queued" and t.progress_message]
    speaking = [t for t in tasks if t.status == "running"] + waiting
    said = speaking[0].progress_message if speaking else ""
    started = getattr(job, "started_at", None)
    return JobRow(job, round(100 * share), _left(job, share, started), said)


def _share(task: RenderTask) -> float:
    if task.status == WorkStatus.DONE:
        return 1.0
    return task.progress_done / task.progress_total if task.progress_total else 0.0


def _left(job: RenderJob, share: float, started: datetime | None) -> str:
    if job.status == WorkStatus.QUEUED or started is None:
        return "waits for a worker" if job.status in ("queued", "running") else ""
    if job.status != WorkStatus.RUNNING or share < LEAST_SHARE:
        return ""
    seconds = (timezone.now() - started).total_seconds() * (1 - share) / share
    if seconds < 90:
        return f"about {max(1, round(seconds))} s left"
    return f"about {round(seconds / 60)} min left"
