"""What a transition is called in ffmpeg: a whole command where one exists, for who wants the same elsewhere."""

from __future__ import annotations

import shlex
from pathlib import Path

from apexsite.kit.timecode import FrameRate
from renders.engine.transitions.registry import TRANSITIONS

CURVE_WORDS: dict[str, str] = {
    "linear": "(1-P)",
    "ease_in": "pow(1-P,2)",
    "ease_out": "(1-P*P)",
    "ease_in_out": "if(lt(1-P,0.5),2*pow(1-P,2),1-2*P*P)",
    "sine": "(0.5-0.5*cos(PI*(1-P)))",
    "cubic": "(pow(1-P,2)*(3-2*(1-P)))",
    "gamma": "pow(1-P,2.2)",
    "hold": "gte(1-P,1)",
}
"""The curves of `renders.engine.motion.easing` in ffmpeg's expressions; its `P` runs from 1 down to 0."""


def ffmpeg_words(
    kind: str,
    *,
    before: Path,
    after: Path,
    before_frames: int,
    after_frames: int,
    frames: int,
    curve: str,
    rate: FrameRate,
    width: int,
    height: int,
) -> str:
    """Return a shell command that makes the transition of two stills, or "" where ffmpeg has none like it.

    A whip pan with its streak and a match dissolve are not among ffmpeg's transitions. The command moves nothing
    and grades nothing.
    """
    if kind not in ("cut", "crossfade", "dip"):
        return ""
    seconds = [f"{float(rate.seconds_at(n)):.6f}" for n in (before_frames, after_frames, frames)]
    held = f"{float(rate.seconds_at(before_frames + frames)):.6f}"
    shape = (
        f"scale={width}:{height}:force_original_aspect_ratio=increase,crop={width}:{height},"
        f"setsar=1,fps={rate},format=yuv420p"
    )
    if kind == "cut":
        join = "[a][b]concat=n=2:v=1:a=0"
    else:
        join = f"[a][b]xfade={_how(kind, curve)}:duration={seconds[2]}:offset={seconds[0]}"
    words = ["ffmpeg"]
    for picture, length in ((before, seconds[0] if kind == "cut" else held), (after, seconds[1])):
        words += ["-loop", "1", "-framerate", str(rate), "-t", length, "-i", str(picture)]
    words += ["-filter_complex", f"[0:v]{shape}[a];[1:v]{shape}[b];{join}", "joined.mp4"]
    return shlex.join(words)


def _how(kind: str, curve: str) -> str:
    chosen = curve or TRANSITIONS[kind].curve
    if chosen == "linear" and kind == "crossfade":
        return "transition=fade"
    share = CURVE_WORDS[chosen]
    if kind == "crossfade":
        return f"transition=custom:expr='A+(B-A)*{share}'"
    zero = "if(eq(PLANE,0),16,128)"
    picture = f"if(lt({share},0.5),A,B)"
    return f"transition=custom:expr='{zero}+({picture}-{zero})*abs(2*{share}-1)'"
