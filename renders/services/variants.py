"""Ask for variants, and make one: brief → picture → scores → rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.errors import Cancelled, InputError, LicenceRefused, StateError, listed
from apexsite.kit.pixels import Bytes3, jpeg_bytes
from apexsite.kit.progress import Progress
from characters.services.bodies import bodies_ensure
from projects import access
from projects.events import event_record
from projects.models import Project, Shot
from renders.bridge import image_request, shot_inputs_hash
from renders.engine.finish.steps import finished
from renders.engine.imaging.base import QUALITIES, ImageRequest, RenderedImage
from renders.engine.imaging.choice import Need
from renders.engine.imaging.chunk import picture_file
from renders.engine.imaging.options import PictureOptions
from renders.engine.scoring import WEIGHTS, ScoreCard
from renders.models import (
    JobKind,
    Media,
    RenderJob,
    RenderTask,
    Score,
    Tier,
    Variant,
    VariantFile,
    Verdict,
)
from renders.services.carrying import sketch_followed
from renders.services.drafts import DRAFT, SKETCH
from renders.services.drifting import drift_kept, drift_measured
from renders.services.embodying import bodies_cast, measures_by_network
from renders.services.engines import (
    engine_availability,
    engine_chosen,
    engines_of,
    plain,
    policy_of,
)
from renders.services.jobs import job_create
from renders.services.ledger import Permit, picture_permit
from renders.services.lessons import options_learnt
from renders.services.media import media_keep_bytes, media_keep_file
from renders.services.receipts import picture_with_receipts
from renders.services.recipes import recipe_of
from renders.services.references import references_asked, references_read, start_of, starters
from renders.services.scoring import picture_scored

MOST_VARIANTS = 12
STILL_OVERSIZE = 1.2
"""A still is drawn larger than the film, so that a camera move never enlarges it. House choice."""
THUMBNAIL_WIDTH = 480
FILE_TYPES = {"blend": "application/x-blender"}


def still_size(width: int, height: int, *, lines: int | None = None) -> tuple[int, int]:
    """Return the raster of a still for a film of this raster, even in both sides."""
    scale = STILL_OVERSIZE * (lines / min(width, height) if lines else 1.0)
    return round(width * scale / 2) * 2, round(height * scale / 2) * 2


def variants_request(
    *,
    user: AbstractUser,
    shot: Shot,
    tier: str = Tier.STORYBOARD,
    count: int = 3,
    seed: int | None = None,
    lines: int | None = None,
    after: int | None = None,
    quality: str = DRAFT,
    priority: int = 0,
    engine: str = "",
    options: PictureOptions | None = None,
    leave_off: Collection[str] = (),
    start: UUID | str | None = None,
    show_cast: bool = True,
) -> RenderJob:
    """Ask for `count` new variants of a shot; returns the job, queued.

    `after` is how many had been asked for when the person looked: the same form sent twice asks once and gets the same
    job, and somebody else's asking meanwhile raises `StateError`. `lines` bounds the raster by its shorter side (a preview); None is the project's own.
    `quality` is the stage's: other tiers have none but "draft". `engine` names who draws, empty to have it chosen.
    What the shot's rejections teach is laid over `options`, but for the reasons in `leave_off`.
    `start` is a picture of the production to draw over; `show_cast` lets an engine that looks at pictures see the cast's approved
    ones. Raises `InputError` for an engine that cannot start from a picture.
    """
    project = shot.scene.episode.project
    access.require(user, project, "make")
    _check_asking(shot, tier=tier, count=count, quality=quality)
    width, height = still_size(project.width, project.height, lines=lines)
    begun = start_of(project, start)
    need = Need(exact_seed=seed is not None, start=begun is not None)
    backend = _permitted(project, tier, engine, options, need)
    if backend == "stage" and not measures_by_network():
        bodies_ensure(user=user, project=project)
    with transaction.atomic():
        Shot.objects.select_for_update().get(pk=shot.pk)
        first = variants_asked(shot, tier)
        if after is not None and after != first:
            return _asked_already(user, shot, tier)
        learnt = options_learnt(shot, options, tier=tier, backend=backend, leave_off=leave_off)
        shown = references_asked(shot, backend=backend, start=begun, with_cast=show_cast)
        asked = {
            "shot": str(shot.pk), "tier": tier, "backend": backend, "seed": seed, "quality": quality,
            "width": width, "height": height, "options": learnt.to_document(), "references": shown,
        }  # fmt: skip
        requests = [asked | {"variant_index": index} for index in range(first, first + count)]
        return job_create(
            user=user,
            project=project,
            kind=JobKind.VARIANTS,
            title=_title(count, quality, shot),
            requests=requests,
            episode=shot.scene.episode,
            shot=shot,
            priority=priority,
        )


def _check_asking(shot: Shot, *, tier: str, count: int, quality: str) -> None:
    if not 1 <= count <= MOST_VARIANTS:
        raise InputError(f"count={count} must be from 1 to {MOST_VARIANTS}")
    if quality not in QUALITIES or (quality != DRAFT and tier != Tier.PREVIZ):
        raise InputError(
            f"quality={quality!r} of tier={tier!r}: valid are {listed(QUALITIES)}, in previz; draft elsewhere"
        )
    if shot.status == Shot.Status.OMITTED:
        raise StateError(f"shot {shot.code} is omitted from the cut")


def _permitted(
    project: Project, tier: str, engine: str, options: PictureOptions | None, need: Need
) -> str:
    """Return the engine that is asked: the one named if the production may use it, else the first that it may."""
    backend = engine_chosen(project, tier, engine=engine, need=need)
    names = [backend]
    if not engine:
        others = engines_of(tier, order=policy_of(project).order, need=need)
        names += [n for n in others if n != backend and engine_availability(n).is_available]
    if need.start:
        names = starters(names, tier=tier)
    refused: LicenceRefused | InputError | None = None
    for name in names:
        try:
            picture_permit(project=project, engine=name, options=options or PictureOptions())
        except (LicenceRefused, InputError) as err:
            refused = refused or err
        else:
            return name
    assert refused is not None
    raise refused


def _permit(shot: Shot, backend: str, options: Mapping[str, Any]) -> Permit:
    """Return what a picture of a shot may be made with at this moment."""
    project = shot.scene.episode.project
    asked = PictureOptions.from_document(options)
    return picture_permit(project=project, engine=backend, options=asked)


def _title(count: int, quality: str, shot: Shot) -> str:
    one, many = ("sketch", "sketches") if quality == SKETCH else ("variant", "variants")
    return f"{count} {one if count == 1 else many} of {shot.code}"


def _asked_already(user: AbstractUser, shot: Shot, tier: str) -> RenderJob:
    jobs = RenderJob.objects.filter(shot=shot, kind=JobKind.VARIANTS, tasks__request__tier=tier)
    last = jobs.order_by("-created_at").first()
    if last is not None and last.requested_by_id == user.pk:
        return last
    who = last.requested_by.get_short_name() or last.requested_by if last else "somebody"
    raise StateError(
        f"{who} asked for variants of {shot.code} while you were looking; nothing more was asked for"
    )


def variants_asked(shot: Shot, tier: str) -> int:
    """Return how many variants of a shot were asked for so far in a tier: the index of the next one."""
    asked = RenderTask.objects.filter(job__shot=shot, job__kind=JobKind.VARIANTS)
    indexes = [
        r["variant_index"] for r in asked.values_list("request", flat=True) if r["tier"] == tier
    ]
    return max(indexes, default=-1) + 1


def variant_task_run(task: RenderTask, progress: Progress) -> Callable[[], Variant]:
    """Draw and score one variant; returns what publishes it, to be called under the fence."""
    asked = task.request
    shot = Shot.objects.select_related("scene__episode__project").get(pk=asked["shot"])
    permit = _permit(shot, asked["backend"], asked.get("options", {}))
    if asked["backend"] == "stage" and task.job.requested_by and measures_by_network():
        bodies_cast(
            user=task.job.requested_by, project=shot.scene.episode.project, progress=_Part(progress)
        )
    request, bible = image_request(
        shot,
        width=asked["width"],
        height=asked["height"],
        variant_index=asked["variant_index"],
        seed=asked["seed"],
        options=permit.options,
        references=references_read(asked.get("references", ())),
    )
    request = replace(request, quality=asked.get("quality", DRAFT))
    if asked.get("of_sketch") and sketch_rejected(shot, asked["tier"], request):
        raise Cancelled(f"the sketch of {shot.code} was rejected before its draft was begun")
    inputs_hash = shot_inputs_hash(shot)
    progress.advance(0, 10, "drawing")
    drawn = picture_with_receipts(task, asked["backend"], request, _Part(progress))
    image = finished(drawn.image, request)
    drift = drift_measured(image.pixels, request)
    if drawn.engine != asked["backend"]:
        # The recipe is what drew: the model and the LoRAs asked of the first engine are not the other's.
        permit, request = _permit(shot, drawn.engine, {}), plain(request)
    progress.advance(7, 10, "scoring")
    card = picture_scored(shot, tier=asked["tier"], image=image, request=request)
    progress.advance(9, 10, "keeping")
    recipe = recipe_of(
        request=request,
        image=image,
        backend=drawn.engine,
        hops=[*permit.hops, *drawn.hops],
        receipt=drawn.receipt,
        models=permit.models,
        bible_version=bible.version,
    )
    media, thumbnail = picture_keep(image.pixels, recipe)
    recipe["media_sha256"] = media.sha256
    files = files_kept(image)
    values = {
        "task": task,
        "media": media,
        "thumbnail": thumbnail,
        "engine": image.engine,
        "quality": image.parameters.get("quality", ""),
        "recipe": recipe,
        "inputs_hash": inputs_hash,
    }
    actor = task.job.requested_by
    return lambda: drift_kept(
        variant_publish(shot, asked["tier"], values, card, actor=actor, files=files), bible, drift
    )


def picture_keep(pixels: Bytes3, recipe: Mapping[str, Any]) -> tuple[Media, Media]:
    """Keep a drawn picture with its recipe inside, and the small one of its card."""
    height, width = pixels.shape[:2]
    media = media_keep_bytes(
        picture_file(pixels, recipe), content_type="image/png", width=width, height=height
    )
    thumbnail = media_keep_bytes(
        jpeg_bytes(thumbnail_of(pixels)), content_type="image/jpeg", width=THUMBNAIL_WIDTH
    )
    return media, thumbnail


def files_kept(image: RenderedImage) -> dict[str, Media]:
    """Keep the further files of a picture; returns their rows by kind."""
    return {
        kind: media_keep_file(path, content_type=FILE_TYPES.get(kind, "image/png"))
        for kind, path in image.files.items()
    }


def variant_publish(
    shot: Shot,
    tier: str,
    values: dict[str, Any],
    card: ScoreCard,
    *,
    actor: AbstractUser | None,
    files: Mapping[str, Media] | None = None,
) -> Variant:
    """Write a variant with its scores and tell; call it inside a transaction."""
    Shot.objects.select_for_update().get(pk=shot.pk)
    last = Variant.objects.filter(shot=shot, tier=tier).order_by("-number").first()
    variant = Variant.objects.create(
        shot=shot,
        tier=tier,
        number=last.number + 1 if last else 1,
        score_total=card.total,
        score_reason=card.reason,
        defect=card.defect,
        **values,
    )
    VariantFile.objects.bulk_create(
        VariantFile(variant=variant, kind=kind, media=media)
        for kind, media in (files or {}).items()
    )
    document = card.to_document()
    Score.objects.bulk_create(
        Score(
            variant=variant,
            criterion=criterion["name"],
            weight=WEIGHTS[criterion["name"]],
            value=criterion["value"],
            reason=criterion["reason"],
            sub_scores=list(criterion["sub_scores"]),
        )
        for criterion in document["criteria"]
    )
    Shot.objects.filter(pk=shot.pk, status=Shot.Status.RETAKE).update(status=Shot.Status.ACTIVE)
    event_record(
        shot.scene.episode.project,
        "variant.created",
        variant,
        actor=actor,
        payload={
            "shot": str(shot.pk),
            "code": shot.code,
            "tier": tier,
            "number": variant.number,
            "score": round(card.total, 4),
        },
    )
    sketch_followed(variant, actor=actor)
    return variant


def sketch_rejected(shot: Shot, tier: str, request: ImageRequest) -> bool:
    """Say whether the sketch that a draft would follow was rejected."""
    return Variant.objects.filter(
        shot=shot,
        tier=tier,
        quality=SKETCH,
        verdict=Verdict.REJECTED,
        recipe__variant_index=request.variant_index,
        recipe__seed=request.seed,
    ).exists()


def thumbnail_of(pixels: Bytes3) -> Bytes3:
    """Return a picture made small for a card: uint8 h×480×3."""
    import numpy as np
    from PIL import Image

    height = max(1, round(pixels.shape[0] * THUMBNAIL_WIDTH / pixels.shape[1]))
    small = Image.fromarray(pixels).resize((THUMBNAIL_WIDTH, height), Image.Resampling.LANCZOS)
    return np.asarray(small, dtype=np.uint8)


class _Part:
    """The engine's steps as the first seven tenths of the task's."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress

    def advance(self, done: int, total: int, message: str = "") -> None:
        self.progress.advance(int(7 * done / max(total, 1)), 10, message or "drawing")


def best_waiting(variants: Sequence[Variant]) -> Variant | None:
    """Return the waiting variant with the best score, a sketch only where nothing else waits; the lower number wins a tie."""
    waiting = [v for v in variants if v.verdict == "waiting" and v.score_total is not None]
    return max(waiting, key=lambda v: (v.quality != SKETCH, v.score_total, -v.number), default=None)
