"""The stage's program has no network: where the kernel lets it leave, a call goes nowhere; elsewhere that is said, not hidden."""

from __future__ import annotations

import ctypes
import socket
import sys
from collections.abc import Iterator

import pytest

from apexsite.kit.progress import NullProgress
from renders.engine.stage import isolation, process
from renders.engine.stage.apart import leave_network
from renders.engine.stage.isolation import network_left, network_words
from renders.engine.stage.process import StageProcess
from renders.services.health import health_rows

STAND_IN = [sys.executable, "-m", "tests.stage.standin"]


@pytest.fixture
def port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def call(port: int) -> dict[str, str]:
    stage = StageProcess(STAND_IN)
    try:
        return stage.draw(
            {"set_name": f"call {port}"}, timeout_seconds=20, progress=NullProgress()
        ).meta
    finally:
        stage.stop()


def test_a_call_from_the_program_to_a_server_of_this_machine_goes_nowhere(port):
    meta = call(port)
    if network_left():
        assert meta["network"] == f"not isolated: {network_left()}"
    else:
        assert meta["network"] == "none"
        assert meta["call"].startswith("refused")


def test_the_same_call_is_answered_without_the_launcher(port, monkeypatch):
    monkeypatch.setattr(process, "apart", list)
    assert call(port)["call"] == "answered", "else the test above shows nothing"


def test_a_kernel_that_refuses_is_told_in_words(monkeypatch):
    class Refusing:
        def unshare(self, flags: int) -> int:
            ctypes.set_errno(1)
            return -1

    monkeypatch.setattr(ctypes, "CDLL", lambda *given, **named: Refusing())
    why = leave_network()
    assert why == "the kernel refuses a network namespace (Operation not permitted)"
    assert network_words(why).startswith("not isolated: the kernel refuses")


@pytest.mark.django_db
def test_the_doctor_says_that_the_program_keeps_the_network(monkeypatch):
    from renders.services import health

    monkeypatch.delenv("APEX_STAGE", raising=False)
    monkeypatch.setattr(health, "stage_faults", tuple)
    monkeypatch.setattr(health, "network_left", lambda: "the kernel refuses")
    (row,) = (row for row in health_rows() if row.name == "network of the program")
    assert (row.is_present, row.detail) == (False, "not isolated: the kernel refuses")
    assert row.remedy == isolation.REMEDY
