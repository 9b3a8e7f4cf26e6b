"""An inference endpoint: the real InferenceClient speaks with a server on this machine."""

from __future__ import annotations

import json

import pytest

from apexsite.kit.errors import (
    ColdStart,
    ContentBlocked,
    CredentialsRefused,
    InputError,
    ModelGone,
    NotAvailable,
    OutOfMemory,
    QuotaSpent,
    RateLimited,
    RequestRefused,
    Transient,
)
from apexsite.kit.outbound import AddressRefused
from apexsite.kit.progress import NullProgress
from renders.engine.imaging import BACKENDS
from renders.engine.imaging.cloud.endpointprofiles import looks_split, profile_asked
from renders.engine.imaging.options import PictureOptions
from renders.engine.prompting.prompt import Prompt, PromptPart
from tests.cloud.loopback import Answer, encoded, picture, said, vendor

pytestmark = pytest.mark.hosted
ENDPOINT = BACKENDS.get("hf_endpoint")
LOOK = {"sharpness": 9, "realism_level": "photoreal", "film_stock": "sony_fx3"}


@pytest.fixture
def ask(monkeypatch, request_of):
    """Return what asks the endpoint once, of a server that gives these answers: (what it drew, the server)."""
    monkeypatch.setenv("APEX_HF_TOKEN", "hf_t")

    def asked(*answers, **more):
        with vendor(*answers) as server:
            monkeypatch.setenv("APEX_HF_ENDPOINT", f"{server.url}/draw")
            return ENDPOINT.render(request_of(**more), NullProgress()), server

    return asked


def test_a_picture_is_asked_for_in_the_packages_words(ask):
    parts = (PromptPart("action", "the judge looks up", "brief", 0),)
    prompt = Prompt(parts, (PromptPart("people", "extra fingers", "table", 0),))
    image, server = ask(picture(), prompt=prompt, options=PictureOptions(steps=30, guidance=6.5))
    ((path, headers, body),) = server.asked
    assert path == "/draw" and headers["authorization"] == "Bearer hf_t"
    assert headers["accept"] == "image/png"
    assert body["inputs"] == "The judge looks up."
    assert body["parameters"] == {
        "negative_prompt": "extra fingers", "width": 1344, "height": 768,
        "num_inference_steps": 30, "guidance_scale": 6.5, "seed": 7,
    }  # fmt: skip
    assert image.pixels.shape == (180, 320, 3)
    assert image.parameters["received"] == ["PNG", 344, 192]
    assert image.parameters["size_asked"] == [1344, 768]


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_known_by_its_bytes_whatever_the_answer_calls_them(ask, file_format):
    image, _ = ask(picture(encoded(file_format=file_format), "text/plain"))
    assert image.parameters["received"][0] == file_format


def test_seed_zeros_controls_go_as_parameters_only_where_the_profile_declares_them(
    ask, monkeypatch
):
    monkeypatch.setenv("APEX_HF_PROFILE", "film")
    image, server = ask(picture(), bible=LOOK)
    sent = server.asked[0][2]["parameters"]
    assert (sent["sharpness"], sent["realism_level"], sent["film_style"]) == (
        9, "photoreal", "sony_fx3",
    )  # fmt: skip
    assert "very sharp focus" not in server.asked[0][2]["inputs"]
    assert image.parameters["looks_as_parameters"] == ["film_style", "realism_level", "sharpness"]
    assert image.parameters["looks_in_words"] == {}
    monkeypatch.setenv("APEX_HF_PROFILE", "words")
    image, server = ask(picture(), bible=LOOK)
    assert server.asked[0][2].get("parameters", {}) == {}
    words = server.asked[0][2]["inputs"]
    assert "very sharp focus" in words and "Sony FX3" in words and "raw photo" in words
    assert "Do not show: blurry" in words
    assert set(image.parameters["looks_in_words"]) == set(LOOK)
    assert image.parameters["looks_as_parameters"] == []


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (said({"error": "Invalid credentials"}, 401), CredentialsRefused),
        (said({"error": "no right"}, 403), CredentialsRefused),
        (said({"error": "You have exceeded your monthly included credits"}, 402), QuotaSpent),
        (said({"error": "guidance_scale must be a number"}, 400), RequestRefused),
        (said({"detail": [{"msg": "bad"}]}, 422), RequestRefused),
        (said({"error": "not found"}, 404), ModelGone),
        (Answer(410, b"deprecated"), ModelGone),
        (said({"error": "CUDA out of memory. Tried to allocate 2 GiB"}, 400), OutOfMemory),
        (said({"error": "CUDA out of memory."}, 500), OutOfMemory),
        (said({"error": ["it broke", "twice"]}, 500), Transient),
        (Answer(502, b"<html>bad gateway</html>"), Transient),
        (Answer(504, b""), Transient),
        (said({"error": "Potential NSFW content was detected"}, 400), ContentBlocked),
        (said({"error": "Blocked by our content policy"}), ContentBlocked),
        (said({"error": "Model is loading", "estimated_time": 20.5}), ColdStart),
        (said({"error": "something went wrong"}), Transient),
        (said(["nothing"]), Transient),
        (Answer(200, b"<html>hello</html>"), Transient),
        (Answer(200, b""), Transient),
        (picture(encoded()[:2000]), Transient),
        (picture(encoded(file_format="JPEG")[:-900]), Transient),
        (Answer(200, encoded(), cut=True), Transient),
        (picture(encoded(40, 24)), Transient),
        (Answer(200, endless=True), Transient),
        (Answer(302, headers={"location": "https://169.254.169.254/x"}), AddressRefused),
        (Answer(302, headers={"location": "http://10.0.0.1/x"}), AddressRefused),
    ],
)
def test_what_goes_wrong_comes_out_in_its_class(ask, answer, kind):
    with pytest.raises(kind) as told:
        ask(answer)
    assert type(told.value) is kind
    assert len(told.value.message) < 900


