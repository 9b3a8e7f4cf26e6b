"""How a shot of a cut moves, for its page: what is set, which windows are seen first and last, what depth there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from apexsite.kit.errors import InputError
from renders.engine.motion.spec import STILL
from renders.engine.motion.window import Window
from renders.engine.timeline.document import timeline_from_document
from renders.engine.timeline.matches import clip_window, seen_frames
from renders.engine.timeline.model import Clip
from renders.models import Cut
from renders.services.cuts import film_seed
from renders.services.motionedits import DEEP_MOVES, depths_of


@dataclass(frozen=True, slots=True)
class Framed:
    """A window in percent of the picture, to be drawn over it: left and top corner, width and height."""

    label: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class CameraReading:
    """A shot's camera. `frames` is how long it is seen, the transition after it included; `no_depth` says why not."""

    clip: Clip
    place: int
    shots: int
    variant: UUID | None
    frames: int
    windows: tuple[Framed, ...]
    has_depth: bool
    no_depth: str
    metres: tuple[float, float]
    before: str
    after: str


def camera_of(cut: Cut, shot_code: str) -> CameraReading:
    """Return the reading of a shot; raises `InputError` for a cut without a timeline or without the shot."""
    if "timeline" not in cut.document:
        raise InputError(f"cut {cut.version} was stored without a timeline; build the cut again")
    timeline = timeline_from_document(cut.document["timeline"])
    codes = [clip.shot_code for clip in timeline.clips]
    if shot_code not in codes:
        raise InputError(f"shot={shot_code[:80]!r} is not in cut {cut.version}")
    number = codes.index(shot_code)
    clip, depths = timeline.clips[number], depths_of(cut)
    seed = film_seed(cut.episode.project)
    frames = seen_frames(timeline, number)
    marks = [(f"{at}", at) for at in (key.frame for key in clip.motion.keys)]
    marks = marks or [("first", 0), ("last", frames - 1)]
    found = depths.passes.get(shot_code)
    key = cut.document.get("variants", {}).get(shot_code)
    return CameraReading(
        clip=clip,
        place=number + 1,
        shots=len(codes),
        variant=UUID(key) if key else None,
        frames=frames,
        windows=tuple(
            _framed(label, clip_window(timeline, number, frame=at, seed=seed))
            for label, at in marks
        ),
        has_depth=found is not None,
        no_depth=depths.reasons.get(shot_code, ""),
        metres=(found.near_m, found.far_m) if found else (0.0, 0.0),
        before=codes[number - 1] if number else "",
        after=codes[number + 1] if number + 1 < len(codes) else "",
    )


def camera_words(clip: Clip, reasons: Mapping[str, str]) -> tuple[str, str]:
    """Return what is set beyond the named move, and why a move that wants depth has none; both may be empty."""
    motion, words = clip.motion, []
    if motion.keys:
        words.append(f"{len(motion.keys)} key{'s' if len(motion.keys) > 1 else ''}")
    elif motion.curve:
        words.append(motion.curve.replace("_", " "))
    if motion.amount != STILL.amount and not motion.keys:
        words.append(f"{motion.amount:g} of the move")
    if motion.shutter_degrees:
        words.append(f"shutter {motion.shutter_degrees:g}°")
    if motion.depth is not None:
        words.append(f"in depth, parallax {motion.parallax:g}")
    if motion.aperture:
        words.append(f"aperture {motion.aperture:g}")
    flat = ""
    if clip.move in DEEP_MOVES and motion.depth is None:
        flat = "over the whole picture: "
        flat += reasons.get(clip.shot_code, "depth is there but not asked for")
    return ", ".join(words), flat


def _framed(label: str, window: Window) -> Framed:
    side = 100.0 / window.zoom
    left, top = 100.0 * window.centre_x - side / 2, 100.0 * window.centre_y - side / 2
    return Framed(label, left, top, side, side)
