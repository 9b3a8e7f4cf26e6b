"""A film's cut as a track: which shot stands at which frame, and where the beats lie."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from renders.engine.timeline.document import timeline_from_document
from renders.models import Delivery, Variant


@dataclass(frozen=True, slots=True)
class TrackClip:
    """A shot on the track, in whole frames."""

    code: str
    shot: UUID | None
    variant: UUID | None
    start_frame: int
    duration_frames: int


@dataclass(frozen=True, slots=True)
class Track:
    """All clips of a film in order; beats as shares of the whole length, 0 to 100 percent."""

    clips: list[TrackClip]
    beats: list[float]
    frames: int
    fps_numerator: int
    fps_denominator: int


def track_of(delivery: Delivery) -> Track | None:
    """Return the track of a delivered film, or None for a cut that was stored without a timeline."""
    document = delivery.cut.document
    if "timeline" not in document:
        return None
    timeline = timeline_from_document(document["timeline"])
    chosen = document.get("variants", {})
    shots = dict(Variant.objects.filter(pk__in=chosen.values()).values_list("pk", "shot_id"))
    clips = []
    for clip, start in zip(timeline.clips, timeline.starts(), strict=True):
        key = chosen.get(clip.shot_code)
        variant = UUID(key) if key else None
        alive = variant if variant in shots else None
        clips.append(
            TrackClip(clip.shot_code, shots.get(variant), alive, start, clip.duration_frames)
        )
    total = timeline.duration_frames
    beats = [
        100 * marker.frame / total
        for marker in timeline.markers
        if marker.kind == "beat" and 0 <= marker.frame < total
    ]
    fps = timeline.rate.fps
    return Track(clips, beats, total, fps.numerator, fps.denominator)
