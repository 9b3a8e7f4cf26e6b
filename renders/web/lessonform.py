"""The lessons of a shot's rejections in a form: all are taken unless somebody unticks one that was shown."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from projects.models import Shot
from renders.engine.imaging import BACKENDS
from renders.engine.imaging.choice import Need
from renders.engine.lessons import REASONS
from renders.engine.lessons.effects import changes_of
from renders.services.engines import engine_chosen
from renders.services.lessons import shot_lessons


@dataclass(frozen=True, slots=True)
class LessonLine:
    """One lesson as people read it before they ask, with what it changes for the engine that would draw; empty for nothing."""

    key: str
    label: str
    says: str
    because: str
    changes: tuple[str, ...]


def lesson_lines(shot: Shot, *, tier: str) -> list[LessonLine]:
    """Return the lessons of the next batch of a shot, those its engine has a part for first."""
    lessons = shot_lessons(shot, tier=tier)
    if not lessons:
        return []
    backend = engine_chosen(shot.scene.episode.project, tier, engine="", need=Need())
    capabilities = BACKENDS.get(backend).capabilities
    lines = [
        LessonLine(
            lesson.key,
            REASONS[lesson.key].label,
            lesson.says,
            lesson.because,
            changes_of(lesson, capabilities),
        )
        for lesson in lessons
    ]
    return sorted(lines, key=lambda line: not line.changes)


def left_off(form: QueryDict) -> list[str]:
    """Return the lessons a form showed and somebody unticked."""
    kept = form.getlist("lesson")
    return [key for key in form.get("lessons-shown", "").split()[:40] if key not in kept]
