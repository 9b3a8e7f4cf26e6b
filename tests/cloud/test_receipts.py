"""Pictures asked of vendors through real jobs: what is tried again, who takes over, and the receipt of all of it."""

from __future__ import annotations

import base64

import numpy as np
import pytest

from apexsite.kit.errors import InputError, ModelGone, NotAvailable
from apexsite.kit.progress import NullProgress
from characters.models import Casting
from projects.engine.fallback import Fallback
from projects.models import Shot
from renders.engine.imaging.chunk import picture_file, without_texts
from renders.engine.imaging.receipt import Hop
from renders.models import Attempt, RenderTask, Variant, WorkStatus
from renders.services import jobs
from renders.services.engines import Policy, backend_for, picture_draw
from renders.services.jobs import job_retry, run_until_done
from renders.services.media import media_keep_bytes, media_path
from renders.services.variants import variants_request
from tests.cloud.loopback import Answer, drawn, encoded, picture, refused, said, vendor
from tests.factories import first_shot, variant_of

pytestmark = [pytest.mark.hosted, pytest.mark.django_db]
BLOCKED = said({"candidates": [{"finishReason": "IMAGE_SAFETY", "finishMessage": "A real judge."}]})
COLD = said({"error": "Model is loading", "estimated_time": 20.0}, 503)


@pytest.fixture(autouse=True)
def no_waits(monkeypatch, settings):
    """Wait hundredths where people wait seconds."""
    monkeypatch.setattr(jobs, "RETRY_DELAY_SECONDS", 0.01)
    monkeypatch.setattr(jobs, "MOST_COLD_DELAY_SECONDS", 0.01)
    monkeypatch.setattr(jobs, "MOST_DELAY_SECONDS", 0.02)
    monkeypatch.setattr(jobs, "WAIT_SECONDS", 0.01)


@pytest.fixture
def google(monkeypatch):
    """Return what points Gemini at a server."""

    def point(server):
        monkeypatch.setenv("APEX_GEMINI_KEY", "k")
        monkeypatch.setenv("APEX_GEMINI_URL", server.url)
        return server

    return point


@pytest.fixture
def endpoint(monkeypatch):
    """Return what points the endpoint at a server."""

    def point(server):
        monkeypatch.setenv("APEX_HF_TOKEN", "t")
        monkeypatch.setenv("APEX_HF_ENDPOINT", server.url)
        return server

    return point


@pytest.fixture
def shot(episode):
    """The first shot."""
    return first_shot(episode)


def run(shot, user, **more):
    """Ask for one final picture and run its job; returns the task."""
    job = run_until_done(variants_request(user=user, shot=shot, tier="final", count=1, **more))
    return RenderTask.objects.get(job=job)


def falls(project, policy="any"):
    """Let a project's pictures fall to another engine."""
    project.picture_fallback = policy
    project.save(update_fields=["picture_fallback"])


def receipts(task):
    """Return engine, fault and next of every asking of a task."""
    rows = [hop for a in task.attempts.order_by("fence") for hop in a.receipt]
    return [(hop["engine"], hop["fault"], hop["next_engine"]) for hop in rows]


def test_a_picture_comes_with_who_drew_it_how_long_it_took_and_what_it_cost(shot, ben, google):
    with vendor(drawn()) as server:
        google(server)
        task = run(shot, ben)
    variant = Variant.objects.get(task=task)
    receipt = variant.recipe["receipt"]
    assert (variant.engine, variant.tier) == ("gemini", "final")
    assert (receipt["engine"], receipt["model"]) == ("gemini", "gemini-3.1-flash-image")
    assert receipt["cost_cents"] == variant.recipe["cost_cents"] == 6.7
    assert receipt["seconds"] > 0 and receipt["started"] and variant.recipe["hops"] == []
    attempt = task.attempts.get()
    assert (attempt.engine, attempt.cost_cents, attempt.fault) == ("gemini", 6.7, "")
    assert variant.recipe["parameters"]["watermark"] == "SynthID"


