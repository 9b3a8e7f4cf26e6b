"""Rejections of a shot → lessons for its next batch: what is changed, by how much, and because of what."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from renders.engine.imaging.options import MOST_MORE_STEPS, PictureOptions
from renders.engine.lessons.reasons import REASONS, Reason
from renders.engine.prompting.prompt import Prompt, PromptPart

AGAIN = 0.5
"""How much more each further rejection for the same reason adds, as a share of the first. House choice."""
OPPOSITES = {"too_dark": "too_bright", "too_bright": "too_dark"}
LIMITS: dict[str, tuple[float, float]] = {
    "brightness": (-1.0, 1.0),
    "sharpen": (0.0, 1.0),
    "grain": (0.0, 1.0),
}
TIMES = {1: "once", 2: "twice"}


@dataclass(frozen=True, slots=True)
class Rejection:
    """One rejected picture: its reasons, the finish it had, and the measured truths its engine told of it."""

    reasons: tuple[str, ...]
    finish: Mapping[str, float] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one reason changes. `finish` holds values to set, not to add; `because` is the sentence people read."""

    key: str
    count: int
    says: str
    because: str
    finish: Mapping[str, float] = field(default_factory=dict)
    steps: int = 0
    tightness: float = 0.0
    avoid: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)


def lessons_of(rejections: Sequence[Rejection]) -> tuple[Lesson, ...]:
    """Return the lessons of a shot's rejections, in the order of the list of reasons.

    Too dark and too bright are one lesson: the next brightness lies between what was too dark and what was too bright.
    """
    lessons = []
    for key, reason in REASONS.items():
        met = [one for one in rejections if key in one.reasons]
        other = [one for one in rejections if OPPOSITES.get(key) in one.reasons]
        if not met or (other and key == "too_bright"):
            continue
        lessons.append(_between(met, other) if other else _lesson(reason, met))
    return tuple(lessons)


def _lesson(reason: Reason, met: Sequence[Rejection]) -> Lesson:
    count = len(met)
    strength = 1.0 + AGAIN * (count - 1)
    finish = {}
    for name, amount in reason.finish.items():
        had = [one.finish.get(name, 0.0) for one in met]
        start = max(had) if amount > 0 else min(had)
        least, most = LIMITS[name]
        # From what was rejected, not from nothing: a second "too dark" goes on from the first.
        share = 1.0 if len(set(had)) > 1 else strength
        finish[name] = round(min(most, max(least, start + amount * share)), 3)
    return Lesson(
        key=reason.key,
        count=count,
        says=reason.says,
        because=f"{reason.says}: “{reason.label}” {told(count)}",
        finish=finish,
        steps=min(MOST_MORE_STEPS, round(reason.steps * strength)),
        tightness=min(1.0, reason.tightness * strength),
        avoid=_avoided(reason, met),
    )


def _between(dark: Sequence[Rejection], bright: Sequence[Rejection]) -> Lesson:
    low = max(one.finish.get("brightness", 0.0) for one in dark)
    high = min(one.finish.get("brightness", 0.0) for one in bright)
    words = f"“too dark” {told(len(dark))}, “too bright” {told(len(bright))}"
    return Lesson(
        key="too_dark",
        count=len(dark) + len(bright),
        says="between the two",
        because=f"between the two: {words}",
        finish={"brightness": round((low + high) / 2, 3)},
    )


def _avoided(reason: Reason, met: Sequence[Rejection]) -> dict[str, tuple[Any, ...]]:
    if not reason.avoid:
        return {}
    seen = []
    for one in met:
        point = one.parameters.get("subject_point")
        value = (
            one.parameters.get(reason.avoid)
            if reason.avoid != "across"
            else round(float(point[0]), 3)
            if point
            else None
        )
        if value is not None and value not in seen:
            seen.append(value)
    return {reason.avoid: tuple(seen)} if seen else {}


def told(count: int) -> str:
    """Return how often in words."""
    return TIMES.get(count, f"{count} times")


def learnt(
    options: PictureOptions, lessons: Sequence[Lesson], *, leave_off: Collection[str] = ()
) -> PictureOptions:
    """Return options with all lessons but those left off; what a person set stands over what a lesson would set."""
    finish, avoid = dict(options.finish), dict(options.avoid)
    kept = [lesson for lesson in lessons if lesson.key not in leave_off]
    for lesson in kept:
        for name, value in lesson.finish.items():
            if name not in options.finish and value:
                finish[name] = value
        avoid.update({name: values for name, values in lesson.avoid.items() if name not in avoid})
    more = max((lesson.steps for lesson in kept), default=0)
    return replace(
        options,
        finish=finish,
        avoid=avoid,
        more_steps=0 if options.steps is not None else max(options.more_steps, more),
        tightness=options.tightness or max((lesson.tightness for lesson in kept), default=0.0),
        lessons=(*options.lessons, *(lesson.key for lesson in kept)),
        because=(*options.because, *(lesson.because for lesson in kept)),
    )


def lesson_prompt(keys: Sequence[str]) -> Prompt:
    """Return the parts and negatives that lessons add to a prompt, marked as coming from rejections."""
    known = [REASONS[key] for key in keys if key in REASONS]
    return Prompt(
        tuple(
            PromptPart(f"not {reason.label}", reason.words, "rejections", number)
            for number, reason in enumerate(known)
            if reason.words
        ),
        tuple(
            PromptPart(reason.label, reason.negative, "rejections", number)
            for number, reason in enumerate(known)
            if reason.negative
        ),
    )
