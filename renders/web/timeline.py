"""The cut for other desks: OTIO and edit lists to download, and their lists to order and trim it."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from apexsite.kit.errors import InputError
from renders.models import Cut
from renders.readings.rows import cut_for
from renders.services.interchange import MOST_BYTES, cut_bring, lists_for, lists_zip, otio_of
from renders.web.media import cut_stem


def _otio(cut: Cut) -> bytes:
    return json.dumps(otio_of(cut), indent=1, ensure_ascii=False).encode()


def _edl(cut: Cut) -> bytes:
    """Return the picture's list; where one file cannot hold it, that is what the zip is for."""
    pictures = [text for name, text in lists_for(cut) if name.startswith("V1")]
    if len(pictures) > 1:
        raise InputError(
            f"the picture needs {len(pictures)} edit lists of 999 events; take the zip"
        )
    return pictures[0].encode()


KINDS: dict[str, tuple[Callable[[Cut], bytes], str]] = {
    "otio": (_otio, "application/vnd.otio+json"),
    "edl": (_edl, "text/plain; charset=utf-8"),
    "zip": (lists_zip, "application/zip"),
}


@require_safe
@login_required
def timeline_file(request: HttpRequest, cut_id: UUID, kind: str) -> HttpResponse:
    """Send a cut as OTIO, as the edit list of its picture, or all its edit lists in a zip."""
    cut = cut_for(request.user, cut_id, right="view")
    write, content_type = KINDS[kind]
    response = HttpResponse(write(cut), content_type=content_type)
    response["Cache-Control"] = "private, no-cache"
    response["Content-Disposition"] = str(
        content_disposition_header(True, f"{cut_stem(cut)}.{kind}")
    )
    return response


@require_POST
@login_required
def bring(request: HttpRequest, cut_id: UUID) -> HttpResponse:
    """Order and trim the cut as an uploaded OTIO or edit list says."""
    cut = cut_for(request.user, cut_id, right="make")
    given = request.FILES.get("list")
    if given is None:
        raise InputError("choose a list: an .otio or an .edl file")
    if given.size and given.size > MOST_BYTES:
        raise InputError(f"{given.name} is too large; at most {MOST_BYTES // 10**6} MB are taken")
    brought = cut_bring(user=request.user, cut=cut, content=given.read(), name=given.name or "")
    words = f"Cut {brought.cut.version} follows {given.name}."
    messages.success(request, " ".join([words, *(f"Note: {note}." for note in brought.notes)]))
    return redirect(f"{reverse('cut', args=[cut.episode_id])}?tier={cut.tier}")
