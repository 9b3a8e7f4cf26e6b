"""Pictures by Google's Gemini image models ("Nano Banana") through the google-genai package, with a key of the site's own.

The package's own retries stay off: a job tries again, and its receipt says so.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from apexsite.kit.errors import (
    BackendError,
    ContentBlocked,
    InputError,
    NotAvailable,
    RequestRefused,
    Transient,
)
from apexsite.kit.outbound import base_url_checked, guarded_client
from apexsite.kit.progress import Progress
from apexsite.kit.registry import Availability
from renders.engine.imaging.base import Capabilities, ImageRequest, Reference, RenderedImage
from renders.engine.imaging.cloud.asking import (
    Received,
    is_installed,
    printable,
    received,
    spoken_of,
    watched,
)
from renders.engine.imaging.cloud.geminifaults import TRY_ONCE_MORE, block_of, fault_of
from renders.engine.imaging.cloud.geminimodels import (
    GeminiModel,
    default_id,
    fitting,
    model_named,
    model_today,
    models,
)

ENGINE = "gemini"
URL = "https://generativelanguage.googleapis.com"
API_VERSION = "v1beta"
SEED_BITS = 0x7FFFFFFF
"""A seed is a signed 32-bit number to the service."""


class GeminiBackend:
    """Asks Google for pictures; the same seed gives a picture that is alike, not the same."""

    @property
    def capabilities(self) -> Capabilities:
        """Say what the engine can do with the model of the setting; a name that is none is told by `availability`."""
        return _capabilities(models().get(_set_id()) or models()[default_id()])

    def availability(self) -> Availability:
        """Say what is lacking: the package, or the key. The service itself is only known by asking it."""
        if not is_installed("google.genai"):
            return Availability(
                False, "the google-genai package is not installed", "make install TIER=hosted"
            )
        if not os.environ.get("APEX_GEMINI_KEY"):
            return Availability(
                False,
                "no key for Google's Gemini is set",
                "a key from https://aistudio.google.com/apikey in APEX_GEMINI_KEY",
            )
        try:
            base_url_checked(os.environ.get("APEX_GEMINI_URL") or URL, name="APEX_GEMINI_URL")
            model_named(_set_id())
        except InputError as err:
            return Availability(False, err.message, "another value of that setting")
        return Availability(True)

    def render(self, request: ImageRequest, progress: Progress) -> RenderedImage:
        """Ask for one picture; a refusal of its content is `ContentBlocked` with the vendor's reason."""
        self.availability().require()
        asked = request.options.model or _set_id()
        try:
            model = model_today(asked, datetime.now(UTC).date())
        except InputError as err:
            raise RequestRefused(err.message, model=asked) from err
        call = _Call(request, model, *fitting(model, request.width, request.height))
        answer, before = _answered(call, progress)
        parameters = _parameters(call, answer, asked) | ({"asked_before": before} if before else {})
        return RenderedImage(answer.picture.pixels, ENGINE, model.id, parameters)


def _set_id() -> str:
    """Return the model that draws when a picture names none."""
    return os.environ.get("APEX_GEMINI_MODEL") or default_id()


@dataclass(frozen=True, slots=True)
class _Answer:
    picture: Received
    document: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Call:
    """One picture as it is asked of the service."""

    request: ImageRequest
    model: GeminiModel
    ratio: str
    size: str

    def made(self, progress: Progress) -> _Answer:
        """Ask once; returns the picture with the service's answer, or raises what stood in its place."""
        from google import genai
        from google.genai import types

        url = base_url_checked(os.environ.get("APEX_GEMINI_URL") or URL, name="APEX_GEMINI_URL")
        heard = _Heard()
        with guarded_client(url, listen=heard.listen) as line:
            # Kept in a name: the package closes its line when a client that nobody holds is swept up.
            client = genai.Client(
                vertexai=False,
                api_key=os.environ["APEX_GEMINI_KEY"],
                http_options=types.HttpOptions(
                    base_url=url, api_version=API_VERSION, httpx_client=line
                ),
            )
            contents, config = self.contents(types), self.config(types)
            said = watched(
                lambda: _asked(client, self.model.id, contents, config, heard),
                progress,
                message=f"{self.model.id} draws",
                stop=line.close,
            )
        return _Answer(self.picture_in(said, heard), heard.document())

    def contents(self, types: Any) -> list[Any]:
        """Return the words, then the pictures to look at."""
        return [self.words()] + [
            types.Part.from_bytes(data=one.content, mime_type=one.content_type)
            for one in self.shown()
        ]

    def words(self) -> str:
        """Return the prompt in sentences, then whom the pictures show; what must not be shown is the last of the prompt."""
        names = {person.key: person.name for person in self.request.cast}
        told = [
            f" Picture {number} shows what {names[one.of]} looks like; keep that face."
            for number, one in enumerate(self.shown(), start=1)
            if one.of in names
        ]
        return printable(spoken_of(self.request).prompt.text + "".join(told))

    def shown(self) -> tuple[Reference, ...]:
        """Return the pictures to look at: as many as the model takes."""
        return self.request.references[: self.model.most_references]

    def config(self, types: Any) -> Any:
        """Return what is asked of the making; text is asked for too, so that a refusal comes with its words."""
        return types.GenerateContentConfig(
            response_modalities=["TEXT", "IMAGE"],
            seed=self.request.seed & SEED_BITS,
            image_config=types.ImageConfig(aspect_ratio=self.ratio, image_size=self.size),
        )

    def picture_in(self, said: Any, heard: _Heard) -> Received:
        """Return the first picture of an answer; raises the fault or the refusal that stands in it instead."""
        document = heard.document()
        if "error" in document:
            error = document["error"]
            code = error.get("code") if isinstance(error, Mapping) else None
            raise fault_of(code if isinstance(code, int) else 500, document, model=self.model.id)
        for part in said.parts or []:
            data = getattr(part.inline_data, "data", None)
            if data and not part.thought:
                return received(
                    data, engine=ENGINE, width=self.request.width, height=self.request.height
                )
        raise block_of(document) or Transient("Gemini: its answer holds no picture and no reason")


