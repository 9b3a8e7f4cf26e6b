"""A browser's end of a websocket, without a server between."""

from __future__ import annotations

import json
from typing import Any

from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async
from django.contrib.auth.models import User
from django.test import Client

from apexsite.asgi import application

PATIENCE_SECONDS = 10


def cookie_of(user: User | None) -> bytes:
    """Log a person in and return the session cookie; nobody has none."""
    if user is None:
        return b""
    client = Client()
    client.force_login(user)
    return f"sessionid={client.cookies['sessionid'].value}".encode()


async def socket_of(user: User | None, project_id: object, query: bytes = b"") -> Socket:
    """Open the socket of a project as a person or as nobody."""
    socket = Socket(await database_sync_to_async(cookie_of)(user), project_id, query)
    await socket.connect()
    return socket


class Socket(ApplicationCommunicator):
    """Speaks to the whole site, with the session cookie of a person or none."""

    def __init__(self, cookie: bytes, project_id: object, query: bytes) -> None:
        headers = [(b"origin", b"http://testserver"), (b"cookie", cookie)]
        super().__init__(
            application,
            {
                "type": "websocket",
                "path": f"/ws/projects/{project_id}/",
                "query_string": query,
                "headers": headers,
                "subprotocols": [],
            },
        )

    async def connect(self) -> None:
        """Open; the site always accepts, because a browser sees the code of an accepted socket only."""
        await self.send_input({"type": "websocket.connect"})
        assert (await self.receive_output(PATIENCE_SECONDS))["type"] == "websocket.accept"

    async def receive(self) -> dict[str, Any]:
        """Return the next message."""
        message = await self.receive_output(PATIENCE_SECONDS)
        assert message["type"] == "websocket.send", message
        found: dict[str, Any] = json.loads(message["text"])
        return found

    async def messages_until_closed(self) -> tuple[list[dict[str, Any]], int]:
        """Return what is still said, and the code the site closes with."""
        said = []
        while (message := await self.receive_output(PATIENCE_SECONDS))["type"] == "websocket.send":
            said.append(json.loads(message["text"]))
        return said, message["code"]

    async def disconnect(self) -> None:
        """Go away and wait until the site noticed."""
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait(PATIENCE_SECONDS)
