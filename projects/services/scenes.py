"""Scenes: a heading corrected, in the breakdown and in the script's own text."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.errors import InputError, StaleEdit
from projects import access
from projects.engine.script.headings import is_heading, parse_heading
from projects.events import event_record
from projects.models import Episode, Scene
from projects.services.shotlist import scene_locked
from projects.services.shots import scene_look_hash

LONGEST_HEADING = 300


@transaction.atomic
def scene_rename(
    *, user: AbstractUser, scene: Scene, heading: str, was: str | None = None
) -> Scene:
    """Give a scene another heading; place, setting and time follow its words, and the script's line does too.

    `was` is the heading the person saw: another one since then raises `StaleEdit`, unless it is already the one wanted.
    """
    project = scene.episode.project
    access.require(user, project, "make")
    words = " ".join(heading.split())
    if not words or len(words) > LONGEST_HEADING:
        raise InputError(f"a heading of {len(words):,} letters must have 1 to {LONGEST_HEADING}")
    if not is_heading(words):
        raise InputError(
            f"heading={words[:60]!r} must begin with INT, EXT or INT/EXT, such as INT. COURTROOM - DAY"
        )
    episode = Episode.objects.select_for_update().get(pk=scene.episode_id)
    stored = scene_locked(scene)
    if stored.heading == words:
        return stored
    if was is not None and was != stored.heading:
        raise StaleEdit(
            f"scene {stored.number} is called {stored.heading} by now; nothing was changed. You wrote: {words}"
        )
    before = stored.heading
    parts = parse_heading(words, previous=stored.time_of_day)  # type: ignore[arg-type]
    stored.heading, stored.place = words, parts.place[:200]
    stored.setting, stored.time_of_day = parts.setting, parts.time_of_day
    stored.look_hash = scene_look_hash(stored)
    stored.save(
        update_fields=["heading", "place", "setting", "time_of_day", "look_hash", "updated_at"]
    )
    _line_rewrite(episode, stored.first_line, before, words)
    event_record(
        project,
        "scene.renamed",
        stored,
        actor=user,
        payload={"scene": stored.number, "changes": {"heading": [before, words]}},
    )
    return stored


def _line_rewrite(episode: Episode, number: int, before: str, words: str) -> None:
    lines = episode.script_text.split("\n")
    if 1 <= number <= len(lines) and " ".join(lines[number - 1].strip(" .").split()) in (
        before,
        before.strip(" ."),
    ):
        lines[number - 1] = words
        episode.script_text = "\n".join(lines)
        episode.save(update_fields=["script_text", "updated_at"])
