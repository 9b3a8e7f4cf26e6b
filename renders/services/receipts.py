"""Receipts: every asking of an engine is kept on its attempt as it ends, also when no picture comes of it."""

from __future__ import annotations

from django.db.models import Max

from apexsite.kit.errors import InputError, LicenceRefused, ModelGone
from apexsite.kit.progress import Progress
from projects.models import Event, Project
from renders.engine.imaging.base import ImageRequest
from renders.engine.imaging.options import PictureOptions
from renders.engine.imaging.receipt import Hop
from renders.models import Attempt, RenderTask
from renders.services.engines import Drawn, picture_draw, policy_of
from renders.services.ledger import picture_permit
from renders.states import RETRIED


def picture_with_receipts(
    task: RenderTask, engine: str, request: ImageRequest, progress: Progress
) -> Drawn:
    """Draw a task's picture under its project's policy, going on where its earlier attempts left off."""
    return picture_draw(
        engine,
        request,
        progress,
        policy=policy_of(task.job.project),
        before=hops_before(task),
        told=lambda hop: receipt_keep(task, hop),
        may_draw=lambda name: _is_permitted(task.job.project, name),
    )


def _is_permitted(project: Project, engine: str) -> bool:
    """Say whether a production may use an engine nobody asked for by name."""
    try:
        picture_permit(project=project, engine=engine, options=PictureOptions())
    except (LicenceRefused, ModelGone, InputError):
        return False
    return True


def receipt_keep(task: RenderTask, hop: Hop) -> None:
    """Write an asking on the attempt under way; it is kept whether or not the attempt publishes anything."""
    attempt = Attempt.objects.get(task=task, fence=task.fence)
    attempt.receipt = [*attempt.receipt, hop.to_document()]
    attempt.engine = hop.engine
    attempt.cost_cents += hop.cost_cents or 0.0
    attempt.save(update_fields=["receipt", "engine", "cost_cents"])


def hops_before(task: RenderTask) -> list[Hop]:
    """Return the askings of a task's earlier attempts that drew nothing, since somebody last asked for a retry."""
    attempts = Attempt.objects.filter(task=task, fence__lt=task.fence)
    retried = Event.objects.filter(
        project=task.job.project_id, verb=RETRIED, target_id=str(task.job_id)
    ).aggregate(at=Max("at"))["at"]
    if retried:
        attempts = attempts.filter(created_at__gt=retried)
    rows = attempts.order_by("fence").values_list("receipt", flat=True)
    return [hop for row in rows for hop in map(Hop.from_document, row) if hop.code]
