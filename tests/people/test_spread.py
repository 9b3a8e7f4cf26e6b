"""Spreading a cast apart: who is too alike is moved and told, who is not stays untouched."""

from __future__ import annotations

from dataclasses import replace

import pytest

from apexsite.kit.errors import InputError
from characters.engine.casting.faces import MOST, drawn_face
from characters.engine.casting.spread import SPREAD_MM, spread, vertex_distance_mm
from characters.engine.human.cast import BodyCast

ADA = BodyCast(changes=drawn_face("ada"))


def test_a_twin_is_moved_until_the_faces_can_be_told_apart() -> None:
    found = spread("eve", ADA, {"ada": ADA})
    assert found.before == 0.0
    assert found.after >= SPREAD_MM
    assert vertex_distance_mm(found.body, ADA) == pytest.approx(found.after)
    assert "too like 'ada'" in found.told
    assert max(abs(v) for v in found.body.changes.values()) <= MOST


def test_only_the_face_of_the_newcomer_moves() -> None:
    found = spread("eve", ADA, {"ada": ADA})
    assert replace(found.body, changes=ADA.changes) == ADA


def test_somebody_far_enough_away_stays_as_they_are_and_nobody_is_told() -> None:
    bob = BodyCast(changes=drawn_face("bob"))
    found = spread("bob", bob, {"ada": ADA}, least=0.5)
    assert found.body is bob
    assert found.told == ""


def test_the_same_cast_is_spread_the_same_way_every_time() -> None:
    assert spread("eve", ADA, {"ada": ADA}) == spread("eve", ADA, {"ada": ADA})


def test_one_is_not_too_like_oneself() -> None:
    assert spread("ada", ADA, {"ada": ADA}).told == ""


def test_a_third_keeps_away_from_both() -> None:
    eve = spread("eve", ADA, {"ada": ADA}).body
    found = spread("una", ADA, {"ada": ADA, "eve": eve})
    assert vertex_distance_mm(found.body, ADA) >= SPREAD_MM
    assert vertex_distance_mm(found.body, eve) >= SPREAD_MM


def test_a_measure_of_ones_own_can_be_used_and_failure_is_told() -> None:
    found = spread("eve", ADA, {"ada": ADA}, least=0.5, distance=lambda a, b: 0.1, unit="dlib")
    assert found.told.endswith("the farthest found")
    assert found.body is ADA


def test_a_distance_of_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="least=0"):
        spread("eve", ADA, {"ada": ADA}, least=0)
