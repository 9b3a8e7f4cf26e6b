"""A real HTTP server on this machine that answers as a vendor does: what to say is given, what was asked is kept."""

from __future__ import annotations

import base64
import io
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
from PIL import Image


@dataclass
class Answer:
    """One answer. `endless` sends bytes until the other side hangs up, and tells `length`; `cut` closes the line midway."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    endless: bool = False
    length: int | None = 4 << 30
    cut: bool = False
    wait: threading.Event | None = None


@dataclass
class Vendor:
    """The server's address, and what it was asked: path, headers in small letters, JSON."""

    url: str
    asked: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)
    sent_bytes: int = 0
    is_hung_up: threading.Event = field(default_factory=threading.Event)


@contextmanager
def vendor(*answers: Answer | Callable[[Vendor], Answer]) -> Iterator[Vendor]:
    """Serve answers in their order, the last one for ever."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("content-length", 0))
            body = self.rfile.read(length)
            number = min(len(server_state.asked), len(answers) - 1)
            headers = {k.lower(): v for k, v in self.headers.items()}
            server_state.asked.append((self.path, headers, json.loads(body) if body else None))
            answer = answers[number]
            self._say(answer(server_state) if callable(answer) else answer)

        do_GET = do_POST

        def _say(self, answer: Answer) -> None:
            if answer.wait:
                answer.wait.wait(10)
            self.close_connection = True
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            length = answer.length if answer.endless else len(answer.body)
            if length is not None:
                self.send_header("content-length", str(length))
            self.send_header("connection", "close")
            self.end_headers()
            try:
                if answer.endless:
                    block = b"\x89PNG" + bytes(1 << 16)
                    for _ in range((4 << 30) // len(block)):
                        self.wfile.write(block)
                        server_state.sent_bytes += len(block)
                half = answer.body[: len(answer.body) // 2] if answer.cut else answer.body
                self.wfile.write(half)
                self.wfile.flush()
            except OSError:
                server_state.is_hung_up.set()

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server_state = Vendor(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server_state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def encoded(width: int = 344, height: int = 192, file_format: str = "PNG") -> bytes:
    """Return a picture of soft noise: no codec makes it so small that half of it is all of it."""
    noise = np.random.default_rng(5).integers(0, 255, (height // 8, width // 8, 3), np.uint8)
    image = Image.fromarray(noise).resize((width, height), Image.Resampling.BICUBIC)
    out = io.BytesIO()
    image.save(out, file_format)
    return out.getvalue()


def drawn(content: bytes | None = None, **more: Any) -> Answer:
    """Return Gemini's answer with a picture in it, `mimeType` and words beside it as it sends them."""
    data = base64.b64encode(encoded() if content is None else content).decode()
    parts = [{"text": "Here."}, {"inlineData": {"mimeType": "image/png", "data": data}}]
    return said(
        {
            "candidates": [{"content": {"parts": parts, "role": "model"}, "finishReason": "STOP"}],
            "usageMetadata": {"promptTokenCount": 90, "candidatesTokenCount": 1120},
            "modelVersion": "gemini-3.1-flash-image",
            "responseId": "r1",
            **more,
        }
    )


def said(document: Any, status: int = 200, **headers: str) -> Answer:
    """Return a JSON answer."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(
        status, json.dumps(document).encode(), {"content-type": "application/json"} | names
    )


def refused(
    status: int, code: str, message: str, *details: dict[str, Any], **headers: str
) -> Answer:
    """Return an error in the shape of Google's APIs."""
    error = {"code": status, "status": code, "message": message, "details": list(details)}
    return said({"error": error}, status, **headers)


def picture(content: bytes | None = None, content_type: str = "image/png") -> Answer:
    """Return an endpoint's answer: the bytes of a picture."""
    return Answer(200, encoded() if content is None else content, {"content-type": content_type})
