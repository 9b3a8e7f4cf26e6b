"""A script written by a worker, so that nobody's browser waits for a language model."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.errors import StateError
from apexsite.kit.progress import Progress
from projects import access
from projects.engine.writing.wish import ScriptWish
from projects.models import Episode, ScriptDraft, Writer
from projects.services.writing import draft_author, draft_begin, draft_publish
from renders import states
from renders.models import JobKind, RenderJob, RenderTask
from renders.services.jobs import job_create


@transaction.atomic
def script_request(
    *,
    user: AbstractUser,
    episode: Episode,
    wish: ScriptWish,
    writer: str = Writer.AUTO,
    key: UUID | None = None,
) -> ScriptDraft:
    """Ask for a script; the draft returned is empty until a worker has written it.

    `key` is what the draft will be known by: a form sent twice asks once. While the very same is being written for the
    episode, that draft is the answer.
    """
    access.require(user, episode.project, "make")
    Episode.objects.select_for_update().get(pk=episode.pk)
    asked = ScriptDraft.objects.filter(episode=episode)
    standing = asked.filter(pk=key).first() if key else None
    if standing is None:
        same = asked.filter(asked=wish.to_document(), asked_writer=writer, written_at=None)
        standing = next((draft for draft in same if is_on_its_way(draft)), None)
    if standing is not None:
        return standing
    draft = draft_begin(user=user, episode=episode, wish=wish, writer=writer, key=key)
    job_create(
        user=user,
        project=episode.project,
        kind=JobKind.SCRIPT,
        title=f"a script on {wish.topic}",
        requests=[{"draft": str(draft.pk)}],
        episode=episode,
    )
    return draft


def job_of(draft: ScriptDraft) -> RenderJob | None:
    """Return the job that writes a draft."""
    return RenderJob.objects.filter(
        kind=JobKind.SCRIPT, episode=draft.episode_id, tasks__request__draft=str(draft.pk)
    ).first()


def is_on_its_way(draft: ScriptDraft) -> bool:
    """Say whether a worker writes a draft, or will."""
    job = job_of(draft)
    return job is not None and job.status in states.OPEN


def script_task_run(task: RenderTask, progress: Progress) -> Callable[[], ScriptDraft]:
    """Write the draft a task names. The outside world is asked here, outside any transaction."""
    draft = ScriptDraft.objects.select_related("episode__project").get(pk=task.request["draft"])
    if draft.created_by is None:
        raise StateError("who asked for this script is gone; ask again")
    access.require(draft.created_by, draft.episode.project, "make")

    def tell(words: str) -> None:
        progress.advance(0, 1, words)

    authored, hops = draft_author(draft, tell=tell)
    return lambda: draft_publish(draft, authored, hops=hops)
