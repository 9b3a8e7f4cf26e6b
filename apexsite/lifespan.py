"""The life of a web process: what somebody would otherwise wait for is compiled in the background when it starts."""

from __future__ import annotations

import logging
import threading
from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings

Message = dict[str, Any]
log = logging.getLogger(__name__)


async def lifespan(
    scope: Message,
    receive: Callable[[], Awaitable[Message]],
    send: Callable[[Message], Awaitable[None]],
) -> None:
    """Answer the server's start and stop. Source: the ASGI specification's lifespan protocol."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            if settings.APEX_WARM_WEB:
                threading.Thread(target=warm, name="warm", daemon=True).start()
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await send({"type": "lifespan.shutdown.complete"})
            return


def warm() -> None:
    """Compile what draws a preview clip; where that fails the first preview says why, and pages are served all the same."""
    from renders.engine.warm import warm_painter

    try:
        warm_painter()
    except Exception:
        log.exception("the painter could not be warmed")
