"""The script page: the screenplay line by line, and beside it the breakdown, in a fixed number of queries."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from characters.models import Character
from projects.engine.script import parse_script
from projects.engine.script.layout import (
    Line,
    TitlePage,
    eighths_in_words,
    laid_out,
    scene_eighths,
    title_page,
)
from projects.models import Episode, Scene, Shot


@dataclass(slots=True)
class SceneRow:
    """A scene of the breakdown with its shots, and how long it is on paper and on screen."""

    scene: Scene
    shots: list[Shot]
    omitted: list[Shot]
    eighths: str
    frames: int
    seconds: float

    @property
    def clock(self) -> str:
        """Return the length on screen as minutes and seconds."""
        return clock(self.seconds)


@dataclass(slots=True)
class Cue:
    """A name that speaks, who that is, and in how many shots."""

    speaker: str
    name: str
    count: int
    is_known: bool


@dataclass(slots=True)
class Breakdown:
    """Everything the script page shows."""

    title: TitlePage
    lines: list[Line]
    scenes: list[SceneRow]
    cues: list[Cue] = field(default_factory=list)
    people: list[tuple[str, str]] = field(default_factory=list)
    pages: str = ""
    clock: str = ""

    @property
    def shot_count(self) -> int:
        """Return how many shots are in the cut."""
        return sum(len(row.shots) for row in self.scenes)


def clock(seconds: float) -> str:
    """Return seconds as `1:05`."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def breakdown_of(episode: Episode) -> Breakdown:
    """Return the script page of an episode."""
    lines = _lines(episode)
    rate = episode.project.rate
    scenes = list(
        Scene.objects.filter(episode=episode)
        .order_by("number")
        .prefetch_related("shots__castings__character")
    )
    rows = []
    total = 0
    for scene in scenes:
        shots = sorted(scene.shots.all(), key=lambda shot: shot.order)
        active = [shot for shot in shots if shot.status != Shot.Status.OMITTED]
        eighths = scene_eighths(lines, scene.number)
        total += eighths
        frames = sum(shot.duration_frames for shot in active)
        rows.append(
            SceneRow(
                scene=scene,
                shots=active,
                omitted=[shot for shot in shots if shot.status == Shot.Status.OMITTED],
                eighths=eighths_in_words(eighths),
                frames=frames,
                seconds=float(rate.seconds_at(frames)),
            )
        )
    people = list(Character.objects.filter(project=episode.project_id).values_list("key", "name"))
    return Breakdown(
        title=title_page(episode.script_text),
        lines=lines,
        scenes=[row for row in rows if row.shots or row.omitted],
        cues=_cues(rows, dict(people)),
        people=people,
        pages=eighths_in_words(total),
        clock=clock(sum(row.seconds for row in rows)),
    )


def _lines(episode: Episode) -> list[Line]:
    if not episode.script_text.strip():
        return []
    name = episode.script_name or "script.fountain"
    return laid_out(
        episode.script_text, parse_script(episode.script_text.encode("utf-8"), name=name)
    )


def _cues(rows: list[SceneRow], people: dict[str, str]) -> list[Cue]:
    counted = Counter(
        shot.speaker for row in rows for shot in row.shots if shot.speaker and shot.dialogue
    )
    return [
        Cue(speaker, people.get(speaker, speaker), count, speaker in people)
        for speaker, count in counted.most_common()
    ]
