"""A timeline in the words of OpenTimelineIO's JSON: one picture track, dissolves, markers on the stack.

Source: OpenTimelineIO's file format specification and its schemas Timeline.1, Stack.1, Track.1, Clip.2,
Transition.1, Marker.2, ExternalReference.1.
"""

from __future__ import annotations

from typing import Any

from renders.engine.timeline.model import Marker, Timeline

MARKER_COLOURS = {
    "beat": "GREEN",
    "cut": "RED",
    "effect": "PURPLE",
    "colour": "ORANGE",
    "comment": "YELLOW",
}
"""One colour of OTIO's list a kind. House choice."""

TRANSITION_TYPES = {"crossfade": "SMPTE_Dissolve"}
"""Everything else is OTIO's `Custom_Transition` with Apex's own name for it."""

Node = dict[str, Any]


def timeline(value: Timeline, *, name: str, start_frame: int, pictures: tuple[str, ...]) -> Node:
    """Return the Timeline.1 node, without metadata."""
    fps = float(value.rate.fps)
    children: list[Node] = []
    for number, clip in enumerate(value.clips):
        if clip.transition_in_frames:
            children.append(_transition(clip.transition_in, clip.transition_in_frames, fps))
        later = value.clips[number + 1 :]
        held = later[0].transition_in_frames if later else 0
        children.append(_clip(clip.shot_code, pictures[number], clip.duration_frames, held, fps))
    track = _node("Track.1", name="V1", kind="Video", children=children)
    stack = _node("Stack.1", name="tracks", children=[track])
    stack["markers"] = [_marker(marker, fps) for marker in value.markers]
    start = None if start_frame == 0 else _time(start_frame, fps)
    return {
        "OTIO_SCHEMA": "Timeline.1",
        "name": name,
        "global_start_time": start,
        "tracks": stack,
        "metadata": {},
    }


def _node(schema: str, **fields: Any) -> Node:
    common: Node = {
        "metadata": {},
        "source_range": None,
        "effects": [],
        "markers": [],
        "enabled": True,
    }
    return {"OTIO_SCHEMA": schema, **common, **fields}


def _time(frames: int, fps: float) -> Node:
    return {"OTIO_SCHEMA": "RationalTime.1", "rate": fps, "value": float(frames)}


def _range(start: int, frames: int, fps: float) -> Node:
    return {
        "OTIO_SCHEMA": "TimeRange.1",
        "start_time": _time(start, fps),
        "duration": _time(frames, fps),
    }


def _clip(code: str, picture: str, frames: int, held: int, fps: float) -> Node:
    reference = {
        "OTIO_SCHEMA": "ExternalReference.1",
        "name": code,
        "metadata": {},
        "target_url": picture,
        # A still can be held as long as the dissolve that follows needs.
        "available_range": _range(0, frames + held, fps),
        "available_image_bounds": None,
    }
    clip = _node("Clip.2", name=code, media_references={"DEFAULT_MEDIA": reference})
    clip["active_media_reference_key"] = "DEFAULT_MEDIA"
    clip["source_range"] = _range(0, frames, fps)
    return clip


def _transition(kind: str, frames: int, fps: float) -> Node:
    return {
        "OTIO_SCHEMA": "Transition.1",
        "name": kind,
        "metadata": {"apex": {"kind": kind}},
        "transition_type": TRANSITION_TYPES.get(kind, "Custom_Transition"),
        # Drawn wholly after the cut, over the held picture before it.
        "in_offset": _time(0, fps),
        "out_offset": _time(frames, fps),
    }


def _marker(marker: Marker, fps: float) -> Node:
    return {
        "OTIO_SCHEMA": "Marker.2",
        "name": marker.kind,
        "comment": marker.text,
        "color": MARKER_COLOURS[marker.kind],
        "marked_range": _range(marker.frame, 0, fps),
        "metadata": {
            "apex": {
                "kind": marker.kind,
                "residual_frames": marker.residual_frames,
                "confidence": marker.confidence,
                "moved_frames": marker.moved_frames,
            }
        },
    }
