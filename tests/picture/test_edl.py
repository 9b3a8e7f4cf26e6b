"""Edit lists: what CMX3600 says on paper, and back; every fault told by its line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from apexsite.kit.errors import InputError
from apexsite.kit.timecode import FrameRate
from projects.engine.framing import CameraMove
from renders.engine.timeline.edl import Cdl, EditList, Event, Locator
from renders.engine.timeline.edlcut import SoundClip, lists_of, programme_of, reels_of
from renders.engine.timeline.edlread import read_edl
from renders.engine.timeline.edlwrite import edl_text
from renders.engine.timeline.model import Clip, Marker, Timeline
from tests.drawn import STEADY

NTSC, PAL, FILM = (FrameRate.parse(fps) for fps in ("29.97", "25", "23.976"))
HOUR = 107_892  # frames of drop-frame timecode in an hour


def cut(rate: FrameRate = NTSC, **more: int) -> Timeline:
    static = CameraMove.STATIC
    clips = (
        Clip("s01_010", Path("a.png"), 60, static),
        Clip("s01_020", Path("b.png"), 48, static, "crossfade", 12),
        Clip("s02_010", Path("c.png"), 72, static, "whip_pan", 10),
        Clip("s02_020", Path("d.png"), 90, static),
    )
    markers = (Marker(15, "beat"), Marker(60, "cut", "s01_020"), Marker(200, "comment", "Slower?"))
    return Timeline(rate, 128, 72, clips, markers, **more)


def test_a_list_on_paper_is_what_the_trade_expects() -> None:
    cdl = Cdl((1.1, 1.0, 0.9), (0.01, 0.0, -0.01), (1.0, 1.0, 1.0), 0.8)
    made = lists_of(
        cut(fade_out_frames=30),
        title="NIGHT BUS",
        start_frame=HOUR,
        is_drop=True,
        cdls={"s01_010": cdl},
    )
    assert edl_text(made[0]).split("\r\n") == [
        "TITLE: NIGHT BUS V1",
        "FCM: DROP FRAME",
        "001  S01010   V     C        00:00:00;00 00:00:02;00 01:00:00;00 01:00:02;00",
        "* FROM CLIP NAME: s01_010",
        "* LOC: 01:00:00;15 GREEN   BEAT",
        "* ASC_SOP (1.100000 1.000000 0.900000)(0.010000 0.000000 -0.010000)(1.000000 1.000000 1.000000)",
        "* ASC_SAT 0.800000",
        "002  S01010   V     C        00:00:02;00 00:00:02;00 01:00:02;00 01:00:02;00",
        "002  S01020   V     D    012 00:00:00;00 00:00:01;18 01:00:02;00 01:00:03;18",
        "* EFFECT NAME: CROSS DISSOLVE",
        "* FROM CLIP NAME: s01_010",
        "* TO CLIP NAME: s01_020",
        "* LOC: 01:00:02;00 RED     CUT s01_020",
        "003  S01020   V     C        00:00:01;18 00:00:01;18 01:00:03;18 01:00:03;18",
        "003  S02010   V     D    010 00:00:00;00 00:00:02;12 01:00:03;18 01:00:06;00",
        "* EFFECT NAME: WHIP PAN",
        "* FROM CLIP NAME: s01_020",
        "* TO CLIP NAME: s02_010",
        "004  S02020   V     C        00:00:00;00 00:00:02;00 01:00:06;00 01:00:08;00",
        "* FROM CLIP NAME: s02_020",
        "* LOC: 01:00:06;20 YELLOW  COMMENT Slower?",
        "005  S02020   V     C        00:00:02;00 00:00:02;00 01:00:08;00 01:00:08;00",
        "005  BL       V     D    030 00:00:00;00 00:00:01;00 01:00:08;00 01:00:09;00",
        "* FROM CLIP NAME: s02_020",
        "",
    ]


@pytest.mark.parametrize("rate", [NTSC, PAL, FILM], ids=str)
@pytest.mark.parametrize("fades", [(0, 0), (15, 30)])
def test_a_cut_comes_back_from_its_list(rate: FrameRate, fades: tuple[int, int]) -> None:
    timeline = cut(rate, fade_in_frames=fades[0], fade_out_frames=fades[1])
    text = edl_text(lists_of(timeline, title="T", start_frame=90_000)[0])
    back = programme_of([read_edl(text, rate=rate)])
    assert [
        (c.name, c.duration_frames, c.transition_in, c.transition_in_frames) for c in back.clips
    ] == [
        (c.shot_code, c.duration_frames, c.transition_in, c.transition_in_frames)
        for c in timeline.clips
    ]
    assert (back.fade_in_frames, back.fade_out_frames, back.start_frame) == (*fades, 90_000)
    assert back.markers == timeline.markers


REELS = st.text("ABCXYZ019", min_size=1, max_size=8)
WORDS = st.text("abc Ü.,;:-_é()", max_size=20).map(lambda words: " ".join(words.split()))


@st.composite
def edit_lists(draw: st.DrawFn) -> EditList:
    """Draw a list anywhere in a day, drop-frame or not, with all that a list can say."""
    rate = FrameRate.parse(
        draw(st.sampled_from(["24000/1001", "25", "29.97", "30", "50", "59.94"]))
    )
    is_drop = rate.can_drop and draw(st.booleans())
    at = draw(st.integers(0, rate.frames_in_day(is_drop=is_drop) - 20_000))
    numbers = st.floats(-4, 4).map(lambda value: round(value, 6) + 0.0)
    triples = st.tuples(numbers, numbers, numbers)
    events = []
    for _ in range(draw(st.integers(1, 6))):
        length = draw(st.integers(2, 900))
        source = draw(st.integers(0, 86_400))
        event = Event(
            draw(REELS), "V", source, source + length, at, at + length, name=draw(WORDS),
            cdl=draw(st.none() | st.builds(Cdl, triples, triples, triples, numbers)),
            speed_fps=draw(st.none() | st.sampled_from([12.5, 59.9, -24.0])),
            locators=tuple(
                Locator(at + draw(st.integers(0, length - 1)), "RED", draw(WORDS))
                for _ in range(draw(st.integers(0, 2)))
            ),
        )  # fmt: skip
        if draw(st.booleans()):
            frames = draw(st.integers(1, min(255, length)))
            event = replace(
                event, transition=draw(st.sampled_from(["D", "W001"])), transition_frames=frames,
                from_reel=draw(REELS), from_source=draw(st.integers(0, 86_400)), from_name=draw(WORDS),
            )  # fmt: skip
        events.append(event)
        at += length
    return EditList("ANY", rate, tuple(events), is_drop)


@STEADY
@drawn(edit_lists())
def test_every_list_of_a_day_comes_back_equal(made: EditList) -> None:
    assert read_edl(edl_text(made), rate=made.rate) == made


def test_a_long_cut_is_split_at_999_events_and_joins_again() -> None:
    clips = tuple(Clip(f"x{n:04}", Path("a.png"), 2) for n in range(2100))
    made = lists_of(Timeline(PAL, 8, 8, clips), title="LONG")
    assert [len(part.events) for part in made] == [999, 999, 102]
    assert [part.title for part in made] == [f"LONG V1 {n} OF 3" for n in (1, 2, 3)]
    assert all("\n001  " in edl_text(part) and "\n1000" not in edl_text(part) for part in made)
    back = programme_of([read_edl(edl_text(part), rate=PAL) for part in made])
    assert [clip.name for clip in back.clips] == [clip.shot_code for clip in clips]


def test_each_track_of_sound_is_a_list_of_its_own() -> None:
    sounds = [SoundClip("A1", "line 1", 10, 40), SoundClip("A2", "music", 0, 270)]
    made = lists_of(cut(), title="T", sounds=sounds)
    assert [(part.title, part.events[0].channel) for part in made] == [
        ("T V1", "V"), ("T A1", "A"), ("T A2", "A2"),
    ]  # fmt: skip
    with pytest.raises(InputError, match="no picture"):
        programme_of(made[1:])


def test_no_two_names_get_one_reel() -> None:
    reels = reels_of([f"a very long name {n}" for n in range(120)] + ["BL", "AX", "…"])
    assert len(set(reels.values())) == 123 and all(len(reel) <= 8 for reel in reels.values())
    assert not {"BL", "AX"} & set(reels.values())


GOOD = "001  A1  V  C  00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "holds no edits"),
        ("hello", "holds no edits"),
        (GOOD + "002  A2  V  C  00:00:00:00 00:00:02:00 01:00:01:20 01:00:03:20\n", "line 2.*5 frames.*overlap"),
        ("001  A1  V  C  00:00:00:00 00:00:02:00\n", "line 1.*four timecodes"),
        ("001  A1  V  C  00:00:00:00 00:00:02:30 01:00:00:00 01:00:02:30\n", "line 1.*below 25"),
        ("001  A1  V  C  00:00:00:00 00:00:03:00 01:00:00:00 01:00:02:00\n", "line 1.*75 frames, the record side 50"),
        ("001  A1  Q  C  00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00\n", "line 1.*channel='Q'"),
        ("001  A1  V  K  00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00\n", "line 1.*transition='K'"),
        ("001  A1  V  D  00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00\n", "line 1.*no frames"),
        ("001  A1  V  D 060 00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00\n", "longer than a shot"),
        ("001  A1  V  C  00:00:02:00 00:00:02:00 01:00:02:00 01:00:00:00\n", "at least one frame"),
        ("FCM: DROP FRAME\n" + GOOD, "line 1.*cannot drop"),
        ("FCM: MAYBE\n" + GOOD, "line 1.*FCM='MAYBE'"),
        ("M2 A1 025.0 00:00:00:00\n", "line 1.*before the first edit"),
        (GOOD + "* ASC_SOP (1 1)(0 0 0)(1 1 1)\n", "line 2.*3 numbers"),
        (GOOD + "* ASC_SAT nan\n", "line 2.*1 numbers"),
    ],
)  # fmt: skip
def test_a_bad_list_is_refused_by_its_line(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_edl(text, rate=PAL)


def test_a_gap_and_black_in_the_middle_are_no_cut() -> None:
    later = "002  A2  V  C  00:00:00:00 00:00:02:00 01:00:03:00 01:00:05:00\n"
    with pytest.raises(InputError, match="01:00:02:00 and goes on 25 frames later"):
        programme_of([read_edl(GOOD + later, rate=PAL)])
    black = GOOD.replace("A1", "BL") + later.replace("03:00 01", "02:00 01").replace(
        "05:00\n", "04:00\n"
    )
    with pytest.raises(InputError, match="black may only stand at the end"):
        programme_of([read_edl(black, rate=PAL)])


def test_what_stills_have_no_use_for_is_noted() -> None:
    text = (
        GOOD
        + "M2   A1   050.0   00:00:00:00\n002  A1  V  C 00:00:02:00 00:00:02:00 01:00:02:00 01:00:02:00\n"
    )
    text += "002  A2  V  W001 010 00:00:00:00 00:00:02:00 01:00:02:00 01:00:04:00\n"
    programme = programme_of([read_edl(text, rate=PAL)])
    assert programme.clips[1].transition_in == "crossfade"
    assert len(programme.notes) == 2


def test_what_a_list_cannot_say_is_refused() -> None:
    event = Event("A1", "V", 0, 400, 0, 400)
    with pytest.raises(InputError, match="255 or fewer"):
        edl_text(EditList("T", PAL, (replace(event, transition="D", transition_frames=256),)))
    with pytest.raises(InputError, match="8 letters"):
        edl_text(EditList("T", PAL, (replace(event, reel="NINELETTE"),)))
    with pytest.raises(InputError, match="24th hour"):
        edl_text(EditList("T", PAL, (replace(event, record_out=2_160_001),)))
    with pytest.raises(InputError, match="999 or fewer"):
        edl_text(EditList("T", PAL, (event,) * 1000))
    with pytest.raises(InputError, match="drop-frame"):
        EditList("T", PAL, (event,), is_drop=True)
