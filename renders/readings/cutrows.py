"""The shots of a cut as rows one can edit: length, join, move, and the same join in ffmpeg's words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from renders.engine.timeline.document import timeline_from_document
from renders.engine.timeline.model import Timeline
from renders.engine.transitions.ffmpegwords import ffmpeg_words
from renders.models import Cut
from renders.readings.cameras import camera_words
from renders.services.motionedits import depths_of

MOST_ROWS = 200
"""A form of more shots is slow; such a cut is edited by lists. House choice."""


@dataclass(frozen=True, slots=True)
class CutRow:
    """One shot of a cut."""

    place: int
    code: str
    variant: UUID | None
    duration_frames: int
    transition_in: str
    transition_in_frames: int
    transition_curve: str
    confidence: float | None
    move: str
    moved_frames: int | None
    command: str
    camera: str
    flat: str


def cut_rows(cut: Cut) -> list[CutRow]:
    """Return the rows of a stored cut; none for a cut without a timeline or with more than `MOST_ROWS` shots."""
    if "timeline" not in cut.document:
        return []
    timeline = timeline_from_document(cut.document["timeline"])
    if len(timeline.clips) > MOST_ROWS:
        return []
    moved = {m.text: m.moved_frames for m in timeline.markers if m.kind == "cut"}
    chosen = cut.document.get("variants", {})
    reasons = depths_of(cut).reasons
    rows = []
    for number, clip in enumerate(timeline.clips):
        variant = chosen.get(clip.shot_code)
        rows.append(
            CutRow(
                number + 1,
                clip.shot_code,
                UUID(variant) if variant else None,
                clip.duration_frames,
                clip.transition_in,
                clip.transition_in_frames,
                clip.transition_curve,
                round(100 * clip.match.confidence) if clip.match else None,
                str(clip.move),
                moved.get(clip.shot_code),
                _command(timeline, number),
                *camera_words(clip, reasons),
            )
        )
    return rows


def _command(timeline: Timeline, number: int) -> str:
    if not number:
        return ""
    before, clip = timeline.clips[number - 1 : number + 1]
    return ffmpeg_words(
        clip.transition_in,
        before=Path(f"{before.shot_code}.png"),
        after=Path(f"{clip.shot_code}.png"),
        before_frames=before.duration_frames,
        after_frames=clip.duration_frames,
        frames=clip.transition_in_frames,
        curve=clip.transition_curve,
        rate=timeline.rate,
        width=timeline.width,
        height=timeline.height,
    )
