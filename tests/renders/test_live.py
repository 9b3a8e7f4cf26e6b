"""The socket of a project: replay, then live; and who gets none."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import urlparse
from uuid import uuid4

import pytest
from asgiref.sync import async_to_sync
from channels.db import database_sync_to_async as rows
from channels.security.websocket import AllowedHostsOriginValidator
from django.contrib.auth.models import User
from django.db import transaction

from apexsite.asgi import application
from projects.events import event_record
from projects.models import Event
from projects.services.projects import member_remove
from renders import states
from renders.live import reading
from renders.live import tail as tail_module
from renders.progress import RowProgress
from renders.services.jobs import job_create
from tests.renders.sockets import socket_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def quick_tail(settings):
    settings.APEX_TAIL_SECONDS = 0.02


def note(project, number: int) -> None:
    with transaction.atomic():
        event_record(project, "note.added", project, payload={"number": number})


def in_loop(scenario: Callable[[], Awaitable[None]]) -> None:
    async_to_sync(scenario)()


def refused(user: User | None, project_id: object, query: bytes = b"") -> int:
    codes = []

    async def scenario() -> None:
        socket = await socket_of(user, project_id, query)
        said, code = await socket.messages_until_closed()
        assert said == []
        codes.append(code)

    in_loop(scenario)
    return codes[0]


def test_an_anonymous_visitor_is_refused(project):
    assert refused(None, project.pk) == 4401


def test_a_stranger_learns_no_more_than_of_a_project_that_is_not_there(project, dan):
    assert refused(dan, project.pk) == refused(dan, uuid4()) == 4404


@pytest.mark.parametrize("since", [b"soon", b"-1"])
def test_a_since_that_is_no_number_is_refused(project, vic, since):
    assert refused(vic, project.pk, b"since=" + since) == 4400


def test_a_page_of_another_site_opens_no_socket(settings):
    settings.ALLOWED_HOSTS = ["apex.example"]
    # The validator keeps the hosts it was made with, so a fresh one is asked.
    validator = AllowedHostsOriginValidator(application)
    assert isinstance(application.application_mapping["websocket"], type(validator))
    assert not validator.valid_origin(urlparse("http://evil.example"))
    assert validator.valid_origin(urlparse("http://apex.example"))


def test_a_replay_goes_over_into_the_live_log_without_gap_or_repeat(project, vic, monkeypatch):
    monkeypatch.setattr(reading, "PAGE", 4)
    for number in range(11):
        note(project, number)
    head = reading.last_seq(project.pk)
    seen: list[int] = []

    async def scenario() -> None:
        socket = await socket_of(vic, project.pk, b"since=2")
        assert await socket.receive() == {"type": "live", "last_seq": head}
        for number in range(6):
            await rows(note)(project, number)
            seen.append((await socket.receive())["seq"])
        while seen[-1] < head + 6:
            seen.append((await socket.receive())["seq"])
        assert await socket.receive_nothing(timeout=0.2)
        await socket.disconnect()

    in_loop(scenario)
    assert seen == list(range(3, head + 7))


def test_an_event_says_what_happened_to_what_and_who_did_it(project, vic):
    event = Event.objects.filter(project=project, seq=1).get()

    async def scenario() -> None:
        socket = await socket_of(vic, project.pk, b"since=0")
        await socket.receive()
        assert await socket.receive() == {
            "type": "event",
            "seq": 1,
            "verb": "project.created",
            "target_kind": "project",
            "target_id": str(project.pk),
            "actor": "ada",
            "at": event.at.isoformat(),
            "payload": {"name": "Night Bus"},
        }
        await socket.disconnect()

    in_loop(scenario)


def test_without_since_only_what_happens_from_now_on_is_told(project, vic):
    async def scenario() -> None:
        socket = await socket_of(vic, project.pk)
        head = (await socket.receive())["last_seq"]
        await rows(note)(project, 1)
        assert (await socket.receive())["seq"] == head + 1
        await socket.disconnect()

    in_loop(scenario)


def test_who_is_taken_off_the_project_is_closed_before_hearing_of_it(
    project, ada, ben, vic, monkeypatch
):
    # The event alone must do it, without the regular look.
    monkeypatch.setattr(tail_module, "RECHECK_SECONDS", 3600.0)

    async def scenario() -> None:
        stays, goes = await socket_of(ben, project.pk), await socket_of(vic, project.pk)
        for socket in (stays, goes):
            await socket.receive()
        await rows(member_remove)(user=ada, project=project, member=vic)
        assert await goes.messages_until_closed() == ([], 4403)
        assert (await stays.receive())["verb"] == "member.removed"
        await stays.disconnect()

    in_loop(scenario)


def test_who_is_deactivated_is_closed_though_no_event_says_so(project, vic):
    async def scenario() -> None:
        socket = await socket_of(vic, project.pk)
        await socket.receive()
        await rows(User.objects.filter(pk=vic.pk).update)(is_active=False)
        assert await socket.messages_until_closed() == ([], 4403)

    in_loop(scenario)


def test_progress_and_the_end_of_a_task_are_told(project, ben, vic):
    job = job_create(user=ben, project=project, kind="told", title="told", requests=[{}])

    async def scenario() -> None:
        socket = await socket_of(vic, project.pk)
        await socket.receive()
        task = await rows(states.task_claim)(queue="cpu", worker="w")
        assert (await socket.receive())["status"] == "running"
        await rows(RowProgress(task).advance)(3, 10, "drawing")
        assert await socket.receive() == {
            "type": "progress",
            "job": str(job.pk),
            "task": str(task.pk),
            "shot": None,
            "kind": "told",
            "status": "running",
            "done": 3,
            "total": 10,
            "message": "drawing",
        }
        await rows(states.task_fail)(task, task.fence, error="the pen broke")
        last = await socket.receive()
        assert (last["status"], last["message"]) == ("failed", "the pen broke")
        assert await socket.receive_nothing(timeout=0.2)
        await socket.disconnect()

    in_loop(scenario)


def test_a_project_hears_nothing_of_another(project, ada, vic):
    from projects.services.projects import project_create

    other = project_create(user=ada, name="Other", width=192, height=108)

    async def scenario() -> None:
        socket = await socket_of(vic, project.pk)
        await socket.receive()
        await rows(note)(other, 1)
        assert await socket.receive_nothing(timeout=0.3)
        await socket.disconnect()

    in_loop(scenario)


def test_the_tail_reads_nothing_when_nobody_watches(project, vic, monkeypatch):
    looks = []
    look = tail_module._read
    monkeypatch.setattr(tail_module, "_read", lambda *a: looks.append(1) or look(*a))

    async def scenario() -> None:
        socket = await socket_of(vic, project.pk)
        await socket.receive()
        await rows(note)(project, 1)
        await socket.receive()
        await socket.disconnect()
        await asyncio.sleep(0.1)
        looks.clear()
        await asyncio.sleep(0.2)

    in_loop(scenario)
    assert looks == []


def test_a_socket_that_does_not_read_is_closed_to_come_back_later():
    slow = tail_module.Subscriber(1, uuid4(), 0)
    many = [{"type": "event", "seq": n} for n in range(1, tail_module.MOST_WAITING + 2)]
    assert slow.tell(many[:-1], {})
    assert not slow.tell(many, {})
    assert slow.seq == tail_module.MOST_WAITING
