"""The stage itself, in its own environment: pictures, passes, refusals, both numpy versions. Needs `make stage`."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from characters.engine.human.cast import ACCESSORIES, BodyCast, Wardrobe
from renders.stage_worker.propwish import NAMES
from tests.bench.warm import PYTHON, ROOT, Worker
from tests.people.reference import posed_marks

pytestmark = [
    pytest.mark.stage,
    pytest.mark.slow,
    pytest.mark.skipif(not PYTHON.exists(), reason="the stage is not installed: make stage"),
]


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as one:
        yield one


def player(key: str, **fields: Any) -> dict[str, Any]:
    wear = Wardrobe(outfit="suit", accessories=ACCESSORIES)
    return {"key": key, "body": BodyCast(wardrobe=wear).to_document(), **fields}


def brief(folder: Path, *players: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "folder": str(folder), "players": list(players) or [player("Zoë 王")], "width": 96, "height": 64,
        "quality": "sketch", "shot": {"size": "MS", "lens_mm": 50}, **fields,
    }  # fmt: skip


def test_the_reference_holds_under_the_stage_s_own_numpy_and_poses_agree() -> None:
    said = subprocess.run(
        [PYTHON, "-m", "tests.people.reference"], cwd=ROOT, capture_output=True, check=True, text=True
    )  # fmt: skip
    told = json.loads(said.stdout)
    assert told["numpy"].startswith("1.") and not np.__version__.startswith("1.")
    assert max(told["errors"].values()) < 0.001
    own = posed_marks()
    assert set(own) == set(told["marks"])
    for name, place in told["marks"].items():
        np.testing.assert_allclose(place, own[name], atol=1e-5)


def test_a_picture_with_depth_and_masks_is_drawn_in_order(worker: Worker, tmp_path: Path) -> None:
    near, far = (
        player("near", place=[-0.4, -0.8, 0]),
        player("far", place=[0.5, 1.0, 0], pose="arms_crossed"),
    )
    shot = {"size": "MLS", "lens_mm": 35, "azimuth_degrees": 0, "coverage": "two_shot"}
    wanted = brief(tmp_path, near, far, shot=shot, outputs=["picture", "depth", "masks", "normal"])
    shown = worker.show(wanted)
    assert not shown.error, shown.error
    masks = np.asarray(Image.open(shown.files["masks"]).convert("L"))
    depth = np.asarray(Image.open(shown.files["depth"])).astype(float)
    assert {1, 2} <= set(np.unique(masks).tolist())
    assert np.median(depth[masks == 1]) < np.median(depth[masks == 2])
    picture = np.asarray(Image.open(shown.files["picture"])).astype(float)
    assert picture.std() > 10
    eyes = shown.meta["people"][0]["face"]["eyes"]
    assert 0 < eyes[0] < 1 and 0 < eyes[1] < 1


def test_the_same_brief_gives_the_same_picture(worker: Worker, tmp_path: Path) -> None:
    one, two = (worker.show(brief(tmp_path / name, set_name="office")) for name in "ab")
    a, b = (np.asarray(Image.open(s.files["picture"])).astype(float) for s in (one, two))
    error = float(((a - b) ** 2).mean())
    assert error == 0 or 10 * np.log10(255**2 / error) >= 40


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("where", ["office", "living room", "courtroom"])
def test_the_camera_is_inside_the_room_and_sees_the_person(
    worker: Worker, tmp_path: Path, where: str, turn: int
) -> None:
    shot = {"size": "MLS", "lens_mm": 85, "azimuth_degrees": 0}
    one = player("one", facing_degrees=turn)
    shown = worker.show(brief(tmp_path, one, set_name=where, shot=shot, outputs=["masks"]))
    assert not shown.error, shown.error
    x, y, _ = shown.meta["camera"]["place"]
    wide, deep = {"office": (6.4, 6.6), "living room": (7.0, 6.6), "courtroom": (11.0, 12.0)}[where]
    assert abs(x) < wide / 2 - 0.1 and abs(y) < deep / 2 - 0.1
    masks = np.asarray(Image.open(shown.files["masks"]).convert("L"))
    assert (masks == 1).mean() > 0.05


def test_what_cannot_be_drawn_is_told_and_the_worker_goes_on(
    worker: Worker, tmp_path: Path
) -> None:
    for fields, word in (
        ({"players": [player("one", pose="fly")]}, "pose='fly'"),
        ({"mood": "purple"}, "mood='purple'"),
        ({"light": 0}, "light=0"),
        ({"shot": {"lens_mm": 0}}, "lens_mm=0"),
        ({"players": [player("one", look_at="nobody")]}, "look_at='nobody'"),
    ):
        shown = worker.show(brief(tmp_path, **fields))
        assert shown.error.startswith("input") and word in shown.error
    shown = worker.show(brief(tmp_path, set_name="a submarine at lunch"))
    assert shown.meta["set"] == "studio" and shown.meta["set_asked"] == "a submarine at lunch"


def test_every_prop_is_drawn_and_fills_the_middle(worker: Worker, tmp_path: Path) -> None:
    close = {"size": "CU", "lens_mm": 65, "coverage": "insert"}
    for name in NAMES:
        given = brief(tmp_path / name, set_name="studio", shot=close, prop={"name": name})
        found = worker.show(given | {"players": []})
        assert not found.error, f"{name}: {found.error}"
        middle = np.asarray(Image.open(found.files["picture"]))[16:48, 24:72]
        assert float(middle.std()) > 6.0, f"{name}: nothing stands out of the table"
