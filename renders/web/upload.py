"""Bring a picture made elsewhere as a variant."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from apexsite.kit.errors import InputError
from projects import access
from renders.engine.imaging.upload import MOST_BYTES
from renders.services.uploads import variant_upload
from renders.web.board import tier_of


@require_POST
@login_required
def upload(request: HttpRequest, shot_id: UUID) -> HttpResponse:
    """Take an uploaded picture as a new variant of a shot."""
    shot = access.shot_for(request.user, shot_id, right="make")
    given = request.FILES.get("picture")
    if given is None:
        raise InputError("choose a picture file: PNG, JPEG, WebP or TIFF")
    if given.size and given.size > MOST_BYTES:
        raise InputError(f"{given.name} is too large; at most {MOST_BYTES // 1024**2} MB are taken")
    variant = variant_upload(
        user=request.user,
        shot=shot,
        tier=tier_of(request),
        content=given.read(),
        name=given.name or "",
    )
    messages.success(request, f"Your picture is variant {variant.number} of {shot.code}.")
    return redirect(
        f"{reverse('review', args=[shot.pk])}?tier={variant.tier}&variant={variant.number}"
    )
