"""Reading OpenTimelineIO JSON of any desk as a programme: the tracks count, whatever Apex wrote beside them.

    programme = programme_from_otio(json.loads(text), rate=film_rate)

Source: OpenTimelineIO's file format specification; times of another rate are rounded to the film's frames, halves up.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from apexsite.kit.errors import InputError, listed
from apexsite.kit.timecode import NTSC_SLOWNESS, FrameRate
from renders.engine.timeline.model import MARKER_KINDS, Marker
from renders.engine.timeline.otiojson import MARKER_COLOURS
from renders.engine.timeline.programme import Programme, ProgrammeClip
from renders.engine.transitions.registry import TRANSITIONS

READS: dict[str, int] = {
    "Timeline": 1,
    "Stack": 1,
    "Track": 1,
    "Clip": 2,
    "Transition": 1,
    "Gap": 1,
    "Marker": 2,
    "RationalTime": 1,
    "TimeRange": 1,
}
"""Schemas and the newest version of each that is read. Source: OpenTimelineIO 0.18."""

SNAP = Fraction(1, 2000)
"""How near a rate written as a float must be to a whole one or its thousand-and-first. House choice."""

MOST_CHILDREN = 20_000
Node = Mapping[str, Any]


@dataclass
class _Read:
    """The clips so far and what was found beside them."""

    rate: FrameRate
    clips: list[ProgrammeClip] = field(default_factory=list)
    markers: list[Marker] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pending: tuple[str, int, int] | None = (
        None  # a transition that waits for its clip: kind, before, after
    )


def programme_from_otio(document: Any, *, rate: FrameRate) -> Programme:
    """Return the picture track of an OTIO timeline in frames of `rate`.

    A transition that lies on both sides of its cut begins where it is first seen. Raises `InputError` for a
    schema or version that is not known, more than one picture track, gaps, nested tracks, and times that are no
    numbers; each says where.
    """
    timeline = _node(document, "the document", "Timeline")
    start = timeline.get("global_start_time")
    stack = _node(timeline.get("tracks"), "tracks", "Stack")
    tracks = [
        _node(child, f"track {number}", "Track")
        for number, child in enumerate(_list(stack, "children", "tracks"), start=1)
    ]
    pictures = [t for t in tracks if t.get("kind", "Video") == "Video" and t.get("children")]
    if len(pictures) != 1:
        raise InputError(
            f"{len(pictures)} picture tracks with clips; a cut has exactly one, so flatten them first"
        )
    read = _Read(rate)
    if len(tracks) > 1:
        read.notes.append("sound tracks are left out: lines and music come from the film itself")
    _children(read, pictures[0])
    _markers(read, stack)
    _markers(read, pictures[0])
    return Programme(
        rate,
        tuple(read.clips),
        str(timeline.get("name") or ""),
        max(0, _frames(start, rate, "global_start_time")) if start else 0,
        markers=tuple(sorted(read.markers, key=lambda marker: (marker.frame, marker.kind))),
        notes=tuple(dict.fromkeys(read.notes)),
        **_fades(timeline),
    )


def _children(read: _Read, track: Node) -> None:
    children = _list(track, "children", "the picture track")
    if len(children) > MOST_CHILDREN:
        raise InputError(f"{len(children)} things on the track; {MOST_CHILDREN} is the most")
    at = "the beginning"
    for number, child in enumerate(children, start=1):
        where = f"item {number} of the picture track"
        node = _node(child, where, "Clip", "Transition", "Gap")
        kind = str(node["OTIO_SCHEMA"]).partition(".")[0]
        if kind == "Transition":
            _transition(read, node, where)
        elif kind == "Gap":
            _, frames = _range(node.get("source_range"), read.rate, where)
            if frames:
                raise InputError(
                    f"{where}, after {at}, is a gap of {frames} frames (rule: end to end)"
                )
        else:
            _clip(read, node, where)
            at = read.clips[-1].name
    if read.pending is not None:
        read.notes.append("a transition after the last clip is left out")


def _clip(read: _Read, node: Node, where: str) -> None:
    name = str(node.get("name") or "").strip()
    if not name:
        raise InputError(f"{where} has no name, so no shot can be found for it")
    source = node.get("source_range") or _available(node)
    if source is None:
        raise InputError(f"{where} ({name}) has no source_range and no available_range")
    first, frames = _range(source, read.rate, f"{where} ({name})")
    if frames < 1:
        raise InputError(f"{where} ({name}) is {frames} frames long; it must be 1 or more")
    if node.get("effects"):
        read.notes.append(f"effects of {name} are left out")
    kind, lead, after = read.pending or ("cut", 0, 0)
    if lead:
        before = read.clips[-1]
        free = before.duration_frames - before.transition_in_frames
        if lead >= free:
            raise InputError(
                f"the transition into {name} begins {lead} frames before its cut, where {before.name} has "
                f"{free} left (rule: overlap)"
            )
        read.clips[-1] = replace(before, duration_frames=before.duration_frames - lead)
    if lead + after > frames + lead:
        raise InputError(
            f"the transition into {name} of {lead + after} frames is longer than the shot "
            f"({frames + lead}) (rule: longer than a shot)"
        )
    length = lead + after
    read.clips.append(ProgrammeClip(name, frames + lead, kind if length else "cut", length, first))
    read.pending = None


def _transition(read: _Read, node: Node, where: str) -> None:
    if not read.clips:
        raise InputError(f"{where} is a transition with no shot before it (rule: nothing before)")
    if read.pending is not None:
        raise InputError(f"{where} is a second transition in a row (rule: overlap)")
    lead = _frames(node.get("in_offset"), read.rate, f"{where}, in_offset")
    after = _frames(node.get("out_offset"), read.rate, f"{where}, out_offset")
    if lead < 0 or after < 0:
        raise InputError(f"{where} has offsets {lead} and {after}; both must be 0 or more")
    own = _own(node).get("kind")
    kind = own if own in TRANSITIONS else "crossfade"
    if kind == "crossfade" and node.get("transition_type") not in ("SMPTE_Dissolve", None):
        read.notes.append(
            f"the transition {node.get('name') or 'without a name'} is a crossfade here"
        )
    read.pending = (str(kind), lead, after)


def _markers(read: _Read, node: Node) -> None:
    kinds = {colour: kind for kind, colour in MARKER_COLOURS.items()}
    for number, child in enumerate(_list(node, "markers", "markers"), start=1):
        marker = _node(child, f"marker {number}", "Marker")
        first, _ = _range(marker.get("marked_range"), read.rate, f"marker {number}")
        own = _own(marker)
        kind = own.get("kind", kinds.get(str(marker.get("color")), "comment"))
        if first < 0 or kind not in MARKER_KINDS:
            raise InputError(f"marker {number} has frame {first} and kind {kind!r}")
        words = str(marker.get("comment") or ("" if own else marker.get("name") or ""))
        read.markers.append(Marker(first, str(kind), words))


def _fades(timeline: Node) -> dict[str, int]:
    """Return the fades Apex wrote; other desks have no word for them in OTIO."""
    own = _own(timeline)
    fades = {}
    for name in ("fade_in_frames", "fade_out_frames"):
        value = own.get(name, 0)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise InputError(f"metadata.apex.{name}={value!r} must be a whole number, 0 or more")
        fades[name] = value
    return fades


def _available(node: Node) -> Any:
    references = node.get("media_references")
    if isinstance(references, Mapping):
        reference = references.get(str(node.get("active_media_reference_key")))
    else:
        reference = node.get("media_reference")
    return reference.get("available_range") if isinstance(reference, Mapping) else None


def _own(node: Node) -> Node:
    metadata = node.get("metadata")
    own = metadata.get("apex") if isinstance(metadata, Mapping) else None
    return own if isinstance(own, Mapping) else {}


def _node(value: Any, where: str, *kinds: str) -> Node:
    """Return a node of one of the kinds; raises `InputError` for others and for versions not known."""
    if not isinstance(value, Mapping) or "OTIO_SCHEMA" not in value:
        raise InputError(f"{where} is no OTIO object: it has no OTIO_SCHEMA")
    label = str(value["OTIO_SCHEMA"])
    kind, _, version = label.partition(".")
    if kind not in kinds:
        valid = listed(f"{name}.{READS[name]}" for name in kinds)
        raise InputError(f"{where} has OTIO_SCHEMA={label[:60]!r}; expected {valid}")
    if not version.isascii() or not version.isdigit() or not 1 <= int(version[:6]) <= READS[kind]:
        raise InputError(
            f"{where} has OTIO_SCHEMA={label[:60]!r}; the newest that is read is {kind}.{READS[kind]}"
        )
    return value


def _list(node: Node, name: str, where: str) -> list[Any]:
    value = node.get(name) or []
    if not isinstance(value, list):
        raise InputError(f"{name} of {where} must be a list")
    return value


def _range(value: Any, rate: FrameRate, where: str) -> tuple[int, int]:
    """Return the first frame and the length of a TimeRange in frames of the film."""
    node = _node(value, f"the range of {where}", "TimeRange")
    first = _frames(node.get("start_time"), rate, f"{where}, start_time")
    return first, _frames(node.get("duration"), rate, f"{where}, duration")


def _frames(value: Any, rate: FrameRate, where: str) -> int:
    node = _node(value, where, "RationalTime")
    numbers: list[Any] = [node.get("value"), node.get("rate")]
    for number in numbers:
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise InputError(f"{where} must have value and rate as numbers, got {numbers}")
        if not math.isfinite(number) or abs(number) > 1e9:
            raise InputError(f"{where} has {number}, which is no time")
    count, fps = Fraction(numbers[0]), _exact_rate(numbers[1], where)
    return math.floor(count * rate.fps / fps + Fraction(1, 2))


def _exact_rate(fps: float, where: str) -> Fraction:
    """Return the exact rate behind a float: 23.976023976 and 23.98 are 24000/1001."""
    if fps <= 0:
        raise InputError(f"{where} has the rate {fps}; it must be above 0")
    exact = Fraction(fps)
    for whole in (Fraction(round(fps)), Fraction(round(fps * 1001 / 1000)) * NTSC_SLOWNESS):
        if whole and abs(exact - whole) < SNAP * 10:
            return whole
    return exact
