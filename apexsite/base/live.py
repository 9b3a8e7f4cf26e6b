"""A nudge between web processes: "there is something new in the log". The log stays the truth; a lost nudge costs a moment.

Without Redis nothing is sent: every web process looks at the log by itself, `APEX_TAIL_SECONDS` apart.
"""

from __future__ import annotations

import asyncio

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.conf import settings
from django.db import transaction

GROUP = "apex.log"


def nudge_after_commit() -> None:
    """Wake every web process when the present transaction has committed; a Redis that is away harms nothing."""
    if settings.APEX_REDIS_URL:
        transaction.on_commit(_nudge, robust=True)


def _nudge() -> None:
    async_to_sync(get_channel_layer().group_send)(GROUP, {"type": "nudge"})


class NudgeListener:
    """Waits for a nudge or for the time to look anyway, whichever comes first."""

    def __init__(self) -> None:
        self._channel: str | None = None

    async def wait(self) -> None:
        """Return at a nudge, at the latest after `APEX_TAIL_SECONDS`."""
        if not settings.APEX_REDIS_URL:
            await asyncio.sleep(settings.APEX_TAIL_SECONDS)
            return
        from redis.exceptions import RedisError

        layer = get_channel_layer()
        try:
            async with asyncio.timeout(settings.APEX_TAIL_SECONDS):
                if self._channel is None:
                    self._channel = await layer.new_channel()
                    await layer.group_add(GROUP, self._channel)
                await layer.receive(self._channel)
        except TimeoutError:
            return
        except (OSError, RedisError):
            # Redis is away: look as if there were none, and join again when it is back.
            self._channel = None
            await asyncio.sleep(settings.APEX_TAIL_SECONDS)
