"""How a shot's camera moves, as somebody edits it: keys, shutter, and depth, which only a picture with a depth pass has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from apexsite.kit.errors import InputError
from projects.engine.framing import CameraMove
from renders.engine.motion.keyframes import Key
from renders.engine.motion.parallax import ORBITS, TURNS
from renders.engine.motion.spec import STILL, Motion
from renders.engine.timeline.matches import seen_frames
from renders.engine.timeline.model import Clip, Timeline
from renders.models import Cut, Variant, VariantFile
from renders.services.media import media_path

DEEP_MOVES: tuple[CameraMove, ...] = (*ORBITS, CameraMove.DOLLY_ZOOM)
"""Moves that are what they are only with depth; over a whole picture they are a pan and a push."""


@dataclass(frozen=True, slots=True)
class DepthPass:
    """A picture's depth: the file's content hash, where it lies, and the distances black and white stand for."""

    sha256: str
    path: Path
    near_m: float
    far_m: float

    @property
    def name(self) -> Path:
        """Return what a cut's document calls it, the same on every machine."""
        return Path(f"sha256:{self.sha256}")


@dataclass(frozen=True, slots=True)
class Depths:
    """The depth passes of a cut's pictures by shot, and for the others why there is none."""

    passes: Mapping[str, DepthPass]
    reasons: Mapping[str, str]

    def of(self, code: str) -> DepthPass:
        """Return a shot's depth pass; raises `InputError` with the reason and what can be done instead."""
        if code in self.passes:
            return self.passes[code]
        why = self.reasons.get(code, "its picture is not in this production")
        raise InputError(
            f"shot {code} has no depth: {why}. Approve a picture of the previz stage, "
            "or move the whole picture (rule: depth needs a depth pass)"
        )


@dataclass(frozen=True, slots=True)
class MotionEdit:
    """A shot's motion as it shall be; what is None stays as it is. `is_deep` moves layers apart by the depth pass."""

    keys: tuple[Key, ...] | None = None
    curve: str | None = None
    amount: float | None = None
    shutter_degrees: float | None = None
    is_deep: bool | None = None
    parallax: float | None = None
    focus: float | None = None
    aperture: float | None = None


def depths_of(cut: Cut) -> Depths:
    """Return what the cut's pictures have of depth."""
    chosen: dict[str, str] = cut.document.get("variants", {})
    return depths_for(
        {
            str(row.pk): row
            for row in Variant.objects.filter(pk__in=chosen.values()).only("pk", "engine", "recipe")
        },
        chosen,
    )


def depths_for(variants: Mapping[str, Variant], chosen: Mapping[str, str]) -> Depths:
    """Return the depth passes of chosen variants, by shot; `variants` are the rows by key."""
    files = VariantFile.objects.filter(variant__in=variants, kind="depth").select_related("media")
    held = {str(file.variant_id): file.media for file in files}
    passes, reasons = {}, {}
    for code, key in chosen.items():
        row = variants.get(key)
        if row is None:
            continue
        if key not in held:
            reasons[code] = f"its picture is by {row.engine}, which measures no distances"
            continue
        span: Any = row.recipe.get("parameters", {}).get("depth_m") or {}
        try:
            near, far = float(span["near"]), float(span["far"])
        except (KeyError, TypeError, ValueError):
            reasons[code] = (
                "what is kept of how it was made does not say what distances its depth stands for"
            )
            continue
        passes[code] = DepthPass(held[key].sha256, media_path(held[key]), near, far)
    return Depths(passes, reasons)


