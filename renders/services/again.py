"""A picture of Apex brought back: the recipe inside it read and checked, and a shot asked for again with it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.documents import Document, document_hash
from apexsite.kit.errors import ApexError, InputError, StateError
from apexsite.kit.pixels import read_picture
from apexsite.kit.seeds import SEED_MAX
from projects import access
from projects.models import Shot
from renders import states
from renders.engine.imaging import BACKENDS
from renders.engine.imaging.chunk import embedded_recipe, without_texts
from renders.engine.imaging.chunkcheck import checked_recipe
from renders.engine.imaging.distance import pixels_sha256
from renders.engine.imaging.options import PictureOptions
from renders.engine.imaging.upload import MOST_BYTES
from renders.models import JobKind, RenderJob, RenderTask, Variant
from renders.readings.changes import Change, recipe_changes
from renders.services.drafts import DRAFT
from renders.services.engines import engine_availability
from renders.services.jobs import job_create
from renders.services.ledger import picture_permit
from renders.services.recipes import recipe_read
from renders.services.variants import still_size

MOST_CHANGES = 12
MADE_WITH = ("backend", "seed", "variant_index", "quality", "options")
"""What of a recipe an asking takes over."""


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """What a picture says of itself. `is_untouched` is None where it names no hash of its pixels.

    `variant` is the same file in this production; `cannot` says why nothing can be asked with it, empty where it can;
    `left` names what is not taken over, `changes` how this shot differs today.
    """

    recipe: Document
    name: str
    is_untouched: bool | None
    variant: Variant | None
    left: tuple[str, ...]
    changes: tuple[Change, ...]
    cannot: str

    @property
    def asking(self) -> dict[str, Any]:
        """Return what an asking takes over."""
        return {name: self.recipe[name] for name in MADE_WITH if name in self.recipe}


def picture_recipe_read(
    *, user: AbstractUser, shot: Shot, content: bytes, name: str
) -> ReadPicture:
    """Return what a PNG says of its making, held against a shot.

    Raises `InputError` for what is no PNG of Apex, is broken or too large, or holds a recipe that cannot be used.
    """
    project = shot.scene.episode.project
    access.require(user, project, "view")
    if len(content) > MOST_BYTES:
        raise InputError(
            f"the file has {len(content)} bytes; at most {MOST_BYTES // 1024**2} MB are taken"
        )
    found = embedded_recipe(content)
    recipe = checked_recipe(recipe_read(found))
    digest = hashlib.sha256(content).hexdigest()
    rows = Variant.objects.select_related("shot").filter(
        shot__scene__episode__project=project, media__sha256=digest
    )
    return ReadPicture(
        recipe=recipe,
        name=name.strip()[:200] or "the picture",
        is_untouched=_untouched(content, recipe),
        variant=rows.order_by("created_at").first(),
        left=_left(recipe, shot),
        changes=tuple(recipe_changes(recipe, shot)[:MOST_CHANGES]),
        cannot=_cannot(recipe, shot),
    )


def variant_again(
    *, user: AbstractUser, shot: Shot, asking: Mapping[str, Any], key: UUID | None = None
) -> RenderJob:
    """Ask for one variant of a shot with a read recipe's engine, seed and options; the same form twice asks once.

    Raises `InputError` for an engine or options that are not known, and what `picture_permit` raises.
    """
    project = shot.scene.episode.project
    access.require(user, project, "make")
    asked = _asked(asking)
    if shot.status == Shot.Status.OMITTED:
        raise StateError(f"shot {shot.code} is omitted from the cut")
    backend = BACKENDS.get(asked["backend"])
    _require_here(asked["backend"])
    options = PictureOptions.from_document(asked["options"])
    picture_permit(project=project, engine=asked["backend"], options=options)
    width, height = still_size(project.width, project.height)
    # The task adds the number of the variant to the seed; the sum is the recipe's own.
    seed = (asked["seed"] - asked["variant_index"]) % (SEED_MAX + 1)
    request = {
        "shot": str(shot.pk),
        "tier": backend.capabilities.tier,
        "backend": asked["backend"],
        "seed": seed,
        "width": width,
        "height": height,
        "quality": asked["quality"] or DRAFT,
        "options": asked["options"],
        "variant_index": asked["variant_index"],
        "again": str(key) if key else document_hash([str(user.pk), dict(asking)]),
    }
    with transaction.atomic():
        # The shot's row is the lock: two presses of the button meet here.
        Shot.objects.select_for_update().get(pk=shot.pk)
        same = RenderTask.objects.filter(job__shot=shot, request__again=request["again"])
        standing = same if key else same.filter(status__in=states.OPEN)
        task = standing.select_related("job").first()
        if task is not None:
            return task.job
        return job_create(
            user=user,
            project=project,
            kind=JobKind.VARIANTS,
            title=f"1 variant of {shot.code}, as a brought picture was made",
            requests=[request],
            episode=shot.scene.episode,
            shot=shot,
        )


def _asked(asking: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was asked for, checked by the same rules as a recipe inside a picture."""
    if unknown := sorted(set(asking) - set(MADE_WITH)):
        raise InputError(f"{unknown[0]} is not taken over; valid: {', '.join(MADE_WITH)}")
    whole = {
        "schema": "apex.recipe/1", "engine": "", "width": 16, "height": 16,
        "brief": {"code": "", "place": "", "action": ""}, "quality": "", "options": {}, **asking,
    }  # fmt: skip
    return checked_recipe(whole)


