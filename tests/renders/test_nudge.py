"""With Redis a web process hears of an event at once, and without it soon; the log is the truth either way."""

from __future__ import annotations

import asyncio

import pytest
from asgiref.sync import async_to_sync
from channels.db import database_sync_to_async as rows
from django.db import transaction

from projects.events import event_record
from tests.renders.sockets import socket_of
from tests.servers import redis_url  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)


def note(project, number: int) -> None:
    with transaction.atomic():
        event_record(project, "note.added", project, payload={"number": number})


@pytest.fixture
def with_redis(settings, redis_url):  # noqa: F811
    settings.APEX_REDIS_URL = redis_url
    settings.CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [redis_url]},
        }
    }


def heard(project, user, number: int, patience: float) -> bool:
    """Say whether an event reaches a socket; `patience` seconds pass first so that the tail is waiting."""
    found = []

    async def scenario() -> None:
        socket = await socket_of(user, project.pk)
        await socket.receive()
        await asyncio.sleep(patience)
        await rows(note)(project, number)
        found.append((await socket.receive())["payload"]["number"])
        await socket.disconnect()

    async_to_sync(scenario)()
    return found == [number]


@pytest.mark.slow
def test_a_nudge_through_redis_wakes_a_tail_that_would_sleep_for_long(
    project, ben, settings, with_redis
):
    # The socket waits ten seconds at most; the tail alone would look after an hour.
    settings.APEX_TAIL_SECONDS = 3600
    assert heard(project, ben, 7, patience=1.0)


def test_a_redis_that_is_away_costs_a_moment_and_nothing_more(project, ben, settings, tmp_path):
    settings.APEX_TAIL_SECONDS = 0.05
    settings.APEX_REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    settings.CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [settings.APEX_REDIS_URL]},
        }
    }
    assert heard(project, ben, 8, patience=0.2)
