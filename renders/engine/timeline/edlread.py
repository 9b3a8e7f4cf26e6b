"""Reading an edit list of the CMX3600 kind: every fault is told with its line, nothing is guessed but the frame rate."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace

from apexsite.kit.errors import InputError, listed
from apexsite.kit.timecode import FrameRate
from renders.engine.timeline.edl import BLACK, CHANNELS, Cdl, EditList, Event, Locator

EVENT = re.compile(
    r"(?P<number>\d{1,6})\s+(?P<reel>\S+)\s+(?P<channel>\S+)\s+(?P<kind>[A-Z]\d{0,3}[BO]?)\s+"
    r"(?:(?P<frames>\d{1,3})\s+)?"
    r"(?P<times>\d\d:\d\d:\d\d[:;.]\d\d\d?(?:\s+\d\d:\d\d:\d\d[:;.]\d\d\d?){3})"
)
SPEED = re.compile(r"M2\s+(?P<reel>\S+)\s+(?P<fps>[+-]?\d+(?:\.\d+)?)\s+(?P<at>\S+)")
COMMENT = re.compile(
    r"\*\s*(?P<key>FROM CLIP NAME|TO CLIP NAME|EFFECT NAME|LOC|ASC_SOP|ASC_SAT)\s*:?\s*(?P<words>.*)"
)
LOCATOR = re.compile(r"(?P<at>\d\d:\d\d:\d\d[:;.]\d\d\d?)\s+(?P<colour>[A-Z]+)\s*(?P<text>.*)")
SOP = re.compile(r"\(([^()]*)\)\s*\(([^()]*)\)\s*\(([^()]*)\)")
MOST_CHARACTERS = 2_000_000


@dataclass
class _State:
    """What is known so far while the lines go by."""

    rate: FrameRate
    title: str = ""
    is_drop: bool | None = None
    events: list[Event] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    at_line: int = 0
    held: tuple[int, str, int] | None = None  # an event's number, from reel and from source


def read_edl(text: str, *, rate: FrameRate) -> EditList:
    """Return the list. A list does not say its rate; whether it drops frames says its FCM line, else its ";".

    Raises `InputError` with the line for what is no edit, timecode that does not exist, sides of two lengths
    without M2, a channel or effect that is not known, and edits that overlap on the record side.

    >>> lines = "001 A1 V C 00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00"
    >>> read_edl(lines, rate=FrameRate.parse(25)).events[0].record_in
    90000
    """
    if len(text) > MOST_CHARACTERS:
        raise InputError(f"the list has {len(text)} characters; {MOST_CHARACTERS} is the most")
    state = _State(rate)
    for number, raw in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        line = raw.strip()
        if not line:
            continue
        state.at_line = number
        try:
            _line(state, line)
        except InputError as err:
            raise InputError(f"line {number} of the list: {err.message}") from err
    for event, number in zip(state.events, state.lines, strict=True):
        _require_lengths(event, number)
    if not state.events:
        raise InputError("the list holds no edits; a CMX3600 list was expected")
    return EditList(state.title, rate, tuple(state.events), bool(state.is_drop))


def _line(state: _State, line: str) -> None:
    upper = line.upper()
    if upper.startswith("TITLE:"):
        state.title = line[6:].strip()
    elif upper.startswith("FCM:"):
        _mode(state, upper[4:].strip())
    elif line[0].isdigit():
        _event(state, line)
    elif upper.startswith("M2"):
        _speed(state, line)
    elif line.startswith("*"):
        _comment(state, line)
    # What else stands in lists of the trade (SPLIT, GPI, BLOCK …) has no meaning for a picture track.


def _mode(state: _State, words: str) -> None:
    modes = {"DROP FRAME": True, "NON-DROP FRAME": False, "NON DROP FRAME": False}
    if words not in modes:
        raise InputError(f"FCM={words!r} must be DROP FRAME or NON-DROP FRAME")
    if state.events and state.is_drop not in (None, modes[words]):
        raise InputError("FCM changes within the list; write one list for each mode")
    if modes[words] and not state.rate.can_drop:
        raise InputError(f"FCM is DROP FRAME, but {state.rate} frames a second cannot drop")
    state.is_drop = modes[words]


def _event(state: _State, line: str) -> None:
    parts = EVENT.fullmatch(line)
    if parts is None:
        raise InputError(
            f"{line[:60]!r} must be number, reel, channel, transition and four timecodes"
        )
    channel, kind = parts["channel"].upper(), parts["kind"].upper()
    if channel not in CHANNELS:
        raise InputError(f"channel={channel!r} must be one of {listed(CHANNELS)}")
    if not re.fullmatch(r"C|D|W\d{1,3}", kind):
        raise InputError(
            f"transition={kind!r} must be C, D or a wipe such as W001; keys are not read"
        )
    if (kind == "C") == bool(int(parts["frames"] or 0)):
        raise InputError(f"transition={kind!r} has {parts['frames'] or 'no'} frames")
    times = parts["times"].replace(".", ";").split()
    if state.is_drop is None:
        state.is_drop = state.rate.can_drop and ";" in times[2]
    source_in, source_out, record_in, record_out = (_frames(state, time) for time in times)
    number = int(parts["number"])
    if kind == "C" and source_in == source_out and record_in == record_out:
        state.held = (number, parts["reel"], source_in)
        return
    event = Event(
        parts["reel"], channel, source_in, source_out, record_in, record_out,
        kind, int(parts["frames"] or 0),
    )  # fmt: skip
    if kind != "C" and state.held is not None and state.held[0] == number:
        event = replace(event, from_reel=state.held[1], from_source=state.held[2])
    _require_sound(state, event)
    state.events.append(event)
    state.lines.append(state.at_line)


def _require_sound(state: _State, event: Event) -> None:
    """Raise for an edit that no machine could make: no length, two lengths, or over another one's end."""
    length = event.record_out - event.record_in
    if length < 1:
        raise InputError("the record side must be at least one frame long")
    if event.source_out < event.source_in:
        raise InputError("the source side ends before it begins")
    if event.transition_frames > length:
        raise InputError(
            f"the transition of {event.transition_frames} frames is longer than the edit ({length}) "
            "(rule: longer than a shot)"
        )
    before = [other for other in state.events if _share_channel(other, event)]
    if before and event.record_in < before[-1].record_out:
        over = before[-1].record_out - event.record_in
        raise InputError(
            f"the edit begins {over} frames before the end of the one before it on channel "
            f"{event.channel} (rule: overlap)"
        )