def test_a_busy_vendor_is_asked_again_after_as_long_as_it_says(shot, ben, google, monkeypatch):
    waits = []
    mine = jobs._delay_seconds
    monkeypatch.setattr(
        jobs,
        "_delay_seconds",
        lambda task, err: waits.append(err.retry_after_seconds) or mine(task, err),
    )
    busy = refused(429, "RESOURCE_EXHAUSTED", "slow down", retry_after="7")
    with vendor(busy, refused(503, "UNAVAILABLE", "overloaded"), drawn()) as server:
        google(server)
        task = run(shot, ben)
        assert len(server.asked) == 3
    assert task.status == WorkStatus.DONE and waits == [7.0, None]
    assert receipts(task) == [
        ("gemini", "rate", "gemini"), ("gemini", "transient", "gemini"), ("gemini", "", ""),
    ]  # fmt: skip
    assert [a.fault for a in task.attempts.order_by("fence")] == ["rate", "transient", ""]
    assert [h["fault"] for h in Variant.objects.get().recipe["hops"]] == ["rate", "transient"]


def test_a_vendor_that_wants_too_long_a_pause_is_given_up(shot, ben, google):
    with vendor(refused(429, "X", "tomorrow", retry_after="90000")) as server:
        google(server)
        task = run(shot, ben)
        assert len(server.asked) == 1
    assert task.status == WorkStatus.FAILED and receipts(task) == [("gemini", "rate", "")]


def test_the_wait_is_what_was_asked_for_within_bounds(shot, ben, google, monkeypatch):
    from apexsite.kit.errors import ColdStart, RateLimited, Transient

    with vendor(drawn()) as server:
        google(server)
        task = run(shot, ben)
    monkeypatch.setattr(jobs, "RETRY_DELAY_SECONDS", 2.0)
    monkeypatch.setattr(jobs, "MOST_DELAY_SECONDS", 600.0)
    monkeypatch.setattr(jobs, "MOST_COLD_DELAY_SECONDS", 30.0)
    wait = lambda err: jobs._delay_seconds(task, err)  # noqa: E731
    assert wait(RateLimited("x", retry_after_seconds=17)) == 17
    assert wait(RateLimited("x", retry_after_seconds=0.1)) == 2
    assert wait(RateLimited("x", retry_after_seconds=9e9)) == 600
    assert wait(Transient("x")) == 2
    for wrong in (float("nan"), float("inf")):
        assert wait(RateLimited("x", retry_after_seconds=wrong)) == 2
        assert 10 <= wait(ColdStart("x", retry_after_seconds=wrong)) <= 12
    for asked, least, most in ((20.0, 20, 24), (900.0, 30, 36), (None, 10, 12)):
        assert least <= wait(ColdStart("x", retry_after_seconds=asked)) <= most
    Attempt.objects.create(task=task, fence=90, worker="w")
    Attempt.objects.create(task=task, fence=91, worker="w")
    assert wait(Transient("x")) == 8


def test_a_cold_endpoint_is_waited_for_without_spending_tries(shot, ben, endpoint, monkeypatch):
    seen = []
    mine = jobs.states.task_requeue

    def kept(task, fence, **more):
        mine(task, fence, **more)
        seen.append(RenderTask.objects.values_list("status", "progress_message").get(pk=task.pk))

    monkeypatch.setattr(jobs.states, "task_requeue", kept)
    with vendor(*[COLD] * 5, said({"error": "oh"}, 500), picture()) as server:
        endpoint(server)
        task = run(shot, ben)
        assert len(server.asked) == 7
    assert task.status == WorkStatus.DONE
    assert seen[0][0] == "queued" and seen[0][1].startswith("warming up: asked again in")
    (cold, broken) = Variant.objects.get().recipe["hops"]
    assert (cold["fault"], cold["tries"], broken["fault"]) == ("cold", 5, "transient")


def test_a_budget_of_seconds_ends_the_wait_and_the_next_engine_draws(
    shot, ben, project, endpoint, google, settings
):
    settings.APEX_COLD_SECONDS = 0.05
    falls(project)
    with vendor(COLD) as cold, vendor(drawn()) as server:
        endpoint(cold)
        google(server)
        task = run(shot, ben)
    variant = Variant.objects.get(task=task)
    (hop,) = variant.recipe["hops"]
    assert (hop["engine"], hop["fault"], hop["next_engine"]) == ("hf_endpoint", "cold", "gemini")
    assert hop["seconds"] >= 0.05 and "being woken" in hop["reason"]
    assert variant.engine == "gemini"


