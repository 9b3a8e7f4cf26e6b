"""A scene's beats to its shots: opening, two-shot, singles against over-the-shoulders, reactions, inserts, POVs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from apexsite.kit.timecode import FrameRate
from projects.engine.beats import Beat
from projects.engine.brief import ShotBrief
from projects.engine.coverage import LENS_BY_SIZE, angle_for, move_for, size_for
from projects.engine.framing import Coverage, Join, Setting, ShotSize
from projects.engine.joins import join_asked
from projects.engine.lighting import Atmosphere
from projects.engine.pacing import (
    LONGEST_SECONDS,
    SHORTEST_ESTABLISHING_SECONDS,
    SPLIT_WORDS,
    action_seconds,
    frames_for,
    speech_seconds,
)
from projects.engine.people import CastList
from projects.engine.script.model import Scene

REACTION_WORDS = 12
"""A speech this long earns a look at who hears it. House choice: about 4.6 s."""

REACTION_SECONDS = 1.8
SPEECHES_PER_REACTION = 3
BUSINESS_WORDS = 7
BUSINESS_SECONDS = 0.8
"""A silent look of at most so many words plays on into the same person's speech, for so long before it. House choice."""


@dataclass(slots=True)
class _Shot:
    action: str
    coverage: Coverage
    cast: tuple[str, ...]
    first_line: int
    last_line: int
    speaker: str = ""
    dialogue: str = ""
    prop: str = ""
    seconds: float = 0.0
    is_reaction: bool = False


@dataclass(frozen=True, slots=True)
class PlannedScene:
    """The shots of a scene and, for each, the script's first and last line it comes from."""

    shots: tuple[ShotBrief, ...]
    lines: tuple[tuple[int, int], ...]
    cast: tuple[str, ...]


def plan_scene(
    scene: Scene,
    *,
    beats: list[Beat],
    people: CastList,
    mood: Atmosphere,
    rate: FrameRate,
    entered_by: str = "",
) -> PlannedScene:
    """Return the shots of a scene, coded `s01_010`, `s01_020`, … with durations in frames of `rate`.

    `entered_by` is the transition line before the scene: a match on a thing needs no opening picture before it.
    """
    is_matched = join_asked(entered_by, is_transition=True) is Join.MATCH_DISSOLVE
    planner = _Planner(scene, beats, people, is_matched=is_matched)
    drafts = planner.run()
    turns: Counter[Coverage] = Counter()
    shots: list[ShotBrief] = []
    for index, draft in enumerate(drafts, start=1):
        code = f"s{scene.number:02d}_{index * 10:03d}"
        brief = _brief(draft, scene, mood, rate, code=code, turn=turns[draft.coverage])
        shots.append(_without_jump(brief, shots[-1] if shots else None))
        turns[draft.coverage] += 1
    lines = tuple((draft.first_line, draft.last_line) for draft in drafts)
    return PlannedScene(tuple(shots), lines, planner.order)


