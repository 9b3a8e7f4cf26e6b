"""A screenplay broken down: scenes with their air and shots, and the people found in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from apexsite.kit.errors import InputError
from apexsite.kit.timecode import FrameRate
from projects.engine.beats import beats_of
from projects.engine.brief import ShotBrief
from projects.engine.framing import Setting, TimeOfDay
from projects.engine.lighting import atmosphere
from projects.engine.pacing import LONGEST_SECONDS, fit_frames, frames_for, speech_seconds
from projects.engine.people import CastList, CharacterFound
from projects.engine.script.model import Action, Scene, Screenplay
from projects.engine.shotplan import plan_scene


@dataclass(frozen=True, slots=True)
class SceneBreakdown:
    """One scene. `cast` is who is seen, left to right; `shot_lines` gives each shot's first and last script line."""

    number: int
    heading: str
    setting: Setting
    place: str
    time_of_day: TimeOfDay
    weather: str
    mood: str
    lighting: str
    first_line: int
    last_line: int
    shots: tuple[ShotBrief, ...]
    cast: tuple[str, ...]
    shot_lines: tuple[tuple[int, int], ...] = ()
    transition: str = ""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The whole script. Characters stand in the order they first appear."""

    title: str
    scenes: tuple[SceneBreakdown, ...]
    characters: tuple[CharacterFound, ...]

    @property
    def shots(self) -> tuple[ShotBrief, ...]:
        """Return all shots in story order."""
        return tuple(shot for scene in self.scenes for shot in scene.shots)

    @property
    def duration_frames(self) -> int:
        """Return the length of all shots together, in frames."""
        return sum(shot.duration_frames for shot in self.shots)


def break_down(
    screenplay: Screenplay, *, rate: FrameRate, target_frames: int | None = None
) -> Breakdown:
    """Return scenes, shots and people of a screenplay; the same screenplay gives the same breakdown.

    With `target_frames` durations are scaled towards that length; a shot never gets shorter than its speech, nor
    longer than the longest shot, so the nearest reachable length is taken. Raises `InputError` for a script without scenes.
    """
    played = tuple(scene for scene in screenplay.scenes if scene.elements)
    if not played:
        raise InputError(
            f"script {screenplay.title!r} has no scene with action or speech "
            f"(headings found: {len(screenplay.scenes)}); expected at least one heading such as "
            "INT. COURTROOM - DAY with something under it"
        )
    people = CastList(screenplay)
    entered_by = ("", *(scene.transition for scene in played))
    scenes = tuple(
        _scene(scene, people=people, rate=rate, entered_by=words)
        for scene, words in zip(played, entered_by, strict=False)
    )
    if target_frames is not None:
        scenes = _fitted(scenes, rate=rate, target_frames=target_frames)
    return Breakdown(screenplay.title, scenes, people.found(screenplay))


def _scene(scene: Scene, *, people: CastList, rate: FrameRate, entered_by: str) -> SceneBreakdown:
    words = " ".join(element.text for element in scene.elements if isinstance(element, Action))
    air = atmosphere(
        f"{scene.heading} {words}", setting=scene.setting, time_of_day=scene.time_of_day
    )
    plan = plan_scene(
        scene,
        beats=beats_of(scene, people=people),
        people=people,
        mood=air,
        rate=rate,
        entered_by=entered_by,
    )
    return SceneBreakdown(
        number=scene.number,
        heading=scene.heading,
        setting=scene.setting,
        place=scene.place,
        time_of_day=scene.time_of_day,
        weather=air.weather,
        mood=air.mood,
        lighting=air.lighting,
        first_line=scene.first_line,
        last_line=scene.last_line,
        shots=plan.shots,
        cast=plan.cast,
        shot_lines=plan.lines,
        transition=scene.transition,
    )


def _fitted(
    scenes: tuple[SceneBreakdown, ...], *, rate: FrameRate, target_frames: int
) -> tuple[SceneBreakdown, ...]:
    shots = [shot for scene in scenes for shot in scene.shots]
    durations = fit_frames(
        [shot.duration_frames for shot in shots],
        floors=[frames_for(speech_seconds(shot.dialogue), rate=rate) for shot in shots],
        ceiling=frames_for(LONGEST_SECONDS, rate=rate),
        target_frames=target_frames,
    )
    remaining = iter(durations)
    return tuple(
        replace(
            scene,
            shots=tuple(replace(shot, duration_frames=next(remaining)) for shot in scene.shots),
        )
        for scene in scenes
    )
