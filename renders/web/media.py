"""Pictures and films, byte by byte: first may this person see the row that uses the file, then its bytes.

The body is an async generator: a sync one would be read whole into memory under ASGI before the first byte is sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from apexsite.kit.errors import NotFound
from projects.access import require
from projects.models import Project
from renders.models import Cut, Delivery, Media, Variant, VariantFile
from renders.services.media import media_path
from renders.services.waveforms import waveform
from renders.web.ranges import Part, part_wanted, strong_etag

CHUNK_BYTES = 256 * 1024
"""One read, house choice: small beside a film, large beside the cost of a thread's turn."""
FOR_GOOD = "private, max-age=31536000, immutable"
"""A variant's or a delivery's picture never changes under its address."""
ASK_AGAIN = "private, no-cache"
"""A film is kept by the browser, but each look asks first whether this person still may."""
EXTENSIONS = {"video/mp4": ".mp4", "video/quicktime": ".mov", "video/x-matroska": ".mkv"}


@require_safe
async def variant_picture(request: HttpRequest, variant_id: UUID) -> HttpResponseBase:
    """Send a variant's picture."""
    variant, path = await _variant_file(request, variant_id, "media")
    return await answer_file(request, variant.media, path, cache=FOR_GOOD)


@require_safe
async def variant_thumbnail(request: HttpRequest, variant_id: UUID) -> HttpResponseBase:
    """Send a variant's thumbnail."""
    variant, path = await _variant_file(request, variant_id, "thumbnail")
    return await answer_file(request, variant.thumbnail, path, cache=FOR_GOOD)


@require_safe
async def variant_file(request: HttpRequest, variant_id: UUID, kind: str) -> HttpResponseBase:
    """Send a further file of a variant (depth, masks, normal, blend) under a name of its own."""
    file, path = await _further_file(request, variant_id, kind)
    response = await answer_file(request, file.media, path, cache=FOR_GOOD)
    ending = "blend" if kind == "blend" else "png"
    name = f"{file.variant.shot.code}-v{file.variant.number}-{kind}.{ending}"
    response["Content-Disposition"] = str(content_disposition_header(True, name))
    return response


@require_safe
async def delivery_film(request: HttpRequest, delivery_id: UUID) -> HttpResponseBase:
    """Send a delivery's film; with `?download=1` as a file with a name."""
    delivery, path = await _delivery_file(request, delivery_id, "film")
    response = await answer_file(request, delivery.film, path, cache=ASK_AGAIN)
    if request.GET.get("download") == "1":
        disposition = content_disposition_header(True, film_name(delivery))
        response["Content-Disposition"] = str(disposition)
    return response


@require_safe
async def delivery_contact_sheet(request: HttpRequest, delivery_id: UUID) -> HttpResponseBase:
    """Send a delivery's contact sheet."""
    delivery, path = await _delivery_file(request, delivery_id, "contact_sheet")
    return await answer_file(request, delivery.contact_sheet, path, cache=FOR_GOOD)


@require_safe
async def delivery_poster(request: HttpRequest, delivery_id: UUID) -> HttpResponseBase:
    """Send a delivery's poster."""
    delivery, path = await _delivery_file(request, delivery_id, "poster")
    return await answer_file(request, delivery.poster, path, cache=FOR_GOOD)


@require_safe
async def cut_waveform(request: HttpRequest, cut_id: UUID) -> HttpResponseBase:
    """Send a cut's lines and music as a waveform; a cut never changes, so neither does it."""
    media, path = await _cut_waveform(request, cut_id)
    return await answer_file(request, media, path, cache=FOR_GOOD)


def film_name(delivery: Delivery) -> str:
    """Return a clean file name of a delivery's film, such as `night-bus-cut-2-preview.mp4`."""
    preview = "-preview" if delivery.is_preview else ""
    return f"{cut_stem(delivery.cut)}{preview}{EXTENSIONS.get(delivery.film.content_type, '')}"


