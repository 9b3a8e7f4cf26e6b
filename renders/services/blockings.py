"""Blocking by hand: read from a form, kept on the shot, sketched by the stage before anybody saves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib.auth.models import AbstractUser

from apexsite.kit.pixels import png_bytes
from apexsite.kit.progress import NullProgress
from projects import access
from projects.models import Shot
from projects.services.shots import shot_block
from renders.bridge import cast_of, image_request
from renders.engine.imaging import BACKENDS
from renders.engine.stage.by_hand import checked
from renders.models import Tier
from renders.services.engines import backend_for
from renders.services.sketches import sketch_turn

SKETCH_WIDTH = 512
"""Pixels. The stage's own sketch: about a second of two free cores once it is warm."""


def blocking_save(
    *, user: AbstractUser, shot: Shot, document: Mapping[str, Any], seen: str
) -> Shot:
    """Keep a blocking set by hand; approvals made on another show stale from here on."""
    kept = checked(document, [person.key for person in cast_of(shot)])
    return shot_block(user=user, shot=shot, document=kept, seen=seen)


def blocking_sketch(*, user: AbstractUser, shot: Shot, document: Mapping[str, Any]) -> bytes:
    """Return a PNG of the shot as it would be blocked, drawn by the stage; kept nowhere but in its own cache."""
    project = shot.scene.episode.project
    access.require(user, project, "view")
    kept = checked(document, [person.key for person in cast_of(shot)])
    backend = BACKENDS.get(backend_for(Tier.PREVIZ))
    found = backend.availability()
    found.require()
    height = max(16, round(SKETCH_WIDTH * project.height / project.width / 2) * 2)
    request, _ = image_request(
        shot, width=SKETCH_WIDTH, height=min(height, 2 * SKETCH_WIDTH), variant_index=0
    )
    with sketch_turn(user):
        image = backend.render(replace(request, blocking=kept, quality="sketch"), NullProgress())
    return png_bytes(image.pixels)
