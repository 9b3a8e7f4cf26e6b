"""What a person writes over a prompt: checked, cleaned and said, laid over, and taken back."""

from __future__ import annotations

import pytest

from apexsite.kit.errors import InputError
from renders.engine.prompting.build import build_prompt
from renders.engine.prompting.edits import edits_read
from tests.prompting.asked import MARA, request_of


def test_words_are_written_over_parts_taken_out_and_added():
    edits, said = edits_read(
        {
            "parts": {"light": "one bare bulb", "mood": None},
            "negative": {"style": None},
            "added": ["a red umbrella"],
            "added_negative": ["hats"],
        }
    )
    assert said == []
    prompt = build_prompt(request_of(MARA), edits=edits)
    parts = {part.name: part for part in prompt.parts}
    assert (parts["light"].words, parts["light"].is_edited) == ("one bare bulb", True)
    assert "mood" not in parts and not parts["lens"].is_edited
    names = [part.name for part in prompt.parts]
    assert names.index("place") < names.index("added_1") < names.index("light")
    assert "style" not in {part.name for part in prompt.negative}
    assert prompt.negative[-1].words == "hats"


def test_no_edits_leave_the_prompt_as_it_is():
    assert edits_read({"parts": {}, "added": ["  "]}) == ({}, [])
    asked = request_of(MARA)
    assert build_prompt(asked, edits={}) == build_prompt(asked)
    assert build_prompt(asked, edits={"parts": {"not_there": "x"}}) == build_prompt(asked)


def test_control_characters_are_taken_out_and_said():
    edits, said = edits_read({"parts": {"light": "a\x07 bulb\u200b"}, "added": ["😀\ud800"]})
    assert edits == {"parts": {"light": "a bulb"}, "added": ["😀"]}
    assert said == [
        "parts.light: 2 control characters taken out",
        "added[0]: 1 control character taken out",
    ]


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"added": ["x" * 20_000]}, "20000 letters; at most 2000 .* Nothing was stored"),
        ({"parts": {"light": 5}}, "parts.light must be words, got int"),
        ({"parts": ["light"]}, "object of part name"),
        ({"parts": {"<b>": "x"}}, "no part called"),
        ({"added": ["x"] * 13}, "at most 12"),
        ({"tone": {}}, "'tone'.*parts, negative, added, added_negative"),
        ([], "must be an object"),
    ],
)
def test_what_cannot_be_stored_is_named(given, word):
    with pytest.raises(InputError, match=word):
        edits_read(given)
