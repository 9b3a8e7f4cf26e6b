"""A cut as edit lists and edit lists as a programme: reels, fades through BL, at most 999 events, one list a track."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from apexsite.kit.errors import InputError
from renders.engine.timeline.edl import (
    BLACK,
    MOST_EVENTS,
    PICTURE_CHANNELS,
    REEL_LETTERS,
    Cdl,
    EditList,
    Event,
    Locator,
)
from renders.engine.timeline.model import Marker, Timeline
from renders.engine.timeline.otiojson import MARKER_COLOURS
from renders.engine.timeline.programme import Programme, ProgrammeClip

EFFECT_NAMES = {
    "crossfade": "CROSS DISSOLVE",
    "dip": "DIP TO BLACK",
    "whip_pan": "WHIP PAN",
    "match_dissolve": "MATCH DISSOLVE",
}
"""What a list can only write as a dissolve keeps its own name in a comment. Source: names as editing desks use them."""

KINDS_BY_EFFECT = {name: kind for kind, name in EFFECT_NAMES.items()}


@dataclass(frozen=True, slots=True)
class SoundClip:
    """A sound that lies on a track of its own, such as `A1`, from a frame of the cut on."""

    track: str
    name: str
    start_frame: int
    duration_frames: int


def lists_of(
    timeline: Timeline,
    *,
    title: str,
    start_frame: int = 0,
    is_drop: bool = False,
    sounds: Sequence[SoundClip] = (),
    cdls: Mapping[str, Cdl] | None = None,
    comments: Mapping[str, Sequence[str]] | None = None,
) -> tuple[EditList, ...]:
    """Return the edit lists of a cut: picture first, then each track of sound, none over 999 events.

    `start_frame` is the frame of the timecode at which the programme begins; `cdls` and `comments` are by shot
    code. Stills have no timecode of their own: each source begins at zero.
    """
    picture = _picture_events(timeline, start_frame, cdls or {}, comments or {})
    tracks: list[tuple[str, list[Event]]] = [("V1", picture)]
    for track in dict.fromkeys(sound.track for sound in sounds):
        channel = "A2" if track == "A2" else "A"
        held = sorted((s for s in sounds if s.track == track), key=lambda s: s.start_frame)
        reels = reels_of(sound.name for sound in held)
        tracks.append((track, [_sound_event(s, reels[s.name], channel, start_frame) for s in held]))
    lists = []
    for track, events in tracks:
        parts = [events[at : at + MOST_EVENTS] for at in range(0, len(events), MOST_EVENTS)]
        for number, part in enumerate(parts, start=1):
            of = f" {number} OF {len(parts)}" if len(parts) > 1 else ""
            lists.append(EditList(f"{title} {track}{of}", timeline.rate, tuple(part), is_drop))
    return tuple(lists)


def reels_of(names: Iterable[str]) -> dict[str, str]:
    """Return a reel of at most eight letters for each name, no two alike.

    >>> reels_of(["s01_010", "court room 1", "court room 2"])
    {'s01_010': 'S01010', 'court room 1': 'COURTROO', 'court room 2': 'COURTRO2'}
    """
    reels: dict[str, str] = {}
    for name in dict.fromkeys(names):
        plain = re.sub(r"[^A-Z0-9]", "", name.upper()) or "CLIP"
        reel, number = plain[:REEL_LETTERS], 2
        while reel in reels.values() or reel in (BLACK, "AX"):
            tail = str(number)
            reel, number = plain[: REEL_LETTERS - len(tail)] + tail, number + 1
        reels[name] = reel
    return reels


def _picture_events(
    timeline: Timeline,
    start: int,
    cdls: Mapping[str, Cdl],
    comments: Mapping[str, Sequence[str]],
) -> list[Event]:
    reels = reels_of(clip.shot_code for clip in timeline.clips)
    events: list[Event] = []
    for number, (clip, at) in enumerate(zip(timeline.clips, timeline.starts(), strict=True)):
        fade = timeline.fade_out_frames if number == len(timeline.clips) - 1 else 0
        length = clip.duration_frames
        # A fade that would begin within the transition before it is left to the grade of the next desk.
        has_room = 0 < fade <= length - max(clip.transition_in_frames, 1)
        cut = length - fade if has_room else length
        event = Event(
            reels[clip.shot_code], "V", 0, cut, start + at, start + at + cut,
            name=clip.shot_code,
            cdl=cdls.get(clip.shot_code),
            comments=tuple(comments.get(clip.shot_code, ())),
            locators=_locators(timeline.markers, at, at + length, start),
        )  # fmt: skip
        if clip.transition_in_frames:
            before = timeline.clips[number - 1]
            event = replace(
                event,
                transition="D",
                transition_frames=clip.transition_in_frames,
                from_reel=reels[before.shot_code],
                from_source=before.duration_frames,
                from_name=before.shot_code,
                effect=EFFECT_NAMES[clip.transition_in],
            )
        elif number == 0 and 0 < timeline.fade_in_frames < cut:
            event = replace(
                event, transition="D", transition_frames=timeline.fade_in_frames, from_reel=BLACK
            )
        events.append(event)
        if cut < length:
            end = start + at + length
            events.append(
                Event(
                    BLACK, "V", 0, fade, end - fade, end, "D", fade,
                    from_reel=event.reel, from_source=cut, from_name=clip.shot_code,
                )
            )  # fmt: skip
    return events


def _locators(markers: Iterable[Marker], first: int, end: int, start: int) -> tuple[Locator, ...]:
    return tuple(
        Locator(
            start + marker.frame,
            MARKER_COLOURS[marker.kind],
            f"{marker.kind.upper()} {marker.text}".strip(),
        )
        for marker in markers
        if first <= marker.frame < end
    )


def _sound_event(sound: SoundClip, reel: str, channel: str, start: int) -> Event:
    at, length = start + sound.start_frame, sound.duration_frames
    return Event(reel, channel, 0, length, at, at + length, name=sound.name)


def programme_of(lists: Sequence[EditList]) -> Programme:
    """Return the picture of one list or of several that follow one another, with its fades and dissolves.

    Wipes become crossfades and speeds of stills are dropped, each with a note. Raises `InputError` for a gap
    between two edits, black within the programme, and lists without picture.
    """
    events = [event for part in lists for event in part.events if event.channel in PICTURE_CHANNELS]
    if not events:
        raise InputError("the list holds no picture: no edit on a channel with V")
    rate = lists[0].rate
    notes: list[str] = []
    clips: list[ProgrammeClip] = []
    markers: list[Marker] = []
    fade_in = fade_out = 0
    start, end = events[0].record_in, events[0].record_in
    for number, event in enumerate(events):
        if event.record_in != end:
            where = rate.timecode_at(end, is_drop=lists[0].is_drop)
            raise InputError(
                f"the picture stops at {where} and goes on {event.record_in - end} frames later; "
                "a cut has no gaps (rule: end to end)"
            )
        length, end = event.record_out - event.record_in, event.record_out
        markers += [_marker(locator, start) for locator in event.locators]
        if event.reel == BLACK:
            if not clips or number < len(events) - 1:
                raise InputError("black may only stand at the end, as a fade (rule: end to end)")
            fade_out = length
            clips[-1] = replace(clips[-1], duration_frames=clips[-1].duration_frames + length)
            continue
        if event.from_reel == BLACK and not clips:
            fade_in, event = event.transition_frames, replace(event, transition_frames=0)
        clips.append(_clip(event, length, notes))
    return Programme(
        rate, tuple(clips), lists[0].title, start, fade_in, fade_out, tuple(markers), tuple(notes)
    )


def _clip(event: Event, length: int, notes: list[str]) -> ProgrammeClip:
    name = event.name or event.reel
    if event.transition.startswith("W"):
        notes.append(f"the wipe {event.transition} into {name} is a crossfade here")
    if event.speed_fps is not None:
        notes.append(f"the speed of {name} is left out: a still has none")
    kind = KINDS_BY_EFFECT.get(event.effect.upper(), "crossfade")
    frames = event.transition_frames
    return ProgrammeClip(name, length, kind if frames else "cut", frames, event.source_in)


def _marker(locator: Locator, start: int) -> Marker:
    word, _, rest = locator.text.partition(" ")
    kinds = {colour: kind for kind, colour in MARKER_COLOURS.items()}
    if word.lower() in MARKER_COLOURS:
        return Marker(locator.frame - start, word.lower(), rest)
    return Marker(max(locator.frame - start, 0), kinds.get(locator.colour, "comment"), locator.text)
