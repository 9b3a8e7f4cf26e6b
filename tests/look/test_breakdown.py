"""Screenplay to shots: coverage, durations, people, air."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from apexsite.kit.errors import InputError
from apexsite.kit.timecode import FrameRate
from projects.engine.breakdown import Breakdown
from projects.engine.brief import ShotBrief
from projects.engine.framing import CameraAngle, CameraMove, Coverage, Setting, ShotSize, TimeOfDay
from projects.engine.pacing import SPLIT_WORDS, fit_frames, speech_seconds, split_speech
from projects.engine.people import character_key
from projects.engine.script import parse_and_break_down

RATE = FrameRate.parse("24000/1001")
SCRIPT = """Title: The Room

EXT. HARBOUR - NIGHT

Rain and fog over an empty quay. Neon on wet stone.

ANNA (V.O.)
I came back for one thing.

INT. ROOM - CONTINUOUS

ANNA BERG (50s), a judge with silver hair, enters. Across from her sits TOM (30s), a clerk in a red coat.

On the desk lies a TAPE RECORDER.

ANNA
Where were you that night, when everyone else had gone home and only the harbour was awake?

TOM
(quietly)
Here.

ANNA
Prove it.

POV: the door, through smoke.

Tom looks up at her.

TOM
I can't.
"""


def down(text: str, *, target_frames: int | None = None) -> Breakdown:
    return parse_and_break_down(
        text.encode(), name="x.fountain", rate=RATE, target_frames=target_frames
    )


@pytest.fixture(scope="module")
def breakdown() -> Breakdown:
    return down(SCRIPT)


def of(breakdown: Breakdown, coverage: Coverage) -> list[ShotBrief]:
    return [shot for shot in breakdown.shots if shot.coverage is coverage]


def test_outside_opens_on_an_establishing_shot_and_inside_on_a_master(breakdown: Breakdown) -> None:
    first, second = (scene.shots[0] for scene in breakdown.scenes)
    assert (first.coverage, first.size, first.lens_mm) == (
        Coverage.ESTABLISHING,
        ShotSize.EWS,
        24,
    )
    assert (second.coverage, second.size) == (Coverage.MASTER, ShotSize.LS)


def test_shot_codes_count_in_tens_within_a_scene(breakdown: Breakdown) -> None:
    assert [shot.code for shot in breakdown.scenes[0].shots] == ["s01_010"]
    assert [shot.code for shot in breakdown.scenes[1].shots][:3] == [
        "s02_010",
        "s02_020",
        "s02_030",
    ]


def test_voice_over_lies_on_the_picture_and_its_speaker_is_not_in_it(breakdown: Breakdown) -> None:
    shot = breakdown.shots[0]
    assert shot.dialogue == "I came back for one thing."
    assert shot.speaker == character_key("ANNA BERG")
    assert shot.cast == ()


def test_voice_over_never_puts_its_speaker_in_the_picture() -> None:
    text = "INT. ROOM - DAY\n\nANNA sits.\n\nANNA (V.O.)\nI lied.\n\nANNA\nI lied.\n"
    heard = [shot for shot in down(text).shots if shot.dialogue]
    assert [shot.speaker in shot.cast for shot in heard] == [False, True]


def test_an_exchange_has_a_two_shot_then_alternates_ots_and_singles(breakdown: Breakdown) -> None:
    spoken = [shot for shot in breakdown.scenes[1].shots if shot.dialogue]
    assert [shot.coverage for shot in spoken] == [
        Coverage.TWO_SHOT,
        Coverage.OTS,
        Coverage.SINGLE,
        Coverage.SINGLE,
    ]
    assert all(len(shot.cast) == 2 for shot in spoken[:2])


def test_screen_order_holds_through_a_scene(breakdown: Breakdown) -> None:
    pair = breakdown.scenes[1].cast
    assert all(shot.cast == pair for shot in breakdown.scenes[1].shots if len(shot.cast) == 2)


def test_a_long_speech_earns_a_silent_reaction_of_the_listener(breakdown: Breakdown) -> None:
    shots = breakdown.scenes[1].shots
    index = next(i for i, shot in enumerate(shots) if "only the harbour" in shot.dialogue)
    reaction = shots[index + 1]
    assert reaction.dialogue == ""
    assert reaction.cast == (character_key("TOM"),)


def test_a_capitalised_prop_gets_an_insert_once(breakdown: Breakdown) -> None:
    assert [shot.prop for shot in of(breakdown, Coverage.INSERT)] == ["tape recorder"]


def test_sounds_and_people_in_capitals_are_no_props() -> None:
    text = "INT. ROOM - DAY\n\nTOM (30s) waits.\n\nA BANG. A MAN runs. The TOM of old.\n"
    assert of(down(text), Coverage.INSERT) == []


def test_point_of_view_is_shot_when_the_action_says_so(breakdown: Breakdown) -> None:
    assert [shot.action for shot in of(breakdown, Coverage.POV)] == [
        "POV: the door, through smoke."
    ]


def test_words_set_angle_and_move(breakdown: Breakdown) -> None:
    shot = next(shot for shot in breakdown.shots if shot.action.startswith("Tom looks up"))
    assert shot.angle is CameraAngle.LOW
    assert shot.move is CameraMove.TILT_UP


def test_short_business_plays_on_into_the_same_persons_words(breakdown: Breakdown) -> None:
    last = breakdown.shots[-1]
    assert last.action.startswith("Tom looks up")
    assert last.dialogue == "I can't."


def test_parentheticals_are_never_spoken(breakdown: Breakdown) -> None:
    assert all("quietly" not in shot.dialogue for shot in breakdown.shots)
    assert any("quietly" in shot.action for shot in breakdown.shots)


def test_every_word_of_speech_is_spoken_once_in_order(breakdown: Breakdown) -> None:
    spoken = " ".join(shot.dialogue for shot in breakdown.shots if shot.dialogue)
    assert spoken == (
        "I came back for one thing. Where were you that night, when everyone else had gone home "
        "and only the harbour was awake? Here. Prove it. I can't."
    )


def test_weather_mood_light_and_time_come_from_the_words(breakdown: Breakdown) -> None:
    street, room = breakdown.scenes
    assert (street.weather, street.setting, street.time_of_day) == (
        "rain",
        Setting.EXT,
        TimeOfDay.NIGHT,
    )
    assert street.lighting.startswith("neon")
    assert room.time_of_day is TimeOfDay.NIGHT
    assert street.mood == "sombre"
    assert street.shots[0].weather == "rain"


def test_introductions_describe_people_and_short_cues_are_the_same_person(
    breakdown: Breakdown,
) -> None:
    anna, tom = breakdown.characters
    assert (anna.name, anna.age) == ("Anna Berg", "50s")
    assert anna.description == "a judge with silver hair"
    assert (tom.name, tom.description, tom.line_count) == ("Tom", "a clerk in a red coat", 2)
    assert anna.scene_numbers == (1, 2)
    assert anna.first_words == "I came back for one thing."


def test_a_title_before_a_name_is_the_same_person() -> None:
    text = (
        "INT. COURT - DAY\n\nMARA VOSS (50s), a judge, waits.\n\nJUDGE VOSS\nSit.\n\nMARA\nNow.\n"
    )
    assert [(c.name, c.line_count) for c in down(text).characters] == [("Mara Voss", 2)]


def test_character_keys_are_stable_ids() -> None:
    assert character_key("Mara  Voss") == "mara_voss_6719cb"
    assert character_key("MARA VOSS") == "mara_voss_6719cb"
    assert character_key("ÅSA").startswith("asa_")
    assert character_key("ИВАН").startswith("person_")
    assert character_key("ИВАН") != character_key("ОЛЬГА")


def test_shots_last_from_the_shortest_to_the_longest(breakdown: Breakdown) -> None:
    low, high = RATE.frames_at(1.6), RATE.frames_at(8.0)
    assert all(low <= shot.duration_frames <= high for shot in breakdown.shots)
    for shot in breakdown.shots:
        assert shot.duration_frames >= RATE.frames_at(speech_seconds(shot.dialogue))


def test_long_speeches_are_split_over_shots_at_their_sentences() -> None:
    sentence = "This is a sentence of exactly eight words."
    text = f"INT. ROOM - DAY\n\nANNA waits.\n\nANNA\n{' '.join([sentence] * 6)}\n"
    spoken = [shot.dialogue for shot in down(text).shots if shot.dialogue]
    assert spoken == [f"{sentence} {sentence}"] * 3


def test_a_speech_without_any_stop_is_still_split() -> None:
    pieces = split_speech(" ".join(f"w{n}" for n in range(50)))
    assert all(len(piece.split()) <= SPLIT_WORDS for piece in pieces)
    assert " ".join(pieces).split() == [f"w{n}" for n in range(50)]


@pytest.mark.parametrize("factor", [0.9, 1.2, 1.5])
def test_target_length_is_met_exactly_within_bounds(breakdown: Breakdown, factor: float) -> None:
    target = int(breakdown.duration_frames * factor)
    fitted = down(SCRIPT, target_frames=target)
    assert fitted.duration_frames == target


def test_an_unreachable_target_stops_at_the_speech(breakdown: Breakdown) -> None:
    fitted = down(SCRIPT, target_frames=10)
    for shot in fitted.shots:
        assert shot.duration_frames >= RATE.frames_at(speech_seconds(shot.dialogue))
    longest = down(SCRIPT, target_frames=10_000_000)
    assert {shot.duration_frames for shot in longest.shots} == {RATE.frames_at(8.0)}


def test_fitting_respects_each_floor() -> None:
    fitted = fit_frames([50, 100, 100], floors=[50, 40, 90], ceiling=200, target_frames=190)
    assert sum(fitted) == 190
    assert fitted[0] == 50
    assert fitted[2] >= 90


def test_the_same_script_breaks_down_the_same(breakdown: Breakdown) -> None:
    assert down(SCRIPT) == breakdown


def test_no_shot_cuts_from_a_person_to_the_same_size_of_that_person() -> None:
    speech = "\n\n".join(f"ANNA\nLine number {n}." for n in range(9))
    shots = down(f"INT. ROOM - DAY\n\nANNA waits.\n\n{speech}\n").shots
    pairs = itertools.pairwise(shots)
    assert not any(a.cast == b.cast and a.size is b.size for a, b in pairs if a.cast)


@pytest.mark.parametrize("text", ["Title: Only a title\n", "INT. A - DAY\n\nEXT. B - DAY\n"])
def test_a_script_in_which_nothing_happens_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="no scene with action or speech"):
        down(text)


def test_shot_lines_point_into_the_script(breakdown: Breakdown) -> None:
    lines = SCRIPT.split("\n")
    for scene in breakdown.scenes:
        assert len(scene.shot_lines) == len(scene.shots)
        for shot, (first, last) in zip(scene.shots, scene.shot_lines, strict=True):
            assert scene.first_line <= first <= last <= scene.last_line
            if shot.dialogue:
                assert shot.dialogue in " ".join(lines[first - 1 : last])


def test_a_script_of_endless_cues_is_refused() -> None:
    cues = "".join(f"N{n}\nHello.\n\n" for n in range(500))
    with pytest.raises(InputError, match="500 different cues; at most 400"):
        down(f"INT. A - DAY\n\n{cues}")


def test_any_words_break_down_or_are_refused_with_an_input_error() -> None:
    pieces = [
        "INT. A - DAY", "EXT", ".", "", "", "ANNA", "ÅSA (V.O.)", "(low)", "Hello there.", "> CUT TO:", "A BELL RINGS",
        "ANNA (20s), a", "[[n]]", "/* b */", "POV", "~la", "@x", "!y", ">c<", "===", "# s", "= t", "BEN^", "Tom: hi", "()",
    ]  # fmt: skip
    rng = np.random.default_rng(7)
    for _ in range(12):
        text = "\n".join(pieces[int(index)] for index in rng.integers(len(pieces), size=60))
        for name in ("x.fountain", "x.txt"):
            try:
                found = parse_and_break_down(text.encode(), name=name, rate=RATE)
            except InputError as err:
                assert "scene" in err.message
            else:
                assert found.shots
                assert all("[[" not in shot.action + shot.dialogue for shot in found.shots)


@pytest.mark.parametrize(
    ("transition", "first"),
    [("MATCH DISSOLVE TO:", Coverage.INSERT), ("CUT TO:", Coverage.ESTABLISHING)],
)
def test_a_match_on_a_thing_has_no_opening_picture_before_it(
    transition: str, first: Coverage
) -> None:
    script = SCRIPT + f"\n{transition}\n\nEXT. QUAY - NIGHT\n\nA RAINDROP strikes the water.\n"
    assert down(script).scenes[-1].shots[0].coverage is first