def _require_here(engine: str) -> None:
    found = engine_availability(engine)
    if not found.is_available:
        raise StateError(f"{engine} cannot draw here: {found.lacking}")


def _cannot(recipe: Document, shot: Shot) -> str:
    """Return why this recipe cannot be asked with here, empty where it can."""
    if shot.status == Shot.Status.OMITTED:
        return f"shot {shot.code} is omitted from the cut"
    if recipe["backend"] not in BACKENDS:
        return f"no engine here is called {recipe['backend']}"
    try:
        _require_here(recipe["backend"])
        picture_permit(
            project=shot.scene.episode.project,
            engine=recipe["backend"],
            options=PictureOptions.from_document(recipe.get("options", {})),
        )
    except ApexError as err:
        return err.message
    return ""


def _left(recipe: Document, shot: Shot) -> tuple[str, ...]:
    """Return what of a recipe is not taken over, in words."""
    project = shot.scene.episode.project
    width, height = still_size(project.width, project.height)
    told = ["The brief, the people and the look are this shot's own, as they stand today"]
    if (recipe["width"], recipe["height"]) != (width, height):
        told.append(
            f"It was drawn at {recipe['width']} × {recipe['height']}; this production draws at {width} × {height}"
        )
    if recipe.get("blocking") and recipe["blocking"] != shot.blocking:
        told.append("Where people were set by hand is not taken over")
    if recipe.get("references"):
        count = len(recipe["references"])
        told.append(
            f"{count} picture{'s' if count > 1 else ''} the engine was shown: the file names, but does not hold them"
        )
    if any(part.get("is_edited") for part in _parts(recipe)):
        told.append("Words of the prompt that were written by hand are built anew from the brief")
    return tuple(told)


def _parts(recipe: Document) -> list[Mapping[str, Any]]:
    parts = recipe.get("prompt", {}).get("parts")
    return [part for part in parts if isinstance(part, Mapping)] if isinstance(parts, list) else []


def _untouched(content: bytes, recipe: Document) -> bool | None:
    """Return whether the pixels are those the recipe was written for; its texts are not unpacked a second time."""
    if "pixels_sha256" not in recipe:
        return None
    return pixels_sha256(read_picture(without_texts(content))) == recipe["pixels_sha256"]
