"""The drift page of an episode: the control chart, which pictures left their look and why, and one press to ask again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from projects import access
from projects.models import EventCounter
from renders.engine.drift.baseline import LEAST_APPROVED
from renders.engine.drift.embedding import availability
from renders.engine.drift.layout import chart_of
from renders.engine.drift.svg import svg_of
from renders.models import Tier
from renders.readings.drift import DriftChart, drift_chart
from renders.readings.rows import variant_for
from renders.services.drifting import MOST_MEASURED, drift_recompute
from renders.services.tightening import episode_tighten, variant_tighten
from renders.web.board import tier_absence, tier_of

PARTS = (
    ("key", "Light"),
    ("palette", "Palette"),
    ("hues", "Hues"),
    ("warmth", "Warmth"),
    ("chroma", "Colour"),
    ("contrast", "Contrast"),
    ("grain", "Grain"),
    ("embedding", "Style model"),
)


@require_safe
@login_required
def drift_page(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Show the chart of an episode in a tier, and its alarms."""
    episode = access.episode_for(request.user, episode_id, right="view")
    project, tier = episode.project, tier_of(request)
    chart = drift_chart(episode, tier=tier)
    title = f"Drift of {len(chart.rows)} pictures from the look; {chart.baseline.words}"
    absence = tier_absence(tier)
    may_make = access.may(request.user, project, "make")
    context: dict[str, Any] = {
        "project": project,
        "episode": episode,
        "tier": tier,
        "tiers": Tier.choices,
        "chart": chart,
        # Escaped where it is drawn; nothing in it is a person's markup.
        "svg": mark_safe(svg_of(chart_of(chart.points(), chart.baseline, title=title))),  # noqa: S308
        "centroid": _centroid(chart),
        "part_names": PARTS,
        "style_model": availability(str(settings.APEX_STYLE_ONNX)),
        "least": LEAST_APPROVED,
        "may_make": may_make,
        "may_ask": may_make and not absence,
        "absence": absence,
        "seq": EventCounter.objects.values_list("last_seq", flat=True).get(project=project),
        "here": "look",
    }
    return render(request, "renders/drift.html", context)


@require_safe
@login_required
def drift_svg(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Return the chart as a file of its own."""
    episode = access.episode_for(request.user, episode_id, right="view")
    chart = drift_chart(episode, tier=tier_of(request))
    heading = f"{episode}: drift from the look, version {chart.bible_version}"
    drawn = svg_of(chart_of(chart.points(link=""), chart.baseline, heading=heading))
    answer = HttpResponse(drawn, content_type="image/svg+xml")
    answer["Content-Disposition"] = f'attachment; filename="drift-{episode.number}.svg"'
    return answer


@require_POST
@login_required
def measure(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Measure pictures that have no reading against the present look; pressed again it goes on."""
    episode = access.episode_for(request.user, episode_id, right="make")
    tier = tier_of(request)
    count = drift_recompute(episode, tier=tier, only_missing=True, most=MOST_MEASURED)
    messages.info(request, f"Measured {count} picture{'' if count == 1 else 's'}.")
    return _back(episode.pk, tier)


@require_POST
@login_required
def tighten(request: HttpRequest, variant_id: UUID) -> HttpResponse:
    """Ask for one picture again, tighter; pressed twice it is asked once."""
    variant = variant_for(request.user, variant_id, right="make")
    job = variant_tighten(user=request.user, variant=variant)
    messages.info(request, f"Asked for {job.title}.")
    if request.POST.get("back") in ("shot", "review"):
        address = reverse(request.POST["back"], args=[variant.shot_id])
        return redirect(f"{address}?tier={variant.tier}")
    return _back(variant.shot.scene.episode_id, variant.tier)


@require_POST
@login_required
def tighten_all(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Ask for every alarmed picture again, tighter."""
    episode = access.episode_for(request.user, episode_id, right="make")
    tier = tier_of(request)
    outcomes = episode_tighten(user=request.user, episode=episode, tier=tier)
    done = sum(one.is_done for one in outcomes)
    messages.info(request, f"Asked for {done} tighter picture{'' if done == 1 else 's'}.")
    for words in sorted({one.words for one in outcomes if not one.is_done}):
        codes = [one.code for one in outcomes if one.words == words]
        messages.warning(request, f"{', '.join(codes)}: {words}.")
    return _back(episode.pk, tier)


def _back(episode: UUID, tier: str) -> HttpResponse:
    return redirect(f"{reverse('drift', args=[episode])}?tier={tier}")


def _centroid(chart: DriftChart) -> list[tuple[str, str]]:
    """Return the middle of the approved pictures in words people read."""
    found = chart.baseline.centroid
    told = {
        "key": ("Lightness", "{:.0f} of 100"),
        "contrast": ("Contrast", "{:.0f}"),
        "chroma": ("Colour", "{:.0f}"),
        "warmth": ("Warmth", "{:+.0f}"),
        "palette": ("To the palette", "{:.1f} apart"),
        "grain": ("Noise", "{:.1f} of 255"),
    }
    return [
        (label, form.format(found[name])) for name, (label, form) in told.items() if name in found
    ]
