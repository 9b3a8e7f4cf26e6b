"""Which approved pictures no longer match their shots, said in a sentence each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from projects.models import Scene, Shot
from renders.bridge import shot_inputs_hash
from renders.models import Variant, Verdict
from renders.readings.changes import variant_changes


@dataclass(frozen=True, slots=True)
class StaleApproval:
    """An approved variant that no longer matches, and what changed since it was made."""

    shot: Shot
    variant: Variant
    changes: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Return it as people say it: `shot 1A: approved variant 2 no longer matches: lens 35 mm → 50 mm`."""
        changed = "; ".join(self.changes) or "the brief changed"
        return (
            f"shot {self.shot.code}: approved variant {self.variant.number} "
            f"no longer matches: {changed}"
        )


def stale_approvals(shots: Iterable[Shot]) -> list[StaleApproval]:
    """Return the approved variants of these shots that no longer match them, with what changed."""
    found = []
    by_id = {shot.pk: shot for shot in shots}
    approved = Variant.objects.filter(shot__in=by_id, verdict=Verdict.APPROVED)
    for variant in approved.order_by("shot__order", "tier"):
        shot = by_id[variant.shot_id]
        if shot_inputs_hash(shot) != variant.inputs_hash:
            found.append(
                StaleApproval(
                    shot,
                    variant,
                    tuple(f"{c.what} {c.was} → {c.now}" for c in variant_changes(variant, shot)),
                )
            )
    return found


def shots_of(scene: Scene) -> list[Shot]:
    """Return a scene's shots that are in the cut, each with its way up to the project."""
    shots = Shot.objects.filter(scene=scene).exclude(status=Shot.Status.OMITTED)
    return list(shots.select_related("scene__episode__project").order_by("order"))
