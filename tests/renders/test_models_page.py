"""The Models page, its API and its room in the administration."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from projects.models import Project
from renders.models import LedgerChange, LedgerEntry
from tests.factories import first_shot, variant_of


@pytest.fixture
def page(client, ada, project):
    client.force_login(ada)
    return lambda: client.get(f"/projects/{project.pk}/models").content.decode()


def test_the_page_shows_licence_use_and_the_days_left(page):
    LedgerEntry.objects.filter(model_id="gemini-2.5-flash-image").update(
        sunset=timezone.localdate() + timedelta(20)
    )
    text = page()
    assert 'data-model="flux.1-dev"' in text and "Non-Commercial License" in text
    assert "is withdrawn in 20 days" in text and 'data-testid="sunset"' in text
    assert "Not a commercial production" in text and 'data-testid="barred"' not in text


def test_of_many_pictures_the_page_names_fifty_and_counts_the_rest(page, episode):
    shot = first_shot(episode)
    models = [{"id": "flux.1-dev", "licence": "its own", "is_commercial": False}]
    for number in range(1, 53):
        variant = variant_of(shot, number=number)
        variant.recipe |= {"models": models}
        variant.save()
    text = page()
    assert "52 pictures here" in text and text.count("and 2 more") == 2
    assert text.count(f"/shots/{shot.pk}/review") == 100


def test_who_does_not_own_it_reads_nothing_of_checksums(client, page, dora, project):
    assert "file not checked yet" in page()
    client.force_login(dora)
    text = client.get(f"/projects/{project.pk}/models").content.decode()
    assert "file not checked yet" not in text and "sha256" not in text


def test_switching_it_on_lists_what_may_not_be_sold_and_a_second_press_does_no_harm(
    client, page, episode
):
    variant = variant_of(first_shot(episode))
    variant.recipe |= {
        "models": [{"id": "flux.1-dev", "licence": "its own", "is_commercial": False}]
    }
    variant.save()
    project = episode.project
    for _ in range(2):
        answer = client.post(f"/projects/{project.pk}/commercial", {"is_commercial": "yes"})
        assert answer.status_code == 302
    text = page()
    assert "A commercial production" in text and "Made before, and may not be sold" in text
    assert "flux.1-dev: its own" in text and "refused here" in text
    assert client.post(f"/projects/{project.pk}/commercial", {}).status_code == 400
    assert "said that" in client.get(f"/projects/{project.pk}/activity/").content.decode()


def test_the_api_lists_filters_and_lets_an_owner_say_it(client, ada, dora, project):
    client.force_login(dora)
    rows = client.get("/api/v1/models/?kind=lora").json()["results"]
    assert [row["id"] for row in rows] == ["hyper-sdxl-8step"]
    assert rows[0]["base"] == "sdxl-base-1.0" and rows[0]["is_commercial"]
    path = f"/api/v1/projects/{project.pk}/"
    etag = client.get(path)["ETag"]
    body = json.dumps({"is_commercial": True})
    send = {"data": body, "content_type": "application/json", "headers": {"If-Match": etag}}
    assert client.patch(path, **send).status_code == 403
    client.force_login(ada)
    answer = client.patch(path, **send)
    assert (answer.status_code, answer.json()["is_commercial"]) == (200, True)
    assert Project.objects.get().is_commercial


@pytest.fixture
def root(db):
    client = Client()
    client.force_login(User.objects.create_superuser("root", password="root-password"))
    return client


SITE = {"site_sunset": "", "site_replacement": "", "site_commercial": "unknown", "site_note": ""}


def test_the_administration_takes_a_sites_word_and_no_built_in_fact(root):
    row = LedgerEntry.objects.get(model_id="flux.1-dev")
    path = f"/admin/renders/ledgerentry/{row.pk}/change/"
    refused = root.post(path, {**SITE, "site_commercial": "true"}).content.decode()
    assert "site_note must say why" in refused
    said = {**SITE, "site_commercial": "true", "site_note": "order 7", "licence": "free"}
    assert root.post(path, said).status_code == 302
    row.refresh_from_db()
    assert row.may_be_sold and row.licence != "free"
    history = root.get(f"/admin/renders/ledgerentry/{row.pk}/history/").content.decode()
    assert "order 7" in history and "root" in history


def test_a_site_adds_a_model_of_its_own(root):
    sent = {
        **SITE, "model_id": "house-lora", "title": "House", "kind": "lora", "licence": "ours",
        "base": "sdxl-base-1.0", "is_commercial": "on", "sources": "[]", "used_by": "[]",
    }  # fmt: skip
    assert (
        "another entry"
        in root.post("/admin/renders/ledgerentry/add/", {**sent, "base": "none"}).content.decode()
    )
    answer = root.post("/admin/renders/ledgerentry/add/", sent)
    assert answer.status_code == 302, answer.content.decode()
    row = LedgerEntry.objects.get(model_id="house-lora")
    assert row.may_be_sold and not row.is_builtin
    assert LedgerChange.objects.get(entry=row).actor.username == "root"
