"""An artist's own picture as a variant: judged, compared and cut like any other, and named for what it is."""

from __future__ import annotations

from dataclasses import replace

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.documents import schema_label
from apexsite.kit.errors import InputError, StateError, listed
from apexsite.kit.pixels import jpeg_bytes, png_bytes
from projects import access
from projects.models import Shot
from renders.bridge import image_request, shot_inputs_hash
from renders.engine.imaging.base import RenderedImage
from renders.engine.imaging.upload import UPLOAD, UploadedPicture, read_upload
from renders.models import Tier, Variant
from renders.services.drifting import drift_kept, drift_measured
from renders.services.media import media_keep_bytes
from renders.services.recipes import VERSION
from renders.services.scoring import picture_scored
from renders.services.variants import THUMBNAIL_WIDTH, thumbnail_of, variant_publish

ENGINE = "upload"


def variant_upload(
    *, user: AbstractUser, shot: Shot, tier: str, content: bytes, name: str
) -> Variant:
    """Keep an uploaded picture as a new variant that waits; the same file twice is the variant there is.

    The file itself is kept beside the picture made of it. Raises `InputError` for what is no usable picture.
    """
    project = shot.scene.episode.project
    access.require(user, project, "make")
    if tier not in Tier.values:
        raise InputError(f"tier={tier!r} must be one of {listed(Tier.values)}")
    if shot.status == Shot.Status.OMITTED:
        raise StateError(f"shot {shot.code} is omitted from the cut")
    label = name.strip()[:200] or "the file"
    picture = read_upload(content, name=label, width=project.width, height=project.height)
    original = media_keep_bytes(content, content_type=f"image/{picture.file_format.lower()}")
    standing = Variant.objects.filter(
        shot=shot, tier=tier, engine=ENGINE, recipe__file_sha256=original.sha256
    ).first()
    if standing is not None:
        return standing
    return _kept(user, shot, tier, picture, label, original.sha256)


def _kept(
    user: AbstractUser, shot: Shot, tier: str, picture: UploadedPicture, name: str, sha256: str
) -> Variant:
    height, width = picture.pixels.shape[:2]
    request, bible = image_request(shot, width=64, height=64, variant_index=0)
    request = replace(request, width=width, height=height)
    image = RenderedImage(picture.pixels, ENGINE, "1")
    card = picture_scored(shot, tier=tier, image=image, request=request)
    drift = drift_measured(picture.pixels, request)
    media = media_keep_bytes(
        png_bytes(picture.pixels), content_type="image/png", width=width, height=height
    )
    thumbnail = media_keep_bytes(
        jpeg_bytes(thumbnail_of(picture.pixels)), content_type="image/jpeg", width=THUMBNAIL_WIDTH
    )
    recipe = {
        "schema": schema_label("recipe", VERSION),
        "backend": ENGINE,
        "engine": ENGINE,
        "engine_version": "1",
        "licence": UPLOAD.licence,
        "file_name": name,
        "file_sha256": sha256,
        "file_format": picture.file_format,
        "file_size": [picture.file_width, picture.file_height],
        "crop": list(picture.crop),
        "colour_profile_applied": picture.had_profile,
        "width": width,
        "height": height,
        "seed": None,
        "brief": request.brief.to_document(),
        "cast": [profile.to_document() for profile in request.cast],
        "bible": request.bible.document,
        "bible_version": bible.version,
        "media_sha256": media.sha256,
    }
    values = {"media": media, "thumbnail": thumbnail, "engine": ENGINE, "recipe": recipe}
    values |= {"inputs_hash": shot_inputs_hash(shot)}
    with transaction.atomic():
        variant = variant_publish(shot, tier, values, card, actor=user)
        return drift_kept(variant, bible, drift)
