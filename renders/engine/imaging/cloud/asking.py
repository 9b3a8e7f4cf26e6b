"""Asking a vendor: words bounded, the wait told and broken off, the picture that comes back checked whole."""

from __future__ import annotations

import importlib.util
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from apexsite.kit.errors import InputError, RequestRefused, Transient
from apexsite.kit.pixels import Bytes3
from apexsite.kit.progress import Progress
from renders.engine.imaging.base import ImageRequest
from renders.engine.imaging.upload import read_upload
from renders.engine.prompting.build import prompt_of
from renders.engine.prompting.dialects import speak
from renders.engine.prompting.spoken import Spoken

T = TypeVar("T")
LOOK_SECONDS = 0.1
MOST_WORDS = 12_000
"""Letters of a prompt. House choice: three times the longest brief the studio writes."""


@dataclass(frozen=True, slots=True)
class Received:
    """A vendor's picture at the raster asked for, and what was done to it."""

    pixels: Bytes3
    file_format: str
    size: tuple[int, int]
    crop: tuple[int, int, int, int]


def is_installed(name: str) -> bool:
    """Say whether a package can be imported, without importing it."""
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def spoken_of(
    request: ImageRequest,
    *,
    most: int = MOST_WORDS,
    limit: int = 0,
    takes_negative: bool = False,
    without: Collection[str] = (),
) -> Spoken:
    """Return a request in sentences: parts called in `without` left out, of at most `limit` pieces where one is given.

    Raises `RequestRefused` for more than `most` letters. What must not be shown is a text of its own where the engine
    takes one, else the last sentence.
    """
    prompt = prompt_of(request)
    prompt = replace(prompt, parts=tuple(p for p in prompt.parts if p.name not in without))
    spoken = speak(prompt, "prose", takes_negative=takes_negative, limit=limit)
    if len(spoken.prompt.text) > most:
        raise RequestRefused(
            f"the prompt has {len(spoken.prompt.text)} letters; at most {most} are sent: shorten the shot's action "
            "or its look"
        )
    return spoken


def printable(text: str) -> str:
    """Return a text in one line without control letters: they end or garble what some vendors read."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def received(content: bytes, *, engine: str, width: int, height: int) -> Received:
    """Return a vendor's bytes as a picture; raises `Transient` for what is none, or half a one."""
    import numpy as np
    from PIL import Image

    try:
        read = read_upload(content, name=f"what {engine} sent", width=width, height=height)
    except InputError as err:
        raise Transient(f"{err.message} (it begins with {content[:12]!r})") from err
    pixels = read.pixels
    if pixels.shape[:2] != (height, width):
        image = Image.fromarray(pixels).resize((width, height), Image.Resampling.LANCZOS)
        pixels = np.asarray(image, dtype=np.uint8)
    return Received(pixels, read.file_format, (read.file_width, read.file_height), read.crop)


def watched(
    ask: Callable[[], T], progress: Progress, *, message: str, stop: Callable[[], Any]
) -> T:
    """Run a call that waits on a vendor; the wait is told, and broken off when the listener stops.

    `stop` closes the line: the call then ends by itself, and what it would have said is not looked at.
    """
    ended: list[T | BaseException] = []

    def run() -> None:
        try:
            ended.append(ask())
        except BaseException as err:  # noqa: BLE001 - carried to the thread that asked
            ended.append(err)

    begun = time.monotonic()
    thread = threading.Thread(target=run, daemon=True, name="asks a vendor")
    thread.start()
    try:
        while thread.is_alive():
            thread.join(LOOK_SECONDS)
            progress.advance(3, 10, f"{message}, {time.monotonic() - begun:.0f} s")
    except BaseException:
        stop()
        raise
    said = ended[0]
    if isinstance(said, BaseException):
        raise said
    return said
