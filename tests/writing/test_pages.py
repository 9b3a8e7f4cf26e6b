"""A script from a topic in the browser and by the API: asked, waited for, read, edited, used."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.test import Client

from projects.models import Episode, Project, ScriptDraft
from projects.services.scripts import episode_first
from renders.models import RenderJob
from renders.services.jobs import run_until_done
from renders.services.scriptwriting import job_of
from tests.writing.loopback import endpoint, fails

pytestmark = pytest.mark.django_db
TOPIC = {"topic": "the lost ferry", "style": "noir", "shots": "10"}


@pytest.fixture
def browser(ada):  # type: ignore[no-untyped-def]
    client = Client()
    client.force_login(ada)
    return client


def _write(draft: ScriptDraft) -> None:
    job = job_of(draft)
    assert job is not None
    run_until_done(job)
    draft.refresh_from_db()


def test_a_project_from_a_topic_is_read_edited_and_made_the_script(browser) -> None:  # type: ignore[no-untyped-def]
    home = browser.get("/").content.decode()
    assert "New from a topic" in home
    assert "no language model" in home
    answer = browser.post("/projects/from-topic", {**TOPIC, "form_key": str(uuid4())}, follow=True)
    draft = ScriptDraft.objects.get()
    page = answer.content.decode()
    assert "Waiting for a worker." in page
    assert f'hx-get="/drafts/{draft.pk}"' in page
    piece = browser.get(f"/drafts/{draft.pk}", headers={"HX-Request": "true"})
    assert piece.content.startswith(b'<div class="draft-waits"')
    _write(draft)
    assert (
        browser.get(f"/drafts/{draft.pk}", headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    )
    page = browser.get(f"/drafts/{draft.pk}").content.decode()
    assert "Outline by Apex&#x27;s template writer (no language model)" in page
    assert "This site has no language model." in page
    words = draft.text.replace("the lost ferry", "the found ferry")
    browser.post(f"/drafts/{draft.pk}", {"act": "save", "version": "1", "text": words})
    stale = browser.post(f"/drafts/{draft.pk}", {"act": "save", "version": "1", "text": "MY WORDS"})
    assert stale.status_code == 412
    assert "MY WORDS" in stale.content.decode()
    used = browser.post(f"/drafts/{draft.pk}", {"act": "use", "version": "2"})
    episode = Episode.objects.get()
    assert used["Location"] == f"/episodes/{episode.pk}/script"
    assert "the found ferry" in episode.script_text
    assert "is the script" in browser.get(f"/episodes/{episode.pk}/write").content.decode()


def test_a_form_sent_twice_starts_one_project_and_one_draft(browser) -> None:  # type: ignore[no-untyped-def]
    form = {**TOPIC, "name": "Ferry", "form_key": str(uuid4())}
    first = browser.post("/projects/from-topic", form)
    assert browser.post("/projects/from-topic", form)["Location"] == first["Location"]
    assert (Project.objects.count(), ScriptDraft.objects.count()) == (1, 1)
    assert RenderJob.objects.filter(kind="script").count() == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"topic": " "}, "has no words"), ({"shots": "many"}, "whole number"),
     ({"style": "opera"}, "style=&#x27;opera&#x27; is not known"), ({"writer": "endpoint"}, "APEX_WRITER_URL")],
)  # fmt: skip
def test_a_wrong_form_says_so_and_starts_nothing(browser, wrong, told) -> None:  # type: ignore[no-untyped-def]
    answer = browser.post("/projects/from-topic", {**TOPIC, **wrong})
    assert answer.status_code in (400, 503)
    assert told in answer.content.decode()
    assert not Project.objects.exists()


@pytest.mark.hosted
def test_a_failed_draft_says_why_and_offers_the_outline_writer(browser, settings, project) -> None:  # type: ignore[no-untyped-def]
    episode = episode_first(project)
    with endpoint(fails(401, {"error": {"message": "Invalid API Key"}})) as server:
        settings.APEX_WRITER_URL, settings.APEX_WRITER_MODEL = server.url, "glm-4.6"
        assert "glm-4.6 only" in browser.get(f"/episodes/{episode.pk}/write").content.decode()
        browser.post(f"/episodes/{episode.pk}/write", {**TOPIC, "writer": "endpoint"})
        draft = ScriptDraft.objects.get()
        _write(draft)
        page = browser.get(f"/drafts/{draft.pk}").content.decode()
        assert "This draft was not written." in page
        assert "Invalid API Key" in page
        assert "Take the offline outline writer" in page
        browser.post(f"/episodes/{episode.pk}/write", {**TOPIC, "writer": "auto"})
        fallen = ScriptDraft.objects.exclude(pk=draft.pk).get()
        _write(fallen)
    page = browser.get(f"/drafts/{fallen.pk}").content.decode()
    assert "Asked first: glm-4.6." in page


def test_a_reader_of_the_project_sees_the_draft_and_no_button(browser, vic, project) -> None:  # type: ignore[no-untyped-def]
    episode = episode_first(project)
    browser.post(f"/episodes/{episode.pk}/write", TOPIC)
    draft = ScriptDraft.objects.get()
    _write(draft)
    reader = Client()
    reader.force_login(vic)
    page = reader.get(f"/drafts/{draft.pk}").content.decode()
    assert "Outline by" in page
    assert "Make it the script" not in page
    assert reader.post(f"/drafts/{draft.pk}", {"act": "use", "version": "1"}).status_code == 403


def test_programs_ask_read_edit_and_use_a_draft(ada, project) -> None:  # type: ignore[no-untyped-def]
    from projects.services.tokens import token_create

    secret = token_create(user=ada, name="t", scopes=["read", "make"])[1]
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    episode = episode_first(project)
    names = [style["name"] for style in client.get("/api/v1/script-styles/").json()]
    assert names[0] == "courtroom_drama"
    address = f"/api/v1/episodes/{episode.pk}/script-drafts/"

    def post(to: str, body: object):  # type: ignore[no-untyped-def]
        return client.post(to, json.dumps(body), content_type="application/json")

    assert post(address, {"topic": "x", "shots": 5, "minutes": 1}).status_code == 400
    asked = post(address, {"topic": "the lost ferry", "shots": 12, "style": "noir"})
    assert asked.status_code == 201
    assert asked.json()["status"] == "queued"
    draft = ScriptDraft.objects.get()
    assert asked.json()["job"] == str(job_of(draft).pk)  # type: ignore[union-attr]
    _write(draft)
    one = f"/api/v1/script-drafts/{draft.pk}/"
    read = client.get(one)
    assert (read.json()["status"], read.json()["version"]) == ("done", 1)
    words = json.dumps({"text": draft.text + "\nThe end comes late.\n"})
    edited = client.patch(
        one, words, content_type="application/json", headers={"If-Match": read["ETag"]}
    )
    assert edited.json()["version"] == 2
    assert post(f"/api/v1/script-drafts/{draft.pk}:use", {"version": 1}).status_code == 412
    assert post(f"/api/v1/script-drafts/{draft.pk}:use", {"version": 2}).status_code == 200
    assert "The end comes late." in Episode.objects.get().script_text
