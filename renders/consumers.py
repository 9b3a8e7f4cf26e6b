"""`ws/projects/<uuid>/?since=<seq>`: what happened since, then what happens, to people with a role in the project."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import Error as DatabaseError

from apexsite.kit.errors import NotAllowed, NotFound
from projects import access
from renders.live.reading import Message, events_after, last_seq, pairs_allowed
from renders.live.tail import CLOSE_REMOVED, Subscriber, tail

log = logging.getLogger(__name__)

CLOSE_BAD_REQUEST, CLOSE_ANONYMOUS, CLOSE_STRANGER, CLOSE_ERROR = 4400, 4401, 4404, 1011


class ProjectConsumer(AsyncWebsocketConsumer):
    """Replays the log from `since`, then forwards what the tail tells. Listens to nothing."""

    channel_layer_alias = ""
    """None: the tail tells a socket everything, so no channel of its own is opened, and no Redis can keep it shut."""
    subscriber: Subscriber | None = None
    sender: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        """Check who asks; a refusal is a close code, which a browser sees only on an accepted socket."""
        await self.accept()
        user = self.scope["user"]
        if not user.is_authenticated:
            await self.close(code=CLOSE_ANONYMOUS)
            return
        project_id = self.scope["url_route"]["kwargs"]["project_id"]
        try:
            since = _since(self.scope["query_string"])
            head = await database_sync_to_async(_head)(user, project_id)
        except ValueError:
            await self.close(code=CLOSE_BAD_REQUEST)
            return
        except (NotFound, NotAllowed):
            await self.close(code=CLOSE_STRANGER)
            return
        await self._send({"type": "live", "last_seq": head})
        # In a task of its own, so that a client which goes away in the middle of a long replay is noticed.
        self.sender = asyncio.create_task(
            self._forward(user.pk, project_id, head if since is None else min(since, head))
        )

    async def disconnect(self, code: int) -> None:
        """Leave the tail."""
        if self.subscriber is not None:
            tail().leave(self.subscriber)
        if self.sender is not None and self.sender is not asyncio.current_task():
            self.sender.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self.sender

    async def _forward(self, user_id: Any, project_id: UUID, seq: int) -> None:
        try:
            await self._replay_then_follow(user_id, project_id, seq)
        except DatabaseError:
            log.exception("a replay could not be read")
            await self.close(code=CLOSE_ERROR)

    async def _replay_then_follow(self, user_id: Any, project_id: UUID, seq: int) -> None:
        while page := await database_sync_to_async(_page)(user_id, project_id, seq):
            for event in page:
                await self._send(event)
            seq = page[-1]["seq"]
        if page is None:
            await self.close(code=CLOSE_REMOVED)
            return
        subscriber = self.subscriber = Subscriber(user_id, project_id, seq)
        tail().join(subscriber)
        while not isinstance(message := await subscriber.outbox.get(), int):
            await self._send(message)
        await self.close(code=message)

    async def _send(self, message: dict[str, Any]) -> None:
        await self.send(text_data=json.dumps(message))


def _since(query: bytes) -> int | None:
    values = parse_qs(query.decode("ascii")).get("since")
    if not values:
        return None
    since = int(values[-1])
    if since < 0:
        raise ValueError(f"since={since} must be 0 or more")
    return since


def _page(user_id: Any, project_id: UUID, seq: int) -> list[Message] | None:
    """Return the next events, or None for who is no member any more."""
    page = events_after(project_id, seq)
    # Asked after reading: whoever is a member now was one when each of these events was committed.
    return page if pairs_allowed([(user_id, project_id)]) else None


def _head(user: Any, project_id: UUID) -> int:
    access.project_for(user, project_id, right="view")
    return last_seq(project_id)
