"""Which of an engine's models one may name for a picture: those that are here, or that its vendor still has."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from projects.models import Project
from renders.engine.imaging import BACKENDS
from renders.engine.imaging.cloud.geminimodels import models as gemini_models
from renders.engine.imaging.diffusion.places import placed_profiles
from renders.models import LedgerEntry


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """One model of a list: its id in the ledger and its title."""

    id: str
    title: str


def model_choices(project: Project, engine: str) -> list[ModelChoice]:
    """Return the models of an engine besides the one it draws with when none is named; none where there is no choice.

    Left out are those the ledger does not know or says are withdrawn, and in a commercial production those it may not use.
    """
    usual = BACKENDS.get(engine).capabilities.model_id
    titles = _titles(engine)
    rows = {row.model_id: row for row in LedgerEntry.objects.filter(model_id__in=titles)}
    today = timezone.localdate()
    return [
        ModelChoice(name, title)
        for name, title in titles.items()
        if name != usual
        and name in rows
        and not ((ends := rows[name].ends_on) and ends <= today)
        and (rows[name].may_be_sold or not project.is_commercial)
    ]


def _titles(engine: str) -> dict[str, str]:
    if engine == "gemini":
        return {row.id: row.title for row in gemini_models().values()}
    if engine == "sdxl":
        return {profile.id: profile.title for profile in placed_profiles()}
    return {}
