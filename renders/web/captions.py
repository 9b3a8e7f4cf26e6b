"""Caption files of a cut, to download or to be shown by the player."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from renders.engine.captions.srt import srt_of
from renders.engine.captions.vtt import vtt_of
from renders.readings.captions import captions_of_cut
from renders.readings.rows import cut_for
from renders.web.media import cut_stem

KINDS = {"srt": (srt_of, "application/x-subrip"), "vtt": (vtt_of, "text/vtt")}


@require_safe
@login_required
def captions(request: HttpRequest, cut_id: UUID, kind: str) -> HttpResponse:
    """Send a cut's captions as SRT or WebVTT; with `?download=1` as a file with a name."""
    cut = cut_for(request.user, cut_id, right="view")
    write, content_type = KINDS[kind]
    response = HttpResponse(
        write(captions_of_cut(cut)), content_type=f"{content_type}; charset=utf-8"
    )
    response["Cache-Control"] = "private, no-cache"
    if request.GET.get("download") == "1":
        disposition = content_disposition_header(True, f"{cut_stem(cut)}.{kind}")
        response["Content-Disposition"] = str(disposition)
    return response
