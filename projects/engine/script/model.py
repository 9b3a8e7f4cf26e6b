"""What a parsed screenplay is: scenes in order, each with its actions and speeches and the lines they stand on."""

from __future__ import annotations

from dataclasses import dataclass

from projects.engine.framing import Setting, TimeOfDay


@dataclass(frozen=True, slots=True)
class Action:
    """A paragraph of what is seen. Lines count from 1 in the script's text."""

    text: str
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One speech. `cue` is the name in capitals; `extension` is `V.O.`, `O.S.` or nothing (CONT'D is left out)."""

    cue: str
    text: str
    first_line: int
    last_line: int
    extension: str = ""
    parenthetical: str = ""
    is_dual: bool = False

    @property
    def is_off_screen(self) -> bool:
        """Return whether the speaker is heard and not seen (V.O., O.S., O.C.)."""
        return self.extension in ("V.O.", "O.S.", "O.C.")


Element = Action | Dialogue


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene; `number` counts from 1, `label` is the number the writer gave, if any."""

    number: int
    heading: str
    setting: Setting
    place: str
    time_of_day: TimeOfDay
    elements: tuple[Element, ...]
    first_line: int
    last_line: int
    label: str = ""
    transition: str = ""


@dataclass(frozen=True, slots=True)
class Screenplay:
    """A whole script. `credit` is what the title page says of who made it."""

    title: str
    scenes: tuple[Scene, ...]
    credit: str = ""
