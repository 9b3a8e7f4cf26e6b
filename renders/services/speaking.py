"""A film's lines spoken by a worker: asked for once, said line by line, and the cut they belong to built after."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.documents import document_hash
from apexsite.kit.errors import StateError
from apexsite.kit.progress import Progress
from projects import access
from projects.models import Episode
from renders import states
from renders.models import Cut, JobKind, RenderJob, RenderTask, Tier
from renders.services.cuts import LinesUnspoken, cut_build, shots_in_cut
from renders.services.jobs import job_create
from renders.services.musicplans import BeatWish
from renders.services.soundplans import lines_of


def cut_order(
    *,
    user: AbstractUser,
    episode: Episode,
    tier: str = Tier.STORYBOARD,
    waive_stale: str = "",
    beats: BeatWish | None = None,
) -> Cut | RenderJob:
    """Build the cut, or, where lines have to be spoken first, return the job that speaks them and then builds it.

    No line is spoken here, so that nobody's browser waits for a voice. Raises what `cut_build` raises.
    """
    try:
        return cut_build(
            user=user,
            episode=episode,
            tier=tier,
            waive_stale=waive_stale,
            beats=beats,
            may_speak=False,
        )
    except LinesUnspoken:
        wish = beats.to_document() if beats else None
        cut = {"tier": tier, "waive_stale": waive_stale, "beats": wish}
        return speech_request(user=user, episode=episode, cut=cut)


def speech_request(
    *, user: AbstractUser, episode: Episode, cut: dict[str, Any] | None = None
) -> RenderJob:
    """Ask for the lines of an episode to be spoken; while the same is on its way, that is the answer.

    `cut` names the cut to build when they are.
    """
    project = episode.project
    access.require(user, project, "make")
    request = {"episode": str(episode.pk), "cut": cut}
    request["key"] = document_hash(request)
    with transaction.atomic():
        # The episode's row is the lock: two presses of the button meet here.
        Episode.objects.select_for_update().get(pk=episode.pk)
        standing = RenderJob.objects.filter(
            kind=JobKind.SPEECH, status__in=states.OPEN, tasks__request__key=request["key"]
        ).first()
        if standing is not None:
            return standing
        return job_create(
            user=user,
            project=project,
            kind=JobKind.SPEECH,
            title=f"lines of {episode}" + (" and its cut" if cut else ""),
            requests=[request],
            episode=episode,
        )


def speech_task_run(task: RenderTask, progress: Progress) -> Callable[[], Cut | Episode]:
    """Speak what is missing and build the cut that was asked for; every line spoken is kept at once."""
    episode = Episode.objects.select_related("project").get(pk=task.request["episode"])
    user, asked = task.job.requested_by, task.request["cut"]
    if user is None:
        raise StateError("who asked for these lines is gone; ask again")
    access.require(user, episode.project, "make")
    lines_of(episode.project, shots_in_cut(episode), progress=progress)
    if asked is None:
        return lambda: episode
    wish = BeatWish(**asked["beats"]) if asked["beats"] else None
    cut = cut_build(
        user=user,
        episode=episode,
        tier=asked["tier"],
        waive_stale=asked["waive_stale"],
        beats=wish,
    )
    return lambda: cut
