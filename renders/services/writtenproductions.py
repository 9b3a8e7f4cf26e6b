"""The main job from a topic: a script is written as a draft, used at once, and never asked for twice."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser

from apexsite.kit.errors import StateError
from characters.services.scriptdrafts import draft_use
from projects.engine.writing.style import style_named
from projects.engine.writing.wish import ScriptWish
from projects.models import Episode, Project, ScriptDraft, Writer
from projects.readings.writing import styles_now
from projects.services.projects import project_create
from projects.services.scripts import episode_first
from projects.services.writing import writer_named
from renders.services.productions import JobRunner, Production
from renders.services.scriptwriting import job_of, script_request


def production_from_topic(
    *,
    user: AbstractUser,
    name: str,
    wish: ScriptWish,
    writer: str = Writer.AUTO,
    run: JobRunner,
) -> tuple[Production, ScriptDraft]:
    """Return the user's project of this name with a script of the wish broken down, and the draft it was.

    A draft of the same wish that was written before is taken again, with what people edited in it: a second run
    resumes. Raises `StateError` with the fault when nobody could write it; a style or writer there is not starts nothing.
    """
    style_named(wish.style, styles=styles_now())
    writer_named(writer)
    project = Project.objects.filter(name=name[:200], created_by=user).first()
    project = project or project_create(user=user, name=name)
    production = Production(episode_first(project))
    with production.stage("script"):
        draft = _written(user, production.episode, wish, writer, run)
        production.episode = draft_use(user=user, draft=draft, version=draft.version)
    return production, draft


def written_by(draft: ScriptDraft | None) -> dict[str, Any]:
    """Return who wrote a script, as a report says it; of one that was brought, nothing is known."""
    if draft is None:
        return {"writer": "brought", "model": "", "credit": "", "hops": []}
    return {
        "writer": draft.writer,
        "model": draft.model,
        "credit": draft.credit,
        "hops": draft.hops,
        "is_edited": draft.is_edited,
        "style": draft.asked["style"],
        "topic": draft.asked["topic"],
        "draft": str(draft.pk),
    }


def _written(
    user: AbstractUser, episode: Episode, wish: ScriptWish, writer: str, run: JobRunner
) -> ScriptDraft:
    same = ScriptDraft.objects.filter(
        episode=episode, asked=wish.to_document(), asked_writer=writer
    )
    draft = same.exclude(written_at=None).first()
    if draft is not None:
        return draft
    draft = script_request(user=user, episode=episode, wish=wish, writer=writer)
    job = job_of(draft)
    if job is None:
        raise StateError("the job of this script is gone; run the same command again")
    run("writing the script", [job])
    draft.refresh_from_db()
    if draft.written_at is None:
        failed = job.tasks.exclude(error="").first()
        raise StateError(f"the script was not written: {failed.error if failed else job.status}")
    return draft
