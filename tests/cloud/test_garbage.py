"""Whatever a vendor sends in place of a picture comes out as a fault of some class, never as an error of Apex's own."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from apexsite.kit.errors import (
    BackendError,
    ColdStart,
    ContentBlocked,
    QuotaSpent,
    RateLimited,
    Transient,
)
from renders.engine.imaging.cloud import endpointfaults, geminifaults
from tests.drawn import STEADY

STATUSES = st.sampled_from((200, 302, 400, 401, 402, 404, 408, 429, 500, 502, 503, 504, 599))
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8),
    st.sampled_from((10**400, -1, math.nan, math.inf, "17s", "9" * 400, "²", "IMAGE_SAFETY")),
)  # fmt: skip
NAMES = st.sampled_from((
    "error", "message", "detail", "details", "estimated_time", "status", "reason", "violations", "quotaId",
    "@type", "retryDelay", "promptFeedback", "blockReason", "candidates", "finishReason", "content", "parts", "text",
))  # fmt: skip
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=20,
)
OBJECTS = st.dictionaries(NAMES, ANYTHING, max_size=5)
DETAILS = st.fixed_dictionaries(
    {"@type": st.just("google.rpc.RetryInfo"), "retryDelay": ANYTHING, "violations": ANYTHING}
)
ERRORS = st.fixed_dictionaries(
    {"error": st.fixed_dictionaries({"message": ANYTHING, "details": st.lists(DETAILS | ANYTHING)})}
)


def is_sound(fault: BackendError) -> bool:
    """Say whether a fault can be told and waited for."""
    wait = fault.retry_after_seconds
    is_waitable = wait is None or (math.isfinite(wait) and wait >= 0)
    return isinstance(fault, BackendError) and is_waitable and "\x00" not in fault.message


@settings(STEADY, max_examples=60)
@drawn(STATUSES, OBJECTS | ANYTHING | ERRORS, st.text(max_size=12) | st.just("9" * 400))
def test_any_answer_of_an_endpoint_is_a_fault_of_some_class(status, document, wait):
    body = json.dumps(document).encode()
    fault = endpointfaults.fault_of(status, body, {"retry-after": wait}, model="m")
    assert is_sound(fault) and len(fault.message) < 900


@settings(STEADY, max_examples=60)
@drawn(STATUSES, OBJECTS | ERRORS, st.text(max_size=12) | st.just("9" * 400))
def test_any_answer_of_gemini_is_a_fault_of_some_class(status, document, wait):
    assert is_sound(geminifaults.fault_of(status, document, model="m", retry_after=wait))
    block = geminifaults.block_of(document)
    assert block is None or is_sound(block)


@pytest.mark.parametrize("told", ["NaN", "Infinity", "-3", "1" + "0" * 400, "true", "[1]"])
def test_a_time_to_wake_that_is_no_number_of_seconds_is_not_taken(told):
    body = f'{{"error": "loading", "estimated_time": {told}}}'.encode()
    fault = endpointfaults.fault_of(503, body, {"retry-after": "7"})
    assert type(fault) is ColdStart and fault.retry_after_seconds == 7


@pytest.mark.parametrize("violations", [None, 4, "PerDay", {"quotaId": "PerDay"}, [None, "PerDay"]])
def test_violations_of_another_kind_are_passed_over(violations):
    details = [{"@type": "x.RetryInfo", "retryDelay": "5s", "violations": violations}]
    fault = geminifaults.fault_of(429, {"error": {"message": "much", "details": details}}, model="")
    assert type(fault) is RateLimited and fault.retry_after_seconds == 5
    day = [{"violations": [None, {"quotaId": "RequestsPerDay"}]}]
    spent = geminifaults.fault_of(429, {"error": {"message": "much", "details": day}}, model="")
    assert type(spent) is QuotaSpent


@pytest.mark.parametrize(
    ("status", "said", "kind"),
    [
        (503, "service under moderate load", ColdStart),
        (500, "only moderate load is taken", Transient),
        (503, "the moderation service is starting", ColdStart),
        (429, "too many requests to moderation", RateLimited),
        (200, "This picture was moderated", ContentBlocked),
        (400, "Request refused by moderation", ContentBlocked),
    ],
)
def test_a_moderator_is_known_by_words_and_status(status, said, kind):
    body = json.dumps({"error": said}).encode()
    assert type(endpointfaults.fault_of(status, body, {})) is kind


def test_what_is_nested_too_deep_to_write_out_is_told_as_it_came():
    body = b'{"error": ' + b"[" * 900 + b"]" * 900 + b"}"
    assert is_sound(endpointfaults.fault_of(500, body, {}))