def _answered(call: _Call, progress: Progress) -> tuple[_Answer, list[dict[str, Any]]]:
    """Ask, and once more where the refusal means nothing by itself; returns the answer and the record of the refusal.

    However the second asking ends, the picture was refused: any other fault in its place would send it to another vendor.
    """
    begun, clock = datetime.now(UTC), time.monotonic()
    try:
        return call.made(progress), []
    except ContentBlocked as err:
        if err.facts["reason"] not in TRY_ONCE_MORE:
            raise
        first = err
    seconds = round(time.monotonic() - clock, 3)
    try:
        answer = call.made(progress)
    except (BackendError, InputError, NotAvailable) as err:
        told: dict[str, Any] = {**first.facts, "asked_again": err.message}
        raise ContentBlocked(f"{first.message}; asked once more: {err.message}", **told) from err
    record = {
        "code": first.code,
        "fault": first.fault,
        "reason": first.message,
        "started": begun.isoformat(),
        "seconds": seconds,
    }
    return answer, [record]


class _Heard:
    """The last answer as it came: the package leaves out what Google says of a refusal."""

    def __init__(self) -> None:
        self.body, self.retry_after = b"", ""

    def listen(self, response: Any) -> None:
        """Keep an answer's body."""
        self.body = response.read()
        self.retry_after = response.headers.get("retry-after", "")

    def document(self) -> dict[str, Any]:
        """Return the answer's JSON; raises `Transient` when it is none."""
        try:
            document = json.loads(self.body)
        except (ValueError, RecursionError) as err:
            raise Transient(
                f"Gemini: its answer is no JSON (it begins with {self.body[:24]!r})"
            ) from err
        if not isinstance(document, dict):
            raise Transient(f"Gemini: its answer is a {type(document).__name__}, not an object")
        return document


def _asked(client: Any, model: str, contents: list[Any], config: Any, heard: _Heard) -> Any:
    """Ask through the package; its errors come out in the house's classes."""
    import httpx2
    from google.genai import errors

    try:
        return client.models.generate_content(model=model, contents=contents, config=config)
    except BackendError:
        raise
    except errors.APIError as err:
        details = err.details if isinstance(err.details, dict) else {}
        code = err.code if isinstance(err.code, int) else 500
        raise fault_of(code, details, model=model, retry_after=heard.retry_after) from err
    except httpx2.HTTPError as err:
        raise Transient(f"Gemini: the line broke: {err or type(err).__name__}") from err
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as err:
        raise Transient(f"Gemini: its answer cannot be understood: {str(err)[:300]}") from err


def _capabilities(model: GeminiModel) -> Capabilities:
    largest = list(model.cost_cents)[-1]
    return Capabilities(
        name=ENGINE,
        title=model.title,
        tier="final",
        is_deterministic=False,
        needs_network=True,
        licence="Google's terms of the Gemini API; pictures are the customer's and carry SynthID",
        is_commercial=True,
        most_pixels=max(w * h for w, h in (model.sides(r, largest) for r in model.ratios)),
        cost_cents=round(next(iter(model.cost_cents.values())) or 0),
        dialect="prose",
        sizes=tuple(model.sides(ratio, "1K") for ratio in model.ratios),
        most_references=model.most_references,
        seed="best_effort",
        model_id=model.id,
        watermark="SynthID",
    )


def _parameters(call: _Call, answer: _Answer, asked: str) -> dict[str, Any]:
    document, request = answer.document, call.request
    candidates = document.get("candidates") or [{}]
    left_out = len(request.references) - call.model.most_references
    return {
        "model": call.model.id,
        "model_asked": asked,
        "model_version": str(document.get("modelVersion") or ""),
        "response_id": str(document.get("responseId") or ""),
        "finish_reason": str(candidates[0].get("finishReason") or ""),
        "usage": document.get("usageMetadata") or {},
        "prompt": call.words(),
        "ratio": call.ratio,
        "image_size": call.size,
        "received": [answer.picture.file_format, *answer.picture.size],
        "crop": list(answer.picture.crop),
        "references_left_out": max(0, left_out),
        "cost_cents": call.model.cost_cents[call.size],
        "watermark": "SynthID",
        "seed": request.seed,
        "variant_index": request.variant_index,
    }
