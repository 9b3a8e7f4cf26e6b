"""A picture made again from its recipe alone, held against the first: same bytes, or how far apart and what is not as it was."""

from __future__ import annotations

import hashlib
import math
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import QuerySet

from apexsite.kit.errors import InputError, NotFound
from apexsite.kit.pixels import png_bytes, read_picture
from apexsite.kit.progress import NullProgress, Progress
from projects import access
from projects.events import event_record
from projects.models import Episode, Shot
from renders import states
from renders.engine.imaging import BACKENDS
from renders.engine.imaging.base import Capabilities, RenderedImage
from renders.engine.imaging.chunk import picture_file
from renders.engine.imaging.distance import Distance, distance
from renders.engine.imaging.options import PictureOptions
from renders.engine.imaging.receipt import Hop
from renders.engine.imaging.software import Difference, differences, software_of
from renders.models import (
    JobKind,
    LedgerEntry,
    ProofResult,
    RenderJob,
    RenderTask,
    RerenderProof,
    Variant,
)
from renders.services.engines import picture_asked
from renders.services.jobs import job_create
from renders.services.ledger import picture_permit
from renders.services.media import media_path
from renders.services.receipts import receipt_keep
from renders.services.recipes import picture_from_recipe, recipe_read
from renders.services.uploads import ENGINE as UPLOAD

MOST_SAMPLED = 200


@dataclass(frozen=True, slots=True)
class Proof:
    """What a proof found, with the file made again (empty for what cannot be made again)."""

    values: dict[str, Any]
    content: bytes = b""

    @property
    def result(self) -> str:
        """Return which of `ProofResult` it is."""
        return str(self.values["result"])


def rerender_request(*, user: AbstractUser, variant: Variant) -> RenderJob:
    """Ask for a proof of a picture; while the same one is on its way, that is the answer."""
    shot = variant.shot
    project = shot.scene.episode.project
    access.require(user, project, "make")
    with transaction.atomic():
        # The shot's row is the lock: two presses of the button meet here.
        Shot.objects.select_for_update().get(pk=shot.pk)
        standing = _open_proofs(variant).first()
        if standing is not None:
            return standing
        return job_create(
            user=user,
            project=project,
            kind=JobKind.RERENDER,
            title=f"proof of {shot.code} {variant.tier} {variant.number}",
            requests=[{"variant": str(variant.pk)}],
            episode=shot.scene.episode,
            shot=shot,
        )


def proof_waits(variant: Variant) -> bool:
    """Say whether a proof of a picture is on its way."""
    return _open_proofs(variant).exists()


def _open_proofs(variant: Variant) -> QuerySet[RenderJob]:
    return RenderJob.objects.filter(
        shot=variant.shot_id,
        kind=JobKind.RERENDER,
        status__in=states.OPEN,
        tasks__request__variant=str(variant.pk),
    )


def rerender_task_run(task: RenderTask, progress: Progress) -> Callable[[], RerenderProof]:
    """Make a picture again and measure; returns what publishes the proof, to be called under the fence."""
    variant = variants_with_shots().get(pk=task.request["variant"])
    proof = rerender(variant, progress, told=lambda hop: receipt_keep(task, hop))
    return lambda: proof_keep(variant, proof, actor=task.job.requested_by, task=task)


def variants_with_shots() -> Any:
    """Return variants with what a proof reads of them."""
    return Variant.objects.select_related("media", "shot__scene__episode__project")


