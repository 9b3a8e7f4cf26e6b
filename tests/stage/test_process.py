"""The stage's program as a child: kept warm, stopped when it hangs or swells, started anew when it died."""

from __future__ import annotations

import sys

import pytest

from apexsite.kit.errors import BackendError, Cancelled, InputError, NotAvailable
from apexsite.kit.progress import NullProgress
from renders.engine.stage.process import Drawn, StageProcess

STAND_IN = [sys.executable, "-m", "tests.stage.standin"]


@pytest.fixture
def stage():
    made = StageProcess(STAND_IN, most_memory_mb=300)
    yield made
    made.stop()


def asked(stage: StageProcess, wish: str, *, timeout_seconds: float = 20.0) -> Drawn:
    return stage.draw({"set_name": wish}, timeout_seconds=timeout_seconds, progress=NullProgress())


def test_one_program_draws_one_picture_after_the_other(stage):
    first = asked(stage, "street")
    pid = stage._child.pid
    assert (first.meta["set"], first.files["picture"].name) == ("street", "picture.png")
    assert asked(stage, "office").meta["set"] == "office"
    assert stage._child.pid == pid


def test_what_the_program_refuses_is_an_error_in_its_words_and_it_stays(stage):
    with pytest.raises(InputError, match="lens_mm=0 must be from 8 to 400"):
        asked(stage, "refuse")
    pid = stage._child.pid
    assert asked(stage, "street").meta["set"] == "street"
    assert stage._child.pid == pid


@pytest.mark.parametrize(
    ("wish", "words", "permanent"),
    [
        ("die", r"ended in the middle \(exit 9\)", False),
        ("hang", "too long", False),
        ("swell", "MB, more than 300", True),
        ("full disk", "No space left on device", False),
        ("half", r"picture unfinished \(picture.png, 40 bytes\); \d+ MB are free", False),
    ],
)
def test_a_program_that_fails_is_stopped_and_the_next_picture_gets_a_new_one(
    stage, wish, words, permanent
):
    asked(stage, "street")
    first = stage._child
    with pytest.raises(BackendError, match=words) as told:
        asked(stage, wish, timeout_seconds=0.6 if wish == "hang" else 20.0)
    assert told.value.permanent is permanent
    assert first.poll() is not None
    assert asked(stage, "street").meta["set"] == "street"


def test_a_program_that_keeps_more_with_every_picture_is_followed_by_a_new_one_in_time():
    stage = StageProcess(STAND_IN, most_resting_mb=180)
    try:
        pids = []
        for _ in range(6):
            assert asked(stage, "creep").meta["set"] == "creep"
            pids.append(stage._child.pid if stage._child else None)
        assert None in pids  # stopped when it rested too heavy
        first = pids.index(None)
        assert first > 0  # not at once
        assert len({*pids} - {None}) > 1  # and another drew on
    finally:
        stage.stop()


def test_who_cancels_ends_the_drawing_at_once(stage):
    class Stops:
        asked = 0

        def advance(self, done: int, total: int, message: str = "") -> None:
            self.asked += 1
            if "build" in message:
                raise Cancelled("stopped by Dora")

    asked(stage, "street")
    first = stage._child
    with pytest.raises(Cancelled):
        stage.draw({"set_name": "hang"}, timeout_seconds=30, progress=Stops())
    assert first.poll() is not None


def test_a_program_that_cannot_start_says_what_gets_it():
    for command in (["/nowhere/python"], [sys.executable, "-c", "raise SystemExit(3)"]):
        with pytest.raises(NotAvailable, match="make stage"):
            asked(StageProcess(command), "street")
