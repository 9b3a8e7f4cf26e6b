"""An HTTP client whose answers are bounded in bytes and in time, whatever the server does."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from projects.engine.writing.endpointfaults import Garbled, TooSlow

if TYPE_CHECKING:
    import httpx2

MOST_BYTES = 16 * 1024 * 1024
"""Most bytes of an answer. House choice: the longest script in pieces of one word each is under 10 MB."""
CONNECT_SECONDS = 10.0


def bounded_client(
    *,
    silence_seconds: float,
    limit_seconds: float,
    most_bytes: int = MOST_BYTES,
    clock: Callable[[], float] = time.monotonic,
) -> httpx2.Client:
    """Return a client that follows no redirect, uses no proxy of the environment, and stops at the bounds.

    Its answers raise `Garbled` over `most_bytes` or when compressed unasked, and `TooSlow` after `limit_seconds`.
    """
    import httpx2

    class Bounded(httpx2.SyncByteStream):
        def __init__(self, inner: httpx2.SyncByteStream, until: float) -> None:
            self.inner, self.until = inner, until

        def __iter__(self) -> Iterator[bytes]:
            size = 0
            for piece in self.inner:
                size += len(piece)
                if size > most_bytes:
                    raise Garbled(f"the answer is over {most_bytes:,} bytes and was cut off")
                if clock() > self.until:
                    raise TooSlow(f"the answer was not complete after {limit_seconds:g} s")
                yield piece

        def close(self) -> None:
            self.inner.close()

    class Transport(httpx2.HTTPTransport):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            until = clock() + limit_seconds
            request.headers["accept-encoding"] = "identity"
            answer = super().handle_request(request)
            told = answer.headers.get("content-length", "")
            coding = answer.headers.get("content-encoding", "identity").lower()
            if (told.isdigit() and int(told) > most_bytes) or coding != "identity":
                answer.close()
                size = f"{int(told):,} bytes" if told.isdigit() else "compressed unasked"
                raise Garbled(f"the answer is {size}; at most {most_bytes:,} plain bytes are read")
            answer.stream = Bounded(answer.stream, until)  # type: ignore[arg-type]
            return answer

    timeout = httpx2.Timeout(silence_seconds, connect=CONNECT_SECONDS)
    return httpx2.Client(
        transport=Transport(), timeout=timeout, follow_redirects=False, trust_env=False
    )
