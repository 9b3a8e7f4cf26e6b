"""Django's ASGI handler, with a request's whole synchronous way taken in one thread that keeps its connection.

Its own handler gives every request a fresh thread, and with it a fresh connection to the database, and goes to that
thread and back for each half of the way. Both together are a quarter of the CPU of the board's page
(`make bench WHAT=desk`), and with PostgreSQL a log-in at the server for each request.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.db import close_old_connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

THREADS = 8
"""Requests at work at the same time in one process, and so the most connections it holds; house choice."""


class OneHopHandler(ASGIHandler):
    """Answer requests as `ASGIHandler` does, from a few lasting threads; streamed bodies stay on the event loop."""

    def __init__(self) -> None:
        super().__init__()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="request")

    def load_middleware(self, is_async: bool = True) -> None:
        """Build the chain of middleware and views as a synchronous one, whatever is asked."""
        super().load_middleware(is_async=False)

    async def __call__(
        self,
        scope: dict[str, Any],
        receive: Callable[[], Awaitable[Any]],
        send: Callable[[Any], Awaitable[None]],
    ) -> None:
        """Answer one HTTP request; raises `ValueError` for any other kind of connection."""
        if scope["type"] != "http":
            raise ValueError(f"scope type={scope['type']!r} is not served here; valid: 'http'")
        await self.handle(scope, receive, send)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """Return the answer, made in one of the lasting threads."""
        in_thread = sync_to_async(self._respond, thread_sensitive=False, executor=self._threads)
        return await in_thread(request)

    def _respond(self, request: HttpRequest) -> HttpResponseBase:
        # Django's own signals do this in whatever thread they meet; the connection is this thread's.
        close_old_connections()
        try:
            return self.get_response(request)
        finally:
            close_old_connections()


def one_hop_application() -> OneHopHandler:
    """Set Django up and return its application, as `get_asgi_application` does."""
    django.setup(set_prefix=False)
    return OneHopHandler()