class _Planner:
    """Walks the beats once; keeps who stands where (`order`, left to right) so that the line is never crossed."""

    def __init__(
        self, scene: Scene, beats: list[Beat], people: CastList, *, is_matched: bool
    ) -> None:
        self.scene = scene
        self.is_matched = is_matched
        self.beats = beats
        self.people = people
        self.order = tuple(dict.fromkeys(key for beat in beats for key in beat.cast))
        self.speakers = tuple(
            dict.fromkeys(beat.speaker for beat in beats if beat.speaker and not beat.is_off_screen)
        )
        self.shots: list[_Shot] = []
        self.speeches = 0
        self.since_reaction = SPEECHES_PER_REACTION
        self.has_two_shot = False

    def run(self) -> list[_Shot]:
        """Return the drafts of all shots."""
        rest = self._open()
        for index, beat in enumerate(rest):
            following = rest[index + 1] if index + 1 < len(rest) else None
            if not beat.speaker:
                self._action(beat)
            elif beat.is_off_screen:
                self._off_screen(beat)
            else:
                self._speech(beat, following)
        return self.shots

    def _open(self) -> list[Beat]:
        is_outside = self.scene.setting is not Setting.INT
        coverage = Coverage.ESTABLISHING if is_outside else Coverage.MASTER
        first = self.beats[0] if self.beats else None
        if self.is_matched and first and first.prop:
            return self.beats
        if first and not first.speaker and not first.prop and not first.is_pov:
            self._add(first.text, coverage, first.cast, first)
            rest = self.beats[1:]
        else:
            line = self.scene.first_line
            where = f"{self.scene.place}, {self.scene.time_of_day}."
            cast = () if is_outside else self.order
            self.shots.append(_Shot(where, coverage, cast, line, line))
            rest = self.beats
        opening = self.shots[0]
        opening.seconds = max(SHORTEST_ESTABLISHING_SECONDS, action_seconds(opening.action))
        return rest

    def _action(self, beat: Beat) -> None:
        if beat.is_pov:
            coverage = Coverage.POV
        elif beat.prop:
            coverage = Coverage.INSERT
        elif len(beat.cast) == 2:
            coverage = Coverage.TWO_SHOT
            self.has_two_shot = True
        else:
            coverage = Coverage.SINGLE if len(beat.cast) == 1 else Coverage.MASTER
        cast = () if coverage in (Coverage.INSERT, Coverage.POV) else self._placed(beat.cast)
        if coverage is Coverage.POV:
            cast = self._placed(beat.cast[1:])
        self._add(beat.text, coverage, cast, beat)

    def _off_screen(self, beat: Beat) -> None:
        last = self.shots[-1]
        fits = len(beat.text.split()) <= SPLIT_WORDS
        if fits and not last.dialogue and beat.speaker not in last.cast:
            last.speaker, last.dialogue = beat.speaker, beat.text
            last.last_line = beat.last_line
            last.seconds = max(last.seconds, speech_seconds(beat.text))
            return
        seen = tuple(key for key in self.order if key != beat.speaker)[:1]
        if seen:
            words, coverage = f"{self.people.name_of(seen[0])} listens.", Coverage.SINGLE
        else:
            words, coverage = f"{self.scene.place}, {self.scene.time_of_day}.", Coverage.MASTER
        self._add(words, coverage, seen, beat)

    def _speech(self, beat: Beat, following: Beat | None) -> None:
        listener = self._listener(beat.speaker)
        if self._plays_on(beat):
            self._react(beat, listener, following)
            return
        pair = self._placed((beat.speaker, listener)) if listener else (beat.speaker,)
        if listener and not self.has_two_shot and listener in self.speakers:
            coverage, cast = Coverage.TWO_SHOT, pair
            self.has_two_shot = True
        elif listener and (self.speeches % 2 == 1 or self.shots[-1].cast == (beat.speaker,)):
            coverage, cast = Coverage.OTS, pair
        else:
            coverage, cast = Coverage.SINGLE, (beat.speaker,)
        manner = f", {beat.parenthetical}" if beat.parenthetical else ""
        self._add(f"{self.people.name_of(beat.speaker)} speaks{manner}.", coverage, cast, beat)
        self.speeches += 1
        self.since_reaction += 1
        self._react(beat, listener, following)

    def _plays_on(self, beat: Beat) -> bool:
        """Let a short look run on into the same person's words: a cut between would jump."""
        last = self.shots[-1]
        seconds = BUSINESS_SECONDS + speech_seconds(beat.text)
        is_look = last.coverage is Coverage.SINGLE and last.cast == (beat.speaker,)
        is_short = len(last.action.split()) <= BUSINESS_WORDS and seconds <= LONGEST_SECONDS
        if last.dialogue or last.is_reaction or not is_look or not is_short:
            return False
        last.speaker, last.dialogue, last.seconds = beat.speaker, beat.text, seconds
        last.last_line = beat.last_line
        if beat.parenthetical:
            last.action = f"{last.action.rstrip('.')}, {beat.parenthetical}."
        self.speeches += 1
        self.since_reaction += 1
        return True

    def _react(self, beat: Beat, listener: str, following: Beat | None) -> None:
        is_long = len(beat.text.split()) >= REACTION_WORDS
        is_last_piece = following is None or following.speaker != beat.speaker
        shown_next = following is not None and not following.speaker and listener in following.cast
        if (
            listener
            and is_long
            and is_last_piece
            and not shown_next
            and self.since_reaction >= SPEECHES_PER_REACTION
        ):
            words = f"{self.people.name_of(listener)} listens, face still."
            line = beat.last_line
            shot = _Shot(words, Coverage.SINGLE, (listener,), line, line)
            shot.seconds, shot.is_reaction = REACTION_SECONDS, True
            self.shots.append(shot)
            self.since_reaction = 0

    def _listener(self, speaker: str) -> str:
        if all(key == speaker for key in self.order):
            return ""
        for shot in reversed(self.shots):
            for key in (shot.speaker, *shot.cast):
                if key and key != speaker and key in self.order:
                    return key
        others = [key for key in (*self.speakers, *self.order) if key != speaker]
        return others[0] if others else ""

    def _placed(self, cast: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(key for key in self.order if key in cast)

    def _add(self, words: str, coverage: Coverage, cast: tuple[str, ...], beat: Beat) -> None:
        shot = _Shot(words, coverage, self._placed(cast), beat.first_line, beat.last_line)
        shot.prop = beat.prop
        if beat.speaker:
            shot.speaker, shot.dialogue = beat.speaker, beat.text
            shot.seconds = speech_seconds(beat.text)
        else:
            shot.seconds = action_seconds(words)
        self.shots.append(shot)


def _brief(
    draft: _Shot, scene: Scene, mood: Atmosphere, rate: FrameRate, *, code: str, turn: int
) -> ShotBrief:
    size = size_for(draft.coverage, words=draft.action, turn=turn)
    if draft.coverage is Coverage.OTS and size is ShotSize.CU:
        size = ShotSize.MCU
    return ShotBrief(
        code=code,
        place=scene.place,
        action=draft.action,
        setting=scene.setting,
        time_of_day=scene.time_of_day,
        size=size,
        angle=angle_for(draft.action),
        coverage=draft.coverage,
        lens_mm=LENS_BY_SIZE[size],
        move=move_for(draft.coverage, words=draft.action, turn=turn + scene.number - 1),
        duration_frames=frames_for(draft.seconds, rate=rate),
        cast=draft.cast,
        speaker=draft.speaker,
        dialogue=draft.dialogue,
        prop=draft.prop,
        mood=mood.mood,
        lighting=mood.lighting,
        weather=mood.weather,
    )


def _without_jump(shot: ShotBrief, before: ShotBrief | None) -> ShotBrief:
    """Return the shot, another size if it would cut from the same people in the same size to themselves."""
    if before is None or not shot.cast or shot.cast != before.cast or shot.size is not before.size:
        return shot
    size = ShotSize.MS if shot.size in (ShotSize.CU, ShotSize.ECU) else ShotSize.CU
    return replace(shot, size=size, lens_mm=LENS_BY_SIZE[size])
