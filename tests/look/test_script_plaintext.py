"""Plain text in: prose and loose scripts become scenes and speech."""

from __future__ import annotations

from projects.engine.framing import Setting, TimeOfDay
from projects.engine.script import parse_script
from projects.engine.script.model import Action, Dialogue


def test_prose_without_headings_becomes_scenes_with_guessed_places() -> None:
    paragraphs = [f"Paragraph {n}. She crosses the street at night in the rain." for n in range(6)]
    screenplay = parse_script("\n\n".join(paragraphs).encode(), name="my_tale.txt")
    assert screenplay.title == "My tale"
    assert [len(scene.elements) for scene in screenplay.scenes] == [4, 2]
    first = screenplay.scenes[0]
    assert (first.place, first.setting, first.time_of_day) == (
        "Street",
        Setting.EXT,
        TimeOfDay.NIGHT,
    )


def test_a_name_and_a_colon_is_speech_and_a_bracket_is_not_spoken() -> None:
    text = "A kitchen.\n\nAnna: (softly) Come in.\nBen (V.O.): I waited.\nNote: not a person\n"
    scene = parse_script(text.encode(), name="x.txt").scenes[0]
    said = [e for e in scene.elements if isinstance(e, Dialogue)]
    assert [(e.cue, e.text) for e in said] == [("ANNA", "Come in."), ("BEN", "I waited.")]
    assert said[0].parenthetical == "softly"
    assert said[1].extension == "V.O."
    assert [e.text for e in scene.elements if isinstance(e, Action)][-1] == "Note: not a person"


def test_headings_in_plain_text_begin_scenes() -> None:
    text = "Title: Two Rooms\n\nINT. HALL - NIGHT\nAnna waits.\n\nAnna: Hello.\n\nTHE OLD HARBOUR\n\nFog.\n"
    screenplay = parse_script(text.encode(), name="x.txt")
    assert screenplay.title == "Two Rooms"
    assert [scene.place for scene in screenplay.scenes] == ["Hall", "The old harbour"]
    assert screenplay.scenes[1].setting is Setting.EXT
    assert screenplay.scenes[1].first_line == 8


def test_cue_blocks_without_headings_are_speech() -> None:
    scene = parse_script(b"The room.\n\nANNA\n(low)\nHello.\n", name="x.txt").scenes[0]
    speech = scene.elements[1]
    assert isinstance(speech, Dialogue)
    assert (speech.cue, speech.text, speech.parenthetical) == ("ANNA", "Hello.", "low")


def test_notes_in_plain_text_are_never_told() -> None:
    scene = parse_script(b"A room. [[secret]]\n\nShe waits.\n", name="x.txt").scenes[0]
    assert [e.text for e in scene.elements] == ["A room.", "She waits."]
    assert scene.elements[1].first_line == 3


def test_a_text_file_with_cues_on_their_own_lines_is_read_as_fountain() -> None:
    text = "Title: T\nCredit: by\n\nINT. HALL - NIGHT\n\nANNA\nHello.\n"
    screenplay = parse_script(text.encode(), name="x.txt")
    assert screenplay.credit == "by"
    assert isinstance(screenplay.scenes[0].elements[0], Dialogue)
