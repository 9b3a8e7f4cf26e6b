"""How a cut lies on its beats: every cut with how far it was moved and how far from its beat it is."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from renders.engine.timeline.document import timeline_from_document
from renders.models import Cut
from renders.services.musicplans import FACTORS

LEAST_SURE = 0.25
"""A beat below this confidence is told as unsure. House choice."""


@dataclass(frozen=True, slots=True)
class CutMove:
    """A cut into a shot: its frame, frames it was moved by, and its distance from the nearest beat in frames."""

    shot_code: str
    frame: int
    moved_frames: int
    residual_frames: float


@dataclass(frozen=True, slots=True)
class BeatReading:
    """All cuts of a cut, and its pulse.

    `on_beat` counts cuts within a frame of a beat, `unsure` the beats whose own confidence is low.
    """

    moves: tuple[CutMove, ...]
    on_beat: int
    beats: int
    tempo_bpm: float
    confidence: float
    unsure: int
    is_known: bool
    tempo_factor: float
    wish: dict[str, Any]


def beats_of_cut(cut: Cut) -> BeatReading | None:
    """Return the reading, or None for a cut without a timeline."""
    if not cut.document.get("timeline"):
        return None
    timeline = timeline_from_document(cut.document["timeline"])
    music = cut.document.get("music", {})
    moves = tuple(
        CutMove(marker.text, marker.frame, marker.moved_frames, marker.residual_frames)
        for marker in timeline.markers
        if marker.kind == "cut"
    )
    # A file's tempo is found with its octave; the tempo of Apex's own bed is what it is played at.
    is_known = music.get("source") != "file"
    by_hand = FACTORS.get(music.get("wish", {}).get("tempo", ""), 1.0) if is_known else 1.0
    beats = [marker for marker in timeline.markers if marker.kind == "beat"]
    return BeatReading(
        moves=moves,
        on_beat=sum(abs(move.residual_frames) <= 1 for move in moves) if beats else 0,
        beats=len(beats),
        tempo_bpm=float(Fraction(str(music.get("tempo_bpm") or 0))) * by_hand,
        confidence=float(music.get("confidence", 1.0)) if beats else 0.0,
        unsure=sum(marker.confidence < LEAST_SURE for marker in beats),
        is_known=is_known,
        tempo_factor=float(music.get("tempo_factor", 1.0)),
        wish=music.get("wish", {}),
    )
