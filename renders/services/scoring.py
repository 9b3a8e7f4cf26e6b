"""Score a drawn picture with all that is known of it: its subject, the words it was asked with, the shot's other variants."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from projects.models import Shot
from renders.engine.imaging.base import ImageRequest, RenderedImage
from renders.engine.prompting.prompt import Prompt
from renders.engine.scoring import ScoreCard, score_picture
from renders.engine.scoring.blur import Box
from renders.engine.scoring.fingerprint import fingerprint
from renders.engine.scoring.neural import Models
from renders.models import Variant, Verdict

MOST_OTHERS = 24
"""The newest variants a picture is held against. House choice: more than a strip shows."""
FACE_REACH = 0.6
"""How far a subject reaches beyond its face, in faces, where only the face is known. House choice."""


def models_here() -> Models:
    """Return the paths of neural models this site names, empty ones for none."""
    return Models(
        clip_image=str(settings.APEX_CLIP_IMAGE_ONNX),
        clip_text=str(settings.APEX_CLIP_TEXT_ONNX),
        aesthetic=str(settings.APEX_AESTHETIC_ONNX),
        landmarks=str(settings.APEX_LANDMARKS_ONNX),
    )


def picture_scored(
    shot: Shot, *, tier: str, image: RenderedImage, request: ImageRequest
) -> ScoreCard:
    """Return the card of a picture that was drawn for a shot."""
    point = image.parameters.get("subject_point")
    subject = (float(point[0]), float(point[1])) if point else None
    return score_picture(
        image.pixels,
        request=request,
        subject=subject,
        subject_box=subject_box(image.parameters, subject, request=request),
        models=models_here(),
        text=prompt_text(request.prompt),
        faces=face_boxes(image.parameters, request=request),
        others=_others(shot, tier=tier, quality=str(image.parameters.get("quality", ""))),
    )


def prompt_text(prompt: Prompt) -> str:
    """Return a prompt's parts as one text, the most important first."""
    return ", ".join(part.words for part in sorted(prompt.parts, key=lambda part: part.rank))


def subject_box(
    parameters: dict[str, Any], subject: tuple[float, float] | None, *, request: ImageRequest
) -> Box | None:
    """Return the box of the figure the subject point lies in, as shares of the frame; None where nobody tells."""
    if subject is None:
        return None
    for name, reach in (("figure_boxes", 0.0), ("face_boxes", FACE_REACH)):
        for box in (parameters.get(name) or {}).values():
            if not box or len(box) != 4:
                continue
            left, right = box[0] / request.width, box[2] / request.width
            top, low = box[1] / request.height, box[3] / request.height
            wide, tall = reach * (right - left), reach * (low - top)
            found = (left - wide, top - tall, right + wide, low + tall)
            if found[0] <= subject[0] <= found[2] and found[1] <= subject[1] <= found[3]:
                x0, y0, x1, y1 = (min(1.0, max(0.0, at)) for at in found)
                return x0, y0, x1, y1
    return None


def face_boxes(parameters: dict[str, Any], *, request: ImageRequest) -> list[Box]:
    """Return the boxes of the faces an engine tells of, as shares of the frame."""
    boxes = (parameters.get("face_boxes") or {}).values()
    width, height = request.width, request.height
    return [
        (box[0] / width, box[1] / height, box[2] / width, box[3] / height)
        for box in boxes
        if box and len(box) == 4
    ]


def _others(shot: Shot, *, tier: str, quality: str) -> dict[int, int]:
    """Return the fingerprints of a shot's other variants of the same tier and quality that were not rejected."""
    from apexsite.kit.pixels import read_picture
    from renders.services.media import media_path

    variants = Variant.objects.filter(shot=shot, tier=tier, quality=quality)
    rows = variants.exclude(verdict=Verdict.REJECTED).select_related("thumbnail")
    found = {}
    for variant in rows.order_by("-number")[:MOST_OTHERS]:
        path = media_path(variant.thumbnail)
        if path.is_file():
            found[variant.number] = fingerprint(read_picture(path.read_bytes()))
    return found
