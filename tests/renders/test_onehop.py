"""The web's front door: lasting threads that keep their connections."""

from __future__ import annotations

import asyncio
import threading

import pytest
from django.http import HttpResponse

from apexsite.onehop import THREADS, OneHopHandler


class Naming(OneHopHandler):
    """Answers with the name of the thread that does the work."""

    def get_response(self, request):
        return HttpResponse(threading.current_thread().name)


async def asked(handler, kind="http"):
    told, heard = [], iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive():
        message = next(heard, None)
        if message is None:
            await asyncio.Event().wait()
        return message

    async def send(message):
        told.append(message)

    scope = {"type": kind, "method": "GET", "path": "/", "query_string": b"", "headers": []}
    await handler(scope, receive, send)
    return told[0]["status"], told[1]["body"].decode()


def test_requests_are_answered_by_a_few_lasting_threads():
    async def many():
        handler = Naming()
        return [await asked(handler) for _ in range(3 * THREADS)]

    answers = asyncio.run(many())
    assert {status for status, _ in answers} == {200}
    names = {name for _, name in answers}
    assert all(name.startswith("request_") for name in names)
    assert len(names) <= THREADS


def test_what_is_no_request_is_refused():
    with pytest.raises(ValueError, match="valid: 'http'"):
        asyncio.run(asked(Naming(), kind="lifespan"))
