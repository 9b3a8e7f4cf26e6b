"""The drift of an episode's pictures from its look: rows for the chart, the alarms, the limit that holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from projects.models import Episode, Shot, StyleBibleVersion
from renders.bridge import current_bible
from renders.engine.drift.baseline import Baseline, baseline_of
from renders.engine.drift.ewma import ewma
from renders.engine.drift.layout import Point
from renders.models import DriftReading, RenderTask, Variant, Verdict
from renders.readings.quick import shown_variants

NOT_FAILED = ("queued", "running", "done")


@dataclass(slots=True)
class DriftRow:
    """One shot with the picture it is shown with, measured."""

    shot_id: UUID
    code: str
    scene_number: int
    variant_id: UUID
    number: int
    verdict: str
    distance: float
    is_over: bool
    issues: list[str] = field(default_factory=list)
    features: dict[str, float] = field(default_factory=dict)
    parts: dict[str, float] = field(default_factory=dict)
    average: float = 0.0
    upper: float | None = None
    tightness: float = 0.0
    because: list[str] = field(default_factory=list)
    is_asked: bool = False
    """A tighter picture after this one is on its way, or there."""
    tighter_number: int = 0
    tighter_distance: float | None = None

    @property
    def wanders(self) -> bool:
        """Return whether the moving average is above its own limit here."""
        return self.upper is not None and self.average > self.upper


@dataclass(slots=True)
class DriftChart:
    """An episode's drift: measured shots in the order of the script, and how many are not measured or not drawn."""

    bible_version: int
    baseline: Baseline
    rows: list[DriftRow]
    unmeasured: int
    undrawn: int

    @property
    def alarms(self) -> list[DriftRow]:
        """Return the shots over the limit, furthest first."""
        return sorted((row for row in self.rows if row.is_over), key=lambda row: -row.distance)

    @property
    def open_alarms(self) -> int:
        """Return how many alarms nobody asked a tighter picture for yet."""
        return sum(not row.is_asked and row.tightness < 1.0 for row in self.alarms)

    @property
    def wanders_from(self) -> str:
        """Return the shot from which the moving average stays above its limit to the end, or nothing."""
        since = ""
        for row in self.rows:
            since = (since or row.code) if row.wanders else ""
        return since

    def points(self, *, link: str = "#shot-") -> list[Point]:
        """Return the rows as points of the chart; each alarm links to its place on the page."""
        return [
            Point(
                row.code,
                row.scene_number,
                row.distance,
                row.verdict,
                row.number,
                f"{link}{row.shot_id}" if link and row.is_over else "",
                tuple(row.issues),
            )
            for row in self.rows
        ]


def baseline_for(version: StyleBibleVersion, *, tier: str) -> Baseline:
    """Return the baseline of a version of the look in a tier, from its approved pictures in all of the project's films."""
    approved = DriftReading.objects.filter(
        bible=version, variant__tier=tier, variant__verdict=Verdict.APPROVED
    ).order_by("pk")
    return baseline_of(list(approved.values_list("distance", "features")))


def reading_of(
    variant: Variant, *, baseline: Baseline | None = None
) -> tuple[DriftReading | None, Baseline]:
    """Return a variant's reading against the present look, and the baseline it is held to: read, or the one given."""
    version = current_bible(variant.shot.scene.episode.project)
    reading = DriftReading.objects.filter(variant=variant, bible=version).first()
    return reading, baseline or baseline_for(version, tier=variant.tier)


@dataclass(frozen=True, slots=True)
class DriftNote:
    """What is said of one picture beside its score."""

    variant: Variant
    reading: DriftReading
    baseline: Baseline
    is_over: bool
    is_asked: bool
    is_tightest: bool


def drift_note(variant: Variant | None) -> DriftNote | None:
    """Return what is said of a picture's drift; None without a picture, or where it is not measured."""
    if variant is None:
        return None
    reading, baseline = reading_of(variant)
    if reading is None:
        return None
    is_over = reading.distance > baseline.limit and variant.verdict != Verdict.REJECTED
    asked = is_over and str(variant.pk) in asked_after(
        variant.shot.scene.episode, tier=variant.tier
    )
    tightness = variant.recipe.get("options", {}).get("tightness", 0.0)
    return DriftNote(variant, reading, baseline, is_over, asked, tightness >= 1.0)


def drift_chart(episode: Episode, *, tier: str) -> DriftChart:
    """Return the drift of an episode in a tier, in a fixed number of queries however many shots."""
    version = current_bible(episode.project)
    baseline = baseline_for(version, tier=tier)
    shots = list(
        Shot.objects.filter(scene__episode=episode)
        .exclude(status=Shot.Status.OMITTED)
        .order_by("scene__number", "order", "pk")
        .values_list("pk", "code", "scene__number")
    )
    found = shown_variants([pk for pk, _, _ in shots], tier=tier)
    shown = {pk: one for pk, one in found.items() if one.verdict != Verdict.REJECTED}
    readings = readings_of([one.pk for one in shown.values()], version)
    asked = asked_after(episode, tier=tier)
    after = readings_of([pk for pk, _ in asked.values() if pk is not None], version)
    options = _options([reading.variant_id for reading in readings.values()])
    rows = []
    for pk, code, scene in shots:
        one = shown.get(pk)
        reading = readings.get(one.pk) if one else None
        if one is not None and reading is not None:
            tightness, because = options.get(one.pk, (0.0, []))
            tighter, number = asked.get(str(one.pk), (None, 0))
            rows.append(
                DriftRow(
                    pk,
                    code,
                    scene,
                    one.pk,
                    one.number,
                    one.verdict,
                    reading.distance,
                    reading.distance > baseline.limit,
                    list(reading.issues),
                    dict(reading.features),
                    dict(reading.parts),
                    tightness=tightness,
                    because=because,
                    is_asked=str(one.pk) in asked,
                    tighter_number=number,
                    tighter_distance=after[tighter].distance if tighter in after else None,
                )
            )
    steps = ewma([row.distance for row in rows], mean=baseline.mean, sigma=baseline.sigma)
    for row, step in zip(rows, steps, strict=True):
        row.average, row.upper = step.average, step.upper
    return DriftChart(
        version.version, baseline, rows, len(shown) - len(rows), len(shots) - len(shown)
    )


def readings_of(variants: Sequence[UUID], version: StyleBibleVersion) -> dict[UUID, DriftReading]:
    """Return the readings of variants against a version of the look."""
    found = DriftReading.objects.filter(bible=version, variant__in=variants)
    return {reading.variant_id: reading for reading in found.defer("embedding")}


def asked_after(episode: Episode, *, tier: str) -> dict[str, tuple[UUID | None, int]]:
    """Return by the id of a picture the tighter one after it: its id and number, or None and 0 while it is drawn."""
    tasks = RenderTask.objects.filter(
        job__episode=episode, request__tier=tier, status__in=NOT_FAILED
    ).exclude(variant__verdict=Verdict.REJECTED)
    found = tasks.values_list("request__tighter_of", "variant__pk", "variant__number")
    return {mark: (pk, number or 0) for mark, pk, number in found if mark is not None}


def _options(variants: Iterable[UUID]) -> dict[UUID, tuple[float, list[str]]]:
    found = Variant.objects.filter(pk__in=list(variants), recipe__options__isnull=False)
    return {
        pk: (float((options or {}).get("tightness", 0.0)), list((options or {}).get("because", [])))
        for pk, options in found.values_list("pk", "recipe__options")
    }
