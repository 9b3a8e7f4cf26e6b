"""One decode of a whole film by ffmpeg: its frames counted, black and frozen stretches, loudness and true peak."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from apexsite.kit.errors import MediaError
from apexsite.kit.ffmpeg import ffmpeg_path, log_tail

PICTURE_WATCH = "blackdetect=d=0.5:pic_th=0.98:pix_th=0.10,freezedetect=n=-60dB:d=1.0"
SOUND_WATCH = "ebur128=peak=true:framelog=quiet"
"""Half a second of black, a second of standstill. House choice. Loudness: EBU R128 by ffmpeg's own meter."""

BLACK = re.compile(r"black_start:\s*([\d.]+)\s+black_end:\s*([\d.]+)")
FREEZE = re.compile(r"freeze_(start|end):\s*([\d.]+)")
LOUDNESS = re.compile(r"^\s*I:\s*(-?[\d.]+|-inf|nan) LUFS", re.MULTILINE)
PEAK = re.compile(r"^\s*Peak:\s*(-?[\d.]+|-inf|nan) dBFS", re.MULTILINE)
FRAMES = re.compile(r"^frame=\s*(\d+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in seconds in which nothing is seen (`black`) or nothing moves (`freeze`)."""

    kind: str
    start_seconds: float
    end_seconds: float


@dataclass(frozen=True, slots=True)
class FilmWatch:
    """What the decode saw and heard. Loudness and peak are None without sound, −inf for silence."""

    decoded_frames: int
    stretches: tuple[Stretch, ...]
    loudness_lufs: float | None
    true_peak_dbtp: float | None


def watch_film(
    path: Path, *, audio: bool, seconds: float, timeout_seconds: float = 3600
) -> FilmWatch:
    """Decode the film once and return what was found; `seconds` ends a standstill that lasts to the end.

    Raises `MediaError` when ffmpeg cannot decode it or takes too long.
    """
    graph = f"[0:v:0]{PICTURE_WATCH}[v]" + (f";[0:a:0]{SOUND_WATCH}[a]" if audio else "")
    command = [ffmpeg_path(), "-hide_banner", "-nostdin", "-nostats", "-progress", "pipe:1"]
    command += ["-i", str(path), "-filter_complex", graph, "-map", "[v]"]
    command += ["-map", "[a]"] if audio else []
    command += ["-fps_mode", "passthrough", "-f", "null", "-"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=timeout_seconds, check=False)
    except subprocess.TimeoutExpired as err:
        raise MediaError(f"ffmpeg took longer than {timeout_seconds} s", tool="ffmpeg") from err
    log = done.stderr.decode("utf-8", "replace")
    if done.returncode:
        raise MediaError(
            f"film={path.name!r} cannot be decoded ({done.returncode})",
            tool="ffmpeg",
            exit_code=done.returncode,
            log_tail=log_tail(log),
        )
    counts = FRAMES.findall(done.stdout.decode("ascii", "replace"))
    return FilmWatch(
        decoded_frames=int(counts[-1]) if counts else 0,
        stretches=_stretches(log, seconds=seconds),
        loudness_lufs=_last(LOUDNESS, log) if audio else None,
        true_peak_dbtp=_last(PEAK, log) if audio else None,
    )


def _stretches(log: str, *, seconds: float) -> tuple[Stretch, ...]:
    found = [Stretch("black", float(start), float(end)) for start, end in BLACK.findall(log)]
    began: float | None = None
    for edge, time in FREEZE.findall(log):
        if edge == "start":
            began = float(time)
        elif began is not None:
            found.append(Stretch("freeze", began, float(time)))
            began = None
    if began is not None:
        found.append(Stretch("freeze", began, seconds))
    return tuple(sorted(found, key=lambda stretch: (stretch.start_seconds, stretch.kind)))


def _last(pattern: re.Pattern[str], log: str) -> float | None:
    found = pattern.findall(log)
    return float(found[-1]) if found else None
