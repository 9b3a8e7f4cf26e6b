"""The numpy human: agrees with the reference, answers bad input, bends where it should."""

from __future__ import annotations

import numpy as np
import pytest

from apexsite.kit.errors import InputError
from characters.engine.human.phenotype import Phenotype, hat_weights, shape_weights
from characters.engine.human.shape import rest_body
from characters.engine.human.skinning import axis_rotation, skin
from characters.engine.human.tables import PEOPLE_FILE, people_tables
from tests.people.reference import errors_by_bone


def test_every_rigid_part_agrees_with_the_reference_within_a_millimetre() -> None:
    errors = errors_by_bone()
    assert {"head", "foot.L", "foot.R", "eye.L", "spine05", "lowerarm01.L"} <= set(errors)
    assert max(errors.values()) < 0.001, errors
    assert errors["head"] < 0.0003


def test_the_data_is_small_enough_to_ship_and_has_its_licence() -> None:
    shipped = list(PEOPLE_FILE.parent.iterdir())
    assert sum(path.stat().st_size for path in shipped) <= 12 * 2**20
    assert "CC0" in PEOPLE_FILE.with_name("LICENSE-CC0.md").read_text(encoding="utf-8")


def test_hat_weights_add_up_to_one_and_stop_at_the_ends() -> None:
    anchors = (0.0, 0.5, 1.0)
    assert hat_weights(0.25, anchors) == [0.5, 0.5, 0.0]
    assert hat_weights(1.0, anchors) == [0.0, 0.0, 1.0]
    assert hat_weights(-3.0, anchors) == [1.0, 0.0, 0.0]


def test_only_the_mixture_of_ancestries_counts_not_its_sum() -> None:
    tables = people_tables()
    one = shape_weights(Phenotype(african=0.2, asian=0.2, caucasian=0.1), tables)
    other = shape_weights(Phenotype(african=0.8, asian=0.8, caucasian=0.4), tables)
    np.testing.assert_allclose(one, other, atol=1e-6)


def test_a_local_change_and_its_opposite_move_the_nose_apart() -> None:
    tables = people_tables()
    plain = rest_body(Phenotype(), tables=tables).vertices
    more = rest_body(Phenotype(), tables=tables, changes={"nose-hump-incr": 1.0}).vertices
    less = rest_body(Phenotype(), tables=tables, changes={"nose-hump-incr": -1.0}).vertices
    moved = np.flatnonzero(np.linalg.norm(more - plain, axis=1) > 1e-4)
    assert 10 < len(moved) < 2000
    assert not np.allclose(more, less)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ({"changes": {"nose-size": 0.5}}, "change='nose-size'"),
        ({"changes": {"nose-hump-incr": 1.5}}, "nose-hump-incr=1.5"),
        ({"expression": {"smile": 0.5}}, "action='smile'"),
        ({"expression": {"jawOpen": -0.5}}, "jawOpen=-0.5"),
    ],
)
def test_unknown_names_and_wild_numbers_are_refused(
    arguments: dict[str, dict[str, float]], word: str
) -> None:
    with pytest.raises(InputError, match=word):
        rest_body(Phenotype(), tables=people_tables(), **arguments)


def test_a_phenotype_out_of_range_is_refused() -> None:
    with pytest.raises(InputError, match="weight=2"):
        Phenotype(weight=2.0)
    with pytest.raises(InputError, match="above 0"):
        Phenotype(african=0, asian=0, caucasian=0)


def test_without_rotations_skinning_leaves_the_body_as_it_is() -> None:
    tables = people_tables()
    body = rest_body(Phenotype(), tables=tables)
    posed, heads, _ = skin(body, {}, tables=tables)
    np.testing.assert_allclose(posed, body.vertices, atol=1e-5)
    np.testing.assert_allclose(heads, body.joints, atol=1e-6)


def test_bending_the_elbow_moves_the_hand_and_keeps_the_forearm_length() -> None:
    tables = people_tables()
    body = rest_body(Phenotype(), tables=tables)
    _, heads, _ = skin(body, {"lowerarm01.L": axis_rotation((1, 0, 0), 60)}, tables=tables)
    elbow, wrist = tables.bone("lowerarm01.L"), tables.bone("wrist.L")
    length = np.linalg.norm(body.joints[wrist] - body.joints[elbow])
    assert np.linalg.norm(heads[wrist] - heads[elbow]) == pytest.approx(length, rel=1e-5)
    assert np.linalg.norm(heads[wrist] - body.joints[wrist]) > 0.05
    foot = tables.bone("foot.L")
    np.testing.assert_allclose(heads[foot], body.joints[foot], atol=1e-6)


def test_turning_the_root_turns_the_whole_body() -> None:
    tables = people_tables()
    body = rest_body(Phenotype(), tables=tables)
    turn = axis_rotation((0, 0, 1), 90)
    posed, _, _ = skin(body, {"root": turn}, tables=tables)
    root = body.joints[0]
    np.testing.assert_allclose(posed, (body.vertices - root) @ turn.T + root, atol=1e-4)
