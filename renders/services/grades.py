"""Grades of a film, its scenes and its shots: laid over one another, versioned, carried into the cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.documents import Document, document_hash
from apexsite.kit.errors import InputError, NotFound, StaleEdit
from projects import access
from projects.engine.bible import bible_from
from projects.engine.biblemerge import weight_of
from projects.engine.bibleschema import BY_NAME
from projects.events import event_record
from projects.models import Episode, Project, Scene, Shot
from renders.bridge import current_bible
from renders.engine.grading.grade import VERSION, Grade, grade_from
from renders.engine.timeline.document import timeline_from_document
from renders.engine.timeline.model import Timeline
from renders.models import ColourTable, Cut, GradeVersion
from renders.services.media import content_store, media_keep_bytes

if TYPE_CHECKING:
    from renders.engine.grading.stills import FilmGrades
    from renders.engine.grading.table import Table

Place = Project | Scene | Shot
Key = tuple[UUID | None, UUID | None]
SCHEMA = {"schema": f"apex.grade/{VERSION}"}


@dataclass(frozen=True, slots=True)
class Layers:
    """All that grades a project says: its look's document and the current rows by (scene, shot)."""

    look: Document
    rows: Mapping[Key, Document]

    def above(self, place: Place) -> Grade:
        """Return the grade a place begins with, before it says anything itself."""
        return grade_from({}, *self._lower(place)[:-1])

    def of(self, place: Place) -> Grade:
        """Return the grade of a place with its own word laid over what it begins with."""
        return grade_from({}, *self._lower(place))

    def own(self, place: Place) -> Document:
        """Return what the place says itself."""
        return dict(self._lower(place)[-1])

    def _lower(self, place: Place) -> list[Mapping[str, Any]]:
        film = [_stage_one(self.look), self.rows.get((None, None), {})]
        if isinstance(place, Project):
            return film
        scene = place.scene if isinstance(place, Shot) else place
        film += _laid(scene.bible_override, film)
        film.append(self.rows.get((scene.pk, None), {}))
        if not isinstance(place, Shot):
            return film
        film += _laid(place.bible_override, film)
        return [*film, self.rows.get((None, place.pk), {})]


def _stage_one(look: Mapping[str, Any]) -> Document:
    grain = {"film_grain": look["film_grain"]} if "film_grain" in look else {}
    return {**look.get("grade", {}), **grain}


def _laid(override: Mapping[str, Any], below: Sequence[Mapping[str, Any]]) -> list[Document]:
    """Return the stage that a look's override makes over the layers below it; a weight mixes it with them."""
    said = _stage_one(override)
    weights = {name: _weight(override, name) for name in said}
    if any(weight < 1 for weight in weights.values()):
        under = grade_from({}, *below)
        for name, weight in weights.items():
            said[name] = under[name] + weight * (said[name] - under[name])
    return [said] if said else []


def _weight(override: Mapping[str, Any], name: str) -> float:
    return weight_of(override, BY_NAME["film_grain" if name == "film_grain" else "grade." + name])


def layers_of(project: Project) -> Layers:
    """Return a project's layers in two queries."""
    rows = GradeVersion.objects.filter(project=project, is_current=True)
    documents = {(row.scene_id, row.shot_id): row.document for row in rows}
    return Layers(bible_from(current_bible(project).document).document, documents)


def project_of(place: Place) -> Project:
    """Return the project a place belongs to."""
    if isinstance(place, Project):
        return place
    scene = place.scene if isinstance(place, Shot) else place
    return scene.episode.project


def current_version(place: Place) -> int:
    """Return the number of a place's newest grade; 0 where nothing was said yet."""
    row = _rows(place).filter(is_current=True).only("version").first()
    return row.version if row else 0


def versions_of(place: Place) -> list[GradeVersion]:
    """Return the newest versions of a place's grade."""
    return list(_rows(place).select_related("created_by").order_by("-version")[:8])


def grade_save(
    *, user: AbstractUser, place: Place, document: Mapping[str, Any], version: int | None = None
) -> GradeVersion | None:
    """Keep what a place is graded with; only what differs from the layers above it is written down.

    The same again is the version there is, so a double click saves once; None when nothing was ever said and
    nothing is said now. Raises `InputError` for a grade that cannot be used or a table the project does not
    hold, `StaleEdit` when somebody saved since `version`.
    """
    project = project_of(place)
    access.require(user, project, "make")
    wanted = grade_from(document)
    if (
        wanted.lut
        and not ColourTable.objects.filter(
            project=project, media__sha256=wanted.lut.removeprefix("sha256:")
        ).exists()
    ):
        raise InputError(
            f"grade.lut={wanted.lut[:24]}… is no table of this project; import it first"
        )
    with transaction.atomic():
        Project.objects.select_for_update().get(pk=project.pk)
        own = _difference(layers_of(project).above(place), wanted)
        current = _rows(place).filter(is_current=True).first()
        if own == (current.document if current else SCHEMA):
            return current
        if version is not None and version != (current.version if current else 0):
            raise StaleEdit(
                "somebody saved another grade while you were at yours; look at it first"
            )
        return _write(user, place, project, own, current)


def grade_reset(*, user: AbstractUser, place: Place) -> GradeVersion | None:
    """Let a place say nothing itself: the layers above it hold again."""
    project = project_of(place)
    access.require(user, project, "make")
    return grade_save(
        user=user, place=place, document=layers_of(project).above(place).to_document()
    )


