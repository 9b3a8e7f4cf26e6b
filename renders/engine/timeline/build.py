"""From planned shots to a cut: cuts moved onto the beat, scenes joined by a transition, every decision marked."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from apexsite.kit.errors import InputError, listed
from apexsite.kit.timecode import FrameRate
from projects.engine.framing import CameraMove
from renders.engine.timeline.model import Clip, Marker, Timeline
from renders.engine.transitions.registry import TRANSITION_KINDS, TRANSITIONS

SHORTEST_SHOT_SECONDS = 0.5
"""No cut is moved so that a shot is shorter than this (or than planned, if that is shorter). House choice."""


@dataclass(frozen=True, slots=True)
class PlannedShot:
    """A shot that waits for its place. `speech_frames` is how long somebody speaks: it is never cut shorter.

    `transition_in` is what the script or the shot asks for; empty leaves it to the cut.
    """

    code: str
    picture: Path
    duration_frames: int
    move: CameraMove
    speech_frames: int = 0
    starts_scene: bool = False
    transition_in: str = ""

    def __post_init__(self) -> None:
        if self.duration_frames < 1:
            raise InputError(
                f"duration_frames={self.duration_frames} of shot {self.code} must be 1 or more"
            )
        if self.transition_in and self.transition_in not in TRANSITION_KINDS:
            raise InputError(
                f"transition_in={self.transition_in!r} of shot {self.code} must be one of "
                f"{listed(TRANSITION_KINDS)}"
            )
        if self.speech_frames < 0:
            raise InputError(
                f"speech_frames={self.speech_frames} of shot {self.code} must be 0 or more"
            )


def build_timeline(
    shots: Sequence[PlannedShot],
    *,
    rate: FrameRate,
    width: int,
    height: int,
    beats_frames: Sequence[int] | None = None,
    beat_residuals_frames: Sequence[float] | None = None,
    beat_confidences: Sequence[float] | None = None,
    fade_in_frames: int = 0,
    fade_out_frames: int = 0,
    scene_transition: str = "crossfade",
) -> Timeline:
    """Return the cut. Each cut goes to the nearest beat that leaves every shot its speech and half a second.

    Beats are absolute frames from the start of the film. A cut for which no such beat lies within half a beat
    keeps its planned place; its marker's `residual_frames` says how far from the nearest beat it is, and
    `moved_frames` how far it went. `beat_residuals_frames` and `beat_confidences` are kept with their beats, and a cut
    on a beat is as sure as that. The last shot ends as planned. A shot begins with the transition it asks for, else a new scene with `scene_transition`,
    else hard; a transition has its usual length, at most half of the shorter neighbour.
    Raises `InputError` for no shots, beats that do not rise, or a transition that is not known.
    """
    if not shots:
        raise InputError("a timeline must hold at least one shot")
    if scene_transition not in TRANSITION_KINDS:
        raise InputError(
            f"scene_transition={scene_transition!r} must be one of {listed(TRANSITION_KINDS)}"
        )
    beats = tuple(beats_frames or ())
    if any(later <= earlier for earlier, later in itertools.pairwise(beats)):
        raise InputError("beats_frames must rise from beat to beat")
    residuals = tuple(beat_residuals_frames or (0.0,) * len(beats))
    if len(residuals) != len(beats):
        raise InputError(f"{len(residuals)} beat_residuals_frames must be one for each beat")
    sure = tuple(beat_confidences or (1.0,) * len(beats))
    if len(sure) != len(beats):
        raise InputError(f"{len(sure)} beat_confidences must be one for each beat")
    durations, planned = _locked_durations(shots, beats, rate=rate)
    clips = _clips(shots, durations, rate=rate, scene_transition=scene_transition)
    total = sum(durations)
    return Timeline(
        rate=rate,
        width=width,
        height=height,
        clips=tuple(clips),
        markers=_markers(
            clips,
            [
                Marker(beat, "beat", residual_frames=residual, confidence=confidence)
                for beat, residual, confidence in zip(beats, residuals, sure, strict=True)
                if 0 <= beat < total
            ],
            beats=beats,
            planned=planned,
        ),
        fade_in_frames=min(fade_in_frames, total),
        fade_out_frames=min(fade_out_frames, total),
    )


def _clips(
    shots: Sequence[PlannedShot],
    durations: Sequence[int],
    *,
    rate: FrameRate,
    scene_transition: str,
) -> list[Clip]:
    clips: list[Clip] = []
    for number, (shot, duration) in enumerate(zip(shots, durations, strict=True)):
        asked = shot.transition_in or (scene_transition if shot.starts_scene else "cut")
        shorter = min(duration, durations[number - 1]) if number else 0
        overlap = _transition_frames(asked, shorter=shorter, rate=rate)
        clips.append(
            Clip(
                shot_code=shot.code,
                picture=shot.picture,
                duration_frames=duration,
                move=shot.move,
                transition_in=asked if overlap else "cut",
                transition_in_frames=overlap,
            )
        )
    return clips


def _transition_frames(kind: str, *, shorter: int, rate: FrameRate) -> int:
    """Return the length a transition gets, 0 where the shots have no room for it."""
    if kind == "cut":
        return 0
    frames = min(rate.frames_at(TRANSITIONS[kind].seconds), shorter // 2)
    return frames if frames >= TRANSITIONS[kind].least_frames else 0


def relaid(timeline: Timeline, clips: Sequence[Clip]) -> Timeline:
    """Return the timeline with other clips, or the same in another order; its markers follow.

    Beats and what people marked stay where they are, cuts are marked anew; a cut that stands after the same shot
    as before says by `moved_frames` how far it went.
    """
    total = sum(clip.duration_frames for clip in clips)
    kept = [m for m in timeline.markers if m.kind != "cut" and m.frame < total]
    beats = tuple(sorted({m.frame for m in timeline.markers if m.kind == "beat"}))
    ends = {
        clip.shot_code: start + clip.duration_frames
        for clip, start in zip(timeline.clips, timeline.starts(), strict=True)
    }
    at, planned = 0, []
    for clip in clips:
        at += clip.duration_frames
        planned.append(ends.get(clip.shot_code, at))
    return replace(
        timeline,
        clips=tuple(clips),
        markers=_markers(clips, kept, beats=beats, planned=planned),
        fade_in_frames=min(timeline.fade_in_frames, total),
        fade_out_frames=min(timeline.fade_out_frames, total),
    )


def nearest_beat(beats: Sequence[int], frame: int) -> int | None:
    """Return the beat nearest to a frame, the earlier of two; None where there are no beats."""
    if not beats:
        return None
    at = bisect_left(beats, frame)
    return min(beats[max(0, at - 1) : at + 1], key=lambda beat: abs(beat - frame))


def _locked_durations(
    shots: Sequence[PlannedShot], beats: tuple[int, ...], *, rate: FrameRate
) -> tuple[list[int], list[int]]:
    """Return the lengths as differences of the cuts' absolute frames, which cannot drift, and the planned ends."""
    shortest = rate.frames_at(SHORTEST_SHOT_SECONDS)
    durations, ends, start, planned_end = [], [], 0, 0
    for number, shot in enumerate(shots):
        planned_end += max(shot.duration_frames, shot.speech_frames)
        least = max(shot.speech_frames, min(shortest, shot.duration_frames))
        end = max(planned_end, start + least)
        if number < len(shots) - 1:
            end = _locked_end(end, least_end=start + least, beats=beats)
        durations.append(end - start)
        ends.append(planned_end)
        start = end
    return durations, ends