def rerender(
    variant: Variant,
    progress: Progress | None = None,
    *,
    told: Callable[[Hop], None] = lambda hop: None,
) -> Proof:
    """Make a variant's picture again in this process and say how it compares; an upload's bytes are verified.

    Raises what its engine raises, `NotAvailable` where the site does not let it draw, what `picture_permit` raises of a
    vendor, and `InputError` for a recipe of a newer Apex. Nothing kept from before is used; the asking is told as it ends.
    """
    recipe = recipe_read(variant.recipe)
    if recipe.get("backend") == UPLOAD:
        return _verified(variant)
    backend = BACKENDS.get(str(recipe.get("backend", "")))
    started = time.monotonic()
    if backend.capabilities.needs_network:
        picture_permit(
            project=variant.shot.scene.episode.project,
            engine=str(recipe["backend"]),
            options=PictureOptions.from_document(recipe.get("options", {})),
        )
    image = picture_from_recipe(
        recipe,
        progress or NullProgress(),
        before=getattr(backend, "forget", None),
        ask=partial(picture_asked, told=told),
    )
    content = _file_of(image, recipe)
    made = hashlib.sha256(content).hexdigest()
    apart = None if made == variant.media.sha256 else _distance(variant, image)
    others = _differences(recipe, image)
    values = {
        "sha256_was": variant.media.sha256,
        "sha256_now": made,
        "differences": [one.to_document() for one in others],
        "seconds": round(time.monotonic() - started, 2),
    }
    return Proof(values | _judged(values, apart, others, backend.capabilities), content)


def proof_keep(
    variant: Variant,
    proof: Proof,
    *,
    actor: AbstractUser | None = None,
    task: RenderTask | None = None,
) -> RerenderProof:
    """Keep a proof as a row and tell."""
    with transaction.atomic():
        row = RerenderProof.objects.create(
            variant=variant, asked_by=actor, task=task, **proof.values
        )
        event_record(
            variant.shot.scene.episode.project,
            "variant.proved",
            variant,
            actor=actor,
            payload={
                "shot": str(variant.shot_id),
                "code": variant.shot.code,
                "number": variant.number,
                "tier": variant.tier,
                "result": row.result,
                "found": row.get_result_display().lower(),
            },
        )
    return row


def sample_of(episode: Episode, *, count: int, seed: int) -> list[Variant]:
    """Return `count` pictures of a film drawn by lot, the same for the same seed, in the film's order."""
    if not 1 <= count <= MOST_SAMPLED:
        raise InputError(f"sample={count} must be from 1 to {MOST_SAMPLED}")
    rows = variants_with_shots().filter(shot__scene__episode=episode)
    keys = list(
        rows.order_by("shot__code", "tier", "number").values_list(
            "pk", "shot__code", "tier", "number"
        )
    )
    # Drawn over names, not over ids: the same film on another machine has the same sample.
    chosen = random.Random(seed).sample(keys, min(count, len(keys)))
    found = {row.pk: row for row in rows.filter(pk__in=[key[0] for key in chosen])}
    return [found[key[0]] for key in sorted(chosen, key=lambda key: key[1:])]


def _file_of(image: RenderedImage, recipe: Mapping[str, Any]) -> bytes:
    """Return the file as it was written then: pictures made before recipes travelled with them hold none."""
    if "pixels_sha256" in recipe:
        return picture_file(image.pixels, recipe)
    return png_bytes(image.pixels)


def _distance(variant: Variant, image: RenderedImage) -> Distance | None:
    """Return how far the first picture is from the second, None where its file is not here whole."""
    try:
        path = media_path(variant.media)
        return distance(read_picture(path), image.pixels)
    except (NotFound, InputError, OSError):
        return None


def _differences(recipe: Mapping[str, Any], image: RenderedImage) -> tuple[Difference, ...]:
    """Return what is not as it was: software, the engine's version, its model's file."""
    backend = str(recipe["backend"])
    was = dict(recipe.get("software", {})) | {"engine version": recipe.get("engine_version", "")}
    now: dict[str, object] = {**software_of(backend), "engine version": image.engine_version}
    for model in recipe.get("models", ()):
        row = LedgerEntry.objects.filter(model_id=model.get("id")).first()
        for name in ("sha256", "revision"):
            was[f"{name} of {model.get('id')}"] = model.get(name)
            now[f"{name} of {model.get('id')}"] = getattr(row, name, "")
    made, found = _environment(recipe.get("parameters", {})), _environment(image.parameters)
    return differences({**made, **was}, {**found, **now})


