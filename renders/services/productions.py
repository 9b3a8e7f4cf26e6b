"""The main job headless: script → variants → approval → cut → film. Each step looks at what is there, so it resumes."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.errors import StateError
from characters.models import Character
from characters.services.scripts import script_import
from projects.models import Episode, Project, Scene, Shot
from projects.services.bibles import bible_publish
from projects.services.projects import project_create
from projects.services.scripts import episode_first
from renders.bridge import shot_inputs_hash
from renders.engine.export.profiles import DEFAULT, profile_named
from renders.models import Delivery, RenderJob, Tier, Variant, Verdict, WorkStatus
from renders.services.cuts import cut_build, shots_in_cut
from renders.services.drafts import SKETCH
from renders.services.engines import stand_in_note
from renders.services.films import film_request
from renders.services.media import content_store
from renders.services.policies import shot_approve_best
from renders.services.sketching import shot_draft
from renders.services.variants import still_size, variants_request

VARIANTS_A_SHOT = 3


class JobRunner(Protocol):
    """Whoever gets queued jobs done, and shows how far they are."""

    def __call__(self, title: str, jobs: Sequence[RenderJob]) -> None:
        """Return when all jobs have ended."""


@dataclass(slots=True)
class Production:
    """What the main job made so far; `seconds` is the time of each stage."""

    episode: Episode
    delivery: Delivery | None = None
    film: Path | None = None
    contact_sheet: Path | None = None
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time a stage."""
        begun = time.monotonic()
        try:
            yield
        finally:
            self.seconds[name] = round(time.monotonic() - begun, 3)


def production_start(
    *,
    user: AbstractUser,
    name: str,
    script: bytes,
    script_name: str,
    bible: Mapping[str, Any] | None = None,
    casting: Mapping[str, Mapping[str, Any]] | None = None,
) -> Production:
    """Return the user's project of this name with the script broken down; both are made when they are new."""
    project = Project.objects.filter(name=name[:200], created_by=user).first()
    project = project or project_create(user=user, name=name, bible=bible)
    if bible is not None:
        bible_publish(user=user, project=project, document=bible)
    production = Production(episode_first(project))
    with production.stage("script"):
        production.episode = script_import(
            user=user,
            episode=production.episode,
            content=script,
            name=script_name,
            casting=casting,
        )
    return production


def production_draw(
    production: Production,
    *,
    user: AbstractUser,
    tier: str,
    run: JobRunner,
    lines: int | None = None,
    count: int = VARIANTS_A_SHOT,
    engine: str = "",
) -> None:
    """Have every shot drawn up to `count` fresh variants; those that are there, and large enough, are kept.

    Where the stage draws, all shots are sketched first: the board shows the whole film before the first draft is done.
    """
    with production.stage("variants"):
        jobs = []
        least = _still_height(production, lines)
        for shot in _shots(production.episode):
            fresh = Variant.objects.filter(
                shot=shot,
                tier=tier,
                inputs_hash=shot_inputs_hash(shot),
                media__height__gte=least,
            ).exclude(verdict=Verdict.REJECTED)
            missing = count - fresh.exclude(quality=SKETCH).count()
            if missing > 0:
                jobs += _asked(user, shot, tier, missing, lines, engine)
        if jobs:
            run("drawing variants", jobs)
        _require_done(jobs)


def production_approve(
    production: Production, *, user: AbstractUser, tier: str, lines: int | None = None
) -> int:
    """Approve the best variant of each shot by policy; returns how many approvals that made."""
    with production.stage("approve"):
        shots = _shots(production.episode)
        least = _still_height(production, lines)
        made = [
            shot_approve_best(user=user, shot=shot, tier=tier, least_height=least) for shot in shots
        ]
    return sum(review is not None for review in made)


def production_film(
    production: Production,
    *,
    user: AbstractUser,
    tier: str,
    out: Path,
    run: JobRunner,
    is_preview: bool = False,
    profile: str = DEFAULT,
    music: Path | None = None,
) -> None:
    """Cut, render, check, and lay film and contact sheet into `out`."""
    with production.stage("cut"):
        cut = cut_build(user=user, episode=production.episode, tier=tier, music=music)
    with production.stage("film"):
        made = Delivery.objects.filter(cut=cut, is_preview=is_preview, profile=profile).first()
        if made is None:
            job = film_request(user=user, cut=cut, is_preview=is_preview, profile=profile)
            run("rendering the film", [job])
            _require_done([job])
            made = Delivery.objects.get(task__job=job)
        production.delivery = made
    out.mkdir(parents=True, exist_ok=True)
    kind = "preview" if is_preview else "" if profile == DEFAULT else profile
    stem = _file_stem(production.episode, tier, kind)
    container = "mp4" if is_preview else profile_named(profile).container
    store = content_store()
    production.film = out / f"{stem}.{container}"
    production.contact_sheet = out / f"{stem}-contact-sheet.png"
    shutil.copyfile(store.open_path(made.film.sha256), production.film)
    shutil.copyfile(store.open_path(made.contact_sheet.sha256), production.contact_sheet)


def production_report(production: Production, *, tier: str) -> dict[str, Any]:
    """Return what was made, as the JSON object of `manage.py produce --json`."""
    episode = production.episode
    shots = _shots(episode)
    variants = Variant.objects.filter(shot__in=shots, tier=tier).exclude(quality=SKETCH)
    delivery = production.delivery
    return {
        "title": str(episode),
        "project": str(episode.project_id),
        "scenes": Scene.objects.filter(episode=episode).count(),
        "shots": len(shots),
        "characters": Character.objects.filter(project=episode.project).count(),
        "variants": variants.count(),
        "approved": variants.filter(verdict=Verdict.APPROVED).count(),
        "film": str(production.film) if production.film else None,
        "contact_sheet": str(production.contact_sheet) if production.contact_sheet else None,
        "fps": str(episode.project.rate),
        "frames": delivery.frames if delivery else 0,
        "qc": delivery.qc_report if delivery else None,
        "seconds": production.seconds,
    }


def _asked(
    user: AbstractUser, shot: Shot, tier: str, count: int, lines: int | None, engine: str
) -> list[RenderJob]:
    if tier == Tier.PREVIZ and not engine and not stand_in_note(tier):
        with transaction.atomic():
            shot = Shot.objects.select_for_update().get(pk=shot.pk)
            return shot_draft(user=user, shot=shot, count=count, lines=lines)
    return [
        variants_request(user=user, shot=shot, tier=tier, count=count, lines=lines, engine=engine)
    ]


def _still_height(production: Production, lines: int | None) -> int:
    project = production.episode.project
    return still_size(project.width, project.height, lines=lines)[1]


def _shots(episode: Episode) -> list[Shot]:
    return shots_in_cut(episode)


def _file_stem(episode: Episode, tier: str, kind: str) -> str:
    words = "".join(c if c.isalnum() and c.isascii() else " " for c in str(episode)).lower().split()
    return "-".join([*(words or ["film"]), tier, *([kind.replace("_", "-")] if kind else [])])[:120]


def _require_done(jobs: Sequence[RenderJob]) -> None:
    for job in RenderJob.objects.filter(pk__in=[job.pk for job in jobs]):
        if job.status != WorkStatus.DONE:
            failed = job.tasks.exclude(error="").first()
            why = failed.error if failed else job.status
            raise StateError(f"{job.title}: {why}")
