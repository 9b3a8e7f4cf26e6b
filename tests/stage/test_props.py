"""Inserts of things: words to a prop of the stage, where it lies, what is not there, and the camera on it."""

from __future__ import annotations

import numpy as np
import pytest

from apexsite.kit.errors import InputError, NotSupported
from characters.engine.profile import CharacterProfile
from projects.engine.bible import bible_from
from projects.engine.brief import ShotBrief
from projects.engine.framing import Coverage
from renders.engine.imaging.base import ImageRequest
from renders.engine.imaging.stage import document_of
from renders.engine.stage.props import PROPS, prop_mentioned, prop_named, prop_of
from renders.stage_worker.closeup import FILLS, closeup, stop_for
from renders.stage_worker.framing import HEAD_SHARE, Shot
from renders.stage_worker.propwish import NAMES, PropWish

MARA = CharacterProfile(key="mara", name="Mara Voss", role="judge")


def insert(prop: str, action: str = "", **given) -> ShotBrief:
    return ShotBrief("s01_010", "COURTROOM", action, coverage=Coverage.INSERT, prop=prop, **given)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("TAPE RECORDER", "recorder"), ("gavel", "gavel"), ("SEALED ENVELOPE", "envelope"), ("COURT LEDGER", "book"),
        ("BOX OF NEGATIVES", "box"), ("bunch of keys", "key"), ("a piece of paper", "letter"), ("cup of tea", "cup"),
        ("raindrop", "raindrop"), ("BURNER PHONE", "phone"), ("knife in the table", "knife"), ("BRASS KEY", "key"),
        ("TORN PHOTOGRAPH", "photograph"), ("door handle", "door"), ("GLASS SEED", ""), ("pistol", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_head_of_a_phrase_says_which_thing_it_is(words, name):
    assert prop_named(words) == name


def test_every_thing_that_words_lead_to_is_modelled_and_the_other_way_round():
    assert {name for name, _ in PROPS} == set(NAMES)
    assert len(NAMES) >= 14


def test_an_insert_shows_the_thing_alone_where_the_words_put_it():
    shot = insert("TAPE RECORDER", "In a doorway a TAPE RECORDER turns, its red light on.", cast=("mara",))  # fmt: skip
    assert prop_of(shot) == {"name": "recorder", "where": "doorway", "colour": "", "lit": True}
    made = document_of(ImageRequest(shot, (MARA,), bible_from({}), 640, 360, 7))
    assert (made["prop"]["name"], made["players"], made["shot"]["coverage"]) == ("recorder", [], "insert")  # fmt: skip
    assert prop_of(insert("RED CANDLE", "The candle is out."))["lit"] is False
    assert prop_of(insert("RED CANDLE"))["colour"] == "#8E1A1E"


def test_a_raindrop_that_only_the_action_names_is_drawn_and_hands_stay_hands():
    assert prop_of(insert("", "A raindrop falls into a puddle."))["name"] == "raindrop"
    assert prop_mentioned("She lays the key beside the letter.") == "key"
    assert prop_of(insert("", "Mara's hands tremble.", cast=("mara",))) is None
    assert prop_of(ShotBrief("s01_020", "COURTROOM", "A gavel.", prop="gavel")) is None


def test_an_unknown_thing_is_refused_with_the_names_of_those_known():
    with pytest.raises(NotSupported, match=r"no 'harpsichord'; it has: .*gavel.*raindrop"):
        prop_of(insert("HARPSICHORD"))
    with pytest.raises(InputError, match="prop='sword'"):
        PropWish("sword")


def test_a_thing_fills_its_share_of_the_frame_however_long_it_is():
    assert set(FILLS) == set(HEAD_SHARE)
    front = np.array([0.0, -1.0, 0.0])
    for half in ((0.2, 0.01, 0.01), (0.02, 0.02, 0.2)):
        points = np.array([[x, y, z] for x in (-half[0], half[0]) for y in (-half[1], half[1]) for z in (0, 2 * half[2])])  # fmt: skip
        found = closeup(Shot("CU", 65, coverage="insert"), points, front, elevation=20, width=640, height=360)  # fmt: skip
        held = np.array([found.frame_height_m * 640 / 360, found.frame_height_m])
        share = max(half[0] * 2 / held[0], half[2] * 2 * np.cos(np.radians(20)) / held[1])
        assert share == pytest.approx(FILLS["CU"], abs=0.05)


def test_a_deeper_thing_gets_a_smaller_stop():
    assert stop_for(0.8, 0.02, 85) < stop_for(0.8, 0.04, 85) <= 16.0