def test_a_cold_engine_whose_budget_is_spent_fails_for_good_where_nobody_follows(
    shot, ben, endpoint, settings
):
    settings.APEX_COLD_SECONDS = 0.05
    with vendor(COLD) as server:
        endpoint(server)
        task = run(shot, ben)
    assert task.status == WorkStatus.FAILED and "being woken" in task.error
    assert {fault for _, fault, _ in receipts(task)} == {"cold"}


@pytest.mark.parametrize(
    ("answer", "fault", "askings"),
    [
        (Answer(410, b"gone"), "gone", 1),
        (said({"error": "credits"}, 402), "quota", 1),
        (said({"error": "CUDA out of memory"}, 500), "oom", 1),
        (said({"error": "oh"}, 500), "transient", 3),
        (picture(encoded()[:900]), "transient", 3),
    ],
)
def test_the_next_engine_draws_where_the_production_lets_it(
    shot, ben, project, endpoint, google, answer, fault, askings
):
    falls(project)
    with vendor(answer) as first, vendor(refused(503, "X", "busy"), drawn()) as second:
        endpoint(first)
        google(second)
        task = run(shot, ben, engine="hf_endpoint")
        assert (len(first.asked), len(second.asked)) == (askings, 2)
    hops = Variant.objects.get(task=task).recipe["hops"]
    assert [(h["engine"], h["fault"], h["tries"]) for h in hops] == [
        ("hf_endpoint", fault, askings), ("gemini", "transient", 1),
    ]  # fmt: skip
    assert task.status == WorkStatus.DONE


@pytest.mark.parametrize("policy", ["none", "house"])
def test_nobody_is_asked_whom_the_production_does_not_let(
    shot, ben, project, endpoint, google, policy
):
    falls(project, policy)
    with vendor(Answer(410, b"gone")) as first, vendor(drawn()) as second:
        endpoint(first)
        google(second)
        task = run(shot, ben)
        assert not second.asked
    assert task.status == WorkStatus.FAILED and receipts(task) == [("hf_endpoint", "gone", "")]


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (BLOCKED, "content_blocked"),
        (refused(403, "PERMISSION_DENIED", "no"), "auth"),
        (refused(400, "INVALID_ARGUMENT", "bad"), "invalid"),
    ],
)
def test_a_refusal_is_never_asked_of_another_vendor(
    shot, ben, project, endpoint, google, answer, fault
):
    falls(project)
    with vendor(picture()) as other, vendor(answer) as server:
        endpoint(other)
        google(server)
        task = run(shot, ben, engine="gemini")
        assert len(server.asked) == 1 and not other.asked
    assert task.status == WorkStatus.FAILED and not Variant.objects.exists()
    assert receipts(task) == [("gemini", fault, "")]
    assert task.attempts.get().fault == fault
    if fault == "content_blocked":
        assert "A real judge." in task.attempts.get().receipt[0]["reason"]


NO_IMAGE = said({"candidates": [{"finishReason": "NO_IMAGE"}]})


@pytest.mark.parametrize("second", [refused(503, "X", "busy"), refused(404, "X", "gone")])
def test_a_refusal_followed_by_another_fault_is_asked_of_nobody_else(
    shot, ben, project, endpoint, google, second
):
    falls(project)
    with vendor(picture()) as other, vendor(NO_IMAGE, second) as server:
        endpoint(other)
        google(server)
        task = run(shot, ben, engine="gemini")
        assert len(server.asked) == 2 and not other.asked
    assert receipts(task) == [("gemini", "content_blocked", "")]
    assert task.attempts.get().receipt[0]["tries"] == 2


def test_a_picture_drawn_at_the_second_asking_comes_with_the_receipt_of_the_first(
    shot, ben, google
):
    with vendor(NO_IMAGE, drawn()) as server:
        google(server)
        task = run(shot, ben)
    assert receipts(task) == [("gemini", "content_blocked", "gemini"), ("gemini", "", "")]
    (hop,) = Variant.objects.get(task=task).recipe["hops"]
    assert "NO_IMAGE" in hop["reason"] and hop["cost_cents"] is None and hop["started"]


