"""Gemini: the real client speaks with a server on this machine in Google's wire format."""

from __future__ import annotations

import base64
import threading
from datetime import date

import pytest

from apexsite.kit.errors import (
    Cancelled,
    ContentBlocked,
    CredentialsRefused,
    InputError,
    ModelGone,
    NotAvailable,
    QuotaSpent,
    RateLimited,
    RequestRefused,
    Transient,
)
from apexsite.kit.progress import NullProgress
from renders.engine.imaging import BACKENDS
from renders.engine.imaging.base import Reference
from renders.engine.imaging.cloud import geminimodels
from renders.engine.imaging.options import PictureOptions
from renders.engine.prompting.prompt import Prompt, PromptPart
from tests.cloud.loopback import Answer, drawn, encoded, refused, said, vendor

pytestmark = pytest.mark.hosted
GEMINI = BACKENDS.get("gemini")
RETRY = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "17s"}
A_DAY = {
    "@type": "type.googleapis.com/google.rpc.QuotaFailure",
    "violations": [{"quotaId": "GenerateRequestsPerDayPerProjectPerModel-FreeTier"}],
}
BAD_KEY = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}


@pytest.fixture
def ask(monkeypatch, request_of):
    """Return what asks Gemini once, of a server that gives these answers: (what it drew, the server)."""
    monkeypatch.setenv("APEX_GEMINI_KEY", "k-123")

    def asked(*answers, progress=None, **more):
        with vendor(*answers) as server:
            monkeypatch.setenv("APEX_GEMINI_URL", server.url)
            return GEMINI.render(request_of(**more), progress or NullProgress()), server

    return asked


def test_a_picture_is_asked_for_in_googles_words_and_fitted_to_the_film(ask):
    shown = Reference(encoded(64, 64), "image/png", "mara", "0" * 64)
    image, server = ask(drawn(), references=(shown,))
    (path, headers, body), *rest = server.asked
    assert not rest and path == "/v1beta/models/gemini-3.1-flash-image:generateContent"
    assert headers["x-goog-api-key"] == "k-123"
    words, reference = body["contents"][0]["parts"]
    assert "Courtroom" in words["text"].title() and "The judge looks up" in words["text"]
    assert base64.urlsafe_b64decode(reference["inlineData"]["data"]) == encoded(64, 64)
    asked = body["generationConfig"]
    assert asked["seed"] == 7 and asked["responseModalities"] == ["TEXT", "IMAGE"]
    assert asked["imageConfig"] == {"aspectRatio": "16:9", "imageSize": "1K"}
    assert image.pixels.shape == (180, 320, 3) and image.engine == "gemini"
    assert image.parameters["received"] == ["PNG", 344, 192]
    assert image.parameters["model_version"] == "gemini-3.1-flash-image"
    assert image.parameters["cost_cents"] == 6.7 and image.parameters["finish_reason"] == "STOP"


@pytest.mark.parametrize(
    ("answer", "kind", "facts"),
    [
        (refused(400, "INVALID_ARGUMENT", "API key not valid.", BAD_KEY), CredentialsRefused, {}),
        (refused(403, "PERMISSION_DENIED", "no"), CredentialsRefused, {}),
        (refused(400, "INVALID_ARGUMENT", "bad aspect ratio"), RequestRefused, {}),
        (refused(400, "FAILED_PRECONDITION", "Please enable billing"), QuotaSpent, {}),
        (refused(404, "NOT_FOUND", "no such model"), ModelGone,
         {"replacement": "gemini-3-pro-image"}),
        (refused(429, "RESOURCE_EXHAUSTED", "a day's quota", A_DAY, RETRY), QuotaSpent, {}),
        (refused(500, "INTERNAL", "oh"), Transient, {}),
        (refused(503, "UNAVAILABLE", "The model is overloaded."), Transient, {}),
        (Answer(502, b"<html>bad gateway</html>"), Transient, {}),
        (said({"error": {"code": 403, "message": "no", "status": "X"}}), CredentialsRefused, {}),
        (said({"error": "everything"}), Transient, {}),
        (Answer(200, b"<html>hello</html>", {"content-type": "text/html"}), Transient, {}),
        (Answer(200, b"[1, 2]"), Transient, {}),
        (said({"candidates": "none"}), Transient, {}),
        (said({"candidates": []}), Transient, {}),
        (Answer(200, b"[" * 50_000), Transient, {}),
        (Answer(200, b"0" * 2000, cut=True), Transient, {}),
        (drawn(encoded()[:2000]), Transient, {}),
        (drawn(encoded(file_format="JPEG")[:-900]), Transient, {}),
        (drawn(encoded(40, 24)), Transient, {}),
        (drawn(b"GIF89a" + bytes(50)), Transient, {}),
        (drawn(b"no picture"), Transient, {}),
    ],
)  # fmt: skip
def test_what_goes_wrong_comes_out_in_its_class(ask, answer, kind, facts):
    with pytest.raises(kind) as told:
        ask(answer)
    assert type(told.value) is kind and facts.items() <= told.value.facts.items()


