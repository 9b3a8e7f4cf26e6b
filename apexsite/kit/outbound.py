"""Calls that leave the house: where they may go, how much of an answer is read, how long it may take.

The address a site configured may stand anywhere, a private network too. Wherever an answer leads on to must be public
https, and the address that was checked is the one that is connected to. Needs httpx2, of the hosted tier.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from apexsite.kit.errors import BackendError, InputError, Transient

if TYPE_CHECKING:
    import httpx2

MOST_ANSWER_BYTES = 64 * 1024 * 1024
MOST_ANSWER_SECONDS = 300.0
CONNECT_SECONDS = 10.0
MOST_REDIRECTS = 3
"""House choices: a 4K picture in base64 is under 40 MB; nobody draws one picture for five minutes once begun."""

SECRET_HEADERS = ("authorization", "x-goog-api-key", "cookie", "proxy-authorization")
Resolve = Callable[[str, int], Iterable[str]]
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of an answer is read, how long it is waited for, and the class of fault that is more than that.

    `silence_seconds` is the longest wait for the next piece; `most_seconds` counts from an answer's first byte, or from
    the asking where `counts_wait`. `unfit` is too long or packed unasked.
    """

    most_bytes: int = MOST_ANSWER_BYTES
    most_seconds: float = MOST_ANSWER_SECONDS
    silence_seconds: float = MOST_ANSWER_SECONDS
    counts_wait: bool = False
    unfit: type[BackendError] = Transient
    too_slow: type[BackendError] = Transient


class AddressRefused(BackendError):
    """An answer led to an address that is not public, or is not https: not followed, and not asked again."""

    fault = "invalid"
    permanent = True


def base_url_checked(url: str, *, name: str) -> str:
    """Return a configured address without its last slash; raises `InputError` that names the setting.

    What the setting holds is never said, also not by the cause: a password or a key may stand anywhere in what is no address.
    """
    try:
        parts = urlsplit(url)
        has_person = bool(parts.username or parts.password)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname)
        is_address = is_address and parts.port != 0
    except ValueError:
        has_person = is_address = False
    if has_person:
        raise InputError(
            f"{name} must hold no user name or password; a key has a setting of its own"
        )
    if not is_address:
        raise InputError(
            f"{name} must be an address such as https://host/path, with http or https; what it holds is none"
        )
    return url.rstrip("/")


def origin_of(url: str) -> tuple[str, str, int]:
    """Return scheme, host and port of an address.

    >>> origin_of("https://example.org/a/b")
    ('https', 'example.org', 443)
    """
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return parts.scheme, (parts.hostname or "").lower(), port


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the public internet; one that carries another is judged by it.

    Source: the IANA special-purpose registries, as Python's ipaddress reads them.

    >>> [is_public(a) for a in ("8.8.8.8", "169.254.169.254", "::ffff:10.0.0.1", "64:ff9b::7f00:1")]
    [True, False, False, False]
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if found in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast and not found.is_reserved


def resolved(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as err:
        raise Transient(f"{host} cannot be found from here: {err}") from err
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def public_address(host: str, port: int, *, resolve: Resolve = resolved) -> str:
    """Return an address of a host to connect to; raises `AddressRefused` when any of them is not public."""
    addresses = list(resolve(host, port))
    for address in addresses:
        if not is_public(address):
            raise AddressRefused(
                f"an answer led to {host} ({address}), which is no public address; it was not followed"
            )
    return addresses[0]


def guarded_client(
    base_url: str,
    *,
    bounds: Bounds | None = None,
    most_redirects: int = MOST_REDIRECTS,
    resolve: Resolve = resolved,
    listen: Callable[[httpx2.Response], None] | None = None,
    clock: Clock = time.monotonic,
) -> httpx2.Client:
    """Return a client for one configured address, bound by the rules of this module; close it after use.

    With no redirects to follow, an answer that leads on is given as it came. `listen` is told every answer as it is read.
    """
    import httpx2

    bounds = bounds or Bounds()
    # Read as the client will write it in its questions: a name in other letters goes out in ASCII.
    base = origin_of(str(httpx2.URL(base_url)))
    return httpx2.Client(
        transport=_transport(base, bounds, resolve, clock),
        timeout=httpx2.Timeout(bounds.silence_seconds, connect=CONNECT_SECONDS),
        follow_redirects=most_redirects > 0,
        max_redirects=most_redirects,
        trust_env=False,
        event_hooks={"response": [listen] if listen else []},
    )


def _transport(
    base: tuple[str, str, int], bounds: Bounds, resolve: Resolve, clock: Clock
) -> httpx2.HTTPTransport:
    """Return a transport that refuses where an answer may not lead, keeps secrets home, bounds what comes back."""
    import httpcore2
    import httpx2

    class Guarded(httpx2.HTTPTransport):
        def __init__(self) -> None:
            trusted = httpx2.create_ssl_context()
            super().__init__(verify=trusted)
            self._pool = httpcore2.ConnectionPool(
                ssl_context=trusted, network_backend=_lines(base, resolve)
            )

        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            if origin_of(str(request.url)) != base:
                if request.url.scheme != "https":
                    raise AddressRefused(
                        f"an answer led to {request.url.scheme}://{request.url.host}, which is not https"
                    )
                public_address(request.url.host, request.url.port or 443, resolve=resolve)
                for name in SECRET_HEADERS:
                    request.headers.pop(name, None)
            # Packed answers would be counted before they are unpacked; pictures gain nothing by it.
            request.headers["accept-encoding"] = "identity"
            until = clock() + bounds.most_seconds if bounds.counts_wait else None
            response = super().handle_request(request)
            _bound(response, bounds, until, clock)
            return response

    return Guarded()


def _lines(base: tuple[str, str, int], resolve: Resolve) -> Any:
    """Return what connects: to the configured host as it is, to others by the address that was checked."""
    import httpcore2

    class Checked(httpcore2.SyncBackend):
        def connect_tcp(self, host: str, port: int, *args: Any, **more: Any) -> Any:
            is_base = (host.lower(), port) == base[1:]
            where = host if is_base else public_address(host, port, resolve=resolve)
            return super().connect_tcp(where, port, *args, **more)

    return Checked()


def _bound(response: httpx2.Response, bounds: Bounds, until: float | None, clock: Clock) -> None:
    """Refuse an answer that says it is unfit; let its stream end in a fault once it is too long or takes too long."""
    import httpx2

    told = response.headers.get("content-length", "")
    unfit = ""
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        unfit = "compressed unasked"
    elif told.isdigit() and int(told) > bounds.most_bytes:
        unfit = f"{int(told):,} bytes"
    if unfit:
        response.close()
        raise bounds.unfit(
            f"the answer is {unfit}; at most {bounds.most_bytes:,} plain bytes are read"
        )
    stream: Any = response.stream

    class Bounded(httpx2.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            taken = 0
            end = clock() + bounds.most_seconds if until is None else until
            for part in stream:
                taken += len(part)
                if taken > bounds.most_bytes:
                    raise bounds.unfit(
                        f"the answer is over {bounds.most_bytes:,} bytes and was cut off"
                    )
                if clock() > end:
                    raise bounds.too_slow(
                        f"the answer was not complete after {bounds.most_seconds:g} s"
                    )
                yield part

        def close(self) -> None:
            stream.close()

    response.stream = Bounded()
