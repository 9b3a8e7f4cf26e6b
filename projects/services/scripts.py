"""Bring a script into an episode. A second draft meets the first: shots are matched by code and never lost."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from projects import access
from projects.engine.breakdown import Breakdown, SceneBreakdown
from projects.engine.brief import ShotBrief
from projects.engine.framing import Join
from projects.engine.joins import join_asked
from projects.events import event_record
from projects.models import Episode, Project, Scene, Shot
from projects.services.shotlist import shots_number, shots_park
from projects.services.shots import scene_look_hash, shot_brief_hash


def episode_first(project: Project) -> Episode:
    """Return the project's first episode, made when it has none."""
    episode, _ = Episode.objects.get_or_create(project=project, number=1)
    return episode


@transaction.atomic
def breakdown_store(
    *, user: AbstractUser, episode: Episode, breakdown: Breakdown, text: str, name: str
) -> Episode:
    """Write a breakdown into an episode.

    1. Scenes are matched by number, shots by code; both are updated in place, so their variants stay.
    2. Shots the new draft does not have are omitted, not deleted.
    """
    access.require(user, episode.project, "make")
    episode.title = breakdown.title[:200]
    episode.script_text = text
    episode.script_name = name[:200]
    episode.save()
    seen: set[str] = set()
    ended = ""
    for planned in breakdown.scenes:
        scene = _scene_store(episode, planned)
        shots_park(scene)
        lines = planned.shot_lines or ((0, 0),) * len(planned.shots)
        for order, (brief, span) in enumerate(zip(planned.shots, lines, strict=True)):
            join = join_asked(ended if order == 0 else "", is_transition=True)
            _shot_store(scene, brief, order=order, span=span, join=join)
            seen.add(brief.code)
        ended = planned.transition
        shots_number(scene)
    gone = Shot.objects.filter(scene__episode=episode).exclude(code__in=seen)
    omitted = gone.update(status=Shot.Status.OMITTED)
    event_record(
        episode.project,
        "script.imported",
        episode,
        actor=user,
        payload={
            "name": episode.script_name,
            "scenes": len(breakdown.scenes),
            "shots": len(seen),
            "omitted": omitted,
        },
    )
    return episode


def _scene_store(episode: Episode, planned: SceneBreakdown) -> Scene:
    scene = Scene.objects.select_for_update().filter(episode=episode, number=planned.number).first()
    scene = scene or Scene(episode=episode, number=planned.number)
    scene.heading = planned.heading[:300]
    scene.setting = planned.setting
    scene.place = planned.place[:200]
    scene.time_of_day = planned.time_of_day
    scene.mood = planned.mood[:100]
    scene.lighting = planned.lighting[:200]
    scene.weather = planned.weather[:100]
    scene.first_line = planned.first_line
    scene.last_line = planned.last_line
    scene.look_hash = scene_look_hash(scene)
    scene.save()
    return scene


def _shot_store(
    scene: Scene, brief: ShotBrief, *, order: int, span: tuple[int, int], join: Join
) -> Shot:
    shot = Shot.objects.select_for_update().filter(scene=scene, code=brief.code).first()
    shot = shot or Shot(scene=scene, code=brief.code)
    if shot.status == Shot.Status.OMITTED:
        shot.status = Shot.Status.ACTIVE
    shot.order = order
    shot.first_line, shot.last_line = span
    shot.size = brief.size
    shot.angle = brief.angle
    shot.coverage = brief.coverage
    shot.lens_mm = brief.lens_mm
    shot.move = brief.move
    if join is Join.AUTOMATIC:
        join = join_asked(brief.action, is_transition=False)
    shot.transition_in = join
    shot.duration_frames = brief.duration_frames
    shot.action = brief.action
    shot.speaker = brief.speaker[:100]
    shot.dialogue = brief.dialogue
    shot.prop = brief.prop[:100]
    shot.brief_hash = shot_brief_hash(shot)
    shot.save()
    return shot
