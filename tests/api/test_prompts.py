"""A shot's prompt through the API: read with every dialect's text, edited on the version read, refused by name."""

from __future__ import annotations

import pytest

from tests.factories import first_shot


def test_a_prompt_is_read_edited_and_taken_back(program, ben, episode):
    ask, address = program(ben), f"shots/{first_shot(episode).pk}/prompt/"
    before = ask.get(address)
    seen = before.json()
    assert seen["edits"] == {}
    assert seen["parts"][0]["name"] == "subject" and seen["parts"][0]["tokens"] > 0
    clip = seen["dialects"]["clip"]
    assert clip["prompt"]["tokens"] <= clip["prompt"]["limit"] == 75
    assert {"name", "kept", "dropped"} == set(clip["dropped"][0])
    assert seen["dialects"]["prose"]["prompt"]["is_estimate"]
    edits = {"parts": {"place": "a red room", "quality": None}, "added": ["one umbrella"]}
    assert ask.patch(address, {"edits": edits}).status_code == 428
    done = ask.patch(address, {"edits": edits}, If_Match=before["ETag"])
    assert done.status_code == 200, done.content
    assert done.json()["edits"] == edits
    assert "A red room" in done.json()["dialects"]["prose"]["prompt"]["text"]
    assert ask.patch(address, {"edits": {}}, If_Match=before["ETag"]).status_code == 412
    back = ask.patch(address, {"edits": {}}, If_Match=done["ETag"])
    assert back.json() == seen


@pytest.mark.parametrize(
    ("edits", "words"),
    [
        ({"parts": {"place": "x" * 20_000}}, "20000 letters"),
        ({"mood": {}}, "valid: parts, negative, added, added_negative"),
        ({"parts": {"place": 7}}, "must be words"),
    ],
)
def test_edits_that_cannot_be_used_are_refused_by_name(program, ben, episode, edits, words):
    shot = first_shot(episode)
    ask, address = program(ben), f"shots/{shot.pk}/prompt/"
    answer = ask.patch(address, {"edits": edits}, If_Match=ask.get(address)["ETag"])
    assert answer.status_code == 400
    assert words in answer.content.decode()
    shot.refresh_from_db()
    assert shot.prompt_edits == {}
