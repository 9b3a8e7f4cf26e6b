"""The machine's one place for a picture model: who comes second waits, and can leave the queue."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from apexsite.kit.errors import BackendError, Cancelled
from renders.engine.imaging.diffusion.warm import one_at_a_time


class Waiting:
    """Keeps what was told; lets the first one go when it hears that somebody waits, or stops."""

    def __init__(self, *, stop: bool = False) -> None:
        self.heard = threading.Event()
        self.stop = stop

    def advance(self, done: int, total: int, message: str = "") -> None:
        assert message == "waiting for the picture model"
        self.heard.set()
        if self.stop:
            raise Cancelled("stop")


def test_who_comes_second_waits_until_the_first_is_done(tmp_path: Path) -> None:
    order: list[str] = []
    second = Waiting()

    def come_second() -> None:
        with one_at_a_time(tmp_path, second):
            order.append("second")

    with one_at_a_time(tmp_path, Waiting()):
        thread = threading.Thread(target=come_second)
        thread.start()
        assert second.heard.wait(20)
        order.append("first")
    thread.join(20)
    assert order == ["first", "second"]


def test_waiting_can_be_cancelled_and_the_place_is_free_again(tmp_path: Path) -> None:
    with (
        one_at_a_time(tmp_path, Waiting()),
        pytest.raises(Cancelled),
        one_at_a_time(tmp_path, Waiting(stop=True)),
    ):
        pass
    with one_at_a_time(tmp_path, Waiting(stop=True)):
        pass


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(BackendError, match="the folder"),
        one_at_a_time(tmp_path / "file" / "sub", Waiting()),
    ):
        pass