def _rows(place: Place) -> Any:
    project = project_of(place)
    scene = place if isinstance(place, Scene) else None
    shot = place if isinstance(place, Shot) else None
    return GradeVersion.objects.filter(project=project, scene=scene, shot=shot)


def _difference(above: Grade, wanted: Grade) -> Document:
    own: Document = dict(SCHEMA)
    own |= {name: value for name, value in wanted.values.items() if value != above[name]}
    if (wanted.lut, wanted.lut_space) != (above.lut, above.lut_space):
        own |= {"lut": wanted.lut, "lut_space": str(wanted.lut_space)}
    return own


def _write(
    user: AbstractUser,
    place: Place,
    project: Project,
    own: Document,
    current: GradeVersion | None,
) -> GradeVersion:
    last = GradeVersion.objects.filter(project=project).order_by("-version").first()
    if current is not None:
        current.is_current = False
        current.save(update_fields=["is_current", "updated_at"])
    row = GradeVersion.objects.create(
        project=project,
        scene=place if isinstance(place, Scene) else None,
        shot=place if isinstance(place, Shot) else None,
        version=last.version + 1 if last else 1,
        document=own,
        created_by=user,
    )
    payload = {"place": words_of(place), "version": row.version}
    if not isinstance(place, Project):
        scene = place.scene if isinstance(place, Shot) else place
        payload["episode"] = str(scene.episode_id)
    event_record(project, "grade.saved", row, actor=user, payload=payload)
    return row


def words_of(place: Place) -> str:
    """Return how a place is called: the whole film, scene 2, a shot's code."""
    if isinstance(place, Shot):
        return place.code
    return f"scene {place.number}" if isinstance(place, Scene) else "the whole film"


def cut_grades(project: Project, shots: Sequence[Shot]) -> Document:
    """Return what a cut's document keeps: the film's grade, and that of every shot that has another."""
    layers = layers_of(project)
    film = layers.of(project)
    own = {shot.code: layers.of(shot) for shot in shots}
    return {
        "grade": film.to_document(),
        "shot_grades": {code: g.to_document() for code, g in own.items() if g != film},
        "film_grain": film["film_grain"],
    }


@transaction.atomic
def cut_regrade(*, user: AbstractUser, cut: Cut) -> Cut:
    """Return the cut with the present grades: itself if it has them, else a new version of it."""
    project = cut.episode.project
    access.require(user, project, "make")
    Episode.objects.select_for_update().get(pk=cut.episode_id)
    if "timeline" not in cut.document:
        return cut
    laid = timeline_from_document(cut.document["timeline"])
    codes = [clip.shot_code for clip in laid.clips]
    shots = Shot.objects.filter(scene__episode=cut.episode, code__in=codes).select_related("scene")
    document = {**cut.document, **cut_grades(project, list(shots))}
    if document == cut.document:
        return cut
    newest = Cut.objects.filter(episode=cut.episode).order_by("-version")[0]
    made_from = document_hash(document)
    if newest.inputs_hash == made_from and newest.tier == cut.tier:
        return newest
    regraded = Cut.objects.create(
        episode=cut.episode,
        version=newest.version + 1,
        tier=cut.tier,
        document=document,
        inputs_hash=made_from,
        duration_frames=cut.duration_frames,
    )
    payload = {"version": regraded.version, "tier": cut.tier, "frames": cut.duration_frames}
    event_record(project, "cut.built", regraded, actor=user, payload=payload)
    return regraded


def grades_of_cut(document: Document) -> FilmGrades:
    """Return the grades a cut's document names; one from before stage 4 holds stage 1 and the grain beside it."""
    from renders.engine.grading.stills import FilmGrades

    grade = document["grade"]
    grain = None if "schema" in grade else float(document["film_grain"])
    shots = document.get("shot_grades", {})
    return FilmGrades.read(grade, shots, film_grain=grain, table_named=table_named)


def fold_errors(grades: FilmGrades, timeline: Timeline) -> Document:
    """Return what a film's recipe keeps of its grades: points of each cube, and its measured error."""
    return grades.errors(clip.shot_code for clip in timeline.clips)


def table_import(*, user: AbstractUser, project: Project, content: bytes, name: str) -> ColourTable:
    """Keep a .cube file in a project; the same file again is the table there is.

    Raises `InputError` with the line that is wrong; then nothing is kept.
    """
    from renders.engine.grading.cube import read_cube

    access.require(user, project, "make")
    short = name.strip().replace("\x00", "")[-120:] or "a table"
    table = read_cube(content, name=short)
    with transaction.atomic():
        media = media_keep_bytes(content, content_type="application/x-cube")
        row, is_new = ColourTable.objects.get_or_create(
            project=project,
            media=media,
            defaults={
                "title": table.title or short.removesuffix(".cube"),
                "size": table.size,
                "is_3d": table.is_3d,
                "created_by": user,
            },
        )
        if is_new:
            event_record(project, "table.imported", row, actor=user, payload={"title": row.title})
    return row


def table_named(name: str) -> Table:
    """Return the table of a grade's `lut`, read from the store; raises `NotFound` when the store lost it."""
    sha256 = name.removeprefix("sha256:")
    if not ColourTable.objects.filter(media__sha256=sha256).exists():
        raise NotFound(f"the table {name[:24]}… is not there any more")
    return _table(sha256)


@lru_cache(maxsize=4)
def _table(sha256: str) -> Table:
    from renders.engine.grading.cube import read_cube

    return read_cube(content_store().open_path(sha256).read_bytes(), name=sha256[:12])
