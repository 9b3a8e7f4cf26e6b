"""The grade page's form: numbers of the four stages as people type them, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict

from apexsite.kit.errors import InputError, NotFound, listed
from projects import access
from projects.models import Episode, Project, Scene, Shot
from renders.engine.grading.fields import FIELDS, GradeField, Stage
from renders.engine.grading.gamut import ENCODINGS
from renders.engine.grading.grade import MASK, Grade, grade_from

STAGE_WORDS = {
    Stage.PRIMARY: "Light and balance",
    Stage.SECONDARY: "Skin and the rest",
    Stage.CREATIVE: "Look",
    Stage.FINISHING: "Finish",
}
PLACES = ("film", "scene", "shot")


SLIDERS = {
    "exposure_stops": (-3, 3),
    "contrast_percent": (-50, 100),
    "brightness_percent": (-50, 100),
    "saturation_percent": (-100, 100),
    "temperature_kelvin": (2500, 12000),
    "tint": (-60, 60),
    "gamma": (0.5, 2),
}
"""How far a slider goes where a number may go further, so that the hand stays fine. House choice."""


@dataclass(frozen=True, slots=True)
class Line:
    """A number on the page: the field, what stands in it, whether it differs from what the place begins with."""

    field: GradeField
    value: str
    is_own: bool
    begins: str

    @property
    def least(self) -> str:
        """Return where the slider begins."""
        return plain(SLIDERS.get(self.field.name, (self.field.least, 0))[0])

    @property
    def most(self) -> str:
        """Return where the slider ends."""
        return plain(SLIDERS.get(self.field.name, (0, self.field.most))[1])


@dataclass(frozen=True, slots=True)
class Group:
    """A stage on the page; `fine` are numbers few people touch."""

    stage: Stage
    words: str
    lines: list[Line]
    fine: list[Line]


def groups_of(grade: Grade, above: Grade) -> list[Group]:
    """Return the four stages with their numbers."""
    groups = []
    for stage in Stage:
        fields = [field for field in FIELDS if field.stage == stage]
        lines = [
            Line(f, plain(grade[f.name]), grade[f.name] != above[f.name], plain(above[f.name]))
            for f in fields
        ]
        usual = [line for line in lines if line.field.name not in MASK]
        fine = [line for line in lines if line.field.name in MASK]
        groups.append(Group(stage, STAGE_WORDS[stage], usual, fine))
    return groups


def spaces() -> list[tuple[str, str]]:
    """Return the colour spaces a table may be made for, with their words."""
    return [(str(space), encoding.words) for space, encoding in ENCODINGS.items()]


def plain(value: float) -> str:
    """Return a number as a person types it."""
    return f"{value:.6f}".rstrip("0").rstrip(".") if value != int(value) else str(int(value))


def grade_sent(sent: QueryDict, begins: Grade) -> Grade:
    """Return the grade of a form, or of a query; what is not named stays as it begins.

    Raises `InputError` naming the number that cannot be used.
    """
    document: dict[str, Any] = begins.to_document()
    for field in FIELDS:
        if field.name in sent:
            document[field.name] = _number(field, sent[field.name])
    for name in ("lut", "lut_space"):
        if name in sent:
            document[name] = sent[name]
    return grade_from(document)


def _number(field: GradeField, text: str) -> float:
    cleaned = text.strip().replace(",", ".").replace("−", "-")
    try:
        return float(cleaned) if cleaned else field.identity
    except ValueError:
        raise InputError(f"{field.label}: {text[:40]!r} must be a number") from None


def query_of(grade: Grade) -> str:
    """Return a grade as a query that `grade_sent` reads."""
    query = QueryDict(mutable=True)
    document = grade.to_document()
    del document["schema"]
    for name, value in document.items():
        query[name] = plain(value) if isinstance(value, float) else str(value)
    return query.urlencode()


def asked_shot(request: HttpRequest, episode: Episode, sent: Mapping[str, str]) -> Shot:
    """Return the shot the page looks at: the one named, else the first; raises `NotFound`."""
    named = sent.get("shot", "")
    shots = Shot.objects.filter(scene__episode=episode).exclude(status=Shot.Status.OMITTED)
    shots = shots.select_related("scene__episode__project").order_by("scene__number", "order")
    if not named:
        first = shots.first()
        if first is None:
            raise NotFound("there is no shot yet to grade")
        return first
    shot = access.shot_for(request.user, named, right="view")
    if shot.scene.episode_id != episode.pk:
        raise NotFound("there is no such shot in this film")
    return shot


def asked_place(sent: Mapping[str, str], shot: Shot) -> tuple[str, Project | Scene | Shot]:
    """Return which place is graded, as word and as row; the whole film unless the page says otherwise."""
    word = sent.get("for", "film")
    if word not in PLACES:
        raise InputError(f"for={word[:40]!r} must be one of {listed(PLACES)}")
    if word == "shot":
        return word, shot
    return word, shot.scene if word == "scene" else shot.scene.episode.project
