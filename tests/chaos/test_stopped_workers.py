"""A worker that sleeps past its lease comes back too late: the other one's result stands, once."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest

from tests.chaos.sites import Site, site, wait_for  # noqa: F401
from tests.servers import postgres_url  # noqa: F401

ROUNDS = int(os.environ.get("APEX_CHAOS_ROUNDS", "20"))
WORK = ("-m", "django", "work")


def stopped_worker_round(site: Site, folder: Path, number: int) -> dict[str, object]:  # noqa: F811
    """Stop the first worker at its gate, let a second one publish, let the first go on; return the outcome."""
    gate = folder / f"gate-{number}"
    job = site.scenario("make", json.dumps({"gate": str(gate)}))
    loser = site.start(*WORK, "--until-idle")
    wait_for(lambda: gate.exists() and gate.read_text(), "the first worker at its gate")
    os.kill(loser.pid, signal.SIGSTOP)
    winner = site.start(*WORK)
    try:
        wait_for(
            lambda: json.loads(site.scenario("outcome", job))["job"] == "done", "the second attempt"
        )
        gate.unlink()
    finally:
        os.kill(loser.pid, signal.SIGCONT)
        winner.terminate()
        gate.unlink(missing_ok=True)
    _, errors = loser.communicate(timeout=60)
    winner.communicate(timeout=60)
    assert loser.returncode == 0, errors
    return json.loads(site.scenario("outcome", job))


def assert_published_once(outcome: dict[str, object]) -> None:
    assert outcome == {
        "job": "done",
        "tasks": ["done"],
        "attempts": ["lost", "done"],
        "published": [3],
        "finished": 1,
        "has_gaps": False,
    }


@pytest.mark.slow
def test_a_worker_stopped_past_its_lease_is_refused_when_it_comes_back(site, tmp_path):  # noqa: F811
    assert_published_once(stopped_worker_round(site, tmp_path, 0))


@pytest.mark.chaos
@pytest.mark.slow
def test_no_round_of_many_publishes_twice(site, tmp_path):  # noqa: F811
    for number in range(ROUNDS):
        assert_published_once(stopped_worker_round(site, tmp_path, number))


@pytest.mark.slow
def test_a_cluster_does_what_is_asked_and_stops_when_told(site, tmp_path):  # noqa: F811
    job = site.scenario("make", json.dumps({"steps": 2}))
    cluster = site.start("-m", "django", "qcluster")
    try:
        wait_for(
            lambda: json.loads(site.scenario("outcome", job))["job"] == "done", "the told task"
        )
        # To the parent alone: it stops its own children, and waits for ever when they were told as well.
        cluster.terminate()
        cluster.communicate(timeout=30)
    finally:
        if cluster.poll() is None:
            os.killpg(cluster.pid, signal.SIGKILL)
            cluster.communicate()
    assert json.loads(site.scenario("outcome", job))["published"] == [1]
