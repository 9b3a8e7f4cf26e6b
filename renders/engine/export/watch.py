"""One decode of a whole film by ffmpeg: counted, measured frame by frame, listened to, and seen small."""

from __future__ import annotations

import re
import statistics
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from apexsite.kit.errors import MediaError
from apexsite.kit.ffmpeg import ffmpeg_path, log_tail
from renders.engine.export.flash import FlashCounter
from renders.engine.export.heard import ChannelFacts, channels_in

PICTURE_WATCH = (
    "blackdetect=d=0.1:pic_th=0.98:pix_th=0.10,freezedetect=n=-80dB:d=0.5,idet=intl_thres=2.0,"
    "signalstats,metadata=mode=print:key=lavfi.signalstats.YDIF:file=stats.txt"
)
"""A tenth of a second of black; half a second in which nothing changes at all. House choices, stricter than the filters'
own two seconds."""

LEVELS_WATCH = (
    "format=pix_fmts=yuv420p|yuv420p10le|yuv422p|yuv422p10le,"
    "lutyuv=y='maxval*(lt(val*235/maxval,14)+gt(val*235/maxval,241))'"
    ":u='maxval*(lt(val*240/maxval,5)+gt(val*240/maxval,251))'"
    ":v='maxval*(lt(val*240/maxval,5)+gt(val*240/maxval,251))',signalstats,"
    "metadata=mode=print:file=levels.txt"
)
"""Luma outside −1 % to 103 % and colour difference outside −5 % to 105 % become the highest legal code, all else 0; the
mean is then the share. Source: EBU R103 (2020).

The filter's `maxval` is that code at the samples' depth: 235 or 940, of colour difference 240 or 960.
"""

SHARP_WATCH = (
    "select='not(mod(n,12))',blurdetect=block_width=32:block_height=32:block_pct=80,blockdetect,"
    "metadata=mode=print:file=sharp.txt"
)
"""Every twelfth frame: the width of edges in pixels, and how much stronger they are on a grid of blocks. House choice:
both change slowly, and the filters are dear."""

SOUND_WATCH = (
    "silencedetect=n=-60dB:d=1,astats=measure_perchannel=DC_offset+RMS_level+Flat_factor"
    ":measure_overall=none,ebur128=peak=true:framelog=quiet"
)
"""A second below −60 dB; each channel's own facts. Loudness: EBU R128 by ffmpeg's own meter."""

SMALL = 8
"""Small frames are an eighth of the raster each way: enough for flashes and cuts. House choice."""

BLACK = re.compile(r"black_start:\s*([\d.]+)\s+black_end:\s*([\d.]+)")
FREEZE = re.compile(r"freeze_(start|end):\s*([\d.]+)")
SILENCE = re.compile(r"silence_(start|end):\s*(-?[\d.]+)")
LOUDNESS = re.compile(r"^\s*I:\s*(-?[\d.]+|-inf|nan) LUFS", re.MULTILINE)
PEAK = re.compile(r"^\s*Peak:\s*(-?[\d.]+|-inf|nan) dBFS", re.MULTILINE)
FIELDS = re.compile(r"Multi frame detection:\s*TFF:\s*(\d+)\s*BFF:\s*(\d+)")
CHANGES = re.compile(r"^lavfi\.signalstats\.YDIF=(-?[\d.e+-]+)$", re.MULTILINE)
OUTSIDE = re.compile(r"^lavfi\.signalstats\.([YUV])AVG=(-?[\d.e+-]+)$", re.MULTILINE)
WIDTHS = re.compile(r"^lavfi\.blur=(-?[\d.e+-]+)$", re.MULTILINE)
BLOCKS = re.compile(r"^lavfi\.block=(-?[\d.e+-]+)$", re.MULTILINE)

