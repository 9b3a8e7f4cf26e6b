"""Who measures faces when a cast gets its bodies: dlib on drawn heads where stage and vision tier are there, else vertices."""

from __future__ import annotations

import contextlib

from django.contrib.auth.models import AbstractUser

from apexsite.kit.errors import NotAvailable, NotSupported
from apexsite.kit.pixels import png_bytes
from apexsite.kit.progress import NullProgress, Progress
from characters.engine.casting.spread import FEW_STEPS
from characters.engine.human.cast import BodyCast
from characters.models import Character
from characters.services.bodies import Measure, bodies_ensure
from projects import access
from projects.models import Project
from renders.engine.stage.environment import stage_availability
from renders.engine.stage.likeness import SAME_PERSON, Likeness, has_network, head_brief
from renders.services.sketches import sketch_turn

NETWORK_WORDS = "distance of their drawn heads to dlib's network"
HEAD_SIDE = 384
"""Pixels of the sketch on a character's page. House choice: a second on two free cores once the stage is warm."""


def measures_by_network() -> bool:
    """Say whether faces are told apart by dlib here: its tier is installed and the stage can draw heads."""
    return has_network() and stage_availability().is_available


def bodies_cast(*, user: AbstractUser, project: Project, progress: Progress | None = None) -> int:
    """Cast everybody who has no body yet by the best measure there is here; returns how many. Draws heads: may take long."""
    if measures_by_network():
        measure = Measure(Likeness(progress).distance, SAME_PERSON, "", NETWORK_WORDS, FEW_STEPS)
        # Without a picture or a face in it the vertices decide, and each rule says which it was.
        with contextlib.suppress(NotAvailable, NotSupported):
            return bodies_ensure(user=user, project=project, measure=measure)
    return bodies_ensure(user=user, project=project)


def body_sketch(*, user: AbstractUser, character: Character) -> bytes | None:
    """Return a PNG of somebody's neutral head and shoulders drawn by the stage, None while they have no body."""
    from renders.engine.imaging.stage import drawn, picture_of

    access.require(user, character.project, "view")
    if not character.body:
        return None
    stage_availability().require()
    document = head_brief(BodyCast.from_document(character.body), side=HEAD_SIDE)
    document["shot"] = {"size": "MCU", "lens_mm": 85.0, "azimuth_degrees": 22.0, "f_stop": 5.6}
    with sketch_turn(user):
        folder, _ = drawn(document, NullProgress())
        return png_bytes(picture_of(folder, HEAD_SIDE, HEAD_SIDE))
