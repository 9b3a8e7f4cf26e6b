"""The stage's camera keeps out of walls, props and people: numpy only, with walls made of a line of code."""

from __future__ import annotations

import numpy as np
import pytest

from apexsite.kit.errors import InputError
from renders.stage_worker.clearance import ROOM_M, Cleared, Hit, cleared
from renders.stage_worker.framing import COVERAGES, Shot, Subject, framed

MAN = Subject(
    eyes=np.array([0.0, -0.12, 1.68]),
    crown=np.array([0.0, 0.0, 1.80]),
    chin=np.array([0.0, -0.10, 1.58]),
    facing=np.array([0.0, -1.0, 0.0]),
    hands=np.array([[0.25, -0.1, 0.8], [-0.25, -0.2, 0.8]]),
)


def nothing(start: np.ndarray, out: np.ndarray, length: float) -> float | None:
    return None


def wall_at(y: float, *, half_width: float = 99.0) -> Hit:
    """A wall square to y, standing before the man, `half_width` metres to each side."""

    def hit(start: np.ndarray, out: np.ndarray, length: float) -> float | None:
        if out[1] > -1e-9:
            return None
        far = float((y - start[1]) / out[1])
        across = float(start[0] + far * out[0])
        return far if 0 <= far <= length and abs(across) <= half_width else None

    return hit


def shown(hit: Hit, shot: Shot, people: tuple[np.ndarray, ...] = ()) -> Cleared:
    return cleared(
        lambda aside: framed(shot, [MAN], width=16, height=9, aside_degrees=aside),
        lens_mm=shot.lens_mm,
        hit=hit,
        people=people,
    )


def test_where_nothing_is_in_the_way_the_camera_stays_as_it_was_asked_for() -> None:
    shot = Shot("MS", 50)
    found = shown(nothing, shot)
    assert (found.lens_mm, found.aside_degrees, found.clear) == (50, 0.0, True)
    assert np.allclose(found.framed.place, framed(shot, [MAN], width=16, height=9).place)


def test_before_a_wall_the_camera_comes_nearer_on_a_shorter_lens_and_holds_the_same_frame() -> None:
    shot = Shot("MS", 85, azimuth_degrees=0)
    wanted = framed(shot, [MAN], width=16, height=9)
    wall = float(wanted.place[1]) * 0.75
    found = shown(wall_at(wall), shot)
    assert found.framed.place[1] >= wall + ROOM_M - 1e-6
    assert found.lens_mm < 85
    near = np.linalg.norm(found.framed.place - found.framed.aim) / found.lens_mm
    far = np.linalg.norm(wanted.place - wanted.aim) / 85
    assert near == pytest.approx(far, rel=1e-6)


def test_before_a_pillar_the_camera_steps_aside() -> None:
    found = shown(wall_at(-0.9, half_width=0.25), Shot("MS", 50, azimuth_degrees=0))
    assert found.clear and found.aside_degrees != 0
    assert found.lens_mm == 50


def test_nobody_else_stands_between_the_camera_and_the_one_person_of_a_single() -> None:
    other = np.array([0.0, -1.0, 1.70])
    found = shown(nothing, Shot("MCU", 85, azimuth_degrees=0), (other,))
    assert abs(found.aside_degrees) >= 12


def test_boxed_in_on_all_sides_it_says_so_and_keeps_the_camera_asked_for() -> None:
    found = shown(lambda start, out, length: 0.05, Shot("LS", 35))
    assert not found.clear
    assert found.lens_mm == 35


def test_an_insert_looks_down_on_the_hand_in_front() -> None:
    found = framed(Shot("CU", 65, coverage="insert"), [MAN], width=16, height=9)
    assert np.allclose(found.focus, MAN.hands[1])
    assert found.place[2] > found.focus[2]


def test_thirds_leave_room_where_the_person_faces() -> None:
    middle, left, right = (
        framed(
            Shot("MS", 50, azimuth_degrees=azimuth, composition=how), [MAN], width=16, height=9
        ).aim
        for azimuth, how in ((40, "centred"), (40, "thirds"), (-40, "thirds"))
    )
    assert np.allclose(middle, MAN.eyes)
    assert left[0] * right[0] < 0
    ahead = MAN.facing @ (left - MAN.eyes)
    assert ahead > 0, "the frame must reach farther to where he faces"


def test_headroom_is_the_share_above_the_crown() -> None:
    shot = Shot("MS", 50, headroom=0.2)
    found = framed(shot, [MAN], width=16, height=9)
    eyes_from_top = 0.5 + found.shift_y * 16 / 9
    assert eyes_from_top - 0.12 / found.frame_height_m == pytest.approx(0.2, abs=1e-6)


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"coverage": "drone"}, "coverage='drone'.*ots"),
        ({"composition": "golden"}, "composition='golden'.*thirds"),
        ({"headroom": 0.9}, "headroom=0.9"),
        ({"offset_x": 2}, "offset_x=2"),
    ],
)
def test_wishes_no_camera_can_meet_are_refused(values: dict[str, object], word: str) -> None:
    with pytest.raises(InputError, match=word):
        Shot(**values)


def test_coverages_are_the_studio_s_own() -> None:
    from projects.engine.framing import Coverage

    assert set(COVERAGES) == {one.value for one in Coverage}
