"""Timelines as OTIO: read by the library that made the format, and by us from other desks; bad ones refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import opentimelineio as otio
import pytest

from apexsite.kit.errors import InputError
from apexsite.kit.timecode import FrameRate
from renders.engine.timeline.document import timeline_from_document, timeline_to_document
from renders.engine.timeline.model import Timeline
from renders.engine.timeline.otioread import programme_from_otio
from tests.picture.test_edl import FILM, HOUR, NTSC, PAL, cut

RATE = 30000 / 1001


def read(timeline: Timeline, **more: Any) -> otio.schema.Timeline:
    document = timeline_to_document(timeline, **more)
    return otio.adapters.read_from_string(json.dumps(document), "otio_json")


def foreign(*items: otio.core.Composable) -> dict[str, Any]:
    """Return the document of a timeline as the library writes it."""
    track = otio.schema.Track("V1", children=list(items))
    timeline = otio.schema.Timeline("FOREIGN")
    timeline.tracks.append(track)
    return json.loads(otio.adapters.write_to_string(timeline, "otio_json"))


def piece(name: str, frames: float, rate: float = RATE) -> otio.schema.Clip:
    duration = otio.opentime.RationalTime(frames, rate)
    start = otio.opentime.RationalTime(0, rate)
    return otio.schema.Clip(name, source_range=otio.opentime.TimeRange(start, duration))


def dissolve(before: float, after: float, rate: float = RATE) -> otio.schema.Transition:
    times = (otio.opentime.RationalTime(frames, rate) for frames in (before, after))
    return otio.schema.Transition("x", otio.schema.TransitionTypes.SMPTE_Dissolve, *times)


def test_the_library_reads_our_timeline_as_it_is_meant() -> None:
    made = read(cut(), name="Night bus", start_frame=HOUR)
    assert (made.name, made.global_start_time.value) == ("Night bus", HOUR)
    clips = made.find_clips()
    assert [clip.name for clip in clips] == ["s01_010", "s01_020", "s02_010", "s02_020"]
    assert [clip.trimmed_range_in_parent().start_time.value for clip in clips] == [0, 60, 108, 180]
    joins = [c for c in made.tracks[0] if isinstance(c, otio.schema.Transition)]
    assert [(j.transition_type, j.out_offset.value) for j in joins] == [
        ("SMPTE_Dissolve", 12),
        ("Custom_Transition", 10),
    ]
    assert [m.name for m in made.tracks.markers] == ["beat", "cut", "comment"]
    assert made.duration().value == 270
    assert made.duration().rate == pytest.approx(RATE)


def test_the_librarys_own_text_of_our_timeline_is_still_ours() -> None:
    timeline = cut(fade_in_frames=6)
    again = json.loads(otio.adapters.write_to_string(read(timeline), "otio_json"))
    assert timeline_from_document(again) == timeline
    back = programme_from_otio(again, rate=NTSC)
    assert [(c.name, c.duration_frames, c.transition_in) for c in back.clips] == [
        (c.shot_code, c.duration_frames, c.transition_in) for c in timeline.clips
    ]
    assert (back.fade_in_frames, back.markers) == (6, timeline.markers)


@pytest.mark.parametrize("rate", [NTSC, PAL, FILM], ids=str)
def test_the_library_and_we_agree_on_timecode(rate: FrameRate) -> None:
    fps = float(rate.fps)
    for frames in (0, 1799, 1800, 17_982, 107_892, 2_000_000):
        theirs = otio.opentime.to_timecode(
            otio.opentime.RationalTime(frames, fps), fps, drop_frame=rate.can_drop
        )
        assert rate.timecode_at(frames, is_drop=rate.can_drop) == theirs


def test_clips_moved_by_another_program_are_read_from_its_tracks() -> None:
    timeline = read(cut())
    track = timeline.tracks[0]
    last = track[-1]
    del track[-1]
    track.insert(0, last)
    document = json.loads(otio.adapters.write_to_string(timeline, "otio_json"))
    names = [clip.name for clip in programme_from_otio(document, rate=NTSC).clips]
    assert names == ["s02_020", "s01_010", "s01_020", "s02_010"]


def test_a_centred_dissolve_begins_where_it_is_first_seen() -> None:
    programme = programme_from_otio(
        foreign(piece("A", 60), dissolve(6, 8), piece("B", 40)), rate=NTSC
    )
    assert [(c.duration_frames, c.transition_in_frames) for c in programme.clips] == [
        (54, 0),
        (46, 14),
    ]


def test_times_of_another_rate_become_the_films_frames() -> None:
    programme = programme_from_otio(foreign(piece("A", 50, 25.0), piece("B", 30, 23.98)), rate=NTSC)
    assert [clip.duration_frames for clip in programme.clips] == [60, 38]


def test_what_a_cut_of_stills_has_no_use_for_is_noted() -> None:
    fast = piece("A", 60)
    fast.effects.append(otio.schema.LinearTimeWarp(time_scalar=2.0))
    document = foreign(fast)
    document["tracks"]["children"].append(
        {"OTIO_SCHEMA": "Track.1", "kind": "Audio", "children": []}
    )
    assert len(programme_from_otio(document, rate=NTSC).notes) == 2


def gap() -> otio.schema.Gap:
    return otio.schema.Gap(duration=otio.opentime.RationalTime(9, RATE))


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ((), "0 picture tracks"),
        ((piece("A", 9), gap(), piece("B", 9)), "item 2.*after A, is a gap of 9"),
        ((dissolve(0, 4), piece("A", 9)), "nothing before"),
        ((piece("A", 9), dissolve(0, 4), dissolve(0, 4), piece("B", 9)), "second transition"),
        ((piece("A", 9), dissolve(9, 4), piece("B", 9)), "9 frames before.*overlap"),
        ((piece("A", 9), dissolve(2, 10), piece("B", 9)), "longer than a shot"),
        ((piece("", 9),), "has no name"),
        ((piece("A", 0),), "0 frames long"),
        ((otio.schema.Clip("A"),), "no source_range"),
        ((otio.schema.Stack("nest"),), "'Stack.1'; expected Clip.2, Transition.1, Gap.1"),
    ],
    ids=str,
)
def test_a_timeline_that_is_no_cut_is_refused(items: tuple[Any, ...], words: str) -> None:
    with pytest.raises(InputError, match=words):
        programme_from_otio(foreign(*items), rate=NTSC)


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("OTIO_SCHEMA",), "Timeline.7", "newest that is read is Timeline.1"),
        (("OTIO_SCHEMA",), "Wonder.1", "expected Timeline.1"),
        (("tracks",), None, "no OTIO_SCHEMA"),
        (("tracks", "children", 0, "children", 0, "OTIO_SCHEMA"), "Clip.3", "item 1.*Clip.3"),
        (("tracks", "children", 0, "children"), 5, "must be a list"),
        (("tracks", "children", 0, "children", 0, "source_range", "duration", "value"), float("nan"), "no time"),
        (("tracks", "children", 0, "children", 0, "source_range", "duration", "rate"), 0.0, "above 0"),
        (("tracks", "children", 0, "children", 0, "source_range", "duration", "rate"), "x", "as numbers"),
        (("metadata",), {"apex": {"fade_in_frames": -1}}, "fade_in_frames=-1"),
    ],
    ids=str,
)  # fmt: skip
def test_a_broken_document_is_refused_where_it_is_broken(
    path: tuple[Any, ...], value: Any, words: str
) -> None:
    document = foreign(piece("A", 9))
    at: Any = document
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    with pytest.raises(InputError, match=words):
        programme_from_otio(document, rate=NTSC)


def test_what_is_not_json_objects_is_refused() -> None:
    for value in (None, [], "x", 5, {}):
        with pytest.raises(InputError, match="no OTIO"):
            programme_from_otio(value, rate=NTSC)


def test_a_path_with_spaces_quotes_and_letters_of_all_kinds_comes_back() -> None:
    picture = Path('/films/it\'s "Night" – 夜行バス 🚌/a b.png')
    timeline = cut()
    odd = replace(timeline, clips=(replace(timeline.clips[0], picture=picture),))
    assert timeline_from_document(json.loads(json.dumps(timeline_to_document(odd)))) == odd
    assert read(odd).find_clips()[0].media_reference.target_url == str(picture)