def test_how_long_to_wait_is_taken_from_google(ask):
    with pytest.raises(RateLimited) as told:
        ask(refused(429, "RESOURCE_EXHAUSTED", "too many", RETRY))
    assert told.value.retry_after_seconds == 17 and told.value.retryable
    with pytest.raises(Transient) as told:
        ask(refused(503, "UNAVAILABLE", "busy", retry_after="4"))
    assert told.value.retry_after_seconds == 4


def test_the_package_does_not_try_again_by_itself(ask, monkeypatch, request_of):
    with vendor(refused(503, "UNAVAILABLE", "busy"), drawn()) as server:
        monkeypatch.setenv("APEX_GEMINI_URL", server.url)
        with pytest.raises(Transient):
            GEMINI.render(request_of(), NullProgress())
        assert len(server.asked) == 1


def test_a_refused_prompt_and_a_refused_picture_keep_the_vendors_reason(ask):
    with pytest.raises(ContentBlocked, match="what was asked: PROHIBITED_CONTENT") as told:
        ask(said({"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}}))
    assert told.value.facts["stage"] == "prompt" and not told.value.retryable
    said_no = {"finishReason": "IMAGE_SAFETY", "finishMessage": "It shows a real judge."}
    with pytest.raises(ContentBlocked, match="It shows a real judge") as told:
        ask(said({"candidates": [said_no]}))
    assert (told.value.facts["stage"], told.value.facts["reason"]) == ("output", "IMAGE_SAFETY")
    words = {"finishReason": "STOP", "content": {"parts": [{"text": "I cannot draw that."}]}}
    with pytest.raises(ContentBlocked, match="I cannot draw that"):
        ask(said({"candidates": [words]}))
    # A reason this version has never heard of is kept as it came.
    with pytest.raises(ContentBlocked, match="MOON_PHASE"):
        ask(said({"candidates": [{"finishReason": "MOON_PHASE"}]}))


def test_an_end_without_a_picture_that_means_nothing_is_asked_once_more(ask):
    image, server = ask(said({"candidates": [{"finishReason": "NO_IMAGE"}]}), drawn())
    assert len(server.asked) == 2 and image.engine == "gemini"
    with pytest.raises(ContentBlocked, match="NO_IMAGE"):
        ask(said({"candidates": [{"finishReason": "NO_IMAGE"}]}))
    (first,) = image.parameters["asked_before"]
    assert first["fault"] == "content_blocked" and "NO_IMAGE" in first["reason"]


@pytest.mark.parametrize(
    "second",
    [
        refused(429, "RESOURCE_EXHAUSTED", "a day's quota", A_DAY),
        refused(429, "RESOURCE_EXHAUSTED", "too many", RETRY),
        refused(503, "UNAVAILABLE", "busy"),
        refused(404, "NOT_FOUND", "no such model"),
        refused(403, "PERMISSION_DENIED", "no"),
        said({"candidates": [{"finishReason": "IMAGE_SAFETY"}]}),
        Answer(200, b"0" * 2000, cut=True),
    ],
)
@pytest.mark.parametrize("reason", ["NO_IMAGE", "OTHER", "IMAGE_OTHER"])
def test_a_refusal_stays_one_however_the_second_asking_ends(ask, reason, second):
    with pytest.raises(ContentBlocked, match=f"{reason}.*asked once more: ") as told:
        ask(said({"candidates": [{"finishReason": reason}]}), second)
    assert told.value.facts["reason"] == reason and not told.value.retryable


def test_stopping_during_the_second_asking_is_no_refusal(ask):
    never, again = threading.Event(), threading.Event()

    class Stops:
        def advance(self, done, total, message=""):
            if again.is_set():
                raise Cancelled("stop")

    def waits(server):
        again.set()
        return Answer(200, b"{}", wait=never)

    with pytest.raises(Cancelled):
        try:
            ask(said({"candidates": [{"finishReason": "NO_IMAGE"}]}), waits, progress=Stops())
        finally:
            never.set()


def test_twenty_thousand_letters_are_refused_before_anything_is_sent(ask):
    parts = tuple(PromptPart(f"p{n}", "a b " * 490, "brief", n) for n in range(10))
    with pytest.raises(RequestRefused, match="at most 12000 are sent"):
        ask(drawn(), prompt=Prompt(parts))


def test_a_long_answer_is_not_read_to_its_end(ask):
    with pytest.raises(Transient, match="at most 67,108,864 plain bytes"):
        ask(Answer(200, endless=True))


def test_a_wait_is_broken_off_when_the_job_is_cancelled(ask):
    never = threading.Event()

    class Stops:
        said = 0

        def advance(self, done, total, message=""):
            self.said += 1
            assert "gemini-3.1-flash-image draws" in message
            if self.said == 3:
                raise Cancelled("stop")

    with pytest.raises(Cancelled):
        try:
            ask(Answer(200, b"{}", wait=never), progress=Stops())
        finally:
            never.set()


def test_a_model_of_the_table_is_asked_and_an_ended_one_replaced(ask):
    image, server = ask(drawn(), options=PictureOptions(model="gemini-3-pro-image"))
    assert "/gemini-3-pro-image:" in server.asked[0][0]
    image, server = ask(drawn(), options=PictureOptions(model="gemini-2.5-flash-image"))
    assert "/gemini-3.1-flash-image:" in server.asked[0][0]
    assert image.parameters["model_asked"] == "gemini-2.5-flash-image"


def test_a_model_it_does_not_know_is_refused_not_swapped(ask):
    with pytest.raises(RequestRefused, match=r"'sdxl-base-1\.0' is not known; valid: gemini-3"):
        ask(drawn(), options=PictureOptions(model="sdxl-base-1.0"))


def test_its_capabilities_are_those_of_the_model_that_is_set(monkeypatch):
    assert GEMINI.capabilities.model_id == geminimodels.default_id()
    monkeypatch.setenv("APEX_GEMINI_MODEL", "gemini-3.1-flash-lite-image")
    can = GEMINI.capabilities
    assert (can.model_id, can.most_references) == ("gemini-3.1-flash-lite-image", 3)
    monkeypatch.setenv("APEX_GEMINI_MODEL", "nobody")
    assert GEMINI.capabilities.model_id == geminimodels.default_id()


def test_the_table_of_models_holds_together():
    for model in geminimodels.models().values():
        assert model.replacement in geminimodels.models() and model.replacement != model.id
        assert geminimodels.model_today(model.id, date(2026, 11, 21)).sunset is None
        assert geminimodels.fitting(model, 1080, 1920)[0] == "9:16"
    flash = geminimodels.model_named("gemini-2.5-flash-image")
    assert geminimodels.model_today(flash.id, date(2026, 10, 1)) is flash
    with pytest.raises(InputError, match="valid: gemini-3"):
        geminimodels.model_named("imagen-4")


def test_what_to_set_is_told(monkeypatch, request_of):
    found = GEMINI.availability()
    assert not found.is_available and "APEX_GEMINI_KEY" in found.remedy
    with pytest.raises(NotAvailable, match="APEX_GEMINI_KEY"):
        GEMINI.render(request_of(), NullProgress())
    monkeypatch.setenv("APEX_GEMINI_KEY", "k")
    assert GEMINI.availability().is_available
    monkeypatch.setenv("APEX_GEMINI_MODEL", "imagen-4")
    assert "valid: gemini-3.1-flash-image" in GEMINI.availability().reason
    monkeypatch.setenv("APEX_GEMINI_MODEL", "")
    monkeypatch.setenv("APEX_GEMINI_URL", "ftp://x")
    assert "APEX_GEMINI_URL" in GEMINI.availability().reason
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert GEMINI.availability().remedy == "make install TIER=hosted"