def test_a_cold_endpoint_says_how_long_it_takes_to_wake(ask):
    loading = {"error": "Model x is currently loading", "estimated_time": 33.4}
    with pytest.raises(ColdStart, match="being woken") as told:
        ask(said(loading, 503))
    assert told.value.retry_after_seconds == 33.4 and told.value.retryable
    with pytest.raises(ColdStart) as told:
        ask(Answer(503, b"service unavailable", {"retry-after": "12"}))
    assert told.value.retry_after_seconds == 12
    with pytest.raises(ColdStart) as told:
        ask(said({"error": "loading", "estimated_time": "soon"}, 503))
    assert told.value.retry_after_seconds is None


def test_how_long_to_wait_is_taken_from_its_header(ask):
    with pytest.raises(RateLimited) as told:
        ask(said({"error": "too many"}, 429, retry_after="9"))
    assert told.value.retry_after_seconds == 9
    with pytest.raises(RateLimited) as told:
        ask(said({"error": "too many"}, 429, retry_after="Thu, 01 Jan 2099 00:00:00 GMT"))
    assert told.value.retry_after_seconds > 1e9
    with pytest.raises(RateLimited) as told:
        ask(said({"error": "too many"}, 429, retry_after="later"))
    assert told.value.retry_after_seconds is None


def test_nobody_there_is_worth_another_try(monkeypatch, request_of):
    monkeypatch.setenv("APEX_HF_TOKEN", "t")
    monkeypatch.setenv("APEX_HF_ENDPOINT", "http://127.0.0.1:9/")
    with pytest.raises(Transient, match="line broke"):
        ENDPOINT.render(request_of(), NullProgress())


def test_twenty_thousand_letters_are_cut_at_the_models_limit_or_refused(ask, monkeypatch, tmp_path):
    parts = tuple(PromptPart(f"p{n}", f"{n} words " * 220, "brief", n) for n in range(10))
    image, server = ask(picture(), prompt=Prompt(parts))
    assert len(server.asked[0][2]["inputs"]) < 4000
    assert image.parameters["dropped"][-1] == "p9"
    own = tmp_path / "own.json"
    own.write_text(json.dumps({"name": "own", "title": "Own", "most_letters": 300}))
    monkeypatch.setenv("APEX_HF_PROFILE", str(own))
    with pytest.raises(RequestRefused, match="at most 300 are sent"):
        ask(picture(), prompt=Prompt((PromptPart("p", "few words " * 40, "brief", 0),)))


def test_letters_that_cannot_be_printed_are_not_sent(ask):
    _, server = ask(picture(), bible={"overall_style": {"visual_style": "noir\x1b[31m"}})
    assert "noir" in server.asked[0][2]["inputs"] and "\x1b" not in server.asked[0][2]["inputs"]


def test_what_to_set_is_told(monkeypatch, request_of, tmp_path):
    assert ENDPOINT.availability().reason == "APEX_HF_ENDPOINT is not set"
    with pytest.raises(NotAvailable, match="APEX_HF_ENDPOINT"):
        ENDPOINT.render(request_of(), NullProgress())
    monkeypatch.setenv("APEX_HF_ENDPOINT", "https://x.endpoints.example")
    assert ENDPOINT.availability().reason == "APEX_HF_TOKEN is not set"
    monkeypatch.setenv("APEX_HF_TOKEN", "t")
    assert ENDPOINT.availability().is_available
    monkeypatch.setenv("APEX_HF_PROFILE", "flux")
    assert "diffusers, film, words" in ENDPOINT.availability().reason


def test_a_profile_of_ones_own_is_read_from_a_file_and_checked(monkeypatch, tmp_path, request_of):
    own = tmp_path / "own.json"
    monkeypatch.setenv("APEX_HF_PROFILE", str(own))
    own.write_text(json.dumps({"name": "own", "title": "Own", "extra": {"crisp": "sharpness"}}))
    assert looks_split(profile_asked(), request_of(LOOK))[0] == {"crisp": 9}
    for document, words in (
        ({"name": "own", "title": "o", "takes": ["cfg"]}, "takes 'cfg'"),
        ({"name": "own", "title": "o", "extra": {"x": "grain"}}, "extra.x='grain'"),
        ({"name": "own"}, "missing"),
        ({"name": "own", "title": "o", "size": 3}, "size is not known"),
        (["own"], "must be an object"),
    ):
        own.write_text(json.dumps(document))
        with pytest.raises(InputError, match=words):
            profile_asked()
    own.write_text("{")
    with pytest.raises(InputError, match="cannot be read"):
        profile_asked()
