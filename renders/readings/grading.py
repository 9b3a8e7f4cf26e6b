"""What the grade page looks at: a shot's picture before and after, its scopes, and a grade as a .cube."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from apexsite.kit.documents import stable_json
from apexsite.kit.errors import StateError
from apexsite.kit.pixels import (
    Bytes3,
    Floats3,
    jpeg_bytes,
    png_bytes,
    read_picture,
    to_bytes,
    to_float,
)
from renders.engine.grading.grade import Grade, grade_from
from renders.models import Variant, Verdict
from renders.services.grades import table_named
from renders.services.media import content_store

if TYPE_CHECKING:
    from projects.models import Shot
    from renders.engine.grading.fold import Folded
    from renders.engine.grading.scopes import Scopes

PREVIEW_WIDTH = 960
"""Width of a preview. House choice: as wide as the page shows it."""

CUBE_SIZES = (17, 33, 65)


def variant_shown(shot: Shot, *, tier: str) -> Variant | None:
    """Return the variant a shot is graded by: the approved one of the tier, else its newest that is not rejected."""
    variants = Variant.objects.filter(shot=shot, tier=tier).select_related("media")
    approved = variants.filter(verdict=Verdict.APPROVED).first()
    return approved or variants.exclude(verdict=Verdict.REJECTED).order_by("-number").first()


def source_of(shot: Shot, *, tier: str) -> str:
    """Return the content hash of the picture a shot is graded by; raises `StateError` when there is none."""
    variant = variant_shown(shot, tier=tier)
    if variant is None:
        raise StateError(f"{shot.code} has no {tier} picture yet; make one first")
    return str(variant.media.sha256)


def picture_before(sha256: str) -> bytes:
    """Return a picture at the size of a preview, ungraded, as JPEG."""
    return jpeg_bytes(to_bytes(_small(sha256)), quality=90)


def picture_after(sha256: str, *, grade: Grade) -> bytes:
    """Return a picture at the size of a preview with all four stages, as JPEG."""
    return jpeg_bytes(to_bytes(_graded(sha256, stable_json(grade.to_document()))), quality=90)


def scope_png(sha256: str, *, grade: Grade, kind: str) -> bytes:
    """Return a scope of the graded picture as PNG; raises `InputError` for an unknown kind."""
    from renders.engine.grading.scope_pictures import scope_picture

    drawn: Bytes3 = scope_picture(scopes_of(sha256, grade=grade), kind=kind)
    return png_bytes(drawn)


def scopes_of(sha256: str, *, grade: Grade) -> Scopes:
    """Return what the graded picture measures, stages 1 to 3: grain and vignette would only blur the reading."""
    return _scopes(sha256, stable_json(grade.to_document()))


def fold_of(grade: Grade) -> Folded:
    """Return the grade's cube of colours with its measured error."""
    from renders.engine.grading.fold import fold_grade

    return fold_grade(grade, table_named=table_named)


def proposal_for(sha256: str) -> dict[str, float]:
    """Return what auto balance proposes for a picture."""
    from renders.engine.grading.balance import auto_balance

    return auto_balance(_small(sha256))


def cube_of(grade: Grade, *, size: int, title: str) -> str:
    """Return stages 1 to 3 as .cube text, from 0 to 1, with its measured error in a comment."""
    from renders.engine.grading.cube import cube_text
    from renders.engine.grading.fold import measured_points
    from renders.engine.grading.table import Table

    points, error = measured_points(grade, size=size, table_named=table_named)
    said = (
        f"stages 1 to 3; sRGB-encoded Rec.709 in and out\n"
        f"CIEDE2000 against the stages in float64: mean {error.mean:.3f}, "
        f"99th percentile {error.p99:.3f}, worst {error.most:.3f} of {error.colours} colours"
    )
    table = Table(np.clip(points.astype(np.float64), 0.0, 1.0), title=title)
    return cube_text(table, comments=(said,))


@lru_cache(maxsize=6)
def _small(sha256: str) -> Floats3:
    from PIL import Image

    pixels = read_picture(content_store().open_path(sha256))
    height, width = pixels.shape[:2]
    if width > PREVIEW_WIDTH:
        size = (PREVIEW_WIDTH, max(round(height * PREVIEW_WIDTH / width), 1))
        pixels = np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS))
    small = to_float(pixels)
    small.setflags(write=False)
    return small


@lru_cache(maxsize=4)
def _graded(sha256: str, document: str) -> Floats3:
    from renders.engine.grading.finishing import finish_still, frame_still

    grade = _read(document)
    still = finish_still(fold_of(grade).apply(_small(sha256)), grade=grade)
    return frame_still(still, grade=grade, seed=1)


@lru_cache(maxsize=8)
def _scopes(sha256: str, document: str) -> Scopes:
    from renders.engine.grading.scopes import measure

    return measure(fold_of(_read(document)).apply(_small(sha256)))


def _read(document: str) -> Grade:
    import json

    return grade_from(json.loads(document))
