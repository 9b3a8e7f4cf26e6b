"""A cut as a strip of stills: what stands where, how short each may become, and where the beats lie."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from renders.engine.timeline.document import timeline_from_document
from renders.models import Cut, Variant
from renders.services.soundplans import LEAD_IN_FRAMES, TAIL_FRAMES

MOST_CLIPS = 200
"""A strip of more shots is edited by lists. House choice, as the form below it."""


@dataclass(frozen=True, slots=True)
class StripClip:
    """A shot on the strip, in whole frames; `least_frames` is what its line needs."""

    code: str
    shot: UUID | None
    variant: UUID | None
    start_frame: int
    duration_frames: int
    least_frames: int
    join: str
    share: float


@dataclass(frozen=True, slots=True)
class Strip:
    """A cut's clips in order, its beats in frames with their shares of the whole, its length and exact rate."""

    clips: list[StripClip]
    beats: list[tuple[int, float]]
    frames: int
    seconds: float
    fps_numerator: int
    fps_denominator: int


def strip_of(cut: Cut) -> Strip | None:
    """Return the strip of a cut, or None for one without a timeline or with more than `MOST_CLIPS` shots."""
    if not cut.document.get("timeline"):
        return None
    timeline = timeline_from_document(cut.document["timeline"])
    if len(timeline.clips) > MOST_CLIPS:
        return None
    chosen, fps, total = (
        cut.document.get("variants", {}),
        timeline.rate.fps,
        timeline.duration_frames,
    )
    shots = dict(Variant.objects.filter(pk__in=chosen.values()).values_list("pk", "shot_id"))
    least = {
        line["shot"]: LEAD_IN_FRAMES + math.ceil(Fraction(line["seconds"]) * fps) + TAIL_FRAMES
        for line in cut.document.get("speech", [])
    }
    clips = []
    for clip, start in zip(timeline.clips, timeline.starts(), strict=True):
        key = UUID(chosen[clip.shot_code]) if clip.shot_code in chosen else None
        clips.append(
            StripClip(
                code=clip.shot_code,
                shot=shots.get(key),
                variant=key if key in shots else None,
                start_frame=start,
                duration_frames=clip.duration_frames,
                least_frames=max(least.get(clip.shot_code, 1), clip.transition_in_frames, 1),
                join="" if clip.transition_in == "cut" else clip.transition_in.replace("_", " "),
                share=100 * clip.duration_frames / total,
            )
        )
    beats = [
        (marker.frame, 100 * marker.frame / total)
        for marker in timeline.markers
        if marker.kind == "beat" and 0 <= marker.frame < total
    ]
    seconds = float(timeline.rate.seconds_at(total))
    return Strip(clips, beats, total, seconds, fps.numerator, fps.denominator)
