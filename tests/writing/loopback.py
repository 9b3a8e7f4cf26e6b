"""An endpoint on loopback that answers as it is told, byte by byte as real servers do, and keeps what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Gives the next reply of its server to each question."""

    protocol_version = "HTTP/1.1"
    server: Server  # type: ignore[assignment]

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        body = json.loads(self.rfile.read(length))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append((self.path, headers, body))
        reply = self.server.replies[min(len(self.server.asked), len(self.server.replies)) - 1]
        try:
            reply(self)
        except (BrokenPipeError, ConnectionResetError):
            self.server.hung_up += 1
        self.close_connection = True

    def send(self, status: int, kind: str, content: bytes, **headers: str) -> None:
        """Send a whole answer."""
        self.send_response(status)
        for name, value in {
            "content-type": kind,
            "content-length": str(len(content)),
            **headers,
        }.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def begin(self, kind: str = "text/event-stream", **headers: str) -> None:
        """Begin an answer that has no length."""
        self.send_response(200)
        for name, value in {"content-type": kind, "connection": "close", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def say(self, line: str) -> None:
        """Send one event."""
        self.wfile.write(f"{line}\n\n".encode())
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing on the terminal."""


class Server(ThreadingHTTPServer):
    """Replies in order; the last is given again and again."""

    daemon_threads = True

    def __init__(self, replies: list[Reply]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.replies = replies
        self.asked: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.hung_up = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


@contextmanager
def endpoint(*replies: Reply) -> Iterator[Server]:
    """Serve the replies on a port of loopback."""
    server = Server(list(replies))
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
    )
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def piece(words: str = "", *, ended: str | None = None, **delta: Any) -> str:
    """Return one chunk of a streamed answer, as OpenAI, Ollama, llama.cpp and GLM send it."""
    choice = {"index": 0, "delta": {"content": words, **delta}, "finish_reason": ended}
    return "data: " + json.dumps(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "m-1",
            "choices": [choice],
        }
    )


def says(words: str, *, ended: str | None = "stop", is_done: bool = True, step: int = 40) -> Reply:
    """Stream words in pieces, an end, the usage in a chunk without choices, and `[DONE]`."""

    def reply(to: Handler) -> None:
        to.begin()
        to.say(": keep-alive")
        to.say(piece("", role="assistant"))
        for start in range(0, len(words), step):
            to.say(piece(words[start : start + step]))
        if ended is not None:
            to.say(piece("", ended=ended))
        to.say(
            'data: {"id":"c","model":"m-1","choices":[],"usage":{"prompt_tokens":11,"completion_tokens":7}}'
        )
        if is_done:
            to.say("data: [DONE]")

    return reply


def fails(status: int, body: Any, **headers: str) -> Reply:
    """Answer with an error document, or with text."""

    def reply(to: Handler) -> None:
        if isinstance(body, str):
            to.send(status, "text/html", body.encode(), **headers)
        else:
            to.send(status, "application/json; charset=utf-8", json.dumps(body).encode(), **headers)

    return reply


def streams(*lines: str) -> Reply:
    """Stream lines as they are."""

    def reply(to: Handler) -> None:
        to.begin()
        for line in lines:
            to.say(line)

    return reply


def endless(line: str, *, pause: float = 0.0) -> Reply:
    """Stream a line until the other side hangs up."""

    def reply(to: Handler) -> None:
        to.begin()
        wait = threading.Event()
        while True:
            to.say(line)
            if pause:
                wait.wait(pause)

    return reply
