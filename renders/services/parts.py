"""A film on several workers: its missing segments are offered as further tasks of its job, and nobody waits for them.

The film's own task renders segments too, from the first on; others take them from the last on. A segment is claimed
twice over: its task by lease and fence, its place in the cache by a lock that a killed worker lets go. So one worker
alone renders all of it, and however many there are, each segment is rendered once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from apexsite.base.models import BaseModel
from apexsite.base.queue import enqueue
from apexsite.kit.errors import ApexError, Cancelled
from apexsite.kit.progress import Progress
from renders.models import RenderTask
from renders.services.films import film_inputs, film_task_run
from renders.states import FenceLost

if TYPE_CHECKING:
    from renders.engine.export.spans import RenderSpan

log = logging.getLogger(__name__)

MOST_PARTS = 400
"""Parts offered at a time; the film's own task goes on with the rest. House choice."""


def film_or_part_run(task: RenderTask, progress: Progress) -> Callable[[], BaseModel]:
    """Run a film's task, or a part of one that another worker's film has offered."""
    if task.is_part:
        return part_run(task, progress)
    try:
        return film_task_run(task, progress, offer=lambda spans: parts_offer(task, spans))
    finally:
        parts_drop(task)


def parts_offer(task: RenderTask, spans: Sequence[RenderSpan]) -> int:
    """Offer segments to other workers, the last first; those offered before a stop are not offered again."""
    job = task.job
    with transaction.atomic():
        parts = RenderTask.objects.filter(job=job, request__has_key="part")
        known = set(parts.values_list("request__part", flat=True))
        last = RenderTask.objects.filter(job=job).aggregate(last=Max("index"))["last"] or 0
        asked = [
            {"part": span.key, "name": span.name, "film": str(task.pk)}
            for span in reversed(spans)
            if span.key not in known
        ][:MOST_PARTS]
        RenderTask.objects.bulk_create(
            RenderTask(job=job, index=last + number, request=request)
            for number, request in enumerate(asked, start=1)
        )
        for _ in asked:
            enqueue("renders.tasks.work", job.queue, cluster=job.queue)
    return len(asked)


def parts_drop(task: RenderTask) -> None:
    """Take all parts back: the film is made, or will not be. Who still renders one finds its fence lost and stops."""
    RenderTask.objects.filter(job=task.job_id, request__has_key="part").delete()


def part_run(task: RenderTask, progress: Progress) -> Callable[[], RenderTask]:
    """Render one segment into the cache. What goes wrong here goes wrong in the film's own task too, which tells it."""
    from renders.engine.assembly import render_part
    from renders.engine.export.segments import SegmentCache

    film = RenderTask.objects.filter(pk=task.request["film"]).first()
    try:
        if film is not None:
            render_part(
                **film_inputs(film.request),
                cache=SegmentCache(Path(settings.APEX_SEGMENTS_ROOT)),
                key=task.request["part"],
                progress=progress,
            )
    except (Cancelled, FenceLost):
        raise
    except ApexError as err:
        log.warning("part %s is left to its film: %s", task.request["name"], err.message)
    return lambda: task
