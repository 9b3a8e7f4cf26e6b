"""The form that asks for variants: how many, which model, what to start from, whom to show; and who draws, in the review room."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.urls import reverse

from apexsite.kit.errors import InputError
from renders.engine.imaging.diffusion import places
from renders.engine.imaging.diffusion.profiles import profile_of
from renders.models import RenderTask
from renders.readings.modelchoices import model_choices
from renders.services.ledgersync import ledger_sync
from renders.web import askform
from renders.web.askform import asked_values
from tests.factories import first_shot, variant_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def shot(episode):
    """The first shot."""
    return first_shot(episode)


@pytest.fixture
def weights(monkeypatch, tmp_path):
    """Have two models placed, empty, and the engine that would load them said to be here."""
    for name in ("sdxl-base-1.0", "juggernaut-xl"):
        (tmp_path / profile_of(name).id).mkdir()
        (tmp_path / profile_of(name).id / places.INDEX).write_text("{}", encoding="utf-8")
    monkeypatch.setenv("APEX_MODELS", str(tmp_path))
    monkeypatch.delenv("APEX_SDXL_MODEL", raising=False)
    monkeypatch.setattr(places, "missing_packages", lambda: [])


def page_of(client, shot, tier):
    """Return the shot page."""
    return client.get(reverse("shot", args=[shot.pk]), {"tier": tier}).content.decode()


def test_how_many_is_asked_and_the_finish_pulls_to_the_look(client, ben, shot):
    client.force_login(ben)
    page = page_of(client, shot, "storyboard")
    assert 'name="count"' in page and 'max="12"' in page and 'name="finish-palette"' in page
    assert 'name="start"' not in page and 'name="model"' not in page and "show-cast" not in page
    form = {"tier": "storyboard", "asked": "0", "count": "2", "finish-palette": "0.4"}
    client.post(reverse("shot-ask", args=[shot.pk]), form)
    asked = [task.request["options"] for task in RenderTask.objects.all()]
    assert asked == [{"finish": {"palette": 0.4}}] * 2
    for count in ("13", "0", "many", "-1"):
        answer = client.post(reverse("shot-ask", args=[shot.pk]), {**form, "count": count})
        assert answer.status_code == 400
    assert RenderTask.objects.count() == 2


def test_a_start_and_its_strength_are_shown_and_asked_where_an_engine_takes_one(
    client, ben, shot, weights
):
    client.force_login(ben)
    begun = variant_of(shot, tier="final")
    other = variant_of(shot, tier="previz")
    type(other).objects.filter(pk=other.pk).update(verdict="approved")
    page = page_of(client, shot, "final")
    assert f'name="start" value="{begun.pk}"' in page and f'value="{other.pk}"' in page
    assert 'name="strength"' in page and "<output>0.60</output>" in page
    form = {"tier": "final", "asked": "0", "count": "1", "start": str(begun.pk), "strength": "0.35"}
    client.post(reverse("shot-ask", args=[shot.pk]), form)
    (task,) = RenderTask.objects.all()
    assert task.request["options"] == {"strength": 0.35}
    assert [one["sha256"] for one in task.request["references"]] == [begun.media.sha256]
    form = {**form, "tier": "storyboard"}
    assert client.post(reverse("shot-ask", args=[shot.pk]), form).status_code == 400


def test_the_models_that_are_here_may_be_chosen(client, ben, shot, project, weights):
    ledger_sync()
    (choice,) = model_choices(project, "sdxl")
    assert choice.id != "sdxl-base-1.0" and model_choices(project, "storyboard") == []
    assert {one.id for one in model_choices(project, "gemini")} >= {"gemini-3-pro-image"}
    client.force_login(ben)
    assert f'<option value="{choice.id}">' in page_of(client, shot, "final")
    form = {"tier": "final", "asked": "0", "count": "1", "model": choice.id}
    client.post(reverse("shot-ask", args=[shot.pk]), form)
    assert RenderTask.objects.get().request["options"] == {"model": choice.id}


def test_who_is_shown_is_ticked_and_can_be_unticked(client, ben, shot, weights, monkeypatch):
    monkeypatch.setattr(askform, "person_shown", lambda person: object())
    client.force_login(ben)
    assert "Show the cast’s approved pictures: " in page_of(client, shot, "final")
    assert asked_values(QueryDict(""))["show_cast"] is True
    assert asked_values(QueryDict("cast-asked=1"))["show_cast"] is False
    assert asked_values(QueryDict("cast-asked=1&show-cast=1"))["show_cast"] is True


def test_what_is_no_number_is_refused_in_words():
    with pytest.raises(InputError, match="How much is redrawn='lots'"):
        asked_values(QueryDict("start=x&strength=lots"))
    with pytest.raises(InputError, match="strength=nan"):
        asked_values(QueryDict("start=x&strength=nan"))


def test_who_draws_is_chosen_in_the_review_room_too(client, ben, shot, monkeypatch):
    monkeypatch.setenv("APEX_GEMINI_KEY", "k")
    monkeypatch.setenv("APEX_GEMINI_URL", "http://127.0.0.1:9")
    monkeypatch.setattr("renders.engine.imaging.cloud.gemini.is_installed", lambda name: True)
    client.force_login(ben)
    page = client.get(reverse("review", args=[shot.pk]), {"tier": "final"}).content.decode()
    assert 'data-testid="who-draws"' in page
    values = {"tier": "final", "review": "1", "engine": "gemini"}
    client.post(reverse("ask-variants", args=[shot.pk]), values)
    assert {task.request["backend"] for task in RenderTask.objects.all()} == {"gemini"}
