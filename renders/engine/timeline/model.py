"""The cut as frozen values: integer frames at an exact rate, clips end to end, transitions on their boundaries."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from apexsite.kit.errors import InputError
from apexsite.kit.timecode import FrameRate
from projects.engine.framing import CameraMove
from renders.engine.motion.spec import STILL, Motion
from renders.engine.transitions.base import Match
from renders.engine.transitions.rules import require_transition

MARKER_KINDS: tuple[str, ...] = ("beat", "cut", "effect", "colour", "comment")


@dataclass(frozen=True, slots=True)
class Clip:
    """One shot in the cut. `transition_in_frames` of 0 is a hard cut; else it overlaps the clip before.

    `transition_curve` empty is the transition's own. `handle_frames` is how far the picture goes on after the
    clip's end; None is a still, which never ends. `motion` says how the move is made, or replaces it by keys.
    """

    shot_code: str
    picture: Path
    duration_frames: int
    move: CameraMove = CameraMove.STATIC
    transition_in: str = "cut"
    transition_in_frames: int = 0
    transition_curve: str = ""
    match: Match | None = None
    handle_frames: int | None = None
    motion: Motion = STILL

    def __post_init__(self) -> None:
        if self.duration_frames < 1:
            raise InputError(
                f"duration_frames={self.duration_frames} of shot {self.shot_code} must be 1 or more"
            )


@dataclass(frozen=True, slots=True)
class Marker:
    """A named frame: `beat`, `cut`, `effect`, `colour` or `comment`. `residual_frames` is how far off it lies.

    For a beat that is the frame's distance from the exact time, and `confidence` (0 to 1) how sure the pulse is; for a
    cut the distance from the nearest beat, and `moved_frames` how far the cut went from its planned place.
    """

    frame: int
    kind: str
    text: str = ""
    residual_frames: float = 0.0
    confidence: float = 1.0
    moved_frames: int = 0

    def __post_init__(self) -> None:
        if self.kind not in MARKER_KINDS:
            raise InputError(f"marker={self.kind!r} must be one of {', '.join(MARKER_KINDS)}")
        if self.frame < 0:
            raise InputError(f"marker at frame {self.frame} must be at 0 or later")
        if not 0.0 <= self.confidence <= 1.0:
            raise InputError(f"confidence={self.confidence} of a marker must be from 0 to 1")


@dataclass(frozen=True, slots=True)
class Timeline:
    """A cut. Clip i+1 starts where clip i ends; a transition is drawn over the boundary's following frames.

    A crossfade of n frames into clip k mixes clip k-1, held and moved on, with clip k during clip k's first n
    frames, so cuts never move and the length is the sum of the durations.
    """

    rate: FrameRate
    width: int
    height: int
    clips: tuple[Clip, ...]
    markers: tuple[Marker, ...] = ()
    fade_in_frames: int = 0
    fade_out_frames: int = 0

    def __post_init__(self) -> None:
        if not self.clips:
            raise InputError("a timeline must hold at least one clip")
        if self.width % 2 or self.height % 2:
            raise InputError(f"raster={self.width}×{self.height} must be even in both sides")
        for number, clip in enumerate(self.clips):
            before = self.clips[number - 1] if number else None
            require_transition(
                clip.transition_in,
                frames=clip.transition_in_frames,
                curve=clip.transition_curve,
                shot=clip.shot_code,
                shot_frames=clip.duration_frames,
                handle_frames=before.handle_frames if before else None,
                free_before_frames=(
                    before.duration_frames - before.transition_in_frames if before else None
                ),
            )

    @property
    def duration_frames(self) -> int:
        """Return the length of the cut in frames."""
        return sum(clip.duration_frames for clip in self.clips)

    def starts(self) -> tuple[int, ...]:
        """Return the first frame of each clip."""
        starts, at = [], 0
        for clip in self.clips:
            starts.append(at)
            at += clip.duration_frames
        return tuple(starts)
