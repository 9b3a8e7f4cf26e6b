"""One decode of a whole film by ffmpeg: counted, measured frame by frame, listened to, and seen small."""

from __future__ import annotations

import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from apexsite.kit.errors import MediaError
from apexsite.kit.ffmpeg import ffmpeg_path, log_tail
from renders.engine.export.flash import FlashCounter

PICTURE_WATCH = (
    "blackdetect=d=0.1:pic_th=0.98:pix_th=0.10,freezedetect=n=-80dB:d=0.5,idet=intl_thres=2.0,"
    "signalstats,metadata=mode=print:key=lavfi.signalstats.YDIF:file=stats.txt"
)
"""A tenth of a second of black; half a second in which nothing changes at all. House choices, stricter than the filters'
own two seconds."""

LEVELS_WATCH = (
    "format=pix_fmts=yuv420p|yuv420p10le|yuv422p|yuv422p10le,"
    "lutyuv=y='maxval*(lt(val*235/maxval,14)+gt(val*235/maxval,241))',signalstats,"
    "metadata=mode=print:key=lavfi.signalstats.YAVG:file=levels.txt"
)
"""Luma outside −1 % to 103 % becomes white, all else black; the mean is then the share. Source: EBU R103 (2020).

The filter's `maxval` is the legal white of the samples' depth: 235 or 940.
"""

SOUND_WATCH = "silencedetect=n=-60dB:d=1,ebur128=peak=true:framelog=quiet"
"""A second below −60 dB. Loudness: EBU R128 by ffmpeg's own meter."""

SMALL = 8
"""Small frames are an eighth of the raster each way: enough for flashes and cuts. House choice."""

BLACK = re.compile(r"black_start:\s*([\d.]+)\s+black_end:\s*([\d.]+)")
FREEZE = re.compile(r"freeze_(start|end):\s*([\d.]+)")
SILENCE = re.compile(r"silence_(start|end):\s*(-?[\d.]+)")
LOUDNESS = re.compile(r"^\s*I:\s*(-?[\d.]+|-inf|nan) LUFS", re.MULTILINE)
PEAK = re.compile(r"^\s*Peak:\s*(-?[\d.]+|-inf|nan) dBFS", re.MULTILINE)
FIELDS = re.compile(r"Multi frame detection:\s*TFF:\s*(\d+)\s*BFF:\s*(\d+)")
CHANGES = re.compile(r"^lavfi\.signalstats\.YDIF=(-?[\d.e+-]+)$", re.MULTILINE)
OUTSIDE = re.compile(r"^lavfi\.signalstats\.YAVG=(-?[\d.e+-]+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in seconds in which nothing is seen (`black`), moves (`freeze`) or is heard (`silence`)."""

    kind: str
    start_seconds: float
    end_seconds: float


@dataclass(frozen=True, slots=True)
class FilmWatch:
    """What the decode saw and heard. Loudness and peak are None without sound, −inf for silence.

    `changes` holds how much each frame differs from the one before, mean codes of luma; `small_changes` the same of the
    small frames; `out_of_range` the largest share of a frame's luma outside the legal range; `flashes` the most in a second,
    with the frame where they begin.
    """

    decoded_frames: int
    stretches: tuple[Stretch, ...]
    loudness_lufs: float | None
    true_peak_dbtp: float | None
    changes: tuple[float, ...] = ()
    small_changes: tuple[float, ...] = ()
    out_of_range: float = 0.0
    interlaced_frames: int = 0
    flashes: tuple[int, int] = (0, 0)


def watch_film(
    path: Path,
    *,
    audio: bool,
    seconds: float,
    width: int,
    height: int,
    fps: float,
    is_ten_bit: bool = False,
) -> FilmWatch:
    """Decode the film once and return what was found; `seconds` ends a stretch that lasts to the end.

    `width`, `height` and `fps` are the film's own. Raises `MediaError` when ffmpeg cannot decode it.
    """
    small = (max(16, width // SMALL), max(16, height // SMALL))
    with tempfile.TemporaryDirectory(prefix="apex-qc-") as name:
        log, counter, steps = _decode(path, Path(name), audio=audio, small=small, fps=fps)
        stats = (Path(name) / "stats.txt").read_text("ascii", "replace")
        levels = (Path(name) / "levels.txt").read_text("ascii", "replace")
    changes = [float(value) for value in CHANGES.findall(stats)]
    white = 940 if is_ten_bit else 235
    outside = [float(value) / white for value in OUTSIDE.findall(levels)]
    fields = FIELDS.findall(log)
    return FilmWatch(
        decoded_frames=len(changes),
        stretches=_stretches(log, seconds=seconds),
        loudness_lufs=_last(LOUDNESS, log) if audio else None,
        true_peak_dbtp=_last(PEAK, log) if audio else None,
        changes=tuple(changes),
        small_changes=tuple(steps),
        out_of_range=max(outside, default=0.0),
        interlaced_frames=sum(int(count) for count in fields[-1]) if fields else 0,
        flashes=counter.worst(),
    )


def _decode(
    path: Path, folder: Path, *, audio: bool, small: tuple[int, int], fps: float
) -> tuple[str, FlashCounter, list[float]]:
    graph = f"[0:v:0]split=3[a][b][c];[a]{PICTURE_WATCH}[v];[c]{LEVELS_WATCH}[l];"
    graph += f"[b]scale={small[0]}:{small[1]}:flags=area,format=rgb24[s]"
    graph += f";[0:a:0]{SOUND_WATCH}[a1]" if audio else ""
    command = [ffmpeg_path(), "-hide_banner", "-nostdin", "-nostats", "-i", str(path.resolve())]
    command += ["-filter_complex", graph, "-fps_mode", "passthrough", "-map", "[v]", "-f", "null"]
    command += ["-", "-map", "[l]", "-fps_mode", "passthrough", "-f", "null"]
    command += ["-", *(["-map", "[a1]", "-f", "null", "-"] if audio else [])]
    command += ["-map", "[s]", "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"]
    counter, steps, last = FlashCounter(fps=fps), [], None
    with (folder / "log.txt").open("wb") as errors:
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, cwd=folder)
        assert child.stdout is not None, "stdout was asked to be a pipe"
        with child.stdout as stream:
            while len(content := stream.read(3 * small[0] * small[1])) == 3 * small[0] * small[1]:
                frame = np.frombuffer(content, np.uint8).reshape(small[1], small[0], 3)
                counter.see(frame)
                green = frame[..., 1].astype(np.int16)
                steps.append(0.0 if last is None else float(np.abs(green - last).mean()))
                last = green
        code = child.wait()
    log = (folder / "log.txt").read_text("utf-8", "replace")
    if code:
        raise MediaError(
            f"film={path.name!r} cannot be decoded ({code})",
            tool="ffmpeg",
            exit_code=code,
            log_tail=log_tail(log),
        )
    return log, counter, steps


def _stretches(log: str, *, seconds: float) -> tuple[Stretch, ...]:
    found = [Stretch("black", float(start), float(end)) for start, end in BLACK.findall(log)]
    for kind, pattern in (("freeze", FREEZE), ("silence", SILENCE)):
        began: float | None = None
        for edge, time in pattern.findall(log):
            if edge == "start":
                began = max(0.0, float(time))
            elif began is not None:
                found.append(Stretch(kind, began, float(time)))
                began = None
        if began is not None:
            found.append(Stretch(kind, began, seconds))
    return tuple(sorted(found, key=lambda stretch: (stretch.start_seconds, stretch.kind)))


def _last(pattern: re.Pattern[str], log: str) -> float | None:
    found = pattern.findall(log)
    return float(found[-1]) if found else None
