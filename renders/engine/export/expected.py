"""What a cut itself makes black, still or abrupt, so that a check does not take it for a fault."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from projects.engine.framing import CameraMove
from renders.engine.timeline.model import Timeline

DARK_CODE, DARK_SHARE = 41, 0.98
"""A picture is black when this share of it lies below this luma code. House choice: a little above what the watch calls
black, since a grade may darken."""


@dataclass(frozen=True, slots=True)
class Span:
    """Frames from `start` up to, not with, `end`."""

    start: int
    end: int

    def shared(self, other: Span) -> int:
        """Return how many frames two spans share."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


def black_spans(timeline: Timeline) -> list[Span]:
    """Return where fades and dips may be black, a frame of grace at each side."""
    total = timeline.duration_frames
    spans = []
    if timeline.fade_in_frames:
        spans.append(Span(0, timeline.fade_in_frames + 1))
    if timeline.fade_out_frames:
        spans.append(Span(total - timeline.fade_out_frames - 1, total))
    for clip, start in zip(timeline.clips, timeline.starts(), strict=True):
        if clip.transition_in == "dip":
            spans.append(Span(start - 1, start + clip.transition_in_frames + 1))
    return spans


def dark_spans(timeline: Timeline) -> list[Span]:
    """Return where the shot's own picture is black. Reads every picture: ask only when black was found."""
    from PIL import Image

    spans = []
    for clip, start in zip(timeline.clips, timeline.starts(), strict=True):
        with Image.open(clip.picture) as picture:
            picture.draft("L", (256, 256))
            small = picture.convert("L").resize((64, 64), Image.Resampling.BOX)
        if float((np.asarray(small) < DARK_CODE).mean()) >= DARK_SHARE:
            spans.append(Span(start, start + clip.duration_frames))
    return spans


def moving_spans(timeline: Timeline) -> list[Span]:
    """Return where the camera moves."""
    return [
        Span(start, start + clip.duration_frames)
        for clip, start in zip(timeline.clips, timeline.starts(), strict=True)
        if clip.move != CameraMove.STATIC
    ]


def hard_cuts(timeline: Timeline) -> list[tuple[str, int]]:
    """Return the shots that begin with a hard cut and a picture other than the one before, with their frame."""
    clips = timeline.clips
    return [
        (clip.shot_code, start)
        for before, clip, start in zip(clips, clips[1:], timeline.starts()[1:], strict=False)
        if not clip.transition_in_frames and clip.picture != before.picture
    ]


def outside(span: Span, allowed: list[Span]) -> int:
    """Return how many frames of a span lie in none of the allowed ones."""
    frames = set(range(span.start, span.end))
    for other in allowed:
        frames -= set(range(other.start, other.end))
    return len(frames)
