"""The animatic: whatever an episode lacks is drawn, chosen by policy, cut and rendered small, in one job."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.errors import Cancelled, StateError
from apexsite.kit.progress import Progress
from projects import access
from projects.models import Episode, Shot
from renders import states
from renders.bridge import shot_inputs_hashes
from renders.models import (
    Delivery,
    JobKind,
    RenderJob,
    RenderTask,
    Tier,
    Variant,
    Verdict,
    WorkStatus,
)
from renders.selectors import policy_approved
from renders.services.cuts import cut_build, shots_in_cut
from renders.services.engines import backend_for
from renders.services.films import film_request
from renders.services.jobs import WAIT_SECONDS, job_cancel, job_create, work_one
from renders.services.policies import shot_approve_best
from renders.services.variants import variants_request

WAIVED = "an animatic is looked at, not delivered"
DRAWN, CUT, STEPS = 70, 75, 100


def animatic_request(
    *, user: AbstractUser, episode: Episode, tier: str = Tier.STORYBOARD
) -> RenderJob:
    """Ask for the animatic of an episode; while one is on its way, that one is the answer."""
    access.require(user, episode.project, "make")
    backend_for(tier)
    with transaction.atomic():
        # The episode's row is the lock: two presses of the button meet here.
        Episode.objects.select_for_update().get(pk=episode.pk)
        if not shots_in_cut(episode):
            raise StateError("the episode has no shots yet; bring a script first")
        standing = RenderJob.objects.filter(
            episode=episode, kind=JobKind.ANIMATIC, status__in=states.OPEN
        ).first()
        if standing is not None:
            return standing
        return job_create(
            user=user,
            project=episode.project,
            kind=JobKind.ANIMATIC,
            title=f"animatic of {episode}",
            requests=[{"episode": str(episode.pk), "tier": tier}],
            episode=episode,
        )


def animatic_task_run(task: RenderTask, progress: Progress) -> Callable[[], Delivery]:
    """Draw, choose, cut and render; every step keeps what is there, so a second try goes on from where it stood.

    The pieces are jobs of their own: other workers take them too, and this one works at them until all are done.
    """
    episode = Episode.objects.select_related("project").get(pk=task.request["episode"])
    user, tier = task.job.requested_by, task.request["tier"]
    if user is None:
        raise StateError("who asked for this animatic is gone; ask again")
    access.require(user, episode.project, "make")
    asked = [
        variants_request(user=user, shot=shot, tier=tier, count=1)
        for shot in _shots_without(episode, tier)
    ]
    _work(asked, progress, user=user, first=0, last=DRAWN, message="drawing what is missing")
    for shot in shots_in_cut(episode):
        shot_approve_best(user=user, shot=shot, tier=tier)
    progress.advance(DRAWN, STEPS, "laying the cut on the beat")
    cut = cut_build(user=user, episode=episode, tier=tier, waive_stale=WAIVED)
    progress.advance(CUT, STEPS, "rendering")
    made = Delivery.objects.filter(cut=cut, is_preview=True).first()
    if made is None:
        film = film_request(user=user, cut=cut, is_preview=True)
        _work([film], progress, user=user, first=CUT, last=STEPS - 1, message="rendering")
        made = Delivery.objects.get(task__job=film)
    delivery = made
    return lambda: delivery


def _shots_without(episode: Episode, tier: str) -> list[Shot]:
    """Return the shots that have neither a fresh variant to choose from nor a person's approval to keep."""
    present = shot_inputs_hashes(episode)
    rows = Variant.objects.filter(shot__scene__episode=episode, tier=tier)
    approved = rows.filter(verdict=Verdict.APPROVED)
    by_person = set(approved.values_list("pk", flat=True)) - policy_approved(
        approved.values_list("pk", flat=True)
    )
    usable = {
        variant.shot_id
        for variant in rows.only("shot_id", "verdict", "inputs_hash")
        if variant.pk in by_person
        or (
            variant.verdict in (Verdict.APPROVED, Verdict.WAITING)
            and variant.inputs_hash == present[variant.shot_id]
        )
    }
    shots = Shot.objects.select_related("scene__episode__project").in_bulk(
        [shot.pk for shot in shots_in_cut(episode) if shot.pk not in usable]
    )
    return [shots[shot.pk] for shot in shots_in_cut(episode) if shot.pk in shots]


def _work(
    jobs: Sequence[RenderJob],
    progress: Progress,
    *,
    user: AbstractUser,
    first: int,
    last: int,
    message: str,
) -> None:
    """Work at jobs until all are done, beside whoever else does; cancelled with the animatic."""
    worker = f"animatic:{os.getpid()}"
    tasks = RenderTask.objects.filter(job__in=[job.pk for job in jobs])
    total = tasks.count()
    try:
        while open_now := tasks.filter(status__in=states.OPEN).count():
            done = total - open_now
            progress.advance(first + (last - first) * done // total, STEPS, message)
            if not any(work_one(queue=job.queue, worker=worker, job=job) for job in jobs):
                time.sleep(WAIT_SECONDS)
    except Cancelled:
        for job in RenderJob.objects.filter(pk__in=[job.pk for job in jobs]):
            if job.status in states.OPEN:
                job_cancel(user=user, job=job)
        raise
    for job in RenderJob.objects.filter(pk__in=[job.pk for job in jobs]):
        if job.status != WorkStatus.DONE:
            failed = job.tasks.exclude(error="").first()
            raise StateError(f"{job.title}: {failed.error if failed else job.status}")
