"""The recipe of a picture: everything that made it, as a versioned document it can be made again from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from apexsite.kit.documents import Document, schema_label, upgrade_document
from apexsite.kit.errors import InputError
from apexsite.kit.progress import NullProgress, Progress
from characters.engine.human.cast import BodyCast
from characters.services.characters import profile_from_document
from projects.engine.bible import bible_from
from projects.engine.brief import ShotBrief
from projects.engine.framing import (
    CameraAngle,
    CameraMove,
    Coverage,
    Setting,
    ShotSize,
    TimeOfDay,
)
from renders.engine.finish.steps import finished
from renders.engine.imaging import BACKENDS
from renders.engine.imaging.base import ImageRequest, RenderedImage
from renders.engine.imaging.distance import pixels_sha256
from renders.engine.imaging.options import PictureOptions
from renders.engine.imaging.receipt import Hop
from renders.engine.imaging.software import software_of
from renders.engine.prompting.prompt import Prompt
from renders.engine.stage.memory import SceneMemory
from renders.services.references import references_read

VERSION = 1
NAME_THEIR_MODEL = ("sdxl", "gemini")
"""Engines with several models, that tell in their parameters which one drew."""


def recipe_of(
    *,
    request: ImageRequest,
    image: RenderedImage,
    backend: str,
    hops: Sequence[Hop] = (),
    models: Sequence[Mapping[str, Any]] = (),
    receipt: Hop | None = None,
    bible_version: int,
) -> Document:
    """Return the document that makes this picture again; its file's hash is added when the file is kept."""
    capabilities = BACKENDS.get(backend).capabilities
    return {
        "schema": schema_label("recipe", VERSION),
        "backend": backend,
        "engine": image.engine,
        "engine_version": image.engine_version,
        # An engine with several models says in its parameters whose the picture is.
        "licence": image.parameters.get("licence", capabilities.licence),
        "is_commercial": all(model["is_commercial"] for model in models)
        if models
        else image.parameters.get("is_commercial", capabilities.is_commercial),
        "models": [dict(model) for model in models],
        "dialect": capabilities.dialect,
        "needs_network": capabilities.needs_network,
        "cost_cents": receipt.cost_cents if receipt else capabilities.cost_cents,
        "receipt": receipt.to_document() if receipt else {},
        "hops": [hop.to_document() for hop in hops],
        "quality": request.quality,
        "blocking": dict(request.blocking),
        "scene": request.scene.to_document(),
        "bodies": [body.to_document() for body in request.bodies],
        "seed": request.seed,
        "variant_index": request.variant_index,
        "width": request.width,
        "height": request.height,
        "brief": request.brief.to_document(),
        "cast": [profile.to_document() for profile in request.cast],
        "bible": request.bible.document,
        "bible_version": bible_version,
        "prompt": request.prompt.to_document(),
        "references": [
            {"of": shown.of, "sha256": shown.sha256, "content_type": shown.content_type}
            for shown in request.references
        ],
        "options": request.options.to_document(),
        "parameters": image.parameters,
        "pixels_sha256": pixels_sha256(image.pixels),
        "software": software_of(backend),
    }


def request_from_recipe(recipe: Document) -> ImageRequest:
    """Return the engine's request of a recipe, from the recipe alone; pictures it was shown come from the store by sha256.

    Raises `NotFound` saying which of them is gone.
    """
    document = recipe_read(recipe)
    return ImageRequest(
        brief=_brief_from(document["brief"]),
        cast=tuple(profile_from_document(profile) for profile in document["cast"]),
        bible=bible_from(document["bible"]),
        width=int(document["width"]),
        height=int(document["height"]),
        seed=int(document["seed"]),
        variant_index=int(document["variant_index"]),
        bodies=tuple(BodyCast.from_document(body) for body in document.get("bodies", ())),
        quality=str(document.get("quality", "draft")),
        blocking=document.get("blocking", {}),
        scene=_scene_from(document.get("scene", {})),
        prompt=Prompt.from_document(document.get("prompt", {})),
        references=references_read(document.get("references", ())),
        options=_options_from(document),
    )


def _options_from(document: Document) -> PictureOptions:
    """Return a recipe's options; where nobody named a model, the one that drew it, not the one that would today."""
    options = PictureOptions.from_document(document.get("options", {}))
    model = document.get("parameters", {}).get("model")
    is_its_own = document.get("engine") == document.get("backend") in NAME_THEIR_MODEL
    if options.model or not is_its_own or not isinstance(model, str):
        return options
    return replace(options, model=model)


def recipe_read(recipe: Mapping[str, Any]) -> Document:
    """Return a recipe as this Apex reads it; one of a newer Apex is refused in words."""
    label = str(recipe.get("schema", ""))
    number = label.removeprefix("apex.recipe/")
    if number.isdecimal() and len(number) < 6 and int(number) > VERSION:
        raise InputError(
            f"this picture was made by a newer Apex: how it was made is written in version {number}, this Apex reads "
            f"up to {VERSION}; update Apex to make it again"
        )
    return upgrade_document(recipe, kind="recipe", version=VERSION, upgrades={})


def picture_from_recipe(
    recipe: Document,
    progress: Progress | None = None,
    *,
    before: Callable[[ImageRequest], None] | None = None,
    ask: Callable[[str, ImageRequest, Progress], RenderedImage] | None = None,
) -> RenderedImage:
    """Make a picture again from its recipe alone; `before` is called with its request, to forget what was kept of it.

    `ask` asks the engine, where it is to be more than drawn.
    """
    name, progress = str(recipe["backend"]), progress or NullProgress()
    request = request_from_recipe(recipe)
    if before is not None:
        before(request)
    image = ask(name, request, progress) if ask else BACKENDS.get(name).render(request, progress)
    return finished(image, request)


def _scene_from(document: Mapping[str, Any]) -> SceneMemory:
    people = [profile_from_document(profile) for profile in document.get("people", ())]
    return SceneMemory.from_document(document, people)


def _brief_from(document: dict[str, Any]) -> ShotBrief:
    return ShotBrief(
        **{
            **document,
            "setting": Setting(document["setting"]),
            "time_of_day": TimeOfDay(document["time_of_day"]),
            "size": ShotSize(document["size"]),
            "angle": CameraAngle(document["angle"]),
            "coverage": Coverage(document["coverage"]),
            "move": CameraMove(document["move"]),
            "cast": tuple(document["cast"]),
        }
    )
