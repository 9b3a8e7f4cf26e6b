"""Who speaks a film's lines: the natural voice where its model is, else the plain one, and why; online only if asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from apexsite.kit.errors import InputError, listed
from apexsite.kit.progress import Progress
from renders.engine.sound import edge, kokoro, voice
from renders.engine.sound.voice import Spoken, SpokenLine, VoiceSettings
from renders.engine.sound.voicecast import cast_voice

NATURAL, PLAIN, ONLINE = "kokoro-82m-int8", "espeak-ng", "edge-tts"
VERSIONS: dict[str, int] = {NATURAL: 1, PLAIN: 2, ONLINE: 1}
"""Counted up when the same line begins to sound otherwise, so that what was kept is spoken anew."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The engine that speaks here and, where it is not the natural one, what that one lacks."""

    engine: str
    lacks: str = ""

    @property
    def is_online(self) -> bool:
        """Return whether lines leave the house."""
        return self.engine == ONLINE


def choose_engine(models: Path, *, online: str = "") -> Choice:
    """Return which engine speaks on this machine; `models` is the folder of model files.

    `online` names the online engine a site asked for, or nothing. Where that one is missing nobody stands in for it:
    raises `NotAvailable`, and `InputError` for a name that is not known.
    """
    if online:
        if online != ONLINE:
            raise InputError(f"the online voice {online!r} is not known; valid: {ONLINE}")
        given = edge.edge_availability()
        given.require()
        return Choice(ONLINE)
    found = kokoro.kokoro_availability(models)
    if found.is_available:
        return Choice(NATURAL)
    return Choice(PLAIN, found.lacking)


def title_of(engine: str, settings: VoiceSettings) -> str:
    """Return the name people read, such as "Kokoro-82M int8, Heart"."""
    if engine == NATURAL:
        return f"{kokoro.ENGINE}, {cast_voice(settings).title}"
    return edge.edge_title(settings) if engine == ONLINE else voice.ENGINE


def speak_lines(
    lines: Sequence[SpokenLine], folder: Path, progress: Progress, *, engine: str, models: Path
) -> tuple[Spoken, ...]:
    """Speak lines with one engine into `folder/<name>.wav`. Raises `NotAvailable` where it cannot run here."""
    if engine == NATURAL:
        return kokoro.speak_all_kokoro(lines, folder, progress, models=models)
    if engine == PLAIN:
        return voice.speak_all(lines, folder, progress)
    if engine == ONLINE:
        return edge.speak_all_edge(lines, folder, progress)
    raise InputError(f"engine={engine!r} must be one of {listed(VERSIONS)}")