def test_after_a_refusal_no_fault_leads_to_another_engine(request_of, endpoint, google):
    before = [Hop("gemini", next_engine="gemini", code="content_blocked", fault="content_blocked")]
    with vendor(picture()) as other, vendor(refused(404, "X", "gone")) as server:
        endpoint(other)
        google(server)
        with pytest.raises(ModelGone) as told:
            picture_draw(
                "gemini", request_of(), NullProgress(), policy=Policy(Fallback.ANY), before=before
            )
        assert not other.asked and not told.value.retryable


def test_a_retry_by_a_person_begins_with_the_engine_that_was_asked(
    shot, ben, project, endpoint, google
):
    falls(project)
    bad = refused(403, "PERMISSION_DENIED", "no")
    with vendor(Answer(410, b"gone"), picture()) as first, vendor(bad) as second:
        endpoint(first)
        google(second)
        task = run(shot, ben, engine="hf_endpoint")
        assert task.status == WorkStatus.FAILED
        run_until_done(job_retry(user=ben, job=task.job))
    task.refresh_from_db()
    assert task.status == WorkStatus.DONE
    assert Variant.objects.get(task=task).recipe["hops"] == []
    assert [engine for engine, *_ in receipts(task)] == ["hf_endpoint", "gemini", "hf_endpoint"]


def test_who_draws_is_chosen_by_wish_and_fit_or_named(shot, ben, project, endpoint, google):
    with vendor(picture()) as first, vendor(drawn()) as second:
        endpoint(first)
        google(second)
        assert backend_for("final") == "hf_endpoint"
        assert backend_for("final", order=("gemini",)) == "gemini"
        assert backend_for("final", engine="gemini") == "gemini"
        with pytest.raises(InputError, match=r"does not draw final; valid: .*hf_endpoint, gemini"):
            backend_for("final", engine="storyboard")
        project.picture_engines = ["gemini", "a name of long ago"]
        project.save()
        assert run(shot, ben).job.tasks.get().request["backend"] == "gemini"


def test_a_cloud_only_site_computes_no_pictures(settings, google, monkeypatch):
    monkeypatch.setenv("APEX_STAGE", "on")
    settings.APEX_CLOUD_ONLY = True
    from renders.services.engines import engine_availability, stand_in_note

    assert not engine_availability("stage").is_available
    assert engine_availability("storyboard").is_available
    assert "APEX_CLOUD_ONLY" in stand_in_note("previz")
    with pytest.raises(NotAvailable, match="APEX_GEMINI_KEY"):
        backend_for("final")
    with vendor(drawn()) as server:
        google(server)
        assert backend_for("final") == "gemini"


def test_a_picture_of_the_cast_goes_over_the_wire_without_its_recipe(shot, ben, google):
    person = Casting.objects.filter(shot=shot).order_by("position").first().character
    alone = next(
        s for s in Shot.objects.all() if [c.character for c in s.castings.all()] == [person]
    )
    face = variant_of(alone, tier="final")
    face.media = media_keep_bytes(
        picture_file(np.full((64, 64, 3), 90, np.uint8), {"schema": "apex.recipe/1"}),
        content_type="image/png",
    )
    face.verdict, face.recipe = "approved", {}
    face.save()
    with vendor(drawn(), drawn()) as server:
        google(server)
        task = run(shot, ben)
        run(shot, ben, show_cast=False)
    (_, _, body), (_, _, without) = server.asked
    words, *pictures = body["contents"][0]["parts"]
    (sent,) = [base64.urlsafe_b64decode(one["inlineData"]["data"]) for one in pictures]
    kept = media_path(face.media).read_bytes()
    assert b"apex.recipe" in kept and sent == without_texts(kept)
    assert f"Picture 1 shows what {person.name} looks like" in words["text"]
    assert len(without["contents"][0]["parts"]) == 1
    recipe = Variant.objects.get(task=task).recipe
    assert [(one["of"], one["sha256"]) for one in recipe["references"]] == [
        (person.key, face.media.sha256)
    ]
