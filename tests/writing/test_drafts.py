"""Drafts: asked for once, written by a worker, told who wrote them, edited on their version, and used."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from apexsite.kit.errors import (
    InputError,
    NotAllowed,
    NotAvailable,
    NotFound,
    StaleEdit,
    StateError,
)
from characters.services.scriptdrafts import draft_use
from projects.engine.outline import CREDIT
from projects.engine.writing.wish import wish_of
from projects.models import Episode, Event, ScriptDraft, ScriptStyle, Shot
from projects.readings.writing import styles_now
from projects.services.scripts import episode_first
from projects.services.writing import draft_edit
from renders.models import RenderJob, RenderTask
from renders.services.jobs import job_cancel, run_until_done
from renders.services.scriptwriting import is_on_its_way, job_of, script_request
from tests.writing.loopback import endpoint, fails, says
from tests.writing.test_answer import GOOD

pytestmark = pytest.mark.django_db
WISH = wish_of(topic="the lost ferry", style="noir")


@pytest.fixture
def film(project):  # type: ignore[no-untyped-def]
    return episode_first(project)


@pytest.fixture
def model(settings):  # type: ignore[no-untyped-def]
    """Point the site at a server of loopback."""

    def point(server) -> None:  # type: ignore[no-untyped-def]
        settings.APEX_WRITER_URL, settings.APEX_WRITER_MODEL = server.url, "m-1"
        settings.APEX_WRITER_PATIENCE_SECONDS = 0

    return point


def _written(user, film: Episode, writer: str = "auto", wish=WISH) -> ScriptDraft:  # type: ignore[no-untyped-def]
    draft = script_request(user=user, episode=film, wish=wish, writer=writer)
    run_until_done(job_of(draft))
    draft.refresh_from_db()
    return draft


def _error(draft: ScriptDraft) -> str:
    return RenderTask.objects.get(job=job_of(draft)).error


def test_a_site_without_a_model_gets_an_outline_that_says_so(ben, film) -> None:  # type: ignore[no-untyped-def]
    draft = _written(ben, film)
    assert (draft.writer, draft.title, draft.version) == ("outline", "The Lost Ferry", 1)
    assert CREDIT in draft.text
    assert [hop["fault"] for hop in draft.hops] == ["none"]
    event = Event.objects.get(verb="script.written")
    assert event.payload == {"title": "The Lost Ferry", "writer": "the outline writer", "hops": 1}
    assert not Shot.objects.filter(scene__episode=film).exists()


def test_the_outline_writer_asked_for_by_name_is_no_hop(ben, film) -> None:  # type: ignore[no-untyped-def]
    draft = _written(ben, film, "outline")
    assert (draft.writer, draft.hops) == ("outline", [])
    assert "instead of" not in draft.text


def test_a_model_that_is_not_set_up_cannot_be_asked_for(ben, film) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(NotAvailable, match="APEX_WRITER_URL"):
        script_request(user=ben, episode=film, wish=WISH, writer="endpoint")
    with pytest.raises(InputError, match="auto, endpoint, outline"):
        script_request(user=ben, episode=film, wish=WISH, writer="ghost")
    with pytest.raises(InputError, match=r"style='opera'.*courtroom_drama"):
        script_request(user=ben, episode=film, wish=wish_of(topic="x", style="opera"))
    assert not RenderJob.objects.exists()


@pytest.mark.parametrize("url", ["ftp://me:s3cret@host/v1", "https://me:s3cret@host/v1"])
def test_a_password_in_the_writers_address_is_told_nobody(ben, film, settings, url) -> None:  # type: ignore[no-untyped-def]
    settings.APEX_WRITER_URL, settings.APEX_WRITER_MODEL = url, "m-1"
    draft = _written(ben, film)
    assert (draft.writer, [hop["fault"] for hop in draft.hops]) == ("outline", ["input"])
    assert "APEX_WRITER_URL" in draft.hops[0]["words"]
    told = json.dumps(
        [draft.hops, draft.rounds, draft.credit, draft.text, str(Event.objects.values())]
    )
    assert "s3cret" not in told
    refused = _written(ben, film, "endpoint")
    assert "APEX_WRITER_URL" in _error(refused) and "s3cret" not in _error(refused)


@pytest.mark.hosted
def test_a_model_writes_the_draft_and_is_named(ben, film, model) -> None:  # type: ignore[no-untyped-def]
    with endpoint(says(json.dumps(GOOD))) as server:
        model(server)
        draft = _written(ben, film)
    assert (draft.writer, draft.model, draft.hops) == ("endpoint", "m-1", [])
    assert draft.credit == "Written by the language model m-1"
    assert draft.rounds[0]["tokens_out"] == 7


@pytest.mark.hosted
def test_where_a_model_fails_the_outline_writer_stands_in_by_name(ben, film, model) -> None:  # type: ignore[no-untyped-def]
    with endpoint(fails(401, {"error": {"message": "Invalid API Key"}})) as server:
        model(server)
        draft = _written(ben, film)
    assert draft.writer == "outline"
    (hop,) = draft.hops
    assert (hop["model"], hop["fault"]) == ("m-1", "auth")
    assert "written instead of m-1 (m-1 at 127.0.0.1: Invalid API Key)" in draft.text


@pytest.mark.hosted
def test_a_model_asked_for_by_name_is_not_replaced(ben, film, model) -> None:  # type: ignore[no-untyped-def]
    with endpoint(fails(401, {"error": {"message": "Invalid API Key"}})) as server:
        model(server)
        draft = _written(ben, film, "endpoint")
    assert (draft.writer, draft.text, draft.written_at) == ("", "", None)
    assert "Invalid API Key" in _error(draft)


@pytest.mark.hosted
def test_a_refusal_of_the_content_is_never_handed_on(ben, film, model) -> None:  # type: ignore[no-untyped-def]
    with endpoint(says("", ended="content_filter")) as server:
        model(server)
        draft = _written(ben, film)
    assert draft.text == ""
    assert "refused to write this" in _error(draft)


@pytest.mark.hosted
def test_another_language_fails_with_both_reasons(ben, film, model) -> None:  # type: ignore[no-untyped-def]
    wish = wish_of(topic="die Fähre", style="noir", language="de")
    with endpoint(fails(402, {"error": "Insufficient Balance"})) as server:
        model(server)
        draft = _written(ben, film, wish=wish)
    assert "English only" in _error(draft)
    assert "Insufficient Balance" in _error(draft)


def test_a_script_that_waits_can_be_cancelled(ben, film) -> None:  # type: ignore[no-untyped-def]
    draft = script_request(user=ben, episode=film, wish=WISH)
    job_cancel(user=ben, job=job_of(draft))
    assert run_until_done(job_of(draft)).status == "cancelled"
    assert not is_on_its_way(draft)


def test_the_same_form_and_the_same_wish_are_asked_once(ben, film) -> None:  # type: ignore[no-untyped-def]
    key = uuid4()
    first = script_request(user=ben, episode=film, wish=WISH, key=key)
    assert script_request(user=ben, episode=film, wish=WISH, key=key) == first
    assert script_request(user=ben, episode=film, wish=WISH) == first
    assert is_on_its_way(first)
    run_until_done(job_of(first))
    first.refresh_from_db()
    assert not is_on_its_way(first)
    assert script_request(user=ben, episode=film, wish=WISH, key=key) == first
    assert script_request(user=ben, episode=film, wish=WISH) != first


def test_only_those_who_make_may_ask_edit_and_use(vic, dan, ben, film) -> None:  # type: ignore[no-untyped-def]
    draft = _written(ben, film)
    for who, kind in ((vic, NotAllowed), (dan, NotFound)):
        with pytest.raises(kind):
            script_request(user=who, episode=film, wish=WISH)
        with pytest.raises(kind):
            draft_edit(user=who, draft=draft, text="INT. X - DAY\n\nA.", version=1)
        with pytest.raises(kind):
            draft_use(user=who, draft=draft, version=1)


def test_a_draft_is_edited_on_the_version_that_was_read_and_then_used(ben, ada, film) -> None:  # type: ignore[no-untyped-def]
    draft = _written(ben, film)
    text = draft.text.replace("the lost ferry", "the found ferry")
    edited = draft_edit(user=ada, draft=draft, text=text, version=1)
    assert (edited.version, edited.is_edited) == (2, True)
    assert draft_edit(user=ada, draft=draft, text=text, version=2).version == 2
    with pytest.raises(StaleEdit, match="version 2 by now"):
        draft_edit(user=ben, draft=draft, text="mine", version=1)
    with pytest.raises(StaleEdit, match="read it again"):
        draft_use(user=ben, draft=draft, version=1)
    with pytest.raises(InputError, match="empty"):
        draft_edit(user=ben, draft=draft, text=" ", version=2)
    used = draft_use(user=ben, draft=draft, version=2)
    assert "the found ferry" in used.script_text
    assert used.script_name == "the_lost_ferry.fountain"
    assert Shot.objects.filter(scene__episode=film).count() >= 8
    imports = Event.objects.filter(verb="script.imported").count()
    draft_use(user=ben, draft=draft, version=2)
    assert Event.objects.filter(verb="script.imported").count() == imports


def test_a_draft_that_is_not_written_is_neither_edited_nor_used(ben, film) -> None:  # type: ignore[no-untyped-def]
    draft = script_request(user=ben, episode=film, wish=WISH)
    with pytest.raises(StateError, match="not written yet"):
        draft_edit(user=ben, draft=draft, text="x", version=0)
    with pytest.raises(StateError, match="not written yet"):
        draft_use(user=ben, draft=draft, version=0)


def _style(**changes):  # type: ignore[no-untyped-def]
    values = {
        "name": "space_opera", "title": "Space opera", "tone": "Wide.", "structure": ["a", "b"],
        "places": ["INT. BRIDGE - NIGHT"], "avoid": ["battles"], "outline": "sci_fi", "source": "us",
    }  # fmt: skip
    return ScriptStyle(**{**values, **changes})


def test_a_sites_own_style_is_written_in(ben, film) -> None:  # type: ignore[no-untyped-def]
    row = _style()
    row.full_clean()
    row.save()
    assert list(styles_now())[-1] == "space_opera"
    draft = _written(ben, film, "outline", wish_of(topic="a comet", style="space_opera", shots=12))
    assert "Notes: space opera" in draft.text
    assert len(draft.text) > 500


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": "noir"}, "built-in"),
        ({"name": "Space-Opera"}, "a–z"),
        ({"structure": "first, then"}, "structure"),
        ({"places": [1]}, r"places\[0\]=1"),
        ({"cast_least": 6, "cast_most": 5}, "must not be over"),
        ({"outline": "opera"}, "opera"),
    ],
)
def test_a_style_that_cannot_be_used_is_refused_with_its_field(changes, told) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValidationError, match=told):
        _style(**changes).full_clean()
