"""The parts of a delivery's sound, to download."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from asgiref.sync import sync_to_async
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from apexsite.kit.errors import NotFound
from renders.models import Stem
from renders.web.media import FOR_GOOD, answer_file, cut_stem, file_of


@require_safe
async def delivery_stem(request: HttpRequest, delivery_id: UUID, kind: str) -> HttpResponseBase:
    """Send a part of the mix as a WAV with a name of its own."""
    stem, path, name = await _found(request, delivery_id, kind)
    response = await answer_file(request, stem.media, path, cache=FOR_GOOD)
    response["Content-Disposition"] = str(content_disposition_header(True, name))
    return response


@sync_to_async
def _found(request: HttpRequest, delivery_id: UUID, kind: str) -> tuple[Stem, Path, str]:
    rows = Stem.objects.select_related("media", "delivery__cut__episode__project")
    stem = rows.filter(delivery=delivery_id, kind=kind).first()
    if stem is None:
        # The same words as for a stranger: an answer must not tell which ids exist.
        raise NotFound("there is no such project for you")
    cut = stem.delivery.cut
    name = f"{cut_stem(cut)}-{stem.delivery.profile.replace('_', '-')}-{kind}.wav"
    return stem, file_of(request, cut.episode.project, stem.media), name
