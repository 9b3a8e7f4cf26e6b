"""The real stage killed in the middle of a frame and out of disk: an error in words, nothing half, the next picture whole. Needs `make stage`."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from PIL import Image

from apexsite.kit.errors import BackendError, InputError
from apexsite.kit.progress import NullProgress
from characters.engine.human.cast import BodyCast
from renders.engine.stage.environment import stage_python
from renders.engine.stage.process import StageProcess

pytestmark = [pytest.mark.stage, pytest.mark.slow]


def brief(folder: Path, **given: object) -> dict[str, object]:
    return {
        "schema": "apex.stage/1",
        "folder": str(folder),
        "players": [{"key": "Ђорђе 王", "body": BodyCast().to_document()}],
        "shot": {"size": "MCU"},
        "quality": "sketch",
        "width": 128,
        "height": 128,
        **given,
    }


@pytest.fixture
def stage(monkeypatch):
    monkeypatch.delenv("APEX_STAGE_PYTHON", raising=False)
    made = StageProcess()
    yield made
    made.stop()


class Kills:
    """Kills the program when it begins to render."""

    def __init__(self, stage: StageProcess) -> None:
        self.stage, self.is_done = stage, False

    def advance(self, done: int, total: int, message: str = "") -> None:
        if "render" in message and not self.is_done:
            self.is_done = True
            os.kill(self.stage._child.pid, signal.SIGKILL)


def test_killed_in_the_middle_of_a_frame_the_next_program_draws_it(stage, tmp_path):
    folder = tmp_path / "Bühne 王"
    with pytest.raises(BackendError, match=r"ended in the middle \(exit -9\)") as told:
        stage.draw(brief(folder), timeout_seconds=120, progress=Kills(stage))
    assert told.value.retryable
    made = stage.draw(brief(folder), timeout_seconds=120, progress=NullProgress())
    with Image.open(made.files["picture"]) as image:
        image.load()
        assert image.size == (128, 128)


def test_without_room_for_the_file_the_picture_is_told_unfinished(tmp_path):
    limited = ["bash", "-c", f"ulimit -f 4; exec {stage_python()} -m renders.stage_worker"]
    stage = StageProcess(limited)
    try:
        with pytest.raises(BackendError, match=r"(unfinished|too large|ended)") as told:
            stage.draw(brief(tmp_path / "a"), timeout_seconds=120, progress=NullProgress())
        assert told.value.retryable
    finally:
        stage.stop()


def test_what_cannot_be_filmed_is_refused_in_words_and_the_program_stays(stage, tmp_path):
    stage.draw(brief(tmp_path / "a"), timeout_seconds=120, progress=NullProgress())
    pid = stage._child.pid
    for given, words in (
        ({"shot": {"lens_mm": 0}}, "lens_mm=0 must be from 8 to 400"),
        ({"shot": {"f_stop": 0}}, "f_stop=0 must be from 0.7 to 64"),
        ({"light": 0}, "light=0 must be from 0.05 to 8"),
        ({"light": None}, "light=None must be a number"),
        ({"shot": {"lens_mm": "wide"}}, "lens_mm='wide' must be a number"),
    ):
        with pytest.raises(InputError, match=words):
            stage.draw(brief(tmp_path / "b", **given), timeout_seconds=60, progress=NullProgress())
    assert stage._child.pid == pid
