"""Whom previz does not draw, in the words people use of them: and whom it draws though a word is near."""

from __future__ import annotations

import pytest

from apexsite.kit.errors import NotSupported
from characters.engine.casting.limits import not_drawn, refuse_unsupported
from characters.engine.profile import CharacterProfile


def refused(**fields: str) -> str:
    """Return the message of a refusal, nothing for somebody who is drawn."""
    try:
        refuse_unsupported(
            CharacterProfile(**{"key": "x", "name": "Sam", "age_years": (30, 40), **fields})
        )
    except NotSupported as err:
        return err.message
    return ""


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("children", "a boy of seven"), ("children", "a seven-year-old"), ("children", "aged six"),
        ("children", "a 7-year-old"), ("children", "twins' baby brother, age 2"),
        ("children", "the neighbour's kid"), ("children", "a teenager"), ("children", "a newborn"),
        ("children", "a little girl in a red coat"), ("children", "a ten year old"),
        ("animals", "a big black dog"), ("animals", "her cat"), ("animals", "a raven on the sill"),
        ("animals", "Rex, a german shepherd"), ("animals", "a swarm of bees"), ("animals", "puppies"),
        ("crowds", "a crowd of commuters"), ("crowds", "two dozen protesters"), ("crowds", "the jury"),
        ("crowds", "a group of passengers"), ("crowds", "a hundred soldiers"), ("crowds", "a family of five"),
        ("people without a limb", "a one-armed veteran"), ("people without a limb", "a man missing his right arm"),
        ("people without a limb", "a judge, 60s; she lost both legs"), ("wheelchairs", "an old man in a wheelchair"),
    ],
)  # fmt: skip
def test_who_is_described_as_one_is_refused_in_every_phrasing(kind: str, told: str) -> None:
    assert f"{kind} are not supported (description: " in refused(description=told)


@pytest.mark.parametrize(
    "told",
    [
        "a woman with a cat", "a dog owner", "a man with a boyish face", "a girl's teacher",
        "a child psychologist", "a cat burglar", "a former child actor, 40s", "a crowd favourite, 30s",
        "a mother of two children", "a father of a girl aged six", "a bear of a man", "a people person",
        "Wolf Brandt, a detective", "a widow who fled at age six", "an old soldier", "a baby-faced man",
        "wears a pair of glasses", "a man with a broken arm", "a nurse who pushes a wheelchair",
        "she lost her husband", "60, aged by work",
    ],
)  # fmt: skip
def test_a_word_that_says_something_else_of_a_grown_person_refuses_nobody(told: str) -> None:
    assert refused(description=told) == ""


@pytest.mark.parametrize("name", ["Dog", "The Crowd", "Boy 2", "Little Girl", "Rex the Dog", "Twins"])  # fmt: skip
def test_a_name_that_is_nothing_but_the_word_says_it_too(name: str) -> None:
    assert "(name: " in refused(name=name)


@pytest.mark.parametrize("name", ["Mr Fox", "Robin Bird", "Kidd", "Childs", "Passenger 2", "Bear Grylls"])  # fmt: skip
def test_a_surname_is_a_name(name: str) -> None:
    assert refused(name=name) == ""


def test_a_name_gives_way_to_a_description_of_a_person() -> None:
    assert refused(name="Wolf", description="a detective in his 40s") == ""
    assert "animals" in refused(name="Wolf", description="grey, lean")


def test_an_action_names_what_is_left_out_but_not_its_own_people() -> None:
    assert not_drawn("A crowd parts. Two dogs follow the children; a dog-eared book.") == [
        "crowd", "dogs", "children",
    ]  # fmt: skip
    assert not_drawn("Wolf nods to Mara.", names=("Wolf Brandt", "Mara")) == []
