"""`produce --topic` and `episode`: who writes is chosen, told and recorded; a second run asks nobody again."""

from __future__ import annotations

import json

import pytest

from apexsite.kit.errors import InputError, StateError
from projects.engine.writing.wish import wish_of
from projects.models import Project, ScriptDraft, Shot
from renders.services.health import health_rows
from renders.services.jobs import run_until_done
from renders.services.writtenproductions import production_from_topic, written_by
from tests.writing.loopback import endpoint, fails, says
from tests.writing.test_answer import GOOD

pytestmark = pytest.mark.django_db
WISH = wish_of(topic="the lost ferry", style="noir", shots=12)


def run(title: str, jobs) -> None:  # type: ignore[no-untyped-def]
    """Do jobs in this process."""
    for job in jobs:
        run_until_done(job)


def test_a_topic_becomes_shots_and_a_second_run_writes_nothing_new(ada) -> None:  # type: ignore[no-untyped-def]
    production, draft = production_from_topic(
        user=ada, name="Ferry", wish=WISH, writer="outline", run=run
    )
    assert Shot.objects.filter(scene__episode=production.episode).count() == 12
    told = written_by(draft)
    assert (told["writer"], told["hops"]) == ("outline", [])
    assert "no language model" in told["credit"]
    again, same = production_from_topic(
        user=ada, name="Ferry", wish=WISH, writer="outline", run=run
    )
    assert (same, again.episode) == (draft, production.episode)
    assert ScriptDraft.objects.count() == Project.objects.count() == 1


def test_a_style_or_writer_there_is_not_starts_nothing(ada) -> None:  # type: ignore[no-untyped-def]
    for style, writer in (("opera", "auto"), ("noir", "ghost")):
        wish = wish_of(topic="x", style=style)
        with pytest.raises(InputError, match="is not known; valid"):
            production_from_topic(user=ada, name="None", wish=wish, writer=writer, run=run)
    assert not Project.objects.exists()


def test_the_doctor_says_who_would_write(db, settings) -> None:  # type: ignore[no-untyped-def]
    def row():  # type: ignore[no-untyped-def]
        return next(row for row in health_rows() if row.name == "script writer")

    assert "outline writer" in row().detail
    settings.APEX_WRITER_URL, settings.APEX_WRITER_MODEL = "http://127.0.0.1:1/v1", "glm-4.6"
    settings.APEX_WRITER_KEY = "secret"
    assert row().detail in ("glm-4.6 at 127.0.0.1", "its client is not installed")


@pytest.mark.hosted
def test_the_endpoint_writes_where_there_is_one_and_the_hop_is_told_where_it_fails(
    ada, settings
) -> None:  # type: ignore[no-untyped-def]
    settings.APEX_WRITER_MODEL, settings.APEX_WRITER_PATIENCE_SECONDS = "m-1", 0
    broken = fails(401, {"error": "no such key"})
    with endpoint(says(json.dumps(GOOD)), broken) as server:
        settings.APEX_WRITER_URL = server.url
        _, draft = production_from_topic(user=ada, name="One", wish=WISH, run=run)
        assert written_by(draft)["model"] == "m-1"
        _, fallen = production_from_topic(user=ada, name="Two", wish=WISH, run=run)
        assert written_by(fallen)["hops"][0]["fault"] == "auth"
        with pytest.raises(StateError, match=r"not written: m-1 at .*: no such key"):
            production_from_topic(user=ada, name="Three", wish=WISH, writer="endpoint", run=run)
