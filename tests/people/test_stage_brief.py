"""The stage's brief: what it refuses before anything is drawn. Blender is not needed."""

from __future__ import annotations

import pytest

from apexsite.kit.errors import InputError
from characters.engine.human.cast import BodyCast
from renders.stage_worker.brief import read_brief


def document(**fields: object) -> dict[str, object]:
    body = BodyCast().to_document()
    return {
        "schema": "apex.stage/1",
        "folder": "/tmp/x",
        "players": [{"key": "Zoë", "body": body}],
        **fields,
    }


def test_a_brief_is_read_with_names_in_any_script() -> None:
    brief = read_brief(
        document(
            players=[{"key": "зоя 王", "body": BodyCast().to_document(), "look_at": [0, 1, 2]}]
        )
    )
    assert brief.players[0].key == "зоя 王"
    assert brief.players[0].look_at == (0, 1, 2)


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"light": 0}, "light=0 must be from 0.05"),
        ({"time_of_day": "noonish"}, "time_of_day='noonish'.*dusk"),
        ({"quality": "best"}, "quality='best'.*draft"),
        ({"outputs": ["film"]}, "outputs='film'.*depth"),
        ({"width": 5}, "size=5"),
        ({"shot": {"f_stop": 0}}, "f_stop=0"),
        ({"shot": {"lens_mm": 0}}, "lens_mm=0"),
        ({"shot": {"lens": 50}}, "cannot be read"),
        ({"subject": 3}, "subject=3"),
    ],
)
def test_what_cannot_be_drawn_is_refused_naming_what_can(
    fields: dict[str, object], word: str
) -> None:
    with pytest.raises(InputError, match=word):
        read_brief(document(**fields))


def test_twelve_people_in_a_close_up_are_a_crowd() -> None:
    crowd = [{"key": f"p{i}", "body": BodyCast().to_document()} for i in range(12)]
    with pytest.raises(InputError, match="crowds are not drawn"):
        read_brief(document(players=crowd, shot={"size": "CU"}))
