"""A language model behind an OpenAI-compatible endpoint: api.openai.com, GLM, Ollama, a llama.cpp server.

Asked in the strictest way it takes: a JSON schema, else "a JSON object", else words alone. Always streamed, so that it can
be stopped; bounded in bytes, letters, silence and time. Redirects are not followed, proxies of the environment not used.
Source: platform.openai.com/docs/api-reference/chat and the servers' own documents.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from apexsite.kit.errors import BackendError, ContentBlocked, InputError, NotAvailable, Transient
from apexsite.kit.outbound import Bounds, base_url_checked, guarded_client
from projects.engine.writing.author import Completion, Tell
from projects.engine.writing.endpointfaults import (
    CutOff,
    Garbled,
    TooSlow,
    fault_in_stream,
    fault_of_status,
)
from projects.engine.writing.prompt import Message
from projects.engine.writing.schema import LONGEST_ANSWER

if TYPE_CHECKING:
    from openai import OpenAI

MODES = ("json_schema", "json_object", "plain")
FEATURES = {
    "stream_options": ("stream_options", "include_usage"),
    "response_format": (
        "response_format",
        "json_schema",
        "json_object",
        "json schema",
        "grammar",
        "structured",
    ),
}
"""Optional field → words by which servers say that they do not take it. Source: their error messages."""

CUT_OFF = ("length", "max_tokens", "model_context_window_exceeded")
BLOCKED = ("content_filter", "sensitive", "safety")
BROKEN = ("network_error", "error")
"""Why an answer ended. Source: OpenAI (length, content_filter), GLM (sensitive, network_error, model_context_window_exceeded)."""

MOST_BYTES = 16 * 1024 * 1024
"""Most bytes of an answer. House choice: the longest script in pieces of one word each is under 10 MB."""
TELL_SECONDS = 0.5
BOUNDS = ("minLength", "maxLength", "minItems", "maxItems")
"""Left out of the schema that is sent: strict servers refuse them, grammars of them are slow. The check keeps to them."""


@dataclass(frozen=True, slots=True)
class EndpointSettings:
    """Where a model is. `silence_seconds` is the longest wait for the next piece, `limit_seconds` for the whole answer."""

    url: str
    model: str
    key: str = ""
    silence_seconds: float = 120.0
    limit_seconds: float = 600.0

    @property
    def shown(self) -> str:
        """Return model and host, for people: never the key."""
        return f"{self.model} at {urlsplit(self.url).hostname}"

    @property
    def bounds(self) -> Bounds:
        """Return what an answer is held to: asking the same again would bring the same, so its faults are permanent."""
        return Bounds(
            most_bytes=MOST_BYTES,
            most_seconds=self.limit_seconds,
            silence_seconds=self.silence_seconds,
            counts_wait=True,
            unfit=Garbled,
            too_slow=TooSlow,
        )


@dataclass(slots=True)
class _Answer:
    words: list[str] = field(default_factory=list)
    letters: int = 0
    thought: int = 0
    refusal: str = ""
    ended: str = ""
    is_done: bool = False
    model: str = ""
    usage: dict[str, Any] = field(default_factory=dict)


class EndpointModel:
    """Asks one endpoint. What it does not take is remembered, so the second question is asked right at once."""

    def __init__(
        self, where: EndpointSettings, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        base_url_checked(where.url, name="APEX_WRITER_URL")
        if not where.model:
            raise InputError(
                "APEX_WRITER_MODEL is empty; it must name the model to ask, such as glm-4.6"
            )
        self.where = where
        self.clock = clock
        self.mode = 0
        self.left_out: set[str] = set()

    def complete(
        self, talk: Sequence[Message], *, schema: dict[str, Any], tell: Tell
    ) -> Completion:
        """Return what the model says; raises `BackendError` by the class of the fault, `NotAvailable` without the client."""
        begun = self.clock()
        while True:
            try:
                answer = self._ask(self._body(talk, schema), tell)
            except BackendError as err:
                if not self._steps_down(err):
                    raise
                continue
            return Completion(
                words="".join(answer.words),
                model=answer.model or self.where.model,
                mode=MODES[self.mode],
                tokens_in=_count(answer.usage.get("prompt_tokens")),
                tokens_out=_count(answer.usage.get("completion_tokens")),
                seconds=self.clock() - begun,
            )

    def _body(self, talk: Sequence[Message], schema: dict[str, Any]) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self.where.model,
            "messages": [{"role": turn.role, "content": turn.words} for turn in talk],
            "stream": True,
        }
        if "stream_options" not in self.left_out:
            body["stream_options"] = {"include_usage": True}
        if MODES[self.mode] == "json_schema":
            wanted = {"name": "script", "strict": True, "schema": unbounded(schema)}
            body["response_format"] = {"type": "json_schema", "json_schema": wanted}
        elif MODES[self.mode] == "json_object":
            body["response_format"] = {"type": "json_object"}
        return body

    def _steps_down(self, err: BackendError) -> bool:
        """Leave out what the server says it does not take; False when it says something else."""
        if err.facts.get("status") not in (200, 400, 404, 415, 422, 500, 501):
            return False
        told = err.message.lower()
        if "stream_options" not in self.left_out and any(
            w in told for w in FEATURES["stream_options"]
        ):
            self.left_out.add("stream_options")
            return True
        if self.mode + 1 < len(MODES) and any(w in told for w in FEATURES["response_format"]):
            self.mode += 1
            return True
        return False

    def _ask(self, body: dict[str, Any], tell: Tell) -> _Answer:
        try:
            import openai
        except ImportError as err:
            raise NotAvailable(
                "the client of language models is not installed: pip install -r requirements-hosted.txt"
            ) from err
        http = guarded_client(
            self.where.url, bounds=self.where.bounds, most_redirects=0, clock=self.clock
        )
        client = openai.OpenAI(
            base_url=self.where.url, api_key=self.where.key or "none", max_retries=0, http_client=http,
        )  # fmt: skip
        try:
            return self._read(client, body, tell)
        except openai.APIStatusError as err:
            raise fault_of_status(
                err.status_code, err.body, err.response.headers, asked=self.where
            ) from err
        except openai.APITimeoutError as err:
            raise TooSlow(
                f"{self.where.shown} said nothing for {self.where.silence_seconds:g} s"
            ) from err
        except openai.APIConnectionError as err:
            cause = err.__cause__
            if isinstance(cause, BackendError):
                raise cause from err
            raise Transient(f"{self.where.shown} cannot be reached: {cause or err}") from err
        finally:
            client.close()

    def _read(self, client: OpenAI, body: dict[str, Any], tell: Tell) -> _Answer:
        import httpx2

        answer = _Answer()
        try:
            with client.chat.completions.with_streaming_response.create(**body) as response:
                kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
                if kind == "text/event-stream":
                    self._stream(response.iter_lines(), answer, tell)
                else:
                    self._whole(response.read(), kind, answer)
        except httpx2.TimeoutException as err:
            raise TooSlow(
                f"{self.where.shown} said nothing for {self.where.silence_seconds:g} s"
            ) from err
        except httpx2.HTTPError as err:
            raise Transient(f"{self.where.shown} broke off: {err}") from err
        return self._finished(answer)

    def _stream(self, lines: Iterable[str], answer: _Answer, tell: Tell) -> None:
        told = self.clock()
        tell(f"{self.where.model} is asked")
        for line in lines:
            name, _, value = line.partition(":")
            value = value.strip()
            if name == "error" or (name == "data" and value.startswith('{"error"')):
                raise fault_in_stream(value, asked=self.where)
            if name != "data" or not value:
                continue
            if value == "[DONE]":
                answer.is_done = True
                return
            self._piece(value, answer)
            if self.clock() - told >= TELL_SECONDS:
                told = self.clock()
                thinks = answer.thought and not answer.letters
                state = "thinks" if thinks else f"writes: {answer.letters:,} letters"
                tell(f"{self.where.model} {state}")

    def _piece(self, value: str, answer: _Answer) -> None:
        try:
            chunk = json.loads(value)
        except (ValueError, RecursionError):
            chunk = None
        if not isinstance(chunk, dict):
            raise Garbled(f"{self.where.shown} sent a piece that is no JSON object: {value[:80]!r}")
        if chunk.get("error"):
            raise fault_in_stream(value, asked=self.where)
        self._take(chunk, "delta", answer)

    def _whole(self, content: bytes, kind: str, answer: _Answer) -> None:
        """Read an answer that came in one, though a stream was asked for; it may be an error under a good status."""
        try:
            document = json.loads(content)
        except (ValueError, RecursionError):
            document = None
        if not isinstance(document, dict):
            raise Garbled(
                f"{self.where.shown} answered {kind or 'something without a type'} and no JSON object; "
                "is the address the one that ends in /v1?"
            )
        if document.get("error") or "choices" not in document:
            raise fault_in_stream(content.decode("utf-8", "replace"), asked=self.where)
        self._take(document, "message", answer)
        answer.is_done = True

    def _take(self, document: dict[str, Any], part: str, answer: _Answer) -> None:
        answer.model = str(document.get("model") or answer.model)[:100]
        if isinstance(document.get("usage"), dict):
            answer.usage = document["usage"]
        choices = document.get("choices")
        if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
            return
        said = choices[0].get(part)
        if isinstance(said, dict):
            words = said.get("content")
            if isinstance(words, str):
                answer.words.append(words)
                answer.letters += len(words)
            thought = said.get("reasoning_content") or said.get("reasoning")
            answer.thought += len(thought) if isinstance(thought, str) else 0
            answer.refusal += str(said.get("refusal") or "")
        answer.ended = str(choices[0].get("finish_reason") or answer.ended)
        if answer.letters > LONGEST_ANSWER:
            raise Garbled(
                f"{self.where.shown} wrote over {LONGEST_ANSWER:,} letters and went on; it was stopped"
            )

    def _finished(self, answer: _Answer) -> _Answer:
        if answer.refusal or answer.ended in BLOCKED:
            why = (
                f": {answer.refusal[:300]}"
                if answer.refusal
                else f" (finish_reason={answer.ended})"
            )
            raise ContentBlocked(f"{self.where.shown} refused to write this{why}")
        if answer.ended in CUT_OFF:
            raise CutOff(
                f"{self.where.shown} stopped at its limit of length after {answer.letters:,} letters "
                f"(finish_reason={answer.ended}); ask for fewer shots, or give it more room"
            )
        if answer.ended in BROKEN or (not answer.is_done and not answer.ended):
            raise Transient(f"{self.where.shown} broke off after {answer.letters:,} letters")
        return answer


def unbounded(schema: Any) -> Any:
    """Return a JSON schema without bounds of length and count."""
    if isinstance(schema, dict):
        return {key: unbounded(value) for key, value in schema.items() if key not in BOUNDS}
    return [unbounded(value) for value in schema] if isinstance(schema, list) else schema


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