def moved_clip(clip: Clip, edit: MotionEdit | None, *, move: CameraMove, depths: Depths) -> Clip:
    """Return the clip with its move and motion edited.

    Raises `InputError` where depth is asked of a picture without, for a move that depth changes nothing of, for a
    move that is new and needs depth while nobody said that the whole picture may move, and for keys after the end.
    """
    motion = edited_motion(clip.motion, edit, code=clip.shot_code, depths=depths)
    asked = edit.is_deep if edit else None
    if move in DEEP_MOVES and move != clip.move and asked is None and motion.depth is None:
        depths.of(clip.shot_code)  # says why there is none
        motion = edited_motion(motion, MotionEdit(is_deep=True), code=clip.shot_code, depths=depths)
    if motion.depth is not None and move in TURNS and not motion.aperture:
        raise InputError(
            f"depth changes nothing of shot {clip.shot_code}: a camera that only turns, zooms or stands sees nothing "
            "move apart; choose a push, truck, boom, crane, orbit or dolly zoom, or open the aperture (rule: depth is seen)"
        )
    return replace(clip, move=move, motion=motion)


def edited_motion(motion: Motion, edit: MotionEdit | None, *, code: str, depths: Depths) -> Motion:
    """Return a motion with what an edit says of it."""
    if edit is None:
        return motion
    changes = {
        field.name: value
        for field in fields(edit)
        if field.name != "is_deep" and (value := getattr(edit, field.name)) is not None
    }
    if edit.is_deep is False:
        changes |= {"depth": None, "depth_near_m": 0.0, "depth_far_m": 0.0, "aperture": 0.0}
    elif edit.is_deep:
        found = depths.of(code)
        changes |= {
            "depth": found.path, "depth_near_m": found.near_m, "depth_far_m": found.far_m,
        }  # fmt: skip
    elif motion.depth is None and changes.get("aperture"):
        depths.of(code)
        raise InputError(
            f"aperture of shot {code} needs depth: ask for it too (rule: focus needs depth)"
        )
    return replace(motion, **changes)


def require_keys_inside(clip: Clip, *, seen_frames: int) -> None:
    """Raise `InputError` for a key after the last frame that is seen of a clip."""
    late = [key.frame for key in clip.motion.keys if key.frame >= seen_frames]
    if late:
        raise InputError(
            f"key at frame {late[0]} of shot {clip.shot_code} lies after its last frame {seen_frames - 1} "
            "(rule: keys within the shot)"
        )


def carried(timeline: Timeline, before: Timeline | None, *, depths: Depths) -> Timeline:
    """Return a newly built timeline in which shots move as they did in the cut before, by their new pictures' depth.

    A move that is only itself with depth gets it where the picture has it. Keys after the end and depth that would
    change nothing, or that the new picture has not, are left out.
    """
    standing = {clip.shot_code: clip.motion for clip in before.clips} if before else {}
    clips = []
    for number, clip in enumerate(timeline.clips):
        motion = standing.get(clip.shot_code, STILL)
        seen = seen_frames(timeline, number)
        motion = replace(motion, keys=tuple(key for key in motion.keys if key.frame < seen))
        wanted = motion.depth is not None or clip.move in DEEP_MOVES
        is_seen = clip.move not in TURNS or motion.aperture > 0.0
        is_deep = wanted and is_seen and clip.shot_code in depths.passes
        edit = MotionEdit(is_deep=is_deep)
        motion = edited_motion(motion, edit, code=clip.shot_code, depths=depths)
        clips.append(replace(clip, motion=motion))
    return replace(timeline, clips=tuple(clips))


def named(timeline: Timeline, *, depths: Depths, kept: Timeline | None = None) -> Timeline:
    """Return the timeline with depths called by content, as its document keeps them; `kept` is the stored one."""
    names = {found.path: found.name for found in depths.passes.values()}
    stored = {clip.shot_code: clip.motion.depth for clip in kept.clips} if kept else {}
    clips = []
    for clip in timeline.clips:
        if clip.motion.depth is not None:
            name = names.get(clip.motion.depth, stored.get(clip.shot_code))
            clip = replace(clip, motion=replace(clip.motion, depth=name))
        clips.append(clip)
    return replace(timeline, clips=tuple(clips))
