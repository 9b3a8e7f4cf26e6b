"""Heads drawn by the stage and read by dlib: the same body is the same face, the far one is another. Needs stage and vision."""

from __future__ import annotations

import pytest

from apexsite.kit.errors import NotSupported
from characters.engine.casting.rules import body_from_profile
from characters.engine.profile import CharacterProfile
from renders.engine.stage import likeness
from renders.engine.stage.likeness import Likeness


@pytest.mark.stage
@pytest.mark.vision
@pytest.mark.slow
def test_two_people_are_farther_apart_than_one_is_from_themselves(monkeypatch, tmp_path):
    monkeypatch.delenv("APEX_STAGE_PYTHON", raising=False)
    monkeypatch.setenv("APEX_VAR", str(tmp_path))
    young = CharacterProfile(key="a", name="A", gender="female", age_years=(25, 29))
    old = CharacterProfile(key="b", name="B", gender="male", age_years=(68, 75), hair_style="bald")
    one, other = (body_from_profile(profile)[0] for profile in (young, old))
    measured = Likeness()
    assert measured.distance(one, one) == 0.0
    assert measured.distance(one, other) > likeness.SAME_PERSON


def test_a_head_without_a_face_is_not_measured(standin, monkeypatch):
    monkeypatch.setattr(likeness, "read_face", lambda picture: None)
    body = body_from_profile(CharacterProfile(key="a", name="A"))[0]
    with pytest.raises(NotSupported, match="no face in a drawn head"):
        Likeness().distance(body, body)
