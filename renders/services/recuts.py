"""Edit a cut: order, lengths, transitions and moves by hand or from a list of another desk; each time a new version."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django.contrib.auth.models import AbstractUser

from apexsite.kit.errors import InputError, listed
from apexsite.kit.timecode import FrameRate
from projects import access
from projects.engine.framing import CameraMove
from renders.engine.timeline.build import relaid
from renders.engine.timeline.document import timeline_from_document, timeline_to_document
from renders.engine.timeline.matches import seen_frames, with_matches
from renders.engine.timeline.model import Clip, Timeline
from renders.engine.timeline.programme import Programme
from renders.engine.transitions.registry import TRANSITIONS
from renders.models import Cut
from renders.services.cuts import cut_store, film_seed
from renders.services.films import timeline_of
from renders.services.motionedits import (
    Depths,
    MotionEdit,
    depths_of,
    moved_clip,
    named,
    require_keys_inside,
)
from renders.services.soundplans import LEAD_IN_FRAMES, TAIL_FRAMES


@dataclass(frozen=True, slots=True)
class ClipEdit:
    """A shot of the cut as it shall be; what is None stays as it is. A transition of 0 frames gets its usual length."""

    shot_code: str
    duration_frames: int | None = None
    transition_in: str | None = None
    transition_in_frames: int | None = None
    transition_curve: str | None = None
    move: str | None = None
    motion: MotionEdit | None = None


def cut_edit(
    *,
    user: AbstractUser,
    cut: Cut,
    edits: Sequence[ClipEdit],
    fades: tuple[int, int] | None = None,
) -> Cut:
    """Store the cut with its shots in the order of the edits; the same edit again is the version there is.

    Raises `InputError` for shots the cut does not hold or holds twice, a shot shorter than its line, and any rule
    of transitions; `StateError` when somebody stored a newer version meanwhile.
    """
    access.require(user, cut.episode.project, "make")
    timeline, seed, depths = timeline_of(cut), film_seed(cut.episode.project), depths_of(cut)
    edited = with_matches(edited_timeline(timeline, edits, depths=depths, fades=fades), seed=seed)
    if _picture(edited) == _picture(timeline):
        return cut
    kept = {clip.shot_code for clip in edited.clips}
    document = dict(cut.document)
    document["variants"] = {k: v for k, v in cut.document["variants"].items() if k in kept}
    document["speech"] = _placed(edited, cut.document["speech"])
    document["timeline"] = _portable(edited, cut, depths)
    document["edited_from"] = cut.version
    return cut_store(user, cut.episode, cut.tier, document, edited, edits=cut)


def edited_timeline(
    timeline: Timeline,
    edits: Sequence[ClipEdit],
    *,
    depths: Depths,
    fades: tuple[int, int] | None = None,
) -> Timeline:
    """Return the timeline as the edits want it; errors as of `cut_edit`."""
    standing = {clip.shot_code: clip for clip in timeline.clips}
    names = [edit.shot_code for edit in edits]
    if strange := [name for name in names if name not in standing]:
        raise InputError(
            f"the cut has no shot {listed(strange)}; its shots are {listed(standing)} (rule: known shot)"
        )
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise InputError(f"shot {listed(twice)} stands twice in the cut (rule: once)")
    before = {
        clip.shot_code: timeline.clips[number - 1].shot_code if number else None
        for number, clip in enumerate(timeline.clips)
    }
    clips: list[Clip] = []
    for number, edit in enumerate(edits):
        clip = _edited(standing[edit.shot_code], edit, timeline.rate, depths)
        previous = names[number - 1] if number else None
        reframed = any(_is_reframed(one, standing) for one in (clip, *clips[-1:]))
        if reframed or previous != before[edit.shot_code]:
            clip = replace(clip, match=None)
        if not number and edit.transition_in is None:
            clip = replace(clip, transition_in="cut", transition_in_frames=0, transition_curve="")
        clips.append(clip)
    if fades is not None:
        timeline = replace(timeline, fade_in_frames=fades[0], fade_out_frames=fades[1])
    made = relaid(timeline, clips)
    for number, clip in enumerate(made.clips):
        if clip.motion.keys:
            require_keys_inside(clip, seen_frames=seen_frames(made, number))
    return made


def _is_reframed(clip: Clip, standing: Mapping[str, Clip]) -> bool:
    was = standing[clip.shot_code]
    return (clip.move, clip.motion) != (was.move, was.motion)


def _picture(timeline: Timeline) -> tuple[object, ...]:
    return timeline.clips, timeline.fade_in_frames, timeline.fade_out_frames


def edits_of(programme: Programme) -> list[ClipEdit]:
    """Return a programme of another desk as edits of a cut, shots found by the names of its clips."""
    return [
        ClipEdit(
            clip.name,
            duration_frames=clip.duration_frames,
            transition_in=clip.transition_in,
            transition_in_frames=clip.transition_in_frames,
        )
        for clip in programme.clips
    ]


def _edited(clip: Clip, edit: ClipEdit, rate: FrameRate, depths: Depths) -> Clip:
    changes: dict[str, Any] = {}
    if edit.duration_frames is not None:
        changes["duration_frames"] = edit.duration_frames
    if edit.transition_curve is not None:
        changes["transition_curve"] = edit.transition_curve
    if edit.move is not None and edit.move not in list(CameraMove):
        raise InputError(
            f"move={edit.move!r} of shot {clip.shot_code} must be one of {listed(CameraMove)}"
        )
    move = clip.move if edit.move is None else CameraMove(edit.move)
    if edit.motion is not None or move != clip.move:
        clip = moved_clip(clip, edit.motion, move=move, depths=depths)
    kind = edit.transition_in if edit.transition_in is not None else clip.transition_in
    frames = edit.transition_in_frames
    if frames is None:
        frames = clip.transition_in_frames
    if not frames and kind in TRANSITIONS:
        frames = rate.frames_at(TRANSITIONS[kind].seconds)
    if kind == "cut":
        frames, changes["transition_curve"] = 0, ""
    if kind not in TRANSITIONS or kind != "match_dissolve" or frames != clip.transition_in_frames:
        changes["match"] = None
    changes |= {"transition_in": kind, "transition_in_frames": frames}
    return replace(clip, **changes)


def _placed(timeline: Timeline, speech: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the lines at their shots' new places; raises `InputError` for a shot that would cut its line off."""
    starts = dict(zip((c.shot_code for c in timeline.clips), timeline.starts(), strict=True))
    lengths = {clip.shot_code: clip.duration_frames for clip in timeline.clips}
    placed = []
    for line in speech:
        code = line["shot"]
        if code not in starts:
            continue
        frames = math.ceil(Fraction(line["seconds"]) * timeline.rate.fps)
        needed = LEAD_IN_FRAMES + frames + TAIL_FRAMES
        if lengths[code] < needed:
            raise InputError(
                f"shot {code} of {lengths[code]} frames would cut off its line, which needs {needed} "
                "(rule: lines are whole)"
            )
        placed.append({**line, "start_frame": starts[code] + LEAD_IN_FRAMES})
    return sorted(placed, key=lambda line: line["start_frame"])


def _portable(timeline: Timeline, cut: Cut, depths: Depths) -> dict[str, Any]:
    stored = timeline_from_document(cut.document["timeline"])
    names = {clip.shot_code: str(clip.picture) for clip in stored.clips}
    return timeline_to_document(
        named(timeline, depths=depths, kept=stored),
        pictures=tuple(names[clip.shot_code] for clip in timeline.clips),
    )
