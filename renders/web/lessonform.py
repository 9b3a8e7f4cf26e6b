"""The lessons of a shot's rejections in a form: all are taken unless somebody unticks one that was shown."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from projects.models import Shot
from renders.engine.imaging import BACKENDS
from renders.engine.lessons import REASONS, Lesson
from renders.services.engines import backend_for
from renders.services.lessons import shot_lessons

STEPS_NAMES = {"brightness": "brightness", "sharpen": "sharpening", "grain": "grain"}
PLACED = {"across": "another place in the frame", "light_side": "light from the other side"}


@dataclass(frozen=True, slots=True)
class LessonLine:
    """One lesson as people read it before they ask, with what it changes for the engine that would draw."""

    key: str
    because: str
    changes: tuple[str, ...]


def lesson_lines(shot: Shot, *, tier: str) -> list[LessonLine]:
    """Return the lessons of the next batch of a shot; what its engine has no part for is said."""
    lessons = shot_lessons(shot, tier=tier)
    if not lessons:
        return []
    capabilities = BACKENDS.get(backend_for(tier)).capabilities
    reads = capabilities.dialect != "fields"
    places = capabilities.name == "storyboard"
    return [
        LessonLine(lesson.key, lesson.because, _changes(lesson, reads=reads, places=places))
        for lesson in lessons
    ]


def _changes(lesson: Lesson, *, reads: bool, places: bool) -> tuple[str, ...]:
    found = [f"{STEPS_NAMES[name]} {value:+.2f}" for name, value in lesson.finish.items() if value]
    if lesson.tightness:
        found.append(f"colours pulled {lesson.tightness:.0%} to the look")
    if places:
        found += [PLACED[name] for name in lesson.avoid]
    if reads and lesson.steps:
        found.append(f"{lesson.steps} more steps")
    if reads:
        found.append(f"asked for: {REASONS[lesson.key].words}")
    return tuple(found) or ("this engine has no part for it; a person can change the brief",)


def left_off(form: QueryDict) -> list[str]:
    """Return the lessons a form showed and somebody unticked."""
    kept = form.getlist("lesson")
    return [key for key in form.get("lessons-shown", "").split()[:40] if key not in kept]
