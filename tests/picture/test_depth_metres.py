"""Depth in metres read as nearness, and what a segment's key knows of shutter, depth and length."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from apexsite.kit.errors import InputError
from apexsite.kit.timecode import FrameRate
from projects.engine.framing import CameraMove
from renders.engine.deepclips import read_depth
from renders.engine.export.spans import render_spans
from renders.engine.motion.spec import Motion
from renders.engine.painting import FramePainter
from renders.engine.timeline.model import Clip, Timeline

NEAR_M, FAR_M = 1.5, 16.0


def depth_file(path: Path, metres: list[float]) -> Path:
    share = (np.array(metres) - NEAR_M) / (FAR_M - NEAR_M)
    row = np.rint(np.clip(share, 0, 1) * 65535).astype(np.uint16)
    Image.fromarray(np.tile(row, (4, 1))).save(path)
    return path


def test_distances_become_nearness_even_in_their_inverse(tmp_path: Path) -> None:
    metres = [1.5, 2.0, 3.0, 6.0, 12.0, 16.0]
    path = depth_file(tmp_path / "depth.png", metres)
    nearness = read_depth(path, shape=(4, 6), shot="A", metres=(NEAR_M, FAR_M))[0]
    wanted = (1 / np.array(metres) - 1 / FAR_M) / (1 / NEAR_M - 1 / FAR_M)
    assert nearness == pytest.approx(wanted, abs=2e-4)
    early = depth_file(tmp_path / "early.png", metres)
    with Image.open(early) as opened:
        held = np.asarray(opened).astype(float)
    share = (NEAR_M + held / 65535 * (FAR_M - NEAR_M) - 0.05) / (FAR_M - 0.05)
    Image.fromarray(np.rint(share * 65535).astype(np.uint16)).save(early)
    again = read_depth(early, shape=(4, 6), shot="A", metres=(0.05, FAR_M))[0]
    assert again == pytest.approx(wanted, abs=1e-3), "a range that begins too early changes nothing"
    plain = read_depth(path, shape=(4, 6), shot="A")[0]
    assert plain[0] == 0.0 and plain[-1] == 1.0, "without distances white is near"


def test_one_distance_only_is_refused(tmp_path: Path) -> None:
    path = depth_file(tmp_path / "depth.png", [5.0] * 6)
    with pytest.raises(InputError, match="one distance only"):
        read_depth(path, shape=(4, 6), shot="A", metres=(NEAR_M, FAR_M))


def test_distances_that_cannot_be_are_refused() -> None:
    for near, far in ((0.0, 5.0), (5.0, 5.0), (6.0, 5.0)):
        with pytest.raises(InputError, match="must begin above 0"):
            Motion(depth=Path("d.png"), depth_near_m=near, depth_far_m=far)


def film(folder: Path, motion: Motion, *, frames: int = 6) -> Timeline:
    still = folder / "still.png"
    pixels = np.random.default_rng(4).integers(30, 220, (36, 64, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(still)
    clips = (
        Clip("A", still, frames, CameraMove.TRUCK_LEFT, motion=motion),
        Clip("B", still, 6, CameraMove.PAN_LEFT),
    )
    return Timeline(FrameRate.parse(25), 64, 36, clips)


def keys(timeline: Timeline) -> list[str]:
    painter = FramePainter(timeline, grade={}, seed=1)
    return [span.key for span in render_spans(painter, arguments=(), captions=None)]


def test_a_segments_key_knows_shutter_depth_and_how_long_the_move_is(tmp_path: Path) -> None:
    depth = depth_file(tmp_path / "depth.png", list(np.linspace(1.5, 16, 64)))
    deep = Motion(depth=depth, depth_near_m=NEAR_M, depth_far_m=FAR_M)
    first = keys(film(tmp_path, deep))
    others = [
        Motion(),
        Motion(shutter_degrees=180.0),
        Motion(shutter_degrees=90.0),
        replace(deep, parallax=0.7),
        replace(deep, focus=0.2),
        replace(deep, aperture=0.5),
        replace(deep, depth_far_m=20.0),
    ]
    made = [keys(film(tmp_path, motion)) for motion in others]
    assert len({first[0], *(key[0] for key in made)}) == 1 + len(others)
    assert {key[1] for key in made} == {first[1]}, "the other shot stays as it was rendered"
    copied = tmp_path / "copied.png"
    copied.write_bytes(depth.read_bytes())
    assert keys(film(tmp_path, replace(deep, depth=copied))) == first, "a path says nothing"
    depth_file(copied, list(np.linspace(16, 1.5, 64)))
    assert keys(film(tmp_path, replace(deep, depth=copied)))[0] != first[0]


def test_a_smoothed_edge_makes_no_layers_of_its_own() -> None:
    from scipy.ndimage import gaussian_filter

    from renders.engine.motion.layers import depth_layers

    depth = np.zeros((60, 80), np.float32)
    depth[20:50, 30:60] = 1.0
    soft = np.clip(gaussian_filter(depth, 0.6), 0.0, 1.0)
    light = np.full((60, 80, 3), 0.5, np.float32)
    assert {layer.nearness for layer in depth_layers(light, soft, count=12)} == {0.0, 1.0}
    slope = np.tile(np.linspace(0, 1, 80, dtype=np.float32), (60, 1))
    assert len(depth_layers(light, slope, count=12)) == 12, "a slope stays a slope"
