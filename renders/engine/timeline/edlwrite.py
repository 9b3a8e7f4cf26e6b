"""An edit list as text: FCM line, two lines for a dissolve, M2, locators, ASC CDL and names as comments."""

from __future__ import annotations

from apexsite.kit.errors import InputError
from renders.engine.timeline.edl import (
    MOST_EVENTS,
    MOST_TRANSITION_FRAMES,
    REEL_LETTERS,
    Cdl,
    EditList,
    Event,
)


def edl_text(edit_list: EditList) -> str:
    """Return the list as a CMX3600 file with CR LF line ends, as the machines that made the format expect.

    Raises `InputError` for over 999 events, a transition over 255 frames, a reel over 8 letters, or a frame past the 24th hour.

    >>> from apexsite.kit.timecode import FrameRate
    >>> print(edl_text(EditList("ONE", FrameRate.parse(25), (Event("A1", "V", 0, 50, 0, 50),))).splitlines()[2])
    001  A1       V     C        00:00:00:00 00:00:02:00 00:00:00:00 00:00:02:00
    """
    if len(edit_list.events) > MOST_EVENTS:
        raise InputError(
            f"{len(edit_list.events)} events must be {MOST_EVENTS} or fewer; split them"
        )
    mode = "DROP FRAME" if edit_list.is_drop else "NON-DROP FRAME"
    lines = [f"TITLE: {_one_line(edit_list.title)[:70]}", f"FCM: {mode}"]
    for number, event in enumerate(edit_list.events, start=1):
        lines += _event_lines(edit_list, number, event)
    return "\r\n".join(lines) + "\r\n"


def _event_lines(edit_list: EditList, number: int, event: Event) -> list[str]:
    if event.transition_frames > MOST_TRANSITION_FRAMES:
        raise InputError(
            f"transition_frames={event.transition_frames} of event {number:03} must be "
            f"{MOST_TRANSITION_FRAMES} or fewer in an edit list"
        )
    for reel in (event.reel, event.from_reel):
        if len(reel) > REEL_LETTERS:
            raise InputError(f"reel={reel!r} must have {REEL_LETTERS} letters or fewer")
    span = _times(edit_list, event.source_in, event.source_out, event.record_in, event.record_out)
    if event.transition_frames:
        held = _times(
            edit_list, event.from_source, event.from_source, event.record_in, event.record_in
        )
        first = f"{number:03}  {event.from_reel:<8} {event.channel:<5} C        {held}"
        kind = f"{event.transition:<4} {event.transition_frames:03}"
        lines = [first, f"{number:03}  {event.reel:<8} {event.channel:<5} {kind} {span}"]
    else:
        lines = [f"{number:03}  {event.reel:<8} {event.channel:<5} C        {span}"]
    return lines + _comment_lines(edit_list, event)


def _comment_lines(edit_list: EditList, event: Event) -> list[str]:
    lines = []
    if event.speed_fps is not None:
        at = edit_list.rate.timecode_at(event.source_in, is_drop=edit_list.is_drop)
        lines.append(f"M2   {event.reel:<8}       {event.speed_fps:05.1f}                {at}")
    if event.effect:
        lines.append(f"* EFFECT NAME: {_one_line(event.effect)}")
    if event.from_name:
        lines.append(f"* FROM CLIP NAME: {_one_line(event.from_name)}")
    if event.name:
        word = "TO" if event.transition_frames else "FROM"
        lines.append(f"* {word} CLIP NAME: {_one_line(event.name)}")
    for locator in event.locators:
        at = edit_list.rate.timecode_at(locator.frame, is_drop=edit_list.is_drop)
        lines.append(f"* LOC: {at} {locator.colour:<8}{_one_line(locator.text)}".rstrip())
    lines += _cdl_lines(event.cdl) if event.cdl is not None else []
    return lines + [f"* {_one_line(comment)}" for comment in event.comments]


def _cdl_lines(cdl: Cdl) -> list[str]:
    triples = (
        "(" + " ".join(f"{value:.6f}" for value in three) + ")"
        for three in (cdl.slope, cdl.offset, cdl.power)
    )
    return [f"* ASC_SOP {''.join(triples)}", f"* ASC_SAT {cdl.saturation:.6f}"]


def _times(edit_list: EditList, *frames: int) -> str:
    day = edit_list.rate.frames_in_day(is_drop=edit_list.is_drop)
    if max(frames) > day:
        raise InputError(f"frame {max(frames)} lies past the 24th hour of timecode ({day} frames)")
    return " ".join(edit_list.rate.timecode_at(f, is_drop=edit_list.is_drop) for f in frames)


def _one_line(words: str) -> str:
    return " ".join(words.split())
