"""`produce --topic` and `episode`: who writes is chosen, told and recorded; a second run asks nobody again."""

from __future__ import annotations

import json

import pytest

from apexsite.kit.errors import StateError
from projects.engine.writing.wish import wish_of
from projects.models import Project, ScriptDraft, Shot
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
