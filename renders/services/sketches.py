"""A quick sketch of a brief nobody has saved yet: the real storyboard engine, small, kept nowhere, bounded per person."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.cache import cache

from apexsite.kit.errors import ApexError
from apexsite.kit.pixels import png_bytes
from apexsite.kit.progress import NullProgress
from characters.services.briefs import cast_checked
from projects import access
from projects.engine.briefsheet import BY_NAME
from projects.models import Shot
from projects.services.looks import look_of
from renders.bridge import bible_of, brief_of, cast_of, current_bible, picture_seed, profile_of
from renders.engine.imaging import BACKENDS
from renders.engine.imaging.base import ImageRequest
from renders.models import Tier
from renders.services.engines import backend_for

SKETCH_WIDTH = 480
"""Width of a sketch in pixels. House choice: drawn well within a second on one core."""
MOST_SKETCHES = 20
WINDOW_SECONDS = 10
"""At most this many sketches a person in this time. House choice: faster than anybody changes a field on purpose."""
_AT_ONCE = threading.BoundedSemaphore(2)
"""Sketches drawn at once by one process: a page must stay quick while others sketch."""


class TooMany(ApexError):
    """Asked too often; try again in a moment (429)."""

    http_status = 429
    code = "too_many"


def sketch_request(
    shot: Shot,
    values: Mapping[str, Any],
    *,
    width: int = SKETCH_WIDTH,
    document: Mapping[str, Any] | None = None,
) -> ImageRequest:
    """Return the engine's request of a shot whose brief has these values; `cast` among them holds keys.

    `document` is a look nobody has published; None is the current one.
    """
    project = shot.scene.episode.project
    keys = values.get("cast")
    people = cast_of(shot) if keys is None else cast_checked(project, keys)
    profiles = tuple(profile_of(person) for person in people)
    typed = {
        name: choices(value) if (choices := BY_NAME[name].choices) is not None else value
        for name, value in values.items()
        if name not in ("cast", "transition_in")  # no part of what a still shows
    }
    height = max(16, round(width * project.height / project.width / 2) * 2)
    return ImageRequest(
        brief=replace(brief_of(shot, (profile.key for profile in profiles)), **typed),
        cast=profiles,
        bible=(
            bible_of(shot, current_bible(project)) if document is None else look_of(shot, document)
        ),
        width=width,
        height=min(height, 2 * width),
        seed=picture_seed(shot, 0),
    )


def sketch_draw(
    *,
    user: AbstractUser,
    shot: Shot,
    values: Mapping[str, Any],
    document: Mapping[str, Any] | None = None,
) -> bytes:
    """Return a PNG of the brief as it would be drawn; raises `TooMany` beyond the bound."""
    access.require(user, shot.scene.episode.project, "view")
    request = sketch_request(shot, values, document=document)
    with sketch_turn(user):
        image = BACKENDS.get(backend_for(Tier.STORYBOARD)).render(request, NullProgress())
    return png_bytes(image.pixels)


@contextmanager
def sketch_turn(user: AbstractUser) -> Iterator[None]:
    """Hold one of the process's turns to sketch; raises `TooMany` beyond the bounds."""
    _count(user)
    if not _AT_ONCE.acquire(timeout=3):
        raise TooMany("two sketches are being drawn just now; this one comes when they are done")
    try:
        yield
    finally:
        _AT_ONCE.release()


def _count(user: AbstractUser) -> None:
    name = f"sketches:{user.pk}:{int(time.time() // WINDOW_SECONDS)}"
    cache.add(name, 0, timeout=2 * WINDOW_SECONDS)
    if cache.incr(name) > MOST_SKETCHES:
        raise TooMany(
            f"more than {MOST_SKETCHES} sketches in {WINDOW_SECONDS} seconds; wait a moment"
        )
