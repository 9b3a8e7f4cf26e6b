"""What both sides of a bench share: a served site asked over one kept connection, its CPU read from the kernel."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
START_SECONDS = 90


@dataclass(slots=True)
class Side:
    """A site that runs: where it answers, what is asked of it, and whose CPU is counted."""

    name: str
    port: int
    path: str
    headers: dict[str, str]
    web: int
    database: int | None = None
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _link: http.client.HTTPConnection | None = None

    def ask(self, path: str = "", *, method: str = "GET", body: bytes | None = None) -> bytes:
        """Return the body of an answer; anything but 2xx ends the bench."""
        try:
            answer, content = self._sent(method, path or self.path, body)
        except (http.client.RemoteDisconnected, ConnectionError):
            # A server lets an idle connection go; what it did not answer is asked once more on a new one.
            self.connect_anew()
            answer, content = self._sent(method, path or self.path, body)
        if not 200 <= answer.status < 300:
            raise RuntimeError(
                f"{self.name} {path or self.path}: {answer.status} {content[:300]!r}"
            )
        return content

    def _sent(
        self, method: str, path: str, body: bytes | None
    ) -> tuple[http.client.HTTPResponse, bytes]:
        if self._link is None:
            self._link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        self._link.request(method, path, body=body, headers=self.headers)
        answer = self._link.getresponse()
        return answer, answer.read()

    def connect_anew(self) -> None:
        """Let the kept connection go: while the other side was measured, a server may have closed it."""
        if self._link is not None:
            self._link.close()
            self._link = None

    def spent(self) -> tuple[float, float]:
        """Return the CPU seconds of the web processes and of the database."""
        return cpu_of_tree(self.web), cpu_of_tree(self.database) if self.database else 0.0

    def stop(self) -> None:
        """Stop what was started, the last first."""
        for process in reversed(self.processes):
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def cpu_of_tree(pid: int) -> float:
    """Return user and system seconds of a process, its living descendants and those it has waited for."""
    total = 0
    for one in (pid, *descendants(pid)):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += sum(int(value) for value in fields[11:15])
    return total / TICKS


def descendants(pid: int) -> Iterable[int]:
    """Yield the children of a process, their children, and so on."""
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in listed.read_text().split():
            yield int(child)
            yield from descendants(int(child))


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until somebody listens; raises `RuntimeError` with the end of the log when nobody does."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"no answer on port {port}:\n{log.read_text(errors='replace')[-2000:]}")
