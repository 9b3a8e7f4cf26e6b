"""The stage's brief: what it refuses before anything is drawn. Blender is not needed."""

from __future__ import annotations

import pytest

from apexsite.kit.errors import InputError, NotSupported
from characters.engine.human.cast import BodyCast
from characters.engine.human.needs import NEEDS, refuse_without
from characters.engine.human.poses import POSES
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
        ({"light": "dark"}, "light='dark' must be a number"),
        ({"shot": {"lens_mm": None}}, "lens_mm=None must be a number"),
        ({"shot": {"f_stop": float("nan")}}, "f_stop=nan must be a number"),
        ({"shot": "wide"}, "shot='wide' must be an object"),
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


def test_a_pose_for_a_limb_that_is_missing_names_the_poses_that_do_without() -> None:
    one = {"key": "a", "body": BodyCast().to_document(), "pose": "point", "without": ["right_arm"]}
    with pytest.raises(InputError, match=r"pose='point' needs right_arm.*valid: stand, .*sit"):
        read_brief(document(players=[one]))


def test_every_pose_says_what_limbs_it_needs() -> None:
    assert set(NEEDS) == set(POSES)


def test_bodies_without_a_limb_are_not_drawn_and_unknown_limbs_are_refused() -> None:
    with pytest.raises(NotSupported, match="storyboard"):
        refuse_without("sit", ["left_leg"])
    with pytest.raises(InputError, match=r"without='tail'.*left_arm"):
        refuse_without("sit", ["tail"])
    refuse_without("anything", [])
