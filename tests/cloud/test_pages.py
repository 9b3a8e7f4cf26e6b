"""Who draws, on pages and through the API: engines with what they lack, wishes, receipts, costs."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from apexsite.kit.errors import InputError, NotAllowed, NotAvailable
from projects.models import Event
from renders.engine.imaging.receipt import Hop
from renders.models import Attempt, RenderTask, WorkStatus
from renders.readings.engines import engine_choices, engine_rows
from renders.readings.receipts import costs_of, receipt_sentence, spent_words
from renders.services.enginewishes import engine_wishes_set
from renders.services.variants import variants_request
from tests.factories import first_shot, variant_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def shot(episode):
    """The first shot."""
    return first_shot(episode)


@pytest.fixture
def connected(monkeypatch):
    """Have both vendors set, to an address where nobody listens."""
    monkeypatch.setenv("APEX_GEMINI_KEY", "k")
    monkeypatch.setenv("APEX_GEMINI_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("APEX_HF_TOKEN", "t")
    monkeypatch.setenv("APEX_HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr("renders.engine.imaging.cloud.gemini.is_installed", lambda name: True)
    monkeypatch.setattr("renders.engine.imaging.cloud.hf_endpoint.is_installed", lambda name: True)


def attempt_of(shot, user, *, engine, cents=0.0, status=WorkStatus.DONE, hops=()):
    """Make an ended attempt at a picture of a shot."""
    job = variants_request(user=user, shot=shot, count=1)
    RenderTask.objects.filter(job=job).update(status=status, fence=1)
    task = RenderTask.objects.get(job=job)
    task.request |= {"tier": "final"}
    task.save()
    return Attempt.objects.create(
        task=task, fence=1, worker="w", status=status, engine=engine, cost_cents=cents,
        receipt=[hop.to_document() for hop in hops],
    )  # fmt: skip


def test_a_receipt_is_read_as_a_sentence():
    cold = Hop("hf_endpoint", "gemini", fault="cold", seconds=300.2, tries=12)
    broke = Hop("gemini", "gemini", fault="transient", tries=2)
    receipt = Hop("gemini", model="gemini-3.1-flash-image", seconds=4.12, cost_cents=3.9)
    recipe = {"receipt": receipt.to_document(), "hops": [h.to_document() for h in (cold, broke)]}
    assert receipt_sentence(recipe) == (
        "drawn by gemini-3.1-flash-image, 4.1 s, 3.9 ct; "
        "before: hf_endpoint was cold for 300 s, gemini broke 2 times"
    )
    own = Hop("hf_endpoint", model="https://x.endpoints.example/draw", seconds=61, cost_cents=None)
    assert receipt_sentence({"receipt": own.to_document()}) == (
        "drawn by hf_endpoint at x.endpoints.example, 61 s, price not told"
    )
    assert receipt_sentence({"backend": "upload"}) == ""


def test_the_page_lists_every_engine_with_what_to_set(client, vic, ada, project):
    client.force_login(vic)
    page = client.get(reverse("engines", args=[project.pk])).content.decode()
    for words in (
        "APEX_GEMINI_KEY",
        "APEX_HF_ENDPOINT",
        "SynthID",
        "Your own picture",
        "not stated",
    ):
        assert words in page
    assert "save-engines" not in page
    client.force_login(ada)
    assert "save-engines" in client.get(reverse("engines", args=[project.pk])).content.decode()


def test_the_owner_says_who_draws_first_and_who_may_follow(client, ada, dora, project):
    client.force_login(ada)
    values = {"fallback": "any", "place-gemini": "1", "place-hf_endpoint": "2", "place-stage": ""}
    for _ in range(2):
        assert client.post(reverse("engines", args=[project.pk]), values).status_code == 302
    project.refresh_from_db()
    assert (project.picture_fallback, project.picture_engines) == ("any", ["gemini", "hf_endpoint"])
    assert Event.objects.filter(verb="project.engines").count() == 1
    assert [row.name for row in engine_rows(project) if row.tier == "final"][:2] == [
        "gemini", "hf_endpoint",
    ]  # fmt: skip
    with pytest.raises(NotAllowed):
        engine_wishes_set(user=dora, project=project, fallback="none", engines=[])
    for fallback, engines, words in (
        ("cheap", [], "none, house, any"),
        ("any", ["dall-e"], "dall-e"),
        ("any", ["gemini", "gemini"], "once"),
    ):
        with pytest.raises(InputError, match=words):
            engine_wishes_set(user=ada, project=project, fallback=fallback, engines=engines)
    for bad in ({"fallback": "any", "place-gemini": "first"}, {"fallback": "x"}):
        answer = client.post(reverse("engines", args=[project.pk]), bad)
        assert answer.status_code == 400 and 'role="alert"' in answer.content.decode()


def test_who_draws_is_chosen_on_the_ask_forms(client, ben, shot, project, connected):
    client.force_login(ben)
    page = client.get(reverse("shot", args=[shot.pk]), {"tier": "final"}).content.decode()
    assert 'data-testid="who-draws"' in page and "7 ct and up · same seed, alike" in page
    assert engine_choices(project, "storyboard") == []
    values = {"tier": "final", "asked": "0", "engine": "gemini"}
    for _ in range(2):
        client.post(reverse("shot-ask", args=[shot.pk]), values)
    assert {task.request["backend"] for task in RenderTask.objects.all()} == {"gemini"}
    assert RenderTask.objects.count() == 3
    board = client.get(reverse("board", args=[project.pk]), {"tier": "final"}).content.decode()
    assert board.count('name="engine"') == 2
    many = {"tier": "final", "engine": "gemini", "act": "ask"}
    client.post(reverse("ask-missing", args=[shot.scene.episode_id]), many)
    assert {task.request["backend"] for task in RenderTask.objects.all()} == {"gemini"}
    wrong = client.post(reverse("shot-ask", args=[shot.pk]), {**values, "engine": "storyboard"})
    assert wrong.status_code == 400


def test_a_production_without_a_browser_names_its_engine(ben, episode, project):
    from renders.services.productions import Production, production_draw

    production = Production(episode=episode)
    with pytest.raises(NotAvailable, match="APEX_GEMINI_KEY"):
        production_draw(production, user=ben, tier="final", run=lambda *a: None, engine="gemini")


def test_costs_are_added_up_and_shown(client, ben, shot, project, episode):
    assert (costs_of(project), spent_words(episode)) == ([], "")
    attempt_of(shot, ben, engine="gemini", cents=6.7)
    attempt_of(shot, ben, engine="gemini", cents=95.0)
    attempt_of(shot, ben, engine="hf_endpoint", status=WorkStatus.FAILED)
    assert [(c.engine, c.drawn, c.failed, c.words) for c in costs_of(project)] == [
        ("gemini", 2, 0, "$1.02"), ("hf_endpoint", 0, 1, "no charge"),
    ]  # fmt: skip
    client.force_login(ben)
    page = client.get(reverse("board", args=[project.pk])).content.decode()
    assert "$1.02 spent on pictures" in page
    assert "$1.02 spent on" in client.get(reverse("engines", args=[project.pk])).content.decode()


def test_a_failed_variant_keeps_its_receipt_on_the_shot(client, ben, shot, project):
    gone = Hop("hf_endpoint", "gemini", "backend", "410", "gone")
    no = Hop(
        "gemini",
        "",
        "content_blocked",
        "Gemini refused what it drew: IMAGE_SAFETY",
        "content_blocked",
    )
    attempt_of(shot, ben, engine="gemini", status=WorkStatus.FAILED, hops=(gone, no))
    client.force_login(ben)
    page = client.get(reverse("shot", args=[shot.pk]), {"tier": "final"}).content.decode()
    assert "Hf_endpoint was withdrawn, then gemini refused the content" in page
    assert "IMAGE_SAFETY" in page
    page = client.get(reverse("engines", args=[project.pk])).content.decode()
    assert "IMAGE_SAFETY" in page
    job = RenderTask.objects.get().job_id
    (shown,) = client.get(f"/api/v1/jobs/{job}/receipts/").json()["results"]
    assert [hop["fault"] for hop in shown["receipt"]] == ["gone", "content_blocked"]
    assert (shown["engine"], shown["status"], shown["task"]) == ("gemini", "failed", 0)


def test_a_drawn_variant_shows_its_receipt(client, ben, shot):
    variant = variant_of(shot, tier="final")
    receipt = Hop("gemini", model="gemini-3-pro-image", seconds=9.0, cost_cents=13.4)
    variant.recipe = {
        "schema": "apex.recipe/1",
        "backend": "gemini",
        "receipt": receipt.to_document(),
        "hops": [],
    }
    variant.save()
    client.force_login(ben)
    for name in ("shot", "review"):
        page = client.get(reverse(name, args=[shot.pk]), {"tier": "final"}).content.decode()
        assert "Drawn by gemini-3-pro-image, 9.0 s, 13.4 ct" in page
    shown = client.get(f"/api/v1/variants/{variant.pk}/").json()
    assert shown["receipt"]["cost_cents"] == 13.4 and shown["hops"] == []


def test_programs_ask_by_engine_and_say_the_wishes(client, ada, shot, project, connected):
    client.force_login(ada)
    send = lambda address, values: client.post(  # noqa: E731
        f"/api/v1/{address}", json.dumps(values), content_type="application/json"
    )
    asked = {"tier": "final", "count": 1, "engine": "gemini"}
    assert send(f"shots/{shot.pk}:request-variants", asked).status_code == 202
    assert RenderTask.objects.get().request["backend"] == "gemini"
    assert send(f"shots/{shot.pk}:request-variants", {"engine": "dall-e"}).status_code == 400
    wishes = {"fallback": "any", "order": ["gemini"]}
    answer = send(f"projects/{project.pk}:wish-engines", wishes)
    assert answer.status_code == 200 and answer.json()["fallback"] == "any"
    assert (
        send(f"projects/{project.pk}:wish-engines", {**wishes, "order": ["x"]}).status_code == 400
    )
    shown = client.get(f"/api/v1/projects/{project.pk}/engines/").json()
    by_name = {engine["name"]: engine for engine in shown["engines"]}
    assert by_name["gemini"]["place"] == 1 and by_name["gemini"]["is_available"]
    assert by_name["upload"]["licence"] == "the uploader's own; not stated"
