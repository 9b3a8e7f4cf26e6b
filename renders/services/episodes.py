"""An episode's pictures from end to end: drawn, scored, approved by policy, measured for drift, made again from recipes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from django.contrib.auth.models import AbstractUser

from apexsite.kit.errors import InputError, StateError
from projects.models import Episode, Shot
from renders.engine.contact import contact_sheet
from renders.engine.drift.layout import chart_of
from renders.engine.drift.png import png_of
from renders.engine.drift.svg import svg_of
from renders.models import RerenderProof, Variant, Verdict, WorkStatus
from renders.readings.drift import drift_chart
from renders.services.cuts import shots_in_cut
from renders.services.drifting import drift_recompute
from renders.services.media import media_path
from renders.services.productions import (
    JobRunner,
    Production,
    production_approve,
    production_draw,
)
from renders.services.rerenders import rerender_request, variants_with_shots

POLICY = "the highest score among a shot's waiting pictures, made from its present brief"
"""What `production_approve` approves by, in words. A policy is never counted as a person."""
COLUMNS, CELL_WIDTH = 5, 384


def episode_draw(
    production: Production,
    *,
    user: AbstractUser,
    tier: str,
    run: JobRunner,
    lines: int | None,
    count: int,
    engine: str = "",
) -> None:
    """Have every shot drawn, scored and its best approved by policy, and all pictures measured against the look.

    Raises `StateError` naming the shots that have no approved picture in the end.
    """
    production_draw(
        production, user=user, tier=tier, run=run, lines=lines, count=count, engine=engine
    )
    production_approve(production, user=user, tier=tier, lines=lines)
    lacking = [
        shot.code
        for shot in shots_in_cut(production.episode)
        if not Variant.objects.filter(shot=shot, tier=tier, verdict=Verdict.APPROVED).exists()
    ]
    if lacking:
        raise StateError(f"no {tier} picture is approved for {', '.join(lacking[:10])}")
    with production.stage(f"drift {tier}"):
        drift_recompute(production.episode, tier=tier, only_missing=True)


def episode_prove(
    production: Production,
    *,
    user: AbstractUser,
    tier: str,
    run: JobRunner,
    sample: int | None,
    seed: int,
) -> list[Variant]:
    """Have pictures made again from their recipes by other processes; returns those chosen, proved or not.

    `sample` pictures are drawn by lot, the same for the same seed; None means all of the tier. What was proved already
    and is the same file still is not made again.
    """
    chosen = proof_lot(production.episode, tier=tier, sample=sample, seed=seed)
    with production.stage(f"made again {tier}"):
        open_ones = [v for v in chosen if not _is_proved(v)]
        jobs = [rerender_request(user=user, variant=variant) for variant in open_ones]
        if jobs:
            run("making them again", jobs)
            for job in jobs:
                job.refresh_from_db()
            failed = next((job for job in jobs if job.status == WorkStatus.CANCELLED), None)
            if failed is not None:
                raise StateError(f"{failed.title}: cancelled")
    return chosen


def proof_lot(episode: Episode, *, tier: str, sample: int | None, seed: int) -> list[Variant]:
    """Return the pictures of a film to make again, in its order; drawn over names, so ids do not matter.

    Raises `InputError` for a sample below 1.
    """
    if sample is not None and sample < 1:
        raise InputError(f"sample={sample} must be 1 or more, or 'all'")
    rows = list(
        variants_with_shots()
        .filter(shot__scene__episode=episode, tier=tier)
        .exclude(shot__status=Shot.Status.OMITTED)
        .order_by("shot__code", "number")
    )
    if sample is None or sample >= len(rows):
        return rows
    places = sorted(random.Random(seed).sample(range(len(rows)), sample))
    return [rows[place] for place in places]


def approved_in_order(episode: Episode, *, tier: str) -> list[Variant]:
    """Return the approved picture of each shot that is in the cut, in the order of the film."""
    rows = Variant.objects.filter(shot__in=shots_in_cut(episode), tier=tier)
    rows = rows.filter(verdict=Verdict.APPROVED).select_related("shot__scene", "media")
    return list(rows.order_by("shot__scene__number", "shot__order"))


def episode_sheets(episode: Episode, *, tier: str, out: Path) -> dict[str, Path]:
    """Write contact sheet and drift chart of a tier into a folder; returns name → file."""
    out.mkdir(parents=True, exist_ok=True)
    files = {
        "contact_sheet": out / f"contact-sheet-{tier}.png",
        "drift_svg": out / f"drift-{tier}.svg",
        "drift_png": out / f"drift-{tier}.png",
    }
    _sheet(approved_in_order(episode, tier=tier), episode, tier, files["contact_sheet"])
    chart = drift_chart(episode, tier=tier)
    heading = f"{episode}: drift from the look, version {chart.bible_version}, {tier}"
    drawn = chart_of(chart.points(link=""), chart.baseline, heading=heading)
    files["drift_svg"].write_text(svg_of(drawn), encoding="utf-8")
    files["drift_png"].write_bytes(png_of(drawn))
    return files


def _sheet(approved: Sequence[Variant], episode: Episode, tier: str, out: Path) -> None:
    items = [
        (f"{v.shot.code}  {v.score_total:.2f}  {v.shot.scene.place}"[:44], media_path(v.media))
        for v in approved
    ]
    contact_sheet(
        items,
        out=out,
        columns=COLUMNS,
        cell_width=CELL_WIDTH,
        title=f"{episode} · {tier} · {len(items)} shots",
    )


def _is_proved(variant: Variant) -> bool:
    return RerenderProof.objects.filter(variant=variant, sha256_was=variant.media.sha256).exists()