BORDER_CODE = 24
"""A border is made of lines that are this dark or darker in every frame of the film. House choice: black, and some noise."""


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
    small frames; `out_of_range` and `colour_out_of_range` the largest share of a frame's luma and colour difference outside
    the legal range; `flashes` the most in a second, with the frame where they begin; `borders` how much is black in every
    frame: lines above and below, columns left and right. `edge_width` and `blockiness` are medians, None without a value.
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
    colour_out_of_range: float = 0.0
    borders: tuple[int, int, int, int] = (0, 0, 0, 0)
    edge_width: float | None = None
    blockiness: float | None = None
    channels: tuple[ChannelFacts, ...] = ()
    width: int = 0
    height: int = 0


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
        log, counter, steps, brightest = _decode(
            path, Path(name), audio=audio, small=small, fps=fps
        )
        stats, levels, sharp = (
            (Path(name) / f"{part}.txt").read_text("ascii", "replace")
            for part in ("stats", "levels", "sharp")
        )
    changes = [float(value) for value in CHANGES.findall(stats)]
    outside = _outside(levels, is_ten_bit=is_ten_bit)
    fields = FIELDS.findall(log)
    return FilmWatch(
        decoded_frames=len(changes),
        stretches=_stretches(log, seconds=seconds),
        loudness_lufs=_last(LOUDNESS, log) if audio else None,
        true_peak_dbtp=_last(PEAK, log) if audio else None,
        changes=tuple(changes),
        small_changes=tuple(steps),
        out_of_range=outside["Y"],
        colour_out_of_range=max(outside["U"], outside["V"]),
        interlaced_frames=sum(int(count) for count in fields[-1]) if fields else 0,
        flashes=counter.worst(),
        borders=_borders(brightest, height / small[1], width / small[0]),
        edge_width=_middle(WIDTHS, sharp),
        blockiness=_middle(BLOCKS, sharp),
        channels=channels_in(log) if audio else (),
        width=width,
        height=height,
    )


def _outside(levels: str, *, is_ten_bit: bool) -> dict[str, float]:
    """Return the largest share of a frame outside the legal range, for luma and both colour differences."""
    most = {"Y": 0.0, "U": 0.0, "V": 0.0}
    for plane, value in OUTSIDE.findall(levels):
        highest = (235 if plane == "Y" else 240) * (4 if is_ten_bit else 1)
        most[plane] = max(most[plane], float(value) / highest)
    return most


def _borders(
    brightest: npt.NDArray[np.uint8], tall: float, wide: float
) -> tuple[int, int, int, int]:
    """Return lines above and below, columns left and right that never were brighter than black."""
    sides = []
    for lines, step in ((brightest.max(axis=1), tall), (brightest.max(axis=0), wide)):
        lit = np.flatnonzero(lines > BORDER_CODE)
        if not lit.size:
            return (0, 0, 0, 0)
        sides += [round(step * int(lit[0])), round(step * (lines.size - 1 - int(lit[-1])))]
    return (sides[0], sides[1], sides[2], sides[3])


def _middle(pattern: re.Pattern[str], text: str) -> float | None:
    values = [float(value) for value in pattern.findall(text)]
    return statistics.median(values) if values else None


def _decode(
    path: Path, folder: Path, *, audio: bool, small: tuple[int, int], fps: float
) -> tuple[str, FlashCounter, list[float], npt.NDArray[np.uint8]]:
    graph = f"[0:v:0]split=4[a][b][c][d];[a]{PICTURE_WATCH}[v];[c]{LEVELS_WATCH}[l];"
    graph += f"[d]{SHARP_WATCH}[e];"
    graph += f"[b]scale={small[0]}:{small[1]}:flags=area,format=rgb24[s]"
    graph += f";[0:a:0]{SOUND_WATCH}[a1]" if audio else ""
    command = [ffmpeg_path(), "-hide_banner", "-nostdin", "-nostats", "-i", str(path.resolve())]
    command += ["-filter_complex", graph, "-fps_mode", "passthrough", "-map", "[v]", "-f", "null"]
    command += ["-", "-map", "[l]", "-fps_mode", "passthrough", "-f", "null"]
    command += ["-", "-map", "[e]", "-fps_mode", "passthrough", "-f", "null"]
    command += ["-", *(["-map", "[a1]", "-f", "null", "-"] if audio else [])]
    command += ["-map", "[s]", "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"]
    counter, steps, last = FlashCounter(fps=fps), [], None
    brightest = np.zeros((small[1], small[0]), np.uint8)
    with (folder / "log.txt").open("wb") as errors:
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, cwd=folder)
        assert child.stdout is not None, "stdout was asked to be a pipe"
        with child.stdout as stream:
            while len(content := stream.read(3 * small[0] * small[1])) == 3 * small[0] * small[1]:
                frame = np.frombuffer(content, np.uint8).reshape(small[1], small[0], 3)
                counter.see(frame)
                np.maximum(brightest, frame.max(axis=2), out=brightest)
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
    return log, counter, steps, brightest


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
