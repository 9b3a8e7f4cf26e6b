"""A wire between a browser and the studio that can be cut: every connection falls and no new one is taken, until mended."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit


class Wire:
    """Carries TCP from a port of its own to the studio's."""

    def __init__(self, address: str) -> None:
        self._target = ("127.0.0.1", urlsplit(address).port)
        self._ends: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._is_whole = True
        self._door = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Let every connection fall and take no new one."""
        with self._lock:
            self._is_whole = False
            for end in self._ends:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
            self._ends.clear()

    def mend(self) -> None:
        """Take connections again."""
        with self._lock:
            self._is_whole = True

    def close(self) -> None:
        """Stop for good."""
        self.cut()
        self._door.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
            except OSError:
                return
            try:
                with self._lock:
                    if not self._is_whole:
                        near.close()
                        continue
                    far = socket.create_connection(self._target)
                    self._ends |= {near, far}
            except OSError:
                near.close()
                continue
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(source, sink), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while chunk := source.recv(65536):
                sink.sendall(chunk)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        with self._lock:
            self._ends -= {source, sink}


@contextmanager
def wire(address: str) -> Iterator[Wire]:
    """Open a wire to a studio; it is taken down at the end."""
    made = Wire(address)
    try:
        yield made
    finally:
        made.close()
