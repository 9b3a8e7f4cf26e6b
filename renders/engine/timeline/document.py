"""The timeline as a document, `apex.timeline/2`, and back: OTIO JSON with Apex's own values below `metadata["apex"]`.

    document = timeline_to_document(timeline)      # any program that reads OpenTimelineIO reads it
    assert timeline_from_document(document) == timeline

Version 1 was a list of clips without OTIO; it is still read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from apexsite.kit.documents import Document, schema_label, upgrade_document
from apexsite.kit.errors import InputError
from apexsite.kit.timecode import FrameRate
from projects.engine.framing import CameraMove
from renders.engine.motion.spec import STILL, motion_from_document, motion_to_document
from renders.engine.timeline import otiojson
from renders.engine.timeline.model import Clip, Marker, Timeline
from renders.engine.transitions.base import Match

KIND, VERSION = "timeline", 2


def timeline_to_document(
    timeline: Timeline, *, name: str = "", start_frame: int = 0, pictures: tuple[str, ...] = ()
) -> Document:
    """Return the document: valid OTIO JSON, the exact rate as a fraction such as "24000/1001".

    `pictures` are what the clips' media are called instead of their paths, one for each; `start_frame` is the
    frame of the timecode at which the programme begins.
    """
    names = pictures or tuple(str(clip.picture) for clip in timeline.clips)
    document = otiojson.timeline(timeline, name=name, start_frame=start_frame, pictures=names)
    document["metadata"] = {
        "apex": {
            "schema": schema_label(KIND, VERSION),
            "rate": str(timeline.rate),
            "width": timeline.width,
            "height": timeline.height,
            "fade_in_frames": timeline.fade_in_frames,
            "fade_out_frames": timeline.fade_out_frames,
            "clips": [
                {
                    "shot_code": clip.shot_code,
                    "picture": picture,
                    "duration_frames": clip.duration_frames,
                    "move": str(clip.move),
                    "transition_in": clip.transition_in,
                    "transition_in_frames": clip.transition_in_frames,
                    **_transition_more(clip),
                }
                for clip, picture in zip(timeline.clips, names, strict=True)
            ],
            "markers": [_marker_document(marker) for marker in timeline.markers],
        }
    }
    return document


def timeline_from_document(document: Mapping[str, Any]) -> Timeline:
    """Return the timeline of a document of any version; raises `InputError` when it does not fit."""
    own: Any = document
    if "OTIO_SCHEMA" in document:
        metadata = document.get("metadata")
        own = metadata.get("apex") if isinstance(metadata, Mapping) else None
        if not isinstance(own, Mapping):
            raise InputError(
                "the OTIO document has no metadata of Apex; bring it in as a foreign one"
            )
    upgraded = upgrade_document(own, kind=KIND, version=VERSION, upgrades={1: dict})
    try:
        return Timeline(
            rate=FrameRate.parse(str(upgraded["rate"])),
            width=int(upgraded["width"]),
            height=int(upgraded["height"]),
            clips=tuple(_clip(clip) for clip in upgraded["clips"]),
            markers=tuple(_marker(marker) for marker in upgraded.get("markers", [])),
            fade_in_frames=int(upgraded.get("fade_in_frames", 0)),
            fade_out_frames=int(upgraded.get("fade_out_frames", 0)),
        )
    except KeyError as err:
        raise InputError(f"timeline document lacks the field {err.args[0]!r}") from err
    except (TypeError, ValueError, AttributeError) as err:
        raise InputError(f"timeline document does not fit: {err}") from err


def _transition_more(clip: Clip) -> Document:
    """Return what most clips do not have, so that it stands only where it says something."""
    more: Document = {}
    if clip.transition_curve:
        more["transition_curve"] = clip.transition_curve
    if clip.handle_frames is not None:
        more["handle_frames"] = clip.handle_frames
    if clip.match is not None:
        more["match"] = asdict(clip.match)
    if clip.motion != STILL:
        more["motion"] = motion_to_document(clip.motion)
    return more


def _clip(clip: Mapping[str, Any]) -> Clip:
    return Clip(
        shot_code=str(clip["shot_code"]),
        picture=Path(str(clip["picture"])),
        duration_frames=int(clip["duration_frames"]),
        move=CameraMove(str(clip["move"])),
        transition_in=str(clip.get("transition_in", "cut")),
        transition_in_frames=int(clip.get("transition_in_frames", 0)),
        transition_curve=str(clip.get("transition_curve", "")),
        match=_match(clip["match"]) if clip.get("match") else None,
        handle_frames=None if (handle := clip.get("handle_frames")) is None else int(handle),
        motion=motion_from_document(clip.get("motion", {})),
    )


def _match(match: Mapping[str, Any]) -> Match:
    return Match(
        scale=float(match["scale"]),
        shift_x=float(match["shift_x"]),
        shift_y=float(match["shift_y"]),
        confidence=float(match["confidence"]),
    )


def _marker_document(marker: Marker) -> Document:
    return {
        "frame": marker.frame,
        "kind": marker.kind,
        "text": marker.text,
        "residual_frames": marker.residual_frames,
        "confidence": marker.confidence,
        "moved_frames": marker.moved_frames,
    }


def _marker(marker: Mapping[str, Any]) -> Marker:
    return Marker(
        frame=int(marker["frame"]),
        kind=str(marker["kind"]),
        text=str(marker.get("text", "")),
        residual_frames=float(marker.get("residual_frames", 0.0)),
        confidence=float(marker.get("confidence", 1.0)),
        moved_frames=int(marker.get("moved_frames", 0)),
    )
