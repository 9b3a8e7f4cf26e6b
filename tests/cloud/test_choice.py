"""Who is asked for a picture and who after whom: rules, without rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from projects.engine.fallback import Fallback
from renders.engine.imaging import BACKENDS
from renders.engine.imaging.choice import Need, after_fault, in_order, may_follow, misfits
from renders.engine.imaging.receipt import Hop, merged

GEMINI = BACKENDS.get("gemini").capabilities
ENDPOINT = BACKENDS.get("hf_endpoint").capabilities
HOUSE = replace(ENDPOINT, name="house", needs_network=False, seed="exact")


def after(fault, hops=(), left=10.0, **more):
    """Return what follows a fault of `e` with three tries."""
    return after_fault(fault, hops, engine="e", tries=3, cold_seconds_left=left, **more)


@pytest.mark.parametrize("fault", ["auth", "invalid", "content_blocked", "something new"])
def test_what_another_vendor_must_not_or_cannot_mend_stops(fault):
    assert after(fault) == "stop"


@pytest.mark.parametrize("fault", ["gone", "quota", "oom", "not_available", "not_supported"])
def test_what_waiting_cannot_mend_falls_at_once(fault):
    assert after(fault) == "next"


@pytest.mark.parametrize("fault", ["rate", "transient", "unknown"])
def test_what_may_pass_is_tried_again_first(fault):
    one = Hop("e", "e", fault=fault)
    cold = Hop("e", "e", fault="cold", tries=9)
    assert [after(fault, [one] * n) for n in (0, 1, 2)] == ["again", "again", "next"]
    assert after(fault, [cold, replace(one, engine="other", tries=9)]) == "again"
    assert after(fault, can_wait=False) == "next"


def test_a_cold_engine_is_waited_for_within_its_budget():
    assert (after("cold", left=0.1), after("cold", left=0)) == ("again", "next")


def test_the_order_is_fit_then_wish_then_list():
    names = lambda need, *wish: [  # noqa: E731
        one.name for one in in_order([HOUSE, ENDPOINT, GEMINI], preferred=wish, need=need)
    ]
    assert names(Need()) == ["house", "hf_endpoint", "gemini"]
    assert names(Need(), "gemini") == ["gemini", "house", "hf_endpoint"]
    assert names(Need(references=3), "house") == ["gemini", "house", "hf_endpoint"]
    assert names(Need(exact_seed=True), "gemini")[0] == "house"
    assert misfits(ENDPOINT, Need(references=2, exact_seed=True)) == (
        "takes 0 of 2 references",
        "cannot promise the same picture for the same seed",
    )


def test_a_bill_and_a_way_out_of_the_house_need_the_productions_word():
    assert not may_follow(Fallback.NONE, HOUSE)
    assert may_follow(Fallback.HOUSE, HOUSE) and not may_follow(Fallback.HOUSE, GEMINI)
    assert may_follow(Fallback.ANY, GEMINI)


def test_askings_in_a_row_that_ended_alike_are_one_line():
    at = "2026-11-21T12:{:02}:00+00:00".format
    rows = [
        Hop("e", "e", fault="cold", reason="a", started=at(0), seconds=1),
        Hop("e", "e", fault="cold", reason="b", started=at(2), seconds=1),
        Hop("e", "g", fault="cold", reason="c", started=at(5), seconds=2),
        Hop("g", "g", fault="transient", started=at(6), seconds=1),
        Hop("g", cost_cents=6.7, started=at(7), seconds=4),
    ]
    cold, broken, drew = merged(rows)
    assert (cold.tries, cold.seconds, cold.reason, cold.next_engine) == (3, 302.0, "c", "g")
    assert (broken.tries, drew.cost_cents) == (1, 6.7)
    assert Hop.from_document(cold.to_document() | {"later": 1}) == cold
    assert Hop.from_document({"engine": "stage", "next_engine": "storyboard"}).seconds == 0
