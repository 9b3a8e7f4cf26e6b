"""A picture of the previz tier where the stage is missing or cannot draw: a sketch, and the hop is told everywhere."""

from __future__ import annotations

import pytest
from django.urls import reverse

from characters.models import Character
from renders.models import Tier, Variant
from renders.services.engines import backend_for, stand_in_note
from renders.services.health import health_rows
from renders.services.jobs import run_until_done
from renders.services.recipes import picture_from_recipe
from renders.services.variants import variants_request
from tests.factories import first_shot

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_stage(monkeypatch, tmp_path):
    monkeypatch.delenv("APEX_STAGE", raising=False)
    monkeypatch.setenv("APEX_STAGE_PYTHON", str(tmp_path / "bin" / "python"))
    monkeypatch.setenv("APEX_VAR", str(tmp_path))


def drawn(shot, user) -> Variant:
    job = variants_request(user=user, shot=shot, tier=Tier.PREVIZ, count=1)
    run_until_done(job)
    return Variant.objects.get(shot=shot, tier=Tier.PREVIZ)


def test_without_the_stage_a_sketch_stands_in_and_the_hop_is_kept(no_stage, episode, ben, client):
    shot = first_shot(episode)
    variant = drawn(shot, ben)
    assert variant.engine == "storyboard"
    (hop,) = variant.recipe["hops"]
    assert (hop["engine"], hop["next_engine"], hop["code"]) == (
        "stage",
        "storyboard",
        "not_available",
    )
    assert "make stage" in hop["reason"]
    assert picture_from_recipe(variant.recipe).pixels.shape[1] == variant.recipe["width"]
    client.force_login(ben)
    board = client.get(reverse("board", args=[episode.project_id]), {"tier": "previz"})
    assert "✎ sketch" in board.content.decode()
    assert "make stage" in board.content.decode()
    room = client.get(reverse("review", args=[shot.pk]), {"tier": "previz"}).content.decode()
    assert "Instead of" in room


def test_a_child_is_not_drawn_by_the_stage_and_the_sketch_says_why(
    episode, ben, monkeypatch, tmp_path
):
    site = tmp_path / "lib" / "python3.11" / "site-packages" / "bpy"
    site.mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").touch()
    monkeypatch.delenv("APEX_STAGE", raising=False)
    monkeypatch.setenv("APEX_STAGE_PYTHON", str(tmp_path / "bin" / "python"))
    shot = first_shot(episode)
    for person in Character.objects.filter(castings__shot=shot):
        person.profile["age_years"] = [7, 9]
        person.save()
    (hop,) = drawn(shot, ben).recipe["hops"]
    assert hop["code"] == "not_supported"
    assert "children are not supported" in hop["reason"]


def test_the_doctor_names_the_command(no_stage):
    (row,) = (row for row in health_rows() if row.name == "stage")
    assert (row.is_present, row.remedy) == (False, "unset APEX_STAGE_PYTHON; make stage")
    assert backend_for(Tier.PREVIZ) == "stage"
    assert "sketches, and say so" in stand_in_note(Tier.PREVIZ)


def test_switched_off_it_says_so(monkeypatch):
    monkeypatch.setenv("APEX_STAGE", "off")
    assert "APEX_STAGE=off" in stand_in_note(Tier.PREVIZ)