def _require_lengths(event: Event, line: int) -> None:
    source, record = event.source_out - event.source_in, event.record_out - event.record_in
    if event.speed_fps is None and source != record and event.reel != BLACK:
        raise InputError(
            f"line {line} of the list: the source side has {source} frames, the record side {record}, "
            "and no M2 line says the speed"
        )


def _share_channel(one: Event, other: Event) -> bool:
    held = {"V": {"V"}, "A": {"A"}, "A2": {"A2"}, "B": {"A", "V"}, "AA": {"A", "A2"}}
    held["AA/V"] = {"A", "A2", "V"}
    return bool(held[one.channel] & held[other.channel])


def _frames(state: _State, time: str) -> int:
    return state.rate.frames_of(time, is_drop=state.is_drop)


def _speed(state: _State, line: str) -> None:
    parts = SPEED.match(line)
    if parts is None:
        raise InputError(f"{line[:60]!r} must be M2, reel, frames per second and a timecode")
    if not state.events:
        raise InputError("M2 stands before the first edit")
    state.events[-1] = replace(state.events[-1], speed_fps=float(parts["fps"]))


def _comment(state: _State, line: str) -> None:
    if not state.events:
        return
    event = state.events[-1]
    parts = COMMENT.match(line)
    key = parts["key"] if parts else ""
    words = parts["words"].strip() if parts else ""
    if key == "FROM CLIP NAME":
        dissolves = event.transition_frames > 0
        event = replace(event, from_name=words) if dissolves else replace(event, name=words)
    elif key == "TO CLIP NAME":
        event = replace(event, name=words)
    elif key == "EFFECT NAME":
        event = replace(event, effect=words)
    elif key == "LOC" and (found := LOCATOR.match(words)):
        at = _frames(state, found["at"].replace(".", ";"))
        event = replace(
            event, locators=(*event.locators, Locator(at, found["colour"], found["text"]))
        )
    elif key in ("ASC_SOP", "ASC_SAT"):
        event = replace(event, cdl=_cdl(event.cdl or Cdl(), key, words))
    else:
        event = replace(event, comments=(*event.comments, line.lstrip("* ").strip()))
    state.events[-1] = event


def _cdl(cdl: Cdl, key: str, words: str) -> Cdl:
    if key == "ASC_SAT":
        return replace(cdl, saturation=_numbers(words, 1)[0])
    parts = SOP.fullmatch(words)
    if parts is None:
        raise InputError(f"ASC_SOP {words[:60]!r} must be (r g b)(r g b)(r g b)")
    slope, offset, power = (_numbers(group, 3) for group in parts.groups())
    return replace(
        cdl,
        slope=(slope[0], slope[1], slope[2]),
        offset=(offset[0], offset[1], offset[2]),
        power=(power[0], power[1], power[2]),
    )


def _numbers(words: str, count: int) -> list[float]:
    try:
        values = [float(word) for word in words.replace(",", " ").split()]
    except ValueError:
        values = []
    if len(values) != count or not all(math.isfinite(value) for value in values):
        raise InputError(f"ASC CDL values {words[:60]!r} must be {count} numbers")
    return values
