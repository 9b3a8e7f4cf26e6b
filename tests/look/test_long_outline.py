"""The outline writer at length: exactly the shots asked for, in varied places, readable, the same for the same seed."""

from __future__ import annotations

import itertools

import pytest

from apexsite.kit.errors import InputError, NotSupported
from apexsite.kit.timecode import FrameRate
from projects.engine.genres import GENRES
from projects.engine.outline import CREDIT, outline_of
from projects.engine.script import parse_and_break_down
from projects.engine.writing.wish import ScriptWish, scenes_for, wish_of


def _wish(style: str = "courtroom_drama", **length: int) -> ScriptWish:
    return wish_of(topic="the lost ferry", style=style, **length)  # type: ignore[arg-type]


def _made(text: str):  # type: ignore[no-untyped-def]
    return parse_and_break_down(text.encode(), name="o.fountain", rate=FrameRate.parse(24))


@pytest.mark.parametrize("style", ["courtroom_drama", "news", "action"])
def test_forty_shots_asked_for_are_forty_shots_in_many_places(style: str) -> None:
    text, title = outline_of(_wish(style, shots=40), style=style)
    made = _made(text)
    assert (len(made.shots), len(made.scenes), title) == (40, 8, "The Lost Ferry")
    assert len({scene.place for scene in made.scenes}) >= 4
    places = [(scene.place, scene.time_of_day) for scene in made.scenes]
    assert all(one != other for one, other in itertools.pairwise(places))
    assert len(made.characters) == 4
    spoken = [shot.dialogue for shot in made.shots if shot.dialogue]
    assert len(spoken) >= 15
    assert len(set(spoken)) == len(spoken)
    assert CREDIT in text.split("\n\n")[0]


@pytest.mark.parametrize(("shots", "scenes"), [(1, 1), (5, 2), (24, 3)])
def test_other_lengths_are_met_exactly_too(shots: int, scenes: int) -> None:
    made = _made(outline_of(_wish("noir", shots=shots, scenes=scenes), style="noir")[0])
    assert (len(made.shots), len(made.scenes)) == (shots, scenes)


def test_the_same_wish_gives_the_same_text_and_another_seed_another() -> None:
    wish = _wish(shots=13)
    other = wish_of(topic="the lost ferry", style="noir", shots=13, seed=4)
    assert outline_of(wish, style="noir") == outline_of(wish, style="noir")
    assert outline_of(wish, style="noir") != outline_of(other, style="noir")


def test_every_genre_has_people_and_places_for_a_long_outline() -> None:
    for genre in GENRES.values():
        assert genre.openings
        assert genre.meetings


def test_another_language_is_refused_by_the_outline_writer_in_words() -> None:
    wish = wish_of(topic="die Fähre", style="noir", language="de")
    with pytest.raises(NotSupported, match="English only"):
        outline_of(wish, style="noir")


def test_lengths_are_one_thing_or_the_other_and_within_bounds() -> None:
    assert wish_of(topic="rain", style="noir", minutes=2).shots == 28
    assert scenes_for(40) == 8
    for wrong, words in (
        ({"shots": 4, "minutes": 1}, "both given"),
        ({"shots": 0}, "shots=0"),
        ({"shots": 121}, "1 to 120"),
        ({"shots": 4, "scenes": 5}, "1 to 4"),
        ({"minutes": "two"}, "minutes='two'"),
        ({"language": "xx"}, "language='xx'"),
        ({"seed": -1}, "seed=-1"),
    ):
        with pytest.raises(InputError, match=words):
            wish_of(topic="rain", style="noir", **wrong)  # type: ignore[arg-type]
