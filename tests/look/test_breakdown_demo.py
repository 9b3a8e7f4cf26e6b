"""The demo production's documents fit each other and the breakdown of its screenplay."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import projects.demo
from apexsite.kit.timecode import FrameRate
from characters.engine.profile import HAIR_STYLES, CharacterProfile
from projects.engine.bible import bible_from
from projects.engine.breakdown import Breakdown
from projects.engine.framing import CameraMove, Coverage, Join
from projects.engine.joins import join_asked
from projects.engine.script import parse_and_break_down

FOLDER = Path(projects.demo.__file__).parent
RATE = FrameRate.parse("24000/1001")


@pytest.fixture(scope="module")
def breakdown() -> Breakdown:
    script = FOLDER / "the_last_witness.fountain"
    return parse_and_break_down(script.read_bytes(), name=script.name, rate=RATE)


def profiles() -> list[CharacterProfile]:
    document = json.loads((FOLDER / "cast.json").read_text("utf-8"))
    return [
        CharacterProfile(**{**person, "age_years": tuple(person["age_years"])})
        for person in document["characters"]
    ]


def test_the_film_has_ten_to_twelve_shots_in_forty_to_fifty_seconds(
    breakdown: Breakdown,
) -> None:
    assert 10 <= len(breakdown.shots) <= 12
    assert 40 <= RATE.seconds_at(breakdown.duration_frames) <= 50


def test_casting_and_breakdown_name_the_same_three_people(breakdown: Breakdown) -> None:
    found = [(person.key, person.name) for person in breakdown.characters]
    assert [(person.key, person.name) for person in profiles()] == found
    assert len(found) == 3


def test_the_coverage_has_variety_and_the_prop_has_its_insert(breakdown: Breakdown) -> None:
    used = {shot.coverage for shot in breakdown.shots}
    assert used >= {
        Coverage.ESTABLISHING,
        Coverage.MASTER,
        Coverage.TWO_SHOT,
        Coverage.OTS,
        Coverage.SINGLE,
        Coverage.INSERT,
    }
    assert "tape recorder" in {shot.prop for shot in breakdown.shots}
    assert len({shot.move for shot in breakdown.shots}) >= 4


def test_the_gavel_meets_the_raindrop_with_nothing_between(breakdown: Breakdown) -> None:
    gavel, drop = breakdown.shots[-2:]
    assert (gavel.prop, drop.prop) == ("gavel", "raindrop")
    ended = breakdown.scenes[-2].transition
    assert join_asked(ended, is_transition=True) is Join.MATCH_DISSOLVE


def test_two_moves_ask_for_depth(breakdown: Breakdown) -> None:
    moves = [shot.move for shot in breakdown.shots]
    assert {CameraMove.ORBIT_RIGHT, CameraMove.DOLLY_ZOOM} <= set(moves)


def test_someone_speaks_unseen(breakdown: Breakdown) -> None:
    assert any(shot.speaker and shot.speaker not in shot.cast for shot in breakdown.shots)


def test_the_three_are_told_apart() -> None:
    cast = profiles()
    for field in ("skin_colour", "hair_colour", "hair_style", "wardrobe_colour", "voice_variant"):
        assert len({getattr(person, field) for person in cast}) == 3, field
    assert all(person.hair_style in HAIR_STYLES for person in cast)


def test_the_bible_reads_and_keeps_its_palette() -> None:
    bible = bible_from(json.loads((FOLDER / "style_bible.json").read_text("utf-8")))
    assert 5 <= len(bible.palette) <= 6
    assert bible.document["project_name"] == "The Last Witness"
    assert 0 < bible.document["film_grain"] < 0.3