def _locked_end(planned: int, *, least_end: int, beats: tuple[int, ...]) -> int:
    """Return the beat a cut moves to, or the planned frame when the beats do not reach it."""
    allowed = beats[bisect_left(beats, least_end) :]
    beat = nearest_beat(allowed, planned)
    if beat is None:
        return planned
    gaps = [later - earlier for earlier, later in itertools.pairwise(beats)]
    # Beyond the music's first and last beat there is nothing to lock to; within it a neighbour is a gap away.
    reach = max(gaps) if gaps else 0
    return beat if abs(beat - planned) <= reach else planned


def _markers(
    clips: Sequence[Clip],
    found: Sequence[Marker],
    *,
    beats: tuple[int, ...],
    planned: Sequence[int],
) -> tuple[Marker, ...]:
    markers, at = list(found), 0
    sure = {marker.frame: marker.confidence for marker in found}
    for (before, clip), wanted in zip(itertools.pairwise(clips), planned, strict=False):
        at += before.duration_frames
        beat = nearest_beat(beats, at)
        residual = 0.0 if beat is None else float(at - beat)
        cut = Marker(at, "cut", clip.shot_code, residual, sure.get(at, 1.0), at - wanted)
        markers.append(cut)
    return tuple(sorted(markers, key=lambda marker: (marker.frame, marker.kind)))
