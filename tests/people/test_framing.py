"""The stage's camera: sizes, lenses and angles computed from landmarks. Blender is not needed."""

from __future__ import annotations

import numpy as np
import pytest

from apexsite.kit.errors import InputError
from projects.engine.framing import HEAD_HEIGHT_SHARE, CameraAngle, ShotSize
from renders.stage_worker.framing import (
    ANGLES,
    EYES_FROM_TOP,
    HEAD_SHARE,
    Shot,
    Subject,
    framed,
    lens_for,
)
from renders.stage_worker.together import framed_all

ASIDE, AHEAD = np.array([2.0, 0, 0]), np.array([0, -1.6, 0])
MAN = Subject(
    eyes=np.array([0.0, -0.12, 1.68]),
    crown=np.array([0.0, 0.0, 1.80]),
    chin=np.array([0.0, -0.10, 1.58]),
    facing=np.array([0.0, -1.0, 0.0]),
)


def test_the_stage_and_the_look_agree_on_sizes_and_angles() -> None:
    assert {size.value: HEAD_HEIGHT_SHARE[size] for size in ShotSize} == HEAD_SHARE
    assert set(EYES_FROM_TOP) == set(HEAD_SHARE)
    assert set(ANGLES) == {angle.value for angle in CameraAngle}


@pytest.mark.parametrize("lens_mm", [24, 50, 135])
def test_a_longer_lens_steps_back_and_holds_the_same_height(lens_mm: float) -> None:
    found = framed(Shot("CU", lens_mm), [MAN], width=768, height=576)
    distance = float(np.linalg.norm(found.place - MAN.eyes))
    held = distance * 36.0 * 576 / 768 / lens_mm
    assert held == pytest.approx(found.frame_height_m, rel=1e-6)


def test_the_camera_moves_away_from_close_up_to_wide() -> None:
    far = [framed(Shot(size, 50), [MAN], width=16, height=9).place[1] for size in HEAD_SHARE]
    assert far == sorted(far, reverse=True)


def test_azimuth_turns_the_camera_round_the_person() -> None:
    front = framed(Shot("MS", 50, azimuth_degrees=0), [MAN], width=4, height=3)
    side = framed(Shot("MS", 50, azimuth_degrees=90), [MAN], width=4, height=3)
    assert abs(front.place[0]) < 1e-9 and front.place[1] < -1
    assert side.place[0] > 1 and abs(side.place[1] - MAN.eyes[1]) < 1e-9


def test_a_low_angle_looks_up_and_a_high_angle_looks_down() -> None:
    low = framed(Shot("MS", 35, angle="low"), [MAN], width=4, height=3)
    high = framed(Shot("MS", 35, angle="high"), [MAN], width=4, height=3)
    assert low.place[2] < low.aim[2] < MAN.crown[2]
    assert high.place[2] > high.aim[2]
    assert framed(Shot("MS", 35, angle="dutch"), [MAN], width=4, height=3).roll_degrees != 0


@pytest.mark.parametrize("lens_mm", [24, 50])
@pytest.mark.parametrize("nearer_m", [0.0, 2.0])
def test_two_people_are_both_inside_the_frame_with_air_round_them(lens_mm, nearer_m) -> None:
    gap = ASIDE - np.array([0, nearer_m, 0])
    other = Subject(MAN.eyes + gap, MAN.crown + gap, MAN.chin + gap, MAN.facing)
    shot = Shot("MS", lens_mm, coverage="two_shot", azimuth_degrees=0)
    found = framed_all(shot, [MAN, other], width=16, height=9)
    ahead = found.aim - found.place
    far = float(np.linalg.norm(ahead))
    wide = 36.0 / lens_mm
    for person in (MAN, other):
        for side in (-0.25, 0.25):
            point = person.crown + np.array([side, 0, 0]) - found.place
            deep = float(point @ ahead) / far
            x = float(point[0]) / deep / wide
            y = float(point[2]) / deep / wide * 16 / 9 - found.shift_y * 16 / 9
            assert abs(x) < 0.47, "inside the frame's sides"
            assert 0.0 < y < 0.46, "headroom, and no crown below the middle"


def test_over_the_shoulder_stands_behind_the_listener_and_looks_at_the_speaker() -> None:
    listener = Subject(MAN.eyes + AHEAD, MAN.crown + AHEAD, MAN.chin + AHEAD, -MAN.facing)
    found = framed(Shot("MCU", 50, coverage="ots"), [MAN, listener], width=16, height=9)
    assert found.place[1] < listener.eyes[1]
    assert np.allclose(found.focus, MAN.eyes)
    assert 14 <= lens_for(found, width=16, height=9) <= 200


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"size": "XL"}, "size='XL'"),
        ({"lens_mm": 0}, "lens_mm=0"),
        ({"f_stop": 0}, "f_stop=0"),
        ({"angle": "under"}, "angle='under'"),
    ],
)
def test_impossible_cameras_are_refused(values: dict[str, object], word: str) -> None:
    with pytest.raises(InputError, match=word):
        Shot(**values)


def test_nobody_cannot_be_framed() -> None:
    with pytest.raises(InputError, match="at least one person"):
        framed(Shot(), [], width=4, height=3)