def cut_stem(cut: Cut) -> str:
    """Return a clean beginning of the names of a cut's files, such as `night-bus-cut-2`."""
    titles = dict.fromkeys([cut.episode.project.name.lower(), cut.episode.title.lower()])
    letters = "".join(c if c.isalnum() and c.isascii() else " " for c in " ".join(titles))
    stem = "-".join(letters.split())[:80].rstrip("-") or "film"
    return f"{stem}-cut-{cut.version}"


@sync_to_async
def _variant_file(request: HttpRequest, id_: UUID, field: str) -> tuple[Variant, Path]:
    rows = Variant.objects.select_related(field, "shot__scene__episode__project")
    variant: Variant = _row(rows, id_)
    return variant, file_of(request, variant.shot.scene.episode.project, getattr(variant, field))


@sync_to_async
def _further_file(request: HttpRequest, id_: UUID, kind: str) -> tuple[VariantFile, Path]:
    rows = VariantFile.objects.select_related("media", "variant__shot__scene__episode__project")
    file: VariantFile | None = rows.filter(variant=id_, kind=kind).first()
    if file is None:
        # As in `_row`: an answer must not tell which ids exist.
        raise NotFound("there is no such project for you")
    return file, file_of(request, file.variant.shot.scene.episode.project, file.media)


@sync_to_async
def _cut_waveform(request: HttpRequest, id_: UUID) -> tuple[Media, Path]:
    cut: Cut = _row(Cut.objects.select_related("episode__project"), id_)
    # Who may not see the cut makes nobody compose its music.
    require(request.user, cut.episode.project, "view")
    drawn = waveform(cut)
    return drawn, file_of(request, cut.episode.project, drawn)


@sync_to_async
def _delivery_file(request: HttpRequest, id_: UUID, field: str) -> tuple[Delivery, Path]:
    rows = Delivery.objects.select_related(field, "cut__episode__project")
    delivery: Delivery = _row(rows, id_)
    return delivery, file_of(request, delivery.cut.episode.project, getattr(delivery, field))


def _row(rows: QuerySet[Any], id_: UUID) -> Any:
    row: Model | None = rows.filter(pk=id_).first()
    if row is None:
        # The same words as for a stranger: an answer must not tell which ids exist.
        raise NotFound("there is no such project for you")
    return row


def file_of(request: HttpRequest, project: Project, media: Media) -> Path:
    """Return where a file of a project lies, for who may see it; else `NotFound`."""
    require(request.user, project, "view")
    try:
        return media_path(media)
    except NotFound:
        # The store's own message names a folder of this machine.
        raise NotFound(f"media {media.sha256[:12]} is not in the store") from None


async def answer_file(
    request: HttpRequest, media: Media, path: Path, *, cache: str
) -> HttpResponseBase:
    """Return the file, or the part of it the browser asked for."""
    size_bytes = (await asyncio.to_thread(path.stat)).st_size
    part = part_wanted(
        str(request.method), request.headers, size_bytes=size_bytes, sha256=media.sha256
    )
    response: HttpResponseBase
    if part.status in (304, 416) or request.method == "HEAD":
        response = HttpResponse(status=part.status, content_type=media.content_type)
    else:
        response = StreamingHttpResponse(
            _bytes(path, part), status=part.status, content_type=media.content_type
        )
    if part.status != 304:
        response["Content-Length"] = str(part.length)
    if part.content_range:
        response["Content-Range"] = part.content_range
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = strong_etag(media.sha256)
    response["Cache-Control"] = "no-store" if part.status == 416 else cache
    response["X-Content-Type-Options"] = "nosniff"
    return response


async def _bytes(path: Path, part: Part) -> AsyncIterator[bytes]:
    stream = await asyncio.to_thread(path.open, "rb")
    try:
        await asyncio.to_thread(stream.seek, part.start)
        left = part.length
        while left > 0:
            chunk = await asyncio.to_thread(stream.read, min(CHUNK_BYTES, left))
            if not chunk:
                # Fewer bytes than promised: the server ends the connection, and the browser knows.
                return
            left -= len(chunk)
            yield chunk
    finally:
        stream.close()
