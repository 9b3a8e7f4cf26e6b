"""Screenplays in: bytes to text, text to scenes. The front imports nothing heavy; parts load when they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apexsite.kit.timecode import FrameRate
    from projects.engine.breakdown import Breakdown
    from projects.engine.script.model import Screenplay


def parse_script(content: bytes, *, name: str) -> Screenplay:
    """Return the screenplay of a file's bytes, Fountain or plain text; `name` is the file's name.

    Raises `InputError` for what `read_script` refuses, for markup that never closes and for a parse over the time limit.
    """
    from projects.engine.script.fountain import looks_like_fountain, parse_fountain
    from projects.engine.script.plaintext import parse_plain_text
    from projects.engine.script.reader import read_script

    text = read_script(content, name=name)
    if looks_like_fountain(text, name=name):
        screenplay = parse_fountain(text, name=name)
        if any(scene.heading for scene in screenplay.scenes):
            return screenplay
    return parse_plain_text(text, name=name)


def parse_and_break_down(
    content: bytes, *, name: str, rate: FrameRate, target_frames: int | None = None
) -> Breakdown:
    """Return the breakdown of a script file's bytes. Raises `InputError` like `parse_script` and `break_down`."""
    from projects.engine.breakdown import break_down

    screenplay = parse_script(content, name=name)
    return break_down(screenplay, rate=rate, target_frames=target_frames)
