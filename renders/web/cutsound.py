"""Cut on the beat, from the cut page."""

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
from renders.models import RenderJob
from renders.readings.beats import beats_of_cut
from renders.services.musicplans import BeatWish
from renders.services.speaking import cut_order
from renders.web.board import tier_of


@require_POST
@login_required
def cut_on_beat(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Build the cut on its beats, at the tempo and offset given; the same again is the cut there is."""
    episode = access.episode_for(request.user, episode_id, right="make")
    tier = tier_of(request)
    text = request.POST.get("offset_ms", "").strip().replace("\u2212", "-") or "0"
    if not text.removeprefix("-").isdecimal() or len(text) > 6:
        raise InputError(f"offset_ms={text[:20]!r} must be a whole number of milliseconds")
    wish = BeatWish(tempo=request.POST.get("tempo", ""), offset_ms=int(text))
    waive = request.POST.get("waive_stale", "")
    cut = cut_order(user=request.user, episode=episode, tier=tier, waive_stale=waive, beats=wish)
    if isinstance(cut, RenderJob):
        messages.info(request, f"Under way: {cut.title}.")
        return redirect(f"{reverse('cut', args=[episode.pk])}?tier={tier}")
    reading = beats_of_cut(cut)
    moved = sum(move.moved_frames != 0 for move in reading.moves) if reading else 0
    total = len(reading.moves) if reading else 0
    messages.success(request, f"Cut {cut.version}: {moved} of {total} cuts moved to a beat.")
    return redirect(f"{reverse('cut', args=[episode.pk])}?tier={tier}#sound")