def _environment(parameters: Mapping[str, Any]) -> dict[str, object]:
    """Return what an engine tells of where and how it drew: program, device, model and weights, and what of the way it
    chose by itself: the raster, the rungs down to it, what it left out. A LoRA whose file was not told is no LoRA as it was.
    """
    names = ("blender", "device", "dtype", "model")
    told: dict[str, object] = {name: parameters[name] for name in names if name in parameters}
    for group in ("software", "weights"):
        inner = parameters.get(group)
        if isinstance(inner, Mapping):
            told |= {f"{group} {name}": value for name, value in inner.items()}
    for name, between in (("drawn_at", " × "), ("rungs", "; "), ("left_out", "; ")):
        if isinstance(parameters.get(name), list):
            told[name.replace("_", " ")] = between.join(str(one) for one in parameters[name])
    memory = parameters.get("memory")
    if isinstance(memory, Mapping) and "vae_tiling" in memory:
        told["tiled decoding"] = "on" if memory["vae_tiling"] else "off"
    for lora in parameters.get("loras") or ():
        told[f"LoRA {lora['file']}"] = lora.get("fingerprint") or "not told"
    return told


def _judged(
    values: Mapping[str, Any],
    apart: Distance | None,
    others: tuple[Difference, ...],
    capabilities: Capabilities,
) -> dict[str, Any]:
    """Return the result, whether it is what this engine promises, and the words."""
    if values["sha256_now"] == values["sha256_was"]:
        words = "Made again from what is kept of how it was made, in a drawing of its own: the same bytes"
        exact: dict[str, Any] = {"psnr_db": None, "delta_e_mean": 0.0, "most_difference": 0}
        return {**exact, "result": ProofResult.SAME, "is_as_expected": True, "words": words + "."}
    is_exact = capabilities.is_deterministic and capabilities.seed == "exact"
    if apart is None:
        result, words = (
            ProofResult.DIFFERENT,
            (
                "Made again with another sha256; the first file is not here whole, so how far they are apart is not known"
            ),
        )
    elif apart.is_none:
        result, words = (
            ProofResult.CLOSE,
            "Made again: every pixel is the same, the file is another",
        )
    else:
        result, words = ProofResult.DIFFERENT, f"Made again, and not the same: {apart}"
    measured = {
        "psnr_db": None if apart is None or math.isinf(apart.psnr_db) else round(apart.psnr_db, 2),
        "delta_e_mean": None if apart is None else round(apart.delta_e_mean, 4),
        "most_difference": None if apart is None else apart.most,
    }
    told = "; ".join(str(one) for one in others)
    changed = (
        f" Not as it was: {told}." if told else " Software, machine and models are as they were."
    )
    return {
        **measured,
        "result": result,
        "is_as_expected": result == ProofResult.CLOSE or not is_exact or bool(others),
        "words": f"{words}. {_expectation(capabilities)}{changed}",
    }


def _expectation(capabilities: Capabilities) -> str:
    """Return what an engine promises of the same recipe."""
    if capabilities.is_deterministic and capabilities.seed == "exact":
        return f"{capabilities.title} promises the same bytes on the same software and machine."
    if capabilities.seed == "none":
        return f"{capabilities.title} takes no seed: another picture of the same words is expected."
    return f"{capabilities.title} takes a seed as a wish: a picture like the first is expected, not its bytes."


def _verified(variant: Variant) -> Proof:
    """Return what is true of a brought picture: it cannot be made again, its bytes can be read and checked."""
    was = variant.media.sha256
    brought = "This picture was brought, not drawn: nothing can make it again."
    values: dict[str, Any] = {"sha256_was": was, "sha256_now": "", "differences": []}
    try:
        found = hashlib.sha256(media_path(variant.media).read_bytes()).hexdigest()
    except (NotFound, OSError):
        return Proof(
            values
            | {
                "result": ProofResult.LOST,
                "is_as_expected": False,
                "words": f"{brought} Its file is gone from the store; bring it again.",
            }
        )
    is_whole = found == was
    words = (
        f"Its file was read and is what was brought, byte for byte (sha256 {was[:12]}…)."
        if is_whole
        else f"Its file is damaged: sha256 {found[:12]}…, {was[:12]}… expected."
    )
    result = ProofResult.VERIFIED if is_whole else ProofResult.DAMAGED
    return Proof(
        values
        | {
            "result": result,
            "is_as_expected": is_whole,
            "words": f"{brought} {words}",
            "sha256_now": found,
        }
    )
