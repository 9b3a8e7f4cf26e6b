"""What a lesson changes for one engine, in words; an engine without a part for it changes nothing, and that is said too."""

from __future__ import annotations

from renders.engine.imaging.base import Capabilities
from renders.engine.lessons.lesson import Lesson
from renders.engine.lessons.reasons import REASONS

STEP_NAMES = {"brightness": "brightness", "sharpen": "sharpening", "grain": "grain"}
PLACED = {"across": "another place in the frame", "light_side": "light from the other side"}
PLACES_BY_HAND = ("storyboard",)
"""Engines that heed `PictureOptions.avoid`."""


def changes_of(lesson: Lesson, capabilities: Capabilities) -> tuple[str, ...]:
    """Return what a lesson changes in an engine's pictures; empty where it has no part for it."""
    found = [f"{STEP_NAMES[name]} {value:+.2f}" for name, value in lesson.finish.items() if value]
    if lesson.tightness:
        found.append(f"colours pulled {lesson.tightness:.0%} to the look")
    if capabilities.name in PLACES_BY_HAND:
        found += [PLACED[name] for name in lesson.avoid]
    if capabilities.draws_in_steps and lesson.steps:
        # A model takes so many and no more; with a number of steps of somebody's own it is that number.
        found.append(f"up to {lesson.steps} more steps")
    if capabilities.dialect != "fields":
        found.append(f"asked for: {REASONS[lesson.key].words}")
    return tuple(found)
