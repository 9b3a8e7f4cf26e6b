"""Fountain in: cues of every alphabet, comments that stay comments, limits that hold."""

from __future__ import annotations

import pytest

from apexsite.kit.errors import InputError
from projects.engine.framing import Setting, TimeOfDay
from projects.engine.script import parse_script
from projects.engine.script.comments import without_comments
from projects.engine.script.fountain import run_child
from projects.engine.script.headings import parse_heading
from projects.engine.script.model import Action, Dialogue, Screenplay

SCRIPT = """Title: _The **Door**_
Author: A. Writer

# Act one
= They meet.

INT. COURT - KITCHEN - DAY #1A#

A judge [[secret one]] sits. /* bone
yard secret */ More.
[[ a note
with secret

blank lines ]]

JUDGE (V.O.) (CONT'D)
(low)
Hello [[secret]] there.
[[secret between]]
Second line.

ÅSA
Hej.

JOSÉ
Hola.

ŽOFIE ^
Ahoj.

@McClane (O.S.)
Yo.

> CUT TO:

EXT. STREET - CONTINUOUS

O'BRIEN
~Sung line
"""


@pytest.fixture(scope="module")
def screenplay() -> Screenplay:
    return parse_script(SCRIPT.encode(), name="door.fountain")


def speeches(screenplay: Screenplay) -> list[Dialogue]:
    return [e for scene in screenplay.scenes for e in scene.elements if isinstance(e, Dialogue)]


def test_title_and_credit_come_from_the_title_page(screenplay: Screenplay) -> None:
    assert screenplay.title == "The Door"
    assert screenplay.credit == "A. Writer"


def test_scenes_keep_heading_place_time_label_and_transition(screenplay: Screenplay) -> None:
    first, second = screenplay.scenes
    assert (first.setting, first.place, first.time_of_day) == (
        Setting.INT,
        "Court, kitchen",
        TimeOfDay.DAY,
    )
    assert (first.number, first.label, first.transition) == (1, "1A", "CUT TO:")
    assert (second.setting, second.time_of_day) == (Setting.EXT, TimeOfDay.DAY)


def test_capitals_of_other_alphabets_are_cues(screenplay: Screenplay) -> None:
    cues = [speech.cue for speech in speeches(screenplay)]
    assert cues[:5] == ["JUDGE", "ÅSA", "JOSÉ", "ŽOFIE", "MCCLANE"]


def test_cyrillic_and_greek_cues_are_cues() -> None:
    text = "INT. A - DAY\n\nИВАН\nДа.\n\nΝΊΚΟΣ (V.O.)\nΝαι.\n"
    found = speeches(parse_script(text.encode(), name="x.fountain"))
    assert [(speech.cue, speech.extension) for speech in found] == [("ИВАН", ""), ("ΝΊΚΟΣ", "V.O.")]


def test_extension_and_parenthetical_are_kept_apart_from_speech(screenplay: Screenplay) -> None:
    judge = speeches(screenplay)[0]
    assert judge.extension == "V.O."
    assert judge.is_off_screen
    assert judge.parenthetical == "low"
    assert judge.text == "Hello there. Second line."


def test_notes_boneyards_synopses_and_sections_are_never_heard_or_seen(
    screenplay: Screenplay,
) -> None:
    told = " ".join(e.text for scene in screenplay.scenes for e in scene.elements)
    for word in ("secret", "bone", "They meet", "Act one", "[[", "/*", "blank lines"):
        assert word not in told
    assert "A judge sits. More." in told


def test_dual_dialogue_keeps_both_speakers(screenplay: Screenplay) -> None:
    duals = [speech.cue for speech in speeches(screenplay) if speech.is_dual]
    assert duals == ["JOSÉ", "ŽOFIE"]


def test_line_numbers_are_those_of_the_file(screenplay: Screenplay) -> None:
    lines = SCRIPT.split("\n")
    for speech in speeches(screenplay):
        assert speech.cue.lower() in lines[speech.first_line - 1].lower()
    for scene in screenplay.scenes:
        assert scene.heading.split(" #")[0] in lines[scene.first_line - 1]


def test_a_transition_is_no_action(screenplay: Screenplay) -> None:
    actions = [
        e.text for scene in screenplay.scenes for e in scene.elements if isinstance(e, Action)
    ]
    assert not any("CUT TO" in text for text in actions)


@pytest.mark.parametrize("name", ["x.fountain", "pasted"])
def test_twenty_thousand_open_brackets_are_refused(name: str) -> None:
    with pytest.raises(InputError, match=r"note \[\[ opened on line 1 is never closed"):
        parse_script(b"[[" * 20_000, name=name)


def test_an_open_boneyard_is_refused_with_its_line() -> None:
    with pytest.raises(InputError, match=r"boneyard /\* opened on line 3"):
        parse_script(b"INT. A - DAY\n\n/* never\n\nclosed", name="x.fountain")


def test_a_parse_over_its_limit_is_stopped_and_said() -> None:
    with pytest.raises(InputError, match=r"slow\.fountain took longer than 0\.5 s"):
        run_child("[[" * 20_000, name="slow.fountain", limit_seconds=0.5)


def test_ten_thousand_lines_parse_within_the_limit() -> None:
    one = "INT. ROOM - DAY\n\nMARA walks in.\n\nMARA\nHello there.\n\n"
    script = one * 1430
    assert script.count("\n") > 10_000
    screenplay = parse_script(script.encode(), name="long.fountain")
    assert len(screenplay.scenes) == 1430
    assert screenplay.scenes[-1].first_line == 1429 * 7 + 1


def test_comment_removal_maps_lines_back() -> None:
    clean = without_comments("a\n[[x\ny]]\nb /* c\nd */ e\nf", name="t")
    assert clean.text.split("\n") == ["a", "b", " e", "f"]
    assert [clean.true_line(line) for line in (1, 2, 3, 4)] == [1, 4, 5, 6]


@pytest.mark.parametrize(
    ("line", "place", "time_of_day", "setting"),
    [
        ("INT. CAR - NIGHT", "Car", TimeOfDay.NIGHT, Setting.INT),
        ("ext harbour – sunrise", "Harbour", TimeOfDay.DAWN, Setting.EXT),
        ("INT./EXT. TAXI - MAGIC HOUR", "Taxi", TimeOfDay.DUSK, Setting.INT_EXT),
        ("I/E. TAXI - LATER", "Taxi", TimeOfDay.NIGHT, Setting.INT_EXT),
        ("12 EXT. X-RAY SHOP", "X-ray shop", TimeOfDay.NIGHT, Setting.EXT),
    ],
)
def test_headings_give_place_time_and_setting(
    line: str, place: str, time_of_day: TimeOfDay, setting: Setting
) -> None:
    parts = parse_heading(line, previous=TimeOfDay.NIGHT)
    assert (parts.place, parts.time_of_day, parts.setting) == (place, time_of_day, setting)
