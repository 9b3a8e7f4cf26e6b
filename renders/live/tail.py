"""One poller a web process tails the log and the progress of the projects somebody watches, and tells the sockets.

It reads only while there are subscribers, so an idle site costs nothing.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from channels.db import database_sync_to_async
from django.db import Error as DatabaseError

from apexsite.base.live import NudgeListener
from renders.live.reading import OPEN, Message, events_after, pairs_allowed, task_changes

log = logging.getLogger(__name__)

CLOSE_REMOVED = 4403
CLOSE_BEHIND = 1013
"""RFC 6455 registry, "try again later": the client comes back with its last seq and misses nothing."""
MOST_WAITING = 2000
"""Messages a slow socket may leave unread before it is closed; house choice."""
RECHECK_SECONDS = 0.5
"""Between two looks whether everybody may still watch; house choice, so that a removal shows within a second."""


@dataclass(eq=False, slots=True)
class Subscriber:
    """One socket: who watches what, what it was told, and what waits to be sent (a number closes it)."""

    user_id: Any
    project_id: UUID
    seq: int
    revisions: dict[UUID, int] = field(default_factory=dict)
    outbox: asyncio.Queue[Message | int] = field(
        default_factory=lambda: asyncio.Queue(MOST_WAITING + 1)
    )

    def tell(self, events: Iterable[Message], tasks: dict[UUID, tuple[int, Message]]) -> bool:
        """Queue what is new to this socket; False when it is too far behind."""
        fresh = [event for event in events if event["seq"] > self.seq]
        for pk, (revision, message) in tasks.items():
            if self.revisions.get(pk) != revision:
                fresh.append(message)
            if message["status"] in OPEN:
                self.revisions[pk] = revision
            else:
                self.revisions.pop(pk, None)
        if self.outbox.qsize() + len(fresh) > MOST_WAITING:
            return False
        for message in fresh:
            self.outbox.put_nowait(message)
            self.seq = message.get("seq", self.seq)
        return True


@dataclass(slots=True)
class Reading:
    """What one look at the rows found."""

    events: dict[UUID, list[Message]]
    tasks: dict[UUID, dict[UUID, tuple[int, Message]]]
    allowed: set[tuple[Any, UUID]] | None


class Tail:
    """The subscribers of one event loop and the task that reads for them."""

    def __init__(self) -> None:
        self.subscribers: set[Subscriber] = set()
        self._task: asyncio.Task[None] | None = None
        self._checked = 0.0
        self._nudges = NudgeListener()

    def join(self, subscriber: Subscriber) -> None:
        """Add a socket; the first one starts the poller."""
        self.subscribers.add(subscriber)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._poll())

    def leave(self, subscriber: Subscriber) -> None:
        """Take a socket away; the poller ends at its next look when it was the last."""
        self.subscribers.discard(subscriber)

    async def _poll(self) -> None:
        while self.subscribers:
            try:
                await self._look()
            except DatabaseError:
                # The sockets stay: their seq is kept, so the next look that works tells all of it.
                log.exception("the tail could not read; it tries again")
            await self._nudges.wait()

    async def _look(self) -> None:
        watching = tuple(self.subscribers)
        seqs: dict[UUID, int] = {}
        known: dict[UUID, set[UUID]] = defaultdict(set)
        for one in watching:
            seqs[one.project_id] = min(one.seq, seqs.get(one.project_id, one.seq))
            known[one.project_id].update(one.revisions)
        is_due = time.monotonic() - self._checked >= RECHECK_SECONDS
        pairs = [(one.user_id, one.project_id) for one in watching]
        reading = await database_sync_to_async(_read)(seqs, known, pairs, is_due)
        if reading.allowed is not None:
            self._checked = time.monotonic()
        for one in watching:
            if reading.allowed is not None and (one.user_id, one.project_id) not in reading.allowed:
                self._close(one, CLOSE_REMOVED)
            elif not one.tell(reading.events[one.project_id], reading.tasks[one.project_id]):
                self._close(one, CLOSE_BEHIND)

    def _close(self, subscriber: Subscriber, code: int) -> None:
        self.leave(subscriber)
        subscriber.outbox.put_nowait(code)


def _read(
    seqs: dict[UUID, int],
    known: dict[UUID, set[UUID]],
    pairs: list[tuple[Any, UUID]],
    is_due: bool,
) -> Reading:
    events = {project: events_after(project, seq) for project, seq in seqs.items()}
    tasks = {project: task_changes(project, known[project]) for project in seqs}
    # Who was taken off must not read what happened after: look before telling, not at the next turn.
    has_moved = any(e["verb"].startswith("member.") for told in events.values() for e in told)
    return Reading(events, tasks, pairs_allowed(pairs) if is_due or has_moved else None)


_tails: WeakKeyDictionary[asyncio.AbstractEventLoop, Tail] = WeakKeyDictionary()


def tail() -> Tail:
    """Return the tail of the running event loop; a web process has one loop, so one tail."""
    return _tails.setdefault(asyncio.get_running_loop(), Tail())
