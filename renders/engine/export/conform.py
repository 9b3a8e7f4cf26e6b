"""Clips from cameras and phones: what they are, why one cannot be used, and the same clip at an exact rate.

clip = clip_facts(Path("IMG 0042.mov"))
conform_clip(Path("IMG 0042.mov"), rate=FrameRate.parse("29.97"), width=1920, height=1080, out=Path("clip.mov"))
"""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from apexsite.kit.errors import InputError
from apexsite.kit.ffmpeg import run_ffmpeg
from apexsite.kit.timecode import FrameRate
from renders.engine.export.encode import COLOUR_TAGS, time_scale

STEADY_SHARE = Fraction(1, 50)
"""Distances of frames within this share of the mean, or one tick, are a container's rounding. House choice."""

MOST_CHANNELS = 2
"""Channels that are taken as they are. House choice: the film's mix is stereo."""


@dataclass(frozen=True, slots=True)
class ClipFacts:
    """A clip's raster as shown (turned as the camera says), mean rate, frames, and what else matters to a cut."""

    width: int
    height: int
    rate: Fraction
    frames: int
    seconds: float
    is_variable: bool
    steps: tuple[tuple[int, int], ...]
    turned_degrees: int
    channels: int
    is_hdr: bool


def clip_facts(path: Path) -> ClipFacts:
    """Return what a clip is; raises `InputError` where it is no film, has no picture or no frames."""
    import av

    if not path.is_file():
        raise InputError(f"clip={str(path)!r} is not a file")
    try:
        with av.open(str(path)) as container:
            if not container.streams.video:
                raise InputError(f"clip={path.name!r} holds no picture; give a film file")
            video = container.streams.video[0]
            stamps = sorted(p.pts for p in container.demux(video) if p.pts is not None)
            if len(stamps) < 2:
                raise InputError(
                    f"clip={path.name!r} holds {len(stamps)} frames, expected 2 or more"
                )
            steps = Counter(later - earlier for earlier, later in itertools.pairwise(stamps))
            tick = Fraction(video.time_base or 1)
            mean = Fraction(stamps[-1] - stamps[0], len(stamps) - 1)
            sound = container.streams.audio[0] if container.streams.audio else None
            context = video.codec_context
            width, height, turned = context.width, context.height, _turned(path)
            if turned % 180:
                width, height = height, width
            return ClipFacts(
                width=width,
                height=height,
                rate=1 / (mean * tick),
                frames=len(stamps),
                seconds=float((stamps[-1] - stamps[0] + mean) * tick),
                is_variable=_is_variable(steps, mean),
                steps=tuple(sorted(steps.items()))[:20],
                turned_degrees=turned,
                channels=0 if sound is None else int(sound.codec_context.channels),
                is_hdr=int(context.color_trc) in (16, 18),
            )
    except av.FFmpegError as err:
        raise InputError(f"clip={path.name!r} cannot be read: {err}") from err


def require_steady(path: Path, *, rate: FrameRate) -> ClipFacts:
    """Return a clip's facts, or raise `InputError` where its frames do not lie on the film's grid."""
    facts = clip_facts(path)
    if facts.is_variable:
        shown = ", ".join(f"{count} of {step} ticks" for step, count in facts.steps[:4])
        raise InputError(
            f"clip={path.name!r} has a variable frame rate ({shown}); expected {rate.fps} frames a second "
            "throughout; conform it first"
        )
    if abs(facts.rate - rate.fps) > rate.fps / 1000:
        raise InputError(
            f"clip={path.name!r} has {float(facts.rate):.3f} frames a second; expected {rate.fps}; conform it first"
        )
    return facts


def conform_clip(path: Path, *, rate: FrameRate, width: int, height: int, out: Path) -> ClipFacts:
    """Write the clip at the film's rate and raster, every frame alone, sound at 48 kHz stereo; return its new facts.

    Time is kept: frames are repeated or left out. The picture is fitted with black bars, upright as the camera says.
    Raises `InputError` for an HDR clip or more channels than two, whose mix only a person can choose.
    """
    facts = clip_facts(path)
    if facts.is_hdr:
        raise InputError(
            f"clip={path.name!r} is HDR (PQ or HLG); expected BT.709; grade it down first"
        )
    if facts.channels > MOST_CHANNELS:
        raise InputError(
            f"clip={path.name!r} has {facts.channels} channels of sound; valid: none, 1 or 2; mix it down first"
        )
    fit = (
        f"fps={rate.fps}:round=near,scale={width}:{height}:force_original_aspect_ratio=decrease:"
        f"out_color_matrix=bt709:out_range=tv,pad={width}:{height}:-1:-1,setsar=1"
    )
    part = out.with_name(f".{out.stem}.part.mov")
    try:
        run_ffmpeg(
            [
                "-i", path, "-map", "0:v:0", "-map", "0:a:0?", "-vf", fit, "-c:v", "prores_ks",
                "-profile:v", "standard", "-pix_fmt", "yuv422p10le", *COLOUR_TAGS, "-ar", "48000", "-ac", "2",
                "-c:a", "pcm_s24le", "-video_track_timescale", str(time_scale(rate)),
                "-map_metadata", "-1", "-fflags", "+bitexact", "-movflags", "+write_colr", part,
            ]
        )  # fmt: skip
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    return require_steady(out, rate=rate)


def _is_variable(steps: Counter[int], mean: Fraction) -> bool:
    room = max(Fraction(1), mean * STEADY_SHARE)
    return any(abs(step - mean) > room for step in steps)


def _turned(path: Path) -> int:
    """Return how far the camera says the picture is to be turned, in degrees."""
    import av

    with av.open(str(path)) as container:
        for frame in container.decode(container.streams.video[0]):
            return round(frame.rotation) % 360
    return 0
