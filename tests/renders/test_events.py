"""The log: numbers without gaps, whoever writes at the same time and whatever is rolled back."""

from __future__ import annotations

import json

import pytest
from django.db import transaction

from projects.events import event_record
from projects.models import Event
from tests.chaos.sites import site  # noqa: F401
from tests.servers import postgres_url  # noqa: F401


def test_an_event_outside_a_transaction_is_refused(transactional_db, project):
    with pytest.raises(RuntimeError, match="belongs in the transaction"):
        event_record(project, "note.added", project)


def test_a_rolled_back_event_leaves_no_gap(project):
    head = Event.objects.filter(project=project).count()
    for is_kept in (False, True):
        with transaction.atomic():
            event_record(project, "note.added", project)
            transaction.set_rollback(not is_kept)
    seqs = list(Event.objects.filter(project=project).values_list("seq", flat=True))
    assert seqs == list(range(1, head + 2))


@pytest.mark.slow
def test_eight_writers_leave_no_gap_and_a_tail_misses_none(site):  # noqa: F811
    _assert_whole(site)


def _assert_whole(made):
    told = json.loads(made.scenario("write_events", "8", "12"))
    # Number 1 is the project's own beginning; `seen` is in the order a tail saw them while they were written.
    assert told["seen"] == list(range(1, told["written"] + 2))
