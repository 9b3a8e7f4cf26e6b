"""A shot's line: hear it as the film will play it, bring a recording, take it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from apexsite.kit.errors import InputError, StateError
from projects import access
from renders.engine.sound.recording import MOST_BYTES
from renders.services.media import content_store
from renders.services.recordings import recording_remove, recording_upload
from renders.services.soundplans import lines_of
from renders.web.ranges import strong_etag


@require_safe
@login_required
def line_sound(request: HttpRequest, shot_id: UUID) -> HttpResponse:
    """Send the shot's line as WAV: its recording, else the voice, spoken on the first listen."""
    shot = access.shot_for(request.user, shot_id, right="view")
    line = lines_of(shot.scene.episode.project, [shot]).get(shot.code)
    if line is None:
        raise StateError(f"nobody speaks in shot {shot.code}")
    tag = strong_etag(line.sha256)
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    else:
        content = content_store().open_path(line.sha256).read_bytes()
        response = HttpResponse(content, content_type="audio/wav")
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response


@require_POST
@login_required
def record(request: HttpRequest, shot_id: UUID) -> HttpResponse:
    """Take a recording of the shot's line; the same file again is the recording there is."""
    shot = access.shot_for(request.user, shot_id, right="make")
    given = request.FILES.get("sound")
    if given is None:
        raise InputError("choose a sound file: WAV, MP3, M4A, FLAC or Ogg")
    if given.size and given.size > MOST_BYTES:
        raise InputError(f"{given.name} is too large; at most {MOST_BYTES // 1024**2} MB are taken")
    kept = recording_upload(
        user=request.user, shot=shot, content=given.read(), name=given.name or ""
    )
    messages.success(
        request,
        f"{kept.file_name} is the line of {shot.code}: {kept.seconds:.1f} s. "
        "Build the cut again to hear it in the film.",
    )
    return redirect("shot", shot.pk)


@require_POST
@login_required
def unrecord(request: HttpRequest, shot_id: UUID) -> HttpResponse:
    """Take the recording back; the voice speaks again."""
    shot = access.shot_for(request.user, shot_id, right="make")
    recording_remove(user=request.user, shot=shot)
    return redirect("shot", shot.pk)
