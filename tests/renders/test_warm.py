"""What is compiled on first use is compiled before anybody waits for it."""

from __future__ import annotations

import asyncio
import threading

import pytest

from apexsite import lifespan as life


def lived(messages: list[str]) -> list[str]:
    """Return what a process answers to its server's messages."""
    told, answered = iter(messages), []

    async def receive() -> dict[str, str]:
        return {"type": next(told)}

    async def send(message: dict[str, str]) -> None:
        answered.append(message["type"])

    asyncio.run(life.lifespan({"type": "lifespan"}, receive, send))
    return answered


@pytest.mark.parametrize("is_wanted", [True, False])
def test_a_web_process_warms_when_it_starts_and_answers_at_once(monkeypatch, settings, is_wanted):
    settings.APEX_WARM_WEB = is_wanted
    begun, go = threading.Event(), threading.Event()

    def warm() -> None:
        begun.set()
        go.wait(5)

    monkeypatch.setattr(life, "warm", warm)
    messages = ["lifespan.startup", "lifespan.shutdown"]
    assert lived(messages) == [f"{message}.complete" for message in messages]
    assert begun.wait(2 if is_wanted else 0) is is_wanted
    go.set()


def test_every_kernel_that_is_called_to_draw_is_compiled_by_warming():
    from renders.engine.motion import deep, resample, streak
    from renders.engine.warm import warm_painter

    warm_painter()
    called = (resample._draw, streak._streak, deep._over)
    assert [kernel.__name__ for kernel in called if not kernel.signatures] == []
